"""One figure against another, axis by axis: measure, population, place, window. Knows of no table and no relation.

Each comparison says how the first figure's cases stand to the second's: "same", "contained" (the first's are among
the second's), "contains", "overlapping", "disjoint", "different" or "unknown", and why, in words.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from counterfoil.comparing.wording import day_words, thing_words, unit_words, window_words
from counterfoil.reading.measures import measure as taxonomy_entry
from counterfoil.reading.model import Figure, Kind, Modality, Period, Place

SAME, CONTAINED, CONTAINS, OVERLAPPING, DISJOINT, DIFFERENT, UNKNOWN = (
    *("same", "contained", "contains", "overlapping", "disjoint", "different", "unknown"),
)
SLACK_SHARE = 0.02  # two windows are one if their ends differ by a day, or by 2% of the length: 7 days in a year
STOCK_SLACK_DAYS = 31  # stocks are published monthly: a month apart they still speak of one state
VAGUE_CODES: Final = frozenset({"other", "people", "population", "households", "organisations", ""})
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_STOP = re.compile(r"\b(?:who|that|which|including|in|at|on|near|since|during|among|across|inside|outside|within)\b")
_LONGEST_POPULATION = 200  # code points read of a population; longer ones are no noun phrase


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the first stands to the second on one axis.

    exact  False where "same" rests on loose words ("refugees" for "nationals") or on something left unsaid.
    """

    word: str
    why: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """A figure as the axes see it.

    nature      of a movement: "forced", "voluntary", "assisted", "unstated"; "" where the measure is no movement.
    context     in what people came to harm; None where the words do not say.
    restricted  what the population is restricted to; None where nothing is said of it.
    first, last days of the window, None where not known; a window never runs past the day it was spoken of.
    """

    code: str
    term: str
    nature: str
    unit: str
    kind: Kind
    context: frozenset[str] | None
    restricted: frozenset[str] | None
    population: str
    place: Place | None
    destination: str | None
    first: date | None
    last: date | None
    as_of: date | None


def profile(figure: Figure, words: str = "") -> Profile:
    """Return the figure as the axes see it.

    words  the sentence it stands in, for what happened ("in attacks"); its own phrases where empty.
    """
    measure = figure.measure.value if figure.measure else None
    code = measure.code if measure else ""
    own = " ".join(a.quote for a in (figure.what, figure.event) if a is not None)
    term = (measure.term or _plain(code)) if measure else ""
    place = (figure.origin or figure.place) if _is_movement(code) else (figure.place or figure.origin)
    first, last = _days(figure.period.value if figure.period else None, figure)
    population = (measure.population if measure else None) or (
        figure.what.quote if figure.what is not None and figure.number.value.unit == "person" else ""
    )
    return Profile(
        code,
        term,
        _nature(code, f"{term} {own}"),
        figure.number.value.unit,
        Kind.FLOW if figure.kind is Kind.STOCK and code in _vocabulary().flows else figure.kind,
        _context(words or f"{term} {own}") if code in _vocabulary().harm else None,
        _beyond(code, restricted(population[:_LONGEST_POPULATION])),
        population,
        place.value if place else None,
        figure.destination.value.country if figure.destination else None,
        first,
        last,
        figure.as_of,
    )


def _beyond(code: str, found: frozenset[str] | None) -> frozenset[str] | None:
    """Leave out what the measure says already: "missing people" are people where the missing are counted."""
    return found - {code} if found and code in found else found


def measures(a: Profile, b: Profile) -> Outcome:
    """Compare what is counted: the measure, and for people harmed in what they came to harm."""
    if not a.code or not b.code or a.code in VAGUE_CODES or b.code in VAGUE_CODES:
        return Outcome(UNKNOWN, "the words do not say what is counted in terms that can be compared")
    if a.nature and b.nature:
        return _movements(a, b)
    if a.code != b.code:
        word = _narrower(a.code, b.code)
        return Outcome(word, f"{thing_words(a.code)} and {thing_words(b.code)} are counted apart")
    if a.unit != b.unit and a.kind is b.kind:
        return Outcome(DIFFERENT, f"one counts {unit_words(a.unit)}, the other {unit_words(b.unit)}")
    if b.context is None or (a.context is None and b.context is None):
        return Outcome(SAME, f"both count {thing_words(a.code)}", exact=a.context == b.context)
    if a.context is None:
        return Outcome(
            UNKNOWN, f"the record counts {thing_words(a.code)} in {context_words(b.context)}; here the words do not say"
        )
    word = _sets(a.context, b.context)
    if word == SAME:
        return Outcome(SAME, f"both count {thing_words(a.code)} in {context_words(a.context)}")
    here, there = (
        f"{thing_words(code)} in {context_words(of)}" for code, of in ((a.code, a.context), (b.code, b.context))
    )
    return Outcome(word, f"{here} against {there}")


def _movements(a: Profile, b: Profile) -> Outcome:
    terms = f"“{a.term}” and “{b.term}”"
    if (a.code in _vocabulary().arrivals) != (b.code in _vocabulary().arrivals):
        return Outcome(DIFFERENT, f"{terms}: one counts those who come, the other those who go")
    if {a.nature, b.nature} == {"forced", "voluntary"}:
        return Outcome(DISJOINT, f"{terms}: one says by force, the other by choice")
    if a.code == b.code and a.nature == b.nature:
        return Outcome(SAME, f"both count {thing_words(a.code)}")
    return Outcome(
        OVERLAPPING, f"{terms} are two words for a movement of people, which may or may not be the same people"
    )


def populations(a: Profile, b: Profile) -> Outcome:
    """Compare who is counted."""
    if a.restricted is None and b.restricted is None:
        return Outcome(SAME, "neither restricts who or what is counted", exact=a.unit == b.unit and a.unit != "person")
    if a.restricted is None or b.restricted is None:
        said = b if a.restricted is None else a
        if said.restricted:
            return Outcome(UNKNOWN, f"one counts {said.population}, the other does not say whom")
        return Outcome(SAME, "neither restricts who is counted", exact=False)
    names = f"{a.population or 'all'} and {b.population or 'all'}"
    loose = _vocabulary().loose
    firm_a, firm_b = a.restricted - loose, b.restricted - loose
    if firm_a == firm_b:
        return Outcome(SAME, f"{names} are the same people", exact=a.restricted == b.restricted)
    for group in _vocabulary().exclusive:
        one, other = firm_a & group, firm_b & group
        if one and other and not one & other:
            return Outcome(DIFFERENT, f"{names} are different people")
    return Outcome(_sets(firm_b, firm_a), names)  # the fewer restrictions, the wider


def harms() -> frozenset[str]:
    """Return the measures for which it matters in what people came to harm."""
    return _vocabulary().harm


def classes() -> frozenset[str]:
    """Return the words for classes of people: "children", "soldiers"."""
    return frozenset(_vocabulary().classes)


def firm(restricted: frozenset[str]) -> frozenset[str]:
    """Return the restrictions without the words that loose talk uses for one another ("refugees" for "nationals")."""
    return restricted - _vocabulary().loose


def places(a: Profile, b: Profile) -> Outcome:
    """Compare where."""
    return _places(a.place, b.place)


@lru_cache(maxsize=8192)
def _places(one: Place | None, other: Place | None) -> Outcome:
    if one is None or other is None or "unknown" in (one.level, other.level):
        return Outcome(UNKNOWN, f"{_where(one)} and {_where(other)}")
    names = f"{one.name} and {other.name}"
    if one.level == "world" or other.level == "world":
        word = SAME if one.level == other.level else CONTAINS if one.level == "world" else CONTAINED
        return Outcome(word, names)
    if one.country is None or other.country is None:
        return Outcome(SAME if one.name == other.name else UNKNOWN, names)
    if one.country != other.country:
        return Outcome(DISJOINT, f"{names} are different countries")
    parts = [place_parts(p) for p in (one, other)]
    if parts[0] == parts[1]:
        return Outcome(SAME, f"both {one.name}")
    if parts[0][: len(parts[1])] == parts[1]:
        return Outcome(CONTAINED, f"{one.name} lies in {other.name}")
    if parts[1][: len(parts[0])] == parts[0]:
        return Outcome(CONTAINS, f"{other.name} lies in {one.name}")
    return Outcome(DISJOINT if len(parts[0]) == len(parts[1]) else UNKNOWN, names)


def windows(a: Profile, b: Profile) -> Outcome:
    """Compare when: the days of two flows, the days at which two stocks were counted."""
    if Kind.STOCK in (a.kind, b.kind):
        one, other = a.last or a.as_of, b.last or b.as_of
        if one is None or other is None:
            return Outcome(UNKNOWN, "a day is missing")
        word = SAME if abs((one - other).days) <= STOCK_SLACK_DAYS else DISJOINT
        return Outcome(word, f"on {day_words(one)} and on {day_words(other)}", exact=one == other)
    return spans_of_days((a.first, a.last), (b.first, b.last))


@lru_cache(maxsize=8192)
def spans_of_days(a: tuple[date | None, date | None], b: tuple[date | None, date | None]) -> Outcome:
    """Compare two windows, each a first and a last day, both included."""
    names = f"{window_words(*a)} and {window_words(*b)}"
    if a[0] is None or a[1] is None or b[0] is None or b[1] is None:
        if (a[1] and b[0] and a[1] < b[0]) or (b[1] and a[0] and b[1] < a[0]):
            return Outcome(DISJOINT, names)
        return Outcome(UNKNOWN, names)
    length = min((a[1] - a[0]).days, (b[1] - b[0]).days) + 1
    slack = max(1, int(length * SLACK_SHARE))
    early, late = (a[0] - b[0]).days, (a[1] - b[1]).days
    if length == 1 and early * late > 0:
        slack = 0  # two days that follow each other are two
    if abs(early) <= slack and abs(late) <= slack:
        return Outcome(SAME, names if a != b else f"both {window_words(*a)}", exact=a == b)
    if a[1] < b[0] or b[1] < a[0]:
        return Outcome(DISJOINT, names)
    if early >= 0 and late <= 0:
        return Outcome(CONTAINED, names)
    if early <= 0 and late >= 0:
        return Outcome(CONTAINS, names)
    return Outcome(OVERLAPPING, names)


def clause_around(text: str, start: int, end: int, reach: int = 400) -> str:
    """Return the words around a number up to the nearest comma, colon or stop on both sides.

    reach  most code points looked at on either side.
    """
    before, after = text[max(0, start - reach) : start], text[end : end + reach]
    opens = [m.end() for m in _BREAK.finditer(before)]
    closes = _BREAK.search(after)
    return before[opens[-1] if opens else 0 :] + text[start:end] + (after[: closes.start()] if closes else after)


_BREAK = re.compile(r"[,;:.!?]\s|\n")


def _days(period: Period | None, figure: Figure) -> tuple[date | None, date | None]:
    if period is None:
        return None, None
    first, last = period.first, period.last
    if last is None and period.open_end:
        last = figure.as_of
    past = figure.modality in (Modality.OBSERVED, Modality.ESTIMATED)
    if past and first and last and figure.as_of and first <= figure.as_of < last:
        last = figure.as_of  # "this year" cannot count days that had not come
    return first, last


def place_parts(place: Place) -> tuple[str, ...]:
    """Return the parts of a place from wide to narrow: its country, its division, its own name."""
    parts = [place.country or ""]
    if place.level in ("admin1", "admin2", "city") and place.admin1:
        parts.append(place.admin1.casefold())
    name = place.name.split(",")[0].casefold()
    country_alone = place.level == "country" and not place.admin1
    if not country_alone and name not in parts:  # a town, or a place of the table's own within a division
        parts.append(name)
    return tuple(parts)


def _where(place: Place | None) -> str:
    return (
        "no place stated"
        if place is None
        else f"“{place.name}”, a place not settled"
        if place.level == "unknown"
        else place.name
    )


def _sets(a: frozenset[str], b: frozenset[str]) -> str:
    if a == b:
        return SAME
    if a < b:
        return CONTAINED
    if b < a:
        return CONTAINS
    return OVERLAPPING if a & b else DIFFERENT if a and b else OVERLAPPING


def _narrower(a: str, b: str) -> str:
    contained = _vocabulary().contained
    return CONTAINED if b in contained.get(a, ()) else CONTAINS if a in contained.get(b, ()) else DIFFERENT


def _is_movement(code: str) -> bool:
    entry = taxonomy_entry(code)
    return entry is not None and entry.movement


_CHOICE = re.compile(r"\bvoluntar", re.IGNORECASE)
_FORCE = re.compile(r"\b(?:forc|involuntar|compulsor)", re.IGNORECASE)


def _nature(code: str, words: str) -> str:
    entry = taxonomy_entry(code)
    if entry is None or not entry.movement:
        return ""
    if entry.nature == "unstated":  # the article's own words may add what the code leaves open
        if _CHOICE.search(words):
            return "voluntary"
        if _FORCE.search(words):
            return "forced"
    return entry.nature or "unstated"


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    generic: frozenset[str]
    loose: frozenset[str]
    classes: dict[str, str]
    exclusive: tuple[frozenset[str], ...]
    countries: dict[str, str]
    context: tuple[tuple[str, re.Pattern[str]], ...]
    harm: frozenset[str]
    flows: frozenset[str]
    arrivals: frozenset[str]
    contained: dict[str, tuple[str, ...]]


@cache
def _vocabulary() -> _Vocabulary:
    package = resources.files("counterfoil")
    words = tomllib.loads((package / "comparing" / "axes.toml").read_text(encoding="utf-8"))
    demonyms = tomllib.loads((package / "reading" / "lexicon" / "demonyms.toml").read_text(encoding="utf-8"))
    population = words["population"]
    groups = [population[name] for name in ("classes", "ages", "sexes")]
    countries: dict[str, str] = {}
    for country, names in demonyms["country"].items():
        for name in names:  # a word of two countries keeps none
            countries[name.lower()] = "" if name.lower() in countries else country
    return _Vocabulary(
        frozenset(_with_plurals(population["generic"])),
        frozenset(population["loose"]),
        {form: name for group in groups for name, forms in group.items() for form in _with_plurals(forms)},
        (*(frozenset(group) for group in groups), frozenset(countries.values())),
        countries,
        tuple((k, _beginning(forms)) for k, forms in words["context"].items()),
        frozenset(words["harm"]["codes"]),
        frozenset(words["kinds"]["flows"]),
        frozenset(words["movement"]["arrivals"]),
        {code: tuple(wider) for code, wider in words["contained"].items()},
    )


def _beginning(forms: list[str]) -> re.Pattern[str]:
    """Match the words that begin so, save the second word of "suicide attack" and "counter-terrorism"."""
    return re.compile(rf"(?<![\w-])(?<!\bsuicide )(?:{'|'.join(map(re.escape, forms))})", re.IGNORECASE)


def _with_plurals(words: list[str]) -> list[str]:
    return words + [word + "s" for word in words]


def before_stop(population: str) -> str:
    """Return the words before the first that begins a clause or a place: "children" of "children in camps"."""
    return _STOP.split(population[:_LONGEST_POPULATION], maxsplit=1)[0]


@lru_cache(maxsize=4096)
def restricted(population: str) -> frozenset[str] | None:
    """Return what the words restrict the population to: "Afghan refugees" gives {AFG, refugee}; None for no words."""
    if not population.strip():
        return None
    vocabulary = _vocabulary()
    words = [w.lower() for w in _WORD.findall(before_stop(population))]
    found: set[str] = set()
    at = 0
    while at < len(words):
        pair = _singular(" ".join(words[at : at + 2]))
        word = words[at]
        if at + 1 < len(words) and pair in vocabulary.countries:
            found.add(vocabulary.countries[pair] or pair)
            at += 2
            continue
        at += 1
        single = _singular(word)
        if word in vocabulary.generic or single in vocabulary.generic:
            continue
        country = next((vocabulary.countries[w] for w in (word, single) if w in vocabulary.countries), None)
        if country is not None:
            found.add(country or single)
        else:
            found.add(vocabulary.classes.get(word) or vocabulary.classes.get(single) or single)
    return frozenset(found)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=4096)
def _context(words: str) -> frozenset[str] | None:
    """Return in what people came to harm, as a set of kinds of violence; None where no word says so."""
    found = {name for name, pattern in _vocabulary().context if pattern.search(words)}
    if not found:
        return None
    if "violence" in found:
        return frozenset({"suicide", "attack", "operation", "violence"})
    if "attack" in found:
        found.add("suicide")  # attacks include suicide attacks
    return frozenset(found)


def context_words(context: frozenset[str]) -> str:
    """Return in words in what people came to harm: "attacks and operations", "floods"."""
    if "violence" in context:
        return "all violence"
    names = ["attacks"] if "attack" in context else ["suicide attacks"] if "suicide" in context else []
    if "operation" in context:
        names.append("operations")
    names += sorted(context - {"suicide", "attack", "operation"})  # disasters go by their plurals
    return " and ".join(names)


def _plain(code: str) -> str:
    return code.replace("_", " ")
