"""What counts from the day of speaking, or from a period named before.

"yesterday", "last Monday", "the past two years", "this month", "late last year", "that week", "the same period of
2022", "the week of 4 February", "fiscal 2023"; and "a day", "each night", which are rates and no dates.
"""

from dataclasses import replace

from counterfoil.reading.dates import calendar_date, month_period, year_beside
from counterfoil.reading.days import (
    PRECISION,
    Before,
    Days,
    add_days,
    add_months,
    calendar_unit,
    iso_week,
    months,
    week,
)
from counterfoil.reading.model import Precision
from counterfoil.reading.timewords import Read, Tokens, Unit

_ROLLING = frozenset(("day", "week", "month", "year"))
_FISCAL = ("fiscal", "financial", "fy")
_BEGINS, _ENDS = ("began", "begins", "beginning", "starting"), ("ended", "ends", "ending", "to")
_NO_RATE = frozenset("ago earlier later before after to - of from since old long in".split())  # "a year ago"
NEAREST_WEEKDAY = ("the next of that name", "the nearest of that name not after publication")  # reasons
_SPOKEN = "counted from the day of speaking"
_BESIDE = "counted from the period named before it"


def deictic(tokens: Tokens, i: int) -> Read | None:
    """Read "yesterday", "this morning", "last night", "overnight", "now"."""
    words, known, today = tokens.words, tokens.lexicon, tokens.today
    word = words[i]
    if word in known.days:
        return _one_day(tokens, known.days[word]), i + 1
    if word in ("this", "last") and (words[i + 1] in known.parts or words[i + 1] == "day"):
        return _one_day(tokens, -1 if word == "last" else 0), i + 2
    if word == "overnight":
        first = add_days(today, -1)
        return Days(first, today, Precision.DAY, "overnight", "the night to today", window=True), i + 1
    if word in ("now", "currently", "presently"):
        return Days(today, today, Precision.DAY, "now", "the day of speaking", spoken=True), i + 1
    return None


def _one_day(tokens: Tokens, count: int) -> Days:
    day = add_days(tokens.today, count)
    return Days.of((day, day), Precision.DAY, "day", _SPOKEN)


def day_like(tokens: Tokens, i: int) -> Read | None:
    """Read one day: "yesterday", "8 November", "last Monday"."""
    return deictic(tokens, i) or calendar_date(tokens, i) or weekday(tokens, i)


def weekday(tokens: Tokens, i: int) -> Read | None:
    """Read "Monday", "last Monday", "next week on Monday", "Friday next week"; in running text it needs its capital."""
    words, known, today = tokens.words, tokens.lexicon, tokens.today
    j = tokens.skip(i, "the")
    if (way := tokens.way(words[j])) is not None:
        j += 1
    weeks = None
    if way is not None and words[j] == "week":
        weeks, j = way, tokens.skip(j + 1, "on")
    value = known.weekdays.get(words[j])
    if value is None and tokens.loose:
        value = known.weekday_abbreviations.get(words[j])
    if value is None or not (tokens.loose or tokens.raw[j][0].isupper()):
        return None
    j += 1
    k = tokens.skip(j, "of")
    if words[k] in ("last", "next", "this") and words[k + 1] == "week":
        weeks, j = tokens.way(words[k]), k + 2
    back = (today.weekday() - value) % 7
    if weeks is not None:
        count, reason = 7 * weeks + value - today.weekday(), "a day of that week"
    elif way == 1:
        count, reason = 7 + value - today.weekday(), "of the week to come"
    elif way == -1:
        count, reason = -(back or 7), "the last before the day of speaking"
    elif way == 0 and (tokens.loose or tokens.looks_ahead() is None):
        count, reason = value - today.weekday(), "a day of this week"
    elif tokens.future:
        count, reason = (7 - back) % 7, NEAREST_WEEKDAY[0]
    else:
        count, reason = -back, NEAREST_WEEKDAY[1]
    day = add_days(today, count)
    return Days.of((day, day), Precision.DAY, "weekday", reason), j


def relative_period(tokens: Tokens, i: int) -> Read | None:
    """Read "last week", "the past two years", "this month", "next 3 days", "last March", "the previous year"."""
    words, loose = tokens.words, tokens.loose
    j = tokens.skip(i, "the", "its", "their", "his", "her", "my")
    article = j > i
    j = tokens.skip(j, "entire", "whole", "full")
    lead = words[j]
    if (way := tokens.way(lead)) is None:
        return None
    j += 1
    if way and (number := tokens.number(j)):
        if (unit := tokens.unit(number[1])) is None:
            return None
        if lead in ("preceding", "previous") and (beside := length_beside(tokens, j, -1)):
            return beside, unit.end
        return _window(tokens, way, number[0], unit), unit.end
    if (month := tokens.month(j)) is not None:
        return _named_month(tokens, way, month[0]), month[1]
    if (start := tokens.lexicon.seasons.get(words[j])) is not None:
        return _named_season(tokens, way, start), j + 1
    if (unit := tokens.unit(j)) is None:
        return None
    name, end = unit.name, unit.end
    if unit.plural:
        return (_window(tokens, way, None, unit), end) if way else None
    # "the last month" is a window back from today; "last month" is the calendar's.
    rolling = lead in ("last", "next") and (
        name in ("decade", "century") or (article and name in _ROLLING and not loose)
    )
    if lead == "next" and name == "day" and not loose and not tokens.future:
        days = _beside_previous(tokens, way, unit)
        return days or Days.unknown("beside", "no day named before it to count from"), end
    if unit.base == "second" or lead == "past" or rolling or (loose and article and name == "day"):
        return _window(tokens, way, 1, unit), end
    if lead in ("previous", "preceding", "following", "prior") and (moved := _beside_previous(tokens, way, unit)):
        return moved, end
    return calendar_unit(tokens.today, way, name), end


def _window(tokens: Tokens, way: int, count: float | None, unit: Unit) -> Days:
    """Return the days that end (or begin) with the day of speaking; a window to come begins tomorrow."""
    today, precision, window = tokens.today, PRECISION.get(unit.name, Precision.DAY), way < 0
    if count is None:
        return Days(None, None, precision, "window", f"how many {unit.name}s is not said", window)
    if unit.base == "second":
        other = add_days(today, way * -(-unit.size * count / 3600 // 24))
    else:
        other = (add_days if unit.base == "day" else add_months)(today, way * unit.size * count)
    if other is None:
        return Days(None, None, precision, "window", "outside the calendar", window)
    first, last = (other, today) if window else (today, other)
    if way > 0 and unit.base != "second":
        first = min(add_days(first, 1) or first, last)
    reason = "back from the day of speaking" if window else "on from the day of speaking"
    return Days(first, last, precision, "window", reason, window, spoken=True)


def _named_month(tokens: Tokens, way: int, month: int) -> Days:
    """Return "last March", "this June", "next May"."""
    here = tokens.today.month
    year = tokens.today.year + (month <= here if way > 0 else -(month >= here) if way else 0)
    return Days.of(months(year, month, 1), Precision.MONTH, "month", _SPOKEN)


def _named_season(tokens: Tokens, way: int, start: int) -> Days:
    """Return "last winter", "this spring", "next summer"; "this" is the one that runs, else the last or the next."""
    today = tokens.today
    made = [p for y in range(today.year - 2, today.year + 3) if (p := months(y, start, 3))]
    past, coming = [p for p in made if p[1] < today], [p for p in made if p[0] > today]
    running = [p for p in made if p[0] <= today <= p[1]] if way == 0 else []
    ahead = way > 0 or (way == 0 and (tokens.future or tokens.loose))
    found = next(iter(running or (coming if ahead else past[::-1])), None)
    reason = "seasons of the north, in whole months"
    return Days.of(found, Precision.QUARTER, "season", reason, ongoing=way == 0)


def _beside_previous(tokens: Tokens, way: int, unit: Unit) -> Days | None:
    """Return the day, week, month or year next to the period last named: "the previous year"."""
    if (before := tokens.previous) is None:
        return None
    name, precision = unit.name, before.precision
    fits = (
        (name == "day" and before.first == before.last)
        or (name == "week" and precision in (Precision.WEEK, Precision.DAY))
        or (name == "month" and precision is Precision.MONTH)
        or (name == "year" and precision is not Precision.DAY)
    )
    return replace(calendar_unit(before.first, way, name), rule="beside", reason=_BESIDE) if fits else None


def length_beside(tokens: Tokens, i: int, way: int) -> Days | None:
    """Read the length of "in the two years before": it lies before (-1) or after (1) the period named last."""
    before, length = tokens.previous, tokens.length(i)
    if before is None or length is None:
        return None
    if way < 0:
        pair = length.from_day(before.first, -1), add_days(before.first, -1)
    else:
        pair = add_days(before.last, 1), length.from_day(before.last, 1)
    if pair[0] is None or pair[1] is None:
        return None
    return Days(*pair, PRECISION.get(length.unit.name, Precision.DAY), "beside", _BESIDE)


def moved_previous(tokens: Tokens, i: int, way: int, precision: Precision) -> Days:
    """Return the period named before, moved by the length at `i`: "a year earlier", "two days later"."""
    before, length = tokens.previous, tokens.length(i) or tokens.one(i)
    if before is None or (length and length.unit.base == "second" and before.first != before.last):
        return Days.unknown("beside", "no date named before it to count from")
    first = length.from_day(before.first, way) if length else None
    last = length.from_day(before.last, way) if length else None
    if first is None or last is None:
        return Days.unknown("beside", "how many is not said, or outside the calendar")
    return Days(first, max(first, last), before.precision, "beside", _BESIDE)


def named_before(tokens: Tokens, i: int) -> Read | None:
    """Read what points back: "that day", "the same period of 2022", "the corresponding week last year"."""
    words, before = tokens.words, tokens.previous
    j = tokens.skip(i, "the")
    if words[j] not in ("same", "corresponding", "equivalent") and not (words[j] == "that" and j == i):
        return None
    k = j + 1
    if (number := tokens.number(k)) and tokens.unit(number[1]):
        k = number[1]
    plural, word = words[k].endswith("s"), words[k].removesuffix("s")
    if word not in ("day", "night", "week", "month", "year", "period", "time", "quarter", "weekend"):
        return None
    if word == "time" and words[j] == "same":
        return None  # "at the same time" is "however" more often than a time
    if word in ("period", "time") or plural:
        before = next((p for p in reversed(tokens.recent) if p.first != p.last), before)
    elif word in ("week", "month", "year", "day"):
        wanted = PRECISION.get(word, Precision.DAY)
        fitting = (p for p in reversed(tokens.recent) if p.precision is wanted and (word != "day" or p.first == p.last))
        before = next(fitting, before)
    year, end = year_beside(tokens, k + 1)
    if year is None:
        year, end = _other_year(tokens, k + 1) or (None, end)
    if before is None:
        if tokens.loose and word in ("day", "week", "weekend", "month", "quarter", "year"):
            return calendar_unit(tokens.today, 0, word), end
        return Days.unknown("beside", "points back to a date that is not known"), end
    reason = "points back to the period named before it"
    first, last, precision = before
    if word in ("day", "night") and first != last:
        return Days.unknown("beside", "points back to more than a day"), end
    if year is not None:
        return _in_year(before, year, reason), end
    if word in ("week", "month", "year", "quarter") and not plural:
        if precision is not Precision.UNKNOWN and (last - first).days > 366:
            return Days.unknown("beside", "points back to a longer period"), end
        here = calendar_unit(first, 0, word)
        return replace(here, rule="beside", reason=reason, ongoing=False, spoken=False), end
    return Days(first, last, precision, "beside", reason), end


def _other_year(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read the rest of "the same period in 2021", "the same month a year earlier", "... the year before"."""
    words = tokens.words
    if words[i] == "in":
        return tokens.year(i + 1)
    length = tokens.length(i) or (tokens.one(i + 1) if words[i] == "the" else None)
    if length is None or len(length.parts) > 1 or length.unit.name != "year" or not (count := length.parts[0][0]):
        return None
    word, before = words[length.end], tokens.previous
    if word == "ago":
        return tokens.today.year - int(count), length.end + 1
    if before and word in ("earlier", "before", "previously", "prior"):
        return before.last.year - int(count), length.end + 1
    return None


def _in_year(before: Before, year: int, reason: str) -> Days:
    """Return the same days of another year; what ends with a month still does."""
    shift = 12 * (year - before.last.year)
    first, last = add_months(before.first, shift), add_months(before.last, shift)
    if last and (after := add_days(before.last, 1)) and after.day == 1:
        last = (months(last.year, last.month, 1) or (last, last))[1]
    return Days.of((first, last), before.precision, "beside", f"{reason}, in the year beside it")


def named_week(tokens: Tokens, i: int) -> Read | None:
    """Read "week 36", "the week of 4 February", "w/c 4 February", "the week beginning Monday", "the weekend"."""
    words, today = tokens.words, tokens.today
    j = tokens.skip(i, "the", "a")
    if words[j : j + 3] == ["w", "/", "c"]:
        return _week_around(calendar_date(tokens, j + 3))
    if words[j] == "weekend":
        if tokens.future or tokens.loose:
            return calendar_unit(today, 0, "weekend"), j + 1
        saturday = add_days(today, -((today.weekday() - 5) % 7))
        pair = (saturday, saturday and add_days(saturday, 1))
        return Days.of(pair, Precision.DAY, "weekend", "the last weekend begun"), j + 1
    if words[j] != "week":
        return None
    if words[j + 1].isdecimal() and len(words[j + 1]) <= 2:
        year, end = year_beside(tokens, j + 2)
        found = iso_week(year or today.year, int(words[j + 1]))
        return Days.of(found, Precision.WEEK, "week", "week of the ISO calendar"), end
    if words[j + 1] in ("of", "commencing", "beginning", "starting"):
        k = tokens.skip(j + 2, "on")
        return _week_around(calendar_date(tokens, k) or weekday(tokens, k))
    return None


def _week_around(inner: Read | None) -> Read | None:
    if inner is None or inner[0].first is None or (found := week(inner[0].first)) is None:
        return None
    return replace(inner[0], first=found[0], last=found[1], precision=Precision.WEEK), inner[1]


def fiscal_year(tokens: Tokens, i: int) -> Read | None:
    """Read "fiscal 2023", "FY 2022-23", "the last fiscal year"; dated only where the article's country tells."""
    words = tokens.words
    j = tokens.skip(i, "the")
    if (way := tokens.way(words[j])) is not None:
        j += 1
    if words[j] not in _FISCAL:
        return None
    k = tokens.skip(j + 1, "year")
    if year := tokens.year(k):
        named, k = year
        if words[k] in ("-", "–", "/") and words[k + 1].isdecimal():
            named, k = named + 1, k + 2
    elif k == j + 1:
        return None
    elif dated := _fiscal_dated(tokens, k):
        return dated
    elif way is None:
        return Days(None, None, Precision.YEAR, "fiscal", "which fiscal year is not said"), k
    month = tokens.fiscal(i)
    if month is None:
        return Days(None, None, Precision.YEAR, "fiscal", "whose fiscal year is not known", fixed=True), k
    if not year:
        named = tokens.today.year + (tokens.today.month >= month) + (way or 0)
    reason = f"a fiscal year that begins in month {month}, named after the year in which it ends"
    found = months(named - 1, month, 12)
    return Days.of(found, Precision.YEAR, "fiscal", reason, fixed=bool(year)), k


def _fiscal_dated(tokens: Tokens, i: int) -> Read | None:
    """Read the rest of "the fiscal year that ended Saturday", "... beginning in October": twelve months."""
    j = tokens.skip(i, "that")
    word, k = tokens.words[j], tokens.skip(j + 1, "in", "on", "with")
    if word not in (*_BEGINS, *_ENDS):
        return None
    found = calendar_date(tokens, k) or weekday(tokens, k) or month_period(tokens, k)
    if found is None or (first := found[0].first) is None or (last := found[0].last) is None:
        return None
    after = add_months(first, 12) if word in _BEGINS else add_days(last, 1)
    start, end = after and add_months(after, -12), after and add_days(after, -1)
    reason = "twelve months, by the date beside it"
    return replace(found[0], first=start, last=end, precision=Precision.YEAR, reason=reason), found[1]


def rate(tokens: Tokens, i: int) -> Read | None:
    """Read "a day", "each night", "every week", "daily": the unit of a rate, no date."""
    words = tokens.words
    days = Days.unknown("rate", "the unit of a rate, no date", fixed=True)
    word = words[i]
    if word in ("daily", "weekly", "monthly", "annually", "yearly", "nightly"):
        return days, i + 1
    article = word in ("a", "an")
    if word not in ("each", "every", "per") and not (article and i and tokens.raw[i - 1][:1].isalnum()):
        return None
    if unit := tokens.unit(i + 1):
        counts = unit.name in ("day", "night", "week", "month", "year", "hour") and not unit.plural
        return (days, unit.end) if counts and not (article and words[unit.end] in _NO_RATE) else None
    of_day = words[i + 1] in tokens.lexicon.parts or words[i + 1].removesuffix("s") in tokens.lexicon.weekdays
    return (days, i + 2) if word in ("every", "each") and of_day else None
