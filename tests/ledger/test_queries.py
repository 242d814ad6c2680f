"""Pages: every filter finds what a plain search finds, in order, each entry once."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterfoil.errors import InputError
from counterfoil.ledger import queries
from counterfoil.ledger.model import Entry, Filter, State
from counterfoil.ledger.review import review
from counterfoil.ledger.store import Database
from ledger.making import ANN, deposit, put

PLACES = {"Kassala, Sudan": "SDN", "Herat, Afghanistan": "AFG", "Port-au-Prince, Haiti": "HTI", "Sudan": "SDN"}
CLAIMANTS = ("Red Crescent", "Interior Ministry")
DEEDS = ("killed", "injured", "displaced")


def articles() -> list[str]:
    found = []
    for nth in range(24):
        place = list(PLACES)[nth % 4]
        day = date(2024, 5, 1) + timedelta(days=nth % 7)
        said = f"the {CLAIMANTS[nth % 2]} said on {day:%-d %B %Y}"
        found.append(f"Floods in {place} have {DEEDS[nth % 3]} {nth + 20} people, {said}. Unrelated words follow.")
    found.append("The army deported 77 people from Pakistan to Afghanistan on 3 May 2024, officials said.")
    return found


@pytest.fixture
def full(ledger: Database) -> Database:
    put(ledger, *(deposit(text, url=f"https://news.example/{nth}") for nth, text in enumerate(articles())))
    for one in list(queries.all_entries(ledger))[::5]:
        review(ledger, one.id, ANN, state=State.APPROVED)
    return ledger


def fits(one: Entry, asked: Filter) -> bool:
    """Say by plain comparison whether an entry is asked for."""
    places = (one.place, one.origin, one.destination)
    countries = (one.country, one.origin_country, one.destination_country)
    parts = {part.strip().casefold().replace("-", " ") for place in places for part in (place, *place.split(","))}
    codes = {"Sudan": "SDN", "AFG": "AFG", "Haiti": "HTI"}
    return (
        (asked.measure is None or one.measure == asked.measure)
        and (asked.claimant is None or one.claimant.casefold() == asked.claimant.casefold())
        and (
            asked.place is None
            or (codes[asked.place] in countries if asked.place in codes else asked.place.casefold() in parts)
        )
        and (asked.since is None or one.day >= asked.since)
        and (asked.until is None or one.day <= asked.until)
        and (asked.state is None or one.state is asked.state)
    )


FILTERS = st.builds(
    Filter,
    measure=st.sampled_from([None, None, "killed", "displaced", "deported"]),
    place=st.sampled_from([None, None, "Sudan", "AFG", "Haiti", "herat", "KASSALA", "port au prince", "Atlantis"]),
    claimant=st.sampled_from([None, None, "red crescent", "Interior Ministry", "Nobody"]),
    since=st.sampled_from([None, date(2024, 5, 3)]),
    until=st.sampled_from([None, date(2024, 5, 5)]),
    state=st.sampled_from([None, State.APPROVED, State.NOT_STARTED]),
)


def test_pages_together_are_all_that_fits_in_order_each_once(full: Database) -> None:
    everything = list(queries.all_entries(full))
    assert len({one.place for one in everything}) > 3

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(FILTERS, st.integers(1, 9), st.booleans())
    def law(asked: Filter, limit: int, oldest_first: bool) -> None:
        expected = sorted((one.day, one.id) for one in everything if fits(one, asked))
        found, after = [], None
        while True:
            shown = queries.page(full, asked, after=after, limit=limit, oldest_first=oldest_first)
            assert len(shown.entries) <= limit
            found += shown.entries
            after = shown.after
            if after is None:
                break
        days = [one.day for one in found]
        assert days == sorted(days, reverse=not oldest_first)
        assert sorted((one.day, one.id) for one in found) == expected

    law()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("floods kassala", 6),
        ("KASSALA", 6),
        ("unrelated words", 0),
        ("deported", 1),
        ('"; DROP', 0),
        ("port prince", 6),
    ],
)
def test_words_are_found_in_sentence_place_and_speaker(words: str, expected: int, full: Database) -> None:
    found, after = 0, None
    while True:
        shown = queries.page(full, Filter(words=words), after=after, limit=4)
        found += len(shown.entries)
        after = shown.after
        if after is None:
            break
    assert found == expected


def test_words_and_filters_together(full: Database) -> None:
    found = queries.page(full, Filter(words="floods", claimant="Red Crescent", place="Kassala", measure="killed"))
    assert [one.quote for one in found.entries] == ["32", "20"]


@pytest.mark.parametrize(
    ("asked", "after", "limit", "mend"),
    [
        (Filter(), "yesterday", 5, "as it stands"),
        (Filter(), "17", 5, "as it stands"),
        (Filter(words="x"), "2024-05-01.17", 5, "as it stands"),
        (Filter(), None, 0, "1 to 500"),
        (Filter(), None, 5000, "1 to 500"),
        (Filter(words=" ! "), None, 5, "--search"),
    ],
)
def test_what_cannot_be_asked_says_what_can(
    asked: Filter, after: str | None, limit: int, mend: str, ledger: Database
) -> None:
    with pytest.raises(InputError, match=mend):
        queries.page(ledger, asked, after=after, limit=limit)


def test_names_that_begin_alike_are_offered(full: Database) -> None:
    assert queries.near_names(full, "claimants", "Red Crescents") == ("Red Crescent",)
    assert queries.near_names(full, "places", "Kassalla") == ("Kassala, Sudan",)
