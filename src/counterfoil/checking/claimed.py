"""What a figure's words claim, as numbers and days that a surface can be asked for. Pure."""

import math
import re
from dataclasses import dataclass
from datetime import date

from counterfoil.checking.references.pairs import as_percent
from counterfoil.checking.stated import from_alone, plainly_two, two_windows
from counterfoil.checking.surface.tasks import Claims, Ends
from counterfoil.comparing.axes import Profile
from counterfoil.comparing.intervals import allowed, grains
from counterfoil.reading.model import Direction, Figure, Kind, Period

MOST_FALL = 100  # percent: nothing that is counted can fall by more
DAYS_OF_A_MONTH = 30.44  # 365.25 / 12
LENGTH_SLACK_DAYS = 3  # "the past 24 months" may end a day or two before the day of the words
_SINCE = re.compile(r"\s*(?:ever\s+)?(?:after|since|following|from the time)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:past|last|previous|recent|preceding)\b", re.IGNORECASE)
# Words of a window that fix no day: "early 2023"; and "2022/23", which may be one fiscal year or two calendar years.
_LOOSELY = re.compile(
    r"\b(?:early|mid|middle|late|later|beginning|start|around|about|roughly|spring|summer|autumn|fall|winter|season)\b"
    r"|\b\d{4}\s?[/–-]\s?\d{2}(?!\d)|\b\d{4}\s?/\s?\d{4}",
    re.IGNORECASE,
)
_END_OF = re.compile(r"\bend\b", re.IGNORECASE)  # a day for a state, but no window for what was counted


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim as a surface is asked for it.

    claims    an increase, a decrease or a level.
    allowed   results that the words allow, one interval for each grain, in the unit of answers (percent for changes
              and shares, a fall being negative).
    said      the claimed result in that unit; of a bound, the bound.
    later     the window that the words state, both days included; `since` the day on which it begins, where it runs to
              the words' own day; `months` its length where the words give no more.
    baseline  the window that it is compared with, where the words state one.
    as_of     the day of the words; nothing after it is asked.
    day       for a stock, the day that the words state.
    whole     both windows as one, where the words may mean a change from what came before: "from January to June".
    loose     the words of the window fix no day ("early 2023"), or may mean another ("2022/23").
    elsewhere for a stock: the state was counted on a day that is none of those that the words state, nor near them.
    """

    claims: Claims
    allowed: tuple[Ends, ...]
    said: float
    later: tuple[date, date] | None
    since: date | None
    months: int | None
    baseline: tuple[date, date] | None
    as_of: date
    day: date | None
    whole: tuple[date, date] | None = None
    loose: bool = False
    elsewhere: bool = False

    @property
    def change(self) -> bool:
        """Say whether it is a change."""
        return self.claims is not Claims.LEVEL

    @property
    def windowed(self) -> bool:
        """Say whether the words state the (later) window."""
        return self.later is not None or self.since is not None

    @property
    def stated(self) -> bool:
        """Say whether the words leave no window open: only then may a miss contradict."""
        open_words = self.loose or self.whole is not None
        return self.later is not None and (self.baseline is not None or not self.change) and not open_words


def claimed(figure: Figure, claim: Profile, newest: date) -> Claimed | str:
    """Return what the words claim, or why no data can be asked for it.

    newest  the last day that the data cover: the day of the words, where it is not known.
    """
    quantity = figure.number.value
    claims = Claims.LEVEL
    if figure.kind is Kind.CHANGE:
        percent = as_percent(quantity)
        if percent is None:
            return "a change in percentage points or in absolute numbers is no change of a count in percent"
        if figure.direction is None:
            return "the words do not say whether it rose or fell"
        if figure.direction is Direction.DOWN and (percent.said_low or 0) > MOST_FALL:
            return "nothing that is counted can fall by more than all of it"
        quantity = percent
        claims = Claims.DECREASE if figure.direction is Direction.DOWN else Claims.INCREASE
    said = quantity.said_low if quantity.said_low is not None else quantity.said_high
    if said is None:
        return "the words give no number to compare"
    sign = -1.0 if claims is Claims.DECREASE else 1.0
    found: list[Ends] = []
    for grain in grains(quantity):
        wide = allowed(quantity, grain)
        low = -math.inf if wide.low is None else float(wide.low)
        high = math.inf if wide.high is None else float(wide.high)
        ends = (low, wide.low_open, high, wide.high_open)
        found.append(ends if sign > 0 else (-high, wide.high_open, -low, wide.low_open))
    later, since, baseline = _windows(figure, claim)
    two = two_windows(figure) if claims is not Claims.LEVEL else None
    whole = None
    behind = from_alone(figure) if claims is not Claims.LEVEL and two is None else None
    if isinstance(behind, str):
        return behind
    if behind is not None:
        baseline, later = behind
        since = None
    if two is not None:
        baseline, later = two
        since = None
        whole = None if plainly_two(figure, two) else (two[0][0], two[1][1])
    return Claimed(
        claims,
        tuple(dict.fromkeys(found)),
        sign * float(said),
        later,
        since,
        None if later is None else _length(figure.period.value if figure.period else None, figure),
        baseline,
        figure.as_of or (later[1] if later else newest),
        claim.last,
        whole,
        _loose(figure) or behind is not None,
    )


def _loose(figure: Figure) -> bool:
    quotes = [one.anchor.quote for one in (figure.period, figure.baseline) if one is not None]
    stock = figure.kind is Kind.STOCK
    return any(_LOOSELY.search(quote) or (not stock and _END_OF.search(quote)) for quote in quotes)


def _windows(figure: Figure, claim: Profile) -> tuple[tuple[date, date] | None, date | None, tuple[date, date] | None]:
    """Return the later window, the day since which it runs, and the baseline, as far as the words state them.

    "After the government was formed" stands where a baseline may stand, but fixes the later window.
    """
    first, last = claim.first, claim.last
    period = figure.period.value if figure.period else None
    base = figure.baseline.value if figure.baseline else None
    words = figure.base.quote if figure.base else figure.baseline.anchor.quote if figure.baseline else ""
    open_end = period is not None and (
        period.open_end or _SINCE.match(figure.period.anchor.quote if figure.period else "")
    )
    if _SINCE.match(words) and (base is None or base.first == first or first is None):
        start = base.first if base is not None and base.first else first
        return None, start, None
    baseline = (base.first, base.last) if base is not None and base.first and base.last else None
    if baseline is not None and period is not None and baseline == (period.first, period.last):
        baseline = None  # "from 2022 through 2023": the same words were read as both
    if first is None:
        return None, None, baseline
    if last is None or (open_end and figure.as_of is not None and last >= figure.as_of):
        return None, first, baseline
    return (first, last), None, baseline


def _length(period: Period | None, figure: Figure) -> int | None:
    """Return the length in months of a window that the words give by its length alone: 24 for "the past two years"."""
    if period is None or figure.period is None or period.first is None or period.last is None or figure.as_of is None:
        return None
    if not _PAST.search(figure.period.anchor.quote):
        return None
    if abs((figure.as_of - period.last).days) > LENGTH_SLACK_DAYS:
        return None
    months = round((period.last - period.first).days / DAYS_OF_A_MONTH)
    return months if months else None
