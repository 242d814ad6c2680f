"""Values of reading and checking as compact JSON, and back without loss.

The shape follows from the types: a dataclass is an object of the fields that differ from their default, a tuple an
array, a number that counts something a string of digits, an anchor [start, end, words], with the text's digest fourth
where it is of another text than the one in hand, a reading [value, anchor, by], and certainties an object by what they
are of.
"""

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from json.encoder import encode_basestring_ascii as _quoted  # what `dumps` writes for words
from math import isfinite
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from counterfoil.reading.model import Certainty, Place
from counterfoil.spans import Anchor, Reading, Span

T = TypeVar("T")
_PLAIN = (str, int, float, bool, NoneType)
_ABSENT = object()  # the default of a field without one


def pack(value: Any, text: str, *, without: tuple[str, ...] = ()) -> str:
    """Return a dataclass as JSON. `text`: digest of the text in hand. `without`: fields that are kept elsewhere."""
    kind: Any = type(value)
    return _object_writer(kind, without)(value, text)


dumps = json.JSONEncoder(separators=(",", ":")).encode  # escapes all but ASCII: lone surrogates pass


def unpack(kind: type[T], packed: str, text: str) -> T:
    """Return the value of type `kind` that `pack` wrote."""
    return _value(kind, json.loads(packed), text)  # type: ignore[no-any-return]


Writer = Callable[[Any, str], str]


def _written(kind: Any, one: str, known: dict[str, Any]) -> str:
    """Return the Python that writes what stands in `one`, of that type. `known`: takes the names that it uses."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return f"('null' if {one} is None else {_written(_of_optional(kind), one, known)})"
    if origin is tuple:
        kinds = get_args(kind)
        if kinds == (Certainty, Ellipsis):
            return f"certainties({one})"
        if kinds[1:] == (Ellipsis,):
            return f"'[%s]' % ','.join([{_written(kinds[0], 'each', known)} for each in {one}])"
        return f"'[%s]' % ','.join(({','.join(_written(k, f'{one}[{n}]', known) for n, k in enumerate(kinds))},))"
    if origin is Reading:
        value = _written(get_args(kind)[0], f"{one}.value", known)
        return f"'[%s,%s,%s]' % ({value}, place({one}.anchor, text), quoted({one}.by))"
    if kind is Anchor:
        return f"place({one}, text)"
    if kind is Decimal:
        return f"'\"%s\"' % ({one},)"
    if kind in (date, datetime):
        return f"'\"%s\"' % {one}.isoformat()"
    if kind is str or (kind not in _PLAIN and issubclass(kind, StrEnum)):
        return f"quoted({one})"
    if kind in _PLAIN:
        return f"plain({one})"
    name = f"write_{kind.__name__}"
    known[name] = _object_writer(kind)
    if kind is Place:  # has no anchors, and articles name the same ones over and over
        known[name] = lru_cache(maxsize=4096)(known[name])
        return f"{name}({one}, '')"
    return f"{name}({one}, text)"


def _of_optional(kind: Any) -> Any:
    (inner,) = (one for one in get_args(kind) if one is not NoneType)
    return inner


def _certainties(value: tuple[Certainty, ...]) -> str:
    return f"{{{','.join([f'{_quoted(one.of)}:{_plain(one.probability)}' for one in value])}}}"


def _plain(value: Any) -> str:
    """Return what `dumps` returns, sooner for numbers."""
    return repr(value) if type(value) is int or (type(value) is float and isfinite(value)) else dumps(value)


def _place(value: Anchor, text: str) -> str:
    span = value.span
    if value.document == text:
        return f"[{span.start},{span.end},{_quoted(value.quote)}]"
    return f"[{span.start},{span.end},{_quoted(value.quote)},{_quoted(value.document)}]"


@cache
def _object_writer(kind: type[Any], without: tuple[str, ...] = ()) -> Writer:
    """Return what writes a dataclass: compiled, a line for each field, as a million figures may follow."""
    assert is_dataclass(kind), kind
    hints = _hints(kind)
    known: dict[str, Any] = {"quoted": _quoted, "place": _place, "plain": _plain, "certainties": _certainties}
    lines = ["def write(value, text):", "    parts = []"]
    for field in fields(kind):
        if field.name in without:
            continue
        hint, default = hints[field.name], _default(field)
        if default is None and get_origin(hint) in (Union, UnionType):
            hint = _of_optional(hint)
        known[f"default_{field.name}"] = default
        lines += [
            f"    one = value.{field.name}",
            f"    if one is not default_{field.name}:",
            f"        parts.append('\"{field.name}\":' + {_written(hint, 'one', known)})",
        ]
    lines.append("    return '{%s}' % ','.join(parts)")
    exec("\n".join(lines), known)
    return known["write"]  # type: ignore[no-any-return]


def _default(field: Any) -> Any:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else _ABSENT


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(kind: Any, found: Any, text: str) -> Any:
    if found is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        (kind,) = (one for one in get_args(kind) if one is not NoneType)
        return _value(kind, found, text)
    if origin is tuple:
        kinds = get_args(kind)
        if kinds == (Certainty, Ellipsis):
            return tuple(Certainty(of, probability) for of, probability in found.items())
        if kinds[1:] == (Ellipsis,):
            return tuple(_value(kinds[0], one, text) for one in found)
        return tuple(_value(one, item, text) for one, item in zip(kinds, found, strict=True))
    if origin is Reading:
        return Reading(_value(get_args(kind)[0], found[0], text), _value(Anchor, found[1], text), found[2])
    if kind is Anchor:
        return Anchor(found[3] if len(found) > 3 else text, Span(found[0], found[1]), found[2])
    if kind in (date, datetime):
        return kind.fromisoformat(found)
    if kind in (Decimal, float) or issubclass(kind, StrEnum):
        return kind(found)
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        given = {name: _value(hints[name], one, text) for name, one in found.items()}
        return kind(**given)  # type: ignore[operator]
    return found
