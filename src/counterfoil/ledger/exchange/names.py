"""What words of an article may go to the public: names of private persons and of small places taken out. Pure.

A run of capitalised words is kept only where it is known to be no private person: a place, a body, a nationality, a
day, a title, an acronym, a speaker in a public role, or an ordinary word that opens a sentence. A town becomes its
division or [place], all else becomes [name]: a name too many is taken out rather than one too few. How often:
docs/exchange.md.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from counterfoil.reading import gazetteer, numerals, places
from counterfoil.reading.gazetteer import fold, library
from counterfoil.reading.names import PARTICLES
from counterfoil.reading.taxonomy import vocabulary
from counterfoil.reading.titles import titles
from counterfoil.reading.words import CLOSED, lexicon

NAME, PLACE, CONTACT = "[name]", "[place]", "[contact]"
COARSE = frozenset(("world", "region", "country", "admin1", "admin2", ""))  # levels that may be published
_WORD = re.compile(r"[^\W\d_]+(?:[-'’‐‑][^\W\d_]+)*\.?|[^\w\s]|\d+")
_CONTACTS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an address of mail
    r"|(?:https?://|www\.)\S+"  # a page, which may be a person's
    r"|(?<![\w/])@\w{2,}"  # a name on a network
    r"|\+\d[\d\s().-]{6,}\d|\(?\b\d{3,5}\)?[-\s]\d{3,4}[-\s]\d{3,5}\b"  # a telephone
)
_TITLE_CASE = 0.6  # share of capitalised words from which a text is a headline; sentences have below a third
_ACRONYM = 6  # letters; longer words in capitals may be names that are shouted
_FEW = 5  # words, from which on a text without a single capital cannot be told names by
_MONTHS_AND_DAYS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun".split()
)
# Offices that make a speaker a public person. Not those that say what a private person does: resident, farmer, driver.
OFFICES = frozenset(
    "president premier chancellor minister secretary undersecretary senator representative congressman congresswoman "
    "governor mayor commissioner ambassador envoy consul general lieutenant colonel major captain brigadier admiral "
    "commander marshal inspector superintendent chief director head chair chairman chairwoman chairperson spokesman "
    "spokeswoman spokesperson coordinator rapporteur prosecutor attorney judge magistrate sheriff king queen prince "
    "pope archbishop lawmaker legislator parliamentarian councillor councilor deputy mp mep administrator official "
    "chieftain emir sultan vice-president undersecretary-general secretary-general director-general".split()
)
# What may stand between an office and who holds it: "the governor of the Red Sea, Hanan Osman".
_BETWEEN = frozenset(", of for the in 's".split()) | PARTICLES


_STORMS = frozenset("cyclone hurricane typhoon".split())  # the word after is the storm's name, and no person's


@dataclass(frozen=True, slots=True)
class Cleared:
    """A text that may go out, and what was taken from it.

    names  the words taken out as names.  finer  whether it named a place finer than a second-level division.
    """

    text: str
    names: tuple[str, ...] = ()
    finer: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of where a text is about, so that a town is not taken for a person.

    own        names of the figure's own places, folded: whatever they are called, they are no private person.
    countries  codes: a town of these is one wherever its name stands; of others, after "in" or "from" alone.
    """

    own: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


NOWHERE = Around()


@dataclass(frozen=True, slots=True)
class _Town:
    """A run of words that names a place, and what may stand in its stead: the words themselves, "[Borno]", PLACE."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    lower: str
    capital: bool
    opens: bool  # a sentence


def clear(text: str, public: frozenset[str] = frozenset(), around: Around = NOWHERE) -> Cleared:
    """Return a text without private names, contacts and small places.

    public  names of speakers in a public role, in small letters: they stay.

    >>> clear("Omar Deng lost his house in Kassala, said the Ministry of Health.").text
    '[name] lost his house in Kassala, said the Ministry of Health.'
    """
    if not any(c.isupper() for c in text) and not _CONTACTS.search(text):
        return Cleared(text)
    contacts = [(one.start(), one.end(), CONTACT) for one in _CONTACTS.finditer(text)]
    mentions = [one for one in places.find(text) if not _inside(one.span.start, contacts)]
    known = [(one.span.start, one.span.end) for one in mentions if one.place.level != "unknown"]
    strangers, towns = _private(text, known, public, around)
    private = [
        (start, end, NAME)
        for start, end in strangers
        if not _inside(start, contacts) and text[start:end] not in (NAME, PLACE, CONTACT)
    ]
    small = [(one.start, one.end, one.instead) for one in towns if not _inside(one.start, contacts)]
    for one in mentions:
        start, end = one.span.start, one.span.end
        if text[start:end].lower() in public:  # "Osh Interregional Hospital", whose figure it is
            continue
        if text[start - 1 : start] == "[" and text[end : end + 1] == "]" and _is_division(text[start:end]):
            continue  # what stands in the place of a town
        if one.place.level in COARSE or any(start < b and a < end for a, b, _ in (*private, *small)):
            continue
        end = start + len(text[start:end].partition(",")[0])  # what follows the comma is the wider place
        # A town of elsewhere that nothing else tells of may be another of the name, here: its division is not told.
        abroad = end == one.span.end and around.countries and one.place.country not in around.countries
        instead = PLACE if abroad else _instead(text[start:end], one.place.admin1 or "", by_itself=False)
        if instead != text[start:end]:
            small.append((start, end, instead))
    finer = any(one.place.level not in COARSE for one in mentions) or any(
        one.instead != text[one.start : one.end] for one in towns
    )
    cleared = text
    for start, end, instead in sorted((*contacts, *private, *small), reverse=True):
        cleared = cleared[:start] + instead + cleared[end:]
    return Cleared(cleared, tuple(text[start:end] for start, end, _ in private), finer)


def _instead(words: str, division: str, *, by_itself: bool) -> str:
    """Return what stands for a town: itself where its division shares its name, else the division, else PLACE.

    by_itself  the name stands where no word says that it is a place: it is then told only in brackets.
    """
    if division and fold(words) == fold(division) and not by_itself:
        return words
    return f"[{division}]" if division and _is_told(division) else PLACE


def _is_division(name: str) -> bool:
    return any(one.level in COARSE for one in places.lookup(name))


@lru_cache(maxsize=1 << 10)
def _is_told(division: str) -> bool:
    """Say whether the name of a division is known for one where it stands alone, and for no person's."""
    words = f"They saw it: [{division}], they said."
    known = [(one.span.start, one.span.end) for one in places.find(words)]
    return not _private(words, known, frozenset(), NOWHERE)[0]


def is_no_person(name: str) -> bool:
    """Say whether a name is a country's or a short form, whatever reading took it for: "South Sudan", "IOM DTM"."""
    words = name.split()
    persons = _given() | library().words["person_countries"]
    if not words or any(one.lower() in persons for one in words):
        return False
    letters = all(one.isascii() and one.isalpha() and one.isupper() and 2 <= len(one) <= _ACRONYM for one in words)
    return letters or any(row.level == "C" for row in gazetteer.rows_of(fold(name)))


def unclear(text: str) -> str:
    """Return why it cannot be told whether a text names somebody; "" where it can."""
    words = [one for one in re.findall(r"[^\W\d_]+", re.sub(r"\[[^\]]*\]", "", text)) if len(one) > 1]
    if any(not c.isupper() and not c.islower() and c.isalpha() and not c.istitle() for one in words for c in one[:1]):
        return "it is in a script without capitals"
    taken = NAME in text or PLACE in text  # the only capitals that it had: "[name] watched two men dig"
    if len(words) >= _FEW and not taken and not any(c.isupper() for c in text):
        return "it has no capitals"
    shouted = [one for one in words if one.isupper() and len(one) > _ACRONYM]
    if len(shouted) >= 2 or (words and len(words) >= 3 and all(one.isupper() for one in words)):
        return "it is in capitals"
    return ""


def public_speaker(name: str, text: str) -> bool:
    """Say whether a text gives a person an office: "the relief commissioner, Hanan Osman"."""
    words = _words(text)
    own = [one.lower().rstrip(".") for one in re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?", name)]
    if not own:
        return False
    if any(one in OFFICES for one in own):
        return True
    last = own[-1]
    for n, word in enumerate(words):
        if word.lower != last or not word.capital:
            continue
        begin = n - min(len(own) - 1, n)
        while begin < n and words[begin].lower not in own:
            begin += 1
        before = words[max(0, begin - 6) : begin]
        for one in reversed(before):
            if one.lower in OFFICES:
                return True
            if not (one.capital or one.lower in _BETWEEN):
                break
        after = words[n + 1 : n + 12]
        if after and after[0].text in ",(":
            for one in after[1:]:
                if one.text in ",.;)":
                    break
                if one.lower in OFFICES:
                    return True
    return False


def _inside(at: int, spans: list[tuple[int, int, str]]) -> bool:
    return any(start <= at < end for start, end, _ in spans)


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    opens = True
    for one in _WORD.finditer(text):
        word = one.group()
        if word[:1].isalpha():
            bare = word if len(word) <= 3 or not word.endswith(".") else word[:-1]
            bare = bare if not bare.endswith(".") or bare[:1].isupper() else bare[:-1]
            lower = bare.lower().rstrip(".")
            capital = (
                word[0].isupper() or word[0].istitle() or any(c.isupper() for c in re.split(r"[-'’‐‑]", word)[-1][:1])
            )
            found.append(_Word(one.start(), one.start() + len(bare), bare, lower, capital, opens))
            opens = bare != word
        else:
            found.append(_Word(one.start(), one.end(), word, word, False, opens))
            opens = word in ".!?:;—–\n\"“”'‘•" or (opens and not word[0].isalnum())
    return found


def _private(
    text: str, known: list[tuple[int, int]], public: frozenset[str], around: Around
) -> tuple[list[tuple[int, int]], list[_Town]]:
    """Return the spans of what may be names of private persons, and the towns that stood among them."""
    words = _words(text)
    lettered = [one for one in words if one.text[0].isalpha() and len(one.text) > 2]
    headline = bool(lettered) and sum(one.capital for one in lettered) >= _TITLE_CASE * len(lettered)
    found: list[tuple[int, int]] = []
    towns: list[_Town] = []
    n = 0
    while n < len(words):
        if not words[n].capital:
            n += 1
            continue
        end = n + 1
        while end < len(words) and _joins(text, words, end):
            end += 1
        while not words[end - 1].capital:
            end -= 1
        run = words[n:end]
        kinds = _kinds(text, run, known, public, headline=headline)
        for town in _towns(text, words, n, kinds, around, headline=headline):
            towns.append(town)
            kinds = _marked(run, kinds, town)
        found += _strangers(run, kinds, headline=headline)
        n = end
    parts = {one.lower for one in words if one.capital and _is_part(one, found)} - _names_of(public)
    again = [(one.start, one.end) for one in words if one.capital and one.lower in parts]
    found += [(start, end) for start, end in again if not any(a <= start < b for a, b in found)]
    return found, [one for one in towns if not any(a < one.end and one.start < b for a, b in found)]


def _towns(
    text: str, words: list[_Word], begin: int, kinds: list[str], around: Around, *, headline: bool
) -> Iterator[_Town]:
    """Yield the places that a run of capitalised words names and that reading left open; none that may be a person.

    The longest words after the run's opening are looked up; of a headline, which is one run, those anywhere in it. No
    stranger may stand beside them, nor a given name or a title within, nor words that speak of a person: "Kamara, 34,".
    """
    run = words[begin : begin + len(kinds)]
    for named in _facilities(run, kinds):
        yield named
        kinds = _marked(run, kinds, named)
    first = next((n for n, kind in enumerate(kinds) if kind != "opening" and run[n].lower not in _openers()), len(run))
    ended = 0
    for start in range(first, len(run) if headline else min(first + 1, len(run))):
        beside = kinds[start - 1] in ("stranger", "particle", "public") or run[start - 1].lower in _offices()
        if start < ended or (start > first and beside):
            continue
        for end in range(len(run), start, -1):
            part, after = kinds[start:end], kinds[end : end + 1] if headline else kinds[end:]
            if "stranger" not in part or {"stranger", "public"} & {*after}:
                continue
            before = words[begin + start - 1].lower if begin + start else ""
            town = _town(text, run[start:end], before, around)
            if town is not None:
                yield town
                ended = end
                break


def _marked(run: Sequence[_Word], kinds: list[str], town: _Town) -> list[str]:
    return ["town" if town.start <= one.start < town.end else kind for one, kind in zip(run, kinds, strict=True)]


def _facilities(run: list[_Word], kinds: list[str]) -> Iterator[_Town]:
    """Yield the names before a hospital's, a market's or a camp's own noun: a small place, where no given name is."""
    for end, word in enumerate(run):
        start = end
        while start and kinds[start - 1] in ("stranger", "place", "known") and run[start - 1].lower not in _openers():
            start -= 1
        part = run[start:end]
        if "stranger" not in kinds[start:end] or word.lower not in library().words["facilities"]:
            continue
        if not any(one.lower in _given() or one.lower in _offices() for one in run[max(start - 1, 0) : end]):
            yield _Town(part[0].start, part[-1].end, PLACE)


def _town(text: str, part: Sequence[_Word], before: str, around: Around) -> _Town | None:
    """Return what may stand for words that name a place; None where they name none, or perhaps a person."""
    if any(one.lower in _given() or one.lower in _offices() for one in part):
        return None
    name = re.sub(r"['’]s?\Z", "", text[part[0].start : part[-1].end])
    start, end, own = part[0].start, part[0].start + len(name), fold(name) in around.own
    led = before in _WITHIN or before in _TOWARDS
    if not led and before != "of" and _PERSON.match(text[end : end + 40]):
        return None
    rows = places.lookup(name)
    near = [one for one in rows if one.country in around.countries]
    if before == "[" and _is_division(name):
        return _Town(start, end, name)
    if not near:  # a town of elsewhere is one after "in" alone: it may be a person's name here
        return _Town(start, end, PLACE) if own or (rows and (led or not around.countries)) else None
    told = own or before in _WITHIN  # where no word says that it is a place, it does not stay as it is
    if any(one.level in COARSE for one in near):
        return _Town(start, end, name if told else PLACE)
    divisions = {one.admin1 or "" for one in near}
    return _Town(start, end, _instead(name, divisions.pop() if len(divisions) == 1 else "", by_itself=not told))


_WITHIN = frozenset("in near around across throughout inside outside within into through toward towards".split())
_TOWARDS = frozenset("from to at reached reaches hit hits struck left leaving entered".split())
# What follows a person's name and hardly a town's: what he says and is, his age, and whom he has.
_PERSON = re.compile(
    r"\W*(?:who|whom|whose|said|says|told|tells|recalled|added|asked|wept|cried|explained|remembers?)\b"
    r"|, (?:aged )?\d{1,2}\b|, an? [a-z]"
    r"|['’]s? (?:wife|husband|widow|mother|father|parents|brother|sister|sons?|daughters?|child|children|family"
    r"|cousins?|uncle|aunt|house|home|body|name)\b",
    re.IGNORECASE,
)


@cache
def _openers() -> frozenset[str]:
    return library().words["function_words"] | library().words["locative"]


def _is_part(word: _Word, found: list[tuple[int, int]]) -> bool:
    """Say whether a word is part of a name of several: alone, later, it stands for the whole of it."""
    return any(
        start <= word.start and word.end <= end and (start, end) != (word.start, word.end) for start, end in found
    )


def _joins(text: str, words: list[_Word], n: int) -> bool:
    """Say whether a word goes on with the run of capitalised words before it."""
    between = text[words[n - 1].end : words[n].start]
    if between.strip(" \u00a0.") or "\n" in between or (between.startswith(".") and len(words[n - 1].text) > 3):
        return False
    if words[n].capital:
        return True
    return (
        words[n].lower in PARTICLES and n + 1 < len(words) and (words[n + 1].capital or words[n + 1].lower in PARTICLES)
    )


def _kinds(
    text: str, run: list[_Word], known: list[tuple[int, int]], public: frozenset[str], *, headline: bool
) -> list[str]:
    """Return what each word of a run is."""
    if text[run[0].start : run[-1].end].lower() in public:
        return ["public"] * len(run)
    kinds = [_kind(one, known, public, headline=headline) for one in run]
    for n, one in enumerate(run):
        storm = run[n - 1].lower in _STORMS if n else False
        if kinds[n] == "stranger" and (storm or one.lower == "tropical"):
            kinds[n] = "known"
    if not headline:
        bodies = [n for n, kind in enumerate(kinds) if kind == "body"]
        if bodies and not any(one.lower in _offices() for one in run):
            for n in range(bodies[-1]):  # "Norwegian Refugee Council": the words before a body's noun are its name
                kinds[n] = kinds[n] if kinds[n] == "opening" else "body"
    return kinds


def _strangers(run: list[_Word], kinds: list[str], *, headline: bool) -> list[tuple[int, int]]:
    """Return the parts of a run that are known to be nothing else than a name."""
    found = []
    n = 0
    while n < len(run):
        if kinds[n] not in ("stranger", "place", "particle"):
            n += 1
            continue
        end = n
        while end < len(run) and kinds[end] in ("stranger", "place", "particle"):
            end += 1
        if not headline and any(one.lower in _given() for one in run[n:end]):
            while end < len(run) and kinds[end] == "known":  # John Major, Martin How: names that are words as well
                end += 1
        if "stranger" in kinds[n:end]:
            found.append((run[n].start, run[end - 1].end))
        n = end
    return found


def _kind(word: _Word, known: list[tuple[int, int]], public: frozenset[str], *, headline: bool) -> str:
    lower = word.lower
    bare = lower.removesuffix("'s").removesuffix("’s")
    if bare in _names_of(public):
        return "public"
    if any(start <= word.start < end for start, end in known):
        return "place"
    if lower in PARTICLES and not word.capital:
        return "particle"
    if bare in _given():
        return "stranger"
    if bare in titles().bodies or bare in library().words["bodies"]:
        return "body"
    if bare in _allowed() or all(part in _allowed() or part in _demonyms() for part in bare.split("-")):
        return "known"
    if fold(bare) in _demonyms():
        return "known"
    if (
        (word.text.isupper() and 2 <= len(word.text) <= _ACRONYM)
        or "." in word.text.rstrip(".")
        or (len(bare) == 1 and word.opens)
    ):
        return "known"
    if (word.opens or headline) and (
        ordinary(bare) or _happens(bare) or all(part in _numerals() for part in bare.split("-"))
    ):
        return "opening"
    return "stranger"


@lru_cache(maxsize=64)
def _names_of(public: frozenset[str]) -> frozenset[str]:
    return frozenset(one for name in public for one in name.split() if len(one) > 2)


@cache
def _given() -> frozenset[str]:
    return frozenset(titles().given) | library().words["given_names"]


@cache
def _numerals() -> frozenset[str]:
    """Return "eleven", "forty", but neither "Million" nor "Dozen", which may be names."""
    table = numerals.lexicon("numbers")
    return frozenset((*table["ones"], *table["tens"])) - _given()


@cache
def _offices() -> frozenset[str]:
    return OFFICES | titles().titles | library().words["titles"]


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(library().demonyms)


@cache
def _allowed() -> frozenset[str]:
    """Return words that name no private person whatever their letters."""
    words = library().words
    listed = (
        *("directions", "divisions", "districts", "settlements", "facilities", "features", "middles", "times"),
        *("function_words", "plurals"),
    )
    one = titles()
    found = frozenset().union(*(words[name] for name in listed), one.titles, one.partial, one.roles, one.general)
    return (found | one.never_person | one.small | _MONTHS_AND_DAYS | OFFICES) - _given()


@lru_cache(maxsize=1 << 14)
def ordinary(word: str) -> bool:
    """Say whether a word in small letters is one of the language's own: "rescuers", "flooding"."""
    book = lexicon()
    if word in _given():
        return False
    for stem in (word, *_stems(word)):
        tags = {book.sole[stem]} if stem in book.sole else {tag for tag, _ in book.several.get(stem, ())}
        if tags and ("NNP" not in tags or tags & CLOSED or len(tags) > 1):
            return True
    return False


def _happens(word: str) -> bool:
    """Say whether a word by itself tells what happens to people: "quake", "airstrike", "landslide"."""
    return bool(vocabulary().patterns.get(word, {}).get("")) and word not in _given()


def _stems(word: str) -> list[str]:
    found = []
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            found += [stem + one for one in instead]
            if len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found


_ENDINGS = (
    ("s", ("",)),
    ("es", ("", "e")),
    ("ies", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("er", ("", "e")),
    ("ers", ("", "e")),
    ("men", ("", "man")),
    ("ly", ("",)),
)
