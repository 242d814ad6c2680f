"""The verdict's word for one survey: contradicted only where nothing sensible reaches the claim. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from counterfoil.checking.matches import DIRECT, LOOSE, LOWER, UPPER
from counterfoil.checking.model import Word
from counterfoil.checking.references.pairs import as_percent
from counterfoil.checking.references.wording import nowhere_words
from counterfoil.checking.rounding import only_roughly, point
from counterfoil.checking.surface.answers import Flag
from counterfoil.checking.surface.model import Bools, Ints
from counterfoil.checking.surface.settings import ENDS_MOVED
from counterfoil.checking.surface.summary import NEAR, Place, Summary
from counterfoil.checking.surface.tasks import Claims, meets
from counterfoil.checking.surveying import Survey
from counterfoil.comparing import axes
from counterfoil.comparing.wording import quantity_words
from counterfoil.reading.model import Hedge, Quantity

DIRECTION_SHARE = 0.9  # "in direction" needs nine tenths of the settings, by sensibility, as for published figures
# A record is revised after it was brought out: UCDP's monthly candidate counts for Pakistan in 2023 add up to 1,291,
# its final count is 1,178, 9% less. A claim that is off by less than that contradicts nothing.
REVISION = 0.1
FAR_ABOVE = 1.1  # a bound is stale if the record is a tenth above it and above its next round number
AXES = ("window", "baseline", "definition", "place", "source", "vintage")  # the order in which a verdict names them
_AXIS = {
    "window": "window",
    "baseline": "baseline",
    "place": "place",
    "edition": "vintage",
    "source": "source",
}  # all others (actor, status, dating, denominator, measure) are parts of the definition


@dataclass(frozen=True, slots=True)
class Decision:
    """A word, the axes that it is sensitive to, and why in one clause.

    supports  the claim is reached; `misses` it is not reached in the claim's own setting; `reaches` some setting leaves
              room for it: then no other record may call it contradicted.
    unsure    the record's answer in the claim's own setting is not sure: its newest months may grow, it has no row.
    support   the setting that best supports the claim, `counter` that which best counters it, `asked` its own.
    """

    word: Word
    sensitive_to: tuple[str, ...]
    why: str
    supports: bool
    misses: bool
    reaches: bool
    support: Place | None = None
    counter: Place | None = None
    asked: Place | None = None
    unsure: bool = False


def decide(survey: Survey, quantity: Quantity, *, firm: bool, summary: Summary | None = None) -> Decision:
    """Return the verdict of one survey.

    firm     the record counts what the words say, and the sentence says nothing else: a miss may contradict.
    summary  under another table of sensibility; the survey's own if None.
    """
    found = summary or survey.summary
    if survey.claimed.change:
        judged = _sized(survey, found, quantity, _change(survey, found, firm=firm))
    else:
        judged = _level(survey, found, quantity, firm=firm)
    return _plainly(survey, found, quantity, _capped(survey, judged))


def _sized(survey: Survey, summary: Summary, quantity: Quantity, decision: Decision) -> Decision:
    """Return the decision on a change with the size first, where no sensible way of asking reaches it."""
    seen = _seen(survey, summary)
    said = as_percent(quantity)
    values = survey.answers.values[seen.near]
    told = decision.word is Word.CONTRADICTED or not len(values) or said is None
    if told or said is None or bool((seen.near & seen.agrees).any()):
        return decision
    first = nowhere_words(quantity_words(said), survey.claimed.said, float(values.min()), float(values.max()))
    return replace(decision, why=f"{first}; {decision.why}")


def _plainly(survey: Survey, summary: Summary, quantity: Quantity, decision: Decision) -> Decision:
    """Return the decision without support by a number that fits only by the coarsest rounding, or a far ceiling."""
    change = survey.claimed.change
    said = as_percent(quantity) if change else quantity
    judged = (Word.SUPPORTED, Word.TRUE_BUT_STALE) if change else (Word.SUPPORTED, Word.SENSITIVE, Word.TRUE_BUT_STALE)
    place = decision.asked or decision.support
    if said is None or decision.word not in judged or place is None:
        return decision
    sign = -1.0 if survey.claimed.claims is Claims.DECREASE else 1.0
    values = [survey.answers.values[place]]
    if decision.word is Word.SENSITIVE:
        values = np.unique(survey.answers.values[summary.agrees & survey.known]).tolist()
    roughly = only_roughly(said, [point(sign * value) for value in values])
    if not roughly:
        return decision
    if change:
        return replace(decision, word=Word.SUPPORTED_IN_DIRECTION, why=f"the direction is as claimed; {roughly}")
    return replace(
        decision, word=Word.NOT_CHECKABLE, sensitive_to=(), why=roughly, supports=False, misses=False, reaches=True
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """Which settings agree, of those that are sensible and answered, [K, N] each.

    keeps     keep to all that the words state.
    agrees, possible  the answer, or something in its interval or in the publisher's own range, is allowed.
    """

    near: Bools
    keeps: Bools
    agrees: Bools
    possible: Bools
    ranged: Bools


def _seen(survey: Survey, summary: Summary) -> _Seen:
    known = survey.known
    apart = known & ((survey.answers.flags & int(Flag.OVERLAP)) == 0)[None, :]
    known = apart if apart.any() else known  # windows that share days shrink a change: only where there are no others
    keeps = known & survey.settings.keeps[None, :]
    weights = np.where(known, summary.sensibility, 0.0)
    most = weights[keeps].max() if keeps.any() else weights.max(initial=0.0)
    near = known & (weights >= NEAR * most)
    ranged = np.zeros_like(known)
    if survey.range_low is not None and survey.range_high is not None:
        ranged = known & meets(survey.claimed.allowed, survey.range_low, survey.range_high)
    return _Seen(near, keeps & near, summary.agrees & known, (summary.possible | ranged) & known, ranged)


def sensible(survey: Survey) -> Bools:
    """Return the settings that the verdict rests on, [K, N]: those that keep to the words, else those near to them."""
    seen = _seen(survey, survey.summary)
    return seen.keeps if survey.claimed.change and seen.keeps.any() else seen.near


# A level: a sum in a window, a state at a time, a share, a rate -----------------------------------------------------


def _level(survey: Survey, summary: Summary, quantity: Quantity, *, firm: bool) -> Decision:
    seen = _seen(survey, summary)
    relation = survey.match.relation
    asked = _asked(survey, summary, seen)
    # Nobody means "2020" by March to February, nor by 2021.
    spoken = seen.near & ((survey.settings.rule != ENDS_MOVED) & _meant(survey))[None, :]
    support = _first(summary, seen.keeps & seen.agrees) or _first(summary, spoken & seen.agrees)
    counter = _first(summary, seen.keeps & ~seen.agrees) or _first(summary, spoken & ~seen.agrees)
    reaches = bool((seen.near & seen.possible).any())

    def decision(word: Word, why: str, sensitive: tuple[str, ...] = (), *, misses: bool = False) -> Decision:
        supports = word in (Word.SUPPORTED, Word.TRUE_BUT_STALE) or (word is Word.SENSITIVE and support is not None)
        return Decision(word, sensitive, why, supports, misses, reaches, support, counter, asked)

    if asked is None:
        if not survey.claimed.windowed and support is not None:
            return decision(Word.SENSITIVE, "the words state no window, and only some windows give it", ("window",))
        why = _unanswered(survey) if survey.claimed.windowed else "the words state no window"
        return decision(Word.NOT_CHECKABLE, f"{why}, and no window near it gives the claimed number")
    value = float(survey.answers.values[asked])
    if relation in (UPPER, LOWER):
        return _part(survey, decision, value, relation, asked)
    if relation == LOOSE and not seen.agrees[asked]:
        unlike = next(o.why for o in survey.match.outcomes.values() if o.word != axes.SAME)
        return Decision(
            Word.NOT_CHECKABLE, (), f"nothing follows from it ({unlike})", False, False, True, None, counter
        )
    if seen.agrees[asked]:
        if _stale(quantity, value):
            return decision(Word.TRUE_BUT_STALE, "it is true, and the record is far above it")
        if survey.claimed.elsewhere:
            return decision(
                Word.SENSITIVE, "the record fits, but was counted on another day than the words tell", ("window",)
            )
        return decision(Word.SUPPORTED, "the record fits")
    other = _first(summary, seen.keeps & seen.agrees)
    if other is not None:
        apart = _apart(survey, asked, other)
        what = "window" if apart == ("window",) else "way of counting"
        return decision(Word.SENSITIVE, f"another {what} gives it", apart, misses=True)
    if seen.ranged[asked]:
        return decision(
            Word.SENSITIVE,
            "it lies within the publisher's own range, away from the best estimate",
            ("definition",),
            misses=True,
        )
    if support is not None:
        return decision(Word.SENSITIVE, "another window gives it", _apart(survey, asked, support), misses=True)
    unsure = _unsure(survey, asked)
    if firm and survey.claimed.stated and not reaches and not unsure and not _within_revision(survey, seen):
        return decision(Word.CONTRADICTED, "no sensible way of asking gives it, at any rounding", misses=True)
    if unsure:
        told = decision(Word.NOT_CHECKABLE, f"the record gives another number, but {unsure}", misses=True)
        return replace(told, unsure=True)
    if seen.possible[asked]:
        return decision(
            Word.NOT_CHECKABLE, "the record gives another number, within what such counts vary by chance", misses=True
        )
    if reaches:
        return decision(
            Word.NOT_CHECKABLE, "the record gives another number, and another window leaves room for it", misses=True
        )
    return decision(Word.NOT_CHECKABLE, "the record gives another number, and this is no contradiction", misses=True)


def _meant(survey: Survey) -> Bools:
    """Return which windows share at least half of their days with the one that the words state, [N]."""
    settings = survey.settings
    if settings.asked is None:
        return np.ones(len(settings), dtype=bool)
    windows = settings.windows[settings.later]
    said = windows[settings.asked]
    shared = np.minimum(windows[:, 1], said[1]) - np.maximum(windows[:, 0], said[0])
    found: Bools = 2 * shared >= windows[:, 1] - windows[:, 0]
    return found


def _unanswered(survey: Survey) -> str:
    """Say why the claim's own window has no answer."""
    n = survey.settings.asked
    if n is not None and survey.answers.flags[n] & int(Flag.COARSE):
        return "the record counts by longer steps than the window"
    return "the edition does not cover the window"


def _part(survey: Survey, decision: Callable[..., Decision], value: float, relation: str, asked: Place) -> Decision:
    """Judge against a record that counts more than the claim does, or a part of it."""
    low = min(end[0] for end in survey.claimed.allowed)
    high = max(end[2] for end in survey.claimed.allowed)
    if survey.summary.agrees[asked]:
        meant = "all that it counts" if relation == UPPER else "only what it counts"
        why = f"the number fits if {meant} is meant"
        return decision(Word.SENSITIVE, why, _off(survey))
    over = relation == UPPER and value < low
    under = relation == LOWER and value > high
    if over:
        why = "the record counts these and others too, and gives less than is claimed"
        return decision(Word.NOT_CHECKABLE, why, misses=True)
    if under:
        why = "the record counts only a part, and gives more than is claimed"
        return decision(Word.NOT_CHECKABLE, why, misses=True)
    less = "more than the words tell of" if relation == UPPER else "only a part of what the words tell of"
    found = decision(Word.NOT_CHECKABLE, f"the record counts {less}, and leaves room for the claim")
    return replace(found, supports=False, misses=False, reaches=True)


def _stale(quantity: Quantity, value: float) -> bool:
    """Say whether a bound that holds is so far below the record that it tells little now."""
    if quantity.hedge not in (Hedge.MORE_THAN, Hedge.AT_LEAST) or quantity.said_low is None:
        return False
    said = float(quantity.said_low)
    return value > max(said + float(quantity.coarsest), said * FAR_ABOVE)


def _unsure(survey: Survey, asked: Place) -> str:
    """Say why the answer in the claim's own setting is too unsure for a miss to contradict; "" where it is not."""
    settings, answers = survey.settings, survey.answers
    flags = int(answers.flags[asked[1]])
    windows = [settings.later[asked[1]]] + ([] if settings.earlier is None else [settings.earlier[asked[1]]])
    if any(answers.rows[asked[0], w] <= 0 for w in windows):
        return "it holds no row of those days, and no report is not zero"
    return next((why for flag, why in _UNSURE.items() if flags & int(flag)), "")


_UNSURE = {
    Flag.LAGGING: "its newest months may still grow",
    Flag.BREAK: "its way of counting changed in between",
    Flag.PRORATED: "it gives no days, so a part of its month or year had to be taken",
    Flag.OVERLAP: "the two windows share days",
}


def _within_revision(survey: Survey, seen: _Seen) -> bool:
    """Say whether an answer that is revised as much as records are could reach the claim."""
    values = np.where(seen.near, survey.answers.values, np.nan)
    if survey.claimed.change:
        ratio = 1 + values / 100
        low, high = ((ratio * (1 - sign * REVISION) / (1 + sign * REVISION) - 1) * 100 for sign in (1, -1))
        return bool(meets(survey.claimed.allowed, low, high).any())
    low, high = values * (1 - REVISION), values * (1 + REVISION)
    return bool(meets(survey.claimed.allowed, low, high).any())


# A change -----------------------------------------------------------------------------------------------------------


def _change(survey: Survey, summary: Summary, *, firm: bool) -> Decision:
    seen = _seen(survey, summary)
    sign = -1.0 if survey.claimed.claims is Claims.DECREASE else 1.0
    values = survey.answers.values
    asked = _asked(survey, summary, seen)
    sensible = seen.keeps if seen.keeps.any() else seen.near
    yes, no = sensible & seen.agrees, sensible & ~seen.agrees
    with np.errstate(invalid="ignore"):
        right, wrong = sensible & (sign * values > 0), sensible & (sign * values <= 0)
    reaches = bool((seen.near & seen.possible).any())
    support = _first(summary, yes) or _first(summary, right)
    counter = _first(summary, wrong) if not yes.any() else None
    counter = counter or _weaker(survey, summary, no, sign) or _first(summary, no)

    def decision(word: Word, why: str, sensitive: tuple[str, ...] = (), *, misses: bool = False) -> Decision:
        supports = word in (Word.SUPPORTED, Word.SUPPORTED_IN_DIRECTION) or (
            word is Word.SENSITIVE and bool(right.any())
        )
        return Decision(word, sensitive, why, supports, misses, reaches, support, counter, asked)

    if not sensible.any():
        return decision(Word.NOT_CHECKABLE, "the edition answers for none of the windows that the words allow")
    if asked is not None:
        if seen.agrees[asked]:
            return decision(Word.SUPPORTED, "the record gives it in the windows that are stated")
        if yes.any():
            other = _first(summary, yes)
            assert other is not None
            apart = _apart(survey, asked, other)
            return decision(Word.SENSITIVE, "another way of counting gives it", apart, misses=True)
        unsure = _unsure(survey, asked)
        if firm and survey.claimed.stated and not reaches and not unsure and not _within_revision(survey, seen):
            return decision(
                Word.CONTRADICTED, "windows and baseline are stated, and nothing sensible gives it", misses=True
            )
        if right[asked] and not wrong.any():
            return decision(Word.SUPPORTED_IN_DIRECTION, "the direction is as claimed, the size is not", misses=True)
        if unsure:
            told = decision(Word.NOT_CHECKABLE, f"the record shows it otherwise, but {unsure}", misses=True)
            return replace(told, unsure=True)
        if seen.possible[asked] and not right[asked]:
            return decision(Word.NOT_CHECKABLE, "such counts vary too much to tell even the direction", misses=True)
        return decision(Word.NOT_CHECKABLE, "the record shows it otherwise, and this is no contradiction", misses=True)
    if survey.claimed.stated:
        n = survey.settings.asked
        nothing = n is not None and bool(survey.answers.ratio_missing[:, n].all())
        why = (
            "nothing was counted in the baseline, so there is no percentage"
            if nothing
            else ("the edition does not answer for the windows that are stated")
        )
        return decision(Word.NOT_CHECKABLE, why)
    if yes.any() and not no.any():
        return decision(Word.SUPPORTED, "every sensible way of asking gives it")
    if yes.any():
        return decision(
            Word.SENSITIVE, "some sensible ways of asking give it, and others do not", _splits(survey, summary, yes, no)
        )
    weights = np.where(sensible, summary.sensibility, 0.0)
    share = float(weights[right].sum() / weights.sum()) if weights.sum() else 0.0
    if share >= DIRECTION_SHARE:
        return decision(Word.SUPPORTED_IN_DIRECTION, "the direction holds nearly always, the size never", misses=True)
    if share > 1 - DIRECTION_SHARE:
        return decision(
            Word.SENSITIVE,
            "even the direction hangs on how it is asked",
            _splits(survey, summary, right, wrong),
            misses=True,
        )
    return decision(
        Word.NOT_CHECKABLE,
        "no sensible way of asking shows it, but the words leave windows open: this is no contradiction",
        misses=True,
    )


def _weaker(survey: Survey, summary: Summary, among: Bools, sign: float) -> Place | None:
    with np.errstate(invalid="ignore"):
        return _first(summary, among & (sign * survey.answers.values < sign * survey.claimed.said))


# What both need -----------------------------------------------------------------------------------------------------


def _asked(survey: Survey, summary: Summary, seen: _Seen) -> Place | None:
    """Return the claim's own setting; for open words with one most natural reading ("the past two years"), that."""
    if summary.asked is not None:
        return summary.asked
    if survey.claimed.change or not survey.claimed.windowed:
        return None
    return _first(summary, seen.keeps)


def _first(summary: Summary, among: Bools) -> Place | None:
    """Return the most sensible of these settings; of equals the first."""
    if not among.any():
        return None
    flat = int(np.argmax(np.where(among, summary.sensibility, -1.0)))
    return flat // among.shape[1], flat % among.shape[1]


def _apart(survey: Survey, one: Place, other: Place) -> tuple[str, ...]:
    """Return the axes on which two settings differ."""
    a, b = survey.cube.keys[one[0]], survey.cube.keys[other[0]]
    found = {_AXIS.get(axis, "definition") for axis in _KEY_AXES if getattr(a, axis) != getattr(b, axis)}
    settings = survey.settings
    if settings.later[one[1]] != settings.later[other[1]]:
        found.add("window")
    if settings.earlier is not None and settings.earlier[one[1]] != settings.earlier[other[1]]:
        found.add("baseline")
    return _ordered(found)


_KEY_AXES = ("definition", "place", "actor", "status", "dating", "denominator", "measure", "edition", "source")


def _splits(survey: Survey, summary: Summary, yes: Bools, no: Bools) -> tuple[str, ...]:
    """Return the axes on which one step alone turns a setting that agrees into one that does not."""
    settings = survey.settings
    found: set[str] = set()
    earlier = settings.earlier
    assert earlier is not None
    for k in range(len(survey.cube.keys)):
        if _meet(yes[k], no[k], settings.later):
            found.add("baseline")
        if _meet(yes[k], no[k], earlier):
            found.add("window")
    keys = survey.cube.keys
    for axis in _KEY_AXES:
        groups: dict[tuple[str, ...], list[int]] = {}
        for k, key in enumerate(keys):
            groups.setdefault(tuple(getattr(key, a) for a in _KEY_AXES if a != axis), []).append(k)
        if any(len(g) > 1 and bool((yes[g].any(axis=0) & no[g].any(axis=0)).any()) for g in groups.values()):
            found.add(_AXIS.get(axis, "definition"))
    return _ordered(found or {"window", "baseline"})


def _meet(yes: Bools, no: Bools, windows: Ints) -> bool:
    """Say whether a window stands in a setting that agrees and in one that does not."""
    return bool(np.intersect1d(windows[yes], windows[no]).size)


def _off(survey: Survey) -> tuple[str, ...]:
    """Return the axes on which the claim and the record differ or may differ."""
    off = [axis for axis, outcome in survey.match.outcomes.items() if outcome.word != axes.SAME]
    return _ordered({_AXIS.get(axis, "definition") for axis in off})


def _ordered(found: set[str]) -> tuple[str, ...]:
    return tuple(axis for axis in AXES if axis in found)


def _capped(survey: Survey, decision: Decision) -> Decision:
    """Return the decision no louder than the match allows: words that leave the meaning open get no full support."""
    match = survey.match
    partly = match.outcomes["window"].word == axes.CONTAINS and survey.claimed.change
    if match.relation in (UPPER, LOWER) or (match.relation == DIRECT and not partly):
        return decision
    if match.relation == LOOSE:  # a miss of what may be another thing is none
        decision = replace(decision, misses=False, reaches=True)
    if decision.word is Word.CONTRADICTED:
        return replace(decision, word=Word.NOT_CHECKABLE, reaches=True)
    if decision.word not in (Word.SUPPORTED, Word.SUPPORTED_IN_DIRECTION, Word.TRUE_BUT_STALE):
        return decision
    off = {"window"} if partly else set()
    if match.relation == LOOSE:
        off |= set(_off(survey)) or {"definition"}
    if partly:
        why = "the edition covers a part of the window only"
    elif decision.word is Word.SUPPORTED_IN_DIRECTION:
        why = "the direction is as claimed if what the record counts is meant, and the size is not"
    else:
        why = "it fits if what the record counts is meant"
    return replace(decision, word=Word.SENSITIVE, sensitive_to=_ordered(off), why=why, reaches=True)
