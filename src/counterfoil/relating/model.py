"""What relating produces. Types only."""

from dataclasses import dataclass
from enum import StrEnum

from counterfoil.reading.model import Figure
from counterfoil.spans import Anchor


class RelationKind(StrEnum):
    """How one figure stands to another."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    RECHARACTERISES = "re-characterises"
    PART_OF = "part-of"
    DIFFERENT_MEASURE = "different-measure"


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
    """

    figure: Figure
    speaker: str | None
    where: str
    said: tuple[tuple[Anchor | None, Anchor | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed relation between two figures, with a one-line reason and the tests that led to it."""

    kind: RelationKind
    a: Side
    b: Side
    reason: str
    tests: tuple[Test, ...]
