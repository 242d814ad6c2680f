"""`counterfoil data`: datasets that figures are checked against."""

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counterfoil.errors import DatasetError, InputError

if TYPE_CHECKING:
    from datetime import date

    from counterfoil.checking.datasets.model import Dataset, Edition

app = typer.Typer(
    help="Keep the datasets that figures are checked against.", no_args_is_help=True, rich_markup_mode=None
)

Home = Annotated[
    Path | None,
    typer.Option(
        "--home", help="Folder of the editions; else COUNTERFOIL_DATA, else the user's data folder.", metavar="DIR"
    ),
]
Name = Annotated[str, typer.Argument(help="A dataset, or one edition of it.", metavar="ID[@EDITION]")]


@app.command("list")
def list_datasets(home: Home = None) -> None:
    """List the datasets that are described, and the editions that are kept."""
    from counterfoil.checking.datasets import catalogue, editions

    held: dict[str, list[Edition]] = {}
    for one in editions.editions(home):
        held.setdefault(one.dataset.id, []).append(one)
    described = {one.id: one for one in catalogue.shipped()}
    for several in held.values():
        described.setdefault(several[0].dataset.id, several[0].dataset)
    width = max(map(len, described), default=0)
    for name, dataset in sorted(described.items()):
        typer.echo(f"{name:<{width}}  {dataset.name} ({dataset.publisher})")
        for edition in held.get(name, ()):
            typer.echo(f"{'':<{width}}  - {edition.name}: {edition.rows:,} rows, {_span(edition)}")
    kept = sum(map(len, held.values()))
    typer.echo(f"{kept} edition{'' if kept == 1 else 's'} in {editions.home(home)}", err=True)
    if not kept:
        typer.echo("add one: counterfoil data add FILE --like ID", err=True)


@app.command("add")
def add_edition(
    files: Annotated[
        list[str],
        typer.Argument(
            help="CSV, workbook, Parquet, DuckDB, SQLite or SDMX files, zipped or not; or postgresql://...",
            metavar="FILE...",
        ),
    ],
    like: Annotated[
        str, typer.Option(help="The description that the files follow: an id, or a TOML file.", metavar="ID|FILE.toml")
    ],
    edition: Annotated[
        str | None,
        typer.Option(help="Name of the edition; else the version in the file's name, else its day.", metavar="NAME"),
    ] = None,
    released: Annotated[
        str | None, typer.Option(help="Day on which the publisher brought it out.", metavar="YYYY-MM-DD")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="First day that it covers, where rows do not tell.", metavar="YYYY-MM-DD")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Last day that it covers, where rows do not tell.", metavar="YYYY-MM-DD")
    ] = None,
    table: Annotated[str, typer.Option(help="Sheet, table or view, where a file has several.", metavar="NAME")] = "",
    deleted: Annotated[
        Path | None, typer.Option(help="List of ids that the publisher withdrew.", metavar="FILE")
    ] = None,
    sha256: Annotated[
        list[str] | None,
        typer.Option("--sha256", help="Digest that the file must have; once for each file.", metavar="HEX"),
    ] = None,
    home: Home = None,
) -> None:
    """Import files as an edition: every row fits the description, or every fault is told and nothing is changed."""
    from counterfoil.checking.datasets import importing

    options = importing.Options(
        edition=edition,
        released=_day(released, "--released"),
        since=_day(since, "--since"),
        until=_day(until, "--until"),
        sha256=tuple(sha256 or ()),
        deleted=deleted,
        table=table,
    )
    _tell_added(importing.add(files, _described(like), home=home, options=options))


@app.command("show")
def show_dataset(name: Name, home: Home = None) -> None:
    """Tell what a dataset counts and what it cannot answer; with an edition, what was imported."""
    from counterfoil.checking.datasets import editions

    dataset_id, _, edition_name = name.partition("@")
    held = editions.editions(home, dataset=dataset_id) if _is_id(dataset_id) else ()
    if edition_name:
        found = [one for one in held if one.name == edition_name]
        if not found:
            raise InputError(
                f"no edition {name!r}",
                str(editions.home(home)),
                f"kept are {', '.join(one.name for one in held) or 'none'}: see counterfoil data list",
            )
        _show(found[0].dataset)
        _show_edition(found[0])
        return
    _show(held[-1].dataset if held and not _is_shipped(dataset_id) else _described(name))
    for one in held:
        _show_edition(one)


@app.command("verify")
def verify_editions(
    name: Annotated[
        str | None,
        typer.Argument(help="A dataset, or one edition of it; all where none is named.", metavar="[ID[@EDITION]]"),
    ] = None,
    home: Home = None,
) -> None:
    """Read all rows of the editions again: are they what was imported, and is the description still sound?"""
    from counterfoil.checking.datasets import editions, verifying

    dataset_id, _, edition_name = (name or "").partition("@")
    faults: list[str] = []
    asked = verifying.paths(home, dataset_id, edition_name)
    for path in asked:
        wrong, notes = verifying.verify(path)
        label = f"{path.parent.name}@{path.name.removesuffix(editions.SUFFIX)}"
        typer.echo(f"{label}: {'; '.join(wrong) if wrong else 'sound'}")
        for note in notes:
            typer.echo(f"  {note}")
        faults += [f"{label}: {one}" for one in wrong]
    if not asked:
        raise InputError(
            f"no edition of {name!r}" if name else "no editions",
            str(editions.home(home)),
            "add one: counterfoil data add FILE --like ID",
        )
    if faults:
        raise DatasetError(
            "\n".join([f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in {len(asked)} editions:", *faults]),
            str(editions.home(home)),
            "delete the files named, and import them again",
        )


@app.command("pull")
def pull_dataset(
    name: Name,
    url: Annotated[
        str, typer.Option(help="Address of the file, where the publisher has moved it.", metavar="URL")
    ] = "",
    sha256: Annotated[str, typer.Option("--sha256", help="Digest that it must have.", metavar="HEX")] = "",
    size_limit: Annotated[
        int | None, typer.Option("--size-limit", help="Most bytes to take.", metavar="BYTES", min=1)
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="Download into this folder, and import nothing.", metavar="DIR")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private, loopback and link-local addresses too.")
    ] = False,
    home: Home = None,
) -> None:
    """Download a dataset from its publisher, and import it as an edition. Nothing is fetched unless this is run."""
    from counterfoil.checking.datasets import editions, importing, pulling

    dataset_id, _, edition_name = name.partition("@")
    dataset = _described(dataset_id)
    release = next((one for one in dataset.releases if one.name == edition_name), None)
    address = (
        url or (release.url if release else "") or ("" if edition_name and dataset.releases else dataset.source.url)
    )
    if not address:
        raise InputError(
            f"no address is known for {name}",
            dataset.url,
            f"download it from there, then: counterfoil data add FILE --like {dataset_id}; or give --url",
        )
    typer.echo(f"{dataset.name}: {dataset.publisher}. Licence: {dataset.licence}", err=True)
    typer.echo(f"Cite: {dataset.cite}", err=True)
    typer.echo(f"from {address}", err=True)
    pulled = pulling.pull(
        address,
        to or editions.home(home) / ".downloads" / dataset_id,
        size_limit=size_limit or dataset.source.size_limit,
        expected=sha256 or (release.sha256 if release else "") or ("" if url or release else dataset.source.sha256),
        allowed=(lambda _: True) if allow_private else None,
    )
    resumed = f", {pulled.resumed:,} of them fetched before" if pulled.resumed else ""
    typer.echo(f"{pulled.size:,} bytes{resumed}, sha256 {pulled.digest}", err=True)
    if to:
        typer.echo(str(pulled.path))
        return
    options = importing.Options(edition=edition_name or None)
    try:
        _tell_added(importing.add([pulled.path], dataset, home=home, options=options))
    except (DatasetError, InputError):
        typer.echo(f"the file is kept: {pulled.path}", err=True)
        raise
    pulled.path.unlink()


def _tell_added(added: "object") -> None:
    from counterfoil.checking.datasets.importing import Added

    assert isinstance(added, Added)
    edition = added.edition
    label = f"{edition.dataset.id}@{edition.name}"
    if not added.new:
        typer.echo(f"{label} holds these very files already: nothing was changed")
        return
    typer.echo(f"{label}: {edition.rows:,} rows, {_span(edition)}")
    _tell_notes(edition)


def _tell_notes(edition: "Edition") -> None:
    for why, count in edition.set_aside:
        typer.echo(f"  set aside: {count:,} rows, {why}")
    for note in edition.notes:
        typer.echo(f"  note: {note}")
    if edition.missing:
        typer.echo(f"  the files have no column {', '.join(edition.missing)}: what needs it is not asked")


def _is_id(name: str) -> bool:
    from counterfoil.checking.datasets import catalogue

    return catalogue.is_dataset_id(name)


def _is_shipped(name: str) -> bool:
    from counterfoil.checking.datasets import catalogue

    return any(one.id == name for one in catalogue.shipped())


def _described(name: str) -> "Dataset":
    """Return a description by id, or from a TOML file."""
    from counterfoil.checking.datasets import catalogue

    if name.endswith(".toml") or "/" in name:
        return catalogue.load(name)
    return catalogue.known(name)


def _day(words: str | None, option: str) -> "date | None":
    from datetime import date

    if words is None:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise InputError(f"no day: {words!r}", option, "write it as YYYY-MM-DD, e.g. 2024-05-03") from None


def _span(edition: "Edition") -> str:
    return f"{edition.covered_since} to {edition.covered_until}"


def _show(dataset: "Dataset") -> None:
    """Print a description in words."""
    time = dataset.time
    typer.echo(f"{dataset.id}: {dataset.name}")
    _section("Publisher", dataset.publisher)
    _section("Licence", dataset.licence)
    _section("Cite", dataset.cite)
    _section("Address", dataset.url)
    _section("What it counts", dataset.definition)
    for neighbour, how in dataset.differs:
        _section(f"Differs from {neighbour}", how)
    covers = [f"by the {time.precision.value}"]
    covers += [f"since {time.since}"] if time.since else []
    covers += [f"until {time.until}"] if time.until else []
    covers += [f"the last {time.lag_days} days may still grow"] if time.lag_days else []
    covers += [f"nothing from {first} to {last}" for first, last in time.gaps]
    _section("Covers", "; ".join(covers))
    for one in time.breaks:
        _section(f"Break at {one.at}", one.why + (" (never compared across)" if one.refuse else ""))
    for indicator in dataset.indicators:
        _section(
            f"Indicator {indicator.id}", f"{indicator.words} ({indicator.concept}, {indicator.unit}, {indicator.kind})"
        )
    for variant in dataset.variants:
        _section(f"Way of counting {variant.id}", f"{variant.words} ({variant.axis}, {variant.score:g})")
    for cannot in dataset.cannot:
        _section(f"Cannot answer: {cannot.concept}", cannot.why)
    for release in dataset.releases:
        _section(
            f"Release {release.name}", f"brought out {release.day or 'on a day unknown'}, until {release.until or '?'}"
        )


def _show_edition(edition: "Edition") -> None:
    """Print what was imported."""
    typer.echo(f"\nEdition {edition.name}: {edition.rows:,} rows, {edition.first} to {edition.last}")
    typer.echo(f"  covers {_span(edition)}; imported {edition.imported}; released {edition.released or 'not known'}")
    typer.echo(f"  {edition.path}")
    for name, digest, size in edition.files:
        typer.echo(f"  from {name}, {size:,} bytes, sha256 {digest}")
    listed = ", ".join(edition.countries[:12]) + (", ..." if len(edition.countries) > 12 else "")
    typer.echo(f"  countries: {len(edition.countries)} ({listed})")
    _tell_notes(edition)


def _section(title: str, words: str) -> None:
    typer.echo(textwrap.fill(f"{title}: {words}", 100, initial_indent="  ", subsequent_indent="    "))
