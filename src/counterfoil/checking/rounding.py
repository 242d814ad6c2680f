"""A number that fits only by the coarsest rounding, or under a far ceiling, supports nothing. Pure.

"1 million" may be 604,257 rounded to whole millions, and "up to 40,000" holds of 477. Neither is refuted by it, and
neither is what the record says. See `intervals.plain`.
"""

import math
from collections.abc import Iterable
from decimal import Decimal

from counterfoil.comparing.intervals import Interval, allowed, plain
from counterfoil.comparing.wording import interval_words, number_words
from counterfoil.reading.model import Hedge, Quantity

_CEILINGS = (Hedge.AT_MOST, Hedge.LESS_THAN)
_DIGITS = 6  # decimals: changes are computed in floats, and beyond these they tell nothing


def point(value: float) -> Interval:
    """Return the interval of one number; all numbers where it is none."""
    if not math.isfinite(value):
        return Interval(None, None)
    number = Decimal(str(round(value, _DIGITS)))
    return Interval(number, number)


def only_roughly(quantity: Quantity, seen: Iterable[Interval]) -> str:
    """Say how the words fit, where they fit some of what was seen but none of it as a reader would take them; else "".

    quantity  in the unit of what was seen; a change in percent, falls as positive numbers.
    """
    wide = allowed(quantity)
    fits = [one for one in seen if wide.meets(one)]
    taken = plain(quantity)
    if not fits or any(taken.meets(one) for one in fits):
        return ""
    record = interval_words(fits[0])
    if quantity.hedge in _CEILINGS:
        return f"it is a ceiling far above the record, which gives {record}: it holds, and tells little"
    if quantity.hedge is Hedge.VAGUE:
        return f"it holds, and tells little: the record gives {record}, ten times as much or more"
    return f"it fits only as rounded to the nearest {number_words(quantity.coarsest)}: the record gives {record}"
