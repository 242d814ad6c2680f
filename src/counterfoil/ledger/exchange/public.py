"""Entries as they may go to the public, and a linter that looks at the result. Pure.

No export can undo a harm. So what is confidential stays out, private names go, places are given no finer than their
first- or second-level division, and small counts at small places are withheld. The linter knows nothing of what was
done: it looks at what is about to be written, and what it cannot clear it names.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from counterfoil.ledger.exchange import names
from counterfoil.ledger.exchange.sentence import country_name
from counterfoil.ledger.model import Confidentiality, Entry
from counterfoil.reading import gazetteer, places
from counterfoil.reading.model import Kind

SMALL = 10  # counts below are withheld at small places: the rule of no harm that docs/exchange.md states
WITHHELD = "[withheld: a small count at a small place]"
_TEXTS = ("excerpt", "title", "term", "population", "event", "calculation_logic", "quote")  # words of articles, people
BESIDE = "[withheld: it tells what may not be published]"
_NUMERALS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")  # all below SMALL
_NO_NUMBERS = ("percent", "percentage_point", "ratio")
_NO_COUNTS = (Kind.SHARE, Kind.RATE, Kind.MONEY, Kind.MEASUREMENT, Kind.DURATION, Kind.SCORE)


@dataclass(slots=True)
class Report:
    """What was left out and taken out, and what cannot be cleared.

    left_out  reason to how many entries.  changed  what was done to how many entries.
    unclear   entry, field and why.
    """

    left_out: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unclear: list[tuple[str, str, str]] = field(default_factory=list)


def public_names(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the speakers who are persons in a public role, in small letters: some sentence gives them an office."""
    found = set()
    for one in entries:
        if one.claimant_kind == "person" and one.claimant.lower() not in found:
            around = f"{one.excerpt} {one.claimant}" if one.excerpt else one.claimant
            if names.public_speaker(one.claimant, around):
                found.add(one.claimant.lower())
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Hushed:
    """What entries of an article may not tell of another entry of it that is kept back or withheld.

    sentences  its digest and the sentence.  counts  its digest and a small count, in digits.
    """

    sentences: frozenset[tuple[str, str]] = frozenset()
    counts: frozenset[tuple[str, int]] = frozenset()

    def told(self, document: str, text: str) -> bool:
        """Say whether a text of an article tells it: the very sentence, or the count in digits or a word."""
        if not text or not document:
            return False
        if (document, _bare(text)) in self.sentences:
            return True
        counts = [one for one in range(SMALL) if (document, one) in self.counts]
        shapes = "|".join(f"{one}|{_NUMERALS[one]}" for one in counts)
        return (
            bool(counts) and re.search(rf"(?<![^\W_])(?<!\d[.,])(?:{shapes})(?![.,]?\d|[^\W_])", text, re.I) is not None
        )


def hushed(entries: Iterable[Entry], public_people: frozenset[str]) -> Hushed:
    """Return what no entry may tell of another: the sentences of confidential entries, and withheld counts."""
    sentences, counts = set(), set()
    for one in entries:
        secret = one.confidentiality is Confidentiality.CONFIDENTIAL
        if not secret and not (is_small(one) and clean(one, public_people).excerpt == WITHHELD):
            continue
        if one.excerpt and one.document:
            sentences.add((one.document, _bare(one.excerpt)))
        known = (
            [] if secret else [value for value in (one.said_low, one.said_high, one.low, one.high) if value is not None]
        )
        counts |= {(one.document, int(value)) for value in known if 0 <= value < SMALL and value == int(value)}
    return Hushed(frozenset(sentences), frozenset(counts))


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


def public(
    entries: Iterable[Entry],
    public_people: frozenset[str],
    report: Report,
    quiet: Hushed | None = None,
    *,
    leave_out_unclear: bool = False,
) -> Iterator[Entry | None]:
    """Yield entries as they may be published, None in the place of one that is left out.

    quiet              what they may not tell of one another.
    leave_out_unclear  what the linter cannot clear is left out, and counted; else it is reported.
    """
    for one in entries:
        why = _kept_back(one)
        if why:
            report.left_out[why] += 1
            yield None
            continue
        shown = clean(one, public_people, report.changed)
        if quiet is not None:
            shown = _beside(one, shown, quiet, report.changed)
        faults = lint(shown, public_people)
        if faults and leave_out_unclear:
            report.left_out["cannot be cleared"] += 1
            yield None
            continue
        report.unclear += [(one.id, field, why) for field, why in faults]
        yield shown


def _kept_back(entry: Entry) -> str:
    if entry.confidentiality is Confidentiality.CONFIDENTIAL:
        return "confidential"
    if entry.kind is Kind.AGE:
        return "the age of a person"
    return ""


def clean(entry: Entry, public_people: frozenset[str], changed: Counter[str] | None = None) -> Entry:
    """Return an entry without what may not be published."""
    tally: Counter[str] = Counter() if changed is None else changed
    own = frozenset((entry.claimant.lower(),)) if _speaks_publicly(entry, public_people) else frozenset[str]()
    around = _around(entry)
    cleared = {name: names.clear(getattr(entry, name), own, around) for name in _TEXTS}
    taken = [one for each in cleared.values() for one in each.names]
    finer = any(each.finer for each in cleared.values()) or _is_fine(entry.level, entry.place)
    where, level, admin1 = _coarse(entry)
    origin, fine_origin = _coarse_name(entry.origin, entry.origin_country)
    destination, fine_destination = _coarse_name(entry.destination, entry.destination_country)
    finer = finer or fine_origin or fine_destination
    claimant = entry.claimant
    if claimant and not own and entry.claimant_kind in ("person", "unnamed", "group", ""):
        person = entry.claimant_kind == "person" and not names.is_no_person(claimant)
        shown = names.NAME if person else names.clear(claimant, around=around).text
        if shown != claimant:
            taken.append(claimant)
            claimant = shown
    words: dict[str, Any] = {name: each.text for name, each in cleared.items()}
    url = entry.url
    small = finer and is_small(entry)
    if small:
        tally["small counts withheld"] += 1
        words |= {"excerpt": WITHHELD, "title": "", "quote": "", "calculation_logic": "", "population": "", "event": ""}
        words |= {"term": "", "start": None, "end": None}
        words |= dict.fromkeys(("low", "high", "said_low", "said_high"))
        url = _site(url)
    elif _names_somebody(url, taken):
        tally["addresses cut to their site"] += 1
        url = _site(url)
    if taken:
        tally["names taken out"] += 1
    if (where, origin, destination) != (entry.place, entry.origin, entry.destination):
        tally["places made coarser"] += 1
    return replace(
        entry,
        **words,
        place=where,
        level=level,
        admin1=admin1,
        latitude=None,
        longitude=None,
        origin=origin,
        destination=destination,
        claimant=claimant,
        url=url,
        prefix="",
        suffix="",
        source="",
        created_by="",
        updated_by="",
    )


def _around(entry: Entry) -> names.Around:
    """Return the places that an entry is about: a town of these is no private person's name."""
    written = (entry.place.split(",")[0], entry.admin1, entry.origin.split(",")[0], entry.destination.split(",")[0])
    own = {one for words in written for one in (words, *_CAPITALISED.findall(words))}  # "the regions of Gao and Mopti"
    countries = (entry.country, entry.origin_country, entry.destination_country)
    return names.Around(
        frozenset(gazetteer.fold(one) for one in own if one), frozenset(one for one in countries if one)
    )


_CAPITALISED = re.compile(r"[^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*)*")


def _beside(entry: Entry, shown: Entry, quiet: Hushed, changed: Counter[str]) -> Entry:
    """Return an entry without the sentence, the headline and the address that tell of another what it may not tell.

    entry  as it was before it was cleaned: `shown`.
    """
    if shown.excerpt == WITHHELD:
        return shown
    words: dict[str, Any] = {}
    if quiet.told(entry.document, entry.excerpt):
        words["excerpt"] = BESIDE
    if quiet.told(entry.document, entry.title):
        words["title"] = ""
    if quiet.told(entry.document, entry.url) and shown.url:
        words["url"] = _site(shown.url)
    if words:
        changed["sentences, headlines or addresses withheld that tell of another entry"] += 1
    return replace(shown, **words)


def _speaks_publicly(entry: Entry, public_people: frozenset[str]) -> bool:
    return entry.claimant_kind in ("body", "document") or entry.claimant.lower() in public_people


def is_small(entry: Entry) -> bool:
    """Say whether an entry counts fewer than ten, by any bound that its words give."""
    if entry.kind in _NO_COUNTS or entry.unit in _NO_NUMBERS:
        return False
    known = [one for one in (entry.said_low, entry.said_high) if one is not None]
    known = known or [one for one in (entry.high if entry.high is not None else entry.low,) if one is not None]
    return bool(known) and min(known) < SMALL


def _is_fine(level: str, place: str) -> bool:
    return bool(place) and level not in names.COARSE


def _coarse(entry: Entry) -> tuple[str, str, str]:
    """Return place, level and first-level division no finer than a second-level division."""
    if not entry.place or (entry.level in names.COARSE and entry.level):
        return entry.place, entry.level, entry.admin1
    country = country_name(entry.country) if entry.country_of != "article" else ""  # the article's is no place of it
    if entry.admin1 and _is_division(entry.admin1, entry.country):
        return f"{entry.admin1}, {country}" if country else entry.admin1, "admin1", entry.admin1
    return (country, "country", "") if country else ("", "", "")


def _is_division(name: str, country: str) -> bool:
    rows = gazetteer.rows_of(gazetteer.fold(name))
    return any(row.level == "A" and row.country == country for row in rows)


def _coarse_name(name: str, country: str) -> tuple[str, bool]:
    """Return where a movement comes from or goes to, no finer than a division; and whether it was finer."""
    if not name:
        return "", False
    here = [one for one in places.lookup(name.split(",")[0]) if not country or one.country == country]
    if here and here[0].level in names.COARSE:
        return name, False
    division = here[0].admin1 if here else None
    home = country_name(country or (here[0].country or "" if here else ""))
    told = ", ".join(one for one in (division, home) if one)
    return told, True


def _site(url: str) -> str:
    found = re.match(r"https?://[^/?#\s]+", url, re.IGNORECASE)
    return f"{found.group()}/" if found else ""


def _names_somebody(url: str, taken: Iterable[str]) -> bool:
    """Say whether an address spells a name that was taken out: /2024/omar-deng-lost-his-house."""
    path = gazetteer.fold(url).replace("%20", " ")
    words = {one for name in taken for one in gazetteer.fold(name).split() if len(one) > 2}
    return any(re.search(rf"(?<![a-z]){re.escape(one)}(?![a-z])", path) for one in words)


# -- the linter --------------------------------------------------------------------------------------------------------


def lint(entry: Entry, public_people: frozenset[str]) -> list[tuple[str, str]]:
    """Return what may not be published of an entry, or cannot be told: field and why."""
    own = frozenset((entry.claimant.lower(),)) if _speaks_publicly(entry, public_people) else frozenset[str]()
    faults: list[tuple[str, str]] = []
    if entry.confidentiality is Confidentiality.CONFIDENTIAL:
        faults.append(("confidentiality", "it is confidential"))
    if entry.kind is Kind.AGE:
        faults.append(("kind", "it is the age of a person"))
    finer = _is_fine(entry.level, entry.place)
    if finer or entry.latitude is not None or entry.longitude is not None:
        faults.append(("place", "it is finer than a second-level division"))
    for name in (*_TEXTS, "claimant", "outlet"):
        words = getattr(entry, name)
        if not words or words in (WITHHELD, BESIDE):
            continue
        why = names.unclear(words) if name in ("excerpt", "title", "calculation_logic") else _script(words)
        if why:
            faults.append((name, why))
            continue
        if name == "outlet" or (name == "claimant" and (own or entry.claimant_kind in ("body", "document"))):
            continue
        again = names.clear(words, own, _around(entry))
        if again.names:
            faults.append((name, f"it may name a person: {', '.join(map(repr, again.names))}"))
        elif again.text != words:
            faults.append((name, "it names a small place or a contact"))
        finer = finer or again.finer
    if finer and is_small(entry):
        faults.append(("low", f"a count below {SMALL} at a small place"))
    for name in ("prefix", "suffix", "source", "created_by", "updated_by"):
        if getattr(entry, name):
            faults.append((name, "it is not for the public"))
    return faults


def _script(words: str) -> str:
    why = names.unclear(words)
    return why if "script" in why else ""
