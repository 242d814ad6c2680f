"""What a cube answers to many settings at once, from prefix sums: no setting costs a query."""

from dataclasses import dataclass
from enum import IntFlag

import numpy as np

from counterfoil.checking.surface.model import Bools, Cube, Floats, Ints
from counterfoil.checking.surface.settings import Settings, as_equal

HALF_YEAR = 183  # days: of yearly counts none is nearer; a state further off than that is told, and refutes nothing
FURTHEST = 366  # days: a state that old is none of the day asked; the next of a yearly count has been missed
# Of a window's days so many may lie in months of which only a part belongs to it; beyond, it is not answered. However
# the counts fall within those months, the sum is off by about a tenth at most: as much as records are revised.
COARSEST = 0.1
LONGEST_CUT = 31  # days: of a longer step (a year, a quarter) no part is ever taken


class Flag(IntFlag):
    """What a reader must know of a setting; those of REFUSALS leave it unanswered."""

    OVERLAP = 1  # the two windows share days, which shrinks every change
    UNEQUAL = 2  # of unequal length: rates a day are compared
    BREAK = 4  # the way of counting changed in between
    REFUSED = 8  # and so much that the source's two sides are not comparable
    UNCOVERED = 16  # the source does not cover all of its days: no report is not zero
    LAGGING = 32  # it holds the latest steps, which still grow
    PRORATED = 64  # of a step at its end a part was taken, by days
    COARSE = 128  # the steps are too long for the window
    NO_BASELINE = 256  # nothing was counted in the baseline: no ratio


REFUSALS = Flag.REFUSED | Flag.UNCOVERED | Flag.COARSE
FLAG_WORDS = {
    Flag.OVERLAP: "overlap",
    Flag.UNEQUAL: "unequal windows",
    Flag.BREAK: "crosses a break",
    Flag.REFUSED: "crosses a break that forbids comparing",
    Flag.UNCOVERED: "not covered",
    Flag.LAGGING: "latest months incomplete",
    Flag.PRORATED: "part of a step taken by days",
    Flag.COARSE: "steps too long for the window",
    Flag.NO_BASELINE: "nothing counted in the baseline",
}


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What the cube answers: K ways of counting, N settings.

    sums, rows        [K, W] by window: what is counted, and the rows of the dataset behind it.
    range_low, range_high  [K, W] the publisher's own reporting range, None where it gives none.
    values            [K, N] a change in percent, or for a level the sum; nan where not answered.
    later_counts, earlier_counts  [K, N]; the latter None for a level.
    later_days, earlier_days      [N].
    exposure, base_exposure       [N] what the counts are divided by: 1 and 1 where the windows count as equal.
    flags             [N] of class Flag, for every way of counting; NO_BASELINE is in `ratio_missing` [K, N].
    low, high, wide_low, wide_high  [K, N] intervals, in the unit of `values`, once they were added.
    """

    sums: Floats
    rows: Floats
    range_low: Floats | None
    range_high: Floats | None
    values: Floats
    later_counts: Floats
    earlier_counts: Floats | None
    later_days: Ints
    earlier_days: Ints | None
    exposure: Floats
    base_exposure: Floats | None
    flags: Ints
    ratio_missing: Bools
    low: Floats | None = None
    high: Floats | None = None
    wide_low: Floats | None = None
    wide_high: Floats | None = None

    @property
    def answered(self) -> Bools:
        """Return which settings have an answer, [K, N]."""
        return ~np.isnan(self.values)

    def flag_words(self, k: int, n: int) -> tuple[str, ...]:
        """Return what a reader must know of one setting, in words."""
        found = [words for flag, words in FLAG_WORDS.items() if self.flags[n] & flag]
        return (*found, FLAG_WORDS[Flag.NO_BASELINE]) if self.ratio_missing[k, n] else tuple(found)


def window_positions(edges: Ints, windows: Ints) -> tuple[Ints, Floats]:
    """Return where windows [W, 2] begin and end among the steps: index of the step, and the share of it that is before.

    A window that begins or ends outside the steps gets the nearest end; `window_flags` tells.
    """
    inside = np.clip(windows, edges[0], edges[-1])
    index = np.clip(np.searchsorted(edges, inside, side="right") - 1, 0, len(edges) - 2)
    share = (inside - edges[index]) / (edges[index + 1] - edges[index])
    return index, share


def window_sums(values: Floats, index: Ints, share: Floats) -> Floats:
    """Return the sums [..., W] of steps [..., T] over windows, a part of a step counting by its share of days."""
    before = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
    np.cumsum(values, axis=-1, out=before[..., 1:])
    at = before[..., index] + share * values[..., index]
    return at[..., 1] - at[..., 0]


def window_flags(cube: Cube, windows: Ints, index: Ints, share: Floats) -> Ints:
    """Return the flags [W] that a window has by itself."""
    edges = cube.edges
    whole = (share == 0) | (share == 1)
    inside = np.clip(windows, edges[0], edges[-1])
    parts = np.stack([edges[index[:, 0] + 1] - inside[:, 0], inside[:, 1] - edges[index[:, 1]]], axis=1)
    first, last = index[:, 0], index[:, 1] + (share[:, 1] > 0)
    uncovered = np.concatenate([[0], np.cumsum(~cube.covered)])
    lagging = np.concatenate([[0], np.cumsum(cube.lagging)])
    outside = (windows[:, 0] < edges[0]) | (windows[:, 1] > edges[-1])
    days = windows[:, 1] - windows[:, 0]
    taken = np.where(whole, 0, parts).sum(axis=1)  # days in steps of which only a part belongs to the window
    taken = np.where((index[:, 0] == index[:, 1]) & ~whole.all(axis=1), days, taken)
    long = (~whole & (np.diff(edges)[index] > LONGEST_CUT)).any(axis=1)
    flags: Ints = np.where(outside | (uncovered[last] > uncovered[first]), int(Flag.UNCOVERED), 0)
    flags |= np.where(lagging[last] > lagging[first], int(Flag.LAGGING), 0)
    flags |= np.where(whole.all(axis=1), 0, int(Flag.PRORATED))
    return flags | np.where(long | (taken > COARSEST * days), int(Flag.COARSE), 0)


def counted_days(cube: Cube, days: Ints, until: int) -> Ints:
    """Return for each day [N] of a stock the day whose state stands for it: the last counted at or before it.

    Where that is more than half a year off, the next one is taken if it is nearer. Days without any that is near enough
    stay as they are: they have no answer.

    until  no counted day after this ordinal is taken: that of the words.
    """
    known = _known_states(cube)
    if cube.counted is None or not len(known):
        return days
    states = cube.counted[known]
    at = np.searchsorted(states, days, side="right")
    before, after = states[np.maximum(at - 1, 0)], states[np.minimum(at, len(states) - 1)]
    back = np.where(at > 0, days - before, FURTHEST + 1)
    ahead = np.where((at < len(states)) & (after <= until), after - days, FURTHEST + 1)
    later = (back > HALF_YEAR) & (ahead < back)
    near = np.where(later, ahead, back) <= FURTHEST
    found: Ints = np.where(near, np.where(later, after, before), days)
    return found


def _known_states(cube: Cube) -> Ints:
    return np.flatnonzero(cube.covered & (cube.counted > 0)) if cube.counted is not None else np.zeros(0, np.int64)


def _states(cube: Cube, days: Ints) -> tuple[Ints, Ints]:
    """Return the step [W] of the last state counted at or before each day, and the flags [W] that it brings."""
    index, share = window_positions(cube.edges, np.stack([days, days + 1], axis=1))
    if cube.counted is None:  # the state of a step holds for all of it
        return index[:, 0], window_flags(cube, np.stack([days, days + 1], axis=1), index, share) & ~int(
            Flag.PRORATED | Flag.COARSE
        )
    known = _known_states(cube)
    if not len(known):
        return index[:, 0], np.full(len(days), int(Flag.UNCOVERED))
    at = np.searchsorted(cube.counted[known], days, side="right") - 1
    step = known[np.maximum(at, 0)]
    lacking = (at < 0) | (days - cube.counted[step] > FURTHEST)
    flags: Ints = np.where(lacking, int(Flag.UNCOVERED), 0)
    flags |= np.where(cube.lagging[step], int(Flag.LAGGING), 0)
    return step, flags


def evaluate(cube: Cube, settings: Settings, *, how: str = "sum") -> Answers:
    """Return what the cube answers to every setting in every way of counting, from one prefix sum for each.

    how     "sum" of the steps of a flow, "mean" of a rate by days, "last" for a stock: its state as last counted at or
            before the last day.
    Raises  ValueError for another word.
    """
    if how not in ("sum", "mean", "last"):
        raise ValueError(f"no such way to sum up a window: {how}")
    windows = settings.windows
    index, share = window_positions(cube.edges, windows)
    flags = window_flags(cube, windows, index, share)
    if how == "last":
        state, flags = _states(cube, windows[:, 1] - 1)
        index, share = np.stack([state, state], axis=1), np.array([[0.0, 1.0]]).repeat(len(windows), axis=0)
    elif how == "mean":
        flags &= ~int(Flag.PRORATED | Flag.COARSE)
    weight = np.diff(cube.edges).astype(float) if how == "mean" else 1.0
    days = windows[:, 1] - windows[:, 0]
    over = days if how == "mean" else 1

    def summed(values: Floats) -> Floats:
        found: Floats = window_sums(values * weight, index, share) / over
        return found

    sums = summed(cube.values)
    rows = window_sums(cube.rows.astype(np.float64), index, share)
    low, high = (None if ends is None else summed(ends) for ends in (cube.low, cube.high))
    later, found = settings.later, flags[settings.later]
    counts, ones = sums[:, later], np.ones(len(settings))
    missing: Bools = np.zeros(counts.shape, dtype=bool)
    if settings.earlier is None:
        found = found | _breaks(cube, windows[later, 0], windows[later, 1])
        values = np.where(found & int(REFUSALS), np.nan, counts)
        return Answers(sums, rows, low, high, values, counts, None, days[later], None, ones, None, found, missing)
    earlier = settings.earlier
    base = sums[:, earlier]
    one, other = windows[later], windows[earlier]
    equal = np.full(len(settings), True) if how != "sum" else as_equal(one, other)
    exposure, base_exposure = np.where(equal, 1.0, days[later]), np.where(equal, 1.0, days[earlier])
    found = found | flags[earlier] | np.where(equal, 0, int(Flag.UNEQUAL))
    found |= np.where((other[:, 1] > one[:, 0]) & (how != "last"), int(Flag.OVERLAP), 0)
    found |= _breaks(cube, np.minimum(one[:, 0], other[:, 0]), np.maximum(one[:, 1], other[:, 1]))
    missing = base <= 0
    refused = (found & int(REFUSALS)) != 0
    with np.errstate(divide="ignore", invalid="ignore"):
        values = (counts * (base_exposure / exposure) / base - 1) * 100
    values = np.where(missing | refused, np.nan, values)
    return Answers(
        sums, rows, low, high, values, counts, base, days[later], days[earlier], exposure, base_exposure, found, missing
    )


def _breaks(cube: Cube, start: Ints, end: Ints) -> Ints:
    """Return the flags of settings whose days lie on both sides of a break."""
    found = np.zeros(len(start), dtype=np.int64)
    for step, _, refuse in cube.breaks:
        day = cube.edges[step]
        mark = int(Flag.BREAK | Flag.REFUSED) if refuse else int(Flag.BREAK)
        found |= np.where((start < day) & (day < end), mark, 0)
    return found
