"""One expression of number under construction, and the words around it that its grammars ask about.

A `Term` has the value that was said; `expressions` finds it, and `numbers` adds the hedges and units beside it.
"""

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from counterfoil.reading.model import Direction, Hedge
from counterfoil.reading.numerals import Page, lexicon
from counterfoil.reading.units import time_words

ONE = Decimal(1)


class Term(NamedTuple):  # remade several times on its way, which a tuple does faster than a frozen dataclass
    """An expression under construction: tokens first to end - 1.

    low, high   as said; high None for a floor ("hundreds"); both None where the words need another number.
    hedge       set where the words themselves bound it ("18+", "dozens", a range).
    unit_first, unit_end  tokens of the unit words; -1 where there are none.
    """

    first: int
    end: int
    low: Decimal | None
    high: Decimal | None
    grain: Decimal = ONE
    shape: str = "count"
    unit: str = ""
    scale: Decimal = ONE
    hedge: Hedge | None = None
    direction: Direction | None = None
    rule: str = "plain"
    style: str = "words"
    short: str = ""
    unit_first: int = -1
    unit_end: int = -1


Outcome = tuple[list[Term], str, int]  # terms, or the reason against them ("" for no number at all); next token


@cache
def context(name: str) -> frozenset[str]:
    """Return one of the word lists of contexts.toml."""
    return frozenset(lexicon("contexts")[name].split())


def sentence_words(page: Page, first: int, end: int, reach: int) -> tuple[list[str], list[str]]:
    """Return the words of the sentence before token first and from token end on, up to `reach` on either side."""
    before, after = page.words[max(0, first - reach) : first], page.words[end : end + reach]
    opens = next((n for n in range(len(before), 0, -1) if before[n - 1] in _SENTENCE_ENDS), 0)
    closes = next((n for n, word in enumerate(after) if word in _SENTENCE_ENDS), len(after))
    return before[opens:], after[:closes]


_SENTENCE_ENDS = frozenset((".", "!", "?", ";"))


@cache
def directions() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Return the words that give a change its direction: up and down before the number, up and down after it."""
    table = lexicon("numbers")["directions"]
    return tuple(frozenset(table[name]) for name in ("up", "down", "up_after", "down_after"))  # type: ignore[return-value]


def either_way(page: Page, first: int) -> bool:
    """Say whether "plus or minus", "plus/minus", "+/-" or "±" stands before a number: a margin, and no sign of it."""
    plus, joint, minus = page.words[first - 3], page.words[first - 2], page.words[first - 1]
    return minus == "±" or (minus in ("minus", "-") and joint in ("or", "/", "-") and plus in ("plus", "+"))


def of_something(page: Page, j: int) -> bool:
    """Say whether the words from token j on make a multiple of the number before: "the toll", "as many as"."""
    word, following = page.words[j], page.words[j + 1]
    if word == "as":
        return following in context("multiple_as")
    return word in context("multiple_of") and not (word in ("the", "this", "his", "her") and following in time_words())
