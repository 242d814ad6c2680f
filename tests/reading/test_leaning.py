"""Numbers that lean on the figure before them; and words that a model takes for what they are not."""

import pytest

from counterfoil.documents import from_text
from counterfoil.reading import read
from counterfoil.reading.measures import label
from counterfoil.reading.model import Figure

ENGINES = ["rules", "encoder"]


def figure(text: str, number: str, engine: str) -> Figure:
    [one] = [one for one in read(from_text(text), engine=engine).figures if one.number.anchor.quote == number]
    return one


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        (
            "The Chamber estimated losses of 1.4 billion kronor; the institute gave 550 to 620 million.",
            "550 to 620 million",
            "SEK",
        ),
        ("Insurers paid out $40 million, up from 12 million in 2022.", "12 million", "USD"),
        ("The flood cost €3 billion, against 1.9 billion a year before.", "1.9 billion", "EUR"),
        # people and things stay what they are
        ("Some 2.1 million fled; the cost is $3 billion. Another 1.4 million were hurt.", "1.4 million", "person"),
        ("Aid worth $3 million went to 2 million people.", "2 million", "person"),
    ],
)
def test_a_bare_million_beside_money_is_money(text: str, number: str, unit: str, engine: str) -> None:
    one = figure(text, number, engine)
    assert one.number.value.unit == unit
    assert (one.kind.value == "money") is (unit != "person")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "number", "unit", "code"),
    [
        ("A walkout has cancelled 2,340 services. The union put the figure at 3,100.", "3,100", "item", "other"),
        (
            "Floods displaced 12,000 people. Aid groups say the figure is closer to 20,000.",
            "20,000",
            "person",
            "displaced",
        ),
        ("Hail killed 40 cows. Farmers put the number at 75.", "75", "animal", "animals"),
        ("Police arrested 61 men. Lawyers said the total was at least 90.", "90", "person", "detained"),
    ],
)
def test_the_figure_counts_what_the_one_before_did(text: str, number: str, unit: str, code: str, engine: str) -> None:
    one = figure(text, number, engine)
    assert one.measure is not None
    assert one.number.value.unit == unit
    assert label(one.measure.value.code) == code or code == "other"


@pytest.mark.parametrize("engine", ENGINES)
def test_of_several_counts_none_is_taken_over(engine: str) -> None:
    one = figure("Police said 14 people died and 30 cars burned. Doctors put the number at 19.", "19", engine)
    assert one.number.value.unit != "vehicle"


@pytest.mark.parametrize("engine", ENGINES)
def test_buildings_are_no_persons(engine: str) -> None:
    text = "Some 600 primary schools will close. The ministry's own figure is 510 schools."
    assert figure(text, "510", engine).number.value.unit == "building"


def test_a_word_without_a_capital_is_no_town_of_that_name() -> None:
    one = figure("Gusts reached 137 km/h at the airport on Monday.", "137", "encoder")
    assert one.place is None or one.place.value.level == "unknown"


@pytest.mark.parametrize("engine", ENGINES)
def test_two_years_later_leans_on_no_period_of_far_before(engine: str) -> None:
    text = (
        "The fertility rate was 1.87 in 2010.\n\nThe town has eleven schools, and four may close.\n\n"
        "Researchers followed 1,150 pupils. Two years later 13 per cent had left."
    )
    one = figure(text, "13 per cent", engine)
    assert one.period is None or one.period.value.first is None


@pytest.mark.parametrize("engine", ENGINES)
def test_what_the_injured_are_paid_counts_no_injured(engine: str) -> None:
    text = "The minister announced payments of 500,000 rupees to each bereaved family and 50,000 to the injured."
    assert figure(text, "50,000", engine).kind.value == "money"


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("The rent rose 8.4 per cent on the year to €16.21.", "8.4 per cent", "change"),
        ("The council cut the catch of herring by 29 per cent.", "29 per cent", "change"),
        ("Of the tenants 37% spend more than half of their income on rent.", "37%", "share"),
    ],
)
def test_changes_and_shares_are_kept_apart(text: str, number: str, kind: str) -> None:
    one = figure(text, number, "encoder")
    assert one.kind.value == kind
    assert one.period is None


@pytest.mark.parametrize("engine", ENGINES)
def test_glaciers_are_nobody(engine: str) -> None:
    one = figure("Of the country's 9,959 glaciers some 1,400 have gone.", "9,959", engine)
    assert one.measure is not None
    assert one.measure.value.population is None
