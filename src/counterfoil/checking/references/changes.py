"""A change ("a 60% increase") against the records: the verdict, and its reasons in words."""

import math
import re
from collections.abc import Sequence
from decimal import Decimal

from counterfoil.checking.model import Evidence, Verdict, Word
from counterfoil.checking.references.levels import AS_WORDED, AXES
from counterfoil.checking.references.pairs import Days, Setting, as_percent, settings_of, within_chance
from counterfoil.checking.references.series import Series
from counterfoil.checking.references.wording import claim_words, nowhere_words, percent_words
from counterfoil.checking.restrictions import Wording, apart
from counterfoil.checking.rounding import only_roughly
from counterfoil.checking.stated import NO_END, from_alone, plainly_two, two_windows
from counterfoil.comparing import axes
from counterfoil.comparing.axes import Profile
from counterfoil.comparing.intervals import Interval, allowed
from counterfoil.comparing.limits import compared_with
from counterfoil.comparing.wording import day_words, interval_words, thing_words
from counterfoil.reading.model import Direction, Figure, Kind

SENSIBILITY = "sensibility@1"
DIRECTION_SHARE = 0.9  # "in direction" needs nine tenths of the settings, by sensibility
SMALL_COUNT = 10  # below, no percentage without its interval (checking of small baselines)
MOST_EVIDENCE = 10
_SINCE = re.compile(r"\s*(?:ever\s+)?(?:after|since|following|from the time)\b", re.IGNORECASE)


def check_change(figure: Figure, claim: Profile, wording: Wording, series: Sequence[Series]) -> Verdict:
    """Return the verdict on a relative change.

    claim    the figure's profile; its window counts as stated where both days are known.
    wording  its sentence, and who says it; the speaker's own figures are no evidence.
    """
    said = claim_words(figure)

    def refuse(*reasons: str) -> Verdict:
        return Verdict(figure, Word.NOT_CHECKABLE, (), reasons, ())

    quantity = as_percent(figure.number.value)
    if quantity is None:
        return refuse("a change in percentage points or in absolute numbers needs a series of its own kind")
    if figure.direction is None:
        return refuse("the words do not say whether it rose or fell")
    if figure.direction is Direction.DOWN and quantity.said_low is not None and quantity.said_low > 100:
        return refuse(f"impossible as written: nothing that is counted can fall by {said}")
    other = compared_with(wording.seen)
    if other is not None:
        return refuse(f"the words compare with “{other}”, and the records tell how one place changes with time")
    window, baseline = _stated(figure, claim)
    if two_windows(figure) is None and from_alone(figure) is not None:
        return refuse(NO_END)
    if window is None and figure.as_of is None:
        return refuse("neither the article's date nor a window is known, so no windows can be set side by side")
    if claim.place is None or claim.place.level == "unknown":
        return refuse("the words do not say where, so no series can be chosen")
    comparable, unlike = _comparable(claim, series)
    notes = _claim_notes(figure, [s for s in comparable if s.claim])
    independent = [s for s in comparable if not s.claim and not wording.may_be_publisher(s.publisher)]
    own = [s for s in comparable if not s.claim and wording.may_be_publisher(s.publisher)]
    settings = settings_of(independent, quantity, figure, window, baseline)
    own_settings = settings_of(own, quantity, figure, window, baseline)
    if not settings and not own_settings:
        counted = thing_words(claim.code) if claim.code else "this"
        why = unlike or f"no reference figures count {counted} in windows to compare"
        return refuse(why, *notes)
    return _verdict(figure, said, wording, settings, own_settings, window, baseline, notes)


def _stated(figure: Figure, claim: Profile) -> tuple[Days | None, Days | None]:
    """Return the later window and the baseline as far as the words state them.

    "After the government was formed" stands where a baseline may stand, but fixes the later window; "from 2022 to 2023"
    states both.
    """
    two = two_windows(figure)
    if two is not None and plainly_two(figure, two):
        return two[1], two[0]
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
        place, people = axes.places(claim, one.profile), axes.populations(claim, one.profile)
        if place.word not in (axes.SAME, axes.UNKNOWN):
            unlike = unlike or _elsewhere(claim, one, place.word)
        elif people.word not in (axes.SAME, axes.UNKNOWN):
            unlike = unlike or f"the claim and the records count other people: {people.why}"
        else:
            found.append(one)
    return found, unlike


def _elsewhere(claim: Profile, series: Series, word: str) -> str:
    """Tell how a series counts elsewhere than the claim does."""
    here, there = (p.name if p else "somewhere" for p in (claim.place, series.profile.place))
    if word == axes.CONTAINED:
        return f"the claim is of {here} alone, and the records count {there} as a whole"
    if word == axes.CONTAINS:
        return f"the claim is of {here} as a whole, and the records count {there} alone"
    return f"the claim is of {here}, and the records count {there}"


def _verdict(
    figure: Figure,
    said: str,
    wording: Wording,
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
    size = _size_first(figure, said, asked) if asked and not yes else ""
    lead = _lead(said, asked, right, yes, window, baseline, down=down) if asked else []
    reasons = [*lead, *_shown(yes, no, wrong), *_side_by_side(figure, asked), *notes]

    def verdict(word: Word, sensitive: Sequence[str] = (), first: str = "") -> Verdict:
        told = [line for line in (first, size if word is not Word.CONTRADICTED else "") if line] + reasons
        if len(asked) > 1:
            told.append(
                f"settings are ordered by {SENSIBILITY}: natural windows, equal lengths and near baselines first"
            )
        return Verdict(figure, word, tuple(sensitive), tuple(told), evidence, best_support, best_counter)

    contra = [s for s in [*exact, *own] if s.exact and not s.agrees and _firm(s, wording)]
    if contra and not reached and not any(within_chance(figure, s) for s in contra):
        beyond = next((found for s in contra if (found := wording.beyond(s.series))), ())
        if beyond:
            return verdict(Word.NOT_CHECKABLE, first=f"{apart(beyond)}; {_words(contra[0])}")
        return verdict(Word.CONTRADICTED, first=f"windows and baseline are stated, and {_words(contra[0])}")
    if not asked:
        mine = [s for s in own if s.agrees]
        if mine:
            return verdict(
                Word.NOT_CHECKABLE, first=f"rightly quoted: {_words(mine[0])}; no independent count was found"
            )
        return verdict(Word.NOT_CHECKABLE, first=f"only the speaker's own counts are in the records: {_words(own[0])}")
    if yes and not no:
        quantity = as_percent(figure.number.value)
        roughly = "" if quantity is None else only_roughly(quantity, (_size(s, down=down) for s in yes))
        return verdict(Word.SUPPORTED_IN_DIRECTION if roughly else Word.SUPPORTED, first=roughly)
    if yes:
        return verdict(Word.SENSITIVE, _sensitive(yes, no))
    if share >= DIRECTION_SHARE:
        return verdict(Word.SUPPORTED_IN_DIRECTION)
    if right:
        return verdict(Word.SENSITIVE, _sensitive(right, wrong or no))
    if exact:
        unstated = "but the claim names no source or definition"
    elif window is not None and baseline is not None:
        unstated = "but no series counts just the windows that are stated"
    else:
        unstated = "but the claim names no baseline or window"
    return verdict(Word.NOT_CHECKABLE, first=f"no setting shows it, {unstated}, so this is no contradiction")


def _size(setting: Setting, *, down: bool) -> Interval:
    """Return by how much it rose, or fell, in percent; a change without ceiling by no less than it surely did."""
    low, high = (-setting.high, -setting.low) if down else (setting.low, setting.high)
    floor, ceiling = (None if math.isinf(end) else Decimal(str(end)) for end in (low, high))
    return Interval(floor, ceiling)


def _firm(setting: Setting, wording: Wording) -> bool:
    definition = setting.series.definition.strip().casefold()
    return definition == AS_WORDED or wording.is_publisher(setting.series.publisher)


def _size_first(figure: Figure, said: str, asked: Sequence[Setting]) -> str:
    """Say that the size is reached in no way of asking, and which comes nearest."""
    quantity = as_percent(figure.number.value)
    claimed = None if quantity is None else quantity.said_low if quantity.said_low is not None else quantity.said_high
    ends = [end for s in asked for end in (s.low, s.high) if not math.isinf(end)]
    if claimed is None or not ends:
        return ""
    sign = -1 if figure.direction is Direction.DOWN else 1
    return nowhere_words(said, sign * float(claimed), min(ends), max(ends))


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
        after = f"after {day_words(window[0])}" if window else "of the latest two years"
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
    quantity = as_percent(figure.number.value)
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
    return tuple(axis for axis in AXES if axis in found)


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
