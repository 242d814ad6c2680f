"""Numbers and the places that grammar pairs them with, whatever an engine took: lists, elided clauses, "from" and "in".

"1.1 million in Germany, 950,000 in Poland", "310 in Dadu; in Jamshoro, 85", "Germany hosted 3.5 million and Qatar two",
"refugees from X in Y". Only where the words leave no choice; else what was chosen stands. Of places that one number
is counted in together none is chosen: of the figures of the train articles 16 get the labelled words so, 4 lose them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from counterfoil.reading.model import Place
from counterfoil.reading.numbers import Number
from counterfoil.reading.surroundings import Mention
from counterfoil.reading.words import Words
from counterfoil.spans import Span

REACH = 80  # code points between a number and a place of its own
WINDOW = 300  # code points on either side of a number in which places are looked at, so that work stays linear
LEAD = 60  # code points before a name that tell whether it opens a clause
MOST = 8  # numbers in a list that are paired with names in order
# "1.1 million people in Germany": what may stand between, no word that opens another phrase.
_WORD = r"\s+(?!(?:and|or|but|while|from|to|than|as|with|for|after|before|since|until|who|which|that)\b)[^\W\d][\w'’-]*"
_IN = r"(?:in|at|across|inside|near|throughout)"
_AFTER = re.compile(rf"(?:{_WORD}){{0,4}}?\s+{_IN}\s+(?:the\s+)?\Z")
_FROM = re.compile(rf"(?:{_WORD}){{0,3}}?\s+(\w+)\s+from\s+(?:the\s+)?\Z")
_LEADS = re.compile(rf"(?:\A|[;:,(—–]\s*|\b(?:and|but|while|whereas)\s+){_IN}\s+(?:the\s+)?\Z", re.IGNORECASE)
_OPENS = re.compile(r"(?:\A|[;:,(—–]\s*|\b(?:and|but|while|whereas)\s+)(?:the\s+)?\Z", re.IGNORECASE)
_FIRST = re.compile(r"(?:\A|[;:,(—–]\s*|\b(?:and|but|while|whereas|as|that)\s+)(?:the\s+)?\Z", re.IGNORECASE)
_CLOSE = re.compile(r"\s+(?:(?:another|only|just|some|a\s+further|to)\s+)?\Z")
_FOR = re.compile(r"\bfor\s+(?:(?:another|only|just|some|about|nearly|over)\s+)?\Z")
_CLAUSE_FOR = re.compile(rf"(?:{_WORD}){{1,3}}\s+for\s+(?:(?:about|nearly|over|some)\s+)?\Z")
_CLOSE_FOR = re.compile(r"\s+for\s+(?:(?:another|only|just|some|about|nearly|over)\s+)?\Z")
_NAME_FOR = re.compile(
    r"(?:[;,]|\band)\s+[A-Z][\w'’-]*(?:\s+(?:[a-z]{1,3}|[A-Z][\w'’-]*)){0,4}\s+for\s+"
    r"(?:(?:another|only|just|some|about|nearly|over)\s+)?\Z"
)
_ITEM = re.compile(r";\s+[A-Z][\w'’-]*(?:\s+(?:[A-Z][\w'’-]*|to|the|of|and|de|e|al)){0,6}:?\s+\Z")
_BRACKET = re.compile(r"\((?:[a-z]+ ){0,3}\Z")
_OPENED = re.compile(r"\s+\((?:[a-z]+ ){0,3}\Z")
_CLOSED = re.compile(rf"(?:{_WORD}){{0,4}}\)")
_AFTER_COMMA = re.compile(r",?\s+(?:(?:another|only|just|some|a\s+further|there\s+(?:were|are))\s+)?\Z")
_CLAUSE = re.compile(rf"(?:{_WORD}){{1,5}}(?:\s+to)?\s+\Z")
_DWELLING = re.compile(
    r"\s+(?:(?:living|residing|sheltering|registered|now|currently)\s+){0,2}(?:in|across)\s+(?:the\s+)?\Z"
)
_WHENCE = re.compile(r"\s+from\s+(?:the\s+)?\Z")
_LED_BY_FROM = re.compile(r"\b(\w+)\s+from\s+(?:the\s+)?\Z")
_LED_BY_IN = re.compile(rf"\b{_IN}\s+(?:the\s+)?\Z", re.IGNORECASE)
_LISTED = re.compile(r"(?:,|,?\s+(?:and|or))\s+(?:the\s+)?\Z")
# Whoever is counted by these names is elsewhere than where they come from.
_AWAY = frozenset(
    "refugee refugees seeker seekers asylum-seekers migrant migrants immigrant immigrants exile exiles".split()
)
_VERBS = frozenset(["VBD", "VBZ", "VBP", "MD", "VBN"])


class _Slot(NamedTuple):
    """A number within its sentence: where it and its hedge begin, where it and its unit end, and the mentions there."""

    start: int
    end: int
    sentence: Span
    mentions: Sequence[Mention]


def places(
    text: str,
    words: Words,
    sentences: Sequence[Span],
    mentions: Sequence[Mention],
    numbers: Sequence[Number],
    chosen: Sequence[Mention | None],
) -> list[Mention | None]:
    """Return the place of each number: its own where grammar gives it one among several, else the one chosen.

    mentions, numbers  in text order.  chosen  one for each number.
    """
    starts = [mention.span.start for mention in mentions]
    ends = [sentence.end for sentence in sentences]
    slots: dict[int, list[tuple[int, _Slot]]] = {}
    for at, number in enumerate(numbers):
        index = min(bisect_right(ends, number.span.start), len(ends) - 1)
        sentence = sentences[index]
        low, high = max(sentence.start, number.span.start - WINDOW), min(sentence.end, number.span.end + WINDOW)
        here = mentions[bisect_left(starts, low) : bisect_left(starts, high)]
        if here:
            start = min(number.span.start, number.hedge.start) if number.hedge else number.span.start
            slots.setdefault(index, []).append((at, _Slot(start, number.span.end, sentence, here)))
    made = list(chosen)
    for group in slots.values():
        own: dict[int, Mention | None] = {}
        for at, slot in group:
            made[at] = _without_origin(text, words, slot, made[at])
        if len(group) > 1:
            own = _in_order(text, group) or _own(text, words, group, made)
            if len({place.place.name for place in own.values() if place}) > 1 or None in own.values():
                for at, one in own.items():
                    made[at] = one
            else:
                own = {}
        for at, slot in group:
            place = made[at]
            if place is not None and place.span.start > slot.end and ";" in text[slot.end : place.span.start]:
                made[at] = None  # "Kenya 1,142; Malawi 240": the next item's place is not this one's
            named = _ITEM.search(text, max(slot.sentence.start, slot.start - LEAD), slot.start)
            if place is not None and named and place.span.end <= named.start():
                made[at] = None  # "Kenya 1,142; Zzaxo 240": nor that of the item before
        taken = {place.span for place in own.values() if place is not None}
        for at, slot in group:
            place = made[at]
            if at not in own and place is not None:
                made[at] = _several(text, slot, place, taken)
    return made


def _several(text: str, slot: _Slot, place: Mention, taken: set[Span]) -> Mention:
    """Return the whole list that a place is one of, unsettled: what is counted in two places is in neither alone."""
    same = [mention for mention in slot.mentions if mention.role != "demonym"]
    first = last = next((at for at, mention in enumerate(same) if mention == place), -1)
    if first < 0:
        return place
    while first and _together(text, same[first - 1], same[first]):
        first -= 1
    while last + 1 < len(same) and _together(text, same[last], same[last + 1]):
        last += 1
    listed = same[first : last + 1]
    if len(listed) == 1 or any(one.span in taken for one in listed):
        return place
    if not any(_ENDED.search(text, one.span.end, other.span.start) for one, other in pairwise(listed)):
        return place
    span = Span(listed[0].span.start, listed[-1].span.end)
    names = ", ".join(one.place.name for one in listed)
    return Mention(span, Place(span.of(text), reason=f"several are named: {names}"), place.role, "pairs.several@1")


def _together(text: str, one: Mention, other: Mention) -> bool:
    """Say whether two names are joined as equals: none lies in the other, and none is whose something is."""
    if one.role != other.role or _inside(one, other) or _inside(other, one) or one.place == other.place:
        return False
    return _LISTED.fullmatch(text, one.span.end, other.span.start) is not None and not _OWNER.match(
        text, other.span.end
    )


_ENDED = re.compile(r"\b(?:and|or)\b")
_OWNER = re.compile(r"['’]s?\b|\s+(?:\d|[A-Z])")


def _own(
    text: str, words: Words, group: Sequence[tuple[int, _Slot]], chosen: Sequence[Mention | None]
) -> dict[int, Mention | None]:
    """Return, by number, the place that stands in the number's own phrase or clause."""
    own = _in_brackets(text, group)
    bare: dict[int, Mention] = {}
    elided = False  # "Luanda accounts for 4,883, Bengo for 2,742": the verb and "for" stand before another number
    chain: list[tuple[int, Mention]] = []  # "Germany hosted 3.5 million, Qatar two and Oman one"
    for nth, (at, slot) in enumerate(group):
        floor = group[nth - 1][1].end if nth else slot.sentence.start
        ceiling = group[nth + 1][1].start if nth + 1 < len(group) else slot.sentence.end
        shared_for = elided
        if not elided and (host := _subject(text, words, slot, floor, _CLAUSE_FOR)):
            own[at] = host
        elided = elided or _FOR.search(text[max(floor, slot.start - LEAD) : slot.start]) is not None
        if at in own:
            continue
        if place := _behind(text, slot, ceiling) or _before(text, slot, floor):
            own[at] = place
        elif place := _subject(text, words, slot, floor):
            chain = chain or [(at, place)]
        elif shared_for and (place := _directly_before(text, slot, floor, _CLOSE_FOR)):
            own[at] = place
        elif shared_for and _NAME_FOR.search(text[max(floor, slot.start - LEAD) : slot.start]):
            own[at] = None  # a place that no list knows
        elif place := _directly_before(text, slot, floor):
            bare[at] = place
            if nth and group[nth - 1][0] in own:
                own[at] = place  # "12 in Gaza and Lebanon three"
            elif chain and _next(slot.mentions, chain[-1][1]) == place:
                chain.append((at, place))
    if not chain:
        return {**own, **bare} if len(bare) > 1 else own
    host = chosen[chain[0][0]]
    if len(chain) > 1 and host is not None and any(host == place for _, place in chain):
        own |= dict(chain)
    elif host is not None and host in bare.values():
        own[chain[0][0]] = None  # "Germany sent 300 to Mali and Denmark 40": not in Denmark
    return own


def _in_order(text: str, group: Sequence[tuple[int, _Slot]]) -> dict[int, Mention | None]:
    """Return the places of "Iran and Pakistan host 3.4 million and 1.7 million": as many names as numbers, in order."""
    run = [group[0]]
    for one in group[1:]:
        joined = _LISTED.fullmatch(text, run[-1][1].end, one[1].start)
        if joined and len(run) < MOST:
            run.append(one)
        elif joined or len(run) > 1:
            break
        else:
            run = [one]
    first, last = run[0][1], run[-1][1]
    named = [mention for mention in first.mentions if mention.role == "place"]
    runs = [
        named[at : at + len(run)]
        for at in range(len(named) - len(run) + 1)
        if all(
            _LISTED.fullmatch(text, one.span.end, other.span.start)
            for one, other in pairwise(named[at : at + len(run)])
        )
        and not _goes_on(text, named, at, at + len(run))
    ]
    if len(run) < 2 or len(runs) != 1:
        return {}
    [listed] = runs
    opens = _FIRST.search(
        _lead(text, first.sentence.start, listed[0].span.start)
    )  # not "talks between Iran and Pakistan"
    before = opens and _CLAUSE.fullmatch(text, listed[-1].span.end, first.start)
    after = _AFTER.fullmatch(text, last.end, listed[0].span.start)
    return {at: place for (at, _), place in zip(run, listed, strict=True)} if before or after else {}


def _goes_on(text: str, named: Sequence[Mention], first: int, end: int) -> bool:
    """Say whether the list of names goes on to either side."""
    before = first > 0 and _LISTED.fullmatch(text, named[first - 1].span.end, named[first].span.start)
    after = end < len(named) and _LISTED.fullmatch(text, named[end - 1].span.end, named[end].span.start)
    return bool(before or after)


def _next(mentions: Sequence[Mention], mention: Mention) -> Mention | None:
    """Return the next place behind one, past those that people are from."""
    return next((m for m in mentions if m.span.start > mention.span.start and m.role in ("place", "destination")), None)


def _behind(text: str, slot: _Slot, ceiling: int) -> Mention | None:
    """Return the place of "1.1 million people in Germany"."""
    for mention in slot.mentions:
        if mention.role == "demonym" or mention.span.start < slot.end:
            continue
        near = mention.span.end <= ceiling and mention.span.start - slot.end <= REACH
        own = near and _AFTER.fullmatch(text, slot.end, mention.span.start)
        counted = {m.span for m in slot.mentions if _CLOSE.fullmatch(text, m.span.end, max(ceiling, m.span.end))}
        return _several(text, slot, mention, counted) if own else None
    return None


def _before(text: str, slot: _Slot, floor: int) -> Mention | None:
    """Return the place of "in Jamshoro, 85": it opens the clause, and is no district of a place named before it."""
    nth = bisect_left([mention.span.start for mention in slot.mentions], slot.start) - 1
    if nth < 0:
        return None
    mention = slot.mentions[nth]
    if mention.span.start < floor or mention.role != "place":
        return None
    if not _AFTER_COMMA.fullmatch(text, mention.span.end, slot.start):
        return None
    if not _LEADS.search(_lead(text, max(slot.sentence.start, floor), mention.span.start)):
        return None
    if (
        nth
        and _inside(slot.mentions[nth - 1], mention)
        and ";" not in text[slot.mentions[nth - 1].span.end : mention.span.start]
    ):
        return None  # "12 in Dadu, in Sindh, 3 of them children"
    return mention


def _lead(text: str, low: int, end: int) -> str:
    """Return the last of the words from `low` to `end`, with a mark before them where they are cut."""
    return text[low:end] if end - low <= LEAD else "…" + text[end - LEAD : end]


def _in_brackets(text: str, group: Sequence[tuple[int, _Slot]]) -> dict[int, Mention | None]:
    """Return the places of "Syria (13.5 million), Afghanistan (10.3 million) and Ukraine (8.8 million)"."""
    found: dict[int, Mention | None] = {}
    for at, slot in group:
        if not _BRACKET.search(text[max(slot.sentence.start, slot.start - LEAD) : slot.start]):
            continue
        if not _CLOSED.match(text, slot.end):
            continue
        for nth, mention in enumerate(slot.mentions):
            if mention.role != "demonym" and _OPENED.fullmatch(text, mention.span.end, slot.start):
                before = slot.mentions[nth - 1] if nth else None
                inner = before is not None and text[before.span.end : mention.span.start] == ", "
                found[at] = before if before is not None and inner and _inside(before, mention) else mention
    return found if len({place.place.name for place in found.values() if place}) > 1 else {}


def _directly_before(text: str, slot: _Slot, floor: int, close: re.Pattern[str] = _CLOSE) -> Mention | None:
    """Return the place of "and Qatar two": a name alone before the number."""
    nth = bisect_left([mention.span.start for mention in slot.mentions], slot.start) - 1
    if nth < 0:
        return None
    mention = slot.mentions[nth]
    if mention.span.start < floor or mention.role == "demonym":
        return None
    opens = _OPENS.search(_lead(text, max(slot.sentence.start, floor), mention.span.start))
    return mention if opens and close.fullmatch(text, mention.span.end, slot.start) else None


def _subject(text: str, words: Words, slot: _Slot, floor: int, clause: re.Pattern[str] = _CLAUSE) -> Mention | None:
    """Return the place whose deed the clause tells: "Germany hosted 3.5 million"."""
    nth = bisect_left([mention.span.start for mention in slot.mentions], slot.start) - 1
    if nth < 0:
        return None
    mention = slot.mentions[nth]
    if mention.span.start < floor or mention.role == "demonym" or slot.start - mention.span.end > REACH:
        return None
    verb = words.at(mention.span.end)
    if verb >= len(words.tags) or words.tags[verb] not in _VERBS:
        return None
    opens = _FIRST.search(_lead(text, max(slot.sentence.start, floor), mention.span.start))
    return mention if opens and clause.fullmatch(text, mention.span.end, slot.start) else None


def _without_origin(text: str, words: Words, slot: _Slot, chosen: Mention | None) -> Mention | None:
    """Return the place where refugees are, in place of the one that they are from."""
    for nth, mention in enumerate(slot.mentions):
        led = _LED_BY_FROM.search(text[max(slot.sentence.start, mention.span.start - REACH) : mention.span.start])
        if led is None:
            continue
        away = led[1].lower() in _AWAY
        last = nth
        while last + 1 < len(slot.mentions) and _LISTED.fullmatch(
            text, slot.mentions[last].span.end, slot.mentions[last + 1].span.start
        ):
            last += 1
        own = away and _FROM.fullmatch(text, slot.end, mention.span.start) is not None
        taken = chosen is not None and any(chosen.span == one.span for one in slot.mentions[nth : last + 1])
        if not taken and not (own and chosen is None):
            continue
        if where := _where(text, slot.mentions, nth, last):
            return where
        if away and taken:
            return _subject(text, words, slot, slot.sentence.start) or _alone(text, slot, nth, last)
    return chosen


def _alone(text: str, slot: _Slot, nth: int, last: int) -> Mention | None:
    """Return the one other place of the sentence, where something is "in" it: "In Jordan, 650,000 refugees from X"."""
    whence = slot.mentions[nth : last + 1]
    others = [m for m in slot.mentions if m not in whence and m.role != "demonym"]
    if len(others) != 1 or any(_inside(one, others[0]) for one in whence):
        return None
    led = _LED_BY_IN.search(text[max(slot.sentence.start, others[0].span.start - REACH) : others[0].span.start])
    return others[0] if led else None


def _where(text: str, mentions: Sequence[Mention], nth: int, last: int) -> Mention | None:
    """Return the Y of "from X in Y" and "in Y ... from X", which lies not around X."""
    whence = mentions[nth : last + 1]
    if last + 1 < len(mentions):
        after = mentions[last + 1]
        if _DWELLING.fullmatch(text, mentions[last].span.end, after.span.start):
            return None if any(_inside(one, after) for one in whence) else after
    if nth:
        before = mentions[nth - 1]
        led = _LED_BY_IN.search(text[max(0, before.span.start - REACH) : before.span.start])
        if led and _WHENCE.fullmatch(text, before.span.end, mentions[nth].span.start):
            return None if any(_inside(one, before) for one in whence) else before
    return None


def _inside(one: Mention, other: Mention) -> bool:
    """Say whether one place lies in the other: the same country, and that a wider name."""
    order = ("city", "admin2", "admin1", "country", "region", "world")
    inner, outer = one.place, other.place
    if inner.country is None or inner.country != outer.country or outer.level not in order or inner.level not in order:
        return False
    return order.index(inner.level) < order.index(outer.level)
