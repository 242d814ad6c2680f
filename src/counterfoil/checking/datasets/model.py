"""What a dataset is, as its description tells it, and an edition of it. Types only.

docs/datasets.md shows each field in TOML. Expressions are SQL of one row, run read-only and without access to files.
"""

from dataclasses import dataclass
from datetime import date

from counterfoil.reading.model import Kind, Precision


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the publisher's file.

    type      "text", "integer", "number", "date", "timestamp", "boolean".
    names     how files of different years call it; the first is the name used in expressions.
    formats   of dates, in strptime's terms; the first that fits is taken.
    needed    a file without it is refused; where False, expressions see NULL.
    filled    an empty cell is a fault.
    least, most  bounds of numbers, both included.
    one_of    the values allowed; empty for any.
    grouped   numbers may be written "1,022".
    read_as   (as some files write it, as it is meant): ("State", "1"); meant "" is an empty cell ("-9", "-").
    """

    name: str
    type: str = "text"
    names: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    needed: bool = True
    filled: bool = False
    least: float | None = None
    most: float | None = None
    one_of: tuple[str, ...] = ()
    grouped: bool = False
    read_as: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """Rows of the file that are no rows of the data (totals, groups of countries): set aside and counted.

    where  SQL condition on a row as read, before its types are checked.
    """

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from.

    format     "csv", "xlsx", "parquet", "duckdb", "sqlite", "postgresql", "sdmx".
    delimiter  of a CSV; "" for the one that its header shows: comma, semicolon, tab or bar.
    encoding   of a CSV that is not UTF-8; "" for a guess, which the import tells.
    edition    regular expression found in a file's name; its groups, joined by dots, name the edition.
    table      sheet, table or view; "" for the only one.
    tables     pattern of the names of sheets that are stacked, each row with its sheet's name as `_table`.
    unpivot    columns that hold one value each become rows: (pattern of their names, name column, value column).
    tag_rows   how many rows of HXL tags may follow the header.
    key        columns that tell rows apart; empty if none do. Two rows of one key are a fault unless `newest` is given.
    newest     column by which, of several rows of one key, the newest is kept (ACLED's `timestamp`); "_file": the row
               of the file that was given last.
    aside      rows that are none of the data.
    url        where `data pull` finds it; `sha256` its digest and `size_limit` the most bytes taken.
    """

    format: str = "csv"
    table: str = ""
    tables: str = ""
    header_row: int = 1
    tag_rows: int = 0
    unpivot: tuple[str, str, str] | None = None
    key: tuple[str, ...] = ()
    newest: str | None = None
    aside: tuple[Aside, ...] = ()
    url: str = ""
    sha256: str = ""
    size_limit: int = 2_000_000_000
    delimiter: str = ""
    encoding: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A day at which the way of counting changed: what stands on both sides is not compared without saying so.

    refuse  the two sides are not comparable at all.
    """

    at: date
    why: str
    refuse: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """When a row happened.

    start, end  SQL expressions that give DATEs, both days included; `end` "" where a row is one step long.
    precision   the step that rows are counted in: day, month, quarter or year.
    until       last day covered; None for the last day of the data.
    lag_days    how long the newest steps stay incomplete.
    gaps        spans of days that the source does not cover ("no report" is not zero).
    silence     what no row means: "zero", nothing happened; "unknown", no figure: only steps with a row are covered.
    snapshot    SQL expression: rows with one value are one state of a stock (a round), dated by the last of its days.
    """

    start: str
    end: str = ""
    precision: Precision = Precision.DAY
    since: date | None = None
    until: date | None = None
    lag_days: int = 0
    gaps: tuple[tuple[date, date], ...] = ()
    breaks: tuple[Break, ...] = ()
    snapshot: str = ""
    silence: str = "zero"


@dataclass(frozen=True, slots=True)
class PlaceColumn:
    """A level of place. `level` is "country", "admin1", "admin2" or "city"; `scheme` "iso3" or "name".

    column  SQL expression of one row, mostly a column; "'GBR'" where all rows are of one country.
    role    "at", "origin" or "destination" (asylum).
    aliases  of a country written as a name that the gazetteer does not know: its ISO code, "" for what is no country.
    """

    level: str
    column: str
    scheme: str = "name"
    role: str = "at"
    aliases: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceFilter:
    """Which rows a question of a place takes: those whose place of `level` is one of `values`.

    values   ISO codes for a country, else names as the data write them (placing.places finds them).
    country  ISO code of the country that the names belong to; "" for any.
    """

    level: str
    values: tuple[str, ...]
    role: str = "at"
    country: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of counting on a categorical axis: an SQL condition on rows, and how sensible it is to count so.

    axis   "definition", "place", "actor", "status", "dating" or "denominator".
    where  SQL condition; "" takes every row. On the axis "dating" it stays empty: `dated` tells.
    score  0 to 1, declared; the default of its axis has 1.
    concept, population  what the rows that are left count, where that is narrower than the measure.
    dated  on axis "dating", where a row counts that lasts over the end of a step: "start", "end", "within" (left out)
           or "spread" (evenly over its days).
    only   ISO codes of the countries for which the variant makes sense; empty for all.
    """

    id: str
    axis: str
    words: str
    where: str = ""
    score: float = 1.0
    concept: str = ""
    population: str = ""
    only: tuple[str, ...] = ()
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that the dataset counts (a measure of it).

    concept     code of the taxonomy of measures; `term` the publisher's own word for it.
    value       SQL expression of one row; "1" counts rows. `low` and `high` the publisher's reporting range.
    context     for people harmed, in what: "in attacks", "in all violence".
    additive    "flow": sums over time and place; "stock": sums over place at one time; "none": never summed.
    variants    ids of the variants that make sense for it, beyond the default of each axis.
    distance    how far its definition lies from the plain words of its concept: 0 the same, 1 another thing.
    places      in place of the dataset's, where a row's places play other parts (refugees returned from asylum).
    floor       it says of itself that it leaves some out: a smaller number of it disagrees with nothing.
    """

    id: str
    concept: str
    term: str
    words: str
    value: str
    unit: str
    kind: Kind
    population: str = ""
    context: str = ""
    where: str = ""
    low: str = ""
    high: str = ""
    additive: str = "flow"
    variants: tuple[str, ...] = ()
    distance: float = 0.0
    places: tuple[PlaceColumn, ...] = ()
    floor: bool = False


@dataclass(frozen=True, slots=True)
class Cannot:
    """A concept near to what the dataset counts that it cannot answer for, and why."""

    concept: str
    why: str


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold in every row: `where` is an SQL condition, and a row for which it is false is a fault.

    columns  whose values the message shows.
    """

    where: str
    words: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """An edition that the publisher brought out: its name, the day, and the last day that it covers.

    url, sha256  where `data pull` finds it, and its digest; "" for those of the source.
    """

    name: str
    day: date | None = None
    until: date | None = None
    url: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as its description tells it.

    names      under which texts speak of the publisher: its own claim is no independent evidence.
    differs    (id of a neighbour, how it differs from it).
    digest     sha256 of the description's text.
    checks     what must hold in every row; `releases` the editions that are known.
    """

    id: str
    name: str
    publisher: str
    names: tuple[str, ...]
    licence: str
    url: str
    cite: str
    definition: str
    differs: tuple[tuple[str, str], ...]
    source: Source
    columns: tuple[Column, ...]
    time: Time
    places: tuple[PlaceColumn, ...]
    indicators: tuple[Indicator, ...]
    variants: tuple[Variant, ...]
    cannot: tuple[Cannot, ...]
    digest: str
    text: str
    checks: tuple[Check, ...] = ()
    releases: tuple[Release, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """One import of a dataset's files: a DuckDB file that is never changed again.

    name       the publisher's version or vintage ("22.1"), else the day of the file.
    files      (name, sha256, bytes) of what was imported.
    rows       kept; `set_aside` counts the others by reason.
    first, last  days of the data; `covered_since` and `covered_until` what the source claims to cover, else what no
               row reaches over: the first day on which a row ends, the last on which one begins.
    released   when the publisher brought it out, if known: which vintage a speaker could know.
    notes      what the import had to tell: an encoding that was guessed, columns that are not described.
    missing    columns of the description that a file lacks: what mentions them cannot be asked.
    countries  ISO codes of the countries that rows lie in (or come from, or lead to): a file may be a country's cut.
    """

    dataset: Dataset
    name: str
    path: str
    files: tuple[tuple[str, str, int], ...]
    rows: int
    set_aside: tuple[tuple[str, int], ...]
    first: date | None
    last: date | None
    covered_until: date | None
    imported: str
    released: date | None = None
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    covered_since: date | None = None

    @property
    def digest(self) -> str:
        """Return one sha256 for all files: of the only file, or of the digests in order."""
        from hashlib import sha256

        digests = [digest for _, digest, _ in self.files]
        return digests[0] if len(digests) == 1 else sha256("\n".join(digests).encode()).hexdigest()
