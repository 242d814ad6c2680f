"""Many articles, read and related: which relations are named among them, and above all which are not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from counterfoil.documents import Options, from_text
from counterfoil.reading import read
from counterfoil.relating import article, relate_all
from counterfoil.relating.model import Article, Decision, RelationKind, Side

from .conftest import Make

Texts = Sequence[tuple[str, str, str]]  # outlet, day, text


def made(texts: Texts) -> list[Article]:
    found = []
    for outlet, day, text in texts:
        document = from_text(text, Options(published=date.fromisoformat(day)))
        found.append(article(read(replace(document, outlet=outlet))))
    return found


def told(texts: Texts) -> set[str]:
    """Return the relations as "nine supersedes six"."""
    quote = [side.figure.number.anchor.quote for one in made(texts) for side in one.sides]
    assert quote
    found = set()
    for relation in relate_all(made(texts)).relations:
        a, b = (side.figure.number.anchor.quote for side in (relation.a, relation.b))
        if relation.kind in (RelationKind.CONTRADICTS, RelationKind.AGREES):
            a, b = sorted((a, b))
        found.add(f"{a} {relation.kind.value} {b}")
    return found


BURNT = "Police said 16 people were killed in Sfax on Monday when a hotel burned."
MON, TUE, WED = "2026-03-09", "2026-03-10", "2026-03-11"
CASES: list[tuple[str, Texts, set[str]]] = [
    (
        "a toll grows",
        [("A", TUE, BURNT), ("A", WED, "Police said 19 people were killed in Sfax on Monday when a hotel burned.")],
        {"19 supersedes 16"},
    ),
    (
        "a toll as it now stands, whatever day stands beside it",
        [
            ("A", TUE, "A landslide hit Bukavu on Monday. Officials said 21 people had died."),
            ("B", "2026-03-13", "The death toll in the Bukavu landslide now stands at 64, officials said."),
        ],
        {"64 supersedes 21"},
    ),
    (
        "a toll is taken back",
        [("A", TUE, BURNT), ("A", WED, "Police said 13 people were killed in Sfax on Monday when a hotel burned.")],
        {"13 revises 16"},
    ),
    (
        "a total since the day of the happening is lower than the happening's own count",
        [
            ("A", TUE, "Police said 17 people were killed in Sfax on Monday."),
            ("B", "2026-03-13", "Police said 12 people had been killed in Sfax since Monday."),
        ],
        {"12 revises 17"},
    ),
    (
        "a total since that day is higher: it may hold other happenings",
        [
            ("A", TUE, "Police said 17 people were killed in Sfax on Monday."),
            ("B", "2026-03-13", "Police said 25 people had been killed in Sfax since Monday."),
        ],
        set(),
    ),
    (
        "another's total since that day contradicts nothing",
        [
            ("A", TUE, "Police said 17 people were killed in Sfax on Monday."),
            ("B", TUE, "Medics said 45 people had been killed in Sfax since Monday."),
        ],
        set(),
    ),
    (
        "a toll is lowered that was counted since a day",
        [
            ("A", "2026-03-13", "The health ministry said 230 people had died in Derna in the flood since Sunday."),
            ("B", "2026-03-16", "The health ministry lowered the death toll from the flood in Derna to 190."),
        ],
        {"190 revises 230"},
    ),
    (
        "the toll of another happening lowers nothing",
        [
            ("A", "2026-03-13", "The army said 61 people had been killed in fighting in Goma since Tuesday."),
            ("B", "2026-03-16", "The army later put the death toll from a market fire in Goma at 54."),
        ],
        set(),
    ),
    (
        "so many more than the day before came on top",
        [
            ("A", TUE, "Medics said 38 people were injured in Lae on Monday in the storm."),
            ("B", WED, "Medics said 61 people were injured in Lae in the storm since Monday, 23 more than on Tuesday."),
        ],
        {"61 supersedes 38", "61 sum-of 23"},
    ),
    (
        "so many more than last year did not",
        [("A", TUE, "Police said 300 people were arrested in Lima in 2025, 40 more than last year.")],
        set(),
    ),
    (
        "in the same bombing, says another",
        [
            (
                "A",
                TUE,
                "Police said 16 people were killed in Sfax on Monday in a bombing. The fire service said 40 people "
                "were killed in the same bombing.",
            )
        ],
        {"16 contradicts 40"},
    ),
    (
        "in a similar bombing elsewhere",
        [
            (
                "A",
                TUE,
                "Police said 16 people were killed in Sfax on Monday in a bombing. The mayor said 40 people were "
                "killed in Tunis on Sunday in a similar bombing.",
            )
        ],
        set(),
    ),
    (
        "one source's civilians are its people when it says so again",
        [
            ("A", TUE, "Gunmen killed 17 civilians in Djugu on Sunday, army spokesman Jules Ngongo said."),
            ("B", TUE, "Army spokesman Jules Ngongo said 17 people were killed in Djugu on Sunday."),
            ("B", "2026-03-13", "Army spokesman Jules Ngongo said 12 people had been killed in Djugu since Sunday."),
        ],
        {"17 relays 17", "12 revises 17"},
    ),
    (
        "a nought too many",
        [
            ("A", TUE, "Medics said 1,205 people were injured in Sfax on Monday."),
            ("A", WED, "Medics said 1,350 people were injured in Sfax on Monday."),
            ("B", WED, "Medics said 13,500 people were injured in Sfax on Monday."),
            ("A", "2026-03-12", "Medics said 1,388 people were injured in Sfax on Monday."),
        ],
        {"1,350 supersedes 1,205", "13,500 typo 1,350", "1,388 supersedes 1,350"},
    ),
    (
        "the same words",
        [
            ("A", TUE, "A hotel burned down in the old port of Sfax and 16 people were killed on Monday, police said."),
            ("B", WED, "A hotel burned down in the port of Sfax and 16 people were killed on Monday, police said."),
        ],
        {"16 copies 16"},
    ),
    (
        "one dispatch",
        [
            ("A", TUE, "DAKAR (Reuters) - Five people were killed on Monday in Dakar, the port authority said."),
            ("B", WED, "In Dakar on Monday five people were killed, according to the port authority. (Reuters)"),
        ],
        {"five copies Five"},
    ),
    (
        "other words, one source",
        [("A", TUE, BURNT), ("B", WED, "In Sfax 16 people were killed on Monday, according to police.")],
        {"16 relays 16"},
    ),
    (
        "two sources",
        [("A", TUE, BURNT), ("B", TUE, "The fire service said 16 people were killed in Sfax on Monday.")],
        {"16 agrees 16"},
    ),
    (
        "two sources disagree, and a third prints one of them",
        [
            ("A", TUE, "Police said 16 people were killed in Sfax on Monday."),
            ("B", TUE, "The fire service said 40 people were killed in Sfax on Monday."),
            ("C", WED, "In Sfax 40 people were killed on Monday, according to the fire service."),
        ],
        {"16 contradicts 40", "40 relays 40"},
    ),
    (
        "two sources, two days: the toll may have grown",
        [
            ("A", TUE, "Police said 16 people were killed in Sfax on Monday."),
            ("B", WED, "The fire service said on Wednesday that 40 people were killed in Sfax on Monday."),
        ],
        set(),
    ),
    (
        "two sources, two happenings",
        [
            ("A", TUE, "Police said 16 people were killed at a hotel in Sfax on Monday."),
            ("B", TUE, "The fire service said 40 people were killed at a station in Sfax on Monday."),
        ],
        set(),
    ),
    (
        "one of two counts two towns",
        [
            ("A", TUE, "Police said 16 people were killed in Sfax on Monday."),
            ("B", TUE, "The fire service said 40 people were killed in Sfax and Gabes on Monday."),
        ],
        set(),
    ),
    (
        "on top",
        [
            ("A", TUE, "Police said 16 people were killed in Sfax on Monday when a hotel burned."),
            (
                "A",
                WED,
                "Another two people have died, bringing the number of people killed in Monday's fire in Sfax to 18, "
                "police said.",
            ),
        ],
        {"18 sum-of two", "18 supersedes 16"},
    ),
    (
        "a number denied",
        [
            ("A", TUE, "The fire service said 40 people were killed in Sfax on Monday."),
            ("B", TUE, "The governor denied that 40 people were killed in Sfax on Monday."),
        ],
        {"40 denies 40"},
    ),
    (
        "a number that is not repeated",
        [("A", TUE, "Doctors said 40 people were killed in Sfax on Monday. The governor rejected the figure.")],
        {"40 denies 40"},
    ),
    (
        "not what its source says",
        [
            ("Sea Office", "2026-02-03", "The Sea Office said 1,310 migrants were rescued off Tunisia in January."),
            ("A", "2026-02-05", "The Sea Office said 2,700 migrants were rescued off Tunisia in January."),
        ],
        {"2,700 misstated 1,310"},
    ),
    (
        "two words for one movement",
        [
            ("A", "2026-02-03", "The ministry said 4,310 Malians were repatriated from Algeria in January."),
            ("B", "2026-02-04", "The League of Migrants said 4,310 Malians were deported from Algeria in January."),
        ],
        {"4,310 re-characterises 4,310"},
    ),
    (
        "who they were",
        [
            ("A", TUE, "The army said 24 fighters were killed in Gao on Monday."),
            ("B", TUE, "The mayor said 24 civilians were killed in Gao on Monday."),
        ],
        {"24 re-characterises 24"},
    ),
    (
        "a town that the source's name tells",
        [
            ("A", TUE, "Police in Sfax said 16 people were killed on Monday when a hotel burned."),
            ("B", WED, "In Sfax 16 people were killed on Monday, according to police."),
        ],
        {"16 relays 16"},
    ),
    (
        "a village that no gazetteer knows",
        [
            ("A", TUE, "The mayor said 24 people were injured on Monday in Oumvrak, Tunisia."),
            ("B", WED, "In Oumvrak in Tunisia, 24 people were injured on Monday, the mayor said."),
        ],
        {"24 relays 24"},
    ),
    (
        "a toll whose own sentence tells no day of the happening",
        [
            ("A", TUE, "A ferry sank near Bukavu late on Sunday. Officials said on Monday that 21 people had died."),
            ("A", "2026-03-12", "Divers gave up on Wednesday near Bukavu. The toll has risen to 64, officials said."),
        ],
        {"64 supersedes 21"},
    ),
    (
        "the same year, told by both",
        [
            (
                "A",
                TUE,
                "The Rights Monitor said 4,870 civilians were killed in Sudan in 2025. "
                "The interior ministry said 1,150 civilians were killed in Sudan in 2025.",
            ),
            ("B", WED, "The interior ministry said over 1,100 civilians were killed in Sudan in 2025."),
        ],
        {"1,150 contradicts 4,870", "1,100 rounds 1,150"},
    ),
    (
        "people who caught a disease",
        [
            ("A", TUE, "The health ministry said 2,713 people caught cholera in Lusaka in February."),
            ("B", WED, "In Lusaka 2,713 people caught cholera in February, according to the health ministry."),
        ],
        {"2,713 relays 2,713"},
    ),
    (
        "the same words, of something that allows no comparison",
        [
            ("A", TUE, "The mayor was told that the choir sold 5,130 red paper lanterns before the night was over."),
            ("B", WED, "The mayor was told that the choir sold 5,130 red paper lanterns before that night was over."),
        ],
        {"5,130 copies 5,130"},
    ),
    (
        "a quake's dead and those of attacks",
        [
            ("A", TUE, "Officials said 40 people were killed in an earthquake in Herat on Monday."),
            ("B", TUE, "Police said 7 people were killed in attacks in Herat on Monday."),
        ],
        set(),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_relations_among_articles(texts: Texts, expected: set[str]) -> None:
    assert told(texts) == expected


STORY = next(texts for name, texts, _ in CASES if name == "a nought too many")


def test_the_order_of_the_articles_changes_nothing() -> None:
    first = relate_all(made(STORY))
    for order in permutations(made(STORY)):
        assert relate_all(order) == first


def test_the_same_text_twice_counts_once() -> None:
    twice = relate_all(made([*STORY, STORY[0]]))
    assert twice.relations == relate_all(made(STORY)).relations
    assert [s.reason for s in twice.skipped] == ["the same text is there already"]


def test_another_outlet_that_prints_the_same_text_copies_it() -> None:
    found = relate_all(made([("A", TUE, BURNT), ("B", TUE, BURNT), ("C", WED, BURNT)]))
    assert [(r.kind, r.a.outlet, r.b.outlet) for r in found.relations] == [
        (RelationKind.COPIES, "B", "A"),
        (RelationKind.COPIES, "C", "A"),
    ]
    assert found.skipped == ()
    (group,) = found.groups
    assert len(group.origins) == 1
    assert [len(point.repeats) for line in group.timelines for point in line.points] == [2]


def test_a_text_printed_again_is_what_its_first_print_is() -> None:
    texts = [
        ("A", TUE, BURNT),
        ("B", WED, "In Sfax 16 people were killed on Monday, according to police."),
        ("C", WED, "In Sfax 16 people were killed on Monday, according to police."),
    ]
    found = relate_all(made(texts)).relations
    assert {(r.kind, r.a.outlet, r.b.outlet) for r in found} == {
        (RelationKind.RELAYS, "B", "A"),
        (RelationKind.RELAYS, "C", "A"),
    }


RECORD = {"people": None, "unit": "event", "speaker": "Sahel Monitor", "where": "records", "as_of": None}
OF_YEAR = {"window": ("2023-01-01", "2023-12-31"), "place": "Chad"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("The Sahel Monitor counted 518 attacks in Chad in 2023.", ["misstated"]),
        ("The Sahel Monitor counted 318 attacks in Chad in 2023.", []),
        ("The Sahel Monitor counted 320 attacks in Chad in 2023.", []),
        ("The Sahel Monitor counted more than 300 attacks in Chad in 2023.", []),
        ("The Sahel Monitor counted 518 deadly attacks in Chad in 2023.", []),
        ("The Sahel Monitor asked whether 518 attacks hit Chad in 2023.", []),
        ("The Sahel Monitor counted 518 attacks in Chad in 2022.", []),
        ("The Sahel Monitor counted 518 attacks in Chad in December 2023.", []),
        ("The Rights Council counted 518 attacks in Chad in 2023.", []),
    ],
)
def test_what_is_given_as_a_publishers_own(side: Make, said: str, expected: list[str]) -> None:
    record = side("318", "attack", **RECORD, **OF_YEAR)  # type: ignore[arg-type]
    found = relate_all(made([("A", "2024-02-05", said)]), [record]).relations
    assert [r.kind.value for r in found if r.kind is not RelationKind.AGREES] == expected


def test_what_a_person_decided_stands_above_what_is_found() -> None:
    articles = made(next(texts for name, texts, _ in CASES if name == "two sources"))
    a, b = (one.sides[0].figure.id for one in articles)
    (apart,) = [relate_all(articles, decisions=[Decision(a, b, None)])]
    assert apart.relations == ()
    (copied,) = relate_all(articles, decisions=[Decision(b, a, RelationKind.COPIES)]).relations
    assert (copied.kind, copied.a.figure.id, copied.reason) == (RelationKind.COPIES, b, "decided by a person")
    assert relate_all(articles).relations[0].kind is RelationKind.AGREES


def test_a_group_counts_origins_and_never_outlets() -> None:
    (group,) = relate_all(
        made(
            [
                ("A", TUE, "Police said 16 people were killed in Sfax on Monday."),
                ("B", TUE, "In Sfax 16 people were killed on Monday, according to police."),
                ("C", TUE, "The fire service said 40 people were killed in Sfax on Monday."),
                ("A", WED, "Police said on Wednesday that 19 people were killed in Sfax on Monday."),
            ]
        )
    ).groups
    assert [name.casefold() for name in group.origins] == ["police", "fire service"] or len(group.origins) == 2
    assert (group.measure, group.place, group.low, group.high) == ("killed", "Sfax, Tunisia", 19, 40)
    assert (group.first, group.last) == (date(2026, 3, 9), date(2026, 3, 9))
    (police,) = [line for line in group.timelines if (line.claimant or "").casefold() == "police"]
    assert [(point.low, point.increment, len(point.repeats)) for point in police.points] == [(16, None, 1), (19, 3, 0)]


def test_a_part_in_the_same_article_takes_nothing_back() -> None:
    first = "Cyclone Nalia hit Beira on Tuesday. The Disaster Institute said that 38 people had been killed in Beira."
    then = (
        "The Disaster Institute said on Friday that 61 people had been killed in Beira since Tuesday, 23 more than on "
        "Wednesday. Of the 61 dead, 19 were children, the institute said."
    )
    groups = relate_all(made([("A", WED, first), ("A", "2026-03-13", then)])).groups
    lines = [line for group in groups for line in group.timelines]
    assert [point.flag for line in lines for point in line.points if point.flag] == []
    assert max(len(line.points) for line in lines) > 1
    for line in lines:
        assert line.points[-1].low == max(point.low or 0 for point in line.points)


HEADED: list[tuple[str, str, set[str]]] = [
    (
        "At least 38 dead as storm hits Lae",
        "The storm killed at least 38 people in Lae on Monday, medics said.",
        {"38"},
    ),
    ("Army: 17 killed near Bunia", "Gunmen killed 17 villagers in Djugu on Sunday, army captain Jo Bito said.", {"17"}),
    ("Army says 17 killed near Bunia", "Army captain Jo Bito said on Monday that 17 people died in Djugu.", {"17"}),
    ("Police say 17 killed near Bunia", "Army captain Jo Bito said on Monday that 17 people died in Djugu.", set()),
    ("Three die in Kano fire", "A fire killed three people in Kano on Monday, police said.", {"Three"}),
    ("12,000 displaced by floods", "The agency said 12,000 people were displaced in Piura.", {"12,000"}),
    # near misses: another number, another thing, another day
    ("Dozens dead as storm hits Lae", "The storm killed at least 38 people in Lae on Monday, medics said.", set()),
    ("17 hurt near Bunia", "Gunmen killed 17 villagers in Djugu on Sunday, army captain Jo Bito said.", set()),
]


@pytest.mark.parametrize(("headline", "text", "again"), HEADED, ids=[headline for headline, *_ in HEADED])
def test_a_headline_that_the_text_spells_out_counts_once(headline: str, text: str, again: set[str]) -> None:
    told = f"{headline}\n\n{text}"
    found = relate_all(made([("A", TUE, told)]))
    assert {side.figure.number.anchor.quote for side in found.again} == again
    assert found.relations == ()
    other = f"{text} So the news was on Tuesday."
    for group in relate_all(made([("A", TUE, told), ("B", TUE, other)])).groups:
        articles = [
            side.figure.number.anchor.document
            for line in group.timelines
            for point in line.points
            for side in (point.side, *point.repeats)
        ]
        assert len(articles) == len(set(articles))


DISPATCH = "BEIRA (Reuters) - The storm killed 38 people in Beira on Monday, the Disaster Institute said on Tuesday."


@pytest.mark.parametrize("agency", ["Reuters Africa", "Reuters"])
def test_who_prints_a_dispatch_copies_the_agency(agency: str) -> None:
    texts = [
        ("Maputo Star", TUE, f"At least 38 dead in Beira\n\n{DISPATCH}"),
        (agency, TUE, f"Storm kills 38\n\n{DISPATCH}"),
    ]
    [relation] = relate_all(made(texts)).relations
    assert (relation.kind, relation.a.outlet, relation.b.outlet) == (RelationKind.COPIES, "Maputo Star", agency)
    assert relation.b.speaker == "Disaster Institute"


GROWN: Texts = [
    ("A", TUE, "Police said 16 people were killed in Sfax on Monday."),
    ("B", WED, "Police said on Wednesday that 19 people were killed in Sfax on Monday."),
    ("C", TUE, "In Sfax 16 people were killed on Monday, according to police."),
]


def told_together(decisions: Sequence[tuple[str, str, RelationKind | None]]) -> list[set[str]]:
    """Return the outlets of each group, its repeats included, as decided on pairs of outlets."""
    articles = made(GROWN)
    ids = {one.document.outlet: one.sides[0].figure.id for one in articles}
    found = relate_all(articles, decisions=[Decision(ids[a], ids[b], kind) for a, b, kind in decisions])
    return [
        {
            side.outlet or ""
            for line in group.timelines
            for point in line.points
            for side in (point.side, *point.repeats)
        }
        for group in found.groups
    ]


def test_groups_follow_what_people_decide() -> None:
    assert told_together([]) == [{"A", "B", "C"}]
    assert told_together([("B", "A", None)]) == [{"A", "C"}]  # two happenings
    assert told_together([("C", "A", None)]) == [{"A", "B", "C"}]  # no copy, and a count of the same thing


def test_a_person_joins_what_words_keep_apart() -> None:
    texts = [
        ("A", TUE, "Police said 16 people were killed in Sfax on Monday."),
        ("B", "2026-03-20", "Police said 19 people were killed in Sfax on Saturday."),
    ]
    articles = made(texts)
    a, b = (one.sides[0].figure.id for one in articles)
    assert relate_all(articles).groups == ()
    [group] = relate_all(articles, decisions=[Decision(b, a, RelationKind.SUPERSEDES)]).groups
    assert [point.low for line in group.timelines for point in line.points] == [16, 19]
    [group] = relate_all(articles, decisions=[Decision(b, a, RelationKind.COPIES)]).groups
    assert [len(point.repeats) for line in group.timelines for point in line.points] == [1]


def test_what_came_on_top_stands_beside_its_total() -> None:
    first = "The Disaster Institute said 38 people were injured in Lae on Monday in the storm."
    then = (
        "The Disaster Institute said 61 people were injured in Lae in the storm since Monday, 23 more than on Tuesday."
    )
    [group] = relate_all(made([("A", TUE, first), ("A", WED, then)])).groups
    [line] = group.timelines
    added = [[side.figure.number.anchor.quote for side in point.added] for point in line.points]
    assert added == [[], ["23"]]


def test_a_slip_stands_in_no_range() -> None:
    (group,) = relate_all(made(STORY)).groups
    assert (group.low, group.high) == (1388, 1388)
    assert [p.flag for line in group.timelines for p in line.points].count("slip") == 1


def test_figures_that_allow_no_comparison_are_counted(side: Make) -> None:
    found = relate_all(
        made([("A", TUE, "He came with 7 ideas and left with 3 dogs, the mayor said in Sfax on Monday.")])
    )
    assert all(one.reason for one in found.skipped)


def test_records_relate_to_each_article(side: Make) -> None:
    record: Side = side("1,310", "rescued", people="migrants", speaker="Harbour Board", where="records", as_of=None)
    texts = [("A", "2023-07-03", "The coastguard said 1,310 migrants were rescued off Chad in June 2023.")]
    found = relate_all(made(texts), [record]).relations
    assert [(r.kind, r.b.where) for r in found] == [(RelationKind.AGREES, "records")]
