"""Ledgers of every earlier schema, kept as SQL, open with all that they hold."""

import sqlite3
from pathlib import Path

import pytest

from counterfoil.ledger import queries, tables
from counterfoil.ledger.model import Filter, State
from counterfoil.ledger.review import review
from counterfoil.ledger.store import open_ledger
from ledger.making import BOB, deposit, put

KEPT = sorted((Path(__file__).parent / "schemas").glob("*.sql"), key=lambda one: int(one.stem))


def made(path: Path, kept: Path) -> None:
    database = sqlite3.connect(path)
    database.executescript(kept.read_text(encoding="utf-8"))
    database.close()


def shape(path: Path) -> set[tuple[str, str]]:
    database = sqlite3.connect(path)
    found = {
        (name, " ".join((sql or "").split())) for name, sql in database.execute("SELECT name, sql FROM sqlite_master")
    }
    database.close()
    return found


def test_every_earlier_schema_is_kept() -> None:
    assert [int(one.stem) for one in KEPT] == list(range(1, tables.latest()))


@pytest.mark.parametrize("kept", KEPT, ids=lambda one: one.stem)
def test_an_older_ledger_opens_with_all_it_holds_and_a_copy_beside_it(kept: Path, path: Path) -> None:
    made(path, kept)
    before = path.read_bytes()
    with open_ledger(path) as database:
        assert database.query("PRAGMA user_version") == [(tables.latest(),)]
        found = {one.quote: one for one in queries.all_entries(database)}
        assert set(found) == {"340", "12", "45"}
        assert found["12"].state is State.APPROVED
        assert [one.version for one in queries.history(database, found["12"].id)] == [1, 2]
        assert len(queries.page(database, Filter(words="drowned")).entries) == 1
        review(database, found["45"].id, BOB, state=State.APPROVED)
        [addition] = put(database, deposit("Police said 14 people fled Herat, Afghanistan.", url="https://a.example/1"))
        assert addition.outcome == "added"
        assert database.query("PRAGMA integrity_check") == [("ok",)]
    backup = path.with_name(f"{path.name}.schema-{kept.stem}.backup")
    copy = sqlite3.connect(backup)
    assert copy.execute("PRAGMA user_version").fetchone() == (int(kept.stem),)
    assert copy.execute("SELECT COUNT(*) FROM entries").fetchone() == (3,)
    copy.close()
    assert len(before) <= backup.stat().st_size * 2
    with open_ledger(path):
        pass
    assert len(list(path.parent.glob("*.backup"))) == 1  # opened again, nothing is left to do


@pytest.mark.parametrize("kept", KEPT, ids=lambda one: one.stem)
def test_an_older_ledger_ends_with_the_same_schema_as_a_new_one(kept: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    made(old, kept)
    for one in (old, new):
        with open_ledger(one, create=True):
            pass
    assert shape(old) == shape(new)


def test_two_copies_of_one_version_do_not_overwrite_each_other(path: Path) -> None:
    for _ in range(2):
        path.unlink(missing_ok=True)
        made(path, KEPT[0])
        with open_ledger(path):
            pass
    assert len(list(path.parent.glob("*.backup"))) == 2
