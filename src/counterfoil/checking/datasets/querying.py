"""The query that gives what a cube gives, which anyone can run; from FROM on each part lists the rows it counts."""

from collections.abc import Sequence
from datetime import date

from counterfoil.checking.datasets.conditions import place_column, where_clause, wrapped
from counterfoil.checking.datasets.database import quoted
from counterfoil.checking.datasets.editions import opened
from counterfoil.checking.datasets.model import Edition, Indicator, PlaceFilter, Variant
from counterfoil.checking.datasets.steps import step_end, step_start
from counterfoil.reading.model import Precision


def sql(
    edition: Edition,
    indicator: Indicator,
    *,
    variants: Sequence[Variant] = (),
    where: Sequence[PlaceFilter] = (),
    windows: Sequence[tuple[str, date, date]] = (),
) -> str:
    """Return the query that gives what the cube gives, to be run as it stands in DuckDB on the edition's file.

    variants  all that hold at once: conditions, and at most one of dating.
    windows   name, first and last day, both included; one row of the answer each. None: all days. Of a stock the last
              state in the window, which begins no later than the step (month, year) of its last day.
    """
    dating = next((one.dated for one in variants if one.axis == "dating"), "start")
    chosen = [one for one in variants if one.axis != "dating"]
    condition = where_clause(edition, indicator, chosen, where).removeprefix(" WHERE ")
    country = place_column(edition, indicator, "country", "at")
    asked = windows or (("all days", date.min, date.max),)
    step = edition.dataset.time.precision
    if indicator.additive == "stock" and windows:
        asked = tuple((name, min(first, step_start(last, step)), last) for name, first, last in windows)
    parts = "\nUNION ALL\n".join(_one_window(indicator, country, condition, dating, window, step) for window in asked)
    return f"-- duckdb -readonly {edition.path}\n{parts}"


def _one_window(
    indicator: Indicator,
    country: str | None,
    condition: str,
    dating: str,
    window: tuple[str, date, date],
    step: Precision,
) -> str:
    name, first, last = window
    value = wrapped(indicator.value)
    begin, end = f"DATE '{first.isoformat()}'", f"DATE '{last.isoformat()}'"
    column = '"_state"' if indicator.additive == "stock" else '"_end"' if dating == "end" else '"_start"'
    total, within, extra = value, f"{column} BETWEEN {begin} AND {end}", []
    if dating == "within":
        extra.append("date_trunc('month', \"_start\") = date_trunc('month', \"_end\")")
    if dating == "spread":
        overlap = f'datediff(\'day\', greatest("_start", {begin}), least("_end", {end})) + 1'
        total = f'{value} * ({overlap}) / (datediff(\'day\', "_start", "_end") + 1)'
        within = f'"_start" <= {end} AND "_end" >= {begin}'
    elif first > date.min and indicator.additive != "stock" and _cuts(first, last, step):  # a part of a step by days
        opens = f"date_trunc('{step.value}', {column})"
        closes = f"{opens} + INTERVAL 1 {step.value}"
        inside = f"datediff('day', greatest({opens}, {begin}), least({closes}, {end} + INTERVAL 1 day))"
        total = f"{value} * {inside} / datediff('day', {opens}, {closes})"
        within = f"{column} BETWEEN DATE '{step_start(first, step)}' AND DATE '{step_end(last, step)}'"
    conditions = [*([condition] if condition else []), *([within] if first > date.min else []), *extra]
    clause = f"\nWHERE {' AND '.join(conditions)}" if conditions else ""
    body = f"FROM rows{clause}"
    if indicator.additive == "stock":  # of each country the last state in the window
        last_state = f'"_state" = max("_state"){f" OVER (PARTITION BY {country})" if country else " OVER ()"}'
        body = f"FROM (SELECT * {body} QUALIFY {last_state})"
    return f"SELECT {quoted(name)} AS days, sum({total}) AS counted, count({value}) AS rows\n{body}"


def _cuts(first: date, last: date, step: Precision) -> bool:
    """Say whether a window begins or ends within a step: of that step the cube takes a part, by days."""
    return first != step_start(first, step) or last != step_end(last, step)


def without_value(
    edition: Edition,
    indicator: Indicator,
    *,
    chosen: Sequence[Variant] = (),
    where: Sequence[PlaceFilter] = (),
    windows: Sequence[tuple[date, date]] = (),
) -> int:
    """Return how many rows that share a day with these windows tell no number: the sums leave them out.

    windows  first and last day of each, both included.
    """
    days = " OR ".join(f"(\"_start\" <= DATE '{last}' AND \"_end\" >= DATE '{first}')" for first, last in windows)
    condition = where_clause(edition, indicator, chosen, where).removeprefix(" WHERE ")
    both = " AND ".join(part for part in (condition, f"({days})" if days else "") if part)
    query = f"SELECT count(*) - count({wrapped(indicator.value)}) FROM rows{f' WHERE {both}' if both else ''}"
    with opened(edition.path) as connection:
        found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0
