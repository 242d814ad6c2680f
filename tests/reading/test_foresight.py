"""Forecasts, targets and expectations that stand beside a number as an adjective, a noun or a passive."""

from datetime import date

import pytest

from counterfoil.documents import Options, from_text
from counterfoil.reading import read

ADJECTIVES = [
    ("The central bank cut its outlook, with expected growth of 5.2% in 2025.", "5.2%", "projected"),
    ("An expected 20,000 pilgrims will visit Najaf this week.", "20,000", "projected"),
    ("The company confirmed 4,000 planned job losses in Leeds.", "4,000", "planned"),
    ("The estimated cost of the dam is $4 billion.", "$4 billion", "estimated"),
    ("Growth is 3.4%, against a projected 4%.", "4%", "projected"),
]
NOUNS = [
    ("The bank stuck to its 3% growth forecast.", "3%", "projected"),
    ("The forecast for Ghana is 5.2%.", "5.2%", "projected"),
    ("The government missed its target of 40,000 homes.", "40,000", "planned"),
    ("The target is 40,000 homes a year.", "40,000", "planned"),
    ("The ministry's projection of 1.2 million arrivals in 2026 was called optimistic.", "1.2 million", "projected"),
]
PASSIVES = [
    ("A budget deficit of 5.6% of GDP is projected for 2026.", "5.6%", "projected"),
    ("A rise of 4% is expected this year in Chile.", "4%", "projected"),
    ("Some 40,000 homes are planned by 2027.", "40,000", "planned"),
    ("Up to 900 arrivals were anticipated in Adré.", "900", "projected"),
]
OBSERVED = [
    ("As expected, 5,000 people attended the rally in Kyiv.", "5,000", "observed"),
    ("More than expected, 41,000 people voted.", "41,000", "observed"),
    ("The unexpected deaths of 31 patients are under investigation.", "31", "observed"),
    ("Police killed 12 people, and a report is expected on Monday.", "12", "observed"),
    ("The scheduled flight carrying 120 passengers crashed.", "120", "observed"),
    ("The plan was backed by 40 lawmakers.", "40", "observed"),
    ("Growth is 3.4%, against a projected 4%.", "3.4%", "observed"),
    ("Twelve gunmen target a bus in Kano.", "Twelve", "observed"),
]


@pytest.mark.parametrize("engine", ["rules", "encoder"])
@pytest.mark.parametrize(
    ("text", "number", "modality"), [*ADJECTIVES, *NOUNS, *PASSIVES, *OBSERVED], ids=lambda words: str(words)[:40]
)
def test_what_is_foreseen_is_not_observed(text: str, number: str, modality: str, engine: str) -> None:
    figures = {one.number.anchor.quote: one for one in read(from_text(text), engine=engine).figures}
    assert figures[number].modality.value == modality


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The bank cut its outlook, with expected growth of 5.2% in 2025.", "2025-12-31"),
        ("UNHCR expects 50,000 people to return to Adré in 2025.", "2025-12-31"),
        ("A deficit of 5.6% of GDP is projected for 2025.", "2025-12-31"),
        ("Some 700 people drowned in 2025.", "2025-02-12"),
    ],
)
def test_what_is_foreseen_for_a_year_is_of_all_of_it(text: str, last: str) -> None:
    [figure] = read(from_text(text, Options(published=date(2025, 2, 12)))).figures[:1]
    assert figure.period is not None
    assert str(figure.period.value.last) == last


@pytest.mark.parametrize("engine", ["rules", "encoder"])
@pytest.mark.parametrize(
    ("text", "number", "modality"),
    [
        ("The expected trial of 12 officers began on Monday.", "12", "observed"),
        ("The planned evacuation of 300 villagers was completed on Tuesday.", "300", "observed"),
        ("The scheduled flight of 140 deportees took place on Friday.", "140", "observed"),
        ("The proposed sale of 40 tanks went ahead, the minister said.", "40", "observed"),
        ("The planned evacuation of 300 villagers was cancelled on Tuesday.", "300", "planned"),
        ("The expected trial of 12 officers will begin on Monday.", "12", "projected"),
        ("The planned closure of 30 schools is to be completed by 2026.", "30", "planned"),
        ("The planned release of 80 prisoners has yet to be completed.", "80", "planned"),
        ("The ministry reported an expected growth of 5.2%.", "5.2%", "projected"),
    ],
    ids=lambda words: str(words)[:40],
)
def test_what_was_foreseen_and_took_place_is_observed(text: str, number: str, modality: str, engine: str) -> None:
    figures = {one.number.anchor.quote: one for one in read(from_text(text), engine=engine).figures}
    assert figures[number].modality.value == modality


@pytest.mark.parametrize("engine", ["rules", "encoder"])
@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The government said growth of 5.2% in 2025 would follow.", "projected"),
        ("Growth of 5.2% in 2026 is the ministry's figure.", "projected"),
        ("Growth of 5.2% in 2023 is the ministry's figure.", "observed"),
        ("Growth was 5.2% in 2024.", "observed"),
    ],
    ids=lambda words: str(words)[:40],
)
def test_nobody_has_observed_a_year_to_come(text: str, modality: str, engine: str) -> None:
    document = from_text(text, Options(published=date(2024, 5, 14)))
    figures = {one.number.anchor.quote: one for one in read(document, engine=engine).figures}
    assert figures["5.2%"].modality.value == modality
