"""Ages that a law sets or changes, and ranges of ages; counts of people that look like them stay counts."""

import pytest

from counterfoil.documents import from_text
from counterfoil.reading import read

AGES = [
    ("The reform raises the retirement age for men from 60 to 63 and for women from 55 to 58.", "60 63 55 58"),
    ("The bill lifts the pensions age from 60 to 63.", "60 63"),
    ("Malta's cabinet extended the compulsory school age from 14 to 16.", "14 16"),
    ("The voting age was cut from 18 to 16.", "18 16"),
    ("China raised the retirement age for men to 63 from 60.", "63 60"),
    ("Men from 60 to 63 will have to wait.", "60 to 63"),
    ("The survey covered women between 15 and 49.", "15 and 49"),
    ("The conscription of men 18 to 60 was announced.", "18 to 60"),
]
COUNTS = [
    ("The number of men killed rose from 60 to 63.", "60 63"),
    ("Between 60 and 63 men were killed in the raid.", "60 and 63"),
    ("The army killed from 60 to 63 men.", "60 to 63"),
    ("Police put the number of women held at 15 to 49.", "15 to 49"),
]


@pytest.mark.parametrize("engine", ["rules", "encoder"])
@pytest.mark.parametrize(("text", "numbers"), AGES, ids=lambda words: str(words)[:40])
def test_ages_are_ages(text: str, numbers: str, engine: str) -> None:
    figures = read(from_text(text), engine=engine).figures
    assert " ".join(one.number.anchor.quote for one in figures) == numbers
    assert {(one.kind.value, one.number.value.unit) for one in figures} == {("age", "year")}


@pytest.mark.parametrize("engine", ["rules", "encoder"])
@pytest.mark.parametrize(("text", "numbers"), COUNTS, ids=lambda words: str(words)[:40])
def test_counts_of_people_are_no_ages(text: str, numbers: str, engine: str) -> None:
    figures = read(from_text(text), engine=engine).figures
    assert " ".join(one.number.anchor.quote for one in figures) == numbers
    assert {one.number.value.unit for one in figures} == {"person"}
