"""What changed in a ledger since a time: new figures, other versions, revisions, contradictions, thresholds. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from counterfoil.errors import InputError
from counterfoil.ledger.exchange.sentence import unit_words
from counterfoil.ledger.gathering import Holdings, said_again
from counterfoil.ledger.model import HOUSEHOLDS, Action, Choice, Entry, Event, KeptRelation
from counterfoil.reading.model import Cause, Kind, Modality, Tally
from counterfoil.relating.model import Group, Point, RelationKind

DISPLACED = "displaced"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number of people at which a desk wants to be told.

    measure  a code of the taxonomy.
    cause    "conflict", "disaster", ...; "" for any.
    """

    measure: str
    least: Decimal
    cause: str = ""

    @property
    def words(self) -> str:
        """Return it in words: "50,000 displaced (disaster)"."""
        return f"{self.least:,f} {self.measure.replace('_', ' ')}" + (f" ({self.cause})" if self.cause else "")


# The thresholds of HDX Signals for displacement, by cause.
THRESHOLDS = (
    Threshold(DISPLACED, Decimal(5_000), Cause.CONFLICT.value),
    Threshold(DISPLACED, Decimal(50_000), Cause.DISASTER.value),
)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A count that reaches a threshold for the first time in its group.

    sure    all that its words allow is at or above it; False: some of it.
    before  the highest that the ledger held of the same before, None where it held nothing.
    caused  the article tells the cause that the threshold is for, or the threshold is for any.
    also    counts of other groups that reach it too and may be of the same event: told in one line with this one.
    elsewhere  where its own group held nothing: the highest count of what may be the same event that the ledger held.
    """

    threshold: Threshold
    entry: Entry
    group: str
    sure: bool
    before: Decimal | None
    caused: bool
    also: tuple[Entry, ...] = ()
    elsewhere: Entry | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is other than it was at `since`.

    new         figures first recorded since, copies left out: `repeated` counts those.
    articles    that were added, or came as another version.
    otherwise   what became of figures in articles that changed: changed, gone, back.
    decided     what people corrected, reviewed and decided.
    revised     relations by which a source takes a count back; `contradicted` two sources that cannot both be right,
                `other` slips, misstatements, denials and other words for one movement. None that a person rejected.
    uncounted   new figures that no threshold could be asked of, with why.
    """

    since: datetime
    new: tuple[Entry, ...]
    repeated: int
    articles: tuple[Event, ...]
    otherwise: tuple[Event, ...]
    decided: tuple[Event, ...]
    revised: tuple[KeptRelation, ...]
    contradicted: tuple[KeptRelation, ...]
    other: tuple[KeptRelation, ...]
    crossed: tuple[Crossing, ...]
    uncounted: tuple[tuple[Entry, str], ...]


EVENT_DAYS = 31  # counts of one event come for weeks: a toll of a flood is final after about a month
BRIEF_DAYS = 2  # a window so short is that of one happening
LONG_OVER_DAYS = 366  # a yearly total is published within the year after; what is older stands there for comparison
_OTHER = frozenset(
    one.value for one in (RelationKind.TYPO, RelationKind.MISSTATED, RelationKind.DENIES, RelationKind.RECHARACTERISES)
)
_COPIES = frozenset({RelationKind.COPIES.value, RelationKind.RELAYS.value})
_BY_PEOPLE = frozenset({Action.REVIEWED.value, Action.CORRECTED.value, "review", "decision"})
_BY_ARTICLES = frozenset({Action.CHANGED.value, Action.GONE.value, Action.BACK.value})


def changes(
    held: Holdings,
    events: Iterable[Event],
    found: frozenset[int],
    since: datetime,
    thresholds: Sequence[Threshold] = THRESHOLDS,
) -> Changes:
    """Return what changed since a time.

    events  of the ledger since then; `found`: the relations that came with articles added since.
    """
    keys = {one.id for one in held.entries}
    told = [one for one in events if not one.entry or one.entry in keys]
    places = {one.id: at for at, one in enumerate(sorted(held.entries, key=_in_order))}
    relations = [one for one in held.relations if one.id in found and one.choice is not Choice.REJECTED and one.b]
    relations.sort(key=lambda one: (places[one.a], places.get(one.b, -1), one.kind))
    again = said_again(held)
    fresh = [one for one in held.entries if one.created_at >= since and not one.gone and one.id not in again]
    new = sorted(fresh, key=_in_order)
    repeats = {side.where for point in _points(held.groups) for side in point.repeats}
    repeats |= {one.a for one in held.relations if one.kind in _COPIES and one.choice is not Choice.REJECTED}
    crossed, uncounted = _crossings(held, new, since, thresholds)
    return Changes(
        since=since,
        new=tuple(one for one in new if one.id not in repeats),
        repeated=sum(one.id in repeats for one in new),
        articles=tuple(one for one in told if one.what == "article"),
        otherwise=tuple(one for one in told if one.what in _BY_ARTICLES),
        decided=tuple(one for one in told if one.what in _BY_PEOPLE),
        revised=tuple(one for one in relations if one.kind == RelationKind.REVISES),
        contradicted=tuple(one for one in relations if one.kind == RelationKind.CONTRADICTS),
        other=tuple(one for one in relations if one.kind in _OTHER),
        crossed=crossed,
        uncounted=uncounted,
    )


def _in_order(one: Entry) -> tuple[date, date, str, int, str]:
    """Order entries by what their articles say, never by when they were added."""
    return (one.day, one.published or one.day, one.document, one.start or 0, one.id)


def thresholds_of(given: Iterable[str], measures: frozenset[str]) -> tuple[Threshold, ...]:
    """Return what `--alert` asks for, in place of the thresholds that stand where none is given.

    given   "5000" for the displaced of any cause, "conflict=5000" for those of one, "killed=100" for another measure.
    Raises  InputError with all faults at once.
    """
    found, faults = [], []
    causes = {one.value for one in Cause}
    for words in given:
        name, _, number = words.rpartition("=")
        name = name.strip()
        digits = number.strip().replace(",", "")
        if not digits.isascii() or not digits.isdecimal() or not int(digits):
            faults.append(f"{words!r}: {number.strip()!r} is no count")
        elif name in causes:
            found.append(Threshold(DISPLACED, Decimal(digits), name))
        elif not name or name in measures:
            found.append(Threshold(name or DISPLACED, Decimal(digits)))
        else:
            faults.append(f"{words!r}: {name!r} is neither a cause ({', '.join(sorted(causes))}) nor a measure")
    if faults:
        raise InputError("; ".join(faults), "--alert", "write it as 5000, conflict=5000 or killed=100")
    return tuple(found) or THRESHOLDS


def _points(groups: Iterable[Group]) -> Iterable[Point]:
    return (point for group in groups for line in group.timelines for point in line.points)


FLAWED = {"slip": "it looks like a slip", "misstated": "its source says another number"}


def _crossings(
    held: Holdings, new: Sequence[Entry], since: datetime, thresholds: Sequence[Threshold]
) -> tuple[tuple[Crossing, ...], tuple[tuple[Entry, str], ...]]:
    """Ask each new count whether it is the first of its group at or above a threshold.

    A bound without a ceiling reaches only what its floor reaches. Slips and misstatements cross nothing.
    """
    entries = {one.id: one for one in held.entries}
    group_of: dict[str, Group] = {}
    flag_of: dict[str, str] = {}
    for group in held.groups:
        for point in _points([group]):
            for side in (point.side, *point.repeats):
                group_of[side.where] = group
            flag_of[point.side.where] = point.flag
    first: dict[tuple[str, str], Crossing] = {}
    uncounted = []
    copies = {side.where for point in _points(held.groups) for side in point.repeats}
    for entry in sorted(new, key=lambda one: one.id in copies):  # who said it, before who repeats it
        asked = [one for one in thresholds if one.measure == entry.measure]
        if not asked:
            continue
        why = FLAWED.get(flag_of.get(entry.id, "")) or _uncountable(entry)
        if why:
            uncounted += [(entry, why)] if entry.id not in copies else []
            continue
        low, high = entry.persons or (None, None)
        group_found = group_of.get(entry.id)
        before = _highest_before(group_found, entries, flag_of, since)
        cause = entry.cause.value if entry.cause else _cause(group_found, entries)
        fitting = [one for one in asked if not one.cause or not cause or one.cause == cause]
        for threshold in fitting:
            sure = low is not None and low >= threshold.least
            perhaps = high is not None and high >= threshold.least
            if not (sure or perhaps) or (before is not None and before >= threshold.least):
                continue
            where = group_found.id if group_found else entry.id
            crossing = Crossing(
                threshold,
                entry,
                group_found.id if group_found else "",
                sure,
                before,
                not threshold.cause or cause == threshold.cause,
            )
            known = first.get((threshold.words, where))
            if known is None or (sure and not known.sure):
                first[threshold.words, where] = crossing
    old = [one for one in held.entries if one.created_at < since and not one.gone and flag_of.get(one.id) not in FLAWED]
    return tuple(_with_elsewhere(one, old) for one in _joined(first.values())), tuple(uncounted)


def _with_elsewhere(one: Crossing, old: Sequence[Entry]) -> Crossing:
    """Return a crossing with the highest count that the ledger held of what may be the same event, in other groups."""
    if one.before is not None:
        return one
    near = [
        (people[0], entry)
        for entry in old
        if entry.measure == one.threshold.measure and not _uncountable(entry)
        if (people := entry.persons) and people[0] is not None and _may_be_of(entry, one)
    ]
    return replace(one, elsewhere=max(near, key=lambda pair: pair[0], default=(None, None))[1])


def _joined(crossings: Iterable[Crossing]) -> tuple[Crossing, ...]:
    """Return crossings with those of what may be one event told together: beside the first of them."""
    found: list[Crossing] = []
    for one in crossings:
        fitting = (at for at, other in enumerate(found) if other.threshold == one.threshold)
        at = next((at for at in fitting if _may_be_of(one.entry, found[at])), None)
        if at is None:
            found.append(one)
        elif one.sure and not found[at].sure:
            found[at] = replace(one, also=(found[at].entry, *found[at].also))
        else:
            found[at] = replace(found[at], also=(*found[at].also, one.entry))
    return tuple(found)


def _may_be_of(entry: Entry, one: Crossing) -> bool:
    """Say whether a count may be of the event of others: nothing tells it from any of them, and one is near in time.

    Nothing is lost where two events are taken for one: each count stands in the line.
    """
    there = (one.entry, *one.also)
    return all(_alike(entry, other) for other in there) and any(_near_in_time(entry, other) for other in there)


def _alike(a: Entry, b: Entry) -> bool:
    """Say whether two counts are of one country, and neither cause nor division nor town tells them apart."""
    if not a.country or a.country != b.country or (a.cause and b.cause and a.cause != b.cause):
        return False
    elsewhere = a.admin1 != b.admin1 or (a.level == b.level == "city" and a.place != b.place)
    return not (a.admin1 and b.admin1 and elsewhere)


def _near_in_time(a: Entry, b: Entry) -> bool:
    """Say whether two counts are spoken within weeks; brief windows must meet, save those of a disaster."""
    if abs((a.day - b.day).days) > EVENT_DAYS:
        return False
    if Cause.DISASTER in (a.cause, b.cause) or a.first is None or a.last is None or b.first is None or b.last is None:
        return True
    brief = max((a.last - a.first).days, (b.last - b.first).days) <= BRIEF_DAYS
    return not brief or (a.first <= b.last and b.first <= a.last)


def _uncountable(entry: Entry) -> str:
    """Return why no threshold is asked of a figure, "" where one may be."""
    if entry.kind is Kind.CHANGE:
        return "it is a change, not a count"
    if entry.last is not None and (entry.day - entry.last).days > LONG_OVER_DAYS:
        return f"it counts days long over, until {entry.last:%Y-%m-%d}"
    if entry.modality not in (Modality.OBSERVED, Modality.ESTIMATED):
        return f"told as {entry.modality.value}"
    if entry.tally is Tally.INCREMENT:
        return "it is added to an earlier count"
    if entry.persons is None:
        unit = unit_words(entry.unit)
        if entry.unit in HOUSEHOLDS:
            return f"counted in {unit}, and no size is stated"
        return f"counted in {unit}, not in people" if unit else "it counts no people"
    return ""


def _cause(group: Group | None, entries: Mapping[str, Entry]) -> str:
    """Return the one cause that the figures of a group name, "" for none or several."""
    sides = [side.where for point in _points([group] if group else []) for side in (point.side, *point.repeats)]
    causes = {cause.value for one in sides if one in entries and (cause := entries[one].cause)}
    return causes.pop() if len(causes) == 1 else ""


def _highest_before(
    group: Group | None, entries: Mapping[str, Entry], flags: Mapping[str, str], since: datetime
) -> Decimal | None:
    """Return the highest floor that the ledger held of a group before, slips left out."""
    floors = [
        people[0]
        for point in _points([group] if group else [])
        for side in (point.side, *point.repeats)
        if (one := entries.get(side.where)) and one.created_at < since and flags.get(point.side.where) not in FLAWED
        if (people := one.persons) and people[0] is not None
    ]
    return max(floors, default=None)
