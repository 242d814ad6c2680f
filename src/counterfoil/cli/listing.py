"""Entries of a ledger as text for a terminal, which is also legible when piped into a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from itertools import pairwise

from counterfoil.ledger import queries
from counterfoil.ledger.changes import FLAWED
from counterfoil.ledger.exchange.sentence import sentence
from counterfoil.ledger.model import (
    Addition,
    Change,
    Confidentiality,
    Entry,
    Event,
    KeptCheck,
    KeptRelation,
    Review,
    State,
    Version,
)
from counterfoil.ledger.store import Database
from counterfoil.publishing.ledger.phrases import (
    changed,
    counted,
    number,
    place,
    said_by,
    span,
    thing,
    was_before,
    where,
)
from counterfoil.publishing.wording import NARRATION, bounds, count, inert
from counterfoil.reading.model import Kind, Tally
from counterfoil.relating.model import Group, Point, Timeline

_STATES = {
    State.NOT_STARTED: "",
    State.IN_PROGRESS: "in review",
    State.APPROVED: "approved",
    State.RE_REQUESTED: "look again",
}


def table(entries: Sequence[Entry], *, width: int, notes: Sequence[str] = ()) -> str:
    """Return entries as a table. `notes`: one for each, shown beside its state."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name, kind in _COLUMNS.items():
        shown.add_column(name, **kind)  # type: ignore[arg-type]
    for nth, one in enumerate(entries):
        note = notes[nth] if notes else ""
        shown.add_row(
            *(Text(inert(words)) for words in (*_cells(one), "; ".join(filter(None, (_mark(one), note))), one.id))
        )
    console = Console(
        file=StringIO(), width=width, color_system=None, highlight=False, markup=False, emoji=False, _environ={}
    )
    with console.capture() as capture:
        console.print(shown)
    return "\n".join(line.rstrip() for line in capture.get().split("\n")).strip("\n") + "\n"


_COLUMNS = {
    "day": {"no_wrap": True},
    "figure": {"ratio": 2, "overflow": "fold"},
    "counted": {"ratio": 3, "overflow": "fold"},
    "said by": {"ratio": 3, "overflow": "fold"},
    "where": {"ratio": 2, "overflow": "fold"},
    "state": {"ratio": 2, "overflow": "fold"},
    "entry": {"no_wrap": True},
}


def _cells(one: Entry) -> tuple[str, ...]:
    return (one.day.isoformat(), number(one), counted(one), said_by(one), where(one))


def _mark(one: Entry) -> str:
    secret = "confidential" if one.confidentiality is Confidentiality.CONFIDENTIAL else ""
    return ", ".join(filter(None, ("gone" if one.gone else _STATES[one.state], secret)))


def series(entries: Sequence[Entry], relations: Mapping[str, str], groups: Iterable[Group]) -> list[str]:
    """Return a note for each entry of a timeline: what it is a copy of, or how it differs from the count before it.

    relations  what an entry repeats.
    groups     of these entries: the count before is its claimant's in its group. Both must be exact.

    Of an article's counts of one day the greatest stands ("of the 61 dead, 19 were children" takes nothing back), save
    those that it tells as what was before: "to 38 from 41".
    """
    notes = dict(relations)
    for line in (line for one in groups for line in one.timelines):
        counts = _counts(line, {one.id: one for one in entries if one.claimant})
        for (last, other), (_, one) in pairwise(counts):
            exact = one.low == one.high and other.low == other.high
            if exact and one.low is not None and other.low is not None and one.low != other.low:
                on = f" ({last.day.isoformat()})" if last.day else ""
                notes.setdefault(one.id, f"{_signed(one.low - other.low)} from {other.quote}{on}")
    return [notes.get(one.id, "") for one in entries]


def _counts(line: Timeline, entries: Mapping[str, Entry]) -> list[tuple[Point, Entry]]:
    """Return the counts of a claimant with their entries, in order; no change, and nothing that came on top."""
    found: dict[tuple[object, ...], tuple[Point, Entry]] = {}
    for point in line.points:
        one = entries.get(point.side.where)
        if one is None or point.flag in FLAWED or one.kind is Kind.CHANGE or one.tally is Tally.INCREMENT:
            continue
        key = (point.day, one.document)
        if key not in found or _rank(one) > _rank(found[key][1]):
            found[key] = (point, one)
    return list(found.values())


def _rank(one: Entry) -> tuple[bool, Decimal]:
    return not was_before(one), one.low or Decimal(0)


def _signed(number: Decimal) -> str:
    return f"{'+' if number > 0 else '−'}{abs(number):,f}"


def group(one: Group, entries: Mapping[str, Entry]) -> str:
    """Return what is said of one thing: the range over what claimants say last, then each claimant's counts by day."""
    heading = (thing(one), place(one), one.event)
    origins = f"{count(len(one.origins), 'origin')}: {', '.join(one.origins)}" if one.origins else "no origin told"
    lines = [", ".join(filter(None, heading)), f"  {span(one, entries)}; {origins}"]
    for told in one.timelines:
        lines.append(f"  {told.claimant or NARRATION}")
        lines += [f"    {_point(point, one.unit)}" for point in told.points]
    return "\n".join(map(inert, lines)) + "\n"


def _point(one: Point, code: str) -> str:
    day = one.day.isoformat() if one.day else "no day"
    again = f"repeated by {count(len(one.repeats), 'figure')}" if one.repeats else ""
    stated = ", ".join(dict.fromkeys(side.figure.number.anchor.quote for side in one.added))
    on_top = f"{stated} on top, as stated" if stated else ""
    notes = ", ".join(filter(None, (_signed(one.increment) if one.increment else "", one.flag, on_top, again)))
    return f"{day:<12}{bounds(one.low, one.high, code)}{f' ({notes})' if notes else ''}  {one.side.where}"


def card(
    one: Entry,
    versions: Iterable[Version],
    relations: Iterable[KeptRelation],
    checks: Iterable[KeptCheck],
    reviews: Iterable[Review],
) -> str:
    """Return all that the ledger holds of one entry."""
    facts = [
        ("figure", number(one)),
        ("counted", f"{counted(one)}; in the article's words: {one.term}" if one.term else counted(one)),
        ("said by", said_by(one)),
        ("where", where(one)),
        ("days", _days(one)),
        ("spoken", one.as_of.isoformat() if one.as_of else ""),
        ("persons", _persons(one)),
        ("sentence", one.excerpt),
        ("to cite", sentence(one)),
        ("article", ", ".join(part for part in (one.title, one.outlet, str(one.published or "")) if part)),
        ("from", one.url or one.source),
        ("text", f"sha256 {one.document}, code points {one.start} to {one.end}" if one.start is not None else ""),
        ("role", one.role.value),
        ("state", f"{one.state.value}, version {one.version}" + (", no longer in the article" if one.gone else "")),
        ("confidentiality", one.confidentiality.value),
        ("logic", one.calculation_logic),
    ]
    lines = [one.id, *(f"  {name:<16}{words}" for name, words in facts if words)]
    lines += _part("what the records say", [f"{c.word}: {'; '.join(c.reasons)}" for c in checks])
    lines += _part("relations", [_relation(r) for r in relations])
    lines += _part("reviews", [_review(r) for r in reviews])
    lines += _part("versions", [_version(v) for v in versions])
    return "\n".join(map(inert, lines)) + "\n"


def _part(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in lines)] if lines else []


def _days(one: Entry) -> str:
    if one.first is None and one.last is None:
        return ""
    first, last = one.first or "?", one.last or "?"
    return f"{first}" if first == last else f"{first} to {last}"


def _persons(one: Entry) -> str:
    if one.persons is None or one.household_size is None:
        return ""
    return f"{bounds(*one.persons)}, at {one.household_size} a household"


def _relation(one: KeptRelation) -> str:
    other = one.b or one.record
    choice = f" [{one.choice.value}]" if one.choice else ""
    return f"{one.id}: {one.a} {one.kind} {other}: {one.reason}{choice}"


def _review(one: Review) -> str:
    said = ", ".join(part for part in (one.field, one.mark or "", one.state or "", one.comment) if part)
    return f"{one.at:%Y-%m-%d %H:%M} {one.by}: {said}"


def _version(one: Version) -> str:
    who, why = one.by or "nobody named", f" ({one.why})" if one.why else ""
    return f"{one.version}, {one.at:%Y-%m-%d %H:%M} {who}: {one.action.value}{_changed(one.changes)}{why}"


def _changed(changes: Iterable[Change]) -> str:
    shown = "; ".join(changed(changes))
    return f": {shown}" if shown else ""


def difference(database: Database, addition: Addition) -> Iterator[str]:
    """Yield what a changed article says otherwise: figures changed, added and gone."""
    if addition.outcome != "changed":
        return
    for what, before, after, fields in queries.differences(database, addition.address, addition.version):
        if what != "same":
            yield inert(
                f"{what}: {' → '.join(one for one in (before, after) if one)}" + (f" ({fields})" if fields else "")
            )


def event(one: Event) -> str:
    """Return one thing that happened, on one line."""
    who = one.by or "nobody named"
    about = f"{one.entry} " if one.entry else ""
    why = f" ({one.why})" if one.why else ""
    return inert(f"{one.at:%Y-%m-%d %H:%M} {who}: {one.what} {about}{one.words}{_changed(one.changes)}{why}")
