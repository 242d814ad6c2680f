"""Entries of every kind, made up, and an importer's name."""

import string
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st

from counterfoil.ledger.model import Author, Confidentiality, Entry, Role, State
from counterfoil.ledger.rows import storable
from counterfoil.reading.model import Cause, Form, Hedge, Kind, Modality, Precision

AUTHOR = Author("ann", datetime(2024, 6, 13, 8, tzinfo=UTC))
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n",
    "'=1",
    "''",
    "'",
    '"',
    '""',
    "a,b",
    'a"b',
    "x\r\ny",
    "_x0041_",
    "_x005F_x0041_",
    "\0",
    "\ud800",
    "\ufeff",
    "\u2028",
    "مرحبا بالعالم",
    "\u202eevil",
    "👩‍👩‍👧",
    "<script>alert(1)</script>",
    "]]>",
    "&amp;",
    " lead",
    "trail ",
    "NULL",
    "null",
    "1e5",
    "＝1",
    "{{x}}",
    "${x}",
    "#tag",
    "\\",
    "a\x0bb",
    "0.1",
    "001",
)
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20), st.just(""))
NUMBERS = st.one_of(
    st.integers(0, 10**6).map(Decimal),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20),
    st.sampled_from([Decimal("0.1000000000000000000001"), Decimal("1E+3"), Decimal("123456789012345678901234567890")]),
)
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))
_BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    int: st.integers(0, 10**9),
    bool: st.booleans(),
    float: st.floats(-180, 180).map(lambda one: one + 0.0),
    Decimal: NUMBERS,
    date: st.dates(date(1900, 3, 1), date(2200, 1, 1)),
    datetime: TIMES,
}
NAMES = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=20)


def _strategy(hint: Any) -> st.SearchStrategy[Any]:
    kinds = get_args(hint) or (hint,)
    [kind] = [one for one in kinds if one is not type(None)]
    found = _BY_TYPE[kind] if kind in _BY_TYPE else st.sampled_from(list(kind))
    return st.none() | found if type(None) in kinds else found


def entries() -> st.SearchStrategy[Entry]:
    """Return any entry that the dataclass allows, as the ledger would keep its words."""
    made = {name: _strategy(hint) for name, hint in get_type_hints(Entry).items()} | {"id": NAMES}
    return st.builds(Entry, **made).map(kept)


def kept(entry: Entry) -> Entry:
    """Return an entry as the ledger keeps it: zeros and lone surrogates are U+FFFD."""
    words = {
        one.name: storable(getattr(entry, one.name)) for one in fields(entry) if type(getattr(entry, one.name)) is str
    }
    return replace(entry, **words)


def entry(**more: Any) -> Entry:
    """Return an invented entry: a relief commissioner counts families."""
    values: dict[str, Any] = {
        **{name: "" if hint is str else None for name, hint in get_type_hints(Entry).items()},
        "id": "0123456789ab-31",
        "version": 1,
        "low": Decimal(340),
        "said_low": Decimal(340),
        "unit": "household",
        "hedge": Hedge.AT_LEAST,
        "kind": Kind.FLOW,
        "measure": "displaced",
        "term": "displaced",
        "population": "families",
        "modality": Modality.OBSERVED,
        "cause": Cause.DISASTER,
        "first": date(2024, 6, 9),
        "last": date(2024, 6, 12),
        "precision": Precision.DAY,
        "as_of": date(2024, 6, 12),
        "place": "Kassala, Sudan",
        "country": "SDN",
        "country_of": "place",
        "admin1": "Kassala",
        "level": "admin1",
        "claimant": "Hanan Osman",
        "claimant_kind": "person",
        "form": Form.INDIRECT,
        "role": Role.TRIANGULATION,
        "state": State.NOT_STARTED,
        "confidentiality": Confidentiality.PUBLIC,
        "gone": False,
        "excerpt": "At least 340 families have been displaced by flooding in Kassala, the state's relief commissioner, "
        "Hanan Osman, told reporters.",
        "quote": "340",
        "start": 31,
        "end": 34,
        "document": "0" * 64,
        "title": "Floods in Kassala",
        "outlet": "Example News",
        "url": "https://news.example/flood",
        "published": date(2024, 6, 12),
        "engine": "rules",
        "created_by": "ann",
        "created_at": AUTHOR.at,
        "updated_by": "ann",
        "updated_at": AUTHOR.at,
    }
    return Entry(**(values | more))
