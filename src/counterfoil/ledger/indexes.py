"""Indexes of a ledger's file that a bulk add does without.

In a large ledger the seven that are ordered by day, measure, place or claimant cost more than the figures themselves:
each figure touches a page of each that no other of its batch does. Sorted anew at the end, all of them take a tenth of
that. Meanwhile everything is found as before, only slower; after a program was killed the next one to add makes them.
"""

import re
from collections.abc import Callable
from functools import cache

from counterfoil.ledger import tables
from counterfoil.ledger.store import Database, writing

COSTLY = tuple(f"entries_{name}" for name in "day measure measure_country country claimant place state".split())
LEAST = 100_000  # entries: the indexes of fewer are soon in memory, and cost a tenth of a figure
SHARE = 0.25  # of all entries that were just added: then as many may follow, and making indexes of all pays


def lay_aside(database: Database, entries: int, added: int) -> None:
    """Drop the costly indexes where a bulk add is under way. Within a `writing`.

    entries  how many the ledger has.
    added    how many of them came at once, by this program.
    """
    if database.dialect == "sqlite" and entries >= LEAST and added >= SHARE * entries:
        for name in COSTLY:
            database.run(f"DROP INDEX IF EXISTS {name}")


def put_back(database: Database) -> None:
    """Make the indexes that are missing, one at a time: others may write in between."""
    if database.dialect == "sqlite" and _missing(database):
        for name in COSTLY:
            with writing(database):
                if name in _missing(database):
                    database.run(_made()[name])


def hints(database: Database) -> Callable[[str], str]:
    """Return what tells, for an index of `entries`, the words that make a statement take it.

    A planner knows no statistics of a growing file. There are no such words for an index that is laid aside.
    """
    without = _missing(database) if database.dialect == "sqlite" else None
    return lambda name: "" if without is None or name in without else f" INDEXED BY {name}"


def _missing(database: Database) -> set[str]:
    asked = f"SELECT name FROM sqlite_master WHERE type = 'index' AND name IN ({','.join('?' * len(COSTLY))})"
    return set(COSTLY) - {name for (name,) in database.query(asked, COSTLY)}


@cache
def _made() -> dict[str, str]:
    """Return the statements of the schema that make the indexes."""
    made = (one for version in range(1, tables.latest() + 1) for one in tables.statements(version, "sqlite"))
    return {found[1]: one for one in made if (found := re.match(r"CREATE INDEX (\w+) ", one))}
