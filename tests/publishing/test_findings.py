"""Findings in words."""

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.checking.model import Point, Word
from counterfoil.publishing import findings
from counterfoil.publishing.model import Report
from counterfoil.reading.model import Direction, Figure, Hedge, Kind, Quantity
from counterfoil.spans import Reading
from publishing import invented

YEAR, BEFORE = (date(2023, 1, 1), date(2023, 12, 31)), (date(2022, 1, 1), date(2022, 12, 31))


def answered(value: float, *ends: float | None, earlier: bool = True, **more: object) -> Point:
    four = (*ends, None, None, None, None)[:4]
    counts, days = ((29.0, 4.0), (365, 365)) if earlier else ((29.0,), (365,))
    given_ = {"counts": counts, "exposure": days, **more}
    return Point(
        "File", "1", "deaths", "all", YEAR, BEFORE if earlier else None,
        given_["counts"], given_["exposure"], value, *four, 1.0, True, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (56.4, "+56%"),
        (-11.2, "−11%"),
        (0.0, "0%"),
        (-0.0, "0%"),
        (0.44, "+0.4%"),
        (-0.01, "0%"),
        (9.96, "+10%"),
        (3080.2, "+3,080%"),
        (math.inf, "a rise from nothing"),
    ],
)
def test_change(value: float, shown: str) -> None:
    assert findings.change(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (2267, "2,267"), (5.25, "5.2"), (0.0529, "0.053"), (0.00012, "0.00012"), (1e20, "1.00e+20")],
)
def test_amount(value: float, shown: str) -> None:
    assert findings.amount(value) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (2267, "person", "2,267 people"),
        (1, "person", "1 person"),
        (41.23, "percent", "41.2%"),
        (29, "event", "29 events"),
    ],
)
def test_levels_carry_their_unit(value: float, unit: str, shown: str) -> None:
    assert findings.answer(answered(value, earlier=False), unit) == shown


@pytest.mark.parametrize(
    ("ends", "shown"),
    [
        ((155.2, 2738.0), "+155% to +2,738%"),
        ((75.0, None), "+75% or more, with no upper end"),
        ((75.0, math.inf), "+75% or more, with no upper end"),
        ((None, 12.0), "+12% or less"),
        ((None, None), ""),
        ((10.0, 43_298.0), "+10% to over +9,999%"),
    ],
)
def test_intervals_keep_their_open_ends(ends: tuple[float | None, float | None], shown: str) -> None:
    assert findings.interval(answered(100.0, *ends), "person") == shown
    assert findings.interval(answered(100.0, None, None, *ends), "person", wide=True) == shown


def test_an_interval_of_a_level_does_not_repeat_its_unit() -> None:
    assert findings.interval(answered(29.0, 19.4, 41.6, earlier=False), "person") == "19 to 42"


@pytest.mark.parametrize(
    ("counts", "days", "shown"),
    [
        ((29.0, 4.0), (365, 365), "29 against 4"),
        ((29.0, 4.0), (366, 365), "29 against 4"),
        ((18.0, 3.0), (212, 365), "18 against 3, in 212 and 365 days: 0.085 against 0.0082 a day"),
        ((), (), ""),
    ],
)
def test_a_change_never_stands_without_its_counts(counts: tuple[float, ...], days: tuple[int, ...], shown: str) -> None:
    assert findings.counts(answered(625.0, counts=counts, exposure=days)) == shown


def test_a_level_that_is_the_count_is_said_once() -> None:
    assert findings.counts(answered(29.0, earlier=False)) == ""
    assert findings.counts(answered(41.2, earlier=False)) == "counted: 29"  # a share, a rate


@pytest.mark.parametrize(
    ("value", "shown", "cases"),
    [
        (0.0, "0%", "fewer than 1 of 100"),
        (0.004, "under 1%", "fewer than 1 of 100"),
        (0.5, "50%", "50 of 100"),
        (0.996, "over 99%", "more than 99 of 100"),
        (1.0, "100%", "100 of 100"),
    ],
)
def test_shares_are_never_rounded_to_none_or_all(value: float, shown: str, cases: str) -> None:
    assert findings.share(value) == shown
    assert findings.of_hundred(value) == cases


def claim(
    report: Report, low: object, high: object, *, unit: str = "percent", direction: Direction | None = Direction.UP,
    kind: Kind = Kind.CHANGE, hedge: Hedge = Hedge.EXACT, grain: int = 1, coarsest: int = 10,
) -> Figure:  # fmt: skip
    ends = [None if one is None else Decimal(str(one)) for one in (low, high)]
    quantity = Quantity(ends[0], ends[1], unit, hedge, ends[0], ends[1], Decimal(grain), Decimal(coarsest))
    number = Reading(quantity, report.figures[5].number.anchor, "x")
    return replace(report.figures[5], number=number, kind=kind, direction=direction)


def test_what_the_words_allow_is_told_at_both_grains(report: Report) -> None:
    assert findings.bands(claim(report, 60, 60), of_change=True) == ((59.5, 60.5), (55.0, 65.0))
    assert findings.bands(claim(report, 60, 60, direction=Direction.DOWN), of_change=True) == (
        (-60.5, -59.5),
        (-65.0, -55.0),
    )
    more = claim(report, 60, None, hedge=Hedge.MORE_THAN)
    assert set(findings.bands(more, of_change=True)) == {(60.0, None)}
    assert findings.bands(claim(report, 2, 2, unit="ratio", coarsest=1), of_change=True)[0] == (50.0, 150.0)


@pytest.mark.parametrize(
    ("unit", "kind", "direction"),
    [
        ("percentage_point", Kind.CHANGE, Direction.UP),
        ("percent", Kind.CHANGE, None),
        ("percent", Kind.SHARE, Direction.UP),
    ],
)
def test_no_band_where_the_claim_is_no_such_change(
    report: Report, unit: str, kind: Kind, direction: Direction | None
) -> None:
    assert findings.bands(claim(report, 60, 60, unit=unit, kind=kind, direction=direction), of_change=True) == ()


def test_the_four_numbers(report: Report) -> None:
    told = findings.four_numbers(invented.risen(), report.figures[5])
    assert [(one.name, one.shown) for one in told] == [
        ("As the claim asks", "no"),
        ("Direction", "96%"),
        ("Size", "41%"),
        ("Strength", "78%"),
    ]
    assert told[1].meaning == "of the settings, by weight, show a rise"
    fallen = replace(report.figures[5], direction=Direction.DOWN)
    assert findings.four_numbers(invented.risen(), fallen)[1].meaning == "of the settings, by weight, show a fall"


def test_a_claim_that_leaves_its_setting_open_has_no_one_answer(report: Report) -> None:
    assert findings.four_numbers(invented.unbounded(), report.figures[6])[0].shown == "open"
    assert len(findings.four_numbers(invented.killed(), report.figures[3])) == 3  # a level has no direction


def test_the_null_is_said_even_where_it_was_not_computed() -> None:
    finding = invented.risen()
    assert "in 3 of 100 cases" in findings.null(finding)
    assert "was not computed" in findings.null(replace(finding, null_probability=None))
    assert findings.null(invented.killed()) == ""  # nothing to choose among in a level


@pytest.mark.parametrize(
    ("word", "agrees", "possible", "names"),
    [
        (Word.SUPPORTED, True, True, ["Best support", "Best counter"]),
        (Word.SENSITIVE, False, True, ["Best support, by its interval", "Best counter"]),
        (Word.CONTRADICTED, False, False, ["Nearest to the claim", "Best counter"]),
        (Word.NOT_CHECKABLE, True, True, ["Nearest to the claim", "Counted, and nothing follows"]),
    ],
)
def test_nothing_is_called_support_or_counter_that_is_not(
    word: Word, agrees: bool, possible: bool, names: list[str]
) -> None:
    near = replace(answered(1.0), agrees=agrees, possible=possible)
    finding = replace(invented.risen(), word=word, asked=None, best_support=near)
    assert [name for name, _, _ in findings.settings(finding)] == names


def test_what_is_lacking_is_said_where_anything_follows() -> None:
    finding = replace(invented.risen(), best_support=None, best_counter=None)
    assert [lacking for _, _, lacking in findings.settings(finding)] == [
        "",
        "no sensible setting gives what the words say",
        "no sensible setting speaks against it",
    ]
    assert len(findings.settings(replace(finding, word=Word.NOT_CHECKABLE))) == 1


@pytest.mark.parametrize(
    ("ends", "shown"),
    [
        ((1.0, 2.0, -5.0, 9.0), "[+1% to +2%]"),
        ((None, None, -5.0, 9.0), "[−5% to +9%, allowing for clusters]"),
        ((None,) * 4, ""),
    ],
)
def test_the_exact_interval_or_else_the_wide_one(ends: tuple[float | None, ...], shown: str) -> None:
    assert findings.within(answered(1.5, *ends), "person") == shown


@pytest.mark.parametrize(
    ("tables", "shown"),
    [
        ((), ""),
        ((("flat", "sensitive-to"),), "The verdict stays the same under the other table of sensibility (flat)"),
        (
            (("flat", "contradicted"), ("steep", "sensitive-to")),
            "The verdict turns on what is held to be sensible: “contradicted” under flat; it stays under steep",
        ),
        ((("flat", "odd"),), "The verdict turns on what is held to be sensible: “odd” under flat"),
    ],
)
def test_whether_the_verdict_rests_on_the_table_of_sensibility(tables: tuple[tuple[str, str], ...], shown: str) -> None:
    assert findings.sensibility(replace(invented.risen(), alternatives=tables)) == shown


def test_a_finding_in_one_line(report: Report) -> None:
    figure = report.figures[5]
    why = "Deaths rose by about half in the year after the decree, and by more in the months that followed"
    assert findings.summary(invented.risen(), figure) == f"Belmara Event File: {why}"
    named = replace(invented.risen(), reasons=("Belmara Event File, 24.1: the record fits: 29 (2023)",))
    assert findings.summary(named, figure, name="belmara") == "belmara: the record fits: 29 (2023)"
    led = replace(invented.risen(), reasons=("not found as quoted: Belmara Event File: it gives 29 (2023); no more",))
    assert findings.reason(led) == "not found as quoted: it gives 29 (2023); no more"
    within = replace(invented.risen(), reasons=("rightly quoted from the Belmara Event File: 29 (2023)",))
    assert findings.reason(within) == "rightly quoted from the Belmara Event File: 29 (2023)"
    alone = replace(invented.risen(), reasons=("Belmara Event File",))
    assert findings.reason(alone) == "Belmara Event File"


def test_where_the_words_leave_it_open_the_best_answer_is_told(report: Report) -> None:
    line = findings.summary(replace(invented.risen(), asked=None), report.figures[5])
    assert "; best support: +57% [" in line
    assert line.endswith("; a rise by 96% of the weight of 1,204 ways of asking")
    clusters = replace(answered(1.5, None, None, -5.0, 9.0), counts=(1_203.0, 1_185.0))
    told = findings.summary(replace(invented.risen(), asked=None, best_support=clusters), report.figures[5])
    assert "clusters" not in told
    few = replace(clusters, counts=(3.0, 2.0))  # never a percentage of few counts alone
    told = findings.summary(replace(invented.risen(), asked=None, best_support=few), report.figures[5])
    assert "[−5% to +9%, allowing for clusters]" in told


def test_of_one_setting_no_share_is_told(report: Report) -> None:
    single = replace(invented.risen(), settings=1)
    assert [one.name for one in findings.four_numbers(single, report.figures[5])] == ["As the claim asks"]


def test_a_fit_from_which_nothing_follows_is_no_yes(report: Report) -> None:
    finding = replace(invented.risen(), agreement=True)
    assert findings.four_numbers(finding, report.figures[5])[0].shown == "yes"
    quiet = findings.four_numbers(replace(finding, word=Word.NOT_CHECKABLE), report.figures[5])[0]
    assert quiet.shown == "open"
    assert quiet.meaning.endswith("but whether that is the same is open")


@given(st.floats(min_value=-100, allow_nan=False))
def test_the_sign_of_a_change_is_never_lost(value: float) -> None:
    shown = findings.change(value)
    if shown not in ("0%", "a rise from nothing"):
        assert shown.startswith("+" if value > 0 else "−")
    assert (shown == "0%") == (abs(value) < 0.05)


CUT = ("part of a step taken by days",)


def test_the_flag_of_a_part_is_that_of_the_surface() -> None:
    from counterfoil.checking.surface.answers import FLAG_WORDS, Flag

    assert (FLAG_WORDS[Flag.PRORATED],) == CUT


@pytest.mark.parametrize(
    ("value", "flags", "shown"),
    [
        (9_808.3, CUT, "about 9,810 people"),
        (34_919.0, CUT, "about 34,900 people"),
        (96.8, CUT, "about 97 people"),
        (9_808.0, (), "9,808 people"),
        (9_808.0, ("latest months incomplete",), "9,808 people"),
    ],
)
def test_a_part_of_a_month_by_days_is_no_count(value: float, flags: tuple[str, ...], shown: str) -> None:
    point = answered(value, earlier=False, counts=(value,))
    assert findings.answer(replace(point, flags=flags), "person") == shown
    assert findings.counts(replace(point, flags=flags)) == ""


def test_a_change_of_such_parts_tells_its_counts_roughly() -> None:
    point = replace(answered(20.7, counts=(2_237.0, 1_853.4), exposure=(1_095, 1_095)), flags=CUT)
    assert findings.answer(point, "percent") == "about +21%"
    assert findings.counts(point) == "about 2,240 against about 1,850"
