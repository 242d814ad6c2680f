"""`counterfoil ledger`: figures of many articles, kept with what was decided on them and why."""

from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counterfoil.cli.ledger_options import (
    DEFAULT,
    After,
    AsJson,
    By,
    ClaimantIs,
    Ledger,
    Limit,
    MeasureIs,
    PagesConfidential,
    PlaceIs,
    Since,
    StateIs,
    Until,
    Wait,
    Why,
    author_of,
    day_of,
    each_kept,
    filter_of,
    kept,
    time_of,
    word_of,
)
from counterfoil.cli.ledger_printing import (
    print_entries,
    print_groups,
    print_json,
    tell_added,
    tell_more,
    title_of,
    write_page,
)
from counterfoil.errors import CounterfoilError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from counterfoil.ledger.model import Confidentiality, Deposit, Entry

app = typer.Typer(
    help="Keep the figures of many articles, and what was decided on them.", no_args_is_help=True, rich_markup_mode=None
)


@app.command()
def add(
    sources: Annotated[
        list[str], typer.Argument(help="Files (text, HTML, PDF), URLs, or - for standard input.", metavar="SOURCE...")
    ],
    ledger: Ledger = DEFAULT,
    by: By = "",
    why: Why = "",
    confidential: Annotated[
        bool, typer.Option("--confidential", help="Keep what these say out of every public export.")
    ] = False,
    reference: Annotated[
        list[Path] | None, typer.Option(help="A CSV of your own reference figures; may be given again.", metavar="FILE")
    ] = None,
    events: Annotated[
        list[Path] | None,
        typer.Option("--events", help="A CSV of your own dated events; may be given again.", metavar="FILE"),
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="Day of publication, where the source does not tell it.", metavar="YYYY-MM-DD")
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", help="What reads the text: encoder, fast, rules or llm.", metavar="NAME")
    ] = "encoder",
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private, loopback and link-local addresses too.")
    ] = False,
    wait: Wait = 30.0,
) -> None:
    """Read articles and record their figures: each once, a changed article as its next version."""
    from counterfoil.ledger.model import Author, Confidentiality
    from counterfoil.ledger.neighbours import related
    from counterfoil.ledger.recording import record
    from counterfoil.ledger.store import open_ledger

    day = None if published is None else day_of(published, "--published")
    secret = Confidentiality.CONFIDENTIAL if confidential else Confidentiality.PUBLIC
    failed = []
    with ExitStack() as opened:
        database = None  # opened once there is something to record: where nothing is read, no empty file stays behind
        reader = _Reader(engine, tuple(reference or ()), tuple(events or ()), day, secret, allow_private=allow_private)
        for source in sources:
            try:
                deposit = reader.read(source)
            except CounterfoilError as error:
                if error.exit_code != InputError.exit_code or len(sources) == 1:
                    raise
                failed.append(source)
                typer.echo(f"counterfoil: {source}: {error}", err=True)
                continue
            database = database or opened.enter_context(open_ledger(ledger, create=True, wait_s=wait))
            author = Author(by, datetime.now(UTC).replace(microsecond=0), why)
            for addition in record(database, [deposit], author, relate=related):
                tell_added(source, addition, database)
    if failed:
        raise InputError(
            f"{len(failed)} of {len(sources)} sources could not be read",
            ", ".join(failed),
            "mend these and add them again" + ("; the others are recorded" if len(failed) < len(sources) else ""),
        )


class _Reader:
    """Reads one source after another with the same records, loaded once."""

    def __init__(
        self,
        engine: str,
        references: tuple[Path, ...],
        events: tuple[Path, ...],
        published: date | None,
        confidentiality: "Confidentiality",
        *,
        allow_private: bool,
    ) -> None:
        from counterfoil.checking import load_references, open_editions
        from counterfoil.reading.events import load_events

        self.engine, self.published = engine, published
        self.confidentiality, self.allow_private = confidentiality, allow_private
        self.records = load_references(references)
        self.events = load_events(events)
        self.editions = open_editions(None)

    def read(self, source: str) -> "Deposit":
        """Read one source, relate its figures to the records and check them."""
        from counterfoil import pipeline
        from counterfoil.documents import Options, load
        from counterfoil.ledger.model import Deposit

        document = load(source, Options(published=self.published, allow_private=self.allow_private))
        report = pipeline.check(
            document, engine=self.engine, records=self.records, events=self.events, data=self.editions
        )
        return Deposit(
            document,
            report.statements,
            report.figures,
            report.relations,
            report.checks,
            report.editions,
            report.engine,
            report.version,
            confidentiality=self.confidentiality,
        )


@app.command()
def show(
    entry: Annotated[
        str | None, typer.Argument(help="An entry, to see all of it.", metavar="ENTRY", callback=kept)
    ] = None,
    ledger: Ledger = DEFAULT,
    measure: MeasureIs = None,
    place: PlaceIs = None,
    claimant: ClaimantIs = None,
    since: Since = None,
    until: Until = None,
    state: StateIs = None,
    search: Annotated[
        str | None,
        typer.Option(
            "--search", help="Words of the sentence, the place or who says it.", metavar="WORDS", callback=kept
        ),
    ] = None,
    gone: Annotated[bool, typer.Option("--gone", help="Also what articles no longer have.")] = False,
    limit: Limit = 50,
    after: After = None,
    as_json: AsJson = False,
    wait: Wait = 30.0,
) -> None:
    """Print entries, the latest first; or all that is kept of one."""
    from counterfoil.ledger import queries
    from counterfoil.ledger.store import open_ledger

    asked = filter_of(measure, place, claimant, since, until, state, search, gone=gone)
    with open_ledger(ledger, wait_s=wait) as database:
        if entry is None:
            found = queries.page(database, asked, after=after, limit=limit)
            print_entries(database, asked, found.entries, as_json=as_json)
            tell_more(found.after)
            return
        one, *_ = queries.entry_with_rows(database, entry)
        if as_json:
            print_json([one])
            return
        from counterfoil.cli.listing import card

        parts = (
            query(database, entry) for query in (queries.history, queries.relations, queries.checks, queries.reviews)
        )
        typer.echo(card(one, *parts), nl=False)  # type: ignore[arg-type]


@app.command()
def timeline(
    ledger: Ledger = DEFAULT,
    measure: MeasureIs = None,
    place: PlaceIs = None,
    claimant: ClaimantIs = None,
    since: Since = None,
    until: Until = None,
    state: StateIs = None,
    limit: Limit = 50,
    after: After = None,
    as_json: AsJson = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write one page instead: a chart and the claimants of each group.", metavar="FILE"),
    ] = None,
    groups: Annotated[
        bool, typer.Option("--groups", help="Print what is said of one thing together, each claimant by himself.")
    ] = False,
    confidential: PagesConfidential = False,
    wait: Wait = 30.0,
) -> None:
    """Print who said what, day by day, the earliest first, with what each claimant's count grew by."""
    from counterfoil.ledger import queries
    from counterfoil.ledger.store import open_ledger

    asked = filter_of(measure, place, claimant, since, until, state, None, gone=False)
    if groups and (as_json or after or html):
        raise InputError(
            "--groups is a way to read", "--groups", "leave out --json, --after and --html, or leave it out"
        )
    with open_ledger(ledger, wait_s=wait) as database:
        if html is not None:
            from counterfoil.ledger.gathering import gather
            from counterfoil.publishing.ledger import timelines

            held = gather(database, replace(asked, confidential=confidential))
            write_page(html, timelines(held, title=title_of(asked)))
            typer.echo(html)
            return
        if groups:
            print_groups(database, asked)
            return
        found = queries.page(database, asked, after=after, limit=limit, oldest_first=True)
        print_entries(database, asked, found.entries, as_json=as_json, series=True)
        tell_more(found.after)


@app.command()
def review(
    entry: Annotated[
        str, typer.Argument(help="The entry, or the number of a relation.", metavar="ENTRY", callback=kept)
    ],
    ledger: Ledger = DEFAULT,
    by: By = "",
    why: Why = "",
    state: StateIs = None,
    role: Annotated[str | None, typer.Option(help="recommended or triangulation.", metavar="ROLE")] = None,
    confidentiality: Annotated[str | None, typer.Option(help="public or confidential.", metavar="WORD")] = None,
    logic: Annotated[
        str | None,
        typer.Option(
            "--logic", help="How the figure was arrived at (calculation logic).", metavar="WORDS", callback=kept
        ),
    ] = None,
    field: Annotated[str, typer.Option(help="The field that --mark and --comment are about.", metavar="FIELD")] = "",
    mark: Annotated[str | None, typer.Option(help="right, wrong or note.", metavar="MARK")] = None,
    comment: Annotated[str, typer.Option(help="What you have to say.", metavar="WORDS", callback=kept)] = "",
    relation: Annotated[
        int | None, typer.Option(help="Decide on this relation of the entry instead.", metavar="NUMBER")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="The relation holds.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="These two are not to be related.")] = False,
    wait: Wait = 30.0,
) -> None:
    """Record what a reviewer decides on an entry, on one of its fields, or on one of its relations."""
    from counterfoil.ledger import queries
    from counterfoil.ledger.model import Choice, Confidentiality, Mark, Role, State
    from counterfoil.ledger.review import decide
    from counterfoil.ledger.review import review as record_review
    from counterfoil.ledger.store import open_ledger

    author = author_of(by, why)
    if (relation is not None) != (accept != reject):
        raise InputError("a relation is accepted or rejected", "--relation", "--relation NUMBER --accept, or --reject")
    decided = (
        word_of(State, state, "--state"),
        word_of(Role, role, "--role"),
        word_of(Confidentiality, confidentiality, "--confidentiality"),
        word_of(Mark, mark, "--mark"),
    )
    with open_ledger(ledger, wait_s=wait) as database:
        if relation is not None:
            if relation not in [one.id for one in queries.relations(database, entry)]:
                raise InputError(f"the entry has no relation {relation}", entry, f"counterfoil ledger show {entry}")
            decide(database, relation, Choice.ACCEPTED if accept else Choice.REJECTED, author)
            typer.echo(f"{entry}: relation {relation} {'accepted' if accept else 'rejected'}")
            return
        one = record_review(
            database,
            entry,
            author,
            state=decided[0],
            role=decided[1],
            confidentiality=decided[2],
            calculation_logic=logic,
            field=field,
            mark=decided[3],
            comment=comment,
        )
    typer.echo(f"{one.id}: {one.state.value}, {one.role.value}, version {one.version}")


@app.command()
def correct(
    entry: Annotated[str, typer.Argument(help="The entry.", metavar="ENTRY", callback=kept)],
    given: Annotated[
        list[str],
        typer.Option(
            "--set",
            help="A field with what is right; may be given again. value=45 stands for an exact number.",
            metavar="FIELD=VALUE",
            callback=each_kept,
        ),
    ],
    ledger: Ledger = DEFAULT,
    by: By = "",
    why: Why = "",
    wait: Wait = 30.0,
) -> None:
    """Set fields of an entry right, with the reason; what they were stays on record."""
    from counterfoil.ledger.review import correct as record_correction
    from counterfoil.ledger.store import open_ledger

    odd = [one for one in given if "=" not in one]
    if odd:
        raise InputError(f"no field and value: {', '.join(odd)}", "--set", "write it as FIELD=VALUE: --set value=45")
    values = {name.strip(): value for name, _, value in (one.partition("=") for one in given)}
    author = author_of(by, why)
    with open_ledger(ledger, wait_s=wait) as database:
        one = record_correction(database, entry, values, author)
    typer.echo(f"{one.id}: corrected, version {one.version}, {one.state.value}")


@app.command()
def export(
    target: Annotated[Path, typer.Argument(help="The file to write.", metavar="FILE")],
    ledger: Ledger = DEFAULT,
    form: Annotated[
        str | None, typer.Option("--format", help="What to write; else the file's ending tells.", metavar="NAME")
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="For the public: no confidential entries, private names or small places.")
    ] = False,
    leave_out_unclear: Annotated[
        bool, typer.Option("--leave-out-unclear", help="With --public, leave out what cannot be cleared.")
    ] = False,
    wait: Wait = 30.0,
) -> None:
    """Write all entries to a file of another format (docs/exchange.md)."""
    from counterfoil.ledger import exchange
    from counterfoil.ledger.store import open_ledger
    from counterfoil.publishing.wording import count

    chosen = exchange.format_of(target, form)
    with open_ledger(ledger, wait_s=wait) as database:
        done = exchange.export(database, target, chosen, for_public=public, leave_out_unclear=leave_out_unclear)
    typer.echo(f"{target}: {count(done.entries, 'entry', 'entries')}")
    for what, told in (("left out", done.left_out), ("changed", done.changed)):
        for why, number in sorted(told.items()):
            typer.echo(f"  {what}: {number}, {why}")


@app.command("import")
def import_(
    source: Annotated[Path, typer.Argument(help="The file to read.", metavar="FILE")],
    ledger: Ledger = DEFAULT,
    by: By = "",
    why: Why = "",
    form: Annotated[
        str | None, typer.Option("--format", help="What it is; else the file's ending tells.", metavar="NAME")
    ] = None,
    wait: Wait = 30.0,
) -> None:
    """Read entries from a file: new ones are added, changed ones become their next version.

    Of a public export, entries that are there already stay as they are: it holds less than the ledger does.
    """
    from counterfoil.ledger.exchange import format_of, is_public_edition
    from counterfoil.ledger.exchange.foreign import not_told
    from counterfoil.ledger.importing import PUBLIC, import_entries
    from counterfoil.ledger.model import Author
    from counterfoil.ledger.store import open_ledger

    chosen = format_of(source, form)
    if chosen.read is None:
        raise InputError("this format cannot be read back", str(source), "import JSON lines (.jsonl) instead")
    if not source.is_file():
        raise InputError("no such file", str(source), "check the path")
    author = Author(by, datetime.now(UTC).replace(microsecond=0), why)
    lacking: Counter[str] = Counter()

    def told(entries: "Iterable[Entry]") -> "Iterator[Entry]":
        for one in entries:
            lacking.update(not_told(one))
            yield one

    public = is_public_edition(source, chosen)
    with open_ledger(ledger, create=True, wait_s=wait) as database:
        done = import_entries(database, told(chosen.read(source, author)), author, public_edition=public)
    typer.echo(f"{source}: {done.added} added, {done.changed} changed, {done.unchanged} there already")
    if public:
        typer.echo("  the file says that it is the public, redacted edition of a ledger")
    if done.refused:
        typer.echo(f"  refused: {done.refused}, {PUBLIC}")
    for what, number in lacking.most_common():
        typer.echo(f"  not told by {number} of the rows: {what}")


@app.command()
def diff(
    since: Annotated[
        str,
        typer.Option("--since", help="From when on: YYYY-MM-DD, today, yesterday, or a time in UTC.", metavar="TIME"),
    ],
    ledger: Ledger = DEFAULT,
    as_json: AsJson = False,
    wait: Wait = 30.0,
) -> None:
    """Print what changed in the ledger: articles, figures added, changed and gone, reviews, corrections."""
    from counterfoil.cli.listing import event
    from counterfoil.ledger import queries
    from counterfoil.ledger.store import open_ledger

    begin = time_of(since)
    with open_ledger(ledger, wait_s=wait) as database:
        count = 0
        for one in queries.events(database, begin):
            count += 1
            if as_json:
                from counterfoil.ledger.exchange.lines import event_line

                typer.echo(event_line(one))
            else:
                typer.echo(event(one))
    if not count:
        typer.echo("nothing changed", err=True)


@app.command()
def report(
    ledger: Ledger = DEFAULT,
    since: Annotated[
        str, typer.Option("--since", help="Changed from when on: YYYY-MM-DD, today, yesterday, or a time in UTC.")
    ] = "yesterday",
    measure: MeasureIs = None,
    place: PlaceIs = None,
    claimant: ClaimantIs = None,
    alert: Annotated[
        list[str] | None,
        typer.Option(
            "--alert",
            help="Tell when a count reaches this: 20000 displaced, conflict=2000, killed=100; may be given again. "
            "Without it: 5,000 displaced by conflict, 50,000 by disaster.",
            metavar="NUMBER",
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write a folder of pages instead, with a timeline for each group.", metavar="DIR"),
    ] = None,
    confidential: PagesConfidential = False,
    wait: Wait = 30.0,
) -> None:
    """Tell what changed: new figures, counts taken back, contradictions, thresholds crossed, what people set right."""
    from counterfoil.ledger import queries
    from counterfoil.ledger.changes import changes, thresholds_of
    from counterfoil.ledger.gathering import found_since, gather
    from counterfoil.ledger.store import open_ledger
    from counterfoil.publishing.ledger import changes_text
    from counterfoil.publishing.ledger import report as pages
    from counterfoil.reading.taxonomy import taxonomy

    thresholds = thresholds_of(alert or (), frozenset(one.code for one in taxonomy()))
    asked = filter_of(measure, place, claimant, None, None, None, None, gone=True)
    begin = time_of(since)
    with open_ledger(ledger, wait_s=wait) as database:
        held = gather(database, replace(asked, confidential=confidential or html is None))
        changed = changes(held, queries.events(database, begin), found_since(database, begin), begin, thresholds)
    if html is None:
        typer.echo(changes_text(changed, held), nl=False)
        return
    for name, page in pages(held, changed, title=title_of(asked)).items():
        write_page(html / name, page)
    typer.echo(html / "index.html")
