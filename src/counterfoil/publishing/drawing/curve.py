"""A series in time, with the windows that a claim compares.

Counts are bars, states a line that steps. What is not covered is hatched and never zero; a bar whose days are only
partly covered is an outline. Windows differ by hatch and by name; a break is a numbered line.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from markupsafe import Markup

from counterfoil.checking.model import Curve, Point
from counterfoil.publishing import wording
from counterfoil.publishing.drawing import scales, svg

_MOST = 160  # bars; more are narrower than two pixels on a phone
_LISTED = 60  # rows of the table beside it
_TOP, _PLOT, _BOTTOM = 34, 170, 24  # pixels: names of the windows if any, the series, the days
_BARE_TOP = 8  # pixels above a series without windows
_ACROSS, _DOWN = 10_000, 1_000  # units of the stretched part, fine enough for any screen
_HEADROOM = 1.06
_LARGEST = 1e15  # beyond it an axis is no longer exact

_STARTS: dict[str, Callable[[date], date]] = {  # of the span of the calendar that holds a day
    "week": lambda day: day - timedelta(days=min(day.weekday(), day.toordinal() - 1)),
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: date(day.year, day.month - (day.month - 1) % 3, 1),
    "year": lambda day: date(day.year, 1, 1),
    "decade": lambda day: date(max(1, day.year - day.year % 10), 1, 1),
}
_LENGTHS = {"day": 1.0, "week": 7.0, "month": 30.44, "quarter": 91.3, "year": 365.25, "decade": 3652.5}  # days


@dataclass(frozen=True, slots=True)
class Bin:
    """Days drawn as one: the sum of a count, the last state of a stock; `value` None where nothing is covered.

    whole  every day from `first` to `last` is covered.
    """

    first: date
    last: date
    value: float | None
    whole: bool


def binned(curve: Curve, most: int) -> tuple[str, tuple[Bin, ...]]:
    """Return the series in `most` bins at most, and how long each is: "day" to "decade", or "step"."""
    steps = curve.steps
    if len(steps) <= most:
        inner = steps[1:-1] or steps  # the first and the last may be cut
        lengths = {(last - first).days + 1 for first, last, _ in inner}
        named = next((name for name, days in _LENGTHS.items() if lengths and _alike(lengths, days)), "step")
        return named, tuple(Bin(first, last, _finite(value), value is not None) for first, last, value in steps)
    longest = max((last - first).days + 1 for first, last, _ in steps)
    for name, start in _STARTS.items():
        if _LENGTHS[name] >= 1.5 * longest:
            found = _gathered(curve, start)
            if len(found) <= most or name == "decade":
                return name, found
    return "decade", _gathered(curve, _STARTS["decade"])


def _alike(lengths: set[int], days: float) -> bool:
    return all(abs(length - days) <= 0.09 * days for length in lengths)  # February has 28 days


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _gathered(curve: Curve, start: Callable[[date], date]) -> tuple[Bin, ...]:
    """Put each step into the span that holds its middle."""
    spans: dict[date, list[tuple[date, date, float | None]]] = {}
    for first, last, value in curve.steps:
        middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
        spans.setdefault(start(middle), []).append((first, last, _finite(value)))
    starts = sorted(spans)
    found = []
    for one in starts:
        steps = spans[one]
        covered = [value for _, _, value in steps if value is not None]
        first, last = steps[0][0], steps[-1][1]
        whole = len(covered) == len(steps) and _starts(one, first) and _ends(one, last, start)
        value = None if not covered else math.fsum(covered) if curve.summed else covered[-1]
        found.append(Bin(first, last, value, whole if curve.summed else value is not None))
    return tuple(found)


def _starts(one: date, first: date) -> bool:
    """Whether `first` is, within half a week, the first day of the span that begins at `one`."""
    return first.toordinal() <= one.toordinal() + 3


def _ends(one: date, last: date, start: Callable[[date], date]) -> bool:
    """Whether `last` is, within half a week, the last day of the span that begins at `one`."""
    ordinal = last.toordinal() + 4
    return ordinal > date.max.toordinal() or start(date.fromordinal(ordinal)) != one


@dataclass(frozen=True, slots=True)
class Laid:
    """A series laid out for drawing.

    compared  the point whose windows are shaded, or None.
    length    of a bin: "day" to "decade", or "step"; `listed` are the fewer bins of the table, `rows_of` long each.
    means     first day, end and average in a bin's length, of each shaded window that `compared` tells of.
    """

    curve: Curve
    compared: Point | None
    length: str
    bins: tuple[Bin, ...]
    rows_of: str
    listed: tuple[Bin, ...]
    means: tuple[tuple[int, int, float], ...]


def lay(curve: Curve, compared: Point | None) -> Laid:
    """Return the series in as many bins as a drawing shows, and as many as a table does; none beyond every axis."""
    if any(value is not None and abs(value) >= _LARGEST for _, _, value in curve.steps):
        curve = replace(curve, steps=())
    length, bins = binned(curve, _MOST)
    rows_of, rows = (length, bins) if len(bins) <= _LISTED else binned(curve, _LISTED)
    return Laid(curve, compared, length, bins, rows_of, rows, tuple(_means(curve, compared, length)))


def draw(laid: Laid, described: str) -> Markup:
    """Return the series as `<svg>`; "" where no step has a value. `described` is the id of its caption."""
    curve, bins = laid.curve, laid.bins
    top = _TOP if visible(curve) else _BARE_TOP
    values = [one.value for one in bins if one.value is not None]
    if not values:
        return Markup("")
    first, end = bins[0].first.toordinal(), bins[-1].last.toordinal() + 1

    def across(day: int) -> float:
        return (day - first) / (end - first)

    high = max(0.0, *values, *(mean for *_, mean in laid.means)) * _HEADROOM
    low = min(0.0, *values) * _HEADROOM
    if high <= low:
        high = low + 1.0

    def down(value: float) -> float:
        return top + _PLOT * (high - value) / (high - low)

    series = "".join(_series(curve, bins, across, low, high))
    parts = [
        *_windows(curve, across, top),
        *_gaps(bins, across, top),
        *_levels(low, high, down),
        Markup(
            f'<svg y="{top}" width="100%" height="{_PLOT}" viewBox="0 0 {_ACROSS} {_DOWN}" preserveAspectRatio="none">'
            f"{series}</svg>"
        ),
        *_averages(laid.means, across, down),
        *_breaks(curve, across, top),
        *_days(date.fromordinal(first), date.fromordinal(end - 1), across, top),
    ]
    height = top + _PLOT + _BOTTOM
    return Markup(f'<svg class="series" width="100%" height="{height}" role="img" aria-labelledby="{described}">') + (
        Markup("{}</svg>").format(Markup("").join(parts))
    )


def _means(curve: Curve, compared: Point | None, name: str) -> list[tuple[int, int, float]]:
    if compared is None or not curve.summed or name not in _LENGTHS:
        return []
    windows = [compared.later, *([compared.earlier] if compared.earlier else [])]
    shaded = {(first, last) for first, last, _ in curve.shaded}
    if len(compared.counts) != len(windows) or len(compared.exposure) != len(windows):
        return []
    return [
        (window[0].toordinal(), window[1].toordinal() + 1, count / days * _LENGTHS[name])
        for window, count, days in zip(windows, compared.counts, compared.exposure, strict=True)
        if window in shaded and days > 0 and math.isfinite(count)
    ]


def visible(curve: Curve) -> tuple[tuple[date, date, str], ...]:
    """Return the shaded windows that lie within the series, the earlier first."""
    if not curve.steps:
        return ()
    first, last = curve.steps[0][0], curve.steps[-1][1]
    return tuple(sorted(one for one in curve.shaded if one[0] <= last and one[1] >= first))


def breaks(curve: Curve) -> tuple[tuple[date, str], ...]:
    """Return the breaks that lie within the series, in order: their numbers stand in the drawing."""
    if not curve.steps:
        return ()
    return tuple(sorted(one for one in curve.breaks if curve.steps[0][0] <= one[0] <= curve.steps[-1][1]))


def _windows(curve: Curve, across: Callable[[int], float], top: int) -> Iterator[Markup]:
    for first, last, what in visible(curve):
        kind = "later" if what == "later" else "earlier"
        start, end = max(0.0, across(first.toordinal())), min(1.0, across(last.toordinal() + 1))
        x, width = svg.percent(start), svg.percent(end - start)
        yield Markup(
            f'<rect class="window" x="{x}" y="{top}" width="{width}" height="{_PLOT}" fill="url(#hatch-{kind})"/>'
        )
        line = 12 if kind == "earlier" else 27  # two lines, so that neighbours do not touch
        yield Markup(f'<line class="bracket" x1="{x}" x2="{svg.percent(end)}" y1="{line + 4}" y2="{line + 4}"/>')
        anchor = "end" if (start + end) / 2 > 0.5 else ""
        yield svg.text(svg.percent(end if anchor else start), line, kind, "window-name", anchor)


def _gaps(bins: tuple[Bin, ...], across: Callable[[int], float], top: int) -> Iterator[Markup]:
    """Yield one hatch for each run of days without a value, between steps too."""
    runs: list[tuple[int, int]] = []
    for before, one in zip((None, *bins), bins, strict=False):
        start, end = one.first.toordinal(), one.last.toordinal() + 1
        if before is not None and start > before.last.toordinal() + 1:
            runs.append((before.last.toordinal() + 1, start))
        if one.value is None:
            runs.append((start, end))
    merged: list[tuple[int, int]] = []
    for start, end in runs:
        if merged and merged[-1][1] >= start:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    for start, end in merged:
        x, width = svg.percent(across(start)), svg.percent(across(end) - across(start))
        for fill in ("", ' fill="url(#hatch-gap)"'):  # the first hides the window's hatch beneath
            yield Markup(f'<rect class="uncovered" x="{x}" y="{top}" width="{width}" height="{_PLOT}"{fill}/>')


def _levels(low: float, high: float, down: Callable[[float], float]) -> Iterator[Markup]:
    step = scales.nice_step((high - low) / 4)
    for index in range(math.ceil(low / step), math.floor(high / step) + 1):
        value = step * index
        y = svg.number(down(value))
        yield Markup(f'<line class="{"zero" if index == 0 else "grid"}" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
        shown = f"{value:,.10g}".replace("-", "−")
        yield svg.text("-6", down(value) + 4, shown, anchor="end")


def _series(
    curve: Curve, bins: tuple[Bin, ...], across: Callable[[int], float], low: float, high: float
) -> Iterator[str]:
    def x(day: int) -> int:
        return round(across(day) * _ACROSS)

    def y(value: float) -> int:
        return round((high - value) / (high - low) * _DOWN)

    whole, partly, line = [], [], []
    joined = False
    for one in bins:
        start, end = x(one.first.toordinal()), x(one.last.toordinal() + 1)
        if one.value is None:
            joined = False
        elif not curve.summed:
            line.append(f"{'V' if joined else f'M{start} '}{y(one.value)}H{max(end, start + 1)}")
            joined = True
        elif one.whole:
            gap = min(12, (end - start) // 5)
            whole.append(f"M{start + gap} {y(0)}V{y(one.value)}H{max(end - gap, start + gap + 4)}V{y(0)}z")
        else:
            partly.append(f"M{start} {y(0)}V{y(one.value)}H{max(end, start + 4)}V{y(0)}")
    for name, paths in (("bars", whole), ("partly", partly), ("state", line)):
        if paths:
            yield f'<path class="{name}" d="{"".join(paths)}"/>'


def _averages(
    means: Sequence[tuple[int, int, float]], across: Callable[[int], float], down: Callable[[float], float]
) -> Iterator[Markup]:
    for first, end, mean in means:
        y = svg.number(down(mean))
        x1, x2 = svg.percent(across(first)), svg.percent(across(end))
        yield Markup(f'<line class="halo" x1="{x1}" x2="{x2}" y1="{y}" y2="{y}"/>')
        yield Markup(f'<line class="mean" x1="{x1}" x2="{x2}" y1="{y}" y2="{y}"/>')


def _breaks(curve: Curve, across: Callable[[int], float], top: int) -> Iterator[Markup]:
    for index, (day, _) in enumerate(breaks(curve), start=1):
        share = across(day.toordinal())
        x = svg.percent(share)
        yield Markup(f'<line class="break" x1="{x}" x2="{x}" y1="{top - 2}" y2="{top + _PLOT}"/>')
        yield Markup(f'<circle class="badge" cx="{x}" cy="{top + _PLOT - 9}" r="8"/>')
        yield svg.text(x, top + _PLOT - 5, str(index), "letter", "middle")


def _days(first: date, last: date, across: Callable[[int], float], top: int) -> Iterator[Markup]:
    y = top + _PLOT
    for day, words in scales.days(first, last):
        share = across(day.toordinal())
        x = svg.percent(share)
        yield Markup(f'<line class="tick" x1="{x}" x2="{x}" y1="{y}" y2="{y + 5}"/>')
        yield svg.text(x, y + 19, words, anchor="end" if share > 0.96 else "" if share < 0.04 else "middle")


def caption(laid: Laid) -> str:
    """Return what is drawn, in words."""
    length = {"step": "in each period that the source reports"}.get(laid.length, f"a {laid.length}")
    what = wording.unit(laid.curve.unit) or "number"
    shown = f"{laid.curve.words}: {what} {length}" if laid.curve.summed else f"{laid.curve.words}: {what}"
    if laid.bins:
        shown += f", {wording.days(laid.bins[0].first, laid.bins[-1].last, short=True)}"
    return wording.sentence(shown)


def gaps(laid: Laid) -> bool:
    """Whether some days have no value."""
    apart = any(one.first.toordinal() > before.last.toordinal() + 1 for before, one in pairwise(laid.bins))
    return apart or any(one.value is None for one in laid.bins)


def partly(laid: Laid) -> bool:
    """Whether some bars hold only part of their days."""
    return any(one.value is not None and not one.whole for one in laid.bins)
