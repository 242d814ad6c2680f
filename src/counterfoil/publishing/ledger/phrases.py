"""One entry in words, the same in lists, reports and pages: how much, of what, where, by whom."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from counterfoil.ledger.changes import FLAWED
from counterfoil.ledger.exchange import sentence
from counterfoil.ledger.model import Change, Confidentiality, Entry, KeptRelation
from counterfoil.publishing import wording
from counterfoil.reading.gazetteer import fold
from counterfoil.reading.model import Direction, Hedge, Kind, Modality, Tally
from counterfoil.relating.model import Group, Point, Timeline

_SIGNS = {Direction.UP: "+", Direction.DOWN: "−"}


def counted(entry: Entry) -> str:
    """Return what an entry counts, and whether it is told as having happened, or on top of another count."""
    told = [entry.modality.value] if entry.modality is not Modality.OBSERVED else []
    told += ["on top"] if entry.tally is Tally.INCREMENT and entry.kind is not Kind.CHANGE else []
    return (sentence.counted(entry) or sentence.following(entry) or wording.NOTHING) + (
        f" ({', '.join(told)})" if told else ""
    )


def allowed(entry: Entry) -> str:
    """Return what an entry's words allow, with a unit that what is counted does not tell; a change with its sign."""
    shown = wording.bounds(entry.low, entry.high, entry.unit)
    if shown == wording.NOTHING:
        return shown
    unit = wording.unit(entry.unit, plural=shown != "1") if entry.unit not in wording.TOLD else ""
    if entry.kind is not Kind.CHANGE or entry.direction is None or unit:
        return f"{shown} {unit}".strip()
    if entry.low == entry.high:
        return f"{_SIGNS[entry.direction]}{shown}"
    return f"{shown}{wording.ARROWS[entry.direction]}"


def number(entry: Entry) -> str:
    """Return what the words say, with what they allow where that is more: "about 40 (38–42)"."""
    shown = allowed(entry)
    exact = entry.hedge is Hedge.EXACT and entry.low == entry.high and not sentence.is_set_right(entry)
    same = shown == entry.quote or (exact and entry.kind is not Kind.CHANGE)
    return entry.quote if same else f"{entry.quote} ({shown})"


def changed(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return what was set otherwise, each on its own: "low 12 → 14"; one exact number for another is told once."""
    found = tuple(changes)
    number = [one for one in found if one.field in _NUMBER]
    if {"low", "high"} <= {one.field for one in number} and len({(one.old, one.new) for one in number}) == 1:
        found = (replace(number[0], field="value"), *(one for one in found if one not in number))
    return tuple(f"{one.field.replace('_', ' ')} {one.old or 'none'} → {one.new or 'none'}" for one in found)


_NUMBER = ("low", "high", "said_low", "said_high")


def once(relations: Iterable[KeptRelation]) -> tuple[tuple[KeptRelation, ...], ...]:
    """Return relations with those together that say the same, as copies of an article do."""
    found: dict[tuple[object, ...], list[KeptRelation]] = {}
    for one in relations:
        found.setdefault((one.kind, one.reason, one.choice), []).append(one)
    return tuple(map(tuple, found.values()))


def reason(one: KeptRelation, entries: Mapping[str, Entry]) -> str:
    """Return why two figures are related, with their sources named as everywhere: "(hospital)", not "(Hospital)".

    A headline's short name for a source is told as the name in full of the figure that stands for it.
    """
    words = one.reason
    for entry in (entries[key] for key in (one.a, one.b) if key in entries and entries[key].claimant):
        name = frozenset(fold(entry.claimant).split())
        for told in set(re.findall(r"\(([^()]+)\)", words)):
            if frozenset(fold(told).split()) <= name:
                words = words.replace(f"({told})", f"({said_by(entry)})")
    return words


def thing(group: Group) -> str:
    """Return what a group counts: "people killed"."""
    return sentence.thing(group.measure, group.unit, group.population)


def was_before(entry: Entry) -> bool:
    """Say whether an article tells a number as what another was before: "to 38 from 41", "down from a peak of 90"."""
    return _BEFORE.search(entry.prefix) is not None


_BEFORE = re.compile(
    r"\bfrom (?:(?:an?|the|its|their|earlier|previous|initial|first|peak|high|total|figure|count|toll|estimate|of|about"
    r"|some|around|nearly|almost|over|more|than|at|least) ){0,5}\Z"
)


def latest(line: Timeline, entries: Mapping[str, Entry]) -> Point | None:
    """Return the count that a claimant gave last, None where all look wrong.

    Of an article's counts of one day the last in order, save those that it tells as what was before.
    """
    standing = [one for one in line.points if one.flag not in FLAWED]
    if not standing:
        return None
    end = standing[-1].side.figure.number.anchor.document
    told = [one for one in standing if (one.day, _document(one)) == (standing[-1].day, end)]
    now = [one for one in told if one.side.where not in entries or not was_before(entries[one.side.where])]
    return (now or told)[-1]


def _document(one: Point) -> str:
    return one.side.figure.number.anchor.document


def span(group: Group, entries: Mapping[str, Entry]) -> str:
    """Return the range from the lowest to the highest of what the claimants say last."""
    last = [one for line in group.timelines if (one := latest(line, entries)) is not None]
    lows, highs = [one.low for one in last if one.low is not None], [one.high for one in last if one.high is not None]
    low = min(lows) if lows and len(lows) == len(last) else None
    return wording.bounds(low, max(highs) if highs and len(highs) == len(last) else None, group.unit)


def place(group: Group) -> str:
    """Return where a group's counts are of; between quotation marks where no gazetteer knows it, "" where not known."""
    if re.fullmatch("[A-Z]{3}", group.place):
        return sentence.country_name(group.place)
    sides = (side for line in group.timelines for point in line.points for side in (point.side, *point.repeats))
    written = (side.figure.place.value for side in sides if side.figure.place is not None)
    verbatim = (one.name for one in written if one.level == "unknown" and one.name.casefold().startswith(group.place))
    return next((f"“{one}”" for one in verbatim), group.place if any(map(str.isalpha, group.place)) else "")


def where(entry: Entry) -> str:
    """Return the place, or the way of a movement; in brackets what only the article as a whole tells."""
    if entry.origin or entry.destination:
        here = "" if _town(entry.place) == _town(entry.destination) else sentence.place(entry)
        return f"{entry.origin or here or '?'} → {entry.destination or '?'}"
    return sentence.place(entry) or (f"[{sentence.country_name(entry.country)}]" if entry.country else "")


def _town(place: str) -> str:
    return fold(place.partition(",")[0])


def said_by(entry: Entry) -> str:
    """Return who says it, or that the article speaks for itself."""
    return sentence.claimant(entry) or wording.NARRATION


def figure(entry: Entry) -> str:
    """Return an entry on one line: "14 people killed, Lokoja, Nigeria, 9 Sep 2024, Red Cross"."""
    day = wording.day(entry.day, short=True)
    secret = ", confidential" if entry.confidentiality is Confidentiality.CONFIDENTIAL else ""
    return f"{number(entry)} {counted(entry)}, {where(entry) or 'no place told'}, {day}, {said_by(entry)}{secret}"
