"""The day of publication, from the words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.documents.dates import by_weekday, from_url, parse_day, published, stated

TODAY = date(2026, 1, 1)
NOVEMBER_8 = date(2023, 11, 8)


@pytest.mark.parametrize(
    "words",
    [
        "November 8, 2023",
        "Nov. 8 2023",
        "NOV 8, 2023",
        "8 November 2023",
        "8th of November, 2023",
        "Wednesday, November 8, 2023",
        "2023-11-08",
        "8.11.2023",
        "08.11.2023",
    ],
)
def test_a_day_stated_in_full(words: str) -> None:
    assert parse_day(words) == NOVEMBER_8


@pytest.mark.parametrize(("words", "day"), [("25/11/2023", date(2023, 11, 25)), ("11/25/2023", date(2023, 11, 25))])
def test_slashes_where_only_one_reading_is_a_date(words: str, day: date) -> None:
    assert parse_day(words) == day


@pytest.mark.parametrize(
    "words",
    ["08/11/2023", "February 30, 2023", "November 8", "Nov 8, 20235", "2023-13-08", "1.2.2023.4", "May 5,000", "ſep 8"],
)
def test_what_is_no_full_day(words: str) -> None:
    assert parse_day(words) is None


@pytest.mark.parametrize(
    ("text", "origin", "words"),
    [
        ("Wednesday, November 8, 2023\n\nThousands left.", "byline", "Wednesday, November 8, 2023"),
        ("Thousands leave\n\nPublished: 8 November 2023\n\nText.", "byline", "Published: 8 November 2023"),
        ("Thousands leave\nPublished on Nov 8, 2023 at 10:30 GMT\nText.", "byline", "Published on Nov 8, 2023"),
        ("Thousands leave\nBy Ada Writer | 8 November 2023 | 10:30\nText.", "byline", "8 November 2023"),
        ("Press release, 8 November 2023\n\nText.", "byline", "Press release, 8 November 2023"),
        ("Geneva, 8 November 2023\n\nText.", "byline", "8 November 2023"),
        (
            "Thousands leave\nUpdated November 9, 2023 | Published November 8, 2023\n\nText.",
            "byline",
            "Published November 8, 2023",
        ),
        ("Thousands leave\nLast updated: November 8, 2023\n\nText.", "byline", "Last updated: November 8, 2023"),
        ("Valley: flash update #4\nAs of 8 November 2023\n\nText.", "byline", "As of 8 November 2023"),
        ("Flash update #4 (as of 8 November 2023)\n\nText.", "byline", "as of 8 November 2023"),
        ("Situation as of 7 November 2023\nIssued: 8 November 2023\n\nText.", "byline", "Issued: 8 November 2023"),
        ("KABUL, Nov 8, 2023 (Agency) - Thousands left.", "dateline", "Nov 8, 2023"),
        (
            "Few stay\n\nTwo weeks after the rains, the council informed the court here on Wednesday, Nov 8, 2023.",
            "dateline",
            "Wednesday, Nov 8, 2023",
        ),
        (
            "Few stay\n\nThe governor told reporters on Wednesday, 8 November 2023 that thousands left. Few stayed.",
            "dateline",
            "Wednesday, 8 November 2023",
        ),
        ("ISLAMABAD (November 8, 2023) — Thousands left.", "dateline", "November 8, 2023"),
        ("PORT-AU-PRINCE, Haiti, 8 November 2023 – Thousands left.", "dateline", "8 November 2023"),
        ("Thousands leave\n\nTORKHAM, Pakistan, Nov. 8, 2023: They left.", "dateline", "Nov. 8, 2023"),
    ],
)
def test_the_head_states_the_day(text: str, origin: str, words: str) -> None:
    found = stated(text, today=TODAY)
    assert found is not None
    assert (found.day, found.origin, found.words) == (NOVEMBER_8, origin, words)


@pytest.mark.parametrize(
    "text",
    [
        "Paris attacks, 13 November 2015\n\nWhat we know.",
        "The attack of 13 November 2015\n\nWhat we know.",
        "The offensive began on November 8, 2023, and 1,204 people fled - most of them by night.",
        "In a report published on 8 November 2023, the agency counted 1,204 people.",
        "Published: 8 November 2093\n\nThousands left.",
        "As of 8 November 2023, 1,204 people had left.\n\nFew stayed.",
        "Few stay\n\nPolice said 30 people drowned on Wednesday, November 8, 2023.",
        "Few stay\n\nPolice announced a curfew on Wednesday, November 8, 2023.",
        "Few stay\n\nPolice said that on Wednesday, November 8, 2023, 30 people drowned.",
        "Few stay\n\nThe governor, who told reporters on Wednesday, November 8, 2023 that he was well, is dead.",
        "Few stay\n\nA year ago the governor told reporters on Wednesday, November 8, 2023 that few would stay.",
        "Few stay\n\nThe governor told reporters on Thursday, November 8, 2023 that few would stay.",  # a Wednesday
        "Few stay\n\nThe governor told reporters on Wednesday, November 8, 2023 that few stay. In 2024 he fled.",
        "Few stay\n\nThousands left. The governor told reporters on Wednesday, November 8, 2023 that few would stay.",
        "KABUL, Nov 8 (Agency) - Thousands left.",
        "Published 08/11/2023\n\nThousands left.",
    ],
)
def test_a_date_of_something_else_or_of_no_one_day_is_left_alone(text: str) -> None:
    assert published(text, today=TODAY) is None


def test_a_dateline_without_a_year_takes_that_of_a_weekday_nearby() -> None:
    text = "KABUL, Nov 9 (Agency) - On Wednesday, November 8, thousands left, the most since August 2021."
    found = published(text, today=TODAY)
    assert found is not None
    assert found.day == date(2023, 11, 9)
    assert "Wednesday, November 8" in found.words


@pytest.mark.parametrize(
    ("text", "day", "origin"),
    [
        # one year of the last fifteen agrees
        ("He said on Thursday, February 29, that few had left.", date(2024, 2, 29), "weekday agreement"),
        # a year named decides between 2017 and 2023
        ("On Wednesday, November 8, few left; in 2021 many had.", date(2023, 11, 8), "weekday agreement"),
        ("On Wednesday (8th of November) few left; in May 2016 many had.", date(2017, 11, 8), "weekday agreement"),
        ("On 8 November (Wednesday) few left; since 2014 many had.", date(2017, 11, 8), "weekday agreement"),
        # the year to come is named too
        ("On Wednesday, November 8, few left; votes are cast in 2024.", date(2023, 11, 8), "weekday agreement"),
        # nothing decides: the latest, and called so
        ("On Wednesday, November 8, few left.", date(2023, 11, 8), "latest weekday agreement"),
        # the latest day of several; what lies ahead does not count
        ("On Monday, November 6, few left, and on Wednesday, November 8, many.", date(2023, 11, 8), None),
        ("On Wednesday, November 8, few left; they must go by Thursday, November 30.", date(2023, 11, 8), None),
        ("On Wednesday, November 8, few left; the count will resume on Friday, November 10.", date(2023, 11, 8), None),
        # a turn of the year
        ("On Sunday, December 31, few left, and on Tuesday, January 2, many.", date(2024, 1, 2), None),
    ],
)
def test_weekday_agreement(text: str, day: date, origin: str | None) -> None:
    found = by_weekday(text, today=TODAY)
    assert found is not None
    assert found.day == day
    assert origin is None or found.origin == origin


def test_an_inferred_year_names_the_years_that_would_agree_too() -> None:
    found = by_weekday("On Wednesday, November 8, few left.", today=TODAY)
    assert found is not None
    assert found.words == "Wednesday, November 8 [2023 is inferred; 2017 would agree too]"


@pytest.mark.parametrize(
    "text",
    [
        "On Wednesday few left.",
        "On Wednesday, November 8, 2023, few left.",  # a full date in a sentence may be long past
        "They must go by Wednesday, November 8.",
        "On Wednesday, November 8, few left, and on Wednesday, November 9, many.",  # no year has both
        "On Monday, February 30, few left.",
        "The count may begin on Wednesday, November 8.",
        "They sat, may 8 of them.",
    ],
)
def test_no_weekday_agreement(text: str) -> None:
    assert by_weekday(text, today=TODAY) is None


@given(st.dates(date(2012, 1, 1), date(2025, 12, 31)))
def test_whatever_is_inferred_agrees_with_the_weekday_and_is_not_after_today(day: date) -> None:
    text = f"On {day:%A}, {day:%B} {day.day}, few left."
    found = by_weekday(text, today=TODAY)
    assert found is not None
    assert f"{found.day:%A %B %d}" == f"{day:%A %B %d}"
    assert found.day <= TODAY + timedelta(days=1)


@given(st.dates(date(2012, 1, 1), date(2025, 12, 31)))
def test_the_year_named_is_the_year_chosen(day: date) -> None:
    found = by_weekday(f"Since {day.year} many came. On {day:%A}, {day:%B} {day.day}, few left.", today=TODAY)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2023/11/08/returns",
        "https://example.org/world/2023-11-08-returns.html",
        "https://example.org/news/20231108-returns",
        "https://example.org/world/2023/nov/08/returns",
    ],
)
def test_a_date_in_an_address(url: str) -> None:
    found = from_url(url, today=TODAY)
    assert found is not None
    assert (found.day, found.origin) == (NOVEMBER_8, "url")


@pytest.mark.parametrize(
    "url", [None, "", "https://example.org/a/202311081", "https://example.org/2023/11/", "https://e.org/2093/11/08/"]
)
def test_no_date_in_an_address(url: str | None) -> None:
    assert from_url(url, today=TODAY) is None


def test_what_the_text_states_comes_before_the_address_and_that_before_an_inference() -> None:
    url, inferable = "https://example.org/2023/11/09/returns", "On Wednesday, November 8, few left."
    origins = [
        published(text, url=address, today=TODAY)
        for text, address in [(f"Published: 8 November 2023\n\n{inferable}", url), (inferable, url), (inferable, None)]
    ]
    assert [found.origin if found else None for found in origins] == ["byline", "url", "latest weekday agreement"]


@given(st.text())
def test_any_text_has_a_day_or_none(text: str) -> None:
    published(text, today=TODAY)


@pytest.mark.parametrize(
    "piece",
    ["1,1,1,", "November ", "Wednesday, ", "Wednesday, November 8. ", "by ", "2023-", "(", "8 ", "will ", "in 2020 "],
)
def test_a_megabyte_of_one_piece_is_read(piece: str) -> None:
    published(piece * (1_000_000 // len(piece)), today=TODAY)
