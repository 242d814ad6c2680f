"""The ledger in a terminal."""

import subprocess
import sys
from dataclasses import replace

import pytest

from counterfoil.documents.model import Document, digest
from counterfoil.publishing import terminal
from counterfoil.publishing.model import Report
from counterfoil.reading.model import Figure, Kind, Measure, Speaker
from counterfoil.spans import Reading, Skipped, Span


@pytest.mark.parametrize("width", [60, 80, 100, 140])
@pytest.mark.parametrize("color", [False, True])
def test_it_fits(report: Report, width: int, color: bool) -> None:
    from rich.text import Text

    lines = terminal(report, width=width, color=color).splitlines()
    assert max(Text.from_ansi(line).cell_len for line in lines) <= width


def test_piped_it_is_plain_and_complete(report: Report) -> None:
    shown = terminal(report)
    assert "\x1b" not in shown
    for words in (
        "> 41,300",
        "1,150,000–\n",
        "38,950–43,050",
        "Ilse Marrow",
        "“the        the article",
        "sensitive to window and baseline: The rise holds",
        "  5  “37 … dead” (provincial health office) is part of 4 “212 … dead”",
        "(Tarn Resettlement\n     Office, records, line 15)",
        "  2  a day of the month",
        "belmara.csv sha256:1c9f02ab77de",
        "Nothing\nhere is rated true or false automatically.",
    ):
        assert "".join(words.split()) in "".join(shown.split())


def test_color_is_asked_for(report: Report) -> None:
    assert "\x1b[" in terminal(report, color=True)


def test_numbers_are_right_aligned(report: Report) -> None:
    lines = terminal(report).splitlines()
    ends = [
        line.index(words) + len(words)
        for line in lines
        for words in ("> 41,300", "38,950–43,050", "≥ 24")
        if words in line
    ]
    assert len(ends) == 3
    assert len(set(ends)) == 1


def test_the_same_every_time(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    before = terminal(report)
    for name, value in (("COLUMNS", "40"), ("FORCE_COLOR", "1"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
    assert terminal(report) == before


def test_nothing_of_an_article_reaches_the_terminal_alive(report: Report) -> None:
    evil = "\x1b[2J\x1b]0;owned\x07\x9b31m [bold]x[/bold] :smile: \u202e1,2\u2066\udcff\x00\r\n"
    document = Document(evil + "9", digest(evil + "9"), title=evil, outlet=evil)
    anchor = document.anchor(Span(0, len(evil) + 1))
    figure = replace(
        report.figures[0],
        number=Reading(report.figures[0].number.value, anchor, evil),
        what=anchor,
        measure=Reading(Measure("x", evil), anchor, evil),
        kind=Kind.OTHER,
    )
    statement = replace(report.statements[0], speaker=Speaker(evil, "person", evil))
    check = replace(report.checks[0], figure=figure, reasons=(evil,))
    hostile = replace(
        report,
        document=document,
        figures=(figure,),
        statements=(statement,),
        checks=(check,),
        skipped=(Skipped(evil, evil),),
        editions=(evil,),
    )
    shown = terminal(hostile)
    assert not any((ord(one) < 32 and one != "\n") or 0x7F <= ord(one) < 0xA0 for one in shown)
    assert not any(one in shown for one in "\u202e\u2066\udcff")
    assert "␛[2J" in shown  # visible, not obeyed
    assert "[bold]x[/bold]" in "".join(shown.split())  # no markup of ours
    shown.encode("utf-8")


def test_an_article_without_figures(report: Report) -> None:
    bare = replace(report, figures=(), checks=(), relations=(), skipped=())
    assert "No figure was found." in terminal(bare)


def test_a_figure_that_was_not_checked(report: Report) -> None:
    assert "Over 41,300" in terminal(replace(report, checks=(), relations=()))


def test_neither_json_nor_terminal_loads_the_page() -> None:
    """The page's libraries take longer to load than an article takes to read."""
    code = (
        "import sys; from counterfoil.publishing import terminal, to_json; "
        "print(sorted(set(sys.modules) & {'jinja2', 'altair', 'vl_convert', 'rich'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_a_very_long_word_keeps_within_the_width(report: Report) -> None:
    text = "1," * 5000
    document = Document(text, digest(text), title=text)
    figure = Figure(Reading(report.figures[0].number.value, document.anchor(Span(0, 9999)), "x"), Kind.OTHER)
    shown = terminal(replace(report, document=document, figures=(figure,), checks=(), relations=(), statements=()))
    assert max(map(len, shown.splitlines())) <= 100
