"""Write the pages of docs/ that follow from the code: cli.md, measures.md, shipped-datasets.md, dataset-fields.md, and
the tables of ledger.md.

python tools/pages.py            write them
"""

import inspect
import re
import textwrap
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from counterfoil.checking.datasets import catalogue, expressions, model
from counterfoil.checking.datasets.catalogue import shipped
from counterfoil.checking.datasets.model import Dataset
from counterfoil.ledger import tables
from counterfoil.reading import taxonomy

DOCS = Path(__file__).resolve().parent.parent / "docs"
COMMANDS = (
    (),
    ("check",),
    ("read",),
    *(("data", name) for name in ("list", "add", "show", "verify", "pull")),
    *(
        ("ledger", name)
        for name in ("add", "show", "timeline", "report", "review", "correct", "export", "import", "diff")
    ),
)


def cli() -> str:
    """Return the page that shows what each command says of itself."""
    from typer.testing import CliRunner

    from counterfoil.cli import app

    lines = ["# Command line", "", "What `--help` prints; written by `make docs`."]
    wide = {"prog_name": "counterfoil", "terminal_width": 78}  # as in a terminal of 80 columns
    for command in COMMANDS:
        run = CliRunner().invoke(app, [*command, "--help"], **wide)
        assert run.exit_code == 0, run.output
        title = " ".join(["counterfoil", *command])
        body = "\n".join(line.rstrip() for line in run.stdout.strip().splitlines())
        lines += ["", f"## {title}", "", "```", body, "```"]
    lines += [
        "",
        "Shell completion: `counterfoil --install-completion bash` (or zsh, fish, powershell), then start a new shell.",
        "",
        "Exit codes: 0 done; 2 bad input or arguments; 3 a table of records that breaks its declaration; 4 model;",
        "anything else is a bug.",
    ]
    return "\n".join(lines) + "\n"


def shipped_datasets() -> str:
    """Return the page of the datasets whose descriptions ship with the package: one section for each."""
    lines = [
        "# Datasets described",
        "",
        "What the shipped descriptions say; made from `checking/datasets/descriptions/*.toml` by `make docs`. They",
        "hold no data: `counterfoil data add FILE --like ID` imports a file of the publisher, and",
        "`counterfoil data show ID` prints what stands here.",
        "",
        "A *distance* is how far a definition lies from the plain words of its measure: 0 the same, 1 another thing. A",
        "dataset whose distance is above 0 never contradicts a claim by itself. A *score* is how sensible a way of",
        "counting is beside the default, which has 1: 0.5 and above for another reading of the same words, below for a",
        "part of what is counted. Both are declared, each with its reason in the description.",
        "",
        "| id | counts | step | licence |",
        "|---|---|---|---|",
    ]
    for one in shipped():
        counts = ", ".join(dict.fromkeys(indicator.concept for indicator in one.indicators))
        lines.append(f"| [{one.id}](#{one.id}) | {counts} | {one.time.precision} | {one.licence} |")
    for one in shipped():
        lines += _dataset(one)
    return "\n".join(lines) + "\n"


def _dataset(one: Dataset) -> list[str]:
    """Return the section of a dataset."""
    lines = ["", f"## {one.id}", "", *_wrapped(f"**{one.name}.** {one.publisher}. <{one.url}>")]
    lines += ["", *_wrapped(one.definition), ""]
    lines += _wrapped(f"Spoken of as: {', '.join(one.names)}. Its publisher's own claim is no independent evidence.")
    lines += ["", "| it counts | measure | unit | kind | whose | in what | distance |", "|---|---|---|---|---|---|---|"]
    for indicator in one.indicators:
        lines.append(
            f"| `{indicator.id}`: {indicator.words} | [{indicator.concept}](measures.md#{indicator.concept}) "
            f"| {indicator.unit} | {indicator.kind} | {indicator.population} | {indicator.context} "
            f"| {indicator.distance:g} |"
        )
    if one.variants:
        lines += ["", "| another way of counting | axis | score | for |", "|---|---|---|---|"]
    for variant in one.variants:
        used = ", ".join(f"`{indicator.id}`" for indicator in one.indicators if variant.id in indicator.variants)
        where = f" (in {', '.join(variant.only)})" if variant.only else ""
        lines.append(f"| `{variant.id}`: {variant.words}{where} | {variant.axis} | {variant.score:g} | {used} |")
    lines += ["", "Differs from", ""]
    lines += [f"- [{name}](#{name}): {words}" for name, words in one.differs]
    lines += ["", "Cannot answer for", ""]
    lines += [f"- [{cannot.concept}](measures.md#{cannot.concept}): {cannot.why}" for cannot in one.cannot]
    places = [*one.places, *(place for indicator in one.indicators for place in indicator.places)]
    levels = dict.fromkeys(place.level + (f" of {place.role}" if place.role != "at" else "") for place in places)
    columns = [" or ".join(column.names or (column.name,)) for column in one.columns if column.needed]
    lines += ["", *_wrapped(f"Time: {'; '.join(_time(one))}. Places: {', '.join(levels)}.")]
    lines += ["", *_wrapped(f"Columns that a file must have: {'; '.join(columns)}.")]
    lines += ["", *_wrapped(f"Licence: {one.licence}. Cite: {one.cite}.")]
    return lines


_TABLES = (  # of a description, and the type that holds each
    ("", model.Dataset),
    ("[source]", model.Source),
    ("[[source.aside]]", model.Aside),
    ("[time]", model.Time),
    ("[[time.breaks]]", model.Break),
    ("[[columns]]", model.Column),
    ("[[places]], [[indicators.places]]", model.PlaceColumn),
    ("[[indicators]]", model.Indicator),
    ("[[variants]]", model.Variant),
    ("[[cannot]]", model.Cannot),
    ("[[checks]]", model.Check),
    ("[[releases]]", model.Release),
)


def dataset_fields() -> str:
    """Return the page of all keys that a description may have, from the docstrings of the types."""
    lines = [
        "# Keys of a description",
        "",
        "Made from the types of the code by `make docs`; [datasets.md](datasets.md)",
    ]
    lines += ["shows them at work. A key without a value in the last column must be there."]
    for title, kind in _TABLES:
        first, notes = _documented(kind)
        lines += [
            "",
            f"## {title or 'The description itself'}",
            "",
            first,
            "",
            "| key | takes | if left out |",
            "|---|---|---|",
        ]
        for one in fields(kind):
            if one.name in ("digest", "text") and kind is model.Dataset:
                continue
            takes = str(one.type).replace("counterfoil.reading.model.", "").replace("|", "or")
            default = "" if one.default is MISSING else _toml(one.default)
            lines.append(f"| `{one.name}` | {_words(getattr(one.type, '__name__', takes), takes)} | {default} |")
        lines += ["", *(f"- `{names}`: {words}" for names, words in notes if names != "digest")]
    lines += ["", "## Words allowed", ""]
    lines += [
        f"- `format` of [source]: {', '.join(catalogue.FORMATS)}. The file's own bytes decide, whatever is declared.",
        f"- `precision`: {', '.join(catalogue.STEPS)}.",
        f"- `level`: {', '.join(catalogue.LEVELS)}. `role`: at, origin, destination. `scheme`: iso3, name.",
        f"- `axis`: {', '.join(catalogue.AXES)}. `dated`: {', '.join(catalogue.DATED)}.",
        f"- `type` of a column: {', '.join(expressions.COLUMN_TYPES)}.",
        "- `concept`: a code of [measures.md](measures.md).",
    ]
    lines += ["", "## Functions that expressions may use", ""]
    lines += _wrapped(
        " ".join(f"`{name}`" for name in sorted(expressions.FUNCTIONS, key=lambda n: (n[0].isalpha(), n)))
    )
    return "\n".join(lines) + "\n"


def _documented(kind: type) -> tuple[str, list[tuple[str, str]]]:
    """Return the first sentence of a type's docstring, and its notes on fields: names and words."""
    first, _, rest = inspect.cleandoc(kind.__doc__ or "").partition("\n\n")
    names = {one.name for one in fields(kind)}
    notes: list[tuple[str, str]] = []
    for line in rest.splitlines():
        match = re.match(r"([a-z0-9_]+(?:, [a-z0-9_]+)*) {2,}(.*)", line)
        if match and set(match[1].split(", ")) <= names:
            notes.append((match[1], match[2]))
        elif line.strip() and notes:
            notes[-1] = (notes[-1][0], f"{notes[-1][1]} {line.strip()}")
        elif line.strip():
            first += f" {line.strip()}"
    return " ".join(first.split()), notes


def _toml(value: Any) -> str:
    if value is None or value == ():
        return "none"
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`" if value != "" else '`""`'


def _words(name: str, takes: str) -> str:
    plain = {"str": "text", "int": "whole number", "float": "number", "bool": "true or false", "date": "day"}
    special = {
        "tuple[tuple[date, date], ...]": "list of [first day, last day]",
        "tuple[str, str, str]": "list of three texts",
        "Precision": "a step, see below",
        "Kind": "a kind of [labels.md](labels.md)",
    }
    if name in plain:
        return plain[name]
    for wanted, shown in special.items():
        if name == wanted or takes.replace("datetime.", "").startswith(wanted):
            return shown
    if "tuple[tuple[str, str], ...]" in takes:
        return "table of text"
    if "..." in takes:
        inner = takes.removeprefix("tuple[").removesuffix(", ...]").rpartition(".")[2]
        return f"list of {plain.get(inner, inner)}"
    optional = takes.removesuffix(" or None")
    return plain.get(optional.rpartition(".")[2], name if optional == takes else optional)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 120, break_long_words=False, break_on_hyphens=False)


def _time(one: Dataset) -> list[str]:
    """Return what a description says of time, in words."""
    parts = [f"counted by {one.time.precision}"]
    if one.time.snapshot:
        parts.append("a round of the survey is one state")
    if one.time.silence == "unknown":
        parts.append("no row means no figure, not zero")
    if one.time.since:
        parts.append(f"asked from {one.time.since} on")
    if one.time.lag_days:
        parts.append(f"the newest {one.time.lag_days} days may still grow")
    parts += [f"nothing from {first} to {last}" for first, last in one.time.gaps]
    parts += [f"at {one_break.at}: {one_break.why}" for one_break in one.time.breaks]
    return parts


def ledger() -> str:
    """Return the page on the ledger: its words as they stand, its tables as the schema has them."""
    return tables.page((DOCS / "ledger.md").read_text(encoding="utf-8"))


PAGES = {
    "cli.md": cli,
    "ledger.md": ledger,
    "measures.md": taxonomy.reference,
    "shipped-datasets.md": shipped_datasets,
    "dataset-fields.md": dataset_fields,
}


def main() -> None:
    """Write all pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
