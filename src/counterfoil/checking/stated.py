"""What the words of a figure state besides its number: two windows that are compared, the people of a rate. Pure."""

import re
from datetime import date, timedelta

from counterfoil.reading.model import Figure, Precision

# "From 2022 to 2023" compares two windows where it tells a change; "from 2022 through 2023" is one.
_TWO = re.compile(r"\s*(?:from\b.+\bto\b|between\b.+\band\b)", re.IGNORECASE)
_ONWARD = re.compile(r"\b(?:to|through|until|till|on|onwards?)\b|[–-]", re.IGNORECASE)  # a window with two ends
_FROM = re.compile(r"\s*from\b", re.IGNORECASE)
_UNITS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF: 6, Precision.YEAR: 12}  # months
_PER = re.compile(
    r"[^.;]{0,40}?\b(?:per|for every|out of every|in every)\s+"
    r"(?P<number>\d[\d,]*|one|a)?\s*(?P<scale>hundred thousand|thousand|million)?\s*"
    r"(?:people|persons|inhabitants|residents|population|citizens)?",
    re.IGNORECASE,
)
_NUMERAL = re.compile(r"\s*\d[\d.,]*")
_SCALES = {"thousand": 1e3, "hundred thousand": 1e5, "million": 1e6}


def two_windows(figure: Figure) -> tuple[tuple[date, date], tuple[date, date]] | None:
    """Return the earlier and the later window of "from 2022 to 2023"; None for other words.

    Both are whole months, quarters, half-years or years, or two days.
    """
    period = figure.period.value if figure.period else None
    if period is None or figure.period is None or period.first is None or period.last is None:
        return None
    base = figure.baseline.value if figure.baseline else None
    apart = base is not None and (base.first is None or base.first < period.first)
    if apart or not _TWO.match(figure.period.anchor.quote):  # "between 2022 and 2023 compared with 2020 to 2021"
        return None
    if period.precision is Precision.DAY:
        return ((period.first, period.first), (period.last, period.last)) if period.first < period.last else None
    months = _UNITS.get(period.precision)
    if months is None or period.first.day != 1:
        return None
    first_ends = _month_begins(period.first, months) - timedelta(1)
    last_begins = _month_begins(period.last, 1 - months)
    if first_ends >= last_begins or _month_begins(period.last, 1) - timedelta(1) != period.last:
        return None
    return (period.first, first_ends), (last_begins, period.last)


def _month_begins(day: date, after: int) -> date:
    """Return the first day of the month so many months after the day's."""
    months = day.year * 12 + day.month - 1 + after
    return date(months // 12, months % 12 + 1, 1)


NO_END = "the words tell from when it changed, and not until when"


def from_alone(figure: Figure) -> tuple[tuple[date, date], tuple[date, date]] | str | None:
    """Return 2023 and 2024 of "up 67 percent from 2023": the baseline, and the window of its length behind it.

    Returns  the reason why there is none, where that window was not over; None for other words.
    """
    period = figure.period
    base = figure.baseline.value if figure.baseline else None
    if period is None or not _FROM.match(period.anchor.quote):
        return None
    if base is not None and (base.first, base.last) != (period.value.first, period.value.last):
        return None  # the same words may have been read as both
    first, last, months = period.value.first, period.value.last, _UNITS.get(period.value.precision)
    if first is None or last is None or period.value.open_end or _ONWARD.search(period.anchor.quote):
        return None
    whole = months is not None and first.day == 1 and _month_begins(first, months) == last + timedelta(1)
    if months is None or not whole:
        return NO_END
    ends = _month_begins(last + timedelta(1), months) - timedelta(1)
    if figure.as_of is None or ends > figure.as_of + timedelta(MONTH):
        return NO_END
    return (first, last), (last + timedelta(1), ends)


MONTH = 31  # days: a year's figures are told in its last month


def plainly_two(figure: Figure, two: tuple[tuple[date, date], tuple[date, date]]) -> bool:
    """Say whether the words can mean nothing but two windows: years, days, or neighbours ("from May to June")."""
    assert figure.period is not None
    plain = figure.period.value.precision in (Precision.DAY, Precision.YEAR)
    return plain or two[0][1] + timedelta(1) == two[1][0]


def per_people(text: str, figure: Figure) -> float | None:
    """Return of how many people a rate is told: 100,000 for "5.2 deaths per 100,000 people"; None if not said.

    >>> _people_in(" deaths per 100,000 people"), _people_in(" killed per million inhabitants")
    (100000.0, 1000000.0)
    """
    number = figure.number.anchor
    within = _NUMERAL.sub("", number.quote, count=1)  # "53 per 100,000" may be read as one expression
    return _people_in(within) or _people_in(text[number.span.end : number.span.end + 100])


def _people_in(words: str) -> float | None:
    found = _PER.match(words)
    if found is None or not (found["number"] or found["scale"]):
        return None
    number = (found["number"] or "1").replace(",", "").lower()
    size = 1.0 if number in ("one", "a") else float(number)
    size *= _SCALES.get((found["scale"] or "").lower(), 1.0)
    return size if size > 1 else None
