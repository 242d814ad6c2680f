"""What a verb's frames (lexicon/cues.toml) allow of the words behind it.

All ranges are tokens. A case holds all of a sentence's signals, because where one content ends depends on where the
next cue begins.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from counterfoil.reading import phrases
from counterfoil.reading.cues import cues
from counterfoil.reading.phrases import FINITE, NOUNS, Scene
from counterfoil.reading.signals import OPENING, Sentence, Signal
from counterfoil.reading.titles import titles
from counterfoil.reading.words import Words

# Prepositions and conjunctions that may open a clause; "of" or "into" after a verb open none.
CLAUSE_OPENERS = frozenset(
    "if when while after before since because as although though unless until once during in at by on under "
    "about over around than between from for with without despite among like of".split()
)
CLAIMS = frozenset(
    "claim claims allegation allegations accusation accusations charge charges suggestion suggestions figure "
    "figures report reports findings finding idea notion argument count toll criticism this that it both".split()
)
TOLLS = frozenset("toll number count tally estimate figure figures total deaths injured".split())
FORECASTS = frozenset("forecast projection estimates outlook".split())
GIVEN = frozenset("figure toll number total magnitude count estimate".split())
STATES = frozenset("dead wounded injured missing killed".split())
DETERMINERS = frozenset(["DT", "PRP", "PRP$", "CD", "JJ", "JJR", "JJS", "EX", "$", "PDT"])


@dataclass(frozen=True, slots=True)
class Case:
    """One signal among those of its sentence."""

    scene: Scene
    sentence: Sentence
    signals: Sequence[Signal]
    index: int

    @property
    def signal(self) -> Signal:
        return self.signals[self.index]


def _starts_noun(words: Words, p: int) -> bool:
    return (
        words.tags[p] in NOUNS
        or words.tags[p] in DETERMINERS
        or words.tags[p] in ("RBS", "RBR")
        or words.tags[p] in OPENING
        or words.tags[p] == "VBG"
        or words.lower[p]
        in ("both", "no", "nothing", "only", "all", "either", "nearly", "about", "almost", "around", "over")
    )


def _has(words: Words, p: int, end: int, wanted: frozenset[str] | str, within: int) -> int:
    """Return the first token from p on, within so many, whose word is wanted; -1 if none is."""
    return next((k for k in range(p, min(end, p + within)) if words.lower[k] in wanted), -1)


def _number(words: Words, p: int, end: int, within: int) -> bool:
    return any(words.tags[k] == "CD" for k in range(p, min(end, p + within)))


def _finite(words: Words, p: int, end: int) -> bool:
    """Say whether a finite verb follows that belongs to no relative clause."""
    relative = ("who", "which", "that", "whose", "where")
    return any(
        words.tags[k] in FINITE and not any(words.lower[m] in relative for m in range(max(p + 1, k - 3), k))
        for k in range(p, min(end, p + 40))
    )


def _clause(case: Case, p: int, end: int) -> bool:
    words = case.scene.words
    tag = words.tags[p]
    if "hearer" in case.signal.frames and p == case.signal.end and "clause" not in case.signal.frames:
        return False
    if case.scene.words.tags[p] in FINITE:  # "which analysts say could have …"
        at = case.signal.group - 1
        return at >= case.sentence.low and words.tags[at] in ("WDT", "WP") and tag != "VBP"
    if not _finite(words, p, end):
        # "say 6.1 and 10 km", and clauses whose verb the tags do not show: only verbs that take no plain object
        return "bare" in case.signal.frames and _starts_noun(words, p)
    if tag == "IN":
        return words.lower[p] in CLAUSE_OPENERS
    return _starts_noun(words, p) or tag in ("RB", "WRB", "WP", "WDT", "VB", "EX", "CC", "UH", "VBN", "-")


def _found_to_be(case: Case, p: int, end: int) -> bool:
    """Say whether a thing is found to be something: "found the order to be unlawful"."""
    words = case.scene.words
    to = _has(words, p + 1, end, frozenset(["to"]), 12)
    return to > 0 and to + 1 < end and words.lower[to + 1] in ("be", "have") and _of_record(case)


def _urge(case: Case, p: int, end: int) -> bool:
    tags = case.scene.words.tags
    return _starts_noun(case.scene.words, p) and any(
        tags[k] == "TO" and tags[k + 1] in ("VB", "VBP", "NN") for k in range(p + 1, min(end - 1, p + 16))
    )


def _at(case: Case, p: int, end: int) -> bool:
    words = case.scene.words
    at = _has(words, p + 1, end, frozenset(["at", "between", "above", "below", "around"]), 22)
    if at > 0 and _number(words, at, end, 6):
        return True
    return words.lower[end - 1] in ("higher", "lower", "more") and _has(words, p, end, TOLLS, 4) >= 0


def _naming(case: Case, p: int, end: int) -> bool:
    """Say whether "called X Y" describes: a quotation, an adjective or a second noun phrase follows the object."""
    scene, words = case.scene, case.scene.words
    if any(scene.inside[k] >= 0 and words.tags[k] in OPENING for k in range(p, end)):
        return True
    if words.tags[p] == "PRP" or words.lower[p] in ("this", "that"):
        return p + 1 < end
    first = phrases.noun_phrase_after(scene, p, end)
    return first is not None and first[1] < end and words.tags[first[1]] in ("DT", "JJ")


def _noun(case: Case, p: int, end: int) -> bool:
    words = case.scene.words
    return _starts_noun(words, p) and (words.tags[p] != "VBG" or case.signal.lemma in ("deny", "recall", "mention"))


def _given(case: Case, p: int, end: int) -> bool:
    words = case.scene.words
    if not _of_record(case):
        return False
    if words.tags[p] == "CD":
        return p + 1 >= end or words.tags[p + 1] in ("JJ", "VBN", ",", ".") or words.lower[p + 1] in STATES
    return _has(words, p, end, GIVEN, 7) >= 0 and _number(words, p, end, 14)


def _toll(case: Case, p: int, end: int) -> bool:
    words = case.scene.words
    to = _has(words, p + 1, end, "to", 12)
    own = words.tags[p] == "PRP$" and _has(words, p, end, FORECASTS, 5) >= 0  # "raised its forecast from 2.1% to 2.4%"
    return _of_record(case) and (own or _has(words, p, end, TOLLS, 5) >= 0) and to > 0 and _number(words, to, end, 4)


def _of_record(case: Case) -> bool:
    """Say whether the source is a body, a document, a role, a pronoun or a name: what "shows", "counts" and "finds"."""
    words, source, known = case.scene.words, case.signal.source, titles()
    if source is None:
        return False
    documents = cues().words["documents"]
    return words.tags[source[0]] in ("PRP", "WP", "WDT") or any(
        words.tags[k] == "NNP"
        or words.lower[k] in documents
        or words.lower[k] in known.bodies
        or words.lower[k] in known.roles
        or words.lower[k].removesuffix("s") in known.roles | known.small
        for k in range(*source)
    )


Fit = Callable[[Case, int, int], bool]
FITS: dict[str, Fit] = {
    "clause": _clause,
    "hearer": _clause,
    "finite": lambda case, p, end: _finite(case.scene.words, p, end) and _of_record(case) and _clause(case, p, end),
    "to_be": _found_to_be,
    "whether": lambda case, p, end: (
        case.scene.words.lower[p] in ("if", "whether", "what", "why", "how", "who", "where")
    ),
    "to": lambda case, p, end: case.scene.words.lower[p] == "to" and case.scene.words.tags[p + 1 : p + 2] != ["DT"],
    "to_noun": lambda case, p, end: case.scene.words.lower[p] == "to",
    "urge": _urge,
    "object": lambda case, p, end: _has(case.scene.words, p + 1, end, frozenset(["of", "with", "for"]), 14) > 0,
    "at": _at,
    "as": lambda case, p, end: (
        _starts_noun(case.scene.words, p) and _has(case.scene.words, p + 1, end, frozenset(["as"]), 16) > 0
    ),
    "name": _naming,
    "noun": _noun,
    "noun_quote": lambda case, p, end: any(case.scene.inside[k] >= 0 for k in range(p, end)),
    "noun_that": lambda case, p, end: _starts_noun(case.scene.words, p) and _finite(case.scene.words, p, end),
    "noun_claim": lambda case, p, end: _has(case.scene.words, p, end, CLAIMS, 8) >= 0,
    "noun_to": lambda case, p, end: _has(case.scene.words, p + 1, end, frozenset(["to"]), 20) > 0,
    "noun_with": lambda case, p, end: _has(case.scene.words, p + 1, end, frozenset(["with"]), 20) > 0,
    "figure": lambda case, p, end: _of_record(case) and _number(case.scene.words, p, end, 10),
    "figure_short": _given,
    "toll": _toll,
}


def fits(case: Case, p: int, end: int) -> bool:
    """Say whether the words from p to end are what one of the verb's frames allows."""
    words, signal = case.scene.words, case.signal
    if signal.end > signal.verb + 1:  # "called for", "referred to": the particle has decided
        particle = words.lower[signal.end - 1]
        if particle in signal.frames and particle != "out":
            return True
        if particle == "to":
            return _has(words, p, end, frozenset(["as"]), 14) > 0
    present = not words.lower[signal.verb].endswith("ed")  # "the hospital had admitted 14": so many patients
    if words.tags[p] == "CD" and p + 1 == end and "clause" in signal.frames and present and _of_record(case):
        return True  # "officials admit 18"
    return any(FITS[frame](case, p, end) for frame in signal.frames if frame in FITS)
