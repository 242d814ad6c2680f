"""What counts allow: intervals of a ratio of two rates and of a sum, as if events were independent and as they cluster.

Two intervals stand beside each other. The *exact* one conditions on the sum of both counts (Clopper and Pearson 1934):
right for independent events, at least 95% by construction, and wider than that where counts are small. The *wide* one
takes from the series before the claim's window how much more sums vary than counts of independent events would, and
sets effective counts (counts divided by that factor) into the interval of Jeffreys. How often each holds the truth is
measured by bench/uncertainty.py and told in docs/uncertainty.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from counterfoil.checking.surface.answers import REFUSALS, Answers
from counterfoil.checking.surface.model import Bools, Cube, Floats
from counterfoil.checking.surface.settings import Settings

LEVEL = 0.95
NORMAL = 1.959963984540054  # the 97.5% point of the normal distribution
NODES = 96  # of the table behind the fast way, a side: its ends are within 0.005% of the true ones, as a test holds
CORNER = 0.45  # where the table begins: a cell below LEAST, for the bend at LEAST needs a neighbour
LEAST = 0.5  # count below which the exact way takes none at all: parts of steps give fractions
BLOCK = 8192  # points at a time: what they need stays in the processor's cache (half the time of all at once)
# A variance from ten stretches of history has 13 degrees of freedom. From fewer, bursts that last for weeks are seen
# better and independent events worse: docs/uncertainty.md sets 8 to 20 beside each other.
STRETCHES = 10
# What a war of twenty years ago did tells little of how sums vary now: over all the years of UCDP's months for
# Pakistan, 700 and then 1,291 deaths are +84% with -97% to +12,112%; over the last five, +5% to +232%.
RECENT_DAYS = 5 * 366
RECENT_STEPS = 12  # at the least: of years, the last twelve
FEWEST_EVENTS = 10  # in the history: with fewer, bursts cannot be told from chance
# The least factor. One would be natural, but with Student's widening on top, intervals then hold the truth in 97% and
# more of series of independent events (docs/uncertainty.md). A series without any variation meets it too.
LEAST_FACTOR = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Dispersion:
    """How much more the sums of a series vary than counts of independent events: variance over mean, by length.

    lengths  [M] of windows in days, rising; the last is the longest of which the history holds STRETCHES.
    factor   [K, M] 1 for independent events; nan where the history holds fewer than FEWEST_EVENTS.
    size     [K] mean size of a row: 1 for events, the dead of an attack for deaths.
    history  covered days that it was estimated from.
    """

    lengths: Floats
    factor: Floats
    size: Floats
    history: float


def exact_intervals(
    count: ArrayLike,
    base: ArrayLike,
    exposure: ArrayLike = 1.0,
    base_exposure: ArrayLike = 1.0,
    *,
    exactly: bool = False,
) -> tuple[Floats, Floats]:
    """Return the ends of the exact conditional 95% intervals of (count / exposure) / (base / base_exposure).

    All shapes broadcast. Given the sum of both, the count is binomial: Clopper and Pearson (1934).
    exactly  True for what is printed: scipy's inverse beta function, about a microsecond an end. False for a whole
             surface: a table, ends within 0.005% of the true ones, 30 nanoseconds an end.
    Returns  (low, high): 0 where nothing was counted, inf where nothing was in the baseline, nan where in neither.
    Counts that are no whole numbers (a month taken in part) get ends between those of their neighbours; less than half
    an event counts as none. Sums of people or money are no counts: see `wide_intervals`.
    """
    low, high = _in_blocks(lambda one, other: _exact_odds(one, other, exactly), count, base)
    return _scaled(low, high, np.asarray(base_exposure) / np.asarray(exposure))


def wide_intervals(
    count: ArrayLike,
    base: ArrayLike,
    exposure: ArrayLike,
    base_exposure: ArrayLike,
    factor: ArrayLike,
    base_factor: ArrayLike,
    *,
    exactly: bool = False,
) -> tuple[Floats, Floats]:
    """Return the ends of 95% intervals of the same ratio where sums vary more than counts of independent events.

    factor, base_factor  variance over mean of sums over windows so long (see `inflation`). A sum divided by it is an
             effective count, of independent events as it were, for which Jeffreys' interval is taken (Brown, Cai and
             DasGupta 2001: it holds close to 95% where that of Clopper and Pearson is too wide).
    Returns  as `exact_intervals`; nan where a factor is.
    """
    low, high = _in_blocks(lambda a, b, c, d: _wide_odds(a, b, c, d, exactly), count, base, factor, base_factor)
    return _scaled(low, high, np.asarray(base_exposure) / np.asarray(exposure))


def level_intervals(count: ArrayLike, factor: ArrayLike | None = None) -> tuple[Floats, Floats]:
    """Return the ends of 95% intervals of the mean that a sum in a window is drawn from.

    factor   None for the exact interval of a count of independent events (Garwood 1936); else variance over mean of
             sums over windows so long, for Jeffreys' interval on the effective count.
    Returns  (low, high) in the unit of the sum; nan where the factor is.
    This is chance alone. What a publisher thinks possible (its own low and high) is another thing and stays apart.
    """
    special = _special()
    tail = (1 - LEVEL) / 2
    if factor is None:
        (count,) = _together(count)
        low = np.where(count > 0, special.gammaincinv(np.maximum(count, 1e-9), tail), 0.0)
        return low, special.gammaincinv(count + 1, 1 - tail)
    count, factor = _together(count, factor)
    shape = count / factor + 0.5
    low = factor * np.where(count > 0, special.gammaincinv(shape, tail), 0.0)
    high = factor * special.gammaincinv(shape, 1 - tail)
    return np.where(np.isnan(factor), np.nan, np.minimum(low, count)), np.maximum(high, count)


def estimate_dispersion(cube: Cube, until: int) -> Dispersion | None:
    """Return how much sums vary in the series before a day, None where that history has fewer than STRETCHES steps.

    until   ordinal of the first day of the claim's window: what the claim is about takes no part.
    The last RECENT_DAYS before it count (at least RECENT_STEPS), or all days where those hold too few events.
    Steps that are not covered or may still grow are left out, and all before the last break that forbids comparing.

    Sums over overlapping windows of each length, less what a straight line through the series expects there, squared,
    over what it expects: moments of a quasi-Poisson model (McCullagh and Nelder 1989, section 6.2.3) by overlapping
    batch means (Meketon and Schmeiser 1984). The line takes a steady rise out; a series that jumps keeps its jump and
    gives wider intervals. Fitting it takes part of the variance away, which is put back: with x the window's share of
    the history, 1 - x - x (1 - x)^2 is left (the mean over windows of what the mean and the slope explain).
    """
    first = max((step for step, _, refuse in cube.breaks if refuse and cube.edges[step] < until), default=0)
    last = max(0, int(np.searchsorted(cube.edges, until, side="right")) - 1)  # 0: the series begins later
    recent = min(int(np.searchsorted(cube.edges, until - RECENT_DAYS)), last - RECENT_STEPS)
    if first < recent < last and _tells(cube, recent, last):
        first = recent
    usable = (cube.covered & ~cube.lagging)[first:last]
    steps = int(usable.sum())
    if steps < STRETCHES:
        return None
    values = np.where(usable, cube.values[:, first:last], 0.0)
    days = np.diff(cube.edges)[first:last] * usable.astype(np.float64)
    expected = _line(values, days, (cube.edges[first:last] + cube.edges[first + 1 : last + 1]) / 2)
    total, rows = values.sum(axis=1), np.where(usable, cube.rows[:, first:last], 0).sum(axis=1)
    residual = _sums_before(values - expected)
    mean = _sums_before(expected)
    gaps = np.concatenate([[0], np.cumsum(~usable)])
    longest = steps // STRETCHES
    lengths = np.unique(np.rint(np.geomspace(1, longest, 1 + 2 * int(np.log2(longest)))).astype(int))
    kept, factors = [], []
    for length in lengths:
        whole = gaps[length:] == gaps[:-length]
        if not whole.any():
            continue
        squares = np.square(residual[:, length:] - residual[:, :-length])[:, whole].sum(axis=1)
        expects = (mean[:, length:] - mean[:, :-length])[:, whole].sum(axis=1)
        share = length / steps
        left = 1 - share - share * (1 - share) ** 2
        kept.append(length)
        factors.append(squares / np.where(expects > 0, expects, np.nan) / left)
    many = rows >= FEWEST_EVENTS
    return Dispersion(
        lengths=np.asarray(kept) * (days.sum() / steps),
        factor=np.where(many[:, None], np.stack(factors, axis=1), np.nan),
        size=np.where(many, total / np.maximum(rows, 1), np.nan),
        history=float(days.sum()),
    )


def _tells(cube: Cube, first: int, last: int) -> bool:
    """Say whether some steps are enough of a history for the first, the default, way of counting."""
    usable = (cube.covered & ~cube.lagging)[first:last]
    return int(usable.sum()) >= STRETCHES and int(cube.rows[0, first:last][usable].sum()) >= FEWEST_EVENTS


def inflation(dispersion: Dispersion, days: ArrayLike) -> Floats:
    """Return the factors [K, W] for windows of so many days [W], widened for what a short history does not tell.

    Between estimated lengths by the logarithm of the length; beyond the longest, that of the longest.
    A variance from few stretches is itself uncertain: the factor is multiplied by the square of Student's point over
    the normal one, with 1.5 degrees of freedom for each stretch (Meketon and Schmeiser 1984) less two for the line.
    Deaths of one attack come together: the factor is never less than their mean number, since for random sizes the
    mean square over the mean is at least the mean.
    """
    days = np.asarray(days, dtype=np.float64)
    within = np.clip(days, dispersion.lengths[0], dispersion.lengths[-1])
    freedom = 1.5 * dispersion.history / within - 2
    student = _special().stdtrit(freedom, (1 + LEVEL) / 2) / NORMAL
    at = np.log(dispersion.lengths)
    factor = np.stack([np.interp(np.log(within), at, row) for row in dispersion.factor])
    found: Floats = np.maximum(factor * np.square(student), LEAST_FACTOR * dispersion.size[:, None])
    return found


def with_intervals(
    answers: Answers, settings: Settings, dispersion: Dispersion | None, *, counted: bool = True
) -> Answers:
    """Return the answers with intervals on every point, in the unit of their values: percent, or for a level the sum.

    counted     False for sums of people, deaths or money, which are no counts of independent events: no exact ones.
    dispersion  None where the history is too short to tell: no wide ones.
    A setting that is not answered has none; one whose baseline counted nothing has a low end and an infinite high one.
    Windows that overlap share events, which makes both intervals wider than they need be.
    """
    asked = np.broadcast_to((answers.flags & int(REFUSALS)) == 0, answers.values.shape)
    factors = None
    if dispersion is not None:
        factors = inflation(dispersion, settings.windows[:, 1] - settings.windows[:, 0])
    count, base = answers.later_counts, answers.earlier_counts
    exact: tuple[Floats, Floats] | None = None
    wide: tuple[Floats, Floats] | None = None
    if base is None or settings.earlier is None or answers.base_exposure is None:
        exact = level_intervals(count) if counted else None
        wide = None if factors is None else level_intervals(count, factors[:, settings.later])
        return _filled(answers, asked, exact, wide, percent=False)
    exposures = answers.exposure, answers.base_exposure
    exact = exact_intervals(count, base, *exposures) if counted else None
    if factors is not None:
        wide = wide_intervals(count, base, *exposures, factors[:, settings.later], factors[:, settings.earlier])
    return _filled(answers, asked, exact, wide, percent=True)


def _filled(
    answers: Answers,
    asked: Bools,
    exact: tuple[Floats, Floats] | None,
    wide: tuple[Floats, Floats] | None,
    *,
    percent: bool,
) -> Answers:
    ends: list[Floats | None] = []
    for pair in (exact, wide):
        for end in pair or (None, None):
            ends.append(None if end is None else np.where(asked, (end - 1) * 100 if percent else end, np.nan))
    low, high, wide_low, wide_high = ends
    return replace(answers, low=low, high=high, wide_low=wide_low, wide_high=wide_high)


def _special() -> Any:
    """Return scipy's special functions, which are loaded at first use."""
    from scipy import special  # type: ignore[import-untyped]

    return special


def _together(*arrays: ArrayLike) -> tuple[Floats, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in arrays)))


def _in_blocks(work: Callable[..., tuple[Floats, Floats]], *arrays: ArrayLike) -> tuple[Floats, Floats]:
    """Return both ends of what the arrays broadcast to, some points at a time."""
    together = _together(*arrays)
    shape = together[0].shape
    flat = [one.ravel() for one in together]
    low, high = np.empty(flat[0].shape), np.empty(flat[0].shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        for at in range(0, len(low), BLOCK):
            part = slice(at, at + BLOCK)
            low[part], high[part] = work(*(one[part] for one in flat))
    return low.reshape(shape), high.reshape(shape)


def _exact_odds(count: Floats, base: Floats, exactly: bool) -> tuple[Floats, Floats]:
    some, some_base = count >= LEAST, base >= LEAST
    low = np.exp(_log_odds(np.maximum(count, LEAST), np.where(some_base, base, 0.0) + 1, exactly))
    high = np.exp(-_log_odds(np.maximum(base, LEAST), np.where(some, count, 0.0) + 1, exactly))
    low[~some] = 0.0
    high[~some_base] = np.inf
    low[(count <= 0) & (base <= 0)] = high[(count <= 0) & (base <= 0)] = np.nan
    return low, high


def _wide_odds(
    count: Floats, base: Floats, factor: Floats, base_factor: Floats, exactly: bool
) -> tuple[Floats, Floats]:
    above, below = count / factor, base / base_factor
    unit = factor / base_factor
    known = np.isfinite(above) & np.isfinite(below)
    one, other = np.where(known, above, 1.0) + 0.5, np.where(known, below, 1.0) + 0.5
    # Far less than one effective event: the interval is that wide, and still holds what was counted.
    odds = count / base
    low = np.fmin(np.exp(_log_odds(one, other, exactly)) * unit, odds)
    high = np.fmax(np.exp(-_log_odds(other, one, exactly)) * unit, odds)
    low[count <= 0] = 0.0
    high[base <= 0] = np.inf
    nothing = ~known | ((count <= 0) & (base <= 0))
    low[nothing] = high[nothing] = np.nan
    return low, high


def _scaled(low: Floats, high: Floats, scale: Floats) -> tuple[Floats, Floats]:
    return low * scale, high * scale


def _sums_before(values: Floats) -> Floats:
    """Return what was summed up before each edge, [K, T + 1]."""
    sums = np.zeros((values.shape[0], values.shape[1] + 1))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums


def _line(values: Floats, days: Floats, middle: Floats) -> Floats:
    """Return what a straight line through the rates a day expects of each step [K, T].

    Least squares weighted by 1 / days, as independent events have it; `days` is 0 where a step takes no part. Nowhere
    under a tenth of the mean rate: a line that falls below zero would expect nothing.
    """
    total = days.sum()
    at = middle - (days @ middle) / total
    rate = values.sum(axis=1) / total
    spread = days @ np.square(at)
    slope = (values @ at) / spread if spread > 0 else np.zeros(len(values))
    rates = np.maximum(rate[:, None] + slope[:, None] * at, 0.1 * rate[:, None])
    expected: Floats = rates * days
    return expected


def _log_odds(above: Floats, below: Floats, exactly: bool) -> Floats:
    """Return log(x / (1 - x)) at the lower 2.5% point x of Beta(above, below).

    That at the upper point is -_log_odds(below, above).
    """
    if exactly:
        return _exact_log_odds(above, below)
    return _fast_log_odds(above, below, _table())


def _exact_log_odds(above: Floats, below: Floats) -> Floats:
    special = _special()
    tail = (1 - LEVEL) / 2
    share = special.betaincinv(above, below, tail)
    rest = special.betaincinv(below, above, 1 - tail)  # 1 - share, exact where that is small
    found: Floats = np.log(share) - np.log(rest)
    return found


def _middle(above: Floats, below: Floats) -> Floats:
    """Return about the log odds at the median: that of a gamma distribution is its shape less a third."""
    found: Floats = np.log((above - 1 / 3) / (below - 1 / 3))
    return found


@cache
def _table() -> tuple[Floats, Floats, Floats]:
    """Return the distance of the lower end from the middle in standard errors, [NODES * NODES], and how it bends.

    Nodes stand evenly in 1 / sqrt(above) and 1 / sqrt(below), from about 0 to that of LEAST: there it hardly bends. The
    second and third array are half its second differences over the cell that begins at each node, along both sides.
    """
    at = np.linspace(0, 1 / np.sqrt(CORNER), NODES)
    at[0] = 1e-4  # a count of 100 million
    above, below = np.meshgrid(1 / at**2, 1 / at**2, indexing="ij")
    found: Floats = (_exact_log_odds(above, below) - _middle(above, below)) / np.sqrt(1 / above + 1 / below)
    wider = np.pad(found, ((1, 2), (1, 2)), mode="reflect", reflect_type="odd")  # straight on beyond the ends

    def bend(values: Floats) -> Floats:
        half: Floats = (values[3:] - values[2:-1] - values[1:-2] + values[:-3]) / 4
        return half

    rows, columns = bend(wider[:, 1:-2]), bend(wider[1:-2].T).T
    return found.ravel(), rows.ravel(), np.ascontiguousarray(columns).ravel()


def _fast_log_odds(above: Floats, below: Floats, table: tuple[Floats, Floats, Floats]) -> Floats:
    """Return what `_exact_log_odds` does for counts of LEAST and more: from the four nodes around and how it bends."""
    nodes, bend_down, bend_right = table
    one, other = 1 / above, 1 / below
    scale = (NODES - 1) * np.sqrt(CORNER)
    row, column = np.sqrt(one) * scale, np.sqrt(other) * scale
    i = np.minimum(row.astype(np.int32), NODES - 2)
    j = np.minimum(column.astype(np.int32), NODES - 2)
    row -= i
    column -= j
    at = i * NODES + j
    here, right = nodes.take(at), nodes.take(at + 1)
    down, across = nodes.take(at + NODES), nodes.take(at + NODES + 1)
    upper = here + column * (right - here)
    found = upper + row * (down + column * (across - down) - upper)
    found -= row * (1 - row) * bend_down.take(at) + column * (1 - column) * bend_right.take(at)
    ends: Floats = found * np.sqrt(one + other) + _middle(above, below)
    return ends
