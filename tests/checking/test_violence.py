"""The kind of violence that a sentence names chooses the measure; where no measure counts it, the whole answers not."""

import pytest

import counterfoil as cf
from counterfoil.checking.datasets.model import Variant
from counterfoil.checking.matches import DIRECT, LOWER, UPPER
from counterfoil.checking.violence import NON_STATE, ONE_SIDED, STATE, counted, named
from counterfoil.comparing import claims

from .made import dataset, edition, figures, indicator, matched

YEARLY = edition(
    dataset(
        "yearly",
        indicator("deaths", "killed", context="in all violence", distance=0.3),
        indicator("non-state-deaths", "killed", words="killed in fights between armed groups", distance=0.6),
        indicator("one-sided-deaths", "killed", population="civilians", context="in attacks", distance=0.5),
    )
)
EVENTS = edition(
    dataset(
        "events",
        indicator("deaths", "killed", context="in all violence", distance=0.3, variants=("state-based", "clear")),
        variants=(
            Variant("state-based", "definition", "state-based violence alone", "kind = 1", 0.4),
            Variant("clear", "definition", "clear events alone", "clarity = 1", 0.7),
        ),
    )
)


@pytest.mark.parametrize(
    ("sentence", "kind", "sure"),
    [
        ("Non-state violence killed 900 people in Kenya in 2021.", NON_STATE, "exact"),
        ("Some 900 people died in state-based armed conflict in Peru in 2021.", STATE, "exact"),
        ("In Chad, 900 people were killed in one-sided violence in 2021.", ONE_SIDED, "exact"),
        ("Fighting between the army and rebels killed 900 people in Niger in 2021.", STATE, "loose"),
        ("Battles between rebels and government forces killed 900 people in Mali in 2021.", STATE, "loose"),
        ("Clashes between rival militias killed 900 people in Libya in 2021.", NON_STATE, "loose"),
        ("Attacks on civilians killed 900 people in Mozambique in 2021.", ONE_SIDED, "loose"),
        ("Clashes between herders and farmers killed 900 people in Ghana in 2021.", NON_STATE, "narrower"),
        ("Intercommunal violence killed 900 people in South Sudan in 2021.", NON_STATE, "narrower"),
        ("Fighting between the army and Dhofar rebels killed 900 people in Oman in 2021.", STATE, "narrower"),
        ("Gang violence killed 900 people in Haiti in 2021.", "gang violence", "other"),
        (
            "Not counting non-state violence, conflict killed 900 people in Kenya in 2021.",
            "violence without non-state violence",
            "other",
        ),
        ("Conflict killed 900 people in Kenya in 2021.", None, ""),
        ("Worldwide 900 people died in conflict in 2021, of whom 700 in state-based conflict.", None, ""),
        ("War killed 900 people in Peru in 2021, 70 of them in one-sided violence.", None, ""),
        ("In Chad, 900 people died in 2021, including 30 in non-state conflict and 9 in one-sided violence.", None, ""),
        ("In 2021, 900 people died in Mali, among them 40 in clashes between herders and farmers.", None, ""),
        ("Non-state conflict killed 900 people in Niger in 2021, including 40 children.", NON_STATE, "exact"),
        ("In Kenya 900 people died in 2021, all of them in state-based conflict.", STATE, "exact"),
        ("Non-state actors killed 900 people in Kenya in 2021.", None, ""),
        ("Attacks in Kenya killed 900 soldiers and rebels in 2021.", None, ""),
        ("The army said 900 people were killed in Kenya in 2021.", None, ""),
        ("Kenya hosted 900 refugees who had fled communal violence in 2021.", None, ""),
    ],
)
def test_the_kind_that_is_named(sentence: str, kind: str | None, sure: str) -> None:
    account = cf.read(cf.from_text(sentence), engine="rules")
    figure = account.figures[0]
    assert figure.measure is not None
    found = named(claims.surroundings(account, figure), figure.measure.value.code)
    assert (found.kind if found else None, found.sure if found else "") == (kind, sure)


@pytest.mark.parametrize(("at", "kind"), [(0, STATE), (1, NON_STATE)])
def test_of_two_kinds_each_figure_has_that_of_its_clause(at: int, kind: str) -> None:
    sentence = "In 2021 state-based conflict killed 300 people and non-state conflict killed 90 people in Peru."
    account, found = figures(sentence)
    one = named(claims.surroundings(account, found[at]), "killed")
    assert one is not None
    assert one.kind == kind


@pytest.mark.parametrize(
    ("sentence", "measure", "relation", "chosen"),
    [
        ("Non-state violence killed 900 people in Kenya in 2021.", "non-state-deaths", DIRECT, ()),
        ("Communal clashes killed 900 people in Kenya in 2021.", "non-state-deaths", UPPER, ()),
        ("In 2021 one-sided violence killed 900 people in Peru.", "one-sided-deaths", DIRECT, ()),
        ("Massacres of civilians killed 900 people in Peru in 2021.", "one-sided-deaths", DIRECT, ()),
        ("State-based violence killed 900 people in Niger in 2021.", "deaths", DIRECT, ("state-based",)),
        ("In all violence, 900 people were killed in Niger in 2021.", "deaths", DIRECT, ()),
    ],
)
def test_the_kind_chooses_the_measure(sentence: str, measure: str, relation: str, chosen: tuple[str, ...]) -> None:
    held = EVENTS if chosen else YEARLY
    [match], _ = matched(sentence, [held])
    assert (match.indicator.id, match.relation) == (measure, relation), match.reasons
    assert tuple(v.id for v in match.chosen) == chosen


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Gang violence killed 900 people in Kenya in 2021.", "the words tell of gang violence"),
        ("State-based violence killed 900 people in Kenya in 2021.", "does not count that apart"),
        (
            "Outside of it, excluding one-sided violence, conflict killed 900 people in Kenya in 2021.",
            "without one-sided",
        ),
    ],
)
def test_the_whole_answers_no_question_of_a_part(sentence: str, why: str) -> None:
    found, [unmatched] = matched(sentence, [YEARLY])
    assert not found
    assert why in unmatched.why


def test_a_part_answers_a_question_of_the_whole_with_less() -> None:
    only = edition(dataset("only", indicator("non-state-deaths", "killed", context="in all violence")))
    [match], _ = matched("In all violence, 900 people were killed in Niger in 2021.", [only])
    assert match.relation == LOWER


def test_a_measure_of_two_kinds_names_both() -> None:
    both = indicator("attack-deaths", "killed", words="people killed in state-based and one-sided events")
    assert counted(both) == {STATE, ONE_SIDED}
    assert counted(indicator("deaths", "killed", context="in all violence")) == frozenset()
