"""A ledger in one SQLite file. The one door to sqlite3."""

import logging
import os
import re
import sqlite3
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

from counterfoil.errors import CounterfoilError, InputError
from counterfoil.ledger import tables

LOG = logging.getLogger(__name__)
APPLICATION = 0x436F756E  # "Coun": tells our files from others' (sqlite.org/pragma.html, application_id)
_MAGIC = b"SQLite format 3\0"
_PAGE = 8192  # bytes; several rows of the widest table fit
_CACHE_KIB = 64 * 1024
_MAP = 1 << 30  # bytes of the file read as memory
_LOG_PAGES = 8192  # 64 MiB of log before it goes into the file: a page that several imports change goes there once
_RETRY_S = 0.05
_MOST_VALUES = 30_000  # of one statement; SQLite takes 32,766 (sqlite.org/limits.html)

_BY_INDEX = re.compile(r" INDEXED BY \w+")

_MENDS = {  # SQLite's name of an error, ours, and what to do
    "SQLITE_BUSY": (
        "another program is writing to the ledger",
        "wait until it is done, or close it, then do it again; --wait SECONDS waits longer",
    ),
    "SQLITE_LOCKED": ("another program holds the ledger", "close that program, then do it again"),
    "SQLITE_FULL": (
        "no room left on the disk",
        "make room, then do it again: what was recorded before is kept, this was not begun",
    ),
    "SQLITE_IOERR": (
        "the disk refuses to be read or written: it may be full",
        "make room, or check the disk, then do it again: what was recorded before is kept",
    ),
    "SQLITE_READONLY": (
        "the ledger or its folder cannot be written to",
        "copy the file to a folder of your own, or name another with --ledger FILE",
    ),
    "SQLITE_CANTOPEN": (
        "the ledger cannot be opened",
        "check that its folder is there and yours to write in, or name another file with --ledger FILE",
    ),
    "SQLITE_PERM": ("you may not open the ledger", "ask who owns it, or name another file with --ledger FILE"),
    "SQLITE_NOTADB": ("the file is no ledger", "name another file with --ledger FILE"),
    "SQLITE_CORRUPT": (
        "the file is damaged",
        "copy it, restore the latest backup, or try: sqlite3 FILE .recover | sqlite3 NEW",
    ),
}


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Turn SQLite's errors into ours, with what to do."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        if tables.REFUSAL in str(error) or "never deleted" in str(error):
            raise InputError(str(error), where, "add a correction or a review instead: history stays") from None
        raise
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        for known, (what, mend) in _MENDS.items():
            if name.startswith(known):
                raise InputError(what, where, mend) from None
        raise


class SqliteDatabase:
    """A connection to one file, in the terms that `store` needs. Statements use ? for values."""

    dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection, where: str) -> None:
        self.connection, self.where = connection, where

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows."""
        with _told(self.where):
            return self._asked(sql, values).fetchall()

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Generator[tuple[Any, ...], None, None]:
        """Yield rows one by one."""
        with _told(self.where):
            # `chain`: a cursor itself would complain when it is given up after the file was closed
            yield from chain(self._asked(sql, values))

    def _asked(self, sql: str, values: Sequence[Any]) -> sqlite3.Cursor:
        try:
            return self.connection.execute(sql, values)
        except sqlite3.OperationalError as error:
            if "no such index" not in str(error):
                raise
            # Another program has begun a bulk add since the statement was made (indexes.py).
            return self.connection.execute(_BY_INDEX.sub("", sql), values)

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""
        with _told(self.where):
            self.connection.execute(sql, values)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, known: bool = False) -> None:
        """Add rows. `known`: rows whose key is there already are left as they are."""
        waiting = list(rows)
        most = self.lot(len(columns))
        whole = len(waiting) - len(waiting) % most
        marks = f"({','.join('?' * len(columns))})"
        rest = " ON CONFLICT DO NOTHING" if known else ""
        # Who fails rolls all back: OR FAIL spares a copy of every page, kept to undo the one statement.
        begun = f"INSERT OR FAIL INTO {table} ({','.join(columns)}) VALUES "
        with _told(self.where):
            for begin in range(0, whole, most):  # one statement: other threads go on until it is done
                values = list(chain.from_iterable(waiting[begin : begin + most]))
                self.connection.execute(f"{begun}{','.join([marks] * most)}{rest}", values)
            self.connection.executemany(f"{begun}{marks}{rest}", waiting[whole:])

    def lot(self, columns: int) -> int:
        """Return how many rows of so many columns go in one statement."""
        return _MOST_VALUES // columns

    def begin(self) -> None:
        """Begin to write, alone: others wait, or read what was there before."""
        self.run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Keep what was written, come what may."""
        self.run("COMMIT")

    def rollback(self) -> None:
        """Undo what was written since `begin`."""
        if self.connection.in_transaction:  # SQLite rolls back by itself where the disk is full
            self.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


def connect(path: Path, *, create: bool, wait_s: float) -> SqliteDatabase:
    """Open a ledger, bring it to the present schema, and return it.

    create  make the file where there is none.
    wait_s  how long to wait for another program that writes.
    Raises  InputError with what to do: no such file, a folder, no database, another program's database, a ledger of a
            newer Counterfoil, a file or folder that may not be written to.
    """
    where = str(path)
    _look(path, create=create)
    address = f"file:{quote(str(path.absolute()))}"
    with _told(where):
        try:
            database = _opened(address, "rwc" if create else "rw", where, wait_s)
            database.query("SELECT COUNT(*) FROM sqlite_master")  # the first thing that needs the folder
        except (InputError, sqlite3.DatabaseError):
            if not path.exists() or not _is_still(path):
                raise
            database = _opened(address, "ro&immutable=1", where, wait_s)  # on a disk that may only be read
            database.query("SELECT COUNT(*) FROM sqlite_master")
    try:
        _prepare(database, path, wait_s)
    except BaseException:
        database.close()
        raise
    return database


def _opened(address: str, mode: str, where: str, wait_s: float) -> SqliteDatabase:
    connection = sqlite3.connect(
        f"{address}?mode={mode}",
        uri=True,
        timeout=wait_s,
        isolation_level=None,
        cached_statements=256,
        check_same_thread=False,  # a batch is written beside (recording.py): one thread at a time
    )
    for pragma in (
        "foreign_keys = OFF",  # ids are ours and nothing is ever removed; checking each costs a tenth of an import
        "recursive_triggers = ON",  # INSERT OR REPLACE then fires the triggers that keep history
        "synchronous = FULL",  # what was committed outlives a loss of power
        f"cache_size = -{_CACHE_KIB}",
        f"mmap_size = {_MAP}",
        f"wal_autocheckpoint = {_LOG_PAGES}",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return SqliteDatabase(connection, where)


def _look(path: Path, *, create: bool) -> None:
    """Refuse what cannot be a ledger before SQLite touches it."""
    where = str(path)
    try:
        if path.is_dir():
            raise InputError("a folder, not a ledger", where, "name a file in it: --ledger FILE")
        if path.exists():
            with path.open("rb") as file:
                head = file.read(len(_MAGIC))
            if head and head != _MAGIC:
                raise InputError(
                    "the file is no ledger: it is no SQLite database", where, "name another file with --ledger FILE"
                )
        elif not create:
            raise InputError(
                "there is no ledger yet",
                where,
                "counterfoil ledger add ARTICLE makes one; --ledger FILE names one elsewhere",
            )
        elif not path.absolute().parent.is_dir():
            raise InputError("no such folder", str(path.absolute().parent), "make the folder first, or name another")
    except OSError as error:
        raise InputError(
            f"the ledger cannot be read: {error.strerror}", where, "check its permissions, or name another file"
        ) from None


def _is_still(path: Path) -> bool:
    """Say whether a file may be read as it is: nobody can be writing to it, as its folder refuses that."""
    beside = path.with_name(path.name + "-wal")
    return not os.access(path.absolute().parent, os.W_OK) and not (beside.exists() and beside.stat().st_size)


def _number(database: SqliteDatabase, pragma: str) -> int:
    return int(database.query(f"PRAGMA {pragma}")[0][0])


def _prepare(database: SqliteDatabase, path: Path, wait_s: float) -> None:
    """Make the tables of a new file, or bring those of an older one up to date."""
    version = _version(database)
    if version == tables.latest():
        return
    if version == 0:
        database.run(f"PRAGMA page_size = {_PAGE}")
        _keep_log(database, wait_s)
    else:
        _back_up(database, path, version)
    database.begin()
    try:
        for step in range(_version(database) + 1, tables.latest() + 1):  # another program may have been first
            for statement in tables.statements(step, "sqlite"):
                database.run(statement)
            database.run(f"PRAGMA user_version = {step}")
        database.run(f"PRAGMA application_id = {APPLICATION}")
        database.commit()
    except BaseException:
        database.rollback()
        raise


def _version(database: SqliteDatabase) -> int:
    """Return the version of the ledger's schema, 0 for an empty file; raises `InputError` for what is not ours."""
    application, version = _number(database, "application_id"), _number(database, "user_version")
    if application != APPLICATION:
        if application == 0 and version == 0 and not database.query("SELECT 1 FROM sqlite_master LIMIT 1"):
            return 0
        raise InputError(
            "the file is a database of another program",
            database.where,
            "name another file with --ledger FILE; nothing in this one was touched",
        )
    if version > tables.latest():
        raise InputError(
            f"the ledger has schema {version}; this program knows up to {tables.latest()}",
            database.where,
            "use the newer Counterfoil that made it; nothing in it was touched",
        )
    return version


def _keep_log(database: SqliteDatabase, wait_s: float) -> None:
    """Switch to a write-ahead log, so that people read while somebody writes. SQLite does not wait for this lock."""
    until = time.monotonic() + wait_s
    while True:
        try:
            database.run("PRAGMA journal_mode = WAL")
        except CounterfoilError:
            if time.monotonic() >= until:
                raise
            time.sleep(_RETRY_S)
        else:
            return


def _back_up(database: SqliteDatabase, path: Path, version: int) -> None:
    """Copy an older ledger beside itself before it changes."""
    names = (f"{path.name}.schema-{version}{more}.backup" for more in ("", *(f".{n}" for n in range(2, 1000))))
    target = next(one for one in map(path.with_name, names) if not one.exists())
    part = target.with_name(target.name + ".part")
    with _told(str(target)):
        copy = sqlite3.connect(part)
        try:
            database.connection.backup(copy)
        finally:
            copy.close()
    part.replace(target)
    LOG.warning("the ledger has schema %d and is brought to %d; a copy is in %s", version, tables.latest(), target)
