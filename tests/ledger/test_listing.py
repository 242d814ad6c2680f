"""What a timeline prints beside each count."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from counterfoil.cli.ledger_printing import write_page
from counterfoil.cli.listing import group, series
from counterfoil.documents.model import Dated, Document
from counterfoil.errors import InputError
from counterfoil.ledger.model import Entry
from counterfoil.ledger.neighbours import figure_of
from counterfoil.reading.model import Direction, Hedge, Kind, Tally
from counterfoil.relating import relate_all
from counterfoil.relating.model import Article, Group, Side

from ledger.exchange.entries import entry  # isort: skip


@pytest.mark.parametrize(
    ("counts", "notes"),
    [
        ([(12, 38), (14, 61)], ["", "+23 from 38 (2025-02-12)"]),
        ([(14, 61), (17, 54)], ["", "−7 from 61 (2025-02-14)"]),
        ([(14, 63), (15, 58), (16, 56)], ["", "−5 from 63 (2025-02-14)", "−2 from 58 (2025-02-15)"]),
        # "61, 23 more than on Wednesday; of the 61 dead, 19 were children": nothing is taken back
        ([(12, 38), (14, 61), (14, 23), (14, 61), (14, 19)], ["", "+23 from 38 (2025-02-12)", "", "", ""]),
        ([(14, 19), (14, 61), (17, 70)], ["", "", "+9 from 61 (2025-02-14)"]),
        ([(14, 61), (17, 61)], ["", ""]),
    ],
)
def test_a_count_is_told_by_what_it_grew_by_and_a_part_of_one_day_takes_nothing_back(
    counts: list[tuple[int, int]], notes: list[str]
) -> None:
    entries = [count(day, number, str(at)) for at, (day, number) in enumerate(counts)]
    assert series(entries, {}, grouped(entries)) == notes


@pytest.mark.parametrize(
    "other",
    [
        {"kind": Kind.CHANGE, "direction": Direction.UP},  # "2,700 more than on Monday" is no count of its day
        {"tally": Tally.INCREMENT},
        {"claimant": "Governor"},
        {"place": "Dondo, Mozambique"},
        {"measure": "injured"},
        {"unit": "household"},
        {"population": "children"},
    ],
    ids=str,
)
def test_only_counts_of_one_claimant_and_group_are_told_apart(other: dict[str, Any]) -> None:
    entries = [count(12, 38, "a"), replace(count(13, 44, "b"), **other), count(14, 47, "c")]
    assert series(entries, {}, grouped(entries)) == ["", "", "+9 from 38 (2025-02-12)"]


@pytest.mark.parametrize(
    ("prefix", "last", "note"),
    [
        ("lowered the toll to 38 from ", "38", "−3 from 41 (2025-02-12)"),
        ("down from a peak of ", "38", "−3 from 41 (2025-02-12)"),
        ("the Institute said that ", "41", ""),
        ("fled from Dondo and ", "41", ""),
    ],
)
def test_what_a_count_was_before_is_not_said_last(prefix: str, last: str, note: str) -> None:
    was = replace(count(14, 41, "c"), prefix=prefix)
    entries = [count(12, 41, "a"), count(14, 38, "b"), was]
    groups = grouped(entries)
    [one] = groups
    assert group(one, {one.id: one for one in entries}).splitlines()[1].strip().startswith(last)
    assert series(entries, {}, groups)[1] == note


def test_nothing_is_told_beside_a_range() -> None:
    entries = [count(12, 38, "a"), replace(count(13, 44, "b"), high=Decimal(50)), count(14, 47, "c")]
    assert series(entries, {}, grouped(entries)) == ["", "", ""]


def test_a_copy_names_what_it_repeats_and_is_no_count_of_its_own() -> None:
    entries = [count(12, 38, "a"), count(13, 38, "c"), count(14, 43, "d")]
    assert series(entries, {"c": "copies a"}, grouped(entries)) == ["", "copies a", "+5 from 38 (2025-02-13)"]


def test_a_page_that_cannot_be_written_leaves_the_one_before_whole(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    write_page(page, "first")
    (tmp_path / "page.html.part").mkdir()  # stands in the way of the new one
    with pytest.raises(InputError, match="with room"):
        write_page(page, "second")
    assert page.read_text(encoding="utf-8") == "first"


def count(day: int, number: int, name: str) -> Entry:
    value, spoken = Decimal(number), date(2025, 2, day)
    said = {"id": name, "as_of": spoken, "claimant": "Institute", "measure": "killed", "kind": Kind.FLOW}
    where = {"place": "Beira, Mozambique", "country": "MOZ", "country_of": "place", "level": "city", "admin1": "Sofala"}
    since = {"first": date(2025, 2, 10), "last": spoken, "tally": Tally.CUMULATIVE, "document": f"{day:064x}"}
    bounds = {"low": value, "high": value, "said_low": value, "said_high": value, "quote": str(number)}
    return entry(
        **said,
        **where,
        **since,
        **bounds,
        unit="person",
        hedge=Hedge.EXACT,
        population="",
        term="killed",
        start=number,
        end=number + 1,
    )


def grouped(entries: list[Entry]) -> tuple[Group, ...]:
    """Return the groups that relating finds among entries, each in an article of its day."""
    articles = []
    for name in dict.fromkeys(one.document for one in entries):
        own = [one for one in entries if one.document == name]
        published = Dated(own[0].as_of, "given", "") if own[0].as_of else None
        sides = tuple(Side(figure_of(one, None), one.claimant, one.id) for one in own)
        articles.append(Article(Document(text="", sha256=name, published=published), (), sides))
    return relate_all(tuple(articles)).groups
