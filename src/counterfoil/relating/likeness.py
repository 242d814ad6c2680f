"""Denials, and numbers that look alike and count people or things by other names."""

import math
from collections import defaultdict
from collections.abc import Iterable

from counterfoil.reading.model import Hedge, Kind
from counterfoil.relating.model import RelationKind
from counterfoil.relating.rows import Row, one_voice
from counterfoil.relating.sameness import (
    CLASSES,
    MONTH,
    NEAR_DAYS,
    REACH,
    SMALLEST_ALIKE,
    SMALLEST_MOVEMENT,
    Link,
    apart,
    closed,
    contexts_clash,
    distinctive,
    near,
    one_origin,
    same_days,
)


def denials(denied: Iterable[Row], live: Iterable[Row], head_of: dict[int, int]) -> list[Link]:
    counts: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    denied = list(denied)
    for one in live if denied else ():
        counts[(one.code, one.unit, one.said)].append(one)
    found = []
    for one in denied:
        fitting = [
            other
            for other in counts[(one.code, one.unit, one.said)]
            if (other.speaker is None or one.speaker is None or not one_voice(other.speaker, one.speaker))
            and place_fits(one, other)
            and (one.first is None or other.first is None or one.stock or same_days(one, other))
            and (not one.people or not other.people or one.people == other.people)
        ]
        if fitting:
            other = min(fitting, key=lambda o: (o.article != one.article, o.people != one.people, o.at > one.at, o.at))
            at = head_of.get(other.at, other.at)
            reason = f"{one.who} rejects {other.words} ({other.who}) and gives no number"
            found.append(Link(RelationKind.DENIES, one.at, at, reason))
    return found


def place_fits(a: Row, b: Row) -> bool:
    if a.place == b.place:
        return True
    return (a.presumed or b.presumed) and (a.place[:1] == b.place[:1])


def alike(counts: Iterable[Row]) -> list[Link]:
    """Find numbers that look alike and count people or things by other names."""
    equal: dict[float, list[Row]] = defaultdict(list)
    moving: dict[int, list[Row]] = defaultdict(list)
    found: list[Link] = []
    for one in counts:
        if one.increment or one.hedge is Hedge.VAGUE:
            continue
        if one.said >= SMALLEST_ALIKE:
            bucket = equal[one.said]
            for other in bucket[-REACH:]:
                found += _other_words(other, one)
            bucket.append(one)
        if one.nature and one.said >= SMALLEST_MOVEMENT:
            size = int(math.log(one.said) / math.log(1.1))
            for step in (size - 1, size, size + 1):
                for other in moving[step][-REACH:]:
                    if other.said != one.said and near(other, one):
                        found += _other_words(other, one)
            moving[size].append(one)
    return found


def _other_words(a: Row, b: Row) -> list[Link]:
    """Relate two like numbers of unlike things: two words for one movement, or two measures."""
    if a.code == b.code and a.unit == b.unit and a.nature == b.nature and a.stock == b.stock and a.people == b.people:
        return []
    if not place_fits(a, b) or not _like_time(a, b) or contexts_clash(a, b):
        return []
    separate = a.speaker is not None and b.speaker is not None and not one_origin(a, b)
    if a.article == b.article and not separate:
        return []
    terms = f"“{a.profile.term}” ({a.who}) and “{b.profile.term}” ({b.who})"
    both = f"{a.words} and {b.words}" if a.words != b.words else a.words
    people_fit = a.people == b.people or not a.people or not b.people
    if a.nature and b.nature and a.unit == b.unit and (a.code, a.nature) != (b.code, b.nature):
        if not people_fit or ("arrived" in (a.code, b.code)) or not (separate or distinctive(a)):
            return _different(a, b, both) if people_fit and "arrived" in (a.code, b.code) else []
        forced = {a.nature, b.nature} == {"forced", "voluntary"}
        end = "one says by choice, the other by force" if forced else "two words that may speak of the same people"
        return [Link(RelationKind.RECHARACTERISES, a.at, b.at, f"{both}: {terms}; {end}")]
    if a.said != b.said:
        return []
    whom = a.profile.restricted
    if a.code == b.code and {a.unit, b.unit} == {"person", "event"} and whom and whom == b.profile.restricted:
        return [Link(RelationKind.RECHARACTERISES, a.at, b.at, f"{both}: {terms}; one counts people, the other events")]
    if a.code == b.code and a.unit == b.unit == "person" and a.people != b.people and a.stock == b.stock:
        one, other = a.people & CLASSES, b.people & CLASSES
        rest = a.people - CLASSES == b.people - CLASSES
        if separate and rest and one != other:
            names = f"{a.profile.population or 'all'} ({a.who}) and {b.profile.population or 'all'} ({b.who})"
            return [Link(RelationKind.RECHARACTERISES, a.at, b.at, f"{both}: {names}; two words for who they were")]
        return []
    return _different(a, b, both) if people_fit and a.place == b.place else []


def _different(a: Row, b: Row, both: str) -> list[Link]:
    if a.profile.kind not in (Kind.STOCK, Kind.FLOW) or b.profile.kind not in (Kind.STOCK, Kind.FLOW):
        return []
    if a.code != b.code:
        why = f"{a.code.replace('_', ' ')} and {b.code.replace('_', ' ')} are counted apart"
    elif a.unit != b.unit:
        why = f"one counts {a.unit}s, the other {b.unit}s"
    else:
        why = "one is a number at a time, the other came during a time"
    return [Link(RelationKind.DIFFERENT_MEASURE, a.at, b.at, f"{both} are not comparable: {why}")]


def _like_time(a: Row, b: Row) -> bool:
    """Say whether the two are of one time, as a hurried reader sees it."""
    if a.stock == b.stock and not closed(a, b) and apart(a, b) > MONTH:
        return False
    if a.stock and b.stock:
        return apart(a, b) <= NEAR_DAYS
    if a.stock or b.stock:
        level, flow = (a, b) if a.stock else (b, a)
        if level.day is None or flow.first is None or flow.last is None:
            return True
        return flow.first - MONTH <= level.day <= max(flow.last, flow.day or flow.last) + MONTH
    if None in (a.first, a.last, b.first, b.last):
        return a.running and b.running and apart(a, b) <= NEAR_DAYS
    return same_days(a, b) or (a.running and b.running and a.first == b.first and apart(a, b) <= NEAR_DAYS)
