"""`counterfoil ledger`: figures of many articles, kept with what was decided on them and why."""

import shutil
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from counterfoil.errors import CounterfoilError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from enum import StrEnum

    from counterfoil.ledger.model import Addition, Author, Confidentiality, Deposit, Entry, Filter
    from counterfoil.ledger.store import Database

DEFAULT = "counterfoil.db"
_PLACE, _USER = "COUNTERFOIL_LEDGER", "COUNTERFOIL_USER"
E = TypeVar("E", bound="StrEnum")

app = typer.Typer(
    help="Keep the figures of many articles, and what was decided on them.", no_args_is_help=True, rich_markup_mode=None
)

Ledger = Annotated[
    str,
    typer.Option(
        "--ledger",
        envvar=_PLACE,
        help="The ledger: a file, or postgresql://USER@HOST/NAME.",
        metavar="FILE",
    ),
]


def _kept(words: str | None) -> str | None:
    """Return words of the command line as a ledger can keep and find them: bytes that are no text become U+FFFD."""
    from counterfoil.ledger.rows import storable

    return words and storable(words)


def _each_kept(words: list[str]) -> list[str]:
    return [_kept(one) or "" for one in words]


By = Annotated[
    str,
    typer.Option("--by", envvar=_USER, help="Who you are; kept with what you do.", metavar="NAME", callback=_kept),
]
Why = Annotated[str, typer.Option("--why", help="The reason; kept with what you do.", metavar="WORDS", callback=_kept)]
Wait = Annotated[float, typer.Option("--wait", help="Seconds to wait for another program that writes.", min=0)]
Limit = Annotated[int, typer.Option("--limit", help="Entries of one page, 1 to 500.", min=1, max=500)]
After = Annotated[
    str | None, typer.Option("--after", help="Go on after the page before, which told where.", metavar="CURSOR")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines, every field.")]
MeasureIs = Annotated[str | None, typer.Option("--measure", help="What is counted (docs/measures.md).", metavar="CODE")]
PlaceIs = Annotated[
    str | None,
    typer.Option(
        "--place", help="Where: a place, a country or its code of three letters.", metavar="NAME", callback=_kept
    ),
]
ClaimantIs = Annotated[str | None, typer.Option("--claimant", help="Who says it.", metavar="NAME", callback=_kept)]
Since = Annotated[
    str | None, typer.Option("--since", help="From this day on: YYYY-MM-DD, today or yesterday.", metavar="DAY")
]
Until = Annotated[str | None, typer.Option("--until", help="Up to this day.", metavar="DAY")]
StateIs = Annotated[
    str | None,
    typer.Option("--state", help="Of review: not-started, in-progress, approved or re-requested.", metavar="STATE"),
]
PagesConfidential = Annotated[
    bool, typer.Option("--confidential", help="Pages may show confidential entries too; else these are left out.")
]


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

    day = None if published is None else _day(published, "--published")
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
                _tell(source, addition, database)
    if failed:
        raise InputError(
            f"{len(failed)} of {len(sources)} sources could not be read",
            ", ".join(failed),
            "all others are recorded; mend these and add them again",
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


def _tell(source: str, addition: "Addition", database: "Database") -> None:
    from counterfoil.cli.listing import difference
    from counterfoil.publishing.wording import count

    if addition.outcome == "unchanged":
        typer.echo(f"{source}: there already, version {addition.version}; nothing changed")
        return
    found = f"{count(len(addition.entries), 'figure')}, {count(addition.related, 'relation')}"
    version = "" if addition.outcome == "added" else f" as version {addition.version}"
    typer.echo(f"{source}: added{version}, {found}")
    for line in difference(database, addition):
        typer.echo(f"  {line}")


@app.command()
def show(
    entry: Annotated[
        str | None, typer.Argument(help="An entry, to see all of it.", metavar="ENTRY", callback=_kept)
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
            "--search", help="Words of the sentence, the place or who says it.", metavar="WORDS", callback=_kept
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

    asked = _filter(measure, place, claimant, since, until, state, search, gone=gone)
    with open_ledger(ledger, wait_s=wait) as database:
        if entry is None:
            found = queries.page(database, asked, after=after, limit=limit)
            _print(database, asked, found.entries, as_json=as_json)
            _more(found.after)
            return
        one, *_ = queries.entry_with_rows(database, entry)
        if as_json:
            _print_json([one])
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

    asked = _filter(measure, place, claimant, since, until, state, None, gone=False)
    if groups and (as_json or after or html):
        raise InputError(
            "--groups is a way to read", "--groups", "leave out --json, --after and --html, or leave it out"
        )
    with open_ledger(ledger, wait_s=wait) as database:
        if html is not None:
            from counterfoil.ledger.gathering import gather
            from counterfoil.publishing.ledger import timelines

            held = gather(database, replace(asked, confidential=confidential))
            _write(html, timelines(held, title=_asked_words(asked)))
            typer.echo(html)
            return
        if groups:
            _print_groups(database, asked)
            return
        found = queries.page(database, asked, after=after, limit=limit, oldest_first=True)
        _print(database, asked, found.entries, as_json=as_json, series=True)
        _more(found.after)


@app.command()
def review(
    entry: Annotated[
        str, typer.Argument(help="The entry, or the number of a relation.", metavar="ENTRY", callback=_kept)
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
            "--logic", help="How the figure was arrived at (calculation logic).", metavar="WORDS", callback=_kept
        ),
    ] = None,
    field: Annotated[str, typer.Option(help="The field that --mark and --comment are about.", metavar="FIELD")] = "",
    mark: Annotated[str | None, typer.Option(help="right, wrong or note.", metavar="MARK")] = None,
    comment: Annotated[str, typer.Option(help="What you have to say.", metavar="WORDS", callback=_kept)] = "",
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

    author = _author(by, why)
    if (relation is not None) != (accept != reject):
        raise InputError("a relation is accepted or rejected", "--relation", "--relation NUMBER --accept, or --reject")
    decided = (
        _word(State, state, "--state"),
        _word(Role, role, "--role"),
        _word(Confidentiality, confidentiality, "--confidentiality"),
        _word(Mark, mark, "--mark"),
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
    entry: Annotated[str, typer.Argument(help="The entry.", metavar="ENTRY", callback=_kept)],
    given: Annotated[
        list[str],
        typer.Option(
            "--set",
            help="A field with what is right; may be given again. value=45 stands for an exact number.",
            metavar="FIELD=VALUE",
            callback=_each_kept,
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
    author = _author(by, why)
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
    from counterfoil.ledger.exchange import format_of
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

    with open_ledger(ledger, create=True, wait_s=wait) as database:
        done = import_entries(database, told(chosen.read(source, author)), author)
    typer.echo(f"{source}: {done.added} added, {done.changed} changed, {done.unchanged} there already")
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

    begin = _time(since)
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
    asked = _filter(measure, place, claimant, None, None, None, None, gone=True)
    begin = _time(since)
    with open_ledger(ledger, wait_s=wait) as database:
        held = gather(database, replace(asked, confidential=confidential or html is None))
        changed = changes(held, queries.events(database, begin), found_since(database, begin), begin, thresholds)
    if html is None:
        typer.echo(changes_text(changed, held), nl=False)
        return
    for name, page in pages(held, changed, title=_asked_words(asked)).items():
        _write(html / name, page)
    typer.echo(html / "index.html")


def _asked_words(asked: "Filter") -> str:
    """Return the title of pages about some of a ledger."""
    what = asked.measure.replace("_", " ") if asked.measure else "all figures"
    where = f" in {asked.place}" if asked.place else ""
    who = f", by {asked.claimant}" if asked.claimant else ""
    return f"{what[:1].upper()}{what[1:]}{where}{who}"


def _write(path: Path, page: str) -> None:
    """Write a page, under its name only once it is whole."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_text(page, encoding="utf-8")
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            f"cannot write it: {error.strerror}", str(path), "name a place in a folder that can be written, with room"
        ) from None


# -- arguments ---------------------------------------------------------------------------------------------------------


def _author(by: str, why: str) -> "Author":
    from counterfoil.ledger.model import Author

    if not by.strip():
        raise InputError("nobody is named", "--by", f"say who you are: --by NAME, or set {_USER}")
    return Author(by.strip(), datetime.now(UTC).replace(microsecond=0), why)


def _day(words: str, option: str) -> date:
    today = date.today()
    named = {"today": today, "yesterday": today - timedelta(days=1)}
    try:
        return named.get(words) or date.fromisoformat(words)
    except ValueError:
        raise InputError(f"no day: {words!r}", option, "write it as YYYY-MM-DD, e.g. 2024-05-03") from None


def _time(words: str) -> datetime:
    """Return the time in UTC that a day begins at, or the time itself."""
    if len(words) > len("YYYY-MM-DD"):
        try:
            found = datetime.fromisoformat(words)
        except ValueError:
            pass
        else:
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return datetime.combine(_day(words, "--since"), time(), UTC)


def _word(kind: type[E], words: str | None, option: str) -> E | None:
    if words is None:
        return None
    try:
        return kind(words)
    except ValueError:
        raise InputError(f"no such word: {words!r}", option, f"choose one of: {', '.join(kind)}") from None


def _filter(
    measure: str | None,
    place: str | None,
    claimant: str | None,
    since: str | None,
    until: str | None,
    state: str | None,
    words: str | None,
    *,
    gone: bool,
) -> "Filter":
    from counterfoil.ledger.model import Filter, State

    if measure is not None:
        _check_measure(measure)
    return Filter(
        measure,
        place,
        claimant,
        None if since is None else _day(since, "--since"),
        None if until is None else _day(until, "--until"),
        _word(State, state, "--state"),
        words,
        gone=gone,
    )


def _check_measure(code: str) -> None:
    from counterfoil.ledger.review import known_measure

    try:
        known_measure(code)
    except ValueError as error:
        raise InputError(str(error), "--measure", "choose one of docs/measures.md") from None


# -- output ------------------------------------------------------------------------------------------------------------


def _print(
    database: "Database", asked: "Filter", entries: "tuple[Entry, ...]", *, as_json: bool, series: bool = False
) -> None:
    if as_json:
        _print_json(entries)
    elif entries:
        from counterfoil.cli import listing
        from counterfoil.ledger import queries

        notes = listing.series(entries, queries.repeats(database, [one.id for one in entries])) if series else ()
        width = max(100, min(shutil.get_terminal_size((120, 24)).columns, 200))
        typer.echo(listing.table(entries, width=width, notes=notes), nl=False)
    if not entries:
        from counterfoil.ledger import queries

        typer.echo("no entry fits", err=True)
        for table, name in (("claimants", asked.claimant), ("places", asked.place)):
            near = queries.near_names(database, table, name) if name else ()
            if near:
                typer.echo(f"{table} like {name!r}: {'; '.join(near)}", err=True)


def _print_groups(database: "Database", asked: "Filter") -> None:
    from counterfoil.cli.listing import group
    from counterfoil.ledger.gathering import gather, members, said_again

    held = gather(database, asked)
    if not held.entries:
        _print(database, asked, (), as_json=False)
        return
    typer.echo("\n".join(group(one) for one in held.groups), nl=False)
    known = said_again(held).union(*(members(one) for one in held.groups))
    alone = sum(one.id not in known for one in held.entries)
    if alone:
        typer.echo(f"in no group: {alone} of {len(held.entries)} entries; timeline without --groups has all", err=True)
    if held.beyond:
        typer.echo(
            f"only the latest {len(held.entries)} entries were looked at; narrow with --measure or --place", err=True
        )


def _print_json(entries: "list[Entry] | tuple[Entry, ...]") -> None:
    import json

    from counterfoil.ledger.exchange.lines import plain

    for one in entries:
        typer.echo(json.dumps(plain(one)))


def _more(after: str | None) -> None:
    if after is not None:
        typer.echo(f"more: the same with --after {after}", err=True)
