"""Numbers that count people though no noun says so: "Six shot in Lima", "17,000 flee homes", "Quake injures 70".

Verbs of harm, of holding and of moving are of people unless a noun says otherwise: all 46 numbers of the train articles
that are read so are counts of people. Where a noun that is no subject of the verb names what is counted, nothing is
said here.
"""

from dataclasses import dataclass, replace

from counterfoil.reading import measures
from counterfoil.reading.lexemes import Scan, scan_around
from counterfoil.reading.words import Words
from counterfoil.spans import Span

BY = "persons.bare@1"
# Verbs that the taxonomy has as parts of longer terms only, or in another sense.
_VERBS = {
    **dict.fromkeys(("shot", "shoots", "shoot", "stabbed", "stabs", "crushed", "beaten"), "casualties"),
    **dict.fromkeys(("held", "nabbed"), "detained"),
    **dict.fromkeys(("jails", "jail", "detains", "imprisons"), "detained"),
    **dict.fromkeys(("saved", "saves", "save"), "rescued"),
}
# Forms that no ending tells for verbs.
_FORMS = frozenset(
    "shot shoot shoots hurt held die dies drown flee flees fled drowned dead missing slain trapped arrive arrives"
    " stabs saves save kill kills injure injures wound wounds maim arrest arrests detain detains jail jails deport"
    " deports expel expels displace displaces evacuate evacuates rescue rescues abduct abducts kidnap kidnaps".split()
)
_OBJECTS = frozenset("flee flees fled die dies drown arrive arrives".split())  # nothing that they take is counted
_TAKING = _FORMS - _OBJECTS - {"dead", "missing", "trapped", "slain", "held", "shot", "hurt"}
_NOUNS = frozenset(["NN", "NNS", "NNP", "JJ", "CD", "POS", "VBG"])
_BESIDE = frozenset("dead today yesterday monday tuesday wednesday thursday friday saturday sunday overnight".split())
_BETWEEN = frozenset("are were was been being feared reported confirmed believed reportedly also".split())
_REACHES = frozenset(
    "rises rose risen climbs climbed hits hit reaches reached passes passed tops topped jumps jumped grows grew nears"
    " exceeds exceeded doubles doubled".split()
)
_PARTS = frozenset([",", ";", ":", "CD", "VBD", "VBZ", "VBP", "MD", "WDT", "WP"])
_LONGEST_SUBJECT = 12  # tokens of "Toll in two days of clashes at the border" before its verb
_THROUGH = frozenset("about around some nearly almost over another".split())
_BOUNDS = frozenset((("at", "least"), ("at", "most"), ("more", "than"), ("fewer", "than"), ("up", "to")))
_NO_PERSONS = frozenset(["animal", "vehicle", "building", "item"])


@dataclass(frozen=True, slots=True)
class Bare:
    """A number that a verb alone tells of, or a toll: their words, and the code of the taxonomy that they stand for."""

    verb: Span
    code: str
    toll: bool = False


def find(text: str, words: Words, number: Span, what: Span | None, sentence: Span) -> Bare | None:
    """Return the verb that tells who is counted; None where a noun does, or no such verb stands beside the number."""
    first, last = words.at(number.start), words.at(number.end - 1) + 1
    if last < len(words.tags) and words.lower[last] == "%":
        return None
    scan = scan_around(text, sentence, number)
    here = first, last
    return (
        _behind(scan, words, here, what, sentence)
        or _before(scan, words, here, what, sentence)
        or _toll(scan, words, here, what, sentence)
    )


def _behind(scan: Scan, words: Words, here: tuple[int, int], what: Span | None, sentence: Span) -> Bare | None:
    """Read "Six shot", "300 evacuated as", "17,000 flee homes": the verb stands right behind the number."""
    k = here[1]
    while k < len(words.tags) and words.lower[k] in _BETWEEN and words.starts[k] < sentence.end:
        k += 1
    if k >= len(words.tags) or words.starts[k] >= sentence.end or not _is_verb(words.lower[k]):
        return None
    following = words.tags[k + 1] if k + 1 < len(words.tags) and words.starts[k + 1] < sentence.end else "."
    after = words.lower[k + 1] if k + 1 < len(words.lower) else ""
    if words.lower[k] not in _OBJECTS and following in _NOUNS and after not in _BESIDE:
        return None  # "Six shot glasses", "Five killed soldiers buried"
    if words.lower[k].endswith("s") or following in ("VBD", "VBZ", "VBP", "MD"):
        return None  # "60 rescues", "40 wounded were taken to hospital": a noun
    if after in ("down", "putters") or (what is not None and what.start < words.starts[here[0]]):
        return None
    if what is not None and words.lower[k] not in _OBJECTS and what.start > words.ends[k]:
        return None
    return _bare(scan, words, k) if not _others_before(scan, words.starts[here[0]]) else None


def _before(scan: Scan, words: Words, here: tuple[int, int], what: Span | None, sentence: Span) -> Bare | None:
    """Read "Quake injures 70", "Police arrest 52 at rally": the number is the verb's object, and no noun follows."""
    k = _past_hedge(words, here[0] - 1)
    if k < 0 or words.starts[k] < sentence.start or not _takes(words.lower[k]):
        return None
    closed = here[1] >= len(words.tags) or words.starts[here[1]] >= sentence.end
    if not closed and (words.tags[here[1]] in _NOUNS - {"VBG"} or words.lower[here[1]] == "of"):
        return None
    subject = what is None or (what.start < words.ends[k] and not _apart(words, what, k))
    if not subject or (k > 0 and words.lower[k - 1] in ("the", "a", "those", "of")):
        return None
    return _bare(scan, words, k) if not _others_before(scan, words.starts[k], what) else None


def _toll(scan: Scan, words: Words, here: tuple[int, int], what: Span | None, sentence: Span) -> Bare | None:
    """Read "Toll from clashes hits 60": dead, whatever brought them about, unless it is a toll of others."""
    k = _past_hedge(words, here[0] - 1)
    k -= k > 0 and words.lower[k] in ("to", "past", "above")
    closed = here[1] >= len(words.tags) or words.starts[here[1]] >= sentence.end
    if k < 1 or words.lower[k] not in _REACHES or (not closed and words.tags[here[1]] in _NOUNS):
        return None
    if what is not None and what.end > words.ends[here[1] - 1]:
        return None
    for m in range(k - 1, max(-1, k - _LONGEST_SUBJECT), -1):
        if words.starts[m] < sentence.start or words.tags[m] in _PARTS:
            return None
        if words.lower[m] == "toll" and words.lower[m + 1 : m + 2] not in (["road"], ["booth"]):
            toll = _bare(scan, words, m)
            return replace(toll, toll=True) if toll is not None else None
    return None


def _past_hedge(words: Words, k: int) -> int:
    """Return the last token up to k before a hedge: "kills" of "kills at least some 40"."""
    while k > 0:
        if k > 1 and (words.lower[k - 1], words.lower[k]) in _BOUNDS:
            k -= 2
        elif words.lower[k] in _THROUGH:
            k -= 1
        else:
            break
    return k


def _takes(word: str) -> bool:
    return word in _TAKING or (word.endswith("ed") and word not in _OBJECTS and len(word) > 4)


def _is_verb(word: str) -> bool:
    return word in _FORMS or (word.endswith("ed") and len(word) > 4)


def _apart(words: Words, what: Span, verb: int) -> bool:
    """Say whether other words than those of a group of verbs stand between a noun and the verb: it is no subject."""
    between = range(words.at(what.end - 1) + 1, verb)
    return any(words.tags[m] not in ("VBD", "VBZ", "VBP", "VBN", "MD", "RB", "NN") for m in between)


def _others_before(scan: Scan, at: int, subject: Span | None = None) -> bool:
    """Say whether animals, vehicles, buildings or things stand before in the sentence: they may be what is counted."""
    own = scan.tokens(subject) if subject is not None and subject.start >= scan.base else (0, 0)
    return any(
        scan.base + scan.ends[hit.first] <= at and hit.value in _NO_PERSONS and not own[0] <= hit.first < own[1]
        for hit in scan.of("unit")
    )


def _bare(scan: Scan, words: Words, k: int) -> Bare | None:
    verb = Span(words.starts[k], words.ends[k])
    first, last = scan.tokens(verb)
    hits = [hit for hit in scan.of("terms") if hit.first <= first < hit.last and not hit.inert]
    longest = max(hits, key=lambda hit: hit.last, default=None)
    code = longest.value if longest is not None else _VERBS.get(words.lower[k], "")
    entry = measures.measure(code)
    if entry is None or entry.unit != "person":
        return None
    return Bare(scan.span(first, max(last, longest.last if longest is not None else last)), code)
