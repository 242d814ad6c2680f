"""The drawing of a claimant's counts: what it shows, what it leaves open, and that nothing in it is alive."""

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

import counterfoil as cf
from counterfoil.publishing.ledger import steps
from counterfoil.reading.model import Figure
from counterfoil.relating.model import Group, Point, Side, Timeline

MONDAY = date(2024, 9, 9)


@cache
def figure() -> Figure:
    text = "Police said on 9 September 2024 that 14 people were killed in Lokoja, Nigeria."
    return cf.check(cf.from_text(text), engine="rules").figures[0]


def count(
    day: int | None,
    low: int | None,
    high: int | None = None,
    *,
    flag: str = "",
    added: int | None = None,
    repeats: int = 0,
    name: str = "",
) -> Point:
    """Return a count on a day from Monday on; exact where no `high` is given. `high` -1: open above."""
    top = low if high is None else None if high < 0 else high
    return Point(
        None if day is None else MONDAY + timedelta(days=day),
        Side(figure(), "who", name or f"entry-{day}-{low}"),
        None if low is None else Decimal(low),
        None if top is None else Decimal(top),
        None if added is None else Decimal(added),
        flag,
        tuple(Side(figure(), "who", f"repeat-{day}-{n}") for n in range(repeats)),
    )


def group(*lines: Timeline) -> Group:
    return Group("id", "killed", "person", "", "Lokoja", "floods", MONDAY, None, lines, None, None, ("who",))


def drawn(*points: Point, corrected: frozenset[str] = frozenset(), words: str = "") -> ElementTree.Element:
    line = Timeline("who", points)
    on = steps.frame(group(line))
    assert on is not None
    return ElementTree.fromstring(str(steps.draw(line, on, (), corrected, words)))


def named(svg: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in svg.iter() if one.get("class") == name]


def share(words: str | None) -> float:
    assert words is not None
    return float(words.removesuffix("%")) / 100


def amounts(svg: ElementTree.Element) -> list[str]:
    return [one.text or "" for one in named(svg, "amount")]


def test_the_line_is_solid_on_days_with_a_count_and_dotted_over_days_without() -> None:
    svg = drawn(count(0, 14), count(1, 31), count(4, 47))
    [silent] = named(svg, "steps silent")
    assert (share(silent.get("x1")), share(silent.get("x2"))) == (pytest.approx(2 / 5), pytest.approx(4 / 5))
    level = [one for one in named(svg, "steps") if one.get("y1") == one.get("y2")]
    assert [share(one.get("x1")) for one in level] == pytest.approx([0, 1 / 5, 4 / 5])
    rises = [one for one in named(svg, "steps") if one.get("x1") == one.get("x2")]
    assert [share(one.get("x1")) for one in rises] == pytest.approx([1 / 5, 4 / 5])


def test_after_the_last_count_there_is_nothing() -> None:
    early, late = Timeline("a", (count(0, 14),)), Timeline("b", (count(9, 20),))
    on = steps.frame(group(early, late))
    assert on is not None
    svg = ElementTree.fromstring(str(steps.draw(early, on, (late,), frozenset(), "")))
    assert max(share(one.get("x2")) for one in named(svg, "steps")) == pytest.approx(0.1)
    assert not named(svg, "steps silent")
    assert len(named(svg, "behind")) == 1


def test_a_range_is_a_band_between_its_ends_and_has_no_point_in_its_middle() -> None:
    svg = drawn(count(0, 10), count(2, 100, 200))
    [band] = named(svg, "span")
    ends = {
        one.get("y1") for one in named(svg, "steps") if share(one.get("x1")) > 0.6 and one.get("y1") == one.get("y2")
    }
    assert len(ends) == 2
    top, bottom = sorted(float(end or "") for end in ends)
    assert float(band.get("y") or "") == pytest.approx(top)
    assert float(band.get("height") or "") == pytest.approx(bottom - top, abs=0.02)
    assert len(named(svg, "told")) == 1
    assert "100–200" in amounts(svg)


@pytest.mark.parametrize(("point", "words"), [(count(1, 14, -1), "≥ 14"), (count(1, None, 14), "≤ 14")])
def test_a_bound_has_an_arrow_to_its_open_side(point: Point, words: str) -> None:
    svg = drawn(count(0, 10), point)
    assert len(named(svg, "open")) == 1
    assert words in amounts(svg)


def test_a_slip_is_crossed_and_moves_neither_line_nor_scale() -> None:
    plain, slipped = (
        drawn(count(0, 14), count(1, 31)),
        drawn(count(0, 14), count(1, 310_000, flag="slip"), count(1, 31)),
    )
    assert len(named(slipped, "slip")) == 1
    places = [[one.attrib for one in named(svg, "steps")] for svg in (plain, slipped)]
    assert places[0] == places[1]
    assert "310,000" in amounts(slipped)


def test_a_fall_is_hollow_and_takes_away_beneath() -> None:
    svg = drawn(count(0, 47), count(3, 43, flag="falls", added=-4))
    assert len(named(svg, "falls")) == len(named(svg, "less")) == 1
    assert "−4" in amounts(svg)
    assert not named(svg, "more")


def test_what_a_count_added_stands_beneath_it() -> None:
    svg = drawn(count(0, 14), count(1, 31, added=17))
    [bar] = named(svg, "more")
    assert share(bar.get("x1")) == pytest.approx(0.75)
    assert "+17" in amounts(svg)
    assert not named(drawn(count(0, 14), count(1, 31)), "more")


def test_copies_are_one_count_with_a_number_and_corrected_ones_are_ringed() -> None:
    svg = drawn(count(0, 14, repeats=2), count(1, 31, name="set-right"), corrected=frozenset({"set-right"}))
    assert len(named(svg, "told")) == 2
    assert "14 · 3×" in amounts(svg)
    [ring] = named(svg, "ring")
    assert share(ring.get("cx")) == pytest.approx(0.75)
    assert named(drawn(count(0, 14, repeats=2), corrected=frozenset({"repeat-0-1"})), "ring")


def test_counts_without_a_day_are_not_drawn() -> None:
    assert steps.frame(group(Timeline("who", (count(None, 14),)))) is None
    assert len(named(drawn(count(None, 14), count(0, 31)), "told")) == 1


def test_words_are_escaped() -> None:
    svg = drawn(count(0, 14), words='<script>alert(1)</script> "&\x1b')
    assert svg.get("aria-label") == '<script>alert(1)</script> "&␛'
    assert {one.tag for one in svg.iter()} <= {"svg", "line", "text", "circle", "path", "rect"}


POINTS = st.lists(
    st.builds(
        count,
        st.integers(0, 4000),
        st.integers(0, 10**12),
        st.one_of(st.none(), st.just(-1)),
        flag=st.sampled_from(["", "falls", "slip", "misstated"]),
        added=st.one_of(st.none(), st.integers(-(10**12), 10**12)),
        repeats=st.integers(0, 3),
    ),
    min_size=1,
    max_size=12,
)


@given(POINTS)
def test_any_series_is_drawn_within_its_frame(points: list[Point]) -> None:
    svg = drawn(*sorted(points, key=lambda one: one.day or MONDAY))
    height = float(svg.get("height") or "")
    for one in svg.iter():
        for name in ("x1", "x2", "cx"):
            if one.get(name):
                assert 0 <= share(one.get(name)) <= 1
        for name in ("y", "y1", "y2", "cy"):
            if one.get(name):
                assert -1 <= float(one.get(name) or "") <= height
    signs = len(named(svg, "told")) + len(named(svg, "slip")) + len(named(svg, "falls"))
    assert signs == len(points)
    assert not re.search(r"nan|inf", ElementTree.tostring(svg, encoding="unicode"))
