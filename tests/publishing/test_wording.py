"""Values in words."""

from datetime import date
from decimal import Decimal

import pytest

from counterfoil.publishing import wording
from counterfoil.publishing.model import Report
from counterfoil.reading.model import Hedge, Period, Precision, Quantity


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1200000", "1,200,000"),
        ("1.2E+6", "1,200,000"),
        ("66.67", "66.67"),
        ("33.33333333", "33.33"),
        ("0.000123456", "0.000123"),
        ("60.50", "60.5"),
        ("42.1945", "42.1945"),
        ("-1200", "−1,200"),
        ("0", "0"),
        ("1E+999999", "1.000e+999999"),
    ],
)
def test_number(value: str, shown: str) -> None:
    assert wording.number(Decimal(value)) == shown


def quantity(low: object, high: object, hedge: Hedge, *said: object, unit: str = "person") -> Quantity:
    ends = [None if one is None else Decimal(str(one)) for one in (low, high, *said)]
    return Quantity(ends[0], ends[1], unit, hedge, ends[2], ends[3], Decimal(1), Decimal(1))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (quantity(39, 39, Hedge.EXACT, 39, 39), "39"),
        (quantity(1150000, 1249999, Hedge.EXACT, 1200000, 1200000), "1,150,000–1,249,999"),
        (quantity(203640, None, Hedge.MORE_THAN, 203639, None), "> 203,639"),
        (quantity(203640, None, Hedge.AT_LEAST, 203640, None), "≥ 203,640"),
        (quantity(1, 30, Hedge.AT_MOST, None, 30), "≤ 30"),
        (quantity(1, 29, Hedge.LESS_THAN, None, 30), "< 30"),
        (quantity(None, 30, Hedge.RANGE, None, 30), "≤ 30"),
        (quantity(24, None, Hedge.VAGUE, 24, None), "≥ 24"),
        (quantity(None, None, Hedge.VAGUE, None, None), "—"),
        (quantity("59.5", "60.5", Hedge.EXACT, 60, 60, unit="percent"), "59.5–60.5%"),
        (quantity(66, None, Hedge.MORE_THAN, 65, None, unit="percent"), "> 65%"),
        (quantity(-5, -3, Hedge.RANGE, -5, -3), "−5 to −3"),
        (quantity(-5, 3, Hedge.RANGE, -5, 3), "−5–3"),
    ],
)
def test_interval(value: Quantity, shown: str) -> None:
    assert wording.interval(value) == shown


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2023-11-08", "2023-11-08", "8 November 2023"),
        ("2023-11-01", "2023-11-30", "November 2023"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2023-02-01", "2023-02-27", "1–27 February 2023"),
        ("2023-01-01", "2023-12-31", "2023"),
        ("2019-01-01", "2023-12-31", "2019–2023"),
        ("2022-01-01", "2023-11-30", "January 2022–November 2023"),
        ("2023-10-01", "2023-11-08", "1 October – 8 November 2023"),
        ("2021-08-15", "2023-04-30", "15 August 2021 – 30 April 2023"),
        ("2023-10-01", None, "since 1 October 2023"),
        (None, "2023-10-01", "until 1 October 2023"),
        (None, None, ""),
        ("0001-01-01", "9999-12-31", "1–9999"),
    ],
)
def test_period(first: str | None, last: str | None, shown: str) -> None:
    ends = [date.fromisoformat(one) if one else None for one in (first, last)]
    assert wording.period(Period(*ends, Precision.DAY)) == shown


def test_open_ends_are_said() -> None:
    day = date(2023, 3, 1)
    assert wording.period(Period(day, day, Precision.DAY, open_end=True)) == "since 1 March 2023"
    assert wording.period(Period(date(2020, 1, 1), day, Precision.DAY, open_start=True)) == "until 1 March 2023"


def test_the_interval_in_words(report: Report) -> None:
    words = [f"{wording.interval_in_words(one)} / {wording.hedge(one)}" for one in report.figures]
    assert words[0] == "41,301 people or more, with no ceiling / “Over” sets a floor"
    assert words[1] == "anything from 38,950 to 43,050 people / “about” allows for the numbers around it"
    assert words[2] == "exactly 4 buildings / "
    assert words[6] == "up by anything from 499.5% to 500.5% / written to the nearest 1%"
    assert words[8] == "anything from 1,150,000 to 1,249,999 crown / written to the nearest 100,000 crown"
    assert words[11] == "24 vehicles or more, with no ceiling / “dozens” is vague"


def test_rows_quote_what_could_not_be_resolved(report: Report) -> None:
    rows = wording.rows(report)
    assert (rows[1].when, rows[2].where) == ("“a week earlier”", "“the border”")  # the article's words
    assert (rows[0].when, rows[0].where) == ("1 Jan – 13 Mar 2024", "from Tarn, Belmara")  # ours
    assert [row.said_by for row in rows[2:4]] == ["the article itself", "provincial health office"]
    assert rows[9].said_by == "a source not named"
    assert rows[6].records == "sensitive to window and baseline"


def test_units_are_shown_where_what_is_counted_does_not_tell_them(report: Report) -> None:
    shown = [row.interval for row in wording.rows(report)]
    assert shown[8] == "1,150,000–1,249,999 crown"
    assert shown[0] == "> 41,300"
    assert shown[5] == "59.5–60.5% up"


def test_voices_from_the_inside_out(report: Report) -> None:
    names = [statement.speaker.name for statement in wording.voices(report, report.figures[3])]
    assert names == ["provincial health office", "Red Lantern Society"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://example.org",
        "https://user:secret@example.org/",
        "https://example.org\\@evil.example/",
        "data:text/html,x",
        "//example.org",
        "ftp://example.org",
        "https://",
        "https://example.org/\u202egnp.exe",
        "https://example.org/\n",
        "https://example.org/" + "a" * 3000,
        "",
        None,
    ],
)
def test_no_link_but_to_plain_web_addresses(address: str | None) -> None:
    assert wording.web_address(address) is None


@pytest.mark.parametrize(
    "address", ["https://example.org", "http://example.org:8000/a?b=c#d", "https://مثال.example/é"]
)
def test_web_addresses(address: str) -> None:
    assert wording.web_address(address) == address
