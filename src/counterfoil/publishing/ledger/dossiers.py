"""Groups of figures as people read them: who says what, since when and from where; each count with what befell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from counterfoil.ledger.gathering import Holdings, members, said_again
from counterfoil.ledger.model import Change, Choice, Correction, Entry, KeptRelation
from counterfoil.publishing import wording
from counterfoil.publishing.ledger import phrases, steps
from counterfoil.relating.model import Group, Point, RelationKind, Side, Timeline
from counterfoil.relating.refusals import denier

MOST_DRAWN = 8  # claimants of one group that get a drawing; the table has all
_FLAGS = {
    "falls": "lower than the count before",
    "slip": "looks like a slip; stands in no range",
    "misstated": "its source says another number; stands in no range",
}
# What is told beneath a group; copies and growth are seen in the table.
TOLD = (
    *(RelationKind.CONTRADICTS, RelationKind.DENIES, RelationKind.REVISES, RelationKind.TYPO, RelationKind.MISSTATED),
    *(RelationKind.RECHARACTERISES, RelationKind.SUM_OF, RelationKind.PART_OF),
)
_VALUE = frozenset({"low", "high", "said_low", "said_high", "unit", "hedge"})  # fields that are the count itself


@dataclass(frozen=True, slots=True)
class Count:
    """One count in words. `printed`: the articles that have it, the first first; `url` of that one, "" for none."""

    day: date | None
    claimant: str
    written: str
    allowed: str
    added: str
    printed: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    sentence: str
    entry: str


@dataclass(frozen=True, slots=True)
class Claimant:
    """One row of the claimant table. `count` "" where all its counts look wrong, or it only denies."""

    name: str
    count: str
    at: date | None
    since: date | None
    counts: int
    outlets: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A claimant's drawing with its title."""

    claimant: str
    latest: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a page shows of one group."""

    id: str
    title: str
    when: str
    span: str
    origins: str
    articles: int
    drawings: tuple[Drawing, ...]
    undrawn: int
    undated: int
    claimants: tuple[Claimant, ...]
    counts: tuple[Count, ...]
    relations: tuple[KeptRelation, ...]


def dossier(group: Group, held: Holdings) -> Dossier:
    """Return what is to be shown of a group."""
    entries = {one.id: one for one in held.entries}
    corrected = _corrected(held.corrections)
    about = _about(group, held.relations)
    on = steps.frame(group)
    lines = [one for one in group.timelines if any(point.day for point in one.points)] if on else []
    sides = [side for one in _points(group) for side in (one.side, *one.repeats)]
    drawings = []
    for line in lines[:MOST_DRAWN] if on else ():
        assert on is not None
        others = [one for one in lines if one is not line]
        words = _seen(line, group)
        latest = phrases.latest(line, entries)
        drawings.append(
            Drawing(
                line.claimant or wording.NARRATION,
                _amount(latest) if latest else "",
                steps.draw(line, on, others, frozenset(corrected), words),
            )
        )
    counts = [_count(line, point, entries, corrected) for line in group.timelines for point in line.points]
    counts.sort(key=lambda one: (one.day or date.max, one.claimant, one.entry))
    return Dossier(
        id=group.id,
        title=title(group),
        when=_when(group),
        span=phrases.span(group, entries),
        origins=_origins(group),
        articles=len({side.figure.number.anchor.document for side in sides}),
        drawings=tuple(drawings),
        undrawn=max(0, len(lines) - MOST_DRAWN),
        undated=sum(point.day is None for point in _points(group)),
        claimants=(*(_claimant(line, entries) for line in group.timelines), *_deniers(about, entries)),
        counts=tuple(counts),
        relations=tuple(about),
    )


def title(group: Group) -> str:
    """Return what a group counts and where: "People killed in Lokoja, Nigeria: floods"."""
    where = phrases.place(group)
    counted = wording.sentence(phrases.thing(group)).rstrip(".")
    return counted + (f" in {where}" if where else "") + (f": {group.event}" if group.event else "")


def _points(group: Group) -> list[Point]:
    return [point for line in group.timelines for point in line.points]


def _when(group: Group) -> str:
    if group.first is None:
        return ""
    return wording.days(group.first, group.last) if group.last else f"since {wording.day(group.first)}"


def _origins(group: Group) -> str:
    if not group.origins:
        return "no origin named"
    return wording.count(len(group.origins), "independent origin")


def _amount(one: Point) -> str:
    return wording.bounds(one.low, one.high)


def _seen(line: Timeline, group: Group) -> str:
    """Return a drawing in words."""
    told = [f"{wording.day(one.day)}: {_amount(one)}" for one in line.points if one.day]
    flaws = wording.listed(f"{_amount(one)} {_FLAGS[one.flag]}" for one in line.points if one.flag)
    return (
        f"{title(group)}, by {line.claimant or wording.NARRATION}. " + "; ".join(told) + (f". {flaws}" if flaws else "")
    )


def _corrected(corrections: Sequence[Correction]) -> dict[str, list[Correction]]:
    """Return the corrections of counts, by entry."""
    found: dict[str, list[Correction]] = {}
    for one in corrections:
        if one.field in _VALUE:
            found.setdefault(one.entry, []).append(one)
    return found


def _count(
    line: Timeline, point: Point, entries: Mapping[str, Entry], corrected: Mapping[str, list[Correction]]
) -> Count:
    entry = entries.get(point.side.where)
    remarks = [_FLAGS[point.flag]] if point.flag else []
    added_on_top = dict.fromkeys(wording.written(side.figure) for side in point.added)
    remarks += [f"{words} of them came on top, by its own words" for words in added_on_top]
    for side in (point.side, *point.repeats):
        where = "" if side is point.side else f"{_printed(side, entries)[0]}: "
        remarks += [where + one for one in _by_version(corrected.get(side.where, ()))]
    added = ""
    if point.increment is not None:
        sign = "+" if point.increment > 0 else "−" if point.increment else ""
        added = f"{sign}{wording.number(abs(point.increment))}"
    return Count(
        day=point.day,
        claimant=line.claimant or wording.NARRATION,
        written=wording.written(point.side.figure),
        allowed=_amount(point),
        added=added,
        printed=tuple(_printed(side, entries) for side in (point.side, *point.repeats)),
        remarks=tuple(remarks),
        sentence=entry.excerpt if entry else "",
        entry=point.side.where,
    )


def _by_version(found: Sequence[Correction]) -> list[str]:
    """Return one remark for each correction, however many fields it set."""
    versions: dict[int, list[Correction]] = {}
    for one in found:
        versions.setdefault(one.version, []).append(one)
    return [
        f"corrected by {some[0].by} on {wording.day(some[0].at.date())}: "
        f"{'; '.join(phrases.changed(Change(one.field, one.old, one.new) for one in some))} ({some[0].why})"
        for _, some in sorted(versions.items())
    ]


def _printed(side: Side, entries: Mapping[str, Entry]) -> tuple[str, str]:
    """Return who prints it, and where it stands in the web."""
    entry = entries.get(side.where)
    if entry is None:
        return "an article", ""
    name = entry.outlet or entry.title or entry.source.replace("\\", "/").rsplit("/", 1)[-1]
    return name, entry.url


def _claimant(line: Timeline, entries: Mapping[str, Entry]) -> Claimant:
    latest = phrases.latest(line, entries)
    sides = [side for point in line.points for side in (point.side, *point.repeats)]
    days = [point.day for point in line.points if point.day]
    flawed = sum(point.flag in steps.FLAWED for point in line.points)
    remarks = [f"{flawed} of its counts {'looks' if flawed == 1 else 'look'} wrong"] if flawed else []
    falls = sum(point.flag == "falls" for point in line.points)
    if falls:
        remarks.append("took a count back" if falls == 1 else f"took counts back {falls} times")
    return Claimant(
        name=line.claimant or wording.NARRATION,
        count=_amount(latest) if latest else "",
        at=latest.day if latest else None,
        since=min(days, default=None),
        counts=len(line.points),
        outlets=tuple(dict.fromkeys(_printed(side, entries)[0] for side in sides)),
        remarks=tuple(remarks),
    )


def _deniers(about: Sequence[KeptRelation], entries: Mapping[str, Entry]) -> list[Claimant]:
    """Return those who reject a count and give none: rows without a value."""
    found = []
    for one in about:
        entry = entries.get(one.a)
        if one.kind == RelationKind.DENIES and entry is not None:
            what = entries[one.b].quote if one.b in entries else entry.quote
            found.append(
                Claimant(
                    denier(one.reason) or entry.claimant or wording.NARRATION,
                    "",
                    entry.day,
                    entry.day,
                    0,
                    (entry.outlet or entry.title,),
                    (f"rejects {what}, gives no number",),
                )
            )
    return found


def _about(group: Group, relations: Sequence[KeptRelation]) -> list[KeptRelation]:
    """Return what is to be told of a group's figures, the gravest first; nothing that a person rejected."""
    own = members(group)
    found = [
        one for one in relations if one.kind in TOLD and one.choice is not Choice.REJECTED and {one.a, one.b} & own
    ]
    return sorted(found, key=lambda one: (TOLD.index(RelationKind(one.kind)), one.id))


def alone(held: Holdings) -> tuple[Entry, ...]:
    """Return figures that stand in no group, the latest first; none that its article says again."""
    known = said_again(held).union(*(members(group) for group in held.groups))
    return tuple(one for one in reversed(held.entries) if one.id not in known and not one.gone)
