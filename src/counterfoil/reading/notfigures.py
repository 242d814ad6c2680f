"""Numbers that are no figures: dates, times, names, ranks, pronouns, spans of time (annotation.md).

Each judgement returns a reason in words, or None for "as far as this test can tell, a figure".
"""

import re
from dataclasses import dataclass
from functools import cache

from counterfoil.reading.gazetteer import fold, rows_of
from counterfoil.reading.numerals import Page, is_numeral, joined, lexicon, mentions, number_words, simple_fraction
from counterfoil.reading.units import measure_after, money_after, sign_after, time_words
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
FORMULA = "part of a formula"
REASONS: tuple[str, ...] = (
    DATE,
    YEAR,
    CLOCK,
    ORDINAL,
    NAME,
    ADDRESS,
    TELEPHONE,
    NUMBERING,
    PRONOUN,
    ARTICLE,
    BASE,
    OFFSET,
    TIMESPAN,
)
REASONS += (COORDINATE, UNREADABLE, NO_VALUE, PAIR, ENDLESS, FORMULA)

_ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}|(?<!\w)@\w{1,64}")


@dataclass(frozen=True, slots=True)
class _Table:
    """Lists of notfigures.toml, then of contexts.toml, under the names that they have there."""

    months: frozenset[str]
    weekdays: frozenset[str]
    before_year: frozenset[str]
    names: frozenset[str]
    names_if_capital: frozenset[str]
    names_if_last: frozenset[str]
    after_offset: frozenset[str]
    before_span: frozenset[str]
    one_after: frozenset[str]
    one_before: frozenset[str]
    harm: frozenset[str]
    harm_words: frozenset[str]
    harmed_before: frozenset[str]
    streets: frozenset[str]
    calls: frozenset[str]
    dialled: frozenset[str]
    stops: frozenset[str]
    adjectives: frozenset[str]
    counted_words: frozenset[str]
    not_plural: frozenset[str]
    before_year_noun: frozenset[str]
    before_unhedged_year: frozenset[str]
    suffixes: frozenset[str]
    prefixes: frozenset[str]
    zones: frozenset[str]
    point_names: frozenset[str]
    one_hyphen: frozenset[str]
    span_fillers: frozenset[str]


@cache
def table() -> _Table:
    """Return the word lists that these judgements use."""
    lists, near = lexicon("notfigures"), lexicon("contexts")
    words = {name: near[name].split() if name in near else lists[name] for name in _Table.__slots__}
    return _Table(**{name: frozenset(found) for name, found in words.items()})


def addresses(text: str) -> list[Span]:
    """Return where web addresses, e-mail addresses and handles stand."""
    if "@" not in text and "://" not in text and "www." not in text:
        return []
    return [Span(*match.span()) for match in _ADDRESS.finditer(text)]


# "@SUM(1+1)", "=LEFT(A1;2)", "f(3)=9": a word glued to brackets, opened by a sign of formulas, followed by "=", or with
# an operator between two operands in them; not "refugees(+15%)", "people(1,200)", "killed(12-15)".
_FORMULA = re.compile(
    r"(?<![\w@=+])(?:[=@+-](?P<opened>))?[A-Za-z_]\w{0,40}\((?P<inside>[^\s()]{1,80})\)(?P<follows>=[\w.]{1,40})?"
)
_OPERATION = re.compile(r"[\w.%\"'](?:[+*^=<>&!;]|,(?!\d{3}(?!\d)))[\w$\"']")


def unread(text: str) -> list[tuple[Span, str]]:
    """Return what no number is read in, in text order, each with the reason: addresses, handles and formulas."""
    found = [(span, ADDRESS) for span in addresses(text)]
    formulas = [
        (Span(*match.span()), FORMULA)
        for match in (_FORMULA.finditer(text) if "(" in text else ())
        if match["opened"] is not None or match["follows"] or _OPERATION.search(match["inside"])
    ]
    kept: list[tuple[Span, str]] = []
    for one in sorted(found + formulas, key=lambda one: (one[0].start, -one[0].end)):
        if not kept or one[0].start >= kept[-1][0].end:
            kept.append(one)
    return kept


def plural(page: Page, j: int) -> bool:
    """Say whether token j looks like a noun that can be counted in the plural."""
    word = page.words[j]
    if word in table().counted_words:
        return True
    return (
        len(word) > 3 and word[-1] == "s" and word[-2] not in "su" and word not in table().not_plural and word.isalpha()
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
    words, word = page.words, page.words[i]
    telephone = _telephone(page, i)
    if telephone:
        return TELEPHONE, telephone
    end, separators = chain(page, i)
    previous, following = words[i - 1], words[end]
    if i and page.glued(i) and (reason := _glued_before(page, i)) is not None:
        return reason, end
    if _month_beside(page, i, end):
        return DATE, _past_ordinal(page, end)
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
    if page.glued(end) and following.isalpha() and _unknown_suffix(page, end):
        return NAME, end + 1
    if following == "^" and page.glued(end):
        return NAME, end
    if previous == "per" and word != "1":
        return BASE, end
    if previous == "[" and following == "]" and page.glued(i) and len(word) < 4:
        return NAME, end
    if previous == "(" and page.glued(i) and page.glued(i - 1) and is_numeral(words[i - 2]):
        return NAME, end
    if previous in table().calls and len(word) in (3, 4) and word.isdigit() and not plural(page, end):
        return TELEPHONE, end
    aircraft = len(word) == 3 and word[0] == word[2] == "7" and not plural(page, end)
    if aircraft and mentions(page.text, "boeing"):
        return NAME, end
    if following in ("x", "×") and page.glued(end):
        return NAME, end + 1
    if previous in ("x", "×") and page.glued(i):
        return NAME, end
    return None


# Groups of digits as telephone numbers part them: "258 84 555 0199", "212) 555-0147", "1-222-222-2222".
_DIALLED = re.compile(r"[0-9]{1,5}(?:\)?[ \xa0./-]{0,2}\(?[0-9]{2,5}){1,6}(?![0-9]|[.,:/-][0-9])")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[ \xa0.][0-9]{3})+\Z")


def _telephone(page: Page, i: int) -> int:
    """Return the end of a telephone number that begins at token i: behind "+", "(" or "tel", or with a zero; 0 if none.

    Seven digits at least; ten where their groups are those of a large number too ("+1 000 000" may be an increase).
    """
    words, word = page.words, page.words[i]
    previous = words[i - 1]
    abroad = previous == "+" and page.glued(i)
    area = previous == "(" and page.glued(i) and words[i + 1] == ")" and page.glued(i + 1) and 2 <= len(word) <= 5
    told = (words[i - 2] if previous in (":", ".", "-") else previous) in table().dialled
    if not (abroad or area or told or (word[0] == "0" and word.isdigit() and len(word) > 1)):
        return 0
    start = page.starts[i]
    match = _DIALLED.match(page.text, start, start + 40)
    if match is None:
        return 0
    count = sum(map(str.isdigit, match[0]))
    if count < (10 if _GROUPED.match(match[0]) else 7) or count > 15:  # E.164: fifteen digits at most
        return 0
    end = i + 1
    while page.starts[end] < match.end():
        end += 1
    return end


def _glued_before(page: Page, i: int) -> str | None:
    """Judge what touches the numeral at token i from the left."""
    words = page.words
    previous, before = words[i - 1], words[i - 2]
    if previous.isalpha():
        return NAME  # letters that are a currency were taken before this is asked
    if previous in ("_", "^") or (previous in ("-", "+") and page.glued(i - 1) and before == "^"):
        return NAME
    if previous == "+" and page.glued(i - 1) and before.isalpha():
        return NAME
    if previous in ("-", "–") and page.glued(i - 1) and (before.isalpha() or before == ")"):
        return None if before in table().prefixes else NAME
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
    if set(separators) == {":"}:
        return _colons(page, i, end, parts)
    if len(parts) > 2:
        date = re.match(r"[0-9]{1,4}([-/–])[0-9]{1,2}\1[0-9]{1,4}\Z", "".join(words[i : i + 5])) and len(parts) == 3
        return DATE if date else TELEPHONE
    first, second = parts
    if separators == "/":
        return None if simple_fraction(page, i) is not None else PAIR
    short_year = len(second) == 2 and second.isdigit() and not counted(page, end) and words[end] != "%"
    if year_shaped(first) and (year_shaped(second) or short_year):
        return YEAR
    if len(first) >= 3 and len(second) >= 4 and first.isdigit() and second.isdigit():
        return TELEPHONE if len(first) != len(second) or first >= second else None
    return NAME if len(first) > 1 and first[0] == "0" and "." not in first else None


def _colons(page: Page, i: int, end: int, parts: list[str]) -> str | None:
    """Judge "10:30" (a time), "2:14:04" (a duration unless a zone or "at" stands by), "3:1" (a ratio if called one)."""
    words = page.words
    if len(parts) == 3:
        clock = (
            words[end] in ("am", "pm", "local", "on")
            or words[end] in table().zones
            or words[i - 1] in ("at", "by", "until")
        )
        return CLOCK if clock else None
    if len(parts) == 2:
        hour, minute = parts
        if len(minute) == 2 and minute < "60" and len(hour) <= 2 and hour.isdigit() and int(hour) <= 24:
            return CLOCK
        if "ratio" in words[end : end + 2] + words[max(0, i - 4) : i]:
            return None
    return PAIR


def year_shaped(word: str) -> bool:
    """Say whether a token is four digits that could be a year, 1000 to 2199."""
    return len(word) == 4 and word.isdigit() and "1000" <= word < "2200"


def year(page: Page, i: int, end: int, *, hedged: bool) -> bool:
    """Say whether the bare numeral at token i is a year: by the words around it."""
    word, words, lists = page.words[i], page.words, table()
    if not year_shaped(word) or end != i + 1:
        return False
    previous, noun = words[i - 1], plural(page, end)
    if words[end] in ("levels", "prices", "figures", "totals") and word >= "1900":
        return True  # "up from 2019 levels"
    if word < "1500":
        return previous in ("in", "since", "year", "ad", "of") and not counted(page, end)
    if counted(page, end) and (hedged or previous in ("around", "about", "circa", "nearly")):
        return False
    modern = "1900" <= word < "2100"
    if modern and page.capital(i - 1) and previous.isalpha() and not opens(page, i - 1) and not noun:
        return True  # "Expo 2025"
    if noun:
        if previous in ("in", "since", "during") or (
            previous == "," and words[i - 2].isdigit() and len(words[i - 2]) < 3
        ):
            return True
        return modern and previous in lists.before_year_noun and word[-2:] != "00"
    if not modern and int(word) % 50 == 0 and previous not in lists.before_unhedged_year:
        return False
    return modern or previous in lists.before_year


def spelled_year(page: Page, i: int) -> int:
    """Return the end of a year in words at token i, behind "in" or "since": "nineteen ninety-nine"; 0 if none."""
    words, numbers = page.words, number_words()
    before = words[i - 1]
    dated = before in ("of", "during", "year") or (before in table().months and page.capital(i - 1))
    if not dated and before not in table().before_unhedged_year:
        return 0
    if words[i] == "two" and words[i + 1] == "thousand":
        j = joined(page, i + 1)
        j = joined(page, j) if words[j] == "and" else j
    elif words[i] in ("nineteen", "twenty"):
        j = joined(page, i)
    else:
        return 0
    if words[j] not in numbers.tens and numbers.ones.get(words[j], 0) < (1 if words[i] == "two" else 10):
        return 0
    end = j + 1
    k = joined(page, j)
    if words[j] in numbers.tens and 0 < numbers.ones.get(words[k], 0) < 10 and page.near(k):
        end = k + 1
    after = words[end]
    scale = after in numbers.scales or after in numbers.fractions or after in ("percent", "per", "-", "%")
    return 0 if scale or counted(page, end) else end


def _month_beside(page: Page, i: int, end: int) -> bool:
    """Say whether a month's name stands beside tokens i to end - 1: "May 4", "4th of May", "between 5 and 9 April"."""
    words, lists = page.words, table()
    word = words[i]
    if not word.isdigit() or len(word) > 4:
        return False
    short = len(word) <= 2 and int(word) <= 31
    k = i - 2 if words[i - 1] == "." else i - 1
    if words[k] in lists.months and _is_month(page, k) and (short or year_shaped(word)):
        # "In May 12 people died" counts people; "Jan 12 attacks" is the attacks of that day
        return not (short and k == i - 1 and plural(page, end) and words[k - 1] in ("in", "since", "by"))
    if not short:
        return False
    if _month_at(page, _past_ordinal(page, end)):
        return True
    joins = ("and", "to", "or", ",", "-", "–", "until", "through", "&")
    pair = words[end] in joins and is_numeral(words[end + 1]) and len(words[end + 1]) <= 2
    if pair and _month_at(page, _past_ordinal(page, end + 2)):
        return True
    # "July 27 and 28": the month stands before the first of the two
    if words[i - 1] in joins and is_numeral(words[i - 2]) and len(words[i - 2]) <= 2 and words[i - 3] in lists.months:
        return _is_month(page, i - 3) and not counted(page, end)
    return False


def _is_month(page: Page, k: int) -> bool:
    """Say whether the month's name at token k is one: by its capital, or "june", or beside a year."""
    if page.capital(k):
        return True
    word, words = page.words[k], page.words
    if len(word) > 3 and word not in ("march", "august", "sept"):
        return True
    dated = year_shaped(words[k + 1]) or (words[k + 1].isdigit() and year_shaped(words[k + 3]))
    return dated and (is_numeral(words[k - 1]) or words[k - 1] in table().before_unhedged_year or words[k - 1] == "on")


def _past_ordinal(page: Page, j: int) -> int:
    return j + 1 if page.words[j] in ("st", "nd", "rd", "th") and page.glued(j) else j


def _month_at(page: Page, j: int) -> bool:
    j = j + 1 if page.words[j] in ("of", "-") else j
    return page.words[j] in table().months and _is_month(page, j) and page.near(j)


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
    if following in table().zones and len(words[i]) in (1, 2, 4):
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
    word, numbers = page.words[j], number_words()
    if measure_after(page, j) is not None or sign_after(page, j) is not None:
        return False
    if word in numbers.short or word in numbers.scales or word in table().suffixes:
        return page.glued(j + 1) and (is_numeral(page.words[j + 1]) or page.words[j + 1].isalpha())
    if word in ("g", "d", "s"):
        return word != "g" or page.capital(j)
    return money_after(page, j, scaled=False) is None


def named(page: Page, i: int, end: int) -> str | None:
    """Judge a number by the noun before it: "Flight 302", "Phase One", "No. 5", "Area 51"."""
    words, lists = page.words, table()
    k = i - 2 if words[i - 1] == "-" and page.glued(i) else i - 1
    previous = words[k]
    if words[end] == "-" and page.glued(end) and words[end + 1] in lists.adjectives:
        return NAME
    if previous in ("#", "№", "§") or (previous == "." and words[k - 1] in lists.point_names and page.near(i)):
        return NAME
    if previous == ")" and words[k - 2] == "(" and _acronym(page, k - 1) and not counted(page, end):
        return NAME
    if previous == "of" and words[k - 1] == "group" and page.capital(i):
        return NAME
    if previous == "no" and words[i] == "two":
        return PRONOUN
    if not previous.isalpha() or not page.near(i) or "\t" in page.text[page.ends[k] : page.starts[i]]:
        return None  # a tab parts the cells of a table
    noun = counted(page, end)
    if previous == "no":
        return NAME if is_numeral(words[i]) and page.capital(k) and not noun else None
    if previous == "number" and len(words[i]) > 3 and is_numeral(words[i]):
        return None  # "they number 5,000"
    if previous in lists.names:
        return (
            None if previous in ("number", "phone") and plural(page, end) and words[k - 1] not in ("the", "a") else NAME
        )
    if previous in lists.names_if_capital:
        if page.capital(k) and not plural(page, end) and not (opens(page, k) and noun):
            return NAME
        if previous in lists.names_if_last and not noun and words[i] != "one":
            return NAME
    if previous in ("top", "rank", "ranks", "ranked"):
        return None if previous == "top" and words[k - 1] in _BEFORE_VERB else NAME  # "the toll could top 500"
    letters = _acronym(page, k) or (len(previous) == 1 and page.capital(k) and previous not in "ai")
    if "," in words[i]:
        return None  # "WASH 110,000": identifiers do without the commas of thousands
    if letters and is_numeral(words[i]) and not noun and previous not in lists.stops:
        return NAME
    return NAME if _after_name(page, i, end, k) else None


_BEFORE_VERB = ("to", "will", "would", "could", "may", "might", "can", "should", "likely", "not")


def _after_name(page: Page, i: int, end: int, k: int) -> bool:
    """Say whether a name stands at token k and no counted noun after the number: "Apollo 11 landed"."""
    words, lists = page.words, table()
    name, following = words[k], words[end]
    if not page.capital(k) or opens(page, k) or len(name) < 2 or name.endswith(("ed", "ing")):
        return False
    if name in lists.months or name in lists.weekdays or name in lists.stops or name in number_words().triggers:
        return False
    if not (is_numeral(words[i]) or page.capital(i)) or counted(page, end):
        return False
    if following in ("were", "are", "have", "died", "remain"):
        return False  # "in Rafah 23 were hurt": a name would be one
    if _in_list(page, i, end, k) or _elided(page, i, end, k):
        return False
    return following not in ("%", "percent", "per", "-", "year", "month", "old", "or", "of")


def _in_list(page: Page, i: int, end: int, k: int) -> bool:
    """Say whether name and number are one of a list of such pairs: "Syria 45, Iraq 30 and Yemen 12"."""
    words, joins = page.words, (",", "and", ";")
    before = words[k - 1] in joins and is_numeral(words[k - 2]) and words[k - 3] != words[k]
    before = before and words[k - 3].isalpha() and page.capital(k - 3)
    after = words[end] in joins and is_numeral(words[end + 2]) and words[end + 1] != words[k]
    return before or (after and page.capital(end + 1))


def _elided(page: Page, i: int, end: int, k: int) -> bool:
    """Say whether a place has its share of what was counted before: "Kenya took in 500 refugees and Malawi 30"."""
    words = page.words
    if words[end] not in _CLAUSE_ENDS or year_shaped(words[i]):
        return False
    first = next((k - n for n in (2, 1, 0) if k >= n and _is_place(page, k - n, k, "CAK")), None)
    if first is None:
        if words[k - 1] != "in" or not _is_place(page, k, k, "T"):
            return False
        first = k
    lead = first - 1 if words[first - 1] != "the" else first - 2
    if words[lead] == "in":
        lead -= 1
    if words[lead] not in (",", ";", "and", "but", "while"):
        return False
    for at in range(lead - 1, max(-1, lead - _SENTENCE), -1):
        if words[at] in (".", "!", "?", ""):
            return False
        if (is_numeral(words[at]) or words[at] in number_words().triggers) and counted(page, at + 1):
            return not year_shaped(words[at])
    return False


_CLAUSE_ENDS = (".", ",", ";", ")", "and", "while", "")
_SENTENCE = 25  # tokens back to the count that a clause without a noun goes on with
_TOWN = 100_000  # people of a town that "in" and a number may stand beside; smaller ones share names with much else


def _is_place(page: Page, first: int, last: int, levels: str) -> bool:
    """Say whether tokens first to last are the name of a country, division, capital ("CAK") or large town ("T")."""
    if not all(page.capital(at) and page.words[at].isalpha() for at in range(first, last + 1)):
        return False
    rows = rows_of(fold(" ".join(page.words[first : last + 1])))
    return any(row.level in levels and (row.level != "T" or row.population >= _TOWN) for row in rows)


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
    if words[end] in ("bc", "bce", "ce", "ad") or "".join(words[end : end + 3]) in ("b.c", "c.e", "a.d"):
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
    if previous in lists.harmed_before and following in ("and", ",", ".", "person", "other"):
        return ""
    near_harm = any(word in lists.harm_words for word in words[i + 1 : i + 6])
    if previous == "that" and near_harm and following not in lists.stops | lists.one_before:
        return ""
    if previous in ("and", ",") and following in ("in", "from", "at") and page.capital(i + 2):
        return ""
    if previous == "only" and words[i - 2] == "the":
        return PRONOUN
    if following in ("was", "were", "had", "has", "is", "died", "later"):
        return "" if near_harm and previous not in lists.one_after else PRONOUN
    if not following.isalpha() and following != "-":
        return PRONOUN
    if following in lists.one_before or following in lists.stops:
        return PRONOUN
    if (previous == "-" and page.glued(i)) or (previous in lists.one_after and not hedged):
        return PRONOUN
    if following == "-":
        return PRONOUN if words[i + 2] in lists.one_hyphen else ""
    if hedged:
        return ""
    if following[-1] == "s" and following[-2:] != "ss":
        return PRONOUN  # "one asks"
    if (
        previous in ("in", "at", "from", "as", "on", "under", "inside", "near", "into")
        and following not in time_words()
    ):
        return PRONOUN  # "in one village": no more than "a village"
    if opens(page, i) and not any(word in lists.harm_words for word in words[i + 1 : i + 9]):
        return PRONOUN  # "One activist said": an article with some weight
    return ""


def relative(page: Page, start: int, unit_end: int) -> str | None:
    """Judge a span of time whose hedge begins at token start: does it only date something else?"""
    words, lists = page.words, table()
    if words[unit_end] in ("'", "s"):
        unit_end += 1
    following = words[unit_end]
    if following in lists.after_offset and page.near(unit_end):
        return OFFSET
    if following in ("period", "span") or words[start - 2 : start] == ["span", "of"]:
        return TIMESPAN
    if following == "from" and words[unit_end + 1] in ("now", "today", "then"):
        return OFFSET
    if words[start - 1] == "the" and following in ("to", "since", "until", "ending", "ended", "leading"):
        return TIMESPAN
    for k in range(start - 1, max(-1, start - 4), -1):
        word = words[k]
        if word in lists.before_span:
            return None if words[k - 1] == "to" and word in ("last", "first") else TIMESPAN
        if word not in lists.span_fillers:
            break
    return None


def years(page: Page, i: int, end: int) -> bool:
    """Say whether the range at tokens i to end - 1 runs from year to year: "from 2008 to 2016"."""
    words = page.words
    if not year_shaped(words[i]) or not year_shaped(words[end - 1]) or not "1800" <= words[i] < words[end - 1] < "2100":
        return False
    return not counted(page, end) or words[i - 1] in ("in", "from", "during", "years", "the")
