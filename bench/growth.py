"""Measure every budget of checking, each beside its naive way, and how the time grows; write docs/performance.md.

    python bench/growth.py [MOST_ROWS]

Rows of datasets are made as bench/datasets.py makes them. The clock tells what people wait for; the processor's time
tells more where other programs run. Times depend on the machine; the ratios carry over.
"""

import csv
import io
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

import datasets
import surface
from counterfoil.checking import Edition, judge, load_references, open_editions, surveying
from counterfoil.checking.datasets import catalogue, importing
from counterfoil.checking.datasets.editions import opened
from counterfoil.checking.model import Finding
from counterfoil.checking.surface import null, scan, uncertainty
from counterfoil.checking.surface.answers import evaluate
from counterfoil.checking.surface.model import Cube
from counterfoil.checking.surface.settings import Settings, change_settings, reach
from counterfoil.checking.surface.space import number_axis
from counterfoil.checking.surface.summary import summarise
from counterfoil.checking.surface.tasks import Claims
from counterfoil.checking.surface.templates import EqualWindows, prefix
from counterfoil.documents import Options, from_text
from counterfoil.errors import CounterfoilError
from counterfoil.reading import read

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/performance.md"
PLOTS = ROOT / "docs/img"
SHARED = ROOT.parent / "shared/data"
PUBLISHED = {  # real files of publishers, for the article's check; without them it has the made edition alone
    "ucdp-country-month": "ucdp_country_month_deaths_1989_2023/Conf.csv",
    "ucdp-country-year": "ucdp_country_year_v25_1/organizedviolencecy_v25_1.csv",
    "ucdp-candidate": "ucdp_candidate_2023_10/GEDEvent_v23_0_10.csv",
    "uk-resettlement": "uk_home_office_resettlement/decisions_resettlement.parquet",
    "us-prm-admissions": "us_prm_refugee_admissions_2024/prm_refugee_admissions_2024.xlsx",
    "unhcr-population": "unhcr_refugee_data_finder_2025_12/population.parquet",
    "unhcr-solutions": "unhcr_refugee_data_finder_2025_12/solutions.parquet",
    "wdi-population": "wdi_population/population.csv",
}
MONTHS, CLAIM_END = surface.MONTHS, surface.CLAIM_END
RUNS = 7
SLOW_RUNS = 3  # of what takes seconds
QUERIES = 100  # enough to tell how slow a query for each setting is
SERIES = 10  # enough to tell how slow a surface for each series without change is
POOL = 20_000  # made rows, which are laid over and over
YEARS = (1, 2, 5, 10, 15, 20, 25, 30)
WAYS = (1, 5, 10, 20, 30, 40, 50, 60)
ROWS = (10_000, 50_000, 100_000, 400_000, 1_600_000)
GED_SIZE = 400_000  # GED 25.1 has 385,918
PIVOT = date(2021, 8, 15)
RECENT = date(2023, 5, 8)  # half a year before the words: the shortest series has a baseline too
SPOKEN = surface.SPOKEN
CLAIM = "Deaths in Pakistan rose by 12 percent in 2021 compared with 2020, Interior Minister Karim Shah said.\n"
ARTICLE = """\
Violence in Pakistan rises, minister says

ISLAMABAD, 8 November 2023. Deaths in Pakistan rose by 60 percent since the Taliban took power in Afghanistan in August
2021, Interior Minister Karim Shah told a news conference on Wednesday. He said 1,102 people were killed in attacks in
Pakistan in 2021, and 964 people were killed in 2020. Terrorist incidents rose by 500 percent since August 2021.

In Khyber Pakhtunkhwa, 412 people were killed in 2021. In Balochistan, deaths fell by 12 percent in 2021 compared with
2020. In Afghanistan, 20,100 people were killed in the conflict in 2020. At least 1,291 people were killed in Pakistan
in October 2023, the ministry said.

The United Nations says 1.3 million Afghan refugees lived in Pakistan at the end of 2021. Some 2,267 Afghan refugees
were resettled to the United Kingdom in 2022. About 700 people were killed in Balochistan between 2019 and 2021.
Civilians made up 40 percent of those killed in Pakistan in 2021.
"""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds by the clock, one for each run, and the median of the processor's."""

    clock: tuple[float, ...]
    processor: float

    @property
    def median(self) -> float:
        """Return the median by the clock."""
        return statistics.median(self.clock)

    def told(self) -> str:
        """Return the median, the spread and the processor's time in words."""
        spread = f" ({words(min(self.clock))}–{words(max(self.clock))})" if len(self.clock) > 1 else ""
        return f"{words(self.median)}{spread}; {words(self.processor)}"


def words(seconds: float) -> str:
    """Return a time in the unit that suits it."""
    if seconds >= 100:
        return f"{seconds / 60:,.0f} min" if seconds < 2 * 3600 else f"{seconds / 3600:,.0f} h"
    return f"{seconds:.3g} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"


def timed(work: Callable[[], object], runs: int = RUNS, *, warm: bool = True) -> Times:
    """Time some runs of the same work, after one that warms up."""
    if warm:
        work()
    clock, busy = [], []
    for _ in range(runs):
        begin, used = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - begin)
        busy.append(time.process_time() - used)
    return Times(tuple(clock), statistics.median(busy))


def row(what: str, budget: float | None, ours: Times, naive: str, ratio: float) -> str:
    """Return a line of the table of budgets; the budget in seconds."""
    return f"| {what} | {'' if budget is None else held(budget, ours)} | {ours.told()} | {naive} | {times(ratio)} |"


def held(budget: float, ours: Times) -> str:
    """Say whether a budget was held by the clock; and where it was not, whether the processor's time is within it."""
    if ours.median <= budget:
        return f"{words(budget)}: held"
    return f"{words(budget)}: missed by the clock, {'held' if ours.processor <= budget else 'and'} by the processor"


def times(ratio: float) -> str:
    """Return a ratio with two figures, or whole."""
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}"


# -- the surface -------------------------------------------------------------------------------------------------------


def largest() -> list[str]:
    """Return the rows of the 79.7 million settings of the unemployment example."""
    series, name = surface.unemployment()
    axes = (
        number_axis("width", range(1, MONTHS), levels=surface.LEVELS, said=6, deviation=2.5),
        number_axis("end", range(1, MONTHS + 1), said=CLAIM_END, deviation=5),
        number_axis("distance", range(1, MONTHS), levels=surface.LEVELS, said=30, deviation=10),
    )
    template = EqualWindows(prefix(series), axes)
    claimed = float(template.answers(np.array([5]), np.array([CLAIM_END - 1]), np.array([29]))[0])
    ends = scan.wanted(claimed, Claims.INCREASE)
    best, near = scan.best_windows(template, ends), scan.scan_near(template, scan.within(ends))
    assert best is not None
    assert near.values(template.axes) == [best.values]
    assert (near.results[0], near.sensibility[0]) == (best.result, best.sensibility)
    whole = timed(lambda: scan.best_windows(template, ends))
    restricted = timed(lambda: scan.scan_near(template, scan.within(ends)))
    took, same = surface.queries(series, template)
    assert same
    each = took / surface.QUERIES
    naive = f"a query for each setting: {words(each * best.looked_at)} ({words(each)} each, from {surface.QUERIES})"
    return [
        row(f"{best.looked_at:,} settings of {name}, all, with sensibility and the best counterargument", 1.0, whole,
            naive, each * best.looked_at / whole.median),
        row(f"the same optimum {best.values}, restricted: {near.looked_at:,} settings looked at", 0.005, restricted,
            f"all of them: {words(whole.median)}", whole.median / restricted.median),
    ]  # fmt: skip


def asked(cube: Cube, since: date = PIVOT) -> Settings:
    """Return the settings of a change since a day."""
    covered, ends = reach(cube)
    return change_settings(covered, since=since, as_of=SPOKEN, ends=ends)


def ask(cube: Cube, since: date = PIVOT, *, resamples: int = 0) -> int:
    """Ask one claim of a cube: settings, answers with intervals, all tasks, and the null; return how many answers."""
    settings = asked(cube, since)
    answers = evaluate(cube, settings)
    spread = uncertainty.estimate_dispersion(cube, since.toordinal())
    answers = uncertainty.with_intervals(answers, settings, spread)
    summarise(cube, settings, answers, allowed=surface.SIXTY, said=60.0, claims=Claims.INCREASE)
    if resamples:
        null.compare(cube, settings, answers, ratio=1.6, until=since.toordinal(), resamples=resamples)
    return answers.values.size


def one_by_one(cube: Cube, settings: Settings) -> float:
    """Return the seconds that a query and an exact interval for one setting of one way of counting take."""
    assert settings.earlier is not None
    rng = np.random.default_rng(4)
    with duckdb.connect() as connection:
        steps = len(cube.edges) - 1
        columns = [np.repeat(np.arange(len(cube.keys)), steps), np.tile(cube.edges[:-1], len(cube.keys))]
        connection.execute(
            "create table series as select unnest($1) as key, unnest($2) as day, unnest($3) as value",
            [*(one.tolist() for one in columns), cube.values.ravel().tolist()],
        )
        query = (
            "select sum(value) filter (day >= $4 and day < $5), sum(value) filter (day >= $2 and day < $3) "
            "from series where key = $1"
        )
        begin = time.perf_counter()
        for n in rng.integers(0, len(settings), QUERIES).tolist():
            later, earlier = settings.windows[settings.later[n]], settings.windows[settings.earlier[n]]
            given = [int(n % len(cube.keys)), *earlier.tolist(), *later.tolist()]
            found = connection.execute(query, given).fetchone()
            assert found is not None
            days = float(later[1] - later[0]), float(earlier[1] - earlier[0])
            uncertainty.exact_intervals(found[0] or 0, found[1] or 0, *days, exactly=True)
        return (time.perf_counter() - begin) / QUERIES


def series_by_series(cube: Cube, settings: Settings) -> float:
    """Return the seconds that the whole surface of one series without change takes, without intervals."""
    rng = np.random.default_rng(5)
    begin = time.perf_counter()
    for _ in range(SERIES):
        order = rng.permutation(cube.values.shape[1])
        np.nanmax(evaluate(replace(cube, values=cube.values[:, order]), settings).values)
    return (time.perf_counter() - begin) / SERIES


def daily() -> list[str]:
    """Return the rows of a daily series in many ways of counting."""
    cube = surface.daily(surface.YEARS, surface.KEYS)
    settings = asked(cube)
    number = ask(cube)
    plain, full = timed(lambda: ask(cube)), timed(lambda: ask(cube, resamples=null.RESAMPLES))
    each, one = one_by_one(cube, settings), series_by_series(cube, settings)
    slow = each * number
    return [
        row(f"{surface.YEARS} years of days, {surface.KEYS} ways of counting: {number:,} settings, both intervals, all "
            "tasks", 0.1, plain, f"a query and an exact interval for each: {words(slow)} ({words(each)} each, "
            f"from {QUERIES})", slow / plain.median),
        row("the same with 1,000 series without change", 1.0, full,
            f"besides, a surface for each series: {words(slow + 1000 * one)} ({words(one)} each, from {SERIES})",
            (slow + 1000 * one) / full.median),
    ]  # fmt: skip


# -- datasets ----------------------------------------------------------------------------------------------------------


def lay(pool: Path, target: Path, rows: int) -> None:
    """Write so many rows: those of the pool over and over, each with an id of its own."""
    with pool.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        others = [name for name in reader.fieldnames or () if name != "id"]
        tails = []
        for one in reader:
            cells = io.StringIO()
            csv.writer(cells).writerow([one[name] for name in others])
            tails.append(cells.getvalue())
    with target.open("w", encoding="utf-8", newline="") as file:
        head = io.StringIO()
        csv.writer(head).writerow(["id", *others])
        file.write(head.getvalue())
        file.writelines(f"{nth + 1},{tails[nth % len(tails)]}" for nth in range(rows))


def checked(edition: Edition) -> tuple[Callable[[], Finding], Finding]:
    """Return what checks one figure against an edition, the whole way but for reading, and what it finds."""
    account = read(from_text(CLAIM, Options(published=SPOKEN)), engine="rules")
    figure = next(one for one in account.figures if "12" in one.number.anchor.quote)
    records = load_references()

    def work() -> Finding:
        surveying._cube.cache_clear()  # the cube is made anew each time
        [verdict] = judge.check(replace(account, figures=(figure,)), records, [edition])
        return verdict.findings[0]

    return work, work()


def query_by_query(edition: Edition, finding: Finding) -> float:
    """Return the seconds that the finding's own query takes, which asks one setting."""
    with opened(edition.path) as connection:
        return timed(lambda: connection.execute(finding.query.sql).fetchall(), runs=RUNS).median


@dataclass(frozen=True, slots=True)
class Sized:
    """One size of dataset: rows, import, check of one figure, settings, and bytes of the file and of the edition."""

    rows: int
    imported: Times
    check: Times
    finding: Finding
    naive: float
    source: int
    kept: int


def sizes(folder: Path, most: int) -> tuple[list[Sized], str, Times | None]:
    """Import and ask editions of growing size; return them, where the rows come from, and the naive import."""
    told = datasets.make(folder / "pool.csv", POOL)
    dataset = catalogue.known("ucdp-ged")
    found: list[Sized] = []
    peer: Times | None = None
    for rows in [n for n in ROWS if n <= most]:
        home = folder / str(rows)
        source = folder / f"ged_v{len(found) + 30}_1.csv"
        lay(folder / "pool.csv", source, rows)
        nth = iter(range(SLOW_RUNS))
        runs = SLOW_RUNS if rows <= GED_SIZE else 1
        took = timed(
            lambda source=source, home=home, nth=nth: importing.add([source], dataset, home=home / str(next(nth))),  # type: ignore[misc]
            runs,
            warm=False,
        )
        if rows == GED_SIZE:
            peer = timed(lambda source=source: datasets.naive(source, folder / "naive.sqlite"), 1, warm=False)  # type: ignore[misc]
        [edition] = open_editions(home / "0")
        assert edition.rows == rows
        work, finding = checked(edition)
        each = query_by_query(edition, finding)
        size, kept = source.stat().st_size, Path(edition.path).stat().st_size
        found.append(Sized(rows, took, timed(work), finding, each, size, kept))
        source.unlink()
        print(f"{rows:,} rows: import {took.told()}, check {found[-1].check.told()}", file=sys.stderr)
    return found, told, peer


def article(home: Path) -> tuple[Times, Times, int]:
    """Return the times of the article's check by the command line, with data and without, and how many editions."""
    for name, file in PUBLISHED.items():
        if (SHARED / file).is_file():
            try:
                importing.add([SHARED / file], catalogue.known(name), home=home)
            except CounterfoilError as error:
                print(f"{name} is left out: {error.what.splitlines()[0]}", file=sys.stderr)
    text = home.parent / "article.txt"
    text.write_text(ARTICLE, encoding="utf-8")
    tool = [str(Path(sys.executable).parent / "counterfoil"), "check", str(text), "--published", SPOKEN.isoformat()]
    given, without = cold([*tool, "--data", str(home)]), cold([*tool, "--no-data"])
    return given, without, len(open_editions(home))


def cold(command: Sequence[str]) -> Times:
    """Time a program from its start to its end, after one run that warms the disk."""
    clock, busy = [], []
    for nth in range(RUNS + 1):
        used = os.times()
        begin = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = os.times()
        if nth:
            clock.append(time.perf_counter() - begin)
            ours = (used.children_user, used.children_system)
            busy.append(after.children_user + after.children_system - sum(ours))
    return Times(tuple(clock), statistics.median(busy))


# -- growth ------------------------------------------------------------------------------------------------------------


def by_surface(cases: Sequence[tuple[int, int]]) -> list[tuple[int, Times, Times]]:
    """Return settings, time without and time with the null, for years and ways of counting."""
    found = []
    for years, ways in cases:
        cube = surface.daily(years, ways)
        plain = timed(lambda cube=cube: ask(cube, RECENT))  # type: ignore[misc]
        full = timed(lambda cube=cube: ask(cube, RECENT, resamples=null.RESAMPLES))  # type: ignore[misc]
        found.append((ask(cube, RECENT), plain, full))
    return found


def plot(name: str, axis: str, unit: str, at: Sequence[float], lines: dict[str, Sequence[float]], *, log: bool) -> str:
    """Draw times against what grows; return the Markdown that shows it. Lines differ by dash and shape, not colour."""
    import altair as alt
    import vl_convert

    rows = [{"x": x, "y": y, "line": line} for line, values in lines.items() for x, y in zip(at, values, strict=True)]
    scale = alt.Scale(type="log") if log else alt.Scale(zero=True)
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("x:Q", title=axis, scale=scale, axis=alt.Axis(values=list(at), labelOverlap=True)),
        y=alt.Y("y:Q", title=unit, scale=scale),
    )
    dashes = alt.StrokeDash("line:N", title=None, sort=list(lines), legend=alt.Legend(orient="top", symbolSize=400))
    shapes = alt.Shape("line:N", sort=list(lines), legend=None)
    both = alt.layer(
        base.mark_line(color="black").encode(strokeDash=dashes),
        base.mark_point(color="black", fill="white", size=50).encode(shape=shapes),
        background="white",
    ).resolve_legend(shape="independent", strokeDash="independent")
    PLOTS.mkdir(exist_ok=True)
    spec = both.properties(width=460, height=220).to_dict()
    (PLOTS / f"{name}.svg").write_text(vl_convert.vegalite_to_svg(spec) + "\n", encoding="utf-8")
    return f"![{unit} against {axis}](img/{name}.svg)"


def grown(first: float, last: float, at: Sequence[float]) -> str:
    """Say how many times as long the last takes as the first, beside how many times as much there is."""
    power = math.log(last / first) / math.log(at[-1] / at[0])
    return f"{at[-1] / at[0]:,.0f} times as many take {times(last / first)} times as long (power {power:.2f})"


def surface_section(title: str, name: str, axis: str, at: Sequence[int], cases: Sequence[tuple[int, int]]) -> str:
    """Return the growth of a check on one axis: plot, sentence and table."""
    found = by_surface(cases)
    plain = [one.processor * 1000 for _, one, _ in found]
    full = [one.processor * 1000 for _, _, one in found]
    drawn = plot(name, axis, "ms of processor", at, {"intervals": plain, "with the null": full}, log=False)
    table = "\n".join(
        f"| {x} | {number:,} | {a.told()} | {b.told()} |" for x, (number, a, b) in zip(at, found, strict=True)
    )
    return f"""\
### {title}

{drawn}

{grown(plain[0], plain[-1], at)} without the null, and {times(full[-1] / full[0])} times with it.
{_WHY[name]}

| {axis} | settings | intervals and tasks | with 1,000 series without change |
|---|---|---|---|
{table}
"""


_WHY = {
    "growth-days": "Windows are made from the calendar around the claim, up to ten years long, with baselines up to "
    "ten years before them: once a series holds those, more days add no settings.\nWhat grows then is one running sum "
    "through the days, which is little.",
    "growth-ways": "Every way of counting is asked in every pair of windows, so settings, intervals and tasks grow in "
    "proportion to them.\nMaking the windows is done once for all ways: it is the largest part of what "
    "a single one costs.",
}


def rows_section(found: Sequence[Sized]) -> str:
    """Return the growth with the rows of a dataset."""
    at = [one.rows for one in found]
    imports, checks = [one.imported.processor for one in found], [one.check.processor for one in found]
    drawn = plot("growth-rows", "rows", "seconds of processor", at, {"import": imports, "check": checks}, log=True)
    table = "\n".join(
        f"| {one.rows:,} | {one.source / 1e6:,.0f} MB | {one.kept / 1e6:,.0f} MB | {one.imported.told()} "
        f"| {one.check.told()} |"
        for one in found
    )
    return f"""\
### Rows of a dataset

{drawn}

Import: {grown(imports[0], imports[-1], at)}. A check of one figure: {grown(checks[0], checks[-1], at)}.
Import reads, checks and writes every cell, so it grows with the rows; what little does not is the description, judged
once. A check scans the rows once, and only the columns that it needs; all that follows works on sums by day,
however many rows they came from.

| rows | CSV | edition | import | check of one figure |
|---|---|---|---|---|
{table}
"""


def main(argv: list[str]) -> None:
    """Measure and write the page."""
    most = int(argv[0]) if argv else ROWS[-1]
    load = os.getloadavg()[0]
    lines = [*largest(), *daily()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found, told, peer = sizes(folder, most)
        ged = next((one for one in found if one.rows == GED_SIZE), found[-1])
        given, without, editions = article(folder / str(ged.rows) / "0")
    slow = ged.naive * ged.finding.settings
    if peer is not None:
        what = f"import of {ged.rows:,} rows ({ged.source / 1e6:,.0f} MB), every cell and key checked"
        lines.append(row(what, 10.0, ged.imported, f"csv module and SQLite, fewer checks: {words(peer.median)}",
                         peer.median / ged.imported.median))  # fmt: skip
    lines += [
        row(f"check of one figure against that edition, warm: match, cube, {ged.finding.settings:,} settings, "
            "intervals, null, finding", 0.2, ged.check,
            f"a query for each setting: {words(slow)} ({words(ged.naive)} each)", slow / ged.check.median),
        row(f"`counterfoil check` of an article with 12 figures and {editions} editions, cold", None, given,
            f"the same with `--no-data`: {words(without.median)}", without.median / given.median),
    ]  # fmt: skip
    table = "\n".join(lines)
    days = surface_section(
        "Days of a series", "growth-days", "years of days", YEARS, [(y, surface.KEYS) for y in YEARS]
    )
    ways = surface_section(
        "Ways of counting", "growth-ways", "ways of counting", WAYS, [(surface.YEARS, w) for w in WAYS]
    )
    after = os.getloadavg()[0]
    page = f"""\
# How fast checking is

Written by `python bench/growth.py`, as part of `make bench`. {platform.machine()}, {os.cpu_count()} processors, Python
{platform.python_version()}, DuckDB {duckdb.__version__}; {load:.1f} programs ran when it began,
{after:.1f} when it ended.

Each time is the median of {RUNS} runs by the clock with the spread ({SLOW_RUNS} of an import; one beyond
{GED_SIZE:,} rows, and one of the naive import). After the semicolon stands the median of the processor's time, which
counts all processors and hangs less on what else runs; plots and sentences on growth go by it. Where more programs ran
than there are processors, the clock shows what they took too. Rows of datasets are {told}.

## Budgets

Each is measured beside the naive way in the same run. What the naive way would take in days is worked out from some of
its settings, as the table says.

| what | budget | measured | the naive way | times as fast |
|---|---|---|---|---|
{table}

[Speed](../bench/results.md) has the rest, [the response surface](surface.md) says what is asked.

## Growth

Ten years of days or {surface.KEYS} ways of counting, where nothing else is said; one claim of a change
since half a year ago.

{days}
{ways}
{rows_section(found)}"""
    PAGE.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main(sys.argv[1:])
