"""Files, addresses, bytes and strings to documents. What each is, its first bytes tell; names and headers only hint."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from counterfoil.documents.model import Dated, Document, digest
from counterfoil.documents.text import Decoded, byline, clean, decode, headline
from counterfoil.errors import InputError

MEDIA_TYPES = ("text/plain", "text/html", "application/pdf")


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller knows better than the source, and the limits of loading.

    media_type     one of `MEDIA_TYPES`; None: look at the content.
    url, title     of the article, where the source does not carry them (a saved page, a text file).
    published      the day of publication; its origin is then "given".
    allow_private  fetch from addresses off the open internet too.
    today          no article is later; None: the day of this computer.
    max_bytes      of a file, and of a page after decompression.
    timeout_s      for all of a fetch together.
    resolve        from host and port to numeric addresses; None: the system's resolver.
    """

    media_type: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | None = None
    allow_private: bool = False
    today: date | None = None
    max_bytes: int = 20_000_000
    timeout_s: float = 20.0
    resolve: Callable[[str, int], list[str]] | None = None


def load(source: str | Path | bytes, options: Options | None = None) -> Document:
    """Load an article from a path, an http(s) address, "-" (standard input) or bytes.

    Raises `InputError` for what is missing, empty, too large, no text, locked or no article; `mend` tells what to do.
    """
    options = options or Options()
    today = options.today or date.today()
    if isinstance(source, bytes):
        return _from_bytes(_within(source, options.max_bytes, "bytes"), "", options, today)
    name = str(source)
    if isinstance(source, str) and source == "-":
        raw = sys.stdin.buffer.read(options.max_bytes + 1)
        return _from_bytes(_within(raw, options.max_bytes, "standard input"), "-", options, today)
    if isinstance(source, str) and re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", source):
        return _from_address(source, options, today)
    return _from_bytes(_read(Path(source), options.max_bytes), name, options, today)


def from_text(text: str, options: Options | None = None, *, source: str = "") -> Document:
    """Return a document whose text is the given one, unchanged: offsets into it hold.

    source  what to call it: a file, an id.
    Title, author and day of publication are read from the text where `options` do not give them; nothing is refused.
    """
    options = options or Options()
    return _completed(Document(text=text, sha256=digest(text), source=source), options, options.today or date.today())


def _from_address(address: str, options: Options, today: date) -> Document:
    """Fetch and load; the address where the redirects ended is the document's."""
    from counterfoil.documents.fetch import fetch

    answer = fetch(
        address,
        allowed=(lambda _: True) if options.allow_private else None,
        max_bytes=options.max_bytes,
        timeout_s=options.timeout_s,
        resolve=options.resolve,
    )
    known = replace(options, url=options.url or answer.url)
    return _from_bytes(answer.raw, address, known, today, header=answer.content_type, retrieved=answer.retrieved)


def _read(path: Path, max_bytes: int) -> bytes:
    """Return a file's bytes; raises `InputError` if it cannot be read or is too large, before it fills the memory."""
    shown = str(path)[:200]
    try:
        with path.open("rb") as file:
            return _within(file.read(max_bytes + 1), max_bytes, shown)
    except FileNotFoundError:
        raise InputError(
            "no such file", shown, "check the path; give the words of an article on standard input, as -"
        ) from None
    except IsADirectoryError:
        raise InputError("a folder, not a file", shown, "give the files in it one by one") from None
    except (OSError, ValueError) as error:  # ValueError: a path with a zero character
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"the file cannot be read: {reason}", shown, "check the path and its permissions") from None


def _within(raw: bytes, max_bytes: int, where: str) -> bytes:
    if len(raw) > max_bytes:
        raise InputError(f"more than {max_bytes:,} bytes", where, "an article is smaller: give its text alone")
    return raw


# -- what it is --------------------------------------------------------------------------------------------------------

_FOREIGN = (  # first bytes of what is no article yet, its name, and how to make it one
    (b"PK\x03\x04", "a ZIP archive or an office document", "save the document as PDF or plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as PDF or plain text"),
    (b"{\\rtf", "an RTF document", "save it as PDF or plain text"),
    (b"\x89PNG", "an image", "run text recognition (OCR) on it first"),
    (b"\xff\xd8\xff", "an image", "run text recognition (OCR) on it first"),
    (b"GIF8", "an image", "run text recognition (OCR) on it first"),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
    (b"BZh", "a compressed file", "unpack it first"),
    (b"\xfd7zXZ", "a compressed file", "unpack it first"),
    (b"7z\xbc\xaf", "a compressed file", "unpack it first"),
    (b"WARC/", "a web archive", "give one page of it"),
)
_MARKUP = re.compile(  # an opening that plain text does not have (WHATWG MIME Sniffing, section 7.1)
    r"(?:<\?xml[^>]{0,200}>|<!--(?:(?!-->)[^\0]){0,2000}-->|\s){0,20}"
    r"<(?:!doctype html"
    r"|(?:html|head|body|article|main|section|div|p|h1|h2|title|meta|link|script|style|table|header)[\s>/])",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?:p|div|html|body|article|br|h1|span)\b[^<>]{0,500}>", re.IGNORECASE)
_FEED = re.compile(
    r"(?:<\?xml[^>]{0,200}>|<!--(?:(?!-->)[^\0]){0,2000}-->|\s){0,20}<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE
)
_CHARSET = re.compile(rb"(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b")
_HEAD = 1024  # bytes or characters in which a format shows itself


def _from_bytes(
    raw: bytes, source: str, options: Options, today: date, *, header: str = "", retrieved: datetime | None = None
) -> Document:
    """Load bytes as what they are. `header` is the Content-Type of an answer: a hint, and the encoding's label."""
    where = source or "bytes"
    if not raw.strip():
        raise InputError("it is empty", where, "give a file or a page with an article in it")
    if options.media_type not in (None, *MEDIA_TYPES):
        raise InputError(f"no such media type: {options.media_type}", where, f"use one of {', '.join(MEDIA_TYPES)}")
    wanted = options.media_type
    known = Document(
        text="",
        sha256="",
        source=source,
        url=options.url or (source if retrieved else None),
        retrieved=retrieved,
        raw_sha256=sha256(raw).hexdigest(),
    )
    if wanted == "application/pdf" or (wanted is None and b"%PDF-" in raw[:_HEAD]):
        return _completed(_from_pdf(raw, known), options, today)
    if wanted is None:
        for opening, name, mend in _FOREIGN:
            if raw.startswith(opening):
                raise InputError(f"it is {name}, not text", where, mend)
    label = _CHARSET.search(header.encode("ascii", "replace")) or _CHARSET.search(raw[:_HEAD])
    decoded = decode(raw, label[1].decode("ascii") if label else None)
    if wanted is None and not decoded.encoding.startswith(("utf-16", "utf-32")):
        _refuse_binary(raw, where)
    is_html = wanted == "text/html" or (wanted is None and _is_html(decoded.text, source, header, where))
    document = _from_html(decoded, known, today) if is_html else _from_plain(decoded, known)
    return _completed(document, options, today)


def _refuse_binary(raw: bytes, where: str) -> None:
    """Raise `InputError` where control characters are more than a hundredth of the first bytes."""
    head = raw[:8192]
    if 100 * (len(head) - len(head.translate(None, _CONTROL))) > len(head):
        raise InputError("it is binary, not text", where, "give the article as text, HTML or PDF")


def _is_html(text: str, source: str, header: str, where: str) -> bool:
    """Say whether text is a page; raises `InputError` for feeds, web archives and lines of JSON."""
    head = text[:_HEAD].lstrip("\ufeff")
    if _FEED.match(head):
        raise InputError("it is a feed, not an article", where, "give the address of one article in it")
    if re.match(r"[\w-]{1,40}:", head) and "multipart/related" in head.lower():
        raise InputError("it is a web archive (MHTML)", where, 'save the page as "HTML only"')
    if re.match(r'\s*\{\s*"\w', head):
        raise InputError("it is JSON, not an article", where, "for lines of JSON use: counterfoil read --jsonl FILE")
    if _MARKUP.match(text.lstrip()[:8192]):
        return True
    hinted = "html" in header.lower() or source.lower().endswith((".html", ".htm", ".xhtml"))
    return hinted and _TAG.search(text, 0, 65536) is not None


# -- each kind ---------------------------------------------------------------------------------------------------------


def _from_plain(decoded: Decoded, known: Document) -> Document:
    text, dropped = clean(decoded.text)
    if not text.strip():
        raise InputError("it is empty", known.source or "bytes", "give a file or a page with an article in it")
    return replace(known, text=text, sha256=digest(text), skipped=(*decoded.skipped, *dropped))


def _from_html(decoded: Decoded, known: Document, today: date) -> Document:
    from counterfoil.documents.html import read_html

    page = read_html(decoded.text, url=known.url, today=today, where=known.source or "bytes")
    return replace(
        known,
        text=page.text,
        sha256=digest(page.text),
        url=page.url,
        title=page.title,
        outlet=page.outlet,
        author=page.author,
        published=page.published,
        media_type="text/html",
        skipped=(*decoded.skipped, *page.skipped),
    )


def _from_pdf(raw: bytes, known: Document) -> Document:
    from counterfoil.documents.pdf import read_pdf

    pages = read_pdf(raw, where=known.source or "bytes")
    return replace(
        known,
        text=pages.text,
        sha256=digest(pages.text),
        title=pages.title,
        author=pages.author,
        media_type="application/pdf",
        skipped=pages.skipped,
    )


def _completed(document: Document, options: Options, today: date) -> Document:
    """Fill in what the text itself tells, and put what the caller gave before it."""
    from counterfoil.documents import dates  # here, so that importing this part compiles none of its patterns

    url = options.url or document.url
    if options.published is not None:
        published: Dated | None = Dated(options.published, "given", options.published.isoformat())
    else:
        published = document.published or dates.published(document.text, url=url, today=today)
    return replace(
        document,
        url=url,
        title=options.title or document.title or headline(document.text),
        author=document.author or byline(document.text),
        published=published,
    )
