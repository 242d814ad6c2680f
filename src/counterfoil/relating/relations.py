"""From comparable figures to typed relations: few, each with one line of reason, none with a verdict."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from decimal import Decimal

from counterfoil.comparing import axes, claims
from counterfoil.comparing.intervals import distinctive
from counterfoil.comparing.sources import is_same
from counterfoil.reading.model import Kind, Modality, Statement
from counterfoil.relating import copies
from counterfoil.relating.across import related
from counterfoil.relating.comparable import Case, case, in_units_of_first, same_speaker, tests, words_of
from counterfoil.relating.happenings import (
    TELLING,
    WORDS,
    Named,
    again,
    described,
    is_moved,
    named,
    named_before,
    names_any,
    several,
)
from counterfoil.relating.model import RECORDS, Relation, RelationKind, Side, Test
from counterfoil.relating.refusals import refusals, rejected
from counterfoil.relating.revisions import reason_given, reason_span, reviser, revisions
from counterfoil.relating.rows import EVENT_DAYS, Row, row
from counterfoil.relating.sameness import says_no_more
from counterfoil.relating.tolls import TOLLS
from counterfoil.spans import Span

REACH = 100  # a figure is compared with the 100 that follow it: time stays linear in the length of the article
SMALLEST_LIKE = 100  # two movements of fewer people are alike by chance
SMALLEST_LIKE_RECORD = 1_000
NEAR_NUMBERS = Decimal("0.1")  # numbers within a tenth look alike to a reader: 15 people, 14 attacks
FITTING = Decimal("0.05")  # of two numbers that agree, one is a rounding of the other: "about" is 5% on either side
NEAR_DAYS = 7  # a running total is spoken of within the week in which it is published
LONG_WINDOW_DAYS = 28  # totals of a month or more; below, two numbers may well be of two events of one day
MOST_BY_KIND = 2  # relations of one kind that a figure gets with the records
SAME_SENTENCE = 160  # code points between whole and part
BEFORE = 25  # code points before a number in which "the other" or "earlier" makes it no whole count
CONTRAST_REACH = 700  # code points in which a word of contrast joins two numbers of one event
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]?\s+(?=[^a-z])|\n")
_INCLUDING = re.compile(r"\b(?:including|includes|included|among (?:them|those)|of whom|of which)\b", re.I)
_OF_THEM = re.compile(r"\s*of (?:them|these|those|whom|which)\b", re.I)
_OF_THE = re.compile(r"\s*(?:out )?of (?:(?:the|all|its|their|these|those|a total of|some|about|more than)\s+)*", re.I)
_AND = re.compile(r"[^.;:!?\n]{0,60}?(?:,|\band\b)\s*(?:at least |about |another )?", re.I)
_CONTRAST = re.compile(
    r"\b(?:but|while|whereas|however|although|though|in contrast|contrary|instead|disput\w+|contradict\w+"
    r"|den(?:y|ied|ies)|rejected|only)\b",
    re.I,
)
_LEFT_OVER = re.compile(
    r"\b(?:other|another|remaining|further|additional|earlier|initially|previous\w*|at first|from"
    r"|(?:the )(?:first|second|third|former|latter))\b",
    re.I,
)
_TWO_WORDS = (axes.OVERLAPPING, axes.DISJOINT)  # outcomes for two words of one movement
_LEVELS = (Kind.STOCK, Kind.FLOW)
_COUNTS = (Kind.STOCK, Kind.FLOW, Kind.MEASUREMENT)
_ORDER = (
    RelationKind.RECHARACTERISES,
    RelationKind.CONTRADICTS,
    RelationKind.AGREES,
    RelationKind.PART_OF,
    RelationKind.DIFFERENT_MEASURE,
)


def relate(
    own: Sequence[Side], others: Sequence[Side] = (), *, text: str = "", statements: Sequence[Statement] = ()
) -> tuple[Relation, ...]:
    """Return the relations among an article's own figures, then those with figures from elsewhere.

    own     in text order.
    others  reference figures or another article's: they never contradict here, as their definitions are not known; but
            what is given as their publisher's own number may be misstated.
    text    of the article; without it, relations that rest on its wording ("including", "of the", "but") are not found.
    statements  of the article, for denials that repeat no number.
    """
    cases = [c for c in (text_case(side, text) for side in own) if c is not None]
    elsewhere = [c for c in (case(side) for side in others) if c is not None]
    cases, elsewhere = _in_one_unit(cases, elsewhere)
    found = list(revisions(cases, text)) if text else []
    revised = {frozenset((id(r.a), id(r.b))) for r in found}
    found += [r for r in _by_rows(cases, own, text) if frozenset((id(r.a), id(r.b))) not in revised]
    found += _refused(cases, text, statements)
    summed = {frozenset((id(r.a), id(r.b))) for r in found}
    found += [r for r in _worded_parts(own, text) if frozenset((id(r.a), id(r.b))) not in summed]
    joined = {(id(r.a), id(r.b)) for r in found} | {(id(r.b), id(r.a)) for r in found}
    parts = {id(r.a) for r in found} | {id(c.side) for at, c in enumerate(cases) if not is_total(cases, at, text)}
    for at, a in enumerate(cases):
        for b in cases[at + 1 : at + 1 + REACH]:
            if (id(a.side), id(b.side)) in joined:
                continue
            relation = _within(a, b, text, parts, own)
            if relation is not None:
                found.append(_by_own_rules(relation, others))
    for a in cases:
        found += _with_others(a, elsewhere)
        found += _misstated(a, elsewhere, text, own)
    return tuple(found)


def rows_of(
    cases: Sequence[Case],
    own: Sequence[Side],
    text: str,
    *,
    first: int = 0,
    article: int = 0,
    outlet: str | None = None,
    published: date | None = None,
    passages: Mapping[int, int] | None = None,
    credit: str = "",
) -> list[Row]:
    """Return the rows of an article's cases.

    own       all its sides, in text order.
    first     place of the first row among all rows.
    passages  for a side's `id()`, the number of its sentence among near-identical ones.
    credit    the agency that the article credits; by figure, an agency that is named as its source.
    """
    figures = [side.figure for side in own]
    headed = _headline(text)
    found = []
    revised = list(revisions(cases, text)) if text else []
    former, latter = {id(one.b) for one in revised}, {id(one.a) for one in revised}
    apart = {source.span for side in own for source, _ in side.said if source is not None}
    for i, c in enumerate(cases):
        sentence = claims.sentence_of(text, c.side.figure.number.anchor.span) if text else None
        seen = claims.around(text, c.side.figure, figures, c.side.said) if text else None
        left = claims.words_left_over(seen) if seen else None
        event = _event(c, text, sentence, apart, left)
        moved = sentence is not None and is_moved(sentence.of(text))
        why = reason_span(text, sentence) if moved and sentence is not None else None
        restated = event is not None and event.restated and not event.carried
        found.append(
            row(
                first + i,
                c,
                article=article,
                outlet=outlet,
                published=published,
                left=left,
                scene=claims.circumstances(seen) if seen else frozenset(),
                wider=seen is None or claims.widens(seen),
                asserted=seen is not None and claims.withheld(seen) is None,
                denied=rejected(c.side),
                passage=passages.get(id(c.side), -1) if passages else -1,
                credit=credit or copies.agency(c.side.speaker),
                total=id(c.side) in latter or (id(c.side) not in former and is_total(cases, i, text)),
                on_top=_on_top(c.side, text),
                headline=c.side.figure.number.anchor.span.end <= headed,
                event=event,
                spoken=_beside_cue(c.side, text),
                possessive=_owns(c.side, text),
                former=id(c.side) in former,
                why=reason_given(text, sentence) if why is not None and sentence is not None else "",
                moved=moved,
                aside=restated and why is not None and c.side.figure.number.anchor.span in why,
                speaker=reviser(c, text, sentence) if sentence is not None else None,
            )
        )
    return found


def _event(one: Case, text: str, sentence: Span | None, apart: Set[Span], left: frozenset[str] | None) -> Named | None:
    """Return the happening whose toll a count may be, None where it is no such count.

    What an earlier sentence names is taken over where the count's own tells of nothing else.
    """
    if sentence is None or one.profile.code not in TOLLS or one.profile.kind not in _LEVELS:
        return None
    if names_any(text, sentence, apart):
        return named(text, sentence, apart)
    return named_before(text, sentence, apart) if says_no_more(left) else None


def _owns(side: Side, text: str) -> bool:
    """Say whether its day owns what happened: "Monday's bomb"."""
    period = side.figure.period
    if period is None:
        return False
    return period.anchor.quote.endswith(("'s", "’s")) or text.startswith(("'s", "’s"), period.anchor.span.end)


def _beside_cue(side: Side, text: str) -> bool:
    """Say whether its day stands right beside the word of speaking: "killed 12 people, police said on Monday"."""
    period = side.figure.period
    if period is None or "period" in side.figure.carried or not text:
        return False
    day = period.anchor.span
    if _owns(side, text):
        return False
    for source, cue in side.said:
        if source is not None and text[day.end : source.span.start].strip(" ,") in ("", "the", "The"):
            return True  # "On Sunday the hospital said"
        if cue is not None and (
            _ON.fullmatch(text[cue.span.end : day.start]) or _ON.fullmatch(text[day.end : cue.span.start])
        ):
            return True
    return False


_ON = re.compile(r"\s*(?:(?:late|early|later) )?(?:on )?", re.IGNORECASE)


# "61 killed, 23 more than on Wednesday", "six more than had been reported": not "40 more than last year".
_MORE_THAN = re.compile(
    r"\s+more(?: [a-z]+){0,2} than (?:(?:had been |were |was )?(?:reported|counted|announced|recorded|thought|given)\b"
    r"|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|on \d|yesterday\b|previously\b|the (?:day|night) before\b"
    r"|a day (?:earlier|before)\b|the (?:previous|last|earlier) (?:day|count|toll|tally|figure|report|update)\b)",
    re.IGNORECASE,
)


_HEADLINE = re.compile(r"\s*[^\n]{1,160}?[^\s.:;,!?](?=[ \t]*\n)")  # a line of words that no full stop ends


def _headline(text: str) -> int:
    """Return where the headline ends, 0 where the text begins with none."""
    found = _HEADLINE.match(text)
    return found.end() if found else 0


def _on_top(side: Side, text: str) -> bool:
    """Say whether a count is how many more than an earlier one of the same thing."""
    return bool(text) and _MORE_THAN.match(text, side.figure.number.anchor.span.end) is not None


def _by_rows(cases: Sequence[Case], own: Sequence[Side], text: str) -> list[Relation]:
    """Find what needs no wording: sums, increments, roundings, denials, and people by two names."""
    if not text:
        return []
    found = []
    blocks: dict[str, list[Row]] = {}
    for one in rows_of(cases, own, text):
        blocks.setdefault(one.place[0] if one.place else "", []).append(one)
    for block in blocks.values():
        for link in related(block):
            if link.kind in BY_ROWS or link.kind is RelationKind.CONTRADICTS:
                a, b = cases[link.a], cases[link.b]
                found.append(Relation(link.kind, a.side, b.side, link.reason, tests(a, b)))
    return found


BY_ROWS = (
    *(RelationKind.SUM_OF, RelationKind.PART_OF, RelationKind.ROUNDS, RelationKind.DENIES),
    *(RelationKind.RECHARACTERISES, RelationKind.DIFFERENT_MEASURE, RelationKind.AGREES),
)
MOST_APART = 5  # a count taken over from the sentence before and so much larger may well be of another time
_UP_TO_NOW = re.compile(
    r"\b(?:has|have|had) (?:\w+ )?been\b|\b(?:since|so far|this year|in all|altogether)\b", re.IGNORECASE
)


def _refused(cases: Sequence[Case], text: str, statements: Sequence[Statement]) -> list[Relation]:
    """Find who rejects a number of the article: "The army rejected the figure"."""
    places = {id(one): at for at, one in enumerate(cases)}

    def whole(one: Case) -> bool:
        return one.profile.kind in _LEVELS and _observed(one) and is_total(cases, places[id(one)], text)

    return list(refusals(cases, whole, text, statements))


def _by_own_rules(relation: Relation, others: Sequence[Side]) -> Relation:
    """Return "different measure" where two who keep records of their own give two numbers: neither denies the other."""
    if relation.kind is not RelationKind.CONTRADICTS:
        return relation
    keepers = {other.speaker for other in others}
    if not all(any(is_same(side.speaker, name) for name in keepers) for side in (relation.a, relation.b)):
        return relation
    reason = f"{_who(relation.a)} and {_who(relation.b)} keep records of their own, and count by rules of their own"
    return replace(relation, kind=RelationKind.DIFFERENT_MEASURE, reason=reason)


def _in_one_unit(own: Sequence[Case], elsewhere: Sequence[Case]) -> tuple[list[Case], list[Case]]:
    found = in_units_of_first((*own, *elsewhere))
    return found[: len(own)], found[len(own) :]


def text_case(side: Side, text: str) -> Case | None:
    """Return the side as a case with the clause it stands in, None where it allows no comparison."""
    span = side.figure.number.anchor.span
    sentence = claims.sentence_of(text, span) if text else None
    toll = sentence is not None and _TOLL.search(sentence.of(text)) is not None
    return case(side, axes.clause_around(text, span.start, span.end) if text else "", toll=toll)


_TOLL = re.compile(r"\btoll\b", re.IGNORECASE)


def is_total(cases: Sequence[Case], at: int, text: str) -> bool:
    """Say whether the number may be its speaker's whole count: no larger one beside it, no "other" or "earlier" before.

    Only whole counts that still stand may contradict another speaker's.
    """
    one = cases[at]
    start = one.side.figure.number.anchor.span.start
    if _LEFT_OVER.search(text[max(0, start - BEFORE) : start]):
        return False
    for other in cases[max(0, at - REACH) : at + REACH]:
        if (
            other.said > one.said
            and _same_code(one, other)
            and other.profile.unit == one.profile.unit
            and same_speaker(one.side.speaker, other.side.speaker)
            and axes.windows(one.profile, other.profile).word != axes.DISJOINT
        ):
            return False
    return True


def _within(a: Case, b: Case, text: str, parts: Set[int], own: Sequence[Side]) -> Relation | None:
    """Name the relation of two figures of one article, if any.

    parts  ids of the sides that are no whole counts.
    own    all sides of the article.
    """
    alike = _alike(a, b)
    if not _worth_testing(a, b, alike=alike):
        return None
    seen = tests(a, b)
    outcome = {test.name: test.outcome for test in seen}
    if a.profile.nature and b.profile.nature and alike and outcome["measure"] in _TWO_WORDS:
        return _recharacterised(a, b, seen, outcome, least=SMALLEST_LIKE)
    if outcome["measure"] == axes.SAME and a.profile.kind is b.profile.kind:
        return (
            (
                _contradiction(a, b, seen, outcome, text, own)
                if id(a.side) not in parts and id(b.side) not in parts
                else None
            )
            or (_agreement(a, b, seen, outcome) if alike and a.side.speaker and b.side.speaker else None)
            or _contained(a, b, seen, outcome)
        )
    return _other_measure(a, b, seen, outcome) if alike else None


def _with_others(a: Case, others: Sequence[Case]) -> list[Relation]:
    ranked: dict[RelationKind, list[tuple[tuple[bool, bool, int], Relation]]] = {}
    for b in others:
        if not _alike(a, b) or not _worth_testing(a, b, alike=True):
            continue
        seen = tests(a, b)
        outcome = {test.name: test.outcome for test in seen}
        relation: Relation | None
        if a.profile.nature and b.profile.nature and outcome["measure"] in _TWO_WORDS:
            relation = _recharacterised(a, b, seen, outcome, least=SMALLEST_LIKE_RECORD)
        elif outcome["measure"] == axes.SAME and a.profile.kind is b.profile.kind:
            relation = _agreement(a, b, seen, outcome)
        else:
            relation = _other_measure(a, b, seen, outcome)
        if relation is not None:
            rank = (outcome["quantity"] != axes.SAME, outcome["window"] != axes.SAME, _days_apart(a, b))
            ranked.setdefault(relation.kind, []).append((rank, relation))
    found: list[Relation] = []
    for kind in _ORDER:
        best = sorted(ranked.get(kind, []), key=lambda item: item[0])
        found += [relation for _, relation in best[:MOST_BY_KIND]]
    return found


def _misstated(a: Case, others: Sequence[Case], text: str, own: Sequence[Side]) -> list[Relation]:
    """Find a number that is given as a publisher's though his own, of one thing and time, is another.

    Only of a month or more that was over, where no word of the sentence is left unread, and where none of the
    publisher's numbers for it is anywhere near.
    """
    if not text or not _observed(a) or a.side.figure.carried or not _over(a):
        return []
    speaker = a.side.speaker
    theirs = [b for b in others if b.side.where == RECORDS and is_same(speaker, b.side.speaker)]
    same = [b for b in theirs if _one_thing(a, b)]
    if not same or any(b.presumed.meets(a.presumed) or _fits(a, b) for b in same):
        return []
    figures = [side.figure for side in own]
    seen = claims.around(text, a.side.figure, figures, a.side.said)
    if claims.withheld(seen) is not None or claims.words_left_over(seen) != frozenset():
        return []
    b = min(same, key=lambda one: abs(one.said - a.said))
    reason = f"{words_of(a.side)} is given as {speaker}'s, whose own figure in the records is {words_of(b.side)}"
    return [Relation(RelationKind.MISSTATED, a.side, b.side, reason, tests(a, b))]


def _one_thing(a: Case, b: Case) -> bool:
    """Say whether two counts are of the same, none of it resting on loose words or on something left unsaid."""
    if a.profile.kind is not Kind.FLOW or b.profile.kind is not Kind.FLOW or a.profile.unit != b.profile.unit:
        return False
    firm = (axes.measures(a.profile, b.profile), axes.windows(a.profile, b.profile))
    loose = (axes.populations(a.profile, b.profile), axes.places(a.profile, b.profile))
    return all(one.word == axes.SAME for one in (*firm, *loose)) and all(one.exact for one in firm)


def _fits(a: Case, b: Case) -> bool:
    return abs(a.said - b.said) <= FITTING * max(a.said, b.said)


def _over(a: Case) -> bool:
    """Say whether the number is of a month or more that was over when it was given."""
    last, as_of = a.profile.last, a.profile.as_of
    return _long(a) and last is not None and as_of is not None and last < as_of


def _alike(a: Case, b: Case) -> bool:
    """Say whether the numbers look like one number: equal, one a rounding of the other, or near and small."""
    if a.said == b.said:
        return True
    if a.presumed.high is None or b.presumed.high is None:
        return False
    if a.presumed.meets(b.presumed):
        return True
    return a.profile.unit != b.profile.unit and abs(a.said - b.said) <= NEAR_NUMBERS * max(a.said, b.said)


def _worth_testing(a: Case, b: Case, *, alike: bool) -> bool:
    """Say at once, before any test, that no relation can come of most pairs."""
    if alike and a.profile.nature and b.profile.nature:
        return min(a.said, b.said) >= SMALLEST_LIKE or distinctive(a.side.figure.number.value)
    days = [c.profile.last or (c.profile.as_of if c.profile.kind is Kind.STOCK else None) for c in (a, b)]
    if None not in days:
        return alike or _same_code(a, b)
    return alike and (a.profile.unit != b.profile.unit or distinctive(a.side.figure.number.value))


def _same_code(a: Case, b: Case) -> bool:
    return a.profile.code == b.profile.code


def _observed(*cases: Case) -> bool:
    past = (Modality.OBSERVED, Modality.ESTIMATED)
    return all(c.side.figure.modality in past and not rejected(c.side) for c in cases)


def _recharacterised(
    a: Case, b: Case, seen: tuple[Test, ...], outcome: dict[str, str], *, least: int
) -> Relation | None:
    """Two words for what may be one movement: both verbatim, no verdict."""
    if outcome["population"] == axes.DIFFERENT or not _observed(a, b):
        return None
    if axes.DISJOINT in (outcome["place"], outcome["window"]) or a.profile.unit != b.profile.unit:
        return None
    identical = outcome["quantity"] == axes.SAME and distinctive(a.side.figure.number.value)
    if not identical:
        if min(a.said, b.said) < least or outcome["speaker"] == axes.SAME or a.side.speaker == b.side.speaker:
            return None
        if outcome["window"] != axes.SAME and _days_apart(a, b) > NEAR_DAYS:
            return None  # two running totals that are like numbers were counted up to like days
    number = f"{words_of(a.side)} and {words_of(b.side)}"
    if outcome["quantity"] == axes.SAME:
        number = f"the same number, {a.said:,f}"
    terms = f"“{a.profile.term}” ({_who(a.side)}) and “{b.profile.term}” ({_who(b.side)})"
    reason = f"{number}: {terms}"
    if outcome["measure"] == axes.DISJOINT:
        reason += "; one says by choice, the other by force, so they cannot both be the same people"
    else:
        reason += "; two words that may or may not speak of the same people"
    return Relation(RelationKind.RECHARACTERISES, a.side, b.side, reason, seen)


def _contradiction(
    a: Case, b: Case, seen: tuple[Test, ...], outcome: dict[str, str], text: str, own: Sequence[Side]
) -> Relation | None:
    """Two speakers, one thing, numbers that cannot both be right: shown side by side."""
    same = all(outcome[name] == axes.SAME for name in ("measure", "population", "place", "window"))
    if not same or outcome["quantity"] != axes.DISJOINT or outcome["speaker"] != axes.DIFFERENT or not _observed(a, b):
        return None
    if a.profile.kind not in _COUNTS or not _same_things(a, b):
        return None
    if outcome["as-of"] == axes.DIFFERENT or not (_long(a) or _brief(a, b) or _contrasted(a.side, b.side, text)):
        return None
    if not axes.windows(a.profile, b.profile).exact or not _of_one_thing(a, b, text, own):
        return None
    reason = f"{_who(a.side)} says {words_of(a.side)}, {_who(b.side)} says {words_of(b.side)}, of the same thing"
    return Relation(RelationKind.CONTRADICTS, a.side, b.side, reason, seen)


def _of_one_thing(a: Case, b: Case, text: str, own: Sequence[Side]) -> bool:
    """Say whether both sentences assert their numbers and restrict them alike, by every word that they say.

    A word that one says and the other does not ("of cholera", "newly", "in hospitals") may set them apart; in one
    sentence any such word may. Of one day in one town, the larger count may be the more restricted one: whoever counts
    fewer among more is contradicted all the same. A period or place taken over from an earlier sentence proves nothing,
    save where the next sentence but adds who says otherwise. What a sentence names again ("in the strike") is what the
    one before told of it.
    """
    if not text or not _settled(a, b, text):
        return False
    brief = _brief(a, b)
    telling = TELLING if a.profile.code in axes.harms() else frozenset()
    figures = [side.figure for side in own]
    left: list[frozenset[str]] = []
    wider: list[bool] = []
    sentences = [claims.sentence_of(text, c.side.figure.number.anchor.span) for c in (a, b)]
    for one, other in ((a, b), (b, a)):
        said = (*one.side.said, *other.side.said)
        seen = replace(claims.around(text, one.side.figure, figures, said), beside=other.side.figure)
        words = claims.words_left_over(seen)
        if words is None or claims.withheld(seen) is not None:
            return False
        wider.append(claims.widens(seen))
        left.append(words - telling - (claims.circumstances(seen) if brief else frozenset()))
    fewer, more = (0, 1) if a.said < b.said else (1, 0)
    if sentences[0] == sentences[1]:
        return not any(left) or (brief and _one_told_twice((a, b)[fewer], (a, b)[more], text, left[0] | left[1]))
    if brief:
        left = _named_again(a, b, text, left)
    return left[0] == left[1] or (brief and left[fewer] <= left[more] and not wider[more])


_TURN = re.compile(r"[,;]?\s+(?:while|whereas|but|although|though|and)\s|[;:]\s", re.IGNORECASE)


def _one_told_twice(fewer: Case, more: Case, text: str, left: frozenset[str]) -> bool:
    """Say whether one sentence gives two counts of one happening, and only the larger one's clause tells which.

    "55 died in the strike on the port, while the union says 38 died"; but not "38 died in the strike, while the union
    says 55 died", which may be all of that day.
    """
    place = claims.known_words(more.profile.place.name) if more.profile.place is not None else frozenset()
    first, second = sorted((fewer.side.figure.number.anchor.span, more.side.figure.number.anchor.span))
    turn = _TURN.search(text, first.end, second.start)
    sentence = claims.sentence_of(text, first)
    if not left <= WORDS | place or turn is None or sentence is None or several(sentence.of(text)):
        return False
    clauses = text[sentence.start : turn.start()], text[turn.end() : sentence.end]
    own, other = clauses if fewer.side.figure.number.anchor.span == first else clauses[::-1]
    told = claims.known_words(own) & left & WORDS
    return not told - again(own, other)


def _named_again(a: Case, b: Case, text: str, left: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Return the words left over of both, without those by which one names again what was told before it.

    Who names it again says of it what was told of it: "killed 55 in a strike on the market", "38 died in the strike".
    """
    earlier, later = sorted((0, 1), key=lambda at: (a, b)[at].side.figure.number.anchor.span.start)
    first, second = (claims.sentence_of(text, (a, b)[at].side.figure.number.anchor.span) for at in (earlier, later))
    period = (a, b)[earlier].side.figure.period
    scene = claims.sentence_of(text, period.anchor.span) if period is not None else None
    found = list(left)
    if first is None or second is None:
        return found
    begin = scene.start if scene is not None and 0 <= first.start - scene.start <= CONTRAST_REACH else first.start
    found[earlier] = found[earlier] - again(first.of(text), text[begin : first.start])
    named = again(second.of(text), text[begin : second.start])
    if named:
        found[later] = (found[later] - named) | (found[earlier] & described(first.of(text)))
    return found


def _settled(a: Case, b: Case, text: str) -> bool:
    """Say whether days and place are told of both, or taken over from the sentence straight before."""
    carried = [{"period", "place"} & set(c.side.figure.carried) for c in (a, b)]
    if not any(carried):
        return True
    first, second = sorted((a, b), key=lambda c: c.side.figure.number.anchor.span.start)
    before, after = (claims.sentence_of(text, c.side.figure.number.anchor.span) for c in (first, second))
    if not _brief(a, b) or (carried[0 if first is a else 1] and not _of_one_scene(first, second, text)):
        return False
    if before is None or after is None or text[before.end : after.start].strip():
        return False
    larger, smaller = max(a.said, b.said), min(a.said, b.said)
    return larger <= MOST_APART * smaller and not _UP_TO_NOW.search(after.of(text))


def _of_one_scene(first: Case, second: Case, text: str) -> bool:
    """Say whether days and place of both are those of the sentence before the two, which tells of one happening."""
    anchors = [(c.side.figure.period, c.side.figure.place) for c in (first, second)]
    if any(period is None or place is None for period, place in anchors):
        return False
    days = {period.anchor.span for period, _ in anchors if period is not None}
    where = {place.anchor.span for _, place in anchors if place is not None}
    if len(days) != 1 or len(where) != 1:
        return False
    scene, sentence = (claims.sentence_of(text, span) for span in (days.pop(), first.side.figure.number.anchor.span))
    if scene is None or sentence is None or where.pop() not in scene or several(scene.of(text)):
        return False
    return scene == sentence or (scene.end <= sentence.start and not text[scene.end : sentence.start].strip(" "))


def _brief(a: Case, b: Case) -> bool:
    """Say whether both are of a day or two in one place within a country."""
    for c in (a, b):
        first, last, place = c.profile.first, c.profile.last, c.profile.place
        if first is None or last is None or (last - first).days >= EVENT_DAYS or place is None:
            return False
        if len(axes.place_parts(place)) < 2:
            return False
    return True


def _same_things(a: Case, b: Case) -> bool:
    """Say whether things, not people, go by the same words: huts are no schools."""
    if a.profile.unit == "person":
        return True
    one, other = a.side.figure.what, b.side.figure.what
    if one is None or other is None:
        return True
    return axes.restricted(one.quote) == axes.restricted(other.quote)


def _agreement(a: Case, b: Case, seen: tuple[Test, ...], outcome: dict[str, str]) -> Relation | None:
    """Two origins, one thing, numbers that fit."""
    if outcome["measure"] != axes.SAME or outcome["speaker"] == axes.SAME or not _observed(a, b):
        return None
    if a.profile.kind is not b.profile.kind or outcome["population"] not in (axes.SAME, axes.UNKNOWN):
        return None
    if outcome["quantity"] != axes.SAME and (a.bound or b.bound or not _fits(a, b)):
        return None
    settled = outcome["place"] == outcome["window"] == outcome["population"] == axes.SAME
    identical = outcome["quantity"] == axes.SAME and distinctive(a.side.figure.number.value)
    if not settled and (not identical or axes.DISJOINT in (outcome["place"], outcome["window"])):
        return None
    how = "the same number" if outcome["quantity"] == axes.SAME else "numbers that fit each other"
    reason = f"{how}: {words_of(a.side)} ({_who(a.side)}) and {words_of(b.side)} ({_who(b.side)})"
    return Relation(RelationKind.AGREES, a.side, b.side, reason, seen)


def _contained(a: Case, b: Case, seen: tuple[Test, ...], outcome: dict[str, str]) -> Relation | None:
    """One source counts a part and a whole: of the days, of the places or of the people."""
    if a.side.speaker != b.side.speaker or a.profile.kind is not Kind.FLOW or not _observed(a, b):
        return None
    extent = {outcome["place"], outcome["window"]}  # people alone ("49 women", "102 migrants") may be another cut
    for part, whole, word in ((a, b, axes.CONTAINED), (b, a, axes.CONTAINS)):
        if word in extent and {outcome["population"], *extent} <= {axes.SAME, word}:
            if whole.wide.below(part.wide):
                return None
            why = next(test.why for test in seen if test.outcome == word)
            reason = f"{words_of(part.side)} is a part of {words_of(whole.side)}: {why}"
            return Relation(RelationKind.PART_OF, part.side, whole.side, reason, seen)
    return None


def _other_measure(a: Case, b: Case, seen: tuple[Test, ...], outcome: dict[str, str]) -> Relation | None:
    """Numbers that look alike and count different things, where a reader may take one for the other."""
    if a.profile.kind not in _LEVELS or b.profile.kind not in _LEVELS:
        return None
    if axes.DISJOINT in (outcome["place"], outcome["window"]) or outcome["population"] == axes.DIFFERENT:
        return None
    if outcome["measure"] == axes.SAME:
        return None
    why = next(test.why for test in seen if test.name == "measure")
    if a.profile.unit != b.profile.unit:
        same_people = bool(a.profile.restricted) and outcome["population"] == axes.SAME
        if not _same_code(a, b) or not same_people:
            return None
    elif outcome["quantity"] != axes.SAME or not distinctive(a.side.figure.number.value):
        return None
    reason = f"{words_of(a.side)} ({_who(a.side)}) and {words_of(b.side)} ({_who(b.side)}) are not comparable: {why}"
    return Relation(RelationKind.DIFFERENT_MEASURE, a.side, b.side, reason, seen)


def _worded_parts(own: Sequence[Side], text: str) -> Iterator[Relation]:
    """Find parts by their words: "17 people, including three children", "10 of the 30", "60 fled, nine of them ill"."""
    if not text:
        return
    for at, whole in enumerate(own):
        listing = False  # inside "including three children and two nurses"
        for before, part in zip(own[at:], own[at + 1 : at + 5], strict=False):
            start, end = before.figure.number.anchor.span.end, part.figure.number.anchor.span.start
            between = text[start:end] if start <= end else ""
            if not between or len(between) > SAME_SENTENCE or _SENTENCE_END.search(between):
                break
            after = part.figure.number.anchor.span.end
            if before is whole and _OF_THE.fullmatch(between):
                yield from _worded(whole, part, "of the")
                break
            if before is whole and _OF_THEM.match(between):
                break  # a part itself: what follows belongs to its whole
            if _OF_THEM.match(text[after : after + BEFORE]):
                yield from _worded(part, whole, "of them")
            elif (before is whole and _INCLUDING.search(between)) or (listing and _AND.fullmatch(between)):
                listing = True
                yield from _worded(part, whole, "including")
            else:
                break


def _worded(part: Side, whole: Side, word: str) -> Iterator[Relation]:
    a, b = part.figure.number.value, whole.figure.number.value
    low, high = a.said_low if a.said_low is not None else a.said_high, b.said_high if b.said_high is not None else None
    if a.unit != b.unit or low is None or (high is not None and low > high):
        return
    reason = f"{words_of(part)} is a part of {words_of(whole)}: the article says “{word}”"
    one, other = case(part), case(whole)
    yield Relation(RelationKind.PART_OF, part, whole, reason, tests(one, other) if one and other else ())


def _long(a: Case) -> bool:
    first, last = a.profile.first, a.profile.last
    return first is not None and last is not None and (last - first).days >= LONG_WINDOW_DAYS


def _contrasted(a: Side, b: Side, text: str) -> bool:
    """Say whether the words set the two numbers against each other: in one sentence, or with a "but" between."""
    one, other = sorted((a.figure.number.anchor.span, b.figure.number.anchor.span))
    between = text[one.end : other.start]
    if not between or len(between) > CONTRAST_REACH:
        return False
    return _CONTRAST.search(between) is not None or _SENTENCE_END.search(between) is None


def _days_apart(a: Case, b: Case) -> int:
    one, other = a.profile.last or a.profile.as_of, b.profile.last or b.profile.as_of
    return abs((one - other).days) if one and other else 10_000


def _who(side: Side) -> str:
    return side.speaker or "the article itself"
