"""What stands around a name: the word that governs it, the type word beside it, the capitals that make it a person's.

The words are those of lexicon/places/words.toml.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import NamedTuple

from counterfoil.reading.gazetteer import Row, folded_once, library
from counterfoil.reading.model import Place
from counterfoil.spans import Span

BY = "places.gazetteer@1"
LONGEST = 7  # words in a name: "Southern Nations, Nationalities, and Peoples' Region" is as long as they get
REACH = 90  # code points before a name that are read for the words which govern it
_WORD = re.compile(
    r"(?<!\w)(?:(?:[A-Z]\.){2,5}(?:[A-Z](?!\w))?"  # U.S., D.R.C
    r"|(?:St|Mt|Ft)\.(?= [A-Z])"
    r"|(?:(?:[AaEe][a-z]{1,2}|[DdLl])[-'’])?[^\W\d_a-zà-öø-ÿ][^\W_]*(?:[-'’ʼ][^\W_]+)*)"
)

PIECE = re.compile(r"[^\W_]+(?:[-'’ʼ.][^\W_]+)*|[^\w\s]|\n")
_DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]{1,30})?(?:,? \w{3,9}\.? \d{1,2})?(?: \([^)\n]{2,30}\))? ?(?:—|–|--|- |: | \([A-Z])"
)

_HARMLESS = (
    "function_words",
    "directions",
    "passed_over",
    "times",
    "adjectives",
)  # before a name they make it no person's

_ENDS = frozenset("\n.!?;")

# What may stand within a name that the gazetteer lacks.
WITHIN = frozenset(
    {" ", " de la ", " de los "} | {f" {word} " for word in "de del da do dos du la le el al ez".split()}
)

_WITHIN_BODIES = frozenset({" ", " of ", " and ", " for ", " for the ", " of the "})


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a place, without the preposition before them.

    place  level "unknown" with a reason where the name cannot be settled.
    role   "place", "demonym" ("Afghan", and "US" before a noun), "origin", "destination", "transit".
    by     the rule that found it.
    """

    span: Span
    place: Place
    role: str
    by: str


class Token(NamedTuple):
    start: int
    end: int
    folded: str
    shouted: bool  # in capitals throughout


class Spot(NamedTuple):
    """A name of the gazetteer in the text, not yet known to be a place. first, last: its tokens."""

    start: int
    end: int
    first: int
    last: int
    key: str
    rows: tuple[Row, ...]
    demonym: bool
    shouted: bool


class Scene(NamedTuple):
    """What stands around a spot.

    start, end  the span with direction and type word ("northern Syria", "Sindh province").
    lead        the word that governs it, lower case: "in", "fled", "of"; "" at the start of a sentence.
    before      lower-case words before the lead, nearest first, of the same sentence; after: those after the span.
    direction   "northern", or "".  kind: "division", "district", "settlement", "facility" or "".
    company     what the capitals beside it make of it: "person", "body", "attribute" or "".
    """

    start: int
    end: int
    lead: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    direction: str
    kind: str
    company: str
    dateline: bool


def tokens_of(text: str) -> list[Token]:
    """Return the words with a capital, possessive endings cut off."""
    found = []
    for match in _WORD.finditer(text):
        word, start = match[0], match.start()
        if len(word) > 2 and word[-1] == "s" and word[-2] in "'’":
            word = word[:-2]
        if len(word) > 100 or not (word[0].isupper() or word[1:4].strip(word[1:4].lower())):
            continue
        found.append(Token(start, start + len(word), folded_once(word), word.isupper()))
    return found


def behind(text: str, start: int, reach: int) -> list[str]:
    """Return the words and marks before an offset in its sentence, nearest first; `reach` code points are looked at."""
    low = max(0, start - reach)
    found = PIECE.findall(text[low:start])
    if low:
        del found[:1]  # it may be cut
    found.reverse()
    for k, piece in enumerate(found):
        if piece in _ENDS:
            return found[:k]
    return found


def scene_of(text: str, tokens: Sequence[Token], spot: Spot) -> Scene:
    """Read the words before and after a spot."""
    words = library().words
    start, end = spot.start, spot.end
    if spot.demonym:
        return Scene(start, end, "", (), (), "", "", "", dateline=False)
    levels = {row.level for row in spot.rows}
    wide = "C" in levels and "A" not in levels  # "Niger state" is one, "Syria state media" names none
    back = [piece.lower() for piece in behind(text, start, REACH)]
    k = 0
    direction = ""
    if back and back[0] in words["directions"] and text[start - 1] in " -":
        direction, start, k = text[start - 1 - len(back[0]) : start - 1], start - 1 - len(back[0]), 1
    if (
        back[k : k + 1] == ["the"]
        and text[start - 1] == " "
        and spot.key.rpartition(" ")[2].lower() in words["articled"]
    ):
        start -= 4
    while k < len(back) and (back[k] in words["passed_over"] or back[k] in words["directions"]):
        k += 1
    lead, before = (back[k] if k < len(back) else ""), tuple(back[k + 1 : k + 11])
    kind, stretch, after = kind_after(text, end, wide)
    company = _company(text, tokens, spot, stretch)
    if company not in ("person", "body"):
        end += stretch
    if not kind and lead == "of" and before and not wide and type_words().get(before[0]) in ("division", "settlement"):
        kind = type_words()[before[0]]
    at_line = spot.start == 0 or text[spot.start - 1] == "\n"
    dateline = at_line and _DATELINE.match(text, spot.end, spot.end + 80) is not None
    return Scene(start, end, lead, before, after, direction, kind, company, dateline)


def kind_after(text: str, end: int, wide: bool) -> tuple[str, int, tuple[str, ...]]:
    """Read the type word after a name ("province", "refugee camp"): its kind, its length, the words that follow.

    wide  the name is a country's: "Syria state media" names no state.
    """
    words = library().words
    ahead = text[end : end + 60]
    if ahead[:1] != " ":
        return "", 0, tuple(match[0].lower() for match in islice(PIECE.finditer(ahead), 3))
    # Three words may lead to the type word, and three behind it are asked for.
    pieces = [(match[0].lower(), match.start(), match.end()) for match in islice(PIECE.finditer(ahead), 6)]
    k = 0
    at = 0
    while k < len(pieces) and k < 3 and ahead[at : pieces[k][1]] == " ":
        word, _, at = pieces[k]
        kind = type_words().get(word, "") if k == 0 else "facility" if word in words["facilities"] else ""
        titled = ahead[pieces[k][1]].isupper() and (ahead[at + 1 : at + 2].isupper() or ahead[at : at + 4] == " of ")
        if (
            kind and not titled and not (wide and kind not in ("facility", "feature"))
        ):  # "Florida State University" names no state
            return kind, at, tuple(word for word, _, _ in pieces[k + 1 : k + 4])
        if word not in words["middles"]:
            break
        k += 1
    return "", 0, tuple(word for word, _, _ in pieces[:3])


@cache
def type_words() -> dict[str, str]:
    """Return type words and what they make of a name: "division", "district", "settlement", "facility", "feature"."""
    lists = {
        "features": "feature",
        "facilities": "facility",
        "settlements": "settlement",
        "districts": "district",
        "divisions": "division",
    }
    return {word: kind for listed, kind in lists.items() for word in library().words[listed]}


def _company(text: str, tokens: Sequence[Token], spot: Spot, stretch: int) -> str:
    """Say what the capitalised words beside a name make of it."""
    if spot.demonym:
        return ""
    prior = _before(text, tokens, spot)
    return prior or ("" if stretch else _beyond(text, tokens, spot))


def _beyond(text: str, tokens: Sequence[Token], spot: Spot) -> str:
    """Read the capitals after a name: "body" ("London School"), "attribute" ("Iran President"), "next" or ""."""
    words = library().words
    after = spot.last + 1
    if after >= len(tokens) or text[spot.end : tokens[after].start] != " ":
        return ""
    following = tokens[after].folded
    if following in words["times"] or following in words["function_words"]:
        return "attribute" if following in words["bodies"] and any(row.level == "C" for row in spot.rows) else ""
    for k in range(after, min(after + 4, len(tokens))):
        if k > after and text[tokens[k - 1].end : tokens[k].start] not in _WITHIN_BODIES:
            break
        if tokens[k].folded in words["bodies"]:
            return "body"
    return "next"


def _before(text: str, tokens: Sequence[Token], spot: Spot) -> str:
    """Read the capitals before a name: "body" ("Bank of England"), "person" ("George Washington") or ""."""
    if spot.first == 0:
        return ""
    words = library().words
    prior = tokens[spot.first - 1]
    gap = text[prior.end : spot.start]
    if gap == " of " and prior.folded == "state" and spot.first > 1 and tokens[spot.first - 2].folded == "islamic":
        return "body"
    if gap in (" of ", " of the ", " for ") and prior.folded in words["bodies"]:
        return "body" if prior.folded not in words["of_places"] else ""
    if gap in (" ", ". ") and prior.folded in words["titles"]:
        return "person"
    if gap != " " or prior.shouted or any(prior.folded in words[name] for name in _HARMLESS):
        return ""
    adjective = prior.folded in library().demonyms or text[prior.start : prior.end].rpartition("-")[2].islower()
    return "" if adjective or _starts_sentence(text, prior.start, words, prior.folded) else "person"


def _starts_sentence(text: str, start: int, words: dict[str, frozenset[str]], folded: str) -> bool:
    """Say whether a word has its capital from its place alone: it begins a sentence and is no given name."""
    if folded in words["given_names"]:
        return False
    head = text[max(0, start - 3) : start].rstrip(" \"“'‘")
    return not head or head[-1] in ".!?:\n"
