"""How a verdict came about, as text; and the terminal's lines on datasets."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from counterfoil.checking.model import Finding, Point, Query, Unmatched, Word
from counterfoil.publishing import explain, findings, terminal
from counterfoil.publishing.model import Report
from counterfoil.reading.model import Certainty
from publishing.anything import FINDINGS, report_of


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    "words",
    [
        "6 60 per cent … Attacks on villages, rose (Davit Oren)",
        "verdict: supported",
        "Institute for Conflict Records, 2023 against 2022: 60.5–60.6%, within the words: 183 against 114",
        "[best support]",
        "Belmara Event File 24.1, deaths (best): sensitive to window and definition",
        "measure: killed in all violence / deaths (best): same",
        "as the claim asks: +53%; Jun 2022–May 2023 against Jun 2021–May 2022; 1,181 against 774; 95% interval",
        "best support: +57%",
        "best counter: −8.1%",
        "direction: 96% of the settings show a rise",
        "in 3 of 100 cases",
        "One more month in the later window",
        "“supported in direction” under flat",
        "crosses a break: districts were redrawn in 2021",
        "edition 23.1; sensibility 0.9",
        "licence: CC BY 4.0",
        "1,204 settings asked of 3,310 rows, weighed by sensibility@2",
        "Crossing Register 2024-03: it counts persons who cross a border, not deaths",
        "as the claim asks: open, as the words leave windows or definition open",
        "best counter: no sensible setting speaks against it",
        "10 against 0, in 365 and 28 days: 0.027 against 0 a day; 95% interval −83% or more, with no upper end",
    ],
)
def test_it_tells(checked: Report, words: str) -> None:
    assert words in flat(explain(checked))


def test_words_are_wrapped_and_queries_are_whole(checked: Report) -> None:
    finding = checked.checks[5].findings[0]
    text = explain(checked, width=60)
    assert f"```sql\n{finding.query.sql}\n```" in text
    assert f"```python\n{finding.query.python}\n```" in text
    outside = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    assert max(map(len, outside.splitlines())) <= 100
    assert max(len(line) for line in outside.splitlines() if " " in line.strip()[2:]) <= 60


def test_a_fence_inside_a_query_does_not_end_it(checked: Report) -> None:
    text = explain(with_finding(checked, query=Query("SELECT '```';", "")))
    assert "````sql\nSELECT '```';\n````" in text


def with_finding(report: Report, **changes: object) -> Report:
    finding = replace(report.checks[5].findings[0], **changes)
    return replace(
        report, checks=(*report.checks[:5], replace(report.checks[5], findings=(finding,)), *report.checks[6:])
    )


def test_nothing_checked(report: Report) -> None:
    assert explain(replace(report, checks=())) == "Nothing was checked.\n"


EVIL = "\x1b[2J\x1b]0;owned\x07\x9b31m [bold]x[/bold] \u202e1,2\u2066\udcff\x00\r\n"


@pytest.mark.parametrize("show", [explain, terminal])
def test_nothing_of_a_dataset_reaches_the_terminal_alive(checked: Report, show: object) -> None:
    query = Query(f"SELECT 1; -- {EVIL}", EVIL)
    hostile = with_finding(
        checked, source=EVIL, edition=EVIL, publisher=EVIL, licence=EVIL, measure=EVIL, definition=EVIL, changes=EVIL,
        match=(EVIL,), reasons=(EVIL,), sensitive_to=(EVIL,), alternatives=((EVIL, EVIL),), sensibility=EVIL,
        query=query,
    )  # fmt: skip
    checks = (replace(hostile.checks[0], unmatched=(Unmatched(EVIL, EVIL, EVIL),)), *hostile.checks[1:])
    shown = show(replace(hostile, checks=checks))  # type: ignore[operator]
    assert not any((ord(one) < 32 and one != "\n") or 0x7F <= ord(one) < 0xA0 for one in shown)
    assert not any(one in shown for one in "\u202e\u2066\udcff")
    assert "␛[2J" in shown


@pytest.mark.parametrize("width", [60, 80, 100])
def test_the_terminal_has_one_line_for_each_dataset(checked: Report, width: int) -> None:
    shown = terminal(checked, width=width)
    assert max(map(len, shown.splitlines())) <= width
    assert shown.count("· Belmara Event File 24.1:") == 3
    words = flat(shown)
    assert "supported: The Institute for Conflict Records counts 183 attacks" in words
    assert "· Belmara Event File 24.1: sensitive to window and definition; +53% [+39% to +67%]" in words
    assert "Crossing Register 2024-03, for 3, 4 and 6: it counts persons who cross a border, not deaths" in words


def test_the_terminal_counts_the_datasets_that_it_has_no_room_for(report: Report) -> None:
    many = tuple(Unmatched(f"Set {index}", "1", "no") for index in range(11))
    shown = terminal(replace(report, checks=(replace(report.checks[0], unmatched=many), *report.checks[1:])))
    assert "Set 7 1, for 1: no" in shown
    assert "Set 8" not in shown
    assert "3 more, which --explain lists" in shown


def test_the_terminal_shows_of_what_the_model_is_unsure(report: Report) -> None:
    assert "unsure" not in terminal(report)
    figure = replace(report.figures[1], certainty=(Certainty("what", 0.31), Certainty("time", 0.41)))
    shown = terminal(replace(report, figures=(report.figures[0], figure, *report.figures[2:])))
    assert "What the model is unsure of\n  2  time (41%)\n" in shown


@settings(max_examples=40, deadline=None)
@given(FINDINGS)
def test_any_finding_can_be_told(finding: Finding) -> None:
    report = report_of(finding)
    assert explain(report).endswith("\n")
    assert terminal(report).endswith("\n")


def test_datasets_that_count_other_things_are_told_on_request_alone(report: Report) -> None:
    near, far = Unmatched("Events", "1", "it ends before the window"), Unmatched("Taxes", "2", "it counts taxes", False)
    checks = (replace(report.checks[0], unmatched=(near, far)), *report.checks[1:])
    told = replace(report, checks=checks)
    assert "Events 1" in terminal(told)
    assert "Taxes 2" not in terminal(told)
    assert "Taxes 2" in explain(told)


@pytest.mark.parametrize(("low", "high", "unsure"), [(5, 232, False), (-94, 5524, True), (-60, None, True)])
def test_an_interval_that_says_nothing_is_not_printed(low: float, high: float | None, unsure: bool) -> None:
    days = (date(2023, 1, 1), date(2023, 12, 31)), (date(2022, 1, 1), date(2022, 12, 31))
    point = Point(
        "a", "1", "deaths", "all", *days, (1291, 700), (365, 365), 84.4, None, None, low, high, 1.0, False, True
    )
    assert point.unsure is unsure
    assert ("too uneven" in findings.within(point, "percent")) is unsure


def test_the_terminal_names_the_nearest_dataset_before_tables_of_elsewhere(report: Report) -> None:
    near = Unmatched("Events", "1", "it ends before the window")
    refused = replace(
        report.checks[0],
        word=Word.NOT_CHECKABLE,
        findings=(),
        reasons=("no comparable reference figure: the nearest differs in place",),
        unmatched=(near,),
    )
    shown = flat(terminal(replace(report, checks=(refused, *report.checks[1:]))))
    assert "not checkable: Events: it ends before the window" in shown
    assert "no comparable reference figure" not in shown
