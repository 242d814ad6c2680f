"""Entries as rows like those of IDMC's Internal Displacement Updates (CSV), and back.

Only what counts displaced people goes there: in such a table every row reads as displacement. Source: the columns of
IDMC's public endpoint, with those that HDX adds.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from counterfoil.errors import InputError
from counterfoil.ledger.exchange import foreign
from counterfoil.ledger.exchange.cells import moment, neutral, restored, text
from counterfoil.ledger.exchange.csv_files import table
from counterfoil.ledger.exchange.lines import EDITION
from counterfoil.ledger.exchange.sentence import counted, country_name, quantity, sentence
from counterfoil.ledger.model import Author, Confidentiality, Entry, Role
from counterfoil.reading.model import Cause, Hedge, Kind, Modality, Precision
from counterfoil.reading.taxonomy import label

COLUMNS = (
    *("id", "country", "iso3", "latitude", "longitude", "centroid", "role", "displacement_type", "qualifier"),
    *("figure", "displacement_date", "displacement_start_date", "displacement_end_date", "year", "event_name"),
    *("event_start_date", "event_end_date", "category", "subcategory", "type", "subtype", "standard_popup_text"),
    *("standard_info_text", "old_id", "created_at", "description", "sources", "source_url", "locations_name"),
)
# The fields of an entry that come back.
CARRIED = (
    *("id", "country", "latitude", "longitude", "role", "said_low", "said_high", "hedge", "first", "last", "event"),
    *("created_at", "excerpt", "claimant", "url", "place"),
)
_QUALIFIERS = {
    Hedge.EXACT: "total",
    Hedge.ABOUT: "approximately",
    Hedge.MORE_THAN: "more than",
    Hedge.AT_LEAST: "at least",
    Hedge.LESS_THAN: "less than",
    Hedge.AT_MOST: "at most",
}
_HEDGES = {words: hedge for hedge, words in _QUALIFIERS.items()} | {"": Hedge.EXACT}
_TYPES = {Cause.CONFLICT: "Conflict", Cause.DISASTER: "Disaster"}
_ROLES = {Role.RECOMMENDED: "Recommended figure", Role.TRIANGULATION: "Triangulation"}
_DISPLACED = frozenset(("displaced", "evacuated"))  # concepts of the label format that IDMC counts as displacement
_NEEDED = ("id", "figure", "displacement_start_date")
_MEND = "give a table with the columns of IDMC's displacement updates: id, iso3, figure, displacement_start_date, ..."


def refuses(entry: Entry) -> str:
    """Return why an entry is no row of such a table; "" where it is one."""
    if entry.confidentiality is Confidentiality.CONFIDENTIAL:
        return "confidential"
    if entry.gone:
        return "the article no longer has it"
    if label(entry.measure) not in _DISPLACED:
        return "counts no displaced people"
    if entry.modality not in (Modality.OBSERVED, Modality.ESTIMATED):
        return "has not happened"
    if entry.kind is not Kind.FLOW:
        return "is no new displacement: a stock, a share or a change"
    if entry.hedge not in _QUALIFIERS or _number(entry) is None:
        return "has no single number of people"
    return ""


def _number(entry: Entry) -> str | None:
    """Return the one number of people as written; None for a range, and for households without a stated size."""
    number = entry.said_low if entry.said_low is not None else entry.said_high
    if number is None or (entry.said_high is not None and entry.said_high != number):
        return None
    if entry.unit == "person":
        return text(number)
    persons = entry.persons
    if entry.hedge is not Hedge.EXACT or persons is None or persons[0] is None or persons[0] != persons[1]:
        return None
    return text(persons[0])


def write(entries: Iterable[Entry], target: Path, *, edition: str = "") -> int:
    """Write those entries that are rows of such a table, with a column for a marked edition; return how many."""
    mark = [edition] if edition else []
    count = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*COLUMNS, *([EDITION] if edition else [])])
        for entry in entries:
            if not refuses(entry):
                row = _row(entry)
                writer.writerow([*(row.get(name, "") for name in COLUMNS), *mark])
                count += 1
    return count


def _row(entry: Entry) -> dict[str, str]:
    told = sentence(entry)
    words = {
        "id": entry.id,
        "country": country_name(entry.country),
        "iso3": entry.country,
        "role": _ROLES[entry.role],
        "displacement_type": _TYPES.get(entry.cause, "Other") if entry.cause else "",
        "qualifier": _QUALIFIERS[entry.hedge],
        "event_name": entry.event,
        "standard_popup_text": f"{entry.place or country_name(entry.country)}: {quantity(entry)} {counted(entry)}",
        "standard_info_text": told,
        "description": entry.excerpt,
        "sources": entry.claimant,
        "source_url": entry.url,
        "locations_name": entry.place,
    }
    year = entry.last or entry.first
    return {name: neutral(text(value)) for name, value in words.items()} | {
        "latitude": text(entry.latitude),
        "longitude": text(entry.longitude),
        "figure": _number(entry) or "",
        "displacement_date": text(entry.last),
        "displacement_start_date": text(entry.first),
        "displacement_end_date": text(entry.last),
        "year": str(year.year) if year else "",
        "created_at": text(entry.created_at),
    }


def read(source: Path, author: Author) -> Iterator[Entry]:
    """Yield the entries of a file: one of ours, or IDMC's own; what a row does not tell is named.

    Raises  InputError for a file without these columns.
    """
    lines = table(source, _MEND)
    _, header = next(lines, (0, []))
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise InputError(f"no column {', '.join(missing)}", str(source), _MEND)
    _, tags = first = next(lines, (0, []))
    rows = iter(()) if not tags or tags[0].startswith("#") else iter((first,))  # HDX puts a row of tags below
    seen: dict[str, int] = {}
    for part in (rows, lines):
        for line, row in part:
            cells = {name: restored(cell) for name, cell in zip(header, row, strict=False)}
            yield _entry(cells, f"line {line}", author, foreign.name_of("idu", row, seen), source.name)


def _entry(cells: dict[str, str], where: str, author: Author, digest: str, file: str) -> Entry:
    row = foreign.Row(where)

    def cell(name: str) -> str:
        return cells.get(name, "")

    hedge = _HEDGES.get(cell("qualifier").strip().casefold())
    if hedge is None:
        row.does_not_fit("qualifier", cell("qualifier"))
    elif "qualifier" in cells:
        row.tell("hedge", hedge)
    number = foreign.number(row, "figure", cell("figure"))
    row.tell("said_low", number)
    row.tell("said_high", number)
    if number is not None and hedge not in (Hedge.LESS_THAN, Hedge.AT_MOST, None):
        row.tell("low", number + (1 if hedge is Hedge.MORE_THAN else 0))
    if number is not None and hedge not in (Hedge.MORE_THAN, Hedge.AT_LEAST, None):
        row.tell("high", number - (1 if hedge is Hedge.LESS_THAN else 0))
    row.told |= {"unit": "person", "kind": Kind.FLOW, "measure": "displaced"}  # what every row of such a table is
    row.tell(
        "cause", {"conflict": Cause.CONFLICT, "disaster": Cause.DISASTER}.get(cell("displacement_type").casefold())
    )
    role = cell("role").strip().casefold()
    row.tell("role", next((one for one, words in _ROLES.items() if role and words.casefold().startswith(role)), None))
    row.tell("first", foreign.day(row, "displacement_start_date", cell("displacement_start_date")))
    row.tell("last", foreign.day(row, "displacement_end_date", cell("displacement_end_date")))
    row.tell("precision", Precision.DAY if "first" in row.told else None)
    row.tell("latitude", foreign.degrees(row, "latitude", cell("latitude"), 90))
    row.tell("longitude", foreign.degrees(row, "longitude", cell("longitude"), 180))
    if cell("iso3").strip():
        row.told |= {"country": cell("iso3").strip(), "country_of": "place"}
    row.tell("place", cell("locations_name") or ("" if "locations_name" in cells else cell("country")))
    row.tell("level", "country" if "locations_name" not in cells and cell("country") else None)
    for name, column in _WORDS.items():
        row.tell(name, cell(column))
    if "url" not in row.told:
        row.tell("url", cell("link"))
    if "url" not in row.told:
        row.tell("source", file)
    made = cell("created_at").strip()
    try:
        row.tell("created_at", moment(made) if made else None)
    except ValueError:
        row.does_not_fit("created_at", made)
    ident = cell("id").strip()
    name = f"idu-{ident}" if ident.isdecimal() else ident  # IDMC counts; names of ours are no plain numbers
    return foreign.entry(row, author, name=name if ident else digest)


_WORDS = {"event": "event_name", "excerpt": "description", "claimant": "sources", "url": "source_url"}
