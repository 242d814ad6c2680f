"""Entries as Parquet: every field a typed column, back without loss.

Numbers that count are doubles, for those who calculate, and stand a second time as written, in `exact`, where a double
would round them. The way there is a CSV beside the target, which DuckDB reads.
"""

import csv
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from counterfoil.errors import InputError
from counterfoil.ledger.exchange import bulk
from counterfoil.ledger.exchange.cells import WORDS, parsed, plain_cells, refuse
from counterfoil.ledger.exchange.lines import EDITION
from counterfoil.ledger.model import FIELDS, Author, Entry
from counterfoil.ledger.store import Database

if TYPE_CHECKING:
    import duckdb

BATCH = 5_000  # rows held at once
_LONGEST_LINE = 1 << 30  # bytes; DuckDB stops at 2 MB
_MEMORY = "1GB"  # a million rows need less (bench/exchange.py), and a laptop has it to spare
_MEND = "give a file as `ledger export` wrote it"
_NUMBERS = tuple(name for name, hint in get_type_hints(Entry).items() if Decimal in (hint, *get_args(hint)))
_TYPES: dict[Any, str] = {bool: "BOOLEAN", int: "BIGINT", float: "DOUBLE", date: "DATE", datetime: "TIMESTAMPTZ"}


def _connection(*, folder: Path | None = None, file: Path | None = None) -> "duckdb.DuckDBPyConnection":
    """Return a connection that reaches one folder, or one file, and loads nothing."""
    import duckdb

    found = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    if folder is not None:
        found.execute(f"SET allowed_directories = [{_quoted(folder.absolute())}]")
        found.execute(f"SET temp_directory = {_quoted((folder / 'spilled').absolute())}")
    if file is not None:
        found.execute(f"SET allowed_paths = [{_quoted(file.absolute())}]")
    found.execute(f"SET memory_limit = '{_MEMORY}'")  # beyond, DuckDB writes to the folder
    found.execute("SET enable_external_access = false")
    found.execute("SET TimeZone = 'UTC'")
    return found


@contextmanager
def _room(target: Path) -> Iterator[Path]:
    """Make a folder beside the target for the length of a `with`."""
    folder = target.with_name(target.name + ".parts")
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _column(name: str) -> str:
    """Return how the column of a field is made from its words."""
    hint = get_type_hints(Entry)[name]
    kinds = get_args(hint) or (hint,)
    cell = f'"{name}"'
    if name in _NUMBERS:
        return f"TRY_CAST({cell} AS DOUBLE) AS {cell}"
    kind = next((_TYPES[one] for one in kinds if one in _TYPES), None)
    if kind is not None:
        return f"CAST({cell} AS {kind}) AS {cell}"
    return f"coalesce({cell}, '') AS {cell}" if name in WORDS else cell


def _exact() -> str:
    """Return the column of numbers that a double would round, as JSON: {"low": "0.1000000000000000001"}."""
    pairs = []
    for name in _NUMBERS:
        near = f'CAST(TRY_CAST("{name}" AS DOUBLE) AS VARCHAR)'
        pairs.append(
            f"""CASE WHEN "{name}" IS DISTINCT FROM {near} AND "{name}" || '.0' IS DISTINCT FROM {near} """
            f"""THEN '"{name}":"' || "{name}" || '"' END"""
        )
    return f"nullif('{{' || concat_ws(',', {', '.join(pairs)}) || '}}', '{{}}') AS exact"


def _convert(found: Sequence[Path], target: Path, edition: str = "") -> None:
    """Turn parts in CSV, all in the folder of the first, into one file; a mark of its edition goes to its metadata."""
    told = f", KV_METADATA {{{EDITION}: '{edition}'}}" if edition else ""
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in FIELDS)
    files = ", ".join(_quoted(path.absolute()) for path in found)
    folder = found[0].parent
    made = folder / "made.parquet"
    with _connection(folder=folder) as database:
        database.execute(
            f"COPY (SELECT {', '.join(map(_column, FIELDS))}, {_exact()} FROM read_csv([{files}], header = false, "
            f"""columns = {{{columns}}}, auto_detect = false, delim = ',', quote = '"', escape = '"', """
            f"new_line = '\\r\\n', parallel = false, max_line_size = {_LONGEST_LINE})) "
            f"TO {_quoted(made.absolute())} (FORMAT parquet, COMPRESSION zstd{told})"
        )
    made.replace(target)


def write(entries: Iterable[Entry], target: Path, *, edition: str = "") -> int:
    """Write entries to a file; return how many."""
    count = 0
    with _room(target) as folder:
        path = folder / "0.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            for entry in entries:
                writer.writerow(plain_cells(entry))
                count += 1
        _convert([path], target, edition)
    return count


def write_all(database: Database, target: Path) -> int:
    """Write all entries of a ledger to a file, fast; return how many."""
    with _room(target) as folder:
        _convert(bulk.parts(database, folder, neutralise=False), target)
    return int(database.query("SELECT COUNT(*) FROM entries")[0][0])


def edition(source: Path) -> str:
    """Return the mark of a file's edition, "" for none; a file that is no Parquet has none."""
    import duckdb

    with _connection(file=source) as database:
        try:
            found = database.execute(f"SELECT key, value FROM parquet_kv_metadata({_quoted(source.absolute())})")
            told = {bytes(key): bytes(value) for key, value in found.fetchall()}
        except duckdb.Error:
            return ""
    return told.get(EDITION.encode(), b"").decode("utf-8", "replace")


def read(source: Path, author: Author) -> Iterator[Entry]:
    """Yield the entries of a file; raises `InputError` that lists every fault, after the last good entry."""
    del author  # every row tells who made it
    import duckdb

    with _connection(file=source) as database:
        try:
            found = database.execute(f"SELECT * FROM read_parquet({_quoted(source.absolute())}) LIMIT 0")
        except duckdb.Error as error:
            raise InputError(f"the file is no Parquet: {str(error).splitlines()[0]}", str(source), _MEND) from None
        there = [name for name, *_ in found.description or ()]
        refuse([f"column {name!r}: missing" for name in (*FIELDS, "exact") if name not in there], str(source), _MEND)
        columns = ", ".join(
            f'CAST(CAST("{name}" AS INTEGER) AS VARCHAR)' if name == "gone" else f'CAST("{name}" AS VARCHAR)'
            for name in (*FIELDS, "exact")
        )
        faults: list[str] = []
        try:
            database.execute(f"SELECT {columns} FROM read_parquet({_quoted(source.absolute())})")
            row = 0
            while batch := database.fetchmany(BATCH):
                for *values, exact in batch:
                    row += 1
                    entry = _entry(values, exact, f"row {row}", faults)
                    if entry is not None and not faults:
                        yield entry
        except duckdb.Error as error:
            raise InputError(f"the file cannot be read: {str(error).splitlines()[0]}", str(source), _MEND) from None
        refuse(faults, str(source), _MEND)


def _entry(values: Sequence[str | None], exact: str | None, where: str, faults: list[str]) -> Entry | None:
    told = {name: value or "" for name, value in zip(FIELDS, values, strict=True)}
    for name in _NUMBERS:
        told[name] = told[name].removesuffix(".0")
    try:
        told |= {name: str(digits) for name, digits in json.loads(exact or "{}").items() if name in _NUMBERS}
    except (ValueError, AttributeError):
        faults.append(f"{where}, exact: {str(exact)[:60]!r} does not fit")
    return parsed(told, where, faults)
