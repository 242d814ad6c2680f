"""Measure exports of a ledger: CSV and Parquet, beside the naive way in the same run.

    python bench/exchange.py [FIGURES] [--keep FILE]     default: 1,000,000 figures

The naive way makes one object of each row and writes it through csv.DictWriter, in one process. The ledger is made up
as in bench/ledger.py: a tenth of it is recorded, the rest are copies of those rows under other names; making it is not
timed. Wall time depends on what else runs; the processor's time is shown beside it.
"""

import argparse
import csv
import os
import platform
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from counterfoil.ledger import queries
from counterfoil.ledger.exchange import FORMATS, export
from counterfoil.ledger.exchange.lines import plain
from counterfoil.ledger.model import FIELDS
from counterfoil.ledger.store import Database, open_ledger
from ledger import add

COPIES = 10


def multiply(path: Path) -> None:
    """Let each row of a new ledger stand COPIES times, each time under another name."""
    database = sqlite3.connect(path, isolation_level=None)
    for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f"DROP TRIGGER {trigger}")  # a ledger to throw away: nothing is searched in it
    shift = {"id", "document", "figure", "entry"}
    most = database.execute("SELECT MAX(id) FROM figures").fetchone()[0] + 1
    database.execute("BEGIN")
    for table in ("documents", "figures", "entries"):
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        for copy in range(1, COPIES):
            told = ", ".join(
                f"{name} + {copy * most}"
                if name in shift
                else f"{name} || '-{copy}'"
                if name in ("address", "key")
                else name
                for name in columns
            )
            database.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {told} FROM {table} WHERE id < {most}")
    database.execute("COMMIT")
    database.close()


def naive(database: Database, target: Path) -> int:
    """Write each entry as an object through csv.DictWriter; return how many."""
    count = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS)
        writer.writeheader()
        for entry in queries.all_entries(database, gone=True):
            writer.writerow(plain(entry))
            count += 1
    return count


def used() -> float:
    """Return seconds of the processor that this process and those it started have used."""
    spent = (resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)


def timed(name: str, write: Callable[[Path], int], target: Path) -> tuple[float, float]:
    """Print and return the seconds, by the clock and of the processor, of one export."""
    begin, before = time.perf_counter(), used()
    count = write(target)
    took, spent = time.perf_counter() - begin, used() - before
    memory = max(resource.getrusage(one).ru_maxrss for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    size = target.stat().st_size / 1e6
    print(
        f"{name}: {count:,} rows in {took:.1f} s, processor {spent:.1f} s, {size:,.0f} MB, most memory of a process "
        f"{memory} MB",
        flush=True,
    )
    target.unlink()
    return took, spent


def main() -> None:
    """Measure, and print a table."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("figures", nargs="?", type=int, default=1_000_000)
    given.add_argument("--keep", type=Path, help="keep the ledger here, or measure the one that is here")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.keep or Path(folder) / "ledger.db"
        if not path.exists():
            with open_ledger(path, create=True) as database:
                add(database, asked.figures // COPIES)
            multiply(path)
        with open_ledger(path) as database:
            load = os.getloadavg()[0]
            print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load {load:.1f} before")
            took = {
                name: timed(
                    name,
                    lambda target, name=name: export(database, target, FORMATS[name]).entries,  # type: ignore[misc]
                    Path(folder) / f"x.{name}",
                )
                for name in ("csv", "parquet")
            }
            slow = timed("naive csv.DictWriter", lambda target: naive(database, target), Path(folder) / "naive.csv")
            for name, (wall, spent) in took.items():
                print(
                    f"{name}: {slow[0] / wall:.1f} times as fast as the naive way; {slow[1] / spent:.1f} by processor"
                )


if __name__ == "__main__":
    main()
