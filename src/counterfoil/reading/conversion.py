"""Quantities in another unit of the same thing: miles in kilometres, degrees Fahrenheit in degrees Celsius.

pint knows the units and is loaded at the first question, which takes it half a second.
"""

import re
from dataclasses import replace
from decimal import Context, Decimal
from functools import cache, lru_cache
from typing import Any

from counterfoil.reading.model import Quantity
from counterfoil.reading.numerals import lexicon

_POWER = re.compile(r"(?<=[a-z])([23])(?![0-9])")
_PRECISION = Context(prec=28)


def convert(quantity: Quantity, unit: str) -> Quantity | None:
    """Return the quantity in `unit`, None where the two do not measure the same.

    The bounds, the numbers said and the place values are all converted, so that "250 ft" stays as wide in metres. Of a
    temperature the point on the scale is converted; a difference of two must not be handed in.
    """
    if quantity.unit == unit:
        return quantity
    if quantity.unit not in _known() or unit not in _known() or (line := _line(quantity.unit, unit)) is None:
        return None
    zero, factor = line

    def there(number: Decimal | None) -> Decimal | None:
        return None if number is None else _PRECISION.add(zero, _PRECISION.multiply(factor, number))

    return replace(
        quantity,
        unit=unit,
        low=there(quantity.low),
        high=there(quantity.high),
        said_low=there(quantity.said_low),
        said_high=there(quantity.said_high),
        also=there(quantity.also),
        grain=_PRECISION.multiply(factor, quantity.grain),
        coarsest=_PRECISION.multiply(factor, quantity.coarsest),
    )


@cache
def _known() -> frozenset[str]:
    units = lexicon("units")
    return frozenset(units["measures"]) | frozenset(units["durations"])


@lru_cache(maxsize=1024)
def _line(unit: str, other: str) -> tuple[Decimal, Decimal] | None:
    """Return what zero of one unit is in the other, and what each further one adds; None if they do not convert."""
    here, there = _parsed(unit), _parsed(other)
    if here is None or there is None or here.dimensionality != there.dimensionality or here.dimensionless:
        return None
    zero, one = (_registry().Quantity(Decimal(n), here).to(there).magnitude for n in (0, 1))
    return Decimal(zero), Decimal(one) - Decimal(zero)


@cache
def _registry() -> Any:
    import pint

    return pint.UnitRegistry(non_int_type=Decimal)


@lru_cache(maxsize=1024)
def _parsed(unit: str) -> Any:
    """Return pint's unit for a code of ours, None where it has none."""
    name = lexicon("units")["pint"].get(unit, _POWER.sub(r"**\1", unit))
    try:
        return _registry().parse_units(name) if name else None
    except (AttributeError, TypeError, ValueError):  # pint's errors for an unknown name and for an odd one
        return None
