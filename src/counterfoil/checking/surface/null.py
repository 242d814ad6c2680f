"""What a series without change would show: how strong an answer can be found on a surface by chance and by choosing.

Whoever may choose windows and definitions finds rises in any series. So a claim is held against the strongest answer
that the same settings give in series where nothing changed: the observed steps in another order, in blocks long enough
that incidents which cluster stay together (the maximum statistic of Westfall and Young 1993, by permutation of
blocks). docs/uncertainty.md tells how often this errs, as measured by bench/uncertainty.py.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from counterfoil.checking.surface.answers import Answers, window_positions
from counterfoil.checking.surface.model import Bools, Cube, Floats, Ints
from counterfoil.checking.surface.settings import Settings

RESAMPLES = 1000
BLOCKS = 30  # of a series: four months in ten years, longer than most bursts; fewer and longer ones hide real changes
# Five years, as for the dispersion, hold too little: a low baseline of two years is then beyond chance in 25% of series
# and not in 82%, and a claim chosen among bursts in 9% and not in 5% (bench/uncertainty.py null).
RECENT_DAYS = 10 * 366
FEWEST_BEFORE = 10  # blocks before the claim's window to draw from, as for the dispersion
FEWEST_BLOCKS = 4  # of a part of a series before or after a lasting change: 24 orders at the least
SENSIBLE = math.exp(-4.5)  # of the claim's own sensibility: beyond three standard deviations nobody would ask so
# New orders tear apart bursts that last for months, and then a setting chosen for its burst stands out too often: of
# 500 series in bursts of a month, 7% showed p <= 0.05, and 4% p <= 0.03 (docs/uncertainty.md). So less counts as rare.
RARE = 0.025
ROWS = 32  # settings at a time: 32 x 1,000 single floats stay in the processor's cache
NEVER = 1e30  # stands for 1 / 0: a finite number, so that 0 / 0 is 0
Singles = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Null:
    """How often series without change show what is claimed.

    settings           how many were asked in each series, over all ways of counting; `resamples` how many series.
    block              steps that stay together.
    claim_probability  share of series in which some setting gives an answer at least as strong as the claim.
    before             whether series go on as the last years before the claim's window did, else as all of it in
                       another order: where less than FEWEST_BEFORE blocks lie before, or nothing is said of the
                       claim's window.
    usual              the strongest ratio of a series in the middle of them: what choosing alone finds.
    pick_probability   share in which some setting stands out from the others as far as the claim's own setting does
                       here; None where the words state none or it is not answered.
    pick_probability_lasting  share of series with one lasting change, where the claim's window begins, in which the
                       claim's own setting stands out from the others as far.
    """

    settings: int
    resamples: int
    block: int
    before: bool
    claim_probability: float
    usual: float
    pick_probability: float | None = None
    pick_probability_lasting: float | None = None

    @property
    def picked(self) -> bool:
        """Return whether the claim's own setting stands out more than chance, and one lasting change, let it."""
        return (
            self.pick_probability is not None
            and self.pick_probability_lasting is not None
            and max(self.pick_probability, self.pick_probability_lasting) <= RARE
        )


def compare(
    cube: Cube,
    settings: Settings,
    answers: Answers,
    *,
    ratio: float,
    falls: bool = False,
    stated: tuple[int, int] | None = None,
    until: int | None = None,
    among: Bools | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Null | None:
    """Compare a claimed change with what the same settings show in series without change.

    ratio    claimed, of the later rate to the earlier: "+500%" is 6, "fell by 20%" 0.8 with `falls`.
    stated   (way of counting, setting) of the claim's own setting, None where the words leave it open.
    until    ordinal of the first day of the claim's window; that of `stated` if None.
    among    [N] settings to count, every sensible one if None.
    Returns  None for levels, and where no setting is answered.
    Ways of counting are put in the same new order together, since they count the same events. Windows are moved to
    the nearest step. A baseline that counts nothing gives no ratio and takes no part.
    """
    if settings.earlier is None or answers.base_exposure is None:
        return None
    weights = np.array([key.score for key in cube.keys])[:, None] * settings.sensibility
    answered = ((answers.answered | answers.ratio_missing) & (answers.later_days > 0)).any(axis=0)
    kept = answered & (weights.max(axis=0, initial=0) >= SENSIBLE * weights.max(initial=0))
    if among is not None:
        kept &= among
    chosen = np.flatnonzero(kept)
    usable = cube.covered
    before = np.concatenate([[0], np.cumsum(usable)])
    index, share = window_positions(cube.edges, settings.windows)
    positions = before[np.rint(index + share).astype(np.int64)]
    lengths = positions[:, 1] - positions[:, 0]
    chosen = chosen[(lengths[settings.later[chosen]] > 0) & (lengths[settings.earlier[chosen]] > 0)]
    if not len(chosen):
        return None
    later, earlier = settings.later[chosen], settings.earlier[chosen]
    scale = (answers.base_exposure / answers.exposure)[chosen]
    used, of_window = np.unique(np.concatenate([later, earlier]), return_inverse=True)
    later, earlier = of_window[: len(chosen)], of_window[len(chosen) :]
    bounds = positions[used]
    start, stop = int(bounds.min()), int(bounds.max())
    series = cube.values[:, usable]
    values = series[:, start:stop]
    edges, at = np.unique(bounds - start, return_inverse=True)
    at = at.reshape(bounds.shape)
    generator = np.random.default_rng(seed)
    block = max(1, (stop - start) // BLOCKS)
    if until is None and stated is not None:
        until = int(settings.windows[settings.later[stated[1]], 0])
    history = 0 if until is None else int(before[np.searchsorted(cube.edges, until, side="right") - 1])
    goes_on = history >= FEWEST_BEFORE * block
    recent = 0 if until is None else int(before[np.searchsorted(cube.edges, until - RECENT_DAYS)])
    first = max(0, min(recent, history - FEWEST_BEFORE * block))
    orders = _orders([(0, stop - start)], block, resamples, edges, generator)
    drawn = [_drawn(first, history, block, resamples, edges, generator)] if goes_on else orders
    strongest = np.zeros(resamples, dtype=np.float32)
    for row in series if goes_on else values:
        _strongest(_window_sums(row, drawn, at), later, earlier, scale, falls, strongest)
    claimed = 1 / max(ratio, 1 / math.sqrt(NEVER)) if falls else ratio
    middle = float(np.median(strongest))
    found = Null(
        settings=len(chosen) * len(values),
        resamples=resamples,
        block=block,
        before=goes_on,
        claim_probability=_probability(strongest, claimed * (1 - 1e-6)),
        usual=(1 / middle if middle > 0 else math.inf) if falls else middle,
    )
    if stated is None or stated[1] not in chosen or np.isnan(answers.values[stated]):
        return found
    key, own = stated[0], int(np.searchsorted(chosen, stated[1]))
    weight = settings.sensibility[chosen] / settings.sensibility[chosen].sum()
    pairs = _Pairs(later, earlier, np.log(scale).astype(np.float32), weight.astype(np.float32), -1 if falls else 1)
    seen = _Logs.of(_window_sums(values[key], _as_it_is(stop - start, edges), at), pairs)
    excess = float(_excess(seen, pairs, slice(own, own + 1))[0, 0])
    furthest, beyond = _furthest(_Logs.of(_window_sums(values[key], orders, at), pairs), pairs, own, excess)
    pivot = int(bounds[later[own], 0]) - start
    parts = [(0, pivot), (pivot, stop - start)] if 0 < pivot < stop - start else [(0, stop - start)]
    lasting = _Logs.of(_window_sums(values[key], _orders(parts, block, resamples, edges, generator), at), pairs)
    return replace(
        found,
        pick_probability=_probability(furthest, beyond),
        pick_probability_lasting=_probability(_excess(lasting, pairs, slice(own, own + 1))[0], excess),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """Where to read what is summed up before each edge of a series in another order.

    The steps first to last of the series, twice in a row, hold every block; R new orders of B blocks.
    starts   [B + 1, R] first step of each block, in the new order; `length` of each but the last, in steps.
    block    [E] in which block each edge that lies in this part stands, `inside` [E] how many steps into it.
    members  [E] which edges these are.
    """

    first: int
    last: int
    starts: Ints
    length: int
    block: Ints
    inside: Ints
    members: Ints


def _orders(
    parts: Sequence[tuple[int, int]], block: int, resamples: int, edges: Ints, generator: np.random.Generator
) -> list[_Order]:
    """Return new orders of blocks, within each part of the series alone. What no block takes stands at a part's end."""
    found = []
    for first, last in parts:
        size = last - first
        length = max(1, min(block, size // FEWEST_BLOCKS))
        many = size // length
        begins = generator.integers(0, size, resamples)
        order = np.argsort(generator.random((many, resamples)), axis=0)
        starts = np.concatenate([begins + length * order, begins[None] + length * many])
        members = np.flatnonzero((edges > first) & (edges <= last)) if first else np.flatnonzero(edges <= last)
        inside = edges[members] - first
        within = np.minimum(inside // length, many)
        found.append(_Order(first, last, starts, length, within, inside - within * length, members))
    return found


def _drawn(first: int, last: int, block: int, resamples: int, edges: Ints, generator: np.random.Generator) -> _Order:
    """Return series that go on as some steps do: blocks drawn with replacement (Politis and Romano 1992)."""
    many = int(edges[-1]) // block + 1
    starts = generator.integers(0, last - first, (many, resamples))
    within = edges // block
    return _Order(first, last, starts, block, within, edges - within * block, np.arange(len(edges)))


def _as_it_is(size: int, edges: Ints) -> list[_Order]:
    return [_Order(0, size, np.zeros((1, 1), dtype=np.int64), size, edges * 0, edges, np.arange(len(edges)))]


def _window_sums(values: Floats, orders: Sequence[_Order], at: Ints) -> Singles:
    """Return the sums [W, R] over windows, whose edges `at` [W, 2] names, of one series [T] in R orders."""
    total = sum(len(order.members) for order in orders)
    before = np.empty((total, orders[0].starts.shape[1]))
    for order in orders:
        steps = values[order.first : order.last]
        sums = np.concatenate([[0.0], np.cumsum(np.concatenate([steps, steps]))])
        opening = sums[order.starts]
        whole = sums[order.starts[:-1] + order.length] - opening[:-1]
        done = np.concatenate([np.zeros((1, whole.shape[1])), np.cumsum(whole, axis=0)])
        part = sums[order.starts[order.block] + order.inside[:, None]] - opening[order.block]
        before[order.members] = values[: order.first].sum() + done[order.block] + part
    found: Singles = (before[at[:, 1]] - before[at[:, 0]]).astype(np.float32)
    return found


def _strongest(sums: Singles, later: Ints, earlier: Ints, scale: Floats, falls: bool, strongest: Singles) -> None:
    """Raise `strongest` [R] to the strongest ratio of any setting: later to earlier, or for falls earlier to later."""
    above, below = (earlier, later) if falls else (later, earlier)
    factor = (1 / scale if falls else scale).astype(np.float32)
    with np.errstate(divide="ignore"):
        # A fall to nothing is the strongest; a rise from nothing is no ratio.
        inverse = np.where(sums > 0, 1 / sums, np.float32(NEVER if falls else 0)).astype(np.float32)
    for at in range(0, len(later), ROWS):
        part = slice(at, at + ROWS)
        ratios = sums[above[part]]
        ratios *= inverse[below[part]]
        ratios *= factor[part, None]
        np.maximum(strongest, ratios.max(axis=0), out=strongest)


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Settings as pairs of windows [N], the logarithm of what scales their ratios, their weights, and the sign."""

    later: Ints
    earlier: Ints
    scale: Singles
    weight: Singles
    sign: int


@dataclass(frozen=True, slots=True, eq=False)
class _Logs:
    """Logarithms of the sums over windows [W, R], and the mean log ratio of all settings by their weights [R].

    Half an event is added to each sum (Haldane 1956, Anscombe 1956), so that nothing counted has a logarithm.
    """

    sums: Singles
    mean: Singles

    @classmethod
    def of(cls, sums: Singles, pairs: _Pairs) -> "_Logs":
        """Return them for sums over windows."""
        logs = np.log(sums + np.float32(0.5))
        parts = [np.bincount(windows, pairs.weight, len(logs)) for windows in (pairs.later, pairs.earlier)]
        share = (parts[0] - parts[1]).astype(np.float32)  # of each window in the mean: no setting is looked at alone
        return cls(logs, share @ logs + pairs.weight @ pairs.scale)


def _excess(logs: _Logs, pairs: _Pairs, part: slice) -> Singles:
    """Return how far the log ratios of some settings stand out from the mean of all: [N, R]."""
    ratios = logs.sums[pairs.later[part]]
    ratios -= logs.sums[pairs.earlier[part]]
    ratios -= logs.mean
    ratios += pairs.scale[part, None]
    ratios *= np.float32(pairs.sign)
    return ratios


def _furthest(logs: _Logs, pairs: _Pairs, own: int, excess: float) -> tuple[Singles, float]:
    """Return how far the setting that stands out furthest does so in each series [R], and how far `own` does here.

    In standard deviations of each setting's own excess over the series, so that settings with few events do not
    outshout all others.
    """
    furthest, beyond = np.full(logs.sums.shape[1], -np.inf, dtype=np.float32), 0.0
    for at in range(0, len(pairs.later), ROWS):
        excesses = _excess(logs, pairs, slice(at, at + ROWS))
        excesses -= excesses.mean(axis=1, keepdims=True)
        spread = np.sqrt(np.square(excesses).mean(axis=1, keepdims=True))
        excesses /= np.maximum(spread, np.float32(1e-6))
        np.maximum(furthest, excesses.max(axis=0), out=furthest)
        if at <= own < at + ROWS:
            row = _excess(logs, pairs, slice(own, own + 1))
            beyond = (excess - float(row.mean())) / max(float(row.std()), 1e-6)
    return furthest, beyond


def _probability(null: Singles, seen: float) -> float:
    """Return the share of series that show as much, the observed one among them (Davison and Hinkley 1997, 4.2.1)."""
    return float((1 + (null >= seen).sum()) / (1 + len(null)))
