"""Read texts with another library: texts in, what it found out, as JSON. Runs in an environment of its own.

    .venv-peers/bin/python eval/peers.py {quantulum3|recognizers|text2num|dateparser|dateparser-ngram} {numbers|times}

in   {"texts": [[text, "YYYY-MM-DD"], ...], "runs": passes over all texts to be timed, after one that warms caches,
     "limit_s": no further pass once they have taken so long}
out  {"version": ..., "found": for each text [[start, end, readings], ...], "failed": texts on which it raised,
     "seconds": [...]}. A reading of a number is its value, of a time its first and last day (null where left open).
Each library is used as its documentation says; the settings chosen are those that suit news best.
"""

import json
import re
import sys
import time
import warnings
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from importlib.metadata import version
from typing import Any

Found = list[tuple[int, int, list[Any]]]
Reader = Callable[[str, str], Found]


def quantulum3() -> Reader:
    """Return a reader of numbers: `parser.parse`, whose spans hold the unit too. Its unit classifier is not needed."""
    from quantulum3 import parser

    return lambda text, day: [(*q.span, [q.value]) for q in parser.parse(text)]


def text2num() -> Reader:
    """Return a reader of numbers in letters: `find_numbers` over words and marks, down to zero."""
    from text_to_num import find_numbers

    class Word:
        def __init__(self, match: re.Match[str]) -> None:
            self.match = match

        def text(self) -> str:
            return self.match.group()

        def nt_separated(self, previous: "Word") -> bool:
            return False

        def not_a_number_part(self) -> bool:
            return False

    def read(text: str, day: str) -> Found:
        words = [Word(m) for m in re.finditer(r"\w+(?:-\w+)*|[^\w\s]", text)]
        numbers = find_numbers(words, "en", threshold=0)
        return [(words[n.start].match.start(), words[n.end - 1].match.end(), [n.value]) for n in numbers]

    return read


def recognizers_numbers() -> Reader:
    """Return a reader of numbers: `recognize_percentage`, and `recognize_number` where that found nothing."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_text import Culture

    def value(found: Any) -> list[float]:
        return [float(v.rstrip("%"))] if (v := (found.resolution or {}).get("value")) else []

    def read(text: str, day: str) -> Found:
        shares = [(r.start, r.end + 1, value(r)) for r in recognize_percentage(text, Culture.English)]
        numbers = [(r.start, r.end + 1, value(r)) for r in recognize_number(text, Culture.English)]
        return shares + [n for n in numbers if not any(s[0] < n[1] and n[0] < s[1] for s in shares)]

    return read


def recognizers_times() -> Reader:
    """Return a reader of times: `recognize_datetime` from a reference; its ends are the day after the last."""
    from recognizers_date_time import recognize_datetime
    from recognizers_text import Culture

    def days(value: dict[str, str]) -> tuple[str | None, str | None] | None:
        kind, point = value.get("type", ""), value.get("value", "")
        if kind in ("date", "datetime") and re.match(r"\d{4}-", point):
            return point[:10], point[:10]
        if kind not in ("daterange", "datetimerange") or not ("start" in value or "end" in value):
            return None
        first, last = value.get("start", "")[:10] or None, value.get("end", "")[:10] or None
        if kind == "daterange" and last and last > (first or ""):
            last = (date.fromisoformat(last) - timedelta(days=1)).isoformat()
        return first, last

    def read(text: str, day: str) -> Found:
        found = recognize_datetime(text, Culture.English, reference=datetime.fromisoformat(day))
        values = [(r.start, r.end + 1, (r.resolution or {}).get("values") or []) for r in found]
        return [(start, end, [d for v in vs if (d := days(v))]) for start, end, vs in values]

    return read


def dateparser(strategy: str = "split") -> Reader:
    """Return a reader of times: `search_dates` from a base, past days first; months and years are taken whole.

    With time spans it tells, behind the words themselves, that they start and end on days: "last month (start)".
    """
    from dateparser.search import search_dates

    def days(point: datetime, period: str) -> tuple[str, str]:
        first = last = day = point.date()
        if period == "month":
            first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
        elif period == "year":
            first, last = date(day.year, 1, 1), date(day.year, 12, 31)
        elif period == "week":
            first = day - timedelta(days=day.weekday())
            last = first + timedelta(days=6)
        return first.isoformat(), last.isoformat()

    def read(text: str, day: str) -> Found:
        base = datetime.fromisoformat(day)
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "RETURN_TIME_SPAN": True}
        found: Found = []
        place = 0
        first = ""
        for words, point, period in search_dates(text, ["en"], settings, strategy=strategy, add_period=True) or []:
            if words.endswith(" (start)"):
                first = point.date().isoformat()
                continue
            spanned = words.removesuffix(" (end)")
            start = text.find(spanned, 0 if spanned != words else place)  # it tells the words, not where they stand
            if start < 0:
                continue
            if spanned != words:
                found.append((start, start + len(spanned), [(first, point.date().isoformat())]))
            else:
                place = start + len(words)
                found.append((start, place, [days(point, period)]))
        return found

    return read


READERS: dict[tuple[str, str], tuple[str, Callable[[], Reader]]] = {
    ("quantulum3", "numbers"): ("quantulum3", quantulum3),
    ("text2num", "numbers"): ("text2num", text2num),
    ("recognizers", "numbers"): ("recognizers-text-suite", recognizers_numbers),
    ("recognizers", "times"): ("recognizers-text-suite", recognizers_times),
    ("dateparser", "times"): ("dateparser", dateparser),
    ("dateparser-ngram", "times"): ("dateparser", partial(dateparser, "ngram")),
}


def main(name: str, task: str) -> None:
    """Read what stands on stdin and write what was found to stdout."""
    warnings.simplefilter("ignore")
    package, make = READERS[name, task]
    order = json.load(sys.stdin)
    read = make()
    found: list[Found] = []
    failed = 0
    for text, day in order["texts"]:
        try:
            found.append(read(text, day))
        except Exception:  # noqa: BLE001 - that a library raises on a text is one of its results
            found.append([])
            failed += 1
    seconds: list[float] = []
    while len(seconds) < order["runs"] and sum(seconds) < order["limit_s"]:
        begin = time.process_time()
        for text, day in order["texts"]:
            try:
                read(text, day)
            except Exception:  # noqa: BLE001 - as above
                continue
        seconds.append(time.process_time() - begin)
    json.dump({"version": version(package), "found": found, "failed": failed, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
