"""Where quotation marks open and close: every kind, nested, unbalanced, and over several paragraphs."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from counterfoil.spans import Span

_MARK = re.compile(r"[\"“”„‟«»「」『』‘’‚'‹›]")
_CLOSES = {"“": '”"“', "„": '“”"‟', "‟": '”"', "«": "»", "»": "«»", "「": "」", "『": "』", '"': '"”', "”": '”"'}
_BEFORE_OPENING = " \t\u00a0\u2009\u200a\u202f([{—–-:/…\"“«„‘'"
# An unclosed quotation longer than this is taken for a stray mark (1,500 characters: three long paragraphs of news).
LONGEST_UNCLOSED = 1500
# A quotation in single marks is closed within a paragraph of this length, or the mark was an apostrophe.
LONGEST_SINGLE = 800


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, outermost marks included.

    closed     its closing mark was found.
    continued  it opens a paragraph while the one before was left open.
    """

    span: Span
    closed: bool = True
    continued: bool = False


def find(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Return the outermost quotations in order; a paragraph's end ends each, and the next may continue it."""
    found: list[Quotation] = []
    for number, paragraph in enumerate(paragraphs):
        here, left_open = _within(text, paragraph, bool(found) and not found[-1].closed)
        found += here
        if left_open is None:
            continue
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        resumed = following is not None and text[following.start] == text[left_open.span.start]
        if resumed or len(left_open.span) <= LONGEST_UNCLOSED:
            found.append(left_open)
    return tuple(found)


def _within(text: str, paragraph: Span, before_open: bool) -> tuple[list[Quotation], Quotation | None]:
    """Return the closed quotations of a paragraph, and the one that it leaves open."""
    found: list[Quotation] = []
    marks = [m.start() for m in _MARK.finditer(text, paragraph.start, paragraph.end)]
    closers: list[int] | None = None
    opened = -1
    nested = False
    resume = 0
    for at in marks:
        if at < resume:
            continue
        mark = text[at]
        space_before = at == paragraph.start or text[at - 1] in _BEFORE_OPENING or text[at - 1].isspace()
        space_after = at + 1 >= paragraph.end or text[at + 1].isspace()
        if opened >= 0:
            if mark not in _CLOSES[text[opened]]:
                continue
            if mark in '"“' and space_before and not space_after and text[at - 1].isspace() and at - 1 > opened:
                # It looks like another opening: the one before was never closed, or this one stands inside it.
                if text[at - 2] in '.!?,”"]':
                    found.append(Quotation(Span(opened, at - 1), closed=False))
                    opened = at
                else:
                    nested = True
                continue
            if nested and mark == '"':
                nested = False
                continue
            found.append(Quotation(Span(opened, at + 1), continued=before_open and opened == paragraph.start))
            opened, nested = -1, False
        elif mark in "‘'‚‹":
            if not space_before or space_after or not _opens_single(text, at, paragraph.end):
                continue
            if closers is None:
                closers = [m for m in marks if text[m] in "’'‘›" and _closes_single(text, m, paragraph)]
            close = _single_close(text, closers, at)
            if close is not None:
                found.append(Quotation(Span(at, close + 1)))
                resume = close + 1
        elif mark in "“„‟«「『" or (mark in '"”»' and space_before and not (space_after and mark != '"')):
            opened, nested = at, False
    if opened < 0:
        return found, None
    return found, Quotation(
        Span(opened, paragraph.end), closed=False, continued=before_open and opened == paragraph.start
    )


def _opens_single(text: str, at: int, end: int) -> bool:
    """Say whether a single mark can open: a word follows that is no decade ("'90s") or clipped word ("'em")."""
    return at + 2 < end and not text[at + 1].isdigit() and text[at + 1 : at + 3].lower() not in ("em", "ti", "n'", "n’")


def _closes_single(text: str, at: int, paragraph: Span) -> bool:
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    return not before.isspace() and not after.isalnum()


def _single_close(text: str, closers: list[int], opened: int) -> int | None:
    """Return where a single mark closes: not after an "s" that may be a plural's, where there is another."""
    limit = opened + LONGEST_SINGLE
    if text[opened] == "'":
        double = text.find('"', opened, limit)
        limit = double if double >= 0 else limit
    plural: int | None = None
    first = bisect_left(closers, opened + 2)
    for at in closers[first : first + 12]:
        if at > limit:
            break
        if text[at - 1] not in "sS":
            return at
        if plural is None:
            plural = at
    return plural
