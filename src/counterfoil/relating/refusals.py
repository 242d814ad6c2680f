"""Who rejects whose number: a denial belongs to who utters it, never to whose number it is. Within one article."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from counterfoil.comparing import claims
from counterfoil.reading.model import Modality, Statement
from counterfoil.reading.rejections import calling, rejecting
from counterfoil.relating.comparable import NOBODY, Case, case, same_speaker, tests, words_of
from counterfoil.relating.model import Relation, RelationKind, Side
from counterfoil.spans import Anchor, Span

REFUSED = 300  # code points between a number and the words that reject it
DEEPEST = 8  # statements around one figure
# An accusation or a charge is of a deed: who rejects it rejects having done it, and no number.
_COUNT = r"(?:figures?|tolls?|numbers?|counts?|claims?|reports?|estimates?|allegations?|statistics)"
_NUMBER_ITSELF = re.compile(r"\b(?:figures?|tolls?|numbers?|counts?|estimates?|statistics)\b", re.IGNORECASE)
_THE_COUNT = re.compile(
    rf"[\"“‘']*(?:\b(?:the|that|this|these|those|such|its|their) (?:\w+ )?{_COUNT}\b|(?:it|this|that)(?:\W*$| as\b))",
    re.IGNORECASE,
)
_ONE_NUMBER = re.compile(r"\b(?:figure|number|count|estimate)\b|^\W*(?:it|this|that)\b", re.IGNORECASE)
_TOLL = re.compile(r"\btolls?\b", re.IGNORECASE)
_OF_A_TOLL = frozenset({"killed", "casualties", "missing"})
_OF_WHAT = re.compile(rf"\W*\w+ (?:\w+ )?{_COUNT} of\b", re.IGNORECASE)  # "called the number of soldiers inflated"
_BESIDE = re.compile(rf"(?:an? )?{_COUNT}|which", re.IGNORECASE)  # "17 people, a figure that the army rejected"
_IS = re.compile(r"\b(?:is|are|was|were)\b", re.IGNORECASE)
# "no one was killed": everybody; "no civilians were killed": those alone.
_NONE = re.compile(
    r"\b(?:no[- ]one|nobody|none|no (?P<whom>[a-z]+)) (?:(?:was|were|has|have|had|been) ){0,3}"
    r"(?P<harm>killed|died|dead|injured|hurt|wounded|displaced|arrested|detained|deported|expelled|missing|abducted)\b",
    re.IGNORECASE,
)
_ANY = re.compile(_NONE.pattern.replace("no[- ]one|nobody|none|no (", "anyone|anybody|any ("), re.IGNORECASE)
_HARMS = {
    **dict.fromkeys(("killed", "died", "dead"), "killed"),
    **dict.fromkeys(("injured", "hurt", "wounded"), "injured"),
    **dict.fromkeys(("arrested", "detained"), "detained"),
    **{word: word for word in ("displaced", "deported", "expelled", "missing", "abducted")},
}
_EVERYBODY = frozenset({"", "people", "person", "persons"})
_SET_AGAINST = re.compile(
    r"\b(?:but|while|whereas|however|although|though|contrary|instead|den(?:y|ied|ies|ying)|reject\w*|disput\w+)\b",
    re.I,
)
_DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d", re.IGNORECASE)


def rejected(side: Side) -> bool:
    """Say whether who says it rejects it himself: "denied that 22 had died", "dismissed the report that 22 had died".

    Whose number somebody else rejects ("the rebels' claim that 22 had died") does not reject it.
    """
    for source, cue in side.said:
        if cue is not None and rejecting(cue.quote):
            return True
        if source is not None:
            return False
    return False


def denial(side: Side, statements: Sequence[Statement]) -> Side | None:
    """Return the denial that stands around a number: "the army denied the rebels' claim that 22 had died"."""
    at, chain = side.figure.statement, list[int]()
    while at is not None and at < len(statements) and len(chain) < DEEPEST:
        chain.append(at)
        at = statements[at].parent
    own = next((n for n, at in enumerate(chain) if statements[at].source is not None), None)
    for at in chain[own + 1 :] if own is not None else ():
        cue = statements[at].cue
        if cue is not None and rejecting(cue.quote):
            return _denied(side, at, statements)
    return None


def _denied(side: Side, at: int, statements: Sequence[Statement]) -> Side | None:
    """Return the figure as who rejects it has it; None where he is not told, or is who says it."""
    one = statements[at]
    if one.speaker.kind == "unnamed" or one.speaker.name.casefold() in NOBODY:
        return None
    if same_speaker(side.speaker, one.speaker.name):
        return None
    said, up = list[tuple[Anchor | None, Anchor | None]](), at
    while len(said) < DEEPEST:
        said.append((statements[up].source, statements[up].cue))
        parent = statements[up].parent
        if parent is None:
            break
        up = parent
    figure = replace(side.figure, modality=Modality.DENIED, statement=at)
    return Side(figure, one.speaker.name, side.where, tuple(said), side.outlet)


def refusals(
    cases: Sequence[Case], whole: Callable[[Case], bool], text: str, statements: Sequence[Statement]
) -> Iterator[Relation]:
    """Yield who rejects which number of the article.

    whole  says whether a count may be its speaker's whole count, told as having happened.
    """
    told: set[tuple[str | None, int]] = set()  # who rejects which: once, however often he says so
    for one in cases:
        found = denial(one.side, statements)
        if found is not None:
            told.add((found.speaker, id(one)))
            yield _relation(found, one, [other for other in cases if other is not one and whole(other)], text)
    for at, statement in enumerate(statements):
        for target in _targets(at, statement, cases, whole, text, statements):
            found = _denied(target.side, at, statements)
            if found is not None and (found.speaker, id(target)) not in told:
                told.add((found.speaker, id(target)))
                yield _relation(found, target, [other for other in cases if other is not target and whole(other)], text)


_REJECTS = " rejects "


def denier(reason: str) -> str:
    """Return who denies, by the reason of a relation, "" where it does not tell: the figure's own speaker is another.

    >>> denier("Filipe Danda rejects 55 (hospital) and gives no number")
    'Filipe Danda'
    """
    who, found, _ = reason.partition(_REJECTS)
    return who if found else ""


def _relation(found: Side, target: Case, cases: Sequence[Case], text: str) -> Relation:
    """Return the denial; where who rejects gives a number of his own in the same sentence, the two contradict."""
    who, words, whose = found.speaker, words_of(target.side), target.side.speaker or "the article itself"
    one = case(found)
    reason = f"{who}{_REJECTS}{words} ({whose})"
    same = (target.profile.code, target.profile.unit)
    own = [
        other
        for other in cases
        if (other.profile.code, other.profile.unit) == same and same_speaker(other.side.speaker, who)
    ]
    sentence = claims.sentence_of(text, _number(target)) if own else None
    beside = [other for other in own if sentence is not None and _number(other) in sentence]
    if len(beside) == 1 and not beside[0].wide.meets(target.wide) and _of_one_thing(beside[0], target):
        [other] = beside
        return Relation(
            RelationKind.CONTRADICTS,
            other.side,
            target.side,
            f"{reason} and says {words_of(other.side)}",
            tests(other, target),
        )
    ending = "" if own else " and gives no number"
    return Relation(RelationKind.DENIES, found, target.side, reason + ending, tests(one, target) if one else ())


def _of_one_thing(a: Case, b: Case) -> bool:
    """Say whether two counts are told of the same people, place and days, or of none at all."""
    one, other = a.profile, b.profile
    same_people = (one.restricted or frozenset()) == (other.restricted or frozenset())
    return same_people and (one.place, one.first, one.last) == (other.place, other.first, other.last)


def _targets(
    at: int,
    statement: Statement,
    cases: Sequence[Case],
    whole: Callable[[Case], bool],
    text: str,
    statements: Sequence[Statement],
) -> list[Case]:
    """Return the counts that a statement rejects without being around them."""
    if not statement.content:
        return []
    words = " ".join(piece.quote for piece in statement.content)
    rejects = statement.cue is not None and rejecting(statement.cue.quote)
    about_count = _THE_COUNT.match(words) is not None
    nobody = (_ANY if rejects else _NONE).search(words)
    called = statement.cue is not None and calling(statement.cue.quote) and not _OF_WHAT.match(words)
    untrue = not rejects and about_count and rejecting(words) and (called or _IS.search(words) is not None)
    if not (rejects or untrue or nobody):
        return []
    inside = [one for one in cases if any(_number(one) in piece.span for piece in statement.content)]
    if inside:
        others = [one for one in inside if not _within(one.side.figure.statement, at, statements)]
        return [one for one in others if rejects and whole(one)]
    beside = rejects and _BESIDE.fullmatch(words) is not None
    if nobody:
        return _none_of(nobody, statement, cases, whole, text)
    if not (beside or about_count):
        return []
    opens = statement.content[0].span.start if beside or statement.cue is None or untrue else statement.cue.span.start
    speaker = statement.speaker.name
    before = [
        one
        for one in cases
        if 0 < opens - _number(one).end <= REFUSED and not same_speaker(one.side.speaker, speaker) and whole(one)
    ]
    if not beside and not _NUMBER_ITSELF.search(words):
        before = [one for one in before if not _another_between(one, opens, speaker, statements)]
    sentence = claims.sentence_of(text, _number(before[-1])) if before else None
    last = [one for one in before if sentence is not None and _number(one) in sentence]
    return last[-1:] if beside else _meant(words, last)


def _meant(words: str, last: Sequence[Case]) -> list[Case]:
    """Return the count of a sentence that "the figure" means: a toll is of the dead; of two counts it may be either."""
    if _TOLL.search(words):
        last = [one for one in last if one.profile.code in _OF_A_TOLL]
    if _ONE_NUMBER.search(words) and len({one.said for one in last}) > 1:
        return []
    return list(last[:1])


def _another_between(one: Case, end: int, rejecter: str, statements: Sequence[Statement]) -> bool:
    """Say whether a third says something between a number and "rejected the claim", which may then be his."""
    mine = (one.side.speaker or "", rejecter)
    return any(
        other.cue is not None
        and _number(one).end <= other.cue.span.start < end
        and other.source is not None
        and _number(one).end <= other.source.span.start
        and not any(same_speaker(other.speaker.name, name) for name in mine)
        for other in statements
    )


def _none_of(
    nobody: re.Match[str], statement: Statement, cases: Sequence[Case], whole: Callable[[Case], bool], text: str
) -> list[Case]:
    """Return the count that "no one was killed" is set against by a word between, where no other day is named."""
    code, whom = _HARMS[nobody.group("harm").lower()], (nobody.group("whom") or "").lower()
    here = statement.content[0].span
    if any(_DAY.search(piece.quote) for piece in statement.content):
        return []
    found = []
    for one in cases:
        number = _number(one)
        gap = Span(min(number.end, here.end), max(number.start, here.start)) if not number.overlaps(here) else None
        if one.profile.code != code or gap is None or len(gap) > REFUSED or not _SET_AGAINST.search(gap.of(text)):
            continue
        restricted = one.profile.restricted or frozenset()
        meant = whom in _EVERYBODY or whom.rstrip("s") in restricted or whom in restricted
        if meant and one.side.speaker and not same_speaker(one.side.speaker, statement.speaker.name) and whole(one):
            found.append(one)
    return found if len(found) == 1 else []


def _number(one: Case) -> Span:
    return one.side.figure.number.anchor.span


def _within(at: int | None, outer: int, statements: Sequence[Statement]) -> bool:
    """Say whether a figure's statement is another, or stands within it."""
    for _ in range(DEEPEST):
        if at is None or at == outer:
            return at is not None
        at = statements[at].parent if at < len(statements) else None
    return False
