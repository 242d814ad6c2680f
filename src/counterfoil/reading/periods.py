"""Words that say when, as days.

`find` reads the time expressions of an article, `resolve` one expression on its own. Both are pure: the day of
publication is an argument, and no clock is read. A small grammar of descent reads tokens around the words of
`lexicon/periods.toml`; `lexicon/events.csv` dates the events that expressions lean on ("since the takeover").

How the ends are encoded
  "on Monday", "as of Monday"   that day, both ends
  "since Monday"                Monday to the day of speaking, `open_end`: a running total
  "so far", "to date"           `open_start` and `open_end`; only the day of speaking is known, as `last`
  "by March", "until March"     `open_start`, no `first`; `last` is 31 March
  "before 2024"                 `open_start`, to 31 December 2023
  "after 2018"                  from 1 January 2019 to the day of speaking, `open_end`
  "in the last 24 hours"        a window that ends with the day of speaking: `increment`, for what happened in it is
                                added to a total; so are "overnight" and "in the week to Sunday"
Conventions follow the labelled articles (docs/labels.md): "last week" is Monday to Sunday of the calendar's last
week, "the past week" seven days back from the day of speaking, "the end of June" its last day, "early 2016" January
to April, "late December" from the 21st.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from importlib import resources
from itertools import islice
from pathlib import Path

from counterfoil.errors import InputError
from counterfoil.reading.model import Period, Precision
from counterfoil.spans import Span


@dataclass(frozen=True, slots=True)
class Time:
    """One time expression.

    span       with its preposition: "on Monday", "since 2015", "in the past two years".
    period     days, or no days and the reason.
    increment  a window that ends with the day of speaking, so that what it counts is added to a total.
    event      key of the dated event that it leans on.
    by         the rule that read it: "periods.weekday@1". "periods.rate@1" is no date but a rate's unit ("a day").
    """

    span: Span
    period: Period
    increment: bool
    event: str | None
    by: str


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event and the words that name it.

    first, last   its days; one day for most.
    context       words that the article must hold, twice in all, before `generic` phrases count.
    names         phrases that name it alone ("2004 tsunami").
    generic       phrases that name it only near its time and place ("earthquake").
    within        days after `last` during which a generic phrase may still mean it.
    """

    key: str
    first: date
    last: date
    place: str
    context: tuple[str, ...]
    names: tuple[str, ...]
    generic: tuple[str, ...]
    within: int
    source: str


@dataclass(frozen=True, slots=True)
class Events:
    """Dated events by the first word of the phrases that name them."""

    rows: tuple[Event, ...]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Event, bool], ...]]

    @classmethod
    def of(cls, rows: Iterable[Event]) -> "Events":
        """Index `rows`; the longest phrase stands first."""
        phrases: dict[str, list[tuple[tuple[str, ...], Event, bool]]] = {}
        kept = tuple(rows)
        for event in kept:
            for generic, group in ((False, event.names), (True, event.generic)):
                for phrase in group:
                    words = tuple(word.lower() for word in _TOKEN.findall(phrase))
                    if words:
                        phrases.setdefault(words[0], []).append((words, event, generic))
        return cls(kept, {first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in phrases.items()})

    def and_more(self, other: "Events") -> "Events":
        """Return these events and `other`'s; a key given twice means the later row."""
        merged = {event.key: event for event in self.rows} | {event.key: event for event in other.rows}
        return Events.of(merged.values())


_COLUMNS = ("key", "first", "last", "place", "context", "names", "generic", "within", "source")


def load_events(path: Path) -> Events:
    """Read dated events from a CSV with the columns of `lexicon/events.csv`; lists are split at semicolons.

    Raises  InputError, with all the rows at fault, if a column is missing or a value cannot be read.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the events: {error}", str(path), "give a CSV file in UTF-8") from error
    return _events(lines, str(path))


def _events(lines: Sequence[str], where: str) -> Events:
    reader = csv.DictReader(lines)
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"no column {', '.join(missing)}", where, f"write the header {','.join(_COLUMNS)}")
    rows, faults = [], []
    for row in reader:
        try:
            rows.append(_event(row))
        except ValueError as error:
            faults.append(f"line {reader.line_num}: {error}")
    if faults:
        raise InputError("; ".join(faults), where, "write days as YYYY-MM-DD and `within` as a number of days")
    return Events.of(rows)


def _event(row: dict[str, str]) -> Event:
    def parts(column: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in (row[column] or "").split(";") if word.strip())

    first, last = date.fromisoformat(row["first"] or ""), date.fromisoformat(row["last"] or row["first"])
    if not row["key"] or last < first:
        raise ValueError("no key" if not row["key"] else f"{row['key']}: ends before it begins")
    return Event(
        row["key"],
        first,
        last,
        row["place"] or "",
        parts("context"),
        parts("names"),
        parts("generic"),
        int(row["within"] or 0),
        row["source"] or "",
    )


@cache
def shipped_events() -> Events:
    """Return the events that the package ships."""
    table = resources.files("counterfoil.reading").joinpath("lexicon", "events.csv")
    return _events(table.read_text("utf-8").splitlines(), "events.csv")


_TOKEN = re.compile(
    r"\n[^\S\n]*\n"  # a new paragraph ends what stands before it
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r"|[0-9]{1,4}[./-][0-9]{1,2}[./,-][0-9]{2,4}(?![0-9])"
    r"|[0-9]+(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+"
    r"|[0-9]+(?:st|nd|rd|th|s)\b|[0-9]+"
    r"|[apAP]\.[mM]\b|['’]s\b|[^\W\d_]+|\S"
)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Lexicon:
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    months: dict[str, int]
    seasons: dict[str, int]
    units: dict[str, tuple[int, str]]
    cardinals: dict[str, int]
    ordinals: dict[str, int]
    decades: dict[str, int]
    days: dict[str, int]
    holidays: dict[str, list[tuple[tuple[str, ...], int, int]]]
    fiscal: dict[str, int]
    last: frozenset[str]
    next: frozenset[str]
    this: frozenset[str]
    vague: frozenset[str]
    parts: frozenset[str]
    moments: frozenset[str]
    zones: frozenset[str]
    lead: frozenset[str]
    joining: frozenset[str]
    event_nouns: frozenset[str]
    event_lead: frozenset[str]
    event_verbs: frozenset[str]
    core: frozenset[str]
    dated_noun: re.Pattern[str]
    cues: frozenset[str]
    cue_verbs: frozenset[str]
    tense: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    import tomllib

    table = resources.files("counterfoil.reading").joinpath("lexicon", "periods.toml")
    data = tomllib.loads(table.read_text("utf-8"))
    words = data["words"]
    units: dict[str, tuple[int, str]] = {}
    for name, (size, base) in data["units"].items():
        units[name] = (size, base)
        units[name + "s"] = (size, base)
    months = data["months"] | data["month_abbreviations"]
    holidays: dict[str, list[tuple[tuple[str, ...], int, int]]] = {}
    for phrase, (month, day) in data["holidays"].items():
        tokens = tuple(word.lower() for word in _TOKEN.findall(phrase))
        holidays.setdefault(tokens[0], []).append((tokens, month, day))
    core = [
        *data["weekdays"],
        *data["weekday_abbreviations"],
        *months,
        *units,
        *data["seasons"],
        *data["decades"],
        *data["days"],
        *words["moments"],
        *words["parts"],
        *words["core"],
        *(phrase.split()[0] for phrase in data["holidays"]),
    ]
    nouns = "|".join(sorted(map(re.escape, words["event_nouns"]), key=lambda n: (-len(n), n)))
    verbs = "|".join(map(re.escape, words["event_verbs"]))
    future, back, past = (
        "|".join(map(re.escape, sorted(words[name], key=len, reverse=True))) for name in ("future", "past", "weak_past")
    )
    return _Lexicon(
        weekdays=data["weekdays"],
        weekday_abbreviations=data["weekday_abbreviations"],
        months=months,
        seasons=data["seasons"],
        units=units,
        cardinals=data["cardinals"],
        ordinals=data["ordinals"],
        decades=data["decades"],
        days=data["days"],
        holidays=holidays,
        fiscal=data["fiscal"],
        last=frozenset(words["last"]),
        next=frozenset(words["next"]),
        this=frozenset(words["this"]),
        vague=frozenset(words["vague"]),
        parts=frozenset(words["parts"]),
        moments=frozenset(words["moments"]),
        zones=frozenset(words["zones"]),
        lead=frozenset(words["lead"]),
        joining=frozenset(words["joining"]),
        event_nouns=frozenset(words["event_nouns"]),
        event_lead=frozenset(words["event_lead"]),
        event_verbs=frozenset(words["event_verbs"]),
        core=frozenset(core),
        dated_noun=re.compile(
            rf"\b({nouns})(?:[ ,]+(?:which|that|was|were|had|has|been|is|it|first|officially|suddenly|and)){{0,4}}"
            rf"(?:[ ,]+(?:{verbs}))?"
            rf"(?:[ ,]+(?:late|early|in|on|of|at|the|before|after|dawn|night|morning)){{0,3}}[ ,]*$",
            re.IGNORECASE,
        ),
        cues=frozenset(words["cue_verbs"] + words["cue_nouns"]),
        cue_verbs=frozenset(words["cue_verbs"]),
        tense=re.compile(rf"\b(?:({future})|({back})|({past}|[a-z]+ed))\b", re.IGNORECASE),
    )


@dataclass(frozen=True, slots=True)
class _Days:
    """What an expression means, before it is closed by the day of speaking.

    spoken   counted from the day of speaking, which may differ from publication.
    fixed    the words alone fix it; else it needs the day of publication.
    ongoing  a calendar period that holds the day of speaking: past tense ends it there.
    """

    first: date | None
    last: date | None
    precision: Precision
    rule: str
    reason: str = ""
    window: bool = False
    open_start: bool = False
    open_end: bool = False
    event: str | None = None
    spoken: bool = False
    fixed: bool = False
    ongoing: bool = False


@dataclass(frozen=True, slots=True)
class _Length:
    """A length of time ("two weeks"), as the days that lie so far before and after the day of speaking.

    back, ahead  None where the words do not say how many.
    base, name   base and name of its last unit.
    end          the token after it.
    """

    back: date | None
    ahead: date | None
    base: str
    name: str
    end: int


_Read = tuple[_Days, int]  # what was read, and the token after it
_UNIT_PRECISION = {
    "week": Precision.WEEK,
    "fortnight": Precision.WEEK,
    "weekend": Precision.DAY,
    "month": Precision.MONTH,
    "quarter": Precision.QUARTER,
    "semester": Precision.HALF,
    "year": Precision.YEAR,
    "decade": Precision.DECADE,
    "century": Precision.UNKNOWN,
    "centurie": Precision.UNKNOWN,
}
_YEARLESS = frozenset(
    (
        "periods.date@1",
        "periods.month@1",
        "periods.quarter@1",
        "periods.season@1",
        "periods.part@1",
        "periods.day-of-month@1",
    )
)
_AFTER_BEFORE = frozenset(("and", "but", "or", "in", "at", "to", "for", "from", "on", "as", "with", "while"))
_DEPTH = 3  # "two days after the week to Sunday": expressions that lean on one another
_REACH = 40  # tokens that an expression is read for
_FISCAL = frozenset(("fiscal", "financial", "fy"))
_ROLLING = frozenset(("day", "week", "month", "year"))
_SPAN_DAYS = 31 * 9  # a bare month or day is past unless that is over nine months ago and the next one is near
_NEAR_DAYS = 45


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _add_days(day: date, count: float) -> date | None:
    try:
        return day + timedelta(days=int(count))
    except OverflowError:
        return None


def _add_months(day: date, count: float) -> date | None:
    """Return the same day `count` months on, or the last of a shorter month."""
    if abs(count) > 120_000:
        return None
    index = day.year * 12 + day.month - 1 + int(count)
    moved = next((d for n in range(4) if (d := _date(index // 12, index % 12 + 1, day.day - n))), None)
    part = count - int(count)
    return moved if moved is None or not part else _add_days(moved, round(part * 30))


def _months(year: int, month: int, count: int) -> tuple[date, date] | None:
    """Return first and last day of `count` months from `month`, which may exceed 12."""
    index = year * 12 + month - 1
    first, after = (
        _date(index // 12, index % 12 + 1, 1),
        _date((index + count) // 12, (index + count) % 12 + 1, 1),
    )
    return (first, after - timedelta(days=1)) if first and after else None


class _Grammar:
    """Rules that read one run of tokens. A rule takes a position and returns what it read, or None.

    today     the day of speaking.
    future    the sentence speaks of what is to come.
    loose     the whole text is one expression: bare numbers and abbreviations count.
    close     of a past and a coming version of a period that names no year, the nearer one is meant.
    previous  the period last named before this expression, for "the previous year" or "a year earlier".
    recent    those named before, the last one last, for "the same period" and "that week".
    """

    __slots__ = (
        "close",
        "depth",
        "fiscal",
        "lexicon",
        "loose",
        "previous",
        "raw",
        "recent",
        "tense",
        "today",
        "words",
    )

    def __init__(
        self,
        raw: list[str],
        today: date,
        *,
        future: bool | None = None,
        loose: bool = False,
        previous: Period | None = None,
        fiscal: int | None = None,
    ) -> None:
        self.raw = [*raw, *[""] * 12]
        self.words = [word.lower() for word in self.raw]
        self.today, self.loose, self.previous, self.fiscal = today, loose, previous, fiscal
        self.tense: Callable[[], bool | None] | bool | None = future
        self.recent: Sequence[Period] = (previous,) if previous else ()
        self.close = False
        self.lexicon = _lexicon()
        self.depth = 0

    def clause_looks_ahead(self) -> bool | None:
        """Say whether the clause speaks of what is to come, None if no verb tells; found out when first asked."""
        if callable(self.tense):
            self.tense = self.tense()
        return self.tense

    @property
    def future(self) -> bool:
        """Say whether the clause is known to speak of what is to come."""
        return self.clause_looks_ahead() is True

    # -- numbers, units, single words

    def number(self, i: int) -> tuple[float | None, int] | None:
        """Read a count: "24", "two", "twenty-one", "a", "a couple of", "two and a half"; None for "a few"."""
        words, lexicon = self.words, self.lexicon
        word = words[i]
        value: float
        if word.isascii() and word.replace(".", "", 1).isdecimal():
            if len(word) > 6:
                return None
            value, j = float(word), i + 1
        elif word in ("a", "an", "the") and words[i + 1] in lexicon.vague:
            return self.number(i + 1)
        elif word == "couple":
            return 2, i + 2 if words[i + 1] == "of" else i + 1
        elif word in lexicon.vague:
            return None, i + 2 if words[i + 1] in ("many", "dozen", "more") else i + 1
        elif word == "half" and words[i + 1] in ("a", "an"):
            return 0.5, i + 2
        elif word in ("a", "an", "another", "single"):
            value, j = 1, i + (2 if words[i + 1] == "single" else 1)
        elif word in lexicon.cardinals:
            value, j = lexicon.cardinals[word], i + 1
            if value >= 20:
                k = j + 1 if words[j] in ("-", "and") else j
                if 0 < (tail := lexicon.cardinals.get(words[k], 0)) < 10:
                    value, j = value + tail, k + 1
            if words[j] == "hundred":
                value, j = value * 100, j + 1
        else:
            return None
        if words[j] == "-" and words[j + 1] == "plus":
            return None, j + 2
        if words[j] in ("-", "–", "to", "or") and self.number_after_dash(j + 1):
            return None, j + 2
        if words[j] == "and" and words[j + 1] == "half":
            return value + 0.5, j + 2
        if words[j] == "and" and words[j + 1] == "a" and words[j + 2] == "half":
            return value + 0.5, j + 3
        return value, j

    def number_after_dash(self, i: int) -> bool:
        return (self.words[i] in self.lexicon.cardinals or self.words[i].isdecimal()) and self.words[
            i + 1
        ] in self.lexicon.units

    def unit(self, i: int) -> tuple[int, str, str, int] | None:
        """Read a unit: size, base, its name in the singular, and the position after it."""
        if self.words[i] == "-":
            i += 1
        word = self.words[i]
        if word in ("full", "calendar", "straight", "consecutive"):
            i, word = i + 1, self.words[i + 1]
        if (found := self.lexicon.units.get(word)) is None:
            return None
        name = "century" if word == "centuries" else word.removesuffix("s")
        return found[0], found[1], name, i + 1

    def ordinal(self, i: int) -> tuple[int, int] | None:
        word = self.words[i]
        if word in self.lexicon.ordinals:
            return self.lexicon.ordinals[word], i + 1
        if word in ("twenty", "thirty"):
            j = i + 2 if self.words[i + 1] == "-" else i + 1
            if (tail := self.lexicon.ordinals.get(self.words[j], 0)) and tail < 10:
                return self.lexicon.cardinals[word] + tail, j + 1
        if word[-2:] in ("st", "nd", "rd", "th") and word[:-2].isdecimal() and len(word) < 6:
            return int(word[:-2]), i + 1
        return None

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
        """Read a month's name; in running text it needs its capital."""
        value = self.lexicon.months.get(self.words[i])
        if value is None or not (self.loose or self.raw[i][0].isupper()):
            return None
        j = i + 1
        if self.words[j] == "." and (len(self.words[i]) <= 4 or (self.loose and self.words[j + 1].isdecimal())):
            j += 1
        return value, j

    def year(self, i: int) -> tuple[int, int] | None:
        """Read a year of four digits, or (loose) one in words: "nineteen seventy eight", "two thousand and one"."""
        word = self.words[i]
        if len(word) == 4 and word.isascii() and word.isdecimal():
            return (int(word), i + 1) if 1000 <= int(word) <= 2199 else None
        return self.year_in_words(i) if self.loose else None

    def year_in_words(self, i: int) -> tuple[int, int] | None:
        numbers: list[int] = []
        j = i
        value = 0
        while j < len(self.words) - 12 and len(numbers) < 6:
            word = self.words[j]
            if word in self.lexicon.cardinals:
                numbers.append(self.lexicon.cardinals[word])
            elif word in ("hundred", "thousand") and numbers:
                value += numbers.pop() * (100 if word == "hundred" else 1000)
            elif word not in ("and", "-") or not (numbers or value):
                break
            j += 1
        while self.words[j - 1] in ("and", "-"):
            j -= 1
        if value:
            value += sum(numbers)
        elif len(numbers) > 1 and 10 <= numbers[0] <= 21:
            value = numbers[0] * 100 + sum(numbers[1:])
        return (value, j) if 1000 <= value <= 2199 else None

    def nothing_counted(self, i: int) -> bool:
        """Say that no noun stands here that the number before might count ("in 2000 houses")."""
        word = self.words[i]
        return not (self.raw[i].isalpha() and self.raw[i].islower() and word not in self.lexicon.joining) or (
            self.loose or (not word.endswith("s") and word != "people")
        )

    def nothing_counted_at_all(self, i: int) -> bool:
        """Say that what stands here cannot be a noun ("the 13th floor" is no day)."""
        return not self.raw[i].isalpha() or self.words[i] in self.lexicon.joining

    # -- which year, which week

    def nearest(
        self, make: Callable[[int], tuple[date, date] | None], *, future: bool | None = None
    ) -> tuple[date, date] | None:
        """Choose among the years' versions of a period that names no year: the last one begun, or the next to come."""
        future = self.future if future is None else future
        today, year = self.today, self.today.year
        past = next((p for y in range(year + 1, year - 9, -1) if (p := make(y)) and p[0] <= today), None)
        coming = next((p for y in range(year - 1, year + 9) if (p := make(y)) and p[1] >= today), None)
        if past is None or coming is None or past[1] >= today:
            return past or coming
        if future:
            return coming
        if self.close:
            return min((past, coming), key=lambda p: abs((p[1] - today).days))
        old = (
            self.clause_looks_ahead() is None
            and (today - past[1]).days > _SPAN_DAYS
            and (coming[0] - today).days <= _NEAR_DAYS
        )
        return coming if old else past

    def weekday_day(self, weekday: int, *, weeks: int | None = None) -> date | None:
        """Return the day of that name: the last one up to today, the next if it is to come, or `weeks` from now."""
        today = self.today
        if weeks is not None:
            return _add_days(today, weekday - today.weekday() + 7 * weeks)
        back = (today.weekday() - weekday) % 7
        return _add_days(today, (7 - back) % 7 if self.future else -back)

    # -- dates

    def calendar_date(self, i: int) -> _Read | None:
        """Read a day: "Wednesday, November 8", "8 November 2023", "the 21st of March", "2023-11-08", "March 15-17"."""
        words, lexicon = self.words, self.lexicon
        weekday, j = None, i
        if words[i] in lexicon.weekdays or words[i] in lexicon.weekday_abbreviations:
            weekday = lexicon.weekdays.get(words[i], lexicon.weekday_abbreviations.get(words[i]))
            j = i + 1
            while words[j] in (",", ".", "the"):
                j += 1
        elif words[i] == "the":
            j = i + 1
        if (month := self.month(j)) is not None:
            return self.month_first(*month, weekday)
        if self.loose and (year := self.year(j)) and words[j + 1] in ("-", "/") and (month := self.month(j + 2)):
            if words[month[1]] in ("-", "/") and (day := self.day_number(month[1] + 1)):
                return self.days_of(year[0], month[0], day[0], day[0], weekday), day[1]
            return None
        if (word := words[j])[:1].isdecimal() and ("/" in word or "." in word or "-" in word):
            return self.numeric_date(j)
        if (day := self.day_number(j)) is None:
            return None
        return self.day_first(day[0], day[1], weekday, ordinal=not words[j].isdecimal())

    def month_first(self, month: int, j: int, weekday: int | None) -> _Read | None:
        words = self.words
        if self.loose and words[j] in ("-", "/"):
            j += 1
        if words[j] == "the" or (words[j] == "between" and self.loose):
            j += 1
        if (day := self.day_number(j)) is None:
            return None
        last, j = self.second_day(*day)
        year, k = self.date_year(j)
        if year is None and not self.nothing_counted(j) and last != day[0]:
            last, k = day[0], day[1]
        return self.days_of(year, month, day[0], last, weekday), k

    def second_day(self, day: int, j: int) -> tuple[int, int]:
        """Read the second day of "15-17", "15 to 17", "5 and 6"; else the same day again."""
        if self.words[j] in ("-", "–", "—", "to", "and", "through", "until") and (other := self.day_number(j + 1)):
            after = self.words[other[1]]
            if other[0] > day and after not in self.lexicon.units and after not in ("%", "percent", "per"):
                return other
        return day, j

    def day_first(self, day: int, j: int, weekday: int | None, *, ordinal: bool) -> _Read | None:
        words = self.words
        last, j = self.second_day(day, j)
        ordinal = ordinal or words[j - 1][-2:] in ("st", "nd", "rd", "th")
        k = j
        while words[k] in ("of", "-", ".", "/", "in", "day"):
            k += 1
        if (month := self.month(k)) is not None and k - j <= 2:
            year, after = self.date_year(month[1])
            return self.days_of(year, month[0], day, last, weekday), after
        if words[k] in ("this", "next", "last", "previous", "the") and k - j <= 1:
            here = k + 1 if words[k] == "the" and words[k + 1] in ("month", "next", "previous") else k
            shift = -1 if words[here] in self.lexicon.last else int(words[here] in self.lexicon.next)
            end = here if words[here] == "month" else here + 1
            if words[end] == "month":
                base = _add_months(self.today.replace(day=1), shift)
                first = base and _date(base.year, base.month, day)
                final = base and _date(base.year, base.month, last)
                return self.day_or_not(first, final, "periods.date@1", "the month is relative"), end + 1
        ended = words[j] in ("", ".", "!", ",") or words[j].isspace()
        digits = words[j - 1][:1].isdecimal()
        if weekday is not None and ordinal:
            return self.day_of_month(day, weekday), j
        if (ordinal and digits and words[j - 2] == "the" and self.nothing_counted_at_all(j)) or (self.loose and ended):
            return self.day_of_month(day, None), j
        return None

    def day_of_month(self, day: int, weekday: int | None) -> _Days:
        """Return the nearest day of that number and weekday; of the number alone, the last one or the next to come."""
        start = self.today.replace(day=1)
        rule = "periods.day-of-month@1"
        found: list[date] = []
        for n in range(-24, 25):
            base = _add_months(start, n)
            there = base and _date(base.year, base.month, day)
            if there and (weekday is None or there.weekday() == weekday):
                found.append(there)
        if weekday is None:
            found = [there for there in found if (there >= self.today if self.future else there <= self.today)]
        nearest = min(found, key=lambda there: abs((there - self.today).days), default=None)
        return self.day_or_not(nearest, nearest, rule, "the nearest month that has it")

    def day_or_not(
        self, first: date | None, last: date | None, rule: str, reason: str, *, fixed: bool = False
    ) -> _Days:
        if first is None or last is None:
            return _Days(None, None, Precision.UNKNOWN, rule, "no such day in the calendar", fixed=fixed)
        return _Days(first, last, Precision.DAY, rule, reason, fixed=fixed)

    def date_year(self, j: int) -> tuple[int | None, int]:
        """Read the year after a day and month: ", 2023", "of last year", "this year"; (None, j) where none stands."""
        words = self.words
        k = j + 1 if words[j] == "," else j
        if words[k] == "of":
            k += 1
        if year := self.year(k):
            return year
        if words[k] in ("this", "last", "next", "previous") and words[k + 1] == "year":
            shift = -1 if words[k] in self.lexicon.last else int(words[k] == "next")
            return self.today.year + shift, k + 2
        if self.loose and words[k].isdecimal() and len(words[k]) == 2 and words[k + 1] == "":
            return (1900 if int(words[k]) >= 50 else 2000) + int(words[k]), k + 1
        return None, j

    def days_of(self, year: int | None, month: int, first: int, last: int, weekday: int | None) -> _Days:
        """Return the day, with the year that the words, the weekday or nearness give."""

        def make(year: int) -> tuple[date, date] | None:
            start, end = _date(year, month, first), _date(year, month, last)
            return (start, end) if start and end and (weekday is None or start.weekday() == weekday) else None

        if year is not None:
            start, end = _date(year, month, first), _date(year, month, last)
            reason = "year as written"
            if start and weekday is not None and start.weekday() != weekday:
                reason = "year as written; the weekday does not agree with it"
            return self.day_or_not(start, end, "periods.date@1", reason, fixed=True)
        found = self.nearest(make)
        if found is None:
            return self.day_or_not(None, None, "periods.date@1", "")
        agree = "; the weekday agrees" if weekday is not None else ""
        return self.day_or_not(*found, "periods.date@1", f"no year written: the nearest{agree}")

    def numeric_date(self, i: int) -> _Read | None:
        """Read 2023-11-08, 8/11/2023, 13.5.2015. Where day and month could be exchanged, no day is chosen."""
        parts = [int(part) for part in re.split("[-./,]", self.words[i])]
        if len(parts) != 3:
            return None
        a, b, c = parts
        if a > 999:
            return self.day_or_not(_date(a, b, c), _date(a, b, c), "periods.numeric@1", "year first", fixed=True), i + 1
        if not self.loose and c < 1000:
            return None
        year = c if c > 99 else c + (1900 if c >= 50 else 2000)
        if a > 12 or b > 12 or a == b:
            found = _date(year, b, a) if a > 12 or a == b else _date(year, a, b)
            reason = "day first" if a > 12 else "month first"
            return self.day_or_not(found, found, "periods.numeric@1", reason, fixed=True), i + 1
        reason = "day and month could be exchanged"
        return _Days(None, None, Precision.UNKNOWN, "periods.numeric@1", reason, fixed=True), i + 1

    # -- months, quarters, seasons, years, decades

    def whole(
        self,
        found: tuple[date, date] | None,
        precision: Precision,
        rule: str,
        reason: str,
        *,
        fixed: bool = False,
        ongoing: bool = False,
        spoken: bool = False,
    ) -> _Days:
        if found is None:
            return _Days(None, None, Precision.UNKNOWN, rule, "outside the calendar")
        return _Days(found[0], found[1], precision, rule, reason, fixed=fixed, ongoing=ongoing, spoken=spoken)

    def yearly(self, year: int | None, month: int, count: int, precision: Precision, rule: str) -> _Days:
        """Return `count` months from `month` of `year`, or of the year that nearness gives."""
        if year is not None:
            return self.whole(_months(year, month, count), precision, rule, "year as written", fixed=True)
        found = self.nearest(lambda y: _months(y, month, count))
        return self.whole(found, precision, rule, "no year written: the nearest")

    def relative_year(self, i: int) -> tuple[int | None, int]:
        """Read the year after a month, quarter or season, with its "of": (None, i) where none stands."""
        words = self.words
        k = i + 1 if words[i] in ("of", ",", "in") else i
        if year := self.year(k):
            return year if words[i] != "in" or self.loose else (None, i)
        if words[k] == "the" and words[k + 1] in self.lexicon.last:
            k += 1
        if words[k + 1] == "year" and words[k] in (*self.lexicon.last, *self.lexicon.next, "this", "the"):
            shift = -1 if words[k] in self.lexicon.last else int(words[k] in self.lexicon.next)
            return self.today.year + shift, k + 2
        if words[k] == "that" and words[k + 1] == "year" and self.previous and self.previous.first:
            return self.previous.first.year, k + 2
        return None, i

    def month_period(self, i: int) -> _Read | None:
        """Read "March", "March 2019", "August last year", "2016 November", "October and November"."""
        words = self.words
        j = i + 1 if words[i] == "the" and words[i + 1] == "month" and words[i + 2] == "of" else i
        if j > i:
            j += 2
        if (year := self.year(j)) and (self.loose or words[year[1]] != ","):
            k = year[1]
            while words[k] in (",", "-", "/") and self.loose:
                k += 1
            if month := self.month(k):
                return self.yearly(year[0], month[0], 1, Precision.MONTH, "periods.month@1"), month[1]
        if (month := self.month(j)) is None:
            return None
        value, k = month
        stated, after = self.relative_year(k)
        if stated is None and self.loose and words[k].isdecimal() and len(words[k]) == 2 and words[k + 1] == "":
            stated, after = (1900 if int(words[k]) >= 50 else 2000) + int(words[k]), k + 1
        if stated is None and words[k - 1] == "." and words[k] in ("", "\n"):
            after = k - 1
        days = self.yearly(stated, value, 1, Precision.MONTH, "periods.month@1")
        return days, after

    def quarter(self, i: int) -> _Read | None:
        """Read "Q3 2016", "2016 Q3", "H1", "the third quarter of 2016", "the December quarter"."""
        words = self.words
        if (year := self.year(i)) and words[year[1]] == "the":
            i_after = year[1] + 1
        elif year:
            i_after = year[1]
        else:
            i_after = i + 1 if words[i] == "the" else i
        code, j = words[i_after], i_after + 1
        if code in ("q", "h") and words[j] in ("1", "2", "3", "4"):
            code, j = code + words[j], j + 1
        count, number = 3, 0
        if (ordinal := self.ordinal(i_after)) and words[ordinal[1]] in ("quarter", "half"):
            number, j = ordinal[0], ordinal[1] + 1
            count = 3 if words[j - 1] == "quarter" else 6
        elif len(code) == 2 and code[0] in "qh" and code[1] in "1234":
            number, count = int(code[1]), 3 if code[0] == "q" else 6
        elif (month := self.month(i_after)) and words[month[1]] == "quarter" and not year:
            stated, after = self.relative_year(month[1] + 1)
            return self.yearly(stated, month[0] - 2, 3, Precision.QUARTER, "periods.quarter@1"), after
        if not 1 <= number <= 12 // count:
            return None
        stated, after = (year[0], j) if year else self.relative_year(j)
        if stated is None and count == 6:
            return None
        precision = Precision.QUARTER if count == 3 else Precision.HALF
        return self.yearly(stated, 1 + count * (number - 1), count, precision, "periods.quarter@1"), after

    def season(self, i: int) -> _Read | None:
        """Read "the summer of 2019", "spring", "winter 2019"; northern seasons, as the reason says."""
        words = self.words
        j = i + 1 if words[i] == "the" else i
        start = self.lexicon.seasons.get(words[j])
        if start is None:
            return None
        stated, after = self.relative_year(j + 1)
        if stated is None and (words[j + 1] == "of" or (words[j] == "fall" and words[i] != "the" and not self.loose)):
            return None
        days = self.yearly(stated, start, 3, Precision.QUARTER, "periods.season@1")
        return replace(days, reason=f"{days.reason}; seasons of the north, in whole months"), after

    def year_period(self, i: int) -> _Read | None:
        """Read "2018", "the year 2018", "2017-2018", "2017-18"."""
        words = self.words
        j = i + 1 if words[i] == "the" else i
        j = j + 1 if words[j] == "year" else j
        if (year := self.year(j)) is None:
            return None
        last, k = year
        if words[k] in ("-", "–", "—", "/") and (after := words[k + 1]).isdecimal():
            if len(after) == 4 and (second := self.year(k + 1)) and second[0] > last:
                last, k = second
            elif len(after) == 2 and last % 100 < int(after) and words[k] != "/":
                last, k = last - last % 100 + int(after), k + 2
        found = _months(year[0], 1, 12 * (last - year[0] + 1))
        return self.whole(found, Precision.YEAR, "periods.year@1", "year as written", fixed=True), k

    def decade(self, i: int) -> _Read | None:
        """Read "the 1990s", "the nineties", "the 70s", "the 19th century"."""
        words = self.words
        j = i + 1 if words[i] == "the" else i
        word = words[j]
        if word in ("'", "’") and self.loose:
            j, word = j + 1, words[j + 1]
        if word.isdecimal() and words[j + 1] in ("'s", "’s") and word.endswith("0") and len(word) in (2, 4):
            word, end = word + "s", j + 2
        else:
            end = j + 1
        start = None
        if word.endswith("0s") and word[:-1].isdecimal():
            if len(word) == 5:
                start = int(word[:-1])
            elif len(word) == 3 and (self.loose or words[i] == "the"):
                start = (1900 if int(word[:2]) > 20 else 2000) + int(word[:2])
        elif word in self.lexicon.decades and (j > i or self.loose):
            start = (2000 if word == "noughties" else 1900) + self.lexicon.decades[word]
        elif (ordinal := self.ordinal(j)) and words[ordinal[1]] == "century" and 1 <= ordinal[0] <= 21:
            found = _months(max(1, (ordinal[0] - 1) * 100), 1, 1200)
            return self.whole(found, Precision.UNKNOWN, "periods.decade@1", "a century", fixed=True), ordinal[1] + 1
        elif (
            self.loose
            and word in ("nineteen", "twenty")
            and words[j + 1 + (words[j + 1] == "-")] in self.decade_words()
        ):
            k = j + 1 + (words[j + 1] == "-")
            start, end = (1900 if word == "nineteen" else 2000) + self.decade_words()[words[k]], k + 1
        if start is None or not 1000 <= start <= 2190:
            return None
        found = _months(start, 1, 1200 if start % 100 == 0 and start < 2000 else 120)
        return self.whole(found, Precision.DECADE, "periods.decade@1", "ten years", fixed=True), end

    def decade_words(self) -> dict[str, int]:
        return self.lexicon.decades | {"tens": 10, "hundreds": 0}

    def fiscal_year(self, i: int) -> _Read | None:
        """Read "fiscal 2023", "FY 2022-23", "the last fiscal year"; dated only where the article's country tells."""
        words = self.words
        j, shift = (i + 1 if words[i] == "the" else i), None
        if words[j] in (*self.lexicon.last, *self.lexicon.next, *self.lexicon.this):
            shift = -1 if words[j] in self.lexicon.last else int(words[j] in self.lexicon.next)
            j += 1
        if words[j] not in ("fiscal", "financial", "fy"):
            return None
        k = j + 2 if words[j + 1] == "year" else j + 1
        if words[j + 1] != "year" and words[j] == "financial":
            return None
        year = self.year(k)
        if year:
            named, k = year
            if words[k] in ("-", "–", "/") and words[k + 1].isdecimal():
                named, k = named + 1, k + 2
        elif words[k - 1] == "year" and (dated := self.fiscal_dated(k)):
            return dated
        elif shift is None and words[k - 1] != "year":
            return None
        elif shift is None:
            return _Days(None, None, Precision.YEAR, "periods.fiscal@1", "which fiscal year is not said"), k
        if self.fiscal is None:
            return _Days(
                None, None, Precision.YEAR, "periods.fiscal@1", "whose fiscal year is not known", fixed=True
            ), k
        if not year:
            named = self.today.year + (self.today.month >= self.fiscal) + (shift or 0)
        reason = f"a fiscal year that begins in month {self.fiscal}, named after the year in which it ends"
        found = _months(named - 1, self.fiscal, 12)
        return self.whole(found, Precision.YEAR, "periods.fiscal@1", reason, fixed=bool(year)), k

    def fiscal_dated(self, i: int) -> _Read | None:
        """Read the rest of "the fiscal year that ended Saturday", "... beginning in October": twelve months."""
        words = self.words
        j = i + 1 if words[i] == "that" else i
        begins, ends = ("began", "begins", "beginning", "starting"), ("ended", "ends", "ending", "to")
        if words[j] not in (*begins, *ends):
            return None
        k = j + 2 if words[j + 1] in ("in", "on", "with") else j + 1
        found = self.calendar_date(k) or self.weekday(k) or self.month_period(k)
        if found is None or found[0].first is None or found[0].last is None:
            return None
        reason = "twelve months, by the date beside it"
        if words[j] in begins:
            first: date | None = found[0].first
            after = _add_months(found[0].first, 12)
            last = after and _add_days(after, -1)
        else:
            last = found[0].last
            after = _add_days(last, 1)
            first = after and _add_months(after, -12)
        return replace(found[0], first=first, last=last, precision=Precision.YEAR, reason=reason), found[1]

    # -- relative to the day of speaking

    def deictic(self, i: int) -> _Read | None:
        """Read "yesterday", "this morning", "last night", "overnight", "the day before yesterday", "now"."""
        words = self.words
        word = words[i]
        if word in self.lexicon.days:
            day = _add_days(self.today, self.lexicon.days[word])
            return self.relative_day(day, "counted from the day of speaking"), i + 1
        j = i + 1 if word == "the" else i
        if words[j] == "day" and words[j + 1] in ("before", "after") and words[j + 2] in ("yesterday", "tomorrow"):
            count = -2 if words[j + 2] == "yesterday" else 2
            return self.relative_day(_add_days(self.today, count), "counted from the day of speaking"), j + 3
        if word in ("this", "last") and words[i + 1] in self.lexicon.parts | {"day"}:
            count = -1 if word == "last" else 0
            return self.relative_day(_add_days(self.today, count), "counted from the day of speaking"), i + 2
        if word == "overnight":
            first = _add_days(self.today, -1)
            return _Days(first, self.today, Precision.DAY, "periods.overnight@1", "the night to today", True), i + 1
        if word in ("now", "currently", "presently"):
            days = _Days(self.today, self.today, Precision.DAY, "periods.now@1", "the day of speaking", spoken=True)
            return days, i + 1
        return None

    def relative_day(self, day: date | None, reason: str) -> _Days:
        return self.day_or_not(day, day, "periods.day@1", reason)

    def weekday(self, i: int) -> _Read | None:
        """Read "Monday", "last Monday", "next Monday", "Monday and Tuesday", "Friday next week"."""
        words, lexicon = self.words, self.lexicon
        j = i + 1 if words[i] == "the" else i
        lead = words[j]
        if lead in lexicon.last or lead in lexicon.next or lead in lexicon.this or lead in ("first", "second", "third"):
            j += 1
        else:
            lead = ""
        if lead and words[j] == "week":
            j += 2 if words[j + 1] == "on" else 1
            week: int | None = -1 if lead in lexicon.last else int(lead in lexicon.next)
        else:
            week = None
        value = lexicon.weekdays.get(words[j])
        if value is None and (self.loose or words[j + 1] == ","):
            value = lexicon.weekday_abbreviations.get(words[j])
            if value is not None and not self.loose:
                return None
        if value is None or not (self.loose or self.raw[j][0].isupper()):
            return None
        j += 1
        k = j + 1 if words[j] == "of" else j
        if words[k + 1] == "week" and words[k] in ("last", "next", "this"):
            week, j = {"last": -1, "next": 1, "this": 0}[words[k]], k + 2
        if week is not None:
            day, reason = self.weekday_day(value, weeks=week), "a day of that week"
        elif lead in ("next", "coming", "following", "upcoming"):
            day, reason = self.weekday_day(value, weeks=1), "of the week to come"
        elif lead in lexicon.last and lead:
            back = (self.today.weekday() - value) % 7 or 7
            day, reason = _add_days(self.today, -back), "the last before the day of speaking"
        elif lead in ("first", "second", "third"):
            return None
        else:
            day = self.weekday_day(value, weeks=0 if lead and self.loose else None)
            reason = "the next of that name" if self.future else "the nearest of that name not after publication"
        return self.day_or_not(day, day, "periods.weekday@1", reason), j

    def relative_period(self, i: int) -> _Read | None:
        """Read "last week", "the past two years", "this month", "next 3 days", "last March", "late last year"."""
        words, lexicon = self.words, self.lexicon
        article = words[i] in ("the", "its", "their", "his", "her", "my")
        j = i + 1 if article else i
        lead = words[j]
        if lead in ("entire", "whole", "full"):
            j, lead = j + 1, words[j + 1]
        if (unit := self.unit(j)) and words[unit[3]] == "after" and unit[1] != "second":
            k = unit[3] + 2 if words[unit[3] + 1] == "the" else unit[3] + 1
            return (self.calendar_unit(2, unit[2]), k + 1) if words[k] == "next" else None
        if lead in lexicon.last:
            way = -1
        elif lead in lexicon.next:
            way = 1
        elif lead in lexicon.this:
            way = 0
        else:
            return None
        j += 1
        if (way and words[j] in ("few", "several", "couple", "many", "some")) or (way and self.number(j)):
            number = self.number(j)
            if number and (unit := self.unit(number[1])):
                if lead in ("preceding", "previous") and (beside := self.length_beside(j, "before", unit[3] - 1)):
                    return beside
                return self.window(way, number[0], unit[:3], lead), unit[3]
            return None
        if (month := self.month(j)) is not None:
            return self.lead_month(way, month[0]), month[1]
        if (start := lexicon.seasons.get(words[j])) is not None:
            return self.lead_season(way, start), j + 1
        if words[j] == "academic" and words[j + 1] == "year":
            return _Days(None, None, Precision.YEAR, "periods.relative@1", "when that year begins is not known"), j + 2
        if (unit := self.unit(j)) is None or words[j].endswith("s"):
            return self.vague_window(way, j) if way else None
        name, end = unit[2], unit[3]
        if unit[1] == "second":
            return self.window(way, 1, unit[:3], lead), end
        if lead == "next" and name == "day" and not self.loose and not self.future:
            reason = "no day named before it to count from"
            lost = _Days(None, None, Precision.UNKNOWN, "periods.beside@1", reason)
            return self.beside_previous(way, unit[:3]) or lost, end
        # "the last month" is a window back from today; "last month" is the calendar's.
        rolling = article and lead in ("last", "next") and name in _ROLLING and not self.loose
        if lead == "past" or rolling or (lead in ("last", "next") and name in ("decade", "century")):
            return self.window(way, 1, unit[:3], lead), end
        if self.loose and article and name == "day":
            return self.window(way, 1, unit[:3], lead), end
        if lead in ("previous", "preceding", "following", "prior") and (moved := self.beside_previous(way, unit[:3])):
            return moved, end
        return self.calendar_unit(way, name), end

    def vague_window(self, way: int, j: int) -> _Read | None:
        unit = self.unit(j)
        if unit is None or way == 0:
            return None
        reason = f"how many {unit[2]}s is not said"
        return _Days(None, None, Precision.UNKNOWN, "periods.window@1", reason, way < 0), unit[3]

    def window(self, way: int, count: float | None, unit: tuple[int, str, str], lead: str) -> _Days:
        """Return the days that end (or begin) with the day of speaking."""
        size, base, name = unit
        precision = _UNIT_PRECISION.get(name, Precision.DAY)
        if count is None:
            return _Days(None, None, precision, "periods.window@1", f"how many {name}s is not said", way < 0)
        if base == "second":
            hours = size * count / 3600
            other = _add_days(self.today, way * -(-hours // 24))
        elif base == "day":
            other = _add_days(self.today, way * size * count)
        else:
            other = _add_months(self.today, way * size * count)
        if other is None:
            return _Days(None, None, precision, "periods.window@1", "outside the calendar", way < 0)
        first, last = (other, self.today) if way < 0 else (self.today, other)
        if way > 0 and base != "second" and lead != "within":
            first = min(_add_days(first, 1) or first, last)
        reason = "back from the day of speaking" if way < 0 else "on from the day of speaking"
        return _Days(first, last, precision, "periods.window@1", reason, way < 0, spoken=True)

    def lead_month(self, way: int, month: int) -> _Days:
        """Return "last March", "this June", "next May"."""
        year = self.today.year
        if way < 0:
            year -= month >= self.today.month
        elif way > 0:
            year += month <= self.today.month
        found = _months(year, month, 1)
        return self.whole(found, Precision.MONTH, "periods.month@1", "counted from the day of speaking")

    def lead_season(self, way: int, start: int) -> _Days:
        found: tuple[date, date] | None
        if way == 0:
            ranked = [p for y in (self.today.year - 1, self.today.year) if (p := _months(y, start, 3))]
            ahead = self.future or self.loose
            here = [p for p in ranked if p[0] <= self.today <= p[1]]
            here = here or [p for p in ranked if (p[0] > self.today) is ahead]
            found = here[-1] if here else None
        else:
            years = range(self.today.year - 2, self.today.year + 3)
            made = [p for y in years if (p := _months(y, start, 3))]
            past = [p for p in made if p[1] < self.today]
            coming = [p for p in made if p[0] > self.today]
            found = (past[-1] if past else None) if way < 0 else (coming[0] if coming else None)
        reason = "seasons of the north, in whole months"
        return self.whole(found, Precision.QUARTER, "periods.season@1", reason, ongoing=way == 0)

    def calendar_unit(self, way: int, name: str) -> _Days:
        """Return the calendar's day, week, month, quarter, year or decade: last, this or next."""
        today = self.today
        rule, reason = "periods.relative@1", f"the calendar's {name}, counted from the day of speaking"
        found: tuple[date, date] | None
        if name in ("day", "night"):
            day = _add_days(today, way)
            found = (day, day) if day else None
        elif name in ("week", "weekend", "fortnight"):
            monday = _add_days(today, 7 * way - today.weekday())
            found = None
            if monday and (sunday := _add_days(monday, 6)):
                found = (_add_days(monday, 5) or monday, sunday) if name == "weekend" else (monday, sunday)
        else:
            count = {"month": 1, "quarter": 3, "semester": 6, "year": 12, "decade": 120, "century": 1200}[name]
            index = today.year * 12 + today.month - 1
            index -= index % count
            index += way * count
            found = _months(index // 12, index % 12 + 1, count)
        precision = _UNIT_PRECISION.get(name, Precision.DAY)
        return self.whole(found, precision, rule, reason, ongoing=way == 0, spoken=way == 0)

    def beside_previous(self, way: int, unit: tuple[int, str, str]) -> _Days | None:
        """Return the day, month or year next to the period last named: "the previous year"."""
        before = self.previous
        if before is None or before.first is None or before.last is None:
            return None
        size, base, name = unit
        rule, reason = "periods.beside@1", "counted from the period named before it"
        if name == "day" and before.first == before.last:
            return self.day_or_not(_add_days(before.first, way), _add_days(before.first, way), rule, reason)
        if name == "week" and before.precision in (Precision.WEEK, Precision.DAY):
            return replace(_Grammar([], before.first).calendar_unit(way, name), rule=rule, reason=reason)
        if name == "year" and before.precision is not Precision.DAY and base == "month":
            return replace(_Grammar([], before.first).calendar_unit(way, name), rule=rule, reason=reason, spoken=False)
        if name == "month" and before.precision is Precision.MONTH and size == 1:
            return replace(_Grammar([], before.first).calendar_unit(way, name), rule=rule, reason=reason, spoken=False)
        return None

    def length(self, i: int) -> _Length | None:
        """Read a length ("two weeks", "1 year 2 months and 21 days"): the day so far before and after today."""
        back: date | None = self.today
        ahead: date | None = self.today
        j, parts, name, count = i, 0, "", None
        base = ""
        while (number := self.number(j)) and (unit := self.unit(number[1])):
            size, base, name, j = unit
            count = number[0]
            if count is None:
                back = ahead = None
            elif base == "second":
                days = -(-size * count // 86400) if size * count >= 86400 else 0
                back, ahead = back and _add_days(back, -days), ahead and _add_days(ahead, days)
            else:
                add = _add_days if base == "day" else _add_months
                back, ahead = back and add(back, -size * count), ahead and add(ahead, size * count)
            parts += 1
            if parts == 4:
                break
            if self.words[j] in (",", "and") and (again := self.number(j + 1)) and self.unit(again[1]):
                j += 1
        return _Length(back, ahead, base, name, j) if parts else None

    def ago(self, i: int) -> _Read | None:
        """Read "two weeks ago", "a year earlier", "two days later", "two days after the January 7 quake"."""
        words = self.words
        j = i + 1 if words[i] in ("the", "some", "about", "nearly", "almost", "just", "around", "roughly") else i
        if (length := self.length(j)) is None:
            if words[j] in ("day", "week", "month", "year", "night"):
                length = self.one_of(j)
            if length is None:
                return None
        back, ahead, name, k = length.back, length.ahead, length.name, length.end
        precision = _UNIT_PRECISION.get(name, Precision.DAY)
        word = words[k]
        rule = "periods.offset@1"
        if word == "ago" or (word in ("back", "prior") and words[k + 1] in (",", ".", "") and self.loose):
            reason = "counted back from the day of speaking" if back else f"how many {name}s is not said"
            return _Days(back, back, precision if back else Precision.UNKNOWN, rule, reason, spoken=True), k + 1
        if (
            word in ("hence",)
            or (word == "from" and words[k + 1] in ("now", "today"))
            or (word == "in" and words[k + 1] == "the" and words[k + 2] == "future")
        ):
            end = k + 1 if word == "hence" else k + 2 if word == "from" else k + 3
            return _Days(ahead, ahead, precision, rule, "counted on from the day of speaking", spoken=True), end
        if word in ("before", "after", "from", "following", "prior"):
            k += 1
            if word == "prior" and words[k] == "to":
                k += 1
            inner = self.point(k)
            if inner and inner[0].first and inner[0].last:
                edge = inner[0].first if word in ("before", "prior") else inner[0].last
                moved = _Grammar(self.raw[j : j + _REACH], edge, loose=self.loose).length(0)
                if moved is None and length:
                    moved = _Grammar(self.raw[j : j + _REACH], edge, loose=self.loose).one_of(0)
                if moved:
                    day = moved.back if word in ("before", "prior") else moved.ahead
                    days = _Days(day, day, precision, rule, "counted from the date beside it", fixed=inner[0].fixed)
                    return days, self.noun_after(inner[1])
            if inner:
                return None
            if word in ("after", "following") and (event := self.event_noun(k)):
                reason = "counted from an event that no date is known for"
                return _Days(None, None, Precision.UNKNOWN, "periods.event@1", reason), event
            k -= 1
            if self.raw[k + 1].isalpha() and words[k + 1] not in _AFTER_BEFORE:
                reason = "counted from something that no date is known for"
                return _Days(None, None, Precision.UNKNOWN, rule, reason), k + 1
            word = "earlier" if word == "before" else word
        if word in ("earlier", "later"):
            return self.moved_previous(i, j, word, precision), k + 1
        if word == "to" or word in ("ending", "ended") or (word == "that" and words[k + 1] in ("ended", "ends")):
            return self.window_to(j, k + (2 if word == "that" else 1))
        return None

    def one_of(self, j: int) -> _Length | None:
        """Read "day", "week", "year" with the article already passed as one of it."""
        if (unit := self.unit(j)) is None:
            return None
        size, base, name, k = unit
        add = _add_days if base == "day" else _add_months
        return _Length(add(self.today, -size), add(self.today, size), base, name, k)

    def moved_previous(self, i: int, j: int, word: str, precision: Precision) -> _Days:
        """Return the period named before, moved by a length: "a year earlier", "two days later"."""
        before, rule = self.previous, "periods.beside@1"
        if before is None or before.first is None or before.last is None:
            return _Days(None, None, Precision.UNKNOWN, rule, "no date named before it to count from")
        ends: list[date] = []
        for day in (before.first, before.last):
            other = _Grammar(self.raw[j : j + _REACH], day)
            moved = other.length(0) or other.one_of(0)
            end = None if moved is None else moved.back if word == "earlier" else moved.ahead
            if end is None:
                return _Days(None, None, Precision.UNKNOWN, rule, "how many is not said, or outside the calendar")
            ends.append(end)
        return _Days(ends[0], max(ends), before.precision, rule, "counted from the period named before it")

    def length_beside(self, k: int, word: str, end: int) -> _Read | None:
        """Read "in the two years before": a length next to the period named before it."""
        before = self.previous
        if before is None or before.first is None or before.last is None:
            return None
        edge = before.first if word == "before" else before.last
        moved = _Grammar(self.raw[k : k + _REACH], edge).length(0)
        if moved is None or moved.back is None or moved.ahead is None:
            return None
        reason = "counted from the period named before it"
        pair = (moved.back, _add_days(edge, -1)) if word == "before" else (_add_days(edge, 1), moved.ahead)
        precision = _UNIT_PRECISION.get(moved.name, Precision.DAY)
        return _Days(pair[0], pair[1], precision, "periods.beside@1", reason), end + 1

    def window_to(self, j: int, k: int) -> _Read | None:
        """Read the rest of "the week to Sunday", "the year ended 30 June", "the 24 hours to 6 a.m. on Monday"."""
        inner = self.timed(k)
        if inner is None or inner[0].last is None:
            return None
        end = inner[0].last
        if inner[0].precision is Precision.MONTH:
            start = _Grammar(self.raw[j : j + _REACH], end + timedelta(days=1) if end < date.max else end)
        else:
            start = _Grammar(self.raw[j : j + _REACH], end)
        back = start.length(0) or start.one_of(0)
        if back is None or back.back is None:
            return None
        first = back.back
        if back.base != "second" and inner[0].precision is not Precision.MONTH:
            first = _add_days(first, 1) or first
        precision = _UNIT_PRECISION.get(back.name, Precision.DAY)
        reason = "a length that ends on the day beside it"
        return _Days(first, end, precision, "periods.window@1", reason, True, fixed=inner[0].fixed), inner[1]

    # -- parts of a period

    def part(self, i: int) -> _Read | None:
        """Read "early April", "mid-August 2021", "the end of June", "the first six months of 2024"."""
        words = self.words
        j = i + 1 if words[i] in ("the", "very") else i
        word = words[j]
        if word in ("early", "late", "mid", "earlier", "later"):
            k = j + 2 if words[j + 1] == "-" else j + 1
            while words[k] in ("in", "the", "on") and words[j] in ("early", "late", "earlier", "later"):
                k += 1
            return self.cut(word, k, whole_unit=words[k - 1] == "the")
        if word in ("end", "beginning", "start", "middle", "height", "close", "turn"):
            k = j + 1
            if words[k] == "of":
                k += 1
            elif not self.loose:
                return None
            return self.cut(word, k, whole_unit=False)
        if word in ("rest", "remainder"):
            k = j + 2 if words[j + 1] == "of" else j + 1
            inner = self.container(k)
            if inner and inner[0].last and inner[0].last >= self.today:
                reason = "from the day of speaking to its end"
                return replace(inner[0], first=self.today, reason=reason, ongoing=False, spoken=True), inner[1]
            return None
        if word in ("course", "whole", "entirety"):
            return self.container(j + 2) if words[j + 1] == "of" else None
        if word == "middle":
            return None
        return self.nth(i, j)

    def container(self, i: int) -> _Read | None:
        """Read the period that a part is taken of: "2024", "June", "this year", "the year", "next month"."""
        words = self.words
        j = i + 1 if words[i] in ("the", "my", "its") else i
        unit = self.unit(j)
        if (
            unit
            and not words[j].endswith("s")
            and unit[1] != "second"
            and words[unit[3]] != "of"
            and (j > i or self.loose)
        ):
            before = self.previous
            if unit[2] == "year" and before and before.precision is Precision.YEAR and before.first and before.last:
                length = (before.last - before.first).days
                if length < 366 and before.last < self.today:
                    reason = "the year named before it"
                    return _Days(before.first, before.last, Precision.YEAR, "periods.beside@1", reason), unit[3]
            return self.calendar_unit(0, unit[2]), unit[3]
        if unit and words[unit[3]] in ("'s", "’s") and words[unit[3] + 1] == "end" and unit[1] != "second":
            days = self.calendar_unit(0, unit[2])
            return replace(days, first=days.last, precision=Precision.DAY, ongoing=False), unit[3] + 2
        if words[i] == "this" and words[i + 1] == "one":
            return self.calendar_unit(0, "year"), i + 2
        for rule in (self.fiscal_year, self.relative_period, self.quarter, self.month_period, self.season, self.decade):
            if found := rule(i):
                return found
        return self.year_period(i)

    def cut(self, which: str, i: int, *, whole_unit: bool) -> _Read | None:
        """Cut a part out of the period that stands at `i`."""
        inner = self.container(i)
        if inner is None and which in ("early", "late"):
            return None
        if inner is None or inner[0].first is None or inner[0].last is None:
            return inner
        days, end = inner
        first, last = inner[0].first, inner[0].last
        length = (last - first).days + 1
        rule, reason = "periods.part@1", f"{which} of it; {days.reason}"
        if which in ("earlier", "later"):
            if not days.ongoing:
                return None
            first, last = (first, min(last, self.today)) if which == "earlier" else (max(first, self.today), last)
            return replace(days, first=first, last=last, rule=rule, reason=reason, ongoing=False), end
        if which in ("end", "close"):
            first, precision = last, Precision.DAY
        elif which in ("beginning", "start", "turn"):
            last, precision = first, Precision.DAY
        elif length > 1000:
            years = length // 365
            head = _months(first.year, 1, 12 * (years * 2 // 5)) or (first, last)
            body = _months(first.year + years * 2 // 5, 1, 12 * (years // 4 + 1)) or (first, last)
            rest = (body[1] + timedelta(days=1), last) if body[1] < last else (last, last)
            first, last = {"early": head, "late": rest}.get(which, body)
            precision = Precision.YEAR
        elif length >= 365:
            start = {"early": 0, "late": 8}.get(which, 4)
            first, last = _months(first.year, first.month + start, 4) or (first, last)
            precision = Precision.QUARTER
        elif length >= 28:
            third = timedelta(days=10 * ((length + 2) // 30))
            head_end, body_end = first + third - timedelta(days=1), first + 2 * third - timedelta(days=1)
            bounds = {"early": (first, head_end), "late": (body_end + timedelta(days=1), last)}
            first, last = bounds.get(which, (head_end + timedelta(days=1), body_end))
            precision = Precision.WEEK
        elif length >= 7:
            bounds = {
                "early": (first, first + timedelta(days=2)),
                "late": (first + timedelta(days=3), last),
            }
            first, last = bounds.get(which, (first + timedelta(days=1), first + timedelta(days=4)))
            precision = Precision.DAY
        else:
            precision = days.precision
        return replace(days, first=first, last=last, rule=rule, reason=reason, precision=precision, ongoing=False), end

    def nth(self, i: int, j: int) -> _Read | None:
        """Read "the first week of April", "the last two days of March", "the first Friday of July"."""
        words = self.words
        from_end = words[j] in ("last", "final")
        if from_end:
            number, k = 1, j + 1
        elif ordinal := self.ordinal(j):
            number, k = ordinal
        else:
            return None
        count: float | None = 1
        if words[k] not in self.lexicon.units and (found := self.number(k)) and found[0]:
            count, k = found
        weekday = self.lexicon.weekdays.get(words[k])
        unit = self.unit(k)
        if words[k] == "half":
            unit = (6, "half", "half", k + 1)
        if weekday is not None:
            after = k + 1
        elif unit:
            after = unit[3]
        else:
            return None
        if (words[after] in ("of", "in") and (inner := self.container(after + 1))) or (
            (words[after] in ("this", "next", "last") or self.loose) and (inner := self.container(after))
        ):
            pass
        elif weekday is not None and self.loose and not from_end:
            inner = (self.calendar_unit(0, "month"), after)
        elif (
            unit
            and unit[2] not in ("quarter", "century")
            and not from_end
            and i
            and words[i - 1] in ("in", "during", "within", "for")
        ):
            reason = "of what it is a part is not said"
            return _Days(None, None, Precision.UNKNOWN, "periods.part@1", reason), after
        else:
            return None
        days, end = inner
        if days.first is None or days.last is None or count is None:
            return inner
        cut = self.nth_of(days.first, days.last, number, int(count), weekday, unit and unit[:3], from_end=from_end)
        if cut is None:
            return _Days(None, None, Precision.UNKNOWN, "periods.part@1", "it has no such part", fixed=days.fixed), end
        name = unit[2] if unit else "day"
        precision = Precision.HALF if name == "half" else _UNIT_PRECISION.get(name, Precision.DAY)
        return (
            replace(
                days,
                first=cut[0],
                last=cut[1],
                precision=precision,
                rule="periods.part@1",
                reason=f"a part of it; {days.reason}",
                ongoing=False,
            ),
            end,
        )

    def nth_of(
        self,
        first: date,
        last: date,
        number: int,
        count: int,
        weekday: int | None,
        unit: tuple[int, str, str] | None,
        *,
        from_end: bool,
    ) -> tuple[date, date] | None:
        """Return the `number`th unit (or run of `count` units) of the days first to last."""
        if weekday is not None or (unit and unit[2] == "weekend"):
            wanted = 5 if weekday is None else weekday
            start = first + timedelta(days=(wanted - first.weekday()) % 7)
            if from_end:
                back = (last.weekday() - wanted) % 7
                start = last - timedelta(days=back)
            else:
                start += timedelta(days=7 * (number - 1))
            end = start + timedelta(days=1 if weekday is None else 0)
            return (start, end) if first <= start <= last else None
        if unit is None:
            return None
        size, base, _ = unit
        if base == "half":
            middle = first + timedelta(days=((last - first).days + 1) // 2)
            if last.day - first.day >= 27 and (last - first).days > 40:
                months = (last.year - first.year) * 12 + last.month - first.month + 1
                middle = _add_months(first, months // 2) or middle
            return (first, middle - timedelta(days=1)) if number == 1 else (middle, last)
        if base == "second":
            return (last, last) if from_end else (first, first)
        add = _add_days if base == "day" else _add_months
        if from_end:
            begin = add(last + timedelta(days=1) if last < date.max else last, -size * count)
            return (begin, last) if begin and begin >= first else None
        begin = add(first, size * (number - 1))
        after = begin and add(begin, size * count)
        if not begin or not after or begin > last:
            return None
        return begin, min(after - timedelta(days=1), last)

    def named_week(self, i: int) -> _Read | None:
        """Read "week 36", "the week of 4 February", "the week beginning Monday", "the weekend"."""
        words = self.words
        j = i + 1 if words[i] in ("the", "a", "my") else i
        if words[j] == "w" and words[j + 1] == "/" and words[j + 2] == "c":
            j += 2
            inner = self.calendar_date(j + 1)
            return self.week_around(inner)
        if words[j] == "weekend":
            if self.future or self.loose:
                return self.calendar_unit(0, "weekend"), j + 1
            saturday = _add_days(self.today, -((self.today.weekday() - 5) % 7))
            sunday = saturday and _add_days(saturday, 1)
            return self.day_or_not(saturday, sunday, "periods.weekend@1", "the last weekend begun"), j + 1
        if words[j] != "week":
            return None
        if words[j + 1].isdecimal() and len(words[j + 1]) <= 2:
            year, end = self.relative_year(j + 2)
            try:
                monday = date.fromisocalendar(year or self.today.year, int(words[j + 1]), 1)
            except ValueError:
                return _Days(None, None, Precision.UNKNOWN, "periods.week@1", "no such week in the calendar"), end
            found = (monday, monday + timedelta(days=6))
            return self.whole(found, Precision.WEEK, "periods.week@1", "week of the ISO calendar"), end
        if words[j + 1] in ("of", "commencing", "beginning", "starting", "from"):
            k = j + 3 if words[j + 2] in ("on", "the") else j + 2
            return self.week_around(self.calendar_date(k) or self.calendar_date(k - 1) or self.weekday(k))
        return None

    def week_around(self, inner: _Read | None) -> _Read | None:
        if inner is None or inner[0].first is None:
            return None
        monday = inner[0].first - timedelta(days=inner[0].first.weekday())
        return replace(inner[0], first=monday, last=_add_days(monday, 6), precision=Precision.WEEK), inner[1]

    def holiday(self, i: int) -> _Read | None:
        j = i + 1 if self.words[i] == "the" else i
        for words, month, day in self.lexicon.holidays.get(self.words[j], ()):
            if tuple(self.words[j : j + len(words)]) == words and (self.loose or self.raw[j][0].isupper()):
                year, end = self.relative_year(j + len(words))
                return self.days_of(year, month, day, day, None), end
        return None

    def named_before(self, i: int) -> _Read | None:
        """Read what points back: "that day", "the same period of 2022", "that year", "the same week last year"."""
        words = self.words
        before = self.previous
        j = i + 1 if words[i] == "the" else i
        if words[j] not in ("same", "that") or (words[j] == "that" and j > i):
            return None
        k = j + 1
        if (number := self.number(k)) and self.unit(number[1]):
            k = number[1]
        word = words[k].removesuffix("s")
        if word not in ("day", "night", "week", "month", "year", "period", "time", "quarter", "half", "weekend"):
            return None
        if word == "time" and words[j] == "same":
            return None  # "at the same time" is "however" more often than a time
        if word in ("period", "time") or words[k].endswith("s"):
            before = next((p for p in reversed(self.recent) if p.first != p.last), before)
        elif word in ("week", "month", "year", "day"):
            wanted = _UNIT_PRECISION.get(word, Precision.DAY)
            fitting = (
                p for p in reversed(self.recent) if p.precision is wanted and (word != "day" or p.first == p.last)
            )
            before = next(fitting, before)
        k += 1
        year, end = self.relative_year(k)
        rule = "periods.beside@1"
        if before is None or before.first is None or before.last is None:
            if self.loose and word in _UNIT_PRECISION:
                return self.calendar_unit(0, word), end
            return _Days(None, None, Precision.UNKNOWN, rule, "points back to a date that is not known"), end
        reason = "points back to the period named before it"
        first, last, precision = before.first, before.last, before.precision
        if word in ("day", "night") and first != last:
            return _Days(None, None, Precision.UNKNOWN, rule, "points back to more than a day"), end
        if year is not None:
            years = year - last.year
            moved_first, moved_last = _add_months(first, 12 * years), _add_months(last, 12 * years)
            if moved_first is None or moved_last is None:
                return _Days(None, None, Precision.UNKNOWN, rule, "outside the calendar"), end
            if (last + timedelta(days=1)).day == 1 and last.month == 2 and (nxt := _date(moved_last.year, 3, 1)):
                moved_last = nxt - timedelta(days=1)
            return _Days(moved_first, moved_last, precision, rule, f"{reason}, in the year beside it"), end
        if word in ("week", "month", "year", "quarter") and not words[k - 1].endswith("s"):
            here = replace(_Grammar([], first).calendar_unit(0, word), ongoing=False, spoken=False)
            if here.first and here.last and precision is not Precision.UNKNOWN and (last - first).days > 366:
                return _Days(None, None, Precision.UNKNOWN, rule, "points back to a longer period"), end
            return replace(here, rule=rule, reason=reason), end
        return _Days(first, last, precision, rule, reason), end

    def rate(self, i: int) -> _Read | None:
        """Read "a day", "each night", "every week", "daily": the unit of a rate, no date."""
        words = self.words
        rate = _Days(None, None, Precision.UNKNOWN, "periods.rate@1", "the unit of a rate, no date", fixed=True)
        if words[i] in ("daily", "weekly", "monthly", "annually", "yearly", "nightly"):
            return rate, i + 1
        if words[i] in ("each", "every", "per") or (words[i] in ("a", "an") and i and self.raw[i - 1][:1].isalnum()):
            unit = self.unit(i + 1)
            if unit and unit[2] in ("day", "night", "week", "month", "year", "hour") and not words[i + 1].endswith("s"):
                if words[i] in ("a", "an") and words[unit[3]] in (
                    "ago",
                    "earlier",
                    "later",
                    "before",
                    "after",
                    "to",
                    "-",
                    "of",
                    "from",
                    "since",
                    "old",
                    "long",
                    "in",
                ):
                    return None
                return rate, unit[3]
            if words[i] == "every" and words[i + 1] in self.lexicon.parts:
                return rate, i + 2
        return None

    # -- whole expressions

    def point(self, i: int) -> _Read | None:
        """Read a day or period without its preposition."""
        if self.depth == _DEPTH:
            return None
        if self.loose and (numbers := self.month_numbers(i)):
            return numbers
        self.depth += 1
        found = next((found for rule in _RULES if (found := rule(self, i)) is not None), None)
        self.depth -= 1
        return found or self.year_or_number(i)

    def month_numbers(self, i: int) -> _Read | None:
        """Read "2016-11", "11/2016", "2015.3" and "4/22"; only where the whole text is the expression."""
        words = self.words
        word = words[i]
        if re.fullmatch(r"[0-9]{1,4}\.[0-9]{1,2}", word):
            left, right, end = *word.split("."), i + 1
        elif word.isdecimal() and words[i + 1] in ("-", "/") and words[i + 2].isdecimal():
            left, right, end = word, words[i + 2], i + 3
        else:
            return None
        a, b = int(left[:6]), int(right[:6])
        if words[end] not in ("", "to", "and", "until", "."):
            return None
        if 1000 <= a <= 2199 and 1 <= b <= 12:
            return self.yearly(a, b, 1, Precision.MONTH, "periods.month@1"), end
        if 1000 <= b <= 2199 and 1 <= a <= 12:
            return self.yearly(b, a, 1, Precision.MONTH, "periods.month@1"), end
        if 1 <= a <= 12 < b <= 31:
            return self.days_of(None, a, b, b, None), end
        if 1 <= b <= 12 < a <= 31:
            return self.days_of(None, b, a, a, None), end
        return None

    def year_or_number(self, i: int) -> _Read | None:
        found = self.year_period(i)
        if found and self.words[i] == "the" and self.words[i + 1] != "year" and not self.loose:
            return None  # "the 2020 election": the year is part of a name
        if found and (self.words[found[1] - 1].isalpha() or self.nothing_counted(found[1])):
            return found
        return None

    def clock(self, i: int) -> int | None:
        """Return the position after a time of day: "6 pm", "04:12", "9 a.m.", "noon", "11:17 local time"."""
        words = self.words
        j = i
        if words[i] in self.lexicon.moments:
            return i + 1
        if words[i] in ("early", "late", "mid") and words[i + 1] in self.lexicon.parts:
            return i + 2
        if ":" in words[i]:
            j = i + 1
        elif not (words[i].isdecimal() and len(words[i]) <= 2):
            return None
        else:
            j = i + 1
            if words[j] not in ("am", "pm", "a.m", "p.m"):
                return None
        if words[j] in ("am", "pm", "a.m", "p.m"):
            j += 1
            if (words[j] == "." and words[j + 1] not in ("", "\n") and not self.raw[j + 1][0].isupper()) or (
                words[j] == "." and (words[j + 1] in self.lexicon.weekdays or words[j + 1] in self.lexicon.zones)
            ):
                j += 1
        if words[j] == "local" and words[j + 1] == "time":
            return j + 2
        return j + 1 if words[j] in self.lexicon.zones else j

    def timed(self, i: int) -> _Read | None:
        """Read a day with what part of it is meant: "Monday night", "6 pm on Tuesday", "the night of June 21"."""
        words = self.words
        j = i + 1 if words[i] == "the" else i
        if words[j] in ("night", "morning", "evening", "afternoon", "eve") and words[j + 1] == "of":
            return self.night_of(j + 2)
        if words[j] == "early" and words[j + 1] == "hours" and words[j + 2] == "of":
            return self.day_like(j + 3)
        if (after := self.clock(j)) is not None:
            k = after
            while words[k] in ("on", ",", "of", "this"):
                k += 1
            inner = self.day_like(k)
            if inner:
                return self.closed(inner, words)
            return self.that_day(), after
        if words[j] in ("morning", "afternoon", "evening") and j > i and not self.loose:
            if words[j + 1] in ("of", "on"):
                return self.day_like(j + 2)
            return self.that_day(), j + 1
        if words[j] in ("early", "late") and (k := j + 1 + (words[j + 1] == "on")) and (inner := self.day_like(k)):
            return self.closed(inner, words)
        found = self.point(i)
        if found is None:
            return None
        if found[0].rule in ("periods.weekday@1", "periods.date@1", "periods.day@1", "periods.day-of-month@1"):
            return self.closed(found, words)
        if (
            found[0].precision in (Precision.YEAR, Precision.MONTH)
            and words[found[1]] == "so"
            and words[found[1] + 1] == "far"
        ):
            return replace(found[0], open_end=True, last=None, ongoing=False, spoken=True), found[1] + 2
        return found

    def day_like(self, i: int) -> _Read | None:
        return self.deictic(i) or self.calendar_date(i) or self.weekday(i)

    def night_of(self, i: int) -> _Read | None:
        found = self.day_like(i)
        if found and self.words[found[1]] in ("to", "-", "–") and (second := self.day_like(found[1] + 1)):
            both = self.joined(i, found, second)
            return (both, second[1]) if both else found
        return found

    def closed(self, found: _Read, words: list[str]) -> _Read:
        """Take in what stands after a day: "night", "at 6 pm", "'s"."""
        days, j = found
        if words[j] in ("early", "late") and words[j + 1] in self.lexicon.parts:
            j += 1
        if words[j] in self.lexicon.parts:
            j += 1
        k = j + 1 if words[j] in ("at", ",") else j
        if (after := self.clock(k)) is not None and (k > j or ":" in words[k] or words[k].isdecimal()):
            j = after
        return days, j

    def that_day(self) -> _Days:
        """Return the day for a bare time of day: the one named last, else that of speaking."""
        before = self.previous
        if before and before.first and before.first == before.last:
            reason = "a time of day; the day is the one named before it"
            return self.day_or_not(before.first, before.first, "periods.clock@1", reason)
        return self.day_or_not(self.today, self.today, "periods.clock@1", "a time of day; of the day of speaking")

    def ranged(self, i: int, links: Sequence[str] = ("to", "until", "till", "through", "-", "–", "—")) -> _Read | None:
        """Read "X to Y", "between X and Y" without its preposition, or a single X."""
        words = self.words
        found = self.timed(i) or self.bare_day(i, links)
        if found is None:
            return None
        j = found[1]
        if words[j] == "up" and words[j + 1] == "to":
            j += 1
        if words[j] == "through" and words[j + 1] == "to":
            j += 1
        if words[j] not in links:
            return found
        second = self.timed(j + 1)
        if second is None or second[0].rule == "periods.rate@1":
            return found
        both = self.joined(i, found, second)
        return (both, second[1]) if both else found

    def bare_day(self, i: int, links: Sequence[str]) -> _Read | None:
        """Read the "4" of "4 to 22 January" and "from 4 until January 22": the month is the second date's."""
        day = self.day_number(i)
        if day is None or self.words[day[1]] not in (*links, "until", "till"):
            return None
        second = self.calendar_date(day[1] + 1)
        if second is None or second[0].first is None:
            return None
        last = second[0].first
        first = _date(last.year, last.month, day[0])
        if first is None or first >= last:
            return None
        return replace(second[0], first=first, last=first), day[1]

    def joined(self, i: int, found: _Read, second: _Read) -> _Days | None:
        """Join two periods; the one that states no year takes it from the other."""
        a, b = found[0], second[0]
        if a.first is None or b.last is None:
            return None
        movable, later_movable = (not d.fixed and (d.rule in _YEARLESS or d.reason.startswith("the n")) for d in (a, b))
        far = a.rule == "periods.weekday@1" == b.rule and abs((b.last - a.first).days) > 6
        if movable and b.first and (b.fixed or far or (a.first > b.last and b.rule == a.rule)):
            earlier = _Grammar(self.raw[i : i + _REACH], b.last, loose=self.loose).timed(0)
            a = earlier[0] if earlier and earlier[0].first else a
        elif later_movable and a.first and a.last and b.last and (a.fixed or a.first > b.last):
            later = _Grammar(self.raw[found[1] + 1 :], a.last, loose=self.loose, future=True).timed(0)
            b = later[0] if later and later[0].last else b
        if a.first is None or b.last is None or a.first > b.last:
            return None
        reason = a.reason if a.reason == b.reason else f"{a.reason}; {b.reason}"
        precision = a.precision if a.precision == b.precision else max(a.precision, b.precision, key=_ORDER.index)
        return _Days(a.first, b.last, precision, "periods.range@1", reason, fixed=a.fixed and b.fixed)

    def noun_after(self, i: int) -> int:
        """Pass over "'s explosion", "quake": the event that a day names."""
        j = i + 1 if self.words[i] in ("'s", "’s") else i
        return j + 1 if self.words[j] in self.lexicon.event_nouns else i

    def event_noun(self, i: int) -> int | None:
        """Return the position after "the start of the war", "the quake": an event without a date of its own."""
        words, lexicon = self.words, self.lexicon
        j = i
        while words[j] in lexicon.event_lead and j - i < 9 and words[j] not in lexicon.event_nouns:
            j += 1
        if words[j] not in lexicon.event_nouns:
            # one proper or common word may stand between: "the Soviet invasion", "Turkish airstrikes"
            if not self.raw[j].isalpha() or words[j + 1] not in lexicon.event_nouns:
                return None
            j += 1
        while words[j + 1] in lexicon.event_nouns:
            j += 1
        j += 1
        return j + 1 if words[j] in ("began", "started", "commenced", "ended", "erupted") else j

    def clause_date(self, i: int) -> _Read | None:
        """Read "commencing work in 2016", "the assault of 24 March": a clause that ends in its own date."""
        words = self.words
        for j in range(i + 1, i + 10):
            word = words[j - 1]
            if not word or not (word.isalpha() or word in ("-", "'s", "’s")):
                return None
            if (
                words[j] in ("on", "in", "of", "last", "this", "at", "early", "late")
                or word in self.lexicon.event_verbs
            ):
                k = j + 1 if words[j] in ("on", "in", "of", "at") else j
                found = self.calendar_date(k) or self.part(k) or self.weekday(k) or self.relative_period(k)
                found = found or self.month_period(k) or self.year_or_number(k)
                if found and found[0].first:
                    return replace(found[0], reason=f"the clause dates itself; {found[0].reason}"), found[1]
        return None


_ORDER = list(Precision)
_RULES: tuple[Callable[[_Grammar, int], _Read | None], ...] = (
    _Grammar.deictic,
    _Grammar.calendar_date,
    _Grammar.ago,
    _Grammar.part,
    _Grammar.holiday,
    _Grammar.weekday,
    _Grammar.named_week,
    _Grammar.fiscal_year,
    _Grammar.relative_period,
    _Grammar.quarter,
    _Grammar.month_period,
    _Grammar.decade,
    _Grammar.season,
    _Grammar.named_before,
)
_TIME_OF_DAY = frozenset("morning afternoon evening noon midday dawn sunset dusk nightfall am pm a.m p.m".split())
_UNTIL = ("until", "till", "til", "through", "by")
_PLAIN = (
    "on",
    "in",
    "at",
    "during",
    "over",
    "within",
    "for",
    "throughout",
    "of",
    "around",
    "about",
    "near",
    "across",
    "amid",
)


class _Expression(_Grammar):
    """The grammar with prepositions, and the events of one article.

    named  tells which dated event the words at a position name: (event or None, reason, position after).
    own    days that the article gives to its own events, by noun; None where it gives two.
    """

    __slots__ = ("named", "own")

    named: "Callable[[list[str], int], tuple[Event | None, str, int] | None]"
    own: dict[str, date | None]

    def expression(self, i: int) -> _Read | None:
        """Read a whole expression with its preposition."""
        words = self.words
        word = words[i]
        if word in ("so", "to", "until", "till", "up") and (found := self.total(i)):
            return found
        if word == "as" and words[i + 1] in ("of", "at", "on"):
            return self.as_of(i + 2)
        if word == "since" or (word == "ever" and words[i + 1] == "since"):
            return self.since(i + 1 + (word == "ever"))
        if word in ("starting", "beginning", "effective") and (found := self.started(i + 1)):
            return found
        if word == "from":
            return self.from_(i + 1)
        if word == "between":
            return self.between(i + 1)
        if word in _UNTIL or (word == "up" and words[i + 1] == "to") or (word == "no" and words[i + 1] == "later"):
            return self.until(i)
        if word == "before" or (word in ("prior", "ahead") and words[i + 1] in ("to", "of")):
            return self.before(i + 1 if word == "before" else i + 2)
        if word in ("after", "following") or (word == "in" and words[i + 1 : i + 4] == ["the", "wake", "of"]):
            return self.after(i + 1 if word != "in" else i + 4)
        if word in _PLAIN:
            if word in ("at", "around") and (after := self.clock(i + 1 + (words[i + 1] in ("about", "around")))):
                # "at 04:12 on Tuesday": the day alone is the time, and is read from its own "on"
                return None if words[after] == "on" and self.day_like(after + 1) else self.plain(i)
            return self.plain(i)
        if word in ("shortly", "immediately", "just", "right") and words[i + 1] in ("before", "after"):
            return self.before(i + 2) if words[i + 1] == "before" else self.after(i + 2)
        return self.bare(i)

    def total(self, i: int) -> _Read | None:
        """Read "so far", "so far this year", "to date", "until now"."""
        words = self.words
        if words[i] == "so" and words[i + 1] == "far":
            k = i + 2
            if words[k] == "in" and self.container(k + 1):
                k += 1
            inner = self.container(k)
            if inner and inner[0].first and inner[0].last and inner[0].first <= self.today:
                days = replace(inner[0], last=None, open_end=True, ongoing=False, spoken=True, rule="periods.so-far@1")
                return days, inner[1]
            end = i + 2
        elif (words[i] == "to" and words[i + 1] == "date") or (words[i] in ("until", "till") and words[i + 1] == "now"):
            end = i + 2
        elif words[i] == "up" and words[i + 1] in ("to", "until") and words[i + 2] == "now":
            end = i + 3
        else:
            return None
        reason = "a running total whose beginning is not said"
        days = _Days(
            None,
            None,
            Precision.DAY,
            "periods.so-far@1",
            reason,
            open_start=True,
            open_end=True,
            spoken=True,
            fixed=True,
        )
        return days, end

    def as_of(self, i: int) -> _Read | None:
        if self.words[i : i + 2] == ["this", "writing"] or self.words[i] in ("now", "press"):
            days, end = self.relative_day(self.today, "the day of speaking"), i + (1 if self.words[i] == "now" else 2)
            return replace(days, rule="periods.as-of@1"), end
        inner = self.timed(i)
        if inner is None:
            return None
        return replace(inner[0], rule="periods.as-of@1"), inner[1]

    def opened(self, days: _Days) -> _Days:
        """Return a period that begins with `days` and runs to the day of speaking."""
        if days.first is None:
            return replace(days, last=None, open_end=True)
        return replace(days, last=None, open_end=True, ongoing=False, window=False, rule="periods.since@1", spoken=True)

    def since(self, i: int) -> _Read | None:
        words = self.words
        self.tense = False
        if words[i] in ("about", "around", "roughly", "at"):
            i += 2 if words[i] == "at" else 1
        if words[i] in ("then", "."):
            before = self.previous
            if before and before.first:
                reason = "since the day named before it"
                days = _Days(before.first, None, before.precision, "periods.since@1", reason, open_end=True)
                return days, i + (words[i] == "then")
            if words[i] == ".":
                return None
            reason = "points back to a date that is not known"
            return _Days(None, None, Precision.UNKNOWN, "periods.since@1", reason, open_end=True), i + 1
        if words[i] in ("mid",) and (found := self.part(i)) and found[0].first and found[0].precision is Precision.WEEK:
            middle = found[0].first.replace(day=15)
            return self.opened(replace(found[0], first=middle, reason=f"from the middle; {found[0].reason}")), found[1]
        found = self.timed(i) or self.year_or_number(i)
        if found and found[0].first is None and found[0].rule == "periods.rate@1":
            found = None
        if found:
            days, end = found
            if words[end] in ("'s", "’s") or words[end] in self.lexicon.event_nouns:
                end = self.noun_after(end)
            return self.opened(days), end
        if event := self.event(i):
            return self.opened(_after_long(event[0])), event[1]
        if clause := self.clause_date(i):
            return self.opened(clause[0]), clause[1]
        if stop := self.event_noun(i):
            reason = "since an event that no date is known for"
            return _Days(None, None, Precision.UNKNOWN, "periods.event@1", reason, open_end=True), stop
        return None

    def started(self, i: int) -> _Read | None:
        j = i + 1 if self.words[i] in ("in", "on", "from", "at") else i
        found = self.timed(j) or self.year_or_number(j)
        if found is None or not found[0].first:
            return None
        return self.opened(found[0]), found[1]

    def from_(self, i: int) -> _Read | None:
        i = i + 1 if self.words[i] in ("roughly", "about", "around") else i
        found = self.ranged(i, ("to", "until", "till", "through", "-", "–", "—", "up"))
        if found is None:
            return None
        days, end = found
        if self.words[end] in ("'s", "’s"):
            return None
        if days.rule == "periods.range@1" or days.first is None:
            return found
        # "from 2017" tells whence something is; only "from Monday on" tells that it goes on.
        if self.words[end] in ("on", "onward", "onwards", "forward"):
            return self.opened(days), end + 1
        return found

    def between(self, i: int) -> _Read | None:
        return self.ranged(i, ("and", "to", "-", "–", "—", "through"))

    def until(self, i: int) -> _Read | None:
        words = self.words
        word = words[i]
        j = i + 2 if word == "up" else i + 3 if word == "no" else i + 1
        if words[j] == "to" and word == "through":
            j += 1
        if words[j] == "at" and words[j + 1] == "least":
            j += 2
        months_end = words[j + 1] in ("'s", "’s") and words[j + 2] == "end"
        self.close = word != "up"
        inner = self.timed(j) or self.year_or_number(j) or (self.container(j) if months_end else None)
        self.close = False
        if inner is None:
            if word == "by":
                return None
            if event := self.event(j):
                return replace(event[0], first=None, open_start=True, open_end=False), event[1]
            if stop := self.event_noun(j):
                reason = "until an event that no date is known for"
                return _Days(None, None, Precision.UNKNOWN, "periods.event@1", reason, open_start=True), stop
            return None
        days, end = inner
        if days.rule == "periods.rate@1":
            return None
        if word == "by" and (words[end - 1] in _TIME_OF_DAY or days.rule == "periods.clock@1" or ":" in words[j]):
            reason = f"as it stood at that time; {days.reason}"
            return replace(days, rule="periods.as-of@1", reason=reason), end
        if words[end] in ("'s", "’s") and word == "by":
            return None  # "killed by Tuesday's earthquake"
        if days.window and words[j] not in ("yesterday", "today"):
            return inner if word != "by" else None
        return (
            replace(days, first=None, open_start=True, ongoing=False, window=False, rule="periods.until@1"),
            end,
        )

    def before(self, i: int) -> _Read | None:
        words = self.words
        if self.clock(i) is not None and words[i] in self.lexicon.moments:
            return self.timed(i)
        inner = self.timed(i) or self.year_or_number(i)
        if inner and inner[0].rule != "periods.rate@1":
            days, end = inner
            last = days.first and _add_days(days.first, -1)
            reason = days.reason if last else days.reason or "outside the calendar"
            days = replace(
                days,
                first=None,
                last=last,
                open_start=True,
                window=False,
                ongoing=False,
                rule="periods.before@1",
                reason=reason,
            )
            return days, self.noun_after(end)
        if event := self.event(i):
            days, end = event
            last = days.first and _add_days(days.first, -1)
            return replace(days, first=None, last=last, open_start=True), end
        if self.event_noun(i) and (clause := self.clause_date(i)) and clause[0].first:
            last = _add_days(clause[0].first, -1)
            return replace(clause[0], first=None, last=last, open_start=True, rule="periods.before@1"), clause[1]
        if stop := self.event_noun(i):
            reason = "before an event that no date is known for"
            return _Days(None, None, Precision.UNKNOWN, "periods.event@1", reason, open_start=True), stop
        return None

    def after(self, i: int) -> _Read | None:
        inner = self.timed(i) or self.year_or_number(i)
        if inner and inner[0].rule not in ("periods.rate@1", "periods.now@1"):
            days, end = inner
            if days.rule == "periods.clock@1":
                return inner
            after = self.noun_after(end)
            if days.last is None:
                return days, after
            first = days.first if after > end else _add_days(days.last, 1)
            return replace(self.opened(days), first=first, rule="periods.after@1"), after
        if (length := self.length(i)) and length.back and length.ahead:
            reason = "a length after something that no date is known for"
            return _Days(None, None, Precision.UNKNOWN, "periods.offset@1", reason), length.end
        if event := self.event(i):
            return self.opened(_after_long(event[0])), event[1]
        if self.event_noun(i) and (clause := self.clause_date(i)):
            return self.opened(clause[0]), clause[1]
        if stop := self.event_noun(i):
            reason = "after an event that no date is known for"
            return _Days(None, None, Precision.UNKNOWN, "periods.event@1", reason, open_end=True), stop
        return None

    def event(self, i: int) -> _Read | None:
        """Read an event with a date: one of the table, or one that the article dates itself."""
        words, lexicon = self.words, self.lexicon
        for j in range(i, i + 8):
            if found := self.named(words, j):
                event, reason, end = found
                if words[end] in ("began", "started", "commenced", "erupted", "broke"):
                    end += 2 if words[end] == "broke" else 1
                if (
                    (k := end + 1)
                    and words[end] in ("in", "of", "on")
                    and (dated := self.calendar_date(k) or self.month_period(k) or self.year_or_number(k))
                ):
                    days = dated[0]
                    if event and days.first and days.last and days.first <= event.first <= days.last:
                        end = dated[1]
                    elif days.first:
                        return replace(days, reason=f"the words date it; {days.reason}", rule="periods.event@1"), dated[
                            1
                        ]
                if event is None:
                    return _Days(None, None, Precision.UNKNOWN, "periods.event@1", reason, fixed=True), end
                return (
                    _Days(
                        event.first, event.last, Precision.DAY, "periods.event@1", reason, event=event.key, fixed=True
                    ),
                    end,
                )
            if words[j] not in lexicon.event_lead:
                break
        stop = self.event_noun(i)
        if stop is None:
            return None
        noun = words[stop - 1] if words[stop - 1] in lexicon.event_nouns else words[stop - 2]
        day = self.own.get(noun)
        lead = words[i]
        if day is None or lead not in ("the", "this", "that") or stop - i > 4:
            return None
        if self.clause_date(i):
            return None
        reason = f"the article dates this {noun} itself"
        return _Days(day, day, Precision.DAY, "periods.event@1", reason, fixed=True), stop

    def plain(self, i: int) -> _Read | None:
        """Read an expression after "on", "in", "during", "over" and the like."""
        words = self.words
        word = words[i]
        j = i + 1
        if words[j] in ("about", "around", "roughly", "just", "only"):
            j += 1
        single = word in ("in", "within", "over", "during")
        found = self.ranged(j)
        if found is None and word in ("in", "during", "for", "of", "at", "on"):
            found = self.year_or_number(j) if word != "at" else None
        if found is None and (inner := self.container(j)) and words[j] in ("the", "this", "that"):
            # "in the year", "in the week": the calendar's, or the one named before it
            found = inner
        if found is not None:
            days, end = found
            if days.rule == "periods.rate@1":
                return None
            if words[end] in ("'s", "’s"):
                return None  # "the toll of Sunday's ambush": the day alone is the time
            if word == "within" and days.rule == "periods.window@1" and days.last and days.last > self.today:
                days = replace(days, first=self.today)
            if word == "for" and days.ongoing:
                days = replace(days, ongoing=False)
            if words[end] == "so" and words[end + 1] == "far":
                return replace(
                    days, last=None, open_end=True, ongoing=False, spoken=True, rule="periods.so-far@1"
                ), end + 2
            if words[end] in ("and",) and word in ("in", "on") and (second := self.timed(end + 1)):
                both = self.joined(j, found, second)
                if both and second[0].precision == days.precision and second[0].rule == days.rule:
                    return both, second[1]
            return days, end
        k = j + 1 if words[j] == "the" else j
        if words[k] == "span" and words[k + 1] == "of":
            k += 2
        if single and (length := self.length(k)) and (word != "over" or k > j):
            ahead, end = length.ahead, length.end
            if words[end] == "since" and self.previous and self.previous.first:
                reason = "since the day named before it"
                first = self.previous.first
                return _Days(first, None, Precision.DAY, "periods.since@1", reason, open_end=True), end + 1
            if words[end] in ("before", "after"):
                return self.length_beside(k, words[end], end)
            if word != "over" and (self.loose or self.future) and ahead:
                first = ahead if word == "in" else self.today
                return _Days(
                    first, ahead, Precision.DAY, "periods.offset@1", "counted on from the day of speaking", spoken=True
                ), end
            if word == "over":
                return None
            reason = "a length of time that no day is given to count from"
            return _Days(None, None, Precision.UNKNOWN, "periods.length@1", reason), end
        if word == "at" and words[j] == "present":
            days = _Days(self.today, self.today, Precision.DAY, "periods.now@1", "the day of speaking", spoken=True)
            return days, j + 1
        if word == "at" and words[j : j + 2] == ["the", "time"]:
            reason = "points back to a date that is not known"
            return _Days(None, None, Precision.UNKNOWN, "periods.beside@1", reason), j + 2
        if (
            word in ("during", "in", "amid")
            and (event := self.event(j))
            and (word == "during" or words[j] in ("the", "this"))
        ):
            return event
        if word in ("during", "amid") and (end_noun := self.event_noun(j)):
            reason = "during an event that no date is known for"
            return _Days(None, None, Precision.UNKNOWN, "periods.event@1", reason), end_noun
        return None

    def bare(self, i: int) -> _Read | None:
        """Read an expression without a preposition; a lone month, year or season only where it is the whole text."""
        words = self.words
        if rate := self.rate(i):
            return rate
        if not self.loose and words[i][:1].isdecimal() and (after := self.clock(i)) and words[after] == "on":
            return None
        found = self.ranged(i)
        if found is None:
            return (self.year_or_number(i) or self.container(i)) if self.loose else None
        days, end = found
        if days.rule in ("periods.range@1",) or self.loose:
            return found
        if words[end] == "so" and words[end + 1] == "far":
            return replace(days, last=None, open_end=True, ongoing=False, spoken=True, rule="periods.so-far@1"), end + 2
        if words[end] == "and" and days.rule == "periods.weekday@1" and (second := self.weekday(end + 1)):
            both = self.joined(i, found, second)
            return (both, second[1]) if both else found
        if words[end] in ("'s", "’s") and days.rule == "periods.year@1":
            return days, end + 1
        lone = days.rule in ("periods.month@1", "periods.season@1", "periods.year@1") and end == i + 1
        if lone or (days.rule == "periods.clock@1" and words[i] in self.lexicon.moments):
            return None
        if words[end] in ("'s", "’s"):
            return days, end + 1
        return found


def _after_long(days: _Days) -> _Days:
    """Return the end of an event that lasted over a year: "since World War II" is since it ended."""
    if days.first and days.last and (days.last - days.first).days > 365:
        return replace(days, first=days.last)
    return days


def _close(days: _Days, spoken_on: date | None, *, future: Callable[[], bool] | None) -> Period:
    """Return the period: the day of speaking ends what the words leave open, and what is still going on.

    future  tells whether the clause looks ahead; None for an expression on its own, which stays whole.
    """
    first, last, reason = days.first, days.last, days.reason
    if spoken_on is None and not days.fixed:
        return Period(None, None, days.precision, "the day of publication is not known", days.open_start, days.open_end)
    if days.open_end and last is None:
        if spoken_on is not None and (first is None or first <= spoken_on) and (first or days.open_start):
            last = spoken_on
        elif first is not None and spoken_on is not None:
            reason = f"{reason}; it begins after the day of speaking"
    elif days.ongoing or (days.precision is not Precision.DAY and days.rule == "periods.year@1"):
        running = spoken_on is not None and first is not None and last is not None and first <= spoken_on < last
        if running and future is not None and not future():
            last, reason = spoken_on, f"{reason}; up to the day of speaking"
    if first is not None and last is not None and last < first:
        return Period(None, None, days.precision, "it would end before it begins", days.open_start, days.open_end)
    return Period(first, last, days.precision, reason, days.open_start, days.open_end)


_NO_EVENT: Callable[[list[str], int], tuple[Event | None, str, int] | None] = lambda words, i: None  # noqa: E731


def _expression(raw: list[str], today: date, **options: object) -> _Expression:
    grammar = _Expression(raw, today, **options)  # type: ignore[arg-type]
    grammar.named, grammar.own = _NO_EVENT, {}
    return grammar


def resolve(words: str, utterance: date) -> Period:
    """Return the days that one expression means, said on `utterance`.

    words     the expression alone ("the past two years", "next week"); its end may be followed by anything.
    Returns   no days, and the reason, where the words are no time expression or leave the days open.
    """
    raw = _TOKEN.findall(words[:400])
    grammar = _expression(raw, utterance, loose=True)
    found = grammar.expression(0)
    if found is None:
        return Period(None, None, Precision.UNKNOWN, "no time expression that is understood")
    return _close(found[0], utterance, future=None)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Draft:
    """An expression as first read, and the tokens to read it again from."""

    span: Span
    days: _Days
    tense: Callable[[], bool | None] | bool | None
    raw: list[str]
    previous: Period | None

    def future(self) -> bool:
        """Say whether its clause speaks of what is to come."""
        return (self.tense() if callable(self.tense) else self.tense) is True


_LOOSE_STARTS = frozenset((",", ".", "and", "'", "’", "-", "–", "—", "'s", "’s"))
_LOOSE_ENDS = frozenset((",", ".", "-", "–", "—", "of", "in"))
_BREAK = re.compile(r"[.,;:!?](?=\s)|[\n\"“”]")
_STOP = re.compile(r"[.;!?](?=\s)|[\n\"“”]")
_UTTERANCE_AGE = 7  # days; an older "said on Tuesday" tells a story and dates nothing else
_UTTERANCE_REACH = 500  # an utterance's day holds for what stands this near, in its paragraph


def find(text: str, published: date | None, *, events: Events | None = None) -> tuple[Time, ...]:
    """Return the time expressions of an article, in text order, none overlapping.

    published  day of publication; without it only what the words date themselves has days.
    events     dated events to lean on; those that the package ships if not given.
    """
    today = published or date(2000, 1, 1)
    article = _Article(text, published, events or shipped_events())
    drafts: list[_Draft] = []
    own: dict[str, date | None] = {}
    for draft in _drafts(text, today, article):
        drafts.append(draft)
        if draft.days.precision is Precision.DAY and draft.days.first and not draft.days.open_start:
            _note_own_event(text, draft, own)
    said = [_is_utterance_day(text, d) for d in drafts]
    times = []
    for n, draft in enumerate(drafts):
        days, spoken_on = draft.days, published
        dateless_event = days.rule == "periods.event@1" and days.event is None and days.first is None and own
        if days.spoken or days.window or days.open_end:
            spoken_on = _spoken_on(text, drafts, said, n) or published
            if spoken_on and days.first and days.open_end and spoken_on <= days.first:
                spoken_on = published
            if spoken_on and published and not 0 <= (published - spoken_on).days <= _UTTERANCE_AGE:
                spoken_on = published
        if dateless_event or (spoken_on is not None and spoken_on != published):
            grammar = _expression(draft.raw, spoken_on or today, future=draft.future(), previous=draft.previous)
            grammar.named, grammar.own, grammar.fiscal = article.named, own, article.fiscal_month()
            if again := grammar.expression(0):
                days = again[0]
        period = _close(days, spoken_on, future=draft.future)
        times.append(Time(draft.span, period, days.window, days.event, days.rule))
    return tuple(times)


def utterance_day(text: str, span: Span, times: Sequence[Time], published: date | None) -> date | None:
    """Return the day on which what stands at `span` was said, as the text dates it; else the day of publication.

    times  what `find` returned for `text`. A day counts that follows a word of saying ("told reporters on
           Wednesday", "in a press conference on Wednesday, November 8, ...") in the same paragraph and not far off.
    """
    drafts = [
        _Draft(t.span, _Days(t.period.first, t.period.last, t.period.precision, t.by), False, [], None) for t in times
    ]
    said = [_is_utterance_day(text, d) for d in drafts]
    here = _Draft(span, _Days(None, None, Precision.UNKNOWN, ""), False, [], None)
    place = sum(1 for t in times if t.span.start < span.start)
    found = _spoken_on(text, [*drafts[:place], here, *drafts[place:]], [*said[:place], False, *said[place:]], place)
    if found and published and not 0 <= (published - found).days <= _UTTERANCE_AGE:
        return published
    return found or published


def _is_utterance_day(text: str, draft: _Draft) -> bool:
    days, (start, end) = draft.days, (draft.span.start, draft.span.end)
    if days.first is None or days.first != days.last or days.rule not in _DAY_RULES:
        return False
    lexicon = _lexicon()
    before = text[max(0, start - 60) : start].lower().replace(",", " ").split()
    while before and before[-1] in ("late", "early", "that", "here"):
        before.pop()
    if before and before[-1] in lexicon.cues:
        return True
    after = text[end : end + 30].lower().lstrip(" ,").split(maxsplit=1)
    return bool(after) and after[0].rstrip(".,;:") in lexicon.cue_verbs


_DAY_RULES = ("periods.weekday@1", "periods.date@1", "periods.day@1", "periods.numeric@1", "periods.day-of-month@1")


def _spoken_on(text: str, drafts: Sequence[_Draft], said: Sequence[bool], n: int) -> date | None:
    """Return the day of the utterance around draft `n`: of its sentence, else the last in its paragraph before it."""
    start, end = drafts[n].span.start, drafts[n].span.end
    for other in range(n + 1, min(n + 4, len(drafts))):
        between = text[end : drafts[other].span.start][: _UTTERANCE_REACH + 1]
        if len(between) > _UTTERANCE_REACH or re.search(r"[.!?][\"”’)]*\s|\n", between):
            break
        if said[other]:
            return drafts[other].days.first
    for other in range(n - 1, max(n - 7, -1), -1):
        behind = drafts[other].span.end
        if start - behind > _UTTERANCE_REACH or "\n" in text[behind:start]:
            break
        if said[other]:
            return drafts[other].days.first
    return None


def _note_own_event(text: str, draft: _Draft, own: dict[str, date | None]) -> None:
    """Keep the day of an event that the article dates itself; a second day for the same noun makes it ambiguous."""
    start, end = draft.span.start, draft.span.end
    nouns = _lexicon().event_nouns
    noun = ""
    if text[max(0, end - 2) : end] in ("'s", "’s"):
        following = re.match(r"\s+([a-z]+)", text[end : end + 30])
        noun = following.group(1) if following and following.group(1) in nouns else ""
    elif not nouns.isdisjoint((before := text[max(0, start - 90) : start].lower()).replace(",", " ").split()):
        found = _lexicon().dated_noun.search(before)
        noun = found.group(1) if found else ""
    if noun:
        day = draft.days.first
        own[noun] = day if own.get(noun, day) == day else None


class _Article:
    """What the whole text tells about events and fiscal years; looked up when first asked."""

    __slots__ = ("_country", "_counts", "_lower", "events", "published", "text")

    def __init__(self, text: str, published: date | None, events: Events) -> None:
        self.text, self.published, self.events = text, published, events
        self._counts: dict[str, int] = {}
        self._lower: str | None = None
        self._country: tuple[int | None] | None = None

    def mentions(self, word: str) -> int:
        """Count how often words begin so, whatever their case; up to two, which is all that is asked."""
        if word not in self._counts:
            if self._lower is None:
                self._lower = self.text.lower()
            found = re.finditer(rf"\b{re.escape(word.lower())}", self._lower)
            self._counts[word] = sum(1 for _ in islice(found, 2))
        return self._counts[word]

    def fiscal_month(self) -> int | None:
        """Return the first month of the fiscal year, where all the countries named agree on one."""
        if self._country is None:
            months = {month for name, month in _lexicon().fiscal.items() if self.mentions(name)}
            self._country = (months.pop() if len(months) == 1 else None,)
        return self._country[0]

    def named(self, words: list[str], i: int) -> tuple[Event | None, str, int] | None:
        """Tell which event of the table the words at `i` name, the longest phrase first."""
        for size, group in self._matches(words, i):
            fitting = {event.key: event for event, generic in group if self._fits(event, generic=generic)}
            if len(fitting) == 1:
                event = next(iter(fitting.values()))
                reason = f"{event.key.replace('-', ' ')}: {event.first} ({event.place or 'world'})"
                return event, reason, i + size
            if fitting:
                return None, f"several dated events are named so: {', '.join(sorted(fitting))}", i + size
        return None

    def _matches(self, words: list[str], i: int) -> Iterator[tuple[int, list[tuple[Event, bool]]]]:
        group: list[tuple[Event, bool]] = []
        size = 0
        for phrase, event, generic in self.events.phrases.get(words[i], ()):
            if tuple(words[i : i + len(phrase)]) != phrase:
                continue
            if len(phrase) != size and group:
                yield size, group
                group = []
            size = len(phrase)
            group.append((event, generic))
        if group:
            yield size, group

    def _fits(self, event: Event, *, generic: bool) -> bool:
        if self.published is not None and event.first > self.published:
            return False
        if not generic:
            return True
        if self.published is None or (event.within and (self.published - event.last).days > event.within):
            return False
        return sum(self.mentions(word) for word in event.context) > 1


def _drafts(text: str, today: date, article: _Article) -> Iterator[_Draft]:
    """Read the expressions from left to right; each may lean on the one before it."""
    tokens = list(_TOKEN.finditer(text))
    grammar = _expression([token.group() for token in tokens], today)
    grammar.named = article.named
    words, core = grammar.words, _lexicon().core
    if not _FISCAL.isdisjoint(words):
        grammar.fiscal = article.fiscal_month()
    done = 0  # the first token not yet part of an expression
    reach: dict[int, int] = {}  # how far what was read from a token went, so that nothing is read twice
    end_of_text = len(words)
    previous: Period | None = None
    recent: list[Period] = []
    for index, word in enumerate(words):
        if index < done or (word not in core and not _dates(word)):
            continue
        first = _leftmost(grammar, index, done)
        start, stop = tokens[first].start(), tokens[index].end()
        grammar.tense = partial(_looks_ahead, text, start, stop)
        grammar.previous, grammar.recent = previous, recent
        for k in range(first, index + 1):
            if reach.get(k, end_of_text) <= index:
                continue
            found = grammar.expression(k)
            reach[k] = found[1] if found else 0
            if found is None or found[1] <= index:
                continue
            days, end = found
            while words[end - 1] in _LOOSE_ENDS:
                end -= 1
            if end <= index:
                continue
            span = Span(tokens[k].start(), tokens[end - 1].end())
            yield _Draft(span, days, grammar.tense, grammar.raw[k : end + 6], previous)
            done = end
            reach.clear()
            if days.first and days.rule not in ("periods.now@1", "periods.rate@1") and not grammar.future:
                last = days.last or (today if days.open_end and days.first <= today else None)
                if last:
                    previous = Period(days.first, last, days.precision)
                    recent = [*recent[-7:], previous]
            break


def _dates(word: str) -> bool:
    """Say whether a token that begins with a digit may date something: a year, "13th", "04:12", "2023-11-08"."""
    if not word or word[0] not in "0123456789":
        return False
    if len(word) == 4 and word.isdecimal():
        return word[0] in "12"
    return (len(word) > 2 and not word[-1].isdecimal()) or any(mark in word for mark in ":/-") or word.count(".") == 2


def _leftmost(grammar: _Grammar, index: int, done: int) -> int:
    """Return the position of the first token that may belong to the expression whose core stands at `index`."""
    first = index
    words, lead = grammar.words, grammar.lexicon.lead
    while first > done and index - first < 10 and (words[first - 1] in lead or words[first - 1][0].isdecimal()):
        first -= 1
    while first < index and words[first] in _LOOSE_STARTS:
        first += 1
    return first


def _looks_ahead(text: str, start: int, end: int) -> bool | None:
    """Say whether the clause around an expression speaks of what is to come; None where no verb tells."""
    pattern = _lexicon().tense
    before = text[max(0, start - 70) : start]
    if breaks := [m.end() for m in _BREAK.finditer(before)]:
        before = before[breaks[-1] :]
    looks: bool | None = None
    for ahead, back, weak in pattern.findall(before):
        if ahead:
            looks = True
        elif back or (weak and looks is None):
            looks = False
    if looks is not None:
        return looks
    after = text[end : end + 60]
    if stop := _STOP.search(after):
        after = after[: stop.start()]
    verb = pattern.search(after)
    return verb.group(1) is not None if verb else None
