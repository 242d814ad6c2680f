"""From a publisher's files to an edition. Every row fits its declaration, or every fault is told, all at once.

Files are staged as text, their cells cast and judged in SQL, and the rows written to a new file that gets its name
only when it is whole. What was there before is never touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from counterfoil.checking.datasets import catalogue, database, editions, judging, staging, writing
from counterfoil.checking.datasets.incoming import look_at, name_of, withdrawn_list
from counterfoil.checking.datasets.model import Dataset, Edition
from counterfoil.checking.datasets.underway import Import
from counterfoil.checking.datasets.underway import Options as Options
from counterfoil.checking.datasets.workplace import finish, workplace
from counterfoil.errors import DatasetError, InputError


@dataclass(frozen=True, slots=True)
class Added:
    """What an import did. `new` is False where the very same files were there already: nothing was changed."""

    edition: Edition
    new: bool


def add(
    files: Sequence[Path | str],
    dataset: Dataset,
    *,
    home: Path | str | None = None,
    options: Options | None = None,
) -> Added:
    """Import files as one edition of a dataset, and return it; the same files again change nothing.

    files   CSV, workbook, Parquet, DuckDB, SQLite, SDMX, or the address of a PostgreSQL server.
    home    folder of the editions; None: see `editions.home`.
    Raises  InputError for files that cannot be read and names that are taken; DatasetError with all faults.
    """
    options = options or Options()
    if not files:
        raise InputError("no file", "arguments", "counterfoil data add FILE --like ID")
    dataset = catalogue.parse(dataset.text, dataset.id)  # judged here: whatever made it, only sound SQL goes further
    folder = editions.home(home)
    if options.edition is not None:
        editions.path_of(folder, dataset.id, options.edition)
    with workplace(folder, dataset) as place:
        incoming = look_at(files, dataset, options, place)
        listed = tuple((one.name, one.digest, one.size) for one in incoming)
        deleted = withdrawn_list(options.deleted, dataset)
        listed += ((f"deleted: {deleted.name}", deleted.digest, deleted.size),) if deleted else ()
        held = editions.editions(folder, dataset=dataset.id)
        name = name_of(incoming, dataset, options) if options.edition is None else options.edition
        for one in held:
            same = sorted(digest for _, digest, _ in one.files) == sorted(digest for _, digest, _ in listed)
            if same and one.dataset.digest == dataset.digest and options.edition in (None, one.name):
                return Added(one, new=False)
        target = editions.path_of(folder, dataset.id, name)
        if target.exists():
            raise InputError(
                f"{dataset.id}@{name} is there already, made from other files or by another description",
                str(target),
                "nothing is overwritten: give this one a name of its own with --edition NAME",
            )
        work = Import(dataset, options, place, incoming, deleted)
        made = _made(work, name, listed, str(target))
        finish(made, target)
    return Added(editions.edition_at(target), new=True)


def _made(work: Import, name: str, listed: tuple[tuple[str, str, int], ...], path: str) -> Path:
    """Make the edition's file and return its path; raises DatasetError with all faults."""
    staged = [table for nth, one in enumerate(work.incoming) for table in staging.tables_of(work, nth, one)]
    work.stop_if_faulty()
    sources = [*(table.path for _, table in staged), *([work.deleted.path] if work.deleted else [])]
    work.connection = database.staging(work.made, sources, work.place)
    try:
        for nth, table in staged:
            staging.stage(work, nth, table)
        work.stop_if_faulty()
        judging.leave_aside(work)
        judging.cast(work)
        judging.judge_cells(work)
        judging.judge_days(work)
        judging.judge_keys(work)
        judging.judge_checks(work)
        writing.code_countries(work)
        work.stop_if_faulty()
        edition = writing.write(work, name, listed, path)
        work.connection.execute("CHECKPOINT edition")
        work.connection.execute("DETACH edition")
    except database.errors() as error:
        raise DatasetError(
            f"the import failed: {str(error).splitlines()[0]}",
            ", ".join(work.names),
            "check the space on the disk, then import again; nothing was changed",
        ) from error
    finally:
        work.connection.close()
    assert edition.rows
    return work.made
