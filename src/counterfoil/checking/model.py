"""What checking produces. Types only."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from counterfoil.reading.model import Figure


class Word(StrEnum):
    """The verdict in one word."""

    SUPPORTED = "supported"
    SUPPORTED_IN_DIRECTION = "supported-in-direction"
    SENSITIVE = "sensitive-to"
    CONTRADICTED = "contradicted"
    TRUE_BUT_STALE = "true-but-stale"
    NOT_CHECKABLE = "not-checkable"


@dataclass(frozen=True, slots=True)
class Reference:
    """A published figure that others are checked against. Its `figure` is anchored in the table's text.

    publisher   who says it ("PICSS"); `series` groups figures that one publisher counts in one way.
    definition  what exactly was counted, in words.
    claim       True where the row records somebody's claim, which is no evidence for that same claim.
    row         line of the table, the header being line 1.
    """

    figure: Figure
    publisher: str
    series: str
    definition: str
    url: str
    note: str
    claim: bool
    row: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One way of asking the records, and what they answer.

    low, high  the answer as an interval in `unit`, None where open.
    setting    the windows, source and definition in words.
    """

    setting: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    references: tuple[Reference, ...]
    agrees: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the records say of one figure, under every way of asking that they allow.

    sensitive_to  with Word.SENSITIVE: "window", "baseline", "definition", "place", "source", "vintage".
    reasons       in words a newspaper could print.
    """

    figure: Figure
    word: Word
    sensitive_to: tuple[str, ...]
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    best_support: Evidence | None = None
    best_counter: Evidence | None = None
