"""The folder in which an import is made, and how what was made there gets its name."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from counterfoil.checking.datasets.model import Dataset
from counterfoil.errors import InputError

PART = ".part-"  # beginning of the folders in which imports are made; the process's number follows


@contextmanager
def workplace(folder: Path, dataset: Dataset) -> Iterator[Path]:
    """Yield an empty folder beside the editions, removed at the end; removes those that killed imports left."""
    beside = folder / dataset.id
    try:
        beside.mkdir(parents=True, exist_ok=True)
        for left in beside.glob(f"{PART}*"):
            if not _alive(left.name):
                shutil.rmtree(left, ignore_errors=True)
        place = Path(tempfile.mkdtemp(prefix=f"{PART}{os.getpid()}-", dir=beside))
    except OSError as error:
        raise InputError(
            f"the folder of editions cannot be written: {error.strerror}",
            str(beside),
            "name another with --home DIR or COUNTERFOIL_DATA",
        ) from None
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        with suppress(OSError):
            beside.rmdir()  # only where the first import of a dataset failed


def _alive(name: str) -> bool:
    """Say whether the process that made such a folder still runs."""
    number = re.match(re.escape(PART) + r"(\d+)-", name)
    if not number:
        return False
    try:
        os.kill(int(number[1]), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OSError):
        return True
    return True


def finish(made: Path, target: Path) -> None:
    """Give a whole file its name, on the disk before anybody sees it; nothing that has the name is overwritten."""
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        os.link(made, target)
    except FileExistsError:
        raise InputError(
            "another import has just made an edition of this name", str(target), "choose another with --edition NAME"
        ) from None
    except OSError:  # a file system without hard links
        os.rename(made, target)
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(target.parent, os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
