"""What is printed to ask again gives what is printed: of a share its whole too, of two editions a part from each."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import counterfoil as cf
import rerunning
from counterfoil.checking import open_editions
from counterfoil.checking.claimed import claimed
from counterfoil.checking.judge import asked_of
from counterfoil.checking.matching import find, told
from counterfoil.checking.model import Point, Query, Verdict, Word
from counterfoil.checking.picturing import point, query_of
from counterfoil.checking.surveying import Survey, survey
from counterfoil.reading.model import Kind
from rerunning import by_sql

from .imported import INCIDENTS, PEOPLE, add, incidents, spread, verdicts


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COUNTERFOIL_DATA", str(tmp_path / "home"))
    return tmp_path / "home"


def asked_point(home: Path, sentence: str, *, first: str = "", then: str = "") -> tuple[Survey, Point]:
    """Return the survey of the sentence's only figure, and the point in the claim's own setting.

    first, then  ids of a dataset, and of the one that continues it; without, the first that matches.
    """
    document = cf.from_text(sentence, cf.Options(published=date(2025, 1, 15)))
    account = cf.read(document, engine="rules")
    [figure] = account.figures
    claim, wording = asked_of(account, figure)
    matches, unmatched = find(figure, claim, wording, open_editions(home))
    of = {one.edition.dataset.id: one for one in matches}
    match = replace(of[first], continued_by=of[then]) if first else matches[0]
    asked = claimed(figure, told(figure, claim), match.covered[1])
    assert not isinstance(asked, str), asked
    seen = survey(figure, match, asked, 100_000 if figure.kind is Kind.RATE else None)
    assert isinstance(seen, Survey), (seen, unmatched)
    assert seen.summary.asked is not None
    return seen, point(seen.cube, seen.settings, seen.answers, seen.summary, asked.allowed, seen.summary.asked)


def by_python(query: Query) -> list[float]:
    return [float(cell) for cell in rerunning.by_python(query.python).splitlines()[0].split("\t")[:2]]


def test_of_a_share_part_and_whole_are_asked(home: Path) -> None:
    incidents(home, spread(2023, 100, dead=5, civilians=3))
    sentence = "Civilians made up 60 percent of those killed in all violence in Kenya in 2023, police said."
    seen, shown = asked_point(home, sentence)
    query = query_of(seen, shown)
    assert shown.value == 60
    assert by_sql(query.sql) == {"later": 300, "whole": 500}
    assert by_python(query) == [60, 300]


def test_of_a_rate_the_people_are_asked(home: Path) -> None:
    incidents(home, spread(2023, 100, dead=5))
    add(home, PEOPLE, "year,iso,people\n2022,KEN,54000000\n2023,KEN,50000000\n", "1")
    sentence = "In all violence, there were 1.0 deaths per 100,000 people in Kenya in 2023, police said."
    seen, shown = asked_point(home, sentence)
    query = query_of(seen, shown)
    assert shown.value == pytest.approx(1.0)
    assert by_sql(query.sql) == {"later": 500, "people": 50_000_000}
    assert by_python(query) == [pytest.approx(1.0), 500]


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("There were 100 attacks in Kenya in 2023, police said.", {"later": 100}),
        (
            "Attacks in Kenya rose by 100 percent in 2023 compared with 2022, police said.",
            {"later": 100, "earlier": 50},
        ),
    ],
)
def test_of_one_edition_one_query_is_asked(home: Path, sentence: str, counts: dict[str, float]) -> None:
    incidents(home, [*spread(2022, 50), *spread(2023, 100)])
    seen, shown = asked_point(home, sentence)
    query = query_of(seen, shown)
    assert ";" not in query.sql
    assert by_sql(query.sql) == counts
    assert by_python(query) == [shown.value, counts["later"]]


@pytest.mark.parametrize(
    ("window", "total"),
    [
        ("between January 2022 and December 2023", 24 + 30 + 8),  # days to June, months after
        ("between 1 January 2022 and 3 July 2023", None),  # of July a part by days
        ("between January and March 2022", 6),  # days alone
    ],
)
def test_of_two_editions_each_is_asked_for_its_own_days(home: Path, window: str, total: float | None) -> None:
    days = [*spread(2022, 24), *[row for row in spread(2023, 60) if row[0] < "2023-07"]]
    incidents(home, days, since="2022-01-01", until="2023-06-30")
    text = INCIDENTS.replace('precision = "day"', 'precision = "month"').format(
        id="months", distance=0.0, time="since = 2022-01-01"
    )
    months = [f"{year}-{month:02}" for year in (2022, 2023) for month in range(1, 13)] + ["2023-07"] * 2
    counted = [f"{month}-01,{month}-28,KEN,main,1,0" for month in months]
    add(home, text, "day,last,iso,zone,dead,civilians\n" + "\n".join(counted) + "\n", "m", until="2023-12-31")
    seen, shown = asked_point(
        home, f"There were 40 attacks in Kenya {window}, police said.", first="register", then="months"
    )
    query = query_of(seen, shown)
    assert by_sql(query.sql)["later"] == pytest.approx(shown.counts[0])
    assert by_python(query) == [pytest.approx(shown.value, abs=1e-6), pytest.approx(shown.counts[0])]
    assert query.sql.count("-- duckdb -readonly") == (2 if total is None or total > 6 else 1)
    if total is not None:
        assert shown.counts[0] == total


@pytest.mark.parametrize(("civilians", "word"), [(3, Word.SUPPORTED), (5, None), (6, None), (60, None)])
def test_a_part_above_its_whole_is_no_share(home: Path, civilians: int, word: Word | None) -> None:
    incidents(home, spread(2023, 100, dead=5, civilians=civilians))
    [verdict] = verdicts(
        home, "Civilians made up 60 percent of those killed in all violence in Kenya in 2023, police said."
    )
    values = [one.value for one in points(verdict)]
    assert all(value <= 100 for value in values)
    if civilians > 5:
        assert verdict.word is Word.NOT_CHECKABLE
        assert not values
        assert any("larger than the whole" in one.why for one in verdict.unmatched)
    else:
        assert values


def points(verdict: Verdict) -> list[Point]:
    found = [p for one in verdict.findings for p in (one.asked, one.best_support, one.best_counter, *one.forest)]
    return [one for one in found if one is not None]


def test_no_window_shows_a_share_above_all(home: Path) -> None:
    """One year's part is larger than its whole, in the years beside it is not."""
    rows = [row for year in (2021, 2022, 2024) for row in spread(year, 100, dead=5, civilians=3)]
    incidents(home, [*rows, *spread(2023, 100, dead=5, civilians=9)])
    for year in (2021, 2022, 2023):
        sentence = f"Civilians made up 60 percent of those killed in all violence in Kenya in {year}, police said."
        [verdict] = verdicts(home, sentence, published="2025-06-01")
        assert all(one.value <= 100 for one in points(verdict)), year
        assert verdict.word is not Word.CONTRADICTED
