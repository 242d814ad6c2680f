"""Tables and views of a PostgreSQL server. The only door to pg8000 of this part; nothing is ever written."""

import os
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from counterfoil.checking.datasets.spreadsheets import cell
from counterfoil.errors import DatasetError, InputError

BATCH = 10_000  # rows fetched at once, so that a large table does not fill the memory


def is_address(text: str) -> bool:
    """Say whether a source is the address of a server.

    >>> is_address("postgresql://desk@localhost/records"), is_address("records.csv")
    (True, False)
    """
    return text.startswith(("postgresql://", "postgres://"))


def shown(address: str) -> str:
    """Return an address without its password, for messages and editions.

    >>> shown("postgresql://desk:secret@db.example.org:5433/records")
    'postgresql://desk@db.example.org:5433/records'
    """
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    user = f"{parts.username}@" if parts.username else ""
    return urlunsplit((parts.scheme, f"{user}{host}", parts.path, "", ""))


def rows(address: str, table: str) -> Iterator[Sequence[str]]:
    """Yield the header, then the rows of a table or view, all as text, in one read-only transaction.

    address  postgresql://USER[:PASSWORD]@HOST[:PORT]/DATABASE[?sslmode=require]; else PGPASSWORD has the password.
    table    "records" or "schema.records".
    Raises   InputError where the server cannot be reached or pg8000 is missing, DatasetError for no such table.
    """
    try:
        import pg8000.dbapi as driver
    except ImportError:
        raise InputError(
            "reading PostgreSQL needs pg8000", shown(address), "install it: pip install 'counterfoil[postgres]'"
        ) from None
    if not table:
        raise InputError("no table is named", shown(address), "add --table NAME, or `table` under [source]")
    parts = urlsplit(address)
    secure = parse_qs(parts.query).get("sslmode", [""])[0] in ("require", "verify-ca", "verify-full")
    try:
        connection = driver.connect(
            user=unquote(parts.username or os.environ.get("PGUSER", "postgres")),
            password=unquote(parts.password) if parts.password else os.environ.get("PGPASSWORD"),
            host=parts.hostname or "localhost",
            port=parts.port or 5432,
            database=unquote(parts.path.lstrip("/")) or None,
            ssl_context=secure or None,
            timeout=30,
        )
    except (driver.Error, OSError, ValueError) as error:
        raise InputError(
            f"no connection: {_said(error)}", shown(address), "check the address, the user and PGPASSWORD"
        ) from None
    try:
        cursor = connection.cursor()
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        name = ".".join('"' + part.replace('"', '""') + '"' for part in table.split("."))
        # A cursor on the server: the table is fetched in parts.
        cursor.execute(f"DECLARE wanted NO SCROLL CURSOR FOR SELECT * FROM {name}")
        cursor.execute(f"FETCH {BATCH} FROM wanted")
        yield [str(column[0]) for column in cursor.description]
        while fetched := cursor.fetchall():
            for row in fetched:
                yield [cell(value) for value in row]
            cursor.execute(f"FETCH {BATCH} FROM wanted")
        connection.rollback()
    except driver.Error as error:
        raise DatasetError(
            f"the table {table!r} cannot be read: {_said(error)}",
            shown(address),
            "name a table or view that you may read, as schema.table",
        ) from None
    finally:
        connection.close()


def _said(error: Exception) -> str:
    """Return the server's own words; a driver's error holds them as a table."""
    first = error.args[0] if error.args else error
    return str(first.get("M", first)) if isinstance(first, dict) else str(first)
