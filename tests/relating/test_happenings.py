"""Two who count the dead of one happening, told of in one sentence, in two, or in a sentence before both."""

import pytest

from counterfoil.relating import relate_all
from counterfoil.relating.model import RelationKind

from .test_many import WED, made

CONTRADICT = [
    # the day and the place stand in the sentence before both
    (
        "An air strike hit a market in Hodeidah on Monday. The hospital in the city counted 55 dead. "
        "The Aden Institute for Peace said 38 people died in the strike.",
        ("55", "38"),
    ),
    (
        "A fire swept through a market in Kampala on Sunday. Police said 12 people died. "
        "The Uganda Red Cross said 31 people were killed.",
        ("12", "31"),
    ),
    # the second sentence names the happening again
    (
        "The hospital in Derna said 55 people were killed in Monday's strike on the market. "
        "The Benghazi Institute said 38 people were killed in the strike.",
        ("55", "38"),
    ),
    (
        "The main hospital counted 55 people killed in the strike in Gaza City on 10 February. "
        "An institute in Cairo counted 38 people killed in the same strike.",
        ("55", "38"),
    ),
    (
        "The drone strike in Kharkiv on 10 February left 55 people dead, according to the regional hospital. "
        "The Institute for War Studies put the toll at 38.",
        ("55", "38"),
    ),
    # one sentence, told of the larger count alone
    (
        "The hospital in Kharkiv counted 55 dead in the strike on Kharkiv on Monday, while the Institute for Human "
        "Rights said 38 people died.",
        ("55", "38"),
    ),
    (
        "In Monday's earthquake in Mandalay 120 people died, the Red Cross said, but the army said 90 people died.",
        ("120", "90"),
    ),
]
ABSTAIN = [
    # the larger count may be of more than that happening
    "The Institute for Human Rights said 38 people died in the strike on Kharkiv on Monday, while the hospital "
    "counted 55 dead.",
    "Police said 12 people died in Sunday's fire in Kampala. The Red Cross said 31 people were killed.",
    "Police said 12 people died in Sunday's fire in Kampala. The Red Cross said 31 were killed in fires this year.",
    # two happenings, or others of those who came to harm
    "Two attacks hit Kano on Sunday. Police said 12 people died. The Nigeria Red Cross said 31 people were killed.",
    "A bomb hit a mosque in Maiduguri on Sunday. Police said 12 people died at the mosque. "
    "The Red Cross said 31 people were killed.",
    "Police said 31 people died in Sunday's fire at a school in Kampala. "
    "The Red Cross said 12 children were killed in the fire.",
    "The hospital counted 55 dead in Kharkiv on Monday, while the Institute for Human Rights counted 38 people killed "
    "by mines.",
]


def contradictions(text: str) -> list[tuple[str, str]]:
    found = relate_all(made([("A", WED, text)])).relations
    return [
        (one.a.figure.number.anchor.quote, one.b.figure.number.anchor.quote)
        for one in found
        if one.kind is RelationKind.CONTRADICTS
    ]


@pytest.mark.parametrize(("text", "expected"), CONTRADICT, ids=[text[:40] for text, _ in CONTRADICT])
def test_two_counts_of_one_happening_contradict(text: str, expected: tuple[str, str]) -> None:
    assert contradictions(text) == [expected]


@pytest.mark.parametrize("text", ABSTAIN, ids=[text[:40] for text in ABSTAIN])
def test_what_may_be_two_happenings_is_left_open(text: str) -> None:
    assert contradictions(text) == []
