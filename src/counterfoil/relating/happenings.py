"""What happened, by the words that tell it: "a strike on the market of Derna", then "38 people died in the strike".

Words alone; whether two counts are of one happening is decided in tolls.py.
"""

import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from counterfoil.spans import Span

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


class Manner(Enum):
    """How a happening is named: for the first time ("a blast"), again ("the blast"), or neither ("floods")."""

    NEW = "new"
    AGAIN = "again"
    BARE = "bare"


class Named(NamedTuple):
    """The happening that a sentence names.

    kinds     "flood", "blast" and so on; more than one where the sentence tells of more, as "floods and landslides".
    name      of a storm: "yagi"; "" where it has none.
    so_far    the sentence counts up to its own day: "have killed", "the toll rose to".
    restated  the sentence says that a count was lowered or corrected: "lowered the toll to".
    carried   an earlier sentence of the article names it, and this one names none.
    which     words that tell which of its kind: "factory" of "the factory fire".
    spot      where in its place: "schoo" of "at a school".
    owned     a day owns it: "Sunday's storm" is of Sunday, whatever day its dead were counted for.
    dated     the sentence tells up to when, or of how long, it counts: "by Monday", "in the past day".
    """

    kinds: frozenset[str]
    name: str
    manner: Manner
    so_far: bool
    restated: bool
    carried: bool = False
    dated: bool = False
    which: frozenset[str] = frozenset()
    owned: bool = False
    spot: frozenset[str] = frozenset()


_CARS = r"bus|train|plane|car|truck|lorry|minibus|helicopter|aircraft|tram|airliner|jet|tanker|coach"
_BOATS = r"ferry|boat|ship|vessel|dinghy|canoe|trawler|barge"
_BUILT = r"building|bridge|mine|dam|roof|tower|block|stadium|school|church|factory|mall|wall|house|hotel|quarry"
_ILLS = (
    r"cholera|measles|ebola|dengue|malaria|meningitis|diphtheria|polio|mpox|marburg|typhoid|covid-19|covid|anthrax"
    r"|plague|lassa fever|yellow fever|hepatitis e"
)
# What each kind goes by in news. Of those that last (`DURABLE`) the plural is one happening too, of the others several.
_KINDS = {
    "sinking": rf"(?:{_BOATS})(?: accident| disaster| sinking| tragedy| capsizing|wreck)|shipwreck",
    "boat": _BOATS,  # a sinking where the sentence says that it sank
    "crash": rf"(?:(?:{_CARS}|road|rail|air|highway|traffic)[ -])?(?:crash|collision|derailment|pile-up|accident)",
    "vehicle": _CARS,  # a crash where the sentence says that it crashed
    "collapse": rf"(?:(?:{_BUILT}) )?collapse",
    "built": _BUILT,  # a collapse where the sentence says that it collapsed
    "wildfire": r"wildfires?|bushfires?|(?:forest|bush|brush) fires?",
    "fire": r"(?<!opened )(?<!open )(?<!under )(?<!friendly )"
    r"fire(?! department| service| brigade| chief| authorit| rescue)|blaze",
    "flood": r"(?:flash )?floods?|(?:flash )?flooding|floodwaters?|deluge"
    r"|(?:heavy|torrential|monsoon|seasonal) rain(?:s|fall)?",
    "earthquake": r"earthquake|quake",
    "tsunami": r"tsunami",
    "storm": r"(?:thunder|snow|sand|wind|ice)?storm|cyclone|hurricane|typhoon|tornado|blizzard",
    "landslide": r"(?:land|mud|rock)slide|mudflow|avalanche",
    "eruption": r"eruption",
    "heat": r"heat ?wave",
    "ill": _ILLS,
    "stampede": r"stampede|crowd crush",
    "blast": r"explosion|blast|bombing|bomb",
    "attack": r"(?<!heart )attack|assault|ambush|massacre|raid|rampage",
    "shooting": r"shooting",
    "strike": r"(?:air|drone|missile|rocket)[ -]?strike|strike",
}
_MENTION = re.compile(
    rf"(?<![\w-])(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in _KINDS.items())})(?P<plural>e?s)?(?![\w-])",
    re.IGNORECASE,
)
_SPOT = re.compile(r"\b(?:at|inside|aboard)\s+(?:an?|the|one|its|their)\s+(?:[a-z]+ly\s+)?([a-z-]{3,})")
_DAY_OF = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun|yester)day['’]s", re.IGNORECASE)
_HOW = frozenset(  # beginnings of words that tell how great a happening was, or where it stands in a sentence
    "massi power deadl huge devas large stron major fatal magni terri horri worst hit kills leave after flash heavy"
    " torre night dawn morni eveni early late recen sever big great minor small tragi mon tues wedne thurs fri satur"
    " sunda monda tuesd frida".split()
)
_VERBS = {  # by which a boat, a bus or a building is told to have come to harm
    "boat": ("sinking", re.compile(r"\b(?:sank|sunk|sinks|sinking|capsiz\w+|overturn\w+)\b", re.IGNORECASE)),
    "vehicle": ("crash", re.compile(r"\b(?:crash(?:ed|es)|derail\w+|plunged|collided|overturned)\b", re.IGNORECASE)),
    "built": ("collapse", re.compile(r"\bcollaps(?:ed|es|ing)\b", re.IGNORECASE)),
}
_NOT_IN_A_NAME = r"of|in|on|at|by|from|after|when|and|that|which|who|people|said|says|killed|died|the|a|an|to|with|as"
_BEFORE = re.compile(
    rf"(?:^|[\s(“\"'])(?P<first>the|this|that|these|those|its|their|an?|[\w-]+(?:['’]s|s['’]))\s+"
    rf"(?P<rest>(?:(?!(?:{_NOT_IN_A_NAME})\b)[\w.,'’-]+\s+){{0,4}})$",
    re.IGNORECASE,
)
_CLOSE = re.compile(rf"(?:\b(?!(?:{_NOT_IN_A_NAME})\b)[\w-]+\s+){{1,2}}$", re.IGNORECASE)  # "Second blast kills five"
# Words before or behind that tell it from another of its kind: nothing is joined over them.
_OTHER = re.compile(
    r"\b(?:another|second|third|fourth|fifth|first|new|fresh|separate|previous|earlier|different|similar|further|two|three"
    r"|four|five|six|several|both|twin|repeated|multiple|successive|latest|series|string|wave|spate"
    r"|(?:year|month|season)['’]s|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_BEFORE_REACH = 60  # code points before the noun
_OF_A_YEAR = re.compile(r"\s+(?:of|in)\s+(?:19|20)\d\d\b")
_AFTERSHOCK = re.compile(r"\baftershocks?\b", re.IGNORECASE)
_STORM_NAME = re.compile(r"\s+([A-Z][a-z]{2,})\b")
_DONE = (
    r"been|killed|died|claimed|left|lost|injured|wounded|drowned|perished|taken|swept|destroyed|damaged|risen|reached"
    r"|climbed|infected|displaced|hurt|buried|hit|cost|grown|sickened"
)
_SO_FAR = re.compile(
    rf"\b(?:has|have|had)\s+(?:(?:now|so|far|already|since|also)\s+)*(?:{_DONE})\b"
    r"|\b(?:tolls?|tally|so far|to date|(?:now|still) (?:stands?|known|at))\b"
    r"|\bnumber of (?:the )?(?:dead|deaths|fatalities)\b"
    r"|\b(?:rose|risen|rises|climbed|climbs|up|down) (?:to|from)\b",
    re.IGNORECASE,
)
_LOWERED = (
    r"(?:revis|lower|correct|reduc|trimm|amend|adjust)(?:ed|es|s|ing)|cuts?|cutting|br(?:ought|inging) down|slashed"
)
_RAISED = r"(?:rais|increas)(?:ed|es|ing)|lift(?:ed|s|ing)|bringing|brought"
_FALLEN = r"fell|falls|fallen|dropped|drops|(?:came|went|gone) down"
_COUNT = r"tolls?|tally|count|number|figure"
_WITHIN = r"[^.;\n]{0,60}?"
_RESTATED = re.compile(
    rf"\b(?:{_LOWERED})\b{_WITHIN}\b(?:{_COUNT})\b|\b(?:{_COUNT})\b{_WITHIN}\b(?:{_LOWERED}|{_FALLEN})\b|\bdown from\b",
    re.IGNORECASE,
)
_MOVED = re.compile(
    rf"\b(?:{_RAISED})\b{_WITHIN}\b(?:{_COUNT})\b|\b(?:{_COUNT})\b{_WITHIN}\b(?:{_RAISED})\b", re.IGNORECASE
)
_DATED = re.compile(
    r"\b(?:by|as of|until|till|up to|before|since)\s+(?:late |early |mid-?|the )?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day(?!['’]s)|yesterday|today|noon|midnight|evening|morning|night"
    r"|(?-i:[A-Z])[a-z]+ \d|\d)"
    r"|\bovernight\b|\b(?:past|last|previous|first) (?:\w+ )?(?:hours|days?|nights?|weeks?)\b|\b24 hours\b|\bdaily\b",
    re.IGNORECASE,
)
DURABLE = frozenset({"flood", "storm", "wildfire", "heat", "landslides"}) | frozenset(_ILLS.split("|"))
WIDE = DURABLE | {"earthquake", "tsunami", "landslide", "eruption"}
VIOLENT = frozenset({"blast", "attack", "shooting", "strike"})
_COMING = frozenset("hit hits struck strikes swept sweeps flash heavy torrential rains outbreak epidemic".split())


@lru_cache(maxsize=4096)
def naming(word: str) -> bool:
    """Say whether a word in lower case but names a happening, or tells that it came.

    >>> naming("earthquakes"), naming("struck"), naming("mosque")
    (True, True, False)
    """
    found = _MENTION.fullmatch(word)
    return word in _COMING or (found is not None and _kind(found) not in _VERBS)


_HARM_TO = re.compile(r"\b(?:disaster|tragedy|accident|incident|catastrophe)\Z", re.IGNORECASE)


@lru_cache(maxsize=4096)
def names_happening(words: str) -> bool:
    """Say whether words end in what happened, and name no people: "factory fire", "ferry disaster".

    >>> names_happening("factory fire"), names_happening("fire victims")
    (True, False)
    """
    words = words.strip()
    ends = (found for found in _MENTION.finditer(words) if found.end() == len(words))
    return any(_kind(found) not in _VERBS for found in ends) or _HARM_TO.search(words) is not None


class _Mention(NamedTuple):
    kind: str
    name: str
    manner: Manner
    other: bool
    which: frozenset[str]
    owned: bool


def names_any(text: str, sentence: Span, apart: Iterable[Span] = ()) -> bool:
    """Say whether a sentence names a happening of any kind."""
    return bool(_told(text, sentence, apart))


def _told(text: str, sentence: Span, apart: Iterable[Span]) -> list[_Mention]:
    told = _mentions(text, sentence.start, sentence.end)
    spans = [span for span in apart if span.start < sentence.end and sentence.start < span.end] if told else []
    return [one for at, one in told if not any(span.start <= at < span.end for span in spans)]


def named(text: str, sentence: Span, apart: Iterable[Span] = ()) -> Named | None:
    """Return the happening that a sentence names, None where it names none, several of a kind, or another than before.

    apart  stretches that are no telling: who says it ("the Flood Commission").

    >>> text = "Floods in Kassala have killed 52 people, the ministry said."
    >>> found = named(text, Span(0, len(text)))
    >>> sorted(found.kinds), found.manner.value, found.so_far
    (['flood'], 'bare', True)
    >>> text = "A second earthquake in Herat killed 12 people."
    >>> named(text, Span(0, len(text))) is None
    True
    """
    found = _told(text, sentence, apart)
    words = sentence.of(text)
    if not found or any(one.other for one in found) or _AFTERSHOCK.search(words):
        return None
    kinds = frozenset(one.kind for one in found)
    names = {one.name for one in found if one.name}
    so_far = _SO_FAR.search(words) is not None
    if len(names) > 1 or (not so_far and any(kind in _DISEASES for kind in kinds)):
        return None  # "cholera killed 18": of a day, a week or all of it
    before = [one for _, one in _mentions(text, 0, sentence.start) if one.kind in kinds]
    manners = {one.manner for one in found}
    manner = next((one for one in Manner if one in manners), Manner.BARE)
    if any(one.manner is Manner.NEW for one in before):
        manner = Manner.NEW
    return Named(
        kinds,
        min(names, default=""),
        manner,
        so_far,
        is_restated(words),
        dated=_is_dated(words),
        which=frozenset[str]().union(*(one.which for one in found)),
        owned=any(one.owned for one in found),
        spot=frozenset(word.casefold()[:5] for word in _SPOT.findall(words)),
    )


def is_restated(words: str) -> bool:
    """Say whether words tell that a count was lowered or corrected.

    >>> is_restated("The mayor lowered the death toll to 12"), is_restated("The toll has risen to 12")
    (True, False)
    """
    return _RESTATED.search(words) is not None


def is_moved(words: str) -> bool:
    """Say whether words tell that a count was made another: lowered, corrected or raised."""
    return is_restated(words) or _MOVED.search(words) is not None


def _is_dated(words: str) -> bool:
    return _DATED.search(words) is not None


_DISEASES = frozenset(_ILLS.split("|"))
CARRY_REACH = 600  # code points back to the sentence that names what happened


def named_before(text: str, sentence: Span, apart: Iterable[Span] = ()) -> Named | None:
    """Return the one happening of an article for a sentence of it that names none; None where it tells of several."""
    told = _mentions(text, 0, len(text))
    spans = tuple(apart)
    found = [(at, one) for at, one in told if not any(span.start <= at < span.end for span in spans)]
    before = [at for at, _ in found if at < sentence.start]
    if not before or sentence.start - before[-1] > CARRY_REACH or any(one.other for _, one in found):
        return None
    kinds, names = {one.kind for _, one in found}, {one.name for _, one in found if one.name}
    if len(kinds) > 1 or len(names) > 1 or _AFTERSHOCK.search(text):
        return None
    words = sentence.of(text)
    return Named(
        frozenset(kinds),
        min(names, default=""),
        Manner.BARE,
        _SO_FAR.search(words) is not None,
        is_restated(words),
        carried=True,
        dated=_is_dated(words),
        which=frozenset[str]().union(*(one.which for _, one in found)),
        owned=any(one.owned for _, one in found),
    )


def _mentions(text: str, start: int, end: int) -> list[tuple[int, _Mention]]:
    return [(at, one) for at, one in _all_mentions(text) if start <= at < end]


@lru_cache(maxsize=256)  # texts: an article is asked when rows are made of many, and when it is related alone
def _all_mentions(text: str) -> tuple[tuple[int, _Mention], ...]:
    """Return where each happening is named, and how."""
    found: list[tuple[int, _Mention]] = []
    ends = 0
    for match in _MENTION.finditer(text):
        kind = _kind(match)
        plural = bool(match["plural"])
        if kind in _VERBS:
            kind, verb = _VERBS[kind]
            begin, stop = _clause(text, match.start(), match.end())
            if not verb.search(text, begin, stop):
                continue
        if kind == "ill":
            kind, plural = match.group().casefold(), False
        before = _BEFORE.search(text, max(0, match.start() - _BEFORE_REACH), match.start())
        close = before or _CLOSE.search(text, max(0, match.start() - _BEFORE_REACH), match.start())
        if match.group().casefold() in ("strike", "strikes") and not before:
            continue  # "the quake strikes at dawn"
        other = close is not None and _OTHER.search(close.group()) is not None
        other = other or _OF_A_YEAR.match(text, match.end()) is not None
        if plural and kind == "landslide":
            kind = "landslides"
        elif plural and kind not in DURABLE:
            other = True
        name = _STORM_NAME.match(text, match.end()) if kind == "storm" and match.group()[:1].isupper() else None
        if found and match.start() - ends <= 1:  # "bomb blast": one thing, named by its last word
            other = found.pop()[1].other or other
        first = before["first"].casefold() if before else ""
        manner = Manner.NEW if first in ("a", "an") else Manner.AGAIN if first or name else Manner.BARE
        told = (before["rest"] if before else close.group() if close else "") + match.group().rpartition(" ")[0]
        which = frozenset(word.casefold()[:5] for word in _WORD.findall(told) if word.isalpha()) - _HOW
        owned = _DAY_OF.fullmatch(first) is not None
        called = name.group(1).casefold() if name else ""
        found.append((match.start(), _Mention(kind, called, manner, other, which, owned)))
        ends = match.end()
    return tuple(found)


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in _KINDS if match[kind] is not None)


_CLAUSE_REACH = 80


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the words around a noun begin and end, up to the nearest stop."""
    begin = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start), start - _CLAUSE_REACH, 0)
    stops = [at for at in (text.find(". ", end), text.find("\n", end)) if at >= 0]
    return begin, min([*stops, end + _CLAUSE_REACH, len(text)])
