"""Numbers that a careless record would print: of another pair of places, day, kind of violence, or part of a whole."""

import pytest

from counterfoil.reading.model import Kind

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
