"""Templates of questions, and the published worked examples of counterarguments and reverse engineering."""

import csv
import json
import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.checking.surface import scan, tasks
from counterfoil.checking.surface.space import number_axis
from counterfoil.checking.surface.tasks import Claims
from counterfoil.checking.surface.templates import (
    ABSENT,
    NAY,
    PRESENT,
    YEA,
    EqualWindows,
    Levels,
    Shares,
    UnequalWindows,
    prefix,
    vote_similarity,
)

SHARED = Path(__file__).parents[4] / "shared" / "vectors"
# Adoptions in New York City by fiscal year, 1989 to 2012: github.com/arinik9/FactChecking @97f8a8ab, a transcription.
ADOPTIONS = [
    *(1027, 1135, 1445, 1783, 2418, 2312, 3650, 3650, 4009, 3848, 3800, 3148),
    *(2715, 2694, 2793, 2735, 2364, 1831, 1562, 1473, 1337, 1162, 1189, 1297),
]
YEARS = ((1.0, 1), (math.e, 4), (math.e**2, 8))  # naturalness of terms and two terms: Wu et al. (2014)
MONTHS = ((1.0, 1), (math.e, 3), (math.e**2, 6), (math.e**3, 12))
BEFORE_FIRST = 1988


def adoptions(width: int, year: int, distance: int, levels: tuple[tuple[float, int], ...] = YEARS) -> EqualWindows:
    """Return the space of adoption claims about a setting."""
    return EqualWindows(
        prefix(ADOPTIONS),
        (
            number_axis("width", range(1, 24), levels=levels, said=width, deviation=5),
            number_axis("end", range(1, 25), said=year - BEFORE_FIRST, deviation=1),
            number_axis("distance", range(1, 24), levels=levels, said=distance, deviation=10),
        ),
    )


def settings_of(template: EqualWindows, region: scan.Region) -> list[tuple[int, int, int]]:
    """Return width, year and distance of settings."""
    return [(w, t + BEFORE_FIRST, d) for w, t, d in region.values(template.axes)]


@pytest.mark.parametrize(
    ("width", "year", "distance", "above", "below", "ratio"),
    [
        (6, 2001, 6, 21170, 12743, 1.661304),
        (4, 2001, 4, 13511, 13621, 0.991924),
        (4, 2001, 7, 13511, 7958, 1.6978),
        (1, 2002, 8, 2694, 2312, 1.165225),
        (1, 2001, 7, 2715, 2312, 1.174308),
        (8, 2001, 4, 27132, 20402, 1.3299),
        (4, 2001, 8, 13511, 6781, 1.9925),
        (6, 2001, 4, 21170, 17822, 1.187858),
    ],
)
def test_adoptions(width: int, year: int, distance: int, above: int, below: int, ratio: float) -> None:
    template = adoptions(6, 2001, 6)
    end = year - BEFORE_FIRST
    sums = template.sums
    assert sums[end] - sums[end - width] == above
    assert sums[end - distance] - sums[end - distance - width] == below
    found = template.answers(np.array([width - 1]), np.array([end - 1]), np.array([distance - 1]))
    assert found[0] == pytest.approx(ratio, abs=5e-5)


def test_adoptions_sensibility_and_counterarguments() -> None:
    template = adoptions(6, 2001, 6)
    every = scan.settings_above(template, -1)
    assert len(every) == 2300
    named = dict(zip(settings_of(template, every), every.sensibility, strict=True))
    assert named[4, 2001, 4] == pytest.approx(6.686, abs=5e-4)
    assert named[8, 2001, 4] == pytest.approx(18.174, abs=5e-4)
    assert named[4, 2002, 8] == pytest.approx(11.023, abs=5e-4)
    strengths = tasks.strength(every.results, 1.665, Claims.INCREASE)
    quality = tasks.quality(strengths, every.sensibility)
    assert quality.fairness == pytest.approx(-0.1575, abs=5e-5)
    assert quality.robustness == pytest.approx(0.9177, abs=5e-5)
    assert quality.uniqueness == pytest.approx(0.9235, abs=5e-5)
    best = tasks.counters(strengths, every.sensibility, below=-0.3)
    assert settings_of(template, every.taken(best)) == [(4, 2001, 4)]


def test_adoptions_best_support_lies_two_terms_back() -> None:
    template = adoptions(6, 2001, 6)
    found = scan.scan_near(template, scan.within((1.665, False, math.inf, False)))
    assert settings_of(template, found) == [(4, 2001, 8)]
    assert found.results[0] == pytest.approx(1.9925, abs=5e-5)


def test_adoptions_front_names_terms_only_with_two_levels() -> None:
    """The paper prints (4, 2001, 4) first: with its third level, of eight years, (8, 2001, 4) comes before it."""
    for levels, first in ((YEARS[:2], (4, 2001, 4)), (YEARS, (8, 2001, 4))):
        template = adoptions(6, 2001, 6, levels)
        every = scan.settings_above(template, -1)
        strengths = tasks.strength(every.results, 1.665, Claims.INCREASE)
        weaker = np.where(strengths < 0, strengths, np.nan)
        assert settings_of(template, every.taken(tasks.front(weaker, every.sensibility, k=1))) == [first]


def test_adoptions_reverse_engineering() -> None:
    template = adoptions(1, 2001, 8)
    claimed = (1.65, False, 1.70, False)
    found = scan.scan_near(template, scan.within(claimed, k=2), k=2)
    assert settings_of(template, found) == [(4, 2001, 7), (6, 2001, 6)]
    assert found.sensibility == pytest.approx([2.259, 0.595], abs=5e-4)
    every = scan.settings_above(template, -1)
    there = tasks.recovered(every.results, every.sensibility, 1.65, 1.70, k=2)
    assert settings_of(template, every.taken(there)) == settings_of(template, found)
    among = np.where((every.results >= 1.65) & (every.results <= 1.70), every.results, np.nan)
    front = tasks.recovered_front(tasks.strength(among, 1.674813, Claims.INCREASE), every.sensibility, k=2)
    assert settings_of(template, every.taken(front)) == [(4, 2001, 7), (6, 2001, 6)]


def unemployment() -> tuple[list[str], np.ndarray]:
    """Return the months from 1948-01 to 2013-02, and their rates."""
    file = SHARED / "unrate_2017_vintage.csv"
    if not file.is_file():
        pytest.skip(f"no series at {file}")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))[:782]
    return [row["DATE"][:7] for row in rows], np.array([float(row["UNRATE"]) for row in rows])


def rates(width: int, month: str, distance: int) -> tuple[EqualWindows, list[str], float]:
    """Return the space about a claim on unemployment, its months, and the claimed ratio."""
    months, values = unemployment()
    size = len(values)
    end = months.index(month) + 1
    template = EqualWindows(
        prefix(values),
        (
            number_axis("width", range(1, size), levels=MONTHS, said=width, deviation=2.5),
            number_axis("end", range(1, size + 1), said=end, deviation=5),
            number_axis("distance", range(1, size), levels=MONTHS, said=distance, deviation=10),
        ),
    )
    claimed = template.answers(np.array([width - 1]), np.array([end - 1]), np.array([distance - 1]))
    return template, months, float(claimed[0])


@pytest.mark.parametrize(("month", "ratio"), [("2009-10", 2.1487), ("2010-11", 1.8750)])
def test_unemployment_claims(month: str, ratio: float) -> None:
    assert rates(6, month, 30)[2] == pytest.approx(ratio, abs=5e-5)


def test_unemployment_best_counterargument_of_all_settings() -> None:
    template, months, claimed = rates(6, "2010-11", 30)
    ends = scan.wanted(claimed, Claims.INCREASE)
    best = scan.best_windows(template, ends)
    assert best is not None
    assert best.looked_at == 79_701_831
    width, end, distance = best.values
    assert (width, months[end - 1], distance) == (6, "2010-11", 24)
    assert best.result / claimed - 1 == pytest.approx(-0.1762, abs=5e-5)
    near = scan.scan_near(template, scan.within(ends))
    assert near.values(template.axes) == [best.values]
    assert near.results[0] == best.result
    assert near.sensibility[0] == best.sensibility
    assert near.looked_at < 1000


@pytest.mark.parametrize(("month", "reversal"), [("2009-10", (6, "2010-10", 12)), ("2010-11", (6, "2011-07", 24))])
def test_unemployment_first_reversal(month: str, reversal: tuple[int, str, int]) -> None:
    template, months, _ = rates(6, month, 30)
    found = scan.scan_near(template, scan.within((-math.inf, False, 1.0, True)))
    width, end, distance = found.values(template.axes)[0]
    assert (width, months[end - 1], distance) == reversal


def roll_calls() -> tuple[np.ndarray, np.ndarray]:
    """Return two voters' 565 votes of 2010 with the published counts of agreement; their order is ours.

    Marshall and Boehner, US House, from the same vectors as above: 326 of 485 votes alike, two both present, three
    with one of them present, one call with both absent, 14 that only the second and 60 that only the first attended.
    """
    kinds = [
        ((YEA, YEA), 200),
        ((NAY, NAY), 126),
        ((YEA, NAY), 159),
        ((PRESENT, PRESENT), 2),
        ((PRESENT, YEA), 3),
        ((ABSENT, ABSENT), 1),
        ((ABSENT, NAY), 14),
        ((YEA, ABSENT), 60),
    ]
    votes = [pair for pair, count in kinds for _ in range(count)]
    return np.array([v[0] for v in votes]), np.array([v[1] for v in votes])


def test_vote_similarity_hangs_on_the_denominator() -> None:
    one, other = roll_calls()
    all_of_them = number_axis("width", [len(one)])
    template = vote_similarity(one, other, all_of_them, number_axis("end", [len(one)]))
    every = scan.settings_above(template, -1)
    assert [round(float(share), 2) for share in every.results] == [67.22, 66.53, 66.94, 65.08, 58.23, 57.70]
    said = scan.scan_near(template, scan.within((64.5, False, 65.5, True)))
    words = template.axes[0].words[said.places[0][0]]
    assert words.startswith("of roll calls that the second attended")


def test_vote_similarity_agrees_with_the_vectors() -> None:
    file = SHARED / "checking_vectors.json"
    if not file.is_file():
        pytest.skip(f"no vectors at {file}")
    published = json.loads(file.read_text())["tss"]["marshall_boehner_2010"]
    one, other = roll_calls()
    whole = number_axis("width", [len(one)])
    template = vote_similarity(one, other, whole, number_axis("end", [len(one)]))
    found = [(int(template.parts[n, -1]), int(template.wholes[n, -1])) for n in range(len(template.axes[0]))]
    keys = ("both voted yea/nay only", "A", "B", "roll calls Boehner attended", "all roll calls, same code",
            "all roll calls, both yea/nay")  # fmt: skip
    assert found == [tuple(published[key][:2]) for key in keys]


@pytest.mark.parametrize(("year", "part", "percent"), [(12, 7, 929), (365, 212, 933)])
def test_unequal_windows_compare_by_exposure(year: int, part: int, percent: int) -> None:
    """Three in a year, then eighteen in seven months: not +500%, but +929% by months, +933% by days."""
    ones = [number_axis(name, [value]) for name, value in (("w", 1), ("t", 2), ("v", 1), ("d", 1))]
    template = UnequalWindows(prefix([3, 18]), prefix([year, part]), (ones[0], ones[1], ones[2], ones[3]))
    zero = np.array([0])
    assert round((template.answers(zero, zero, zero, zero)[0] - 1) * 100) == percent


SERIES = st.lists(st.integers(0, 50), min_size=2, max_size=9)


@given(SERIES, st.lists(st.integers(1, 40), min_size=9, max_size=9))
def test_prefix_sums_answer_as_naive_sums_do(series: list[int], days: list[int]) -> None:
    size = len(series)
    numbers = [number_axis(name, range(1, size + 1)) for name in "wtvd"]
    width, end, before, distance = numbers
    days = days[:size]
    equal = EqualWindows(prefix(series), (width, end, distance))
    unequal = UnequalWindows(prefix(series), prefix(days), (width, end, before, distance))
    level = Levels(prefix([series, days]), (number_axis("way", [0, 1]), width, end))
    share = Shares(prefix([series]), prefix([[a + b for a, b in zip(series, days, strict=True)]]),
                   (number_axis("way", [0]), width, end))  # fmt: skip

    def total(values: list[int], stop: int, length: int) -> int:
        return sum(values[stop - length : stop])

    def ratio(above: float, below: float) -> float:
        return above / below if below > 0 else math.nan

    def check(template: object, region: scan.Region, count: int, answer: object) -> None:
        assert len(region) == count
        for setting, result in zip(region.values(template.axes), region.results, strict=True):  # type: ignore[attr-defined]
            assert result == pytest.approx(answer(*setting), nan_ok=True)  # type: ignore[operator]

    every = range(1, size + 1)
    fits = sum(t - d - w >= 0 for w, t, d in product(every, every, every))
    check(equal, scan.settings_above(equal, -1), fits,
          lambda w, t, d: ratio(total(series, t, w), total(series, t - d, w)))  # fmt: skip
    fits = sum(t - w >= 0 and t - d - v >= 0 for w, t, v, d in product(every, every, every, every))
    check(unequal, scan.settings_above(unequal, -1), fits,
          lambda w, t, v, d: ratio(total(series, t, w) / total(days, t, w),
                                   total(series, t - d, v) / total(days, t - d, v)))  # fmt: skip
    spans = sum(t - w >= 0 for w, t in product(every, every))
    check(level, scan.settings_above(level, -1), 2 * spans, lambda way, w, t: total((series, days)[way], t, w))
    check(share, scan.settings_above(share, -1), spans,
          lambda way, w, t: 100 * ratio(total(series, t, w), total(series, t, w) + total(days, t, w)))  # fmt: skip


@given(SERIES.filter(any), st.integers(2, 9))
def test_scaling_the_series_leaves_ratios(series: list[int], factor: int) -> None:
    axes = tuple(number_axis(name, range(1, len(series) + 1)) for name in "wtd")
    one, other = (EqualWindows(prefix(np.array(series) * f), axes) for f in (1, factor))
    first, second = scan.settings_above(one, -1), scan.settings_above(other, -1)
    assert np.allclose(first.results, second.results, equal_nan=True)
