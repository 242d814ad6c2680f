"""From a document to its report, with records of one's own."""

from datetime import date
from pathlib import Path

import pytest

import counterfoil as cf
from counterfoil import pipeline
from counterfoil.checking.model import Word
from counterfoil.relating.model import RelationKind

TEXT = """\
QUETTA, Pakistan, 8 November 2023 — More than 203,000 Afghans have been deported from Pakistan since 1 October, the
provincial spokesman Zarak Yousafi said. The interior ministry insisted that over 200,000 people had left Pakistan
voluntarily since 1 October.
"""


def report() -> cf.Report:
    return cf.check(cf.from_text(TEXT, cf.Options(published=date(2023, 11, 8))))


def test_a_report_holds_figures_statements_relations_and_one_check_for_each_figure() -> None:
    found = report()
    assert [f.number.anchor.quote for f in found.figures] == ["203,000", "200,000"]
    assert [c.figure for c in found.checks] == list(found.figures)
    assert {s.speaker.name for s in found.statements} >= {"Zarak Yousafi"}
    assert found.editions


def test_two_words_for_one_movement_are_shown_side_by_side_without_a_verdict() -> None:
    found = report()
    own = {f.id for f in found.figures}
    relations = [r for r in found.relations if {r.a.figure.id, r.b.figure.id} <= own]
    assert [r.kind for r in relations] == [RelationKind.RECHARACTERISES]
    assert "deported" in relations[0].reason
    assert "voluntarily" in relations[0].reason
    assert Word.CONTRADICTED not in {c.word for c in found.checks}


def test_the_same_input_gives_the_same_report() -> None:
    assert report() == report()


def test_an_engine_that_is_not_there_says_what_is() -> None:
    with pytest.raises(cf.InputError, match="rules"):
        pipeline.check(cf.from_text(TEXT), engine="oracle")


SEEDS = sorted((Path(__file__).resolve().parent.parent.parent / "shared" / "seeds").glob("*.txt"))


@pytest.mark.skipif(
    not SEEDS, reason="the article that the project started from lies beside the project and is not here"
)
def test_the_article_that_the_project_started_from() -> None:
    found = cf.check(cf.load(str(SEEDS[0])))
    rows = {}
    for figure in found.figures:
        speaker = None if figure.statement is None else found.statements[figure.statement].speaker.name
        rows[figure.number.anchor.quote] = (figure, speaker)
    kakar = "Anwar ul Haq Kakar"
    assert {number: speaker for number, (_, speaker) in rows.items()} == {
        "60%": kakar,
        "500%": kakar,
        "2,267": kakar,
        "15": kakar,
        "64": kakar,
        "200,000": kakar,
        "thousands": None,
        "two": None,
        "25,000": None,
        "203,639": None,
    }
    codes = {number: figure.measure.value.code for number, (figure, _) in rows.items() if figure.measure}
    assert codes["2,267"] == "killed"
    assert codes["64"] == "killed"
    assert codes["200,000"] == "left_voluntarily"
    assert codes["203,639"] == "deported"
    period = rows["2,267"][0].period
    assert period is not None
    assert (period.value.first, period.value.last) == (date(2021, 11, 8), date(2023, 11, 8))
    for change in ("60%", "500%"):
        figure = rows[change][0]
        assert figure.direction == "up"
        assert figure.base is not None
        assert figure.base.quote.startswith("after the establishment")
    words = {c.figure.number.anchor.quote: c for c in found.checks}
    for change in ("60%", "500%"):
        assert words[change].word is Word.SENSITIVE
        assert {"window", "baseline"} <= set(words[change].sensitive_to)
        assert {"PIPS", "PICSS"} & {r.publisher for e in words[change].evidence for r in e.references}
    assert Word.CONTRADICTED not in {c.word for c in found.checks}
    assert any("Commissionerate" in " ".join(c.reasons) for c in [words["203,639"]])
    assert any("United States" in reason for reason in words["25,000"].reasons)
    pair = {rows["200,000"][0].id, rows["203,639"][0].id}
    assert any(
        r.kind is RelationKind.RECHARACTERISES and {r.a.figure.id, r.b.figure.id} == pair for r in found.relations
    )
