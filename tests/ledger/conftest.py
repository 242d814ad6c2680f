"""Ledgers to test on: a file, and a real PostgreSQL server where Debian's packages brought one."""

import glob
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from counterfoil.ledger.store import Database, open_ledger

NUMBERS = count()
USER = "postgres"  # the account that Debian's package makes; the server refuses to run as root


def newest_programs() -> Path | None:
    """Return the folder of the newest server's programs."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda one: int(one.split("/")[4]))
    return Path(found[-1]).parent if found else None


_KEEP = """
"$1/initdb" -D "$2/data" -A trust -U desk -E UTF8 --no-sync </dev/null >"$2/made" 2>&1 &&
"$1/pg_ctl" -D "$2/data" -o "-p $3 -k $2 -c listen_addresses=127.0.0.1 -c fsync=off" -l "$2/log" -w start \\
    </dev/null >>"$2/made" 2>&1 && echo ready || cat "$2/made" "$2/log"
cat >/dev/null
"$1/pg_ctl" -D "$2/data" -m immediate -w stop >/dev/null 2>&1
rm -rf "$2"
"""


@contextmanager
def kept_server(programs: Path) -> Iterator[str]:
    """Run a server of our own on a free port; yield its address without a database.

    A shell of its own starts it, and stops it when our end of a pipe closes: however we end, killed or interrupted.
    """
    folder = Path(tempfile.mkdtemp(prefix="counterfoil-postgresql-"))
    other = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    if other:
        shutil.chown(folder, USER, USER)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keeper = subprocess.Popen(  # type: ignore[call-overload]
        ["/bin/sh", "-c", _KEEP, "sh", str(programs), str(folder), str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
        start_new_session=True,
        **other,
    )
    try:
        said = keeper.stdout.readline()
        if said != "ready\n":
            keeper.stdin.close()
            pytest.fail(f"the server does not start: {said}{keeper.stdout.read()}")
        yield f"postgresql://desk@127.0.0.1:{port}"
    finally:
        keeper.stdin.close()
        keeper.stdout.close()
        keeper.wait()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Run a server for the length of the tests; yield its address without a database."""
    programs = newest_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    with kept_server(programs) as address:
        yield address


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
