"""Entries as cells of text, and back: what tables of text (CSV, spreadsheets) share.

A cell of words that a spreadsheet would take for a formula gets an apostrophe before it, which reading takes away
again. Which cells: OWASP, "CSV injection" (https://owasp.org/www-community/attacks/CSV_Injection). Cells of numbers
that were written by this program are left alone: -1.5 is a number.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_type_hints

from counterfoil.errors import InputError
from counterfoil.ledger.model import FIELDS, Entry
from counterfoil.ledger.rows import as_text, storable, time_words

DANGEROUS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    "'",
)  # the apostrophe, to be undone without loss
MOST_FAULTS = 20  # shown of one file; the rest is counted
YES, NO = "1", "0"


def neutral(words: str) -> str:
    """Return words that no spreadsheet takes for a formula.

    >>> neutral("=1+1"), neutral("one"), neutral("'tis")
    ("'=1+1", 'one', "''tis")
    """
    return f"'{words}" if words.startswith(DANGEROUS) else words


def restored(cell: str) -> str:
    """Return the words that `neutral` was given."""
    return cell[1:] if cell.startswith("'") and cell.startswith(DANGEROUS, 1) else cell


def text(value: Any) -> str:
    """Return a value of an entry as words, not neutralised; "" where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, datetime):
        return time_words(value)
    if isinstance(value, date | Decimal):
        return as_text(value) or ""
    return repr(value) if isinstance(value, float) else str(value)


def cells(entry: Entry) -> list[str]:
    """Return an entry as cells in the order of FIELDS."""
    return [
        neutral(text(value)) if name in WORDS else text(value)
        for name, value in ((name, getattr(entry, name)) for name in FIELDS)
    ]


def plain_cells(entry: Entry) -> list[str]:
    """Return the same for files that no spreadsheet opens: nothing is neutralised."""
    return [text(getattr(entry, name)) for name in FIELDS]


def parsed(told: Mapping[str, str], where: str, faults: list[str]) -> Entry | None:
    """Return the entry that words tell of, field by field; a field not told is empty.

    where   of the row, for messages.
    faults  takes a line for each value that does not fit; then there is no entry.
    """
    values: dict[str, Any] = {}
    before = len(faults)
    for name, (read, empty) in READERS.items():
        words = told.get(name, "")
        if words == "" and empty is not NEEDED:
            values[name] = empty
            continue
        try:
            values[name] = read(words)
        except (ValueError, InvalidOperation, OverflowError):
            faults.append(f"{where}, {name}: {words[:60]!r} does not fit" if words else f"{where}, {name}: missing")
    return Entry(**values) if len(faults) == before else None


def refuse(faults: list[str], where: str, mend: str) -> None:
    """Raise `InputError` with all faults, if there are any."""
    if faults:
        more = [f"and {len(faults) - MOST_FAULTS} more"] if len(faults) > MOST_FAULTS else []
        raise InputError("; ".join([*faults[:MOST_FAULTS], *more]), where, mend)


NEEDED = object()  # stands where a field must be told


def number(words: str) -> Decimal:
    """Return the number that words are; raises `ValueError` for none, or one that nobody counts with."""
    found = Decimal(words)
    if not found.is_finite():
        raise ValueError(words)
    return found


def moment(words: str) -> datetime:
    """Return a time in UTC; one without a zone is taken as UTC."""
    found = datetime.fromisoformat(words)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _degrees(words: str) -> float:
    found = float(words)
    if found != found or abs(found) == float("inf"):
        raise ValueError(words)
    return found


def _yes(words: str) -> bool:
    if words not in (YES, NO):
        raise ValueError(words)
    return words == YES


_KINDS: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    bool: _yes,
    float: _degrees,
    Decimal: number,
    date: date.fromisoformat,
    datetime: moment,
}


def _reader(hint: Any) -> tuple[Callable[[str], Any], Any]:
    kinds = get_args(hint) or (hint,)
    [kind] = [one for one in kinds if one is not NoneType]
    empty = None if NoneType in kinds else "" if kind is str else NEEDED
    return _KINDS.get(kind, kind), empty


READERS = {name: _reader(hint) for name, hint in get_type_hints(Entry).items()}
# Fields of free words; the others hold codes, numbers and days, which begin no formula.
WORDS = frozenset(
    "id unit measure term population event place country country_of admin1 level origin origin_country destination "
    "destination_country claimant claimant_kind calculation_logic verdict excerpt quote prefix suffix document title "
    "outlet url source engine created_by updated_by".split()
)
assert {field.name for field in fields(Entry) if field.type in (str, "str")} == WORDS, "every field of words is named"
