"""The publishers' own files, imported here: what they say of Pakistan around 15 August 2021, and other known sums."""

from datetime import date
from pathlib import Path

import pytest

import counterfoil as cf
from counterfoil.checking import Edition, open_editions
from counterfoil.checking.continuing import continued
from counterfoil.checking.datasets import catalogue, importing, placing, warehouse
from counterfoil.checking.model import Finding, Verdict, Word
from counterfoil.checking.surface.answers import evaluate
from counterfoil.checking.surface.model import Cube
from counterfoil.checking.surface.settings import explicit_settings

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SEEDS = sorted((DATA.parent / "seeds").glob("*.txt"))
FILES = {
    "ucdp-ged": "ucdp_ged_pakistan_v22_1/conflict_data_pak.csv",
    "ucdp-country-month": "ucdp_country_month_deaths_1989_2023/Conf.csv",
    "ucdp-country-year": "ucdp_country_year_v25_1/organizedviolencecy_v25_1.csv",
    "us-prm-admissions": "us_prm_refugee_admissions_2024/prm_refugee_admissions_2024.xlsx",
    "unhcr-population": "unhcr_refugee_data_finder_2025_12/population.parquet",
    "wdi-population": "wdi_population/population.csv",
}
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the publishers' files lie beside the project, not here")


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, ...]:
    home = tmp_path_factory.mktemp("real") / "home"
    for name, file in FILES.items():
        options = importing.Options(edition="22.1" if name == "ucdp-ged" else None)
        importing.add([DATA / file], catalogue.known(name), home=home, options=options)
    return open_editions(home)


def deaths(held: tuple[Edition, ...], name: str, *variants: str) -> Cube:
    edition = next(e for e in held if e.dataset.id == name)
    indicator = next(i for i in edition.dataset.indicators if i.id == "deaths")
    pakistan = placing.find_place(edition, indicator, "PAK", level="country")
    assert pakistan is not None
    ways = [v for v in edition.dataset.variants if v.id in variants]
    return warehouse.cube(edition, indicator, variants=ways, where=[pakistan])


def change(cube: Cube, later: tuple[str, str], earlier: tuple[str, str], way: int = 0) -> int:
    days = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in (later, earlier)]
    return round(float(evaluate(cube, explicit_settings([(days[0], days[1])])).values[way, 0]))


def test_deaths_in_pakistan_by_window_around_the_fifteenth_of_august(held: tuple[Edition, ...]) -> None:
    events, months = deaths(held, "ucdp-ged", "without-line-of-control"), deaths(held, "ucdp-country-month")
    # Four months are GED alone; longer windows are GED by day to 2021 and the monthly sums after that.
    assert change(events, ("2021-08-15", "2021-12-14"), ("2021-04-15", "2021-08-14")) == 29
    both = continued(events, months, "the monthly table")
    assert both is not None
    year = (("2021-08-15", "2022-08-14"), ("2020-08-15", "2021-08-14"))
    whole = (("2021-08-15", "2023-10-14"), ("2019-06-15", "2021-08-14"))
    assert change(both, *year) == 56
    assert change(both, *whole) == 136
    assert change(both, *whole, way=1) == 171  # without the Line of Control
    # The level of 2017 and the placebo pivots are the monthly table alone.
    assert change(months, whole[0], ("2017-01-01", "2017-12-31")) == -11
    assert change(months, ("2021-01-01", "2023-02-28"), ("2018-11-01", "2020-12-31")) == 84
    assert change(months, ("2020-07-01", "2022-08-31"), ("2018-05-01", "2020-06-30")) == 35


def checked(held: tuple[Edition, ...], text: str, published: str = "2023-11-09") -> list[Verdict]:
    document = cf.from_text(text, cf.Options(published=date.fromisoformat(published)))
    return list(cf.check(document, engine="rules", data=held).checks)


def finding(verdict: Verdict, words: str) -> Finding:
    return next(f for f in verdict.findings if words in f.source)


def test_a_rise_since_an_event_is_shown_by_window_and_baseline(held: tuple[Edition, ...]) -> None:
    (verdict,) = checked(held, "Conflict deaths in Pakistan rose by 60% since 15 August 2021, he said.")
    assert verdict.word is Word.SENSITIVE
    assert {"window", "baseline"} <= set(verdict.sensitive_to)
    joined = finding(verdict, "continued by")
    assert joined.edition.startswith("22.1 and ")
    assert any("by baseline: +148% against the same length just before" in line for line in joined.reasons)
    values = [
        v for f in (joined, finding(verdict, "GED")) if f.heat for row in f.heat.values for v in row if v is not None
    ]
    assert min(values) < 29 < max(values)
    assert {u.source for u in verdict.unmatched} >= {"World Bank: total population (SP.POP.TOTL)"}


@pytest.mark.parametrize(
    ("sentence", "word", "answer"),
    [
        ("In all violence, 20,834 people were killed in Afghanistan in 2020, he said.", None, 20_834),
        ("In all violence, 1,178 people were killed in Pakistan in 2023, he said.", None, 1_178),
        (
            "Some 60,000 refugees were resettled in the United States in fiscal year 2023, he said.",
            None,
            60_014,
        ),
        ("In 2022, some 25,465 refugees were resettled in the United States, he said.", Word.SENSITIVE, 28_954),
        ("There were 1.74 million Afghan refugees in Pakistan at the end of 2022, he said.", Word.SUPPORTED, 1_743_278),
    ],
)
def test_known_sums_are_found(held: tuple[Edition, ...], sentence: str, word: Word | None, answer: float) -> None:
    (verdict,) = checked(held, sentence, "2025-01-15")
    assert answer in [f.asked.value for f in verdict.findings if f.asked], [f.reasons[0] for f in verdict.findings]
    assert word is None or verdict.word is word, verdict.reasons
    assert verdict.word is not Word.CONTRADICTED


def test_what_a_file_cannot_answer_is_said(held: tuple[Edition, ...]) -> None:
    (verdict,) = checked(held, "Suicide attacks in Pakistan rose by 500 percent since August 2021, he said.")
    told = {u.source: u.why for u in verdict.unmatched}
    assert "uicide attacks" in told["UCDP Georeferenced Event Dataset (GED)"]
    assert verdict.findings == ()
    (kabul,) = checked(held, "In all violence, 300 people were killed in Afghanistan in June 2021, he said.")
    told = {u.source: u.why for u in kabul.unmatched}
    assert "no report is not zero" in told["UCDP Georeferenced Event Dataset (GED)"]


@pytest.mark.skipif(not SEEDS, reason="the article that the project started from lies beside the project, not here")
def test_the_article_that_the_project_started_from(held: tuple[Edition, ...]) -> None:
    found = cf.check(cf.load(str(SEEDS[0])), data=held)
    verdicts = {c.figure.number.anchor.quote: c for c in found.checks}
    rise, suicide = verdicts["60%"], verdicts["500%"]
    assert {rise.word, suicide.word} == {Word.SENSITIVE}
    assert {"PIPS", "PICSS"} <= {r.publisher for e in rise.evidence for r in e.references}
    assert finding(rise, "GED").best_support is not None
    assert any("sensible ones give" in reason for reason in rise.reasons)
    assert any("uicide attacks" in u.why for u in suicide.unmatched)
    assert Word.CONTRADICTED not in {c.word for c in found.checks}
