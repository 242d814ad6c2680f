"""Whole articles, read and related: pairs of numbers that never contradict, and some that must."""

import pytest

import counterfoil
from counterfoil.relating.model import Relation, RelationKind

HEAD = "Counts of the year\n\nGENEVA, 12 February 2025\n\n"


def contradictions(words: str) -> list[Relation]:
    report = counterfoil.check(counterfoil.from_text(HEAD + words))
    return [r for r in report.relations if r.kind is RelationKind.CONTRADICTS]


MUST = [
    "The army said 30 civilians were killed in Chad in 2024. "
    "The Refugee Council said 90 civilians were killed in Chad in 2024.",
    "The Red Cross said 4,300 people were injured in Laos in 2024. "
    "UNICEF said 9,100 people were injured in Laos in 2024.",
    "In 2024, 30 civilians were killed in Chad, the army said. Oxfam said 90 civilians were killed in Chad in 2024.",
    "Oxfam counted 45 attacks in Niger in 2024. Caritas counted 95 attacks in Niger in 2024.",
    "Oxfam said 45 civilians were killed in floods in Laos in 2024. "
    "Caritas said 95 civilians were killed in floods in Laos in 2024.",
    "According to Oxfam, 45 civilians were injured in Niger in 2024. "
    "According to Caritas, 95 civilians were injured in Niger in 2024.",
]
MUST_NOT = [
    "Oxfam said 900 civilians were killed in Niger in 2024. "
    "Caritas said 90 civilians were killed by mines in Niger in 2024.",
    "Oxfam said 900 civilians were killed in Niger in 2024. "
    "Caritas said 90 civilians were killed in its clinics in Niger in 2024.",
    "Oxfam said 900 people died in storms in Laos in 2024. Caritas said 90 people died of thirst in Laos in 2024.",
    "Oxfam said 900 people died of heat in Laos in 2024. Caritas said 90 people died in Laos in 2024.",
    "Oxfam said 900 families were displaced in Laos in 2024. "
    "Caritas said 90 families were newly displaced in Laos in 2024.",
    "Oxfam said 900 families were displaced in Laos in 2024. "
    "Caritas said 90 families were displaced twice in Laos in 2024.",
    "Oxfam said 900 civilians were killed in Niger's war in 2024. "
    "Caritas said 90 civilians were killed in Niger's capital in 2024.",
    "Oxfam said 900 civilians were killed in Niger in 2024. "
    "Caritas said 90 civilians were killed in southern Niger in 2024.",
    "Oxfam said 900 civilians were killed in shelling in Niger in 2024. "
    "Caritas said 90 were killed in raids in Niger in 2024.",
    "Oxfam counted 900 attacks in Niger in 2024. Caritas counted 90 attacks on farms in Niger in 2024.",
    "Oxfam counted 900 attacks in Niger in 2024. Caritas counted 90 deadly attacks in Niger in 2024.",
    "Oxfam counted 900 attacks in Niger in 2024. Caritas counted 90 attacks a month in Niger in 2024.",
    "Oxfam counted 900 attacks in Niger in 2024. Caritas asked whether 90 attacks hit Niger in 2024.",
    "Oxfam counted 900 attacks in Niger in 2024. Caritas said it was false that 90 attacks hit Niger in 2024.",
    "Oxfam counted 900 attacks in Niger in 2024; 90 attacks hit Niger in 2023, it says.",
    "Oxfam counted 900 attacks in Niger in 2024; more than 1,900 people died in 2023, it says.",
    "Oxfam counted 900 attacks in Niger in 2024. It counted 90 attacks in Niger in 2024, it says.",
    "Oxfam said 900 civilians were killed in Niger in 2024, "
    "while Caritas said 90 civilians were killed by mines in Niger in 2024.",
    "Oxfam said 900 people were arrested in Peru in 2024. "
    "Caritas said 90 people were arrested for theft in Peru in 2024.",
    "Oxfam said 900 people were arrested in Peru in 2024. "
    "Caritas said 90 people arrested in Peru in 2024 were freed.",
    "Oxfam said 900 people were arrested in Peru in 2024. "
    "Caritas said another 90 people were arrested in Peru in 2024.",
    "Oxfam said 900 people were arrested in Peru in 2024. "
    "Caritas said it knew of 90 people arrested in Peru in 2024.",
    "Police said 30 people were killed in Lima on Monday. Oxfam said 90 people were killed in Lima on Tuesday.",
    "Police said 30 people were killed at a station in Lima on 3 February 2025. "
    "But Oxfam said 90 people were killed at a stadium in Lima on 3 February 2025.",
    "The World Food Programme said 900 civilians were killed in Niger in 2024. "
    "WFP said 90 civilians were killed in Niger in 2024.",
]  # fmt: skip


@pytest.mark.parametrize("words", MUST)
def test_two_bodies_that_count_one_thing_contradict(words: str) -> None:
    assert len(contradictions(words)) == 1


@pytest.mark.parametrize("words", MUST_NOT)
def test_what_one_of_them_restricts_is_no_contradiction(words: str) -> None:
    assert [r.reason for r in contradictions(words)] == []


def test_two_who_keep_records_of_their_own_do_not_contradict_each_other() -> None:
    words = (
        "PIPS said 262 attacks took place in Pakistan in 2022. PICSS said 376 attacks took place in Pakistan in 2022."
    )
    report = counterfoil.check(counterfoil.from_text(HEAD + words))
    between = [r for r in report.relations if "article" in (r.a.where, r.b.where) and r.a.where == r.b.where]
    assert [r.kind for r in between] == [RelationKind.DIFFERENT_MEASURE]
    assert "rules of their own" in between[0].reason
