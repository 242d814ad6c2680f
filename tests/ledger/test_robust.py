"""What goes wrong with files: nothing committed is lost, and the message says what to do."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterfoil.errors import InputError
from counterfoil.ledger import indexes, queries, tables
from counterfoil.ledger.model import Filter
from counterfoil.ledger.sqlite import APPLICATION
from counterfoil.ledger.store import Database, open_ledger, writing
from ledger.conftest import until
from ledger.making import deposit, put
from running import Run, counterfoil, process

TESTS = Path(__file__).resolve().parent.parent
WRITER = """
import sys
from ledger.making import deposit
from counterfoil.ledger import indexes, recording
from counterfoil.ledger.model import Author
from counterfoil.ledger.store import open_ledger
from datetime import UTC, datetime

where, name, articles, recording.BATCH = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
author = Author(name, datetime(2024, 6, 13, tzinfo=UTC))
indexes.LEAST = 10
words = "{} people were killed in Herat, Afghanistan, {} said."
made = (deposit(words.format(n + 10, name), url=f"https://{name}.example/{n}") for n in range(articles))
with open_ledger(where, create=True) as database:
    print("open", flush=True)
    for one in recording.record(database, made, author):
        print(one.address, flush=True)
"""


def writer(where: str, name: str, articles: int, batch: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, where, name, str(articles), str(batch)]
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def command(*arguments: str) -> Run:
    return counterfoil("ledger", *arguments)


@pytest.fixture(scope="module")
def long_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger of several hundred figures, to be read only."""
    folder = tmp_path_factory.mktemp("long")
    long = folder / "long.txt"
    long.write_text("\n".join(f"Police said {n} people fled Herat." for n in range(10, 400)), encoding="utf-8")
    done = command("add", str(long), "--ledger", str(folder / "ledger.db"), "--engine", "rules")
    assert done.returncode == 0, done.stderr
    return folder / "ledger.db"


@pytest.fixture
def article(tmp_path: Path) -> str:
    source = tmp_path / "article.txt"
    source.write_text("Police said on 3 May 2024 that 14 people were killed in Herat, Afghanistan.", encoding="utf-8")
    return str(source)


def test_two_writers_at_once_both_get_everything_in(where: str) -> None:
    running = [writer(where, name, 25, 2) for name in ("north", "south")]
    for one in running:
        _, told = one.communicate()
        assert one.returncode == 0, told
    with open_ledger(where) as database:
        assert database.query("SELECT COUNT(*), COUNT(DISTINCT address) FROM documents") == [(50, 50)]
        assert database.query("SELECT COUNT(*) FROM entries") == [(50,)]
        assert database.query("SELECT COUNT(*) FROM figures AS f JOIN entries AS e ON e.figure = f.id") == [(50,)]


@pytest.mark.parametrize("lines", [1, 25, 61])
def test_killed_in_the_middle_of_an_import_what_was_told_is_kept_and_the_rest_undone(lines: int, where: str) -> None:
    run = writer(where, "desk", 400, 20)
    assert run.stdout is not None
    told = [run.stdout.readline().strip() for _ in range(lines)]
    run.send_signal(signal.SIGKILL)
    rest, _ = run.communicate()
    told += rest.split()
    assert run.returncode == -signal.SIGKILL
    with open_ledger(where) as database:
        kept = {address for (address,) in database.query("SELECT address FROM documents")}
        assert set(told) - {"open"} <= kept
        assert len(kept) % 20 == 0
        assert len(kept) < 400
        assert database.query("SELECT COUNT(*) FROM entries") == [(len(kept),)]
        if database.dialect == "sqlite":
            assert database.query("PRAGMA integrity_check") == [("ok",)]
    again = writer(where, "desk", 60, 20)
    _, words = again.communicate()
    assert again.returncode == 0, words
    with open_ledger(where) as database:
        assert database.query("SELECT COUNT(*) FROM documents") == [(max(60, len(kept)),)]
        if database.dialect == "sqlite":  # what a bulk add laid aside is there again
            asked = "SELECT name FROM sqlite_master WHERE type = 'index'"
            assert set(indexes.COSTLY) <= {name for (name,) in database.query(asked)}


def test_no_room_left_keeps_what_was_there(path: Path) -> None:
    with open_ledger(path, create=True) as database:
        put(database, deposit())
        [(pages,)] = database.query("PRAGMA page_count")
        database.query(f"PRAGMA max_page_count = {pages + 2}")
        many = [deposit(f"Police said {n} people fled Herat.", url=f"https://a.example/{n}") for n in range(10, 60)]
        with pytest.raises(InputError, match="make room"):
            put(database, *many)
        assert len(list(queries.all_entries(database))) == 3
        database.query("PRAGMA max_page_count = 1000000")
        put(database, *many)
        assert len(list(queries.all_entries(database))) == 53
        assert database.query("PRAGMA integrity_check") == [("ok",)]


def mounted(folder: Path, *options: str) -> None:
    """Mount a small disk in memory; skips the test where that is not allowed."""
    made = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"no disk can be mounted here: {made.stderr.strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a folder on a disk of eight megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted(folder, "-t", "tmpfs", "-o", "size=8m", "tmpfs")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def filled(path: Path, room: int = 0) -> None:
    """Write a file until the disk is full, but for so many bytes."""
    with path.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(b"x" * 1024)
            except OSError:
                break
        file.truncate(file.tell() - room)


def test_a_full_disk_ends_with_2_and_says_what_to_do(small_disk: Path, article: str) -> None:
    where = str(small_disk / "ledger.db")
    done = command("add", article, "--ledger", where, "--engine", "rules")
    assert done.returncode == 0, done.stderr
    filler = small_disk / "filler"
    filled(filler)
    other = Path(article).with_name("b.txt")
    other.write_text("\n".join(f"Police said {n} people fled Herat." for n in range(10, 200)), encoding="utf-8")
    full = command("add", str(other), "--ledger", where, "--engine", "rules")
    assert (full.returncode, full.stdout) == (2, "")
    assert "make room" in full.stderr
    assert "Traceback" not in full.stderr
    filler.unlink()
    shown = command("show", "--ledger", where)
    assert shown.returncode == 0, shown.stderr
    assert "14" in shown.stdout


@pytest.mark.parametrize(("temporary", "room"), [("elsewhere", 0), ("elsewhere", 8192), ("there", 0), ("there", 8192)])
@pytest.mark.parametrize("name", ["csv", "xlsx", "parquet"])
def test_an_export_to_a_full_disk_says_so_in_one_message(
    name: str, temporary: str, room: int, small_disk: Path, long_ledger: Path
) -> None:
    filled(small_disk / "filler", room)
    asked = ("ledger", "export", str(small_disk / f"out.{name}"), "--ledger", str(long_ledger))
    # The folder for temporary files is chosen once in a process; what is printed as it ends counts too.
    full = process(*asked, TMPDIR=str(small_disk)) if temporary == "there" else counterfoil(*asked)
    assert (full.returncode, full.stdout) == (2, ""), full.stderr
    assert "room" in full.stderr
    assert "Traceback" not in full.stderr
    assert "ignored" not in full.stderr
    assert [one.name for one in small_disk.iterdir()] == ["filler"]


def test_while_another_writes_one_reads_and_is_told_to_wait(where: str) -> None:
    with open_ledger(where, create=True) as first:
        put(first, deposit())
        with writing(first), open_ledger(where, wait_s=0.2) as second:
            assert len(queries.page(second, Filter()).entries) == 3
            with pytest.raises(InputError, match="--wait"):
                put(second, deposit("Police said 9 people fled."))
        with open_ledger(where, wait_s=0.2) as third:
            put(third, deposit("Police said 9 people fled."))


def as_text(path: Path) -> None:
    path.write_text("figures, figures", encoding="utf-8")


def as_foreign(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipes (name)")
    other.commit()
    other.close()


def as_newer(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE documents (id)")
    other.execute(f"PRAGMA application_id = {APPLICATION}")
    other.execute(f"PRAGMA user_version = {tables.latest() + 1}")
    other.commit()
    other.close()


def as_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (as_text, "no SQLite database"),
        (as_foreign, "another program"),
        (as_newer, "newer Counterfoil"),
        (as_folder, "a folder"),
        (lambda path: None, "counterfoil ledger add"),
    ],
)
def test_what_is_no_ledger_is_not_touched(make: object, words: str, path: Path, article: str) -> None:
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else None
    shown = command("show", "--ledger", str(path))
    assert (shown.returncode, shown.stdout) == (2, "")
    assert words in shown.stderr
    assert "mend" in shown.stderr
    if before is not None or path.is_dir():
        added = command("add", article, "--ledger", str(path), "--engine", "rules")
        assert added.returncode == 2
        assert words in added.stderr
    assert (path.read_bytes() if path.is_file() else None) == before


def test_an_empty_file_becomes_a_ledger(path: Path) -> None:
    path.touch()
    with open_ledger(path) as database:
        put(database, deposit())
    with open_ledger(path) as database:
        assert len(list(queries.all_entries(database))) == 3


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="make the folder"), open_ledger(tmp_path / "none" / "x.db", create=True):
        pass


def test_a_damaged_file_says_so(path: Path) -> None:
    with open_ledger(path, create=True) as database:
        put(database, *(deposit(f"Police said {n} people fled.", url=f"https://a.example/{n}") for n in range(10, 60)))
    whole = path.read_bytes()
    path.write_bytes(whole[:20_000] + b"\xff" * (len(whole) - 40_000) + whole[-20_000:])
    with pytest.raises(InputError, match="backup"), open_ledger(path) as database:
        list(queries.all_entries(database))


def test_on_a_disk_that_may_only_be_read_one_reads_and_is_told(small_disk: Path, article: str) -> None:
    where = small_disk / "ledger.db"
    with open_ledger(where, create=True) as database:
        put(database, deposit())
    mounted(small_disk, "-o", "remount,ro")
    shown = command("show", "--ledger", str(where))
    assert shown.returncode == 0, shown.stderr
    assert "340" in shown.stdout
    key = json.loads(command("show", "--json", "--ledger", str(where)).stdout.splitlines()[0])["id"]
    for change in (
        ("add", article, "--engine", "rules"),
        ("review", key, "--by", "ann", "--state", "approved"),
        ("correct", key, "--by", "ann", "--why", "misread", "--set", "value=3"),
    ):
        done = command(*change, "--ledger", str(where))
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        assert "cannot be written to" in done.stderr
        assert "--ledger FILE" in done.stderr
        assert "Traceback" not in done.stderr
    new = command("add", article, "--ledger", str(small_disk / "new.db"), "--engine", "rules")
    assert new.returncode == 2
    assert "--ledger FILE" in new.stderr


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError, match="check that it runs"), open_ledger("postgresql://desk@127.0.0.1:1/none"):
        pass


KEEPER = """
from postgresql_server import kept_server, newest_programs
with kept_server(newest_programs()) as address:
    print(address, flush=True)
    input()
"""


def test_the_server_of_the_tests_ends_with_them_even_when_they_are_killed(server: str) -> None:
    del server  # skips where there is none
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    tests = subprocess.Popen(
        [sys.executable, "-c", KEEPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    assert tests.stdout is not None
    port = int(tests.stdout.readline().rsplit(":", 1)[1])

    def answers() -> bool:
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", port)) == 0

    assert answers()
    tests.kill()
    tests.communicate()
    until(lambda: not answers())


def test_a_password_is_not_told(server: str) -> None:
    address = server.replace("desk@", "desk:secret@") + "/none"
    with pytest.raises(InputError, match="createdb") as told, open_ledger(address):
        pass
    assert "secret" not in str(told.value)


def test_a_database_with_other_tables_is_not_touched(ledger: Database, server: str) -> None:
    if ledger.dialect == "sqlite":
        return
    ledger.run("DROP TABLE schema_version")
    with pytest.raises(InputError, match="another program"), open_ledger(f"{server}/{ledger.where.rsplit('/', 1)[1]}"):
        pass
