"""Templates of questions: what a setting asks of a series, whatever the series counts.

Each has axes (see space.py), says which places on them make a question, and answers arrays of places at once from
prefix sums. Steps are numbered from 1; a window of width w that ends at t is the steps t - w + 1 to t.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from counterfoil.checking.surface.model import Bools, Floats, Ints
from counterfoil.checking.surface.space import Axis, choice_axis


class Template(Protocol):
    """What can be asked in many settings. Arrays of places broadcast; one for each axis, in order."""

    @property
    def axes(self) -> tuple[Axis, ...]:
        """Return the axes, in the order in which ties are broken."""
        ...

    def allowed(self, *places: Ints) -> Bools:
        """Say which places make a question that the series can hold."""
        ...

    def answers(self, *places: Ints) -> Floats:
        """Return the results of allowed places; nan where there is none, as with nothing to divide by."""
        ...


def prefix(values: ArrayLike) -> Floats:
    """Return [..., T + 1] sums of all steps before each: the sum of any window is a difference of two."""
    series = np.asarray(values, dtype=np.float64)
    found = np.zeros((*series.shape[:-1], series.shape[-1] + 1))
    np.cumsum(series, axis=-1, out=found[..., 1:])
    return found


def divided(above: Floats, below: Floats) -> Floats:
    """Return ratios; nan where there is nothing, or less, to divide by."""
    usable = below > 0
    found: Floats = np.where(usable, above / np.where(usable, below, 1.0), np.nan)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class EqualWindows:
    """Ratio of the sums of two windows of one width: the window aggregate comparison of Wu et al. (2014).

    sums  [T + 1] prefix sums.
    axes  width w, end t, distance d of the two ends: (t - w, t] over (t - d - w, t - d]. With d < w they overlap.
    """

    sums: Floats
    axes: tuple[Axis, Axis, Axis]

    def allowed(self, *places: Ints) -> Bools:
        """Say which windows lie within the series."""
        w, t, d = (axis.values[p] for axis, p in zip(self.axes, places, strict=True))
        return (w >= 1) & (d >= 1) & (t - d - w >= 0) & (t < len(self.sums))

    def answers(self, *places: Ints) -> Floats:
        """Return later sum / earlier sum."""
        w, t, d = (axis.values[p] for axis, p in zip(self.axes, places, strict=True))
        return divided(self.sums[t] - self.sums[t - w], self.sums[t - d] - self.sums[t - d - w])


@dataclass(frozen=True, slots=True, eq=False)
class UnequalWindows:
    """Ratio of the rates of two windows of any widths: seven months against a year is compared by exposure.

    sums, exposure  [T + 1] prefix sums of what is counted, and of days (or people, or flights) in which it could be.
    axes            width w and end t of the later window, width v of the baseline, distance d of the two ends.
    """

    sums: Floats
    exposure: Floats
    axes: tuple[Axis, Axis, Axis, Axis]

    def allowed(self, *places: Ints) -> Bools:
        """Say which windows lie within the series."""
        w, t, v, d = (axis.values[p] for axis, p in zip(self.axes, places, strict=True))
        return (w >= 1) & (v >= 1) & (d >= 1) & (t - w >= 0) & (t - d - v >= 0) & (t < len(self.sums))

    def answers(self, *places: Ints) -> Floats:
        """Return later rate / earlier rate."""
        w, t, v, d = (axis.values[p] for axis, p in zip(self.axes, places, strict=True))
        later = divided(self.sums[t] - self.sums[t - w], self.exposure[t] - self.exposure[t - w])
        before = t - d
        earlier = divided(self.sums[before] - self.sums[before - v], self.exposure[before] - self.exposure[before - v])
        return divided(later, earlier)


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Sum in one window.

    sums  [D, T + 1] prefix sums, one row for each way of counting.
    axes  way of counting, width w, end t.
    """

    sums: Floats
    axes: tuple[Axis, Axis, Axis]

    def allowed(self, *places: Ints) -> Bools:
        """Say which windows lie within the series."""
        return _within(self.axes, places, self.sums.shape[-1])

    def answers(self, *places: Ints) -> Floats:
        """Return the sums."""
        way, w, t = (axis.values[p] for axis, p in zip(self.axes, places, strict=True))
        found: Floats = self.sums[way, t] - self.sums[way, t - w]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """A part of a whole in one window, in percent: shares by definition of both, and agreement of two voters.

    parts, wholes  [D, T + 1] prefix sums, one row for each definition of part and whole together.
    axes           definition, width w, end t.
    """

    parts: Floats
    wholes: Floats
    axes: tuple[Axis, Axis, Axis]

    def allowed(self, *places: Ints) -> Bools:
        """Say which windows lie within the series."""
        return _within(self.axes, places, self.parts.shape[-1])

    def answers(self, *places: Ints) -> Floats:
        """Return shares in percent; nan where the whole is nothing."""
        way, w, t = (axis.values[p] for axis, p in zip(self.axes, places, strict=True))
        above = self.parts[way, t] - self.parts[way, t - w]
        return 100 * divided(above, self.wholes[way, t] - self.wholes[way, t - w])


def _within(axes: Sequence[Axis], places: Sequence[Ints], size: int) -> Bools:
    _, w, t = (axis.values[p] for axis, p in zip(axes, places, strict=True))
    return np.broadcast_to((w >= 1) & (t - w >= 0) & (t < size), np.broadcast_shapes(*(p.shape for p in places)))


# How two voters agree: (words, score, agree, counted). The score is 1 for what the claim says of its own count, else
# that of a neighbour: a reader who hears "the same 65 percent of the time" does not hear which votes were left out.
YEA, NAY, PRESENT, ABSENT = range(4)
VOTES = (
    ("of roll calls in which both voted yea or nay", 1.0),
    ("of roll calls in which neither was absent", 1.0),
    ("of roll calls in which neither was absent, agreeing as present too", 0.8),
    ("of roll calls that the second attended, agreeing as present too", 0.8),
    ("of all roll calls, agreeing as present or absent too", 0.5),
    ("of all roll calls, agreeing with yea or nay", 0.5),
)


def vote_similarity(one: NDArray[np.integer], other: NDArray[np.integer], width: Axis, end: Axis) -> Shares:
    """Return the template of how often two voters agree, by the definition of agreement and of what is counted.

    one, other  [T] votes of class YEA, NAY, PRESENT, ABSENT in the same roll calls.
    width, end  the axes of windows over roll calls (or over the steps in which roll calls are grouped).
    """
    same = one == other
    voted, neither = (one <= NAY) & (other <= NAY), (one != ABSENT) & (other != ABSENT)
    every = np.ones(len(same), dtype=bool)
    pairs = (
        (same & voted, voted),
        (same & voted, neither),
        (same & neither, neither),
        (same & neither, other != ABSENT),
        (same, every),
        (same & voted, every),
    )
    parts, wholes = (prefix(np.stack([pair[n] for pair in pairs])) for n in range(2))
    return Shares(parts, wholes, (choice_axis("definition", VOTES), width, end))
