"""What a timeline prints beside each count."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from counterfoil.cli.ledger_printing import write_page
from counterfoil.cli.listing import series
from counterfoil.errors import InputError
from counterfoil.ledger.model import Entry
from counterfoil.reading.model import Tally

from ledger.exchange.entries import entry  # isort: skip


@pytest.mark.parametrize(
    ("counts", "notes"),
    [
        ([(12, 38), (14, 61)], ["", "+23"]),
        ([(14, 61), (17, 54)], ["", "−7"]),
        # "61, 23 more than on Wednesday; of the 61 dead, 19 were children": nothing is taken back
        ([(12, 38), (14, 61), (14, 23), (14, 61), (14, 19)], ["", "+23", "", "", ""]),
        ([(14, 19), (14, 61), (17, 70)], ["", "", "+9"]),
    ],
)
def test_a_count_is_told_by_what_it_grew_by_and_a_part_of_one_day_takes_nothing_back(
    counts: list[tuple[int, int]], notes: list[str]
) -> None:
    entries = [count(day, number, str(at)) for at, (day, number) in enumerate(counts)]
    assert series(entries, {}) == notes


def test_what_came_on_top_is_no_count_and_a_copy_names_what_it_repeats() -> None:
    added = replace(count(13, 5, "b"), tally=Tally.INCREMENT)
    entries = [count(12, 38, "a"), added, count(13, 40, "c"), count(14, 43, "d")]
    assert series(entries, {"c": "copies x"}) == ["", "", "copies x", "+5"]


def test_a_page_that_cannot_be_written_leaves_the_one_before_whole(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    write_page(page, "first")
    (tmp_path / "page.html.part").mkdir()  # stands in the way of the new one
    with pytest.raises(InputError, match="with room"):
        write_page(page, "second")
    assert page.read_text(encoding="utf-8") == "first"


def count(day: int, number: int, name: str) -> Entry:
    value = Decimal(number)
    said = {"id": name, "as_of": date(2025, 2, day), "claimant": "Institute", "measure": "killed", "place": "Beira"}
    return entry(**said, low=value, high=value, unit="person", population="", tally=None)
