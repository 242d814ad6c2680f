"""Tolls of one happening that has no day of its own: "floods in Kassala have killed 52", and 63 the day after.

What makes two of them one is what their sentences name: the same kind of happening in the same place, nothing that
tells it from another, and few days between. In doubt they stand apart.
"""

from collections.abc import Sequence

from counterfoil.comparing import axes
from counterfoil.reading.model import Hedge
from counterfoil.relating.happenings import DURABLE, VIOLENT, WIDE, Manner, Named
from counterfoil.relating.rows import EVENT_DAYS, Row, one_voice
from counterfoil.relating.sameness import (
    REACH,
    TOLL_DAYS,
    apart,
    contexts_clash,
    length,
    of_one_event,
    plain_words,
    voice,
)

# Days from one count to the next: floods are counted for weeks, the dead of a crash for some days, and two blasts in
# one city have come within a week.
_DAYS_WIDE, _DAYS_BRIEF, _DAYS_VIOLENT = 14, 7, 3
_DAYS_NEW = 2  # "an earthquake in Osh" is told as new for so long
_DAYS_NEW_TOTAL = 4  # and for so long where the count is one up to now, and larger
LEAST_LEFT = 0.5  # a count lower than by half is of less than the happening, unless the words say "lowered"


def is_toll(one: Row) -> bool:
    """Say whether a count is of a happening that its words name, and tells no days."""
    if one.event is None or one.first is not None or one.stock or one.increment or one.hedge is Hedge.VAGUE:
        return False
    return len(one.place) > 1 or not one.presumed or bool(one.event.name)


def is_fresh(one: Row) -> bool:
    """Say whether a count is told as of a new happening: "a blast"."""
    return one.event is not None and one.event.manner is Manner.NEW


def joined(one: Row, cluster: Sequence[Row]) -> bool:
    """Say whether a toll counts what the counts of a cluster count."""
    near = [other for other in cluster if other.event is not None and (other.total or other.former)][-REACH:]
    if not any(_of_one(one, other) for other in near):
        return False
    before = [other for other in near if _one_claimant(one, other) and (other.day or 0) < (one.day or 0)]
    last = max(before, key=lambda other: (other.day or 0, other.at), default=None)
    return last is None or one.said >= last.said or _may_fall(one, last)


def _of_one(one: Row, other: Row) -> bool:
    """Say whether two counts, `one` not the earlier, are of one happening as far as the words and days tell."""
    a, b = one.event, other.event
    if a is None or b is None or one.day is None or other.day is None or not of_one_event(one, other):
        return False
    kinds = a.kinds | b.kinds
    reach = TOLL_DAYS // 2 if one.running else _reach(kinds)
    days = one.day - other.day
    if other.first is not None:  # of a day: of the happening of that day, or but of a day of a longer one
        days = one.day - other.first
        if length(other) > EVENT_DAYS:
            return False
        if kinds & DURABLE and not b.owned and one.said < other.said and one.day > other.day:
            return False
        if other.said < LEAST_LEFT * one.said and one.day < other.day:
            return False
        reach *= 2 if a.manner is Manner.AGAIN or one.running else 1
    if not 0 <= days <= reach:
        return False
    if not kinds <= WIDE:
        if days == 0:
            return not (_fresh(a) and _fresh(b) and kinds & VIOLENT)
        first = other.first is not None and days == 1 and one.said <= other.said
        sure = not kinds & VIOLENT or (_one_claimant(one, other) and bool(a.which) and a.which == b.which)
        return not _fresh(a) or (first and sure)  # the first report of a crash comes on its day or on the next
    if a.manner is not Manner.NEW:
        return True
    if days <= _DAYS_NEW:
        return one.day <= other.day or one.said >= LEAST_LEFT * other.said
    return a.so_far and days <= _DAYS_NEW_TOTAL and one.said >= other.said


def _fresh(named: Named) -> bool:
    """Say whether a blast or a crash may be told of for the first time."""
    return named.manner is Manner.NEW or (named.manner is Manner.BARE and not named.so_far)


def _reach(kinds: frozenset[str]) -> int:
    if kinds & VIOLENT:
        return _DAYS_VIOLENT
    return _DAYS_WIDE if kinds <= WIDE else _DAYS_BRIEF


def _one_claimant(one: Row, other: Row) -> bool:
    if one.speaker is None or other.speaker is None:
        return one.speaker is other.speaker and one.outlet == other.outlet
    return one_voice(one.speaker, other.speaker)


def _may_fall(one: Row, last: Row) -> bool:
    """Say whether a lower count takes the one before it back, and is none of a part or of a day."""
    assert one.event is not None
    if one.event.restated:
        return True
    if one.said < LEAST_LEFT * last.said or not plain_words(one) <= plain_words(last) or one.wider:
        return False
    return one.event.so_far or one.event.manner is Manner.AGAIN or (not one.event.carried and _dated_alike(one, last))


def _dated_alike(one: Row, last: Row) -> bool:
    """Say whether a count told as of a new happening is of the one that the day before was told as new."""
    assert one.event is not None
    return one.event.manner is Manner.NEW and apart(one, last) <= _DAYS_NEW


def goes_on(one: Row, cluster: Sequence[Row]) -> bool:
    """Say whether a toll whose words name no happening ("the toll has reached 40") is of its source's counts."""
    return any(
        other.running and voice(one, other) and apart(one, other) <= TOLL_DAYS // 2 and not contexts_clash(one, other)
        for other in cluster[-REACH:]
    )


def both_name(a: Row, b: Row) -> bool:
    """Say whether both sentences themselves name the happening that they count the toll of."""
    return all(one.event is not None and not one.event.carried for one in (a, b)) and of_one_event(a, b)


def may_clash(a: Row, b: Row) -> bool:
    """Say whether two sources' tolls, one of them without days, are surely of one thing: only then they contradict."""
    if a.event is None or b.event is None or not both_name(a, b):
        return False
    kinds = a.event.kinds
    if a.day != b.day or any(one.restated or one.dated for one in (a.event, b.event)):
        return False
    if a.first is not None or b.first is not None:
        dated = [one for one in (a, b) if one.first is not None]
        of_it = not kinds & DURABLE or all(one.event is not None and one.event.owned for one in dated)
        return of_it and not any(one.running for one in dated)
    if kinds & VIOLENT and _fresh(a.event) and _fresh(b.event):
        return False
    alike = a.event.so_far == b.event.so_far or not kinds & DURABLE
    return alike or all(one.event is not None and one.event.manner is Manner.AGAIN for one in (a, b))


TOLLS = axes.harms() | frozenset(
    "displaced evacuated rescued stranded homeless affected infected buildings_destroyed buildings_damaged".split()
)  # what is counted up after a happening
