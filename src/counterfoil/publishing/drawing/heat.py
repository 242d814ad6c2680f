"""Answers by window and baseline, as a map of cells.

The shade tells how far an answer lies from no change, on one scale for every map; falls are hatched too, so that they
differ from rises in grey. A disc marks a cell whose answer the words allow, an outline with a C the claim's own.
"""

import math
from collections.abc import Iterator

from markupsafe import Markup

from counterfoil.checking.model import HeatMap
from counterfoil.publishing.drawing import svg
from counterfoil.publishing.findings import change

# Edges of the shades in percent: each fall mirrors a rise as a ratio (a quarter and fourfold, half and double, ...).
EDGES = (-75.0, -50.0, -25.0, -10.0, 10.0, 100 / 3, 100.0, 300.0)
SHADES = ("n4", "n3", "n2", "n1", "z", "p1", "p2", "p3", "p4")
LEGEND = (  # each shade with the edge before it
    *(("n4", ""), ("n3", "−75%"), ("n2", "−50%"), ("n1", "−25%"), ("z", "−10%")),
    *(("p1", "+10%"), ("p2", "+33%"), ("p3", "+100%"), ("p4", "+300%")),
)
_LABELS = 128  # pixels for the names of the rows
_HEIGHT = 34  # of a cell, in pixels
_LINE = 13  # pixels between lines of a label
_WORDY = 44  # pixels; narrower cells show no number: the table does
_SMALLEST = 0.76  # of the full size; smaller, words are no longer legible and the map scrolls instead


def draw(heat: HeatMap, described: str) -> Markup:
    """Return the map as `<svg>`; `described` is the id of the words that tell what it shows."""
    columns, rows = len(heat.columns), len(heat.rows)
    cell = 84 if columns <= 4 else 68 if columns <= 6 else 58 if columns <= 9 else 46 if columns <= 13 else 24
    height = _HEIGHT if cell >= _WORDY else cell
    heads, top = _heads(heat, cell)
    width, bottom = _LABELS + cell * columns + 2, top + height * rows + 2
    parts = [
        svg.text("0", top - 8, "window ↓  baseline →", "axis"),
        *heads,
        *_rows(heat, top, height),
        *_cells(heat, top, cell, height),
        *_mark(heat, top, cell, height),
    ]
    style = f"max-width:{width}px;min-width:{round(width * _SMALLEST)}px"
    return Markup(
        f'<svg class="heat" viewBox="0 0 {width} {bottom}" style="{style}" role="img" aria-labelledby="{described}">'
    ) + Markup("{}</svg>").format(Markup("").join(parts))


def shade(value: float) -> str:
    """Return the name of an answer's shade: "n4" for the deepest fall, "z" for little change, "p4"."""
    return SHADES[sum(value >= edge for edge in EDGES)]


def answered(heat: HeatMap) -> Iterator[tuple[int, int, float, bool]]:
    """Yield row, column, answer and whether the words allow it, of each cell that has an answer."""
    for row, (values, agrees) in enumerate(zip(heat.values, heat.agrees, strict=True)):
        for column, (value, agreed) in enumerate(zip(values, agrees, strict=True)):
            if value is not None and not math.isnan(value):
                yield row, column, value, agreed


def _heads(heat: HeatMap, cell: int) -> tuple[list[Markup], float]:
    if cell < _WORDY:  # no room across: the names lean
        top = 20 + max((svg.width_of(svg.wrapped(name, 130, 1)[0]) for name in heat.columns), default=0.0) * 0.87
        leaning = []
        for index, name in enumerate(heat.columns):
            x, y = svg.number(_LABELS + cell * (index + 0.62)), svg.number(top - 7)
            words = svg.words(svg.wrapped(name, 130, 1)[0])
            leaning.append(Markup(f'<text x="{x}" y="{y}" transform="rotate(-60 {x} {y})">{words}</text>'))
        return leaning, top
    lines = [svg.wrapped(name, cell - 4, 5) for name in heat.columns]
    top = 12 + _LINE * max((len(one) for one in lines), default=1)
    found = []
    for index, named in enumerate(lines):
        x = svg.number(_LABELS + cell * (index + 0.5))
        for back, line in enumerate(reversed(named)):
            found.append(svg.text(x, top - 8 - _LINE * back, line, anchor="middle"))
    return found, float(top)


def _rows(heat: HeatMap, top: float, height: int) -> Iterator[Markup]:
    most = 2 if height >= 2 * _LINE else 1
    for index, name in enumerate(heat.rows):
        lines = svg.wrapped(name, _LABELS - 10, most)
        first = top + height * (index + 0.5) + 4 - _LINE * (len(lines) - 1) / 2
        for line, words in enumerate(lines):
            yield svg.text(str(_LABELS - 8), first + _LINE * line, words, anchor="end")


def _cells(heat: HeatMap, top: float, cell: int, height: int) -> Iterator[Markup]:
    """Yield the cells of each shade as one path, with their numbers and discs."""
    boxes: dict[str, list[str]] = {}
    inside: dict[str, list[Markup]] = {}
    falls, seen = [], set()
    for row, column, value, agreed in answered(heat):
        seen.add((row, column))
        name, box = shade(value), _box(row, column, top, cell, height)
        boxes.setdefault(name, []).append(box)
        falls += [box] if name.startswith("n") else []
        middle, line = _LABELS + cell * (column + 0.5), top + height * (row + 0.5)
        found = inside.setdefault(name, [])
        if cell >= _WORDY:
            found.append(svg.text(svg.number(middle), line + 4, change(value, sign="")))
        if agreed:
            x, y = (middle + cell / 2 - 8, line - height / 2 + 8) if cell >= _WORDY else (middle, line)
            found.append(Markup(f'<circle cx="{svg.number(x)}" cy="{svg.number(y)}" r="3.6"/>'))
    for name in SHADES:
        if name in boxes:
            yield Markup(f'<path class="h{name}" d="{"".join(boxes[name])}"/>')
    if falls:
        yield Markup(f'<path class="fall" d="{"".join(falls)}"/>')
    for name in SHADES:
        if inside.get(name):
            yield Markup(f'<g class="on-{name}">') + Markup("").join(inside[name]) + Markup("</g>")
    unseen = [
        _box(row, column, top, cell, height)
        for row in range(len(heat.rows))
        for column in range(len(heat.columns))
        if (row, column) not in seen
    ]
    if unseen:
        yield Markup(f'<path class="unanswered" d="{"".join(unseen)}"/>')


def _box(row: int, column: int, top: float, cell: int, height: int) -> str:
    x, y = _LABELS + cell * column + 1, top + height * row + 1
    return f"M{x} {svg.number(y)}h{cell - 2}v{height - 2}h{2 - cell}z"


def _mark(heat: HeatMap, top: float, cell: int, height: int) -> Iterator[Markup]:
    if heat.marked is None:
        return
    row, column = heat.marked
    x, y = _LABELS + cell * column, svg.number(top + height * row)
    yield Markup(f'<rect class="own" x="{x}" y="{y}" width="{cell}" height="{height}"/>')
    yield Markup(f'<rect class="badge" x="{x - 1}" y="{svg.number(top + height * row - 1)}" width="14" height="14"/>')
    yield svg.text(svg.number(x + 6), top + height * row + 10, "C", "letter", "middle")
