"""Speed of relating: figures by rows, growth, two processes, and comparing all pairs in the same run.

    python bench/relating.py [--figures N ...] [--workers N] [--pairs N ...]

The figures are made here: events in places of sixty countries, some large and many small, each with one to four
claimants who count again for days; each count is printed by several outlets, most of them word for word; a part of the
figures are yearly totals, numbers at a time, what came on top, and denials. What is timed begins with rows (plain
values, as a store would hand them over) and ends with relations and their reasons. The baseline compares every two rows
on measure, population, place, window and number, and names no relation.
"""

import argparse
import gc
import math
import os
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import date

from counterfoil.comparing import axes
from counterfoil.comparing.axes import Profile
from counterfoil.reading.model import Hedge, Kind, Place
from counterfoil.relating.across import links
from counterfoil.relating.rows import Row, origin, parts

DAY = date(2025, 1, 1).toordinal()
DAYS = 365
CODES = ("killed", "injured", "displaced", "missing", "detained", "deported", "attack", "buildings_destroyed")
UNITS = {"attack": "event", "buildings_destroyed": "building"}
SPEAKERS = ("police", "health ministry", "Red Cross", "army", "IOM", "UNHCR", "governor", "Rights Monitor", None)
OUTLETS = tuple(f"outlet {i}" for i in range(400))
COUNTRIES = tuple(f"C{i:02d}" for i in range(60))


def profiles(place: Place, code: str, first: int, last: int, day: int, *, stock: bool) -> Profile:
    """Return the profile of a count."""
    return Profile(
        code, code, "forced" if code == "deported" else "", UNITS.get(code, "person"),
        Kind.STOCK if stock else Kind.FLOW,
        None, None, "", place, None, *(date.fromordinal(one) for one in (first, last, day)),
    )  # fmt: skip


def made(count: int, seed: int = 1) -> list[Row]:
    """Return rows of invented figures in order of time."""
    chance = random.Random(seed)
    weights = [1 / (i + 1) for i in range(len(COUNTRIES))]
    plain: list[tuple[int, dict[str, object]]] = []
    passage = 0
    while len(plain) < count:
        country = chance.choices(COUNTRIES, weights)[0]
        city = f"town {min(int(chance.paretovariate(0.7)), 3000)}"
        place = Place(f"{city}, {country}", country, city, "city")
        code = chance.choice(CODES)
        first = DAY + chance.randrange(DAYS)
        year = chance.random() < 0.05
        start, end = (DAY, DAY + DAYS - 1) if year else (first, first)
        stock = code in ("displaced", "missing") and not year
        number = max(1, int(chance.lognormvariate(3.5, 1.6)))
        for speaker in chance.sample(SPEAKERS, chance.choice((1, 1, 1, 2, 2, 3, 4))):
            said = max(1, int(number * chance.choice((1, 1, 1, chance.uniform(0.4, 3)))))
            for update in range(chance.choice((1, 1, 1, 2, 3, 5))):
                day = (DAY + DAYS if year else first + 1) + update + chance.randrange(2)
                said += int(said * chance.random() * 0.3) if update else 0
                profile = profiles(place, code, start, end, day, stock=stock)
                passage += 1
                for _ in range(min(int(chance.paretovariate(1.1)), 60)):  # outlets that print it
                    copied = chance.random() < 0.6
                    plain.append(
                        (
                            day,
                            {
                                "profile": profile, "place": parts(place), "first": None if stock else start,
                                "last": None if stock else end, "stock": stock, "said": float(said), "speaker": speaker,
                                "denied": chance.random() < 0.01, "increment": chance.random() < 0.02,
                                "passage": passage if copied else -1, "outlet": chance.choice(OUTLETS),
                            },
                        )
                    )  # fmt: skip
    plain = plain[:count]
    plain.sort(key=lambda one: one[0])
    return [_row(at, day, one) for at, (day, one) in enumerate(plain)]


def _row(at: int, day: int, one: dict[str, object]) -> Row:
    profile, said, speaker = one["profile"], one["said"], one["speaker"]
    assert isinstance(profile, Profile)
    assert isinstance(said, float)
    half = 10 ** (len(f"{said:.0f}") - len(f"{said:.0f}".rstrip("0"))) / 2
    return Row(
        at, at // 3, one["outlet"], day, profile, profile.code, profile.nature, profile.unit, one["place"], False,
        frozenset(), one["first"], one["last"], day, one["stock"], False, one["increment"], said, said - half,
        math.nextafter(said + half, 0), said - half, math.nextafter(said + half, 0), Hedge.EXACT, speaker,
        origin(speaker), not one["denied"], one["denied"], frozenset(), frozenset(), False, True, False,
        one["passage"], "",
        True, f"{said:,.0f}",
    )  # type: ignore[arg-type]  # fmt: skip


def all_pairs(rows: Sequence[Row]) -> int:
    """Compare every two rows as a plain loop would; return how many are of one thing."""
    same = 0
    for i, a in enumerate(rows):
        for b in rows[i + 1 :]:
            found = (axes.measures(a.profile, b.profile), axes.populations(a.profile, b.profile),
                     axes.places(a.profile, b.profile), axes.windows(a.profile, b.profile))  # fmt: skip
            same += all(outcome.word == axes.SAME for outcome in found) and a.low <= b.high and b.low <= a.high
    return same


def timed(rows: Sequence[Row], workers: int, rounds: int = 3) -> tuple[float, float, float, int]:
    """Return median and spread of the seconds that relating takes, its processor seconds, and the relations found."""
    seconds, busy, found = [], [], 0
    for _ in range(rounds):
        gc.collect()
        start, spent = time.perf_counter(), sum(os.times()[:4])
        found = len(links(rows, workers=workers))
        seconds.append(time.perf_counter() - start)
        busy.append(sum(os.times()[:4]) - spent)
    return statistics.median(seconds), max(seconds) - min(seconds), statistics.median(busy), found


def report(figures: Sequence[int], workers: int, pairs: Sequence[int]) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"| figures | workers | seconds (median of 3) | spread | processor seconds | relations |\n|{'---|' * 6}"
    for count in figures:
        rows = made(count)
        for width in sorted({1, workers}):
            median, spread, busy, found = timed(rows, width)
            yield f"| {count:,} | {width} | {median:.2f} | {spread:.2f} | {busy:.2f} | {found:,} |"
        del rows
    yield f"\n| figures | all pairs, seconds | by rows, seconds | ratio |\n|{'---|' * 4}"
    for count in pairs:
        rows = made(count)
        start = time.perf_counter()
        all_pairs(rows)
        naive = time.perf_counter() - start
        ours, _, _, _ = timed(rows, 1)
        yield f"| {count:,} | {naive:.2f} | {ours:.4f} | {naive / ours:,.0f} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=int, nargs="*", default=[10_000, 100_000, 300_000, 1_000_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pairs", type=int, nargs="*", default=[500, 1_000, 2_000])
    options = parser.parse_args()
    for line in report(options.figures, options.workers, options.pairs):
        print(line, flush=True)


if __name__ == "__main__":
    main()
