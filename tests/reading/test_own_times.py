"""Each number has the time of its own clause; the time of the telling is not that of what is told."""

from datetime import date

import pytest

from counterfoil.documents import Options, from_text
from counterfoil.reading import periods, read
from counterfoil.reading.model import Figure

PUBLISHED = date(2025, 2, 12)  # a Wednesday


def figures(text: str) -> tuple[Figure, ...]:
    return read(from_text(text, Options(published=PUBLISHED)), engine="encoder").figures


@pytest.mark.parametrize(
    ("text", "firsts"),
    [
        ("In 2020 fires killed 31, and 44 in 2018.", ["2020-01-01", "2018-01-01"]),
        ("In 2019 landslides killed 12 villagers, and 30 villagers in 2022.", ["2019-01-01", "2022-01-01"]),
        ("In March the centre registered 900 arrivals, and 1,200 in April.", ["2024-03-01", "2024-04-01"]),
        ("In January the clinic treated 310 children and 290 in February.", ["2025-01-01", "2025-02-01"]),
        ("Between 2015 and 2018 some 400 died, and 90 in 2019 alone.", ["2015-01-01", "2019-01-01"]),
        # near misses: one time for both
        ("In 2020 fires killed 31 in Peru and 44 in Chile.", ["2020-01-01", "2020-01-01"]),
        ("On Monday the mayor said fires killed 31 and hurt 44 in 2018.", ["2018-01-01", "2018-01-01"]),
    ],
)
def test_each_number_has_the_time_of_its_clause(text: str, firsts: list[str]) -> None:
    found = [one.period.value.first if one.period else None for one in figures(text)]
    assert [str(day) for day in found] == firsts


@pytest.mark.parametrize(
    "text",
    [
        "The minister told parliament last week that 40 had died.",
        "The governor said last month that 3,000 families had been displaced in Borno.",
        "In a statement last week, the ministry said 230 schools had been closed in Niger.",
        "Last week the mayor told residents that 14 houses had burnt down.",
        "The UN announced on Tuesday that 12 aid workers had been killed in Sudan.",
    ],
)
def test_the_time_of_the_telling_dates_no_happening(text: str) -> None:
    [figure] = figures(text)
    assert figure.period is None
    assert figure.as_of is not None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The minister told parliament that 40 people had died last week.", "2025-02-03"),
        ("The union said 14 people died last week in Lima.", "2025-02-03"),
        ("The ministry said on Monday that 40 people died on Sunday.", "2025-02-09"),
        ("As of Monday, the agency reported 126,000 cases in Peru.", "2025-02-10"),
    ],
)
def test_the_time_of_what_is_told_stays(text: str, first: str) -> None:
    [figure] = figures(text)
    assert figure.period is not None
    assert str(figure.period.value.first) == first


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("In 2020 fires killed 31.", ["In 2020"]),
        ("The dam broke. In 2018 floods displaced 900.", ["In 2018"]),
        ("The army left mines in 2020 houses.", []),
        ("They found arms and in 2000 houses searched there were more.", []),
    ],
)
def test_a_year_before_a_subject_is_a_year(text: str, times: list[str]) -> None:
    assert [one.span.of(text) for one in periods.find(text, PUBLISHED)] == times
