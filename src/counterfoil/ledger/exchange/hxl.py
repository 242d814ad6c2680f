"""Entries as a table with HXL's tags (CSV), and back; and tables with HXL's tags that others made, as on HDX.

Source: HXL 1.1 (https://hxlstandard.org/standard/1-1final/). Where the standard has no attribute for what is counted
(deported, voluntary return), the tag carries one of our own, as the standard allows; docs/exchange.md lists them.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from counterfoil.errors import InputError
from counterfoil.ledger.exchange import editions, foreign
from counterfoil.ledger.exchange.cells import neutral, parsed, refuse, restored, text
from counterfoil.ledger.exchange.csv_files import table
from counterfoil.ledger.exchange.sentence import country_name
from counterfoil.ledger.model import Author, Entry
from counterfoil.reading.taxonomy import taxonomy

# Header, tag, and the field of an entry that stands there; "" for what is told to people only.
COLUMNS = (
    ("Entry", "#meta+id", "id"),
    ("Version", "#meta+version", "version"),
    ("Event", "#event+name", "event"),
    ("Country", "#country+name", ""),
    ("Country code", "#country+code", "country"),
    ("First division", "#adm1+name", "admin1"),
    ("Place", "#loc+name", "place"),
    ("Level", "#loc+type", "level"),
    ("Latitude", "#geo+lat", "latitude"),
    ("Longitude", "#geo+lon", "longitude"),
    ("Origin", "#country+name+origin", "origin"),
    ("Origin code", "#country+code+origin", "origin_country"),
    ("Destination", "#country+name+dest", "destination"),
    ("Destination code", "#country+code+dest", "destination_country"),
    ("Measure", "#indicator+type", "measure"),
    ("Term", "#indicator+name", "term"),
    ("Counted", "#affected+type", "population"),
    ("Least", "#affected+value+min", "low"),
    ("Most", "#affected+value+max", "high"),
    ("Written least", "#affected+value+reported+min", "said_low"),
    ("Written most", "#affected+value+reported+max", "said_high"),
    ("Unit", "#indicator+unit", "unit"),
    ("Household size", "#indicator+household_size", "household_size"),
    ("Quantifier", "#indicator+quantifier", "hedge"),
    ("Kind", "#indicator+kind", "kind"),
    ("Modality", "#indicator+modality", "modality"),
    ("Cause", "#cause+type", "cause"),
    ("First day", "#date+start", "first"),
    ("Last day", "#date+end", "last"),
    ("Precision", "#date+precision", "precision"),
    ("As of", "#date+asof", "as_of"),
    ("Published", "#date+reported", "published"),
    ("Source", "#org+source", "claimant"),
    ("Publisher", "#org+publisher", "outlet"),
    ("Title", "#meta+title", "title"),
    ("Address", "#meta+url", "url"),
    ("Text", "#meta+sha256", "document"),
    ("Excerpt", "#meta+excerpt", "excerpt"),
    ("Quote", "#meta+quote", "quote"),
    ("Role", "#status+role", "role"),
    ("State", "#status+review", "state"),
    ("Gone", "#status+gone", "gone"),
    ("Verdict", "#status+verdict", "verdict"),
    ("Created by", "#meta+created+by", "created_by"),
    ("Created at", "#meta+created+at", "created_at"),
)
CARRIED = tuple(name for _, _, name in COLUMNS if name)
TAGS = tuple(tag for _, tag, _ in COLUMNS)
_HEAD = 25  # rows in which the tags stand, at the latest (HXL 1.1, "Row of hashtags")
_MEND = "the file needs a row of HXL's tags, as #country+code and #affected+killed, among its first 25"
_TAG = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*")
# Tags whose columns hold counts.
_COUNTS = ("#affected", "#inneed", "#targeted", "#reached", "#population")
# Attributes that tell which part of the people a column counts (HXL 1.1, "Core schema").
_GROUPS = {
    "f": "female",
    "m": "male",
    "i": "intersex",
    "children": "children",
    "infants": "infants",
    "adolescents": "adolescents",
    "adults": "adults",
    "elderly": "elderly",
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag with its attributes; whatever their order, the same tag is equal."""

    name: str
    attributes: frozenset[str]

    @classmethod
    def of(cls, cell: str) -> "Tag | None":
        """Return the tag that a cell holds, None for other words."""
        bare = cell.strip().lower()
        if not _TAG.fullmatch(bare):
            return None
        name, *attributes = (one.strip() for one in bare.split("+"))
        return cls(name, frozenset(attributes))


_OURS = {Tag.of(tag): name for _, tag, name in COLUMNS}


def write(entries: Iterable[Entry], target: Path, *, edition: str = "") -> int:
    """Write entries to a file: headers, tags, rows, and a column for a marked edition; return how many."""
    mark = [edition] if edition else []
    count = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*(header for header, _, _ in COLUMNS), *([editions.HEADER] if edition else [])])
        writer.writerow([*TAGS, *([editions.TAG] if edition else [])])
        for entry in entries:
            writer.writerow(
                [
                    _cell(getattr(entry, name)) if name else neutral(country_name(entry.country))
                    for _, _, name in COLUMNS
                ]
                + mark
            )
            count += 1
    return count


def _cell(value: object) -> str:
    return neutral(text(value)) if type(value) is str else text(value)


def read(source: Path, author: Author) -> Iterator[Entry]:
    """Yield the entries of a file: one of ours, or any with HXL's tags, where each count of a row is an entry.

    Raises  InputError where there are no tags, no counts, or, in a file of ours, values that do not fit.
    """
    lines = table(source, _MEND)
    tags: list[Tag | None] = []
    for (_, row), _ in zip(lines, range(_HEAD), strict=False):
        tags = [Tag.of(cell) for cell in row]
        if any(tags) and all(tag or not cell.strip() for tag, cell in zip(tags, row, strict=True)):
            break
    else:
        raise InputError("the file has no row of HXL's tags", str(source), _MEND)
    if Tag.of("#affected+value+min") in tags and Tag.of("#indicator+quantifier") in tags:
        yield from _own(lines, tags, source, author)
    else:
        yield from _others(lines, tags, source, author)


def _own(
    lines: Iterator[tuple[int, list[str]]], tags: Sequence[Tag | None], source: Path, author: Author
) -> Iterator[Entry]:
    faults: list[str] = []
    names = [_OURS.get(tag) or "" for tag in tags]
    at = text(author.at)
    for line, row in lines:
        told = {name: restored(cell) for name, cell in zip(names, row, strict=False) if name}
        country = {"country_of": "place"} if told.get("country") else {}
        filled = {"confidentiality": "public", "updated_by": author.by, "updated_at": at, "created_at": at, **country}
        entry = parsed(filled | told, f"line {line}", faults)
        if entry is not None and not faults:
            yield entry
    refuse(faults, str(source), "give a file as `ledger export` wrote it")


def _others(
    lines: Iterator[tuple[int, list[str]]], tags: Sequence[Tag | None], source: Path, author: Author
) -> Iterator[Entry]:
    counts = [n for n, tag in enumerate(tags) if tag is not None and tag.name in _COUNTS and _is_count(tag)]
    if not counts:
        shown = ", ".join(_COUNTS)
        raise InputError("no column of the file counts people", str(source), f"one of its tags must be {shown}")
    seen: dict[str, int] = {}
    for line, row in lines:
        cells = [restored(cell) for cell in (*row, *[""] * (len(tags) - len(row)))]
        for column in counts:
            if not cells[column].strip():
                continue  # no number is no figure; it is not zero
            entry = foreign.Row(f"line {line}")
            tag = tags[column]
            assert tag is not None
            name = _words(tag)
            number = foreign.number(entry, name, cells[column])
            for field in ("low", "high", "said_low", "said_high"):
                entry.tell(field, number)
            entry.tell("measure", _measure_of(tag))
            entry.tell("term", name)
            entry.tell("quote", cells[column].strip())
            entry.tell("unit", "household" if "hh" in tag.attributes else "person")
            entry.tell("population", ", ".join(words for one, words in _GROUPS.items() if one in tag.attributes))
            entry.tell("source", source.name)
            _tell_row(entry, tags, cells)
            key = foreign.name_of("hxl", [name, *cells], seen)
            yield foreign.entry(entry, author, name=key)


def _is_count(tag: Tag) -> bool:
    return not tag.attributes & {"name", "code", "type", "pct", "text", "url", "desc", "date"}


def _words(tag: Tag) -> str:
    return "+".join((tag.name, *sorted(tag.attributes)))


def _measure_of(tag: Tag) -> str | None:
    """Return the measure whose tag the taxonomy names; the one with most attributes in common, None where two do."""
    found: list[tuple[int, str]] = []
    for one in taxonomy():
        known = Tag.of(dict(one.codes).get("hxl", "").split(",")[0])
        if known is not None and known.name == tag.name and known.attributes <= tag.attributes:
            found.append((len(known.attributes), one.code))
    most = max((length for length, _ in found), default=0)
    best = [code for length, code in found if length == most]
    return best[0] if len(best) == 1 and most else None


def _tell_row(entry: foreign.Row, tags: Sequence[Tag | None], cells: Sequence[str]) -> None:
    """Take what the other columns of a row tell: place, days, source."""
    for tag, cell in zip(tags, cells, strict=False):
        words = cell.strip()
        if tag is None or not words:
            continue
        way = tag.attributes & {"origin", "dest", "asylum"}
        coded, named = "code" in tag.attributes, "code" not in tag.attributes
        if tag.name == "#country":
            side = "origin" if "origin" in way else "destination" if way else ""
            is_iso = coded and re.fullmatch(r"[A-Z]{3}", words)
            if side:
                entry.told.setdefault(f"{side}_country" if is_iso else side, words) if is_iso or named else None
            elif is_iso:
                entry.told |= {"country": words, "country_of": "place"}
            elif named:
                entry.told.setdefault("place", words)
                entry.told.setdefault("level", "country")
        elif tag.name in ("#adm1", "#adm2", "#loc") and named and not way:
            if tag.name == "#adm1":
                entry.tell("admin1", words)
            finer = {"#adm1": 1, "#adm2": 2, "#loc": 3}[tag.name]
            if finer > {"admin1": 1, "admin2": 2, "unknown": 3}.get(entry.told.get("level", ""), 0):
                entry.told |= {"place": words, "level": ("admin1", "admin2", "unknown")[finer - 1]}
        elif tag.name == "#geo" and "lat" in tag.attributes:
            entry.tell("latitude", foreign.degrees(entry, _words(tag), words, 90))
        elif tag.name == "#geo" and "lon" in tag.attributes:
            entry.tell("longitude", foreign.degrees(entry, _words(tag), words, 180))
        elif tag.name == "#date" and not tag.attributes & {"year", "month"}:
            field = next((name for one, name in _DATES.items() if one in tag.attributes), None)
            if field is not None:
                entry.tell(field, foreign.day(entry, _words(tag), words))
        elif tag.name == "#org":
            entry.tell("outlet" if "publisher" in tag.attributes else "claimant", words)
        elif tag.name == "#meta" and "url" in tag.attributes:
            entry.tell("url", words)
        elif tag.name == "#event" and "name" in tag.attributes:
            entry.tell("event", words)
    if "place" in entry.told and entry.told.get("level") in ("admin1", "admin2", "unknown"):
        country = country_name(entry.told.get("country", ""))
        if country and not entry.told["place"].endswith(f", {country}"):
            entry.told["place"] = f"{entry.told['place']}, {country}"


_DATES = {"start": "first", "end": "last", "occurred": "first", "reported": "as_of"}
