"""Quantities in another unit, against values known from elsewhere (NIST Special Publication 811, appendix B)."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.reading.conversion import convert
from counterfoil.reading.model import Hedge, Quantity
from counterfoil.reading.numbers import find


def read(words: str) -> Quantity:
    [number] = find(f"It was {words} there.")[0]
    return number.quantity


@pytest.mark.parametrize(
    ("words", "unit", "said", "low", "high"),
    [
        ("250 ft", "m", "76.2", "76.0476", "76.3524"),
        ("about 90 miles", "km", "144.84096", "137.598912", "152.083008"),
        ("104 degrees Fahrenheit", "degC", "40", "39.7222222", "40.2777778"),
        ("-40 degrees Celsius", "degF", "-40", "-40.9", "-39.1"),
        ("5 acres", "ha", "2.0234282", "1.8210854", "2.2257711"),
        ("3 square kilometres", "ha", "300", "250", "350"),
        ("2 imperial gallons", "L", "9.09218", "6.819135", "11.365225"),
        ("60 knots", "km/h", "111.12", "110.194", "112.046"),
        ("18 months", "year", "1.5", "1.4583333", "1.5416667"),
    ],
)
def test_a_quantity_keeps_its_width_in_another_unit(words: str, unit: str, said: str, low: str, high: str) -> None:
    converted = convert(read(words), unit)
    assert converted is not None
    assert converted.unit == unit
    for number, expected in ((converted.said_low, said), (converted.low, low), (converted.high, high)):
        assert number == pytest.approx(Decimal(expected), rel=Decimal("2e-5"))


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("5 kg", "km"),
        ("5 people", "km"),
        ("5 km", "person"),
        ("5 degrees", "rad"),
        ("5 km", ""),
        ("€5", "USD"),
        ("5 km", "exec"),
    ],
)
def test_what_measures_something_else_is_not_converted(words: str, unit: str) -> None:
    assert convert(read(words), unit) is None


def test_bounds_stay_open_and_a_second_reading_comes_along() -> None:
    over = convert(read("over 90 miles"), "km")
    assert over is not None
    assert (over.hedge, over.high, over.said_high) == (Hedge.MORE_THAN, None, None)
    either = convert(read("12.500 km"), "m")
    assert either is not None
    assert (either.said_low, either.also) == (12_500, 12_500_000)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**12), st.sampled_from([("km", "mi"), ("kg", "lb"), ("degC", "degF"), ("ha", "acre")]))
def test_there_and_back_is_where_it_began(number: int, units: tuple[str, str]) -> None:
    value, one = Decimal(number), Decimal(1)
    quantity = Quantity(value, value, units[0], Hedge.EXACT, value, value, one, one)
    there = convert(quantity, units[1])
    assert there is not None
    back = convert(there, units[0])
    assert back is not None
    assert back.said_low == pytest.approx(value, abs=Decimal("1e-6"))
