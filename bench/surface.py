"""Measure the response surface: the largest published example, a daily series in many definitions, and how both grow.

    python bench/surface.py

The peer answers each setting by one query in DuckDB, in the same run. Times depend on the machine; the ratios carry
over. Where the series of the published example is not beside the project, one of the same length is drawn.
"""

import csv
import math
import os
import platform
import statistics
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np

from counterfoil.checking.surface import null, scan, tasks, uncertainty
from counterfoil.checking.surface.answers import evaluate
from counterfoil.checking.surface.model import Cube, Key
from counterfoil.checking.surface.settings import change_settings, reach
from counterfoil.checking.surface.space import number_axis
from counterfoil.checking.surface.summary import summarise
from counterfoil.checking.surface.tasks import Claims
from counterfoil.checking.surface.templates import EqualWindows, prefix

UNEMPLOYMENT = Path(__file__).resolve().parents[2] / "shared/vectors/unrate_2017_vintage.csv"
MONTHS, CLAIM_END = 782, 755  # 1948-01 to 2013-02; the claim's last month, 2010-11
LEVELS = ((1.0, 1), (math.e, 3), (math.e**2, 6), (math.e**3, 12))
RUNS = 7
QUERIES = 300  # enough to tell how slow the peer is
KEYS, YEARS = 20, 10
SPOKEN = date(2023, 11, 8)
SIXTY = ((59.5, False, 60.5, True),)


def timed(work: Callable[[], object]) -> tuple[float, float, float, float]:
    """Return the median, the least and the most seconds of RUNS runs, after one that warms up, and of processor time.

    Where the machine is shared, the processor's time tells more than the clock's.
    """
    work()
    times, busy = [], []
    for _ in range(RUNS):
        begin, used = time.perf_counter(), time.process_time()
        work()
        times.append(time.perf_counter() - begin)
        busy.append(time.process_time() - used)
    return statistics.median(times), min(times), max(times), statistics.median(busy)


def told(times: tuple[float, float, float, float]) -> str:
    """Return times in words."""
    return "{:.3g} ms ({:.3g}–{:.3g}), {:.3g} of processor".format(*(1000 * t for t in times))


def unemployment() -> tuple[np.ndarray, str]:
    """Return the monthly series of the published example, and where it comes from."""
    if UNEMPLOYMENT.is_file():
        rows = list(csv.DictReader(UNEMPLOYMENT.read_text(encoding="utf-8").splitlines()))[:MONTHS]
        return np.array([float(row["UNRATE"]) for row in rows]), "US unemployment, LNS14000000"
    steps = np.random.default_rng(0).normal(0, 0.2, MONTHS)
    return np.round(np.clip(5 + np.cumsum(steps), 2, 12), 1), "a random walk as long as the published series"


def largest() -> list[tuple[str, str, str]]:
    """Return rows (what, time, beside it) of the 79.7 million settings."""
    series, name = unemployment()
    template = EqualWindows(
        prefix(series),
        (
            number_axis("width", range(1, MONTHS), levels=LEVELS, said=6, deviation=2.5),
            number_axis("end", range(1, MONTHS + 1), said=CLAIM_END, deviation=5),
            number_axis("distance", range(1, MONTHS), levels=LEVELS, said=30, deviation=10),
        ),
    )
    claimed = float(template.answers(np.array([5]), np.array([CLAIM_END - 1]), np.array([29]))[0])
    ends = scan.wanted(claimed, Claims.INCREASE)
    best = scan.best_windows(template, ends)
    near = scan.scan_near(template, scan.within(ends))
    assert best is not None
    assert near.values(template.axes) == [best.values]
    assert (near.results[0], near.sensibility[0]) == (best.result, best.sensibility)
    whole = timed(lambda: scan.best_windows(template, ends))
    alone = timed(lambda: scan.best_windows(template, ends, workers=1))
    restricted = timed(lambda: scan.scan_near(template, scan.within(ends)))
    survey = timed(lambda: scan.survey_windows(template, lambda r: tasks.strength(r, claimed, Claims.INCREASE)))
    peer, same = queries(series, template)
    rate, peer_rate = best.looked_at / whole[0], QUERIES / peer
    assert same
    return [
        (f"all {best.looked_at:,} pairs of windows of {name}, sensibility and best counterargument", told(whole),
         f"{rate / 1e6:.0f} million settings a second; one thread {told(alone)}"),
        (f"the same optimum {best.values}, restricted scan ({near.looked_at:,} settings looked at)", told(restricted),
         f"{whole[0] / restricted[0]:,.0f} times as fast as all of them"),
        (f"one query in DuckDB for each of {QUERIES} of these settings", f"{peer * 1000 / QUERIES:.3g} ms a setting",
         f"{peer_rate:,.0f} settings a second: the whole scan is {rate / peer_rate:,.0f} times as fast a setting"),
        ("fairness, robustness and uniqueness over all of them", told(survey), ""),
    ]  # fmt: skip


def queries(series: np.ndarray, template: EqualWindows) -> tuple[float, bool]:
    """Return the seconds that one query for each of some settings takes, and whether they answer the same."""
    rng = np.random.default_rng(1)
    settings = []
    while len(settings) < QUERIES:
        w, t, d = (int(n) for n in rng.integers(1, MONTHS, 3))
        if t - d - w >= 0:
            settings.append((w, t, d))
    with duckdb.connect() as connection:
        connection.execute("create table series as select unnest(range(1, ?)) as step, unnest(?) as value",
                           [MONTHS + 1, series.tolist()])  # fmt: skip
        query = (
            "select sum(value) filter (step > $t - $w and step <= $t) / "
            "sum(value) filter (step > $t - $d - $w and step <= $t - $d) from series"
        )
        begin = time.perf_counter()
        found = [connection.execute(query, {"w": w, "t": t, "d": d}).fetchone() for w, t, d in settings]
        took = time.perf_counter() - begin
    ours = template.answers(*(np.array([s[n] - 1 for s in settings]) for n in range(3)))
    return took, bool(np.allclose([row[0] for row in found if row], ours))


def daily(years: int, keys: int) -> Cube:
    """Return a cube of so many years of days up to the words, in so many ways of counting."""
    first = SPOKEN.replace(year=SPOKEN.year - years)
    edges = np.arange(first.toordinal(), (SPOKEN + timedelta(1)).toordinal() + 1)
    steps = len(edges) - 1
    values = np.random.default_rng(2).poisson(0.8, (keys, steps)).astype(np.float64)
    names = tuple(
        Key("source", "1", "attack", f"definition {n}", "here", "anyone", "", "attacks", 1 - n / (2 * keys))
        for n in range(keys)
    )
    covered = np.ones(steps, dtype=bool)
    return Cube(names, edges, values, None, None, values.astype(np.int64), covered, ~covered)


def check(cube: Cube, *, resamples: int = 0) -> int:
    """Ask one claim of a cube: settings, answers with intervals, all tasks, and the null; return how many answers."""
    covered, ends = reach(cube)
    settings = change_settings(covered, since=date(2021, 8, 15), as_of=SPOKEN, ends=ends)
    answers = evaluate(cube, settings)
    spread = uncertainty.estimate_dispersion(cube, date(2021, 8, 15).toordinal())
    answers = uncertainty.with_intervals(answers, settings, spread)
    summarise(cube, settings, answers, allowed=SIXTY, said=60.0, claims=Claims.INCREASE)
    if resamples:
        null.compare(cube, settings, answers, ratio=1.6, until=date(2021, 8, 15).toordinal(), resamples=resamples)
    return answers.values.size


def parts(cube: Cube) -> str:
    """Return in words how long each step of a check takes."""
    covered, ends = reach(cube)
    ask = lambda: change_settings(covered, since=date(2021, 8, 15), as_of=SPOKEN, ends=ends)  # noqa: E731
    settings = ask()
    answers = evaluate(cube, settings)
    spread = uncertainty.estimate_dispersion(cube, date(2021, 8, 15).toordinal())
    wide = uncertainty.with_intervals(answers, settings, spread)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("settings", ask),
        ("answers", lambda: evaluate(cube, settings)),
        ("dispersion", lambda: uncertainty.estimate_dispersion(cube, date(2021, 8, 15).toordinal())),
        ("intervals", lambda: uncertainty.with_intervals(answers, settings, spread)),
        ("tasks", lambda: summarise(cube, settings, wide, allowed=SIXTY, said=60.0, claims=Claims.INCREASE)),
    ]
    return ", ".join(f"{name} {timed(work)[3] * 1000:.0f}" for name, work in steps)


def page() -> str:
    """Return the section on the response surface."""
    rows = largest()
    cube = daily(YEARS, KEYS)
    number = check(cube)
    plain, with_null = timed(lambda: check(cube)), timed(lambda: check(cube, resamples=1000))
    tracemalloc.start()
    check(cube)
    memory = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    rows += [
        (f"{YEARS} years of days in {KEYS} ways of counting: {number:,} answers with intervals, all tasks", told(plain),
         f"in ms of processor: {parts(cube)}; {memory:.0f} MB at most"),
        ("the same with 1,000 resamples of the series", told(with_null), ""),
    ]  # fmt: skip
    lines = [f"| {what} | {took} | {beside} |" for what, took, beside in rows]
    growth = []
    for years, keys in ((5, 20), (10, 20), (20, 20), (40, 20), (10, 1), (10, 5), (10, 50), (10, 100)):
        grown = daily(years, keys)
        size, took = check(grown), timed(lambda grown=grown: check(grown))  # type: ignore[misc]
        growth.append(f"| {years} | {keys} | {size:,} | {1000 * took[0]:.0f} | {1000 * took[3]:.0f} |")
    heading = f"{platform.machine()}, {os.cpu_count()} processors; medians of {RUNS} runs with their spread."
    return "\n".join([
        "## The response surface", "", f"{heading} `python bench/surface.py`", "",
        "| what | time | beside it |", "|---|---|---|", *lines, "",
        "How a check grows with the days of a series and the ways of counting, with intervals, without the null:", "",
        "| years of days | ways of counting | answers | ms | ms of processor |", "|---|---|---|---|---|", *growth, "",
    ])  # fmt: skip


if __name__ == "__main__":
    print(page())
