"""A file for the public says so itself, in every format; any other file claims nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from counterfoil.ledger import exchange, queries
from counterfoil.ledger.exchange import editions
from counterfoil.ledger.importing import import_entries
from counterfoil.ledger.store import Database
from ledger.making import ANN, BOB, deposit, put

READ_BACK = sorted(name for name, one in exchange.FORMATS.items() if one.read is not None)


def exported(ledger: Database, folder: Path, name: str, *, for_public: bool) -> Path:
    chosen = exchange.FORMATS[name]
    target = folder / f"{'public' if for_public else 'full'}{chosen.endings[0]}"
    exchange.export(ledger, target, chosen, for_public=for_public, leave_out_unclear=for_public)
    return target


@pytest.mark.parametrize("name", [one for one in READ_BACK if one != "idu"])
def test_a_public_file_says_that_it_is_one(name: str, ledger: Database, tmp_path: Path) -> None:
    put(ledger, deposit())
    chosen = exchange.FORMATS[name]
    assert exchange.is_public_edition(exported(ledger, tmp_path, name, for_public=True), chosen)
    assert not exchange.is_public_edition(exported(ledger, tmp_path, name, for_public=False), chosen)


def test_pages_for_the_public_say_so_on_every_page(ledger: Database, tmp_path: Path) -> None:
    put(ledger, deposit())
    for name, for_public in (("public", True), ("full", False)):
        folder = tmp_path / name
        exchange.export(ledger, folder, exchange.FORMATS["html"], for_public=for_public, leave_out_unclear=for_public)
        pages = [page.read_text("utf-8") for page in folder.rglob("*.html")]
        assert pages
        assert {f'<meta name="edition" content="{editions.PUBLIC}">' in page for page in pages} == {for_public}
        assert {f"This is the {editions.PUBLIC} edition." in page for page in pages} == {for_public}


@pytest.mark.parametrize(
    ("rows", "public"),
    [
        ([["id", "edition"], ["a", "public, redacted"]], True),
        ([["Id", "Edition"], ["#meta+id", "#meta+edition"], ["a", "public, redacted"]], True),
        ([["id", "edition"], ["a", "second"]], False),
        ([["id", "excerpt"], ["a", "public, redacted"]], False),
        ([["id", "edition"], ["a"]], False),
        ([], False),
    ],
)
def test_the_mark_counts_in_its_own_column_alone(rows: list[list[str]], public: bool) -> None:
    assert editions.in_column(rows) is public


@pytest.mark.parametrize("name", READ_BACK)
def test_what_is_no_such_file_carries_no_mark(name: str, tmp_path: Path) -> None:
    source = tmp_path / "other"
    source.write_text("neither\n")
    assert not exchange.is_public_edition(source, exchange.FORMATS[name])


def test_a_marked_file_replaces_nothing_even_where_its_rows_look_full(ledger: Database) -> None:
    put(ledger, deposit(), author=ANN)
    before = list(queries.all_entries(ledger, gone=True))
    changed = [replace(one, population="farmers") for one in before]
    done = import_entries(ledger, changed, BOB, public_edition=True)
    assert (done.changed, done.refused) == (0, len(before))
    assert list(queries.all_entries(ledger, gone=True)) == before
