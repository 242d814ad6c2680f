"""One happening told in two sentences: "a strike on the market of Derna", then "38 people died in the strike"."""

import re

# Nouns for what kills and injures at one time and place, as news tells it; "same" articles of one name them again.
_NOUN = (
    r"(?:air|drone )?strike|attack|raid|bombing|bombardment|blast|explosion|shooting|shelling|clash|fire|crash|accident"
    r"|earthquake|quake|flood|storm|cyclone|landslide|collapse|incident|assault|massacre|disaster|ambush|stampede"
)
_KIND = r"same|air|drone|missile|rocket|suicide|car|truck|bomb|mine|bus|train|deadly|fatal|night|dawn"
_AGAIN = re.compile(rf"\b(?:the|that|this)\s+(?:(?:{_KIND})\s+)*(?P<noun>{_NOUN})\b", re.IGNORECASE)
SAME_EVENT = re.compile(rf"\b(?:in|during|after|from|by) (?:the|that) same (?:\w+ )?(?:{_NOUN})\b", re.IGNORECASE)
_TOLD = re.compile(
    rf"\b(?:(?:{_KIND})\s+)*(?P<noun>{_NOUN})\b(?:\s+(?:on|at|in|against|near|of)\s+(?:the\s+|an?\s+)?(?:[^\W_]+\s*){{1,2}})?",
    re.IGNORECASE,
)
# Words by which more than one happening is told of; "strikes" is one of them.
_SEVERAL = re.compile(
    rf"\b(?:two|three|four|five|six|several|both|many|series|string|wave|second|another|separate|other|days of|each"
    rf"|(?:{_NOUN})e?s|clashes)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
TELLING = frozenset("toll left leaving same".split())  # how harm is told of without saying of whom
WORDS = frozenset(_WORD.findall(f"{_NOUN}|{_KIND}".replace("(?:", " "))) - {"e", "s"} | {"airstrike"}


def several(words: str) -> bool:
    """Say whether words tell of more than one happening.

    >>> several("Two strikes hit the port"), several("A strike hit the port")
    (True, False)
    """
    return _SEVERAL.search(words) is not None


def again(words: str, before: str) -> frozenset[str]:
    """Return the words by which a sentence names again the one happening of the sentences before; empty for none.

    >>> sorted(again("The union says 38 people died in the strike.", "An air strike hit Derna on Monday."))
    ['strike', 'the']
    >>> again("The union says 38 people died in the strike.", "Two strikes hit Derna on Monday.")
    frozenset()
    """
    found = _AGAIN.search(words)
    if found is None or several(before) or several(words):
        return frozenset()
    noun = found.group("noun").casefold().split()[-1].removeprefix("air")
    if not re.search(rf"\b(?:air)?{noun}\b", before, re.IGNORECASE):
        return frozenset()
    return _words(found.group())


def described(before: str) -> frozenset[str]:
    """Return the words by which the sentences before tell what happened, and to what: "strike on the market"."""
    return frozenset(word for found in _TOLD.finditer(before) for word in _words(found.group()))


def _words(told: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(told))
