"""Editions read again: are their rows those that were imported, and is their description still sound?"""

import json
from pathlib import Path

from counterfoil.checking.datasets import catalogue, database, editions
from counterfoil.checking.datasets.writing import rows_digest
from counterfoil.errors import DatasetError


def paths(home: Path | str | None, dataset: str = "", edition: str = "") -> tuple[Path, ...]:
    """Return the files of the editions asked for: all, those of a dataset, or one."""
    root = editions.home(home)
    found = sorted(root.glob(f"*/*{editions.SUFFIX}")) if root.is_dir() else []
    return tuple(
        path
        for path in found
        if dataset in ("", path.parent.name) and edition in ("", path.name.removesuffix(editions.SUFFIX))
    )


def verify(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is wrong with an edition, and what is worth telling of it."""
    try:
        with editions.opened(str(path)) as connection:
            row = connection.execute("SELECT told FROM edition").fetchone()
            told = json.loads(row[0]) if row else {}
            now = rows_digest(connection, "rows")
    except (database.errors(), ValueError, OSError) as error:
        return (f"cannot be read: {str(error).splitlines()[0]}",), ()
    wrong: list[str] = []
    if now != told.get("rows_digest"):
        wrong.append("its rows are not those that were imported")
    if told.get("layout") != editions.LAYOUT:
        wrong.append("made by another version")
    text = str(told.get("description", ""))
    try:
        dataset = catalogue.parse(text, str(path))
    except DatasetError as error:
        return (*wrong, f"its description is not sound: {error.what}"), ()
    if (told.get("dataset"), told.get("name")) != (path.parent.name, path.name.removesuffix(editions.SUFFIX)):
        wrong.append(f"the file was renamed: it holds {told.get('dataset')}@{told.get('name')}")
    shipped = next((one for one in catalogue.shipped() if one.id == dataset.id), None)
    changed = shipped is not None and shipped.text != text
    note = "imported by an earlier description: delete the file and add its sources again to use the present one"
    return tuple(wrong), (note,) if changed else ()
