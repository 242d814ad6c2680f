"""Sheets of Excel and OpenDocument files, cell by cell. The only door to calamine."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from counterfoil.errors import DatasetError

Rows = Iterator[tuple[int, Sequence[str]]]
"""Row numbers as a spreadsheet shows them, from 1, with the row's cells as text."""


def sheets(path: Path, table: str, tables: str, where: str) -> list[tuple[str, Rows]]:
    """Return the sheets asked for, each with its rows.

    table   name of the sheet; "" for the only one.
    tables  regular expression of the names of several that are stacked; "" for one.
    Raises  DatasetError for what is no workbook, and for sheets that are not there or not told apart.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        names = book.sheet_names
    except (python_calamine.CalamineError, OSError) as error:
        raise DatasetError(
            f"no workbook that can be read: {error}", where, "download it again, or save it as .xlsx or CSV"
        ) from None
    if tables:
        wanted = [name for name in names if re.search(tables, name)]
        if not wanted:
            raise DatasetError(
                f"no sheet whose name fits {tables!r}", where, f"it has {', '.join(names)}: mend `tables`"
            )
    elif table or len(names) == 1:
        wanted = [table or names[0]]
    else:
        wanted = names
    if not tables and (wanted[0] not in names or len(wanted) > 1):
        what = f"no sheet {table!r}" if table else f"{len(names)} sheets"
        raise DatasetError(what, where, f"it has {', '.join(names)}: name one with --table, or as `table` of [source]")
    return [(name, _rows(book, name)) for name in wanted]


def _rows(book: "object", name: str) -> Rows:
    sheet = book.get_sheet_by_name(name)  # type: ignore[attr-defined]
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        yield number, [cell(one) for one in row]


def cell(value: object) -> str:
    """Write a cell as a CSV would: days as YYYY-MM-DD, whole numbers without a point, nothing as "".

    >>> cell(3.0), cell(0.1), cell(date(2024, 5, 3)), cell(None)
    ('3', '0.1', '2024-05-03', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**63 else repr(value)
    if isinstance(value, datetime):
        whole = value.timetz() == time(0)
        return value.date().isoformat() if whole else value.replace(tzinfo=None).isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)
