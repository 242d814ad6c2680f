"""Charts of the records."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from decimal import Decimal

import pytest

from counterfoil.checking.model import Evidence, Reference, Verdict, Word
from counterfoil.publishing import charts
from counterfoil.publishing.model import Report
from counterfoil.reading.model import Hedge, Kind, Quantity
from counterfoil.spans import Reading


def check_of(report: Report, rows: list[int], **changes: object) -> Verdict:
    used = tuple(report.references[row] for row in rows)
    evidence = Evidence("as counted", None, None, "event", used, None, "")
    return Verdict(replace(report.figures[5], **changes), Word.SENSITIVE, (), (), (evidence,))


def shapes(svg: str, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{{http://www.w3.org/2000/svg}}{tag}"))


def test_a_chart_shows_the_whole_series_of_the_records_used(report: Report) -> None:
    chart = charts.series_of(report.checks[5], report)
    assert chart is not None
    assert [one.row for one in chart.references] == [8, 9, 10, 11, 2, 3, 4, 5, 6, 7]  # by publisher, then in time
    assert {one.row for one in chart.used} == {3, 6, 7, 10, 11}
    assert chart.legend() == (("●", "Borderline Monitor"), ("□", "Institute for Conflict Records"))


@pytest.mark.parametrize("rows", [[], [13]])
def test_too_few_records_make_no_chart(report: Report, rows: list[int]) -> None:
    assert charts.series_of(check_of(report, rows), report) is None


def test_claims_make_no_chart(report: Report) -> None:
    """What somebody claimed is no record."""
    claimed = tuple(replace(one, claim=True) for one in report.references)
    report = replace(report, references=claimed)
    assert charts.series_of(check_of(report, [0, 1, 2]), report) is None


def test_no_unit_stands_beside_another(report: Report) -> None:
    chart = charts.series_of(check_of(report, [4, 5, 13]), report)
    assert chart is not None
    assert {one.figure.number.value.unit for one in chart.references} == {"event"}


def test_one_publisher_with_two_series_names_them_apart(report: Report) -> None:
    chart = charts.series_of(check_of(report, [4, 10]), report)
    assert chart is not None
    assert chart.series() == (
        "Institute for Conflict Records, attacks",
        "Institute for Conflict Records, suicide attacks",
    )


def test_ranges_are_drawn_from_end_to_end_and_open_ends_as_arrows(report: Report) -> None:
    check = report.checks[5]
    chart = charts.series_of(check, report)
    assert chart is not None
    svg = charts.draw(chart, check, "x")
    assert [text.text for text in shapes(svg, "text") if text.text == "↑"] == ["↑"]
    chosen = [one for one in chart.references if one.row != 11]  # without "at least 214"
    closed = charts.draw(charts.Chart(tuple(chosen), chart.used), check, "x")
    assert "↑" not in [text.text for text in shapes(closed, "text")]


def test_the_claims_level_is_marked_only_in_its_own_unit(report: Report) -> None:
    number = Reading(
        Quantity(Decimal(180), Decimal(190), "event", Hedge.RANGE, Decimal(180), Decimal(190), 1, 1), None, "x"
    )
    level = check_of(report, [4, 5], number=number, kind=Kind.FLOW)
    change = check_of(report, [4, 5])
    chart = charts.series_of(level, report)
    assert chart is not None
    days = "the days that the article speaks of"
    assert charts.shaded(chart, level) == f"{days}, and what it says of them"
    assert charts.shaded(chart, change) == days
    assert charts.shaded(chart, check_of(report, [4, 5], period=None)) == ""
    claimed = [charts.draw(chart, check, "x").count("var(--accent") for check in (level, change)]
    assert claimed[0] > claimed[1] > 0  # the window alone for a change, window and level for a count


def test_an_open_level_reaches_to_the_edge(report: Report) -> None:
    """“At least 150” is everything above it, not a line at 150."""

    def height(high: int | None) -> float:
        value = Quantity(Decimal(150), None if high is None else Decimal(high), "event", Hedge.RANGE, None, None, 1, 1)
        check = check_of(report, [4, 5], number=Reading(value, None, "x"), kind=Kind.FLOW)
        chart = charts.series_of(check, report)
        assert chart is not None
        band = next(one for one in shapes(charts.draw(chart, check, "x"), "path") if one.get("stroke-width") == "1.5")
        return float(re.search(r"v([\d.]+)h", band.get("d", ""))[1])

    assert height(None) > 2 * height(160)


def test_nothing_but_shapes_and_texts_is_left(report: Report) -> None:
    evil = "<script>x</script>\x00\u202e\udcff\ufffe&\"' http://127.0.0.1:9/x"
    named = tuple(replace(one, publisher=evil) for one in report.references)
    report = replace(report, references=named)
    check = check_of(report, [4, 5, 8])
    chart = charts.series_of(check, report)
    assert chart is not None
    svg = charts.draw(chart, check, "x9")
    root = ElementTree.fromstring(svg)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "g", "path", "rect", "line", "circle", "text", "tspan", "defs", "clipPath"}
    for element in root.iter():
        for key, value in element.attrib.items():
            assert "url(" not in value or value.startswith("url(#x9-")
            assert key != "id" or value.startswith("x9-")
            assert not key.startswith("on")
            assert "href" not in key
            assert key not in ("style", "font-family", "class")
    assert not {"#010203", "#040506"} & set(svg.split('"'))  # the page decides the colours


def test_what_a_renderer_might_let_through_is_dropped() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="4" height="3">'
        '<script>x()</script><g onclick="x()" style="fill:url(http://127.0.0.1)" fill="url(http://127.0.0.1)">'
        '<image href="http://127.0.0.1"/><a xlink:href="http://127.0.0.1"><text>kept?</text></a>'
        '<text font-family="Evil">&lt;b&gt;</text></g></svg>'
    )
    assert charts._sanitised(svg, "x") == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3" aria-hidden="true">'
        "<g><text>&lt;b&gt;</text></g></svg>"
    )


def test_what_is_drawn_keeps_to_the_schema(report: Report) -> None:
    """Held here once, since a page draws without asking the schema."""
    import altair
    from jsonschema.exceptions import ValidationError

    number = Reading(Quantity(Decimal(180), None, "event", Hedge.AT_LEAST, Decimal(180), None, 1, 1), None, "x")
    for check in (
        report.checks[5],
        check_of(report, [4, 5]),
        check_of(report, [4, 10], period=None),
        check_of(report, [4, 5, 8], number=number, kind=Kind.FLOW),
    ):
        chart = charts.series_of(check, report)
        assert chart is not None
        drawn = charts._specification(chart, check)
        altair.LayerChart.from_dict(drawn, validate=True)
        broken = {**drawn, "layer": [{**drawn["layer"][0], "mark": {"type": "no such mark"}}]}
        with pytest.raises(ValidationError):
            altair.LayerChart.from_dict(broken, validate=True)


def test_a_record_beyond_every_axis_makes_no_chart(report: Report) -> None:
    def vast(one: Reference) -> Reference:
        quantity = replace(one.figure.number.value, low=Decimal("1E+400"), high=Decimal("1E+400"))
        return replace(one, figure=replace(one.figure, number=replace(one.figure.number, value=quantity)))

    report = replace(report, references=tuple(vast(one) for one in report.references))
    assert charts.series_of(check_of(report, [4, 5, 8]), report) is None
