"""Where it happened, of the places that the words name: neither where people were sent, nor where a source sits.

What is told to have been done to people at one place, so that they went to another, happened at the first; who arrives
or comes back does so at the second. A source's own seat is where it happened only where nothing else is named.
"""

import re
from collections.abc import Sequence

from counterfoil.reading import measures
from counterfoil.reading.model import Statement
from counterfoil.reading.movements import BY_SUBJECT
from counterfoil.reading.surroundings import Mention
from counterfoil.spans import Span

_LEFT = frozenset(["deported", "departed", "evacuated", "displaced"])  # labels of what happens where people were
_REACHED = frozenset(["arrived", "returned", "resettled"])  # and where they come to
_AT = re.compile(
    r"\b(?:in|at|near|outside|around|off|(?:town|city|village|port|district|province|region) of)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_AFAR = re.compile(
    r"\b(?:hospitals?|clinics?|doctors?|nurses?|medics?|surgeons?|morgue|coast ?guard|navy|ministry|embassy|consulate"
    r"|agency|observatory|headquarters|institute|court|centre|center)\b",
    re.IGNORECASE,
)
_LEAD = 20  # code points before a name in which the word that leads it stands


def settled(
    text: str,
    chosen: Mention | None,
    code: str,
    here: Sequence[Mention],
    before: Sequence[Mention],
    told: Sequence[Statement],
) -> Mention | None:
    """Return the place of a figure, given the one chosen for it.

    code    of the taxonomy.  here  the mentions of the figure's sentence.  before  those of the sentence before it.
    told    the statements around the figure, the innermost first.
    """
    if chosen is None:
        return None
    seats = [one.source.span for one in told if one.source is not None]
    moved = _of_movement(text, chosen, measures.label(code), here, seats)
    if moved is not None:
        return moved
    if not _seated(chosen, seats):
        return chosen
    spans = [piece.span for piece in told[0].content] if told else []
    own = [m for m in here if m.role == "place" and any(m.span in one for one in spans) and _leads(text, m)]
    own = [m for m in own if not any(";" in one.of(text) for one in spans)]
    earlier = [m for m in before if m.role == "place" and _leads(text, m)] if _seated_afar(text, seats) else []
    for several in (own, earlier):
        if several and all(_within(several[0], m) for m in several[1:]):
            return several[0]
    return chosen


def _of_movement(
    text: str, chosen: Mention, label: str, here: Sequence[Mention], seats: Sequence[Span]
) -> Mention | None:
    """Return where people were sent away from, or came to, instead of the other end of their way; None for neither."""
    wanted = {"destination": "origin"} if label in _LEFT else {"origin": "destination"} if label in _REACHED else {}
    role = wanted.get(chosen.role)
    if role is None:
        return None
    ends = [m for m in here if m.role == role and m.by != BY_SUBJECT]
    if len(ends) == 1:
        return ends[0]
    stood = [m for m in here if m.role == "place" and not _seated(m, seats) and _leads(text, m)]
    return stood[0] if role == "origin" and not ends and len(stood) == 1 else None


def _seated(mention: Mention, seats: Sequence[Span]) -> bool:
    """Say whether a place stands in the words for who speaks: "the hospital in Goma said"."""
    return any(mention.span in seat for seat in seats)


def _seated_afar(text: str, seats: Sequence[Span]) -> bool:
    """Say whether who speaks takes in or counts what happened elsewhere: a hospital, a ministry; police are local."""
    return any(_AFAR.search(seat.of(text)) for seat in seats)


def _leads(text: str, mention: Mention) -> bool:
    start = mention.span.start
    return _AT.search(text, max(0, start - _LEAD), start) is not None


def _within(one: Mention, other: Mention) -> bool:
    """Say whether the second name is of the same place, or of what the first lies in: "Sake, in North Kivu"."""
    return one.place.name == other.place.name or other.place.name.rpartition(", ")[2] in one.place.name
