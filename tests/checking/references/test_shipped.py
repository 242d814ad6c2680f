"""Claims against the table that ships, each in words of our own: what must be said plainly, and what never."""

from typing import Any

import pytest

from counterfoil.checking import check, load_references
from counterfoil.checking.model import Verdict, Word
from counterfoil.reading.model import Direction, Kind

from ..conftest import make_account

TWO_YEARS = ("2021-11-08", "2023-11-08")
SINCE = ("2021-09-07", "2023-11-08")
YEAR = ("2022-01-01", "2022-12-31")
RISE: dict[str, Any] = {"unit": "percent", "kind": Kind.CHANGE, "direction": Direction.UP}


def verdict(said: str, code: str, **options: Any) -> Verdict:
    (found,) = check(
        make_account(said, code, **{"place": "Pakistan", "as_of": "2023-11-08", **options}), load_references()
    )
    return found


def told(found: Verdict) -> str:
    return "\n".join(found.reasons)


@pytest.mark.parametrize(("said", "code"), [("up ⟦60%⟧", "attack"), ("up ⟦500%⟧", "suicide_attack")])
def test_a_rise_without_baseline_holds_in_direction_and_hangs_on_window_and_baseline(said: str, code: str) -> None:
    found = verdict(said, code, window=SINCE, **RISE)
    assert found.word is Word.SENSITIVE
    assert {"window", "baseline"} <= set(found.sensitive_to)
    for source in ("PIPS", "PICSS"):
        assert source in found.reasons[0]
    assert found.best_support is not None
    assert found.best_support.agrees
    assert found.best_counter is not None
    assert found.best_counter.agrees is False


def test_five_hundred_percent_comes_out_of_unequal_windows() -> None:
    found = verdict("up ⟦500%⟧", "suicide_attack", window=SINCE, **RISE)
    assert "3 (2019) and 18 (January to July 2023), by PICSS; per day it is +933%" in told(found)


def test_a_toll_above_every_open_count_is_told_and_not_contradicted() -> None:
    found = verdict("attacks killed ⟦2,267⟧ «Pakistani citizens»", "killed", window=TWO_YEARS)
    assert found.word is Word.NOT_CHECKABLE
    assert "2,267 is above the only open count that covers at least the same: 1,818 to 1,824, by PICSS" in told(found)
    assert "this is no contradiction" in told(found)
    assert "only a wider count reaches it: 2,504, by CRSS" in told(found)


def test_a_number_of_deportations_stands_in_the_records_as_returns() -> None:
    found = verdict("‹over› ⟦203,639⟧ «Afghan nationals» deported", "deported", window=("2023-10-01", "2023-11-08"))
    assert (found.word, found.sensitive_to) == (Word.SENSITIVE, ("definition",))
    assert "Commissionerate for Afghan Refugees (“returned”) gives 203,639 for 1 October to 8 November 2023" in told(
        found
    )


def test_one_countrys_list_is_not_all_lists() -> None:
    found = verdict("⟦25,000⟧ «Afghan refugees» to be taken in elsewhere", "awaiting_resettlement", kind=Kind.STOCK)
    assert (found.word, found.sensitive_to) == (Word.SENSITIVE, ("definition",))
    assert "holds only if only what United States embassy counts" in told(found)
    assert "add up to more than 36,230" in told(found)


def test_people_are_not_checked_against_attacks() -> None:
    found = verdict("⟦15⟧ «Afghan citizens» blew themselves up", "suicide_attack", window=TWO_YEARS)
    assert found.word is Word.NOT_CHECKABLE
    assert "16 (“suicide bombers or terrorists”)" in told(found)
    assert "no evidence" in told(found)


@pytest.mark.parametrize(
    ("said", "code", "options", "word", "axes"),
    [
        ("⟦376⟧ attacks", "attack", {"window": YEAR, "unit": "event"}, Word.SENSITIVE, ("source", "vintage")),
        ("⟦14⟧ suicide attacks", "suicide_attack", {"window": YEAR, "unit": "event"}, Word.SENSITIVE, ("source",)),
        ("⟦500⟧ attacks", "attack", {"window": YEAR, "unit": "event"}, Word.NOT_CHECKABLE, ()),
        (
            "‹about› ⟦100⟧ people died in suicide attacks",
            "killed",
            {"window": YEAR, "as_of": "2023-02-01"},
            Word.SUPPORTED,
            (),
        ),
        ("⟦900⟧ attacks", "attack", {"window": YEAR, "unit": "event", "speaker": "PICSS"}, Word.CONTRADICTED, ()),
        ("⟦380⟧ attacks", "attack", {"window": YEAR, "unit": "event", "place": "Kenya"}, Word.NOT_CHECKABLE, ()),
    ],
)
def test_levels(said: str, code: str, options: dict[str, Any], word: Word, axes: tuple[str, ...]) -> None:
    found = verdict(said, code, **options)
    assert (found.word, found.sensitive_to) == (word, axes), told(found)
