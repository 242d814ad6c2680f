"""From many articles to relations and groups: the one place where texts, rows and relations meet."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import date
from decimal import Decimal

from counterfoil.comparing import axes, claims
from counterfoil.comparing.claims import enclosing
from counterfoil.reading import periods
from counterfoil.reading.model import Account, Figure, Kind, Modality
from counterfoil.relating import copies
from counterfoil.relating.across import links
from counterfoil.relating.comparable import Case, same_speaker, tests, words_of
from counterfoil.relating.comparable import case as case_of
from counterfoil.relating.groups import FOLDED, groups
from counterfoil.relating.happenings import SAME_EVENT, again
from counterfoil.relating.model import ARTICLE, Article, Decision, Related, Relation, RelationKind, Side
from counterfoil.relating.relations import BY_ROWS, relate, rows_of, text_case
from counterfoil.relating.rows import EVENT_DAYS, Row, settled
from counterfoil.relating.sameness import Link
from counterfoil.spans import Reading, Skipped, Span


def article(account: Account) -> Article:
    """Return what relating needs of a read article."""
    sides = tuple(
        Side(
            figure,
            None if figure.statement is None else account.statements[figure.statement].speaker.name,
            ARTICLE,
            tuple((s.source, s.cue) for s in enclosing(account, figure)),
            account.document.outlet,
        )
        for figure in account.figures
    )
    return Article(account.document, account.statements, sides)


def relate_all(
    articles: Iterable[Article], records: Sequence[Side] = (), *, decisions: Iterable[Decision] = (), workers: int = 1
) -> Related:
    """Return the relations among the figures of many articles and the records, and the groups that they form.

    articles   in any order; the same text twice counts once: another outlet that prints it copies it.
    records    published figures, as `Side`s whose speaker is the publisher.
    decisions  what a person decided about pairs; it replaces what is found.
    """
    ordered, reprints, skipped = _in_order(articles)
    ordered = [dated(one) for one in ordered]
    sides: list[Side] = []
    cases: list[Case] = []
    rows: list[Row] = []
    passages = _passages(ordered)
    for place, one in enumerate(ordered):
        found = [text_case(side, one.document.text) for side in one.sides]
        kept = [c for c in found if c is not None]
        for side, c in zip(one.sides, found, strict=True):
            if c is None:
                quote = side.figure.number.anchor.quote
                skipped.append(
                    Skipped(quote, "no measure or number that can be compared", side.figure.number.anchor.span)
                )
        document = one.document
        rows += rows_of(
            kept,
            one.sides,
            document.text,
            first=len(rows),
            article=place,
            outlet=document.outlet,
            published=document.published.day if document.published else None,
            passages=passages,
            credit=copies.credit(document.text, outlet=document.outlet, author=document.author),
        )
        cases += kept
        sides += [c.side for c in kept]
    rows = settled(rows)
    across = links(rows, workers=workers)
    relations_of = across  # what a person decided replaces these below
    decided = tuple(decisions)
    across, parted, joined = _as_decided(across, rows, sides, decided)
    across_of = {link.a: link for link in across if link.kind in FOLDED}
    head = {at: link.b for at, link in across_of.items()}
    relations = [_relation(link, cases) for link in relations_of if link.kind in BY_ROWS or _crosses(rows, link)]
    compared = {
        id(c.side) for c, one in zip(cases, rows, strict=True) if one.place and one.happened and not one.increment
    }
    relations += _copied(ordered, passages, compared)
    again = _printed_again(ordered, reprints)
    index = {id(side): at for at, side in enumerate(sides)}
    for one in ordered:
        for relation in relate(one.sides, records, text=one.document.text, statements=one.statements):
            relations.append(_of_heads(relation, index, head, cases))
    prints: dict[int, list[Side]] = defaultdict(list)
    for side, first in again:
        at = index.get(id(first))
        if at is not None:
            prints[at].append(side)
        link = across_of.get(at) if at is not None else None
        relations.append(_reprint(side, first, link if link and _crosses(rows, link) else None, cases))
    twice = [at for at, link in across_of.items() if not _crosses(rows, link)]
    told = sides[: len(rows)]
    sides += [side for side, _ in again]
    return Related(
        _decided(_once(relations), decided, sides),
        groups(rows, across, told, prints=prints, parted=parted, joined=joined),
        tuple(skipped),
        tuple(side for at in sorted(twice) for side in (told[at], *prints.get(at, ()))),
    )


def _crosses(rows: Sequence[Row], link: Link) -> bool:
    return rows[link.a].article != rows[link.b].article


_OF_ONE_THING = frozenset(
    {RelationKind.AGREES, RelationKind.SUPERSEDES, RelationKind.REVISES, RelationKind.CONTRADICTS}
)


def _as_decided(
    found: Sequence[Link], rows: Sequence[Row], sides: Sequence[Side], decisions: Sequence[Decision]
) -> tuple[list[Link], list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the links as people decided, and the pairs that are to stand apart, and together, in groups.

    Who rejects a slip or a copy says nothing of what is counted: both figures stay in their group. Who rejects that
    two counts agree, contradict or follow each other says that they are not of one thing.
    """
    if not decisions:
        return list(found), [], []
    places = {side.figure.id: at for at, side in reversed(list(enumerate(sides)))}
    kinds = {frozenset((link.a, link.b)): link.kind for link in found}
    ruled: dict[frozenset[int], Decision] = {}
    for decision in decisions:
        if decision.a in places and decision.b in places and decision.a != decision.b:
            ruled[frozenset((places[decision.a], places[decision.b]))] = decision
    kept = [link for link in found if frozenset((link.a, link.b)) not in ruled]
    parted, joined = [], []
    for pair, decision in ruled.items():
        a, b = places[decision.a], places[decision.b]
        if decision.kind is None:
            if kinds.get(pair) in _OF_ONE_THING:
                parted.append((a, b))
            continue
        kept.append(Link(decision.kind, a, b, "decided by a person"))
        if decision.kind in _OF_ONE_THING and (rows[a].code, rows[a].unit) == (rows[b].code, rows[b].unit):
            joined.append((a, b))
    return sorted(kept, key=lambda link: (link.a, link.b)), parted, joined


def _copied(ordered: Sequence[Article], passages: dict[int, int], compared: Set[int]) -> list[Relation]:
    """Find copies among the figures that are not compared: the same number in nearly the same sentence."""
    first: dict[tuple[object, ...], Side] = {}
    found = []
    for one in ordered:
        for side in one.sides:
            passage = passages[id(side)]
            if id(side) in compared or passage < 0:
                continue
            head = first.setdefault((passage, *_value(side)), side)
            elsewhere = head.figure.number.anchor.document != side.figure.number.anchor.document
            if elsewhere and same_speaker(head.speaker, side.speaker):
                found.append(Relation(RelationKind.COPIES, side, head, f"nearly the same words: {words_of(head)}", ()))
    return found


def _value(side: Side) -> tuple[Decimal | None, Decimal | None, str, Modality]:
    quantity = side.figure.number.value
    return (quantity.said_low, quantity.said_high, quantity.unit, side.figure.modality)


def _in_order(articles: Iterable[Article]) -> tuple[list[Article], list[Article], list[Skipped]]:
    """Return the articles in order of time, those that print one of their texts again, and what is set aside."""
    seen: dict[str, Article] = {}
    outlets: dict[str, set[str]] = defaultdict(set)
    again: list[Article] = []
    skipped: list[Skipped] = []
    for one in sorted(articles, key=_order):
        text, outlet = one.document.sha256, (one.document.outlet or "").casefold()
        # every article gets sides of its own, which tell who prints them
        one = replace(one, sides=tuple(replace(side, outlet=one.document.outlet) for side in one.sides))
        if text not in seen:
            seen[text] = one
        elif outlet and outlet not in outlets[text] and "" not in outlets[text]:
            again.append(one)
        else:
            skipped.append(Skipped(one.document.source or text, "the same text is there already"))
        outlets[text].add(outlet)
    return list(seen.values()), again, skipped


def _order(one: Article) -> tuple[date, bool, str, str, str]:
    """Order by day; of one day, an agency's own page stands before those that print it."""
    published, document = one.document.published, one.document
    day = published.day if published else date.max
    own = copies.names_agency(document.outlet)
    return (day, not own, document.sha256, document.outlet or "", document.source)


def _printed_again(ordered: Sequence[Article], reprints: Iterable[Article]) -> list[tuple[Side, Side]]:
    """Return each side of a text that another outlet prints again, with the side of its first print."""
    first = {(_at(side), _value(side)): side for one in ordered for side in one.sides}
    pairs = ((side, first.get((_at(side), _value(side)))) for one in reprints for side in one.sides)
    return [(side, before) for side, before in pairs if before is not None]


def _at(side: Side) -> tuple[str, int]:
    anchor = side.figure.number.anchor
    return (anchor.document, anchor.span.start)


def _reprint(side: Side, first: Side, link: Link | None, cases: Sequence[Case]) -> Relation:
    """Return what a figure printed again is to the first of its origin: what its first print is, or a copy of that."""
    if link is not None:
        return Relation(link.kind, side, cases[link.b].side, link.reason, tests(cases[link.a], cases[link.b]))
    one = case_of(first)
    outlet = first.outlet or "an article"
    reason = f"the same text, word for word: {words_of(first)} ({outlet})"
    return Relation(RelationKind.COPIES, side, first, reason, tests(one, one) if one else ())


def dated(one: Article) -> Article:
    """Return the article with the days of those figures whose reading found none though their own clause tells them.

    Only what happened during a time, and only where the sentence has one time behind the number, with no comma, "who"
    or "which" between: "1,150 civilians were killed in Sudan in 2025".
    """
    one = replace(one, sides=_of_same_event(one))
    if not any(_wants_days(side) for side in one.sides):
        return one
    published = one.document.published
    times = periods.find(one.document.text, published.day if published else None)
    return replace(one, sides=tuple(_dated(side, one, times) if _wants_days(side) else side for side in one.sides))


def _wants_days(side: Side) -> bool:
    figure = side.figure
    return figure.period is None and figure.measure is not None and figure.kind is Kind.FLOW


REACH = 500  # code points back to what "the same attack" means


def _of_same_event(one: Article) -> tuple[Side, ...]:
    """Return the sides; a number "in the same attack" has the days and the place of the count before it.

    Only of harm, where that count has days of its own, few of them, and its own words say no other time or place. In
    the next sentence "in the attack" is enough; then days and place count as taken over.
    """
    found: list[Side] = []
    before: Side | None = None
    for side in one.sides:
        figure, text = side.figure, one.document.text
        harm = figure.measure is not None and figure.measure.value.code in axes.harms()
        if harm and before is not None and (figure.period is None or "period" in figure.carried):
            sentence = claims.sentence_of(text, figure.number.anchor.span)
            near = figure.number.anchor.span.start - before.figure.number.anchor.span.end <= REACH
            if near and sentence is not None:
                same = SAME_EVENT.search(sentence.of(text)) is not None
                if same or _in_the(sentence, before, text):
                    place = before.figure.place if figure.place is None or "place" in figure.carried else figure.place
                    carried = () if same else ("period", *(("place",) if place is not figure.place else figure.carried))
                    figure = replace(figure, period=before.figure.period, place=place, carried=carried)
                    side = replace(side, figure=figure)
        found.append(side)
        if harm and not figure.carried and _brief(figure):
            before = side
    return tuple(found)


def _in_the(sentence: Span, before: Side, text: str) -> bool:
    """Say whether the next sentence after a count names what it is of again: "in the strike"."""
    first = claims.sentence_of(text, before.figure.number.anchor.span)
    if first is None or first.end > sentence.start or text[first.end : sentence.start].strip():
        return False
    return bool(again(sentence.of(text), first.of(text)))


def _brief(figure: Figure) -> bool:
    """Say whether a figure is of a day or two that are over, in a place that is named."""
    period = figure.period.value if figure.period else None
    if period is None or period.first is None or period.last is None or period.open_end or figure.place is None:
        return False
    return (period.last - period.first).days < EVENT_DAYS


_BREAKS_OFF = re.compile(r"[,;:()\n]|\b(?:who|which|that|whom|where|before|after|said|says)\b", re.IGNORECASE)


def _dated(side: Side, one: Article, times: Sequence[periods.Time]) -> Side:
    figure, text = side.figure, one.document.text
    number = figure.number.anchor.span
    sentence = claims.sentence_of(text, number)
    if sentence is None:
        return side
    begin, end = (bisect_left(times, at, key=lambda time: time.span.start) for at in (sentence.start, sentence.end))
    there = [time for time in times[begin:end] if time.span in sentence]
    if len(there) != 1 or there[0].span.start < number.end or there[0].period.first is None:
        return side
    [time] = there
    spoken = any(cue is not None and 0 <= time.span.start - cue.span.end <= 1 for _, cue in side.said)
    if spoken or _BREAKS_OFF.search(text[number.end : time.span.start]):
        return side
    period = Reading(time.period, one.document.anchor(time.span), "relating.clause@1")
    return replace(side, figure=replace(figure, period=period))


def _passages(ordered: Sequence[Article]) -> dict[int, int]:
    """Return for each side, by its id, the number of its sentence among near-identical ones."""
    ids: list[int] = []
    texts: list[str] = []
    for one in ordered:
        text = one.document.text
        for side in one.sides:
            sentence = claims.sentence_of(text, side.figure.number.anchor.span)
            ids.append(id(side))
            texts.append(sentence.of(text) if sentence else "")
    return dict(zip(ids, copies.clusters(texts), strict=True))


def _relation(link: Link, cases: Sequence[Case]) -> Relation:
    a, b = cases[link.a], cases[link.b]
    return Relation(link.kind, a.side, b.side, link.reason, tests(a, b))


def _of_heads(relation: Relation, index: dict[int, int], head: dict[int, int], cases: Sequence[Case]) -> Relation:
    """Return the relation said of the first figures of their origins, not of their repeats."""
    ends = []
    for side in (relation.a, relation.b):
        at = index.get(id(side))
        first = at
        while first is not None and first in head:
            first = head[first]
        ends.append(side if first is None or first == at else cases[first].side)
    if ends == [relation.a, relation.b] or ends[0] is ends[1]:
        return relation
    one, other = (case_of(side) for side in ends)
    return replace(relation, a=ends[0], b=ends[1], tests=tests(one, other) if one and other else relation.tests)


_Key = tuple[str, int, str, str, str]


def _key(side: Side) -> _Key:
    denied = "denied" if side.figure.modality is Modality.DENIED else ""
    return (*_at(side), side.where, denied and f"{denied} {side.speaker}", side.outlet or "")


def _once(relations: Iterable[Relation]) -> list[Relation]:
    """Keep the first relation of each pair."""
    best: dict[frozenset[_Key], Relation] = {}
    for relation in relations:
        best.setdefault(frozenset((_key(relation.a), _key(relation.b))), relation)
    return list(best.values())


def _decided(
    relations: Sequence[Relation], decisions: Iterable[Decision], sides: Sequence[Side]
) -> tuple[Relation, ...]:
    """Return the relations with a person's decisions in place of what was found."""
    ruled = {frozenset((d.a, d.b)): d for d in decisions}
    kept = [r for r in relations if frozenset((r.a.figure.id, r.b.figure.id)) not in ruled]
    if ruled:
        by_id = {side.figure.id: side for side in sides}
        for decision in ruled.values():
            if decision.kind is not None and decision.a in by_id and decision.b in by_id:
                a, b = by_id[decision.a], by_id[decision.b]
                one, other = case_of(a), case_of(b)
                found = tests(one, other) if one and other else ()
                kept.append(Relation(decision.kind, a, b, "decided by a person", found))
    return tuple(sorted(kept, key=lambda r: (_key(r.a), _key(r.b), r.kind)))
