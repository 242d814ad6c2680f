"""The words of a text and what part of speech each is: a lexicon and the tag before, no model.

Tags are those of the Penn Treebank, some merged: NNPS as NNP, all marks as themselves.
Source: the lexicon is counted from the GUM corpus (annotations CC BY 4.0) by tools/lexicon.py, which
also prints how often the tags are right on documents that were not counted.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S., U.N.
    r"|\d(?:[\d.,]{0,40}\d)?"  # 1,204 and 3.5; a longer run of digits falls into pieces
    r"|[^\W\d_]+(?:[’'](?:t|re|ve|ll|d|m)\b)?"  # words, with the clitics that belong to verbs
    r"|[’']s\b"
    r"|\w"
    r"|[^\w\s]"
)
CLOSED = frozenset("DT IN TO PRP PRP$ CC MD WDT WP WRB EX PDT WP$".split())


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens in text order, as parallel lists of one length.

    starts, ends  code points.  lower  lower-cased forms.  tags  Penn tags.
    """

    text: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    tags: list[str]

    def at(self, offset: int) -> int:
        """Return the index of the first token that ends after `offset`; the token count if none does."""
        return bisect_right(self.ends, offset)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Scores are natural logarithms.

    sole    words with one tag.  several  words with more: (tag, score) pairs.
    endings the same by a word's last letters, for words never seen.  after  (tag before, tag) to score.
    """

    sole: dict[str, str]
    several: dict[str, tuple[tuple[str, float], ...]]
    endings: dict[str, tuple[tuple[str, float], ...]]
    after: dict[str, dict[str, float]]


@cache
def lexicon() -> Lexicon:
    """Read the lexicon from the package, once."""
    sole: dict[str, str] = {}
    several: dict[str, tuple[tuple[str, float], ...]] = {}
    endings: dict[str, tuple[tuple[str, float], ...]] = {}
    after: dict[str, dict[str, float]] = {}
    source = files("counterfoil.reading").joinpath("lexicon/words.tsv").read_text(encoding="utf-8")
    for line in source.splitlines():
        if not line or line[0] == "#":
            continue
        sort, word, *pairs = line.split("\t")
        if len(pairs) == 1 and "=" not in pairs[0]:
            sole[word] = pairs[0]
            continue
        scored = tuple((tag, float(score)) for tag, _, score in (pair.rpartition("=") for pair in pairs))
        if sort == "w":
            several[word] = scored
        elif sort == "e":
            endings[word] = scored
        else:
            after[word] = dict(scored)
    return Lexicon(sole, several, endings, after)


def guess(word: str, known: Lexicon) -> tuple[tuple[str, float], ...]:
    """Return the tags that a word never seen may have, by its last letters."""
    for length in (4, 3, 2, 1):
        found = known.endings.get(word[-length:])
        if found:
            return found
    return (("NN", 0.0),)


class Look(NamedTuple):
    """What a word tells by itself.

    inside, opening  its tag within a sentence and where one may begin; "" where the words before it decide.
    candidates       the tags that they decide between, with scores.
    """

    lower: str
    inside: str
    opening: str
    candidates: tuple[tuple[str, float], ...]


@lru_cache(maxsize=1 << 13)  # as many as the lexicon has
def look(word: str) -> Look:
    """Return what a word tells by itself."""
    known = lexicon()
    lower, first = word.lower(), word[0]
    if first.isdigit():
        return Look(lower, "CD", "CD", ())
    if not first.isalnum():
        mark = "POS" if len(word) > 1 else "-" if word in "-‐‑–—" else word
        return Look(lower, mark, mark, ())
    if word in ACRONYMS:
        return Look(lower, "NNP", "NNP", ())
    candidates = known.several.get(lower, ())
    only = "" if candidates else known.sole.get(lower, "")
    usual = only or (candidates or NOUN)[0][0]
    inside = "NNP" if first.isupper() and usual not in CLOSED else only
    opening = "NNP" if first.isupper() and not only and not candidates else only
    if not candidates and not only:
        if lower[-2:] in ("'t", "’t"):
            stem = lower[:-3]
            sole = known.sole.get(stem)
            candidates = known.several.get(stem) or (((sole, 0.0),) if sole else (("MD", 0.0),))
        else:
            candidates = guess(lower, known)
    return Look(lower, inside, opening, candidates)


def tag(text: str) -> Words:
    """Split a text into words and tag them, in one pass from left to right."""
    after = lexicon().after
    matches = list(TOKEN.finditer(text))
    lowers: list[str] = []
    tags: list[str] = []
    before = "."
    determined = False  # an article or the like stands before, with nothing but modifiers since
    helped = False  # a form of "be" or "have" stands just before, so that "reported" is VBN
    for match in matches:
        lower, inside, opening, candidates = look(match[0])
        here = opening if before in OPENING else inside
        if not here:
            here = candidates[0][0]
            row = after.get(before)
            if row is not None and len(candidates) > 1:
                best = -1e9
                for name, score in candidates:
                    total = score + row.get(name, -9.0)
                    if helped and name == "VBN":
                        total += HELPED
                    elif determined and name in FINITE:
                        total -= DETERMINED
                    if total > best:
                        best, here = total, name
        lowers.append(lower)
        tags.append(here)
        before = here
        helped = lower in HELPERS or (helped and here == "RB")
        determined = here in ("DT", "PRP$") or (determined and here in MODIFIERS)
    return Words(text, [match.start() for match in matches], [match.end() for match in matches], lowers, tags)


ACRONYMS = frozenset(["US", "WHO", "IT"])  # in small letters they are pronouns
OPENING = frozenset([".", "!", "?", "“", '"', "‘", "•", "*", "\u2026"])
NOUN = (("NN", 0.0),)
HELPERS = frozenset(
    "be is are was were been being am has have had having isn't aren't wasn't weren't hasn't haven't hadn't".split()
)
FINITE = frozenset(["VB", "VBP", "VBZ", "VBD", "MD"])
MODIFIERS = frozenset(["CD", "%", "JJ", "JJR", "JJS", "RB", "-", "$", "POS"])
DETERMINED = 3.0  # log odds against "increase" as a verb in "a 60% increase"
HELPED = 3.0  # log odds; of 2 to 4 the best on the documents that were counted
