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
        "direction: 96% of the settings, by weight, show a rise",
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
    assert shown.count("· Belmara Event File:") == 3
    words = flat(shown)
    assert "supported: The Institute for Conflict Records counts 183 attacks" in words
    assert "· Belmara Event File: Deaths rose by about half in the year after the decree" in words
    assert "it counts persons who cross a border" not in words  # of figures that others answer
    assert "Crossing Register 2024-03: it counts persons who cross a border" in flat(explain(checked))


def refused(report: Report, *unmatched: Unmatched) -> Report:
    """Return the report with a first figure that nothing answers."""
    reasons = ("no comparable reference figure: the nearest differs in place",)
    check = replace(
        report.checks[0], word=Word.NOT_CHECKABLE, findings=(), sensitive_to=(), reasons=reasons, unmatched=unmatched
    )
    return replace(report, checks=(check, *report.checks[1:]))


def test_the_terminal_counts_the_datasets_that_it_has_no_room_for(report: Report) -> None:
    shown = terminal(refused(report, *(Unmatched(f"Set {index}", "1", f"no {index}") for index in range(8))))
    assert "1 not checkable: Set 0: no 0" in shown
    assert "Set 1, for 1: no 1" in shown
    assert "Set 4, for 1: no 4" in shown
    assert "Set 5" not in shown
    assert "3 more, which --explain lists" in shown


def test_what_most_datasets_lack_is_told_once(report: Report) -> None:
    few, most = Unmatched("Arrivals", "1", "by sea alone"), [Unmatched(f"Set {n}", "1", "no town") for n in range(3)]
    shown = terminal(refused(report, few, *most))
    assert "1 not checkable: Set 0 and 2 more: no town" in shown
    assert "Arrivals, for 1: by sea alone" in shown
    assert shown.count("no town") == 1


def test_what_counts_the_same_at_another_time_is_told_before_what_counts_other_things(report: Report) -> None:
    deaths = [Unmatched(f"Deaths {n}", "1", "It counts deaths, not people who fled.") for n in range(3)]
    camps = Unmatched("Camps", "1", "here a flow, in the record a stock")
    shown = terminal(refused(report, *deaths, camps))
    assert "1 not checkable: Camps: here a flow, in the record a stock" in shown
    assert "3 datasets or editions: --explain lists them" in shown
    assert "It counts deaths" not in shown


def test_one_long_line_of_a_dataset_leaves_room_for_no_other(checked: Report) -> None:
    first = checked.checks[5].findings[0]
    others = tuple(replace(first, edition=str(n), reasons=("so it is",)) for n in range(3))
    short = replace(checked.checks[5], findings=others)
    long = replace(short, findings=tuple(replace(one, reasons=("long words " * 40,)) for one in others))
    for check, lines, rest in ((short, 2, 1), (long, 1, 2)):
        shown = terminal(replace(checked, figures=(check.figure,), checks=(check,), relations=()))
        assert shown.count("     · ") == lines
        assert f"(and {rest} more: --explain)" in flat(shown)
        assert "Belmara Event File 0:" in shown  # two editions of one dataset are told apart


def test_a_dataset_that_has_no_answer_is_shown_only_where_none_has(checked: Report) -> None:
    whole = replace(checked.checks[5].findings[0], best_support=None, best_counter=None, reasons=("of all",))
    mute = replace(whole, edition="2", word=Word.NOT_CHECKABLE, asked=None, reasons=("by longer steps",))
    for several, seen, rest in (((whole, mute), "of all", True), ((mute,), "by longer steps", False)):
        check = replace(checked.checks[5], findings=several)
        shown = flat(terminal(replace(checked, figures=(check.figure,), checks=(check,), relations=())))
        assert seen in shown
        assert ("by longer steps" in shown) is (not rest)
        assert ("(and 1 more: --explain)" in shown) is rest


def test_a_month_of_the_year_stands_behind_the_year(checked: Report) -> None:
    whole = replace(checked.checks[5].findings[0], best_support=None, best_counter=None, reasons=("of all",))
    assert whole.asked is not None
    month = replace(whole, edition="2", asked=replace(whole.asked, exposure=(31, 31)), reasons=("of a month",))
    check = replace(checked.checks[5], findings=(month, whole))
    shown = terminal(replace(checked, figures=(check.figure,), checks=(check,), relations=()))
    assert shown.index("of all") < shown.index("of a month")


def test_digests_are_short_in_a_terminal(checked: Report) -> None:
    digest = "ab" * 32
    editions = (f"Belmara Event File 24.1 sha256:{digest}", f"taxes 3 sha256:{digest}", f"own.csv sha256:{digest}")
    shown = flat(terminal(replace(checked, editions=editions)))
    assert "Datasets: Belmara Event File 24.1 (Belmara Event File, sha256:abababababab…)" in shown
    assert "Others at hand: taxes 3." in shown
    assert "Records: own.csv sha256:abababababab…." in shown
    assert digest not in shown


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
    told = refused(report, near, far)
    assert "Events: it ends before the window" in terminal(told)
    assert "Taxes" not in terminal(told)
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
    shown = flat(terminal(refused(report, near)))
    assert "not checkable: Events: it ends before the window" in shown
    assert "no comparable reference figure" not in shown


def test_what_could_not_answer_beside_what_did_is_told_or_counted(report: Report) -> None:
    other = Unmatched(
        "Events", "1", "It has no column for the weapon, so shellings cannot be counted. Headlines differ."
    )
    published = replace(report.checks[0], word=Word.SENSITIVE, findings=(), unmatched=(other,))
    shown = flat(terminal(replace(report, checks=(published, *report.checks[1:]))))
    assert "Events, for 1: It has no column for the weapon, so shellings cannot be counted" in shown
    assert "Headlines differ" not in shown


def test_a_verdict_beside_datasets_alone_has_its_reason(checked: Report) -> None:
    at = next(n for n, one in enumerate(checked.checks) if one.findings and one.word is Word.NOT_CHECKABLE)
    checks = [*checked.checks[:at], replace(checked.checks[at], reasons=()), *checked.checks[at + 1 :]]
    shown = flat(terminal(replace(checked, checks=tuple(checks))))
    assert f"{at + 1} not checkable: What the datasets count is not the same, and refutes nothing." in shown
