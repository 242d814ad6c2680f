"""Which figure of a changed article is which of the old text: by the words around it, never by offsets. Pure."""

import re
from collections import defaultdict
from collections.abc import Sequence

from counterfoil.ledger.model import Entry, FigureChange

# What an article says of a figure. The day of speaking is left out: a new date of publication moves all of them.
COMPARED = (
    *("low", "high", "unit", "hedge", "kind", "direction", "measure", "population", "tally", "modality", "first"),
    *("last", "place", "origin", "destination", "claimant"),
)
_DIGITS = re.compile(r"\d[\d.,]*")
# Out of 100, by rapidfuzz' ratio over both contexts with digits made equal. Half the words around may be new where the
# number is the old one; more must stay where it is another. tests/ledger/test_differences.py holds cases on both sides.
_ENOUGH, _ENOUGH_FOR_SAME_NUMBER = 70.0, 50.0
_SAME_MEASURE = 10.0  # points for counting the same thing
_SAME_NUMBER = 10.0


def differences(before: Sequence[Entry], after: Sequence[Entry]) -> tuple[FigureChange, ...]:
    """Return what became of each figure, in the order of the new text; those that are gone come last.

    before, after  figures as read, in the order of their texts.
    """
    pairs = _alike(before, after)
    taken = set(pairs.values())
    left = [one for one in range(len(after)) if one not in pairs]
    free = [one for one in range(len(before)) if one not in taken]
    pairs |= _nearest(before, after, free, left)
    found = []
    for new in range(len(after)):
        old = pairs.get(new)
        if old is None:
            found.append(FigureChange("added", None, new))
        else:
            fields = tuple(name for name in COMPARED if getattr(before[old], name) != getattr(after[new], name))
            found.append(FigureChange("changed" if fields else "same", old, new, fields))
    kept = set(pairs.values())
    return (*found, *(FigureChange("gone", old, None) for old in range(len(before)) if old not in kept))


def _alike(before: Sequence[Entry], after: Sequence[Entry]) -> dict[int, int]:
    """Pair figures whose words and surroundings are the same, the first with the first."""
    places: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for old, one in enumerate(before):
        places[one.prefix, one.quote, one.suffix].append(old)
    pairs = {}
    for new, one in enumerate(after):
        same = places.get((one.prefix, one.quote, one.suffix))
        if same:
            pairs[new] = same.pop(0)
    return pairs


def _nearest(before: Sequence[Entry], after: Sequence[Entry], free: list[int], left: list[int]) -> dict[int, int]:
    """Pair what is left by likeness, the most alike first; of equals those that stand in like places."""
    ranked = []
    for old in free:
        for new in left:
            score = _likeness(before[old], after[new])
            if score is not None:
                apart = abs(old / max(len(before), 1) - new / max(len(after), 1))
                ranked.append((-score, apart, old, new))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, old, new in sorted(ranked):
        if old not in taken and new not in pairs:
            pairs[new] = old
            taken.add(old)
    return pairs


def _likeness(a: Entry, b: Entry) -> float | None:
    """Return how alike two figures' surroundings are, 0 to 120; None where they are not alike enough to be one."""
    from rapidfuzz.fuzz import ratio

    if a.unit != b.unit and a.measure != b.measure:
        return None
    around = ratio(_bare(a.prefix) + "\0" + _bare(a.suffix), _bare(b.prefix) + "\0" + _bare(b.suffix))
    sentence = ratio(_bare(a.excerpt), _bare(b.excerpt))
    same = (a.low, a.high) == (b.low, b.high)
    score = max(around, sentence)
    if score < (_ENOUGH_FOR_SAME_NUMBER if same else _ENOUGH):
        return None
    return score + (_SAME_NUMBER if same else 0) + (_SAME_MEASURE if a.measure == b.measure else 0)


def _bare(words: str) -> str:
    """Return words with every number alike, so that a neighbour's new toll does not count against this one."""
    return _DIGITS.sub("0", words)
