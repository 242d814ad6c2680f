"""What one cube says of one claim, summed up over its whole surface: the numbers that a verdict rests on."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from counterfoil.checking.surface import tasks
from counterfoil.checking.surface.answers import Answers
from counterfoil.checking.surface.model import Bools, Cube, Floats
from counterfoil.checking.surface.settings import Settings
from counterfoil.checking.surface.tasks import Claims, Ends, Quality

NEAR = math.exp(-2)  # one step away: still this share as sensible, which is two standard deviations on one axis
WINDOW, BASELINE = "window", "baseline"
AXES = ("definition", "place", "actor", "denominator", "measure", "edition", "source")
Place = tuple[int, int]  # (way of counting, setting)


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """What all settings say of a claim.

    sensibility      [K, N] of window, baseline and way of counting.
    agrees           [K, N] the words allow the answer, at some grain.
    possible         [K, N] they allow some value in its interval; where there is none, as `agrees`.
    strengths        [K, N] relative to the claim.
    asked            the claim's own setting in the most sensible way of counting; None where the words leave it open.
    agreement        whether the words allow the answer there; None where there is none.
    direction_share  share of what is answered, by sensibility, with the claimed sign; None for a level.
    magnitude_share  share, by sensibility, whose interval meets the claim's.
    percentile       share of the settings whose answer is weaker than claimed, each counting once.
    quality          fairness, robustness, uniqueness; None where nothing is answered.
    best_support     the most sensible setting that agrees, else the most sensible whose interval does, else None.
    best_counter     the most sensible that does not agree and is weaker than claimed, else that does not agree.
    reversal         the most sensible with the opposite sign (or none of a change), for changes.
    nearest          the answer nearest to the claim, the most sensible of equals.
    counters         places of CA-po: ever weaker, ever less sensible, up to ten.
    sensitive_to     axes on which one step from `best_support` no longer agrees.
    """

    sensibility: Floats
    agrees: Bools
    possible: Bools
    strengths: Floats
    asked: Place | None
    agreement: bool | None
    direction_share: float | None
    magnitude_share: float | None
    percentile: float | None
    quality: Quality | None
    best_support: Place | None
    best_counter: Place | None
    reversal: Place | None
    nearest: Place | None
    counters: tuple[Place, ...]
    sensitive_to: tuple[str, ...]


def summarise(
    cube: Cube,
    settings: Settings,
    answers: Answers,
    *,
    allowed: Sequence[Ends],
    said: float,
    claims: Claims,
    among: Bools | None = None,
) -> Summary:
    """Sum up the surface of one cube.

    allowed  what the words allow, in the unit of `answers.values`: a fall of 20 percent is -20.
    said     the claimed result in that unit, finite: where the words give a bound, the bound.
    among    [N] settings to count, every one if None: `settings.keeps` for those that keep to the words.
    """
    values = answers.values if among is None else np.where(among, answers.values, np.nan)
    scores = np.array([key.score for key in cube.keys])
    weights = scores[:, None] * settings.sensibility[None, :]
    known = ~np.isnan(values)
    agrees = tasks.meets(allowed, values, values)
    low, high = _interval(answers, values)
    possible = agrees | tasks.meets(allowed, low, high)
    change = claims is not Claims.LEVEL
    strengths = _strengths(values, said, claims)
    default = int(np.argmax(scores)) if len(scores) else 0
    asked = None
    if settings.asked is not None and len(scores) and known[default, settings.asked]:
        asked = (default, settings.asked)
    sign = -1.0 if claims is Claims.DECREASE else 1.0
    right = known & (sign * values > 0)
    total = float(weights[known].sum())
    support = _first(weights, agrees) or _first(weights, possible)
    return Summary(
        weights,
        agrees,
        possible,
        strengths,
        asked,
        bool(agrees[asked]) if asked else None,
        float(weights[right].sum()) / total if change and total else None,
        float(weights[possible].sum()) / total if total else None,
        float((strengths[known] < 0).mean()) if known.any() else None,
        tasks.quality(strengths, weights) if weights[np.isfinite(strengths)].any() else None,
        support,
        _first(weights, known & ~agrees & (strengths < 0)) or _first(weights, known & ~agrees),
        _first(weights, known & ~right) if change else None,
        _nearest(strengths, weights),
        tuple(_place(p, values.shape) for p in tasks.front(strengths, weights, k=10) if strengths.flat[p] < 0),
        _sensitive_to(cube, settings, weights, known, agrees, support),
    )


def _strengths(values: Floats, said: float, claims: Claims) -> Floats:
    """Return relative strengths; a change in percent becomes the ratio that it stands for."""
    if claims is Claims.LEVEL:
        if said > 0:
            return tasks.strength(values, said, claims)
        return values - said  # no ratio to nothing: the difference keeps the order
    claimed = 1 + said / 100
    if claimed > 0:
        return tasks.strength(1 + values / 100, claimed, claims)
    return (1 + values / 100) * (-1.0 if claims is Claims.DECREASE else 1.0)  # "fell by 100%": all else is weaker


def _interval(answers: Answers, values: Floats) -> tuple[Floats, Floats]:
    """Return the widest interval of each answer that is known, the answer itself where none is."""
    known = ~np.isnan(values)
    low, high = values, values
    for ends in ((answers.low, answers.high), (answers.wide_low, answers.wide_high)):
        if ends[0] is not None and ends[1] is not None:
            low, high = np.fmin(low, ends[0]), np.fmax(high, ends[1])
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def _place(flat: int | np.integer, shape: tuple[int, ...]) -> Place:
    return int(flat) // shape[1], int(flat) % shape[1]


def _first(weights: Floats, among: Bools) -> Place | None:
    found = tasks.most_sensible(weights, among, 1)
    return _place(found[0], weights.shape) if len(found) else None


def _nearest(strengths: Floats, weights: Floats) -> Place | None:
    off = np.where(np.isfinite(strengths), np.abs(strengths), np.inf)
    least = off.min(initial=np.inf)
    return _first(weights, off == least) if np.isfinite(least) else None


def _sensitive_to(
    cube: Cube, settings: Settings, weights: Floats, known: Bools, agrees: Bools, support: Place | None
) -> tuple[str, ...]:
    """Return the axes on which one step from the best support, to a setting about as sensible, no longer agrees."""
    if support is None or not agrees[support]:
        return ()
    k, n = support
    misses = known & ~agrees & (weights >= NEAR * weights[support])
    found = []
    later, earlier, rule = settings.later, settings.earlier, settings.rule
    if (misses[k] & (rule == rule[n]) & (later != later[n])).any():
        found.append(WINDOW)
    if earlier is not None and (misses[k] & (later == later[n]) & (earlier != earlier[n])).any():
        found.append(BASELINE)
    here = {axis: getattr(cube.keys[k], axis) for axis in AXES}
    for axis in AXES:
        for other, key in enumerate(cube.keys):
            apart = [a for a in AXES if getattr(key, a) != here[a]]
            if apart == [axis] and misses[other, n]:
                found.append(axis)
                break
    return tuple(found)
