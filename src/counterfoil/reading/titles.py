"""Titles, roles and bodies: the words beside a speaker's name, read from lexicon/titles.toml once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Titles:
    """The lexicon of titles, roles and bodies; all in lower case.

    gender   a word to "he" or "she".  partial  parts of titles that name nobody.
    small    nouns that make a body of a phrase in small letters.  general  nouns for a body just named.
    given    common given names, to "he" or "she".
    """

    titles: frozenset[str]
    partial: frozenset[str]
    roles: frozenset[str]
    bodies: frozenset[str]
    small: frozenset[str]
    general: frozenset[str]
    never_person: frozenset[str]
    gender: dict[str, str]
    given: dict[str, str]


@cache
def titles() -> Titles:
    """Read lexicon/titles.toml from the package, once."""
    table = tomllib.loads((resources.files(__package__) / "lexicon" / "titles.toml").read_text("utf-8"))
    gender = {
        word: which for section in ("titles", "persons") for which in ("he", "she") for word in table[section][which]
    }
    return Titles(
        frozenset(word for listed in table["titles"].values() for word in listed),
        frozenset(table["titles"]["partial"]),
        frozenset(word for listed in table["persons"].values() for word in listed),
        frozenset(table["bodies"]["words"]),
        frozenset(table["bodies"]["small"]),
        frozenset(table["bodies"]["general"]),
        frozenset(table["never_person"]["words"]),
        gender,
        {name: which for which in ("he", "she") for name in table["given"][which]},
    )
