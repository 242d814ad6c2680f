"""Words that limit a figure whatever a record counts: its total is then held neither against nor for the figure."""

from pathlib import Path

import pytest

import counterfoil as cf
from counterfoil.checking.model import Verdict, Word
from counterfoil.comparing import claims
from counterfoil.comparing.limits import around

from .imported import INCIDENTS, add, spread, verdicts

# A record whose own words name what a sentence tells of one event, of a month, of a year.
ATTACKS = (
    INCIDENTS.format(id="attacks", distance=0.0, time="since = 2022-01-01")
    .replace("in all violence", "in attacks")
    .replace(
        'words = "people killed in attacks"', 'words = "people killed in attacks, by the day, month and year of each"'
    )
)


def words(verdict: Verdict) -> set[Word]:
    return {verdict.word, *(finding.word for finding in verdict.findings)}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    rows = [*spread(2022, 100, dead=3), *spread(2023, 120, dead=3)]
    lines = [f"{first},{last},KEN,{zone},{dead},{civilians}" for first, last, dead, civilians, zone in rows]
    table = "day,last,iso,zone,dead,civilians\n" + "\n".join(lines) + "\n"
    add(home, ATTACKS, table, "1", until="2023-12-31")
    return home


@pytest.mark.parametrize(
    "sentence",
    [
        "An attack killed 9 people in Kenya in 2023, police said.",
        "Nine people were killed in an attack in Kenya in May 2023, police said.",
        "In 2023, the attack in Kenya killed 9 people, police said.",
        "Tuesday's attack killed 9 people in Kenya in 2023, police said.",
        "The attacks killed 9 people in Kenya in 2023, police said.",
        "Attacks killed 30 people a month in Kenya in 2023, police said.",
        "Attacks killed 30 people in Kenya each month in 2023, police said.",
        "Attacks killed 90 people in a year in Kenya between 2022 and 2023, police said.",
        "Attacks killed 900 people from Kenya in 2023, police said.",
        "Up to 100 people were killed in attacks in Kenya in 2023, police said.",
        "In 2023 attacks killed 100 people alone in Kenya, police said.",
        "In Kenya, attacks killed 1 person in May and 90 people in June 2021, police said.",
        "In 2023, attacks killed 100 people in Kenya and neighbouring states, police said.",
        "Attacks killed 100 people in Kenya in 2023, not counting 260 soldiers, police said.",
        "In 2023 attacks killed 12 guards and 40 others in Kenya, police said.",
        "In 2023, attacks killed 100 people, 40 of them police, in Kenya's north.",
    ],
)
def test_a_limited_figure_is_not_accused(home: Path, sentence: str) -> None:
    for verdict in verdicts(home, sentence):
        assert Word.CONTRADICTED not in words(verdict), verdict.reasons


@pytest.mark.parametrize(
    "sentence",
    [
        "Attacks killed 900 people in Kenya in 2023, police said.",
        "In 2023 alone, attacks killed 900 people in Kenya, police said.",
        "There were 900 attacks in Kenya in 2023, police said.",
    ],
)
def test_a_figure_without_a_limit_is_still_contradicted(home: Path, sentence: str) -> None:
    [verdict] = verdicts(home, sentence)
    assert verdict.word is Word.CONTRADICTED, verdict.reasons


def test_the_toll_of_one_event_is_not_supported_by_a_total(home: Path) -> None:
    [verdict] = verdicts(home, "An attack killed 360 people in Kenya in 2023, police said.")
    assert verdict.word not in (Word.SUPPORTED, Word.CONTRADICTED)
    assert "“An attack”" in "\n".join(verdict.reasons)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Attacks in Kenya were 2 times higher than in Uganda in 2023, police said.", "Uganda"),
        ("Attacks in Kenya were 40 percent higher than in Rwanda in 2023, police said.", "Rwanda"),
        ("Attacks in Kenya rose by 20 percent in 2023 compared with 2022, police said.", None),
        ("Attacks in Kenya rose by 20 percent in 2023 compared with Kenya's level of 2022, police said.", None),
    ],
)
def test_two_places_are_not_compared_as_two_times(home: Path, sentence: str, name: str | None) -> None:
    [verdict] = verdicts(home, sentence)
    told = "\n".join([*verdict.reasons, *(one.why for one in verdict.unmatched)])
    assert ("the words compare with" in told) is (name is not None)
    if name is not None:
        assert verdict.word is Word.NOT_CHECKABLE
        assert f"“{name}”" in told


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Ukraine's western neighbours hosted 900 refugees in 2022.", "Ukraine"),
        ("Countries neighbouring Sudan hosted 900 refugees in 2023.", "Sudan"),
        ("States that border Syria took 900 refugees in 2015.", "Syria"),
        ("Clashes outside Bamako killed 90 people in 2022.", "Bamako"),
        ("Neighbouring Chad hosted 900 refugees in 2023.", None),
        ("Poland, which borders Ukraine, hosted 900 refugees in 2022.", None),
        ("Clashes in Mali killed 90 people in 2022.", None),
    ],
)
def test_what_lies_around_a_place_is_not_the_place(sentence: str, place: str | None) -> None:
    account = cf.read(cf.from_text(sentence), engine="rules")
    assert around(claims.surroundings(account, account.figures[0])) == place
