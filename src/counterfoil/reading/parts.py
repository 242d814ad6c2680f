"""Parts of a period: "early April", "mid-August 2021", "the end of June", "the first six months of 2024"."""

from dataclasses import replace

from counterfoil.reading.dates import decade, month_period, quarter, season, year_period
from counterfoil.reading.days import PRECISION, Days, calendar_unit, cut, half, nth_run, nth_weekday
from counterfoil.reading.model import Precision
from counterfoil.reading.relatives import fiscal_year, relative_period
from counterfoil.reading.timewords import POSSESSIVE, Read, Tokens, Unit

_WHOLES = (fiscal_year, relative_period, quarter, month_period, season, decade, year_period)


def container(tokens: Tokens, i: int) -> Read | None:
    """Read the period that a part is taken of: "2024", "June", "this year", "the year", "next month"."""
    words, today = tokens.words, tokens.today
    j = tokens.skip(i, "the", "my", "its")
    if (unit := tokens.unit(j)) and unit.base != "second":
        after = words[unit.end]
        numbered = unit.name == "year" and (after.isdecimal() or after in tokens.lexicon.cardinals)
        numbered = numbered and tokens.nothing_counted(unit.end + 1)
        # "the year 99999" is none that the calendar has
        if not unit.plural and not numbered and words[unit.end] != "of" and (j > i or tokens.loose):
            before = tokens.previous
            named = unit.name == "year" and before and before.precision is Precision.YEAR and before.last < today
            if before and named and (before.last - before.first).days < 366:
                return Days(*before, "beside", "the year named before it"), unit.end
            return calendar_unit(today, 0, unit.name), unit.end
        if words[unit.end] in POSSESSIVE and words[unit.end + 1] == "end":
            days = calendar_unit(today, 0, unit.name)
            return replace(days, first=days.last, precision=Precision.DAY, ongoing=False), unit.end + 2
    if words[i : i + 2] == ["this", "one"]:
        return calendar_unit(today, 0, "year"), i + 2
    return next((found for rule in _WHOLES if (found := rule(tokens, i)) is not None), None)


def part(tokens: Tokens, i: int) -> Read | None:
    """Read a part of a period, and the period itself after "the course of"."""
    words = tokens.words
    j = tokens.skip(i, "the")
    word, k = words[j], j + 1
    of = words[k] == "of"
    if word in ("early", "late", "mid", "earlier", "later"):
        k = tokens.skip(k, "-")
        while word != "mid" and words[k] in ("in", "the", "on"):
            k += 1
        return _cut(tokens, word, k)
    joined = word == "end" and words[k] == "-"  # "end-September", "end-2022"
    if word in ("end", "beginning", "start", "middle", "height", "close", "turn") and (of or joined or tokens.loose):
        return _cut(tokens, word, k + (of or joined))
    if word in ("rest", "remainder") and (inner := container(tokens, k + of)):
        if inner[0].last is None or inner[0].last < tokens.today:
            return None
        reason = "from the day of speaking to its end"
        return replace(inner[0], first=tokens.today, reason=reason, ongoing=False, spoken=True), inner[1]
    if word in ("course", "whole", "entirety") and of:
        return container(tokens, k + 1)
    return _nth(tokens, i, j)


def _cut(tokens: Tokens, which: str, i: int) -> Read | None:
    inner = container(tokens, i)
    days = inner and cut(which, inner[0], tokens.today)
    return (days, inner[1]) if inner and days else None


def _nth(tokens: Tokens, i: int, j: int) -> Read | None:
    """Read "the first week of April", "the last two days of March", "the first Friday of July"; 0 is the last."""
    words, loose = tokens.words, tokens.loose
    number, k = (0, j + 1) if words[j] in ("last", "final") else tokens.ordinal(j) or (-1, j)
    if number < 0:
        return None
    count: float = 1
    if (counted := tokens.number(k)) and counted[0]:
        count, k = counted[0], counted[1]
    day = tokens.lexicon.weekdays.get(words[k])
    unit = Unit(6, "month", "half", False, k + 1) if words[k] == "half" else tokens.unit(k)
    if day is None and unit is None:
        return None
    end = unit.end if unit else k + 1
    inner = None
    if words[end] in ("of", "in"):
        inner = container(tokens, end + 1)
    if inner is None and (loose or words[end] in ("this", "next", "last")):
        inner = container(tokens, end)
    if inner is None and day is not None and loose and number:
        inner = (calendar_unit(tokens.today, 0, "month"), end)
    if inner is None:
        inside = number and i and words[i - 1] in ("in", "during", "within", "for")
        if unit and inside and unit.name not in ("quarter", "century"):
            return Days.unknown("part", "of what it is a part is not said"), end
        return None
    days, end = inner
    if days.first is None or days.last is None:
        return inner
    pair = (days.first, days.last)
    if unit is None or unit.name == "weekend":
        found = nth_weekday(pair, number, 5 if day is None else day, long=1 if unit is None else 2)
    elif unit.name == "half":
        found = half(pair, number)
    else:
        found = nth_run(pair, number, count, unit.size, unit.base)
    if found is None:
        return Days.unknown("part", "it has no such part", fixed=days.fixed), end
    precision = PRECISION.get(unit.name, Precision.DAY) if unit else Precision.DAY
    reason = f"a part of it; {days.reason}"
    return replace(
        days, first=found[0], last=found[1], precision=precision, rule="part", reason=reason, ongoing=False
    ), end
