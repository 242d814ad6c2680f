"""What a second reader tried: false accusations, support that is none, and words that are not what was computed."""

from pathlib import Path

import pytest

from counterfoil.checking.model import Verdict, Word

from .imported import incidents, spread, verdicts


def only(found: list[Verdict]) -> Verdict:
    assert len(found) == 1, [v.figure.number.anchor.quote for v in found]
    return found[0]


def told(verdict: Verdict) -> str:
    return "\n".join([*verdict.reasons, *(line for f in verdict.findings for line in (*f.reasons, f.changes))])


def words(verdict: Verdict) -> set[Word]:
    """Return the verdict's word and those of its findings: an accusation in a finding is one too."""
    return {verdict.word, *(f.word for f in verdict.findings)}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


BROKEN = '[[time.breaks]]\nat = 2023-01-01\nwhy = "Another team counts."'


@pytest.mark.parametrize(
    ("time", "sentence", "why"),
    [
        ("lag_days = 60", "There were 900 attacks in Kenya in 2023, police said.", "may still grow"),
        ("lag_days = 60", "Attacks in Kenya fell by 90 percent in 2023 compared with 2022.", "may still grow"),
        (BROKEN, "There were 900 attacks in Kenya between January 2022 and December 2023, police said.", "changed in"),
        (BROKEN, "Attacks in Kenya fell by 90 percent in 2023 compared with 2022, police said.", "changed in"),
    ],
)
def test_what_may_grow_or_was_counted_in_two_ways_contradicts_nothing(
    home: Path, time: str, sentence: str, why: str
) -> None:
    incidents(home, [*spread(2022, 100), *spread(2023, 120)])
    incidents(home, [*spread(2022, 100), *spread(2023, 120)], id="unsure", time=time)
    plain, unsure = only(verdicts(home, sentence)).findings
    assert (plain.word, unsure.word) == (Word.CONTRADICTED, Word.NOT_CHECKABLE)
    assert why in unsure.reasons[0]


def test_days_without_a_row_contradict_nothing(home: Path) -> None:
    incidents(home, spread(2021, 50), until="2024-12-31")
    for sentence in (
        "There were 75 attacks in Kenya in 2023, police said.",
        "Attacks in Kenya rose by 75 percent in 2023 compared with 2021, police said.",
        "Attacks in Kenya rose by 75 percent in 2023 compared with 2022, police said.",
    ):
        assert Word.CONTRADICTED not in words(only(verdicts(home, sentence))), sentence


def test_counts_are_said_to_vary_too_much_only_where_their_interval_says_so(home: Path) -> None:
    incidents(home, [*spread(2021, 5), *spread(2022, 100), *spread(2023, 20)])
    change = only(verdicts(home, "Attacks in Kenya rose by 10 percent in 2023 compared with 2022, police said."))
    assert "from -88% to -67%" in told(change)
    assert "too much to tell even the direction" not in told(change)
    level = only(verdicts(home, "There were 75 attacks in Kenya in 2023, police said."))
    assert "by chance" not in told(level)


@pytest.mark.parametrize(
    "share",
    [
        "80 percent of civilians were killed in Kenya in 2023",
        "Kenya accounted for 80 percent of civilians killed in 2023",
        "two in three civilians killed in Kenya in 2023 were children",
    ],
)
def test_a_share_of_some_people_is_not_their_share_of_all(home: Path, share: str) -> None:
    incidents(home, spread(2023, 120, dead=5, civilians=2))
    verdict = only(verdicts(home, f"In all violence, {share}, police said."))
    assert (verdict.word, verdict.findings) == (Word.NOT_CHECKABLE, ())


@pytest.mark.parametrize("number", [51, 64])  # 60 by the old edition: 51 by its fiscal year, 64 by chance
def test_an_older_edition_that_leaves_room_forbids_a_contradiction(home: Path, number: int) -> None:
    rows = [row for row in spread(2022, 24) if row[0] >= "2022-10"] + spread(2023, 60)
    incidents(home, rows, since="2022-01-01", name="1", released="2024-01-10")
    incidents(home, [*spread(2022, 300), *spread(2023, 300)], name="2", released="2024-06-10")
    verdict = only(verdicts(home, f"There were {number} attacks in Kenya in 2023, police said."))
    assert verdict.word is Word.NOT_CHECKABLE
    assert only(verdicts(home, "There were 999 attacks in Kenya in 2023, police said.")).word is Word.CONTRADICTED


def test_a_publisher_accuses_itself_in_no_finding_unless_it_was_out_when_it_was_said(home: Path) -> None:
    sentence = "The Harbour Register recorded 600 attacks in Kenya in 2023."
    rows = [*spread(2022, 100), *spread(2023, 120)]
    incidents(home, rows)
    assert words(only(verdicts(home, sentence))) == {Word.NOT_CHECKABLE}
    incidents(home.parent / "known", rows, released="2024-02-01")
    assert words(only(verdicts(home.parent / "known", sentence))) == {Word.CONTRADICTED}


def test_a_place_of_another_sentence_accuses_in_no_finding(home: Path) -> None:
    incidents(home, [*spread(2022, 100), *spread(2023, 120)])
    (verdict,) = verdicts(home, "Kenya was calm in 2024. There were 600 attacks in 2023, police said.")
    assert words(verdict) == {Word.NOT_CHECKABLE}


@pytest.mark.parametrize(
    ("other", "number", "word"),
    [(0.4, 120, Word.SUPPORTED), (0.4, 50, Word.SENSITIVE), (0.0, 120, Word.SENSITIVE), (0.4, 500, Word.CONTRADICTED)],
)
def test_a_definition_further_from_the_words_is_a_note(home: Path, other: float, number: int, word: Word) -> None:
    incidents(home, [*spread(2022, 100), *spread(2023, 120)])
    incidents(home, [*spread(2022, 40), *spread(2023, 50)], id="other", distance=other)
    verdict = only(verdicts(home, f"There were {number} attacks in Kenya in 2023, police said."))
    assert verdict.word is word
    assert "50 (2023)" in told(verdict)
    if word is Word.SUPPORTED:
        assert "the record fits: 120 (2023)" in verdict.reasons[0]


@pytest.mark.parametrize(
    ("when", "change", "word", "windows"),
    [
        ("from 2022 to 2023", "rose 20%", Word.SUPPORTED, ("2022", "2023")),
        ("from 2022 to 2023", "fell by 90%", Word.CONTRADICTED, ("2022", "2023")),
        ("between 2021 and 2022", "rose by 100%", Word.SUPPORTED, ("2021", "2022")),
        ("from 2021 to 2023", "rose 140%", Word.SUPPORTED, ("2021", "2023")),
        ("from the first quarter of 2023 to the second quarter of 2023", "rose 500%", Word.CONTRADICTED, ("2023",)),
        ("between January and June 2023", "rose 20%", Word.SENSITIVE, ()),  # June against January, or both against 2022
        ("from January to June 2023", "fell by 90%", Word.NOT_CHECKABLE, ()),
        ("from 2022 through 2023", "fell by 90%", Word.NOT_CHECKABLE, ()),
        ("between 2022 and 2023 compared with 2020 to 2021", "rose 120%", Word.SUPPORTED, ("2020", "2022")),
    ],
)
def test_a_change_from_one_year_to_another_compares_the_two(
    home: Path, when: str, change: str, word: Word, windows: tuple[str, ...]
) -> None:
    incidents(home, [*spread(2020, 50), *spread(2021, 50), *spread(2022, 100), *spread(2023, 120)])
    verdict = only(verdicts(home, f"Attacks in Kenya {change} {when}, police said."))
    assert verdict.word is word, told(verdict)
    [finding] = verdict.findings
    begins = {str(finding.asked.later[0])[:4], str(finding.asked.earlier[0])[:4]} if finding.asked else set()
    assert begins == set(windows)


@pytest.mark.parametrize("when", ["in early 2023", "in mid-2023", "at the end of 2023", "in 2022/23", "in summer 2023"])
def test_loose_windows_contradict_nothing(home: Path, when: str) -> None:
    incidents(home, [*spread(2022, 100), *spread(2023, 120)])
    for sentence in ("There were 900 attacks in Kenya {}, police said.", "{}, 900 attacks hit Kenya, police said."):
        for verdict in verdicts(home, sentence.format(when)):
            assert Word.CONTRADICTED not in words(verdict)


@pytest.mark.parametrize("when", ["As of December 2023", "By the end of 2023", "Until 2023"])
def test_words_that_say_until_when_alone_contradict_nothing(home: Path, when: str) -> None:
    incidents(home, [*spread(2022, 100), *spread(2023, 120)])
    for verdict in verdicts(home, f"{when}, 900 attacks had hit Kenya, police said."):
        assert Word.CONTRADICTED not in words(verdict)


@pytest.mark.parametrize(("number", "word"), [("600", Word.SENSITIVE), ("9,000", Word.NOT_CHECKABLE)])
def test_people_named_by_nationality_alone_are_looked_for_at_home_and_accuse_nobody(
    home: Path, number: str, word: Word
) -> None:
    incidents(home, [*spread(2022, 100, dead=5), *spread(2023, 120, dead=5)])
    sentence = f"In all violence, {number} Kenyans were killed in 2023, police said."
    for after in ("", " Uganda and Tanzania protested."):
        (verdict,) = verdicts(home, sentence + after)
        assert words(verdict) == {word}
        assert "The words name no place; Kenya is taken" in told(verdict)


@pytest.mark.parametrize(
    "what", ["Attacks in Kenya that killed police", "Average attacks in Kenya", "Attacks and arrests in Kenya"]
)
def test_the_direction_of_another_thing_supports_nothing(home: Path, what: str) -> None:
    incidents(home, [*spread(2022, 100), *spread(2023, 120)])
    verdict = only(verdicts(home, f"{what} rose by 300 percent in 2023 compared with 2022, the ministry said."))
    assert (verdict.word, verdict.sensitive_to) == (Word.SENSITIVE, ("definition",))
    assert "the direction fits if those words restrict nothing" in told(verdict)


def test_the_number_of_the_next_year_is_no_support(home: Path) -> None:
    incidents(home, [*spread(2022, 100), *spread(2023, 150)])
    verdict = only(verdicts(home, "There were 150 attacks in Kenya in 2022, police said."))
    assert verdict.word is Word.NOT_CHECKABLE
    assert "another window leaves room for it" in told(verdict)


def test_changes_by_baseline_say_what_is_by_the_day_and_what_rests_on_few(home: Path) -> None:
    incidents(home, [*spread(2020, 4), *spread(2021, 40), *spread(2022, 100), *spread(2023, 120)])
    verdict = only(verdicts(home, "Attacks in Kenya rose by 300 percent from January 2022 through June 2023."))
    line = next(line for line in told(verdict).split("\n") if "by baseline" in line)
    assert " a day against other lengths just before" in line
    small = only(verdicts(home, "Attacks in Kenya rose by 300 percent in 2021, police said."))
    line = next(line for line in told(small).split("\n") if "by baseline" in line)
    assert line.startswith("2021, by baseline: 4 to 40 against")


def test_rows_that_tell_no_number_are_not_rows_of_none(home: Path) -> None:
    rows = [(*row[:2], "" if row[0] >= "2023-04" else row[2], *row[3:]) for row in spread(2023, 120, dead=5)]
    incidents(home, rows)
    sentence = "In all violence, {} people were killed in Kenya in 2023, police said."
    unsure = only(verdicts(home, sentence.format("600")))
    assert words(unsure) == {Word.NOT_CHECKABLE}
    assert "90 of its rows of those days tell none" in told(unsure)
    assert only(verdicts(home, "There were 900 attacks in Kenya in 2023, police said.")).word is Word.CONTRADICTED
