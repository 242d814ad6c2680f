"""Words to the word pieces of the encoder's vocabulary."""

from functools import lru_cache
from pathlib import Path

from counterfoil.reading.inputs import PIECES_A_WORD, Cut

UNKNOWN = 100
BEGIN, END = 101, 102
CACHED = 1 << 16  # words; news articles repeat theirs


def cutter(path: Path) -> Cut:
    """Return what cuts a word into its pieces, by the tokenizer file at `path`."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    @lru_cache(CACHED)
    def cut(word: str) -> tuple[int, ...]:
        try:
            found = tokenizer.encode(word, add_special_tokens=False).ids
        except UnicodeEncodeError:  # half of a surrogate pair is no character
            return (UNKNOWN,)
        return tuple(found[:PIECES_A_WORD]) or (UNKNOWN,)

    return cut
