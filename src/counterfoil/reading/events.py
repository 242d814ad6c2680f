"""Dated events that expressions lean on: "since the takeover".

`lexicon/events.csv` is the shipped table; users add tables of their own (docs/events.md). A name of its own ("2004
tsunami") counts everywhere, a generic one ("earthquake") only near the event's time, in an article that names its
place. An article dates events of its own, too: "the operation, launched on 17 March".
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import islice, pairwise
from pathlib import Path

from counterfoil.errors import DatasetError, InputError
from counterfoil.reading.days import Days
from counterfoil.reading.model import Precision
from counterfoil.reading.timewords import POSSESSIVE, Phrase, Read, lexicon, tokens_of

_NEEDED = ("key", "first", "names")
_COLUMNS = (*_NEEDED, "last", "place", "context", "generic", "within", "source")


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
    phrases: dict[str, tuple[tuple[Phrase, Event, bool], ...]]

    @classmethod
    def of(cls, rows: Iterable[Event]) -> "Events":
        """Index `rows`; the longest phrase stands first."""
        phrases: dict[str, list[tuple[Phrase, Event, bool]]] = {}
        kept = tuple(rows)
        for event in kept:
            for generic, group in ((False, event.names), (True, event.generic)):
                for words in filter(None, map(tokens_of, group)):
                    phrases.setdefault(words[0], []).append((words, event, generic))
        return cls(kept, {first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in phrases.items()})

    def and_more(self, other: "Events") -> "Events":
        """Return these events and `other`'s; a key given twice means the later row."""
        merged = {event.key: event for event in self.rows} | {event.key: event for event in other.rows}
        return Events.of(merged.values())


def load_events(paths: Sequence[Path] = ()) -> Events:
    """Return the shipped events with the user's own behind them; a key given again means the later row.

    paths   CSV files in UTF-8 with the columns of docs/events.md.
    Raises  InputError if a file cannot be read, DatasetError with all faults of all files at once.
    """
    events, faults = shipped_events(), []
    for path in paths:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot read the events: {error}", str(path), "give a CSV file in UTF-8") from error
        rows, wrong = _rows(text)
        faults += [f"{path.name}, {fault}" for fault in wrong]
        events = events.and_more(Events.of(rows))
    if faults:
        counted = f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in the events:"
        mend = "mend the cells named above; docs/events.md says what each column takes"
        raise DatasetError("\n".join([counted, *faults]), ", ".join(path.name for path in paths), mend)
    return events


@cache
def shipped_events() -> Events:
    """Return the events that the package ships."""
    table = resources.files("counterfoil.reading").joinpath("lexicon", "events.csv")
    rows, faults = _rows(table.read_text("utf-8"))
    assert not faults, faults
    return Events.of(rows)


def _rows(text: str) -> tuple[list[Event], list[str]]:
    """Return the events of a table, and what is wrong with it: line, column, and what to do."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    rows: list[Event] = []
    faults: list[str] = []
    header: list[str] | None = None
    try:
        for cells in reader:
            if header is None:
                header = [cell.strip() for cell in cells]
                faults += [f"line 1: no column {c!r}: add it" for c in _NEEDED if c not in header]
                faults += [f"line 1: no column is called {c!r}: take it out" for c in header if c not in _COLUMNS]
                if faults:
                    break
            elif len(cells) > len(header):
                faults.append(f"line {reader.line_num}: more cells than columns: put quotes around a cell with a comma")
            elif any(cell.strip() for cell in cells):
                row = dict.fromkeys(_COLUMNS, "") | dict(zip(header, map(str.strip, cells), strict=False))
                event, wrong = _event(row)
                faults += [f"line {reader.line_num}, {fault}" for fault in wrong]
                rows += [event] if event else []
    except csv.Error as error:
        faults.append(f"line {reader.line_num}: {error}: double the quotes inside a quoted cell, and close it")
    if header is None:
        faults.append(f"the table is empty: give it a header line with {', '.join(_NEEDED)}")
    return rows, faults


def _event(row: dict[str, str]) -> tuple[Event | None, list[str]]:
    """Return the event of a row, or None and what is wrong with its cells."""
    faults: list[str] = []

    def day(column: str) -> date | None:
        try:
            return date.fromisoformat(row[column])
        except ValueError:
            faults.append(f"{column}: {row[column]!r} is no day: write it as YYYY-MM-DD")
            return None

    def parts(column: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in row[column].split(";") if word.strip())

    first = day("first")
    last = day("last") if row["last"] else first
    names, generic, context = parts("names"), parts("generic"), parts("context")
    if not row["key"]:
        faults.append("key: empty: give the event a name of its own")
    if first and last and last < first:
        faults.append("last: the event ends before it begins")
    if not names and not generic:
        faults.append("names: no words: write the phrases that name the event, a semicolon between two")
    if generic and not context:
        faults.append("context: empty: generic phrases need words that the article must hold, too")
    if not (row["within"] or "0").isascii() or not (row["within"] or "0").isdecimal() or len(row["within"]) > 6:
        faults.append(f"within: {row['within']!r} is no number of days: write digits, or nothing")
    if faults or first is None or last is None:
        return None, faults
    within = int(row["within"] or 0)
    return Event(row["key"], first, last, row["place"], context, names, generic, within, row["source"]), []


class Mentions:
    """How often an article's words begin so; counted when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lower: str | None = None
        self._counts: dict[str, int] = {}

    def of(self, word: str) -> int:
        """Count how often words begin so, whatever their case; up to two, which is all that is asked."""
        if word not in self._counts:
            if self._lower is None:
                self._lower = self._text.lower()
            found = re.finditer(rf"\b{re.escape(word.lower())}", self._lower)
            self._counts[word] = sum(1 for _ in islice(found, 2))
        return self._counts[word]


def named(words: list[str], i: int, events: Events, mentions: Mentions, published: date | None) -> Read | None:
    """Read the event of the table that the words at `i` name, the longest phrase first; no days where two fit."""
    matches: dict[int, dict[str, Event]] = {}
    for phrase, event, generic in events.phrases.get(words[i], ()):
        size = len(phrase)
        if tuple(words[i : i + size]) == phrase and _fits(event, generic, mentions, published):
            matches.setdefault(size, {})[event.key] = event
    if not matches:
        return None
    size, found = next(iter(matches.items()))
    if len(found) > 1:
        several = f"several dated events are named so: {', '.join(sorted(found))}"
        return Days.unknown("event", several, fixed=True), i + size
    (event,) = found.values()
    reason = f"{event.key.replace('-', ' ')}: {event.first} ({event.place or 'world'})"
    return Days(event.first, event.last, Precision.DAY, "event", reason, event=event.key, fixed=True), i + size


def _fits(event: Event, generic: bool, mentions: Mentions, published: date | None) -> bool:
    """Say whether the article may mean the event: it is past, and a generic phrase is near its time and place."""
    if published is not None and event.first > published:
        return False
    if not generic:
        return True
    if published is None or (event.within and (published - event.last).days > event.within):
        return False
    return sum(map(mentions.of, event.context)) > 1


# -- events that the article dates itself

_BEFORE_DATE = frozenset("late early in on of at the before after dawn night morning".split())
_BEFORE_VERB = frozenset("which that was were had has been is it first officially suddenly and".split())
_BEGINNING = frozenset("launched began started commenced opened".split())
_ANNOUNCING = frozenset(("announced", "declared"))  # what is announced may begin on another day
_SEVERAL = frozenset("another second third separate different similar other previous earlier".split())
_SENTENCE = 14  # tokens of its sentence that are looked at before a date, and after it


def own_events(words: Sequence[str], days: Iterable[tuple[int, int, date | None]]) -> dict[str, date | None]:
    """Return the days of events that the article dates itself, by noun; None where it may speak of two such events.

    days  first token, token after the last, and the day of each expression that tells one day.
    """
    own: dict[str, date | None] = {}
    for first, end, day in days:
        if day and (noun := _noun_dated(words, first, end)):
            own[noun] = day if own.get(noun, day) == day else None
    if own:
        for before, word in pairwise(words):
            if word in own and before in _SEVERAL:
                own[word] = None
    return own


def _noun_dated(words: Sequence[str], first: int, end: int) -> str:
    """Return the event noun that a day dates: "Monday's raid", "the raid, which began early on Monday", or none."""
    nouns = lexicon().event_nouns
    if words[end - 1] in POSSESSIVE:
        return words[end] if words[end] in nouns else ""
    start = max(0, first - _SENTENCE)
    if first == 0 or words[first - 1] in (".", "”", '"') or words[first - 1].isspace():
        return _noun_begun(words[end : end + _SENTENCE])
    before = [word for word in words[start:first] if word != ","]
    if nouns.isdisjoint(before):
        return ""
    _drop(before, _BEFORE_DATE, 3)
    agent = _last(before, ("by",))  # "launched by the ministry on Monday"
    size = _verb_at(before, agent) if agent else 0
    if agent and size:
        del before[agent:]
    else:
        size = _verb_at(before, len(before))
    del before[len(before) - size :]
    clause = _last(before, ("which", "that"))  # "the operation, which the army launched on Monday"
    if size and clause:
        del before[clause:]
    _drop(before, _BEFORE_VERB, 4)
    return before[-1] if before and before[-1] in nouns else ""


def _noun_begun(after: Sequence[str]) -> str:
    """Return the noun of "(on Monday) the ministry launched a new operation"; none where a clause ends before it."""
    verb = next((n for n, word in enumerate(after) if word in _BEGINNING or word in (".", ";") or word.isspace()), None)
    if verb is None or after[verb] not in _BEGINNING:
        return ""
    return next((word for word in after[verb + 1 : verb + 5] if word in lexicon().event_nouns), "")


def _verb_at(words: Sequence[str], end: int) -> int:
    """Return how many of the words up to `end` are a verb by which an event begins or happens."""
    if words[end - 1] in _ANNOUNCING:
        return 0
    return next((n for n in (3, 2, 1) if tuple(words[max(0, end - n) : end]) in lexicon().event_verbs), 0)


def _last(words: Sequence[str], wanted: tuple[str, ...]) -> int | None:
    """Return the position of the last of the wanted words among the last seven."""
    return next((n for n in range(len(words) - 1, max(-1, len(words) - 8), -1) if words[n] in wanted), None)


def _drop(words: list[str], loose: frozenset[str], most: int) -> None:
    while most and words and words[-1] in loose:
        words.pop()
        most -= 1
