"""Scans: looking at everything and looking near the claim find the same; ties are broken in one way."""

import math
from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from counterfoil.checking.surface import scan, tasks
from counterfoil.checking.surface.space import choice_axis, number_axis, worth_a_look
from counterfoil.checking.surface.tasks import Claims, Ends
from counterfoil.checking.surface.templates import EqualWindows, Levels, Shares, Template, UnequalWindows, prefix

LEVELS = ((1.0, 1), (math.e, 3), (math.e**2, 6))


@st.composite
def windows(draw: st.DrawFn) -> EqualWindows:
    """A short series and axes about some setting, with gaps in them now and then."""
    series = draw(st.lists(st.integers(0, 9), min_size=2, max_size=12))
    by = draw(st.sampled_from([0, 0, 10**9]))  # so large that single precision cannot tell the values apart
    series = [by + value for value in series]
    size = len(series)

    def axis(name: str, *, natural: bool) -> object:
        values = draw(
            st.one_of(st.just(list(range(1, size + 1))), st.sets(st.integers(1, size), min_size=1).map(sorted))
        )
        said, deviation = draw(st.integers(1, size)), draw(st.sampled_from([0.05, 0.5, 1.0, 5.0]))
        return number_axis(name, values, levels=LEVELS if natural else ((1.0, 1),), said=said, deviation=deviation)

    axes = axis("width", natural=True), axis("end", natural=False), axis("distance", natural=True)
    return EqualWindows(prefix(series), axes)  # type: ignore[arg-type]


@st.composite
def any_template(draw: st.DrawFn) -> Template:
    """Any template, over a short series."""
    series = draw(st.lists(st.integers(0, 9), min_size=2, max_size=6))
    size = len(series)
    steps = range(1, size + 1)
    end = number_axis("end", steps, said=draw(st.integers(1, size)), deviation=1.5)
    width = number_axis("width", steps, levels=LEVELS, said=draw(st.integers(1, size)), deviation=2)
    ways = choice_axis("way", [("one", 1.0), ("other", draw(st.sampled_from([0.0, 0.3, 1.0])))])
    kind = draw(st.sampled_from(["equal", "unequal", "level", "share"]))
    if kind == "equal":
        return draw(windows())
    if kind == "unequal":
        before = number_axis("before", steps, levels=LEVELS)
        distance = number_axis("distance", steps, said=draw(st.integers(1, size)), deviation=3)
        days = draw(st.lists(st.integers(1, 31), min_size=size, max_size=size))
        return UnequalWindows(prefix(series), prefix(days), (width, end, before, distance))
    both = np.array([series, [1 + value for value in series]])
    if kind == "level":
        return Levels(prefix(both), (ways, width, end))
    return Shares(prefix(both), prefix(both.sum(axis=0, keepdims=True).repeat(2, axis=0)), (ways, width, end))


BOUND = st.sampled_from([-math.inf, 0.0, 0.5, 1.0, 1 + 2e-9, 1.5, 2.0, 10.0, 50.0, math.inf])
ENDS = st.tuples(BOUND, st.booleans(), BOUND, st.booleans())


def naive(template: Template, ends: Ends, k: int) -> list[tuple[tuple[int, ...], float, float]]:
    """Look at each setting by itself, in plain Python: (values, result, sensibility)."""
    found = []
    for places in product(*(range(len(axis)) for axis in template.axes)):
        at = tuple(np.array([place]) for place in places)
        if not template.allowed(*at)[0]:
            continue
        result = float(template.answers(*at)[0])
        low, low_open, high, high_open = ends
        if not (
            (low < result or (low == result and not low_open)) and (result < high or (result == high and not high_open))
        ):
            continue
        weight = 1.0
        for axis, place in zip(template.axes, places, strict=True):
            weight = weight * float(axis.weights[place])
        values = tuple(int(axis.values[place]) for axis, place in zip(template.axes, places, strict=True))
        found.append((values, result, weight))
    return sorted(found, key=lambda row: -row[2])[:k]  # stable: the first in order wins among equals


def rows(template: Template, region: scan.Region) -> list[tuple[tuple[int, ...], float, float]]:
    """Return a region's settings as `naive` does."""
    return list(zip(region.values(template.axes), region.results.tolist(), region.sensibility.tolist(), strict=True))


@settings(deadline=None, max_examples=150)
@given(any_template(), ENDS, st.integers(1, 4))
def test_all_scans_find_what_a_plain_loop_finds(template: Template, ends: Ends, k: int) -> None:
    expected = naive(template, ends, k)
    assert rows(template, scan.scan_all(template, scan.within(ends, k))) == expected
    assert rows(template, scan.scan_near(template, scan.within(ends, k), k=k)) == expected


@settings(deadline=None, max_examples=200)
@given(windows(), ENDS, st.integers(1, 3))
def test_best_windows_is_the_first_of_all(template: EqualWindows, ends: Ends, workers: int) -> None:
    expected = scan.scan_all(template, scan.within(ends))
    found = scan.best_windows(template, ends, workers=workers)
    assert (found is None) == (len(expected) == 0)
    if found is not None:
        assert [(found.values, found.result, found.sensibility)] == rows(template, expected)
        assert found.looked_at == expected.looked_at


def test_best_windows_in_many_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks smaller than a row of pairs must not lose or repeat any."""
    series = np.random.default_rng(7).integers(0, 30, 60)
    axes = tuple(
        number_axis(n, range(1, 61), levels=LEVELS, said=20, deviation=9) for n in ("width", "end", "distance")
    )
    template = EqualWindows(prefix(series), axes)
    ends = scan.wanted(1.2, Claims.INCREASE, below=-0.4)
    expected = rows(template, scan.scan_all(template, scan.within(ends)))
    for block, height in ((64, 3), (1 << 16, 1), (100, 128), (16, 5)):
        monkeypatch.setattr(scan, "WINDOW_BLOCK", block)
        monkeypatch.setattr(scan, "ROWS", height)
        found = scan.best_windows(template, ends)
        assert found is not None
        assert [(found.values, found.result, found.sensibility)] == expected
        assert found.looked_at == 60 * 61 * 59 // 6  # (60 + 1 choose 3) pairs of windows: 35 990
    monkeypatch.setattr(scan, "BLOCK", 50)
    assert rows(template, scan.scan_all(template, scan.within(ends))) == expected
    assert rows(template, scan.scan_near(template, scan.within(ends))) == expected


@settings(deadline=None, max_examples=100)
@given(any_template(), st.integers(1, 4))
def test_fronts_are_the_same_near_and_far(template: Template, k: int) -> None:
    near = scan.scan_near(template, tasks.front, k=k)
    assert rows(template, near) == rows(template, scan.scan_all(template, tasks.front))[:k]


@settings(deadline=None, max_examples=100)
@given(any_template(), st.floats(0, 8))
def test_settings_above_a_bound_are_all_of_them(template: Template, above: float) -> None:
    every = scan.settings_above(template, -1)
    expected = rows(template, every.taken(np.flatnonzero(every.sensibility > above)))
    found = rows(template, scan.settings_above(template, above))
    assert str(found) == str(expected)  # nan is no more equal to itself than it should be


@settings(deadline=None, max_examples=60)
@given(windows(), st.sampled_from([0.5, 1.0, 1.7]))
def test_surveys_agree(template: EqualWindows, claimed: float) -> None:
    def strength(results: np.ndarray) -> np.ndarray:
        return tasks.strength(results, claimed, Claims.INCREASE)

    every = scan.settings_above(template, -1)
    functions: list[Callable[[], tasks.Quality]] = [
        lambda: tasks.quality(strength(every.results), every.sensibility),
        lambda: scan.survey(template, strength),
        lambda: scan.survey_windows(template, strength, workers=2),
    ]
    if not np.isfinite(every.results).any() or every.sensibility[np.isfinite(every.results)].sum() == 0:
        for function in functions:
            with pytest.raises(ValueError, match="no setting is answered"):
                function()
        return
    first, *others = (function() for function in functions)
    for other in others:
        assert other.settings == first.settings
        assert other.fairness == pytest.approx(first.fairness, abs=1e-9)
        assert other.robustness == pytest.approx(first.robustness, abs=1e-9)
        assert other.uniqueness == pytest.approx(first.uniqueness, abs=1e-12)


@given(
    st.floats(0.1, 10), st.floats(-0.9, 0.9), st.sampled_from([Claims.INCREASE, Claims.DECREASE]), st.floats(0.01, 50)
)
@example(1.5, 0.0, Claims.INCREASE, 1.5)
def test_wanted_results_are_those_below_a_strength(claimed: float, below: float, claims: Claims, result: float) -> None:
    strength = float(tasks.strength(np.array([result]), claimed, claims)[0])
    if abs(strength - below) > 1e-9:
        assert bool(scan.holds(scan.wanted(claimed, claims, below=below), np.array([result]))[0]) == (strength < below)


def test_a_level_has_two_sides() -> None:
    with pytest.raises(ValueError, match="name the results"):
        scan.wanted(10, Claims.LEVEL)


def test_what_single_precision_would_miss_is_found() -> None:
    """The first two sums round apart: in single precision their ratio is 1 + 2.4e-7, not 1 + 1.2e-7."""
    width = number_axis("width", [1, 3], said=1, deviation=1)  # a setting three wide is wanted too, and less sensible
    template = EqualWindows(
        prefix([16_777_217, 16_777_219, 1, 1, 1, 9]),
        (width, number_axis("end", [2, 6]), number_axis("distance", [1, 3])),
    )
    found = scan.best_windows(template, (-math.inf, False, 1 + 1.5e-7, True), workers=1)
    assert found is not None
    assert found.values == (1, 2, 1)


def test_axes_must_rise() -> None:
    axes = (number_axis("width", [2, 1]), number_axis("end", [1, 2]), number_axis("distance", [1, 2]))
    with pytest.raises(ValueError, match="axis width must rise"):
        scan.best_windows(EqualWindows(prefix([1, 2]), axes), (0, False, 1, False))


@given(st.integers(1, 60), st.floats(0.5, 9), st.floats(0, 1))
def test_the_box_holds_the_ellipsoid(said: int, deviation: float, above: float) -> None:
    axes = [number_axis(name, range(1, 61), said=said, deviation=deviation) for name in "ab"]
    box = worth_a_look(axes, above)
    weights = axes[0].weights[:, None] * axes[1].weights[None, :]
    for n, axis_places in enumerate(np.nonzero(weights > above)):
        assert set(axis_places) <= set(box[n])


def test_the_setting_that_was_said_is_the_most_relevant() -> None:
    axis = number_axis("months", range(1, 25), said=7, deviation=3)
    assert axis.weights.max() == axis.weights[6] == 1.0
