"""Which places an edition's rows name, and the filter that finds one of them by its name."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from counterfoil.checking.datasets.conditions import declared_places
from counterfoil.checking.datasets.editions import opened
from counterfoil.checking.datasets.model import Edition, Indicator, PlaceFilter
from counterfoil.reading.gazetteer import fold

_DIVISIONS = frozenset(
    """
    province state region district governorate division department county prefecture municipality city oblast
    territory area agency zone of the
    """.split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """A place as an edition's rows name it.

    value    ISO code of a country, else the name as written.
    country  ISO code of the country it lies in; "" where rows name none.
    rows     how many rows name it; `since` the first day on which one of them ends.
    """

    level: str
    role: str
    value: str
    country: str
    rows: int
    since: date


def places(edition: Edition, indicator: Indicator | None = None) -> tuple[Named, ...]:
    """Return all places that the edition's rows name, as the indicator (else the dataset) sees their parts."""
    owners = {place: owner for owner, place in declared_places(edition, indicator)}
    wanted = {(owner, place.level, place.role) for place, owner in owners.items()}
    return tuple(one for owner, one in _named(edition.path, edition.imported) if (owner, one.level, one.role) in wanted)


@lru_cache(maxsize=64)
def _named(path: str, imported: str) -> tuple[tuple[str, Named], ...]:
    with opened(path) as connection:
        found = connection.execute(
            "SELECT owner, level, role, value, country, count, since FROM places ORDER BY ALL"
        ).fetchall()
    return tuple((owner, Named(*rest)) for owner, *rest in found)


def find_place(
    edition: Edition, indicator: Indicator, name: str, *, level: str, role: str = "at", country: str = ""
) -> PlaceFilter | None:
    """Return the filter for a place, by ISO code or by name; None where no row of the edition names it.

    name     "PAK" for a country; "Herat", "Khyber Pakhtunkhwa" for its parts: compared without case, accents and
             words such as "province".
    country  ISO code of the country that a part lies in: rows of other countries are not taken.
    """
    wanted = name.upper() if level == "country" else bare(name)
    values = tuple(
        one.value
        for one in places(edition, indicator)
        if (one.level, one.role) == (level, role)
        and (not country or one.country in ("", country) or level == "country")
        and (one.value if level == "country" else bare(one.value)) == wanted
    )
    return (
        PlaceFilter(level, tuple(dict.fromkeys(values)), role, "" if level == "country" else country)
        if values
        else None
    )


def bare(name: str) -> str:
    """Return a place's name without case, accents and words for divisions.

    >>> bare("Khyber Pakhtunkhwa Province"), bare("Province of Balochistan")
    ('khyber pakhtunkhwa', 'balochistan')
    """
    words = fold(name).split()
    kept = [word for word in words if word not in _DIVISIONS]
    return " ".join(kept or words)
