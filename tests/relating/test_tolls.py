"""Tolls of one happening whose words tell no day: followed from article to article, and never joined with another's."""

from datetime import date, timedelta
from itertools import product

import pytest

from counterfoil.relating import relate_all
from counterfoil.relating.happenings import Manner, named, names_happening
from counterfoil.relating.model import Decision, Group, RelationKind
from counterfoil.relating.revisions import reason_given
from counterfoil.spans import Span

from .test_many import Texts, made, told

MON, TUE, WED, THU, FRI = (f"2025-06-0{day}" for day in range(2, 7))
NEXT_MON, NEXT_FRI = "2025-06-09", "2025-06-13"

FOLLOWED: list[tuple[str, Texts, set[str]]] = [
    (
        "floods, in the plural and with no article",
        [
            ("A", TUE, "Floods in Gombe have killed 34 people, Nigeria's Emergency Management Agency said on Tuesday."),
            (
                "A",
                WED,
                "Floods in Gombe have killed 41 people, Nigeria's Emergency Management Agency said on Wednesday.",
            ),
            ("B", FRI, "The floods in Gombe have claimed 57 lives, the Emergency Management Agency said on Friday."),
        ],
        {"41 supersedes 34", "57 supersedes 41"},
    ),
    (
        "an earthquake whose toll falls, once with no word why, once with one",
        [
            ("A", TUE, "An earthquake in Jajarkot, Nepal, killed 157 people, the home ministry said on Tuesday."),
            ("B", THU, "The earthquake in Jajarkot killed 151 people, Nepal's home ministry said on Thursday."),
            (
                "A",
                FRI,
                "Nepal's home ministry on Friday lowered the death toll from the earthquake in Jajarkot to 148, saying "
                "that some bodies had been counted twice.",
            ),
        ],
        {"151 revises 157", "148 revises 151"},
    ),
    (
        "a gas explosion: a new one, then the one that is known",
        [
            ("A", MON, "A gas explosion in Oaxaca, Mexico, killed 6 people, the fire department said on Monday."),
            ("A", TUE, "The explosion in Oaxaca killed 9 people, Mexico's fire department said on Tuesday."),
            (
                "A",
                WED,
                "At least 11 people have now died from the explosion in Oaxaca, Mexico, the fire department said.",
            ),
        ],
        {"9 supersedes 6", "11 supersedes 9"},
    ),
    (
        "a disease that goes on for weeks",
        [
            ("A", TUE, "Cholera has killed 118 people in Juba, South Sudan's health ministry said on Tuesday."),
            ("A", FRI, "Cholera has killed 131 people in Juba, South Sudan's health ministry said on Friday."),
            ("A", NEXT_FRI, "The cholera outbreak in Juba has killed 164 people, South Sudan's health ministry said."),
        ],
        {"131 supersedes 118", "164 supersedes 131"},
    ),
    (
        "a landslide: the injured and the dead apart",
        [
            ("A", MON, "A landslide in Chittagong injured 48 people, Bangladesh's fire service said on Monday."),
            ("A", TUE, "The landslide in Chittagong injured 62 people and killed 14, Bangladesh's fire service said."),
            (
                "A",
                WED,
                "Bangladesh's fire service said on Wednesday that the landslide in Chittagong had killed 21 people.",
            ),
        ],
        {"62 supersedes 48", "21 supersedes 14"},
    ),
    (
        "two sources on one day, and the first of them on the next",
        [
            ("A", MON, "The earthquake in Herat killed 210 people, the Afghan health ministry said on Monday."),
            (
                "B",
                MON,
                "The Afghan Red Crescent said on Monday that 340 people had been killed in the earthquake in Herat.",
            ),
            ("A", TUE, "The earthquake in Herat killed 255 people, the Afghan health ministry said on Tuesday."),
        ],
        {"210 contradicts 340", "255 supersedes 210"},
    ),
    (
        "a toll that fell",
        [
            (
                "A",
                MON,
                "The death toll from the landslides in Petrópolis, Brazil, rose to 104, the civil defence said.",
            ),
            ("A", WED, "The death toll from the landslides in Petrópolis, Brazil, fell to 94, the civil defence said."),
            ("B", THU, "Landslides in Petrópolis, Brazil, have killed 94 people, according to the civil defence."),
        ],
        {"94 revises 104", "94 relays 94"},
    ),
    (
        "from, to, and why",
        [
            ("A", MON, "The storm in Beira, Mozambique, killed 63 people, the disaster institute said on Monday."),
            (
                "A",
                TUE,
                "The disaster institute on Tuesday revised the death toll of the storm in Beira, Mozambique, from 63 "
                "to 58, because five bodies had been counted twice.",
            ),
        ],
        {"58 revises 63", "63 relays 63"},
    ),
    (
        "down from",
        [
            ("A", MON, "The stampede in Multan, Pakistan, killed 39 people, the provincial hospital said on Monday."),
            (
                "B",
                WED,
                "The provincial hospital said on Wednesday that 36 people had died in the stampede in Multan, "
                "Pakistan, down from 39.",
            ),
        ],
        {"36 revises 39", "39 relays 39"},
    ),
    (
        "not, as first thought",
        [
            ("A", MON, "The ferry disaster in Mombasa, Kenya, killed 52 people, the coastguard said on Monday."),
            (
                "A",
                TUE,
                "The coastguard said on Tuesday that 47 people had been killed in the ferry disaster in Mombasa, "
                "Kenya, not 52 as first thought.",
            ),
        ],
        {"47 revises 52", "52 relays 52"},
    ),
    (
        "a toll lowered to what it had been before",
        [
            ("A", MON, "A factory fire in Guwahati, India, killed 29 people, the Red Cross said on Monday."),
            (
                "B",
                TUE,
                "The death toll from the factory fire in Guwahati, India, has climbed to 32, the Red Cross said.",
            ),
            ("A", WED, "The factory fire in Guwahati, India, killed 35 people, the Red Cross said on Wednesday."),
            ("B", THU, "The Red Cross lowered the toll of the factory fire in Guwahati, India, to 32 on Thursday."),
        ],
        {"32 supersedes 29", "35 supersedes 32", "32 revises 35"},
    ),
    (
        "the day is told at first, and once more by another",
        [
            (
                "A",
                MON,
                "An earthquake on Sunday in Zinjibar, Yemen, killed 23 people, the civil defence said on Monday.",
            ),
            (
                "A",
                WED,
                "The civil defence said on Wednesday that the earthquake in Zinjibar, Yemen, had killed 37 people.",
            ),
            ("B", WED, "Sunday's earthquake in Zinjibar, Yemen, killed 61 people, the Yemeni Red Crescent said."),
        ],
        {"37 supersedes 23", "37 contradicts 61"},
    ),
    (
        "by Monday's bomb is of Monday",
        [
            ("A", TUE, "Police said nine people were killed by Monday's bomb in Kandahar."),
            ("A", WED, "Police said 13 people had been killed in Kandahar in Monday's bomb."),
        ],
        {"13 supersedes nine"},
    ),
    (
        "what happened is told in the sentence before",
        [
            (
                "A",
                MON,
                "A flood swept through Mopti, Mali, on Saturday. The flood killed 16 people, the governor said.",
            ),
            (
                "A",
                TUE,
                "The flood in Mopti, Mali, has displaced 3,000 people. In Mopti, 19 people have been killed, the "
                "governor said on Tuesday.",
            ),
        ],
        {"19 supersedes 16"},
    ),
    (
        "houses",
        [
            ("A", MON, "The floods in Tillabéri, Niger, destroyed 1,200 houses, the civil protection office said."),
            (
                "A",
                WED,
                "The floods in Tillabéri, Niger, have destroyed 1,850 houses, the civil protection office said.",
            ),
        ],
        {"1,850 supersedes 1,200"},
    ),
    (
        "the displaced: first with the day of the storm, then without",
        [
            (
                "A",
                MON,
                "A cyclone hit Toamasina on Sunday. Madagascar's disaster office said 14,000 people were displaced.",
            ),
            ("A", WED, "Some 21,500 people in Toamasina have been displaced, Madagascar's disaster office said."),
        ],
        {"21,500 supersedes 14,000"},
    ),
    (
        "copied, rounded, passed on and agreed with",
        [
            ("A", TUE, "Floods in Sylhet, Bangladesh, have killed 61 people, the disaster ministry said on Tuesday."),
            ("B", TUE, "About 60 people have been killed by floods in Sylhet, Bangladesh, the disaster ministry said."),
            ("C", WED, "Flooding has claimed 61 lives in Sylhet, according to Bangladesh's disaster ministry."),
            ("D", WED, "Floods in Sylhet have killed 61, the Bangladesh Red Crescent said on Wednesday."),
        ],
        {"60 rounds 61", "61 relays 61", "61 agrees 61"},
    ),
    (
        "within an article",
        [
            (
                "A",
                WED,
                "The earthquake of June 1 in Dhamar, Yemen, killed 56 people, the civil defence said on Wednesday.\n\n"
                "The Yemeni Red Crescent said on Wednesday that 71 people had been killed in the earthquake in Dhamar.",
            )
        ],
        {"56 contradicts 71"},
    ),
]


@pytest.mark.parametrize(("texts", "expected"), [c[1:] for c in FOLLOWED], ids=[c[0] for c in FOLLOWED])
def test_a_toll_is_followed_by_what_happened_and_where(texts: Texts, expected: set[str]) -> None:
    assert told(texts) == expected


APART: list[tuple[str, Texts, set[str]]] = [
    (
        "two blasts of one city, a week apart",
        [
            ("A", MON, "A blast in Quetta killed 12 people, police said on Monday."),
            ("A", NEXT_MON, "A blast in Quetta killed 15 people, police said on Monday."),
            ("B", NEXT_MON, "A blast tore through a bus station in Quetta. The blast killed 18 people, police said."),
        ],
        set(),
    ),
    (
        "two blasts of one city, at two places in it",
        [
            ("A", MON, "A blast at a mosque in Peshawar killed 12 people, police said on Monday."),
            ("A", WED, "The blast at a bus station in Peshawar killed 15 people, police said on Wednesday."),
        ],
        set(),
    ),
    (
        "two fires, each by what burned",
        [
            ("A", MON, "A fire at a factory in Gazipur, Bangladesh, killed 22 people, the fire service said."),
            ("A", WED, "The death toll of the slum fire in Gazipur, Bangladesh, rose to 29, the fire service said."),
        ],
        set(),
    ),
    (
        "two places",
        [
            ("A", TUE, "Floods in Kassala, Sudan, have killed 52 people, the health ministry said on Tuesday."),
            ("A", WED, "Floods in Gedaref, Sudan, have killed 63 people, the health ministry said on Wednesday."),
        ],
        set(),
    ),
    (
        "a second one, and another",
        [
            ("A", TUE, "An earthquake in Herat killed 40 people, the Afghan disaster ministry said on Tuesday."),
            ("A", FRI, "A second earthquake in Herat killed 55 people, the Afghan disaster ministry said on Friday."),
            ("B", FRI, "Another earthquake in Herat has killed 60 people, the Afghan disaster ministry said."),
        ],
        set(),
    ),
    (
        "months apart",
        [
            ("A", TUE, "Floods in Kano killed 30 people, the emergency agency said on Tuesday."),
            ("A", "2025-09-02", "Floods in Kano killed 49 people, the emergency agency said on Tuesday."),
        ],
        set(),
    ),
    (
        "shelling, which comes day by day",
        [
            ("A", TUE, "Shelling in Kherson killed 7 people, the governor said on Tuesday."),
            ("A", THU, "Shelling in Kherson killed 9 people, the governor said on Thursday."),
        ],
        set(),
    ),
    (
        "a state, its country, and the children",
        [
            ("A", WED, "Floods in Bihar, India, have killed 40 people, the disaster agency said on Wednesday."),
            ("B", WED, "Floods in India have killed 96 people, the interior ministry said on Wednesday."),
            ("C", WED, "Floods in Bihar, India, have killed 22 children, the health department said on Wednesday."),
        ],
        set(),
    ),
    (
        "another kind of happening",
        [
            ("A", TUE, "Floods in Kassala, Sudan, have killed 52 people, the state government said on Tuesday."),
            ("A", WED, "A boat accident in Kassala, Sudan, killed 63 people, the state government said on Wednesday."),
            ("B", TUE, "Fighting in Kassala, Sudan, killed 71 people, the doctors' union said on Tuesday."),
        ],
        set(),
    ),
    (
        "two sources on two days",
        [
            ("A", TUE, "Floods in Kassala, Sudan, have killed 52 people, the health ministry said on Tuesday."),
            ("B", THU, "Floods in Kassala, Sudan, have killed 63 people, the Sudanese Red Crescent said on Thursday."),
        ],
        set(),
    ),
    (
        "two sources on one day, one of them as of another",
        [
            ("A", WED, "The flood in Larkana, Pakistan, had killed 40 people by Monday, the province said."),
            ("B", WED, "The flood in Larkana, Pakistan, has killed 58 people, the army said on Wednesday."),
        ],
        set(),
    ),
    (
        "two sources on one day, one of them since a day",
        [
            ("A", WED, "Floods in Kassala, Sudan, have killed 52 people, the health ministry said on Wednesday."),
            ("B", WED, "Floods in Kassala, Sudan, have killed 63 people since May 1, the Red Crescent said."),
        ],
        set(),
    ),
    (
        "each by its day",
        [
            ("A", TUE, "Sunday's earthquake in Osh, Kyrgyzstan, killed 23 people, the emergency ministry said."),
            ("A", FRI, "Wednesday's earthquake in Osh, Kyrgyzstan, killed 31 people, the emergency ministry said."),
        ],
        set(),
    ),
    (
        "a small one, days later",
        [
            ("A", MON, "An earthquake in Herat killed 1,020 people, the Afghan disaster ministry said on Monday."),
            ("A", NEXT_FRI, "The earthquake in Herat killed 4 people, the Afghan disaster ministry said on Friday."),
        ],
        set(),
    ),
    (
        "of a part of the place",
        [
            ("A", TUE, "The earthquake in Bam, Iran, killed 310 people, the crisis centre said on Tuesday."),
            ("A", WED, "The earthquake in Bam, Iran, killed 210 people at a hospital, the crisis centre said."),
            ("B", THU, "The earthquake in Bam, Iran, killed 180 women, the crisis centre said on Thursday."),
        ],
        set(),
    ),
    (
        "last year's, and what is feared",
        [
            ("A", TUE, "Floods in Kassala, Sudan, have killed 52 people, the health ministry said on Tuesday."),
            ("A", WED, "Floods in Kassala, Sudan, killed 76 people last year, the health ministry said on Wednesday."),
            ("B", WED, "Floods could kill 200 people in Kassala, Sudan, the health ministry said on Wednesday."),
        ],
        set(),
    ),
    (
        "boats that sank on two days",
        [
            ("A", MON, "A boat capsized off Lampedusa, Italy, killing 22 migrants, the coastguard said on Monday."),
            ("A", TUE, "A boat capsized off Lampedusa, Italy, killing 41 migrants, the coastguard said on Tuesday."),
        ],
        set(),
    ),
    (
        "those of a day, of a flood that lasts",
        [
            ("A", TUE, "Floods in Kassala, Sudan, have killed 52 people, the health ministry said on Tuesday."),
            ("A", WED, "Floods killed 11 people in Kassala, Sudan, on Wednesday, the health ministry said."),
        ],
        set(),
    ),
    (
        "storms by their names",
        [
            ("A", MON, "Cyclone Ana killed 20 people in Tete, Mozambique, the disaster institute said on Monday."),
            ("A", NEXT_FRI, "Cyclone Bento killed 26 people in Tete, Mozambique, the disaster institute said."),
        ],
        set(),
    ),
    (
        "air strikes, one by one and together",
        [
            ("A", TUE, "An air strike in Marib, Yemen, killed 14 people, medics said on Tuesday."),
            ("A", WED, "An air strike in Marib, Yemen, killed 17 people, medics said on Wednesday."),
            ("B", WED, "Air strikes in Marib, Yemen, have killed 31 people, medics said on Wednesday."),
        ],
        set(),
    ),
    (
        "shots in a town that was under water",
        [
            ("A", TUE, "The flood in Mopti, Mali, displaced 3,000 people. Gunmen killed 5 in Mopti, police said."),
            ("A", WED, "The flood in Mopti, Mali, has killed 19 people, police said on Wednesday."),
        ],
        set(),
    ),
    (
        "the missing, some of whom are found",
        [
            ("A", MON, "Flash floods in Kargil, India, have left 37 people missing, the army said on Monday."),
            ("A", TUE, "In Kargil, India, 29 people are still missing after the flash floods, the army said."),
        ],
        set(),
    ),
    (
        "at least so many contradicts no more",
        [
            ("A", TUE, "At least 52 people have been killed by floods in Kassala, Sudan, the health ministry said."),
            ("B", TUE, "Floods in Kassala, Sudan, have killed 63 people, the Red Crescent said on Tuesday."),
        ],
        set(),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), [c[1:] for c in APART], ids=[c[0] for c in APART])
def test_what_may_be_another_happening_stands_apart(texts: Texts, expected: set[str]) -> None:
    assert told(texts) == expected


FIRST = (
    "{A} in {place} killed {n} people, {who} said on {day}.",
    "{Who} said on {day} that {n} people had been killed in {a} in {place}.",
    "{that}'s {one} in {place} killed {n} people, {who} said on {day}.",
)
LATER = (
    "{Who} said on {day} that {n} people were now known to have died in the {one} in {place}.",
    "The death toll from {that}'s {one} in {place} has climbed to {n}, according to {who}.",
    "The {one} in {place} killed {n} people, {who} said on {day}.",
)
LAST = (
    "{Who} lowered the death toll of the {one} in {place} to {n} on {day}, saying that some had been counted twice.",
    "The death toll from the {one} in {place} was corrected to {n}, {who} said on {day}.",
    "{Who} said on {day} that {n} people had died in the {one} in {place}, down from {before}.",
)
HAPPENED = (
    ("landslide", "a landslide", "Izmir, Turkey", "the governor"),
    ("train crash", "a train crash", "Kumasi, Ghana", "the health ministry"),
    ("storm", "a storm", "Cebu, Philippines", "the civil defence agency"),
)


@pytest.mark.parametrize("happened", HAPPENED, ids=[one for one, *_ in HAPPENED])
def test_however_it_is_put_a_toll_is_one_series(happened: tuple[str, str, str, str]) -> None:
    one, a, place, who = happened
    begun = date(2025, 6, 1)
    for first, later, last in product(FIRST, LATER, LAST):
        texts = []
        for at, (words, count) in enumerate(((first, 31), (later, 58), (last, 53))):
            day = begun + timedelta(days=at + 1)
            text = words.format(
                A=a.capitalize(), a=a, one=one, place=place, who=who, Who=who.capitalize(), n=count, before=58,
                day=f"{day:%A}", that=f"{begun:%A}",
            )  # fmt: skip
            texts.append(("ABC"[at], day.isoformat(), text))
        found = told(texts) - {"58 relays 58"}
        assert found == {"58 supersedes 31", "53 revises 58"}, texts


REASONS = [
    (
        "The disaster institute revised the death toll of the storm in Beira to 58 on Tuesday, because five bodies had "
        "been counted twice.",
        "reason given: “because five bodies had been counted twice”",
    ),
    (
        "The death toll of the storm in Beira was revised to 54, the disaster institute said, after nine people were "
        "found alive.",
        "reason given: “after nine people were found alive”",
    ),
    ("The disaster institute said on Tuesday that 58 people had been killed in the storm in Beira.", "no reason given"),
    ("The disaster institute lowered the toll of the storm in Beira to 58 on Tuesday.", "no reason given"),
]


@pytest.mark.parametrize(("text", "why"), REASONS, ids=[why for _, why in REASONS])
def test_a_count_taken_back_says_why_or_that_nobody_did(text: str, why: str) -> None:
    first = "The storm in Beira, Mozambique, killed 63 people, the disaster institute said on Monday."
    [relation] = relate_all(made([("A", MON, first), ("A", TUE, text)])).relations
    assert relation.kind is RelationKind.REVISES
    assert why in relation.reason


def test_why_people_died_is_no_reason_for_a_count() -> None:
    text = "The mayor said 58 people died because the road was cut."
    assert reason_given(text, Span(0, len(text))) == ""


CRISIS: Texts = [
    ("A", MON, "A landslide in Cauca, Colombia, on Sunday killed at least 23 people, the risk office said on Monday."),
    ("B", MON, "A landslide in Cauca, Colombia, on Sunday killed at least 23 people, the risk office said on Monday."),
    ("C", MON, "The landslide in Cauca, Colombia, on Sunday killed 31 people, the hospital said on Monday."),
    ("A", TUE, "Toll of Cauca landslide rises\n\nThe death toll of Sunday's landslide in Cauca, Colombia, has risen to "
     "47, the risk office said on Tuesday."),
    ("B", WED, "The risk office said that 52 people had been killed in the landslide in Cauca, Colombia."),
    ("C", THU, "More than 5,000 people have been displaced by the landslide in Cauca, Colombia, the risk office said "
     "on Thursday. In Cauca, 63 people have been killed, including 25 children, it said."),
    ("A", FRI, "The risk office on Friday revised the death toll of the landslide in Cauca, Colombia, from 63 to 58, "
     "because five bodies had been counted twice."),
    ("D", WED, "The Colombian Red Cross said on Wednesday that 71 people had been killed in the landslide in Cauca."),
]  # fmt: skip


def dead(groups: tuple[Group, ...]) -> list[Group]:
    return [one for one in groups if one.measure == "killed" and not one.population]


def test_one_toll_is_one_group_with_its_copies_revisions_and_contradictions() -> None:
    found = relate_all(made(CRISIS))
    [group] = dead(found.groups)
    lines = {line.claimant: [(p.low, p.flag, len(p.repeats)) for p in line.points] for line in group.timelines}
    assert sorted(len(points) for points in lines.values()) == [1, 1, 5]
    assert [
        (23, "", 1), (47, "", 0), (52, "", 0), (63, "", 1), (58, "falls", 0),
    ] in lines.values()  # fmt: skip
    assert (group.low, group.high, group.first) == (31, 71, date(2025, 6, 1))
    inside = {
        side.figure.id for line in group.timelines for point in line.points for side in (point.side, *point.repeats)
    }
    of_it = [r for r in found.relations if r.kind is not RelationKind.PART_OF]
    assert {r.kind.value for r in of_it} == {"copies", "supersedes", "relays", "revises", "contradicts"}
    for relation in of_it:
        assert {relation.a.figure.id, relation.b.figure.id} <= inside, relation.reason


def test_the_order_of_the_articles_changes_no_toll() -> None:
    found = relate_all(made(CRISIS))
    assert relate_all(made(CRISIS[::-1])) == found
    assert relate_all(made([*CRISIS[3:], *CRISIS[:3]])) == found


def test_a_person_parts_what_words_join() -> None:
    texts = FOLLOWED[0][1]
    articles = made(texts)
    first, second, _ = (one.sides[0].figure.id for one in articles)
    found = relate_all(articles, decisions=[Decision(second, first, None)])
    assert {(r.kind.value, r.a.figure.number.anchor.quote) for r in found.relations} == {("supersedes", "57")}


NAMED = [
    ("An earthquake in Osh killed 12 people.", {"earthquake"}, Manner.NEW),
    ("The death toll of the ferry that sank off Mtwara has risen to 33.", {"sinking"}, Manner.AGAIN),
    ("Floods and landslides have killed 30 people.", {"flood", "landslides"}, Manner.BARE),
    ("Typhoon Hanna killed 45 people.", {"storm"}, Manner.AGAIN),
    ("An apartment block collapsed in Lagos, killing 9.", {"collapse"}, Manner.NEW),
    ("Heavy rains have killed 9 people.", {"flood"}, Manner.BARE),
    ("Wednesday's suicide bombing killed 9 people.", {"blast"}, Manner.AGAIN),
]
NOT_NAMED = [
    "Police opened fire and killed 9 people.",
    "The 2015 earthquake killed 9 people.",
    "Last year's floods killed 9 people.",
    "Nine people died in a series of blasts.",
    "An aftershock killed 9 people after the earthquake.",
    "The bus drove 9 people to the school.",
    "Cholera killed 9 people.",
    "Two earthquakes killed 9 people.",
]


@pytest.mark.parametrize(("text", "kinds", "manner"), NAMED, ids=[text for text, *_ in NAMED])
def test_what_happened_is_named(text: str, kinds: set[str], manner: Manner) -> None:
    found = named(text, Span(0, len(text)))
    assert found is not None
    assert (set(found.kinds), found.manner) == (kinds, manner)


@pytest.mark.parametrize("text", NOT_NAMED)
def test_nothing_is_named_or_another(text: str) -> None:
    assert named(text, Span(0, len(text))) is None


def test_who_says_it_names_no_happening() -> None:
    text = "The Flood Commission said 9 people were killed."
    assert named(text, Span(0, len(text)), [Span(0, 20)]) is None


@pytest.mark.parametrize(
    ("population", "expected"),
    [
        ("factory fire", True),
        ("ferry disaster", True),
        ("earthquake", True),
        ("flood victims", False),
        ("miners", False),
    ],
)
def test_what_happened_is_no_people(population: str, expected: bool) -> None:
    assert names_happening(population) is expected
