"""Document to statements and figures. The verb is `read`."""

from functools import partial
from typing import TYPE_CHECKING

from counterfoil.documents.model import Document
from counterfoil.errors import InputError
from counterfoil.reading.model import Account

if TYPE_CHECKING:
    from collections.abc import Callable

    from counterfoil.reading.events import Events


ENGINE = "encoder"  # what reads where nobody chooses


def read(document: Document, *, engine: str = ENGINE, events: "Events | None" = None) -> Account:
    """Read every statement and every figure of the document.

    engine  "encoder": a small model over what the rules find, shipped with the package, run on this machine.
            "fast": the lower half of that model: quicker, and less often right (docs/encoder.md).
            "rules": grammars, lexicons and learnt weights, no model.
            "llm": a language model's proposals, checked against the text; sends the text to the address that the
            environment names (docs/llm.md).
    events  dated events that periods may lean on ("since the takeover"), from `events.load_events`; None: the shipped.
    Raises  InputError for an engine that is not there or not set up; ModelError if its model gives no answer.
    """
    from counterfoil.reading import rejections

    return rejections.settled(_engine(engine)(document, events))


def _engine(name: str) -> "Callable[[Document, Events | None], Account]":
    """Return what reads by that name; raises `InputError` for a name that nothing has."""
    if name == "llm":
        from counterfoil.reading import llm

        return llm.read
    if name in ("encoder", "fast"):
        from counterfoil.reading import encoder

        return partial(encoder.read, engine=name)
    if name != "rules":
        raise InputError(f"no engine {name!r}", "engine", 'use "encoder", "fast", "rules" or "llm"')
    from counterfoil.reading import rules

    return rules.read
