"""What the calendar names: days, months, quarters, seasons, years, decades, and the days of feasts.

"Wednesday, November 8", "8/11/2023", "March 15-17", "August last year", "the third quarter of 2016", "the 1990s",
"Christmas Eve". Where no year is written, the weekday or nearness to the day of speaking gives it.
"""

import re
from dataclasses import replace

from counterfoil.reading.days import Days, Pair, add_months, day_of, months, nearest
from counterfoil.reading.model import Precision
from counterfoil.reading.timewords import DASHES, POSSESSIVE, Read, Tokens


def calendar_date(tokens: Tokens, i: int) -> Read | None:
    """Read a day: "Wednesday, November 8", "8 November 2023", "the 21st of March", "2023-11-08", "March 15-17"."""
    words, known = tokens.words, tokens.lexicon
    weekday = known.weekdays.get(words[i], known.weekday_abbreviations.get(words[i]))
    j = tokens.skip(i, "the")
    if weekday is not None:
        j = i + 1
        while words[j] in (",", ".", "the"):
            j += 1
    if (month := tokens.month(j)) is not None:
        return _month_first(tokens, *month, weekday)
    if tokens.loose and (year := tokens.year(j)) and words[j + 1] in ("-", "/") and (month := tokens.month(j + 2)):
        if words[month[1]] in ("-", "/") and (day := tokens.day_number(month[1] + 1)):
            return dated(tokens, year[0], month[0], day[0], day[0], weekday), day[1]
        return None
    if (word := words[j])[:1].isdecimal() and ("/" in word or "." in word or "-" in word):
        return _numeric(tokens, j)
    return _day_first(tokens, j, weekday)


def _month_first(tokens: Tokens, month: int, j: int, weekday: int | None) -> Read | None:
    if tokens.loose:
        j = tokens.skip(j, "-", "/", "between")
    if (day := tokens.day_number(tokens.skip(j, "the"))) is None:
        return None
    last, j = _second_day(tokens, *day)
    year, j = year_beside(tokens, j)
    return dated(tokens, year, month, day[0], last, weekday), j


def _second_day(tokens: Tokens, day: int, j: int) -> tuple[int, int]:
    """Read the second day of "15-17", "15 to 17", "5 and 6"; else the same day again."""
    words = tokens.words
    if words[j] not in (*DASHES, "to", "and", "through", "until") or (other := tokens.day_number(j + 1)) is None:
        return day, j
    after = words[other[1]]
    counts = after in tokens.lexicon.units or after in ("%", "percent", "per") or not tokens.nothing_counted(other[1])
    return (day, j) if other[0] <= day or counts else other


def _day_first(tokens: Tokens, i: int, weekday: int | None) -> Read | None:
    """Read "8 November", "the 5th of this month", "Monday the 13th", "the 3rd"."""
    words = tokens.words
    if (number := tokens.day_number(i)) is None:
        return None
    day = number[0]
    last, j = _second_day(tokens, *number)
    k = j
    while words[k] in ("of", "-", ".", "/", "in", "day"):
        k += 1
    if k - j <= 2 and (month := tokens.month(k)) is not None:
        year, after = year_beside(tokens, month[1])
        return dated(tokens, year, month[0], day, last, weekday), after
    here = tokens.skip(k, "the")
    way, end = (0, here) if here > k and words[here] == "month" else (tokens.way(words[here]), here + 1)
    if k - j <= 1 and way is not None and words[end] == "month":
        base = add_months(tokens.today.replace(day=1), way)
        pair = (day_of(base.year, base.month, day), day_of(base.year, base.month, last)) if base else None
        return Days.of(pair, Precision.DAY, "date", "the month is relative"), end + 1
    if weekday is not None and tokens.ordinal(i):
        return _day_of_month(tokens, day, weekday), j
    digits = j == i + 1 and words[i][0].isdecimal() and tokens.ordinal(i) and words[i - 1] == "the"
    # "the 13th floor" is no day
    if (digits and (not tokens.raw[j].isalpha() or words[j] in tokens.lexicon.joining)) or (
        tokens.loose and not words[j]
    ):
        return _day_of_month(tokens, day, None), j
    return None


def _day_of_month(tokens: Tokens, day: int, weekday: int | None) -> Days:
    """Return the nearest day of that number and weekday; of the number alone, the last one or the next to come."""
    today = tokens.today
    bases = (add_months(today.replace(day=1), n) for n in range(-24, 25))
    found = [there for base in bases if base and (there := day_of(base.year, base.month, day))]
    if weekday is None:
        found = [there for there in found if (there >= today if tokens.future else there <= today)]
    else:
        found = [there for there in found if there.weekday() == weekday]
    best = min(found, key=lambda there: abs((there - today).days), default=None)
    return Days.of((best, best), Precision.DAY, "day-of-month", "the nearest month that has it")


def dated(tokens: Tokens, year: int | None, month: int, first: int, last: int, weekday: int | None) -> Days:
    """Return the days, of the year that the words, the weekday or nearness give."""

    def make(year: int) -> Pair | None:
        start = day_of(year, month, first)
        end = start if first == last else day_of(year, month, last)
        return (start, end) if start and end and (weekday is None or start.weekday() == weekday) else None

    if year is None:
        reason = "no year written: the nearest" + ("; the weekday agrees" if weekday is not None else "")
        found = nearest(make, tokens.today, future=tokens.looks_ahead, close=tokens.close)
        return Days.of(found, Precision.DAY, "date", reason)
    start = day_of(year, month, first)
    reason = "year as written"
    if start and weekday is not None and start.weekday() != weekday:
        reason = "year as written; the weekday does not agree with it"
    return Days.of((start, day_of(year, month, last)), Precision.DAY, "date", reason, fixed=True)


def _numeric(tokens: Tokens, i: int) -> Read | None:
    """Read 2023-11-08, 8/11/2023, 13.5.2015. Where day and month could be exchanged, no day is chosen."""
    parts = [int(part) for part in re.split("[-./,]", tokens.words[i])]
    if len(parts) != 3:
        return None
    a, b, c = parts
    if a > 999:
        day, reason = day_of(a, b, c), "year first"
    elif not tokens.loose and c < 1000:
        return None
    else:
        year = c if c > 99 else c + (1900 if c >= 50 else 2000)
        if a <= 12 and b <= 12 and a != b:
            return Days.unknown("numeric", "day and month could be exchanged", fixed=True), i + 1
        day_first = a > 12 or a == b
        day = day_of(year, b, a) if day_first else day_of(year, a, b)
        reason = "day first" if day_first else "month first"
    return Days.of((day, day), Precision.DAY, "numeric", reason, fixed=True), i + 1


def month_of_year(tokens: Tokens, i: int) -> Read | None:
    """Read "11/2016" and "2016-11" as a month; in running text behind a preposition alone."""
    words = tokens.words
    if not words[i][:1].isdecimal() or not (tokens.loose or (i and words[i - 1] in _BEFORE_NUMBERS)):
        return None
    month, _, year = words[i].partition("/")
    if len(year) == 4 and year.isdecimal() and len(month) <= 2:
        return _yearly(tokens, int(year), int(month), 1, Precision.MONTH, "month"), i + 1
    after = words[i + 2]
    if words[i + 1] != "-" or len(after) != 2 or not after.isdecimal() or not (start := tokens.year(i)):
        return None
    if start[1] != i + 1 or not 1 <= int(after) <= 12 or int(after) > start[0] % 100:
        return None  # "2010-11" is two years
    return _yearly(tokens, start[0], int(after), 1, Precision.MONTH, "month"), i + 3


_BEFORE_NUMBERS = ("in", "since", "by", "until", "till", "from", "during", "through", "to", "after", "before", "of")


def month_numbers(tokens: Tokens, i: int) -> Read | None:
    """Read "2016-11", "11/2016", "2015.3" and "4/22"; only where the whole text is the expression."""
    words = tokens.words
    if re.fullmatch(r"[0-9]{1,4}\.[0-9]{1,2}", words[i]):
        left, right, end = *words[i].split("."), i + 1
    elif words[i].isdecimal() and words[i + 1] in ("-", "/") and words[i + 2].isdecimal():
        left, right, end = words[i], words[i + 2], i + 3
    else:
        return None
    a, b = int(left[:6]), int(right[:6])
    if words[end] not in ("", "to", "and", "until", "."):
        return None
    for one, other in ((a, b), (b, a)):
        if 1000 <= one <= 2199 and 1 <= other <= 12:
            return _yearly(tokens, one, other, 1, Precision.MONTH, "month"), end
        if 1 <= one <= 12 < other <= 31:
            return dated(tokens, None, one, other, other, None), end
    return None


# -- periods that a year holds


def year_beside(tokens: Tokens, i: int) -> tuple[int | None, int]:
    """Read the year after a day, month, quarter or season: ", 2023", "of last year"; (None, i) where none stands."""
    words = tokens.words
    k = tokens.skip(i, ",", "in", "of")
    if year := tokens.year(k) or tokens.short_year(k):
        return year if words[i] != "in" or tokens.loose else (None, i)
    k = tokens.skip(k, "the")
    if words[k + 1] == "year" and (way := tokens.way(words[k])) is not None:
        return tokens.today.year + way, k + 2
    if words[k : k + 2] == ["that", "year"] and tokens.previous:
        return tokens.previous.first.year, k + 2
    return None, i


def _yearly(tokens: Tokens, year: int | None, month: int, count: int, precision: Precision, rule: str) -> Days:
    """Return `count` months from `month` of `year`, or of the year that nearness gives."""
    if year is not None:
        return Days.of(months(year, month, count), precision, rule, "year as written", fixed=True)
    found = nearest(lambda y: months(y, month, count), tokens.today, future=tokens.looks_ahead, close=tokens.close)
    return Days.of(found, precision, rule, "no year written: the nearest")


def month_period(tokens: Tokens, i: int) -> Read | None:
    """Read "March", "the month of March", "March 2019", "August last year", "2016 November"."""
    words = tokens.words
    j = i + 3 if words[i : i + 3] == ["the", "month", "of"] else i
    if year := tokens.year(j):
        month = tokens.month(tokens.skip(year[1], ",") if tokens.loose else year[1])
        return (_yearly(tokens, year[0], month[0], 1, Precision.MONTH, "month"), month[1]) if month else None
    if (month := tokens.month(j)) is None:
        return None
    stated, end = year_beside(tokens, month[1])
    return _yearly(tokens, stated, month[0], 1, Precision.MONTH, "month"), end


def quarter(tokens: Tokens, i: int) -> Read | None:
    """Read "Q3 2016", "2016 Q3", "H1 2020", "the third quarter of 2016", "Q1 and Q2", "the December quarter"."""
    words = tokens.words
    year = tokens.year(i)
    i = tokens.skip(year[1] if year else i, "the", "both")
    if not year and (month := tokens.month(i)) and words[month[1]] == "quarter":
        stated, end = year_beside(tokens, month[1] + 1)
        return _yearly(tokens, stated, month[0] - 2, 3, Precision.QUARTER, "quarter"), end
    found = _in_words(tokens, tokens.skip(i, "the")) or _lettered(tokens, i)
    if found is None:
        return None
    numbers, count, j = found
    stated, end = (year[0], j) if year else year_beside(tokens, j)
    if not 1 <= min(numbers) <= max(numbers) <= 12 // count or (stated is None and count == 6):
        return None
    if "between" in words[max(0, i - 2) : i] and len(numbers) == 2 and numbers[0] < numbers[1]:
        numbers = list(range(numbers[0], numbers[1] + 1))
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return Days.unknown("quarter", "of several that do not follow each other", fixed=stated is not None), end
    precision = Precision.QUARTER if count == 3 else Precision.HALF
    return _yearly(tokens, stated, 1 + count * (numbers[0] - 1), count * len(numbers), precision, "quarter"), end


def _in_words(tokens: Tokens, i: int) -> tuple[list[int], int, int] | None:
    """Read "third quarter", "first and second quarters", "first half": their numbers, months, the position after."""
    words = tokens.words
    numbers: list[int] = []
    while ordinal := tokens.ordinal(i):
        numbers.append(ordinal[0])
        noun = words[ordinal[1]]
        if noun in ("quarter", "half") or (len(numbers) > 1 and noun in ("quarters", "halves")):
            return numbers, 3 if noun.startswith("quarter") else 6, ordinal[1] + 1
        joint = tokens.skip(ordinal[1], ",")
        i = tokens.skip(tokens.skip(joint, "and"), "the")
        if i == ordinal[1]:
            return None
    return None


def _lettered(tokens: Tokens, i: int) -> tuple[list[int], int, int] | None:
    """Read "Q3", "Q1 and Q2", "H1": as `_in_words`. A later one that would go back is left for the year after."""
    words, letter, end = tokens.words, tokens.words[i], i
    numbers: list[int] = []
    while letter in ("q", "h") and words[i] == letter and words[i + 1] in ("1", "2", "3", "4"):
        if numbers and int(words[i + 1]) <= numbers[-1]:
            break
        numbers.append(int(words[i + 1]))
        end = i + 2
        i = tokens.skip(tokens.skip(end, ","), "and", "&")
        if i == end:
            break
    return (numbers, 3 if letter == "q" else 6, end) if numbers else None


def season(tokens: Tokens, i: int) -> Read | None:
    """Read "the summer of 2019", "spring", "winter 2019"; northern seasons, as the reason says."""
    words = tokens.words
    j = tokens.skip(i, "the")
    if (start := tokens.lexicon.seasons.get(words[j])) is None:
        return None
    stated, end = year_beside(tokens, j + 1)
    if stated is None and (words[j + 1] == "of" or (words[j] == "fall" and j == i)):
        return None
    days = _yearly(tokens, stated, start, 3, Precision.QUARTER, "season")
    return replace(days, reason=f"{days.reason}; seasons of the north, in whole months"), end


def year_period(tokens: Tokens, i: int) -> Read | None:
    """Read "2018", "the year 2018", "2017-2018", "2017-18", "2017/18"."""
    words = tokens.words
    if (year := tokens.year(tokens.skip(tokens.skip(i, "the"), "year"))) is None:
        return None
    last, k = year
    if words[k] in (*DASHES, "/") and (after := words[k + 1]).isdecimal():
        if (second := tokens.year(k + 1)) and second[0] > last:
            last, k = second
        elif len(after) == 2 and last % 100 < int(after) and (words[k] != "/" or last % 100 + 1 == int(after)):
            last, k = last - last % 100 + int(after), k + 2
    found = months(year[0], 1, 12 * (last - year[0] + 1))
    rule = "year" if last == year[0] else "years"
    return Days.of(found, Precision.YEAR, rule, "year as written", fixed=True), k


def lone_year(tokens: Tokens, i: int) -> Read | None:
    """Read a year where nothing is counted by it ("in 2000 houses") and no name holds it ("the 2020 election")."""
    found = year_period(tokens, i)
    if found is None or (tokens.words[i] == "the" and tokens.words[i + 1] != "year" and not tokens.loose):
        return None
    sure = tokens.words[found[1] - 1].isalpha() or tokens.nothing_counted(found[1]) or _others_did(tokens, i, found[1])
    return found if sure else None


# Past forms without -ed that follow a subject; "in 2020 fires swept the coast" names a year and no number of fires.
_DID = frozenset(
    "hit swept left struck rose fell took made began saw came fled went broke burnt drove cost shot were have had lost"
    " won cut put set led held met sent brought ran grew".split()
)

_OPENING = frozenset([".", ";", ",", "and", "but", "while", "”", '"'])


def _others_did(tokens: Tokens, i: int, end: int) -> bool:
    """Say whether a year opens its clause, and the noun behind it is the subject: "In 2020 fires killed 31"."""
    if i == 0 or tokens.words[i - 1] not in ("in", "during") or tokens.words[end - 1].endswith("00"):
        return False
    opens = i == 1 or tokens.words[i - 2] in _OPENING or tokens.words[i - 2].startswith("\n")
    verb = tokens.words[end + 1]
    return opens and (verb in _DID or (verb.endswith("ed") and verb.isalpha()))


def decade(tokens: Tokens, i: int) -> Read | None:
    """Read "the 1990s", "the 1990's", "the nineties", "the 70s", "the 19th century"."""
    words, known = tokens.words, tokens.lexicon.decades
    j = tokens.skip(i, "the")
    before = words[i - 1] if i else ""
    if words[j] in ("'", "’", "‘") and before not in ("his", "her", "their", "my", "our"):
        j += 1  # "in their '40s" is an age
    named = tokens.loose or j > i or before in ("early", "late", "mid")
    if (ordinal := tokens.ordinal(j)) and words[ordinal[1]] == "century":
        found = months(max(1, (ordinal[0] - 1) * 100), 1, 1200)
        return Days.of(found, Precision.UNKNOWN, "decade", "a century", fixed=True), ordinal[1] + 1
    word, end = words[j], j + 1
    if word.isdecimal() and words[end] in POSSESSIVE:
        word, end = word + "s", end + 1
    start = None
    if word.endswith("0s") and word[:-1].isdecimal() and (len(word) == 5 or (len(word) == 3 and named)):
        start = int(word[:-1])
        if len(word) == 3:
            start += 1900 if start > 20 else 2000
    elif word in known and named:
        start = known[word] + (2000 if word == "noughties" else 1900)
    elif tokens.loose and word in ("nineteen", "twenty") and words[k := tokens.skip(end, "-")] in (*known, "tens"):
        start, end = (1900 if word == "nineteen" else 2000) + known.get(words[k], 10), k + 1
    if start is None or not 1000 <= start <= 2190:
        return None
    found = months(start, 1, 1200 if start % 100 == 0 and start < 2000 else 120)
    return Days.of(found, Precision.DECADE, "decade", "ten years", fixed=True), end


def holiday(tokens: Tokens, i: int) -> Read | None:
    """Read a feast that has the same day every year: "Christmas Eve", "New Year's Day 2019"."""
    j = tokens.skip(i, "the")
    if tokens.words[j] not in tokens.lexicon.holiday_starts or not (tokens.loose or tokens.raw[j][0].isupper()):
        return None
    for phrase, (month, day) in tokens.lexicon.holidays.items():
        if tuple(tokens.words[j : j + len(phrase)]) == phrase:
            year, end = year_beside(tokens, j + len(phrase))
            return dated(tokens, year, month, day, day, None), end
    return None
