"""How many people live in a country: which words tell that, and which tell of a part or of other beings."""

import pytest

import counterfoil as cf
from counterfoil.checking.datasets.model import PlaceColumn, Time
from counterfoil.checking.inhabitants import told_of
from counterfoil.checking.judge import asked_of
from counterfoil.checking.matching import find
from counterfoil.checking.stated import per_people
from counterfoil.reading.model import Kind, Precision

from .made import dataset, edition, figures, indicator, matched

YEARS = edition(
    dataset(
        "people",
        indicator("population", "population", kind=Kind.STOCK, additive="stock", population="people"),
        places=(PlaceColumn("country", "country", "iso3"),),
        time=Time("year", precision=Precision.YEAR),
    ),
    last="2024-07-01",
)


def told(sentence: str, engine: str = "encoder") -> object:
    account = cf.read(cf.from_text(sentence), engine=engine)
    figure = account.figures[0]
    claim, wording = asked_of(account, figure)
    return told_of(figure, claim, wording.seen)


@pytest.mark.parametrize(
    "sentence",
    [
        "Pakistan's population was 251 million in 2024.",
        "The population of Niger reached 26 million in 2023.",
        "Peru is a country of 34 million people.",
        "The World Bank puts Nepal's population at 29.7 million in 2022.",
        "The population of the Democratic Republic of the Congo was 99 million in 2022.",
        "The population of Ivory Coast increased to 31 million in 2023.",
        "Kenya, home to 55 million people, held elections in 2022.",
        "Some 9 million people live in Austria.",
    ],
)
def test_all_inhabitants_of_a_country(sentence: str) -> None:
    claim = told(sentence)
    assert not isinstance(claim, str | None)
    assert (claim.code, claim.restricted) == ("population", frozenset())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The camp in Kenya has a population of 45,000.", "“camp”"),
        ("The elephant population of Kenya was 36,000 in 2021.", "“elephant population”"),
        ("Kenya has a population of 36,000 elephants.", None),
        ("Peru's inmate population was 90,000 in 2022.", "inmate"),
        ("The Afghan population of Iran was 4.5 million in 2022.", "Afghan population"),
        ("Niger's population in need was 4 million in 2023.", "population in need"),
        ("The population living under siege in Sudan was 2 million in 2023.", "population living"),
        ("The population at risk in Nepal reached 3 million in 2023.", "population at risk"),
        ("Lahore's population was 13 million in 2023.", "no country"),
        ("The population was 13 million in 2023.", "no country"),
        ("In Kenya, 45 million people were registered to vote in 2022.", None),
        ("Some 9 million people in Sudan needed aid in 2022.", None),
        ("Kenya hosted 500,000 refugees in 2022.", None),
    ],
)
def test_a_part_and_other_beings_are_not_taken_for_them(sentence: str, why: str | None) -> None:
    reason = told(sentence)
    if why is None:
        assert reason is None
    else:
        assert isinstance(reason, str)
        assert why in reason


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The population of Santiago, in Chile, is 7 million.", "population of Santiago"),
        ("The population affected by the floods in Nepal was 2 million in 2023.", "population affected by"),
    ],
)
def test_a_country_beside_it_makes_no_population_the_country_s(sentence: str, why: str) -> None:
    assert why in str(told(sentence, "rules"))


def test_the_state_of_a_year_answers_for_that_year_and_an_estimate_accuses_nobody() -> None:
    account, [figure, *_] = figures("Peru's population was 34 million in 2024.")
    claim, wording = asked_of(account, figure)
    people = told_of(figure, claim, wording.seen)
    assert not isinstance(people, str)
    assert people is not None
    [match], _ = find(figure, people, wording, [YEARS])
    assert match.indicator.id == "population"
    assert not match.firm
    account, [figure, *_] = figures("Peru's population was 34 million in 2012.")
    claim, wording = asked_of(account, figure)
    found, [unmatched] = find(figure, claim, wording, [YEARS])
    assert not found
    assert "the claim is of" in unmatched.why


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        ("Conflict killed 53 per 100,000 people in Niger in 2022.", 100_000),
        ("There were 5.2 deaths per 100,000 people in Niger in 2022.", 100_000),
        ("The conflict killed 180 people per 100,000 inhabitants in Niger in 2022.", 100_000),
        ("In Niger the conflict killed 12 people per million in 2022.", 1_000_000),
        ("In Niger the conflict killed 12 people in 2022.", None),
    ],
)
def test_of_how_many_people_a_rate_is_told(sentence: str, people: float | None) -> None:
    account, [figure, *_] = figures(sentence)
    assert per_people(account.document.text, figure) == people


def test_a_rate_in_one_expression_is_divided_too() -> None:
    deaths = edition(dataset("events", indicator("deaths", "killed", context="in all violence", distance=0.4)))
    [match], _ = matched("In all violence, 53 per 100,000 people were killed in Mali in 2021.", [deaths, YEARS])
    assert match.divisor is not None
