"""Files of any kind to tables of text: what each is, its header, and its rows by the number a spreadsheet shows.

Whatever is not a clean UTF-8 CSV is written out as one first, with the row's number in front; DuckDB reads that, and
the one fast way of reading serves all kinds.
"""

import csv
import gzip
import io
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from counterfoil.checking.datasets import spreadsheets
from counterfoil.checking.datasets.catalogue import loose
from counterfoil.checking.datasets.model import Source
from counterfoil.errors import DatasetError, InputError

CHUNK = 1 << 22
SEARCHED = 20  # rows in which a header is looked for: UNHCR's downloads have fourteen lines above theirs
LONGEST_CELL = 1 << 24  # characters: Python's own limit of 131,072 is shorter than some lists of sources
_DELIMITERS = (",", ";", "\t", "|")
_PACKED = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7-Zip",
    b"\x28\xb5\x2f\xfd": "Zstandard",
}
_ENCODINGS = ("utf-8", "utf-8-sig")
_INSIDE = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".duckdb", ".sqlite", ".db")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as its bytes show it.

    format  "csv", "xlsx" (all workbooks), "parquet", "duckdb", "sqlite" or "sdmx".
    plain   a CSV that DuckDB may read as it stands: no zero bytes, no blank lines. What is no UTF-8 it refuses.
    zeros   how many zero bytes it has, for a CSV.
    """

    path: Path
    name: str
    digest: str
    size: int
    format: str
    plain: bool = True
    zeros: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Where DuckDB finds one table of text, and what it needs to know to read it.

    path       of a CSV or Parquet file.
    format     "csv" or "parquet".
    columns    the names of its columns, in order.
    skip       lines above the first row of a CSV.
    first_row  number of its first row of data; 0: the first column holds each row's number.
    sheet      name of the sheet, where several are stacked.
    """

    path: Path
    format: str
    columns: tuple[str, ...]
    delimiter: str = ","
    skip: int = 0
    first_row: int = 0
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Ragged:
    """A row that has other cells than the header, or that cannot be split into cells."""

    row: int
    value: str
    what: str
    mend: str


def inspect(path: Path, source: Source) -> Incoming:
    """Return what a file is: one pass over its bytes.

    Raises  InputError for what is missing, a folder or not readable; DatasetError for what is empty or no table.
    """
    digest, lines = sha256(), _Lines()
    head, size, zeros = b"", 0, 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                chunk += file.readline()  # whole lines, so that a blank one is never cut in two
                digest.update(chunk)
                size += len(chunk)
                head = head or chunk[:4096]
                zeros += chunk.count(b"\0")
                lines.feed(chunk)
    except IsADirectoryError:
        raise InputError("a folder, not a file", str(path), "give the files in it one by one") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"the file cannot be read: {reason}", str(path), "check the path and its permissions"
        ) from None
    form = _format(head, path.name, source)
    return Incoming(
        path,
        path.name,
        digest.hexdigest(),
        size,
        form,
        plain=form != "csv" or (not zeros and not lines.blank),
        zeros=zeros if form == "csv" else 0,
    )


class _Lines:
    """Tells whether a blank line stands between the records of a CSV that comes in chunks of whole lines.

    One inside a quoted cell is no record, and one at the very end is none that counts.
    """

    def __init__(self) -> None:
        self.blank = False
        self._quotes = 0
        self._at_end = False

    def feed(self, chunk: bytes) -> None:
        if self.blank:
            return
        self.blank = self._at_end
        padded = b"\n" + chunk  # a chunk begins where a line does
        at = 0
        for begin, end in sorted(_blanks(padded)):
            self._quotes += padded.count(b'"', at, begin)
            at = begin
            if self._quotes % 2 == 0:
                if end < len(padded):
                    self.blank = True
                    return
                self._at_end = True
        self._quotes += padded.count(b'"', at)


def _blanks(chunk: bytes) -> Iterator[tuple[int, int]]:
    """Yield where blank lines begin and end. Searched by `find`: a regular expression takes four times as long."""
    for blank in (b"\n\n", b"\n\r\n", b"\r\r"):
        at = chunk.find(blank)
        while at >= 0:
            yield at, at + len(blank)
            at = chunk.find(blank, at + 1)


def unpacked(path: Path, folder: Path, size_limit: int) -> Path:
    """Return the one table inside a ZIP archive or a gzip file, unpacked into a folder; any other file as it is.

    Raises  DatasetError for archives that are cut off, locked, too large, or hold none or several tables.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return path  # `inspect` tells what is wrong
    archive = head.startswith(b"PK\x03\x04") and not _workbook(head, path.name)
    if not archive and not head.startswith(b"\x1f\x8b"):
        return path
    try:
        if not archive:
            with gzip.open(path) as packed:
                return _unpack(packed, folder / (path.name.removesuffix(".gz") or "table"), size_limit)
        with zipfile.ZipFile(path) as book:
            names = [one for one in book.namelist() if one.lower().endswith(_INSIDE) and "__MACOSX" not in one]
            if len(names) != 1:
                listed = ", ".join(names[:12]) or "none"
                raise DatasetError(
                    f"{len(names)} tables in one archive: {listed}", path.name, "unpack it, and give one"
                )
            inner = re.sub(r"[^\w.-]", "_", names[0].replace("\\", "/").rpartition("/")[2]).lstrip(".") or "table"
            with book.open(names[0]) as packed:
                return _unpack(packed, folder / inner, size_limit)
    except (zipfile.BadZipFile, EOFError, zlib.error, RuntimeError, NotImplementedError, OSError) as error:
        mend = "the download was cut off, perhaps: fetch it again, or unpack it and give the table"
        raise DatasetError(f"cannot be unpacked: {error}", path.name, mend) from None


def _unpack(packed: IO[bytes] | gzip.GzipFile, target: Path, size_limit: int) -> Path:
    size = 0
    with target.open("wb") as file:
        while chunk := packed.read(CHUNK):
            size += len(chunk)
            if size > size_limit:
                raise DatasetError(
                    f"more than {size_limit:,} bytes once unpacked", target.name, "unpack it, and give the table"
                )
            file.write(chunk)
    return target


def _format(head: bytes, name: str, source: Source) -> str:
    """Tell the format by the first bytes, where they tell; the name and the description only hint."""
    if not head.strip():
        what = "it has no bytes" if not head else "it is blank"
        raise DatasetError(what, name, "download it again: the download was cut off, or the server had nothing")
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"SQLite format 3\0"):
        return "sqlite"
    if head[8:12] == b"DUCK":
        return "duckdb"
    if head.startswith(b"\xd0\xcf\x11\xe0") or (head.startswith(b"PK\x03\x04") and _workbook(head, name)):
        return "xlsx"
    for mark, packer in (_PACKED | {b"PK\x03\x04": "ZIP"}).items():
        if head.startswith(mark):
            raise DatasetError(f"it is packed ({packer})", name, "unpack it, and give the table inside")
    opening = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if source.format == "sdmx" and opening.startswith((b"<", b"{")):
        return "sdmx"
    if opening[:1] == b"<":
        page = b"<html" in opening.lower() or b"<!doctype html" in opening.lower()
        mend = "a page that asks to log in, perhaps: open the address in a browser, and save the table itself"
        raise DatasetError("it is a web page, no table" if page else "it is XML, no table", name, mend)
    if opening.startswith((b"{", b"[")):
        raise DatasetError("it is JSON, no table", name, "save it as CSV")
    if opening.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise DatasetError("it is no table", name, "give a CSV, a workbook, Parquet, DuckDB or SQLite")
    return "csv"


def _workbook(head: bytes, name: str) -> bool:
    return name.lower().endswith((".xlsx", ".xlsm", ".xlsb", ".ods", ".xls")) or any(
        mark in head for mark in (b"[Content_Types].xml", b"xl/", b"mimetypeapplication/vnd.oasis")
    )


# -- the header --------------------------------------------------------------------------------------------------------


def names_of(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns: a cell without words becomes `column_N`, the first being 1."""
    return tuple(cell.strip().strip("\ufeff").strip() or f"column_{nth}" for nth, cell in enumerate(cells, 1))


def header_row(rows: Sequence[tuple[int, Sequence[str]]], wanted: Sequence[Sequence[str]], usual: int) -> int:
    """Return the index, in the first rows of a table, of the one that is its header.

    wanted  for each column that must be there, the spellings that name it.
    usual   the row that the description names: taken unless another of the first rows, and only it, has them all.
    """
    at_usual = next((nth for nth, (number, _) in enumerate(rows) if number == usual), None)

    def whole(cells: Sequence[str]) -> bool:
        there = {loose(name) for name in names_of(cells)}
        return all(any(loose(spelling) in there for spelling in spellings) for spellings in wanted)

    if at_usual is not None and whole(rows[at_usual][1]):
        return at_usual
    others = [nth for nth, (_, cells) in enumerate(rows) if wanted and whole(cells)]
    return others[0] if others else at_usual or 0


# -- reading -----------------------------------------------------------------------------------------------------------


def delimiter_of(lines: str) -> str:
    """Return the delimiter that the first lines show: the one that stands most often in one of them, outside quotes."""
    counts = dict.fromkeys(_DELIMITERS, 0)
    for line in lines.splitlines()[:SEARCHED]:
        outside = re.sub(r'"(?:[^"]|"")*"', "", line)
        for one in _DELIMITERS:
            counts[one] = max(counts[one], outside.count(one))
    best = max(_DELIMITERS, key=lambda one: counts[one])
    return best if counts[best] else ","


def decoded(incoming: Incoming, source: Source) -> tuple[str, str]:
    """Return a CSV's text, and what to tell of its encoding, "" for UTF-8."""
    from counterfoil.documents.text import decode

    raw = incoming.path.read_bytes()
    if source.encoding:
        try:
            return raw.decode(source.encoding).lstrip("\ufeff"), ""
        except (UnicodeDecodeError, LookupError):
            raise DatasetError(
                f"not readable as {source.encoding}", incoming.name, "mend `encoding` of [source], or save it as UTF-8"
            ) from None
    read = decode(raw)
    lost = [one for one in read.skipped if "not readable" in one.reason]
    if lost:
        raise DatasetError(
            f"{lost[0].what} {lost[0].reason}",
            incoming.name,
            'save it as UTF-8, or write its encoding under [source], such as encoding = "cp1252"',
        )
    note = "" if read.encoding in _ENCODINGS else f"{incoming.name}: not UTF-8, read as {read.encoding}"
    if note and read.skipped:
        note += ", a guess: check names with accents"
    return read.text, note


def records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]] | Ragged]:
    """Yield the records of a CSV with their numbers, as a spreadsheet counts them: blank lines are rows too."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        number = 0
        while True:
            number += 1
            try:
                yield number, next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                ended = "unexpected end" in str(error)
                what = "the file ends inside a quoted cell" if ended else f"quotes that do not pair ({error})"
                mend = "the download was cut off: fetch it again" if ended else 'write a quote inside a cell as ""'
                yield Ragged(number, "", what, mend)
                if ended:
                    return
    finally:
        csv.field_size_limit(before)


class Canonical:
    """Writes rows to a CSV that DuckDB reads without a question: all cells quoted, each row's number in front."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("w", encoding="utf-8", errors="replace", newline="")
        self._writer = csv.writer(self._file, quoting=csv.QUOTE_ALL, lineterminator="\n")

    def row(self, number: int, cells: Sequence[str]) -> None:
        """Write a row."""
        self._writer.writerow((number, *(cell.strip() for cell in cells)))

    def close(self) -> None:
        """Close the file, so that another may read it."""
        self._file.close()


def sheets(incoming: Incoming, source: Source) -> list[tuple[str, spreadsheets.Rows]]:
    """Return the tables of a workbook or a SQLite database, each with its name."""
    if incoming.format == "xlsx":
        return spreadsheets.sheets(incoming.path, source.table, source.tables, incoming.name)
    return [(source.table, _sqlite(incoming, source.table))]


def _sqlite(incoming: Incoming, table: str) -> spreadsheets.Rows:
    """Yield the header and the rows of a table or view of a SQLite database, opened read-only."""
    where, again = incoming.name, "download it again, or check it with `sqlite3 FILE .tables`"
    connection = sqlite3.connect(f"{incoming.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")  # views of a hostile file call no functions with effects
        listed = connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
        names = [name for (name,) in listed]
        chosen = chosen_table(table, names, where)
        found = connection.execute('SELECT * FROM "' + chosen.replace('"', '""') + '"')
        yield 1, [column[0] for column in found.description]
        for number, row in enumerate(found, 2):
            yield number, [spreadsheets.cell(value) for value in row]
    except sqlite3.Error as error:
        raise DatasetError(f"no database that can be read: {error}", where, again) from None
    finally:
        connection.close()


def chosen_table(table: str, names: Sequence[str], where: str) -> str:
    """Return the table asked for, or the only one; raises DatasetError that lists them."""
    if table in names:
        return table
    if not table and len(names) == 1:
        return names[0]
    what = f"no table {table!r}" if table else f"{len(names)} tables"
    listed = ", ".join(names[:20]) or "none"
    raise DatasetError(what, where, f"it has {listed}: name one with --table, or as `table` of [source]")
