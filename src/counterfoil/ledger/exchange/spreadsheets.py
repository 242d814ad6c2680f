"""Entries as a spreadsheet (XLSX) in the columns of Helix's export, and back. The one door to openpyxl."""

import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterfoil.errors import InputError
from counterfoil.ledger.exchange import editions, foreign, helix
from counterfoil.ledger.exchange.cells import neutral, restored
from counterfoil.ledger.model import Author, Entry
from counterfoil.ledger.rows import storable

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS = 1_048_575  # of a sheet, below the header (Microsoft, "Excel specifications and limits")
LONGEST = 32_767  # characters of a cell (the same page)
_DIGITS = 15  # of a number that a spreadsheet keeps exactly (the same page)
_FIRST_YEAR = 1900  # days before are text in a spreadsheet
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML 1.0 has no way to write
# openpyxl writes "_x0041_" as it is, and every reader turns it into "A": ECMA-376, 22.9.2.19
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x005[Ff]_")
_MEND = "give a spreadsheet with the headers of Helix's export in its first row"
_ASKED = frozenset(("ID", "Reported", "Unit", "Figure category", "Source excerpt", "ISO3"))
_ENOUGH = 3  # of these headers make a file one of Helix's shape


def write(entries: Iterable[Entry], target: Path, *, edition: str = "") -> int:
    """Write entries to a file, with a column for a marked edition; return how many.

    Words longer than a cell are cut, and say so.
    """
    try:
        import openpyxl
        from lxml.etree import SerialisationError  # type: ignore[import-untyped]  # of the library beneath
        from openpyxl.writer.excel import ExcelWriter
    except ImportError:
        raise InputError("spreadsheets need openpyxl", str(target), "pip install 'counterfoil[xlsx]'") from None
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Figures")
    sheet.freeze_panes = "A2"
    try:
        count = _append(sheet, entries, target, edition)
    except SerialisationError:
        where = tempfile.gettempdir()
        raise InputError(
            "cannot write the sheet where temporary files stand", where, "make room there, or name a folder in TMPDIR"
        ) from None
    with io.BufferedWriter(_Steady(target, "w")) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    book.close()
    return count


def _append(sheet: "WriteOnlyWorksheet", entries: Iterable[Entry], target: Path, edition: str) -> int:
    """Write header and entries into a sheet; return how many entries."""
    count = 0
    try:
        sheet.append([*helix.COLUMNS, *([editions.HEADER] if edition else [])])
        mark = [edition] if edition else []
        for entry in entries:
            count += 1
            if count > MOST_ROWS:
                raise InputError(
                    f"a sheet holds {MOST_ROWS:,} entries at most", str(target), "export as CSV or Parquet instead"
                )
            sheet.append([_cell(sheet, value) for value in (*helix.row(entry).values(), *mark)])
    finally:
        sheet.close()  # one that is left open complains when it is collected
    return count


class _Steady(io.FileIO):
    """A file that takes in silence what follows once it could not be written: an archive that is closed writes again.

    So the first error is the only one that is told.
    """

    _failed = False

    def write(self, data: Any) -> int:
        """Write, as files do; after a failure only say so."""
        if self._failed:
            return len(data)
        try:
            return super().write(data)
        except OSError:
            self._failed = True
            raise


def _cell(sheet: "WriteOnlyWorksheet", value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, Decimal):
        short = value.is_finite() and len(value.as_tuple().digits) <= _DIGITS and abs(value.adjusted()) <= _DIGITS
        value = (int(value) if value == value.to_integral_value() else float(value)) if short else str(value)
    if isinstance(value, datetime):
        value = (value if value.tzinfo is None else value.astimezone(UTC)).replace(tzinfo=None)
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        value = value.isoformat()
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, "")
    cell.value = _words(value)
    cell.data_type = "s"  # words, whatever they begin with
    return cell


def _words(value: str) -> str:
    words = _ESCAPE.sub("_x005F_", neutral(_UNSEEN.sub("\N{REPLACEMENT CHARACTER}", storable(value))))
    if len(words) <= LONGEST:
        return words
    note = f" [cut: {len(value):,} characters]"
    return words[: LONGEST - len(note)] + note


def head(source: Path) -> list[list[str]]:
    """Return the first rows of a spreadsheet as words; none for what is no spreadsheet, or cannot be opened here."""
    try:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        return []  # `read` says what to install
    try:
        book = openpyxl.load_workbook(source, read_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        return []
    try:
        rows = book.worksheets[0].iter_rows(max_row=editions.HEAD, values_only=True)
        return [[str(value or "") for value in row] for row in rows]
    finally:
        book.close()


def read(source: Path, author: Author) -> Iterator[Entry]:
    """Yield the entries of a file: one of ours, or any that has Helix's headers. Formulas are never evaluated.

    Raises  InputError for a file that is no spreadsheet or has other headers.
    """
    try:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise InputError("spreadsheets need openpyxl", str(source), "pip install 'counterfoil[xlsx]'") from None
    try:
        book = openpyxl.load_workbook(source, read_only=True, data_only=False, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise InputError("the file is no spreadsheet", str(source), "save it as .xlsx") from None
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write a wrong size into the file
        lines = enumerate(sheet.iter_rows(), 1)
        _, first = next(lines, (0, ()))
        header = [str(cell.value or "").strip() for cell in first]
        if len(_ASKED & set(header)) < _ENOUGH:
            missing = ", ".join(sorted(_ASKED - set(header)))
            raise InputError(f"the first row does not hold Helix's headers: no {missing}", str(source), _MEND)
        seen: dict[str, int] = {}
        for line, row in lines:
            if any(cell.value is not None for cell in row):
                yield _entry(header, row, f"row {line}", author, seen)
    finally:
        book.close()


def _entry(header: Sequence[str], row: Sequence[Any], where: str, author: Author, seen: dict[str, int]) -> Entry:
    cells: dict[str, Any] = dict.fromkeys(helix.OURS) if "Hedge" in header else {}
    formulas = []
    for name, cell in zip(header, row, strict=False):
        if cell.data_type == "f":
            formulas.append(name)
        elif (name and name not in cells) or cells.get(name) is None:
            cells[name] = _value(cell.value)
    digest = foreign.name_of("helix", [str(value) for value in cells.values()], seen)
    found = helix.entry(cells, where, author, digest=digest)
    if not formulas:
        return found
    note = f"Not read, as it is a formula: {', '.join(formulas)}."
    return replace(found, calculation_logic="\n".join(filter(None, (found.calculation_logic, note))))


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return restored(_ESCAPED.sub("_", value))
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value
