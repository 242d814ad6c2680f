"""A number that somebody rejects is its owner's, and he denies it; where no owner is told, it is nobody's own count."""

import pytest

from counterfoil.documents import from_text
from counterfoil.reading import read
from counterfoil.reading.model import Account, Figure, Modality, Statement

# sentence, number, whose it is, who rejects it
OWNED = [
    ("President Filipe Danda rejected the hospital's figure of 55 dead in Beira.", "55", "hospital", "Filipe Danda"),
    ("The army denied the rebels' claim that 120 soldiers were killed in Goma.", "120", "rebels", "army"),
    (
        "The governor dismissed the figure of 212 people killed in Maiduguri given by Amnesty International.",
        "212",
        "Amnesty International",
        "governor",
    ),
    (
        "The ministry called the Red Cross estimate of 740 dead in Derna exaggerated.",
        "740",
        "Red Cross",
        "ministry",
    ),
    ("Israel rejected UN figures of 4,100 people displaced in Jenin as inflated.", "4,100", "UN", "Israel"),
    (
        "The defence ministry refuted claims by the opposition that 78 troops had died in Tillaberi.",
        "78",
        "opposition",
        "defence ministry",
    ),
    (
        '"The opposition\'s figure of 900 arrests is a lie," Interior Minister Jean Kaba said in Conakry.',
        "900",
        "opposition",
        "Jean Kaba",
    ),
    (
        "The government has disputed a death toll of 6,500 published by the Guardian.",
        "6,500",
        "Guardian",
        "government",
    ),
    ("The UN estimate of 55 dead in Beira was rejected by the mayor.", "55", "UN", "mayor"),
    (
        "The police chief described as grossly exaggerated the claim by Human Rights Watch that 240 people were "
        "arrested in Tamale.",
        "240",
        "Human Rights Watch",
        "police chief",
    ),
    (
        "Company spokeswoman Rita Almeida said the union's tally of 420 injured workers was wrong.",
        "420",
        "union",
        "Rita Almeida",
    ),
    (
        "The Red Crescent's count of 18 missing in Basra is not correct, the provincial governor said.",
        "18",
        "Red Crescent",
        "provincial governor",
    ),
]
# sentence, number, who denies it: no owner is told
DENIED = [
    ("Turkey denied it had expelled 500 Syrians from Hatay.", "500", "Turkey"),
    ("The spokesman rejected reports of 19 deaths in Kano.", "19", "spokesman"),
    ("The mayor denied rumours that 15 people were hurt in Odesa.", "15", "mayor"),
    ("The Gaza toll of 55 dead was disputed by Israel.", "55", "Israel"),  # Gaza counts nobody: it is where
    ("Reports of 55 dead in Beira were denied on Tuesday.", "55", "unnamed"),
]
# sentence, number, who says it: nothing is rejected
LEFT = [
    ("The mayor, who rejected the plan, said 55 people were killed in Beira.", "55", "mayor"),
    ("The minister did not deny the hospital's figure of 55 dead in Beira.", "55", "hospital"),
    ("Officials cast doubt on a toll of 87 given by village elders.", "87", "village elders"),
    ("The commission rejected 55 complaints and counted 12 dead in Beira.", "12", "commission"),
    ("The union said 55 people were held on false charges in Accra.", "55", "union"),
    (
        "Police denied that anyone had died, although doctors at Mulago hospital counted 6 bodies.",
        "6",
        "doctors at Mulago hospital",
    ),
]


def said(account: Account, number: str) -> tuple[Figure, Statement]:
    """Return the figure of a number, and the statement that it stands in."""
    [figure] = [one for one in account.figures if one.number.anchor.quote == number]
    assert figure.statement is not None
    return figure, account.statements[figure.statement]


@pytest.mark.parametrize("engine", ["rules", "encoder"])
@pytest.mark.parametrize(("text", "number", "owner", "rejecter"), OWNED, ids=lambda words: str(words)[:30])
def test_a_rejected_number_is_its_owners(text: str, number: str, owner: str, rejecter: str, engine: str) -> None:
    account = read(from_text(text), engine=engine)
    figure, own = said(account, number)
    assert own.speaker.name == owner
    assert own.parent is not None
    assert account.statements[own.parent].speaker.name == rejecter
    assert figure.modality is not Modality.DENIED


@pytest.mark.parametrize("engine", ["rules", "encoder"])
@pytest.mark.parametrize(
    ("text", "number", "speaker", "modality"),
    [*((*case, Modality.DENIED) for case in DENIED), *((*case, Modality.OBSERVED) for case in LEFT)],
    ids=lambda words: str(words)[:30],
)
def test_without_an_owner_it_is_denied_and_what_is_not_rejected_stays(
    text: str, number: str, speaker: str, modality: Modality, engine: str
) -> None:
    figure, statement = said(read(from_text(text), engine=engine), number)
    assert (statement.speaker.name, figure.modality) == (speaker, modality)


@pytest.mark.parametrize(
    "text",
    [
        "The judge rejected the claims of 300 asylum seekers in Lille on Monday.",
        "The prime minister rejected a plan to deport 5,000 migrants to Rwanda.",
        "Australia denied entry to 1,200 asylum seekers in 2023.",
        "Parliament rejected the bill by 120 votes to 98.",
    ],
)
def test_other_things_are_rejected_too(text: str) -> None:
    assert all(one.modality is not Modality.DENIED for one in read(from_text(text)).figures)


def test_statements_stay_in_order_and_parents_come_with_them() -> None:
    text = (
        "The army said 9 people died in Kano. The governor dismissed the figure of 212 people killed in Maiduguri "
        "given by Amnesty International. Police said 3 people were hurt in Jos."
    )
    account = read(from_text(text), engine="rules")
    starts = [one.content[0].span.start for one in account.statements]
    assert starts == sorted(starts)
    said = [
        (one.number.anchor.quote, account.statements[one.statement].speaker.name)
        for one in account.figures
        if one.statement is not None
    ]
    assert said == [("9", "army"), ("212", "Amnesty International"), ("3", "Police")]


@pytest.mark.parametrize("engine", ["rules", "encoder"])
@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        (
            "The agency rejected the governor's figure, saying that 14 of his dead had been counted twice.",
            "14",
            "agency",
        ),
        ("The ministry dismissed the union's estimate and said that 9 miners were trapped.", "9", "ministry"),
    ],
)
def test_who_rejects_a_figure_and_gives_another_says_the_other(text: str, number: str, name: str, engine: str) -> None:
    account = read(from_text(text), engine=engine)
    figure = next(one for one in account.figures if one.number.anchor.quote == number)
    assert figure.modality is not Modality.DENIED
    assert figure.statement is not None
    assert account.statements[figure.statement].speaker.name == name


@pytest.mark.parametrize("engine", ["rules", "encoder"])
@pytest.mark.parametrize(
    ("text", "denied", "kept"),
    [
        ('"It is not 30, it is 17," said the mayor, Lars Holm.', "30", "17"),
        ('"It is not 30. It is 17," said the mayor.', "30", "17"),
        ("The mayor said not 30 but 17 people had died.", "30", "17"),
        ('"There were 17 dead, not 30," said the coroner.', "30", "17"),
        ("The minister said the fire had destroyed 40 homes and not 400 as reported.", "400", "40"),
        ("Officials said the figure was not 1.2 million but 900,000.", "1.2 million", "900,000"),
        ("\"They aren't 500, they are 5,000,\" the union's leader said.", "500", "5,000"),
    ],
)
def test_a_number_that_another_is_put_for_is_denied(text: str, denied: str, kept: str, engine: str) -> None:
    figures = {one.number.anchor.quote: one for one in read(from_text(text), engine=engine).figures}
    assert figures[denied].modality is Modality.DENIED
    assert figures[kept].modality is not Modality.DENIED


@pytest.mark.parametrize("engine", ["rules", "encoder"])
@pytest.mark.parametrize(
    "text",
    [
        "Not only 30 but 17 more people were hurt, the mayor said.",
        "The mayor said not more than 30 people died, but 17 were hurt.",
        "It is not 30 minutes but 17 kilometres from the town, the guide said.",
        "Some 30 people were hurt, not 20 metres from the school.",
        "The mayor said 30 people were hurt and 17 were not.",
    ],
)
def test_not_before_a_number_denies_it_only_where_another_stands_for_it(text: str, engine: str) -> None:
    assert all(one.modality is not Modality.DENIED for one in read(from_text(text), engine=engine).figures)
