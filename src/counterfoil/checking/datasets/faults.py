"""What is wrong with the rows of a file, told all at once: where, what, and what to do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from counterfoil.checking.datasets.model import Dataset
from counterfoil.errors import DatasetError

SHOWN = 50  # faults printed whole; the others are counted by column and sort


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell, row or file that does not fit its declaration.

    row     as a spreadsheet shows it; 0 for the file as a whole. `column` "" for the whole row.
    sort    what is wrong, without the value: faults of one sort are counted together.
    """

    file: str
    row: int
    column: str
    value: str
    sort: str
    mend: str

    def __str__(self) -> str:
        at = [
            self.file,
            *([f"row {self.row}"] if self.row else []),
            *([f"column {self.column!r}"] if self.column else []),
        ]
        value = f"{_short(self.value)} is " if self.value else ""
        return f"{', '.join(at)}: {value}{self.sort}: {self.mend}"


@dataclass(slots=True)
class Faults:
    """Faults as they are found: the first of each sort whole, all of them counted."""

    shown: list[Fault] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, fault: Fault, count: int = 1) -> None:
        """Take a fault; with count 0 one that was counted already."""
        self.shown.append(fault)
        self.counts[fault.column, fault.sort] += count

    def raise_if_any(self, dataset: Dataset, files: Sequence[str]) -> None:
        """Raise DatasetError with the first faults in the order of the files, and the count of the others."""
        total = sum(self.counts.values())
        if not total:
            return
        order = {name: nth for nth, name in enumerate(files)}
        ordered = sorted(
            self.shown,
            key=lambda one: (order.get(one.file.partition(", sheet ")[0], -1), one.file, one.row, one.column),
        )[:SHOWN]
        lines = [
            f"{total:,} fault{'s' if total > 1 else ''} against the description {dataset.id!r}:",
            *map(str, ordered),
        ]
        if total > len(ordered):
            rest = self.counts - Counter((one.column, one.sort) for one in ordered)
            told = [
                f"{count:,} {f'in column {column!r}' if column else 'rows'} ({sort})"
                for (column, sort), count in rest.most_common(20)
            ]
            more = f"; and {len(rest) - 20} other sorts" if len(rest) > 20 else ""
            lines.append(f"and {total - len(ordered):,} more: {'; '.join(told)}{more}")
        raise DatasetError(
            "\n".join(lines),
            ", ".join(dict.fromkeys(files)),
            "mend the cells named above, or the description (docs/datasets.md), and import again; nothing was changed",
        )


def _short(value: str) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:76] + "...'"
