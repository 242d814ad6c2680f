"""What goes out comes back: every field of formats that carry all, the carried fields of those that do not."""

import csv
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterfoil.errors import InputError
from counterfoil.ledger.exchange import FORMATS, csv_files, helix, hxl, idu, json_ld, parquet, spreadsheets
from counterfoil.ledger.exchange.cells import DANGEROUS, WORDS, neutral, restored
from counterfoil.ledger.model import FIELDS, Entry
from counterfoil.reading.model import Cause, Hedge, Kind, Modality
from ledger.exchange.entries import AUTHOR, HOSTILE, entries, entry, kept

SLOWLY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LONG = "long words, " * 200_000


def back(name: str, given_entries: list[Entry], folder: Path) -> list[Entry]:
    target = folder / f"back{FORMATS[name].endings[0]}"
    assert FORMATS[name].write(given_entries, target) == len(given_entries)
    read = FORMATS[name].read
    assert read is not None
    return list(read(target, AUTHOR))


@pytest.mark.parametrize("name", ["csv", "jsonld", "parquet", "jsonl"])
@SLOWLY
@given(given_entries=st.lists(entries(), max_size=4))
def test_every_field_comes_back(name: str, given_entries: list[Entry], tmp_path: Path) -> None:
    assert back(name, given_entries, tmp_path) == given_entries


@pytest.mark.parametrize("name", ["csv", "jsonld", "parquet"])
def test_very_long_and_hostile_words_come_back(name: str, tmp_path: Path) -> None:
    texts = [LONG, *HOSTILE]
    given_entries = [
        kept(replace(entry(id=f"e-{n}"), excerpt=words, title=words, claimant=words, calculation_logic=words))
        for n, words in enumerate(texts)
    ]
    assert back(name, given_entries, tmp_path) == given_entries


def comparable(one: Entry, names: tuple[str, ...], seen: Callable[[str], str]) -> dict[str, object]:
    return {name: seen(value) if type(value := getattr(one, name)) is str else value for name in names}


@SLOWLY
@given(given_entries=st.lists(entries(), max_size=3))
def test_hxl_brings_back_what_it_carries(given_entries: list[Entry], tmp_path: Path) -> None:
    found = back("hxl", given_entries, tmp_path)
    assert [comparable(one, hxl.CARRIED, str) for one in found] == [
        comparable(one, hxl.CARRIED, str) for one in given_entries
    ]


@SLOWLY
@given(given_entries=st.lists(entries(), max_size=3))
def test_xlsx_brings_back_what_it_carries(given_entries: list[Entry], tmp_path: Path) -> None:
    given_entries = [
        replace(
            one,
            version=max(one.version, 1),
            latitude=None if one.latitude is None else round(one.latitude / 2, 6),
            longitude=None if one.longitude is None else round(one.longitude, 6),
        )
        for one in given_entries
    ]
    found = back("xlsx", given_entries, tmp_path)

    def seen(words: str) -> str:  # XML has no way to write some characters, and makes one line end of all
        return spreadsheets._UNSEEN.sub("\N{REPLACEMENT CHARACTER}", words)

    assert [comparable(one, helix.CARRIED, seen) for one in found] == [
        comparable(one, helix.CARRIED, seen) for one in given_entries
    ]


def test_idu_brings_back_what_it_carries(tmp_path: Path) -> None:
    given_entries = [
        entry(id="a-1", unit="person", high=None, event="flood", latitude=15.45, longitude=36.4),
        entry(id="b-2", unit="person", hedge=Hedge.EXACT, high=Decimal(340), said_high=Decimal(340), excerpt="=1+1"),
        entry(id="c-3", unit="person", cause=Cause.CONFLICT, claimant="@desk"),
    ]
    found = back("idu", given_entries, tmp_path)
    for one, before in zip(found, given_entries, strict=True):
        told = {name: getattr(before, name) for name in idu.CARRIED} | {
            "said_high": before.said_high or before.said_low
        }
        assert {name: getattr(one, name) for name in idu.CARRIED} == told


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (entry(unit="person", measure="killed"), "counts no displaced people"),
        (entry(unit="person", kind=Kind.STOCK), "is no new displacement: a stock, a share or a change"),
        (entry(unit="person", modality=Modality.FEARED), "has not happened"),
        (entry(unit="person", gone=True), "the article no longer has it"),
        (entry(unit="household"), "has no single number of people"),
        (entry(unit="person", hedge=Hedge.RANGE, said_high=Decimal(400)), "has no single number of people"),
        (entry(unit="person"), ""),
    ],
)
def test_idu_takes_displacement_only(one: Entry, why: str) -> None:
    assert idu.refuses(one) == why


def test_idu_counts_people_of_households_only_with_a_stated_size(tmp_path: Path) -> None:
    one = entry(hedge=Hedge.EXACT, high=Decimal(340), said_high=Decimal(340), household_size=Decimal("5.2"))
    [found] = back("idu", [one], tmp_path)
    assert found.said_low == 1768
    assert idu.refuses(replace(one, household_size=None))


@given(st.text() | st.sampled_from(HOSTILE))
def test_no_words_begin_a_formula_and_all_come_back(words: str) -> None:
    assert not neutral(words).startswith(DANGEROUS[:-1])
    assert restored(neutral(words)) == words


@given(st.text().filter(lambda words: not words.startswith(DANGEROUS)))
def test_other_words_stay_as_they_are(words: str) -> None:
    assert neutral(words) == restored(words) == words


@pytest.mark.parametrize("name", ["csv", "hxl", "idu"])
@SLOWLY
@given(words=st.sampled_from(DANGEROUS), rest=st.text(max_size=5))
def test_no_cell_of_a_table_begins_a_formula(name: str, words: str, rest: str, tmp_path: Path) -> None:
    text = kept(replace(entry(), excerpt=words + rest)).excerpt
    hostile = dict.fromkeys(WORDS - {"id", "unit", "measure"}, text)
    target = tmp_path / "table.csv"
    FORMATS[name].write([replace(entry(unit="person"), **hostile)], target)
    with target.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    rows = rows[1:] if name == "hxl" else rows
    assert rows
    assert not [cell for row in rows for cell in row if cell.startswith(DANGEROUS[:-1]) and cell != "-180.0"]


def test_no_cell_of_a_spreadsheet_is_a_formula(tmp_path: Path) -> None:
    import openpyxl

    target = tmp_path / "x.xlsx"
    spreadsheets.write([entry(excerpt="=1+1", title="=cmd|' /C calc'!A0", claimant="+1")], target)
    cells = [cell for row in openpyxl.load_workbook(target).active.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert not [cell.value for cell in cells if isinstance(cell.value, str) and cell.value.startswith(DANGEROUS[:-1])]


def test_words_too_long_for_a_spreadsheet_are_cut_and_say_so(tmp_path: Path) -> None:
    [found] = back("xlsx", [entry(excerpt=LONG)], tmp_path)
    assert len(found.excerpt) == spreadsheets.LONGEST
    assert found.excerpt.endswith("[cut: 2,400,000 characters]")


def test_a_spreadsheet_has_helixs_headers_in_order(tmp_path: Path) -> None:
    import openpyxl

    target = tmp_path / "x.xlsx"
    spreadsheets.write([entry()], target)
    header, row = openpyxl.load_workbook(target).active.iter_rows(values_only=True)
    told = dict(zip(header, row, strict=True))
    assert header[: len(helix.HEADERS)] == helix.HEADERS
    assert header[:5] == ("ID", "Old ID", "Created at", "Updated at", "ISO3")
    assert (told["Reported"], told["Unit"], told["Quantifier"], told["Total figures"]) == (
        340,
        "Household",
        "More than or equal",
        None,
    )
    assert (told["Figure cause"], told["Figure category"], told["Country"]) == ("Disaster", "NEW_DISPLACEMENT", "Sudan")
    assert told["Start date"].date() == date(2024, 6, 9)


FAULTS = [
    ("csv", b"id,version\r\na,1\r\n", "missing"),
    ("csv", b"id,colour\r\n", "colour"),
    ("csv", b"\xff\xfe\x00", "UTF-8"),
    ("csv", b"", "missing"),
    ("jsonld", b"{", "no JSON"),
    ("jsonld", b"[" * 100_000, "no JSON"),
    ("jsonld", b'[{"@type": "Person"}]', "no Observation"),
    ("jsonld", b'{"@type": "Observation"}', "no cf:version"),
    ("jsonld", b'{"@type": "Observation", "minValue": [1, 2]}', "no single value"),
    ("parquet", b"PAR1", "no Parquet"),
    ("xlsx", b"PK", "no spreadsheet"),
    ("hxl", b"a,b\r\n1,2\r\n", "HXL's tags"),
    ("hxl", b"a\r\n#date\r\n1\r\n", "counts people"),
    ("idu", b"a,b\r\n1,2\r\n", "no column id"),
]


@pytest.mark.parametrize(("name", "content", "told"), FAULTS)
def test_what_is_no_such_file_is_refused_with_what_to_do(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    source = tmp_path / "x"
    source.write_bytes(content)
    read = FORMATS[name].read
    assert read is not None
    with pytest.raises(InputError, match=told) as raised:
        list(read(source, AUTHOR))
    assert raised.value.mend


def test_all_faults_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    csv_files.write([entry(id=f"e-{n}") for n in range(3)], target)
    lines = target.read_text(encoding="utf-8").split("\n")
    lines[1] = lines[1].replace("at least", "roughly")
    lines[3] = lines[3].replace("2024-06-09", "9 June")
    target.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError, match=r"line 2, hedge: 'roughly'.*line 4, first: '9 June'"):
        list(csv_files.read(target, AUTHOR))


def test_a_file_of_linked_data_that_breaks_off_is_told(tmp_path: Path) -> None:
    target = tmp_path / "x.jsonld"
    json_ld.write([entry()], target)
    target.write_text(target.read_text().rstrip().removesuffix("]}"))
    with pytest.raises(InputError, match="breaks off"):
        list(json_ld.read(target, AUTHOR))


def test_linked_data_that_another_program_laid_out_anew_comes_back(tmp_path: Path) -> None:
    import json

    target = tmp_path / "x.jsonld"
    json_ld.write([entry(), entry(id="b-2")], target)
    target.write_text(json.dumps(json.loads(target.read_text()), indent=2, sort_keys=True))
    assert list(json_ld.read(target, AUTHOR)) == [entry(), entry(id="b-2")]


def test_parquet_has_typed_columns(tmp_path: Path) -> None:
    import duckdb

    target = tmp_path / "x.parquet"
    parquet.write([entry(high=Decimal("0.1000000000000000000001"))], target)
    [row] = duckdb.sql(f"SELECT low, first, gone, exact, created_at::VARCHAR FROM '{target}'").fetchall()
    assert row[:4] == (340.0, date(2024, 6, 9), False, '{"high":"0.1000000000000000000001"}')
    assert set(FIELDS) | {"exact"} == {name for name, *_ in duckdb.sql(f"DESCRIBE FROM '{target}'").fetchall()}


def test_every_field_of_an_entry_has_a_place_in_linked_data() -> None:
    assert set(json_ld.PATHS) == {one.name for one in fields(Entry)}
    assert len(set(json_ld.PATHS.values())) == len(json_ld.PATHS)
