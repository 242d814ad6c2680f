"""SQL of descriptions: what it may say, and that what it may not say reads nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from counterfoil.checking.datasets import database, expressions
from counterfoil.checking.datasets.expressions import Expression
from counterfoil.checking.datasets.model import Column

COLUMNS = (Column("dead", "integer"), Column("country"), Column("day", "date"), Column("Country Code"))

ALLOWED = [
    "dead > 3",
    "country IN ('A', 'B') OR dead IS NULL",
    "country LIKE 'A%' AND NOT dead BETWEEN 1 AND 3",
    "\"Country Code\" = 'AFG'",
    "CASE WHEN dead > 1 THEN true ELSE false END",
    "make_date(2020, 1, 1) < day",
    "day + INTERVAL 1 MONTH > DATE '2024-01-01'",
    "CAST(dead AS DOUBLE) / 2 > 1.5",
    "regexp_matches(lower(country), '^a')",
    "coalesce(dead, 0) = 0 -- none",
    "year(day) = 2020 /* a year */",
]


@pytest.mark.parametrize("sql", ALLOWED)
def test_plain_conditions_are_allowed(sql: str) -> None:
    assert expressions.faults([Expression("x", sql, "condition")], COLUMNS) == []


HOSTILE = [  # and the words of the refusal
    ("(SELECT count(*) FROM read_csv('/etc/passwd')) > 0", "a query inside it"),
    ("EXISTS (FROM '/etc/passwd')", "a query inside it"),
    ("dead IN (SELECT 1)", "a query inside it"),
    ("1 = ANY (SELECT 1)", "a query inside it"),
    ("1) FROM read_csv('/etc/passwd') --", "no SQL expression"),
    ("1) UNION SELECT (content FROM read_text('/etc/passwd')", "no SQL expression"),
    ("1) UNION SELECT (2", "more than one expression"),
    ("true; ATTACH 'x.db'", "no SQL expression"),
    ("true; COPY (SELECT 1) TO 'x.csv'", "no SQL expression"),
    ("PRAGMA database_list", "no SQL expression"),
    ("getenv('HOME') = 'x'", "the function 'getenv' is not allowed"),
    ("read_text('/etc/passwd') = 'x'", "the function 'read_text' is not allowed"),
    ("current_setting('home_directory') = ''", "the function 'current_setting' is not allowed"),
    ("nextval('s') > 1", "the function 'nextval' is not allowed"),
    ("random() > 0.5", "the function 'random' is not allowed"),
    ("now() > day", "the function 'now' is not allowed"),
    ("current_date > day", "no column 'current_date'"),
    ("main.abs(dead) > 1", "the function 'abs' is not allowed"),
    ("sum(dead) > 3", "the function 'sum' is not allowed"),
    ("sum(dead) OVER () > 3", "a window over other rows"),
    ("rows.dead > 3", "name a column without its table"),
    ("COLUMNS('.*') > 3", "star is not allowed"),
    ("dead > $1", "parameter is not allowed"),
    ("#1 > 3", "positional reference is not allowed"),
    ("list_filter([1], x -> x > 0) = []", "is not allowed"),
    ("CAST(country AS BLOB) = 'x'", "a cast to BLOB is not allowed"),
    ("dead, dead", "is not allowed"),
    ("*", "star is not allowed"),
    ("", "empty"),
    ("country = 'x" + "x" * 4000 + "'", "longer than"),
    ("/*", "no SQL expression"),
]


@pytest.mark.parametrize(("sql", "refusal"), HOSTILE, ids=[sql[:50] for sql, _ in HOSTILE])
def test_anything_else_is_refused_with_the_reason(
    sql: str, refusal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    [fault] = expressions.faults([Expression("variants[1].where", sql, "condition")], COLUMNS)
    assert fault.startswith("variants[1].where: ")
    assert refusal in fault
    assert not list(tmp_path.iterdir())


def test_the_columns_of_an_expression_are_known_in_lower_case() -> None:
    assert expressions.columns_of("coalesce(Dead, \"Country Code\" || 'day')") == {"dead", "country code"}
    assert expressions.columns_of("") == frozenset()


ESCAPES = [
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM read_text('{file}')",
    "SELECT * FROM '{file}'",
    "SELECT * FROM glob('/*')",
    "ATTACH '{file}.duckdb'",
    "COPY (SELECT 1) TO '{file}'",
    "EXPORT DATABASE '{file}'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET enable_external_access",
    "SET allowed_directories = ['/']",
    "SELECT getenv('HOME')",
]


@pytest.mark.parametrize("sql", ESCAPES)
def test_even_unjudged_sql_reaches_no_file_on_our_connections(sql: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n")
    target = tmp_path / "edition.duckdb"
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    source = tmp_path / "source.csv"
    source.write_text("a,b\n3,4\n")
    staging = database.staging(target, [source], scratch)
    assert staging.execute(f"SELECT count(*) FROM read_csv('{source}')").fetchone() == (1,)
    staging.execute("CREATE TABLE edition.rows AS SELECT 1 AS one")
    with pytest.raises(database.errors()):
        staging.execute(sql.format(file=secret))
    staging.close()
    reading = database.reading(str(target))
    for connection in (reading, database.shared_parser().cursor()):
        with pytest.raises(database.errors()):
            connection.execute(sql.format(file=secret))
        connection.close()
    assert secret.read_text() == "a,b\n1,2\n"


def test_an_edition_cannot_be_written_to(tmp_path: Path) -> None:
    target = tmp_path / "edition.duckdb"
    staging = database.staging(target, [], tmp_path)
    staging.execute("CREATE TABLE edition.rows AS SELECT 1 AS one")
    staging.close()
    reading = database.reading(str(target))
    with pytest.raises(database.errors(), match="read-only"):
        reading.execute("DELETE FROM rows")
    reading.close()


def test_python_ends_in_silence_beside_a_thread_that_still_runs() -> None:
    code = (
        "import threading\nfrom counterfoil.checking.datasets.database import shared_parser\nshared_parser()\n"
        "begun = threading.Event()\ndef wait():\n    begun.set()\n    threading.Event().wait()\n"
        "threading.Thread(target=wait, daemon=True).start()\nbegun.wait()\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("", "")
