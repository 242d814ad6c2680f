"""A stock, a flow or a share against the records: what each series answers, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from counterfoil.checking import axes
from counterfoil.checking.axes import Outcome, Profile
from counterfoil.checking.intervals import Interval, allowed, coarsest_that_holds, distinctive, presumed
from counterfoil.checking.model import Evidence, Reference, Verdict, Word
from counterfoil.checking.series import Point, Series, Window, around, counted, nearest, windows
from counterfoil.checking.sources import is_same, may_be_same
from counterfoil.checking.wording import answer_words, claim_words, interval_words, series_words
from counterfoil.reading.model import Figure, Hedge, Kind, Quantity

AS_WORDED = "as worded"  # the definition of a series that counts what its words say, no more and no less
NEAR_DAYS = 7  # a running total is spoken of within the week in which it is published
FAR_ABOVE = Decimal("1.1")  # a bound is stale if the record is a tenth above it and above its next round number
SMALLEST_LIKENESS = 1_000  # below, two equal numbers are likely chance
COMPARABLE_SHARE = 0.5  # a longer window is worth showing if the stated one is at least half of it
MOST_EVIDENCE = 12
_LISTS = "the lists of "
_AXIS = {
    "measure": "definition",
    "population": "definition",
    "destination": "definition",
    "place": "place",
    "window": "window",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One way of asking one series, and its answer.

    outcomes  by axis: how the claim's cases stand to the record's.
    relation  "direct", "upper" (the record counts all the claim counts, and more), "lower" (a part of it),
              "related" (another word for the same movement) or "loose" (nothing follows from the numbers).
    agrees    None where the numbers can neither meet nor miss.
    """

    series: Series
    words: str
    answer: Interval
    references: tuple[Reference, ...]
    outcomes: dict[str, Outcome]
    relation: str
    agrees: bool | None
    like: bool
    shared: float

    @property
    def off(self) -> tuple[str, ...]:
        """Return the axes on which the claim and the record differ or may differ."""
        return tuple(axis for axis, outcome in self.outcomes.items() if outcome.word != axes.SAME)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A series that cannot be compared, the first axis that forbids it, and why."""

    series: Series
    axis: str
    why: str


def check_level(figure: Figure, claim: Profile, speaker: str | None, series: Sequence[Series]) -> Verdict:
    """Return the verdict on a stock, flow or share.

    claim    the figure's profile, with what happened read from its clause.
    speaker  who says it; the speaker's own figures are shown and are no evidence.
    """
    asked: list[Asked] = []
    mismatches: list[Mismatch] = []
    for one in series:
        found, mismatch = _ask(figure, claim, one)
        asked += found
        if mismatch is not None:
            mismatches.append(mismatch)
    asked += _parts(figure.number.value, asked)
    own = [a for a in asked if a.series.claim or may_be_same(speaker, a.series.publisher)]
    others = [a for a in asked if a not in own]
    return _verdict(figure, claim, speaker, others, own, mismatches)


def _ask(figure: Figure, claim: Profile, series: Series) -> tuple[list[Asked], Mismatch | None]:
    record = series.profile
    outcomes: dict[str, Outcome] = {}
    measure = axes.measures(claim, record)
    if measure.word == axes.DIFFERENT:
        same_code = claim.code == record.code
        return [], Mismatch(series, "unit" if same_code else "measure", measure.why)
    outcomes["measure"] = measure
    if claim.unit != record.unit:
        return [], Mismatch(series, "unit", f"here {_unit(claim.unit)}, in the record {_unit(record.unit)}")
    if claim.kind is not record.kind:
        return [], Mismatch(series, "kind", f"here a {claim.kind}, in the record a {record.kind}")
    outcomes["population"] = axes.populations(claim, record)
    if outcomes["population"].word == axes.DIFFERENT:
        return [], Mismatch(series, "population", outcomes["population"].why)
    outcomes["place"] = axes.places(claim, record)
    if outcomes["place"].word == axes.DISJOINT:
        return [], Mismatch(series, "place", outcomes["place"].why)
    if claim.destination != record.destination:
        if claim.destination and record.destination:
            why = f"here to {claim.destination}, in the record to {record.destination}"
            return [], Mismatch(series, "place", why)
        word = axes.CONTAINS if record.destination else axes.CONTAINED
        outcomes["destination"] = Outcome(word, f"the record counts those bound for {record.destination or 'anywhere'}")
    if measure.word == axes.UNKNOWN and claim.code in axes.VAGUE_CODES:
        return [], Mismatch(series, "measure", measure.why)
    found = _windowed(figure, claim, series, outcomes)
    if not found:
        return [], Mismatch(series, "window", f"no count for {axes.window_words(claim.first, claim.last)}")
    return found, None


def _windowed(figure: Figure, claim: Profile, series: Series, outcomes: dict[str, Outcome]) -> list[Asked]:
    found: list[Asked] = []
    if series.profile.kind is Kind.FLOW and claim.first is not None and claim.last is not None:
        first, last = claim.first, claim.last
        same = [w for w in windows(series) if axes.spans_of_days((first, last), (w.first, w.last)).word == axes.SAME]
        for window in same:
            for answer, rows in window.answers():
                found.append(
                    _compare(figure, series, window.words, answer, rows, outcomes, _outcome(claim, window), 1.0)
                )
        if not same:
            inside, outside = around(series, first, last)
            chosen = [w for w in (inside, outside, nearest(series, first, last)) if w is not None]
            for window in dict.fromkeys(chosen):
                for answer, rows in window.answers():
                    shared = _shared(first, last, window)
                    asked = _compare(
                        figure, series, window.words, answer, rows, outcomes, _outcome(claim, window), shared
                    )
                    if asked.agrees is False or asked.like or shared >= COMPARABLE_SHARE:
                        found.append(asked)
        return found or _unwindowed(figure, claim, series, outcomes)
    return _unwindowed(figure, claim, series, outcomes)


def _unwindowed(figure: Figure, claim: Profile, series: Series, outcomes: dict[str, Outcome]) -> list[Asked]:
    """Ask row by row: stocks, shares, running totals without a first day, claims that state no window."""
    found: list[Asked] = []
    for point in series.points:
        outcome = _point_outcome(claim, series, point)
        if outcome.word == axes.DISJOINT:
            continue
        words = axes.window_words(point.first, point.last)
        if series.profile.kind is Kind.STOCK:
            words = axes.day_words(point.last)
        for reference in point.references:
            asked = _compare(figure, series, words, counted(reference), (reference,), outcomes, outcome, 0.0)
            if outcome.word == axes.SAME or (asked.like and _current(claim, point)) or _identical(figure, reference):
                found.append(asked)
    return found


def _point_outcome(claim: Profile, series: Series, point: Point) -> Outcome:
    if series.profile.kind is Kind.STOCK:
        day = claim.last or claim.as_of
        if day is None:
            return Outcome(axes.UNKNOWN, "no day stated")
        same = abs((day - point.last).days) <= axes.STOCK_SLACK_DAYS
        return Outcome(
            axes.SAME if same else axes.DISJOINT, f"on {axes.day_words(point.last)}", exact=day == point.last
        )
    return axes.spans_of_days((claim.first, claim.last), (point.first, point.last))


def _current(claim: Profile, point: Point) -> bool:
    day = claim.as_of or claim.last
    return day is not None and abs((day - point.last).days) <= NEAR_DAYS


def _identical(figure: Figure, reference: Reference) -> bool:
    return _same_number(figure.number.value, reference.figure.number.value)


def _same_number(said: Quantity, seen: Quantity) -> bool:
    """Say whether both print one number, whatever their hedges, and one too particular to be chance."""
    return distinctive(said) and (said.said_low or said.said_high) == (seen.said_low or seen.said_high)


def _outcome(claim: Profile, window: Window) -> Outcome:
    return axes.spans_of_days((claim.first, claim.last), (window.first, window.last))


def _shared(first: date, last: date, window: Window) -> float:
    both = (min(window.last, last) - max(window.first, first)).days + 1
    return max(0, both) / ((max(window.last, last) - min(window.first, first)).days + 1)


def _compare(
    figure: Figure,
    series: Series,
    words: str,
    answer: Interval,
    references: tuple[Reference, ...],
    outcomes: dict[str, Outcome],
    window: Outcome,
    shared: float,
) -> Asked:
    all_outcomes = {**outcomes, "window": window}
    said = {outcome.word for outcome in all_outcomes.values()}
    quantity = figure.number.value
    wide = allowed(quantity)
    monotone = series.profile.kind in (Kind.FLOW, Kind.STOCK)
    relation, agrees = "loose", None
    if outcomes["measure"].word in (axes.OVERLAPPING, axes.DISJOINT):
        relation = "related"
    elif said == {axes.SAME}:
        relation, agrees = "direct", coarsest_that_holds(quantity, answer) is not None
    elif said <= {axes.SAME, axes.CONTAINED} and monotone:
        relation, agrees = "upper", (False if answer.below(wide) else None)
    elif said <= {axes.SAME, axes.CONTAINS} and monotone:
        relation, agrees = "lower", (False if wide.below(answer) else None)
    like = _like(quantity, references, answer)
    return Asked(series, words, answer, references, all_outcomes, relation, agrees, like, shared)


def _like(quantity: Quantity, references: tuple[Reference, ...], answer: Interval) -> bool:
    """Say whether the numbers look like one number: they meet once each bound has the ceiling a reader presumes."""
    if len(references) == 1 and _same_number(quantity, references[0].figure.number.value):
        return True
    seen = presumed(references[0].figure.number.value) if len(references) == 1 else answer
    claimed = presumed(quantity)
    if claimed.high is None or seen.high is None or claimed.low is None or claimed.low < SMALLEST_LIKENESS:
        return False
    if len(references) == 1 and references[0].figure.number.value.hedge is Hedge.EXACT:
        seen = answer  # a printed count is what it is: 198,000 is not presumed to be 200,000
    return claimed.meets(seen)


def _parts(quantity: Quantity, asked: Sequence[Asked]) -> list[Asked]:
    """Add up parts that cannot overlap, one for each destination: the whole is at least their sum."""
    parts: dict[str, Asked] = {}
    for a in asked:
        bound_for = a.series.profile.destination
        within = {o.word for o in a.outcomes.values()} <= {axes.SAME, axes.CONTAINS}
        if not bound_for or not within or "destination" not in a.off or a.series.claim or a.answer.low is None:
            continue
        kept = parts.get(bound_for)
        if kept is None or kept.answer.low is None or kept.answer.low < a.answer.low:
            parts[bound_for] = a
    if len(parts) < 2:
        return []
    chosen = tuple(parts.values())
    total = chosen[0].answer
    for a in chosen[1:]:
        total = total.plus(a.answer)
    total = Interval(total.low, None, total.low_open)
    rows = tuple(r for a in chosen for r in a.references)
    agrees = False if allowed(quantity).below(total) else None
    words = _LISTS + " + ".join(a.series.publisher for a in chosen)
    outcome = Outcome(axes.CONTAINS, "parts that do not overlap, by destination")
    first = chosen[0]
    outcomes = {**first.outcomes, "destination": outcome}
    return [Asked(first.series, words, total, rows, outcomes, "lower", agrees, False, 0.0)]


def _verdict(
    figure: Figure,
    claim: Profile,
    speaker: str | None,
    asked: Sequence[Asked],
    own: Sequence[Asked],
    mismatches: Sequence[Mismatch],
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
        return Verdict(figure, word, tuple(sensitive), (*reasons, *notes), evidence, best_support, best_counter)

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
        reasons = [_reason(said, a) for a in [*elsewhere[:2], *_distinct(against)[:2]]]
        return verdict(Word.SENSITIVE, [f"{said} holds only if {_condition(elsewhere[0])}", *reasons], found)
    firm = [a for a in direct_against if _firm(a, speaker)]
    own_firm = [
        a for a in own if a.relation == "direct" and a.agrees is False and not a.series.claim and _firm(a, speaker)
    ]
    own_support = [a for a in own if a.relation == "direct" and a.agrees and not a.series.claim]
    reachable = any(a.agrees is None and _reaches(figure, a) for a in asked)
    if (firm or own_firm) and not own_support and not reachable:
        reasons = [_reason(said, a) for a in [*own_firm, *firm][:3]]
        return verdict(Word.CONTRADICTED, [f"no count of the same thing rounds to {said} at any grain", *reasons])
    if own_support:
        words = f"rightly quoted: {_reason(said, own_support[0])}; the speaker's own figure is no independent evidence"
        return verdict(Word.NOT_CHECKABLE, [words])
    if against:
        return verdict(Word.NOT_CHECKABLE, _gap(figure, said, against, asked))
    return verdict(Word.NOT_CHECKABLE, _why_not(said, claim, asked, mismatches))


def _worth(figure: Figure, asked: Asked) -> bool:
    """Say whether a likeness of numbers is more than chance: one axis differs, or the number itself is particular."""
    if any(_identical(figure, r) for r in asked.references) and len(asked.references) == 1:
        return True
    unsaid = ("window", "place") if asked.outcomes["population"].exact else ("window",)
    unlike = [axis for axis in asked.off if axis not in unsaid or asked.outcomes[axis].word != axes.UNKNOWN]
    return len(unlike) <= 1 and asked.outcomes["measure"].word != axes.UNKNOWN


def _firm(asked: Asked, speaker: str | None) -> bool:
    """Say whether window, place, population and definition are stated and match: only then may a miss contradict."""
    exact = all(outcome.exact for outcome in asked.outcomes.values())
    known = asked.series.definition.strip().casefold() == AS_WORDED or is_same(speaker, asked.series.publisher)
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
    if asked.relation == "lower":
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
    close = max((a for a in asked if a.relation != "direct" and a.shared > 0), key=lambda a: a.shared, default=None)
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
        or figure.kind is not Kind.FLOW
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
        counted_here = claim.code.replace("_", " ") or "this"
        return [f"no reference figure counts {counted_here}"]
    nearest_one = f"the nearest, by {series_words(near.series)}, differs in {near.axis}: {near.why}"
    return [f"no comparable reference figure: {nearest_one}"]


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
    if asked.relation == "direct" or asked.words.startswith(_LISTS) or definition == AS_WORDED:
        definition = ""
    if asked.words.startswith(_LISTS):
        gives = f"{asked.words} add up to {interval_words(asked.answer)}"
    tail = {
        ("direct", True): f", which {said} fits",
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
    if asked.words.startswith(_LISTS):
        setting = asked.words
    agrees = True if asked.agrees is None and asked.like and asked.relation == "direct" else asked.agrees
    return Evidence(setting, low, high, asked.series.profile.unit, asked.references, agrees, _reason(said, asked))


def _evidence(said: str, asked: Sequence[Asked]) -> tuple[Evidence, ...]:
    seen = {(id(a.series), a.words, a.answer): a for a in reversed(asked)}
    ordered = dict.fromkeys((id(a.series), a.words, a.answer) for a in asked)
    return tuple(_as_evidence(said, seen[key]) for key in list(ordered)[:MOST_EVIDENCE])


def _unit(unit: str) -> str:
    return {"person": "people", "event": "events", "household": "households"}.get(unit, unit or "things")
