"""Answers with their intervals, one row each, on one scale. Each row is a drawing of its own, beside its words.

A thick line is the exact interval, a thin one allows for events that cluster; an arrow is an end without bound or
beyond the scale. A disc is an answer that the words allow, a ring one whose interval they reach, a cross neither.
"""

import math
from collections.abc import Sequence

from markupsafe import Markup

from counterfoil.checking.model import Point
from counterfoil.publishing import findings
from counterfoil.publishing.drawing import scales, svg

Band = tuple[float | None, float | None]
_MIDDLE = "50%"


def scale(points: Sequence[Point], bands: Sequence[Band]) -> scales.Scale:
    """Return the scale on which these answers, their intervals and what the words allow are drawn."""
    values = [one.value for one in points if math.isfinite(one.value)]
    values += [end for band in bands for end in band if end is not None]
    ends = [
        end
        for one in points
        for end in (one.low, one.high, one.wide_low, one.wide_high)
        if end is not None and math.isfinite(end)
    ]
    if any(one.earlier is not None for one in points):
        return scales.changes(values, ends)
    return scales.levels(values, ends)


def row(point: Point, on: scales.Scale, bands: Sequence[Band]) -> Markup:
    """Return one answer as `<svg>` that fills its cell; its words stand beside it."""
    parts = [*_behind(on, bands, of_change=point.earlier is not None)]
    for low, high, name in ((point.wide_low, point.wide_high, "wide"), (point.low, point.high, "exact")):
        parts += _line(point, on, low, high, name)
    if math.isfinite(point.value):
        parts.append(_sign(point, svg.percent(on.place(point.value))))
    else:
        parts.append(_arrow(1.0, right=True))
    return Markup('<svg class="answer" aria-hidden="true">{}</svg>').format(Markup("").join(parts))


def axis(on: scales.Scale, unit: str, *, of_change: bool) -> Markup:
    """Return the scale's own row."""
    parts = []
    for value, share in on.ticks:
        x = svg.percent(share)
        parts.append(Markup(f'<line class="tick" x1="{x}" x2="{x}" y1="0" y2="5"/>'))
        shown = findings.change(value) if of_change else findings.level(value, "percent" if unit == "percent" else "")
        parts.append(svg.text(x, 18, shown, anchor="end" if share > 0.94 else "" if share < 0.06 else "middle"))
    return Markup(
        '<svg class="answer axis" aria-hidden="true"><line class="zero" x1="0" x2="100%" y1="0" y2="0"/>{}</svg>'
    ).format(Markup("").join(parts))


def _behind(on: scales.Scale, bands: Sequence[Band], *, of_change: bool) -> list[Markup]:
    found = []
    for name, (low, high) in zip(("band coarse", "band")[-len(bands) :], reversed(bands[:2]), strict=False):
        start = 0.0 if low is None else on.place(low)
        end = 1.0 if high is None else on.place(high)
        x, width = svg.percent(start), svg.percent(min(1.0, end) - max(0.0, start))
        found.append(Markup(f'<rect class="{name}" x="{x}" y="0" width="{width}" height="100%"/>'))
    if of_change:
        x = svg.percent(on.place(0.0))
        found.append(Markup(f'<line class="still" x1="{x}" x2="{x}" y1="0" y2="100%"/>'))
    return found


def _line(point: Point, on: scales.Scale, low: float | None, high: float | None, name: str) -> list[Markup]:
    """Return an interval; None on both sides is no interval, on one side an end without bound."""
    if low is None and high is None:
        return []
    start = 0.0 if low is None else on.place(low)
    end = 2.0 if high is None or math.isinf(high) else on.place(high)
    x1, x2 = svg.percent(start), svg.percent(end)
    found = [Markup(f'<line class="{name}" x1="{x1}" x2="{x2}" y1="{_MIDDLE}" y2="{_MIDDLE}"/>')]
    if end > 1.0:
        found.append(_arrow(1.0, right=True))
    if low is None or start < 0.0:
        found.append(_arrow(0.0, right=False))
    return found


def _arrow(share: float, *, right: bool) -> Markup:
    # A drawing of no size at the place, so that the arrow keeps its shape whatever the width.
    d = "M-7 -5L1 0L-7 5" if right else "M7 -5L-1 0L7 5"
    return Markup(f'<svg x="{svg.percent(share)}" y="{_MIDDLE}" class="at"><path class="arrow" d="{d}"/></svg>')


def _sign(point: Point, x: str) -> Markup:
    if point.agrees:
        return Markup(f'<circle class="agrees" cx="{x}" cy="{_MIDDLE}" r="5.5"/>')
    if point.possible:
        return Markup(f'<circle class="possible" cx="{x}" cy="{_MIDDLE}" r="4.8"/>')
    d = "M-4.5 -4.5L4.5 4.5M-4.5 4.5L4.5 -4.5"
    return Markup(
        f'<svg x="{x}" y="{_MIDDLE}" class="at"><path class="beneath" d="{d}"/><path class="crossed" d="{d}"/></svg>'
    )
