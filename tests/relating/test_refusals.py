"""Who rejects whose number: the denial is the rejecter's, the number stays with who gave it."""

import pytest

from counterfoil.relating import relate, relate_all
from counterfoil.relating.model import RelationKind

from .test_many import MON, TUE, WED, Texts, made


def denials(texts: Texts) -> list[tuple[str, str, str | None]]:
    """Return who rejects which number, and whose it is."""
    return [
        (one.a.speaker or "", one.b.figure.number.anchor.quote, one.b.speaker)
        for one in relate_all(made(texts)).relations
        if one.kind is RelationKind.DENIES
    ]


DENIED = [
    (
        "President Filipe Danda rejected the hospital's figure of 55 dead in Beira. “That number is false,” he said.",
        ("Filipe Danda", "55", "hospital"),
    ),
    (
        "Hospital officials said 31 people were killed in Homs on Sunday, a figure that the government called false.",
        ("government", "31", "Hospital officials"),
    ),
    (
        "Gaza's health ministry said 41 people were killed on Friday, a claim the Israeli army rejected.",
        ("Israeli army", "41", "Gaza's health ministry"),
    ),
    (
        "The health ministry said 41 people were killed in the strike near Gaza, a claim the Israeli army denied.",
        ("Israeli army", "41", "health ministry"),
    ),
    (
        "Union leaders said 3,000 workers were injured in Hanoi, which the company has denied.",
        ("the company", "3,000", "Union leaders"),
    ),
    (
        "Witnesses said 19 people were killed in the raid in Kano. But police said no one was killed.",
        ("police", "19", "Witnesses"),
    ),
    (
        "The Red Cross said 27 people were killed in Lae. “This number is exaggerated,” Governor Ann Kila said.",
        ("Ann Kila", "27", "Red Cross"),
    ),
    (
        "The Tigray regional hospital said 120 civilians were killed in Mekelle. The army called the number inflated.",
        ("army", "120", "Tigray regional hospital"),
    ),
    (
        "Amnesty International said 212 protesters had been killed in Kenya. The government described that count as "
        "pure fiction.",
        ("government", "212", "Amnesty International"),
    ),
    (
        "The UN says 1.4 million people have been displaced in Myanmar. The junta has called the estimate misleading.",
        ("junta", "1.4 million", "UN"),
    ),
    (
        "Aid workers said 3,000 families had fled Torit. On Monday the governor's office labelled that estimate "
        "“wildly exaggerated”.",
        ("governor's office", "3,000", "Aid workers"),
    ),
    (
        "The report put the number of political prisoners at 1,500. Officials in Caracas dismissed it as exaggerated.",
        ("Officials in Caracas", "1,500", "The report"),
    ),
    (
        "The Red Cross said 88 villagers were killed and 140 wounded in Torit. The governor called the death toll "
        "exaggerated.",
        ("governor", "88", "Red Cross"),
    ),
]
NOBODY_DENIES = [
    "Union leaders counted 55 marchers and 19 arrests. Officials dismissed the figure as exaggerated.",
    "Clinics said 19 people were killed, and the mayor put the number of injured at 30. The army called the number "
    "inflated.",
    "Aid workers said 55 families had fled Torit. The governor did not call the figure exaggerated.",
    "Aid workers said 55 families had fled Torit. The governor called the number of soldiers inflated.",
    "The UN said 55 villagers were killed. The militia denied involvement, calling the operation a success.",
    "Witnesses said 19 people were killed in the raid in Kano. Police said no one was killed in Jos on Monday.",
    "Witnesses said 19 people were killed in the raid in Kano, but police said no officers were killed.",
    "Witnesses said 19 people were killed in Kano, but police said no one was arrested.",
    "Police said 30 people died in Lae. The governor dismissed the figure of 212 people killed given by Amnesty.",
    "The minister did not deny the hospital's figure of 55 dead in Beira.",
    "Police said 30 people died in Lae. The mayor rejected the plan.",
]


@pytest.mark.parametrize(("text", "expected"), DENIED, ids=[text[:40] for text, _ in DENIED])
def test_the_rejecter_denies(text: str, expected: tuple[str, str, str]) -> None:
    assert denials([("A", TUE, text)]) == [expected]


@pytest.mark.parametrize("text", NOBODY_DENIES, ids=[text[-40:] for text in NOBODY_DENIES])
def test_nothing_is_denied_that_is_not(text: str) -> None:
    assert not any(number in ("19", "30", "55") for _, number, _ in denials([("A", TUE, text)]))


def test_who_rejects_a_number_twice_denies_it_once() -> None:
    [one] = made([("A", TUE, DENIED[0][0])])
    found = relate(one.sides, text=one.document.text, statements=one.statements)
    assert [(one.kind, one.a.speaker) for one in found] == [(RelationKind.DENIES, "Filipe Danda")]


def test_a_denial_is_told_of_the_first_who_gave_the_number() -> None:
    told = denials(
        [
            ("A", TUE, "The rebels said 120 soldiers were killed in Goma on Monday."),
            ("B", WED, "The army denied the rebels' claim that 120 soldiers were killed in Goma on Monday."),
        ]
    )
    assert told == [("army", "120", "rebels")]
    [relation] = [
        one
        for one in relate_all(
            made(
                [
                    ("A", TUE, "The rebels said 120 soldiers were killed in Goma on Monday."),
                    ("B", WED, "The army denied the rebels' claim that 120 soldiers were killed in Goma on Monday."),
                ]
            )
        ).relations
        if one.kind is RelationKind.DENIES
    ]
    assert (relation.a.outlet, relation.b.outlet) == ("B", "A")


def test_two_who_give_one_number_do_not_reject_it_for_each_other() -> None:
    texts = [
        ("A", MON, "The opposition said 120 soldiers were killed in Goma on Sunday."),
        ("B", TUE, "The army denied the rebels' claim that 120 soldiers were killed in Goma on Sunday."),
    ]
    assert all(who == "army" for who, _, _ in denials(texts))


GIVEN_INSTEAD = [
    (
        "The ministry said the rebels' figure of 200 dead was exaggerated and put the toll at 45.",
        {("ministry", "contradicts", "rebels")},
    ),
    (
        "Human Rights Watch rejected the government's statement that 12 people had died in Dili and said at least 30 "
        "had been killed.",
        {("Human Rights Watch", "contradicts", "government")},
    ),
    (
        "The army rejected the rebels' figure of 90 dead in Kutum and said 5 people had been killed in Geneina.",
        {("army", "denies", "rebels")},
    ),
    (
        "The army rejected the rebels' figure of 90 dead in Kutum and said 5 soldiers had been killed.",
        {("army", "denies", "rebels")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), GIVEN_INSTEAD, ids=[text[:40] for text, _ in GIVEN_INSTEAD])
def test_who_gives_a_number_of_his_own_contradicts(text: str, expected: set[tuple[str, str, str]]) -> None:
    found = relate_all(made([("A", TUE, text)])).relations
    assert {(one.a.speaker, one.kind.value, one.b.speaker) for one in found} == expected
    assert not any("gives no number" in one.reason for one in found)


ACCUSED = [
    "Dr Hamid Suleiman said 23 people were injured in Kadugli. The army blamed the rebels. A spokesman for the rebels, "
    "Yasir Tutu, rejected the accusation.",
    "Amnesty said 14 people were killed in Kano. Police denied the charges.",
    "Doctors said 61 people were killed in Homs. The opposition accused the governor of theft. The governor, Ali Kila, "
    "denied the claim.",
    "The union said 320 workers were arrested in Hanoi. Oxfam said the mill was unsafe. The company, Tan Steel, "
    "dismissed the report.",
]


@pytest.mark.parametrize("text", ACCUSED, ids=[text[-40:] for text in ACCUSED])
def test_who_rejects_an_accusation_rejects_no_number(text: str) -> None:
    assert denials([("A", TUE, text)]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Amnesty said 14 people were killed in Kano. Police denied the claim.",
        "The union said 320 workers were arrested in Hanoi. Tan Steel dismissed the figure.",
    ],
)
def test_a_claim_next_to_its_denial_is_still_denied(text: str) -> None:
    assert len(denials([("A", TUE, text)])) == 1
