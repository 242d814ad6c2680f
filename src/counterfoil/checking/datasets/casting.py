"""SQL that turns cells of text into values, and that tells which cells do not fit their declaration. Pure."""

from counterfoil.checking.datasets.database import named, quoted
from counterfoil.checking.datasets.model import Column

YEARS = (1000, 2500)  # a year beyond them is a slip: "23-01-02" read as the year 23
_ISO = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ")
_WHOLE = r"[+-]?[0-9]{1,18}(\.0*)?"
_POWER = r"[+-]?[0-9]+(\.[0-9]+)?[eE]\+?[0-9]{1,2}"
_REAL = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"
_GROUPED = r"[+-]?[0-9]{1,3}([,'’    ][0-9]{3})+(\.[0-9]+)?"
_LARGEST = 2**53  # beyond it a float no longer holds every whole number
_TRUE, _FALSE = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0")


def cleaned(column: Column, cell: str) -> str:
    """Return the SQL of a cell's text as it is meant, `read_as` applied. The cell is trimmed, and NULL where empty."""
    if not column.read_as:
        return cell
    cases = " ".join(
        f"WHEN {quoted(written)} THEN {quoted(meant) if meant else 'NULL'}" for written, meant in column.read_as
    )
    return f"CASE {cell} {cases} ELSE {cell} END"


def cast(column: Column, text: str) -> str:
    """Return the SQL of a cleaned cell's value, NULL where it is none of the column's type."""
    if column.type == "text":
        return text
    if column.type == "boolean":
        true, false = (", ".join(map(quoted, words)) for words in (_TRUE, _FALSE))
        return f"CASE WHEN lower({text}) IN ({true}) THEN true WHEN lower({text}) IN ({false}) THEN false END"
    if column.type in ("date", "timestamp"):
        forms = ", ".join(quoted(form) for form in dict.fromkeys((*column.formats, *_ISO)))
        moment = f"try_strptime({text}, [{forms}])"
        kept = f"CASE WHEN year({moment}) BETWEEN {YEARS[0]} AND {YEARS[1]} THEN {moment} END"
        return f"CAST({kept} AS {'DATE' if column.type == 'date' else 'TIMESTAMP'})"
    number = text
    if column.grouped:
        plain = f"regexp_replace({text}, '[^0-9.+-]', '', 'g')"
        number = f"CASE WHEN regexp_full_match({text}, {quoted(_GROUPED)}) THEN {plain} ELSE {text} END"
    if column.type == "number":
        return f"CASE WHEN regexp_full_match({number}, {quoted(_REAL)}) THEN TRY_CAST({number} AS DOUBLE) END"
    real = f"TRY_CAST({number} AS DOUBLE)"
    return (
        f"CASE WHEN regexp_full_match({number}, {quoted(_WHOLE)}) "
        f"THEN TRY_CAST(split_part({number}, '.', 1) AS BIGINT) "
        f"WHEN regexp_full_match({number}, {quoted(_POWER)}) AND {real} = floor({real}) AND abs({real}) < {_LARGEST} "
        f"THEN CAST({real} AS BIGINT) END"
    )


def conditions(column: Column) -> list[tuple[str, str, str]]:
    """Return what makes a cell of a column a fault: an SQL condition, what is wrong, and the mend.

    The conditions see the value under the column's own name, and the cell's text under "text:" before it.
    """
    value, text = named(column.name), named(f"text:{column.name}")
    if column.type == "text":
        text = value
    found = []
    if column.filled:
        found.append((f"{text} IS NULL", "empty", "fill it, or leave `filled` out of the description"))
    if column.type != "text":
        found.append((f"{text} IS NOT NULL AND {value} IS NULL", *_misfit(column)))
    if column.least is not None:
        found.append((f"{value} < {column.least}", f"less than {column.least:g}", "mend the number, or lower `least`"))
    if column.most is not None:
        found.append((f"{value} > {column.most}", f"more than {column.most:g}", "mend the number, or raise `most`"))
    if column.one_of:
        listed = ", ".join(map(quoted, column.one_of))
        shown = ", ".join(column.one_of[:12])
        compared = f"CAST({value} AS VARCHAR)" if column.type == "integer" else text
        found.append((f"{compared} NOT IN ({listed})", f"none of {shown}", "mend it, or add it to `one_of`"))
    return found


def _misfit(column: Column) -> tuple[str, str]:
    """Say what a cell is that does not fit its type, and what to write instead."""
    if column.type in ("date", "timestamp"):
        forms = " or ".join(column.formats) or "%Y-%m-%d"
        what = "no day of the calendar" if column.type == "date" else "no moment"
        return (
            f"{what} in the form {forms}",
            "write a day that exists, such as 2024-05-03, or add its form to `formats`",
        )
    if column.type == "boolean":
        return "neither true nor false", "write true or false"
    if column.grouped:
        return "no number" if column.type == "number" else "no whole number", "write digits, such as 1022 or 1,022"
    kind = "no number" if column.type == "number" else "no whole number"
    return kind, 'write digits alone, such as 1022; for "1,022" write grouped = true in the description'
