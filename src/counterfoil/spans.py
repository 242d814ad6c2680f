"""Where words stand. All arithmetic on offsets lives here.

Offsets are code points, half-open, into the final text of one document.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from counterfoil.errors import SpanError

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` up to, not including, `end` of one document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SpanError(f"no such span: {self.start} to {self.end}", "Span", "report this as a bug")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: object) -> bool:
        return isinstance(other, Span) and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Return the words; raises `SpanError` where a bare slice would shorten in silence."""
        if self.end > len(text):
            raise SpanError(
                f"span {self.start} to {self.end} ends after the text ({len(text)} code points)",
                "Span.of",
                "report this as a bug, with the text",
            )
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words that anyone can find again: in which text, where, and what they say.

    document  sha256 of the text, so that an id can never point at other words.
    quote     filled by `Document.anchor(span)`, never by hand.
    """

    document: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value, the words that it was read from, and the rule or model that read it.

    by  the rule with its version ("numbers.rounded@2"), or a model with its digest.
    """

    value: T
    anchor: Anchor
    by: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something set aside, and why. Nothing is lost in silence.

    what    the words or the thing set aside.
    reason  one of the part's documented reasons, in words.
    """

    what: str
    reason: str
    span: Span | None = None
