"""What publishing shows. Types only."""

from dataclasses import dataclass

from counterfoil.checking.model import Reference, Verdict
from counterfoil.documents.model import Document
from counterfoil.reading.model import Figure, Statement
from counterfoil.relating.model import Relation
from counterfoil.spans import Skipped


@dataclass(frozen=True, slots=True)
class Report:
    """Everything found in one article, and what was set aside.

    checks      one verdict for each figure, in the figures' order.
    references  the records consulted; `editions` names each table with its digest.
    skipped     of all parts, each with its reason.
    """

    document: Document
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]
    checks: tuple[Verdict, ...]
    references: tuple[Reference, ...]
    editions: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    engine: str
    version: str
