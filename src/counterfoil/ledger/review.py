"""What people decide on entries: review, correction, and on relations. Each is a new version with who, when and why."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from counterfoil.errors import InputError
from counterfoil.ledger import rows
from counterfoil.ledger.model import (
    CORRECTABLE,
    FIELDS,
    Action,
    Author,
    Choice,
    Confidentiality,
    Entry,
    Mark,
    Role,
    State,
)
from counterfoil.ledger.queries import decision_rows, entry_with_rows
from counterfoil.ledger.recording import Writer, changed
from counterfoil.ledger.store import Database, next_number, writing
from counterfoil.reading.model import Cause, Direction, Hedge, Kind, Modality, Precision, Tally

NUMBERS = ("low", "high", "said_low", "said_high", "household_size")
DAYS = ("first", "last", "baseline_first", "baseline_last", "as_of")
DEGREES = {"latitude": 90, "longitude": 180}
COUNTRIES = ("country", "origin_country", "destination_country")
WORDS: dict[str, type[StrEnum]] = {
    "hedge": Hedge,
    "kind": Kind,
    "direction": Direction,
    "tally": Tally,
    "modality": Modality,
    "cause": Cause,
    "precision": Precision,
}
NEEDED = ("unit", "hedge", "kind", "modality", "precision")  # every entry has one
VALUE = "value"  # stands for an exact number: low, high and what is said at once


def review(
    database: Database,
    entry: str,
    author: Author,
    *,
    state: State | None = None,
    role: Role | None = None,
    confidentiality: Confidentiality | None = None,
    calculation_logic: str | None = None,
    field: str = "",
    mark: Mark | None = None,
    comment: str = "",
) -> Entry:
    """Record a review and return the entry as it stands after it.

    field    what `mark` and `comment` are about; "" for the whole entry.
    Raises   InputError for an entry, field or author that is missing, or where nothing is said.
    """
    decided: dict[str, Any] = {
        name: value
        for name, value in (
            ("state", state),
            ("role", role),
            ("confidentiality", confidentiality),
            ("calculation_logic", None if calculation_logic is None else rows.storable(calculation_logic)),
        )
        if value is not None
    }
    _named(author)
    if field and field not in FIELDS:
        raise InputError(f"no field {field!r}", "--field", f"choose one of: {', '.join(FIELDS)}")
    if not decided and mark is None and not comment:
        raise InputError("nothing is said", "review", "give --state, --role, --mark or --comment")
    with writing(database):
        now, row, document, figure = entry_with_rows(database, entry)
        writer = Writer(database, author)
        following = replace(now, **decided)
        if following != now:
            following = writer.stamped(following)
            writer.put(now, following, row, document, figure, Action.REVIEWED)
        number = next_number(database, "reviews")
        words = rows.storable(comment or author.why)
        said = (number, row, following.version, field, mark, state, words, author.by, rows.time_words(author.at))
        database.insert("reviews", rows.REVIEW, [said])
        writer.flush()
    return following


def correct(database: Database, entry: str, given: Mapping[str, str], author: Author) -> Entry:
    """Set fields of an entry right and return it; what they were stays in the corrections.

    given   fields with their new values as text; "" takes a value away. "value" stands for an exact number.
    Raises  InputError with all faults at once: an unknown field, a value that does not fit, no author, no reason.
    """
    _named(author)
    if not author.why.strip():
        raise InputError("a correction needs a reason", "--why", "say why: --why 'the article means families'")
    with writing(database):
        now, row, document, figure = entry_with_rows(database, entry)
        following = replace(now, **_values(given, now))
        changes = changed(now, following)
        if not changes:
            raise InputError("this is what the entry holds already", entry, "give another value, or a review instead")
        if now.state is State.APPROVED:
            following = replace(following, state=State.RE_REQUESTED)
        writer = Writer(database, author)
        following = writer.stamped(following)
        writer.put(now, following, row, document, figure, Action.CORRECTED)
        number = next_number(database, "corrections")
        at = rows.time_words(author.at)
        log = [
            (number + n, row, following.version, one.field, one.old, one.new, author.by, at, rows.storable(author.why))
            for n, one in enumerate(changes)
        ]
        database.insert("corrections", rows.CORRECTION, log)
        writer.name(following)
        writer.flush()
    return following


def decide(database: Database, relation: int, choice: Choice, author: Author, *, kind: str = "") -> None:
    """Accept or reject a relation, whatever the program holds of it; a later decision replaces this one.

    kind    with ACCEPTED: the relation that it is instead; "" for the one that was found.
    Raises  InputError for no such relation, or no author.
    """
    _named(author)
    with writing(database):
        found = database.query("SELECT kind, a, b FROM relations WHERE id = ?", (relation,))
        if not found:
            raise InputError(
                f"no relation {relation}", "ledger", "counterfoil ledger show ENTRY lists those of an entry"
            )
        was, a, b = found[0]
        number = next_number(database, "decisions")
        at = rows.time_words(author.at)
        row = (number, relation, *decision_rows(database, a, b), kind or was, choice.value, author.by, at, author.why)
        database.insert("decisions", rows.DECISION, [tuple(rows.storable(x) if isinstance(x, str) else x for x in row)])


def _named(author: Author) -> None:
    if not author.by.strip():
        raise InputError("nobody is named", "--by", "say who you are: --by NAME, or set COUNTERFOIL_USER")


def _values(given: Mapping[str, str], now: Entry) -> dict[str, Any]:
    """Return the fields to set; raises `InputError` that lists every fault."""
    faults, values = [], dict[str, Any]()
    for name, words in given.items():
        try:
            if name == VALUE:
                number = _number(words)
                values |= dict.fromkeys(NUMBERS[:4], number) | {"hedge": Hedge.EXACT}
            else:
                values[name] = _read(name, words.strip())
        except ValueError as error:
            faults.append(f"{name}: {error}")
    low, high = values.get("low", now.low), values.get("high", now.high)
    first, last = values.get("first", now.first), values.get("last", now.last)
    if not faults and low is not None and high is not None and low > high:
        faults.append(f"low: {low} is more than high, {high}")
    if not faults and first is not None and last is not None and first > last:
        faults.append(f"first: {first} is after last, {last}")
    if faults:
        raise InputError("; ".join(faults), "--set", "mend these, then do it again: nothing was changed")
    if values.get("country"):
        values["country_of"] = "place"
    return values


def _read(name: str, words: str) -> Any:
    if name not in CORRECTABLE:
        raise ValueError(f"no field that can be corrected; these can: {', '.join((VALUE, *CORRECTABLE))}")
    if not words:
        if name in NEEDED:
            raise ValueError("every entry has one")
        return None if name in (*NUMBERS, *DAYS, *DEGREES, *WORDS) else ""
    if name in NUMBERS:
        return _number(words)
    if name in DAYS:
        try:
            return date.fromisoformat(words)
        except ValueError:
            raise ValueError(f"{words!r} is no day, write it as YYYY-MM-DD") from None
    if name in DEGREES:
        return _degrees(words, DEGREES[name])
    if name in WORDS:
        members = [one.value for one in WORDS[name]]
        if words not in members:
            raise ValueError(f"{words!r} is none of: {', '.join(members)}")
        return WORDS[name](words)
    if name in COUNTRIES and not (len(words) == 3 and words.isascii() and words.isalpha() and words.isupper()):
        raise ValueError(f"{words!r} is no country's code of three letters, as AFG")
    if name == "measure":
        known_measure(words)
    return rows.storable(words)


def _number(words: str) -> Decimal:
    try:
        number = Decimal(words.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        raise ValueError(f"{words!r} is no number, write it in digits: 1200 or 66.7") from None
    if not number.is_finite():
        raise ValueError(f"{words!r} is no number that can be counted")
    return number


def _degrees(words: str, most: int) -> float:
    try:
        degrees = float(words)
    except ValueError:
        raise ValueError(f"{words!r} is no number of degrees") from None
    if not -most <= degrees <= most:
        raise ValueError(f"{words} is not between {-most} and {most}")
    return degrees


def known_measure(code: str) -> None:
    """Raise `ValueError`, with what is near, for a code that the taxonomy does not have."""
    from rapidfuzz.process import extract

    from counterfoil.reading.taxonomy import measure, taxonomy

    if measure(code) is None:
        near = ", ".join(found for found, *_ in extract(code, [one.code for one in taxonomy()], limit=3))
        raise ValueError(f"{code!r} is no measure; near it: {near} (docs/measures.md lists all)")
