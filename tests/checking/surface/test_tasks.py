"""Tasks on arrays: strength, the best settings, fronts, quality, and what the words allow."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.checking.surface import tasks
from counterfoil.checking.surface.sensibility import ALTERNATIVES, DEFAULT, naturalness, relevance
from counterfoil.checking.surface.tasks import Claims

NUMBER = st.one_of(st.integers(-3, 3).map(float), st.just(math.nan))
SETTINGS = st.lists(st.tuples(NUMBER, st.integers(0, 4).map(float)), max_size=30)


@pytest.mark.parametrize(
    ("result", "claimed", "claims", "strength"),
    [
        (1.5447, 1.875, Claims.INCREASE, -0.17616),
        (2.0, 1.5, Claims.INCREASE, 1 / 3),
        (0.5, 0.8, Claims.DECREASE, 0.6),
        (0.8, 0.5, Claims.DECREASE, -0.375),
        (0.0, 0.5, Claims.DECREASE, math.inf),
        (20.0, 10.0, Claims.LEVEL, math.log(2)),
        (5.0, 10.0, Claims.LEVEL, -math.log(2)),
        (0.0, 10.0, Claims.LEVEL, -math.inf),
    ],
)
def test_strength(result: float, claimed: float, claims: Claims, strength: float) -> None:
    assert tasks.strength(np.array([result]), claimed, claims)[0] == pytest.approx(strength, rel=1e-5)


def test_no_strength_against_nothing() -> None:
    with pytest.raises(ValueError, match="claimed result of 0"):
        tasks.strength(np.array([1.0]), 0, Claims.INCREASE)


@given(st.floats(0.01, 100), st.sampled_from(list(Claims)))
def test_the_claim_itself_has_no_strength(claimed: float, claims: Claims) -> None:
    assert tasks.strength(np.array([claimed]), claimed, claims)[0] == 0


def arrays(pairs: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    """Return costs and sensibility."""
    return np.array([p[0] for p in pairs], dtype=float), np.array([p[1] for p in pairs], dtype=float)


@given(SETTINGS, st.integers(1, 6))
def test_counters_are_the_most_sensible_below_a_bound(pairs: list[tuple[float, float]], k: int) -> None:
    strengths, weights = arrays(pairs)
    below = [n for n, (strength, _) in enumerate(pairs) if strength < 0]
    expected = sorted(below, key=lambda n: -pairs[n][1])[:k]
    assert tasks.counters(strengths, weights, k=k).tolist() == expected


@given(SETTINGS, st.integers(1, 6))
def test_the_weakest_above_a_bound_of_sensibility(pairs: list[tuple[float, float]], k: int) -> None:
    strengths, weights = arrays(pairs)
    above = [n for n, (strength, weight) in enumerate(pairs) if weight > 1 and not math.isnan(strength)]
    expected = sorted(above, key=lambda n: pairs[n][0])[:k]
    assert tasks.weakest(strengths, weights, above=1, k=k).tolist() == expected


@given(SETTINGS, st.integers(1, 6))
def test_recovered_are_the_most_sensible_within(pairs: list[tuple[float, float]], k: int) -> None:
    results, weights = arrays(pairs)
    there = [n for n, (result, _) in enumerate(pairs) if -1 <= result <= 2]
    expected = sorted(there, key=lambda n: -pairs[n][1])[:k]
    assert tasks.recovered(results, weights, -1, 2, k=k).tolist() == expected


@given(SETTINGS, st.integers(1, 30))
def test_a_front_is_what_no_other_beats(pairs: list[tuple[float, float]], k: int) -> None:
    costs, weights = arrays(pairs)
    known = [n for n, (cost, _) in enumerate(pairs) if not math.isnan(cost)]

    def beats(m: int, n: int) -> bool:
        (cost, weight), (other_cost, other_weight) = pairs[m], pairs[n]
        as_good = cost <= other_cost and weight >= other_weight
        return as_good and ((cost, weight) != (other_cost, other_weight) or m < n)

    expected = [n for n in known if not any(beats(m, n) for m in known if m != n)]
    expected.sort(key=lambda n: -pairs[n][1])
    assert tasks.front(costs, weights).tolist() == expected
    assert tasks.front(costs, weights, k=k).tolist() == expected[:k]
    assert (
        tasks.recovered_front(np.abs(costs), weights, k=k).tolist() == tasks.front(np.abs(costs), weights)[:k].tolist()
    )


@given(SETTINGS)
def test_quality_of_a_claim(pairs: list[tuple[float, float]]) -> None:
    strengths, weights = arrays(pairs)
    known = [(s, w) for s, w in pairs if not math.isnan(s)]
    total = sum(w for _, w in known)
    if not total:
        with pytest.raises(ValueError, match="no setting is answered"):
            tasks.quality(strengths, weights)
        return
    found = tasks.quality(strengths, weights)
    assert found.fairness == pytest.approx(sum(s * w for s, w in known) / total)
    assert found.robustness == pytest.approx(math.exp(-sum(w * min(0, s) ** 2 for s, w in known) / total))
    assert found.uniqueness == pytest.approx(sum(s < 0 for s, _ in known) / len(known))
    assert found.settings == len(known)


ENDS = st.tuples(st.integers(-5, 5), st.booleans(), st.integers(-5, 5), st.booleans())


@given(
    ENDS.filter(lambda e: e[0] < e[2] or (e[0] == e[2] and not e[1] and not e[3])),
    st.integers(-5, 5),
    st.integers(0, 3),
)
def test_meets_is_what_intervals_of_numbers_do(ends: tuple[int, bool, int, bool], low: int, length: int) -> None:
    """Checked on halves: two intervals with whole ends meet if they share a half, or an end that both include."""
    bottom, bottom_open, top, top_open = ends
    halves = [n / 2 for n in range(2 * low, 2 * (low + length) + 1)]
    inside = [
        x
        for x in halves
        if bottom < x < top
        or (x == bottom and not bottom_open and (x < top or (x == top and not top_open)))
        or (x == top and not top_open and x > bottom)
    ]
    assert bool(tasks.meets([ends], np.array(float(low)), np.array(float(low + length)))) == bool(inside)


@given(st.lists(ENDS, min_size=1, max_size=3), st.lists(st.integers(-8, 8), min_size=1, max_size=20), st.integers(0, 3))
def test_wider_words_never_lose_support(ends: list[tuple[int, bool, int, bool]], values: list[int], by: int) -> None:
    results = np.array(values, dtype=float)
    wider = [
        (low - by, low_open and not by, high + by, high_open and not by) for low, low_open, high, high_open in ends
    ]
    narrow, wide = tasks.meets(ends, results, results), tasks.meets(wider, results, results)
    assert (wide | ~narrow).all()


def test_no_answer_meets_nothing_and_binary_fractions_are_no_reason_to_miss() -> None:
    everything = [(-math.inf, False, math.inf, False)]
    assert not tasks.meets(everything, np.array(math.nan), np.array(math.nan))
    assert tasks.meets([(30.0, False, 30.0, False)], np.array((1.3 - 1) * 100), np.array((1.3 - 1) * 100))


def test_naturalness_is_the_greatest_level_that_divides() -> None:
    levels = [(1.0, 1), (math.e, 3), (math.e**2, 6), (math.e**3, 12)]
    found = naturalness(np.array([1, 3, 6, 9, 12, 18, 24]), levels)
    assert found == pytest.approx([math.exp(n) for n in (0, 1, 2, 1, 3, 2, 3)])


@given(st.integers(-50, 50), st.floats(0.5, 20), st.integers(1, 30))
def test_relevance_is_greatest_where_it_was_said(said: int, deviation: float, off: int) -> None:
    at, before, after = relevance(np.array([said, said - off, said + off]), said, deviation)
    assert at == 1
    assert before == after < 1


def test_tables_are_named_and_the_alternatives_lie_on_both_sides() -> None:
    flat, sharp = ALTERNATIVES
    assert len({table.name for table in (DEFAULT, flat, sharp)}) == 3
    for field in ("length", "distance", "unequal", "shift", "recent_days", "off_calendar"):
        assert getattr(sharp, field) < getattr(DEFAULT, field) < getattr(flat, field)
    assert flat.step < DEFAULT.step < sharp.step


def test_the_page_shows_the_tables_as_they_are() -> None:
    """A table of sensibility that is not the one in use would be worse than none."""
    page = (Path(__file__).parents[3] / "docs" / "surface.md").read_text(encoding="utf-8")
    begin = next(n for n, line in enumerate(page.splitlines()) if line.startswith("| | `sensibility@"))
    rows = [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in page.splitlines()[begin : begin + 9]]
    tables = (DEFAULT, *ALTERNATIVES)
    assert rows[0][1:] == [table.name for table in tables]
    steps = {"e": math.e, "√e": math.sqrt(math.e), "e²": math.e**2}
    assert [steps[cell] for cell in rows[2][1:]] == [table.step for table in tables]
    fields = ("off_calendar", "length", "distance", "unequal", "shift", "recent_days")
    for row, field in zip(rows[3:], fields, strict=True):
        shown = [float(cell.removesuffix(" days")) for cell in row[1:]]
        assert shown == [getattr(table, field) for table in tables], row[0]
