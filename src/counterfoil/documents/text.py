"""Bytes to clean text. Pure: no file, clock or network.

What cleaning does, and why; everything else stays as it came:

line ends     CRLF, CR, NEL, VT, FF, LS and PS become "\\n": one line end for every rule that follows.
dropped       soft hyphens, zero-width spaces, word joiners and byte order marks (they split words that a reader sees
              whole: "dis\\u00adplaced"); marks and overrides of writing direction (they split a number from its sign or
              its unit, and an override shows digits in another order than they stand); control characters and
              noncharacters (no file that we write may hold them). Each kind is counted in `skipped`.
markup        scripts, styles, comments, tags and CDATA marks that a page was saved with: they are nobody's words. A tag
              that breaks lines leaves a line break.
ligatures     U+FB00 to U+FB06 become their letters: they belong to the typeface, and "\\ufb01ve" is a number.
kept          no-break and thin spaces (they group digits: "10\\u00a0000"), curly quotes, joiners (Persian, Indic,
              emoji), right-to-left letters, combining marks, trailing blanks, lone surrogates in a string.
"""

import codecs
import re
from dataclasses import dataclass

from counterfoil.spans import Skipped

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_DROPPED = (
    ("invisible word breaks", re.compile("[\u00ad\u200b\u2060\ufeff]")),
    ("marks of writing direction", re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")),
    ("control characters", re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")),
)
_OPENING = re.compile(r"<(script|style)\b[^<>]{0,500}>|<!--", re.IGNORECASE)
_MARK = re.compile(r"<!\[CDATA\[|\]\]>|</(?:script|style|noscript|iframe)\b>?", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?P<name>p|div|br|li|ul|ol|h[1-6]|table|tr|section|article|figure|figcaption|blockquote|header|footer|nav|aside"
    r"|a|abbr|b|i|u|em|strong|small|span|font|sup|sub|td|th|img|cite|time|iframe|noscript)"
    r"(?:\s[^<>]{0,500}|\s{0,5}/)?>",
    re.IGNORECASE,
)
_INLINE = frozenset("a abbr b i u em strong small span font sup sub img cite time".split())
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))

_BYTE_ORDER_MARKS = (  # UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Codecs for text as the web names them; Python also knows codecs that are no encodings of text, or slow to decode.
_TEXT_CODEC = re.compile(
    r"utf[-_]?(8|16|32)|iso8859|iso2022|cp\d|koi8|mac[-_]|gb|big5|shift_jis|euc_|tis[-_]620|johab|hz"
)
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}  # WHATWG Encoding, section 4.2
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and what could not be read."""

    text: str
    encoding: str
    skipped: tuple[Skipped, ...] = ()


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Decode bytes; never raises.

    A byte order mark decides, then the bytes themselves if they are valid UTF-8, then `declared` (a label from a
    header or a meta element) if the bytes fit it, then a guess, which `skipped` names as one.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], encoding)
    if wide := _unmarked_utf16(raw):
        return _decoded(raw, wide)
    label = _known(declared)
    if label is not None and label.startswith(
        ("iso2022", "hz")
    ):  # seven bits, so that the test of UTF-8 proves nothing
        return _decoded(raw, label)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if label is not None and not label.startswith("utf"):
        try:
            return Decoded(raw.decode(label), label)
        except UnicodeDecodeError:
            pass
    sound = _MULTIBYTE.sub(b"", raw)
    broken = len(sound) - len(sound.translate(None, bytes(range(0x80, 0x100))))
    if len(raw) - len(sound) > 2 * broken:  # UTF-8 with a few damaged bytes: chance makes no such sequences
        return _decoded(raw, "utf-8")
    guess = _guess(raw)
    decoded = _decoded(raw, guess)
    note = Skipped("the encoding", f"not UTF-8 and none that fits is declared: read as {guess}, a guess")
    return Decoded(decoded.text, guess, (note, *decoded.skipped))


def _decoded(raw: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(raw.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = raw.decode(encoding, "replace")
    lost = text.count("\ufffd")
    return Decoded(text, encoding, (Skipped(f"{lost} characters", f"not readable as {encoding}: shown as \ufffd"),))


def _unmarked_utf16(raw: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zero bytes: in Latin text every second byte is one."""
    head = raw[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if 10 * max(even, odd) < 3 * (len(head) // 2) or len(head) < 4 or 20 * min(even, odd) > len(head):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _known(label: str | None) -> str | None:
    """Return Python's name of a declared encoding of text, or None."""
    if not label or len(label) > 40 or not label.isascii():
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    name = _READ_AS.get(name, name)
    return name if _TEXT_CODEC.match(name) else None


def _guess(raw: bytes) -> str:
    """Guess an encoding. Bytes with few above 0x7f are English with typographic marks: the code page of Windows."""
    high = len(raw) - len(raw.translate(None, bytes(range(0x80, 0x100))))
    if 10 * high < len(raw):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:200_000]).best()
    return _known(best.encoding) or "cp1252" if best is not None else "cp1252"


def clean(text: str) -> tuple[str, tuple[Skipped, ...]]:
    """Return the text with the module's policy applied, and what was dropped, counted."""
    marked = "<" in text or "]]>" in text
    if text.isascii() and text.isprintable() and not marked:
        return text, ()
    text = _LINE_ENDS.sub("\n", text)
    skipped = []
    for name, pattern in _DROPPED:
        text, count = pattern.subn("", text)
        if count:
            skipped.append(Skipped(f"{count} {name}", "not part of the words; dropped before offsets are counted"))
    text = _LIGATURE.sub(lambda match: _LIGATURES[match[0]], text)
    if marked:
        text, count = _without_markup(text)
        if count:
            skipped.append(Skipped(f"{count} scripts, tags and other markup", "code of a page, nobody's words"))
    return text, tuple(skipped)


_PASSES = 10  # in which marks come to light that others stood within: "<s<b>pan>"


def _without_markup(text: str) -> tuple[str, int]:
    """Return the text without the code of a page, and how many pieces of it were dropped."""
    total = 0
    for _ in range(_PASSES):
        text, scripts = _without_scripts(text)
        text, marks = _MARK.subn("", text)
        text, tags = _TAG.subn(lambda match: "" if match["name"].lower() in _INLINE else "\n", text)
        if not scripts + marks + tags:
            break
        total += scripts + marks + tags
    return text, total


def _without_scripts(text: str) -> tuple[str, int]:
    """Return the text without scripts, styles and comments that are closed, and their number; in linear time."""
    low = text.lower()
    low = low if len(low) == len(text) else text  # a few letters have longer small forms
    unclosed: set[str] = set()
    kept: list[str] = []
    at = count = 0
    for match in _OPENING.finditer(text):
        closing = f"</{match[1].lower()}" if match[1] else "-->"
        if match.start() < at or closing in unclosed:
            continue
        end = low.find(closing, match.end())
        if end < 0:
            unclosed.add(closing)
            continue
        kept.append(text[at : match.start()])
        at = end + len(closing)
        at += text[at : at + 1] == ">" and closing != "-->"
        count += 1
    kept.append(text[at:])
    return "".join(kept), count


_HEADLINE_LENGTH = 140  # code points; the longest title in the training articles has 127
_BYLINE = re.compile(r"By:? ([^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,4})(?=\s*(?:$|[|,·•–—(]|and ))")
_DATELINE = re.compile(
    r"[^a-z\n]{3,60}(?:, [^—–\n]{2,40})?(?: ?\([^()\n]{1,40}\))? ?(?:[—–:]|- )"
)  # "KABUL, Afghanistan —"


def headline(text: str) -> str | None:
    """Return the first line where it looks like a headline: short, no full stop, more to come.

    A blank line follows it, or at once a line that heads an article too (a date, an author, a dateline), or a sentence
    so long that its first word would have fitted on the first line: that is no wrapped paragraph then.
    """
    from counterfoil.documents.dates import parse_day  # here: its patterns take longer to compile than a file to load

    start = len(text) - len(text.lstrip())
    end = text.find("\n", start, start + _HEADLINE_LENGTH + 40)
    if end < 0:
        return None
    first = text[start:end].strip()
    after = text[end + 1 : end + 2000].lstrip(" \t")
    if not after.strip() or not 3 <= len(first) <= _HEADLINE_LENGTH:
        return None
    second = after.partition("\n")[0].strip()
    if second and not _heads(second):
        unwrapped = len(first) + 1 + len(second.split(maxsplit=1)[0]) <= len(second)
        if not unwrapped or second[0].islower() or second[-1] not in '.!?:"”’':
            return None
    if first.endswith((".", ":", ",", ";", "—", "…", ".”", '."')) or not any(letter.isalpha() for letter in first):
        return None
    if _BYLINE.match(first) or _DATELINE.match(first) or parse_day(first) is not None:
        return None
    return first


def _heads(line: str) -> bool:
    """Say whether a line is an author's, a dateline or a short one with a date, as they follow a headline."""
    from counterfoil.documents.dates import parse_day

    dated = len(line) <= _HEADLINE_LENGTH and parse_day(line) is not None and not line.endswith(".")
    return dated or _BYLINE.match(line) is not None or _DATELINE.match(line) is not None


def byline(text: str) -> str | None:
    """Return the author that one of the first lines names: "By Ada Writer", "By Ada Writer | 8 November 2023"."""
    for line in text[:1000].splitlines()[:8]:
        match = _BYLINE.match(line.strip())
        if match and match[1][0].isupper() and match[1].split()[-1][0].isupper():
            return match[1]
    return None
