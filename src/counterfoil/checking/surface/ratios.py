"""What two counts allow of the ratio of their rates. Pure arithmetic.

One interval at a time, for published figures: checking those must not load scipy, which costs more than the check.
Whole surfaces are answered by `uncertainty.exact_intervals`, and a test holds that both agree.
"""

import math
from functools import lru_cache

LEVEL = 0.95
_TINY = 1e-300


@lru_cache(maxsize=4096)
def ratio_interval(
    count: float, base: float, exposure: float = 1.0, base_exposure: float = 1.0, level: float = LEVEL
) -> tuple[float, float]:
    """Return the exact conditional interval of a ratio of two rates, given two counts and their exposures.

    count, base  events counted, 0 or more. Given their sum, the count is binomial: Clopper and Pearson (1934).
    Returns      (low, high) of (count / exposure) / (base / base_exposure); high is inf where base is 0.
    Raises       ValueError if both counts are 0 or one is negative.

    >>> low, high = ratio_interval(18, 3)
    >>> round((low - 1) * 100), round((high - 1) * 100)
    (75, 3080)
    """
    if count < 0 or base < 0 or count + base == 0:
        raise ValueError(f"no ratio of {count} and {base}")
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else _beta_quantile(tail, count, base + 1)
    high = 1.0 if base == 0 else _beta_quantile(1 - tail, count + 1, base)
    scale = base_exposure / exposure
    return scale * low / (1 - low), (math.inf if high >= 1 else scale * high / (1 - high))


def _beta_quantile(probability: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):  # halves to below 1e-18
        middle = (low + high) / 2
        if _beta_distribution(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta_distribution(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_distribution(1 - x, b, a)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x) - math.log(a)
    )
    c, d = 1.0, 1 / max(1 - (a + b) * x / (a + 1), _TINY)
    fraction = d
    for m in range(1, 400):  # Lentz; to 1e-8 of what scipy finds for sums of 10 million
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 + term * d
            d = 1 / (d if abs(d) > _TINY else _TINY)
            c = 1 + term / (c if abs(c) > _TINY else _TINY)
            fraction *= c * d
        if abs(c * d - 1) < 1e-12:
            break
    return front * fraction
