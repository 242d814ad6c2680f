"""The whole world is the sum of all rows, where they lie in so many countries that they are no part of it."""

from dataclasses import replace

import pytest

from counterfoil.checking.datasets.model import PlaceColumn
from counterfoil.checking.locating import LEAST_COUNTRIES
from counterfoil.checking.matches import LOWER
from counterfoil.reading.model import Kind

from .made import dataset, edition, indicator, matched

DEATHS = dataset("events", indicator("deaths", "killed", context="in all violence"))
MANY = tuple(f"C{n:02}" for n in range(LEAST_COUNTRIES))
WORLD = replace(edition(DEATHS), countries=MANY)
CUT = replace(edition(DEATHS), countries=MANY[:40])
ARRIVALS = dataset(
    "arrivals",
    indicator("arrived", "killed", context="in all violence"),
    places=(PlaceColumn("country", "coo", "iso3", "origin"), PlaceColumn("country", "'KEN'", "iso3", "destination")),
)
FLED = dataset(
    "fled",
    indicator(
        "displaced",
        "displaced",
        kind=Kind.STOCK,
        additive="stock",
        words="people displaced within their country",
        population="people",
    ),
)


@pytest.mark.parametrize(
    "sentence",
    [
        "In all violence, 160,000 people were killed worldwide in 2021.",
        "Worldwide, 160,000 people were killed in all violence in 2021.",
        "In 2021, 160,000 people were killed in all violence around the world.",
    ],
)
def test_all_rows_answer_for_the_world_and_contradict_nobody(sentence: str) -> None:
    [match], _ = matched(sentence, [WORLD])
    assert match.filters == ()
    assert f"rows of {LEAST_COUNTRIES} countries" in match.outcomes["place"].why
    assert not match.firm


@pytest.mark.parametrize(
    ("sentence", "held", "why"),
    [
        ("In all violence, 160,000 people were killed worldwide in 2021.", CUT, "rows of 40 countries"),
        (
            "In all violence, 160,000 people were killed worldwide in 2021.",
            replace(edition(ARRIVALS), countries=MANY),
            "the record is of one country",
        ),
        ("In all violence, 9,000 people were killed in the Sahel in 2021.", WORLD, "is a region"),
        ("In all violence, 9,000 people were killed in Europe in 2021.", WORLD, "is a region"),
        ("In all violence, 9,000 people were killed in West Africa in 2021.", WORLD, "is a region"),
    ],
)
def test_a_part_of_the_world_does_not(sentence: str, held: object, why: str) -> None:
    found, [unmatched] = matched(sentence, [held])  # type: ignore[list-item]
    assert not found
    assert why in unmatched.why


def test_those_who_fled_within_their_country_are_a_part_of_all_who_fled() -> None:
    held = [replace(edition(FLED), countries=MANY)]
    [match], _ = matched("At the end of 2021, 120 million people were displaced worldwide.", held)
    assert match.relation == LOWER
