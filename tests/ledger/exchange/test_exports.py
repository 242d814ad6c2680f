"""A whole ledger out and back in, as the command does it; pages; ratings; what is refused."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from counterfoil.errors import InputError
from counterfoil.ledger import queries
from counterfoil.ledger.exchange import FORMATS, bulk, export, format_of, pages
from counterfoil.ledger.exchange.sentence import sentence
from counterfoil.ledger.importing import import_entries
from counterfoil.ledger.model import Author, Confidentiality, Mark
from counterfoil.ledger.review import correct, review
from counterfoil.ledger.store import Database, open_ledger
from counterfoil.reading.model import Direction, Hedge, Kind, Modality, Tally

from ledger.exchange.entries import AUTHOR, HOSTILE, entry, kept  # isort: skip
from ledger.making import ANN, deposit, put  # isort: skip

LATER = Author("bob", datetime(2024, 6, 20, tzinfo=UTC), "I looked")


@pytest.mark.parametrize("name", ["csv", "parquet", "jsonld", "jsonl"])
def test_a_ledger_goes_out_and_comes_back_the_same(name: str, ledger: Database, tmp_path: Path) -> None:
    put(ledger, deposit())
    import_entries(ledger, [kept(entry(id=f"x-{n}", excerpt=words)) for n, words in enumerate(HOSTILE)], ANN)
    before = sorted(queries.all_entries(ledger, gone=True), key=lambda one: one.id)
    target = tmp_path / f"out.{name}"
    assert export(ledger, target, FORMATS[name]).entries == len(before)
    read = FORMATS[name].read
    assert read is not None
    assert sorted(read(target, AUTHOR), key=lambda one: one.id) == before
    with open_ledger(tmp_path / "other.db", create=True) as other:
        assert import_entries(other, read(target, AUTHOR), AUTHOR).added == len(before)
        assert sorted(queries.all_entries(other, gone=True), key=lambda one: one.id) == before
    done = import_entries(ledger, read(target, AUTHOR), AUTHOR)
    assert (done.added, done.changed) == (0, 0)
    assert [one.name for one in tmp_path.iterdir() if ".part" in one.name] == []


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_several_processes_write_what_one_does(
    name: str, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(path, create=True) as ledger:
        import_entries(ledger, [kept(entry(id=f"x-{n}", excerpt=words)) for n, words in enumerate(HOSTILE)], ANN)
        export(ledger, tmp_path / f"one.{name}", FORMATS[name])
        monkeypatch.setattr(bulk, "ALONE", 3)
        monkeypatch.setattr(bulk.os, "cpu_count", lambda: 2)
        export(ledger, tmp_path / f"two.{name}", FORMATS[name])
    read = FORMATS[name].read
    assert read is not None
    found = list(read(tmp_path / f"two.{name}", AUTHOR))
    assert len(found) == len(HOSTILE)
    assert found == list(read(tmp_path / f"one.{name}", AUTHOR))


def test_the_fast_way_writes_what_the_plain_way_writes(path: Path, tmp_path: Path) -> None:
    with open_ledger(path, create=True) as ledger:
        put(ledger, deposit())
        import_entries(ledger, [kept(entry(id=f"x-{n}", title=words)) for n, words in enumerate(HOSTILE)], ANN)
        FORMATS["csv"].write(queries.all_entries(ledger, gone=True), tmp_path / "plain.csv")
        export(ledger, tmp_path / "fast.csv", FORMATS["csv"])
    assert (tmp_path / "fast.csv").read_bytes() == (tmp_path / "plain.csv").read_bytes()


class Tags(HTMLParser):
    """Collects what a page holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, name: str, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for tag, attrs in self.tags if tag == name and attribute in attrs]


def test_pages_lead_from_the_index_to_each_entry(tmp_path: Path) -> None:
    target = tmp_path / "book"
    several = [entry(id=f"e-{n}", measure=("killed", "displaced")[n % 2]) for n in range(pages.INDEX * 2 + 30)]
    assert pages.write(several, target) == len(several)
    reached, seen, waiting = set(), set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        page = Tags((target / name).read_text(encoding="utf-8"))
        for link in page.all("a", "href"):
            if "://" in link:
                continue
            file, _, anchor = link.partition("#")
            there = (target / name).parent.joinpath(file).resolve() if file else target / name
            assert there.is_file(), (name, link)
            if anchor:
                assert f'id="{anchor}"' in there.read_text(encoding="utf-8")
                reached.add(anchor)
            waiting.append(str(there.relative_to(target.resolve())) if file else name)
    assert reached == {one.id for one in several}
    assert seen == {str(one.relative_to(target)) for one in target.rglob("*.html")}


def test_an_address_holds_as_the_ledger_grows_and_entries_are_left_out(tmp_path: Path) -> None:
    several = [entry(id=f"e-{n}") for n in range(pages.PAGE + 5)]
    pages.write(several, tmp_path / "a")
    pages.write([None if n < 3 else one for n, one in enumerate([*several, entry(id="new")])], tmp_path / "b")

    def page_with(folder: str, name: str) -> str:
        [found] = [one.name for one in (tmp_path / folder / "pages").iterdir() if f'id="{name}"' in one.read_text()]
        return found

    for one in several[3:]:
        assert page_with("a", one.id) == page_with("b", one.id)


@pytest.mark.parametrize("words", [*HOSTILE, "javascript:alert(1)", '"><img src=x onerror=alert(1)>', "</style><b>"])
def test_nothing_in_a_page_runs_whatever_the_words(words: str, tmp_path: Path) -> None:
    where = ("excerpt", "title", "claimant", "place", "url", "outlet", "measure", "country", "id")
    hostile = dict.fromkeys(where, words)
    pages.write([replace(entry(), **hostile)], tmp_path / "book")
    for file in (tmp_path / "book").rglob("*.html"):
        page = Tags(file.read_text(encoding="utf-8"))
        names = {tag for tag, _ in page.tags}
        assert not names & {"script", "img", "iframe", "form", "b", "object", "link"}
        assert not [key for _, attrs in page.tags for key in attrs if key.startswith("on")]
        assert all(
            re.match(r"(https?://|\.\./|pages/|index/|#|[\w.-]+\.html|index\.html)", one)
            for one in page.all("a", "href")
        )
        assert page.all("meta", "content")[1].startswith("default-src 'none'")


def test_a_folder_of_others_is_not_written_over(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("x")
    with open_ledger(path, create=True) as ledger:
        put(ledger, deposit())
        with pytest.raises(InputError, match="something else already"):
            export(ledger, folder, FORMATS["html"])
        assert (folder / "letter.txt").read_text() == "x"
        export(ledger, tmp_path / "book", FORMATS["html"])
        export(ledger, tmp_path / "book", FORMATS["html"])
        with pytest.raises(InputError, match="a folder, not a file"):
            export(ledger, folder, FORMATS["csv"])
        with pytest.raises(InputError, match="cannot write"):
            export(ledger, tmp_path / "none" / "x.csv", FORMATS["csv"])


def test_confidential_entries_go_into_no_public_export(ledger: Database, tmp_path: Path) -> None:
    import_entries(
        ledger, [entry(), entry(id="s-1", term="SECRETWORD", confidentiality=Confidentiality.CONFIDENTIAL)], ANN
    )
    for name, one in FORMATS.items():
        target = tmp_path / f"{name}{one.endings[0]}"
        done = export(ledger, target, one, for_public=True)
        assert done.left_out["confidential"] == 1, name
        content = b"".join(x.read_bytes() for x in ([target] if target.is_file() else target.rglob("*.html")))
        assert b"SECRETWORD" not in content
        assert b"s-1" not in content


def test_what_cannot_be_cleared_stops_a_public_export(ledger: Database, tmp_path: Path) -> None:
    import_entries(ledger, [entry(), entry(id="ar-1", excerpt="نزح ثلاثمئة وأربعون أسرة")], ANN)
    target = tmp_path / "out.csv"
    with pytest.raises(InputError, match=r"ar-1, excerpt: it is in a script without capitals") as raised:
        export(ledger, target, FORMATS["csv"], for_public=True)
    assert "--leave-out-unclear" in raised.value.mend
    assert list(tmp_path.glob("out*")) == []
    done = export(ledger, target, FORMATS["csv"], for_public=True, leave_out_unclear=True)
    assert (done.entries, done.left_out["cannot be cleared"]) == (1, 1)


def nodes(ledger: Database, target: Path, **more: bool) -> list[dict[str, object]]:
    export(ledger, target, FORMATS["jsonld"], **more)
    return json.loads(target.read_text(encoding="utf-8"))["@graph"]  # type: ignore[no-any-return]


def test_only_a_verdict_that_a_person_confirmed_is_a_claim_review(ledger: Database, tmp_path: Path) -> None:
    import_entries(ledger, [entry(verdict="contradicted")], ANN)
    name = entry().id
    target = tmp_path / "x.jsonld"

    def reviews() -> list[dict[str, object]]:
        return [one for one in nodes(ledger, target) if one["@type"] == "ClaimReview"]

    assert reviews() == []
    review(ledger, name, LATER, field="low", mark=Mark.RIGHT)
    assert reviews() == []
    review(ledger, name, LATER, field="verdict", mark=Mark.RIGHT, comment="as the records say")
    [one] = reviews()
    assert one["reviewRating"] == {"@type": "Rating", "alternateName": "contradicted"}
    assert one["author"] == {"@type": "Person", "name": "bob"}
    [shown] = [one for one in nodes(ledger, target, for_public=True) if one["@type"] == "ClaimReview"]
    assert "bob" not in json.dumps(shown)
    correct(ledger, name, {"low": "350"}, LATER)
    assert reviews() == []
    review(ledger, name, LATER, field="verdict", mark=Mark.RIGHT)
    assert len(reviews()) == 1
    review(ledger, name, LATER, field="verdict", mark=Mark.WRONG)
    assert reviews() == []


def test_linked_data_tells_who_copies_whom(tmp_path: Path) -> None:
    from counterfoil.ledger.exchange.json_ld import observation
    from counterfoil.ledger.model import Choice, KeptRelation

    one = entry(id="b")
    told = [
        KeptRelation(1, "copies", "b", "a", "", "same words", ()),
        KeptRelation(2, "supersedes", "b", "c", "", "later", ()),
        KeptRelation(3, "relays", "b", "d", "", "same", (), Choice.REJECTED),
        KeptRelation(4, "copies", "e", "b", "", "same words", ()),
        KeptRelation(5, "agrees", "b", "f", "", "same", ()),
    ]
    node = observation(one, told)
    assert node["prov:wasDerivedFrom"] == ["urn:counterfoil:entry:a"]
    assert node["prov:wasRevisionOf"] == ["urn:counterfoil:entry:c"]
    assert node["@type"] == "Observation"
    assert node["subjectOf"]["@type"] == "Claim"
    assert node["subjectOf"]["hasPart"] == {"text": "340", "cf:start": 31, "cf:end": 34, "@type": "Quotation"}
    assert node["subjectOf"]["author"] == {"name": "Hanan Osman", "cf:claimant_kind": "person", "@type": "Person"}


@pytest.mark.parametrize(
    ("changes", "told", "missing"),
    [
        ({"measure": "killed", "term": "killed"}, "<dt>Counted</dt><dd><bdi>families killed</bdi></dd>", "s word"),
        (
            {"measure": "killed", "term": "perished"},
            "<dt>The article’s word</dt><dd><bdi>perished</bdi></dd>",
            "killed, perished",
        ),
        ({"quote": "430"}, "340 families displaced (the article has 430), in", "<dt>From"),
        ({"modality": Modality.PLANNED}, "<dt>Told as</dt><dd><bdi>a plan</bdi></dd>", "<dt>From"),
        ({"place": "Osh, Kyrgyzstan", "admin1": "Osh"}, "<bdi>Osh, Kyrgyzstan</bdi>", "Kyrgyzstan, Osh"),
        ({"place": "Kasulu, Tanzania", "admin1": "Kigoma"}, "<bdi>Kasulu, Tanzania, Kigoma</bdi>", "<dt>From"),
        ({"origin": "Chad", "destination": "Sudan"}, "<dt>From</dt><dd><bdi>Chad</bdi></dd>", "<dt>Confidentiality"),
        ({"confidentiality": Confidentiality.CONFIDENTIAL}, "<dt>Confidentiality</dt>", "<bdi>public"),
    ],
)
def test_a_page_tells_each_fact_once(changes: dict[str, object], told: str, missing: str, tmp_path: Path) -> None:
    pages.write([entry(**changes)], tmp_path / "out")
    page = (tmp_path / "out/pages/0000.html").read_text(encoding="utf-8")
    assert told in page
    assert missing not in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {},
            "At least 340 families displaced, in Kassala, Sudan, from 9 June 2024 to 12 June 2024, "
            "according to Hanan Osman (Example News, 12 June 2024).",
        ),
        (
            {"place": "Chad", "origin": "Chad", "destination": "Sudan", "claimant": "", "outlet": "", "title": "Home"},
            "At least 340 families displaced, from Chad, to Sudan, from 9 June 2024 to 12 June 2024, "
            "no source named (Home, 12 June 2024).",
        ),
        (
            {
                "claimant": "",
                "outlet": "",
                "published": None,
                "first": None,
                "last": None,
                "population": "",
                "title": "",
            },
            "At least 340 households displaced, in Kassala, Sudan, no source named.",
        ),
    ],
)
def test_a_figure_in_one_plain_sentence(changes: dict[str, object], told: str) -> None:
    assert sentence(entry(**changes)) == told


def counts(number: int, measure: str, unit: str = "person", **more: object) -> dict[str, object]:
    """Return an entry's fields with one number and little else."""
    value = Decimal(number)
    same = {"low": value, "high": value, "said_low": value, "said_high": value, "hedge": Hedge.EXACT}
    silent = {"place": "", "country_of": "", "first": None, "last": None, "claimant": "", "outlet": "", "title": ""}
    plain = {"population": "", "term": "", "published": None, "quote": str(number), "cause": None}
    return same | silent | plain | {"measure": measure, "unit": unit} | more


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (counts(14, "killed"), "14 people killed"),
        (counts(1, "killed"), "1 person killed"),
        (counts(22, "killed", population="death toll", term="death toll"), "22 people killed"),
        (counts(15, "displaced", population="displaced people", term="displaced"), "15 people displaced"),
        (counts(15, "displaced", population="displaced children"), "15 displaced children"),
        (counts(12, "injured", population="children"), "12 children injured"),
        (counts(300, "refugees", population="Sudanese refugees"), "300 Sudanese refugees"),
        (counts(300, "refugees", population="refugees"), "300 refugees"),
        (counts(300, "refugees", population="Sudanese"), "300 refugees (Sudanese)"),
        (counts(9, "buildings_destroyed", "building"), "9 buildings destroyed"),
        (counts(9, "buildings_damaged", "building", population="schools"), "9 schools damaged"),
        (counts(60, "households", "household"), "60 households"),
        (counts(60, "households", "household", population="families"), "60 families"),
        (counts(4, "clash", "event"), "4 clashes"),
        (counts(1, "suicide_attack", "event"), "1 suicide attack"),
        (counts(60, "people"), "60 people"),
        (counts(60, "people", population="pupils"), "60 pupils"),
        (counts(88, "other", "building"), "88 buildings"),
        (counts(40, "killed", "percent", kind=Kind.SHARE), "40 percent: killed"),
        (counts(40, "other", "percent", kind=Kind.CHANGE, direction=Direction.DOWN), "Down 40 percent"),
        (counts(34, "age", "year", kind=Kind.AGE), "34 years: age"),
        (counts(29, "temperature", "degC", kind=Kind.MEASUREMENT), "29 °C: temperature"),
        (counts(6, "killed", "ratio", kind=Kind.CHANGE, direction=Direction.UP), "6 times as many: killed"),
        (counts(2700, "displaced", kind=Kind.CHANGE, direction=Direction.UP), "2,700 more people displaced"),
        (counts(90, "missing", kind=Kind.CHANGE, direction=Direction.DOWN), "90 fewer people missing"),
        (counts(17, "killed", tally=Tally.INCREMENT), "Another 17 people killed"),
        (counts(24, "killed", hedge=Hedge.VAGUE, quote="dozens"), "Dozens of people killed"),
        (counts(3, "killed", hedge=Hedge.VAGUE, quote="several"), "Several people killed"),
        (counts(5, "killed", kind=Kind.RATE), "5 people killed (rate)"),
        (counts(31450, "displaced", quote="13,450"), "31,450 people displaced (the article has 13,450)"),
        (counts(31450, "displaced", quote="31,450"), "31,450 people displaced"),
        (counts(31450, "displaced", quote="٣١٤٥٠"), "31,450 people displaced"),
        (counts(60, "other", "percent", suffix=" of them are children, IOM"), "60 percent “of them are children…”"),
        (counts(3, "other", "other", suffix=" districts wi"), "3 “districts…”"),
        (counts(3, "other", "other", suffix=". They left"), "3"),
        (counts(3, "killed", suffix=" soldiers died."), "3 people killed"),
        (counts(12, "displaced", quote="twelve"), "12 people displaced"),
        (
            counts(5, "killed", low=None, high=None, said_low=None, said_high=None, quote=""),
            "An unstated number of people killed",
        ),
        (counts(5, "killed", place="Bria", level="unknown"), "5 people killed, in “Bria”"),
    ],
)
def test_what_is_counted_is_told_once(changes: dict[str, object], told: str) -> None:
    assert sentence(entry(**changes)) == f"{told}, no source named."


@pytest.mark.parametrize(
    ("claimant", "kind", "excerpt", "told"),
    [
        ("unnamed", "unnamed", "Five deaths were reported.", "a source not named"),
        ("Hospital", "body", "Hospital counts 5 dead", "hospital"),
        ("Aid groups", "group", "Aid groups said 5 had died.", "aid groups"),
        ("An aid worker", "person", "BEIRA — An aid worker said 5 had died.", "an aid worker"),
        ("An Binh Clinic", "body", "BEIRA — An Binh Clinic said 5 had died.", "An Binh Clinic"),
        ("Officials", "group", "The dead are 5, Officials said.", "Officials"),
        ("Aid Groups United", "body", "Aid Groups United said 5 had died.", "Aid Groups United"),
        ("Grace", "person", "Grace said 5 had died.", "Grace"),
        ("UNICEF", "body", "UNICEF said 5 had died.", "UNICEF"),
        ("Tako", "body", "Tako said 5 had died.", "Tako"),
    ],
)
def test_a_source_is_named_as_it_is(claimant: str, kind: str, excerpt: str, told: str) -> None:
    given = entry(**counts(5, "killed", claimant=claimant, claimant_kind=kind, excerpt=excerpt))
    assert sentence(given) == f"5 people killed, according to {told}."


@pytest.mark.parametrize(
    ("name", "given", "found"),
    [
        ("a.csv", None, "csv"),
        ("a.hxl.csv", None, "hxl"),
        ("a.idu.csv", None, "idu"),
        ("A.XLSX", None, "xlsx"),
        ("a.csv", "hxl", "hxl"),
        ("folder", "html", "html"),
    ],
)
def test_the_ending_or_the_option_tells_the_format(name: str, given: str | None, found: str) -> None:
    assert format_of(Path(name), given) is FORMATS[found]


def test_the_commands_tell_what_was_left_out_and_what_is_not_told(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from counterfoil.cli import app

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, ["ledger", *words])
        assert done.exit_code == 0, done.output
        return done.output

    ledger = str(tmp_path / "ledger.db")
    source = tmp_path / "camps.hxl.csv"
    source.write_text("Country,IDPs\r\n#country+code,#affected+idps\r\nSDN,1200\r\nSDN,\r\n", encoding="utf-8")
    told = run("import", str(source), "--ledger", ledger, "--by", "ann")
    assert "1 added" in told
    assert "not told by 1 of the rows: modality" in told
    target = tmp_path / "out.idu.csv"
    told = run("export", str(target), "--ledger", ledger, "--public")
    assert "out.idu.csv: 0 entries" in told
    assert "left out: 1, is no new displacement: a stock, a share or a change" in told
