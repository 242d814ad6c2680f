"""What relating produces. Types only."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from counterfoil.documents.model import Document
from counterfoil.reading.model import Figure, Statement
from counterfoil.spans import Anchor, Skipped


class RelationKind(StrEnum):
    """How one figure stands to another; read as "a ... b"."""

    AGREES = "agrees"
    COPIES = "copies"  # a takes over b's words
    RELAYS = "relays"  # a gives b's number from the same origin, or names none of its own
    ROUNDS = "rounds"  # a is a rounding of b, by one origin
    SUPERSEDES = "supersedes"  # a is the later and larger count of one source
    REVISES = "revises"  # a takes b back: lower, or another number for days long over
    PART_OF = "part-of"
    SUM_OF = "sum-of"  # a is the sum of b and others
    CONTRADICTS = "contradicts"
    RECHARACTERISES = "re-characterises"
    DENIES = "denies"  # a's speaker rejects b and gives no number of his own
    DIFFERENT_MEASURE = "different-measure"
    MISSTATED = "misstated"  # a cites b's publisher, who says another number
    TYPO = "typo"  # a's digits look like a slip for b's


@dataclass(frozen=True, slots=True)
class Test:
    """One test of comparability.

    name     "measure", "population", "place", "window", "as-of", "quantity", "speaker": in this order.
    outcome  "same", "contained", "contains", "overlapping", "disjoint", "different", "unknown".
    why      the two sides in words.
    """

    name: str
    outcome: str
    why: str


ARTICLE, RECORDS = "article", "records"


@dataclass(frozen=True, slots=True)
class Side:
    """A figure as relating sees it: with who says it, whether from an article or from the records.

    speaker  canonical name; None where the article speaks for itself.
    where    ARTICLE or RECORDS, or another name for where it stands.
    said     the words that name the source, and the cue, of the statements that enclose it, innermost first.
    outlet   who prints it; None where not known, or where nobody asked. It tells apart two prints of one text.
    """

    figure: Figure
    speaker: str | None
    where: str
    said: tuple[tuple[Anchor | None, Anchor | None], ...] = ()
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed relation between two figures, with a one-line reason and the tests that led to it."""

    kind: RelationKind
    a: Side
    b: Side
    reason: str
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its figures, as one of many to relate.

    sides  one for each figure, in text order.
    """

    document: Document
    statements: tuple[Statement, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about two figures; it stands above what relating finds.

    a, b  ids of the figures (`Figure.id`), in the direction in which `kind` is read.
    kind  their relation; None: never relate these two.
    """

    a: str
    b: str
    kind: RelationKind | None


@dataclass(frozen=True, slots=True)
class Point:
    """One count of a timeline.

    day        for which it is given: the day it is spoken of, else of speaking; None where not known.
    low, high  what its words allow, both included; None where open.
    increment  more than the point before by so much, or less; None for the first, and where a bound is open.
    flag       "", "falls" where a count that can only grow falls, "slip" or "misstated" where a relation says so: these
               two stand in no range and count for no increment.
    repeats    figures of other articles that copy, relay or round this one.
    added      what its article says came on top of the count before: "23 more than on Wednesday".
    """

    day: date | None
    side: Side
    low: Decimal | None
    high: Decimal | None
    increment: Decimal | None = None
    flag: str = ""
    repeats: tuple[Side, ...] = ()
    added: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """What one claimant said over time, earliest first.

    claimant  canonical name; None: articles in their own voice.
    """

    claimant: str | None
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All that is said of one thing: one measure, population, place and event.

    id           the same on every run over the same figures.
    measure      code of the taxonomy; `unit` what is counted, `population` in words, "" where nobody restricts it.
    place        name, "" where not known.
    event        what happened in words ("earthquake"), "" where not said.
    first, last  days of the event or window, both included; None where not known.
    low, high    from the lowest to the highest of what the claimants say last; never an average. None where open.
    origins      independent origins of the counts that stand, in alphabetical order; outlets are none.
    """

    id: str
    measure: str
    unit: str
    population: str
    place: str
    event: str
    first: date | None
    last: date | None
    timelines: tuple[Timeline, ...]
    low: Decimal | None
    high: Decimal | None
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """What is found among the figures of many articles and the records.

    relations  in a fixed order that does not depend on the order of the articles.
    skipped    figures that allow no comparison, each with its reason.
    again      figures that their own article tells elsewhere too, and that stand there: a headline's, above all.
    """

    relations: tuple[Relation, ...]
    groups: tuple[Group, ...]
    skipped: tuple[Skipped, ...]
    again: tuple[Side, ...] = ()
