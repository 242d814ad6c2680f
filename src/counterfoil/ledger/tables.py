"""The ledger's schema: its versions as SQL for each database, and the page that describes it.

The files schema/1.sql, 2.sql, ... are migrations: a ledger of version n runs what comes after n, forward only. They
are written as SQLite reads them; 1.sqlite.sql and 1.postgresql.sql hold what only one of the two knows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

REFUSAL = "the ledger keeps its history"  # how a refused change begins, whichever database says it
_TYPES = {"INTEGER": "BIGINT", "REAL": "DOUBLE PRECISION", "NUMERIC": "DOUBLE PRECISION", "BLOB": "BYTEA"}
_HEAD = re.compile(r"CREATE (TABLE|VIEW) (\w+) (?:\(|AS)  -- (.+)")
_COLUMN = re.compile(r"  (\w+) (INTEGER|REAL|NUMERIC|TEXT|BLOB)\b([^-]*?),?  -- (.+)")
_ADDED = re.compile(r"ALTER TABLE (\w+) ADD COLUMN (\w+) (INTEGER|REAL|NUMERIC|TEXT|BLOB)\b([^-]*?);?  -- (.+)")
_REFERENCES = re.compile(r"REFERENCES (\w+)")
_HISTORY = " [history]"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its migration describes it. `references`: the table whose row it names, "" for none."""

    name: str
    type: str
    what: str
    references: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view as its migration describes it.

    history  rows are added, never changed or removed.
    since    the version of the schema that brought it.
    """

    name: str
    what: str
    view: bool
    history: bool
    since: int
    columns: tuple[Column, ...] = ()


@cache
def latest() -> int:
    """Return the version of the schema that this program writes."""
    names = [one.name for one in (resources.files(__package__) / "schema").iterdir()]
    return max(int(name.removesuffix(".sql")) for name in names if re.fullmatch(r"\d+\.sql", name))


def statements(version: int, dialect: str) -> tuple[str, ...]:
    """Return what brings a ledger from the version before to `version`, in order.

    dialect  "sqlite" or "postgresql".
    """
    shared, own = _file(f"{version}.sql"), _file(f"{version}.{dialect}.sql")
    kept = [table.name for table in _described(shared, version) if table.history]
    if dialect == "postgresql":
        shared = _for_postgresql(shared)
    refusals = [one for name in kept for one in _refusals(name, dialect)]
    return (*_split(shared), *_split(own), *refusals)


@cache
def tables() -> tuple[Table, ...]:
    """Return all tables and views of the latest version, in the order in which they came."""
    found: dict[str, Table] = {}
    for version in range(1, latest() + 1):
        text = _file(f"{version}.sql")
        found |= {table.name: table for table in _described(text, version)}
        for name, column, kind, rest, what in _ADDED.findall(text):
            more = (*found[name].columns, Column(column, kind, what, _referred(rest)))
            found[name] = replace(found[name], columns=more)
    return tuple(found.values())


def reference() -> str:
    """Return the part of docs/ledger.md that describes the tables."""
    lines = [
        f"The schema has version {latest()}. Days are `YYYY-MM-DD`, times ISO 8601 in UTC, both as text; yes and no",
        "are 1 and 0. Rows of a table marked **history** are added, never changed or removed: the file refuses it.",
    ]
    for table in sorted(tables(), key=lambda one: one.view):
        marks = [mark for mark, holds in (("view", table.view), ("history", table.history)) if holds]
        title = f"### `{table.name}`" + "".join(f", {mark}" for mark in marks)
        lines += ["", title, "", table.what]
        if table.columns:
            lines += ["", "| column | type | what |", "|---|---|---|"]
            lines += [f"| `{one.name}` | {one.type} | {one.what}{_leading(one)} |" for one in table.columns]
    return "\n".join(lines) + "\n"


MARK = "<!-- From here on written from src/counterfoil/ledger/schema. -->"


def page(text: str) -> str:
    """Return docs/ledger.md with its last part, the schema, as the code has it. `text`: the page as it is."""
    return f"{text.partition(MARK)[0]}{MARK}\n\n## Tables\n\n{reference()}"


def _leading(column: Column) -> str:
    return f" (→ `{column.references}`)" if column.references else ""


@cache
def _file(name: str) -> str:
    found = resources.files(__package__) / "schema" / name
    return found.read_text("utf-8") if found.is_file() else ""


def _described(text: str, version: int) -> Iterator[Table]:
    """Yield the tables and views that a migration makes, with their comments."""
    for statement in _split(text):
        head = _HEAD.match(statement)
        if head:
            kind, name, what = head.groups()
            columns = tuple(
                Column(column, type_, said, _referred(rest))
                for column, type_, rest, said in _COLUMN.findall(statement)
                if kind == "TABLE"
            )
            yield Table(name, what.removesuffix(_HISTORY), kind == "VIEW", what.endswith(_HISTORY), version, columns)


def _referred(rest: str) -> str:
    found = _REFERENCES.search(rest)
    return found[1] if found else ""


def _split(text: str) -> list[str]:
    """Return the statements of a file: a blank line stands between two, lines of comment alone are left out."""
    blocks = re.split(r"\n\s*\n", text)
    bare = ["\n".join(line for line in block.splitlines() if not line.startswith("--")).strip() for block in blocks]
    return [block.rstrip(";") if not block.endswith("END;") else block for block in bare if block]


def _for_postgresql(text: str) -> str:
    """Return SQL with the types of PostgreSQL; words in comments stay."""
    lines = []
    for line in text.splitlines():
        code, mark, comment = line.partition("  -- ")
        for word, other in _TYPES.items():
            code = re.sub(rf"\b{word}\b", other, code)
        lines.append(code.replace(" WITHOUT ROWID", "") + mark + comment)
    return "\n".join(lines)


def _refusals(table: str, dialect: str) -> list[str]:
    """Return the triggers that refuse to change or remove what a table holds."""
    if dialect == "postgresql":
        return [
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_keeps()"
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE (ABORT, '{REFUSAL}: {verb} of {table} is refused'); END;"
        for verb in ("update", "delete")
    ]
