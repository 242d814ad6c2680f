"""PDF to the article's paragraphs. The only module that imports pypdfium2.

A PDF places words on a page and knows no paragraphs. Read here, from the boxes of its characters:

lines       characters on one base line with no wide gap between them (a wide one is the gutter between columns);
order       columns from left to right; a line that spans the gutter (a headline) ends the columns above it;
furniture   heads and feet that repeat from page to page, and page numbers: left out, and counted in `skipped`;
paragraphs  a wider gap, an indent, another size of type, or a short last line that ends a sentence;
hyphens     at a line's end joined again, kept where the word has one ("twenty-one", "Nagorno-Karabakh").
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from counterfoil.documents.text import clean
from counterfoil.errors import InputError
from counterfoil.spans import Skipped

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES = 500  # about a minute of reading; a longer file is a book


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one base line of one column. Points from the page's left and bottom; `size` is the type's height."""

    left: float
    bottom: float
    right: float
    top: float
    size: float
    words: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The text of a PDF in reading order, with the title and the author that its metadata name."""

    text: str
    title: str | None
    author: str | None
    skipped: tuple[Skipped, ...]


def read_pdf(raw: bytes, *, where: str) -> Pages:
    """Return the text of a PDF; raises `InputError` if it is locked, damaged, too long or holds no text (a scan)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError("the PDF is locked with a password", where, "save a copy without a password") from None
        raise InputError(
            f"the PDF cannot be read: {error}", where, "open it in a viewer and print it to a new PDF"
        ) from None
    try:
        if len(document) > MAX_PAGES:
            raise InputError(
                f"the PDF has {len(document)} pages, more than {MAX_PAGES}", where, "save the pages you need"
            )
        pages, unreadable = [], 0
        for number in range(len(document)):
            try:
                pages.append(ordered(list(_lines(document, number))))
            except pypdfium2.PdfiumError:
                unreadable += 1
        title, author = (document.get_metadata_value(key).strip() for key in ("Title", "Author"))
    finally:
        document.close()
    pages, furniture = without_furniture(pages)
    whole = laid_out(pages).encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # pdfium may split a letter
    text, dropped = clean(whole)
    if not any(map(str.isalnum, text)):
        raise InputError("the PDF holds no text, only images", where, "run text recognition (OCR) on it first")
    damaged = (Skipped(f"{unreadable} pages", "damaged: the PDF library cannot read them"),) if unreadable else ()
    return Pages(text, _title(title), author or None, (*furniture, *damaged, *dropped))


def _title(words: str) -> str | None:
    """Return the title unless it is the name of a file or a program, which most are."""
    junk = re.search(r"\.(?:docx?|pdf|indd|rtf|odt|pptx?|xlsx?|html?)\b|microsoft|untitled", words, re.IGNORECASE)
    return words if " " in words and not junk else None


# -- lines -------------------------------------------------------------------------------------------------------------

_WIDE_GAP = 1.6  # in type sizes; no space between two words of justified text is as wide


def _lines(document: "pypdfium2.PdfDocument", number: int) -> Iterator[Line]:
    """Yield the lines of a page as the file draws them, one for each column; text at another angle is left out."""
    from pypdfium2 import raw

    page = document[number]
    text = page.get_textpage()
    try:
        count = text.count_chars()
        turns = [round(raw.FPDFText_GetCharAngle(text, index) / 1.5708) % 4 for index in range(count)]
        upright = Counter(turns).most_common(1)[0][0] if turns else 0
        line: list[tuple[float, float, float, float]] = []
        words: list[str] = []
        for index in range(count):
            letter = chr(raw.FPDFText_GetUnicode(text, index))
            if letter.isspace() or letter == "\0":
                if letter in "\r\n" and line:
                    yield _line(line, words)
                    line, words = [], []
                elif words and not words[-1].isspace():
                    words.append(" ")
                continue
            if turns[index] != upright:
                continue
            box = _turned(text.get_charbox(index, loose=True), upright)
            if line and _apart(line[-1], box):
                yield _line(line, words)
                line, words = [], []
            line.append(box)
            words.append(letter)
        if line:
            yield _line(line, words)
    finally:
        text.close()
        page.close()


def _turned(box: tuple[float, float, float, float], turns: int) -> tuple[float, float, float, float]:
    """Return the box (left, bottom, right, top) as if its text ran from left to right; turns are quarters."""
    left, bottom, right, top = box
    match turns:
        case 1:
            return bottom, -right, top, -left
        case 2:
            return -right, -top, -left, -bottom
        case 3:
            return -top, left, -bottom, right
    return box


def _apart(before: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    """Say whether two characters in a row stand on different lines, or a wide gap apart."""
    size = max(before[3] - before[1], box[3] - box[1])
    shared = min(before[3], box[3]) - max(before[1], box[1])
    smaller = min(before[3] - before[1], box[3] - box[1])
    gap = max(box[0] - before[2], before[0] - box[2])  # the second where the text runs from right to left
    return shared < smaller / 2 or gap > _WIDE_GAP * size


def _line(boxes: list[tuple[float, float, float, float]], words: list[str]) -> Line:
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    bottom, top = median(box[1] for box in boxes), median(box[3] for box in boxes)
    return Line(left, bottom, right, top, top - bottom, "".join(words).strip())


# -- order -------------------------------------------------------------------------------------------------------------


def ordered(lines: list[Line]) -> list[Line]:
    """Return the lines in reading order: column by column between the lines that span them, each from top to bottom."""
    gutter = _gutter(lines)
    if gutter is None:
        return _rows(lines)
    result: list[Line] = []
    band: list[Line] = []

    def end_band() -> None:
        result.extend(ordered([line for line in band if line.left < gutter]))
        result.extend(ordered([line for line in band if line.left >= gutter]))
        band.clear()

    for line in sorted(lines, key=lambda line: (-line.bottom, line.left)):
        if line.left < gutter < line.right:
            end_band()
            result.append(line)
        else:
            band.append(line)
    end_band()
    return result


def _gutter(lines: list[Line]) -> float | None:
    """Return where two columns of prose part, None where there are none (or the columns are those of a table).

    Prose fills its column: half of the lines on each side are at least half as wide as the side, with 15 letters.
    """
    best: tuple[int, float] | None = None
    edges = Counter(round(line.left) for line in lines)
    for edge, _ in edges.most_common(30):  # a column's left edge is one of the commonest
        x = edge - 1.0
        left = [line for line in lines if line.right <= x]
        right = [line for line in lines if line.left >= x]
        across = len(lines) - len(left) - len(right)
        if across <= min(len(left), len(right)) and _is_prose(left) and _is_prose(right) and _side_by_side(left, right):
            best = min(best or (across, x), (across, x))
    return None if best is None else best[1]


def _is_prose(lines: list[Line]) -> bool:
    if len(lines) < 3:
        return False
    width = max(line.right for line in lines) - min(line.left for line in lines)
    filled = median(line.right - line.left for line in lines) >= width / 2
    return filled and median(len(line.words) for line in lines) >= 15


def _side_by_side(left: list[Line], right: list[Line]) -> bool:
    return max(min(line.bottom for line in side) for side in (left, right)) < min(
        max(line.top for line in side) for side in (left, right)
    )


def _rows(lines: list[Line]) -> list[Line]:
    """Return one column's lines from top to bottom; those on one base line become one, with tabs at wide gaps."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.bottom, line.left)):
        if rows and rows[-1][0].bottom - line.bottom < min(line.size, rows[-1][0].size) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_merged(sorted(row, key=lambda line: line.left)) for row in rows]


def _merged(row: list[Line]) -> Line:
    words = row[0].words
    for before, line in pairwise(row):
        gap = line.left - before.right
        words += ("\t" if gap > _WIDE_GAP * line.size else " " if gap > 0.1 * line.size else "") + line.words
    first = max(row, key=lambda line: len(line.words))
    return Line(row[0].left, first.bottom, max(line.right for line in row), first.top, first.size, words)


# -- furniture ---------------------------------------------------------------------------------------------------------

_PAGE_NUMBER = re.compile(r"(?:page|p\.)?[-–—\s]*([0-9]{1,4})(?:\s*(?:of|/)\s*[0-9]{1,4})?[-–—\s]*", re.IGNORECASE)


def without_furniture(pages: list[list[Line]]) -> tuple[list[list[Line]], tuple[Skipped, ...]]:
    """Return the pages without running heads, feet and page numbers, and these, counted.

    The two highest and two lowest lines of a page are looked at. Furniture repeats word for word, or with one number
    that grows with the pages: on two pages, on three of a file with more than ten (chapters have heads of their own).
    """
    margins = [_margin(page) for page in pages]
    counts: Counter[tuple[str, str]] = Counter()
    for number, margin in enumerate(margins):
        counts.update({key for line in margin for key in _keys(line, number)})
    needed = 2 if len(pages) <= 10 else 3
    left_out: Counter[str] = Counter()
    kept = []
    for number, (page, margin) in enumerate(zip(pages, margins, strict=True)):
        furniture = set()
        for line in margin:
            repeated = [key for key in _keys(line, number) if counts[key] >= needed]
            alone = _PAGE_NUMBER.fullmatch(line.words)
            if repeated or (alone and int(alone[1]) == number + 1):
                furniture.add(line)
                left_out["page number" if alone else repeated[0][1]] += 1
        kept.append([line for line in page if line not in furniture])
    return kept, tuple(Skipped(what, f"head or foot of {count} pages") for what, count in left_out.items())


def _margin(page: list[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.bottom)
    return by_height[:2] + by_height[2:][-2:]


def _keys(line: Line, number: int) -> list[tuple[str, str]]:
    """Return what a line shares with its like on other pages: its words, also with a number counted from the page."""
    keys = [("same", line.words)]
    numbers = list(re.finditer(r"[0-9]{1,4}", line.words))
    for match in numbers[:1] + numbers[1:][-1:]:
        distance = int(match[0]) - number
        keys.append((f"{match.start()} {distance}", line.words[: match.start()] + "#" + line.words[match.end() :]))
    return keys


# -- paragraphs --------------------------------------------------------------------------------------------------------

_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*$")
_BULLET = re.compile(r"[•▪‣●◦*–-] ")
_HYPHENS = "-\u00ad\u2010\x02\ufffe"  # pdfium gives the hyphen of a broken word as U+0002 or U+FFFE
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# First parts of words that are written with a hyphen, so that it is no mark of breaking: numerals, and a few prefixes.
_HYPHENATED = frozenset(
    "one two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety"
    " half non self ex well".split()
)


def laid_out(pages: list[list[Line]]) -> str:
    """Return the lines as paragraphs with blank lines between them; a paragraph may run on over a column or a page."""
    vocabulary = Counter(word.lower() for page in pages for line in page for word in _WORD.findall(line.words))
    paragraphs: list[str] = []
    last: Line | None = None
    last_short = False
    for block in _blocks(pages):
        left, right = min(line.left for line in block), max(line.right for line in block)
        leading = median([a.bottom - b.bottom for a, b in pairwise(block)] or [1.2 * block[0].size])
        size = median(line.size for line in block)
        for number, line in enumerate(block):
            own = max(leading, 1.2 * line.size) if line.size > 1.15 * size else leading  # a headline's lines lie wider
            if last is not None and "\t" in line.words and "\t" in last.words:
                paragraphs[-1] += "\n" + line.words
            elif last is None or _begins(line, last, last_short, None if number == 0 else own, left):
                paragraphs.append(line.words)
            else:
                paragraphs[-1] = _joined(paragraphs[-1], line.words, vocabulary)
            last, last_short = line, line.right < right - 0.15 * (right - left)
    return "\n\n".join(paragraphs)


def _blocks(pages: list[list[Line]]) -> Iterator[list[Line]]:
    """Yield runs of lines that stand below one another."""
    for page in pages:
        block: list[Line] = []
        for line in page:
            if block and (
                line.bottom >= block[-1].bottom or line.left >= block[-1].right or line.right <= block[-1].left
            ):
                yield block
                block = []
            block.append(line)
        if block:
            yield block


def _begins(line: Line, last: Line, last_short: bool, leading: float | None, left: float) -> bool:
    """Say whether a line begins a paragraph. `leading` is None for the first line of a column or page."""
    if abs(line.size - last.size) > 0.15 * last.size or _BULLET.match(line.words) or "\t" in line.words + last.words:
        return True
    ends = _SENTENCE_END.search(last.words) is not None
    if leading is None:
        return ends or (last_short and not line.words[0].islower())
    if last.bottom - line.bottom > 1.35 * leading or (last_short and ends):
        return True
    hanging = _BULLET.match(last.words) is not None
    return not hanging and line.left - max(left, last.left) > 0.8 * line.size


def _joined(text: str, words: str, vocabulary: Counter[str]) -> str:
    """Return the text with the next line's words; a word broken at the line's end is whole again."""
    if text[-1] == "—":
        return text + words
    if text[-1] not in _HYPHENS or not text[-2:-1].isalnum() or not words[0].isalnum():
        return f"{text} {words}"
    first = re.search(r"[^\W_]+$", text[:-1][-40:])
    second = re.match(r"[^\W_]+", words)
    begin, end = first[0] if first else "", second[0] if second else ""
    whole, parted = (begin + end).lower(), f"{begin}-{end}".lower()
    if vocabulary[whole] or text[-1] == "\u00ad":
        return text[:-1] + words
    own = begin[-1:].isdigit() or not end[:1].islower() or begin.lower() in _HYPHENATED or vocabulary[parted]
    return text[:-1] + ("-" if own else "") + words
