"""Descriptions of datasets: from TOML to `Dataset`, all faults of a file at once.

Keys are the field names of the types in model.py; docs/datasets.md shows a whole description.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, lru_cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from counterfoil.checking.datasets.expressions import COLUMN_TYPES, Expression, faults
from counterfoil.checking.datasets.model import Dataset, Indicator, PlaceColumn
from counterfoil.errors import DatasetError, InputError

LARGEST = 1_000_000  # bytes of a description: the longest shipped one has under 30,000
STEPS = ("day", "week", "month", "quarter", "year")
FORMATS = ("csv", "xlsx", "parquet", "duckdb", "sqlite", "postgresql", "sdmx")
LEVELS = ("country", "admin1", "admin2", "city")
AXES = ("definition", "place", "actor", "status", "dating", "denominator")
SILENCES = ("zero", "unknown")
DATED = ("start", "end", "within", "spread")
_COUNTED = (
    *("person", "household", "event", "building", "vehicle", "animal", "item", "percent", "percentage_point"),
    *("ratio", "point", "vote", "seat", "other"),
)
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
_COUNTRY = re.compile(r"[A-Z]{3}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NOT_IN_FILES = ("digest", "text")  # fields that the description does not write: they follow from it


def load(path: Path | str) -> Dataset:
    """Read a description from a TOML file.

    Raises  InputError if it cannot be read, DatasetError with all its faults, each with its key and its mend.
    """
    try:
        with Path(path).open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(
            f"the description cannot be read: {error.strerror or error}",
            str(path),
            "give the path of a TOML file, or the name of a dataset of `counterfoil data list`",
        ) from None
    if len(raw) > LARGEST:
        raise InputError(f"more than {LARGEST:,} bytes", str(path), "a description is smaller: give the TOML file")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DatasetError(f"byte {error.start} is no UTF-8", str(path), "save the description as UTF-8") from None
    return parse(text, str(path))


def parse(text: str, where: str = "description") -> Dataset:
    """Read a description from its text, its SQL judged and bound; raises DatasetError with all faults."""
    return _sound(*_judged(text), where)


@lru_cache(maxsize=32)
def _judged(text: str) -> tuple[Dataset | None, tuple[str, ...]]:
    """Return the dataset of a text, and what is wrong with it.

    Kept, since one text is read as a file, again before its SQL is used, and again with each edition: 40 ms each time.
    """
    dataset, wrong = _built(text)
    if dataset is not None:
        wrong += _meaning(dataset)
        if not any(fault.startswith("columns[") for fault in wrong):
            wrong += faults(tuple(_expressions(dataset)), dataset.columns)
    return dataset, tuple(wrong)


@cache
def shipped() -> tuple[Dataset, ...]:
    """Return the descriptions that the package carries, by id. Their SQL is judged by the tests, and at import."""
    folder = resources.files("counterfoil.checking.datasets") / "descriptions"
    found = []
    for entry in folder.iterdir():
        if entry.name.endswith(".toml"):
            dataset, wrong = _built(entry.read_text(encoding="utf-8"))
            found.append(_sound(dataset, wrong, entry.name))
    return tuple(sorted(found, key=lambda one: one.id))


def known(name: str) -> Dataset:
    """Return the shipped dataset of this id; raises InputError that names those nearest."""
    by_id = {one.id: one for one in shipped()}
    if name not in by_id:
        near = get_close_matches(name, by_id, n=3, cutoff=0.5)
        raise InputError(
            f"no dataset {name!r}",
            "the shipped descriptions",
            (f"did you mean {' or '.join(near)}? " if near else "")
            + "`counterfoil data list` shows all; or give a TOML file of your own (docs/datasets.md)",
        )
    return by_id[name]


def _sound(dataset: Dataset | None, wrong: Sequence[str], where: str) -> Dataset:
    if dataset is None or wrong:
        raise DatasetError(
            "\n".join([f"{len(wrong)} fault{'s' if len(wrong) > 1 else ''} in the description:", *wrong]),
            where,
            "mend the keys named above; docs/datasets.md says what each takes",
        )
    return dataset


# -- the shape: keys and types, as the dataclasses have them -----------------------------------------------------------


def _built(text: str) -> tuple[Dataset | None, list[str]]:
    """Return the dataset of a text, None where its shape is broken, and what is wrong with it."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [f"no TOML: {error}: quote strings, close brackets"]
    wrong: list[str] = []
    for key in _NOT_IN_FILES:
        if key in table:
            wrong.append(f"{key}: not written in a description: leave it out")
    given = table | {"digest": sha256(text.encode()).hexdigest(), "text": text}
    dataset = _table(Dataset, given, "", wrong)
    return (None if wrong else dataset), wrong


def _table(kind: Any, given: Any, path: str, wrong: list[str]) -> Any:
    """Return a dataclass from a TOML table; appends faults to `wrong` and returns None where there are any."""
    if not isinstance(given, dict):
        wrong.append(f"{path}: {_shown(given)} is no table: write [{path}] and its keys below")
        return None
    hints = _hints(kind)
    names = [one.name for one in fields(kind)]
    before = len(wrong)
    for key in given:
        if key not in names:
            near = get_close_matches(key, names, n=1)
            wrong.append(
                f"{_joined(path, key)}: no such key: "
                + (
                    f"did you mean {near[0]}?"
                    if near
                    else f"known are {', '.join(sorted(set(names) - {*_NOT_IN_FILES}))}"
                )
            )
    values = {}
    for one in fields(kind):
        if one.name in given:
            values[one.name] = _value(hints[one.name], given[one.name], _joined(path, one.name), wrong)
        elif _needed(one):
            wrong.append(f"{_joined(path, one.name)}: missing: {_asked(kind, one.name, hints[one.name])}")
    return kind(**values) if len(wrong) == before else None


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _needed(one: "Field[Any]") -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _value(hint: Any, given: Any, path: str, wrong: list[str]) -> Any:
    """Return a TOML value as the type of a field; appends to `wrong` where it is of another."""
    arguments = get_args(hint)
    if get_origin(hint) in (Union, UnionType):  # the one other type of an optional field
        return _value(next(one for one in arguments if one is not NoneType), given, path, wrong)
    if get_origin(hint) is tuple:
        return _tuple(arguments, given, path, wrong)
    if is_dataclass(hint):
        return _table(hint, given, path, wrong)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        values = [one.value for one in hint]
        if given not in values:
            wrong.append(f"{path}: {_shown(given)} is none of {', '.join(values)}")
            return None
        return hint(given)
    if hint is float and isinstance(given, int) and not isinstance(given, bool):
        return float(given)
    if hint is date and isinstance(given, datetime):
        wrong.append(f"{path}: {_shown(given)} has a time: write the day alone, 2024-05-03 without quotes")
    elif type(given) is not hint and not (hint is date and isinstance(given, date)):
        wrong.append(f"{path}: {_shown(given)} is {_kind(type(given))}: write {_kind(hint)}")
    elif hint is float and not abs(given) < float("inf"):
        wrong.append(f"{path}: {given} is no number to compare with: write one that is finite")
    elif hint is str and "\0" in given:
        wrong.append(f"{path}: holds a zero character: write plain text")
    else:
        return given
    return None


def _tuple(arguments: tuple[Any, ...], given: Any, path: str, wrong: list[str]) -> Any:
    """Return a list as a tuple: of many of one kind, or of a fixed length; a table of strings as pairs."""
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        inner = arguments[0]
        if isinstance(given, dict) and get_args(inner) == (str, str):
            given = [[key, value] for key, value in given.items()]
        if not isinstance(given, list):
            example = f"[[{path}]]" if is_dataclass(inner) else "[...]"
            wrong.append(f"{path}: {_shown(given)} is no list: write {example}")
            return ()
        return tuple(_value(inner, one, f"{path}[{nth}]", wrong) for nth, one in enumerate(given, 1))
    if not isinstance(given, list) or len(given) != len(arguments):
        wrong.append(
            f"{path}: {_shown(given)} is no list of {len(arguments)}: write [{', '.join(['...'] * len(arguments))}]"
        )
        return None
    return tuple(
        _value(inner, one, f"{path}[{nth}]", wrong)
        for nth, (inner, one) in enumerate(zip(arguments, given, strict=True), 1)
    )


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _shown(given: Any) -> str:
    text = repr(given)
    return text if len(text) <= 60 else text[:57] + "..."


def _kind(hint: Any) -> str:
    names = {
        str: 'text in "quotes"',
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        date: "a day, 2024-05-03 without quotes",
        dict: "a table",
        list: "a list",
        datetime: "a day with a time",
    }
    return names.get(hint, getattr(hint, "__name__", str(hint)))


def _asked(kind: Any, name: str, hint: Any) -> str:
    """Say what to write for a missing key."""
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return f"write [[{name}]] and its keys below" if is_dataclass(inner) else f"write {name} = [...]"
    if is_dataclass(hint):
        return f"write [{name}] and its keys below"
    return f"write {name} = {_kind(hint)}" if kind is not Dataset or name != "id" else 'write id = "my-table"'


# -- the meaning: what the types cannot say ----------------------------------------------------------------------------


def _meaning(dataset: Dataset) -> list[str]:
    """Return what is wrong with a description whose shape is right, apart from its SQL."""
    wrong: list[str] = []

    def one_of(path: str, value: str, allowed: Sequence[str]) -> None:
        if value not in allowed:
            near = get_close_matches(value, allowed, n=2)
            hint = f"did you mean {' or '.join(near)}?" if near else f"known are {', '.join(allowed[:40])}"
            wrong.append(f"{path}: {value!r} is unknown: {hint}")

    def unique(path: str, values: Sequence[str]) -> None:
        for value, count in Counter(values).items():
            if count > 1:
                wrong.append(f"{path}: {value!r} stands {count} times: name each once")

    def name(path: str, value: str) -> None:
        if not _NAME.fullmatch(value):
            wrong.append(f"{path}: {value!r} is no name: use a to z, digits, hyphens and dots, at most 64")

    def share(path: str, value: float) -> None:
        if not 0 <= value <= 1:
            wrong.append(f"{path}: {value} is not between 0 and 1: write a share, 1 for the plain way of counting")

    def filled(path: str, value: str) -> None:
        if not value.strip():
            wrong.append(f"{path}: empty: say it in words")

    name("id", dataset.id)
    for key in ("name", "publisher", "licence", "definition"):
        filled(key, getattr(dataset, key))
    _columns(dataset, wrong, one_of, unique)
    _source(dataset, wrong, one_of)
    one_of("time.precision", dataset.time.precision.value, STEPS)
    one_of("time.silence", dataset.time.silence, SILENCES)
    for nth, (first, last) in enumerate(dataset.time.gaps, 1):
        if first > last:
            wrong.append(f"time.gaps[{nth}]: ends before it begins: write the first day, then the last")
    if dataset.time.since and dataset.time.until and dataset.time.since > dataset.time.until:
        wrong.append("time.until: before time.since: write the last day covered")
    if dataset.time.lag_days < 0:
        wrong.append("time.lag_days: below 0: write how many days the newest rows stay incomplete")
    _places("places", dataset.places, wrong, one_of)
    if not dataset.indicators:
        wrong.append("indicators: none: write [[indicators]], one for each thing that the table counts")
    unique("indicators.id", [one.id for one in dataset.indicators])
    unique("variants.id", [one.id for one in dataset.variants])
    unique("releases.name", [one.name for one in dataset.releases])
    concepts, units = _concepts(), _units()
    variants = {one.id for one in dataset.variants}
    for nth, indicator in enumerate(dataset.indicators, 1):
        path = f"indicators[{nth}]"
        name(f"{path}.id", indicator.id)
        filled(f"{path}.words", indicator.words)
        one_of(f"{path}.concept", indicator.concept, concepts)
        one_of(f"{path}.unit", indicator.unit, units)
        one_of(f"{path}.additive", indicator.additive, ("flow", "stock", "none"))
        share(f"{path}.distance", indicator.distance)
        unique(f"{path}.variants", indicator.variants)
        for named in indicator.variants:
            if named not in variants:
                wrong.append(
                    f"{path}.variants: {named!r} is not described: write it under [[variants]], or leave it out"
                )
        if bool(indicator.low) != bool(indicator.high):
            wrong.append(f"{path}: low and high go together: write both or none")
        if (indicator.additive, indicator.kind.value) in (("flow", "stock"), ("stock", "flow")):
            wrong.append(f"{path}.additive: a {indicator.kind} is not summed as a {indicator.additive}: write the same")
        _places(f"{path}.places", indicator.places, wrong, one_of)
    for nth, variant in enumerate(dataset.variants, 1):
        path = f"variants[{nth}]"
        name(f"{path}.id", variant.id)
        filled(f"{path}.words", variant.words)
        one_of(f"{path}.axis", variant.axis, AXES)
        share(f"{path}.score", variant.score)
        if variant.concept:
            one_of(f"{path}.concept", variant.concept, concepts)
        if variant.axis == "dating":
            one_of(f"{path}.dated", variant.dated, DATED)
            if variant.where:
                wrong.append(f"{path}.where: an axis of dating takes no condition: `dated` alone tells")
        elif variant.dated:
            wrong.append(f'{path}.dated: only for axis "dating": leave it out')
        elif not variant.where:
            wrong.append(f"{path}.where: empty: every row is the default already; write a condition")
        for code in variant.only:
            if not _COUNTRY.fullmatch(code):
                wrong.append(f"{path}.only: {code!r} is no country code: write three capitals, such as PAK")
    for nth, cannot in enumerate(dataset.cannot, 1):
        one_of(f"cannot[{nth}].concept", cannot.concept, concepts)
        filled(f"cannot[{nth}].why", cannot.why)
    for nth, check in enumerate(dataset.checks, 1):
        filled(f"checks[{nth}].words", check.words)
    for nth, release in enumerate(dataset.releases, 1):
        if not is_edition_name(release.name):
            wrong.append(f"releases[{nth}].name: {release.name!r} is no name of an edition: {EDITION_NAME}")
        if release.sha256 and not _SHA256.fullmatch(release.sha256):
            wrong.append(f"releases[{nth}].sha256: no digest: write 64 hex digits")
    return wrong


EDITION_NAME = "use letters, digits, hyphens, dots and underscores, at most 64, the first a letter or digit"


def is_edition_name(name: str) -> bool:
    """Say whether an edition may be called so: its name becomes the name of a file."""
    return bool(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", name)) and ".." not in name and name[-1] != "."


def is_dataset_id(name: str) -> bool:
    """Say whether a dataset may be called so: its id becomes the name of a folder."""
    return bool(_NAME.fullmatch(name)) and ".." not in name


def _columns(dataset: Dataset, wrong: list[str], one_of: Any, unique: Any) -> None:
    if not dataset.columns:
        wrong.append("columns: none: write [[columns]], one for each column that is used")
    spellings = Counter(
        spelling for column in dataset.columns for spelling in {loose(one) for one in (column.name, *column.names)}
    )
    for nth, column in enumerate(dataset.columns, 1):
        path = f"columns[{nth}]"
        one_of(f"{path}.type", column.type, tuple(COLUMN_TYPES))
        if not column.name.strip() or column.name.startswith("_"):
            wrong.append(f"{path}.name: {column.name!r}: write a name that begins with a letter")
        for spelling in dict.fromkeys((column.name, *column.names)):
            if spellings[loose(spelling)] > 1:
                wrong.append(f"{path}.names: {spelling!r} names another column too: each name leads to one")
        if (column.least is not None or column.most is not None) and column.type not in ("integer", "number"):
            wrong.append(f'{path}.least: bounds are for numbers: leave them out, or write type = "number"')
        if column.least is not None and column.most is not None and column.least > column.most:
            wrong.append(f"{path}.most: below least: write the larger bound")
        if column.grouped and column.type not in ("integer", "number"):
            wrong.append(f"{path}.grouped: for numbers alone: leave it out")
        if column.formats and column.type not in ("date", "timestamp"):
            wrong.append(f"{path}.formats: for dates alone: leave it out")
        for form in column.formats:
            if not re.search("%[YyG]", form):
                wrong.append(f"{path}.formats: {form!r} has no year: write it in strptime's terms, such as %d/%m/%Y")


def _source(dataset: Dataset, wrong: list[str], one_of: Any) -> None:
    source = dataset.source
    names = {column.name for column in dataset.columns}
    one_of("source.format", source.format, FORMATS)
    if source.header_row < 1:
        wrong.append("source.header_row: below 1: the first row is 1")
    if source.tag_rows < 0:
        wrong.append("source.tag_rows: below 0: write how many rows of tags may follow the header")
    if len(source.delimiter) > 1:
        wrong.append(f"source.delimiter: {source.delimiter!r}: write one character, or leave it out")
    if source.size_limit < 1:
        wrong.append("source.size_limit: below 1: write the most bytes to take")
    if source.sha256 and not _SHA256.fullmatch(source.sha256):
        wrong.append("source.sha256: no digest: write 64 hex digits")
    if source.url and not re.match(r"https?://", source.url):
        wrong.append("source.url: no address: write https://...")
    for path, pattern in (
        ("source.tables", source.tables),
        ("source.edition", source.edition),
        ("source.unpivot[1]", source.unpivot[0] if source.unpivot else ""),
    ):
        try:
            re.compile(pattern)
        except re.error as error:
            wrong.append(f"{path}: no regular expression ({error}): {pattern!r}")
    for key in source.key:
        if key not in names:
            wrong.append(f"source.key: no column {key!r}: name one of [[columns]]")
    if source.newest and source.newest not in {*names, "_file"}:
        wrong.append(f'source.newest: no column {source.newest!r}: name one of [[columns]], or "_file"')
    if source.newest and not source.key:
        wrong.append("source.key: missing: of rows with one key the newest is kept: name the columns of the key")
    if source.unpivot:
        for column in source.unpivot[1:]:
            if column not in names:
                wrong.append(f"source.unpivot: no column {column!r}: write it under [[columns]], with its type")


def _places(path: str, places: Sequence[PlaceColumn], wrong: list[str], one_of: Any) -> None:
    for nth, place in enumerate(places, 1):
        one_of(f"{path}[{nth}].level", place.level, LEVELS)
        one_of(f"{path}[{nth}].scheme", place.scheme, ("iso3", "name"))
        one_of(f"{path}[{nth}].role", place.role, ("at", "origin", "destination"))
        if place.scheme == "iso3" and place.level != "country":
            wrong.append(f'{path}[{nth}].scheme: "iso3" is for countries: write "name"')
        for name, code in place.aliases:
            if code and not _COUNTRY.fullmatch(code):
                wrong.append(f"{path}[{nth}].aliases: {name} = {code!r} is no country code: three capitals, or empty")
    for (level, role), count in Counter((one.level, one.role) for one in places).items():
        if count > 1:
            wrong.append(f"{path}: {count} of level {level!r} and role {role!r}: write one")


def loose(name: str) -> str:
    """Return a column's name as it is compared: without case, blanks as underscores, trimmed."""
    return re.sub(r"[\s_]+", "_", name.strip().strip("\ufeff")).lower()


@cache
def _concepts() -> tuple[str, ...]:
    from counterfoil.reading.taxonomy import taxonomy

    return tuple(dict.fromkeys(code for entry in taxonomy() for code in (entry.code, entry.label)))


@cache
def _units() -> tuple[str, ...]:
    from counterfoil.reading.numerals import lexicon

    units = lexicon("units")
    return (*_COUNTED, *units["measures"], *units["durations"], *units["codes"]["list"].split())


def _expressions(dataset: Dataset) -> Iterator[Expression]:
    """Yield all SQL of a description with its place."""
    for nth, aside in enumerate(dataset.source.aside, 1):
        yield Expression(f"source.aside[{nth}].where", aside.where, "condition", raw=True)
    yield Expression("time.start", dataset.time.start, "day")
    for key in ("end", "snapshot"):
        if sql := getattr(dataset.time, key):
            yield Expression(f"time.{key}", sql, "day" if key == "end" else "value")
    for nth, place in enumerate(dataset.places, 1):
        yield Expression(f"places[{nth}].column", place.column, "text")
    for nth, indicator in enumerate(dataset.indicators, 1):
        yield from _of_indicator(f"indicators[{nth}]", indicator)
    for nth, variant in enumerate(dataset.variants, 1):
        if variant.where:
            yield Expression(f"variants[{nth}].where", variant.where, "condition")
    for nth, check in enumerate(dataset.checks, 1):
        yield Expression(f"checks[{nth}].where", check.where, "condition")


def _of_indicator(path: str, indicator: Indicator) -> Iterator[Expression]:
    yield Expression(f"{path}.value", indicator.value, "number")
    if indicator.where:
        yield Expression(f"{path}.where", indicator.where, "condition")
    for key in ("low", "high"):
        if sql := getattr(indicator, key):
            yield Expression(f"{path}.{key}", sql, "number")
    for nth, place in enumerate(indicator.places, 1):
        yield Expression(f"{path}.places[{nth}].column", place.column, "text")
