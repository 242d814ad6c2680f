"""Drawings of findings: what is seen is what the data say."""

import math
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from counterfoil.checking.model import Curve, HeatMap, Point
from counterfoil.publishing.drawing import PATTERNS, curve, forest, heat, scales, svg
from publishing import invented

YEAR, BEFORE = (date(2023, 1, 1), date(2023, 12, 31)), (date(2022, 1, 1), date(2022, 12, 31))


def seen(drawing: Markup | str, tag: str, name: str = "") -> list[ElementTree.Element]:
    """Return the shapes of a kind and class, in order; the drawing must be well-formed."""
    found = ElementTree.fromstring(f"<all>{drawing}</all>").iter(tag)
    return [one for one in found if not name or name in one.get("class", "").split()]


def words(drawing: Markup) -> list[str]:
    return ["".join(one.itertext()) for one in seen(drawing, "text")]


def share(element: ElementTree.Element, key: str) -> float:
    return float(element.get(key, "").removesuffix("%")) / 100


# The heat map.


def mapped(values: list[list[float | None]], **more: object) -> HeatMap:
    given_ = {
        "rows": tuple(f"{index + 1} months" for index in range(len(values))),
        "columns": tuple(f"base {index}" for index in range(len(values[0]))),
        "values": tuple(map(tuple, values)),
        "agrees": tuple(tuple(False for _ in row) for row in values),
        "marked": None,
        **more,
    }
    return HeatMap(**given_)


@pytest.mark.parametrize(
    ("value", "shade"),
    [(-80, "n4"), (-60, "n3"), (-40, "n2"), (-15, "n1"), (-5, "z"), (0, "z"), (9, "z"), (20, "p1"), (60, "p2"),
     (150, "p3"), (400, "p4"), (math.inf, "p4"), (-100, "n4")],
)  # fmt: skip
def test_shades_are_the_same_on_every_map(value: float, shade: str) -> None:
    assert heat.shade(value) == shade


@given(st.floats(min_value=1.001, max_value=1000))
def test_a_rise_and_the_fall_that_undoes_it_are_equally_deep(ratio: float) -> None:
    rise, fall = heat.shade((ratio - 1) * 100), heat.shade((1 / ratio - 1) * 100)
    depth = {"z": 0, **{f"{side}{deep}": deep for side in "np" for deep in range(1, 5)}}
    assert abs(depth[rise] - depth[fall]) <= (1 if 1.09 < ratio < 1.12 else 0) or _edge(ratio)


def _edge(ratio: float) -> bool:
    return any(math.isclose(ratio, edge, rel_tol=1e-9) for edge in (1.1, 10 / 9, 4 / 3, 2, 4))


def test_cells_say_their_answer_and_falls_are_lined() -> None:
    drawn = heat.draw(mapped([[56.2, -30.0], [None, 0.2]]), "x")
    assert {"+56", "−30", "+0.2"} <= set(words(drawn))
    (fall,) = seen(drawn, "path", "fall")
    assert fall.get("d", "").count("M") == 1
    (unanswered,) = seen(drawn, "path", "unanswered")
    assert unanswered.get("d", "").count("M") == 1


def test_what_agrees_is_marked_by_shape_and_the_claim_by_outline_and_letter() -> None:
    plain = mapped([[56.2, 60.0]])
    assert not seen(heat.draw(plain, "x"), "circle")
    assert "C" not in words(heat.draw(plain, "x"))
    drawn = heat.draw(replace(plain, agrees=((False, True),), marked=(0, 0)), "x")
    assert len(seen(drawn, "circle")) == 1
    assert len(seen(drawn, "rect", "own")) == 1
    assert "C" in words(drawn)


def test_many_baselines_leave_no_room_for_numbers_but_for_all_cells() -> None:
    drawn = heat.draw(mapped([[float(index) for index in range(30)]] * 3), "x")
    assert "+20" not in words(drawn)
    assert sum(one.get("d", "").count("M") for one in seen(drawn, "path")) == 90
    assert len([one for one in seen(drawn, "text") if "rotate" in one.get("transform", "")]) == 30


def test_long_names_end_in_an_ellipsis_and_never_leave_the_map() -> None:
    drawn = heat.draw(mapped([[1.0]], rows=("w" * 300,), columns=("the same months " * 30,)), "x")
    assert all(len(one) < 30 for one in words(drawn))
    assert any(one.endswith("…") for one in words(drawn))


# Scales.


@given(
    st.lists(st.floats(-100, 1e6), min_size=1, max_size=12),
    st.lists(st.floats(-100, 1e12), max_size=6),
    st.sampled_from([scales.changes, scales.levels]),
)
def test_every_answer_is_on_the_scale_and_ticks_do_not_touch(
    values: list[float], ends: list[float], scale: Callable[..., scales.Scale]
) -> None:
    on = scale(values, ends)
    places = [on.place(one) for one in sorted(values)]
    assert all(0 <= one <= 1 for one in places)
    assert places == sorted(places)
    shares = [one for _, one in on.ticks]
    assert all(after - before > 0.1 for before, after in pairwise(shares))
    assert all(0 <= one <= 1 for one in shares)


@pytest.mark.parametrize("values", [[5e-324, 1e308], [-1e308, 1e308], [0.0], []])
def test_no_level_is_beyond_the_scale(values: list[float]) -> None:
    on = scales.levels(values, [math.inf])
    assert all(0 <= on.place(one) <= 1 for one in values)


def test_twice_lies_as_far_from_no_change_as_half() -> None:
    on = scales.changes([100.0, -50.0], [])
    assert on.place(100) - on.place(0) == pytest.approx(on.place(0) - on.place(-50))
    assert 0.0 in [value for value, _ in on.ticks]


@given(st.dates(), st.dates())
def test_few_days_are_named_and_all_lie_within(one: date, other: date) -> None:
    first, last = sorted((one, other))
    ticks = scales.days(first, last)
    assert len(ticks) <= 8
    assert all(first <= day <= last for day, _ in ticks)


# The series.

DAILY = Curve(
    "deaths", "person", tuple((date(2020, 1, 1) + timedelta(days=one),) * 2 + (1.0,) for one in range(1461)), ()
)


def laid(series: Curve, compared: Point | None = None) -> curve.Laid:
    return curve.lay(series, compared)


def test_four_years_of_days_are_drawn_as_months() -> None:
    found = laid(DAILY)
    assert found.length == "month"
    assert [one.value for one in found.bins[:3]] == [31, 29, 31]
    assert all(one.whole for one in found.bins)
    assert curve.caption(found) == "Deaths: people a month, 2020–2023."


@given(
    st.lists(st.none() | st.floats(0, 1e6), min_size=1, max_size=1500),
    st.dates(date(1900, 1, 1), date(2090, 1, 1)),
    st.sampled_from([1, 7]),
)
def test_nothing_is_lost_or_made_up_by_drawing_many_steps_as_one(
    values: list[float | None], first: date, length: int
) -> None:
    steps = tuple(
        (first + timedelta(days=length * index), first + timedelta(days=length * (index + 1) - 1), value)
        for index, value in enumerate(values)
    )
    found = laid(Curve("x", "person", steps, ()))
    assert len(found.bins) <= 160
    assert len(found.listed) <= 60
    for bins in (found.bins, found.listed):
        drawn = math.fsum(one.value for one in bins if one.value is not None)
        assert drawn == pytest.approx(math.fsum(one for one in values if one is not None))
        assert all(one.whole is False for one in bins if one.value is None)
    assert curve.gaps(found) or curve.partly(found) or None not in values


def test_states_are_never_summed() -> None:
    found = laid(replace(DAILY, summed=False))
    assert {one.value for one in found.bins} == {1.0}
    assert seen(curve.draw(found, "x"), "path", "state")
    assert not seen(curve.draw(found, "x"), "path", "bars")
    assert curve.caption(found) == "Deaths: people, 2020–2023."


def test_gaps_are_hatched_and_what_is_partly_covered_is_an_outline() -> None:
    missing = {date(2021, 3, 10) + timedelta(days=one) for one in range(57)}  # into May
    steps = tuple((day, last, None if day in missing else value) for day, last, value in DAILY.steps)
    found = laid(replace(DAILY, steps=steps))
    drawn = curve.draw(found, "x")
    (gap,) = (one for one in seen(drawn, "rect") if one.get("fill") == "url(#hatch-gap)")
    assert share(gap, "x") == pytest.approx((date(2021, 4, 1) - date(2020, 1, 1)).days / 1461, abs=0.001)
    assert share(gap, "width") == pytest.approx(30 / 1461, abs=0.001)
    (outline,) = seen(drawn, "path", "partly")
    assert outline.get("d", "").count("M") == 2  # March and May
    assert curve.gaps(found)
    assert curve.partly(found)
    assert not curve.gaps(laid(DAILY))
    assert not curve.partly(laid(DAILY))


def test_days_that_no_step_tells_of_are_a_gap_too() -> None:
    steps = tuple((date(year, 1, 1), date(year, 12, 31), 5.0) for year in (2018, 2019, 2021))
    found = laid(Curve("x", "event", steps, ()))
    assert found.length == "year"
    assert curve.gaps(found)
    assert [one for one in seen(curve.draw(found, "x"), "rect") if one.get("fill") == "url(#hatch-gap)"]


def test_the_windows_differ_by_hatch_and_name_and_show_their_average() -> None:
    finding = invented.risen()
    assert finding.curve is not None
    drawn = curve.draw(laid(finding.curve, finding.asked), "x")
    fills = [one.get("fill") for one in seen(drawn, "rect", "window")]
    assert fills == ["url(#hatch-earlier)", "url(#hatch-later)"]
    assert {"earlier", "later"} <= set(words(drawn))
    assert len(seen(drawn, "line", "mean")) == 2
    assert not seen(curve.draw(laid(finding.curve), "x"), "line", "mean")
    elsewhere = replace(finding.curve, shaded=())
    assert not seen(curve.draw(laid(elsewhere, finding.asked), "x"), "line", "mean")  # of windows that are not shown


def test_a_window_beyond_the_series_is_cut_and_one_outside_is_not_drawn() -> None:
    shaded = ((date(2019, 1, 1), date(2020, 6, 30), "earlier"), (date(2030, 1, 1), date(2031, 1, 1), "later"))
    drawn = curve.draw(laid(replace(DAILY, shaded=shaded)), "x")
    (window,) = seen(drawn, "rect", "window")
    assert share(window, "x") == 0
    assert share(window, "width") == pytest.approx(182 / 1461, abs=0.001)


def test_breaks_are_numbered_lines() -> None:
    series = replace(DAILY, breaks=((date(2022, 1, 1), "b"), (date(2021, 1, 1), "a"), (date(1999, 1, 1), "c")))
    assert [why for _, why in curve.breaks(series)] == ["a", "b"]
    drawn = curve.draw(laid(series), "x")
    assert len(seen(drawn, "line", "break")) == 2
    assert [one for one in words(drawn) if one in "12"] == ["1", "2"]


@pytest.mark.parametrize(
    "steps", [(), ((date(2020, 1, 1), date(2020, 1, 1), None),), ((date(2020, 1, 1), date(2020, 1, 1), 1e300),)]
)
def test_a_series_without_values_or_beyond_every_axis_is_not_drawn(
    steps: tuple[tuple[date, date, float | None], ...],
) -> None:
    assert curve.draw(laid(Curve("x", "person", steps, ())), "x") == ""


# The forest.


def point(
    value: float, *ends: float | None, agrees: bool = False, possible: bool = False, change: bool = True
) -> Point:
    earlier = BEFORE if change else None
    return Point("File", "1", "deaths", "all", YEAR, earlier, (), (), value, *ends, 1.0, agrees, possible)


def test_signs_tell_what_the_words_allow() -> None:
    on = scales.changes([0.0, 100.0], [])
    rows = [
        forest.row(point(50.0, *(None,) * 4, agrees=agrees, possible=possible), on, ())
        for agrees, possible in ((True, True), (False, True), (False, False))
    ]
    found = [[name for name in ("agrees", "possible", "crossed") if f'class="{name}"' in row] for row in rows]
    assert found == [["agrees"], ["possible"], ["crossed"]]


@pytest.mark.parametrize(
    ("ends", "arrows"),
    [((40.0, 60.0, 30.0, 70.0), 0), ((40.0, None, 30.0, None), 2), ((None, 60.0, None, 70.0), 2), ((None,) * 4, 0),
     ((40.0, 1e9, 30.0, 70.0), 1)],
)  # fmt: skip
def test_open_ends_are_arrows_and_no_interval_is_none(ends: tuple[float | None, ...], arrows: int) -> None:
    on = scales.changes([0.0, 50.0], [30.0, 70.0])
    drawn = forest.row(point(50.0, *ends), on, ())
    assert len(seen(drawn, "path", "arrow")) == arrows
    assert bool(seen(drawn, "line", "exact")) == (ends[:2] != (None, None))


def test_a_rise_from_nothing_has_an_arrow_and_no_place() -> None:
    drawn = forest.row(point(math.inf, 75.0, None, None, None), scales.changes([100.0], []), ())
    assert seen(drawn, "path", "arrow")
    assert not seen(drawn, "circle")


def test_the_inner_interval_lies_within_the_outer() -> None:
    on = forest.scale([point(50.0, 40.0, 60.0, 20.0, 90.0)], ())
    drawn = forest.row(point(50.0, 40.0, 60.0, 20.0, 90.0), on, ((45.0, 55.0), (40.0, 70.0)))
    (wide,), (exact,) = seen(drawn, "line", "wide"), seen(drawn, "line", "exact")
    assert share(wide, "x1") < share(exact, "x1") < share(exact, "x2") < share(wide, "x2")
    coarse, fine = seen(drawn, "rect", "band")
    assert share(coarse, "x") < share(fine, "x")
    assert share(coarse, "width") > share(fine, "width")


def test_a_claim_without_ceiling_reaches_the_edge() -> None:
    on = forest.scale([point(50.0, *(None,) * 4)], ((60.0, None),))
    (band,) = seen(forest.row(point(50.0, *(None,) * 4), on, ((60.0, None),)), "rect", "band")
    assert share(band, "x") + share(band, "width") == pytest.approx(1.0, abs=0.001)


def test_levels_have_no_line_of_no_change() -> None:
    level = point(50.0, 40.0, 60.0, None, None, change=False)
    assert not seen(forest.row(level, forest.scale([level], ()), ()), "line", "still")


# All of them.


def test_hostile_words_are_escaped_in_every_drawing() -> None:
    evil = "<script>x</script>\x1b\u202e\"'&"
    drawn = heat.draw(mapped([[1.0, 2.0]], rows=(evil,), columns=(evil, evil)), "x")
    drawn += curve.draw(
        laid(replace(DAILY, words=evil, unit=evil, shaded=((*YEAR, evil),), breaks=((YEAR[0], evil),))), "x"
    )
    drawn += forest.axis(scales.levels([1.0], []), evil, of_change=False)
    assert {one.tag for one in ElementTree.fromstring(f"<all>{drawn}</all>").iter()} <= {
        "all", "svg", "g", "path", "rect", "line", "circle", "text",
    }  # fmt: skip
    assert "\x1b" not in drawn
    assert "<script" not in drawn


def test_every_hatch_that_is_used_exists() -> None:
    finding = invented.risen()
    assert finding.curve is not None
    used = set(re.findall(r"url\(#([\w-]+)\)", curve.draw(laid(finding.curve), "x")))
    assert used == {"hatch-later", "hatch-earlier", "hatch-gap"}
    assert used < {one.get("id") for one in seen(PATTERNS, "pattern")}


@given(st.text(), st.floats(10, 400), st.integers(1, 5))
def test_wrapped_words_fit(content: str, width: float, most: int) -> None:
    lines = svg.wrapped(content, width, most)
    assert len(lines) <= most
    assert all(len(line) <= max(3, int(width / 6.1)) + 1 for line in lines)
