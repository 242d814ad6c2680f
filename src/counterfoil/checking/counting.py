"""Whether a record counts what a figure counts: what happened, its unit and kind, and who is counted. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from counterfoil.checking.datasets.model import Dataset, Indicator, Variant
from counterfoil.checking.inhabitants import POPULATION
from counterfoil.checking.locating import without_nationality
from counterfoil.checking.matches import Mismatch
from counterfoil.checking.restrictions import Wording
from counterfoil.checking.violence import ONE_SIDED, Named, counted
from counterfoil.comparing import axes
from counterfoil.comparing.axes import Outcome, Profile
from counterfoil.comparing.wording import thing_words, unit_words
from counterfoil.documents.model import Document, digest
from counterfoil.reading.model import Cause, Figure, Hedge, Kind, Measure, Quantity
from counterfoil.spans import Reading, Span

BY = "matching@1"
# Variants below are narrower than the plain words: "non-state violence alone". They are shown and judge nothing.
OPEN_SCORE = 0.5
_VIOLENT = (Cause.CONFLICT, Cause.CRIME)  # causes that a record of violence may count


def variants_for(dataset: Dataset, indicator: Indicator, claim: Profile) -> list[Variant]:
    """Return the ways of counting a measure that make sense where the claim is of."""
    return [v for v in dataset.variants if v.id in indicator.variants and _makes_sense(v, claim)]


def narrows(variant: Variant) -> bool:
    """Say whether a variant counts a part of what its measure counts, or a part of the people."""
    return bool(variant.concept or variant.population)


def opens(variant: Variant) -> bool:
    """Say whether a variant counts what the words say in another way, not a part of it."""
    return not narrows(variant) and variant.score >= OPEN_SCORE


def _makes_sense(variant: Variant, claim: Profile) -> bool:
    return not variant.only or (claim.place is not None and claim.place.country in variant.only)


def compare_counted(
    figure: Figure, claim: Profile, dataset: Dataset, indicator: Indicator, option: Variant | None
) -> dict[str, Outcome] | Mismatch:
    """Compare what and who is counted."""
    record = profile_of(dataset, indicator, option)
    if figure.cause is not None and record.context is not None and figure.cause.value not in _VIOLENT:
        return Mismatch("measure", f"here the cause is {figure.cause.value}, and the record counts {indicator.words}")
    measure = _in_what(figure, indicator, record, axes.measures(_alike(claim, record), record))
    if claim.code == record.code == POPULATION:
        measure = Outcome(axes.SAME, "both count all inhabitants, of whom estimates differ between sources")
    if measure.word == axes.DIFFERENT and claim.code != record.code:
        return Mismatch("measure", _other(claim, record))
    if measure.word in (axes.DIFFERENT, axes.OVERLAPPING, axes.DISJOINT):
        return Mismatch("measure", measure.why)
    if measure.word == axes.UNKNOWN and claim.code != record.code:
        return Mismatch("measure", _other(claim, record))
    if claim.code != record.code and (figure.kind is Kind.CHANGE or claim.code in {c.concept for c in dataset.cannot}):
        return Mismatch("measure", _other(claim, record))  # a part's trend is not the whole's
    if record.unit != "person":
        return {"measure": measure, "population": Outcome(axes.SAME, "no people are told apart")}
    if "refugee" in indicator.population and "refugee" not in claim.population:
        other = _OTHER_PEOPLE.search(claim.population)
        if other is not None:
            return Mismatch("population", f"the words tell of {other.group()}, and the record counts refugees")
    people = axes.populations(without_nationality(claim, dataset, indicator), record)
    if people.word == axes.DIFFERENT:
        return Mismatch("population", people.why)
    return {"measure": measure, "population": people}


_OTHER_PEOPLE = re.compile(
    r"\b(?:migrants|immigrants|emigrants|tourists|visitors|travell?ers|workers|labou?rers|students|pilgrims)\b", re.I
)
_DECISIONS = re.compile(r"\b(?:decisions|grants)\b")
_DECIDED = {  # words of a measure of decisions, and those by which a sentence tells of such
    "reject": re.compile(r"\b(?:reject|refus|den(?:y|ied)|turned\s+down|negative|fail)", re.IGNORECASE),
    "total decisions": re.compile(r"\b(?:decision|decid|rul(?:ed|ing)|process|case)", re.IGNORECASE),
    "initial decisions": re.compile(r"\b(?:decision|decid|rul(?:ed|ing)|process|case)", re.IGNORECASE),
    "": re.compile(
        r"\b(?:recogni[sz]|grant|g[ai]ven?\b|award|approv|protect|positive|accept|status|decision)", re.IGNORECASE
    ),
}


def no_decision(claim: Profile, wording: Wording, indicator: Indicator) -> Mismatch | None:
    """Say why a record of decisions answers not where the words tell of none: applications, or those who live there."""
    seen = wording.seen
    if claim.code != indicator.concept or not _DECISIONS.search(indicator.term) or seen.sentence is None:
        return None
    words = next(words for stem, words in _DECIDED.items() if stem in indicator.term)
    if words.search(seen.text, seen.sentence.start, seen.sentence.end):
        return None
    return Mismatch("measure", f"it counts {indicator.words}, and the words tell of no decision")


def ways_of_kind(
    kind: Named, dataset: Dataset, indicator: Indicator, claim: Profile, narrower: Sequence[Variant]
) -> list[Variant | None]:
    """Return the ways of counting that keep to the kind of violence which the words name; none where there are none."""
    if counted(indicator) == {kind.kind}:
        return [None, *narrower]
    return [v for v in variants_for(dataset, indicator, claim) if counted(v) == {kind.kind}]


def of_what_violence(
    kind: Named | None, claim: Profile, indicator: Indicator, outcomes: dict[str, Outcome] | Mismatch
) -> dict[str, Outcome] | Mismatch:
    """Return the outcomes with how the kind of violence that the words name stands to the kinds that are counted."""
    if isinstance(outcomes, Mismatch):
        return outcomes
    measure = outcomes["measure"]
    if kind is None:
        kinds = counted(indicator)
        if len(kinds) == 1 and measure.word == axes.SAME:
            only = f"the record counts {next(iter(kinds))} violence alone, and the words name no kind"
            return {**outcomes, "measure": Outcome(axes.CONTAINS, only)}
        return outcomes
    if claim.code != indicator.concept:
        return outcomes
    words = f"both count {kind.kind} violence" + ("" if kind.sure == "exact" else f" (“{kind.phrase}”)")
    told = Outcome(axes.SAME, words, exact=kind.sure == "exact")
    if kind.sure == "narrower":
        told = Outcome(axes.CONTAINED, f"“{kind.phrase}” is a part of the {kind.kind} violence that the record counts")
    people = outcomes["population"]
    if kind.kind == ONE_SIDED and not claim.restricted:
        people = Outcome(axes.SAME, "one-sided violence is that against civilians", exact=kind.sure == "exact")
    return {**outcomes, "measure": told, "population": people}


def other_violence(
    figure: Figure, claim: Profile, dataset: Dataset, indicator: Indicator, kind: Named
) -> dict[str, Outcome] | Mismatch:
    """Say that a record does not count apart the violence which the words name, where it counts what they count."""
    outcomes = compare_counted(figure, claim, dataset, indicator, None)
    if isinstance(outcomes, Mismatch) and claim.code != indicator.concept:
        return outcomes
    plain = f"{kind.kind} violence"
    of = kind.kind if kind.sure == "other" else plain
    of += "" if kind.phrase.casefold() in (of, plain) or kind.sure == "other" else f" (“{kind.phrase}”)"
    return Mismatch("measure", f"the words tell of {of}, and it does not count that apart: {indicator.words}")


def _alike(claim: Profile, record: Profile) -> Profile:
    """Return the claim with the record's unit and kind, which are compared after what is counted."""
    return replace(claim, unit=record.unit, kind=record.kind)


def _in_what(figure: Figure, indicator: Indicator, record: Profile, measure: Outcome) -> Outcome:
    """Compare in what people came to harm or to flee, where only the cause of the claim can tell.

    The axes know contexts of violence; "in disasters", "in conflict" and "in migration" they do not.
    """
    if not indicator.context or record.context is not None or measure.word != axes.SAME:
        return measure
    counted = f"the record counts {thing_words(record.code)} {indicator.context}"
    cause = figure.cause.value if figure.cause is not None else None
    known = next((causes for word, causes in _CAUSES.items() if word in indicator.context), None)
    if cause is None or known is None:
        return Outcome(axes.UNKNOWN, f"{counted}; here the words do not say", exact=False)
    if cause in known:
        return Outcome(axes.SAME, f"{counted}, and the claim is of {cause}", exact=False)
    return Outcome(axes.DISJOINT, f"{counted}, and here the cause is {cause}")


_CAUSES = {"disaster": (Cause.DISASTER,), "conflict": _VIOLENT, "violence": _VIOLENT, "fight": _VIOLENT}


def _other(claim: Profile, record: Profile) -> str:
    return f"it counts {thing_words(record.code)}, not {thing_words(claim.code)}"


def wrong_kind(figure: Figure, claim: Profile, indicator: Indicator) -> Mismatch | None:
    """Say why the unit or the kind of number forbids a comparison, if it does."""
    if figure.kind in (Kind.CHANGE, Kind.SHARE):
        if indicator.additive == "none" or indicator.kind not in (Kind.FLOW, Kind.STOCK):
            return Mismatch("kind", f"the record holds a {indicator.kind}, of which no change or share can be made")
        return None
    if claim.unit != indicator.unit and not (figure.kind is Kind.RATE and claim.unit == "ratio"):
        here, there = unit_words(claim.unit), unit_words(indicator.unit)
        why = f"here {here} are counted, in the record {there}"
        if {claim.unit, indicator.unit} == {"household", "person"}:
            why += "; households become people only with a stated size"
        return Mismatch("unit", why)
    moved = _CAME.fullmatch(figure.event.quote) if figure.event is not None else None
    if indicator.kind is Kind.STOCK and figure.kind is Kind.STOCK and figure.period is not None and moved:
        why = f"“{moved[0]}” tells how many came during a time, and the record counts how many there were"
        return Mismatch("kind", why)
    kind = Kind.FLOW if figure.kind is Kind.RATE else claim.kind
    if kind is not indicator.kind:
        why = f"here a {kind}, in the record a {indicator.kind}"
        if {kind, indicator.kind} == {Kind.FLOW, Kind.STOCK}:
            why += ": how many came during a time is not how many there were at a time"
        return Mismatch("kind", why)
    return None


_CAME = re.compile(r"(?:received|recogni[sz]ed|admitted)", re.IGNORECASE)


def profile_of(dataset: Dataset, indicator: Indicator, option: Variant | None = None) -> Profile:
    """Return a measure of a dataset as the axes see it: its place and window follow the claim's.

    Its words make a small text of their own, so that its anchors lead somewhere.
    """
    code = option.concept if option and option.concept else indicator.concept
    people = "people" if indicator.unit == "person" else ""
    population = (option.population if option and option.population else indicator.population) or people
    term = indicator.term or indicator.id
    text = f"{term}\n{indicator.context or indicator.words or term}\n"
    document = Document(text, digest(text), dataset.id)
    anchor = document.anchor(Span(0, len(term)))
    quantity = Quantity(None, None, indicator.unit, Hedge.EXACT, None, None, Decimal(1), Decimal(1))
    figure = Figure(
        Reading(quantity, anchor, BY),
        indicator.kind,
        measure=Reading(Measure(code, term, population or None), anchor, BY),
    )
    return axes.profile(figure, indicator.context or "-")
