"""What numbers the words allow, as intervals, and what counts allow of their ratio. Pure arithmetic."""

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from counterfoil.reading.model import Hedge, Quantity

LARGEST_EXPONENT = 30  # nothing that a record counts has more digits; larger numbers are set aside, not computed with
ABOUT_SHARE = Decimal("0.05")  # "about n" is n plus or minus half its grain, at least 5% (docs/reference-figures.md)
LEVEL = 0.95
_TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Interval:
    """Real numbers from `low` to `high`; None is no bound. `low_open`, `high_open`: that end does not belong."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    def meets(self, other: "Interval") -> bool:
        """Say whether some number lies in both."""
        return not (self.below(other) or other.below(self))

    def below(self, other: "Interval") -> bool:
        """Say whether every number of this one is smaller than every number of the other."""
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))

    def plus(self, other: "Interval") -> "Interval":
        """Return the sums of a number of this one and a number of the other."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high, self.low_open or other.low_open, self.high_open or other.high_open)

    def hull(self, other: "Interval") -> "Interval":
        """Return the smallest interval that holds both."""
        low, low_open, high, high_open = self.low, self.low_open, self.high, self.high_open
        if low is None or other.low is None:
            low, low_open = None, False
        elif (other.low, other.low_open) < (low, low_open):
            low, low_open = other.low, other.low_open
        if high is None or other.high is None:
            high, high_open = None, False
        elif (other.high, not other.high_open) > (high, not high_open):
            high, high_open = other.high, other.high_open
        return Interval(low, high, low_open, high_open)


def computable(quantity: Quantity) -> bool:
    """Say whether the numbers are ones that arithmetic here can take: stated, finite, of at most 30 digits."""
    said = [n for n in (quantity.said_low, quantity.said_high, quantity.grain, quantity.coarsest) if n is not None]
    if quantity.said_low is None and quantity.said_high is None:
        return False
    return all(n.is_finite() and (n == 0 or abs(n.adjusted()) <= LARGEST_EXPONENT) for n in said)


def grains(quantity: Quantity) -> tuple[Decimal, ...]:
    """Return the place values at which the number may have been rounded, finest first."""
    found = [abs(quantity.grain) or Decimal(1)]
    while found[-1] < quantity.coarsest and len(found) <= LARGEST_EXPONENT:
        found.append(found[-1] * 10)
    return tuple(found)


def allowed(quantity: Quantity, grain: Decimal | None = None) -> Interval:
    """Return the numbers that the words allow if the number was rounded to `grain` (default: the coarsest).

    "2,267" is [2266.5, 2267.5), "60%" at grain 10 is [55, 65), "over 200" (200, no bound). The ceiling that a
    reader would assume for "over 200" is not enforced here: see `presumed`.
    """
    step = quantity.coarsest if grain is None else grain
    half = step / 2
    low, high = quantity.said_low, quantity.said_high
    hedge = quantity.hedge
    if hedge is Hedge.MORE_THAN:
        return Interval(low, None, low_open=True)
    if hedge is Hedge.AT_LEAST or (hedge is Hedge.VAGUE and low is not None):
        return Interval(low, None)
    if hedge is Hedge.AT_MOST:
        return Interval(Decimal(0), high if high is not None else low)
    if hedge is Hedge.LESS_THAN:
        return Interval(Decimal(0), high if high is not None else low, high_open=True)
    if low is None or high is None:
        return Interval(low, high)
    if hedge is Hedge.ABOUT:
        return Interval(low - max(half, abs(low) * ABOUT_SHARE), high + max(half, abs(high) * ABOUT_SHARE))
    if hedge is Hedge.NEARLY:  # just below: as far as one step of the number's own rounding, at least 5%
        return Interval(low - max(step, abs(low) * ABOUT_SHARE), high, high_open=True)
    if low > high:
        low, high = high, low
    return Interval(low - half, high + half, high_open=True)


def presumed(quantity: Quantity) -> Interval:
    """Return the numbers a reader would take it for: a bound also gets a ceiling or floor at its next round number.

    "over 200,000" is above 200,000 and below 300,000; "over 203,639" is 203,640 at most; "over 100" is below 150, as
    beyond half as much again people say more; "thousands" stays open.
    """
    wide = allowed(quantity)
    step = quantity.coarsest
    if quantity.hedge in (Hedge.MORE_THAN, Hedge.AT_LEAST) and wide.low is not None:
        return Interval(wide.low, wide.low + min(step, max(wide.low / 2, Decimal(1))), wide.low_open)
    if quantity.hedge in (Hedge.AT_MOST, Hedge.LESS_THAN) and wide.high is not None:
        below = step if step < wide.high else step / 10  # "up to 10,000" is hardly 900
        return Interval(max(Decimal(0), wide.high - below), wide.high, high_open=wide.high_open)
    return wide


def coarsest_that_holds(quantity: Quantity, seen: Interval) -> Decimal | None:
    """Return the finest place value at which the words hold of what was seen, None if they hold at none."""
    return next((grain for grain in grains(quantity) if allowed(quantity, grain).meets(seen)), None)


def place_values(number: Decimal) -> tuple[Decimal, Decimal]:
    """Return grain and coarsest grain of a number as written: 203639 gives 1 and 1, 25000 gives 1 and 1000."""
    exponent = number.as_tuple().exponent
    grain = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)
    stripped = number.normalize().as_tuple().exponent
    coarsest = Decimal(1).scaleb(stripped) if number != 0 and isinstance(stripped, int) else grain
    return grain, max(grain, coarsest)


def distinctive(quantity: Quantity) -> bool:
    """Say whether the number is so particular that meeting it twice is hardly chance: four digits or more.

    203,639 has six and 1,204 four; 25,000 has two and 500 one.
    """
    said = quantity.said_low if quantity.said_low is not None else quantity.said_high
    if said is None or not said.is_finite():
        return False
    return len(said.normalize().as_tuple().digits) >= 4


@lru_cache(maxsize=4096)
def ratio_interval(
    count: float, base: float, exposure: float = 1.0, base_exposure: float = 1.0, level: float = LEVEL
) -> tuple[float, float]:
    """Return the exact conditional interval of a ratio of two rates, given two counts and their exposures.

    count, base  events counted, 0 or more. Given their sum, the count is binomial: Clopper and Pearson (1934).
    Returns      (low, high) of (count / exposure) / (base / base_exposure); high is inf where base is 0.
    Raises       ValueError if both counts are 0 or one is negative.

    >>> low, high = ratio_interval(18, 3)
    >>> round((low - 1) * 100), round((high - 1) * 100)
    (75, 3080)
    """
    if count < 0 or base < 0 or count + base == 0:
        raise ValueError(f"no ratio of {count} and {base}")
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else _beta_quantile(tail, count, base + 1)
    high = 1.0 if base == 0 else _beta_quantile(1 - tail, count + 1, base)
    scale = base_exposure / exposure
    return scale * low / (1 - low), (math.inf if high >= 1 else scale * high / (1 - high))


def _beta_quantile(probability: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):  # halves to below 1e-18
        middle = (low + high) / 2
        if _beta_distribution(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta_distribution(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_distribution(1 - x, b, a)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x) - math.log(a)
    )
    c, d = 1.0, 1 / max(1 - (a + b) * x / (a + 1), _TINY)
    fraction = d
    for m in range(1, 400):  # Lentz; about sqrt(max(a, b)) steps, so enough for sums of 100 000
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 + term * d
            d = 1 / (d if abs(d) > _TINY else _TINY)
            c = 1 + term / (c if abs(c) > _TINY else _TINY)
            fraction *= c * d
        if abs(c * d - 1) < 1e-12:
            break
    return front * fraction
