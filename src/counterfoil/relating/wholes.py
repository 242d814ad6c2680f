"""Wholes and parts among rows: sums within an article, what came on top, parts in other articles."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from counterfoil.relating.model import RelationKind
from counterfoil.relating.rows import GENERIC, Row, number, one_voice
from counterfoil.relating.sameness import (
    LONG_DAYS,
    MOST_PARTS,
    REACH,
    TOLL_DAYS,
    Link,
    apart,
    contexts_clash,
    length,
    same_days,
    voice,
)


def _by_article(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for one in rows:
        found[one.article].append(one)
    return found


def sums(rows: Iterable[Row]) -> list[Link]:
    """Find figures that follow each other in an article and make up the one before or behind them."""
    found: list[Link] = []
    for article in _by_article(rows).values():
        if len(article) < 3:
            continue
        for at, whole in enumerate(article):
            run = _run(whole, article[at + 1 : at + 1 + MOST_PARTS]) or _run(
                whole, article[max(0, at - MOST_PARTS) : at][::-1]
            )
            terms = " + ".join(number(part.said) for part in run)
            for part in run:
                found.append(Link(RelationKind.SUM_OF, whole.at, part.at, f"{terms} = {number(whole.said)}"))
    return found


def _run(whole: Row, others: Sequence[Row]) -> list[Row]:
    """Return the parts straight behind (or before) the whole that together make it; none where they do not."""
    parts: list[Row] = []
    total = 0.0
    for one in others:
        family = one.code == whole.code or (one.nature and whole.nature)
        if one.former or whole.former:  # "revised from 63 to 58": a count and what it became make no sum
            return []
        if not family or one.unit != whole.unit or one.increment or one.said >= whole.said:
            return []
        if one.speaker and whole.speaker and not one_voice(one.speaker, whole.speaker):
            return []
        parts.append(one)
        total += one.said
        if total == whole.said and len(parts) > 1:
            return parts
        if total > whole.said:
            return []
    return []


def increments(rows: Sequence[Row], counts: Sequence[Row]) -> list[Link]:
    """Relate what came on top to the new total in its article, and by the old count if it is there."""
    found: list[Link] = []
    olds: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    articles = _by_article(rows)
    added = [one for one in rows if one.increment]
    if not added:
        return []
    for one in counts:
        if not one.increment:
            olds[(one.code, one.unit, one.place, one.said)].append(one)
    for one in added:
        totals = [
            other
            for other in articles[one.article]
            if not other.increment
            and other.code == one.code
            and other.unit == one.unit
            and other.said > one.said
            and abs(other.at - one.at) <= MOST_PARTS
            and (other.speaker is None or one.speaker is None or one_voice(other.speaker, one.speaker))
        ]
        if not totals:
            continue
        total = min(totals, key=lambda other: (not other.running, abs(other.at - one.at)))
        before = [
            old
            for old in olds[(one.code, one.unit, total.place, total.said - one.said)]
            if old.at != total.at
            and old.article != total.article
            and (old.speaker is None or total.speaker is None or voice(old, total))
            and apart(old, total) <= TOLL_DAYS
        ]
        if before:
            reason = f"{number(before[-1].said)} + {number(one.said)} = {number(total.said)}"
            found.append(Link(RelationKind.SUM_OF, total.at, one.at, reason))
        else:
            reason = f"{one.words} came on top, which makes {total.words}; the count before is not at hand"
            found.append(Link(RelationKind.PART_OF, one.at, total.at, reason))
    return found


def parts(counts: Iterable[Row]) -> list[Link]:
    """Find parts of a source's own wholes in other articles: of the days, of the places or of the people."""
    buckets: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for one in counts:
        if one.speaker and not one.stock and not one.increment and not one.presumed and one.first is not None:
            buckets[(one.origin, one.code, one.nature, one.unit)].append(one)
    found: list[Link] = []
    for bucket in buckets.values():
        if len(bucket) == 1:
            continue
        bucket.sort(key=lambda one: (one.day or 0, one.at))
        taken: set[int] = set()
        for i, a in enumerate(bucket):
            for b in bucket[i + 1 : i + 1 + REACH]:
                if a.article == b.article:
                    continue
                for part, whole in ((a, b), (b, a)):
                    why = _contained(part, whole)
                    if why and part.at not in taken:
                        taken.add(part.at)
                        reason = f"{part.words} is a part of {whole.words}: {why}"
                        found.append(Link(RelationKind.PART_OF, part.at, whole.at, reason))
    return found


def _contained(part: Row, whole: Row) -> str:
    """Return of what the one is a part of the other: of the days, the places or the people alone; "" where of none."""
    if part.said >= whole.said or contexts_clash(part, whole) or part.running != whole.running:
        return ""
    inner = part.place[: len(whole.place)] == whole.place and len(part.place) > len(whole.place)
    if inner:
        if part.people != whole.people or not same_days(part, whole) or part.origin <= GENERIC:
            return ""
        return "its place lies in the other's"
    if part.place != whole.place or part.people != whole.people:
        return ""
    if part.first is None or part.last is None or whole.first is None or whole.last is None:
        return ""
    within = whole.first <= part.first and part.last <= whole.last
    if within and length(whole) >= LONG_DAYS and length(part) * 2 <= length(whole) and not part.running:
        return "its days lie in the other's"
    return ""
