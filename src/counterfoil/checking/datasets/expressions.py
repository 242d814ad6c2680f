"""SQL of descriptions: what an expression may say, which columns it mentions, and whether it gives what is asked.

A description may come from anybody. So an expression is one value of one row: columns, constants, arithmetic,
comparisons, CASE, casts to plain types and the functions named below. DuckDB parses it, and every node of the tree
must be of a kind that is listed; a query within, a table, a clock, a setting or a file is no such kind. Connections
that run expressions reach no files besides (database.py).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from counterfoil.checking.datasets import database
from counterfoil.checking.datasets.model import Column

LONGEST = 4000  # characters: the longest shipped expression has under 1,000
_NODES = frozenset("BETWEEN CASE CAST COLUMN_REF COMPARISON CONJUNCTION CONSTANT FUNCTION OPERATOR TYPE".split())
FUNCTIONS = frozenset(
    """
    + - * / % // || ** ^ & | abs ceil ceiling floor round trunc sign sqrt ln log log2 log10 exp pow power
    greatest least coalesce ifnull nullif if isnan isfinite isinf
    ~~ !~~ ~~* !~~* ~~~ like_escape ilike_escape not_like_escape not_ilike_escape contains starts_with ends_with
    prefix suffix regexp_matches regexp_full_match regexp_extract regexp_replace
    lower upper lcase ucase trim ltrim rtrim left right substr substring length len strlen replace concat concat_ws
    split_part strip_accents lpad rpad reverse position strpos instr translate nfc_normalize
    make_date strptime try_strptime strftime date_trunc date_part datepart date_diff datediff date_add date_sub
    last_day year quarter month day week weekday dayofweek isodow dayofyear isoyear
    to_days to_weeks to_months to_quarters to_years
    """.split()
)
_TYPES = frozenset(
    """
    boolean bool tinyint smallint integer int int2 int4 int8 bigint hugeint real float float4 float8 double decimal
    numeric varchar text string char date timestamp
    """.split()
)
COLUMN_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "boolean": "BOOLEAN",
}
ADDED = {"_file": "VARCHAR", "_row": "BIGINT", "_table": "VARCHAR"}
"""Columns that the import adds: the file and row that a row came from, and the sheet where several are stacked."""
_WANTED = {
    "condition": ("BOOLEAN",),
    "day": ("DATE", "TIMESTAMP"),
    "number": ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL"),
    "text": ("VARCHAR",),
    "value": (),
}


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of a description: where it stands, its SQL, and what it must give.

    wanted  "condition", "day", "number", "text" or "value" (anything).
    raw     it sees the file's cells as text, before their types are known.
    """

    where: str
    sql: str
    wanted: str
    raw: bool = False


def faults(expressions: Sequence[Expression], columns: Sequence[Column]) -> list[str]:
    """Return what is wrong with expressions over these columns, each fault with its place and its mend."""
    found: list[str] = []
    sound: list[Expression] = []
    known = {column.name.lower() for column in columns} | set(ADDED)
    trees = parsed(tuple(expression.sql for expression in expressions))
    for expression, tree in zip(expressions, trees, strict=True):
        unknown = sorted(name for name in tree.columns if name.lower() not in known)
        if tree.fault:
            found.append(f"{expression.where}: {tree.fault}")
        elif unknown:
            found.append(
                f"{expression.where}: no column {', '.join(map(repr, unknown))}: name one of [[columns]]; "
                "text stands in 'single quotes'"
            )
        else:
            sound.append(expression)
    return found + _misfits(sound, columns)


def _misfits(expressions: Sequence[Expression], columns: Sequence[Column]) -> list[str]:
    """Bind expressions to an empty table of these columns; return those that do not fit it or give another type."""
    found: list[str] = []
    with database.shared_parser().cursor() as connection:  # whose temporary tables are its own, and go with it
        for table, typed in (("typed", True), ("raw", False)):
            declared = {column.name: COLUMN_TYPES[column.type] if typed else "VARCHAR" for column in columns} | ADDED
            body = ", ".join(f"{database.named(name)} {kind}" for name, kind in declared.items())
            connection.execute(f"CREATE TEMP TABLE {table} ({body})")
        for expression in expressions:
            table = "raw" if expression.raw else "typed"
            try:
                described = connection.execute(f"DESCRIBE SELECT (\n{expression.sql}\n) FROM {table}").fetchone()
            except database.errors() as error:
                what = str(error).splitlines()[0].partition(": ")[2] or str(error).splitlines()[0]
                found.append(f"{expression.where}: {what}")
                continue
            assert described is not None
            kind = str(described[1]).partition("(")[0]
            wanted = _WANTED[expression.wanted]
            if wanted and kind not in wanted and kind != '"NULL"':
                found.append(
                    f"{expression.where}: gives {kind}, not a {expression.wanted}: {_CASTS[expression.wanted]}"
                )
    return found


_CASTS = {
    "condition": "compare it with something",
    "day": "declare the column as a date, or write make_date(year, month, day)",
    "number": "declare the column as a number, or write CAST(... AS DOUBLE)",
    "text": "write CAST(... AS VARCHAR)",
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """What an expression mentions, or why it is none that a description may use."""

    columns: frozenset[str]
    fault: str = ""


@lru_cache(maxsize=256)
def parsed(expressions: tuple[str, ...]) -> tuple[Parsed, ...]:
    """Parse expressions, all in one go."""
    if not expressions:
        return ()
    texts = [_selected(sql) if len(sql) <= LONGEST else "" for sql in expressions]
    with database.shared_parser().cursor() as cursor:
        rows = cursor.execute(
            "SELECT json_serialize_sql(text) FROM (SELECT unnest($texts) AS text)", {"texts": texts}
        ).fetchall()
    return tuple(_judged(sql, json.loads(row[0])) for sql, row in zip(expressions, rows, strict=True))


def columns_of(sql: str) -> frozenset[str]:
    """Return the columns that an expression mentions, in lower case; none for ""."""
    return frozenset(name.lower() for name in parsed((sql,))[0].columns) if sql else frozenset()


def _selected(sql: str) -> str:
    return f"SELECT (\n{sql}\n)"  # on lines of their own: a comment cannot swallow the bracket


def _judged(sql: str, answer: Mapping[str, Any]) -> Parsed:
    none: frozenset[str] = frozenset()
    if len(sql) > LONGEST:
        return Parsed(none, f"longer than {LONGEST:,} characters: shorten it, or split it over several indicators")
    if not sql.strip():
        return Parsed(none, "empty: write an SQL expression, such as a column's name")
    if answer.get("error"):
        return Parsed(none, f"no SQL expression ({answer.get('error_message', 'it does not parse')}): {sql[:80]!r}")
    statements = answer.get("statements", [])
    node = statements[0].get("node", {}) if len(statements) == 1 else {}
    one = (
        node.get("type") == "SELECT_NODE"
        and node.get("from_table", {}).get("type") == "EMPTY"
        and len(node.get("select_list", [])) == 1
        and not node.get("modifiers")
        and not node.get("where_clause")
        and not node.get("having")
        and not node.get("group_expressions")
    )
    if not one:
        return Parsed(none, f"more than one expression: {sql[:80]!r}: write one value, without a query around it")
    columns: set[str] = set()
    for inner in _nodes(node["select_list"][0]):
        if refusal := _refusal(inner):
            return Parsed(none, refusal)
        if inner["class"] == "COLUMN_REF":
            columns.add(inner["column_names"][0])
    return Parsed(frozenset(columns))


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every node of a serialised expression, wherever it hangs."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            if "class" in one:
                yield one
            waiting += one.values()


def _refusal(node: Mapping[str, Any]) -> str:
    """Say why a node has no place in a description; "" where it has one."""
    kind = node["class"]
    if kind == "SUBQUERY":
        return "a query inside it: an expression sees one row and nothing else"
    if kind == "WINDOW":
        return "a window over other rows: an expression sees one row and nothing else"
    if kind not in _NODES:
        return f"{kind.lower().replace('_', ' ')} is not allowed: use columns, constants, CASE and plain functions"
    if kind == "COLUMN_REF" and len(node["column_names"]) != 1:
        return f"{'.'.join(node['column_names'])!r}: name a column without its table"
    if kind == "FUNCTION":
        name = str(node.get("function_name", ""))
        plain = not (node.get("schema") or node.get("catalog") or node.get("filter") or node.get("distinct"))
        if name.lower() not in FUNCTIONS or not plain:
            return f"the function {name!r} is not allowed: see docs/datasets.md for those that are"
    if kind == "CAST":
        name = str(node.get("type_expr", node.get("cast_type", {})).get("type_name", ""))
        name = name or str(node.get("cast_type", {}).get("id", ""))
        if name.lower() not in _TYPES:
            return f"a cast to {name or 'an unknown type'} is not allowed: cast to INTEGER, DOUBLE, VARCHAR or DATE"
    return ""
