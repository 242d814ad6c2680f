"""Measure the ledger: bulk add, and every page of `show` and `timeline`, beside plain sqlite3 in the same run.

    python bench/ledger.py [FIGURES] [--keep FILE]     default: 1,000,000 figures in articles of ten

The articles are made up: measures, countries, places and claimants as frequent as in news (the n-th most frequent
1/n as often as the first), days over three years, sentences of a vocabulary of 5,000 words. Making them is not timed.
All of an add happens in one process: one thread makes rows of what was read, another writes them. Where the time goes
is told apart.
"""

import argparse
import itertools
import os
import platform
import random
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from counterfoil.documents.model import Dated, Document, digest
from counterfoil.ledger import queries, rows
from counterfoil.ledger.model import Author, Deposit, Filter, State
from counterfoil.ledger.recording import BATCH, record
from counterfoil.ledger.store import Database, open_ledger
from counterfoil.reading.model import (
    Act,
    Certainty,
    Figure,
    Form,
    Hedge,
    Kind,
    Measure,
    Period,
    Place,
    Precision,
    Quantity,
    Speaker,
    Statement,
)
from counterfoil.reading.taxonomy import taxonomy
from counterfoil.spans import Anchor, Reading, Span

FIGURES = 10  # of one article
FIRST, DAYS = date(2021, 1, 1), 3 * 365
AUTHOR = Author("bench", datetime(2024, 1, 1, tzinfo=UTC))
COUNTRIES = (
    "AFG PAK SDN SYR UKR YEM ETH MMR COD NGA SOM IRQ LBN PSE ISR TUR IRN BGD IND COL VEN MEX HTI LBY TCD MLI BFA NER "
    "CMR CAF SSD KEN UGA MOZ PHL IDN NPL LKA ARM AZE"
).split()
PLACES, CLAIMANTS, WORDS = 2_000, 20_000, 5_000
PLAIN = 20  # batches of the baseline
TIMES = 5  # of each query; the slowest is told


class Made:
    """Made-up articles, the same on every run."""

    def __init__(self, seed: int = 1) -> None:
        self.dice = random.Random(seed)
        self.measures = [one.code for one in taxonomy()][:60]
        self.places = [f"Place {n}" for n in range(PLACES)]
        self.claimants = [f"Claimant {n} of the office" for n in range(CLAIMANTS)]
        self.words = [
            "".join(self.dice.choices("abcdefghijklmnoprstuvw", k=self.dice.randint(3, 10))) for _ in range(WORDS)
        ]
        sizes = (len(self.measures), len(COUNTRIES), PLACES, CLAIMANTS, WORDS)
        self.weights = {n: list(itertools.accumulate(1 / (i + 1) for i in range(n))) for n in sizes}

    def one(self, of: list[str], number: int) -> list[str]:
        return self.dice.choices(of, cum_weights=self.weights[len(of)], k=number)

    def deposit(self, number: int) -> Deposit:
        """Return one article of ten figures, one to a sentence."""
        day = FIRST + timedelta(days=self.dice.randrange(DAYS))
        counts = [self.dice.randrange(1, 10 ** self.dice.randint(1, 6)) for _ in range(FIGURES)]
        sentences, starts, at = [], [], 0
        for count in counts:
            words = self.one(self.words, 22)
            words[0] = words[0].capitalize()
            head = " ".join(words[:8]) + " "
            starts.append(at + len(head))
            sentences.append(f"{head}{count} {' '.join(words[8:])}.")
            at += len(sentences[-1]) + 1
        text = f"{' '.join(sentences)}\n"
        sha = digest(text)
        country, place = self.one(COUNTRIES, 1)[0], self.one(self.places, 1)[0]
        where = Place(f"{place}, {country}", country, place, "city", 34.3, 62.2, "the only place of that name")
        document = Document(
            text=text,
            sha256=sha,
            source=f"{number}.txt",
            url=f"https://news.example/{number}",
            title=" ".join(self.one(self.words, 9)),
            outlet=f"Outlet {number % 200}",
            published=Dated(day, "metadata", day.isoformat()),
            retrieved=AUTHOR.at,
        )
        statements, figures = [], []
        for nth, (count, start, claimant, measure) in enumerate(
            zip(counts, starts, self.one(self.claimants, FIGURES), self.one(self.measures, FIGURES), strict=True)
        ):
            span = Span(start, start + len(str(count)))
            anchor = Anchor(sha, span, span.of(text))
            near = Anchor(sha, Span(span.end + 1, span.end + 9), text[span.end + 1 : span.end + 9])
            if nth % 2 == 0:
                content = Anchor(sha, Span(start - 5, start + 9), text[start - 5 : start + 9])
                said = Speaker(claimant, "body", "speakers.named@1", "")
                statements.append(Statement(near, near, (content,), Form.INDIRECT, Act.SPEECH, said))
            value = Decimal(count)
            figures.append(
                Figure(
                    number=Reading(
                        Quantity(value, value, "person", Hedge.EXACT, value, value, Decimal(1), Decimal(10)),
                        anchor,
                        "numbers@1",
                    ),
                    kind=Kind.FLOW,
                    what=near,
                    event=near,
                    measure=Reading(Measure(measure, near.quote, near.quote), near, "measures.event@1"),
                    period=Reading(
                        Period(day - timedelta(days=7), day, Precision.DAY, "back from the day"), near, "periods@1"
                    ),
                    place=Reading(where, near, "places.gazetteer@1"),
                    statement=len(statements) - 1,
                    as_of=day,
                    certainty=(Certainty("number", 1.0), Certainty("what", 0.97), Certainty("concept", 0.9)),
                )
            )
        return Deposit(document, tuple(statements), tuple(figures), engine="bench", version="0")


class Watched:
    """A ledger that keeps how long it works on what, in seconds of the processor."""

    def __init__(self, database: Database) -> None:
        self.database, self.spent = database, Counter[str]()

    def __getattr__(self, name: str) -> object:
        found = getattr(self.database, name)
        return partial(self.timed, name, found) if callable(found) else found

    def timed(self, name: str, verb: Callable[..., object], *given: object, **more: object) -> object:
        """Do what is asked, and keep how long it took under its table or its verb."""
        start = time.thread_time()  # rows are made in one thread and written in another
        try:
            return verb(*given, **more)
        finally:
            self.spent[_part(name, str(given[0]) if given else "")] += time.thread_time() - start


def _part(verb: str, sql: str) -> str:
    """Return what a statement is for."""
    if verb == "insert":
        return sql
    return next((what for begin, what in _PARTS.items() if sql.startswith(begin)), verb)


_PARTS = {"INSERT INTO entries_fts": "index of words", "CREATE INDEX": "indexes made anew", "DROP INDEX": "laid aside"}


def add(
    database: Database, figures: int, spent: Counter[str] | None = None
) -> tuple[float, float, list[tuple[object, ...]]]:
    """Record so many figures; return the seconds and those of the processor, and the last rows for the baseline.

    spent  takes the seconds of the processor by table and verb of the database.
    """
    made, last, watched = Made(), list[Deposit](), Watched(database)
    took = worked = 0.0

    def deposits() -> Iterator[Deposit]:
        """Yield articles; the time to make them is taken off."""
        nonlocal last, took, worked
        for begin in range(0, figures // FIGURES, BATCH):
            start, busy = time.perf_counter(), time.process_time()
            last = [made.deposit(n) for n in range(begin, min(begin + BATCH, figures // FIGURES))]
            took -= time.perf_counter() - start
            worked -= time.process_time() - busy
            yield from last

    start, busy = time.perf_counter(), time.process_time()
    for _ in record(watched, deposits(), AUTHOR):  # type: ignore[arg-type]
        pass
    took += time.perf_counter() - start
    worked += time.process_time() - busy
    if spent is not None:
        spent.update(watched.spent)
    entries = [one for deposit in last for one in rows.entries(deposit, "a", AUTHOR)]
    return took, worked, [rows.entry_row(one, n, 1, n) for n, one in enumerate(entries)]


def plain(folder: Path, kept: list[tuple[object, ...]], times: int) -> tuple[float, float]:
    """Return the seconds, and those of the processor, of plain sqlite3: one table, no index, the same log."""
    database = sqlite3.connect(folder / "plain.db", isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute(f"CREATE TABLE entries ({', '.join(rows.ENTRY)})")
    marks = ",".join("?" * len(rows.ENTRY))
    start, busy = time.perf_counter(), time.process_time()
    for _ in range(times):
        database.execute("BEGIN IMMEDIATE")
        database.executemany(f"INSERT INTO entries VALUES ({marks})", kept)
        database.execute("COMMIT")
    took, worked = time.perf_counter() - start, time.process_time() - busy
    database.close()
    return took, worked


def filters() -> dict[str, Filter]:
    """Return what is asked: every way to combine the filters, with values from the most frequent to none at all."""
    found: dict[str, Filter] = {}
    measures = [one.code for one in taxonomy()][:60]
    options = {
        "measure": [None, measures[0], measures[30]],
        "place": [None, "AFG", "Place 0", "Place 900"],
        "claimant": [None, "Claimant 0 of the office", "Claimant 9000 of the office"],
        "since": [None, FIRST + timedelta(days=DAYS // 2)],
        "state": [None, State.NOT_STARTED, State.APPROVED],  # nothing is approved: all is looked through in vain
    }
    for values in itertools.product(*options.values()):
        given = dict(zip(options, values, strict=True))
        name = ", ".join(f"{key} {value}" for key, value in given.items() if value is not None) or "all"
        found[name] = Filter(**given)  # type: ignore[arg-type]
    return found


def timed(database: Database, asked: Filter, *, oldest_first: bool) -> tuple[float, float]:
    """Return the slowest first page and the slowest of the pages after it, in milliseconds of the processor."""
    first: list[float] = []
    later = [0.0]
    for _ in range(TIMES):
        start = time.process_time()
        found = queries.page(database, asked, oldest_first=oldest_first)
        first.append(time.process_time() - start)
        for _ in range(3):
            if found.after is None:
                break
            start = time.process_time()
            found = queries.page(database, asked, after=found.after, oldest_first=oldest_first)
            later.append(time.process_time() - start)
    return 1000 * statistics.median(first), 1000 * max(later)


def deep(database: Database) -> float:
    """Return the milliseconds of a page in the very middle of everything."""
    [(day, row)] = database.query(
        "SELECT day, id FROM entries ORDER BY day LIMIT 1 OFFSET (SELECT COUNT(*) / 2 FROM entries)"
    )
    start = time.perf_counter()
    queries.page(database, Filter(), after=f"{day}.{row}")
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    """Measure, and print a table."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("figures", nargs="?", type=int, default=1_000_000)
    given.add_argument("--keep", type=Path, help="keep the ledger here, or measure the one that is here")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.keep or Path(folder) / "ledger.db"
        there = path.exists()
        with open_ledger(path, create=True) as database:
            print(
                f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, SQLite {sqlite3.sqlite_version}"
            )
            if not there:
                spent = Counter[str]()
                took, worked, kept = add(database, asked.figures, spent)
                plainly, busily = plain(Path(folder), kept, PLAIN)
                inserted = PLAIN * len(kept)
                print(f"bulk add {asked.figures / took:,.0f} figures/s; plain sqlite3 {inserted / plainly:,.0f} rows/s")
                print(f"of processor time {asked.figures / worked:,.0f} and {inserted / busily:,.0f}")
                print(f"ratio {asked.figures / worked / (inserted / busily):.2f}")
                parts = [("rows from what was read", worked - spent.total()), *spent.most_common()]
                shown = ", ".join(f"{what} {1e6 * one / asked.figures:.1f}" for what, one in parts)
                print(f"microseconds of processor a figure: {1e6 * worked / asked.figures:.1f}: {shown}")
                size = sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*"))  # with the log
                print(f"{size / asked.figures:,.0f} bytes a figure")
            slow = []
            for name, one in filters().items():
                for oldest_first in (False, True):
                    first, later = timed(database, one, oldest_first=oldest_first)
                    slow.append((max(first, later), first, later, "timeline" if oldest_first else "show", name))
            slow.sort(reverse=True)
            middle = statistics.median(one[0] for one in slow)
            print(f"{len(slow)} queries of show and timeline, of processor time: median {middle:.2f} ms")
            for worst, first, later, verb, name in slow[:12]:
                print(f"  {worst:7.2f} ms  first {first:.2f}, later {later:.2f}  {verb}: {name}")
            print(f"a page from the middle of all: {deep(database):.2f} ms")
            made = Made()
            for word in (made.words[0], made.words[2500], f"{made.words[0]} {made.words[1]}"):
                first, later = timed(database, Filter(words=word), oldest_first=False)
                print(f"search {word!r}: first {first:.2f} ms, later {later:.2f} ms")
            [key] = [one.id for one in queries.page(database, Filter(), limit=1).entries]
            start = time.perf_counter()
            for verb in (queries.history, queries.relations, queries.checks, queries.reviews, queries.corrections):
                verb(database, key)
            print(f"one entry with all of its life: {1000 * (time.perf_counter() - start):.2f} ms")


if __name__ == "__main__":
    main()
