"""Entries out to other formats and back. Each format stands in FORMATS, by the name that `--format` takes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from counterfoil.errors import InputError
from counterfoil.ledger.exchange import lines
from counterfoil.ledger.model import Entry


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write entries to a file, and to read them back where that can be done without loss.

    endings  of file names, the first is the usual one.
    write    takes entries and the file, returns how many were written.
    read     None: for people and other programs only.
    """

    what: str
    endings: tuple[str, ...]
    write: Callable[[Iterable[Entry], Path], int]
    read: Callable[[Path], Iterator[Entry]] | None = None


FORMATS: dict[str, Format] = {
    "jsonl": Format("JSON lines, every field, back without loss", (".jsonl",), lines.write, lines.read),
}


def format_of(path: Path, name: str | None = None) -> Format:
    """Return the format of that name, else the one that the file's ending tells; raises `InputError` for neither."""
    if name is not None and name in FORMATS:
        return FORMATS[name]
    known = next((one for one in FORMATS.values() if path.name.lower().endswith(one.endings)), None)
    if name is not None or known is None:
        shown = ", ".join(f"{key} ({one.endings[0]})" for key, one in FORMATS.items())
        raise InputError(f"no format {name or path.suffix!r}", str(path), f"choose one with --format: {shown}")
    return known
