"""HTML to the article's paragraphs and what the page says of it. The only module that imports trafilatura."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from counterfoil.documents.dates import from_url
from counterfoil.documents.model import Dated
from counterfoil.documents.text import clean
from counterfoil.errors import InputError
from counterfoil.spans import Skipped

_NO_ARTICLE = "copy the article's text into a file and give that; pages that a script fills can be saved from a browser"
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")  # what libxml2 takes for an end
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")  # its encoding is that of the bytes, which are decoded by now
MAX_ELEMENTS = 60_000  # articles have a few thousand; above it, extraction takes seconds
_LEFT_OUT = ("script", "style", "noscript", "template", "nav", "aside", "footer", "form", "iframe", "button")
_BLOCKS = frozenset({"p", "head", "quote", "list", "table", "code", "div", "body", "main", "ab"})
_PARAGRAPH, _LINE, _BLANKS = "\x1d", "\x1e", re.compile("[ \t\n\r\f\v]+")  # the marks cannot stand in a page


@dataclass(frozen=True, slots=True)
class Page:
    """An article out of a page. `published` is what the metadata says, None where they are silent.

    url  of the page by its own account, None where it tells none or two.
    """

    text: str
    url: str | None
    title: str | None
    outlet: str | None
    author: str | None
    published: Dated | None
    skipped: tuple[Skipped, ...]


def read_html(html: str, *, url: str | None, today: date, where: str) -> Page:
    """Return the article of a page, in paragraphs with blank lines between them.

    List items and table rows stand on lines of their own, cells with tabs between them. Scripts are never run nor read.
    Raises `InputError` where the page holds no article: nothing but links, navigation or a few words.
    """
    import trafilatura
    from trafilatura.settings import Document

    tree = trafilatura.load_html(_whole(html))
    if tree is None:
        raise InputError("the page holds no HTML that can be read", where, _NO_ARTICLE)
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise InputError(f"the page has more than {MAX_ELEMENTS:,} elements", where, _NO_ARTICLE)
    left_out = _skipped_elements(tree)
    for element in list(tree.iter("noscript", "template")):  # what a reader with scripts does not see
        element.drop_tree()
    home = url or _own_address(tree)
    dates = {"extensive_search": False, "original_date": True, "max_date": today.isoformat()}
    found = trafilatura.bare_extraction(
        tree, url=url, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=dates
    )
    text, dropped = clean(_laid_out(found.body) if isinstance(found, Document) else "")
    if not isinstance(found, Document) or not _is_article(text, tree):
        raise InputError("the page holds no article", where, _NO_ARTICLE)
    return Page(
        text=text,
        url=home,
        title=found.title or None,
        outlet=found.sitename or None,
        author=found.author or None,
        published=_published(tree, found.date, home, today),
        skipped=(*left_out, *_skipped_words(tree, text), *dropped),
    )


def _whole(html: str) -> str:
    """Return a page that libxml2 reads to its end; a fragment gets the elements around it that are looked for."""
    html = _DECLARATION.sub("", _UNREADABLE.sub("", html), count=1)
    return html if re.search("<html", html, re.IGNORECASE) else f"<html><body>{html}</body></html>"


def _laid_out(body: Any) -> str:
    """Return the words of trafilatura's tree: a blank line between blocks, none between items of a list or rows."""
    blocks = []
    for block in _marked(body).split(_PARAGRAPH) if body is not None else ():
        lines = (re.sub(" {2,}", " ", line).strip() for line in block.split(_LINE))
        blocks.append("\n".join(line for line in lines if line))
    return "\n\n".join(block for block in blocks if block)


def _marked(element: Any) -> str:
    """Return the words of an element with marks where a paragraph or a line begins or ends."""
    if not isinstance(element.tag, str):  # a comment or an instruction: no words of the page
        return ""
    parts = [_BLANKS.sub(" ", element.text or "")]
    for child in element:
        parts += (_marked(child), _BLANKS.sub(" ", child.tail or ""))
    words = "".join(parts)
    match element.tag:
        case "lb":
            return _LINE + words
        case "cell":
            return words.replace(_PARAGRAPH, " ").replace(_LINE, " ").strip() + "\t"
        case "item" | "row":
            return _LINE + words.replace(_PARAGRAPH, _LINE) + _LINE
        case tag if tag in _BLOCKS:
            return _PARAGRAPH + words + _PARAGRAPH
    return words


def _is_article(text: str, tree: Any) -> bool:
    """Say whether the text is prose: a line of four words (or 20 letters), and not for the greater part links."""
    if not any(len(line.split()) >= 4 or sum(map(str.isalpha, line)) >= 20 for line in text.splitlines()):
        return False
    words, links = " ".join(text.split()), (" ".join("".join(link.itertext()).split()) for link in tree.iter("a"))
    headlines = {link for link in islice(links, 2000) if len(link) >= 20}  # links within a sentence are shorter
    return 2 * sum(len(link) for link in headlines if link in words) <= len(words)


def _skipped_elements(tree: Any) -> list[Skipped]:
    """Count the elements that hold no words of an article."""
    tags = Counter(element.tag for element in tree.iter(*_LEFT_OUT))
    return [Skipped(f"{count} <{tag}>", "not part of the article's words") for tag, count in sorted(tags.items())]


def _skipped_words(tree: Any, text: str) -> list[Skipped]:
    """Count the words that the page shows and the article does not hold."""
    silent = sum(len("".join(element.itertext()).split()) for element in tree.iter("script", "style"))
    outside = len(" ".join(tree.itertext()).split()) - silent - len(text.split())
    reason = "outside the article: navigation, captions, notices, comments"
    return [Skipped(f"{outside} words", reason)] if outside > 0 else []


# -- where it stands in the web ---------------------------------------------------------------------------------------


def _own_address(tree: Any) -> str | None:
    """Return the address that a saved page names as its own: its canonical link (RFC 6596). None where it is in doubt.

    A reprint may name the page that it was taken from, and a badly made one the front page of its site: taken at their
    word, two articles would be one. So what the page shares (`og:url`) must stand at the same host, and the address
    must lead to a page in the site.
    """
    found = {
        (element.get("href") or "").strip()
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    }
    if len(found) != 1:
        return None
    (address,) = found
    shared = [
        (element.get("content") or "").strip()
        for element in tree.iter("meta")
        if (element.get("property") or element.get("name") or "").lower() == "og:url"
    ]
    host = _host(address)
    known = {other for one in shared if (other := _host(one))}
    return address if host and known <= {host} and _leads_into(address) else None


def _host(address: str) -> str:
    """Return the host of an absolute http(s) address, in small letters and without "www."; "" for anything else."""
    try:
        parts = urlsplit(address)
        named = parts.scheme.lower() in ("http", "https") and address.isprintable() and " " not in address
        return (parts.hostname or "").removeprefix("www.") if named and not parts.username else ""
    except ValueError:
        return ""


def _leads_into(address: str) -> bool:
    """Say whether an address is that of a page, not of a site or one of its sections: "/", "/news", "/index.html"."""
    parts = urlsplit(address)
    steps = [one for one in parts.path.split("/") if one and not re.fullmatch(r"(?:index|default|home)\.\w+", one)]
    return bool(parts.query) or len(steps) > 1 or any(re.search(r"[\d_-]", one) for one in steps)


# -- the day of publication -------------------------------------------------------------------------------------------

_META_NAMES = (  # most telling first; Open Graph, schema.org, Dublin Core, and what news sites add
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article:published",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "publication_date",
    "pubdate",
    "article_date_original",
    "date",
)
_ISO = re.compile(r"\s*([12][0-9]{3})-?([01][0-9])-?([0-3][0-9])(?![0-9])")


def _published(tree: Any, guessed: str | None, url: str | None, today: date) -> Dated | None:
    """Return the day that the page's metadata state; else what trafilatura found in its byline or address."""
    for words in (*_linked_data(tree), *_meta(tree)):
        match = _ISO.match(words)
        if match and (day := _valid(*match.groups())) and day <= today + timedelta(days=1):
            return Dated(day, "metadata", words.strip()[:80])
    match = _ISO.match(guessed or "")
    day = _valid(*match.groups()) if match else None
    in_url = from_url(url, today=today)
    if day is None or (in_url is not None and in_url.day == day):
        return None  # the address speaks for itself, after what the text states
    return Dated(day, "metadata", guessed or "")


def _valid(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _meta(tree: Any) -> list[str]:
    """Return the dates of <meta> and <time> elements that name themselves dates of publication, most telling first."""
    found: dict[str, str] = {}
    for element in tree.iter("meta", "time", "span"):
        name = element.get("property") or element.get("itemprop") or element.get("name")
        if name is None and element.tag == "time" and element.get("pubdate") is not None:
            name = "pubdate"
        words = element.get("content") or element.get("datetime")
        if name and words:
            found.setdefault(name.lower(), words)
    return [found[name] for name in _META_NAMES if name in found]


def _linked_data(tree: Any) -> Iterator[str]:
    """Yield "datePublished" of schema.org articles (JSON-LD), in the page's order."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            item = waiting.pop()
            if isinstance(item, list):
                waiting.extend(reversed(item))
            elif isinstance(item, dict):
                kinds = item.get("@type")
                named = " ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds)
                words = item.get("datePublished")
                if isinstance(words, str) and re.search("Article|Report|Posting|WebPage", named):
                    yield words
                waiting.append(item.get("@graph"))
                waiting.append(item.get("mainEntity"))
