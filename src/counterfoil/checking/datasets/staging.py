"""From files to rows of text: the tables of each file, and their declared columns under their own names."""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from counterfoil.checking.datasets import database, tables
from counterfoil.checking.datasets.catalogue import loose
from counterfoil.checking.datasets.database import named, quoted
from counterfoil.checking.datasets.faults import Fault
from counterfoil.checking.datasets.model import Source
from counterfoil.checking.datasets.tables import Incoming, Table
from counterfoil.checking.datasets.underway import Import
from counterfoil.errors import DatasetError

# -- files to tables of text -------------------------------------------------------------------------------------------


def tables_of(work: Import, nth: int, incoming: Incoming) -> list[tuple[int, Table]]:
    """Return the tables of a file as DuckDB can read them; what cannot be split into cells is a fault."""
    source = work.source
    if work.options.table:
        source = _with_table(source, work.options.table)
    if incoming.format in ("parquet", "duckdb"):
        return [(nth, Table(incoming.path, incoming.format, ()))]
    if incoming.format == "canonical":
        return [(nth, _canonical_header(incoming))]
    if incoming.format == "csv":
        plain = _plain(work, incoming) if incoming.plain else None
        return [(nth, plain or _rewritten(work, nth, incoming))]
    if incoming.format == "sdmx":
        from counterfoil.checking.datasets import sdmx_files

        rows = sdmx_files.rows(incoming.path, incoming.name)
        found: list[tuple[str, Iterator[tuple[int, Sequence[str]]]]] = [("", enumerate(rows, 1))]
    else:
        found = tables.sheets(incoming, source)
    return [
        (nth, _written(work, nth, order, incoming.name, rows, name if source.tables else "", ragged=False))
        for order, (name, rows) in enumerate(found)
    ]


def _plain(work: Import, incoming: Incoming) -> Table | None:
    """Return a CSV as it stands, None where its header or its rows need a closer look."""
    lines = max(tables.SEARCHED, work.source.header_row)
    try:
        with incoming.path.open(encoding="utf-8-sig", newline="") as file:
            head = "".join(file.readline(1 << 20) for _ in range(lines))
    except UnicodeDecodeError:
        return None
    delimiter = work.source.delimiter or tables.delimiter_of(head)
    rows = [one for one in tables.records(head, delimiter) if not isinstance(one, tables.Ragged)]
    at = tables.header_row(rows[:lines], _wanted(work), work.source.header_row)
    if not rows or any("\n" in cell or "\r" in cell for _, cells in rows[: at + 1] for cell in cells):
        return None
    number, cells = rows[at]
    return Table(incoming.path, "csv", tables.names_of(cells), delimiter, number, number + 1)


def _rewritten(work: Import, nth: int, incoming: Incoming) -> Table:
    """Read a CSV record by record, tell what is wrong with it, and write it out clean."""
    text, note = tables.decoded(incoming, work.source)
    work.notes += [note] if note else []
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        work.faults.add(Fault(incoming.name, row, "", "", "a zero byte", "the file is damaged: download it again"))
        text = text.replace("\0", "")
    delimiter = work.source.delimiter or tables.delimiter_of(text[: 1 << 20])
    return _written(work, nth, 0, incoming.name, tables.records(text, delimiter), "", ragged=True)


def _written(
    work: Import,
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
        if len(first) + len(broken) >= max(tables.SEARCHED, work.source.header_row):
            break
    header: tuple[str, ...] = ()
    path = work.place / f"table-{nth}-{order}.csv"
    writer = tables.Canonical(path)
    try:
        if first:
            at = tables.header_row(first, _wanted(work), work.source.header_row)
            header = tables.names_of(_without_trailing(first[at][1]))
            for rest in (first[at + 1 :], records):
                for one in rest:
                    if isinstance(one, tables.Ragged):
                        broken.append(one)
                    elif any(cell.strip() for cell in one[1]) and (
                        cells := _fitted(work, name, one, len(header), ragged=ragged)
                    ):
                        writer.row(one[0], cells)
    finally:
        writer.close()
    for one in broken:
        work.faults.add(Fault(name, one.row, "", "", one.what, one.mend))
    return Table(path, "csv", header, sheet=sheet)


def _fitted(
    work: Import, name: str, row: tuple[int, Sequence[str]], width: int, *, ragged: bool
) -> Sequence[str] | None:
    """Return a row as wide as its header; None, and a fault, where it has other cells."""
    number, cells = row
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return cells[:width]
    if len(cells) < width and not ragged:
        return [*cells, *[""] * (width - len(cells))]
    if len(cells) == width:
        return cells
    sort = f"{len(cells)} cells, where the header has {width}"
    work.faults.add(
        Fault(name, number, "", "", sort, "mend the row; if it is the last, the download was cut off: fetch it again")
    )
    return None


def _wanted(work: Import) -> list[Sequence[str]]:
    """Return the spellings of each column that a header must have."""
    unpivoted = work.source.unpivot[1:] if work.source.unpivot else ()
    return [
        (column.name, *column.names)
        for column in work.dataset.columns
        if column.needed and column.name not in unpivoted
    ]


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


# -- tables of text to rows of text ------------------------------------------------------------------------------------


def stage(work: Import, nth: int, table: Table) -> None:
    """Add a table's rows to `raw`: declared columns under their own names, as text."""
    name = work.names[nth]
    try:
        relation, columns = _relation(work, table, name)
    except database.errors() as error:
        raise _unreadable(error, name) from None
    found, wide = _found(work, columns, f"{name}, sheet {table.sheet}" if table.sheet else name)
    if work.faults.counts:
        return
    number = '"_row"' if not table.first_row else f"{table.first_row} + (row_number() OVER ()) - 1"
    row = [
        f'{quoted(name)} AS "_file"',
        f'CAST({number} AS BIGINT) AS "_row"',
        f'{nth} AS "_nth"',
        f'{quoted(table.sheet) if table.sheet else "CAST(NULL AS VARCHAR)"} AS "_table"',
    ]
    cells = []
    unpivoted = work.source.unpivot[1:] if work.source.unpivot and wide else ()
    for column in work.dataset.columns:
        if column.name in unpivoted:
            continue
        cell = f"CAST({named(found[column.name])} AS VARCHAR)" if column.name in found else "CAST(NULL AS VARCHAR)"
        cells.append(f"nullif(trim({cell}), '') AS {named(column.name)}")
    if not wide:
        query = f"SELECT {', '.join([*row, *cells])} FROM {relation}"
    else:
        assert work.source.unpivot is not None
        _, key, value = work.source.unpivot
        kept = [f"nullif(trim(CAST({named(one)} AS VARCHAR)), '') AS {named('wide:' + one)}" for one in wide]
        names = ", ".join(f"{named('wide:' + one)} AS {quoted(one)}" for one in wide)
        query = (
            f"SELECT * FROM (SELECT {', '.join([*row, *cells, *kept])} FROM {relation}) "
            f"UNPIVOT ({named(value)} FOR {named(key)} IN ({names}))"
        )
    ordered = ", ".join(
        ['"_file"', '"_row"', '"_nth"', '"_table"', *(named(column.name) for column in work.dataset.columns)]
    )
    begin = "INSERT INTO raw BY NAME" if work.staged else "CREATE TABLE raw AS"
    try:
        work.connection.execute(f"{begin} SELECT {ordered} FROM ({query})")
    except database.errors() as error:
        if table.first_row:  # read record by record, it tells which rows are wrong
            stage(work, nth, _rewritten(work, nth, work.incoming[nth]))
            return
        raise _unreadable(error, name) from None
    work.staged = True


def _relation(work: Import, table: Table, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the SQL that gives a table's rows with `_row` or in order, and its columns."""
    if table.format == "duckdb":
        return _attached(work, table, name)
    if table.format == "parquet":
        relation = f"read_parquet({quoted(os.path.abspath(table.path))})"
        described = work.ask(f"DESCRIBE SELECT * FROM {relation}")
        columns = tuple(str(row[0]) for row in described)
        return f'(SELECT *, row_number() OVER () + 1 AS "_row" FROM {relation})', columns
    renamed = ", ".join(
        f"c{nth} AS {named(column)}" for nth, column in _first_of_each(table.columns, offset=not table.first_row)
    )
    own = "" if table.first_row else 'c0 AS "_row", '
    return f"(SELECT {own}{renamed} FROM {_from(table)})", table.columns


def _attached(work: Import, table: Table, name: str) -> tuple[str, tuple[str, ...]]:
    """Attach a DuckDB file read-only, and return the table asked for."""
    work.connection.execute(f"ATTACH {quoted(os.path.abspath(table.path))} AS given (READ_ONLY)")
    listed = work.ask(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'given' "
        "UNION ALL SELECT view_name FROM duckdb_views() WHERE database_name = 'given' AND NOT internal"
    )
    chosen = tables.chosen_table(work.options.table or work.source.table, [row[0] for row in listed], name)
    relation = f"given.{named(chosen)}"
    columns = tuple(str(row[0]) for row in work.ask(f"DESCRIBE SELECT * FROM {relation}"))
    return f'(SELECT *, row_number() OVER () + 1 AS "_row" FROM {relation})', columns


def _found(work: Import, columns: Sequence[str], name: str) -> tuple[dict[str, str], list[str]]:
    """Return the file's name of each declared column, and the columns to unpivot; add what is needed and lacks."""
    there: dict[str, list[str]] = {}
    for one in columns:
        there.setdefault(loose(one), []).append(one)
    unpivot, wide = work.source.unpivot, []
    if unpivot and loose(unpivot[2]) not in there:
        wide = [one for one in dict.fromkeys(columns) if re.fullmatch(unpivot[0], one.strip())]
    found: dict[str, str] = {}
    for column in work.dataset.columns:
        spelled = [loose(one) for one in (column.name, *column.names)]
        match = next((one for one in spelled if one in there), None)
        if match is not None and len(there[match]) > 1:
            work.faults.add(
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
            work.faults.add(Fault(name, 0, column.name, "", sort, f"{hint} The header has {header}"))
        else:
            work.missing.add(column.name)
    others = [one for one in columns if one not in found.values() and one not in wide]
    if others:
        shown = ", ".join(others[:8]) + (", ..." if len(others) > 8 else "")
        several = f"{len(others)} columns are" if len(others) > 1 else "1 column is"
        note = f"{several} not described and left out: {shown}"
        work.notes += [note] if note not in work.notes else []
    return found, wide


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


def _unreadable(error: Exception, name: str) -> DatasetError:
    return DatasetError(
        f"it cannot be read: {str(error).splitlines()[0]}", name, "the download was cut off, perhaps: fetch it again"
    )
