"""The engine "rules": grammars, lexicons and learnt weights, no model. What other engines start from."""

from counterfoil.documents.model import Document
from counterfoil.reading import assembling, numbers, periods, places, sentences, statements, words
from counterfoil.reading.events import Events
from counterfoil.reading.figures import Found
from counterfoil.reading.model import Account

NAME = "rules@1"


def read(document: Document, events: Events | None = None) -> Account:
    """Read every statement and every figure of the document."""
    return draft(document, events)[1]


def draft(document: Document, events: Events | None = None) -> tuple[Found, Account]:
    """Return all that the grammars found in the document, and the account that the rules make of it."""
    text = document.text
    published = document.published.day if document.published else None
    table = words.tag(text)
    spans = sentences.find(text)
    found, no_figures = numbers.find(text)
    times = periods.find(text, published, events=events)
    said, no_statements = statements.find(document, table, spans)
    grammars = Found(document, table, spans, found, times, places.find(text), said)
    made, no_numbers = assembling.find(grammars)
    return grammars, Account(document, said, made, (*no_figures, *no_numbers, *no_statements), NAME)
