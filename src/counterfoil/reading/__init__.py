"""Document to statements and figures. The verb is `read`."""

from counterfoil.documents.model import Document
from counterfoil.errors import InputError
from counterfoil.reading.model import Account


def read(document: Document, *, engine: str = "rules") -> Account:
    """Read every statement and every figure of the document.

    engine  "rules": grammars, lexicons and learnt weights, no model.
    Raises  InputError for an engine that is not there.
    """
    if engine != "rules":
        raise InputError(f"no engine {engine!r}", "engine", 'use "rules"')
    from counterfoil.reading import rules

    return rules.read(document)
