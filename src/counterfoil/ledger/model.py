"""What the ledger keeps. Types only.

An `Entry` is flat: its fields are those of one row of a table, so that a spreadsheet, a notebook and an exchange
format can hold it as it is. docs/ledger.md shows the tables behind it.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from counterfoil.checking.model import Verdict
from counterfoil.documents.model import Document
from counterfoil.reading.model import Cause, Direction, Figure, Form, Hedge, Kind, Modality, Precision, Statement, Tally
from counterfoil.relating.model import Article, Decision, Relation

NOT_TOLD = "The file does not tell: "  # opens a note in the calculation logic on what an imported row lacks
CONTEXT = 32  # code points kept before and after a figure's words, as W3C's text quote selectors keep theirs


class Role(StrEnum):
    """What a figure is used for, in Helix's terms."""

    RECOMMENDED = "recommended"  # the one that a desk counts with
    TRIANGULATION = "triangulation"  # kept beside it, for comparison


class State(StrEnum):
    """How far review has come, in Helix's terms."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    APPROVED = "approved"
    RE_REQUESTED = "re-requested"  # something changed after it was approved


class Confidentiality(StrEnum):
    """Who may see an entry. A confidential one goes into no public export."""

    PUBLIC = "public"
    CONFIDENTIAL = "confidential"


class Action(StrEnum):
    """What made a version of an entry."""

    ADDED = "added"
    CARRIED = "carried"  # the article changed, this figure in it did not
    CHANGED = "changed"  # the article now says something else of it
    GONE = "gone"  # the article no longer has it
    BACK = "back"  # the article has it again
    REVIEWED = "reviewed"
    CORRECTED = "corrected"
    IMPORTED = "imported"


class Mark(StrEnum):
    """What a reviewer holds of one field of an entry."""

    RIGHT = "right"
    WRONG = "wrong"
    NOTE = "note"


class Choice(StrEnum):
    """What a person decided on a relation, whatever the program holds of it."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes something, when and why.

    by  a name as given, never guessed from the machine; "" where nobody was named.
    at  in UTC, to the second.
    """

    by: str
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Deposit:
    """One article with all that was found in it, as it goes into the ledger.

    checks    one verdict for each figure, in the figures' order, or none at all.
    address   what tells the article from others: its URL, else a name for the file; "" where only its text does.
    editions  names the records consulted, with their digests.
    version   of the program.
    """

    document: Document
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...] = ()
    checks: tuple[Verdict, ...] = ()
    editions: tuple[str, ...] = ()
    engine: str = ""
    version: str = ""
    address: str = ""
    confidentiality: Confidentiality = Confidentiality.PUBLIC


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure as the ledger keeps it, with the corrections that people made.

    id                  the same in every ledger that holds the article; `version` counts from 1.
    low, high           all numbers that the words allow, both included, in `unit`; None where open.
    said_low, said_high  the numbers as written.
    measure             code of the taxonomy, "" where nothing fits; `term` the words that decided it, verbatim.
    first, last         days, both included; None where not known. `baseline_first`, `baseline_last` those of a change.
    as_of               the day at which the figure is spoken.
    place               as written in the gazetteer's form; `country` ISO 3166-1 alpha-3. `country_of` tells where it
                        is from: "place", "article" (what the whole article is about) or "".
    claimant            who says it; "" where the article speaks for itself. `claimant_kind` "person", "body",
                        "document", "group", "unnamed" or "".
    household_size      persons a household, where a source states it. Never filled in.
    gone                the article no longer has this figure.
    verdict             word of the latest check, "" where there was none.
    certainty           the least of the reader's probabilities, 0 to 1; None where rules read.
    published, retrieved  of the article; `document` is the sha256 of its text.
    start, end          code points of that text, half-open; None where an import does not tell. `quote` stands there,
                        `prefix` and `suffix` around it, and `excerpt` is the whole sentence.
    """

    id: str
    version: int
    low: Decimal | None
    high: Decimal | None
    said_low: Decimal | None
    said_high: Decimal | None
    unit: str
    hedge: Hedge
    kind: Kind
    direction: Direction | None
    measure: str
    term: str
    population: str
    tally: Tally | None
    modality: Modality
    cause: Cause | None
    event: str
    first: date | None
    last: date | None
    precision: Precision
    baseline_first: date | None
    baseline_last: date | None
    as_of: date | None
    place: str
    country: str
    country_of: str
    admin1: str
    level: str
    latitude: float | None
    longitude: float | None
    origin: str
    origin_country: str
    destination: str
    destination_country: str
    claimant: str
    claimant_kind: str
    form: Form | None
    household_size: Decimal | None
    role: Role
    state: State
    confidentiality: Confidentiality
    calculation_logic: str
    gone: bool
    verdict: str
    certainty: float | None
    excerpt: str
    quote: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    document: str
    title: str
    outlet: str
    url: str
    source: str
    published: date | None
    retrieved: datetime | None
    engine: str
    created_by: str
    created_at: datetime
    updated_by: str
    updated_at: datetime

    @property
    def day(self) -> date:
        """Return the day it stands at in a list: when it was spoken, else published, its last day, when recorded."""
        return self.as_of or self.published or self.last or self.created_at.date()

    @property
    def persons(self) -> tuple[Decimal | None, Decimal | None] | None:
        """Return least and most persons, None where it counts none. Households count only with a stated size.

        Rounded half up, as Helix does.
        """
        if self.unit == "person":
            return self.low, self.high
        if self.unit not in HOUSEHOLDS or self.household_size is None:
            return None
        size = self.household_size

        def people(number: Decimal | None) -> Decimal | None:
            return None if number is None else (number * size).quantize(Decimal(1), ROUND_HALF_UP)

        return people(self.low), people(self.high)


HOUSEHOLDS = ("household", "family")
FIELDS = tuple(field.name for field in fields(Entry))

# What a person may correct. The rest is the article's own, the review's, or follows from these.
CORRECTABLE = (
    *("low", "high", "said_low", "said_high", "unit", "hedge", "kind", "direction", "measure", "term", "population"),
    *("tally", "modality", "cause", "event", "first", "last", "precision", "baseline_first", "baseline_last", "as_of"),
    *("place", "country", "admin1", "level", "latitude", "longitude", "origin", "origin_country", "destination"),
    *("destination_country", "claimant", "claimant_kind", "household_size"),
)
# What a person decides, and what review asks about.
DECIDED = ("role", "state", "confidentiality", "calculation_logic")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an entry before and after, as text; None where there was none."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One step in the life of an entry. `version` replaces the one before it."""

    entry: str
    version: int
    action: Action
    changes: tuple[Change, ...]
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A field that a person set right, with the reason."""

    entry: str
    version: int
    field: str
    old: str | None
    new: str | None
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer said: of one field, or of the whole entry where `field` is ""."""

    entry: str
    version: int
    field: str
    mark: Mark | None
    state: State | None
    comment: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptRelation:
    """A relation as the ledger keeps it.

    a, b       entries; `b` is "" where the other side is a record, which `record` then names with its value.
    tests      (name, outcome, why), in the order of the tests.
    choice     what a person decided on it, None where nobody did.
    """

    id: int
    kind: str
    a: str
    b: str
    record: str
    reason: str
    tests: tuple[tuple[str, str, str], ...]
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A verdict as the ledger keeps it; `body` is the whole of it as JSON."""

    entry: str
    word: str
    sensitive_to: tuple[str, ...]
    reasons: tuple[str, ...]
    editions: tuple[str, ...]
    at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure of a changed article beside what it was: matched by the words around it, not by offsets.

    what    "added", "gone", "changed", "same".
    before, after  indices of the figures of the old and the new text; None where there is none.
    fields  which of its values differ.
    """

    what: str
    before: int | None
    after: int | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of one deposit.

    outcome  "added", "unchanged", "changed".
    version  of the article, from 1.
    entries  ids, in the order of the figures.
    changes  of a changed article, else empty.
    related  relations recorded, within it and with what was there.
    """

    address: str
    document: str
    outcome: str
    version: int
    entries: tuple[str, ...]
    changes: tuple[FigureChange, ...] = ()
    related: int = 0


# Relates one article's figures to each other and to those of the articles given with it, as people decided.
# `Side.where` is an entry's id.
Relating = Callable[[Article, tuple[Article, ...], tuple[Decision, ...]], tuple[Relation, ...]]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries. Everything given must hold.

    measure   a code; `place` a name, a country or its code; `claimant` a name: upper and lower case are one.
    since     first day, by `Entry.day`; `until` the last.
    words     to be found in the sentence, in who says it or where.
    gone      also those that their articles no longer have.
    """

    measure: str | None = None
    place: str | None = None
    claimant: str | None = None
    since: date | None = None
    until: date | None = None
    state: State | None = None
    words: str | None = None
    gone: bool = False
    confidential: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries in order, and where the next page begins: None after the last."""

    entries: tuple[Entry, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in the ledger, for people who ask what changed.

    what  an `Action`, or "article", "decision".
    """

    at: datetime
    by: str
    what: str
    entry: str
    words: str
    why: str
    changes: tuple[Change, ...] = ()
