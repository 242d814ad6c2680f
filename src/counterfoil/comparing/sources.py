"""Who says it: whether two names are one source. Errs towards "one source", which is then no independent evidence."""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset("the of and for in to via a an s de la".split())
_NOBODY = frozenset(  # roles and crowds: two sources that go by these words alone need not be the same
    "official officials police authorities authority government spokesman spokeswoman spokesperson minister ministry"
    " president prime source sources report reports media unnamed agency department commission office".split()
)


@lru_cache(maxsize=2048)
def _words(name: str) -> frozenset[str]:
    return frozenset(w.casefold() for w in _WORD.findall(name[:200]) if w.casefold() not in _FILLERS)


@lru_cache(maxsize=2048)
def _last(name: str) -> str:
    words = _WORD.findall(name[:200])
    return words[-1].casefold() if words else ""


def is_same(one: str | None, other: str | None) -> bool:
    """Say whether the two names are written for one source, word for word save order and "of"."""
    if not one or not other:
        return False
    return _words(one) == _words(other) and not _words(one) <= _NOBODY


def may_be_same(one: str | None, other: str | None) -> bool:
    """Say whether the two names may stand for one source: one within the other, or the same family name."""
    if not one or not other:
        return False
    a, b = _words(one), _words(other)
    if not a or not b or a <= _NOBODY or b <= _NOBODY:
        return False
    return a <= b or b <= a or (len(_last(one)) > 3 and _last(one) == _last(other))
