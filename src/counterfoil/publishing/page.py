"""One article's report as one HTML file: no script, nothing loaded, nothing of the article alive."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from markupsafe import Markup

from counterfoil.checking.model import Evidence, Reference, Verdict, Word
from counterfoil.publishing import charts, exhibits, findings, marks, wording
from counterfoil.publishing.drawing import PATTERNS, heat
from counterfoil.publishing.model import Report
from counterfoil.reading import sentences
from counterfoil.reading.model import Figure, Statement
from counterfoil.relating.model import Relation, Side
from counterfoil.spans import Skipped

if TYPE_CHECKING:
    from jinja2 import Environment

_ROWS = 60  # records listed beside a chart; a longer series lists those that the verdict rests on
_EXAMPLES = 24  # words listed for one reason of setting aside; JSON holds all

# What no browser shows or what would end the file: controls, lone surrogates, and the two marks that force a
# direction, under which digits read backwards. One character for one, so that no highlight moves.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Way:
    """One row of the evidence table; `tags`: "best support", "best counter"."""

    evidence: Evidence
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Other:
    """A relation as one of its two figures sees it; `number` and `name` of the other's card, if it has one."""

    relation: Relation
    first: bool
    own: Side
    other: Side
    number: int | None
    name: str | None


@dataclass(frozen=True, slots=True)
class _Chart:
    """A drawn chart and the table beside it: sign, name and records of each series; `left_out` stand in the JSON."""

    chart: charts.Chart
    svg: Markup
    tables: tuple[tuple[str, str, tuple[Reference, ...]], ...]
    left_out: int
    shaded: str


@dataclass(frozen=True, slots=True)
class _Card:
    """All that the page shows of one figure."""

    number: int
    name: str
    figure: Figure
    row: wording.Row
    excerpt: Markup
    voices: tuple[Statement, ...]
    check: Verdict | None
    ways: tuple[_Way, ...]
    relations: tuple[_Other, ...]
    chart: _Chart | None
    exhibits: tuple[exhibits.Exhibit, ...]
    rules: tuple[tuple[str, str], ...]


def page(report: Report) -> str:
    """Return the whole file, to be written as UTF-8. Opens from a disk, reads on a phone, prints."""
    cards = _cards(report)
    html = (
        environment()
        .get_template("report.html")
        .render(
            report=report,
            document=report.document,
            title=report.document.title or "An article without a title",
            source=_source(report),
            cards=cards,
            article=marks.article(report),
            voices=_voices(report),
            speakers=wording.speakers(report),
            verdicts=_verdicts(report),
            aside=_aside(report),
            undecided=_undecided(report),
            wording=wording,
            patterns=PATTERNS,
        )
    )
    return showable(html)


def showable(html: str) -> str:
    """Return a page without what no browser shows."""
    return _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", html)


@cache
def environment() -> "Environment":
    """Return the templates of all pages: everything is escaped, nothing may be missing."""
    import jinja2

    found = jinja2.Environment(
        loader=jinja2.PackageLoader("counterfoil.publishing"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["web"] = wording.web_address
    found.filters["sentence"] = wording.sentence
    found.globals["SHADES"] = heat.LEGEND
    found.globals["amount"] = findings.amount
    return found


def _source(report: Report) -> str:
    """Return the name of the file it came from, not the folders of whoever read it; "" for text given directly."""
    source = report.document.source
    return source if wording.web_address(source) else PurePath(source.replace("\\", "/")).name if source != "-" else ""


def _cards(report: Report) -> tuple[_Card, ...]:
    ids = marks.names(report.figures)
    found = sentences.find(report.document.text)
    rows = wording.rows(report)
    at: dict[Figure, int] = {}
    for index, figure in enumerate(report.figures):
        at.setdefault(figure, index)
    related: dict[int, list[_Other]] = {}
    for relation in report.relations:
        for first, own, other in ((True, relation.a, relation.b), (False, relation.b, relation.a)):
            if own.figure in at:
                card = at.get(other.figure)
                number, name = (None, None) if card is None else (card + 1, ids[card])
                related.setdefault(at[own.figure], []).append(_Other(relation, first, own, other, number, name))
    return tuple(
        _Card(
            number=index + 1,
            name=ids[index],
            figure=figure,
            row=rows[index],
            excerpt=marks.excerpt(report, index, found),
            voices=wording.voices(report, figure),
            check=check,
            ways=_ways(check),
            relations=tuple(related.get(index, ())),
            chart=_chart(report, check, ids[index]),
            exhibits=() if check is None else exhibits.exhibits(check, f"d{ids[index]}"),
            rules=_rules(report, figure),
        )
        for index, (figure, check) in enumerate(wording.zip_checks(report))
    )


def _ways(check: Verdict | None) -> tuple[_Way, ...]:
    """Return every way of asking with its tags, the best ones first, whether or not they stand among the evidence."""
    if check is None:
        return ()
    best = (("best support", check.best_support), ("best counter", check.best_counter))
    every = dict.fromkeys((*(one for _, one in best if one is not None), *check.evidence))
    return tuple(_Way(one, tuple(tag for tag, evidence in best if evidence == one)) for one in every)


def _chart(report: Report, check: Verdict | None, name: str) -> _Chart | None:
    chart = charts.series_of(check, report) if check is not None else None
    if chart is None or check is None:
        return None
    listed = chart.references
    if len(listed) > _ROWS:
        listed = tuple(one for one in listed if one in chart.used)[:_ROWS]
    svg = Markup(charts.draw(chart, check, f"c{name}"))  # built from an allow-list in charts
    left_out = len(chart.references) - len(listed)
    tables = tuple(
        (sign, label, tuple(one for one in listed if chart.sign(one) == sign)) for sign, label in chart.legend()
    )
    return _Chart(chart, svg, tables, left_out, charts.shaded(chart, check))


def _rules(report: Report, figure: Figure) -> tuple[tuple[str, str], ...]:
    """Return what read each part of the figure: a rule or model with its version."""
    statement = wording.statement_of(report, figure)
    parts = (
        ("number", figure.number.by),
        ("measure", figure.measure and figure.measure.by),
        ("when", figure.period and figure.period.by),
        ("baseline", figure.baseline and figure.baseline.by),
        ("place", figure.place and figure.place.by),
        ("origin", figure.origin and figure.origin.by),
        ("destination", figure.destination and figure.destination.by),
        ("scene", figure.scene and figure.scene.by),
        ("speaker", statement and statement.speaker.by),
    )
    return tuple((name, by) for name, by in parts if by)


def _voices(report: Report) -> tuple[tuple[str, int], ...]:
    """Return each voice with the number of figures it gives, the most quoted first."""
    given = Counter(wording.said_by(report, figure) for figure in report.figures)
    for statement in report.statements:
        given.setdefault(wording.speaker(statement), 0)
    return tuple(given.most_common())


def _verdicts(report: Report) -> tuple[tuple[Word, int], ...]:
    given = Counter(check.word for check in report.checks)
    return tuple((word, given[word]) for word in Word if given[word])


def _aside(report: Report) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    """Return (reason, how many, examples), the most frequent first."""
    reasons: dict[str, list[Skipped]] = {}
    for skipped in (*report.skipped, *report.document.skipped):
        reasons.setdefault(skipped.reason, []).append(skipped)
    ordered = sorted(reasons.items(), key=lambda item: -len(item[1]))
    return tuple((reason, len(found), _examples(found)) for reason, found in ordered)


def _examples(found: Sequence[Skipped]) -> tuple[str, ...]:
    words = dict.fromkeys(" ".join(skipped.what.split()) for skipped in found)
    return tuple(one if len(one) <= 80 else one[:79] + "…" for one in list(words)[:_EXAMPLES] if one)


def _undecided(report: Report) -> tuple[tuple[str, int], ...]:
    """Return what was read and left open, with counts."""
    figures = report.figures
    periods = [figure.period.value for figure in figures if figure.period]
    places = [one.value for figure in figures for one in (figure.place, figure.origin, figure.destination) if one]
    counts = (
        ("whose days the words do not fix", sum(one.first is None and one.last is None for one in periods)),
        ("without words for when", len(figures) - len(periods)),
        ("whose place no gazetteer knows", sum(place.level == "unknown" for place in places)),
        ("without words for where", sum(not (one.place or one.origin or one.destination) for one in figures)),
        ("whose source has no name that is certain", sum(_uncertain(report, figure) for figure in figures)),
    )
    return tuple((what, amount) for what, amount in counts if amount)


def _uncertain(report: Report, figure: Figure) -> bool:
    statement = wording.statement_of(report, figure)
    return statement is not None and not statement.speaker.resolved
