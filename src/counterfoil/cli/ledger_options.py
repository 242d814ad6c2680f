"""Options that the commands of `counterfoil ledger` share, and what the words given for them mean."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from counterfoil.errors import InputError

if TYPE_CHECKING:
    from enum import StrEnum

    from counterfoil.ledger.model import Author, Filter


DEFAULT = "counterfoil.db"
_PLACE, _USER = "COUNTERFOIL_LEDGER", "COUNTERFOIL_USER"
E = TypeVar("E", bound="StrEnum")

Ledger = Annotated[
    str,
    typer.Option(
        "--ledger",
        envvar=_PLACE,
        help="The ledger: a file, or postgresql://USER@HOST/NAME.",
        metavar="FILE",
    ),
]


def kept(words: str | None) -> str | None:
    """Return words of the command line as a ledger can keep and find them: bytes that are no text become U+FFFD."""
    from counterfoil.ledger.rows import storable

    return words and storable(words)


def each_kept(words: list[str]) -> list[str]:
    """Return each of several words as a ledger can keep it."""
    return [kept(one) or "" for one in words]


By = Annotated[
    str,
    typer.Option("--by", envvar=_USER, help="Who you are; kept with what you do.", metavar="NAME", callback=kept),
]
Why = Annotated[str, typer.Option("--why", help="The reason; kept with what you do.", metavar="WORDS", callback=kept)]
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
        "--place", help="Where: a place, a country or its code of three letters.", metavar="NAME", callback=kept
    ),
]
ClaimantIs = Annotated[str | None, typer.Option("--claimant", help="Who says it.", metavar="NAME", callback=kept)]
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


def author_of(by: str, why: str) -> "Author":
    """Return who does something now, and why; raises InputError where nobody is named."""
    from counterfoil.ledger.model import Author

    if not by.strip():
        raise InputError("nobody is named", "--by", f"say who you are: --by NAME, or set {_USER}")
    return Author(by.strip(), datetime.now(UTC).replace(microsecond=0), why)


def day_of(words: str, option: str) -> date:
    """Return a day written as YYYY-MM-DD, "today" or "yesterday"; raises InputError that names the option."""
    today = date.today()
    named = {"today": today, "yesterday": today - timedelta(days=1)}
    try:
        return named.get(words) or date.fromisoformat(words)
    except ValueError:
        raise InputError(
            f"no day: {words!r}", option, "write it as YYYY-MM-DD, e.g. 2024-05-03, or today, or yesterday"
        ) from None


def time_of(words: str) -> datetime:
    """Return the time in UTC that a day begins at, or the time itself."""
    if len(words) > len("YYYY-MM-DD"):
        try:
            found = datetime.fromisoformat(words)
        except ValueError:
            pass
        else:
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return datetime.combine(day_of(words, "--since"), time(), UTC)


def word_of(kind: type[E], words: str | None, option: str) -> E | None:
    """Return one of the words of a kind, None where none is given; raises InputError that lists them."""
    if words is None:
        return None
    try:
        return kind(words)
    except ValueError:
        raise InputError(f"no such word: {words!r}", option, f"choose one of: {', '.join(kind)}") from None


def filter_of(
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
    """Return which entries are asked for; raises InputError for a word that is none of its kind."""
    from counterfoil.ledger.model import Filter, State

    if measure is not None:
        _check_measure(measure)
    return Filter(
        measure,
        place,
        claimant,
        None if since is None else day_of(since, "--since"),
        None if until is None else day_of(until, "--until"),
        word_of(State, state, "--state"),
        words,
        gone=gone,
    )


def _check_measure(code: str) -> None:
    from counterfoil.ledger.review import known_measure

    try:
        known_measure(code)
    except ValueError as error:
        raise InputError(str(error), "--measure", "choose one of docs/measures.md") from None
