"""Points, heat maps and curves of a survey, for people to look at, and the queries that give them again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from counterfoil.checking.datasets import editions, querying, warehouse
from counterfoil.checking.datasets.model import Edition, PlaceFilter
from counterfoil.checking.matches import Match
from counterfoil.checking.model import Curve, HeatMap, Point, Query
from counterfoil.checking.surface.answers import Answers, evaluate
from counterfoil.checking.surface.model import Cube, Floats
from counterfoil.checking.surface.settings import BASELINES, Settings, explicit_settings
from counterfoil.checking.surface.summary import Place, Summary
from counterfoil.checking.surface.tasks import Ends, meets
from counterfoil.checking.surveying import Survey, filters_of, whole_window
from counterfoil.comparing.wording import window_words

MOST_ROWS = 8  # of a heat map; columns are the baselines, of which there are nine at most
MOST_STEPS = 400  # of a curve; longer ones are summed up by month
YEARS_BESIDE = 2  # years of the curve shown before the earliest window


def point(
    cube: Cube, settings: Settings, answers: Answers, summary: Summary | None, allowed: Sequence[Ends], place: Place
) -> Point:
    """Return one setting as a point."""
    k, n = place
    key = cube.keys[k]
    later, earlier = settings.days(n)
    value = float(answers.values[place])
    counts = [float(answers.later_counts[place])]
    exposure = [int(answers.later_days[n])]
    if answers.earlier_counts is not None:
        counts.append(float(answers.earlier_counts[place]))
        exposure.append(int(answers.earlier_days[n]) if answers.earlier_days is not None else exposure[0])
    ends = [_end(one, place) for one in (answers.low, answers.high, answers.wide_low, answers.wide_high)]
    known = np.array([value])
    low = np.array([min([value, *(e for e in (ends[0], ends[2]) if e is not None)])])
    high = np.array([_highest(value, answers, place)])
    return Point(
        key.source,
        key.edition,
        key.measure,
        key.words,
        later,
        earlier,
        tuple(counts),
        tuple(exposure),
        value,
        ends[0],
        ends[1],
        ends[2],
        ends[3],
        key.score if summary is None else float(summary.sensibility[place]),
        bool(meets(allowed, known, known)[0]),
        bool(meets(allowed, low, high)[0]),
        answers.flag_words(k, n),
    )


def _end(ends: Floats | None, place: Place) -> float | None:
    """Return an end of an interval; None where there is none, or where it is infinite."""
    value = None if ends is None else float(ends[place])
    return value if value is not None and np.isfinite(value) else None


def _highest(value: float, answers: Answers, place: Place) -> float:
    found = [value, *(float(e[place]) for e in (answers.high, answers.wide_high) if e is not None)]
    return max(one for one in found if not np.isnan(one)) if any(not np.isnan(one) for one in found) else value


def heat(survey: Survey) -> HeatMap | None:
    """Return answers by window and baseline in the most sensible way of counting; None for levels."""
    settings, answers, summary = survey.settings, survey.answers, survey.summary
    if settings.earlier is None:
        return None
    k = 0
    known = answers.answered[k]
    if not known.any():
        return None
    worth = np.where(known, summary.sensibility[k], 0.0)
    best_of: dict[int, float] = {}
    for w, value in zip(settings.later.tolist(), worth.tolist(), strict=True):
        best_of[w] = max(best_of.get(w, 0.0), value)
    rows = sorted(sorted(best_of, key=lambda w: -best_of[w])[:MOST_ROWS], key=lambda w: tuple(settings.windows[w]))
    columns = sorted({int(r) for r in settings.rule[known]})
    cells: dict[tuple[int, int], int] = {}
    for n in np.argsort(worth, kind="stable").tolist():  # the most sensible comes last and stays
        if known[n]:
            cells[int(settings.later[n]), int(settings.rule[n])] = n
    values = tuple(tuple(_value(answers.values[k], cells.get((w, c))) for c in columns) for w in rows)
    agrees = tuple(tuple(_agrees(summary, k, cells.get((w, c))) for c in columns) for w in rows)
    marked = None
    if settings.asked is not None:
        at = int(settings.later[settings.asked]), int(settings.rule[settings.asked])
        if at[0] in rows and at[1] in columns and cells.get(at) == settings.asked:
            marked = rows.index(at[0]), columns.index(at[1])
    names = tuple(_window(settings, w) for w in rows)
    return HeatMap(names, tuple(BASELINES[c] for c in columns), values, agrees, marked)


def _value(values: Floats, n: int | None) -> float | None:
    return None if n is None else float(values[n])


def _agrees(summary: Summary, k: int, n: int | None) -> bool:
    return n is not None and bool(summary.agrees[k, n])


def _window(settings: Settings, w: int) -> str:
    first, after = (int(day) for day in settings.windows[w])
    return window_words(date.fromordinal(first), date.fromordinal(after - 1))


def curve(survey: Survey, shown: Point | None) -> Curve | None:
    """Return the series in the most sensible way of counting, about the windows of the setting shown."""
    cube = survey.cube
    steps = len(cube.edges) - 1
    if not steps or not cube.covered.any():
        return None
    first, after = 0, steps
    if shown is not None:
        begin = (shown.earlier or shown.later)[0].toordinal() - YEARS_BESIDE * 365
        end = shown.later[1].toordinal() + YEARS_BESIDE * 365
        first = int(np.clip(np.searchsorted(cube.edges, begin, side="right") - 1, 0, steps - 1))
        after = int(np.clip(np.searchsorted(cube.edges, end, side="left"), first + 1, steps))
    found = [
        (int(cube.edges[i]), int(cube.edges[i + 1]), float(cube.values[0, i]) if cube.covered[i] else None)
        for i in range(first, after)
    ]
    summed = survey.how == "sum"
    if len(found) > MOST_STEPS and summed:
        found = _by_month(found)
    shaded = [] if shown is None else [(*shown.later, "later")]
    if shown is not None and shown.earlier is not None:
        shaded.append((*shown.earlier, "earlier"))
    breaks = tuple(
        (date.fromordinal(int(cube.edges[step])), why) for step, why, _ in cube.breaks if first < step < after
    )
    unit = survey.match.indicator.unit
    told = tuple((date.fromordinal(a), date.fromordinal(b - 1), value) for a, b, value in found)
    return Curve(cube.keys[0].words, unit, told, tuple(shaded), breaks, summed)


def _by_month(steps: Sequence[tuple[int, int, float | None]]) -> list[tuple[int, int, float | None]]:
    """Return the sums of calendar months; a month with a step that is not covered has none."""
    found: list[tuple[int, int, float | None]] = []
    for begin, after, value in steps:
        day = date.fromordinal(begin)
        last = date.fromordinal(found[-1][0]) if found else None
        if last is not None and (last.year, last.month) == (day.year, day.month):
            start, _, total = found[-1]
            found[-1] = (start, after, None if total is None or value is None else total + value)
        else:
            found.append((begin, after, value))
    return found


def query_of(survey: Survey, shown: Point | None) -> Query:
    """Return what reruns the point shown: SQL, each part with the file to run it on, and Python.

    Of a share or a rate the second part is the whole or the people; of days that another edition continues, the days
    after.
    """
    match, after = survey.match, survey.match.continued_by
    windows = [] if shown is None else [("later", *shown.later)]
    windows += [("earlier", *shown.earlier)] if shown is not None and shown.earlier is not None else []
    end = None if after is None else _end_of_days(survey)
    kept = [(name, first, min(last, end or last)) for name, first, last in windows if end is None or first <= end]
    parts = []
    if kept or not windows:
        parts.append(
            querying.sql(match.edition, match.indicator, variants=match.chosen, where=survey.filters, windows=kept)
        )
    if after is not None and end is not None:
        rest = [(name, max(first, end + timedelta(1)), last) for name, first, last in windows if last > end]
        if rest:
            parts.append(
                querying.sql(after.edition, after.indicator, variants=after.chosen, where=_places(after), windows=rest)
            )
    below = None if shown is None else _below(survey, shown)
    if below is not None:
        name = "whole" if below.per == PERCENT else "people"
        days = [(name, *below.days)]
        parts.append(querying.sql(below.match.edition, below.match.indicator, where=below.filters, windows=days))
    places = [_file(one.edition) for one in (match, after) if one is not None]
    return Query(";\n\n".join(parts), python_of(match, survey.filters, shown, survey.how, places, below=below))


PERCENT = 100


@dataclass(frozen=True, slots=True)
class Below:
    """What a share or a rate is divided by: a measure, where and in which days it was asked, and Python for its file.

    per  what the quotient is told of: 100 for a share, 100,000 for so many per 100,000 people.
    """

    match: Match
    filters: tuple[PlaceFilter, ...]
    days: tuple[date, date]
    place: str
    per: float


def _below(survey: Survey, shown: Point) -> Below | None:
    share = shown.earlier is None and len(shown.counts) == 2
    whole = survey.match if share and survey.match.divisor is None else survey.match.divisor
    if whole is None:
        return None
    days = whole_window(survey, shown.later)
    per = PERCENT if share else _told_per(survey, shown, whole, days)
    return Below(whole, _places(whole), days, _file(whole.edition), per)


def _told_per(survey: Survey, shown: Point, whole: Match, days: tuple[date, date]) -> float:
    """Return of how many people a rate was told: from the point, its count and the people of those days."""
    if not shown.counts[0]:
        return 1.0
    cube = warehouse.cube(whole.edition, whole.indicator, variants=(), where=_places(whole))
    people = evaluate(cube, explicit_settings([(days, None)]), how="last").later_counts[0, 0]
    return float(round(shown.value * float(people) / shown.counts[0]))


def _places(match: Match) -> tuple[PlaceFilter, ...]:
    found = filters_of(match)
    assert not isinstance(found, str)  # it was asked before
    return found


def _end_of_days(survey: Survey) -> date:
    """Return the last day that the first of two editions answers for: from there on the other continues it."""
    last = survey.match.edition.covered_until or survey.match.edition.last
    assert last is not None
    return last


def _file(edition: Edition) -> str:
    """Return Python for the edition's file: under the home of editions by that, so that it runs elsewhere too."""
    path, home = Path(edition.path), editions.home()
    if path.is_relative_to(home):
        return f"editions.home() / {' / '.join(repr(part) for part in path.relative_to(home).parts)}"
    return f"Path({str(path)!r})"


def python_of(
    match: Match,
    filters: Sequence[PlaceFilter],
    shown: Point | None,
    how: str,
    places: Sequence[str],
    *,
    below: Below | None = None,
) -> str:
    """Return Python that asks the edition again, as it stands.

    places  Python for the edition's file, and for that of the edition which continues it.
    below   what a share or a rate is divided by.
    """
    if shown is None:
        return ""
    lines = [
        "from datetime import date",
        "from pathlib import Path",
        "",
        "from counterfoil.checking.continuing import continued",
        "from counterfoil.checking.datasets import editions, warehouse",
        "from counterfoil.checking.datasets.model import PlaceFilter",
        "from counterfoil.checking.surface.answers import evaluate",
        "from counterfoil.checking.surface.settings import explicit_settings",
        "",
        f"where = {list(filters)!r}",
        *_cube_of(match, places[0], "cube"),
    ]
    if match.continued_by is not None:
        lines += [*_cube_of(match.continued_by, places[1], "after"), "cube = continued(cube, after, '')"]
    lines.append(f"answers = evaluate(cube, explicit_settings([{_pair(shown.later, shown.earlier)}]), how={how!r})")
    if below is None:
        lines += [
            "for key, value, count in zip(cube.keys, answers.values[:, 0], answers.later_counts[:, 0]):",
            "    print(round(float(value), 6), float(count), key.words, sep='\\t')",
        ]
    else:
        state = "last" if below.match.indicator.additive == "stock" else "sum"
        lines += [
            f"where = {list(below.filters)!r}",
            *_cube_of(replace(below.match, chosen=()), below.place, "whole"),
            f"wholes = evaluate(whole, explicit_settings([{_pair(below.days, None)}]), how={state!r})",
            "part, of = float(answers.later_counts[0, 0]), float(wholes.later_counts[0, 0])",
            f"print(round({below.per!r} * part / of, 6), part, of, sep='\\t')",
        ]
    return "\n".join(lines) + "\n"


def _pair(later: tuple[date, date], earlier: tuple[date, date] | None) -> str:
    """Return Python for a window and its baseline."""
    base = None if earlier is None else f"(date{_ymd(earlier[0])}, date{_ymd(earlier[1])})"
    return f"((date{_ymd(later[0])}, date{_ymd(later[1])}), {base})"


def _cube_of(match: Match, place: str, name: str) -> list[str]:
    chosen = ", ".join(repr(v.id) for v in match.chosen)
    return [
        f"edition = editions.edition_at({place})",
        f"indicator = next(i for i in edition.dataset.indicators if i.id == {match.indicator.id!r})",
        f"chosen = [v for v in edition.dataset.variants if v.id in ({chosen}{',' if chosen else ''})]",
        f"{name} = warehouse.cube(edition, indicator, chosen=chosen, where=where)",
    ]


def _ymd(day: date) -> str:
    return f"({day.year}, {day.month}, {day.day})"
