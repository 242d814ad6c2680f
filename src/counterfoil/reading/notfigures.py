"""Numbers that are no figures: dates, times, names, ranks, pronouns, spans of time (annotation.md).

Each judgement returns a reason in words, or None for "as far as this test can tell, a figure".
"""

import re
from dataclasses import dataclass
from functools import cache

from counterfoil.reading.numerals import Page, is_numeral, lexicon, number_words
from counterfoil.spans import Span

DATE = "a date"
YEAR = "a year"
CLOCK = "a time of day"
ORDINAL = "an ordinal"
NAME = "part of a name or an identifier"
ADDRESS = "part of a web address, e-mail address or handle"
TELEPHONE = "a telephone number or another code"
NUMBERING = "numbering of a list"
PRONOUN = "'one' as a pronoun or article"
ARTICLE = "an article, not a count"
BASE = "the base of a rate"
OFFSET = "a date relative to another"
TIMESPAN = "the span of time of another figure"
COORDINATE = "a coordinate"
UNREADABLE = "digits that fit no way of writing numbers"
NO_VALUE = "a quantity without a number"
PAIR = "two numbers joined by a stroke"
ENDLESS = "more digits than any count has"
REASONS = (
    DATE, YEAR, ARTICLE, BASE, CLOCK, ORDINAL, NAME, ADDRESS, TELEPHONE, NUMBERING, PRONOUN, OFFSET, TIMESPAN, COORDINATE, UNREADABLE, NO_VALUE, PAIR, ENDLESS,
)  # fmt: skip

_ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}|(?<!\w)@\w{1,64}")
_PEOPLE = frozenset(
    "people persons men women children police dead killed wounded injured missing civilians others staff troops infants cattle sheep personnel crew pupils youth"
    " more others sq km kg percent feet".split()
)
_NOT_PLURAL = frozenset(
    "is was has its his this us as does thus plus versus unless yes across towards perhaps always series news".split()
)


@dataclass(frozen=True, slots=True)
class _Table:
    months: frozenset[str]
    weekdays: frozenset[str]
    before_year: frozenset[str]
    names: frozenset[str]
    capital: frozenset[str]
    last: frozenset[str]
    offset: frozenset[str]
    span: frozenset[str]
    one_after: frozenset[str]
    one_before: frozenset[str]
    harm: frozenset[str]
    harm_words: frozenset[str]
    harmed: frozenset[str]
    streets: frozenset[str]
    calls: frozenset[str]
    stops: frozenset[str]
    adjectives: frozenset[str]


@cache
def table() -> _Table:
    """Return the word lists of notfigures.toml and contexts.toml that these judgements use."""
    lists, near = lexicon("notfigures"), lexicon("contexts")
    names = (
        "months",
        "weekdays",
        "before_year",
        "names",
        "names_if_capital",
        "names_if_last",
        "after_offset",
        "before_span",
    )
    return _Table(
        *(frozenset(lists[name]) for name in (*names, "one_after", "one_before", "harm")),
        *(
            frozenset(near[name].split())
            for name in ("harm_words", "harmed_before", "streets", "calls", "stops", "adjectives")
        ),
    )


def addresses(text: str) -> list[Span]:
    """Return where web addresses, e-mail addresses and handles stand."""
    if "@" not in text and "://" not in text and "www." not in text:
        return []
    return [Span(*match.span()) for match in _ADDRESS.finditer(text)]


def plural(page: Page, j: int) -> bool:
    """Say whether token j looks like a noun that can be counted in the plural."""
    word = page.words[j]
    return word in _PEOPLE or (
        len(word) > 3 and word[-1] == "s" and word[-2] not in "su" and word not in _NOT_PLURAL and word.isalpha()
    )


def counted(page: Page, j: int) -> bool:
    """Say whether a plural noun follows at token j, after at most two adjectives."""
    for k in range(j, j + 3):
        if plural(page, k):
            return True
        word = page.words[k]
        if not word.isalpha() or word in table().stops or not page.near(k):
            return False
    return False


_NEARBY = 300  # tokens in which a maker of aircraft makes "the 707" one of its types


def chain(page: Page, i: int) -> tuple[int, str]:
    """Return the end of the numerals glued to token i by - – / : . and the separators between them."""
    j, separators = i + 1, ""
    while (
        page.words[j] in ("-", "–", "/", ":", "—")
        and page.words[j]
        and page.glued(j)
        and page.glued(j + 1)
        and is_numeral(page.words[j + 1])
    ):
        separators += page.words[j]
        j += 2
    return j, separators


def structure(page: Page, i: int) -> tuple[str, int] | None:
    """Judge the numeral at token i by how it is written: (reason, end) where it is no figure."""
    words, lists = page.words, table()
    word = words[i]
    end, separators = chain(page, i)
    previous, following = words[i - 1], words[end]
    if i and page.glued(i) and (reason := _glued_before(page, i)) is not None:
        return reason, end
    if _month_beside(page, i, end):
        return DATE, _date_end(page, i, end)
    if separators:
        found = _chained(page, i, end, separators)
        if found is not None:
            return found, end
    if page.glued(end) and following in ("st", "nd", "rd", "th"):
        return ORDINAL, end + 1
    if (page.glued(end) and following == "s") or (
        following == "'" and words[end + 1] == "s" and page.glued(end) and len(words[end - 1]) > 2
    ):
        return YEAR, end + 1
    clock = _clock(page, i, end)
    if clock:
        return CLOCK, clock
    if word.count(".") >= 2 and not separators and re.match(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2}|[0-9]{4})\Z", word):
        return DATE, end
    if page.words[i - 1] == "+" and page.near(i) and len(word) > 6:
        return TELEPHONE, end
    if len(word) > 1 and word[0] == "0" and word.isdigit() and following not in ("%",):
        return NAME, end
    if _numbering(page, i):
        return NUMBERING, end
    if (
        following in ("°", "º", "'", "′")
        and page.glued(end)
        and (
            (words[end + 1] in ("n", "s", "e", "w") and page.capital(end + 1))
            or (is_numeral(words[end + 1]) and words[end + 2] in ("′", "'"))
        )
    ):
        return COORDINATE, end + 1
    if page.glued(end) and following.isalpha() and following not in lists.harm and _unknown_suffix(page, end):
        return NAME, end + 1
    if previous == "per" and word != "1":
        return BASE, end
    if previous == "[" and following == "]" and page.glued(i) and len(word) < 4:
        return NAME, end
    if previous == "(" and page.glued(i) and page.glued(i - 1) and is_numeral(words[i - 2]):
        return NAME, end
    if previous in table().calls and len(word) in (3, 4) and word.isdigit() and not plural(page, end):
        return TELEPHONE, end
    if len(word) == 3 and word[0] == word[2] == "7" and not plural(page, end):
        if "boeing" in words[max(0, i - _NEARBY) : i + _NEARBY]:
            return NAME, end
    if (previous in ("x", "×") and page.glued(i)) or (following in ("x", "×") and page.glued(end)):
        return NAME, end + 1
    return None


def _glued_before(page: Page, i: int) -> str | None:
    """Judge what touches the numeral at token i from the left."""
    words = page.words
    previous, before = words[i - 1], words[i - 2]
    if previous.isalpha():
        return NAME  # letters that are a currency were taken before this is asked
    if previous == "_":
        return NAME
    if previous in ("-", "–") and page.glued(i - 1) and (before.isalpha() or before == ")"):
        if before in ("under", "over", "aged", "about", "nearly", "then", "plus", "sub", "pre", "post", "non", "to"):
            return None
        return NAME
    if previous in ("/", ":", "#", "№", "§") and (page.glued(i - 1) or previous not in "/:"):
        if previous in "/:" and not (is_numeral(before) or before.isalpha()):
            return None
        return NAME
    if previous in (".", ",") and page.glued(i - 1) and is_numeral(before) and previous == ".":
        return NAME
    return None


def _chained(page: Page, i: int, end: int, separators: str) -> str | None:
    """Judge numerals written in one piece: "2019-05-31", "24/7", "10:30", "1995–2000"."""
    words = page.words
    parts = words[i:end:2]
    if set(separators) <= {":"}:
        if len(parts) == 3:
            zone = words[end] in ("gmt", "utc", "am", "pm", "local", "on") or words[i - 1] in ("at", "by", "until")
            return CLOCK if zone else None
        if (
            len(parts) == 2
            and len(parts[1]) == 2
            and parts[1] < "60"
            and len(parts[0]) <= 2
            and parts[0].isdigit()
            and int(parts[0]) <= 24
        ):
            return CLOCK
        return PAIR if len(parts) > 3 or "ratio" not in words[end : end + 2] + words[max(0, i - 4) : i] else None
    if len(parts) > 2:
        if re.match(r"[0-9]{1,4}([-/–])[0-9]{1,2}\1[0-9]{1,4}\Z", "".join(words[i:end])):
            return DATE
        return TELEPHONE
    if separators == "/":
        from counterfoil.reading.numerals import simple_fraction

        return None if simple_fraction(page, i) is not None else PAIR
    if separators in ("-", "–", "—"):
        first, second = parts
        if year_shaped(first) and (
            year_shaped(second)
            or (len(second) == 2 and second.isdigit() and not counted(page, end) and words[end] != "%")
        ):
            return YEAR
        if (
            len(first) >= 3
            and len(second) >= 4
            and "," not in first + second
            and "." not in first + second
            and second.isdigit()
            and first.isdigit()
        ):
            return TELEPHONE if len(first) != len(second) or int(first) >= int(second) else None
        if first.startswith("0") and len(first) > 1 and "." not in first:
            return NAME
    return None


def year_shaped(word: str) -> bool:
    """Say whether a token is four digits that could be a year, 1000 to 2199."""
    return len(word) == 4 and word.isdigit() and "1000" <= word < "2200"


def year(page: Page, i: int, end: int, *, hedged: bool) -> bool:
    """Say whether the bare numeral at token i is a year: by the words around it."""
    word, words, lists = page.words[i], page.words, table()
    if not year_shaped(word) or end != i + 1:
        return False
    previous, following = words[i - 1], words[end]
    if word < "1500":
        return previous in ("in", "since", "year", "ad", "of") and not counted(page, end)
    if hedged and (plural(page, end) or counted(page, end)):
        return False
    if previous in ("around", "about", "circa", "nearly") and counted(page, end):
        return False
    modern = "1900" <= word < "2100"
    if modern and page.capital(i - 1) and previous.isalpha() and not opens(page, i - 1) and not plural(page, end):
        return True
    if plural(page, end) or following in ("people", "troops"):
        if (
            modern
            and previous in ("the", "in", "of", "s", "'", "since", "and", "for", "its", "their", "our")
            and int(word) % 100
        ):
            return True
        if previous in ("in", "since", "during") or (previous == "," and words[i - 2].isdigit()):
            return True
        return modern and previous in ("the", "of") and int(word) % 1000 != 0
    if (
        int(word) % 50 == 0
        and not modern
        and previous not in ("in", "since", "by", "until", "from", "before", "after", "about", "around")
    ):
        return False
    if modern:
        return True
    return previous in lists.before_year and previous not in (
        "and",
        "to",
        "for",
        "with",
        "than",
        "against",
        "(",
        "a",
        "this",
        "its",
        "his",
        "her",
        "their",
    )


def _month_beside(page: Page, i: int, end: int) -> bool:
    """Say whether a month's name stands beside tokens i to end - 1: "May 4", "4 May", "4th of May", "between 5 and 9 April"."""
    words, lists = page.words, table()
    word = words[i]
    if not word.isdigit() or len(word) > 4:
        return False
    short = len(word) <= 2 and int(word) <= 31
    previous = words[i - 1]
    k = i - 1
    if previous == "." and words[k - 1] in lists.months:
        previous, k = words[k - 1], k - 1
    if previous in lists.months and page.capital(k) and (short or year_shaped(word)):
        return not (short and previous == "may" and words[k - 1] in ("you", "it", "they", "we", "he", "she")) and not (
            short
            and counted(page, end)
            and previous not in ("jan", "feb")
            and words[end] not in lists.months
            and plural(page, end)
            and words[k - 1] in ("in", "since", "by")
        )
    if not short:
        return False
    j = end
    if words[j] in ("st", "nd", "rd", "th") and page.glued(j):
        j += 1
    if words[j] in ("of", "-") and words[j + 1] in lists.months:
        j += 1
    if words[j] in lists.months and page.capital(j) and page.near(j):
        return True
    if (
        words[j] in ("and", "to", "or", ",", "-", "–", "until", "through")
        and is_numeral(words[j + 1])
        and len(words[j + 1]) <= 2
    ):
        k = j + 2
        if words[k] in ("st", "nd", "rd", "th"):
            k += 1
        if words[k] in lists.months and page.capital(k):
            return True
    # "July 27 and 28", "May 24 to 26": the month stands before the first of the two
    if (
        previous in ("and", "to", "or", ",", "–", "-", "&", "until", "through")
        and is_numeral(words[i - 2])
        and words[i - 3] in lists.months
    ):
        return page.capital(i - 3) and not counted(page, end) and len(words[i - 2]) <= 2
    return False


def _date_end(page: Page, i: int, end: int) -> int:
    words = page.words
    if words[end] in ("st", "nd", "rd", "th") and page.glued(end):
        return end + 1
    return end


def _clock(page: Page, i: int, end: int) -> int:
    """Return the end of a time of day at token i: "6pm", "5 a.m.", "10 o'clock", "1400 GMT"; 0 if it is none."""
    words = page.words
    following = words[end]
    if following in ("am", "pm") and page.near(end) and len(words[i]) <= 5:
        return end + 1
    if following in ("a", "p") and words[end + 1] == "." and words[end + 2] == "m" and page.near(end):
        return end + 3
    if following == "o" and words[end + 1] in ("'", "’") and words[end + 2] == "clock":
        return end + 3
    if following in ("gmt", "utc", "bst", "cet", "est", "edt", "pst", "ist") and len(words[i]) in (1, 2, 4):
        return end + 1
    if following in ("—", "–") and re.match(r"[0-9]{1,2}\.[0-9]{2}\Z", words[i]) and opens(page, i):
        return end
    if (
        words[i - 1] == "at"
        and re.match(r"[0-9]{1,2}\.[0-9]{2}\Z", words[i])
        and following in (",", ".", "on", "local")
    ):
        return end
    if len(words[i]) == 4 and words[i].startswith("0") and following in ("hours", "hrs", "local"):
        return end + 1
    return 0


def _numbering(page: Page, i: int) -> bool:
    """Say whether token i numbers a list: at a line's start, before a point or bracket."""
    words, text = page.words, page.text
    if not words[i].isdigit() or len(words[i]) > 2 or words[i + 1] not in (".", ")"):
        return False
    first = i - 1 if words[i - 1] == "(" and page.glued(i) else i
    if first == i and not page.glued(i + 1):
        return False
    line = text.rfind("\n", max(0, page.starts[first] - 8), page.starts[first])
    opening = page.starts[first] <= 8 and not text[: page.starts[first]].strip()
    if not opening and (line < 0 or text[line : page.starts[first]].strip()):
        return False
    return page.starts[i + 2] < len(text) and page.text[page.ends[i + 1] : page.starts[i + 2]].isspace()


def _unknown_suffix(page: Page, j: int) -> bool:
    """Say whether the letters glued to a numeral's end are neither a unit nor a scale: "3D", "5G", "2LT"."""
    from counterfoil.reading.units import measure_after, money_after

    word = page.words[j]
    if (
        word in number_words().short
        or word in number_words().scales
        or word in ("pc", "percent", "per", "times", "yo", "pp", "ppt", "plus", "ish")
    ):
        return page.glued(j + 1) and (is_numeral(page.words[j + 1]) or page.words[j + 1].isalpha())
    if word in ("g", "d", "s"):
        return not (word == "g" and page.text[page.starts[j]] == "g")
    return measure_after(page, j) is None and money_after(page, j, scaled=False) is None


def named(page: Page, i: int, end: int) -> str | None:
    """Judge a number by the noun before it: "Flight 302", "Phase One", "No. 5", "Area 51"."""
    words, lists = page.words, table()
    k = i - 1
    previous = words[k]
    if previous == "." and words[k - 1] in ("no", "nos", "vol", "nr", "art", "sec", "ch", "p", "pp", "ext"):
        return NAME if page.near(i) else None
    if previous == "-" and page.glued(i):
        k, previous = k - 1, words[k - 1]
    if previous in ("#", "№", "§"):
        return NAME
    if previous == ")" and words[k - 2] == "(" and _acronym(page, k - 1) and not counted(page, end):
        return NAME
    if words[end] == "-" and page.glued(end) and words[end + 1] in lists.adjectives:
        return NAME
    if previous == "of" and words[k - 1] == "group" and page.capital(i):
        return NAME
    if previous == "no" and words[i] == "two":
        return PRONOUN
    if not previous.isalpha() or not page.near(i):
        return None
    if is_numeral(words[i]) and not counted(page, end):
        letter = len(previous) == 1 and page.capital(k) and previous not in ("a", "i")
        if letter or (_acronym(page, k) and previous not in lists.stops):
            return NAME
    if previous in lists.names:
        if previous in ("category", "phase", "tier", "version"):
            return NAME
        if previous == "no":
            return NAME if is_numeral(words[i]) and page.capital(k) and not counted(page, end) else None
        return (
            None
            if previous in ("number", "phone", "category", "version")
            and words[i - 2] not in ("the", "a")
            and plural(page, end)
            else NAME
        )
    if previous in lists.capital:
        if page.capital(k) and not plural(page, end) and (not opens(page, k) or not counted(page, end)):
            return NAME
        if previous in lists.last and not counted(page, end) and words[i] not in ("one",):
            return NAME
    if previous in ("top", "rank", "ranks", "ranked"):
        return NAME
    if (
        page.capital(k)
        and not opens(page, k)
        and previous not in lists.months
        and previous not in lists.weekdays
        and previous not in table().stops
    ):
        if previous in number_words().triggers or len(previous) < 2:
            return None
        if is_numeral(words[i]) or page.capital(i):
            following = words[end]
            if plural(page, end) or following in ("%", "percent", "per", "-", "year", "month", "old", "or", "of"):
                return None
            if following.isalpha() and counted(page, end):
                return None
            if (following.isalpha() and is_numeral(words[i]) and following in ("men", "dead")) or previous.endswith(
                ("ed", "ing")
            ):
                return None
            return NAME
    return None


def _acronym(page: Page, k: int) -> bool:
    """Say whether token k is written in capitals: "CTF", "HMS"."""
    word = page.text[page.starts[k] : page.ends[k]]
    return 2 <= len(word) <= 6 and word.isupper() and word.isalpha()


def opens(page: Page, k: int) -> bool:
    """Say whether token k opens a sentence or a quotation, so that its capital letter tells nothing."""
    before = page.words[k - 1]
    if not k or before in (".", "!", "?", '"', "“", "‘", ":", "•", "*", "—", "…", ""):
        return True
    return "\n" in page.text[page.ends[k - 1] : page.starts[k]]


def placed(page: Page, i: int, end: int) -> str | None:
    """Judge a numeral by what follows: "10 Downing Street", "51 Pegasi", "664 B.C."."""
    words = page.words
    if words[end : end + 3] in (["b", ".", "c"], ["c", ".", "e"], ["a", ".", "d"]) or words[end] in (
        "bc",
        "bce",
        "ce",
        "ad",
    ):
        return YEAR
    if words[end : end + 4] == ["b", ".", "c", "."]:
        return YEAR
    if not page.capital(end) or not words[end].isalpha() or not page.near(end):
        return None
    if is_numeral(words[i]):
        for k in range(end, end + 3):
            if words[k] in table().streets:
                return NAME
            if not page.capital(k):
                break
        return None
    # "a Six Flags park": a number word with a capital between a small word and a capital
    inside = page.capital(i) and not opens(page, i) and words[i - 1].isalpha() and not page.capital(i - 1)
    return NAME if inside else None


def one(page: Page, i: int, *, hedged: bool) -> str:
    """Judge the word "one" at token i: PRONOUN where it is a pronoun or an article, "" where it counts."""
    words, lists = page.words, table()
    previous, following = words[i - 1], words[i + 1]
    if previous in lists.harmed and following in ("and", ",", ".", "person", "other"):
        return ""
    near_harm = any(word in lists.harm_words for word in words[i + 1 : i + 6])
    if previous == "that" and near_harm and following not in lists.stops | lists.one_before:
        return ""
    if previous in ("and", ",") and following in ("in", "from", "at") and page.capital(i + 2):
        return ""
    if previous == "only" and words[i - 2] == "the":
        return PRONOUN
    if following in ("was", "were", "had", "has", "is", "died", "later"):
        return (
            ""
            if any(word in lists.harm_words for word in words[i + 1 : i + 5]) and previous not in lists.one_after
            else PRONOUN
        )
    if not following.isalpha() and following != "-":
        return PRONOUN
    if following in lists.one_before or following in lists.stops:
        return PRONOUN
    if previous == "-" and page.glued(i) or (previous in lists.one_after and not hedged):
        return PRONOUN
    if following == "-":
        return (
            PRONOUN if words[i + 2] in ("on", "off", "time", "sided", "way", "stop", "man", "upmanship", "to") else ""
        )
    if hedged:
        return ""
    if following[-1] == "s" and following[-2:] != "ss":
        return PRONOUN  # "one asks"
    if (
        previous in ("in", "at", "from", "as", "on", "under", "inside", "near", "into")
        and following not in time_nouns()
    ):
        return PRONOUN  # "in one village": no more than "a village"
    if opens(page, i) and not any(word in lists.harm_words for word in words[i + 1 : i + 9]):
        return PRONOUN  # "One activist said": an article with some weight
    return ""


@cache
def time_nouns() -> frozenset[str]:
    """Return the nouns that make "in one week" a duration."""
    from counterfoil.reading.units import time_words

    return time_words()


def relative(page: Page, start: int, first: int, unit_end: int) -> str | None:
    """Judge a span of time at tokens first to unit_end - 1, its hedge from token start: does it only date something else?"""
    words, lists = page.words, table()
    if words[unit_end] in ("'", "s"):
        unit_end += 1
    following = words[unit_end]
    if following in lists.offset and page.near(unit_end):
        return OFFSET
    if following in ("period", "span") or words[start - 2 : start] == ["span", "of"]:
        return TIMESPAN
    if following == "from" and words[unit_end + 1] in ("now", "today", "then"):
        return OFFSET
    if words[start - 1] == "the" and following in ("to", "since", "until", "ending", "ended", "leading"):
        return TIMESPAN
    for k in range(start - 1, max(-1, start - 4), -1):
        word = words[k]
        if word in lists.span:
            return None if words[k - 1] == "to" and word in ("last", "first") else TIMESPAN
        if word not in ("the", "nearly", "almost", "about", "some", "more", "than", "over", "at", "least", "few", "-"):
            break
    return None


def years(page: Page, i: int, end: int) -> bool:
    """Say whether the range at tokens i to end - 1 runs from year to year: "from 2008 to 2016"."""
    words = page.words
    if not year_shaped(words[i]) or not year_shaped(words[end - 1]) or not "1800" <= words[i] < words[end - 1] < "2100":
        return False
    return not counted(page, end) or words[i - 1] in ("in", "from", "during", "years", "the")
