"""What each series answers to a stock, a flow or a share: directly, as a bound, or in other words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from counterfoil.checking.model import Reference
from counterfoil.checking.references.series import Point, Series, Window, around, counted, nearest, windows
from counterfoil.comparing import axes
from counterfoil.comparing.axes import Outcome, Profile
from counterfoil.comparing.intervals import Interval, allowed, coarsest_that_holds, distinctive, presumed
from counterfoil.comparing.wording import day_words, unit_words, window_words
from counterfoil.reading.model import Figure, Hedge, Kind, Quantity

NEAR_DAYS = 7  # a running total is spoken of within the week in which it is published
SMALLEST_LIKENESS = 1_000  # below, two equal numbers are likely chance
COMPARABLE_SHARE = 0.5  # a longer window is worth showing if the stated one is at least half of it
LISTS = "the lists of "


@dataclass(frozen=True, slots=True)
class Asked:
    """One way of asking one series, and its answer.

    outcomes  by axis: how the claim's cases stand to the record's.
    relation  "direct", "upper" (the record counts all the claim counts, and more), "lower" (a part of it),
              "related" (another word for the same movement) or "loose" (nothing follows from the numbers).
    agrees    None where the numbers can neither meet nor miss.
    like      the numbers look like one number to a reader.
    shared    days in both windows over days in either, 0 to 1; 0 where a window is not known.
    fits_at   the finest place value to which a direct answer rounds to the claim.
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
    fits_at: Decimal | None = None

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


def ask(figure: Figure, claim: Profile, series: Series) -> tuple[list[Asked], Mismatch | None]:
    """Return every sensible way of asking this series, or why there is none."""
    record = series.profile
    outcomes: dict[str, Outcome] = {}
    measure = axes.measures(claim, record)
    if measure.word == axes.DIFFERENT:
        same_code = claim.code == record.code
        return [], Mismatch(series, "unit" if same_code else "measure", measure.why)
    outcomes["measure"] = measure
    if claim.unit != record.unit:
        return [], Mismatch(series, "unit", f"here {unit_words(claim.unit)}, in the record {unit_words(record.unit)}")
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
        return [], Mismatch(series, "window", _no_window(claim))
    return found, None


def _no_window(claim: Profile) -> str:
    if claim.first is None and claim.last is None:
        return "the words state no window"
    return f"no count for {window_words(claim.first, claim.last)}"


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
        words = window_words(point.first, point.last)
        if series.profile.kind is Kind.STOCK:
            words = day_words(point.last)
        for reference in point.references:
            asked = _compare(figure, series, words, counted(reference), (reference,), outcomes, outcome, 0.0)
            if outcome.word == axes.SAME or (asked.like and _current(claim, point)) or is_identical(figure, reference):
                found.append(asked)
    return found


def _point_outcome(claim: Profile, series: Series, point: Point) -> Outcome:
    if series.profile.kind is Kind.STOCK:
        day = claim.last or claim.as_of
        if day is None:
            return Outcome(axes.UNKNOWN, "no day stated")
        same = abs((day - point.last).days) <= axes.STOCK_SLACK_DAYS
        return Outcome(axes.SAME if same else axes.DISJOINT, f"on {day_words(point.last)}", exact=day == point.last)
    return axes.spans_of_days((claim.first, claim.last), (point.first, point.last))


def _current(claim: Profile, point: Point) -> bool:
    day = claim.as_of or claim.last
    return day is not None and abs((day - point.last).days) <= NEAR_DAYS


def is_identical(figure: Figure, reference: Reference) -> bool:
    """Say whether both print one and the same particular number."""
    return same_number(figure.number.value, reference.figure.number.value)


def same_number(said: Quantity, seen: Quantity) -> bool:
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
    relation, agrees, fits_at = "loose", None, None
    if outcomes["measure"].word in (axes.OVERLAPPING, axes.DISJOINT):
        relation = "related"
    elif said == {axes.SAME}:
        fits_at = coarsest_that_holds(quantity, answer)
        relation, agrees = "direct", fits_at is not None
    elif said <= {axes.SAME, axes.CONTAINED} and monotone:
        relation, agrees = "upper", (False if answer.below(wide) else None)
    elif said <= {axes.SAME, axes.CONTAINS} and monotone:
        relation, agrees = "lower", (False if wide.below(answer) else None)
    like = _like(quantity, references, answer)
    return Asked(series, words, answer, references, all_outcomes, relation, agrees, like, shared, fits_at)


def _like(quantity: Quantity, references: tuple[Reference, ...], answer: Interval) -> bool:
    """Say whether the numbers look like one number: they meet once each bound has the ceiling a reader presumes."""
    if len(references) == 1 and same_number(quantity, references[0].figure.number.value):
        return True
    seen = presumed(references[0].figure.number.value) if len(references) == 1 else answer
    claimed = presumed(quantity)
    if claimed.high is None or seen.high is None or claimed.low is None or claimed.low < SMALLEST_LIKENESS:
        return False
    if len(references) == 1 and references[0].figure.number.value.hedge is Hedge.EXACT:
        seen = answer  # a printed count is what it is: 198,000 is not presumed to be 200,000
    return claimed.meets(seen)


def add_parts(quantity: Quantity, asked: Sequence[Asked]) -> list[Asked]:
    """Add up parts that cannot overlap, one for each destination: the whole is at least their sum."""
    parts: dict[str, Asked] = {}
    for a in asked:
        bound_for = a.series.profile.destination
        stands = {axis: outcome.word for axis, outcome in a.outcomes.items()}
        anywhere = stands.pop("place") in (axes.SAME, axes.CONTAINS, axes.UNKNOWN)
        within = anywhere and set(stands.values()) <= {axes.SAME, axes.CONTAINS}
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
    known = all(a.outcomes["place"].word != axes.UNKNOWN for a in chosen)
    agrees = False if known and allowed(quantity).below(total) else None
    words = LISTS + " + ".join(a.series.publisher for a in chosen)
    outcome = Outcome(axes.CONTAINS, "parts that do not overlap, by destination")
    first = chosen[0]
    outcomes = {**first.outcomes, "destination": outcome}
    return [Asked(first.series, words, total, rows, outcomes, "lower", agrees, False, 0.0)]
