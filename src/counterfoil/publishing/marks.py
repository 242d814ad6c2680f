"""The article's text with its figures and statements marked, as HTML.

Spans may nest and overlap as they like: the text is cut at every start and end, and each piece is written once, with
all that holds there. Everything from the article is escaped.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from counterfoil.publishing.model import Report
from counterfoil.reading import sentences
from counterfoil.reading.model import Figure
from counterfoil.spans import Anchor, Span

_DEEPEST = 3  # shades of nested statements that the page tells apart
_CONTEXT = 240  # code points shown at most on each side of a number


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something that holds from `start` to `end`: "number", "role", "content", "source" or "cue"; `figure` or -1."""

    start: int
    end: int
    kind: str
    figure: int = -1


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words over which nothing begins or ends: the figures whose number they belong to, and their classes."""

    start: int
    end: int
    numbers: tuple[int, ...]
    classes: tuple[str, ...]


def names(figures: Sequence[Figure]) -> tuple[str, ...]:
    """Return a name for each figure by its offset, the same on every run, so that links to a page keep."""
    found: dict[str, int] = {}
    result = []
    for figure in figures:
        name = str(figure.number.anchor.span.start)
        found[name] = found.get(name, 0) + 1
        result.append(name if found[name] == 1 else f"{name}-{found[name]}")
    return tuple(result)


def article(report: Report) -> Markup:
    """Return the whole text as paragraphs; each number links to its card and can be linked to."""
    text, ids = report.document.text, names(report.figures)
    marks = [mark for index, figure in enumerate(report.figures) for mark in _of_figure(figure, index)]
    for statement in report.statements:
        marks += _kinds("content", statement.content)
        marks += _kinds("source", [statement.source] if statement.source else [])
        marks += _kinds("cue", [statement.cue] if statement.cue else [])
    pieces = list(_pieces(0, len(text), marks))
    paragraphs = []
    named: set[int] = set()
    first = 0
    for paragraph in sentences.paragraphs(text):
        start, end = paragraph.start, paragraph.end
        words = []
        while first < len(pieces) and pieces[first].end <= start:
            first += 1
        index = first
        while index < len(pieces) and pieces[index].start < end:
            piece = pieces[index]
            words.append(_written(text[max(piece.start, start) : min(piece.end, end)], piece, ids, named))
            index += 1
        paragraphs.append(Markup('<p dir="auto">{}</p>').format(Markup("").join(words)))
    return Markup("\n").join(paragraphs)


def excerpt(report: Report, index: int, found: Sequence[Span]) -> Markup:
    """Return the sentence around a figure, its number and the words of its roles marked, without links.

    found  the sentences of the text, in order.
    """
    text, figure = report.document.text, report.figures[index]
    start, end, *cut = _context(text, figure.number.anchor.span, found)
    marks = [mark for mark in _of_figure(figure, index) if mark.start < end and mark.end > start]
    words = [_written(text[piece.start : piece.end], piece, None, set()) for piece in _pieces(start, end, marks)]
    return Markup("{}{}{}").format("… " if cut[0] else "", Markup("").join(words), " …" if cut[1] else "")


def _of_figure(figure: Figure, index: int) -> Iterator[_Mark]:
    span = figure.number.anchor.span
    yield _Mark(span.start, span.end, "number", index)
    readings = (figure.period, figure.place, figure.origin, figure.destination, figure.baseline)
    anchors = (figure.hedge, figure.what, figure.event, figure.base, *(one.anchor for one in readings if one))
    for anchor in anchors:
        if anchor is not None and anchor.document == figure.number.anchor.document:
            yield _Mark(anchor.span.start, anchor.span.end, "role", index)


def _kinds(kind: str, anchors: Iterable[Anchor]) -> Iterator[_Mark]:
    for anchor in anchors:
        yield _Mark(anchor.span.start, anchor.span.end, kind)


def _pieces(start: int, end: int, marks: Sequence[_Mark]) -> Iterator[_Piece]:
    """Yield the pieces of `start` to `end`, without gaps; time grows with the marks, however they overlap."""
    opening, closing = sorted(marks, key=lambda mark: mark.start), sorted(marks, key=lambda mark: mark.end)
    inner = {one for mark in marks for one in (mark.start, mark.end) if start < one < end}
    held: Counter[str] = Counter()
    numbers: dict[int, None] = {}
    opened = closed = 0
    for begin, finish in pairwise(sorted({start, end} | inner)):
        while opened < len(opening) and opening[opened].start <= begin:
            held[opening[opened].kind] += 1
            if opening[opened].kind == "number":
                numbers[opening[opened].figure] = None
            opened += 1
        while closed < len(closing) and closing[closed].end <= begin:
            held[closing[closed].kind] -= 1
            if closing[closed].kind == "number":
                del numbers[closing[closed].figure]
            closed += 1
        yield _Piece(begin, finish, tuple(numbers), _classes(held))


def _classes(held: Counter[str]) -> tuple[str, ...]:
    depth = min(held["content"], _DEEPEST)
    return (*(kind for kind in ("role", "source", "cue") if held[kind]), *([f"said{depth}"] if depth else []))


def _written(words: str, piece: _Piece, ids: Sequence[str] | None, named: set[int]) -> Markup:
    """Return the words of a piece; with `ids` its number is a link, and carries the link's target where it begins."""
    numbers, classes = piece.numbers, piece.classes
    if not numbers:
        return Markup('<span class="{}">{}</span>').format(" ".join(classes), words) if classes else escape(words)
    classes = ("number", *(name for name in classes if name != "role"))
    if ids is None:
        return Markup('<b class="{}">{}</b>').format(" ".join(classes), words)
    figure = numbers[-1]
    fresh = [one for one in numbers if one not in named]
    named.update(fresh)
    targets = Markup("").join(Markup('<span id="m{}"></span>').format(ids[one]) for one in fresh if one != figure)
    own = Markup(' id="m{}"').format(ids[figure]) if figure in fresh else Markup("")
    return Markup('{}<a class="{}"{} href="#f{}" data-n="{}">{}</a>').format(
        targets, " ".join(classes), own, ids[figure], figure + 1, words
    )


def _context(text: str, span: Span, within: Sequence[Span]) -> tuple[int, int, bool, bool]:
    """Return the ends of the sentence that holds `span`, cut to what a card can show, and whether each was cut."""
    index = bisect_right(within, span.start, key=lambda sentence: sentence.start) - 1
    found = within[index] if index >= 0 and span in within[index] else span
    start, end = max(found.start, span.start - _CONTEXT), min(found.end, span.end + _CONTEXT)
    if start > found.start:
        start = max(start, text.find(" ", start, span.start) + 1)
    if end < found.end:
        end = max(span.end, text.rfind(" ", span.end, end))
    return start, end, start > found.start, end < found.end
