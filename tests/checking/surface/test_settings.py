"""Settings of dated series: which windows are asked, and how sensible each is held to be."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.checking.surface.answers import Flag, evaluate
from counterfoil.checking.surface.model import Cube, Key
from counterfoil.checking.surface.sensibility import ALTERNATIVES, DEFAULT
from counterfoil.checking.surface.settings import (
    BASELINES,
    LEVELS,
    Days,
    Settings,
    add_months,
    as_equal,
    change_settings,
    explicit_settings,
    level_settings,
    ordinals,
    rank,
    reach,
    state_settings,
    whole_months,
)

COVERED = date(2014, 1, 1).toordinal(), date(2024, 1, 1).toordinal()
SPOKEN = date(2023, 11, 8)
DAY = timedelta(1)
DAYS = st.dates(date(2015, 1, 1), date(2023, 12, 31))


def days(words: str) -> Days:
    """Return the window "2022-01-01..2022-12-31"; a month or a year by itself is all of it."""
    first, last = words.split("..") if ".." in words else (words, words)

    def start(part: str) -> date:
        return date.fromisoformat(part + "-01-01"[3 * part.count("-") :])

    length = {0: 12, 1: 1}.get(last.count("-"))
    end = start(last)
    if length:
        end = date.fromordinal(int(add_months(np.array([end.toordinal()]), length)[0])) - DAY
    return start(first), end


def found(settings: Settings, later: str, earlier: str | None = None) -> int | None:
    """Return which setting compares these windows, None if none does."""
    wanted = days(later), days(earlier) if earlier else None
    return next((n for n in range(len(settings)) if settings.days(n) == wanted), None)


def sensibility(settings: Settings, later: str, earlier: str | None = None) -> float:
    """Return the sensibility of a setting that must be there."""
    n = found(settings, later, earlier)
    assert n is not None, f"{later} against {earlier} is not asked"
    return float(settings.sensibility[n])


def test_windows_of_these_tests_read_as_people_write_them() -> None:
    assert days("2022") == (date(2022, 1, 1), date(2022, 12, 31))
    assert days("2022-02..2022-03") == (date(2022, 2, 1), date(2022, 3, 31))
    assert days("2021-08-15..2022-08-14") == (date(2021, 8, 15), date(2022, 8, 14))


@pytest.mark.parametrize(
    ("words", "months", "name", "aligned"),
    [
        ("2022", 12, 4, True),
        ("2020..2021", 24, 4, True),
        ("2021-08-15..2022-08-14", 12, 4, False),
        ("2021-07..2022-06", 12, 4, False),
        ("2022-01..2022-06", 6, 3, True),
        ("2022-02..2022-07", 6, 3, False),
        ("2022-04..2022-06", 3, 2, True),
        ("2022-02", 1, 1, True),
        ("2022-02-03..2022-03-02", 1, 1, False),
        ("2022-02-03..2022-02-09", 0, 0, True),
        ("1968", 12, 4, True),
    ],
)
def test_units_of_windows(words: str, months: int, name: int, aligned: bool) -> None:
    window = np.array([ordinals(days(words))])
    assert whole_months(window)[0] == months
    ranks, on_calendar = rank(window)
    assert (ranks[0], on_calendar[0]) == (name, aligned)


def test_a_year_that_begins_in_july_is_aligned_where_years_do() -> None:
    window = np.array([ordinals(days("2021-07..2022-06"))])
    assert rank(window, year_begins=7)[1][0]


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(-300, 300))
def test_months_are_added_as_calendars_do(day: date, months: int) -> None:
    moved = date.fromordinal(int(add_months(np.array([day.toordinal()]), months)[0]))
    count = day.year * 12 + day.month - 1 + months
    if moved.day == day.day:
        assert moved.year * 12 + moved.month - 1 == count
    else:  # 31 January and a month: the first of March
        assert moved.day == 1
        assert moved.year * 12 + moved.month - 2 == count
        assert day.day > 28


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("2020", "2021", True),
        ("2022-02", "2022-03", True),
        ("2023-01..2023-07", "2022", False),
        ("2022-01-01..2022-01-07", "2022-01-08..2022-01-15", False),
        ("2022-01-01..2022-03-01", "2022-03-02..2022-05-01", True),  # 60 and 61 days
        ("2022-01-01..2022-01-01", "2022-01-02..2022-01-03", False),
    ],
)
def test_lengths_that_count_as_equal(one: str, other: str, equal: bool) -> None:
    assert as_equal(np.array([ordinals(days(one))]), np.array([ordinals(days(other))]))[0] == equal


def test_stated_windows_are_the_claims_own_setting() -> None:
    found_settings = change_settings(COVERED, later=days("2022"), baseline=days("2021"), as_of=SPOKEN)
    asked = found_settings.asked
    assert asked is not None
    assert found_settings.days(asked) == (days("2022"), days("2021"))
    assert found_settings.sensibility[asked] == 1.0 == found_settings.sensibility.max()
    assert np.flatnonzero(found_settings.keeps).tolist() == [asked]


@pytest.mark.parametrize(
    ("later", "earlier", "rule"),
    [
        ("2022", "2021", "the same length just before"),
        ("2022", "2020", "the same days some years before"),
        ("2022", "2014..2021", "all that the series holds before"),
        ("2022", "2021-07..2021-12", "other lengths just before"),
    ],
)
def test_a_baseline_that_is_left_open_is_tried_in_many_ways(later: str, earlier: str, rule: str) -> None:
    found_settings = change_settings(COVERED, later=days("2022"), as_of=SPOKEN)
    n = found(found_settings, later, earlier)
    assert n is not None
    assert found_settings.keeps[n]
    assert BASELINES[found_settings.rule[n]] == rule
    assert found_settings.asked is None


def test_since_an_event_runs_to_the_day_of_the_words() -> None:
    found_settings = change_settings(COVERED, since=date(2021, 8, 15), as_of=SPOKEN)
    n = found(found_settings, "2021-08-15..2023-11-08", "2019-05-22..2021-08-14")
    assert n is not None
    assert found_settings.keeps[n]
    assert found_settings.sensibility[n] == 1.0
    for months, kept in ((4, False), (12, False), (26, True)):  # the newest quarter may be missing
        end = date.fromordinal(int(add_months(np.array([date(2021, 8, 15).toordinal()]), months)[0]))
        start = date.fromordinal(int(add_months(np.array([date(2021, 8, 15).toordinal()]), -months)[0]))
        m = found(found_settings, f"2021-08-15..{end - DAY}", f"{start}..2021-08-14")
        assert m is not None
        assert found_settings.keeps[m] == kept
    for pivot in ("2021-06-15", "2021-09-01", "2021-10-15"):  # does it hang on the day of the event?
        starts = [found_settings.days(n)[0][0] for n in range(len(found_settings))]
        assert date.fromisoformat(pivot) in starts


def test_windows_far_from_the_words_are_less_sensible() -> None:
    found_settings = change_settings(COVERED, since=date(2021, 8, 15), as_of=SPOKEN)
    near = sensibility(found_settings, "2021-09-01..2023-11-08", "2019-06-25..2021-08-31")
    far = sensibility(found_settings, "2020..2022", "2017..2019")
    assert far < near < 1


def test_sensibility_is_what_the_page_says_it_is() -> None:
    """A month before the stated year, against the stated baseline, by hand."""
    found_settings = change_settings(COVERED, later=days("2022"), baseline=days("2021"), as_of=SPOKEN)
    off_calendar = 0.7
    shifts = math.exp(-2 * (31 / 365) ** 2 / (2 * 0.5**2))  # both ends, in lengths of the stated window
    distance = math.exp(-(math.log2(334 / 365) ** 2) / 2)  # 1 January to 1 December 2021, instead of a year
    expected = off_calendar * shifts * distance
    assert sensibility(found_settings, "2021-12..2022-11", "2021") == pytest.approx(expected)
    # Half a year before it, as a baseline of its own: rank of halves, half as long and half as far.
    shorter = math.log2(184 / 365)
    halves = math.exp(-1) * math.exp(-(shorter**2) / 2) * math.exp(-(shorter**2) / (2 * 0.5**2))
    left_open = change_settings(COVERED, later=days("2022"), as_of=SPOKEN)
    assert sensibility(left_open, "2022", "2021-07..2021-12") == pytest.approx(halves)


def test_nothing_after_the_words_is_asked() -> None:
    for found_settings in (
        change_settings(COVERED, as_of=SPOKEN),
        change_settings(COVERED, since=date(2021, 8, 15), as_of=SPOKEN),
        change_settings(COVERED, later=days("2023"), as_of=SPOKEN),
        level_settings(COVERED, as_of=SPOKEN),
        level_settings(COVERED, months=24, as_of=SPOKEN),
        level_settings(COVERED, window=days("2023"), as_of=SPOKEN),
    ):
        assert found_settings.windows[:, 1].max() == SPOKEN.toordinal() + 1
        assert found_settings.windows[:, 0].min() >= COVERED[0]


def test_a_window_that_runs_past_the_words_ends_with_them() -> None:
    found_settings = change_settings(COVERED, later=days("2023"), baseline=days("2022"), as_of=SPOKEN)
    assert found_settings.asked is not None
    assert found_settings.days(found_settings.asked) == (days("2023-01-01..2023-11-08"), days("2022"))


def test_a_series_that_ends_long_before_the_words_keeps_nothing_of_them_that_it_can_answer() -> None:
    until = COVERED[0], date(2022, 12, 31).toordinal() + 1
    lately = COVERED[0], date(2023, 9, 30).toordinal() + 1
    for ask in (change_settings, level_settings):
        for covered, answered in ((until, False), (lately, True)):
            found_settings = ask(covered, since=date(2021, 8, 15), as_of=SPOKEN)
            kept = found_settings.windows[found_settings.later[found_settings.keeps]]
            assert len(kept)
            assert (kept[:, 1] <= covered[1]).all() if answered else (kept[:, 1] > covered[1]).all()


def test_stated_windows_beyond_the_series_stay_and_are_not_answered() -> None:
    until = COVERED[0], date(2022, 7, 1).toordinal()
    cube = Cube((KEY,), np.arange(until[0], until[1] + 1), *NOTHING(until[1] - until[0]))
    for found_settings in (
        change_settings(until, later=days("2022"), baseline=days("2021"), as_of=SPOKEN),
        level_settings(until, window=days("2022"), as_of=SPOKEN),
    ):
        assert found_settings.asked is not None
        answers = evaluate(cube, found_settings)
        assert answers.flags[found_settings.asked] & Flag.UNCOVERED
        assert not answers.answered[0, found_settings.asked]


KEY = Key("source", "1", "killed", "all", "here", "anyone", "", "people killed")


def NOTHING(steps: int) -> tuple[object, ...]:  # noqa: N802
    """Return the rest of a cube in which nothing was counted."""
    none = np.zeros((1, steps))
    return none, None, None, none.astype(np.int64), np.ones(steps, dtype=bool), np.zeros(steps, dtype=bool)


@pytest.mark.parametrize(
    ("words", "rule", "kept"),
    [
        ("2021-11-09..2023-11-08", "so long up to the day of the words", True),
        ("2021-11..2023-10", "so many whole months before the day of the words", True),
        ("2021..2022", "calendar years", True),
        ("2022-01-01..2023-11-08", "calendar years", True),  # this year and the one before
        ("2021-07..2023-06", "years that begin in another month", True),
        ("2020-11-09..2022-11-08", "ends moved by some months", False),
    ],
)
def test_the_past_two_years(words: str, rule: str, kept: bool) -> None:
    found_settings = level_settings(COVERED, months=24, as_of=SPOKEN)
    n = found(found_settings, words)
    assert n is not None
    assert LEVELS[found_settings.rule[n]] == rule
    assert found_settings.keeps[n] == kept
    assert found_settings.asked is None


def test_a_calendar_year_may_have_been_another_offices_year() -> None:
    found_settings = level_settings(COVERED, window=days("2022"), as_of=SPOKEN, fiscal=(7,))
    assert found_settings.asked is not None
    assert sensibility(found_settings, "2022") == 1.0
    assert 0 < sensibility(found_settings, "2021-07..2022-06") < 1
    for fiscal, rule in (((7,), "years that begin in another month"), ((), "ends moved by some months")):
        there = level_settings(COVERED, window=days("2022"), as_of=SPOKEN, fiscal=fiscal)
        n = found(there, "2021-07..2022-06")
        assert n is not None
        assert LEVELS[there.rule[n]] == rule
    assert np.flatnonzero(found_settings.keeps).tolist() == [found_settings.asked]


def test_with_and_without_the_latest_months() -> None:
    steps = COVERED[1] - COVERED[0]
    none = NOTHING(steps)
    lagging = np.arange(steps) >= steps - 60
    cube = Cube((KEY,), np.arange(COVERED[0], COVERED[1] + 1), *none[:-1], lagging)
    covered, ends = reach(cube)
    assert covered == COVERED
    found_settings = level_settings(covered, since=date(2021, 8, 15), as_of=date(2024, 1, 8), ends=ends)
    with_them, without = "2021-08-15..2023-12-31", f"2021-08-15..{date.fromordinal(COVERED[1] - 60) - DAY}"
    answers = evaluate(cube, found_settings)
    first, second = found(found_settings, with_them), found(found_settings, without)
    assert first is not None
    assert second is not None
    assert answers.flags[first] & Flag.LAGGING
    assert not answers.flags[second] & Flag.LAGGING


def test_stocks_are_asked_on_days() -> None:
    found_settings = state_settings(COVERED, day=date(2023, 6, 30), base=date(2022, 6, 30), change=True, as_of=SPOKEN)
    assert found_settings.asked is not None
    assert found_settings.days(found_settings.asked) == (
        (date(2023, 6, 30), date(2023, 6, 30)),
        (date(2022, 6, 30), date(2022, 6, 30)),
    )
    assert found_settings.sensibility[found_settings.asked] == 1.0
    level = state_settings(COVERED, day=date(2023, 6, 30), as_of=SPOKEN)
    assert level.earlier is None
    assert level.asked is not None
    assert state_settings(COVERED, as_of=SPOKEN).asked is None


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_laws_of_settings(data: st.DataObject) -> None:
    """Each pair once, baselines first, sensibility 0 to 1, and another table changes nothing else."""
    ends = sorted(data.draw(st.sets(DAYS, min_size=4, max_size=4)))
    later = data.draw(st.sampled_from([None, (ends[2], ends[3])]))
    since = ends[2] if later is None and data.draw(st.booleans()) else None
    baseline = data.draw(st.sampled_from([None, (ends[0], ends[1])]))
    as_of = data.draw(st.sampled_from([ends[3], date(2023, 12, 30)]))
    made = [
        change_settings(COVERED, later=later, since=since, baseline=baseline, as_of=as_of, table=table)
        for table in (DEFAULT, *ALTERNATIVES)
    ]
    first = made[0]
    assert first.earlier is not None
    assert len(set(zip(first.later.tolist(), first.earlier.tolist(), strict=True))) == len(first)
    assert (first.windows[first.earlier, 0] < first.windows[first.later, 0]).all()
    assert (first.windows[:, 0] < first.windows[:, 1]).all()
    assert ((first.sensibility >= 0) & (first.sensibility <= 1)).all()
    if later and baseline:
        assert first.asked is not None
        assert first.days(first.asked) == (later, baseline)
    for other in made[1:]:
        assert other.table != first.table
        assert other.asked == first.asked
        assert (other.windows == first.windows).all()
        assert (other.later == first.later).all()
        assert other.earlier is not None
        assert (other.earlier == first.earlier).all()
        assert (other.keeps == first.keeps).all()


@settings(deadline=None, max_examples=40)
@given(DAYS, DAYS, st.sampled_from([None, 12, 30]), st.booleans())
def test_levels_and_stocks_under_another_table_are_the_same_settings(
    one: date, other: date, months: int | None, change: bool
) -> None:
    window = (min(one, other), max(one, other)) if months is None else None
    tables = (DEFAULT, *ALTERNATIVES)
    for made in (
        [level_settings(COVERED, window=window, months=months, as_of=SPOKEN, table=t) for t in tables],
        [state_settings(COVERED, day=one, base=other, change=change, as_of=SPOKEN, table=t) for t in tables],
    ):
        first, *rest = made
        assert ((first.sensibility >= 0) & (first.sensibility <= 1)).all()
        for again in rest:
            assert [again.days(n) for n in range(len(again))] == [first.days(n) for n in range(len(first))]
            assert (again.keeps == first.keeps).all()
            assert again.asked == first.asked


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_sharper_tables_narrow_the_surface(data: st.DataObject) -> None:
    """Every setting is less sensible under the sharper table, and more so under the flatter one."""
    start = data.draw(DAYS)
    flat, sharp = (
        change_settings(COVERED, since=start, as_of=date(2023, 12, 31), table=table) for table in ALTERNATIVES
    )
    plain = change_settings(COVERED, since=start, as_of=date(2023, 12, 31))
    assert sharp.sensibility.sum() <= plain.sensibility.sum() <= flat.sensibility.sum()


def test_named_windows_are_asked_as_they_are() -> None:
    pairs = [(days("2022"), days("2021")), (days("2022"), days("2019"))]
    found_settings = explicit_settings([*pairs], asked=1)
    assert [found_settings.days(n) for n in range(2)] == pairs
    assert found_settings.asked == 1
    levels = explicit_settings([(days("2022"), None), (days("2021"), None)])
    assert levels.earlier is None
    assert [levels.days(n) for n in range(2)] == [(days("2022"), None), (days("2021"), None)]
