"""Where it happened: neither where people were sent, nor where the source sits, unless nothing else is named."""

import pytest

from counterfoil.documents import from_text
from counterfoil.reading import read

ENGINES = ["rules", "encoder"]


def place(text: str, number: str, engine: str) -> str | None:
    [one] = [one for one in read(from_text(text), engine=engine).figures if one.number.anchor.quote == number]
    return one.place.value.name.partition(",")[0] if one.place else None


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("The government deported 4,300 Burundians from Kigoma to Gitega on Monday.", "4,300", "Kigoma"),
        ("Tanzania deported 1,200 people from Kigoma to Burundi in March.", "1,200", "Kigoma"),
        ("Some 900 families were evacuated from Mariupol to Zaporizhzhia.", "900", "Mariupol"),
        ("Police in Kigoma deported 300 refugees to Burundi.", "300", "Kigoma"),
        # nothing else is named, or that is where they came to
        ("The Dominican Republic deported 71,414 people to Haiti in October.", "71,414", "Haiti"),
        ("About 5,000 people returned to Herat from Mashhad last week.", "5,000", "Herat"),
        ("More than 4,300 people crossed from Sudan into Chad.", "4,300", "Chad"),
        ("The ministry in Madrid said 300 people had been deported to Morocco.", "300", "Morocco"),
    ],
)
def test_people_are_sent_away_where_they_were(text: str, number: str, expected: str, engine: str) -> None:
    assert place(text, number, engine) == expected


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Shelling hit the town of Sake on Monday. The hospital in Goma said 14 people were killed.", "14", "Sake"),
        ("A boat sank near Lampedusa. The coastguard in Rome said 40 people were missing.", "40", "Lampedusa"),
        ("The hospital in Goma said 14 people were killed in Rutshuru.", "14", "Rutshuru"),
        ("The hospital in Mopti said 14 people were killed.", "14", "Mopti"),
        ("Fire swept a market. Police in Lima said 12 people were hurt.", "12", "Lima"),
    ],
)
def test_a_sources_seat_is_where_it_happened_only_for_want_of_another(
    text: str, number: str, expected: str, engine: str
) -> None:
    assert place(text, number, engine) == expected
