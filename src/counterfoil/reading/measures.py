"""What a figure counts: measure, unit, kind, population, direction and how sure.

All words stand in lexicon/measures.toml; docs/measures.md is made from it by `reference`. Terms are kept
verbatim: "left voluntarily" stays what it is and is never turned into "returned". Pure: no clock, no network.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import NamedTuple

from counterfoil.reading.model import Direction, Kind, Modality
from counterfoil.spans import Span

VERSION = "1"
WINDOW = 1_200  # longest clause scanned whole, in code points; longer ones are scanned around the number
ASIDE = 300  # longest span outside the clause that is scanned
LEDE = 6_000  # code points in which an article names its subject
RUN_ON = 5  # tokens
NEAR = 6  # tokens between a number without an event and a term that may still decide it
GAP = 3  # words that "_" in a term may stand for
REACH = 6  # tokens before an event or a number in which a modal word counts

_TOKEN = re.compile(r"\w+|[^\w\s]")
_BREAKS = frozenset(".;:!?—–")
_WALLS = _BREAKS | frozenset(',"“”()') | {"that", "which", "and", "while", "but", "of"}
_CLOSERS = frozenset([",", "is", "are", "was", "were"])  # "among those facing eviction are 300 people who ..."
_LINKS = frozenset(["from", "of", "to", "in", "by", "for"])  # "recovered from" the river is no recovery
_SHARES = ("percent", "fraction")
_SIZED = ("measure", "money", "age", "duration")
_RELATIVE = ("percent", "fraction", "points", "multiple", "rate")
_KINDS = {
    "money": Kind.MONEY,
    "measure": Kind.MEASUREMENT,
    "duration": Kind.DURATION,
    "age": Kind.AGE,
    "score": Kind.SCORE,
    "rate": Kind.RATE,
    "points": Kind.CHANGE,
}
_CERTAINTY = ("denied", "feared", "planned", "projected", "estimated")  # the first that is found is taken
_DIMENSIONS = {
    "distance": "m km mi ft in cm mm um yd nmi mile light-year ly nm dm league",
    "speed": "km/h mph m/s kn knot kph ft/s km/s",
    "mass": "kg t g mg lb oz ton st ct karat",
    "area": "m2 km2 ha acre ft2 mi2 yd2 cm2 sq_mi",
    "volume": "L m3 gal bbl mL ft3 km3 cm3 imp_gal bbl/day m3/s m3/day m3/year pt qt",
    "temperature": "degC degF K",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What one number counts.

    code        of the taxonomy: `label(code)` gives the label format's concept.
    term        the words that decided it; None where only the sort of thing counted is known.
    population  the people counted, as written; None where the words name none ("people", "deaths").
    unit        of the label format: "person", "event", "percent", "USD", ...
    by          the rule with its version: where the deciding words stood.
    """

    code: str
    term: Span | None
    population: Span | None
    unit: str
    kind: Kind
    modality: Modality
    by: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure of the taxonomy.

    label     the label format's concept.  rank  4 to 0: the higher decides.
    kind      "stock", "flow", "either", or the kind itself.
    movement  one of the words for the movement of people; nature "forced", "voluntary", "assisted", "unstated".
    subjects  words that, anywhere in the article, make its ambiguous nouns count this.
    codes     nearest codes elsewhere: "helix", "ucdp", "acled", "hxl", "unhcr".
    """

    code: str
    label: str
    rank: int
    unit: str
    kind: str
    goes_with: frozenset[str]
    needs: str
    movement: bool
    nature: str
    cause: str
    subjects: tuple[str, ...]
    definition: str
    differs: str
    terms: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]


class _Pattern(NamedTuple):
    """The words of a term after its first ("_" is a gap), and what the term says: its section and value there."""

    rest: tuple[str, ...]
    section: str
    value: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    entries: dict[str, Entry]
    patterns: dict[str, dict[str, list[_Pattern]]]  # by first and second word; "" for terms of one word
    auxiliaries: frozenset[str]
    void: frozenset[str]
    pronouns: frozenset[str]
    scales: frozenset[str]
    stops: frozenset[str]
    lead: frozenset[str]
    plain: frozenset[str]
    person_endings: tuple[str, ...]
    no_persons: frozenset[str]
    dimensions: dict[str, str]
    scale_words: dict[str, frozenset[str]]


class _Hit(NamedTuple):
    """Lexicon words found: tokens `first` up to `last`. longer: measures of longer terms over the same words."""

    first: int
    last: int
    section: str
    value: str
    inert: bool = False  # stands in a longer phrase that says something else
    longer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scan:
    """One stretch of text as tokens, with every lexicon word found in it."""

    base: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]
    hits: dict[str, tuple[_Hit, ...]]  # by section

    def of(self, *sections: str) -> list[_Hit]:
        """Return the hits of these sections, by place."""
        found = [h for s in sections for h in self.hits.get(s, ())]
        if len(sections) > 1:
            found.sort(key=_by_place)
        return found

    def tokens(self, span: Span) -> tuple[int, int]:
        """Return the range of tokens that touch the span."""
        return bisect_right(self.ends, span.start - self.base), bisect_left(self.starts, span.end - self.base)

    def span(self, first: int, last: int) -> Span:
        return Span(self.base + self.starts[first], self.base + self.ends[last - 1])


def _by_place(hit: _Hit) -> int:
    return hit.first


def label(code: str) -> str:
    """Return the label format's concept for a code of the taxonomy; "other" for codes that it does not know."""
    entry = _lexicon().entries.get(code)
    return entry.label if entry else "other"


def measure(code: str) -> Entry | None:
    """Return the entry of the taxonomy: definition, neighbours, movement, nature, codes elsewhere."""
    return _lexicon().entries.get(code)


def taxonomy() -> tuple[Entry, ...]:
    """Return all measures in the order of the lexicon."""
    return tuple(_lexicon().entries.values())


def judge(
    text: str,
    *,
    number: Span,
    shape: str,
    unit: str,
    direction: Direction | None,
    what: Span | None,
    event: Span | None,
    time: Span | None,
    clause: Span,
) -> Judged:
    """Return what the number counts, in which unit, of which kind and how sure.

    shape   of the number grammar: count percent points fraction multiple money measure duration age rate score vague.
    unit    "" for counts, else as the number grammar read it.
    clause  the sentence around the number. `what`, `event` and `time` may stand outside it.
    """
    scan = _around(text, clause, number)
    here = scan.tokens(number)
    thing = _part(text, scan, what)
    act = _part(text, scan, event)
    if shape == "count" and not unit:
        shape, unit = _bare(scan, here, thing, act)
    units, noun_end = _noun(thing, text)
    if not units and thing is None and shape in ("count", "vague"):
        units = _following_noun(scan, here)
    entry, term, by = _decide(scan, here, thing, act, units, shape, unit)
    if shape not in _SIZED and (by == "other" or (by == "what" and act)):
        entry, term, by = _by_subject(text, act) or (entry, term, by)
    if by == "other":
        entry, term, by = _by_subject(text, thing) or (entry, term, by)
    population = _population(thing, units, noun_end)
    if not unit and not units and _unnamed(thing):
        # A number without a noun counts people (all 40 such counts of train), "twice" events.
        units = ("event",) if set(scan.words[here[0] : here[0] + 1]) & {"once", "twice", "thrice"} else ("person",)
    given = unit or _unit(entry, units, term is not None)
    if entry.code == "other":
        entry = _by_unit(units[0] if units else given)
        by = by if entry.code == "other" else "noun"
    kind = _kind(scan, here, thing, act, _part(text, scan, time), entry, shape, given, direction)
    return Judged(
        code=entry.code,
        term=term,
        population=population,
        unit=given,
        kind=kind,
        modality=_modality(scan, here, act),
        by=f"measures.{by}@{VERSION}",
    )


def direction(text: str, number: Span, event: Span | None, what: Span | None) -> Direction | None:
    """Return the sign of a change: from the event's words, else from those beside the number, else from `what`."""
    window = Span(max(0, number.start - 60), min(len(text), number.end + 40))
    scan = _around(text, window, number)
    first, last = scan.tokens(number)
    for part in (_part(text, scan, event), None, _part(text, scan, what)):
        signs = _within(part, "up", "down")
        if part is None:
            signs = [
                h
                for h in scan.of("up", "down")
                if (-4 <= h.last - 1 - first < 0 or 0 <= h.first - last < 2)
                and _BREAKS.isdisjoint(scan.words[min(h.last, last) : max(h.first, first)])
            ]
        clear = [h for h in signs if part or not h.inert or h.first >= last]  # "more than 60%" is a bound
        if clear:
            nearest = min(clear, key=lambda h: h.first if part else (abs(h.first - first), h.first))
            return Direction(nearest.section)
    return None


def reference() -> str:
    """Return the page docs/measures.md: every measure, how it differs from its neighbours, its codes elsewhere."""
    lines = [
        "# Measures",
        "",
        "What figures count. Each measure has a code, a concept of the label format, a definition and a word on how it",
        "differs from its neighbours. The words that decide it stand in `reading/lexicon/measures.toml`, from which",
        "`python -m counterfoil.reading.measures` makes this page. The article's own words are kept beside the code.",
        "",
        "| code | label | unit | kind |",
        "|---|---|---|---|",
    ]
    lines += [f"| [{e.code}](#{e.code}) | {e.label} | {e.unit or 'currency'} | {e.kind} |" for e in taxonomy()]
    moving = [e for e in taxonomy() if e.movement]
    lines += ["", "## Words for one movement", ""]
    lines += ["Sources name one movement of people by different words. They are related, never equal.", ""]
    lines += ["| code | nature |", "|---|---|", *(f"| [{e.code}](#{e.code}) | {e.nature} |" for e in moving)]
    for entry in taxonomy():
        lines += ["", f"## {entry.code}", "", entry.definition, "", f"**Differs.** {entry.differs}"]
        if entry.cause:
            lines += ["", f"**Cause.** {entry.cause}"]
        if entry.codes:
            lines += ["", "**Elsewhere.** " + "; ".join(f"{name.upper()}: {code}" for name, code in entry.codes)]
    return "\n".join(lines) + "\n"


# ---- deciding ----------------------------------------------------------------------------------------

_Part = tuple[_Scan, int, int]


def _bare(scan: _Scan, here: tuple[int, int], thing: _Part | None, act: _Part | None) -> tuple[str, str]:
    """Return shape and unit of a bare number: "magnitude 6.1", "ten-storey", "a theft rate of 9" are no counts."""
    first, last = here
    before, after = scan.words[max(0, first - 2) : first], scan.words[last : last + 2]
    named = {w for part in (thing, act) if part for w in part[0].words[part[1] : part[2]]}
    scale = _lexicon().scale_words
    decimal = "." in scan.words[first:last]
    if not scale["magnitude"].isdisjoint((*before, *named)) or (decimal and not scale["quake"].isdisjoint(named)):
        return "measure", "other"
    if after[:1] == ("magnitude",) and not any(w[0].isdigit() for w in after):
        return "measure", "other"
    if after[:1] == ("-",) and not scale["made_of"].isdisjoint(after):
        return "measure", "other"
    return ("rate", "ratio") if not scale["rate"].isdisjoint(named) else ("count", "")


def _decide(
    scan: _Scan,
    here: tuple[int, int],
    thing: _Part | None,
    act: _Part | None,
    units: tuple[str, ...],
    shape: str,
    unit: str,
) -> tuple[Entry, Span | None, str]:
    """Return the measure, the words that decided it and where they stood."""
    entries = _lexicon().entries
    if shape in ("age", "duration"):
        return entries[shape], None, shape
    if shape in _SIZED:
        return _sized(scan, here, thing, act, unit, shape)
    candidates: list[tuple[int, int, int, int, _Scan, _Hit, str]] = []
    for part, where in ((act, "event"), (thing, "what")):
        if part is None:
            continue
        own = part[0]
        for hit in (*_within(part, *_ALLOWED[where]), *(_running_on(part) if where == "event" else ())):
            entry = entries[hit.value]
            counted = hit.section == "nouns"
            if not (counted or _goes(entry, units, shape)) or _covered(hit, units, shape):
                continue
            if hit.section == "weak" and not units and not _unnamed(thing):
                continue
            order = 2 * entry.rank + (where == "event") - 2 * (hit.section != "terms") if entry.rank > 1 else entry.rank
            distance = abs(hit.first - here[0]) if own is scan else hit.first
            candidates.append((order, hit.last - hit.first, -distance, hit.first, own, hit, where))
    best = max(candidates, key=lambda c: c[:4], default=None)
    if best is None or (best[0] < 4 and act is None):
        near = _near(scan, here, act, units, shape)
        if near is not None:
            return entries[near.value], scan.span(near.first, near.last), "near"
    if best is None:
        return entries["other"], None, "other"
    own, hit = best[4], best[5]
    return entries[hit.value], own.span(hit.first, hit.last), best[6]


_ALLOWED = {"event": ("terms", "weak"), "what": ("terms", "nouns")}


def _within(part: _Part | None, *sections: str) -> list[_Hit]:
    """Return the hits of these sections that stand in the part."""
    if part is None:
        return []
    scan, low, high = part
    return [h for s in sections for h in scan.hits.get(s, ()) if low <= h.first and h.last <= high]


def _running_on(part: _Part) -> list[_Hit]:
    """Return the terms that begin in an event's words and end soon after them: "had left" ... "voluntarily"."""
    scan, low, high = part
    return [
        h
        for h in scan.hits.get("terms", ())
        if low <= h.first < high < h.last <= high + RUN_ON
        and scan.words[h.last - 1] not in _LINKS
        and not any(w in _WALLS or w[0].isdigit() for w in scan.words[high : h.last])
    ]


def _goes(entry: Entry, units: tuple[str, ...], shape: str) -> bool:
    """Say whether a measure can count things of these units; things of unknown unit go with most."""
    if entry.needs and entry.needs not in units:
        return False
    if entry.kind in ("measurement", "money", "duration", "age"):
        return shape in _RELATIVE
    return not units or not entry.goes_with.isdisjoint(units) or not entry.unit


@lru_cache(maxsize=16)
def _subjects(text: str) -> tuple[str, ...]:
    """Return the measures whose subject the text names: "claims" are asylum claims where it speaks of asylum."""
    head = text[:LEDE].lower()
    entries = _lexicon().entries.values()
    return tuple(e.code for e in entries if any(word in head for word in e.subjects))


def _by_subject(text: str, part: _Part | None) -> tuple[Entry, Span, str] | None:
    """Return the measure of a word that only the article's subject makes clear ("cases"); None where two fit."""
    hits = [h for h in _within(part, "ambiguous") if h.value in _subjects(text)]
    if part is None or len({h.value for h in hits}) != 1:
        return None
    return _lexicon().entries[hits[0].value], part[0].span(hits[0].first, hits[0].last), "subject"


def _unnamed(thing: _Part | None) -> bool:
    """Say whether the words do not name what is counted: nothing, a pronoun, "the total"."""
    if thing is None:
        return True
    head = _head(*thing)
    lexicon = _lexicon()
    return head is None or thing[0].words[head] in lexicon.pronouns or thing[0].words[head] in lexicon.void


def _covered(hit: _Hit, units: tuple[str, ...], shape: str) -> bool:
    """Say whether a longer term takes this one's words: "suicide attacks" those of "attacks", "went up" of "went"."""
    entries = _lexicon().entries
    return hit.inert or any(_goes(entries[code], units, shape) for code in hit.longer)


def _near(scan: _Scan, here: tuple[int, int], act: _Part | None, units: tuple[str, ...], shape: str) -> _Hit | None:
    """Return the nearest strong term of the number's own stretch of the clause, with no other number between."""
    entries = _lexicon().entries
    best: tuple[int, int, int] | None = None
    chosen = None
    for hit in scan.of("terms"):
        if act is not None and act[0] is scan and hit.first < act[2] and act[1] < hit.last:
            continue  # the event's own words have been judged already
        if entries[hit.value].rank < 3 or not _goes(entries[hit.value], units, shape):
            continue
        after = hit.first >= here[1]
        between = scan.words[here[1] : hit.first] if after else scan.words[hit.last : here[0]]
        if after and between[:1] == ("of",):
            between = between[1:]  # "hundreds of Somalis awaiting resettlement"
        elif not after and between[-1:] == ("of",):
            between = between[:-1]  # "claimed the lives of 40"
        if len(between) > NEAR or not _WALLS.isdisjoint(between) or any(w[0].isdigit() for w in between):
            continue
        if not entries[hit.value].unit or _covered(hit, units, shape):
            continue
        key = (len(between), -entries[hit.value].rank, hit.first - hit.last)
        if best is None or key < best:
            best, chosen = key, hit
    return chosen


def _sized(
    scan: _Scan, here: tuple[int, int], thing: _Part | None, act: _Part | None, unit: str, shape: str
) -> tuple[Entry, Span | None, str]:
    """Return the measure of a sum of money or of a physical size, by its unit and the words beside it."""
    lexicon = _lexicon()
    base = "money" if shape == "money" else lexicon.dimensions.get(unit, "bare" if unit == "other" else "other")
    options = _REFINED.get(base, ())
    near = (scan, max(0, here[0] - 8), here[1] + 7)
    searched = [(act, "event", "terms"), (thing, "what", "terms"), (near, "near", "terms")]
    # What one thing costs is seldom told in millions.
    if not any(w.lstrip("0123456789") in lexicon.scales for w in scan.words[here[0] : here[1] + 1]):
        searched.append((act, "event", "weak"))
    for part, where, section in searched:
        if part is None:
            continue
        own = part[0]
        inside = [h for h in _within(part, section) if h.value in options]
        if inside:
            hit = min(inside, key=lambda h: abs(h.first - here[0])) if own is scan else inside[0]
            return lexicon.entries[hit.value], own.span(hit.first, hit.last), where
    return lexicon.entries[base if base in lexicon.entries else "other"], None, "unit"


_REFINED = {
    "money": ("price", "trade", "economy", "money"),
    "distance": ("height", "depth", "rainfall"),
    "bare": ("magnitude", "height"),
}


def _by_unit(unit: str) -> Entry:
    """Return the measure for things of which only the unit is known."""
    entries = _lexicon().entries
    return entries[
        {
            "person": "people",
            "household": "households",
            "vehicle": "vehicles",
            "animal": "animals",
            "vote": "votes",
        }.get(unit, "seats" if unit == "seat" else "other")
    ]


def _unit(entry: Entry, units: tuple[str, ...], decided: bool) -> str:
    """Return the unit of a count: what is counted says it; a noun of several units follows its measure."""
    fitting = [u for u in units if u in entry.goes_with]
    if fitting:
        return entry.unit if entry.unit in fitting else fitting[0]
    if units:
        return units[0]
    return entry.unit if decided else "item"


# ---- units and population ----------------------------------------------------------------------------


def _noun(part: _Part | None, text: str) -> tuple[tuple[str, ...], int]:
    """Return the units that the head noun of `what` may have (none where it is not known), and the token after it."""
    if part is None:
        return (), 0
    scan, low, high = part
    head = _head(scan, low, high)
    if head is None or scan.words[head] in _lexicon().pronouns:
        return (), high
    # What follows a noun may only tell what befell it: "people displaced", "houses destroyed".
    said = {i for h in scan.of("terms", "flow", "state") for i in range(h.first, h.last)}
    found = [
        h
        for h in _within((scan, low, head + 1), "unit")
        if all(i in said or scan.words[i].endswith(("ed", "en", "ing")) for i in range(h.last, head + 1))
    ]
    if found:
        best = max(
            found, key=lambda h: (scan.words[h.last - 1].endswith("s") or h.first not in said, h.last, h.last - h.first)
        )
        same = [h.value for h in found if (h.first, h.last) == (best.first, best.last)]
        return tuple(same), best.last
    capital = text[scan.base + scan.starts[head]].isupper()
    return (("person",) if _is_person(scan.words[head], capital) else ()), head + 1


def _head(scan: _Scan, low: int, high: int) -> int | None:
    """Return the token of the head noun: the last before a preposition, past "number of" and the like."""
    void = _lexicon().void
    end = low
    meaningful = False
    for index in range(low, high):
        word = scan.words[index]
        if word in _lexicon().stops:
            if meaningful:
                break
            continue
        if not (word[0].isalnum()):
            continue
        end = index + 1
        if word not in void and word not in ("the", "a", "an", "its", "their"):
            meaningful = True
    return end - 1 if end > low else None


def _is_person(word: str, capital: bool) -> bool:
    """Say whether an unknown plural names persons by its ending ("forgers", "Bolivians", "Yemenis")."""
    lexicon = _lexicon()
    if word in lexicon.no_persons or len(word) < 5:
        return False
    return word.endswith(lexicon.person_endings) or (capital and word.endswith("is"))


def _following_noun(scan: _Scan, here: tuple[int, int]) -> tuple[str, ...]:
    """Return the units of the first known noun within four words after the number."""
    for index in range(here[1], min(here[1] + 4, len(scan.words))):
        if not scan.words[index][0].isalnum() or scan.words[index] in _lexicon().stops:
            return ()
        units = tuple(h.value for h in scan.hits.get("unit", ()) if h.first == index)
        if units:
            return units
    return ()


def _population(part: _Part | None, units: tuple[str, ...], last: int) -> Span | None:
    """Return the words that name who is counted, where they say more than that people are."""
    if part is None or "person" not in units:
        return None
    scan, first, _ = part
    lexicon = _lexicon()
    while first < last - 1 and (scan.words[first] in lexicon.void or scan.words[first] in lexicon.lead):
        first += 1
    if first == last - 1 and scan.words[first] in lexicon.plain:
        return None
    return scan.span(first, last)


# ---- kind --------------------------------------------------------------------------------------------


def _kind(
    scan: _Scan,
    here: tuple[int, int],
    thing: _Part | None,
    act: _Part | None,
    time: _Part | None,
    entry: Entry,
    shape: str,
    unit: str,
    sign: Direction | None,
) -> Kind:
    """Return the kind of quantity; see the section `kinds` of the lexicon for the words."""
    if shape == "multiple":
        return Kind.CHANGE
    if shape in _SHARES:
        return Kind.CHANGE if sign is not None or _changes(scan, here, act) else Kind.SHARE
    if shape == "measure" and "/" in unit and entry.code != "speed":
        return Kind.RATE if entry.code == "volume" else Kind.MEASUREMENT
    if shape in _KINDS:
        return _KINDS[shape]
    if _is_rate(scan, here, thing, time):
        return Kind.RATE
    if _is_difference(scan, here, act, entry):
        return Kind.CHANGE
    if entry.kind == "flow" and entry.rank > 1 and not _has(act, "state"):
        return Kind.FLOW
    if entry.kind == "stock" and entry.rank > 1:
        return Kind.STOCK
    return _stock_or_flow(thing, act, time, entry, unit)


def _beside(scan: _Scan, hit: _Hit, here: tuple[int, int], reach: int) -> bool:
    """Say whether at most `reach` tokens, and no break, stand between the words and the number."""
    between = scan.words[hit.last : here[0]] if hit.last <= here[0] else scan.words[here[1] : hit.first]
    return len(between) <= reach and not _BREAKS.intersection(between)


def _changes(scan: _Scan, here: tuple[int, int], act: _Part | None) -> bool:
    """Say whether a percentage is one of change: "rose by 60%", "60% more"; but "rose to 60%" is a share."""
    before, after = scan.words[max(0, here[0] - 2) : here[0]], scan.words[here[1] : here[1] + 2]
    if after[:1] == ("of",) and after != ("of", "its"):
        return False
    if before[-1:] in (("to",), ("at",), ("from",)) and before != ("up", "to"):
        return False
    if _has(act, "change_words"):
        return True
    return any(
        (not h.inert and _beside(scan, h, here, 2)) if h.last <= here[0] else 0 <= h.first - here[1] < 2
        for h in scan.of("change_words")
    )


def _is_difference(scan: _Scan, here: tuple[int, int], act: _Part | None, entry: Entry) -> bool:
    """Say whether a count is how many more or fewer: "rose by 40", "40 fewer than", "gained 13 seats"."""
    if entry.code == "seats" and _has(act, "change_words"):
        return True
    if act and _has(act, "change_words"):
        own, low, high = act
        if high - low <= 2 and own.words[high - 1] in _DIFFERENCES:
            return True
    return any(
        _beside(scan, h, here, 2) and (h.last <= here[0] or scan.words[h.first] in ("more", "fewer", "less"))
        for h in scan.of("change")
    )


_DIFFERENCES = ("more", "fewer", "less", "increase", "decrease", "rise", "drop", "fall", "decline", "gain")


def _is_rate(scan: _Scan, here: tuple[int, int], thing: _Part | None, time: _Part | None) -> bool:
    """Say whether the count is per day, per head or an average."""
    end = here[1]
    if thing and thing[0] is scan and 0 <= thing[1] - end <= 3:
        end = thing[2]
    spoilt = scan.of("not_rate")
    for hit in scan.of("rate"):
        if any(s.first <= hit.first < s.last for s in spoilt):
            continue
        if 0 <= hit.first - end <= 2 and _WALLS.isdisjoint(scan.words[end : hit.first]):
            return True
        if hit.last <= here[0] and _beside(scan, hit, here, 3) and scan.words[hit.first] not in ("a", "an", "per"):
            return True
        if time and time[0] is scan and time[1] == hit.first and hit.last == time[2]:
            return True
    return False


def _has(part: _Part | None, section: str) -> bool:
    """Say whether a word of this section of the lexicon stands in the part."""
    return bool(_within(part, section))


def _names_year(time: _Part | None) -> bool:
    return time is not None and any(len(w) == 4 and w.isdigit() for w in time[0].words[time[1] : time[2]])


def _stock_or_flow(thing: _Part | None, act: _Part | None, time: _Part | None, entry: Entry, unit: str) -> Kind:
    """Return stock or flow: events happen; else the verb says it, then the time words, then the noun."""
    if unit == "event":
        return Kind.FLOW
    if _has(act, "state"):
        return Kind.STOCK
    if act:
        own, low, high = act
        verbs = [w for w in own.words[low:high] if w not in _lexicon().auxiliaries and w[0].isalpha()]
        if _has(act, "flow") or any(w.endswith(("ed", "ing")) for w in verbs):
            return Kind.FLOW
        if not verbs:
            return Kind.STOCK
    if _has(time, "as_of"):
        return Kind.STOCK
    if _has(time, "since") or _has(thing, "flow_nouns") or _names_year(time):
        return Kind.FLOW
    return Kind.FLOW if entry.kind == "flow" else Kind.STOCK


# ---- modality ----------------------------------------------------------------------------------------


def _modality(scan: _Scan, here: tuple[int, int], act: _Part | None) -> Modality:
    """Return how sure the words are. Precision first: without a word beside the number or its event, observed."""
    anchors = [here]
    if act and act[0] is scan and not _CLOSERS.issuperset(scan.words[act[1] : act[2]]):
        anchors.append((act[1], act[2]))
    found: set[str] = set()
    for hit in scan.of(*_CERTAINTY):
        if hit.inert:
            continue
        reach = 2 * REACH if hit.section == "denied" else REACH
        if hit.section == "estimated":
            if hit.last <= here[0] and _clear(scan, hit.last, here[0], 3):
                found.add(hit.section)
            continue
        for first, last in anchors:
            inside = first <= hit.first and hit.last <= last
            if inside or (hit.last <= first and _clear(scan, hit.last, first, reach)):
                found.add(hit.section)
    return next((Modality(name) for name in _CERTAINTY if name in found), Modality.OBSERVED)


def _clear(scan: _Scan, first: int, last: int, reach: int) -> bool:
    """Say whether at most `reach` tokens stand between, none of them a break, "are" or another verb of saying."""
    if last - first > reach:
        return False
    return not any(w in _BREAKS or w in _CLOSERS for w in scan.words[first:last]) and not any(
        first <= h.first < last for h in scan.of("ends")
    )


# ---- scanning ----------------------------------------------------------------------------------------


def _around(text: str, clause: Span, number: Span) -> _Scan:
    """Scan the clause, or where it is very long the part around the number (in steps, so that scans are shared)."""
    start, end = clause.start, min(clause.end, len(text))
    if end - start > WINDOW:
        start = max(start, (number.start - WINDOW // 2) // 256 * 256)
        end = min(end, start + WINDOW + 256)
    return _scan_at(text, min(start, number.start), max(end, min(number.end, number.start + ASIDE)))


def _scan_at(text: str, start: int, end: int) -> _Scan:
    words, starts, ends, hits = _scan(text[start:end])
    return _Scan(start, starts, ends, words, hits)


def _part(text: str, scan: _Scan, span: Span | None) -> _Part | None:
    """Return where the span's words stand: in the scan of the clause, or in one of their own."""
    if span is None:
        return None
    if scan.starts and scan.base <= span.start and span.end <= scan.base + scan.ends[-1]:
        first, last = scan.tokens(span)
        return (scan, first, last) if first < last else None
    own = _scan_at(text, span.start, min(span.end, span.start + ASIDE))
    return (own, 0, len(own.words)) if own.words else None


@lru_cache(maxsize=128)
def _scan(words: str) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...], dict[str, tuple[_Hit, ...]]]:
    matches = list(_TOKEN.finditer(words))
    starts, ends = tuple([m.start() for m in matches]), tuple([m.end() for m in matches])
    lower = [m[0].lower() for m in matches]
    if "May" in words or "March" in words:  # months where they stand in capitals
        lower = ["month" if m[0] in ("May", "March") else word for m, word in zip(matches, lower, strict=True)]
    # Hyphens are steps between words: "suicide-attacks" reads as "suicide attacks".
    index = [i for i, word in enumerate(lower) if word not in _STEPS]
    plain = [lower[i] for i in index]
    plain.append("")
    patterns = _lexicon().patterns
    found: list[_Hit] = []
    for place, word in enumerate(plain):
        terms = patterns.get(word)
        if terms is None:
            continue
        first = index[place]
        for pattern in terms.get("", ()):
            found.append(_Hit(first, first + 1, pattern.section, pattern.value))
        following = plain[place + 1]
        for several in (terms.get(following), terms.get("_")) if following else ():
            for pattern in several or ():
                last = _match(plain, place + 1, pattern.rest)
                if last:
                    found.append(_Hit(first, index[last - 1] + 1, pattern.section, pattern.value))
    long = [h for h in found if h.last - h.first > 1 and h.section in _COVERING]
    hits: dict[str, list[_Hit]] = {}
    for hit in found:
        hits.setdefault(hit.section, []).append(_within_longer(hit, long) if long else hit)
    return tuple(lower), starts, ends, {section: tuple(several) for section, several in hits.items()}


def _within_longer(hit: _Hit, long: list[_Hit]) -> _Hit:
    """Return the hit with what longer phrases over the same words say."""
    first, last, section, value, *_ = hit
    over = [h for h in long if h.first <= first and last <= h.last and h.last - h.first > last - first]
    if not over:
        return hit
    longer = tuple(h.value for h in over if h.section in _DECIDING and h.value != value)
    inert = any(h.section not in _DECIDING and h.section != section for h in over)
    return _Hit(first, last, section, value, inert, longer)


_STEPS = frozenset("-'’‐‑")
_DECIDING = ("terms", "weak", "nouns")
_COVERING = (*_DECIDING, "inert", "up", "down")


def _match(words: list[str], place: int, rest: tuple[str, ...]) -> int:
    """Return the place after the pattern's last word, 0 where it does not stand here."""
    for number, word in enumerate(rest):
        if word == "_":
            for gap in range(GAP + 1):
                if place + gap < len(words) and gap and not words[place + gap - 1][0].isalnum():
                    return 0
                last = _match(words, place + gap, rest[number + 1 :])
                if last:
                    return last
            return 0
        if place >= len(words) or words[place] != word:
            return 0
        place += 1
    return place


# ---- the lexicon -------------------------------------------------------------------------------------


@cache
def _lexicon() -> _Lexicon:
    """Read the lexicon from the package, once."""
    import tomllib

    data = tomllib.loads(files("counterfoil.reading").joinpath("lexicon/measures.toml").read_text("utf-8"))
    patterns: dict[str, dict[str, list[_Pattern]]] = {}

    def add(phrase: str, section: str, value: str) -> None:
        for words in _expand(phrase):
            second = words[1] if len(words) > 1 else ""
            patterns.setdefault(words[0], {}).setdefault(second, []).append(_Pattern(words[1:], section, value))

    entries: dict[str, Entry] = {}
    for row in data["measure"]:
        code = row["code"]
        unit = row["unit"]
        entries[code] = Entry(
            code=code,
            label=row.get("label", code),
            rank=row["rank"],
            unit=unit,
            kind=row["kind"],
            goes_with=frozenset(row.get("goes_with", unit).split()),
            needs=row.get("needs", ""),
            movement=row.get("movement", False),
            nature=row.get("nature", ""),
            cause=row.get("cause", ""),
            subjects=tuple(_phrases(row.get("subjects", ""))),
            definition=row["definition"],
            differs=row["differs"],
            terms=tuple(p for name in ("terms", "weak", "nouns") for p in _phrases(row.get(name, ""))),
            codes=tuple((k, row[k]) for k in ("helix", "ucdp", "acled", "hxl", "unhcr") if k in row),
        )
        for section in ("terms", "weak", "nouns", "ambiguous"):
            for phrase in _phrases(row.get(section, "")):
                add(phrase, section, code)
    nouns = data["nouns"]
    for unit in ("item", "person", "household", "event", "building", "vehicle", "animal", "vote", "seat", "other"):
        for noun in _phrases(nouns[unit]):
            for form in dict.fromkeys((noun, _plural(noun))):
                add(form, "unit", unit)
    for table in ("kinds", "directions", "modality", "inert"):
        for section, phrases in data[table].items():
            if section != "auxiliaries":
                for phrase in _phrases(phrases):
                    add(phrase, section, section)
    return _Lexicon(
        entries=entries,
        patterns=patterns,
        auxiliaries=frozenset(_phrases(data["kinds"]["auxiliaries"])),
        scales=frozenset(_phrases(nouns["scales"])),
        pronouns=frozenset(_phrases(nouns["pronouns"])),
        void=frozenset(_phrases(nouns["void"])),
        stops=frozenset(_phrases(nouns["stops"])),
        lead=frozenset(_phrases(nouns["lead"])),
        plain=frozenset(_phrases(nouns["plain"])),
        person_endings=tuple(_phrases(nouns["person_endings"])),
        no_persons=frozenset(_phrases(nouns["not_person_endings"])),
        scale_words={name: frozenset(_phrases(words)) for name, words in data["bare"].items()},
        dimensions={unit: code for code, units in _DIMENSIONS.items() for unit in units.split()},
    )


def _phrases(several: str) -> list[str]:
    return [phrase.strip() for phrase in several.split(";") if phrase.strip()]


def _expand(phrase: str) -> list[tuple[str, ...]]:
    """Return the word sequences that a phrase stands for: "kill(|s|ed)" is kill, kills, killed."""
    plain = phrase.lower().replace("-", " ").replace("'", " ")
    if "(" not in plain:
        return [tuple(plain.split())]
    pieces = [piece.split("|") for piece in plain.replace(")", "(").split("(")]
    return list(dict.fromkeys(tuple(words) for choice in product(*pieces) if (words := "".join(choice).split())))


def _plural(noun: str) -> str:
    if noun.endswith(("ss", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("s"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


if __name__ == "__main__":
    print(reference(), end="")  # noqa: T201
