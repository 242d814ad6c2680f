"""A claimant's count over time as steps, and what each count added, as inline SVG.

A count stands on the day for which it is given: there the line is solid. Over days on which the claimant gave none it
is dotted, and after the last count there is nothing. A range is a band between its ends, never its middle; a floor
without a ceiling has an arrow. What looks like a slip is crossed and leaves the line alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from markupsafe import Markup

from counterfoil.publishing import wording
from counterfoil.publishing.drawing import scales, svg
from counterfoil.relating.model import Group, Point, Timeline

FLAWED = ("slip", "misstated")  # flags of counts that stand in no line
_TOP, _HEIGHT, _AXIS = 24, 112, 18  # pixels: room for words above, the counts, the days beneath
_STRIP, _GAP = 56, 12  # pixels: what each count added, and the space above it
_MIDDLE_WIDTH = 620  # pixels that a drawing has on a desk; labels nearer than their words there are left out
_LEVELS = 5  # horizontal lines at most


@dataclass(frozen=True, slots=True)
class Frame:
    """What the drawings of a group share.

    first, last  days drawn, both included.
    top, step    the highest count, and how far apart the lines are; `most`: the largest increment, either way.
    """

    first: date
    last: date
    top: float
    step: float
    most: float

    def across(self, day: date, part: float = 0.0) -> float:
        """Return the share of the width at which a day begins, or a part of it."""
        return ((day - self.first).days + part) / ((self.last - self.first).days + 1)

    def down(self, count: Decimal) -> float:
        """Return the place of a count, in pixels from above."""
        return _TOP + _HEIGHT * (1 - min(float(count) / self.top, 1.0))


def frame(group: Group) -> Frame | None:
    """Return the days and counts that all drawings of a group have in common; None where no count has a day."""
    points = [one for line in group.timelines for one in line.points if _drawn(one)]
    if not points:
        return None
    dates = [one.day for one in points if one.day is not None]
    standing = [one for one in points if one.flag not in FLAWED] or points
    ends = [float(end) for one in standing for end in (one.low, one.high) if end is not None]
    top = max([*ends, 1.0])
    step = scales.nice_step(top / _LEVELS)
    most = max((abs(float(one.increment)) for one in standing if one.increment), default=0.0)
    first, last = min(dates), max(dates)
    if first == last:
        first, last = first - timedelta(days=1), last + timedelta(days=1)
    return Frame(first, last, max(top * 1.02, 1.0), step, most)


def draw(line: Timeline, on: Frame, others: Sequence[Timeline], corrected: frozenset[str], words: str) -> Markup:
    """Return the drawing of one claimant.

    others     claimants of the same group, drawn faint behind.
    corrected  entries that a person set right: ringed, the count that such a one repeats too.
    words      what is seen, for those who do not.
    """
    points = [one for one in line.points if _drawn(one)]
    standing = [one for one in points if one.flag not in FLAWED]
    strip = any(one.increment for one in standing)
    height = _TOP + _HEIGHT + _AXIS + (_GAP + _STRIP + 4 if strip else 0)
    parts = [*_levels(on), *_days(on, height)]
    for other in others:
        parts += _steps([one for one in other.points if _drawn(one) and one.flag not in FLAWED], on, "behind")
    parts += _bands(standing, on)
    parts += _steps(standing, on, "steps")
    for one in points:
        parts += _sign(one, on, ringed=any(side.where in corrected for side in (one.side, *one.repeats)))
    parts += _labels(points, on)
    if strip:
        parts += _added(standing, on, _TOP + _HEIGHT + _AXIS + _GAP)
    return Markup('<svg class="count" role="img" aria-label="{}" width="100%" height="{}">{}</svg>').format(
        svg.words(words), height, Markup("").join(parts)
    )


def _drawn(one: Point) -> bool:
    return one.day is not None and (one.low is not None or one.high is not None)


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> Markup:
    places = (svg.percent(x1), svg.number(y1), svg.percent(x2), svg.number(y2))
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(name, *places)


def _levels(on: Frame) -> list[Markup]:
    parts = []
    level = 0.0
    while level <= on.top:
        y = on.down(Decimal(level))
        parts.append(_line(0, y, 1, y, "zero" if not level else "level"))
        parts.append(svg.text("-8", y + 4, wording.number(Decimal(level).quantize(Decimal(1))), "scale", "end"))
        level += on.step
    return parts


def _days(on: Frame, height: int) -> list[Markup]:
    parts = []
    base = _TOP + _HEIGHT
    for day, name in scales.days(on.first, on.last):
        share = on.across(day, 0.5)
        parts.append(_line(share, base, share, base + 4, "zero"))
        anchor = "end" if share > 0.93 else "" if share < 0.05 else "middle"
        parts.append(svg.text(svg.percent(share), base + 16, name, "scale", anchor))
    return parts


def _ends(one: Point) -> dict[str, Decimal]:
    """Return the ends that have a place: one where the count is exact, or open on a side."""
    if one.low == one.high or one.high is None:
        return {"low": one.low} if one.low is not None else {}
    return {"high": one.high} if one.low is None else {"low": one.low, "high": one.high}


def _steps(points: Sequence[Point], on: Frame, name: str) -> list[Markup]:
    parts = []
    for nth, one in enumerate(points):
        assert one.day is not None
        begin, end = on.across(one.day), on.across(one.day, 1.0)
        later = points[nth + 1] if nth + 1 < len(points) else None
        for side, count in _ends(one).items():
            y = on.down(count)
            parts.append(_line(begin, y, end, y, name))
            if later is None or later.day is None:
                continue
            turn = on.across(later.day)
            if turn > end:
                parts.append(_line(end, y, turn, y, f"{name} silent"))
            ends = _ends(later)
            following = ends.get(side, ends.get("low" if side == "high" else "high"))
            if following is not None and later.day > one.day:
                parts.append(_line(turn, y, turn, on.down(following), name))
    return parts


def _bands(points: Sequence[Point], on: Frame) -> list[Markup]:
    parts = []
    for one in points:
        if one.low is None or one.high is None or one.low == one.high or one.day is None:
            continue
        top, bottom = on.down(one.high), on.down(one.low)
        begin, end = on.across(one.day), on.across(one.day, 1.0)
        places = (svg.percent(begin), svg.number(top), svg.percent(end - begin), svg.number(bottom - top))
        parts.append(Markup('<rect class="span" x="{}" y="{}" width="{}" height="{}"/>').format(*places))
        middle = on.across(one.day, 0.5)  # a day of a long crisis is narrow: the range stays seen
        parts.append(_line(middle, top, middle, bottom, "range"))
    return parts


def _sign(one: Point, on: Frame, *, ringed: bool) -> list[Markup]:
    assert one.day is not None
    share, x = on.across(one.day, 0.5), svg.percent(on.across(one.day, 0.5))
    y = on.down(next(iter(_ends(one).values())))
    parts = []
    if ringed:
        parts.append(Markup('<circle class="ring" cx="{}" cy="{}" r="8"/>').format(x, svg.number(y)))
    if one.flag in FLAWED:
        parts.append(_shape(share, y, "M-5-5L5 5M-5 5L5-5", "slip"))
    elif one.flag == "falls":
        parts.append(_shape(share, y, "M-6-5H6L0 6Z", "falls"))
    elif len(_ends(one)) == 1:
        parts.append(Markup('<circle class="told" cx="{}" cy="{}" r="4"/>').format(x, svg.number(y)))
    if one.high is None:
        parts.append(_shape(share, y - 5, "M0 0V-15M-4-11L0-15L4-11", "open"))
    elif one.low is None:
        parts.append(_shape(share, y + 5, "M0 0V15M-4 11L0 15L4 11", "open"))
    return parts


def _shape(share: float, y: float, path: str, name: str) -> Markup:
    """Return a path at a place; an inner drawing carries it there, since paths know no percentages."""
    return Markup('<svg class="at" x="{}" y="{}"><path class="{}" d="{}"/></svg>').format(
        svg.percent(share), svg.number(y), name, path
    )


def _labels(points: Sequence[Point], on: Frame) -> list[Markup]:
    """Write the counts beside their signs: the last one first, then as many as have room."""
    taken: list[tuple[float, float, float]] = []
    parts = []
    order = sorted(range(len(points)), key=lambda nth: (nth != len(points) - 1, points[nth].flag == "", nth))
    for nth in order:
        one = points[nth]
        assert one.day is not None
        words = wording.bounds(one.low, one.high) + (f" · {len(one.repeats) + 1}×" if one.repeats else "")
        share = on.across(one.day, 0.5)
        half = svg.width_of(words) / 2 / _MIDDLE_WIDTH
        centre = min(max(share, half), 1 - half)
        under = one.flag in ("falls", *FLAWED)
        y = on.down(max(_ends(one).values())) + (20 if under else -26 if one.high is None else -10)
        y = min(max(y, 10), _TOP + _HEIGHT - 4)
        if any(abs(centre - c) < half + h + 0.01 and abs(y - other) < 14 for c, h, other in taken):
            continue
        taken.append((centre, half, y))
        anchor = "middle" if centre == share else "end" if centre < share else ""
        x = svg.percent(share if centre == share else 1.0 if centre < share else 0.0)
        parts.append(svg.text(x, y, words, "amount", anchor))
    return parts


def _added(points: Sequence[Point], on: Frame, top: int) -> list[Markup]:
    """Draw what each count added to the one before, or took from it."""
    falls = any(one.increment is not None and one.increment < 0 for one in points)
    base = top + _STRIP * (0.5 if falls else 1.0)
    room = _STRIP * (0.5 if falls else 1.0) - 12
    parts = [_line(0, base, 1, base, "zero")]
    last = -1.0
    for one in points:
        if one.increment is None or one.day is None:
            continue
        share = on.across(one.day, 0.5)
        size = max(room * abs(float(one.increment)) / on.most, 1.0) if on.most else 0.0
        down = one.increment < 0
        if down:
            parts.append(_shape(share, base, f"M-5 0V{svg.number(max(size, 3.0))}H5V0", "less"))
        else:
            parts.append(_line(share, base, share, base - size, "more"))
        words = f"{'−' if down else '+'}{wording.number(abs(one.increment))}"
        half = svg.width_of(words) / 2 / _MIDDLE_WIDTH
        if share - half > last:
            y = base + max(size, 3.0) + 12 if down else base - size - 4
            parts.append(svg.text(svg.percent(share), y, words, "amount", "end" if share + half > 1 else "middle"))
            last = share + half
    return parts
