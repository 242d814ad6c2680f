"""Published figures to check against: the table that is shipped, and tables of the user's own.

The columns are documented in docs/reference-figures.md. A reference figure is a `Figure` whose anchors point
into the text of its table.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path

from counterfoil.checking.model import Reference
from counterfoil.checking.references.cells import Cell, rows
from counterfoil.checking.references.series import Series, grouped
from counterfoil.comparing.intervals import LARGEST_EXPONENT, allowed, place_values
from counterfoil.documents.model import Document, digest
from counterfoil.errors import DatasetError, InputError
from counterfoil.reading.measures import taxonomy
from counterfoil.reading.model import (
    Direction,
    Figure,
    Hedge,
    Kind,
    Measure,
    Period,
    Place,
    Precision,
    Quantity,
)
from counterfoil.spans import Anchor, Reading, Skipped, Span

REQUIRED = ("publisher", "series", "measure", "unit", "kind", "country", "last", "definition")
OPTIONAL = (
    *("term", "context", "population", "direction", "place", "admin1", "destination", "first", "base_first"),
    *("base_last", "low", "high", "hedge", "url", "released", "claim", "note"),
)
COLUMNS = REQUIRED + OPTIONAL
BY = "reference@1"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,10})?")
_COUNTRY = re.compile(r"[A-Z]{3}")
_RELATIVE_UNITS = ("percent", "percentage_point", "ratio", "point", "other")


@dataclass(frozen=True, slots=True)
class Records:
    """All that figures are checked against.

    references  in the order of their tables.
    editions    one for each table: its file name and the sha256 of its text.
    skipped     rows that were set aside, with reasons.
    series      the references grouped by who counts what, where and how (see `series.grouped`).
    """

    references: tuple[Reference, ...]
    editions: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    series: tuple[Series, ...]


def load_references(paths: Sequence[Path] = ()) -> Records:
    """Return the shipped table of reference figures with the user's own tables behind it.

    paths   CSV files in UTF-8 with the columns of docs/reference-figures.md.
    Raises  InputError if a file cannot be read, DatasetError with all faults of all tables at once.
    """
    if not paths:
        return _shipped()
    tables = _shipped_tables()
    for path in paths:
        try:
            tables.append((path.name, path.read_bytes()))
        except OSError as error:
            raise InputError(
                f"the table of reference figures cannot be read: {error.strerror or error}",
                str(path),
                "give the path of a CSV file that you can open: --reference FILE",
            ) from error
    return read_tables(tables)


@cache
def _shipped() -> Records:
    return read_tables(_shipped_tables())


def _shipped_tables() -> list[tuple[str, bytes]]:
    folder = resources.files("counterfoil") / "checking" / "references" / "shipped"
    return sorted((entry.name, entry.read_bytes()) for entry in folder.iterdir() if entry.name.endswith(".csv"))


def read_tables(tables: Sequence[tuple[str, bytes]]) -> Records:
    """Return the records of these tables, each a name and the bytes of a CSV file.

    Raises  DatasetError that lists all faults of all tables, each with its line, its column and what to do.
    """
    references: list[Reference] = []
    editions: list[str] = []
    skipped: list[Skipped] = []
    faults: list[str] = []
    at_fault: list[str] = []
    for name, raw in tables:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            faults.append(f"{name}: byte {error.start} is no UTF-8: save the file as UTF-8")
            at_fault.append(name)
            continue
        editions.append(f"{name} sha256:{sha256(text.encode()).hexdigest()}")
        found, aside, wrong = _read(name, text)
        references += found
        skipped += aside
        faults += wrong
        at_fault += [name] if wrong else []
    if faults:
        raise DatasetError(
            "\n".join([f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in the reference figures:", *faults]),
            ", ".join(dict.fromkeys(at_fault)),
            "mend the cells named above; docs/reference-figures.md says what each column takes",
        )
    return Records(tuple(references), tuple(editions), tuple(skipped), grouped(references))


def _read(name: str, text: str) -> tuple[list[Reference], list[Skipped], list[str]]:
    table, broken = rows(text)
    if broken:
        return [], [], [f"{name}, {broken}: double the quotes inside a quoted cell, and close it before the comma"]
    if not table:
        return [], [], [f"{name}: the table is empty: give it a header line with {', '.join(REQUIRED)}"]
    header = [cell.value for cell in table[0]]
    faults = [f"{name}, line 1: no column {column!r}: add it" for column in REQUIRED if column not in header]
    for column in header:
        if column not in COLUMNS:
            near = get_close_matches(column, COLUMNS, 1)
            mend = f"did you mean {near[0]!r}?" if near else "remove it, or put its words into 'note'"
            faults.append(f"{name}, line 1: unknown column {column!r}: {mend}")
    faults += [
        f"{name}, line 1: column {c!r} stands twice: keep one" for c in sorted(set(header)) if header.count(c) > 1
    ]
    if "low" not in header and "high" not in header:
        faults.append(f"{name}, line 1: no column 'low' or 'high': the numbers go there")
    missing = {column for column in REQUIRED if column not in header}
    if "low" not in header and "high" not in header:
        missing |= {"low", "high"}
    references: list[Reference] = []
    skipped: list[Skipped] = []
    document = Document(text=text, sha256=digest(text), source=name, media_type="text/csv")
    seen: dict[tuple[str, ...], int] = {}
    for cells in table[1:]:
        line = cells[0].line
        if len(cells) != len(header):
            faults.append(
                f"{name}, line {line}: {len(cells)} cells under {len(header)} columns: add or remove commas, "
                "and put a cell that holds a comma in quotes"
            )
            continue
        values = tuple(cell.value for cell in cells)
        if values in seen:
            skipped.append(Skipped(f"{name}, line {line}", f"the same row as line {seen[values]}"))
            continue
        seen[values] = line
        row = _Row(document, dict(zip(header, cells, strict=True)), line)
        reference = row.reference()
        faults += [
            f"{name}, line {line}, column {column!r}: {what}" for column, what in row.faults if column not in missing
        ]
        if reference is not None and not row.faults:
            references.append(reference)
    return references, skipped, faults


@cache
def _measures() -> frozenset[str]:
    return frozenset(entry.code for entry in taxonomy())


@cache
def _units() -> frozenset[str]:
    """Return the unit codes that a figure of an article may have."""
    lexicon = resources.files("counterfoil") / "reading" / "lexicon" / "units.toml"
    table = tomllib.loads(lexicon.read_text(encoding="utf-8"))
    counted = {entry.unit for entry in taxonomy() if entry.unit}
    money = table["codes"]["list"].split()
    return frozenset({*counted, *_RELATIVE_UNITS, *table["measures"], *table["durations"], *money})


class _Row:
    """One row while it is read: collects its faults, so that all are shown at once."""

    def __init__(self, document: Document, cells: dict[str, Cell], line: int) -> None:
        self.document, self.cells, self.line = document, cells, line
        self.faults: list[tuple[str, str]] = []

    def words(self, column: str, *, needed: bool = False) -> str:
        value = self.cells[column].value if column in self.cells else ""
        if needed and not value:
            self.faults.append((column, "is empty: fill it in"))
        return value

    def anchor(self, *columns: str) -> Anchor:
        """Return the anchor of the first of these cells that is filled; of the publisher's if none is."""
        span = next(
            (self.cells[c].span for c in (*columns, "publisher") if c in self.cells and self.cells[c].span), None
        )
        return self.document.anchor(span or Span(0, len(self.document.text)))

    def day(self, column: str, *, needed: bool = False) -> date | None:
        value = self.words(column, needed=needed)
        if not value:
            return None
        try:
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:  # 31 February
            pass
        self.faults.append((column, f"{value!r} is no day: write it as 2023-11-08"))
        return None

    def choice(self, column: str, choices: Sequence[str], default: str = "") -> str:
        value = self.words(column) or default
        if value not in choices:
            near = get_close_matches(value, [c for c in choices if c], 1)
            mend = (
                f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(c or '(empty)' for c in choices)}"
            )
            self.faults.append((column, f"{value!r} is none of the words allowed: {mend}"))
        return value

    def matching(self, column: str, pattern: re.Pattern[str], what: str, *, needed: bool = False) -> str:
        value = self.words(column, needed=needed)
        if value and not pattern.fullmatch(value):
            self.faults.append((column, f"{value!r} is no {what}"))
        return value

    def known(self, column: str, codes: frozenset[str], what: str) -> str:
        value = self.words(column, needed=True)
        if value and value not in codes:
            near = get_close_matches(value, sorted(codes), 1)
            self.faults.append((column, f"{value!r} is no {f'{column}: did you mean {near[0]!r}?' if near else what}"))
        return value

    def number(self, column: str) -> Decimal | None:
        value = self.words(column)
        if not value:
            return None
        if _NUMBER.fullmatch(value):
            return Decimal(value)
        mend = f"write digits alone, as 203639 or 4.5, of at most {LARGEST_EXPONENT} digits"
        self.faults.append((column, f"{value!r} is no number: {mend}"))
        return None

    def period(self, first_column: str, last_column: str, *, needed: bool = False) -> Period | None:
        first, last = self.day(first_column), self.day(last_column, needed=needed)
        if first and last and first > last:
            self.faults.append((first_column, f"{first} is after {last_column} {last}: swap them"))
        if first is None and last is None:
            return None
        return Period(first, last, Precision.DAY, "stated in the table" if first else "the table states no first day")

    def quantity(self, unit: str) -> Quantity | None:
        hedge = (
            Hedge(hedge) if (hedge := self.choice("hedge", [h.value for h in Hedge], "exact")) in set(Hedge) else None
        )
        low, high = self.number("low"), self.number("high")
        if hedge is None or any(column in ("low", "high") for column, _ in self.faults):
            return None
        if hedge in (Hedge.AT_MOST, Hedge.LESS_THAN):
            low, high = None, high if high is not None else low
        elif hedge in (Hedge.AT_LEAST, Hedge.MORE_THAN, Hedge.VAGUE):
            if high is not None:
                self.faults.append(("high", f"{high} stands beside the hedge {hedge.value!r}: leave it empty"))
        elif hedge is Hedge.RANGE:
            if low is None or high is None:
                self.faults.append(("high", "a range needs both 'low' and 'high': fill both in"))
                return None
        else:
            low = low if low is not None else high
            high = high if high is not None else low
            if low != high:
                self.faults.append(("hedge", f"{low} and {high} differ: write the hedge 'range'"))
        said = low if low is not None else high
        if said is None:
            self.faults.append(("low", "no number in 'low' or 'high': fill one in"))
            return None
        if low is not None and high is not None and low > high:
            self.faults.append(("low", f"{low} is above 'high' {high}: swap them"))
        grain, coarsest = place_values(said)
        if low is not None and high is not None and low != high:
            other = place_values(high)
            grain, coarsest = min(grain, other[0]), min(coarsest, other[1])
        plain = Quantity(low, high, unit, hedge, low, high, grain, coarsest)
        wide = allowed(plain, grain)
        if unit in ("percent", "percentage_point", "ratio") or hedge in (Hedge.EXACT, Hedge.RANGE):
            return plain
        return Quantity(wide.low, wide.high, unit, hedge, low, high, grain, coarsest)

    def reference(self) -> Reference | None:
        """Return the row as a reference figure, None if faults leave none to return."""
        publisher, series = self.words("publisher", needed=True), self.words("series", needed=True)
        definition = self.words("definition", needed=True)
        code = self.known("measure", _measures(), "measure: write a code of docs/measures.md, as deported")
        unit = self.known("unit", _units(), "unit: write person, event, percent or another of docs/labels.md")
        kind = self.choice("kind", [k.value for k in Kind])
        direction = self.choice("direction", ["", *Direction])
        country = self.matching("country", _COUNTRY, "country: write its three letters, as PAK", needed=True)
        destination = self.matching("destination", _COUNTRY, "country: write its three letters, as AFG")
        url = self.matching("url", re.compile(r"https?://[^\s<>\"]+"), "address: write it with https://")
        claim = self.choice("claim", ["", "yes", "no"])
        released = self.day("released")
        period, baseline = self.period("first", "last", needed=True), self.period("base_first", "base_last")
        if kind == Kind.CHANGE and not direction:
            self.faults.append(("direction", "a change needs its direction: write up or down"))
        quantity = self.quantity(unit)
        if quantity is None or self.faults:
            return None
        admin1, place = self.words("admin1"), self.words("place") or country
        where = Place(place, country, admin1 or None, "admin1" if admin1 else "country", reason="stated in the table")
        measure = Measure(code, self.words("term") or code.replace("_", " "), self.words("population") or None)
        figure = Figure(
            number=Reading(quantity, self.anchor("low", "high"), BY),
            kind=Kind(kind),
            event=self.anchor("context") if self.words("context") else None,
            measure=Reading(measure, self.anchor("term", "measure"), BY),
            direction=Direction(direction) if direction else None,
            period=Reading(period, self.anchor("first", "last"), BY) if period else None,
            baseline=Reading(baseline, self.anchor("base_first", "base_last"), BY) if baseline else None,
            place=Reading(where, self.anchor("place", "country"), BY),
            destination=Reading(Place(destination, destination, None, "country"), self.anchor("destination"), BY)
            if destination
            else None,
            as_of=released,
        )
        return Reference(figure, publisher, series, definition, url, self.words("note"), claim == "yes", self.line)
