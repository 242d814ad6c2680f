"""A real PostgreSQL server of the tests' own, where this computer has one: it ends with them, however they end."""

import glob
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER = "postgres"  # the account that Debian's package makes; the server refuses to run as root


def newest_programs() -> Path | None:
    """Return the folder of the newest server's programs; None without any, or without an account to run them as."""
    if os.name == "posix" and os.geteuid() == 0:
        import pwd

        if USER not in (account.pw_name for account in pwd.getpwall()):
            return None
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda one: int(one.split("/")[4]))
    program = found[-1] if found else shutil.which("initdb")
    return Path(program).parent if program else None


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
