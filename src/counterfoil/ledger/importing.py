"""Entries from elsewhere go into the ledger as they are: the article's text does not come with them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from counterfoil.ledger import indexes, rows
from counterfoil.ledger.model import CORRECTABLE, NOT_TOLD, Action, Author, Confidentiality, Entry, Role, State
from counterfoil.ledger.queries import entry_with_rows
from counterfoil.ledger.recording import Writer, changed
from counterfoil.ledger.store import Database, writing
from counterfoil.ledger.stored import dumps
from counterfoil.reading.model import Kind, Precision

BATCH = 5_000  # entries written at once


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the entries of an import. `names` are those of entries that were changed.

    refused  entries of a public export that are there already: they stay as they are.
    """

    added: int
    unchanged: int
    changed: int
    names: tuple[str, ...] = ()
    refused: int = 0


PUBLIC = "from a public export, which holds less than the ledger does"


def import_entries(
    database: Database, entries: Iterable[Entry], author: Author, *, public_edition: bool = False
) -> Imported:
    """Add entries, or let those that are there take their next version where something differs.

    An entry keeps its name, version, states and authors. One that is there keeps what the import cannot know: the text.
    What a public export made poorer on purpose replaces nothing: of such rows only new ones are taken.

    public_edition  the file says of itself that it is one (`exchange.is_public_edition`); else each row tells by what
                    it lacks.
    """
    waiting = iter(entries)
    added = unchanged = refused = 0
    names: list[str] = []
    while batch := list(islice(waiting, BATCH)):
        with writing(database):
            writer = Writer(database, author)
            indexes.lay_aside(database, writer.next["entries"] - 1, added)
            documents: dict[tuple[str, str], int] = {}
            known = _known(database, [one.id for one in batch])
            for one in batch:
                if one.id in known:
                    outcome = _again(database, writer, one, public_edition=public_edition)
                    unchanged += outcome == "unchanged"
                    refused += outcome == "refused"
                    if outcome == "changed":
                        names.append(one.id)
                else:
                    known.add(one.id)
                    added += 1
                    _enter(database, writer, one, documents)
            writer.flush()
    indexes.put_back(database)
    return Imported(added, unchanged, len(names), tuple(names), refused)


def _known(database: Database, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in _chunks(keys):
        marks = ",".join("?" * len(some))
        found |= {key for (key,) in database.query(f"SELECT key FROM entries WHERE key IN ({marks})", some)}
    return found


def _chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(keys), 500):  # SQLite takes 999 values in one statement, before version 3.32
        yield keys[begin : begin + 500]


def _is_public(one: Entry) -> bool:
    """Say whether an entry is as public exports write it: nobody who made it, no words around, no file, no position.

    The ledger's own entries have words around, or a source, save those that came from a public export themselves.
    """
    return not any((one.created_by, one.prefix, one.suffix, one.source, one.latitude, one.longitude))


def _is_made_poorer(one: Entry, now: Entry) -> bool:
    """Say whether a row lacks what only a public export takes away.

    A spreadsheet has no words around; where nobody was named as who made the entry, it has all that it could have.
    """
    return _is_public(one) and not _is_public(now) and (bool(now.created_by) or one.start is not None)


def _not_told(one: Entry, now: Entry) -> dict[str, Any]:
    """Return the fields that the ledger knows and a row without the article's words does not tell: they stay.

    A spreadsheet has no column for whether a count is cumulative, and its silence takes nothing back.
    """
    if one.start is not None or now.start is None:
        return {}
    kept = {name: getattr(now, name) for name in (*CORRECTABLE, "form") if getattr(one, name) in _SILENT}
    if one.country == now.country:
        kept["country_of"] = now.country_of
    if one.hedge is now.hedge and (one.low, one.high) == (now.low, now.high):  # one number, told as both ends
        kept |= {name: getattr(now, name) for name in ("said_low", "said_high") if getattr(now, name) is None}
    logic, _, lacking = one.calculation_logic.partition(NOT_TOLD)
    kept |= {name: getattr(now, name) for name in lacking.removesuffix(".").split(", ") if name in CORRECTABLE}
    kept |= {name: getattr(now, name) for name, least in _UNDECIDED.items() if getattr(one, name) is least}
    return kept | {"calculation_logic": logic.strip() or now.calculation_logic}


def _again(database: Database, writer: Writer, one: Entry, *, public_edition: bool = False) -> str:
    """Let an entry that is there take what differs; return "changed", "unchanged" or "refused"."""
    writer.flush()
    now, row, document, figure = entry_with_rows(database, one.id)
    following = replace(
        one,
        version=now.version + 1,
        created_by=now.created_by,
        created_at=now.created_at,
        verdict=now.verdict,
        **{name: getattr(now, name) for name in _OF_TEXT},
        **_not_told(one, now),
    )
    if not changed(now, following):
        return "unchanged"
    if (public_edition and not _is_public(now)) or _is_made_poorer(one, now):
        return "refused"
    writer.put(now, following, row, document, figure, Action.IMPORTED)
    writer.name(following)
    return "changed"


# What an entry has before anybody decides, and so what a row has that does not tell what was decided.
_UNDECIDED = {
    "role": Role.TRIANGULATION,
    "state": State.NOT_STARTED,
    "confidentiality": Confidentiality.PUBLIC,
}
_SILENT = (None, "", Precision.UNKNOWN, Kind.OTHER)
_OF_TEXT = (
    *("excerpt", "quote", "prefix", "suffix", "start", "end", "document", "title", "outlet", "url", "source"),
    *("published", "retrieved", "engine", "certainty"),
)


def _enter(database: Database, writer: Writer, one: Entry, documents: dict[tuple[str, str], int]) -> None:
    """Add an entry that is not there, with what it tells of its article."""
    address = rows.one_form(one.url) if one.url else f"file:{one.source}" if one.source else f"sha256:{one.document}"
    told = (one.document, one.title, one.outlet, one.published, one.retrieved, one.engine, one.url, one.source)
    same = (address, repr(told))
    if same not in documents:
        documents[same] = _document(database, writer, one, address)
    figure, entry = writer.number("figures"), writer.number("entries")
    document = documents[same]
    number = writer.counted(document)
    given = {name: getattr(one, name) for name in _WORDS}
    words: dict[str, Any] = {name: rows.storable(value) for name, value in given.items()}
    clean = one if words == given else replace(one, **words)
    writer.rows["figures"].append(
        rows.figure_row(clean, number, row=figure, document=document, entry_row=entry, figure=None)
    )
    writer.rows["entries"].append(rows.entry_row(clean, entry, document, figure))
    writer.rows["versions"].append(
        rows.version_row(entry, one.version, figure, Action.IMPORTED, dumps([]), writer.author)
    )
    writer.name(clean)


_WORDS = (
    *("term", "population", "event", "place", "admin1", "origin", "destination", "claimant", "calculation_logic"),
    *("excerpt", "quote", "prefix", "suffix", "created_by", "updated_by"),
)


def _document(database: Database, writer: Writer, one: Entry, address: str) -> int:
    """Return the row of the article that an entry tells of, adding one without a text where it is not there."""
    if address in writer.there:
        writer.flush()
    writer.there.add(address)
    asked = "SELECT {} FROM documents WHERE address = ? ORDER BY version DESC"
    names = ("id", "version", "sha256", "title", "outlet", "published", "retrieved", "engine", "url", "source")
    told = (
        *(one.document, one.title, one.outlet, rows.as_text(one.published), rows.as_text(one.retrieved)),
        *(one.engine, one.url, one.source),
    )
    found = database.query(asked.format(", ".join(names)), (address,))
    for number, _, *there in found:
        if tuple(there) == told or (tuple(x or "" for x in there) == tuple(x or "" for x in told)):
            return int(number)
    number = writer.number("documents")
    writer.rows["documents"].append(
        rows.bare_document_row(
            one,
            address,
            writer.author,
            number=number,
            version=found[0][1] + 1 if found else 1,
            replaces=found[0][0] if found else None,
        )
    )
    return number
