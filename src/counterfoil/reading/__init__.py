"""Document to statements and figures. The verb is `read`."""

from typing import TYPE_CHECKING

from counterfoil.documents.model import Document
from counterfoil.errors import InputError
from counterfoil.reading.model import Account

if TYPE_CHECKING:
    from counterfoil.reading.events import Events


def read(document: Document, *, engine: str = "rules", events: "Events | None" = None) -> Account:
    """Read every statement and every figure of the document.

    engine  "rules": grammars, lexicons and learnt weights, no model.
    events  dated events that periods may lean on ("since the takeover"), from `events.load_events`; None: the shipped.
    Raises  InputError for an engine that is not there.
    """
    if engine != "rules":
        raise InputError(f"no engine {engine!r}", "engine", 'use "rules"')
    from counterfoil.reading import rules

    return rules.read(document, events)
