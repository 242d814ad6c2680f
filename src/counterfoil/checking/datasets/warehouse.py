"""Cubes of sums by step, in every combination of ways of counting, each made in one scan of an edition.

Each way of counting is a condition on rows; the scan sums by day and by the set of conditions that a row meets, and
every combination of them is then an addition in memory.
"""

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Any

import numpy as np

from counterfoil.checking.datasets.conditions import (
    answerable,
    missing_columns,
    place_column,
    variants_of,
    where_clause,
    wrapped,
)
from counterfoil.checking.datasets.coverage import breaks_within, covered_steps, first_day_covered, lagging_steps
from counterfoil.checking.datasets.database import quoted
from counterfoil.checking.datasets.editions import opened
from counterfoil.checking.datasets.expressions import columns_of
from counterfoil.checking.datasets.model import Edition, Indicator, PlaceFilter, Variant
from counterfoil.checking.datasets.steps import FINENESS, edges_of
from counterfoil.checking.datasets.summing import Groups, counted_days, flows, states
from counterfoil.checking.surface.model import Cube, Floats, Ints, Key
from counterfoil.errors import InputError
from counterfoil.reading.model import Kind, Precision

AXES = ("definition", "place", "actor", "status", "dating", "denominator")
MOST_KEYS = 4096  # ways of counting in one cube: the product over its axes
MOST_CONDITIONS = 60  # bits of a row's set of conditions


def cube(
    edition: Edition,
    indicator: Indicator,
    *,
    variants: Sequence[Variant] | None = None,
    chosen: Sequence[Variant] = (),
    where: Sequence[PlaceFilter] = (),
    precision: Precision | None = None,
    most_apart: int | None = None,
) -> Cube:
    """Return the sums of an indicator by step, in every combination of variants over their axes, in one scan.

    variants   the ways of counting, beside the default of each axis; None: all that `variants_of` gives. The first
               key is the default way on every axis.
    chosen     conditions that all keys keep to ("civilians", where the words say so).
    where      places; rows must lie in all of them.
    precision  of the steps; None: the dataset's. Coarser ones sum flows, and take the last state of stocks.
    most_apart  keys at most so many variants away from the default; None: every combination.

    Flows: rows are dated by their first day, or as a variant of the axis "dating" says. "within" leaves out rows that
    do not lie within one step, or one calendar month where steps are shorter.
    Stocks: a step holds the state at its last counted day, which `counted` tells; steps without rows are not covered.
    Flows of a source whose silence means "unknown" neither.
    Indicators that are never summed: a step with several rows has NaN.
    Not covered at all where no row of the edition lies in the places asked for: it may be a cut of other countries.

    Raises  InputError for a coarser question than can be answered (days of monthly data), more than 4,096 keys, or
            columns that the files lack.
    """
    step = precision or edition.dataset.time.precision
    _refuse(edition, indicator, step, chosen, variants or ())
    country = next((one.values[0] for one in where if one.level == "country" and len(one.values) == 1), "")
    ways = tuple(variants) if variants is not None else variants_of(edition, indicator, country=country)
    axes = {axis: [one for one in ways if one.axis == axis and one not in chosen] for axis in AXES}
    conditions = [one for axis, several in axes.items() for one in several if axis != "dating"]
    combinations = 1 + len(ways) if most_apart == 1 else prod(1 + len(several) for several in axes.values())
    if combinations > MOST_KEYS or len(conditions) > MOST_CONDITIONS:
        raise InputError(
            f"{combinations:,} ways of counting at once", indicator.id, f"ask for fewer variants: {MOST_KEYS:,} at most"
        )
    picks = _picks(list(axes.values()), most_apart)
    keys = tuple(_key(edition, indicator, chosen, pick) for pick in picks)
    edges = edges_of(edition, step)
    groups = _scan(edition, indicator, conditions, chosen, where)
    bits = {one.id: 1 << nth for nth, one in enumerate(conditions)}
    asked = np.array([sum(bits.get(one.id, 0) for one in pick if one) for pick in picks], np.int64)
    dated = ["start" if pick[AXES.index("dating")] is None else _dated(pick) for pick in picks]
    ranged = bool(indicator.low) and not columns_of(indicator.low) & missing_columns(edition)
    days = None
    measured = [groups.values, groups.rows.astype(np.float64), *([groups.low, groups.high] if ranged else [])]
    if indicator.kind is Kind.STOCK or indicator.additive == "stock":
        values, counted, *bounds = states(groups, measured, edges, asked)
        covered = counted.any(axis=0)
        days = counted_days(groups, edges)
    else:
        values, counted, *bounds = flows(groups, measured, edges, asked, dated, step)
        covered = covered_steps(edition, edges, first_day_covered(edition, indicator, where))
        if edition.dataset.time.silence == "unknown":
            covered &= counted.any(axis=0)
    counts = np.rint(counted).astype(np.int64)
    if indicator.additive == "none":
        values = np.where(counts > 1, np.nan, values)
    return Cube(
        keys=keys,
        edges=edges,
        values=values,
        low=bounds[0] if ranged else None,
        high=bounds[1] if ranged else None,
        rows=counts,
        covered=np.asarray(covered, np.bool_),
        lagging=lagging_steps(edition, edges),
        breaks=breaks_within(edition, edges),
        counted=days,
    )


def _picks(axes: Sequence[Sequence[Variant]], most_apart: int | None) -> list[tuple[Variant | None, ...]]:
    """Return the combinations of variants, one or the default of each axis, the default way first."""
    if most_apart == 1:  # without making all the others
        none: list[Variant | None] = [None] * len(axes)
        single = [(*none[:at], one, *none[at + 1 :]) for at, several in enumerate(axes) for one in several]
        return [tuple(none), *single]
    every = product(*([None, *several] for several in axes))
    return [pick for pick in every if most_apart is None or sum(one is not None for one in pick) <= most_apart]


def _dated(pick: Sequence[Variant | None]) -> str:
    variant = pick[AXES.index("dating")]
    assert variant is not None
    return variant.dated


def _refuse(
    edition: Edition, indicator: Indicator, step: Precision, chosen: Sequence[Variant], variants: Sequence[Variant]
) -> None:
    where = f"{edition.dataset.id}@{edition.name}.{indicator.id}"
    kept = edition.dataset.time.precision
    week = Precision.WEEK in (step, kept) and step is not kept and kept is not Precision.DAY
    if step not in FINENESS or FINENESS[step] < FINENESS[kept] or week:
        raise InputError(f"steps of a {step}", where, f"it counts by the {kept}: ask for that or for longer steps")
    if why := answerable(edition, indicator):
        raise InputError(why, where, "ask another indicator, or import files that have it")
    lacking = {name for one in (*chosen, *variants) for name in columns_of(one.where) & missing_columns(edition)}
    if lacking:
        raise InputError(
            f"its files have no column {', '.join(map(repr, sorted(lacking)))}", where, "take variants of `variants_of`"
        )


def _key(edition: Edition, indicator: Indicator, chosen: Sequence[Variant], pick: Sequence[Variant | None]) -> Key:
    picked = {one.axis: one for one in pick if one is not None}
    fixed = {axis: "+".join(one.id for one in chosen if one.axis == axis) for axis in AXES}
    ids = {axis: "+".join(filter(None, (fixed[axis], picked[axis].id if axis in picked else ""))) for axis in AXES}
    words = [indicator.words, *(one.words for one in (*chosen, *picked.values()))]
    return Key(
        source=edition.dataset.id,
        edition=edition.name,
        measure=indicator.id,
        words=", ".join(words),
        score=prod(one.score for one in picked.values()),
        **ids,
    )


def _scan(
    edition: Edition,
    indicator: Indicator,
    conditions: Sequence[Variant],
    chosen: Sequence[Variant],
    where: Sequence[PlaceFilter],
) -> Groups:
    """Sum an edition's rows by days and by the set of conditions that they meet."""
    bits = [f"CASE WHEN {wrapped(one.where)} THEN {1 << nth} ELSE 0 END" for nth, one in enumerate(conditions)]
    value, missing = wrapped(indicator.value), missing_columns(edition)
    low, high = (
        f"coalesce({wrapped(one)}, {value})" if one and not columns_of(one) & missing else value
        for one in (indicator.low, indicator.high)
    )
    stock = indicator.additive == "stock"
    first, last = ('"_state"', '"_state"') if stock else ('"_start"', '"_end"')
    country = place_column(edition, indicator, "country", "at") if stock else None
    query = (
        f"SELECT {_ordinal(first)} AS first, {_ordinal(last)} AS last, {' + '.join(bits) or '0'} AS mask, "
        f"{country or quoted('')} AS country, sum(CAST({value} AS DOUBLE)) AS total, "
        f"sum(CAST({low} AS DOUBLE)) AS least, sum(CAST({high} AS DOUBLE)) AS most, count({value}) AS counted "
        f"FROM rows{where_clause(edition, indicator, chosen, where)} GROUP BY ALL ORDER BY ALL"
    )
    with opened(edition.path) as connection:
        found = connection.execute(query).fetchnumpy()
    countries = np.ma.filled(np.ma.asarray(found["country"]), "").astype(str)
    return Groups(
        first=_ints(found["first"]),
        last=_ints(found["last"]),
        mask=_ints(found["mask"]),
        country=np.unique(countries, return_inverse=True)[1].astype(np.int64),
        values=_floats(found["total"]),
        low=_floats(found["least"]),
        high=_floats(found["most"]),
        rows=_ints(found["counted"]),
    )


def _ordinal(day: str) -> str:
    """Return the SQL of a day's ordinal, as date.toordinal counts."""
    return f"datediff('day', DATE '0001-01-01', {day}) + 1"


def _floats(column: Any) -> Floats:
    return np.asarray(np.ma.filled(np.ma.asarray(column, np.float64), 0.0), np.float64)


def _ints(column: Any) -> Ints:
    return np.asarray(np.ma.filled(np.ma.asarray(column), 0), np.int64)
