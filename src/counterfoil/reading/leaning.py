"""Numbers that lean on the figure before them: "losses of 1.4 billion kronor; the ministry gave 620 million".

A bare million beside money is money, of the same currency; "put the figure at 3,100" counts what the figure before it
counted. Where the words before name several things, nothing is taken over.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from counterfoil.documents.model import Document
from counterfoil.reading import measures
from counterfoil.reading.model import Figure, Kind, Measure
from counterfoil.reading.words import Words
from counterfoil.spans import Reading, Span

BY = "leaning.before@1"
BACK = 2  # sentences back in which the figure that a number answers stands
FAR = 1_500  # code points before a number in which the sum stands whose currency it shares: a few paragraphs
UNKNOWN = "XXX"  # ISO 4217: no currency
_MONEY = frozenset(["money", "price", "economy", "trade"])
_COUNTS = (Kind.STOCK, Kind.FLOW)
_SCALE = re.compile(r"(?:million|billion|trillion|crore|lakh|\dm|bn|mn)\Z", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z]\d")  # "SEK9 million", "K2.5m"
_SET = frozenset(["against", "from", "to", "at", "gave", "gives", "or", "than"])  # one sum against another
_VOID = re.compile(r"(?:(?:the|its|their|that|this) )?(?:figure|number|total|count|tally)\Z", re.IGNORECASE)
_PUT = re.compile(
    r"\b(?:figure|number|total|count|tally) (?:(?:to be|was|is|at) )(?:(?:about|around|nearly|over|only|just"
    r"|at least|more than|closer to|some) )?\Z",
    re.IGNORECASE,
)
_NOUNS = frozenset(["NN", "NNS", "NNP", "JJ", "VBN", "IN"])
_PLAIN = frozenset("in on at by for after before since as to from during per with over".split())


def told(document: Document, words: Words, sentences: Sequence[Span], figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the figures; one that leans on another before it with that one's currency, or what it counts."""
    ends = [sentence.end for sentence in sentences]
    before: list[tuple[int, Figure]] = []
    currencies = {one.number.value.unit for one in figures if _is_sum(one)}
    for figure in figures:
        index = bisect_right(ends, figure.number.anchor.span.start)
        at = bisect_left(before, index - BACK, key=lambda one: one[0])
        figure = _of_money(document.text, words, figure, index, before, currencies)
        opens = sentences[min(index, len(ends) - 1)].start
        figure = _answered(document.text, words, figure, opens, [one for one in before[at:] if one[0] < index])
        before.append((index, figure))
        yield figure


def _is_sum(figure: Figure) -> bool:
    unit = figure.number.value.unit
    return figure.kind is Kind.MONEY and len(unit) == 3 and unit.isupper() and "$€£".find(unit) < 0


def _alone(words: Words, span: Span) -> bool:
    """Say whether no noun follows a number: not "62 million people", "2 million of them"."""
    k = words.at(span.end - 1) + 1
    return k >= len(words.tags) or words.tags[k] not in _NOUNS or words.lower[k] in _PLAIN


def _of_money(
    text: str, words: Words, figure: Figure, index: int, before: Sequence[tuple[int, Figure]], currencies: set[str]
) -> Figure:
    """Return a bare million beside money as money."""
    span = figure.number.anchor.span
    if figure.measure is None or figure.number.value.unit in ("percent", "percentage_point"):
        return figure
    if (given := _parallel(text, figure, index, before)) is not None:
        return _as_money(figure, given)
    if _has_sign(text, span) or not _SCALE.search(span.of(text)) or not _alone(words, span):
        return figure
    sums = [(at, one) for at, one in before[-8:] if _is_sum(one) and span.start - one.number.anchor.span.start < FAR]
    told = figure.kind is Kind.MONEY or measures.label(figure.measure.value.code) in _MONEY
    nearest = sums[-1] if sums else None
    first = words.at(span.start)
    beside = nearest is not None and nearest[0] == index and words.lower[first - 1] in _SET and first > 0
    if not told and not beside:
        return figure
    unit = nearest[1].number.value.unit if nearest else currencies.copy().pop() if len(currencies) == 1 else UNKNOWN
    return _as_money(figure, unit)


def _parallel(text: str, figure: Figure, index: int, before: Sequence[tuple[int, Figure]]) -> str | None:
    """Return the currency of "5 lakh rupees to each family and 50,000 to the injured": shared out by the same word."""
    if not before or before[-1][0] != index or not _is_sum(before[-1][1]) or _has_sign(text, figure.number.anchor.span):
        return None
    last = before[-1][1].number.anchor.span.end
    own = _SHARED.match(text, figure.number.anchor.span.end)
    other = _SHARES.fullmatch(text, last, figure.number.anchor.span.start)
    same = own is not None and other is not None and own[1].lower() == other[1].lower()
    return before[-1][1].number.value.unit if same else None


_SHARED = re.compile(r"\s+(to|for|per|each|a)\b", re.IGNORECASE)
_SHARES = re.compile(r"\s+(?:\w+\s+){0,2}?(to|for|per|each|a)\b[^.;:\d]{0,80}?(?:,|\band|\bor)\s+", re.IGNORECASE)


def _as_money(figure: Figure, unit: str) -> Figure:
    measure = figure.measure
    assert measure is not None
    if measures.label(measure.value.code) not in _MONEY:
        measure = Reading(Measure("money", "", None), figure.number.anchor, BY)
    elif measure.value.population is not None:
        measure = replace(measure, value=replace(measure.value, population=None))
    number = replace(figure.number, value=replace(figure.number.value, unit=unit))
    changes = figure.kind is Kind.CHANGE  # "8.2 million more than in 2023"
    kind, direction = (figure.kind, figure.direction) if changes else (Kind.MONEY, None)
    return replace(figure, number=number, kind=kind, measure=measure, direction=direction)


def _has_sign(text: str, span: Span) -> bool:
    """Say whether the number's own words name its currency: "€4.1 million"."""
    return _LETTERS.search(span.of(text)) is not None or any(not (c.isalnum() or c in " .,-–") for c in span.of(text))


def _answered(text: str, words: Words, figure: Figure, opens: int, before: Sequence[tuple[int, Figure]]) -> Figure:
    """Return a number that is put for "the figure" with what the figure before it counts.

    opens  where its sentence begins.  before  figures of the sentences before, each with its sentence's number.
    """
    span = figure.number.anchor.span
    if figure.kind not in _COUNTS or figure.measure is None or not _alone(words, span):
        return figure
    start = min(span.start, figure.hedge.span.start) if figure.hedge else span.start
    named = figure.what is not None and figure.what.span.start >= opens and not _VOID.match(figure.what.quote)
    if named or not _PUT.search(text[max(0, start - 60) : start]):
        return figure
    entry, said = measures.measure(figure.measure.value.code), figure.measure.anchor.span
    if entry is not None and entry.rank >= 3 and said.start >= opens and said != span:
        return figure  # its own sentence says what is counted
    counts = [(at, one) for at, one in before if one.kind in _COUNTS and one.measure is not None]
    nearest = [one for at, one in counts if at == counts[-1][0]]
    if not nearest or len({(one.measure and one.measure.value.code, one.number.value.unit) for one in nearest}) != 1:
        return figure
    whole = nearest[0]
    assert whole.measure is not None
    number = replace(figure.number, value=replace(figure.number.value, unit=whole.number.value.unit))
    measure = Reading(whole.measure.value, whole.measure.anchor, BY)
    return replace(figure, number=number, measure=measure, kind=whole.kind)
