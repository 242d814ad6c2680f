"""A file of one's own comes back: a full one as it is, a public one without taking anything from what is there."""

from dataclasses import replace
from pathlib import Path

import pytest

from counterfoil.ledger import exchange, importing, indexes, queries
from counterfoil.ledger.importing import import_entries
from counterfoil.ledger.model import Author, Confidentiality, Entry, Role, State
from counterfoil.ledger.review import review
from counterfoil.ledger.store import Database, open_ledger
from ledger.making import ANN, BOB, deposit, put

READ_BACK = sorted(name for name, one in exchange.FORMATS.items() if one.read is not None and one.refuses is None)


def entries_of(database: Database) -> dict[str, Entry]:
    return {one.id: one for one in queries.all_entries(database, gone=True)}


def read(path: Path, name: str) -> list[Entry]:
    reader = exchange.FORMATS[name].read
    assert reader is not None
    return list(reader(path, BOB))


@pytest.mark.parametrize("name", READ_BACK)
def test_a_public_export_takes_nothing_from_its_own_ledger(name: str, ledger: Database, tmp_path: Path) -> None:
    put(ledger, deposit())
    before = entries_of(ledger)
    target = tmp_path / f"public{exchange.FORMATS[name].endings[0]}"
    written = exchange.export(ledger, target, exchange.FORMATS[name], for_public=True, leave_out_unclear=True)
    assert written.entries
    done = import_entries(ledger, read(target, name), BOB)
    assert (done.added, done.changed) == (0, 0)
    assert done.refused > 0 or name == "xlsx"  # whose columns hold nothing that was taken out of these
    assert done.refused + done.unchanged == written.entries
    assert entries_of(ledger) == before


@pytest.mark.parametrize("name", READ_BACK)
def test_a_public_export_fills_an_empty_ledger_and_may_come_again(name: str, ledger: Database, tmp_path: Path) -> None:
    put(ledger, deposit())
    target = tmp_path / f"public{exchange.FORMATS[name].endings[0]}"
    written = exchange.export(ledger, target, exchange.FORMATS[name], for_public=True, leave_out_unclear=True)
    with open_ledger(tmp_path / "other.db", create=True) as other:
        assert import_entries(other, read(target, name), BOB).added == written.entries
        again = import_entries(other, read(target, name), BOB)
        assert (again.added, again.changed, again.refused) == (0, 0, 0)


PLACELESS = (
    "KASSALA, Sudan, 13 June 2024 — More than 11,400 people have fled the villages of Umm Zubeira and Dar Salaam, the "
    "Red Crescent said. An estimated 300 people were displaced in Sudan on Monday, it said."
)


@pytest.mark.parametrize("name", sorted(name for name, one in exchange.FORMATS.items() if one.read is not None))
@pytest.mark.parametrize("author", [ANN, replace(ANN, by="")], ids=["named", "nobody"])
def test_a_full_export_of_ones_own_changes_nothing(name: str, author: Author, ledger: Database, tmp_path: Path) -> None:
    put(ledger, deposit(), author=author)
    put(ledger, deposit(PLACELESS, url="https://news.example/placeless"), author=author)
    for at, key in enumerate(sorted(entries_of(ledger))):
        secret = Confidentiality.CONFIDENTIAL if at % 2 else Confidentiality.PUBLIC
        review(ledger, key, BOB, state=State.APPROVED, role=Role.RECOMMENDED, confidentiality=secret)
    before = entries_of(ledger)
    assert {one.country_of for one in before.values()} == {"place", "article"}
    target = tmp_path / f"full{exchange.FORMATS[name].endings[0]}"
    written = exchange.export(ledger, target, exchange.FORMATS[name])
    done = import_entries(ledger, read(target, name), BOB)
    assert (done.added, done.unchanged, done.changed, done.refused) == (0, written.entries, 0, 0)
    assert entries_of(ledger) == before


def test_what_an_import_changes_is_told_among_what_changed(ledger: Database) -> None:
    put(ledger, deposit())
    [first, *_] = entries_of(ledger).values()
    import_entries(ledger, [replace(first, population="farmers")], BOB)
    told = [one for one in queries.events(ledger, BOB.at) if one.what == "imported"]
    assert [(one.entry, one.by, [change.field for change in one.changes]) for one in told] == [
        (first.id, BOB.by, ["population"])
    ]


@pytest.mark.parametrize("name", READ_BACK)
def test_a_full_export_that_somebody_changed_is_taken(name: str, ledger: Database, tmp_path: Path) -> None:
    put(ledger, deposit(), author=replace(ANN, by=""))  # nobody was named: what is told of the text tells it apart
    target = tmp_path / f"full{exchange.FORMATS[name].endings[0]}"
    exchange.export(ledger, target, exchange.FORMATS[name])
    changed = [replace(one, population="farmers") for one in read(target, name)]
    done = import_entries(ledger, changed, BOB)
    assert (done.changed, done.refused) == (len(changed), 0)
    assert {one.population for one in entries_of(ledger).values()} == {"farmers"}


@pytest.mark.parametrize("name", READ_BACK)
def test_what_a_format_has_no_place_for_is_not_taken_back(name: str, ledger: Database, tmp_path: Path) -> None:
    put(ledger, deposit())
    before = entries_of(ledger)
    target = tmp_path / f"full{exchange.FORMATS[name].endings[0]}"
    exchange.export(ledger, target, exchange.FORMATS[name])
    import_entries(ledger, [replace(one, event="") for one in read(target, name)], BOB)
    now = entries_of(ledger)
    kept = ("tally", "precision", "hedge", "kind", "place", "claimant", "excerpt", "start")
    assert [[getattr(one, field) for field in kept] for one in now.values()] == [
        [getattr(before[key], field) for field in kept] for key in now
    ]


@pytest.mark.parametrize("batch", [1, 3, 500])
def test_a_long_import_ends_as_one_at_once_does(batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("ann", "Fatou N\0iang", "bob")
    with open_ledger(tmp_path / "first.db", create=True) as database:
        for n in range(4):
            put(database, deposit(f"Police said {n + 5} people fled Herat. Nine died.", url=f"https://e.example/{n}"))
        given = list(queries.all_entries(database))
    # One page in two editions, entries of each in turn, and words that no database takes.
    given = [replace(one, claimant=name, title=name) for one in given for name in names[: 1 + (one.low == 9)]]
    given = [replace(one, id=f"{one.id}-{n}") for n, one in enumerate(given)]
    monkeypatch.setattr(indexes, "LEAST", 2)
    monkeypatch.setattr(importing, "BATCH", batch)
    with open_ledger(tmp_path / "second.db", create=True) as database:
        assert import_entries(database, given, BOB).added == len(given)
        assert database.query("SELECT COUNT(*) FROM documents") == [(8,)]
        assert list(queries.all_entries(database)) == [
            replace(one, claimant=one.claimant.replace("\0", "\ufffd"), title=one.title.replace("\0", "\ufffd"))
            for one in given
        ]
        numbers = database.query("SELECT document, COUNT(DISTINCT number), COUNT(*) FROM figures GROUP BY document")
        assert all(distinct == count for _, distinct, count in numbers)
        there = {name for (name,) in database.query("SELECT name FROM sqlite_master WHERE type = 'index'")}
        assert set(indexes.COSTLY) <= there
        assert import_entries(database, list(queries.all_entries(database)), BOB).unchanged == len(given)
