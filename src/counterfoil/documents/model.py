"""What loading produces. Types only."""

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from counterfoil.spans import Anchor, Skipped, Span


@dataclass(frozen=True, slots=True)
class Dated:
    """A day and where it was read from.

    origin  "metadata", "given", "byline", "dateline", "url", or "weekday agreement" (the one year in which weekday
            and day agree), or "latest weekday agreement" (several do, nothing decides: the latest is taken).
    words   what stood there, verbatim; an inferred year follows in brackets, with the others that would agree.
    """

    day: date
    origin: str
    words: str


@dataclass(frozen=True, slots=True)
class Document:
    """An article. Its text is final: whatever cleans, cleans before.

    sha256     of the text as UTF-8; anchors name it.
    published  day of publication, None where nothing tells; `reading` may still find the day of an utterance.
    source     the path, URL or "-" it came from.
    raw_sha256 of the bytes as they came, None for text given as a string.
    skipped    what cleaning left out (navigation, scripts, page furniture), counted with reasons.
    """

    text: str
    sha256: str
    source: str = ""
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: Dated | None = None
    retrieved: datetime | None = None
    raw_sha256: str | None = None
    media_type: str = "text/plain"
    skipped: tuple[Skipped, ...] = field(default=())

    def anchor(self, span: Span) -> Anchor:
        """Return the anchor of these words."""
        return Anchor(self.sha256, span, span.of(self.text))


def digest(text: str) -> str:
    """Return the sha256 of the text in UTF-8, as 64 hex digits (lone surrogates are kept as they are)."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
