"""Entries as a CSV of their own: every field a column by its name, back without loss (RFC 4180, UTF-8)."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from counterfoil.errors import InputError
from counterfoil.ledger.exchange.cells import WORDS, cells, parsed, refuse, restored
from counterfoil.ledger.exchange.lines import EDITION
from counterfoil.ledger.model import FIELDS, Author, Entry

LONGEST_CELL = 1 << 30  # characters; the csv module stops at 131,072, and articles hold longer tables
_MEND = "give a file as `ledger export` wrote it: one column for each field, days as YYYY-MM-DD"
_REQUIRED = frozenset(("id", "version", "unit", "hedge", "kind", "modality", "precision", "role", "state"))


def write(entries: Iterable[Entry], target: Path, *, edition: str = "") -> int:
    """Write entries to a file, with a column for the edition where it has a mark; return how many."""
    count = 0
    mark = [edition] if edition else []
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*FIELDS, *([EDITION] if edition else [])])
        for entry in entries:
            writer.writerow([*cells(entry), *mark])
            count += 1
    return count


def table(source: Path, mend: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of any CSV with their lines; raises `InputError` for what is none."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        with source.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            for row in reader:
                if row:
                    yield reader.line_num, row
    except UnicodeDecodeError as error:
        raise InputError(f"the file is not in UTF-8: byte {error.start}", str(source), "save it as UTF-8") from None
    except csv.Error as error:
        raise InputError(f"the file is no CSV: {error}", str(source), mend) from None


def read(source: Path, author: Author) -> Iterator[Entry]:
    """Yield the entries of a file; raises `InputError` that lists every fault, after the last good entry."""
    del author  # every row tells who made it
    lines = table(source, _MEND)
    _, header = next(lines, (0, []))
    twice = sorted({name for name in header if header.count(name) > 1})
    known = (*FIELDS, EDITION)
    odd = [f"column {name!r}: {'no such field' if name not in known else 'twice'}" for name in header]
    odd = [one for one, name in zip(odd, header, strict=True) if name not in known or name in twice]
    odd += [f"column {name!r}: missing" for name in sorted(_REQUIRED - set(header))]
    refuse(odd, str(source), _MEND)
    faults: list[str] = []
    for line, row in lines:
        where = f"line {line}"
        if len(row) != len(header):
            faults.append(f"{where}: {len(row)} cells, not {len(header)}")
            continue
        told = {name: restored(cell) if name in WORDS else cell for name, cell in zip(header, row, strict=True)}
        entry = parsed(told, where, faults)
        if entry is not None and not faults:
            yield entry
    refuse(faults, str(source), _MEND)
