"""Numbers that count people though no noun says so, in headlines above all; and what a toll is of."""

import pytest

from counterfoil.documents import from_text
from counterfoil.reading import read
from counterfoil.reading.measures import label
from counterfoil.reading.model import Figure

ENGINES = ["rules", "encoder", "fast"]
# headline, number, label
PEOPLE = [
    ("Six shot in Marseille", "Six", "casualties"),
    ("Two shot dead outside mosque", "Two", "killed"),
    ("17,000 flee homes as flood waters rise in Assam", "17,000", "displaced"),
    ("Twelve held after market riot", "Twelve", "detained"),
    ("Nine die as bus plunges into ravine", "Nine", "killed"),
    ("300 evacuated as volcano erupts", "300", "evacuated"),
    ("Four jailed over Riga arms deal", "Four", "detained"),
    ("80 drown off Crete", "80", "killed"),
    ("Quake injures 70", "70", "injured"),
    ("Blast wounds at least 12", "12", "injured"),
    ("Floods displace 45,000 in Kenya", "45,000", "displaced"),
    ("India deports 230", "230", "deported"),
    ("Toll in Kano market blast rises to 47", "47", "killed"),
    ("Nepal quake toll passes 150", "150", "killed"),
    ("Toll in attacks on villages reaches 35", "35", "killed"),
    ("Injury toll rises to 340 after concert stampede", "340", "injured"),
]
# sentence, number: something else is counted
OTHERS = [
    ("Six shot glasses found", "Six", "person"),
    ("Of 200 sheep infected, 30 died.", "30", "person"),
    ("Fire guts 40 homes", "40", "person"),
    ("Strike shuts 300 schools", "300", "person"),
    ("Hail killed 14 cows in Bern.", "14", "person"),
]


def figure(text: str, number: str, engine: str) -> Figure:
    [one] = [one for one in read(from_text(text), engine=engine).figures if one.number.anchor.quote == number]
    return one


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("text", "number", "expected"), PEOPLE)
def test_harm_and_moving_are_of_people(text: str, number: str, expected: str, engine: str) -> None:
    one = figure(text, number, engine)
    assert one.measure is not None
    assert (one.number.value.unit, label(one.measure.value.code)) == ("person", expected)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("text", "number", "unit"), OTHERS)
def test_a_noun_says_what_else_is_counted(text: str, number: str, unit: str, engine: str) -> None:
    assert figure(text, number, engine).number.value.unit != unit


@pytest.mark.parametrize("engine", ENGINES)
def test_what_befell_others_before_is_not_told_of_the_next_number(engine: str) -> None:
    one = figure("Storm kills 14, cuts power to 60,000", "60,000", engine)
    assert one.measure is not None
    assert label(one.measure.value.code) != "killed"


@pytest.mark.parametrize("engine", ENGINES)
def test_soldiers_that_a_participle_describes_stay_what_is_counted(engine: str) -> None:
    one = figure("Five killed soldiers were buried in Bamako.", "Five", engine)
    assert one.what is not None
    assert one.what.quote.endswith("soldiers")


def test_a_toll_is_nobody() -> None:
    one = figure("Death toll from attacks on ships climbs to 9", "9", "encoder")
    assert one.measure is not None
    assert one.measure.value.population is None


@pytest.mark.parametrize("engine", ENGINES)
def test_a_clause_behind_tells_of_others(engine: str) -> None:
    text = "The ministry said the number of wounded fell from 60 to 52 and that nobody was missing."
    one = figure(text, "52", engine)
    assert one.measure is not None
    assert label(one.measure.value.code) == "injured"
