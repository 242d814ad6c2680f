"""What datasets say of a figure, in words. Pure functions.

A percentage never stands without the counts behind it, and an answer never without its interval where it has one.
"""

import math
from dataclasses import dataclass
from decimal import Decimal

from counterfoil.checking.model import Finding, Point, Word
from counterfoil.checking.references.pairs import as_percent
from counterfoil.comparing.intervals import allowed, computable, grains
from counterfoil.publishing import wording
from counterfoil.reading.model import Direction, Figure, Kind

_MINUS = "−"
_FROM_NOTHING = "a rise from nothing"
_FURTHEST = 9999  # percent, a hundredfold
_CUT = "part of a step taken by days"  # a flag of points: what stands there was computed, and nobody counted it
_CUT_DIGITS = 3
_SMALL = 10  # counts below say nothing in percent without an interval (telling.SMALL_COUNT)
_PLAIN = 1e15  # larger levels are shown in powers of ten


def change(value: float, *, sign: str = "%") -> str:
    """Return a change in percent: "+56%", "−11%", "0%", "+0.4%"; `sign` "" leaves the % out."""
    if not math.isfinite(value):
        return "from 0" if not sign else _FROM_NOTHING
    size = abs(value)
    shown = amount(size) if size >= 10 else f"{size:.1f}".removesuffix(".0")
    return (("+" if value > 0 else _MINUS) if shown != "0" else "") + shown + sign


def amount(value: float) -> str:
    """Return a number as finely as people read it: "2,267", "56", "5.2", "0.053"."""
    if not math.isfinite(value):
        return "∞"
    if value < 0:
        return _MINUS + amount(-value)
    if value >= _PLAIN:
        return f"{value:.2e}"
    if value >= 10 or value == int(value):
        return f"{round(value):,}"
    digits = 1 if value >= 1 else 2 - math.floor(math.log10(value)) - 1
    return wording.number(Decimal(f"{value:.{min(digits, 6)}f}"))


def answer(point: Point, unit: str) -> str:
    """Return what a point answers: "+56%" for a change, "2,267 people" for a level, "41.2%" for a share."""
    if point.earlier is not None:
        return f"about {change(point.value)}" if _CUT in point.flags else change(point.value)
    return f"about {level(_rounded(point.value), unit)}" if _CUT in point.flags else level(point.value, unit)


def _rounded(value: float) -> float:
    return float(f"{value:.{_CUT_DIGITS}g}")


def _counted(value: float, point: Point) -> str:
    return f"about {amount(_rounded(value))}" if _CUT in point.flags else amount(value)


def level(value: float, unit: str) -> str:
    """Return a level or share with its unit."""
    if unit == "percent":
        return f"{wording.number(Decimal(str(round(value, 1))))}%" if math.isfinite(value) else "∞%"
    shown = amount(value)
    return f"{shown} {wording.unit(unit, plural=shown != '1')}".rstrip()


def interval(point: Point, unit: str, *, wide: bool = False) -> str:
    """Return the exact interval, or the wide one: "+41% to +73%", "+75% or more"; "" where there is none."""
    low, high = (point.wide_low, point.wide_high) if wide else (point.low, point.high)
    ends = [None if one is None or not math.isfinite(one) else one for one in (low, high)]
    bare = unit if unit == "percent" else ""  # people stand behind the answer already
    told = [None if one is None else _end(one) if point.earlier is not None else level(one, bare) for one in ends]
    if told[0] is None:
        return "" if told[1] is None else f"{told[1]} or less"
    return f"{told[0]} or more, with no upper end" if told[1] is None else f"{told[0]} to {told[1]}"


def within(point: Point, unit: str) -> str:
    """Return the interval in brackets: the exact one, or else the one that allows for clusters; "" without any."""
    if point.unsure:
        return "[the series is too uneven to say how sure]"
    exact, wide = interval(point, unit), interval(point, unit, wide=True)
    return f"[{exact}]" if exact else f"[{wide}, allowing for clusters]" if wide else ""


def _end(value: float) -> str:
    """An end of an interval of a change: few counts leave it so open that its digits say nothing."""
    return f"over +{_FURTHEST:,}%" if value > _FURTHEST else change(value)


def windows(point: Point, *, short: bool = True) -> str:
    """Return the days asked: "2023", "2023 against 2022"."""
    later = wording.days(*point.later, short=short)
    return later if point.earlier is None else f"{later} against {wording.days(*point.earlier, short=short)}"


def counts(point: Point) -> str:
    """Return what was counted: "29 against 4"; with days and rates where the windows are unequal.

    "" for a level that is itself the count.
    """
    told = [_counted(one, point) for one in point.counts]
    if len(told) != 2 or point.earlier is None:
        return "" if told in ([], [_counted(point.value, point)]) else f"counted: {told[0]}"
    together = f"{told[0]} against {told[1]}"
    if len(point.exposure) != 2 or not _unequal(point.exposure):
        return together
    rates = [amount(one / days) for one, days in zip(point.counts, point.exposure, strict=True)]
    return f"{together}, in {point.exposure[0]:,} and {point.exposure[1]:,} days: {rates[0]} against {rates[1]} a day"


def _unequal(exposure: tuple[int, ...]) -> bool:
    """Whether days differ by more than months and leap years do of themselves."""
    return min(exposure) > 0 and max(exposure) / min(exposure) > 1.05


def share(value: float) -> str:
    """Return a share, 0 to 1, in words that do not round it to none or all: "56%", "under 1%", "over 99%"."""
    if 0 < value < 0.01:
        return "under 1%"
    if 0.99 < value < 1:
        return "over 99%"
    return f"{value:.0%}"


def of_hundred(value: float) -> str:
    """Return a probability as cases: "3 of 100", "fewer than 1 of 100"."""
    if value < 0.01:
        return "fewer than 1 of 100"
    if 0.99 < value < 1:
        return "more than 99 of 100"
    return f"{round(value * 100)} of 100"


def title(finding: Finding) -> str:
    """Return the dataset with its edition: "UCDP GED 22.1"."""
    return wording.inert(f"{finding.source} {finding.edition}".strip())


def support(finding: Finding) -> str:
    """Return what to call the best supporting setting: it may support the claim only within its interval, or not."""
    point = finding.best_support
    if finding.word is Word.NOT_CHECKABLE or (point is not None and not point.agrees and not point.possible):
        return "Nearest to the claim"
    return "Best support" if point is None or point.agrees else "Best support, by its interval"


def counter(finding: Finding) -> str:
    """Return what to call the best counter: where nothing follows from a count, it counters nothing."""
    return "Counted, and nothing follows" if finding.word is Word.NOT_CHECKABLE else "Best counter"


def settings(finding: Finding) -> tuple[tuple[str, Point | None, str], ...]:
    """Return the claim's own setting, best support and best counter: name, point, and else why there is none."""
    found = (
        ("As the claim asks", finding.asked, ""),
        (support(finding), finding.best_support, "no sensible setting gives what the words say"),
        (counter(finding), finding.best_counter, "no sensible setting speaks against it"),
    )
    checkable = finding.word is not Word.NOT_CHECKABLE
    return tuple(one for one in found if one[1] is not None or (one[2] and checkable))


def verdict(finding: Finding) -> str:
    """Return the finding's own verdict in words."""
    if finding.word is Word.SENSITIVE and finding.sensitive_to:
        return f"sensitive to {wording.listed(finding.sensitive_to)}"
    return wording.VERDICTS[finding.word]


def is_change(finding: Finding) -> bool:
    """Whether it answers with a change in percent rather than with a level or share."""
    points = (finding.asked, finding.best_support, finding.best_counter, *finding.forest)
    return any(one is not None and one.earlier is not None for one in points)


@dataclass(frozen=True, slots=True)
class Number:
    """One of the four numbers: its name, what it is, and what that means."""

    name: str
    shown: str
    meaning: str


def four_numbers(finding: Finding, figure: Figure) -> tuple[Number, ...]:
    """Return agreement at the claim's own setting, direction, magnitude, and the claim's place among all settings."""
    unit = figure.number.value.unit
    if finding.asked is None or finding.agreement is None:
        agreement = Number("As the claim asks", "open", "the words leave windows or definition open, so no one answer")
    else:
        told = f"{'within' if finding.agreement else 'outside'} what the words allow: {answer(finding.asked, unit)}"
        shown = "yes" if finding.agreement else "no"
        if finding.agreement and finding.word is Word.NOT_CHECKABLE:
            shown, told = "open", f"{told}; but whether that is the same is open"
        agreement = Number("As the claim asks", shown, told)
    found = [agreement]
    if finding.settings < 2:
        return tuple(found)  # of one setting there is no share
    if finding.direction_share is not None:
        way = {Direction.UP: "show a rise", Direction.DOWN: "show a fall", None: "have the claimed sign"}
        found.append(
            Number("Direction", share(finding.direction_share), f"of the settings, by weight, {way[figure.direction]}")
        )
    if finding.magnitude_share is not None:
        found.append(
            Number(
                "Size",
                share(finding.magnitude_share),
                "of the settings, by weight, reach the claim within their interval",
            )
        )
    if finding.percentile is not None:
        found.append(Number("Strength", share(finding.percentile), "of the settings are weaker than the claim"))
    return tuple(found)


def null(finding: Finding) -> str:
    """Return how often chance alone shows as much; says so where that was not computed, "" for a level."""
    if finding.null_probability is None:
        return "How often chance alone would show as much was not computed" if is_change(finding) else ""
    return (
        f"A series without any change shows at least as much somewhere, if one may choose among all these settings, in "
        f"{of_hundred(finding.null_probability)} cases"
    )


def sensibility(finding: Finding) -> str:
    """Return whether the verdict rests on the table that tells how sensible a setting is."""
    if not finding.alternatives:
        return ""
    kept = [name for name, word in finding.alternatives if word == finding.word.value]
    changed = [(name, word) for name, word in finding.alternatives if word != finding.word.value]
    if not changed:
        return f"The verdict stays the same under {_tables(len(kept))} of sensibility ({wording.listed(kept)})"
    told = wording.listed(f"“{_plain_word(word)}” under {name}" for name, word in changed)
    stays = f"; it stays under {wording.listed(kept)}" if kept else ""
    return f"The verdict turns on what is held to be sensible: {told}{stays}"


def _tables(amount_: int) -> str:
    return "the other table" if amount_ == 1 else f"{amount_} other tables"


def _plain_word(word: str) -> str:
    return wording.VERDICTS[Word(word)] if word in set(Word) else word


def basis(finding: Finding) -> str:
    """Return what stands behind the finding: "1,204 settings asked of 3,310 rows, weighed by sensibility@1"."""
    asked = f"{wording.count(finding.settings, 'setting')} asked of {wording.count(finding.rows, 'row')}"
    return f"{asked}, weighed by {finding.sensibility}" if finding.sensibility else asked


def dataset(finding: Finding) -> str:
    """Return the dataset's short name, its id: "ucdp-ged"; its name where no answer tells it."""
    points = (finding.asked, finding.best_support, finding.best_counter, *finding.forest)
    short = next((point.source for point in points if point is not None and point.source), finding.source)
    return f"{short}, continued" if "continued by" in finding.source and short != finding.source else short


def reason(finding: Finding) -> str:
    """Return the short answer without the dataset's name that leads it; "" where there is none."""
    first = finding.reasons[0] if finding.reasons else ""
    lead, found, rest = first.partition(finding.source) if finding.source else (first, "", "")
    if found and (not lead or lead.endswith(": ")):
        first = lead + (rest.partition(": ")[2] or found + rest)
    return first.removesuffix(".")


def summary(finding: Finding, figure: Figure, *, name: str = "") -> str:
    """Return the finding in one line: the short answer, and where the words leave the setting open the best one.

    name  of the dataset; "" for its id.
    """
    unit = figure.number.value.unit
    parts = [reason(finding) or verdict(finding)]
    point = finding.best_support or finding.best_counter
    nothing = finding.word is Word.NOT_CHECKABLE and point is not finding.best_support and not is_change(finding)
    if finding.asked is None and point is not None and not nothing:
        exact = interval(point, unit) or (point.earlier is not None and min(point.counts, default=0) < _SMALL)
        told = f"{answer(point, unit)} {within(point, unit) if exact else ''}".rstrip() + f", {windows(point)}"
        told += ", a part of a month by days" if _CUT in point.flags else ""
        told += f" ({counts(point)})" if point.earlier is not None and point.counts else ""
        called = support(finding) if point is finding.best_support else counter(finding)
        parts.append(f"{called.lower()}: {told}")
    if finding.asked is None and finding.direction_share is not None:
        way = {Direction.UP: "a rise", Direction.DOWN: "a fall", None: "its sign"}[figure.direction]
        asked = wording.count(finding.settings, "way") + " of asking"
        parts.append(f"{way} by {share(finding.direction_share)} of the weight of {asked}")
    return f"{name or dataset(finding)}: " + "; ".join(parts)


def bands(figure: Figure, *, of_change: bool) -> tuple[tuple[float | None, float | None], ...]:
    """Return what the words allow, as written and at their coarsest grain, in percent for a change; empty if unknown.

    A fall is negative. None is an end that the words leave open.
    """
    quantity = figure.number.value
    if of_change:
        percent = as_percent(quantity) if figure.kind is Kind.CHANGE else None
        if percent is None or figure.direction is None:
            return ()
        quantity = percent
    if not computable(quantity):
        return ()
    found = []
    for grain in dict.fromkeys((grains(quantity)[0], grains(quantity)[-1])):
        within = allowed(quantity, grain)
        low, high = (None if one is None else float(one) for one in (within.low, within.high))
        if of_change and figure.direction is Direction.DOWN:
            low, high = (None if high is None else -high), (None if low is None else -low)
        found.append((low, high))
    return tuple(found)
