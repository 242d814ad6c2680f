"""Text to tokens, and tokens to the plain numbers that they spell. No units, no hedges, no judgement.

A `Page` holds one text cut into numerals ("1,204", "2.5"), words (letters only) and single signs.
"""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

# Decimal digits of other scripts, group separators and dashes are read as their ASCII likes, one code point each.
_ZEROS = (
    0x660,
    0x6F0,
    0x7C0,
    0x966,
    0x9E6,
    0xA66,
    0xAE6,
    0xB66,
    0xBE6,
    0xC66,
    0xCE6,
    0xD66,
    0xE50,
    0xED0,
    0x1040,
    0x17E0,
    0xFF10,
)
_PLAIN = {chr(zero + digit): str(digit) for zero in _ZEROS for digit in range(10)}
_PLAIN |= {"\u066b": ".", "\uff0e": ".", "\u066c": ",", "\uff0c": ",", "\uff05": "%", "\u066a": "%", "\ufe6a": "%"}
_PLAIN |= {"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2212": "-", "\uff0d": "-", "\u2019": "'", "\u02bc": "'"}
_PLAIN |= {
    "\uff04": "$",
    "\ufe69": "$",
    "\uffe1": "£",
    "\uffe5": "¥",
    "\u2007": "\xa0",
    "\u2009": "\xa0",
    "\u202f": "\xa0",
}
_PLAIN |= {"\u200a": "\xa0", "\u2044": "/"}
_FANCY = re.compile("[" + "".join(map(re.escape, _PLAIN)) + "]")

# A word, first where it is plain ASCII, which is quicker to see; a numeral with its separators, which must stand
# between digits, so that the scan is linear; a sign.
_TOKEN = re.compile(r"[a-z]++(?![^\x00-\x7f])|[^\W\d_]+|[0-9]+(?:[.,'\xa0][0-9]+)*|(?<![\w.])\.[0-9]+|\S")

_PAD = 16  # empty tokens after the last, so that looking a few tokens past either end needs no test
_GROUPS = 7  # groups of three digits that spaces may join
_LIST = 8  # numerals joined by commas alone; more are no prose
_LONGEST = 24  # digits; beyond this it is no count that news could state (a hash, a serial number)

_PART = re.compile(r"[^,]+|,")
_WESTERN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?\Z")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?\Z")
_EUROPEAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?\Z|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}\Z")
_SPACED = re.compile(r"[0-9]{1,3}(?:[\xa0'][0-9]{3})+(?:[.,][0-9]+)?\Z")
_PLAINLY = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z|\.[0-9]+\Z")


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Return one of the tables beside this module, read at first use."""
    from importlib.resources import files  # costs 5 ms, and nothing is read before the first text

    return tomllib.loads(files("counterfoil.reading").joinpath("lexicon", f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Page:
    """A text and its tokens, lower case; padded at the end, so that index -1 is an empty token too."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    def glued(self, i: int) -> bool:
        """Say whether nothing stands between token i and the one before."""
        return i > 0 and self.starts[i] == self.ends[i - 1]

    def near(self, i: int) -> bool:
        """Say whether at most three blanks or a line's end stands between token i and the one before."""
        return i > 0 and self.starts[i] - self.ends[i - 1] <= 3

    def capital(self, i: int) -> bool:
        """Say whether token i begins with a capital letter in the text."""
        return i >= 0 and bool(self.words[i]) and self.text[self.starts[i]].isupper()


def page(text: str) -> Page:
    """Cut a text into tokens. Offsets are those of the text, whatever its script."""
    plain = text if text.isascii() else _FANCY.sub(lambda match: _PLAIN[match[0]], text)
    folded = plain.lower()
    if len(folded) != len(plain):  # a few capitals fold to two code points
        folded = "".join(low if len(low := character.lower()) == 1 else character for character in plain)
    matches = list(_TOKEN.finditer(folded))
    words = [match[0] for match in matches]
    starts = [match.start() for match in matches]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    grouped = [word for word in words if "," in word and len(word) > 1]
    if any(digits(word) is None for word in grouped):
        words, starts, ends = _lists_apart(words, starts)
    words += [""] * _PAD
    starts += [len(text) + 9] * _PAD
    ends += [len(text) + 9] * _PAD
    return Page(text, words, starts, ends)


def _lists_apart(words: list[str], starts: list[int]) -> tuple[list[str], list[int], list[int]]:
    """Cut "22,24,26" into its numerals and commas; a long list without a space stays whole, and unreadable."""
    found: list[tuple[str, int]] = []
    for word, start in zip(words, starts, strict=True):
        if "," in word and 0 < word.count(",") < _LIST and digits(word) is None:
            found += [(part[0], start + part.start()) for part in _PART.finditer(word)]
        else:
            found.append((word, start))
    return [word for word, _ in found], [start for _, start in found], [start + len(word) for word, start in found]


MENTIONED = 100_000  # code points at a text's beginning in which what it mentions is looked for


@lru_cache(maxsize=16)
def mentions(text: str, name: str) -> bool:
    """Say whether a text speaks of something, by its name in lower case."""
    return name in text[:MENTIONED].lower()


_POINT = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?!,?\d)|\d{1,4}\.\d(?![\d.]|,\d))")
_COMMA = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3}){2,}(?![\d.])|\d{1,3}(?:\.\d{3})+,\d"
    r"|\d{1,4},\d{1,2}(?= ?[%€]| (?:per cent|percent|million|billion|km|kg|euros?)\b))"
)


@lru_cache(maxsize=16)
def decimal_mark(text: str) -> str:
    """Return which sign the text's plain numbers have before their decimals: "." or ","; "" where they do not tell.

    "2.5" and "1,204" tell of a point, "1.234.567" and "2,5 %" of a comma.
    """
    point, comma = _POINT.search(text, 0, MENTIONED), _COMMA.search(text, 0, MENTIONED)
    if bool(point) == bool(comma):
        return ""
    return "." if point else ","


def is_numeral(word: str) -> bool:
    """Say whether a token is written in digits."""
    return word[:1] in _DIGITS or (word[:1] == "." and len(word) > 1)


_DIGITS = frozenset("0123456789")


def digits(word: str) -> tuple[Decimal, Decimal] | None:
    """Return value and grain of a numeral in digits, None where its separators fit no way of writing numbers.

    The grain is the place value of the last digit written: 1 for "2,267", 0.1 for "2.5".
    """
    if len(word) > 2 * _LONGEST:
        return None
    if _PLAINLY.match(word) or _WESTERN.match(word) or _INDIAN.match(word):
        plain = word.replace(",", "")
    elif _SPACED.match(word):
        plain = word.replace("\xa0", "").replace("'", "").replace(",", ".")
    elif _EUROPEAN.match(word):
        plain = word.replace(".", "").replace(",", ".")
    else:
        return None
    if len(plain) > _LONGEST:
        return None
    value = Decimal(plain)
    exponent = value.as_tuple().exponent
    return value, Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))


def decimal_comma(word: str) -> tuple[Decimal, Decimal] | None:
    """Return value and grain of "1,3" read with a decimal comma."""
    return digits(word.replace(",", ".")) if re.match(r"[0-9]+,[0-9]{1,2}\Z", word) else None


class Cardinal(NamedTuple):
    """A plain number and the tokens that spell it.

    first, end  tokens first to end - 1.
    scale       what its last scale word multiplies by, 1 if none: lets "five to six million" share it.
    short       the letters of a short scale ("m", "bn"), which may still prove to be a unit.
    style       "digits" or "words".
    """

    first: int
    end: int
    value: Decimal
    grain: Decimal
    scale: Decimal = Decimal(1)
    short: str = ""
    style: str = "digits"


def last_place(value: Decimal) -> Decimal:
    """Return the place value of the last digit that is not zero: 100 000 for 500 000; 1 for zero."""
    if not value:
        return Decimal(1)
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of numbers.toml as the grammar uses them; triggers: all words at which a number may begin or end."""

    ones: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    short: dict[str, int]
    collectives: dict[str, int]
    fractions: dict[str, int]
    glyphs: dict[str, Decimal]
    floors: dict[str, int]
    changes: dict[str, int]
    folds: dict[str, int]
    triggers: frozenset[str]


@cache
def number_words() -> Words:
    """Return the number words."""
    table = lexicon("numbers")
    counted = {**table["ones"], **table["tens"], "hundred": 100, "thousand": 1000}
    glyphs = {glyph: Decimal(a) / Decimal(b) for glyph, (a, b) in table["glyphs"].items()}
    folds = {f"{word}fold": value for word, value in counted.items() if value > 1}
    sections = ("ones", "tens", "scales", "collectives", "floors", "fractions", "changes")
    return Words(
        table["ones"],
        table["tens"],
        table["scales"],
        table["short"],
        table["collectives"],
        table["fractions"],
        glyphs,
        table["floors"],
        table["changes"],
        folds,
        frozenset(glyphs).union(folds, *(table[section] for section in sections)),
    )


def joined(page: Page, i: int) -> int:
    """Return the token after i, stepping over a hyphen that joins two words."""
    if page.words[i + 1] == "-" and page.glued(i + 1) and page.glued(i + 2):
        return i + 2
    return i + 1


def spelled(page: Page, i: int) -> Cardinal | None:
    """Read the number that the words from token i spell: "two hundred and six", "twenty-five hundred"."""
    table, words = number_words(), page.words
    total, group, ceiling, end, j = 0, 0, 10**18, i, i
    before = ""  # what the last token was: "ones", "tens", "hundred", "scale"
    while True:
        word = words[j]
        if not (j == i or page.near(j)):
            break
        if word in table.ones:
            value = table.ones[word]
            if before == "ones" or (before == "tens" and not 0 < value < 10) or (before == "tens" and group % 10):
                break
            group, before = group + value, "ones"
        elif word in table.tens:
            if before in ("ones", "tens"):
                break
            group, before = group + table.tens[word], "tens"
        elif word == "hundred" and before in ("ones", "tens") and 0 < group < 100:
            group, before = group * 100, "hundred"
        elif word in table.scales and word != "hundred" and before:
            scale = table.scales[word]
            if before == "scale" and not group:  # "three lakh crore", "a hundred thousand million"
                total *= scale
            elif group > 0 and scale < ceiling:
                total, group, ceiling = total + group * scale, 0, scale
            else:
                break
            before = "scale"
        else:
            break
        end = j + 1
        j = joined(page, j)
        if words[j] == "and" and before in ("hundred", "scale") and _continues(page, joined(page, j), before, ceiling):
            j = joined(page, j)
        elif words[j] == "-" and before == "tens" and 0 < table.ones.get(words[j + 1], 0) < 10 and page.near(j):
            j += 1  # "fifty - two"
    if not before:
        return None
    said = Decimal(total + group)
    last = Decimal(ceiling if ceiling < 10**18 and not group else 1)
    if before == "hundred":
        last = Decimal(100)
    return Cardinal(i, end, said, last_place(said) if said >= 1000 else Decimal(1), last, style="words")


def _continues(page: Page, j: int, before: str, ceiling: int) -> bool:
    """Say whether the words from token j on complete a number whose last word was a hundred or a scale."""
    table, words = number_words(), page.words
    if words[j] not in table.ones and words[j] not in table.tens:
        return False
    k = j
    while words[k] in table.ones or words[k] in table.tens:
        if k > j + 2:
            break
        k = joined(page, k)
    if words[k] in table.fractions:
        return False  # "two million and one half"
    if before == "hundred":
        return words[k] != "hundred"
    return table.scales.get(words[k], 1) < ceiling and words[k] not in table.short


def cardinal(page: Page, i: int) -> Cardinal | None:
    """Read the plain number that begins at token i, with its scale words, halves and dozens."""
    table, words = number_words(), page.words
    word = words[i]
    if is_numeral(word):
        read = digits(word)
        if read is None:
            return None
        value, grain = read
        number = Cardinal(i, i + 1, value, grain)
        number = _grouped_by_spaces(page, number)
    elif word in ("a", "an") or word in table.collectives or (word in table.scales and word not in table.short):
        start = joined(page, i) if word in ("a", "an") else i
        if words[start] in ("couple", "few") and word == "a":
            return None
        scale = table.scales.get(words[start]) or table.collectives.get(words[start])
        if scale is None or words[start] in table.floors:
            return None
        after = joined(page, start)
        value = Decimal(scale)
        if words[start] in table.scales and (inner := spelled_after(page, start, scale)) is not None:
            return Cardinal(i, inner.end, inner.value, last_place(inner.value), inner.scale, style="words")
        number = Cardinal(i, start + 1, value, value if scale >= 1000 else Decimal(1), value, style="words")
        half = _and_part(page, after)
        if half is not None and words[start] in table.scales:
            share, end = half
            value = value * (1 + share)
            return Cardinal(i, end, value, last_place(value), Decimal(1), style="words")
        return number
    elif word in table.glyphs:
        number = Cardinal(i, i + 1, table.glyphs[word], Decimal("0.1"), style="words")
    else:
        read_words = spelled(page, i)
        if read_words is None:
            return None
        number = _decimal_words(page, read_words)
        half = _and_part(page, joined(page, number.end - 1)) if number.scale >= 1000 else None
        if half is not None:  # "two million and a half"
            value = number.value + number.scale * half[0]
            return Cardinal(i, half[1], value, last_place(round(value, 0)), number.scale, style="words")
    return _scaled(page, _mixed(page, number))


def spelled_after(page: Page, start: int, scale: int) -> Cardinal | None:
    """Read what follows a leading "a hundred", "a thousand": "a hundred and twenty", "a hundred thousand"."""
    table, words = number_words(), page.words
    before = "hundred" if scale == 100 else "scale"
    j = joined(page, start)
    if words[j] == "and":
        j = joined(page, j)
        if not _continues(page, j, before, scale):
            return None
        rest = spelled(page, j)
        if rest is None or rest.value >= scale:
            return None
        return Cardinal(start, rest.end, scale + rest.value, rest.grain, style="words")
    if words[j] in table.scales and words[j] not in table.short and page.near(j):
        value = Decimal(scale * table.scales[words[j]])
        return Cardinal(start, j + 1, value, value, Decimal(table.scales[words[j]]), style="words")
    return None


def _grouped_by_spaces(page: Page, number: Cardinal) -> Cardinal:
    """Join "1 234 567": plain spaces group digits where every further group has three and no separator."""
    words, i = page.words, number.first
    if len(words[i]) > 3 or words[i].startswith("0") or not words[i].isdigit():
        return number
    j = i + 1
    while (
        j - i <= _GROUPS
        and len(words[j]) == 3
        and words[j].isdigit()
        and page.starts[j] - page.ends[j - 1] == 1
        and page.text[page.ends[j - 1]] != "\n"
    ):
        j += 1
    if (
        j == i + 1
        or j - i > _GROUPS
        or (page.glued(j) and words[j] not in (".", ",", ")", "%", ";", ":", "?", "!", '"'))
    ):
        return number
    if is_numeral(words[i - 1]) and page.near(i):
        return number
    return Cardinal(i, j, Decimal("".join(words[i:j])), Decimal(1))


def _decimal_words(page: Page, number: Cardinal) -> Cardinal:
    """Add "point five" to a number in words."""
    words, table = page.words, number_words()
    if words[number.end] != "point" or words[number.end + 1] not in table.ones:
        return number
    j, tail = number.end + 1, ""
    while words[j] in table.ones and len(tail) < 6:
        tail += str(table.ones[words[j]])
        j += 1
    value = number.value + Decimal(f"0.{tail}")
    return Cardinal(number.first, j, value, Decimal(1).scaleb(-len(tail)), style="words")


def _and_fraction(page: Page, j: int) -> tuple[Decimal, int] | None:
    """Read "and a half", "-and-a-half", "and two thirds" from token j: share and end."""
    table, words = number_words(), page.words
    if words[j] != "and" or not page.near(j):
        return None
    k = joined(page, j)
    top = 1 if words[k] in ("a", "one") else table.ones.get(words[k], 0)
    if not top:
        return None
    k = joined(page, k)
    bottom = table.fractions.get(words[k], 0)
    if bottom < 2 or bottom > 20 or top >= bottom or words[k + 1] == "of":
        return None
    return Decimal(top) / Decimal(bottom), k + 1


def _and_part(page: Page, j: int) -> tuple[Decimal, int] | None:
    """Read "and a half" after a scale word; "one billion and a half million" is a sum, and not read as one."""
    table, half = number_words(), _and_fraction(page, j)
    if half is None or (page.words[half[1]] in table.scales and page.words[half[1]] not in table.short):
        return None
    return half


def _mixed(page: Page, number: Cardinal) -> Cardinal:
    """Add a fraction written after a whole number: "2½", "10 1/2", "two and a half"."""
    words, table = page.words, number_words()
    end = number.end
    if number.value != number.value.to_integral_value():
        return number
    if words[end] in table.glyphs and page.near(end):
        value = number.value + table.glyphs[words[end]]
        return Cardinal(number.first, end + 1, value, last_place(value), style=number.style)
    if (
        number.style == "digits"
        and (slash := simple_fraction(page, end)) is not None
        and page.near(end)
        and number.value < 1000
    ):
        value = number.value + slash
        return Cardinal(number.first, end + 3, value, last_place(round(value, 2)), style="digits")
    half = _and_fraction(page, joined(page, end - 1))
    if half is not None and number.scale == 1 and number.value < 1000:
        share, end = half
        value = number.value + share
        return Cardinal(number.first, end, value, last_place(round(value, 2)), style=number.style)
    return number


def simple_fraction(page: Page, i: int) -> Decimal | None:
    """Return the value of "3/4" at token i: a whole fraction below one with a usual denominator."""
    words = page.words
    if words[i + 1] != "/" or not (page.glued(i + 1) and page.glued(i + 2)):
        return None
    if words[i + 2] not in ("2", "3", "4", "5", "8", "10", "16") or len(words[i]) > 2 or not words[i].isdigit():
        return None
    if page.glued(i + 3) and (words[i + 3] in "/-" or is_numeral(words[i + 3]) or words[i + 3].isalpha()):
        return None
    top, bottom = int(words[i]), int(words[i + 2])
    return Decimal(top) / Decimal(bottom) if 0 < top < bottom else None


_APART = frozenset(["bn", "mn", "mln", "bln", "tn", "trn", "tln"])  # short scales that a space may part from the digits


_RUPEES = frozenset(["rs", "₹", "₨", "inr", "pkr", "npr", "lkr", "tk", "৳"])


def _lakh(page: Page, number: Cardinal, j: int) -> bool:
    """Say whether "L" after a number is lakh: a capital letter, behind rupees ("Rs 5 L")."""
    return page.words[j] == "l" and page.capital(j) and page.near(j) and _rupees(page, number)


def _rupees(page: Page, number: Cardinal) -> bool:
    before = page.words[number.first - 1] if page.words[number.first - 1] != "." else page.words[number.first - 2]
    return before in _RUPEES


def _crore(page: Page, number: Cardinal, scale: Decimal) -> bool:
    """Say whether "cr" after a number is crore: behind rupees or lakh, or where the text counts in these."""
    return scale == 100_000 or _rupees(page, number) or mentions(page.text, "crore") or mentions(page.text, "lakh")


def _short_scale(page: Page, j: int) -> bool:
    """Say whether letters are glued to their digits and to nothing behind: "5m", "5m-10m", not "10m-high"."""
    following = page.words[j + 1]
    if page.words[j] not in number_words().short:
        return False
    if not page.glued(j) or not page.glued(j + 1):
        return page.glued(j)
    if following == "-":
        return is_numeral(page.words[j + 2]) or page.words[j + 2] in ("$", "€", "£")
    return not (is_numeral(following) or following.isalpha() or following in ("'", "/"))


def _scaled(page: Page, number: Cardinal) -> Cardinal:
    """Multiply by the scale words that follow: "2.5 million", "38-million", "1.7m", "two dozen", "5 lakh crore"."""
    table, words = number_words(), page.words
    value, grain, scale, short, end = number.value, number.grain, number.scale, "", number.end
    for _ in range(2):
        j = joined(page, end - 1)
        word = words[j]
        if not page.near(j):
            break
        if word in table.scales and (scale == 1 or number.style == "digits" or end > number.end):
            scale = Decimal(table.scales[word])
        elif word in table.collectives and number.value < 1000:
            scale = Decimal(table.collectives[word])
        elif (
            number.style == "digits"
            and j == end
            and (
                word in _APART
                or _short_scale(page, end)
                or (word == "cr" and _crore(page, number, scale))
                or _lakh(page, number, j)
            )
        ):
            scale, short = Decimal(table.short.get(word, 100_000)), word
        else:
            break
        value, grain, end = value * scale, grain * scale, j + 1
        if short:
            break
        half = _and_part(page, joined(page, end - 1))
        if half is not None:
            value, grain, end = value + scale * half[0], grain / 10, half[1]
            break
    if end == number.end:
        return number
    if number.style == "digits" and not short and scale >= 1000 and is_numeral(words[end]) and page.near(end):
        rest = cardinal(page, end)
        if rest is not None and not rest.short and 1 < rest.scale < scale and rest.value < scale:  # "1 crore 20 lakh"
            value, grain, end, scale = value + rest.value, rest.grain, rest.end, rest.scale
    if number.style == "words":
        grain = last_place(value) if value >= 1000 else Decimal(1)
    if scale == 12:
        grain = Decimal(1)
    return Cardinal(number.first, end, value, grain, scale, short, number.style)
