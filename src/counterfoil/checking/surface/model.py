"""What the response surface is made of. Types only; every array names its axes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Key:
    """One way of counting: a point on every categorical axis.

    words  what is counted in it, for people.
    score  declared sensibility, 0 to 1: the product over its axes; 1 is the default way.
    On each axis the id of a variant, or "" for the default.
    """

    source: str
    edition: str
    measure: str
    definition: str
    place: str
    actor: str
    denominator: str
    words: str
    score: float = 1.0
    status: str = ""
    dating: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """Sums of what is counted, by step of time, one row for each way of counting.

    keys       [K].
    edges      [T + 1] ordinals of days (date.toordinal): step i is days edges[i] to edges[i + 1] - 1. Steps adjoin.
    values     [K, T] sums; 0 where the step is covered and nothing was reported. For a stock, the state in the step.
    low, high  [K, T] the publisher's own reporting range, None where it gives none.
    rows       [K, T] rows behind each sum.
    covered    [T] whether the source covers the step: elsewhere 0 means nothing.
    lagging    [T] whether the step may still grow.
    breaks     (index of the first step after the break, why, whether the two sides may not be compared at all).
    counted    [T] of a stock, the ordinal of the last day in the step on which a state was counted, 0 where none was;
               None for sums, and where states hold for their whole step.
    """

    keys: tuple[Key, ...]
    edges: Ints
    values: Floats
    low: Floats | None
    high: Floats | None
    rows: Ints
    covered: Bools
    lagging: Bools
    breaks: tuple[tuple[int, str, bool], ...] = ()
    counted: Ints | None = None
