"""The verbs in a row: what the command line and other programs call."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from counterfoil import __version__
from counterfoil.documents.model import Document
from counterfoil.publishing.model import Report
from counterfoil.reading import ENGINE

if TYPE_CHECKING:
    from counterfoil.checking import Edition, Records
    from counterfoil.reading.events import Events


def check(
    document: Document,
    *,
    engine: str = ENGINE,
    records: "Records | None" = None,
    events: "Events | None" = None,
    data: "Path | str | Sequence[Edition] | None" = None,
    pins: Sequence[str] = (),
) -> Report:
    """Read the document, relate its figures to each other and to the records, and check each one.

    engine   "rules" or "llm": see `reading.read`.
    records  reference figures to check against; None for those that ship with the package.
    events   dated events that periods may lean on; None for those that ship with the package.
    data     datasets to check against: a folder of editions, or those of `checking.open_editions`; None for none.
    pins     what the user wants figures checked against: "60%=ucdp-ged@22.1.deaths".
    Raises   InputError for an unknown engine, folder or pin; DatasetError if the shipped records or an edition are
             damaged; ModelError if the engine's model gives no answer.
    """
    from counterfoil.checking import check as check_figures
    from counterfoil.checking import load_references, open_editions, parse_pin
    from counterfoil.comparing.claims import enclosing
    from counterfoil.reading import read
    from counterfoil.relating import relate
    from counterfoil.relating.model import ARTICLE, RECORDS, Side

    wanted = tuple(parse_pin(pin) for pin in pins)
    editions = open_editions(data) if isinstance(data, Path | str) else tuple(data or ())
    account = read(document, engine=engine, events=events)
    known = load_references() if records is None else records
    own = [
        Side(
            f,
            None if f.statement is None else account.statements[f.statement].speaker.name,
            ARTICLE,
            tuple((s.source, s.cue) for s in enclosing(account, f)),
        )
        for f in account.figures
    ]
    others = [Side(r.figure, r.publisher, RECORDS) for r in known.references]
    return Report(
        document=document,
        statements=account.statements,
        figures=account.figures,
        relations=relate(own, others, text=document.text, statements=account.statements),
        checks=check_figures(account, known, editions, pins=wanted),
        references=known.references,
        editions=(*known.editions, *(f"{e.dataset.id} {e.name} sha256:{e.digest}" for e in editions)),
        skipped=(*document.skipped, *account.skipped, *known.skipped),
        engine=account.engine,
        version=__version__,
    )
