"""All entries of a ledger as CSV, fast: rows of the database go to the file without becoming entries on the way.

On a file of some size several processes each write a part, and the parts are joined (bench/exchange.py). Where no
spreadsheet opens the parts, SQLite itself writes the lines: Python's csv module takes three times as long.
"""

import csv
import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from itertools import groupby, islice, pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any, get_args, get_type_hints

from counterfoil.ledger import rows
from counterfoil.ledger.exchange.cells import DANGEROUS, WORDS, cells, neutral, plain_cells
from counterfoil.ledger.model import FIELDS, Entry
from counterfoil.ledger.queries import entries_of
from counterfoil.ledger.store import Database, open_ledger

BATCH = 5_000  # rows held at once
_BUFFER = 1 << 20  # bytes written at once
ALONE = 50_000  # rows up to which starting processes costs more than it gains
MOST_WORKERS = 4  # beyond, the disk is what takes the time
_FREE = tuple(  # where a person's or an article's own words stand; the rest are codes of ours
    FIELDS.index(name)
    for name in sorted(WORDS - {"id", "unit", "measure", "level", "country_of", "verdict", "document", "claimant_kind"})
)
_ODD = frozenset(DANGEROUS)


def parts(database: Database, folder: Path, *, neutralise: bool) -> list[Path]:
    """Write all entries, without a header, to files in `folder`; return them in order.

    neutralise  no cell begins a formula.
    """
    low, high, count = database.query("SELECT MIN(id), MAX(id), COUNT(*) FROM entries")[0]
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    if database.dialect != "sqlite" or count <= ALONE or workers == 1:
        path = folder / "0.csv"
        _write(database, path, 0, high or 0, neutralise=neutralise)
        return [path]
    ends = [low - 1 + (high - low + 1) * n // workers for n in range(workers + 1)]
    paths = [folder / f"{n}.csv" for n in range(workers)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [
            pool.submit(_part, database.where, path, begin, end, neutralise)
            for path, (begin, end) in zip(paths, pairwise(ends), strict=True)
        ]
        for one in waiting:
            one.result()
    return paths


def write(database: Database, target: Path) -> int:
    """Write all entries to a CSV of every field; return how many."""
    folder = target.with_name(target.name + ".parts")
    folder.mkdir()
    try:
        found = parts(database, folder, neutralise=True)
        with target.open("wb") as file:
            file.write((",".join(FIELDS) + "\r\n").encode())
            for path in found:
                with path.open("rb") as part:
                    shutil.copyfileobj(part, file, 1 << 20)
                path.unlink()
    finally:
        shutil.rmtree(folder)
    return int(database.query("SELECT COUNT(*) FROM entries")[0][0])


def _part(where: str, path: Path, begin: int, end: int, neutralise: bool) -> None:
    with open_ledger(where) as database:
        _write(database, path, begin, end, neutralise=neutralise)


def _write(database: Database, path: Path, begin: int, end: int, *, neutralise: bool) -> None:
    """Write the entries whose rows follow `begin`, up to `end`."""
    if database.dialect == "sqlite" and not neutralise:
        _write_lines(database, path, begin, end)
        return
    asked = f"{rows.SELECT} WHERE {_BETWEEN}"
    with path.open("w", encoding="utf-8", newline="", buffering=_BUFFER) as file:
        writer = csv.writer(file)
        stream = database.stream(asked, (begin, end))
        while batch := list(islice(stream, BATCH)):
            writer.writerows(_plain(batch, neutralise=neutralise))


_BETWEEN = "e.id > ? AND e.id <= ? ORDER BY e.id"
_MEASURED = frozenset(
    name for name, hint in get_type_hints(Entry).items() if {Decimal, float} & {hint, *get_args(hint)}
)


def _selected() -> str:
    """Return what SQLite is asked for: each run of fields as a piece of a line, the numbers between them as they are.

    SQLite rounds a number that it writes to fifteen digits; Python does not.
    """
    pieces: list[str] = []
    for measured, run in groupby(zip(FIELDS, rows.READ_FROM, strict=True), lambda one: one[0] in _MEASURED):
        names, columns = zip(*run, strict=True)
        marks = ",".join('"%w"' if name in WORDS else "%s" for name in names)  # %w doubles the marks within words
        pieces += columns if measured else [f"printf('{marks}', {', '.join(columns)})"]
    return ", ".join(pieces)


def _write_lines(database: Database, path: Path, begin: int, end: int) -> None:
    """Write the same with every cell of words in quotation marks."""
    asked = f"SELECT {_selected()}, e.exact, e.id FROM {rows.JOINED} WHERE {_BETWEEN}"
    with path.open("w", encoding="utf-8", newline="", buffering=_BUFFER) as file:
        writer = csv.writer(file)
        for *pieces, exact, row in database.stream(asked, (begin, end)):
            if exact is not None:  # numbers that a REAL would round
                writer.writerow(plain_cells(*entries_of(database, [row])))
                continue
            told = [one if type(one) is str else "" if one is None else repr(one) for one in pieces]
            file.write(f"{','.join(told)}\r\n")


def _plain(batch: Sequence[Sequence[Any]], *, neutralise: bool) -> Iterator[Sequence[Any]]:
    """Yield rows as they go into the file: most as they are, the few that need it changed."""
    odd = {place for place in _FREE if not _ODD.isdisjoint([row[place][:1] for row in batch])} if neutralise else set()
    for row in batch:
        if row[-1] is not None:  # numbers that a REAL would round
            entry = rows.entry_of(row)
            yield cells(entry) if neutralise else plain_cells(entry)
        elif odd and any(row[place][:1] in _ODD for place in odd):
            changed = list(row[:-1])
            for place in odd:
                changed[place] = neutral(changed[place])
            yield changed
        else:
            yield row[:-1]
