"""Sides made by hand: figures of an invented article, or of records elsewhere."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import count

import pytest

from counterfoil.comparing.intervals import place_values
from counterfoil.documents.model import Document, digest
from counterfoil.reading.model import Figure, Hedge, Kind, Measure, Modality, Period, Place, Precision, Quantity
from counterfoil.relating.model import Side
from counterfoil.spans import Reading, Span

WHERE = {
    "Chad": Place("Chad", "TCD", None, "country"),
    "Adré": Place("Adré, Chad", "TCD", "Ouaddaï", "city"),
    "Sudan": Place("Sudan", "SDN", None, "country"),
}
HEDGES = {"": Hedge.EXACT, "over": Hedge.MORE_THAN, "about": Hedge.ABOUT, "at least": Hedge.AT_LEAST}
Make = Callable[..., Side]


def make_side(
    said: str,
    code: str,
    *,
    speaker: str | None = None,
    term: str = "",
    people: str | None = None,
    place: str | None = "Chad",
    window: tuple[str, str] | None = ("2023-06-01", "2023-06-30"),
    hedge: str = "",
    unit: str = "person",
    kind: Kind = Kind.FLOW,
    modality: Modality = Modality.OBSERVED,
    as_of: str | None = "2023-07-01",
    where: str = "article",
    text: str | None = None,
    at: int | None = None,
) -> Side:
    """Return a side whose number stands in `text` at `at` (default: a text of its own)."""
    words = f"{hedge} {said}".strip()
    document = Document(text or words, digest(text or words))
    start = document.text.index(said) if at is None else at
    anchor = document.anchor(Span(start, start + len(said)))
    value = Decimal(said.replace(",", ""))
    grain, coarsest = place_values(value)
    how = HEDGES[hedge]
    high = None if how in (Hedge.MORE_THAN, Hedge.AT_LEAST) else value
    period = None
    if window is not None:
        first, last = (date.fromisoformat(day) for day in window)
        period = Reading(Period(first, last, Precision.DAY), anchor, "test")
    figure = Figure(
        Reading(Quantity(value, high, unit, how, value, high, grain, coarsest), anchor, "test"),
        kind,
        measure=Reading(Measure(code, term or code.replace("_", " "), people), anchor, "test"),
        period=period,
        place=Reading(WHERE[place], anchor, "test") if place else None,
        modality=modality,
        as_of=date.fromisoformat(as_of) if as_of else None,
    )
    return Side(figure, speaker, where)


@pytest.fixture
def side() -> Make:
    """Return the maker of sides."""
    return make_side


@pytest.fixture
def sides_in() -> Callable[..., tuple[str, list[Side]]]:
    """Return the maker of all sides of a marked text: "⟦17⟧ people, including ⟦three|3⟧ children"."""

    def make(marked: str, codes: list[str], **options: object) -> tuple[str, list[Side]]:
        text, spans, pieces = "", [], iter(marked.replace("⟧", "⟦").split("⟦"))
        for i, piece in zip(count(), pieces, strict=False):
            if i % 2:
                spans.append((len(text), piece))
            text += piece
        sides = [
            make_side(said, code, text=text, at=at, **options) for (at, said), code in zip(spans, codes, strict=True)
        ]  # type: ignore[arg-type]
        return text, sides

    return make
