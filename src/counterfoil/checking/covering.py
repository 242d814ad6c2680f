"""How much of a figure's time an edition covers, alone or continued by its publisher's monthly sums. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from counterfoil.checking.counting import profile_of
from counterfoil.checking.datasets.model import Edition
from counterfoil.checking.matches import Match, Mismatch
from counterfoil.comparing import axes
from counterfoil.comparing.axes import Outcome, Profile
from counterfoil.comparing.wording import day_words, window_words
from counterfoil.reading.model import Figure, Kind, Precision

SHARES_OF_A_WINDOW = 0.98  # a claim's window is covered where all but 2% of its days are, as two windows are one then
NEWEST_STATE_DAYS = 2 * 366  # a yearly state is brought out within the next year and stands until the one after it
COVERED_ENOUGH = 0.05  # of the claim's days: below, a source's part of the window tells nothing of the whole


def coverage(edition: Edition) -> tuple[date, date] | None:
    """Return the first and last day that the edition can answer for."""
    first = edition.covered_since or edition.dataset.time.since or edition.first
    last = edition.covered_until or edition.last
    return None if first is None or last is None or last < first else (first, last)


def window_covered(
    figure: Figure, claim: Profile, covered: tuple[date, date], *, yearly: bool = False
) -> Outcome | Mismatch:
    """Say how much of the claim's window the edition covers.

    yearly  a state is counted once a year, as at its middle: it is that of the year.
    """
    first, last = claim.first, claim.last
    span = f"the edition covers {window_words(*covered)}"
    if figure.kind is Kind.STOCK or (claim.kind is Kind.STOCK and figure.kind is not Kind.CHANGE):
        day = claim.last or claim.as_of
        if day is None:
            return Outcome(axes.UNKNOWN, "no day is stated", exact=False)
        if yearly and claim.last is None and covered[1] < day <= covered[1] + timedelta(NEWEST_STATE_DAYS):
            return Outcome(axes.UNKNOWN, f"no day is stated, and the newest state is of {day_words(covered[1])}", False)
        if yearly and day.year == covered[1].year and claim.first is not None and claim.first <= covered[1]:
            day = min(day, covered[1])
        if not covered[0] <= day <= covered[1] + timedelta(axes.STOCK_SLACK_DAYS):
            return Mismatch("window", f"{span}, and the claim is of {day_words(day)}")
        return Outcome(axes.SAME, f"{day_words(day)}: {span}", exact=claim.last is not None)
    if first is None or last is None:
        day = claim.as_of or last
        if day is not None and first is None and day < covered[0]:
            return Mismatch("window", f"{span}, and the claim is of {day_words(day)}")
        return Outcome(axes.UNKNOWN, f"the words state no window; {span}", exact=False)
    days = (last - first).days + 1
    shared = (min(last, covered[1]) - max(first, covered[0])).days + 1
    if shared < max(1, COVERED_ENOUGH * days):
        return Mismatch("window", f"{span}, and the claim is of {window_words(first, last)}")
    if shared >= SHARES_OF_A_WINDOW * days:
        return Outcome(axes.SAME, f"{window_words(first, last)}: {span}", exact=shared == days)
    return Outcome(axes.CONTAINS, f"of {window_words(first, last)} the edition covers {shared} of {days} days")


def continued_by_month(figure: Figure, claim: Profile, matches: Sequence[Match]) -> list[Match]:
    """Return the matches by day that end before the claim's window does, continued by the publisher's monthly sums."""
    if figure.kind not in (Kind.CHANGE, Kind.FLOW):
        return []
    found: list[Match] = []
    for one in matches:
        if one.outcomes["window"].word != axes.CONTAINS or one.edition.dataset.time.precision is not Precision.DAY:
            continue
        record = profile_of(one.edition.dataset, one.indicator)
        after = [
            other
            for other in matches
            if other.edition.dataset.time.precision is Precision.MONTH and other.filters == one.filters
            if other.covered[0] <= one.covered[1] < other.covered[1] and other.chosen == one.chosen
            if set(one.edition.dataset.names) & set(other.edition.dataset.names)
            if _alike_in_all(record, profile_of(other.edition.dataset, other.indicator))
        ]
        if not after:
            continue
        longest = max(after, key=lambda m: m.covered[1])
        covered = one.covered[0], longest.covered[1]
        when = window_covered(figure, claim, covered)
        if isinstance(when, Mismatch):
            continue
        dataset = longest.edition.dataset
        line = (
            f"from {day_words(one.covered[1] + timedelta(1))} on: {dataset.name}, {longest.edition.name}, by the month"
        )
        outcomes = {**one.outcomes, "window": when}
        joined = replace(one, outcomes=outcomes, covered=covered, continued_by=longest, reasons=(*one.reasons, line))
        found.append(joined)
    return found


def _alike_in_all(one: Profile, other: Profile) -> bool:
    return (one.code, one.unit, one.kind, one.context, one.restricted) == (
        *(other.code, other.unit, other.kind, other.context, other.restricted),
    )
