"""What figures count: rows of (marked words, expected), then laws.

In a row the first mark is the number; W, E and T before a mark make it what, event or time.
"""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.reading import lexemes, measures, taxonomy
from counterfoil.reading.model import Direction, Kind, Modality
from counterfoil.spans import Span

ROLE = re.compile(r"([NWET])⟦([^⟧]*)⟧")


def judged(row: str, shape: str = "count", unit: str = "") -> tuple[str, measures.Judged]:
    """Return the text without marks and the judgement on its number."""
    text, at, spans = "", 0, {}
    for mark in ROLE.finditer(row):
        text += row[at : mark.start()]
        spans[mark[1]] = Span(len(text), len(text) + len(mark[2]))
        text += mark[2]
        at = mark.end()
    text += row[at:]
    found = measures.judge(
        text,
        number=spans["N"],
        shape=shape,
        unit=unit,
        direction=None,
        what=spans.get("W"),
        event=spans.get("E"),
        time=spans.get("T"),
        clause=Span(0, len(text)),
    )
    return text, found


@pytest.mark.parametrize(
    ("row", "code", "unit"),
    [
        ("Shells E⟦killed⟧ N⟦nine⟧ W⟦civilians⟧ near the mill.", "killed", "person"),
        ("The flood E⟦claimed⟧ N⟦71⟧ W⟦lives⟧.", "killed", "person"),
        ("Some N⟦40⟧ W⟦miners⟧ E⟦lost their lives⟧.", "killed", "person"),
        ("Divers brought up N⟦six⟧ W⟦bodies⟧.", "killed", "person"),
        ("Two in N⟦40⟧ W⟦miners⟧ E⟦killed⟧ were boys.", "killed", "person"),
        ("The quake E⟦cost⟧ N⟦1,200⟧ lives.", "killed", "person"),
        ("The storm killed 14 and E⟦forced⟧ N⟦6,200⟧ from their homes.", "displaced", "person"),
        ("Raiders E⟦drove⟧ N⟦900⟧ W⟦people⟧ out of their villages.", "displaced", "person"),
        ("The W⟦death toll⟧ rose to N⟦31⟧.", "killed", "person"),
        ("The raid E⟦wounded⟧ N⟦12⟧ W⟦people⟧ in an attack on a bus.", "injured", "person"),
        ("N⟦Sixty⟧ W⟦people⟧ were E⟦killed or wounded⟧.", "casualties", "person"),
        ("N⟦Three⟧ W⟦suicide bombings⟧ shook the port.", "suicide_attack", "event"),
        ("The group staged N⟦14⟧ W⟦attacks⟧ this year.", "attack", "event"),
        ("Jets flew N⟦20⟧ W⟦airstrikes⟧.", "airstrike", "event"),
        ("N⟦300⟧ W⟦houses⟧ were E⟦destroyed⟧.", "buildings_destroyed", "building"),
        ("N⟦300⟧ W⟦drones⟧ were E⟦destroyed⟧.", "weapons", "item"),
        ("N⟦300⟧ W⟦trucks⟧ were E⟦destroyed⟧.", "vehicles", "vehicle"),
        ("N⟦40⟧ W⟦buffaloes⟧ E⟦drowned⟧.", "animals", "animal"),
        ("N⟦8,400⟧ W⟦people⟧ E⟦have fled⟧ the valley.", "displaced", "person"),
        ("N⟦8,400⟧ W⟦families⟧ were E⟦displaced⟧.", "displaced", "household"),
        ("The camp E⟦hosts⟧ N⟦52,000⟧ W⟦refugees⟧.", "refugees", "person"),
        ("N⟦17⟧ W⟦villages⟧ have no road.", "other", "other"),
        ("The committee has N⟦ten⟧ W⟦teachers⟧.", "people", "person"),
        ("The W⟦average toll⟧ was N⟦nine⟧.", "killed", "person"),
        ("Drought E⟦left⟧ N⟦4,000⟧ W⟦people⟧ hungry.", "in_need", "person"),
        ("The quake E⟦left⟧ N⟦4,000⟧ W⟦people⟧ in tents.", "people", "person"),
        ("N⟦4,000⟧ W⟦people⟧ E⟦left⟧ in May.", "departed", "person"),
        ("The W⟦number of children⟧ E⟦reached⟧ N⟦3,456⟧.", "people", "person"),
        ("Fever E⟦has killed⟧ 143 and infected N⟦5,600⟧.", "infected", "person"),
        ("Mud E⟦buried⟧ N⟦12⟧ W⟦houses⟧.", "buildings_destroyed", "building"),
        ("Mud buried 12 W⟦houses⟧ and E⟦killed⟧ N⟦30⟧.", "killed", "person"),
        ("The N⟦nine⟧ W⟦men⟧ on E⟦board⟧ slept.", "aboard", "person"),
        ("N⟦900⟧ W⟦people⟧ E⟦were evicted⟧.", "displaced", "person"),
        ("The storm E⟦affected⟧ N⟦900⟧ W⟦people⟧.", "affected", "person"),
        ("The UN E⟦plans⟧ to resettle N⟦900⟧ W⟦refugees⟧.", "resettled", "person"),
        ("The UN E⟦counts⟧ N⟦900⟧ W⟦refugees⟧.", "refugees", "person"),
        ("Peru E⟦has taken⟧ in N⟦900⟧ W⟦Somalis⟧.", "arrived", "person"),
    ],
)
def test_code_and_unit(row: str, code: str, unit: str) -> None:
    found = judged(row)[1]
    assert (found.code, found.unit) == (code, unit)


@pytest.mark.parametrize(
    ("row", "code", "term", "nature"),
    [
        ("N⟦500⟧ W⟦Bolivians⟧ E⟦were deported⟧.", "deported", "deported", "forced"),
        ("N⟦500⟧ W⟦Bolivians⟧ E⟦were expelled⟧.", "expelled", "expelled", "forced"),
        ("N⟦500⟧ W⟦Bolivians⟧ E⟦were forcibly returned⟧.", "deported", "forcibly returned", "forced"),
        ("Guards E⟦pushed back⟧ N⟦500⟧ W⟦migrants⟧.", "pushed_back", "pushed back", "forced"),
        ("N⟦500⟧ W⟦Bolivians⟧ E⟦left voluntarily⟧.", "left_voluntarily", "left voluntarily", "voluntary"),
        (
            "N⟦500⟧ W⟦Bolivians⟧ E⟦left the country voluntarily⟧.",
            "left_voluntarily",
            "left the country voluntarily",
            "voluntary",
        ),
        (
            "N⟦500⟧ W⟦Bolivians⟧ E⟦have returned⟧ of their own accord.",
            "returned_voluntarily",
            "returned of their own accord",
            "voluntary",
        ),
        (
            "N⟦500⟧ W⟦Bolivians⟧ E⟦left⟧ of their own free will.",
            "left_voluntarily",
            "left of their own free will",
            "voluntary",
        ),
        (
            "N⟦500⟧ W⟦Bolivians⟧ E⟦returned voluntarily⟧.",
            "returned_voluntarily",
            "returned voluntarily",
            "voluntary",
        ),
        ("N⟦500⟧ W⟦Bolivians⟧ E⟦returned⟧.", "returned", "returned", "unstated"),
        ("N⟦500⟧ W⟦Bolivians⟧ E⟦were repatriated⟧.", "repatriated", "repatriated", "unstated"),
        ("N⟦500⟧ W⟦Bolivians⟧ E⟦left⟧ in May.", "departed", "left", "unstated"),
        ("N⟦500⟧ W⟦villagers⟧ E⟦were evacuated⟧.", "evacuated", "evacuated", "assisted"),
        ("N⟦500⟧ W⟦villagers⟧ E⟦were relocated⟧ inland.", "relocated", "relocated", "assisted"),
    ],
)
def test_words_of_one_movement_stay_apart_and_verbatim(row: str, code: str, term: str, nature: str) -> None:
    text, found = judged(row)
    entry = measures.measure(found.code)
    assert entry is not None
    assert found.term is not None
    assert (found.code, found.term.of(text), entry.nature, entry.movement) == (code, term, nature, True)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("N⟦20⟧ W⟦women⟧ E⟦were recovered⟧ from the river.", "people"),  # alive or dead? not said
        ('The channel, with N⟦9,000⟧ W⟦readers⟧, claims that "hundreds are dead".', "people"),
        ("After the killing of a mayor, N⟦seven⟧ W⟦soldiers⟧ E⟦sang⟧.", "people"),
        ("N⟦63⟧ W⟦casings⟧ were E⟦recovered⟧.", "other"),
        ("The N⟦two⟧ sides of the W⟦river⟧ E⟦reached an agreement⟧.", "other"),
        # what happens to another number's people, and to a part of them
        ("Chad E⟦sent⟧ N⟦500⟧ W⟦soldiers⟧ to Bol after rebels killed 30 there.", "people"),
        ("Two of the N⟦four⟧ W⟦missing⟧ E⟦were declared dead⟧ on Friday.", "missing"),
        ("At least 12 of N⟦90⟧ wounded E⟦have since died⟧.", "injured"),
        ("Most of the N⟦340⟧ detained E⟦were shot⟧ at night.", "detained"),
    ],
)
def test_no_harm_is_read_into_words_that_do_not_say_it(row: str, code: str) -> None:
    assert judged(row)[1].code == code


def test_an_ambiguous_noun_follows_the_subject_of_the_article() -> None:
    assert judged("The court heard N⟦40⟧ W⟦cases⟧.")[1].code == "other"
    assert judged("Cholera has come back. N⟦40⟧ W⟦cases⟧ stand in the book.")[1].code == "infected"
    assert judged("Asylum takes years. N⟦40⟧ W⟦cases⟧ stand in the book.")[1].code == "asylum_seekers"
    assert judged("Asylum and cholera. N⟦40⟧ W⟦cases⟧ stand in the book.")[1].code == "other"


@pytest.mark.parametrize(
    ("row", "shape", "unit", "code", "kind"),
    [
        ("E⟦Killed⟧: N⟦9⟧ W⟦men⟧", "count", "", "killed", Kind.FLOW),
        ("N⟦9,000⟧ W⟦people⟧ E⟦remain displaced⟧.", "count", "", "displaced", Kind.STOCK),
        ("N⟦9,000⟧ W⟦people⟧ E⟦were displaced⟧ on Friday.", "count", "", "displaced", Kind.FLOW),
        ("N⟦11⟧ W⟦divers⟧ are E⟦missing⟧.", "count", "", "missing", Kind.STOCK),
        ("The army E⟦has⟧ N⟦300⟧ W⟦lorries⟧.", "count", "", "vehicles", Kind.STOCK),
        ("The army E⟦seized⟧ N⟦300⟧ W⟦lorries⟧.", "count", "", "vehicles", Kind.FLOW),
        ("N⟦200⟧ W⟦patients⟧ a day E⟦are admitted⟧.", "count", "", "hospitalised", Kind.RATE),
        ("Chile E⟦admitted⟧ N⟦620⟧ W⟦refugees⟧ last year.", "count", "", "resettled", Kind.FLOW),
        ("The party E⟦gained⟧ N⟦13⟧ W⟦seats⟧.", "count", "", "seats", Kind.CHANGE),
        ("The party E⟦won⟧ N⟦13⟧ W⟦seats⟧.", "count", "", "seats", Kind.FLOW),
        ("Peru E⟦wants to relocate⟧ N⟦33⟧ W⟦people⟧.", "count", "", "relocated", Kind.FLOW),
        ("A storm E⟦could displace⟧ N⟦33⟧ W⟦people⟧.", "count", "", "displaced", Kind.FLOW),
        ("N⟦33⟧ W⟦people⟧ E⟦lost their lives⟧.", "count", "", "killed", Kind.FLOW),
        ("The W⟦toll⟧ rose by six to N⟦51⟧.", "count", "", "killed", Kind.FLOW),
        ("The W⟦toll⟧ rose by N⟦six⟧ to 51.", "count", "", "killed", Kind.CHANGE),
        ("The W⟦driver⟧ was N⟦19⟧.", "count", "", "age", Kind.AGE),
        ("The W⟦number of drivers⟧ was N⟦19⟧.", "count", "", "people", Kind.STOCK),
        ("A W⟦goat⟧ E⟦costs⟧ N⟦$30⟧.", "money", "USD", "price", Kind.MONEY),
        ("The party E⟦has⟧ N⟦13⟧ W⟦seats⟧.", "count", "", "seats", Kind.STOCK),
        ("W⟦Attacks⟧ E⟦rose⟧ by N⟦60%⟧.", "percent", "percent", "attack", Kind.CHANGE),
        ("N⟦60%⟧ of the W⟦attacks⟧ E⟦failed⟧.", "percent", "percent", "attack", Kind.SHARE),
        ("The share of W⟦nurses⟧ E⟦rose⟧ to N⟦60%⟧.", "percent", "percent", "people", Kind.SHARE),
        ("More than N⟦60%⟧ of W⟦teachers⟧ E⟦walk⟧.", "percent", "percent", "people", Kind.SHARE),
        ("A W⟦wall⟧ N⟦186⟧ km E⟦long⟧.", "measure", "km", "distance", Kind.MEASUREMENT),
        ("The W⟦tower⟧ is N⟦40⟧ m E⟦high⟧.", "measure", "m", "height", Kind.MEASUREMENT),
        ("N⟦40⟧ mm of W⟦rain⟧ E⟦fell⟧.", "measure", "mm", "rainfall", Kind.MEASUREMENT),
        ("A W⟦quake⟧ of E⟦magnitude⟧ N⟦6.1⟧.", "measure", "other", "magnitude", Kind.MEASUREMENT),
        ("A N⟦6.1⟧ W⟦earthquake⟧ woke the town.", "count", "", "magnitude", Kind.MEASUREMENT),
        ("They felt N⟦400⟧ magnitude 2 W⟦earthquakes⟧.", "count", "", "other", Kind.FLOW),
        ("The N⟦ten⟧-storey W⟦tower⟧ fell.", "count", "", "height", Kind.MEASUREMENT),
        ("The W⟦theft rate⟧ was N⟦9⟧.", "count", "", "crime", Kind.RATE),
        ("A W⟦loaf⟧ E⟦costs⟧ N⟦$3⟧.", "money", "USD", "price", Kind.MONEY),
        ("The W⟦dam⟧ E⟦cost⟧ N⟦$3 million⟧.", "money", "USD", "money", Kind.MONEY),
        ("W⟦Amina⟧, N⟦31⟧, is a nurse.", "age", "year", "age", Kind.AGE),
        ("A N⟦six⟧-hour W⟦siege⟧", "duration", "hour", "duration", Kind.DURATION),
    ],
)
def test_kind(row: str, shape: str, unit: str, code: str, kind: Kind) -> None:
    found = judged(row, shape, unit)[1]
    assert (found.code, found.kind) == (code, kind)


@pytest.mark.parametrize(
    ("row", "modality"),
    [
        ("Rain E⟦killed⟧ N⟦nine⟧ W⟦men⟧.", Modality.OBSERVED),
        ("In May N⟦nine⟧ W⟦men⟧ E⟦were killed⟧.", Modality.OBSERVED),
        ("An estimated N⟦900⟧ W⟦people⟧ E⟦fled⟧.", Modality.ESTIMATED),
        ("N⟦900⟧ W⟦people⟧ E⟦could be deported⟧.", Modality.PROJECTED),
        ("N⟦900⟧ W⟦people⟧ are expected to E⟦return⟧.", Modality.PROJECTED),
        ("Lima expects N⟦900⟧ W⟦arrivals⟧ by June.", Modality.PROJECTED),
        ("N⟦90⟧ W⟦men⟧ may have E⟦drowned⟧.", Modality.ESTIMATED),
        ("N⟦90⟧ W⟦men⟧ may E⟦drown⟧.", Modality.PROJECTED),
        ("They fear N⟦90⟧ W⟦deaths⟧.", Modality.FEARED),
        ("Peru plans to E⟦return⟧ N⟦900⟧ W⟦people⟧.", Modality.PLANNED),
        ("It is feared that N⟦nine⟧ W⟦men⟧ E⟦drowned⟧.", Modality.FEARED),
        ("The mayor denied that N⟦nine⟧ W⟦men⟧ E⟦had drowned⟧.", Modality.DENIED),
        ("The group denied the raid that E⟦killed⟧ N⟦nine⟧ W⟦men⟧.", Modality.OBSERVED),
        ("It denied that it fired and said N⟦nine⟧ W⟦men⟧ E⟦had died⟧.", Modality.OBSERVED),
        ("They could not find N⟦nine⟧ W⟦men⟧ who E⟦had fled⟧.", Modality.OBSERVED),
    ],
)
def test_modality(row: str, modality: Modality) -> None:
    assert judged(row)[1].modality is modality


@pytest.mark.parametrize(
    ("row", "population"),
    [
        ("N⟦20⟧ W⟦people⟧ E⟦fled⟧.", None),
        ("N⟦20⟧ W⟦deaths⟧ were counted.", None),
        ("N⟦20⟧ W⟦Peruvian citizens⟧ E⟦fled⟧.", "Peruvian citizens"),
        ("The W⟦number of civilians killed by mines⟧ E⟦rose⟧ to N⟦20⟧.", "civilians"),
        ("N⟦20⟧ W⟦other migrants⟧ E⟦fled⟧.", "migrants"),
        ("N⟦20⟧ W⟦houses⟧ burned.", None),
        ("N⟦20⟧ W⟦nationals of Peru⟧ E⟦fled⟧.", "nationals of Peru"),
        ("N⟦20⟧ W⟦members of the security forces⟧ E⟦fled⟧.", "members of the security forces"),
        ("N⟦20⟧ W⟦militants⟧ E⟦fled⟧.", "militants"),
    ],
)
def test_population(row: str, population: str | None) -> None:
    text, found = judged(row)
    assert (found.population.of(text) if found.population else None) == population


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("W⟦Thefts⟧ E⟦rose⟧ by N⟦60%⟧", Direction.UP),
        ("W⟦Thefts⟧ E⟦have fallen⟧ by N⟦60%⟧", Direction.DOWN),
        ("N⟦60%⟧ fewer W⟦thefts⟧", Direction.DOWN),
        ("N⟦60%⟧ more than last year", Direction.UP),
        ("more than N⟦60%⟧ of W⟦thefts⟧", None),
        ("up to N⟦60%⟧ of W⟦thefts⟧", None),
    ],
)
def test_direction(row: str, expected: Direction | None) -> None:
    text = ROLE.sub(r"\2", row)
    spans = {
        m[1]: Span(len(ROLE.sub(r"\2", row[: m.start()])), len(ROLE.sub(r"\2", row[: m.end()])))
        for m in ROLE.finditer(row)
    }
    assert measures.direction(text, spans["N"], spans.get("E"), spans.get("W")) is expected


LABELS = (
    "killed injured missing casualties abducted detained infected recovered tested hospitalised displaced evacuated "
    "deported returned departed arrived refugees asylum_seekers undocumented stranded rescued awaiting_resettlement "
    "resettled homeless aboard participants protesters attack suicide_attack airstrike protest clash crime flight "
    "accident buildings_damaged buildings_destroyed weapons votes seats money price jobs economy trade distance area "
    "height depth speed mass temperature magnitude volume rainfall duration age score population people households "
    "organisations vehicles animals other"
)


def test_every_code_has_a_label_of_the_format_and_every_label_a_code() -> None:
    assert {entry.label for entry in measures.taxonomy()} == set(LABELS.split())
    assert measures.label("left_voluntarily") == "departed"
    assert measures.label("no such code") == "other"


def test_movements_say_how_they_differ() -> None:
    moving = [entry for entry in measures.taxonomy() if entry.movement]
    assert {entry.nature for entry in moving} == {"forced", "voluntary", "assisted", "unstated"}
    assert all(entry.definition and entry.differs for entry in measures.taxonomy())


def test_the_page_is_the_taxonomy() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "measures.md"
    assert page.read_text("utf-8") == taxonomy.reference(), "run: make docs"


WORDS = st.lists(
    st.sampled_from(
        [
            "killed",
            "left",
            "voluntarily",
            "people",
            "attacks",
            "-",
            "rose",
            "12",
            "of",
            "the",
            "“",
            "😀",
            "\ud800",
            "ﬁ",
            "İ",
            "\x00",
            "_",
            "per",
            "100",
            "a",
            "day",
        ]
    )
    | st.text(max_size=4),
    min_size=3,
    max_size=40,
)


@settings(max_examples=100, deadline=None)
@given(WORDS, st.data())
def test_any_text_is_judged_within_itself_and_always_alike(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words) + "."

    def span() -> Span:
        start = data.draw(st.integers(0, len(text) - 1))
        return Span(start, data.draw(st.integers(start + 1, len(text))))

    shape = data.draw(
        st.sampled_from("count percent points fraction multiple money measure duration age rate score vague".split())
    )
    roles = {name: data.draw(st.none() | st.builds(span)) for name in ("what", "event", "time")}
    number, clause = span(), span()
    arguments = {"number": number, "shape": shape, "unit": "", "direction": None, "clause": clause, **roles}
    found = measures.judge(text, **arguments)
    assert found == measures.judge(text, **arguments)
    assert all(part is None or part.end <= len(text) for part in (found.term, found.population))
    assert measures.measure(found.code) is not None


@pytest.mark.parametrize("piece", ["1,", "killed 1 ", "((((", "“", "left left ", "of the people "])
def test_a_long_text_costs_each_figure_no_more_than_a_short_one(piece: str) -> None:
    text = piece * 60_000
    whole = Span(0, len(text))
    for start in range(0, 400_000, 40_000):
        start %= len(text) - 1
        number = Span(start, start + 1)
        found = measures.judge(
            text, number=number, shape="count", unit="", direction=None, what=None, event=None, time=None, clause=whole
        )
        assert found.term is None or abs(found.term.start - start) < lexemes.WINDOW


def test_a_phrase_stands_for_its_forms_in_the_order_written() -> None:
    assert taxonomy.expand("claim(|s|ed) (of |)asylum") == [
        ("claim", "of", "asylum"),
        ("claim", "asylum"),
        ("claims", "of", "asylum"),
        ("claims", "asylum"),
        ("claimed", "of", "asylum"),
        ("claimed", "asylum"),
    ]
