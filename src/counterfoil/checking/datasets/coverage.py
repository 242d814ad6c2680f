"""Which steps a source covers, which of them may still grow, and where its way of counting breaks."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from counterfoil.checking.datasets.model import Edition, Indicator, PlaceFilter
from counterfoil.checking.datasets.placing import places
from counterfoil.checking.datasets.steps import step_start
from counterfoil.checking.surface.model import Bools, Ints


def covered_steps(edition: Edition, edges: Ints, since: date | None) -> Bools:
    """Return the steps all of whose days the source covers; none where `since` is None."""
    if since is None or edition.covered_until is None:
        return np.zeros(len(edges) - 1, np.bool_)
    covered = (edges[:-1] >= since.toordinal()) & (edges[1:] - 1 <= edition.covered_until.toordinal())
    for begin, end in edition.dataset.time.gaps:
        covered &= (edges[1:] <= begin.toordinal()) | (edges[:-1] > end.toordinal())
    return np.asarray(covered, np.bool_)


def first_day_covered(edition: Edition, indicator: Indicator, where: Sequence[PlaceFilter]) -> date | None:
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


def lagging_steps(edition: Edition, edges: Ints) -> Bools:
    """Return the steps that may still grow: those that end in the last `lag_days` before what is covered."""
    if edition.covered_until is None or not edition.dataset.time.lag_days:
        return np.zeros(len(edges) - 1, bool)
    lagging: Bools = edges[1:] - 1 > edition.covered_until.toordinal() - edition.dataset.time.lag_days
    return lagging


def breaks_within(edition: Edition, edges: Ints) -> tuple[tuple[int, str, bool], ...]:
    """Return the breaks that lie between two steps: the first step after, why, and whether it forbids a comparison."""
    found = []
    for one in edition.dataset.time.breaks:
        at = int(np.searchsorted(edges, one.at.toordinal(), side="right")) - 1
        if 0 < at < len(edges) - 1:
            found.append((at, one.why, one.refuse))
    return tuple(found)
