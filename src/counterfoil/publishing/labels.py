"""An account in the label format (docs/labels.md): what `counterfoil read --jsonl` writes and the scorer reads."""

from decimal import Decimal
from typing import Any

from counterfoil.reading import measures
from counterfoil.reading.model import Account, Figure, Kind, Period, Statement
from counterfoil.spans import Anchor

KINDS = {Kind.STOCK: "count_level", Kind.FLOW: "count_flow", Kind.MEASUREMENT: "measure"}


def labels(account: Account) -> dict[str, Any]:
    """Return `statements` and `figures` as the label format has them; spans are [start, end) in code points."""
    return {
        "statements": [_statement(s) for s in account.statements],
        "figures": [_figure(f) for f in account.figures],
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "source": _span(statement.source),
        "cue": _span(statement.cue),
        "content": [_span(piece) for piece in statement.content],
        "form": statement.form.value,
        "act": statement.act.value,
        "speaker": statement.speaker.name,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    quantity = figure.number.value
    period = figure.period.value if figure.period else Period.unknown()
    return {
        "number": _span(figure.number.anchor),
        "hedge": _span(figure.hedge),
        "what": _span(figure.what),
        "event": _span(figure.event),
        "time": _span(figure.period.anchor if figure.period else None),
        "place": _span(figure.place.anchor if figure.place else None),
        "base": _span(figure.base),
        "statement": figure.statement,
        "low": _number(quantity.said_low),
        "high": _number(quantity.said_high),
        "unit": quantity.unit,
        "kind": KINDS.get(figure.kind, figure.kind.value),
        "dir": figure.direction.value if figure.direction else None,
        "concept": measures.label(figure.measure.value.code) if figure.measure else "other",
        "start": period.first.isoformat() if period.first else None,
        "end": period.last.isoformat() if period.last else None,
        "where": figure.place.value.name if figure.place else figure.scene.value.name if figure.scene else None,
    }


def _span(anchor: Anchor | None) -> list[int] | None:
    return [anchor.span.start, anchor.span.end] if anchor else None


def _number(value: Decimal | None) -> int | float | None:
    """Return a JSON number: whole where it is whole and fits, since 39.0 people is no count."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
