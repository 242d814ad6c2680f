"""In which rows of a record the places that a figure names lie: where, the place left, the place reached. Pure."""

import re
from dataclasses import replace

from counterfoil.checking.datasets.model import Dataset, Edition, Indicator, PlaceColumn
from counterfoil.checking.matches import Mismatch, Where
from counterfoil.comparing import axes
from counterfoil.comparing.axes import Outcome, Profile
from counterfoil.reading.measures import measure as taxonomy_entry
from counterfoil.reading.model import Figure, Place
from counterfoil.spans import Reading

_DEPARTURES = frozenset({"deported", "expelled", "pushed_back", "departed", "left_voluntarily", "displaced"})
_BELOW_COUNTRY = ("admin1", "admin2", "city")


def without_nationality(claim: Profile, dataset: Dataset, indicator: Indicator) -> Profile:
    """Return the claim without the nationality that a filter of origin will see to: "Afghan refugees"."""
    if nationality(claim) is None or not _columns(dataset, indicator, "country", "origin"):
        return claim
    rest = frozenset(w for w in claim.restricted or () if not is_country(w))
    return replace(claim, restricted=rest)


def nationality(claim: Profile) -> str | None:
    """Return the code of the one country whose people the claim tells of; None for several, or none."""
    codes = [w for w in claim.restricted or () if is_country(w)]
    return codes[0] if len(codes) == 1 else None


def is_country(word: str) -> bool:
    """Say whether a restriction of a population is a nationality: then it stands as a country's code."""
    return len(word) == 3 and word.isupper()


def _columns(dataset: Dataset, indicator: Indicator, level: str, role: str) -> list[PlaceColumn]:
    return [c for c in indicator.places or dataset.places if c.level == level and c.role == role]


def locate(
    figure: Figure, claim: Profile, edition: Edition, indicator: Indicator
) -> tuple[tuple[Where, ...], Outcome] | Mismatch:
    """Return which rows the words of the place choose, and whether they choose them exactly."""
    dataset = edition.dataset
    world = figure.place is not None and figure.place.value.level == "world"
    if world:
        partly = _not_of_the_world(edition, indicator)
        if partly:
            return Mismatch("place", partly)
        figure, claim = replace(figure, place=None), replace(claim, place=None)
    wanted = _roles(figure, claim, dataset, indicator)
    if isinstance(wanted, Mismatch):
        return wanted
    filters: list[Where] = []
    exact = True
    for role, place, sure in wanted:
        if place.level == "unknown":
            return Mismatch("place", f"“{place.name}” is a place that was not settled")
        if place.country is None or place.level not in ("country", *_BELOW_COUNTRY):
            why = f"{place.name} is a region, and neither the words nor the record say which countries belong to it"
            return Mismatch("place", why)
        if not _columns(dataset, indicator, place.level, role):
            return Mismatch("place", _no_level(place, role, dataset, indicator))
        filters.append(Where(place, place.level, role))
        exact = exact and sure and place.level == "country"
    names = " and ".join(f"{w.place.name}{_ROLE_WORDS[w.role]}" for w in filters)
    if world:
        told = f"all rows{f' of {names}' if names else ''}: the record has rows of {len(edition.countries)} countries"
        return tuple(filters), Outcome(axes.SAME, told, exact=False)
    if not filters:
        return Mismatch("place", "the words do not say where")
    return tuple(filters), Outcome(axes.SAME, f"rows of {names}", exact=exact)


# No continent has as many: Africa, the one with most, has 54 states, and Asia 48 (members of the United Nations).
LEAST_COUNTRIES = 103


def _not_of_the_world(edition: Edition, indicator: Indicator) -> str:
    """Say why a sum of all rows is not the world's; "" where rows lie in so many countries that it can be no part."""
    columns = [c for c in indicator.places or edition.dataset.places if c.level == "country"]
    if not columns or any(c.column.strip().startswith("'") for c in columns):
        return "the words speak of the whole world, and the record is of one country"
    if len(edition.countries) < LEAST_COUNTRIES:
        n = len(edition.countries)
        return f"the words speak of the whole world, and the edition has rows of {n} countr{'y' if n == 1 else 'ies'}"
    return ""


_INSIDE = re.compile(r"\b(?:internally|within (?:their|the) (?:own )?countr(?:y|ies))\b", re.IGNORECASE)


def inside_alone(claim: Profile, indicator: Indicator) -> bool:
    """Say whether the record counts those alone who fled within a country, and the words do not say so."""
    inside = _INSIDE.search(f"{indicator.term} {indicator.words}") is not None
    return claim.code == "displaced" and inside and not _INSIDE.search(f"{claim.term} {claim.population}")


_ROLE_WORDS = {"at": "", "origin": " as the place left", "destination": " as the place reached"}


def _no_level(place: Place, role: str, dataset: Dataset, indicator: Indicator) -> str:
    if any(c.role == role for c in indicator.places or dataset.places):
        return f"the record does not tell {place.name} apart: it has no column for a {_LEVEL_WORDS[place.level]}"
    return f"the record does not tell {place.name}{_ROLE_WORDS[role]} from other places"


_LEVEL_WORDS = {"country": "country", "admin1": "province", "admin2": "district", "city": "town"}


def _roles(
    figure: Figure, claim: Profile, dataset: Dataset, indicator: Indicator
) -> list[tuple[str, Place, bool]] | Mismatch:
    """Return each place of the words, the part that it plays in a row, and whether the words say so."""
    has = {c.role for c in indicator.places or dataset.places}
    wanted: dict[str, tuple[Place, bool]] = {}
    origin, where = _apart(figure)
    for role, reading in (("origin", origin), ("destination", figure.destination)):
        if reading is None:
            continue
        if role in has:
            wanted[role] = reading.value, True
        elif "at" in has and where is None and "at" not in wanted:
            wanted["at"] = reading.value, False
        else:
            return Mismatch("place", f"the record does not tell {reading.value.name}{_ROLE_WORDS[role]} from others")
    place = where.value if where else None
    if place is not None and "at" in has:
        wanted["at"] = place, True
    elif place is not None and not any(_same_place(place, read) for read, _ in wanted.values()):
        entry = taxonomy_entry(claim.code)
        if entry is not None and entry.movement and entry.nature == "unstated" and claim.code not in _ONE_WAY:
            return Mismatch("place", f"the words do not say whether they left or reached {place.name}")
        role = "origin" if claim.code in _DEPARTURES else "destination"
        if role not in has:
            return Mismatch("place", f"the record does not tell {place.name}{_ROLE_WORDS[role]} from others")
        wanted.setdefault(role, (place, False))
    country = nationality(claim)
    if country is not None and "origin" in has and "origin" not in wanted:
        named = Place(claim.population, country, None, "country", reason="the nationality that is named")
        wanted["origin"] = named, False
    left, reached = wanted.get("origin"), wanted.get("destination")
    if claim.code in _ABROAD and left and reached and _same_place(left[0], reached[0]):
        return Mismatch(
            "place", f"the words do not say where they are: {reached[0].name} is the country that they left"
        )
    return [(role, place, sure) for role, (place, sure) in wanted.items()]


def _apart(figure: Figure) -> tuple[Reading[Place] | None, Reading[Place] | None]:
    """Return the place left and the place where, of which one alone stands where one word was read as both.

    "Refugees from Chad" are not those of Chad in Chad; nor are "refugees in Chad", after a clause on those who left it.
    """
    origin, place = figure.origin, figure.place
    if origin is None or place is None or not _same_place(origin.value, place.value):
        return origin, place
    own = figure.number.anchor.span
    nearer = abs(place.anchor.span.start - own.start) < abs(origin.anchor.span.start - own.start)
    carried = "place" in figure.carried
    return (None, place) if nearer and not carried and place.anchor.span != origin.anchor.span else (origin, None)


def _same_place(one: Place, other: Place) -> bool:
    same = (one.level, one.country) == (other.level, other.country) and one.country is not None
    return same and (one.level == "country" or one.name == other.name)


# Nobody is one of these in the own country: it was read of the article, or of the people's name.
_ABROAD = frozenset({"refugees", "asylum_seekers", "asylum_granted", "recognised", "resettled"})
_ONE_WAY = frozenset({"arrived", "departed", "left_voluntarily"})
