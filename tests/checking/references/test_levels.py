"""Stocks, flows and shares against tables of the tests' own."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.checking import check, read_tables
from counterfoil.checking.model import Verdict, Word
from counterfoil.reading.model import Account, Kind, Modality

from ..conftest import HEADER, make_account, row

YEAR = ("2022-01-01", "2022-12-31")
UGANDANS = "«Ugandan nationals»"


def verdict(account: Account, *rows: dict[str, str]) -> Verdict:
    raw = (HEADER + "".join(row(**cells) for cells in rows)).encode()
    (found,) = check(account, read_tables([("test.csv", raw)]))
    return found


def counted(low: str, first: str = YEAR[0], last: str = YEAR[1], **cells: str) -> dict[str, str]:
    return {"low": low, "first": first, "last": last, **cells}


HALVES = (counted("2000", YEAR[0], "2022-06-30"), counted("2204", "2022-07-01", YEAR[1]))
OTHER = {
    "publisher": "Rights Watch Group",
    "series": "their deportations",
    "definition": "cases that the group learnt of",
}

CASES: list[tuple[str, str, dict[str, Any], tuple[dict[str, str], ...], Word, tuple[str, ...]]] = [
    ("as printed", f"⟦4,204⟧ {UGANDANS} deported", {}, (counted("4204"),), Word.SUPPORTED, ()),
    ("rounded", f"⟦4,200⟧ {UGANDANS} deported", {}, (counted("4204"),), Word.SUPPORTED, ()),
    ("two halves add up", f"⟦4,204⟧ {UGANDANS} deported", {}, HALVES, Word.SUPPORTED, ()),
    ("a bound that holds", f"‹over› ⟦4,000⟧ {UGANDANS} deported", {}, (counted("4204"),), Word.SUPPORTED, ()),
    ("a bound far below", f"‹over› ⟦2,013⟧ {UGANDANS} deported", {}, (counted("4204"),), Word.TRUE_BUT_STALE, ()),
    ("a miss, all stated and alike", f"⟦6,204⟧ {UGANDANS} deported", {}, (counted("4204"),), Word.CONTRADICTED, ()),
    (
        "a miss of rounding at one grain alone",
        f"⟦5,000⟧ {UGANDANS} deported",
        {},
        (counted("4600"),),
        Word.SUPPORTED,
        (),
    ),
    (
        "a miss without a window is never contradicted",
        f"⟦6,204⟧ {UGANDANS} deported",
        {"window": None},
        (counted("4204"),),
        Word.NOT_CHECKABLE,
        (),
    ),
    (
        "a miss without a place is never contradicted",
        f"⟦6,204⟧ {UGANDANS} deported",
        {"place": None},
        (counted("4204"),),
        Word.NOT_CHECKABLE,
        (),
    ),
    (
        "a miss of unstated people is never contradicted",
        "⟦6,204⟧ deported",
        {},
        (counted("4204"),),
        Word.NOT_CHECKABLE,
        (),
    ),
    (
        "a miss by loose words is never contradicted",
        "⟦6,204⟧ «Ugandan migrants» deported",
        {},
        (counted("4204"),),
        Word.NOT_CHECKABLE,
        (),
    ),
    (
        "another definition is never contradicted",
        f"⟦6,204⟧ {UGANDANS} deported",
        {},
        (counted("4204", **OTHER),),
        Word.NOT_CHECKABLE,
        (),
    ),
    (
        "another word for the movement is never contradicted",
        f"⟦6,204⟧ {UGANDANS} deported",
        {},
        (counted("4204", measure="returned"),),
        Word.NOT_CHECKABLE,
        (),
    ),
    (
        "room under another word takes a contradiction back",
        f"⟦6,204⟧ {UGANDANS} deported",
        {},
        (counted("4204"), counted("6204", measure="returned", publisher="Red Cross", definition="all returns")),
        Word.SENSITIVE,
        ("definition",),
    ),
    (
        "two sources",
        f"⟦4,204⟧ {UGANDANS} deported",
        {},
        (counted("4204"), counted("5317", **OTHER)),
        Word.SENSITIVE,
        ("source",),
    ),
    (
        "two releases",
        f"⟦4,204⟧ {UGANDANS} deported",
        {},
        (counted("4204"), counted("4391")),
        Word.SENSITIVE,
        ("vintage",),
    ),
    (
        "a later release",
        f"⟦4,204⟧ {UGANDANS} deported",
        {"as_of": "2023-02-01"},
        (counted("4204", released="2023-01-15"), counted("4391", released="2023-09-01")),
        Word.TRUE_BUT_STALE,
        (),
    ),
    (
        "people and attacks",
        "⟦15⟧ «Ugandan nationals» in suicide attacks",
        {"code": "suicide_attack"},
        (counted("15", measure="suicide_attack", unit="event"),),
        Word.NOT_CHECKABLE,
        (),
    ),
    (
        "a stock is no flow",
        f"⟦4,204⟧ {UGANDANS} deported",
        {"kind": Kind.STOCK, "code": "displaced"},
        (counted("4204", measure="displaced"),),
        Word.NOT_CHECKABLE,
        (),
    ),
    (
        "the deported are counted over a time",
        f"⟦4,204⟧ {UGANDANS} deported",
        {"kind": Kind.STOCK},
        (counted("4204"),),
        Word.SUPPORTED,
        (),
    ),
    ("other people", "⟦4,204⟧ «Kenyan nationals» deported", {}, (counted("4204"),), Word.NOT_CHECKABLE, ()),
    (
        "another country",
        f"⟦4,204⟧ {UGANDANS} deported",
        {"place": "Uganda"},
        (counted("4204"),),
        Word.NOT_CHECKABLE,
        (),
    ),
    (
        "the same number of another place",
        f"⟦4,204⟧ {UGANDANS} deported",
        {"place": "Turkana"},
        (counted("4204"),),
        Word.SENSITIVE,
        ("place",),
    ),
    (
        "the same number of another window",
        f"⟦4,204⟧ {UGANDANS} deported",
        {"window": (YEAR[0], "2022-09-30")},
        (counted("4204"),),
        Word.SENSITIVE,
        ("window",),
    ),
    (
        "more than a longer window and more people hold",
        f"⟦9,310⟧ {UGANDANS} deported",
        {"window": (YEAR[0], "2022-09-30")},
        (counted("4204", population="people"),),
        Word.NOT_CHECKABLE,
        (),
    ),
    (
        "a claim is no evidence",
        f"⟦4,204⟧ {UGANDANS} deported",
        {},
        (counted("4204", publisher="Minister Okello", claim="yes"),),
        Word.NOT_CHECKABLE,
        (),
    ),
    (
        "the speaker's own figure is no evidence",
        f"⟦4,204⟧ {UGANDANS} deported",
        {"speaker": "Border Agency"},
        (counted("4204"),),
        Word.NOT_CHECKABLE,
        (),
    ),
    (
        "the speaker misquoted",
        f"⟦6,204⟧ {UGANDANS} deported",
        {"speaker": "the Border Agency"},
        (counted("4204", definition="deportations by air"),),
        Word.CONTRADICTED,
        (),
    ),
    (
        "a plan",
        f"⟦4,204⟧ {UGANDANS} to be deported",
        {"modality": Modality.PLANNED},
        (counted("4204"),),
        Word.NOT_CHECKABLE,
        (),
    ),
    ("money", "⟦4,204⟧ spent", {"code": "money", "kind": Kind.MONEY}, (counted("4204"),), Word.NOT_CHECKABLE, ()),
    ("nothing known", "⟦4,204⟧ things", {"code": "other"}, (counted("4204"),), Word.NOT_CHECKABLE, ()),
]


def made(marked: str, options: dict[str, Any]) -> Account:
    given = {"code": "deported", "window": YEAR, **options}
    return make_account(marked, given.pop("code"), **given)


@pytest.mark.parametrize(
    ("marked", "options", "rows", "word", "axes"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_verdicts(
    marked: str, options: dict[str, Any], rows: tuple[dict[str, str], ...], word: Word, axes: tuple[str, ...]
) -> None:
    found = verdict(made(marked, options), *rows)
    assert (found.word, found.sensitive_to) == (word, axes), found.reasons
    assert found.reasons
    assert all(reason.strip() for reason in found.reasons)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"place": "Uganda"}, "no reference figure at hand is of Uganda"),
        ({"kind": Kind.SHARE}, "differs in kind: here a share, in the record a flow"),
        ({"code": "injured"}, "no reference figure counts people injured"),
        ({"window": ("2019-01-01", "2019-12-31")}, "differs in window: no count for 2019"),
    ],
)
def test_a_mismatch_is_named(options: dict[str, Any], words: str) -> None:
    found = verdict(made(f"⟦4,204⟧ {UGANDANS} deported", options), counted("4204"))
    assert words in found.reasons[0]


def test_a_sum_shows_its_parts_and_rows() -> None:
    found = verdict(made(f"⟦4,204⟧ {UGANDANS} deported", {}), *HALVES)
    assert "4,204 (2,000 + 2,204)" in found.reasons[0]
    assert found.best_support is not None
    assert [reference.row for reference in found.best_support.references] == [2, 3]


def test_the_gap_to_a_wider_count_is_told_with_the_largest() -> None:
    found = verdict(
        made(f"⟦9,310⟧ {UGANDANS} deported", {"window": (YEAR[0], "2022-09-30")}),
        counted("4204", population="people"),
        counted("5100", population="people", **OTHER),
    )
    assert "9,310 is above each of the 2 open counts" in found.reasons[0]
    assert "the largest is 5,100, by Rights Watch Group" in found.reasons[0]
    assert found.best_counter is not None
    assert found.best_counter.references[0].publisher == "Rights Watch Group"


def test_lists_by_destination_add_up_to_a_floor() -> None:
    waiting = {"measure": "awaiting_resettlement", "kind": "stock", "definition": "its own list alone", "first": ""}
    found = verdict(
        made(
            "⟦7,000⟧ «Ugandan refugees» waiting",
            {"code": "awaiting_resettlement", "kind": Kind.STOCK, "as_of": "2023-01-09"},
        ),
        counted("7000", last="2022-12-30", **waiting, publisher="A", series="a", destination="USA", hedge="more than"),  # type: ignore[arg-type]
        counted("1200", last="2022-12-30", **waiting, publisher="B", series="b", destination="CAN"),  # type: ignore[arg-type]
    )
    assert (found.word, found.sensitive_to) == (Word.SENSITIVE, ("definition",))
    assert any("the lists of A + B add up to more than 8,200" in reason for reason in found.reasons)


def test_the_same_number_under_another_word_is_shown_with_who_said_it() -> None:
    found = verdict(
        made(f"‹over› ⟦20,417⟧ {UGANDANS} deported", {}),
        counted("20417", measure="returned", term="went home", publisher="Refugee Office", definition="all returns"),
    )
    assert (found.word, found.sensitive_to) == (Word.SENSITIVE, ("definition",))
    assert "Refugee Office (“went home”) gives 20,417" in found.reasons[1]


COUNTS = st.integers(1, 10**6)


@settings(max_examples=60, deadline=None)
@given(COUNTS, COUNTS)
def test_widening_the_words_never_turns_support_into_contradiction(said: int, seen: int) -> None:
    narrow = verdict(made(f"⟦{said}⟧ {UGANDANS} deported", {}), counted(str(seen)))
    wide = verdict(made(f"‹about› ⟦{said}⟧ {UGANDANS} deported", {}), counted(str(seen)))
    if narrow.word is Word.SUPPORTED:
        assert wide.word is not Word.CONTRADICTED


@settings(max_examples=60, deadline=None)
@given(COUNTS, COUNTS, st.sampled_from(["window", "place", "definition"]))
def test_what_is_not_stated_is_never_contradicted(said: int, seen: int, missing: str) -> None:
    options = {} if missing == "definition" else {missing: None}
    cells = counted(str(seen), **({"definition": "by a rule of its own"} if missing == "definition" else {}))
    found = verdict(made(f"⟦{said}⟧ {UGANDANS} deported", options), cells)
    assert found.word is not Word.CONTRADICTED


def test_absurd_numbers_are_set_aside() -> None:
    account = make_account("⟦9⟧ «Ugandans» deported", "deported", said="9" * 5000, window=YEAR)
    assert verdict(account, counted("4204")).reasons == ("the words give no number to compare",)
