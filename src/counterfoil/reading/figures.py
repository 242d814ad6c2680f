"""What a number's figure is chosen from: the words, times and places near it, and what an engine chose.

`roles` says which words belong to which number; nothing here reads digits or dates.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from counterfoil.documents.model import Document
from counterfoil.reading import (
    chunks,
    periods,
    places,
    roles,
)
from counterfoil.reading.model import (
    Certainty,
    Direction,
    Kind,
    Period,
    Place,
    Statement,
)
from counterfoil.reading.numbers import Number
from counterfoil.reading.periods import Time
from counterfoil.reading.places import Mention
from counterfoil.reading.roles import EARLIER, NOBODY, Last, Line, Near, Seat, Setting
from counterfoil.reading.words import Words
from counterfoil.spans import Skipped, Span

# What a change or a comparison is compared with; counted over the `base` labels of the train articles, where
# these openings are four fifths. "from" and "against" need a number right behind them.
_STOP = r"(?=,(?!\d)|[;:()”\"]|\.(?!\d)|$"
BASE = re.compile(
    r"\bfrom (?:(?:a|an|the|some|about|around|just|only|over|nearly|previous|peak of) ){0,3}"
    rf"[\d$£€](?:[^,;.:()]|[.,](?=\d))*?{_STOP}| to\b)"
    r"|\b(?:compared (?:with|to)|against|than|relative to|over the same"
    r"|as (?:(?:many|much|high) )?(?:as )?(?:in|a year|the year|one year)) "
    rf"(?:[^,;:()”\"]|,(?=\d)){{2,90}}?{_STOP}| and | according )"
)
BASE_REACH = 200  # code points on either side in which it is looked for
ALONE = 2  # other words on the line of a day that stands alone: "Updated", "GMT"
HEAD = 400  # code points in which a dateline or byline may stand
# "KABUL, 8 May 2024 (Wire) —" or a line with nothing but a day tells when the article was written, not when
# what it counts took place.
DATELINE = re.compile(r"[^\n.!?;]{0,110}?(?:\s[—–-]{1,2}\s|\)\s{0,2}[—–-])")
# A sentence of a script that a page's text was saved with: "var x = 12; }", "$(this).delay(300)".
HINT = re.compile(r"[{}]|\bvar \w+ ?=|[\w)]\.\w+\(")
CODE = re.compile(
    r"\b(?:var|let|const) \w+\s*=|\bfunction\s*\w*\(|[;{}]\s*[}]|[)]\s*[{;]|[{]\s*[\w\"'-]+\s*:|=>\s*[{(]"
    r"|[\w)]\.\w+\([^)\n]*\)[.;]"
)
LINE = re.compile(r"[^\n]+")


class Spanned(Protocol):
    """Something that stands in the text."""

    @property
    def span(self) -> Span: ...


S = TypeVar("S", bound=Spanned)


@dataclass(frozen=True, slots=True)
class Found:
    """All that the grammars found in one document, in text order."""

    document: Document
    words: Words
    sentences: Sequence[Span]
    numbers: Sequence[Number]
    times: Sequence[Time]
    mentions: Sequence[Mention]
    statements: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Written:
    """A stretch of the text."""

    span: Span


class Spread(Generic[S]):
    """Things with a span, in text order, found by where they begin."""

    def __init__(self, things: Sequence[S]) -> None:
        self.things = things
        self.starts = [thing.span.start for thing in things]

    def inside(self, span: Span) -> Sequence[S]:
        """Return those that begin in the span."""
        return self.things[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]

    def covers(self, span: Span) -> bool:
        """Say whether the last one to begin before the span's end contains it; they do not overlap each other."""
        at = bisect_right(self.starts, span.start) - 1
        return at >= 0 and span in self.things[at].span


@dataclass(frozen=True, slots=True)
class Row:
    """One number on its seat, and the sentence around it."""

    number: Number
    seat: Seat
    line: Line


def seats(words: Words, sentences: Sequence[Span], numbers: Sequence[Number], times: Sequence[Time]) -> Iterator[Row]:
    """Yield the numbers with their sentences' phrases, in text order; numbers inside a time are left out."""
    ends = [s.end for s in sentences]
    rows: dict[int, list[Number]] = {}
    for number in numbers:
        rows.setdefault(min(bisect_right(ends, number.span.start), len(ends) - 1), []).append(number)
    when: dict[int, list[Time]] = {}
    for time in times:
        when.setdefault(bisect_right(ends, time.span.start), []).append(time)
    for index, group in rows.items():
        sentence = sentences[index]
        opens, closes = words.at(sentence.start), words.at(sentence.end - 1) + 1
        cut: dict[int, int] = {}
        for time in when.get(index, ()):
            cut[words.at(time.span.start)] = words.at(time.span.end - 1) + 1
        taken = []
        for number in group:
            first, last = words.at(number.span.start), words.at(number.span.end - 1) + 1
            if number.unit_words is not None and number.shape != "money":
                last = max(last, words.at(number.unit_words.end - 1) + 1)
            cut[first] = last
            taken.append((number, first, last))
        runs = chunks.find(words, opens, closes, cut)
        line = Line(words, index, opens, closes, runs, {first: last for _, first, last in taken})
        for number, first, last in taken:
            yield Row(number, Seat(first, last, number.shape), line)


def time_settings(words: Words, sentences: Sequence[Span], times: Sequence[Time]) -> dict[Setting, Time]:
    """Return the times as settings, in text order, without those of the dateline."""
    ends = [s.end for s in sentences]
    return {
        Setting(
            words.at(t.span.start),
            words.at(t.span.end - 1) + 1,
            bisect_right(ends, t.span.start),
            t.by.partition("@")[0].rpartition(".")[2],
        ): t
        for t in times
        if t.span.end > HEAD or not _is_dateline(words.text, t.span)
    }


def _is_dateline(text: str, span: Span) -> bool:
    """Say whether a day stands before the dash that opens the report, or all but alone on a line at its head."""
    opens = text.rfind("\n", 0, span.start) + 1
    closes = text.find("\n", span.end)
    around = text[opens : span.start] + text[span.end : closes if closes >= 0 else len(text)]
    dash = DATELINE.match(text, opens)
    return (dash is not None and dash.end() >= span.end) or len(around.split()) <= ALONE


def place_settings(words: Words, sentences: Sequence[Span], mentions: Sequence[Mention]) -> dict[Setting, Mention]:
    """Return the places as settings, in text order."""
    ends = [s.end for s in sentences]
    return {
        Setting(
            words.at(m.span.start),
            words.at(m.span.end - 1) + 1,
            bisect_right(ends, m.span.start),
            m.role if m.role != "place" else m.place.level.replace("admin2", "city"),
        ): m
        for m in mentions
    }


@dataclass(frozen=True, slots=True)
class Labels:
    """What an engine reads of a number by itself, in place of the rules.

    kind       None where the rules are to say.
    concept    of the label format, "" where the rules are to say; their finer code stands where it means the same.
    unit       of the label format, "" where the rules are to say.
    direction  of a change, None for what is none.
    """

    kind: Kind | None
    concept: str
    unit: str
    direction: Direction | None
    by: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What an engine chose for one number: the words of each role, and labels where it reads them itself.

    time, place  with what their words mean; made by the engine where no grammar knows the words.
    carried      which of "period" and "place" stand in another sentence.
    certainty    how probable the engine holds each answer, if it can tell.
    """

    what: Span | None
    event: Span | None
    time: Time | None
    place: Mention | None
    base: Span | None
    carried: tuple[str, ...]
    labels: Labels | None = None
    certainty: tuple[Certainty, ...] = ()


def candidates(found: Found) -> tuple[tuple[Number, ...], tuple[Skipped, ...]]:
    """Return the numbers that may be figures, and those that only say when, with the reason."""
    text = found.document.text
    dated = Spread(found.times)
    code = Spread(_code(text))
    kept: list[Number] = []
    skipped: list[Skipped] = []
    for number in found.numbers:
        if code.covers(number.span):
            skipped.append(Skipped(number.span.of(text), "code left in the text", number.span))
        elif dated.covers(number.span):
            skipped.append(Skipped(number.span.of(text), "the time of another figure", number.span))
        else:
            kept.append(number)
    return tuple(kept), tuple(skipped)


def _code(text: str) -> list[Written]:
    """Return what a script left in the text: from its first sign on a line to the last bracket or semicolon there."""
    if not HINT.search(text):
        return []
    found = []
    for line in LINE.finditer(text):
        sign = CODE.search(text, line.start(), line.end())
        if sign is not None:
            end = max(text.rfind(mark, sign.start(), line.end()) for mark in "};)") + 1
            found.append(Written(Span(sign.start(), max(sign.end(), end))))
    return found


def choose(found: Found, kept: Sequence[Number]) -> list[Choice]:
    """Return what the learnt weights of `roles` choose for each number, in order."""
    text, words = found.document.text, found.words
    times = time_settings(words, found.sentences, found.times)
    spots = place_settings(words, found.sentences, found.mentions)
    before = {"what": roles.NOTHING, "event": roles.NOTHING}
    last: dict[str, Span | None] = {"what": None, "event": None}
    time: Setting | None = None
    place: Setting | None = None
    when, where = Near(tuple(times)), Near(tuple(spots))
    made: list[Choice] = []
    for row in seats(words, found.sentences, kept, found.times):
        seat, line = row.seat, row.line
        change = roles.changed(seat, line)
        what = _words(words, change[0] if change else roles.choose(seat, line, "what", before["what"]), last["what"])
        counted = _tokens(words, what)
        act = change[1] if change else roles.choose(seat, line, "event", before["event"], counted)
        event = _words(words, act, last["event"])
        happened = _tokens(words, event)
        for role, span, tokens in (("what", what, counted), ("event", event, happened)):
            before[role] = Last(*tokens, line.index, seat.first)
            last[role] = span or last[role]
        time = roles.settle(seat, line, when, time, "time", happened)
        place = roles.settle(seat, line, where, place, "place", happened)
        if place is not None and what is not None and spots[place].role == "demonym" and spots[place].span in what:
            place = None  # "15 Afghan nationals": who they are, not where
        made.append(
            Choice(
                what,
                event,
                times[time] if time else None,
                spots[place] if place else None,
                _base(text, row.number, found.sentences[line.index], row, words),
                tuple(
                    name
                    for name, setting in (("period", time), ("place", place))
                    if setting is not None and setting.sentence != line.index
                ),
            )
        )
    return made


def time_at(found: Found, span: Span | None, said_on: date | None) -> Time | None:
    """Return the time that the grammar reads in these words; without days, and why, where it reads none."""
    if span is None:
        return None
    times = across(found.times, span)
    if times:
        return max(times, key=lambda time: shared(time.span, span))
    period = periods.resolve(span.of(found.document.text), said_on) if said_on else Period.unknown(UNDATED)
    return Time(span, period, False, None, "periods.resolve@1")


def place_at(found: Found, span: Span | None) -> Mention | None:
    """Return the place that the grammar reads in these words; unknown, and why, where it reads none."""
    if span is None:
        return None
    mentions = across(found.mentions, span)
    if mentions:
        return max(mentions, key=lambda mention: shared(mention.span, span))
    words = span.of(found.document.text)
    capital = any(letter.isupper() for letter in words)
    known = places.lookup(words) if capital else ()  # "the airport" is no town of that name
    if not known and across(found.times, span):
        return None  # "in Q1 and Q2" is a time
    if len(known) == 1:
        return Mention(span, known[0], "place", "places.lookup@1")
    reason = "several places have this name" if known else "no place that the gazetteer knows"
    return Mention(span, Place(words, reason=reason), "place", "places.lookup@1")


def across(things: Sequence[S], span: Span) -> Sequence[S]:
    """Return those that share a code point with the span, of things in text order that share none with each other."""
    first = bisect_right(things, span.start, key=lambda thing: thing.span.end)
    return things[first : bisect_left(things, span.end, key=lambda thing: thing.span.start)]


def shared(one: Span, other: Span) -> int:
    """Return how many code points two overlapping spans share."""
    return min(one.end, other.end) - max(one.start, other.start)


UNDATED = "the day of publication is not known"


def _words(words: Words, chosen: tuple[int, int], earlier: Span | None) -> Span | None:
    if chosen == NOBODY:
        return None
    if chosen == EARLIER:
        return earlier
    return Span(words.starts[chosen[0]], words.ends[chosen[1] - 1])


def _tokens(words: Words, span: Span | None) -> tuple[int, int]:
    return (words.at(span.start), words.at(span.end - 1) + 1) if span else NOBODY


def _base(text: str, number: Number, sentence: Span, row: Row, words: Words) -> Span | None:
    """Return the words that the number is compared with: right behind it, or "from 450" right before it."""
    beginnings = row.line.beginnings
    own = bisect_left(beginnings, row.seat.first)
    close = words.starts[beginnings[own + 1]] if own + 1 < len(beginnings) else sentence.end
    match = BASE.search(text, number.span.end, min(sentence.end, close + BASE_REACH))
    if match and match.start() <= close:
        return Span(match.start(), match.end())
    early = max(sentence.start, number.span.start - BASE_REACH)
    if own and (match := BASE.search(text, early, number.span.start)) and match.group().startswith("from"):
        gap = text[match.end() : number.span.start]
        if gap.strip() in ("to", "to about", "to around", "to over", "to nearly", "to some", "to just", "to more than"):
            return Span(match.start(), match.end())
    return None
