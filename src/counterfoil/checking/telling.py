"""What a survey says, in words that a newspaper could print. Pure."""

import math

import numpy as np

from counterfoil.checking.datasets.model import Edition
from counterfoil.checking.deciding import Decision, sensible
from counterfoil.checking.matches import DIRECT
from counterfoil.checking.model import Point, Word
from counterfoil.checking.references.wording import percent_words
from counterfoil.checking.surface.answers import FLAG_WORDS, HALF_YEAR, Flag
from counterfoil.checking.surface.settings import AROUND, BASELINES
from counterfoil.checking.surveying import Survey, stated_day
from counterfoil.comparing.wording import day_words, unit_words, window_words
from counterfoil.reading.model import Figure, Kind

SMALL_COUNT = 10  # below, no percentage without its interval (Wu et al. do not say so; small baselines do)


def amount_words(value: float) -> str:
    """Return a number as finely as people read it: 2,267; 56; 5.2; 0.053.

    >>> amount_words(2267.0), amount_words(5.24), amount_words(0.0531)
    ('2,267', '5.2', '0.053')
    """
    if not math.isfinite(value):
        return "no bound"
    if value == round(value) or abs(value) >= 100:
        return f"{round(value):,}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2g}"


def roughly(value: float) -> str:
    """Return a number of which a part was taken by days, and nobody counted it: to three digits, and "about".

    >>> roughly(2237.4), roughly(34919.0), roughly(96.8)
    ('about 2,240', 'about 34,900', 'about 97')
    """
    shown = float(f"{value:.3g}")
    return f"about {amount_words(round(shown) if shown >= 10 else shown)}"


def _number(value: float, point: Point) -> str:
    return roughly(value) if FLAG_WORDS[Flag.PRORATED] in point.flags else amount_words(value)


def point_words(point: Point, kind: Kind) -> str:
    """Return what one setting answers, with its counts and windows; a percentage of few counts has its interval."""
    if point.earlier is None:
        return _level(point, kind)
    after, before = point.counts
    was, now = window_words(*point.earlier), window_words(*point.later)
    counts = f"{_number(before, point)} ({was}) to {_number(after, point)} ({now})"
    interval = interval_words(point)
    small = min(after, before) < SMALL_COUNT
    if small and not interval:
        return f"{counts}, too few for a percentage"
    a_day = " a day" if "unequal windows" in point.flags else ""
    sure = f", with a 95% interval {interval}" if interval else ""
    if point.unsure:
        sure = ", and the series before it swings too much, or is too short, to say how sure that is"
    return f"{counts} is {percent_words(point.value)}{a_day}{sure}"


def _level(point: Point, kind: Kind) -> str:
    days = window_words(*point.later)
    if FLAG_WORDS[Flag.PRORATED] in point.flags:
        days += ", a part of a month by days"
    if kind is Kind.SHARE:
        part, whole = _number(point.counts[0], point), _number(point.counts[-1], point)
        return f"{_number(point.value, point)}% ({part} of {whole}, {days})"
    if kind is Kind.RATE:
        return f"{_number(point.value, point)} ({_number(point.counts[0], point)} counted, {days})"
    return f"{_number(point.value, point)} ({days})"


def interval_words(point: Point) -> str:
    """Return the 95% interval of a change: of independent events, and as the series' events cluster; "" without any."""
    exact = _ends(point.low, point.high)
    wide = _ends(point.wide_low, point.wide_high)
    return f"{exact} ({wide} as events cluster)" if exact and wide else exact or wide


def _ends(low: float | None, high: float | None) -> str:
    if low is None:
        return "" if high is None else f"up to {percent_words(high)}"
    return f"from {percent_words(low)} to {percent_words(high if high is not None else math.inf)}"


def reasons(
    figure: Figure,
    said: str,
    survey: Survey,
    decision: Decision,
    points: dict[str, Point | None],
    null: tuple[float | None, int],
) -> tuple[str, ...]:
    """Return why the word is what it is: the short answer, the range, both sides, chance, exposure, limits.

    points  "asked", "support", "counter", "raw": None where there is none.
    null    how often a series without change shows as much, and of how many resampled series.
    """
    kind = figure.kind
    after = survey.match.continued_by
    source = _named(survey.match.edition)
    if after is not None:
        source = f"{survey.match.edition.dataset.name}, continued by {_named(after.edition)}"
    asked, support, counter = points["asked"], points["support"], points["counter"]
    lines = [f"{source}: {_short(kind, survey, decision, asked)}"]
    if kind is Kind.CHANGE:
        lines += _range(said, survey)
    counted = survey.match.indicator.words
    if asked is not None:
        lines.append(f"asked as worded: {counted}")
    if support is not None and support != asked:
        label = "best support" if support.agrees else "nearest to it"
        lines.append(f"{label}, {support.words}: {point_words(support, kind)}")
    if counter is not None and counter != asked:
        lines.append(f"best counter, {counter.words}: {point_words(counter, kind)}")
    lines += _ranged(survey, decision, asked)
    for point in (support, asked):
        if point is not None and point.earlier is not None and "unequal windows" in point.flags:
            lines.append(_exposure(point))
            break
    probability, resamples = null
    if probability is not None:
        rise = "a fall" if figure.direction == "down" else "a rise"
        hundred = round(probability * 100)
        often = "fewer than 1" if hundred == 0 else str(hundred)
        lines.append(
            f"chance: a series without change shows {rise} as large as {said} somewhere on this surface "
            f"in {often} of 100 cases ({resamples:,} resampled series)"
        )
    lines += _limits(survey, points)
    return tuple(lines)


def _named(edition: Edition) -> str:
    """Return a dataset with its edition, if that is the publisher's: the day of an import is no edition of theirs."""
    own = edition.name != edition.imported[:10]
    return f"{edition.dataset.name}, {edition.name}" if own else edition.dataset.name


def _short(kind: Kind, survey: Survey, decision: Decision, asked: Point | None) -> str:
    """Return the short answer: the number in the claim's own setting, or the range where windows are open."""
    if asked is not None:
        return f"{decision.why}: {point_words(asked, kind)}"
    ends = _sensible(survey)
    if ends is None:
        return decision.why
    if kind is Kind.CHANGE:
        low, high = percent_words(ends[0]), percent_words(ends[1])
    else:
        low, high = amount_words(ends[0]), amount_words(ends[1])
    fits = _fitting(survey) if kind is not Kind.CHANGE and decision.word is Word.SENSITIVE else ""
    return f"{decision.why}{fits}; sensible ones give {low if low == high else f'{low} to {high}'}"


def _fitting(survey: Survey) -> str:
    """Tell in how many of the settings a level fits whose window is left open, and what they weigh among all."""
    known, worth = survey.known, survey.summary.sensibility
    fits = known & survey.summary.agrees
    share = float(worth[fits].sum()) / float(worth[known].sum())
    weight = "under 1%" if share < LEAST_SHARE else f"{share:.0%}"
    return f": {int(fits.sum()):,} of {int(known.sum()):,} ways of asking, with {weight} of the weight"


LEAST_SHARE = 0.005  # below, whole percents would tell nothing


def _sensible(survey: Survey) -> tuple[float, float] | None:
    """Return the smallest and the largest answer of the settings that the verdict rests on."""
    values = survey.answers.values[sensible(survey)]
    return (float(values.min()), float(values.max())) if len(values) else None


def _range(said: str, survey: Survey) -> list[str]:
    """Tell from what to what the answers run, and how much of the surface holds the claim."""
    found = survey.summary
    ends = _sensible(survey)
    if ends is None:
        return []
    settings = int(survey.known.sum())
    direction = round(100 * (found.direction_share or 0))
    room = round(100 * (found.magnitude_share or 0))
    line = (
        f"of {settings:,} settings, weighed by sensibility, {direction}% have the claimed direction, "
        f"and {room}% leave room for {said} within their intervals"
    )
    return [line, *_by_baseline(survey)]


def _by_baseline(survey: Survey) -> list[str]:
    """Tell the change by baseline, for the window that the words state or the most sensible one."""
    settings = survey.settings
    apart = (survey.answers.flags & int(Flag.OVERLAP)) == 0
    known = np.flatnonzero(survey.known[0] & apart)
    if settings.earlier is None or not len(known):
        return []
    worth = survey.summary.sensibility[0]
    kept = known[settings.keeps[known]] if settings.keeps[known].any() else known
    shown = settings.later[kept[np.argmax(worth[kept])]]
    of_window = known[settings.later[known] == shown]
    best: dict[int, int] = {}
    for n in of_window[np.argsort(-worth[of_window], kind="stable")].tolist():
        if settings.rule[n] != AROUND:
            best.setdefault(int(settings.rule[n]), n)
    if len(best) < 2:
        return []
    told = [f"{_change_words(survey, n)} against {_baseline(survey, n)}" for n in list(best.values())[:4]]
    later, _ = settings.days(next(iter(best.values())))
    return [f"{window_words(*later)}, by baseline: {'; '.join(told)}"]


def _change_words(survey: Survey, n: int) -> str:
    """Return a change of the default way of counting; of few counts the counts, as no percentage stands alone."""
    answers = survey.answers
    assert answers.earlier_counts is not None
    after, before = float(answers.later_counts[0, n]), float(answers.earlier_counts[0, n])
    if min(after, before) < SMALL_COUNT:
        return f"{amount_words(before)} to {amount_words(after)}"
    a_day = " a day" if answers.flags[n] & int(Flag.UNEQUAL) else ""
    return f"{percent_words(float(answers.values[0, n]))}{a_day}"


def _baseline(survey: Survey, n: int) -> str:
    _, earlier = survey.settings.days(n)
    assert earlier is not None
    return f"{BASELINES[survey.settings.rule[n]]} ({window_words(*earlier)})"


def _ranged(survey: Survey, decision: Decision, asked: Point | None) -> list[str]:
    low, high = survey.range_low, survey.range_high
    place = decision.asked
    if low is None or high is None or place is None or asked is None or asked.earlier is not None:
        return []
    ends = float(low[place]), float(high[place])
    if ends[0] == ends[1] or any(math.isnan(e) for e in ends):
        return []
    return [f"the publisher itself gives from {amount_words(ends[0])} to {amount_words(ends[1])}"]


def _exposure(point: Point) -> str:
    """Tell rates a day where the windows differ in length."""
    after, before = (c / d for c, d in zip(point.counts, point.exposure, strict=True))
    days = f"{point.exposure[0]:,} days against {point.exposure[1]:,}"
    raw = ""
    if point.counts[1]:
        change = percent_words((point.counts[0] / point.counts[1] - 1) * 100)
        raw = f"; side by side, without regard to length, it is {change}"
    return f"the windows differ in length, {days}: {amount_words(after)} and {amount_words(before)} a day{raw}"


_TOLD = {
    Flag.LAGGING: "the newest months may still grow",
    Flag.BREAK: "the way of counting changed in between",
    Flag.OVERLAP: "the two windows share days, which shrinks the change",
    Flag.PRORATED: "a part of a month was taken by days, as the record gives no days: nobody counted just that",
}


def _limits(survey: Survey, points: dict[str, Point | None]) -> list[str]:
    """Tell what a reader must know of the settings shown, and of the record."""
    shown = {flag for point in points.values() if point is not None for flag in point.flags}
    lines = [words for flag, words in _TOLD.items() if FLAG_WORDS[flag] in shown]
    breaks = [why for _, why, _ in survey.cube.breaks] if FLAG_WORDS[Flag.BREAK] in shown else []
    lines += breaks[:2]
    lines += _counted_on(survey, points["asked"] or points["support"])
    outcome = survey.match.outcomes["window"]
    if outcome.word == "contains":
        lines.append(outcome.why)
    distance = survey.match.indicator.distance
    if distance > 0 and not survey.match.attributed:
        lines.append(f"it counts by its own rules: {survey.match.indicator.words}")
    return lines


def _counted_on(survey: Survey, shown: Point | None) -> list[str]:
    """Tell how far from the day of the words a state was counted, where it is more than half a year."""
    if survey.how != "last" or shown is None:
        return []
    said = stated_day(survey.claimed) or survey.claimed.as_of
    counted = shown.later[0]
    if abs((said - counted).days) <= HALF_YEAR:
        return []
    return [f"nearest to {day_words(said)}, it was counted on {day_words(counted)}: it may have changed since"]


def what_would_change(figure: Figure, said: str, survey: Survey, decision: Decision, nearest: Point | None) -> str:
    """Tell what would change the verdict."""
    if survey.match.relation != DIRECT and decision.word is Word.SENSITIVE:
        return f"whether what the record counts is meant: {survey.match.indicator.words}"
    if decision.supports and decision.counter is not None and decision.sensitive_to:
        axes = " or ".join(decision.sensitive_to)
        return f"another {axes} turns it: see the best counter"
    if decision.supports:
        return (
            "no single step to a setting about as sensible turns it"
            if decision.counter is None
            else ("only a less sensible setting turns it: see the best counter")
        )
    if nearest is None:
        return ""
    unit = "" if figure.kind in (Kind.CHANGE, Kind.SHARE) else f" {unit_words(figure.number.value.unit)}"
    return f"the nearest answer to {said} anywhere on the surface is {point_words(nearest, figure.kind)}{unit}"
