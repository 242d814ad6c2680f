"""What one edition of one dataset says of a figure: a finding, with everything that it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counterfoil.checking import telling
from counterfoil.checking.claimed import claimed
from counterfoil.checking.datasets import querying
from counterfoil.checking.deciding import Decision, decide
from counterfoil.checking.matches import DIRECT, Match
from counterfoil.checking.model import Finding, Point, Unmatched, Word
from counterfoil.checking.picturing import curve, heat, point, query_of
from counterfoil.checking.references.wording import claim_words
from counterfoil.checking.restrictions import Wording, apart
from counterfoil.checking.stated import per_people
from counterfoil.checking.surface.answers import evaluate
from counterfoil.checking.surface.null import Null, compare
from counterfoil.checking.surface.settings import explicit_settings
from counterfoil.checking.surface.summary import Place
from counterfoil.checking.surface.tasks import Claims
from counterfoil.checking.surface.uncertainty import with_intervals
from counterfoil.checking.surveying import Survey, begin_of, survey
from counterfoil.comparing.axes import Profile
from counterfoil.comparing.claims import known_words
from counterfoil.comparing.limits import around, ceiling_only, compared_with, of_record
from counterfoil.reading.model import Figure, Kind

MOST_FOREST = 24  # points of a forest: more than that nobody can read
RESAMPLES = 1000
# Words of a share or a rate that restrict nothing: "civilians made up 60 percent of those killed".
_WORDS_OF_KIND = {
    Kind.SHARE: frozenset(
        "made make makes up of those all accounted account for share proportion percent among".split()
    ),
    Kind.RATE: frozenset(
        "per every out of rate hundred thousand million inhabitants residents population 1,000 10,000 100,000".split()
    ),
}
_RIGHTLY = (Word.SUPPORTED, Word.TRUE_BUT_STALE)


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, and how it stands to what others say.

    supports, misses, reaches  see `deciding.Decision`.
    own      the speaker may be the publisher: no independent evidence.
    firm     a miss of it may contradict.
    rightly  where the claim is the publisher's own: whether it is rightly quoted.
    """

    finding: Finding
    match: Match
    supports: bool
    misses: bool
    reaches: bool
    own: bool
    firm: bool
    rightly: bool


def answer(
    figure: Figure, claim: Profile, wording: Wording, match: Match, text: str, *, resamples: int = RESAMPLES
) -> Judged | Unmatched:
    """Ask the matched measure of its edition in every sensible way.

    text       of the article: it may say of how many people a rate is told.
    resamples  series without change that the claim is compared with; 0 for none.
    """
    edition = match.edition
    other = compared_with(wording.seen)
    if other is not None:
        why = f"the words compare with “{other}”, and the record is asked how one place changes with time"
        return Unmatched(edition.dataset.name, edition.name, why)
    beside = around(wording.seen)
    if beside is not None:
        why = f"the words tell of what lies around “{beside}”, and the record is asked for the place itself"
        return Unmatched(edition.dataset.name, edition.name, why)
    asked = claimed(figure, claim, match.covered[1])
    if isinstance(asked, str):
        return Unmatched(edition.dataset.name, edition.name, asked)
    seen = survey(figure, match, asked, per_people(text, figure) if figure.kind is Kind.RATE else None)
    if isinstance(seen, str):
        return Unmatched(edition.dataset.name, edition.name, seen)
    known = words_of(match) | _WORDS_OF_KIND.get(figure.kind, frozenset())
    firm = match.firm and not ceiling_only(figure) and not wording.beyond_words(known)
    quantity = figure.number.value
    decision = _asserted(_of_known(decide(seen, quantity, firm=firm), seen), wording, known)
    null = _null(seen, resamples)
    finding = _finding(figure, seen, decision, null)
    others = (
        (name, _asserted(_of_known(decide(seen, quantity, firm=firm, summary=s), seen), wording, known))
        for name, s in seen.others
    )
    words = tuple((name, str(Word.NOT_CHECKABLE if match.own else other.word)) for name, other in others)
    finding = replace(finding, alternatives=words)
    rightly = match.own and decision.word in _RIGHTLY
    if match.own:
        limited = bool(wording.beyond_words(known))
        finding = _as_own(figure, match, finding, decision, rightly=rightly, limited=limited)
    return Judged(finding, match, decision.supports, decision.misses, decision.reaches, match.own, firm, rightly)


def _of_known(decision: Decision, seen: Survey) -> Decision:
    """Return the decision without a contradiction where rows of those days tell no number: none told is not none."""
    if decision.word is not Word.CONTRADICTED or decision.asked is None:
        return decision
    match = seen.match
    windows = [days for days in seen.settings.days(decision.asked[1]) if days is not None]
    unknown = querying.without_value(
        match.edition, match.indicator, chosen=match.chosen, where=seen.filters, windows=windows
    )
    if not unknown:
        return decision
    why = f"the record gives another number, but {unknown:,} of its rows of those days tell none"
    return replace(decision, word=Word.NOT_CHECKABLE, why=why, reaches=True)


def _asserted(decision: Decision, wording: Wording, known: frozenset[str]) -> Decision:
    """Return the decision without full support where the clause tells of a part of what the record counts."""
    if decision.word not in (Word.SUPPORTED, Word.SUPPORTED_IN_DIRECTION, Word.TRUE_BUT_STALE):
        return decision
    phrases = wording.beyond_words(known, in_clause=True)
    if not phrases:
        return decision
    fits = "the direction" if decision.word is Word.SUPPORTED_IN_DIRECTION else "the number"
    why = f"{apart(phrases)}: {fits} fits if those words restrict nothing"
    return replace(decision, word=Word.SENSITIVE, sensitive_to=("definition",), why=why)


def words_of(match: Match) -> frozenset[str]:
    """Return the words by which the record tells what it counts, and its publisher."""
    dataset, indicator = match.edition.dataset, match.indicator
    told = known_words(
        *(dataset.publisher, dataset.name, *dataset.names, indicator.term, indicator.words, indicator.context),
        *(indicator.population, indicator.concept.replace("_", " ")),
        *(word for v in match.chosen for word in (v.words, v.population)),
    )
    told = of_record(told)
    if match.violence is not None:
        told |= match.violence.words
    return told | {word + "s" for word in told} | {word.removesuffix("s") for word in told}


def _as_own(
    figure: Figure, match: Match, finding: Finding, decision: Decision, *, rightly: bool, limited: bool
) -> Finding:
    """Return the finding of the speaker's own record: it tells whether it is rightly quoted, and is no evidence.

    limited  the sentence says more than the record counts: that the number is not there tells nothing then.
    """
    if decision.word is Word.CONTRADICTED:
        return finding  # a publisher who is misquoted: the judge sees to what was known when it was said
    dataset = match.edition.dataset
    if rightly and finding.asked is not None:
        number = telling.point_words(finding.asked, figure.kind)
        name = dataset.names[0] if dataset.names else dataset.publisher
        why = f"rightly quoted from {name}'s own data: {number}; that confirms the quotation, not the count"
    else:
        lead = NOT_FOUND if not limited and _excludes(decision, match) else ""
        why = f"{lead}{finding.reasons[0]}; the speaker's own record is no independent evidence"
    return replace(finding, word=Word.NOT_CHECKABLE, sensitive_to=(), reasons=(why, *finding.reasons[1:]))


def _excludes(decision: Decision, match: Match) -> bool:
    """Say whether the record answers the very question, surely and whole, and nothing near to it leaves room."""
    answers = match.relation == DIRECT and not match.indicator.floor and not decision.unsure
    return answers and decision.asked is not None and decision.misses and not decision.reaches and not decision.support


NOT_FOUND = "not found as quoted: "


def of_one_voice(judged: Sequence[Judged]) -> list[Judged]:
    """Return the findings; where one of the speaker's own records has the number, none says that it was not found."""
    if not any(one.own and one.rightly for one in judged):
        return list(judged)
    return [one if one.rightly or not one.own else _quiet(one) for one in judged]


def _quiet(one: Judged) -> Judged:
    finding = one.finding
    first = finding.reasons[0].removeprefix(NOT_FOUND)
    word = Word.NOT_CHECKABLE if finding.word is Word.CONTRADICTED else finding.word
    return replace(one, finding=replace(finding, word=word, reasons=(first, *finding.reasons[1:])))


def _null(seen: Survey, resamples: int) -> Null | None:
    """Compare a claimed change with series without change; None for levels, stocks and what is too short."""
    asked = seen.claimed
    ratio = 1 + asked.said / 100
    if not resamples or not asked.change or seen.how != "sum" or ratio <= 0:
        return None
    begins = begin_of(seen.settings, asked)
    return compare(
        seen.cube,
        seen.settings,
        seen.answers,
        ratio=ratio,
        falls=asked.claims is Claims.DECREASE,
        stated=seen.summary.asked,
        until=begins if begins > seen.cube.edges[0] else None,
        resamples=resamples,
    )


# The finding --------------------------------------------------------------------------------------------------------


def _finding(figure: Figure, seen: Survey, decision: Decision, null: Null | None) -> Finding:
    match = seen.match
    edition, dataset, after = match.edition, match.edition.dataset, match.continued_by
    said = claim_words(figure)
    points = {
        "asked": _point(seen, decision.asked),
        "support": _point(seen, decision.support),
        "counter": _point(seen, decision.counter),
    }
    nearest = _point(seen, seen.summary.nearest)
    shown = points["asked"] or points["support"] or points["counter"] or nearest
    chance = (None if null is None else null.claim_probability, 0 if null is None else null.resamples)
    summary = seen.summary
    return Finding(
        source=dataset.name if after is None else f"{dataset.name}, continued by {after.edition.dataset.name}",
        publisher=dataset.publisher,
        edition=edition.name if after is None else f"{edition.name} and {after.edition.name}",
        digest=edition.digest if after is None else f"{edition.digest} {after.edition.digest}",
        licence=dataset.licence,
        measure=match.indicator.words,
        definition=dataset.definition,
        match=match.reasons,
        word=decision.word,
        sensitive_to=decision.sensitive_to,
        reasons=telling.reasons(figure, said, seen, decision, points, chance),
        asked=points["asked"],
        settings=int(seen.known.sum()),
        rows=int(seen.cube.rows[0].sum()),
        agreement=None if points["asked"] is None else points["asked"].agrees,
        direction_share=summary.direction_share,
        magnitude_share=summary.magnitude_share,
        percentile=summary.percentile,
        null_probability=chance[0],
        sensibility=seen.settings.table,
        alternatives=(),
        best_support=points["support"],
        best_counter=points["counter"],
        forest=_forest(seen, shown),
        heat=heat(seen),
        curve=curve(seen, shown),
        query=query_of(seen, shown),
        changes=telling.what_would_change(figure, said, seen, decision, nearest),
    )


def _point(seen: Survey, place: Place | None) -> Point | None:
    if place is None:
        return None
    return point(seen.cube, seen.settings, seen.answers, seen.summary, seen.claimed.allowed, place)


def _forest(seen: Survey, shown: Point | None) -> tuple[Point, ...]:
    """Return the shown windows in every way of counting, narrower ones included."""
    if shown is None or seen.match.divisor is not None:
        return ()
    settings = explicit_settings([(shown.later, shown.earlier)])
    answers = evaluate(seen.whole, settings, how=seen.how)
    if seen.how == "sum":
        counted = seen.match.indicator.unit == "event"
        answers = with_intervals(answers, settings, seen.dispersion, counted=counted)
    known = [k for k in range(len(seen.whole.keys)) if answers.answered[k, 0]]
    return tuple(point(seen.whole, settings, answers, None, seen.claimed.allowed, (k, 0)) for k in known[:MOST_FOREST])
