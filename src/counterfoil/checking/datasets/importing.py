"""From a publisher's files to an edition. Every row fits its declaration, or every fault is told, all at once.

Files are staged as text, their cells cast and judged in SQL, and the rows written to a new file that gets its name
only when it is whole. What was there before is never touched.
"""

import json
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterfoil.checking.datasets import casting, catalogue, countries, database, editions, postgresql, tables
from counterfoil.checking.datasets.catalogue import loose
from counterfoil.checking.datasets.database import named, quoted
from counterfoil.checking.datasets.expressions import columns_of
from counterfoil.checking.datasets.model import Column, Dataset, Edition, PlaceColumn, Source
from counterfoil.checking.datasets.tables import Incoming, Table
from counterfoil.checking.datasets.warehouse import country_column, step_end, step_start, wrapped
from counterfoil.errors import DatasetError, InputError
from counterfoil.reading.model import Precision

if TYPE_CHECKING:
    import duckdb

SHOWN = 50  # faults printed whole; the others are counted by column and sort
PART = ".part-"  # beginning of the folders in which imports are made; the process's number follows


@dataclass(frozen=True, slots=True)
class Options:
    """What the user knows better than the files.

    edition   its name; None: by the description's pattern in the files' names, else the day of the newest file.
    released  when the publisher brought it out; `since` and `until` the first and last day that it covers.
    sha256    digests that the files must have, in their order; empty: any.
    deleted   file of ids (one on each line, or a CSV with the key's column) whose rows the publisher withdrew.
    table     sheet, table or view, in place of the description's.
    today     the day of the import.
    """

    edition: str | None = None
    released: date | None = None
    since: date | None = None
    until: date | None = None
    sha256: tuple[str, ...] = ()
    deleted: Path | None = None
    table: str = ""
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What an import did. `new` is False where the very same files were there already: nothing was changed."""

    edition: Edition
    new: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell, row or file that does not fit its declaration.

    row     as a spreadsheet shows it; 0 for the file as a whole. `column` "" for the whole row.
    sort    what is wrong, without the value: faults of one sort are counted together.
    """

    file: str
    row: int
    column: str
    value: str
    sort: str
    mend: str

    def __str__(self) -> str:
        at = [
            self.file,
            *([f"row {self.row}"] if self.row else []),
            *([f"column {self.column!r}"] if self.column else []),
        ]
        value = f"{_short(self.value)} is " if self.value else ""
        return f"{', '.join(at)}: {value}{self.sort}: {self.mend}"


@dataclass(slots=True)
class _Faults:
    """Faults as they are found: the first of each sort whole, all of them counted."""

    shown: list[Fault] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, fault: Fault, count: int = 1) -> None:
        """Take a fault; with count 0 one that was counted already."""
        self.shown.append(fault)
        self.counts[fault.column, fault.sort] += count

    def raise_if_any(self, dataset: Dataset, files: Sequence[str]) -> None:
        """Raise DatasetError with the first faults in the order of the files, and the count of the others."""
        total = sum(self.counts.values())
        if not total:
            return
        order = {name: nth for nth, name in enumerate(files)}
        ordered = sorted(
            self.shown,
            key=lambda one: (order.get(one.file.partition(", sheet ")[0], -1), one.file, one.row, one.column),
        )[:SHOWN]
        lines = [
            f"{total:,} fault{'s' if total > 1 else ''} against the description {dataset.id!r}:",
            *map(str, ordered),
        ]
        if total > len(ordered):
            rest = self.counts - Counter((one.column, one.sort) for one in ordered)
            told = [
                f"{count:,} {f'in column {column!r}' if column else 'rows'} ({sort})"
                for (column, sort), count in rest.most_common(20)
            ]
            more = f"; and {len(rest) - 20} other sorts" if len(rest) > 20 else ""
            lines.append(f"and {total - len(ordered):,} more: {'; '.join(told)}{more}")
        raise DatasetError(
            "\n".join(lines),
            ", ".join(dict.fromkeys(files)),
            "mend the cells named above, or the description (docs/datasets.md), and import again; nothing was changed",
        )


def add(
    files: Sequence[Path | str],
    dataset: Dataset,
    *,
    home: Path | str | None = None,
    options: Options | None = None,
) -> Added:
    """Import files as one edition of a dataset, and return it; the same files again change nothing.

    files   CSV, workbook, Parquet, DuckDB, SQLite, SDMX, or the address of a PostgreSQL server.
    home    folder of the editions; None: see `editions.home`.
    Raises  InputError for files that cannot be read and names that are taken; DatasetError with all faults.
    """
    options = options or Options()
    if not files:
        raise InputError("no file", "arguments", "counterfoil data add FILE --like ID")
    dataset = catalogue.parse(dataset.text, dataset.id)  # judged here: whatever made it, only sound SQL goes further
    folder = editions.home(home)
    if options.edition is not None:
        editions.path_of(folder, dataset.id, options.edition)
    with _workplace(folder, dataset) as place:
        incoming = _incoming(files, dataset, options, place)
        listed = tuple((one.name, one.digest, one.size) for one in incoming)
        deleted = _deleted(options.deleted, dataset)
        listed += ((f"deleted: {deleted.name}", deleted.digest, deleted.size),) if deleted else ()
        held = editions.editions(folder, dataset=dataset.id)
        name = _name(incoming, dataset, options) if options.edition is None else options.edition
        for one in held:
            same = sorted(digest for _, digest, _ in one.files) == sorted(digest for _, digest, _ in listed)
            if same and one.dataset.digest == dataset.digest and options.edition in (None, one.name):
                return Added(one, new=False)
        target = editions.path_of(folder, dataset.id, name)
        if target.exists():
            raise InputError(
                f"{dataset.id}@{name} is there already, made from other files or by another description",
                str(target),
                "nothing is overwritten: give this one a name of its own with --edition NAME",
            )
        staged = _Import(dataset, options, place, incoming, deleted)
        made = staged.run(name, listed, str(target))
        _finish(made, target)
    return Added(editions.edition_at(target), new=True)


# -- before the rows ---------------------------------------------------------------------------------------------------


@contextmanager
def _workplace(folder: Path, dataset: Dataset) -> Iterator[Path]:
    """Yield an empty folder beside the editions, removed at the end; removes those that killed imports left."""
    beside = folder / dataset.id
    try:
        beside.mkdir(parents=True, exist_ok=True)
        for left in beside.glob(f"{PART}*"):
            if not _alive(left.name):
                shutil.rmtree(left, ignore_errors=True)
        place = Path(tempfile.mkdtemp(prefix=f"{PART}{os.getpid()}-", dir=beside))
    except OSError as error:
        raise InputError(
            f"the folder of editions cannot be written: {error.strerror}",
            str(beside),
            "name another with --home DIR or COUNTERFOIL_DATA",
        ) from None
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        with suppress(OSError):
            beside.rmdir()  # only where the first import of a dataset failed


def _alive(name: str) -> bool:
    """Say whether the process that made such a folder still runs."""
    number = re.match(re.escape(PART) + r"(\d+)-", name)
    if not number:
        return False
    try:
        os.kill(int(number[1]), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OSError):
        return True
    return True


def _incoming(files: Sequence[Path | str], dataset: Dataset, options: Options, place: Path) -> list[Incoming]:
    """Look at all files; raises for all of those that are no tables at once."""
    found: list[Incoming] = []
    broken: list[DatasetError] = []
    for file in files:
        try:
            if postgresql.is_address(str(file)):
                found.append(_fetched(str(file), options.table or dataset.source.table, place, len(found)))
            else:
                found.append(_inspected(Path(file), dataset, place))
        except DatasetError as error:
            broken.append(error)
    if options.sha256 and len(options.sha256) != len(files):
        raise InputError(
            f"{len(options.sha256)} digests for {len(files)} files",
            "--sha256",
            "give one for each file, in their order",
        )
    if not broken:
        for one, expected in zip(found, options.sha256, strict=False):
            if one.digest != expected.lower():
                broken.append(
                    DatasetError(
                        f"changed: its sha256 is {one.digest}, not {expected}",
                        one.name,
                        "download it again, or leave out --sha256",
                    )
                )
    if len(broken) == 1:
        raise broken[0]
    if broken:
        raise DatasetError(
            "\n".join(
                [f"{len(broken)} files are no tables:", *(f"{one.where}: {one.what}: {one.mend}" for one in broken)]
            ),
            ", ".join(one.where for one in broken),
            "mend the files named above, and import again; nothing was changed",
        )
    return found


def _inspected(path: Path, dataset: Dataset, place: Path) -> Incoming:
    """Look at a file; of an archive at the one table in it, under the archive's digest."""
    folder = Path(tempfile.mkdtemp(dir=place))
    inner = tables.unpacked(path, folder, dataset.source.size_limit)
    found = tables.inspect(inner, dataset.source)
    if inner == path:
        return found
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return replace(found, digest=digest, size=path.stat().st_size)


def _fetched(address: str, table: str, place: Path, nth: int) -> Incoming:
    """Write a server's table to a file of ours, whose digest stands for it."""
    path = place / f"fetched-{nth}.csv"
    writer = tables.Canonical(path)
    try:
        for number, cells in enumerate(postgresql.rows(address, table), 1):
            writer.row(number, cells)
    finally:
        writer.close()
    with path.open("rb") as file:
        digest = file_digest(file, "sha256")
    name = f"{postgresql.shown(address)}, table {table}"
    return Incoming(path, name, digest.hexdigest(), path.stat().st_size, "canonical")


def _deleted(path: Path | None, dataset: Dataset) -> Incoming | None:
    if path is None:
        return None
    if len(dataset.source.key) != 1:
        raise InputError(
            "a list of deleted ids needs a key of one column", str(path), "name it as `key` under [source]"
        )
    return tables.inspect(path, Source())


def _name(incoming: Sequence[Incoming], dataset: Dataset, options: Options) -> str:
    """Return the edition's name: as the description finds it in a file's name, else the day of the newest file."""
    if dataset.source.edition:
        for one in incoming:
            if match := re.search(dataset.source.edition, one.name):
                groups = [group for group in match.groups() if group] or [match[0]]
                if catalogue.is_edition_name(name := ".".join(groups)):
                    return name
    if any(one.format == "canonical" for one in incoming):
        return (options.today or datetime.now(UTC).date()).isoformat()
    newest = max(one.path.stat().st_mtime for one in incoming)
    return datetime.fromtimestamp(newest, UTC).date().isoformat()


def _finish(made: Path, target: Path) -> None:
    """Give a whole file its name, on the disk before anybody sees it; nothing that has the name is overwritten."""
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        os.link(made, target)
    except FileExistsError:
        raise InputError(
            "another import has just made an edition of this name", str(target), "choose another with --edition NAME"
        ) from None
    except OSError:  # a file system without hard links
        os.rename(made, target)
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(target.parent, os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# -- the rows ----------------------------------------------------------------------------------------------------------


class _Import:
    """One import on its way: the connection, what is known of the files, the faults so far."""

    def __init__(
        self, dataset: Dataset, options: Options, place: Path, incoming: Sequence[Incoming], deleted: Incoming | None
    ) -> None:
        self.dataset, self.options, self.place = dataset, options, place
        self.incoming, self.deleted = incoming, deleted
        self.source = dataset.source
        self.faults = _Faults()
        self.notes: list[str] = []
        self.set_aside: Counter[str] = Counter()
        self.missing: set[str] = set()
        self.names = [one.name for one in incoming]
        self.made = place / f"edition{editions.SUFFIX}"
        self.staged = False
        # Where a fault stands: its file, and the sheet where several are stacked.
        self.at = 'concat_ws(\', sheet \', "_file", "_table")' if self.source.tables else '"_file"'
        self.connection: duckdb.DuckDBPyConnection

    def run(self, name: str, listed: tuple[tuple[str, str, int], ...], path: str) -> Path:
        """Make the edition's file and return its path; raises DatasetError with all faults."""
        staged = [table for nth, one in enumerate(self.incoming) for table in self._tables(nth, one)]
        self._stop_if_faulty()
        sources = [*(table.path for _, table in staged), *([self.deleted.path] if self.deleted else [])]
        self.connection = database.staging(self.made, sources, self.place)
        try:
            for nth, table in staged:
                self._stage(nth, table)
            self._stop_if_faulty()
            self._leave_aside()
            self._cast()
            self._judge_cells()
            self._judge_days()
            self._judge_keys()
            self._judge_checks()
            self._countries()
            self._stop_if_faulty()
            edition = self._write(name, listed, path)
            self.connection.execute("CHECKPOINT edition")
            self.connection.execute("DETACH edition")
        except database.errors() as error:
            raise DatasetError(
                f"the import failed: {str(error).splitlines()[0]}",
                ", ".join(self.names),
                "check the space on the disk, then import again; nothing was changed",
            ) from error
        finally:
            self.connection.close()
        assert edition.rows
        return self.made

    def _stop_if_faulty(self) -> None:
        self.faults.raise_if_any(self.dataset, self.names)

    def _ask(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()

    # files to tables of text

    def _tables(self, nth: int, incoming: Incoming) -> list[tuple[int, Table]]:
        """Return the tables of a file as DuckDB can read them; what cannot be split into cells is a fault."""
        source = self.source
        if self.options.table:
            source = _with_table(source, self.options.table)
        if incoming.format in ("parquet", "duckdb"):
            return [(nth, Table(incoming.path, incoming.format, ()))]
        if incoming.format == "canonical":
            return [(nth, _canonical_header(incoming))]
        if incoming.format == "csv":
            plain = self._plain(incoming) if incoming.plain else None
            return [(nth, plain or self._rewritten(nth, incoming))]
        if incoming.format == "sdmx":
            from counterfoil.checking.datasets import sdmx_files

            rows = sdmx_files.rows(incoming.path, incoming.name)
            found: list[tuple[str, Iterator[tuple[int, Sequence[str]]]]] = [("", enumerate(rows, 1))]
        else:
            found = tables.sheets(incoming, source)
        return [
            (nth, self._written(nth, order, incoming.name, rows, name if source.tables else "", ragged=False))
            for order, (name, rows) in enumerate(found)
        ]

    def _plain(self, incoming: Incoming) -> Table | None:
        """Return a CSV as it stands, None where its header or its rows need a closer look."""
        lines = max(tables.SEARCHED, self.source.header_row)
        try:
            with incoming.path.open(encoding="utf-8-sig", newline="") as file:
                head = "".join(file.readline(1 << 20) for _ in range(lines))
        except UnicodeDecodeError:
            return None
        delimiter = self.source.delimiter or tables.delimiter_of(head)
        rows = [one for one in tables.records(head, delimiter) if not isinstance(one, tables.Ragged)]
        at = tables.header_row(rows[:lines], self._wanted(), self.source.header_row)
        if not rows or any("\n" in cell or "\r" in cell for _, cells in rows[: at + 1] for cell in cells):
            return None
        number, cells = rows[at]
        return Table(incoming.path, "csv", tables.names_of(cells), delimiter, number, number + 1)

    def _rewritten(self, nth: int, incoming: Incoming) -> Table:
        """Read a CSV record by record, tell what is wrong with it, and write it out clean."""
        text, note = tables.decoded(incoming, self.source)
        self.notes += [note] if note else []
        if "\0" in text:
            row = text.count("\n", 0, text.index("\0")) + 1
            self.faults.add(Fault(incoming.name, row, "", "", "a zero byte", "the file is damaged: download it again"))
            text = text.replace("\0", "")
        delimiter = self.source.delimiter or tables.delimiter_of(text[: 1 << 20])
        return self._written(nth, 0, incoming.name, tables.records(text, delimiter), "", ragged=True)

    def _written(
        self,
        nth: int,
        order: int,
        name: str,
        records: "Iterator[tuple[int, Sequence[str]] | tables.Ragged]",
        sheet: str,
        *,
        ragged: bool,
    ) -> Table:
        """Write rows out as a clean CSV, below the header that is found in the first of them."""
        first: list[tuple[int, Sequence[str]]] = []
        broken: list[tables.Ragged] = []
        for one in records:
            if isinstance(one, tables.Ragged):
                broken.append(one)
            else:
                first.append(one)
            if len(first) + len(broken) >= max(tables.SEARCHED, self.source.header_row):
                break
        header: tuple[str, ...] = ()
        path = self.place / f"table-{nth}-{order}.csv"
        writer = tables.Canonical(path)
        try:
            if first:
                at = tables.header_row(first, self._wanted(), self.source.header_row)
                header = tables.names_of(_without_trailing(first[at][1]))
                for rest in (first[at + 1 :], records):
                    for one in rest:
                        if isinstance(one, tables.Ragged):
                            broken.append(one)
                        elif any(cell.strip() for cell in one[1]) and (
                            cells := self._fitted(name, one, len(header), ragged=ragged)
                        ):
                            writer.row(one[0], cells)
        finally:
            writer.close()
        for one in broken:
            self.faults.add(Fault(name, one.row, "", "", one.what, one.mend))
        return Table(path, "csv", header, sheet=sheet)

    def _fitted(self, name: str, row: tuple[int, Sequence[str]], width: int, *, ragged: bool) -> Sequence[str] | None:
        """Return a row as wide as its header; None, and a fault, where it has other cells."""
        number, cells = row
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            return cells[:width]
        if len(cells) < width and not ragged:
            return [*cells, *[""] * (width - len(cells))]
        if len(cells) == width:
            return cells
        sort = f"{len(cells)} cells, where the header has {width}"
        self.faults.add(
            Fault(
                name, number, "", "", sort, "mend the row; if it is the last, the download was cut off: fetch it again"
            )
        )
        return None

    def _wanted(self) -> list[Sequence[str]]:
        """Return the spellings of each column that a header must have."""
        unpivoted = self.source.unpivot[1:] if self.source.unpivot else ()
        return [
            (column.name, *column.names)
            for column in self.dataset.columns
            if column.needed and column.name not in unpivoted
        ]

    # tables of text to rows of text

    def _stage(self, nth: int, table: Table) -> None:
        """Add a table's rows to `raw`: declared columns under their own names, as text."""
        name = self.names[nth]
        try:
            relation, columns = self._relation(table, name)
        except database.errors() as error:
            raise _unreadable(error, name) from None
        found, wide = self._found(columns, f"{name}, sheet {table.sheet}" if table.sheet else name)
        if self.faults.counts:
            return
        number = '"_row"' if not table.first_row else f"{table.first_row} + (row_number() OVER ()) - 1"
        row = [
            f'{quoted(name)} AS "_file"',
            f'CAST({number} AS BIGINT) AS "_row"',
            f'{nth} AS "_nth"',
            f'{quoted(table.sheet) if table.sheet else "CAST(NULL AS VARCHAR)"} AS "_table"',
        ]
        cells = []
        unpivoted = self.source.unpivot[1:] if self.source.unpivot and wide else ()
        for column in self.dataset.columns:
            if column.name in unpivoted:
                continue
            cell = f"CAST({named(found[column.name])} AS VARCHAR)" if column.name in found else "CAST(NULL AS VARCHAR)"
            cells.append(f"nullif(trim({cell}), '') AS {named(column.name)}")
        if not wide:
            query = f"SELECT {', '.join([*row, *cells])} FROM {relation}"
        else:
            assert self.source.unpivot is not None
            _, key, value = self.source.unpivot
            kept = [f"nullif(trim(CAST({named(one)} AS VARCHAR)), '') AS {named('wide:' + one)}" for one in wide]
            names = ", ".join(f"{named('wide:' + one)} AS {quoted(one)}" for one in wide)
            query = (
                f"SELECT * FROM (SELECT {', '.join([*row, *cells, *kept])} FROM {relation}) "
                f"UNPIVOT ({named(value)} FOR {named(key)} IN ({names}))"
            )
        ordered = ", ".join(
            ['"_file"', '"_row"', '"_nth"', '"_table"', *(named(column.name) for column in self.dataset.columns)]
        )
        begin = "INSERT INTO raw BY NAME" if self.staged else "CREATE TABLE raw AS"
        try:
            self.connection.execute(f"{begin} SELECT {ordered} FROM ({query})")
        except database.errors() as error:
            if table.first_row:  # read record by record, it tells which rows are wrong
                self._stage(nth, self._rewritten(nth, self.incoming[nth]))
                return
            raise _unreadable(error, name) from None
        self.staged = True

    def _relation(self, table: Table, name: str) -> tuple[str, tuple[str, ...]]:
        """Return the SQL that gives a table's rows with `_row` or in order, and its columns."""
        if table.format == "duckdb":
            return self._attached(table, name)
        if table.format == "parquet":
            relation = f"read_parquet({quoted(os.path.abspath(table.path))})"
            described = self._ask(f"DESCRIBE SELECT * FROM {relation}")
            columns = tuple(str(row[0]) for row in described)
            return f'(SELECT *, row_number() OVER () + 1 AS "_row" FROM {relation})', columns
        renamed = ", ".join(
            f"c{nth} AS {named(column)}" for nth, column in _first_of_each(table.columns, offset=not table.first_row)
        )
        own = "" if table.first_row else 'c0 AS "_row", '
        return f"(SELECT {own}{renamed} FROM {_from(table)})", table.columns

    def _attached(self, table: Table, name: str) -> tuple[str, tuple[str, ...]]:
        """Attach a DuckDB file read-only, and return the table asked for."""
        self.connection.execute(f"ATTACH {quoted(os.path.abspath(table.path))} AS given (READ_ONLY)")
        listed = self._ask(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'given' "
            "UNION ALL SELECT view_name FROM duckdb_views() WHERE database_name = 'given' AND NOT internal"
        )
        chosen = tables.chosen_table(self.options.table or self.source.table, [row[0] for row in listed], name)
        relation = f"given.{named(chosen)}"
        columns = tuple(str(row[0]) for row in self._ask(f"DESCRIBE SELECT * FROM {relation}"))
        return f'(SELECT *, row_number() OVER () + 1 AS "_row" FROM {relation})', columns

    def _found(self, columns: Sequence[str], name: str) -> tuple[dict[str, str], list[str]]:
        """Return the file's name of each declared column, and the columns to unpivot; add what is needed and lacks."""
        there: dict[str, list[str]] = {}
        for one in columns:
            there.setdefault(loose(one), []).append(one)
        unpivot, wide = self.source.unpivot, []
        if unpivot and loose(unpivot[2]) not in there:
            wide = [one for one in dict.fromkeys(columns) if re.fullmatch(unpivot[0], one.strip())]
        found: dict[str, str] = {}
        for column in self.dataset.columns:
            spelled = [loose(one) for one in (column.name, *column.names)]
            match = next((one for one in spelled if one in there), None)
            if match is not None and len(there[match]) > 1:
                self.faults.add(
                    Fault(name, 0, column.name, "", f"in the header {len(there[match])} times", "rename all but one")
                )
            if match is not None:
                found[column.name] = there[match][0]
            elif wide and unpivot and column.name in unpivot[1:]:
                continue
            elif column.needed:
                near = get_close_matches(spelled[0], there, n=1)
                hint = f"if {there[near[0]][0]!r} is it, add that to its `names`" if near else "is it the right file?"
                header = ", ".join(repr(one) for one in columns[:12]) or "nothing"
                sort = "not in the header"
                self.faults.add(Fault(name, 0, column.name, "", sort, f"{hint} The header has {header}"))
            else:
                self.missing.add(column.name)
        others = [one for one in columns if one not in found.values() and one not in wide]
        if others:
            shown = ", ".join(others[:8]) + (", ..." if len(others) > 8 else "")
            several = f"{len(others)} columns are" if len(others) > 1 else "1 column is"
            note = f"{several} not described and left out: {shown}"
            self.notes += [note] if note not in self.notes else []
        return found, wide

    # rows of text to values

    def _leave_aside(self) -> None:
        """Remove rows of HXL tags, and those that the description sets aside; a file without rows is a fault."""
        cells = [named(column.name) for column in self.dataset.columns]
        if self.source.tag_rows:
            tags = " AND ".join(f"({cell} IS NULL OR starts_with({cell}, '#'))" for cell in cells)
            some = " OR ".join(f"starts_with({cell}, '#')" for cell in cells)
            firsts = f'(SELECT min(r."_row") FROM raw r WHERE r."_nth" = raw."_nth") + {self.source.tag_rows}'
            count = self._ask(f'DELETE FROM raw WHERE ({tags}) AND ({some}) AND "_row" < {firsts}')[0][0]
            if count:
                self.set_aside["tags under the header (HXL)"] += count
        for aside in self.source.aside:
            if columns_of(aside.where) & {name.lower() for name in self.missing}:
                continue
            count = self._ask(f"DELETE FROM raw WHERE {wrapped(aside.where)}")[0][0]
            if count:
                self.set_aside[aside.why] += count
        kept = dict(self._ask('SELECT "_nth", count(*) FROM raw GROUP BY ALL'))
        for nth, name in enumerate(self.names):
            if not kept.get(nth):
                what = "a header and no rows" if not self.set_aside else "no rows but those set aside"
                self.faults.add(Fault(name, 0, "", "", what, "download it again, or leave the file out"))
        self._stop_if_faulty()

    def _cast(self) -> None:
        """Make `typed`: values under the columns' names, beside them the text of those that are no text, and the days.

        What cannot be cast, and days that cannot be made, are NULL here and faults a step later.
        """
        chosen = ['"_file"', '"_row"', '"_nth"', '"_table"']
        for column in self.dataset.columns:
            text = casting.cleaned(column, named(column.name))
            chosen.append(f"{casting.cast(column, text)} AS {named(column.name)}")
            if column.type != "text":
                chosen.append(f"{text} AS {named('text:' + column.name)}")
        time = self.dataset.time
        step = time.precision
        start = f"TRY(CAST({wrapped(time.start)} AS DATE))"
        end = _step_end('"_start"', step)
        if time.end:
            end = f"coalesce(TRY(CAST({wrapped(time.end)} AS DATE)), {end})"
        elif step is not Precision.DAY:
            start = f"CAST(date_trunc({quoted(step.value)}, {start}) AS DATE)"
        self.connection.execute(
            f'CREATE TABLE typed AS SELECT *, {end} AS "_end" FROM (SELECT *, {start} AS "_start" FROM '
            f"(SELECT {', '.join(chosen)} FROM raw))"
        )
        self.connection.execute("DROP TABLE raw")

    def _judge_cells(self) -> None:
        """Find the cells that do not fit their column."""
        rules = [
            (column, *rule)
            for column in self.dataset.columns
            if column.name not in self.missing
            for rule in casting.conditions(column)
        ]
        if not rules:
            return
        counts = self._ask(
            f"SELECT {', '.join(f'count(*) FILTER (WHERE {condition})' for _, condition, _, _ in rules)} FROM typed"
        )[0]
        for (column, condition, sort, mend), count in zip(rules, counts, strict=True):
            if count:
                text = named(column.name) if column.type == "text" else named("text:" + column.name)
                self._told(condition, column.name, text, sort, mend, count)

    def _told(self, condition: str, column: str, shown: str, sort: str, mend: str, count: int) -> None:
        """Add the faults of one sort: the first ones whole, all of them counted."""
        first = self._ask(
            f'SELECT {self.at}, "_row", {shown} FROM typed WHERE {condition} ORDER BY "_nth", "_row" LIMIT {SHOWN}'
        )
        for file, row, value in first:
            self.faults.add(Fault(file, row, column, "" if value is None else str(value), sort, mend), 0)
        self.faults.counts[column, sort] += count

    def _judge_days(self) -> None:
        """Find the rows without a day, and those that end before they begin."""
        time = self.dataset.time
        mentioned = ", ".join(sorted(columns_of(time.start) | columns_of(time.end))) or time.start
        none, swapped = self._ask(
            'SELECT count(*) FILTER (WHERE "_start" IS NULL), count(*) FILTER (WHERE "_end" < "_start") FROM typed'
        )[0]
        if none and not self.faults.counts:  # a day that does not fit its column is told as that
            mend = "fill it, or set such rows aside in the description ([[source.aside]])"
            self._told('"_start" IS NULL', mentioned, "NULL", "no day can be made of it", mend, none)
        if swapped:
            both = 'concat("_start", \' to \', "_end")'
            sort, mend = "the end before the beginning", "swap the two days"
            self._told('"_end" < "_start"', mentioned, both, sort, mend, swapped)

    def _judge_keys(self) -> None:
        """Keep one row of each key, as the description says; where it does not, several are a fault."""
        if self.deleted is not None:
            self._withdraw()
        key = [one for one in self.source.key if one not in self.missing]
        if not key or len(key) < len(self.source.key):
            return
        columns = ", ".join(named(one) for one in key)
        doubles = self._ask(f"SELECT count(*) FROM (SELECT 1 FROM typed GROUP BY {columns} HAVING count(*) > 1)")[0][0]
        if not doubles:
            return
        if self.source.newest and self.source.newest not in self.missing:
            self._keep_newest(columns)
        values = "concat_ws(', ', " + ", ".join(f"CAST({named(one)} AS VARCHAR)" for one in key) + ")"
        marked = (
            f'SELECT {self.at}, "_row", {values}, first_value({self.at}) OVER w, first_value("_row") OVER w, '
            f'row_number() OVER w AS nth FROM typed WINDOW w AS (PARTITION BY {columns} ORDER BY "_nth", "_row")'
        )
        found = self._ask(f"SELECT * FROM ({marked}) WHERE nth > 1 ORDER BY 1, 2 LIMIT {SHOWN}")
        if not found:
            return
        count = self._ask(f"SELECT count(*) FROM ({marked}) WHERE nth > 1")[0][0]
        column, sort = " and ".join(key), "a second row of one key"
        for file, row, value, first_file, first_row, _ in found:
            mend = f"the first is {first_file}, row {first_row}: keep one of them"
            self.faults.add(Fault(file, row, column, value, sort, mend), 0)
        self.faults.counts[column, sort] += count

    def _keep_newest(self, columns: str) -> None:
        """Of rows of one key keep the newest; several that are equally new stay, a fault unless they are equal."""
        newest = self.source.newest
        order = '"_nth"' if newest == "_file" else named(newest or "")
        content = ", ".join(named(column.name) for column in self.dataset.columns)
        window = f"PARTITION BY {columns} ORDER BY {order} DESC NULLS LAST"
        older = f'SELECT "_nth", "_row" FROM typed QUALIFY rank() OVER ({window}) > 1'
        self._drop(older, "replaced by a newer row of the same key")
        if newest != "_file":
            repeated = (
                f'SELECT "_nth", "_row" FROM typed QUALIFY row_number() OVER '
                f'(PARTITION BY {content} ORDER BY "_nth" DESC, "_row" DESC) > 1'
            )
            self._drop(repeated, "the same row again")

    def _drop(self, chosen: str, why: str) -> None:
        count = self._ask(
            f'DELETE FROM typed USING ({chosen}) gone WHERE typed."_nth" = gone."_nth" AND typed."_row" = gone."_row"'
        )[0][0]
        if count:
            self.set_aside[why] += count

    def _withdraw(self) -> None:
        """Drop the rows whose ids the publisher withdrew."""
        assert self.deleted is not None
        [key] = self.source.key
        if key in self.missing:
            self.faults.add(
                Fault(
                    self.deleted.name,
                    0,
                    key,
                    "",
                    "not in the files",
                    "import files that have it, or leave out --deleted",
                )
            )
            return
        ids = sorted(_ids(self.deleted, next(one for one in self.dataset.columns if one.name == key)))
        self.connection.execute("CREATE TEMP TABLE withdrawn AS SELECT unnest($ids) AS id", {"ids": ids})
        count = self._ask(f"DELETE FROM typed WHERE CAST({named(key)} AS VARCHAR) IN (SELECT id FROM withdrawn)")[0][0]
        if count:
            self.set_aside["withdrawn by the publisher"] += count
        self.notes.append(f"{len(ids):,} withdrawn ids, of which {count:,} were in the files")

    def _judge_checks(self) -> None:
        missing = {name.lower() for name in self.missing}
        for check in self.dataset.checks:
            if columns_of(check.where) & missing:
                continue
            condition = f"NOT {wrapped(check.where)}"
            count = self._ask(f"SELECT count(*) FROM typed WHERE {condition}")[0][0]
            if count:
                shown = check.columns or tuple(sorted(columns_of(check.where)))
                values = (
                    "concat_ws(', ', "
                    + ", ".join(f"concat({quoted(one)}, ' ', CAST({named(one)} AS VARCHAR))" for one in shown)
                    + ")"
                )
                self._told(
                    condition, ", ".join(shown), values, f"against the rule: {check.words}", "mend the row", count
                )

    # countries, and the file

    def _country_places(self) -> list[tuple[str, PlaceColumn]]:
        """Return the country columns of the dataset and of its indicators, each with its owner."""
        every = [("", place) for place in self.dataset.places]
        every += [(one.id, place) for one in self.dataset.indicators for place in one.places]
        missing = {name.lower() for name in self.missing}
        return [
            (owner, place)
            for owner, place in every
            if place.level == "country" and not (columns_of(place.column) and columns_of(place.column) <= missing)
        ]

    def _countries(self) -> None:
        """Make a table of codes for each country column; a name that means no country we know is a fault."""
        for owner, place in self._country_places():
            written = f"CAST({wrapped(place.column)} AS VARCHAR)"
            aliases = dict(place.aliases)
            known: list[str] = []
            codes: list[str] = []
            for value, count, file, row in self._ask(
                f'SELECT {written} AS v, count(*), arg_min({self.at}, "_nth"), min("_row") FROM typed '
                "WHERE v IS NOT NULL GROUP BY v ORDER BY v"
            ):
                code = _code(value, place, aliases)
                if code is None:
                    self._unknown_country(value, place, file, row, count)
                elif code:
                    known.append(value)
                    codes.append(code)
            self.connection.execute(
                f"CREATE TABLE {named('codes:' + country_column(place.role, owner))} AS "
                "SELECT unnest($known) AS written, unnest($codes) AS code",
                {"known": known or [""], "codes": codes or [""]},
            )

    def _unknown_country(self, value: str, place: PlaceColumn, file: str, row: int, count: int) -> None:
        if place.scheme == "iso3":
            sort, mend = "no ISO code of a country", 'write three capitals, or scheme = "name" under [[places]]'
        else:
            sort = "no country that is known"
            mend = f'add aliases = {{ "{value}" = "ISO" }} under [[places]], or "" where it is none'
        self.faults.add(Fault(file, row, place.column, value, sort, mend), 0)
        self.faults.counts[place.column, sort] += count

    def _write(self, name: str, listed: tuple[tuple[str, str, int], ...], path: str) -> Edition:
        """Write the rows, the places and what is told of them to the edition's file."""
        owned = self._country_places()
        joins, added = "", []
        for nth, (owner, place) in enumerate(owned):
            column = country_column(place.role, owner)
            joins += (
                f" LEFT JOIN {named('codes:' + column)} c{nth} "
                f"ON CAST({wrapped(place.column)} AS VARCHAR) = c{nth}.written"
            )
            added.append(f"c{nth}.code AS {named(column)}")
        kept = [named(column.name) for column in self.dataset.columns]
        own = ['"_file"', '"_row"', *(['"_table"'] if self.source.tables else []), '"_start"', '"_end"', '"_state"']
        country = next(
            (f"c{nth}.code" for nth, (owner, one) in enumerate(owned) if not owner and one.role == "at"), "''"
        )
        state = '"_end"'
        if self.dataset.time.snapshot:
            state = f'max("_end") OVER (PARTITION BY {country}, {wrapped(self.dataset.time.snapshot)})'
        chosen = ", ".join([*kept, *own[:-1], f'{state} AS "_state"', *added])
        self.connection.execute(f"CREATE TABLE edition.rows AS SELECT {chosen} FROM typed{joins}")
        self._write_places()
        rows, first, last, since, until = self._ask(
            'SELECT count(*), min("_start"), max("_end"), min("_end"), max("_start") FROM edition.rows'
        )[0]
        step, time = self.dataset.time.precision, self.dataset.time
        release = next((one for one in self.dataset.releases if one.name == name), None)
        codes = self._ask("SELECT DISTINCT value FROM edition.places WHERE level = 'country' ORDER BY 1")
        edition = Edition(
            dataset=self.dataset,
            name=name,
            path=path,
            files=listed,
            rows=rows,
            set_aside=tuple(sorted(self.set_aside.items())),
            first=first,
            last=last,
            covered_since=self.options.since or time.since or step_start(since, step),
            covered_until=self.options.until
            or (release.until if release else None)
            or time.until
            or step_end(until, step),
            imported=(self.options.today or datetime.now(UTC).date()).isoformat(),
            released=self.options.released or (release.day if release else None),
            notes=tuple(self.notes),
            missing=tuple(column.name for column in self.dataset.columns if column.name in self.missing),
            countries=tuple(code for (code,) in codes),
        )
        told = editions.told_of(edition) | {"rows_digest": rows_digest(self.connection, "edition.rows")}
        self.connection.execute("CREATE TABLE edition.edition AS SELECT $told AS told", {"told": json.dumps(told)})
        return edition

    def _write_places(self) -> None:
        """Write which places the rows name, how often, and since when."""
        self.connection.execute(
            "CREATE TABLE edition.places (owner VARCHAR, level VARCHAR, role VARCHAR, value VARCHAR, country VARCHAR, "
            "count BIGINT, since DATE)"
        )
        missing = {name.lower() for name in self.missing}
        every = [("", place) for place in self.dataset.places]
        every += [(one.id, place) for one in self.dataset.indicators for place in one.places]
        has = {country_column(place.role, owner) for owner, place in self._country_places()}
        for owner, place in every:
            if columns_of(place.column) and columns_of(place.column) <= missing:
                continue
            column = country_column(place.role, owner)
            country = column if column in has else country_column(place.role)
            country = named(country) if country in has else "''"
            value = country if place.level == "country" else wrapped(place.column)
            self.connection.execute(
                f"INSERT INTO edition.places SELECT {quoted(owner)}, {quoted(place.level)}, {quoted(place.role)}, "
                f"{value} AS v, coalesce({country}, ''), count(*), min(\"_end\") FROM edition.rows "
                "WHERE v IS NOT NULL GROUP BY ALL"
            )


def rows_digest(connection: "duckdb.DuckDBPyConnection", table: str) -> str:
    """Return a digest of a table's rows, whatever their order: the md5 of each, all of them joined by exclusive or.

    It tells damage, and is no proof against forgery: the digests of the files are.
    """
    columns = [str(row[0]) for row in connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()]
    cells = ", ".join(f"coalesce(CAST({named(column)} AS VARCHAR), chr(30))" for column in columns)
    found = connection.execute(
        f"SELECT count(*), bit_xor(md5_number(concat_ws(chr(31), {cells}))) FROM {table}"
    ).fetchone()
    assert found is not None
    return f"{found[0]}-{int(found[1] or 0):032x}"


def _unreadable(error: Exception, name: str) -> DatasetError:
    return DatasetError(
        f"it cannot be read: {str(error).splitlines()[0]}", name, "the download was cut off, perhaps: fetch it again"
    )


def _code(value: str, place: PlaceColumn, aliases: dict[str, str]) -> str | None:
    """Return a country's code, "" for what is declared to be no country, None for what is not known."""
    if value in aliases:
        return aliases[value]
    if place.scheme == "iso3":
        return value.upper() if re.fullmatch("[A-Za-z]{3}", value) else None
    return countries.code(value)


def _ids(incoming: Incoming, column: Column) -> set[str]:
    """Return the ids of a list: one on each line, or the key's column of a CSV."""
    text, _ = tables.decoded(incoming, Source())
    found = [
        one for one in tables.records(text, tables.delimiter_of(text[:4096])) if not isinstance(one, tables.Ragged)
    ]
    spellings = {loose(name) for name in (column.name, *column.names)}
    header = [loose(name) for name in tables.names_of(found[0][1])] if found else []
    at = next((nth for nth, name in enumerate(header) if name in spellings), None)
    if at is None and any(len(cells) > 1 for _, cells in found):
        raise DatasetError(
            f"no column {column.name!r} in the list of deleted ids", incoming.name, "give one id on each line"
        )
    listed = found[1:] if at is not None else found
    return {cells[at or 0].strip() for _, cells in listed if len(cells) > (at or 0)} - {""}


def _with_table(source: Source, table: str) -> Source:
    return replace(source, table=table, tables="")


def _canonical_header(incoming: Incoming) -> Table:
    """Return a file of ours as a table: its first row is the header."""
    import csv

    with incoming.path.open(encoding="utf-8", newline="") as file:
        cells = next(csv.reader(file), ["1"])[1:]
    return Table(incoming.path, "csv", tables.names_of(cells), skip=1)


def _without_trailing(cells: Sequence[str]) -> Sequence[str]:
    """Return a header without the empty cells at its end, which spreadsheets add."""
    last = max((nth for nth, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return cells[:last]


def _first_of_each(columns: Sequence[str], *, offset: bool) -> list[tuple[int, str]]:
    """Return the columns of a CSV with their places; SQL does not tell names apart by case."""
    seen: Counter[str] = Counter()
    found = []
    for nth, column in enumerate(columns):
        seen[column.lower()] += 1
        name = column if seen[column.lower()] == 1 else f"{column}\0{seen[column.lower()]}"
        found.append((nth + offset, name))
    return [(nth, name) for nth, name in found if "\0" not in name]


def _from(table: Table) -> str:
    """Return the SQL that reads a CSV's cells as c0, c1, ...; nothing about it is guessed."""
    width = len(table.columns) + (0 if table.first_row else 1)
    columns = ", ".join(f"'c{nth}': 'VARCHAR'" for nth in range(width))
    return (
        f"read_csv({quoted(os.path.abspath(table.path))}, auto_detect = false, header = false, skip = {table.skip}, "
        f"columns = {{{columns}}}, delim = {quoted(table.delimiter)}, quote = '\"', escape = '\"', comment = '', "
        "strict_mode = true, null_padding = false, max_line_size = 50000000)"
    )


def _step_end(day: str, step: Precision) -> str:
    """Return the SQL of the last day of the step that a day lies in."""
    if step is Precision.DAY:
        return day
    begin = f"date_trunc({quoted(step.value)}, {day})"
    length = {
        Precision.WEEK: "7 DAY",
        Precision.MONTH: "1 MONTH",
        Precision.QUARTER: "3 MONTH",
        Precision.YEAR: "1 YEAR",
    }
    return f"CAST({begin} + INTERVAL {length[step]} - INTERVAL 1 DAY AS DATE)"


def _short(value: str) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:76] + "...'"
