"""Words to the word pieces of the encoder's vocabulary, as BERT cuts them: longest piece first.

Our own few lines, since the library for it brings a client of a model hub along with seven more packages.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

from counterfoil.reading.inputs import PIECES_A_WORD, Cut

UNKNOWN, BEGIN, END = 100, 101, 102
LONGEST = 100  # letters; BERT takes what is longer for unknown
CACHED = 1 << 16  # words; news articles repeat theirs


def cutter(path: Path) -> Cut:
    """Return what cuts a word into its pieces, by the vocabulary at `path`: one piece a line, its line its number."""
    pieces = {piece: number for number, piece in enumerate(path.read_text(encoding="utf-8").splitlines())}

    @lru_cache(CACHED)
    def cut(word: str) -> tuple[int, ...]:
        found = [piece for part in _parts(word) for piece in _cut(part, pieces)]
        return tuple(found[:PIECES_A_WORD]) or (UNKNOWN,)

    return cut


def _parts(word: str) -> list[str]:
    """Return a word in lower case without accents, cut at its marks and around each Chinese character."""
    parts = [""]
    for char in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(char)
        if category == "Mn" or category[0] == "C":
            continue
        if category[0] == "P" or char in "$+<=>^`|~" or _is_ideograph(char):
            parts += [char, ""]
        else:
            parts[-1] += char
    return [part for part in parts if part]


def _is_ideograph(char: str) -> bool:
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or "\uf900" <= char <= "\ufaff"
        or char >= "\U00020000"
    )


def _cut(part: str, pieces: dict[str, int]) -> list[int]:
    if len(part) > LONGEST:
        return [UNKNOWN]
    made: list[int] = []
    start = 0
    while start < len(part):
        lead = "##" if start else ""
        end = next((end for end in range(len(part), start, -1) if lead + part[start:end] in pieces), start)
        if end == start:
            return [UNKNOWN]
        made.append(pieces[lead + part[start:end]])
        start = end
    return made
