"""Steps of time: the day, week, month, quarter or year that holds a day, and where an edition's steps begin. Pure."""

from datetime import date, timedelta

import numpy as np

from counterfoil.checking.datasets.model import Edition
from counterfoil.checking.surface.model import Ints
from counterfoil.reading.model import Precision

FINENESS = {
    Precision.DAY: 0,
    Precision.WEEK: 1,
    Precision.MONTH: 2,
    Precision.QUARTER: 3,
    Precision.YEAR: 4,
}


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


def edges_of(edition: Edition, step: Precision) -> Ints:
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
