"""Arithmetic on days, and the days that an expression may mean. No words are read here.

A period runs from its first to its last day, both included, as a pair; None where it leaves the calendar
(years 1 to 9999).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta
from typing import NamedTuple

from counterfoil.reading.model import Precision

Pair = tuple[date, date]

PRECISION = {
    "week": Precision.WEEK,
    "fortnight": Precision.WEEK,
    "month": Precision.MONTH,
    "quarter": Precision.QUARTER,
    "semester": Precision.HALF,
    "half": Precision.HALF,
    "year": Precision.YEAR,
    "decade": Precision.DECADE,
    "century": Precision.UNKNOWN,
}  # of a period counted in that unit; all others are counted in days
_MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12, "decade": 120, "century": 1200}
_PAST_DAYS = 31 * 9  # a day without a year is past, unless that is over nine months ago
_NEAR_DAYS = 45  # and the next one this near


@dataclass(frozen=True, slots=True)
class Days:
    """What an expression means, before the day of speaking closes it.

    rule     which rule read it: "weekday".
    window   ends with the day of speaking, so that what it counts is added to a total.
    event    key of the dated event that it leans on.
    spoken   counted from the day of speaking, which may differ from publication.
    fixed    the words alone fix it; else it needs the day of publication.
    ongoing  a calendar period that holds the day of speaking: past tense ends it there.
    """

    first: date | None
    last: date | None
    precision: Precision
    rule: str
    reason: str = ""
    window: bool = False
    open_start: bool = False
    open_end: bool = False
    event: str | None = None
    spoken: bool = False
    fixed: bool = False
    ongoing: bool = False

    @classmethod
    def unknown(cls, rule: str, reason: str, *, fixed: bool = False) -> "Days":
        """Return no days, and why."""
        return cls(None, None, Precision.UNKNOWN, rule, reason, fixed=fixed)

    @classmethod
    def of(
        cls,
        pair: tuple[date | None, date | None] | None,
        precision: Precision,
        rule: str,
        reason: str,
        *,
        fixed: bool = False,
        ongoing: bool = False,
        spoken: bool = False,
    ) -> "Days":
        """Return the days of `pair`, or none where the calendar has none."""
        first, last = pair or (None, None)
        if first is None or last is None:
            lost = "no such day in the calendar" if precision is Precision.DAY else "outside the calendar"
            return cls.unknown(rule, lost, fixed=fixed)
        return cls(first, last, precision, rule, reason, fixed=fixed, ongoing=ongoing, spoken=spoken)

    def running(self, rule: str, *, open_start: bool = False) -> "Days":
        """Return the same begin, running on to the day of speaking."""
        return replace(
            self,
            last=None,
            open_start=open_start,
            open_end=True,
            ongoing=False,
            window=False,
            spoken=True,
            rule=rule,
        )

    def ending(self, last: date | None, rule: str) -> "Days":
        """Return what has no begin and ends with `last`."""
        return replace(
            self, first=None, last=last, open_start=True, open_end=False, ongoing=False, window=False, rule=rule
        )


class Before(NamedTuple):
    """A period that the article named before."""

    first: date
    last: date
    precision: Precision


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def add_days(day: date, count: float) -> date | None:
    """Return the day `count` days on."""
    try:
        return day + timedelta(days=int(count))
    except OverflowError:
        return None


def add_months(day: date, count: float) -> date | None:
    """Return the same day `count` months on, or the last of a shorter month; half a month has 15 days."""
    if abs(count) > 12 * MAXYEAR:
        return None
    index = day.year * 12 + day.month - 1 + int(count)
    moved = next((d for n in range(4) if (d := day_of(index // 12, index % 12 + 1, day.day - n))), None)
    part = count - int(count)
    return add_days(moved, round(part * 30)) if moved and part else moved


def months(year: int, month: int, count: int) -> Pair | None:
    """Return first and last day of `count` months from `month` of `year`; months count on beyond 12."""
    index = year * 12 + month - 1
    first = day_of(index // 12, index % 12 + 1, 1)
    after = day_of((index + count) // 12, (index + count) % 12 + 1, 1)
    return (first, after - timedelta(days=1)) if first and after else None


def week(day: date, way: int = 0) -> Pair | None:
    """Return Monday and Sunday of the week that `day` is in, or of the one before (-1) or after it (1)."""
    monday = add_days(day, 7 * way - day.weekday())
    sunday = monday and add_days(monday, 6)
    return (monday, sunday) if monday and sunday else None


def iso_week(year: int, number: int) -> Pair | None:
    """Return Monday and Sunday of a week of the ISO calendar."""
    try:
        return week(date.fromisocalendar(year, number, 1))
    except ValueError:
        return None


def calendar_unit(today: date, way: int, name: str) -> Days:
    """Return the calendar's day, week, month, quarter, year or decade: last (-1), this (0) or next (1)."""
    found: tuple[date | None, date | None] | None
    if name in ("day", "night"):
        day = add_days(today, way)
        found = (day, day)
    elif name in ("week", "weekend", "fortnight"):
        found = week(today, way)
        if found and name == "weekend":
            found = (found[1] - timedelta(days=1), found[1])
    else:
        count = _MONTHS[name]
        index = today.year * 12 + today.month - 1
        index += way * count - index % count
        found = months(index // 12, index % 12 + 1, count)
    reason = f"the calendar's {name}, counted from the day of speaking"
    precision = PRECISION.get(name, Precision.DAY)
    return Days.of(found, precision, "relative", reason, ongoing=way == 0, spoken=way == 0)


def nearest(
    make: Callable[[int], Pair | None], today: date, *, future: Callable[[], bool | None], close: bool = False
) -> Pair | None:
    """Choose among the years' versions of a period that names no year: the last one begun, or the next to come.

    make    gives a year's version; None where it has none.
    future  tells, when asked, whether the clause speaks of what is to come; None if it does not tell.
    close   of a past and a coming one, the nearer is meant.
    """
    year = today.year
    past = coming = None
    for other in range(year + 1, year - 9, -1):
        if found := make(other):
            if found[0] <= today:
                past = found
                break
            coming = found
    if past and past[1] >= today:
        return past
    if coming is None:  # 29 February, or a day that must be a Monday
        coming = next((found for other in range(year + 2, year + 9) if (found := make(other))), None)
    if past is None or coming is None:
        return past or coming
    looks = future()
    if looks:
        return coming
    if close:
        return min((past, coming), key=lambda p: abs((p[1] - today).days))
    old = looks is None and (today - past[1]).days > _PAST_DAYS and (coming[0] - today).days <= _NEAR_DAYS
    return coming if old else past


def cut(which: str, days: Days, today: date) -> Days | None:
    """Return the early, middle or late part of `days`, or its first or last day; None for none such.

    Years are cut after April and August, months after the 10th and 20th; weeks are early to Wednesday, late from
    Thursday, and their middle is Tuesday to Friday.
    """
    if (first := days.first) is None or (last := days.last) is None:
        return days
    length = (last - first).days + 1
    precision = days.precision
    if which in ("earlier", "later"):
        if not days.ongoing:
            return None
        first, last = (first, min(last, today)) if which == "earlier" else (max(first, today), last)
    elif which in ("end", "close"):
        first, precision = last, Precision.DAY
    elif which in ("beginning", "start", "turn"):
        last, precision = first, Precision.DAY
    elif length >= 7:
        first, last, precision = _third(which, first, last, length)
    reason = f"{which} of it; {days.reason}"
    return replace(days, first=first, last=last, rule="part", reason=reason, precision=precision, ongoing=False)


def _third(which: str, first: date, last: date, length: int) -> tuple[date, date, Precision]:
    """Return the early, middle or late part of a week, month, year or decade (or of several)."""
    if length > 1000:  # a decade: four, three and three years
        years, precision = length // 365, Precision.YEAR
        head, body = add_months(first, 12 * (years * 2 // 5)), add_months(first, 12 * (years * 2 // 5 + years // 4 + 1))
    elif length >= 365:
        head, body, precision = add_months(first, 4), add_months(first, 8), Precision.QUARTER
    elif length >= 28:
        third, precision = 10 * ((length + 2) // 30), Precision.WEEK
        head, body = add_days(first, third), add_days(first, 2 * third)
    elif which not in ("early", "late"):
        return first + timedelta(days=1), first + timedelta(days=4), Precision.DAY
    else:
        head, body, precision = add_days(first, 3), add_days(first, 3), Precision.DAY
    if head is None or body is None:
        return first, last, precision
    day = timedelta(days=1)
    if which == "early":
        return first, head - day, precision
    return (body, last, precision) if which == "late" else (head, body - day, precision)


def nth_weekday(pair: Pair, number: int, weekday: int, *, long: int = 1) -> Pair | None:
    """Return the `number`th such day (5 with `long` 2: weekend) of the days; number 0 is the last."""
    first, last = pair
    if number:
        start = add_days(first, (weekday - first.weekday()) % 7 + 7 * (number - 1))
    else:
        start = add_days(last, -((last.weekday() - weekday) % 7))
    end = start and add_days(start, long - 1)
    return (start, end) if start and end and first <= start <= last else None


def nth_run(pair: Pair, number: int, count: float, size: int, base: str) -> Pair | None:
    """Return the `number`th run of `count` units of the days first to last; number 0 is the last.

    size, base  of a unit: 3 and "month" for a quarter. A run of hours or minutes is the day that it is in.
    """
    first, last = pair
    if base == "second":
        return (first, first) if number else (last, last)
    add = add_days if base == "day" else add_months
    if not number:
        begin = add(add_days(last, 1) or last, -size * count)
        return (begin, last) if begin and begin >= first else None
    begin = add(first, size * (number - 1))
    after = begin and add(begin, size * count)
    if not begin or not after or begin > last:
        return None
    return begin, min(after - timedelta(days=1), last)


def half(pair: Pair, number: int) -> Pair:
    """Return the first or second half: of whole months where the days are more than one, else of days."""
    first, last = pair
    middle = first + timedelta(days=((last - first).days + 1) // 2)
    if (last - first).days > 40:
        middle = add_months(first, ((last.year - first.year) * 12 + last.month - first.month + 1) // 2) or middle
    return (first, middle - timedelta(days=1)) if number == 1 else (middle, last)
