"""Whole sentences, read and checked: what no record may contradict, and what one must."""

from functools import cache

import pytest

import counterfoil
from counterfoil.checking import Records, read_tables
from counterfoil.checking.model import Verdict, Word

from .conftest import HEADER, row

QUARTER = {"first": "2024-01-01", "last": "2024-03-31"}
YEAR = {"first": "2024-01-01", "last": "2024-12-31"}
EVENTS = {"unit": "event", "population": ""}
TABLE = (
    {"publisher": "Relief Bureau", "series": "dead", "measure": "killed", "term": "dead", "population": "people",
     "low": "300", "country": "NPL", "place": "Nepal", **QUARTER},
    {"publisher": "Relief Bureau", "series": "uprooted", "measure": "displaced", "term": "displaced",
     "population": "people", "low": "41000", "country": "NPL", "place": "Nepal", **QUARTER},
    {"publisher": "Gendarmerie", "series": "arrests", "measure": "detained", "term": "arrested",
     "population": "people", "low": "2000", "country": "PER", "place": "Peru", **YEAR},
    {"publisher": "Gendarmerie", "series": "marches", "measure": "protest", "term": "protests", "low": "500",
     "country": "PER", "place": "Peru", **EVENTS, **YEAR},
    {"publisher": "Sahel Violence Survey Office", "series": "SVSO rebel attacks", "measure": "attack",
     "term": "attacks", "low": "700", "country": "MLI", "place": "Mali", "definition": "its own rule",
     **EVENTS, **YEAR},
    {"publisher": "Sahel Violence Survey Office", "series": "SVSO killed", "measure": "killed",
     "term": "killed in attacks", "context": "in attacks", "population": "people", "low": "1900", "country": "MLI",
     "place": "Mali", "definition": "its own rule", **YEAR},
    {"publisher": "Frontier Service", "series": "removals", "measure": "deported", "term": "deported",
     "population": "Haitian nationals", "low": "90000", "country": "DOM", "place": "Dominican Republic", **YEAR},
)  # fmt: skip
HEAD = "Counts of the year\n\nGENEVA, 12 February 2025\n\n"


@cache
def records() -> Records:
    return read_tables([("probes.csv", (HEADER + "".join(row(**cells) for cells in TABLE)).encode())])


def verdicts(sentence: str, engine: str = "encoder") -> list[Verdict]:
    return list(counterfoil.check(counterfoil.from_text(HEAD + sentence), engine=engine, records=records()).checks)


MUST = [
    "Police said 40 people died in Nepal between January and March 2024.",
    "Police said on Friday that 900 people died in Nepal between January and March 2024.",
    "In Nepal, 40 people died between January and March 2024, police said.",
    "A total of 900 people were killed in Nepal between January and March 2024, according to police.",
    "Police said more than 900 people were killed in Nepal between January and March 2024.",
    "Police said that there were 90 protests in Peru in 2024.",
    "There were 90 protests in Peru in 2024, police said.",
    "Police said 90 protests took place nationwide in Peru in 2024.",
    "Police told reporters that 60 people were arrested in Peru in 2024.",
    "According to police, 60 people were arrested in Peru in 2024.",
    "Between January and March 2024, 1,200 people were displaced in Nepal, police said.",
    "The Sahel Violence Survey Office recorded 45 attacks in Mali in 2024.",
    "The Sahel Violence Survey Office said there were 45 rebel attacks in Mali in 2024.",
    "SVSO counted 45 attacks in Mali in 2024.",
    "According to SVSO, 240 people were killed in attacks in Mali in 2024.",
    "SVSO said attacks killed 240 people in Mali in 2024.",
]
MUST_NOT = [
    # a cause, a place within, a place without, two places
    "Police said 40 people died of measles in Nepal between January and March 2024.",
    "Police said 40 people died in landslides in Nepal between January and March 2024.",
    "Police said 40 people died from snake bites in Nepal between January and March 2024.",
    "Police said 40 people drowned in Nepal between January and March 2024.",
    "Police said 40 people were executed in Nepal between January and March 2024.",
    "Police said 40 people died in western Nepal between January and March 2024.",
    "Police said 40 people died in much of Nepal between January and March 2024.",
    "Police said 40 people died in Nepal's Karnali hills between January and March 2024.",
    "Police said 900 people died in Nepal and Bhutan between January and March 2024.",
    "Police said 900 people died in Nepal and neighbouring states between January and March 2024.",
    "Police said 900 people died outside Nepal between January and March 2024.",
    "Police said 40 people died on roads in Nepal between January and March 2024.",
    "Police said 40 people died in prisons in Nepal between January and March 2024.",
    "Police said 40 people died at sea near Nepal between January and March 2024.",
    # who, by whom, against whom, with what
    "Police said 40 pilgrims died in Nepal between January and March 2024.",
    "Police said 40 women died in Nepal between January and March 2024.",
    "Police said 40 people over 80 died in Nepal between January and March 2024.",
    "Police said 40 people were killed by elephants in Nepal between January and March 2024.",
    "Police said 40 people were killed with axes in Nepal between January and March 2024.",
    "SVSO recorded 45 attacks by the Macina group in Mali in 2024.",
    "SVSO recorded 45 attacks on schools in Mali in 2024.",
    "SVSO recorded 45 attacks against convoys in Mali in 2024.",
    "SVSO recorded 45 attacks involving drones in Mali in 2024.",
    "SVSO recorded 45 attacks that killed civilians in Mali in 2024.",
    "SVSO recorded 45 deadly attacks in Mali in 2024.",
    "SVSO recorded 45 attempted attacks in Mali in 2024.",
    "SVSO recorded 45 night-time attacks in Mali in 2024.",
    "SVSO said 45 attacks in Mali in 2024 were thwarted.",
    "SVSO said 45 attacks in Mali were claimed by separatists in 2024.",
    "SVSO said 45 attacks in Mali in 2024 went unclaimed.",
    # a rate, a part, a rest, a change
    "SVSO recorded 45 attacks a month in Mali in 2024.",
    "SVSO recorded 45 attacks per week in Mali in 2024.",
    "SVSO recorded an average of 45 attacks in Mali in 2024.",
    "SVSO said 45 of the 700 attacks in Mali in 2024 used mines.",
    "SVSO recorded another 45 attacks in Mali in 2024.",
    "SVSO recorded 45 more attacks in Mali in 2024.",
    "SVSO recorded 45 fewer attacks in Mali in 2024.",
    "SVSO recorded as a record 45 attacks on one day in Mali in 2024.",
    "Police said 60 people were arrested for theft in Peru in 2024.",
    "Police said 60 people arrested in Peru in 2024 were released.",
    "Police said 60 people were wrongly arrested in Peru in 2024.",
    "Police said 60 people were arrested twice in Peru in 2024.",
    "Police said 90 peaceful protests took place in Peru in 2024.",
    "Police said 90 protests in Peru in 2024 turned violent.",
    "Police said 90 protests over pensions took place in Peru in 2024.",
    "Police said 1,200 people were newly displaced in Nepal between January and March 2024.",
    "Police said 1,200 people were displaced twice in Nepal between January and March 2024.",
    "Police said 1,200 people remained displaced in Nepal between January and March 2024.",
    # nothing is asserted, or it is taken back
    "Police said it was a lie that 900 people died in Nepal between January and March 2024.",
    "Police said it was untrue that 900 people died in Nepal between January and March 2024.",
    "Police dismissed a report that 900 people died in Nepal between January and March 2024.",
    "Police said no one could say if 900 people died in Nepal between January and March 2024.",
    "Police wondered whether 900 people died in Nepal between January and March 2024.",
    "Did 900 people die in Nepal between January and March 2024?",
    "Unless 900 people died in Nepal between January and March 2024, police said, the count stands.",
    "Police said 900 people almost died in Nepal between January and March 2024.",
    "Police said 900 people could have died in Nepal between January and March 2024.",
    "Police said 900 people would have died in Nepal between January and March 2024 but for the dam.",
    "Police said 900 people did not die in Nepal between January and March 2024.",
    "Police said that, had 900 people died in Nepal between January and March 2024, all would know.",
    "Police never said 900 people died in Nepal between January and March 2024.",
    "SVSO said reports of 45 attacks in Mali in 2024 were wrong.",
    # two things in one sentence
    "SVSO said 700 attacks in Mali in 2024 killed 1,900 and wounded 2,354.",
    "SVSO said 700 attacks in Mali in 2024 left 1,900 dead and 60 missing.",
    "SVSO recorded 120 attacks in Gao and 60 in Mali's centre in 2024.",
    "Police said 40 people died and 12 vanished in Nepal between January and March 2024.",
    "Police said 300 people died in Nepal between January and March 2024, 40 of them children.",
    "Police said 300 people died in Nepal between January and March 2024, including 40 nurses.",
    "The Frontier Service said 1,200 Haitian nationals were deported by air from the Dominican Republic in 2024.",
    "The Frontier Service said 1,200 pregnant Haitian nationals were deported from the Dominican Republic in 2024.",
]


@pytest.mark.parametrize("sentence", MUST)
def test_a_plain_claim_that_the_records_exclude_is_contradicted(sentence: str) -> None:
    found = verdicts(sentence)
    assert [v.word for v in found] == [Word.CONTRADICTED], [v.reasons for v in found]


@pytest.mark.parametrize("sentence", MUST_NOT)
@pytest.mark.parametrize("engine", ["encoder", "rules"])
def test_what_may_be_restricted_or_is_not_asserted_is_never_contradicted(sentence: str, engine: str) -> None:
    for v in verdicts(sentence, engine):
        assert v.word is not Word.CONTRADICTED, (v.figure.number.anchor.quote, v.reasons)


def test_the_words_that_forbid_it_are_named() -> None:
    (found,) = verdicts("SVSO recorded 45 attacks by the Macina group in Mali in 2024.", "rules")
    assert found.word is Word.NOT_CHECKABLE
    assert "“by the Macina group”, which the record does not count apart" in found.reasons[0]


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Police said 300 people died in Nepal between January and March 2024.", Word.SUPPORTED),
        ("Police said 300 people died of measles in Nepal between January and March 2024.", Word.SENSITIVE),
        ("Police said 500 peaceful protests took place in Peru in 2024.", Word.SENSITIVE),
        (
            "If 300 people died in Nepal between January and March 2024, police said, it is a crisis.",
            Word.NOT_CHECKABLE,
        ),
    ],
)
def test_a_part_is_not_supported_by_the_whole(sentence: str, word: Word) -> None:
    found = verdicts(sentence)
    assert [v.word for v in found] == [word], [v.reasons for v in found]


@pytest.mark.parametrize(
    "speaker", ["SVSO", "The Sahel Violence Survey Office", "The Sahel Violence Survey Office (SVSO)"]
)
def test_a_publishers_own_figure_is_no_evidence_under_any_name(speaker: str) -> None:
    (found,) = verdicts(f"{speaker} said there were 700 attacks in Mali in 2024.")
    assert found.word is Word.NOT_CHECKABLE
    assert "no independent evidence" in found.reasons[0]


def test_a_number_that_stands_under_a_part_of_the_window_is_told() -> None:
    quarter = row(
        **{**TABLE[4], "low": "85", "first": "2023-01-01", "last": "2023-12-31", "publisher": "Watch Committee"}
    )
    whole = row(
        **{**TABLE[4], "low": "900", "first": "2022-01-01", "last": "2024-12-31", "publisher": "Watch Committee"}
    )
    known = read_tables([("two.csv", (HEADER + quarter + whole).encode())])
    text = HEAD + "There were 85 attacks in Mali between January 2022 and December 2024, police said."
    (found,) = counterfoil.check(counterfoil.from_text(text), records=known).checks
    assert (found.word, found.sensitive_to) == (Word.SENSITIVE, ("window",))
    assert "for 2023" in found.reasons[0]
