"""Words that restrict nothing where they stand, by their kind; elsewhere the same words may restrict, and stay.

Each function returns stretches of the sentence with the words that are harmless within them. Pure.
"""

import re
from collections.abc import Iterable, Sequence

from counterfoil.comparing import axes
from counterfoil.reading.model import Figure, Kind
from counterfoil.reading.places import lookup
from counterfoil.spans import Span

Harmless = tuple[int, int, frozenset[str]]  # first and last code point, and the words in lower case

_COUNTS = (Kind.FLOW, Kind.STOCK)
_MERE = re.compile(r"\b(?:only|just|merely|(?:a\s+)?mere)\s+$", re.IGNORECASE)
_TOLD_ON = frozenset("today yesterday tonight also earlier again recently now later".split())
_NEXT = re.compile(r"\s*(?P<word>[a-z]+)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?P<word>[a-z]+)\s*$", re.IGNORECASE)
_FISCAL = frozenset({"fiscal", "financial", "fy", "budget"})
_WHEN = re.compile(r"\s*,?\s*(?P<word>when)\b", re.IGNORECASE)
_STATUS = re.compile(
    r"\b(?:grant(?:s|ed|ing)?|g(?:ave|iven|ive)|receiv(?:ed|es|ing)|award(?:ed|s)?|recogni[sz](?:ed|es))\b"
    r"(?=\s+(?:\w+\s+){0,3}(?:status|asylum|protection|refugees?)\b)|\b(?:refugee|asylum|protection)\s+status\b",
    re.IGNORECASE,
)
_STATUS_CODES = frozenset({"refugees", "asylum_granted", "recognised"})
_INCLUDING = re.compile(r"\b(?:including|among\s+them)\b", re.IGNORECASE)
_WORD = re.compile(r"\s*(?P<word>[^\W_]+(?:[-'’][^\W_]+)*)")
_ENDS = (",", ".", ";", ")", "–", "—", "")
_JOINING = frozenset("and or both many several some women men girls boys".split())
_MOVES = (
    r"(?:up|down|fell|falls?|fallen|falling|rose|rises?|risen|rising|grew|grown|growing|drop(?:s|ped|ping)?"
    r"|declin(?:es|ed|ing)|decreas(?:es|ed|ing)|increas(?:es|ed|ing)|jump(?:s|ed|ing)?|surg(?:es|ed|ing)"
    r"|climb(?:s|ed|ing)?|soar(?:s|ed|ing)?|shrank|shrunk|went|rise|fall|increase|decrease|decline|jump|drop|surge)"
)
_MOVED = re.compile(
    rf"\b{_MOVES}(?:\s+(?:up|down|sharply|steeply|slightly|again|further))*\s+(?:from|to|at)\s+$", re.IGNORECASE
)
_LEADS = re.compile(r"\b(?:from|to|at)\s+$", re.IGNORECASE)
_MOVE_WORDS = frozenset(
    "up down fell fall falls fallen falling rose rise rises risen rising grew grown growing drop drops dropped "
    "dropping decline declines declined declining decrease decreases decreased decreasing increase increases "
    "increased increasing jump jumps jumped jumping surge surges surged surging climb climbs climbed climbing "
    "soar soars soared soaring shrank shrunk went sharply steeply slightly again further from to at by a an the "
    "percent per cent pc".split()
)


def stretches(
    text: str, sentence: Span, figure: Figure, others: Sequence[Figure], cues: Iterable[Span]
) -> tuple[Harmless, ...]:
    """Return where in the sentence which words restrict nothing about the figure.

    cues  of the statements around it: "said", "recorded".
    """
    found = [*_mere(text, sentence, figure), *_times(text, sentence, figure), *_day_of_speech(text, sentence, cues)]
    found += [*_places(text, sentence, figure), *_status(text, sentence, figure), *_included(text, sentence, figure)]
    for one in (figure, *others):  # "448 in 2021, up from 409 in 2020": said of either, it restricts neither
        if _same_level(one, figure):
            found += _moves(text, sentence, one, tuple(o for o in (figure, *others) if o is not one))
    return tuple(found)


def _same_level(one: Figure, other: Figure) -> bool:
    if one.kind not in _COUNTS or other.kind not in _COUNTS or one.measure is None or other.measure is None:
        return False
    return one.measure.value.code == other.measure.value.code


def _mere(text: str, sentence: Span, figure: Figure) -> list[Harmless]:
    """Find "only 400", "a mere 400": the writer finds it few. "Only children" stays."""
    anchors = [anchor.span.start for anchor in (figure.number.anchor, figure.hedge) if anchor is not None]
    found: list[Harmless] = []
    for begins in anchors:
        m = _MERE.search(text, sentence.start, begins)
        if m is not None and m.end() == begins:
            found.append((m.start(), begins, frozenset({"only", "just", "merely", "mere"})))
    return found


def _times(text: str, sentence: Span, figure: Figure) -> list[Harmless]:
    """Find "fiscal" where its window is no calendar year; "when" behind the figure's own time, which it takes up."""
    found: list[Harmless] = []
    for reading in (figure.period, figure.baseline):
        if reading is None:
            continue
        span, first = reading.anchor.span, reading.value.first
        if first is not None and (first.month, first.day) != (1, 1):
            found.append((span.start, span.end, _FISCAL))
        m = _WHEN.match(text, span.end, max(span.end, sentence.end))
        if m is not None:
            found.append((*m.span("word"), frozenset({"when"})))
    return found


def _day_of_speech(text: str, sentence: Span, cues: Iterable[Span]) -> list[Harmless]:
    """Find "UNHCR today said": the day of the words, not of what they tell."""
    found: list[Harmless] = []
    for cue in cues:
        before, after = _LAST.search(text, sentence.start, cue.start), _NEXT.match(text, cue.end)
        for m in (before, after):
            if m is not None and m["word"].casefold() in _TOLD_ON:
                found.append((*m.span("word"), _TOLD_ON))
    return found


def _places(text: str, sentence: Span, figure: Figure) -> list[Harmless]:
    """The figure's own country by another of its names, or its people's name: "the UK", "Congo-Brazzaville"."""
    place = figure.place
    if place is None or place.value.level != "country" or place.value.country is None:
        return []
    country = place.value.country
    found: list[Harmless] = []
    for m in _NAME.finditer(text, sentence.start, sentence.end):
        whole = m.group().removeprefix("The ").strip()
        for words in dict.fromkeys((whole, *_NAME_PART.findall(whole))):
            at = m.start() + m.group().index(words)
            named = [one for one in lookup(words) if one.level == "country"]
            own = len(named) == 1 and named[0].country == country
            if own or axes.restricted(words) == frozenset({country}):
                parts = frozenset(part.casefold() for part in re.findall(r"[^\W_]+", words))
                found.append((at, at + len(words), parts))
    return found


_NAME = re.compile(r"\b[A-Z][^\W\d_]*(?:[- ](?:of |the |and )?[A-Z][^\W\d_]*)*")
_NAME_PART = re.compile(r"[A-Z][^\W\d_]*(?:-[A-Z][^\W\d_]*)*")


def _status(text: str, sentence: Span, figure: Figure) -> list[Harmless]:
    """Find how people become those who are counted: "granted refugee status". "Granted work permits" restricts."""
    code = figure.measure.value.code if figure.measure is not None else ""
    if figure.kind is not Kind.FLOW or code not in _STATUS_CODES:
        return []
    words = frozenset("refugee asylum protection status".split())
    return [(*m.span(), words | {m.group().casefold()}) for m in _STATUS.finditer(text, sentence.start, sentence.end)]


def _included(text: str, sentence: Span, figure: Figure) -> list[Harmless]:
    """Find "including women and children", of a count of all people: they are among them in the record too."""
    measure = figure.measure
    if measure is None or figure.number.value.unit != "person" or axes.restricted(measure.value.population or ""):
        return []
    classes = axes.classes() | _JOINING
    found: list[Harmless] = []
    for m in _INCLUDING.finditer(text, figure.number.anchor.span.end, sentence.end):
        end, words = m.end(), {"including", "among", "them"}
        while (word := _WORD.match(text, end, sentence.end)) and word["word"].casefold() in classes:
            end = word.end()
            words.add(word["word"].casefold())
        if end > m.end() and text[end : end + 1] in _ENDS:
            found.append((m.start(), end, frozenset(words)))
    return found


def _moves(text: str, sentence: Span, figure: Figure, others: Sequence[Figure]) -> list[Harmless]:
    """Find "fell from 90 in 2022 to 70 in 2023", "up from 90 in 2022": how one came from another restricts neither.

    Only where the figure's own time stands beside it, or there is no second level whose time could be taken for it.
    """
    if figure.kind not in _COUNTS or figure.measure is None:
        return []
    begins = min(a.span.start for a in (figure.number.anchor, figure.hedge) if a is not None)
    led = _LEADS.search(text, sentence.start, begins)
    if led is None or led.end() != begins:
        return []
    levels = [o.number.anchor.span for o in others if _same_level(o, figure)]
    if levels and not _own_time(figure, levels, sentence):
        return []
    changes = [o for o in others if o.kind is Kind.CHANGE and _end(o) <= led.start()]
    change = next((o for o in changes if not text[_end(o) : led.start()].strip()), None)
    if change is not None:  # "down 9 percent from 7,837", "rose by 30 percent to 389"
        start = max([sentence.start, *(span.end for span in levels if span.end <= change.number.anchor.span.start)])
        number = change.number.anchor.span
        digits = frozenset(re.findall(r"[^\W_]+(?:[.,][^\W_]+)*", text[number.start : number.end].casefold()))
        return [(start, begins, _MOVE_WORDS), (number.start, number.end, digits)]
    moved = _MOVED.search(text, sentence.start, begins)
    if moved is not None:
        return [(moved.start(), begins, _MOVE_WORDS)]
    before = [span for span in levels if span.end <= begins]
    if before and led.group().strip().casefold() == "to":
        first = min(before)  # "fell from 90 in 2022 to 70 in 2023"
        moved = _MOVED.search(text, sentence.start, first.start)
        if moved is not None:
            return [(moved.start(), first.start, _MOVE_WORDS)]
    return []


def _end(figure: Figure) -> int:
    return figure.number.anchor.span.end


def _own_time(figure: Figure, levels: Sequence[Span], sentence: Span) -> bool:
    """Say whether the figure's period stands between its number and the next level, or the sentence's end."""
    if figure.period is None or "period" in figure.carried:
        return False
    number = figure.number.anchor.span
    after = min([sentence.end, *(span.start for span in levels if span.start >= number.end)])
    return number.end <= figure.period.anchor.span.start < after
