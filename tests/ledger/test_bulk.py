"""Many articles written at once end where articles written one by one end: the same rows, the same words to find."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counterfoil.errors import InputError
from counterfoil.ledger import indexes, postgresql, queries, recording, sqlite, tables
from counterfoil.ledger.model import Deposit, Filter, State
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


def shape(database: Database) -> list[tuple[object, ...]]:
    return database.query("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name")


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a thread write as soon as two entries are waiting, three in a statement."""
    monkeypatch.setattr(recording, "_HANDED_OVER", 2)
    for one in (sqlite, postgresql):
        monkeypatch.setattr(one, "_MOST_VALUES", 200)


@pytest.fixture
def laid_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a ledger of three entries be one that costs much to index."""
    monkeypatch.setattr(indexes, "LEAST", 3)


@pytest.mark.parametrize("relate", [None, related], ids=["alone", "related"])
@pytest.mark.parametrize("batch", [2, 5, 500])
@pytest.mark.usefixtures("beside", "laid_aside")
def test_many_at_once_leave_what_one_by_one_leaves(
    batch: int, relate: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = articles()
    with open_ledger(tmp_path / "one.db", create=True) as database:
        for one in given:
            put(database, one, relate=relate)
        single, tables_and_indexes = held(database), shape(database)
    monkeypatch.setattr(recording, "BATCH", batch)
    with open_ledger(tmp_path / "many.db", create=True) as database:
        put(database, *given, relate=relate)
        assert held(database) == single
        assert shape(database) == tables_and_indexes
    assert len(single["words"]) > 50  # type: ignore[arg-type]


@pytest.mark.usefixtures("beside")
def test_what_a_thread_writes_is_all_there(ledger: Database) -> None:
    many = [deposit(f"Police said {n} people fled Herat.", url=f"https://d.example/{n}") for n in range(10, 40)]
    done = put(ledger, *many)
    assert [one.id for one in queries.all_entries(ledger)] == [key for one in done for key in one.entries]
    for table in ("documents", "figures", "versions"):
        assert ledger.query(f"SELECT COUNT(*) FROM {table}") == [(30,)]


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


ASKED = (
    Filter(),
    Filter(measure="displaced"),
    Filter(place="Kassala"),
    Filter(place="AFG", measure="displaced"),
    Filter(place="Sudan", claimant="Red Crescent"),
    Filter(claimant="police"),
    Filter(state=State.NOT_STARTED),
)


def pages(database: Database) -> list[tuple[str, ...]]:
    return [
        tuple(one.id for one in queries.page(database, asked, oldest_first=oldest_first).entries)
        for asked in ASKED
        for oldest_first in (False, True)
    ]


def indexed(database: Database) -> set[str]:
    return {name for _, name, *_ in shape(database)} & set(indexes.COSTLY)


@pytest.mark.usefixtures("laid_aside")
def test_while_indexes_are_laid_aside_all_is_found_and_the_next_add_makes_them(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = articles()[:5]
    monkeypatch.setattr(recording, "BATCH", 1)
    with open_ledger(path, create=True) as database:
        adding = recording.record(database, given, BOB)
        seen = [(indexed(database), pages(database)) for _ in adding]
        without, last = seen[-1]
        assert seen[0][0] == set(indexes.COSTLY)
        assert without == set()
        assert indexed(database) == set(indexes.COSTLY)
        assert pages(database) == last
        assert all(found for found in last[:4])
    with open_ledger(path.with_name("ended.db"), create=True) as database:
        adding = recording.record(database, given, BOB)
        for _ in given:
            next(adding)
        adding.close()  # as one that was killed
    with open_ledger(path.with_name("ended.db")) as database:
        assert indexed(database) == set()
        assert pages(database) == last
        assert [one.outcome for one in put(database, given[0])] == ["unchanged"]
        assert indexed(database) == set(indexes.COSTLY)
        assert pages(database) == last


@pytest.mark.usefixtures("laid_aside")
def test_a_question_made_before_an_index_was_laid_aside_is_answered(path: Path) -> None:
    with open_ledger(path, create=True) as database:
        put(database, deposit(FLOOD, url=ADDRESS))
        asked = f"SELECT COUNT(*) FROM entries{indexes.hints(database)('entries_day')} WHERE day > ?"
        [(before,)] = database.query(asked, ("2000-01-01",))
        with open_ledger(path) as other:
            other.run("DROP INDEX entries_day")
        assert database.query(asked, ("2000-01-01",)) == list(database.stream(asked, ("2000-01-01",))) == [(before,)]
        assert before > 0


def test_a_few_more_in_a_large_ledger_lay_nothing_aside(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "BATCH", 1)
    monkeypatch.setattr(indexes, "SHARE", 0.9)
    with open_ledger(path, create=True) as database:
        put(database, deposit())
        more = [deposit(f"Police said {n} people fled Herat.", url=f"https://c.example/{n}") for n in range(10, 15)]
        assert {len(indexed(database)) for _ in recording.record(database, more, BOB)} == {len(indexes.COSTLY)}


@pytest.mark.usefixtures("beside")
def test_a_disk_that_fills_while_a_thread_writes_is_told_and_nothing_is_half_there(path: Path) -> None:
    many = [deposit(f"Police said {n} people fled Herat.", url=f"https://a.example/{n}") for n in range(10, 90)]
    with open_ledger(path, create=True) as database:
        put(database, deposit())
        before = held(database)
        [(page_count,)] = database.query("PRAGMA page_count")
        database.query(f"PRAGMA max_page_count = {page_count + 2}")
        with pytest.raises(InputError, match="make room"):
            put(database, *many)
        database.query("PRAGMA max_page_count = 1000000")
        assert held(database) == before
        assert {one.outcome for one in put(database, *many)} == {"added"}
