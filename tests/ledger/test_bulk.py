"""Many articles written at once end where articles written one by one end: the same rows, the same words to find."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counterfoil.ledger import queries, recording, tables
from counterfoil.ledger.model import Deposit, Filter
from counterfoil.ledger.neighbours import related
from counterfoil.ledger.review import correct
from counterfoil.ledger.store import Database, open_ledger
from ledger.making import ADDRESS, BOB, FLOOD, deposit, put

CHANGED = FLOOD.replace("12 people", "15 people").replace("Hanan Osman", "Ebtisam Adam")
SHORT = FLOOD.partition(" A further")[0]


def articles() -> list[Deposit]:
    """Return articles of every fate: new, there already, changed, with figures gone and back, none at all."""
    others = [
        deposit(
            f"Police said on {n + 1} May 2024 that {n + 10} people fled Herat, Afghanistan.",
            url=f"https://a.example/{n}",
        )
        for n in range(6)
    ]
    first, second = others[:3], others[3:]
    nothing = deposit("Nothing was counted.", url="https://b.example/none")
    texts = (FLOOD, FLOOD, CHANGED, SHORT, FLOOD + " It rained.")
    flood = [deposit(text, url=ADDRESS) for text in texts]
    return [*first, *flood[:2], nothing, *second, *flood[2:]]


def held(database: Database) -> dict[str, object]:
    """Return all rows of all tables, and every word that the index of words knows, with where it stands."""
    found: dict[str, object] = {
        one.name: sorted(database.query(f"SELECT * FROM {one.name}"), key=repr)
        for one in tables.tables()
        if not one.view
    }
    database.run("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, entries_fts, instance)")
    found["words"] = sorted(database.query("SELECT * FROM words"))
    database.run("DROP TABLE temp.words")
    database.run("INSERT INTO entries_fts (entries_fts, rank) VALUES ('integrity-check', 1)")
    return found


@pytest.mark.parametrize("relate", [None, related], ids=["alone", "related"])
@pytest.mark.parametrize("batch", [2, 5, 500])
def test_many_at_once_leave_what_one_by_one_leaves(
    batch: int, relate: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = articles()
    with open_ledger(tmp_path / "one.db", create=True) as database:
        for one in given:
            put(database, one, relate=relate)
        single = held(database)
    monkeypatch.setattr(recording, "BATCH", batch)
    with open_ledger(tmp_path / "many.db", create=True) as database:
        put(database, *given, relate=relate)
        assert held(database) == single
    assert len(single["words"]) > 50  # type: ignore[arg-type]


def test_words_are_found_as_they_are_now(path: Path) -> None:
    def found(words: str) -> list[str]:
        return [one.id for one in queries.page(database, Filter(words=words)).entries]

    with open_ledger(path, create=True) as database:
        put(database, *articles())
        [key] = found("340 Osman")
        correct(database, key, {"claimant": "Relief commission"}, BOB)
        assert found("340 Relief commission") == [key]
        put(database, *articles()[-2:])
        held(database)  # the index still says what the entries say


def test_what_was_read_slowly_is_soon_safe(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    safe = []

    def slowly() -> Iterator[Deposit]:
        for one in articles()[:3]:
            with open_ledger(path) as other:
                safe.append(other.query("SELECT COUNT(*) FROM documents")[0][0])
            yield one

    monkeypatch.setattr(recording, "PATIENCE_S", 0.0)
    with open_ledger(path, create=True) as database:
        put_all = recording.record(database, slowly(), BOB)
        assert [one.outcome for one in put_all] == ["added"] * 3
    assert safe == [0, 1, 2]
