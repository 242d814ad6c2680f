"""Words of verdicts from datasets: who may contradict, who may support, and how several records become one word."""

import subprocess
import sys
from pathlib import Path

import pytest

import counterfoil as cf
from counterfoil.checking import open_editions
from counterfoil.checking.model import Verdict, Word
from counterfoil.errors import InputError
from rerunning import by_python, by_sql

from .imported import INCIDENTS, Row, add, incidents, spread, verdicts

ATTACKS = "There were {} attacks in Kenya in 2023, police said."
RISE = "Attacks in Kenya rose by {} percent in 2023 compared with 2022, police said."


def only(found: list[Verdict]) -> Verdict:
    assert len(found) == 1, [v.figure.number.anchor.quote for v in found]
    return found[0]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def rows(*counts: int, first: int = 2021) -> list[Row]:
    """Return so many incidents in each year."""
    return [row for year, count in enumerate(counts, first) for row in spread(year, count)]


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        (ATTACKS.format(200), Word.SUPPORTED),
        (ATTACKS.format(900), Word.CONTRADICTED),
        ("There were more than 190 attacks in Kenya in 2023, police said.", Word.SUPPORTED),
        ("There were more than 50 attacks in Kenya in 2023, police said.", Word.TRUE_BUT_STALE),
        ("There were at least 900 attacks in Kenya in 2023, police said.", Word.CONTRADICTED),
        ("There were up to 300 attacks in Kenya in 2023, police said.", Word.SUPPORTED),
        ("There were up to 900 attacks in Kenya in 2023, police said.", Word.NOT_CHECKABLE),  # holds, and tells little
        ("There were nearly 300 attacks in Kenya in 2023, police said.", Word.NOT_CHECKABLE),
        ("There were nearly 210 attacks in Kenya in 2023, police said.", Word.SUPPORTED),
        (RISE.format(100), Word.SUPPORTED),
        (RISE.format(900), Word.CONTRADICTED),
        (RISE.format(130), Word.SUPPORTED_IN_DIRECTION),  # within what chance and revision leave room for
        ("Attacks in Kenya fell by 60 percent in 2023 compared with 2022, police said.", Word.CONTRADICTED),
    ],
)
def test_a_record_as_worded_supports_and_contradicts(home: Path, sentence: str, word: Word) -> None:
    incidents(home, rows(100, 100, 200))
    assert only(verdicts(home, sentence)).word is word


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        (
            "There were 100 attacks in Kenya in 2023, police said.",
            Word.NOT_CHECKABLE,
        ),  # 62 rounds to it, nobody says so
        ("There were about 100 attacks in Kenya in 2023, police said.", Word.NOT_CHECKABLE),
        ("There were 60 attacks in Kenya in 2023, police said.", Word.SUPPORTED),
        ("Attacks in Kenya doubled in 2023 compared with 2022, police said.", Word.SUPPORTED_IN_DIRECTION),
        ("Attacks in Kenya rose by 100 percent in 2023 compared with 2022, police said.", Word.SUPPORTED_IN_DIRECTION),
        ("Attacks in Kenya rose by 60 percent in 2023 compared with 2022, police said.", Word.SUPPORTED),
    ],
)
def test_the_coarsest_rounding_neither_supports_nor_contradicts(home: Path, sentence: str, word: Word) -> None:
    incidents(home, rows(40, 39, 62))
    verdict = only(verdicts(home, sentence))
    assert verdict.word is word
    if word is Word.NOT_CHECKABLE:
        assert any("fits only as rounded to the nearest 100: the record gives 62" in line for line in verdict.reasons)


@pytest.mark.parametrize(
    "sentence",
    [
        # no window, no baseline, a place within, words beyond, nothing asserted, another population
        "Attacks in Kenya rose by 900 percent, police said.",
        "Attacks in Kenya rose by 900 percent since January 2022, police said.",
        "Attacks in Kenya rose by 900 percent in 2023, police said.",
        "There were 900 attacks in Kenya, police said.",
        "There were 900 attacks in Turkana, Kenya, in 2023, police said.",
        "There were 900 attacks in Kenya and Uganda in 2023, police said.",
        "There were 900 attacks by herders in Kenya in 2023, police said.",
        "There were 900 attacks a month in Kenya in 2023, police said.",
        "Police asked whether there were 900 attacks in Kenya in 2023.",
        "If there were 900 attacks in Kenya in 2023, police said, it was a bad year.",
        "There could be 900 attacks in Kenya in 2023, police said.",
        "There were 190 attacks in Kenya in 2023, police said.",  # less off than records are revised
        "Some 900 people were killed in Kenya in 2023, police said.",  # the words do not say in what
        "Floods killed 900 people in Kenya in 2023, police said.",
        "In all violence, 900 Kenyan citizens were killed in Kenya in 2023, police said.",
    ],
)
def test_what_may_mean_something_else_is_never_contradicted(home: Path, sentence: str) -> None:
    incidents(home, rows(100, 100, 200))
    for verdict in verdicts(home, sentence):
        assert verdict.word is not Word.CONTRADICTED, verdict.reasons


def test_a_definition_of_its_own_never_contradicts(home: Path) -> None:
    incidents(home, rows(100, 100, 200), distance=0.3)
    for sentence in (ATTACKS.format(900), RISE.format(900)):
        verdict = only(verdicts(home, sentence))
        assert verdict.word in (Word.NOT_CHECKABLE, Word.SUPPORTED_IN_DIRECTION)
        assert any("counts by its own rules" in line for f in verdict.findings for line in f.reasons)
    assert only(verdicts(home, ATTACKS.format(200))).word is Word.SUPPORTED


def test_a_figure_of_another_sentence_is_not_contradicted_over_the_gap(home: Path) -> None:
    incidents(home, rows(100, 100, 200))
    text = "Police in Kenya spoke of the year 2023. There were 900 attacks, they said."
    for verdict in verdicts(home, text):
        assert verdict.word is not Word.CONTRADICTED


def test_open_baselines_show_both_sides_and_the_range(home: Path) -> None:
    incidents(home, rows(200, 50, 100, 100, first=2020), until="2023-12-31")
    sentence = "Attacks in Kenya doubled in 2022, police said."
    verdict = only(verdicts(home, sentence, published="2023-01-15"))
    assert verdict.word is Word.SENSITIVE
    assert "baseline" in verdict.sensitive_to
    [finding] = verdict.findings
    assert finding.asked is None
    assert finding.best_support is not None
    assert finding.best_counter is not None
    assert finding.best_support.agrees
    assert not finding.best_counter.agrees
    assert finding.heat is not None
    assert finding.curve is not None
    assert finding.null_probability is not None
    assert {name for name, _ in finding.alternatives} == {"sensibility@2-flat", "sensibility@2-sharp"}
    assert any(line.startswith("chance: a series without change") for line in finding.reasons)
    assert finding.changes


def test_nothing_after_the_words_is_asked(home: Path) -> None:
    incidents(home, rows(100, 100, 300))
    verdict = only(verdicts(home, "Attacks in Kenya rose by 200 percent, police said.", published="2022-12-31"))
    for finding in verdict.findings:
        for point in (finding.best_support, finding.best_counter, *finding.forest):
            assert point is None or point.later[1].year <= 2022


# Several records ----------------------------------------------------------------------------------------------------


def other(home: Path, counts: list[Row], **more: float) -> None:
    text = INCIDENTS.replace("Harbour Register", "Coast Bureau")
    lines = [f"{a},{b},KEN,{zone},{dead},{civilians}" for a, b, dead, civilians, zone in counts]
    description = text.format(id="bureau", distance=more.get("distance", 0.0), time="since = 2021-01-01")
    add(home, description, "day,last,iso,zone,dead,civilians\n" + "\n".join(lines) + "\n", "9", until="2023-12-31")


def test_two_records_that_agree_support(home: Path) -> None:
    incidents(home, rows(100, 100, 200))
    other(home, rows(90, 90, 200))
    assert only(verdicts(home, ATTACKS.format(200))).word is Word.SUPPORTED


def test_support_and_a_miss_are_sensitive_to_the_source(home: Path) -> None:
    incidents(home, rows(100, 100, 200))
    other(home, rows(100, 100, 600))
    verdict = only(verdicts(home, ATTACKS.format(200)))
    assert (verdict.word, verdict.sensitive_to) == (Word.SENSITIVE, ("source",))
    assert len(verdict.findings) == 2


def test_contradicted_only_if_no_record_could_reach_it(home: Path) -> None:
    incidents(home, rows(100, 100, 200))
    other(home, rows(100, 100, 300))
    assert only(verdicts(home, ATTACKS.format(900))).word is Word.CONTRADICTED
    loose = home.parent / "loose"
    incidents(loose, rows(100, 100, 200))
    other(loose, rows(100, 100, 900), distance=0.5)
    assert only(verdicts(loose, ATTACKS.format(900))).word is Word.SENSITIVE


def test_a_publishers_own_claim_is_no_evidence(home: Path) -> None:
    incidents(home, rows(100, 100, 200))
    verdict = only(verdicts(home, "There were 200 attacks in Kenya in 2023, the Harbour Register said."))
    assert verdict.word is Word.NOT_CHECKABLE
    assert "rightly quoted" in verdict.reasons[0]
    assert verdict.findings[0].word is Word.NOT_CHECKABLE


def test_a_misquoted_publisher_is_told_only_if_its_edition_was_out(home: Path) -> None:
    sentence = "There were 900 attacks in Kenya in 2023, the Harbour Register said."
    incidents(home, rows(100, 100, 200))
    assert only(verdicts(home, sentence)).word is Word.NOT_CHECKABLE
    known = home.parent / "known"
    incidents(known, rows(100, 100, 200), released="2024-03-01")
    assert only(verdicts(known, sentence)).word is Word.CONTRADICTED
    late = home.parent / "late"
    incidents(late, rows(100, 100, 200), released="2025-03-01")
    assert only(verdicts(late, sentence)).word is Word.NOT_CHECKABLE


def test_true_by_the_edition_of_its_day_and_outdated_since(home: Path) -> None:
    incidents(home, rows(100, 100, 200), name="2024", released="2024-02-01")
    incidents(home, rows(100, 100, 260), name="2025", released="2025-02-01")
    then = only(verdicts(home, ATTACKS.format(200), published="2024-06-01"))
    assert then.word is Word.TRUE_BUT_STALE
    assert "as it was known then, and outdated since" in then.reasons[0]
    assert {f.edition: f.asked.value for f in then.findings if f.asked} == {"2024": 200.0, "2025": 260.0}
    now = only(verdicts(home, ATTACKS.format(260), published="2024-06-01"))
    assert now.word is Word.SUPPORTED
    after = only(verdicts(home, ATTACKS.format(200), published="2025-06-01"))
    assert (after.word, after.sensitive_to) == (Word.SENSITIVE, ("vintage",))


def test_undated_editions_that_differ_are_sensitive_to_the_vintage(home: Path) -> None:
    incidents(home, rows(100, 100, 200), name="a")
    incidents(home, rows(100, 100, 260), name="b")
    verdict = only(verdicts(home, ATTACKS.format(200)))
    assert verdict.word in (Word.SENSITIVE, Word.SUPPORTED)
    assert len(verdict.findings) == 2


# Pins, editions, queries --------------------------------------------------------------------------------------------


def test_a_pin_asks_this_measure_and_no_other(home: Path) -> None:
    incidents(home, rows(100, 100, 200))
    other(home, rows(100, 100, 600))
    pinned = only(verdicts(home, ATTACKS.format(600), pins=["600=bureau@9.attacks"]))
    assert [f.source for f in pinned.findings] == ["Coast Bureau of Incidents"]
    assert pinned.word is Word.SUPPORTED
    with pytest.raises(InputError, match="did you mean 'attacks'"):
        verdicts(home, ATTACKS.format(600), pins=["600=bureau@9.atacks"])


def test_the_query_of_a_finding_runs_as_it_stands(home: Path) -> None:
    incidents(home, rows(100, 100, 200))
    for sentence, answers in ((RISE.format(100), [200, 100]), (ATTACKS.format(200), [200])):
        [finding] = only(verdicts(home, sentence)).findings
        assert list(by_sql(finding.query.sql).values()) == answers
        first = by_python(finding.query.python).splitlines()[0].split("\t")
        assert finding.asked is not None
        assert float(first[0]) == finding.asked.value
        assert float(first[1]) == answers[0]


def test_no_editions_leave_everything_as_it_was_and_load_nothing(tmp_path: Path) -> None:
    assert open_editions(tmp_path) == ()
    with pytest.raises(InputError, match="no such folder"):
        open_editions(tmp_path / "none")
    code = (
        "import sys, counterfoil as cf\n"
        f"cf.check(cf.from_text('Attacks in Kenya rose by 20 percent.'), engine='rules', data={str(tmp_path)!r})\n"
        "print(*sorted({'duckdb', 'scipy', 'numpy'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
    text = ATTACKS.format(200)
    plain = cf.check(cf.from_text(text), engine="rules")
    assert cf.check(cf.from_text(text), engine="rules", data=tmp_path) == plain


def test_the_same_input_gives_the_same_verdict(home: Path) -> None:
    incidents(home, rows(100, 100, 200))
    assert verdicts(home, RISE.format(100)) == verdicts(home, RISE.format(100))
