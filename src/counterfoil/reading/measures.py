"""What a figure counts: measure, unit, kind, population, direction and how sure.

Terms are kept verbatim: "left voluntarily" stays what it is and is never turned into "returned". Pure: no clock,
no network.
"""

from dataclasses import dataclass
from functools import lru_cache

from counterfoil.reading.kinds import WALLS, cause_of, direction, kind_of, modality_of, tally_of
from counterfoil.reading.lexemes import BREAKS, Hit, Part, Scan, part_of, scan_around, within
from counterfoil.reading.model import Cause, Direction, Kind, Modality, Tally
from counterfoil.reading.taxonomy import Entry, label, measure, taxonomy, vocabulary
from counterfoil.spans import Span

__all__ = ["Entry", "Judged", "direction", "judge", "label", "measure", "people", "taxonomy"]

VERSION = "1"
LEDE = 6_000  # code points in which an article names its subject
RUN_ON = 5  # tokens behind an event's words, and RUN_IN before them, that a term may need
RUN_IN = 2
OBJECT = 3  # tokens between a verb and the number that is its object: "left at least some 40"
NEAR = 6  # tokens between a number without an event and a term that may still decide it
_LINKS = frozenset(["from", "of", "to", "in", "by", "for"])  # "recovered from" the river is no recovery
_SIZED = ("measure", "money", "age", "duration")
_RELATIVE = ("percent", "fraction", "points", "multiple", "rate")


@dataclass(frozen=True, slots=True)
class Judged:
    """What one number counts.

    code        of the taxonomy: `label(code)` gives the label format's concept.
    term        the words that decided it; None where only the sort of thing counted is known.
    population  the people counted, as written; None where the words name none ("people", "deaths").
    unit        of the label format: "person", "event", "percent", "USD", ...
    by          the rule with its version: where the deciding words stood.
    units       that the noun for what is counted may have; none where it is not known.
    tally       whether it adds to an earlier count or sums all, with the words.  cause  what brought harm, likewise.
    """

    code: str
    term: Span | None
    population: Span | None
    unit: str
    kind: Kind
    modality: Modality
    by: str
    tally: tuple[Tally, Span] | None = None
    cause: tuple[Cause, Span] | None = None
    units: tuple[str, ...] = ()


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
    scan = scan_around(text, clause, number)
    here = scan.tokens(number)
    thing = part_of(text, scan, what)
    act = part_of(text, scan, event)
    if act is not None and _divided(scan, here, act):
        act = None
    if shape == "count" and not unit:
        shape, unit = _bare(scan, here, thing, act)
    units, noun_end = _noun(thing, text)
    if not units and thing is None and shape in ("count", "vague"):
        units = _following_noun(scan, here)
    entry, term, by = _decide(scan, here, thing, act, units, shape, unit)
    if by == "other" and units and thing and act and thing[0] is act[0] is scan and thing[2] <= act[1] < here[0]:
        # "buried 12 houses and killed 30": what an earlier number counts is not what this one does
        own = _decide(scan, here, None, act, (), shape, unit)
        if own[0].harm:
            (entry, term, by), thing, units = own, None, ()
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
    when = part_of(text, scan, time)
    kind = kind_of(scan, here, thing, act, when, entry, shape, given, direction)
    return Judged(
        code=entry.code,
        term=term,
        population=population,
        unit=given,
        kind=kind,
        modality=modality_of(scan, here, act),
        by=f"measures.{by}@{VERSION}",
        tally=tally_of(scan, here, when, kind),
        cause=cause_of(scan, here, thing, act)
        if entry.harm
        else (Cause(entry.cause), term)
        if entry.cause and term
        else None,
        units=units,
    )


def people(text: str, words: Span, clause: Span) -> bool:
    """Say whether these words, within the sentence `clause`, name people by their head noun."""
    return "person" in _noun(part_of(text, scan_around(text, clause, words), words), text)[0]


def _bare(scan: Scan, here: tuple[int, int], thing: Part | None, act: Part | None) -> tuple[str, str]:
    """Return shape and unit of a bare number: "magnitude 6.1", "ten-storey", "a theft rate of 9" are no counts."""
    first, last = here
    before, after = scan.words[max(0, first - 2) : first], scan.words[last : last + 2]
    named = {w for part in (thing, act) if part for w in part[0].words[part[1] : part[2]]}
    scale = vocabulary().scale_words
    decimal = "." in scan.words[first:last]
    if not scale["magnitude"].isdisjoint((*before, *named)) or (decimal and not scale["quake"].isdisjoint(named)):
        return "measure", "other"
    if after[:1] == ("magnitude",) and not any(w[0].isdigit() for w in after):
        return "measure", "other"
    if _is_age(scan, here, thing):
        return "age", "year"
    if after[:1] == ("-",) and not scale["made_of"].isdisjoint(after):
        return "measure", "other"
    return ("rate", "ratio") if not scale["rate"].isdisjoint(named) else ("count", "")


def _is_age(scan: Scan, here: tuple[int, int], thing: Part | None) -> bool:
    """Say whether a bare number ends a clause about one person: "the driver was 19", "Conyers, ..., was 90."."""
    first, last = here
    number = scan.words[first:last]
    if len(number) != 1 or not number[0].isdigit() or not 1 <= len(number[0]) <= 2 or thing is None:
        return False
    if scan.words[first - 1 : first] not in (("was",), ("is",), ("turned",), ("been",)):
        return False
    if last < len(scan.words) and scan.words[last] not in _CLAUSE_ENDS:
        return False
    head = _head(*thing)
    if head is None:
        return False
    word = thing[0].words[head]
    single = [h for h in thing[0].of("unit") if h.last == head + 1 and h.value == "person"]
    return word in ("he", "she") or (bool(single) and not word.endswith("s") and word not in vocabulary().plain)


_CLAUSE_ENDS = BREAKS | {",", "when", "and", "on", "at", "in", ")"}


def _decide(
    scan: Scan,
    here: tuple[int, int],
    thing: Part | None,
    act: Part | None,
    units: tuple[str, ...],
    shape: str,
    unit: str,
) -> tuple[Entry, Span | None, str]:
    """Return the measure, the words that decided it and where they stood."""
    entries = vocabulary().entries
    if shape in ("age", "duration"):
        return entries[shape], None, shape
    if shape in _SIZED:
        return _sized(scan, here, thing, act, unit, shape)
    candidates: list[tuple[int, int, int, int, Scan, Hit, str]] = []
    for part, where in ((act, "event"), (thing, "what")):
        if part is None:
            continue
        own = part[0]
        for hit in (*within(part, *_ALLOWED[where]), *(_beyond(part, here) if where == "event" else ())):
            entry = entries[hit.value]
            if _not_done(own, hit, entry):
                continue
            counted = hit.section == "nouns"
            if not (counted or _goes(entry, units, shape)) or _covered(hit, units, shape):
                continue
            if hit.section == "weak" and ((not units and not _unnamed(thing)) or _has_object(own, hit, scan, here)):
                continue
            order = 2 * entry.rank + (where == "event") - 2 * (hit.section != "terms") if entry.rank > 1 else entry.rank
            distance = abs(hit.first - here[0]) if own is scan else hit.first
            candidates.append((order, hit.last - hit.first, -distance, hit.first, own, hit, where))
    best = max(candidates, key=lambda c: c[:4], default=None)
    own_verb = _own_verb(scan, here, act)
    if own_verb is not None:
        return entries[own_verb.value], scan.span(own_verb.first, own_verb.last), "near"
    if best is None or (best[0] < 4 and act is None) or (best[6] == "what" and entries[best[5].value].rank == 2):
        near = _near(scan, here, act, units, shape)
        if near is not None and _not_done(scan, near, entries[near.value]):
            near = None
        # A verb right before the number tells what happened to those that the noun names: "resettle 900 refugees".
        if near is not None and (best is None or best[0] < 4 or near.last == here[0]):
            return entries[near.value], scan.span(near.first, near.last), "near"
    if best is None:
        return entries["other"], None, "other"
    own, hit = best[4], best[5]
    if best[6] == "event":
        instead = entries[hit.value].instead
        named = [instead[h.value] for h in within(thing, *_ALLOWED["what"]) if h.value in instead]
        if named:
            return entries[named[0]], own.span(hit.first, hit.last), "event"
    return entries[hit.value], own.span(hit.first, hit.last), best[6]


def _not_done(scan: Scan, hit: Hit, entry: Entry) -> bool:
    """Say whether a movement is told as not made: 131 "who never came home" did not return.

    Harm and force stay what they are: "did not deport 500" denies that very count.
    """
    if not entry.moves or entry.harm or entry.nature == "forced":
        return False
    k = hit.first - 1
    while k >= max(0, hit.first - RUN_OF_VERBS) and scan.words[k] in _BETWEEN_VERBS:
        k -= 1
    return k >= 0 and (scan.words[k] in _NOT or scan.words[k].endswith(("n't", "n’t")))


RUN_OF_VERBS = 5  # tokens of a group of verbs: "have not yet been able to return"
_BETWEEN_VERBS = frozenset("have has had been be yet ever even to able managed still all".split())
_NOT = frozenset(["not", "never", "cannot"])
_ALLOWED = {"event": ("terms", "weak"), "what": ("terms", "nouns")}


def _beyond(part: Part, here: tuple[int, int]) -> list[Hit]:
    """Return the terms that an event's words cut short: "had left" ... "voluntarily", "on" ... "board"."""
    scan, low, high = part
    found = []
    for hit in scan.hits.get("terms", ()):
        open_ended = scan.words[hit.last - 1] in _LINKS and hit.last != here[0]  # but "has taken in 40"
        if low <= hit.first < high < hit.last <= high + RUN_ON and not open_ended:
            rest = scan.words[high : hit.last]
        elif hit.first < low < hit.last <= high and low - hit.first <= RUN_IN:
            rest = scan.words[hit.first : low]
        else:
            continue
        if not any((w in WALLS and w != "of") or w[0].isdigit() for w in rest):
            found.append(hit)
    return found


def _has_object(own: Scan, hit: Hit, scan: Scan, here: tuple[int, int]) -> bool:
    """Say whether a verb of going has the number for its object: "left 40 hungry", "reached 3,456" moved nobody."""
    if own is not scan or hit.last > here[0] or own.words[hit.first] not in vocabulary().transitive:
        return False
    between = own.words[hit.last : here[0]]
    return len(between) <= OBJECT and BREAKS.isdisjoint(between) and "," not in between


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
    entries = vocabulary().entries.values()
    return tuple(e.code for e in entries if any(word in head for word in e.subjects))


def _by_subject(text: str, part: Part | None) -> tuple[Entry, Span, str] | None:
    """Return the measure of a word that only the article's subject makes clear ("cases"); None where two fit."""
    hits = [h for h in within(part, "ambiguous") if h.value in _subjects(text)]
    if part is None or len({h.value for h in hits}) != 1:
        return None
    return vocabulary().entries[hits[0].value], part[0].span(hits[0].first, hits[0].last), "subject"


def _divided(scan: Scan, here: tuple[int, int], act: Part) -> bool:
    """Say whether the event is that of a part and the number its whole: of "two of the four missing are dead" the four.

    So it is where the word behind the number says by itself what happened to all.
    """
    first = here[0] - 1 - (scan.words[here[0] - 1 : here[0]] == ("the",))
    part = scan.words[first - 1 : first] if first > 0 and scan.words[first] == "of" else ()
    if act[0] is not scan or act[1] < here[1] + 1 or not part or not (part[0][0].isdigit() or part[0] in _PARTS):
        return False
    entries = vocabulary().entries
    return any(
        hit.first == here[1] and hit.last <= act[1] and entries[hit.value].rank >= 3 and not hit.inert
        for hit in scan.of("terms")
    )


_PARTS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty"
    " ninety some most many half several".split()
)


def _unnamed(thing: Part | None) -> bool:
    """Say whether the words do not name what is counted: nothing, a pronoun, "the total"."""
    if thing is None:
        return True
    head = _head(*thing)
    lexicon = vocabulary()
    return head is None or thing[0].words[head] in lexicon.pronouns or thing[0].words[head] in lexicon.void


def _own_verb(scan: Scan, here: tuple[int, int], act: Part | None) -> Hit | None:
    """Return the term right before a number whose event is another number's: "killed 143 and infected 5,600"."""
    if act is None or act[0] is not scan or act[2] > here[0]:
        return None
    if not any(w[0].isdigit() for w in scan.words[act[2] : here[0]]):
        return None
    for hit in scan.of("terms"):
        beside = act[2] < hit.first and here[0] - OBJECT <= hit.last <= here[0]
        if not beside or scan.words[hit.first - 1] not in ("and", ","):
            continue
        if vocabulary().entries[hit.value].rank >= 3 and not _covered(hit, (), "count"):
            return hit
    return None


def _covered(hit: Hit, units: tuple[str, ...], shape: str) -> bool:
    """Say whether a longer term takes this one's words: "suicide attacks" those of "attacks", "went up" of "went"."""
    entries = vocabulary().entries
    return hit.inert or any(_goes(entries[code], units, shape) for code in hit.longer)


def _near(scan: Scan, here: tuple[int, int], act: Part | None, units: tuple[str, ...], shape: str) -> Hit | None:
    """Return the nearest strong term of the number's own stretch of the clause, with no other number between."""
    entries = vocabulary().entries
    best: tuple[int, int, int] | None = None
    chosen = None
    for hit in scan.of("terms"):
        around = hit.first < here[0] and here[1] < hit.last  # "forced 6,200 from their homes"
        if not around and act is not None and act[0] is scan and hit.first < act[2] and act[1] < hit.last:
            continue  # the event's own words have been judged already
        if entries[hit.value].rank < 3 or not _goes(entries[hit.value], units, shape):
            continue
        after = hit.first >= here[1]
        between = scan.words[here[1] : hit.first] if after else scan.words[hit.last : here[0]]
        if after and between[:1] == ("of",):
            between = between[1:]  # "hundreds of Somalis awaiting resettlement"
        elif not after and between[-1:] == ("of",):
            between = between[:-1]  # "claimed the lives of 40"
        if len(between) > NEAR or not WALLS.isdisjoint(between) or any(w[0].isdigit() for w in between):
            continue
        if after and between and hit.last < len(scan.words) and scan.words[hit.last][0].isdigit():
            continue  # "sent 500 soldiers after rebels killed 30": it is the other number's
        if not entries[hit.value].unit or _covered(hit, units, shape):
            continue
        key = (len(between), -entries[hit.value].rank, hit.first - hit.last)
        if best is None or key < best:
            best, chosen = key, hit
    return chosen


def _sized(
    scan: Scan, here: tuple[int, int], thing: Part | None, act: Part | None, unit: str, shape: str
) -> tuple[Entry, Span | None, str]:
    """Return the measure of a sum of money or of a physical size, by its unit and the words beside it."""
    lexicon = vocabulary()
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
        inside = [h for h in within(part, section) if h.value in options]
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
    entries = vocabulary().entries
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


def _noun(part: Part | None, text: str) -> tuple[tuple[str, ...], int]:
    """Return the units that the head noun of `what` may have (none where it is not known), and the token after it."""
    if part is None:
        return (), 0
    scan, low, high = part
    head = _head(scan, low, high)
    if head is None or scan.words[head] in vocabulary().pronouns:
        return (), high
    # What follows a noun may only tell what befell it: "people displaced", "houses destroyed".
    said = {i for h in scan.of("terms", "flow", "state") for i in range(h.first, h.last)}
    found = [
        h
        for h in within((scan, low, head + 1), "unit")
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


def _head(scan: Scan, low: int, high: int) -> int | None:
    """Return the token of the head noun: the last before a preposition, past "number of" and the like."""
    void = vocabulary().void
    end = low
    meaningful = False
    for index in range(low, high):
        word = scan.words[index]
        if word in vocabulary().stops:
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
    lexicon = vocabulary()
    if word in lexicon.no_persons or len(word) < 5:
        return False
    return word.endswith(lexicon.person_endings) or (capital and word.endswith("is"))


def _following_noun(scan: Scan, here: tuple[int, int]) -> tuple[str, ...]:
    """Return the units of the first known noun within four words after the number."""
    for index in range(here[1], min(here[1] + 4, len(scan.words))):
        if not scan.words[index][0].isalnum() or scan.words[index] in vocabulary().stops:
            return ()
        units = tuple(h.value for h in scan.hits.get("unit", ()) if h.first == index)
        if units:
            return units
    return ()


def _population(part: Part | None, units: tuple[str, ...], last: int) -> Span | None:
    """Return the words that name who is counted, where they say more than that people are."""
    if part is None or "person" not in units:
        return None
    scan, first, end = part
    lexicon = vocabulary()
    while first < last - 1 and (scan.words[first] in lexicon.void or scan.words[first] in lexicon.lead):
        first += 1
    if (first == last - 1 and scan.words[first] in lexicon.plain) or scan.words[last - 1] in _TALLIES:
        return None  # "people", "the death toll"
    if last < end and scan.words[last - 1] in lexicon.partial and scan.words[last] in _OF_WHOM:
        last = end  # "nationals of Peru", "members of the security forces", "children under five"
    return scan.span(first, last)


_TALLIES = frozenset("toll tolls tally count number figure total".split())
_OF_WHOM = frozenset(("of", "from", "under", "aged"))
