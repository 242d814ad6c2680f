"""Document to statements and figures. The verb is `read`."""

from counterfoil.documents.model import Document
from counterfoil.errors import InputError
from counterfoil.reading.model import Account

RULES = "rules@1"


def read(document: Document, *, engine: str = "rules") -> Account:
    """Read every statement and every figure of the document.

    engine  "rules": grammars, lexicons and learnt weights, no model.
    Raises  InputError for an engine that is not there.
    """
    if engine != "rules":
        raise InputError(f"no engine {engine!r}", "engine", 'use "rules"')
    from counterfoil.reading import figures, numbers, periods, places, sentences, statements, words

    text = document.text
    published = document.published.day if document.published else None
    table = words.tag(text)
    spans = sentences.find(text)
    found, no_figures = numbers.find(text)
    times = periods.find(text, published)
    said, no_statements = statements.find(document, table, spans)
    made, no_numbers = figures.find(figures.Found(document, table, spans, found, times, places.find(text), said))
    return Account(document, said, made, (*no_figures, *no_numbers, *no_statements), RULES)
