"""Measure the intervals and the null: how often they hold the truth, how often they accuse falsely, how fast they are.

    python bench/uncertainty.py [history] [speed] [coverage] [choices] [null]      default: all, about half an hour

Series are drawn with fixed seeds, so that the shares come out the same everywhere; times do not. What it prints is
what stands in docs/uncertainty.md.
"""

import sys
import time
from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from counterfoil.checking.surface import answers, null, settings, uncertainty
from counterfoil.checking.surface.model import Cube, Key

Floats = NDArray[np.float64]
Draw = Callable[[np.random.Generator, int, int, float], tuple[Floats, Floats]]
SERIES, TOGETHER = 3000, 500  # for coverage: shares are sure to 0.8 points (two standard errors); so many at a time
CLAIMS, CHANGED = (
    250,
    100,
)  # for the null, a line without change and with: 5% is sure to 2.8 and 4.4 points, all lines to 0.8
ORDERS = 400
START = date(2012, 1, 1)
PARTS_OF_SERIES = range(SERIES // TOGETHER)


def poisson(rng: np.random.Generator, series: int, days: int, rate: float) -> tuple[Floats, Floats]:
    """Return counts [series, days] of independent events, and the rows behind them."""
    values = rng.poisson(rate, (series, days)).astype(float)
    return values, values


def clumped(rng: np.random.Generator, series: int, days: int, rate: float) -> tuple[Floats, Floats]:
    """Return counts that are negative binomial day by day: variance rate + 2 rate^2."""
    values = rng.poisson(rng.gamma(0.5, rate / 0.5, (series, days))).astype(float)
    return values, values


def deaths(kind: str) -> Draw:
    """Return a way to draw sums of deaths: independent events, each with a random number of dead."""

    def draw(rng: np.random.Generator, series: int, days: int, rate: float) -> tuple[Floats, Floats]:
        events = rng.poisson(rate, (series, days))
        many = int(events.sum())
        if kind == "geometric":
            dead = rng.geometric(1 / 4, many).astype(float)
        elif kind == "lognormal":
            dead = np.maximum(1, np.round(rng.lognormal(0.7, 1.0, many)))
        else:  # Pareto with exponent 1.5, cut at 500: as heavy as single attacks get
            dead = np.minimum(np.round(1 + rng.pareto(1.5, many)), 500)
        at = np.repeat(np.arange(series * days), events.ravel())
        return np.bincount(at, dead, series * days).reshape(series, days), events.astype(float)

    return draw


def bursts(size: float, lasting: float) -> Draw:
    """Return a way to draw counts that come in bursts: `size` events on average, within about `lasting` days."""

    def draw(rng: np.random.Generator, series: int, days: int, rate: float) -> tuple[Floats, Floats]:
        lead = int(8 * lasting)
        span = days + lead
        begun = rng.poisson(rate / size, (series, span))
        sizes = rng.geometric(1 / size, int(begun.sum()))
        at = np.repeat(np.repeat(np.arange(series * span), begun.ravel()), sizes)
        row, day = at // span, at % span + rng.exponential(lasting, len(at)).astype(int)
        inside = day < span
        counts = np.bincount(row[inside] * span + day[inside], minlength=series * span).reshape(series, span)
        values = counts[:, lead:].astype(float)
        return values, values

    return draw


KINDS: dict[str, Draw] = {
    "independent events": poisson,
    "negative binomial by day": clumped,
    "deaths, geometric": deaths("geometric"),
    "deaths, lognormal": deaths("lognormal"),
    "deaths, Pareto 1.5": deaths("pareto"),
    "bursts of 4 in a week": bursts(4, 7),
    "bursts of 5 in a month": bursts(5, 30),
}


def cube_of(values: Floats, rows: Floats) -> Cube:
    """Return daily series [series, days] as ways of counting."""
    edges = START.toordinal() + np.arange(values.shape[1] + 1)
    keys = tuple(Key("made", "1", "events", str(k), "", "", "", "made", 1.0) for k in range(len(values)))
    covered = np.ones(values.shape[1], dtype=bool)
    return Cube(keys, edges, values, None, None, rows.astype(np.int64), covered, ~covered)


def held(ends: tuple[Floats, Floats], truth: float, among: NDArray[np.bool_]) -> float:
    """Return the share of intervals that hold the truth."""
    return float(((ends[0] <= truth) & (truth <= ends[1]))[among].mean())


def covers(
    draw: Draw, rate: float, years: float, window: int, base: int, gap: int, seed: int, change: float = 1.0
) -> tuple[float, float, float, float]:
    """Return the mean sum, and the shares of exact, wide and either intervals that hold the true ratio."""
    rng = np.random.default_rng(seed)
    found = np.array([_covers(rng, draw, rate, int(365 * years), window, base, gap, change) for _ in PARTS_OF_SERIES])
    mean, *shares = np.nanmean(found, axis=0)
    return mean, shares[0], shares[1], shares[2]


def _covers(
    rng: np.random.Generator, draw: Draw, rate: float, days: int, window: int, base: int, gap: int, change: float
) -> tuple[float, float, float, float]:
    values, rows = draw(rng, TOGETHER, days, rate)
    if change != 1:
        values[:, -window:], rows[:, -window:] = draw(rng, TOGETHER, window, rate * change)
    cube = cube_of(values, rows)
    begins = days - window
    count, before = values[:, begins:].sum(1), values[:, begins - gap - base : begins - gap].sum(1)
    some = count + before > 0
    exact = uncertainty.exact_intervals(count, before, window, base)
    spread = uncertainty.estimate_dispersion(cube, int(cube.edges[begins]))
    assert spread is not None
    factors = uncertainty.inflation(spread, [window, base])
    wide = uncertainty.wide_intervals(count, before, window, base, factors[:, 0], factors[:, 1])
    known = some & ~np.isnan(wide[0])
    hull = np.fmin(exact[0], wide[0]), np.fmax(exact[1], wide[1])
    return float(count.mean()), held(exact, change, some), held(wide, change, known), held(hull, change, some)


def coverage() -> None:
    """Print how often 95% intervals hold the true ratio, by kind of series, rate and windows."""
    print(f"\n## Coverage of the 95% intervals, {SERIES} series a line\n")
    print("| series | rate a day | years | later / earlier days | mean sum | exact | wide | either |")
    print("|---|---|---|---|---|---|---|---|")
    shapes = [
        (10, 365, 365, 0),
        (10, 30, 365, 0),
        (10, 730, 730, 0),
        (5, 365, 365, 0),
        (5, 91, 91, 274),
        (3, 21, 21, 0),
    ]
    for name, draw in KINDS.items():
        for rate in (0.05, 0.5, 5, 50):
            if rate == 50 and name != "independent events" and "binomial" not in name:
                continue  # millions of single events: nothing new beyond 5 a day, by the rows above
            for years, window, base, gap in shapes:
                seed = hash((rate, years, window, base)) % 2**32  # of numbers alone: the same in every run
                mean, *shares = covers(draw, rate, years, window, base, gap, seed)
                cells = " | ".join(f"{share:.1%}" for share in shares)
                print(f"| {name} | {rate} | {years} | {window} / {base} | {mean:,.1f} | {cells} |", flush=True)
    print("\nThe later rate three times the earlier one, 5 years of 0.5 events a day, 365 / 365 days:\n")
    print("| series | mean sum | exact | wide | either |")
    print("|---|---|---|---|---|")
    for name, draw in KINDS.items():
        mean, *shares = covers(draw, 0.5, 5, 365, 365, 0, 7, change=3)
        print(f"| {name} | {mean:,.1f} | " + " | ".join(f"{share:.1%}" for share in shares) + " |", flush=True)


def choices() -> None:
    """Print what short histories, other numbers of stretches and another least factor do to the wide intervals."""
    print(f"\n## Short histories, and the two constants behind the wide interval, {SERIES} series a cell\n")
    print("| series, 0.5 a day | years | days | 8 stretches | 10 | 14 | 20 | 10, least factor 1 |")
    print("|---|---|---|---|---|---|---|---|")
    kept = uncertainty.STRETCHES, uncertainty.LEAST_FACTOR
    for name in ("independent events", "bursts of 4 in a week", "bursts of 5 in a month"):
        for years, window in ((10, 365), (5, 365), (3, 365), (2, 180)):
            cells = []
            for stretches, least in ((8, 0.9), (10, 0.9), (14, 0.9), (20, 0.9), (10, 1.0)):
                uncertainty.STRETCHES, uncertainty.LEAST_FACTOR = stretches, least
                cells.append(f"{covers(KINDS[name], 0.5, years, window, window, 0, 11)[2]:.1%}")
            print(f"| {name} | {years} | {window} / {window} | " + " | ".join(cells) + " |", flush=True)
    uncertainty.STRETCHES, uncertainty.LEAST_FACTOR = kept


def histories() -> None:
    """Print how often ten years without change hold an adjacent pair of windows with a rise of 500% or more."""
    print("\n## Ten years without change: some adjacent pair of 6, 12 or 24 months with +500% or more\n")
    print("| events a year | windows from month to month | from day to day |")
    print("|---|---|---|")
    for rate in (2, 4, 6, 8, 12, 20, 50):
        by_month = rises(np.random.default_rng(1).poisson(rate / 12, (20_000, 120)), (6, 12, 24))
        by_day = rises(np.random.default_rng(2).poisson(rate / 365, (3000, 3652)), (183, 365, 730))
        print(f"| {rate} | {by_month:.1%} | {by_day:.1%} |", flush=True)


def rises(counts: NDArray[np.int64], widths: tuple[int, ...]) -> float:
    """Return the share of series in which some window has six times the window before it, which is not empty."""
    before = np.concatenate([np.zeros((len(counts), 1), dtype=int), counts.cumsum(1)], axis=1)
    some = np.zeros(len(counts), bool)
    for width in widths:
        sums = before[:, width:] - before[:, :-width]
        some |= ((sums[:, :-width] > 0) & (sums[:, width:] >= 6 * sums[:, :-width])).any(1)
    return float(some.mean())


def claimed(cube: Cube, stated: settings.Settings, seed: int) -> null.Null | None:
    """Return the null of the claim that the stated setting's own answer makes."""
    found = answers.evaluate(cube, stated)
    if stated.asked is None or np.isnan(found.values[0, stated.asked]):
        return None
    ratio = 1 + float(found.values[0, stated.asked]) / 100
    return null.compare(cube, stated, found, ratio=ratio, stated=(0, stated.asked), resamples=ORDERS, seed=seed)


def strongest(cube: Cube, around: settings.Settings) -> settings.Settings | None:
    """Return the settings of one who chose the strongest of the sensible ones."""
    found = answers.evaluate(cube, around)
    values = np.where(around.sensibility >= null.SENSIBLE, found.values[0], np.nan)
    if np.isnan(values).all():
        return None
    later, baseline = around.days(int(np.nanargmax(values)))
    return stated_settings(cube, later, baseline)


def stated_settings(cube: Cube, later: tuple[date, date], baseline: tuple[date, date] | None) -> settings.Settings:
    """Return the settings around two stated windows."""
    first, last = int(cube.edges[0]), int(cube.edges[-1])
    return settings.change_settings((first, last), later=later, baseline=baseline, as_of=date.fromordinal(last - 1))


def accusations() -> None:
    """Print how often a setting is said to stand out, and how often an answer to be beyond chance."""
    print(f"\n## The null: daily series of ten years, {CLAIMS} a line ({CHANGED} with change), {ORDERS} orders each\n")
    print("The claim compares 2021 with 2020 (fixed), or the strongest of all sensible settings (chosen).\n")
    print("| series | beyond chance, fixed | stands out, fixed | beyond chance, chosen | stands out, chosen |")
    print("|---|---|---|---|---|")
    days = (date(2022, 1, 1) - START).days
    later = np.arange(days) >= (date(2021, 1, 1) - START).days
    before = (np.arange(days) >= (date(2020, 1, 1) - START).days) & ~later
    early = np.arange(days) < (date(2019, 1, 1) - START).days
    lines: list[tuple[str, Callable[[np.random.Generator], tuple[Floats, Floats]]]] = []
    for name in ("independent events", "deaths, lognormal", "bursts of 4 in a week", "bursts of 5 in a month"):
        for rate in (0.02, 0.2, 2):
            lines.append((f"{name}, {rate} a day", lambda rng, n=name, r=rate: KINDS[n](rng, 1, days, r)))
    still = len(lines)
    for times in (2, 3, 6):
        rates = np.where(later, 0.2 * times, 0.2)
        lines.append((f"independent, 0.2 a day, times {times} for good", lambda rng, r=rates: drawn(rng, r)))
    lines.append(("the same, 2020 a fifth of all other years", lambda rng: drawn(rng, np.where(before, 0.04, 0.2))))
    high = np.where(later | early, 1.0, 0.2)
    lines.append(("the same, 2019 and 2020 a fifth of all others", lambda rng: drawn(rng, high)))
    lines.append(("a steady rise from 0.1 to 0.6 a day", lambda rng: drawn(rng, np.linspace(0.1, 0.6, days))))
    changed = {name for name, _ in lines[still:]}
    fixed: settings.Settings | None = None
    for name, draw in lines:
        counts = np.zeros(4)
        asked = np.zeros(2)
        for seed in range(CHANGED if name in changed else CLAIMS):
            cube = cube_of(*draw(np.random.default_rng(seed)))
            if fixed is None:
                fixed = stated_settings(
                    cube, (date(2021, 1, 1), date(2021, 12, 31)), (date(2020, 1, 1), date(2020, 12, 31))
                )
            for place, around in enumerate((fixed, strongest(cube, fixed))):
                found = claimed(cube, around, seed) if around is not None else None
                if found is not None:
                    asked[place] += 1
                    counts[2 * place] += found.claim_probability <= 0.05
                    counts[2 * place + 1] += found.picked
        shares = counts / np.repeat(asked, 2)
        print(f"| {name} | " + " | ".join(f"{share:.1%}" for share in shares) + " |", flush=True)


def drawn(rng: np.random.Generator, rates: Floats) -> tuple[Floats, Floats]:
    """Return one series of independent events with the rates [days]."""
    values = rng.poisson(rates).astype(float)[None]
    return values, values


def median(work: Callable[[], object], runs: int = 7) -> float:
    """Return the median of some runs in milliseconds of processor time, after one that warms up."""
    work()
    times = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return float(np.median(times)) * 1000


def speed() -> None:
    """Print times: a million intervals, and a surface of 20 ways of counting over ten years of days."""
    rng = np.random.default_rng(3)
    count, base = rng.poisson(30, (20, 50_000)), rng.poisson(40, (20, 50_000))
    print("\n## Speed, medians of 7 runs, processor time\n")
    print("| what | ms |")
    print("|---|---|")
    print(f"| 1,000,000 exact intervals | {median(lambda: uncertainty.exact_intervals(count, base, 1, 2)):,.0f} |")
    wide = median(lambda: uncertainty.wide_intervals(count, base, 1, 2, 2.0, 3.0))
    print(f"| 1,000,000 wide intervals | {wide:,.0f} |")
    slow = median(lambda: uncertainty.exact_intervals(count[:, :2500], base[:, :2500], exactly=True), 3) * 20
    print(f"| 1,000,000 exact intervals by scipy's inverse beta function (from 50,000) | {slow:,.0f} |")
    days = (date(2022, 1, 1) - START).days
    cube = cube_of(*poisson(rng, 20, days, 0.5))
    stated = stated_settings(cube, (date(2021, 1, 1), date(2021, 12, 31)), (date(2020, 1, 1), date(2020, 12, 31)))
    found = answers.evaluate(cube, stated)
    until = date(2021, 1, 1).toordinal()
    points = f"20 ways of counting, {len(stated):,} settings, ten years of days"
    spread = uncertainty.estimate_dispersion(cube, until)
    print(f"| dispersion: {points} | {median(lambda: uncertainty.estimate_dispersion(cube, until)):,.0f} |")
    both = median(lambda: uncertainty.with_intervals(found, stated, spread))
    print(f"| both intervals on every point: {points} | {both:,.0f} |")
    ordered = median(lambda: null.compare(cube, stated, found, ratio=6.0, stated=(0, stated.asked or 0)))
    print(f"| null of 1,000 series: {points} | {ordered:,.0f} |")


PARTS = {"history": histories, "speed": speed, "coverage": coverage, "choices": choices, "null": accusations}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
