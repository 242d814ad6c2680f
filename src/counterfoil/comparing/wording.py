"""Numbers, windows and units in words that a newspaper could print."""

import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources

from counterfoil.comparing.intervals import Interval
from counterfoil.reading.model import Hedge, Quantity

_MONTHS = ("January February March April May June July August September October November December").split()
_HEDGES = {
    Hedge.AT_LEAST: "at least ",
    Hedge.MORE_THAN: "more than ",
    Hedge.AT_MOST: "at most ",
    Hedge.LESS_THAN: "fewer than ",
    Hedge.ABOUT: "about ",
    Hedge.NEARLY: "nearly ",
    Hedge.VAGUE: "at least ",
}


def number_words(number: Decimal) -> str:
    """Return the number with its thousands apart: 203,639."""
    plain = number.normalize()
    return f"{plain:,f}" if plain == plain.to_integral_value() else f"{plain:,}"


def quantity_words(quantity: Quantity) -> str:
    """Return the quantity as its table gives it: "more than 25,000", "70 to 75 percent"."""
    low, high = quantity.said_low, quantity.said_high
    if low is not None and high is not None and low != high:
        number = f"{number_words(low)} to {number_words(high)}"
    else:
        said = low if low is not None else high
        number = "no number" if said is None else number_words(said)
    unit = {"percent": "%", "percentage_point": " percentage points"}.get(quantity.unit, "")
    return f"{_HEDGES.get(quantity.hedge, '')}{number}{unit}"


def interval_words(interval: Interval) -> str:
    """Return the interval: "376 to 380", "more than 25,000", "1,903"."""
    low, high = interval.low, interval.high
    if low is None and high is None:
        return "any number"
    if high is None and low is not None:
        return f"{'more than' if interval.low_open else 'at least'} {number_words(low)}"
    if low is None and high is not None:
        return f"{'fewer than' if interval.high_open else 'at most'} {number_words(high)}"
    assert low is not None
    assert high is not None
    return number_words(low) if low == high else f"{number_words(low)} to {number_words(high)}"


def day_words(day: date) -> str:
    """Return the day as people write it: "8 November 2023"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=8192)
def window_words(first: date | None, last: date | None) -> str:
    """Return a window as people write it: "2022", "January to June 2023", "1 October to 8 November 2023".

    >>> window_words(date(2022, 1, 1), date(2022, 6, 30))
    'January to June 2022'
    """
    if first is None or last is None:
        if last is not None:
            return f"up to {day_words(last)}, first day not stated"
        return "no stated window" if first is None else f"since {day_words(first)}"
    if first == last:
        return day_words(first)
    if first.day == 1 and _ends_month(last):
        if first.month == 1 and last.month == 12:
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{_MONTHS[first.month - 1]} {first.year}"
        year = "" if first.year == last.year else f" {first.year}"
        return f"{_MONTHS[first.month - 1]}{year} to {_MONTHS[last.month - 1]} {last.year}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {_MONTHS[first.month - 1]}{year} to {day_words(last)}"


def _ends_month(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1


def unit_words(unit: str) -> str:
    """Return the unit as people write it: "people" for "person"."""
    return {"person": "people", "event": "events", "household": "households"}.get(unit, unit or "things")


def thing_words(code: str) -> str:
    """Return what a measure counts as people say it: "deaths" for "killed"; the code in words where it has none.

    >>> thing_words("killed"), thing_words("suicide_attack"), thing_words("")
    ('deaths', 'suicide attacks', 'something else')
    """
    return _things().get(code, code.replace("_", " ")) or "something else"


def listed_words(things: Iterable[str]) -> str:
    """Return a list as people write it: "deaths, attacks and clashes".

    >>> listed_words(["deaths", "attacks", "clashes"]), listed_words(["deaths"])
    ('deaths, attacks and clashes', 'deaths')
    """
    *most, last = dict.fromkeys(things)
    return f"{', '.join(most)} and {last}" if most else last


@cache
def _things() -> dict[str, str]:
    found: dict[str, str] = tomllib.loads((resources.files(__package__) / "things.toml").read_text(encoding="utf-8"))
    return found
