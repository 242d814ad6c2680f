"""One import on its way: what is asked of it, and all that is known of it so far."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterfoil.checking.datasets import editions
from counterfoil.checking.datasets.faults import Faults
from counterfoil.checking.datasets.model import Dataset
from counterfoil.checking.datasets.tables import Incoming

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Options:
    """What the user knows better than the files.

    edition   its name; None: by the description's pattern in the files' names, else the day of the newest file.
    released  when the publisher brought it out; `since` and `until` the first and last day that it covers.
    sha256    digests that the files must have, in their order; empty: any.
    deleted   file of ids (one on each line, or a CSV with the key's column) whose rows the publisher withdrew.
    table     sheet, table or view, in place of the description's.
    today     the day of the import.
    """

    edition: str | None = None
    released: date | None = None
    since: date | None = None
    until: date | None = None
    sha256: tuple[str, ...] = ()
    deleted: Path | None = None
    table: str = ""
    today: date | None = None


class Import:
    """One import on its way: the connection, what is known of the files, the faults so far."""

    def __init__(
        self, dataset: Dataset, options: Options, place: Path, incoming: Sequence[Incoming], deleted: Incoming | None
    ) -> None:
        self.dataset, self.options, self.place = dataset, options, place
        self.incoming, self.deleted = incoming, deleted
        self.source = dataset.source
        self.faults = Faults()
        self.notes: list[str] = []
        self.set_aside: Counter[str] = Counter()
        self.missing: set[str] = set()
        self.names = [one.name for one in incoming]
        self.made = place / f"edition{editions.SUFFIX}"
        self.staged = False
        # Where a fault stands: its file, and the sheet where several are stacked.
        self.at = 'concat_ws(\', sheet \', "_file", "_table")' if self.source.tables else '"_file"'
        self.connection: duckdb.DuckDBPyConnection

    def stop_if_faulty(self) -> None:
        """Raise DatasetError with all faults so far, where there are any."""
        self.faults.raise_if_any(self.dataset, self.names)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        return self.connection.execute(query).fetchall()
