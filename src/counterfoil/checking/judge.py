"""From a figure to its verdict: which kind of check it gets, or why it gets none."""

import re
from collections.abc import Sequence
from dataclasses import replace

from counterfoil.checking.datasets.model import Edition
from counterfoil.checking.inhabitants import POPULATION, told_of
from counterfoil.checking.locating import is_country
from counterfoil.checking.matching import find, told
from counterfoil.checking.model import Finding, Verdict, Word
from counterfoil.checking.pins import Pin, assert_named, pinned
from counterfoil.checking.references.changes import check_change
from counterfoil.checking.references.levels import check_level
from counterfoil.checking.references.tables import Records
from counterfoil.checking.restrictions import Wording, asserted
from counterfoil.checking.stated import per_people
from counterfoil.comparing import axes, claims
from counterfoil.comparing.axes import Profile
from counterfoil.comparing.bodies import bodies_before
from counterfoil.comparing.intervals import computable
from counterfoil.comparing.listed import parts
from counterfoil.reading.gazetteer import country_row
from counterfoil.reading.measures import measure as taxonomy_entry
from counterfoil.reading.model import Account, Figure, Kind, Modality, Place
from counterfoil.spans import Reading

_LEVELS = (Kind.STOCK, Kind.FLOW, Kind.SHARE)
_COMPUTED = (*_LEVELS, Kind.CHANGE, Kind.RATE)  # what datasets can be asked for
_NOT_OBSERVED = {
    Modality.PROJECTED: "it is a projection, and the records hold what was counted",
    Modality.PLANNED: "it is a plan, and the records hold what was counted",
    Modality.FEARED: "it is a fear, and the records hold what was counted",
    Modality.DENIED: "it is denied: the speaker does not vouch for it",
}


def check(
    account: Account, records: Records, editions: Sequence[Edition] = (), *, pins: Sequence[Pin] = ()
) -> tuple[Verdict, ...]:
    """Return one verdict for each figure, in their order.

    editions  of datasets, each asked in every sensible way; none are loaded where none are held.
    pins      which measures the user wants figures checked against.
    A claim without window or baseline, or of another definition than the record's, is never contradicted.
    Raises    InputError for pins that name nothing.
    """
    if pins:
        assert_named(pins, editions, account.figures)
    return tuple(_check(account, figure, records, editions, pins) for figure in account.figures)


def _check(
    account: Account, figure: Figure, records: Records, editions: Sequence[Edition], pins: Sequence[Pin]
) -> Verdict:
    """Judge a figure by its own words; where they name no place, by the country that the article is about."""
    if figure.kind is Kind.FLOW and per_people(account.document.text, figure) is not None:
        rate = replace(figure, kind=Kind.RATE)  # "killed 180 people per 100,000 inhabitants" is no count of 180
        return replace(_check(account, rate, records, editions, pins), figure=figure)
    whole = without_origin_of_a_part(account, figure)
    if whole is not figure:
        return replace(_check(account, whole, records, editions, pins), figure=figure)
    if figure.place or figure.origin or figure.destination:
        return _where_it_says(account, figure, records, editions, pins)
    if figure.scene is not None:
        scene, taken = figure.scene, f"{figure.scene.value.name} is taken, which the article is about"
    else:
        home = _of_nationality(account, figure)
        if home is None:
            return _where_it_says(account, figure, records, editions, pins)
        scene, taken = home, f"{home.value.name} is taken, whose people are named, though they may be elsewhere"
    placed = replace(figure, place=scene)
    verdict = _with_datasets(account, placed, _judge(account, placed, records), editions, pins)
    verdict = replace(verdict, figure=figure)
    if verdict.word is not Word.NOT_CHECKABLE or verdict.findings:
        verdict = replace(verdict, reasons=(*verdict.reasons, f"The words name no place; {taken}."))
    return _not_over_a_gap(verdict, True)


def without_origin_of_a_part(account: Account, figure: Figure) -> Figure:
    """Return the figure without an origin that the sentence tells of a part of it: "of whom 900,000 from Sudan"."""
    sentence = claims.surroundings(account, figure).sentence
    if figure.origin is None or sentence is None:
        return figure
    of_a_part = parts(account.document.text, sentence, figure)
    return replace(figure, origin=None) if any(figure.origin.anchor.span in part for part in of_a_part) else figure


def _where_it_says(
    account: Account, figure: Figure, records: Records, editions: Sequence[Edition], pins: Sequence[Pin]
) -> Verdict:
    verdict = _with_datasets(account, figure, _judge(account, figure, records), editions, pins)
    return _not_over_a_gap(verdict, "period" in figure.carried or "place" in figure.carried)


def _of_nationality(account: Account, figure: Figure) -> Reading[Place] | None:
    """Return the country of the people who came to harm, or live there, where the words tell only their nationality."""
    claim, _ = asked_of(account, figure)
    entry = taxonomy_entry(claim.code)
    countries = [word for word in claim.restricted or () if is_country(word)]
    if entry is None or not (entry.harm or claim.code == POPULATION) or len(countries) != 1:
        return None
    anchor = figure.what or figure.number.anchor
    row = country_row(countries[0])
    place = Place(row.name, countries[0], None, "country", row.latitude, row.longitude, "the nationality that is named")
    return Reading(place, anchor, BY)


BY = "judge.nationality@1"


def _not_over_a_gap(verdict: Verdict, gap: bool) -> Verdict:
    """Take back a "contradicted" that rests on a period or a place which the figure's own sentence does not name."""
    why = (
        "the records differ, but the figure's own sentence does not name the period and place that they were asked for"
    )
    period = verdict.figure.period
    if verdict.figure.kind is Kind.FLOW and period is not None and _UNTIL.match(period.anchor.quote):
        gap, why = True, "the records differ, but the words say until when and not since when it is counted"
    if not gap:
        return verdict
    verdict = replace(verdict, findings=tuple(_not_accusing(finding, why) for finding in verdict.findings))
    if verdict.word is not Word.CONTRADICTED:
        return verdict
    return replace(verdict, word=Word.NOT_CHECKABLE, reasons=(why, *verdict.reasons))


_UNTIL = re.compile(r"(?:as of|as at|as on|by|until|till|up to|so far|to date)\b", re.IGNORECASE)


def _not_accusing(finding: Finding, why: str) -> Finding:
    if finding.word is not Word.CONTRADICTED:
        return finding
    return replace(finding, word=Word.NOT_CHECKABLE, reasons=(*finding.reasons[:1], why, *finding.reasons[1:]))


def asked_of(account: Account, figure: Figure) -> tuple[Profile, Wording]:
    """Return a figure as it is compared with records: its profile, its sentence and who says it."""
    claim = axes.profile(figure, _what_happened(account, figure))
    seen, voices = claims.surroundings(account, figure), _voices(account, figure)
    return claim, Wording(seen, voices, bodies_before(seen, voices))


def _judge(account: Account, figure: Figure, records: Records) -> Verdict:
    def refuse(reason: str) -> Verdict:
        return Verdict(figure, Word.NOT_CHECKABLE, (), (reason,), ())

    if figure.modality in _NOT_OBSERVED:
        return refuse(_NOT_OBSERVED[figure.modality])
    if figure.kind is not Kind.CHANGE and figure.kind not in _LEVELS:
        return refuse(f"the records hold no reference figures of the kind {figure.kind.value}")
    if not computable(figure.number.value):
        two = "the digits can be read as two numbers" if figure.number.value.also is not None else ""
        return refuse(two or "the words give no number to compare")
    claim, wording = asked_of(account, figure)
    people = told_of(figure, claim, wording.seen)
    if isinstance(people, str):
        return refuse(people)
    if people is not None:
        return refuse("no reference figure counts the inhabitants of a country")
    if claim.code in axes.VAGUE_CODES:
        return refuse("the words do not say what is counted in terms that the records use")
    checked = check_change if figure.kind is Kind.CHANGE else check_level
    return asserted(checked(figure, claim, wording, records.series), wording)


def _with_datasets(
    account: Account, figure: Figure, published: Verdict, editions: Sequence[Edition], pins: Sequence[Pin]
) -> Verdict:
    """Return the verdict on published figures joined with what datasets say, where the words assert a number."""
    if not editions or figure.kind not in _COMPUTED or figure.modality in _NOT_OBSERVED:
        return published
    claim, wording = asked_of(account, figure)
    people = told_of(figure, claim, wording.seen)
    if not computable(figure.number.value) or wording.withheld is not None:
        return published
    if isinstance(people, str) or (people is None and claim.code in axes.VAGUE_CODES):
        return published
    claim = people or claim
    from counterfoil.checking.against import Judged, answer, of_one_voice
    from counterfoil.checking.merging import merge

    matches, unmatched = find(figure, claim, wording, editions, pinned(pins, figure))
    text = account.document.text
    answers = [answer(figure, told(figure, claim), wording, match, text) for match in matches]
    judged = [one for one in answers if isinstance(one, Judged)]
    without = [one for one in answers if not isinstance(one, Judged)]
    return merge(published, of_one_voice(judged), (*unmatched, *without))


def _voices(account: Account, figure: Figure) -> tuple[str, ...]:
    """Return who says it, innermost first: each speaker's name, then the words that name the sources."""
    within = claims.enclosing(account, figure)
    return (*(s.speaker.name for s in within), *(s.source.quote for s in within if s.source is not None))


def _what_happened(account: Account, figure: Figure) -> str:
    """Return the words that may say in what people came to harm: of the figure's clause."""
    span = figure.number.anchor.span
    return axes.clause_around(account.document.text, span.start, span.end)
