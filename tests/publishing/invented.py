"""Findings of an invented dataset, made by hand: what checking would say of daily deaths, of a stock, of a share."""

import math
import random
from collections.abc import Sequence
from datetime import date, timedelta

from counterfoil.checking.model import Curve, Finding, HeatMap, Point, Query, Unmatched, Word
from counterfoil.checking.surface.ratios import ratio_interval

SOURCE, EDITION = "Belmara Event File", "24.1"
WORDS = "deaths in all violence, best estimate, Belmara"
Days = tuple[date, date]

UNMATCHED = (
    Unmatched("Crossing Register", "2024-03", "it counts persons who cross a border, not deaths"),
    Unmatched("Belmara Event File", "19.1", "it ends on 31 December 2018, before the claim's window"),
)


def deaths(first: date, last: date, pivot: date, *, rise: float = 1.6, rate: float = 2.0) -> dict[date, int]:
    """Return invented deaths by day, clustered as violence is, more of them from `pivot` on."""
    chance = random.Random(20240314)
    days = {}
    for index in range((last - first).days + 1):
        day = first + timedelta(days=index)
        mean = rate * (rise if day >= pivot else 1.0) * (1 + 0.35 * math.sin(index / 58))
        lot = chance.gammavariate(0.4, mean / 0.4)  # overdispersed: most days little, some days much
        days[day] = sum(1 for _ in range(40) if chance.random() < lot / 40)
    return days


def within(days: dict[date, int], window: Days) -> int | None:
    """Return the deaths in a window, None where some of its days are not covered."""
    wanted = (window[1] - window[0]).days + 1
    found = [amount for day, amount in days.items() if window[0] <= day <= window[1]]
    return sum(found) if len(found) == wanted else None


def point(
    days: dict[date, int],
    later: Days,
    earlier: Days | None,
    words: str = WORDS,
    *,
    allowed: tuple[float, float] = (55, 65),
    factor: float = 1.0,
    base_factor: float = 1.0,
    edition: str = EDITION,
    sensibility: float = 1.0,
    flags: tuple[str, ...] = (),
) -> Point:
    """Return one answer with its intervals; `factor`s thin the counts, as another definition would."""
    count = round((within(days, later) or 0) * factor)
    long = (later[1] - later[0]).days + 1
    if earlier is None:
        low, high = count - 1.96 * math.sqrt(count + 1), count + 1.96 * math.sqrt(count + 1)
        wide = (count - 4.2 * math.sqrt(count + 1), count + 4.2 * math.sqrt(count + 1))
        value, counts, exposure = float(count), (float(count),), (long,)
        agrees = allowed[0] <= count <= allowed[1]
    else:
        base = round((within(days, earlier) or 0) * factor * base_factor)
        short = (earlier[1] - earlier[0]).days + 1
        counts, exposure = (float(count), float(base)), (long, short)
        value = math.inf if base == 0 else (count / long / (base / short) - 1) * 100
        low, high = (100 * (one - 1) for one in ratio_interval(count, base, long, short))
        spread = 2.4
        middle = max(1 + value / 100, 0.01) ** (spread - 1)
        wide = tuple(100 * ((1 + one / 100) ** spread / middle - 1) for one in (low, high))
        agrees = allowed[0] <= value <= allowed[1]
    finite = [one if math.isfinite(one) else None for one in (low, high, *wide)]
    possible = low <= allowed[1] and high >= allowed[0]
    return Point(
        SOURCE, edition, "deaths (best)", words, later, earlier, counts, exposure, value,
        *finite, sensibility, agrees, possible, flags,
    )  # fmt: skip


def steps(days: dict[date, int], gaps: Sequence[Days] = ()) -> tuple[tuple[date, date, float | None], ...]:
    missing = {day for first, last in gaps for day in days if first <= day <= last}
    return tuple((day, day, None if day in missing else float(amount)) for day, amount in days.items())


def back(window: Days, by: int) -> Days:
    return window[0] - timedelta(days=by), window[1] - timedelta(days=by)


def heat_of(days: dict[date, int], pivot: date, last: date, allowed: tuple[float, float], marked: bool) -> HeatMap:
    months = (3, 4, 6, 9, 12, 18, 24, 26)
    columns = ("the same length just before", "the same months a year before", "2021", "2020", "2019", "all before")
    first = min(days)
    values, agrees = [], []
    for many in months:
        length = round(many * 30.44)
        later = (pivot, min(last, pivot + timedelta(days=length - 1)))
        bases = [back(later, length), back(later, 365), *((date(y, 1, 1), date(y, 12, 31)) for y in (2021, 2020, 2019))]
        row = []
        for base in [*bases, (first, pivot - timedelta(days=1))]:
            counts = within(days, later), within(days, base)
            if None in counts or not counts[1] or base[1] >= later[0]:
                row.append(None)
                continue
            rates = [count / ((days[1] - days[0]).days + 1) for count, days in zip(counts, (later, base), strict=True)]
            row.append((rates[0] / rates[1] - 1) * 100)
        values.append(tuple(row))
        agrees.append(tuple(one is not None and allowed[0] <= one <= allowed[1] for one in row))
    rows = tuple(f"{many} months" for many in months)
    return HeatMap(rows, columns, tuple(values), tuple(agrees), (4, 0) if marked else None)


def query(what: str = "change") -> Query:
    return Query(
        f"-- {what} in deaths\nSELECT sum(best) FILTER (WHERE date_start >= DATE '2022-06-01') AS later,\n"
        "       sum(best) FILTER (WHERE date_start < DATE '2022-06-01') AS earlier\n"
        "FROM events WHERE country = 'Belmara' AND type_of_violence < 3;",
        "import counterfoil as cf\n\nprint(cf.check(cf.from_text('Deaths rose 60%.')).checks[0].word)",
    )


def risen(pivot: date = date(2022, 6, 1), *, first: date = date(2020, 1, 1), last: date = date(2024, 2, 29)) -> Finding:
    """Return a finding on a rise by 60% since a day, where window and baseline are stated."""
    days = deaths(first, last, pivot)
    year = timedelta(days=364)
    later, before = (pivot, pivot + year), (pivot - timedelta(days=365), pivot - timedelta(days=1))
    asked = point(days, later, before)
    ways = (
        ("state-based violence only", 0.62, 0.98, ()),
        ("one-sided violence only", 0.11, 1.3, ()),
        ("civilians only", 0.24, 1.12, ()),
        ("low estimate", 0.86, 1.0, ()),
        ("high estimate", 1.21, 1.05, ("reporting range",)),
        ("without the eastern line of control", 0.93, 0.72, ()),
        ("with events whose place is known to the district only", 1.08, 1.0, ()),
        ("events of two days or less", 0.71, 0.95, ()),
        ("province of Tarn alone", 0.05, 1.9, ("crosses a break: districts were redrawn in 2021",)),
        ("attackers unknown", 0.012, 0.01, ()),
    )  # fmt: skip
    start = pivot - timedelta(days=1)
    whole, half = (pivot, min(last, pivot + timedelta(days=730))), (pivot, pivot + timedelta(days=182))
    forest = (
        asked,
        *(
            point(
                days, later, before, f"{words}, Belmara", factor=factor, base_factor=base, sensibility=0.7, flags=flags
            )
            for words, factor, base, flags in ways
        ),
        point(days, later, before, factor=0.91, edition="23.1", sensibility=0.9, flags=("latest months incomplete",)),
    )
    return Finding(
        source=SOURCE, publisher="Institute for Conflict Records", edition=EDITION, digest="5b" * 32,
        licence="CC BY 4.0", measure="deaths (best)",
        definition="everybody killed in organised violence that left at least one dead, civilians and fighters alike",
        match=("measure: killed in all violence / deaths (best): same", "place: Belmara / Belmara: same",
               "population: not said / everybody: not told apart"),
        word=Word.SENSITIVE, sensitive_to=("window", "definition"),
        reasons=("Deaths rose by about half in the year after the decree, and by more in the months that followed.",
                 "Whether that is 60% depends on how long one looks and on who is counted."),
        asked=asked, settings=1204, rows=3310, agreement=asked.agrees, direction_share=0.964, magnitude_share=0.41,
        percentile=0.78, null_probability=0.03, sensibility="sensibility@2",
        alternatives=(("flat", "supported-in-direction"), ("steep", "sensitive-to")),
        best_support=point(days, whole, (first, start), sensibility=0.61),
        best_counter=point(days, half, back(half, 183), sensibility=0.44, flags=("the season may matter",)),
        forest=forest, heat=heat_of(days, pivot, last, (55, 65), True),
        curve=Curve(WORDS, "person", steps(days, [(date(2023, 3, 10), date(2023, 5, 5))]),
                    ((*later, "later"), (*before, "earlier")),
                    ((date(2021, 1, 1), "districts were redrawn"),)),
        query=query(), changes="One more month in the later window, or counting civilians alone, would turn it.",
    )  # fmt: skip


def killed() -> Finding:
    """Return a finding on a level: 2,267 killed in two years."""
    days = deaths(date(2020, 1, 1), date(2024, 2, 29), date(2022, 6, 1), rate=2.1)
    later = (date(2022, 3, 1), date(2024, 2, 29))
    allowed = (2266.5, 2267.5)
    asked = point(days, later, None, allowed=allowed)
    forest = [asked] + [
        point(days, later, None, f"{words}, Belmara", allowed=allowed, factor=factor, sensibility=0.6)
        for words, factor in (("low estimate", 0.84), ("high estimate", 1.3), ("civilians only", 0.31))
    ]
    forest.append(
        point(days, (date(2022, 1, 1), date(2023, 12, 31)), None, "calendar years 2022 and 2023", allowed=allowed)
    )
    return Finding(
        SOURCE, "Institute for Conflict Records", EDITION, "5b" * 32, "CC BY 4.0", "deaths (best)", "everybody killed",
        ("measure: same",), Word.TRUE_BUT_STALE, (), ("The file counts more by now.",), asked, 61, 2750, False, None,
        0.66, 0.4, None, "sensibility@2", (), forest[2], forest[3], tuple(forest), None,
        Curve(WORDS, "person", steps(days), ((*later, "later"),)), query("level"), "",
    )  # fmt: skip


def sheltered() -> Finding:
    """Return a finding on a stock: no counts one by one, hence no interval; two dates, half-years as steps."""
    held = [(310_400, 1), (318_250, 7), (None, 1), (331_000, 7), (345_900, 1), (352_120, 7), (348_800, 1)]
    dates = [date(2020 + (index // 2), month, 1) for index, (_, month) in enumerate(held)]
    ends = [*(one - timedelta(days=1) for one in dates[1:]), date(2023, 6, 30)]

    def state(value: float, words: str, *, agrees: bool = False) -> Point:
        days = (date(2023, 6, 30), date(2023, 6, 30))
        return Point("Crossing Register", "2024-03", "refugees", words, days, None, (value,), (1,), value,
                     None, None, None, None, 1.0, agrees, agrees)  # fmt: skip

    asked = state(348_800, "registered refugees, Belmara", agrees=True)
    return Finding(
        "Crossing Register", "Office of Registers", "2024-03", "c4" * 32, "", "refugees", "registered persons", (),
        Word.SUPPORTED, (), ("The register held 348,800 on that day.",), asked, 3, 7, True, None, 1.0, None, None,
        "sensibility@2", (("flat", "supported"),), asked, None,
        (asked, state(352_120, "half a year earlier"), state(2_100, "families, not persons")), None,
        Curve("registered refugees, Belmara", "person",
              tuple((one, end, None if value is None else float(value))
                    for one, end, (value, _) in zip(dates, ends, held, strict=True)),
              ((date(2023, 1, 1), date(2023, 6, 30), "later"),), summed=False),
        Query("", ""), "A household count read as persons would contradict it.",
    )  # fmt: skip


def unbounded() -> Finding:
    """Return a finding without a setting of the claim's own, with rises from nothing and ends without bound."""
    first, last, pivot = date(2020, 1, 1), date(2024, 2, 29), date(2022, 6, 1)
    chance = random.Random(5)
    days = {first + timedelta(days=index): 0 for index in range((last - first).days + 1)}
    for day in chance.sample([one for one in days if one >= pivot], 18) + chance.sample(
        [one for one in days if one < pivot], 3
    ):
        days[day] += 1
    words = "suicide attacks, Belmara"
    allowed = (450.0, 550.0)
    later = (date(2023, 1, 1), date(2023, 12, 31))
    year = [(date(y, 1, 1), date(y, 12, 31)) for y in (2021, 2020)]
    none = (date(2020, 2, 1), date(2020, 2, 28))
    forest = tuple(point(days, later, base, words, allowed=allowed) for base in (*year, none))
    heat = HeatMap(
        ("7 months of 2023", "2023"), ("2021", "2020", "February 2020"),
        ((929.0, None, math.inf), (forest[0].value, forest[1].value, math.inf)),
        ((False, False, False), (False, True, False)), None,
    )  # fmt: skip
    return Finding(
        SOURCE, "Institute for Conflict Records", EDITION, "5b" * 32, "CC BY 4.0", "suicide attacks", "", (),
        Word.SENSITIVE, ("baseline",), (), None, 48, 21, None, 1.0, 0.93, 0.004, 0.68, "sensibility@2", (),
        forest[0], forest[2], forest, heat, Curve(words, "event", steps(days), ()), query("attacks"), "",
    )  # fmt: skip
