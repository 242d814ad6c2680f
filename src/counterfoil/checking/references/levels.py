"""A stock, a flow or a share against the records: the verdict, and its reasons in words."""

from collections.abc import Sequence
from decimal import Decimal

from counterfoil.checking.model import Evidence, Verdict, Word
from counterfoil.checking.references.asking import LISTS, Asked, Mismatch, add_parts, ask, is_identical
from counterfoil.checking.references.series import Series
from counterfoil.checking.references.wording import answer_words, claim_words, series_words
from counterfoil.checking.restrictions import Wording, apart
from counterfoil.checking.rounding import only_roughly
from counterfoil.comparing import axes
from counterfoil.comparing.axes import Profile
from counterfoil.comparing.intervals import allowed
from counterfoil.comparing.limits import ceiling_only
from counterfoil.comparing.wording import interval_words, number_words, thing_words, window_words
from counterfoil.reading.model import Figure, Hedge, Kind

AXES = ("window", "baseline", "definition", "place", "source", "vintage")  # the order in which a verdict names them
AS_WORDED = "as worded"  # the definition of a series that counts what its words say, no more and no less
LEAST_FOUND = 10  # a smaller number stands somewhere in any table
FAR_ABOVE = Decimal("1.1")  # a bound is stale if the record is a tenth above it and above its next round number
MOST_EVIDENCE = 12
_AXIS = {
    "measure": "definition",
    "population": "definition",
    "destination": "definition",
    "place": "place",
    "window": "window",
}


def check_level(figure: Figure, claim: Profile, wording: Wording, series: Sequence[Series]) -> Verdict:
    """Return the verdict on a stock, flow or share.

    claim    the figure's profile, with what happened read from its clause.
    wording  its sentence, and who says it; the speaker's own figures are shown and are no evidence.
    """
    asked: list[Asked] = []
    mismatches: list[Mismatch] = []
    for one in series:
        found, mismatch = ask(figure, claim, one)
        asked += found
        if mismatch is not None:
            mismatches.append(mismatch)
    asked += add_parts(figure.number.value, asked)
    own = [a for a in asked if a.series.claim or wording.may_be_publisher(a.series.publisher)]
    others = [a for a in asked if a not in own]
    return _verdict(figure, claim, wording, others, own, mismatches, series)


def _verdict(
    figure: Figure,
    claim: Profile,
    wording: Wording,
    asked: Sequence[Asked],
    own: Sequence[Asked],
    mismatches: Sequence[Mismatch],
    series: Sequence[Series],
) -> Verdict:
    said = claim_words(figure)
    support = [a for a in asked if a.relation == "direct" and a.agrees]
    against = [a for a in asked if a.agrees is False]
    direct_against = [a for a in against if a.relation == "direct"]
    elsewhere = [a for a in asked if a.relation != "direct" and a.agrees is None and a.like and _worth(figure, a)]
    notes = _own_notes(own)
    evidence = _evidence(said, [*support, *direct_against, *elsewhere, *against, *asked, *own])
    best_support = (
        _as_evidence(said, support[0]) if support else _as_evidence(said, elsewhere[0]) if elsewhere else None
    )
    best_counter = _as_evidence(said, _largest(against)) if against else None

    def verdict(word: Word, reasons: Sequence[str], sensitive: Sequence[str] = ()) -> Verdict:
        ordered = tuple(axis for axis in AXES if axis in sensitive)
        return Verdict(figure, word, ordered, (*reasons, *notes), evidence, best_support, best_counter)

    roughly = only_roughly(figure.number.value, (a.answer for a in [*support, *elsewhere]))
    if roughly:
        return verdict(Word.NOT_CHECKABLE, [roughly, *(_reason(said, a) for a in [*support, *elsewhere][:3])])
    if support and not against:
        newest = _outdated(claim, support)
        if newest:
            return verdict(
                Word.TRUE_BUT_STALE, [f"true when said, outdated since: {newest}", _reason(said, support[0])]
            )
        stale = _stale(figure, support)
        if stale is not None:
            return verdict(
                Word.TRUE_BUT_STALE, [f"{said} is true, and the record is far above it", _reason(said, stale)]
            )
        return verdict(Word.SUPPORTED, [_reason(said, a) for a in support[:3]])
    if support:
        newest = _outdated(claim, [*support, *direct_against])
        if newest and all(_one_number(a, support[0]) for a in direct_against) and direct_against == against:
            return verdict(Word.TRUE_BUT_STALE, [f"true when said, outdated since: {newest}"])
        reasons = [_reason(said, support[0]), *(_reason(said, a) for a in against[:3])]
        return verdict(Word.SENSITIVE, ["the records disagree", *reasons], _between(support, against))
    if elsewhere:
        found = list(dict.fromkeys(_AXIS[axis] for a in elsewhere[:3] for axis in a.off))
        lists = [a for a in asked if a.words.startswith(LISTS) and a not in against]
        reasons = [_reason(said, a) for a in [*elsewhere[:2], *_distinct(against)[:2], *lists]]
        return verdict(Word.SENSITIVE, [f"{said} holds only if {_condition(elsewhere[0])}", *reasons], found)
    own_against = [a for a in own if a.relation == "direct" and a.agrees is False and not a.series.claim]
    firm = [a for a in [*own_against, *direct_against] if _firm(a, wording)]
    beyond = [(a, wording.beyond(a.series)) for a in firm]
    clear = [a for a, phrases in beyond if not phrases and not ceiling_only(figure)]
    own_support = [a for a in own if a.relation == "direct" and a.agrees and not a.series.claim]
    reachable = any(a.agrees is None and _reaches(figure, a) for a in asked)
    if firm and not clear and not own_support and beyond[0][1]:
        reasons = [apart(beyond[0][1]), *(_reason(said, a) for a in firm[:3])]
        return verdict(Word.NOT_CHECKABLE, reasons)
    stands = _stands(figure, claim, series) if against or clear else None
    if stands is not None and not own_support:
        where, axis = stands
        return verdict(Word.SENSITIVE, [f"{said} stands in the records as {where}: it fits if that is meant"], (axis,))
    if clear and not own_support and not reachable:
        reasons = [_reason(said, a) for a in clear[:3]]
        return verdict(Word.CONTRADICTED, [f"no count of the same thing rounds to {said} at any grain", *reasons])
    if own_support:
        own_words = "the speaker's own figure is no independent evidence: that confirms the quotation, not the count"
        return verdict(Word.NOT_CHECKABLE, [f"rightly quoted: {_reason(said, own_support[0])}; {own_words}"])
    if against:
        return verdict(Word.NOT_CHECKABLE, _gap(figure, said, against, asked))
    return verdict(Word.NOT_CHECKABLE, _why_not(said, claim, asked, mismatches))


def _stands(figure: Figure, claim: Profile, series: Sequence[Series]) -> tuple[str, str] | None:
    """Find the very number in the records, for a narrower or wider measure of the same window, or a part of the window.

    Returns where it stands, and the axis on which that differs.
    """
    quantity = figure.number.value
    said = quantity.said_low
    if said is None or quantity.hedge is not Hedge.EXACT or said < LEAST_FOUND:
        return None
    for one in series:
        record = one.profile
        if one.claim or claim.unit != record.unit or claim.kind is not record.kind:
            continue
        if axes.places(claim, record).word != axes.SAME or axes.populations(claim, record).word == axes.DIFFERENT:
            continue
        measure = axes.measures(claim, record).word
        for point in one.points:
            counts = [r.figure.number.value for r in point.references]
            if not any(q.said_low == said and q.hedge is Hedge.EXACT for q in counts):
                continue
            window = axes.spans_of_days((claim.first, claim.last), (point.first, point.last)).word
            told = f"{series_words(one)} for {window_words(point.first, point.last)}"
            if measure not in (axes.SAME, axes.DIFFERENT, axes.DISJOINT) and window == axes.SAME:
                return told, "definition"
            if measure == axes.SAME and window == axes.CONTAINS:
                return told, "window"
    return None


def _worth(figure: Figure, asked: Asked) -> bool:
    """Say whether a likeness of numbers is more than chance: one axis differs, or the number itself is particular."""
    if any(is_identical(figure, r) for r in asked.references) and len(asked.references) == 1:
        return True
    people = asked.outcomes["population"].word == axes.SAME and bool(asked.series.profile.restricted)
    unsaid = ("window", "place") if people else ("window",)
    unlike = [axis for axis in asked.off if axis not in unsaid or asked.outcomes[axis].word != axes.UNKNOWN]
    return len(unlike) <= 1 and asked.outcomes["measure"].word != axes.UNKNOWN


def _firm(asked: Asked, wording: Wording) -> bool:
    """Say whether window, place, population and definition are stated and match: only then may a miss contradict."""
    exact = all(outcome.exact for outcome in asked.outcomes.values())
    known = asked.series.definition.strip().casefold() == AS_WORDED or wording.is_publisher(asked.series.publisher)
    return asked.relation == "direct" and exact and known


def _reaches(figure: Figure, asked: Asked) -> bool:
    """Say whether a looser setting leaves room for the claim: then it is not contradicted."""
    return asked.relation in ("related", "loose") and asked.answer.meets(allowed(figure.number.value))


def _one_number(a: Asked, b: Asked) -> bool:
    return a.series is b.series and a.words == b.words


def _outdated(claim: Profile, asked: Sequence[Asked]) -> str:
    """Say which release overtook the number, if the table dates its releases and the speaker could not know it."""
    rows = [(r.figure.as_of, a) for a in asked if len(a.references) == 1 for r in a.references if r.figure.as_of]
    if len(rows) < 2 or claim.as_of is None:
        return ""
    (newest, last), (oldest, first) = max(rows, key=lambda x: x[0]), min(rows, key=lambda x: x[0])
    if newest <= claim.as_of or last.agrees or not first.agrees or not _one_number(first, last) or oldest > claim.as_of:
        return ""
    return f"{last.series.publisher} has since given {answer_words(last.answer, last.references)} for {last.words}"


def _stale(figure: Figure, support: Sequence[Asked]) -> Asked | None:
    quantity = figure.number.value
    if quantity.hedge not in (Hedge.MORE_THAN, Hedge.AT_LEAST) or quantity.said_low is None:
        return None
    ceiling = max(quantity.said_low + quantity.coarsest, quantity.said_low * FAR_ABOVE)
    return next((a for a in support if a.answer.low is not None and a.answer.low > ceiling), None)


def _between(support: Sequence[Asked], against: Sequence[Asked]) -> tuple[str, ...]:
    """Return the axes on which those that agree differ from those that do not."""
    found: list[str] = []
    for yes in support:
        for no in against:
            if _one_number(yes, no):
                found.append("vintage")
            elif yes.series.publisher != no.series.publisher:
                found.append("source")
            elif yes.series is not no.series:
                found.append("definition")
            found += [_AXIS[axis] for axis in no.off]
    return tuple(dict.fromkeys(found))


def _condition(asked: Asked) -> str:
    outcome = next(asked.outcomes[axis] for axis in asked.off)
    term = asked.series.profile.term
    if asked.relation == "related":
        return f"everyone whom {asked.series.publisher} counts as “{term}” is meant"
    if asked.relation == "lower" or "destination" in asked.off:
        return f"only what {asked.series.publisher} counts (“{term}”, {asked.words}) is meant"
    if asked.relation == "upper":
        return f"all that {asked.series.publisher} counts (“{term}”, {asked.words}) is meant"
    return f"the record of {asked.series.publisher} speaks of the same thing ({outcome.why})"


def _largest(against: Sequence[Asked]) -> Asked:
    """Return the counter-evidence that comes nearest to the claim: direct answers first, then the largest count."""
    return max(against, key=lambda a: (a.relation == "direct", a.answer.high or a.answer.low or Decimal(0)))


def _distinct(asked: Sequence[Asked]) -> list[Asked]:
    return list({(a.series.publisher, a.words): a for a in asked}.values())


def _gap(figure: Figure, said: str, against: Sequence[Asked], asked: Sequence[Asked]) -> list[str]:
    """Say plainly how the claim stands to counts of other definitions, and that this decides nothing."""
    wide = allowed(figure.number.value)
    over = [a for a in against if a.answer.below(wide)]
    reasons: list[str] = []
    if len(over) == len(against):
        top = max(over, key=lambda a: a.answer.high or Decimal(0))
        n = len({(a.series.publisher, a.series.name) for a in over})
        those = "the only open count that covers" if n == 1 else f"each of the {n} open counts that cover"
        reasons.append(
            f"{said} is above {those} at least the same: {'' if n == 1 else 'the largest is '}"
            f"{interval_words(top.answer)}, by {series_words(top.series)} for {top.words}"
        )
        less = [a for a in asked if a.agrees is None and a.outcomes["measure"].word == axes.SAME]
        whole = {a.series.publisher for a in over}
        under = dict.fromkeys(
            a.series.publisher for a in less if a.answer.below(wide) and a.series.publisher not in whole
        )
        if under:
            names = ", ".join(list(under)[:4])
            reasons.append(f"it is also above the counts of {names} that cover less of the window")
        reasons.append(
            "this is no contradiction: the claim names no source, and each source counts by rules of its own"
        )
        wider = [a for a in asked if a.agrees is None and a.answer.high is not None and not a.answer.below(wide)]
        if wider:
            least = min(wider, key=lambda a: a.answer.high or Decimal(0))
            reasons.append(
                f"only a wider count reaches it: {interval_words(least.answer)}, "
                f"by {series_words(least.series)} for {least.words}"
            )
    else:
        reasons.append(f"the records give other numbers than {said}, and count by rules that the claim does not name")
        reasons += [_reason(said, a) for a in _distinct(against)[:3]]
    other_days = [a for a in asked if a.off == ("window",) and 0 < a.shared < 1]  # of the same thing, for other days
    close = max(other_days, key=lambda a: a.shared, default=None)
    if close is not None:
        rate = _per_day(figure, close)
        if rate:
            reasons.append(rate)
    return reasons


def _per_day(figure: Figure, asked: Asked) -> str:
    period = figure.period.value if figure.period else None
    days = sum(
        (r.figure.period.value.last - r.figure.period.value.first).days + 1
        for r in {r.figure.period.value: r for r in asked.references if r.figure.period}.values()
        if r.figure.period and r.figure.period.value.first and r.figure.period.value.last
    )
    said = figure.number.value.said_low
    if (
        period is None
        or period.first is None
        or period.last is None
        or not days
        or said is None
        or figure.kind not in (Kind.FLOW, Kind.STOCK)
    ):
        return ""
    seen = asked.answer.low if asked.answer.low is not None else asked.answer.high
    if seen is None:
        return ""
    length = (period.last - period.first).days + 1
    return (
        f"the windows differ in length, so per day: {float(said) / length:.2f} as claimed, "
        f"{float(seen) / days:.2f} in {asked.series.publisher}'s count for {asked.words}"
    )


def _why_not(said: str, claim: Profile, asked: Sequence[Asked], mismatches: Sequence[Mismatch]) -> list[str]:
    if asked:
        first = asked[0]
        unlike = "; ".join(first.outcomes[axis].why for axis in first.off[:2])
        return [f"nothing follows from the nearest record: {unlike}", _reason(said, first)]
    order = ("measure", "unit", "kind", "population", "place", "window")
    near = max(
        mismatches,
        key=lambda m: (m.axis != "measure", not m.series.claim, _same_people(claim, m.series), order.index(m.axis)),
        default=None,
    )
    if near is None or near.axis == "measure":
        return [f"no reference figure counts {thing_words(claim.code) if claim.code else 'this'}"]
    place = claim.place
    if place is not None and place.country and all(_elsewhere(place.country, m.series) for m in mismatches):
        return [f"no reference figure at hand is of {place.name}"]
    nearest_one = f"the nearest, by {series_words(near.series)}, differs in {near.axis}: {near.why}"
    return [f"no comparable reference figure: {nearest_one}"]


def _elsewhere(country: str, series: Series) -> bool:
    of = series.profile.place
    return of is not None and bool(of.country) and of.country != country


def _same_people(claim: Profile, series: Series) -> bool:
    return bool(claim.restricted) and claim.restricted == series.profile.restricted


def _own_notes(own: Sequence[Asked]) -> list[str]:
    """Tell of claims on the same matter: they are no evidence, yet a reader wants to know who else said what."""
    notes = [
        f"{answer_words(a.answer, a.references)} (“{a.series.profile.term}”) for {a.words} is a claim "
        f"of {a.series.publisher} and no evidence"
        for a in own
        if a.series.claim and (a.agrees or a.like or _same_matter(a))
    ]
    return list(dict.fromkeys(notes))[:3]


def _same_matter(asked: Asked) -> bool:
    same = [asked.outcomes[axis] for axis in ("measure", "population")]
    overlapping = asked.outcomes["window"].word not in (axes.DISJOINT, axes.UNKNOWN)
    return overlapping and all(outcome.word == axes.SAME for outcome in same)


def _reason(said: str, asked: Asked) -> str:
    gives = f"{series_words(asked.series)} gives {answer_words(asked.answer, asked.references)} for {asked.words}"
    definition = asked.series.definition
    if asked.relation == "direct" or asked.words.startswith(LISTS) or definition == AS_WORDED:
        definition = ""
    if asked.words.startswith(LISTS):
        gives = f"{asked.words} add up to {interval_words(asked.answer)}"
    rounded = (
        f" when rounded to the nearest {number_words(asked.fits_at)}" if asked.fits_at and asked.fits_at > 1 else ""
    )
    tail = {
        ("direct", True): f", which {said} fits{rounded}",
        ("direct", False): f", which {said} does not round to",
        ("upper", False): f", counting at least as much: {said} is above it",
        ("lower", False): f", counting only a part: {said} is below it",
        ("lower", None): ", counting only a part",
        ("upper", None): ", counting at least as much",
    }.get((asked.relation, asked.agrees), "")
    if asked.relation == "related":
        tail = f": {asked.outcomes['measure'].why}"
    return f"{gives}{tail}" + (f" [{definition}]" if definition else "")


def _as_evidence(said: str, asked: Asked) -> Evidence:
    low, high = asked.answer.low, asked.answer.high
    setting = f"{asked.series.publisher}, “{asked.series.profile.term}”, {asked.words}"
    if asked.words.startswith(LISTS):
        setting = asked.words
    agrees = True if asked.agrees is None and asked.like and asked.relation == "direct" else asked.agrees
    return Evidence(setting, low, high, asked.series.profile.unit, asked.references, agrees, _reason(said, asked))


def _evidence(said: str, asked: Sequence[Asked]) -> tuple[Evidence, ...]:
    seen = {(id(a.series), a.words, a.answer): a for a in reversed(asked)}
    ordered = dict.fromkeys((id(a.series), a.words, a.answer) for a in asked)
    return tuple(_as_evidence(said, seen[key]) for key in list(ordered)[:MOST_EVIDENCE])
