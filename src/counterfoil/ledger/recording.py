"""An article goes into the ledger: once, or as a new version of what is there."""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from counterfoil.documents.model import Document
from counterfoil.ledger import indexes, rows
from counterfoil.ledger.differences import differences
from counterfoil.ledger.model import (
    CORRECTABLE,
    DECIDED,
    FIELDS,
    Action,
    Addition,
    Author,
    Change,
    Deposit,
    Entry,
    FigureChange,
    Relating,
    State,
)
from counterfoil.ledger.neighbours import decisions, neighbours, own_article
from counterfoil.ledger.store import Database, next_number, writing
from counterfoil.ledger.stored import dumps, pack, unpack
from counterfoil.reading.gazetteer import fold
from counterfoil.reading.model import Figure, Statement
from counterfoil.relating.model import RECORDS, Relation, Side

# Articles and figures written at once: in a large ledger every figure is a few pages of indexes that others share, so
# that many at once cost less to write (docs/ledger.md). Where reading them is slow, what was read is soon safe.
BATCH, MOST_FIGURES, PATIENCE_S = 1_000, 10_000, 5.0


def record(
    database: Database, deposits: Iterable[Deposit], author: Author, *, relate: Relating | None = None
) -> Iterator[Addition]:
    """Record articles, as many at a time as come within seconds, and yield what became of each once it is safe.

    relate  finds how the figures of one article stand to those that are there; without it the deposit's own
            relations are kept as they are.
    Raises  InputError where the ledger cannot be written; what was yielded before is kept.
    """
    entered = 0
    for batch in _batches(deposits):
        added = _record(database, batch, author, relate, entered)
        entered += sum(len(one.entries) for one in added if one.outcome == "added")
        yield from added
    indexes.put_back(database)


def _batches(deposits: Iterable[Deposit]) -> Iterator[list[Deposit]]:
    """Yield as many articles as are written at once."""
    batch: list[Deposit] = []
    figures, began = 0, time.monotonic()
    for deposit in deposits:
        batch.append(deposit)
        figures += len(deposit.figures)
        if len(batch) >= BATCH or figures >= MOST_FIGURES or time.monotonic() - began >= PATIENCE_S:
            yield batch
            batch, figures, began = [], 0, time.monotonic()
    if batch:
        yield batch


def _record(
    database: Database, batch: Sequence[Deposit], author: Author, relate: Relating | None, entered: int
) -> list[Addition]:
    with writing(database), ThreadPoolExecutor(1) as beside:
        writer = Writer(database, author, beside)
        if relate is None:  # who relates looks for neighbours by these indexes
            indexes.lay_aside(database, writer.next["entries"] - 1, entered)
        writer.look_up(batch)
        found = []
        for deposit in batch:
            found.append(writer.add(deposit, relate))
            writer.hand_over()
        writer.flush()
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """A text of an article that the ledger has."""

    id: int
    address: str
    version: int
    sha256: str
    retrieved: str | None
    bare: bool  # an import told of it, without its text


@dataclass(frozen=True, slots=True)
class Kept:
    """A figure that the ledger holds: its row and its entry's, what was read, and what holds now."""

    figure: int
    entry: int
    read: Entry
    now: Entry


class Writer:
    """Rows on their way into the tables, written many at a time. Lives within one `writing`.

    beside  a thread that writes while the next rows are made. Whoever asks the database something flushes first, so
            that one thread at a time is at it.
    """

    def __init__(self, database: Database, author: Author, beside: ThreadPoolExecutor | None = None) -> None:
        self.database, self.author, self.beside = database, author, beside
        self.written: Future[None] | None = None
        self.home = Path(database.where).absolute().parent if database.dialect == "sqlite" else None
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COLUMNS}
        self.next = {
            name: next_number(database, name) for name in ("documents", "figures", "entries", "relations", "checks")
        }
        self.without_words = self.next["entries"]  # the first entry that the index of words has not
        self.claimants: set[str] = set()
        self.counts: dict[int, int] = {}
        self.there: set[str] = set()  # addresses and texts, of those that are given, that the ledger or `rows` has
        self.places: set[tuple[str, str]] = set()
        self.placed: tuple[str, ...] = ()
        told = rows.storable(author.by), rows.time_words(author.at), rows.storable(author.why)
        self.added = (Action.ADDED.value, "[]", *told)  # of every entry's first version

    def number(self, table: str) -> int:
        """Return the next id of a table, and take it."""
        taken = self.next[table]
        self.next[table] = taken + 1
        return taken

    def counted(self, document: int) -> int:
        """Return the next place of a figure in a text whose figures come one by one."""
        if document not in self.counts:
            asked = "SELECT COUNT(*) FROM figures WHERE document = ?"
            self.counts[document] = int(self.database.query(asked, (document,))[0][0])
        self.counts[document] += 1
        return self.counts[document] - 1

    def look_up(self, batch: Sequence[Deposit]) -> None:
        """Find out, for all at once, which articles may be there already."""
        addresses = [rows.address_of(one, self.home) for one in batch]
        for column, given in (("address", addresses), ("sha256", [one.document.sha256 for one in batch])):
            for begin in range(0, len(given), _ASKED):
                some = given[begin : begin + _ASKED]
                asked = f"SELECT {column} FROM documents WHERE {column} IN ({','.join('?' * len(some))})"
                self.there.update(value for (value,) in self.database.query(asked, some))

    def hand_over(self) -> None:
        """Let the thread write what is waiting, once it is much: Python goes on while the database works."""
        if self.beside is None or len(self.rows["entries"]) < _HANDED_OVER:
            return
        self._wait()
        given = {}
        for table, columns in _COLUMNS.items():
            whole = len(self.rows[table]) - len(self.rows[table]) % self.database.lot(len(columns))
            given[table], self.rows[table] = self.rows[table][:whole], self.rows[table][whole:]
        self.written = self.beside.submit(self._write, given)

    def flush(self) -> None:
        """Write what is waiting."""
        self._wait()
        given, self.rows = self.rows, {name: [] for name in _COLUMNS}
        self._write(given)
        if self.database.dialect == "sqlite" and self.without_words < self.next["entries"]:
            # All at once: whatever begins to write words puts those before it on the disk.
            self.database.run(_INDEX_WORDS, (self.without_words, self.next["entries"] - 1))
            self.without_words = self.next["entries"]

    def _wait(self) -> None:
        if self.written is not None:
            written, self.written = self.written, None
            written.result()

    def _write(self, given: dict[str, list[tuple[Any, ...]]]) -> None:
        """Write rows, tables that others lean on first."""
        for table, columns in _COLUMNS.items():
            if given[table]:
                self.database.insert(table, columns, given[table], known=table in _NAMES)

    def add(self, deposit: Deposit, relate: Relating | None) -> Addition:
        """Record one article, or leave it where the ledger has it already."""
        address = rows.address_of(deposit, self.home)
        known = self._known(deposit, address)
        latest = known[-1] if known else None
        if latest is not None:
            address = latest.address
            same = _is_there(deposit, known)
            if same is not None:
                return Addition(address, same.sha256, "unchanged", same.version, self._keys(same.id))
        version = latest.version + 1 if latest else 1
        document = self.number("documents")
        self.rows["documents"].append(
            rows.document_row(
                deposit, address, self.author, number=document, version=version, replaces=latest.id if latest else None
            )
        )
        self.there |= {address, deposit.document.sha256}
        self.rows["statements"] += rows.statement_rows(deposit, document)
        seen = list(rows.readings(deposit, address, self.author))
        changes: tuple[FigureChange, ...] = ()
        if latest is None:
            figures = [self._enter(one, deposit, document, number) for number, one in enumerate(seen)]
            keys = tuple(one[0] for one in seen)
        else:
            figures, keys, changes = self._revise(deposit, document, [Entry(*one) for one in seen], latest.id)
        self._check(deposit, figures)
        related = self._relate(deposit, document, figures, keys, relate)
        outcome = "changed" if latest else "added"
        return Addition(address, deposit.document.sha256, outcome, version, keys, changes, related)

    # -- is it there? ------------------------------------------------------------------------------------------------

    def _known(self, deposit: Deposit, address: str) -> list[Known]:
        """Return the texts of this article, the oldest first. A file is known by its text, too: files are renamed."""
        if self.there.isdisjoint((address, deposit.document.sha256)):
            return []
        self.flush()
        asked = (
            "SELECT id, address, version, sha256, retrieved, snapshot IS NULL FROM documents WHERE address = ? "
            "ORDER BY version"
        )
        found = [Known(*row) for row in self.database.query(asked, (address,))]
        if not found and not address.startswith("https://"):
            by_text = "SELECT address FROM documents WHERE sha256 = ? AND url IS NULL ORDER BY id LIMIT 1"
            for (other,) in self.database.query(by_text, (deposit.document.sha256,)):
                return [Known(*row) for row in self.database.query(asked, (other,))]
        return found

    def _keys(self, document: int) -> tuple[str, ...]:
        self.flush()
        asked = (
            "SELECT e.key FROM figures AS f JOIN entries AS e ON e.id = f.entry WHERE f.document = ? ORDER BY f.number"
        )
        return tuple(row[0] for row in self.database.query(asked, (document,)))

    # -- a new article -----------------------------------------------------------------------------------------------

    def _enter(self, seen: rows.Fields, deposit: Deposit, document: int, number: int) -> int:
        """Add an entry with its figure; return the figure's id."""
        figure, entry = self.number("figures"), self.number("entries")
        self.rows["figures"].append(
            rows.figure_columns(
                seen, number, row=figure, document=document, entry_row=entry, figure=deposit.figures[number]
            )
        )
        self.rows["entries"].append(rows.entry_columns(seen, entry, document, figure))
        self.rows["versions"].append((entry, 1, figure, *self.added))
        self._name(seen[_CLAIMANT], (seen[_PLACE], seen[_ORIGIN], seen[_DESTINATION]), seen[_ADMIN1])
        return figure

    def name(self, one: Entry) -> None:
        """Keep names for finding them again."""
        self._name(one.claimant, (one.place, one.origin, one.destination), one.admin1)

    def _name(self, claimant: str, places: tuple[str, str, str], admin1: str) -> None:
        if claimant and claimant not in self.claimants:
            self.claimants.add(claimant)
            self.rows["claimants"].append((claimant, fold(claimant)))
        if (*places, admin1) == self.placed:  # the figures of an article are often of one place
            return
        self.placed = (*places, admin1)
        for place in places:
            own = (place, admin1 if place == places[0] else "")
            if place and own not in self.places:
                self.places.add(own)
                parts = {place, own[1], *(part.strip() for part in place.split(","))} - {""}
                self.rows["places"] += [(place, fold(part)) for part in sorted(parts)]

    def _check(self, deposit: Deposit, figures: Sequence[int]) -> None:
        text, at, editions = deposit.document.sha256, rows.time_words(self.author.at), dumps(deposit.editions)
        for figure, verdict in zip(figures, deposit.checks, strict=False):
            body = pack(verdict, text, without=("figure", "word", "sensitive_to", "reasons"))
            sensitive, reasons = dumps(verdict.sensitive_to), dumps(verdict.reasons)
            row = (self.number("checks"), figure, verdict.word.value, sensitive, reasons, editions, body, at)
            self.rows["checks"].append(row)

    # -- relations ---------------------------------------------------------------------------------------------------

    def _relate(
        self, deposit: Deposit, document: int, figures: Sequence[int], keys: Sequence[str], relate: Relating | None
    ) -> int:
        """Record relations of the article's figures; return how many."""
        relations, others = deposit.relations, dict[str, int]()
        if relate is not None:
            self.flush()
            own = own_article(deposit, keys)
            there, others = neighbours(self.database, deposit, without=frozenset(keys))
            relations = (*_with_records(relations), *relate(own, there, decisions(self.database, (own, *there))))
        places = {one.number.anchor.span.start: row for one, row in zip(deposit.figures, figures, strict=True)}
        text, count = deposit.document.sha256, 0
        for relation in relations:
            sides = [_row_of(side, text, places, others) for side in (relation.a, relation.b)]
            if sides[0] is None:  # a record first: its relation is told from the other side
                sides.reverse()
                relation = replace(relation, a=relation.b, b=relation.a)
            if sides[0] is None:
                continue  # between two records: nothing of this article
            record = None if sides[1] is not None else _record_words(relation.b, text)
            tests = dumps([[one.name, one.outcome, one.why] for one in relation.tests])
            row = (self.number("relations"), document, relation.kind.value, *sides, record, relation.reason, tests)
            self.rows["relations"].append(tuple(rows.storable(one) if isinstance(one, str) else one for one in row))
            count += 1
        return count

    # -- a changed article -------------------------------------------------------------------------------------------

    def _revise(
        self, deposit: Deposit, document: int, read: list[Entry], old: int
    ) -> tuple[list[int], tuple[str, ...], tuple[FigureChange, ...]]:
        """Match the figures with those of the text before, and give every entry its next version."""
        self.flush()
        before = self._as_read(old)
        changes = differences([one.read for one in before], read)
        figures, keys = [0] * len(read), [""] * len(read)
        compared = []
        for nth, change in enumerate(changes):
            row = None if change.before is None else before[change.before]
            after = None
            if row is None:
                assert change.after is not None
                figures[change.after], keys[change.after] = self._added(deposit, document, read, change.after)
                after = figures[change.after]
            elif change.after is None:
                self._gone(row)
            else:
                new = read[change.after]
                figures[change.after] = after = self._carried(deposit, document, change, row, new)
                keys[change.after] = row.now.id
            was = None if row is None else row.figure
            compared.append((document, nth, change.what, was, after, dumps(change.fields)))
        self.rows["differences"] += compared
        return figures, tuple(keys), changes

    def _as_read(self, document: int) -> list[Kept]:
        """Return the figures of a text, in its order, as they were read and as their entries stand now."""
        asked = (
            f"SELECT f.id, f.entry, f.body, f.statement, {rows.SELECTED} FROM figures AS f JOIN entries AS e "
            "ON e.id = f.entry JOIN documents AS d ON d.id = f.document WHERE f.document = ? ORDER BY f.number"
        )
        bodies = dict(self.database.query("SELECT number, body FROM statements WHERE document = ?", (document,)))
        [(kept,)] = self.database.query("SELECT snapshot FROM documents WHERE id = ?", (document,))
        text = rows.text_of(kept) if kept is not None else ""
        found = []
        for figure, entry, body, statement, *values in self.database.query(asked, (document,)):
            now = rows.entry_of(values)
            read = now if body is None else _as_it_was(now, body, bodies.get(statement), text)
            found.append(Kept(figure, entry, read, now))
        return found

    def _added(self, deposit: Deposit, document: int, read: list[Entry], number: int) -> tuple[int, str]:
        """Add a figure that the text before did not have; one that an earlier text had comes back."""
        new = read[number]
        there = self.database.query(f"SELECT e.id, {rows.SELECTED} FROM {rows.JOINED} WHERE e.key = ?", (new.id,))
        if not there:
            return self._enter(rows.fields_of(new), deposit, document, number), new.id
        entry, *values = there[0]
        now = rows.entry_of(values)
        figure = self._figure(deposit, document, new, number, entry)
        back = replace(new, version=now.version + 1, created_by=now.created_by, created_at=now.created_at)
        back = replace(back, **{name: getattr(now, name) for name in DECIDED})
        self.put(now, back, entry, document, figure, Action.BACK)
        return figure, new.id

    def _gone(self, row: Kept) -> None:
        """Mark an entry whose figure the article has no longer; it keeps its words, and the text they stand in."""
        state = State.RE_REQUESTED if row.now.state is State.APPROVED else row.now.state
        gone = replace(self.stamped(row.now), gone=True, state=state)
        [(document,)] = self.database.query("SELECT document FROM figures WHERE id = ?", (row.figure,))
        self.put(row.now, gone, row.entry, document, row.figure, Action.GONE)

    def _carried(self, deposit: Deposit, document: int, change: FigureChange, row: Kept, new: Entry) -> int:
        """Give an entry the figure of the new text. What people set right stays where the article did not change it."""
        assert change.after is not None
        figure = self._figure(deposit, document, new, change.after, row.entry)
        own = {name: getattr(row.now, name) for name in ("id", *DECIDED, "created_by", "created_at", "household_size")}
        for name in CORRECTABLE:
            read, now = getattr(row.read, name), getattr(row.now, name)
            if read != now and read == getattr(new, name):
                own[name] = now
        if change.what == "changed" and row.now.state is State.APPROVED:
            own["state"] = State.RE_REQUESTED
        following = replace(self.stamped(replace(new, **own)), version=row.now.version + 1)
        action = Action.CHANGED if change.what == "changed" else Action.CARRIED
        self.put(row.now, following, row.entry, document, figure, action)
        self.name(following)
        return figure

    def _figure(self, deposit: Deposit, document: int, new: Entry, number: int, entry: int) -> int:
        figure = self.number("figures")
        read = deposit.figures[number]
        self.rows["figures"].append(
            rows.figure_row(new, number, row=figure, document=document, entry_row=entry, figure=read)
        )
        return figure

    # -- the next version of an entry --------------------------------------------------------------------------------

    def stamped(self, one: Entry) -> Entry:
        """Return the entry as its next version, by this author."""
        return replace(one, version=one.version + 1, updated_by=self.author.by, updated_at=self.author.at)

    def put(self, now: Entry, following: Entry, entry: int, document: int, figure: int, action: Action) -> None:
        """Let an entry take its next version; the one before stays in `versions`."""
        changes = [[one.field, one.old, one.new] for one in changed(now, following)]
        following = replace(following, updated_by=self.author.by, updated_at=self.author.at)
        self.flush()
        row = dict(zip(rows.ENTRY, rows.entry_row(following, entry, document, figure), strict=True))
        marks = ", ".join(f"{name} = ?" for name in rows.CHANGING)
        values = [row[name] for name in rows.CHANGING]
        self.database.run(f"UPDATE entries SET {marks} WHERE id = ?", (*values, entry))
        self.rows["versions"].append(
            rows.version_row(entry, following.version, figure, action, dumps(changes), self.author)
        )


# Of the article rather than of the figure: `documents` tells these for each text.
_OF_TEXT = frozenset(
    "version updated_by updated_at start end prefix suffix document title outlet url source published retrieved engine"
    " certainty".split()
)


def changed(before: Entry, after: Entry) -> tuple[Change, ...]:
    """Return the fields that differ, as text."""
    return tuple(
        Change(name, rows.as_text(old), rows.as_text(new))
        for name in FIELDS
        if name not in _OF_TEXT and (old := getattr(before, name)) != (new := getattr(after, name))
    )


def _is_there(deposit: Deposit, known: Sequence[Known]) -> Known | None:
    """Return the text of this article that is the deposit's, unless the article came back to it since."""
    own, latest = deposit.document, known[-1]
    if latest.bare:
        return None
    if latest.sha256 == own.sha256:
        return latest
    if own.retrieved and (latest.retrieved is None or latest.retrieved < rows.time_words(own.retrieved)):
        return None
    return next((one for one in known if one.sha256 == own.sha256), None)


def _as_it_was(now: Entry, body: str, statement: str | None, text: str) -> Entry:
    """Return an entry as its figure was read, before people set anything right."""
    figure = unpack(Figure, body, now.document)
    said = None if statement is None else unpack(Statement, statement, now.document)
    document = Document(text=text, sha256=now.document)
    article = rows.article_fields(document, engine=now.engine, by=now.created_by, at=now.created_at)
    return Entry(
        *rows.figure_fields(
            figure,
            said,
            text,
            article,
            key=now.id,
            excerpt=now.excerpt,
            verdict=now.verdict,
            confidentiality=now.confidentiality,
        )
    )


def _row_of(side: Side, text: str, own: dict[int, int], others: dict[str, int]) -> int | None:
    """Return the row of a side's figure; None for a record."""
    anchor = side.figure.number.anchor
    if side.where in others:
        return others[side.where]
    return own.get(anchor.span.start) if side.where != RECORDS and anchor.document == text else None


def _with_records(relations: Sequence[Relation]) -> list[Relation]:
    """Return those to records: the others are found again, together with the articles that are there."""
    return [one for one in relations if RECORDS in (one.a.where, one.b.where)]


def _record_words(side: Side, text: str) -> str:
    """Return a record as JSON: who says it, its words, and its figure."""
    plain = json.loads(pack(side.figure, text))
    return dumps({"speaker": side.speaker, "quote": side.figure.number.anchor.quote, "figure": plain})


_ASKED = 500  # SQLite takes 999 values in one statement, before version 3.32
_HANDED_OVER = 1_000  # entries, two statements: enough for the thread, and little is left at a batch's end
# Of entries just added: their ids follow each other, as whoever writes is alone. A server indexes them by itself.
_INDEX_WORDS = (
    "INSERT INTO entries_fts (rowid, excerpt, claimant, place) SELECT id, excerpt, claimant, place FROM entries "
    "WHERE id BETWEEN ? AND ?"
)
_CLAIMANT, _PLACE, _ORIGIN, _DESTINATION, _ADMIN1 = map(
    FIELDS.index, ("claimant", "place", "origin", "destination", "admin1")
)
_NAMES = frozenset({"claimants", "places"})
_COLUMNS: dict[str, Sequence[str]] = {  # in the order in which they may be written: tables that others name first
    "documents": rows.DOCUMENT,
    "statements": rows.STATEMENT,
    "figures": rows.FIGURE,
    "entries": rows.ENTRY,
    "versions": rows.VERSION,
    "relations": rows.RELATION,
    "checks": rows.CHECK,
    "differences": rows.DIFFERENCE,
    "claimants": ("name", "folded"),
    "places": ("name", "folded"),
}
