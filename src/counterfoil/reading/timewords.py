"""The words of time expressions: tokens, the lexicon, and the small pieces that all rules read.

Numbers, units, lengths ("two and a half years"), names of months, days of the month, years and times of day. Rules of
the grammar take `Tokens` and a position, and return what they read with the position after it, or None.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from counterfoil.reading.days import Before, Days, add_days, add_months

Read = tuple[Days, int]  # what was read, and the position after it
DASHES = ("-", "–", "—")
POSSESSIVE = ("'s", "’s")

TOKEN = re.compile(
    r"[apAP]\.[mM]\b|['’]s\b|[^\W\d_]+"  # first, since most are words
    r"|\n[^\S\n]*\n"  # a new paragraph ends what stands before it
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r"|[0-9]{1,4}[./-][0-9]{1,2}[./,-][0-9]{2,4}(?![0-9])|(?:0?[1-9]|1[0-2])/(?:19|20)[0-9]{2}(?![0-9/])"
    r"|[0-9]+(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+"
    r"|[0-9]+(?:st|nd|rd|th|s)\b|[0-9]+|\S"
)
_PADDING = 12  # empty tokens after the last, so that rules may look ahead without asking where the text ends

Phrase = tuple[str, ...]


_OF_A_YEAR = ("levels", "prices", "figures", "totals", "terms")  # "up from 2019 levels" counts none
_CENTURIES = ("nineteen", "twenty", "two")  # a year in words begins so
_BEFORE_YEAR = frozenset("in since by until till from of after before during through to year early late mid -".split())
_BEFORE_MONTH = _BEFORE_YEAR | frozenset("and between on last next".split()) - {"-", "year"}


def tokens_of(phrase: str) -> Phrase:
    """Return the lower-case tokens of a phrase."""
    return tuple(word.lower() for word in TOKEN.findall(phrase))


class Lexicon:
    """The words of `lexicon/periods.toml`; its comments say what each list is for."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.weekdays: dict[str, int] = data["weekdays"]
        self.weekday_abbreviations: dict[str, int] = data["weekday_abbreviations"]
        self.months: dict[str, int] = data["months"] | data["month_abbreviations"]
        self.whole_months = frozenset(name for name in data["months"] if name not in ("may", "march", "august"))
        self.seasons: dict[str, int] = data["seasons"]
        self.units: dict[str, tuple[int, str]] = {
            f"{n}{s}": unit for n, unit in data["units"].items() for s in ("", "s")
        }
        self.cardinals: dict[str, int] = data["cardinals"]
        self.ordinals: dict[str, int] = data["ordinals"]
        self.decades: dict[str, int] = data["decades"]
        self.days: dict[str, int] = data["days"]
        self.fiscal: dict[str, int] = data["fiscal"]
        self.holidays: dict[Phrase, tuple[int, int]] = {tokens_of(name): day for name, day in data["holidays"].items()}
        words: dict[str, list[str]] = data["words"]
        self.last = frozenset(words["last"])
        self.next = frozenset(words["next"])
        self.this = frozenset(words["this"])
        self.vague = frozenset(words["vague"])
        self.parts = frozenset(words["parts"])
        self.moments = frozenset(words["moments"])
        self.zones = frozenset(words["zones"])
        self.lead = frozenset(words["lead"]) | self.cardinals.keys() | self.ordinals.keys()
        self.joining = frozenset(words["joining"])
        self.event_nouns = frozenset(words["event_nouns"])
        self.event_lead = frozenset(words["event_lead"])
        self.event_verbs = frozenset(map(tokens_of, words["event_verbs"]))
        self.cue_verbs = frozenset(words["cue_verbs"])
        self.cues = self.cue_verbs | frozenset(words["cue_nouns"])
        self.holiday_starts = frozenset(phrase[0] for phrase in self.holidays)
        named = (self.weekdays, self.weekday_abbreviations, self.months, self.seasons, self.decades, self.days)
        self.core = frozenset(words["core"]).union(*named, self.units, self.moments, self.parts, self.holiday_starts)
        self.verbs = _by_first_word((words["future"], True), (words["past"], False), (words["weak_past"], None))


def _by_first_word(*groups: tuple[Iterable[str], bool | None]) -> dict[str, list[tuple[Phrase, bool | None]]]:
    """Index the groups' phrases by first word: those of an earlier group first, then the longest."""
    found: dict[str, list[tuple[Phrase, bool | None]]] = {}
    for phrases, meaning in groups:
        for phrase in sorted(map(tokens_of, phrases), key=len, reverse=True):
            found.setdefault(phrase[0], []).append((phrase, meaning))
    return found


@cache
def lexicon() -> Lexicon:
    """Return the shipped words, read at first use."""
    import tomllib

    table = resources.files("counterfoil.reading").joinpath("lexicon", "periods.toml")
    return Lexicon(tomllib.loads(table.read_text("utf-8")))


class Unit(NamedTuple):
    """A unit of time: `size` times its `base` (second, day or month), its name in the singular, the position after."""

    size: int
    base: str
    name: str
    plural: bool
    end: int


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time ("two weeks", "1 year and 2 months"): its counts and units, and the position after it."""

    parts: tuple[tuple[float | None, Unit], ...]
    end: int

    @property
    def unit(self) -> Unit:
        """Return its last unit."""
        return self.parts[-1][1]

    def from_day(self, day: date, way: int) -> date | None:
        """Return the day so far before (-1) or after (1) `day`; None where the words do not say how many."""
        moved: date | None = day
        for count, unit in self.parts:
            if moved is None or count is None:
                return None
            if unit.base == "second":
                hours = unit.size * count / 3600
                moved = add_days(moved, way * -(-hours // 24) if hours >= 24 else 0)
            else:
                moved = (add_days if unit.base == "day" else add_months)(moved, way * unit.size * count)
        return moved


def _no_event(i: int) -> Read | None:
    return None


def _no_month(i: int) -> int | None:
    return None


class Tokens:
    """One run of tokens, and what is known where it is read.

    today     the day of speaking.
    tense     whether the clause speaks of what is to come, or what tells so when first asked; None: no verb tells.
    loose     the whole text is one expression: bare numbers and abbreviations count.
    close     of a past and a coming version of a period that names no year, the nearer one is meant.
    recent    the periods named before this expression, the last one last.
    fiscal    tells the first month of the fiscal year that is meant at a position.
    named     reads a dated event at a position.
    own       days that the article gives to its own events, by noun; None where it gives two.
    depth     how many expressions lean on one another here.
    """

    def __init__(self, raw: Sequence[str], today: date, *, loose: bool = False) -> None:
        self.raw = [*raw, *[""] * _PADDING]
        self.words = [word.lower() for word in self.raw]
        self.lexicon = lexicon()
        self.today, self.loose = today, loose
        self.tense: Callable[[], bool | None] | bool | None = None
        self.close = False
        self.recent: Sequence[Before] = ()
        self.fiscal: Callable[[int], int | None] = _no_month
        self.named: Callable[[int], Read | None] = _no_event
        self.own: dict[str, date | None] = {}
        self.depth = 0

    def said_on(self, day: date, *, future: bool | None = None) -> "Tokens":
        """Return the same tokens, spoken on another day, with nothing said before them."""
        other = copy(self)
        other.today, other.tense, other.close, other.recent = day, future, False, ()
        return other

    @property
    def previous(self) -> Before | None:
        """Return the period named last before this expression."""
        return self.recent[-1] if self.recent else None

    def looks_ahead(self) -> bool | None:
        """Say whether the clause speaks of what is to come, None if no verb tells; found out when first asked."""
        if callable(self.tense):
            self.tense = self.tense()
        return self.tense

    @property
    def future(self) -> bool:
        """Say whether the clause is known to speak of what is to come."""
        return self.looks_ahead() is True

    def skip(self, i: int, *optional: str) -> int:
        """Return the position after one of the optional words, or `i` itself."""
        return i + 1 if self.words[i] in optional else i

    def way(self, word: str) -> int | None:
        """Return -1 for "last" and its like, 1 for "next", 0 for "this"; None for other words."""
        known = self.lexicon
        return -1 if word in known.last else 1 if word in known.next else 0 if word in known.this else None

    # -- numbers and units

    def number(self, i: int) -> tuple[float | None, int] | None:
        """Read a count: "24", "two", "twenty-one", "a", "a couple of", "two and a half"; None for "a few"."""
        words, cardinals = self.words, self.lexicon.cardinals
        word = words[i]
        value: float
        if word.isascii() and word.replace(".", "", 1).isdecimal():
            if len(word) > 6:
                return None
            value, j = float(word), i + 1
        elif word in ("a", "an", "the") and words[i + 1] in self.lexicon.vague:
            return self.number(i + 1)
        elif word == "couple":
            return 2, self.skip(i + 1, "of")
        elif word in self.lexicon.vague:
            return None, i + 1
        elif word == "half" and words[i + 1] in ("a", "an"):
            return 0.5, i + 2
        elif word in ("a", "an", "another", "single"):
            value, j = 1, self.skip(i + 1, "single")
        elif word in cardinals:
            value, j = cardinals[word], i + 1
            tail = self.skip(j, "-", "and")
            if value >= 20 and 0 < cardinals.get(words[tail], 0) < 10:
                value, j = value + cardinals[words[tail]], tail + 1
            if words[j] == "hundred":
                value, j = value * 100, j + 1
        else:
            return None
        other = words[j + 1] in cardinals or words[j + 1].isdecimal()
        if other and words[j] in ("-", "–", "to", "or") and words[j + 2] in self.lexicon.units:
            return None, j + 2  # "two to three weeks": no one number
        if words[j : j + 3] == ["and", "a", "half"]:
            return value + 0.5, j + 3
        return value, j

    def unit(self, i: int) -> Unit | None:
        """Read a unit: "days", "-week", "consecutive months"."""
        i = self.skip(self.skip(i, "-"), "full", "calendar", "straight", "consecutive")
        word = self.words[i]
        if (found := self.lexicon.units.get(word)) is None:
            return None
        name = "century" if word == "centuries" else word.removesuffix("s")
        return Unit(found[0], found[1], name, word.endswith("s"), i + 1)

    def length(self, i: int) -> Length | None:
        """Read a length: "two weeks", "1 year 2 months and 21 days"."""
        parts: list[tuple[float | None, Unit]] = []
        while len(parts) < 4 and (number := self.number(i)) and (unit := self.unit(number[1])):
            parts.append((number[0], unit))
            i = self.skip(unit.end, ",", "and")
        return Length(tuple(parts), parts[-1][1].end) if parts else None

    def one(self, i: int) -> Length | None:
        """Read a unit whose article is already read ("the week"), as one of it."""
        unit = self.unit(i)
        return Length(((1, unit),), unit.end) if unit else None

    def ordinal(self, i: int) -> tuple[int, int] | None:
        """Read "first", "twenty-first", "21st"."""
        word, known = self.words[i], self.lexicon
        if word in known.ordinals:
            return known.ordinals[word], i + 1
        if word in ("twenty", "thirty"):
            j = self.skip(i + 1, "-")
            if 0 < (tail := known.ordinals.get(self.words[j], 0)) < 10:
                return known.cardinals[word] + tail, j + 1
        if word[-2:] in ("st", "nd", "rd", "th") and word[:-2].isdecimal() and len(word) < 6:
            return int(word[:-2]), i + 1
        return None

    # -- pieces of dates

    def day_number(self, i: int) -> tuple[int, int] | None:
        """Read a day of the month: "8", "8th", "twenty-first"."""
        word = self.words[i]
        if word.isascii() and word.isdecimal() and len(word) <= 2:
            return (int(word), i + 1) if 1 <= int(word) <= 31 else None
        if (found := self.ordinal(i)) and found[0] <= 31:
            return found
        if self.loose and (number := self.number(i)) and number[0] and 1 <= number[0] <= 31:
            return int(number[0]), number[1]
        return None

    def month(self, i: int) -> tuple[int, int] | None:
        """Read a month's name; in running text it needs its capital, or words beside it that leave no doubt."""
        value = self.lexicon.months.get(self.words[i])
        if value is None or not (self.loose or self.raw[i][0].isupper() or self._lower_month(i)):
            return None
        abbreviated = self.words[i + 1] == "." and (
            len(self.words[i]) <= 4 or (self.loose and self.words[i + 2].isdecimal())
        )
        return value, i + 1 + abbreviated

    def _lower_month(self, i: int) -> bool:
        """Say whether "june" without a capital is a month, behind "in" or beside a day; "may" beside a year, too."""
        before, word, after = self.words[i - 1] if i else "", self.words[i], self.words[i + 1]
        placed = before in _BEFORE_MONTH or before[:-2].isdecimal() or before.isdecimal()
        if word in self.lexicon.whole_months:
            return placed or after.isdecimal()
        return placed and (self._four_digits(i + 1) or (after.isdecimal() and self._four_digits(i + 3)))

    def _four_digits(self, i: int) -> bool:
        word = self.words[i]
        return len(word) == 4 and word.isascii() and word.isdecimal() and "1900" <= word < "2100"

    def year(self, i: int) -> tuple[int, int] | None:
        """Read a year of four digits, or one in words: "nineteen seventy eight", "two thousand and one".

        In running text the words need a preposition or a date before them, and no noun that they might count behind.
        """
        word = self.words[i]
        if len(word) == 4 and word.isascii() and word.isdecimal():
            return (int(word), i + 1) if 1000 <= int(word) <= 2199 else None
        if self.loose:
            return self._year_in_words(i)
        if word not in _CENTURIES:
            return None
        before = self.words[i - 1] if i else ""
        if before not in _BEFORE_YEAR and before not in self.lexicon.months:
            return None
        found = self._year_in_words(i)
        if found is None or not 1900 <= found[0] < 2100 or not found[0] % 1000 or self.words[found[1]] == "-":
            return None
        return found if self.nothing_counted(found[1]) else None

    def _year_in_words(self, i: int) -> tuple[int, int] | None:
        numbers: list[int] = []
        value = 0
        while len(numbers) < 6:
            word = self.words[i]
            if word in self.lexicon.cardinals:
                numbers.append(self.lexicon.cardinals[word])
            elif word in ("hundred", "thousand") and numbers:
                value += numbers.pop() * (100 if word == "hundred" else 1000)
            elif not (numbers or value) or word not in ("and", "-") or self.words[i + 1] not in self.lexicon.cardinals:
                break
            i += 1
        if value:
            value += sum(numbers)
        elif (
            len(numbers) > 1 and 10 <= numbers[0] <= 21 and (10 <= numbers[1] < 100 or (not numbers[1] and numbers[2:]))
        ):
            value = numbers[0] * 100 + sum(numbers[1:])
        return (value, i) if 1000 <= value <= 2199 else None

    def short_year(self, i: int) -> tuple[int, int] | None:
        """Read a year of two digits that ends an expression: the "98" of "May 98"; 50 to 99 lie in the last century."""
        word = self.words[i]
        if self.loose and len(word) == 2 and word.isdecimal() and self.words[i + 1] == "":
            return int(word) + (1900 if int(word) >= 50 else 2000), i + 1
        return None

    def nothing_counted(self, i: int) -> bool:
        """Say that no noun stands here that the number before might count ("in 2000 houses")."""
        word = self.words[i]
        plural = word.endswith("s") or word == "people"
        return (
            self.loose
            or not (plural and self.raw[i].isalpha() and self.raw[i].islower())
            or word in self.lexicon.joining
            or word in _OF_A_YEAR
        )

    def clock(self, i: int) -> int | None:
        """Return the position after a time of day: "6 pm", "04:12", "9 a.m.", "noon", "11:17 local time"."""
        words, known = self.words, self.lexicon
        if words[i] in known.moments:
            return i + 1
        if words[i] in ("early", "late", "mid") and words[i + 1] in known.parts:
            return i + 2
        meridiem = words[i + 1] in ("am", "pm", "a.m", "p.m")
        if ":" not in words[i] and not (meridiem and words[i].isdecimal() and len(words[i]) <= 2):
            return None
        j = i + 1 + meridiem
        if meridiem and words[j] == "." and words[j + 1] not in ("", "\n"):
            follows = words[j + 1] in known.weekdays or words[j + 1] in known.zones
            j += follows or not self.raw[j + 1][0].isupper()
        if words[j : j + 2] == ["local", "time"]:
            return j + 2
        return j + 1 if words[j] in known.zones else j
