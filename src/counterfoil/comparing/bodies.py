"""Which bodies a source without a name may stand for: "the agency said", "it recorded". Pure.

The names that stand before it are returned, not one of them: each may be meant, and a record of a body that may be the
speaker is no independent evidence.
"""

import re
from collections.abc import Sequence

from counterfoil.comparing.claims import Surroundings
from counterfoil.comparing.sources import also_named

REACH = 1500  # code points before the sentence: some three paragraphs, beyond which nobody writes "the agency"
_BODY = (
    r"(?:agency|organi[sz]ation|body|institute|institution|think[- ]tank|cent(?:re|er)|programme?"
    r"|monitor(?:s|ing group)?"
    r"|watchdog|network|project|observatory|office|bureau|charity|NGO|fund|research(?:ers|\s+group)?|group|analysts"
    r"|register)"
)
_UNNAMED = rf"(?:it|they|(?:the|this|that)\s+(?:[a-z’'-]+\s+){{0,2}}{_BODY})"
_SOURCE = re.compile(rf"\s*(?:according to\s+)?(?:{_UNNAMED}|its|their)(?:[’']s\b.*)?\s*", re.IGNORECASE)
_COUNTS = (
    r"(?:record|count|register|document|log|tally|tallie|verif(?:y|ie)|confirm|report|estimate|list|track|find|found|say|said"
    r"|put|note|show)(?:s|d|ed|led|ged)?"
)
_TELLS = re.compile(
    rf"(?:\b{_UNNAMED}\s+(?:(?:has|have|had|also|since|then)\s+)*{_COUNTS}\b"
    rf"|\b(?:its|their)\s+(?:own\s+)?(?:[a-z]+\s+)?(?:counts?|figures?|data|records?|tally|numbers|database|tracker)\b"
    rf"|\baccording to\s+{_UNNAMED}\b)",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Z][\w’'-]*[A-Za-z]\b(?:\s+(?:(?:of|for|and|on|in|&)\s+(?:the\s+)?)?[A-Z][\w’'-]*[A-Za-z]\b)*")

_DATA = r"(?:data|figures|counts?|numbers|statistics|estimates|records|tally|report)"
_SHORT_NAME = _NAME.pattern.removesuffix("*") + "{0,6}"  # no body's name is longer; a title in capitals costs no more
# "UCDP: 900 people died", "900 people died (UNHCR)", "by World Bank figures": whose number it is, without a verb.
_LABELS = (
    re.compile(rf"\s*[“\"(]?(?P<name>{_SHORT_NAME})(?:[’']s)?(?:\s+{_DATA})?\s*:(?=\s)"),
    re.compile(rf"\((?:(?i:source|from|by)\s*:?\s*)?(?P<name>{_SHORT_NAME})[^()]{{0,20}}\)"),
    re.compile(rf"(?P<name>{_SHORT_NAME})(?:(?:[’']s)?\s+{_DATA}\b|\s+(?:has\s+|had\s+)?{_COUNTS}\b)"),
)


def _labelled(seen: Surroundings) -> tuple[str, ...]:
    """Return the names that the sentence sets beside the number as its source."""
    assert seen.sentence is not None
    start, end = seen.sentence.start, seen.sentence.end
    label, *others = _LABELS
    found = [m["name"] for m in (label.match(seen.text, start, end),) if m is not None]
    found += [m["name"] for pattern in others for m in pattern.finditer(seen.text, start, end)]
    return tuple(dict.fromkeys(" ".join(name.split()) for name in found))


def bodies_before(seen: Surroundings, voices: Sequence[str]) -> tuple[str, ...]:
    """Return the names before the figure's sentence that its source may stand for; none where the source has a name.

    Where nobody says it, those that the sentence itself sets beside the number: "UCDP: 900 people died".
    voices  the names and the words of those who are reported to say it.
    """
    if seen.sentence is None:
        return ()
    unnamed = [voice for voice in voices if _SOURCE.fullmatch(voice)]
    if voices and not unnamed:
        return ()
    labelled = () if voices else _labelled(seen)
    if not voices and not _TELLS.search(seen.text, seen.sentence.start, seen.sentence.end):
        return labelled
    before = seen.text[max(0, seen.sentence.start - REACH) : seen.sentence.start]
    found = [" ".join(m.group().split()) for m in _NAME.finditer(before)]
    # "The Pakistan Institute", "Monday UNHCR": also without the first word, which may begin a sentence.
    found += [name.split(" ", 1)[1] for name in found if " " in name]
    return tuple(dict.fromkeys([*labelled, *found, *also_named(before)]))
