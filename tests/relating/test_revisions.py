"""Counts that the article itself says were taken back, and those that are two counts."""

import pytest

from counterfoil.relating import relate_all
from counterfoil.relating.model import RelationKind

from .test_many import WED, made

REVISED = [
    ("The ministry, which had put the toll at 7,100, has since revised that number to 6,400.", "revises", "6,400"),
    (
        "The interior ministry initially said 312 people had died in the floods in Libya, but it has since lowered the "
        "figure to 275.",
        "revises",
        "275",
    ),
    ("Officials in Peru, who had first reported 48 dead, later cut the count to 41.", "revises", "41"),
    ("The Red Cross revised its estimate of people displaced in Goma from 90,000 to 72,000.", "revises", "72,000"),
    ("The number of missing, put at 900 by the governor, was revised by his office to 640.", "revises", "640"),
    ("Police in Nairobi had counted 39 dead; they have now brought that figure down to 31.", "revises", "31"),
    ("The government raised its toll for Derna from 3,200 to 4,300 on Friday.", "supersedes", "4,300"),
    ("The number of people killed in the quake in Padang was revised down from 28 to 19.", "revises", "19"),
    ("The health ministry cut its toll for the strike on Tyre to 22 on Thursday, from 29.", "revises", "22"),
    ("Seventeen people died in the fire in Lae, police said, down from 19 on Monday.", "revises", "Seventeen"),
    ("The toll of the flood in Derna stands at 4,300, up from 3,200, officials said.", "supersedes", "4,300"),
    ("The army said 31 people had died in the crash near Lima, not 34 as it first reported.", "revises", "31"),
    ("The blast in Homs killed 18 people, the clinic said, lowering its toll from 21.", "revises", "18"),
    ("The storm in Cebu killed 64, officials said, raising the toll from 58.", "supersedes", "64"),
    (
        "The governor revised the toll of the landslide in Cauca, Colombia, from 88 to 81.",
        "revises",
        "81",
    ),
    ("The bank revised its growth forecast for 2025 from 4.2% to 3.8%.", "revises", "3.8%"),
    (
        "The UN refugee agency, which had estimated that 210,000 people had fled Sudan, this week cut its estimate to "
        "180,000.",
        "revises",
        "180,000",
    ),
]
NOT_REVISED = [
    "Police in Nairobi counted 39 dead on Monday. The mayor later lowered the figure to 31.",
    "Police in Nairobi counted 39 dead on Monday, but the mayor, citing duplicates, cut the figure to 31.",
    "The company employed 4,800 workers in Lima. It has since cut the number to 4,100.",
    "The health ministry moved 22 of the wounded to Tyre on Thursday, from 29 beds.",
    "The army said that 31 people were missing in Lae, down from 34 on Monday.",
    "The rescue service cut the number of people missing in Sylhet, Bangladesh, from 62 to 41.",
    "The army said 31 people had died in the crash near Lima, not 34 soldiers.",
    "The crash in Lae killed 31 people, the army said, cutting the number of flights from 40.",
    "The ministry has not revised the toll of 7,100 to 6,400.",
    "The ministry, which had put the toll at 7,100 in 2022, counted 6,400 in 2023.",
]


def taken_back(text: str) -> list[tuple[str, str]]:
    kinds = (RelationKind.REVISES, RelationKind.SUPERSEDES)
    found = relate_all(made([("A", WED, text)])).relations
    return [(one.kind.value, one.a.figure.number.anchor.quote) for one in found if one.kind in kinds]


@pytest.mark.parametrize(("text", "kind", "number"), REVISED, ids=[text[:40] for text, _, _ in REVISED])
def test_what_the_words_say_is_revised(text: str, kind: str, number: str) -> None:
    assert taken_back(text) == [(kind, number)]


@pytest.mark.parametrize("text", NOT_REVISED, ids=[text[:40] for text in NOT_REVISED])
def test_two_counts_take_nothing_back(text: str) -> None:
    assert taken_back(text) == []
