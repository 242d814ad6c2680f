"""Comma-separated text to cells that know where they stand. The csv module does not say."""

from dataclasses import dataclass

from counterfoil.spans import Span


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value, the span of that value in the text (None where empty) and its line, the first being 1."""

    value: str
    span: Span | None
    line: int


def rows(text: str) -> tuple[tuple[tuple[Cell, ...], ...], str | None]:
    """Return the rows of the table and what is wrong with its quoting, if anything.

    Rules as in RFC 4180: commas, lines that end in CR, LF or both, quotes doubled inside quotes. Blank lines are
    left out. Spaces around an unquoted value do not count. Linear in the length of the text.
    """
    found: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    at, line, end = 0, 1, len(text)
    while at < end:
        if text[at] == '"':
            opened, close = line, at + 1
            while True:
                close = text.find('"', close)
                if close < 0:
                    return tuple(found), f"line {opened}: a quote is opened and never closed"
                if text[close + 1 : close + 2] != '"':
                    break
                close += 2
            inside = text[at + 1 : close]
            row.append(Cell(inside.replace('""', '"'), Span(at + 1, close) if inside else None, opened))
            line += inside.count("\n")
            at = close + 1
            if at < end and text[at] not in ",\r\n":
                return tuple(found), f"line {line}: words follow a closing quote before the next comma"
        else:
            stop = at
            while stop < end and text[stop] not in ",\r\n":
                stop += 1
            raw = text[at:stop]
            value = raw.strip()
            start = at + len(raw) - len(raw.lstrip())
            row.append(Cell(value, Span(start, start + len(value)) if value else None, line))
            at = stop
        if at < end and text[at] == ",":
            at += 1
            if at == end or text[at] in "\r\n":
                row.append(Cell("", None, line))
        if at >= end or text[at] in "\r\n":
            if len(row) > 1 or (row and row[0].value):
                found.append(tuple(row))
            row = []
            if text.startswith("\r\n", at):
                at += 1
            at += 1
            line += 1
    return tuple(found), None
