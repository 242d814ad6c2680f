"""From many articles to relations and groups: the one place where texts, rows and relations meet."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import date
from decimal import Decimal

from counterfoil.comparing import claims
from counterfoil.comparing.claims import enclosing
from counterfoil.reading.model import Account, Modality
from counterfoil.relating import copies
from counterfoil.relating.across import links
from counterfoil.relating.comparable import Case, same_speaker, tests
from counterfoil.relating.comparable import case as case_of
from counterfoil.relating.groups import FOLDED, groups
from counterfoil.relating.model import ARTICLE, Article, Decision, Related, Relation, RelationKind, Side
from counterfoil.relating.relations import BY_ROWS, relate, rows_of, text_case
from counterfoil.relating.rows import Row
from counterfoil.relating.sameness import Link
from counterfoil.spans import Skipped


def article(account: Account) -> Article:
    """Return what relating needs of a read article."""
    sides = tuple(
        Side(
            figure,
            None if figure.statement is None else account.statements[figure.statement].speaker.name,
            ARTICLE,
            tuple((s.source, s.cue) for s in enclosing(account, figure)),
        )
        for figure in account.figures
    )
    return Article(account.document, account.statements, sides)


def relate_all(
    articles: Iterable[Article], records: Sequence[Side] = (), *, decisions: Iterable[Decision] = (), workers: int = 1
) -> Related:
    """Return the relations among the figures of many articles and the records, and the groups that they form.

    articles   in any order; the same text twice counts once.
    records    published figures, as `Side`s whose speaker is the publisher.
    decisions  what a person decided about pairs; it replaces what is found.
    """
    ordered, skipped = _in_order(articles)
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
    across = links(rows, workers=workers)
    head = {link.a: link.b for link in across if link.kind in FOLDED}
    relations = [_relation(link, cases) for link in across if link.kind in BY_ROWS or _crosses(rows, link)]
    relations += _copied(ordered, passages, {id(c.side) for c in cases})
    index = {id(side): at for at, side in enumerate(sides)}
    for one in ordered:
        for relation in relate(one.sides, records, text=one.document.text, statements=one.statements):
            relations.append(_of_heads(relation, index, head, cases))
    return Related(_decided(_once(relations), decisions, sides), groups(rows, across, sides), tuple(skipped))


def _crosses(rows: Sequence[Row], link: Link) -> bool:
    return rows[link.a].article != rows[link.b].article


def _copied(ordered: Sequence[Article], passages: dict[int, int], compared: Set[int]) -> list[Relation]:
    """Find copies among the figures that allow no comparison: the same number in nearly the same sentence."""
    first: dict[tuple[int, Decimal | None, Decimal | None, str], Side] = {}
    found = []
    for one in ordered:
        for side in one.sides:
            passage = passages[id(side)]
            if id(side) in compared or passage < 0:
                continue
            quantity = side.figure.number.value
            head = first.setdefault((passage, quantity.said_low, quantity.said_high, quantity.unit), side)
            elsewhere = head.figure.number.anchor.document != side.figure.number.anchor.document
            if elsewhere and same_speaker(head.speaker, side.speaker):
                reason = f"nearly the same words: {side.figure.number.anchor.quote}"
                found.append(Relation(RelationKind.COPIES, side, head, reason, ()))
    return found


def _in_order(articles: Iterable[Article]) -> tuple[list[Article], list[Skipped]]:
    seen: dict[str, Article] = {}
    skipped: list[Skipped] = []
    for one in sorted(articles, key=_order):
        if one.document.sha256 in seen:
            skipped.append(Skipped(one.document.source or one.document.sha256, "the same text is there already"))
        else:
            seen[one.document.sha256] = one
    return list(seen.values()), skipped


def _order(one: Article) -> tuple[date, str, str]:
    published = one.document.published
    return (published.day if published else date.max, one.document.sha256, one.document.source)


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


def _key(side: Side) -> tuple[str, int, str, str]:
    anchor = side.figure.number.anchor
    denied = "denied" if side.figure.modality is Modality.DENIED else ""
    return (anchor.document, anchor.span.start, side.where, denied and f"{denied} {side.speaker}")


def _once(relations: Iterable[Relation]) -> list[Relation]:
    """Keep the first relation of each pair."""
    best: dict[frozenset[tuple[str, int, str, str]], Relation] = {}
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
