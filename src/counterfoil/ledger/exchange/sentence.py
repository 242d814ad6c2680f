"""One figure in one plain sentence, always the same: what stands in rows for the public, and what is cited."""

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from unicodedata import decimal

from counterfoil.ledger.exchange.names import ordinary
from counterfoil.ledger.model import Entry
from counterfoil.reading import gazetteer
from counterfoil.reading.model import Direction, Hedge, Kind, Modality, Tally
from counterfoil.reading.taxonomy import expand, taxonomy

_BEFORE = {
    Hedge.AT_LEAST: "at least ",
    Hedge.MORE_THAN: "more than ",
    Hedge.AT_MOST: "at most ",
    Hedge.LESS_THAN: "fewer than ",
    Hedge.ABOUT: "about ",
    Hedge.NEARLY: "nearly ",
}
_MODALITY = {
    Modality.ESTIMATED: "estimated",
    Modality.PROJECTED: "projected, not observed",
    Modality.PLANNED: "planned, not observed",
    Modality.FEARED: "feared, not observed",
    Modality.DENIED: "denied",
}
_UNITS = {  # one and several, where the unit's code is not the word
    "person": ("person", "people"),
    "family": ("family", "families"),
    "percentage_point": ("percentage point", "percentage points"),
    "ratio": ("time as many", "times as many"),
    "degC": ("°C", "°C"),
    "degF": ("°F", "°F"),
    "other": ("", ""),
    "item": ("", ""),
}
# Units of what is counted, and not measured: the number stands right before them.
_COUNTED = frozenset({"person", "household", "family", "event", "building", "vehicle", "animal", "vote", "seat"})
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
# Measures that are called by a noun; the others of people, by what happened to them: "12 children killed".
_NOUNS = frozenset({"casualties", "refugees", "asylum_seekers", "participants", "protesters", "population", "people"})
_BEFOREHAND = frozenset({"undocumented"})
_THINGS = frozenset(
    {"buildings_destroyed", "buildings_damaged", "households"}
)  # called by a noun that others may replace
_AMOUNTS = re.compile(r"\b(?:tens|dozens|scores|hundreds|thousands|millions|billions)\Z", re.IGNORECASE)
_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # strftime's follow the machine's language


def sentence(entry: Entry) -> str:
    """Return the figure in one sentence: how many of what, where, when, who says it, and who printed it.

    Nothing is filled in: what the article does not tell is not there.
    """
    what = counted(entry)
    told = [f"{quantity(entry)}{' ' if entry.unit in _COUNTED else ': '}{what}" if what else quantity(entry)]
    told[0] += f" {following(entry)}" if not what and following(entry) else ""
    told[0] += " (rate)" if entry.kind is Kind.RATE else ""
    told[0] += f" (the article has {entry.quote})" if is_set_right(entry) else ""
    where = place(entry) or (country_name(entry.country) if entry.country_of == "place" else "")
    told += [f"in {where}"] if where and (entry.place or where) not in (entry.origin, entry.destination) else []
    told += [f"from {entry.origin}"] if entry.origin else []
    told += [f"to {entry.destination}"] if entry.destination else []
    when = days(entry.first, entry.last)
    told += [when] if when else []
    if entry.modality in _MODALITY:
        told.append(_MODALITY[entry.modality])
    told.append(f"according to {claimant(entry)}" if entry.claimant else "no source named")
    printed = ", ".join(one for one in (entry.outlet or entry.title, day(entry.published)) if one)
    gone = "; the article no longer has it" if entry.gone else ""
    joined = ", ".join(told)
    return f"{joined[:1].upper()}{joined[1:]}{f' ({printed})' if printed else ''}{gone}."


def quantity(entry: Entry) -> str:
    """Return how many, in the bounds of the words; with its unit where that is no noun of what is counted."""
    low, high = entry.said_low, entry.said_high
    if low is None and high is None:
        low, high = entry.low, entry.high
    if low is None and high is None:
        return entry.quote or ("an unstated number of" if entry.unit in _COUNTED else "an unstated number")
    if low is not None and high is not None and low != high:
        number = f"{digits(low)} to {digits(high)}"
    else:
        one = low if low is not None else high
        assert one is not None
        number = _BEFORE.get(entry.hedge, "") + digits(one)
        if entry.hedge is Hedge.VAGUE:
            number = entry.quote or f"at least {digits(one)}"
    if entry.unit in _COUNTED:
        return _of_what_kind(number, entry)
    sign = {Direction.UP: "up ", Direction.DOWN: "down "}.get(entry.direction, "") if entry.direction else ""
    unit = unit_words(entry.unit, one=low == high == 1)
    return f"{sign if entry.unit != 'ratio' else ''}{number}{f' {unit}' if unit else ''}"


def _of_what_kind(number: str, entry: Entry) -> str:
    """Return a number of people or things that a noun follows: "2,700 more", "another 17", "dozens of"."""
    if entry.kind is Kind.CHANGE and entry.direction is not None:
        return f"{number} {'more' if entry.direction is Direction.UP else 'fewer'}"
    if entry.tally is Tally.INCREMENT:
        return f"another {number}"
    return f"{number} of" if entry.hedge is Hedge.VAGUE and _AMOUNTS.search(number) else number


def unit_words(code: str, *, one: bool = False) -> str:
    """Return the words of a unit, "" where there is none to say."""
    plural = f"{code}s" if code in _COUNTED | _TIMES else code
    return _UNITS.get(code, (code, plural))[0 if one else 1]


def counted(entry: Entry) -> str:
    """Return what an entry counts, no word twice: "people killed", "houses damaged", "Sudanese refugees", "attacks"."""
    one = entry.said_low == entry.said_high == 1 or (entry.said_low is None and entry.low == entry.high == 1)
    return thing(entry.measure, entry.unit, entry.population, entry.term, one=one)


def following(entry: Entry) -> str:
    """Return the article's words after a number of which it is not known what it counts: “districts will stay…”."""
    words = re.match(r"\s*[^\W\d_][\w'’-]*(?:\s+[\w'’-]+){0,3}(?=\W)", entry.suffix)
    return f"“{' '.join(words.group().split())}…”" if words else ""


def thing(measure: str, unit: str, population: str = "", term: str = "", *, one: bool = False) -> str:
    """Return in words what is counted: a code of the taxonomy, of what unit, of whom.

    term  the article's word, told where no measure fits.
    Words of the article that only say the measure again ("the death toll", "the displaced") are left out.
    """
    code = "" if measure == "other" else measure
    whom = "" if _says_again(population, code) else population
    noun = unit_words(unit, one=one) if unit in _COUNTED else ""
    words = code.replace("_", " ")
    if not code:
        return " ".join(filter(None, ("" if _holds(whom, term) else term, whom))) or noun
    if unit == "event":
        words = words if one else _plural(words)
    elif unit in _COUNTED and _holds(whom, words):
        return whom  # "Sudanese refugees", "displaced children"
    elif code in _BEFOREHAND:
        return f"{words} {whom or noun}"
    elif code in _THINGS:
        return f"{whom or words.split()[0]} {' '.join(words.split()[1:])}".strip()
    elif code == "people":
        return whom or noun or words
    elif unit in ("person", "household", "family") and code not in _NOUNS:
        return f"{whom or noun} {words}"
    return f"{words} ({whom})" if whom else words


def _says_again(words: str, code: str) -> bool:
    """Say whether words of an article tell no more than the measure and its unit do."""
    told = _words(words)
    return not told or told in _terms(code) or told <= {*_words(code), "people", "person", "persons"}


def _holds(words: str, others: str) -> bool:
    return bool(words) and _words(others) <= _words(words)


def _words(several: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", gazetteer.fold(several)))


@cache
def _terms(code: str) -> frozenset[frozenset[str]]:
    """Return the words that decide a measure, each phrase as a set."""
    found = [one for one in taxonomy() if one.code == code]
    return frozenset(frozenset(words) for one in found for term in one.terms for words in expand(term))


def _plural(noun: str) -> str:
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def is_set_right(entry: Entry) -> bool:
    """Say whether the number that holds now has other digits than the article's."""
    written = _digits(entry.quote)
    said = [_digits(f"{one:f}") for one in (entry.said_low, entry.said_high) if one is not None]
    plain = bool(written) and not any(c.isalpha() or c in "½¼¾%" for c in entry.quote)
    return plain and bool(said) and written not in (*said, "".join(said))


def _digits(words: str) -> str:
    return "".join(str(decimal(c)) for c in words if c.isdecimal())


def place(entry: Entry) -> str:
    """Return where, "" where the words do not say; between quotation marks where no gazetteer knows it."""
    return f"“{entry.place}”" if entry.place and entry.level == "unknown" else entry.place


def claimant(entry: Entry) -> str:
    """Return who says it, "" where the article speaks for itself.

    A common noun with a capital only because it opens its sentence is told without: "Hospital counts 31 dead".
    """
    if entry.claimant == entry.claimant_kind == "unnamed":
        return "a source not named"
    first, _, rest = entry.claimant.partition(" ")
    if rest and first in ("A", "An", "The", "One", "Some", "Several") and rest[0].islower():
        return f"{first.lower()} {rest}"
    opens = entry.excerpt.startswith(entry.claimant) and rest.islower() is bool(rest)
    return f"{first.lower()} {rest}".rstrip() if opens and ordinary(first.lower()) else entry.claimant


def digits(number: Decimal) -> str:
    """Return a number with commas: 1,204; very long ones as they are.

    >>> digits(Decimal("1204")), digits(Decimal("66.70"))
    ('1,204', '66.7')
    """
    if abs(number.adjusted()) > 30:
        return str(number)
    plain = f"{number:,f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def day(one: date | None) -> str:
    """Return a day: 3 May 2024; "" for none."""
    return "" if one is None else f"{one.day} {_MONTHS[one.month - 1]} {one.year}"


def days(first: date | None, last: date | None) -> str:
    """Return a period in words; "" where neither end is known."""
    if first is None and last is None:
        return ""
    if first is None:
        return f"until {day(last)}"
    if last is None:
        return f"since {day(first)}"
    if first == last:
        return f"on {day(first)}"
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and _ends_month(last):
        return f"in {_MONTHS[first.month - 1]} {first.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"in {first.year}"
    return f"from {day(first)} to {day(last)}"


def _ends_month(one: date) -> bool:
    return one == date.max or (one + timedelta(days=1)).day == 1


def country_name(code: str) -> str:
    """Return the name of a country; the code itself where it is not known."""
    try:
        return gazetteer.country_row(code).name if code else ""
    except StopIteration:
        return code
