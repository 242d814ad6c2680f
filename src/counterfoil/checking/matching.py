"""From a figure to the measures of datasets that may answer it, with the reasons; and why the others cannot. Pure.

The tests run in the order of `comparing.axes`: what is counted, its unit and kind (`counting`), who is counted, where
(`locating`), when (`covering`); a rate or a share is then given what it is divided by (`dividing`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from counterfoil.checking.counting import (
    compare_counted,
    narrows,
    no_decision,
    of_what_violence,
    opens,
    other_violence,
    variants_for,
    ways_of_kind,
    wrong_kind,
)
from counterfoil.checking.covering import continued_by_month, coverage, window_covered
from counterfoil.checking.datasets.model import Dataset, Edition, Indicator, Variant
from counterfoil.checking.dividing import divide_rates, divide_shares
from counterfoil.checking.inhabitants import POPULATION
from counterfoil.checking.locating import inside_alone, locate
from counterfoil.checking.matches import DIRECT, LOOSE, LOWER, ORDER, UPPER, Match, Mismatch, Where
from counterfoil.checking.model import Unmatched
from counterfoil.checking.pins import Pin
from counterfoil.checking.restrictions import Wording
from counterfoil.checking.violence import Named, counted, named
from counterfoil.comparing import axes
from counterfoil.comparing.axes import Outcome, Profile
from counterfoil.comparing.wording import listed_words, thing_words, unit_words
from counterfoil.reading.measures import measure as taxonomy_entry
from counterfoil.reading.model import Cause, Figure, Kind, Precision

_VIOLENCE = frozenset({"suicide", "attack", "operation", "violence"})
_OF_VIOLENCE = frozenset({"conflict", "violence", "violent", "war", "war-related", "conflict-related"})
_NOT_WHO = frozenset({"toll", "tally"}) | _OF_VIOLENCE  # words of a population that do not say who is counted
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
            found.append(min(matches, key=lambda m: (ORDER[m.relation], not m.exact, m.indicator.distance)))
            continue
        mismatches = [
            replace(m, alike=i.concept == claim.code)
            for i, m in zip(indicators, tried, strict=True)
            if isinstance(m, Mismatch)
        ]
        why = _why(claim, edition.dataset, mismatches)
        near = any(m.axis != "measure" or m.alike for m in mismatches)
        near = near or any(c.concept == claim.code for c in edition.dataset.cannot)
        unmatched.append(Unmatched(edition.dataset.name, edition.name, why, near))
    if figure.kind in (Kind.RATE, Kind.SHARE):
        divided = (
            divide_rates(found, editions) if figure.kind is Kind.RATE else divide_shares(found, figure, claim, wording)
        )
        found = [one for one in divided if isinstance(one, Match)]
        unmatched += [one for one in divided if not isinstance(one, Match)]
    found += continued_by_month(figure, claim, found)
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
) -> Match | Mismatch:
    """Run the tests in their order; a pin passes those of what and who is counted, and says which it failed."""
    dataset = edition.dataset
    undecided = None if pin else no_decision(claim, wording, indicator)
    if undecided is not None:
        return undecided
    narrower = [v for v in variants_for(dataset, indicator, claim) if narrows(v)]
    options = [None, *narrower] if kind is None else ways_of_kind(kind, dataset, indicator, claim, narrower)
    judged = [
        (option, of_what_violence(kind, claim, indicator, compare_counted(figure, claim, dataset, indicator, option)))
        for option in options
    ]
    if not options and kind is not None:
        judged = [(None, other_violence(figure, claim, dataset, indicator, kind))]
    fitting = [(option, outcomes) for option, outcomes in judged if isinstance(outcomes, dict)]
    failed = [outcomes for _, outcomes in judged if isinstance(outcomes, Mismatch)]
    overridden = ""
    if not fitting and pin:
        overridden = failed[0].why
        unknown = Outcome(axes.UNKNOWN, f"pinned, although {overridden}", exact=False)
        fitting = [(None, {"measure": unknown, "population": unknown})]
    measured = bool(fitting) or any(f.axis != "measure" for f in failed)
    wrong = wrong_kind(figure, claim, indicator) if measured else None
    if wrong is not None:
        return wrong
    if not fitting:
        return max(failed, key=lambda f: _AXES.index(f.axis))
    option, outcomes = min(fitting, key=lambda f: (ORDER[_relation(f[1], indicator)], f[0] is not None))
    placed = locate(figure, claim, edition, indicator)
    if isinstance(placed, Mismatch):
        return placed
    filters, outcomes["place"] = placed
    if not filters and inside_alone(claim, indicator):  # of a country, those who fled within it are mostly meant
        why = "the record counts those who fled within their country, and the words may mean all who fled"
        outcomes["measure"] = Outcome(axes.CONTAINS, why)
    covered = coverage(edition)
    yearly = dataset.time.precision is Precision.YEAR
    when = (
        window_covered(figure, claim, covered, yearly=yearly)
        if covered
        else Mismatch("window", "the edition holds no days")
    )
    if isinstance(when, Mismatch) or covered is None:
        return when if isinstance(when, Mismatch) else Mismatch("window", "")
    outcomes["window"] = when
    compared = {a: o for a, o in outcomes.items() if a != "window"} if figure.kind is Kind.CHANGE else outcomes
    relation = LOOSE if overridden else _relation(compared, indicator)
    if figure.kind is Kind.CHANGE and relation in (UPPER, LOWER):
        if outcomes["population"].word != axes.SAME:
            why = f"the claim and the record count other people: {outcomes['population'].why}"
            return Mismatch("population", why)
        relation = LOOSE
    names = (dataset.publisher, dataset.name, *dataset.names)
    attributed = any(wording.is_publisher(name) for name in names)
    if indicator.concept == POPULATION and not attributed:
        outcomes["measure"] = replace(outcomes["measure"], exact=False)
    others = [v for v in variants_for(dataset, indicator, claim) if v is not option and not (kind and counted(v))]
    return Match(
        edition,
        indicator,
        outcomes,
        relation,
        () if option is None else (option,),
        tuple(v for v in others if opens(v)),
        tuple(v for v in others if not opens(v)),
        filters,
        covered,
        _reasons(claim, indicator, option, outcomes, filters, covered),
        attributed or any(wording.may_be_publisher(name) for name in names),
        attributed,
        pin,
        violence=kind,
    )


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


def _why(claim: Profile, dataset: Dataset, mismatches: Sequence[Mismatch]) -> str:
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
