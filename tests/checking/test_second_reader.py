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


def test_counts_are_called_too_few_only_where_their_interval_says_so(home: Path) -> None:
    incidents(home, [*spread(2021, 5), *spread(2022, 100), *spread(2023, 20)])
    change = only(verdicts(home, "Attacks in Kenya rose by 10 percent in 2023 compared with 2022, police said."))
    assert "from -88% to -67%" in told(change)
    assert "too few to tell even the direction" not in told(change)
    level = only(verdicts(home, "There were 75 attacks in Kenya in 2023, police said."))
    assert "chance alone" not in told(level)
