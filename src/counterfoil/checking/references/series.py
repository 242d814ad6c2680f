"""Reference figures grouped into series, and the windows for which a series has an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from counterfoil.checking.model import Reference
from counterfoil.comparing.axes import Profile, profile
from counterfoil.comparing.intervals import Interval, allowed
from counterfoil.comparing.wording import window_words
from counterfoil.reading.model import Kind

MOST_PIECES = 36  # longest run of adjoining windows that is added up: three years of months
MOST_WINDOWS = 20_000  # of one series; a longer table is answered by its rows alone


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """One window that the publisher gives a number for; several references are releases of that one number."""

    first: date | None
    last: date
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """What one publisher counts in one way: the same measure, people, place and unit; ordered by window.

    profile  of its first reference: all share everything but window and number.
    """

    publisher: str
    name: str
    definition: str
    claim: bool
    profile: Profile
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Days `first` to `last` for which a series has an answer: one of its own windows, or adjoining ones added up.

    exact     the counts as printed, one for each release; one hull of sums where several windows were added.
    pieces    the windows added up, in order.
    """

    first: date
    last: date
    pieces: tuple[Point, ...]

    @property
    def days(self) -> int:
        """Return the length in days."""
        return (self.last - self.first).days + 1

    @property
    def words(self) -> str:
        """Return the window as people write it."""
        return window_words(self.first, self.last)

    @property
    def references(self) -> tuple[Reference, ...]:
        """Return the rows used."""
        return tuple(reference for piece in self.pieces for reference in piece.references)

    def answers(self) -> tuple[tuple[Interval, tuple[Reference, ...]], ...]:
        """Return the answers, each with its rows: one for each release; for a sum, the hull over all releases."""
        if len(self.pieces) == 1:
            return tuple((counted(r), (r,)) for r in self.pieces[0].references)
        total = Interval(None, None)
        for at, piece in enumerate(self.pieces):
            hull = counted(piece.references[0])
            for reference in piece.references[1:]:
                hull = hull.hull(counted(reference))
            total = hull if at == 0 else total.plus(hull)
        return ((total, self.references),)


def counted(reference: Reference) -> Interval:
    """Return the number that the record gives as a point or a bound: a published count is what it is."""
    quantity = reference.figure.number.value
    if quantity.said_low is not None and quantity.said_low == quantity.said_high and quantity.hedge == "exact":
        return Interval(quantity.said_low, quantity.said_high)
    return allowed(quantity, quantity.grain)


def grouped(references: Iterable[Reference]) -> tuple[Series, ...]:
    """Return the references as series, in the order in which each first appears."""
    groups: dict[tuple[object, ...], list[tuple[Reference, Profile]]] = {}
    for reference in references:
        figure = reference.figure
        seen = profile(figure)
        key = (
            *(reference.publisher, reference.series, reference.claim, seen.code, seen.nature, seen.unit, seen.kind),
            *(seen.context, seen.population, seen.place, seen.destination, figure.direction),
        )
        groups.setdefault(key, []).append((reference, seen))
    found = []
    for members in groups.values():
        first, shape = members[0]
        points: dict[tuple[date | None, date | None], list[Reference]] = {}
        for reference, seen in members:
            points.setdefault((seen.first, seen.last), []).append(reference)
        ordered = sorted(points.items(), key=lambda item: (item[0][0] or date.min, item[0][1] or date.max))
        found.append(
            Series(
                first.publisher,
                first.series,
                first.definition,
                first.claim,
                shape,
                tuple(
                    Point(window[0], window[1], tuple(sorted(rows, key=lambda r: r.figure.as_of or date.min)))
                    for window, rows in ordered
                    if window[1] is not None
                ),
            )
        )
    return tuple(found)


@lru_cache(maxsize=512)
def windows(series: Series) -> tuple[Window, ...]:
    """Return all windows that the series answers for, those of fewest pieces first.

    Adjoining windows of a flow are added up, at most 36 of them; of two ways to make one window the one with fewer
    pieces is kept. Stocks and shares are never added.
    """
    points = [point for point in series.points if point.first is not None]
    found: dict[tuple[date | None, date], tuple[Point, ...]] = {(p.first, p.last): (p,) for p in points}
    if series.profile.kind is Kind.FLOW:
        starting: dict[int, list[Point]] = {}
        for point in points:
            if point.first is not None:
                starting.setdefault(point.first.toordinal(), []).append(point)
        grown: list[tuple[Point, ...]] = [(point,) for point in points]
        while grown and len(found) < MOST_WINDOWS:
            longer: list[tuple[Point, ...]] = []
            for chain in grown:
                for after in starting.get(chain[-1].last.toordinal() + 1, ()):
                    key = (chain[0].first, after.last)
                    if key not in found and len(chain) < MOST_PIECES:
                        found[key] = (*chain, after)
                        longer.append(found[key])
            grown = longer
    return tuple(Window(first, last, pieces) for (first, last), pieces in found.items() if first is not None)


def around(series: Series, first: date, last: date) -> tuple[Window | None, Window | None]:
    """Return the largest answered window inside these days, and the smallest that holds them all."""
    inside = outside = None
    for window in windows(series):
        if first <= window.first and window.last <= last and (inside is None or window.days > inside.days):
            inside = window
        if window.first <= first and last <= window.last and (outside is None or window.days < outside.days):
            outside = window
    return inside, outside


def nearest(series: Series, first: date, last: date) -> Window | None:
    """Return the answered window that shares most with these days (days shared over days in either)."""

    def shared(window: Window) -> float:
        both = (min(window.last, last) - max(window.first, first)).days + 1
        return max(0, both) / ((max(window.last, last) - min(window.first, first)).days + 1)

    found: Sequence[Window] = windows(series)
    best = max(found, key=shared, default=None)
    return best if best is not None and shared(best) > 0 else None
