"""One thing, several numbers: each claimant's series, and one claimant against another."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from counterfoil.reading.model import Hedge, Kind
from counterfoil.relating.happenings import TELLING, naming
from counterfoil.relating.model import RelationKind
from counterfoil.relating.revisions import why_words
from counterfoil.relating.rows import EVENT_DAYS, STATES, Row, number, one_voice
from counterfoil.relating.sameness import (
    FITTING,
    MONTH,
    NEAR_DAYS,
    REACH,
    STATED,
    TOLL_DAYS,
    Link,
    apart,
    closed,
    contexts_clash,
    counts_on,
    length,
    meet,
    near,
    of_one_event,
    one_happening,
    one_moment,
    one_origin,
    other_span,
    same_days,
    speaks_for_itself,
    told_of_one,
    voice,
    wide,
)
from counterfoil.relating.slips import meant, slip
from counterfoil.relating.tolls import both_name, goes_on, is_fresh, is_toll, joined, may_clash

# What may come to be less with no count taken back, besides numbers at a time: people leave hospital and come home.
MAY_FALL = STATES | {"hospitalised", "evacuated", "in_need", "affected", "abducted", "detained", "aboard"}
_CHANGED = frozenset("revised corrected lowered raised".split())  # words for a change that give no reason for it
_SO_FAR = frozenset("now known still rose risen reached climbed stands stood".split())  # they restrict no toll
SMALLEST_SLIP = 1_000  # a smaller count that falls by no more than 5% was counted again, not mistyped
SLIP_FACTOR = 10  # the least that a nought too many makes of a number


def things(counts: Iterable[Row]) -> list[Link]:
    buckets: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for one in counts:
        buckets[(one.code, one.nature, one.unit, one.place, one.people, one.stock)].append(one)
    found: list[Link] = []
    for bucket in buckets.values():
        if len(bucket) > 1:
            for cluster in clusters(bucket):
                if len(cluster) > 1:
                    found += _claims(cluster)
    return found


def clusters(bucket: Sequence[Row]) -> list[list[Row]]:
    """Return the rows of one measure, place and people by what they count: a stock, a total since a day, an event."""
    if bucket[0].stock:
        return [[one for one in bucket if one.day is not None]]
    found: list[list[Row]] = []
    since: dict[int | None, list[Row]] = defaultdict(list)
    closed, tolls = [], []
    for one in bucket:
        if one.event is not None and is_toll(one):
            tolls.append(one)
        elif one.running:
            since[one.first].append(one)
        elif one.first is not None and one.last is not None:
            closed.append(one)
    closed.sort(key=lambda one: (one.first, one.last, one.at))
    for one in closed:
        if found and same_days(found[-1][-1], one):
            found[-1].append(one)
        else:
            found.append([one])
    for first in [day for day in since if day is not None]:  # "17 killed on Sunday", later "killed since Sunday"
        fitting = [c for c in found if _counted_on(since[first], c)]
        if len(fitting) == 1:
            fitting[0].extend(since.pop(first))
    open_ended = [rows for day, rows in since.items() if day is not None]
    named = _named(tolls, found, open_ended)
    for one in since.pop(None, []):  # "the toll has reached 40": of the one happening shortly before, if there is one
        fitting = [c for c in found if _toll_of(one, c)] or [c for c in open_ended if _toll_since(one, c)]
        fitting = fitting or [c for c in named if goes_on(one, c)]
        if len(fitting) == 1:
            fitting[0].append(one)
        else:
            since[None].append(one)
    found += since.values()
    return found + named


def _named(tolls: list[Row], dated: Sequence[list[Row]], open_ended: Sequence[list[Row]]) -> list[list[Row]]:
    """Put tolls of happenings that their words name to the counts of the same; return those that stand for themselves.

    What may be of two happenings is put to neither.
    """
    named: list[list[Row]] = []
    for one in sorted(tolls, key=lambda one: (one.day or 0, not is_fresh(one), one.at)):
        fitting = [c for c in named if joined(one, c)]
        if len(fitting) > 1:  # two happenings of one kind: of that which was spoken of last, if it was one
            latest = max(c[-1].day or 0 for c in fitting)
            fitting = [c for c in fitting if (c[-1].day or 0) == latest]
        fitting = fitting or [c for c in dated if joined(one, c)]
        if one.running:
            fitting = fitting or [c for c in dated if _toll_of(one, c)]
        fitting = fitting or [c for c in open_ended if _toll_since(one, c)]
        if len(fitting) == 1:
            fitting[0].append(one)
        else:
            named.append([one])
    return named


def _counted_on(later: Sequence[Row], cluster: Sequence[Row]) -> bool:
    """Say whether one source counts on, "since Sunday", from what it gave for the happening of that Sunday."""
    head = cluster[0]
    if head.first is None or length(head) > EVENT_DAYS:
        return False
    return any(
        voice(one, other) and other.first == one.first and told_of_one(one, other) for one in later for other in cluster
    )


def _toll_since(one: Row, cluster: Sequence[Row]) -> bool:
    """Say whether a toll without a beginning goes on from one source's count since a day."""
    return any(
        voice(one, other)
        and other.first is not None
        and one.day is not None
        and 0 <= one.day - other.first <= TOLL_DAYS
        and told_of_one(one, other)
        for other in cluster
    )


def _toll_of(one: Row, cluster: Sequence[Row]) -> bool:
    head = cluster[0]
    if one.day is None or head.first is None or length(head) > EVENT_DAYS or contexts_clash(one, head):
        return False
    if one.event is not None and head.event is not None and not of_one_event(one, head):
        return False
    return 0 <= one.day - head.first <= TOLL_DAYS // 2


def _claims(cluster: list[Row]) -> list[Link]:
    """Relate what is said of one thing: each claimant's series, then one claimant to another."""
    cluster.sort(key=lambda one: (one.day or 0, one.at))
    voices = claimants(cluster)
    found = _misstatements(cluster)
    wrong = {link.a for link in found}
    slips: set[int] = set()
    for series in voices:
        for link in _series([one for one in series if one.at not in wrong and not one.former]):
            found.append(link)
            if link.kind is RelationKind.TYPO:
                slips.add(link.a)
    wrong |= slips | {one.at for one in cluster if one.former}
    named = [one for one in cluster if one.speaker is not None and one.at not in wrong and one.total]
    for i, a in enumerate(named):
        for b in named[i + 1 : i + 1 + REACH]:
            if one_origin(a, b):
                continue
            found += [
                link  # who contradicts whom within an article is told by its words, not by its rows
                for link in _two_voices(a, b)
                if a.article != b.article or link.kind is RelationKind.AGREES or both_name(a, b)
            ]
    return found


def claimants(cluster: Sequence[Row]) -> list[list[Row]]:
    """Return the rows by who claims them: a source by its name, articles in their own voice by outlet."""
    series: dict[object, list[Row]] = {}
    for one in cluster:
        key: object = ("outlet", one.outlet) if one.speaker is None else one.origin
        if key not in series and one.speaker is not None and len(series) <= REACH:
            key = next((k for k, s in series.items() if s[0].speaker and one_voice(s[0].speaker, one.speaker)), key)
        series.setdefault(key, []).append(one)
    return list(series.values())


def _misstatements(cluster: Sequence[Row]) -> list[Link]:
    """Find numbers that are given as somebody's who himself gives another, of one thing and time."""
    owned = [one for one in cluster if speaks_for_itself(one)]
    found = []
    for one in cluster if owned else ():
        if one.speaker is None or speaks_for_itself(one):
            continue
        cited = [own for own in owned if own.article != one.article and one_voice(one.speaker, own.outlet)]
        alike = [own for own in cited if (closed(one, own) and apart(one, own) <= MONTH) or apart(one, own) <= 1]
        if alike and not any(meet(one, own) or near(one, own) for own in cited):
            own = alike[0]
            reason = f"{one.words} is given as {one.speaker}'s, who says {own.words}"
            found.append(Link(RelationKind.MISSTATED, one.at, own.at, reason))
    return found


def _series(series: Sequence[Row]) -> list[Link]:
    """Relate each of one claimant's counts to the one that stood before it."""
    found: list[Link] = []
    standing: list[Row] = []
    for at, one in enumerate(series):
        last = standing[-1] if standing else None
        if last is None or one.article == last.article:
            if last is None or one.said >= last.said:
                standing.append(one)
            continue
        if not one_happening(last, one) and (contexts_clash(last, one) or not counts_on(one)):
            continue
        if other_span(last, one) and not told_of_one(last, one):
            continue
        how = slip(last.said, one.said)
        if one.day == last.day:
            if (how and one.speaker == last.speaker) or (how and voice(one, last)):
                before = standing[-2] if len(standing) > 1 else None
                after = next((other for other in series[at + 1 :] if other.day != one.day), None)
                if _fits(one, before, after) and not _fits(last, before, after):
                    found = [link for link in found if link.a != last.at]
                    found.append(_typo(last, one, how))
                    standing[-1] = one
                    if before is not None and one.said > before.said:
                        found.append(_grown(one, before))
                else:
                    found.append(_typo(one, last, how))
            continue
        if closed(one, last) and how and apart(one, last) <= NEAR_DAYS:
            found.append(_typo(one, last, how))
        elif one.said > last.said and (one.low > last.said or not near(one, last) or _counted(one, last)):
            if closed(one, last):
                found.append(_revised(one, last, "another number for days long over"))
            elif not other_span(last, one) or wide(last, one):  # "since Sunday" may hold more happenings than Sunday's
                found.append(_grown(one, last))
            standing.append(one)
        elif one.said < last.said and (not near(one, last) or (one.event is not None and one.event.restated)):
            before = standing[-2] if len(standing) > 1 else None
            told = one.stock or bool(one.why) or (one.event is not None and one.event.restated)
            small = last.said < SMALLEST_SLIP and one.said >= (1 - FITTING) * last.said
            intended = None if told or small else meant(last.said, before.said if before else one.said, one.said)
            if how and not told:
                found.append(_typo(one, last, how))
                continue
            if intended is not None:
                reason = f"{last.words} may be a slip for {number(intended)}: the next count is {one.words}"
                found.append(Link(RelationKind.TYPO, last.at, one.at, reason))
                standing[-1] = one
                if before is not None and one.said > before.said:
                    found.append(_grown(one, before))
                continue
            falls = one.stock or (one.code in MAY_FALL and not closed(one, last))  # then nothing is taken back
            if not falls or STATED & (one.left or frozenset()):
                found.append(_revised(one, last, "the later count is lower"))
            standing.append(one)
    return found


def _counted(one: Row, last: Row) -> bool:
    """Say whether two tolls of one happening have no hedge: then the later is no rounding of the earlier."""
    return one.hedge is last.hedge is Hedge.EXACT and of_one_event(one, last)


def _fits(one: Row, before: Row | None, after: Row | None) -> bool:
    """Say whether a count lies between its neighbours, and not ten times above the one before."""
    if before is not None and not before.said <= one.said < SLIP_FACTOR * before.said:
        return False
    return after is None or one.said <= after.said


def _typo(one: Row, other: Row, how: str) -> Link:
    reason = f"{one.words} may be a slip for {other.words}: {how}"
    return Link(RelationKind.TYPO, one.at, other.at, reason)


def _grown(one: Row, last: Row) -> Link:
    more = f", {number(one.said - last.said)} more" if not (one.bound or last.bound) else ""
    return Link(RelationKind.SUPERSEDES, one.at, last.at, f"{last.words}, later {one.words}{more} ({one.who})")


def _revised(one: Row, last: Row, how: str) -> Link:
    stated = sorted(STATED & (one.left or frozenset()))
    why = f"the sentence says “{stated[0]}”" if stated and not one.why else why_words(one.why)
    if stated and stated[0] in _CHANGED and not one.why:
        why += "; no reason given in its sentence"
    return Link(RelationKind.REVISES, one.at, last.at, f"{last.words} became {one.words} ({one.who}): {how}; {why}")


def _two_voices(a: Row, b: Row) -> list[Link]:
    """Relate the counts of two origins: they agree, they contradict, or nothing can be said."""
    if not one_happening(a, b) or other_span(a, b):
        return []
    if a.said == b.said or (
        not a.bound and not b.bound and near(a, b) and abs(a.said - b.said) <= FITTING * max(a.said, b.said)
    ):
        if a.stock and apart(a, b) > NEAR_DAYS:
            return []
        how = "the same number" if a.said == b.said else "numbers that fit each other"
        return [Link(RelationKind.AGREES, a.at, b.at, f"{how}: {a.words} ({a.who}) and {b.words} ({b.who})")]
    if meet(a, b) or not (one_moment(a, b) or closed(a, b)) or not sound(a, b):
        return []
    if (a.event is not None or b.event is not None) and (is_toll(a) or is_toll(b)) and not may_clash(a, b):
        return []
    reason = f"{a.who} says {a.words}, {b.who} says {b.words}, of the same thing"
    return [Link(RelationKind.CONTRADICTS, a.at, b.at, reason)]


def sound(a: Row, b: Row) -> bool:
    """Say whether both sentences assert their numbers, and neither restricts its own by words that the other has not.

    In a short window and a place within a country, the larger count may carry more words than the smaller: whoever
    counts fewer among more is contradicted all the same.
    """
    if a.left is None or b.left is None or not (a.asserted and b.asserted) or a.presumed or b.presumed:
        return False
    if a.carried or b.carried or a.profile.kind not in (Kind.STOCK, Kind.FLOW, Kind.MEASUREMENT):
        return False
    left: dict[int, frozenset[str]] = {a.at: a.left, b.at: b.left}
    if a.event is not None and of_one_event(a, b):  # by whichever words they name it
        said = TELLING | _SO_FAR
        left = {at: frozenset(word for word in words if not naming(word)) - said for at, words in left.items()}
    if left[a.at] == left[b.at]:
        return True
    fewer, more = (a, b) if a.said < b.said else (b, a)
    brief = max(length(a), length(b)) <= EVENT_DAYS and len(a.place) > 1
    return brief and left[fewer.at] <= left[more.at] and not more.wider
