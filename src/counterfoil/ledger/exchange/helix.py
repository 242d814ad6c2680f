"""Entries in the columns of Helix's spreadsheets, and back. Pure.

Source: IDMC's Helix, export of figures. Its terms and categories are given where the taxonomy of measures names one,
and left empty elsewhere: no default class. The columns after Helix's own hold what Helix has no place for.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from counterfoil.ledger.exchange import foreign
from counterfoil.ledger.exchange.cells import moment
from counterfoil.ledger.exchange.sentence import country_name, sentence
from counterfoil.ledger.model import HOUSEHOLDS, Author, Entry, Role, State
from counterfoil.ledger.rows import as_text
from counterfoil.reading.model import Cause, Hedge, Kind, Modality, Precision
from counterfoil.reading.taxonomy import measure, taxonomy

HEADERS = (
    *("ID", "Old ID", "Created at", "Updated at", "ISO3", "Country", "Centroid", "Lat", "Lon", "Region"),
    *("Geographical region", "Figure cause", "Year", "Figure category", "Figure role", "Total figures", "Reported"),
    *("Figure term", "Unit", "Quantifier", "Household size", "Is housing destruction", "Displacement occurred"),
    *("Include in IDU", "Excerpt IDU", "Violence type", "Violence sub type", "OSV sub type", "Context of violences"),
    *("Hazard category", "Hazard sub category", "Hazard type", "Hazard sub type", "Other event sub type"),
    *("Start date", "Start date accuracy", "End date", "End date accuracy", "Stock date", "Stock date accuracy"),
    *("Stock reporting date", "Analysis and calculation logic", "Link", "Publishers", "Sources", "Sources type"),
    *("Sources reliability", "Sources methodology", "Source excerpt", "Source url", "Source url snapshot"),
    *("Source document", "Entry ID", "Entry title", "Entry link", "Disability", "Indigenous people", "Event ID"),
    *(
        "Event name",
        "Event cause",
        "Event main trigger",
        "Event start date",
        "Event end date",
        "Event start date accuracy",
        "Event end date accuracy",
        "Event narrative",
        "Crisis ID",
        "Crisis name",
        "Tags",
    ),
    *("Has disaggregated data", "Revision progress", "Assignee", "Created by", "Updated by"),
    *("Event codes (Code:Type)", "Locations (Name:Lat, Lon:Accuracy:Type)"),
)
OURS = (
    *("Least", "Most", "Written least", "Written most", "Hedge", "Measure", "Term as written", "Counted", "Kind"),
    *("Modality", "As of", "Published", "Words of the number", "Place", "First division", "Unit as read", "Version"),
)
COLUMNS = (*HEADERS, *OURS)
# The fields of an entry that come back; the rest is told to people only, or not at all.
CARRIED = (
    *("id", "version", "low", "high", "said_low", "said_high", "unit", "hedge", "kind", "measure", "term"),
    *("population", "modality", "cause", "event", "first", "last", "as_of", "place", "country", "admin1"),
    *("latitude", "longitude", "claimant", "claimant_kind", "household_size", "role", "state", "calculation_logic"),
    *("excerpt", "quote", "document", "title", "outlet", "url", "published", "created_by", "created_at"),
)
_QUANTIFIER = {
    Hedge.MORE_THAN: "More than",
    Hedge.AT_LEAST: "More than or equal",
    Hedge.LESS_THAN: "Less than",
    Hedge.AT_MOST: "Less than or equal",
    Hedge.EXACT: "Exact",
    Hedge.ABOUT: "Approximately",
}
_CAUSES = {Cause.CONFLICT: "Conflict", Cause.DISASTER: "Disaster"}
_STATES = {
    State.NOT_STARTED: "Review not started",
    State.IN_PROGRESS: "Review in progress",
    State.APPROVED: "Approved",
    State.RE_REQUESTED: "Review re-requested",
}
_ACCURACY = {
    Precision.DAY: "Day",
    Precision.WEEK: "Week",
    Precision.MONTH: "Month",
    Precision.YEAR: "Year",
}
_LEVELS = {"country": "ADM0", "admin1": "ADM1", "admin2": "ADM2", "city": "POINT"}
# What Helix's users may find in place of our words, in small letters, spaces for "_".
_HEDGES = {
    "more than": Hedge.MORE_THAN,
    "more than or equal": Hedge.AT_LEAST,
    "less than": Hedge.LESS_THAN,
    "less than or equal": Hedge.AT_MOST,
    "exact": Hedge.EXACT,
    "approximately": Hedge.ABOUT,
}
_STOCKS = frozenset(
    "idps|returnees|locally integrated idps|idps settled elsewhere|people displaced across borders|partial stock|"
    "unverified stock".split("|")
)
_FLOWS = frozenset(
    "return|new displacement|internal displacements|multiple displacement|partial flow|cross border flight|"
    "cross border return|relocation elsewhere|deaths|provisional solutions|failed local integration|"
    "local integration|failed return returnee displacement|unverified flow|birth|failed relocation elsewhere|"
    "people displaced across borders flow".split("|")
)
# Categories of Helix that say by themselves what is counted; the others, as "partial flow", need the term.
_MEASURES = {
    "deaths": "killed",
    "new displacement": "displaced",
    "internal displacements": "displaced",
    "multiple displacement": "displaced",
    "idps": "displaced",
    "return": "returned",
    "returnees": "returned",
}


def row(entry: Entry) -> dict[str, Any]:
    """Return an entry as cells by column: words, numbers, days and times; None for an empty one."""
    persons = entry.persons
    said = entry.said_low if entry.said_low == entry.said_high or entry.said_high is None else None
    if said is None and entry.said_low is None:
        said = entry.said_high
    stock = entry.kind is Kind.STOCK
    term, category = _terms(entry)
    accuracy = _ACCURACY.get(entry.precision)
    cells = {
        "ID": entry.id,
        "Created at": entry.created_at,
        "Updated at": entry.updated_at,
        "ISO3": entry.country,
        "Country": country_name(entry.country),
        "Lat": entry.latitude,
        "Lon": entry.longitude,
        "Figure cause": _CAUSES.get(entry.cause, "Other") if entry.cause else None,
        "Year": (entry.last or entry.first or date.min).year if entry.last or entry.first else None,
        "Figure category": category,
        "Figure role": entry.role.value.capitalize(),
        "Total figures": persons[0] if persons and persons[0] == persons[1] else None,
        "Reported": said,
        "Figure term": term,
        "Unit": "Person" if entry.unit == "person" else "Household" if entry.unit in HOUSEHOLDS else None,
        "Quantifier": _QUANTIFIER.get(entry.hedge),
        "Household size": entry.household_size,
        "Is housing destruction": "Yes" if (term or "").endswith("HOUSING") else "No",
        "Include in IDU": "No",
        "Excerpt IDU": sentence(entry),
        "Start date": entry.first,
        "Start date accuracy": accuracy if entry.first else None,
        "End date": entry.last,
        "End date accuracy": accuracy if entry.last else None,
        "Stock date": entry.last if stock else None,
        "Stock date accuracy": accuracy if stock and entry.last else None,
        "Stock reporting date": entry.as_of if stock else None,
        "Analysis and calculation logic": entry.calculation_logic,
        "Publishers": entry.outlet,
        "Sources": entry.claimant,
        "Sources type": entry.claimant_kind,
        "Source excerpt": entry.excerpt,
        "Source url": entry.url,
        "Source document": entry.document,
        "Entry ID": entry.id.rpartition("-")[0] or entry.id,
        "Entry title": entry.title,
        "Event name": entry.event,
        "Revision progress": _STATES[entry.state],
        "Created by": entry.created_by,
        "Updated by": entry.updated_by,
        "Locations (Name:Lat, Lon:Accuracy:Type)": _locations(entry),
        "Least": entry.low,
        "Most": entry.high,
        "Written least": entry.said_low,
        "Written most": entry.said_high,
        "Hedge": entry.hedge.value,
        "Measure": entry.measure,
        "Term as written": entry.term,
        "Counted": entry.population,
        "Kind": entry.kind.value,
        "Modality": entry.modality.value,
        "As of": entry.as_of,
        "Published": entry.published,
        "Words of the number": entry.quote,
        "Place": entry.place,
        "First division": entry.admin1,
        "Unit as read": entry.unit,
        "Version": entry.version,
    }
    if entry.cause in (Cause.CRIME, Cause.DISEASE, Cause.HUNGER, Cause.ACCIDENT):
        cells["Other event sub type"] = entry.cause.value
    return {name: cells.get(name) for name in COLUMNS}


def _terms(entry: Entry) -> tuple[str | None, str | None]:
    """Return Helix's term and category for a measure, None where it has none or leaves a choice."""
    known = measure(entry.measure)
    words = dict(known.codes).get("helix", "") if known else ""
    terms, categories = "", ""
    for part in words.split(";"):
        if part.strip().startswith("term "):
            terms = part.strip()[5:]
        elif part.strip().startswith("category "):
            categories = part.strip()[9:]
    choices = [one.strip() for one in re.split(r",| or ", categories) if one.strip()]
    kinds = {Kind.STOCK: "(stock)", Kind.FLOW: "(flow)"}
    fitting = [one for one in choices if "(" not in one or kinds.get(entry.kind, "?") in one]
    category = re.sub(r" \(.*\)", "", fitting[0]) if len(fitting) == 1 else None
    several = [one.strip() for one in terms.split(",") if one.strip()]
    return several[0] if len(several) == 1 else None, category


def _locations(entry: Entry) -> str | None:
    """Return where a movement comes from and goes to; Helix writes all locations of a figure into one cell."""
    here = entry.place and entry.latitude is not None and entry.longitude is not None
    found = [
        f"{name.replace(':', ' ')}:{where}:{level}:{kind}"
        for name, where, level, kind in (
            (entry.place if here else "", f"{entry.latitude}, {entry.longitude}", _LEVELS.get(entry.level, ""), ""),
            (entry.origin, "", "", "Origin"),
            (entry.destination, "", "", "Destination"),
        )
        if name
    ]
    return ";".join(found) or None


_PLAIN = {
    "country": "ISO3",
    "calculation_logic": "Analysis and calculation logic",
    "outlet": "Publishers",
    "claimant": "Sources",
    "claimant_kind": "Sources type",
    "excerpt": "Source excerpt",
    "url": "Source url",
    "title": "Entry title",
    "event": "Event name",
    "created_by": "Created by",
}
_PLAIN_OURS = {
    "unit": "Unit as read",
    "measure": "Measure",
    "term": "Term as written",
    "population": "Counted",
    "quote": "Words of the number",
    "place": "Place",
    "admin1": "First division",
    "document": "Source document",
}
_NUMBERS = {"household_size": "Household size"}
_NUMBERS_OURS = {"low": "Least", "high": "Most", "said_low": "Written least", "said_high": "Written most"}
_DAYS = {"first": "Start date", "last": "End date"}
_DAYS_OURS = {"as_of": "As of", "published": "Published"}
_LISTED: dict[str, tuple[str, Mapping[str, Any]]] = {
    "role": ("Figure role", {one.value: one for one in Role}),
    "state": ("Revision progress", {words.casefold(): one for one, words in _STATES.items()}),
}
_LISTED_OURS: dict[str, tuple[str, Mapping[str, Any]]] = {
    "hedge": ("Hedge", {one.value: one for one in Hedge}),
    "kind": ("Kind", {one.value: one for one in Kind}),
    "modality": ("Modality", {one.value: one for one in Modality}),
}
_LISTED_OTHERS: dict[str, tuple[str, Mapping[str, Any]]] = {
    "hedge": ("Quantifier", _HEDGES),
    "unit": ("Unit", {"person": "person", "household": "household"}),
    "precision": ("Start date accuracy", {words.casefold(): one for one, words in _ACCURACY.items()}),
}
_CAUSES_READ = {"conflict": Cause.CONFLICT, "disaster": Cause.DISASTER} | {one.value: one for one in Cause}


@dataclass(slots=True)
class _Cells:
    """A row of a spreadsheet, read column by column."""

    cells: Mapping[str, Any]
    line: foreign.Row

    def words(self, column: str) -> str:
        value = self.cells.get(column)
        return value if isinstance(value, str) else as_text(_whole(value)) or ""

    def listed(self, column: str, known: Mapping[str, Any]) -> Any:
        told = self.words(column).strip()
        found = known.get(told.casefold().replace("_", " ")) or known.get(told.casefold())
        if told and found is None:
            self.line.does_not_fit(column, told)
        return found


def _whole(value: Any) -> Any:
    """Return a number of a spreadsheet without the ".0" that it gets where whole numbers are stored as doubles."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def entry(cells: Mapping[str, Any], where: str, author: Author, *, digest: str) -> Entry:
    """Return the entry that a row of Helix's columns holds, whoever wrote it.

    cells   by column; words, numbers, days and times as the file has them.
    where   of the row, for messages.
    digest  names the row where it has no ID.
    """
    line = foreign.Row(where)
    row = _Cells(cells, line)
    ours = "Hedge" in cells
    for name, column in (_PLAIN | (_PLAIN_OURS if ours else {})).items():
        line.tell(name, row.words(column))
    for name, column in (_NUMBERS | (_NUMBERS_OURS if ours else {})).items():
        line.tell(name, foreign.number(line, column, row.words(column)))
    for name, column in (_DAYS | (_DAYS_OURS if ours else {})).items():
        line.tell(name, foreign.day(line, column, row.words(column)))
    for name, (column, known) in (_LISTED | (_LISTED_OURS if ours else _LISTED_OTHERS)).items():
        line.tell(name, row.listed(column, known))
    line.tell("latitude", foreign.degrees(line, "Lat", row.words("Lat"), 90))
    line.tell("longitude", foreign.degrees(line, "Lon", row.words("Lon"), 180))
    made = row.words("Created at")
    try:
        line.tell("created_at", moment(made) if made else None)
    except ValueError:
        line.does_not_fit("Created at", made)
    other = row.words("Other event sub type") if ours else ""
    cause = row.words("Figure cause").casefold()
    line.tell("cause", _CAUSES_READ.get(other or cause))
    if ours:
        line.told.setdefault("created_by", "")
    else:
        _read_figure(row)
    if line.told.get("country"):
        line.tell("country_of", "place")
    name = row.words("ID").strip()
    found = foreign.entry(line, author, name=(name if ours else f"helix-{name}") if name else digest, note=not ours)
    version = row.words("Version") if ours else ""
    return replace(found, version=int(version)) if version.isdecimal() and int(version) else found


def _read_figure(row: _Cells) -> None:
    """Read what Helix's own columns tell of the number and of what it counts."""
    line, told = row.line, row.line.told
    number = foreign.number(line, "Reported", row.words("Reported"))
    if number is not None:
        hedge = told.get("hedge", Hedge.EXACT)
        line.tell("said_low", number)
        line.tell("said_high", number)
        if hedge in (Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.EXACT):
            line.tell("low", number + (1 if hedge is Hedge.MORE_THAN else 0))
        if hedge in (Hedge.LESS_THAN, Hedge.AT_MOST, Hedge.EXACT):
            line.tell("high", number - (1 if hedge is Hedge.LESS_THAN else 0))
        if hedge is Hedge.ABOUT:  # how wide "approximately" is, Helix does not tell
            line.tell("low", number)
            line.tell("high", number)
    category = row.words("Figure category").strip().casefold().replace("_", " ")
    line.tell("kind", Kind.STOCK if category in _STOCKS else Kind.FLOW if category in _FLOWS else None)
    term = row.words("Figure term").strip()
    line.tell("term", term)
    line.tell("measure", _MEASURES.get(category) or _measure_of(term.upper().replace(" ", "_")))
    if category and "kind" not in told:
        line.does_not_fit("Figure category", category)
    line.tell("place", row.words("Country"))
    line.tell("level", "country" if row.words("Country") else None)


def _measure_of(term: str) -> str | None:
    """Return the one measure that a term of Helix stands for, None where none or several do."""
    found = [
        one.code
        for one in taxonomy()
        if term in re.split(r"\W+", dict(one.codes).get("helix", "").partition(";")[0].removeprefix("term "))
    ]
    return found[0] if term and len(found) == 1 else None
