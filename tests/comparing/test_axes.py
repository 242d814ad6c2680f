"""One figure against another, axis by axis."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.comparing import axes
from counterfoil.comparing.sources import is_same, may_be_same
from counterfoil.comparing.wording import window_words
from counterfoil.reading.model import Account, Place

Make = Callable[..., Account]


def profile_of(account: Account, words: str = "") -> axes.Profile:
    return axes.profile(account.figures[0], words)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ugandan citizens", "Ugandans", "same"),
        ("Ugandan refugees", "Ugandan nationals", "same"),
        ("people", "residents", "same"),
        ("Ugandans", "people", "contained"),
        ("people", "Ugandan children", "contains"),
        ("Ugandans", "Kenyans", "different"),
        ("civilians", "militants", "different"),
        ("police officers", "soldiers", "same"),
        ("women", "men", "different"),
        ("Ugandan children", "Ugandan women", "overlapping"),
        ("South African miners", "South Africans", "contained"),
        ("children", "people, including children", "contained"),
    ],
)
def test_populations(account: Make, one: str, other: str, expected: str) -> None:
    a, b = (profile_of(account(f"⟦9⟧ «{people}» dead", "killed")) for people in (one, other))
    assert axes.populations(a, b).word == expected
    mirrored = {"contained": "contains", "contains": "contained"}.get(expected, expected)
    assert axes.populations(b, a).word == mirrored


def test_loose_words_are_the_same_yet_not_exactly(account: Make) -> None:
    a, b = (profile_of(account(f"⟦9⟧ «{p}» left", "departed")) for p in ("Ugandan refugees", "Ugandans"))
    assert axes.populations(a, b).exact is False


@pytest.mark.parametrize(
    ("words", "other", "expected"),
    [
        ("killed in militant attacks", "killed in attacks", "same"),
        ("killed in suicide attacks", "killed in attacks", "contained"),
        ("killed in attacks", "killed in attacks and operations", "contained"),
        ("killed in attacks", "killed in suicide bombings", "contains"),
        ("killed by the flood", "killed in attacks", "different"),
        ("killed in counter-terrorism operations", "killed in attacks", "different"),
    ],
)
def test_what_people_came_to_harm_in(account: Make, words: str, other: str, expected: str) -> None:
    a = profile_of(account("⟦9⟧ dead", "killed"), words)
    b = profile_of(account("⟦9⟧ dead", "killed"), other)
    assert axes.measures(a, b).word == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("deported", ""), ("deported", ""), "same"),
        (("deported", ""), ("returned", ""), "overlapping"),
        (("deported", ""), ("left_voluntarily", ""), "disjoint"),
        (("expelled", ""), ("deported", ""), "overlapping"),
        (("departed", "left voluntarily"), ("deported", ""), "disjoint"),
        (("returned", "forcibly returned"), ("returned_voluntarily", ""), "disjoint"),
        (("suicide_attack", ""), ("attack", ""), "contained"),
        (("killed", ""), ("injured", ""), "different"),
        (("other", ""), ("killed", ""), "unknown"),
    ],
)
def test_measures(account: Make, one: tuple[str, str], other: tuple[str, str], expected: str) -> None:
    a, b = (profile_of(account("⟦9⟧ there", code, term=term)) for code, term in (one, other))
    assert axes.measures(a, b).word == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Kenya", "Kenya", "same"),
        ("Turkana", "Kenya", "contained"),
        ("Kenya", "Turkana", "contains"),
        ("Kenya", "Uganda", "disjoint"),
        ("Kenya", None, "unknown"),
    ],
)
def test_places(account: Make, one: str | None, other: str | None, expected: str) -> None:
    a, b = (profile_of(account("⟦9⟧ dead", "killed", place=p)) for p in (one, other))
    assert axes.places(a, b).word == expected


def test_a_city_lies_in_its_country(account: Make) -> None:
    country = profile_of(account("⟦9⟧ dead", "killed"))
    city = replace(country, place=Place("Lodwar, Kenya", "KEN", "Turkana", "city"))
    assert axes.places(city, country).word == "contained"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("2022-01-01", "2022-12-31"), ("2022-01-01", "2022-12-31"), "same"),
        (("2022-01-01", "2022-12-31"), ("2022-01-03", "2022-12-30"), "same"),
        (("2022-01-01", "2022-06-30"), ("2022-01-01", "2022-12-31"), "contained"),
        (("2022-01-01", "2022-12-31"), ("2022-07-01", "2022-12-31"), "contains"),
        (("2022-01-01", "2022-12-31"), ("2022-07-01", "2023-06-30"), "overlapping"),
        (("2022-01-01", "2022-12-31"), ("2023-01-01", "2023-12-31"), "disjoint"),
        (("2022-05-04", "2022-05-04"), ("2022-05-05", "2022-05-05"), "disjoint"),
    ],
)
def test_windows(account: Make, one: tuple[str, str], other: tuple[str, str], expected: str) -> None:
    a, b = (profile_of(account("⟦9⟧ dead", "killed", window=w)) for w in (one, other))
    assert axes.windows(a, b).word == expected


def test_a_window_never_runs_past_the_day_it_was_spoken_of(account: Make) -> None:
    spoken = profile_of(account("⟦9⟧ dead", "killed", window=("2023-01-01", "2023-12-31"), as_of="2023-08-31"))
    assert spoken.last == date(2023, 8, 31)


DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@settings(max_examples=100, deadline=None)
@given(DAYS, st.integers(0, 900), DAYS, st.integers(0, 900))
def test_windows_mirror(a: date, a_days: int, b: date, b_days: int) -> None:
    one, other = (a, a + timedelta(a_days)), (b, b + timedelta(b_days))
    mirrored = {"contained": "contains", "contains": "contained"}
    word = axes.spans_of_days(one, other).word
    assert axes.spans_of_days(other, one).word == mirrored.get(word, word)
    assert axes.spans_of_days(one, one).word == "same"


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_words_can_be_compared(one: str, other: str) -> None:
    a = axes.Profile(
        "killed",
        one,
        "",
        "person",
        "flow",
        axes._context(one),
        axes.restricted(one),
        one,
        None,
        None,
        None,
        None,
        None,
    )  # type: ignore[arg-type]
    b = replace(a, restricted=axes.restricted(other), context=axes._context(other), population=other)
    assert axes.populations(a, a).word == "same"
    assert {axes.populations(a, b).word, axes.measures(a, b).word}


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2022-01-01", "2022-12-31", "2022"),
        ("2021-01-01", "2022-12-31", "2021 to 2022"),
        ("2022-02-01", "2022-02-28", "February 2022"),
        ("2022-07-01", "2023-06-30", "July 2022 to June 2023"),
        ("2023-10-01", "2023-11-08", "1 October to 8 November 2023"),
        ("2023-10-01", "2023-10-01", "1 October 2023"),
    ],
)
def test_windows_in_words(first: str, last: str, words: str) -> None:
    assert window_words(date.fromisoformat(first), date.fromisoformat(last)) == words


@pytest.mark.parametrize(
    ("text", "number", "clause"),
    [
        ("In all, raids killed 1,204 people, and 9 bombers died.", "1,204", "raids killed 1,204 people"),
        ("They said: 9 died. Later 4 died.", "9", "9 died"),
    ],
)
def test_the_clause_around_a_number(text: str, number: str, clause: str) -> None:
    start = text.index(number)
    assert axes.clause_around(text, start, start + len(number)).strip() == clause


@pytest.mark.parametrize(
    ("one", "other", "same", "maybe"),
    [
        ("Interior Ministry of Kenya", "Ministry of the Interior, Kenya", True, True),
        ("Kenya Red Cross", "Red Cross", False, True),
        ("Anne Wanjiru Okello", "Minister Ann Okello", False, True),
        ("officials", "officials", False, False),
        ("police", "Police of Kenya", False, False),
        ("UNHCR", "IOM", False, False),
        (None, "IOM", False, False),
    ],
)
def test_who_is_one_source(one: str | None, other: str, same: bool, maybe: bool) -> None:
    assert is_same(one, other) is same
    assert may_be_same(one, other) is maybe
