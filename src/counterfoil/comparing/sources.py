"""Who says it: whether two names are one source. Errs towards "one source", which is then no independent evidence."""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset("the of and for in to via a an s de la".split())
FEWEST_LETTERS = 4  # initials of three letters stand for many bodies: enough to doubt by, not to accuse by
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


def _is_short_for(short: str, long: str) -> bool:
    """Say whether a word of `short` is the initials of `long`, with or without "of" and "for": PICSS, IOM, WHO."""
    letters = {word for word in _WORD.findall(short[:200]) if len(word) > 1 and word.isupper()}
    if any(f"({name})" in long[:200] for name in letters):
        return True  # the long name brings its initials along
    words = _WORD.findall(long[:200])
    if not letters or len(words) < 2:
        return False
    named = [word for word in words if word.casefold() not in _FILLERS]
    initials = {"".join(word[0] for word in chosen).upper() for chosen in (words, named)}
    return bool(letters & initials) or any(other <= _words(long) for name in letters for other in _also(name))


def _also(short: str) -> tuple[frozenset[str], ...]:
    """Return the other names of a body, each as its words."""
    return _table().get(short, ())


@cache
def _table() -> dict[str, tuple[frozenset[str], ...]]:
    return {short: tuple(_words(name) for name in names) for short, names in _names().items()}


@cache
def _names() -> dict[str, list[str]]:
    table = tomllib.loads((resources.files(__package__) / "sources.toml").read_text(encoding="utf-8"))
    names: dict[str, list[str]] = table["also"]
    return names


def also_named(text: str) -> tuple[str, ...]:
    """Return the bodies that the text calls by another name: UNHCR for "the UN refugee agency"."""
    folded = text.casefold()
    return tuple(short for short, names in _names().items() if any(name.casefold() in folded for name in names))


def is_same(one: str | None, other: str | None) -> bool:
    """Say whether the two names are written for one source, word for word save order and "of"."""
    if not one or not other:
        return False
    if _words(one) == _words(other):
        return not _words(one) <= _NOBODY
    short, long = sorted((one, other), key=len)
    return len(short) >= FEWEST_LETTERS and _is_short_for(short, long)


def may_be_same(one: str | None, other: str | None) -> bool:
    """Say whether the two names may stand for one source: one within the other, or the same family name."""
    if not one or not other:
        return False
    a, b = _words(one), _words(other)
    if not a or not b or a <= _NOBODY or b <= _NOBODY:
        return False
    if _is_short_for(one, other) or _is_short_for(other, one):
        return True
    return a <= b or b <= a or (len(_last(one)) > 3 and _last(one) == _last(other))
