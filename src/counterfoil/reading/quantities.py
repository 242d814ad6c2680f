"""From the number that was said to all the numbers that its words allow (checking.md, section 1)."""

from decimal import Context, Decimal, localcontext

from counterfoil.reading.model import Hedge, Quantity

_LEAST_WIDTH = Decimal("0.05")  # of the number, to either side, for "about" and "nearly" (checking.md, section 1)
_PRECISION = Context(prec=60)  # digits; numerals are cut at 24, scales add at most 15


def quantity(
    low: Decimal | None,
    high: Decimal | None,
    unit: str,
    hedge: Hedge,
    grain: Decimal,
    *,
    whole: bool,
) -> Quantity:
    """Widen the number said to the interval that its words allow.

    low, high  as written, `high` None for "hundreds"; the two differ for ranges only.
    grain      place value of the last digit written.
    whole      things that are counted: bounds are whole numbers, "over 200" begins at 201.
    """
    with localcontext(_PRECISION):
        if low is None:
            return Quantity(None, high, unit, hedge, None, high, grain, grain)
        coarsest = (
            _coarsest(low, grain) if high is None or low == high else min(_coarsest(low, grain), _coarsest(high, grain))
        )
        allowed_low, allowed_high, said_low, said_high = _bounds(low, high, hedge, grain, whole=whole)
        if unit == "percent" and not (allowed_low == said_low and allowed_high == said_high):
            allowed_low, allowed_high = _no_finer(allowed_low, said_low), _no_finer(allowed_high, said_high)
        return Quantity(allowed_low, allowed_high, unit, hedge, said_low, said_high, grain, coarsest)


def product(number: Quantity, each: Quantity, unit: str) -> Quantity:
    """Return how many `number` groups of `each` make together: 300 households of five people are 1,500."""

    def times(one: Decimal | None, other: Decimal | None) -> Decimal | None:
        return None if one is None or other is None else one * other

    with localcontext(_PRECISION):
        low, high = times(number.low, each.low), times(number.high, each.high)
        said_low, said_high = times(number.said_low, each.said_low), times(number.said_high, each.said_high)
        hedges = {number.hedge, each.hedge} - {Hedge.EXACT}
        hedge = hedges.pop() if len(hedges) == 1 else Hedge.RANGE if hedges else Hedge.EXACT
        coarsest = Decimal(1) if said_low is None else _coarsest(said_low, Decimal(1))
        return Quantity(low, high, unit, hedge, said_low, said_high, Decimal(1), coarsest)


def _coarsest(value: Decimal, grain: Decimal) -> Decimal:
    """Return the place value of the last digit that is not zero, but never less than the grain."""
    if not value:
        return grain
    exponent = value.normalize().as_tuple().exponent
    return max(grain, Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0))


def _bounds(
    low: Decimal, high: Decimal | None, hedge: Hedge, grain: Decimal, *, whole: bool
) -> tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]:
    """Return the allowed low and high, then the said low and high."""
    top = low if high is None else high
    step = Decimal(1) if whole else Decimal(0)
    match hedge:
        case Hedge.VAGUE:
            return low, None, low, None
        case Hedge.AT_LEAST:
            return low, None, low, None
        case Hedge.MORE_THAN:
            return low + step, None, low, None
        case Hedge.AT_MOST:
            return None, top, None, top
        case Hedge.LESS_THAN:
            return None, top - step, None, top
        case Hedge.RANGE:
            return low, top, low, top
        case Hedge.ABOUT:
            below, above = low - _width(low, grain, whole=whole), top + _width(top, grain, whole=whole)
            return _whole(below, up=True, whole=whole), _whole(above, up=False, whole=whole), low, top
        case Hedge.NEARLY:
            below = _whole(low - _width(low, grain, whole=whole), up=True, whole=whole)
            just = top - step if below is not None and top - step >= below else top
            return below, just, low, top
        case Hedge.EXACT:
            if whole and grain <= 1:
                return low, top, low, top
            half = grain / 2
            return low - half, top + half - step, low, top


def _no_finer(bound: Decimal | None, said: Decimal | None) -> Decimal | None:
    """Round a bound away from the share said, to a tenth of its distance's leading digit: 31.6635 of a third is 31."""
    if bound is None or said is None or bound == said:
        return bound
    step = Decimal(1).scaleb(abs(bound - said).adjusted())
    return (bound / step).to_integral_value("ROUND_FLOOR" if bound < said else "ROUND_CEILING") * step


def _width(value: Decimal, grain: Decimal, *, whole: bool) -> Decimal:
    """Return how far "about" reaches: of things that are counted, at least one ("about ten" may be eleven)."""
    return max(grain / 2, abs(value) * _LEAST_WIDTH, Decimal(1 if whole and value else 0))


def _whole(value: Decimal, *, up: bool, whole: bool) -> Decimal:
    if not whole:
        return value
    rounding = "ROUND_CEILING" if up else "ROUND_FLOOR"
    return value.to_integral_value(rounding)
