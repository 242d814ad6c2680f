"""The commands of `counterfoil data`: what is printed where, and the exit code."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import duckdb
import pytest

from running import counterfoil

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path, description: str, rows: str) -> Run:
    """Return what runs a command of `counterfoil data` in a folder with a table."""
    (tmp_path / "mine.toml").write_text(description)
    (tmp_path / "events.csv").write_text(rows)
    environment = {"COUNTERFOIL_DATA": str(tmp_path / "home"), "NO_COLOR": "1"}

    def command(*words: str) -> "subprocess.CompletedProcess[str]":
        return counterfoil("data", *words, folder=tmp_path, **environment)

    return command


def test_a_table_of_ones_own_is_added_listed_shown_and_verified(run: Run, tmp_path: Path) -> None:
    added = run("add", "events.csv", "--like", "mine.toml", "--edition", "1", "--released", "2024-01-05")
    assert (added.returncode, added.stdout) == (0, "desk-events@1: 3 rows, 2023-01-05 to 2023-03-10\n"), added.stderr
    again = run("add", "events.csv", "--like", "mine.toml")
    assert "desk-events@1 holds these very files already: nothing was changed" in again.stdout
    listed = run("list")
    assert "desk-events" in listed.stdout
    assert "- 1: 3 rows" in listed.stdout
    assert "ucdp-ged" in listed.stdout
    assert "1 edition in" in listed.stderr
    shown = run("show", "desk-events@1").stdout
    for words in (
        "What it counts: Attacks that the desk",
        "Differs from ucdp-ged",
        "Licence: CC BY 4.0",
        "injured",
        "Indicator deaths",
        "released 2024-01-05",
        "sha256",
        "countries: 2 (COD, PAK)",
    ):
        assert words in shown
    verified = run("verify")
    assert (verified.returncode, verified.stdout) == (0, "desk-events@1: sound\n")


def test_a_shipped_description_is_shown_without_any_edition(run: Run) -> None:
    shown = run("show", "ucdp-ged")
    assert shown.returncode == 0
    assert "25 deaths" in " ".join(shown.stdout.split())
    assert "Cannot answer" in shown.stdout


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("add", "events.csv", "--like", "ucdp-gde"), 2, "did you mean"),
        (("add", "none.csv", "--like", "mine.toml"), 2, "cannot be read"),
        (("add", "events.csv", "--like", "none.toml"), 2, "the description cannot be read"),
        (("add", "events.csv", "--like", "mine.toml", "--edition", "../x"), 2, "no name of an edition"),
        (("add", "events.csv", "--like", "mine.toml", "--released", "soon"), 2, "write it as YYYY-MM-DD"),
        (("add", "events.csv", "--like", "ucdp-ged"), 3, "not in the header"),
        (("add", "events.csv", "--like", "mine.toml", "--sha256", "0" * 64), 3, "changed: its sha256 is"),
        (("show", "desk-events@9"), 2, "no edition 'desk-events@9'"),
        (("show", "../.."), 2, "the description cannot be read"),
        (("verify", "nothing"), 2, "no edition of 'nothing'"),
        (("pull", "acled"), 2, "counterfoil data add FILE --like acled"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_errors_leave_with_their_code_and_a_mend(run: Run, words: tuple[str, ...], code: int, told: str) -> None:
    done = run(*words)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert told in done.stderr
    assert "mend:" in done.stderr


def test_damage_is_found(run: Run, tmp_path: Path) -> None:
    assert run("add", "events.csv", "--like", "mine.toml", "--edition", "1").returncode == 0
    path = tmp_path / "home" / "desk-events" / "1.duckdb"
    assert run("verify", "desk-events@1").returncode == 0
    other = shutil.copy(path, tmp_path / "other.duckdb")
    with duckdb.connect(other) as connection:
        connection.execute("UPDATE rows SET dead = 99 WHERE dead = 3")
    Path(other).replace(path)
    changed = run("verify", "desk-events@1")
    assert changed.returncode == 3
    assert "its rows are not those that were imported" in changed.stdout
    shutil.copy(path, path.with_name("2.duckdb"))
    assert "the file was renamed: it holds desk-events@1" in run("verify", "desk-events@2").stdout
    path.write_bytes(b"no database")
    assert "cannot be read" in run("verify").stdout


@pytest.fixture
def publisher(tmp_path: Path, rows: str) -> Iterator[str]:
    folder = tmp_path / "publisher"
    folder.mkdir()
    (folder / "events.csv").write_text(rows)

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/events.csv"
        server.shutdown()


def test_a_dataset_is_pulled_and_imported(run: Run, tmp_path: Path, publisher: str, description: str) -> None:
    sourced = description.replace("[source]", f'[source]\nurl = "{publisher}"')
    (tmp_path / "mine.toml").write_text(sourced)
    private = run("pull", "mine.toml")
    assert private.returncode == 2
    assert "--allow-private" in private.stderr
    done = run("pull", "mine.toml", "--allow-private")
    assert done.returncode == 0, done.stderr
    assert "Licence: CC BY 4.0" in done.stderr
    assert "Cite: A desk (2024)" in done.stderr
    assert "desk-events@" in done.stdout
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file() and path.suffix != ".duckdb"]
    kept = run("pull", "mine.toml", "--allow-private", "--to", "here")
    assert kept.stdout.strip() == str(Path("here") / "events.csv")
    assert (tmp_path / "here" / "events.csv").read_text() == (tmp_path / "events.csv").read_text()
    other = run("pull", "mine.toml", "--allow-private", "--sha256", "0" * 64)
    assert other.returncode == 3
    assert "changed" in other.stderr


def test_the_help_of_all_commands_needs_no_database() -> None:
    code = (
        "import sys, counterfoil.cli as c\n"
        "try: c.app(['data', 'add', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'duckdb', 'numpy', 'httpx'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_days_are_of_the_file_where_nothing_else_tells(run: Run, tmp_path: Path) -> None:
    os.utime(tmp_path / "events.csv", (time.time(), 1_700_000_000))
    assert "desk-events@2023-11-14: " in run("add", "events.csv", "--like", "mine.toml").stdout
