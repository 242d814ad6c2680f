"""A stock is told with the day on which it was counted: never another, and never one after the words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.checking.claimed import Claimed
from counterfoil.checking.model import Finding, Verdict, Word
from counterfoil.checking.surface.answers import FURTHEST, HALF_YEAR, counted_days, evaluate
from counterfoil.checking.surface.model import Cube, Key
from counterfoil.checking.surface.settings import explicit_settings
from counterfoil.checking.surface.tasks import Claims
from counterfoil.checking.surveying import _counted_elsewhere, settings_of
from rerunning import by_python, by_sql

from .imported import STOCK, add, verdicts

YEARLY = STOCK.replace('precision = "day"', 'precision = "year"')
AT_THE_END = {2013: 300, 2014: 400, 2015: 900, 2016: 1_500, 2021: 100, 2022: 7_000, 2023: 8_400}


def asked_of(verdict: Verdict) -> Finding:
    [finding] = verdict.findings
    assert finding.asked is not None
    return finding


def only(found: list[Verdict]) -> Verdict:
    assert len(found) == 1, [one.figure.number.anchor.quote for one in found]
    return found[0]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def yearly(home: Path) -> Path:
    lines = "".join(f"{year}-12-31,KEN,{count}\n" for year, count in AT_THE_END.items())
    add(home, YEARLY.format(id="camps"), "day,iso,present\n" + lines, "1")
    return home


@pytest.mark.parametrize(
    ("sentence", "published", "counted", "value"),
    [
        ("As of 1 January 2015, 400 people remained displaced in Kenya.", "2025-01-15", "2014-12-31", 400),
        ("As of 31 December 2015, 900 people remained displaced in Kenya.", "2025-01-15", "2015-12-31", 900),
        ("At the end of 2022, 7,000 people remained displaced in Kenya.", "2025-01-15", "2022-12-31", 7_000),
        ("As of 30 April 2016, 900 people remained displaced in Kenya.", "2025-01-15", "2015-12-31", 900),
        # More than half a year after the last state, and a month before the next.
        ("As of 30 November 2023, 8,400 people remained displaced in Kenya.", "2025-01-15", "2023-12-31", 8_400),
        # The next was not yet counted when the words were said.
        ("As of 30 November 2023, 8,400 people remained displaced in Kenya.", "2023-12-04", "2022-12-31", 7_000),
    ],
)
def test_a_state_is_told_with_the_day_on_which_it_was_counted(
    yearly: Path, sentence: str, published: str, counted: str, value: int
) -> None:
    finding = asked_of(only(verdicts(yearly, sentence, published=published)))
    assert finding.asked.later == (date.fromisoformat(counted),) * 2
    assert finding.asked.value == value


def yearly_cube() -> Cube:
    years = sorted(AT_THE_END)
    edges = np.array([date(year, 1, 1).toordinal() for year in range(years[0], years[-1] + 2)])
    found = [AT_THE_END.get(date.fromordinal(int(edge)).year, 0) for edge in edges[:-1]]
    values, covered = np.array([found], float), np.array(found) > 0
    counted = np.where(covered, edges[1:] - 1, 0)
    key = Key("camps", "1", "present", *[""] * 4, words="people displaced")
    return Cube(
        (key,), edges, values, None, None, covered[None, :].astype(int), covered, ~covered & covered, (), counted
    )


def said(day: date, *, first: date | None = None, base: date | None = None, as_of: date = date(2025, 1, 15)) -> Claimed:
    claims = Claims.LEVEL if base is None else Claims.INCREASE
    days = None if base is None else (base, base)
    return Claimed(claims, ((0, False, 1, False),), 1.0, (first or day, day), None, None, days, as_of, day)


@pytest.mark.parametrize(
    ("claim", "loose"),
    [
        (said(date(2022, 12, 31)), False),
        (said(date(2023, 1, 5)), False),
        (said(date(2016, 1, 31)), False),
        (said(date(2016, 2, 1)), True),
        (said(date(2022, 6, 30)), True),  # 100 half a year before, 7,000 half a year later: neither refutes 3,500
        (said(date(2022, 11, 30)), False),  # 31 days before the state that is nearest
        (said(date(2022, 12, 31), first=date(2022, 1, 1)), False),  # "in 2022"
        (said(date(2023, 12, 31), first=date(2023, 1, 1), as_of=date(2023, 9, 1)), True),  # "in 2023", said in it
        (said(date(2016, 1, 1), base=date(2015, 1, 1)), False),
        (said(date(2016, 1, 1), base=date(2015, 6, 1)), True),
    ],
)
def test_only_a_state_counted_within_a_month_of_the_words_may_refute(claim: Claimed, loose: bool) -> None:
    settings = settings_of(claim, yearly_cube(), stock=True)
    assert settings.asked is not None
    assert _counted_elsewhere(settings, claim) is loose


@given(
    st.sets(st.integers(1, 2_000), min_size=1, max_size=12),
    st.lists(st.integers(0, 2_400), min_size=1, max_size=20),
    st.integers(0, 2_400),
)
def test_no_day_is_taken_that_is_after_the_words_or_was_not_counted(
    states: set[int], days: list[int], until: int
) -> None:
    known = np.array(sorted(states)) + 700_000
    edges = np.append(known, known[-1] + 1)
    size = len(known)
    key = Key("camps", "1", "present", *[""] * 4, words="people displaced")
    all_ = np.ones(size, bool)
    cube = Cube((key,), edges, np.arange(size, dtype=float)[None, :], None, None, np.ones((1, size), int), all_, ~all_)
    cube = replace(cube, counted=known)
    asked = np.minimum(np.array(days), until) + 700_000
    found = counted_days(cube, asked, until + 700_000)
    for day, taken in zip(asked.tolist(), found.tolist(), strict=True):
        assert taken <= until + 700_000
        before = [one for one in known.tolist() if one <= day]
        if before and day - before[-1] <= HALF_YEAR:
            assert taken == before[-1]
        elif taken != day:
            assert taken in known
            assert abs(taken - day) <= FURTHEST
    windows = [(date.fromordinal(one), date.fromordinal(one)) for one in found.tolist()]
    answers = evaluate(cube, explicit_settings([(one, None) for one in windows]), how="last")
    for taken, value in zip(found.tolist(), answers.values[0].tolist(), strict=True):
        if taken in known:
            assert known[int(value)] == taken


@pytest.mark.parametrize("day", ["30 June 2018", "1 July 2020"])
def test_years_without_a_count_have_no_answer(yearly: Path, day: str) -> None:
    verdict = only(verdicts(yearly, f"As of {day}, 900 people remained displaced in Kenya."))
    assert verdict.word is Word.NOT_CHECKABLE
    assert all(one.asked is None for one in verdict.findings)


@pytest.mark.parametrize(
    ("sentence", "elsewhere"),
    [
        ("At the end of 2022, 7,000 people remained displaced in Kenya.", False),
        ("In 2022, 7,000 people remained displaced in Kenya.", False),
        ("As of 1 January 2023, 7,000 people remained displaced in Kenya.", False),
        ("As of 30 April 2016, 900 people remained displaced in Kenya.", True),
        ("In mid-2022, 7,000 people remained displaced in Kenya.", True),
    ],
)
def test_a_state_of_another_day_supports_no_more_than_its_window(yearly: Path, sentence: str, elsewhere: bool) -> None:
    verdict = only(verdicts(yearly, sentence, published="2025-01-15"))
    assert ("counted on another day" in verdict.findings[0].reasons[0]) is elsewhere, verdict.reasons
    assert not elsewhere or (verdict.word, verdict.sensitive_to) == (Word.SENSITIVE, ("window",))


def test_a_state_of_more_than_half_a_year_off_is_said_to_be(yearly: Path) -> None:
    sentence = "As of 30 November 2023, 8,400 people remained displaced in Kenya."
    early = asked_of(only(verdicts(yearly, sentence, published="2023-12-04")))
    told = "nearest to 30 November 2023, it was counted on 31 December 2022: it may have changed since"
    assert told in early.reasons
    late = asked_of(only(verdicts(yearly, sentence, published="2025-01-15")))
    assert not any(one.startswith("nearest to") for one in late.reasons)


def test_rounds_stand_until_the_next(home: Path) -> None:
    rounds = "day,iso,present\n2023-03-10,KEN,500\n2023-09-20,KEN,800\n2023-11-02,KEN,650\n"
    add(home, STOCK.format(id="rounds"), rounds, "1")
    for day, counted, value in (
        ("1 October 2023", date(2023, 9, 20), 800),
        ("20 September 2023", date(2023, 9, 20), 800),
        ("19 September 2023", date(2023, 9, 20), 800),  # half a year and more after the round in March
        ("1 July 2023", date(2023, 3, 10), 500),
    ):
        finding = asked_of(only(verdicts(home, f"As of {day}, {value} people remained displaced in Kenya.")))
        assert (finding.asked.later, finding.asked.value) == ((counted, counted), value), day


def test_a_change_is_between_counted_days_and_never_of_one_with_itself(yearly: Path) -> None:
    sentence = "The number of displaced people in Kenya rose by 125 percent between 1 January 2015 and 1 January 2016."
    finding = asked_of(only(verdicts(yearly, sentence)))
    assert finding.asked.later == (date(2015, 12, 31),) * 2
    assert finding.asked.earlier == (date(2014, 12, 31),) * 2
    assert finding.asked.counts == (900.0, 400.0)
    sentence = "The number of displaced people in Kenya rose by 10 percent between 1 February 2016 and 1 May 2016."
    verdict = only(verdicts(yearly, sentence))
    points = [point for one in verdict.findings for point in (one.asked, one.best_support, one.best_counter)]
    assert all(point.later != point.earlier for point in points if point is not None)


@pytest.mark.parametrize(
    "sentence",
    [
        "As of 30 April 2016, 900 people remained displaced in Kenya.",
        "As of 30 November 2023, 8,400 people remained displaced in Kenya.",
        "The number of displaced people in Kenya rose by 125 percent between 1 January 2015 and 1 January 2016.",
    ],
)
def test_the_printed_queries_give_the_printed_number(
    yearly: Path, monkeypatch: pytest.MonkeyPatch, sentence: str
) -> None:
    monkeypatch.setenv("COUNTERFOIL_DATA", str(yearly))
    finding = asked_of(only(verdicts(yearly, sentence)))
    assert list(by_sql(finding.query.sql).values()) == list(finding.asked.counts)
    assert float(by_python(finding.query.python).split("\t")[0]) == pytest.approx(finding.asked.value, abs=1e-6)
