"""Finding the best settings of a template: by looking at all of them, or only where the best can be.

`scan_all` is the oracle: it looks at every setting, in blocks of bounded memory. `scan_near` looks at the settings with
a sensibility above a bound, inside the ellipsoid of the Gaussians, and lowers the bound until nothing outside can be
better; it finds the same. `best_windows` and `survey_windows` are the oracle for pairs of equal windows, of which there
are n³ / 6 in a series of n steps: they lay them out so that no setting costs a look-up.

Of equally good settings the first in the order of the axes' places is taken, by all of them.
"""

import math
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from counterfoil.checking.surface.model import Bools, Floats, Ints
from counterfoil.checking.surface.space import Axis, sensibility, worth_a_look
from counterfoil.checking.surface.tasks import Claims, Ends, Quality, most_sensible
from counterfoil.checking.surface.templates import EqualWindows, Template

BLOCK = 1 << 18  # settings looked at together: 2 MiB for each array of them
FIRST_BOUND = 0.5  # log of it, below the greatest sensibility: one standard deviation; each next one three times it
MOST_NEAR = 1 / 8  # of all places: a box that holds more is no shorter way than all of them
WINDOW_BLOCK, ROWS = 1 << 16, 128  # pairs of windows looked at together: its arrays fit a core's cache
LEAST = 1e-30  # of sensibility, in single precision: below, its rounding is no longer within SLACK
SLACK = 1e-6  # more than three roundings in single precision, 2^-24 each
T = TypeVar("T")
Real = TypeVar("Real", np.float32, np.float64)
Singles = NDArray[np.float32]
Task = Callable[[Floats, Floats], Ints]  # (results [M], sensibility [M]) -> places of the best, in order


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """Settings with their answers.

    places       one array [M] for each axis.
    results, sensibility  [M].
    looked_at    how many settings were looked at to find them.
    """

    places: tuple[Ints, ...]
    results: Floats
    sensibility: Floats
    looked_at: int

    def __len__(self) -> int:
        return len(self.results)

    def values(self, axes: Sequence[Axis]) -> list[tuple[int, ...]]:
        """Return the values of each setting on the axes."""
        columns = [axis.values[place].tolist() for axis, place in zip(axes, self.places, strict=True)]
        return list(zip(*columns, strict=True))

    def taken(self, chosen: Ints) -> "Region":
        """Return these settings, in this order."""
        return Region(tuple(p[chosen] for p in self.places), self.results[chosen], self.sensibility[chosen],
                      self.looked_at)  # fmt: skip


def wanted(claimed: float, claims: Claims, *, below: float = 0.0) -> Ends:
    """Return the results that are weaker than a claim by a bound on strength: those below (or, of a fall, above) one.

    claimed  the claimed ratio; `below` more than -1.
    Raises   ValueError for a level: its strength is no order of results.
    """
    if claims is Claims.INCREASE:
        return (-math.inf, False, claimed * (1 + below), True)
    if claims is Claims.DECREASE:
        return (claimed / (1 + below), True, math.inf, False)
    raise ValueError("levels are stronger or weaker on both sides: name the results that are wanted")


def holds(ends: Ends, results: Floats) -> Bools:
    """Say which results lie within the ends; nan does not."""
    low, low_open, high, high_open = ends
    over = results > low if low_open else results >= low
    return over & (results < high if high_open else results <= high)


def within(ends: Ends, k: int = 1) -> Task:
    """Return the task of finding the k most sensible settings whose result lies within the ends.

    CA-tauR with `wanted`, RE-tau with the ends of what was claimed.
    """
    return lambda results, weights: most_sensible(weights, holds(ends, results), k)


def every_setting(template: Template) -> Iterator[Region]:
    """Yield all allowed settings, in the order of their places, in blocks."""
    yield from _blocks(template, tuple(np.arange(len(axis)) for axis in template.axes), -math.inf)


def settings_above(template: Template, above: float) -> Region:
    """Return all allowed settings whose sensibility is above a bound, in the order of their places (CA-tauP)."""
    return _joined(list(_blocks(template, worth_a_look(template.axes, above), above)), len(template.axes))


def scan_all(template: Template, task: Task) -> Region:
    """Return what a task finds among all settings.

    task  must find the same in parts: the best of the best of each part are the best of all. The k most sensible do;
          a front does if it is whole, for k of a part's may all be beaten by another part's: take k of it at the end.
    """
    if isinstance(template, EqualWindows) and all(_rises(axis) for axis in template.axes):
        best = list(_best_of_blocks(template, task))
    else:
        best = [block.taken(task(block.results, block.sensibility)) for block in every_setting(template)]
    found = _joined(best, len(template.axes))
    chosen = found.taken(task(found.results, found.sensibility))
    return Region(chosen.places, chosen.results, chosen.sensibility, found.looked_at)


def _best_of_blocks(template: EqualWindows, task: Task) -> Iterator[Region]:
    """Yield what a task finds in each block of pairs of windows, laid out without look-ups."""
    distance_axis = template.axes[2]
    size = _buffers(template)
    buffers = np.empty(size), np.empty(size)
    for pairs in _window_blocks(template, np.arange(len(template.axes[0]))):
        ratio, weight = pairs.doubles(buffers)
        ratio[np.signbit(weight)] = np.nan
        results, weights = ratio.reshape(-1), weight.reshape(-1)
        at = task(results, weights)
        row, column = np.divmod(at, ratio.shape[1])
        places = np.full(len(at), pairs.place), pairs.rows[row], np.searchsorted(distance_axis.values, column + 1)
        yield Region(places, results[at], weights[at], pairs.count)


def _rises(axis: Axis) -> bool:
    return bool((np.diff(axis.values) > 0).all())


def scan_near(template: Template, task: Task, *, k: int = 1) -> Region:
    """Return the first k of what `scan_all` finds, for a task that puts the most sensible first; looks at few settings.

    Whatever lies outside the region is less sensible than all within: once k are found there, no other can come before
    them.
    """
    axes = template.axes
    greatest = math.prod(float(axis.weights.max(initial=0.0)) for axis in axes)
    places = math.prod(len(axis) for axis in axes)
    looked_at, below = 0, FIRST_BOUND
    while True:
        above = greatest * math.exp(-below)
        box = worth_a_look(axes, above)
        if not above > 0 or math.prod(len(kept) for kept in box) > MOST_NEAR * places:
            found = scan_all(template, task)
            break
        region = settings_above(template, above)
        looked_at += region.looked_at
        found = region.taken(task(region.results, region.sensibility))
        if len(found) >= k:
            found = found.taken(np.arange(k))
            return Region(found.places, found.results, found.sensibility, looked_at)
        below *= 3
    found = found.taken(np.arange(min(k, len(found))))
    return Region(found.places, found.results, found.sensibility, looked_at + found.looked_at)


def survey(template: Template, strength: Callable[[Floats], Floats]) -> Quality:
    """Return fairness, robustness and uniqueness over all settings, without keeping them.

    strength  of results, as `tasks.strength` with the claim filled in.
    Raises    ValueError if none is answered.
    """
    total = fair = weak = below = 0.0
    count = 0
    for block in every_setting(template):
        strengths = strength(block.results)
        known = np.isfinite(strengths)
        found, weights = strengths[known], block.sensibility[known]
        total += float(weights.sum())
        fair += float((weights * found).sum())
        weak += float((weights * np.minimum(0.0, found) ** 2).sum())
        below += float((found < 0).sum())
        count += len(found)
    if not count or not total > 0:
        raise ValueError("no setting is answered")
    return Quality(fair / total, math.exp(-weak / total), below / count, count)


def _blocks(template: Template, kept: tuple[Ints, ...], above: float) -> Iterator[Region]:
    """Yield the allowed settings of a box of places whose sensibility is above a bound, in the order of places."""
    sizes = [len(places) for places in kept]
    if not all(sizes):
        return
    split = next(n for n in range(len(sizes)) if math.prod(sizes[n + 1 :]) <= BLOCK)
    rows = max(1, BLOCK // math.prod(sizes[split + 1 :]))
    for fixed in product(*kept[:split]):  # so many axes are too long to be taken whole
        for start in range(0, sizes[split], rows):
            part = kept[split][start : start + rows]
            yield _block(template, (*(np.array([place]) for place in fixed), part, *kept[split + 1 :]), above)


def _block(template: Template, kept: tuple[Ints, ...], above: float) -> Region:
    mesh = np.ix_(*kept)
    weights = sensibility(template.axes, mesh)
    chosen = np.nonzero((weights > above) & template.allowed(*mesh))
    places = tuple(axis[at] for axis, at in zip(kept, chosen, strict=True))
    return Region(places, template.answers(*places), weights[chosen], len(chosen[0]))


def _joined(regions: Sequence[Region], axes: int) -> Region:
    if not regions:
        none = np.zeros(0, dtype=np.int64)
        return Region((none,) * axes, np.zeros(0), np.zeros(0), 0)
    return Region(
        tuple(np.concatenate([r.places[n] for r in regions]) for n in range(axes)),
        np.concatenate([r.results for r in regions]),
        np.concatenate([r.sensibility for r in regions]),
        sum(r.looked_at for r in regions),
    )


@dataclass(frozen=True, slots=True)
class Best:
    """The most sensible of all pairs of windows whose result was wanted.

    values       width, end and distance.
    looked_at    how many settings were looked at: all that the series can hold.
    """

    values: tuple[int, int, int]
    result: float
    sensibility: float
    looked_at: int


def best_windows(template: EqualWindows, ends: Ends, *, workers: int | None = None) -> Best | None:
    """Return the most sensible pair of windows whose result lies within the ends, by looking at all; None if none does.

    workers  threads; None for one on each core. The answer is the same for any number.
    Raises   ValueError if the values on an axis do not rise.
    """
    looked_at, best, at = 0, 0.0, (0, 0, 0)
    for count, weight, values in _in_threads(template, lambda t, widths: _best_of(t, widths, ends), workers):
        looked_at += count
        if weight > best or (weight == best > 0 and values < at):
            best, at = weight, values
    if best < LEAST:  # nothing, or only what has hardly any sensibility: the way without single precision decides
        found = scan_all(template, within(ends))
        if not len(found):
            return None
        first, second, third = found.values(template.axes)[0]
        return Best((first, second, third), float(found.results[0]), float(found.sensibility[0]), found.looked_at)
    w, t, d = (np.searchsorted(axis.values, [v]) for axis, v in zip(template.axes, at, strict=True))
    return Best(at, float(template.answers(w, t, d)[0]), best, looked_at)


def survey_windows(
    template: EqualWindows, strength: Callable[[Floats], Floats], *, workers: int | None = None
) -> Quality:
    """Return what `survey` returns, for all pairs of windows of a long series."""
    parts = _in_threads(template, lambda t, widths: _survey_of(t, widths, strength), workers)
    total, fair, weak, below, count = (math.fsum(column) for column in zip(*parts, strict=True))
    if not count or not total > 0:
        raise ValueError("no setting is answered")
    return Quality(fair / total, math.exp(-weak / total), below / count, int(count))


def _in_threads(template: EqualWindows, work: Callable[[EqualWindows, Ints], T], workers: int | None) -> list[T]:
    for axis in template.axes:
        if not _rises(axis):
            raise ValueError(f"the values of the axis {axis.name} must rise")
    number = workers or os.cpu_count() or 1
    places = np.arange(len(template.axes[0]))
    shared = [places[n::number] for n in range(number)]  # narrow windows are many: each worker gets some of all widths
    if number == 1:
        return [work(template, shared[0])]
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(lambda part: work(template, part), shared))


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """A block of pairs of windows of one width: ends [b], and distances 1, 2, ... [c].

    place, rows  places of the width, and of the ends, on their axes.
    count        how many of the pairs are settings.
    later        [b] sums of the later windows.
    earlier      [b, c] sums of those before, in both precisions; nan where there is none, or nothing to divide by.
    heights      [b] weights of width and end together.
    distances    [c] weights of the distances, negative where the axis has no such distance.
    """

    place: int
    rows: Ints
    count: int
    later: Floats
    earlier: tuple[Floats, Singles]
    heights: Floats
    distances: Floats

    def doubles(self, buffers: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
        """Return ratios and weights [b, c], which lie in the buffers."""
        ratio, weight = (buffer[: self.earlier[0].size].reshape(self.earlier[0].shape) for buffer in buffers)
        with np.errstate(over="ignore"):
            np.divide(self.later[:, None], self.earlier[0], out=ratio)
        np.multiply(self.heights[:, None], self.distances, out=weight)
        return ratio, weight

    def singles(self, buffers: tuple[Singles, Singles]) -> tuple[Singles, Singles]:
        """Return the same in single precision: within SLACK of what `doubles` gives."""
        ratio, weight = (buffer[: self.earlier[1].size].reshape(self.earlier[1].shape) for buffer in buffers)
        with np.errstate(over="ignore"):
            np.divide(self.later.astype(np.float32)[:, None], self.earlier[1], out=ratio)
        np.multiply(self.heights.astype(np.float32)[:, None], self.distances.astype(np.float32), out=weight)
        return ratio, weight


def _window_blocks(template: EqualWindows, widths: Ints) -> Iterator[_Pairs]:
    """Yield all pairs of windows of these widths, in the order of their places."""
    width_axis, end_axis, distance_axis = template.axes
    steps = len(template.sums) - 1
    distances = np.full(steps + 1, -1.0)  # by distance; -1 where the axis has no such distance
    held = (distance_axis.values >= 1) & (distance_axis.values <= steps)
    distances[distance_axis.values[held]] = distance_axis.weights[held]
    up_to = np.cumsum(distances[1:] >= 0)  # how many distances the axis holds, up to each
    for place in widths:
        w = int(width_axis.values[place])
        if not 1 <= w < steps:
            continue
        within_w = template.sums[w:] - template.sums[:-w]  # [n] by end: w, w + 1, ..., steps
        size = len(within_w)
        # Reversed, and nan before the first window: row r, column c of the view below is the window d = c + 1 earlier.
        earlier = np.concatenate([np.where(within_w > 0, within_w, np.nan)[::-1], np.full(size, np.nan)])
        both = earlier, earlier.astype(np.float32)
        rows = np.flatnonzero((end_axis.values > w) & (end_axis.values <= steps))
        start = 0
        while start < len(rows):
            most = int(end_axis.values[rows[min(len(rows), start + ROWS) - 1]]) - w  # the widest row sets the columns
            taken = rows[start : start + min(ROWS, max(1, WINDOW_BLOCK // most))]
            start += len(taken)
            ends = end_axis.values[taken] - w  # [b] places in `within_w`
            columns = int(ends[-1])
            yield _Pairs(
                int(place),
                taken,
                int(up_to[ends - 1].sum()),
                within_w[ends],
                (_before(both[0], size, ends, columns), _before(both[1], size, ends, columns)),
                width_axis.weights[place] * end_axis.weights[taken],
                distances[1 : columns + 1],
            )


def _before(earlier: NDArray[Real], size: int, ends: Ints, columns: int) -> NDArray[Real]:
    """Return [b, c] the sums of the windows 1, 2, ... steps before each of the ends; a view if the ends adjoin."""
    if len(ends) == int(ends[-1]) - int(ends[0]) + 1:
        step = earlier.strides[0]
        first = size - int(ends[0])  # place, in the reversed sums, of the window one step before the first end
        return np.ndarray((len(ends), columns), earlier.dtype, earlier, first * step, (-step, step))
    found: NDArray[Real] = earlier[(size - ends)[:, None] + np.arange(columns)]
    return found


def _buffers(template: EqualWindows) -> int:
    """Return how many pairs the largest block holds."""
    return max(WINDOW_BLOCK, len(template.sums))


def _best_of(template: EqualWindows, widths: Ints, ends: Ends) -> tuple[int, float, tuple[int, int, int]]:
    """Return how many settings were looked at, the greatest sensibility wanted (0 if none), and its values.

    Each block is looked at in single precision, with room for its rounding, and again in double precision if the best
    may lie in it.
    """
    low, _, high, _ = ends
    size = _buffers(template)
    coarse = np.empty(size, dtype=np.float32), np.empty(size, dtype=np.float32)
    fine = np.empty(size), np.empty(size)
    chosen, also = np.empty(size, dtype=bool), np.empty(size, dtype=bool)
    roomy = (low - SLACK * abs(low), False, high + SLACK * abs(high), False)
    looked_at, best, at = 0, 0.0, (0, 0, 0)
    for pairs in _window_blocks(template, widths):
        looked_at += pairs.count
        if _most(*pairs.singles(coarse), roomy, chosen, also) * (1 + SLACK) <= best:
            continue
        ratio, weight = pairs.doubles(fine)
        most = _most(ratio, weight, ends, chosen, also)
        if most > best:
            row, column = divmod(int(weight.argmax()), weight.shape[1])
            best = most
            width, end = template.axes[0].values[pairs.place], template.axes[1].values[pairs.rows[row]]
            at = (int(width), int(end), column + 1)
    return looked_at, best, at


def _most(ratio: NDArray[Real], weight: NDArray[Real], ends: Ends, chosen: Bools, also: Bools) -> float:
    """Return the greatest weight of those wanted; the weights of all others become 0."""
    low, low_open, high, high_open = ends
    mask, other = (buffer[: ratio.size].reshape(ratio.shape) for buffer in (chosen, also))
    (np.less if high_open else np.less_equal)(ratio, high, out=mask)
    if low > -math.inf:
        (np.greater if low_open else np.greater_equal)(ratio, low, out=other)
        np.logical_and(mask, other, out=mask)
    np.multiply(weight, mask, out=weight)
    return float(weight.max())


def _survey_of(
    template: EqualWindows, widths: Ints, strength: Callable[[Floats], Floats]
) -> tuple[float, float, float, float, float]:
    total = fair = weak = below = count = 0.0
    size = _buffers(template)
    buffers = np.empty(size), np.empty(size)
    for pairs in _window_blocks(template, widths):
        ratio, weight = pairs.doubles(buffers)
        strengths = strength(ratio)
        known = np.isfinite(strengths) & ~np.signbit(weight)  # -0.0 where the axis has no such distance
        weight *= known
        strengths[~known] = 0.0
        total += float(weight.sum())
        fair += float((weight * strengths).sum())
        below += float((strengths < 0).sum())
        count += float(known.sum())
        np.minimum(strengths, 0.0, out=strengths)
        np.multiply(strengths, strengths, out=strengths)
        weak += float((weight * strengths).sum())
    return total, fair, weak, below, count
