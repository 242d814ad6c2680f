"""What two counts allow of the ratio of their rates."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.checking.surface.ratios import ratio_interval

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "checking_vectors.json"


@pytest.mark.parametrize(
    ("base", "count", "low", "high"),
    [(3, 18, 75, 3080), (4, 15, 19, 1452), (4, 29, 155, 2738)],  # published worked examples of the method
)
def test_exact_interval_of_a_change(base: int, count: int, low: int, high: int) -> None:
    below, above = ratio_interval(count, base)
    assert (round((below - 1) * 100), round((above - 1) * 100)) == (low, high)


def test_exact_interval_agrees_with_the_vectors() -> None:
    if not VECTORS.is_file():
        pytest.skip(f"no vectors at {VECTORS}")
    counts = json.loads(VECTORS.read_text())["picss_suicide_attacks"]
    below, above = ratio_interval(counts["2022"], counts["2021"])
    assert (round((below - 1) * 100), round((above - 1) * 100)) == (19, 1452)
    below, above = ratio_interval(counts["2023"], counts["2020"])
    assert (round((below - 1) * 100), round((above - 1) * 100)) == (155, 2738)


def test_exposures_scale_the_ratio() -> None:
    plain = ratio_interval(18, 3)
    scaled = ratio_interval(18, 3, exposure=212, base_exposure=365)
    assert scaled == pytest.approx([end * 365 / 212 for end in plain])


def test_no_events_before_leave_no_ceiling() -> None:
    low, high = ratio_interval(5, 0)
    assert low > 0
    assert math.isinf(high)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3000), st.integers(1, 3000))
def test_interval_holds_the_ratio_and_shrinks_with_the_level(count: int, base: int) -> None:
    low, high = ratio_interval(count, base)
    narrow_low, narrow_high = ratio_interval(count, base, level=0.5)
    assert low <= narrow_low <= count / base * 1.0000001
    assert count / base <= narrow_high * 1.0000001
    assert narrow_high <= high


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300), st.integers(1, 300))
def test_interval_covers_by_the_binomial_itself(count: int, base: int) -> None:
    """At either end, the count or a more extreme one has exactly the tail's probability."""
    low, high = ratio_interval(count, base)
    total = count + base
    share = low / (1 + low)
    above = sum(math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count, total + 1))
    assert above == pytest.approx(0.025, rel=1e-6)
    share = high / (1 + high)
    below = sum(math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count + 1))
    assert below == pytest.approx(0.025, rel=1e-6)
