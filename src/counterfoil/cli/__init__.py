"""Arguments in, text out. stdout is data, stderr is talk."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from counterfoil import __version__
from counterfoil.cli import data as data_commands
from counterfoil.cli import ledger as ledger_commands
from counterfoil.errors import CounterfoilError, InputError

ENGINES = {
    "encoder": "a small model on this machine",
    "fast": "the lower half of it, quicker, less often right",
    "rules": "no model, faster",
    "llm": "a language model elsewhere, see docs/llm.md",
}

app = typer.Typer(
    name="counterfoil",
    help="Find every figure in a news article, who said it, and what other figures and the records say of it.",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help starts in half the time
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(data_commands.app, name="data")
app.add_typer(ledger_commands.app, name="ledger")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"counterfoil {__version__}")
        raise typer.Exit


def _engine(name: str) -> str:
    if name not in ENGINES:
        raise InputError(f"no engine {name!r}", "--engine", f"choose one of: {', '.join(ENGINES)}")
    if name == "llm":
        _tell_of_model()
    if name == "rules":
        typer.echo("counterfoil: read by rules alone, which find less than the model does (docs/encoder.md)", err=True)
    return name


def _tell_of_model() -> None:
    """Raise at once what is wrong with the settings, and let stderr tell where text goes and what it costs."""
    import logging

    from counterfoil.reading import endpoint

    endpoint.from_environment()
    teller = logging.StreamHandler()
    teller.setFormatter(logging.Formatter("counterfoil: %(message)s"))
    endpoint.LOG.addHandler(teller)
    endpoint.LOG.setLevel(logging.INFO)


def _day(words: str | None) -> date | None:
    if words is None:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise InputError(f"no day: {words!r}", "--published", "write it as YYYY-MM-DD, e.g. 2024-05-03") from None


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Find every figure in a news article, who said it, and what other figures and the records say of it."""


Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        help=f"What reads the text: {'; '.join(f'{name} ({what})' for name, what in ENGINES.items())}.",
        metavar="NAME",
    ),
]
EventTables = Annotated[
    list[Path] | None,
    typer.Option("--events", help="A CSV of your own dated events; may be given again.", metavar="FILE"),
]


@app.command()
def check(
    sources: Annotated[
        list[str], typer.Argument(help="Files (text, HTML, PDF), URLs, or - for standard input.", metavar="SOURCE...")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as JSON, one line for each source.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(help="Write the report as one self-contained page; with several sources, a folder of pages."),
    ] = None,
    reference: Annotated[
        list[Path] | None, typer.Option(help="A CSV of your own reference figures; may be given again.", metavar="FILE")
    ] = None,
    events: EventTables = None,
    published: Annotated[
        str | None, typer.Option(help="Day of publication, where the source does not tell it.", metavar="YYYY-MM-DD")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder of the datasets to check against, where it is not that of `counterfoil data`.",
            metavar="DIR",
        ),
    ] = None,
    no_data: Annotated[bool, typer.Option("--no-data", help="Check against published figures alone.")] = False,
    pin: Annotated[
        list[str] | None,
        typer.Option(
            help="Check a figure (its number as written, or its id) against this measure; may be given again.",
            metavar="WORDS=DATASET[@EDITION].INDICATOR",
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Print how each verdict came about, with SQL and Python that ask again."),
    ] = False,
    engine: Engine = "encoder",
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private, loopback and link-local addresses too.")
    ] = False,
) -> None:
    """Print the ledger of an article's figures: as written, when, where, who said it, what the records say."""
    from counterfoil import pipeline, publishing
    from counterfoil.checking import load_references, open_editions, parse_pin
    from counterfoil.documents import Options, load
    from counterfoil.reading.events import load_events

    day = _day(published)
    _agree(as_json=as_json, explain=explain, data=data, no_data=no_data)
    for one in pin or ():
        parse_pin(one)
    _engine(engine)
    records = load_references(reference or ())
    editions = () if no_data else open_editions(data)
    dated = load_events(events or ())
    pages: list[tuple[str, str]] = []
    for nth, source in enumerate(sources, 1):
        document = load(source, Options(published=day, allow_private=allow_private))
        report = pipeline.check(document, engine=engine, records=records, events=dated, data=editions, pins=pin or ())
        if html is not None:
            pages.append((f"{nth:03}-{document.sha256[:12]}.html", publishing.page(report)))
        if as_json:
            import json

            typer.echo(json.dumps(publishing.to_json(report)))
        elif explain:
            typer.echo(publishing.explain(report, width=_width()), nl=False)
        else:
            typer.echo(publishing.terminal(report, width=_width(), color=sys.stdout.isatty()), nl=False)
    if html is not None:
        _write_pages(html, pages)


def _agree(*, as_json: bool, explain: bool, data: Path | None, no_data: bool) -> None:
    """Raise where two options contradict each other."""
    if as_json and explain:
        raise InputError("two forms of output at once", "--json, --explain", "leave one out: JSON holds all of it")
    if data is not None and no_data:
        raise InputError("datasets are named and ruled out", "--data, --no-data", "leave one out")


def _write_pages(target: Path, pages: list[tuple[str, str]]) -> None:
    try:
        if len(pages) == 1 and not target.is_dir():
            target.write_text(pages[0][1], encoding="utf-8")
            typer.echo(f"report: {target}", err=True)
            return
        target.mkdir(parents=True, exist_ok=True)
        for name, text in pages:
            (target / name).write_text(text, encoding="utf-8")
            typer.echo(f"report: {target / name}", err=True)
    except OSError as error:
        raise InputError(
            f"cannot write the report: {error.strerror}", str(target), "name a file in a folder that can be written"
        ) from None


def _width() -> int:
    """Return the width of the terminal (COLUMNS overrides it), 100 where there is none."""
    return max(80, min(shutil.get_terminal_size((100, 24)).columns, 160))


@app.command()
def read(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Articles to read; with --jsonl: IN OUT.", metavar="SOURCE... | IN OUT")
    ] = None,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help="Articles in as JSON lines (id, text, title, published), one line out for each.",
        ),
    ] = False,
    events: EventTables = None,
    engine: Engine = "encoder",
    workers: Annotated[int, typer.Option(help="Processes with --jsonl; 0 for one per processor.", min=0)] = 0,
) -> None:
    """Read statements and figures without checking them, in the label format: one JSON line for each article."""
    _engine(engine)
    if jsonl:
        if len(sources or ()) != 2:
            raise InputError(
                f"--jsonl takes two files, not {len(sources or ())}", "arguments", "counterfoil read --jsonl IN OUT"
            )
        _read_jsonl(*(sources or ()), engine=engine, events=tuple(events or ()), workers=workers)
        return
    if not sources:
        raise InputError(
            "nothing to read", "arguments", "counterfoil read ARTICLE, or: counterfoil read --jsonl IN OUT"
        )
    import json

    from counterfoil.documents import load
    from counterfoil.publishing.labels import labels
    from counterfoil.reading import read as read_document
    from counterfoil.reading.events import load_events

    dated = load_events(events or ())
    for source in sources:
        document = load(source)
        found = {"id": source, "text": document.text, **labels(read_document(document, engine=engine, events=dated))}
        typer.echo(json.dumps(found))


def _read_jsonl(source: str, target: str, *, engine: str, events: tuple[Path, ...], workers: int) -> None:
    from counterfoil import corpus
    from counterfoil.reading.events import load_events

    load_events(events)  # a bad table is told before any work
    if source != "-" and os.path.exists(source) and os.path.exists(target) and os.path.samefile(source, target):
        raise InputError("IN and OUT are one file", target, "name another file to write to")
    with ExitStack() as files:
        incoming = sys.stdin.buffer if source == "-" else files.enter_context(_open(source, "rb"))
        # The name of what is written appears only when the file is whole.
        outgoing = sys.stdout.buffer if target == "-" else files.enter_context(_open(target + ".part", "wb"))
        size = None if source == "-" else os.path.getsize(source)
        with _progress(size) as advance:
            tally = corpus.read_lines(
                incoming, outgoing, engine=engine, events=events, workers=workers, advance=advance
            )
        outgoing.flush()
    if target != "-":
        os.replace(target + ".part", target)
    for complaint in tally.complaints:
        typer.echo(complaint, err=True)
    typer.echo(f"{tally.articles} articles, {tally.failed} of them not readable", err=True)
    if tally.failed:
        raise InputError(
            f"{tally.failed} of {tally.articles} articles could not be read",
            source,
            'see "error" in their lines of the output; all others are done',
        )


def _open(name: str, mode: str) -> Any:
    try:
        return open(name, mode)
    except OSError as error:
        raise InputError(
            f"cannot open it: {error.strerror}", name, "name a file that can be read (IN) or written (OUT)"
        ) from None


@contextmanager
def _progress(size: int | None) -> Iterator[Callable[[int], None]]:
    """Yield what to call with the bytes done: draws a bar where stderr is a terminal, else does nothing."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    with Progress(BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=size)
        yield lambda done: bar.advance(task, done)


def main() -> NoReturn:
    """Run the command line; leaves with 0, or the exit code of the error (see errors.py)."""
    try:
        app(prog_name="counterfoil")
    except CounterfoilError as error:
        typer.echo(f"counterfoil: {error}", err=True)
        sys.exit(error.exit_code)
    sys.exit(0)
