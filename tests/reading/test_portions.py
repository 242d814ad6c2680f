"""Parts of those counted before, and who accounts for a share. Sentences are our own."""

from datetime import date

import pytest

from counterfoil.documents import Options, from_text
from counterfoil.reading import read
from counterfoil.reading.model import Figure


def figures(text: str) -> list[Figure]:
    return list(read(from_text(text, Options(published=date(2024, 5, 8))), engine="rules").figures)


def told(figure: Figure) -> tuple[str, str | None]:
    assert figure.measure is not None
    return figure.measure.value.code, figure.measure.value.population


@pytest.mark.parametrize(
    ("text", "code", "population"),
    [
        ("The mission counted 3,701 deaths in Kachin. Of them 1,647 were civilians.", "killed", "civilians"),
        ("Police arrested 210 protesters in Lyon on Friday. Of them, 34 were minors.", "detained", "minors"),
        (
            "Officials registered 5,600 refugees in Chad. Of these, 2,100 were young children.",
            "refugees",
            "young children",
        ),
        ("At least 40 people died in Sindh. Of the dead, nine were women.", "killed", "women"),
        ("The blast injured 60 people and killed 12. Among the injured, 14 were soldiers.", "injured", "soldiers"),
    ],
)
def test_a_part_is_of_the_measure_of_the_whole(text: str, code: str, population: str) -> None:
    found = figures(text)
    part = found[-1]
    whole = next(one for one in found if one.measure and one.measure.value.code == code)
    assert told(part) == (code, population)
    assert (part.kind, part.period, part.place, part.number.value.unit) == (
        whole.kind,
        whole.period,
        whole.place,
        "person",
    )
    if part.place is not None:
        assert "place" in part.carried


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The army detained 90 men in Mali. Of them, 12 were released.", "detained"),  # what befell them
        ("There were 900 deaths. Of these, 30 were sudden.", "killed"),  # names nobody
        ("The storm broke 14 bridges. Of them, three were new.", "killed"),
        ("Some 40 people died and 200 were injured. Of them, 34 were minors.", "injured"),  # of which of the two?
        ("Some 40 people died in Sindh and 12 died in Punjab. Of the dead, nine were women.", "killed"),
        ("Of the girls, 34 were minors.", "killed"),  # of none counted before
    ],
)
def test_where_no_one_whole_is_told_nothing_is_taken_over(text: str, code: str) -> None:
    part = figures(text)[-1]
    assert part.measure is None or part.measure.by != "portions.part@1"
    assert told(part)[0] != code


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("Ukrainians accounted for 42 percent of refugees.", "Ukrainians"),
        ("Women and girls made up over half of the displaced.", "Women and girls"),
        ("In 2022, Venezuelans comprised 18 per cent of all migrants.", "Venezuelans"),
        ("The agency said that refugees from Syria now constituted a third of the students.", "refugees from Syria"),
        ("Unaccompanied children still represent 9 percent of arrivals.", "Unaccompanied children"),
    ],
)
def test_who_accounts_for_a_share_is_who_it_counts(text: str, population: str) -> None:
    [share] = figures(text)
    assert told(share)[1] == population


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("Coal accounted for 40 percent of electricity.", None),
        ("Storms accounted for 12 percent of migrants.", "migrants"),
        ("They made up 30 percent of the refugees.", "refugees"),
        ("Some 60 percent of the refugees are women.", "refugees"),
    ],
)
def test_what_is_no_part_of_people_stays_as_it_is(text: str, population: str | None) -> None:
    [share] = figures(text)
    assert told(share)[1] == population
