"""Every sensible way of asking a dated series, as arrays: which windows are compared, and how sensible that is.

A window is its first day and the day after its last, as ordinals (date.toordinal). Windows are made from the calendar,
not from the series' steps: what a coarser series can answer of them is found when they are evaluated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from counterfoil.checking.surface.model import Bools, Cube, Floats, Ints
from counterfoil.checking.surface.sensibility import DEFAULT, Sensibility

Days = tuple[date, date]  # first and last day, both included
MONTHS = (1, 2, 3, 4, 6, 9, 12, 18, 24, 36, 48, 60, 84, 120)  # lengths that people speak of, up to ten years
BACK = 10  # years: the furthest that baselines reach back
RECENT = 24  # months: where no window is stated, the later one ends within two years before the words
UNEQUAL = 0.02  # of the longer length: lengths that differ by no more count as equal, as years and leap years do
YEAR_DAYS = 365.25
MOVES = (-12, -6, -3, -2, -1, 1, 2, 3, 6, 12)  # months by which windows that the words state are moved
PACK = 1 << 22  # more than any ordinal of a date: a window as one number
EVENT_MONTHS = 3  # an event that the words date is moved by so many months: does the change hang on its very day?
YEARS, HALVES, QUARTERS, WHOLE_MONTHS = 4, 3, 2, 1  # how natural a length is; 0: odd days
# How a baseline follows from the later window; the words are for people, the order is that of the numbers below.
BASELINES = (
    "the baseline that the words state",
    "the same length just before",
    "the same days of the year before",
    "the same days some years before",
    "one year just before",
    "other lengths just before",
    "a calendar year before",
    "all that the series holds before",
    "around the baseline that the words state",
)
STATED, BEFORE, YEAR_BEFORE, YEARS_BEFORE, ONE_YEAR, OTHER, CALENDAR, WHOLE, AROUND = range(len(BASELINES))


# How the window of a level follows from the words.
LEVELS = (
    "the window that the words state",
    "so long up to the day of the words",
    "so many whole months before the day of the words",
    "calendar years",
    "years that begin in another month",
    "ends moved by some months",
    "a window of a plain length",
)
SAID, TO_THE_DAY, WHOLE_MONTHS_BEFORE, CALENDAR_YEARS, FISCAL_YEARS, ENDS_MOVED, PLAIN = range(len(LEVELS))
FISCAL = (4, 7, 10)  # months in which fiscal years begin: Japan and India, Pakistan and Australia, the United States
OPEN_END = 92  # days: the newest quarter is often not published yet


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """Ways of asking, most of them beside what the words state.

    windows      [W, 2] ordinals: first day, and the day after the last.
    later        [N] index of the later (or only) window.
    earlier      [N] index of the baseline's, None for a level.
    rule         [N] how the baseline follows from the later window: a place in BASELINES; for a level, in LEVELS.
    sensibility  [N] of the windows alone, 0 to 1; times the key's score it is that of the setting.
    keeps        [N] whether the setting keeps to all that the words state: only what they leave open is chosen.
    asked        index of the claim's own setting, None where its words leave a window open.
    table        name of the table of sensibility.
    """

    windows: Ints
    later: Ints
    earlier: Ints | None
    rule: Ints
    sensibility: Floats
    keeps: Bools
    asked: int | None
    table: str

    def __len__(self) -> int:
        return len(self.later)

    def days(self, n: int) -> tuple[Days, Days | None]:
        """Return the later window and the baseline of setting `n`, first and last days included."""
        return _days(self.windows[self.later[n]]), (
            None if self.earlier is None else _days(self.windows[self.earlier[n]])
        )


def _days(window: Ints) -> Days:
    return date.fromordinal(int(window[0])), date.fromordinal(int(window[1]) - 1)


def ordinals(days: Days) -> tuple[int, int]:
    """Return a window as its first day's ordinal and that of the day after its last."""
    return days[0].toordinal(), days[1].toordinal() + 1


# --- the calendar, on arrays of ordinals ---

_EPOCH = date(1970, 1, 1).toordinal()


def _month(days: Ints) -> tuple[Ints, Ints]:
    """Return the number of each day's month, from January 1970, and the days since the month began."""
    moments = (days - _EPOCH).astype("datetime64[D]")
    months = moments.astype("datetime64[M]")
    return months.astype(np.int64), (moments - months.astype("datetime64[D]")).astype(np.int64)


def _first_of(months: Ints) -> Ints:
    """Return the ordinal of the first day of each month."""
    first: Ints = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + _EPOCH
    return first


def add_months(days: Ints, months: Ints | int) -> Ints:
    """Return the same day of another month, or the first of the next where that month is too short.

    >>> moved = add_months(np.array([date(2023, 8, 15).toordinal()]), -26)
    >>> date.fromordinal(int(moved[0]))
    datetime.date(2021, 6, 15)
    """
    month, day = _month(days)
    moved = month + months
    found: Ints = np.minimum(_first_of(moved) + day, _first_of(moved + 1))
    return found


def whole_months(windows: Ints) -> Ints:
    """Return how many whole months each window [W, 2] is long, 0 where it is not."""
    (start, day), (end, last) = _month(windows[:, 0]), _month(windows[:, 1])
    return np.where(day == last, end - start, 0)


def rank(windows: Ints, year_begins: int = 1) -> tuple[Ints, Bools]:
    """Return of each window [W, 2] the longest unit that it consists of, and whether it begins with that unit.

    year_begins  month, 1 to 12: 7 for years that run from July to June.
    """
    months = whole_months(windows)
    start, day = _month(windows[:, 0])
    found = np.zeros(len(windows), dtype=np.int64)
    aligned = np.ones(len(windows), dtype=bool)
    for unit, name in ((1, WHOLE_MONTHS), (3, QUARTERS), (6, HALVES), (12, YEARS)):
        fits = (months > 0) & (months % unit == 0)
        found[fits] = name
        aligned[fits] = (day[fits] == 0) & ((start[fits] - (year_begins - 1)) % unit == 0)
    return found, aligned


def as_equal(one: Ints, other: Ints) -> Bools:
    """Say of two arrays of windows [N, 2] whether people would compare their counts as they stand."""
    months, others = whole_months(one), whole_months(other)
    days, other_days = one[:, 1] - one[:, 0], other[:, 1] - other[:, 0]
    near = np.abs(days - other_days) <= UNEQUAL * np.maximum(days, other_days)
    equal: Bools = near | ((months > 0) & (months == others))
    return equal


# --- what is asked ---


def reach(cube: Cube) -> tuple[tuple[int, int], tuple[int, ...]]:
    """Return the days that a series covers, from its first to after its last, and where else windows may well end.

    That is before the latest steps, which still grow: with them and without them are two ways of asking.
    """
    steps = np.flatnonzero(cube.covered)
    if not len(steps):
        return (int(cube.edges[0]), int(cube.edges[0])), ()
    covered = int(cube.edges[steps[0]]), int(cube.edges[steps[-1] + 1])
    settled = np.flatnonzero(cube.covered & ~cube.lagging)
    ends = {covered[1], int(cube.edges[settled[-1] + 1]) if len(settled) else covered[1]}
    return covered, tuple(sorted(ends))


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words fix, in ordinals.

    day       the day after that of the words; `horizon` the same, or the series' end where that is earlier.
    said      the later window, None if left open; `open_end` where its last day is left to the day of the words.
    baseline  the window that it is compared with, None if left open.
    """

    day: int
    horizon: int
    said: tuple[int, int] | None
    open_end: bool
    baseline: tuple[int, int] | None


@dataclass(frozen=True, slots=True, eq=False)
class _Laters:
    """Later windows [L, 2]: how natural, how sensible, whether it keeps to the words, and which is their own."""

    windows: Ints
    natural: Floats
    sensibility: Floats
    keeps: Bools
    stated: Bools


def change_settings(
    covered: tuple[int, int],
    *,
    later: Days | None = None,
    since: date | None = None,
    baseline: Days | None = None,
    as_of: date,
    ends: Sequence[int] = (),
    table: Sensibility = DEFAULT,
) -> Settings:
    """Return the ways of asking for a change between two windows, each once.

    covered   ordinals of the series' first day and of the day after its last: windows beyond are not asked, save
              those that the words state, which are then not answered.
    later     the window that the words state, both days included; one that ends after the day of the words runs to
              that day. None: left open, or `since` is given.
    since     the day on which the later window begins; it runs to the words' own day, or to the end of a series that
              ends in the quarter before.
    baseline  the window that it is compared with, where the words state one.
    as_of     the day of the words: nothing after it is asked.
    ends      more days after which windows may end: before the latest steps, which still grow.
    """
    day = as_of.toordinal() + 1
    said = ordinals(later) if later else (since.toordinal(), day) if since else None
    open_end = said is not None and said[1] >= day
    if said is not None:
        said = (said[0], min(said[1], day))
    words = _Words(day, min(day, covered[1]), said, open_end, ordinals(baseline) if baseline else None)
    laters = _laters(words, [e for e in ends if e <= words.horizon], table)
    return _with_baselines(laters, words, covered, table)


def _laters(words: _Words, ends: Sequence[int], table: Sensibility) -> _Laters:
    """Return the later windows to ask."""
    said, horizon = words.said, words.horizon
    near = horizon if said is None else min(said[1], horizon)
    month = _month(np.array([near]))[0]
    back = np.arange(-RECENT, 1 if said is None or words.open_end else RECENT // 2 + 1)
    stops = np.unique(np.concatenate([np.array([*ends, near, horizon]), _first_of(month + back)]))
    stops = stops[stops <= horizon]
    lengths = np.array(MONTHS)
    pieces = [_joined(add_months(np.repeat(stops, len(lengths)), -np.tile(lengths, len(stops))),
                      np.repeat(stops, len(lengths)))]  # fmt: skip
    if said is not None:
        pieces += [np.array([said]), _moved(said, stops, horizon)]
    windows = np.concatenate(pieces)
    windows = _apart(np.unique(_packed(windows[windows[:, 0] < windows[:, 1]])))
    ranks, aligned = rank(windows)
    natural = table.naturalness(ranks, aligned)
    days = (windows[:, 1] - windows[:, 0]).astype(float)
    if said is None:
        # Nothing is said of the length: a year is what people compare, with twice the width for what is not said.
        recent = np.exp(-((horizon - windows[:, 1]) ** 2) / (2 * table.recent_days**2))
        worth = natural * recent * _doublings(days, YEAR_DAYS, 2 * table.length)
        return _Laters(windows, natural, worth, np.ones(len(windows), dtype=bool), np.zeros(len(windows), dtype=bool))
    stated = (windows == np.array(said)).all(axis=1)
    keeps = stated
    if words.open_end:
        keeps = (windows[:, 0] == said[0]) & (windows[:, 1] > words.day - OPEN_END)
        newest = horizon if horizon > words.day - OPEN_END else said[1]
        stated = (windows == np.array([said[0], newest])).all(axis=1)
    natural = np.where(stated, 1.0, np.minimum(1.0, natural / _natural(said, table)))
    worth = np.where(stated, 1.0, natural * _near(windows, said, table))
    return _Laters(windows, natural, worth, keeps, stated)


def _natural(window: tuple[int, int] | None, table: Sensibility) -> float:
    """Return how natural the words' own window is: no other is asked to be more so. 1 where they state none."""
    if window is None:
        return 1.0
    return float(table.naturalness(*rank(np.array([window])))[0])


def _near(windows: Ints, said: tuple[int, int], table: Sensibility) -> Floats:
    """Return the relevance of windows [W, 2] by their length, and by how far their ends are from those of the words."""
    length = max(1, said[1] - said[0])
    moved = ((windows - np.array(said)) / length).astype(float) ** 2
    shift = np.exp(-moved.sum(axis=1) / (2 * table.shift**2))
    lengths = (windows[:, 1] - windows[:, 0]).astype(float)
    found: Floats = shift * _doublings(lengths, length, table.length)
    return found


def _moved(said: tuple[int, int], stops: Ints, horizon: int) -> Ints:
    """Return windows beside the stated one: another end, a whole number of months, another day of the event."""
    offsets = np.arange(-EVENT_MONTHS, EVENT_MONTHS + 1)
    month = _month(np.array([said[0]]))[0]
    starts = np.unique(
        np.concatenate([add_months(np.full(len(offsets), said[0]), offsets), _first_of(month + offsets)])
    )
    most = max(1, int(_month(np.array([horizon]))[0][0] - month[0]))  # all whole months up to the day of the words
    counts = np.unique(np.array([*MONTHS, most, max(1, most - 1)]))
    grown = _joined(np.full(len(counts), said[0]), add_months(np.full(len(counts), said[0]), counts))
    stopped = _joined(np.full(len(stops), said[0]), stops)
    begun = _joined(starts, np.full(len(starts), min(said[1], horizon)))
    found = np.concatenate([grown, stopped, begun])
    return found[found[:, 1] <= horizon]


def _doublings(lengths: Floats, said: Floats | float, deviation: float) -> Floats:
    """Return the relevance of lengths, in doublings about the one that was said."""
    return np.exp(-(np.log2(lengths / said) ** 2) / (2 * deviation**2))


def _joined(starts: Ints, ends: Ints) -> Ints:
    return np.stack([starts, ends], axis=1)


def _packed(windows: Ints) -> Ints:
    """Return one number for each window [W, 2], in the order of starts, then ends."""
    return windows[:, 0] * PACK + windows[:, 1]


def _apart(numbers: Ints) -> Ints:
    return _joined(numbers // PACK, numbers % PACK)


def _baselines(laters: Ints, first: int, base: tuple[int, int] | None) -> list[tuple[int, Ints, Ints]]:
    """Return (rule, starts [L], ends [L]) of the baselines of each later window."""
    start, end = laters[:, 0], laters[:, 1]
    months = whole_months(laters)
    before = np.where(months > 0, add_months(start, -months), start - (end - start))
    january = _month(start)[0] // 12 * 12  # on or before the window's first day
    found: list[tuple[int, Ints, Ints]] = []
    if base is not None:
        found.append((STATED, np.full_like(start, base[0]), np.full_like(start, base[1])))
    found.append((BEFORE, before, start))
    found.append((YEAR_BEFORE, add_months(start, -12), add_months(end, -12)))
    found += [(YEARS_BEFORE, add_months(start, -12 * k), add_months(end, -12 * k)) for k in range(2, BACK + 1)]
    found.append((ONE_YEAR, add_months(start, -12), start))
    found += [(OTHER, add_months(start, -m), start) for m in MONTHS if m != 12]
    found += [(CALENDAR, _first_of(january - 12 * k), _first_of(january - 12 * (k - 1))) for k in range(1, BACK + 1)]
    found.append((WHOLE, np.full_like(start, first), start))
    if base is not None:
        moved = [add_months(np.array(base), k) for k in MOVES]
        longer = [np.array([int(add_months(np.array(base[:1]), -k)[0]), base[1]]) for k in (1, 3, 6, 12)]
        found += [(AROUND, np.full_like(start, m[0]), np.full_like(start, m[1])) for m in (*moved, *longer)]
    return found


def _with_baselines(laters: _Laters, words: _Words, covered: tuple[int, int], table: Sensibility) -> Settings:
    """Return later windows with their baselines: natural, near, about as long. Each once, and held by the series.

    What the words state stays in any case.
    """
    pieces = _baselines(laters.windows, covered[0], words.baseline)
    rule = np.repeat(np.array([rule for rule, _, _ in pieces]), len(laters.windows))
    at = np.tile(np.arange(len(laters.windows)), len(pieces))
    later = laters.windows[at]
    earlier = _joined(np.concatenate([s for _, s, _ in pieces]), np.concatenate([e for _, _, e in pieces]))
    inside = (earlier[:, 0] >= covered[0]) & (later[:, 0] >= covered[0]) & (later[:, 1] <= covered[1])
    said = laters.stated[at] & (rule == (BEFORE if words.baseline is None else STATED))
    fits = (inside | said) & (earlier[:, 0] < earlier[:, 1]) & (earlier[:, 0] < later[:, 0])
    rule, at, later, earlier = rule[fits], at[fits], later[fits], earlier[fits]
    stated = rule == STATED
    worth = laters.sensibility[at] * _baseline_worth(laters.natural[at], later, earlier, rule, words, table)
    keeps = laters.keeps[at] & (stated | (words.baseline is None))
    asked = laters.stated[at] & stated
    order = np.lexsort((rule, ~keeps))
    numbers, places = np.unique(np.concatenate([_packed(later[order]), _packed(earlier[order])]), return_inverse=True)
    ones, others = places[: len(order)], places[len(order) :]
    _, kept = np.unique(ones * max(1, len(numbers)) + others, return_index=True)
    order = order[kept]
    found = np.flatnonzero(asked[order])
    return Settings(
        _apart(numbers),
        ones[kept],
        others[kept],
        rule[order],
        np.where(asked[order], 1.0, np.minimum(worth[order], 1.0)),
        keeps[order],
        int(found[0]) if len(found) else None,
        table.name,
    )


def _baseline_worth(
    natural_later: Floats, later: Ints, earlier: Ints, rule: Ints, words: _Words, table: Sensibility
) -> Floats:
    """Return how sensible each baseline [P, 2] is beside its later window."""
    ranks, aligned = rank(earlier)
    days = (later[:, 1] - later[:, 0]).astype(float)
    base_days = (earlier[:, 1] - earlier[:, 0]).astype(float)
    apart = (later[:, 0] - earlier[:, 0]).astype(float)
    stated = rule == STATED
    plain = _natural(words.baseline or words.said, table)
    natural = np.where(stated, 1.0, np.minimum(1.0, table.naturalness(ranks, aligned) / plain))
    same_length = (rule == BEFORE) | (rule == YEAR_BEFORE) | (rule == YEARS_BEFORE)
    natural = np.where(same_length, np.maximum(natural, natural_later), natural)  # as natural as the window it follows
    wanted, expected = days, days  # the plainest baseline is as long as the window, and begins one length before it
    if words.baseline is not None:
        wanted = np.full(len(later), float(words.baseline[1] - words.baseline[0]))
        expected = apart if words.said is None else np.full(len(later), float(words.said[0] - words.baseline[0]))
    worth = natural * _doublings(apart, np.maximum(expected, 1.0), table.distance)
    shared = np.clip(np.minimum(later[:, 1], earlier[:, 1]) - later[:, 0], 0, None)
    unlike = _doublings(base_days, wanted, table.unequal) * (1 - shared / np.minimum(days, base_days))
    return worth * np.where(stated, 1.0, unlike)  # days that both share shrink a change by their share


def level_settings(
    covered: tuple[int, int],
    *,
    window: Days | None = None,
    since: date | None = None,
    months: int | None = None,
    as_of: date,
    ends: Sequence[int] = (),
    fiscal: Sequence[int] = FISCAL,
    table: Sensibility = DEFAULT,
) -> Settings:
    """Return the ways of asking for a sum in one window, each once.

    window  the window that the words state, both days included; one that ends after the day of the words runs to it.
    since   the day on which it begins, where it runs to the words' own day.
    months  its length where the words give no more than that: 24 for "in the past two years".
    fiscal  months in which the years of some offices begin.
    The others as for `change_settings`.
    """
    day = as_of.toordinal() + 1
    said = ordinals(window) if window else (since.toordinal(), day) if since else None
    if said is not None:
        months = None
    elif months is not None:
        said = (int(add_months(np.array([day]), -months)[0]), day)
    open_end = said is not None and said[1] >= day
    if said is not None:
        said = (said[0], min(said[1], day))
    horizon = min(day, covered[1])
    stops = np.unique(np.array([horizon, *(e for e in ends if e <= horizon)]))
    pieces = _spans(stops, fiscal) if said is None else _spans_about(said, stops, horizon, months, open_end, fiscal)
    windows = np.concatenate([found for _, found in pieces])
    rule = np.repeat(np.array([name for name, _ in pieces]), [len(found) for _, found in pieces])
    stated = np.zeros(len(windows), dtype=bool)
    if said is not None:
        newest = horizon if open_end and horizon > day - OPEN_END else said[1]
        stated = (windows == np.array([said[0], newest])).all(axis=1)
    inside = (windows[:, 0] >= covered[0]) & (windows[:, 1] <= horizon)
    fits = (inside | stated) & (windows[:, 0] < windows[:, 1])
    windows, rule, stated = windows[fits], rule[fits], stated[fits]
    keeps = np.ones(len(windows), dtype=bool)
    if said is not None and months is None:
        keeps = (windows[:, 0] == said[0]) & (windows[:, 1] > day - OPEN_END) if open_end else stated
    elif months is not None:  # to the day, in whole months, in years of one kind or another: they leave that open
        keeps = (rule != ENDS_MOVED) & (windows[:, 1] > day - YEAR_DAYS)
    worth = np.where(stated, 1.0, _span_worth(windows, said, horizon, table))
    order = np.lexsort((rule, ~keeps))
    numbers, kept = np.unique(_packed(windows[order]), return_index=True)
    order = order[kept]
    found = np.flatnonzero(stated[order] & (months is None))
    return Settings(
        _apart(numbers),
        np.arange(len(order)),
        None,
        rule[order],
        np.minimum(worth[order], 1.0),
        keeps[order],
        int(found[0]) if len(found) else None,
        table.name,
    )


def _span_worth(windows: Ints, said: tuple[int, int] | None, horizon: int, table: Sensibility) -> Floats:
    ranks, aligned = rank(windows)
    natural = table.naturalness(ranks, aligned)
    days = (windows[:, 1] - windows[:, 0]).astype(float)
    if said is None:
        recent = np.exp(-((horizon - windows[:, 1]) ** 2) / (2 * table.recent_days**2))
        return natural * recent * _doublings(days, YEAR_DAYS, 2 * table.length)
    return np.minimum(1.0, natural / _natural(said, table)) * _near(windows, said, table)


def _spans(stops: Ints, fiscal: Sequence[int]) -> list[tuple[int, Ints]]:
    """Return (rule, windows [.., 2]) where the words state none: years of every kind, and plain lengths."""
    newest = _month(stops[-1:])[0]
    found: list[tuple[int, Ints]] = []
    for rule, begins in ((CALENDAR_YEARS, (1,)), (FISCAL_YEARS, tuple(fiscal))):
        for month in begins:
            ends = _first_of(newest // 12 * 12 + (month - 1) + 12 * np.arange(-BACK, 2))
            found.append((rule, _joined(add_months(ends, -12), ends)))
    lengths = np.array(MONTHS)
    around = np.unique(np.concatenate([stops, _first_of(newest + np.arange(-RECENT, 1))]))
    starts = add_months(np.repeat(around, len(lengths)), -np.tile(lengths, len(around)))
    found.append((PLAIN, _joined(starts, np.repeat(around, len(lengths)))))
    return found


def _spans_about(
    said: tuple[int, int], stops: Ints, horizon: int, months: int | None, open_end: bool, fiscal: Sequence[int]
) -> list[tuple[int, Ints]]:
    """Return (rule, windows [.., 2]) about the window that the words state, or the length that they give."""
    newest = _month(np.array([said[1]]))[0]
    found: list[tuple[int, Ints]] = [(SAID if months is None else TO_THE_DAY, np.array([said]))]
    if months is not None:
        before = _first_of(newest - np.arange(0, EVENT_MONTHS + 1))
        found.append((TO_THE_DAY, _joined(add_months(stops, -months), stops)))
        found.append((WHOLE_MONTHS_BEFORE, _joined(add_months(before, -months), before)))
        if months % 12 == 0:  # "in the past two years": this year and the one before it
            begun = _first_of(newest // 12 * 12 - (months - 12))
            found.append((CALENDAR_YEARS, _joined(np.repeat(begun, len(stops)), stops)))
    elif open_end:
        found.append((SAID, _joined(np.full(len(stops), said[0]), stops)))
    years = max(1, round((said[1] - said[0]) / YEAR_DAYS))
    for rule, begins in ((CALENDAR_YEARS, (1,)), (FISCAL_YEARS, tuple(fiscal))):
        for month in begins:
            ends = _first_of(newest // 12 * 12 + (month - 1) + 12 * np.arange(-1, 2))
            found.append((rule, _joined(add_months(ends, -12 * years), ends)))
    for k in MOVES:
        moved = add_months(np.array(said), k)
        beside = [(moved[0], moved[1]), (said[0], moved[1]), (moved[0], min(said[1], horizon))]
        found.append((ENDS_MOVED, np.array(beside, dtype=np.int64)))
    return found


def state_settings(
    covered: tuple[int, int],
    *,
    day: date | None = None,
    base: date | None = None,
    change: bool = False,
    as_of: date,
    table: Sensibility = DEFAULT,
) -> Settings:
    """Return the ways of asking for a stock: its state on a day, or between two days for a change.

    day     the day that the words state; None is the day of the words.
    base    for a change, the day it is compared with.
    change  whether a change is asked; without `base` the months and years before are tried.
    Windows are one day long: evaluate them with how="last".
    """
    moved = np.array([0, -1, -2, -3, -6, -12, 1, 2, 3])
    at = (day or as_of).toordinal()
    newest = min(at, covered[1] - 1)
    days = np.unique(np.concatenate([add_months(np.full(len(moved), at), moved), [at, newest]]))
    days = days[(days <= max(newest, at if day else newest)) & (days >= covered[0])]
    days = np.unique(np.concatenate([days, [at]])) if day else days
    worth = np.exp(-((days - at) ** 2) / (2 * (table.shift * 182.5) ** 2))  # a stock is known half a year or so
    keeps = days == at if day else days >= newest - OPEN_END
    windows = np.stack([days, days + 1], axis=1)
    if not change:
        places = np.arange(len(days))
        return _states(windows, places, None, np.full(len(days), SAID), worth, keeps, days == at, day, table)
    offsets = np.array([*MONTHS, *(12 * k for k in range(6, BACK + 1))])
    if base is not None:
        fixed = base.toordinal()
        befores = add_months(np.full(len(moved), fixed), moved)
        grid = np.stack(np.meshgrid(days, np.unique(np.append(befores, fixed)), indexing="ij"), axis=-1).reshape(-1, 2)
        far = np.exp(-((grid[:, 1] - fixed) ** 2) / (2 * (table.shift * 182.5) ** 2))
    else:
        grid = np.stack(np.meshgrid(days, np.unique(offsets), indexing="ij"), axis=-1).reshape(-1, 2)
        grid[:, 1] = add_months(grid[:, 0], -grid[:, 1])
        pairs = grid[:, ::-1].copy()
        ranks, _ = rank(pairs)
        far = table.naturalness(ranks, np.ones(len(grid), dtype=bool)) * _doublings(
            (grid[:, 0] - grid[:, 1]).astype(float), YEAR_DAYS, 2 * table.length
        )
    fits = (grid[:, 1] < grid[:, 0]) & (grid[:, 1] >= covered[0])
    if day is not None and base is not None:
        fits |= (grid[:, 0] == at) & (grid[:, 1] == base.toordinal())
    grid, far = grid[fits], far[fits]
    both = np.unique(grid)
    windows = np.stack([both, both + 1], axis=1)
    place = np.searchsorted(days, grid[:, 0])
    kept = keeps[place] & ((grid[:, 1] == base.toordinal()) if base is not None else True)
    asked = (grid[:, 0] == at) & ((grid[:, 1] == base.toordinal()) if base is not None else False)
    rule = np.full(len(grid), STATED if base is not None else YEARS_BEFORE)
    if base is not None:
        rule = np.where(grid[:, 1] == base.toordinal(), STATED, AROUND)
    ones, others = np.searchsorted(both, grid[:, 0]), np.searchsorted(both, grid[:, 1])
    return _states(windows, ones, others, rule, worth[place] * far, kept, asked, day, table)


def _states(
    windows: Ints,
    later: Ints,
    earlier: Ints | None,
    rule: Ints,
    worth: Floats,
    keeps: Bools,
    asked: Bools,
    day: date | None,
    table: Sensibility,
) -> Settings:
    found = np.flatnonzero(asked)
    at = int(found[0]) if len(found) and day is not None else None
    rules = rule.astype(np.int64)
    return Settings(windows, later, earlier, rules, np.minimum(worth, 1.0), keeps, at, table.name)


def explicit_settings(pairs: Sequence[tuple[Days, Days | None]], *, asked: int | None = None) -> Settings:
    """Return just these settings, each as sensible as the next: (later window, baseline or None for levels)."""
    levels = all(base is None for _, base in pairs)
    flat = [ordinals(w) for pair in pairs for w in pair if w is not None]
    windows, places = np.unique(np.array(flat, dtype=np.int64).reshape(-1, 2), axis=0, return_inverse=True)
    places = places.reshape(-1)
    size = len(pairs)
    return Settings(
        windows,
        places if levels else places[0::2],
        None if levels else places[1::2],
        np.zeros(size, dtype=np.int64),
        np.ones(size),
        np.ones(size, dtype=bool),
        asked,
        DEFAULT.name,
    )
