"""One way to a ledger, whether it is a file or a team's server: rows in, rows out, all or nothing."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

WAIT_S = 30.0  # long enough for another desk's import of some hundred articles


class Database(Protocol):
    """What SQLite and PostgreSQL both offer. Statements use ? for values and name no type."""

    dialect: str
    where: str

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows."""

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Generator[tuple[Any, ...], None, None]:
        """Yield rows one by one."""

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, known: bool = False) -> None:
        """Add rows; with `known`, those whose key is there already are left as they are."""

    def lot(self, columns: int) -> int:
        """Return of how many rows, of so many columns, a thread writes multiples without waiting for Python's lock."""

    def begin(self) -> None:
        """Begin to write, alone."""

    def commit(self) -> None:
        """Keep what was written."""

    def rollback(self) -> None:
        """Undo what was written since `begin`."""

    def close(self) -> None:
        """Let go of it."""


def is_server(where: str) -> bool:
    """Say whether a ledger is named by the address of a PostgreSQL server rather than a file."""
    return where.startswith(("postgresql://", "postgres://"))


@contextmanager
def open_ledger(where: str | Path, *, create: bool = False, wait_s: float = WAIT_S) -> Iterator[Database]:
    """Open a ledger for the length of a `with`.

    where   a file, or postgresql://USER@HOST/DATABASE.
    create  make it where there is none.
    Raises  InputError where it cannot be opened, with what to do.
    """
    database: Database
    if is_server(str(where)):
        from counterfoil.ledger import postgresql

        database = postgresql.connect(str(where), create=create, wait_s=wait_s)
    else:
        from counterfoil.ledger import sqlite

        database = sqlite.connect(Path(where), create=create, wait_s=wait_s)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def writing(database: Database) -> Iterator[None]:
    """Write all of it or nothing."""
    database.begin()
    try:
        yield
        database.commit()
    except BaseException:
        database.rollback()
        raise


def next_number(database: Database, table: str) -> int:
    """Return the next id of a table; whoever writes is alone, so that nobody else takes it."""
    return int(database.query(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}")[0][0])
