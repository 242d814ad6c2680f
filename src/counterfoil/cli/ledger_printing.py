"""What the commands of `counterfoil ledger` print, and the pages that they write."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from counterfoil.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counterfoil.ledger.model import Addition, Entry, Filter
    from counterfoil.ledger.store import Database


def tell_added(source: str, addition: "Addition", database: "Database") -> None:
    """Print what a source added to the ledger, and what a changed one says otherwise."""
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


def print_entries(
    database: "Database", asked: "Filter", entries: "tuple[Entry, ...]", *, as_json: bool, series: bool = False
) -> None:
    """Print entries as a table or as JSON lines; where none fits, names that are near on stderr."""
    if as_json:
        print_json(entries)
    elif entries:
        from counterfoil.cli import listing
        from counterfoil.ledger import queries

        notes: Sequence[str] = ()
        if series:
            from counterfoil.ledger.gathering import groups_among

            keys = [one.id for one in entries]
            notes = listing.series(entries, queries.repeats(database, keys), groups_among(database, entries))
        width = max(100, min(shutil.get_terminal_size((120, 24)).columns, 200))
        typer.echo(listing.table(entries, width=width, notes=notes), nl=False)
    if not entries:
        from counterfoil.ledger import queries

        typer.echo("no entry fits", err=True)
        for table, name in (("claimants", asked.claimant), ("places", asked.place)):
            near = queries.near_names(database, table, name) if name else ()
            if near:
                typer.echo(f"{table} like {name!r}: {'; '.join(near)}", err=True)


def print_groups(database: "Database", asked: "Filter") -> None:
    """Print what is said of one thing together, and on stderr how many entries are in no group."""
    from counterfoil.cli.listing import group
    from counterfoil.ledger.gathering import gather, members, said_again

    held = gather(database, asked)
    if not held.entries:
        print_entries(database, asked, (), as_json=False)
        return
    entries = {one.id: one for one in held.entries}
    typer.echo("\n".join(group(one, entries) for one in held.groups), nl=False)
    known = said_again(held).union(*(members(one) for one in held.groups))
    alone = sum(one.id not in known for one in held.entries)
    if alone:
        typer.echo(f"in no group: {alone} of {len(held.entries)} entries; timeline without --groups has all", err=True)
    if held.beyond:
        typer.echo(
            f"only the latest {len(held.entries)} entries were looked at; narrow with --measure or --place", err=True
        )


def print_json(entries: "list[Entry] | tuple[Entry, ...]") -> None:
    """Print entries as JSON lines, every field."""
    import json

    from counterfoil.ledger.exchange.lines import plain

    for one in entries:
        typer.echo(json.dumps(plain(one)))


def tell_more(after: str | None) -> None:
    """Say on stderr how to go on, where there is more."""
    if after is not None:
        typer.echo(f"more: the same with --after {after}", err=True)


def title_of(asked: "Filter") -> str:
    """Return the title of pages about some of a ledger."""
    what = asked.measure.replace("_", " ") if asked.measure else "all figures"
    where = f" in {asked.place}" if asked.place else ""
    who = f", by {asked.claimant}" if asked.claimant else ""
    return f"{what[:1].upper()}{what[1:]}{where}{who}"


def write_page(path: Path, page: str) -> None:
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
