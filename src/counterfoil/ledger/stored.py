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
from operator import attrgetter
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


@cache
def _writer(kind: Any) -> Writer:
    """Return what writes a value of that type as JSON. The type decides once, as a million figures may follow."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        (inner,) = (one for one in get_args(kind) if one is not NoneType)
        write = _writer(inner)
        return lambda value, text: "null" if value is None else write(value, text)
    if origin is tuple:
        return _tuple_writer(get_args(kind))
    if origin is Reading:
        write = _writer(get_args(kind)[0])
        return lambda value, text: f"[{write(value.value, text)},{_place(value.anchor, text)},{_quoted(value.by)}]"
    if kind is Anchor:
        return _place
    if kind is Decimal:
        return lambda value, text: f'"{value}"'
    if kind in (date, datetime):
        return lambda value, text: f'"{value.isoformat()}"'
    if kind is str:
        return lambda value, text: _quoted(value)
    if kind in _PLAIN:
        return lambda value, text: _plain(value)
    if issubclass(kind, StrEnum):
        return lambda value, text: _quoted(value)
    if kind is Place:  # has no anchors, and articles name the same ones over and over
        written = _object_writer(kind)
        known = lru_cache(maxsize=4096)(lambda value: written(value, ""))
        return lambda value, text: known(value)
    return _object_writer(kind)


def _tuple_writer(kinds: tuple[Any, ...]) -> Writer:
    if kinds == (Certainty, Ellipsis):
        return lambda value, text: f"{{{','.join([f'{_quoted(one.of)}:{_plain(one.probability)}' for one in value])}}}"
    if kinds[1:] == (Ellipsis,):
        write = _writer(kinds[0])
        return lambda value, text: f"[{','.join([write(one, text) for one in value])}]"
    writers = tuple(_writer(one) for one in kinds)
    return lambda value, text: f"[{','.join([write(one, text) for write, one in zip(writers, value, strict=True)])}]"


def _plain(value: Any) -> str:
    """Return what `dumps` returns, sooner for numbers."""
    return repr(value) if type(value) is int or (type(value) is float and isfinite(value)) else dumps(value)


def _place(value: Anchor, text: str) -> str:
    place = f"{value.span.start},{value.span.end},{_quoted(value.quote)}"
    return f"[{place}]" if value.document == text else f"[{place},{_quoted(value.document)}]"


@cache
def _object_writer(kind: type[Any], without: tuple[str, ...] = ()) -> Writer:
    assert is_dataclass(kind), kind
    own, hints = [one for one in fields(kind) if one.name not in without], _hints(kind)
    fixed = tuple((f"{_quoted(one.name)}:", _default(one), _writer(hints[one.name])) for one in own)
    found = attrgetter(*(one.name for one in own), "__class__")  # one more, so that one field too gives a tuple

    def write(value: Any, text: str) -> str:
        parts = [
            name + writer(one, text)
            for (name, default, writer), one in zip(fixed, found(value), strict=False)
            if one is not default
        ]
        return f"{{{','.join(parts)}}}"

    return write


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
