"""Entries as JSON lines: one object for each, every field by its name, numbers that count as strings of digits."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

from counterfoil.errors import InputError
from counterfoil.ledger.model import Entry, Event
from counterfoil.ledger.rows import time_words

EDITION = "edition"  # beside an entry's fields: which edition of the ledger it is from (editions.py)


def plain(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON has it."""
    return {field.name: _plain(getattr(entry, field.name)) for field in fields(entry)}


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return time_words(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def event_line(event: Event) -> str:
    """Return something that happened in a ledger as one line of JSON."""
    found = {field.name: _plain(getattr(event, field.name)) for field in fields(event)}
    found["changes"] = [[one.field, one.old, one.new] for one in event.changes]
    return json.dumps(found)


def write(entries: Iterable[Entry], target: Path, *, edition: str = "") -> int:
    """Write entries to a file, one to a line, each with the mark of its edition, if any; return how many."""
    mark = {EDITION: edition} if edition else {}
    count = 0
    with target.open("w", encoding="utf-8") as file:
        for entry in entries:
            file.write(json.dumps(plain(entry) | mark) + "\n")
            count += 1
    return count


def read(source: Path) -> Iterator[Entry]:
    """Yield the entries of a file.

    Raises  InputError, with the line, for what is no entry: a field that is missing, unknown or of the wrong kind.
    """
    with source.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                where = f"{source}, line {number}"
                try:
                    found = json.loads(line)
                except ValueError:
                    raise InputError("it is no JSON", where, "give lines as `ledger export` wrote them") from None
                yield entry_of(found, where)


def entry_of(found: Any, where: str) -> Entry:
    """Return the entry that an object holds; raises `InputError` with every fault at once."""
    if not isinstance(found, dict):
        raise InputError("a line is no object", where, "give lines as `ledger export` wrote them")
    faults = [f"{name}: missing" for name in _READERS if name not in found]
    faults += [f"{name}: no such field" for name in found if name not in _READERS and name != EDITION]
    values = {}
    for name, reader in _READERS.items():
        try:
            values[name] = reader(found.get(name))
        except (ValueError, TypeError, InvalidOperation):
            if name in found:
                faults.append(f"{name}: {found[name]!r} does not fit")
    if faults:
        raise InputError("; ".join(faults), where, "give lines as `ledger export` wrote them")
    return Entry(**values)


def _reader(hint: Any) -> Callable[[Any], Any]:
    kinds = get_args(hint) or (hint,)
    [kind] = [one for one in kinds if one is not NoneType]
    empty = NoneType in kinds
    read: Callable[[Any], Any]
    if kind in (date, datetime):
        read = kind.fromisoformat
    elif kind is Decimal:
        read = lambda value: Decimal(_exactly(value, str))  # noqa: E731
    elif kind is float:
        read = lambda value: float(value) if isinstance(value, int | float) else _exactly(value, float)  # noqa: E731
    elif issubclass(kind, StrEnum):
        read = kind
    else:
        read = lambda value: _exactly(value, kind)  # noqa: E731
    return lambda value: None if value is None and empty else read(value)


def _exactly(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(kind)
    return value


_READERS: dict[str, Callable[[Any], Any]] = {name: _reader(hint) for name, hint in get_type_hints(Entry).items()}
