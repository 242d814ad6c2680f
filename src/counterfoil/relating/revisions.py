"""A count taken back in the article that gives it: "the ministry, which had put the toll at 710, revised it to 640"."""

import re
from collections.abc import Iterator, Sequence

from counterfoil.comparing import axes, claims
from counterfoil.reading.model import Kind, Modality
from counterfoil.relating.comparable import NOBODY, Case, same_speaker, tests, words_of
from counterfoil.relating.happenings import is_moved
from counterfoil.relating.model import Relation, RelationKind
from counterfoil.spans import Span

REACH = 300  # code points between the two numbers, which stand in one sentence or in two that follow each other
_CORRECT = r"revised|corrected|amended|adjusted|updated"  # said of a count alone, never of what is counted
_MOVE = r"lowered|cut|reduced|trimmed|slashed|raised|lifted|increased|brought"
_COUNT = r"(?:tolls?|count|tally|estimate|figure|forecast|projection)s?"
_LOOSE = rf"(?:{_COUNT}|numbers?|total)"
_WAY = r"(?:(?:back |further |sharply |slightly )?(?:down|up|downwards?|upwards?)\s+)?"
_WHOSE = r"(?:that|this|the|its|their|his|her|those|these)"
_VERB = rf"\b(?P<verb>{_CORRECT}|{_MOVE})\s+{_WAY}"
# "has since revised that number to", "lowered its toll for Derna to"
_TO = re.compile(
    rf"{_VERB}(?P<what>it|{_WHOSE}\s+(?:[a-z]+\s+){{0,2}}?{_LOOSE})(?P<of>\s+(?:of|for|in)\s+[^,;.]{{1,60}}?)?\s+{_WAY}to\s*$",
    re.IGNORECASE,
)
# "revised its estimate of people displaced in Goma from 90,000 to"
_FROM = re.compile(
    rf"{_VERB}(?P<what>(?:{_WHOSE}|an?)\s+(?:[\w-]+\s+){{0,3}}?{_COUNT})(?P<of>\s+(?:of|from|for|in)\s+[^;.]{{1,80}}?)?"
    rf"\s+{_WAY}from\s*$",
    re.IGNORECASE,
)
# "17, down from the 19 that it reported on Thursday": the number that comes first is the later one
_DOWN_FROM = re.compile(
    r"(?:down|up|(?:revised|lowered|cut|reduced|raised)(?: (?:down|up))?"
    # "41 died, she said, lowering the number from 47"
    rf"|(?:revising|correcting|lowering|cutting|reducing|raising)\s+(?:it|{_WHOSE}\s+(?:[a-z]+\s+){{0,2}}?{_LOOSE})"
    r"(?:\s+(?:of|for|in)\s+[^,;.]{1,60}?)?(?:\s+(?:down|up))?)\s+from\s+"
    rf"(?:(?:the|its|an?|{_WHOSE})\s+)?(?:(?:earlier|previous|initial|first|preliminary)\s+)?(?:{_LOOSE}\s+of\s+)?$",
    re.IGNORECASE,
)
# "The number of missing, put at 900 by the governor, was revised by his office to"
_PASSIVE = re.compile(
    rf"\b(?:was|were|been)\s+(?:(?:later|since|then|subsequently)\s+)*(?P<verb>{_CORRECT}|{_MOVE})\s+{_WAY}"
    rf"(?:by [^,;.]{{1,40}}?\s+)?{_WAY}to\s*$",
    re.IGNORECASE,
)
# "The toll has been revised down from 28 to"
_PASSIVE_FROM = re.compile(
    rf"\b(?:was|were|been)\s+(?:(?:later|since|then|subsequently)\s+)*(?P<verb>{_CORRECT}|{_MOVE})\s+{_WAY}"
    rf"(?:by [^,;.]{{1,40}}?\s+)?from\s*$",
    re.IGNORECASE,
)
_COMMA_FROM = re.compile(r"(?:\s+on\s+\w+day)?,\s+from\s+$", re.IGNORECASE)
_COUNTED = re.compile(rf"\b{_LOOSE}\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:.]\s|\bbut\b|\band\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_PRONOUNS = frozenset("it they he she which who".split())
_BESIDE = frozenset(  # what may stand beside them before the verb
    "that has have had since later then now also afterwards subsequently eventually on but and the"
    " this last week month year monday tuesday wednesday thursday friday saturday sunday yesterday today".split()
)
_NEVER_FALL = frozenset({"killed", "injured", "casualties"})  # of the missing, some are found
_TO_ALONE = re.compile(r"\s+to\s+$", re.IGNORECASE)


def revisions(cases: Sequence[Case], text: str) -> Iterator[Relation]:
    """Yield who revises a count of the article, by the words that say so; a larger one supersedes.

    Only where nobody else is named between the two numbers, and no other count of the measure stands between.
    """
    yield from _down_from(cases, text)
    for at, later in enumerate(cases):
        begin = _start(later)
        before = next((c for c in reversed(cases[:at]) if _may_be(c, later) and begin - _start(c) <= REACH), None)
        if before is None or before.said == later.said:
            continue
        verb = _verb(before, later, text)
        if verb is None:
            continue
        who = later.side.speaker or before.side.speaker or "the article itself"
        kind = RelationKind.SUPERSEDES if later.said > before.said else RelationKind.REVISES
        sentence = claims.sentence_of(text, later.side.figure.number.anchor.span)
        why = reason_given(text, sentence) if sentence is not None else ""
        became = f"{words_of(before.side)} became {words_of(later.side)} ({who})"
        told = f"; {why_words(why)}" if kind is RelationKind.REVISES else ""
        reason = f"{became}: the article says “{verb.strip()}”{told}"
        yield Relation(kind, later.side, before.side, reason, tests(later, before))


# "50 people had been killed, not 63 as first reported"
_NOT = re.compile(r"(?:,|\band\b)?\s*(?:not|instead of|rather than)\s+(?:the\s+)?$", re.IGNORECASE)
_AS_FIRST = re.compile(
    r"\s+(?:people\s+|dead\s+|deaths\s+)?(?:(?:as|that|which)\s+)?(?:(?:it|he|she|they|was|were|had|been)\s+)*"
    r"(?:first|initially|previously|earlier|originally|(?:reported|announced|given|counted|stated|thought)"
    r" (?:on|earlier|before|first|at first|initially|previously))\b",
    re.IGNORECASE,
)


def _down_from(cases: Sequence[Case], text: str) -> Iterator[Relation]:
    """Yield counts that their own sentence sets beside what they were: "17 dead, down from 19"."""
    for at, later in enumerate(cases):
        before = cases[at + 1] if at + 1 < len(cases) else None
        if before is None or not _harm(later) or not _may_be(before, later) or before.said == later.said:
            continue
        end, start = later.side.figure.number.anchor.span.end, _start(before)
        between = text[end:start] if start - end <= REACH else ""
        found = _DOWN_FROM.search(between) or _restated_from(later, between, text)
        first = _AS_FIRST.match(text, before.side.figure.number.anchor.span.end) if found is None else None
        instead = _NOT.search(between) if first is not None else None
        if (found is None and instead is None) or _apart(before, later, denied=instead is not None):
            continue
        if re.search(r"[.;\n]\s", between):
            continue
        if found is not None and claims.withheld(claims.around(text, later.side.figure, ())) is not None:
            continue
        who = later.side.speaker or before.side.speaker or "the article itself"
        kind = RelationKind.SUPERSEDES if later.said > before.said else RelationKind.REVISES
        sentence = claims.sentence_of(text, later.side.figure.number.anchor.span)
        why = f"; {why_words(reason_given(text, sentence) if sentence else '')}" if kind is RelationKind.REVISES else ""
        became = f"{words_of(before.side)} became {words_of(later.side)} ({who})"
        told = found or instead
        reason = f"{became}: the article says “{told.group().strip(' ,') if told else ''}”{why}"
        yield Relation(kind, later.side, before.side, reason, tests(later, before))


def _restated_from(later: Case, between: str, text: str) -> re.Match[str] | None:
    """Return the words before what a count was, where its sentence says that it was changed: "cut to 22, from 29"."""
    sentence = claims.sentence_of(text, later.side.figure.number.anchor.span)
    moved = sentence is not None and is_moved(text[sentence.start : _start(later)])
    return _COMMA_FROM.fullmatch(between) if moved else None


def _start(one: Case) -> int:
    """Return where the number begins, with its hedge."""
    figure = one.side.figure
    start = figure.number.anchor.span.start
    return min(start, figure.hedge.span.start) if figure.hedge is not None else start


def _may_be(a: Case, b: Case) -> bool:
    kinds = {a.profile.kind, b.profile.kind}
    same = len(kinds) == 1 or kinds <= {Kind.CHANGE, Kind.SHARE, Kind.RATE}  # "growth of 4.2%" is told as all of these
    return same and a.profile.code == b.profile.code and a.profile.unit == b.profile.unit


def _verb(before: Case, later: Case, text: str) -> str | None:
    """Return the words that take the earlier count back, None where none do."""
    number = later.side.figure.number.anchor.span
    sentence = claims.sentence_of(text, number)
    first = claims.sentence_of(text, before.side.figure.number.anchor.span)
    if sentence is None or first is None or text[first.end : sentence.start].strip(" "):
        return None
    if claims.withheld(claims.around(text, later.side.figure, ())) is not None or _apart(before, later):
        return None
    start, end = _start(later), before.side.figure.number.anchor.span.end
    if _TO_ALONE.fullmatch(text[end:start]):
        found = _FROM.search(text, sentence.start, _start(before))
        if found is not None:
            return found.group() if _of_the_count(found, before) else None
        found = _PASSIVE_FROM.search(text, sentence.start, _start(before))
        told = found is not None and _COUNTED.search(text, sentence.start, found.start())
        return found.group() if found and told and (_harm(before) or _corrects(found)) else None
    opens = max(sentence.start, end)
    found = _TO.search(text, opens, start)
    if found is not None:
        sure = _of_the_count(found, before) and (not found["of"] or _corrects(found))
        return (
            found.group() if sure and _same_voice(before, text[opens : found.start()], same=first == sentence) else None
        )
    found = _PASSIVE.search(text, opens, start)
    if found is None or first != sentence or not _COUNTED.search(text, sentence.start, found.start()):
        return None
    return found.group() if _harm(before) or _corrects(found) else None


def _corrects(found: re.Match[str]) -> bool:
    return re.fullmatch(_CORRECT, found["verb"], re.IGNORECASE) is not None


def _of_the_count(found: re.Match[str], before: Case) -> bool:
    """Say whether the count was changed and not what is counted: "cut the number of jobs" takes nothing back."""
    return _harm(before) or _corrects(found) or not re.search("number|total", found["what"], re.IGNORECASE)


def _harm(one: Case) -> bool:
    return one.profile.code in _NEVER_FALL


def _apart(a: Case, b: Case, *, denied: bool = False) -> bool:
    """Say whether the two are of other days, places or people, or were told by two.

    denied  the first may be told as denied: "not 19 as first reported".
    """
    if (
        axes.windows(a.profile, b.profile).word == axes.DISJOINT
        or axes.places(a.profile, b.profile).word == axes.DISJOINT
    ):
        return True
    one, other = a.side.figure.modality, b.side.figure.modality
    alike = one is other or (denied and one is Modality.DENIED)
    if axes.populations(a.profile, b.profile).word == axes.DIFFERENT or not alike:
        return True
    speakers = [one.side.speaker for one in (a, b)]
    named = [name for name in speakers if name and name.casefold() not in NOBODY]
    return len(named) == len(speakers) and not (same_speaker(*named) or _shares(*named))


def _same_voice(before: Case, between: str, *, same: bool) -> bool:
    """Say whether who revises is who gave the earlier count: a pronoun or his name stands before the verb, or nobody.

    same  both numbers stand in one sentence.
    """
    clauses = _CLAUSE.split(between)
    words = {word.casefold() for word in _WORD.findall(clauses[-1] if same else between)}
    known = {word.casefold() for word in _WORD.findall(before.side.speaker or "")}
    known |= {w.casefold() for source, _ in before.side.said if source is not None for w in _WORD.findall(source.quote)}
    told = bool(words & (known | _PRONOUNS))
    return words <= known | _PRONOUNS | _BESIDE and (told or (same and len(clauses) <= 2))


def _shares(a: str, b: str) -> bool:
    """Say whether one name is in the other: "ministry" and "Health Ministry"."""
    one, other = ({word.casefold() for word in _WORD.findall(name)} for name in (a, b))
    return one <= other or other <= one


_RECOUNT = (
    r"counted|count|recount|identif\w+|misidentif\w+|duplicat\w+|mistak\w+|error\w*|alive|twice|double|surviv\w+|wrong\w*"
    r"|reclassif\w+|corrected|review\w*|audit\w*|DNA|forensic|autops\w+|unharmed|other causes|not been|did not"
)
_BECAUSE = re.compile(r"\b(?:because|due to|owing to|on account of|on the grounds?)\b", re.IGNORECASE)
_RECOUNTED = re.compile(
    r"\b(?:because|due to|owing to|after|as|since|following|citing|saying|explaining|when)\b"
    rf"(?=[^.;\n]{{0,120}}\b(?:{_RECOUNT})\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(r",\s+(?=(?:[A-Z]|the |it |he |she |they |who |which |officials|police|according))|[.;\n]|$")
_LONGEST_REASON = 160  # code points


def reason_given(text: str, sentence: Span) -> str:
    """Return the words of a sentence, or of the one behind it, that say why a count was changed; "" where none do.

    >>> words = "The mayor lowered the toll to 58, because five bodies had been counted twice, he said."
    >>> reason_given(words, Span(0, len(words)))
    'because five bodies had been counted twice'
    """
    span = (
        reason_span(text, sentence) if is_moved(sentence.of(text)) else None
    )  # not "12 died because the road was cut"
    words = " ".join(span.of(text).rstrip(" .").split()) if span is not None else ""
    return words if len(words) <= _LONGEST_REASON else words[: _LONGEST_REASON - 1] + "…"


def reason_span(text: str, sentence: Span) -> Span | None:
    """Return where a sentence that tells of a changed count gives the reason, None where it gives none."""
    found = _BECAUSE.search(text, sentence.start, sentence.end)
    found = found or _RECOUNTED.search(text, sentence.start, sentence.end)
    if found is None:
        return None
    end = _ENDS.search(text, found.end(), sentence.end)
    return Span(found.start(), end.start() if end else sentence.end)


def why_words(reason: str) -> str:
    """Return the reason of a change in words for print."""
    return f"reason given: “{reason}”" if reason else "no reason given in its sentence"


_REVISER = re.compile(
    rf"(?:The |the )?(?P<who>[^\W\d_][^,;:.()]{{2,70}}?)(?:\s+(?:on|late on)\s+[A-Z][a-z]+day)?\s+"
    rf"(?:(?:has|had|have|later|since|now|again)\s+)*(?:{_CORRECT}|{_MOVE})\s+{_WAY}"
    rf"(?:{_WHOSE}\s+)(?:[\w-]+\s+){{0,3}}?{_LOOSE}\b"
)


def reviser(one: Case, text: str, sentence: Span) -> str | None:
    """Return who the sentence says changed a count, where the figure names nobody: "The mayor lowered the toll"."""
    if one.side.speaker is not None or one.profile.code not in axes.harms():
        return None
    found = _REVISER.match(text, sentence.start, one.side.figure.number.anchor.span.start)
    if found is None or len(found["who"].split()) > 8 or found["who"].casefold() in NOBODY:
        return None
    return found["who"]
