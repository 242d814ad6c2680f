"""Ledgers to test on: a file, and a real PostgreSQL server where this computer has one."""

import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from counterfoil.ledger.store import Database, open_ledger

NUMBERS = count()


def _asked(server: str, database: str, *statements: str) -> None:
    import pg8000.dbapi

    port = int(server.rsplit(":", 1)[1])
    connection = pg8000.dbapi.connect("desk", host="127.0.0.1", port=port, database=database)
    connection.autocommit = True
    for statement in statements:
        connection.cursor().execute(statement)
    connection.close()


def _new_database(server: str) -> str:
    """Make an empty database and return its name."""
    name = f"ledger_{next(NUMBERS)}"
    _asked(server, "postgres", f"CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    return name


def _empty(server: str, name: str) -> None:
    """Leave a database as a new one is, whoever was at work in it."""
    others = f"datname = '{name}' AND pid <> pg_backend_pid()"
    ended = f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}"
    _asked(server, name, ended, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")


@pytest.fixture(scope="session")
def emptied() -> list[str]:
    """Return the names of databases that a test has done with: seven megabytes each, so that they serve again."""
    return []


@pytest.fixture(params=["file", "server"])
def where(request: pytest.FixtureRequest, tmp_path: Path, emptied: list[str]) -> Iterator[str]:
    """Yield where a new ledger may be: every test that takes it runs on a file and on a server."""
    if request.param == "file":
        yield str(tmp_path / "ledger.db")
        return
    server = request.getfixturevalue("server")
    name = emptied.pop() if emptied else _new_database(server)
    yield f"{server}/{name}"
    _empty(server, name)
    emptied.append(name)


@pytest.fixture
def ledger(where: str) -> Iterator[Database]:
    """Yield a new ledger."""
    with open_ledger(where, create=True) as database:
        yield database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a new file may be."""
    return tmp_path / "ledger.db"


def until(holds: object, seconds: float = 20.0) -> None:
    """Wait until `holds()` is true."""
    end = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.01)
