"""Relations among the figures of many articles. Rows in, links out; no text, no file, no clock.

Nothing is compared with everything. Rows fall into blocks by country; in a block, into buckets of one measure and
place. Repeats are folded first, so that a figure printed two hundred times is compared once. What is left is put in
order of time, and each figure meets at most REACH others: the work grows with the figures, not with their square.
"""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context
from threading import active_count

from counterfoil.relating.folding import headlines, repeats, rounds
from counterfoil.relating.likeness import alike, denials
from counterfoil.relating.model import RelationKind
from counterfoil.relating.rows import Row
from counterfoil.relating.sameness import Link
from counterfoil.relating.series import things
from counterfoil.relating.wholes import increments, parts, sums


def links(rows: Sequence[Row], *, workers: int = 1) -> list[Link]:
    """Return the relations among rows; `Row.at` is their order in time, in whatever order they are handed over.

    workers  processes; measure before you take more than one. One does it all where the system cannot fork, or where
             other threads run, whose locks a fork would copy.
    """
    blocks: dict[str, list[Row]] = defaultdict(list)
    for one in sorted(rows, key=lambda one: one.at):
        if one.place:
            blocks[one.place[0]].append(one)
    if workers == 1 or len(blocks) == 1 or "fork" not in get_all_start_methods() or active_count() > 1:
        with _uncollected():
            found = [link for block in blocks.values() for link in related(block)]
    else:
        found = _spread(blocks, workers)
    return sorted(found, key=lambda link: (link.a, link.b))


_BLOCKS: dict[str, list[Row]] = {}  # handed to the workers by forking: rows are not pickled


def _spread(blocks: dict[str, list[Row]], workers: int) -> list[Link]:
    heaviest = sorted(blocks, key=lambda name: (-len(blocks[name]), name))
    _BLOCKS.update(blocks)
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("fork"), initializer=_start) as pool:
            return [link for part in pool.map(_related_block, heaviest) for link in part]
    finally:
        _BLOCKS.clear()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the collector of cycles: there are none here, and its walks over the rows take a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _start() -> None:
    """Leave what was there before the fork to itself: a collector that walks it would copy it, and finds nothing."""
    gc.freeze()
    gc.disable()


def _related_block(name: str) -> list[Link]:
    return related(_BLOCKS[name])


def related(rows: Sequence[Row]) -> list[Link]:
    """Return the relations among the rows of one block, each pair at most once: the first of the guide's order."""
    live = [one for one in rows if one.happened]
    below, found = headlines(live)
    heads, again = repeats(below)
    found += again
    head_of = firsts(found)
    counts, rounded = rounds(heads)
    found += rounded
    found += sums(live)
    found += increments(live, counts)
    found += _of_heads(things([*(one for one in counts if not one.increment), *_otherwise(live, head_of)]), head_of)
    found += parts(counts)
    found += denials([one for one in rows if one.denied], live, head_of)
    found += alike(counts)
    return _once(found)


def firsts(found: Iterable[Link]) -> dict[int, int]:
    """Return for each repeat the first figure that it goes back to, over however many others."""
    head_of = {link.a: link.b for link in found}
    resolved = {}
    for at, head in head_of.items():
        while head in head_of:
            head = head_of[head]
        resolved[at] = head
    return resolved


def _otherwise(live: Sequence[Row], head_of: dict[int, int]) -> list[Row]:
    """Return repeats that say of whom they are in other words than their first: "17 civilians", then "17 people".

    Each stands for its first where the people of its own words are counted.
    """
    if not head_of:
        return []
    by_place = {one.at: one for one in live}
    pairs = ((by_place[at], by_place[head]) for at, head in head_of.items())
    return [one for one, head in pairs if one.people != head.people and one.article != head.article]


def _of_heads(found: Iterable[Link], head_of: dict[int, int]) -> list[Link]:
    heads = (link._replace(a=head_of.get(link.a, link.a), b=head_of.get(link.b, link.b)) for link in found)
    return [link for link in heads if link.a != link.b]


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
