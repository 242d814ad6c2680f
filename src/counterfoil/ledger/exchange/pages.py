"""Entries as a folder of plain pages: a static ledger with permalinks. No script, nothing from elsewhere.

Each entry stands on a page by its place in the ledger, which never changes, so that a link to it holds as the ledger
grows: pages/0003.html#ID. Indexes by measure and by country lead there.
"""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import quote

from counterfoil.ledger.exchange.cells import text
from counterfoil.ledger.exchange.sentence import claimant, counted, country_name, day, days, sentence
from counterfoil.ledger.model import Confidentiality, Entry
from counterfoil.reading.model import Modality

PAGE = 200  # entries of a page: some hundred kB, which a phone shows at once
INDEX = 500  # lines of an index page
MARK = '<meta name="generator" content="counterfoil ledger">'  # tells a folder of ours from others
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "article{border-top:1px solid #bbb;padding:.8rem 0;overflow-wrap:anywhere}"
    "article:target{background:#fff6d6}blockquote{margin:.4rem 0;padding-left:.8rem;border-left:3px solid #bbb}"
    "dl{display:grid;grid-template-columns:10rem 1fr;margin:.4rem 0;font-size:.9rem}dd{margin:0}"
    "h2{font-size:1rem;margin:0}nav a{margin-right:1rem}.gone{color:#8a1f11}"
)
# No script may run, nothing is fetched, no form leads anywhere (https://www.w3.org/TR/CSP3/).
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"


def write(entries: Iterable[Entry | None], target: Path, *, edition: str = "") -> int:
    """Write a folder of pages; return how many entries it holds.

    edition  its mark, told on every page.
    entries  in the ledger's order; None keeps the place of one that is left out.
    """
    (target / "pages").mkdir(parents=True)
    (target / "index").mkdir()
    book = _Book(target, edition)
    for place, entry in enumerate(entries):
        if entry is not None:
            book.add(place, entry)
    book.close()
    return book.count


def page_of(place: int) -> str:
    """Return the file of the entry at a place in the ledger, from 0.

    >>> page_of(0), page_of(200)
    ('pages/0000.html', 'pages/0001.html')
    """
    return f"pages/{place // PAGE:04}.html"


class _Book:
    """Writes pages as they fill: at no time does it hold more than one, and one of each index."""

    def __init__(self, target: Path, edition: str = "") -> None:
        self.target, self.edition, self.count = target, edition, 0
        self.page, self.articles = 0, list[str]()
        self.indexes: dict[tuple[str, str], list[str]] = {}
        self.pages: Counter[tuple[str, str]] = Counter()
        self.totals: Counter[tuple[str, str]] = Counter()
        self.filled: list[int] = []

    def add(self, place: int, entry: Entry) -> None:
        if place // PAGE != self.page:
            self._end_page()
            self.page = place // PAGE
        self.count += 1
        self.articles.append(_article(entry))
        link = f"../{page_of(place)}#{_anchor(entry.id)}"
        line = f'<li><a href="{link}">{_bidi(sentence(entry))}</a></li>'
        for key in (("measure", entry.measure or "other"), ("country", entry.country)):
            kept = self.indexes.setdefault(key, [])
            kept.append(line)
            self.totals[key] += 1
            if len(kept) == INDEX:
                self._end_index(key)

    def close(self) -> None:
        self._end_page()
        for key, kept in self.indexes.items():
            if kept:
                self._end_index(key)
        self._write("index.html", "Ledger of figures", self._contents(), up="")

    def _end_page(self) -> None:
        if self.articles:
            before = f'<a href="{self.filled[-1]:04}.html">Page before</a>' if self.filled else ""
            body = f"<nav>{before}</nav>\n" + "\n".join(self.articles)
            self._write(f"pages/{self.page:04}.html", f"Figures, page {self.page + 1}", body, up="../")
            self.filled.append(self.page)
            self.articles = []

    def _end_index(self, key: tuple[str, str]) -> None:
        number = self.pages[key]
        body = f"<ol start={number * INDEX + 1}>\n" + "\n".join(self.indexes[key]) + "\n</ol>"
        if number:
            body = f'<nav><a href="{_file(key, number - 1)}">Page before</a></nav>\n{body}'
        self._write(f"index/{_file(key, number)}", _title(key), body, up="../")
        self.pages[key] += 1
        self.indexes[key] = []

    def _contents(self) -> str:
        parts = [f"<p>{self.count:,} figures. Each has an address of its own, which stays.</p>"]
        for which, heading in (("measure", "By what is counted"), ("country", "By country")):
            lines = []
            for key in sorted((one for one in self.totals if one[0] == which), key=_title):
                links = " ".join(f'<a href="index/{_file(key, n)}">{n + 1}</a>' for n in range(1, self.pages[key]))
                first = f'<a href="index/{_file(key, 0)}">{_bidi(_title(key))}</a>'
                lines.append(f"<li>{first}: {self.totals[key]:,} {links}</li>")
            parts.append(f"<h2>{heading}</h2>\n<ul>\n" + "\n".join(lines) + "\n</ul>")
        pages = " ".join(f'<a href="pages/{n:04}.html">{n + 1}</a>' for n in self.filled)
        return "\n".join([*parts, f"<h2>All pages</h2>\n<p>{pages}</p>"])

    def _write(self, name: str, title: str, body: str, *, up: str) -> None:
        home = f'<nav><a href="{up}index.html">All figures</a></nav>' if up else ""
        told = f"<p>This is the {_safe(self.edition)} edition.</p>\n" if self.edition else ""
        head = f'<meta name="edition" content="{_safe(self.edition)}">\n' if self.edition else ""
        whole = (
            f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{MARK}\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            f'<meta name="viewport" content="width=device-width">\n{head}'
            f"<title>{_safe(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{home}\n"
            f"<h1>{_safe(title)}</h1>\n{told}{body}\n</body>\n</html>\n"
        )
        (self.target / name).write_text(whole, encoding="utf-8")


def _title(key: tuple[str, str]) -> str:
    which, value = key
    if which == "measure":
        return value.replace("_", " ")
    return country_name(value) or "No country told"


def _file(key: tuple[str, str], number: int) -> str:
    which, value = key
    plain = value.isascii() and value.replace("_", "").isalnum()
    name = value.lower() if plain else sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{which}-{name}-{number + 1}.html" if value else f"{which}-none-{number + 1}.html"


def _anchor(name: str) -> str:
    """Return an entry's name as part of an address: no characters that would end it."""
    return quote(name.encode("utf-8", "replace"), safe="-._~")


def _safe(words: str) -> str:
    """Return words as HTML: nothing in them is markup, and what cannot be shown is U+FFFD."""
    shown = "".join(
        c if c in "\n\t" or (c >= " " and not "\x7f" <= c <= "\x9f") else "\N{REPLACEMENT CHARACTER}" for c in words
    )
    return escape(text(shown))


def _bidi(words: str) -> str:
    """Return words whose direction changes nothing around them (https://www.w3.org/TR/html-bidi/)."""
    return f"<bdi>{_safe(words)}</bdi>"


def _article(entry: Entry) -> str:
    facts = {
        "Counted": counted(entry),
        "The article’s word": entry.term if entry.term.casefold() != entry.measure.replace("_", " ") else "",
        "When": days(entry.first, entry.last),
        "Said on": day(entry.as_of),
        "Where": _listed(*entry.place.split(", "), entry.admin1) or country_name(entry.country),
        "From": entry.origin,
        "To": entry.destination,
        "Who says it": claimant(entry) or "nobody is named",
        "Told as": _TOLD_AS[entry.modality],
        "Role": entry.role.value,
        "Review": entry.state.value,
        "Confidentiality": "" if entry.confidentiality is Confidentiality.PUBLIC else entry.confidentiality.value,
        "Records": entry.verdict.replace("-", " "),
        "How arrived at": entry.calculation_logic,
        "Version": str(entry.version),
        "Text (sha256)": entry.document,
    }
    rows = "\n".join(f"<dt>{name}</dt><dd>{_bidi(value)}</dd>" for name, value in facts.items() if value)
    printed = ", ".join(one for one in (entry.outlet, day(entry.published)) if one)
    source = _bidi(entry.title or entry.url or printed)
    if entry.url.lower().startswith(("http://", "https://")):
        source = f'<a rel="noopener noreferrer nofollow" href="{_safe(entry.url)}">{source}</a>'
    name = _anchor(entry.id)
    gone = '<p class="gone">The article no longer has this figure.</p>\n' if entry.gone else ""
    quoted = f"<blockquote dir=auto>{_marked(entry)}</blockquote>\n" if entry.excerpt else ""
    return (
        f'<article id="{name}">\n<h2><a href="#{name}">{_bidi(sentence(entry))}</a></h2>\n{gone}{quoted}'
        f"<p>{source}{f' ({_safe(printed)})' if printed and entry.title else ''}</p>\n<dl>\n{rows}\n</dl>\n</article>"
    )


_TOLD_AS = {
    Modality.OBSERVED: "having happened",
    Modality.ESTIMATED: "an estimate",
    Modality.PROJECTED: "yet to come",
    Modality.PLANNED: "a plan",
    Modality.FEARED: "a fear",
    Modality.DENIED: "denied",
}


def _listed(*words: str) -> str:
    """Return words side by side, each once."""
    return ", ".join({one.casefold(): one for one in words if one}.values())


def _marked(entry: Entry) -> str:
    """Return the sentence with the number's words marked, where they stand there once."""
    before, found, after = entry.excerpt.partition(entry.quote) if entry.quote else (entry.excerpt, "", "")
    if not found or entry.quote in after:
        return _safe(entry.excerpt)
    return f"{_safe(before)}<mark>{_safe(found)}</mark>{_safe(after)}"
