"""A change ("a 60% increase") against the records: every window and baseline that the words leave open."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from counterfoil.checking import axes
from counterfoil.checking.axes import Profile
from counterfoil.checking.intervals import Interval, allowed, grains, ratio_interval
from counterfoil.checking.levels import AS_WORDED
from counterfoil.checking.model import Evidence, Reference, Verdict, Word
from counterfoil.checking.series import Series, Window, windows
from counterfoil.checking.sources import is_same, may_be_same
from counterfoil.checking.wording import claim_words, interval_words, percent_words
from counterfoil.reading.model import Direction, Figure, Kind, Quantity

SENSIBILITY = "sensibility@1"
FURTHEST_BASELINE_DAYS = 5 * 366  # the search goes five years back: docs/reference-figures.md, "Changes"
LATEST_DAYS = 2 * 366  # without a stated window, the later window ends in the two years before the words
REPORTING_DAYS = 62  # a yearly table may run past the day of the words by two months
MOSTLY = 2 / 3  # of its days a window must lie on the side of the event that it stands for
UNEQUAL = 3  # windows of which one is over three times the other are never compared
RELEVANCE_YEARS = 2.0  # standard deviation of the Gaussian over the gap between the two windows
DIRECTION_SHARE = 0.9  # "in direction" needs nine tenths of the settings, by sensibility
SMALL_COUNT = 10  # below, no percentage without its interval (checking of small baselines)
MOST_SETTINGS = 400
MOST_EVIDENCE = 10
_NATURAL = ((365, 4.0), (182, 3.0), (91, 2.0))  # whole years before halves, quarters and the rest
_SINCE = re.compile(r"\s*(?:ever\s+)?(?:after|since|following|from the time)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """One pair of windows of one series, and the change between them in percent, per day where their lengths differ.

    low, high     the change; equal for exact counts, high inf where the later count has no ceiling.
    sensibility   the higher, the more natural the windows and the nearer to what was said.
    exact         both windows are those that the words state.
    """

    series: Series
    later: Window
    earlier: Window
    counts: tuple[Interval, Interval] | None
    references: tuple[Reference, ...]
    low: float
    high: float
    equal: bool
    sensibility: float
    exact: bool
    agrees: bool = False

    @property
    def middle(self) -> float:
        """Return a number to order settings by."""
        return self.low if math.isinf(self.high) else (self.low + self.high) / 2

    def interval(self) -> tuple[float, float] | None:
        """Return the exact 95% interval of the change in percent, None where the counts are not exact."""
        if self.counts is None:
            return None
        after, before = (c.low if c.low == c.high else None for c in self.counts)
        if after is None or before is None or after + before == 0:
            return None
        days = (1.0, 1.0) if self.equal else (float(self.later.days), float(self.earlier.days))
        low, high = ratio_interval(float(after), float(before), *days)
        return (low - 1) * 100, (high - 1) * 100


def check_change(figure: Figure, claim: Profile, speaker: str | None, series: Sequence[Series]) -> Verdict:
    """Return the verdict on a relative change.

    claim    the figure's profile; its window counts as stated where both days are known.
    speaker  who says it; the speaker's own figures are no evidence.
    """
    said = claim_words(figure)

    def refuse(*reasons: str) -> Verdict:
        return Verdict(figure, Word.NOT_CHECKABLE, (), reasons, ())

    quantity = _as_percent(figure.number.value)
    if quantity is None:
        return refuse("a change in percentage points or in absolute numbers needs a series of its own kind")
    if figure.direction is None:
        return refuse("the words do not say whether it rose or fell")
    if figure.direction is Direction.DOWN and quantity.said_low is not None and quantity.said_low > 100:
        return refuse(f"impossible as written: nothing that is counted can fall by {said}")
    window, baseline = _stated(figure, claim)
    if window is None and figure.as_of is None:
        return refuse("neither the article's date nor a window is known, so no windows can be set side by side")
    if claim.place is None or claim.place.level == "unknown":
        return refuse("the words do not say where, so no series can be chosen")
    comparable, unlike = _comparable(claim, series)
    notes = _claim_notes(figure, [s for s in comparable if s.claim])
    independent = [s for s in comparable if not s.claim and not may_be_same(speaker, s.publisher)]
    own = [s for s in comparable if not s.claim and may_be_same(speaker, s.publisher)]
    settings = _settings(independent, quantity, figure, window, baseline)
    own_settings = _settings(own, quantity, figure, window, baseline)
    if not settings and not own_settings:
        why = unlike or f"no reference figures count {claim.code.replace('_', ' ') or 'this'} in windows to compare"
        return refuse(why, *notes)
    return _verdict(figure, said, speaker, settings, own_settings, window, baseline, notes)


def _as_percent(quantity: Quantity) -> Quantity | None:
    if quantity.unit == "percent":
        return quantity
    if quantity.unit != "ratio":
        return None

    def percent(ratio: Decimal | None) -> Decimal | None:
        return None if ratio is None else (ratio - 1) * 100

    return replace(
        quantity,
        low=percent(quantity.low),
        high=percent(quantity.high),
        said_low=percent(quantity.said_low),
        said_high=percent(quantity.said_high),
        grain=quantity.grain * 100,
        coarsest=quantity.grain * 100,  # "three times" is 2.5 to 3.5 times and no coarser
    )


Days = tuple[date, date]


def _stated(figure: Figure, claim: Profile) -> tuple[Days | None, Days | None]:
    """Return the later window and the baseline as far as the words state them.

    "After the government was formed" stands where a baseline may stand, but fixes the later window.
    """
    window = (claim.first, claim.last) if claim.first and claim.last else None
    base = figure.baseline.value if figure.baseline else None
    words = figure.base.quote if figure.base else figure.baseline.anchor.quote if figure.baseline else ""
    if base is None or base.first is None:
        return window, None
    if _SINCE.match(words):
        if window is None and figure.as_of is not None and base.first < figure.as_of:
            window = (base.first, figure.as_of)
        return window, None
    return window, (base.first, base.last) if base.last else None


def _comparable(claim: Profile, series: Sequence[Series]) -> tuple[list[Series], str]:
    """Return the series that count the same, and why the nearest of the others does not."""
    found: list[Series] = []
    unlike = ""
    for one in series:
        if one.profile.kind not in (Kind.FLOW, Kind.CHANGE):
            continue
        measure = axes.measures(claim, one.profile)
        if measure.word != axes.SAME:
            if claim.code == one.profile.code or claim.nature:
                unlike = unlike or measure.why
            continue
        for outcome in (axes.places(claim, one.profile), axes.populations(claim, one.profile)):
            if outcome.word not in (axes.SAME, axes.UNKNOWN):
                unlike = unlike or f"the records count elsewhere or otherwise: {outcome.why}"
                break
        else:
            found.append(one)
    return found, unlike


def _settings(
    series: Iterable[Series], quantity: Quantity, figure: Figure, window: Days | None, baseline: Days | None
) -> list[Setting]:
    found: list[Setting] = []
    for one in series:
        if one.profile.kind is Kind.CHANGE:
            found += _published(one, figure, window, baseline)
            continue
        all_windows = windows(one)
        natural = [w for w in all_windows if len(w.pieces) == 1 or _in_years(w.days)]
        for later in natural if window is None else dict.fromkeys([*natural, *_nearest(all_windows, window)]):
            if not _is_later(later, figure.as_of, window):
                continue
            for earlier in all_windows:
                if _is_earlier(earlier, later, window, baseline):
                    found += _changes(one, later, earlier, window, baseline)
    kept = sorted(found, key=lambda s: -s.sensibility)[:MOST_SETTINGS]
    claimed = _claimed(quantity, down=figure.direction is Direction.DOWN)
    return [replace(s, agrees=_meets(claimed, s.low, s.high)) for s in kept]


def _published(series: Series, figure: Figure, window: Days | None, baseline: Days | None) -> list[Setting]:
    found: list[Setting] = []
    for point in series.points:
        for reference in point.references:
            quantity = reference.figure.number.value
            base = reference.figure.baseline.value if reference.figure.baseline else None
            if (
                base is None
                or base.first is None
                or base.last is None
                or point.first is None
                or quantity.unit != "percent"
            ):
                continue
            later, earlier = Window(point.first, point.last, (point,)), Window(base.first, base.last, ())
            if not _is_later(later, figure.as_of, window):
                continue
            seen = allowed(quantity, quantity.grain)
            sign = -1.0 if reference.figure.direction is Direction.DOWN else 1.0
            ends = sorted(sign * float(end) for end in (seen.low, seen.high) if end is not None)
            if len(ends) < 2:
                continue
            exact = _is_stated(later, earlier, window, baseline)
            weight = _sensibility(later, earlier, window, equal=True)
            found.append(Setting(series, later, earlier, None, (reference,), ends[0], ends[1], True, weight, exact))
    return found


def _changes(
    series: Series, later: Window, earlier: Window, window: Days | None, baseline: Days | None
) -> list[Setting]:
    equal = _near(later.days, earlier.days)
    weight = _sensibility(later, earlier, window, equal=equal)
    exact = _is_stated(later, earlier, window, baseline)
    per_day = 1.0 if equal else earlier.days / later.days
    found: list[Setting] = []
    for after, after_rows in later.answers():
        for before, before_rows in earlier.answers():
            if after.low is None or not (before.low or before.high):
                continue  # nothing can be divided by a baseline of none
            low = 0.0 if before.high is None else float(after.low) / float(before.high)
            high = math.inf if after.high is None or not before.low else float(after.high) / float(before.low)
            ends = ((low * per_day - 1) * 100, (high * per_day - 1) * 100)
            rows = (*before_rows, *after_rows)
            found.append(Setting(series, later, earlier, (after, before), rows, *ends, equal, weight, exact))
    return found


def _is_later(later: Window, as_of: date | None, window: Days | None) -> bool:
    if window is not None:
        shared = (min(later.last, window[1]) - max(later.first, window[0])).days + 1
        return shared >= MOSTLY * later.days
    assert as_of is not None
    return later.last <= as_of + timedelta(REPORTING_DAYS) and (as_of - later.last).days < LATEST_DAYS


def _is_earlier(earlier: Window, later: Window, window: Days | None, baseline: Days | None) -> bool:
    gap = (later.first - earlier.last).days - 1
    if gap < 0:
        return False
    if baseline is not None:
        return axes.spans_of_days((earlier.first, earlier.last), baseline).word == axes.SAME
    if gap > FURTHEST_BASELINE_DAYS:
        return False
    if window is None:
        same_days_before = _near(earlier.days, later.days) and abs((later.first - earlier.first).days - 365) <= 2
        return _near(earlier.days, later.days) and (gap == 0 or same_days_before)
    before = (min(earlier.last, window[0]) - earlier.first).days + 1
    plain = len(earlier.pieces) == 1 or _in_years(earlier.days) or _near(earlier.days, later.days)
    within = max(earlier.days, later.days) <= UNEQUAL * min(earlier.days, later.days)
    return plain and within and before >= MOSTLY * earlier.days


def _is_stated(later: Window, earlier: Window, window: Days | None, baseline: Days | None) -> bool:
    if window is None or baseline is None:
        return False
    one = axes.spans_of_days((later.first, later.last), window)
    other = axes.spans_of_days((earlier.first, earlier.last), baseline)
    return one.word == other.word == axes.SAME


def _nearest(all_windows: Sequence[Window], window: Days) -> list[Window]:
    return sorted(all_windows, key=lambda w: -_overlap(w, window))[:3]


def _overlap(one: Window, window: Days) -> float:
    shared = (min(one.last, window[1]) - max(one.first, window[0])).days + 1
    return max(0, shared) / ((max(one.last, window[1]) - min(one.first, window[0])).days + 1)


def _near(one: int, other: int) -> bool:
    return abs(one - other) <= max(1, 0.02 * max(one, other))


def _in_years(days: int) -> bool:
    return days >= 360 and _near(days, round(days / 365.25) * 365)


def _sensibility(later: Window, earlier: Window, window: Days | None, *, equal: bool) -> float:
    """Return how sensible it is to ask so: naturalness of both windows times nearness to what was said."""
    natural = 1.0
    for one in (later, earlier):
        natural *= next(
            (weight for days, weight in _NATURAL if one.days >= days - 4 and _off(one.days, days) <= 4), 1.0
        )
    gap_years = (later.first - earlier.last).days / 365.25
    relevance = math.exp(-(gap_years**2) / (2 * RELEVANCE_YEARS**2)) * (1.0 if equal else 0.5)
    return natural * relevance * (_overlap(later, window) if window else 1.0)


def _off(days: int, unit: int) -> int:
    """Return by how many days the length misses a whole number of units."""
    return min(days % unit, unit - days % unit)


Ends = tuple[float, bool, float, bool]  # low, whether it is open, high, whether it is open


def _claimed(quantity: Quantity, *, down: bool) -> tuple[Ends, ...]:
    """Return the changes that the words allow, one interval for each grain, a fall as a negative change."""
    found: list[Ends] = []
    for grain in grains(quantity):
        wide = allowed(quantity, grain)
        low = -math.inf if wide.low is None else float(wide.low)
        high = math.inf if wide.high is None else float(wide.high)
        ends = (-high, wide.high_open, -low, wide.low_open) if down else (low, wide.low_open, high, wide.high_open)
        found.append(ends)
    return tuple(found)


def _meets(claimed: Sequence[Ends], low: float, high: float) -> bool:
    """Say whether a change between `low` and `high` percent is one that the words allow at some grain."""
    low, high = round(low, 6), round(high, 6)
    for bottom, bottom_open, top, top_open in claimed:
        below = high < bottom or (bottom_open and high == bottom)
        above = low > top or (top_open and low == top)
        if not below and not above:
            return True
    return False


def _verdict(
    figure: Figure,
    said: str,
    speaker: str | None,
    settings: Sequence[Setting],
    own: Sequence[Setting],
    window: Days | None,
    baseline: Days | None,
    notes: Sequence[str],
) -> Verdict:
    down = figure.direction is Direction.DOWN
    exact = [s for s in settings if s.exact]
    asked = exact or settings
    yes, no = [s for s in asked if s.agrees], [s for s in asked if not s.agrees]
    reached = [s for s in [*settings, *own] if s.agrees]
    right = [s for s in asked if (s.high < 0 if down else s.low > 0)]
    wrong = [s for s in asked if (s.low >= 0 if down else s.high <= 0)]
    weight = sum(s.sensibility for s in asked)
    share = sum(s.sensibility for s in right) / weight if weight else 0.0
    evidence = tuple(_as_evidence(s) for s in _chosen(asked or own, MOST_EVIDENCE))
    best_support = _as_evidence(yes[0]) if yes else _as_evidence(_closest(figure, right)) if right else None
    counter = no[0] if no else None
    best_counter = _as_evidence(wrong[0] if wrong and not yes else counter) if counter else None
    lead = _lead(said, asked, right, yes, window, baseline, down=down) if asked else []
    reasons = [*lead, *_shown(yes, no, wrong), *_side_by_side(figure, asked), *notes]

    def verdict(word: Word, sensitive: Sequence[str] = (), first: str = "") -> Verdict:
        told = ([first] if first else []) + reasons
        if len(asked) > 1:
            told.append(
                f"settings are ordered by {SENSIBILITY}: natural windows, equal lengths and near baselines first"
            )
        return Verdict(figure, word, tuple(sensitive), tuple(told), evidence, best_support, best_counter)

    contra = [s for s in [*exact, *own] if s.exact and not s.agrees and _firm(s, speaker)]
    if contra and not reached and not any(_within(figure, s) for s in contra):
        return verdict(Word.CONTRADICTED, first=f"windows and baseline are stated, and {_words(contra[0])}")
    if not asked:
        mine = [s for s in own if s.agrees]
        if mine:
            return verdict(
                Word.NOT_CHECKABLE, first=f"rightly quoted: {_words(mine[0])}; no independent count was found"
            )
        return verdict(Word.NOT_CHECKABLE, first=f"only the speaker's own counts are in the records: {_words(own[0])}")
    if yes and not no:
        return verdict(Word.SUPPORTED)
    if yes:
        return verdict(Word.SENSITIVE, _sensitive(yes, no))
    if share >= DIRECTION_SHARE:
        return verdict(Word.SUPPORTED_IN_DIRECTION)
    if right:
        return verdict(Word.SENSITIVE, _sensitive(right, wrong or no))
    unstated = "the claim names no baseline or window" if not exact else "the claim names no source or definition"
    return verdict(Word.NOT_CHECKABLE, first=f"no setting shows it, but {unstated}, so this is no contradiction")


def _firm(setting: Setting, speaker: str | None) -> bool:
    definition = setting.series.definition.strip().casefold()
    return definition == AS_WORDED or is_same(speaker, setting.series.publisher)


def _within(figure: Figure, setting: Setting) -> bool:
    """Say whether chance alone could reconcile the claim with the counts, at any grain; unknown counts as yes."""
    interval, quantity = setting.interval(), _as_percent(figure.number.value)
    if interval is None or quantity is None:
        return True
    return _meets(_claimed(quantity, down=figure.direction is Direction.DOWN), *interval)


def _lead(
    said: str,
    asked: Sequence[Setting],
    right: Sequence[Setting],
    yes: Sequence[Setting],
    window: Days | None,
    baseline: Days | None,
    *,
    down: bool,
) -> list[str]:
    sources = list(dict.fromkeys(s.series.publisher for s in asked))
    what = "fall" if down else "rise"
    named = ", ".join(sources[:4]) + (f" and {len(sources) - 4} more" if len(sources) > 4 else "")
    found = [s.middle for s in asked if not math.isinf(s.middle)]
    lines = [
        f"the {what} holds in {len(right)} of {len(asked)} ways of asking ({named}); {said} itself is reached in "
        f"{len(yes)}, and the change runs from {percent_words(min(found))} to {percent_words(max(found))}"
        if found
        else f"the {what} holds in {len(right)} of {len(asked)} ways of asking ({named})"
    ]
    if baseline is None:
        after = f"after {axes.day_words(window[0])}" if window else "of the latest two years"
        lines.append(f"the words state no baseline: windows {after} were set against windows up to five years before")
    return lines


def _shown(yes: Sequence[Setting], no: Sequence[Setting], wrong: Sequence[Setting]) -> list[str]:
    lines: list[str] = []
    if yes:
        lines.append(f"best support: {_words(yes[0])}")
    if no:
        lines.append(f"best counter: {_words(no[0])}")
    if wrong and wrong[0] is not no[0]:
        lines.append(f"the other way: {_words(wrong[0])}")
    return lines


def _side_by_side(figure: Figure, asked: Sequence[Setting]) -> list[str]:
    """Find the claim among counts set side by side without regard to the length of their windows."""
    quantity = _as_percent(figure.number.value)
    assert quantity is not None
    sign = -1 if figure.direction is Direction.DOWN else 1
    for s in asked:
        if s.equal or s.agrees or s.counts is None:
            continue
        after, before = s.counts
        if (
            after.low is None
            or before.low is None
            or not before.low
            or after.low != after.high
            or before.low != before.high
        ):
            continue
        raw = sign * (after.low / before.low - 1) * 100
        if allowed(quantity, quantity.grain).meets(Interval(raw, raw)):
            return [
                f"{claim_words(figure)} comes out only if unequal windows are set side by side: "
                f"{interval_words(before)} ({s.earlier.words}) and {interval_words(after)} ({s.later.words}), "
                f"by {s.series.publisher}; per day it is {percent_words(s.middle)}"
            ]
    return []


def _claim_notes(figure: Figure, claims: Sequence[Series]) -> list[str]:
    said = figure.number.value.said_low
    for series in claims:
        for point in series.points:
            for r in point.references:
                if said is not None and r.figure.number.value.said_low == said and r.figure.kind is Kind.CHANGE:
                    return [f"the records hold it as a claim of {series.publisher}, which is no evidence for itself"]
    return []


def _chosen(settings: Sequence[Setting], most: int) -> list[Setting]:
    """Return the most sensible settings, with at least the first of those that agree and of those that do not."""
    first = [next((s for s in settings if s.agrees is wanted), None) for wanted in (True, False)]
    return list({id(s): s for s in [*(s for s in first if s), *settings]}.values())[:most]


def _closest(figure: Figure, settings: Sequence[Setting]) -> Setting:
    said = float(figure.number.value.said_low or figure.number.value.said_high or 0)
    sign = -1 if figure.direction is Direction.DOWN else 1
    return min(settings, key=lambda s: abs(sign * s.middle - said))


def _sensitive(yes: Sequence[Setting], no: Sequence[Setting]) -> tuple[str, ...]:
    """Return the axes on which one change alone turns a setting that agrees into one that does not."""
    found: set[str] = set()
    for a in yes[:60]:
        for b in no[:60]:
            later = (a.later.first, a.later.last) == (b.later.first, b.later.last)
            earlier = (a.earlier.first, a.earlier.last) == (b.earlier.first, b.earlier.last)
            if a.series is b.series:
                found |= (
                    {"vintage"} if later and earlier else {"baseline"} if later else {"window"} if earlier else set()
                )
            elif later and earlier:
                found.add("source" if a.series.publisher != b.series.publisher else "definition")
    if not found:
        found = {"window", "baseline"}
    return tuple(axis for axis in ("window", "baseline", "definition", "source", "vintage") if axis in found)


def _words(setting: Setting) -> str:
    change = percent_words(setting.low)
    if percent_words(setting.high) != change:
        change = f"{percent_words(setting.low)} to {percent_words(setting.high)}"
    if setting.counts is None:
        middle = percent_words(setting.middle)
        return f"{setting.series.publisher} gives {middle} for {setting.later.words} against {setting.earlier.words}"
    after, before = setting.counts
    pair = (
        f"{setting.series.publisher}, {setting.series.profile.term}: {interval_words(before)} "
        f"({setting.earlier.words}) to {interval_words(after)} ({setting.later.words}) is {change}"
    )
    if not setting.equal:
        pair += " a day, as the windows differ in length"
    small = min(after.low or 0, before.low or 0) < SMALL_COUNT
    interval = setting.interval() if small else None
    if interval is not None:
        low, high = (percent_words(end) for end in interval)
        pair += f"; the counts are small, with a 95% interval from {low} to {high}"
    return pair


def _as_evidence(setting: Setting) -> Evidence:
    low, high = (None if math.isinf(end) else Decimal(repr(round(end, 1))) for end in (setting.low, setting.high))
    asked = f"{setting.later.words} against {setting.earlier.words}"
    words = f"{setting.series.publisher}, “{setting.series.profile.term}”, {asked}"
    return Evidence(words, low, high, "percent", setting.references, setting.agrees, _words(setting))
