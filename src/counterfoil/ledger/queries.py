"""What a ledger holds: pages of entries, the life of one entry, what changed. Reads only.

A page is found in two steps: the ids, from an index that holds all that is asked for, and then the rows of those ids
alone. So a page costs what it shows, not what the ledger holds (bench/ledger.py).
"""

import json
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from counterfoil.errors import InputError
from counterfoil.ledger import indexes, rows
from counterfoil.ledger.model import (
    Action,
    Change,
    Choice,
    Correction,
    Entry,
    Event,
    Filter,
    KeptCheck,
    KeptRelation,
    Mark,
    Page,
    Review,
    State,
    Version,
)
from counterfoil.ledger.store import Database
from counterfoil.reading import gazetteer

PAGE = 50  # entries
MOST = 500  # entries of one page
_MOST_NAMES = 40  # places or people of one name that are looked through; more need a fuller name
_SUGGESTED = 5


def page(
    database: Database, asked: Filter, *, after: str | None = None, limit: int = PAGE, oldest_first: bool = False
) -> Page:
    """Return some entries, the latest day first, or the oldest.

    after   where the page before ended (`Page.after`).
    limit   1 to 500 entries.
    Raises  InputError for an `after` that is none, or a name that too many share.
    """
    if not 1 <= limit <= MOST:
        raise InputError(f"{limit} entries are no page", "--limit", f"ask for 1 to {MOST}")
    begin = _cursor(after, words=asked.words is not None)
    branches = _by_words(database, asked) if asked.words is not None else _branches(database, asked)
    with ExitStack() as opened:  # each way gives up what was not asked of it
        streams = [
            opened.enter_context(closing(_keys(database, one, begin, limit + 1, oldest_first=oldest_first)))
            for one in branches
        ]
        found = list(islice(_once(merge(*streams, reverse=not oldest_first)), limit + 1))
    shown = found[:limit]
    entries = entries_of(database, [row for _, row in shown])
    return Page(entries, _cursor_words(shown[-1]) if len(found) > limit else None)


def entries_of(database: Database, ids: Sequence[int]) -> tuple[Entry, ...]:
    """Return entries by their rows' ids, in that order."""
    if not ids:
        return ()
    marks = ",".join("?" * len(ids))
    found = {
        row[0]: rows.entry_of(row[1:])
        for row in database.query(f"SELECT e.id, {rows.SELECTED} FROM {rows.JOINED} WHERE e.id IN ({marks})", ids)
    }
    return tuple(found[one] for one in ids if one in found)


def all_entries(database: Database, *, gone: bool = False) -> Iterator[Entry]:
    """Yield every entry in the order in which they were recorded. `gone`: those too that their articles lost."""
    where = "" if gone else " WHERE e.gone = 0"
    return map(rows.entry_of, database.stream(f"{rows.SELECT}{where} ORDER BY e.id"))


def entry_with_rows(database: Database, key: str) -> tuple[Entry, int, int, int]:
    """Return an entry with the ids of its row, its document's and its figure's; raises `InputError` for no entry."""
    asked = f"SELECT e.id, e.document, e.figure, {rows.SELECTED} FROM {rows.JOINED} WHERE e.key = ?"
    found = database.query(asked, (key,))
    if not found:
        raise InputError(f"no entry {key!r}", database.where, "counterfoil ledger show lists them, each with its name")
    row, document, figure, *values = found[0]
    return rows.entry_of(values), row, document, figure


# -- pages -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Branch:
    """One way through one index. `source`: table with the index to take; `where`: conditions on their values."""

    source: str
    where: tuple[str, ...]
    values: tuple[Any, ...]
    day: str = "e.day"  # what it is ordered by, before the row's id
    row: str = "e.id"


_Key = tuple[str, int]


def _branches(database: Database, asked: Filter) -> Iterator[_Branch]:
    """Yield ways that together find all that is asked for, each in the order of days."""
    claimants = names(database, "claimants", asked.claimant) if asked.claimant is not None else (None,)
    places = _places(database, asked.place) if asked.place is not None else (None,)
    where, values = _conditions(asked)
    hint = indexes.hints(database)
    for place in places:
        for claimant in claimants:
            own, given = [*where], [*values]
            if claimant is not None:
                own.append("e.claimant = ?")
                given.append(claimant)
            if place is not None:
                column, name = place
                own += [f"e.{column} = ?", *([f"e.{column} <> ''"] if column in _PARTIAL else [])]
                given.append(name)
            index = _index(asked, place[0] if place else None, claimant)
            yield _Branch(f"entries AS e{hint(index)}", tuple(own), tuple(given))


_PARTIAL = ("origin", "origin_country", "destination", "destination_country")


def _index(asked: Filter, place: str | None, claimant: str | None) -> str:
    """Return the index that leaves least to look through."""
    if place is not None and (place != "country" or claimant is None):
        with_measure = place == "country" and asked.measure is not None
        return "entries_measure_country" if with_measure else f"entries_{place}"
    if claimant is not None:
        return "entries_claimant"
    if asked.measure is not None:
        return "entries_measure"
    return "entries_state" if asked.state is not None else "entries_day"


def _conditions(asked: Filter) -> tuple[list[str], list[Any]]:
    """Return the conditions that hold on every way."""
    given: list[tuple[str, Any]] = [
        ("e.measure = ?", asked.measure),
        ("e.state = ?", asked.state.value if asked.state else None),
        ("e.day >= ?", asked.since.isoformat() if asked.since else None),
        ("e.day <= ?", asked.until.isoformat() if asked.until else None),
        ("e.gone = ?", None if asked.gone else 0),
        ("e.confidentiality = ?", None if asked.confidential else "public"),
    ]
    return [one for one, value in given if value is not None], [value for _, value in given if value is not None]


def _by_words(database: Database, asked: Filter) -> Iterator[_Branch]:
    """Yield the way through the full-text index, latest recorded first."""
    assert asked.words is not None
    words = re.findall(r"[^\W_]+", asked.words)
    if not words:
        raise InputError("no words to look for", "--search", "give words of the sentence, as: --search 'ferry Mombasa'")
    where, values = _conditions(asked)
    if asked.claimant is not None:
        found = names(database, "claimants", asked.claimant)
        where.append(f"e.claimant IN ({','.join('?' * len(found))})" if found else "1 = 0")
        values += found
    if asked.place is not None:
        ways = list(_places(database, asked.place))
        where.append(f"({' OR '.join(f'e.{column} = ?' for column, _ in ways)})" if ways else "1 = 0")
        values += [name for _, name in ways]
    if database.dialect == "sqlite":
        match = " ".join(f'"{word}"' for word in words)
        # CROSS JOIN keeps the order: first the index of words, then the rows that it names.
        source = "entries_fts AS w CROSS JOIN entries AS e ON e.id = w.rowid"
        yield _Branch(source, ("entries_fts MATCH ?", *where), (match, *values), "", "w.rowid")
    else:
        text = " || ' ' || ".join(("excerpt", "claimant", "place"))  # as the index has it
        match = f"to_tsvector('simple', {text}) @@ plainto_tsquery('simple', ?)"
        yield _Branch("entries AS e", (match, *where), (" ".join(words), *values), "", "e.id")


def _keys(
    database: Database, way: _Branch, begin: _Key | None, limit: int, *, oldest_first: bool
) -> Generator[_Key, None, None]:
    """Yield day and row's id of what a way finds after `begin`; the day is "" where only the row orders them."""
    where, values = [*way.where], [*way.values]
    order = [one for one in (way.day, way.row) if one]
    if begin is not None:
        where.append(f"({', '.join(order)}) {'>' if oldest_first else '<'} ({', '.join('?' * len(order))})")
        values += begin[2 - len(order) :]
    direction = "ASC" if oldest_first else "DESC"
    ordered = ", ".join(f"{one} {direction}" for one in order)
    shown = way.day or "''"
    conditions = " AND ".join(where) or "1 = 1"
    sql = f"SELECT {shown}, {way.row} FROM {way.source} WHERE {conditions} ORDER BY {ordered} LIMIT ?"
    # Row by row: of a place with forty namesakes, only what the page shows is read.
    with closing(database.stream(sql, (*values, limit))) as rows_found:
        yield from rows_found


def _once(keys: Iterable[_Key]) -> Iterator[_Key]:
    last = None
    for key in keys:
        if key != last:
            yield key
        last = key


def _cursor(after: str | None, *, words: bool) -> _Key | None:
    if after is None:
        return None
    found = re.fullmatch(r"(?:(\d{4}-\d\d-\d\d)\.)?(\d{1,18})", after)
    if found is None or (found[1] is None) is not words:
        raise InputError(
            f"no place to go on from: {after!r}", "--after", "give what the page before said, as it stands"
        )
    return found[1] or "", int(found[2])


def _cursor_words(key: _Key) -> str:
    day, row = key
    return f"{day}.{row}" if day else str(row)


# -- names -------------------------------------------------------------------------------------------------------------


def names(database: Database, table: str, asked: str) -> tuple[str, ...]:
    """Return the names, as entries have them, that are written like `asked` but for case and accents.

    table   "claimants" or "places".
    Raises  InputError where more share it than can be looked through.
    """
    found = database.query(
        f"SELECT name FROM {table} WHERE folded = ? ORDER BY name LIMIT ?", (gazetteer.fold(asked), _MOST_NAMES + 1)
    )
    if len(found) > _MOST_NAMES:
        raise InputError(f"more than {_MOST_NAMES} {table} are called {asked!r}", "ledger", "give a fuller name")
    return tuple(name for (name,) in found)


def near_names(database: Database, table: str, asked: str) -> tuple[str, ...]:
    """Return a few names that begin like `asked`, for those who find none."""
    begin = gazetteer.fold(asked)[:4]
    sql = f"SELECT DISTINCT name FROM {table} WHERE folded >= ? AND folded < ? ORDER BY name LIMIT ?"
    return tuple(name for (name,) in database.query(sql, (begin, begin + "\U0010ffff", _SUGGESTED)))


def _places(database: Database, asked: str) -> list[tuple[str, str]]:
    """Return columns with the values that a place stands under: a country's code, or every place of the name."""
    code = _country(asked)
    if code is not None:
        return [(column, code) for column in ("country", "origin_country", "destination_country")]
    found = names(database, "places", asked)
    return [(column, name) for name in found for column in ("place", "origin", "destination")]


def _country(asked: str) -> str | None:
    """Return the code of a country given by code or name, None for another place."""
    if re.fullmatch(r"[A-Z]{3}", asked):
        return asked
    found = [row.country for row in gazetteer.rows_of(gazetteer.key_of(asked)) if row.level == "C"]
    return found[0] if found else None


# -- one entry ---------------------------------------------------------------------------------------------------------


def history(database: Database, key: str) -> tuple[Version, ...]:
    """Return every version of an entry, the first first."""
    _, row, _, _ = entry_with_rows(database, key)
    asked = (
        "SELECT version, action, changes, changed_by, changed_at, why FROM versions WHERE entry = ? ORDER BY version"
    )
    return tuple(
        Version(key, version, Action(action), _changes(changes), by, rows.time_of(at), why)
        for version, action, changes, by, at, why in database.query(asked, (row,))
    )


def _changes(packed: str) -> tuple[Change, ...]:
    return tuple(Change(*one) for one in json.loads(packed))


def corrections(database: Database, key: str | None = None) -> tuple[Correction, ...]:
    """Return what people set right, of one entry or of all, in order."""
    where, values = _of_entry(database, key)
    asked = (
        "SELECT e.key, c.version, c.field, c.old, c.new, c.changed_by, c.changed_at, c.why FROM corrections AS c "
        f"JOIN entries AS e ON e.id = c.entry{where} ORDER BY c.id"
    )
    return tuple(
        Correction(name, version, field, old, new, by, rows.time_of(at), why)
        for name, version, field, old, new, by, at, why in database.query(asked, values)
    )


def reviews(database: Database, key: str | None = None) -> tuple[Review, ...]:
    """Return what reviewers said, of one entry or of all, in order."""
    where, values = _of_entry(database, key)
    asked = (
        "SELECT e.key, c.version, c.field, c.mark, c.state, c.comment, c.reviewed_by, c.reviewed_at FROM reviews AS c "
        f"JOIN entries AS e ON e.id = c.entry{where} ORDER BY c.id"
    )
    return tuple(
        Review(
            name,
            version,
            field,
            Mark(mark) if mark else None,
            State(state) if state else None,
            comment,
            by,
            rows.time_of(at),
        )
        for name, version, field, mark, state, comment, by, at in database.query(asked, values)
    )


def _of_entry(database: Database, key: str | None) -> tuple[str, tuple[int, ...]]:
    return ("", ()) if key is None else (" WHERE c.entry = ?", (entry_with_rows(database, key)[1],))


def relations(database: Database, key: str) -> tuple[KeptRelation, ...]:
    """Return the relations of an entry as it stands, each with what a person decided on it last.

    Relations of figures that their articles no longer have are left out, and those that an article added later has
    overtaken: of a repeat whose first is there now, and over a count that stands between the two.
    """
    _, _, _, figure = entry_with_rows(database, key)
    asked = (
        "SELECT r.id, r.kind, a.key, b.key, r.record, r.reason, r.tests, (SELECT d.choice FROM decisions AS d "
        "WHERE d.relation = r.id ORDER BY d.id DESC LIMIT 1) FROM relations AS r JOIN figures AS f "
        "ON f.id = r.a JOIN entries AS a ON a.id = f.entry AND a.figure = f.id "
        "LEFT JOIN figures AS g ON g.id = r.b LEFT JOIN entries AS b ON b.id = g.entry AND b.figure = g.id "
        "WHERE r.{} = ? AND (r.b IS NULL OR b.id IS NOT NULL)"
    )
    found = {row[0]: row for side in ("a", "b") for row in database.query(asked.format(side), (figure,))}
    overtaken = {number for side in ("a", "b") for (number,) in database.query(_OVERTAKEN.format(side), (figure,))}
    return tuple(
        _relation(found[number]) for number in sorted(found) if number not in overtaken or found[number][-1] is not None
    )


_FOLDED = "('copies', 'relays', 'rounds')"
_GROWING = "('supersedes', 'revises')"
_OVERTAKEN = (
    "SELECT r.id FROM relations AS r WHERE r.{} = ? AND r.b IS NOT NULL AND ("
    "EXISTS (SELECT 1 FROM relations AS q JOIN relations AS s ON s.a = r.a AND s.b = q.b AND s.kind = r.kind "
    f"WHERE q.a = r.b AND q.kind IN {_FOLDED} AND q.b <> r.a) "
    "OR EXISTS (SELECT 1 FROM relations AS q JOIN relations AS s ON s.b = r.b AND s.a = q.b AND s.kind = r.kind "
    f"WHERE q.a = r.a AND q.kind IN {_FOLDED} AND q.b <> r.b) "
    f"OR (r.kind IN {_GROWING} AND EXISTS (SELECT 1 FROM relations AS q JOIN relations AS s ON s.a = q.b "
    f"AND s.b = r.b AND s.kind IN {_GROWING} WHERE q.a = r.a AND q.kind IN {_GROWING} AND q.b <> r.b)))"
)


def _relation(row: Sequence[Any]) -> KeptRelation:
    number, kind, a, b, record, reason, tests, choice = row
    known = json.loads(record) if record else {}
    words = f"{known.get('quote', '')} ({known.get('speaker') or 'a record'})" if known else ""
    return KeptRelation(
        number,
        kind,
        a,
        b or "",
        words,
        reason,
        tuple((name, outcome, why) for name, outcome, why in json.loads(tests)),
        Choice(choice) if choice else None,
    )


def checks(database: Database, key: str) -> tuple[KeptCheck, ...]:
    """Return the checks of an entry as it stands, the latest last."""
    _, _, _, figure = entry_with_rows(database, key)
    asked = "SELECT word, sensitive_to, reasons, editions, checked_at, body FROM checks WHERE figure = ? ORDER BY id"
    return tuple(
        KeptCheck(
            key,
            word,
            tuple(json.loads(sensitive)),
            tuple(json.loads(reasons)),
            tuple(json.loads(editions)),
            rows.time_of(at),
            body,
        )
        for word, sensitive, reasons, editions, at, body in database.query(asked, (figure,))
    )


def repeats(database: Database, keys: Sequence[str]) -> dict[str, str]:
    """Return, of these entries, those that copy, relay or round another, with what they repeat: "copies KEY"."""
    if not keys:
        return {}
    asked = (
        "SELECT a.key, r.kind, b.key FROM entries AS a JOIN relations AS r ON r.a = a.figure JOIN figures AS g "
        f"ON g.id = r.b JOIN entries AS b ON b.id = g.entry WHERE a.key IN ({','.join('?' * len(keys))}) "
        "AND r.kind IN ('copies', 'relays', 'rounds') AND NOT EXISTS (SELECT 1 FROM decisions AS d "
        "WHERE d.relation = r.id AND d.choice = 'rejected') ORDER BY r.id DESC"
    )
    return {a: f"{kind} {b}" for a, kind, b in database.query(asked, keys)}


def decision_rows(database: Database, a: int, b: int | None) -> tuple[int, int | None]:
    """Return the rows of the entries that two figures belong to."""
    found = dict(database.query("SELECT id, entry FROM figures WHERE id IN (?, ?)", (a, b or a)))
    return found[a], None if b is None else found[b]


# -- what changed ------------------------------------------------------------------------------------------------------


def events(database: Database, since: datetime, until: datetime | None = None) -> Iterator[Event]:
    """Yield what happened in the ledger since a time, in order: articles, versions, reviews, decisions."""
    begin, end = rows.time_words(since), rows.time_words(until) if until else "9999"
    return merge(
        _articles(database, begin, end),
        _versions(database, begin, end),
        _reviews(database, begin, end),
        _decisions(database, begin, end),
        key=lambda one: one.at,
    )


def _articles(database: Database, begin: str, end: str) -> Iterator[Event]:
    asked = (
        "SELECT d.added_at, d.added_by, d.title, d.address, d.version, d.why, (SELECT COUNT(*) FROM figures AS f "
        "WHERE f.document = d.id), d.id FROM documents AS d WHERE d.added_at >= ? AND d.added_at < ? "
        "ORDER BY d.added_at, d.id"
    )
    for at, by, title, address, version, why, count, document in database.query(asked, (begin, end)):
        words = f"{title or address}: {_counted(count, 'figure')}"
        if version > 1:
            tally = database.query(
                "SELECT what, COUNT(*) FROM differences WHERE document = ? GROUP BY what ORDER BY what", (document,)
            )
            words += f"; version {version}: " + ", ".join(f"{number} {what}" for what, number in tally)
        yield Event(rows.time_of(at), by, "article", "", words, why)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _versions(database: Database, begin: str, end: str) -> Iterator[Event]:
    """Yield steps of entries; those of a new article are told with it, those that changed nothing are not told."""
    asked = (
        "SELECT v.changed_at, v.changed_by, v.action, e.key, f.quote, e.term, v.why, v.changes FROM versions AS v "
        "JOIN entries AS e ON e.id = v.entry JOIN figures AS f ON f.id = v.figure JOIN documents AS d "
        "ON d.id = f.document WHERE v.changed_at >= ? AND v.changed_at < ? AND (v.action NOT IN ('added', 'carried', "
        "'imported') OR (v.action = 'added' AND d.version > 1) OR (v.action = 'imported' AND v.changes <> '[]')) "
        "ORDER BY v.changed_at, v.entry, v.version"
    )
    for at, by, action, key, quote, term, why, changes in database.query(asked, (begin, end)):
        yield Event(rows.time_of(at), by, action, key, f"{quote} {term}".strip(), why, _changes(changes))


def differences(database: Database, address: str, version: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield, for a version of an article, what became of each figure: what, its words before and after, fields."""
    asked = (
        "SELECT c.what, a.quote, a.suffix, b.quote, b.suffix, c.fields FROM differences AS c JOIN documents AS d "
        "ON d.id = c.document LEFT JOIN figures AS a ON a.id = c.before LEFT JOIN figures AS b ON b.id = c.after "
        "WHERE d.address = ? AND d.version = ? ORDER BY c.number"
    )
    for what, *words, fields in database.query(asked, (address, version)):
        before, after = ("" if quote is None else f"{quote}{rest}" for quote, rest in (words[:2], words[2:]))
        yield what, " ".join(before.split()), " ".join(after.split()), ", ".join(json.loads(fields))


def _reviews(database: Database, begin: str, end: str) -> Iterator[Event]:
    asked = (
        "SELECT r.reviewed_at, r.reviewed_by, e.key, r.field, r.mark, r.comment FROM reviews AS r JOIN entries AS e "
        "ON e.id = r.entry WHERE r.reviewed_at >= ? AND r.reviewed_at < ? AND (r.mark IS NOT NULL OR r.comment <> '') "
        "ORDER BY r.reviewed_at, r.id"
    )
    for at, by, key, field, mark, comment in database.query(asked, (begin, end)):
        words = ", ".join(one for one in (field, mark) if one) or "the whole entry"
        yield Event(rows.time_of(at), by, "review", key, words, comment)


def _decisions(database: Database, begin: str, end: str) -> Iterator[Event]:
    asked = (
        "SELECT d.decided_at, d.decided_by, e.key, d.kind, d.choice, d.why FROM decisions AS d JOIN entries AS e "
        "ON e.id = d.a WHERE d.decided_at >= ? AND d.decided_at < ? ORDER BY d.decided_at, d.id"
    )
    for at, by, key, kind, choice, why in database.query(asked, (begin, end)):
        yield Event(rows.time_of(at), by, "decision", key, f"{kind}: {choice}", why)
