"""Whether a figure tells how many people live in a country: all of them, and neither a part nor other beings. Pure.

"Population" is also that of a camp, of a prison, of elephants; and "230 million people" are inhabitants only in words
like "a country of 230 million people". Where the words do not make it plain, no record of inhabitants answers.
"""

import re
from dataclasses import replace

from counterfoil.comparing.axes import Profile, restricted
from counterfoil.comparing.claims import Surroundings
from counterfoil.reading.model import Figure, Kind

POPULATION = "population"
_PEOPLE = r"\s*(?:people|inhabitants|residents|souls|citizens)\b"
_BEFORE = re.compile(
    r"\b(?:country|nation|republic|kingdom|island|home)\s+(?:of|to|with)\s+(?:(?:some|about|around|nearly|almost|over|roughly"
    r"|approximately|more\s+than|an\s+estimated|the)\s+)*$",
    re.IGNORECASE,
)
_LIVE = re.compile(rf"{_PEOPLE}\s+(?:(?:now|currently)\s+)?(?:live|lived|living|reside|resided)\s+in\s+(?:the\s+)?$")
_MODIFIED = re.compile(
    r"(?P<before>(?:[\w’'-]+\s+){0,3})\bpopulations?\b(?P<after>(?:\s+[\w’'-]+){0,4})", re.IGNORECASE
)
_PLAIN = frozenset(
    "the a an its their his her our this that total national whole entire overall estimated current present "
    "resident human country nation of in with by and has had have is was were are at to for on whose where when "
    "while as since from said says s reached passed grew rose fell stood increased decreased shrank declined "
    "according while although because but mid mid-year midyear then now still only put puts "
    "estimate estimates give gives gave see sees list lists show shows".split()
)
_OF = re.compile(
    r"\s+of\s+(?:(?:[\d.,]+|million|billion|thousand|about|over|some|nearly|more|than)\s+)*(?P<noun>[\w’'-]+)"
)
_OF_A_NAME = re.compile(r"\s+of\s+(?:the\s+)?(?P<name>[A-Z][\w’'-]+)")
# "The population affected by the floods", "the population at risk": some of those who live there.
_NARROWED = re.compile(
    r"\s+(?P<words>in\s+(?:need|danger|poverty|crisis)|at\s+risk|(?:living|aged|under|over|above|below|without|with|facing"
    r"|exposed|deprived|born)\b|(?!estimated|counted|recorded|projected|based)[a-z]+ed\s+(?:by|in|from|against|with)\b)"
)
_SMALLER = re.compile(
    r"\b(?P<what>camps?|city|cities|towns?|villages?|districts?|prisons?|jails?|provinces?|regions?|capital|county|counties"
    r"|settlements?|diaspora|tribes?|communit(?:y|ies)|minorit(?:y|ies)|electorate|workforce|labou?r\s+force|neighbou?rhoods?"
    r"|suburbs?|municipalit(?:y|ies)|metropolitan|urban|rural)\b",
    re.IGNORECASE,
)
_THE_COUNTRY = re.compile(r"\b(?:country|nation|republic|kingdom|its)\b", re.IGNORECASE)


def told_of(figure: Figure, claim: Profile, seen: Surroundings) -> Profile | str | None:
    """Return the claim as one of all inhabitants of a country, or why it is none; None for other claims."""
    if claim.code not in (POPULATION, "people") or seen.sentence is None:
        return None
    if figure.kind not in (Kind.STOCK, Kind.CHANGE):
        return None
    number = figure.number.anchor.span
    before, after = seen.text[seen.sentence.start : number.start], seen.text[number.end : seen.sentence.end]
    place = figure.place
    if claim.code == "people":
        at = place.anchor.span.start - number.end if place is not None else 0
        lives = at > 0 and _LIVE.match(after[:at]) is not None
        if not lives and not (_BEFORE.search(before) and re.match(_PEOPLE, after, re.IGNORECASE)):
            return None
    smaller = _SMALLER.search(before + after)
    if smaller is not None:
        return f"the words tell of “{smaller['what']}”, and only the inhabitants of whole countries are counted"
    if place is None or place.value.level != "country":
        return "the words name no country whose inhabitants are told"
    if place.anchor.span not in seen.sentence and not _THE_COUNTRY.search(before + after):
        return "the sentence does not say whose population it is"
    part = _part(before + after, figure, claim)
    if part:
        return f"the words tell of “{part}”, and the record counts everybody who lives in the country"
    return replace(claim, code=POPULATION, unit="person", restricted=frozenset(), population="people")


def _part(sentence: str, figure: Figure, claim: Profile) -> str:
    """Return the words by which a population is not the country's: "prison population"; "" where there are none."""
    own = {word.casefold() for word in re.findall(r"[^\W\d_]+", figure.place.anchor.quote)} if figure.place else set()
    country = figure.place.value.country if figure.place else None
    for m in _MODIFIED.finditer(sentence):
        for word in reversed(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", m["before"])):
            plain = word.casefold()
            if plain in own or restricted(word) == frozenset({country}):
                continue
            if plain not in _PLAIN:
                return f"{word} population"
            if plain != "s":
                break
        noun = _OF.match(m["after"])
        narrowed, name = _NARROWED.match(m["after"]), _OF_A_NAME.match(m["after"])
        if narrowed is not None:
            return f"population {' '.join(narrowed['words'].split())}"
        if name is not None and country is not None and not _is_own(name["name"], own, country):
            return f"population of {name['name']}"
        beings = noun["noun"] if noun is not None and noun["noun"].islower() else ""
        if beings and beings not in own | _PLAIN and not re.fullmatch(_PEOPLE, beings):
            return f"population of {beings}"
    rest = {re.split(r"[’']", word)[0] for word in claim.restricted or ()} - own
    return claim.population if rest - {POPULATION, "people", "soul", country or ""} else ""


def _is_own(name: str, own: set[str], country: str) -> bool:
    """Say whether a name is the country's, or the first word of one of its names."""
    return name.casefold() in own or restricted(name) == frozenset({country})
