"""Places: found by any way of writing their name, never taken for another's, and no way into the query."""

from collections.abc import Callable

import pytest

from checking.datasets.asked import deaths
from counterfoil.checking.datasets import (
    placing,
    warehouse,
)
from counterfoil.checking.datasets.model import Edition, PlaceFilter
from counterfoil.errors import InputError

Add = Callable[..., Edition]


def test_places_are_found_without_case_accents_and_words_for_divisions(add: Add) -> None:
    edition = add()
    for name in ("South", "south province", "SOUTH"):
        found = placing.find_place(edition, deaths(edition), name, level="admin1", country="PAK")
        assert found == PlaceFilter("admin1", ("South Province",), "at", "PAK")
        cube = warehouse.cube(edition, deaths(edition), where=[found], variants=[])
        assert cube.values.sum() == 3
    assert placing.find_place(edition, deaths(edition), "South", level="admin1", country="COD") is None
    assert placing.find_place(edition, deaths(edition), "East", level="admin1") is None


def test_places_that_an_indicator_sees_otherwise(add: Add, description: str) -> None:
    own = '[[indicators.places]]\nlevel = "country"\ncolumn = "\'TCD\'"\nscheme = "iso3"\n\n[[variants]]'
    edition = add(description=description.replace("[[variants]]", own, 1))
    attacks = edition.dataset.indicators[1]
    assert [(one.value, one.rows) for one in placing.places(edition, attacks)] == [("TCD", 3)]
    assert {one.value for one in placing.places(edition, deaths(edition)) if one.level == "country"} == {"COD", "PAK"}
    there = placing.find_place(edition, attacks, "TCD", level="country")
    assert there is not None
    assert warehouse.cube(edition, attacks, where=[there]).values.sum() == 3


def test_a_level_that_rows_do_not_tell_is_refused(add: Add) -> None:
    edition = add()
    with pytest.raises(InputError, match="names no city"):
        warehouse.cube(edition, deaths(edition), where=[PlaceFilter("city", ("x",))])


def test_a_place_cannot_close_the_condition(add: Add) -> None:
    edition = add()
    cube = warehouse.cube(edition, deaths(edition), where=[PlaceFilter("country", ("PAK') OR ('1' = '1",))])
    assert cube.values.sum() == 0
    assert not cube.covered.any()
