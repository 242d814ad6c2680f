"""How all tests run: without limits of time, in memory where there is room.

A limit of time on an example fails on a busy machine, and what is made durable waits for a disk each time.
"""

import os
import shutil
from pathlib import Path

from hypothesis import settings

MEMORY = Path("/dev/shm")  # Linux's disk in memory: elsewhere, and in small containers, tests write to the disk
ROOM = 4 << 30  # bytes; a run holds under one at a time

settings.register_profile("busy", deadline=None)
settings.load_profile("busy")
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))  # read by pytest as the first folder is asked for
