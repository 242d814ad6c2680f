"""The places of the world: names, levels, positions and population, as the package carries them.

Source: GeoNames (CC BY 4.0), joined and renamed by tools/gazetteer.py; words in lexicon/places/words.toml.
"""

import math
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from counterfoil.reading.model import Place

SAME_SPOT_KM = 60.0  # a town, its district and its province share a name and a middle within this
_MARKS = str.maketrans(
    dict.fromkeys("'’‘ʼʻ`´ʾʿ.", "")
    | dict(zip("-–\u00a0łøđıðəħ", (" ", " ", " ", "l", "o", "d", "i", "d", "a", "h"), strict=True))
    | {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)

_LEVELS = {"C": "country", "A": "admin1", "K": "city", "T": "city", "D": "admin2", "R": "region", "W": "world"}


class Row(NamedTuple):  # tuples here and below: made by the thousand, and cheaper than frozen dataclasses
    """One place of the gazetteer.

    level  C country, K capital, A first-level division, D second, T town, R region, W world.
    """

    name: str
    level: str
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    note: str
    fame: float


class Books(NamedTuple):
    """The gazetteer and the words, read once. `shelves` holds unparsed entries by the first three letters of a name."""

    lines: list[bytes]
    shelves: dict[bytes, bytes]
    ordinary: frozenset[str]
    abbreviations: dict[str, tuple[str, str]]
    demonyms: dict[str, tuple[str, ...]]
    words: dict[str, frozenset[str]]
    movement: dict[str, frozenset[str]]
    stems: tuple[str, ...]
    arrivals: tuple[str, ...]


def fold(name: str) -> str:
    """Return a name without case, accents, apostrophes and dots, hyphens as spaces.

    >>> fold("Côte d'Ivoire"), fold("Port-au-Prince")
    ('cote divoire', 'port au prince')
    """
    name = name.lower()
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(name.translate(_MARKS).split())


folded_once = lru_cache(maxsize=1 << 14)(fold)


@cache
def library() -> Books:
    """Read the gazetteer and the words from the package. Lines stay bytes until they are asked for."""
    import gzip
    import tomllib

    here = files("counterfoil.reading") / "lexicon"
    sections = gzip.decompress((here / "places" / "gazetteer.tsv.gz").read_bytes()).split(b"\f")
    words = tomllib.loads((here / "places" / "words.toml").read_text(encoding="utf-8"))
    people = tomllib.loads((here / "demonyms.toml").read_text(encoding="utf-8"))
    shelves = {line.partition(b"\t")[0]: line for line in sections[2].split(b"\n")}
    movement = words.pop("movement")
    return Books(
        sections[1].split(b"\n"),
        shelves,
        frozenset(sections[3].decode().split("\n")),
        {
            cells[0]: (cells[1], cells[2])
            for line in sections[4].decode().split("\n")
            if len(cells := line.split("\t")) == 3
        },
        _demonyms(people),
        {name: frozenset(listed) for name, listed in words.items()}
        | {"persons_first": frozenset(words["given_names"] + words["titles"])}
        | {
            "no_members": frozenset(
                words["adjectives"] + words["function_words"] + words["times"] + words["directions"]
            )
        }
        | {"stops": frozenset(words["function_words"] + words["verbs"] + words["locative"])},
        {name: frozenset(listed) for name, listed in movement.items()},
        tuple(movement["stems"]),
        tuple(movement["arrivals"]),
    )


def _demonyms(people: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Turn the table round: folded demonym to country codes or names of regions; plurals are made here."""
    found: dict[str, tuple[str, ...]] = {}
    for whose in (people["country"], people["region"]):
        for home, listed in whose.items():
            for word in listed:
                folded = fold(word)
                for form in (folded,) if folded.endswith(("s", "ish", "ese", "ch", "men")) else (folded, folded + "s"):
                    found[form] = (*found.get(form, ()), home)
    return found


@cache
def _shelf(beginning: str) -> dict[str, tuple[int, ...]]:
    """Parse the names that begin with three letters: name to row numbers."""
    _, *entries = library().shelves.get(beginning.encode("utf-8", "replace"), b"").decode().split("\t")
    return {name: tuple(map(int, numbers.split())) for name, _, numbers in (entry.partition("=") for entry in entries)}


@cache
def _row(number: int) -> Row:
    name, level, country, admin1, latitude, longitude, population, note = library().lines[number].decode().split("\t")
    y, x = (float(latitude), float(longitude)) if latitude else (None, None)
    return Row(name, level, country, admin1, y, x, int(population), note, _fame(level, int(population)))


def _fame(level: str, population: int) -> float:
    """Return how far a place is to be expected before the article is read: 1.5 for each factor of ten in population."""
    if level in "RW" or not (population or level in "TKD"):
        return 11.0  # regions and territories written by hand, as if of twenty million
    return 1.5 * math.log10(max(population, 1000)) + {"C": 6.0, "K": 1.0, "D": -1.0}.get(level, 0.0)


def by_fame(row: Row) -> float:
    return row.fame


@lru_cache(maxsize=1 << 14)
def rows_of(key: str) -> tuple[Row, ...]:
    return tuple(map(_row, _shelf(key[:3]).get(key, ())))


@cache
def country_row(code: str) -> Row:
    """Return a country's row; countries stand first in the gazetteer."""
    return next(row for row in map(_row, range(300)) if row.level == "C" and row.country == code)


def key_of(word: str) -> str:
    """Fold a word, but keep the capitals of short forms, so that "us" is no country (as tools/gazetteer.py does)."""
    bare = word.replace(".", "").replace(" ", "")
    return bare if len(bare) <= 5 and bare.isupper() and bare.isascii() else fold(word)


@cache
def region_row(name: str) -> Row:
    return max(rows_of(fold(name)), key=lambda row: row.level in "RA" and row.name == name)


def kilometres(one: Row, other: Row) -> float:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    x = math.radians(other.longitude - one.longitude) * math.cos(math.radians((one.latitude + other.latitude) / 2))
    return 6371 * math.hypot(x, math.radians(other.latitude - one.latitude))


def title(row: Row) -> str:
    """Write a place as labels do: "Herat, Afghanistan"; with its division where the country has more of the name."""
    if row.level in "CW" or not row.country:
        return row.name
    country = country_row(row.country).name
    if row.level in "TD" and row.admin1:
        rivals = [other for other in rows_of(fold(row.name)) if other.country == row.country and other.level in "TKD"]
        if any(
            3 * other.population > row.population and kilometres(row, other) > SAME_SPOT_KM
            for other in rivals
            if other != row
        ):
            return f"{row.name}, {row.admin1}, {country}"
    return f"{row.name}, {country}"


def place_of(row: Row, reason: str) -> Place:
    admin1 = row.name if row.level == "A" else row.admin1
    reason = f"{reason}; {row.note}" if row.note else reason
    return Place(
        title(row), row.country or None, admin1 or None, _LEVELS[row.level], row.latitude, row.longitude, reason
    )
