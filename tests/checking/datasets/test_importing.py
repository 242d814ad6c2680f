"""Importing: every kind of file gives the same rows; what does not fit is told with its place, value and mend."""

import csv
import gzip
import io
import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from counterfoil.checking.datasets import catalogue, database, editions, importing
from counterfoil.checking.datasets.faults import SHOWN
from counterfoil.checking.datasets.model import Edition
from counterfoil.checking.datasets.workplace import PART
from counterfoil.errors import DatasetError, InputError

Add = Callable[..., Edition]


def kept(
    edition: Edition, columns: str = "id, day, until, country, province, dead, civilians"
) -> list[tuple[Any, ...]]:
    with editions.opened(edition.path) as connection:
        return connection.execute(f'SELECT {columns} FROM rows ORDER BY "_file", "_row"').fetchall()


PLAIN = [
    ("1", date(2023, 1, 5), date(2023, 1, 5), "Pakistan", "South Province", 3, 1),
    ("2", date(2023, 1, 31), date(2023, 2, 2), "Pakistan", "North", 6, 0),
    ("3", date(2023, 3, 10), date(2023, 3, 10), "DR Congo (Zaire)", None, 2, 2),
]


# -- what comes in -----------------------------------------------------------------------------------------------------


def test_rows_are_typed_and_know_where_they_came_from(add: Add) -> None:
    edition = add()
    assert kept(edition) == PLAIN
    assert kept(edition, "_file, _row, _start, _end, _iso3")[1] == (
        *("events.csv", 3, date(2023, 1, 31), date(2023, 2, 2), "PAK"),
    )
    assert (edition.rows, edition.first, edition.last) == (3, date(2023, 1, 5), date(2023, 3, 10))
    assert edition.countries == ("COD", "PAK")
    assert edition.missing == ()
    assert edition.set_aside == ()


def table(rows: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(rows)))


def written(rows: str, kind: str, path: Path) -> Path:
    """Write the rows as a file of some kind."""
    header, *cells = table(rows)
    path = path / f"events.{kind}"
    if kind == "xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (header, *cells):
            sheet.append(
                [date.fromisoformat(c) if c[:3] == "202" and "-" in c else int(c) if c.isdigit() else c for c in row]
            )
        book.save(path)
    elif kind == "sqlite":
        with sqlite3.connect(path) as connection:
            connection.execute(f"CREATE TABLE events ({', '.join(header)})")
            connection.executemany(f"INSERT INTO events VALUES ({','.join('?' * len(header))})", cells)
        connection.close()
    elif kind in ("parquet", "duckdb"):
        import duckdb

        source = path.with_suffix(".source.csv")
        source.write_text(rows)
        connection = duckdb.connect(str(path) if kind == "duckdb" else ":memory:")
        connection.execute(f"CREATE TABLE events AS FROM read_csv('{source}')")
        if kind == "parquet":
            connection.execute(f"COPY events TO '{path}'")
        connection.close()
    elif kind == "csv.gz":
        path.write_bytes(gzip.compress(rows.encode()))
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("folder/events.csv", rows)
            archive.writestr("read-me.pdf", "no table")
    return path


@pytest.mark.parametrize("kind", ["xlsx", "sqlite", "parquet", "duckdb", "csv.gz", "zip"])
def test_every_kind_of_file_gives_the_same_rows(add: Add, rows: str, tmp_path: Path, kind: str) -> None:
    edition = add(written(rows, kind, tmp_path))
    assert kept(edition) == PLAIN
    assert [row for (row,) in kept(edition, "_row")] == [2, 3, 4]


@pytest.mark.parametrize(
    "form",
    [
        lambda rows: b"\xef\xbb\xbf" + rows.encode(),
        lambda rows: rows.replace("\n", "\r\n").encode(),
        lambda rows: rows.replace("\n", "\r").encode(),
        lambda rows: rows.strip().encode(),
        lambda rows: (rows + "\n\n").encode(),
        lambda rows: rows.replace("\n", "\r\n", 1).encode(),
        lambda rows: rows.replace(",", ";").encode(),
        lambda rows: rows.replace(",", "\t").encode(),
        lambda rows: rows.replace(",", "|").encode(),
        lambda rows: rows.encode("utf-16"),
        lambda rows: rows.replace("Pakistan", '"Pakistan"').encode(),
        lambda rows: rows.replace("\n", ",,\n").encode(),
        lambda rows: rows.replace("id,day,until", "ID, Date ,UNTIL").encode(),
        lambda rows: rows.replace(",3,1\n", ",3.0,1e0\n").encode(),
        lambda rows: rows.replace("2023-01-05,2023-01-05", "05/01/2023,2023-01-05 00:00:00").encode(),
        lambda rows: rows.replace(",Pakistan,", ", Pakistan ,").encode(),
    ],
    ids=[
        *("BOM", "CRLF", "CR", "no last line end", "blank lines at the end", "mixed line ends", "semicolons", "tabs"),
        *("bars", "UTF-16", "quotes", "empty cells beyond the header", "other spelling", "whole floats", "other dates"),
        "blanks around cells",
    ],
)
def test_ways_of_writing_a_csv(add: Add, rows: str, form: Callable[[str], bytes]) -> None:
    assert kept(add(form(rows))) == PLAIN


def test_other_encodings_are_decoded_and_told(add: Add, rows: str) -> None:
    edition = add(rows.replace("South Province", "Côte Süd, naïve façade".replace(",", "")).encode("cp1252"))
    assert kept(edition)[0][4] == "Côte Süd naïve façade"
    assert any("not UTF-8" in note for note in edition.notes)
    assert add(rows.replace("North", "Côte"), edition="u").notes == ()


def test_a_declared_encoding_is_used(add: Add, rows: str, description: str) -> None:
    declared = description.replace("[source]", '[source]\nencoding = "cp1251"')
    assert kept(add(rows.replace("North", "Херсон").encode("cp1251"), declared))[1][4] == "Херсон"
    with pytest.raises(DatasetError, match="not readable as ascii"):
        add(rows.replace("North", "Херсон").encode("cp1251"), declared.replace("cp1251", "ascii"), edition="x")


def test_row_numbers_are_those_of_a_spreadsheet(add: Add, rows: str) -> None:
    lines = rows.splitlines()
    lines.insert(2, "")
    lines[1] = lines[1].replace("South Province", '"South\nProvince"')
    assert [row for (row,) in kept(add("\n".join(lines)), "_row")] == [2, 4, 5]


def test_blank_lines_within_a_cell_are_part_of_it(add: Add, rows: str) -> None:
    edition = add(rows.replace("South Province", '"South\n\nProvince"'))
    assert kept(edition)[0][4] == "South\n\nProvince"
    assert [row for (row,) in kept(edition, "_row")] == [2, 3, 4]


def test_a_header_below_a_title_is_found(add: Add, rows: str) -> None:
    edition = add("Events of the desk\n\n" + rows)
    assert kept(edition) == PLAIN
    assert [row for (row,) in kept(edition, "_row")] == [4, 5, 6]


def test_tags_under_the_header_are_set_aside(add: Add, rows: str, description: str) -> None:
    header, *rest = rows.splitlines()
    tagged = "\n".join([header, "#meta+id,#date,,#country,,#affected,", *rest])
    edition = add(tagged, description.replace("[source]", "[source]\ntag_rows = 1"))
    assert kept(edition) == PLAIN
    assert edition.set_aside == (("tags under the header (HXL)", 1),)
    assert [row for (row,) in kept(edition, "_row")] == [3, 4, 5]
    assert kept(add(rows, description.replace("[source]", "[source]\ntag_rows = 1"), edition="untagged")) == PLAIN


def test_columns_that_may_lack_are_told(add: Add, rows: str) -> None:
    edition = add("\n".join(line.rpartition(",")[0] for line in rows.splitlines()))
    assert edition.missing == ("civilians",)
    assert {row[6] for row in kept(edition)} == {None}


def test_columns_that_are_not_described_are_told(add: Add, rows: str) -> None:
    edition = add(rows.replace("civilians", "civilians,note,note").replace("\n", ",x,y\n").replace("note,x,y", "note"))
    assert kept(edition) == PLAIN
    assert edition.notes == ("2 columns are not described and left out: note, note",)


def test_rows_that_the_description_sets_aside_are_counted(add: Add, rows: str, description: str) -> None:
    aside = '[[source.aside]]\nwhere = "country = \'Total\'"\nwhy = "totals"\n\n[time]'
    edition = add(rows + "Total,,,Total,,lots,\n", description.replace("[time]", aside))
    assert kept(edition) == PLAIN
    assert edition.set_aside == (("totals", 1),)


def test_values_are_read_as_they_are_meant(add: Add, rows: str, description: str) -> None:
    meant = description.replace("least = 0", 'least = 0\nread_as = { "-99" = "", "none" = "0" }')
    edition = add(rows.replace(",3,1", ",-99,1").replace(",6,0", ",none,0"), meant)
    assert [row[5] for row in kept(edition)] == [None, 0, 2]


def test_grouped_digits_only_where_they_are_declared(add: Add, rows: str, description: str) -> None:
    changed = rows.replace(",3,1", ',"1,022",1').replace(",6,0", ",12 345,0")
    grouped = description.replace("least = 0", "least = 0\ngrouped = true")
    assert [row[5] for row in kept(add(changed, grouped))] == [1022, 12345, 2]
    with pytest.raises(DatasetError, match="'1,022' is no whole number"):
        add(changed, edition="strict")
    with pytest.raises(DatasetError, match="'1,02' is no whole number"):
        add(changed.replace("1,022", "1,02"), grouped, edition="wrong")


WIDE = """
[[columns]]
name = "year"
type = "integer"

[[columns]]
name = "count"
type = "integer"
"""


def test_wide_tables_become_long_and_long_ones_stay(add: Add, description: str) -> None:
    wide = (
        description.replace('start = "day"\nend = "until"', 'start = "make_date(year, 1, 1)"\nprecision = "year"')
        .replace('key = ["id"]', 'unpivot = ["\\\\d{4}", "year", "count"]')
        .replace('filled = true\n\n[[columns]]\nname = "country"', '\n[[columns]]\nname = "country"')
        .replace('value = "dead"', 'value = "count"')
        .replace("[[places]]", WIDE + "\n[[places]]", 1)
    )
    for name in ("id", "day", "dead"):
        wide = wide.replace(f'name = "{name}"', f'name = "{name}"\nneeded = false')
    wide = wide.replace("filled = true", "")
    edition = add("country,2020,2021,2022\nPakistan,1,2,3\nChad,4,,6\n", wide)
    assert kept(edition, "country, year, count, _row, _start, _end") == [
        ("Pakistan", 2020, 1, 2, date(2020, 1, 1), date(2020, 12, 31)),
        ("Pakistan", 2021, 2, 2, date(2021, 1, 1), date(2021, 12, 31)),
        ("Pakistan", 2022, 3, 2, date(2022, 1, 1), date(2022, 12, 31)),
        ("Chad", 2020, 4, 3, date(2020, 1, 1), date(2020, 12, 31)),
        ("Chad", 2022, 6, 3, date(2022, 1, 1), date(2022, 12, 31)),
    ]
    long = add("country,year,count\nPakistan,2020,1\n", wide, edition="long")
    assert kept(long, "country, year, count") == [("Pakistan", 2020, 1)]


def test_sheets_of_several_years_are_stacked(add: Add, rows: str, description: str, tmp_path: Path) -> None:
    header, *cells = table(rows)
    book = openpyxl.Workbook()
    for name, some in (("2022", cells[:1]), ("2023", cells[1:]), ("notes", [])):
        sheet = book.create_sheet(name)
        for row in (header, *some):
            sheet.append(row)
    book.save(tmp_path / "years.xlsx")
    stacked = description.replace("[source]", '[source]\ntables = "^[0-9]{4}$"')
    assert kept(add(tmp_path / "years.xlsx", stacked), "id, _table") == [("1", "2022"), ("2", "2023"), ("3", "2023")]
    with pytest.raises(DatasetError, match=r"years.xlsx, sheet 2023, row 2, column 'dead': '6' is less than 7"):
        add(tmp_path / "years.xlsx", stacked.replace("least = 0", "least = 7"), edition="x")
    with pytest.raises(DatasetError, match=r"4 sheets"):
        add(tmp_path / "years.xlsx", edition="x")
    assert kept(add(tmp_path / "years.xlsx", edition="one", table="2022"), "id") == [("1",)]


# -- several files, newer rows, withdrawn rows -------------------------------------------------------------------------


def test_files_of_one_edition_are_put_together(add: Add, rows: str) -> None:
    header, *rest = rows.splitlines()
    parts = ["\n".join([header, rest[0]]), "\n".join([header, *rest[1:]])]
    edition = add(parts)
    assert kept(edition) == PLAIN
    assert [name for name, _, _ in edition.files] == ["0-events.csv", "1-events.csv"]
    assert edition.files[0][1] == sha256(parts[0].encode()).hexdigest()


def newest(description: str, column: str) -> str:
    return description.replace('key = ["id"]', f'key = ["id"]\nnewest = "{column}"')


def test_the_newest_row_of_a_key_is_kept(add: Add, rows: str, description: str) -> None:
    later = rows + "2,2023-06-01,2023-06-01,Pakistan,North,9,0\n"
    edition = add(later, newest(description, "day"))
    assert [row[5] for row in kept(edition)] == [3, 2, 9]
    assert edition.set_aside == (("replaced by a newer row of the same key", 1),)


def test_the_same_row_twice_is_kept_once_where_the_newest_counts(add: Add, rows: str, description: str) -> None:
    edition = add(rows + rows.splitlines()[1] + "\n", newest(description, "day"))
    assert len(kept(edition)) == 3
    assert edition.set_aside == (("the same row again", 1),)


def test_two_rows_equally_new_that_differ_are_a_fault(add: Add, rows: str, description: str) -> None:
    with pytest.raises(DatasetError, match="a second row of one key"):
        add(rows + "1,2023-01-05,2023-01-05,Pakistan,North,99,1\n", newest(description, "day"))


def test_the_file_given_last_wins_where_the_description_says_so(add: Add, rows: str, description: str) -> None:
    by_file = newest(description, "_file")
    edition = add([rows, rows.replace(",6,0", ",7,0")], by_file)
    assert sorted(row[5] for row in kept(edition)) == [2, 3, 7]
    assert edition.set_aside == (("replaced by a newer row of the same key", 3),)
    with pytest.raises(DatasetError, match="a second row of one key"):
        add(rows + "1,2023-01-05,,Pakistan,,3,1\n", by_file, edition="x")


@pytest.mark.parametrize("text", ["2\n77\n", "id,why\n2,error\n77,error\n"])
def test_withdrawn_ids_are_dropped(add: Add, rows: str, tmp_path: Path, text: str) -> None:
    (tmp_path / "deleted.csv").write_text(text)
    edition = add(rows, deleted=tmp_path / "deleted.csv")
    assert [row[0] for row in kept(edition)] == ["1", "3"]
    assert edition.set_aside == (("withdrawn by the publisher", 1),)
    assert edition.notes == ("2 withdrawn ids, of which 1 were in the files",)


# -- faults ------------------------------------------------------------------------------------------------------------

FAULTS = [  # what is changed in the rows, and the line that tells it
    (
        ",Pakistan,South",
        ",Atlantis,South",
        "row 2, column 'country': 'Atlantis' is no country that is known: add aliases",
    ),
    ("2023-01-05,2023-01-05", "31/02/2023,2023-01-05", "row 2, column 'day': '31/02/2023' is no day of the calendar"),
    ("2023-01-05,2023-01-05", "23-01-05,2023-01-05", "row 2, column 'day': '23-01-05' is no day of the calendar"),
    ("2023-01-05,2023-01-05", ",2023-01-05", "row 2, column 'day': empty: fill it"),
    ("2023-01-05,2023-01-05", "2023-01-05,2023-01-04", "'2023-01-05 to 2023-01-04' is the end before the beginning"),
    (",3,1\n", ',"1,022",1\n', "row 2, column 'dead': '1,022' is no whole number: write digits alone"),
    (",3,1\n", ",3.5,1\n", "row 2, column 'dead': '3.5' is no whole number"),
    (",3,1\n", ",three,1\n", "row 2, column 'dead': 'three' is no whole number"),
    (",3,1\n", ",0x1F,1\n", "row 2, column 'dead': '0x1F' is no whole number"),
    (",3,1\n", ",1_000,1\n", "row 2, column 'dead': '1_000' is no whole number"),
    (",3,1\n", ",99999999999999999999,1\n", "'99999999999999999999' is no whole number"),
    (",3,1\n", ",-3,1\n", "row 2, column 'dead': '-3' is less than 0: mend the number"),
    ("\n2,", "\n1,", "row 3, column 'id': '1' is a second row of one key: the first is events.csv, row 2"),
    ("\n2,", "\n,", "row 3, column 'id': empty: fill it"),
    (",North,6,0\n", ",North,6\n", "row 3: 6 cells, where the header has 7: mend the row"),
    (",North,6,0\n", ",North,6,0,x\n", "row 3: 8 cells, where the header has 7"),
    (",North,", ',"North,', "row 3: the file ends inside a quoted cell: the download was cut off: fetch it again"),
    (",North,", ',"No"rth,', "row 3: quotes that do not pair"),
    (",North,", ",No\0rth,", "row 3: a zero byte: the file is damaged: download it again"),
    (",dead,", ",killed,", "column 'dead': not in the header: is it the right file? The header has 'id', 'day'"),
    (",dead,", ",deads,", "column 'dead': not in the header: if 'deads' is it, add that to its `names`"),
    (",dead,", ",dead,Dead ,", "column 'dead': in the header 2 times: rename all but one"),
]


@pytest.mark.parametrize(("old", "new", "told"), FAULTS, ids=[new.strip() for _, new, _ in FAULTS])
def test_a_fault_is_told_with_row_column_value_and_mend(add: Add, rows: str, old: str, new: str, told: str) -> None:
    changed = rows.replace(old, new, 1)
    if "Dead" in new:
        changed = "\n".join(f"{line},0" if nth else line for nth, line in enumerate(changed.split("\n")) if line)
    with pytest.raises(DatasetError) as caught:
        add(changed)
    first, *lines = caught.value.what.splitlines()
    assert "against the description 'desk-events'" in first
    assert any(told in line for line in lines), caught.value.what
    assert all(line.startswith("events.csv, ") for line in lines)
    assert caught.value.where == "events.csv"
    assert "nothing was changed" in caught.value.mend


@pytest.mark.parametrize("kind", ["text", "integer", "number", "boolean", "timestamp"])
def test_each_type_tells_its_own_fault(add: Add, rows: str, description: str, kind: str) -> None:
    one_of = 'one_of = ["x"]' if kind == "text" else ""
    typed = (
        description.replace('name = "province"', f'name = "province"\ntype = "{kind}"\n{one_of}')
        .replace("where = \"province = 'South'\"", 'where = "province IS NULL"')
        .replace('column = "province"', 'column = "CAST(province AS VARCHAR)"')
    )
    sort = {
        "text": "none of x",
        "integer": "no whole number",
        "number": "no number",
        "boolean": "neither true nor false",
        "timestamp": "no moment",
    }[kind]
    with pytest.raises(DatasetError, match=f"row 2, column 'province': 'South Province' is {sort}"):
        add(rows, typed)


def test_what_must_hold_is_checked_in_every_row(add: Add, rows: str, description: str) -> None:
    check = '[[checks]]\nwhere = "civilians <= dead"\nwords = "no more civilians than dead"\n\n[[cannot]]'
    with pytest.raises(DatasetError) as caught:
        add(rows.replace(",3,1\n", ",3,4\n"), description.replace("[[cannot]]", check))
    assert (
        "row 2, column 'civilians, dead': 'civilians 4, dead 3' is against the rule: no more civilians than dead"
        in (caught.value.what)
    )


def test_all_faults_are_told_at_once_and_the_rest_counted(add: Add, rows: str) -> None:
    many = rows + "".join(f"x{nth},2023-02-30,,Pakistan,,many,0\n" for nth in range(100))
    with pytest.raises(DatasetError) as caught:
        add(many)
    first, *lines = caught.value.what.splitlines()
    assert first.startswith("200 faults")
    assert len(lines) == SHOWN + 1
    assert lines[-1].startswith("and 150 more: ")
    assert "75 in column 'day' (no day of the calendar" in lines[-1]
    assert "75 in column 'dead' (no whole number)" in lines[-1]


def test_faults_of_several_files_are_told_together(add: Add, rows: str) -> None:
    with pytest.raises(DatasetError) as caught:
        add([rows.replace(",3,1", ",x,1"), rows.replace(",3,1", ",y,1").replace("\n1,", "\n9,")])
    assert "0-events.csv, row 2, column 'dead': 'x'" in caught.value.what
    assert "1-events.csv, row 2, column 'dead': 'y'" in caught.value.what


WHOLE = [  # bytes of a file, its name, the words of the error
    (b"", "events.csv", "it has no bytes"),
    (b"", "events.xlsx", "it has no bytes"),
    (b" \n \n", "events.csv", "it is blank"),
    (b"id,day,until,country,province,dead,civilians\n", "events.csv", "a header and no rows"),
    (b"<!DOCTYPE html><html>log in</html>", "events.csv", "it is a web page, no table"),
    (b'{"error": "none"}', "events.csv", "it is JSON, no table"),
    (b"\x89PNG\r\n\x1a\n", "events.csv", "it is no table"),
    (b"BZh91AY", "events.csv", "it is packed (bzip2)"),
    (b"PK\x03\x04" + b"x" * 99, "events.zip", "cannot be unpacked"),
    (b"\x1f\x8b" + b"x" * 99, "events.csv.gz", "cannot be unpacked"),
    (b"PK\x03\x04" + b"x" * 99, "events.xlsx", "no workbook that can be read"),
    (b"PAR1" + b"x" * 99, "events.parquet", "it cannot be read"),
    (b"SQLite format 3\0" + b"x" * 99, "events.db", "no database that can be read"),
    (b"xxxxxxxxDUCK" + b"x" * 99, "events.duckdb", "it cannot be read"),
    (b"\x00\x01\x02\x03" * 99, "events.csv", "not in the header"),
]


@pytest.mark.parametrize(("raw", "name", "words"), WHOLE, ids=[f"{name} {words}" for _, name, words in WHOLE])
def test_a_file_that_is_no_table_is_told(add: Add, raw: bytes, name: str, words: str) -> None:
    with pytest.raises(DatasetError) as caught:
        add(raw, name=name)
    assert words in str(caught.value)
    assert name in str(caught.value)
    assert caught.value.mend


def cut(kind: str, rows: str, path: Path) -> Path:
    whole = written(rows, kind, path) if kind != "csv" else path / "events.csv"
    if kind == "csv":
        whole.write_text(rows)
    whole.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * 0.7)])
    return whole


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet", "sqlite", "csv.gz", "zip"])
def test_a_truncated_download_is_told(add: Add, rows: str, tmp_path: Path, kind: str) -> None:
    many = rows + "".join(f"{nth},2023-02-03,2023-02-03,Pakistan,North,{nth},0\n" for nth in range(9, 2000))
    with pytest.raises(DatasetError, match=r"fetch it again|download it again"):
        add(cut(kind, many, tmp_path))
    assert editions.editions(tmp_path / "home") == ()


def test_a_changed_digest_is_told(add: Add, rows: str) -> None:
    right = sha256(rows.encode()).hexdigest()
    with pytest.raises(DatasetError, match="changed: its sha256 is"):
        add(rows, sha256=("0" * 64,))
    assert add(rows, sha256=(right.upper(),)).digest == right


def test_folders_and_missing_files_are_no_input(add: Add, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a folder"):
        add(tmp_path)
    with pytest.raises(InputError, match="No such file"):
        add(tmp_path / "none.csv")
    with pytest.raises(InputError, match="no file"):
        add([])


def test_several_tables_are_asked_to_be_told_apart(add: Add, rows: str, tmp_path: Path) -> None:
    path = written(rows, "sqlite", tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (a)")
    connection.close()
    with pytest.raises(DatasetError, match="2 tables") as caught:
        add(path)
    assert "events, other" in caught.value.mend
    assert kept(add(path, table="events")) == PLAIN
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", rows)
        archive.writestr("b.csv", rows)
    with pytest.raises(DatasetError, match="2 tables in one archive"):
        add(tmp_path / "two.zip")


def test_an_archive_leads_to_no_other_folder_and_has_a_limit(
    add: Add, rows: str, description: str, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "sly.zip", "w") as archive:
        archive.writestr("../../../outside.csv", rows)
    assert kept(add(tmp_path / "sly.zip")) == PLAIN
    assert not list(tmp_path.parent.rglob("outside.csv"))
    with pytest.raises(DatasetError, match="more than 100 bytes once unpacked"):
        add(tmp_path / "sly.zip", description.replace("[source]", "[source]\nsize_limit = 100"), edition="x")


# -- editions ----------------------------------------------------------------------------------------------------------


def test_the_same_files_again_change_nothing(add: Add, dataset: Any, rows: str, tmp_path: Path) -> None:
    first = add()
    before = Path(first.path).stat()
    again = importing.add([tmp_path / "events.csv"], dataset, home=tmp_path / "home")
    assert not again.new
    assert again.edition == first
    assert Path(first.path).stat() == before


def test_another_file_under_the_same_name_is_refused(add: Add, rows: str) -> None:
    first = add(edition="2023")
    raw = Path(first.path).read_bytes()
    with pytest.raises(InputError, match="nothing is overwritten") as caught:
        add(rows.replace(",3,1", ",4,1"), edition="2023")
    assert "--edition NAME" in caught.value.mend
    assert Path(first.path).read_bytes() == raw
    assert add(rows.replace(",3,1", ",4,1"), edition="2024").name == "2024"


def test_editions_stand_side_by_side(add: Add, rows: str, tmp_path: Path) -> None:
    add(edition="b", released=date(2023, 6, 1))
    add(rows.replace(",3,1", ",4,1"), edition="a", released=date(2024, 6, 1), until=date(2023, 12, 31))
    found = editions.editions(tmp_path / "home")
    assert [one.name for one in found] == ["a", "b"]
    assert found[0].covered_until == date(2023, 12, 31)
    assert found[1].covered_until == date(2023, 3, 10)


def test_names_of_editions(add: Add, rows: str, description: str) -> None:
    named = description.replace("[source]", "[source]\nedition = 'v(\\d+)_(\\d+)(?:_(\\d+))?'")
    assert add(rows, named, name="events_v22_1.csv").name == "22.1"
    os.utime(add(rows, named, name="events_v22_1.csv").path)  # touched, it is opened anew
    path = Path(add(rows).path)
    assert date.fromisoformat(path.stem) <= date.today() + timedelta(days=1)
    for name in ("../x", "a/b", "..", "", "x" * 99, "C:\\x"):
        with pytest.raises(InputError, match="no name of an edition"):
            add(rows.replace(",3,1", ",5,1"), edition=name)


def test_releases_tell_when_an_edition_came_out(add: Add, rows: str, description: str) -> None:
    known = '[[releases]]\nname = "1"\nday = 2023-06-01\nuntil = 2023-03-31\n\n[[cannot]]'
    edition = add(rows, description.replace("[[cannot]]", known), edition="1")
    assert (edition.released, edition.covered_until) == (date(2023, 6, 1), date(2023, 3, 31))


def test_coverage_without_a_word_is_what_no_row_reaches_over(add: Add, rows: str) -> None:
    long = rows + "4,2022-01-01,2023-02-01,Pakistan,North,1,0\n5,2023-03-01,2024-01-01,Pakistan,North,1,0\n"
    edition = add(long)
    assert (edition.first, edition.last) == (date(2022, 1, 1), date(2024, 1, 1))
    assert (edition.covered_since, edition.covered_until) == (date(2023, 1, 5), date(2023, 3, 10))


def test_a_failed_import_leaves_nothing(add: Add, rows: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError):
        add(rows.replace(",3,1", ",x,1"))
    assert not list((tmp_path / "home").rglob("*"))


KILLED = """
import os, signal, sys
from counterfoil.checking.datasets import catalogue, importing
importing.finish = lambda made, target: os.kill(os.getpid(), signal.SIGKILL)
importing.add([sys.argv[1]], catalogue.load(sys.argv[2]), home=sys.argv[3], options=importing.Options(edition="2"))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_import_leaves_the_old_editions_and_is_cleaned_up(
    add: Add, rows: str, description: str, tmp_path: Path
) -> None:
    first = add(edition="1")
    raw = Path(first.path).read_bytes()
    (tmp_path / "mine.toml").write_text(description)
    arguments = [str(tmp_path / "events.csv"), str(tmp_path / "mine.toml"), str(tmp_path / "home")]
    (tmp_path / "events.csv").write_text(rows.replace(",3,1", ",4,1"))
    run = subprocess.run([sys.executable, "-c", KILLED, *arguments], capture_output=True)
    assert run.returncode == -signal.SIGKILL, run.stderr
    left = [path for path in Path(first.path).parent.iterdir() if path.name.startswith(PART)]
    assert len(left) == 1
    assert [one.name for one in editions.editions(tmp_path / "home")] == ["1"]
    assert Path(first.path).read_bytes() == raw
    assert add(rows.replace(",3,1", ",4,1"), edition="2").rows == 3
    assert sorted(path.name for path in Path(first.path).parent.iterdir()) == ["1.duckdb", "2.duckdb"]


def test_a_damaged_edition_is_named(add: Add, tmp_path: Path) -> None:
    path = Path(add().path)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(DatasetError, match="1 of 1 editions cannot be read") as caught:
        editions.editions(tmp_path / "home")
    assert str(path) in caught.value.where
    assert "delete" in caught.value.mend


def test_a_file_of_another_make_is_no_edition(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "x"
    folder.mkdir(parents=True)
    staging = database.staging(folder / "1.duckdb", [], tmp_path)
    staging.execute("CREATE TABLE edition.edition AS SELECT '{\"layout\": 99}' AS told")
    staging.close()
    with pytest.raises(DatasetError, match="another version"):
        editions.editions(tmp_path / "home")


def test_a_hostile_file_reads_nothing(description: str, rows: str, tmp_path: Path) -> None:
    import duckdb

    secret = tmp_path / "secret.csv"
    secret.write_text(rows)
    connection = duckdb.connect(str(tmp_path / "sly.duckdb"))
    connection.execute(f"CREATE VIEW events AS SELECT * FROM read_csv('{secret}')")
    connection.close()
    with pytest.raises(DatasetError, match="disabled by configuration"):
        importing.add([tmp_path / "sly.duckdb"], catalogue.parse(description), home=tmp_path / "home")
