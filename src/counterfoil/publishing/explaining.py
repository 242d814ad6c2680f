"""How each verdict came about, as long text: reasons, settings, numbers, and what asks the same again."""

import re
import textwrap
from collections.abc import Iterable, Iterator

from counterfoil.checking.model import Evidence, Finding, Point, Verdict
from counterfoil.publishing import findings, wording
from counterfoil.publishing.model import Report
from counterfoil.publishing.wording import inert

_NARROWEST = 40  # columns


def explain(report: Report, *, width: int = 100) -> str:
    """Return, for each checked figure, how its verdict came about; SQL and Python stand between ``` as they run.

    width  columns that words are wrapped to; queries are never wrapped.
    """
    width = max(width, _NARROWEST)
    parts = ["\n".join(_figure(report, index, check, width)) for index, check in enumerate(report.checks)]
    return "\n\n".join(parts) + "\n" if parts else "Nothing was checked.\n"


def _figure(report: Report, index: int, check: Verdict, width: int) -> Iterator[str]:
    figure = check.figure
    said = wording.said_by(report, figure)
    yield from _wrapped(f"{index + 1}  {wording.written(figure)} … {wording.what(figure)} ({said})", width)
    yield from _wrapped(f"{wording.interval_in_words(figure)}", width, "   ")
    yield from _wrapped(f"verdict: {wording.verdict(check)}", width, "   ")
    yield from _listed(check.reasons, width)
    if check.evidence:
        yield "   Published figures"
        yield from _listed((_way(one, check) for one in check.evidence), width)
    for finding in check.findings:
        yield ""
        yield from _finding(finding, check, width)
    if check.unmatched:
        yield ""
        yield "   Datasets that could not answer"
        yield from _listed((f"{one.source} {one.edition}: {one.why}" for one in check.unmatched), width)


def _way(evidence: Evidence, check: Verdict) -> str:
    within = {None: "cannot be told", True: "within the words", False: "not within the words"}[evidence.agrees]
    best = [
        name
        for name, one in (("best support", check.best_support), ("best counter", check.best_counter))
        if one == evidence
    ]
    tags = f" [{', '.join(best)}]" if best else ""
    told = f"{evidence.setting}: {wording.answer(evidence)}, {within}"
    return f"{told}: {evidence.reason}{tags}" if evidence.reason else told + tags


def _finding(finding: Finding, check: Verdict, width: int) -> Iterator[str]:
    unit = check.figure.number.value.unit
    yield from _wrapped(f"{findings.title(finding)}, {finding.measure}: {findings.verdict(finding)}", width, "   ")
    yield from _listed(finding.reasons, width)
    for title, lines in (
        ("Why this dataset and this measure", finding.match),
        ("Settings", tuple(_settings(finding, unit))),
        ("Numbers", tuple(_numbers(finding, check))),
        ("Other ways of counting, in the claim’s windows", tuple(_point(one, unit, finding) for one in finding.forest)),
    ):
        if lines:
            yield f"   {title}"
            yield from _listed(lines, width)
    yield "   Edition"
    counted = f"counts {finding.definition}" if finding.definition else "definition not stated"
    licence = finding.licence or "not stated"
    edition = f"{finding.publisher}: {finding.source} {finding.edition}, sha256 {finding.digest}, licence: {licence}"
    yield from _listed((edition, counted, findings.basis(finding)), width)
    for name, query in (("sql", finding.query.sql), ("python", finding.query.python)):
        if query.strip():
            yield from _fenced(name, query)


def _settings(finding: Finding, unit: str) -> Iterator[str]:
    if finding.asked is None:
        yield "as the claim asks: open, as the words leave windows or definition open"
    for name, point, lacking in findings.settings(finding):
        yield f"{name.lower()}: {lacking if point is None else _point(point, unit, finding)}"


def _point(point: Point, unit: str, finding: Finding) -> str:
    parts = [findings.answer(point, unit), findings.windows(point), findings.counts(point)]
    exact, wide = findings.interval(point, unit), findings.interval(point, unit, wide=True)
    parts += [f"95% interval {exact}" if exact else "", f"allowing for clusters {wide}" if wide else ""]
    parts += [point.words, "" if point.edition == finding.edition else f"edition {point.edition}"]
    parts.append(f"sensibility {findings.amount(point.sensibility)}")
    agrees = (
        "within the words" if point.agrees else "its interval reaches the words" if point.possible else "not within"
    )
    return "; ".join(one for one in (*parts, agrees, *point.flags) if one)


def _numbers(finding: Finding, check: Verdict) -> Iterator[str]:
    for one in findings.four_numbers(finding, check.figure):
        yield f"{one.name.lower()}: {one.shown}{' ' if one.shown.endswith('%') else ', '}{one.meaning}"
    yield from (one for one in (findings.null(finding), finding.changes, findings.sensibility(finding)) if one)


def _fenced(name: str, query: str) -> Iterator[str]:
    """Return a query as it runs, between fences longer than any inside; what a terminal would obey is shown instead."""
    longest = max((len(run) for run in re.findall("`+", query)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"{fence}{name}"
    yield from (inert(line.replace("\t", "    ")) for line in re.split(r"\r\n|\r|\n", query.strip("\r\n")))
    yield fence


def _listed(lines: Iterable[str], width: int) -> Iterator[str]:
    for line in lines:
        yield from _wrapped(line, width, "   - ", "     ")


def _wrapped(words: str, width: int, first: str = "", rest: str = "   ") -> list[str]:
    return textwrap.wrap(inert(words), width, initial_indent=first, subsequent_indent=rest) or [first.rstrip()]
