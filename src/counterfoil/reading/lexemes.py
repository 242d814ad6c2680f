"""Words of the taxonomy's lexicon found in a stretch of text, with where they stand."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from counterfoil.reading.taxonomy import vocabulary
from counterfoil.spans import Span

WINDOW = 1_200  # longest clause scanned whole, in code points; longer ones are scanned around the number
ASIDE = 300  # longest span outside the clause that is scanned
GAP = 3  # words that "_" in a term may stand for
_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+|\w+|[^\w\s]")  # a number counts as one word of a gap
BREAKS = frozenset(".;:!?—–")


class Hit(NamedTuple):
    """Lexicon words found: tokens `first` up to `last`. longer: measures of longer terms over the same words."""

    first: int
    last: int
    section: str
    value: str
    inert: bool = False  # stands in a longer phrase that says something else
    longer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """One stretch of text as tokens, with every lexicon word found in it."""

    base: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]
    hits: dict[str, tuple[Hit, ...]]  # by section

    def of(self, *sections: str) -> list[Hit]:
        """Return the hits of these sections, by place."""
        found = [h for s in sections for h in self.hits.get(s, ())]
        if len(sections) > 1:
            found.sort(key=_by_place)
        return found

    def tokens(self, span: Span) -> tuple[int, int]:
        """Return the range of tokens that touch the span."""
        return bisect_right(self.ends, span.start - self.base), bisect_left(self.starts, span.end - self.base)

    def span(self, first: int, last: int) -> Span:
        return Span(self.base + self.starts[first], self.base + self.ends[last - 1])


def _by_place(hit: Hit) -> int:
    return hit.first


Part = tuple[Scan, int, int]


def within(part: Part | None, *sections: str) -> list[Hit]:
    """Return the hits of these sections that stand in the part."""
    if part is None:
        return []
    scan, low, high = part
    return [h for s in sections for h in scan.hits.get(s, ()) if low <= h.first and h.last <= high]


def beside(scan: Scan, hit: Hit, here: tuple[int, int], reach: int) -> bool:
    """Say whether at most `reach` tokens, and no break, stand between the words and the number."""
    between = scan.words[hit.last : here[0]] if hit.last <= here[0] else scan.words[here[1] : hit.first]
    return len(between) <= reach and not BREAKS.intersection(between)


def has(part: Part | None, section: str) -> bool:
    """Say whether a word of this section of the lexicon stands in the part."""
    return bool(within(part, section))


def scan_around(text: str, clause: Span, number: Span) -> Scan:
    """Scan the clause, or where it is very long the part around the number (in steps, so that scans are shared)."""
    start, end = clause.start, min(clause.end, len(text))
    if end - start > WINDOW:
        start = max(start, (number.start - WINDOW // 2) // 256 * 256)
        end = min(end, start + WINDOW + 256)
    return _scan_at(text, min(start, number.start), max(end, min(number.end, number.start + ASIDE)))


def _scan_at(text: str, start: int, end: int) -> Scan:
    words, starts, ends, hits = _scan(text[start:end])
    return Scan(start, starts, ends, words, hits)


def part_of(text: str, scan: Scan, span: Span | None) -> Part | None:
    """Return where the span's words stand: in the scan of the clause, or in one of their own."""
    if span is None:
        return None
    if scan.starts and scan.base <= span.start and span.end <= scan.base + scan.ends[-1]:
        first, last = scan.tokens(span)
        return (scan, first, last) if first < last else None
    own = _scan_at(text, span.start, min(span.end, span.start + ASIDE))
    return (own, 0, len(own.words)) if own.words else None


@lru_cache(maxsize=128)
def _scan(words: str) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...], dict[str, tuple[Hit, ...]]]:
    matches = list(_TOKEN.finditer(words))
    starts, ends = tuple([m.start() for m in matches]), tuple([m.end() for m in matches])
    lower = [m[0].lower() for m in matches]
    if "May" in words or "March" in words:  # months where they stand in capitals
        lower = ["month" if m[0] in ("May", "March") else word for m, word in zip(matches, lower, strict=True)]
    # Hyphens are steps between words: "suicide-attacks" reads as "suicide attacks".
    index = [i for i, word in enumerate(lower) if word not in _STEPS]
    plain = [lower[i] for i in index]
    plain.append("")
    patterns = vocabulary().patterns
    found: list[Hit] = []
    for place, word in enumerate(plain):
        terms = patterns.get(word)
        if terms is None:
            continue
        first = index[place]
        for pattern in terms.get("", ()):
            found.append(Hit(first, first + 1, pattern.section, pattern.value))
        following = plain[place + 1]
        for several in (terms.get(following), terms.get("_")) if following else ():
            for pattern in several or ():
                last = _match(plain, place + 1, pattern.rest)
                if last:
                    found.append(Hit(first, index[last - 1] + 1, pattern.section, pattern.value))
    long = [h for h in found if h.last - h.first > 1 and h.section in _COVERING]
    hits: dict[str, list[Hit]] = {}
    for hit in found:
        hits.setdefault(hit.section, []).append(_within_longer(hit, long) if long else hit)
    return tuple(lower), starts, ends, {section: tuple(several) for section, several in hits.items()}


def _within_longer(hit: Hit, long: list[Hit]) -> Hit:
    """Return the hit with what longer phrases over the same words say."""
    first, last, section, value, *_ = hit
    over = [h for h in long if h.first <= first and last <= h.last and h.last - h.first > last - first]
    if not over:
        return hit
    longer = tuple(h.value for h in over if h.section in _DECIDING and h.value != value)
    inert = any(h.section not in _DECIDING and h.section != section for h in over)
    return Hit(first, last, section, value, inert, longer)


_STEPS = frozenset("-'’‐‑")
_DECIDING = ("terms", "weak", "nouns")
_COVERING = (*_DECIDING, "inert", "up", "down", "uncertain")


def _match(words: list[str], place: int, rest: tuple[str, ...]) -> int:
    """Return the place after the pattern's last word, 0 where it does not stand here."""
    for number, word in enumerate(rest):
        if word == "_":
            for gap in range(GAP + 1):
                if place + gap < len(words) and gap and not words[place + gap - 1][0].isalnum():
                    return 0
                last = _match(words, place + gap, rest[number + 1 :])
                if last:
                    return last
            return 0
        if place >= len(words) or words[place] != word:
            return 0
        place += 1
    return place
