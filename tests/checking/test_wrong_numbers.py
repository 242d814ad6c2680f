"""Numbers that a careless record would print: of another pair of places, day, kind of violence, or part of a whole."""

from pathlib import Path

import pytest

from counterfoil.checking.datasets.model import Edition
from counterfoil.reading.model import Kind

from .imported import INCIDENTS, add, spread, verdicts
from .made import FROM_TO, dataset, edition, indicator, matched

MOVED = edition(
    dataset(
        "moves",
        indicator("refugees", "refugees", kind=Kind.STOCK, additive="stock", population="refugees"),
        indicator("returns", "returned", population="refugees"),
        places=FROM_TO,
    )
)


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        ("About 300,000 refugees originated from Chad in 2021.", {("origin", "TCD")}),
        ("There were 300,000 refugees from Chad at the end of 2021.", {("origin", "TCD")}),
        ("There were 300,000 refugees in Chad at the end of 2021.", {("destination", "TCD")}),
        ("In 2021, 30,000 refugees returned to Chad.", {("destination", "TCD")}),
        ("In 2021, 30,000 refugees returned from Chad.", {("origin", "TCD")}),
        ("In 2021, 30,000 refugees returned from Chad to Sudan.", {("origin", "TCD"), ("destination", "SDN")}),
    ],
)
def test_one_word_for_a_place_plays_one_part(sentence: str, rows: set[tuple[str, str]]) -> None:
    found, unmatched = matched(sentence, [MOVED])
    assert [{(where.role, where.place.country) for where in match.filters} for match in found] == [rows], unmatched


DECIDED = edition(
    dataset(
        "decisions",
        indicator("granted", "refugees", term="grants of protection", population="refugees"),
        indicator("rejected", "asylum_seekers", term="rejected decisions", population="asylum seekers"),
        indicator("arrived", "arrived", population="refugees"),
        places=FROM_TO,
    )
)


@pytest.mark.parametrize(
    ("sentence", "held", "why"),
    [
        ("Syrian refugees in Syria's neighbours numbered 5 million in 2021.", MOVED, "the country that they left"),
        ("In 2021, 300,000 Sudanese refugees were registered outside Sudan.", MOVED, "the country that they left"),
        ("Sweden recognised 1,659 refugees in 2021.", MOVED, "came during a time"),
        ("Poland received 9 million Ukrainian refugees in 2021.", MOVED, "came during a time"),
        ("Two million migrants arrived in Canada in 2021.", DECIDED, "the record counts refugees"),
        ("Asylum applications in Austria rose to 40,000 in 2021.", DECIDED, "the words tell of no decision"),
        ("In 2021, 40,000 asylum claims were filed in Austria.", DECIDED, "the words tell of no decision"),
    ],
)
def test_what_the_words_do_not_tell_is_not_asked(sentence: str, held: Edition, why: str) -> None:
    found, unmatched = matched(sentence, [held])
    assert found == ()
    assert why in unmatched[0].why


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("There were 300,000 Sudanese refugees in Chad at the end of 2021.", MOVED),
        ("Sweden hosted 240,000 refugees in 2021.", MOVED),
        ("In 2021, 3,000 refugees arrived in Canada.", DECIDED),
        ("In 2021, Austria rejected 40,000 asylum seekers.", DECIDED),
    ],
)
def test_what_the_words_tell_is_asked(sentence: str, held: Edition) -> None:
    found, unmatched = matched(sentence, [held])
    assert len(found) == 1, unmatched


def test_a_share_by_nationality_is_of_the_same_measure_and_of_all() -> None:
    [match], _ = matched("Sudanese refugees were 40 percent of the total in Chad in 2021.", [MOVED])
    assert match.divisor is not None
    assert match.divisor.indicator is match.indicator
    assert {w.role for w in match.filters} == {"origin", "destination"}
    assert {w.role for w in match.divisor.filters} == {"destination"}


def test_a_share_whose_part_is_not_told_is_refused() -> None:
    found, unmatched = matched("Sudanese accounted for 40 percent of refugees in Chad in 2021.", [MOVED])
    assert found == ()
    assert unmatched


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Deaths in Kenya rose by 20 percent from 2022 to 2023.", "it fits if what the record counts is meant"),
        ("Deaths in Kenya rose by 80 percent from 2022 to 2023.", "the direction is as claimed if what"),
    ],
)
def test_a_change_of_another_size_is_not_said_to_fit(tmp_path: Path, sentence: str, why: str) -> None:
    rows = [*spread(2022, 100, dead=3), *spread(2023, 120, dead=3)]
    lines = [f"{first},{last},KEN,{zone},{dead},{civilians}" for first, last, dead, civilians, zone in rows]
    table = "day,last,iso,zone,dead,civilians\n" + "\n".join(lines) + "\n"
    add(tmp_path, INCIDENTS.format(id="incidents", distance=0.3, time="since = 2022-01-01"), table, "1")
    [verdict] = verdicts(tmp_path, sentence)
    assert why in verdict.findings[0].reasons[0], verdict.findings
