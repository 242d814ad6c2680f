"""What happened stays: nothing in a history table can be changed or removed, whoever tries."""

import sqlite3
from pathlib import Path

import pytest

from counterfoil.errors import InputError
from counterfoil.ledger import queries, tables
from counterfoil.ledger.model import State
from counterfoil.ledger.review import correct, review
from counterfoil.ledger.store import Database, open_ledger
from ledger.making import ANN, BOB, deposit, put

HISTORY = [one.name for one in tables.tables() if one.history]


def test_the_tables_that_tell_what_happened_are_history() -> None:
    assert set(HISTORY) == {
        *("documents", "statements", "figures", "versions", "corrections", "reviews", "relations", "checks"),
        *("differences", "decisions"),
    }


@pytest.mark.parametrize("name", HISTORY)
def test_history_refuses_change_and_removal(name: str, ledger: Database) -> None:
    put(ledger, deposit(), deposit("Police said 14 people fled."))
    entry = next(queries.all_entries(ledger))
    review(ledger, entry.id, ANN, state=State.APPROVED)
    correct(ledger, entry.id, {"value": "7"}, BOB)
    [column] = [one.name for one in next(t for t in tables.tables() if t.name == name).columns][:1]
    rows = ledger.query(f"SELECT COUNT(*) FROM {name}")[0][0]
    for statement in (f"UPDATE {name} SET {column} = {column}", f"DELETE FROM {name}"):
        if rows or ledger.dialect == "postgresql":
            with pytest.raises(InputError, match="history stays"):
                ledger.run(statement)
    assert ledger.query(f"SELECT COUNT(*) FROM {name}")[0][0] == rows


def test_an_entry_is_never_deleted(ledger: Database) -> None:
    put(ledger, deposit())
    with pytest.raises(InputError, match="history stays"):
        ledger.run("DELETE FROM entries")


def test_history_refuses_other_programs_too(path: Path) -> None:
    with open_ledger(path, create=True) as database:
        put(database, deposit())
    other = sqlite3.connect(path)
    for statement in ("UPDATE versions SET why = 'nothing'", "DELETE FROM figures", "DELETE FROM documents"):
        with pytest.raises(sqlite3.IntegrityError, match="keeps its history"):
            other.execute(statement)
    other.close()
