"""Whole expressions of time: what stands after "since", "by", "in" and the like, and events that date them.

"since the takeover", "so far this year", "as of 30 June", "between 8 and 12 May", "by the end of March", "before the
war", "in the two weeks before", "during the operation". How ends are encoded: see `periods`.
"""

from dataclasses import replace

from counterfoil.reading.dates import calendar_date, lone_year, month_period
from counterfoil.reading.days import PRECISION, Days, add_days
from counterfoil.reading.model import Precision
from counterfoil.reading.parts import container, part
from counterfoil.reading.relatives import day_like, rate, relative_period, weekday
from counterfoil.reading.timepoints import TO, event_noun, joined, noun_after, ranged, timed
from counterfoil.reading.timewords import DASHES, POSSESSIVE, Read, Tokens

_UNTIL = ("until", "till", "til", "through", "by")
_PLAIN = frozenset("on in at during over within for throughout of around about near across amid".split())
_TIME_OF_DAY = frozenset("morning afternoon evening noon midday dawn sunset dusk nightfall am pm a.m p.m".split())
_ROUGHLY = ("about", "around", "roughly")


def expression(tokens: Tokens, i: int) -> Read | None:
    """Read a whole expression with its preposition."""
    words = tokens.words
    word, after = words[i], words[i + 1]
    if word in ("so", "to", "until", "till", "up") and (found := _total(tokens, i)):
        return found
    if word == "as" and after in ("of", "at"):
        return _as_of(tokens, i + 2)
    if word == "since":
        return _since(tokens, i + 1)
    if word == "ever" and after == "since":
        return _since(tokens, i + 2)
    if word in ("starting", "beginning", "effective") and (
        found := timed(tokens, tokens.skip(i + 1, "in", "on", "from", "at"))
    ):
        return (_opened(found[0]), found[1]) if found[0].first else None
    if word == "from":
        return _from(tokens, tokens.skip(i + 1, *_ROUGHLY))
    if word == "between":
        return ranged(tokens, i + 1, ("and", "to", "through", *DASHES))
    if word in _UNTIL:
        return _until(tokens, tokens.skip(i + 1, "to") if word == "through" else i + 1, word)
    if word == "as" and after in ("early", "late", "recently", "far") and "as" in words[i + 2 : i + 4]:
        return timed(tokens, words.index("as", i + 2) + 1)  # "as early as 2012", "as far back as 2012"
    if word in ("pre", "post") and after == "-":
        return _before(tokens, i + 2) if word == "pre" else _after(tokens, i + 2)
    if words[i : i + 3] == ["no", "later", "than"]:
        return _until(tokens, i + 3, "no")
    if word == "up" and after == "to":
        return _until(tokens, i + 2, word)
    if word in ("shortly", "immediately", "just", "right") and after in ("before", "after"):
        return _before(tokens, i + 2) if after == "before" else _after(tokens, i + 2)
    if word == "before" or (word in ("prior", "ahead") and after in ("to", "of")):
        return _before(tokens, i + 1 if word == "before" else i + 2)
    if word in ("after", "following"):
        return _after(tokens, i + 1)
    if word == "in" and words[i + 1 : i + 4] == ["the", "wake", "of"]:
        return _after(tokens, i + 4)
    if word in ("at", "around") and (end := tokens.clock(tokens.skip(i + 1, "about", "around"))):
        # "at 04:12 on Tuesday": the day alone is the time, and is read from its own "on"
        return None if words[end] == "on" and day_like(tokens, end + 1) else _plain(tokens, i)
    return _plain(tokens, i) if word in _PLAIN else _bare(tokens, i)


# -- running totals and open ends


def _total(tokens: Tokens, i: int) -> Read | None:
    """Read "so far", "so far this year", "to date", "until now", "up to now"."""
    words = tokens.words
    two = words[i : i + 2]
    if two == ["so", "far"]:
        inner = container(tokens, i + 2) or (container(tokens, i + 3) if words[i + 2] == "in" else None)
        if inner and inner[0].first and inner[0].first <= tokens.today:
            return _up_to_now(tokens, inner[0]), inner[1]
    elif two in (["up", "to"], ["up", "until"]) and words[i + 2] == "now":
        i += 1
    elif two not in (["to", "date"], ["until", "now"], ["till", "now"]):
        return None
    days = Days.unknown("so-far", "a running total whose beginning is not said", fixed=True)
    return replace(days.running("so-far", open_start=True), precision=Precision.DAY), i + 2


def _so_far(tokens: Tokens, found: Read) -> Read | None:
    """Read the rest of "in 2024 so far"."""
    days, end = found
    return (_up_to_now(tokens, days), end + 2) if tokens.words[end : end + 2] == ["so", "far"] else None


def _up_to_now(tokens: Tokens, days: Days) -> Days:
    """Return a period so far: up to the day of speaking, or whole where it is over ("so far in 2023", told in 2024)."""
    if days.last is not None and days.last < tokens.today:
        return replace(days, rule="so-far", reason=f"{days.reason}; it was over on the day of speaking")
    return days.running("so-far")


def _as_of(tokens: Tokens, i: int) -> Read | None:
    if tokens.words[i : i + 2] in (["this", "writing"], ["press", "time"]):
        return Days(tokens.today, tokens.today, Precision.DAY, "as-of", "the day of speaking"), i + 2
    inner = timed(tokens, i)
    return (replace(inner[0], rule="as-of"), inner[1]) if inner else None


def _opened(days: Days) -> Days:
    """Return a period that begins with `days` and runs to the day of speaking."""
    return days.running("since") if days.first else replace(days, last=None, open_end=True)


def _since(tokens: Tokens, i: int) -> Read | None:
    words = tokens.words
    tokens.tense = False
    i = i + 2 if words[i : i + 2] == ["at", "least"] else tokens.skip(i, *_ROUGHLY)
    if words[i] in ("then", ".") and (days := _since_then(tokens)):
        return days, tokens.skip(i, "then")
    if words[i] == "then":
        days = Days.unknown("since", "points back to a date that is not known")
        return replace(days, open_end=True), i + 1
    if words[i] == "mid" and (found := part(tokens, i)) and found[0].first and found[0].precision is Precision.WEEK:
        days = replace(found[0], first=found[0].first.replace(day=15), reason=f"from the middle; {found[0].reason}")
        return _opened(days), found[1]
    if found := timed(tokens, i):
        return _opened(found[0]), noun_after(tokens, found[1])
    found = event(tokens, i, "since") or clause_date(tokens, i)
    return (_opened(_after_long(found[0])), found[1]) if found else None


def _since_then(tokens: Tokens) -> Days | None:
    before = tokens.previous
    reason = "since the day named before it"
    return before and Days(before.first, None, before.precision, "since", reason, open_end=True)


def _from(tokens: Tokens, i: int) -> Read | None:
    found = ranged(tokens, i, (*TO, "up"))
    if found is None or tokens.words[found[1]] in POSSESSIVE:
        return None
    days, end = found
    # "from 2017" tells whence something is; only "from Monday on" tells that it goes on.
    onward = days.rule != "range" and tokens.words[end] in ("on", "onward", "onwards", "forward")
    return (_opened(days), end + 1) if onward else found


def _until(tokens: Tokens, i: int, word: str) -> Read | None:
    words = tokens.words
    if words[i : i + 2] == ["at", "least"]:
        i += 2
    tokens.close = word != "up"
    inner = timed(tokens, i)
    if inner is None and words[i + 1] in POSSESSIVE and words[i + 2] == "end":
        inner = container(tokens, i)
    tokens.close = False
    if inner is None:
        found = event(tokens, i, word) if word != "by" else None
        return (replace(found[0], first=None, open_start=True, open_end=False), found[1]) if found else None
    days, end = inner
    if word == "by" and (words[end - 1] in _TIME_OF_DAY or days.rule == "clock"):
        return replace(days, rule="as-of", reason=f"as it stood at that time; {days.reason}"), end
    if word == "by" and (words[end] in POSSESSIVE or days.window):
        return None  # "killed by Tuesday's earthquake"
    return inner if days.window else (days.ending(days.last, "until"), end)


def _before(tokens: Tokens, i: int) -> Read | None:
    if tokens.words[i] in tokens.lexicon.moments:
        return timed(tokens, i)
    if inner := timed(tokens, i):
        days, end, rule = inner[0], noun_after(tokens, inner[1]), "before"
    elif found := event(tokens, i, "before"):
        days, end, rule = found[0], found[1], "event"
    else:
        return None
    return days.ending(days.first and add_days(days.first, -1), rule), end


def _after(tokens: Tokens, i: int) -> Read | None:
    if (inner := timed(tokens, i)) and inner[0].rule != "now":
        days, end = inner
        after = noun_after(tokens, end)
        if days.rule == "clock" or days.last is None:
            return days, after
        first = days.first if after > end else add_days(days.last, 1)
        return replace(_opened(days), first=first, rule="after"), after
    if (length := tokens.length(i)) and length.parts[-1][0]:
        return Days.unknown("offset", "a length after something that no date is known for"), length.end
    found = event(tokens, i, "after")
    return (_opened(_after_long(found[0])), found[1]) if found else None


# -- events


def event(tokens: Tokens, i: int, word: str) -> Read | None:
    """Read an event: one that a table or the article dates, one with its date beside it, or one without a date."""
    if found := _dated_event(tokens, i):
        return found
    if (stop := event_noun(tokens, i)) is None:
        return None
    return clause_date(tokens, i) or (Days.unknown("event", f"{word} an event that no date is known for"), stop)


def _dated_event(tokens: Tokens, i: int) -> Read | None:
    words = tokens.words
    for j in range(i, i + 8):
        if found := tokens.named(j):
            return _with_own_date(tokens, *found)
        if words[j] not in tokens.lexicon.event_lead:
            break
    stop = event_noun(tokens, i)
    if stop is None or words[i] not in ("the", "this", "that"):
        return None
    at = stop - 1 if words[stop - 1] in tokens.lexicon.event_nouns else stop - 2
    noun = words[at]
    if (day := tokens.own.get(noun)) is None or clause_date(tokens, i):
        return None
    if not tokens.lexicon.event_lead.issuperset(words[i:at]):
        return None  # "the Soviet invasion" may be another one
    return Days(day, day, Precision.DAY, "event", f"the article dates this {noun} itself", fixed=True), stop


def _with_own_date(tokens: Tokens, days: Days, end: int) -> Read:
    """Take in "began", and the date of "the invasion of 2003": it must agree, else it and not the table dates it."""
    words = tokens.words
    if words[end : end + 2] == ["broke", "out"]:
        end += 2
    if words[end] in ("was", "were") and (words[end + 1],) in tokens.lexicon.event_verbs:
        end += 2
    end = tokens.skip(end, "began", "started", "commenced", "erupted")
    if words[end] not in ("in", "of", "on"):
        return days, end
    own = calendar_date(tokens, end + 1) or month_period(tokens, end + 1) or lone_year(tokens, end + 1)
    if own is None or (first := own[0].first) is None or (last := own[0].last) is None:
        return days, end
    if days.first and first <= days.first <= last:
        return days, own[1]
    return replace(own[0], reason=f"the words date it; {own[0].reason}", rule="event"), own[1]


def clause_date(tokens: Tokens, i: int) -> Read | None:
    """Read "commencing work in 2016", "the assault of 24 March": a clause that ends in its own date."""
    words = tokens.words
    for j in range(i + 1, i + 10):
        before = words[j - 1]
        if not (before.isalpha() or before in ("-", *POSSESSIVE)):
            return None
        if (
            words[j] not in ("on", "in", "of", "at", "last", "this", "early", "late")
            and (before,) not in tokens.lexicon.event_verbs
        ):
            continue
        k = tokens.skip(j, "on", "in", "of", "at")
        found = calendar_date(tokens, k) or part(tokens, k) or weekday(tokens, k) or relative_period(tokens, k)
        found = found or month_period(tokens, k) or lone_year(tokens, k)
        if found and found[0].first:
            return replace(found[0], reason=f"the clause dates itself; {found[0].reason}"), found[1]
    return None


def _after_long(days: Days) -> Days:
    """Return the end of an event that lasted over a year: "since World War II" is since it ended."""
    if days.first and days.last and (days.last - days.first).days > 365:
        return replace(days, first=days.last)
    return days


# -- plain prepositions, and none


def _plain(tokens: Tokens, i: int) -> Read | None:
    """Read an expression after "on", "in", "during", "over" and the like."""
    words = tokens.words
    word, j = words[i], tokens.skip(i + 1, *_ROUGHLY, "just", "only")
    if beside := _beside_event(tokens, j, window=word in ("in", "within", "during", "over", "throughout")):
        return beside
    found = ranged(tokens, j)
    if found is None and words[j] in ("the", "this", "that") and word != "of":  # "player of the year" tells no time
        found = container(tokens, j)  # "in the year", "in the week": the calendar's, or the one named before it
    if found is not None:
        return _plain_period(tokens, word, j, found)
    if word in ("in", "within", "over", "during") and (inner := _plain_length(tokens, word, j)):
        return inner
    if word == "at" and words[j] == "present":
        return Days(tokens.today, tokens.today, Precision.DAY, "now", "the day of speaking", spoken=True), j + 1
    if word == "at" and words[j : j + 2] == ["the", "time"]:
        return Days.unknown("beside", "points back to a date that is not known"), j + 2
    if word in ("during", "amid"):
        return event(tokens, j, "during")
    return _dated_event(tokens, j) if word == "in" and words[j] in ("the", "this") else None


def _plain_period(tokens: Tokens, word: str, i: int, found: Read) -> Read | None:
    words = tokens.words
    days, end = found
    if words[end] in POSSESSIVE:
        return None  # "the toll of Sunday's ambush": the day alone is the time
    if word == "within" and days.rule == "window" and days.last and days.last > tokens.today:
        days = replace(days, first=tokens.today)
    if word == "for" and days.ongoing:
        days = replace(days, ongoing=False)
    if words[end] == "and" and word in ("in", "on") and (second := timed(tokens, end + 1)):
        both = joined(tokens, (i, end + 1), days, second[0])
        if both and second[0].precision == days.precision and second[0].rule == days.rule:
            return both, second[1]
    return _so_far(tokens, found) or (days, end)


def _beside_event(tokens: Tokens, i: int, *, window: bool) -> Read | None:
    """Read "the year before the takeover", "two weeks after the flood": beside an event that has a date.

    window  all of the days between are meant ("in the two weeks after"), not the day so far away.
    """
    words = tokens.words
    if _BESIDE.isdisjoint(words[i + 1 : i + 7]):
        return None
    j = tokens.skip(i, "the")
    length = tokens.length(j) or (tokens.one(j) if j > i else None)
    if length is None or words[length.end] not in _BESIDE or length.unit.base == "second":
        return None
    back = words[length.end] in ("before", "preceding", "prior")
    k = tokens.skip(length.end + 1, "to")
    found = _dated_event(tokens, k)
    if found is None or (first := found[0].first) is None or (last := found[0].last) is None:
        stop = None if timed(tokens, k) or clause_date(tokens, k) else event_noun(tokens, k)
        return (Days.unknown("event", "counted from an event that no date is known for"), stop) if stop else None
    event, end = found
    day = length.from_day(first if back else last, -1 if back else 1)
    precision = PRECISION.get(length.unit.name, Precision.DAY)
    begin = day if back else add_days(last, 1)
    close = add_days(first, -1) if back else day
    pair = (begin, close) if window or j > i else (day, day)
    days = Days.of(pair, precision, "event", f"counted from an event; {event.reason}", fixed=True)
    return replace(days, event=event.event), end


_BESIDE = frozenset(("before", "after", "following", "preceding", "prior"))


def _plain_length(tokens: Tokens, word: str, i: int) -> Read | None:
    """Read a length after "in" or "over": "in the two years before", "within ten days"; most have no days."""
    words = tokens.words
    k = tokens.skip(i, "the")
    if words[k : k + 2] == ["span", "of"]:
        k += 2
    if (length := tokens.length(k)) is None or (word == "over" and k == i):
        return None
    end = length.end
    if word == "in" and words[end] in ("'", "’") and words[end + 1] == "time":
        ahead = length.from_day(tokens.today, 1)
        reason = "counted on from the day of speaking"
        precision = PRECISION.get(length.unit.name, Precision.DAY)
        return Days(ahead, ahead, precision if ahead else Precision.UNKNOWN, "offset", reason, spoken=True), end + 2
    if words[end] == "since":
        if inner := _since(tokens, end + 1):  # "in the two years since the coup" is since the coup
            return inner
        if days := _since_then(tokens):
            return replace(days, precision=Precision.DAY), end + 1
    if word == "over":
        return None
    if (tokens.loose or tokens.future) and (ahead := length.from_day(tokens.today, 1)):
        first, reason = ahead if word == "in" else tokens.today, "counted on from the day of speaking"
        return Days(first, ahead, Precision.DAY, "offset", reason, spoken=True), end
    return Days.unknown("length", "a length of time that no day is given to count from"), end


def _bare(tokens: Tokens, i: int) -> Read | None:
    """Read an expression without a preposition; a lone month, year or season only where it is the whole text."""
    words = tokens.words
    if found := rate(tokens, i):
        return found
    if words[i][:1].isdecimal() and (after := tokens.clock(i)) and words[after] == "on":
        return None
    found = _beside_event(tokens, i, window=False) or ranged(tokens, i)
    if tokens.loose:
        return found or container(tokens, i)
    if found is None or found[0].rule == "range":
        return found
    days, end = found
    if so_far := _so_far(tokens, found):
        return so_far
    if words[end] == "and" and days.rule == "weekday" and (second := weekday(tokens, end + 1)):
        both = joined(tokens, (i, end + 1), days, second[0])
        return (both, second[1]) if both else found
    possessive = words[end] in POSSESSIVE
    lone = end == i + 1 and days.rule in ("month", "season", "year") and not (possessive and days.rule == "year")
    if lone or (days.rule == "clock" and words[i] in tokens.lexicon.moments):
        return None
    return days, end + possessive
