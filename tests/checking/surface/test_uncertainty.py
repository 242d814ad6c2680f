"""Intervals of ratios and sums: against scipy and statsmodels, by law, and by how often they hold the truth."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson
from statsmodels.stats.rates import test_poisson_2indep as two_rates

from counterfoil.checking.surface.answers import evaluate
from counterfoil.checking.surface.model import Cube, Key
from counterfoil.checking.surface.ratios import ratio_interval
from counterfoil.checking.surface.settings import explicit_settings
from counterfoil.checking.surface.uncertainty import (
    LEAST_FACTOR,
    NORMAL,
    RECENT_DAYS,
    RECENT_STEPS,
    STRETCHES,
    Dispersion,
    estimate_dispersion,
    exact_intervals,
    inflation,
    level_intervals,
    wide_intervals,
    with_intervals,
)

START = date(2012, 1, 1).toordinal()
COUNTS = st.integers(0, 5000)
DAYS = st.integers(1, 4000)


def cube_of(values: NDArray[np.float64], rows: NDArray[np.float64] | None = None, *, step: int = 1) -> Cube:
    """Return series [K, T] as ways of counting, in steps of so many days."""
    keys = tuple(Key("made", "1", "events", str(k), "", "", "", "made") for k in range(len(values)))
    edges = START + step * np.arange(values.shape[1] + 1)
    covered = np.ones(values.shape[1], dtype=bool)
    return Cube(keys, edges, values, None, None, (values if rows is None else rows).astype(int), covered, ~covered)


# Exact ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exactly", [True, False])
@pytest.mark.parametrize(
    ("base", "count", "low", "high"),
    [(3, 18, 75, 3080), (4, 15, 19, 1452), (4, 29, 155, 2738)],  # published worked examples of the method
)
def test_published_examples_come_out(base: int, count: int, low: int, high: int, exactly: bool) -> None:
    below, above = exact_intervals(count, base, exactly=exactly)
    assert (round((float(below) - 1) * 100), round((float(above) - 1) * 100)) == (low, high)


def test_exact_ends_are_those_of_a_share() -> None:
    counts, bases = np.meshgrid([1, 2, 3, 7, 18, 60, 411, 9000], [1, 2, 3, 5, 30, 250, 7777])
    shares = proportion_confint(counts, counts + bases, method="beta")
    for ours, share in zip(exact_intervals(counts, bases, exactly=True), shares, strict=True):
        np.testing.assert_allclose(ours, share / (1 - share), rtol=1e-9)


@pytest.mark.parametrize(("count", "base", "exposure", "base_exposure"), [(18, 3, 212, 365), (7, 19, 30, 365)])
def test_exact_ends_are_where_a_test_of_two_rates_rejects(
    count: int, base: int, exposure: int, base_exposure: int
) -> None:
    low, high = exact_intervals(count, base, exposure, base_exposure, exactly=True)
    for end, side in ((low, "larger"), (high, "smaller")):
        told = two_rates(count, exposure, base, base_exposure, value=float(end), method="exact-cond", alternative=side)
        assert told.pvalue == pytest.approx(0.025, rel=1e-9)


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_scalar_and_arrays_agree(count: int, base: int) -> None:
    """`ratio_interval` computes the same without scipy, for whoever must stay light."""
    low, high = exact_intervals(count, base, exactly=True)
    assert ratio_interval(count, base) == (pytest.approx(float(low), rel=1e-7), pytest.approx(float(high), rel=1e-7))


def test_nothing_counted() -> None:
    low, high = exact_intervals([0, 5, 0], [0, 0, 4])
    assert np.isnan(low[0])
    assert np.isnan(high[0])
    assert low[1] > 0
    assert np.isinf(high[1])
    assert low[2] == 0
    assert high[2] < 2


@given(COUNTS, COUNTS, DAYS, DAYS)
def test_ends_hold_the_ratio_and_swap(count: int, base: int, exposure: int, base_exposure: int) -> None:
    low, high = exact_intervals(count, base, exposure, base_exposure)
    if count + base == 0:
        assert np.isnan(low)
        return
    estimate = count / base * base_exposure / exposure if base else np.inf
    assert low <= estimate <= high
    back_low, back_high = exact_intervals(base, count, base_exposure, exposure)
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose([1 / back_high, 1 / back_low], [low, high], rtol=1e-4)


@given(COUNTS, COUNTS, DAYS)
def test_more_events_lift_both_ends_and_more_days_lower_them(count: int, base: int, days: int) -> None:
    low, high = exact_intervals([count, count + 1], [base + 1, base + 1])
    assert low[1] > low[0]
    assert high[1] > high[0]
    np.testing.assert_allclose(exact_intervals(count, base + 1, days, 1), np.stack([low[0], high[0]]) / days)


@given(st.floats(0.5, 60_000), st.floats(0.5, 60_000), st.floats(1, 50), st.floats(1, 50))
def test_the_table_is_within_a_twenty_thousandth(count: float, base: float, one: float, other: float) -> None:
    np.testing.assert_allclose(exact_intervals(count, base), exact_intervals(count, base, exactly=True), rtol=5e-5)
    np.testing.assert_allclose(
        wide_intervals(count, base, 1, 1, one, other),
        wide_intervals(count, base, 1, 1, one, other, exactly=True),
        rtol=5e-5,
    )


@given(st.integers(0, 40), st.floats(0, 1), st.integers(1, 40))
def test_parts_of_events_lie_between_their_neighbours(count: int, part: float, base: int) -> None:
    low, high = exact_intervals([count, count + part, count + 1], base)
    assert low[0] <= low[1] * (1 + 1e-6)
    assert low[1] <= low[2] * (1 + 1e-6)
    assert high[0] <= high[1] * (1 + 1e-6)
    assert high[1] <= high[2] * (1 + 1e-6)


# Wide ------------------------------------------------------------------------------------------------------------


def test_without_dispersion_wide_is_that_of_jeffreys() -> None:
    counts, bases = np.meshgrid([1, 3, 18, 60, 411], [1, 2, 30, 250])
    shares = proportion_confint(counts, counts + bases, method="jeffreys")
    for ours, share in zip(wide_intervals(counts, bases, 1, 1, 1, 1, exactly=True), shares, strict=True):
        np.testing.assert_allclose(ours, share / (1 - share), rtol=1e-9)


@given(COUNTS, COUNTS, st.floats(1, 200), st.floats(1, 200))
def test_wide_holds_the_ratio_and_grows_with_dispersion(count: int, base: int, one: float, more: float) -> None:
    count, base = count + 1, base + 1
    low, high = wide_intervals(count, base, 1, 1, [one, one * more], [one, one * more])
    assert (low <= count / base).all()
    assert (count / base <= high).all()
    if one * more <= min(count, base):  # with less than one effective event, nothing is known anyway
        assert low[1] <= low[0] * 1.0001
        assert high[1] >= high[0] * 0.9999


def test_an_unknown_dispersion_gives_no_interval() -> None:
    low, high = wide_intervals(5, 4, 1, 1, [np.nan, 2], 2)
    assert np.isnan([low[0], high[0]]).all()
    assert np.isfinite([low[1], high[1]]).all()


def test_levels() -> None:
    counts = np.array([0, 1, 5, 262, 10_000])
    np.testing.assert_allclose(level_intervals(counts), confint_poisson(counts, 1, method="exact-c"), rtol=1e-9)
    np.testing.assert_allclose(
        np.array(level_intervals(counts[1:], 1)), confint_poisson(counts[1:], 1, method="jeff"), rtol=1e-9
    )
    effective = np.array(confint_poisson(262 / 6, 1, method="jeff"))
    np.testing.assert_allclose(np.array(level_intervals(262, 6)), 6 * effective, rtol=1e-9)


# Dispersion ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("until", [START - 1000, START - 1, START, START + 1])
def test_a_series_that_begins_with_the_claim_or_later_tells_no_dispersion(until: int) -> None:
    values = np.random.default_rng(0).poisson(1.0, (1, 400)).astype(float)
    assert estimate_dispersion(cube_of(values), until) is None
    assert estimate_dispersion(cube_of(values), START + 400) is not None


def test_dispersion_of_what_is_known() -> None:
    """Independent events have 1; negative binomial days of mean 2 and shape 1/2 have 5; pairs of events have 2."""
    rng = np.random.default_rng(4)
    single = rng.poisson(2.0, 3000)
    clumped = rng.poisson(rng.gamma(0.5, 4.0, 3000))
    values = np.stack([single, clumped, 2 * rng.poisson(1.0, 3000)]).astype(float)
    found = estimate_dispersion(cube_of(values), START + 3000)
    assert found is not None
    short = found.factor[:, found.lengths <= 20].mean(axis=1)
    assert short == pytest.approx([1, 5, 2], rel=0.15)
    assert found.lengths[-1] == RECENT_DAYS // STRETCHES


def test_what_was_long_ago_does_not_count_unless_little_happened_since() -> None:
    """A war that ended eight years ago widens nothing; of a series that has gone quiet all is taken."""
    rng = np.random.default_rng(6)
    war, calm = rng.poisson(rng.gamma(0.2, 100.0, 1500)), rng.poisson(2.0, 3000)
    values = np.concatenate([war, calm])[None].astype(float)
    found = estimate_dispersion(cube_of(values), START + 4500)
    alone = estimate_dispersion(cube_of(calm[None].astype(float)), START + 3000)
    assert found is not None
    assert alone is not None
    np.testing.assert_allclose(found.factor, alone.factor)
    quiet = np.concatenate([war, np.zeros(3000)])[None].astype(float)
    assert estimate_dispersion(cube_of(quiet), START + 4500).history == 4500
    years = cube_of(rng.poisson(50.0, (1, 30)).astype(float), step=365)
    assert estimate_dispersion(years, START + 30 * 365).history == RECENT_STEPS * 365


def test_bursts_show_in_longer_windows_alone() -> None:
    rng = np.random.default_rng(5)
    values = np.zeros(4000)
    for day in np.flatnonzero(rng.random(3990) < 0.05):
        values[day : day + 8] += 1  # one event a day for eight days
    found = estimate_dispersion(cube_of(values[None]), START + 4000)
    assert found is not None
    factors = inflation(found, [1, 100])[0]
    assert factors[0] < 2
    assert 5.5 < factors[1] < 12


def test_the_claimed_change_takes_no_part() -> None:
    rng = np.random.default_rng(6)
    values = rng.poisson(1.0, (1, 2000)).astype(float)
    changed = values.copy()
    changed[:, 1500:] *= 9
    until = START + 1500
    before, after = estimate_dispersion(cube_of(values), until), estimate_dispersion(cube_of(changed), until)
    assert before is not None
    assert after is not None
    np.testing.assert_array_equal(before.factor, after.factor)


def test_a_steady_rise_is_no_dispersion() -> None:
    rng = np.random.default_rng(7)
    values = rng.poisson(np.linspace(0.5, 8, 3000))[None].astype(float)
    found = estimate_dispersion(cube_of(values), START + 3000)
    assert found is not None
    assert found.factor[0, -3:].max() < 2


def test_gaps_breaks_and_lagging_steps_take_no_part() -> None:
    rng = np.random.default_rng(8)
    values = rng.poisson(3.0, (1, 2000)).astype(float)
    spoilt = values.copy()
    spoilt[:, :500] = 400 * (rng.random(500) < 0.1)  # counted otherwise before the break
    spoilt[:, 900:1000] = 0  # not covered
    spoilt[:, 1990:] = 0  # still growing
    steps = np.arange(2000)
    plain = cube_of(spoilt)
    cube = Cube(
        *(plain.keys, plain.edges, spoilt, None, None, spoilt.astype(int)),
        (steps < 900) | (steps >= 1000),
        steps >= 1990,
        ((500, "another collector", True),),
    )
    found = estimate_dispersion(cube, START + 2000)
    assert found is not None
    assert found.history == 1390
    assert found.factor[0, found.lengths < 60] == pytest.approx(1, abs=0.35)


def test_no_dispersion_from_too_little() -> None:
    assert estimate_dispersion(cube_of(np.ones((1, STRETCHES - 1))), START + 400) is None
    rare = np.zeros((1, 3000))
    rare[0, 7] = 1
    found = estimate_dispersion(cube_of(rare), START + 3000)
    assert found is not None
    assert np.isnan(inflation(found, [30])).all()


def test_factors_have_a_floor_and_grow_as_history_shrinks() -> None:
    flat = Dispersion(np.array([1.0, 100.0]), np.array([[0.0, 0.0], [4.0, 4.0]]), np.array([1.0, 5.0]), 1000.0)
    factors = inflation(flat, [1, 100, 5000])
    assert factors[0] == pytest.approx(LEAST_FACTOR)
    student = stats.t.ppf(0.975, 1.5 * 10 - 2) / NORMAL
    assert factors[1] == pytest.approx([LEAST_FACTOR * 5, 4 * student**2, 4 * student**2])


# Coverage --------------------------------------------------------------------------------------------------------


def _series(kind: str, rng: np.random.Generator, many: int, days: int) -> tuple[NDArray[np.float64], ...]:
    if kind == "independent":
        values = rng.poisson(0.5, (many, days)).astype(float)
        return values, values
    if kind == "deaths":
        rows = rng.poisson(0.4, (many, days))
        values = np.where(rows > 0, rng.negative_binomial(np.maximum(rows, 1), 0.25) + rows, 0).astype(float)
        return values, rows.astype(float)
    begun = rng.poisson(0.1, (many, days + 14))
    values = np.zeros((many, days))
    for day in range(14):  # five events over two weeks
        values += rng.binomial(5 * begun[:, 14 - day : 14 - day + days], 1 / 14)
    return values, values


@pytest.mark.parametrize(
    ("kind", "exact_low", "exact_high"), [("independent", 0.93, 0.98), ("deaths", 0.2, 0.75), ("bursts", 0.4, 0.85)]
)
def test_how_often_intervals_hold_the_truth(kind: str, exact_low: float, exact_high: float) -> None:
    """1,000 series of six years: two standard errors are 1.4 points. bench/uncertainty.py asks much more of them."""
    days = 6 * 365
    values, rows = _series(kind, np.random.default_rng(9), 1000, days)
    for later, earlier in ((365, 365), (60, 365)):
        spread = estimate_dispersion(cube_of(values, rows), START + days - later)
        assert spread is not None
        count, base = values[:, -later:].sum(axis=1), values[:, -later - earlier : -later].sum(axis=1)
        exact = exact_intervals(count, base, later, earlier)
        wide = wide_intervals(count, base, later, earlier, *inflation(spread, [later, earlier]).T)
        shares = [float(((low <= 1) & (high >= 1)).mean()) for low, high in (exact, wide)]
        assert exact_low <= shares[0] <= exact_high, "events that cluster are no independent ones"
        assert 0.925 <= shares[1] <= 0.98, (later, earlier)


# On a surface ----------------------------------------------------------------------------------------------------

YEARS = [((date(2016, 1, 1), date(2016, 12, 31)), (date(2015, 1, 1), date(2015, 12, 31)))]
EARLY = [((date(2016, 1, 1), date(2016, 12, 31)), (date(2011, 1, 1), date(2011, 12, 31)))]


def test_intervals_on_every_point() -> None:
    rng = np.random.default_rng(10)
    cube = cube_of(rng.poisson([[0.2], [3.0]], (2, 5 * 366)).astype(float))
    settings = explicit_settings(YEARS + EARLY)
    spread = estimate_dispersion(cube, date(2016, 1, 1).toordinal())
    found = with_intervals(evaluate(cube, settings), settings, spread)
    for low, high in ((found.low, found.high), (found.wide_low, found.wide_high)):
        assert low is not None
        assert high is not None
        assert (low[:, 0] < found.values[:, 0]).all()
        assert (found.values[:, 0] < high[:, 0]).all()
        assert np.isnan(low[:, 1]).all(), "before the series begins: not answered"
    assert found.low is not None
    assert found.earlier_counts is not None
    count, base = found.later_counts[0, 0], found.earlier_counts[0, 0]
    assert found.low[0, 0] == pytest.approx(100 * (ratio_interval(count, base)[0] - 1), rel=1e-3)


def test_sums_of_people_have_no_exact_interval() -> None:
    cube = cube_of(np.full((1, 5 * 366), 3.0))
    settings = explicit_settings(YEARS)
    found = with_intervals(evaluate(cube, settings), settings, None, counted=False)
    assert (found.low, found.wide_low) == (None, None)
    found = with_intervals(evaluate(cube, settings), settings, estimate_dispersion(cube, START + 1400), counted=False)
    assert found.low is None
    assert found.wide_low is not None


def test_a_baseline_of_nothing_has_a_floor_and_no_ceiling() -> None:
    values = np.zeros((1, 5 * 366))
    values[0, -300::20] = 1
    cube = cube_of(values)
    settings = explicit_settings(YEARS)
    found = with_intervals(evaluate(cube, settings), settings, None)
    assert found.low is not None
    assert found.high is not None
    assert np.isnan(found.values[0, 0])
    assert found.low[0, 0] > 0
    assert np.isinf(found.high[0, 0])
