"""Changes against tables of the tests' own: every window and baseline that the words leave open."""

from typing import Any

import pytest

from counterfoil.checking import check, read_tables
from counterfoil.checking.model import Verdict, Word
from counterfoil.reading.model import Direction, Kind

from ..conftest import HEADER, make_account, row

COUNTS = {
    "measure": "attack",
    "unit": "event",
    "population": "",
    "publisher": "Raid Monitor",
    "series": "raids",
    "term": "raids",
}


def year(number: int, low: str, **cells: str) -> str:
    return row(**{**COUNTS, "low": low, "first": f"{number}-01-01", "last": f"{number}-12-31", **cells})


def half(first: str, last: str, low: str, **cells: str) -> str:
    return row(**{**COUNTS, "low": low, "first": first, "last": last, **cells})


def verdict(said: str, *rows: str, direction: Direction | None = Direction.UP, **options: Any) -> Verdict:
    given: dict[str, Any] = {"unit": "percent", "kind": Kind.CHANGE, "as_of": "2023-02-01", **options}
    account = make_account(said, "attack", direction=direction, **given)
    (found,) = check(account, read_tables([("raids.csv", (HEADER + "".join(rows)).encode())]))
    return found


STATED = {"window": ("2022-01-01", "2022-12-31"), "base": ("2021-01-01", "2021-12-31")}


@pytest.mark.parametrize(
    ("said", "rows", "options", "word"),
    [
        ("up ⟦50%⟧", (year(2021, "200"), year(2022, "300")), STATED, Word.SUPPORTED),
        ("up ⟦50%⟧", (year(2021, "200"), year(2022, "304")), STATED, Word.SUPPORTED),  # 52% is 50% at its coarser grain
        ("up ⟦56%⟧", (year(2021, "200"), year(2022, "304")), STATED, Word.SUPPORTED_IN_DIRECTION),  # chance allows it
        ("up ⟦350%⟧", (year(2021, "2000"), year(2022, "3000")), STATED, Word.CONTRADICTED),
        ("up ⟦350%⟧", (year(2021, "2000"), year(2022, "3000")), {**STATED, "place": None}, Word.NOT_CHECKABLE),
        ("up ⟦350%⟧", (year(2021, "2000"), year(2022, "3000")), {"as_of": "2023-02-01"}, Word.SUPPORTED_IN_DIRECTION),
        (
            "up ⟦350%⟧",
            (year(2021, "2000", definition="its own rule"), year(2022, "3000", definition="its own rule")),
            STATED,
            Word.SUPPORTED_IN_DIRECTION,
        ),
        ("up ⟦50%⟧", (year(2021, "3000"), year(2022, "2000")), {"as_of": "2023-02-01"}, Word.NOT_CHECKABLE),
        ("up ⟦50%⟧", (year(2021, "200"),), {"as_of": "2023-02-01"}, Word.NOT_CHECKABLE),
        ("up ⟦50%⟧", (year(2021, "0"), year(2022, "9")), STATED, Word.NOT_CHECKABLE),
        ("up ⟦50%⟧", (year(2021, "200"), year(2022, "300")), {"as_of": None}, Word.NOT_CHECKABLE),
        ("up ⟦50%⟧", (year(2021, "200"), year(2022, "300")), {"place": "Uganda", **STATED}, Word.NOT_CHECKABLE),
    ],
)
def test_verdicts(said: str, rows: tuple[str, ...], options: dict[str, Any], word: Word) -> None:
    found = verdict(said, *rows, **options)
    assert found.word is word, found.reasons
    assert found.reasons


def test_a_fall_is_a_fall() -> None:
    rows = (year(2021, "300"), year(2022, "150"))
    assert verdict("down ⟦50%⟧", *rows, direction=Direction.DOWN, **STATED).word is Word.SUPPORTED
    assert verdict("up ⟦50%⟧", *rows, **STATED).word is not Word.SUPPORTED
    assert verdict("by ⟦50%⟧", *rows, direction=None, **STATED).word is Word.NOT_CHECKABLE


def test_nothing_falls_by_more_than_all_of_it() -> None:
    found = verdict("down ⟦500%⟧", year(2021, "300"), year(2022, "150"), direction=Direction.DOWN)
    assert "impossible as written" in found.reasons[0]


def test_three_times_as_many_is_a_change_of_200_percent() -> None:
    found = verdict("⟦3⟧ times as many", year(2021, "100"), year(2022, "310"), unit="ratio", **STATED)
    assert found.word is Word.SUPPORTED


def test_an_unstated_baseline_is_enumerated() -> None:
    rows = [year(y, n) for y, n in ((2018, "300"), (2019, "200"), (2020, "100"), (2021, "110"), (2022, "160"))]
    found = verdict("up ⟦60%⟧", *rows, window=("2021-06-01", "2023-02-01"))
    assert found.word is Word.SENSITIVE
    assert "baseline" in found.sensitive_to
    assert any("the words state no baseline" in reason for reason in found.reasons)
    assert any("100 (2020) to 160 (2022) is +60%" in reason for reason in found.reasons)
    assert found.best_support is not None
    assert found.best_support.agrees
    assert found.best_counter is not None
    assert found.best_counter.agrees is False


def test_two_sources_that_differ_are_named() -> None:
    other = {"publisher": "Sea Patrol", "series": "their raids"}
    rows = [year(2021, "100"), year(2022, "160"), year(2021, "100", **other), year(2022, "120", **other)]
    found = verdict("up ⟦60%⟧", *rows, **STATED)
    assert (found.word, found.sensitive_to) == (Word.SENSITIVE, ("source",))


def test_two_releases_are_both_tried() -> None:
    found = verdict("up ⟦60%⟧", year(2021, "100"), year(2022, "160"), year(2022, "190"), **STATED)
    assert (found.word, found.sensitive_to) == (Word.SENSITIVE, ("vintage",))


def test_small_counts_come_with_their_interval() -> None:
    found = verdict("up ⟦275%⟧", year(2021, "4"), year(2022, "15"), **STATED)
    assert any("95% interval from +19% to +1,452%" in reason for reason in found.reasons)


def test_small_counts_do_not_contradict() -> None:
    assert verdict("up ⟦900%⟧", year(2021, "4"), year(2022, "15"), **STATED).word is Word.SUPPORTED_IN_DIRECTION


def test_unequal_windows_compare_per_day_and_say_so() -> None:
    rows = (year(2021, "100"), half("2022-01-01", "2022-06-30", "100"))
    found = verdict("up ⟦100%⟧", *rows, window=("2021-12-20", "2022-07-10"), as_of="2022-07-10")
    assert found.word is Word.SUPPORTED
    assert any("a day, as the windows differ in length" in reason for reason in found.reasons)


def test_a_claim_reached_only_by_unequal_windows_is_unmasked() -> None:
    rows = (year(2021, "3"), half("2022-01-01", "2022-07-31", "18"))
    found = verdict("up ⟦500%⟧", *rows, window=("2021-12-20", "2022-08-01"), as_of="2022-08-01")
    assert any("unequal windows are set side by side: 3 (2021) and 18" in reason for reason in found.reasons)
    assert found.word is Word.SUPPORTED_IN_DIRECTION


def test_halves_are_added_to_years() -> None:
    rows = (
        half("2021-01-01", "2021-06-30", "40"),
        half("2021-07-01", "2021-12-31", "60"),
        year(2022, "160"),
    )
    assert verdict("up ⟦60%⟧", *rows, **STATED).word is Word.SUPPORTED


def test_a_published_change_counts() -> None:
    change = row(
        **{**COUNTS, "unit": "percent", "kind": "change", "direction": "up", "low": "73", "hedge": "exact"},
        first="2022-01-01",
        last="2022-12-31",
        base_first="2021-01-01",
        base_last="2021-12-31",
    )
    assert verdict("up ⟦73%⟧", change, **STATED).word is Word.SUPPORTED
    assert verdict("up ⟦12%⟧", change, **STATED).word is Word.SUPPORTED_IN_DIRECTION


def test_after_an_event_fixes_the_window_and_no_baseline() -> None:
    rows = [year(y, n) for y, n in ((2019, "100"), (2020, "100"), (2021, "160"), (2022, "160"))]
    account = make_account(
        "⟦60%⟧ more", "attack", unit="percent", kind=Kind.CHANGE, direction=Direction.UP, as_of="2023-02-01",
        base=("2021-01-01", "2021-01-01"), base_words="after the coup",
    )  # fmt: skip
    (found,) = check(account, read_tables([("raids.csv", (HEADER + "".join(rows)).encode())]))
    assert any("windows after 1 January 2021" in reason for reason in found.reasons)
    assert found.word is Word.SUPPORTED
