"""How sensible it is to ask so: naturalness of what is asked times its nearness to what was said.

A table is named, versioned and printed with every result: a hidden one could be turned until any verdict comes out.
docs/surface.md shows all of them, and every finding is judged again under the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from counterfoil.checking.surface.model import Floats, Ints

Level = tuple[float, int]  # (how natural, the unit of which it is a multiple)
PLAIN: tuple[Level, ...] = ((1.0, 1),)


@dataclass(frozen=True, slots=True)
class Sensibility:
    """A table of sensibility for dated windows.

    step         how many times more natural a longer unit is than the next shorter one: days, months, quarters,
                 halves, years. e in Wu et al. (2014, section 5), for months, quarters, halves and years.
    off_calendar  share of its naturalness that a window keeps which begins on no first day of its unit.
    length       standard deviation, in doublings, of a window's length about the one that was said.
    distance     the same of the time from the beginning of the baseline to that of the later window.
    unequal      the same of the baseline's length about that of the later window.
    shift        standard deviation of the shift of a window's ends, in lengths of that window.
    recent_days  the same of its last day about the day of the words, where these state no window.
    """

    name: str
    words: str
    step: float
    off_calendar: float
    length: float
    distance: float
    unequal: float
    shift: float
    recent_days: float

    def naturalness(self, rank: Ints, aligned: NDArray[np.bool_]) -> Floats:
        """Return how natural windows are, 0 to 1.

        rank     4 whole years, 3 halves, 2 quarters, 1 months, 0 days.
        aligned  whether the window begins with its unit: on 1 January, 1 July, 1 April, the first of a month.
        """
        return np.where(aligned, 1.0, self.off_calendar) * self.step ** (rank.astype(float) - 4)


# The levels are those of Wu et al. (2014): e for each unit. The widths are ours, and free of scale, so that claims of
# weeks and of decades are treated alike: one doubling, and half a window. What hangs on them is shown by the others.
DEFAULT = Sensibility(
    "sensibility@2",
    "a longer unit is e times as natural as the next; windows of twice or half the length are 0.6 times as relevant",
    step=float(np.e),
    off_calendar=0.7,
    length=1.0,
    distance=1.0,
    unequal=0.5,
    shift=0.5,
    recent_days=365.0,
)
FLATTER = Sensibility(
    "sensibility@2-flat",
    "as the default, with the root of its steps and twice its widths: windows far from the words count for more",
    step=float(np.sqrt(np.e)),
    off_calendar=0.85,
    length=2.0,
    distance=2.0,
    unequal=1.0,
    shift=1.0,
    recent_days=730.0,
)
SHARPER = Sensibility(
    "sensibility@2-sharp",
    "as the default, with the square of its steps and half its widths: little counts but the words' own windows",
    step=float(np.e**2),
    off_calendar=0.5,
    length=0.5,
    distance=0.5,
    unequal=0.25,
    shift=0.25,
    recent_days=182.0,
)
ALTERNATIVES = (FLATTER, SHARPER)


def naturalness(values: NDArray[np.int64], levels: Sequence[Level]) -> Floats:
    """Return how natural each value of an axis is: the largest level whose unit divides it.

    levels  for months (1, 1), (e, 3), (e ** 2, 6), (e ** 3, 12): Wu et al. (2014), section 5.

    >>> naturalness(np.array([5, 9, 24]), [(1, 1), (2, 3), (4, 12)]).tolist()
    [1.0, 2.0, 4.0]
    """
    found = np.zeros(len(values))
    for natural, unit in levels:
        found = np.maximum(found, np.where(values % unit == 0, natural, 0.0))
    return found


def relevance(values: NDArray[np.number], said: float, deviation: float) -> Floats:
    """Return how near each value lies to what was said: exp(-(x - said)² / (2 deviation²)), 1 where it is that."""
    return np.exp(-((np.asarray(values, dtype=np.float64) - said) ** 2) / (2 * deviation**2))
