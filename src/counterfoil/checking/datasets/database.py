"""The only door to DuckDB. Every connection that leaves here reaches no file but those it was opened for.

Each is locked: no setting can be changed back, no extension is loaded or fetched, and the settings that would let SQL
read or write files are off (https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview).
"""

import atexit
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_SHUT: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_unsigned_extensions": "false",
    "python_enable_replacements": "false",
}


def errors() -> "type[duckdb.Error]":
    """Return the class of all of DuckDB's errors, for those who catch them."""
    import duckdb

    return duckdb.Error


@cache
def shared_parser() -> "duckdb.DuckDBPyConnection":
    """Return a connection without any data, in which expressions are parsed and bound: ask a cursor of your own.

    There is one for the whole process: a new one takes 20 ms.
    """
    import duckdb

    return _locked(duckdb.connect(":memory:", config=_SHUT | {"threads": "1"}))


# Left to the end of Python, beside a thread that still runs, DuckDB would report a leak.
atexit.register(shared_parser.cache_clear)


def reading(path: str) -> "duckdb.DuckDBPyConnection":
    """Return a read-only connection to an edition's file; raises DuckDB's error for what is none."""
    import duckdb

    return _locked(duckdb.connect(path, read_only=True, config=_SHUT | {"enable_external_access": "false"}))


def staging(target: Path, sources: Sequence[Path], scratch: Path) -> "duckdb.DuckDBPyConnection":
    """Return a connection that may read `sources` and the files of `scratch` alone.

    target   the new database that it writes, attached as `edition`.
    scratch  folder of the import, for tables that were rewritten and for what does not fit in memory.
    """
    import duckdb

    connection = duckdb.connect(":memory:", config=_SHUT | {"temp_directory": str(scratch)})
    connection.execute(f"ATTACH {quoted(str(target))} AS edition")
    # The second is what DuckDB looks for beside a database of its own.
    files = ", ".join(quoted(os.path.abspath(source) + suffix) for source in sources for suffix in ("", ".wal"))
    connection.execute(f"SET allowed_paths = [{files}]")
    connection.execute(f"SET allowed_directories = [{quoted(os.path.abspath(scratch))}]")
    return _locked(connection)


def _locked(connection: "duckdb.DuckDBPyConnection") -> "duckdb.DuckDBPyConnection":
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def quoted(text: str) -> str:
    """Write a string as SQL does.

    >>> quoted("Côte d'Ivoire")
    "'Côte d''Ivoire'"
    """
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """Write the name of a column or table as SQL does.

    >>> named('of "them"')
    '"of ""them\"""'
    """
    return '"' + name.replace('"', '""') + '"'
