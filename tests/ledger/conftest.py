"""Ledgers to test on: a file, and a real PostgreSQL server where Debian's packages brought one."""

import glob
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from counterfoil.ledger.store import Database, open_ledger

NUMBERS = count()
USER = "postgres"  # the account that Debian's package makes; the server refuses to run as root


def _programs() -> Path | None:
    """Return the folder of the newest server's programs."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda one: int(one.split("/")[4]))
    return Path(found[-1]).parent if found else None


def _as_user(*command: str | Path) -> subprocess.CompletedProcess[str]:
    other = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    return subprocess.run([str(one) for one in command], capture_output=True, text=True, check=False, cwd="/", **other)  # type: ignore[call-overload, no-any-return]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a server of our own on a free port, for the length of the tests; yield its address without a database."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    folder = Path(f"/tmp/counterfoil-postgresql-{os.getpid()}")
    folder.mkdir(mode=0o700)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER, USER)
        made = _as_user(
            programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "desk", "-E", "UTF8", "--no-sync"
        )
        assert made.returncode == 0, made.stderr
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        control = programs / "pg_ctl"
        started = _as_user(control, "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start")
        assert started.returncode == 0, (folder / "log").read_text()
        try:
            yield f"postgresql://desk@127.0.0.1:{port}"
        finally:
            _as_user(control, "-D", folder / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str) -> str:
    """Make an empty database and return its address."""
    import pg8000.dbapi

    name = f"ledger_{next(NUMBERS)}"
    port = int(server.rsplit(":", 1)[1])
    connection = pg8000.dbapi.connect("desk", host="127.0.0.1", port=port, database="postgres")
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    connection.close()
    return f"{server}/{name}"


@pytest.fixture(params=["file", "server"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a new ledger may be: every test that takes it runs on a file and on a server."""
    if request.param == "file":
        return str(tmp_path / "ledger.db")
    return new_database(request.getfixturevalue("server"))


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
