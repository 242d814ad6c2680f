"""The traps of checking a figure against data, each with a small edition that springs it."""

from datetime import date
from pathlib import Path

import pytest

from counterfoil.checking.datasets import warehouse
from counterfoil.checking.model import Verdict, Word

from .imported import PEOPLE, STOCK, add, incidents, spread, verdicts


def only(found: list[Verdict]) -> Verdict:
    assert len(found) == 1, [v.figure.number.anchor.quote for v in found]
    return found[0]


def told(verdict: Verdict) -> str:
    return "\n".join([*verdict.reasons, *(line for f in verdict.findings for line in (*f.reasons, f.changes))])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_small_counts_come_with_their_interval_or_without_a_percentage(home: Path) -> None:
    incidents(home, [*spread(2022, 3), *spread(2023, 18)])
    verdict = only(verdicts(home, "Attacks in Kenya rose by 500 percent in 2023 compared with 2022, police said."))
    [finding] = verdict.findings
    assert finding.asked is not None
    assert (finding.asked.counts, round(finding.asked.value)) == ((18.0, 3.0), 500)
    assert finding.asked.low is not None
    assert finding.asked.high is not None
    assert (round(finding.asked.low), round(finding.asked.high)) == (75, 3080)
    assert "3 (2022) to 18 (2023) is +500%, with a 95% interval from +75% to +3,080%" in told(verdict)
    assert verdict.word is Word.SUPPORTED
    deaths = only(verdicts(home, "In all violence, deaths in Kenya rose by 500 percent in 2023 compared with 2022."))
    assert "3 (2022) to 18 (2023), too few for a percentage" in told(deaths)


def test_a_rise_from_nothing_has_no_percentage(home: Path) -> None:
    incidents(home, [*spread(2021, 5), *spread(2023, 8)])
    verdict = only(verdicts(home, "Attacks in Kenya rose by 800 percent in 2023 compared with 2022, police said."))
    assert verdict.word is Word.NOT_CHECKABLE
    assert all(f.asked is None for f in verdict.findings)


def test_unequal_windows_are_compared_by_the_day(home: Path) -> None:
    rows = [*spread(2022, 12), *[row for row in spread(2023, 24) if row[0] < "2023-08"]]
    incidents(home, rows, until="2023-12-31")
    sentence = "Attacks in Kenya rose by 17 percent between January and July 2023 compared with 2022, police said."
    verdict = only(verdicts(home, sentence))
    [finding] = verdict.findings
    assert finding.asked is not None
    assert finding.asked.counts == (14.0, 12.0)
    assert finding.asked.exposure == (212, 365)
    assert finding.asked.value == pytest.approx((14 / 212) / (12 / 365) * 100 - 100)
    assert "212 days against 365" in told(verdict)
    assert "side by side, without regard to length, it is +17%" in told(verdict)
    assert verdict.word is not Word.SUPPORTED


def test_a_fiscal_year_is_another_window(home: Path) -> None:
    rows = [row for row in spread(2022, 24) if row[0] >= "2022-10"] + spread(2023, 60)
    incidents(home, rows, since="2022-01-01", until="2023-12-31")
    verdict = only(verdicts(home, "There were 51 attacks in Kenya in 2023, police said."))
    assert (verdict.word, verdict.sensitive_to) == (Word.SENSITIVE, ("window",))
    assert "51 (October 2022 to September 2023)" in told(verdict)


def test_the_past_two_years_run_from_the_day_of_the_words(home: Path) -> None:
    rows = [*spread(2021, 10), *spread(2022, 102), *spread(2023, 101), *spread(2024, 10)]
    incidents(home, rows)
    to_the_day = sum("2022-06-16" <= row[0] <= "2024-06-15" for row in rows)
    text = "NAIROBI, 15 June 2024 — There were {} attacks in Kenya in the past two years, police said."
    right = only(verdicts(home, text.format(to_the_day), published="2024-06-15"))
    assert right.findings[0].asked is not None
    assert right.findings[0].asked.later == (date(2022, 6, 16), date(2024, 6, 15))
    assert right.word is Word.SUPPORTED
    years = only(verdicts(home, text.format(203), published="2024-06-15"))  # in 2022 and 2023
    assert (years.word, years.sensitive_to) == (Word.SENSITIVE, ("window",))


def test_civilians_citizens_and_all_dead_are_three_things(home: Path) -> None:
    incidents(home, spread(2023, 100, dead=10, civilians=4))
    words = {}
    for who, number in (("people", "1,000"), ("civilians", "400"), ("civilians", "1,000"), ("Kenyan citizens", "400")):
        verdict = only(verdicts(home, f"In all violence, {number} {who} were killed in Kenya in 2023, police said."))
        words[who, number] = verdict.word
        [finding] = verdict.findings
        assert ("civilians" in finding.measure) is (who == "civilians")
    assert words["people", "1,000"] is Word.SUPPORTED
    assert words["civilians", "400"] is Word.SUPPORTED
    assert words["civilians", "1,000"] is Word.CONTRADICTED  # the register counts civilians as worded: 400
    assert words["Kenyan citizens", "400"] is Word.NOT_CHECKABLE  # among the 1,000, how many nobody can say


def test_persons_are_not_events(home: Path) -> None:
    incidents(home, spread(2023, 40, dead=3))
    people = only(verdicts(home, "In all violence, 40 people were killed in Kenya in 2023, police said."))
    events = only(verdicts(home, "There were 40 attacks in Kenya in 2023, police said."))
    assert events.word is Word.SUPPORTED
    assert people.word is not Word.SUPPORTED
    assert people.findings[0].asked is not None
    assert people.findings[0].asked.value == 120


def test_households_become_people_only_with_a_stated_size(home: Path) -> None:
    add(home, STOCK.format(id="camps"), "day,iso,present\n2023-06-30,KEN,900\n", "1")
    verdict = only(verdicts(home, "As of 30 June 2023, 900 families remained displaced in Kenya."))
    assert verdict.word is Word.NOT_CHECKABLE
    assert "households become people only with a stated size" in verdict.unmatched[0].why


def test_stocks_are_never_summed_and_flows_never_added_to_them(home: Path) -> None:
    rounds = "day,iso,present\n2023-03-31,KEN,800\n2023-06-30,KEN,900\n2023-09-30,KEN,1000\n"
    add(home, STOCK.format(id="camps"), rounds, "1")
    stock = only(verdicts(home, "As of 30 June 2023, 900 people remained displaced in Kenya."))
    assert stock.findings[0].asked is not None
    assert stock.findings[0].asked.value == 900
    flow = only(verdicts(home, "Floods displaced 2,700 people in Kenya in 2023."))
    assert (flow.word, flow.findings) == (Word.NOT_CHECKABLE, ())
    assert "how many came during a time is not how many there were at a time" in flow.unmatched[0].why


def test_rows_over_a_months_end_are_a_way_of_counting(home: Path) -> None:
    rows = [*spread(2023, 20), ("2023-05-30", "2023-06-02", 1, 0, "main")]
    incidents(home, rows)
    verdict = only(verdicts(home, "There were 21 attacks in Kenya in 2023, police said."))
    assert verdict.word is Word.SUPPORTED
    values = {p.words: p.value for p in verdict.findings[0].forest}
    assert values["attacks"] == 21
    assert values["attacks, without incidents over a month's end"] == 20


def test_ways_of_counting_are_one_step_from_the_default(home: Path) -> None:
    edition = incidents(home, spread(2023, 20))
    attacks = edition.dataset.indicators[0]
    every = warehouse.cube(edition, attacks)
    single = warehouse.cube(edition, attacks, most_apart=1)
    assert [(k.place, k.dating) for k in every.keys] == [
        ("", ""),
        ("", "within"),
        ("mainland", ""),
        ("mainland", "within"),
    ]
    assert [(k.place, k.dating) for k in single.keys] == [("", ""), ("mainland", ""), ("", "within")]
    again = warehouse.cube(edition, attacks, most_apart=2)
    assert again.keys == every.keys
    assert (single.values == every.values[[0, 2, 1]]).all()


def test_place_contains_place(home: Path) -> None:
    rows = [*spread(2022, 30), *spread(2022, 20, zone="strip"), *spread(2023, 75)]
    incidents(home, rows)
    sentence = "Attacks in Kenya rose by {} percent in 2023 compared with 2022, police said."
    assert only(verdicts(home, sentence.format(50))).word is Word.SUPPORTED  # 50 to 75, the strip included
    without = only(verdicts(home, sentence.format(150)))
    assert (without.word, without.sensitive_to) == (Word.SENSITIVE, ("place",))  # 30 to 75
    assert {round(p.value) for p in without.findings[0].forest} == {50, 150}


def test_a_dataset_that_cannot_answer_says_so(home: Path) -> None:
    incidents(home, spread(2023, 20))
    for sentence in (
        "There were 20 suicide attacks in Kenya in 2023, police said.",
        "Suicide attacks in Kenya rose by 500 percent since 2022, police said.",
    ):
        verdict = only(verdicts(home, sentence))
        assert verdict.word is Word.NOT_CHECKABLE
        assert verdict.findings == ()
        assert verdict.unmatched[0].why == (
            "The register has no column for the kind of attack: suicide attacks cannot be counted."
        )


def test_no_report_is_not_zero(home: Path) -> None:
    incidents(home, spread(2023, 20))
    elsewhere = only(verdicts(home, "There were 20 attacks in Uganda in 2023, police said."))
    assert elsewhere.word is Word.NOT_CHECKABLE
    assert "no report is not zero" in elsewhere.unmatched[0].why
    later = only(verdicts(home, "There were 20 attacks in Kenya in 2019, police said."))
    assert "covers" in later.unmatched[0].why


def test_a_break_in_the_series_is_told_or_forbids(home: Path) -> None:
    rows = [*spread(2021, 40), *spread(2022, 40), *spread(2023, 80)]
    sentence = "Attacks in Kenya doubled in 2023 compared with 2022, police said."
    incidents(home, rows, id="told", time='[[time.breaks]]\nat = 2023-01-01\nwhy = "Another team counts."')
    found = only(verdicts(home, sentence))
    assert found.word is Word.SUPPORTED
    assert "Another team counts." in told(found)
    incidents(home / "b", rows, id="refused", time='[[time.breaks]]\nat = 2023-01-01\nwhy = "Anew."\nrefuse = true')
    refused = only(verdicts(home / "b", sentence))
    assert refused.word is Word.NOT_CHECKABLE


def test_the_newest_months_may_still_grow(home: Path) -> None:
    incidents(home, [*spread(2022, 40), *spread(2023, 20)], time="lag_days = 60")
    verdict = only(verdicts(home, "Attacks in Kenya fell by 50 percent in 2023 compared with 2022, police said."))
    assert "the newest months may still grow" in told(verdict)


def test_a_rate_divides_by_the_people_of_its_year(home: Path) -> None:
    incidents(home, spread(2023, 100, dead=5))
    add(home, PEOPLE, "year,iso,people\n2022,KEN,54000000\n2023,KEN,50000000\n", "1")
    sentence = "In all violence, there were {} deaths per 100,000 people in Kenya in 2023, police said."
    assert only(verdicts(home, sentence.format("1.0"))).word is Word.SUPPORTED
    assert only(verdicts(home, sentence.format("5.2"))).word is not Word.SUPPORTED


def test_a_share_needs_the_part_and_the_whole(home: Path) -> None:
    incidents(home, spread(2023, 100, dead=5, civilians=3))
    sentence = "Civilians made up {} percent of those killed in all violence in Kenya in 2023, police said."
    right = only(verdicts(home, sentence.format(60)))
    assert right.findings[0].asked is not None
    assert (right.findings[0].asked.value, right.findings[0].asked.counts) == (60.0, (300.0, 500.0))
    assert right.word is Word.SUPPORTED
    assert only(verdicts(home, sentence.format(20))).word is Word.CONTRADICTED


def test_percentage_points_are_refused(home: Path) -> None:
    incidents(home, [*spread(2022, 30), *spread(2023, 40)])
    verdict = only(verdicts(home, "Attacks in Kenya rose by 10 percentage points in 2023 compared with 2022."))
    assert verdict.word is Word.NOT_CHECKABLE
    assert "percentage points" in told(verdict) + "".join(u.why for u in verdict.unmatched)
