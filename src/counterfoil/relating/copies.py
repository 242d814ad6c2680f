"""Which texts are copies: near-identical sentences and articles, and the agency that an article credits.

The only door to rensa, which sketches texts, loaded at first use; rapidfuzz aligns what the sketches propose.
"""

import re
from collections.abc import Sequence

SHINGLE = 3  # words: short enough that a sentence of ten has eight
FEWEST_WORDS = 8  # shorter sentences are alike by chance
PERMUTATIONS, BANDS, SEED = 128, 32, 1  # texts that share half of their shingles meet in a band with probability 0.87
SENTENCES_ALIKE = 88.0  # of 100, after alignment: two words in twenty-five may differ (mended spelling, a day left out)
MOST_COMPARED = 8  # texts of one band that a new one is aligned with
_WORD = re.compile(r"\w+(?:[.,]\w+)*")
_AGENCIES = {
    "AP": "AP", "Associated Press": "AP", "Reuters": "Reuters", "AFP": "AFP", "Agence France-Presse": "AFP",
    "Xinhua": "Xinhua", "UPI": "UPI", "DPA": "dpa", "dpa": "dpa", "ANSA": "ANSA", "EFE": "EFE", "PTI": "PTI",
    "ANI": "ANI", "Anadolu": "Anadolu", "Kyodo": "Kyodo", "Interfax": "Interfax", "TASS": "TASS",
}  # fmt: skip
_NAMES = "|".join(re.escape(name) for name in sorted(_AGENCIES, key=len, reverse=True))
_HEAD = re.compile(rf"\((?:The )?({_NAMES})\)|^(?:By )?({_NAMES})\s*[-–—:]", re.MULTILINE)
_TAIL = re.compile(rf"(?:^|[.”\"')\]\s(—–-])({_NAMES})[)\].]?\s*$")
_NAME = re.compile(rf"\b({_NAMES})\b")
HEAD, TAIL = 400, 60  # code points at either end in which an agency's credit stands


def credit(text: str, *, outlet: str | None = None, author: str | None = None) -> str:
    """Return the agency whose dispatch the article prints, "" where it credits none.

    >>> credit("HANOI (AP) — A gas explosion wounded 19 people.")
    'AP'
    >>> credit("Eight people died, the army said. AFP")
    'AFP'
    """
    for name in (outlet, author):
        found = _NAME.search(name or "")
        if found:
            return _AGENCIES[found.group(1)]
    head = _HEAD.search(text[:HEAD])
    if head:
        return _AGENCIES[head.group(1) or head.group(2)]
    tail = _TAIL.search(text[-TAIL:].rstrip())
    return _AGENCIES[tail.group(1)] if tail else ""


def names_agency(outlet: str | None) -> bool:
    """Say whether an outlet is an agency itself: "Reuters Africa"."""
    return _NAME.search(outlet or "") is not None


def agency(speaker: str | None) -> str:
    """Return the agency that a source's name names ("Reuters"), "" for none."""
    found = _NAME.fullmatch(speaker.strip()) if speaker else None
    return _AGENCIES[found.group(1)] if found else ""


def clusters(texts: Sequence[str], *, alike: float = SENTENCES_ALIKE) -> list[int]:
    """Return for each text the place of the first that it nearly repeats, its own if it repeats none, -1 if too short.

    alike  0 to 100: share of both texts that an alignment keeps.
    """
    from rapidfuzz import fuzz
    from rensa import RMinHash  # type: ignore[import-untyped]

    words = [[w.casefold() for w in _WORD.findall(text)] for text in texts]
    long = [at for at, found in enumerate(words) if len(found) >= FEWEST_WORDS]
    result = [-1] * len(texts)
    if not long:
        return result
    plain = {at: " ".join(words[at]) for at in long}
    first: dict[str, int] = {}
    fresh = []
    for at in long:  # word for word the same: no sketch is needed
        result[at] = first.setdefault(plain[at], at)
        if result[at] == at:
            fresh.append(at)
    shingles = [[" ".join(words[at][i : i + SHINGLE]) for i in range(len(words[at]) - SHINGLE + 1)] for at in fresh]
    rows = PERMUTATIONS // BANDS
    bands: list[dict[tuple[int, ...], list[int]]] = [{} for _ in range(BANDS)]
    for at, digest in zip(fresh, RMinHash.digests_from_token_sets(shingles, PERMUTATIONS, SEED), strict=True):
        keys = [tuple(digest[i * rows : (i + 1) * rows]) for i in range(BANDS)]
        tried: set[int] = set()
        for band, key in zip(bands, keys, strict=True):
            for other in band.get(key, ())[:MOST_COMPARED]:
                if other in tried or result[at] != at:
                    continue
                tried.add(other)
                if fuzz.ratio(plain[at], plain[other], score_cutoff=alike):
                    result[at] = other
        if result[at] == at:
            for band, key in zip(bands, keys, strict=True):
                band.setdefault(key, []).append(at)
    for at in long:  # what repeats a repeated text repeats its first
        result[at] = result[result[at]]
    return result
