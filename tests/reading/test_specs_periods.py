"""The published parser cases of Recognizers-Text, against `resolve`; skipped where they are not at hand.

A case counts where it states a calendar date or period in words that news uses. It passes if either of its readings
(past or coming) is ours: which of the two is meant hangs on the tense, and an expression alone has none. Their periods
end the day after the last; where a range names its last year or month, they end before it and we with it.
"""

import calendar
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from counterfoil.reading import periods

CASES = Path(__file__).resolve().parents[3] / "shared" / "specs" / "recognizers-text"
FLOOR = 0.91

# What we read otherwise on purpose, and why; each pattern is matched against the whole expression. Cases that we
# merely fail ("two sundays from now", "in four business days") are not here: they count as missed.
DISAGREEMENTS = {
    r"(the )?(first|second|third|last) week (of )?.*": "they count ISO weeks; articles, days 1 to 7, 8 to 14",
    r"(late|early|mid) .*|.*\b(end|beginning|start|middle) of .*": "they cut in halves, articles in thirds; "
    "and 'the end of June' is its last day",
    r".*decades?": "they count whole decades; 'the past two decades' ends with the day of speaking",
    r"the last day|past day": "a window of 24 hours touches two days",
    r"(a |past )?few .*": "'a few' is no number, so no day is chosen",
    r"\d+[-/]\d+[-,]\d+": "day and month could be exchanged: no day is chosen",
    r"from \d+/\d+ to \d+/\d+": "day and month could be exchanged: no day is chosen",
    r".*Wed, 22 of Jan": "the weekday agrees with neither of their years",
    r"last sept": "in articles 'last September', said in November, is that of the same year",
    r".* (hence|in the future)": "the day counted to, not the days until it",
}


def _cases() -> list[tuple[str, date, list[tuple[str, str, bool]]]]:
    found = []
    for name in ("DateParser.json", "DatePeriodParser.json"):
        for case in json.loads((CASES / name).read_text("utf-8-sig")):
            reference = (case.get("Context") or {}).get("ReferenceDateTime")
            for result in case["Results"]:
                readings = []
                for key in ("FutureResolution", "PastResolution"):
                    days = (result.get("Value") or {}).get(key) or {}
                    if "date" in days:
                        readings.append((days["date"], days["date"], False))
                    elif days.get("startDate") and days.get("endDate"):
                        readings.append((days["startDate"], days["endDate"], True))
                if reference and readings:
                    found.append((result["Text"], date.fromisoformat(reference[:10]), readings))
    return found


def _ends(text: str, last: date, *, exclusive: bool) -> set[date]:
    ends = {last}
    if exclusive:
        ends.add(last - timedelta(days=1))
    if exclusive and re.search(r"\b(to|until|through|and)\b|-", text):
        ends.add(last + timedelta(days=6))  # to the end of the week named last
        ends.add(date(last.year, last.month, calendar.monthrange(last.year, last.month)[1]))
        ends.add(date(last.year, 12, 31))
    return ends


def _agrees(text: str, day: date, readings: list[tuple[str, str, bool]]) -> bool:
    period = periods.resolve(text, day)
    for first, last, exclusive in readings:
        if first.startswith("0001"):  # their mark for a day that the calendar lacks
            if period.first is None:
                return True
        elif period.first == date.fromisoformat(first) and period.last in _ends(
            text, date.fromisoformat(last), exclusive=exclusive
        ):
            return True
    return False


@pytest.mark.skipif(not CASES.is_dir(), reason="the published parser cases are not here")
def test_most_published_cases_are_read_as_published() -> None:
    stated = [c for c in _cases() if not any(re.fullmatch(p, c[0]) for p in DISAGREEMENTS)]
    missed = [c for c in stated if not _agrees(*c)]
    assert len(stated) > 250
    assert len(missed) <= (1 - FLOOR) * len(stated), "\n".join(f"{c[0]!r} on {c[1]}" for c in missed)


@pytest.mark.skipif(not CASES.is_dir(), reason="the published parser cases are not here")
@pytest.mark.parametrize("pattern", DISAGREEMENTS)
def test_every_disagreement_still_disagrees(pattern: str) -> None:
    matched = [c for c in _cases() if re.fullmatch(pattern, c[0])]
    assert any(not _agrees(*c) for c in matched), DISAGREEMENTS[pattern]
