"""From groups of rows to sums by step, for each way of counting: flows by days, stocks by their last state. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from counterfoil.checking.surface.model import Bools, Floats, Ints
from counterfoil.reading.model import Precision


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
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


def flows(
    groups: Groups, measured: Sequence[Floats], edges: Ints, asked: Ints, dated: Sequence[str], step: Precision
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


def _place(groups: Groups, edges: Ints, way: str, step: Precision) -> tuple[Ints, Bools]:
    """Return the step [G] of the day that dates each group, and whether it counts in one."""
    at = np.searchsorted(edges, groups.last if way == "end" else groups.first, side="right") - 1
    kept = (at >= 0) & (at < len(edges) - 1)
    if way == "within":
        kept &= _within(groups, edges, step)
    return at, kept


def _within(groups: Groups, edges: Ints, step: Precision) -> Bools:
    """Return the groups whose rows begin and end in one step; in one calendar month where steps are shorter."""
    if step in (Precision.DAY, Precision.WEEK):
        epoch = date(1970, 1, 1).toordinal()
        months = [
            (days - epoch).astype("datetime64[D]").astype("datetime64[M]") for days in (groups.first, groups.last)
        ]
        return np.asarray(months[0] == months[1], np.bool_)
    first, last = (np.searchsorted(edges, days, side="right") for days in (groups.first, groups.last))
    return np.asarray(first == last, np.bool_)


def _spread(groups: Groups, meets: Bools, amounts: Floats, edges: Ints) -> Floats:
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


def states(groups: Groups, measured: Sequence[Floats], edges: Ints, asked: Ints) -> list[Floats]:
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


def counted_days(groups: Groups, edges: Ints) -> Ints:
    """Return the ordinal of the last day in each step [T] on which a state was counted, 0 where none was."""
    at = np.searchsorted(edges, groups.last, side="right") - 1
    inside = (at >= 0) & (at < len(edges) - 1)
    found = np.zeros(len(edges) - 1, np.int64)
    np.maximum.at(found, at[inside], groups.last[inside])
    return found
