"""Rows that others wrote as entries: what the row does not tell is named, never invented.

An entry needs a few words that such rows do not know. They get the one that claims least, and stand in the list of
what the file does not tell: kind "other", hedge "exact" (the number stands alone), modality "observed" (a table of
counts), role "triangulation", state "not-started".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from counterfoil.ledger.model import FIELDS, NOT_TOLD, Author, Confidentiality, Entry, Role, State
from counterfoil.ledger.rows import storable
from counterfoil.reading.model import Hedge, Kind, Modality, Precision

_EMPTY: dict[str, Any] = dict.fromkeys(FIELDS, "") | dict.fromkeys(
    (
        *("low", "high", "said_low", "said_high", "direction", "tally", "cause", "first", "last", "baseline_first"),
        *("baseline_last", "as_of", "latitude", "longitude", "form", "household_size", "certainty", "start", "end"),
        *("published", "retrieved"),
    )
)
_LEAST = {
    "hedge": Hedge.EXACT,
    "kind": Kind.OTHER,
    "modality": Modality.OBSERVED,
    "precision": Precision.UNKNOWN,
    "role": Role.TRIANGULATION,
    "state": State.NOT_STARTED,
    "confidentiality": Confidentiality.PUBLIC,
    "unit": "",
    "gone": False,
}
# Without these a figure cannot be compared with another: where one is not told, the entry says so.
ASKED = (
    *("low", "unit", "hedge", "kind", "measure", "modality", "first", "last", "as_of", "place", "country"),
    *("claimant", "excerpt", "url", "published"),
)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


@dataclass(slots=True)
class Row:
    """One row of a foreign table on its way to an entry: what it tells, and what does not fit."""

    where: str
    told: dict[str, Any] = field(default_factory=dict)
    unfit: list[str] = field(default_factory=list)

    def tell(self, name: str, value: Any) -> None:
        """Take a value, if there is one."""
        if value is not None and value != "":
            self.told[name] = storable(value) if isinstance(value, str) else value

    def does_not_fit(self, column: str, words: str) -> None:
        """Name a cell that cannot be read."""
        self.unfit.append(f"{column} ({words[:40]!r} cannot be read)")


def number(row: Row, column: str, words: str) -> Decimal | None:
    """Return the number of a cell, commas between thousands taken away; None, and named, for what is none.

    >>> number(Row("line 3"), "#affected", "1,022")
    Decimal('1022')
    """
    bare = words.strip()
    if not bare:
        return None
    try:
        found = Decimal(bare.replace(",", "") if _GROUPED.fullmatch(bare) else bare)
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite():
        row.does_not_fit(column, words)
        return None
    return found


def degrees(row: Row, column: str, words: str, most: int) -> float | None:
    """Return a latitude or longitude; None, and named, for what is none."""
    found = number(row, column, words)
    if found is not None and abs(found) > most:
        row.does_not_fit(column, words)
        return None
    return None if found is None else float(found)


def day(row: Row, column: str, words: str) -> date | None:
    """Return the day of a cell, YYYY-MM-DD with or without a time; None, and named, for anything else."""
    bare = words.strip()
    if not bare:
        return None
    try:
        return datetime.fromisoformat(bare).date()
    except ValueError:
        row.does_not_fit(column, words)
        return None


def entry(row: Row, author: Author, *, name: str, note: bool = True) -> Entry:
    """Return the entry that a row tells of.

    name  of the entry: the same whenever the same row is imported.
    note  what is not told is named in the calculation logic.
    """
    missing = [one for one in ASKED if row.told.get(one) is None]
    lacking = [*(missing if note else ()), *row.unfit]
    words = f"{NOT_TOLD}{', '.join(lacking)}." if lacking else ""
    values = _EMPTY | _LEAST | {"created_by": author.by, "created_at": author.at} | row.told
    values |= {"updated_by": author.by, "updated_at": author.at, "id": name, "version": 1}
    logic = values["calculation_logic"]
    values["calculation_logic"] = f"{logic}\n{words}" if logic and words and words not in logic else logic or words
    return Entry(**values)


def not_told(one: Entry) -> list[str]:
    """Return what the file that an entry was imported from does not tell."""
    _, found, rest = one.calculation_logic.rpartition(NOT_TOLD)
    return [re.sub(r" \(.*\)$", "", name) for name in rest.removesuffix(".").split(", ")] if found else []


def name_of(what: str, cells: Iterable[str], seen: dict[str, int]) -> str:
    """Return the name of an entry made of a row without one: its digest, counted where rows are alike."""
    digest = sha256("\x1f".join(cells).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    seen[digest] = seen.get(digest, 0) + 1
    return f"{what}-{digest}" if seen[digest] == 1 else f"{what}-{digest}-{seen[digest]}"
