"""What a surface says of a claim, summed up."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.checking.surface.answers import REFUSALS, evaluate
from counterfoil.checking.surface.model import Cube, Key
from counterfoil.checking.surface.settings import (
    change_settings,
    explicit_settings,
    level_settings,
    reach,
    state_settings,
)
from counterfoil.checking.surface.summary import summarise
from counterfoil.checking.surface.tasks import Claims, Ends

KEY = Key("source", "1", "killed", "all", "here", "anyone", "", "people killed")
YEARS = range(2016, 2024)
EDGES = np.array([date(year, 1, 1).toordinal() for year in (*YEARS, 2024)])
COVERED = int(EDGES[0]), int(EDGES[-1])
SIXTY: tuple[Ends, ...] = ((59.5, False, 60.5, True), (55.0, False, 65.0, True))


def yearly(*rows: tuple[Key, list[float]]) -> Cube:
    """Return a cube of the years 2016 to 2023."""
    values = np.array([row for _, row in rows], dtype=float)
    size = values.shape[1]
    keys = tuple(key for key, _ in rows)
    return Cube(
        keys, EDGES, values, None, None, values.astype(np.int64), np.ones(size, dtype=bool), np.zeros(size, bool)
    )


def year(number: int) -> tuple[date, date]:
    return date(number, 1, 1), date(number, 12, 31)


WIDER = replace(KEY, definition="with clashes", score=0.6)
CUBE = yearly((KEY, [90, 80, 70, 60, 50, 100, 160, 150]), (WIDER, [190, 180, 170, 160, 150, 300, 330, 310]))


def test_a_claim_that_names_its_windows() -> None:
    found = change_settings(COVERED, later=year(2022), baseline=year(2021), as_of=date(2023, 11, 8))
    summary = summarise(CUBE, found, evaluate(CUBE, found), allowed=SIXTY, said=60.0, claims=Claims.INCREASE)
    assert summary.asked == (0, found.asked)
    assert summary.agreement is True
    assert summary.best_support == summary.asked
    assert summary.best_counter is not None
    assert not summary.agrees[summary.best_counter]
    assert summary.strengths[summary.best_counter] < 0
    assert "definition" in summary.sensitive_to  # with clashes it is 10%
    assert summary.direction_share is not None
    assert 0.5 < summary.direction_share <= 1
    assert summary.quality is not None
    assert summary.percentile == summary.quality.uniqueness


def test_the_axes_on_which_a_claim_hangs() -> None:
    pairs = [(year(2022), year(2021)), (year(2022), year(2020)), (year(2023), year(2021))]
    found = explicit_settings([*pairs], asked=0)
    one = yearly((KEY, [90, 80, 70, 60, 50, 100, 160, 150]))
    summary = summarise(one, found, evaluate(one, found), allowed=SIXTY, said=60.0, claims=Claims.INCREASE)
    assert summary.sensitive_to == ("window", "baseline")  # +220% against 2020, +50% for 2023
    robust = yearly((KEY, [90, 80, 70, 60, 100, 100, 160, 160]))
    summary = summarise(robust, found, evaluate(robust, found), allowed=SIXTY, said=60.0, claims=Claims.INCREASE)
    assert summary.sensitive_to == ()
    assert summary.best_counter is None


def test_a_fall_is_weaker_where_less_falls() -> None:
    pairs = [(year(2019), year(2016)), (year(2019), year(2018)), (year(2022), year(2019))]
    found = explicit_settings([*pairs], asked=0)
    third = ((-33.5, True, -32.5, False),)
    summary = summarise(CUBE, found, evaluate(CUBE, found), allowed=third, said=-33.0, claims=Claims.DECREASE)
    assert summary.strengths[0] == pytest.approx([(0.67 / (60 / 90)) - 1, 0.67 / (60 / 70) - 1, 0.67 / (160 / 60) - 1])
    assert summary.reversal is not None
    assert summary.reversal[1] == 2
    assert summary.agrees[0].tolist() == [True, False, False]


def test_a_level_has_no_direction() -> None:
    found = level_settings(COVERED, window=year(2022), as_of=date(2023, 11, 8))
    summary = summarise(CUBE, found, evaluate(CUBE, found), allowed=((155, False, 165, False),), said=160.0,
                        claims=Claims.LEVEL)  # fmt: skip
    assert summary.agreement is True
    assert summary.direction_share is None
    assert summary.reversal is None
    assert summary.nearest == summary.asked


def test_where_nothing_is_answered_nothing_is_said() -> None:
    empty = yearly((KEY, [0.0] * 8))
    found = change_settings(COVERED, since=date(2021, 1, 1), as_of=date(2023, 12, 31))
    summary = summarise(empty, found, evaluate(empty, found), allowed=SIXTY, said=60.0, claims=Claims.INCREASE)
    assert (summary.asked, summary.agreement, summary.quality, summary.percentile) == (None, None, None, None)
    assert (summary.best_support, summary.best_counter, summary.nearest, summary.reversal) == (None, None, None, None)
    assert (summary.direction_share, summary.magnitude_share, summary.counters) == (None, None, ())


def test_ways_of_counting_without_sensibility_decide_nothing() -> None:
    cube = yearly((replace(KEY, score=0.0), [90, 80, 70, 60, 50, 100, 160, 150]))
    found = explicit_settings([(year(2022), year(2021))], asked=0)
    summary = summarise(cube, found, evaluate(cube, found), allowed=SIXTY, said=60.0, claims=Claims.INCREASE)
    assert summary.quality is None
    assert summary.direction_share is None
    assert summary.percentile == 0


def test_intervals_reach_further_than_answers() -> None:
    found = explicit_settings([(year(2021), year(2020)), (year(2022), year(2021))])
    answers = evaluate(CUBE, found)
    far = ((30.0, False, 40.0, False),)
    without = summarise(CUBE, found, answers, allowed=far, said=35.0, claims=Claims.INCREASE)
    assert not without.possible.any()
    wide = replace(answers, wide_low=answers.values - 30, wide_high=answers.values + 30)
    within = summarise(CUBE, found, wide, allowed=far, said=35.0, claims=Claims.INCREASE)
    assert within.possible.tolist() == [[False, True], [False, True]]  # +60% and +10%, give or take 30
    assert not within.agrees.any()
    assert within.best_support == (0, 1)
    assert within.magnitude_share == pytest.approx(0.5)


def test_only_chosen_settings_count() -> None:
    found = change_settings(COVERED, later=year(2022), as_of=date(2023, 12, 31))
    answers = evaluate(CUBE, found)
    kept = summarise(CUBE, found, answers, allowed=SIXTY, said=60.0, claims=Claims.INCREASE, among=found.keeps)
    assert kept.best_counter is not None
    assert found.keeps[kept.best_counter[1]]
    assert not kept.agrees[:, ~found.keeps].any()


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.integers(0, 200), min_size=8, max_size=8), st.integers(-50, 150), st.integers(1, 30), st.integers(0, 40)
)
def test_wider_words_never_lose_support(values: list[int], said: int, width: int, more: int) -> None:
    cube = yearly((KEY, [float(v) for v in values]))
    found = change_settings(COVERED, since=date(2020, 1, 1), as_of=date(2023, 12, 31))
    answers = evaluate(cube, found)
    narrow, wide = (
        summarise(cube, found, answers, allowed=((said - w, False, said + w, True),), said=float(said),
                  claims=Claims.INCREASE)
        for w in (width, width + more)
    )  # fmt: skip
    assert (wide.agrees | ~narrow.agrees).all()
    assert (wide.magnitude_share or 0) >= (narrow.magnitude_share or 0)
    if narrow.best_support is not None:
        assert wide.best_support is not None
        assert wide.sensibility[wide.best_support] >= narrow.sensibility[narrow.best_support]
    for summary in (narrow, wide):
        if summary.best_counter is not None:
            assert not summary.agrees[summary.best_counter]


DAYS = st.dates(date(2005, 1, 1), date(2025, 1, 1))
PAIRS = st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair)))


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_whatever_is_asked_of_whatever_series_something_sound_is_said(data: st.DataObject) -> None:
    """Windows before, after and across the series, gaps, breaks, lag, steps of any length: no crash, no odd number."""
    steps, length = data.draw(st.sampled_from([1, 2, 5, 40])), data.draw(st.sampled_from([1, 7, 30, 365]))
    edges = data.draw(DAYS).toordinal() + np.arange(steps + 1) * length
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    values = rng.poisson(data.draw(st.sampled_from([0.0, 0.1, 5.0])), (2, steps)).astype(float)
    keys = tuple(replace(KEY, definition=str(n), score=data.draw(st.sampled_from([0.0, 0.5, 1.0]))) for n in range(2))
    refuse = data.draw(st.booleans())
    cube = Cube(keys, edges, values, None, None, values.astype(np.int64), rng.random(steps) > 0.1,
                rng.random(steps) > 0.9, ((steps - 1, "other rules", refuse),))  # fmt: skip
    covered, ends = reach(cube)
    as_of, window, since, base = data.draw(DAYS), data.draw(PAIRS), data.draw(DAYS), data.draw(PAIRS)
    stated = data.draw(st.sampled_from([{}, {"later": window}, {"since": since}]))
    baseline = data.draw(st.sampled_from([None, base]))
    level = data.draw(st.sampled_from([{}, {"window": window}, {"since": since}, {"months": 24}]))
    day = data.draw(st.sampled_from([None, since]))
    made = [
        (change_settings(covered, **stated, baseline=baseline, as_of=as_of, ends=ends), "sum", Claims.DECREASE),
        (level_settings(covered, **level, as_of=as_of, ends=ends), "mean", Claims.LEVEL),
        (state_settings(covered, day=day, as_of=as_of), "last", Claims.LEVEL),
        (state_settings(covered, day=day, base=base[0], change=True, as_of=as_of), "last", Claims.INCREASE),
    ]
    said = float(data.draw(st.sampled_from([-100, -50, 0, 60, 500])))
    for found, how, claims in made:
        assert ((found.sensibility >= 0) & (found.sensibility <= 1)).all()
        answers = evaluate(cube, found, how=how)
        unanswered = (answers.flags & int(REFUSALS)) != 0
        assert np.isnan(answers.values[:, unanswered]).all()
        summary = summarise(
            cube, found, answers, allowed=((said - 1, False, said + 1, False),), said=said, claims=claims
        )
        for share in (summary.direction_share, summary.magnitude_share, summary.percentile):
            assert share is None or 0 <= share <= 1 + 1e-12
        for place in (summary.best_support, summary.best_counter, summary.reversal, summary.nearest, summary.asked):
            assert place is None or answers.answered[place]
