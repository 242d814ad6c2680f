"""Parts of those counted before, and who accounts for a share: "Of them, 34 were minors", "Women made up 60 per cent".

The part is who the figure counts (its population); what is counted comes from the whole. Where the words before name
several wholes, nothing is taken over.
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

BY = "portions.part@1"
BACK = 2  # sentences back in which the whole of "of them" stands
REACH = 120  # code points before a share in which its subject begins
_GROUPS = {  # what a group is named by: the label of its measure
    "dead": "killed", "killed": "killed", "fatalities": "killed", "slain": "killed",
    "injured": "injured", "wounded": "injured", "hurt": "injured",
    "arrested": "detained", "detained": "detained", "detainees": "detained",
    "missing": "missing", "displaced": "displaced", "deported": "deported", "rescued": "rescued",
    "infected": "infected", "evacuated": "evacuated",
}  # fmt: skip
_OF = re.compile(
    rf"(?:\A|[;:,]\s+)(?:of|among)\s+(?:(?P<all>them|these|those|whom)(?:\s+(?P<which>{'|'.join(_GROUPS)}))?"
    rf"|the\s+(?P<group>{'|'.join(_GROUPS)})),?\s+\Z",
    re.IGNORECASE,
)
_WERE = re.compile(r"\s+(?:were|are|was|is)\s+")
_SHARE = re.compile(
    r"\b(?:account(?:s|ed|ing)?\s+for|ma(?:de|kes?|king)\s+up|compris(?:es?|ed|ing)|constitut(?:es?|ed|ing)"
    r"|represent(?:s|ed|ing)?|form(?:s|ed|ing)?)\s+(?:(?:now|only|just|already|together)\s+)?\Z",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\s+of\b")
_OPENS = re.compile(r"[;:]\s+|,\s+|\b(?:that|while|whereas|but|as)\s+", re.IGNORECASE)
_AUXILIARIES = frozenset("have has had now still also together already alone currently".split())
_NO_SUBJECT = frozenset(["VBD", "VBZ", "VBP", "VB", "MD", "PRP", "WP", "WDT", "CD", "EX"])
LONGEST = 10  # words of a subject
_ENDS = frozenset([".", ",", ";", "CC", ")", '"', "”", ":"])


def told(document: Document, words: Words, sentences: Sequence[Span], figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the figures; one of a part says of whom it tells, and takes the measure of the whole that it leans on."""
    ends = [sentence.end for sentence in sentences]
    before: list[tuple[int, Figure]] = []
    for figure in figures:
        number = figure.number.anchor.span
        index = min(bisect_right(ends, number.start), len(ends) - 1)
        sentence = sentences[index]
        if figure.kind is Kind.SHARE and figure.measure is not None:
            part = _subject(document.text, words, figure, sentence)
            if part is not None:
                measure = replace(figure.measure.value, population=part.of(document.text))
                figure = replace(figure, measure=replace(figure.measure, value=measure))
        elif figure.kind in (Kind.STOCK, Kind.FLOW):
            asked = _group(document.text, words, figure, sentence)
            if asked is not None:
                near = before[bisect_left(before, index - BACK, key=_sentence) :]
                whole = _whole([one for _, one in near], asked[0], sentence)
                figure = _part(figure, whole, asked[1].of(document.text)) if whole is not None else figure
        before.append((index, figure))
        yield figure


def _sentence(one: tuple[int, Figure]) -> int:
    return one[0]


def _start(figure: Figure) -> int:
    number = figure.number.anchor.span.start
    return min(number, figure.hedge.span.start) if figure.hedge else number


def _group(text: str, words: Words, figure: Figure, sentence: Span) -> tuple[str, Span] | None:
    """Return of whom a part is told, as a label or "" for those counted last, and the words that name the part."""
    opening = _OF.search(text[max(sentence.start, _start(figure) - 60) : _start(figure)])
    were = _WERE.match(text, figure.number.anchor.span.end, sentence.end)
    if opening is None or were is None:
        return None
    first = last = words.at(were.end())
    while last < len(words.tags) and words.tags[last] in ("JJ", "NN", "NNS", "NNP", "VBN", "-", "DT"):
        last += 1
    ended = last >= len(words.tags) or words.tags[last] in _ENDS or words.starts[last] >= sentence.end
    if not ended or last == first or words.tags[last - 1] != "NNS" or words.ends[last - 1] > sentence.end:
        return None  # "were released" and "were fatal" tell what befell them, and name nobody
    part = Span(words.starts[first], words.ends[last - 1])
    if not measures.people(text, part, sentence):
        return None
    name = opening["group"] or opening["which"]
    return (_GROUPS[name.lower()] if name else ""), part


def _whole(before: Sequence[Figure], label: str, sentence: Span) -> Figure | None:
    """Return the figure that counts the whole: the only one of that label, else the only one of people before."""
    counts = [
        one
        for one in before
        if one.kind in (Kind.STOCK, Kind.FLOW) and one.number.value.unit == "person" and one.measure is not None
    ]
    if label:
        counts = [one for one in counts if one.measure and measures.label(one.measure.value.code) == label]
        return counts[0] if len(counts) == 1 else None
    earlier = [one for one in counts if one.number.anchor.span.start < sentence.start]
    return earlier[0] if len(earlier) == 1 else None


def _part(figure: Figure, whole: Figure, part: str) -> Figure:
    """Return a figure as the part of a whole: its measure, kind and, where none is told, its time and place."""
    assert whole.measure is not None
    measure = Reading(Measure(whole.measure.value.code, whole.measure.value.term, part), whole.measure.anchor, BY)
    carried = [name for name in figure.carried if getattr(figure, name) is not None]
    for name in ("period", "place"):
        if getattr(figure, name) is None and getattr(whole, name) is not None:
            carried.append(name)
    return replace(
        figure,
        number=replace(figure.number, value=replace(figure.number.value, unit="person")),
        kind=whole.kind,
        measure=measure,
        period=figure.period or whole.period,
        place=figure.place or whole.place,
        origin=figure.origin or whole.origin,
        destination=figure.destination or whole.destination,
        carried=tuple(dict.fromkeys(carried)),
        cause=figure.cause or whole.cause,
    )


def _subject(text: str, words: Words, figure: Figure, sentence: Span) -> Span | None:
    """Return the people who account for a share of others: the whole subject of "made up 60 per cent of"."""
    number = figure.number.anchor.span
    verb = _SHARE.search(text[max(sentence.start, _start(figure) - 40) : _start(figure)])
    if verb is None or not _WHOLE.match(text, number.end):
        return None
    stop = max(sentence.start, _start(figure) - 40) + verb.start()
    low = max(sentence.start, stop - REACH)
    openings = [match.end() for match in _OPENS.finditer(text, low, stop)]
    start = openings[-1] if openings else sentence.start
    if start < low:
        return None
    first, last = words.at(start), words.at(stop)
    while last > first and words.lower[last - 1] in _AUXILIARIES:
        last -= 1
    if not 0 < last - first <= LONGEST or not _NO_SUBJECT.isdisjoint(words.tags[first:last]):
        return None
    while first < last - 1 and words.tags[first] in ("DT", "RB", "CC"):
        first += 1
    part = Span(words.starts[first], words.ends[last - 1])
    return part if measures.people(text, part, sentence) else None
