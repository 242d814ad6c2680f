"""A report survives the journey through JSON, and nothing else does."""

import copy
import json
import math
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.checking.model import Evidence, Finding
from counterfoil.documents.model import Document, digest
from counterfoil.errors import InputError
from counterfoil.publishing import from_json, to_json
from counterfoil.publishing.model import Report
from counterfoil.reading.model import Figure, Hedge, Kind, Period, Precision, Quantity
from counterfoil.relating.model import Side
from counterfoil.spans import Reading, Skipped, Span
from publishing.anything import FINDINGS, report_of

SCHEMA = json.loads((files("counterfoil.publishing") / "schema" / "report-1.json").read_text("utf-8"))


def through(report: Report) -> Report:
    return from_json(json.loads(json.dumps(to_json(report))))


def empty(text: str, **more: object) -> Report:
    document = Document(text, digest(text))
    return Report(document, (), (), (), (), (), (), (), "rules@1", "0.1.0", **more)


def test_round_trip(report: Report, checked: Report) -> None:
    assert through(report) == report
    assert to_json(through(checked)) == to_json(checked)


def test_the_fixtures_and_an_empty_report_are_valid(report: Report, checked: Report) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for one in (report, checked, empty("Nothing to count.")):
        jsonschema.Draft202012Validator(SCHEMA).validate(to_json(one))


def test_a_report_of_before_datasets_is_read(report: Report) -> None:
    data = to_json(report)
    for check in data["checks"]:
        del check["findings"], check["unmatched"]
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert from_json(data) == report


def test_numbers_are_finite_and_a_rise_from_nothing_comes_back(checked: Report) -> None:
    """JSON knows no infinity: strict readers refuse what Python would write for it."""
    data = json.dumps(to_json(checked), allow_nan=False)
    (finding,) = json.loads(data)["checks"][6]["findings"]
    assert finding["best_counter"]["value"] is None
    assert finding["best_counter"]["high"] is None
    assert math.isinf(through(checked).checks[6].findings[0].best_counter.value)
    assert finding["heat"]["values"][0][2] is None


@settings(max_examples=40, deadline=None)
@given(FINDINGS)
def test_any_finding_comes_back(finding: Finding) -> None:
    report = report_of(finding)
    written = json.loads(json.dumps(to_json(report), allow_nan=False))
    jsonschema.Draft202012Validator(SCHEMA).validate(written)
    assert from_json(written) == report


def test_schema_refuses_what_it_does_not_describe(report: Report) -> None:
    data = to_json(report)
    data["figures"][0]["number"]["value"]["low"] = 41301  # a number where a string of digits is promised
    data["surprise"] = 1
    errors = {error.validator for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(data)}
    assert errors == {"additionalProperties", "anyOf"}


def test_every_field_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")
    shapes = [SCHEMA, *SCHEMA["$defs"].values()]
    names = {name for shape in shapes for name in shape.get("properties", ())}
    assert len(names) > 60
    unnamed = {name for name in names if f"`{name}`" not in page and f'"{name}"' not in page}
    assert unnamed == set()


def test_figures_and_references_stand_once(report: Report) -> None:
    data = to_json(report)
    assert [check["figure"] for check in data["checks"]] == list(range(len(report.figures)))
    assert (data["relations"][1]["a"]["figure"], data["relations"][1]["b"]["reference"]) == (0, 13)
    assert data["checks"][5]["evidence"][0]["references"] == [5, 4]
    assert (data["checks"][5]["best_support"], data["checks"][5]["best_counter"]) == (0, 2)


def test_what_no_list_holds_stands_in_full(report: Report) -> None:
    """A relation to a figure of nowhere, and a best setting that is not among the evidence, are not lost."""
    stranger = replace(report.figures[0], as_of=date(1999, 1, 1))
    relation = replace(report.relations[0], b=Side(stranger, None, "another article"))
    lone = replace(report.references[0], row=999)
    check = replace(
        report.checks[0], best_counter=Evidence("elsewhere", None, Decimal("1.50"), "person", (lone,), None, "")
    )
    changed = replace(report, relations=(relation,), checks=(check, *report.checks[1:]))
    data = to_json(changed)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert data["relations"][0]["b"]["figure"]["as_of"] == "1999-01-01"
    assert through(changed) == changed


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (["schema"], "counterfoil.report/2", "counterfoil.report/2"),
        (["document", "text"], "another text", "document.text"),
        (["document", "published", "day"], "14 March", "document.published.day"),
        (["figures", 0, "number", "value", "low"], "many", "figures[0].number.value.low"),
        (["figures", 0, "number", "value", "low"], 41301, "figures[0].number.value.low"),
        (["figures", 0, "kind"], "guess", "figures[0].kind"),
        (["figures", 0, "statement"], True, "figures[0].statement"),
        (["figures", 1, "number", "anchor", "end"], 0, "figures[1].number.anchor"),
        (["figures", 1, "number", "anchor", "quote"], "42,000", "figures[1].number.anchor.quote"),
        (["statements", 0, "content"], None, "statements[0].content"),
        (["checks", 0, "figure"], 99, "checks[0].figure"),
        (["checks", 5, "evidence", 0, "references"], [99], "checks[5].evidence[0].references[0]"),
        (["checks", 5, "best_support"], -1, "checks[5].best_support"),
        (["relations", 0, "a"], [], "relations[0].a"),
        (["skipped"], {}, "skipped"),
        (["checks", 5, "findings", 0, "word"], "true", "checks[5].findings[0].word"),
        (["checks", 5, "findings", 0, "asked", "later"], ["2023-01-01"], "checks[5].findings[0].asked.later"),
        (["checks", 5, "findings", 0, "heat", "marked"], [1, 2, 3], "checks[5].findings[0].heat.marked"),
        (["checks", 5, "findings", 0, "curve", "steps", 0, 2], "1", "checks[5].findings[0].curve.steps[0][2]"),
        (["checks", 5, "unmatched"], {}, "checks[5].unmatched"),
    ],
)
def test_a_damaged_report_is_refused_by_name(checked: Report, path: list[str | int], value: object, named: str) -> None:
    data = copy.deepcopy(to_json(checked))
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(InputError) as caught:
        from_json(data)
    assert named in caught.value.what
    assert caught.value.mend


@pytest.mark.parametrize("name", ["document", "checks", "engine"])
def test_a_missing_field_is_named(report: Report, name: str) -> None:
    data = {key: value for key, value in to_json(report).items() if key != name}
    with pytest.raises(InputError, match=f"{name} is .missing."):
        from_json(data)


@pytest.mark.parametrize("data", [None, [], "report", {}, {"schema": None}])
def test_what_is_no_report_is_refused(data: object) -> None:
    with pytest.raises(InputError):
        from_json(data)  # type: ignore[arg-type]


numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
days = st.none() | st.dates()


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(st.characters(), min_size=2, max_size=40),
    ends=st.tuples(numbers, numbers),
    period=st.tuples(days, days),
    words=st.text(st.characters()),
    hedge=st.sampled_from(Hedge),
    kind=st.sampled_from(Kind),
)
def test_any_text_and_any_number_come_back(
    text: str, ends: tuple[Decimal | None, ...], period: tuple[date | None, ...], words: str, hedge: Hedge, kind: Kind
) -> None:
    document = Document(text, digest(text), title=words, source=words)
    anchor = document.anchor(Span(1, len(text)))
    quantity = Quantity(*ends, words, hedge, *reversed(ends), Decimal("1E+70"), Decimal(1))
    figure = Figure(
        Reading(quantity, anchor, words), kind, period=Reading(Period(*period, Precision.DAY, words), anchor, words)
    )
    report = replace(empty(text), document=document, figures=(figure, figure), skipped=(Skipped(words, words),))
    assert through(report) == report
    jsonschema.Draft202012Validator(SCHEMA).validate(to_json(report))


def test_a_number_without_end_stays_short() -> None:
    text = "a lot"
    document = Document(text, digest(text))
    huge = Quantity(Decimal("1E+999999"), None, "item", Hedge.AT_LEAST, None, None, Decimal(1), Decimal(1))
    figure = Figure(Reading(huge, document.anchor(Span(0, 5)), "test"), Kind.OTHER)
    assert to_json(replace(empty(text), figures=(figure,)))["figures"][0]["number"]["value"]["low"] == "1E+999999"
