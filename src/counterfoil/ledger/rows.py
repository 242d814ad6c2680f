"""Between what was read and rows of tables: a figure as an entry, an entry as a row, a row as an entry. Pure."""

import json
import os
import re
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from counterfoil.documents.model import Document
from counterfoil.ledger.model import CONTEXT, FIELDS, Author, Confidentiality, Deposit, Entry, Role, State
from counterfoil.ledger.stored import dumps, pack
from counterfoil.reading import sentences
from counterfoil.reading.model import (
    Cause,
    Direction,
    Figure,
    Form,
    Hedge,
    Kind,
    Modality,
    Place,
    Precision,
    Statement,
    Tally,
)
from counterfoil.spans import Reading, Span

_COMPRESSION = 6  # zlib's default: news articles become half as long; 9 saves nothing more
_LONGEST_EXCERPT = 1000  # code points of a sentence kept as an excerpt; longer ones are lists and tables
_WIDEST = 300  # powers of ten that a double holds
_WHOLE_DIGITS = 15  # digits of a whole number that a double holds exactly
Fields = tuple[Any, ...]  # the values of an Entry in the order of FIELDS: what is written by the million is no object
_ODD = re.compile("[\ud800-\udfff\0]")

DOCUMENT = (
    *("id", "address", "version", "replaces", "sha256", "raw_sha256", "source", "url", "title", "outlet", "author"),
    *("published", "published_origin", "published_words", "retrieved", "media_type", "engine", "program", "editions"),
    *("skipped", "snapshot", "added_by", "added_at", "why"),
)
STATEMENT = ("document", "number", "parent", "speaker", "speaker_kind", "form", "act", "body")
FIGURE = (
    *("id", "document", "number", "entry", "quote", "prefix", "suffix", "span_start", "span_end", "statement"),
    "body",
)
VERSION = ("entry", "version", "figure", "action", "changes", "changed_by", "changed_at", "why")
CORRECTION = ("id", "entry", "version", "field", "old", "new", "changed_by", "changed_at", "why")
REVIEW = ("id", "entry", "version", "field", "mark", "state", "comment", "reviewed_by", "reviewed_at")
RELATION = ("id", "document", "kind", "a", "b", "record", "reason", "tests")
CHECK = ("id", "figure", "word", "sensitive_to", "reasons", "editions", "body", "checked_at")
DECISION = ("id", "relation", "a", "b", "kind", "choice", "decided_by", "decided_at", "why")
DIFFERENCE = ("document", "number", "what", "before", "after", "fields")

# Columns of `entries` that hold a field of an Entry, in the order of the table.
_COLUMNS = (
    *("key", "version", "day", "measure", "low", "high", "unit", "hedge", "claimant", "place", "country"),
    *("first_day", "last_day", "as_of", "term", "population", "excerpt", "role", "state", "confidentiality"),
    *("verdict", "kind", "direction", "said_low", "said_high", "tally", "modality", "cause", "event", "day_precision"),
    *("baseline_first", "baseline_last", "country_of", "admin1", "level", "latitude", "longitude", "origin"),
    *("origin_country", "destination", "destination_country", "claimant_kind", "form", "household_size"),
    *("calculation_logic", "gone", "certainty", "exact", "created_by", "created_at", "updated_by", "updated_at"),
)
ENTRY = ("id", *_COLUMNS, "document", "figure")
CHANGING = tuple(name for name in ENTRY if name not in ("id", "key", "created_by", "created_at"))

# Where each field of an Entry stands: its column, or one of the figure or the document.
COLUMN_OF = {"id": "key", "first": "first_day", "last": "last_day", "precision": "day_precision"}
_ELSEWHERE = {
    **{name: f"f.{name}" for name in ("quote", "prefix", "suffix")},
    "start": "f.span_start",
    "end": "f.span_end",
    "document": "d.sha256",
    **{name: f"COALESCE(d.{name}, '')" for name in ("title", "outlet", "url")},
    **{name: f"d.{name}" for name in ("source", "published", "retrieved", "engine")},
}
READ_FROM = tuple(_ELSEWHERE.get(name, f"e.{COLUMN_OF.get(name, name)}") for name in FIELDS)
SELECTED = ", ".join((*READ_FROM, "e.exact"))
JOINED = "entries AS e JOIN figures AS f ON f.id = e.figure JOIN documents AS d ON d.id = e.document"
SELECT = f"SELECT {SELECTED} FROM {JOINED}"

_fields_of = attrgetter(*FIELDS)
_TRACKING = frozenset("fbclid gclid mc_cid mc_eid igshid".split())  # tell who clicked, not which page


def address_of(deposit: Deposit, home: Path | None) -> str:
    """Return what tells this article from others, in one form.

    home  the folder of the ledger: a file is called as seen from there, so that two files of one name stay apart.
          None for a server, where only its text tells a file from those of colleagues.
    """
    document = deposit.document
    if deposit.address or document.url:
        return one_form(deposit.address or document.url or "")
    if home is None or document.source in ("", "-"):
        return f"sha256:{document.sha256}"
    try:
        return f"file:{Path(os.path.relpath(document.source, home)).as_posix()}"
    except ValueError:  # on another drive
        return f"file:{Path(document.source).absolute().as_posix()}"


@lru_cache(maxsize=2048)  # asked for when a batch is looked up, and again when its article is added
def one_form(address: str) -> str:
    """Return a URL without what does not tell pages apart: scheme, case of the host, fragment, tracking.

    >>> one_form("HTTP://Example.org:80/a?utm_source=x&id=3#top")
    'https://example.org/a?id=3'
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return address
    if parts.scheme.lower() not in ("http", "https") or not host:
        return address
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    if not parts.query:
        return f"https://{place}{parts.path or '/'}"
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith("utm_") and name.lower() not in _TRACKING
    ]
    return urlunsplit(("https", place, parts.path or "/", urlencode(asked), ""))


def key_of(address: str, document: Document, start: int) -> str:
    """Return the name of an entry: the same wherever the same text of the same page, or the same file, is recorded."""
    page = address if address.startswith("https://") else ""
    return f"{_name_of_text(page, document.sha256)}-{start}"


@lru_cache(maxsize=256)  # one text has many figures
def _name_of_text(page: str, text: str) -> str:
    return sha256(f"{page}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


def storable(words: str | None) -> str:
    """Return words that both databases take: lone surrogates and zeros become U+FFFD. The snapshot keeps them."""
    if not words:
        return ""
    return words if words.isascii() and "\0" not in words else _ODD.sub("\N{REPLACEMENT CHARACTER}", words)


def snapshot(text: str) -> bytes:
    """Return a text as the ledger keeps it; `text_of` brings it back, lone surrogates and all."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _COMPRESSION)


def text_of(kept: bytes) -> str:
    """Return the text that `snapshot` kept."""
    return zlib.decompress(kept).decode("utf-8", "surrogatepass")


@lru_cache(maxsize=256)  # one import has one time
def time_words(at: datetime) -> str:
    """Return a time in UTC, to the second: 2024-05-03T12:00:00Z. One without a zone is taken as UTC."""
    known = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return f"{known:%Y-%m-%dT%H:%M:%S}Z"


def excerpts(text: str, spans: Sequence[Span]) -> list[str]:
    """Return the sentence of each span, on one line; a very long one is cut to what stands around the span."""
    found = sentences.find(text)
    starts = [one.start for one in found]
    kept = []
    for span in spans:
        sentence = found[max(bisect_right(starts, span.start) - 1, 0)] if found else span
        start, end = min(sentence.start, span.start), max(sentence.end, span.end)
        if end - start > _LONGEST_EXCERPT:
            start, end = max(start, span.start - _LONGEST_EXCERPT // 2), min(end, span.end + _LONGEST_EXCERPT // 2)
        kept.append(" ".join(text[start:end].split()))
    return kept


def entries(deposit: Deposit, address: str, author: Author) -> Iterator[Entry]:
    """Yield an entry for each figure, as the article has it."""
    return (Entry(*fields) for fields in readings(deposit, address, author))


def readings(deposit: Deposit, address: str, author: Author) -> Iterator[Fields]:
    """Yield the fields of an entry for each figure, as the article has it."""
    document, text = deposit.document, deposit.document.text
    sentences_of = excerpts(text, [figure.number.anchor.span for figure in deposit.figures])
    verdicts = [one.word.value for one in deposit.checks] or [""] * len(deposit.figures)
    article = article_fields(document, engine=deposit.engine, by=author.by, at=author.at)
    for figure, excerpt, verdict in zip(deposit.figures, sentences_of, verdicts, strict=True):
        statement = None if figure.statement is None else deposit.statements[figure.statement]
        yield figure_fields(
            figure,
            statement,
            text,
            article,
            key=key_of(address, document, figure.number.anchor.span.start),
            excerpt=excerpt,
            verdict=verdict,
            confidentiality=deposit.confidentiality,
        )


def article_fields(document: Document, *, engine: str, by: str, at: datetime) -> Fields:
    """Return the last fields of an entry: those that all figures of an article share."""
    return (
        *(document.sha256, storable(document.title), storable(document.outlet), storable(document.url)),
        *(storable(document.source), document.published.day if document.published else None, document.retrieved),
        *(engine, by, at, by, at),
    )


def figure_fields(
    figure: Figure,
    statement: Statement | None,
    text: str,
    article: Fields,
    *,
    key: str,
    excerpt: str,
    verdict: str,
    confidentiality: Confidentiality,
) -> Fields:
    """Return a figure as the fields of an entry, as the article has it: nobody has decided anything on it.

    text     of its article.
    article  what `article_fields` returned for that.
    """
    number, span = figure.number.value, figure.number.anchor.span
    measure = figure.measure.value if figure.measure else None
    period = figure.period.value if figure.period else None
    baseline = figure.baseline.value if figure.baseline else None
    place, origin, destination = _value(figure.place), _value(figure.origin), _value(figure.destination)
    unsettled = place is None or place.level == "unknown"  # "his district", a village that no gazetteer has
    scene = figure.scene.value.country if unsettled and figure.scene is not None else None
    country = place.country if place is not None else None
    return (
        *(key, 1, number.low, number.high, number.said_low, number.said_high, number.unit, number.hedge),
        *(figure.kind, figure.direction),
        *((measure.code, storable(measure.term), storable(measure.population)) if measure else ("", "", "")),
        figure.tally.value if figure.tally else None,
        figure.modality,
        figure.cause.value if figure.cause else None,
        storable(figure.event.quote) if figure.event else "",
        *((period.first, period.last, period.precision) if period else (None, None, Precision.UNKNOWN)),
        *((baseline.first, baseline.last) if baseline else (None, None)),
        figure.as_of,
        storable(place.name) if place else "",
        country or scene or "",
        "place" if country else "article" if scene else "",
        *((storable(place.admin1), place.level, place.latitude, place.longitude) if place else ("", "", None, None)),
        *((storable(origin.name), origin.country or "") if origin else ("", "")),
        *((storable(destination.name), destination.country or "") if destination else ("", "")),
        *((storable(statement.speaker.name), statement.speaker.kind, statement.form) if statement else ("", "", None)),
        *(None, Role.TRIANGULATION, State.NOT_STARTED, confidentiality, "", False, verdict),
        min([one.probability for one in figure.certainty], default=None),
        storable(excerpt),
        storable(figure.number.anchor.quote),
        storable(text[max(0, span.start - CONTEXT) : span.start]),
        storable(text[span.end : span.end + CONTEXT]),
        *(span.start, span.end),
        *article,
    )


def _value(reading: Reading[Place] | None) -> Place | None:
    return None if reading is None else reading.value


def document_row(
    deposit: Deposit, address: str, author: Author, *, number: int, version: int, replaces: int | None
) -> tuple[Any, ...]:
    """Return the row of `documents` for an article."""
    one = deposit.document
    published = one.published
    skipped = [[storable(each.what), each.reason, *(_ends(each.span))] for each in one.skipped]
    return (
        *(number, address, version, replaces, one.sha256, one.raw_sha256, storable(one.source)),
        *(_or_none(one.url), _or_none(one.title), _or_none(one.outlet), _or_none(one.author)),
        published.day.isoformat() if published else None,
        published.origin if published else None,
        _or_none(published.words) if published else None,
        time_words(one.retrieved) if one.retrieved else None,
        *(one.media_type, deposit.engine, deposit.version, dumps(deposit.editions), dumps(skipped)),
        *(snapshot(one.text), storable(author.by), time_words(author.at), storable(author.why)),
    )


def bare_document_row(
    one: Entry, address: str, author: Author, *, number: int, version: int, replaces: int | None
) -> tuple[Any, ...]:
    """Return the row of `documents` for what an imported entry tells of its article, whose text is not here."""
    return (
        *(number, address, version, replaces, one.document, None, storable(one.source), storable(one.url) or None),
        *(storable(one.title) or None, storable(one.outlet) or None, None, _day(one.published)),
        *("import" if one.published else None, None, as_text(one.retrieved), "", one.engine, "", "[]", "[]", None),
        *(storable(author.by), time_words(author.at), storable(author.why)),
    )


def _ends(span: Span | None) -> tuple[int, ...]:
    return () if span is None else (span.start, span.end)


def _or_none(words: str | None) -> str | None:
    return None if words is None else storable(words)


def statement_rows(deposit: Deposit, document: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `statements`."""
    for number, one in enumerate(deposit.statements):
        body = pack(one, deposit.document.sha256)
        speaker = one.speaker
        yield (document, number, one.parent, storable(speaker.name), speaker.kind, one.form, one.act, body)


def fields_of(one: Entry) -> Fields:
    """Return the fields of an entry in their order."""
    return _fields_of(one)


def figure_row(
    seen: Entry, number: int, *, row: int, document: int, entry_row: int, figure: Figure | None
) -> tuple[Any, ...]:
    """Return the row of `figures` for an entry as it was read, or imported where `figure` is None."""
    return figure_columns(fields_of(seen), number, row=row, document=document, entry_row=entry_row, figure=figure)


def figure_columns(
    seen: Fields, number: int, *, row: int, document: int, entry_row: int, figure: Figure | None
) -> tuple[Any, ...]:
    """Return the same for the fields of an entry."""
    quote, prefix, suffix, start, end, text = seen[46:52]
    body = None if figure is None else pack(figure, text)
    statement = None if figure is None else figure.statement
    return (row, document, number, entry_row, quote, prefix, suffix, start, end, statement, body)


def version_row(
    entry_row: int, version: int, figure: int, action: str, changes: str, author: Author
) -> tuple[Any, ...]:
    """Return a row of `versions`. `changes`: JSON list of [field, before, after]."""
    at = time_words(author.at)
    return (entry_row, version, figure, action, changes, storable(author.by), at, storable(author.why))


def entry_row(one: Entry, row: int, document: int, figure: int) -> tuple[Any, ...]:
    """Return an entry as a row of `entries`: the columns of ENTRY in order."""
    return entry_columns(fields_of(one), row, document, figure)


def entry_columns(seen: Fields, row: int, document: int, figure: int) -> tuple[Any, ...]:
    """Return the same for the fields of an entry."""
    key, version, low, high, said_low, said_high, unit, hedge, kind, direction = seen[:10]
    measure, term, population, tally, modality, cause, event, first, last, precision = seen[10:20]
    baseline_first, baseline_last, as_of, place, country, country_of, admin1, level = seen[20:28]
    latitude, longitude, origin, origin_country, destination, destination_country = seen[28:34]
    claimant, claimant_kind, form, size, role, state, confidentiality, logic, gone = seen[34:43]
    verdict, certainty, excerpt = seen[43:46]
    published, created_by, created_at, updated_by, updated_at = seen[56], *seen[59:]
    counted = (low, high, said_low, said_high, size)
    numbers = [None if one is None else _nearest(one) for one in counted]
    exact = {
        name: str(value)
        for name, value, kept in zip(_COUNTED, counted, numbers, strict=True)
        if value is not None and type(kept) is not int and (kept is None or Decimal(repr(kept)) != value)
    }  # a whole number is kept as it is
    return (
        *(row, key, version, (as_of or published or last or created_at).isoformat()[:10], measure, *numbers[:2], unit),
        *(hedge._value_, claimant, place, country, _day(first), _day(last), _day(as_of), term, population, excerpt),
        *(role._value_, state._value_, confidentiality._value_, verdict, kind._value_, _word(direction), *numbers[2:4]),
        *(_word(tally), modality._value_, _word(cause), event, precision._value_, _day(baseline_first)),
        *(_day(baseline_last), country_of, admin1, level, latitude, longitude, origin, origin_country, destination),
        *(destination_country, claimant_kind, _word(form), numbers[4], logic, int(gone), certainty),
        *(dumps(exact) if exact else None, created_by, time_words(created_at), updated_by, time_words(updated_at)),
        *(document, figure),
    )


_COUNTED = ("low", "high", "said_low", "said_high", "household_size")


@lru_cache(maxsize=1024)  # least and greatest, and both as written, are most often one number
def _nearest(value: Decimal) -> int | float | None:
    """Return a number that a database sorts by; None where none is near enough to be one."""
    if not value.is_finite() or abs(value.adjusted()) > _WIDEST:
        return None
    whole = int(value) if value.adjusted() < _WHOLE_DIGITS else None
    return whole if whole is not None and whole == value else float(value)


def as_text(value: object) -> str | None:
    """Return the value of a field as text, as changes keep it; None where there is none."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return time_words(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}" if abs(value.adjusted()) <= _WIDEST else str(value)
    return "yes" if value is True else "no" if value is False else str(value)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _word(one: StrEnum | None) -> str | None:
    return None if one is None else one._value_  # what `value` looks up


def entry_of(row: Sequence[Any]) -> Entry:
    """Return the entry that a row of SELECT holds."""
    values = list(row)
    exact = values.pop()
    for position, convert in _CONVERTED:
        if values[position] is not None:
            values[position] = convert(values[position])
    for name, digits in json.loads(exact).items() if exact else ():
        values[FIELDS.index(name)] = Decimal(digits)
    return Entry(*values)


def _decimal(kept: float) -> Decimal:
    whole = int(kept)
    return Decimal(whole) if whole == kept else Decimal(repr(kept))


def time_of(words: str) -> datetime:
    """Return the time that `time_words` wrote."""
    return datetime.fromisoformat(words)


def _member(kind: type[StrEnum]) -> Callable[[Any], Any]:
    return {one.value: one for one in kind}.__getitem__


_ENUMS = {
    "hedge": Hedge,
    "kind": Kind,
    "direction": Direction,
    "tally": Tally,
    "modality": Modality,
    "cause": Cause,
    "precision": Precision,
    "form": Form,
    "role": Role,
    "state": State,
    "confidentiality": Confidentiality,
}
_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    **{name: _member(kind) for name, kind in _ENUMS.items()},
    **dict.fromkeys(("low", "high", "said_low", "said_high", "household_size"), _decimal),
    **dict.fromkeys(("first", "last", "baseline_first", "baseline_last", "as_of", "published"), date.fromisoformat),
    **dict.fromkeys(("retrieved", "created_at", "updated_at"), time_of),
    "gone": bool,
}
_CONVERTED = tuple((FIELDS.index(name), convert) for name, convert in _CONVERTERS.items())
