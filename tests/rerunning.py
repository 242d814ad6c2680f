"""What is printed to ask an edition again, run as it stands: SQL on the file that it names, Python as a script."""

import re
import shutil
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

SEPARATOR = ";\n\n"  # between queries of several files


def by_sql(sql: str) -> dict[str, float]:
    """Return the sums by the windows' names, each added up over the files: as DuckDB opens them, without settings.

    Each query is asked of a copy of the file that it names: this process has the file open with settings of its own.
    """
    import duckdb

    found: dict[str, float] = {}
    for part in sql.split(SEPARATOR):
        named = re.match(r"-- duckdb -readonly (.+)\n", part)
        assert named is not None, part
        with TemporaryDirectory() as folder:
            copy = shutil.copy(Path(named[1]), folder)
            with duckdb.connect(copy, read_only=True) as connection:
                rows = connection.execute(part).fetchall()
        for name, total, _ in rows:
            found[name] = found.get(name, 0.0) + float(total or 0)
    return found


def by_python(python: str) -> str:
    """Return what a script prints that has nothing but what it imports itself."""
    printed = StringIO()
    with redirect_stdout(printed):
        exec(compile(python, "printed", "exec"), {"__name__": "__main__"})
    return printed.getvalue()
