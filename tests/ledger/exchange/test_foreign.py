"""Files that others made: entries with what is missing named, and nothing invented."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from counterfoil.ledger.exchange import hxl, idu, spreadsheets
from counterfoil.ledger.exchange.foreign import not_told
from counterfoil.reading.model import Cause, Hedge, Kind

from ledger.exchange.entries import AUTHOR  # isort: skip


def helix(folder: Path, *rows: dict[str, Any]) -> Path:
    book = openpyxl.Workbook()
    header = ["ID", "ISO3", "Country", "Figure category", "Figure term", "Reported", "Unit", "Quantifier"]
    header += ["Start date", "End date", "Figure cause", "Source excerpt", "Sources", "Publishers", "Household size"]
    book.active.append(header)
    for row in rows:
        book.active.append([row.get(name) for name in header])
    target = folder / "helix.xlsx"
    book.save(target)
    return target


FULL = {
    "ID": 4711,
    "ISO3": "SDN",
    "Country": "Sudan",
    "Figure category": "Internal Displacements",
    "Figure term": "Displaced",
    "Reported": 1200,
    "Unit": "Person",
    "Quantifier": "More than",
    "Start date": date(2024, 6, 1),
    "End date": "2024-06-03",
    "Figure cause": "Disaster",
    "Source excerpt": "More than 1,200 people were displaced.",
    "Sources": "Red Crescent",
}


def test_a_helix_export_of_others(tmp_path: Path) -> None:
    [one] = spreadsheets.read(helix(tmp_path, FULL), AUTHOR)
    assert (one.id, one.low, one.high, one.said_low, one.hedge) == ("helix-4711", 1201, None, 1200, Hedge.MORE_THAN)
    assert (one.kind, one.measure, one.unit, one.cause) == (Kind.FLOW, "displaced", "person", Cause.DISASTER)
    assert (one.first, one.last, one.country) == (date(2024, 6, 1), date(2024, 6, 3), "SDN")
    assert not_told(one) == ["modality", "as_of", "url", "published"]
    assert (one.created_by, one.created_at) == ("ann", AUTHOR.at)


@pytest.mark.parametrize(
    ("change", "missing", "field", "value"),
    [
        ({"Reported": None}, "low", "low", None),
        ({"Reported": "many"}, "Reported", "said_low", None),
        ({"Reported": "=1+1"}, "low", "low", None),
        ({"Quantifier": None}, "hedge", "hedge", Hedge.EXACT),
        ({"Quantifier": "roughly"}, "Quantifier", "hedge", Hedge.EXACT),
        ({"Unit": None}, "unit", "unit", ""),
        ({"Figure category": None, "Figure term": None}, "measure", "measure", ""),
        ({"Figure category": "Partial flow", "Figure term": "Returns"}, "measure", "kind", Kind.FLOW),
        ({"Start date": "June"}, "Start date", "first", None),
        ({"ISO3": None}, "country", "country", ""),
        ({"Sources": None}, "claimant", "claimant", ""),
    ],
)
def test_what_a_row_of_helix_lacks_is_named(
    change: dict[str, Any], missing: str, field: str, value: object, tmp_path: Path
) -> None:
    [one] = spreadsheets.read(helix(tmp_path, FULL | change), AUTHOR)
    assert missing in not_told(one)
    assert getattr(one, field) == value


def test_a_formula_is_never_evaluated_and_is_named(tmp_path: Path) -> None:
    [one] = spreadsheets.read(helix(tmp_path, FULL | {"Source excerpt": '=HYPERLINK("http://x.example")'}), AUTHOR)
    assert one.excerpt == ""
    assert "formula: Source excerpt" in one.calculation_logic


def test_rows_without_an_id_are_named_by_what_they_say(tmp_path: Path) -> None:
    rows = [{**FULL, "ID": None}, {**FULL, "ID": None}, {**FULL, "ID": None, "Reported": 5}]
    first = [one.id for one in spreadsheets.read(helix(tmp_path, *rows), AUTHOR)]
    assert len(set(first)) == 3
    assert first == [one.id for one in spreadsheets.read(helix(tmp_path, *rows), AUTHOR)]


HDX = (
    "Pays,Province,IDPs,Killed,Injured f,Round,Date\r\n"
    "#country+code,#adm1+name,#affected+idps+ind,#affected+killed,#affected+injured+f,#round+code,#date+reported\r\n"
    'SDN,Kassala,"1,022",,3,7,2024-05-31\r\n'
    "SDN,Gedaref,n/a,0,,7,May 2024\r\n"
)


def test_a_table_with_hxls_tags_of_others(tmp_path: Path) -> None:
    source = tmp_path / "hdx.csv"
    source.write_text(HDX, encoding="utf-8")
    found = list(hxl.read(source, AUTHOR))
    told = [(one.place, one.term, one.low, one.measure, one.population, one.as_of) for one in found]
    assert told == [
        ("Kassala, Sudan", "#affected+idps+ind", Decimal(1022), "sheltered", "", date(2024, 5, 31)),
        ("Kassala, Sudan", "#affected+f+injured", Decimal(3), "injured", "female", date(2024, 5, 31)),
        ("Gedaref, Sudan", "#affected+idps+ind", None, "sheltered", "", None),
        ("Gedaref, Sudan", "#affected+killed", Decimal(0), "killed", "", None),
    ]
    assert "modality" in not_told(found[0])
    assert {"low", "#affected+idps+ind", "#date+reported"} <= set(not_told(found[2]))
    assert len({one.id for one in found}) == 4


@pytest.mark.parametrize(
    ("tag", "other", "same"),
    [
        ("#affected+f+killed", "#affected +killed +f", True),
        ("#AFFECTED+Killed", "#affected+killed", True),
        ("#affected", "#affected+f", False),
        ("affected", "#affected", False),
    ],
)
def test_tags_are_equal_whatever_the_order_of_their_attributes(tag: str, other: str, same: bool) -> None:
    assert (hxl.Tag.of(tag) == hxl.Tag.of(other)) is same


def test_displacement_updates_of_others(tmp_path: Path) -> None:
    source = tmp_path / "idu.csv"
    source.write_text(
        "id,country,iso3,latitude,longitude,displacement_type,qualifier,figure,displacement_start_date,"
        "displacement_end_date,standard_info_text,link\r\n"
        "#id,#country,#country+code,#geo+lat,#geo+lon,,,#affected,#date+start,#date+end,,\r\n"
        "99,Sudan,SDN,15.45,36.4,Disaster,approximately,120,2024-06-01,2024-06-02,x,https://u.example/1\r\n"
        "100,Sudan,SDN,915,36.4,War,maybe,,2024-06-01,,x,\r\n",
        encoding="utf-8",
    )
    one, other = idu.read(source, AUTHOR)
    assert (one.id, one.low, one.hedge, one.cause, one.url) == (
        "idu-99",
        120,
        Hedge.ABOUT,
        Cause.DISASTER,
        "https://u.example/1",
    )
    assert (other.low, other.latitude, other.cause) == (None, None, None)
    assert {"low", "hedge", "qualifier", "latitude"} <= set(not_told(other))
