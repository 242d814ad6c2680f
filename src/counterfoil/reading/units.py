"""The units and currencies that stand beside a number."""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from counterfoil.reading.numerals import MENTIONED, Page, is_numeral, lexicon, mentions
from counterfoil.spans import Span


class Unit(NamedTuple):
    """A unit and the tokens that name it.

    code    label format: "km", "degC", "year", "EUR".
    shape   "measure", "duration" or "money".
    factor  what the number is to be multiplied with: 10 for "decades", 0.01 for "cents".
    """

    code: str
    shape: str
    first: int
    end: int
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Table:
    phrases: dict[str, tuple[tuple[tuple[str, ...], str, str, Decimal], ...]]  # by first token, longest first
    signs: dict[str, str]
    letters: dict[str, str]
    words: dict[str, str]
    parts: frozenset[str]
    codes: frozenset[str]
    countries: dict[str, dict[str, str]]  # currency word -> beginning of a country's name -> code
    adjectives: frozenset[str]
    plain: frozenset[str]  # currency words that are also plain words
    costs: frozenset[str]
    weather: frozenset[str]


@cache
def _table() -> _Table:
    units, near = lexicon("units"), lexicon("contexts")
    phrases: dict[str, list[tuple[tuple[str, ...], str, str, Decimal]]] = {}

    def add(spelling: str, code: str, shape: str, factor: Decimal = Decimal(1)) -> None:
        parts = tuple(spelling.split())
        phrases.setdefault(parts[0], []).append((parts, code, shape, factor))

    for shape, section in (("measure", "measures"), ("duration", "durations")):
        for code, spellings in units[section].items():
            for spelling in spellings:
                add(spelling, code, shape)
    for word, (factor, code) in units["spans"].items():
        add(word, code, "duration", Decimal(factor))
    countries = {
        word: {name: code for name, code in group.items() if name != "words"}
        for group in units["by_country"].values()
        for word in group["words"]
    }
    adjectives = {name.split()[-1] for group in units["by_country"].values() for name in group if name != "words"}
    return _Table(
        {word: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for word, found in phrases.items()},
        units["signs"],
        units["letters"],
        units["words"],
        frozenset(units["parts"]["words"]),
        frozenset(code.lower() for code in units["codes"]["list"].split()),
        countries,
        frozenset(adjectives) | frozenset(near["currency_adjectives"].split()),
        frozenset(near["plain_currencies"].split()),
        frozenset(near["costs"].split()),
        frozenset(near["weather"].split()),
    )


# Spellings that are also other words or letters: they must touch their number.
_TIGHT = frozenset("m c f l g t h ° º pm bit b kt deg min sec rad mi pt db v w".split())
_CELSIUS = frozenset(["c", "f"])


def measure_after(page: Page, end: int) -> Unit | None:
    """Return the physical unit or the unit of time that follows token end - 1, over a hyphen too."""
    words = page.words
    j = end
    hyphen = words[j] == "-" and page.glued(j) and page.glued(j + 1)
    if hyphen:
        j += 1
    elif words[j] in ("(", "[", "{", "<") and words[j + 2] in (")", "]", "}", ">") and words[j + 1] in _table().phrases:
        j += 1  # "20 (kg)"
    if not page.near(j):
        return None
    for parts, code, shape, factor in _table().phrases.get(words[j], ()):
        size = len(parts)
        if size > 1 and tuple(words[j : j + size]) != parts:
            continue
        if size == 1 and parts[0] in _TIGHT and not _tightly(page, j, parts[0]):
            continue
        if any(words[j + k] and not page.near(j + k) for k in range(1, size)):
            continue
        if page.glued(j + size) and (words[j + size].isalpha() or is_numeral(words[j + size])):
            if not (
                is_numeral(words[j + size])
                and words[j + size] in ("2", "3")
                and code in ("m", "km", "cm", "mi", "ft", "mm")
            ):
                continue
            return Unit(f"{code}{words[j + size]}", "measure", j, j + size + 1, factor)
        unit = Unit(code, shape, j, j + size, factor)
        return (_quotient(page, unit) or unit) if shape == "measure" else unit
    return None


def _quotient(page: Page, unit: Unit) -> Unit | None:
    """Join "litres per square metre", "kg/ha" to one unit; None where a measure is not of another ("litres a day")."""
    words, k = page.words, unit.end + 1
    joint = words[unit.end]
    if joint not in ("per", "/") and not (joint == "a" and words[k] in ("square", "cubic")):
        return None
    if not page.near(k) or unit.factor != 1:
        return None
    for parts, code, shape, factor in _table().phrases.get(words[k], ()):
        if shape == "measure" and factor == 1 and tuple(words[k : k + len(parts)]) == parts:
            loose = len(parts[0]) == 1 and joint != "/"
            following = words[k + len(parts)]
            if loose or (page.glued(k + len(parts)) and following.isalnum()):
                continue
            return Unit(f"{unit.code}/{code}", "measure", unit.first, k + len(parts))
    return None


def _tightly(page: Page, j: int, word: str) -> bool:
    if word in _CELSIUS:
        return page.glued(j) and page.capital(j) and _is_degrees(page, j)
    if word in ("m", "min", "sec"):  # "3 min", and not "12 Min Aung"
        return not page.capital(j)
    return page.glued(j) and not (word in ("g", "b") and page.capital(j))


def _is_degrees(page: Page, j: int) -> bool:
    """Say whether the "C" or "F" at token j, glued to its number, means degrees, and no seat, room or model.

    A word of weather beside it says so. Without one "49.6C" does behind a word of measuring ("hit 49.6C"), as does what
    stands beside such a one ("and Pune 38C"), and "44C" where the text speaks of temperatures.
    """
    words = page.words
    warm = _table().weather
    if any(near in warm for near in words[max(0, j - 12) : j + 12]):
        return True
    if words[j] != "c" or not _AIR.match(words[j - 1]):
        return False
    measured = words[j - 2] in _MEASURING
    if measured and "." in words[j - 1]:
        return True
    if measured and any(mentions(page.text, word) for word in _OF_WEATHER):
        return True
    near = range(max(2, j - _BESIDE), min(j + _BESIDE, len(words)))
    return any(
        words[k] == "c" and page.glued(k) and page.capital(k) and "." in words[k - 1] and words[k - 2] in _MEASURING
        for k in near
        if k != j and _AIR.match(words[k - 1])
    )


_AIR = re.compile(r"[0-5]?[0-9](?:\.[0-9])?\Z")  # degrees Celsius of the air: the hottest ever measured are 56.7
_MEASURING = frozenset(
    "hit hits reached reaches recorded registered topped touched exceeded measured was is of to at above below near"
    " nearly about around over under past".split()
)
_OF_WEATHER = ("temperature", "heatwave", "heat wave", "celsius")
_BESIDE = 25  # tokens: a sentence


def sign_before(page: Page, i: int) -> tuple[str, int] | None:
    """Return the currency written before the numeral at token i and the first token of it: "US$", "Rs", "SEK"."""
    words, table = page.words, _table()
    sign = words[i - 1]
    if not sign or not page.near(i):
        return None
    if sign in table.signs and not sign.isalpha():
        combined = words[i - 2] + sign
        if combined in table.signs and words[i - 2].isalpha() and page.near(i - 1):
            return table.signs[combined], i - 2
        if words[i - 2] == "." and words[i - 3] == "s" and words[i - 4] == "." and words[i - 5] == "u":
            return "USD", i - 5
        if words[i - 2] == "s" and words[i - 3] == "." and words[i - 4] == "u":
            return "USD", i - 4
        if words[i - 2] in table.codes and page.near(i - 1):
            return words[i - 2].upper(), i - 2
        return by_country(page, sign, i) or table.signs[sign], i - 1
    j = i - 1
    if sign == "." and page.glued(j) and words[j - 1] in table.letters and len(words[j - 1]) > 1:
        sign, j = words[j - 1], j - 1  # "Rs. 500"
    if page.glued(j) and (words[j - 1].isalnum() or words[j - 1] == "-"):
        return None
    written = page.text[page.starts[j] : page.ends[j]]
    if sign in table.codes and written.isupper():
        return sign.upper(), j
    if sign in table.letters and written[:1].isupper():
        glued = page.ends[j] == page.starts[i]
        if len(sign) == 1:
            grouped = "," in page.words[i] or page.words[i + 1] in ("million", "billion", "m", "bn")
            code = by_country(page, sign, i) or (table.letters[sign] if grouped else None)
            return (code, j) if glued and code else None
        if sign in ("sh", "le", "kr", "sen") and by_country(page, sign, i) is None:
            return None
        return by_country(page, sign, i) or table.letters[sign], j
    return None


def sign_after(page: Page, end: int) -> tuple[str, int] | None:
    """Return the currency sign written after token end - 1 and its end: "10 €", "100元"."""
    word, table = page.words[end], _table()
    if word in table.signs and page.near(end) and word != "$":
        return table.signs[word], end + 1
    if word == "$" and page.near(end) and not is_numeral(page.words[end + 1]):
        return "USD", end + 1
    return None


def money_after(page: Page, end: int, *, scaled: bool) -> Unit | None:
    """Return the currency that the words after token end - 1 name: "dollars", "Syrian pounds", "CFA francs", "USD"."""
    words, table = page.words, _table()
    j = end
    if words[j] == "-" and page.glued(j) and page.glued(j + 1):
        j += 1
    if words[j] == "(" or not page.near(j):
        return None
    for k in range(j, j + 4):
        word = words[k]
        if not word or (k > j and not page.near(k)):
            return None
        if word in table.codes and page.text[page.starts[k] : page.ends[k]].isupper():
            if page.glued(k + 1) and is_numeral(words[k + 1]):
                return None  # "3 USD50 cards"
            return Unit(word.upper(), "money", k, k + 1)
        if word in table.words:
            return _money_word(page, j, k, scaled=scaled)
        if not (word in (".", "-") or word in table.adjectives or _adjective(word)):
            return None
    return None


def _adjective(word: str) -> bool:
    return word[-2:] in ("an", "sh", "se", "ch", "ss", "ni", "qi") and len(word) > 3


def _money_word(page: Page, first: int, k: int, *, scaled: bool) -> Unit | None:
    """Settle the currency word at token k, the words from token first on being its adjectives."""
    table, word = _table(), page.words[k]
    said = "".join(page.words[first:k]).replace(".", "")
    countries = table.countries.get(word, {})
    code = next((code for name, code in countries.items() if said.startswith(name.replace(" ", ""))), None)
    if code is None and not scaled:
        if word in ("pound", "pounds") and first == k and not _pounds_are_money(page, k):
            return Unit("lb", "measure", first, k + 1)
        if word in table.plain and by_country(page, word, k) is None:
            return None
    factor = Decimal("0.01") if word in table.parts else Decimal(1)
    return Unit(code or by_country(page, word, k) or table.words[word], "money", first, k + 1, factor)


def _pounds_are_money(page: Page, k: int) -> bool:
    """Say whether bare "pounds" is money here: the article writes the sign, or speaks of what it costs."""
    if page.words[k + 1] in ("of", "("):
        return False
    costs = _table().costs
    return mentions(page.text, "£") or any(word in costs for word in page.words[max(0, k - 14) : k + 8])


_ENOUGH = 2  # mentions of a country that make a bare dollar its own, where nothing speaks of the United States


def by_country(page: Page, word: str, at: int) -> str | None:
    """Return the currency that countries settle for a shared word at token `at`; None if none does, or a tie.

    Those named before it in its sentence come first ("India offered Rs 50 crore", in an article of Pakistan), then
    those of the whole text; where the sentence names two, none is taken.
    """
    countries = _table().countries.get(word)
    if countries is None:
        return None
    if "american" in countries:
        return _named(page.text, word)
    end = page.starts[at]
    before = _SENTENCES.split(page.text[max(0, end - _SENTENCE) : end])[-1].lower()
    here = {code for name, code in countries.items() if name in before}
    if len(here) > 1:
        return None
    return here.pop() if here else _named(page.text, word)


_SENTENCE = 400  # code points before a number that are looked at for its sentence
_SENTENCES = re.compile(r"[.!?;][\"”’]?\s+(?=[A-Z\"“‘])|;|\n")


@lru_cache(maxsize=16)
def _named(text: str, word: str) -> str | None:
    countries = _table().countries[word]
    low = text[:MENTIONED].lower()
    dollars = "american" in countries
    if dollars and any(name in low for name in ("u.s.", "us$", "united states", "american", "washington")):
        return None
    counts: Counter[str] = Counter()
    for name, code in countries.items():
        counts[code] += 0 if name in ("us", "american", "british") else low.count(name)
    (best, most), *others = counts.most_common(2)
    if most < (_ENOUGH if dollars else 1) or (others and others[0][1] == most):
        return None
    return best


@cache
def time_words() -> frozenset[str]:
    """Return the words for units of time."""
    units = lexicon("units")
    return frozenset([word for words in units["durations"].values() for word in words] + list(units["spans"]))


@cache
def unit_words() -> frozenset[str]:
    """Return singular unit words that "a" can count: "at least a year", "less than a kilometre"."""
    return frozenset(lexicon("contexts")["a_units"].split())


# Chains that are one figure: "1 hour 59 minutes", "5 ft 2 in", in the smallest unit named.
_CHAINS: tuple[dict[str, Decimal], ...] = (
    {
        "second": Decimal(1),
        "minute": Decimal(60),
        "hour": Decimal(3600),
        "day": Decimal(86400),
        "week": Decimal(604800),
    },
    {"month": Decimal(1), "year": Decimal(12)},
    {"in": Decimal(1), "ft": Decimal(12)},
    {"oz": Decimal(1), "lb": Decimal(16)},
)


def in_smaller(larger: str, smaller: str) -> Decimal | None:
    """Return how many of the smaller unit one of the larger has, None where they do not chain."""
    for chain in _CHAINS:
        if larger in chain and smaller in chain and chain[larger] > chain[smaller]:
            return chain[larger] / chain[smaller]
    return None


def span_of(page: Page, first: int, end: int) -> Span:
    """Return the span of tokens first to end - 1."""
    return Span(page.starts[first], page.ends[end - 1])
