"""The day of publication, read from the words of an article. Pure: today's date is an argument.

`stated` reads a date line, a byline ("Published: 8 November 2023") or a dateline ("KABUL, Nov 8, 2023 (Reuters) -").
`by_weekday` infers a year that nobody states: "Wednesday, November 8" was in 2023 and in 2017, not between.
`from_url` reads the date that many addresses carry.
Each abstains (None) rather than take a day that the words leave open.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from counterfoil.documents.model import Dated

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?"
_DAY_END = r"(?:st|nd|rd|th)?(?![\w%]|[.,/:][0-9])"
_YEAR = r"(?:19|20)[0-9]{2}(?![\w%]|[.,/-][0-9])"


def _day_pattern(year_needed: bool) -> str:
    """Return "November 8, 2023" and "8th of November 2023" as a pattern, with groups for either order (a, b)."""
    year = "" if year_needed else "?"
    return (
        rf"(?:(?P<month_a>{_MONTH}) (?P<day_a>[0-3]?[0-9]){_DAY_END}(?:,? (?P<year_a>{_YEAR})){year}"
        rf"|(?P<day_b>[0-3]?[0-9]){_DAY_END}(?: of)? (?P<month_b>{_MONTH})(?:,? (?P<year_b>{_YEAR})){year})"
    )


_FULL = re.compile(
    rf"(?<![\w/.-])(?:{_WEEKDAY},? (?:the )?)?(?:{_day_pattern(year_needed=True)}"
    r"|(?P<iso>[12][0-9]{3}-[01][0-9]-[0-3][0-9])(?![0-9-])"
    r"|(?P<day_first>[0-3]?[0-9]\.[01]?[0-9]\.(?:19|20)[0-9]{2})(?![0-9.])"
    r"|(?P<slashed>[0-3]?[0-9]/[0-3]?[0-9]/(?:19|20)[0-9]{2})(?![0-9/]))",
    re.IGNORECASE,
)
_ANY = re.compile(rf"(?<![\w/.-])(?:{_WEEKDAY},? (?:the )?)?{_day_pattern(year_needed=False)}", re.IGNORECASE)
# "Wednesday, November 8", "Wednesday (8th of November)"; and the other way round, "8 November (Wednesday)".
_NAMED = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|MON|TUE|WED|THU|FRI|SAT|SUN)[A-Za-z]{0,6}\b")
_NAME_FIRST = re.compile(rf"{_WEEKDAY}[,\s(]{{1,3}}(?:the )?{_day_pattern(year_needed=False)}", re.IGNORECASE)
_NAME_LAST = re.compile(
    rf"(?<![\w/.-]){_day_pattern(year_needed=False)}(?:, ?| ?\(){_WEEKDAY}(?![A-Za-z])", re.IGNORECASE
)
_LONGEST_DAY = 32  # code points of "September 30th of, 2023, " with room; how far before its weekday a date can begin

_PUBLISHED = re.compile(
    r"(?:first |originally )?(?:published|posted|issued|released|dated?|publication date|date of publication)\b"
    r"|(?:press|news|media) release\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"(?:last |latest )?(?:updated|update|modified|revised)\b", re.IGNORECASE)
# "As of 14 March 2025" heads the updates of agencies that count from day to day.
_AS_OF = re.compile(
    r"(?:(?:data|figures|situation|status|information|valid|current|correct|accurate)[ :,-]{1,3})?as (?:of|at|on)\b"
    r"|(?:reporting|report|situation|cut-?off) date\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:at |T)?[0-9]{1,2}(?:[:.h][0-9]{2}){1,2}(?: ?[ap]\.?m\.?)?|[0-9]{1,2} ?[ap]\.?m\.?|\b(?:GMT|UTC|[A-Z]{2,3}T)\b"
    r"|[+-][0-9]{2}:?[0-9]{2}\b"
)
_BREAK = ",|·•–—-:/("  # what may stand between a date and its neighbours in a line that is no sentence
_HEAD_LINES = 8  # headline, standfirst, author, outlet, date, place, with room for blank lines
_LINE = 160  # code points; a longer line is a sentence
_PLACE = r"[^\W\d_][^\n!?;:]{1,60}?"  # "PORT-AU-PRINCE, Haiti", "Washington, D.C."


def parse_day(words: str) -> date | None:
    """Return the day that the words state in full, None where they do not.

    "08/11/2023" is two days, as the reader is American or not, and so None; "08.11.2023" is in November everywhere.

    >>> parse_day("Nov. 8, 2023"), parse_day("08/11/2023")
    (datetime.date(2023, 11, 8), None)
    """
    match = _FULL.search(words)
    return _day_of(match) if match else None


def _day_of(match: re.Match[str]) -> date | None:
    """Return the day that a match of `_FULL` states."""
    if words := match["iso"]:
        year, month, day = map(int, words.split("-"))
    elif words := match["day_first"]:
        day, month, year = map(int, words.split("."))
    elif words := match["slashed"]:
        day, month, year = map(int, words.split("/"))
        if day <= 12 and month != day:
            if month <= 12:
                return None
            day, month = month, day
    else:
        month, day, stated = _parts(match)
        if stated is None:
            return None
        year = stated
    return _valid(year, month, day)


def _parts(match: re.Match[str]) -> tuple[int, int, int | None]:
    """Return month, day and year (None where none is stated) of a match with the groups of `_day_pattern`."""
    order = "a" if match["month_a"] else "b"
    month = _MONTHS.index(match[f"month_{order}"][:3].casefold()) + 1
    year = match[f"year_{order}"]
    return month, int(match[f"day_{order}"]), int(year) if year else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def published(text: str, *, url: str | None = None, today: date) -> Dated | None:
    """Return the day of publication that the article itself tells: stated, in its address, or by weekday agreement."""
    if found := stated(text, today=today):
        return found
    weekday = by_weekday(text, today=today)
    return (stated(text, today=today, near=weekday) if weekday else None) or from_url(url, today=today) or weekday


def stated(text: str, *, today: date, near: Dated | None = None) -> Dated | None:
    """Return the day in a date line, byline or dateline of the article's head (or a byline at its foot).

    near  a day inferred elsewhere in the text; gives the year to a dateline that has none ("KABUL, Nov 8 (Reuters) -").
    A day after tomorrow (`today` may be a day behind in another time zone) is no day of publication.
    """
    head = [line.strip() for line in text[:4000].splitlines() if line.strip()][:_HEAD_LINES]
    foot = [line.strip() for line in text[-400:].splitlines() if line.strip()][-3:] if len(text) > 4000 else []
    updated = None
    for number, line in enumerate(head + foot):
        if len(line) <= _LINE and (found := _in_line(line, today, bare_allowed=number < len(head))):
            if found.origin == "byline":
                return found
            updated = updated or Dated(found.day, "byline", found.words)
        if number < 4 and (dated := _dateline(line, today, near)):
            return dated
    return updated or _told_in_lead(text, head, today)


def _in_line(line: str, today: date, *, bare_allowed: bool) -> Dated | None:
    """Return the date of a line that is no sentence; "updated" and "as of" have the origin "updated"."""
    updated = None
    for match in _FULL.finditer(line):
        day = _day_of(match)
        if day is None or day > today + timedelta(days=1):
            continue
        before, after = line[: match.start()].rstrip(), line[match.end() :].lstrip()
        if marker := _last(_PUBLISHED, before):
            return Dated(day, "byline", line[marker.start() : match.end()])
        as_of = _last(_AS_OF, before) if bare_allowed and _is_bare("", after) else None
        if marker := _last(_UPDATED, before) or as_of:
            updated = updated or Dated(day, "updated", line[marker.start() : match.end()])
        elif bare_allowed and _is_bare(before, after):
            return Dated(day, "byline", match[0])
    return updated


def _last(marker: re.Pattern[str], before: str) -> re.Match[str] | None:
    """Return the marker that introduces a date: at the line's start or after a break, with nothing but breaks after."""
    found = None
    for match in marker.finditer(before):
        opening, closing = before[: match.start()].rstrip(), before[match.end() :]
        if (not opening or opening[-1] in _BREAK) and not re.sub(r"\bon\b|[\W_]", "", closing):
            found = match
    return found


def _is_bare(before: str, after: str) -> bool:
    """Say whether a date stands alone: breaks around it, a clock time, and at most a place, an author, an outlet."""
    after = _CLOCK.sub("", after).strip()
    if (before and before[-1] not in _BREAK) or (after and after[0] not in _BREAK + ")"):
        return False
    names = before.split()
    few = len(names) <= (6 if names[:1] in (["By"], ["By:"]) else 3)  # "Paris attacks," would date an event
    return few and all(not name[0].islower() for name in names[:3]) and len(after.split()) <= 4 and after[-1:] != "."


_DATELINE = re.compile(
    rf"(?:{_PLACE}[,(] ?)?(?P<words>{_ANY.pattern})\)?,? ?(?P<agency>\([^()\n]{{1,40}}\))?,? ?(?P<dash>[-–—:])",
    re.IGNORECASE,
)


def _dateline(line: str, today: date, near: Dated | None) -> Dated | None:
    """Return the day of "KABUL, Nov 8, 2023 (Reuters) -"; without a year, that day within a month of `near`."""
    match = _DATELINE.match(line[:_LINE])
    if match is None or line[0].islower():
        return None
    month, day, year = _parts(match)
    if year is not None:
        found = _valid(year, month, day)
        return None if found is None or found > today + timedelta(days=1) else Dated(found, "dateline", match["words"])
    if near is None:
        return None
    years = (near.day.year - 1, near.day.year, near.day.year + 1)
    days = [found for year in years if (found := _valid(year, month, day))]
    found = min(days, key=lambda found: abs(found - near.day), default=None)
    if found is None or abs(found - near.day) > timedelta(days=31) or found > today + timedelta(days=1):
        return None
    return near if found == near.day else Dated(found, near.origin, f"{match['words']} [its year from {near.words}]")


# "... informed the High Court here on Monday, Oct 3, 2022": the day on which somebody speaks in the first sentence.
_ADDRESSED = (  # whom, where: with any other words between, the day may be that of an event
    r"(?:[a-z]{2,8} )?(?:[\w.'’-]{1,30} ){0,5}(?:court|reporters?|journalists|newsmen|parliament|assembly|senate|house"
    r"|council|commission|committee|lawmakers|deputies|bench|tribunal|media|press|conference|presser|briefing|ministers)"
)
_TOLD = re.compile(
    r"\b(?:said|says|told|announced|informed|reported|confirmed|stated|declared|warned|admitted|apprised|submitted"
    rf"|briefed)(?: {_ADDRESSED})?(?: in [\w.'’-]{{1,30}}(?: [\w.'’-]{{1,30}})?)?(?: here)?(?: on)?[ (]{{1,2}}"
    rf"(?P<words>{_WEEKDAY}[, (]{{1,3}}(?:the )?{_day_pattern(year_needed=True)})",
    re.IGNORECASE,
)
# After these the saying stands in a clause beside the main one, and may be of another year.
_ASIDE = re.compile(
    r"\b(?:that|who|which|whose|when|where|while|after|before|since|until|because|although|if|as|had|have|has)\b",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(
    r"\b(?:ago|anniversary|commemorat\w*|remember\w*|earlier|previously|back in"
    r"|(?:years?|decades?) (?:later|on|after|since))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[a-z0-9)%]{3}[.!?][\"”]?\s+(?=[A-Z“\"])")
_READ = 100_000  # code points in which later days are looked for


def _told_in_lead(text: str, head: list[str], today: date) -> Dated | None:
    """Return the day on which the first sentence has somebody speak, if it is given in full and its weekday is right.

    The day of an event is not taken, nor any day where the article looks back or names a later one. No training article
    has such a day, so the rule asks for much: what it takes there is nothing, and so nothing wrong.
    """
    lead = next((line for line in head if len(line) > _LINE or line[-1:] in (".", "”", '"')), "")[:800]
    end = _SENTENCE_END.search(lead)
    lead = lead[: end.end()] if end else lead
    match = _TOLD.search(lead)
    if match is None or _LOOKS_BACK.search(lead) or _ASIDE.search(lead[: match.start()].rpartition(",")[2]):
        return None
    month, day, year = _parts(match)
    found = _valid(year or 0, month, day)
    weekday = _WEEKDAYS.index(match["words"][:3].lower())
    if found is None or found.weekday() != weekday or found > today + timedelta(days=1):
        return None
    others = (_day_of(other) for other in _FULL.finditer(text[:_READ]))
    latest = max((other for other in others if other and other <= today), default=found)
    if latest > found or (_latest_year_named(text[:_READ], today) or 0) > found.year:
        return None
    return Dated(found, "dateline", match["words"])


_IN_URL = re.compile(
    r"[/=_-](?P<year>(?:19|20)[0-9]{2})(?P<sep>[/-]?)(?P<month>[01][0-9]|[a-z]{3})(?P=sep)(?P<day>[0-3][0-9])(?![0-9])",
    re.IGNORECASE,
)


def from_url(url: str | None, *, today: date) -> Dated | None:
    """Return the day that an address carries: "/2023/11/08/", "/2023-11-08-", "/2023/nov/08/".

    >>> from_url("https://example.org/2023/nov/08/returns", today=date(2026, 1, 1)).day
    datetime.date(2023, 11, 8)
    """
    for match in _IN_URL.finditer((url or "")[:2000]):
        name = match["month"].lower()
        if not name.isdigit() and name not in _MONTHS:
            continue
        month = int(name) if name.isdigit() else _MONTHS.index(name) + 1
        day = _valid(int(match["year"]), month, int(match["day"]))
        if day is not None and day <= today + timedelta(days=1):
            return Dated(day, "url", match[0].strip("/=_-"))
    return None


# -- weekday agreement ------------------------------------------------------------------------------------------------

_YEARS_BACK = 15  # one date falls on one weekday about twice in that time (after 5, 6 or 11 years)
_SAME_NEWS = timedelta(days=200)  # days that an article names without a year lie within half a year of each other
_MENTIONS = 60  # distinct dated weekdays that are weighed; more cannot change the outcome of any real article
_AHEAD = re.compile(
    r"\b(?:(?:by|until|till|before|next|coming|this coming)(?: the)?\s*$"
    r"|(?:will|would|shall|due|scheduled|deadline|upcoming|expected|set to|plans? to|planned|to be"
    r"|(?-i:may|might|could|can))\b[^.!?\n]{0,80}$)",
    re.IGNORECASE,
)
_YEAR_NAMED = re.compile(
    rf"(?P<lead>\b(?:in|since|from|during|after|early|late|mid|{_MONTH}|[0-3]?[0-9]{_DAY_END},) ?-?)(?P<year>{_YEAR})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A dated weekday: "Wednesday, November 8"; `ahead` where the sentence looks forward to it."""

    month: int
    day: int
    weekday: int
    ahead: bool
    words: str

    def days(self, today: date) -> tuple[date, ...]:
        """Return the days of the last years on which month, day and weekday agree, latest first."""
        last = today + timedelta(days=366 if self.ahead else 1)
        years = range(last.year, today.year - _YEARS_BACK - 1, -1)
        found = (_valid(year, self.month, self.day) for year in years)
        return tuple(day for day in found if day and day.weekday() == self.weekday and day <= last)


def by_weekday(text: str, *, today: date) -> Dated | None:
    """Return the latest weekday that the article dates without a year, in the year in which they agree.

    Several years may agree. The first within four years of the latest year that the text names is taken ("weekday
    agreement"); without one, the latest ("latest weekday agreement", a weaker inference). `words` names the others.
    None if no year, or not most of the mentions, agree; or if all lie ahead of the article.
    """
    mentions = _mentions(text)
    known = {mention: mention.days(today) for mention in mentions}
    past = [mention for mention in mentions if not mention.ahead]
    support = {
        day: sum(any(abs(other - day) <= _SAME_NEWS for other in known[mention]) for mention in mentions)
        for mention in past
        for day in known[mention]
    }
    best = max(support.values(), default=0)
    if 2 * best <= len(mentions):
        return None
    last_days: list[date] = []  # the latest day of each stretch of time in which most mentions agree, latest first
    for day in sorted((day for day, count in support.items() if count == best), reverse=True):
        if not last_days or last_days[-1] - day > _SAME_NEWS:
            last_days.append(day)
    near = _after(_latest_year_named(text, today), last_days)
    chosen = near or last_days[0]
    words = next(mention.words for mention in past if chosen in known[mention])
    if others := " and ".join(str(other.year) for other in last_days if other != chosen):
        words += f" [{chosen.year} is inferred; {others} would agree too]"
    return Dated(chosen, "latest weekday agreement" if others and near is None else "weekday agreement", words)


def _mentions(text: str) -> tuple[_Mention, ...]:
    """Return the distinct dated weekdays without a year, in order."""
    found: dict[_Mention, None] = {}
    for name in _NAMED.finditer(text):
        match = _NAME_FIRST.match(text, name.start()) or _NAME_LAST.search(
            text, max(0, name.start() - _LONGEST_DAY), name.end()
        )
        if match is None:
            continue
        month, day, year = _parts(match)
        if year is None:
            ahead = _looks_ahead(text, match.start())
            found[_Mention(month, day, _WEEKDAYS.index(name[0][:3].lower()), ahead, match[0].strip("( )."))] = None
            if len(found) == _MENTIONS:
                break
    return tuple(found)


def _latest_year_named(text: str, today: date) -> int | None:
    """Return the latest year that the text names as past ("since 2021", "in August 2021", not "will ... in 2024")."""
    years = (
        int(match["year"])
        for match in _YEAR_NAMED.finditer(text)
        if int(match["year"]) <= today.year and not _looks_ahead(text, match.start())
    )
    return max(years, default=None)


def _looks_ahead(text: str, position: int) -> bool:
    """Say whether the sentence looks forward to what stands at `position`."""
    return _AHEAD.search(text[max(0, position - 100) : position]) is not None


_NAMED_WITHIN = 4  # years; 89 of the 144 training articles that name a past year were published within so many of it


def _after(named: int | None, days: list[date]) -> date | None:
    """Return the first of the days (latest first) in the year named or the few after it.

    News also names the year to come ("in 2024", of an election); where only the year before it is left, it is taken.
    """
    if named is None:
        return None
    after = [day for day in days if named <= day.year <= named + _NAMED_WITHIN]
    return after[-1] if after else next((day for day in days if day.year == named - 1), None)
