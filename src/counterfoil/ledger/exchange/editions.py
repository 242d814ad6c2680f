"""The mark that a file is the public, redacted edition of a ledger, and where each format keeps it.

A table has it in a column of its own, in every row, so that a sheet that is cut or sorted keeps it; lines of JSON and
linked data in every entry; Parquet in the file's metadata, as no row needs to repeat it; pages in their head and below
their headings. A file without the mark claims nothing.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from counterfoil.ledger.exchange.csv_files import table
from counterfoil.ledger.exchange.lines import EDITION

PUBLIC = "public, redacted"
HEADER = "Edition"  # of the column in Helix's and HXL's tables
TAG = "#meta+edition"
HEAD = 20  # rows and lines within which the first entry stands


def in_column(rows: Iterable[Sequence[str]]) -> bool:
    """Say whether a table's first rows hold a column of the edition, and in it the mark."""
    at = None
    for row in islice(rows, HEAD):
        names = [cell.strip().casefold() for cell in row]
        if at is None:
            at = next((n for n, name in enumerate(names) if name in (EDITION, TAG)), None)
        elif len(names) > at and names[at] == PUBLIC:
            return True
    return False


def of_csv(source: Path) -> bool:
    """Say whether a file of comma-separated values carries the mark."""
    return in_column(row for _, row in table(source, "give a CSV"))


def of_json(source: Path) -> bool:
    """Say whether JSON lines or linked data carry the mark."""
    try:
        with source.open(encoding="utf-8") as file:
            found = [_object(line) for line in islice(file, HEAD)]
    except UnicodeDecodeError:
        return False
    return any(PUBLIC in (one.get(EDITION), one.get(f"cf:{EDITION}")) for one in found)


def _object(line: str) -> dict[str, Any]:
    """Return the object of one line; empty where there is none."""
    try:
        found = json.loads(line.strip().rstrip(","))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
