"""From values to places across a drawing, and the values worth a tick. Pure arithmetic."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from counterfoil.publishing.wording import month_name

_YEAR = 365.25  # days, on average
# Ratios that mirror each other: as far from no change in one direction as in the other; the first ones matter most.
_CHANGES = (0, 100, -50, 900, -90, 300, -75, 9900, -99, 50, -33, 200, 25, -20, 500, 10, -10, 99900, 5, -5, 2, -2)
_APART = 0.15  # of the width: two labels nearer than this would touch on a narrow screen
_REACH = 0.6  # of the answers' spread, beyond them on each side, is drawn of their intervals; the rest is an arrow
_LARGEST = 1e15  # beyond it an axis is no longer exact
_SMALLEST = math.log(0.005)  # a fall by 99.5%: further down nothing can be told apart


@dataclass(frozen=True, slots=True)
class Scale:
    """`place` gives the share of the width, 0 to 1, beyond it outside; `ticks` are (value, share)."""

    place: Callable[[float], float]
    ticks: tuple[tuple[float, float], ...]


def changes(values: Iterable[float], ends: Iterable[float]) -> Scale:
    """Return a scale of changes in percent on which +100% lies as far from 0 as -50%.

    values  are always inside; `ends` of intervals as far as the scale stays readable.
    """
    return _scale(_of_ratio, values, ends, 0.0, _change_ticks)


def levels(values: Iterable[float], ends: Iterable[float]) -> Scale:
    """Return a linear scale, or a logarithmic one where the values differ by more than 20 times."""
    known = [one for one in values if math.isfinite(one)]
    if known and min(known) > 0 and max(known) > 20 * min(known):
        return _scale(_logarithm, known, ends, None, _decade_ticks)
    return _scale(_level, known, ends, None, _even_ticks)


def _of_ratio(change: float) -> float:
    return max(_SMALLEST, math.log1p(change / 100)) if change > -100 else _SMALLEST


def _level(level: float) -> float:
    return max(-_LARGEST, min(_LARGEST, level))


def _logarithm(level: float) -> float:
    return math.log(max(1 / _LARGEST, min(_LARGEST, level))) if level > 0 else -math.inf


def _scale(
    along: Callable[[float], float],
    values: Iterable[float],
    ends: Iterable[float],
    always: float | None,
    ticks: Callable[[float, float], list[float]],
) -> Scale:
    inside = [one for one in map(along, values) if math.isfinite(one)] + ([] if always is None else [along(always)])
    if not inside:
        inside = [0.0]
    low, high = min(inside), max(inside)
    room = max((high - low) * _REACH, abs(high) * 0.05, 0.1)
    reach = [one for one in map(along, ends) if math.isfinite(one)]
    low = max(min([low, *reach]), low - room)
    high = min(max([high, *reach]), high + room)
    margin = (high - low) * 0.04 or abs(high) * 0.05 or 1.0
    low, high = low - margin, high + margin

    def place(value: float) -> float:
        if value == math.inf:
            return 2.0
        return max(-1.0, min(2.0, (along(value) - low) / (high - low)))

    chosen: list[tuple[float, float]] = []
    for tick in ticks(low, high):
        share = place(tick)
        if 0.01 <= share <= 0.99 and all(abs(share - other) >= _APART for _, other in chosen):
            chosen.append((tick, share))
    return Scale(place, tuple(sorted(chosen)))


def _change_ticks(low: float, high: float) -> list[float]:
    return [float(one) for one in _CHANGES]


def _decade_ticks(low: float, high: float) -> list[float]:
    decades = range(math.floor(low / math.log(10)), math.ceil(high / math.log(10)) + 1)
    return [step * 10.0**power for step in (1, 3, 2, 5) for power in decades]


def _even_ticks(low: float, high: float) -> list[float]:
    step = nice_step((high - low) / 5)
    return [step * index for index in range(math.ceil(low / step), math.floor(high / step) + 1)]


def nice_step(rough: float) -> float:
    """Return 1, 2 or 5 times a power of ten, at least `rough`."""
    if not math.isfinite(rough) or rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(step for step in (1, 2, 5, 10) if step * power >= rough * 0.999999)


def days(first: date, last: date) -> tuple[tuple[date, str], ...]:
    """Return six ticks at most from `first` to `last`, with their words."""
    span = (last - first).days
    if span > 2.5 * _YEAR:
        step = next(one for one in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if span / _YEAR / one <= 6)
        years = range(first.year, last.year + 1)
        return tuple((date(year, 1, 1), str(year)) for year in years if year % step == 0 and date(year, 1, 1) >= first)
    if span > 75:
        months = span / _YEAR * 12
        step = next((one for one in (1, 2, 3, 6) if months / one <= 5), 6)
        found = [
            (first.year + (first.month - 1 + index) // 12, (first.month - 1 + index) % 12 + 1) for index in range(33)
        ]
        starts = [date(year, month, 1) for year, month in found if (month - 1) % step == 0 and year <= date.max.year]
        return tuple((one, f"{month_name(one, short=True)} {one.year}") for one in starts if first <= one <= last)
    step = max(1, math.ceil((span + 1) / 5))
    chosen = [date.fromordinal(first.toordinal() + index) for index in range(0, span + 1, step)]
    return tuple((one, f"{one.day} {month_name(one, short=True)}") for one in chosen)
