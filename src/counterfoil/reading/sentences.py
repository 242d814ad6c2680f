"""Where paragraphs and sentences begin and end.

A line is a paragraph, unless the text is hard-wrapped; within it a stop ends a sentence where the word before is no
abbreviation and what follows can open a sentence.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

from counterfoil.spans import Span

# Patterns that begin with a set of characters, and look back at it, are found several times as fast as alternatives.
_LINE_BREAK = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029](?:(?<=\r)\n)?")
_BLANK = re.compile(r"\r\n?[ \t]{0,200}\r\n?|\n[ \t]{0,200}\n")
# A stop with the closing marks that belong to it, then a space or the end; CJK stops need no space.
_STOP = re.compile(
    r"[.!?…؟۔।。！？](?:"
    r"(?<![。！？])[.!?…]{0,5}[\"'”’»›)\]]{0,4}(?:(?<=['’])[ \u2009\u200a\u202f\u00a0][\"”])?(?=\s|$)"
    r"|(?<=[。！？])[」』”’]{0,2})"
)
_OPENING = "\"'“‘«‹„([{「『-–—•*·¡¿#@$€£"
_BULLET = re.compile(r"[-–—•*·▪◦‣]|\d{1,3}[.)]\s")
_WORD = re.compile(r"[^\W_]+")
# Plain text is wrapped by mail programs and editors at 60 to 100 columns (RFC 5322 asks for 78).
_WRAPPED_LEAST, _WRAPPED_MOST, _WRAPPED_SLACK = 50, 110, 25
_LONGEST_ABBREVIATION = 12


@cache
def _stops() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    table = tomllib.loads((resources.files(__package__) / "lexicon" / "stops.toml").read_text("utf-8"))
    before_name, before_number, may_end, openers = (
        frozenset(table[key]) for key in ("before_name", "before_number", "may_end", "openers")
    )
    return before_name, before_number, may_end, openers


@lru_cache(maxsize=2)  # every part of reading asks for those of the same text
def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs in order, without the white space around them; wrapped lines are one paragraph."""
    found: list[Span] = []
    start = 0
    for blank in [*(m.span() for m in _BLANK.finditer(text)), (len(text), len(text))]:
        if blank[0] > start:
            found += _lines(text, start, blank[0])
        start = blank[1]
    return tuple(found)


def _lines(text: str, start: int, end: int) -> list[Span]:
    """Split a block without blank lines at its line ends, unless it is wrapped."""
    cuts = [m.span() for m in _LINE_BREAK.finditer(text, start, end)]
    edges = [start, *(e for _, e in cuts)], [*(s for s, _ in cuts), end]
    lines = [span for s, e in zip(*edges, strict=True) if (span := _trimmed(text, s, e))]
    if len(lines) > 1 and _is_wrapped(text, lines):
        return [Span(lines[0].start, lines[-1].end)]
    joined: list[Span] = []
    for line in lines:
        if joined and _runs_on(text, joined[-1], line):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def _runs_on(text: str, before: Span, line: Span) -> bool:
    """Say whether a line goes on with the sentence of the one before: long, no stop, then a small letter."""
    return (
        len(before) >= _WRAPPED_LEAST
        and text[before.end - 1] not in ".!?…:;"
        and text[line.start].islower()
        and not _BULLET.match(text, line.start)
    )


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    width = max(map(len, lines))
    return (
        _WRAPPED_LEAST <= width <= _WRAPPED_MOST
        and all(len(line) >= width - _WRAPPED_SLACK for line in lines[:-1])
        and not any(_BULLET.match(text, line.start) for line in lines)
    )


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def find(text: str) -> tuple[Span, ...]:
    """Return the sentences in order: no white space around them, closing quotation marks with the sentence they end."""
    return tuple(sentence for paragraph in paragraphs(text) for sentence in _within(text, paragraph))


def _within(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        after = stop.end()
        if after >= paragraph.end:
            break
        if stop.start() >= start and _ends(text, start, stop.start(), after, paragraph.end):
            yield Span(start, after)
            start = after
            while start < paragraph.end and text[start].isspace():
                start += 1
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _ends(text: str, start: int, stop: int, after: int, end: int) -> bool:
    """Say whether the stop at `stop` ends the sentence that began at `start`; `after` is past its closing marks."""
    if text[stop] in "。！？":
        return True
    opening = after
    while opening < end and text[opening].isspace():
        opening += 1
    following = opening
    while following < end and (text[following] in _OPENING or text[following] in ".…]"):
        following += 1
    if following == end:
        return True
    first = text[following]
    if first.islower() or (not first.isalnum() and following == opening):
        return False
    if text[stop] != "." or text[stop + 1] in ".!?…":
        return True
    return _ends_after_word(text, start, stop, following, end)


def _ends_after_word(text: str, start: int, stop: int, following: int, end: int) -> bool:
    before_name, before_number, may_end, openers = _stops()
    before = text[max(start, stop - _LONGEST_ABBREVIATION) : stop]
    word = "" if not before or before[-1].isspace() else before.split()[-1]
    begin = stop - len(word)
    word = word.lstrip("\"'“‘«([")
    lower = word.lower()
    if lower in before_name or (word.isdigit() and begin == start):
        return False
    if lower in before_number and text[following].isdigit():
        return False
    if lower in may_end or _is_initials(word):
        next_word = _WORD.match(text, following)
        return bool(next_word and next_word[0].lower() in openers)
    return True


def _is_initials(word: str) -> bool:
    """Say whether the word is single capitals with stops between: "J", "U.S", "J.R.R"."""
    if "." not in word:
        return len(word) == 1 and word.isupper()
    return all(len(part) == 1 and part.isupper() for part in word.split("."))
