"""Relations among the figures of many articles. Rows in, links out; no text, no file, no clock.

Nothing is compared with everything. Rows fall into blocks by country; in a block, into buckets of one measure and
place. Repeats are folded first, so that a figure printed two hundred times is compared once. What is left is put in
order of time, and each figure meets at most REACH others: the work grows with the figures, not with their square.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

from counterfoil.comparing import axes
from counterfoil.reading.model import Hedge, Kind
from counterfoil.relating.model import RelationKind
from counterfoil.relating.rows import EVENT_DAYS, ROUNDED, Row, number, one_voice
from counterfoil.relating.slips import meant, slip

REACH = 16  # figures of one bucket that each is compared with; a day has hardly more claimants of one thing
NEAR_DAYS = 7  # a running total is spoken of within the week in which it is published
TOLL_DAYS = 60  # a toll is counted on for so long (series of earthquakes and floods in the label set's guide)
LONG_DAYS = 28  # totals of a month or more; below, two numbers may well be of two happenings
MONTH = 31  # figures that look alike are taken for one another within a month
SMALLEST_ALIKE = 10  # smaller numbers are alike by chance
SMALLEST_MOVEMENT = 100
FITTING = 0.05  # of two numbers that agree, one is a rounding of the other: "about" is 5% on either side
MOST_PARTS = 6
_GENERIC = frozenset(  # every country and town has these: one voice only within one place
    "police army government officials authorities hospital mayor governor firefighters rescuers doctors city ministry"
    " coastguard military local provincial regional health interior".split()
)
_CLASSES = frozenset({"civilian", "militant", "forces"})
_STATED = frozenset(
    "revised corrected lowered raised twice duplicate mistake error review recount late backlog".split()
)
# Words by which a count is told to be new or old; they describe no happening.
_RECOUNT = frozenset(
    "now far more than lower lowered raised revised corrected correct first thought counted twice number total toll"
    " bodies body reason gave given reports came late had has not known risen rose fell reached new latest men man"
    " names name again another after some under two one three since that was were been on at".split()
)


class Link(NamedTuple):
    """A relation from the row `a` to the row `b`, by their places, with its reason in one line."""

    kind: RelationKind
    a: int
    b: int
    reason: str


def links(rows: Sequence[Row], *, workers: int = 1) -> list[Link]:
    """Return the relations among rows in order of time; the same for any order of the articles of one day.

    workers  processes; more than one pays from some tens of thousands of rows.
    """
    blocks: dict[str, list[Row]] = defaultdict(list)
    for one in rows:
        if one.place:
            blocks[one.place[0]].append(one)
    if workers == 1 or len(blocks) == 1:
        found = [link for block in blocks.values() for link in related(block)]
    else:
        found = _spread(blocks, workers)
    return sorted(found, key=lambda link: (link.a, link.b))


_BLOCKS: dict[str, list[Row]] = {}  # handed to the workers by forking: rows are not pickled


def _spread(blocks: dict[str, list[Row]], workers: int) -> list[Link]:
    heaviest = sorted(blocks, key=lambda name: (-len(blocks[name]), name))
    _BLOCKS.update(blocks)
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
            return [link for part in pool.map(_related_block, heaviest) for link in part]
    finally:
        _BLOCKS.clear()


def _related_block(name: str) -> list[Link]:
    return related(_BLOCKS[name])


def related(rows: Sequence[Row]) -> list[Link]:
    """Return the relations among the rows of one block, each pair at most once: the first of the guide's order."""
    live = [one for one in rows if one.happened]
    heads, found = _repeats(live)
    head_of = {link.a: link.b for link in found}
    found = [link for link in found if link.reason]  # a number said twice in one article is folded in silence
    counts, rounded = _rounds(heads)
    found += rounded
    found += _sums(live)
    found += _increments(live, counts)
    found += _things([one for one in counts if not one.increment])
    found += _parts(counts)
    found += _denials([one for one in rows if one.denied], live, head_of)
    found += _alike(counts)
    return _once(found)


_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            *(RelationKind.DENIES, RelationKind.SUM_OF, RelationKind.PART_OF, RelationKind.COPIES, RelationKind.RELAYS),
            *(RelationKind.ROUNDS, RelationKind.MISSTATED, RelationKind.TYPO, RelationKind.REVISES),
            *(RelationKind.SUPERSEDES, RelationKind.AGREES, RelationKind.RECHARACTERISES),
            *(RelationKind.CONTRADICTS, RelationKind.DIFFERENT_MEASURE),
        )
    )
}


def _once(found: Iterable[Link]) -> list[Link]:
    best: dict[tuple[int, int], Link] = {}
    for link in found:
        pair = (link.a, link.b) if link.a < link.b else (link.b, link.a)
        if pair not in best or _RANK[link.kind] < _RANK[best[pair].kind]:
            best[pair] = link
    return list(best.values())


# ---- days, voices and things ---------------------------------------------------------------------


def _same_days(a: Row, b: Row) -> bool:
    """Say whether two windows are one: as `axes.spans_of_days` does, in whole numbers."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return False
    length = min(a.last - a.first, b.last - b.first) + 1
    early, late = a.first - b.first, a.last - b.last
    slack = 0 if length == 1 and early * late > 0 else max(1, int(length * axes.SLACK_SHARE))
    return abs(early) <= slack and abs(late) <= slack


def _apart(a: Row, b: Row) -> int:
    return abs(a.day - b.day) if a.day is not None and b.day is not None else 10_000


def _length(one: Row) -> int:
    return one.last - one.first + 1 if one.first is not None and one.last is not None else 0


def _closed(*rows: Row) -> bool:
    """Say whether all counts were given after a window of a month or more was over."""
    return all(
        not one.stock
        and not one.running
        and _length(one) >= LONG_DAYS
        and one.last is not None
        and one.day is not None
        and one.last < one.day
        for one in rows
    )


def _one_moment(a: Row, b: Row) -> bool:
    """Say whether the two were spoken, or printed, on one day."""
    return (a.day is not None and a.day == b.day) or (a.published is not None and a.published == b.published)


def _same_time(a: Row, b: Row) -> bool:
    """Say whether the two counts are of one window, or one day of counting."""
    if a.stock != b.stock:
        return False
    if a.stock:
        return _apart(a, b) <= NEAR_DAYS
    if a.running and b.running:
        return (a.first is None) == (b.first is None) and abs((a.first or 0) - (b.first or 0)) <= 1
    return _same_days(a, b)


def _voice(a: Row, b: Row) -> bool:
    """Say whether the two are named and may be one source; every town has its police."""
    if a.speaker is None or b.speaker is None or not one_voice(a.speaker, b.speaker):
        return False
    return a.place == b.place or not (a.origin <= _GENERIC or b.origin <= _GENERIC)


def _one_origin(a: Row, b: Row) -> bool:
    """Say whether the two numbers go back to one source, or one of them names none."""
    if a.speaker is None or b.speaker is None or _voice(a, b) or (a.credit and a.credit == b.credit):
        return True
    return bool((b.outlet and one_voice(a.speaker, b.outlet)) or (a.outlet and one_voice(b.speaker, a.outlet)))


def _own(one: Row) -> bool:
    """Say whether the outlet itself says it."""
    return bool(one.outlet) and (one.speaker is None or one_voice(one.speaker, one.outlet))


def _contexts_clash(a: Row, b: Row) -> bool:
    one, other = a.profile.context, b.profile.context
    return bool(one and other and not one & other)


def _stems(words: frozenset[str] | None) -> frozenset[str]:
    return frozenset(w[:5] for w in words or () if w not in _RECOUNT and not w[0].isdigit())


def _one_happening(a: Row, b: Row) -> bool:
    """Say whether nothing tells that two short windows saw two happenings: another disaster, wholly other words."""
    if _contexts_clash(a, b):
        return False
    if (
        a.article == b.article
        or (a.passage >= 0 and a.passage == b.passage)
        or max(_length(a), _length(b)) > EVENT_DAYS
    ):
        return True
    one, other = _stems(a.left) | _stems(a.scene), _stems(b.left) | _stems(b.scene)
    return not one or not other or bool(one & other)


def _meet(a: Row, b: Row) -> bool:
    return a.low <= b.high and b.low <= a.high


def _near(a: Row, b: Row) -> bool:
    return a.near_low <= b.near_high and b.near_low <= a.near_high


def _distinctive(one: Row) -> bool:
    """Say whether meeting the number twice is hardly chance: four digits or more, save noughts behind."""
    return len(f"{one.said:.0f}".rstrip("0")) >= 4 if one.said.is_integer() else len(f"{one.said:g}") > 4


# ---- one number, one origin ----------------------------------------------------------------------


def _repeats(rows: Iterable[Row]) -> tuple[list[Row], list[Link]]:
    """Return the first of each number and origin, and a link from every repeat to it; silent within one article."""
    heads: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    texts: dict[tuple[object, ...], Row] = {}
    kept: dict[int, Row] = {}
    found: list[Link] = []
    for one in rows:
        if one.increment:
            kept[one.at] = one
            continue
        key = (one.code, one.nature, one.unit, one.place, one.said)
        printed = (one.passage, one.said, one.unit) if one.passage >= 0 else None
        head = texts.get(printed) if printed else None
        if head is not None and (head.article == one.article or not _may_copy(head, one)):
            head = None
        if head is None:
            head = next((h for h in heads[key][-REACH:] if _repeated(h, one)), None)
        if head is None:
            heads[key].append(one)
            kept[one.at] = one
        elif head.article == one.article:
            found.append(Link(RelationKind.RELAYS, one.at, head.at, ""))
        elif head.speaker is None and one.speaker is not None and not _copied(head, one):
            found.append(_repeat(head, one))  # the one that names its origin stands for both
            del kept[head.at]
            heads[key][heads[key].index(head)] = one
            kept[one.at] = one
        else:
            found.append(_repeat(one, head))
        if printed:
            texts.setdefault(printed, one if head is None else head)
    return list(kept.values()), found


def _repeated(head: Row, one: Row) -> bool:
    if head.stock != one.stock or head.hedge is Hedge.VAGUE or not _one_origin(head, one):
        return False
    people = head.people == one.people or (
        _voice(head, one) and (head.people <= one.people or one.people <= head.people)
    )
    if not people or _contexts_clash(head, one) or not (head.asserted and one.asserted):
        return False
    if not (_voice(head, one) and one.said >= SMALLEST_ALIKE) and not _one_happening(head, one):
        return False
    if head.stock:
        return _apart(head, one) <= MONTH
    known = _same_time(head, one)
    if known or None not in (head.first, head.last, one.first, one.last):
        return known
    return (_distinctive(one) and _apart(head, one) <= TOLL_DAYS) or (head.article == one.article and head.said > 1)


def _may_copy(head: Row, one: Row) -> bool:
    """Say whether near-identical sentences are of one source, and nothing read of them tells them apart."""
    place = head.place == one.place or _place_fits(head, one)
    days = None in (head.first, head.last, one.first, one.last) or _same_days(head, one)
    return place and days and _one_origin(head, one)


def _copied(a: Row, b: Row) -> bool:
    return (a.passage >= 0 and a.passage == b.passage) or bool(a.credit and a.credit == b.credit)


def _repeat(one: Row, head: Row) -> Link:
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


def _rounds(heads: Sequence[Row]) -> tuple[list[Row], list[Link]]:
    """Return the heads that are no roundings of another, and a link from each rounding to what it rounds."""
    buckets: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for one in heads:
        if not one.increment:
            buckets[(one.code, one.nature, one.unit, one.place, one.people, one.stock)].append(one)
    found: dict[int, Link] = {}
    for bucket in buckets.values():
        if len(bucket) == 1:
            continue
        bucket.sort(key=lambda one: (one.said, one.at))
        for i, a in enumerate(bucket):
            for b in bucket[i + 1 : i + 1 + REACH]:
                if not _near(a, b) and b.near_low > a.near_high and b.low > a.high:
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
    if a.said == b.said or not _near(a, b) or not _one_origin(a, b):
        return None
    if not (_same_time(a, b) and _one_happening(a, b)):
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
    if _closed(a, b) or a.day == b.day:
        return rounding, exact
    later = rounding.day is not None and exact.day is not None and rounding.day > exact.day
    return (rounding, exact) if later and hedged else None


def _grain(one: Row) -> int:
    """Return the noughts behind the number."""
    plain = f"{one.said:.0f}"
    return len(plain) - len(plain.rstrip("0"))


# ---- wholes and parts ----------------------------------------------------------------------------


def _by_article(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for one in rows:
        found[one.article].append(one)
    return found


def _sums(rows: Iterable[Row]) -> list[Link]:
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


def _increments(rows: Sequence[Row], counts: Sequence[Row]) -> list[Link]:
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
            and (old.speaker is None or total.speaker is None or _voice(old, total))
            and _apart(old, total) <= TOLL_DAYS
        ]
        if before:
            reason = f"{number(before[-1].said)} + {number(one.said)} = {number(total.said)}"
            found.append(Link(RelationKind.SUM_OF, total.at, one.at, reason))
        else:
            reason = f"{one.words} came on top, which makes {total.words}; the count before is not at hand"
            found.append(Link(RelationKind.PART_OF, one.at, total.at, reason))
    return found


def _parts(counts: Iterable[Row]) -> list[Link]:
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
    if part.said >= whole.said or _contexts_clash(part, whole) or part.running != whole.running:
        return ""
    inner = part.place[: len(whole.place)] == whole.place and len(part.place) > len(whole.place)
    if inner:
        if part.people != whole.people or not _same_days(part, whole) or part.origin <= _GENERIC:
            return ""
        return "its place lies in the other's"
    if part.place != whole.place or part.people != whole.people:
        return ""
    if part.first is None or part.last is None or whole.first is None or whole.last is None:
        return ""
    within = whole.first <= part.first and part.last <= whole.last
    if within and _length(whole) >= LONG_DAYS and _length(part) * 2 <= _length(whole) and not part.running:
        return "its days lie in the other's"
    return ""


# ---- one thing, several numbers ------------------------------------------------------------------


def _things(counts: Iterable[Row]) -> list[Link]:
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
    closed = []
    for one in bucket:
        if one.running:
            since[one.first].append(one)
        elif one.first is not None and one.last is not None:
            closed.append(one)
    closed.sort(key=lambda one: (one.first, one.last, one.at))
    for one in closed:
        if found and _same_days(found[-1][-1], one):
            found[-1].append(one)
        else:
            found.append([one])
    for one in since.pop(None, []):  # "the toll has reached 40": of the one happening shortly before, if there is one
        fitting = [c for c in found if _toll_of(one, c)]
        if len(fitting) == 1:
            fitting[0].append(one)
        else:
            since[None].append(one)
    found += since.values()
    return found


def _toll_of(one: Row, cluster: Sequence[Row]) -> bool:
    head = cluster[0]
    if one.day is None or head.first is None or _length(head) > EVENT_DAYS or _contexts_clash(one, head):
        return False
    return 0 <= one.day - head.first <= TOLL_DAYS // 2


def _claims(cluster: list[Row]) -> list[Link]:
    """Relate what is said of one thing: each claimant's series, then one claimant to another."""
    cluster.sort(key=lambda one: (one.day or 0, one.at))
    claimants = _claimants(cluster)
    found = _misstatements(cluster)
    wrong = {link.a for link in found}
    slips: set[int] = set()
    for series in claimants:
        for link in _series([one for one in series if one.at not in wrong]):
            found.append(link)
            if link.kind is RelationKind.TYPO:
                slips.add(link.a)
    named = [one for one in cluster if one.speaker is not None and one.at not in wrong | slips and one.total]
    for i, a in enumerate(named):
        for b in named[i + 1 : i + 1 + REACH]:
            if a.article == b.article or _one_origin(a, b):
                continue
            found += _two_voices(a, b)
    return found


def _claimants(cluster: Sequence[Row]) -> list[list[Row]]:
    series: dict[object, list[Row]] = {}
    for one in cluster:
        key: object = ("outlet", one.outlet) if one.speaker is None else one.origin
        if key not in series and one.speaker is not None and len(series) <= REACH:
            key = next((k for k, s in series.items() if s[0].speaker and one_voice(s[0].speaker, one.speaker)), key)
        series.setdefault(key, []).append(one)
    return list(series.values())


def _misstatements(cluster: Sequence[Row]) -> list[Link]:
    """Find numbers that are given as somebody's who himself gives another, of one thing and time."""
    owned = [one for one in cluster if _own(one)]
    found = []
    for one in cluster if owned else ():
        if one.speaker is None or _own(one):
            continue
        cited = [own for own in owned if own.article != one.article and one_voice(one.speaker, own.outlet)]
        alike = [own for own in cited if (_closed(one, own) and _apart(one, own) <= MONTH) or _apart(one, own) <= 1]
        if alike and not any(_meet(one, own) or _near(one, own) for own in cited):
            own = alike[0]
            reason = f"{one.words} is given as {one.speaker}'s, who says {own.words}"
            found.append(Link(RelationKind.MISSTATED, one.at, own.at, reason))
    return found


def _series(series: Sequence[Row]) -> list[Link]:
    """Relate each of one claimant's counts to the one that stood before it."""
    found: list[Link] = []
    standing: list[Row] = []
    for one in series:
        last = standing[-1] if standing else None
        if last is None or one.article == last.article:
            if last is None or one.said >= last.said:
                standing.append(one)
            continue
        if not _one_happening(last, one):
            continue
        how = slip(last.said, one.said)
        if one.day == last.day:
            if (how and one.speaker == last.speaker) or (how and _voice(one, last)):
                found.append(_typo(one, last, how))
            continue
        if _closed(one, last) and how and _apart(one, last) <= NEAR_DAYS:
            found.append(_typo(one, last, how))
        elif one.said > last.said and (one.low > last.said or not _near(one, last)):
            found.append(
                _revised(one, last, "another number for days long over") if _closed(one, last) else _grown(one, last)
            )
            standing.append(one)
        elif one.said < last.said and not _near(one, last):
            before = standing[-2] if len(standing) > 1 else None
            intended = meant(last.said, before.said if before else one.said, one.said) if not one.stock else None
            if how and not one.stock:
                found.append(_typo(one, last, how))
                continue
            if intended is not None:
                reason = f"{last.words} may be a slip for {number(intended)}: the next count is {one.words}"
                found.append(Link(RelationKind.TYPO, last.at, one.at, reason))
                standing[-1] = one
                if before is not None and one.said > before.said:
                    found.append(_grown(one, before))
                continue
            found.append(_revised(one, last, "the later count is lower"))
            standing.append(one)
    return found


def _typo(one: Row, other: Row, how: str) -> Link:
    reason = f"{one.words} may be a slip for {other.words}: {how}"
    return Link(RelationKind.TYPO, one.at, other.at, reason)


def _grown(one: Row, last: Row) -> Link:
    more = f", {number(one.said - last.said)} more" if not (one.bound or last.bound) else ""
    return Link(RelationKind.SUPERSEDES, one.at, last.at, f"{last.words}, later {one.words}{more} ({one.who})")


def _revised(one: Row, last: Row, how: str) -> Link:
    stated = sorted(_STATED & (one.left or frozenset()))
    why = f"the sentence says “{stated[0]}”" if stated else "no reason given in its sentence"
    return Link(RelationKind.REVISES, one.at, last.at, f"{last.words} became {one.words} ({one.who}): {how}; {why}")


def _two_voices(a: Row, b: Row) -> list[Link]:
    """Relate the counts of two origins: they agree, they contradict, or nothing can be said."""
    if not _one_happening(a, b):
        return []
    if a.said == b.said or (
        not a.bound and not b.bound and _near(a, b) and abs(a.said - b.said) <= FITTING * max(a.said, b.said)
    ):
        if a.stock and _apart(a, b) > NEAR_DAYS:
            return []
        how = "the same number" if a.said == b.said else "numbers that fit each other"
        return [Link(RelationKind.AGREES, a.at, b.at, f"{how}: {a.words} ({a.who}) and {b.words} ({b.who})")]
    if _meet(a, b) or not (_one_moment(a, b) or _closed(a, b)) or not sound(a, b):
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
    if a.left == b.left:
        return True
    fewer, more = (a, b) if a.said < b.said else (b, a)
    assert fewer.left is not None
    assert more.left is not None
    return max(_length(a), _length(b)) <= EVENT_DAYS and len(a.place) > 1 and fewer.left <= more.left


# ---- denials and numbers that look alike ---------------------------------------------------------


def _denials(denied: Iterable[Row], live: Iterable[Row], head_of: dict[int, int]) -> list[Link]:
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
            and _place_fits(one, other)
            and (one.first is None or other.first is None or one.stock or _same_days(one, other))
            and (not one.people or not other.people or one.people == other.people)
        ]
        if fitting:
            other = min(fitting, key=lambda o: (o.article != one.article, o.people != one.people, o.at > one.at, o.at))
            at = head_of.get(other.at, other.at)
            reason = f"{one.who} rejects {other.words} ({other.who}) and gives no number"
            found.append(Link(RelationKind.DENIES, one.at, at, reason))
    return found


def _place_fits(a: Row, b: Row) -> bool:
    if a.place == b.place:
        return True
    return (a.presumed or b.presumed) and (a.place[:1] == b.place[:1])


def _alike(counts: Iterable[Row]) -> list[Link]:
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
            for near in (size - 1, size, size + 1):
                for other in moving[near][-REACH:]:
                    if other.said != one.said and _near(other, one):
                        found += _other_words(other, one)
            moving[size].append(one)
    return found


def _other_words(a: Row, b: Row) -> list[Link]:
    """Relate two like numbers of unlike things: two words for one movement, or two measures."""
    if a.code == b.code and a.unit == b.unit and a.nature == b.nature and a.stock == b.stock and a.people == b.people:
        return []
    if not _place_fits(a, b) or not _like_time(a, b) or _contexts_clash(a, b):
        return []
    separate = a.speaker is not None and b.speaker is not None and not _one_origin(a, b)
    if a.article == b.article and not separate:
        return []
    terms = f"“{a.profile.term}” ({a.who}) and “{b.profile.term}” ({b.who})"
    both = f"{a.words} and {b.words}" if a.words != b.words else a.words
    people_fit = a.people == b.people or not a.people or not b.people
    if a.nature and b.nature and a.unit == b.unit and (a.code, a.nature) != (b.code, b.nature):
        if not people_fit or ("arrived" in (a.code, b.code)) or not (separate or _distinctive(a)):
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
        one, other = a.people & _CLASSES, b.people & _CLASSES
        rest = a.people - _CLASSES == b.people - _CLASSES
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
    if a.stock == b.stock and not _closed(a, b) and _apart(a, b) > MONTH:
        return False
    if a.stock and b.stock:
        return _apart(a, b) <= NEAR_DAYS
    if a.stock or b.stock:
        level, flow = (a, b) if a.stock else (b, a)
        if level.day is None or flow.first is None or flow.last is None:
            return True
        return flow.first - MONTH <= level.day <= max(flow.last, flow.day or flow.last) + MONTH
    if None in (a.first, a.last, b.first, b.last):
        return a.running and b.running and _apart(a, b) <= NEAR_DAYS
    return _same_days(a, b) or (a.running and b.running and a.first == b.first and _apart(a, b) <= NEAR_DAYS)
