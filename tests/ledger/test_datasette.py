"""Datasette opens a ledger as it is: tables, views, and search in full text."""

import asyncio
from pathlib import Path

import pytest

from counterfoil.ledger import tables
from counterfoil.ledger.review import correct
from counterfoil.ledger.store import open_ledger
from ledger.making import ANN, deposit, put


def ask(path: Path, *addresses: str) -> list[dict[str, object]]:
    datasette = pytest.importorskip("datasette.app", reason="Datasette is not installed")

    async def asked() -> list[dict[str, object]]:
        # No threads of its own: one that never ends keeps what other tests opened from being cleared as Python ends.
        served = datasette.Datasette([str(path)], settings={"num_sql_threads": 0})
        found = []
        for address in addresses:
            answer = await served.client.get(address)
            assert answer.status_code == 200, answer.text
            found.append(answer.json())
        for database in served.databases.values():
            database.close()
        return found

    return asyncio.run(asked())


@pytest.mark.filterwarnings("ignore")  # of Datasette's own libraries
def test_datasette_shows_tables_views_and_finds_words(path: Path) -> None:
    with open_ledger(path, create=True) as database:
        put(database, deposit(), deposit("Police said 14 people fled Herat, Afghanistan.", url="https://a.example/1"))
        [(key,)] = database.query("SELECT key FROM entries WHERE measure = 'displaced' ORDER BY id LIMIT 1")
        correct(database, key, {"value": "350"}, ANN.__class__("ann", ANN.at, "misread"))
    top, found, none, latest, claimants, changes = ask(
        path,
        "/ledger.json",
        "/ledger/entries.json?_search=drowned&_shape=array",
        "/ledger/entries.json?_search=nowhere&_shape=array",
        "/ledger/latest.json?_shape=array",
        "/ledger/claimant_table.json?_shape=array",
        "/ledger/changes.json?_shape=array",
    )
    shown = {one["name"] for one in top["tables"] if not one["hidden"]} | {one["name"] for one in top["views"]}  # type: ignore[attr-defined, index]
    assert {one.name for one in tables.tables()} <= shown
    assert next(one for one in top["tables"] if one["name"] == "entries")["fts_table"] == "entries_fts"  # type: ignore[attr-defined, index]
    assert [one["quote"] if "quote" in one else one["low"] for one in found] == [12]  # type: ignore[operator, index]
    assert none == []
    assert {one["entry"]: one["low"] for one in latest}[key] == 350  # type: ignore[index]
    assert "Hanan Osman" in {one["claimant"] for one in claimants}  # type: ignore[index]
    assert {one["action"] for one in changes} == {"added", "corrected"}  # type: ignore[index]
