"""What a series without change shows: the published shares, laws of the new orders, and false and true alarms."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from counterfoil.checking.surface import null
from counterfoil.checking.surface.answers import evaluate
from counterfoil.checking.surface.model import Cube, Key
from counterfoil.checking.surface.null import Null, compare
from counterfoil.checking.surface.settings import Settings, change_settings, explicit_settings, level_settings

START, END = date(2014, 1, 1), date(2022, 1, 1)
DAYS = (END - START).days
LATER, EARLIER = (date(2021, 1, 1), date(2021, 12, 31)), (date(2020, 1, 1), date(2020, 12, 31))
STATED = change_settings((START.toordinal(), END.toordinal()), later=LATER, baseline=EARLIER, as_of=date(2021, 12, 31))
IN_LATER = np.arange(DAYS) >= (LATER[0] - START).days
IN_EARLIER = (np.arange(DAYS) >= (EARLIER[0] - START).days) & ~IN_LATER


def cube_of(values: NDArray[np.float64]) -> Cube:
    """Return daily series [K, T] as ways of counting."""
    keys = tuple(Key("made", "1", "events", str(k), "", "", "", "made") for k in range(len(values)))
    edges = START.toordinal() + np.arange(values.shape[1] + 1)
    covered = np.ones(values.shape[1], dtype=bool)
    return Cube(keys, edges, values, None, None, values.astype(int), covered, ~covered)


def asked(values: NDArray[np.float64], settings: Settings = STATED, *, ratio: float | None = None) -> Null:
    """Return the null of the claim that the stated setting's own answer makes, of another ratio if given."""
    cube = cube_of(np.atleast_2d(values))
    found = evaluate(cube, settings)
    assert settings.asked is not None
    ratio = ratio or 1 + float(found.values[0, settings.asked]) / 100
    told = compare(
        cube, settings, found, ratio=ratio, falls=ratio < 1, stated=(0, settings.asked), resamples=200, seed=1
    )
    assert told is not None
    return told


@pytest.mark.parametrize(("rate", "low", "high"), [(4, 0.64, 0.70), (50, 0, 0.001)])
def test_published_shares_of_ten_years_without_change(rate: int, low: float, high: float) -> None:
    """Some adjacent pair of 6, 12 or 24 months rises by 500% or more in two thirds of them at 4 events a year."""
    counts = np.random.default_rng(1).poisson(rate / 12, (5000, 120))
    before = np.concatenate([np.zeros((5000, 1), dtype=int), counts.cumsum(axis=1)], axis=1)
    found = np.zeros(5000, dtype=bool)
    for width in (6, 12, 24):
        sums = before[:, width:] - before[:, :-width]
        found |= ((sums[:, :-width] > 0) & (sums[:, width:] >= 6 * sums[:, :-width])).any(axis=1)
    assert low <= found.mean() <= high


def test_the_null_finds_that_share_too() -> None:
    """The same question asked of one series of 4 events a year, put in new orders."""
    windows = [
        ((date(y, m, 1), _last(y, m, width)), (_first(y, m, width), _last(y, m, 0)))
        for width in (6, 12, 24)
        for y in range(2014, 2022)
        for m in range(1, 13)
        if _first(y, m, width) >= START and _last(y, m, width) < END
    ]
    settings = explicit_settings(windows)
    shares = []
    for seed in range(12):
        months = np.random.default_rng(seed).choice(DAYS, 32, replace=False)
        values = np.zeros((1, DAYS))
        values[0, months] = 1
        cube = cube_of(values)
        found = compare(cube, settings, evaluate(cube, settings), ratio=6, resamples=300)
        assert found is not None
        shares.append(found.claim_probability)
    assert 0.4 < np.mean(shares) < 0.8  # eight years, not ten: less than the published 68%


def _first(year: int, month: int, back: int) -> date:
    at = 12 * year + month - 1 - back
    return date(at // 12, at % 12 + 1, 1)


def _last(year: int, month: int, on: int) -> date:
    return date.fromordinal(_first(year, month, -on).toordinal() - 1)


# The new orders ---------------------------------------------------------------------------------------------------


@hypothesis_settings(deadline=None)
@given(st.integers(1, 300), st.integers(1, 60), st.integers(0, 2**31))
def test_new_orders_keep_every_step(size: int, block: int, seed: int) -> None:
    """Each step once: what is summed up over all of a part is the part's sum, and no step is negative."""
    values = np.random.default_rng(seed).integers(0, 9, size).astype(float)
    edges = np.arange(size + 1)
    cut = size // 3
    for parts in ([(0, size)], [(0, cut), (cut, size)] if cut else [(0, size)]):
        orders = null._orders(parts, block, 5, edges, np.random.default_rng(seed))
        steps = null._window_sums(values, orders, np.stack([edges[:-1], edges[1:]], axis=1))
        for first, last in parts:
            expected = np.sort(values[first:last])
            for series in steps[first:last].T:
                np.testing.assert_array_equal(np.sort(series), expected)


def test_blocks_stay_whole() -> None:
    """Steps that follow each other still do, but where blocks meet."""
    values = np.arange(1000.0)
    edges = np.arange(1001)
    orders = null._orders([(0, 1000)], 50, 20, edges, np.random.default_rng(0))
    steps = null._window_sums(values, orders, np.stack([edges[:-1], edges[1:]], axis=1))
    follows = np.diff(steps, axis=0) % 1000 == 1
    assert (follows.sum(axis=0) >= 999 - 20).all()
    assert (follows.sum(axis=0) < 999).all()
    drawn = null._drawn(200, 700, 50, 20, edges, np.random.default_rng(0))
    steps = null._window_sums(values, [drawn], np.stack([edges[:-1], edges[1:]], axis=1))
    assert steps.max() < 700, "what the claim is about is not drawn from"
    assert steps.min() >= 200, "nor what was long ago"
    assert ((np.diff(steps, axis=0) % 500 == 1).sum(axis=0) >= 999 - 21).all()


def test_the_series_as_it_is_answers_as_the_surface_does() -> None:
    values = np.random.default_rng(3).poisson(0.3, DAYS).astype(float)
    cube = cube_of(values[None])
    sums = evaluate(cube, STATED).sums[0]
    edges, at = np.unique(STATED.windows - START.toordinal(), return_inverse=True)
    found = null._window_sums(values, null._as_it_is(DAYS, edges), at.reshape(-1, 2))
    np.testing.assert_allclose(found[:, 0], sums)


def test_the_strongest_is_found_both_ways() -> None:
    sums = np.array([[4.0], [1.0], [0.0], [9.0]], dtype=np.float32)
    pairs = np.array([[0, 1], [1, 0], [3, 2], [2, 3], [1, 3]])
    for falls, expected in ((False, 4.0), (True, null.NEVER * 9)):
        strongest = np.zeros(1, dtype=np.float32)
        null._strongest(sums, pairs[:, 0], pairs[:, 1], np.ones(5), falls, strongest)
        assert strongest[0] == pytest.approx(expected), "a rise from nothing is no ratio, a fall to nothing is one"


# What it says -----------------------------------------------------------------------------------------------------


def test_same_question_same_answer_and_stronger_claims_are_rarer() -> None:
    values = np.random.default_rng(4).poisson(0.1, DAYS).astype(float)
    assert asked(values) == asked(values)
    rises = [asked(values, ratio=ratio).claim_probability for ratio in (1.2, 2, 4, 8, 100)]
    assert rises == sorted(rises, reverse=True)
    assert rises[0] > 0.9
    assert rises[-1] < 0.05


def test_no_null_for_levels_or_without_answers() -> None:
    cube = cube_of(np.ones((1, DAYS)))
    levels = level_settings((START.toordinal(), END.toordinal()), window=LATER, as_of=LATER[1])
    assert compare(cube, levels, evaluate(cube, levels), ratio=2) is None
    before = explicit_settings([((date(2000, 1, 1), date(2000, 12, 31)), (date(1999, 1, 1), date(1999, 12, 31)))])
    assert compare(cube, before, evaluate(cube, before), ratio=2) is None
    open_ = compare(cube, STATED, evaluate(cube, STATED), ratio=2)
    assert open_ is not None
    assert open_.pick_probability is None
    assert not open_.picked


def test_without_change_there_are_few_alarms() -> None:
    """60 series of events alone and 60 in clumps: 5% would be 6, and more than 12 comes once in a hundred runs."""
    alarms = picked = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        single = rng.poisson(0.3, DAYS).astype(float)
        clumped = np.zeros(DAYS)
        for day in np.flatnonzero(rng.random(DAYS) < 0.05):
            clumped[day : day + 7] += rng.poisson(1.0, len(clumped[day : day + 7]))
        for values in (single, clumped):
            told = asked(values)
            alarms += told.claim_probability <= 0.05
            picked += told.picked
    assert alarms <= 12
    assert picked <= 6


def test_months_long_bursts_stay_together() -> None:
    """Torn apart they would look like many small ones, and a year with a long one beyond chance."""
    shares = []
    for seed in range(30):
        rng = np.random.default_rng(seed)
        values = np.zeros(DAYS)
        for day in np.flatnonzero(rng.random(DAYS) < 0.006):
            values[day : day + 60] += rng.poisson(0.5, len(values[day : day + 60]))
        shares.append(asked(values).claim_probability)
    assert np.mean(np.array(shares) <= 0.05) <= 0.2
    assert np.median(shares) > 0.3


def test_excess_is_what_stands_out_from_the_mean_of_all() -> None:
    rng = np.random.default_rng(6)
    sums = rng.poisson(20, (6, 40)).astype(np.float32)
    later, earlier = rng.integers(0, 6, 50), rng.integers(0, 6, 50)
    scale, weight = rng.random(50) + 0.5, rng.dirichlet(np.ones(50))
    for sign in (1, -1):
        pairs = null._Pairs(later, earlier, np.log(scale).astype(np.float32), weight.astype(np.float32), sign)
        logs = null._Logs.of(sums, pairs)
        ratios = sign * (np.log(sums[later] + 0.5) - np.log(sums[earlier] + 0.5) + np.log(scale)[:, None])
        expected = ratios - (weight[:, None] * ratios).sum(axis=0)
        np.testing.assert_allclose(null._excess(logs, pairs, slice(None)), expected, atol=1e-5)
        standard = (expected - expected.mean(axis=1, keepdims=True)) / expected.std(axis=1, keepdims=True)
        furthest, beyond = null._furthest(logs, pairs, 7, 1.5)
        np.testing.assert_allclose(furthest, standard.max(axis=0), atol=1e-3)
        assert beyond == pytest.approx((1.5 - expected[7].mean()) / expected[7].std(), rel=1e-3)


def test_one_lasting_change_may_stand_out_where_the_words_put_it() -> None:
    """A sixfold rise for good: the stated years stand out from series without change, not from those with that rise."""
    lasting = []
    for seed in range(8):
        rates = np.where(IN_LATER, 1.8, 0.3)
        told = asked(np.random.default_rng(seed).poisson(rates).astype(float))
        assert told.pick_probability_lasting is not None
        lasting.append(told.pick_probability_lasting)
    assert np.median(lasting) > 0.15


def test_both_probabilities_must_be_rare() -> None:
    rare, common = null.RARE, 0.05
    cases = [(rare, rare, True), (rare, common, False), (common, rare, False), (None, None, False)]
    for first, second, picked in cases:
        assert Null(1, 1, 1, True, 1.0, 1.0, first, second).picked is picked


def test_a_lasting_change_is_beyond_chance_and_not_picked() -> None:
    for seed in range(5):
        rates = np.where(IN_LATER, 1.2, 0.3)
        told = asked(np.random.default_rng(seed).poisson(rates).astype(float))
        assert told.claim_probability <= 0.01
        assert told.before
        assert not told.picked


def test_one_who_takes_the_one_low_year_as_baseline_is_seen() -> None:
    seen = 0
    for seed in range(10):
        rates = np.where(IN_EARLIER, 0.04, 0.3)
        seen += asked(np.random.default_rng(seed).poisson(rates).astype(float)).picked
    assert seen >= 8


def test_falls_are_told_like_rises() -> None:
    rates = np.where(IN_LATER, 0.05, 0.4)
    told = asked(np.random.default_rng(0).poisson(rates).astype(float))
    assert told.claim_probability <= 0.05
    assert told.usual < 1
    quiet = asked(np.random.default_rng(1).poisson(0.4, DAYS).astype(float), ratio=0.97)
    assert quiet.claim_probability > 0.2


def test_a_gap_in_the_series_is_left_out() -> None:
    values = np.random.default_rng(5).poisson(0.3, DAYS).astype(float)
    cube = cube_of(values[None])
    gap = np.arange(DAYS) < 400
    holed = Cube(cube.keys, cube.edges, np.where(gap, 0, cube.values), None, None, cube.rows, ~gap, gap & False)
    found = compare(holed, STATED, evaluate(holed, STATED), ratio=3, resamples=100)
    whole = compare(cube, STATED, evaluate(cube, STATED), ratio=3, resamples=100)
    assert found is not None
    assert whole is not None
    assert found.settings < whole.settings
    assert abs(found.claim_probability - whole.claim_probability) < 0.2
