"""Repeats and roundings: figures of one origin are folded into its first, so that voices are counted, never outlets."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from counterfoil.reading.model import Hedge
from counterfoil.relating.likeness import place_fits
from counterfoil.relating.model import RelationKind
from counterfoil.relating.rows import ROUNDED, Row
from counterfoil.relating.sameness import (
    MONTH,
    REACH,
    SMALLEST_ALIKE,
    TOLL_DAYS,
    Link,
    apart,
    closed,
    contexts_clash,
    distinctive,
    near,
    one_happening,
    one_origin,
    same_days,
    same_time,
    told_of_one,
    voice,
)
from counterfoil.relating.tolls import is_toll, joined

AGAIN = "its article says it again: {} ({})"


def headlines(rows: Sequence[Row]) -> tuple[list[Row], list[Link]]:
    """Return the rows without headlines that the text below them spells out, and a link from each to where it does."""
    headed = [one for one in rows if one.headline and not one.increment]
    if not headed:
        return list(rows), []
    articles = {one.article for one in headed}
    below: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for one in rows:
        if one.article in articles and not one.headline and not one.increment:
            below[(one.article, one.code, one.unit, one.said)].append(one)
    found = []
    for one in headed:
        same = [other for other in below[(one.article, one.code, one.unit, one.said)] if _spelt_out(one, other)]
        if same:
            found.append(Link(RelationKind.RELAYS, one.at, same[0].at, AGAIN.format(same[0].words, same[0].who)))
    gone = {link.a for link in found}
    return [one for one in rows if one.at not in gone], found


def _spelt_out(headline: Row, one: Row) -> bool:
    """Say whether a count of the text is the headline's: a headline leaves out days, places and whom it counts."""
    office = bool(headline.origin) and headline.origin <= one.named  # "army", then "army spokesman Jules Ngongo"
    if not (office or one_origin(headline, one)) or contexts_clash(headline, one):
        return False
    if not (headline.people <= one.people or one.people <= headline.people):
        return False
    known = None not in (headline.first, headline.last, one.first, one.last)
    return not known or same_time(headline, one)


def repeats(rows: Iterable[Row]) -> tuple[list[Row], list[Link]]:
    """Return the first of each number and origin, and a link from every repeat to it."""
    heads: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    texts: dict[tuple[object, ...], Row] = {}
    stands_for: dict[int, Row] = {}  # a head that named no origin, and the one that took its place
    kept: dict[int, Row] = {}
    found: list[Link] = []
    for one in rows:
        if one.increment:
            kept[one.at] = one
            continue
        printed = (one.passage, one.said, one.unit) if one.passage >= 0 else None
        head = texts.get(printed) if printed else None
        if head is not None:
            head = stands_for.get(head.at, head)
            if head.article == one.article or not _may_copy(head, one):
                head = None
        if head is None:
            head = next((h for h in heads[_key(one)][-REACH:] if _repeated(h, one)), None)
        if head is None:
            heads[_key(one)].append(one)
            kept[one.at] = one
        elif (
            (head.former and not one.former) or (head.speaker is None and one.speaker is not None and not one.former)
        ) and (head.article == one.article or not _copied(head, one)):
            found.append(_repeat(head, one))  # the one that names its origin stands for both
            del kept[head.at]
            stands_for[head.at] = kept[one.at] = one
            heads[_key(head)] = [h for h in heads[_key(head)] if h.at != head.at]
            heads[_key(one)].append(one)
        else:
            found.append(_repeat(one, head))
        if printed:
            texts.setdefault(printed, one if head is None else stands_for.get(head.at, head))
    return list(kept.values()), found


def _key(one: Row) -> tuple[object, ...]:
    return (one.code, one.nature, one.unit, one.place, one.said)


def _repeated(head: Row, one: Row) -> bool:
    if one.event is not None and _restated(one) and not _restated(head) and not head.former and head.day != one.day:
        return False  # a count taken back to an older one is no repeat of that
    if head.stock != one.stock or head.hedge is Hedge.VAGUE or not one_origin(head, one):
        return False
    people = head.people == one.people or (
        voice(head, one) and (head.people <= one.people or one.people <= head.people)
    )
    if not people or contexts_clash(head, one) or not (head.asserted or head.former):
        return False
    if not (one.asserted or one.former):  # "not 63 as first thought" told it once
        return False
    if not (voice(head, one) and one.said >= SMALLEST_ALIKE) and not one_happening(head, one):
        return False
    if head.stock:
        return apart(head, one) <= MONTH
    if one.former or head.former:
        return apart(head, one) <= TOLL_DAYS
    known = same_time(head, one) or _one_toll(head, one)
    if known or None not in (head.first, head.last, one.first, one.last):
        return known
    return (distinctive(one) and apart(head, one) <= TOLL_DAYS) or (head.article == one.article and head.said > 1)


def _restated(one: Row) -> bool:
    return one.event is not None and one.event.restated and not one.former


def _one_toll(head: Row, one: Row) -> bool:
    """Say whether one source gives its number of a day again as the toll so far: "killed 38 on Tuesday", "at 38"."""
    if one.event is not None and (is_toll(head) or is_toll(one)) and joined(one, [head]):
        return True
    so_far = any(each.running and each.first is None for each in (head, one))
    return (
        so_far and voice(head, one) and apart(head, one) <= 1 and one.said >= SMALLEST_ALIKE and told_of_one(head, one)
    )


def _may_copy(head: Row, one: Row) -> bool:
    """Say whether near-identical sentences are of one source, and nothing read of them tells them apart."""
    place = head.place == one.place or place_fits(head, one)
    days = None in (head.first, head.last, one.first, one.last) or same_days(head, one)
    return place and days and one_origin(head, one) and (one.event is None or _restated(head) == _restated(one))


def _copied(a: Row, b: Row) -> bool:
    return (a.passage >= 0 and a.passage == b.passage) or bool(a.credit and a.credit == b.credit)


def _repeat(one: Row, head: Row) -> Link:
    if one.article == head.article:
        return Link(RelationKind.RELAYS, one.at, head.at, AGAIN.format(head.words, head.who))
    if one.passage >= 0 and one.passage == head.passage:
        return Link(RelationKind.COPIES, one.at, head.at, f"nearly the same words: {head.words} ({head.who})")
    if one.credit and one.credit == head.credit:
        reason = f"both print a dispatch of {one.credit}: {head.words} ({head.who})"
        return Link(RelationKind.COPIES, one.at, head.at, reason)
    if one.speaker is None:
        reason = f"the same number, {head.words}, and no origin named; {head.who} said it"
    else:
        reason = f"one origin: {head.words} ({head.who}) and {one.words} ({one.who})"
    return Link(RelationKind.RELAYS, one.at, head.at, reason)


def rounds(heads: Sequence[Row]) -> tuple[list[Row], list[Link]]:
    """Return the heads that are no roundings of another, and a link from each rounding to what it rounds."""
    buckets: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for one in heads:
        if not one.increment and not one.former:
            buckets[(one.code, one.nature, one.unit, one.place, one.people, one.stock)].append(one)
    found: dict[int, Link] = {}
    for bucket in buckets.values():
        if len(bucket) == 1:
            continue
        bucket.sort(key=lambda one: (one.said, one.at))
        for i, a in enumerate(bucket):
            for b in bucket[i + 1 : i + 1 + REACH]:
                if not near(a, b) and b.near_low > a.near_high and b.low > a.high:
                    break
                pair = _rounding(a, b)
                if pair is None or pair[0].at in found or pair[1].at in found:
                    continue
                rounding, exact = pair
                reason = f"{rounding.words} ({rounding.who}) is {exact.words} ({exact.who}), rounded"
                found[rounding.at] = Link(RelationKind.ROUNDS, rounding.at, exact.at, reason)
    return [one for one in heads if one.at not in found], list(found.values())


def _rounding(a: Row, b: Row) -> tuple[Row, Row] | None:
    """Return the rounding and what it rounds, None where neither rounds the other."""
    if a.said == b.said or not near(a, b) or not one_origin(a, b):
        return None
    if not ((same_time(a, b) or (a.event is not None and _tolls_of_one(a, b))) and one_happening(a, b)):
        return None
    hedged = [one for one in (a, b) if one.hedge in ROUNDED]
    if len(hedged) == 2 or any(one.hedge in (Hedge.VAGUE, Hedge.RANGE) for one in (a, b)):
        return None
    if len(hedged) == 1:
        rounding, exact = (a, b) if hedged[0] is a else (b, a)
    else:
        rounding, exact = (a, b) if _grain(a) > _grain(b) else (b, a)
    if _grain(rounding) <= _grain(exact):
        return None
    if closed(a, b) or a.day == b.day:
        return rounding, exact
    later = rounding.day is not None and exact.day is not None and rounding.day > exact.day
    return (rounding, exact) if later and hedged else None


def _tolls_of_one(a: Row, b: Row) -> bool:
    first, then = (a, b) if (a.day or 0) <= (b.day or 0) else (b, a)
    return is_toll(then) and joined(then, [first])


def _grain(one: Row) -> int:
    """Return the noughts behind the number."""
    plain = f"{one.said:.0f}"
    return len(plain) - len(plain.rstrip("0"))
