"""The editions that are kept: one DuckDB file each, under <home>/<dataset>/<edition>.duckdb.

A file holds the table `rows` (the typed rows, with the columns that the import adds), `places` (which places they
name, how often) and `edition` (one row of JSON: what was imported, and the description's text). It is never changed.
"""

import json
import os
import threading
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterfoil.checking.datasets import catalogue, database
from counterfoil.checking.datasets.model import Dataset, Edition
from counterfoil.errors import DatasetError, InputError

if TYPE_CHECKING:
    import duckdb

SUFFIX = ".duckdb"
LAYOUT = 1  # of the file; a later layout is refused, an earlier one read or named for importing anew


def home(folder: Path | str | None = None) -> Path:
    """Return where editions are kept: the folder given, else COUNTERFOIL_DATA, else the user's data folder."""
    if folder is not None:
        return Path(folder)
    if named := os.environ.get("COUNTERFOIL_DATA"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("counterfoil") / "data"


def path_of(folder: Path, dataset: str, edition: str) -> Path:
    """Return the file of an edition; raises InputError for names that could lead out of the folder."""
    if not catalogue.is_dataset_id(dataset):
        raise InputError(f"no id of a dataset: {dataset!r}", "id", "use a to z, digits and hyphens")
    if not catalogue.is_edition_name(edition):
        raise InputError(f"no name of an edition: {edition!r}", "--edition", catalogue.EDITION_NAME)
    return folder / dataset / f"{edition}{SUFFIX}"


def editions(folder: Path | str | None = None, *, dataset: str | None = None) -> tuple[Edition, ...]:
    """Return all editions that are kept, by dataset and name; only their descriptions are read.

    Raises  DatasetError that names every file that is no edition.
    """
    root = home(folder)
    paths = sorted(root.glob(f"{dataset or '*'}/*{SUFFIX}")) if root.is_dir() else []
    found: list[Edition] = []
    broken: list[DatasetError] = []
    for path in paths:
        try:
            found.append(edition_at(path))
        except DatasetError as error:
            broken.append(error)
    if broken:
        raise DatasetError(
            "\n".join([f"{len(broken)} of {len(paths)} editions cannot be read:", *(one.what for one in broken)]),
            ", ".join(one.where for one in broken),
            "delete the files named, and import them again with `counterfoil data add`",
        )
    return tuple(found)


def edition_at(path: Path) -> Edition:
    """Return the edition that a file holds; raises DatasetError where it holds none."""
    status = path.stat()
    return _edition_at(str(path), status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)
def _edition_at(path: str, changed: int, size: int) -> Edition:
    try:
        with opened(path) as connection:
            row = connection.execute("SELECT told FROM edition").fetchone()
        told = json.loads(row[0]) if row else {}
    except (database.errors(), ValueError) as error:
        raise DatasetError(
            f"no edition: {str(error).splitlines()[0]}", path, "delete the file, and import it again"
        ) from None
    if not isinstance(told, dict) or told.get("layout") != LAYOUT:
        raise DatasetError("an edition of another version", path, "delete the file, and import it again")
    return _read(told, path)


def opened(path: str) -> "duckdb.DuckDBPyConnection":
    """Return a read-only connection to an edition that reaches no other file; the database itself is opened once."""
    status = os.stat(path)
    stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
    with _GUARD:  # DuckDB shares a database among connections, and refuses to lock its settings twice
        if path in _OPEN and _OPEN[path][0] != stamp:
            _OPEN.pop(path)[1].close()
        if path not in _OPEN:
            while len(_OPEN) >= MOST_OPEN:
                _OPEN.pop(next(iter(_OPEN)))[1].close()
            _OPEN[path] = (stamp, database.reading(path))
        return _OPEN[path][1].cursor()


MOST_OPEN = 64  # files at once: each takes some descriptors, of which systems allow 256 and more
_OPEN: "dict[str, tuple[tuple[int, int, int], duckdb.DuckDBPyConnection]]" = {}
_GUARD = threading.Lock()


def told_of(edition: Edition) -> dict[str, Any]:
    """Return what an edition's file tells of it, as JSON has it."""
    return {
        "layout": LAYOUT,
        "description": edition.dataset.text,
        "dataset": edition.dataset.id,
        "name": edition.name,
        "files": [list(file) for file in edition.files],
        "rows": edition.rows,
        "set_aside": [list(one) for one in edition.set_aside],
        "first": _iso(edition.first),
        "last": _iso(edition.last),
        "covered_since": _iso(edition.covered_since),
        "covered_until": _iso(edition.covered_until),
        "imported": edition.imported,
        "released": _iso(edition.released),
        "notes": list(edition.notes),
        "missing": list(edition.missing),
        "countries": list(edition.countries),
    }


def _read(told: Mapping[str, Any], path: str) -> Edition:
    return Edition(
        dataset=_description(told["description"], path),
        name=told["name"],
        path=path,
        files=tuple((name, digest, size) for name, digest, size in told["files"]),
        rows=told["rows"],
        set_aside=tuple((why, count) for why, count in told["set_aside"]),
        first=_day(told["first"]),
        last=_day(told["last"]),
        covered_since=_day(told["covered_since"]),
        covered_until=_day(told["covered_until"]),
        imported=told["imported"],
        released=_day(told["released"]),
        notes=tuple(told["notes"]),
        missing=tuple(told["missing"]),
        countries=tuple(told["countries"]),
    )


@lru_cache(maxsize=256)
def _description(text: str, path: str) -> Dataset:
    """Return the description that an edition was imported by: a shipped one as it is, another judged anew."""
    for one in catalogue.shipped():
        if one.text == text:
            return one
    return catalogue.parse(text, path)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
