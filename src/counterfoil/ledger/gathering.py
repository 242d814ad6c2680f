"""What a report over a ledger needs, gathered from it: entries, their groups, and what changed since. Reads only."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from counterfoil.ledger import queries, rows
from counterfoil.ledger.model import Change, Correction, Entry, Event, Filter, KeptRelation
from counterfoil.ledger.neighbours import article, decisions
from counterfoil.ledger.store import Database
from counterfoil.relating import relate_all
from counterfoil.relating.model import Group, Related

MOST = 5_000  # entries related for one report, the latest: about ten seconds; more need a narrower filter


@dataclass(frozen=True, slots=True)
class Holdings:
    """Some of a ledger's entries, the oldest first, with what relating finds among them.

    groups       their sides stand where the entries do: `Side.where` is an entry's id.
    relations    as the ledger keeps them, with what people decided on each; only among these entries. One that a
                 correction has overtaken is left out: the number no longer looks like a slip once it is set right.
                 So is one that an article added later has overtaken: what is told does not hang on the order of adding.
    corrections  that people made on these entries, in order.
    versions     what articles changed in these entries, in order.
    withheld     confidential entries that were left out; `beyond`: there are more than `MOST`, older ones are not here.
    again        entries that their own article tells elsewhere too, and that stand there: a headline's.
    """

    entries: tuple[Entry, ...]
    groups: tuple[Group, ...]
    relations: tuple[KeptRelation, ...]
    corrections: tuple[Correction, ...]
    versions: tuple[Event, ...]
    withheld: int = 0
    beyond: bool = False
    again: frozenset[str] = frozenset()


def gather(database: Database, asked: Filter) -> Holdings:
    """Return the latest entries that fit, with their groups; `asked.confidential` says whether those may be among them.

    Figures that are no longer in their articles stand in no group.
    """
    found: list[Entry] = []
    withheld, after = 0, None
    every = replace(asked, confidential=True)
    while len(found) < MOST:
        page = queries.page(database, every, after=after, limit=queries.MOST)
        shown = [one for one in page.entries if asked.confidential or one.confidentiality.value == "public"]
        withheld += len(page.entries) - len(shown)
        found += shown
        after = page.after
        if after is None:
            break
    entries = tuple(reversed(found[:MOST]))
    keys = {one.id for one in entries}
    related = _related(database, entries)
    corrections = tuple(one for one in queries.corrections(database) if one.entry in keys)
    corrected = {one.entry for one in corrections}
    still = {(one.kind.value, frozenset((one.a.where, one.b.where))) for one in related.relations}
    beyond = after is not None or len(found) > MOST
    kept = {
        one.id: one
        for key in sorted(keys)
        for one in queries.relations(database, key)
        if (one.kind, frozenset((one.a, one.b))) in still
        or one.choice is not None
        or not one.b
        or (beyond and not {one.a, one.b} & corrected)
    }
    return Holdings(
        entries,
        related.groups,
        tuple(one for _, one in sorted(kept.items()) if one.a in keys and (not one.b or one.b in keys)),
        corrections,
        tuple(sorted(_of_articles(database, sorted(keys)), key=lambda one: (one.at, one.entry))),
        withheld,
        beyond,
        frozenset(side.where for side in related.again),
    )


def groups_among(database: Database, entries: Sequence[Entry]) -> tuple[Group, ...]:
    """Return what is said of one thing together among some entries; their sides stand where the entries do."""
    return _related(database, entries).groups


def _related(database: Database, entries: Sequence[Entry]) -> Related:
    by_document: dict[int, list[str]] = defaultdict(list)
    for key, document in _documents(database, [one.id for one in entries if not one.gone]):
        by_document[document].append(key)
    articles = tuple(article(database, document, of) for document, of in sorted(by_document.items()))
    return relate_all(articles, decisions=decisions(database, articles))


_CHUNK = 500  # values of one statement: SQLite takes some thousand


def _documents(database: Database, keys: Sequence[str]) -> Iterator[tuple[str, int]]:
    for start in range(0, len(keys), _CHUNK):
        some = keys[start : start + _CHUNK]
        marks = ",".join("?" * len(some))
        yield from database.query(f"SELECT key, document FROM entries WHERE key IN ({marks})", some)


def _of_articles(database: Database, keys: Sequence[str]) -> Iterator[Event]:
    """Yield what articles set right in these entries: figures that a later text changed, dropped or took up again."""
    for start in range(0, len(keys), _CHUNK):
        some = keys[start : start + _CHUNK]
        asked = (
            "SELECT v.changed_at, v.action, e.key, f.quote, e.term, v.why, v.changes FROM versions AS v JOIN entries "
            "AS e ON e.id = v.entry JOIN figures AS f ON f.id = v.figure WHERE v.action IN ('changed', 'gone', 'back') "
            f"AND e.key IN ({','.join('?' * len(some))})"
        )
        for at, action, key, quote, term, why, changes in database.query(asked, some):
            told = tuple(Change(*one) for one in json.loads(changes))
            yield Event(rows.time_of(at), "", action, key, f"{quote} {term}".strip(), why, told)


def members(group: Group) -> frozenset[str]:
    """Return the entries of a group, repeats included."""
    points = (one for line in group.timelines for one in line.points)
    return frozenset(side.where for one in points for side in (one.side, *one.repeats, *one.added))


def said_again(held: Holdings) -> frozenset[str]:
    """Return entries whose number their article says more than once of the same thing; one of each is not among them.

    The one that stands in a group stands for all; relating folds the others into it.
    """
    grouped = frozenset[str]().union(*(members(group) for group in held.groups))
    first: dict[tuple[object, ...], str] = {}
    found = set(held.again)
    for one in sorted(held.entries, key=lambda one: one.id not in grouped):
        key = (one.document, one.measure, one.unit, one.low, one.high, one.place, one.population, one.modality)
        if first.setdefault(key, one.id) != one.id and one.id not in grouped:
            found.add(one.id)
    return frozenset(found)


def found_since(database: Database, since: datetime) -> frozenset[int]:
    """Return the relations that were found with articles added since a time, by their numbers."""
    asked = "SELECT r.id FROM relations AS r JOIN documents AS d ON d.id = r.document WHERE d.added_at >= ?"
    return frozenset(number for (number,) in database.query(asked, (rows.time_words(since),)))
