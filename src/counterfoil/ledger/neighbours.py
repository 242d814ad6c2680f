"""Which figures that are there may stand in a relation to those of a new article: found by keys, not all compared."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from counterfoil.documents.model import Dated, Document
from counterfoil.ledger import indexes, rows
from counterfoil.ledger.model import Choice, Deposit, Entry
from counterfoil.ledger.store import Database
from counterfoil.ledger.stored import unpack
from counterfoil.reading.model import Figure, Measure, Period, Place, Quantity, Statement
from counterfoil.reading.taxonomy import taxonomy
from counterfoil.relating.model import Article, Decision, Relation, RelationKind, Side
from counterfoil.spans import Anchor, Reading, Span

REACH_DAYS = 366  # a toll is revised, and a yearly total published, up to a year after what it counts
MOST = 200  # figures of one measure and country on either side of the day; the nearest days first
_LONGEST_CHAIN = 8  # statements around one figure
_PERSON = "ledger.corrected@1"  # what read a value that a person set right, or that an import brought


def own_article(deposit: Deposit, keys: Sequence[str]) -> Article:
    """Return the deposit as relating takes it: each figure stands where its entry does."""
    return Article(
        deposit.document,
        deposit.statements,
        tuple(_side(figure, deposit.statements, key, None) for figure, key in zip(deposit.figures, keys, strict=True)),
    )


def neighbours(
    database: Database, deposit: Deposit, *, without: frozenset[str]
) -> tuple[tuple[Article, ...], dict[str, int]]:
    """Return what is there and counts what the deposit's figures count, of the same country, not far in time.

    without  entries of the deposit itself.
    Returns  articles with only those figures, and the row of each figure by its entry's id.
    """
    found: dict[str, tuple[int, int]] = {}  # entry: document, figure
    for code, country, day in sorted({block for figure in deposit.figures for block in _blocks(figure, deposit)}):
        for key, document, figure in _near(database, code, country, day):
            if key not in without:
                found[key] = (document, figure)
    by_document: dict[int, list[str]] = defaultdict(list)
    for key in sorted(found):
        by_document[found[key][0]].append(key)
    articles = tuple(article(database, document, keys) for document, keys in sorted(by_document.items()))
    return articles, {key: figure for key, (_, figure) in found.items()}


def related(own: Article, there: tuple[Article, ...], decided: tuple[Decision, ...]) -> tuple[Relation, ...]:
    """Return how an article's figures stand to each other and to those that are there: the project's `Relating`."""
    from counterfoil.relating import relate_all

    keys = {side.where for side in own.sides}
    found = relate_all((own, *there), decisions=decided).relations
    return tuple(one for one in found if one.a.where in keys or one.b.where in keys)


def decisions(database: Database, articles: Sequence[Article]) -> tuple[Decision, ...]:
    """Return what people decided on pairs of these figures, the latest word on each pair."""
    figures = {side.where: side.figure.id for one in articles for side in one.sides}
    found: dict[frozenset[str], Decision] = {}
    for key in sorted(figures):
        asked = (
            "SELECT a.key, b.key, d.kind, d.choice FROM decisions AS d JOIN entries AS a ON a.id = d.a "
            "JOIN entries AS b ON b.id = d.b WHERE d.a = (SELECT id FROM entries WHERE key = ?) ORDER BY d.id"
        )
        for a, b, kind, choice in database.query(asked, (key,)):
            if a in figures and b in figures:
                held = RelationKind(kind) if choice == Choice.ACCEPTED else None
                found[frozenset((a, b))] = Decision(figures[a], figures[b], held)
    return tuple(found.values())


def article(database: Database, document: int, keys: Sequence[str]) -> Article:
    """Return one text that the ledger holds, with the figures of these entries as they stand now."""
    [row] = database.query(f"SELECT {', '.join(rows.DOCUMENT)} FROM documents WHERE id = ?", (document,))
    one = document_of(dict(zip(rows.DOCUMENT, row, strict=True)))
    asked = "SELECT body FROM statements WHERE document = ? ORDER BY number"
    statements = tuple(unpack(Statement, body, one.sha256) for (body,) in database.query(asked, (document,)))
    wanted = frozenset(keys)
    asked = f"SELECT f.body, {rows.SELECTED} FROM {rows.JOINED} WHERE e.document = ? ORDER BY f.number"
    sides = []
    for body, *values in database.query(asked, (document,)):
        now = rows.entry_of(values)
        if now.id in wanted:
            sides.append(_side(figure_of(now, body), statements, now.id, now))
    return Article(one, statements, tuple(sides))


def document_of(row: dict[str, Any]) -> Document:
    """Return the article that a row of `documents` holds; its text is "" where an import brought none."""
    published = row["published"]
    return Document(
        text=rows.text_of(row["snapshot"]) if row["snapshot"] is not None else "",
        sha256=row["sha256"],
        source=row["source"],
        url=row["url"],
        title=row["title"],
        outlet=row["outlet"],
        author=row["author"],
        published=Dated(date.fromisoformat(published), row["published_origin"] or "", row["published_words"] or "")
        if published
        else None,
        retrieved=rows.time_of(row["retrieved"]) if row["retrieved"] else None,
        raw_sha256=row["raw_sha256"],
        media_type=row["media_type"],
    )


def _blocks(figure: Figure, deposit: Deposit) -> Iterator[tuple[str, str, date]]:
    """Yield the keys under which a figure's neighbours stand: measure, country, day."""
    if figure.measure is None:
        return
    published = deposit.document.published
    day = figure.as_of or (published.day if published else None)
    places = [one.value.country for one in (figure.place, figure.origin, figure.destination) if one is not None]
    if not any(places) and figure.scene is not None:
        places = [figure.scene.value.country]
    if day is not None:
        for code in _family(figure.measure.value.code):
            for country in {one for one in places if one}:
                yield code, country, day


@cache
def _families() -> dict[str, tuple[str, ...]]:
    """Return the measures that speak of one movement in different words, each with all of them."""
    moving = tuple(one.code for one in taxonomy() if one.movement)
    return dict.fromkeys(moving, moving)


def _family(code: str) -> tuple[str, ...]:
    return _families().get(code, (code,))


def _near(database: Database, code: str, country: str, day: date) -> Iterator[tuple[str, int, int]]:
    """Yield entry, document and figure of the nearest days before and after.

    A movement stands under each country that it touches: who left one and who came to another may be the same people.
    """
    reach, hint = timedelta(days=REACH_DAYS), indexes.hints(database)
    for column in ("country", *(("origin_country", "destination_country") if code in _families() else ())):
        index = "entries_measure_country" if column == "country" else f"entries_{column}"
        asked = (
            f"SELECT key, document, figure FROM entries{hint(index)} WHERE measure = ? AND {column} = ? "
            f"AND {column} <> '' AND gone = 0 AND day {{}} ? AND day {{}} ? ORDER BY day {{}} LIMIT {{}}"
        )
        for below, above, order, first, last in (
            ("<=", ">=", "DESC", day, day - reach),
            (">", "<=", "ASC", day, day + reach),
        ):
            sql = asked.format(below, above, order, MOST)
            yield from database.query(sql, (code, country, first.isoformat(), last.isoformat()))


def _side(figure: Figure, statements: Sequence[Statement], key: str, now: Entry | None) -> Side:
    """Return a figure as relating takes it; the claimant is the one that holds now, where somebody set it right."""
    chain: list[Statement] = []
    at = figure.statement
    while at is not None and at < len(statements) and len(chain) < _LONGEST_CHAIN:
        chain.append(statements[at])
        at = statements[at].parent
    speaker = chain[0].speaker.name if chain else None
    if now is not None and (now.claimant or None) != speaker:
        speaker = now.claimant or None
    return Side(figure, speaker, key, tuple((one.source, one.cue) for one in chain))


def figure_of(now: Entry, body: str | None) -> Figure:
    """Return an entry as a figure: as read, with what people set right, or built anew for an import.

    Values that a person set are anchored at the number's words, and say so.
    """
    start = max(now.start or 0, 0)  # an import may tell positions that are none
    end = now.end if now.end is not None and now.end > start else start + max(len(now.quote), 1)
    anchor = Anchor(now.document, Span(start, end), now.quote)

    def said(value: Any) -> Any:
        return None if value is None else Reading(value, anchor, _PERSON)

    read = unpack(Figure, body, now.document) if body is not None else None
    if read is None:
        one = Decimal(1)
        number = Quantity(now.low, now.high, now.unit, now.hedge, now.said_low, now.said_high, one, one)
        measure = Measure(now.measure, now.term, now.population or None) if now.measure else None
        read = Figure(number=said(number), kind=now.kind, measure=said(measure))
    number = read.number.value
    if (number.low, number.high, number.unit, number.hedge) != (now.low, now.high, now.unit, now.hedge):
        number = replace(
            number,
            low=now.low,
            high=now.high,
            unit=now.unit,
            hedge=now.hedge,
            said_low=now.said_low,
            said_high=now.said_high,
        )
        read = replace(read, number=Reading(number, read.number.anchor, _PERSON))
    known = read.measure.value if read.measure else None
    if (known.code if known else "") != now.measure:
        read = replace(
            read, measure=said(Measure(now.measure, now.term, now.population or None)) if now.measure else None
        )
    return _dated(_placed(read, now, said), now, said)


def _placed(read: Figure, now: Entry, said: Callable[[Any], Any]) -> Figure:
    """Return the figure with the places that hold now."""
    place = read.place.value if read.place else None
    if (place.name if place else "", (place.country or "") if place else "") != (
        now.place,
        now.country if now.country_of == "place" else "",
    ):
        new = Place(now.place, now.country or None, now.admin1 or None, now.level, now.latitude, now.longitude)
        read = replace(read, place=said(new) if now.place else None)
    for name in ("origin", "destination"):
        reading = getattr(read, name)
        if (reading.value.name if reading else "") != getattr(now, name):
            own = getattr(now, name)
            moved = Place(own, getattr(now, f"{name}_country") or None) if own else None
            read = replace(read, **{name: said(moved)})
    return read


def _dated(read: Figure, now: Entry, said: Callable[[Any], Any]) -> Figure:
    """Return the figure with the days, the kind and the modality that hold now."""
    period = read.period.value if read.period else None
    if (period.first if period else None, period.last if period else None) != (now.first, now.last):
        days = now.first or now.last
        read = replace(read, period=said(Period(now.first, now.last, now.precision)) if days else None)
    return replace(
        read,
        kind=now.kind,
        direction=now.direction,
        modality=now.modality,
        as_of=now.as_of,
        tally=_kept(read.tally, now.tally, said),
        cause=_kept(read.cause, now.cause, said),
    )


def _kept(reading: Any, value: Any, said: Callable[[Any], Any]) -> Any:
    """Return the reading where its value holds, else a new one."""
    return reading if (reading.value if reading else None) == value else said(value)
