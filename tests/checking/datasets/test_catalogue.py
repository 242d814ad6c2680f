"""Descriptions: what they say comes through, and all that is wrong with one is told at once, with its mend."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.checking.datasets import catalogue
from counterfoil.errors import DatasetError, InputError
from counterfoil.reading.model import Kind, Precision


def faults(text: str) -> list[str]:
    with pytest.raises(DatasetError) as caught:
        catalogue.parse(text, "mine.toml")
    assert caught.value.where == "mine.toml"
    assert "docs/datasets.md" in caught.value.mend
    first, *rest = caught.value.what.splitlines()
    assert first.split()[0] == str(len(rest))
    return rest


def test_a_description_becomes_a_dataset(description: str) -> None:
    found = catalogue.parse(description)
    assert found.id == "desk-events"
    assert found.differs == (("ucdp-ged", "counts from the first death on"),)
    assert found.source.key == ("id",)
    assert found.time.precision is Precision.DAY
    assert [one.kind for one in found.indicators] == [Kind.FLOW, Kind.FLOW]
    assert found.columns[1].formats == ("%Y-%m-%d", "%d/%m/%Y")
    assert (found.text, len(found.digest)) == (description, 64)


def test_days_and_pairs_come_through(description: str) -> None:
    more = 'since = 2020-01-01\ngaps = [[2021-01-01, 2021-12-31]]\nbreaks = [{ at = 2022-01-01, why = "new staff" }]'
    found = catalogue.parse(description.replace("[time]", f"[time]\n{more}"))
    assert found.time.since == date(2020, 1, 1)
    assert found.time.gaps == ((date(2021, 1, 1), date(2021, 12, 31)),)
    assert found.time.breaks[0].at == date(2022, 1, 1)


CHANGES = [  # what is changed in the description, and what the one fault says: its key, then its mend
    ('name = "Events of the desk"', 'nam = "Events of the desk"', "nam: no such key", "did you mean name?"),
    ('id = "desk-events"', 'id = "../desk"', "id: '../desk' is no name", "use a to z"),
    ('id = "desk-events"', 'id = "Desk Events"', "id: 'Desk Events' is no name", "use a to z"),
    ('licence = "CC BY 4.0"', 'licence = ""', "licence: empty", "say it in words"),
    ('licence = "CC BY 4.0"', "licence = 4", "licence: 4 is a whole number", 'write text in "quotes"'),
    ('names = ["the desk"]', 'names = "the desk"', "names: 'the desk' is no list", "write [...]"),
    ("least = 0", 'least = "0"', "columns[6].least: '0' is text", "write a number"),
    ("least = 0", "least = nan", "columns[6].least: nan is no number", "finite"),
    ("least = 0", "least = 5\nmost = 1", "columns[6].most: below least", "larger bound"),
    ('type = "integer"\nleast', 'type = "whole"\nleast', "columns[6].type: 'whole' is unknown", "integer"),
    ('name = "province"', 'name = "Country"', "columns[5].names: 'Country' names another", "each name leads to one"),
    ('start = "day"', 'start = "day"\nsince = "2020-01-01"', "time.since: '2020-01-01' is text", "without quotes"),
    ('start = "day"', 'start = "day"\nsince = 2020-01-01T10:00:00', "time.since:", "write the day alone"),
    ('start = "day"', 'start = "day"\nprecision = "decade"', "time.precision: 'decade' is unknown", "quarter, year"),
    ('start = "day"', 'start = "day"\nprecision = "fortnight"', "time.precision: 'fortnight' is none of", "month"),
    ('start = "day"', 'start = "dead"', "time.start: gives BIGINT, not a day", "make_date"),
    ('start = "day"', "", "time.start: missing", "write start ="),
    ('kind = "flow"\nvariants', 'kind = "flows"\nvariants', "indicators[1].kind: 'flows' is none of", "flow"),
    ('concept = "killed"', 'concept = "kiled"', "indicators[1].concept: 'kiled' is unknown", "did you mean killed?"),
    ('unit = "person"', 'unit = "persons"', "indicators[1].unit: 'persons' is unknown", "did you mean person?"),
    ('value = "dead"', 'value = "country"', "indicators[1].value: gives VARCHAR, not a number", "CAST"),
    ('value = "dead"', 'value = "ded"', "indicators[1].value: no column 'ded'", "[[columns]]"),
    ('value = "dead"', 'value = "dead"\nlow = "dead"', "indicators[1]: low and high go together", "both or none"),
    ('"civilians", "south",', '"civilian", "south",', "indicators[1].variants: 'civilian' is not", "[[variants]]"),
    ("score = 0.5", "score = 5", "variants[2].score: 5.0 is not between 0 and 1", "write a share"),
    ('axis = "place"', 'axis = "where"', "variants[2].axis: 'where' is unknown", "definition, place"),
    ('dated = "end"', 'dated = "ends"', "variants[3].dated: 'ends' is unknown", "did you mean end?"),
    ("where = \"province = 'South'\"", 'where = ""', "variants[2].where: empty", "write a condition"),
    ("where = \"province = 'South'\"", 'where = "province"', "variants[2].where: gives VARCHAR", "compare"),
    ('level = "admin1"', 'level = "admin9"', "places[2].level: 'admin9' is unknown", "did you mean"),
    ('level = "admin1"', 'level = "country"', "places: 2 of level 'country'", "write one"),
    ('key = ["id"]', 'key = ["uid"]', "source.key: no column 'uid'", "name one of [[columns]]"),
    ('key = ["id"]', 'newest = "day"', "source.key: missing", "name the columns"),
    ('key = ["id"]', 'edition = "("', "source.edition: no regular expression", "'('"),
    ('key = ["id"]', 'unpivot = ["x", "y"]', "source.unpivot: ['x', 'y'] is no list of 3", "[..., ..., ...]"),
    ('key = ["id"]', 'url = "ftp://example.org"', "source.url: no address", "https://"),
    ("[[cannot]]", "[cannot]", "cannot: {", "write [[cannot]]"),
    ("[[cannot]]", 'digest = "x"\n[[cannot]]', "variants[5].digest: no such key", "known are"),
    (
        'formats = ["%Y-%m-%d", "%d/%m/%Y"]',
        'formats = ["%d/%m"]',
        "columns[2].formats: '%d/%m' has no year",
        "%d/%m/%Y",
    ),
    ("definition = ", "definition = [", "no TOML: ", "close brackets"),
]


@pytest.mark.parametrize(("old", "new", "fault", "mend"), CHANGES, ids=[new or old for old, new, _, _ in CHANGES])
def test_a_fault_names_its_key_and_its_mend(description: str, old: str, new: str, fault: str, mend: str) -> None:
    assert old in description
    told = [one for one in faults(description.replace(old, new, 1)) if one.startswith(fault)]
    assert len(told) == 1
    assert mend in told[0]


def test_all_faults_are_told_at_once(description: str) -> None:
    broken = description
    for old, new in (("killed", "kiled"), ("score = 0.5", "score = 5"), ('value = "dead"', 'value = "ded"')):
        broken = broken.replace(old, new, 1)
    assert [one.partition(":")[0] for one in faults(broken)] == [
        "indicators[1].concept",
        "variants[2].score",
        "indicators[1].value",
    ]


@given(st.text(max_size=300))
def test_any_text_is_a_dataset_or_a_fault(text: str) -> None:
    with pytest.raises(DatasetError):
        catalogue.parse(text)


@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        ("22.1", True),
        ("2024-05-03", True),
        ("v1_b", True),
        ("..", False),
        ("a/b", False),
        ("a\\b", False),
        ("", False),
        (".x", False),
        ("a..b", False),
        ("x" * 65, False),
        ("=cmd", False),
        ("a\n", False),
        ("a.", False),
    ],
)
def test_a_name_of_an_edition_can_lead_nowhere_else(name: str, accepted: bool) -> None:
    assert catalogue.is_edition_name(name) is accepted


def test_files_that_are_no_description_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        catalogue.load(tmp_path / "none.toml")
    latin = tmp_path / "latin.toml"
    latin.write_bytes("name = 'Côte'".encode("latin-1"))
    with pytest.raises(DatasetError, match="byte 9 is no UTF-8"):
        catalogue.load(latin)
    large = tmp_path / "large.toml"
    large.write_text("#" * (catalogue.LARGEST + 1))
    with pytest.raises(InputError, match="more than"):
        catalogue.load(large)


def test_an_unknown_dataset_names_those_near() -> None:
    with pytest.raises(InputError) as caught:
        catalogue.known("ucdp-gde")
    assert "did you mean" in caught.value.mend
    assert "ucdp-ged" in caught.value.mend
