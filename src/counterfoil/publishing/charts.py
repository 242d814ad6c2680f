"""A small chart of the records that a figure was checked against, as inline SVG.

Every record is drawn over the days that it covers, so that unequal windows look unequal; a range is drawn from end to
end and never as its middle; an open end is an arrow. Publishers differ by shape and dashes, not by colour. Altair
and the renderer are imported at first use: together they take longer than everything else in a report.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from counterfoil.checking.model import Reference, Verdict
from counterfoil.publishing.model import Report
from counterfoil.publishing.wording import inert
from counterfoil.reading.model import Kind

_FEWEST = 3  # records; fewer are said better by the table
_MOST = 2000  # records; a chart this size could not be read
_LARGEST = Decimal("1e15")  # beyond it the axis is no longer exact
_SHAPES = {  # of the renderer, and as the page's legend prints them
    "circle": "●",
    "square": "□",
    "triangle-up": "△",
    "diamond": "◇",
    "cross": "✚",
    "triangle-down": "▽",
}
_HEADROOM = 1.12  # room for the arrow of an open end
_WIDTH, _HEIGHT = 470, 210  # pixels at full size; the page scales it down
_DAY_MS = 86_400_000
_EPOCH = date(1970, 1, 1).toordinal()

# Stand-ins for colours that the page decides: the renderer knows no style sheet.
_INK, _CLAIM = "#010203", "#040506"
_COLOURS = {_INK: "currentColor", _CLAIM: "var(--accent, currentColor)"}

_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = frozenset("svg g path rect line circle text tspan defs clipPath".split())
_ATTRIBUTES = frozenset(
    "width height viewBox transform d x y x1 x2 y1 y2 dx dy cx cy r fill fill-opacity stroke stroke-width "
    "stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity "
    "text-anchor font-size font-weight font-style".split()
)


@dataclass(frozen=True, slots=True)
class Chart:
    """Records of one unit, in one or more series, that answer for one figure.

    references  in order of series, then time; never claims.
    used        those of them that the verdict rests on.
    """

    references: tuple[Reference, ...]
    used: frozenset[Reference]

    def series(self) -> tuple[str, ...]:
        """Return the names of the series, each once: the publisher, told apart by measure where needed."""
        return tuple(dict.fromkeys(_label(one, self) for one in self.references))

    def legend(self) -> tuple[tuple[str, str], ...]:
        """Return each series' sign and name."""
        return tuple(zip(_SHAPES.values(), self.series(), strict=False))

    def sign(self, reference: Reference) -> str:
        """Return the sign of the reference's series."""
        return {name: sign for sign, name in self.legend()}[_label(reference, self)]

    def definitions(self) -> tuple[str, ...]:
        """Return what each series counts: "Name: everybody registered at a crossing."."""
        found = {_label(one, self): one.definition for one in self.references if one.definition}
        return tuple(f"{name}: {inert(words).rstrip('.')}." for name, words in found.items())


def series_of(check: Verdict, report: Report) -> Chart | None:
    """Return the records that the verdict rests on, with the rest of their series; None if too few for a chart."""
    used = [one for evidence in check.evidence for one in evidence.references if _drawable(one)]
    if not used:
        return None
    groups = Counter(_group(one) for one in dict.fromkeys(used))
    ((group, _),) = groups.most_common(1)
    names = {(one.publisher, one.series) for one in used if _group(one) == group}
    found = dict.fromkeys(
        one
        for one in (*report.references, *used)
        if (one.publisher, one.series) in names and _drawable(one) and _group(one) == group
    )
    sizes = Counter((one.publisher, one.series) for one in found)
    if not _FEWEST <= len(found) <= _MOST or max(sizes.values()) < 2 or len(sizes) > len(_SHAPES):
        return None
    ordered = sorted(found, key=lambda one: (one.publisher, one.series, _days(one), one.row))
    return Chart(tuple(ordered), frozenset(used))


def _drawable(reference: Reference) -> bool:
    quantity, period = reference.figure.number.value, reference.figure.period
    if reference.claim or period is None or period.value.first is None or period.value.last is None:
        return False
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    return bool(ends) and all(end.is_finite() and abs(end) < _LARGEST for end in ends)


def _group(reference: Reference) -> tuple[str, str]:
    """What may share an axis: one unit, counted in one sort of way."""
    return reference.figure.number.value.unit, reference.figure.kind.value


def _label(reference: Reference, chart: Chart) -> str:
    several = {one.series for one in chart.references if one.publisher == reference.publisher}
    measure = reference.figure.measure
    name = f"{reference.publisher}, {measure.value.term if measure else reference.series}"
    return inert(name if len(several) > 1 else reference.publisher)


def _days(reference: Reference) -> tuple[date, date]:
    period = reference.figure.period
    assert period is not None
    assert period.value.first is not None
    assert period.value.last is not None
    return period.value.first, period.value.last


def _instant(day: date, *, ends: bool = False) -> int:
    """Milliseconds since 1970 at which the day begins, or ends."""
    return (day.toordinal() - _EPOCH + ends) * _DAY_MS


def draw(chart: Chart, check: Verdict, name: str) -> str:
    """Return the chart as an `<svg>` that holds shapes and texts alone.

    check  its figure's window is shaded; its level is marked where it counts in the chart's own unit and kind.
    name   begins every id inside, so that several charts can stand on one page.
    """
    import vl_convert

    svg = vl_convert.vegalite_to_svg(_specification(chart, check), allowed_base_urls=[])  # no address is ever fetched
    return _sanitised(svg, name)


def _specification(chart: Chart, check: Verdict) -> dict[str, Any]:
    import altair

    alt: Any = altair  # its own types stop short of what it accepts
    rows = [_row(one, chart) for one in chart.references]
    names = list(chart.series())
    shape = alt.Shape("series:N", scale=alt.Scale(domain=names, range=list(_SHAPES)), legend=None)
    # Only the first series has filled shapes, and every series its own dashes: enough to tell two apart in grey.
    filled = alt.condition(alt.FieldEqualPredicate(names[0], "series"), alt.value(1), alt.value(0))
    dashes = alt.StrokeDash(
        "series:N",
        scale=alt.Scale(domain=names, range=[[1, 0], [4, 2], [1, 2], [8, 3], [6, 2, 1, 2], [2, 2]]),
        legend=None,
    )
    days = [end for row in rows for end in (row["first"], row["last"])]
    window, level = _window(check, days), _level(check, chart)
    x = alt.X(
        "first:T",
        scale=alt.Scale(type="utc", nice=False, zero=False, domain=[min(days), max(days)], clamp=True),
        axis=alt.Axis(
            format=_date_format(days), tickCount=7, title=None, grid=False, labelOverlap=True, labelFlush=False
        ),
    )
    said = [float(end) for end in level or () if end is not None]
    heights = [0.0, *said, *(end for row in rows for end in row["ends"])]
    top, bottom = max(heights) * _HEADROOM or 1.0, min(heights) * _HEADROOM
    y = alt.Y(
        "low:Q", scale=alt.Scale(domain=[bottom, top], nice=False), axis=alt.Axis(format=",~r", title=None, tickCount=5)
    )

    ends = [{**row, "low": end} for row in rows for end in row["ends"]]
    ranges = [row for row in rows if len(row["ends"]) == 2]
    arrows = [{**row, "low": row["open_to"], "up": row["up"]} for row in rows if row["up"] is not None]
    layers: list[Any] = []
    if window is not None:
        shade = alt.Chart(alt.Data(values=[window]))
        layers.append(shade.mark_rect(color=_CLAIM, opacity=0.13).encode(x=x, x2="last"))
    if window is not None and level is not None:
        low, high = (bottom if level[0] is None else said[0]), (top if level[1] is None else said[-1])
        band = alt.Chart(alt.Data(values=[{**window, "low": low, "high": high}]))
        band = band.mark_rect(color=_CLAIM, opacity=0.3, stroke=_CLAIM, strokeWidth=1.5)
        layers.append(band.encode(x=x, x2="last", y=y, y2="high"))
    layers += [
        alt.Chart(alt.Data(values=ranges)).mark_rect(opacity=0.12, color=_INK).encode(x=x, x2="last", y=y, y2="high"),
        alt.Chart(alt.Data(values=ends))
        .mark_rule(strokeWidth=1.4, color=_INK)
        .encode(x=x, x2="last", y=y, strokeDash=dashes),
        alt.Chart(alt.Data(values=ranges)).mark_rule(strokeWidth=1, color=_INK).encode(x=_middle(x), y=y, y2="high"),
        alt.Chart(alt.Data(values=ends))
        .mark_point(size=60, opacity=1, stroke=_INK, fill=_INK, strokeWidth=1.4)
        .encode(x=_middle(x), y=y, shape=shape, fillOpacity=filled),
        *(
            alt.Chart(alt.Data(values=[row for row in arrows if row["up"] is up]))
            .mark_text(text="↑" if up else "↓", dy=-13 if up else 13, fontSize=16, color=_INK)
            .encode(x=_middle(x), y=y)
            for up in (True, False)
        ),
    ]
    drawn: dict[str, Any] = (
        alt.layer(*layers)
        .properties(width=_WIDTH, height=_HEIGHT, padding=4)
        .configure(background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=_INK, domainColor=_INK, tickColor=_INK, gridColor=_INK, gridOpacity=0.12, labelFontSize=14
        )
        .configure_axisY(domain=False, ticks=False, labelPadding=6)
        .to_dict(validate=False)  # the drawing is our own, and a test holds it against the schema: 0.4 s a page
    )
    return drawn


def _middle(x: Any) -> Any:
    """The same axis, for marks that stand in the middle of their days."""
    middle = x.copy()
    middle.shorthand = "middle:T"
    return middle


def _row(reference: Reference, chart: Chart) -> dict[str, Any]:
    first, last = _days(reference)
    quantity = reference.figure.number.value
    ends = sorted({float(end) for end in (quantity.low, quantity.high) if end is not None})
    start, end = _instant(first), _instant(last, ends=True)
    up = None if quantity.low is not None and quantity.high is not None else quantity.high is None
    return {
        "series": _label(reference, chart),
        "first": start,
        "last": end,
        "middle": (start + end) // 2,
        "low": ends[0],
        "high": ends[-1],
        "ends": ends,
        "up": up,
        "open_to": ends[-1] if up else ends[0],
    }


def _window(check: Verdict, days: list[int]) -> dict[str, int] | None:
    """The figure's days as far as the chart reaches; None if they are unknown or lie elsewhere."""
    period = check.figure.period.value if check.figure.period else None
    if period is None or (period.first is None and period.last is None):
        return None
    start = max(_instant(period.first), min(days)) if period.first else min(days)
    end = min(_instant(period.last, ends=True), max(days)) if period.last else max(days)
    return {"first": start, "last": end} if start < end else None


def _level(check: Verdict, chart: Chart) -> tuple[Decimal | None, Decimal | None] | None:
    """What the figure's words allow, if that can be read off the chart's own axis: never for a change."""
    figure, quantity = check.figure, check.figure.number.value
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    same = (quantity.unit, figure.kind.value) == _group(chart.references[0]) and figure.kind is not Kind.CHANGE
    if not same or not ends or not all(end.is_finite() and abs(end) < _LARGEST for end in ends):
        return None
    return quantity.low, quantity.high


def shaded(chart: Chart, check: Verdict) -> str:
    """Return what the chart's shade stands for; "" where there is none."""
    days = [_instant(end, ends=bool(last)) for one in chart.references for last, end in enumerate(_days(one))]
    if _window(check, days) is None:
        return ""
    return "the days that the article speaks of" + (", and what it says of them" if _level(check, chart) else "")


def _date_format(days: list[int]) -> str:
    years = (max(days) - min(days)) / (365.25 * _DAY_MS)
    return "%Y" if years >= 3 else "%b %Y" if years >= 0.25 else "%-d %b"


def _sanitised(svg: str, name: str) -> str:
    """Keep shapes, texts and clips; drop links, images, scripts, fonts, styles and everything not known to be plain."""
    from xml.etree import ElementTree

    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg)  # our own renderer's output: no document type, no entities
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.removeprefix(f"{{{_SVG}}}") not in _ELEMENTS:
                parent.remove(child)
    for element in root.iter():
        element.attrib = dict(_attributes(element.attrib, name))
    width, height = root.attrib.pop("width", ""), root.attrib.pop("height", "")
    root.attrib.setdefault("viewBox", f"0 0 {width} {height}")
    root.attrib["aria-hidden"] = "true"  # the table beside it says the same
    return ElementTree.tostring(root, encoding="unicode")


def _attributes(found: dict[str, str], name: str) -> Iterator[tuple[str, str]]:
    for key, value in found.items():
        if key == "id":
            yield key, f"{name}-{value}"
        elif key == "clip-path" and value.startswith("url(#"):
            yield key, value.replace("url(#", f"url(#{name}-")
        elif key in _ATTRIBUTES and "url(" not in value:
            yield key, _COLOURS.get(value, value)
