"""Entries out to other formats and back. Each format stands in FORMATS, by the name that `--format` takes."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from counterfoil.errors import InputError
from counterfoil.ledger import queries
from counterfoil.ledger.exchange import (
    bulk,
    csv_files,
    editions,
    hxl,
    idu,
    json_ld,
    lines,
    pages,
    parquet,
    public,
    spreadsheets,
)
from counterfoil.ledger.exchange.surroundings import surroundings
from counterfoil.ledger.model import Author, Entry
from counterfoil.ledger.store import Database

SHOWN = 20  # of what the linter cannot clear; the rest is counted


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write entries to a file, and to read them back.

    endings   of file names, the first is the usual one.
    write     takes entries, the file and the mark of its edition, returns how many were written.
    read      takes the file and who imports it; None: for people only.
    marked    says whether a file carries the mark of the public edition; None where none is read back.
    fast      writes a whole ledger without making entries of its rows, where a format can.
    refuses   returns why an entry has no place in the format, "" where it has one.
    folder    it writes a folder; entries that are left out keep their place there.
    """

    what: str
    endings: tuple[str, ...]
    write: Callable[..., int]
    read: Callable[[Path, Author], Iterator[Entry]] | None = None
    marked: Callable[[Path], bool] | None = None
    fast: Callable[[Database, Path], int] | None = None
    refuses: Callable[[Entry], str] | None = None
    folder: bool = False


FORMATS: dict[str, Format] = {
    "jsonl": Format(
        "JSON lines, every field, back without loss",
        (".jsonl",),
        lines.write,
        lambda path, author: lines.read(path),
        editions.of_json,
    ),
    "csv": Format(
        "a table of every field, back without loss",
        (".csv",),
        csv_files.write,
        csv_files.read,
        editions.of_csv,
        fast=bulk.write,
    ),
    "parquet": Format(
        "a typed table of every field, back without loss",
        (".parquet",),
        parquet.write,
        parquet.read,
        lambda path: parquet.edition(path) == editions.PUBLIC,
        fast=parquet.write_all,
    ),
    "jsonld": Format(
        "linked data (schema.org, PROV-O), back without loss",
        (".jsonld",),
        json_ld.write,
        json_ld.read,
        editions.of_json,
    ),
    "xlsx": Format(
        "a spreadsheet in Helix's columns",
        (".xlsx",),
        spreadsheets.write,
        spreadsheets.read,
        lambda path: editions.in_column(spreadsheets.head(path)),
    ),
    "hxl": Format("a table with HXL's tags", (".hxl.csv",), hxl.write, hxl.read, editions.of_csv),
    "idu": Format(
        "rows like IDMC's displacement updates",
        (".idu.csv",),
        idu.write,
        idu.read,
        editions.of_csv,
        refuses=idu.refuses,
    ),
    "html": Format("a folder of pages with an address for each figure", (".html",), pages.write, folder=True),
}


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an export.

    left_out  reason to how many entries.  changed  what was done for the public, to how many entries.
    """

    entries: int
    left_out: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)


def format_of(path: Path, name: str | None = None) -> Format:
    """Return the format of that name, else the one that the file's ending tells; raises `InputError` for neither."""
    if name is not None and name in FORMATS:
        return FORMATS[name]
    ending = path.name.lower()
    fitting = [one for one in FORMATS.values() if ending.endswith(one.endings)]
    if name is not None or not fitting:
        shown = ", ".join(f"{key} ({one.endings[0]})" for key, one in FORMATS.items())
        raise InputError(f"no format {name or path.suffix!r}", str(path), f"choose one with --format: {shown}")
    return max(fitting, key=lambda one: max(len(end) for end in one.endings if ending.endswith(end)))


def is_public_edition(source: Path, chosen: Format) -> bool:
    """Say whether a file says of itself that it is the public, redacted edition of a ledger."""
    return chosen.marked is not None and chosen.marked(source)


def export(
    database: Database, target: Path, chosen: Format, *, for_public: bool = False, leave_out_unclear: bool = False
) -> Written:
    """Write all entries of a ledger, under the name `target` only once it is whole.

    for_public  under the rules of no harm (docs/exchange.md).
    Raises      InputError where the target cannot be written, or where the linter finds what it cannot clear.
    """
    part = target.with_name(target.name + ".part")
    _look(target, part, folder=chosen.folder)
    try:
        done = _write(database, part, chosen, for_public=for_public, leave_out_unclear=leave_out_unclear)
        if chosen.folder and target.exists():
            shutil.rmtree(target)
        part.replace(target)
    except OSError as error:
        raise InputError(
            f"cannot write it: {error.strerror}", str(target), "name a file in a folder that can be written, with room"
        ) from None
    finally:
        _remove(part)
    return done


def _look(target: Path, part: Path, *, folder: bool) -> None:
    """Refuse to write over what is not ours, and take away what an export that broke off left."""
    if folder and target.exists():
        index = target / "index.html"
        ours = index.is_file() and pages.MARK.encode() in index.read_bytes()[:1000]
        if not ours and not (target.is_dir() and not any(target.iterdir())):
            raise InputError("there is something else already", str(target), "name a new folder")
    elif not folder and target.is_dir():
        raise InputError("a folder, not a file", str(target), "name a file in it")
    try:
        _remove(part)
    except OSError as error:
        raise InputError(
            f"cannot write it: {error.strerror}", str(target), "name a file in a folder that can be written"
        ) from None


def _remove(part: Path) -> None:
    for one in (part, part.with_name(part.name + ".parts")):
        if one.is_dir():
            shutil.rmtree(one)
        else:
            one.unlink(missing_ok=True)


def _write(database: Database, part: Path, chosen: Format, *, for_public: bool, leave_out_unclear: bool) -> Written:
    if chosen.fast is not None and not for_public:
        return Written(chosen.fast(database, part))
    report = public.Report()
    mark = editions.PUBLIC if for_public else ""
    found: Iterator[Entry | None] = queries.all_entries(database, gone=True)
    if for_public:
        people = public.public_names(queries.all_entries(database, gone=True))
        quiet = public.hushed(queries.all_entries(database, gone=True), people)
        found = public.public(
            queries.all_entries(database, gone=True), people, report, quiet, leave_out_unclear=leave_out_unclear
        )
    if chosen.refuses is not None:
        found = _fitting(found, chosen.refuses, report.left_out)
    if chosen.folder:
        count = chosen.write(found, part, edition=mark)  # a folder keeps the places of what is left out
    else:
        kept = (one for one in found if one is not None)
        if chosen.write is json_ld.write:
            count = json_ld.write(kept, part, surroundings=surroundings(database, names=not for_public), edition=mark)
        else:
            count = chosen.write(kept, part, edition=mark)
    if report.unclear:
        raise InputError(_unclear(report), "what is not cleared", _MEND)
    return Written(count, report.left_out, report.changed)


def _fitting(
    entries: Iterable[Entry | None], refuses: Callable[[Entry], str], left_out: Counter[str]
) -> Iterator[Entry | None]:
    for one in entries:
        why = refuses(one) if one is not None else ""
        if why:
            left_out[why] += 1
        yield None if why else one


_MEND = (
    "look at each: counterfoil ledger show ENTRY; keep it back with counterfoil ledger review ENTRY --confidentiality "
    "confidential, or leave all of them out with --leave-out-unclear. Nothing was written"
)


def _unclear(report: public.Report) -> str:
    found = [f"{entry}, {name}: {why}" for entry, name, why in report.unclear]
    more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return "\n  ".join(["not all of it can be cleared for the public:", *found[:SHOWN], *more])
