"""Numbers that words beside them credit to somebody, where no verb of saying does.

"Amnesty's count was 281,000", "60,000 people (FAO)", "By the count of the union, 43 died", "391 attacks, UCDP counted".
Only where the words leave no choice: a town's count may be of the town, a player's tally is of his goals. All ranges
are tokens.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from counterfoil.reading import bounds, contents, phrases, places
from counterfoil.reading.cues import cues
from counterfoil.reading.frames import Case
from counterfoil.reading.phrases import BE, FINITE, Range, Scene
from counterfoil.reading.signals import Sentence, Signal, can_speak
from counterfoil.reading.titles import titles
from counterfoil.reading.words import Words

# What somebody makes: who has one has counted or reckoned himself. "Figure", "toll" and "total" may be of him.
_MADE = frozenset("count estimate estimates reckoning calculation calculations projection forecast".split())
_RECKONED = _MADE - {"count"}
_BODIES_OWN = _MADE | {"tally", "figure", "toll"}
_MODIFIERS = frozenset("own latest official initial preliminary first last new early updated final death".split())
_TIME_LEADS = frozenset("in for on last this at the".split())
_STANDS = frozenset("stood stands came comes".split())
_HEDGES = frozenset("about around some only just nearly almost over more than at least up to under of roughly".split())
_COUNTED = frozenset("counted recorded tallied registered documented logged".split())
# Verbs of giving a number: of these "gives" and its like may also be of the things that are counted.
_GIVES = frozenset("give gives gave given publish publishes published offers offered".split())
_TELLS = frozenset(
    "admit admits admitted acknowledge acknowledges acknowledged report reports reported claim claims claimed alleged"
    " announced confirm confirms confirmed counted counts list lists listed cite cites cited conceded recorded".split()
)
_PUTS = frozenset("puts put gives gave says said shows showed claims claimed estimates estimated finds found".split())
_SUBORDINATE = frozenset("after before when while because since if as until although though once where".split())
_TAKEN = frozenset(  # what may be claimed by those who did or took it
    "attack attacks bombing bombings blast blasts killing killings raid raids strike strikes seat seats prize prizes"
    " refund refunds benefit benefits territory island islands victory".split()
)
_SIDES = frozenset("opposition rebels insurgents separatists guerrillas junta".split())
_NEAR = 8  # tokens between a number and the bracket that names who gave it: "60,000 people from their homes (FAO)"
_HINT = re.compile(
    r"\([A-Z][\w-]+[),]|\b(?:claimed|reported|announced|cited|alleged) by\b"
    r"|\bby th(?:at|ose) of\b|['’]s? \d|\b(?:that|which) (?:puts?|gives?|gave|says|said"
    r"|show|claim|estimate|found|finds)|\d(?: [\w-]+){0,3},? (?:that|which) "
    r"|\b(?:put|given|estimated|placed|reckoned) (?:at|as)\b|(?:['’]s?|\b[Ii]ts|\b[Tt]heir) (?:\w+ ){0,3}?"
    r"(?:count|estimates?|reckoning|calculations?|projection|forecast|tally"
    r"|figure|toll)\b|\b(?:[Bb]y|[Oo]n) (?:the|one|an) (?:\w+ )?(?:count|tally|estimate|reckoning|calculation)"
    r" (?:of|by)\b"
    r"|, [^,.]{2,80} (?:counted|recorded|tallied|registered|documented|logged)\b"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """Who gives a number: the source, the words that say so, and what is the source's."""

    source: Range
    cue: Range
    pieces: tuple[Range, ...]


def hinted(text: str) -> bool:
    """Say whether any of the shapes may stand in the text."""
    return _HINT.search(text) is not None


def find(scene: Scene, sentence: Sentence) -> Iterator[Credit]:
    """Yield what the words of a sentence credit to somebody without a verb of saying."""
    words = scene.words
    for k in range(sentence.low, sentence.last):
        read = _SHAPES.get(words.lower[k])
        credit = read(scene, sentence, k) if read is not None and scene.inside[k] < 0 else None
        if credit is not None:
            yield credit


def _owned(scene: Scene, sentence: Sentence, k: int) -> Credit | None:
    """Read "Amnesty's latest count was 281,000" and "by the count of the union" at the noun."""
    words = scene.words
    if words.lower[k + 1 : k + 2] in (["of"], ["by"]):
        return _by_the_count(scene, sentence, k)
    j = k - 1
    while j > sentence.low and words.lower[j] in _MODIFIERS:
        j -= 1
    verb = _past_time(words, k + 1, sentence.last)
    if j < sentence.low or not _puts(words, verb, sentence.last):
        return None
    owner: Range | None = (j, j + 1)
    if words.lower[j] in ("its", "their"):  # "Its forecast in 2021 was 420"
        owner = owner if words.lower[k] in _RECKONED else None
    elif words.tags[j] not in ("POS", "'", "’") or j <= sentence.low:
        return None
    else:
        owner = phrases.noun_phrase_before(scene, j - 1, sentence.low)
        owner = owner if owner is not None and _counts(scene, owner, words.lower[k]) else None
    if owner is None:
        return None
    start = verb + 1
    end = next((m for m in range(start, sentence.last) if _closes(words, m)), sentence.last)
    return Credit(owner, (k, k + 1), ((start, end),))


def _past_time(words: Words, k: int, last: int) -> int:
    """Return the token behind "in 2021", "for May", "last year"; k where none stands there."""
    end = k
    while end < min(last, k + 4) and (words.lower[end] in phrases.TIME | _TIME_LEADS or words.tags[end] == "CD"):
        end += 1
    return end if end == k + 1 or words.lower[k] in _TIME_LEADS else k


def _puts(words: Words, verb: int, last: int) -> bool:
    """Say whether a verb of being puts a number: "was 281,000", "stood at about 43"."""
    if verb >= last or words.lower[verb] not in BE | _STANDS:
        return False
    k = verb + 1
    while k < last and (words.lower[k] in _HEDGES or words.tags[k] == "$"):
        k += 1
    return k < last and words.tags[k] == "CD"


def _counts(scene: Scene, owner: Range, noun: str) -> bool:
    """Say whether an owner is one who counts, and not what is counted: a body, a role, letters; no place, no player."""
    words, known = scene.words, titles()
    last = owner[1] - 1
    spelt = words.text[words.starts[owner[0]] : words.ends[last]]
    speaks = can_speak(scene, owner) or words.lower[last] in _SIDES
    if not speaks or words.tags[last] == "PRP" or places.lookup(spelt.removeprefix("the ")):
        return False
    capital = words.text[words.starts[last] : words.ends[last]].isupper() and words.ends[last] - words.starts[last] > 1
    body = capital or any(words.lower[k] in known.bodies | _SIDES for k in range(*owner))
    role = words.lower[last] in known.roles or words.lower[last].removesuffix("s") in known.roles
    if body or role:
        return noun in _BODIES_OWN
    return noun in (_RECKONED if phrases.is_person(words, owner) else _MADE) and words.tags[last] == "NNP"


def _closes(words: Words, k: int) -> bool:
    tag = words.tags[k]
    joins = tag == "CC" and words.tags[k + 1 : k + 2] != ["CD"]
    return tag in (",", ";", ":", "(", "-") or joins or words.lower[k] in ("while", "against", "compared", "though")


def _by_the_count(scene: Scene, sentence: Sentence, k: int) -> Credit | None:
    """Read "By the count of the miners' union, 43 died" and "43 died, by the union's own count"."""
    words = scene.words
    begin = k - 1
    while begin > sentence.low and words.lower[begin] in _MODIFIERS:
        begin -= 1
    begin -= 1
    if begin < sentence.low or words.lower[begin] not in ("by", "on") or words.tags[begin + 1] not in ("DT", "CD"):
        return None
    opens = begin == sentence.low or words.tags[begin - 1] in (",", "-", "(", "CC")
    source = phrases.noun_phrase_after(scene, k + 2, sentence.last)
    if source is None or not opens or not can_speak(scene, source) or words.tags[source[0]] == "CD":
        return None
    closed = source[1] >= sentence.last or words.tags[source[1]] in (",", "-", ")", ";", "CC")
    signal = Signal(k, begin, k + 2, "according", source, begin)
    pieces = contents.find(Case(scene, sentence, [signal], 0)) if closed else []
    return Credit(source, (begin, k + 2), tuple(pieces)) if _number_in(words, pieces) else None


def _by_that(scene: Scene, sentence: Sentence, k: int) -> Credit | None:
    """Read "6,000 by the ministry's count, and nearly 7,800 by that of the Red Cross"."""
    words = scene.words
    if k <= sentence.low or words.lower[k - 1] != "by" or words.lower[k + 1 : k + 2] != ["of"]:
        return None
    source = phrases.noun_phrase_after(scene, k + 2, sentence.last)
    if source is None or not can_speak(scene, source):
        return None
    start = k - 1
    while start > sentence.low and not _opens(scene, start - 1) and words.tags[start - 1] != "CC":
        start -= 1
    own = (start, k - 1)
    return Credit(source, (k - 1, k + 2), (own,)) if _number_in(words, [own]) else None


def _given(scene: Scene, sentence: Sentence, k: int) -> Credit | None:
    """Read "the 1,050 that the government gives", "the 40 deaths that the ministry had admitted" at "that"."""
    words = scene.words
    number = next((m for m in range(k - 1, max(sentence.low - 1, k - 4), -1) if words.tags[m] == "CD"), -1)
    if number < 0 or any(words.tags[m] not in ("NN", "NNS", "JJ") for m in range(number + 1, k)):
        return None
    source = phrases.noun_phrase_after(scene, k + 1, sentence.last)
    if source is None or not can_speak(scene, source) or words.tags[source[0]] == "PRP":
        return None
    verb = source[1]
    while verb < sentence.last and (words.lower[verb] in phrases.PERFECT or words.tags[verb] == "RB"):
        verb += 1
    bare = number == k - 1
    if verb >= sentence.last or words.lower[verb] not in (_GIVES | _TELLS if bare else _TELLS):
        return None
    if words.lower[verb + 1 : verb + 2] == ["to"] and words.lower[verb + 2 : verb + 3] != ["have"]:
        return None  # "the 300 that the ministry gave to refugees", "that the union claims to represent"
    start = number
    while start > sentence.low and words.lower[start - 1] in (_HEDGES | {"the"}) - {"of"}:
        start -= 1
    return Credit(source, (verb, verb + 1), ((start, k),))


def _reported_by(scene: Scene, sentence: Sentence, k: int) -> Credit | None:
    """Read "of the 40,000 homes claimed by the premier", "12 cases reported by the clinic" at the participle."""
    words = scene.words
    number = next((m for m in range(k - 1, max(sentence.low - 1, k - 4), -1) if words.tags[m] == "CD"), -1)
    if number < 0 or words.lower[k + 1 : k + 2] != ["by"] or words.lower[k - 1] in _TAKEN:
        return None
    if any(words.tags[m] not in ("NN", "NNS", "JJ") for m in range(number + 1, k)):
        return None
    source = phrases.noun_phrase_after(scene, k + 2, sentence.last)
    if source is None or not can_speak(scene, source) or words.tags[source[0]] == "PRP":
        return None
    start = number
    while start > sentence.low and words.lower[start - 1] in (_HEDGES | {"the"}) - {"of"}:
        start -= 1
    return Credit(source, (k, k + 1), ((start, k),))


def _document(scene: Scene, sentence: Sentence, k: int) -> Credit | None:
    """Read "a leaked memo that puts the cost at 3 billion is a forgery" at "that": what the memo puts is the memo's."""
    words = scene.words
    verb = k + 1
    if k <= sentence.low or words.lower[k - 1] not in cues().words["documents"] or verb >= sentence.last:
        return None
    start = k - 1  # to its article; a rare noun may be tagged as anything
    while start > max(sentence.low, k - 6) and words.tags[start] not in ("DT", "PRP$"):
        start -= 1
    if words.lower[verb] not in _PUTS or words.tags[start] not in ("DT", "PRP$"):
        return None
    source = (start, k)
    end = next(
        (m for m in range(verb + 1, sentence.last) if words.tags[m] in FINITE or _closes(words, m)), sentence.last
    )
    own = (verb + 1, end)
    return Credit(source, (verb, verb + 1), (own,)) if _number_in(words, [own]) else None


def _owners_number(scene: Scene, sentence: Sentence, k: int) -> Credit | None:
    """Read "the opposition's 50 includes people who died" at the apostrophe, where counts are set side by side."""
    words = scene.words
    number = k + 1
    if number >= sentence.last or words.tags[number] != "CD" or k <= sentence.low:
        return None
    if number + 1 < sentence.last and words.tags[number + 1] in ("NN", "NNS", "NNP", "JJ", "CD", "-", "VBN"):
        return None
    told = any(words.lower[m] in _BODIES_OWN | {"number", "numbers", "figures", "counts"} for m in _all(sentence))
    owner = phrases.noun_phrase_before(scene, k - 1, sentence.low)
    if not told or owner is None or not _counts(scene, owner, "toll"):
        return None
    return Credit(owner, (k, number), ((number, number + 1),))


def _all(sentence: Sentence) -> range:
    return range(sentence.low, sentence.last)


def _put_at(scene: Scene, sentence: Sentence, k: int) -> Credit | None:
    """Read "Turnout was put at 71 per cent by the commission", "The toll is given as 40 by the army" at "put"."""
    words = scene.words
    if k <= sentence.low or words.lower[k - 1] not in BE or words.lower[k + 1 : k + 2] not in (["at"], ["as"]):
        return None
    by = next((m for m in range(k + 2, min(k + 12, sentence.last)) if words.lower[m] == "by"), -1)
    between = range(k + 2, by)
    if by < 0 or not any(words.tags[m] == "CD" for m in between):
        return None
    if any(words.tags[m] in FINITE or words.tags[m] in (",", ";", ":") for m in between):
        return None
    source = phrases.noun_phrase_after(scene, by + 1, sentence.last)
    group = k - 1
    while group > sentence.low and words.lower[group - 1] in phrases.PERFECT | BE:
        group -= 1
    thing = phrases.subject(scene, group, sentence.low)
    if source is None or not can_speak(scene, source) or thing is None:
        return None
    return Credit(source, (k, k + 1), (thing, (k + 1, by)))


def _in_brackets(scene: Scene, sentence: Sentence, k: int) -> Credit | None:
    """Read "60,000 people (FAO)": letters of a body that counts behind a number, not behind the name they shorten."""
    words = scene.words
    close = next((m for m in range(k + 2, min(k + 5, sentence.high)) if words.tags[m] == ")"), -1)
    if close < 0 or k <= sentence.low or words.lower[k + 1].lower() not in cues().words["counters"]:
        return None
    if any(words.tags[m] not in (",", "CD") for m in range(k + 2, close)):
        return None
    if words.tags[k - 1] == "NNP" or words.lower[k - 1] in titles().bodies | titles().small:
        return None  # "the Food and Agriculture Organization (FAO)", "the UN food agency (FAO)"
    if close + 1 < sentence.last and words.tags[close + 1] not in (",", ";", "CC", "-"):
        return None
    number = next((m for m in range(k - 1, max(sentence.low - 1, k - 1 - _NEAR), -1) if words.tags[m] == "CD"), -1)
    if number < 0:
        return None
    start = number
    while start > sentence.low and not _opens(scene, start - 1):
        start -= 1
    return Credit((k + 1, k + 2), (k + 1, k + 2), ((start, k),))


def _opens(scene: Scene, k: int) -> bool:
    """Say whether a clause opens behind token k."""
    words = scene.words
    return (
        words.tags[k] in (",", ";", ":", "(", ")")
        or (words.tags[k] == "-" and not phrases.is_hyphen(words, k))
        or words.lower[k] in ("that", "while", "but", "whereas", "although")
        or (words.lower[k] in cues().forms and "bare" in cues().forms[words.lower[k]].cue.frames)
        or scene.inside[k] >= 0
    )


def _counted(scene: Scene, sentence: Sentence, k: int) -> Credit | None:
    """Read "There were 391 attacks, UCDP counted": the verb ends the sentence, or a time alone follows."""
    words = scene.words
    if not (k + 1 >= sentence.last or phrases.is_time(words, k + 1, sentence.last)):
        return None
    group = k - 1 if words.lower[k - 1] in phrases.PERFECT or words.tags[k - 1] == "RB" else k
    source = phrases.subject(scene, group, sentence.low)
    if source is None or source[1] != group or not can_speak(scene, source):
        return None
    comma = source[0] - 1
    start = bounds.after_dateline(words, sentence.low, comma)
    start = next((m + 1 for m in range(comma - 1, start, -1) if words.tags[m] == ";"), start)
    if comma <= start or words.tags[comma] != "," or words.lower[start] in _SUBORDINATE:
        return None
    if words.tags[start] == "IN" and not any(words.tags[m] in FINITE for m in range(start, comma)):
        return None  # "In the 30 villages, the army counted"
    own = (start, comma)
    return Credit(source, (k, k + 1), (own,)) if _number_in(words, [own]) else None


def _number_in(words: Words, pieces: list[Range]) -> bool:
    return any(words.tags[k] == "CD" for piece in pieces for k in range(*piece))


_SHAPES: dict[str, Callable[[Scene, Sentence, int], Credit | None]] = {
    "(": _in_brackets,
    "that": lambda *at: _by_that(*at) or _document(*at) or _given(*at),
    "which": lambda *at: _document(*at) or _given(*at),
    **dict.fromkeys(("claimed", "reported", "announced", "cited", "alleged"), _reported_by),
    **dict.fromkeys(("'s", "’s", "'", "’"), _owners_number),
    "those": _by_that,
    **dict.fromkeys(("put", "given", "estimated", "placed", "reckoned"), _put_at),
    **dict.fromkeys(_BODIES_OWN, _owned),
    **dict.fromkeys(_COUNTED, _counted),
}
