"""docs/ledger.md says what the code does."""

import re
from pathlib import Path

import pytest

from counterfoil.ledger import tables
from counterfoil.ledger.model import CORRECTABLE, FIELDS
from counterfoil.ledger.neighbours import MOST, REACH_DAYS
from counterfoil.ledger.rows import COLUMN_OF, ENTRY

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")


def test_every_table_and_column_says_what_it_holds() -> None:
    for table in tables.tables():
        assert table.what, table.name
        assert table.view or table.columns, table.name
        for column in table.columns:
            assert column.what, f"{table.name}.{column.name}"


def test_the_columns_of_the_code_are_those_of_the_schema() -> None:
    found = {table.name: {one.name for one in table.columns} for table in tables.tables()}
    assert set(ENTRY) == found["entries"]
    assert set(CORRECTABLE) <= set(FIELDS)
    assert set(COLUMN_OF.values()) <= found["entries"]


@pytest.mark.parametrize("number", [REACH_DAYS, MOST])
def test_limits_on_the_page_are_those_of_the_code(number: int) -> None:
    assert re.search(rf"\b{number}\b", PAGE)


def test_persons_appear_only_as_those_who_say_write_or_decide() -> None:
    persons = re.compile(r"speaker|claimant|author|_by$|name|victim|witness|refugee|detainee|sex|birth|phone|injur")
    found = {column.name for table in tables.tables() for column in table.columns if persons.search(column.name)}
    assert found == {
        *("speaker", "speaker_kind", "claimant", "claimant_kind", "author", "name"),
        *("added_by", "changed_by", "created_by", "updated_by", "reviewed_by", "decided_by"),
    }
