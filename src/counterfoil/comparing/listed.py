"""Figures that stand side by side in one sentence: "271 attacks and 389 deaths" are two counts of one time and place.

The second says nothing of the first, so its words restrict nothing there. A number behind a preposition does ("389
deaths in 271 attacks"), and so do words that stand outside both items.
"""

import re
from dataclasses import dataclass

from counterfoil.comparing.axes import restricted
from counterfoil.reading.model import Figure, Kind
from counterfoil.spans import Span

BESIDE, PART, WHOLE = "beside", "part", "whole"
_COUNTS = (Kind.FLOW, Kind.STOCK)
_UNSETTLED = ("missing", "trapped")  # of those who died, records count some that a text still counts as missing
_FILLERS = r"(?:(?:also|the|an?|some|another|further|more than|at least|left|leaving)\s+)*"
_LINK = re.compile(
    r"(?:,|;|:|&|\(|–|—|\b(?:and|while|but|plus|as well as|along with)\b)"
    rf"(?:\s*(?:and|while|but|plus|as well as|along with)\b)?\s*{_FILLERS}$",
    re.IGNORECASE,
)
_PART_LINK = re.compile(
    r"(?:[,;(–—]\s*)?(?:\band\s+)?\b(?:including|includes|included|among\s+(?:them|whom|these|those)"
    rf"|of\s+(?:them|whom|which|these|those))\s*{_FILLERS}$",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(r"\b(?:of|among|amongst)\s+(?:(?:the|these|those|all|its|their)\s+)*$", re.IGNORECASE)
_LEVEL = re.compile(r"\b(?:to|from|at)\s+$", re.IGNORECASE)
_ITEM_ENDS = re.compile(r"[,;:](?=\s)|[()–—\n]|\b(?:and|while|but|plus|as well as)\b", re.IGNORECASE)

_OF_PART = re.compile(
    r"\b(?:including|includes|included|(?:of|among)\s+(?:them|whom|which|these|those))\b"
    r"|\b(?:mainly|mostly|largely|chiefly|primarily|predominantly)(?=\s+from\b)",
    re.IGNORECASE,
)
_ALL_OR_NONE = re.compile(r"\b(?:all|each|every\s+one|both|none|not|without)\s+$", re.IGNORECASE)
_PART_ENDS = re.compile(rf"[;()–—\n]|,(?=\s)(?!\s*(?:and\s+)?{_FILLERS}\d)")
_PART_FIRST = re.compile(rf",\s+{_FILLERS}(?=\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """Another figure of the sentence with its own words, as far as they reach.

    stands  "beside": another count; "part": a part of the figure's count; "whole": what the figure is a part of.
    apart   the figure has a noun of its own, so that the other's people are not its people: in "12 dead and 30 wounded
            soldiers" the twelve may be soldiers too.
    joint   what joins the two: ", including", "and another".
    """

    span: Span
    stands: str
    apart: bool
    joint: Span


def item(text: str, sentence: Span, figure: Figure, other: Figure) -> Item | None:
    """Return the other figure as an item of the figure's list, None where it may say something of the figure."""
    first, second = sorted((figure, other), key=lambda f: f.number.anchor.span.start)
    floor = max(sentence.start, first.number.anchor.span.end)
    begins, opens = _begin(text, second, floor), _begin(text, first, sentence.start)
    before = text[floor:begins]
    if figure.kind is Kind.CHANGE and other.kind in _COUNTS:
        at = other.number.anchor.span
        joins = _LEVEL.search(text[sentence.start : at.start]) or (other is first and _LINK.search(before))
        return Item(at, BESIDE, True, at) if joins and _same_code(figure, other) else None
    found = _PART_LINK.search(before)
    of_whole = bool(_OF_WHOLE.search(text[sentence.start : opens]))
    link = found or _LINK.search(before)
    if link is None:
        return None
    start = begins - len(before) + link.start()
    ends = _ITEM_ENDS.search(text, second.number.anchor.span.end, sentence.end)
    joint = Span(start, second.number.anchor.span.start)
    later = Span(start, ends.start() if ends else sentence.end)
    span = later if other is second else Span(opens, start)
    if found or of_whole:
        if not _same_count(figure, other):
            return None
        return Item(span, PART if other is second else WHOLE, True, joint)
    if not _beside(figure, other):
        return None
    own = Span(opens, start) if other is second else later
    return Item(span, BESIDE, _has_noun(figure, own), joint)


def parts(text: str, sentence: Span, figure: Figure) -> tuple[Span, ...]:
    """Return the stretches of the sentence that tell of a part of those whom the figure counts.

    "1.1 million refugees, of whom 900,000 came from Sudan" are not all from Sudan, nor are "refugees, mainly from
    Sudan". "All of them from Sudan" tells of the whole.
    """
    number = figure.number.anchor.span
    found: list[Span] = []
    for m in _OF_PART.finditer(text, number.end, sentence.end):
        itself = not text[number.end : m.start()].strip()  # "10,000 of them": the figure is the part
        if not itself and not _ALL_OR_NONE.search(text[number.end : m.start()]):
            ends = _PART_ENDS.search(text, m.end(), sentence.end)
            found.append(Span(m.start(), ends.start() if ends else sentence.end))
    first = _PART_FIRST.search(text, number.end, sentence.end)
    if first is not None and _OF_WHOLE.search(text[sentence.start : _begin(text, figure, sentence.start)]):
        found.append(Span(first.start(), sentence.end))
    return tuple(found)


def _begin(text: str, figure: Figure, floor: int) -> int:
    """Return where the figure's item begins: before its hedge, and before its verb in "and wounded 300 others"."""
    begins = figure.number.anchor.span.start
    anchors = [figure.hedge, figure.measure.anchor if figure.measure else None, figure.event]
    for _ in anchors:
        for anchor in anchors:
            if anchor is None or not floor <= anchor.span.start < begins:
                continue
            between = text[anchor.span.end : begins].strip(" “‘\"'")
            if not between or (figure.kind is Kind.CHANGE and between in ("of", "by")):  # "a drop of 19 percent"
                begins = anchor.span.start
    return begins


def _same_count(one: Figure, other: Figure) -> bool:
    if one.measure is None or other.measure is None or one.kind not in _COUNTS or other.kind not in _COUNTS:
        return False
    return one.number.value.unit == other.number.value.unit and _same_code(one, other)


def _same_code(one: Figure, other: Figure) -> bool:
    both = one.measure is not None and other.measure is not None
    return both and one.measure.value.code == other.measure.value.code  # type: ignore[union-attr]


def _beside(figure: Figure, other: Figure) -> bool:
    """Say whether the two count unlike things; "271 attacks, 300 by other counts" are two numbers of one."""
    if other.kind in (Kind.CHANGE, Kind.MONEY):
        return figure.kind is not other.kind
    if figure.kind not in _COUNTS or other.kind not in _COUNTS or figure.measure is None or other.measure is None:
        return False
    if other.measure.value.code in _UNSETTLED:
        return False
    if not _same_count(figure, other):
        return True
    one, two = (restricted(f.measure.value.population or "") for f in (figure, other) if f.measure)
    if one and two and one != two:
        return True
    places = [f.place.value.name for f in (figure, other) if f.place is not None]
    return len(places) == 2 and places[0] != places[1]


def _has_noun(figure: Figure, own: Span) -> bool:
    """Say whether the figure counts events, or names within its own item whom it counts."""
    if figure.number.value.unit == "event":
        return True
    what, measure = figure.what, figure.measure
    if what is None:
        return False
    bare = measure is not None and what.span == measure.anchor.span and not measure.value.population
    return what.span in own and not bare
