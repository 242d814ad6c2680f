"""Which relations are named, and above all which are not."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.documents.model import Document, digest
from counterfoil.reading.model import Kind, Modality
from counterfoil.relating import relate
from counterfoil.relating.comparable import ORDER
from counterfoil.relating.model import RelationKind, Side
from counterfoil.spans import Span

from .conftest import Make, make_side

AGENCY, COUNCIL = "Border Agency", "Refugee Council"
PEOPLE = "Sudanese nationals"


def kinds(*pair: Side, text: str = "") -> list[str]:
    return [relation.kind.value for relation in relate(pair, text=text)]


DEPORTED: dict[str, Any] = {"said": "12,480", "code": "deported", "people": PEOPLE, "speaker": AGENCY}
KILLED: dict[str, Any] = {"said": "1,204", "code": "killed", "people": "civilians", "speaker": AGENCY}

ROUND: dict[str, Any] = {"said": "12,000", "hedge": "over"}

WAVE: dict[str, Any] = {"said": "76", "unit": "m", "code": "height", "kind": Kind.MEASUREMENT, "speaker": AGENCY}

CASES: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    ("by force, by choice", DEPORTED, {"code": "left_voluntarily", "speaker": COUNCIL}, ["re-characterises"]),
    (
        "a rounding",
        DEPORTED,
        {"said": "12,000", "hedge": "over", "code": "returned", "speaker": COUNCIL},
        ["re-characterises"],
    ),
    (
        "no window, yet spoken the same week",
        {**DEPORTED, "speaker": None},
        {**ROUND, "code": "left_voluntarily", "speaker": COUNCIL, "window": None},
        ["re-characterises"],
    ),
    ("come and gone", DEPORTED, {"code": "arrived", "speaker": COUNCIL}, ["different-measure"]),
    ("the narrator's own word", DEPORTED, {"code": "returned", "speaker": None}, ["re-characterises"]),
    ("one speaker, one number", DEPORTED, {"code": "returned"}, ["re-characterises"]),
    ("one speaker, two round numbers", DEPORTED, {"said": "12,000", "code": "returned"}, []),
    ("unlike numbers", DEPORTED, {"said": "31,300", "code": "returned", "speaker": COUNCIL}, []),
    ("other people", DEPORTED, {"code": "returned", "people": "Chadians", "speaker": COUNCIL}, []),
    ("another country", DEPORTED, {"code": "returned", "place": "Sudan", "speaker": COUNCIL}, []),
    ("another month", DEPORTED, {"code": "returned", "window": ("2022-06-01", "2022-06-30"), "speaker": COUNCIL}, []),
    ("a plan", DEPORTED, {"code": "returned", "modality": Modality.PLANNED, "speaker": COUNCIL}, []),
    ("families and people", DEPORTED, {"code": "returned", "unit": "household", "speaker": COUNCIL}, []),
    ("too few", {**DEPORTED, "said": "40"}, {"said": "40", "code": "returned", "speaker": COUNCIL}, []),
    ("a wave in metres and in feet", WAVE, {"said": "250", "unit": "ft", "speaker": COUNCIL}, ["agrees"]),
    ("a wave of as many feet as metres", WAVE, {"unit": "ft", "speaker": COUNCIL}, []),
    ("a wave in metres and in hours", WAVE, {"unit": "hour", "speaker": COUNCIL}, []),
    ("two voices", KILLED, {"speaker": COUNCIL}, ["agrees"]),
    ("one voice twice", KILLED, {}, []),
    ("one voice by another name", KILLED, {"speaker": "the Border Agency of Chad"}, []),
    ("the narrator repeats it", KILLED, {"speaker": None}, []),
    ("numbers that fit", KILLED, {"said": "1,200", "hedge": "about", "speaker": COUNCIL}, ["agrees"]),
    ("a month's totals, their words not known", KILLED, {"said": "2,311", "speaker": COUNCIL}, []),
    ("bounds that leave room", KILLED, {"said": "900", "hedge": "over", "speaker": COUNCIL}, []),
    ("one speaker corrects himself", KILLED, {"said": "2,311"}, []),
    ("unnamed people", KILLED, {"said": "2,311", "people": None, "speaker": COUNCIL}, []),
    ("no window", {**KILLED, "window": None}, {"said": "2,311", "speaker": COUNCIL}, []),
    ("no place", {**KILLED, "place": None}, {"said": "2,311", "speaker": COUNCIL}, []),
    ("another day of speaking", KILLED, {"said": "2,311", "as_of": "2023-07-09", "speaker": COUNCIL}, []),
    ("feared", KILLED, {"said": "2,311", "modality": Modality.FEARED, "speaker": COUNCIL}, []),
    ("hurt is not dead", KILLED, {"code": "injured", "speaker": COUNCIL}, ["different-measure"]),
    ("hurt is not dead, unlike", KILLED, {"said": "2,311", "code": "injured", "speaker": COUNCIL}, []),
    (
        "people and attacks",
        {"said": "15", "code": "suicide_attack", "people": PEOPLE},
        {"said": "14", "unit": "event", "speaker": COUNCIL},
        ["different-measure"],
    ),
    ("half a month of a month", KILLED, {"said": "900", "window": ("2023-06-01", "2023-06-14")}, ["part-of"]),
    ("a town of a country", KILLED, {"said": "900", "place": "Adré"}, ["part-of"]),
    ("women of all", KILLED, {"said": "900", "people": "women civilians"}, []),
    ("a part above its whole", KILLED, {"said": "9,000", "place": "Adré"}, []),
    ("a part by another count", KILLED, {"said": "900", "place": "Adré", "speaker": COUNCIL}, []),
    (
        "a stock has no parts in time",
        {**KILLED, "code": "displaced", "kind": Kind.STOCK},
        {"said": "900", "place": "Adré"},
        [],
    ),
]


@pytest.mark.parametrize(("one", "changed", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_relations(one: dict[str, Any], changed: dict[str, Any], expected: list[str]) -> None:
    assert kinds(make_side(**one), make_side(**{**one, **changed})) == expected


def test_both_terms_stand_verbatim_and_no_side_is_judged() -> None:
    (relation,) = relate(
        [
            make_side(**{**DEPORTED, "term": "put over the border"}),
            make_side(**{**DEPORTED, "code": "left_voluntarily", "term": "went by choice", "speaker": COUNCIL}),
        ]
    )
    assert "“put over the border” (Border Agency)" in relation.reason
    assert "“went by choice” (Refugee Council)" in relation.reason
    assert "cannot both be the same people" in relation.reason


def test_the_tests_stand_in_their_order() -> None:
    (relation,) = relate([make_side(**KILLED), make_side(**{**KILLED, "speaker": COUNCIL})])
    assert tuple(test.name for test in relation.tests) == ORDER
    assert [test.outcome for test in relation.tests] == ["same"] * 6 + ["different"]
    assert all(test.why for test in relation.tests)


EVENT: dict[str, Any] = {"people": "civilians", "window": ("2023-06-04", "2023-06-04")}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Police said ⟦9⟧ died, while the hospital said ⟦31⟧ died.", ["contradicts"]),
        ("Police said ⟦9⟧ died. But the hospital counted ⟦31⟧ dead.", ["contradicts"]),
        ("Police said ⟦9⟧ died. But the hospital counted ⟦31⟧ dead of burns.", []),
        ("Police said ⟦31⟧ died, while the hospital said the other ⟦9⟧ died.", []),
        ("Police said the first had ⟦9⟧ dead, while the hospital said ⟦31⟧ died.", []),
        ("Police said ⟦9⟧ died in the market. At the bridge, the hospital said, ⟦31⟧ died.", []),
    ],
)
def test_two_numbers_of_one_day_contradict_only_where_the_words_set_them_against_each_other(
    sides_in: Callable[..., tuple[str, list[Side]]], marked: str, expected: list[str]
) -> None:
    text, (a, b) = sides_in(marked, ["killed", "killed"], **EVENT)
    document = Document(text, digest(text))
    told = re.finditer(r"(police|the hospital) (said|counted)", text, re.IGNORECASE)
    pair = [
        Side(
            side.figure,
            m.group(1),
            "article",
            ((document.anchor(Span(*m.span(1))), document.anchor(Span(*m.span(2)))),),
        )
        for side, m in zip((a, b), told, strict=True)
    ]
    assert kinds(*pair, text=text) == expected
    assert kinds(*pair) == []


@pytest.mark.parametrize(
    ("marked", "parts"),
    [
        ("⟦17⟧ people died, including ⟦3⟧ children.", [("3", "17")]),
        ("⟦17⟧ people died, including ⟦3⟧ children and ⟦2⟧ nurses.", [("3", "17"), ("2", "17")]),
        ("⟦17⟧ people died, among them ⟦3⟧ children. Later ⟦2⟧ more died.", [("3", "17")]),
        ("⟦60⟧ people fled, ⟦9⟧ of them ill, and ⟦4⟧ died.", [("9", "60")]),
        ("⟦60⟧ people fled, ⟦9⟧ of them ill and ⟦4⟧ of them old.", [("9", "60"), ("4", "60")]),
        ("⟦60⟧ people fled, of whom ⟦9⟧ were ill.", [("9", "60")]),
        ("⟦10⟧ of the ⟦30⟧ rebels died.", [("10", "30")]),
        ("⟦10⟧ out of ⟦30⟧ rebels died.", [("10", "30")]),
        ("⟦40⟧ of the ⟦30⟧ rebels died.", []),
        ("⟦10⟧ guards and ⟦30⟧ rebels died.", []),
        ("⟦17⟧ people died, including ⟦30⟧ children.", []),
        ("⟦17⟧ died. Including ⟦3⟧ children is hard.", []),
    ],
)
def test_parts_by_their_words(
    sides_in: Callable[..., tuple[str, list[Side]]], marked: str, parts: list[tuple[str, str]]
) -> None:
    text, sides = sides_in(marked, ["killed"] * marked.count("⟦"), window=None)
    found = [r for r in relate(sides, text=text) if r.kind is RelationKind.PART_OF]
    assert [(r.a.figure.number.anchor.quote, r.b.figure.number.anchor.quote) for r in found] == parts


RECORD: dict[str, Any] = {"where": "records", "as_of": None}


def test_the_same_number_in_the_records_under_another_word(side: Make) -> None:
    own = side("20,417", "deported", hedge="over", people=PEOPLE, term="deported")
    record = side("20,417", "returned", people="Sudanese", speaker=COUNCIL, term="went home", **RECORD)
    (relation,) = relate([own], [record])
    assert relation.kind is RelationKind.RECHARACTERISES
    assert "the same number, 20,417" in relation.reason
    assert f"“went home” ({COUNCIL})" in relation.reason


def test_the_same_number_in_the_records_agrees_with_who_said_it(side: Make) -> None:
    own = side("20,417", "deported", people=PEOPLE)
    record = side("20,417", "deported", people=PEOPLE, speaker=COUNCIL, **RECORD)
    (relation,) = relate([own], [record])
    assert relation.kind is RelationKind.AGREES
    assert COUNCIL in relation.reason
    assert relate([side("20,417", "deported", people=PEOPLE, speaker=COUNCIL)], [record]) == ()


def test_records_never_contradict(side: Make) -> None:
    own = side("1,204", "killed", people="civilians", speaker=AGENCY)
    assert relate([own], [side("2,311", "killed", people="civilians", speaker=COUNCIL, **RECORD)]) == ()


def test_relations_with_records_are_few_and_the_nearest_first(side: Make) -> None:
    own = side("200,000", "left_voluntarily", hedge="over", people=PEOPLE, window=None)
    days = ["2023-07-06", "2023-07-02", "2023-06-30", "2023-05-20"]
    numbers = ["201,300", "217,355", "223,503", "232,398"]
    records = [
        side(n, "returned", people=PEOPLE, speaker=COUNCIL, window=("2023-01-01", day), **RECORD)
        for n, day in zip(numbers, days, strict=True)
    ]
    found = relate([own], records)
    assert [r.b.figure.number.anchor.quote for r in found] == ["217,355", "223,503"]


def test_vague_numbers_are_like_nothing(side: Make) -> None:
    own = side("2,000", "deported", people=PEOPLE, hedge="at least")
    assert relate([own], [side("90,000", "returned", people=PEOPLE, speaker=COUNCIL, **RECORD)]) == ()


def test_figures_without_measure_or_number_are_passed_over(side: Make) -> None:
    assert relate([side("9", "other"), side("9", "other", speaker=COUNCIL)]) == ()
    assert relate([]) == ()


SIDES = st.builds(
    make_side,
    st.integers(1, 10**6).map(str),
    st.sampled_from(["killed", "injured", "deported", "returned", "left_voluntarily", "attack", "other"]),
    speaker=st.sampled_from([None, AGENCY, COUNCIL]),
    people=st.sampled_from([None, PEOPLE, "civilians", ""]),
    place=st.sampled_from([None, "Chad", "Adré", "Sudan"]),
    window=st.sampled_from([None, ("2023-06-01", "2023-06-30"), ("2023-06-01", "2023-06-14")]),
    hedge=st.sampled_from(["", "over", "about", "at least"]),
    unit=st.sampled_from(["person", "event", "household"]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(SIDES, max_size=6), st.lists(SIDES, max_size=4))
def test_whatever_is_related_is_told_once_and_with_a_reason(own: list[Side], others: list[Side]) -> None:
    found = relate(own, others)
    pairs = [frozenset((id(r.a), id(r.b))) for r in found]
    assert len(pairs) == len(set(pairs))
    for relation in found:
        assert relation.reason
        assert "\n" not in relation.reason
        if relation.kind is RelationKind.CONTRADICTS:
            assert {test.name: test.outcome for test in relation.tests}["quantity"] == "disjoint"
            assert None not in (relation.a.speaker, relation.b.speaker)
    assert relate(own, others) == found
