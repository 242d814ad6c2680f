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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from counterfoil.reading.model import Place
from counterfoil.spans import Span

BY = "places.gazetteer@1"
LONGEST = 7  # words in a name: "Southern Nations, Nationalities, and Peoples' Region" is as long as they get
MARGIN = 1.0  # what must separate the best candidate from one abroad: a factor of five in population (1.5 x log10 5)
MARGIN_AT_HOME = 0.6  # from one in the same country: a factor of two and a half
SAME_SPOT_KM = 60.0  # a town, its district and its province share a name and a middle within this
ENOUGH = 2.0  # evidence that makes a name a place; see _evidence

_WORD = re.compile(
    r"(?<!\w)(?:(?:[A-Z]\.){2,5}(?:[A-Z](?!\w))?"  # U.S., D.R.C
    r"|(?:St|Mt|Ft)\.(?= [A-Z])"
    r"|(?:(?:[AaEe][a-z]{1,2}|[DdLl])[-'’])?[^\W\d_a-zà-öø-ÿ][^\W_]*(?:[-'’ʼ][^\W_]+)*)"
)
_WORLD = re.compile(r"\b(?:worldwide|globally|(?:around|across|throughout|all over|in) the world)\b", re.IGNORECASE)
_PIECE = re.compile(r"[^\W_]+(?:[-'’ʼ.][^\W_]+)*|[^\w\s]|\n")
_DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]{1,30})?(?:,? \w{3,9}\.? \d{1,2})?(?: \([^)\n]{2,30}\))? ?(?:—|–|--|- |: | \([A-Z])"
)
_MARKS = str.maketrans(
    dict.fromkeys("'’‘ʼʻ`´ʾʿ.", "")
    | {"-": " ", "–": " ", "\u00a0": " ", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a", "ħ": "h"}
)  # fmt: skip
# How two words of one name may be joined, and what that is in a folded name.
_JOINTS = {" ": " ", "\n": " ", "\u00a0": " ", "-": " ", "'s ": "s ", "’s ": "s ", " & ": " & "} | {
    f" {word} ": f" {word} "
    for word in "of and the de del da do dos das du des la las le les los el al an ar as ash at az ez ul i e y on upon sur am ".split()
} | {" of the ": " of the ", " and the ": " and the ", " de la ": " de la ", " de los ": " de los ", " de las ": " de las "}  # fmt: skip
_LEVELS = {"C": "country", "A": "admin1", "K": "city", "T": "city", "D": "city", "R": "region", "W": "world"}


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


@dataclass(frozen=True, slots=True)
class _Row:
    """One place of the gazetteer. level: C country, K capital, A first-level division, D second, T town, R region, W world."""

    name: str
    level: str
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    note: str


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    folded: str
    shouted: bool  # in capitals throughout


@dataclass(frozen=True, slots=True)
class _Spot:
    """A name of the gazetteer in the text, not yet known to be a place. first, last: its tokens."""

    start: int
    end: int
    first: int
    last: int
    key: str
    rows: tuple[_Row, ...]
    demonym: bool
    shouted: bool


@dataclass(frozen=True, slots=True)
class _Scene:
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


@dataclass(frozen=True, slots=True)
class _Books:
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


def lookup(name: str) -> tuple[Place, ...]:
    """Return all places of that name, most populous first, countries before all."""
    rows = _rows(_key(name)) or _rows(fold(name))
    return tuple(_place(row, "by name alone") for row in sorted(rows, key=_fame, reverse=True))


def find(text: str) -> tuple[Mention, ...]:
    """Return the places that an article names, in text order, none over another; each name is settled by the whole article."""
    tokens = _tokens(text)
    spots = _spots(text, tokens)
    scenes = [_scene(text, tokens, spot) for spot in spots]
    containers = _containers(text, spots, scenes)
    support = _support(spots, scenes)
    mentions = _settled(text, spots, scenes, containers, support)
    mentions += _unlisted(text, tokens, spots, mentions)
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
        {name: frozenset(listed) for name, listed in words.items()},
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
    at = (float(latitude), float(longitude)) if latitude else (None, None)
    return _Row(name, level, country, admin1, *at, int(population), note)


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
    folded: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word, start = match[0], match.start()
        if len(word) > 2 and word[-1] == "s" and word[-2] in "'’":
            word = word[:-2]
        if len(word) > 100 or not (word[0].isupper() or word[1:4].strip(word[1:4].lower())):
            continue
        if word not in folded:
            folded[word] = fold(word)
        found.append(_Token(start, start + len(word), folded[word], word.isupper()))
    return found


def _spots(text: str, tokens: Sequence[_Token]) -> list[_Spot]:
    """Look up runs of capitalised words, longest first; a compound ("Syria-Turkey") is also read by its parts."""
    found: list[_Spot] = []
    books = _books()
    i = 0
    while i < len(tokens):
        spot = _longest(text, tokens, i, books)
        if spot is not None:
            found.append(spot)
            i = spot.last + 1
            continue
        token = tokens[i]
        if "-" in text[token.start : token.end]:
            found += _parts(text, token, i)
        i += 1
    return found


def _longest(text: str, tokens: Sequence[_Token], i: int, books: _Books) -> _Spot | None:
    """Return the longest name that begins with token i."""
    best = None
    key = tokens[i].folded
    for j in range(i, min(i + LONGEST, len(tokens))):
        token = tokens[j]
        if j > i:
            gap = tokens[j - 1].end
            joint = _JOINTS.get(text[gap : token.start]) if token.start - gap <= 8 else None
            if joint is None:
                break
            key = key + joint + token.folded
        short = j == i and token.shouted and len(token.folded) <= 5
        rows = _rows(key.upper()) if short else ()
        shouted = not rows and all(one.shouted for one in tokens[i : j + 1])
        homes = books.demonyms.get(key, ()) if not rows else ()
        if homes:
            rows = tuple(_country(home) if len(home) == 3 and home.isupper() else _region(home) for home in homes)
            shouted = False
        elif not rows and len(key) > 2:
            rows = _rows(key)
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


def _scene(text: str, tokens: Sequence[_Token], spot: _Spot) -> _Scene:
    """Read the words before and after a spot."""
    words = _books().words
    start, end = spot.start, spot.end
    window = text[max(0, start - 90) : start]
    back = [(match[0].lower(), match.start() - len(window)) for match in _PIECE.finditer(window)]
    for cut in range(len(back) - 1, -1, -1):
        if back[cut][0] in ("\n", ".", "!", "?", ";") or (cut == 0 and len(window) == 90):
            back = back[cut + 1 :]
            break
    back.reverse()
    k = 0
    direction = ""
    if back and back[0][0] in words["directions"] and window[-1:] in (" ", "-") and not spot.demonym:
        direction, k = text[start + back[0][1] : start].rstrip(" -"), 1
        start += back[0][1]
    article = k < len(back) and back[k][0] == "the"
    if article and spot.key.rpartition(" ")[2].lower() in words["articled"]:
        start = spot.start + back[k][1]
    while k < len(back) and (back[k][0] in words["passed_over"] or back[k][0] in words["directions"]):
        k += 1
    ahead = text[end : end + 60]
    after = [(match[0], match.start(), match.end()) for match in _PIECE.finditer(ahead)]
    kind, stretch = _kind(ahead, after, spot)
    company = _company(text, tokens, spot, stretch)
    if company not in ("person", "body"):
        end += stretch
    if not kind and k + 1 < len(back) and back[k][0] == "of":
        noun = back[k + 1][0]
        kind = (
            "division"
            if noun in words["divisions"]
            else "settlement"
            if noun in words["settlements"] | words["districts"]
            else ""
        )
    at_line = spot.start == 0 or text[spot.start - 1] == "\n"
    return _Scene(
        start, end, back[k][0] if k < len(back) else "", tuple(word for word, _ in back[k + 1 : k + 11]),
        tuple(word.lower() for word, at, _ in after if at >= stretch)[:3], direction, kind, company,
        at_line and _DATELINE.match(text, spot.end, spot.end + 80) is not None,
    )  # fmt: skip


def _kind(ahead: str, after: Sequence[tuple[str, int, int]], spot: _Spot) -> tuple[str, int]:
    """Read the type word after a name ("province", "refugee camp"); return what it makes of it and where it ends."""
    words = _books().words
    if spot.demonym or not after or ahead[: after[0][1]] != " ":
        return "", 0
    word = after[0][0].lower()
    for name in ("divisions", "districts", "settlements", "facilities"):
        if word in words[name]:
            country = any(row.level == "C" for row in spot.rows)
            if country and name != "facilities":
                return "", 0  # "Syria state media"
            return {
                "divisions": "division",
                "districts": "district",
                "settlements": "settlement",
                "facilities": "facility",
            }[name], after[0][2]
    if word in words["middles"] and len(after) > 1 and ahead[after[0][2] : after[1][1]] == " ":
        following = after[1][0].lower()
        if following in words["middles"] and len(after) > 2:
            return ("facility", after[2][2]) if after[2][0].lower() in words["facilities"] else ("", 0)
        if following in words["facilities"]:
            return "facility", after[1][2]
    return "", 0


def _company(text: str, tokens: Sequence[_Token], spot: _Spot, stretch: int) -> str:
    """Say what the capitalised words beside a name make of it."""
    words = _books().words
    after = spot.last + 1
    if spot.demonym:
        return ""
    if stretch == 0 and after < len(tokens) and text[spot.end : tokens[after].start] == " ":
        following = tokens[after]
        if following.folded in words["times"] or following.folded in words["function_words"]:
            return (
                "attribute"
                if any(row.level == "C" for row in spot.rows) and following.folded in words["bodies"]
                else ""
            )
        for k in range(after, min(after + 4, len(tokens))):
            if k > after and text[tokens[k - 1].end : tokens[k].start] not in (
                " ",
                " of ",
                " and ",
                " for ",
                " for the ",
                " of the ",
            ):
                break
            if tokens[k].folded in words["bodies"]:
                return "body"
        beside = "after"
    else:
        beside = ""
    if spot.first > 0:
        prior = tokens[spot.first - 1]
        gap = text[prior.end : spot.start]
        if (
            gap in (" of ", " of the ", " for ")
            and prior.folded in words["bodies"]
            and prior.folded not in words["of_places"]
        ):
            return "body"
        if gap in (" ", ". ") and prior.folded in words["titles"]:
            return "person"
        if gap == " " and not prior.shouted | (
            prior.folded in words["function_words"] | words["directions"] | words["passed_over"]
        ):
            demonym = prior.folded in _books().demonyms
            if not demonym and not _starts_sentence(text, prior.start, words, prior.folded):
                return "person"
    return beside and "next"


def _starts_sentence(text: str, start: int, words: dict[str, frozenset[str]], folded: str) -> bool:
    """Say whether a word has its capital from its place alone: it begins a sentence and is no given name."""
    if folded in words["given_names"]:
        return False
    head = text[max(0, start - 3) : start].rstrip(" \"“'‘")
    return not head or head[-1] in ".!?:\n"


def _containers(text: str, spots: Sequence[_Spot], scenes: Sequence[_Scene]) -> list[int | None]:
    """For each spot, the index of the next one where that contains it: "Herat, Afghanistan", "Zhuhai in China"."""
    found: list[int | None] = [None] * len(spots)
    for i in range(len(spots) - 1):
        spot, following = spots[i], spots[i + 1]
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


def _inside(spot: _Spot, container: _Spot) -> tuple[_Row, ...]:
    """Return the spot's candidates that lie in a candidate of the container."""
    if any(row.level == "C" for row in spot.rows):
        return ()
    countries = {row.country for row in container.rows if row.level == "C"}
    divisions = {(row.country, row.name) for row in container.rows if row.level in "AR"}
    return tuple(row for row in spot.rows if row.country in countries or (row.country, row.admin1) in divisions)


def _support(spots: Sequence[_Spot], scenes: Sequence[_Scene]) -> dict[str, dict[str, float]]:
    """Collect which names speak for which country (or division, "USA/Texas"), and how much: 1 by its own name, 0.4 by a town's."""
    support: dict[str, dict[str, float]] = defaultdict(dict)
    shared = _books().words["shared_countries"]
    for spot, scene in zip(spots, scenes, strict=True):
        if scene.company == "person":
            continue
        own = {row.country for row in spot.rows if row.level == "C"}
        if own and spot.key not in shared:
            for code in own:
                support[code][spot.key] = 1.0 / len(own)
            continue
        homes = {row.country for row in spot.rows}
        if len(homes) == 1 and "" not in homes and spot.key not in _books().ordinary:
            support[homes.pop()][spot.key] = 0.4
        for row in spot.rows:
            if row.level == "A":
                support[f"{row.country}/{row.name}"][spot.key] = 1.0
    return support


def _backing(support: dict[str, dict[str, float]], where: str, key: str) -> float:
    """Return how strongly names other than `key` speak for a place, 0 to 1."""
    return min(1.0, sum(weight for name, weight in support.get(where, {}).items() if name != key))


def _fame(row: _Row) -> float:
    """Return how far a place is to be expected before the article is read: 1.5 for each factor of ten in population."""
    if row.level in "RW" or not (row.population or row.level in "TKD"):
        return 10.0  # regions and territories written by hand, as if of five million
    fame = 1.5 * math.log10(max(row.population, 1000))
    return fame + {"C": 6.0, "K": 1.0, "D": -1.0}.get(row.level, 0.0)


def _choose(
    spot: _Spot, scene: _Scene, rows: tuple[_Row, ...], support: dict[str, dict[str, float]]
) -> tuple[_Row | None, str]:
    """Settle a name, or say between which places it hangs."""
    wanted = {"division": "A", "settlement": "TK", "district": "DT"}.get(scene.kind, "")
    if any(row.level in wanted for row in rows):
        rows = tuple(row for row in rows if row.level in wanted)
    if len(rows) == 1:
        return rows[0], "the only place of that name"
    shared = spot.key in _books().words["shared_countries"]

    def score(row: _Row) -> float:
        # The United States are named in so many articles that it says less (a third of the training articles name them).
        named = (2.0 if row.country == "USA" else 3.0) * _backing(support, row.country, spot.key)
        division = row.name if row.level == "A" else row.admin1
        return (
            _fame(row)
            + named
            + 1.5 * _backing(support, f"{row.country}/{division}", spot.key)
            - (4.0 if shared and row.level == "C" else 0.0)
        )

    ranked = sorted(rows, key=score, reverse=True)
    best = ranked[0]
    for other in ranked[1:]:
        near = other.country == best.country and (
            {best.level, other.level} & set("AD") or _kilometres(best, other) < SAME_SPOT_KM
        )
        if near:
            continue
        if score(best) - score(other) < (MARGIN_AT_HOME if other.country == best.country else MARGIN):
            return None, f"it may be {_title(best)} or {_title(other)}"
    best = _town_or_division(best, [row for row in ranked if row.country == best.country])
    backing = _backing(support, best.country, spot.key)
    why = (
        f"the article names {_country(best.country).name}" if backing >= 1 and best.country else "by far the best known"
    )
    return best, f"one of {len(rows)} of that name; {why}"


def _town_or_division(best: _Row, rows: Iterable[_Row]) -> _Row:
    """Of a town and a division that share a name, take the town, unless it is small."""
    if best.level == "A":
        for row in rows:
            if (
                row.level in "TK"
                and row.population >= 100_000
                and (row.admin1 == best.name or _kilometres(row, best) < 2 * SAME_SPOT_KM)
            ):
                return row
    return best


def _kilometres(one: _Row, other: _Row) -> float:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    x = math.radians(other.longitude - one.longitude) * math.cos(math.radians((one.latitude + other.latitude) / 2))
    return 6371 * math.hypot(x, math.radians(other.latitude - one.latitude))


def _evidence(spot: _Spot, scene: _Scene, support: dict[str, dict[str, float]], contained: bool, listed: bool) -> float:
    """Add up what speaks for a name being a place: at least ENOUGH makes it one.

    Weights were set by hand and checked against the place spans of the training articles.
    """
    words = _books().words
    best = max(spot.rows, key=_fame)
    total = {"C": 4.0, "R": 3.0, "W": 2.0, "K": 2.5, "A": 1.2, "D": -0.5}.get(best.level, 0.0)
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
    total += 0.0 if one_word else 0.7
    if best.level not in "CRW":
        total -= 3.0 if one_word and spot.key in _books().ordinary else 0.0
        total -= 1.5 if one_word and spot.key in words["given_names"] else 0.0
        total -= 1.5 if len(spot.key) <= 3 else 0.0
        total -= 1.5 if scene.after[:1] and scene.after[0] in words["says"] and best.level != "K" else 0.0
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
    elif listed:
        total += 1.5
    total += {"division": 2.0, "district": 2.0, "settlement": 2.0, "facility": 1.5}.get(scene.kind, 0.0)
    total += 4.0 if contained else 0.0
    total += 3.0 if scene.dateline else 0.0
    total += 1.0 if scene.direction else 0.0
    if scene.company == "person":
        total -= 6.0
    elif scene.company == "next":
        bearable = best.level in "CRW" and spot.key not in words["person_countries"]
        total -= 1.5 if bearable else 2.0 if scene.lead in words["locative"] else 5.0
    return total


def _settled(
    text: str,
    spots: Sequence[_Spot],
    scenes: Sequence[_Scene],
    containers: Sequence[int | None],
    support: dict[str, dict[str, float]],
) -> list[Mention]:
    """Weigh, settle and join the spots: "Palmyra, Syria" is one mention."""
    mentions: list[Mention] = []
    role, end, taken = "", -1, -1
    for i, (spot, scene) in enumerate(zip(spots, scenes, strict=True)):
        if i <= taken:
            continue
        listed = end >= 0 and text[end : scene.start].strip(" ") in (",", "and", ", and", "or", ", or", "&", "/")
        if spot.demonym:
            row, reason = _choose(spot, scene, spot.rows, support)
            mentions.append(
                Mention(
                    Span(spot.start, spot.end),
                    _place(row, reason) if row else _unsettled(spot, text, reason),
                    "demonym",
                    BY,
                )
            )
            continue
        container = containers[i]
        if scene.company == "body" or _evidence(spot, scene, support, container is not None, listed) < ENOUGH:
            end = -1
            continue
        rows = _inside(spot, spots[container]) if container is not None else spot.rows
        row, reason = _choose(spot, scene, rows, support)
        if container is not None and row is not None and len(rows) < len(spot.rows):
            reason = f"beside it stands {spots[container].rows[0].name}"
        place = _directed(_place(row, reason), scene.direction, row) if row else _unsettled(spot, text, reason)
        first, last = scene.start, scene.end
        while container is not None and text[last : scenes[container].start].strip() == ",":
            last, taken = scenes[container].end, container
            container = containers[container]
        short = spot.key in ("US", "UK", "EU", "UAE", "USA")
        noun = (
            short
            and text[spot.end : spot.end + 1] == " "
            and scene.after[:1]
            and scene.after[0] not in _stops()
            and scene.after[0][:1].isalpha()
        )
        if scene.company == "attribute" or noun:
            mentions.append(Mention(Span(spot.start, spot.end), place, "demonym", BY))
            end = -1
            continue
        role = role if listed else _role(scene, mentions[-1] if mentions else None, text)
        mentions.append(Mention(Span(first, last), place, role, BY))
        end = last
    return mentions


@cache
def _stops() -> frozenset[str]:
    words = _books().words
    return words["function_words"] | words["verbs"] | words["locative"]


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
            or scene.after[0] in _stops()
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
    """Write a place as the label format does: "Herat, Afghanistan"; with its division where the country has more of the name."""
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


def _directed(place: Place, direction: str, row: _Row | None) -> Place:
    """Narrow a place to a part of it; a part of a country is a region whose middle is not known."""
    if not direction or row is None:
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
    """Find names that the gazetteer lacks, where the words beside them say that they are places."""
    return []
