"""The files of an import, before their rows are read: what they are, and what the edition is called."""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from counterfoil.checking.datasets import catalogue, postgresql, tables
from counterfoil.checking.datasets.catalogue import loose
from counterfoil.checking.datasets.model import Column, Dataset, Source
from counterfoil.checking.datasets.tables import Incoming
from counterfoil.checking.datasets.underway import Options
from counterfoil.errors import DatasetError, InputError


def look_at(files: Sequence[Path | str], dataset: Dataset, options: Options, place: Path) -> list[Incoming]:
    """Look at all files; raises for all of those that are no tables at once."""
    found: list[Incoming] = []
    broken: list[DatasetError] = []
    for file in files:
        try:
            if postgresql.is_address(str(file)):
                found.append(_fetched(str(file), options.table or dataset.source.table, place, len(found)))
            else:
                found.append(_inspected(Path(file), dataset, place))
        except DatasetError as error:
            broken.append(error)
    if options.sha256 and len(options.sha256) != len(files):
        raise InputError(
            f"{len(options.sha256)} digests for {len(files)} files",
            "--sha256",
            "give one for each file, in their order",
        )
    if not broken:
        for one, expected in zip(found, options.sha256, strict=False):
            if one.digest != expected.lower():
                broken.append(
                    DatasetError(
                        f"changed: its sha256 is {one.digest}, not {expected}",
                        one.name,
                        "download it again, or leave out --sha256",
                    )
                )
    if len(broken) == 1:
        raise broken[0]
    if broken:
        raise DatasetError(
            "\n".join(
                [f"{len(broken)} files are no tables:", *(f"{one.where}: {one.what}: {one.mend}" for one in broken)]
            ),
            ", ".join(one.where for one in broken),
            "mend the files named above, and import again; nothing was changed",
        )
    return found


def _inspected(path: Path, dataset: Dataset, place: Path) -> Incoming:
    """Look at a file; of an archive at the one table in it, under the archive's digest."""
    folder = Path(tempfile.mkdtemp(dir=place))
    inner = tables.unpacked(path, folder, dataset.source.size_limit)
    found = tables.inspect(inner, dataset.source)
    if inner == path:
        return found
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return replace(found, digest=digest, size=path.stat().st_size)


def _fetched(address: str, table: str, place: Path, nth: int) -> Incoming:
    """Write a server's table to a file of ours, whose digest stands for it."""
    path = place / f"fetched-{nth}.csv"
    writer = tables.Canonical(path)
    try:
        for number, cells in enumerate(postgresql.rows(address, table), 1):
            writer.row(number, cells)
    finally:
        writer.close()
    with path.open("rb") as file:
        digest = file_digest(file, "sha256")
    name = f"{postgresql.shown(address)}, table {table}"
    return Incoming(path, name, digest.hexdigest(), path.stat().st_size, "canonical")


def name_of(incoming: Sequence[Incoming], dataset: Dataset, options: Options) -> str:
    """Return the edition's name: as the description finds it in a file's name, else the day of the newest file."""
    if dataset.source.edition:
        for one in incoming:
            if match := re.search(dataset.source.edition, one.name):
                groups = [group for group in match.groups() if group] or [match[0]]
                if catalogue.is_edition_name(name := ".".join(groups)):
                    return name
    if any(one.format == "canonical" for one in incoming):
        return (options.today or datetime.now(UTC).date()).isoformat()
    newest = max(one.path.stat().st_mtime for one in incoming)
    return datetime.fromtimestamp(newest, UTC).date().isoformat()


def withdrawn_list(path: Path | None, dataset: Dataset) -> Incoming | None:
    """Return the list of ids that the publisher withdrew, None where none is given."""
    if path is None:
        return None
    if len(dataset.source.key) != 1:
        raise InputError(
            "a list of deleted ids needs a key of one column", str(path), "name it as `key` under [source]"
        )
    return tables.inspect(path, Source())


def withdrawn_ids(incoming: Incoming, column: Column) -> set[str]:
    """Return the ids of a list: one on each line, or the key's column of a CSV."""
    text, _ = tables.decoded(incoming, Source())
    found = [
        one for one in tables.records(text, tables.delimiter_of(text[:4096])) if not isinstance(one, tables.Ragged)
    ]
    spellings = {loose(name) for name in (column.name, *column.names)}
    header = [loose(name) for name in tables.names_of(found[0][1])] if found else []
    at = next((nth for nth, name in enumerate(header) if name in spellings), None)
    if at is None and any(len(cells) > 1 for _, cells in found):
        raise DatasetError(
            f"no column {column.name!r} in the list of deleted ids", incoming.name, "give one id on each line"
        )
    listed = found[1:] if at is not None else found
    return {cells[at or 0].strip() for _, cells in listed if len(cells) > (at or 0)} - {""}
