"""How all tests run: without limits of time, in memory where there is room, with one PostgreSQL server if any ask.

A limit of time on an example fails on a busy machine, and what is made durable waits for a disk each time.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from postgresql_server import kept_server, newest_programs

MEMORY = Path("/dev/shm")  # Linux's disk in memory: elsewhere, and in small containers, tests write to the disk
ROOM = 4 << 30  # bytes; a run holds under one at a time

settings.register_profile("busy", deadline=None)
settings.load_profile("busy")
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))  # read by pytest as the first folder is asked for


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Run a server for the length of the tests; yield its address without a database."""
    programs = newest_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    with kept_server(programs) as address:
        yield address
