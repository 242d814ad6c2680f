"""From a figure to the measures of datasets that may answer it, with the reasons; and why the others cannot. Pure.

The tests run in the order of `comparing.axes`: what is counted, its unit and kind, who is counted, where, when.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from counterfoil.checking.datasets.model import Dataset, Edition, Indicator, PlaceColumn, Variant
from counterfoil.checking.inhabitants import POPULATION
from counterfoil.checking.model import Unmatched
from counterfoil.checking.pins import Pin
from counterfoil.checking.restrictions import Wording
from counterfoil.checking.violence import ONE_SIDED, Named, counted, named
from counterfoil.comparing import axes
from counterfoil.comparing.axes import Outcome, Profile
from counterfoil.comparing.wording import day_words, listed_words, thing_words, unit_words, window_words
from counterfoil.documents.model import Document, digest
from counterfoil.reading.measures import measure as taxonomy_entry
from counterfoil.reading.model import Cause, Figure, Hedge, Kind, Measure, Place, Precision, Quantity
from counterfoil.spans import Reading, Span

DIRECT, UPPER, LOWER, LOOSE = "direct", "upper", "lower", "loose"
BY = "matching@1"
SHARES_OF_A_WINDOW = 0.98  # a claim's window is covered where all but 2% of its days are, as two windows are one then
NEWEST_STATE_DAYS = 2 * 366  # a yearly state is brought out within the next year and stands until the one after it
COVERED_ENOUGH = 0.05  # of the claim's days: below, a source's part of the window tells nothing of the whole
# Variants below are narrower than the plain words: "non-state violence alone". They are shown and judge nothing.
OPEN_SCORE = 0.5
_VIOLENCE = frozenset({"suicide", "attack", "operation", "violence"})
_OF_VIOLENCE = frozenset({"conflict", "violence", "violent", "war", "war-related", "conflict-related"})
_NOT_WHO = frozenset({"toll", "tally"}) | _OF_VIOLENCE  # words of a population that do not say who is counted
_VIOLENT = (Cause.CONFLICT, Cause.CRIME)  # causes that a record of violence may count
_DEPARTURES = frozenset({"deported", "expelled", "pushed_back", "departed", "left_voluntarily", "displaced"})
_BELOW_COUNTRY = ("admin1", "admin2", "city")
_ORDER = {DIRECT: 0, UPPER: 1, LOWER: 1, LOOSE: 2}


@dataclass(frozen=True, slots=True)
class Where:
    """A place that rows must lie in, and which of a row's places must: "at", "origin" or "destination"."""

    place: Place
    level: str
    role: str


@dataclass(frozen=True, slots=True)
class Match:
    """One measure of one edition that counts what a figure counts, and how near it comes.

    outcomes    by axis: how the claim's cases stand to the record's.
    relation    "direct", "upper" (the record counts all the claim counts, and more), "lower" (a part of it), or
                "loose" (the words leave open whether it is the same: nothing follows from a miss).
    chosen      variants that the words choose ("civilians"); `opened` those that count the same in another way.
    beside      variants that count something narrower than the words say: shown, and no part of the verdict.
    filters     where its rows must lie.
    covered     the days that the edition can answer for.
    own         the speaker may be the publisher: no independent evidence.
    attributed  the speaker is the publisher: its definition is the claim's.
    pinned      a user said so.
    divisor     for a rate: the measure of the population that it is a rate of; for a share, of the whole.
    continued_by  the publisher's coarser sums for the days after the edition ends.
    """

    edition: Edition
    indicator: Indicator
    outcomes: dict[str, Outcome]
    relation: str
    chosen: tuple[Variant, ...]
    opened: tuple[Variant, ...]
    beside: tuple[Variant, ...]
    filters: tuple[Where, ...]
    covered: tuple[date, date]
    reasons: tuple[str, ...]
    own: bool
    attributed: bool
    pinned: bool = False
    divisor: "Match | None" = None
    continued_by: "Match | None" = None
    violence: Named | None = None

    @property
    def exact(self) -> bool:
        """Say whether every axis is stated and meets."""
        return all(outcome.word == axes.SAME and outcome.exact for outcome in self.outcomes.values())

    @property
    def firm(self) -> bool:
        """Say whether a miss may contradict: every axis meets, and the record counts what the words say.

        Definitions of a publisher's own (a threshold, a list of actors) never contradict others than itself.
        """
        defined = self.indicator.distance == 0 or self.attributed
        alone = not self.pinned and self.continued_by is None
        return self.relation == DIRECT and self.exact and defined and alone


@dataclass(frozen=True, slots=True)
class _Mismatch:
    """The first axis that forbids a comparison, and why; `alike` where the measure has the claim's own code."""

    axis: str
    why: str
    alike: bool = False


_AXES = ("measure", "unit", "kind", "population", "place", "window")


def find(
    figure: Figure, claim: Profile, wording: Wording, editions: Sequence[Edition], pins: Sequence[Pin] = ()
) -> tuple[tuple[Match, ...], tuple[Unmatched, ...]]:
    """Return the best match in each edition, and for the editions without one why they cannot answer.

    claim     the figure's profile, with what happened read from its clause.
    wording   its sentence, and who says it.
    editions  all that are held; those of one dataset are tried apart.
    pins      those that speak of this figure; with any, nothing else is tried.
    """
    claim = told(figure, claim)
    kind = named(wording.seen, claim.code)
    found: list[Match] = []
    unmatched: list[Unmatched] = []
    for edition in editions:
        of_edition = [p for p in pins if p.dataset == edition.dataset.id and p.edition in (None, edition.name)]
        if pins and not of_edition:
            continue
        wanted = {p.indicator for p in of_edition}
        indicators = _indicators(edition, wanted)
        tried = [_try(figure, claim, wording, kind, edition, i, pin=bool(pins)) for i in indicators]
        matches = [m for m in tried if isinstance(m, Match)]
        if matches:
            found.append(min(matches, key=lambda m: (_ORDER[m.relation], not m.exact, m.indicator.distance)))
            continue
        mismatches = [
            replace(m, alike=i.concept == claim.code)
            for i, m in zip(indicators, tried, strict=True)
            if isinstance(m, _Mismatch)
        ]
        why = _why(claim, edition.dataset, mismatches)
        near = any(m.axis != "measure" or m.alike for m in mismatches)
        near = near or any(c.concept == claim.code for c in edition.dataset.cannot)
        unmatched.append(Unmatched(edition.dataset.name, edition.name, why, near))
    if figure.kind in (Kind.RATE, Kind.SHARE):
        divided = _rates(found, editions) if figure.kind is Kind.RATE else _shares(found, figure, claim, wording)
        found = [one for one in divided if isinstance(one, Match)]
        unmatched += [one for one in divided if not isinstance(one, Match)]
    found += _continued(figure, claim, found)
    return tuple(found), _gathered(unmatched)


def told(figure: Figure, claim: Profile) -> Profile:
    """Return the claim with what its words and its cause say of the context, taken out of its population.

    "Conflict deaths" does not name who died: it tells in what.
    """
    population = claim.restricted
    context = claim.context
    entry = taxonomy_entry(claim.code)
    if entry is None or not entry.harm:
        return claim
    if population is not None and population & _NOT_WHO:
        context = context or (_VIOLENCE if population & _OF_VIOLENCE else None)
        population = (population - _NOT_WHO) or None
    if context is None and figure.cause is not None and figure.cause.value is Cause.CONFLICT:
        context = _VIOLENCE
    return replace(claim, restricted=population, context=context)


def _indicators(edition: Edition, wanted: set[str]) -> list[Indicator]:
    return [i for i in edition.dataset.indicators if not wanted or i.id in wanted]


def _try(
    figure: Figure,
    claim: Profile,
    wording: Wording,
    kind: Named | None,
    edition: Edition,
    indicator: Indicator,
    *,
    pin: bool,
) -> Match | _Mismatch:
    """Run the tests in their order; a pin passes those of what and who is counted, and says which it failed."""
    dataset = edition.dataset
    undecided = None if pin else _undecided(claim, wording, indicator)
    if undecided is not None:
        return undecided
    narrower = [v for v in _variants(dataset, indicator, claim) if _narrows(v)]
    options = [None, *narrower] if kind is None else _of_kind(kind, dataset, indicator, claim, narrower)
    judged = [
        (option, _of_what_violence(kind, claim, indicator, _what(figure, claim, dataset, indicator, option)))
        for option in options
    ]
    if not options and kind is not None:
        judged = [(None, _other_violence(figure, claim, dataset, indicator, kind))]
    fitting = [(option, outcomes) for option, outcomes in judged if isinstance(outcomes, dict)]
    failed = [outcomes for _, outcomes in judged if isinstance(outcomes, _Mismatch)]
    overridden = ""
    if not fitting and pin:
        overridden = failed[0].why
        unknown = Outcome(axes.UNKNOWN, f"pinned, although {overridden}", exact=False)
        fitting = [(None, {"measure": unknown, "population": unknown})]
    measured = bool(fitting) or any(f.axis != "measure" for f in failed)
    wrong = _kind(figure, claim, indicator) if measured else None
    if wrong is not None:
        return wrong
    if not fitting:
        return max(failed, key=lambda f: _AXES.index(f.axis))
    option, outcomes = min(fitting, key=lambda f: (_ORDER[_relation(f[1], indicator)], f[0] is not None))
    placed = _place(figure, claim, edition, indicator)
    if isinstance(placed, _Mismatch):
        return placed
    filters, outcomes["place"] = placed
    if not filters and _inside_alone(claim, indicator):  # of a country, those who fled within it are mostly meant
        why = "the record counts those who fled within their country, and the words may mean all who fled"
        outcomes["measure"] = Outcome(axes.CONTAINS, why)
    covered = _coverage(edition)
    yearly = dataset.time.precision is Precision.YEAR
    when = _when(figure, claim, covered, yearly=yearly) if covered else _Mismatch("window", "the edition holds no days")
    if isinstance(when, _Mismatch) or covered is None:
        return when if isinstance(when, _Mismatch) else _Mismatch("window", "")
    outcomes["window"] = when
    compared = {a: o for a, o in outcomes.items() if a != "window"} if figure.kind is Kind.CHANGE else outcomes
    relation = LOOSE if overridden else _relation(compared, indicator)
    if figure.kind is Kind.CHANGE and relation in (UPPER, LOWER):
        if outcomes["population"].word != axes.SAME:
            why = f"the claim and the record count other people: {outcomes['population'].why}"
            return _Mismatch("population", why)
        relation = LOOSE
    names = (dataset.publisher, dataset.name, *dataset.names)
    attributed = any(wording.is_publisher(name) for name in names)
    if indicator.concept == POPULATION and not attributed:
        outcomes["measure"] = replace(outcomes["measure"], exact=False)
    others = [v for v in _variants(dataset, indicator, claim) if v is not option and not (kind and counted(v))]
    return Match(
        edition,
        indicator,
        outcomes,
        relation,
        () if option is None else (option,),
        tuple(v for v in others if _opens(v)),
        tuple(v for v in others if not _opens(v)),
        filters,
        covered,
        _reasons(claim, indicator, option, outcomes, filters, covered),
        attributed or any(wording.may_be_publisher(name) for name in names),
        attributed,
        pin,
        violence=kind,
    )


# What is counted ----------------------------------------------------------------------------------------------------


def _variants(dataset: Dataset, indicator: Indicator, claim: Profile) -> list[Variant]:
    return [v for v in dataset.variants if v.id in indicator.variants and _makes_sense(v, claim)]


def _narrows(variant: Variant) -> bool:
    return bool(variant.concept or variant.population)


def _opens(variant: Variant) -> bool:
    """Say whether a variant counts what the words say in another way, not a part of it."""
    return not _narrows(variant) and variant.score >= OPEN_SCORE


def _makes_sense(variant: Variant, claim: Profile) -> bool:
    return not variant.only or (claim.place is not None and claim.place.country in variant.only)


def _what(
    figure: Figure, claim: Profile, dataset: Dataset, indicator: Indicator, option: Variant | None
) -> dict[str, Outcome] | _Mismatch:
    """Compare what and who is counted."""
    record = profile_of(dataset, indicator, option)
    if figure.cause is not None and record.context is not None and figure.cause.value not in _VIOLENT:
        return _Mismatch("measure", f"here the cause is {figure.cause.value}, and the record counts {indicator.words}")
    measure = _in_what(figure, indicator, record, axes.measures(_alike(claim, record), record))
    if claim.code == record.code == POPULATION:
        measure = Outcome(axes.SAME, "both count all inhabitants, of whom estimates differ between sources")
    if measure.word == axes.DIFFERENT and claim.code != record.code:
        return _Mismatch("measure", _other(claim, record))
    if measure.word in (axes.DIFFERENT, axes.OVERLAPPING, axes.DISJOINT):
        return _Mismatch("measure", measure.why)
    if measure.word == axes.UNKNOWN and claim.code != record.code:
        return _Mismatch("measure", _other(claim, record))
    if claim.code != record.code and (figure.kind is Kind.CHANGE or claim.code in {c.concept for c in dataset.cannot}):
        return _Mismatch("measure", _other(claim, record))  # a part's trend is not the whole's
    if record.unit != "person":
        return {"measure": measure, "population": Outcome(axes.SAME, "no people are told apart")}
    if "refugee" in indicator.population and "refugee" not in claim.population:
        other = _OTHER_PEOPLE.search(claim.population)
        if other is not None:
            return _Mismatch("population", f"the words tell of {other.group()}, and the record counts refugees")
    people = axes.populations(_without_nationality(claim, dataset, indicator), record)
    if people.word == axes.DIFFERENT:
        return _Mismatch("population", people.why)
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


def _undecided(claim: Profile, wording: Wording, indicator: Indicator) -> _Mismatch | None:
    """Say why a record of decisions answers not where the words tell of none: applications, or those who live there."""
    seen = wording.seen
    if claim.code != indicator.concept or not _DECISIONS.search(indicator.term) or seen.sentence is None:
        return None
    words = next(words for stem, words in _DECIDED.items() if stem in indicator.term)
    if words.search(seen.text, seen.sentence.start, seen.sentence.end):
        return None
    return _Mismatch("measure", f"it counts {indicator.words}, and the words tell of no decision")


def _of_kind(
    kind: Named, dataset: Dataset, indicator: Indicator, claim: Profile, narrower: Sequence[Variant]
) -> list[Variant | None]:
    """Return the ways of counting that keep to the kind of violence which the words name; none where there are none."""
    if counted(indicator) == {kind.kind}:
        return [None, *narrower]
    return [v for v in _variants(dataset, indicator, claim) if counted(v) == {kind.kind}]


def _of_what_violence(
    kind: Named | None, claim: Profile, indicator: Indicator, outcomes: dict[str, Outcome] | _Mismatch
) -> dict[str, Outcome] | _Mismatch:
    """Return the outcomes with how the kind of violence that the words name stands to the kinds that are counted."""
    if isinstance(outcomes, _Mismatch):
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


def _other_violence(
    figure: Figure, claim: Profile, dataset: Dataset, indicator: Indicator, kind: Named
) -> dict[str, Outcome] | _Mismatch:
    """Say that a record does not count apart the violence which the words name, where it counts what they count."""
    outcomes = _what(figure, claim, dataset, indicator, None)
    if isinstance(outcomes, _Mismatch) and claim.code != indicator.concept:
        return outcomes
    plain = f"{kind.kind} violence"
    of = kind.kind if kind.sure == "other" else plain
    of += "" if kind.phrase.casefold() in (of, plain) or kind.sure == "other" else f" (“{kind.phrase}”)"
    return _Mismatch("measure", f"the words tell of {of}, and it does not count that apart: {indicator.words}")


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


def _kind(figure: Figure, claim: Profile, indicator: Indicator) -> _Mismatch | None:
    """Say why the unit or the kind of number forbids a comparison, if it does."""
    if figure.kind in (Kind.CHANGE, Kind.SHARE):
        if indicator.additive == "none" or indicator.kind not in (Kind.FLOW, Kind.STOCK):
            return _Mismatch("kind", f"the record holds a {indicator.kind}, of which no change or share can be made")
        return None
    if claim.unit != indicator.unit and not (figure.kind is Kind.RATE and claim.unit == "ratio"):
        here, there = unit_words(claim.unit), unit_words(indicator.unit)
        why = f"here {here} are counted, in the record {there}"
        if {claim.unit, indicator.unit} == {"household", "person"}:
            why += "; households become people only with a stated size"
        return _Mismatch("unit", why)
    moved = _CAME.fullmatch(figure.event.quote) if figure.event is not None else None
    if indicator.kind is Kind.STOCK and figure.kind is Kind.STOCK and figure.period is not None and moved:
        why = f"“{moved[0]}” tells how many came during a time, and the record counts how many there were"
        return _Mismatch("kind", why)
    kind = Kind.FLOW if figure.kind is Kind.RATE else claim.kind
    if kind is not indicator.kind:
        why = f"here a {kind}, in the record a {indicator.kind}"
        if {kind, indicator.kind} == {Kind.FLOW, Kind.STOCK}:
            why += ": how many came during a time is not how many there were at a time"
        return _Mismatch("kind", why)
    return None


_CAME = re.compile(r"(?:received|recogni[sz]ed|admitted)", re.IGNORECASE)


def _without_nationality(claim: Profile, dataset: Dataset, indicator: Indicator) -> Profile:
    """Return the claim without the nationality that a filter of origin will see to: "Afghan refugees"."""
    if _nationality(claim) is None or not _columns(dataset, indicator, "country", "origin"):
        return claim
    rest = frozenset(w for w in claim.restricted or () if not is_country(w))
    return replace(claim, restricted=rest)


def _nationality(claim: Profile) -> str | None:
    named = [w for w in claim.restricted or () if is_country(w)]
    return named[0] if len(named) == 1 else None


def is_country(word: str) -> bool:
    """Say whether a restriction of a population is a nationality: then it stands as a country's code."""
    return len(word) == 3 and word.isupper()


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


# Where and when -----------------------------------------------------------------------------------------------------


def _columns(dataset: Dataset, indicator: Indicator, level: str, role: str) -> list[PlaceColumn]:
    return [c for c in indicator.places or dataset.places if c.level == level and c.role == role]


def _place(
    figure: Figure, claim: Profile, edition: Edition, indicator: Indicator
) -> tuple[tuple[Where, ...], Outcome] | _Mismatch:
    """Return which rows the words of the place choose, and whether they choose them exactly."""
    dataset = edition.dataset
    world = figure.place is not None and figure.place.value.level == "world"
    if world:
        partly = _not_of_the_world(edition, indicator)
        if partly:
            return _Mismatch("place", partly)
        figure, claim = replace(figure, place=None), replace(claim, place=None)
    wanted = _roles(figure, claim, dataset, indicator)
    if isinstance(wanted, _Mismatch):
        return wanted
    filters: list[Where] = []
    exact = True
    for role, place, sure in wanted:
        if place.level == "unknown":
            return _Mismatch("place", f"“{place.name}” is a place that was not settled")
        if place.country is None or place.level not in ("country", *_BELOW_COUNTRY):
            why = f"{place.name} is a region, and neither the words nor the record say which countries belong to it"
            return _Mismatch("place", why)
        if not _columns(dataset, indicator, place.level, role):
            return _Mismatch("place", _no_level(place, role, dataset, indicator))
        filters.append(Where(place, place.level, role))
        exact = exact and sure and place.level == "country"
    names = " and ".join(f"{w.place.name}{_ROLE_WORDS[w.role]}" for w in filters)
    if world:
        told = f"all rows{f' of {names}' if names else ''}: the record has rows of {len(edition.countries)} countries"
        return tuple(filters), Outcome(axes.SAME, told, exact=False)
    if not filters:
        return _Mismatch("place", "the words do not say where")
    return tuple(filters), Outcome(axes.SAME, f"rows of {names}", exact=exact)


# No continent has as many: Africa, the one with most, has 54 states, and Asia 48 (members of the United Nations).
LEAST_COUNTRIES = 103


def _not_of_the_world(edition: Edition, indicator: Indicator) -> str:
    """Say why a sum of all rows is not the world's; "" where rows lie in so many countries that it can be no part."""
    columns = [c for c in indicator.places or edition.dataset.places if c.level == "country"]
    if not columns or any(c.column.strip().startswith("'") for c in columns):
        return "the words speak of the whole world, and the record is of one country"
    if len(edition.countries) < LEAST_COUNTRIES:
        n = len(edition.countries)
        return f"the words speak of the whole world, and the edition has rows of {n} countr{'y' if n == 1 else 'ies'}"
    return ""


_INSIDE = re.compile(r"\b(?:internally|within (?:their|the) (?:own )?countr(?:y|ies))\b", re.IGNORECASE)


def _inside_alone(claim: Profile, indicator: Indicator) -> bool:
    """Say whether the record counts those alone who fled within a country, and the words do not say so."""
    inside = _INSIDE.search(f"{indicator.term} {indicator.words}") is not None
    return claim.code == "displaced" and inside and not _INSIDE.search(f"{claim.term} {claim.population}")


_ROLE_WORDS = {"at": "", "origin": " as the place left", "destination": " as the place reached"}


def _no_level(place: Place, role: str, dataset: Dataset, indicator: Indicator) -> str:
    if any(c.role == role for c in indicator.places or dataset.places):
        return f"the record does not tell {place.name} apart: it has no column for a {_LEVEL_WORDS[place.level]}"
    return f"the record does not tell {place.name}{_ROLE_WORDS[role]} from other places"


_LEVEL_WORDS = {"country": "country", "admin1": "province", "admin2": "district", "city": "town"}


def _roles(
    figure: Figure, claim: Profile, dataset: Dataset, indicator: Indicator
) -> list[tuple[str, Place, bool]] | _Mismatch:
    """Return each place of the words, the part that it plays in a row, and whether the words say so."""
    has = {c.role for c in indicator.places or dataset.places}
    wanted: dict[str, tuple[Place, bool]] = {}
    origin, where = _apart(figure)
    for role, reading in (("origin", origin), ("destination", figure.destination)):
        if reading is None:
            continue
        if role in has:
            wanted[role] = reading.value, True
        elif "at" in has and where is None and "at" not in wanted:
            wanted["at"] = reading.value, False
        else:
            return _Mismatch("place", f"the record does not tell {reading.value.name}{_ROLE_WORDS[role]} from others")
    place = where.value if where else None
    if place is not None and "at" in has:
        wanted["at"] = place, True
    elif place is not None and not any(_same_place(place, read) for read, _ in wanted.values()):
        entry = taxonomy_entry(claim.code)
        if entry is not None and entry.movement and entry.nature == "unstated" and claim.code not in _ONE_WAY:
            return _Mismatch("place", f"the words do not say whether they left or reached {place.name}")
        role = "origin" if claim.code in _DEPARTURES else "destination"
        if role not in has:
            return _Mismatch("place", f"the record does not tell {place.name}{_ROLE_WORDS[role]} from others")
        wanted.setdefault(role, (place, False))
    country = _nationality(claim)
    if country is not None and "origin" in has and "origin" not in wanted:
        named = Place(claim.population, country, None, "country", reason="the nationality that is named")
        wanted["origin"] = named, False
    left, reached = wanted.get("origin"), wanted.get("destination")
    if claim.code in _ABROAD and left and reached and _same_place(left[0], reached[0]):
        return _Mismatch(
            "place", f"the words do not say where they are: {reached[0].name} is the country that they left"
        )
    return [(role, place, sure) for role, (place, sure) in wanted.items()]


def _apart(figure: Figure) -> tuple[Reading[Place] | None, Reading[Place] | None]:
    """Return the place left and the place where, of which one alone stands where one word was read as both.

    "Refugees from Chad" are not those of Chad in Chad; nor are "refugees in Chad", after a clause on those who left it.
    """
    origin, place = figure.origin, figure.place
    if origin is None or place is None or not _same_place(origin.value, place.value):
        return origin, place
    own = figure.number.anchor.span
    nearer = abs(place.anchor.span.start - own.start) < abs(origin.anchor.span.start - own.start)
    carried = "place" in figure.carried
    return (None, place) if nearer and not carried and place.anchor.span != origin.anchor.span else (origin, None)


def _same_place(one: Place, other: Place) -> bool:
    same = (one.level, one.country) == (other.level, other.country) and one.country is not None
    return same and (one.level == "country" or one.name == other.name)


# Nobody is one of these in the own country: it was read of the article, or of the people's name.
_ABROAD = frozenset({"refugees", "asylum_seekers", "asylum_granted", "recognised", "resettled"})
_ONE_WAY = frozenset({"arrived", "departed", "left_voluntarily"})


def _coverage(edition: Edition) -> tuple[date, date] | None:
    """Return the first and last day that the edition can answer for."""
    first = edition.covered_since or edition.dataset.time.since or edition.first
    last = edition.covered_until or edition.last
    return None if first is None or last is None or last < first else (first, last)


def _when(figure: Figure, claim: Profile, covered: tuple[date, date], *, yearly: bool = False) -> Outcome | _Mismatch:
    """Say how much of the claim's window the edition covers.

    yearly  a state is counted once a year, as at its middle: it is that of the year.
    """
    first, last = claim.first, claim.last
    span = f"the edition covers {window_words(*covered)}"
    if figure.kind is Kind.STOCK or (claim.kind is Kind.STOCK and figure.kind is not Kind.CHANGE):
        day = claim.last or claim.as_of
        if day is None:
            return Outcome(axes.UNKNOWN, "no day is stated", exact=False)
        if yearly and claim.last is None and covered[1] < day <= covered[1] + timedelta(NEWEST_STATE_DAYS):
            return Outcome(axes.UNKNOWN, f"no day is stated, and the newest state is of {day_words(covered[1])}", False)
        if yearly and day.year == covered[1].year and claim.first is not None and claim.first <= covered[1]:
            day = min(day, covered[1])
        if not covered[0] <= day <= covered[1] + timedelta(axes.STOCK_SLACK_DAYS):
            return _Mismatch("window", f"{span}, and the claim is of {day_words(day)}")
        return Outcome(axes.SAME, f"{day_words(day)}: {span}", exact=claim.last is not None)
    if first is None or last is None:
        day = claim.as_of or last
        if day is not None and first is None and day < covered[0]:
            return _Mismatch("window", f"{span}, and the claim is of {day_words(day)}")
        return Outcome(axes.UNKNOWN, f"the words state no window; {span}", exact=False)
    days = (last - first).days + 1
    shared = (min(last, covered[1]) - max(first, covered[0])).days + 1
    if shared < max(1, COVERED_ENOUGH * days):
        return _Mismatch("window", f"{span}, and the claim is of {window_words(first, last)}")
    if shared >= SHARES_OF_A_WINDOW * days:
        return Outcome(axes.SAME, f"{window_words(first, last)}: {span}", exact=shared == days)
    return Outcome(axes.CONTAINS, f"of {window_words(first, last)} the edition covers {shared} of {days} days")


# The result ---------------------------------------------------------------------------------------------------------


def _relation(outcomes: dict[str, Outcome], indicator: Indicator) -> str:
    said = {outcome.word for outcome in outcomes.values()}
    if said == {axes.SAME}:
        return DIRECT
    if said <= {axes.SAME, axes.CONTAINED} and indicator.additive != "none":
        return UPPER
    if said <= {axes.SAME, axes.CONTAINS} and indicator.additive != "none":
        return LOWER
    return LOOSE


def _reasons(
    claim: Profile,
    indicator: Indicator,
    option: Variant | None,
    outcomes: dict[str, Outcome],
    filters: Sequence[Where],
    covered: tuple[date, date],
) -> tuple[str, ...]:
    lines = [f"{axis}: {outcome.why} ({outcome.word})" for axis, outcome in outcomes.items()]
    lines.insert(1, f"unit and kind: {unit_words(indicator.unit)}, a {indicator.kind}")
    if option is not None:
        lines.append(f"the words choose “{option.words}”")
    far = "as worded" if indicator.distance == 0 else f"{indicator.distance:.1f} of 1 away from the plain words"
    lines.append(f"definition: {indicator.words} ({far})")
    return tuple(lines)


def _why(claim: Profile, dataset: Dataset, mismatches: Sequence[_Mismatch]) -> str:
    """Return the best reason: what the description says that it cannot answer, else the test that came furthest."""
    near = max(mismatches, key=lambda m: (_AXES.index(m.axis), m.alike), default=None)
    if near is None or (near.axis == "measure" and not near.alike):
        said = [c.why for c in dataset.cannot if c.concept == claim.code]
        if said:
            return "; ".join(said)
    if near is None:
        return "it counts nothing"
    if near.axis == "measure" and not near.alike and len(mismatches) > 1:
        things = listed_words(thing_words(i.concept) for i in dataset.indicators)
        return f"it counts {things}, not {thing_words(claim.code)}"
    return near.why


def _rates(matches: Iterable[Match], editions: Sequence[Edition]) -> list[Match | Unmatched]:
    """Give each match of a rate the population that it is a rate of, or say that there is none."""
    populations = [
        (edition, indicator, covered)
        for edition in editions
        for indicator in edition.dataset.indicators
        if indicator.concept == "population" and indicator.kind is Kind.STOCK
        if indicator.population in ("", "people")
        if (covered := _coverage(edition)) is not None
    ]
    found: list[Match | Unmatched] = []
    for match in matches:
        where = [w for w in match.filters if w.level == "country"]
        if not populations or len(where) != len(match.filters) or len(where) != 1:
            why = "a rate needs the number of people who live there, and no edition that is held tells it"
            found.append(Unmatched(match.edition.dataset.name, match.edition.name, why))
            continue
        edition, indicator, covered = max(populations, key=lambda p: p[2][1])
        line = f"denominator: {indicator.words} ({edition.dataset.name}, {edition.name})"
        divisor = _divisor(edition, indicator, covered, (Where(where[0].place, "country", "at"),))
        found.append(replace(match, divisor=divisor, reasons=(*match.reasons, line)))
    return found


_SHARE_IS = re.compile(r"\s*(?:is|are|was|were|being|have been|has been|had been)\b", re.IGNORECASE)


def _names_the_whole(figure: Figure, wording: Wording) -> bool:
    """Say whether the people that a share names are those it is a share of: "80 percent of civilians"."""
    at = figure.number.anchor.span.end
    if figure.what is None or figure.what.span.start < at:
        return False
    return _SHARE_IS.match(wording.seen.text[at : figure.what.span.start]) is None


def _shares(matches: Iterable[Match], figure: Figure, claim: Profile, wording: Wording) -> list[Match | Unmatched]:
    """Give each match of a share the whole that it is a share of, counted in the same way, or say why there is none."""
    found: list[Match | Unmatched] = []
    if claim.restricted and _names_the_whole(figure, wording):
        why = f"the words tell a share of {claim.population}, and the record counts no part of them apart"
        return [Unmatched(match.edition.dataset.name, match.edition.name, why) for match in matches]
    for match in matches:
        dataset, indicator = match.edition.dataset, match.indicator
        part = profile_of(dataset, indicator, match.chosen[0] if match.chosen else None)
        if _nationality(claim) is not None and {w.role for w in match.filters} >= {"origin", "destination"}:
            rest = tuple(w for w in match.filters if w.role != "origin")
            line = f"denominator: {indicator.words}, of all nationalities"
            whole = _divisor(match.edition, indicator, match.covered, rest)
            found.append(replace(match, divisor=whole, reasons=(*match.reasons, line)))
            continue
        if claim.restricted is not None and claim.restricted <= _names_of(claim.code):
            why = f"the words, as they were read, do not say which part of all {thing_words(claim.code)} they tell of"
            found.append(Unmatched(dataset.name, match.edition.name, why))
            continue
        wholes = [
            other
            for other in dataset.indicators
            if other.concept == indicator.concept and other.kind is indicator.kind and other.unit == indicator.unit
            if not profile_of(dataset, other).restricted and profile_of(dataset, other).context == part.context
        ]
        exact = match.outcomes["population"].word == axes.SAME and bool(claim.restricted) and bool(part.restricted)
        if not exact or not wholes:
            why = (
                "the words, as they were read, do not say whose share it is"
                if not claim.restricted
                else ("it does not count both the part and the whole that the share is of")
            )
            found.append(Unmatched(dataset.name, match.edition.name, why))
            continue
        line = f"denominator: {wholes[0].words}"
        divisor = _divisor(match.edition, wholes[0], match.covered, match.filters)
        found.append(replace(match, divisor=divisor, reasons=(*match.reasons, line)))
    return found


def _names_of(code: str) -> frozenset[str]:
    """Return the words of a population that say no more than what is counted: "refugees" of refugees."""
    return frozenset({code, _plain(code), code.removesuffix("s"), _plain(code).removesuffix("s")})


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _divisor(edition: Edition, indicator: Indicator, covered: tuple[date, date], filters: tuple[Where, ...]) -> Match:
    """Return a measure as the whole or the people that others are divided by: every row counts."""
    same = Outcome(axes.SAME, "all of them")
    opened = tuple(v for v in edition.dataset.variants if v.id in indicator.variants and _opens(v))
    return Match(edition, indicator, {"measure": same}, DIRECT, (), opened, (), filters, covered, (), False, False)


def _continued(figure: Figure, claim: Profile, matches: Sequence[Match]) -> list[Match]:
    """Return the matches by day that end before the claim's window does, continued by the publisher's monthly sums."""
    if figure.kind not in (Kind.CHANGE, Kind.FLOW):
        return []
    found: list[Match] = []
    for one in matches:
        if one.outcomes["window"].word != axes.CONTAINS or one.edition.dataset.time.precision is not Precision.DAY:
            continue
        record = profile_of(one.edition.dataset, one.indicator)
        after = [
            other
            for other in matches
            if other.edition.dataset.time.precision is Precision.MONTH and other.filters == one.filters
            if other.covered[0] <= one.covered[1] < other.covered[1] and other.chosen == one.chosen
            if set(one.edition.dataset.names) & set(other.edition.dataset.names)
            if _alike_in_all(record, profile_of(other.edition.dataset, other.indicator))
        ]
        if not after:
            continue
        longest = max(after, key=lambda m: m.covered[1])
        covered = one.covered[0], longest.covered[1]
        when = _when(figure, claim, covered)
        if isinstance(when, _Mismatch):
            continue
        dataset = longest.edition.dataset
        line = (
            f"from {day_words(one.covered[1] + timedelta(1))} on: {dataset.name}, {longest.edition.name}, by the month"
        )
        outcomes = {**one.outcomes, "window": when}
        joined = replace(one, outcomes=outcomes, covered=covered, continued_by=longest, reasons=(*one.reasons, line))
        found.append(joined)
    return found


def _alike_in_all(one: Profile, other: Profile) -> bool:
    return (one.code, one.unit, one.kind, one.context, one.restricted) == (
        *(other.code, other.unit, other.kind, other.context, other.restricted),
    )


def _gathered(unmatched: Iterable[Unmatched]) -> tuple[Unmatched, ...]:
    """Tell a reason that several editions of a dataset share once."""
    names: dict[tuple[str, str, bool], list[str]] = {}
    for one in unmatched:
        names.setdefault((one.source, one.why, one.near), []).append(one.edition)
    return tuple(
        Unmatched(
            source, editions[0] if len(editions) == 1 else f"{editions[0]} and {len(editions) - 1} more", why, near
        )
        for (source, why, near), editions in names.items()
    )
