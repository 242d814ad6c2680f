"""On which day what stands somewhere was said: "told reporters on Wednesday" dates the words around it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from counterfoil.reading.timewords import lexicon
from counterfoil.spans import Span

AGE_DAYS = 7  # an older "said on Tuesday" tells a story and dates nothing else
_REACH = 500  # code points: an utterance's day holds for what stands this near, in its paragraph
_DAY_RULES = ("weekday", "date", "day", "numeric", "day-of-month")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s|\n")

Said = Sequence[tuple[Span, date | None]]  # each expression, with its day if an utterance is dated by it


def day_said(text: str, span: Span, rule: str, first: date | None, last: date | None) -> date | None:
    """Return the day that the expression at `span` gives to an utterance; None where it gives none."""
    if first is None or first != last or rule not in _DAY_RULES:
        return None
    known = lexicon()
    before = text[max(0, span.start - 60) : span.start].lower().replace(",", " ").split()
    while before and before[-1] in ("late", "early", "that", "here"):
        before.pop()
    if before and before[-1] in known.cues:
        return first
    after = text[span.end : span.end + 30].lower().lstrip(" ,").split(maxsplit=1)
    return first if after and after[0].rstrip(".,;:") in known.cue_verbs else None


def around(text: str, span: Span, said: Said, before: int, after: int) -> date | None:
    """Return the day of the utterance around `span`: of its sentence, else the last in its paragraph before it.

    before, after  the expressions before index `before`, and those from index `after` on.
    """
    for other, day in said[after : after + 3]:
        between = text[span.end : min(other.start, span.end + _REACH + 1)]
        if len(between) > _REACH or _SENTENCE_END.search(between):
            break
        if day:
            return day
    for other, day in reversed(said[max(0, before - 6) : before]):
        if span.start - other.end > _REACH or "\n" in text[other.end : span.start]:
            break
        if day:
            return day
    return None


def days(text: str, spans: Sequence[Span], said: Said, published: date | None) -> tuple[date | None, ...]:
    """Return for each span the day of the utterance that it stands in; else the day of publication."""
    starts = [other.start for other, _ in said]
    found = []
    for span in spans:
        place = bisect_left(starts, span.start)
        day = around(text, span, said, place, place)
        found.append(day if day and recent(day, published) else published)
    return tuple(found)


def recent(day: date, published: date | None) -> bool:
    """Say whether an utterance of that day may be news at publication."""
    return published is None or 0 <= (published - day).days <= AGE_DAYS
