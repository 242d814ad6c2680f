"""Questions to an edition: cubes of sums by step, the rows behind them, and the query that anyone can run.

A cube is made in one scan. Each way of counting is a condition on rows; the scan sums by day and by the set of
conditions that a row meets, and every combination of them is then an addition in memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from math import prod
from typing import Any

import numpy as np

from counterfoil.checking.datasets.database import named, quoted
from counterfoil.checking.datasets.editions import edition_at, editions, home, newest, opened
from counterfoil.checking.datasets.expressions import columns_of
from counterfoil.checking.datasets.model import Edition, Indicator, PlaceColumn, PlaceFilter, Variant
from counterfoil.checking.surface.model import Bools, Cube, Floats, Ints, Key
from counterfoil.errors import InputError
from counterfoil.reading.gazetteer import fold
from counterfoil.reading.model import Kind, Precision

__all__ = [
    "answerable",
    "cube",
    "edition_at",
    "editions",
    "find_place",
    "home",
    "newest",
    "places",
    "rows",
    "sql",
    "variants_of",
]

AXES = ("definition", "place", "actor", "status", "dating", "denominator")
MOST_KEYS = 4096  # ways of counting in one cube: the product over its axes
MOST_CONDITIONS = 60  # bits of a row's set of conditions
_DIVISIONS = frozenset(
    """
    province state region district governorate division department county prefecture municipality city oblast
    territory area agency zone of the
    """.split()
)


def answerable(edition: Edition, indicator: Indicator) -> str:
    """Say why an edition cannot be asked for an indicator: its files lack a column; "" where it can be."""
    needed = columns_of(indicator.value) | columns_of(indicator.where)
    lacking = sorted(needed & _missing(edition))
    return f"its files have no column {', '.join(map(repr, lacking))}" if lacking else ""


def variants_of(edition: Edition, indicator: Indicator, *, country: str = "") -> tuple[Variant, ...]:
    """Return the ways of counting that make sense for an indicator, in this edition and country.

    Left out are those that mention a column which the files lack: a condition on nothing would count nothing.
    """
    missing = _missing(edition)
    named_by_it = set(indicator.variants)
    return tuple(
        one
        for one in edition.dataset.variants
        if one.id in named_by_it and not columns_of(one.where) & missing and (not one.only or country in one.only)
    )


def _missing(edition: Edition) -> frozenset[str]:
    return frozenset(name.lower() for name in edition.missing)


# -- places ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """A place as an edition's rows name it.

    value    ISO code of a country, else the name as written.
    country  ISO code of the country it lies in; "" where rows name none.
    rows     how many rows name it; `since` the first day on which one of them ends.
    """

    level: str
    role: str
    value: str
    country: str
    rows: int
    since: date


def places(edition: Edition, indicator: Indicator | None = None) -> tuple[Named, ...]:
    """Return all places that the edition's rows name, as the indicator (else the dataset) sees their parts."""
    owners = {place: owner for owner, place in _declared(edition, indicator)}
    wanted = {(owner, place.level, place.role) for place, owner in owners.items()}
    return tuple(one for owner, one in _named(edition.path, edition.imported) if (owner, one.level, one.role) in wanted)


def _declared(edition: Edition, indicator: Indicator | None) -> tuple[tuple[str, PlaceColumn], ...]:
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


@lru_cache(maxsize=64)
def _named(path: str, imported: str) -> tuple[tuple[str, Named], ...]:
    with opened(path) as connection:
        found = connection.execute(
            "SELECT owner, level, role, value, country, count, since FROM places ORDER BY ALL"
        ).fetchall()
    return tuple((owner, Named(*rest)) for owner, *rest in found)


def find_place(
    edition: Edition, indicator: Indicator, name: str, *, level: str, role: str = "at", country: str = ""
) -> PlaceFilter | None:
    """Return the filter for a place, by ISO code or by name; None where no row of the edition names it.

    name     "PAK" for a country; "Herat", "Khyber Pakhtunkhwa" for its parts: compared without case, accents and
             words such as "province".
    country  ISO code of the country that a part lies in: rows of other countries are not taken.
    """
    wanted = name.upper() if level == "country" else bare(name)
    values = tuple(
        one.value
        for one in places(edition, indicator)
        if (one.level, one.role) == (level, role)
        and (not country or one.country in ("", country) or level == "country")
        and (one.value if level == "country" else bare(one.value)) == wanted
    )
    return (
        PlaceFilter(level, tuple(dict.fromkeys(values)), role, "" if level == "country" else country)
        if values
        else None
    )


def bare(name: str) -> str:
    """Return a place's name without case, accents and words for divisions.

    >>> bare("Khyber Pakhtunkhwa Province"), bare("Province of Balochistan")
    ('khyber pakhtunkhwa', 'balochistan')
    """
    words = fold(name).split()
    kept = [word for word in words if word not in _DIVISIONS]
    return " ".join(kept or words)


def place_column(edition: Edition, indicator: Indicator, level: str, role: str) -> str | None:
    """Return the SQL that gives a row's place; None where rows tell none of this level and role."""
    missing = _missing(edition)
    for owner, place in _declared(edition, indicator):
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


# -- cubes -------------------------------------------------------------------------------------------------------------


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
    edges = _edges(edition, step)
    groups = _scan(edition, indicator, conditions, chosen, where)
    bits = {one.id: 1 << nth for nth, one in enumerate(conditions)}
    asked = np.array([sum(bits.get(one.id, 0) for one in pick if one) for pick in picks], np.int64)
    dated = ["start" if pick[AXES.index("dating")] is None else _dated(pick) for pick in picks]
    ranged = bool(indicator.low) and not columns_of(indicator.low) & _missing(edition)
    days = None
    measured = [groups.values, groups.rows.astype(np.float64), *([groups.low, groups.high] if ranged else [])]
    if indicator.kind is Kind.STOCK or indicator.additive == "stock":
        values, counted, *bounds = _states(groups, measured, edges, asked)
        covered = counted.any(axis=0)
        days = _counted_days(groups, edges)
    else:
        values, counted, *bounds = _flows(groups, measured, edges, asked, dated, step)
        covered = _covered(edition, edges, _since(edition, indicator, where))
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
        lagging=_lagging(edition, edges),
        breaks=_breaks(edition, edges),
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


_FINENESS = {
    Precision.DAY: 0,
    Precision.WEEK: 1,
    Precision.MONTH: 2,
    Precision.QUARTER: 3,
    Precision.YEAR: 4,
}


def _refuse(
    edition: Edition, indicator: Indicator, step: Precision, chosen: Sequence[Variant], variants: Sequence[Variant]
) -> None:
    where = f"{edition.dataset.id}@{edition.name}.{indicator.id}"
    kept = edition.dataset.time.precision
    week = Precision.WEEK in (step, kept) and step is not kept and kept is not Precision.DAY
    if step not in _FINENESS or _FINENESS[step] < _FINENESS[kept] or week:
        raise InputError(f"steps of a {step}", where, f"it counts by the {kept}: ask for that or for longer steps")
    if why := answerable(edition, indicator):
        raise InputError(why, where, "ask another indicator, or import files that have it")
    lacking = {name for one in (*chosen, *variants) for name in columns_of(one.where) & _missing(edition)}
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


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """What one scan gives: sums by days, set of conditions, and for stocks by country. All arrays [G].

    first, last  ordinals of days, both included; for stocks `last` is the day of the state.
    mask         bits of the conditions that the rows meet.
    """

    first: Ints
    last: Ints
    mask: Ints
    country: Ints
    values: Floats
    low: Floats
    high: Floats
    rows: Ints


def _scan(
    edition: Edition,
    indicator: Indicator,
    conditions: Sequence[Variant],
    chosen: Sequence[Variant],
    where: Sequence[PlaceFilter],
) -> _Groups:
    """Sum an edition's rows by days and by the set of conditions that they meet."""
    bits = [f"CASE WHEN {wrapped(one.where)} THEN {1 << nth} ELSE 0 END" for nth, one in enumerate(conditions)]
    value, missing = wrapped(indicator.value), _missing(edition)
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
        f"FROM rows{_where(edition, indicator, chosen, where)} GROUP BY ALL ORDER BY ALL"
    )
    with opened(edition.path) as connection:
        found = connection.execute(query).fetchnumpy()
    countries = np.ma.filled(np.ma.asarray(found["country"]), "").astype(str)
    return _Groups(
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


def _where(edition: Edition, indicator: Indicator, chosen: Sequence[Variant], where: Sequence[PlaceFilter]) -> str:
    conditions = [wrapped(sql) for sql in (indicator.where, *(one.where for one in chosen)) if sql]
    conditions += [_place_condition(edition, indicator, one) for one in where]
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _floats(column: Any) -> Floats:
    return np.asarray(np.ma.filled(np.ma.asarray(column, np.float64), 0.0), np.float64)


def _ints(column: Any) -> Ints:
    return np.asarray(np.ma.filled(np.ma.asarray(column), 0), np.int64)


# -- steps -------------------------------------------------------------------------------------------------------------


def step_start(day: date, step: Precision) -> date:
    """Return the first day of the step that a day lies in; weeks begin on Monday."""
    if step is Precision.DAY:
        return day
    if step is Precision.WEEK:
        return day - timedelta(days=day.weekday())
    month = {Precision.MONTH: day.month, Precision.QUARTER: (day.month - 1) // 3 * 3 + 1, Precision.YEAR: 1}[step]
    return date(day.year, month, 1)


def step_end(day: date, step: Precision) -> date:
    """Return the last day of the step that a day lies in."""
    begin = step_start(day, step)
    if step in (Precision.DAY, Precision.WEEK):
        return begin + timedelta(days=0 if step is Precision.DAY else 6)
    months = begin.year * 12 + begin.month - 1 + {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}[step]
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def _edges(edition: Edition, step: Precision) -> Ints:
    """Return the days at which steps begin, from the first day covered to the last, and the day after."""
    if edition.first is None or edition.last is None:
        return np.zeros(1, np.int64)
    since = edition.dataset.time.since
    first = min(edition.first, since) if since else edition.first
    last = max(edition.last, edition.covered_until or edition.last)
    begin, end = step_start(first, step), step_end(last, step)
    if step in (Precision.DAY, Precision.WEEK):
        return np.arange(begin.toordinal(), end.toordinal() + 2, 1 if step is Precision.DAY else 7, dtype=np.int64)
    edges = [begin]
    while edges[-1] <= end:
        edges.append(step_end(edges[-1], step) + timedelta(days=1))
    return np.array([day.toordinal() for day in edges], np.int64)


def _covered(edition: Edition, edges: Ints, since: date | None) -> Bools:
    """Return the steps all of whose days the source covers; none where `since` is None."""
    if since is None or edition.covered_until is None:
        return np.zeros(len(edges) - 1, np.bool_)
    covered = (edges[:-1] >= since.toordinal()) & (edges[1:] - 1 <= edition.covered_until.toordinal())
    for begin, end in edition.dataset.time.gaps:
        covered &= (edges[1:] <= begin.toordinal()) | (edges[:-1] > end.toordinal())
    return np.asarray(covered, np.bool_)


def _since(edition: Edition, indicator: Indicator, where: Sequence[PlaceFilter]) -> date | None:
    """Return the first day that the source covers in all the places asked for; None where no row lies in one.

    Where a description does not say since when it covers, a country is covered from its own first row on: many
    sources began in other years elsewhere.
    """
    since = edition.covered_since
    for one in where:
        countries = {one.country} - {""} if one.level != "country" else set(one.values)
        wanted = {("country", code) for code in countries} or {(one.level, value) for value in one.values}
        found = [
            place.since
            for place in places(edition, indicator)
            if place.role == one.role and (place.level, place.value) in wanted
        ]
        if not found or since is None:
            return None
        if edition.dataset.time.since is None:
            since = max(since, step_start(min(found), edition.dataset.time.precision))
    return since


def _lagging(edition: Edition, edges: Ints) -> Bools:
    """Return the steps that may still grow: those that end in the last `lag_days` before what is covered."""
    if edition.covered_until is None or not edition.dataset.time.lag_days:
        return np.zeros(len(edges) - 1, bool)
    lagging: Bools = edges[1:] - 1 > edition.covered_until.toordinal() - edition.dataset.time.lag_days
    return lagging


def _breaks(edition: Edition, edges: Ints) -> tuple[tuple[int, str, bool], ...]:
    found = []
    for one in edition.dataset.time.breaks:
        at = int(np.searchsorted(edges, one.at.toordinal(), side="right")) - 1
        if 0 < at < len(edges) - 1:
            found.append((at, one.why, one.refuse))
    return tuple(found)


# -- from groups to steps ----------------------------------------------------------------------------------------------


def _flows(
    groups: _Groups, measured: Sequence[Floats], edges: Ints, asked: Ints, dated: Sequence[str], step: Precision
) -> list[Floats]:
    """Return each measured amount [K, T]: a key adds the groups that meet all its conditions.

    measured  amounts [G]; the second is the count of rows, which is never spread over days.
    Groups are far fewer than steps times sets of conditions, so each key adds its own.
    """
    sums = [np.zeros((len(asked), len(edges) - 1)) for _ in measured]
    places = {way: _place(groups, edges, way, step) for way in dict.fromkeys(dated)}
    for key, way in enumerate(dated):
        meets = (groups.mask & asked[key]) == asked[key]
        for nth, amounts in enumerate(measured):
            if way == "spread" and nth != 1:
                sums[nth][key] = _spread(groups, meets, amounts, edges)
            else:
                at, inside = places[way]
                kept = meets & inside
                sums[nth][key] = np.bincount(at[kept], amounts[kept], minlength=len(edges) - 1)
    return sums


def _place(groups: _Groups, edges: Ints, way: str, step: Precision) -> tuple[Ints, Bools]:
    """Return the step [G] of the day that dates each group, and whether it counts in one."""
    at = np.searchsorted(edges, groups.last if way == "end" else groups.first, side="right") - 1
    kept = (at >= 0) & (at < len(edges) - 1)
    if way == "within":
        kept &= _within(groups, edges, step)
    return at, kept


def _within(groups: _Groups, edges: Ints, step: Precision) -> Bools:
    """Return the groups whose rows begin and end in one step; in one calendar month where steps are shorter."""
    if step in (Precision.DAY, Precision.WEEK):
        epoch = date(1970, 1, 1).toordinal()
        months = [
            (days - epoch).astype("datetime64[D]").astype("datetime64[M]") for days in (groups.first, groups.last)
        ]
        return np.asarray(months[0] == months[1], np.bool_)
    first, last = (np.searchsorted(edges, days, side="right") for days in (groups.first, groups.last))
    return np.asarray(first == last, np.bool_)


def _spread(groups: _Groups, meets: Bools, amounts: Floats, edges: Ints) -> Floats:
    """Return amounts [T] of the groups that meet, spread evenly over their days. Parts outside all steps are lost."""
    begin, days = int(edges[0]), int(edges[-1] - edges[0])
    if not days:
        return np.zeros(0)
    each = (amounts / (groups.last - groups.first + 1))[meets]
    first = np.clip(groups.first[meets] - begin, 0, days)
    after = np.clip(groups.last[meets] + 1 - begin, 0, days)
    daily = np.bincount(first, each, minlength=days + 1) - np.bincount(after, each, minlength=days + 1)
    # Rounded to a billionth: adding and taking away thirds leaves a trace where there is nothing.
    running = np.round(np.cumsum(daily)[:-1], 9) + 0.0
    return np.asarray(np.add.reduceat(running, edges[:-1] - begin), np.float64)


def _states(groups: _Groups, measured: Sequence[Floats], edges: Ints, asked: Ints) -> list[Floats]:
    """Return each measured amount [K, T] of stocks: of each country, its last state in the step."""
    steps = len(edges) - 1
    at = np.searchsorted(edges, groups.last, side="right") - 1
    inside = (at >= 0) & (at < steps)
    slot = groups.country * steps + np.clip(at, 0, max(steps - 1, 0))
    last_day = np.zeros(int(slot.max(initial=0)) + 1, np.int64)
    np.maximum.at(last_day, slot[inside], groups.last[inside])
    kept = inside & (groups.last == last_day[slot])
    masks, of_mask = np.unique(groups.mask, return_inverse=True)
    meets = ((masks[None, :] & asked[:, None]) == asked[:, None]).astype(np.float64)
    sums = []
    for amounts in measured:
        flat = np.bincount(of_mask[kept] * steps + at[kept], amounts[kept], minlength=len(masks) * steps)
        sums.append(meets @ flat.reshape(len(masks), steps))
    return sums


def _counted_days(groups: _Groups, edges: Ints) -> Ints:
    """Return the ordinal of the last day in each step [T] on which a state was counted, 0 where none was."""
    at = np.searchsorted(edges, groups.last, side="right") - 1
    inside = (at >= 0) & (at < len(edges) - 1)
    found = np.zeros(len(edges) - 1, np.int64)
    np.maximum.at(found, at[inside], groups.last[inside])
    return found


# -- for people --------------------------------------------------------------------------------------------------------


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
    condition = _where(edition, indicator, chosen, where).removeprefix(" WHERE ")
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
    condition = _where(edition, indicator, chosen, where).removeprefix(" WHERE ")
    both = " AND ".join(part for part in (condition, f"({days})" if days else "") if part)
    query = f"SELECT count(*) - count({wrapped(indicator.value)}) FROM rows{f' WHERE {both}' if both else ''}"
    with opened(edition.path) as connection:
        found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0


def rows(
    edition: Edition,
    indicator: Indicator,
    *,
    variants: Sequence[Variant] = (),
    where: Sequence[PlaceFilter] = (),
    days: tuple[date, date] | None = None,
    limit: int = 100,
) -> tuple[Mapping[str, Any], ...]:
    """Return the rows behind an answer, by day: the columns of the file, with `_file` and `_row`.

    days   first and last, both included: rows that share a day with them.
    """
    condition = _where(edition, indicator, [one for one in variants if one.axis != "dating"], where)
    if days:
        overlap = f"\"_start\" <= DATE '{days[1].isoformat()}' AND \"_end\" >= DATE '{days[0].isoformat()}'"
        condition = f"{condition} AND {overlap}" if condition else f" WHERE {overlap}"
    with opened(edition.path) as connection:
        found = connection.execute(
            f'SELECT * FROM rows{condition} ORDER BY "_start", "_end", "_file", "_row" LIMIT {int(limit)}'
        )
        names = [column[0] for column in found.description or ()]
        return tuple(dict(zip(names, row, strict=True)) for row in found.fetchall())
