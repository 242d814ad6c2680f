"""Names that the gazetteer lacks and that the words beside them make places. Their level stays "unknown"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from counterfoil.reading import movements
from counterfoil.reading.gazetteer import country_row, library
from counterfoil.reading.model import Place
from counterfoil.reading.surroundings import (
    LONGEST,
    PIECE,
    REACH,
    WITHIN,
    Mention,
    Spot,
    Token,
    behind,
    kind_after,
    type_words,
)
from counterfoil.spans import Span

BY_SURROUNDINGS = "places.surroundings@1"
NEAR = 40  # code points, where the nearest two words are enough
_JOINS = frozenset((" and ", ", and ", ", ", " or ", " & "))
_LISTED = 12  # names in such a list


def unlisted(text: str, tokens: Sequence[Token], spots: Sequence[Spot], mentions: Sequence[Mention]) -> list[Mention]:
    """Find names that the gazetteer lacks, where the words beside them say that they are places.

    Their level is "unknown". The country is that of the place after a comma, or the only one the article names.
    A name that was a place once is one wherever it stands again.
    """
    books = library()
    found = {mention.span.start for mention in mentions}
    taken = {k for spot in spots if spot.start in found for k in range(spot.first, spot.last + 1)}
    refused = {k for spot in spots for k in range(spot.first, spot.last + 1)}
    settled = [mention for mention in mentions if mention.role != "demonym" and mention.place.level != "unknown"]
    following = {mention.span.start: mention for mention in settled}
    origins = {mention.span.end for mention in settled if mention.role == "origin"}
    countries = {mention.place.country for mention in settled if mention.place.country}
    families = {  # "Carrie Lam": what Lam alone is
        later.folded
        for token, later in pairwise(tokens)
        if later.start - token.end == 1 and text[token.end] == " " and token.folded not in books.words["function_words"]
    }
    runs: list[tuple[str, Span, Span | None]] = []
    i = 0
    while i < len(tokens):
        j = i + 1
        while j < len(tokens) and j - i < LONGEST and text[tokens[j - 1].end : tokens[j].start] in WITHIN:
            j += 1
        first = i
        while first < j and tokens[first].folded in books.words["function_words"]:
            first += 1
        run = tokens[first:j]
        if run and taken.isdisjoint(range(first, j)):
            name = Span(run[0].start, run[-1].end)
            doubted = not refused.isdisjoint(range(first, j)) or (len(run) == 1 and run[0].folded in families)
            span = None if doubted else _on_a_route(text, run, following, origins)
            span = span or _by_surroundings(text, run, following, strictly=doubted)
            runs.append((" ".join(token.folded for token in run), name, span))
        i = j
    certain = {key for key, _, span in runs if span is not None} | _sharing(text, tokens)
    return [
        _unknown(text, span or name, countries, following)
        for key, name, span in runs
        if span is not None or (key in certain and len(name) > 3)
    ]


def _places_of(word: str, text: str) -> Iterator[int]:
    """Yield where a space and then the word begins."""
    at = text.find(f" {word}")
    while at >= 0:
        yield at
        at = text.find(f" {word}", at + 1)


def _sharing(text: str, tokens: Sequence[Token]) -> set[str]:
    """Return the names that share one type word, folded: "Uror, Nyirol and Akobo counties"."""
    books = library()
    found: set[str] = set()
    ends = {token.end: j for j, token in enumerate(tokens)}
    for end, j in [
        (at, ends[at]) for plural in books.words["plurals"] for at in _places_of(plural, text) if at in ends
    ]:
        members: list[list[str]] = []
        while j >= 0 and len(members) < _LISTED and tokens[j].end == end:
            i = j
            while i > 0 and text[tokens[i - 1].end : tokens[i].start] in WITHIN and j - i < LONGEST:
                i -= 1
            opening = i < j and tokens[i].folded in books.words["function_words"]  # "In Uror and Nyirol counties"
            members.append([token.folded for token in tokens[i + opening : j + 1]])
            end = tokens[i - 1].end if i else 0
            if opening or text[end : tokens[i].start] not in _JOINS:
                break
            j = i - 1
        words = {word for member in members for word in member}
        told = words & books.words["no_members"] or any(" ".join(member) in books.demonyms for member in members)
        if len(members) > 1 and not told:
            found.update(" ".join(member) for member in members)
    return found


def _on_a_route(text: str, run: Sequence[Token], following: dict[int, Mention], origins: set[int]) -> Span | None:
    """Return the span of a name joined to a known place by "from ... to": "from Adré to Farchana"."""
    start, end = run[0].start, run[-1].end
    words = library().words
    if end - start < 4 or not words["no_members"].isdisjoint(token.folded for token in run):
        return None
    there = text[start - 4 : start] == " to " and start - 4 in origins
    here = text[max(0, start - 5) : start].lower() == "from " and text[end : end + 4] == " to " and end + 4 in following
    return Span(start, end) if here or there else None


def _by_surroundings(text: str, run: Sequence[Token], following: dict[int, Mention], *, strictly: bool) -> Span | None:
    """Return the span of an unlisted name if the words beside it make it a place, else None.

    strictly  a preposition is not enough: the name holds one that was weighed and refused ("Paris Hilton"), or ends a
              longer one elsewhere, as a family's does.
    """
    words = library().words
    start, end = run[0].start, run[-1].end
    folded = [token.folded for token in run]
    if folded[0] in words["persons_first"] or not (
        words["bodies"].isdisjoint(folded) and words["no_places"].isdisjoint(folded)
    ):
        return None
    if (run[0].shouted and end - start <= 5) or text[end : end + 1] in ("'", "’") or end - start < 3:
        return None
    if text[run[-1].start : end].rpartition("-")[2].islower():  # "Houthi-run"
        return None
    back = behind(text, start, NEAR)
    article = back[:1] in (["the"], ["The"])
    while back and (back[0].lower() in words["passed_over"] or back[0].lower() in words["directions"]):
        del back[0]
    lead, noun = (*(word.lower() for word in back[:2]), "", "")[:2]
    located = lead in words["locative"] and lead not in ("for", "to", "between", "off")
    if not (located or article or lead == "of"):
        return None
    kind, stretch, after = kind_after(text, end, wide=False)
    if kind and (located or article):
        return Span(start, end + stretch)
    if len(run) > 1 and folded[0] not in words["directions"] and type_words().get(folded[-1]) and (located or article):
        return Span(start, end)
    if lead == "of" and (
        type_words().get(noun) in ("settlement", "district", "division")
        or noun in words["directions"]
        or noun in words["dwellers"]
    ):
        titled = noun in ("city", "province", "town", "village") or (noun in words["dwellers"] and len(run) == 1)
        small = back[1].islower() or titled
        return Span(start, end) if small else None
    if located and not article and text[end : end + 2] == ", " and end + 2 in following:
        return Span(start, end)
    ends = not after or not after[0][:1].isalpha() or after[0] in words["stops"] or after[0] in words["says"]
    if lead == "at" and len(run) == 1 and not strictly and not article and noun not in words["not_at"]:
        return Span(start, end) if not after or not after[0][:1].isdigit() else None
    if (
        not strictly
        and lead in ("in", "near", "outside")
        and not article
        and len(run) <= 3
        and ends
        and noun not in words["fields"]
    ):
        return Span(start, end)
    return None


def _unknown(text: str, span: Span, countries: set[str], following: dict[int, Mention]) -> Mention:
    """Make a mention of a name that the gazetteer lacks."""
    name, reason = span.of(text), "the gazetteer does not know the name"
    end = span.end
    beside = following.get(end + 2) if text[end : end + 2] == ", " else None
    if beside is not None and beside.place.country:
        where = beside.place
        reason = f"{reason}; {where.name} follows"
        place = Place(f"{name}, {where.name}", where.country, where.admin1, reason=reason)
        end = beside.span.end
    else:
        if len(countries) == 1:
            reason += f"; all places that the article names are of {country_row(next(iter(countries))).name}"
        place = Place(name, reason=reason)
    words = library().words
    back = [piece.lower() for piece in behind(text, span.start, REACH)]
    while back and (back[0] in words["passed_over"] or back[0] in words["directions"]):
        del back[0]
    after = tuple(piece.lower() for piece in PIECE.findall(text, end, end + NEAR)[:3])
    role = movements.role(back[0] if back else "", tuple(back[1:]), after)
    return Mention(Span(span.start, end), place, role, BY_SURROUNDINGS)
