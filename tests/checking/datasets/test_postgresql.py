"""Tables of a PostgreSQL server, where this computer has one to start; addresses and refusals everywhere."""

import socket
from datetime import date
from pathlib import Path

import pytest

from counterfoil.checking.datasets import editions, importing, postgresql
from counterfoil.checking.datasets.model import Dataset
from counterfoil.errors import DatasetError, InputError

pytest.importorskip("pg8000")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def address(server: str) -> str:
    """Return the address of a database with a table of two events, and a view that would change it."""
    import pg8000.dbapi as driver

    port = int(server.rsplit(":", 1)[1])
    connection = driver.connect(user="desk", host="127.0.0.1", port=port, database="postgres")
    connection.autocommit = True
    connection.cursor().execute("CREATE DATABASE records")
    connection.close()
    connection = driver.connect(user="desk", host="127.0.0.1", port=port, database="records")
    cursor = connection.cursor()
    cursor.execute("CREATE SCHEMA records")
    cursor.execute(
        "CREATE TABLE records.events "
        "(id int, day date, until date, country text, province text, dead bigint, civilians int)"
    )
    cursor.execute(
        "INSERT INTO records.events VALUES (1, '2023-01-05', NULL, 'Pakistan', 'O''Higgins, \"x\"', 3, 1), "
        "(2, '2023-01-31', '2023-02-02', 'Côte d''Ivoire', NULL, 6, NULL)"
    )
    cursor.execute(
        "CREATE FUNCTION records.sly() RETURNS int AS $$ DELETE FROM records.events RETURNING 1 $$ LANGUAGE sql"
    )
    cursor.execute("CREATE VIEW records.hostile AS SELECT *, records.sly() AS sly FROM records.events")
    connection.commit()
    connection.close()
    return f"postgresql://desk:secret@127.0.0.1:{port}/records"


def test_a_table_becomes_an_edition(address: str, dataset: Dataset, tmp_path: Path) -> None:
    options = importing.Options(table="records.events", today=date(2024, 5, 3))
    added = importing.add([address], dataset, home=tmp_path, options=options)
    assert added.edition.name == "2024-05-03"
    assert "secret" not in str(added.edition)
    assert added.edition.files[0][0].startswith("postgresql://desk@127.0.0.1:")
    with editions.opened(added.edition.path) as connection:
        assert connection.execute("SELECT id, day, province, dead, civilians, _row FROM rows").fetchall() == [
            ("1", date(2023, 1, 5), 'O\'Higgins, "x"', 3, 1, 2),
            ("2", date(2023, 1, 31), None, 6, None, 3),
        ]
    assert not importing.add([address], dataset, home=tmp_path, options=options).new


def test_nothing_is_written_even_by_a_view_that_tries(address: str, dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="read-only transaction"):
        importing.add([address], dataset, home=tmp_path, options=importing.Options(table="records.hostile"))
    assert len(list(postgresql.rows(address, "records.events"))) == 3


@pytest.mark.parametrize("table", ["records.none", 'records.events"; DROP TABLE records.events; --'])
def test_a_table_that_is_not_there_is_told(address: str, table: str) -> None:
    with pytest.raises(DatasetError, match="cannot be read") as caught:
        list(postgresql.rows(address, table))
    assert "secret" not in str(caught.value)
    assert len(list(postgresql.rows(address, "records.events"))) == 3


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError, match="no connection") as caught:
        list(postgresql.rows(f"postgresql://desk:secret@127.0.0.1:{free_port()}/x", "t"))
    assert "secret" not in str(caught.value)


def test_a_table_must_be_named(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no table is named"):
        importing.add(["postgresql://desk@localhost/x"], dataset, home=tmp_path)
