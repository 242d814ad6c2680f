"""Days, times of day and ranges, without the preposition that stands before them.

"Monday night", "6 pm on Tuesday", "two days after the January 7 quake", "the week to Sunday", "5 May to 8 June".
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from counterfoil.reading.dates import (
    calendar_date,
    decade,
    holiday,
    lone_year,
    month_numbers,
    month_of_year,
    month_period,
    quarter,
    season,
)
from counterfoil.reading.days import PRECISION, Days, add_days, calendar_unit, day_of
from counterfoil.reading.model import Precision
from counterfoil.reading.parts import part
from counterfoil.reading.relatives import (
    NEAREST_WEEKDAY,
    day_like,
    deictic,
    fiscal_year,
    length_beside,
    moved_previous,
    named_before,
    named_week,
    relative_period,
    weekday,
)
from counterfoil.reading.timewords import DASHES, POSSESSIVE, Length, Read, Tokens

TO = ("to", "until", "till", "through", *DASHES)
_DEPTH = 3  # "two days after the week to Sunday": expressions that lean on one another
_YEARLESS = frozenset(("date", "month", "quarter", "season", "part", "day-of-month"))
_NO_NOUN = frozenset("and but or in at to for from on as with while".split())
_AHEAD = (("hence",), ("from", "now"), ("from", "today"), ("in", "the", "future"))
_ORDER = list(Precision)


def point(tokens: Tokens, i: int) -> Read | None:
    """Read a day or period without its preposition."""
    if tokens.depth == _DEPTH:
        return None
    if tokens.loose and (numbers := month_numbers(tokens, i)):
        return numbers
    tokens.depth += 1
    found = None
    for rule in _RULES:
        if found := rule(tokens, i):
            break
    tokens.depth -= 1
    return found


# -- counted from a day or an event


def counted(tokens: Tokens, i: int) -> Read | None:
    """Read "two weeks ago", "a year earlier", "two days after the January 7 quake", "the week to Sunday"."""
    words = tokens.words
    j = tokens.skip(i, "the", "some", "about", "nearly", "almost", "just", "around", "roughly")
    length = tokens.length(j)
    beside = length is not None and words[i] == "the"
    long = words[j] in ("quarter", "decade") and words[j + 1] in ("to", "ending", "ended")  # "a quarter of" is a part
    if length is None and (long or words[j] in ("day", "night", "week", "weekend", "month", "year")):
        length = tokens.one(j)
    if length is None:
        return None
    k, precision, today = length.end, PRECISION.get(length.unit.name, Precision.DAY), tokens.today
    word = words[k]
    if word == "ago":
        back = length.from_day(today, -1)
        reason = "counted back from the day of speaking" if back else f"how many {length.unit.name}s is not said"
        return Days(back, back, precision if back else Precision.UNKNOWN, "offset", reason, spoken=True), k + 1
    for phrase in _AHEAD:
        if tuple(words[k : k + len(phrase)]) == phrase:
            ahead, reason = length.from_day(today, 1), "counted on from the day of speaking"
            return Days(ahead, ahead, precision, "offset", reason, spoken=True), k + len(phrase)
    if word == "after" and words[after := tokens.skip(k + 1, "the")] == "next" and length.unit.base != "second":
        return calendar_unit(today, 2, length.unit.name), after + 1
    if word in ("before", "after", "from", "following", "prior"):
        way = -1 if word in ("before", "prior") else 1
        k = tokens.skip(k + 1, "to") if word == "prior" else k + 1
        if inner := point(tokens, k):
            return _counted_from(tokens, length, way, precision, inner)
        if way > 0 and (end := event_noun(tokens, k)):
            return Days.unknown("event", "counted from an event that no date is known for"), end
        if tokens.raw[k].isalpha() and words[k] not in _NO_NOUN:
            return Days.unknown("offset", "counted from something that no date is known for"), k
        if beside and word != "from" and (days := length_beside(tokens, j, way)):
            return days, k
        return (moved_previous(tokens, j, -1, precision), k) if word == "before" else None
    if word == "into" and (end := event_noun(tokens, k + 1)):
        return _into(tokens, length, k + 1, end)
    if word in ("earlier", "later"):
        return moved_previous(tokens, j, -1 if word == "earlier" else 1, precision), k + 1
    if word in ("to", "ending", "ended"):
        return _window_to(tokens, length, k + 1 if word == "to" else tokens.skip(k + 1, "in", "on"))
    return _window_to(tokens, length, k + 2) if word == "that" and words[k + 1] in ("ended", "ends") else None


def _counted_from(tokens: Tokens, length: Length, way: int, precision: Precision, inner: Read) -> Read | None:
    edge = inner[0].first if way < 0 else inner[0].last
    if edge is None:
        return None
    day = length.from_day(edge, way)
    days = Days(day, day, precision, "offset", "counted from the date beside it", fixed=inner[0].fixed)
    return days, noun_after(tokens, inner[1])


def _into(tokens: Tokens, length: Length, i: int, end: int) -> Read:
    """Read the rest of "600 days into the war": that day, where a table dates the event."""
    j = next((j for j in range(i, end) if tokens.named(j)), end)
    named = tokens.named(j) if j < end else None
    if named is None or named[0].first is None:
        return Days.unknown("event", "counted from an event that no date is known for"), end
    day = length.from_day(named[0].first, 1)
    precision = PRECISION.get(length.unit.name, Precision.DAY)
    return Days(day, day, precision, "offset", f"counted from {named[0].reason}", fixed=True), named[1]


def _window_to(tokens: Tokens, length: Length, i: int) -> Read | None:
    """Read the rest of "the week to Sunday", "the year ended 30 June", "the 24 hours to 6 a.m. on Monday"."""
    inner = timed(tokens, i)
    if inner is None or (last := inner[0].last) is None:
        return None
    after = add_days(last, 1) or last
    days = length.unit.base != "second"
    first = length.from_day(after if days else last, -1)
    if first is None:
        return None
    precision = PRECISION.get(length.unit.name, Precision.DAY)
    reason = "a length that ends on the day beside it"
    return Days(first, last, precision, "window", reason, window=True, fixed=inner[0].fixed), inner[1]


def noun_after(tokens: Tokens, i: int) -> int:
    """Pass over "'s explosion", "quake": the event that a day names."""
    j = tokens.skip(i, *POSSESSIVE)
    return j + 1 if tokens.words[j] in tokens.lexicon.event_nouns else i


def event_noun(tokens: Tokens, i: int) -> int | None:
    """Return the position after "the start of the war", "the quake": an event without a date of its own."""
    words, nouns, lead = tokens.words, tokens.lexicon.event_nouns, tokens.lexicon.event_lead
    j = i
    while words[j] in lead and words[j] not in nouns and j - i < 9:
        j += 1
    if words[j] not in nouns:
        # one proper or common word may stand between: "the Soviet invasion", "Turkish airstrikes"
        if not tokens.raw[j].isalpha() or words[j + 1] not in nouns:
            return None
        j += 1
    while words[j + 1] in nouns:
        j += 1
    return tokens.skip(j + 1, "began", "started", "commenced", "ended", "erupted")


# -- times of day


def timed(tokens: Tokens, i: int) -> Read | None:
    """Read a day with what part of it is meant: "Monday night", "6 pm on Tuesday", "the night of June 21"."""
    words = tokens.words
    j = tokens.skip(i, "the")
    part_of_day = words[j] in ("night", "morning", "evening", "afternoon", "eve")
    if part_of_day and words[j + 1] == "of":
        return day_like(tokens, j + 2)
    if words[j] == "early" and words[j + 1 : j + 3] == ["hours", "of"]:
        return day_like(tokens, j + 3)
    if (after := tokens.clock(j)) is not None:
        k = after
        while words[k] in ("on", ",", "of", "this"):
            k += 1
        inner = day_like(tokens, k)
        return _closed(tokens, inner) if inner else (_that_day(tokens), after)
    if words[j] in ("morning", "afternoon", "evening") and j > i and not tokens.loose:
        return _that_day(tokens), j + 1
    if words[j] in ("early", "late") and (inner := day_like(tokens, tokens.skip(j + 1, "on"))):
        return _closed(tokens, inner)
    found = point(tokens, i)
    if found and found[0].rule in ("weekday", "date", "day", "day-of-month"):
        return _closed(tokens, found)
    return found


def _closed(tokens: Tokens, found: Read) -> Read:
    """Take in the time of day after a day: "night", "at 6 pm"."""
    words = tokens.words
    days, j = found
    j += words[j] in tokens.lexicon.parts
    k = tokens.skip(j, "at", ",")
    after = tokens.clock(k) if k > j or words[k][:1].isdecimal() else None
    return days, after or j


def _that_day(tokens: Tokens) -> Days:
    """Return the day for a bare time of day: the one named last, else that of speaking."""
    day, reason = tokens.today, "a time of day; of the day of speaking"
    if (before := tokens.previous) and before.first == before.last:
        day, reason = before.first, "a time of day; the day is the one named before it"
    return Days(day, day, Precision.DAY, "clock", reason)


# -- ranges


def ranged(tokens: Tokens, i: int, links: Sequence[str] = TO) -> Read | None:
    """Read "X to Y", "between X and Y" without its preposition, or a single X."""
    words = tokens.words
    found = timed(tokens, i) or _bare_day(tokens, i, links)
    if found is None:
        return None
    j = found[1]
    if words[j] not in links:
        return found
    k = j + 2 if words[j : j + 2] == ["through", "to"] else j + 1
    second = timed(tokens, k)
    both = second and joined(tokens, (i, k), found[0], second[0])
    return (both, second[1]) if second and both else found


def _bare_day(tokens: Tokens, i: int, links: Sequence[str]) -> Read | None:
    """Read the "4" of "4 to 22 January" and "from 4 until January 22": the month is the second date's."""
    day = tokens.day_number(i)
    if day is None or tokens.words[day[1]] not in (*links, "until", "till"):
        return None
    second = calendar_date(tokens, day[1] + 1)
    if second is None or (last := second[0].first) is None:
        return None
    first = day_of(last.year, last.month, day[0])
    return (replace(second[0], first=first, last=first), day[1]) if first and first < last else None


def _movable(days: Days) -> bool:
    """Say whether it names no year or week, so that what stands beside it may give one."""
    return not days.fixed and (days.rule in _YEARLESS or days.reason in NEAREST_WEEKDAY)


def joined(tokens: Tokens, at: tuple[int, int], a: Days, b: Days) -> Days | None:
    """Join two periods that stand `at` two positions; the one that states no year takes it from the other."""
    if a.first is None or b.last is None:
        return None
    first, last = a.first, b.last
    far = a.rule == b.rule == "weekday" and abs((last - first).days) > 6
    if _movable(a) and (b.fixed or far or (first > last and b.rule == a.rule)):
        earlier = timed(tokens.said_on(last), at[0])
        first = earlier[0].first if earlier and earlier[0].first else first
    elif _movable(b) and a.last and (a.fixed or first > last):
        later = timed(tokens.said_on(a.last, future=True), at[1])
        last = later[0].last if later and later[0].last else last
    if first > last:
        return None
    reason = a.reason if a.reason == b.reason else f"{a.reason}; {b.reason}"
    precision = max(a.precision, b.precision, key=_ORDER.index)
    return Days(first, last, precision, "range", reason, fixed=a.fixed and b.fixed)


_RULES: tuple[Callable[[Tokens, int], Read | None], ...] = (
    deictic,
    calendar_date,
    counted,
    part,
    holiday,
    weekday,
    named_week,
    fiscal_year,
    relative_period,
    quarter,
    month_of_year,
    month_period,
    decade,
    season,
    named_before,
    lone_year,
)
