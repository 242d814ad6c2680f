"""What a surface says of a claim: counterarguments, support, what vague words may mean, how fair the claim is.

Every function takes arrays of one shape, whatever the template or the number of axes: results (or their strength) and
sensibility; places are indices into the flattened arrays. nan is a setting that is not answered: it never counts.
Definitions: Wu, Agarwal, Li, Yang, Yu, PVLDB 7(7), 2014, and ACM TODS 42(1), 2017. Of equally good settings the first
in the order of the arrays is taken.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from counterfoil.checking.surface.model import Bools, Floats, Ints

# Allowed results: (low, whether it is excluded, high, whether it is excluded); one for each grain of the words.
Ends = tuple[float, bool, float, bool]
FEW = 20  # members of a front that are found faster one by one than by sorting all settings
DECIMALS = 6  # results are compared with what the words allow after rounding: binary fractions are no reason to miss


class Claims(StrEnum):
    """What a claim says of its result: how its strength is measured."""

    INCREASE = "increase"
    DECREASE = "decrease"
    LEVEL = "level"


def strength(results: Floats, claimed: float, claims: Claims) -> Floats:
    """Return the relative strength of results against the claimed one: 0 as claimed, above 0 stronger.

    results  ratios (1.5 is +50%) for increases and decreases; any positive number for a level.
    claimed  the same of the claim, above 0.
    Returns  result / claimed - 1 for an increase, claimed / result - 1 for a decrease, log(result / claimed) for a
             level, whose sign says on which side it lies.
    Raises   ValueError if the claimed result is not above 0.

    >>> strength(np.array([0.75, 1.5, 3.0]), 1.5, Claims.INCREASE).tolist()
    [-0.5, 0.0, 1.0]
    """
    if not claimed > 0:
        raise ValueError(f"no strength against a claimed result of {claimed}")
    results = np.asarray(results, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        if claims is Claims.INCREASE:
            return results / claimed - 1
        if claims is Claims.DECREASE:
            return claimed / results - 1
        return np.log(results / claimed)


def most_sensible(sensibility: Floats, among: Bools, k: int = 1) -> Ints:
    """Return the places of the k most sensible settings of those chosen, the most sensible first."""
    places = np.flatnonzero(among)
    weights = np.asarray(sensibility).reshape(-1)[places]
    if k == 1 and len(places):
        return places[[int(weights.argmax())]]
    if k < len(places):  # the k-th weight bounds what need be sorted; equals stay, so that the first of them wins
        least = np.partition(weights, len(weights) - k)[len(weights) - k]
        places, weights = places[weights >= least], weights[weights >= least]
    order = np.argsort(-weights, kind="stable")[:k]
    return np.asarray(places[order], dtype=np.int64)


def counters(strengths: Floats, sensibility: Floats, *, below: float = 0.0, k: int = 1) -> Ints:
    """CA-tauR: return the k most sensible settings whose strength is below a bound, the most sensible first."""
    return most_sensible(sensibility, strengths < below, k)


def weakest(strengths: Floats, sensibility: Floats, *, above: float, k: int = 1) -> Ints:
    """CA-tauP: return the k weakest settings whose sensibility is above a bound, the weakest first."""
    among = (np.asarray(sensibility) > above) & ~np.isnan(strengths)
    return most_sensible(-np.where(among, strengths, 0.0), among, k)


def front(costs: Floats, sensibility: Floats, *, k: int | None = None) -> Ints:
    """CA-po: return the settings that no other beats in both cost and sensibility, the most sensible first; k of them.

    costs  for counterarguments the strength, for reverse engineering its absolute value: less is better. Of settings
           that are equal in both the first stands for all.
    """
    flat, weights = np.asarray(costs).reshape(-1), np.asarray(sensibility).reshape(-1)
    if k is not None and k <= FEW:
        return _first_of_front(flat, weights, k)
    places = np.flatnonzero(~np.isnan(flat))
    order = places[np.lexsort((flat[places], -weights[places]))]
    if not len(order):
        return np.zeros(0, dtype=np.int64)
    lowest = np.minimum.accumulate(flat[order])
    better = np.concatenate([[True], flat[order][1:] < lowest[:-1]])
    return np.asarray(order[better][:k], dtype=np.int64)


def _first_of_front(costs: Floats, weights: Floats, k: int) -> Ints:
    """Return the first of a front without sorting: again and again the most sensible of what costs less."""
    found: list[int] = []
    places = np.flatnonzero(~np.isnan(costs))
    while len(places) and len(found) < k:
        near = weights[places]
        equals = places[near == near.max()]
        found.append(int(equals[np.argmin(costs[equals])]))
        places = places[costs[places] < costs[found[-1]]]
    return np.array(found, dtype=np.int64)


def recovered(results: Floats, sensibility: Floats, low: float, high: float, *, k: int = 1) -> Ints:
    """RE-tau: return the k most sensible settings whose result lies from `low` to `high`: what vague words may mean."""
    return most_sensible(sensibility, (results >= low) & (results <= high), k)


def recovered_front(strengths: Floats, sensibility: Floats, *, k: int | None = None) -> Ints:
    """RE-po: return the settings that no other beats in both nearness to the claim and sensibility; k of them."""
    return front(np.abs(strengths), sensibility, k=k)


@dataclass(frozen=True, slots=True)
class Quality:
    """How a claim stands among all settings.

    fairness    mean strength by sensibility: 0 is unbiased, below 0 the claim says more than settings do on the whole.
    robustness  exp(-mean of min(0, strength)²) by sensibility: 1 where no setting is weaker.
    uniqueness  share of the settings, each counting once, that are weaker than claimed.
    settings    how many were answered.
    """

    fairness: float
    robustness: float
    uniqueness: float
    settings: int


def quality(strengths: Floats, sensibility: Floats) -> Quality:
    """Return fairness, robustness and uniqueness of a claim over the settings that are answered and finite.

    Raises  ValueError if there are none.
    """
    known = np.isfinite(strengths)
    found = np.asarray(strengths)[known]
    weights = np.broadcast_to(sensibility, np.shape(strengths))[known]
    total = weights.sum()
    if not len(found) or not total > 0:
        raise ValueError("no setting is answered")
    fairness = float((weights * found).sum() / total)
    weakness = float((weights * np.minimum(0.0, found) ** 2).sum() / total)
    return Quality(fairness, math.exp(-weakness), float((found < 0).mean()), len(found))


def meets(allowed: Sequence[Ends], low: Floats, high: Floats) -> Bools:
    """Say of intervals from `low` to `high` whether they hold a result that the words allow, at some grain.

    nan at either end is no answer, and meets nothing.
    """
    low, high = np.round(low, DECIMALS), np.round(high, DECIMALS)
    found: Bools = np.zeros(np.broadcast_shapes(low.shape, high.shape), dtype=bool)
    for bottom, bottom_open, top, top_open in allowed:
        over = high > bottom if bottom_open else high >= bottom
        under = low < top if top_open else low <= top
        found |= over & under
    return found
