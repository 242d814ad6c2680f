"""A report as JSON and back, without loss. Described in docs/json.md and by schema/report-1.json.

Most of the shape follows from the types: a dataclass is an object with its fields, a tuple an array, a number
that an article or a table states a string of digits (so that no reader rounds it), one that was computed a JSON
number, null where it is not finite. Only where one thing is named from several places does it stand once: a figure
or a reference inside a relation or a verdict is an index into the report's own list, or the whole object where that
list does not hold it.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from counterfoil.checking.model import Evidence, Finding, Point, Reference, Unmatched, Verdict
from counterfoil.documents.model import Document, digest
from counterfoil.errors import InputError
from counterfoil.publishing.model import Report
from counterfoil.publishing.wording import said_by
from counterfoil.reading.model import Figure, Statement
from counterfoil.relating.model import Relation, Side
from counterfoil.spans import Anchor, Reading, Skipped, Span

SCHEMA = "counterfoil.report/1"
_LONGEST = 60  # digits written out; beyond it a power of ten, so that no number fills the memory

H = TypeVar("H", bound=Hashable)
T = TypeVar("T")


def to_json(report: Report) -> dict[str, Any]:
    """Return the report as plain dicts, lists, strings, integers, booleans and None. `from_json` brings it back."""
    article = report.document.sha256
    figures, references = _indices(report.figures), _indices(report.references)

    def plain(value: Any) -> Any:
        return _plain(value, article)

    def figure(value: Figure) -> Any:
        return figures[value] if value in figures else plain(value)

    def reference(value: Reference) -> Any:
        return references[value] if value in references else plain(value)

    def side(value: Side) -> dict[str, Any]:
        for name, place in (("figure", figures), ("reference", reference_figures)):
            if value.figure in place:
                return {name: place[value.figure], "speaker": value.speaker, "where": value.where}
        return {"figure": plain(value.figure), "speaker": value.speaker, "where": value.where}

    def evidence(value: Evidence) -> dict[str, Any]:
        return {**plain(value), "references": [reference(one) for one in value.references]}

    def verdict(value: Verdict) -> dict[str, Any]:
        ways = _indices(value.evidence)

        def way(best: Evidence | None) -> Any:
            return None if best is None else ways[best] if best in ways else evidence(best)

        return {
            "figure": figure(value.figure),
            "word": value.word.value,
            "sensitive_to": list(value.sensitive_to),
            "reasons": list(value.reasons),
            "evidence": [evidence(one) for one in value.evidence],
            "best_support": way(value.best_support),
            "best_counter": way(value.best_counter),
            "findings": plain(value.findings),
            "unmatched": plain(value.unmatched),
        }

    reference_figures = _indices(one.figure for one in report.references)
    return {
        "schema": SCHEMA,
        "version": report.version,
        "engine": report.engine,
        "document": plain(report.document),
        "statements": plain(report.statements),
        "figures": [{"id": one.id, "said_by": said_by(report, one), **plain(one)} for one in report.figures],
        "relations": [{**plain(one), "a": side(one.a), "b": side(one.b)} for one in report.relations],
        "checks": [verdict(one) for one in report.checks],
        "references": plain(report.references),
        "editions": list(report.editions),
        "skipped": plain(report.skipped),
    }


def from_json(data: Mapping[str, Any]) -> Report:
    """Return the report that `to_json` wrote.

    Raises  InputError where the schema is another one, a field is missing or of the wrong kind, the text is not the
            one that its digest names, or an anchor's quote is not what the text says there.
    """
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, Mapping) else type(data).__name__
        raise InputError(
            f"the schema is {_short(found)}, not “{SCHEMA}”", "report JSON", "read the article again with this version"
        )
    document: Document = _value(Document, _field(data, "document", ""), "document", "")
    if digest(document.text) != document.sha256:
        raise _wrong("document.text", document.text[:40], "the text that document.sha256 names")
    article = document.sha256

    def many(kind: type[Any], name: str) -> Any:
        return _value(tuple[kind, ...], _field(data, name, ""), name, article)  # type: ignore[valid-type]

    def array(parent: Any, name: str, path: str, read: Callable[[Any, str], Any]) -> tuple[Any, ...]:
        found = _field(parent, name, path)
        path = f"{path}.{name}".lstrip(".")
        if not isinstance(found, list):
            raise _wrong(path, found, "an array")
        return tuple(read(one, f"{path}[{index}]") for index, one in enumerate(found))

    statements: tuple[Statement, ...] = many(Statement, "statements")
    figures: tuple[Figure, ...] = many(Figure, "figures")
    references: tuple[Reference, ...] = many(Reference, "references")

    def figure(found: Any, path: str) -> Figure:
        return _at(figures, found, path) if _is_index(found) else _value(Figure, found, path, article)

    def reference(found: Any, path: str) -> Reference:
        return _at(references, found, path) if _is_index(found) else _value(Reference, found, path, article)

    def side(found: Any, path: str) -> Side:
        if isinstance(found, Mapping) and "reference" in found:
            what = reference(found["reference"], f"{path}.reference").figure
        else:
            what = figure(_field(found, "figure", path), f"{path}.figure")
        speaker = _value(str | None, _field(found, "speaker", path), f"{path}.speaker", article)
        return Side(what, speaker, _value(str, _field(found, "where", path), f"{path}.where", article))

    def relation(found: Any, path: str) -> Relation:
        given = {name: side(_field(found, name, path), f"{path}.{name}") for name in ("a", "b")}
        return _object(Relation, found, path, article, given)

    def evidence(found: Any, path: str) -> Evidence:
        return _object(Evidence, found, path, article, {"references": array(found, "references", path, reference)})

    def verdict(found: Any, path: str) -> Verdict:
        ways = array(found, "evidence", path, evidence)

        def way(name: str) -> Evidence | None:
            best, at = _field(found, name, path), f"{path}.{name}"
            return None if best is None else _at(ways, best, at) if _is_index(best) else evidence(best, at)

        given: dict[str, Any] = {
            "evidence": ways,
            "best_support": way("best_support"),
            "best_counter": way("best_counter"),
        }
        given["figure"] = figure(_field(found, "figure", path), f"{path}.figure")
        for name, kind in (("findings", Finding), ("unmatched", Unmatched)):  # reports of before datasets have neither
            read = found.get(name, [])
            given[name] = _value(tuple[kind, ...], read, f"{path}.{name}", article)  # type: ignore[valid-type]
        return _object(Verdict, found, path, article, given)

    report = Report(
        document=document,
        statements=statements,
        figures=figures,
        relations=array(data, "relations", "", relation),
        checks=array(data, "checks", "", verdict),
        references=references,
        editions=many(str, "editions"),
        skipped=many(Skipped, "skipped"),
        engine=_value(str, _field(data, "engine", ""), "engine", article),
        version=_value(str, _field(data, "version", ""), "version", article),
    )
    _check_quotes(data, document)
    return report


def _indices(items: Iterable[H]) -> dict[H, int]:
    """Return where each item stands first."""
    found: dict[H, int] = {}
    for index, item in enumerate(items):
        found.setdefault(item, index)
    return found


def _plain(value: Any, article: str) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        short = value.is_finite() and abs(value.adjusted()) <= _LONGEST and len(value.as_tuple().digits) <= _LONGEST
        return f"{value:f}" if short else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one, article) for one in value]
    if isinstance(value, Anchor):
        place = {"start": value.span.start, "end": value.span.end, "quote": value.quote}
        return place if value.document == article else {"document": value.document, **place}
    assert is_dataclass(value)
    return {field.name: _plain(getattr(value, field.name), article) for field in fields(value)}


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(kind: Any, found: Any, path: str, article: str) -> Any:
    """Return `found` as a value of the type `kind`, which decides everything; `path` says where it stands."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if found is None:
            return None
        (kind,) = (one for one in get_args(kind) if one is not NoneType)
        return _value(kind, found, path, article)
    if origin is tuple:
        if not isinstance(found, list):
            raise _wrong(path, found, "an array")
        items = get_args(kind)
        if items[-1] is Ellipsis:
            items = items[:1] * len(found)
        if len(found) != len(items):
            raise _wrong(path, f"an array of {len(found)}", f"an array of {len(items)}")
        pairs = enumerate(zip(items, found, strict=True))
        return tuple(_value(item, one, f"{path}[{index}]", article) for index, (item, one) in pairs)
    if origin is Reading:
        given = {"value": _value(get_args(kind)[0], _field(found, "value", path), f"{path}.value", article)}
        return _object(Reading, found, path, article, given)
    if kind is Anchor:
        quote = _value(str, _field(found, "quote", path), f"{path}.quote", article)
        return Anchor(_value(str, found.get("document", article), path, article), _span(found, path, article), quote)
    if kind is Span:
        return _span(found, path, article)
    if kind is Point and _field(found, "value", path) is None:
        return _object(Point, found, path, article, {"value": math.inf})  # a rise from nothing
    if isinstance(kind, type) and is_dataclass(kind):
        return _object(kind, found, path, article, {})
    return _scalar(kind, found, path)


def _object(kind: type[T], found: Any, path: str, article: str, given: dict[str, Any]) -> T:
    hints = _hints(kind)  # type: ignore[arg-type]
    for field in fields(kind):  # type: ignore[arg-type]
        if field.name not in given:
            at = f"{path}.{field.name}"
            given[field.name] = _value(hints[field.name], _field(found, field.name, path), at, article)
    return kind(**given)


def _span(found: Any, path: str, article: str) -> Span:
    start, end = (_value(int, _field(found, name, path), f"{path}.{name}", article) for name in ("start", "end"))
    if not 0 <= start < end:
        raise _wrong(path, f"{start} to {end}", "a span with 0 <= start < end")
    return Span(start, end)


def _scalar(kind: Any, found: Any, path: str) -> Any:
    try:
        if kind in (datetime, date, Decimal) or issubclass(kind, StrEnum):
            if isinstance(found, str):
                return kind.fromisoformat(found) if kind in (datetime, date) else kind(found)
        elif kind is float and isinstance(found, int | float) and not isinstance(found, bool):
            return float(found)
        elif isinstance(found, kind) and (kind is not int or not isinstance(found, bool)):
            return found
    except (ValueError, InvalidOperation, OverflowError):
        pass
    raise _wrong(path, found, _KINDS.get(kind) or "one of " + ", ".join(kind))


_KINDS = {
    str: "a string",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a day as YYYY-MM-DD",
    datetime: "a time as ISO 8601",
    Decimal: "a number written as a string",
}


def _field(parent: Any, name: str, path: str) -> Any:
    if not isinstance(parent, Mapping):
        raise _wrong(path, parent, "an object")
    if name not in parent:
        raise _wrong(f"{path}.{name}".lstrip("."), "missing", "there")
    return parent[name]


def _is_index(found: Any) -> bool:
    return isinstance(found, int) and not isinstance(found, bool)


def _at(items: tuple[H, ...], index: int, path: str) -> H:
    if not 0 <= index < len(items):
        raise _wrong(path, index, f"an index below {len(items)}")
    return items[index]


def _check_quotes(data: Mapping[str, Any], document: Document) -> None:
    """Refuse words that the article does not hold: every quote must be its span of the text."""
    todo: list[tuple[str, Any]] = [(name, data[name]) for name in ("statements", "figures", "relations", "checks")]
    while todo:
        path, found = todo.pop()
        if isinstance(found, list):
            todo.extend((f"{path}[{index}]", one) for index, one in enumerate(found))
        elif isinstance(found, Mapping):
            if "quote" in found and found.get("document", document.sha256) == document.sha256:
                words = document.text[found["start"] : found["end"]]
                if words != found["quote"]:
                    raise _wrong(f"{path}.quote", found["quote"], f"the words that stand there, {_short(words)}")
            todo.extend((f"{path}.{name}", one) for name, one in found.items())


def _short(found: Any) -> str:
    shown = found if isinstance(found, str) else repr(found)
    return f"“{shown if len(shown) <= 60 else shown[:57] + '...'}”"


def _wrong(path: str, found: Any, wanted: str) -> InputError:
    return InputError(
        f"{path} is {_short(found)}, not {wanted}",
        f"report JSON, {path}",
        "give a report as `counterfoil check --json` wrote it, unchanged (docs/json.md)",
    )
