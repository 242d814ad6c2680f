"""What a number counts is told by its own clause: a comma, a negation or who speaks may end it. Sentences are ours."""

from datetime import date

import pytest

from counterfoil.documents import Options, from_text
from counterfoil.reading import read
from counterfoil.reading.model import Figure, Kind, Modality


def first(text: str) -> Figure:
    return read(from_text(text, Options(published=date(2024, 5, 8))), engine="encoder").figures[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Of the 12,400 people who fled, about 7,000 have returned, the Federation estimates.", "displaced"),
        ("Julia Paredes says she has the names of 131 people who never came home.", "people"),
        ("Nearly 60 refugees did not return to Bor.", "refugees"),
        ("About 90 evacuees have not yet been able to go back to Lae.", "evacuated"),
        ("The ministry said 45 pupils had never arrived.", "people"),
        # near misses
        ("Nearly 60 refugees returned to Bor.", "returned"),
        ("Some 400 people who had not been registered came home.", "returned"),
        ("The army denied that 500 Afghans had been deported.", "deported"),
        ("The ministry said it did not deport 500 Afghans.", "deported"),
    ],
)
def test_a_movement_is_what_was_done_by_those_counted(text: str, code: str) -> None:
    measure = first(text).measure
    assert measure is not None
    assert measure.value.code == code


@pytest.mark.parametrize(
    "text",
    [
        "The irrigation board, which has 3,200 members, said that the maize was destroyed.",
        "The union, which had 900 members, was dissolved on Monday.",
        "The firm, which employs 410 people, burned down on Friday.",
        "Her clinic, which had 30 beds, was shelled.",
    ],
)
def test_what_follows_the_comma_happened_to_others(text: str) -> None:
    event = first(text).event
    assert event is None or event.span.start < text.index(",", text.index("which"))


@pytest.mark.parametrize(
    "text",
    [
        "The agriculture ministry speaks of 2,900 hectares.",
        "The mayor told of 40.",
        "Police counted 18,000.",
        "The union speaks of 92.",
    ],
)
def test_who_says_a_number_is_not_what_it_counts(text: str) -> None:
    figure = first(text)
    assert figure.what is None or not text.startswith(figure.what.quote)


@pytest.mark.parametrize("coins", ["25,000 soles", "180 million soles", "1.4 billion lari", "300 reais"])
def test_a_sum_paid_for_each_death_counts_nobody(coins: str) -> None:
    figure = first(f"The sum of {coins} is paid for each confirmed death.")
    assert figure.number.value.unit in ("PEN", "GEL", "BRL")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Growth was 5.2% in 2023, after 4.6% in 2022.", [2023, 2022]),
        ("Exports grew 3.1% in 2023, up from 1.2% in 2022.", [2023, 2022]),
        ("Police counted 40 robberies in 2021 and 12 in 2019.", [2021, 2019]),
        ("Fires killed 31 people in 2020 and hurt 44 in 2018.", [2020, 2018]),
        # near misses: one time for both
        ("In 2020 fires killed 31 people and hurt 44 in Lae.", [2020, 2020]),
        ("Floods killed 31 and hurt 44 in 2018.", [2018, 2018]),
    ],
)
def test_the_time_right_behind_a_number_is_its_own(text: str, years: list[int]) -> None:
    found = read(from_text(text, Options(published=date(2024, 5, 8))), engine="encoder").figures
    days = [one.period.value.first if one.period else None for one in found]
    assert [day.year if day else None for day in days] == years


@pytest.mark.parametrize(
    "text",
    [
        "“The figure of 19 is pure invention,” army spokesman Nabil Osman said.",
        "The toll of 31 is a lie, the mayor of Lae, Ann Kila, said.",
        "“A count of 44 is a fantasy,” the governor of Homs, Ali Kila, said.",
        "The number of 62 is false, Police Chief Ana Ruiz said.",
    ],
)
def test_who_calls_a_number_invented_does_not_give_it(text: str) -> None:
    figure = first(text)
    assert figure.kind is not Kind.AGE
    assert figure.modality is Modality.DENIED


@pytest.mark.parametrize("text", ["The boy was 19, police said.", "A man of 31 was hurt, the mayor said."])
def test_an_age_stays_an_age(text: str) -> None:
    assert first(text).kind is Kind.AGE
