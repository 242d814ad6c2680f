"""What words allow, and what counts allow of their ratio."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.comparing.intervals import (
    Interval,
    allowed,
    coarsest_that_holds,
    computable,
    distinctive,
    grains,
    place_values,
    plain,
    presumed,
)
from counterfoil.reading.model import Hedge, Quantity


def quantity(said: str, hedge: Hedge = Hedge.EXACT, high: str | None = None) -> Quantity:
    """Make a quantity of the number as written; a second number is the other end of a range."""
    low = Decimal(said)
    grain, coarsest = place_values(low)
    top = None if hedge in (Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.VAGUE) else Decimal(high or said)
    bottom = None if hedge in (Hedge.AT_MOST, Hedge.LESS_THAN) else low
    return Quantity(low, top, "person", hedge, bottom, top, grain, coarsest)


@pytest.mark.parametrize(
    ("said", "hedge", "inside", "outside"),
    [
        ("2267", Hedge.EXACT, ["2266.5", "2267.4"], ["2267.5", "2266"]),
        ("60", Hedge.EXACT, ["55", "64.9"], ["65", "54.9"]),
        ("200000", Hedge.EXACT, ["150000", "203639", "249999"], ["250000", "149999"]),
        ("203639", Hedge.MORE_THAN, ["203640", "900000"], ["203639"]),
        ("40", Hedge.AT_LEAST, ["40", "41"], ["39"]),
        ("30", Hedge.AT_MOST, ["0", "30"], ["31"]),
        ("30", Hedge.LESS_THAN, ["0", "29"], ["30"]),
        ("8400", Hedge.ABOUT, ["7980", "8820"], ["7979", "8821"]),
        ("300", Hedge.NEARLY, ["200", "299"], ["300", "199"]),
        ("24", Hedge.VAGUE, ["24", "5000"], ["23"]),
    ],
)
def test_words_allow(said: str, hedge: Hedge, inside: list[str], outside: list[str]) -> None:
    interval = allowed(quantity(said, hedge))
    assert all(interval.meets(Interval(Decimal(n), Decimal(n))) for n in inside)
    assert not any(interval.meets(Interval(Decimal(n), Decimal(n))) for n in outside)


@pytest.mark.parametrize(
    ("said", "hedge", "inside", "outside"),
    [
        ("10000", Hedge.NEARLY, ["9500", "9999"], ["9400", "10000"]),
        ("300", Hedge.NEARLY, ["250", "299"], ["240", "300"]),
        ("1000000", Hedge.EXACT, ["950000", "1249999"], ["900000", "1300000"]),
        ("200000", Hedge.EXACT, ["150000", "249999"], ["149999", "250000"]),
        ("1000", Hedge.ABOUT, ["900", "1250"], ["890", "1260"]),
        ("8400", Hedge.ABOUT, ["7980", "8820"], ["7979", "8821"]),
        ("40000", Hedge.AT_MOST, ["20001", "40000"], ["20000", "40001"]),
        ("40000", Hedge.LESS_THAN, ["39999"], ["477", "40000"]),
        ("24", Hedge.VAGUE, ["24", "239"], ["23", "240"]),
        ("1", Hedge.EXACT, ["0.5", "1.4"], ["1.5"]),
    ],
)
def test_words_as_a_reader_takes_them(said: str, hedge: Hedge, inside: list[str], outside: list[str]) -> None:
    taken = plain(quantity(said, hedge))
    assert all(taken.meets(Interval(Decimal(n), Decimal(n))) for n in inside)
    assert not any(taken.meets(Interval(Decimal(n), Decimal(n))) for n in outside)


def test_a_range_is_never_squeezed_to_its_middle() -> None:
    interval = allowed(quantity("65", Hedge.RANGE, high="70"), Decimal(1))
    assert (interval.low, interval.high) == (Decimal("64.5"), Decimal("70.5"))


@pytest.mark.parametrize(
    ("said", "hedge", "low", "high"),
    [
        ("200000", Hedge.MORE_THAN, "200000", "300000"),
        ("203639", Hedge.MORE_THAN, "203639", "203640"),
        ("30", Hedge.AT_MOST, "20", "30"),
    ],
)
def test_a_reader_presumes_the_next_round_number(said: str, hedge: Hedge, low: str, high: str) -> None:
    interval = presumed(quantity(said, hedge))
    assert (interval.low, interval.high) == (Decimal(low), Decimal(high))


def test_vague_words_presume_no_ceiling() -> None:
    assert presumed(quantity("2000", Hedge.VAGUE)).high is None


def test_every_grain_that_trailing_zeros_allow_is_tried() -> None:
    assert grains(quantity("25000")) == (1, 10, 100, 1000)
    assert coarsest_that_holds(quantity("25000"), Interval(Decimal(25040), Decimal(25040))) == 100
    assert coarsest_that_holds(quantity("25000"), Interval(Decimal(26000), Decimal(26000))) is None


@pytest.mark.parametrize(("said", "expected"), [("203639", True), ("1204", True), ("25000", False), ("500", False)])
def test_only_long_numbers_are_distinctive(said: str, expected: bool) -> None:
    assert distinctive(quantity(said)) is expected


@pytest.mark.parametrize("said", ["1E+40", "NaN", "Infinity", "-Infinity"])
def test_absurd_numbers_are_refused_not_computed_with(said: str) -> None:
    number = Decimal(said)
    assert not computable(Quantity(number, number, "", Hedge.EXACT, number, number, Decimal(1), Decimal(1)))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**7), st.sampled_from(list(Hedge)))
def test_a_coarser_grain_never_allows_less(said: int, hedge: Hedge) -> None:
    words = quantity(str(said), hedge)
    narrow, wide = allowed(words, words.grain), allowed(words)
    assert narrow.hull(wide) == wide


@settings(max_examples=200, deadline=None)
@given(
    st.integers(2, 300) | st.integers(2, 10**9),
    st.sampled_from([h for h in Hedge if h not in (Hedge.MORE_THAN, Hedge.AT_LEAST)]),
)
def test_what_a_reader_takes_words_for_lies_near_the_number_and_within_what_they_allow(said: int, hedge: Hedge) -> None:
    words = quantity(str(said), hedge)
    taken, wide = plain(words), allowed(words)
    assert wide.hull(taken) == wide
    assert taken.low is not None
    assert taken.high is not None
    most = 10 if hedge is Hedge.VAGUE else 2 if hedge in (Hedge.AT_MOST, Hedge.LESS_THAN) else Decimal("4") / 3
    assert taken.low >= Decimal(said) / most
    assert taken.high <= Decimal(said) * most


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 300) | st.integers(2, 10**9))
def test_nearly_is_never_less_than_three_quarters_and_the_number_itself_always_fits(said: int) -> None:
    assert plain(quantity(str(said), Hedge.NEARLY)).low >= Decimal(said) * Decimal("0.75")  # type: ignore[operator]
    assert plain(quantity(str(said))).meets(Interval(Decimal(said), Decimal(said)))
