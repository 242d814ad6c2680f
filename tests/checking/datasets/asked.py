"""What tests of questions to an edition share: its first measure, a cube read by step, a stock in place of a flow."""

from datetime import date

from counterfoil.checking.datasets import (
    placing,
)
from counterfoil.checking.datasets.model import Edition, Indicator, PlaceFilter
from counterfoil.checking.surface.model import Cube


def deaths(edition: Edition) -> Indicator:
    return edition.dataset.indicators[0]


def by_step(cube: Cube, key: int = 0) -> dict[date, float]:
    """Return the values that are not zero, by the first day of their step."""
    days = [date.fromordinal(int(edge)) for edge in cube.edges[:-1]]
    return {day: float(value) for day, value in zip(days, cube.values[key], strict=True) if value}


def key_of(cube: Cube, **axes: str) -> int:
    every = {"definition": "", "place": "", "actor": "", "status": "", "dating": ""} | axes
    return next(n for n, key in enumerate(cube.keys) if all(getattr(key, axis) == v for axis, v in every.items()))


def pakistan(edition: Edition) -> PlaceFilter:
    found = placing.find_place(edition, deaths(edition), "PAK", level="country")
    assert found is not None
    return found


STOCK = """id,day,until,country,province,dead,civilians
1,2023-01-05,,Pakistan,South,30,1
2,2023-01-07,,Pakistan,North,20,0
3,2023-03-10,,Pakistan,South,40,1
4,2023-01-20,,Chad,,7,0
5,2023-01-25,,Chad,,9,0
"""


def stock(description: str) -> str:
    return (
        description.replace('kind = "flow"', 'kind = "stock"\nadditive = "stock"', 1)
        .replace('concept = "killed"', 'concept = "displaced"')
        .replace('variants = ["civilians", "south", "by-end", "within", "spread"]', 'variants = ["civilians"]')
    )


def used(text: str) -> str:
    """Leave out the variants that nothing names."""
    parts = text.split("[[variants]]")
    return parts[0] + "[[variants]]" + parts[1] + "[[cannot]]" + text.split("[[cannot]]")[1]
