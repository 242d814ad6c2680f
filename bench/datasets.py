"""Measure the import of a GED-sized file and the cube of a check against it, each beside the naive way.

    python bench/datasets.py [ROWS]

The file is made by resampling real rows of UCDP GED where they lie beside the project, else rows drawn at random. The
peer imports it as one would at first: the csv module, checks row by row, executemany into SQLite; and it asks one query
for each way of counting. Times depend on the machine; the ratios carry over.
"""

import csv
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from counterfoil.checking.datasets import catalogue, conditions, editions, importing, placing, warehouse
from counterfoil.checking.datasets.model import Edition, Indicator

SHARED = Path(__file__).resolve().parents[2] / "shared/data"
REAL = ("ucdp_ged_pakistan_v22_1/conflict_data_pak.csv", "ucdp_candidate_2023_10/GEDEvent_v23_0_10.csv")
ROWS = 400_000  # GED 25.1 has 385,918
COUNTRIES = ("Pakistan", "Afghanistan", "Nigeria", "Syria", "Ukraine", "Mexico", "Sudan", "Iraq")
INTEGERS = ("id", "year", "type_of_violence", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best")
DAYS = ("date_start", "date_end")
RUNS = 7


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds by the clock and of the processor."""

    clock: float
    processor: float


def timed(work: Callable[[], Any]) -> Timed:
    """Return how long some work takes."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Timed(time.perf_counter() - clock, time.process_time() - processor)


def drawn(header: list[str]) -> list[dict[str, str]]:
    """Return rows drawn at random, with the columns and lengths of real ones."""
    made = []
    for _ in range(5000):
        day = date(1989, 1, 1) + timedelta(random.randrange(12_500))
        dead = [random.randrange(9) for _ in range(4)]
        row = dict.fromkeys(header, "") | {
            "year": str(day.year),
            "type_of_violence": str(random.randrange(1, 4)),
            "country": random.choice(COUNTRIES),
            "where_prec": str(random.randrange(1, 8)),
            "event_clarity": str(random.randrange(1, 3)),
            "date_prec": str(random.randrange(1, 6)),
            "date_start": f"{day} 00:00:00.000",
            "date_end": f"{day + timedelta(random.randrange(3))} 00:00:00.000",
            "source_article": "x" * 150,
            "where_description": "y" * 60,
        }
        names = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
        row |= {name: str(count) for name, count in zip(names, dead, strict=True)}
        row |= {"best": str(sum(dead)), "low": str(sum(dead[:3])), "high": str(sum(dead) + 2)}
        made.append(row)
    return made


def make(path: Path, rows: int) -> str:
    """Write a file of so many rows; returns where they came from."""
    random.seed(20231108)
    real = [SHARED / name for name in REAL]
    if all(one.exists() for one in real):
        pool: list[dict[str, str]] = []
        for one in real:
            with one.open(encoding="utf-8", newline="") as file:
                pool += [row for row in csv.DictReader(file) if row["id"]]
        header = [name for name in pool[-1] if name]
        told = "resampled from real rows of UCDP GED"
    else:
        with (Path(catalogue.__file__).parent / "descriptions/ucdp-ged.toml").open(encoding="utf-8"):
            header = [column.name for column in catalogue.known("ucdp-ged").columns] + [
                f"other_{nth}" for nth in range(25)
            ]
        header += ["source_article", "where_description"]
        pool = drawn(header)
        told = "drawn at random"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, extrasaction="ignore")
        writer.writeheader()
        for nth in range(rows):
            writer.writerow(random.choice(pool) | {"id": str(nth + 1)})
    return told


def naive(source: Path, target: Path) -> None:
    """Import the file row by row, with the checks that matter most."""
    kept = [column.name for column in catalogue.known("ucdp-ged").columns]
    seen: set[int] = set()
    rows: list[tuple[Any, ...]] = []
    with source.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            values: dict[str, Any] = dict(row)
            for name in INTEGERS:
                values[name] = int(row[name])
            for name in DAYS:
                values[name] = datetime.strptime(row[name], "%Y-%m-%d %H:%M:%S.%f").date().isoformat()
            if values["id"] in seen or values["best"] < 0 or values["date_end"] < values["date_start"]:
                sys.exit("a row that does not fit")
            seen.add(values["id"])
            rows.append(tuple(values.get(name) for name in kept))
    columns = ", ".join(f'"{name}"' for name in kept)
    with sqlite3.connect(target) as connection:
        connection.execute(f"CREATE TABLE rows ({columns})")
        connection.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * len(kept))})", rows)
    connection.close()


def asked(edition: Edition, deaths: Indicator) -> tuple[Timed, Timed, int]:
    """Return the median times of one cube of a country, of one query for each of its keys, and the number of keys."""
    where = placing.find_place(edition, deaths, "PAK", level="country")
    assert where is not None
    variants = conditions.variants_of(edition, deaths, country="PAK")
    taken = {"definition": 4, "place": 1, "actor": 1}  # 5 x 2 x 2 ways
    chosen = [one for axis, count in taken.items() for one in [v for v in variants if v.axis == axis][:count]]
    keys = len(warehouse.cube(edition, deaths, variants=chosen, where=[where]).keys)

    def each() -> None:
        for _ in range(keys):
            warehouse.cube(edition, deaths, variants=[], where=[where])

    def middle(runs: list[Timed]) -> Timed:
        return Timed(statistics.median(r.clock for r in runs), statistics.median(r.processor for r in runs))

    one = [timed(lambda: warehouse.cube(edition, deaths, variants=chosen, where=[where])) for _ in range(RUNS)]
    return middle(one), middle([timed(each) for _ in range(3)]), keys


def main(argv: list[str]) -> None:
    """Measure, and print a section of the page."""
    rows = int(argv[0]) if argv else ROWS
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = place / "ged_v30_1.csv"
        told = make(source, rows)
        dataset = catalogue.known("ucdp-ged")
        made = timed(lambda: importing.add([source], dataset, home=place / "home"))
        peer = timed(lambda: naive(source, place / "naive.sqlite"))
        edition = editions.editions(place / "home")[0]
        assert edition.rows == rows
        cube, each, keys = asked(edition, edition.dataset.indicators[0])
        listed = timed(lambda: editions.editions(place / "home"))
        size = source.stat().st_size / 1e6
        kept = Path(edition.path).stat().st_size / 1e6
    print(f"""\
## Datasets

{rows:,} rows, {told}: {size:.0f} MB of CSV, {kept:.0f} MB as an edition. Time by the clock, that of the
processor in brackets: the clock tells more where other programs run.

| what | Counterfoil | the naive way | ratio of the processor's time |
|---|---|---|---|
| import, every cell and key checked | {made.clock:.1f} s ({made.processor:.1f}) | {peer.clock:.1f} s ({peer.processor:.1f}), fewer checks | {peer.processor / made.processor:.1f} |
| cube of one country by day, {keys} ways of counting | {cube.clock * 1000:.0f} ms ({cube.processor * 1000:.0f}) | {each.clock * 1000:.0f} ms ({each.processor * 1000:.0f}), one query each | {each.processor / cube.processor:.1f} |
| list of the editions | {listed.clock * 1000:.1f} ms | | |

Command: `python bench/datasets.py {rows}`.
""")  # noqa: E501


if __name__ == "__main__":
    main(sys.argv[1:])
