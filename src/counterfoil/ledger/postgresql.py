"""A ledger on a team's PostgreSQL server. One of two doors to pg8000, which is loaded when a server is named."""

import os
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from counterfoil.errors import InputError
from counterfoil.ledger import tables

_LOCK = 0x436F756E  # names our lock among a server's advisory locks: one writer at a time, as in a file
_MOST_VALUES = 20_000  # of one statement; the protocol counts them in 16 bits
_FETCHED = 2_000  # rows at a time while streaming
_PORT = 5432

_MENDS = (  # SQLSTATE, ours, and what to do (PostgreSQL documentation, appendix A)
    ("53100", "no room left on the server's disk", "ask its keeper to make room; what was recorded before is kept"),
    ("53300", "the server has too many connections", "wait a little, then do it again"),
    (
        "55P03",
        "another program is writing to the ledger",
        "wait until it is done, then do it again; --wait waits longer",
    ),
    (
        "57014",
        "another program is writing to the ledger",
        "wait until it is done, then do it again; --wait waits longer",
    ),
    ("42501", "you may not write to this ledger", "ask its keeper for the right to write"),
    ("25006", "the server may only be read", "name the server that takes writes"),
    ("28", "the server does not let you in", "check user and password: postgresql://USER@HOST/NAME and PGPASSWORD"),
    ("3D000", "there is no such database", "make it first: createdb NAME"),
)


def _known(where: str) -> str:
    """Return an address without its password."""
    return re.sub(r"//([^:@/]*):[^@/]*@", r"//\1:...@", where)


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Turn the server's errors into ours, with what to do."""
    from pg8000.exceptions import DatabaseError, InterfaceError

    try:
        yield
    except DatabaseError as error:
        told = error.args[0] if error.args and isinstance(error.args[0], dict) else {}
        state, words = told.get("C", ""), told.get("M", "")
        if tables.REFUSAL in words:
            raise InputError(words, where, "add a correction or a review instead: history stays") from None
        for known, what, mend in _MENDS:
            if state.startswith(known):
                raise InputError(what, where, mend) from None
        raise
    except (InterfaceError, OSError) as error:
        raise InputError(
            f"the server cannot be reached: {error}", where, "check that it runs and that its address is right"
        ) from None


class PostgresqlDatabase:
    """A connection to one database, in the terms that `store` needs. Statements use ? for values."""

    dialect = "postgresql"

    def __init__(self, connection: Any, where: str, wait_s: float) -> None:
        self.connection, self.where, self.wait_s = connection, where, wait_s

    def _execute(self, sql: str, values: Sequence[Any]) -> Any:
        cursor = self.connection.cursor()
        cursor.execute(sql.replace("?", "%s"), tuple(values))
        return cursor

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows."""
        with _told(self.where):
            return [tuple(row) for row in self._execute(sql, values).fetchall()]

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Generator[tuple[Any, ...], None, None]:
        """Yield rows one by one."""
        with _told(self.where):
            cursor = self._execute(sql, values)
            while found := cursor.fetchmany(_FETCHED):
                yield from map(tuple, found)

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""
        with _told(self.where):
            self._execute(sql, values)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, known: bool = False) -> None:
        """Add rows, many in one statement. `known`: rows whose key is there already are left as they are."""
        waiting = iter(rows)
        marks = f"({','.join(['?'] * len(columns))})"
        rest = " ON CONFLICT DO NOTHING" if known else ""
        while some := list(islice(waiting, max(1, _MOST_VALUES // len(columns)))):
            sql = f"INSERT INTO {table} ({','.join(columns)}) VALUES {','.join([marks] * len(some))}{rest}"
            self.run(sql, [value for row in some for value in row])

    def lot(self, columns: int) -> int:
        """Return how many rows of so many columns a thread writes best: any, as it waits for the server alone."""
        return 1

    def begin(self) -> None:
        """Begin to write, alone: others wait, or read what was there before."""
        self.run("BEGIN")
        try:
            self.run(f"SET LOCAL lock_timeout = {int(self.wait_s * 1000)}")
            self.run(f"SELECT pg_advisory_xact_lock({_LOCK})")
        except BaseException:
            self.rollback()
            raise

    def commit(self) -> None:
        """Keep what was written."""
        self.run("COMMIT")

    def rollback(self) -> None:
        """Undo what was written since `begin`."""
        self.run("ROLLBACK")

    def close(self) -> None:
        """Let go of the server."""
        with _told(self.where):
            self.connection.close()


def connect(where: str, *, create: bool, wait_s: float) -> PostgresqlDatabase:
    """Connect to a ledger, bring it to the present schema, and return it.

    where   postgresql://USER[:PASSWORD]@HOST[:PORT]/NAME; ?host=FOLDER names a socket's folder. PGPASSWORD gives the
            password where the address does not.
    create  make the tables where there are none.
    Raises  InputError where pg8000 is not installed, the server does not answer or let us in, there is no ledger and
            `create` is not asked for, or it is a newer Counterfoil's.
    """
    shown = _known(where)
    try:
        import pg8000.dbapi
    except ImportError:
        raise InputError("PostgreSQL needs one more library", shown, "pip install 'counterfoil[postgres]'") from None
    parts = urlsplit(where)
    asked = parse_qs(parts.query)
    given: dict[str, Any] = {
        "user": unquote(parts.username or "") or os.environ.get("PGUSER", ""),
        "password": unquote(parts.password) if parts.password else os.environ.get("PGPASSWORD"),
        "database": unquote(parts.path.lstrip("/")) or None,
    }
    if not given["user"]:
        raise InputError("the address names no user", shown, "write it as postgresql://USER@HOST/NAME")
    if "host" in asked:
        given["unix_sock"] = f"{asked['host'][0]}/.s.PGSQL.{parts.port or _PORT}"
    else:
        given |= {"host": parts.hostname or "localhost", "port": parts.port or _PORT}
    with _told(shown):
        connection = pg8000.dbapi.connect(**given)
    connection.autocommit = True  # we say ourselves where a transaction begins and ends
    database = PostgresqlDatabase(connection, shown, wait_s)
    try:
        _prepare(database, create=create)
    except BaseException:
        database.close()
        raise
    return database


def _prepare(database: PostgresqlDatabase, *, create: bool) -> None:
    """Make the tables, or bring older ones up to date, in one transaction."""
    version = _version(database)
    if version == tables.latest():
        return
    if version == 0 and not create:
        raise InputError("there is no ledger yet", database.where, "counterfoil ledger add ARTICLE makes one")
    database.begin()
    try:
        database.run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
        for step in range(_version(database) + 1, tables.latest() + 1):  # another program may have been first
            for statement in tables.statements(step, "postgresql"):
                database.run(statement)
            database.run("DELETE FROM schema_version")
            database.run(f"INSERT INTO schema_version VALUES ({step})")
        database.commit()
    except BaseException:
        database.rollback()
        raise


def _version(database: PostgresqlDatabase) -> int:
    """Return the version of the ledger's schema, 0 where there is none."""
    if not database.query("SELECT 1 FROM pg_class WHERE oid = to_regclass('schema_version')"):
        if database.query("SELECT 1 FROM pg_class WHERE oid = to_regclass('documents')"):
            raise InputError(
                "the database has tables of another program",
                database.where,
                "make one of its own for the ledger: createdb NAME",
            )
        return 0
    found = database.query("SELECT version FROM schema_version")
    version = int(found[0][0]) if found else 0
    if version > tables.latest():
        raise InputError(
            f"the ledger has schema {version}; this program knows up to {tables.latest()}",
            database.where,
            "use the newer Counterfoil that made it; nothing in it was touched",
        )
    return version
