"""What changed in a ledger, as lines for a terminal."""

from collections.abc import Iterator, Mapping, Sequence

from counterfoil.ledger.changes import Changes
from counterfoil.ledger.gathering import MOST, Holdings
from counterfoil.ledger.model import Entry, Event, KeptRelation
from counterfoil.publishing import wording
from counterfoil.publishing.ledger.pages import also_words, crossing_words, event_words
from counterfoil.publishing.ledger.phrases import figure, once, reason

MOST_LISTED = 40  # new figures of one terminal; the page and `ledger show` have all


def changes_text(changed: Changes, held: Holdings) -> str:
    """Return what changed, the gravest first: legible in a terminal, in a mail, in a pipe."""
    return "\n".join(wording.inert(line) for line in _lines(changed, held)) + "\n"


def _lines(changed: Changes, held: Holdings) -> Iterator[str]:
    since = changed.since
    entries = {one.id: one for one in held.entries}
    yield f"since {wording.day(since.date())}, {since:%H:%M} UTC: " + ", ".join(
        (
            wording.count(len(changed.articles), "article"),
            wording.count(len(changed.new), "new figure")
            + (f" and {wording.count(changed.repeated, 'copy', 'copies')}" if changed.repeated else ""),
            wording.count(len(changed.contradicted), "new contradiction"),
            wording.count(len(changed.revised), "revision"),
            wording.count(len(changed.crossed), "threshold") + " crossed",
        )
    )
    crossed = []
    for one in changed.crossed:
        crossed.append(f"{figure(one.entry)}: {crossing_words(one)} [{one.entry.id}]")
        crossed += ["  what may be of the same event, and reaches it too:"] if one.also else []
        crossed += [f"    {words}" for words in also_words(one)]
    yield from _part("thresholds crossed", crossed)
    for title, relations in (
        ("new contradictions", changed.contradicted),
        ("counts taken back", changed.revised),
        ("slips, denials, other words", changed.other),
    ):
        yield from _part(title, [_relation(same, entries) for same in once(relations)])
    for title, events in (("articles that say something else now", changed.otherwise), ("decided", changed.decided)):
        yield from _part(title, [_event(one) for one in events])
    figures = [f"{figure(one)} [{one.id}]" for one in changed.new[:MOST_LISTED]]
    if len(changed.new) > MOST_LISTED:
        figures.append(f"and {len(changed.new) - MOST_LISTED} more: counterfoil ledger show")
    yield from _part("new figures", figures)
    yield from _part(
        "no threshold was asked of", [f"{figure(one)}: {why} [{one.id}]" for one, why in changed.uncounted]
    )
    if held.withheld:
        yield f"{wording.count(held.withheld, 'confidential entry', 'confidential entries')} left out"
    if held.beyond:
        yield f"the latest {MOST:,} figures were looked through: ask for a measure or a place to look further"


def _part(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield from ("", title, *(f"  {line}" for line in lines))


def _relation(same: Sequence[KeptRelation], entries: Mapping[str, Entry]) -> str:
    numbers = "; ".join(f"relation {one.id} of {one.a}" for one in same)
    return f"{same[0].kind} ({numbers}): {reason(same[0], entries)}"


def _event(one: Event) -> str:
    who = f"{one.by}: " if one.by and one.what not in ("changed", "gone", "back") else ""
    return f"{who}{one.what} {one.entry}: {event_words(one)}" + (f" ({one.why})" if one.why else "")
