"""Words that limit a figure whatever a record counts: one event's toll, so many a month, people from somewhere. Pure.

A record may name these words itself ("killed in attacks", "in the year"), and still does not count what they tell of.
"""

import re
from collections.abc import Collection

from counterfoil.comparing.claims import Surroundings
from counterfoil.reading.measures import measure as taxonomy_entry
from counterfoil.reading.model import Figure, Hedge, Kind

# Singular: one event, or the word as a mass ("by bombing"), which tells a means. Wars and conflicts are left out: they
# are what a record is of.
_EVENT = (
    r"(?:air[- ]?)?strike|attack|assault|bombing|blast|explosion|shooting|ambush|raid|clash|massacre|incident"
    r"|battle|siege|offensive|operation|crash|collision|accident|shipwreck|fire|flood|earthquake|quake|storm|cyclone"
    r"|landslide|stampede|riot|protest|hijacking|kidnapping"
)
_ONE_EVENT = re.compile(
    rf"(?:\b(?:an?|the|one|this|that|each|every|another)\s+(?:[\w’'-]+\s+)?)?\b(?:{_EVENT})\b", re.I
)
_ONE_OF = re.compile(r"\b(?:an?|one|this|that|each|every|another|single)\s+(?P<noun>[^\W\d_]+)", re.IGNORECASE)
_THESE_EVENTS = re.compile(
    rf"\b(?:the|these|those|two|three|four|five|several|some|both|recent)\s+(?:[\w’'-]+\s+)?(?:{_EVENT})(?:e?s)\b", re.I
)
_EACH_TIME = re.compile(
    r"\b(?:an?|each|every|per)\s+(?:single\s+|calendar\s+|given\s+)?"
    r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|quarter|season|year|decade)\b"
    r"(?!\s+(?:ago|earlier|before|previously|later|after|prior|since)\b)"
    r"|\b(?:daily|weekly|monthly|quarterly|yearly|annual|annually)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:(?:the|all|across|within|inside|around|in)\s+){0,3}$", re.IGNORECASE)
_ALONE = re.compile(r"\balone\b", re.IGNORECASE)
_CEILING = re.compile(r"\s*(?:up to|as (?:many|much|high) as|anything up to)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"(?:\bthan\s+|\b(?:compared (?:with|to)|against|versus)\s+|\bas (?:many|much|high|large)(?:\s+[a-z]+){0,2}\s+as\s+"
    r"|\b(?:times|twice|double|triple|half)\s+(?:the (?:number|figure|toll|level|count|rate)|that|those)\s+"
    r"(?:[a-z]+\s+){0,2}(?=in\s|of\s))"
    r"(?:(?:in|at|of|that|those|the|neighbouring|neighboring)\s+){0,3}(?P<name>[A-Z][^\W\d_]+)(?P<owns>[’']s)?"
)
_NEIGHBOURS = re.compile(r"(?:[’']s?)\s+(?:[\w-]+\s+){0,2}neighbou?rs?\b", re.IGNORECASE)
_AROUND = re.compile(
    r"\b(?:(?:countries|states|nations|places)\s+(?:(?:that|which)\s+)?"
    r"(?:neighbou?r(?:ing)?|border(?:ing)?|surround(?:ing)?|around|near)|neighbou?rs\s+of|outside(?:\s+of)?|beyond)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_CUT = re.compile(r"[,;:](?=\s)|[()\n]")
# Words of a record's own definition that account for nothing in a sentence: times, numbers, and words of grammar.
_ACCOUNT_FOR_NOTHING = frozenset(
    "day days night nights week weeks month months quarter quarters year years decade decades daily weekly monthly "
    "quarterly yearly annual annually calendar fiscal date dates time times january february march april may june july "
    "august september october november december one two three four five six seven eight nine ten hundred thousand "
    "million billion dozen half third fourth first second last latest most least more less fewer many much several "
    "few each every per average mean median rate share other others another only also just even not no nor without "
    "except excluding unless by near about around over under above below before after within outside against than as "
    "if or so such same own like including least up down new another".split()
)


def of_record(words: Collection[str]) -> frozenset[str]:
    """Return the words by which a record may account for words of a sentence: none of time, number or grammar."""
    return frozenset(word for word in words if word not in _ACCOUNT_FOR_NOTHING and not word[:1].isdigit())


def limits(seen: Surroundings, *, in_clause: bool = False) -> tuple[str, ...]:
    """Return the phrases that limit the figure to one event, a step of time or an origin, as written.

    in_clause  look between the nearest commas alone, and only for what makes the number another one.
    """
    if seen.sentence is None:
        return ()
    figure, (start, end) = seen.figure, _bounds(seen, in_clause=in_clause)
    found = [*_each_time(seen, start, end), *_people_from(seen)]
    if figure.number.value.unit != "event" and figure.kind is not Kind.CHANGE and _harm(figure):
        found += _events(seen, start, end)
        if not in_clause:
            found += [m.group() for m in _THESE_EVENTS.finditer(seen.text, start, end)]
    if not in_clause:
        found += [*_alone(seen, start, end), *_of_another_year(seen)]
    return tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in found))


def ceiling_only(figure: Figure) -> bool:
    """Say whether the words set no more than a loose ceiling ("up to 500"), which a larger count does not refute."""
    return figure.number.value.hedge is Hedge.AT_MOST and bool(figure.hedge and _CEILING.match(figure.hedge.quote))


def compared_with(seen: Surroundings) -> str | None:
    """Return the name with which a change is compared where that is no time: "3 times more than France"."""
    figure = seen.figure
    if figure.kind is not Kind.CHANGE or seen.sentence is None:
        return None
    times = [r.anchor.span for r in (figure.period,) if r is not None]
    own = {r.anchor.quote for r in (figure.place, figure.origin, figure.destination) if r is not None}
    for m in _OTHER.finditer(seen.text, seen.sentence.start, seen.sentence.end):
        at = m.start("name")
        mine = m["owns"] is not None and any(name.startswith(m["name"]) for name in own)  # "Kenya's level of 2022"
        of_time = m["name"].casefold() in _ACCOUNT_FOR_NOTHING or any(t.start <= at < t.end for t in times)
        if not mine and not of_time:
            return m["name"]
    return None


def around(seen: Surroundings) -> str | None:
    """Return the place of which the words tell only what lies around it: "Syria's neighbours", "outside Kabul"."""
    if seen.sentence is None:
        return None
    for reading in (seen.figure.place, seen.figure.destination):
        if reading is None or reading.anchor.span not in seen.sentence:
            continue
        at = reading.anchor.span
        if _NEIGHBOURS.match(seen.text, at.end) or _AROUND.search(seen.text[seen.sentence.start : at.start]):
            return reading.anchor.quote
    return None


def _harm(figure: Figure) -> bool:
    """Say whether people came to harm, as far as the words tell."""
    entry = taxonomy_entry(figure.measure.value.code) if figure.measure is not None else None
    return entry is None or entry.harm


def _bounds(seen: Surroundings, *, in_clause: bool) -> tuple[int, int]:
    assert seen.sentence is not None
    start, end, number = seen.sentence.start, seen.sentence.end, seen.figure.number.anchor.span
    if in_clause:
        cuts = [m.span() for m in _CUT.finditer(seen.text, start, end)]
        start = max([start, *(b for _, b in cuts if b <= number.start)])
        end = min([end, *(a for a, _ in cuts if a >= number.end)])
    return start, end


def _each_time(seen: Surroundings, start: int, end: int) -> list[str]:
    return [m.group() for m in _EACH_TIME.finditer(seen.text, start, end) if not _said(seen, m.start())]


def _events(seen: Surroundings, start: int, end: int) -> list[str]:
    found = [m.group() for m in _ONE_EVENT.finditer(seen.text, start, end) if not _said(seen, m.start())]
    for m in _ONE_OF.finditer(seen.text, start, end):
        if m["noun"].casefold() in ("conflict", "war", "fight", "dispute") and not _said(seen, m.start()):
            found.append(m.group())
    return found


def _said(seen: Surroundings, at: int) -> bool:
    """Say whether the words stand in the name of a speaker: "the Global Attack Register said"."""
    return any(source is not None and source.span.start <= at < source.span.end for source, _ in seen.said)


def _people_from(seen: Surroundings) -> list[str]:
    """Find an origin of people who came to harm: "killed 900 people from Mali" tells not where."""
    if seen.sentence is None or not _harm(seen.figure):
        return []
    found: list[str] = []
    for reading in (seen.figure.place, seen.figure.origin):
        before = reading and _FROM.search(seen.text, seen.sentence.start, reading.anchor.span.start)
        if reading is not None and before:
            found.append(seen.text[before.start() : reading.anchor.span.end])
    return found


def _alone(seen: Surroundings, start: int, end: int) -> list[str]:
    """Find "alone" where it does not stand straight behind the time or the place: "in 2023 alone" restricts nothing."""
    readings = (seen.figure.period, seen.figure.baseline, seen.figure.place)
    ends = {reading.anchor.span.end for reading in readings if reading is not None}
    return [
        m.group() for m in _ALONE.finditer(seen.text, start, end) if len(seen.text[: m.start()].rstrip()) not in ends
    ]


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _of_another_year(seen: Surroundings) -> list[str]:
    """Find a time without a year of its own that was read of another year than its sentence names.

    "20 died in May and 90 in June 2023": the May of 2023 is meant, whichever the reader took.
    """
    period = seen.figure.period
    if period is None or seen.sentence is None or _YEAR.search(period.anchor.quote):
        return []
    first, last = period.value.first, period.value.last
    named = {int(m.group()) for m in _YEAR.finditer(seen.text, seen.sentence.start, seen.sentence.end)}
    own = {day.year for day in (first, last) if day is not None}
    return [period.anchor.quote] if named and own and not named & own else []
