"""Pages over a ledger: what changed, a timeline for each group, who says what, the log of corrections. No script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from counterfoil.ledger.changes import Changes, Crossing
from counterfoil.ledger.gathering import MOST, Holdings, members
from counterfoil.ledger.model import Change, Choice, Event, KeptRelation
from counterfoil.publishing import wording
from counterfoil.publishing.ledger import dossiers, phrases
from counterfoil.publishing.ledger.dossiers import Dossier
from counterfoil.publishing.page import environment, showable
from counterfoil.relating.model import Group, RelationKind

MOST_GROUPS = 60  # of one page; those with most articles first
MOST_ALONE = 200  # figures of one list: new ones, those outside every group
MOST_ALSO = 8  # other counts told beside one that crosses a threshold
INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Logged:
    """One line of the log of corrections. `by` "" where an article itself changed."""

    at: datetime
    by: str
    what: str
    entry: str
    changes: tuple[str, ...]
    why: str


def timelines(held: Holdings, *, title: str) -> str:
    """Return one page with all groups, to be written as UTF-8.

    title  what was asked for, in words.
    """
    return _render("ledger-report.html", held, title, [dossiers.dossier(one, held) for one in _ranked(held)])


def report(held: Holdings, changed: Changes, *, title: str) -> dict[str, str]:
    """Return the pages of a folder by their names: what changed, and one page for each group."""
    found = [dossiers.dossier(one, held) for one in _ranked(held)]
    pages = {INDEX: _render("ledger-report.html", held, title, found, changed=changed)}
    for one in found:
        pages[name_of(one.id)] = _render("ledger-report.html", held, one.title, [one], whole=title)
    return pages


def name_of(group: str) -> str:
    """Return the file of a group's page."""
    return f"group-{group}.html"


def _ranked(held: Holdings) -> list[Group]:
    return sorted(held.groups, key=lambda one: (-len(members(one)), one.measure, one.place, one.id))


def _render(
    template: str,
    held: Holdings,
    title: str,
    found: Sequence[Dossier],
    *,
    changed: Changes | None = None,
    whole: str = "",
) -> str:
    entries = {one.id: one for one in held.entries}
    group_of = {key: group.id for group in held.groups for key in members(group)}
    own = None if not whole else {one.entry for d in found for one in d.counts}
    new = {one.id for one in changed.new} if changed else set()  # told above already
    outside = [] if whole else [one for one in dossiers.alone(held) if one.id not in new]
    html = (
        environment()
        .get_template(template)
        .render(
            title=title,
            whole=whole,
            held=held,
            changed=changed,
            dossiers=found[:MOST_GROUPS],
            left_out=max(0, len(found) - MOST_GROUPS),
            alone=outside[:MOST_ALONE],
            alone_left=max(0, len(outside) - MOST_ALONE),
            open_questions=() if whole or changed else _open(held, group_of),
            log=_log(held, own),
            group_of=group_of,
            latest=max((one.updated_at for one in held.entries), default=None),
            documents=len({one.document for one in held.entries}),
            crossing=crossing_words,
            also=also_words,
            once=phrases.once,
            reason=lambda one: phrases.reason(one, entries),
            telling=phrases,
            event=event_words,
            name_of=name_of,
            index=INDEX,
            most=MOST,
            most_listed=MOST_ALONE,
            kinds=KINDS,
            wording=wording,
        )
    )
    return showable(html)


def _open(held: Holdings, group_of: dict[str, str]) -> tuple[KeptRelation, ...]:
    """Return relations that no group shows: of figures that stand alone."""
    kinds = {kind.value for kind in dossiers.TOLD}
    return tuple(
        one
        for one in held.relations
        if one.kind in kinds and one.choice is not Choice.REJECTED and one.a not in group_of and one.b not in group_of
    )


def _log(held: Holdings, own: set[str] | None) -> tuple[Logged, ...]:
    """Return what people and articles set right, the latest first."""
    versions: dict[tuple[str, int], list[Change]] = {}
    about: dict[tuple[str, int], tuple[datetime, str, str]] = {}
    for one in held.corrections:
        key = (one.entry, one.version)
        versions.setdefault(key, []).append(Change(one.field, one.old, one.new))
        about[key] = (one.at, one.by, one.why)
    found = [
        Logged(at, by, "corrected", entry, phrases.changed(versions[entry, version]), why)
        for (entry, version), (at, by, why) in about.items()
    ]
    found += [
        Logged(
            one.at,
            "",
            _BY_ARTICLE[one.what],
            one.entry,
            phrases.changed(c for c in one.changes if c.field in _SHOWN),
            one.why,
        )
        for one in held.versions
    ]
    shown = [one for one in found if own is None or one.entry in own]
    return tuple(sorted(shown, key=lambda one: (one.at, one.entry), reverse=True))


_BY_ARTICLE = {"changed": "says something else", "gone": "has it no longer", "back": "has it again"}
_SHOWN = frozenset("low high unit measure population modality first last place origin destination claimant".split())


KINDS = {  # what a relation is called before its reason
    RelationKind.CONTRADICTS: "Two counts of one thing",
    RelationKind.REVISES: "Taken back",
    RelationKind.TYPO: "Perhaps a slip",
    RelationKind.MISSTATED: "Its source says otherwise",
    RelationKind.DENIES: "Denied",
    RelationKind.RECHARACTERISES: "Two words for one movement",
    RelationKind.SUM_OF: "A sum",
    RelationKind.PART_OF: "A part",
}


def crossing_words(one: Crossing) -> str:
    """Return a threshold that was crossed, in words; other counts of what may be the same event are told apart."""
    verb = "reached" if one.sure else "perhaps reached: the words allow less"
    before = f"the highest before was {wording.number(one.before)}" if one.before is not None else "nothing before it"
    if one.elsewhere is not None:
        before = f"nothing before it in its timeline; before, of what may be the same: {phrases.figure(one.elsewhere)}"
    cause = "" if one.caused else "; no article tells the cause"
    return f"{one.threshold.words}: {verb}; {before}{cause}"


def also_words(one: Crossing) -> tuple[str, ...]:
    """Return other counts that reach a threshold and may be of the same event, a line each, and how many more."""
    shown = tuple(f"{phrases.figure(entry)} [{entry.id}]" for entry in one.also[:MOST_ALSO])
    rest = len(one.also) - len(shown)
    return (*shown, f"and {wording.count(rest, 'count')} more") if rest else shown


def event_words(one: Event) -> str:
    """Return what happened, without time and person."""
    shown = "; ".join(phrases.changed(c for c in one.changes if c.field in _SHOWN or one.by))
    return f"{one.words}{': ' + shown if shown else ''}"
