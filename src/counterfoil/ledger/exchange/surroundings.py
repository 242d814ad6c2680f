"""What a ledger knows of an entry beside it, for formats that tell of relations and ratings."""

from collections.abc import Callable

from counterfoil.ledger import queries
from counterfoil.ledger.exchange.json_ld import Surroundings
from counterfoil.ledger.model import DECIDED, Entry, Mark, Review
from counterfoil.ledger.store import Database

_RATED = "verdict"  # the field whose mark says that a person holds the verdict right


def surroundings(database: Database, *, names: bool) -> Callable[[Entry], Surroundings]:
    """Return what tells of an entry its relations and its rating.

    names  whether reviewers may be named. Where not, relations to entries that are kept back are not told either.
    """
    rated = {one.entry for one in queries.reviews(database) if one.field == _RATED}

    def of(entry: Entry) -> Surroundings:
        relations = queries.relations(database, entry.id) if names else ()
        return Surroundings(relations, rating(database, entry) if entry.id in rated else None, names)

    return of


def rating(database: Database, entry: Entry) -> Review | None:
    """Return the review by which a person confirmed the verdict of an entry, None where it no longer holds.

    The last mark decides, and only where nothing but review has changed since.
    """
    marks = [one for one in queries.reviews(database, entry.id) if one.field == _RATED and one.mark in _MARKS]
    if not marks or marks[-1].mark is not Mark.RIGHT or not entry.verdict:
        return None
    since = [one for one in queries.history(database, entry.id) if one.version > marks[-1].version]
    changed = {change.field for one in since for change in one.changes} - {*DECIDED, "updated_by", "updated_at"}
    return None if changed else marks[-1]


_MARKS = (Mark.RIGHT, Mark.WRONG)
