"""SQL conditions on an edition's rows: the places and ways of counting asked for, and what the files' columns allow."""

from collections.abc import Sequence

from counterfoil.checking.datasets.database import named, quoted
from counterfoil.checking.datasets.expressions import columns_of
from counterfoil.checking.datasets.model import Edition, Indicator, PlaceColumn, PlaceFilter, Variant
from counterfoil.errors import InputError


def answerable(edition: Edition, indicator: Indicator) -> str:
    """Say why an edition cannot be asked for an indicator: its files lack a column; "" where it can be."""
    needed = columns_of(indicator.value) | columns_of(indicator.where)
    lacking = sorted(needed & missing_columns(edition))
    return f"its files have no column {', '.join(map(repr, lacking))}" if lacking else ""


def variants_of(edition: Edition, indicator: Indicator, *, country: str = "") -> tuple[Variant, ...]:
    """Return the ways of counting that make sense for an indicator, in this edition and country.

    Left out are those that mention a column which the files lack: a condition on nothing would count nothing.
    """
    missing = missing_columns(edition)
    named_by_it = set(indicator.variants)
    return tuple(
        one
        for one in edition.dataset.variants
        if one.id in named_by_it and not columns_of(one.where) & missing and (not one.only or country in one.only)
    )


def missing_columns(edition: Edition) -> frozenset[str]:
    """Return the described columns that the edition's files lack, in lower case."""
    return frozenset(name.lower() for name in edition.missing)


def declared_places(edition: Edition, indicator: Indicator | None) -> tuple[tuple[str, PlaceColumn], ...]:
    """Return the places of an indicator's rows, each with the id of the indicator that declares it, "" the dataset.

    An indicator's own places stand for the dataset's; where they name no country, the dataset's countries hold.
    """
    shared = tuple(("", place) for place in edition.dataset.places)
    if indicator is None or not indicator.places:
        return shared
    own = tuple((indicator.id, place) for place in indicator.places)
    if any(place.level == "country" for _, place in own):
        return own
    return (*own, *(one for one in shared if one[1].level == "country"))


def place_column(edition: Edition, indicator: Indicator, level: str, role: str) -> str | None:
    """Return the SQL that gives a row's place; None where rows tell none of this level and role."""
    missing = missing_columns(edition)
    for owner, place in declared_places(edition, indicator):
        if (place.level, place.role) == (level, role):
            mentioned = columns_of(place.column)
            if mentioned and mentioned <= missing:
                return None
            return named(country_column(role, owner)) if level == "country" else wrapped(place.column)
    return None


def country_column(role: str, owner: str = "") -> str:
    """Return the column in which the import keeps a row's country: `_iso3`, `_iso3_origin`, `_iso3_destination`.

    owner  id of the indicator that has countries of its own; "" for the dataset's.
    """
    return "_".join(["_iso3", *([role] if role != "at" else []), *([owner] if owner else [])])


def _place_condition(edition: Edition, indicator: Indicator, place: PlaceFilter) -> str:
    column = place_column(edition, indicator, place.level, place.role)
    if column is None:
        raise InputError(
            f"{edition.dataset.id} names no {place.level} ({place.role})",
            f"{edition.dataset.id}@{edition.name}.{indicator.id}",
            "ask for a place of a level and role that its description has under [[places]]",
        )
    listed = ", ".join(quoted(value) for value in place.values)
    condition = f"{column} IN ({listed})"
    if place.country and place.level != "country":
        country = place_column(edition, indicator, "country", place.role)
        if country is not None:
            condition += f" AND {country} = {quoted(place.country)}"
    return condition


def wrapped(sql: str) -> str:
    """Return an expression in brackets; on lines of its own where a comment could swallow the closing one."""
    plain = sql.strip()
    return f"(\n{plain}\n)" if "--" in plain or "\n" in plain else f"({plain})"


def where_clause(
    edition: Edition, indicator: Indicator, chosen: Sequence[Variant], where: Sequence[PlaceFilter]
) -> str:
    """Return the WHERE of a question, with what indicator, ways and places demand; "" for all rows."""
    conditions = [wrapped(sql) for sql in (indicator.where, *(one.where for one in chosen)) if sql]
    conditions += [_place_condition(edition, indicator, one) for one in where]
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
