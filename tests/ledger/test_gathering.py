"""What reports are made of, gathered from a file and from a server alike."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from counterfoil.ledger import gathering
from counterfoil.ledger.changes import changes
from counterfoil.ledger.gathering import found_since, gather
from counterfoil.ledger.importing import import_entries
from counterfoil.ledger.model import Confidentiality, Filter
from counterfoil.ledger.neighbours import related
from counterfoil.ledger.review import correct
from counterfoil.ledger.store import Database
from counterfoil.publishing.ledger import changes_text

from ledger.exchange.entries import entry  # isort: skip
from ledger.making import ADDRESS, BOB, FLOOD, deposit, put

OTHER = FLOOD.replace("Hanan Osman, told", "Hanan Osman, also told").replace("12 June", "13 June")


def test_groups_relations_and_versions_of_the_latest_texts(ledger: Database) -> None:
    put(ledger, deposit(), relate=related)
    put(ledger, deposit(OTHER, url="https://news.example/again"), author=BOB, relate=related)
    put(ledger, deposit(FLOOD.replace("12 people", "15 people")), author=BOB, relate=related)
    held = gather(ledger, Filter())
    assert {one.url for one in held.entries} == {ADDRESS, "https://news.example/again"}
    assert held.groups
    members = frozenset[str]().union(*(gathering.members(one) for one in held.groups))
    assert members <= {one.id for one in held.entries}
    assert [(one.what, one.by, [c.field for c in one.changes][:2]) for one in held.versions] == [
        ("changed", "", ["low", "high"])
    ]
    assert found_since(ledger, BOB.at) >= {one.id for one in held.relations} > frozenset()
    assert found_since(ledger, BOB.at + timedelta(seconds=1)) == frozenset()


def test_a_filter_holds_for_corrections_too(ledger: Database) -> None:
    [first] = put(ledger, deposit())
    for key in first.entries:
        correct(ledger, key, {"place": "Gedaref"}, replace(BOB, why="the map"))
    held = gather(ledger, Filter(measure="killed"))
    assert {one.measure for one in held.entries} == {"killed"}
    assert {one.entry for one in held.corrections} == {one.id for one in held.entries}


def test_confidential_entries_are_counted_and_not_shown(ledger: Database) -> None:
    put(ledger, deposit(confidentiality=Confidentiality.CONFIDENTIAL))
    put(ledger, deposit(OTHER, url="https://news.example/again"))
    held = gather(ledger, Filter(confidential=False))
    assert {one.url for one in held.entries} == {"https://news.example/again"}
    assert held.withheld == len(held.entries)


def test_more_than_a_report_can_relate_is_said(ledger: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST", 2)
    put(ledger, deposit())
    held = gather(ledger, Filter())
    assert len(held.entries) == 2
    assert held.beyond


def test_a_place_that_no_gazetteer_has_is_found_by_the_country_of_its_article(ledger: Database) -> None:
    text = (
        "KASSALA, Sudan, {} June 2024 — The Red Cross said {} people had drowned in the hamlet of Umm Zubeira since "
        "9 June 2024."
    )
    for day, number in ((12, 14), (13, 19)):
        put(ledger, deposit(text.format(day, number), url=f"https://news.example/{day}"), relate=related)
    held = gather(ledger, Filter(place="Sudan", measure="killed"))
    assert [(one.quote, one.level, one.country_of) for one in held.entries] == [
        ("14", "unknown", "article"),
        ("19", "unknown", "article"),
    ]
    assert [one.kind for one in held.relations] == ["supersedes"]


@pytest.mark.parametrize(
    "odd",
    [
        {"start": 50, "end": 10},
        {"start": -5, "end": 3},
        {"start": None, "end": 7},
        {"start": 9, "end": 9},
        {"low": Decimal(30), "high": Decimal(10)},
        {"first": date(2024, 6, 12), "last": date(2024, 6, 1)},
    ],
    ids=str,
)
def test_a_report_stands_what_an_import_tells_wrongly(odd: dict[str, Any], ledger: Database) -> None:
    told = entry(claimant="Red Cross", document="a" * 64, id="one-1", start=3, end=6)
    import_entries(ledger, [replace(told, **odd), replace(told, id="two-1", document="b" * 64)], BOB)
    held = gather(ledger, Filter())
    assert len(held.entries) == 2
    assert "340" in changes_text(changes(held, (), frozenset(), held.entries[0].created_at), held)
