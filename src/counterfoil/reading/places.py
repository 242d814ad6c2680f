"""Finds the places that an article names and settles which places they are.

One expression finds words with a capital; runs of them are looked up in an embedded gazetteer; the words around a name
say whether it is a place at all (and not a person or a body); the article's other places say which of several it is.
Where two remain, none is chosen and the reason says so.

Source: GeoNames (CC BY 4.0), joined and renamed by tools/gazetteer.py; words in lexicon/places/words.toml.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, pairwise
from typing import Any, NamedTuple

from counterfoil.reading.model import Place
from counterfoil.spans import Span

BY = "places.gazetteer@1"
BY_SURROUNDINGS = "places.surroundings@1"
LONGEST = 7  # words in a name: "Southern Nations, Nationalities, and Peoples' Region" is as long as they get
MARGIN = 0.8  # what must separate the best candidate from one abroad: a factor of 3.4 in population, 10 ** (0.8 / 1.5)
MARGIN_AT_HOME = 0.6  # from one in the same country: a factor of two and a half
SAME_SPOT_KM = 60.0  # a town, its district and its province share a name and a middle within this
REACH = 90  # code points before a name that are read for the words which govern it
NEAR = 40  # code points, where the nearest two words are enough
NAMED = 0.8  # what makes a country one that the article speaks of: its name, or two of its towns
STRAY_KM = 1200.0  # from the middle of a country that the article names to a small place that it may mean
ENOUGH = 2.0  # evidence that makes a name a place; see _evidence

_WORD = re.compile(
    r"(?<!\w)(?:(?:[A-Z]\.){2,5}(?:[A-Z](?!\w))?"  # U.S., D.R.C
    r"|(?:St|Mt|Ft)\.(?= [A-Z])"
    r"|(?:(?:[AaEe][a-z]{1,2}|[DdLl])[-'’])?[^\W\d_a-zà-öø-ÿ][^\W_]*(?:[-'’ʼ][^\W_]+)*)"
)
_WORLD = re.compile(r"\b(?:[Ww]orldwide|[Gg]lobally|(?:[Aa]round|[Aa]cross|[Tt]hroughout|all over) the world)\b")
_PIECE = re.compile(r"[^\W_]+(?:[-'’ʼ.][^\W_]+)*|[^\w\s]|\n")
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
_ALL = ""  # the sum of what all names say for a country
_LISTING = frozenset((",", "and", ", and", "or", ", or", "&", "/"))
_SHORT = frozenset(("US", "UK", "EU", "UAE", "USA"))
_CURRENCY = frozenset("$£€¥")
_ENDS = frozenset("\n.!?;")
_MARKS = str.maketrans(
    dict.fromkeys("'’‘ʼʻ`´ʾʿ.", "")
    | dict(zip("-–\u00a0łøđıðəħ", (" ", " ", " ", "l", "o", "d", "i", "d", "a", "h"), strict=True))
    | {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
# How two words of one name may be joined, and what that is in a folded name.
_JOINTS = (
    {" ": " ", "\n": " ", "\u00a0": " ", "-": " ", "'s ": "s ", "’s ": "s "}
    | {
        f" {word} ": f" {word} "
        for word in "& of and the de del da do dos das du des la las le les los el al an ar as".split()
    }
    | {f" {word} ": f" {word} " for word in "ash at az ez ul i e y on upon sur am".split()}
    | {f" {words} ": f" {words} " for words in ("of the", "and the", "de la", "de los", "de las")}
)
# What may stand within a name that the gazetteer lacks.
_WITHIN = frozenset(
    {" ", " de la ", " de los "} | {f" {word} " for word in "de del da do dos du la le el al ez".split()}
)
_WITHIN_BODIES = frozenset({" ", " of ", " and ", " for ", " for the ", " of the "})
_JOINS = frozenset((" and ", ", and ", ", ", " or ", " & "))
_LISTED = 12  # names in such a list
_LEVELS = {"C": "country", "A": "admin1", "K": "city", "T": "city", "D": "city", "R": "region", "W": "world"}


_Support = dict[str, dict[str, float]]  # a country's code, or "USA/Texas": which names speak for it, and how much


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


class _Row(NamedTuple):  # tuples here and below: made by the thousand, and cheaper than frozen dataclasses
    """One place of the gazetteer.

    level  C country, K capital, A first-level division, D second, T town, R region, W world.
    """

    name: str
    level: str
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    note: str
    fame: float


class _Token(NamedTuple):
    start: int
    end: int
    folded: str
    shouted: bool  # in capitals throughout


class _Spot(NamedTuple):
    """A name of the gazetteer in the text, not yet known to be a place. first, last: its tokens."""

    start: int
    end: int
    first: int
    last: int
    key: str
    rows: tuple[_Row, ...]
    demonym: bool
    shouted: bool


class _Scene(NamedTuple):
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


class _Books(NamedTuple):
    """The gazetteer and the words, read once. `shelves` holds unparsed entries by the first three letters of a name."""

    lines: list[bytes]
    shelves: dict[bytes, bytes]
    ordinary: frozenset[str]
    abbreviations: dict[str, tuple[str, str]]
    demonyms: dict[str, tuple[str, ...]]
    words: dict[str, frozenset[str]]
    movement: dict[str, frozenset[str]]
    stems: tuple[str, ...]
    arrivals: tuple[str, ...]


def fold(name: str) -> str:
    """Return a name without case, accents, apostrophes and dots, hyphens as spaces.

    >>> fold("Côte d'Ivoire"), fold("Port-au-Prince")
    ('cote divoire', 'port au prince')
    """
    name = name.lower()
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(name.translate(_MARKS).split())


_folded = lru_cache(maxsize=1 << 14)(fold)


def lookup(name: str) -> tuple[Place, ...]:
    """Return all places of that name, the one that `find` would prefer without context first, then by population."""
    rows = sorted(_rows(_key(name)) or _rows(fold(name)), key=_by_fame, reverse=True)
    if rows:
        best = _town_or_division(rows[0], [row for row in rows if row.country == rows[0].country])
        rows = [best, *(row for row in rows if row is not best)]
    return tuple(_place(row, "by name alone") for row in rows)


def find(text: str) -> tuple[Mention, ...]:
    """Return the places that an article names, in text order, none over another; the whole article settles each."""
    tokens = _tokens(text)
    spots = _spots(text, tokens)
    scenes = [_scene(text, tokens, spot) for spot in spots]
    containers = _containers(text, spots, scenes)
    spots, scenes, containers = _without_strangers(text, spots, scenes, containers)
    support = _support(spots, scenes)
    mentions = _settled(text, spots, scenes, containers, support)
    mentions += _unlisted(text, tokens, spots, mentions)
    if "world" in text or "lobal" in text or "World" in text:
        mentions += [
            Mention(Span(*match.span()), Place("worldwide", level="world", reason="the words say so"), "place", BY)
            for match in _WORLD.finditer(text)
        ]
    mentions.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return tuple(kept)


@cache
def _books() -> _Books:
    """Read the gazetteer and the words from the package. Lines stay bytes until they are asked for."""
    import gzip
    import tomllib

    here = files("counterfoil.reading") / "lexicon"
    sections = gzip.decompress((here / "places" / "gazetteer.tsv.gz").read_bytes()).split(b"\f")
    words = tomllib.loads((here / "places" / "words.toml").read_text(encoding="utf-8"))
    people = tomllib.loads((here / "demonyms.toml").read_text(encoding="utf-8"))
    shelves = {line.partition(b"\t")[0]: line for line in sections[2].split(b"\n")}
    movement = words.pop("movement")
    return _Books(
        sections[1].split(b"\n"),
        shelves,
        frozenset(sections[3].decode().split("\n")),
        {
            cells[0]: (cells[1], cells[2])
            for line in sections[4].decode().split("\n")
            if len(cells := line.split("\t")) == 3
        },
        _demonyms(people),
        {name: frozenset(listed) for name, listed in words.items()}
        | {"persons_first": frozenset(words["given_names"] + words["titles"])}
        | {
            "no_members": frozenset(
                words["adjectives"] + words["function_words"] + words["times"] + words["directions"]
            )
        }
        | {"stops": frozenset(words["function_words"] + words["verbs"] + words["locative"])},
        {name: frozenset(listed) for name, listed in movement.items()},
        tuple(movement["stems"]),
        tuple(movement["arrivals"]),
    )


def _demonyms(people: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Turn the table round: folded demonym to country codes or names of regions; plurals are made here."""
    found: dict[str, tuple[str, ...]] = {}
    for whose in (people["country"], people["region"]):
        for home, listed in whose.items():
            for word in listed:
                folded = fold(word)
                for form in (folded,) if folded.endswith(("s", "ish", "ese", "ch", "men")) else (folded, folded + "s"):
                    found[form] = (*found.get(form, ()), home)
    return found


@cache
def _shelf(beginning: str) -> dict[str, tuple[int, ...]]:
    """Parse the names that begin with three letters: name to row numbers."""
    _, *entries = _books().shelves.get(beginning.encode("utf-8", "replace"), b"").decode().split("\t")
    return {name: tuple(map(int, numbers.split())) for name, _, numbers in (entry.partition("=") for entry in entries)}


@cache
def _row(number: int) -> _Row:
    name, level, country, admin1, latitude, longitude, population, note = _books().lines[number].decode().split("\t")
    y, x = (float(latitude), float(longitude)) if latitude else (None, None)
    return _Row(name, level, country, admin1, y, x, int(population), note, _fame(level, int(population)))


def _fame(level: str, population: int) -> float:
    """Return how far a place is to be expected before the article is read: 1.5 for each factor of ten in population."""
    if level in "RW" or not (population or level in "TKD"):
        return 11.0  # regions and territories written by hand, as if of twenty million
    return 1.5 * math.log10(max(population, 1000)) + {"C": 6.0, "K": 1.0, "D": -1.0}.get(level, 0.0)


def _by_fame(row: _Row) -> float:
    return row.fame


@lru_cache(maxsize=1 << 14)
def _rows(key: str) -> tuple[_Row, ...]:
    return tuple(map(_row, _shelf(key[:3]).get(key, ())))


@cache
def _country(code: str) -> _Row:
    """Return a country's row; countries stand first in the gazetteer."""
    return next(row for row in map(_row, range(300)) if row.level == "C" and row.country == code)


def _key(word: str) -> str:
    """Fold a word, but keep the capitals of short forms, so that "us" is no country (as tools/gazetteer.py does)."""
    bare = word.replace(".", "").replace(" ", "")
    return bare if len(bare) <= 5 and bare.isupper() and bare.isascii() else fold(word)


def _tokens(text: str) -> list[_Token]:
    """Return the words with a capital, possessive endings cut off."""
    found = []
    for match in _WORD.finditer(text):
        word, start = match[0], match.start()
        if len(word) > 2 and word[-1] == "s" and word[-2] in "'’":
            word = word[:-2]
        if len(word) > 100 or not (word[0].isupper() or word[1:4].strip(word[1:4].lower())):
            continue
        found.append(_Token(start, start + len(word), _folded(word), word.isupper()))
    return found


def _spots(text: str, tokens: Sequence[_Token]) -> list[_Spot]:
    """Look up runs of capitalised words, longest first; a compound ("Syria-Turkey") is also read by its parts."""
    found: list[_Spot] = []
    books = _books()
    i = 0
    while i < len(tokens):
        spot = _shortened(text, tokens, i, books, found) or _longest(text, tokens, i, books)
        if spot is not None:
            found.append(spot)
            i = spot.last + 1
            continue
        token = tokens[i]
        if "-" in text[token.start : token.end]:
            found += _parts(text, token, i)
        i += 1
    return found


def _shortened(text: str, tokens: Sequence[_Token], i: int, books: _Books, found: Sequence[_Spot]) -> _Spot | None:
    """Read the short form of a state after a town and a comma: "Mobile, Ala."."""
    token = tokens[i]
    if not found or found[-1].last != i - 1 or text[found[-1].end : token.start] != ", ":
        return None
    code, division = books.abbreviations.get(text[token.start : token.end], ("", ""))
    rows = tuple(row for row in _rows(fold(division)) if row.country == code and row.level == "A")
    if not rows:
        return None
    end = token.end + (text[token.end : token.end + 1] == ".")
    return _Spot(token.start, end, i, i, fold(division), rows, demonym=False, shouted=False)


def _longest(text: str, tokens: Sequence[_Token], i: int, books: _Books) -> _Spot | None:
    """Return the longest name that begins with token i."""
    best = None
    key = tokens[i].folded
    directions, no_names = books.words["directions"], books.words["no_names"]
    capitals = True
    for j in range(i, min(i + LONGEST, len(tokens))):
        token = tokens[j]
        if j > i:
            gap = tokens[j - 1].end
            joint = _JOINTS.get(text[gap : token.start]) if token.start - gap <= 8 else None
            if joint is None:
                break
            key = key + joint + token.folded
        capitals = capitals and token.shouted
        short = j == i and capitals and len(key) <= 5
        rows = _rows(key.upper()) if short else ()
        shouted = capitals and not rows
        if short and rows and text[token.end : token.end + 1] in _CURRENCY:
            return None  # "US$1.2 million"
        if not rows and len(key) > 2:
            rows = _rows(key)
        homes = books.demonyms.get(key, ())
        if homes and any(row.level == "C" for row in rows):
            homes = ()  # "Philippines" is none
        if homes:
            rows = tuple(_country(home) if len(home) == 3 and home.isupper() else _region(home) for home in homes)
            shouted = False
        generic = key in directions and _kind(text, token.end, wide=False)[0] != "division"
        if generic or key in no_names:
            continue  # "Northern Region" is a name, "Northern" is none
        if rows:
            name = key.upper() if short and not shouted and not homes else key
            best = _Spot(tokens[i].start, token.end, i, j, name, rows, bool(homes), shouted)
    return best


@cache
def _region(name: str) -> _Row:
    return max(_rows(fold(name)), key=lambda row: row.level in "RA" and row.name == name)


def _parts(text: str, token: _Token, i: int) -> list[_Spot]:
    """Look up the parts of a compound that begin with a capital: both of "Syria-Turkey", the first of "Iran-backed"."""
    found = []
    at = token.start
    for part in text[token.start : token.end].split("-"):
        if part[:1].isupper():
            key = _key(part)
            homes = _books().demonyms.get(fold(part), ())
            rows = tuple(_country(home) for home in homes if home.isupper()) or tuple(
                row for row in _rows(key) if row.level in "CR"
            )
            if rows:
                found.append(_Spot(at, at + len(part), i, i, key, rows, bool(homes), shouted=False))
        at += len(part) + 1
    return found


def _behind(text: str, start: int, reach: int) -> list[str]:
    """Return the words and marks before an offset in its sentence, nearest first; `reach` code points are looked at."""
    low = max(0, start - reach)
    found = _PIECE.findall(text[low:start])
    if low:
        del found[:1]  # it may be cut
    found.reverse()
    for k, piece in enumerate(found):
        if piece in _ENDS:
            return found[:k]
    return found


def _scene(text: str, tokens: Sequence[_Token], spot: _Spot) -> _Scene:
    """Read the words before and after a spot."""
    words = _books().words
    start, end = spot.start, spot.end
    if spot.demonym:
        return _Scene(start, end, "", (), (), "", "", "", dateline=False)
    levels = {row.level for row in spot.rows}
    wide = "C" in levels and "A" not in levels  # "Niger state" is one, "Syria state media" names none
    back = [piece.lower() for piece in _behind(text, start, REACH)]
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
    kind, stretch, after = _kind(text, end, wide)
    company = _company(text, tokens, spot, stretch)
    if company not in ("person", "body"):
        end += stretch
    if not kind and lead == "of" and before and not wide and _kinds().get(before[0]) in ("division", "settlement"):
        kind = _kinds()[before[0]]
    at_line = spot.start == 0 or text[spot.start - 1] == "\n"
    dateline = at_line and _DATELINE.match(text, spot.end, spot.end + 80) is not None
    return _Scene(start, end, lead, before, after, direction, kind, company, dateline)


def _kind(text: str, end: int, wide: bool) -> tuple[str, int, tuple[str, ...]]:
    """Read the type word after a name ("province", "refugee camp"): its kind, its length, the words that follow.

    wide  the name is a country's: "Syria state media" names no state.
    """
    words = _books().words
    ahead = text[end : end + 60]
    if ahead[:1] != " ":
        return "", 0, tuple(match[0].lower() for match in islice(_PIECE.finditer(ahead), 3))
    # Three words may lead to the type word, and three behind it are asked for.
    pieces = [(match[0].lower(), match.start(), match.end()) for match in islice(_PIECE.finditer(ahead), 6)]
    k = 0
    at = 0
    while k < len(pieces) and k < 3 and ahead[at : pieces[k][1]] == " ":
        word, _, at = pieces[k]
        kind = _kinds().get(word, "") if k == 0 else "facility" if word in words["facilities"] else ""
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
def _kinds() -> dict[str, str]:
    """Return type words and what they make of a name: "division", "district", "settlement", "facility", "feature"."""
    lists = {
        "features": "feature",
        "facilities": "facility",
        "settlements": "settlement",
        "districts": "district",
        "divisions": "division",
    }
    return {word: kind for listed, kind in lists.items() for word in _books().words[listed]}


def _company(text: str, tokens: Sequence[_Token], spot: _Spot, stretch: int) -> str:
    """Say what the capitalised words beside a name make of it."""
    if spot.demonym:
        return ""
    prior = _before(text, tokens, spot)
    return prior or ("" if stretch else _beyond(text, tokens, spot))


def _beyond(text: str, tokens: Sequence[_Token], spot: _Spot) -> str:
    """Read the capitals after a name: "body" ("London School"), "attribute" ("Iran President"), "next" or ""."""
    words = _books().words
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


def _before(text: str, tokens: Sequence[_Token], spot: _Spot) -> str:
    """Read the capitals before a name: "body" ("Bank of England"), "person" ("George Washington") or ""."""
    if spot.first == 0:
        return ""
    words = _books().words
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
    adjective = prior.folded in _books().demonyms or text[prior.start : prior.end].rpartition("-")[2].islower()
    return "" if adjective or _starts_sentence(text, prior.start, words, prior.folded) else "person"


def _starts_sentence(text: str, start: int, words: dict[str, frozenset[str]], folded: str) -> bool:
    """Say whether a word has its capital from its place alone: it begins a sentence and is no given name."""
    if folded in words["given_names"]:
        return False
    head = text[max(0, start - 3) : start].rstrip(" \"“'‘")
    return not head or head[-1] in ".!?:\n"


def _containers(text: str, spots: Sequence[_Spot], scenes: Sequence[_Scene]) -> list[int | None]:
    """For each spot, the index of its neighbour where that contains it: "Herat, Afghanistan", "China's Zhuhai"."""
    found: list[int | None] = [None] * len(spots)
    for i in range(len(spots) - 1):
        spot, following = spots[i], spots[i + 1]
        if text[spot.end : scenes[i + 1].start] in ("'s ", "’s ") and not spot.demonym and _inside(following, spot):
            found[i + 1] = i
        gap = text[scenes[i].end : following.start]
        if len(gap) > 24 or following.demonym or spot.demonym:
            continue
        link = gap.strip()
        direction = scenes[i + 1].direction
        if link in (
            ",",
            f", {direction}",
            ", in",
            "in",
            f"in {direction}",
            "in the",
            f"in {direction}".strip(),
        ) and _inside(spot, following):
            found[i] = i + 1
    return found


def _without_strangers(
    text: str, spots: list[_Spot], scenes: list[_Scene], containers: list[int | None]
) -> tuple[list[_Spot], list[_Scene], list[int | None]]:
    """Leave out towns that lie elsewhere than the division after them: no Randolph of ours is in New Hampshire."""
    strangers = {
        i
        for i in range(len(spots) - 1)
        if containers[i] is None
        and scenes[i].lead in _books().words["locative"]
        and text[spots[i].end : spots[i + 1].start] == ", "
        and all(row.level in "TD" and row.population < 500_000 for row in spots[i].rows)
        and any(row.level == "A" for row in spots[i + 1].rows)
        and text[spots[i + 1].end : spots[i + 1].end + 5] != " and "
    }
    if not strangers:
        return spots, scenes, containers
    kept = [i for i in range(len(spots)) if i not in strangers]
    at = {i: k for k, i in enumerate(kept)}
    return (
        [spots[i] for i in kept],
        [scenes[i] for i in kept],
        [at.get(-1 if (c := containers[i]) is None else c) for i in kept],
    )


def _inside(spot: _Spot, container: _Spot) -> tuple[_Row, ...]:
    """Return the spot's candidates that lie in a candidate of the container."""
    if any(row.level == "C" for row in spot.rows):
        return ()
    countries = {row.country for row in container.rows if row.level == "C"}
    divisions = {(row.country, row.name) for row in container.rows if row.level in "AR"}
    return tuple(row for row in spot.rows if row.country in countries or (row.country, row.admin1) in divisions)


def _support(spots: Sequence[_Spot], scenes: Sequence[_Scene]) -> _Support:
    """Collect which names speak for which country or division ("USA/Texas"), and how much.

    A country's own name counts 1, a town's 0.4.
    """
    support: _Support = defaultdict(dict)
    shared = _books().words["shared_countries"]
    for spot, scene in zip(spots, scenes, strict=True):
        if scene.company == "person":
            continue
        own = {row.country for row in spot.rows if row.level == "C"}
        if own and spot.key not in shared:
            for code in own:
                support[code][spot.key] = 1.0 / len(own)
            continue
        best = max(spot.rows, key=_by_fame)
        rival = max((row.fame for row in spot.rows if row.country != best.country), default=0.0)
        if (
            best.country
            and best.fame - rival >= MARGIN
            and spot.key not in _books().ordinary
            and spot.key not in shared
        ):
            support[best.country][spot.key] = 0.4
            if best.admin1:
                support[f"{best.country}/{best.admin1}"][spot.key] = 0.4
        for row in spot.rows:
            if row.level == "A":
                support[f"{row.country}/{row.name}"][spot.key] = 1.0
    for names in support.values():
        names[_ALL] = sum(names.values())
    return support


def _backing(support: _Support, where: str, key: str) -> float:
    """Return how strongly names other than `key` speak for a place, 0 to 1."""
    names = support.get(where)
    return 0.0 if names is None else min(1.0, names[_ALL] - names.get(key, 0.0))


def _choose(
    spot: _Spot, scene: _Scene, rows: tuple[_Row, ...], support: _Support, beside: str = ""
) -> tuple[_Row | None, str]:
    """Settle a name, or say between which places it hangs. beside: level of the place before it in a list."""
    wanted = {"division": "A", "settlement": "TK", "district": "DTK"}.get(scene.kind, "")
    if not wanted and spot.key in _books().words["towns_first"]:
        wanted = "A" if beside == "admin1" else "TK"
    if any(row.level in wanted for row in rows):
        rows = tuple(row for row in rows if row.level in wanted)
    if len(rows) == 1:
        return rows[0], "the only place of that name"
    shared = spot.key in _books().words["shared_countries"]

    def score(row: _Row) -> float:
        # The United States are named in so many articles (a third of the training articles) that it says less.
        named = (2.0 if row.country == "USA" else 3.0) * _backing(support, row.country, spot.key)
        division = row.name if row.level == "A" else row.admin1
        return (
            row.fame
            + named
            + 1.5 * _backing(support, f"{row.country}/{division}", spot.key)
            - (5.0 if shared and row.level == "C" else 0.0)
        )

    ranked = sorted(rows, key=score, reverse=True)
    best = ranked[0]
    for other in ranked[1:]:
        if _is_near(other, best):
            continue
        if score(best) - score(other) < (MARGIN_AT_HOME if other.country == best.country else MARGIN):
            return None, f"it may be {_title(best)} or {_title(other)}"
    best = next((row for row in ranked if fold(row.name) == spot.key and _is_near(row, best)), best)
    best = _town_or_division(best, [row for row in ranked if row.country == best.country])
    backing = _backing(support, best.country, spot.key)
    why = (
        f"the article names {_country(best.country).name}" if backing >= 1 and best.country else "by far the best known"
    )
    return best, f"one of {len(rows)} of that name; {why}"


def _is_stray(row: _Row, key: str, support: _Support) -> bool:
    """Say whether a small place lies far from all countries that the article names, while it names some.

    What is meant is then rather one that the gazetteer lacks (Sharya in Iraq, not in Russia).
    """
    small = row.population < 300_000 and (row.level in "TD" or (row.level == "A" and row.population))
    first, _, last = key.partition(" ")
    if _backing(support, row.country, key):
        return False
    if first in _books().words["directions"] and last in _kinds():
        return True  # many countries have a Southern District
    if not small:
        return False
    named = [_country(code) for code in support if len(code) == 3 and _backing(support, code, key) >= NAMED]
    return bool(named) and all(_kilometres(row, country) > STRAY_KM for country in named)


def _is_near(one: _Row, other: _Row) -> bool:
    """Say whether two rows of one name are one place at two levels, or neighbours in one country."""
    return one.country == other.country and (
        bool({one.level, other.level} & set("AD")) or _kilometres(one, other) < SAME_SPOT_KM
    )


def _town_or_division(best: _Row, rows: Iterable[_Row]) -> _Row:
    """Of a town and a division that share a name, take the town, unless it is small."""
    if best.level == "A":
        for row in rows:
            if (
                row.level in "TK"
                and row.population >= 100_000
                and fold(row.name) == fold(best.name)
                and (row.admin1 == best.name or _kilometres(row, best) < 2 * SAME_SPOT_KM)
            ):
                return row
    return best


def _kilometres(one: _Row, other: _Row) -> float:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    x = math.radians(other.longitude - one.longitude) * math.cos(math.radians((one.latitude + other.latitude) / 2))
    return 6371 * math.hypot(x, math.radians(other.latitude - one.latitude))


def _evidence(
    spot: _Spot,
    scene: _Scene,
    support: _Support,
    persons: frozenset[str],
    contained: bool,
) -> float:
    """Add up what speaks for a name being a place: at least ENOUGH makes it one.

    Weights were set by hand and checked against the place spans of the training articles.
    """
    words = _books().words
    best = max(spot.rows, key=_by_fame)
    total = {"C": 4.0, "R": 3.0, "W": 2.0, "K": 2.5, "A": 2.0 if best.population >= 500_000 else 1.2, "D": -0.5}.get(
        best.level, 0.0
    )
    if best.level == "T":
        total += (
            2.0
            if best.population >= 1_000_000
            else 1.0
            if best.population >= 100_000
            else 0.0
            if best.population >= 15_000
            else -0.5
        )
    one_word = " " not in spot.key
    total += 0.0 if one_word else 0.7 if spot.key.count(" ") == 1 else 1.4
    if best.level not in "CRW":
        known = best.level == "K" or best.population >= 500_000
        if one_word and spot.key in _books().ordinary:
            total -= 1.5 if known else 3.0
        if one_word and spot.key in words["given_names"]:
            total -= 0.5 if known else 1.5
        total -= 1.5 if len(spot.key) <= 3 and not known else 0.0
        total -= 1.5 if scene.after[:1] and scene.after[0] in words["says"] and best.level in "TD" else 0.0
        total += 1.5 if scene.after[:1] and scene.after[0] in words["holders"] else 0.0
        total -= 2.0 if spot.shouted and not scene.dateline and len(spot.key) <= 5 else 0.0
        total += max(_backing(support, row.country, spot.key) for row in spot.rows)
    if scene.lead in words["locative"]:
        total += 2.0
    elif scene.lead in words["movers"]:
        total += 1.5
    elif scene.lead == "of":
        total += (
            2.5
            if scene.before[:1]
            and (
                scene.before[0] in words["of_places"] or scene.before[0] in ("km", "miles", "kilometres", "kilometers")
            )
            else 0.5
        )
    total += {"division": 2.0, "district": 2.0, "settlement": 2.0, "facility": 1.5, "feature": 1.5}.get(scene.kind, 0.0)
    total += 4.0 if contained else 0.0
    total += 3.0 if scene.dateline else 0.0
    total += 1.0 if scene.direction else 0.0
    total -= 0.0 if spot.key not in persons else 2.0 if best.level in "CARWK" else 3.0
    if scene.company == "person":
        total -= 6.0
    elif scene.company == "next":
        if best.level in "CRW":
            total -= 5.0 if spot.key in words["person_countries"] else 1.5
        else:
            total -= 2.0 if scene.lead in words["locative"] else 5.0
    return total


def _settled(
    text: str,
    spots: Sequence[_Spot],
    scenes: Sequence[_Scene],
    containers: Sequence[int | None],
    support: _Support,
) -> list[Mention]:
    """Weigh, settle and join the spots: "Palmyra, Syria" is one mention."""
    persons = frozenset(spot.key for spot, scene in zip(spots, scenes, strict=True) if scene.company == "person")
    weights = [
        ENOUGH if spot.demonym else _evidence(spot, scenes[i], support, persons, containers[i] is not None)
        for i, spot in enumerate(spots)
    ]
    sure = {spot.key for i, spot in enumerate(spots) if weights[i] >= ENOUGH and not scenes[i].company}
    mentions: list[Mention] = []
    role, end, taken = "", -1, -1  # of the last mention; taken: the last spot that became part of one before it
    for i, (spot, scene) in enumerate(zip(spots, scenes, strict=True)):
        if i <= taken:
            continue
        if spot.demonym:
            row, reason = _choose(spot, scene, spot.rows, support)
            place = _place(row, reason) if row else _unsettled(spot, text, reason)
            mentions.append(Mention(Span(spot.start, spot.end), place, "demonym", BY))
            continue
        listed = end >= 0 and scene.start - end <= 6 and text[end : scene.start].strip(" ") in _LISTING
        again = 1.5 if spot.key in sure else 0.0  # it is a place elsewhere in the article
        if scene.company == "body" or weights[i] + again + (1.5 if listed and not _is_led(scene) else 0.0) < ENOUGH:
            end = -1
            continue
        beside = mentions[-1].place.level if listed and mentions else ""
        place = _located(text, spots, scene, i, containers[i], support, beside)
        if scene.company == "attribute" or _is_adjective(text, spot, scene):
            mentions.append(Mention(Span(spot.start, spot.end), place, "demonym", BY))
            end = -1
            continue
        owner = containers[i]
        owned = owner is not None and owner < i and end == scenes[owner].end  # "crossed into Chad's Ouaddai province"
        if owned and mentions[-1].role != "demonym":
            mentions[-1] = replace(mentions[-1], role="demonym")  # the part is where it was, the country whose
        if not (role and (listed or owned)):
            role = _role(scene, mentions[-1] if mentions else None, text)
        end, container = scene.end, containers[i]
        while container is not None and container > i and not scene.dateline:
            if text[end : scenes[container].start].strip() != ",":
                break
            end, taken, container = scenes[container].end, container, containers[container]
        mentions.append(Mention(Span(scene.start, end), place, role, BY))
    return mentions


def _located(
    text: str,
    spots: Sequence[_Spot],
    scene: _Scene,
    i: int,
    container: int | None,
    support: _Support,
    beside: str,
) -> Place:
    """Settle one spot by its container, if it has one, and by the article. beside: level of its neighbour in a list."""
    spot = spots[i]
    if scene.kind == "feature" and not any(row.level == "R" for row in spot.rows):
        return Place(text[scene.start : scene.end], reason="it bears a place's name and may lie elsewhere")
    rows = _inside(spot, spots[container]) if container is not None else spot.rows
    row, reason = _choose(spot, scene, rows, support, beside)
    if row is None:
        return _unsettled(spot, text, reason)
    if container is not None and len(rows) < len(spot.rows):
        reason = f"beside it stands {spots[container].rows[0].name}"
    if container is None and _is_stray(row, spot.key, support):
        reason = f"the one known is {_title(row)}, far from the countries that the article names"
        return Place(text[spot.start : spot.end], reason=reason)
    return _directed(_place(row, reason), scene.direction, row)


def _is_led(scene: _Scene) -> bool:
    """Say whether a word that governs places stands before it, so that its place in a list adds nothing."""
    words = _books().words
    return scene.lead == "of" or scene.lead in words["locative"] or scene.lead in words["movers"]


def _is_adjective(text: str, spot: _Spot, scene: _Scene) -> bool:
    """Say whether a short form stands before a noun: "US troops"."""
    if spot.key not in _SHORT or text[spot.end : spot.end + 1] != " " or not scene.after:
        return False
    return scene.after[0] not in _books().words["stops"] and scene.after[0][:1].isalpha()


def _role(scene: _Scene, previous: Mention | None, text: str) -> str:
    """Tell origin, destination and transit of a movement from a plain place."""
    movement = _books().movement
    near = scene.before[:8]

    def moves(words: Iterable[str]) -> bool:
        return any(word in movement["words"] or word.startswith(_books().stems) for word in words)

    if scene.lead in movement["direct_origin"]:
        ends = (
            not scene.after
            or not scene.after[0][:1].isalpha()
            or scene.after[0] in _books().words["stops"]
            or scene.after[0].endswith("ly")
        )
        return "origin" if ends else "place"
    if scene.lead in movement["direct_destination"]:
        return "destination"
    if (scene.lead == "from" or (scene.lead == "of" and near[:1] == ("out",))) and moves(near):
        return "origin"
    if scene.lead in movement["into"] and (
        moves(near)
        or (
            previous is not None
            and previous.role == "origin"
            and scene.start - previous.span.end < 12
            and text[previous.span.end : scene.start].strip() in ("to", "into", "back to")
        )
    ):
        return "destination"
    if scene.lead == "for" and any(word in movement["bound"] for word in near[:2]):
        return "destination"
    if scene.lead in ("in", "at") and any(word.startswith(_books().arrivals) for word in near[:3]):
        return "destination"
    if scene.lead in movement["through"] and moves(near):
        return "transit"
    return "place"


def _title(row: _Row) -> str:
    """Write a place as labels do: "Herat, Afghanistan"; with its division where the country has more of the name."""
    if row.level in "CW" or not row.country:
        return row.name
    country = _country(row.country).name
    if row.level in "TD" and row.admin1:
        rivals = [other for other in _rows(fold(row.name)) if other.country == row.country and other.level in "TKD"]
        if any(
            3 * other.population > row.population and _kilometres(row, other) > SAME_SPOT_KM
            for other in rivals
            if other != row
        ):
            return f"{row.name}, {row.admin1}, {country}"
    return f"{row.name}, {country}"


def _place(row: _Row, reason: str) -> Place:
    admin1 = row.name if row.level == "A" else row.admin1
    reason = f"{reason}; {row.note}" if row.note else reason
    return Place(
        _title(row), row.country or None, admin1 or None, _LEVELS[row.level], row.latitude, row.longitude, reason
    )


def _directed(place: Place, direction: str, row: _Row) -> Place:
    """Narrow a place to a part of it; a part of a country is a region whose middle is not known."""
    if not direction:
        return place
    wide = row.level in "CARW"
    return Place(
        f"{direction} {place.name}", place.country, place.admin1, "region" if wide else place.level,
        None if wide else place.latitude, None if wide else place.longitude, f"a part of {row.name}; {place.reason}",
    )  # fmt: skip


def _unsettled(spot: _Spot, text: str, reason: str) -> Place:
    """Keep the words where no one place could be chosen; the country stays if all candidates share it."""
    countries = {row.country for row in spot.rows}
    country = countries.pop() if len(countries) == 1 else ""
    return Place(text[spot.start : spot.end], country or None, reason=reason)


def _unlisted(
    text: str, tokens: Sequence[_Token], spots: Sequence[_Spot], mentions: Sequence[Mention]
) -> list[Mention]:
    """Find names that the gazetteer lacks, where the words beside them say that they are places.

    Their level is "unknown". The country is that of the place after a comma, or the only one the article names.
    A name that was a place once is one wherever it stands again.
    """
    books = _books()
    found = {mention.span.start for mention in mentions}
    taken = {k for spot in spots if spot.start in found for k in range(spot.first, spot.last + 1)}
    refused = {k for spot in spots for k in range(spot.first, spot.last + 1)}
    settled = [mention for mention in mentions if mention.role != "demonym" and mention.place.level != "unknown"]
    following = {mention.span.start: mention for mention in settled}
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
        while j < len(tokens) and j - i < LONGEST and text[tokens[j - 1].end : tokens[j].start] in _WITHIN:
            j += 1
        first = i
        while first < j and tokens[first].folded in books.words["function_words"]:
            first += 1
        run = tokens[first:j]
        if run and taken.isdisjoint(range(first, j)):
            name = Span(run[0].start, run[-1].end)
            doubted = not refused.isdisjoint(range(first, j)) or (len(run) == 1 and run[0].folded in families)
            span = _by_surroundings(text, run, following, strictly=doubted)
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


def _sharing(text: str, tokens: Sequence[_Token]) -> set[str]:
    """Return the names that share one type word, folded: "Uror, Nyirol and Akobo counties"."""
    books = _books()
    found: set[str] = set()
    ends = {token.end: j for j, token in enumerate(tokens)}
    for end, j in [
        (at, ends[at]) for plural in books.words["plurals"] for at in _places_of(plural, text) if at in ends
    ]:
        members: list[list[str]] = []
        while j >= 0 and len(members) < _LISTED and tokens[j].end == end:
            i = j
            while i > 0 and text[tokens[i - 1].end : tokens[i].start] in _WITHIN and j - i < LONGEST:
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


def _by_surroundings(text: str, run: Sequence[_Token], following: dict[int, Mention], *, strictly: bool) -> Span | None:
    """Return the span of an unlisted name if the words beside it make it a place, else None.

    strictly  a preposition is not enough: the name holds one that was weighed and refused ("Paris Hilton"), or ends a
              longer one elsewhere, as a family's does.
    """
    words = _books().words
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
    back = _behind(text, start, NEAR)
    article = back[:1] in (["the"], ["The"])
    while back and (back[0].lower() in words["passed_over"] or back[0].lower() in words["directions"]):
        del back[0]
    lead, noun = (*(word.lower() for word in back[:2]), "", "")[:2]
    located = lead in words["locative"] and lead not in ("for", "to", "between", "off")
    if not (located or article or lead == "of"):
        return None
    kind, stretch, after = _kind(text, end, wide=False)
    if kind and (located or article):
        return Span(start, end + stretch)
    if len(run) > 1 and folded[0] not in words["directions"] and _kinds().get(folded[-1]) and (located or article):
        return Span(start, end)
    if lead == "of" and (
        _kinds().get(noun) in ("settlement", "district", "division")
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
    beside = following.get(span.end + 2) if text[span.end : span.end + 2] == ", " else None
    if beside is not None and beside.place.country:
        place = Place(
            f"{name}, {beside.place.name}", beside.place.country, reason=f"{reason}; {beside.place.name} follows"
        )
        return Mention(Span(span.start, beside.span.end), place, "place", BY_SURROUNDINGS)
    if len(countries) == 1:
        reason += f"; all places that the article names are of {_country(next(iter(countries))).name}"
    return Mention(span, Place(name, reason=reason), "place", BY_SURROUNDINGS)
