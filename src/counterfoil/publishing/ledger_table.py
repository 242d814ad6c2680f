"""The ledger as a table for the terminal, which is also legible when piped into a file."""

import re
import textwrap
from collections import Counter
from io import StringIO
from typing import TYPE_CHECKING

from counterfoil.checking.model import Finding, Point, Verdict, Word
from counterfoil.publishing import findings, wording
from counterfoil.publishing.model import Report
from counterfoil.publishing.wording import inert
from counterfoil.reading.model import Figure
from counterfoil.relating.model import Relation

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_INTERVAL = 13  # columns: "203,000–204,999" breaks after the dash, "1,150–1,249" stays on one line
_NARROWEST = 60  # columns; below it the cells hold single letters
_REASONS_SAID = 3  # of a verdict, which gives the weightiest first; the page and the JSON give all
_FINDINGS_SHOWN = 2  # of a figure, if both have room
_ROOM = 460  # characters: five lines of 100 columns, which make six with the verdict's own
_UNMATCHED_SHOWN = 4  # datasets with one reason each; --explain, the page and the JSON list all
_REASONS_SHOWN = 8  # reasons for setting aside, most frequent first; the page and the JSON list all


def terminal(report: Report, *, width: int = 100, color: bool = False) -> str:
    """Return the ledger of one article, at most `width` columns wide, ending in a line break.

    color  with the escapes of a terminal; without, plain text for a pipe.
    """
    from rich.console import Console

    width = max(width, _NARROWEST)
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},  # the same report gives the same text, whatever the environment says
    )
    with console.capture() as capture:
        _print(console, "\n".join(_heading(report, width)), style="bold")
        if report.figures:
            console.print(_table(report, width))
        else:
            _print(console, "\nNo figure was found.\n")
        for title, lines in (
            ("What the records say", _records(report)),
            ("Datasets that could not answer", _unmatched(report)),
            ("What the model is unsure of", _doubts(report)),
            ("How the figures stand to one another", _relations(report)),
            ("Set aside", _set_aside(report)),
        ):
            if lines:
                _print(console, title, style="bold")
                _print(console, "\n".join(_wrapped(lines, width)) + "\n")
        _print(console, "\n".join(_wrapped([("", _limits(report))], width)), style="dim")
    return "\n".join(line.rstrip() for line in capture.get().split("\n")).rstrip("\n") + "\n"


def _print(console: object, words: str, *, style: str | None = None) -> None:
    console.print(words, style=style, soft_wrap=True)  # type: ignore[attr-defined]


def _heading(report: Report, width: int) -> list[str]:
    document = report.document
    title = inert(document.title or document.source or "An article without a title")
    day = wording.day(document.published.day) if document.published else "no day of publication found"
    facts = [inert(document.outlet)] if document.outlet else []
    facts += [day, wording.count(len(report.figures), "figure")]
    return [*textwrap.wrap(title, width), " · ".join(facts)]


def _table(report: Report, width: int) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    def cell(words: str, *, style: str = "") -> Text:
        return Text(inert(words), style=style, overflow="fold")

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_lines=False, expand=True)
    table.add_column("", justify="right", no_wrap=True, style="dim")
    table.add_column("as written", width=13, justify="right", overflow="fold")  # "approximately"
    table.add_column("allows", width=_INTERVAL, justify="right", overflow="fold")
    for heading, share in (("what", 17), ("when", 12), ("where", 12), ("who said it", 13), ("records", 12)):
        table.add_column(heading, ratio=share, overflow="fold")
    for index, ((_, check), row) in enumerate(
        zip(wording.zip_checks(report), wording.rows(report), strict=True), start=1
    ):
        if index > 1:
            table.add_row()
        table.add_row(
            str(index),
            cell(row.written, style="bold"),
            _interval_cell(row.interval),
            cell(row.what),
            cell(row.when),
            cell(row.where),
            cell(row.said_by, style="italic" if row.said_by == wording.NARRATION else ""),
            cell(row.records, style=_style(check)),
        )
    return table


def _interval_cell(interval: str) -> "Text":
    """An interval too long for its column breaks after its dash, not inside a number."""
    from rich.text import Text

    long = len(interval) > _INTERVAL
    return Text(interval.replace("–", "–\n") if long else interval, overflow="fold")


def _style(check: Verdict | None) -> str:
    if check is None or check.word is Word.NOT_CHECKABLE:
        return "dim"
    return "green" if check.word is Word.SUPPORTED else ""


def _records(report: Report) -> list[tuple[str, str]]:
    """One line for each figure that the records speak to, and under it one for each dataset.

    Those that no record can check are counted by reason.
    """
    lines = []
    names = _names(report)
    unchecked: dict[str, list[int]] = {}
    for index, (_, check) in enumerate(wording.zip_checks(report), start=1):
        if check is None:
            continue
        if check.word is Word.NOT_CHECKABLE and not check.findings:
            unchecked.setdefault(_refusal(check), []).append(index)
            continue
        said = list(check.reasons[:_REASONS_SAID]) if not check.findings else _beside_findings(check)[:1]
        if not said and check.word is Word.NOT_CHECKABLE:
            said = [_OTHERS_COUNTED]
        because = " ".join(wording.sentence(one) for one in said)
        lines.append((f"{index:>3}  ", f"{wording.verdict(check)}: {because}".rstrip(": ")))
        lines += [("     · ", line) for line in _of_datasets(check, names)]
    for reason, indices in unchecked.items():
        lines.append(("  –  ", f"{_numbers(indices)} not checkable: {reason}"))
    return lines


def _of_datasets(check: Verdict, names: dict[tuple[str, str], str]) -> list[str]:
    """Return a line for each of the datasets that tell most, as far as there is room, and how many more there are."""
    ranked = _telling_first(check)
    found = [findings.summary(one, check.figure, name=names[one.source, one.edition]) for one in ranked if _heard(one)]
    found = found or [findings.summary(one, check.figure, name=names[one.source, one.edition]) for one in ranked[:1]]
    shown = found[:1]
    for one in found[1:_FINDINGS_SHOWN]:
        shown += [one] if sum(map(len, shown)) + len(one) <= _ROOM else []
    rest = len(ranked) - len(shown)
    return [*shown[:-1], f"{shown[-1]} (and {rest} more: --explain)"] if rest else shown


def _heard(finding: Finding) -> bool:
    """Say whether a dataset answers the claim's own question, or tells something of it."""
    return finding.asked is not None or finding.word is not Word.NOT_CHECKABLE


def _telling_first(check: Verdict) -> list[Finding]:
    """Return the findings: first those that made the verdict, then those that fit, last those of a part of the days."""
    days = {id(one): max((point.exposure[0] for point in _answers(one)), default=0) for one in check.findings}
    most = max(days.values(), default=0)

    def rank(one: Finding) -> tuple[bool, bool, bool]:
        return one.word is not check.word, 2 * days[id(one)] < most, one.agreement is not True

    return sorted(check.findings, key=rank)


def _answers(finding: Finding) -> list[Point]:
    found = (finding.asked, finding.best_support, finding.best_counter)
    return [point for point in found if point is not None and point.exposure]


def _names(report: Report) -> dict[tuple[str, str], str]:
    """Return the short name of each dataset and edition; with the edition where another of the same is told too."""
    shorts = _ids(report)
    several = Counter(shorts.values())
    return {key: short if several[short] == 1 else f"{short} {key[1]}" for key, short in shorts.items()}


def _beside_findings(check: Verdict) -> list[str]:
    """Return the reasons that the lines of the datasets do not tell themselves."""
    sources = {one.source for one in check.findings}
    told = {one.reasons[0] for one in check.findings if one.reasons}
    return [
        one
        for one in check.reasons
        if one not in told and not any(name in one for name in sources) and not one.startswith("published figures")
    ]


def _refusal(check: Verdict) -> str:
    """Return why nothing was compared: by the datasets that count something near, before tables of other countries."""
    why, names = _commonest(check)
    if why and check.reasons and check.reasons[0].startswith(_NO_TABLE):
        others = f" and {len(names) - 1} more" if len(names) > 1 else ""
        return f"{names[0]}{others}: {why}"
    return check.reasons[0] if check.reasons else "no reason given"


def _commonest(check: Verdict) -> tuple[str, list[str]]:
    """Return the nearest reason of the datasets near to the figure, and their names.

    A dataset that counts the same and fails by a place, a window, a kind comes before those that count other things;
    then the reason that most give, of equals the first.
    """
    names: dict[str, list[str]] = {}
    for one in check.unmatched:
        if one.near and one.source not in names.setdefault(one.why, []):
            names[one.why].append(one.source)
    found = [item for item in names.items() if item[1]]
    return max(found, key=lambda item: (not _of_other_things(item[0]), len(item[1])), default=("", []))


def _of_other_things(why: str) -> bool:
    """Say whether a reason is a description's own sentence on what it does not count; those of tests are clauses."""
    return why.endswith(".")


_OTHERS_COUNTED = "what the datasets count is not the same, and refutes nothing"
_NO_TABLE = ("no comparable reference figure", "no reference figure")


def _unmatched(report: Report) -> list[tuple[str, str]]:
    """One line for each dataset and reason, with the figures that it holds for; what is not told is counted.

    Told of figures that no dataset answers, and what is not told beside them already. Where published figures answer,
    a dataset's own sentence on what it does not count is told too: nobody reads it beside the figure.
    """
    found: dict[tuple[str, str], list[int]] = {}
    others: set[tuple[str, str]] = set()
    for index, (_, check) in enumerate(wording.zip_checks(report), start=1):
        if check is None:
            continue
        answered = check.word is not Word.NOT_CHECKABLE
        if not answered and not check.findings and check.reasons and not check.reasons[0].startswith(_NO_TABLE):
            continue  # it is no question to any dataset
        said, _ = _commonest(check)
        for one in check.unmatched:
            why = one.why.split(". ")[0]
            if not one.near or (not answered and not check.findings and one.why == said):
                continue
            if check.findings or (_of_other_things(one.why) and not answered):
                others.add((one.source, why))
                continue
            indices = found.setdefault((one.source, why.removesuffix(".")), [])
            indices += [index] if index not in indices else []
    shown = list(found.items())[:_UNMATCHED_SHOWN]
    lines = [("  –  ", f"{name}, for {_numbers(indices)}: {why}") for (name, why), indices in shown]
    rest = len(found) - len(lines) + len(others - found.keys())
    more = f"{rest} more, which --explain lists" if lines else f"{rest} datasets or editions: --explain lists them"
    return [*lines, ("  –  ", more)] if rest else lines


def _doubts(report: Report) -> list[tuple[str, str]]:
    """One line for each figure of which the model itself holds some answer to be more likely wrong than right."""
    told = [(index, wording.doubts(figure)) for index, figure in enumerate(report.figures, start=1)]
    return [(f"{index:>3}  ", doubts) for index, doubts in told if doubts]


def _numbers(indices: list[int]) -> str:
    return wording.listed(str(index) for index in indices)


def _relations(report: Report) -> list[tuple[str, str]]:
    at: dict[Figure, int] = {}
    for index, figure in enumerate(report.figures, start=1):
        at.setdefault(figure, index)
    return [(_label(relation, at), _relation(relation, at)) for relation in report.relations]


def _label(relation: Relation, at: dict[Figure, int]) -> str:
    return f"{at.get(relation.a.figure, '–'):>3}  "


def _relation(relation: Relation, at: dict[Figure, int]) -> str:
    other = f"{at[relation.b.figure]} " if relation.b.figure in at else ""
    where = "" if relation.b.figure in at else f", {relation.b.where}"
    return (
        f"{wording.cited(relation.a)} ({relation.a.speaker or wording.NARRATION}) "
        f"{wording.RELATIONS[relation.kind]} {other}{wording.cited(relation.b)} "
        f"({relation.b.speaker or wording.NARRATION}{where}): {relation.reason}"
    )


def _set_aside(report: Report) -> list[tuple[str, str]]:
    reasons = Counter(skipped.reason for skipped in (*report.skipped, *report.document.skipped)).most_common()
    lines = [(f"{amount:>3}  ", reason) for reason, amount in reasons[:_REASONS_SHOWN]]
    rest = sum(amount for _, amount in reasons[_REASONS_SHOWN:])
    return [*lines, (f"{rest:>3}  ", "for other reasons, which --html and --json list")] if rest else lines


def _wrapped(lines: list[tuple[str, str]], width: int) -> list[str]:
    wrapped: list[str] = []
    for label, words in lines:
        indent = " " * len(label)
        wrapped += textwrap.wrap(inert(words), width, initial_indent=label, subsequent_indent=indent) or [label]
    return wrapped


def _limits(report: Report) -> str:
    full = {f"{short} {edition}": source for (source, edition), short in _ids(report).items()}
    asked, tables, others = [], [], []
    for one in report.editions:
        name, _, _ = one.partition(" sha256:")
        short = _DIGEST.sub(r"\1…", one)
        if name in full:
            asked.append(f"{name} ({full[name]}, {short.removeprefix(name).strip()})")
        elif " " in name:
            others.append(name)
        else:
            tables.append(short)
    parts = [f"Read by {report.engine}, Counterfoil {report.version}."]
    for title, several in (("Datasets", asked), ("Others at hand", others), ("Records", tables)):
        parts += [f"{title}: {'; '.join(several)}."] if several else []
    parts += [] if report.editions else ["Records: none."]
    return " ".join([*parts, "Nothing here is rated true or false automatically."])


def _ids(report: Report) -> dict[tuple[str, str], str]:
    """Return the id of each dataset and edition that answered, by its name and edition; not of what continues it."""
    found = [one for check in report.checks for one in check.findings]
    return {(one.source, one.edition): findings.dataset(one) for one in found}


_DIGEST = re.compile(r"(sha256:[0-9a-f]{12})[0-9a-f]{52}")  # --json has it whole
