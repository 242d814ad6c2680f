"""Figures of a changed article are matched by the words around them."""

import pytest

from counterfoil.ledger.differences import differences
from counterfoil.ledger.model import Entry
from counterfoil.ledger.rows import entries
from ledger.making import ANN, deposit


def read(text: str) -> list[Entry]:
    return list(entries(deposit(text), "a", ANN))


def told(before: str, after: str) -> set[tuple[str, str, str]]:
    old, new = read(before), read(after)

    def quote(of: list[Entry], at: int | None) -> str:
        return "" if at is None else of[at].quote

    return {(one.what, quote(old, one.before), quote(new, one.after)) for one in differences(old, new)}


SWAPPED = {("changed", "12", "40"), ("changed", "40", "12")}
TOLL = "Police in Herat said on Tuesday that the blast had killed 12 people and wounded 40 others near the market."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (TOLL, TOLL, {("same", "12", "12"), ("same", "40", "40")}),
        (TOLL, TOLL.replace("12", "15"), {("changed", "12", "15"), ("same", "40", "40")}),
        (TOLL, TOLL.replace("12", "15").replace("40", "52"), {("changed", "12", "15"), ("changed", "40", "52")}),
        # The numbers have changed places; the words around them tell which is which.
        (
            TOLL,
            TOLL.replace("12", "x").replace("40", "12").replace("x", "40"),
            {("changed", "12", "40"), ("changed", "40", "12")},
        ),
        # Other words come before, so that every offset moves.
        (TOLL, "It was a market day. Nobody claimed it. " + TOLL, {("same", "12", "12"), ("same", "40", "40")}),
        (TOLL, TOLL.replace(" and wounded 40 others", ""), {("same", "12", "12"), ("gone", "40", "")}),
        (
            TOLL,
            TOLL + " The governor said the blaze had destroyed 200 shops.",
            {("same", "12", "12"), ("same", "40", "40"), ("added", "", "200")},
        ),
        # Another figure of the same measure in another sentence is another figure.
        (
            "The army said 9 rebels were killed in the northern hills during an overnight raid.",
            "A ferry sank off the coast at noon; rescuers counted 31 people killed among its passengers.",
            {("gone", "9", ""), ("added", "", "31")},
        ),
        ("Nothing was counted.", TOLL, {("added", "", "12"), ("added", "", "40")}),
        (TOLL, "Nothing was counted.", {("gone", "12", ""), ("gone", "40", "")}),
    ],
)
def test_each_figure_is_matched_once(before: str, after: str, expected: set[tuple[str, str, str]]) -> None:
    assert told(before, after) == expected


def test_equal_words_are_paired_in_their_order() -> None:
    text = "On Monday 5 people died. On Monday 5 people died. On Monday 5 people died."
    old = read(text)
    assert [(one.before, one.after) for one in differences(old, old)] == [(n, n) for n in range(len(old))]


def test_what_differs_is_named() -> None:
    found = differences(read(TOLL), read(TOLL.replace("12", "at least 15")))
    [change] = [one for one in found if one.what == "changed"]
    assert set(change.fields) >= {"low", "high", "hedge"}
