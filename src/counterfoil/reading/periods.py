"""Words that say when, as days.

`find` reads the time expressions of an article, `resolve` one expression on its own. Both are pure: the day of
publication is an argument, and no clock is read. The rules stand in files of their own, each using those before it:

  days         arithmetic on days; no words
  timewords    tokens, the lexicon, numbers, lengths and times of day
  events       the table of dated events
  dates        what the calendar names: "Wednesday, November 8", "March", "the 1990s"
  relatives    what counts from the day of speaking or a period named before: "in the past two years", "that week"
  parts        parts of a period: "mid-March", "the first six months of 2024"
  timepoints   times of day, "two days after ...", ranges
  timephrases  prepositions and events: "since the takeover", "by March", "so far"
  utterances   the day on which something was said

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

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from counterfoil.reading import utterances
from counterfoil.reading.days import Before, Days
from counterfoil.reading.events import Event, Events, Mentions, load_events, named, own_events, shipped_events
from counterfoil.reading.model import Period, Precision
from counterfoil.reading.timephrases import expression
from counterfoil.reading.timewords import DASHES, POSSESSIVE, TOKEN, Tokens, lexicon
from counterfoil.spans import Span

__all__ = [
    "Event",
    "Events",
    "Time",
    "find",
    "load_events",
    "resolve",
    "shipped_events",
    "utterance_days",
]


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


def resolve(words: str, utterance: date) -> Period:
    """Return the days that one expression means, said on `utterance`.

    words     the expression alone ("the past two years", "next week"); its end may be followed by anything.
    Returns   no days, and the reason, where the words are no time expression or leave the days open.
    """
    found = expression(Tokens(TOKEN.findall(words[:400]), utterance, loose=True), 0)
    if found is None:
        return Period.unknown("no time expression that is understood")
    return _close(found[0], utterance, future=None)


def find(text: str, published: date | None, *, events: Events | None = None) -> tuple[Time, ...]:
    """Return the time expressions of an article, in text order, none overlapping.

    published  day of publication; without it only what the words date themselves has days.
    events     dated events to lean on; those that the package ships if not given.
    """
    article = _Article(text, published, events or shipped_events())
    drafts = list(_drafts(article))
    exact = (d for d in drafts if d.days.precision is Precision.DAY and not d.days.open_start)
    own = own_events(article.tokens.words, ((d.first, d.end, d.days.first) for d in exact))
    said = [(d.span, utterances.day_said(text, d.span, d.days.rule, d.days.first, d.days.last)) for d in drafts]
    times = []
    for n, draft in enumerate(drafts):
        days, spoken_on = draft.days, published
        if days.spoken or days.window or days.open_end:
            day = utterances.around(text, draft.span, said, n, n + 1)
            told_before = day and days.first and days.open_end and day <= days.first
            if day and not told_before and utterances.recent(day, published):
                spoken_on = day
        dateless_event = own and days.rule == "event" and days.first is None
        if dateless_event or spoken_on != published:
            days = _again(article, draft, spoken_on, own)
        period = _close(days, spoken_on, future=draft.looks_ahead)
        times.append(Time(draft.span, period, days.window, days.event, f"periods.{days.rule}@1"))
    return tuple(times)


def utterance_days(
    text: str, spans: Sequence[Span], times: Sequence[Time], published: date | None
) -> tuple[date | None, ...]:
    """Return for each span the day on which what stands there was said, as the text dates it; else of publication.

    times  what `find` returned for `text`. A day counts that follows a word of saying ("told reporters on
           Wednesday", "in a press conference on Wednesday, November 8, ...") in the same paragraph and not far off.
    """
    said = []
    for time in times:
        rule, period = time.by.removeprefix("periods.").removesuffix("@1"), time.period
        said.append((time.span, utterances.day_said(text, time.span, rule, period.first, period.last)))
    return utterances.days(text, spans, said, published)


SO_FAR = "up to the day of speaking"  # ends the reason of a period that goes on, and is cut there


def _close(days: Days, spoken_on: date | None, *, future: Callable[[], bool | None] | None) -> Period:
    """Return the period: the day of speaking ends what the words leave open, and what is still going on.

    future  tells whether the clause looks ahead; None for an expression on its own, which stays whole.
    """
    first, last, reason = days.first, days.last, days.reason
    if spoken_on is None and not days.fixed:
        first, last, reason = None, None, "the day of publication is not known"
    elif spoken_on is not None and days.open_end and last is None:
        if first is None:
            last = spoken_on if days.open_start else None
        elif first <= spoken_on:
            last = spoken_on
        else:
            reason = f"{reason}; it begins after the day of speaking"
    running = days.ongoing or days.rule == "year"
    if running and spoken_on and first and last and first <= spoken_on < last and future and not future():
        last, reason = spoken_on, f"{reason}; {SO_FAR}"
    if first and last and last < first:
        first, last, reason = None, None, "it would end before it begins"
    return Period(first, last, days.precision, reason, days.open_start, days.open_end)


# -- reading an article


class _Article:
    """The tokens of an article, and where they stand."""

    def __init__(self, text: str, published: date | None, events: Events) -> None:
        found = [(token[0], token.start()) for token in TOKEN.finditer(text)]
        self.text = text
        self.starts = [start for _, start in found]
        self.tokens = Tokens([word for word, _ in found], published or date(2000, 1, 1))
        mentions = Mentions(text)
        words = self.tokens.words
        self.tokens.named = lambda i: named(words, i, events, mentions, published)
        if not _FISCAL.isdisjoint(words):
            self.tokens.fiscal = self._fiscal

    def _fiscal(self, i: int) -> int | None:
        """Return the first month of the fiscal year meant at a token: of the states named right before, else of all."""
        end = self.starts[i]
        near = {month for at, month in self._states if end - BESIDE <= at < end}
        months = near or {month for _, month in self._states}
        return months.pop() if len(months) == 1 else None

    @cached_property
    def _states(self) -> list[tuple[int, int]]:
        """Return where states are named whose fiscal year is known, with its first month."""
        lower = self.text.lower()
        return [
            (match.start(), month)
            for name, month in lexicon().fiscal.items()
            for match in re.finditer(rf"\b{re.escape(name)}", lower)
        ]

    @cached_property
    def verbs(self) -> list[tuple[int, int, bool | None]]:
        """Return the verbs with their ends, and whether they look ahead, back, or back if none else tells (None)."""
        words, known = self.tokens.words, lexicon().verbs
        found: list[tuple[int, int, bool | None]] = []
        for k in [k for k, word in enumerate(words) if word in known or word[-2:] == "ed"]:
            phrases = known.get(words[k], (((words[k],), None),))
            meant = next((p for p in phrases if tuple(words[k : k + len(p[0])]) == p[0]), None)
            if meant and not (found and self.starts[k] < found[-1][1]):
                found.append((self.starts[k], self.end(k + len(meant[0]) - 1), meant[1]))
        return found

    def end(self, token: int) -> int:
        return self.starts[token] + len(self.tokens.raw[token])


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Draft:
    """An expression as first read: its tokens from `first` up to, not including, `end`, and what was named before."""

    first: int
    end: int
    span: Span
    days: Days
    looks_ahead: Callable[[], bool | None]
    recent: Sequence[Before]


_FISCAL = frozenset(("fiscal", "financial", "fy"))
BESIDE = 160  # characters before a fiscal year in which the state that it is of may be named: a sentence
_LOOSE_STARTS = frozenset((",", ".", "and", "'", "’", *DASHES, *POSSESSIVE))
_LOOSE_ENDS = frozenset((",", ".", *DASHES, "of", "in"))
_REMEMBERED = 8  # periods named before


def _drafts(article: _Article) -> Iterator[_Draft]:
    """Read the expressions from left to right; each may lean on those before it."""
    tokens = article.tokens
    words, core, today = tokens.words, lexicon().core, tokens.today
    done = 0  # the first token not yet part of an expression
    reach: dict[int, int] = {}  # how far what was read from a token went, so that nothing is read twice
    recent: list[Before] = []
    told = 0  # where the last period named ends
    for index in range(len(article.starts)):
        word = words[index]
        if index < done or (word not in core and (word[0] not in "0123456789" or not _dates(word))):
            continue
        first = _leftmost(tokens, index, done)
        if recent and _far(article, told, article.starts[first]):
            recent = []
        looks_ahead = partial(_looks_ahead, article, first, index)
        tokens.tense, tokens.recent = looks_ahead, recent
        for k in range(first, index + 1):
            if reach.get(k, index + 1) <= index:
                continue
            found = expression(tokens, k)
            reach[k] = found[1] if found else 0
            if found is None or found[1] <= index:
                continue
            days, end = found
            while words[end - 1] in _LOOSE_ENDS:
                end -= 1
            if end <= index:
                continue
            span = Span(article.starts[k], article.end(end - 1))
            yield _Draft(k, end, span, days, looks_ahead, recent)
            done = end
            reach.clear()
            last = days.last or (today if days.open_end and days.first and days.first <= today else None)
            if days.first and last and days.rule not in ("now", "rate") and not tokens.future:
                recent = [*recent[1 - _REMEMBERED :], Before(days.first, last, days.precision)]
                told = span.end
            break


def _far(article: _Article, before: int, start: int) -> bool:
    """Say whether more than a paragraph, or much text, stands between a period and what may lean on it."""
    between = article.text[before:start]
    return len(between) > _LEANING or len(_PARAGRAPH.findall(between)) > 1


_LEANING = (
    600  # code points; with this limit and the one on paragraphs no period of the train articles is read otherwise
)
_PARAGRAPH = re.compile(r"\n\s*")


def _again(article: _Article, draft: _Draft, spoken_on: date | None, own: dict[str, date | None]) -> Days:
    """Read a draft again, as spoken on another day or with the article's own events known."""
    tokens = article.tokens.said_on(spoken_on or article.tokens.today)
    tokens.tense, tokens.recent, tokens.own = draft.looks_ahead, draft.recent, own
    found = expression(tokens, draft.first)
    return found[0] if found else draft.days


def _dates(word: str) -> bool:
    """Say whether a token that begins with a digit may date something: a year, "13th", "04:12", "2023-11-08"."""
    if len(word) == 4 and word.isdecimal():
        return word[0] in "12"
    return (len(word) > 2 and not word[-1].isdecimal()) or any(mark in word for mark in ":/-") or word.count(".") == 2


def _leftmost(tokens: Tokens, index: int, done: int) -> int:
    """Return the position of the first token that may belong to the expression whose core stands at `index`."""
    first = index
    words, lead, ordinals = tokens.words, tokens.lexicon.lead, tokens.lexicon.ordinals
    while first > done and index - first < 10:
        word = words[first - 1]
        listed = word == "," and words[first] in ordinals and first > 1 and words[first - 2] in ordinals
        if not (listed or word in lead or word[0].isdecimal()):
            break
        first -= 1
    while first < index and words[first] in _LOOSE_STARTS:
        first += 1
    return first


# -- the clause around an expression

_BEFORE, _AFTER = 70, 60  # code points that are searched for its verb
_BREAK = re.compile(r"[.,;:!?](?=\s)|[\n\"“”]")
_STOP = re.compile(r"[.;!?](?=\s)|[\n\"“”]")


def _looks_ahead(article: _Article, first: int, last: int) -> bool | None:
    """Say whether the clause around tokens `first` to `last` speaks of what is to come; None where no verb tells.

    The last telling verb before them counts, else the first one after them.
    """
    text, verbs = article.text, article.verbs
    start, end = article.starts[first], article.end(last)
    least = max(0, start - _BEFORE)
    least = max((found.end() for found in _BREAK.finditer(text, least, start)), default=least)
    looks: bool | None = None
    for _, verb_end, ahead in verbs[bisect_left(verbs, (least,)) : bisect_left(verbs, (start,))]:
        if verb_end <= start and (ahead is not None or looks is None):
            looks = ahead is True
    if looks is not None:
        return looks
    stop = _STOP.search(text, end, end + _AFTER)
    after = bisect_left(verbs, (end,))
    if after < len(verbs) and verbs[after][1] <= (stop.start() if stop else end + _AFTER):
        return verbs[after][2] is True
    return None
