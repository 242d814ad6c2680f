"""Articles for the tests of the ledger, all invented, and servers to keep them on."""

from dataclasses import replace
from datetime import UTC, datetime

import counterfoil as cf
from counterfoil.ledger.model import Addition, Author, Deposit
from counterfoil.ledger.recording import record
from counterfoil.ledger.store import Database

FLOOD = (
    "KASSALA, Sudan, 12 June 2024 — At least 340 families have been displaced by flooding in Kassala, Sudan, since "
    "Sunday, the state's relief commissioner, Hanan Osman, told reporters. She said 12 people had drowned in Kassala. "
    "A further 45 people were injured when a bridge fell, the Red Crescent said."
)
ADDRESS = "https://news.example/flood"
ANN = Author("ann", datetime(2024, 6, 13, 8, tzinfo=UTC))
BOB = Author("bob", datetime(2024, 6, 14, 9, tzinfo=UTC), "read again")


def deposit(text: str = FLOOD, *, url: str | None = ADDRESS, **more: object) -> Deposit:
    """Return an article as read by rules."""
    report = cf.check(cf.from_text(text, cf.Options(url=url)), engine="rules")
    found = Deposit(
        report.document,
        report.statements,
        report.figures,
        report.relations,
        report.checks,
        report.editions,
        report.engine,
        report.version,
    )
    return replace(found, **more)  # type: ignore[arg-type]


def put(database: Database, *deposits: Deposit, author: Author = ANN, **more: object) -> list[Addition]:
    """Record articles."""
    return list(record(database, deposits, author, **more))  # type: ignore[arg-type]
