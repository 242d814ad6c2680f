"""Figures made by hand from marked text: "the ministry said [over 4,200] people were [deported]" is read by nobody."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from counterfoil.comparing.intervals import place_values
from counterfoil.documents.model import Document, digest
from counterfoil.reading.model import (
    Account,
    Act,
    Direction,
    Figure,
    Form,
    Hedge,
    Kind,
    Measure,
    Modality,
    Period,
    Place,
    Precision,
    Quantity,
    Speaker,
    Statement,
)
from counterfoil.spans import Anchor, Reading, Span

HEADER = (
    "publisher,series,measure,term,context,population,unit,kind,direction,country,admin1,place,destination,"
    "first,last,base_first,base_last,low,high,hedge,definition,url,released,claim,note\n"
)
WHERE = {
    "Kenya": Place("Kenya", "KEN", None, "country"),
    "Turkana": Place("Turkana, Kenya", "KEN", "Turkana", "admin1"),
    "Uganda": Place("Uganda", "UGA", None, "country"),
    "Pakistan": Place("Pakistan", "PAK", None, "country"),
}
HEDGES = {
    "": Hedge.EXACT,
    "over": Hedge.MORE_THAN,
    "at least": Hedge.AT_LEAST,
    "up to": Hedge.AT_MOST,
    "about": Hedge.ABOUT,
    "nearly": Hedge.NEARLY,
}

Make = Callable[..., Figure]


def row(**cells: str) -> str:
    """Return one line of a table of reference figures on an invented matter in Kenya, with these cells changed."""
    plain = {
        "publisher": "Border Agency",
        "series": "deportations",
        "measure": "deported",
        "population": "Ugandan nationals",
        "unit": "person",
        "kind": "flow",
        "country": "KEN",
        "place": "Kenya",
        "hedge": "exact",
        "definition": "as worded",
        "claim": "no",
        **cells,
    }
    return ",".join(f'"{plain.get(column, "")}"' for column in HEADER.strip().split(",")) + "\n"


def words_of(marked: str) -> tuple[Document, Span, Anchor | None, Anchor | None]:
    """Return the text without marks, the span of ⟦number⟧, the anchor of ‹hedge› and that of «what is counted»."""
    text = "".join(c for c in marked if c not in "⟦⟧‹›«»")
    document = Document(text, digest(text))
    found: dict[str, Span] = {}
    at = 0
    opened: dict[str, int] = {}
    for c in marked:
        if c in "⟦‹«":
            opened[c] = at
        elif c in "⟧›»":
            start = {"⟧": "⟦", "›": "‹", "»": "«"}[c]
            found[start] = Span(opened[start], at)
        else:
            at += 1
    hedge = document.anchor(found["‹"]) if "‹" in found else None
    what = document.anchor(found["«"]) if "«" in found else None
    return document, found["⟦"], hedge, what


def make_account(
    marked: str,
    code: str,
    *,
    window: tuple[str, str] | None = None,
    base: tuple[str, str] | None = None,
    base_words: str = "",
    place: str | None = "Kenya",
    unit: str = "person",
    kind: Kind = Kind.FLOW,
    direction: Direction | None = None,
    term: str = "",
    said: str | None = None,
    speaker: str | None = None,
    modality: Modality = Modality.OBSERVED,
    as_of: str | None = "2023-12-31",
    movement_origin: bool = False,
) -> Account:
    """Return an account of one figure."""
    document, number, hedge, what = words_of(marked)
    written = said or number.of(document.text).replace(",", "").rstrip("%")
    value = Decimal(written)
    how = HEDGES[hedge.quote if hedge else ""]
    grain, coarsest = place_values(value)
    low = None if how is Hedge.AT_MOST else value
    high = None if how in (Hedge.AT_LEAST, Hedge.MORE_THAN) else value
    quantity = Quantity(low, high, unit, how, low, high, grain, coarsest)
    anchor = document.anchor(number)

    def days(pair: tuple[str, str] | None) -> Reading[Period] | None:
        if pair is None:
            return None
        return Reading(Period(date.fromisoformat(pair[0]), date.fromisoformat(pair[1]), Precision.DAY), anchor, "test")

    where = Reading(WHERE[place], anchor, "test") if place else None
    figure = Figure(
        Reading(quantity, anchor, "test"),
        kind,
        hedge=hedge,
        what=what,
        measure=Reading(Measure(code, term or code, what.quote if what else None), anchor, "test"),
        direction=direction,
        period=days(window),
        base=Anchor(document.sha256, number, base_words) if base_words else None,
        baseline=days(base),
        place=None if movement_origin else where,
        origin=where if movement_origin else None,
        modality=modality,
        statement=0 if speaker else None,
        as_of=date.fromisoformat(as_of) if as_of else None,
    )
    statements = (
        (Statement(None, None, (), Form.INDIRECT, Act.SPEECH, Speaker(speaker, "body", "test")),) if speaker else ()
    )
    return Account(document, statements, (figure,), (), "test")


@pytest.fixture
def account() -> Callable[..., Account]:
    """Return the maker of accounts with one figure each."""
    return make_account


@pytest.fixture
def table() -> Callable[..., bytes]:
    """Return the maker of tables: each row a dictionary of the cells that differ from the plain row."""
    return lambda *rows: (HEADER + "".join(row(**cells) for cells in rows)).encode()
