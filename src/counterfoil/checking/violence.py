"""Which kind of violence a sentence tells of, and which kinds a measure counts. Pure.

A record of all violence does not answer a question of one kind, nor a record of one kind a question of all. The kinds
are those of the Uppsala Conflict Data Program (its codebooks): a government against an armed group or another state
("state-based"), armed groups against each other ("non-state"), and civilians killed on purpose ("one-sided").
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from counterfoil.checking.datasets.model import Indicator, Variant
from counterfoil.comparing.claims import Surroundings, known_words
from counterfoil.comparing.listed import parts
from counterfoil.reading.measures import measure as taxonomy_entry
from counterfoil.spans import Span

STATE, NON_STATE, ONE_SIDED = "state-based", "non-state", "one-sided"
_VIOLENT_EVENTS = frozenset({"attack", "clash", "airstrike", "suicide_attack"})

_FIGHT = (
    r"(?:violence|conflicts?|fighting|fights?|clashes|battles|wars?|warfare|feuds?|killings?|attacks?|events?|deaths)"
)
_LEAD = r"(?:\b(?:violence|fighting|fights|clashes|battles|conflict|war)\s+)?"
_ARMED = r"(?:armed\s+|deadly\s+)?"
_STATE_SIDE = (
    r"(?:the\s+)?(?:[\w’'-]+\s+){0,2}?(?:governments?(?:\s+(?:forces|troops))?|army|armies|military|troops|soldiers"
    r"|(?:state|security|armed|federal)\s+forces)"
)
_ARMED_SIDE = (
    r"(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){0,2}?(?:rebels?|insurgents?|militants?|guerrillas?|jihadists?|separatists?"
    r"|militias?|armed\s+(?:groups?|opposition)|fighters)"
)
_GROUPS = r"(?:armed\s+groups?|militias|factions|warlords|rebel\s+groups|jihadist\s+groups)"
_PEOPLES = r"(?:communities|clans|tribes|villagers|herders|herdsmen|pastoralists|farmers|ethnic\s+groups)"
# (kind, how surely the words name it, the words): "exact" by its own name, "loose" described, "narrower" a part of it.
_NAMED = tuple(
    (kind, sure, re.compile(words, re.IGNORECASE))
    for kind, sure, words in (
        (STATE, "exact", rf"\bstate[- ]based\s+{_ARMED}{_FIGHT}"),
        (NON_STATE, "exact", rf"\bnon[- ]?state\s+{_ARMED}{_FIGHT}"),
        (ONE_SIDED, "exact", rf"\bone[- ]sided\s+{_ARMED}{_FIGHT}"),
        (STATE, "loose", rf"{_LEAD}\bbetween\s+{_STATE_SIDE}\s+and\s+{_ARMED_SIDE}"),
        (STATE, "loose", rf"{_LEAD}\bbetween\s+{_ARMED_SIDE}\s+and\s+{_STATE_SIDE}"),
        (STATE, "loose", rf"\b(?:by\s+)?{_STATE_SIDE}\s+(?:against|fighting|battling)\s+{_ARMED_SIDE}"),
        (STATE, "loose", rf"\b(?:by\s+)?{_ARMED_SIDE}\s+(?:against|fighting|battling)\s+{_STATE_SIDE}"),
        (STATE, "narrower", rf"\binter-?state\s+{_ARMED}{_FIGHT}"),
        (
            NON_STATE,
            "loose",
            rf"{_LEAD}\b(?:between|among)\s+(?:rival\s+|warring\s+|competing\s+|different\s+)*{_GROUPS}",
        ),
        (NON_STATE, "narrower", rf"\b(?:between|among)\s+(?:rival\s+|warring\s+|[\w-]+\s+)?{_PEOPLES}"),
        (NON_STATE, "narrower", rf"\b(?:(?:inter[- ]?)?communal|inter[- ]?(?:clan|tribal)|clan|tribal)\s+{_FIGHT}"),
        (
            ONE_SIDED,
            "loose",
            r"\b(?:violence|attacks|massacres?|atrocities|killings?)\s+(?:on|against|targeting|of)\s+civilians",
        ),
        (
            ONE_SIDED,
            "loose",
            r"\b(?:deliberate(?:ly)?|intentional(?:ly)?|targeted)\s+(?:\w+\s+){0,2}(?:of\s+)?civilians",
        ),
    )
)
# Kinds of which no shipped record counts all and nothing but: a part may lie in any of the three, or in none.
_OTHER = re.compile(
    r"\b(?P<kind>gang|cartel|drug|drug-related|criminal|electoral|election|post-election|sectarian|religious|ethnic"
    r"|inter-?ethnic|racial|police|gun|domestic|gender-based|sexual|mob|prison|separatist|jihadist|islamist|settler)"
    r"\s+(?:violence|conflicts?|clashes|wars?|warfare|feuds?)\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"\b(?:excluding|except(?:\s+for)?|without|not\s+counting|apart\s+from|besides|other\s+than|aside\s+from)\s+"
    r"(?:[a-z]+\s+){0,3}$",
    re.IGNORECASE,
)
# How a record says which kinds it counts: by the names alone, or by "alone" behind a description.
_COUNTED = (
    (STATE, re.compile(r"\bstate[- ]based\b", re.IGNORECASE)),
    (NON_STATE, re.compile(r"\bnon[- ]state\b", re.IGNORECASE)),
    (ONE_SIDED, re.compile(r"\bone[- ]sided\b|\bviolence against civilians alone\b", re.IGNORECASE)),
)


# Words of the patterns above; others of a phrase ("the Ethiopian army") may restrict, and stay.
_PLAIN = frozenset(
    "state based non one sided armed deadly violence conflict conflicts fighting fight fights clash clashes "
    "battle battles war wars warfare feud feuds killing killings attack attacks event events deaths between among "
    "and by the a an against battling on targeting of government governments forces force troops army armies "
    "military soldiers security federal rebel rebels insurgents militants guerrillas jihadists separatists "
    "militias fighters opposition group groups factions warlords rival warring competing different massacre "
    "massacres atrocities civilians deliberate deliberately intentional intentionally targeted".split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """The kind of violence that a sentence names.

    kind    "state-based", "non-state" or "one-sided", or the words themselves where no record counts it.
    sure    "exact" by name, "loose" by a description, "narrower" a part of the kind, "other" of no kind.
    phrase  as written.
    others  words of the kinds that other figures of the sentence have by name: they say nothing of this one.
    """

    kind: str
    sure: str
    phrase: str
    others: frozenset[str] = frozenset()

    @property
    def words(self) -> frozenset[str]:
        """Return the words of the phrase that say no more than the kind."""
        return (known_words(self.phrase) | self.others) & _PLAIN


def named(seen: Surroundings, code: str) -> Named | None:
    """Return the kind of violence of which the figure tells, None where the words name none.

    code  what is counted: only of harm, attacks and clashes are there kinds.
    Of two kinds in a sentence the one of the figure's own clause is taken; where both stand there, neither. That of a
    part says nothing of the whole: "1,200 people, of whom 900 in state-based conflict".
    """
    entry = taxonomy_entry(code)
    if seen.sentence is None or entry is None or not (entry.harm or code in _VIOLENT_EVENTS):
        return None
    of_a_part = parts(seen.text, seen.sentence, seen.figure)
    found = [kind for kind in _kinds(seen.text, seen.sentence) if not any(kind[0] in part for part in of_a_part)]
    if len({one.kind for _, one in found}) > 1:
        clause = _clause(seen, [span for span, _ in found])
        mine = [(span, one) for span, one in found if span in clause]
        if len({one.kind for _, one in mine}) != 1:
            both = " and ".join(dict.fromkeys(f"“{one.phrase}”" for _, one in found))
            return Named(f"more than one kind of violence, {both}", "other", both)
        others = frozenset(w for _, one in found if one.sure == "exact" for w in known_words(one.phrase))
        found = [(span, replace(one, others=others)) for span, one in mine]
    return min((one for _, one in found), key=lambda one: _SURE.index(one.sure), default=None)


_SURE = ("exact", "loose", "narrower", "other")
_CUT = re.compile(r"[,;:](?=\s)|[()]|\b(?:and|while|but|whereas)\b", re.IGNORECASE)


def _clause(seen: Surroundings, phrases: list[Span]) -> Span:
    """Return the figure's clause up to the nearest comma or "and", none of those within a phrase."""
    assert seen.sentence is not None
    start, end, number = seen.sentence.start, seen.sentence.end, seen.figure.number.anchor.span
    cuts = [Span(*m.span()) for m in _CUT.finditer(seen.text, start, end)]
    cuts = [cut for cut in cuts if not any(cut in phrase for phrase in phrases)]
    start = max([start, *(cut.end for cut in cuts if cut.end <= number.start)])
    return Span(start, min([end, *(cut.start for cut in cuts if cut.start >= number.end)]))


def _kinds(text: str, sentence: Span) -> list[tuple[Span, Named]]:
    found: list[tuple[Span, Named]] = []
    for kind, sure, pattern in _NAMED:
        for m in pattern.finditer(text, sentence.start, sentence.end):
            phrase = " ".join(m.group().split())
            one = Named(kind, sure, phrase)
            if sure == "loose" and known_words(phrase) - _PLAIN:  # "between the Omani army and Dhofar rebels"
                one = Named(kind, "narrower", phrase)
            if _EXCEPT.search(text[sentence.start : m.start()]):
                one = Named(f"violence without {kind} violence", "other", phrase)
            found.append((Span(*m.span()), one))
    for m in _OTHER.finditer(text, sentence.start, sentence.end):
        found.append((Span(*m.span()), Named(m.group().casefold(), "other", " ".join(m.group().split()))))
    return found


@lru_cache(maxsize=1024)
def counted(measure: Indicator | Variant) -> frozenset[str]:
    """Return the kinds of violence that a measure, or a way of counting it, names; none where it counts all."""
    words = f"{measure.id} {measure.words}"
    if isinstance(measure, Indicator):
        words += f" {measure.term} {measure.context}"
    return frozenset(kind for kind, pattern in _COUNTED if pattern.search(words))
