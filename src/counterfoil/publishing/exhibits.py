"""One dataset's finding laid out for the page: words, drawings, and the tables that say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from counterfoil.checking.model import Curve, Finding, HeatMap, Point, Verdict
from counterfoil.publishing import findings, wording
from counterfoil.publishing.drawing import curve, forest, heat
from counterfoil.publishing.drawing.scales import Scale

_FOREST = 40  # rows drawn; the JSON report holds all
_CELLS = 900  # of a heat map on the page: 30 by 30, beyond which no cell can be found again


@dataclass(frozen=True, slots=True)
class Side:
    """One setting in words; `lacking` says why there is none."""

    name: str
    point: Point | None
    answer: str = ""
    windows: str = ""
    counts: str = ""
    interval: str = ""
    wide: str = ""
    lacking: str = ""


@dataclass(frozen=True, slots=True)
class Map:
    """The heat map, what it shows in words, and its table: a name and cells for each row."""

    svg: Markup
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    agreeing: bool
    marked: bool
    unanswered: bool
    falls: bool


@dataclass(frozen=True, slots=True)
class Series:
    """The series, what it shows, what its signs mean, and its table of days, value and note."""

    svg: Markup
    caption: str
    windows: tuple[tuple[str, str], ...]
    averages: str
    gaps: bool
    partly: bool
    breaks: tuple[str, ...]
    rows_of: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One answer of the forest: its drawing and its words."""

    point: Point
    svg: Markup
    answer: str
    interval: str
    wide: str
    windows: str
    counts: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Forest:
    """Answers on one scale; `left_out` stand in the JSON report. `windowed`: rows ask of different days.

    banded, possible, exact, wide  which signs there are, and need to be explained.
    """

    rows: tuple[Row, ...]
    axis: Markup
    caption: str
    banded: bool
    possible: bool
    exact: bool
    wide: bool
    windowed: bool
    left_out: int


@dataclass(frozen=True, slots=True)
class Exhibit:
    """All that the page shows of one finding; `name` begins the ids of its parts."""

    name: str
    finding: Finding
    title: str
    verdict: str
    sides: tuple[Side, ...]
    numbers: tuple[findings.Number, ...]
    remarks: tuple[str, ...]
    basis: str
    series: Series | None
    map: Map | None
    forest: Forest | None


def exhibits(check: Verdict, name: str) -> tuple[Exhibit, ...]:
    """Return one exhibit for each finding, in order; `name` begins every id."""
    return tuple(_exhibit(one, check, f"{name}-{index}") for index, one in enumerate(check.findings, start=1))


def _exhibit(finding: Finding, check: Verdict, name: str) -> Exhibit:
    remarks = (findings.null(finding), finding.changes, findings.sensibility(finding))
    return Exhibit(
        name=name,
        finding=finding,
        title=findings.title(finding),
        verdict=findings.verdict(finding),
        sides=_sides(finding, check),
        numbers=findings.four_numbers(finding, check.figure),
        remarks=tuple(wording.sentence(one) for one in remarks if one),
        basis=findings.basis(finding),
        series=None if finding.curve is None else _series(finding.curve, finding.asked, name),
        map=None if finding.heat is None else _map(finding.heat, name),
        forest=_forest(finding, check),
    )


def _sides(finding: Finding, check: Verdict) -> tuple[Side, ...]:
    return tuple(_side(name, point, check, lacking) for name, point, lacking in findings.settings(finding))


def _side(name: str, point: Point | None, check: Verdict, lacking: str) -> Side:
    if point is None:
        return Side(name, None, lacking=lacking)
    unit = check.figure.number.value.unit
    return Side(
        name,
        point,
        findings.answer(point, unit),
        findings.windows(point),
        findings.counts(point),
        findings.interval(point, unit),
        findings.interval(point, unit, wide=True),
    )


def _map(found: HeatMap, name: str) -> Map | None:
    cells = {(row, column): (value, agreed) for row, column, value, agreed in heat.answered(found)}
    size = len(found.rows) * len(found.columns)
    if not cells or size > _CELLS:
        return None
    agreeing = sum(agreed for _, agreed in cells.values())
    values = sorted(value for value, _ in cells.values())
    caption = (
        f"The change from a baseline (across) to a window (down), asked in {wording.count(size, 'way')}: "
        f"{wording.count(len(cells), 'answer')}, from {findings.change(values[0])} to {findings.change(values[-1])}; "
        f"{agreeing or 'none'} of them within what the words allow"
    )
    rows = tuple(
        (
            title,
            tuple(
                _cell(cells.get((row, column)), found.marked == (row, column)) for column in range(len(found.columns))
            ),
        )
        for row, title in enumerate(found.rows)
    )
    return Map(
        heat.draw(found, f"{name}-heat"),
        wording.sentence(caption),
        found.columns,
        rows,
        agreeing > 0,
        found.marked is not None,
        len(cells) < size,
        any(heat.shade(value).startswith("n") for value in values),
    )


def _cell(found: tuple[float, bool] | None, marked: bool) -> str:
    shown = "–" if found is None else findings.change(found[0]) + (" ●" if found[1] else "")
    return f"C {shown}" if marked else shown


def _series(found: Curve, compared: Point | None, name: str) -> Series | None:
    laid = curve.lay(found, compared)
    svg = curve.draw(laid, f"{name}-series")
    if not svg:
        return None
    return Series(
        svg,
        curve.caption(laid),
        tuple((what, wording.days(first, last)) for first, last, what in curve.visible(found)),
        f"a window’s average {laid.length}" if laid.means else "",
        curve.gaps(laid),
        curve.partly(laid),
        tuple(f"{wording.day(day)}: {why}" for day, why in curve.breaks(found)),
        laid.rows_of,
        tuple(_listed(one) for one in laid.listed),
    )


def _listed(one: curve.Bin) -> tuple[str, str, str]:
    if one.value is None:
        return wording.days(one.first, one.last, short=True), wording.NOTHING, "not covered"
    note = "" if one.whole else "only these days are covered"
    return wording.days(one.first, one.last, short=True), findings.amount(one.value), note


def _forest(finding: Finding, check: Verdict) -> Forest | None:
    points = finding.forest
    if not points:
        return None
    of_change = findings.is_change(finding)
    unit = check.figure.number.value.unit
    bands = findings.bands(check.figure, of_change=of_change)
    shown = points[:_FOREST]
    on = forest.scale(shown, bands)
    agreeing, possible = sum(one.agrees for one in shown), sum(one.possible and not one.agrees for one in shown)
    caption = (
        f"The claim’s windows in {wording.count(len(shown), 'way')} of counting: {agreeing or 'none'} within what "
        f"the words allow, {possible or 'none'} besides that reach it within the interval"
    )
    rows = tuple(_row(one, on, bands, unit, finding) for one in shown)
    return Forest(
        rows,
        forest.axis(on, unit, of_change=of_change),
        wording.sentence(caption),
        bool(bands),
        possible > 0,
        any(row.interval for row in rows),
        any(row.wide for row in rows),
        len({(one.later, one.earlier) for one in shown}) > 1,
        len(points) - len(shown),
    )


def _row(point: Point, on: Scale, bands: Sequence[forest.Band], unit: str, finding: Finding) -> Row:
    return Row(
        point,
        forest.row(point, on, bands),
        findings.answer(point, unit),
        findings.interval(point, unit),
        findings.interval(point, unit, wide=True),
        findings.windows(point),
        findings.counts(point),
        finding.asked is not None and point == finding.asked,
    )
