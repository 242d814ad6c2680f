"""The engines "encoder" and "fast": weights are those expected; whatever they are, accounts are what they must be."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import counterfoil
from counterfoil.documents import from_text
from counterfoil.documents.model import Document, digest
from counterfoil.errors import ModelError
from counterfoil.reading import decode, encoder, inputs, numbers, rules, sentences
from counterfoil.reading.model import Account
from counterfoil.spans import Anchor, Span
from marking import marked

SHIPPED = Path(encoder.__file__).parent / "weights"

FERRY = """\
MOROTAI, 3 May 2023 — At least 39 people died when a ferry sank off Morotai on Monday, rescue chief Lena Oduya said.

She told reporters that 12 children were among the dead. “We have counted 120 passengers,” Oduya said. “There may be
another 40 below deck, and we fear for all of them.”

“Nobody had told us of the 15 without a ticket.”

The port authority, citing the shipping line, put the passengers at 95, down from 130 last year. Officials believe
that nearly a third of the boats are unsafe, according to the Straits Observer.
"""
STRIKE = """\
Teachers in Karvia walked out for a second week, the union said on 9 June 2021. Some 4,000 of 5,200 took part,
spokesman Bo Lind said, adding that pay had fallen 8% since 2019. The ministry counted 2,900.
"""


# --- what must hold of every account -------------------------------------------------------------------------------


def anchors(account: Account) -> Iterator[Anchor]:
    for statement in account.statements:
        yield from (a for a in (statement.source, statement.cue, *statement.content) if a)
    for figure in account.figures:
        yield figure.number.anchor
        yield from (a for a in inputs.spans_of(figure).values() if a)


def assert_holds(account: Account, engine: str = "encoder") -> None:
    document, text = account.document, account.document.text
    assert account.engine == f"{engine}@{encoder.shipped(engine).digest}"
    for anchor in anchors(account):
        assert anchor.quote == text[anchor.span.start : anchor.span.end]
        assert anchor.document == document.sha256
    draft = rules.read(document)
    ours = {f.number.anchor.span for f in account.figures}
    assert ours <= {number.span for number in numbers.find(text)[0]}
    refused = {s.span for s in account.skipped if s.reason == "the model takes it for no figure"}
    assert ours | refused == {f.number.anchor.span for f in draft.figures}
    assert not ours & refused
    for figure in account.figures:
        assert figure.statement is None or 0 <= figure.statement < len(account.statements)
        told = [c.of for c in figure.certainty]
        assert {"number", "kind", "concept", "unit", "direction"} <= set(told) <= set(ANSWERS)
        assert len(told) == len(set(told))
    paragraphs = sentences.paragraphs(text)
    run_on = {(s.cue, s.content) for s in draft.statements}
    for statement in account.statements:
        assert statement.content
        assert statement.parent is None or 0 <= statement.parent < len(account.statements)
        if statement.cue is not None and (statement.cue, statement.content) not in run_on:
            home = home_of(paragraphs, statement.cue.span)
            assert {home_of(paragraphs, piece.span) for piece in statement.content} == {home}
    for one in (*account.figures, *account.statements):
        assert all(0 <= c.probability <= 1 for c in one.certainty)
    cues = {s.cue.span for s in account.statements if s.cue}
    assert not [s for s in account.skipped if s.span in cues and "cue" in s.reason]


ANSWERS = ("number", *inputs.ROLES, "kind", "concept", "unit", "direction")


def home_of(paragraphs: tuple[Span, ...], span: Span) -> int:
    return next(n for n, paragraph in enumerate(paragraphs) if span in paragraph)


def as_given(text: str) -> Document:
    """Return a document whose text nothing has cleaned."""
    return Document(text, digest(text))


LONG = " ".join(["the villagers walked along the river with their goats and said nothing of the rain while"] * 90)
TEXTS = {
    "article": FERRY,
    "empty": "",
    "blanks": " \n\n\t ",
    "one word": "Flood",
    "one number": "⟦12⟧",
    "one mark": "“",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈 Police said ⟦12⟧ people 🙂 had died 🕯️ and ⟦300⟧ fled 🇸🇩.",
    "combining marks": "Gove\u0301rnor Ame\u0301lie Fo\u0308rst said ⟦1,200⟧ re\u0301fugie\u0301s had co\u0302me.",
    "many combining marks": "Police said ⟦12⟧ people" + "\u0301" * 500 + " had died.",
    "right to left": "قال المحافظ إن 12 people, ⟦40⟧ goats. הוא אמר ⟦300⟧ houses burned.",
    "arabic digits": "وقال المسؤول إن ١٢ شخصا قتلوا و ٣٠٠ آخرين نزحوا.",
    "chinese": "官员说，⟦12⟧ 人死亡，300人失踪。他说，还有 ⟦40⟧ 人受伤。",
    "lone surrogates": "Police \ud83d said \udc00 ⟦12⟧ people\ud800 had died.",
    "nul": "Police\x00 said\x00 ⟦12⟧ people\x00 had died.\x00",
    "beyond the first plane": "𝐏𝐨𝐥𝐢𝐜𝐞 said ⟦12⟧ people in 𠀋 had died 🀄.",
    "line ends": "Police said ⟦12⟧ had died.\r\rOthers said ⟦40⟧.\u2028And ⟦300⟧ fled.\x85Nobody stayed.",
    "quotes only": "“‘”’“”" * 40,
    "stops only": ". ! ? … " * 100,
    "a word without end": "Police said 12 " + "a" * 20_000 + " had died.",
    "digits without end": "Police counted " + "7" * 5_000 + " dead.",
    "a paragraph without a stop": LONG,
    "a quotation without an end": "Police said: “" + "12 people died and 30 fled and " * 60,
    "a cue beside a cue": "He said she said they said he told her it said 12 died, he said she said. " * 5,
    "paragraphs of a word": "\n\n".join("Police said 12 people had died in Herat on Monday .".split()),
    "nested": "Ana Ruiz said that Bo Lind had said that the ministry believed that 12 people had died.",
    "table": "Name\tDead\tHurt\nHerat\t12\t30\nKabul\t14\t9\n" * 10,
}


@pytest.mark.parametrize("engine", encoder.ENGINES)
@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_what_must_hold_holds_and_every_number_keeps_its_code_points(text: str, engine: str) -> None:
    plain, spans = marked(text)
    account = encoder.read(as_given(plain), engine=engine)
    assert_holds(account, engine)
    seen = {f.number.anchor.span for f in account.figures} | {s.span for s in account.skipped}
    assert set(spans) <= seen


WORDS = (
    "police said told reporters 12 300 1,204 % people died fled in Herat Kabul on Monday May 2023 “ ” . , \n\n he she"
    " Ana Ruiz the ministry according to reported that believe at least 🙂 é \u0301 \ud83d من 人"
).split(" ")


@settings(deadline=None, max_examples=25)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)),
    st.sampled_from(sorted(encoder.ENGINES)),
)
def test_any_text_gives_an_account(text: str, engine: str) -> None:
    assert_holds(encoder.read(as_given(text), engine=engine), engine)


@pytest.mark.parametrize("engine", encoder.ENGINES)
def test_an_article_gives_figures_with_who_said_them(engine: str) -> None:
    account = encoder.read(from_text(FERRY), engine=engine)
    found = {f.number.anchor.quote: f for f in account.figures}
    assert {"39", "12", "120", "40", "95", "a third"} <= set(found)
    first = found["39"]
    assert first.statement is not None
    assert account.statements[first.statement].speaker.name == "Lena Oduya"


# --- the same again ------------------------------------------------------------------------------------------------


def test_what_was_read_before_changes_nothing() -> None:
    ferry, strike = from_text(FERRY), from_text(STRIKE)
    alone = encoder.read(ferry), encoder.read(strike)
    quick = encoder.read(ferry, engine="fast"), encoder.read(strike, engine="fast")
    assert (encoder.read(strike), encoder.read(ferry)) == alone[::-1]
    assert (encoder.read(strike, engine="fast"), encoder.read(ferry, engine="fast")) == quick[::-1]


def test_another_process_reads_the_same() -> None:
    code = "import sys, counterfoil as cf; from counterfoil.reading import encoder\n"
    code += "for text in sys.argv[1:]: print(repr(encoder.read(cf.from_text(text))))"
    run = subprocess.run(
        [sys.executable, "-c", code, STRIKE, FERRY],
        capture_output=True, text=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONHASHSEED": "7"},
    )  # fmt: skip
    assert run.stdout.splitlines() == [repr(encoder.read(from_text(text))) for text in (STRIKE, FERRY)]


@pytest.mark.parametrize("engine", encoder.ENGINES)
def test_what_else_is_asked_in_a_run_changes_no_answer_by_more_than_rounding(engine: str) -> None:
    weights = encoder.shipped(engine)
    found, account = rules.draft(from_text(FERRY))
    sheet = inputs.sheet(found, account, weights.cut)
    _, number, _ = encoder.encoded(weights, sheet)
    together = encoder.asked(weights.numbers, number, sheet.numbers)
    for ask, answer in zip(sheet.numbers, together, strict=True):
        [alone] = encoder.asked(weights.numbers, number, [ask])
        for one, other in ((alone.ends, answer.ends), (alone.words, answer.words), (alone.whole, answer.whole)):
            assert one == pytest.approx(other, abs=1e-3)


@pytest.mark.parametrize("engine", encoder.ENGINES)
def test_a_stretch_is_encoded_by_itself(engine: str) -> None:
    weights = encoder.shipped(engine)
    found, account = rules.draft(from_text(FERRY))
    sheet = inputs.sheet(found, account, weights.cut)
    whole = encoder.encoded(weights, sheet)
    for stretch in sheet.stretches:
        alone = encoder.encoded(weights, replace(sheet, stretches=(stretch,)))
        for one, all_of_it in zip(columns(alone), columns(whole), strict=True):
            assert np.array_equal(one, all_of_it[stretch.start : stretch.end])


def columns(encoded: tuple[Any, ...]) -> list[np.ndarray]:
    tags, numbers, cues = encoded
    return [tags, *numbers, *cues]


# --- work grows with the text --------------------------------------------------------------------------------------


class Counting:
    """A session that answers nothing and counts what it is given: pieces, or words shown."""

    def __init__(self, *widths: tuple[str, int]) -> None:
        self.widths, self.cells = widths, 0

    def run(self, wanted: list[str] | None, given: dict[str, Any]) -> list[np.ndarray]:
        if "pieces" in given:
            self.cells += given["pieces"].size
        if wanted is not None:
            made = [np.zeros((len(given["pool"]), width), np.float32) for _, width in self.widths]
            made[0][:, 0] = 9  # no cue but those of the rules
            return made
        asks, shown = given["seen"].shape[:2]
        self.cells += asks * shown
        shapes = {"ends": (asks, 1 + shown), "words": (asks, shown), "whole": (asks,)}
        return [np.zeros((*shapes[of], width), np.float32) for of, width in self.widths]


def work(text: str) -> tuple[Account, int]:
    """Return an account without a model, and the cells that a model would have been run on."""
    silent = replace(
        encoder.shipped(),
        lower=Counting(("hidden", 384), ("cue", 160)),
        upper=Counting(("tags", 5), ("number", 160), ("cue", 160)),
        numbers=(Counting(("ends", 2 * len(inputs.ROLES)), ("whole", 2), ("whole", sum(decode.LABELS))),),
        cues=(Counting(("ends", 3), ("words", 3), ("whole", 4)), Counting(("ends", 3), ("words", 3), ("whole", 4))),
    )
    account = encoder.read_with(silent, as_given(text))
    return account, sum(session.cells for session in (silent.lower, *silent.numbers, *silent.cues))


@pytest.mark.parametrize(
    "text",
    [
        "the villagers walked along the river with 12 goats and she said that 30 fled the rain while ",
        "1204 ",
        "Police said on Monday that 12 people had died in Herat.\n\n",
        "Straßenbahnhaltestellenverzeichnis ",
        "官员说 ",
    ],
)
def test_twice_the_text_is_twice_the_work(text: str) -> None:
    times = 10_000 // len(text)
    once, small = work(text * times)
    twice, large = work(text * 2 * times)
    assert large <= 2.2 * small  # windows at the very beginning are shorter
    assert len(twice.figures) >= len(once.figures)


def test_five_thousand_numbers_in_a_row_are_all_accounted_for() -> None:
    text = " ".join(str(1000 + n) for n in range(5000))
    account, _ = work(text)
    seen = {f.number.anchor.span for f in account.figures} | {s.span for s in account.skipped}
    assert {number.span for number in numbers.find(text)[0]} <= seen


# --- weights -------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that shows the shipped weights; replacing a file there leaves the shipped one as it is."""
    made = tmp_path / "weights"
    made.mkdir()
    for path in SHIPPED.iterdir():
        (made / path.name).symlink_to(path)
    return made


def put(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def listed(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "weights.json").read_text(encoding="utf-8"))


def accept(folder: Path) -> None:
    """List the files as they are, as somebody would who puts other weights in."""
    found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in listed(folder)["files"]}
    put(folder / "weights.json", json.dumps(listed(folder) | {"files": found}).encode())


def flipped(content: bytes) -> bytes:
    return content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]


@pytest.mark.parametrize("name", encoder.FILES)
@pytest.mark.parametrize("damage", ["altered", "truncated", "emptied"])
def test_altered_weights_are_told_by_file_and_both_digests(name: str, damage: str, folder: Path) -> None:
    content = (SHIPPED / name).read_bytes()
    changed = {"altered": flipped(content), "truncated": content[:-1], "emptied": b""}[damage]
    put(folder / name, changed)
    with pytest.raises(ModelError) as caught:
        encoder.load(folder)
    assert caught.value.where == str(folder / name)
    assert hashlib.sha256(changed).hexdigest() in caught.value.what
    assert listed(folder)["files"][name] in caught.value.what
    assert "--engine rules" in caught.value.mend
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("name", encoder.FILES)
def test_a_missing_file_is_told_with_the_digest_expected(name: str, folder: Path) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError) as caught:
        encoder.load(folder)
    assert caught.value.where == str(folder / name)
    assert listed(folder)["files"][name] in caught.value.what
    assert "--engine rules" in caught.value.mend


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"\xff\xfe\x00",
        b"no JSON",
        b"[]",
        b"{}",
        b'{"files": []}',
        b'{"files": {}}',
        b'{"files": {"lower.onnx": "0"}}',
        b"[" * 100_000,
    ],
    ids=str,
)
def test_a_list_of_weights_that_cannot_be_read_is_told(content: bytes | None, folder: Path) -> None:
    card = folder / "weights.json"
    card.unlink() if content is None else put(card, content)
    with pytest.raises(ModelError) as caught:
        encoder.load(folder)
    assert caught.value.where == str(card)
    assert "--engine rules" in caught.value.mend


@pytest.mark.parametrize("thresholds", [{"cue": "high"}, {"cue": None}, {"no such": 0.5}, [0.5]], ids=str)
def test_thresholds_that_are_none_are_told(thresholds: object, folder: Path) -> None:
    put(folder / "weights.json", json.dumps(listed(folder) | {"thresholds": thresholds}).encode())
    with pytest.raises(ModelError) as caught:
        encoder.load(folder)
    assert caught.value.where == str(folder / "weights.json")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("lower.onnx", "numbers.onnx"),
        ("upper.onnx", "lower.onnx"),
        ("numbers.onnx", "cues.onnx"),
        ("cues.onnx", "numbers.onnx"),
        ("cues.onnx", "vocabulary.txt"),
        ("vocabulary.txt", "cues.onnx"),
    ],
)
def test_weights_of_another_kind_are_told_though_the_list_names_them(name: str, other: str, folder: Path) -> None:
    put(folder / name, (SHIPPED / other).read_bytes())
    accept(folder)
    with pytest.raises(ModelError) as caught:
        encoder.load(folder)
    assert caught.value.where == str(folder / name)
    assert "--engine rules" in caught.value.mend


def test_the_name_of_a_reading_follows_weights_and_thresholds(folder: Path) -> None:
    described = listed(folder)
    assert encoder.load(folder).digest == encoder.shipped().digest
    other = folder.parent / "other"
    shutil.copytree(folder, other, symlinks=True)
    given = described.get("thresholds", {}) | {"figure": 0.123}
    put(other / "weights.json", json.dumps(described | {"thresholds": given}).encode())
    assert encoder.load(other).digest != encoder.shipped().digest
    assert encoder.load(other).thresholds.figure == 0.123
    assert encoder.load(other, "fast").digest == encoder.shipped("fast").digest


def test_the_shipped_weights_stay_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 30 * 2**20


def package_with(folder: Path, weights: Path) -> dict[str, str]:
    """Return an environment in which the package is this one, but for its weights."""
    made = folder / "counterfoil"
    shutil.copytree(
        Path(counterfoil.__file__).parent, made, copy_function=os.symlink,
        ignore=shutil.ignore_patterns("weights", "__pycache__"),
    )  # fmt: skip
    (made / "reading" / "weights").symlink_to(weights)
    return {**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}


def test_the_command_line_ends_with_4_and_its_mend_works(folder: Path, tmp_path: Path) -> None:
    content = (SHIPPED / "lower.onnx").read_bytes()
    put(folder / "lower.onnx", flipped(content))
    article = tmp_path / "article.txt"
    article.write_text(STRIKE, encoding="utf-8")
    environment = package_with(tmp_path / "site", folder)
    for engine, code in (("encoder", 4), ("fast", 4), ("rules", 0)):
        run = subprocess.run(
            [sys.executable, "-m", "counterfoil.cli", "read", str(article), "--engine", engine],
            capture_output=True, text=True, encoding="utf-8", env=environment, check=False,
        )  # fmt: skip
        assert run.returncode == code, run.stderr
        assert "Traceback" not in run.stderr
        if code:
            assert run.stdout == ""
            for words in ("lower.onnx", hashlib.sha256(content).hexdigest(), "mend", "--engine rules"):
                assert words in run.stderr


@pytest.mark.parametrize(
    ("words", "noun", "name"),
    [
        ("Amnesty International said 50 people were held. The government said 12 were.", "12", "Amnesty International"),
        ("The World Bank said growth was 2 per cent. The ministry said it was 4 per cent.", "4 per cent", "World Bank"),
        ("Human Rights Watch said 50 people were detained, the minister said 12.", "12", "Human Rights Watch"),
        (
            "The Election Commission said turnout was 47 per cent. The party said it was 60.",
            "60",
            "Election Commission",
        ),
    ],
)
def test_a_noun_is_not_given_the_name_of_what_it_does_not_mean(words: str, noun: str, name: str) -> None:
    account = encoder.read(from_text(words))
    figure = next(figure for figure in account.figures if figure.number.anchor.quote == noun)
    said = None if figure.statement is None else account.statements[figure.statement].speaker.name
    assert said is None or name not in said


@pytest.mark.parametrize(
    ("words", "number", "name"),
    [
        (
            "More than 500 Chadians have been sent home, a district officer said on Friday, as the labour ministry"
            " insisted that “over 400 had gone by choice”.",
            "400",
            "labour ministry",
        ),
        ("Police said 12 people had died in Herat, while the mayor claimed that 30 had been buried.", "30", "mayor"),
    ],
)
def test_what_the_next_speaker_says_is_not_the_first_ones_too(words: str, number: str, name: str) -> None:
    account = encoder.read(from_text(words))
    figure = next(figure for figure in account.figures if figure.number.anchor.quote == number)
    holding = [s for s in account.statements if any(figure.number.anchor.span in piece.span for piece in s.content)]
    assert [s.speaker.name for s in holding] == [name]
