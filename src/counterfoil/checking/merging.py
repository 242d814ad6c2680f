"""One verdict from published figures and datasets: never louder than its parts. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from counterfoil.checking.model import Finding, Point, Unmatched, Verdict, Word
from counterfoil.checking.references.levels import AXES
from counterfoil.comparing import axes
from counterfoil.reading.model import Figure, Kind

if TYPE_CHECKING:
    from counterfoil.checking.against import Judged

_LOUD = (Word.SUPPORTED, Word.SUPPORTED_IN_DIRECTION, Word.TRUE_BUT_STALE, Word.SENSITIVE)


def merge(published: Verdict, judged: Sequence["Judged"], unmatched: Sequence[Unmatched]) -> Verdict:
    """Return the verdict on published figures with what datasets say joined to it.

    Agreement supports; support in one place and a miss in another is sensitive to the source, the definition or the
    vintage; contradicted only if no independent record supports the claim or could reach it.
    """
    if not judged:
        return replace(published, unmatched=tuple(unmatched))
    judged = _of_whole_windows([_of_a_floor(_by_weight(one), published.figure) for one in judged])
    word, sensitive, first = _word(published, judged)
    findings = tuple(_as_told(one, word) for one in judged)
    lines = [first] if first else []
    order = sorted(range(len(judged)), key=lambda n: (findings[n].word is not word, *_farness(judged[n])))
    of_data = [findings[n].reasons[0] for n in order]
    of_figures = list(published.reasons)
    if published.word is Word.NOT_CHECKABLE:  # what datasets say comes first, and whence the other reason is told
        told = [*of_data, *(f"published figures: {reason}" for reason in of_figures)]
    else:
        told = [*of_figures, *of_data]
    reasons = tuple(dict.fromkeys([*lines, *told]))
    return replace(
        published,
        word=word,
        sensitive_to=tuple(axis for axis in AXES if axis in sensitive),
        reasons=reasons,
        findings=findings,
        unmatched=tuple(unmatched),
    )


def _farness(one: "Judged") -> tuple[bool, float]:
    """Return how far from the claim a record is: one that covers a part of its window speaks after those of all."""
    return _of_a_part(one), one.match.indicator.distance


# A window in twenty gives nearly any number: as of 95% intervals, one in twenty is no news.
LEAST_WEIGHT = 0.05


def _by_weight(one: "Judged") -> "Judged":
    """Return a level whose window the words leave open without support, where hardly any window gives it."""
    finding = one.finding
    level = finding.direction_share is None and finding.asked is None
    if not level or finding.word is not Word.SENSITIVE or finding.sensitive_to != ("window",):
        return one
    if finding.magnitude_share is None or finding.magnitude_share >= LEAST_WEIGHT:
        return one
    weak = replace(finding, word=Word.NOT_CHECKABLE, sensitive_to=())
    return replace(one, finding=weak, supports=False, misses=False, reaches=True)


def _of_whole_windows(judged: Sequence["Judged"]) -> list["Judged"]:
    """Return the records without what a part of the window gives, where others hold all of it.

    What one month counts is not told of a year whose count is known.
    """
    if not any(one.finding.asked is not None and not _of_a_part(one) for one in judged):
        return list(judged)
    return [_silenced(one) if _of_a_part(one) and one.finding.word is Word.SENSITIVE else one for one in judged]


def _of_a_part(one: "Judged") -> bool:
    return one.match.outcomes["window"].word == axes.CONTAINS


def _silenced(one: "Judged") -> "Judged":
    why = f"{one.finding.reasons[0]}; it covers a part of the window, and others all of it"
    finding = replace(one.finding, word=Word.NOT_CHECKABLE, sensitive_to=(), reasons=(why, *one.finding.reasons[1:]))
    return replace(one, finding=finding, supports=False, misses=False, reaches=True)


def _of_a_floor(one: "Judged", figure: Figure) -> "Judged":
    """Return a record that leaves some out, and says so, without the miss of a number above its own."""
    finding, asked, low = one.finding, one.finding.asked, figure.number.value.low
    if not one.match.indicator.floor or not one.misses or figure.kind not in (Kind.FLOW, Kind.STOCK):
        return one
    if one.supports or asked is None or low is None or asked.value >= low:
        return one
    why = f"{finding.reasons[0]}; it leaves some out, and says so: a larger number is no miss"
    word = Word.NOT_CHECKABLE if finding.word is Word.CONTRADICTED else finding.word
    told = replace(finding, word=word, reasons=(why, *finding.reasons[1:]))
    return replace(one, finding=told, misses=False, reaches=True)


def _as_told(one: "Judged", word: Word) -> Finding:
    """Return a finding as it is shown: the speaker's own record accuses nobody where the verdict does not."""
    finding = one.finding
    if not one.own or finding.word is not Word.CONTRADICTED or word is Word.CONTRADICTED:
        return finding
    why = f"not found as quoted: {finding.reasons[0]}; the speaker's own record is no independent evidence"
    return replace(finding, word=Word.NOT_CHECKABLE, reasons=(why, *finding.reasons[1:]))


def _word(published: Verdict, judged: Sequence["Judged"]) -> tuple[Word, set[str], str]:
    """Return the word, the axes that it is sensitive to, and the short answer."""
    independent = [one for one in judged if not one.own]
    mine = [one for one in judged if one.own]
    quiet = (Word.NOT_CHECKABLE, Word.SUPPORTED, Word.TRUE_BUT_STALE)
    overtaken = _overtaken(independent, published.figure.as_of)
    if overtaken is not None and published.word in quiet:
        word, first = overtaken
        return word, {"vintage"} if word is Word.SENSITIVE else set(), first
    current = _newest(independent)
    words = [published.word] if published.word is not Word.NOT_CHECKABLE else []
    words += [one.finding.word for one in current if one.finding.word is not Word.NOT_CHECKABLE]
    misquoted = [one for one in mine if one.finding.word is Word.CONTRADICTED]
    if misquoted and _misquoted(mine, current, published):
        words.append(Word.CONTRADICTED)
    sensitive = set(published.sensitive_to).union(*(one.finding.sensitive_to for one in current))
    missed = any(_off(one, current) and _as_near(one, current) for one in current)
    if not words:
        return Word.NOT_CHECKABLE, set(), _nothing(mine, current)
    loud = [word for word in words if word in _LOUD]
    if Word.CONTRADICTED in words:
        if loud:
            return Word.SENSITIVE, sensitive | _between(published, current), "the records disagree"
        if any(one.reaches for one in judged):  # of older editions too: the claim may be as old as they are
            return Word.NOT_CHECKABLE, set(), "one record excludes it, but another leaves room for it"
        return Word.CONTRADICTED, set(), "no record of the same thing reaches it"
    if len(set(loud)) == 1 and not (missed and loud[0] in (Word.SUPPORTED, Word.TRUE_BUT_STALE)):
        return loud[0], sensitive if loud[0] is Word.SENSITIVE else set(), ""
    if set(loud) == {Word.SUPPORTED, Word.TRUE_BUT_STALE} and not missed:
        return Word.TRUE_BUT_STALE, set(), ""
    return Word.SENSITIVE, sensitive | _between(published, current), "the records disagree"


# Two records of one thing are revised apart: of refugees resettled to the United States in 2022 the States count 28,954
# and UNHCR 28,945; UCDP's own counts of a year moved by 9% (deciding.REVISION). A hundredth is far within that.
ALIKE = 0.01


def _off(miss: "Judged", judged: Sequence["Judged"]) -> bool:
    """Say whether a record misses the claim, and is not nearly the same as one that supports it."""
    if not miss.misses or miss.supports:
        return False
    asked = miss.finding.asked
    others = [one.finding.asked for one in judged if one.supports]
    return not any(asked is not None and one is not None and _alike(asked, one) for one in others)


def _alike(one: Point, other: Point) -> bool:
    """Say whether two answers for the same windows are a hundredth apart at most; of changes, by their ratios."""
    if (one.later, one.earlier) != (other.later, other.earlier):
        return False
    a, b = (point.value + (100 if point.earlier is not None else 0) for point in (one, other))
    return abs(a - b) <= ALIKE * max(abs(a), abs(b))


DERIVED = 0.3  # from here on a definition is a publisher's own, or its table made of another: UCDP's of its events


def _as_near(miss: "Judged", judged: Sequence["Judged"]) -> bool:
    """Say whether a miss weighs as much as the records that support the claim: else it is told, and turns nothing.

    A definition far from the words, or another table of the supporting publisher, must be as near to the words as the
    nearest that supports.
    """
    supporting = [one.match for one in judged if one.supports]
    distance = miss.match.indicator.distance
    if not supporting:
        return distance < DERIVED  # a published figure alone supports it
    publishers = {match.edition.dataset.publisher for match in supporting}
    derived = distance >= DERIVED or miss.match.edition.dataset.publisher in publishers
    return not derived or distance <= min(match.indicator.distance for match in supporting)


def _newest(judged: Sequence["Judged"]) -> list["Judged"]:
    """Return the newest edition of each dataset that was asked; older ones are shown and decide nothing more."""
    newest: dict[tuple[str, bool], Judged] = {}
    for one in judged:
        key = one.match.edition.dataset.id, one.match.continued_by is not None
        kept = newest.get(key)
        if kept is None or _order(one) > _order(kept):
            newest[key] = one
    return list(newest.values())


def _order(one: "Judged") -> tuple[str, str, str]:
    edition = one.match.edition
    return (str(edition.released or ""), str(edition.covered_until or ""), edition.imported)


def _overtaken(judged: Sequence["Judged"], day: date | None) -> tuple[Word, str] | None:
    """Say whether an older edition supports the claim and the newest does not: true but stale if it was known then.

    day  of the words.
    """
    for one in _newest(judged):
        if not one.misses or one.finding.word is Word.SUPPORTED:
            continue
        for other in judged:
            old, new = other.match.edition, one.match.edition
            if other.match.continued_by or one.match.continued_by:
                continue
            if old.dataset.id != new.dataset.id or other is one or other.finding.word is not Word.SUPPORTED:
                continue
            known = day is not None and old.released is not None and new.released is not None
            if known and old.released <= day < new.released:  # type: ignore[operator]
                why = f"true by {old.dataset.name}, {old.name}, as it was known then, and outdated since by {new.name}"
                return Word.TRUE_BUT_STALE, why
            return Word.SENSITIVE, f"{old.dataset.name} gives it in its edition {old.name}, and no longer in {new.name}"
    return None


def _misquoted(mine: Sequence["Judged"], others: Sequence["Judged"], published: Verdict) -> bool:
    """Say whether a publisher's own record excludes what it is said to have said.

    Only if an edition is held that was out when it was said; what stood in others, nobody here can know.
    """
    day = published.figure.as_of
    known = [one for one in mine if day is not None and one.match.edition.released is not None]
    known = [one for one in known if one.match.edition.released <= day]  # type: ignore[operator]
    return bool(known) and not any(one.supports or one.reaches for one in (*mine, *others))


def _between(published: Verdict, judged: Sequence["Judged"]) -> set[str]:
    """Return what sets the records apart: who counts, or by which definition."""
    sources = [frozenset(one.match.edition.dataset.names) for one in judged]
    apart = any(not a & b for a in sources for b in sources) or published.word is not Word.NOT_CHECKABLE
    found = {"source"} if apart else set()
    if any(one.match.indicator.distance > 0 or one.match.relation != "direct" for one in judged):
        found.add("definition")
    return found or {"source"}


def _nothing(mine: Sequence["Judged"], others: Sequence["Judged"]) -> str:
    if mine and not others:
        right = any(one.rightly for one in mine)
        return (
            "rightly quoted, and no independent record was found"
            if right
            else "only the speaker's own record counts it"
        )
    missed = [one for one in others if one.misses]
    return "the records give other numbers, and this is no contradiction" if missed else ""
