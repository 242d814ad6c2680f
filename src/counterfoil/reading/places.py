"""Finds the places that an article names and settles which places they are.

One expression finds words with a capital; runs of them are looked up in an embedded gazetteer; the words around a name
say whether it is a place at all (and not a person or a body); the article's other places say which of several it is.
Where two remain, none is chosen and the reason says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from counterfoil.reading import movements
from counterfoil.reading.gazetteer import (
    SAME_SPOT_KM,
    Books,
    Row,
    by_fame,
    country_row,
    fold,
    key_of,
    kilometres,
    library,
    place_of,
    region_row,
    rows_of,
    title,
)
from counterfoil.reading.model import Place
from counterfoil.reading.surroundings import (
    BY,
    LONGEST,
    Mention,
    Scene,
    Spot,
    Token,
    kind_after,
    scene_of,
    tokens_of,
    type_words,
)
from counterfoil.reading.unlisted import unlisted
from counterfoil.spans import Span

__all__ = ["Mention", "find", "fold", "lookup"]

MARGIN = 0.8  # what must separate the best candidate from one abroad: a factor of 3.4 in population, 10 ** (0.8 / 1.5)
MARGIN_AT_HOME = 0.6  # from one in the same country: a factor of two and a half
MARGIN_AWAY = 2.0  # from one of LARGE population in a country that the article names, while it names none of the best's
LARGE = 50_000
PEERED = 1.0  # for a place of the same sort as one listed beside it
NAMED = 0.8  # what makes a country one that the article speaks of: its name, or two of its towns
STRAY_KM = 1200.0  # from the middle of a country that the article names to a small place that it may mean
ENOUGH = 2.0  # evidence that makes a name a place; see _evidence
_WORLD = re.compile(r"\b(?:[Ww]orldwide|[Gg]lobally|(?:[Aa]round|[Aa]cross|[Tt]hroughout|all over) the world)\b")
_ALL = ""  # the sum of what all names say for a country
_LISTING = frozenset((",", "and", ", and", "or", ", or", "&", "/"))
_SHORT = frozenset(("US", "UK", "EU", "UAE", "USA"))
_JOINS = frozenset((" and ", ", ", ", and ", " or ", " & "))
_ONWARD = frozenset(("to", "into", "back to", "for", "towards", "toward", "and into"))  # between origin and destination
_FURTHER = frozenset(("on", "onward", "onwards"))
_CURRENCY = frozenset("$£€¥")

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

_Support = dict[str, dict[str, float]]  # a country's code, or "USA/Texas": which names speak for it, and how much


def lookup(name: str) -> tuple[Place, ...]:
    """Return all places of that name, the one that `find` would prefer without context first, then by population."""
    rows = sorted(rows_of(key_of(name)) or rows_of(fold(name)), key=by_fame, reverse=True)
    if rows:
        best = _town_or_division(rows[0], [row for row in rows if row.country == rows[0].country])
        rows = [best, *(row for row in rows if row is not best)]
    return tuple(place_of(row, "by name alone") for row in rows)


def find(text: str) -> tuple[Mention, ...]:
    """Return the places that an article names, in text order, none over another; the whole article settles each."""
    tokens = tokens_of(text)
    spots = _spots(text, tokens)
    scenes = [scene_of(text, tokens, spot) for spot in spots]
    containers = _containers(text, spots, scenes)
    spots, scenes, containers = _without_strangers(text, spots, scenes, containers)
    support = _support(spots, scenes)
    mentions = _settled(text, spots, scenes, containers, support)
    mentions += unlisted(text, tokens, spots, mentions)
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


def _spots(text: str, tokens: Sequence[Token]) -> list[Spot]:
    """Look up runs of capitalised words, longest first; a compound ("Syria-Turkey") is also read by its parts."""
    found: list[Spot] = []
    books = library()
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


def _shortened(text: str, tokens: Sequence[Token], i: int, books: Books, found: Sequence[Spot]) -> Spot | None:
    """Read the short form of a state after a town and a comma: "Mobile, Ala."."""
    token = tokens[i]
    if not found or found[-1].last != i - 1 or text[found[-1].end : token.start] != ", ":
        return None
    code, division = books.abbreviations.get(text[token.start : token.end], ("", ""))
    rows = tuple(row for row in rows_of(fold(division)) if row.country == code and row.level == "A")
    if not rows:
        return None
    end = token.end + (text[token.end : token.end + 1] == ".")
    return Spot(token.start, end, i, i, fold(division), rows, demonym=False, shouted=False)


def _longest(text: str, tokens: Sequence[Token], i: int, books: Books) -> Spot | None:
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
        rows = rows_of(key.upper()) if short else ()
        shouted = capitals and not rows
        if short and rows and text[token.end : token.end + 1] in _CURRENCY:
            return None  # "US$1.2 million"
        if not rows and len(key) > 2:
            rows = rows_of(key)
        homes = books.demonyms.get(key, ())
        if homes and any(row.level == "C" for row in rows):
            homes = ()  # "Philippines" is none
        if homes:
            rows = tuple(country_row(home) if len(home) == 3 and home.isupper() else region_row(home) for home in homes)
            shouted = False
        generic = key in directions and kind_after(text, token.end, wide=False)[0] != "division"
        if generic or key in no_names:
            continue  # "Northern Region" is a name, "Northern" is none
        if rows:
            name = key.upper() if short and not shouted and not homes else key
            best = Spot(tokens[i].start, token.end, i, j, name, rows, bool(homes), shouted)
    return best


_WIDER = frozenset(["pan", "inter", "trans", "afro", "anglo", "latin", "meso"])


def _parts(text: str, token: Token, i: int) -> list[Spot]:
    """Look up the parts of a compound that begin with a capital: both of "Syria-Turkey", the first of "Iran-backed"."""
    found: list[Spot] = []
    at = token.start
    if text[at : token.end].partition("-")[0].lower() in _WIDER:
        return found  # "the Pan-American highway" is not in the United States
    for part in text[token.start : token.end].split("-"):
        if part[:1].isupper():
            key = key_of(part)
            homes = library().demonyms.get(fold(part), ())
            rows = tuple(country_row(home) for home in homes if home.isupper()) or tuple(
                row for row in rows_of(key) if row.level in "CR"
            )
            if rows:
                found.append(Spot(at, at + len(part), i, i, key, rows, bool(homes), shouted=False))
        at += len(part) + 1
    return found


def _containers(text: str, spots: Sequence[Spot], scenes: Sequence[Scene]) -> list[int | None]:
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
    text: str, spots: list[Spot], scenes: list[Scene], containers: list[int | None]
) -> tuple[list[Spot], list[Scene], list[int | None]]:
    """Leave out towns that lie elsewhere than the division after them: no Randolph of ours is in New Hampshire."""
    strangers = {
        i
        for i in range(len(spots) - 1)
        if containers[i] is None
        and scenes[i].lead in library().words["locative"]
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


def _inside(spot: Spot, container: Spot) -> tuple[Row, ...]:
    """Return the spot's candidates that lie in a candidate of the container."""
    if any(row.level == "C" for row in spot.rows):
        return ()
    countries = {row.country for row in container.rows if row.level == "C"}
    divisions = {(row.country, row.name) for row in container.rows if row.level in "AR"}
    return tuple(row for row in spot.rows if row.country in countries or (row.country, row.admin1) in divisions)


def _support(spots: Sequence[Spot], scenes: Sequence[Scene]) -> _Support:
    """Collect which names speak for which country or division ("USA/Texas"), and how much.

    A country's own name counts 1, its capital's 0.8, another town's or division's 0.4.
    """
    support: _Support = defaultdict(dict)
    shared = library().words["shared_countries"]
    for spot, scene in zip(spots, scenes, strict=True):
        if scene.company == "person":
            continue
        own = {row.country for row in spot.rows if row.level == "C"}
        if own and spot.key not in shared:
            for code in own:
                support[code][spot.key] = 1.0 / len(own)
            continue
        best = max(spot.rows, key=by_fame)
        rival = max((row.fame for row in spot.rows if row.country != best.country), default=0.0)
        if (
            best.country
            and best.fame - rival >= MARGIN
            and spot.key not in library().ordinary
            and spot.key not in shared
        ):
            support[best.country][spot.key] = 0.8 if best.level == "K" else 0.4
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
    spot: Spot, scene: Scene, rows: tuple[Row, ...], support: _Support, peers: tuple[Row, ...] = ()
) -> tuple[Row | None, str]:
    """Settle a name, or say between which places it hangs. peers: places listed beside it ("Alabama and Georgia")."""
    wanted = {"division": "A", "settlement": "TK", "district": "DTK"}.get(scene.kind, "")
    if not wanted and spot.key in library().words["towns_first"]:
        wanted = "A" if any(peer.level == "A" for peer in peers) else "TK"
    if any(row.level in wanted for row in rows):
        rows = tuple(row for row in rows if row.level in wanted)
    if len(rows) == 1:
        return rows[0], "the only place of that name"
    shared = spot.key in library().words["shared_countries"]

    def score(row: Row) -> float:
        # The United States are named in so many articles (a third of the training articles) that it says less.
        named = (2.0 if row.country == "USA" else 3.0) * _backing(support, row.country, spot.key)
        division = row.name if row.level == "A" else row.admin1
        return (
            row.fame
            + named
            + 1.5 * _backing(support, f"{row.country}/{division}", spot.key)
            + (PEERED if any(_is_peer(row, peer) for peer in peers) else 0.0)
            - (5.5 if shared and row.level == "C" else 0.0)
        )

    ranked = sorted(rows, key=score, reverse=True)
    best = ranked[0]
    for other in ranked[1:]:
        if _is_near(other, best):
            continue
        margin = MARGIN_AT_HOME if other.country == best.country else MARGIN
        if not peers and other.population >= LARGE and _is_backed(support, other, best, spot.key):
            margin = MARGIN_AWAY
        if score(best) - score(other) < margin:
            return None, f"it may be {title(best)} or {title(other)}"
    best = next((row for row in ranked if fold(row.name) == spot.key and _is_near(row, best)), best)
    best = _town_or_division(best, [row for row in ranked if row.country == best.country])
    backing = _backing(support, best.country, spot.key)
    beside = next((peer.name for peer in peers if _is_peer(best, peer)), None)
    if backing >= 1 and best.country:
        why = f"the article names {country_row(best.country).name}"
    elif beside:
        why = f"it is listed beside {beside}"
    else:
        why = "by far the best known"
    return best, f"one of {len(rows)} of that name; {why}"


def _is_peer(row: Row, peer: Row) -> bool:
    """Say whether one would list the two together: countries, or places of one country."""
    return row.level == "C" if peer.level == "C" else row.level != "C" and row.country == peer.country


def _is_backed(support: _Support, row: Row, best: Row, key: str) -> bool:
    """Say whether the article names the country of a place by other names, and never that of the best known."""
    return not _backing(support, best.country, key) and _backing(support, row.country, key) > 0


def _peers(text: str, spots: Sequence[Spot], i: int) -> tuple[Row, ...]:
    """Return the places beside a spot in a list, where their names leave no doubt."""
    found = []
    for one, other, peer in ((i - 1, i, i - 1), (i, i + 1, i + 1)):
        if one < 0 or other >= len(spots) or spots[peer].demonym:
            continue
        if text[spots[one].end : spots[other].start] in _JOINS:
            best = max(spots[peer].rows, key=by_fame)
            if all(best.fame - row.fame >= MARGIN or _is_near(row, best) for row in spots[peer].rows if row != best):
                found.append(best)
    return tuple(found)


def _is_stray(row: Row, key: str, support: _Support) -> bool:
    """Say whether a small place lies far from all countries that the article names, while it names some.

    What is meant is then rather one that the gazetteer lacks (Sharya in Iraq, not in Russia).
    """
    small = row.population < 300_000 and (row.level in "TD" or (row.level == "A" and row.population))
    first, _, last = key.partition(" ")
    if _backing(support, row.country, key):
        return False
    if first in library().words["directions"] and last in type_words():
        return True  # many countries have a Southern District
    if not small:
        return False
    named = [country_row(code) for code in support if len(code) == 3 and _backing(support, code, key) >= NAMED]
    return bool(named) and all(kilometres(row, country) > STRAY_KM for country in named)


def _is_seat_elsewhere(row: Row, scene: Scene, key: str, support: _Support) -> bool:
    """Say whether a "district" is settled as a small town of a country that nothing in the article speaks for."""
    if scene.kind not in ("district", "division") or row.level != "T" or row.population >= LARGE:
        return False
    return not _backing(support, row.country, key) and any(_backing(support, c, key) for c in support if len(c) == 3)


def _is_near(one: Row, other: Row) -> bool:
    """Say whether two rows of one name are one place at two levels, or neighbours in one country."""
    return one.country == other.country and (
        bool({one.level, other.level} & set("AD")) or kilometres(one, other) < SAME_SPOT_KM
    )


def _town_or_division(best: Row, rows: Iterable[Row]) -> Row:
    """Of a town and a division that share a name, take the town, unless it is small."""
    if best.level == "A":
        for row in rows:
            if (
                row.level in "TK"
                and row.population >= 100_000
                and fold(row.name) == fold(best.name)
                and (row.admin1 == best.name or kilometres(row, best) < 2 * SAME_SPOT_KM)
            ):
                return row
    return best


def _evidence(
    spot: Spot,
    scene: Scene,
    support: _Support,
    persons: frozenset[str],
    contained: bool,
) -> float:
    """Add up what speaks for a name being a place: at least ENOUGH makes it one.

    Weights were set by hand and checked against the place spans of the training articles.
    """
    words = library().words
    best = max(spot.rows, key=by_fame)
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
        if one_word and spot.key in library().ordinary:
            total -= 1.5 if known else 3.0
        if one_word and spot.key in words["given_names"]:
            total -= 0.5 if known else 1.5
        total -= 1.5 if len(spot.key) <= 3 and not known else 0.0
        led = scene.lead in words["locative"]
        total -= 1.5 if scene.after[:1] and scene.after[0] in words["says"] and best.level in "TD" and not led else 0.0
        total += 0.5 if len(spot.rows) == 1 and led and best.level == "T" and best.population < 15_000 else 0.0
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
    spots: Sequence[Spot],
    scenes: Sequence[Scene],
    containers: Sequence[int | None],
    support: _Support,
) -> list[Mention]:
    """Weigh, settle and join the spots: "Palmyra, Syria" is one mention."""
    persons = frozenset(spot.key for spot, scene in zip(spots, scenes, strict=True) if scene.company == "person")
    weights = [
        ENOUGH if spot.demonym else _evidence(spot, scenes[i], support, persons, containers[i] is not None)
        for i, spot in enumerate(spots)
    ]
    said = _said(spots, containers)
    sure = {spot.key for i, spot in enumerate(spots) if weights[i] >= ENOUGH and not scenes[i].company}
    mentions: list[Mention] = []
    role, by, end, first, taken = (
        "",
        BY,
        -1,
        0,
        -1,
    )  # of the last mention; first: of its list; taken: the last spot that became part of one before it
    for i, (spot, scene) in enumerate(zip(spots, scenes, strict=True)):
        if i <= taken:
            continue
        if spot.demonym:
            row, reason = _choose(spot, scene, spot.rows, support)
            place = place_of(row, reason) if row else _unsettled(spot, text, reason)
            mentions.append(Mention(Span(spot.start, spot.end), place, "demonym", BY))
            continue
        listed = end >= 0 and scene.start - end <= 6 and text[end : scene.start].strip(" ") in _LISTING
        again = 1.5 if spot.key in sure else 0.0  # it is a place elsewhere in the article
        if scene.company == "body" or weights[i] + again + (1.5 if listed and not _is_led(scene) else 0.0) < ENOUGH:
            end = -1
            continue
        place = _located(text, spots, scene, i, containers[i], support, said)
        if scene.company == "attribute" or _is_adjective(text, spot, scene):
            mentions.append(Mention(Span(spot.start, spot.end), place, "demonym", BY))
            end = -1
            continue
        owner = containers[i]
        owned = owner is not None and owner < i and end == scenes[owner].end  # "crossed into Chad's Ouaddai province"
        if owned and mentions[-1].role != "demonym":
            mentions[-1] = replace(mentions[-1], role="demonym")  # the part is where it was, the country whose
        first = first if listed else len(mentions)
        if not (role and (listed or owned)):
            role, by = _role(spot, scene, mentions[-1] if mentions else None, text)
        elif role == "place" and (sender := movements.role_of_subject(scene.lead, scene.before, scene.after)):
            role, by = sender, movements.BY_SUBJECT  # "Peru and Chile expelled 40": all of the list did
            mentions[first:] = [replace(mention, role=role, by=by) for mention in mentions[first:]]
        if role == "destination" and scene.before[:1] and scene.before[0] in _FURTHER and mentions[-1:]:
            last = mentions[-1]
            if last.role == role and scene.start - last.span.end < 24:
                mentions[-1] = replace(last, role="transit")  # "flown to Doha and on to Lima"
        end, container = scene.end, containers[i]
        while container is not None and container > i and not scene.dateline:
            if text[end : scenes[container].start].strip() != ",":
                break
            end, taken, container = scenes[container].end, container, containers[container]
        mentions.append(Mention(Span(scene.start, end), place, role, by))
    return mentions


def _said(spots: Sequence[Spot], containers: Sequence[int | None]) -> dict[str, Row]:
    """Return the names that stand in one container wherever they stand in any: after "Paris, Texas" Paris is that."""
    found: dict[str, set[Row]] = defaultdict(set)
    for spot, container in zip(spots, containers, strict=True):
        if container is not None and len(spot.rows) > 1:
            found[spot.key].update(_inside(spot, spots[container]))
    return {key: next(iter(rows)) for key, rows in found.items() if len(rows) == 1}


def _located(
    text: str,
    spots: Sequence[Spot],
    scene: Scene,
    i: int,
    container: int | None,
    support: _Support,
    said: dict[str, Row],
) -> Place:
    """Settle one spot by its container, by what was said of the name before, by its neighbours and by the article."""
    spot = spots[i]
    if scene.kind == "feature" and not any(row.level == "R" for row in spot.rows):
        return Place(text[scene.start : scene.end], reason="it bears a place's name and may lie elsewhere")
    rows = _inside(spot, spots[container]) if container is not None else spot.rows
    row = said.get(spot.key) if container is None and not scene.kind else None
    if row is not None:
        return _directed(place_of(row, f"the article said which: {title(row)}"), scene.direction, row)
    row, reason = _choose(spot, scene, rows, support, _peers(text, spots, i) if len(rows) > 1 else ())
    if row is None:
        return _unsettled(spot, text, reason)
    if container is not None and len(rows) < len(spot.rows):
        reason = f"beside it stands {spots[container].rows[0].name}"
    if container is None and (_is_stray(row, spot.key, support) or _is_seat_elsewhere(row, scene, spot.key, support)):
        reason = f"the one known is {title(row)}, far from the countries that the article names"
        return Place(text[spot.start : spot.end], reason=reason)
    found = place_of(row, reason)
    sort = text[spot.end : scene.end].rpartition(" ")[2].lower()
    if found.level == "city" and sort in library().words["second_level"]:
        found = replace(found, level="admin2")  # the district that bears its town's name
    return _directed(found, scene.direction, row)


def _is_led(scene: Scene) -> bool:
    """Say whether a word that governs places stands before it, so that its place in a list adds nothing."""
    words = library().words
    return scene.lead == "of" or scene.lead in words["locative"] or scene.lead in words["movers"]


def _is_adjective(text: str, spot: Spot, scene: Scene) -> bool:
    """Say whether a short form stands before a noun: "US troops"."""
    if spot.key not in _SHORT or text[spot.end : spot.end + 1] != " " or not scene.after:
        return False
    return scene.after[0] not in library().words["stops"] and scene.after[0][:1].isalpha()


def _role(spot: Spot, scene: Scene, previous: Mention | None, text: str) -> tuple[str, str]:
    """Tell origin, destination and transit of a movement from a plain place, and the rule that told it."""
    gap = text[previous.span.end : scene.start].strip() if previous is not None and previous.role == "origin" else ""
    joined = previous is not None and scene.start - previous.span.end < 16 and gap in _ONWARD
    found = movements.role(scene.lead, scene.before, scene.after, follows_origin=joined)
    if found == "place" and any(row.level == "C" for row in spot.rows):
        subject = movements.role_of_subject(scene.lead, scene.before, scene.after)
        if subject:
            return subject, movements.BY_SUBJECT
    return found, BY


def _directed(place: Place, direction: str, row: Row) -> Place:
    """Narrow a place to a part of it; a part of a country is a region whose middle is not known."""
    if not direction:
        return place
    wide = row.level in "CARW"
    return Place(
        f"{direction} {place.name}", place.country, place.admin1, "region" if wide else place.level,
        None if wide else place.latitude, None if wide else place.longitude, f"a part of {row.name}; {place.reason}",
    )  # fmt: skip


def _unsettled(spot: Spot, text: str, reason: str) -> Place:
    """Keep the words where no one place could be chosen; the country stays if all candidates share it."""
    countries = {row.country for row in spot.rows}
    country = countries.pop() if len(countries) == 1 else ""
    return Place(text[spot.start : spot.end], country or None, reason=reason)
