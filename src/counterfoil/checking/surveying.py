"""One matched figure over the whole response surface of an edition: one scan, then arrays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np

from counterfoil.checking.claimed import Claimed
from counterfoil.checking.continuing import continued
from counterfoil.checking.covering import SHARES_OF_A_WINDOW
from counterfoil.checking.datasets import placing, warehouse
from counterfoil.checking.datasets.model import Edition, Indicator, PlaceFilter, Variant
from counterfoil.checking.matches import Match
from counterfoil.checking.references.pairs import MOSTLY
from counterfoil.checking.surface.answers import Answers, counted_days, evaluate
from counterfoil.checking.surface.model import Bools, Cube, Floats, Ints
from counterfoil.checking.surface.sensibility import ALTERNATIVES, DEFAULT, Sensibility
from counterfoil.checking.surface.settings import (
    Days,
    Settings,
    change_settings,
    level_settings,
    reach,
    state_settings,
)
from counterfoil.checking.surface.summary import Summary, summarise
from counterfoil.checking.surface.uncertainty import Dispersion, estimate_dispersion, with_intervals
from counterfoil.comparing import axes
from counterfoil.reading.model import Figure, Kind

_CUT = "it may be a cut of other places, and no report is not zero"
LEAST_SERIES = 1  # rows: a place without any row is not covered, since a file may be a cut of other countries


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """A claim asked of one cube in every sensible way.

    whole    every way of counting, those that count something narrower than the words included; `cube` without these.
    answers  of `cube`, with intervals, scaled to the claim's unit; `summary` what they say of the claim.
    others   the summaries under the other tables of sensibility, by name.
    range_low, range_high  [K, N] the publisher's own range in the claim's unit, None where it gives none.
    filters  the rows' places.
    how      windows are summed up, see `answers.evaluate`; `dispersion` of the series of `whole`.
    """

    match: Match
    claimed: Claimed
    filters: tuple[PlaceFilter, ...]
    whole: Cube
    cube: Cube
    settings: Settings
    answers: Answers
    summary: Summary
    others: tuple[tuple[str, Summary], ...]
    range_low: Floats | None
    range_high: Floats | None
    how: str
    dispersion: Dispersion | None

    @property
    def known(self) -> Bools:
        """Return which settings have an answer, [K, N]."""
        return self.answers.answered


def survey(figure: Figure, match: Match, claimed: Claimed, per: float | None) -> Survey | str:
    """Ask the edition in every sensible way, or say why it cannot be asked.

    per  for a rate, of how many people it is told.
    """
    filters = filters_of(match)
    if isinstance(filters, str):
        return filters
    ways = (*match.opened, *match.beside)
    whole = _cube(match.edition, match.indicator, ways, match.chosen, filters)
    if match.continued_by is not None:
        longer = _continued(whole, match.continued_by)
        if longer is None:
            return "the publisher's monthly sums do not begin where its days end"
        whole = longer
    if not whole.covered.any() or whole.rows.sum() < LEAST_SERIES:
        return f"no row of the edition lies there: {_CUT}"
    narrow = {v.id for v in match.beside}
    plain = [k for k, key in enumerate(whole.keys) if not narrow & _ids(key)]
    cube = _only(whole, plain)
    stock = match.indicator.kind is Kind.STOCK or match.indicator.additive == "stock"
    how = "last" if stock else "sum"
    claimed = _clipped(claimed, match, cube)
    settings = settings_of(claimed, cube, stock=stock)
    if stock and _counted_elsewhere(settings, claimed):
        claimed = replace(claimed, loose=True, elsewhere=True)
    if not len(settings):
        return "none of the windows that the words allow is covered"
    answers = evaluate(cube, settings, how=how)
    if not answers.answered.any():
        return "the edition answers for none of the windows that the words allow"
    # A level is a count of what happened, no sample: that sums vary over the years says nothing of it.
    varies = claimed.change and not stock
    dispersion = estimate_dispersion(whole, begin_of(settings, claimed)) if varies else None
    counted = match.indicator.unit == "event"
    if not stock and figure.kind is not Kind.SHARE:
        answers = with_intervals(answers, settings, _of_ways(dispersion, plain), counted=counted)
    low, high = _ranges(answers, settings, claimed)
    if figure.kind is Kind.SHARE:
        below = _denominators(match, ways, cube, settings, how)
        if isinstance(below, str):
            return below
        answers, low, high = _shares(answers, below), None, None
        if not answers.answered.any():
            return "what would be the part is larger than the whole there, or nothing is known of the whole"
    elif figure.kind is Kind.RATE:
        factor = _per_head(match, settings, per)
        if isinstance(factor, str):
            return factor
        answers, low, high = _scaled(answers, factor), _times(low, factor), _times(high, factor)
    return Survey(
        match,
        claimed,
        filters,
        whole,
        cube,
        settings,
        answers,
        _summary(cube, settings, answers, claimed),
        tuple(_other(table, cube, settings, answers, claimed, stock) for table in ALTERNATIVES),
        low,
        high,
        how,
        dispersion,
    )


def _of_ways(dispersion: Dispersion | None, kept: Sequence[int]) -> Dispersion | None:
    if dispersion is None:
        return None
    return replace(dispersion, factor=dispersion.factor[list(kept)], size=dispersion.size[list(kept)])


# Which rows ---------------------------------------------------------------------------------------------------------


def _continued(whole: Cube, after: Match) -> Cube | None:
    """Return the cube with the publisher's coarser sums after its last day."""
    filters = filters_of(after)
    if isinstance(filters, str):
        return None
    second = _cube(after.edition, after.indicator, (), after.chosen, filters)
    return continued(whole, second, f"from here on the sums are those of {after.edition.dataset.name}")


def filters_of(match: Match) -> tuple[PlaceFilter, ...] | str:
    """Return the places that a match's rows must lie in, or why no row does."""
    found: list[PlaceFilter] = []
    for where in match.filters:
        country = where.place.country or ""
        name = country if where.level == "country" else where.place.name.split(",")[0]
        one = placing.find_place(
            match.edition, match.indicator, name, level=where.level, role=where.role, country=country
        )
        if one is None:
            return f"no row of the edition names {where.place.name}: {_CUT}"
        found.append(one)
    return tuple(found)


@lru_cache(maxsize=64)
def _cube(
    edition: Edition,
    indicator: Indicator,
    ways: tuple[Variant, ...],
    chosen: tuple[Variant, ...],
    filters: tuple[PlaceFilter, ...],
) -> Cube:
    """Return the cube; two figures of one article mostly ask for the same."""
    # One step from the default on one axis: each way of counting is one that somebody uses, not a combination of all.
    return warehouse.cube(edition, indicator, variants=ways, chosen=chosen, where=filters, most_apart=1)


def _ids(key: object) -> set[str]:
    """Return the ids of the variants that a way of counting consists of."""
    return {one for axis in warehouse.AXES for one in getattr(key, axis).split("+") if one}


def _only(cube: Cube, kept: Sequence[int]) -> Cube:
    at = np.asarray(kept, dtype=np.int64)
    return replace(
        cube,
        keys=tuple(cube.keys[k] for k in kept),
        values=cube.values[at],
        low=None if cube.low is None else cube.low[at],
        high=None if cube.high is None else cube.high[at],
        rows=cube.rows[at],
    )


# Which windows ------------------------------------------------------------------------------------------------------


def _clipped(claimed: Claimed, match: Match, cube: Cube) -> Claimed:
    """Return the claim with its window cut to the days that are covered, where the edition covers a part of it."""
    covered, _ = reach(cube)
    if covered[0] >= covered[1]:
        return claimed
    first, end = date.fromordinal(covered[0]), date.fromordinal(covered[1] - 1)
    if match.outcomes["window"].word != axes.CONTAINS:
        return replace(
            claimed, later=_within(claimed.later, first, end), baseline=_within(claimed.baseline, first, end)
        )
    last = min(claimed.later[1] if claimed.later else claimed.as_of, end)
    start = claimed.later[0] if claimed.later else claimed.since
    if start is None or max(start, first) > last:
        return claimed
    if claimed.change and claimed.later is None:
        return replace(claimed, as_of=last)
    return replace(claimed, later=(max(start, first), last), since=None, months=None)


def _within(days: Days | None, first: date, last: date) -> Days | None:
    """Return a window without the few days at its ends of which the series has no rows: it may begin on 3 January."""
    if days is None:
        return None
    cut = max(days[0], first), min(days[1], last)
    enough = (cut[1] - cut[0]).days + 1 >= SHARES_OF_A_WINDOW * ((days[1] - days[0]).days + 1)
    return cut if enough else days


def settings_of(claimed: Claimed, cube: Cube, *, stock: bool, table: Sensibility = DEFAULT) -> Settings:
    """Return the ways of asking that the words leave open, for this cube."""
    covered, ends = reach(cube)
    if stock:
        base = claimed.baseline[1] if claimed.baseline else claimed.since
        found = state_settings(
            covered,
            day=stated_day(claimed),
            base=base if claimed.change else None,
            change=claimed.change,
            as_of=claimed.as_of,
            table=table,
        )
        return _as_counted(found, cube, claimed.as_of)
    if claimed.change:
        found = change_settings(
            covered,
            later=claimed.later,
            since=claimed.since,
            baseline=claimed.baseline,
            as_of=claimed.as_of,
            ends=ends,
            table=table,
        )
        found = _on_its_side(found, claimed)
        if claimed.whole is None:
            return found
        other = replace(claimed, later=claimed.whole, baseline=None, whole=None)
        return _either(found, settings_of(other, cube, stock=False, table=table))
    return level_settings(
        covered,
        window=None if claimed.months else claimed.later,
        since=claimed.since,
        months=claimed.months,
        as_of=claimed.as_of,
        ends=ends,
        table=table,
    )


def stated_day(claimed: Claimed) -> date | None:
    """Return the day of a stock that the words state, never one after the words themselves; None for none."""
    open_end = claimed.change and claimed.since is not None
    day = claimed.day if (claimed.windowed or claimed.later) and not open_end else None
    return None if day is None else min(day, claimed.as_of)


def _as_counted(settings: Settings, cube: Cube, as_of: date) -> Settings:
    """Return the settings of a stock with each day replaced by that on which its state was counted, each once.

    A change between days for which one and the same state stands is no change that anybody counted: it is left out.
    """
    days = counted_days(cube, settings.windows[:, 0], as_of.toordinal())
    found, at = np.unique(days, return_inverse=True)
    later = at.reshape(-1)[settings.later]
    earlier = None if settings.earlier is None else at.reshape(-1)[settings.earlier]
    pairs = later * len(found) + (0 if earlier is None else earlier)
    order = np.lexsort((-settings.sensibility, ~settings.keeps))
    if settings.asked is not None:  # of equals the claim's own
        order = np.concatenate([[settings.asked], order[order != settings.asked]])
    if earlier is not None:
        order = order[earlier[order] < later[order]]  # days rise with their numbers
    _, kept = np.unique(pairs[order], return_index=True)
    order = order[kept]
    worth = np.zeros(len(pairs) and int(pairs.max()) + 1)
    np.maximum.at(worth, pairs, settings.sensibility)
    keeps = np.isin(pairs, pairs[settings.keeps])
    asked = None if settings.asked is None else np.flatnonzero(order == settings.asked)
    return replace(
        settings,
        windows=np.stack([found, found + 1], axis=1),
        later=later[order],
        earlier=None if earlier is None else earlier[order],
        rule=settings.rule[order],
        sensibility=worth[pairs[order]],
        keeps=keeps[order],
        asked=int(asked[0]) if asked is not None and len(asked) else None,
    )


NEAR_DAYS = 31  # a state is told by the month: one counted within a month of the day that is told may refute


def _counted_elsewhere(settings: Settings, claimed: Claimed) -> bool:
    """Say whether a state was counted so far from the days that the words state that it can refute nothing."""
    if settings.asked is None:
        return False
    (day, _), base = settings.days(settings.asked)
    told = claimed.later or (day, day)
    apart = [day - told[1]] if not told[0] <= day <= told[1] else []
    if base is not None:
        earlier = claimed.baseline or (claimed.since or base[0],) * 2
        apart += [base[0] - earlier[1]] if not earlier[0] <= base[0] <= earlier[1] else []
    return any(abs(one.days) > NEAR_DAYS for one in apart)


def _on_its_side(settings: Settings, claimed: Claimed) -> Settings:
    """Return the settings whose windows lie mostly on the side of the event, or in the window, that the words state."""
    start = claimed.later[0] if claimed.later else claimed.since
    if start is None or settings.earlier is None:
        return settings
    begin, end = start.toordinal(), (claimed.later[1] if claimed.later else claimed.as_of).toordinal() + 1
    later, earlier = settings.windows[settings.later], settings.windows[settings.earlier]
    inside = np.minimum(later[:, 1], end) - np.maximum(later[:, 0], begin)
    before = np.minimum(earlier[:, 1], begin) - earlier[:, 0]
    fits = (inside >= MOSTLY * (later[:, 1] - later[:, 0])) & (before >= MOSTLY * (earlier[:, 1] - earlier[:, 0]))
    if claimed.baseline is not None:
        fits |= settings.keeps
    kept = np.flatnonzero(fits)
    asked = None if settings.asked is None else np.flatnonzero(kept == settings.asked)
    return replace(
        settings,
        later=settings.later[kept],
        earlier=settings.earlier[kept],
        rule=settings.rule[kept],
        sensibility=settings.sensibility[kept],
        keeps=settings.keeps[kept],
        asked=int(asked[0]) if asked is not None and len(asked) else None,
    )


def _either(one: Settings, other: Settings) -> Settings:
    """Return the settings of two readings of the same words, each once; none of them is the words' own."""
    assert one.earlier is not None
    assert other.earlier is not None
    windows, at = np.unique(np.concatenate([one.windows, other.windows]), axis=0, return_inverse=True)
    at = at.reshape(-1)
    ones, others = at[: len(one.windows)], at[len(one.windows) :]
    later = np.concatenate([ones[one.later], others[other.later]])
    earlier = np.concatenate([ones[one.earlier], others[other.earlier]])
    worth, keeps = (np.concatenate([getattr(s, name) for s in (one, other)]) for name in ("sensibility", "keeps"))
    order = np.lexsort((-worth, ~keeps))
    _, kept = np.unique(later[order] * len(windows) + earlier[order], return_index=True)
    kept = order[kept]
    rule = np.concatenate([one.rule, other.rule])
    return Settings(windows, later[kept], earlier[kept], rule[kept], worth[kept], keeps[kept], None, one.table)


def begin_of(settings: Settings, claimed: Claimed) -> int:
    """Return the first day of the claim's later window: what lies before may tell how the series varies."""
    if claimed.whole is not None:
        return claimed.whole[0].toordinal()
    if claimed.later is not None:
        return claimed.later[0].toordinal()
    if claimed.since is not None:
        return claimed.since.toordinal()
    n = int(np.argmax(settings.sensibility))
    return int(settings.windows[settings.later[n], 0])


# Answers in the claim's unit ----------------------------------------------------------------------------------------


def _ranges(answers: Answers, settings: Settings, claimed: Claimed) -> tuple[Floats | None, Floats | None]:
    """Return the publisher's own range of each answer [K, N]."""
    low, high = answers.range_low, answers.range_high
    if low is None or high is None:
        return None, None
    if not claimed.change:
        unanswered = ~answers.answered
        return (np.where(unanswered, np.nan, ends[:, settings.later]) for ends in (low, high))  # type: ignore[return-value]
    assert settings.earlier is not None
    assert answers.base_exposure is not None
    scale = answers.base_exposure / answers.exposure
    with np.errstate(divide="ignore", invalid="ignore"):
        least = (low[:, settings.later] * scale / high[:, settings.earlier] - 1) * 100
        most = (high[:, settings.later] * scale / low[:, settings.earlier] - 1) * 100
    known = answers.answered
    return np.where(known, least, np.nan), np.where(known, most, np.nan)


def _denominators(match: Match, ways: tuple[Variant, ...], cube: Cube, settings: Settings, how: str) -> Floats | str:
    """Return the whole that each numerator is a share of, [K, N]: counted in the same way, but of all."""
    whole = match.divisor or match
    filters = filters_of(whole)
    if isinstance(filters, str):
        return filters
    shared = tuple(v for v in ways if v in whole.opened)
    below = _cube(whole.edition, whole.indicator, shared, (), filters)
    answers = evaluate(below, settings, how=how)
    own = [_ids(key) - {v.id for v in match.chosen} for key in cube.keys]
    places = {frozenset(_ids(key)): k for k, key in enumerate(below.keys)}
    at = [places.get(frozenset(ids)) for ids in own]
    found = np.full((len(own), len(settings)), np.nan)
    for k, place in enumerate(at):
        if place is not None:
            found[k] = answers.later_counts[place]
    return found


def whole_window(survey: Survey, later: Days) -> Days:
    """Return the days for which the whole of a share, or the people of a rate, was taken beside a window.

    later  of the part; for a stock, the day on which it was counted.
    """
    whole = survey.match.divisor
    if whole is None:
        return later
    below = _cube(whole.edition, whole.indicator, (), (), filters_of(whole))
    if survey.how == "last":
        days = np.zeros(0) if below.counted is None else below.counted[below.covered]
        before = days[days <= later[1].toordinal()]
        return (date.fromordinal(int(before.max())),) * 2 if len(before) else later
    if whole.indicator.additive != "stock":
        return later
    step = _step_of(below, np.array([later[1].toordinal()]))[0]
    return date.fromordinal(int(below.edges[step])), date.fromordinal(int(below.edges[step + 1]) - 1)


def _step_of(cube: Cube, days: Ints) -> Ints:
    """Return the step [N] in which each day lies, of days beyond all steps the nearest."""
    inside = np.clip(days, cube.edges[0], cube.edges[-1] - 1)
    return np.clip(np.searchsorted(cube.edges, inside, side="right") - 1, 0, len(cube.edges) - 2)


def _shares(answers: Answers, below: Floats) -> Answers:
    """Return the shares in percent; none where the part exceeds the whole: then it is no part of it."""
    usable = (below > 0) & answers.answered & (answers.later_counts <= below)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.where(usable, 100 * answers.later_counts / below, np.nan)
    return replace(answers, values=values, earlier_counts=below)


def _per_head(match: Match, settings: Settings, per: float | None) -> Floats | str:
    """Return what counts are multiplied by for a rate, [N]: by the people of the year in which the window ends."""
    if per is None or match.divisor is None:
        return "the words do not say of how many people the rate is told"
    filters = filters_of(match.divisor)
    if isinstance(filters, str):
        return f"the number of people is not known: {filters}"
    people = _cube(match.divisor.edition, match.divisor.indicator, (), (), filters)
    windows = settings.windows[settings.later]
    at = _step_of(people, windows[:, 1] - 1)
    beyond = windows[:, 1] - 1 - np.clip(windows[:, 1] - 1, people.edges[0], people.edges[-1] - 1)
    known = people.covered[at] & (np.abs(beyond) <= MOST_BEYOND_DAYS)
    with np.errstate(divide="ignore"):
        return np.where(known & (people.values[0, at] > 0), per / people.values[0, at], np.nan)


MOST_BEYOND_DAYS = 731  # a population grows by some percent a year: two years on it still serves as denominator


def _scaled(answers: Answers, factor: Floats) -> Answers:
    return replace(
        answers,
        values=answers.values * factor,
        low=_times(answers.low, factor),
        high=_times(answers.high, factor),
        wide_low=_times(answers.wide_low, factor),
        wide_high=_times(answers.wide_high, factor),
    )


def _times(one: Floats | None, factor: Floats) -> Floats | None:
    return None if one is None else one * factor


def _summary(cube: Cube, settings: Settings, answers: Answers, claimed: Claimed) -> Summary:
    return summarise(cube, settings, answers, allowed=claimed.allowed, said=claimed.said, claims=claimed.claims)


def _other(
    table: Sensibility, cube: Cube, settings: Settings, answers: Answers, claimed: Claimed, stock: bool
) -> tuple[str, Summary]:
    """Return what the same answers say under another table: the settings are the same, and so is their order."""
    worth = settings_of(claimed, cube, stock=stock, table=table).sensibility
    return table.name, _summary(cube, replace(settings, sensibility=worth, table=table.name), answers, claimed)
