"""The space of settings: axes, and how sensible each place on them is.

An axis is a list of values with a weight for each: naturalness times relevance for numbers, a declared score for
choices such as definitions, places or editions. The sensibility of a setting is the product of its weights, multiplied
in the order of the axes, so that every scan finds the very same numbers.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from counterfoil.checking.surface.model import Floats, Ints
from counterfoil.checking.surface.sensibility import PLAIN, Level, naturalness, relevance

ROUNDING = 1e-12  # products of a few weights differ by less, whatever their order


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """One axis of settings.

    values   [n] whole numbers (steps of a window, definitions by number).
    weights  [n] sensibility of each, 0 or more.
    words    [n] what each value means, for choices; empty for numbers.
    """

    name: str
    values: Ints
    weights: Floats
    words: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.values)


def number_axis(
    name: str,
    values: Sequence[int] | Ints,
    *,
    levels: Sequence[Level] = PLAIN,
    said: float | None = None,
    deviation: float = math.inf,
) -> Axis:
    """Return an axis of numbers: natural by `levels`, relevant by their distance from what was said.

    said, deviation  centre and standard deviation of the relevance; None: nothing was said, all are as relevant.
    """
    values = np.asarray(values, dtype=np.int64)
    near = np.ones(len(values)) if said is None else relevance(values, said, deviation)
    return Axis(name, values, naturalness(values, levels) * near)


def choice_axis(name: str, choices: Sequence[tuple[str, float]]) -> Axis:
    """Return an axis of choices, each with its declared score: definitions, places, actors, editions."""
    words = tuple(word for word, _ in choices)
    return Axis(name, np.arange(len(words)), np.array([score for _, score in choices], dtype=np.float64), words)


def sensibility(axes: Sequence[Axis], places: Sequence[Ints]) -> Floats:
    """Return the sensibility of settings, given their places on each axis; arrays broadcast."""
    found: Floats = axes[0].weights[places[0]]
    for axis, place in zip(axes[1:], places[1:], strict=True):
        found = found * axis.weights[place]
    return found


def worth_a_look(axes: Sequence[Axis], above: float) -> tuple[Ints, ...]:
    """Return the places on each axis on which a setting may be more sensible than a bound: a box about the ellipsoid.

    >>> near = number_axis("months", range(1, 25), said=12, deviation=2)
    >>> near.values[worth_a_look([near], 0.5)[0]].tolist()
    [10, 11, 12, 13, 14]
    """
    most = [float(axis.weights.max(initial=0.0)) for axis in axes]
    found = []
    for n, axis in enumerate(axes):
        others = math.prod(most[:n]) * math.prod(most[n + 1 :])
        found.append(np.flatnonzero(axis.weights * others > above * (1 - ROUNDING)))
    return tuple(found)
