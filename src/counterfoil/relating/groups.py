"""Groups and timelines: all that is said of one thing, each claimant's series, the range; never an average."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import chain, groupby

from counterfoil.comparing import axes
from counterfoil.relating.across import firsts
from counterfoil.relating.model import Group, Point, RelationKind, Side, Timeline
from counterfoil.relating.rows import Row
from counterfoil.relating.sameness import Link, one_happening
from counterfoil.relating.series import claimants, clusters

FOLDED = frozenset({RelationKind.COPIES, RelationKind.RELAYS, RelationKind.ROUNDS})
_FLAGS = {RelationKind.TYPO: "slip", RelationKind.MISSTATED: "misstated"}


def groups(
    rows: Sequence[Row],
    links: Sequence[Link],
    sides: Sequence[Side],
    *,
    prints: Mapping[int, Sequence[Side]],
    parted: Sequence[tuple[int, int]] = (),
    joined: Sequence[tuple[int, int]] = (),
) -> tuple[Group, ...]:
    """Return the groups of two figures or more, in a fixed order. What an article tells twice counts once.

    sides   one for each row, at its place.
    prints  sides of the same text in other outlets, by the row that they repeat.
    parted, joined  pairs of rows that a person said are, or are not, of one thing.
    """
    head = firsts(link for link in links if link.kind in FOLDED)
    again = {link.a for link in links if link.kind in FOLDED and rows[link.a].article == rows[link.b].article}
    flags = {link.a: _FLAGS[link.kind] for link in links if link.kind in _FLAGS}
    repeats: dict[int, list[Side]] = defaultdict(list)
    for at in sorted((head.keys() | prints.keys()) - again):
        repeats[head.get(at, at)] += (*([sides[at]] if at in head else ()), *prints.get(at, ()))
    added: dict[int, list[Side]] = defaultdict(list)
    for link in links:
        total, more = (link.a, link.b) if link.kind is RelationKind.SUM_OF else (link.b, link.a)
        if link.kind in (RelationKind.SUM_OF, RelationKind.PART_OF) and rows[more].increment and more not in head:
            added[head.get(total, total)].append(sides[more])
    buckets: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for one in rows:
        if one.happened and one.place and not one.increment and one.at not in head:
            buckets[(one.code, one.nature, one.unit, one.place, one.people, one.stock)].append(one)
    told = [happening for bucket in buckets.values() for cluster in clusters(bucket) for happening in _apart(cluster)]
    for a, b in joined:
        _move(told, rows[head.get(max(a, b), max(a, b))], rows[head.get(min(a, b), min(a, b))], apart=False)
    for a, b in parted:
        _move(told, rows[head.get(max(a, b), max(a, b))], rows[head.get(min(a, b), min(a, b))], apart=True)
    extras = _Extras(repeats, added, flags)
    found = [
        _group(happening, extras, sides)
        for happening in told
        if sum(1 + len(repeats[one.at]) + len(added[one.at]) for one in happening) > 1
    ]
    return tuple(sorted(found, key=lambda group: (group.measure, group.place, str(group.first), group.id)))


def _move(told: list[list[Row]], one: Row, other: Row, *, apart: bool) -> None:
    """Take a row to where another stands, or, apart, away from it into a place of its own."""
    here = next((h for h in told if one in h), None)
    there = next((h for h in told if other in h), None)
    if one.at == other.at or there is None or (here is there) != apart:
        return
    if here is not None:
        here.remove(one)
        if not here:
            told.remove(here)
    if apart:
        told.append([one])
    else:
        there.append(one)
        there.sort(key=_order)


@dataclass(frozen=True, slots=True)
class _Extras:
    """What stands beside a count, by its row: its repeats, what came on top by its article's words, its flag."""

    repeats: dict[int, list[Side]]
    added: dict[int, list[Side]]
    flags: dict[int, str]


def _apart(cluster: Sequence[Row]) -> list[list[Row]]:
    """Return the rows of a cluster by happening: a fire and a crash of one day are two."""
    found: list[list[Row]] = []
    for one in sorted(cluster, key=_order):
        happening = next((h for h in found if one_happening(h[0], one)), None)
        if happening is None:
            found.append([one])
        else:
            happening.append(one)
    return found


def _order(one: Row) -> tuple[int, int]:
    return (one.day or 0, one.at)


def _group(happening: Sequence[Row], extras: _Extras, sides: Sequence[Side]) -> Group:
    first = happening[0]
    timelines, last = [], []
    for series in claimants(happening):
        points = _points(series, extras, sides)
        timelines.append(Timeline(next((one.speaker for one in series if one.speaker), None), points))
        standing = [point for point in points if point.flag not in _FLAGS.values()]
        if standing:
            last.append(standing[-1])
    timelines.sort(key=lambda line: (line.claimant is None, line.claimant or "", line.points[0].side.figure.id))
    lows, highs = [point.low for point in last], [point.high for point in last]
    place = first.profile.place if not first.presumed else None
    starts = [one.first for one in happening if one.first is not None]
    ends = [one.last for one in happening if one.last is not None and not one.running]
    key = (first.code, first.nature, first.unit, first.place, sorted(first.people), first.stock)
    start = min(starts) if starts else None
    what = repr((key, start)) if start is not None or first.stock else repr((key, sides[first.at].figure.id))
    return Group(
        id=sha256(what.encode()).hexdigest()[:12],
        measure=first.code,
        unit=first.unit,
        population=first.profile.population if first.people else "",
        place=place.name if place else first.place[-1],
        event=_event_words(happening),
        first=date.fromordinal(start) if start is not None else None,
        last=date.fromordinal(max(ends)) if ends else None,
        timelines=tuple(timelines),
        low=None if not lows or None in lows else min(low for low in lows if low is not None),
        high=None if not highs or None in highs else max(high for high in highs if high is not None),
        origins=tuple(sorted({line.claimant for line in timelines if line.claimant})),
    )


def _event_words(happening: Sequence[Row]) -> str:
    """Return what happened, in words; a blast by its own word, as it may be no attack."""
    named = next((one.event.kinds for one in happening if one.event is not None), frozenset[str]())
    contexts = [one.profile.context for one in happening if one.profile.context]
    if happening[0].stock or (contexts and "blast" not in named):
        return axes.context_words(contexts[0]) if contexts else ""
    return " and ".join(sorted(named))


def _points(series: Sequence[Row], extras: _Extras, sides: Sequence[Side]) -> tuple[Point, ...]:
    """Return the counts in order; of one article's of one day the greatest is the last, and the others are parts.

    "61 people had been killed, 23 more than on Wednesday. Of the 61 dead, 19 were children": nothing is taken back.
    """
    found = []
    before: Row | None = None
    told = [
        sorted(some, key=lambda one: (not one.former, one.said))
        for _, some in groupby(series, key=lambda one: (one.day, one.article))
    ]
    greatest = {some[-1].at for some in told}
    for one in chain.from_iterable(told):
        quantity = sides[one.at].figure.number.value
        increment, flag = None, extras.flags.get(one.at, "")
        if not flag and one.at in greatest:
            if before is not None and not one.bound and not before.bound:
                increment = Decimal(str(one.said)) - Decimal(str(before.said))
                increment = increment.quantize(Decimal(1)) if increment == increment.to_integral_value() else increment
            if before is not None and one.said < before.said and not one.stock:
                flag = "falls"
            before = one
        found.append(
            Point(
                day=date.fromordinal(one.day) if one.day is not None else None,
                side=sides[one.at],
                low=quantity.low,
                high=quantity.high,
                increment=increment,
                flag=flag,
                repeats=tuple(extras.repeats[one.at]),
                added=tuple(extras.added[one.at]),
            )
        )
    return tuple(found)
