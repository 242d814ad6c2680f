"""An edition's file: the rows with their countries, the places that they name, and what is told of them."""

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from counterfoil.checking.datasets import countries, editions
from counterfoil.checking.datasets.conditions import country_column, wrapped
from counterfoil.checking.datasets.database import named, quoted
from counterfoil.checking.datasets.expressions import columns_of
from counterfoil.checking.datasets.faults import Fault
from counterfoil.checking.datasets.model import Edition, PlaceColumn
from counterfoil.checking.datasets.steps import step_end, step_start
from counterfoil.checking.datasets.underway import Import

if TYPE_CHECKING:
    import duckdb


def code_countries(work: Import) -> None:
    """Make a table of codes for each country column; a name that means no country we know is a fault."""
    for owner, place in _country_places(work):
        written = f"CAST({wrapped(place.column)} AS VARCHAR)"
        aliases = dict(place.aliases)
        known: list[str] = []
        codes: list[str] = []
        for value, count, file, row in work.ask(
            f'SELECT {written} AS v, count(*), arg_min({work.at}, "_nth"), min("_row") FROM typed '
            "WHERE v IS NOT NULL GROUP BY v ORDER BY v"
        ):
            code = _code(value, place, aliases)
            if code is None:
                _unknown_country(work, value, place, file, row, count)
            elif code:
                known.append(value)
                codes.append(code)
        work.connection.execute(
            f"CREATE TABLE {named('codes:' + country_column(place.role, owner))} AS "
            "SELECT unnest($known) AS written, unnest($codes) AS code",
            {"known": known or [""], "codes": codes or [""]},
        )


def _country_places(work: Import) -> list[tuple[str, PlaceColumn]]:
    """Return the country columns of the dataset and of its indicators, each with its owner."""
    every = [("", place) for place in work.dataset.places]
    every += [(one.id, place) for one in work.dataset.indicators for place in one.places]
    missing = {name.lower() for name in work.missing}
    return [
        (owner, place)
        for owner, place in every
        if place.level == "country" and not (columns_of(place.column) and columns_of(place.column) <= missing)
    ]


def _unknown_country(work: Import, value: str, place: PlaceColumn, file: str, row: int, count: int) -> None:
    if place.scheme == "iso3":
        sort, mend = "no ISO code of a country", 'write three capitals, or scheme = "name" under [[places]]'
    else:
        sort = "no country that is known"
        mend = f'add aliases = {{ "{value}" = "ISO" }} under [[places]], or "" where it is none'
    work.faults.add(Fault(file, row, place.column, value, sort, mend), 0)
    work.faults.counts[place.column, sort] += count


def _code(value: str, place: PlaceColumn, aliases: dict[str, str]) -> str | None:
    """Return a country's code, "" for what is declared to be no country, None for what is not known."""
    if value in aliases:
        return aliases[value]
    if place.scheme == "iso3":
        return value.upper() if re.fullmatch("[A-Za-z]{3}", value) else None
    return countries.code(value)


def write(work: Import, name: str, listed: tuple[tuple[str, str, int], ...], path: str) -> Edition:
    """Write the rows, the places and what is told of them to the edition's file."""
    owned = _country_places(work)
    joins, added = "", []
    for nth, (owner, place) in enumerate(owned):
        column = country_column(place.role, owner)
        joins += (
            f" LEFT JOIN {named('codes:' + column)} c{nth} ON CAST({wrapped(place.column)} AS VARCHAR) = c{nth}.written"
        )
        added.append(f"c{nth}.code AS {named(column)}")
    kept = [named(column.name) for column in work.dataset.columns]
    own = ['"_file"', '"_row"', *(['"_table"'] if work.source.tables else []), '"_start"', '"_end"', '"_state"']
    country = next((f"c{nth}.code" for nth, (owner, one) in enumerate(owned) if not owner and one.role == "at"), "''")
    state = '"_end"'
    if work.dataset.time.snapshot:
        state = f'max("_end") OVER (PARTITION BY {country}, {wrapped(work.dataset.time.snapshot)})'
    chosen = ", ".join([*kept, *own[:-1], f'{state} AS "_state"', *added])
    work.connection.execute(f"CREATE TABLE edition.rows AS SELECT {chosen} FROM typed{joins}")
    _write_places(work)
    rows, first, last, since, until = work.ask(
        'SELECT count(*), min("_start"), max("_end"), min("_end"), max("_start") FROM edition.rows'
    )[0]
    step, time = work.dataset.time.precision, work.dataset.time
    release = next((one for one in work.dataset.releases if one.name == name), None)
    codes = work.ask("SELECT DISTINCT value FROM edition.places WHERE level = 'country' ORDER BY 1")
    edition = Edition(
        dataset=work.dataset,
        name=name,
        path=path,
        files=listed,
        rows=rows,
        set_aside=tuple(sorted(work.set_aside.items())),
        first=first,
        last=last,
        covered_since=work.options.since or time.since or step_start(since, step),
        covered_until=work.options.until or (release.until if release else None) or time.until or step_end(until, step),
        imported=(work.options.today or datetime.now(UTC).date()).isoformat(),
        released=work.options.released or (release.day if release else None),
        notes=tuple(work.notes),
        missing=tuple(column.name for column in work.dataset.columns if column.name in work.missing),
        countries=tuple(code for (code,) in codes),
    )
    told = editions.told_of(edition) | {"rows_digest": rows_digest(work.connection, "edition.rows")}
    work.connection.execute("CREATE TABLE edition.edition AS SELECT $told AS told", {"told": json.dumps(told)})
    return edition


def _write_places(work: Import) -> None:
    """Write which places the rows name, how often, and since when."""
    work.connection.execute(
        "CREATE TABLE edition.places (owner VARCHAR, level VARCHAR, role VARCHAR, value VARCHAR, country VARCHAR, "
        "count BIGINT, since DATE)"
    )
    missing = {name.lower() for name in work.missing}
    every = [("", place) for place in work.dataset.places]
    every += [(one.id, place) for one in work.dataset.indicators for place in one.places]
    has = {country_column(place.role, owner) for owner, place in _country_places(work)}
    for owner, place in every:
        if columns_of(place.column) and columns_of(place.column) <= missing:
            continue
        column = country_column(place.role, owner)
        country = column if column in has else country_column(place.role)
        country = named(country) if country in has else "''"
        value = country if place.level == "country" else wrapped(place.column)
        work.connection.execute(
            f"INSERT INTO edition.places SELECT {quoted(owner)}, {quoted(place.level)}, {quoted(place.role)}, "
            f"{value} AS v, coalesce({country}, ''), count(*), min(\"_end\") FROM edition.rows "
            "WHERE v IS NOT NULL GROUP BY ALL"
        )


def rows_digest(connection: "duckdb.DuckDBPyConnection", table: str) -> str:
    """Return a digest of a table's rows, whatever their order: the md5 of each, all of them joined by exclusive or.

    It tells damage, and is no proof against forgery: the digests of the files are.
    """
    columns = [str(row[0]) for row in connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()]
    cells = ", ".join(f"coalesce(CAST({named(column)} AS VARCHAR), chr(30))" for column in columns)
    found = connection.execute(
        f"SELECT count(*), bit_xor(md5_number(concat_ws(chr(31), {cells}))) FROM {table}"
    ).fetchone()
    assert found is not None
    return f"{found[0]}-{int(found[1] or 0):032x}"
