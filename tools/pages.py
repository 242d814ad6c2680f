"""Write the pages of docs/ that follow from the code: cli.md, measures.md and shipped-datasets.md.

python tools/pages.py            write them
"""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from counterfoil.checking.datasets.catalogue import shipped
from counterfoil.checking.datasets.model import Dataset
from counterfoil.reading import taxonomy

DOCS = Path(__file__).resolve().parent.parent / "docs"
COMMANDS = ((), ("check",), ("read",))


def cli() -> str:
    """Return the page that shows what each command says of itself."""
    lines = ["# Command line", "", "What `--help` prints; written by `make docs`."]
    for command in COMMANDS:
        run = subprocess.run(
            [sys.executable, "-m", "counterfoil.cli", *command, "--help"],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"},
        )
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


PAGES = {"cli.md": cli, "measures.md": taxonomy.reference, "shipped-datasets.md": shipped_datasets}


def main() -> None:
    """Write all pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
