"""Tables of reference figures: what is read, what is refused, and how the refusal helps."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.checking import load_references, read_tables
from counterfoil.checking.references.cells import rows
from counterfoil.errors import DatasetError, InputError
from counterfoil.reading.model import Hedge, Kind
from counterfoil.spans import Span

Table = Callable[..., bytes]


def test_a_row_is_a_figure_anchored_in_its_table(table: Table) -> None:
    raw = table(
        {"low": "4200", "first": "2023-01-01", "last": "2023-06-30", "hedge": "more than", "url": "https://a.b/c"}
    )
    records = read_tables([("kenya.csv", raw)])
    (reference,) = records.references
    figure = reference.figure
    text = raw.decode()
    assert figure.number.anchor.span.of(text) == figure.number.anchor.quote == "4200"
    assert figure.number.value.said_low == Decimal(4200)
    assert figure.number.value.hedge is Hedge.MORE_THAN
    assert figure.number.value.high is None
    assert figure.kind is Kind.FLOW
    assert figure.period is not None
    assert (figure.period.value.first, figure.period.value.last) == (date(2023, 1, 1), date(2023, 6, 30))
    assert figure.place is not None
    assert figure.place.value.country == "KEN"
    assert figure.measure is not None
    assert figure.measure.value.population == "Ugandan nationals"
    assert (reference.publisher, reference.row, reference.claim) == ("Border Agency", 2, False)
    assert records.editions[0].startswith("kenya.csv sha256:")
    assert len(records.editions[0].split(":")[1]) == 64


@pytest.mark.parametrize(
    ("cells", "column", "mend"),
    [
        ({"low": "4,200", "last": "2023-06-30"}, "low", "write digits alone"),
        ({"low": "4200", "last": "30/06/2023"}, "last", "write it as 2023-11-08"),
        ({"low": "4200", "last": "2023-02-31"}, "last", "write it as 2023-11-08"),
        ({"low": "4200"}, "last", "fill it in"),
        ({"low": "4200", "first": "2023-07-01", "last": "2023-06-30"}, "first", "swap them"),
        ({"low": "9", "high": "4", "hedge": "range", "last": "2023-06-30"}, "low", "swap them"),
        ({"low": "9", "hedge": "range", "last": "2023-06-30"}, "high", "fill both in"),
        ({"low": "9", "high": "12", "last": "2023-06-30"}, "hedge", "write the hedge 'range'"),
        ({"last": "2023-06-30"}, "low", "fill one in"),
        ({"low": "9", "hedge": "moar than", "last": "2023-06-30"}, "hedge", "did you mean 'more than'?"),
        ({"low": "9", "kind": "flows", "last": "2023-06-30"}, "kind", "did you mean 'flow'?"),
        ({"low": "9", "country": "Kenya", "last": "2023-06-30"}, "country", "three letters"),
        ({"low": "9", "url": "javascript:alert(1)", "last": "2023-06-30"}, "url", "https://"),
        ({"low": "9", "kind": "change", "unit": "percent", "last": "2023-06-30"}, "direction", "write up or down"),
        ({"low": "9", "publisher": "", "last": "2023-06-30"}, "publisher", "fill it in"),
        ({"low": "9", "measure": "deportd", "last": "2023-06-30"}, "measure", "did you mean 'deported'?"),
        ({"low": "9", "unit": "persons", "last": "2023-06-30"}, "unit", "did you mean 'person'?"),
        ({"low": "9", "unit": "xyzzy", "last": "2023-06-30"}, "unit", "docs/labels.md"),
        ({"low": "9" * 31, "last": "2023-06-30"}, "low", "at most 30 digits"),
    ],
)
def test_a_fault_names_line_column_and_mend(table: Table, cells: dict[str, str], column: str, mend: str) -> None:
    with pytest.raises(DatasetError) as refused:
        read_tables([("kenya.csv", table({"low": "1", "last": "2023-01-31"}, cells))])
    assert f"kenya.csv, line 3, column '{column}'" in refused.value.what
    assert mend in refused.value.what
    assert refused.value.exit_code == 3


def test_all_faults_of_all_tables_are_shown_at_once(table: Table) -> None:
    one = table({"low": "x", "last": "2023-01-31"}, {"low": "1", "last": "soon"})
    other = table({"low": "1", "last": "2023-01-31", "claim": "perhaps"})
    with pytest.raises(DatasetError) as refused:
        read_tables([("one.csv", one), ("other.csv", other)])
    for place in (
        "one.csv, line 2, column 'low'",
        "one.csv, line 3, column 'last'",
        "other.csv, line 2, column 'claim'",
    ):
        assert place in refused.value.what
    assert refused.value.what.startswith("3 faults")


def test_an_unknown_column_hides_no_other_fault_and_a_good_table_is_not_blamed(table: Table) -> None:
    good = table({"low": "1", "last": "2023-01-31"})
    bad = table({"low": "x", "last": "2023-01-31"}).replace(b",note", b",remark")
    with pytest.raises(DatasetError) as refused:
        read_tables([("good.csv", good), ("bad.csv", bad)])
    assert "unknown column 'remark'" in refused.value.what
    assert "line 2, column 'low'" in refused.value.what
    assert refused.value.where == "bad.csv"


def test_a_missing_column_is_told_once_and_not_row_by_row() -> None:
    with pytest.raises(DatasetError) as refused:
        read_tables([("bad.csv", b"publisher,series\na,b\nc,\n")])
    assert refused.value.what.count("'measure'") == 1
    assert "line 3, column 'series': is empty" in refused.value.what


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "the table is empty"),
        (b"\xff\xfe", "save the file as UTF-8"),
        (b'publisher,series\n"open', "never closed"),
        (b"publisher,series\na,b\n", "no column 'measure'"),
        (b"publisher,publishr\n", "did you mean 'publisher'?"),
    ],
)
def test_a_table_that_is_none_is_refused(raw: bytes, words: str) -> None:
    with pytest.raises(DatasetError) as refused:
        read_tables([("bad.csv", raw)])
    assert words in refused.value.what


def test_a_row_short_of_cells_is_a_fault(table: Table) -> None:
    with pytest.raises(DatasetError, match="line 2: 2 cells under 25 columns"):
        read_tables([("bad.csv", table() + b"one,two\n")])


def test_a_doubled_row_is_set_aside_with_its_reason(table: Table) -> None:
    same = {"low": "7", "last": "2023-01-31"}
    records = read_tables([("twice.csv", table(same, same))])
    assert len(records.references) == 1
    assert records.skipped[0].reason == "the same row as line 2"


def test_a_missing_file_says_which(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        load_references([tmp_path / "none.csv"])
    assert refused.value.where.endswith("none.csv")


def test_the_users_table_stands_behind_the_shipped_one(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "kenya.csv"
    path.write_bytes(b"\xef\xbb\xbf" + table({"low": "7", "last": "2023-01-31"}))
    shipped, both = load_references(), load_references([path])
    assert both.references[:-1] == shipped.references
    assert both.references[-1].publisher == "Border Agency"
    assert len(both.editions) == len(shipped.editions) + 1


def test_every_shipped_row_has_source_and_definition() -> None:
    for reference in load_references().references:
        assert reference.url.startswith("http")
        assert len(reference.definition) > 20
        assert reference.figure.number.anchor.quote


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ('a,"b, c"\r\n"say ""so""", x \r\n', [["a", "b, c"], ['say "so"', "x"]]),
        ("a,\n\n,b", [["a", ""], ["", "b"]]),
        ('"two\nlines",b\nc,d', [["two\nlines", "b"], ["c", "d"]]),
    ],
)
def test_cells(text: str, expected: list[list[str]]) -> None:
    table, broken = rows(text)
    assert broken is None
    assert [[cell.value for cell in row] for row in table] == expected


def test_lines_are_counted_across_quoted_breaks() -> None:
    table, _ = rows('"two\nlines",b\nc,d')
    assert [row[0].line for row in table] == [1, 3]


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from('ab,"\r\n é\u202e'), max_size=60))
def test_cells_lie_where_they_say(text: str) -> None:
    table, _ = rows(text)
    for row in table:
        for cell in row:
            if cell.span is not None:
                written = cell.span.of(text)
                quoted = text[: cell.span.start].endswith('"')
                assert cell.value == (written.replace('""', '"') if quoted else written)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_records_or_a_documented_error(raw: bytes) -> None:
    with suppress(DatasetError):  # any other error fails
        assert read_tables([("any.csv", raw)]).editions


def test_hostile_quotes_take_linear_time() -> None:
    table, broken = rows('"' * 1_000_001)
    assert broken is not None
    assert table == ()
    table, _ = rows("1," * 300_000)
    assert len(table[0]) == 300_001
    assert table[0][0].span == Span(0, 1)
