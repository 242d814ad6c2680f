"""Pairs of windows to ask of a change: which a claim leaves open, how sensible each is, and what each answers."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from counterfoil.checking.model import Reference
from counterfoil.checking.references.series import Series, Window, windows
from counterfoil.checking.surface.ratios import ratio_interval
from counterfoil.comparing import axes
from counterfoil.comparing.intervals import Interval, allowed, grains
from counterfoil.reading.model import Direction, Figure, Kind, Quantity

FURTHEST_BASELINE_DAYS = 5 * 366  # the search goes five years back: docs/reference-figures.md, "Changes"
LATEST_DAYS = 2 * 366  # without a stated window, the later window ends in the two years before the words
REPORTING_DAYS = 62  # a yearly table may run past the day of the words by two months
MOSTLY = 2 / 3  # of its days a window must lie on the side of the event that it stands for
UNEQUAL = 3  # windows of which one is over three times the other are never compared
RELEVANCE_YEARS = 2.0  # standard deviation of the Gaussian over the gap between the two windows
MOST_SETTINGS = 400
_NATURAL = ((365, 4.0), (182, 3.0), (91, 2.0))  # whole years before halves, quarters and the rest


def as_percent(quantity: Quantity) -> Quantity | None:
    """Return a change in percent ("three times" is +200%), None for changes in other units."""
    if quantity.unit == "percent":
        return quantity
    if quantity.unit != "ratio":
        return None

    def percent(ratio: Decimal | None) -> Decimal | None:
        return None if ratio is None else (ratio - 1) * 100

    return replace(
        quantity,
        low=percent(quantity.low),
        high=percent(quantity.high),
        said_low=percent(quantity.said_low),
        said_high=percent(quantity.said_high),
        grain=quantity.grain * 100,
        coarsest=quantity.grain * 100,  # "three times" is 2.5 to 3.5 times and no coarser
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """One pair of windows of one series, and the change between them in percent, per day where their lengths differ.

    low, high     the change; equal for exact counts, high inf where the later count has no ceiling.
    sensibility   the higher, the more natural the windows and the nearer to what was said.
    exact         both windows are those that the words state.
    """

    series: Series
    later: Window
    earlier: Window
    counts: tuple[Interval, Interval] | None
    references: tuple[Reference, ...]
    low: float
    high: float
    equal: bool
    sensibility: float
    exact: bool
    agrees: bool = False

    @property
    def middle(self) -> float:
        """Return a number to order settings by."""
        return self.low if math.isinf(self.high) else (self.low + self.high) / 2

    def interval(self) -> tuple[float, float] | None:
        """Return the exact 95% interval of the change in percent, None where the counts are not exact."""
        if self.counts is None:
            return None
        after, before = (c.low if c.low == c.high else None for c in self.counts)
        if after is None or before is None or after + before == 0:
            return None
        days = (1.0, 1.0) if self.equal else (float(self.later.days), float(self.earlier.days))
        low, high = ratio_interval(float(after), float(before), *days)
        return (low - 1) * 100, (high - 1) * 100


Days = tuple[date, date]


Ends = tuple[float, bool, float, bool]  # low, whether it is open, high, whether it is open


def settings_of(
    series: Iterable[Series], quantity: Quantity, figure: Figure, window: Days | None, baseline: Days | None
) -> list[Setting]:
    """Return the settings of these series, most sensible first, at most 400.

    window, baseline  the later and the earlier days as far as the words state them.
    """
    found: list[Setting] = []
    for one in series:
        if one.profile.kind is Kind.CHANGE:
            found += _published(one, figure, window, baseline)
            continue
        all_windows = windows(one)
        natural = [w for w in all_windows if len(w.pieces) == 1 or _in_years(w.days)]
        for later in natural if window is None else dict.fromkeys([*natural, *_nearest(all_windows, window)]):
            if not _is_later(later, figure.as_of, window):
                continue
            for earlier in all_windows:
                if _is_earlier(earlier, later, window, baseline):
                    found += _changes(one, later, earlier, window, baseline)
    kept = sorted(found, key=lambda s: -s.sensibility)[:MOST_SETTINGS]
    claimed = _claimed(quantity, down=figure.direction is Direction.DOWN)
    return [replace(s, agrees=_meets(claimed, s.low, s.high)) for s in kept]


def _published(series: Series, figure: Figure, window: Days | None, baseline: Days | None) -> list[Setting]:
    found: list[Setting] = []
    for point in series.points:
        for reference in point.references:
            quantity = reference.figure.number.value
            base = reference.figure.baseline.value if reference.figure.baseline else None
            if (
                base is None
                or base.first is None
                or base.last is None
                or point.first is None
                or quantity.unit != "percent"
            ):
                continue
            later, earlier = Window(point.first, point.last, (point,)), Window(base.first, base.last, ())
            if not _is_later(later, figure.as_of, window):
                continue
            seen = allowed(quantity, quantity.grain)
            sign = -1.0 if reference.figure.direction is Direction.DOWN else 1.0
            ends = sorted(sign * float(end) for end in (seen.low, seen.high) if end is not None)
            if len(ends) < 2:
                continue
            exact = _is_stated(later, earlier, window, baseline)
            weight = _sensibility(later, earlier, window, equal=True)
            found.append(Setting(series, later, earlier, None, (reference,), ends[0], ends[1], True, weight, exact))
    return found


def _changes(
    series: Series, later: Window, earlier: Window, window: Days | None, baseline: Days | None
) -> list[Setting]:
    equal = _near(later.days, earlier.days)
    weight = _sensibility(later, earlier, window, equal=equal)
    exact = _is_stated(later, earlier, window, baseline)
    per_day = 1.0 if equal else earlier.days / later.days
    found: list[Setting] = []
    for after, after_rows in later.answers():
        for before, before_rows in earlier.answers():
            if after.low is None or not (before.low or before.high):
                continue  # nothing can be divided by a baseline of none
            low = 0.0 if before.high is None else float(after.low) / float(before.high)
            high = math.inf if after.high is None or not before.low else float(after.high) / float(before.low)
            ends = ((low * per_day - 1) * 100, (high * per_day - 1) * 100)
            rows = (*before_rows, *after_rows)
            found.append(Setting(series, later, earlier, (after, before), rows, *ends, equal, weight, exact))
    return found


def _is_later(later: Window, as_of: date | None, window: Days | None) -> bool:
    if window is not None:
        shared = (min(later.last, window[1]) - max(later.first, window[0])).days + 1
        return shared >= MOSTLY * later.days
    assert as_of is not None
    return later.last <= as_of + timedelta(REPORTING_DAYS) and (as_of - later.last).days < LATEST_DAYS


def _is_earlier(earlier: Window, later: Window, window: Days | None, baseline: Days | None) -> bool:
    gap = (later.first - earlier.last).days - 1
    if gap < 0:
        return False
    if baseline is not None:
        return axes.spans_of_days((earlier.first, earlier.last), baseline).word == axes.SAME
    if gap > FURTHEST_BASELINE_DAYS:
        return False
    if window is None:
        same_days_before = _near(earlier.days, later.days) and abs((later.first - earlier.first).days - 365) <= 2
        return _near(earlier.days, later.days) and (gap == 0 or same_days_before)
    before = (min(earlier.last, window[0]) - earlier.first).days + 1
    plain = len(earlier.pieces) == 1 or _in_years(earlier.days) or _near(earlier.days, later.days)
    within = max(earlier.days, later.days) <= UNEQUAL * min(earlier.days, later.days)
    return plain and within and before >= MOSTLY * earlier.days


def _is_stated(later: Window, earlier: Window, window: Days | None, baseline: Days | None) -> bool:
    if window is None or baseline is None:
        return False
    one = axes.spans_of_days((later.first, later.last), window)
    other = axes.spans_of_days((earlier.first, earlier.last), baseline)
    return one.word == other.word == axes.SAME


def _nearest(all_windows: Sequence[Window], window: Days) -> list[Window]:
    return sorted(all_windows, key=lambda w: -_overlap(w, window))[:3]


def _overlap(one: Window, window: Days) -> float:
    shared = (min(one.last, window[1]) - max(one.first, window[0])).days + 1
    return max(0, shared) / ((max(one.last, window[1]) - min(one.first, window[0])).days + 1)


def _near(one: int, other: int) -> bool:
    return abs(one - other) <= max(1, 0.02 * max(one, other))


def _in_years(days: int) -> bool:
    return days >= 360 and _near(days, round(days / 365.25) * 365)


def _sensibility(later: Window, earlier: Window, window: Days | None, *, equal: bool) -> float:
    """Return how sensible it is to ask so: naturalness of both windows times nearness to what was said."""
    natural = 1.0
    for one in (later, earlier):
        natural *= next(
            (weight for days, weight in _NATURAL if one.days >= days - 4 and _off(one.days, days) <= 4), 1.0
        )
    gap_years = (later.first - earlier.last).days / 365.25
    relevance = math.exp(-(gap_years**2) / (2 * RELEVANCE_YEARS**2)) * (1.0 if equal else 0.5)
    return natural * relevance * (_overlap(later, window) if window else 1.0)


def _off(days: int, unit: int) -> int:
    """Return by how many days the length misses a whole number of units."""
    return min(days % unit, unit - days % unit)


def _claimed(quantity: Quantity, *, down: bool) -> tuple[Ends, ...]:
    """Return the changes that the words allow, one interval for each grain, a fall as a negative change."""
    found: list[Ends] = []
    for grain in grains(quantity):
        wide = allowed(quantity, grain)
        low = -math.inf if wide.low is None else float(wide.low)
        high = math.inf if wide.high is None else float(wide.high)
        ends = (-high, wide.high_open, -low, wide.low_open) if down else (low, wide.low_open, high, wide.high_open)
        found.append(ends)
    return tuple(found)


def _meets(claimed: Sequence[Ends], low: float, high: float) -> bool:
    """Say whether a change between `low` and `high` percent is one that the words allow at some grain."""
    low, high = round(low, 6), round(high, 6)
    for bottom, bottom_open, top, top_open in claimed:
        below = high < bottom or (bottom_open and high == bottom)
        above = low > top or (top_open and low == top)
        if not below and not above:
            return True
    return False


def within_chance(figure: Figure, setting: Setting) -> bool:
    """Say whether chance alone could reconcile claim and counts, at any grain; yes where the counts are not exact."""
    interval, quantity = setting.interval(), as_percent(figure.number.value)
    if interval is None or quantity is None:
        return True
    return _meets(_claimed(quantity, down=figure.direction is Direction.DOWN), *interval)
