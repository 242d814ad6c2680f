"""What a verdict says first: that a size is reached in no way of asking, and what the speaker's own record confirms."""

from pathlib import Path

import pytest

import counterfoil as cf
from counterfoil.checking import read_tables
from counterfoil.checking.model import Word
from counterfoil.checking.references.wording import nowhere_words

from .conftest import HEADER, row
from .imported import incidents, spread, verdicts

YEARS = tuple(
    row(measure="attack", unit="event", population="", publisher="Raid Monitor", series="raids", term="raids", low=low,
        first=f"{year}-01-01", last=f"{year}-12-31", definition="its own rule")
    for year, low in ((2021, "2000"), (2022, "3000"))
)  # fmt: skip


@pytest.mark.parametrize(
    ("claimed", "low", "high", "words"),
    [
        (500.0, 19.0, 191.0, "no way of asking gives 5x: the most is +191%"),
        (10.0, 19.0, 191.0, "no way of asking gives 5x: the least is +19%"),
        (100.0, 19.0, 191.0, "no way of asking gives 5x: the answers run from +19% to +191%"),
        (500.0, 93.0, 93.0, "the record gives +93%, not 5x"),
        (-50.0, 70.0, 72.0, "no way of asking gives a fall of 5x: the nearest is +70%"),
        (-50.0, -30.0, -10.0, "no way of asking gives a fall of 5x: the most is -30%"),
        (-5.0, -30.0, -10.0, "no way of asking gives a fall of 5x: the least is -10%"),
    ],
)
def test_a_size_that_nothing_reaches(claimed: float, low: float, high: float, words: str) -> None:
    assert nowhere_words("5x", claimed, low, high) == words


@pytest.mark.parametrize(
    "sentence",
    [
        "Attacks in Kenya rose by 350 percent from 2021 to 2022.",
        "Attacks in Kenya went up 350% between 2021 and 2022.",
        "Between 2021 and 2022, attacks in Kenya increased by 350 percent.",
        "In Kenya, attacks grew by 350 percent from 2021 to 2022.",
    ],
)
def test_from_one_year_to_another_states_window_and_baseline(sentence: str) -> None:
    records = read_tables([("raids.csv", (HEADER + "".join(YEARS)).encode())])
    [verdict] = cf.check(cf.from_text(sentence), engine="rules", records=records).checks
    assert verdict.word is Word.SUPPORTED_IN_DIRECTION
    assert verdict.reasons[0] == f"the record gives +50%, not {'350%' if '%' in sentence else '350 percent'}"
    assert not any("no baseline" in reason for reason in verdict.reasons)


def test_a_dataset_that_reaches_a_size_nowhere_says_so_first(tmp_path: Path) -> None:
    home = tmp_path / "home"
    incidents(home, [*spread(2021, 200), *spread(2022, 260)], distance=0.4)
    [verdict] = verdicts(home, "Attacks in Kenya rose by 400 percent in 2022 compared with 2021.")
    assert verdict.word is not Word.CONTRADICTED
    assert "400%" in verdict.findings[0].reasons[0].split("; ")[0]


def test_the_speakers_own_number_confirms_the_quotation_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    incidents(home, spread(2022, 100, dead=3), distance=0.4)
    incidents(home, spread(2022, 50, dead=3), id="derived", distance=0.4)
    said = "According to the Harbour Register, 300 people were killed in all violence in Kenya in 2022."
    [verdict] = verdicts(home, said)
    told = [finding.reasons[0] for finding in verdict.findings]
    assert verdict.word is Word.NOT_CHECKABLE
    assert "rightly quoted from Harbour Register's own data: 300 (2022)" in " ".join(told)
    assert "that confirms the quotation, not the count" in " ".join(told)
    assert not any("not found as quoted" in line for line in (*told, *verdict.reasons))


def test_a_number_that_the_speakers_own_record_excludes_was_not_found(tmp_path: Path) -> None:
    home = tmp_path / "home"
    incidents(home, spread(2022, 100, dead=3), distance=0.4, since="2022-01-01")
    said = "According to the Harbour Register, 900 people were killed in all violence in Kenya in 2022."
    [verdict] = verdicts(home, said)
    assert any("not found as quoted" in reason for reason in verdict.reasons)


def test_a_number_of_more_than_the_record_counts_is_not_said_to_be_missing_there(tmp_path: Path) -> None:
    home = tmp_path / "home"
    incidents(home, spread(2022, 100, dead=3), distance=0.4, since="2022-01-01")
    said = "According to the Harbour Register, 900 people and cattle were killed in all violence in Kenya in 2022."
    for verdict in verdicts(home, said):
        assert not any("not found as quoted" in reason for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Attacks in Kenya rose by 30 percent from 2021.", Word.SUPPORTED),
        ("In Kenya attacks were up 900 percent from 2021.", Word.SUPPORTED_IN_DIRECTION),
        ("Attacks in Kenya fell by 60 percent from 2021.", Word.NOT_CHECKABLE),
    ],
)
def test_up_from_a_year_is_against_that_year_and_never_contradicted(tmp_path: Path, sentence: str, word: Word) -> None:
    home = tmp_path / "home"
    incidents(home, [*spread(2020, 900), *spread(2021, 200), *spread(2022, 260)])
    [verdict] = verdicts(home, sentence, published="2023-01-20")
    assert verdict.word is word, verdict.reasons


def test_from_a_year_whose_next_is_not_over_is_not_asked(tmp_path: Path) -> None:
    home = tmp_path / "home"
    incidents(home, [*spread(2021, 200), *spread(2022, 260)])
    [verdict] = verdicts(home, "Attacks in Kenya rose by 30 percent from 2022.", published="2023-01-20")
    assert verdict.word is Word.NOT_CHECKABLE
