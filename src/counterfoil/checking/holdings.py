"""The editions that figures are checked against: found once, and shorn of what their files cannot answer."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from counterfoil.checking.datasets.model import Cannot, Edition
from counterfoil.errors import InputError


def open_editions(folder: Path | str | None = None) -> tuple[Edition, ...]:
    """Return all editions in the folder, or where `counterfoil data` keeps them; without any, nothing is loaded.

    Raises  InputError if a folder is named that is not there, DatasetError for a file that is no edition.
    """
    from counterfoil.checking.datasets.editions import home

    root = home(folder)
    if folder is not None and not root.is_dir():
        raise InputError("no such folder of datasets", str(root), "import some: counterfoil data add FILE --like ID")
    if not root.is_dir() or next(root.glob("*/*.duckdb"), None) is None:
        return ()
    from counterfoil.checking.datasets.editions import editions

    return able(editions(root))


def able(editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """Return the editions without the measures and ways of counting whose columns their files lack."""
    return tuple(_able(edition) for edition in editions)


@lru_cache(maxsize=256)
def _able(edition: Edition) -> Edition:
    from counterfoil.checking.datasets.conditions import answerable, variants_of

    dataset = edition.dataset
    lacking = {i.id: why for i in dataset.indicators if (why := answerable(edition, i))}
    kept = tuple(i for i in dataset.indicators if i.id not in lacking)
    countries = {c for v in dataset.variants for c in v.only} | {""}
    usable = {v.id for i in kept for c in countries for v in variants_of(edition, i, country=c)}
    cannot = tuple(Cannot(i.concept, lacking[i.id]) for i in dataset.indicators if i.id in lacking)
    variants = tuple(v for v in dataset.variants if v.id in usable)
    return replace(
        edition, dataset=replace(dataset, indicators=kept, variants=variants, cannot=(*dataset.cannot, *cannot))
    )
