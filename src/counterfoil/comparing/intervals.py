"""What numbers the words allow, as intervals. Pure arithmetic."""

from dataclasses import dataclass
from decimal import Decimal

from counterfoil.reading.model import Hedge, Quantity

LARGEST_EXPONENT = 30  # nothing that a record counts has more digits; larger numbers are set aside, not computed with
ABOUT_SHARE = Decimal("0.05")  # "about n" is n plus or minus half its grain, at least 5% (docs/reference-figures.md)
# Rounding to one digit is off by a quarter at most where that digit is 2 to 9 (2 for 2.5): a number that begins with 1
# is not taken more coarsely than that, as 14 is not called 10.
ROUNDING_SHARE = Decimal("0.25")
LOOSEST_CEILING = (
    2  # a ceiling of twice the record or more tells little: as far as the next round number above 1, 10, 100
)
VAGUE_STEP = (
    10  # after "dozens" come "hundreds", after them "thousands": each word ends where ten times its floor begins
)


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
    """Say whether arithmetic here can take the numbers: stated, read in one way only, finite, of at most 30 digits."""
    said = [n for n in (quantity.said_low, quantity.said_high, quantity.grain, quantity.coarsest) if n is not None]
    if (quantity.said_low is None and quantity.said_high is None) or quantity.also is not None:
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
    if hedge is Hedge.NEARLY:  # just below: down to the round number before it, at least 5%
        return Interval(low - max(_room(low, step), abs(low) * ABOUT_SHARE), high, high_open=True)
    if low > high:
        low, high = high, low
    return Interval(low - half, high + half, high_open=True)


def _room(number: Decimal, step: Decimal) -> Decimal:
    """Return how far the round number below lies: before 300 comes 200, but before 1,000 comes 900."""
    return step if step < abs(number) else step / 10


def plain(quantity: Quantity) -> Interval:
    """Return the numbers of which a reader would say that the words are right.

    Narrower than `allowed`, which leaves room for every rounding and serves to refute: "1 million" may be 604,257
    rounded to whole millions, but nobody who knows that number says so. "1 million" is 950,000 to 1.25 million here,
    "nearly 10,000" 9,500 and more, "about 1,000" 900 and more, "up to 40,000" more than 20,000, "dozens" less than 240.
    """
    wide, step, hedge = allowed(quantity), quantity.coarsest, quantity.hedge
    low, high = quantity.said_low, quantity.said_high
    if hedge in (Hedge.AT_MOST, Hedge.LESS_THAN):
        assert wide.high is not None
        return Interval(wide.high / LOOSEST_CEILING, wide.high, low_open=True, high_open=wide.high_open)
    if hedge is Hedge.VAGUE and low is not None and high is None:
        return Interval(low, low * VAGUE_STEP, high_open=True)
    written = step <= 1 and hedge is not Hedge.NEARLY  # to the last digit: nothing was rounded away
    if low is None or high is None or low <= 0 or written or wide.low is None or wide.high is None:
        return wide
    low, high = min(low, high), max(low, high)
    room = _room(low, step) if hedge is Hedge.ABOUT else _room(low, step) / 2
    floor = low - max(room, low * ABOUT_SHARE if hedge in (Hedge.ABOUT, Hedge.NEARLY) else room)
    return Interval(max(wide.low, floor), min(wide.high, high * (1 + ROUNDING_SHARE)), high_open=wide.high_open)


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
