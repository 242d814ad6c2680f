"""Counterfoil reads a news article, finds every figure in it and who said it, and keeps its counterfoil.

>>> import counterfoil as cf
>>> report = cf.check(cf.from_text("Officials said on 3 May 2024 that 39 people were killed in Herat, Afghanistan."))
>>> [figure.number.anchor.quote for figure in report.figures]
['39']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counterfoil.documents import Document, Options, from_text, load
    from counterfoil.errors import CounterfoilError, DatasetError, InputError, ModelError, SpanError
    from counterfoil.pipeline import check
    from counterfoil.publishing.model import Report
    from counterfoil.reading import read
    from counterfoil.reading.model import Account, Figure, Statement
    from counterfoil.spans import Anchor, Reading, Skipped, Span

__version__ = "0.1.0"

# Loaded at first use, so that `import counterfoil` stays light.
_HOMES = {
    "Account": "reading.model",
    "Anchor": "spans",
    "CounterfoilError": "errors",
    "DatasetError": "errors",
    "Document": "documents",
    "Figure": "reading.model",
    "InputError": "errors",
    "Options": "documents",
    "ModelError": "errors",
    "Reading": "spans",
    "Report": "publishing.model",
    "Skipped": "spans",
    "Span": "spans",
    "SpanError": "errors",
    "Statement": "reading.model",
    "check": "pipeline",
    "from_text": "documents",
    "load": "documents",
    "read": "reading",
}

__all__ = [
    "Account",
    "Anchor",
    "CounterfoilError",
    "DatasetError",
    "Document",
    "Figure",
    "InputError",
    "ModelError",
    "Options",
    "Reading",
    "Report",
    "Skipped",
    "Span",
    "SpanError",
    "Statement",
    "__version__",
    "check",
    "from_text",
    "load",
    "read",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'counterfoil' has no attribute {name!r}")
    return getattr(import_module(f"counterfoil.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
