"""Which of its sentence's times is a number's own: that of its clause, not of the next number's, nor of the telling.

"In 2020 fires killed 31, and 44 in 2018": each has its year. "Told parliament last week that 40 had died": they died at
a time that is not told.
"""

import re
from collections.abc import Sequence

from counterfoil.reading.cues import cues
from counterfoil.reading.model import Statement
from counterfoil.reading.numbers import Number
from counterfoil.reading.periods import Time
from counterfoil.spans import Span

_WHEN = re.compile(r"(?:in|on|during) ")
# What stands between an opening time and the number of its clause begins no other clause.
_OTHER_CLAUSE = re.compile(
    r"[.;:]|\b(?:after|before|when|that|which|who|since|while|as|because|where|said|says|told|if|until)\b",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"(?:as of|as at|by|until|up to|so far|since)\b", re.IGNORECASE)
_OVER = re.compile(r"\bhad\b", re.IGNORECASE)
_SOURCE_NEXT = re.compile(r"[\s,]*(?:the |a |an )?\Z", re.IGNORECASE)


def own_time(
    text: str,
    number: Span,
    time: Time | None,
    *,
    sentence: Span,
    times: Sequence[Time],
    numbers: Sequence[Number],
    said: Statement | None,
) -> Time | None:
    """Return the time that the number's own clause gives it, in place of the one chosen; None where that is another's.

    times, numbers  of the sentence, in text order.
    said            the innermost statement that holds the number.
    """
    if time is None:
        return None
    behind = next((one for one in times if number.end <= one.span.start < number.end + 2), None)
    if behind is not None and not behind.span.overlaps(time.span):
        own = not text[number.end : behind.span.start].strip() and _WHEN.match(text, behind.span.start)
        if own and behind.period.first is not None:
            return behind  # "5.2% in 2025, after 4.6% in 2024"
    if time.span not in sentence:
        return time
    if said is not None and _of_the_telling(text, time, said):
        inside = [one for one in times if any(one.span in piece.span for piece in said.content)]
        alone = len(inside) == 1 and not _between(numbers, number, inside[0].span)
        return inside[0] if alone and inside[0].period.first is not None else None
    return _of_its_clause(text, number, time, sentence, times, numbers, said) or time


def _of_the_telling(text: str, time: Time, said: Statement) -> bool:
    """Say whether a time dates the telling alone: it stands between who tells and what is told, or before the teller.

    A day does so only where what is told was over by then ("said on Monday that 40 had died"): the labels of train take
    it for that of the happening elsewhere. "As of Monday" and "by Monday" are the number's.
    """
    if said.cue is None or not said.content or any(time.span.overlaps(piece.span) for piece in said.content):
        return False
    first, last, cue, content = time.period.first, time.period.last, said.cue.span, said.content[0].span
    if _UP_TO.match(text, time.span.start) or first is None or last is None:
        return False
    that = text[time.span.end :].lstrip(" ,").startswith("that ")
    if (
        cue.end <= time.span.start
        and time.span.end <= content.start
        and (that or text.startswith("that ", content.start))
    ):
        return first != last or _OVER.search(content.of(text)) is not None
    if said.source is None or time.span.end > said.source.span.start or cue.start > content.start:
        return False
    if not _OVER.search(content.of(text)) and not text[cue.end : content.start + 5].lstrip().startswith("that "):
        known = (cues().forms.get(word.lower()) for word in cue.of(text).split())
        if any(one is not None and "figure" in one.cue.frames for one in known):
            return False  # "In 2023 police counted 271 attacks": they counted those of 2023
    return first != last and _SOURCE_NEXT.fullmatch(text, time.span.end, said.source.span.start) is not None


def _between(numbers: Sequence[Number], one: Span, other: Span) -> bool:
    """Say whether another number stands between two spans."""
    first, last = (one, other) if one.start < other.start else (other, one)
    return any(first.end <= number.span.start and number.span.end <= last.start for number in numbers)


def _of_its_clause(
    text: str,
    number: Span,
    time: Time,
    sentence: Span,
    times: Sequence[Time],
    numbers: Sequence[Number],
    said: Statement | None,
) -> Time | None:
    """Return the time that opens the number's clause, where the one chosen stands behind a later number.

    None where there is none, or the two times are not apart: "since 2015 fires killed 31, and 44 in 2018".
    """
    if time.span.start < number.end or not _between(numbers, number, time.span):
        return None
    last = max(one.span.end for one in numbers if one.span.end <= time.span.start)
    if "," in text[last : time.span.start]:
        return None  # "31 in Peru, and 44 in Chile, in 2018"
    before = [one for one in times if one.span.end <= number.start]
    if len(before) != 1 or _between(numbers, before[0].span, number):
        return None
    [opening] = before
    if _OTHER_CLAUSE.search(text, opening.span.end, number.start):
        return None
    if said is not None and said.content and not any(opening.span in piece.span for piece in said.content):
        return None
    a, b = opening.period, time.period
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    return opening if a.last < b.first or b.last < a.first else None
