"""Answers of a cube to many settings at once, and what a reader must know of each."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.checking.surface.answers import COARSEST, LONGEST_CUT, Flag, evaluate
from counterfoil.checking.surface.model import Cube, Key
from counterfoil.checking.surface.settings import Days, change_settings, explicit_settings

START = date(2020, 1, 1).toordinal()
DAY = timedelta(1)
KEY = Key("source", "1", "killed", "all", "here", "anyone", "", "people killed")


def cube_of(*rows: list[float], steps: list[int] | None = None) -> Cube:
    """Return a cube of daily steps from 1 January 2020, or of steps of so many days each."""
    values = np.array(rows, dtype=float)
    lengths = steps or [1] * values.shape[1]
    edges = START + np.concatenate([[0], np.cumsum(lengths)])
    size = values.shape[1]
    keys = tuple(replace(KEY, definition=f"definition {n}", score=1 - n / 10) for n in range(len(rows)))
    return Cube(keys, edges, values, None, None, np.ceil(values).astype(np.int64), np.ones(size, dtype=bool),
                np.zeros(size, dtype=bool))  # fmt: skip


def window(start: int, end: int) -> Days:
    """Return the days from the `start`-th to before the `end`-th of the cube."""
    return date.fromordinal(START + start), date.fromordinal(START + end) - DAY


def test_counts_exposures_and_the_change_between_two_windows() -> None:
    cube = cube_of([1, 2, 3, 4, 5, 6, 0, 0], [2, 2, 2, 2, 0, 0, 0, 0])
    answers = evaluate(cube, explicit_settings([(window(3, 6), window(0, 3)), (window(4, 8), window(0, 2))]))
    assert answers.later_counts.tolist() == [[15, 11], [2, 0]]
    assert answers.earlier_counts is not None
    assert answers.earlier_counts.tolist() == [[6, 3], [6, 4]]
    assert answers.exposure.tolist() == [1, 4]
    assert answers.base_exposure is not None
    assert answers.base_exposure.tolist() == [1, 2]
    assert answers.values == pytest.approx(np.array([[150, (11 / 4) / (3 / 2) * 100 - 100], [-66.6666667, -100]]))
    assert answers.flags.tolist() == [0, Flag.UNEQUAL]
    assert answers.flag_words(0, 1) == ("unequal windows",)


def test_nothing_counted_before_is_no_percentage() -> None:
    answers = evaluate(cube_of([0, 0, 3, 4]), explicit_settings([(window(2, 4), window(0, 2))]))
    assert not answers.answered.any()
    assert answers.flag_words(0, 0) == ("nothing counted in the baseline",)


def test_windows_that_overlap_are_answered_and_flagged() -> None:
    answers = evaluate(cube_of([1, 2, 3, 4]), explicit_settings([(window(1, 4), window(0, 3))]))
    assert answers.values[0, 0] == pytest.approx(50)
    assert answers.flag_words(0, 0) == ("overlap",)


@pytest.mark.parametrize(
    ("later", "earlier", "flags"),
    [
        ((4, 6), (2, 4), Flag.BREAK),  # the break lies between the two
        ((5, 7), (4, 5), Flag.UNEQUAL),  # both after it
        ((3, 6), None, Flag.BREAK),  # within a window
        ((4, 8), None, Flag(0)),
        ((8, 10), (6, 8), Flag.BREAK | Flag.REFUSED),
        ((10, 12), (8, 10), Flag.UNCOVERED),
        ((11, 13), None, Flag.LAGGING),
        ((11, 15), None, Flag.LAGGING | Flag.UNCOVERED),  # beyond the last day
    ],
)
def test_breaks_gaps_and_latest_steps(later: tuple[int, int], earlier: tuple[int, int] | None, flags: Flag) -> None:
    cube = cube_of([1.0] * 13)
    covered = np.ones(13, dtype=bool)
    covered[10] = False
    lagging = np.zeros(13, dtype=bool)
    lagging[12] = True
    cube = replace(
        cube, covered=covered, lagging=lagging, breaks=((4, "other collectors", False), (8, "other rules", True))
    )
    answers = evaluate(cube, explicit_settings([(window(*later), window(*earlier) if earlier else None)]))
    assert Flag(int(answers.flags[0])) == flags
    assert answers.answered[0, 0] == (not flags & (Flag.REFUSED | Flag.UNCOVERED))


@pytest.mark.parametrize(
    ("later", "value", "flags"),
    [
        ((10, 40), 60, Flag(0)),
        ((15, 40), 50, Flag.PRORATED | Flag.COARSE),  # half of the second step: a fifth of the window
        ((10, 15), 10, Flag.PRORATED | Flag.COARSE),  # within one step: half its count is a guess
        ((12, 18), 12, Flag.PRORATED | Flag.COARSE),
        ((5, 45), 80, Flag.PRORATED | Flag.COARSE),
        ((8, 40), 64, Flag.PRORATED),
        ((0, 42), 84, Flag.PRORATED),
        ((7, 43), 72, Flag.PRORATED | Flag.COARSE),  # six days of 36
        ((0, 50), 100, Flag(0)),
    ],
)
def test_steps_of_which_a_part_is_taken(later: tuple[int, int], value: float, flags: Flag) -> None:
    answers = evaluate(cube_of([20, 20, 20, 20, 20], steps=[10] * 5), explicit_settings([(window(*later), None)]))
    assert answers.later_counts[0, 0] == pytest.approx(value)
    assert Flag(int(answers.flags[0])) == flags
    assert answers.answered[0, 0] == (not flags & Flag.COARSE)


def test_a_years_count_does_not_answer_for_seven_months() -> None:
    years = cube_of([100, 120], steps=[366, 365])
    answers = evaluate(years, explicit_settings([((date(2021, 1, 1), date(2021, 7, 31)), None)]))
    assert answers.flag_words(0, 0) == ("part of a step taken by days", "steps too long for the window")
    assert not answers.answered.any()


@pytest.mark.parametrize("steps", [[366, 365, 365, 365, 366, 365], [90, 91, 92, 92] * 6])
def test_of_a_year_or_a_quarter_no_part_is_taken(steps: list[int]) -> None:
    """However long the window: nobody counted that part, and within a year anything may have happened."""
    cube = cube_of([100.0] * len(steps), steps=steps)
    last = START + sum(steps) - 1
    whole = (date(2020, 1, 1), date.fromordinal(last))
    cut = [(whole[0], date.fromordinal(last - 9)), (date(2020, 1, 4), whole[1])]
    answers = evaluate(cube, explicit_settings([(days, None) for days in (whole, *cut)]))
    assert answers.answered[0].tolist() == [True, False, False]


def test_stocks_are_the_state_on_the_last_day() -> None:
    cube = cube_of([100, 110, 90], steps=[31, 29, 31])
    pairs = [((date(2020, 2, 10), date(2020, 2, 10)), None), ((date(2020, 3, 31), date(2020, 3, 31)), None)]
    answers = evaluate(cube, explicit_settings([*pairs]), how="last")
    assert answers.values.tolist() == [[110, 90]]
    assert answers.flags.tolist() == [0, 0]
    change = explicit_settings([((date(2020, 3, 1), date(2020, 3, 1)), (date(2020, 1, 31), date(2020, 1, 31)))])
    assert evaluate(cube, change, how="last").values[0, 0] == pytest.approx(-10)


def test_rates_are_means_by_days() -> None:
    cube = cube_of([4.0, 7.0], steps=[31, 29])
    answers = evaluate(cube, explicit_settings([(window(0, 60), None), (window(31, 60), None)]), how="mean")
    assert answers.values[0] == pytest.approx([(4 * 31 + 7 * 29) / 60, 7])
    assert answers.flags.tolist() == [0, 0]


def test_no_other_way_to_sum_up() -> None:
    with pytest.raises(ValueError, match="no such way"):
        evaluate(cube_of([1]), explicit_settings([(window(0, 1), None)]), how="median")


def test_reporting_ranges_and_rows_are_summed_too() -> None:
    cube = cube_of([5, 6])
    cube = replace(cube, low=np.array([[4.0, 5.0]]), high=np.array([[9.0, 8.0]]), rows=np.array([[2, 3]]))
    answers = evaluate(cube, explicit_settings([(window(0, 2), None)]))
    assert answers.range_low is not None
    assert answers.range_high is not None
    assert [float(a[0, 0]) for a in (answers.range_low, answers.sums, answers.range_high, answers.rows)] == [
        9,
        11,
        17,
        5,
    ]


VALUES = st.lists(st.integers(0, 40), min_size=10, max_size=10)


@settings(deadline=None, max_examples=80)
@given(VALUES, st.lists(st.integers(1, 40), min_size=10, max_size=10), st.data())
def test_prefix_sums_are_naive_sums_by_days(values: list[int], lengths: list[int], data: st.DataObject) -> None:
    """Spread each step's count evenly over its days, and add up days."""
    cube = cube_of([float(v) for v in values], steps=lengths)
    daily = [v / n for v, n in zip(values, lengths, strict=True) for _ in range(n)]
    start, end = sorted(data.draw(st.sets(st.integers(0, len(daily)), min_size=2, max_size=2)))
    answers = evaluate(cube, explicit_settings([(window(start, end), None)]))
    assert answers.later_counts[0, 0] == pytest.approx(sum(daily[start:end]), abs=1e-6)
    edges = {int(edge) - START for edge in cube.edges}
    assert bool(answers.flags[0] & Flag.PRORATED) == (not {start, end} <= edges)
    cut, at, long = 0, 0, False
    for n in lengths:
        inside = max(0, min(end, at + n) - max(start, at))
        cut += inside if 0 < inside < n else 0
        long |= 0 < inside < n and n > LONGEST_CUT
        at += n
    assert bool(answers.flags[0] & Flag.COARSE) == (long or cut > COARSEST * (end - start))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 40), min_size=730, max_size=730), st.integers(2, 9))
def test_scaling_all_that_is_counted_leaves_every_change(values: list[int], factor: int) -> None:
    cube = cube_of([float(v) for v in values], [float(v * factor) for v in values])
    found = change_settings((START, START + 730), as_of=date(2021, 11, 8))
    answers = evaluate(cube, found)
    assert len(found) > 100
    assert answers.answered.any()
    assert np.allclose(answers.values[0], answers.values[1], equal_nan=True)
