"""SDMX messages become rows: the dimensions by their ids, the value, the attributes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from counterfoil.checking.datasets import sdmx_files, tables
from counterfoil.checking.datasets.editions import opened
from counterfoil.checking.datasets.model import Edition, Source
from counterfoil.errors import DatasetError

pytest.importorskip("sdmx")

MESSAGE = """<?xml version="1.0" encoding="UTF-8"?>
<mes:GenericData xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
 xmlns:gen="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"
 xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
 <mes:Header><mes:ID>x</mes:ID><mes:Test>false</mes:Test><mes:Prepared>2024-01-01T00:00:00</mes:Prepared>
  <mes:Sender id="D"/><mes:Structure structureID="S" dimensionAtObservation="TIME_PERIOD">
   <com:Structure><Ref agencyID="D" id="EVENTS" version="1.0"/></com:Structure></mes:Structure></mes:Header>
 <mes:DataSet structureRef="S"><gen:Series>
  <gen:SeriesKey><gen:Value id="country" value="PAK"/><gen:Value id="id" value="a"/></gen:SeriesKey>
  <gen:Obs><gen:ObsDimension id="TIME_PERIOD" value="2023-01-05"/><gen:ObsValue value="3"/>
   <gen:Attributes><gen:Value id="OBS_STATUS" value="A"/></gen:Attributes></gen:Obs>
 </gen:Series><gen:Series>
  <gen:SeriesKey><gen:Value id="country" value="TCD"/><gen:Value id="id" value="b"/></gen:SeriesKey>
  <gen:Obs><gen:ObsDimension id="TIME_PERIOD" value="2023-02-01"/><gen:ObsValue value="7"/></gen:Obs>
 </gen:Series></mes:DataSet>
</mes:GenericData>
"""
SLY = MESSAGE.replace("<mes:Gen", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><mes:Gen', 1)


def test_each_observation_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "message.xml").write_text(MESSAGE)
    header, *rows = sdmx_files.rows(tmp_path / "message.xml", "message.xml")
    assert [dict(zip(header, row, strict=True)) for row in rows] == [
        {"country": "PAK", "id": "a", "TIME_PERIOD": "2023-01-05", "OBS_VALUE": "3", "OBS_STATUS": "A"},
        {"country": "TCD", "id": "b", "TIME_PERIOD": "2023-02-01", "OBS_VALUE": "7", "OBS_STATUS": ""},
    ]


def test_a_message_is_imported(add: Callable[..., Edition], description: str) -> None:
    described = (
        description.replace("[source]", '[source]\nformat = "sdmx"')
        .replace('names = ["date"]', 'names = ["TIME_PERIOD"]')
        .replace('name = "dead"', 'name = "dead"\nnames = ["OBS_VALUE"]')
        .replace('column = "country"', 'column = "country"\nscheme = "iso3"')
    )
    edition = add(MESSAGE, described, name="message.xml")
    assert edition.countries == ("PAK", "TCD")
    with opened(edition.path) as connection:
        assert connection.execute("SELECT id, dead, _iso3 FROM rows ORDER BY id").fetchall() == [
            ("a", 3, "PAK"),
            ("b", 7, "TCD"),
        ]


@pytest.mark.parametrize("text", [MESSAGE[:900], "<none/>", MESSAGE.replace("GenericData", "Structure"), SLY])
def test_what_is_no_message_of_data_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "message.xml").write_text(text)
    with pytest.raises(DatasetError):
        list(sdmx_files.rows(tmp_path / "message.xml", "message.xml"))


def test_xml_that_nobody_declared_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "message.xml").write_text(MESSAGE)
    with pytest.raises(DatasetError, match="it is XML, no table"):
        tables.inspect(tmp_path / "message.xml", Source())
    assert tables.inspect(tmp_path / "message.xml", Source(format="sdmx")).format == "sdmx"
