"""Set our grammars of numbers and times beside other libraries, on the same texts in the same run.

    python eval/grammars.py      prints the section that eval/run.py puts into docs/evaluation.md

The other libraries live in an environment of their own (`make peers`), for some need packages older than ours; each
is run as a process that reads JSON (eval/peers.py). Where one cannot be run, the section says so.
"""

import json
import re
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from counterfoil.reading import numbers, periods

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SETS = tuple(SHARED / "corpus" / name / "dev.jsonl" for name in ("wikinews", "authored"))
SPECS = SHARED / "specs/recognizers-text"
PEERS = ROOT / ".venv-peers/bin/python"
OURS = "Counterfoil"
NAMES = {"recognizers": "Recognizers-Text", "dateparser-ngram": "dateparser (ngrams)"}  # where not the name itself
COMPARED = {
    "numbers": ("quantulum3", "recognizers", "text2num"),
    "times": ("recognizers", "dateparser", "dateparser-ngram"),
}
LETTERS_ONLY = {"text2num"}  # leaves digits as they are, so that only numbers in letters are held against it
NEAR = 0.005  # of the labelled value: what a value may be off and be right, as in the scorer of the label format
SHOWN = 15  # examples of each library's misses; all are counted
HEADING = "## Grammars beside other libraries"
RUNS = 5  # passes over all texts that are timed
LIMIT_S = 20.0  # no further pass once they have taken so long

Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Label:
    """Labelled words and what they may mean: values of a number, or days of a time. `share`: in percent."""

    start: int
    end: int
    readings: tuple[Any, ...]
    share: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its day, the ends of its sentences, and its labels; `others` are words of the other task."""

    text: str
    day: date
    sentences: tuple[tuple[int, int], ...]
    labels: tuple[Label, ...]
    others: tuple[Label, ...] = ()


@dataclass(slots=True)
class Result:
    """What one library found in the cases, in their order, and how long each pass over all took."""

    name: str
    found: list[list[Label]]
    seconds: list[float]
    failed: int = 0
    version: str = ""


@dataclass(slots=True)
class Score:
    """Counts, and the words missed, misread and found for nothing: (sort, words in context)."""

    found: int = 0
    right: int = 0
    one_end: int = 0
    in_letters: int = 0
    right_in_letters: int = 0
    misses: list[tuple[str, str]] = field(default_factory=list)
    extras: list[tuple[str, str]] = field(default_factory=list)


# ---- what is labelled


def day_of(words: str | None) -> date | None:
    """Return a day of the calendar from ISO words; None for none and for the mark of a day that does not exist."""
    return date.fromisoformat(words[:10]) if words and not words.startswith("0001") else None


def labelled(task: str) -> list[Case]:
    """Return the labelled articles as cases of a task."""
    cases = []
    for path in SETS:
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            values = []
            times: dict[tuple[int, int], set[Days]] = {}
            for figure in article["figures"]:
                ends = tuple(v for v in (figure["low"], figure["high"]) if v is not None)
                start, end = figure["number"]
                values.append(Label(start, end, ends, figure["unit"] in ("percent", "percentage_point")))
                if figure["time"] and figure["start"] and figure["end"]:
                    days = (day_of(figure["start"]), day_of(figure["end"]))
                    times.setdefault((figure["time"][0], figure["time"][1]), set()).add(days)
            when = tuple(Label(*span, tuple(days)) for span, days in times.items())
            labels, others = (tuple(values), when) if task == "numbers" else (when, tuple(values))
            sentences = tuple((start, end) for start, end in article["sentences"])
            cases.append(Case(article["text"], date.fromisoformat(article["published"]), sentences, labels, others))
    return cases


def published_cases(task: str) -> list[Case]:
    """Return the published parser cases of Recognizers-Text as cases of a task."""
    cases = []
    for name in ("NumberModel", "PercentModel") if task == "numbers" else ("DateParser", "DatePeriodParser"):
        for case in json.loads((SPECS / f"{name}.json").read_text("utf-8-sig")):
            text, reference = case["Input"], (case.get("Context") or {}).get("ReferenceDateTime")
            labels = []
            for result in case["Results"]:
                start = result["Start"]
                end = result["End"] + 1 if "End" in result else start + result["Length"]
                if task == "numbers":
                    said = (result["Resolution"] or {}).get("value", "")
                    if re.fullmatch(r"-?[\d.]+(E[+-]?\d+)?%?", said):
                        labels.append(Label(start, end, (float(said.rstrip("%")),), said.endswith("%")))
                elif reference and (days := tuple(spec_days(result["Value"] or {}))):
                    labels.append(Label(start, end, days))
            if labels:
                whole = ((0, len(text)),)
                cases.append(Case(text, day_of(reference) or date(2000, 1, 1), whole, tuple(labels)))
    return cases


def spec_days(value: dict[str, Any]) -> Iterable[Days]:
    """Yield the readings of a published case; its periods end the day after the last, or with it."""
    for key in ("PastResolution", "FutureResolution"):
        days = value.get(key) or {}
        if "date" in days:
            yield day_of(days["date"]), day_of(days["date"])
        elif days.get("startDate") and days.get("endDate"):
            first, last = day_of(days["startDate"]), day_of(days["endDate"])
            yield first, last  # "from the 4th to the 22nd": the day named is inside
            if last:
                yield first, last - timedelta(days=1)


# ---- what each library finds


def our_numbers(text: str, day: date) -> list[Label]:
    """Read numbers as the product does; their values as said, before hedges and rounding widen them."""
    made = []
    for number in numbers.find(text)[0]:
        said = (number.quantity.said_low, number.quantity.said_high)
        values = tuple(float(value) for value in said if value is not None)
        made.append(Label(number.span.start, number.span.end, values, number.quantity.unit == "percent"))
    return made


def our_times(text: str, day: date) -> list[Label]:
    """Read times as the product does; words without days have no reading."""
    made = []
    for found in periods.find(text, day):
        days = (found.period.first, found.period.last)
        made.append(Label(found.span.start, found.span.end, (days,) if any(days) else ()))
    return made


def by_us(task: str, cases: list[Case], runs: int, *, whole: bool) -> Result:
    """Read the cases with our grammar, sentence by sentence or whole, then time it."""
    read = our_numbers if task == "numbers" else our_times
    pieces = [[(0, len(case.text))] if whole else list(case.sentences) for case in cases]
    texts = [(case.text[a:b], case.day) for case, ends in zip(cases, pieces, strict=True) for a, b in ends]
    found = rejoined(pieces, [read(text, day) for text, day in texts])
    seconds = []
    for _ in range(runs):
        begin = time.process_time()
        for text, day in texts:
            numbers.find(text) if task == "numbers" else periods.find(text, day)
        seconds.append(time.process_time() - begin)
    return Result(f"{OURS}, whole articles" if whole else OURS, found, seconds)


def by_peer(name: str, task: str, cases: list[Case], runs: int) -> Result | str:
    """Read the cases with another library, sentence by sentence; if that cannot be, return why."""
    if not PEERS.exists():
        return "its environment is missing (`make peers`)"
    pieces = [list(case.sentences) for case in cases]
    texts = [(case.text[a:b], case.day.isoformat()) for case in cases for a, b in case.sentences]
    order = json.dumps({"texts": texts, "runs": runs, "limit_s": LIMIT_S})
    command = [str(PEERS), str(ROOT / "eval/peers.py"), name, task]
    run = subprocess.run(command, input=order, text=True, capture_output=True, check=False, encoding="utf-8")
    if run.returncode:
        return (run.stderr.strip().splitlines() or ["it gave no reason"])[-1]
    reply = json.loads(run.stdout)
    found = [[Label(start, end, readings(task, r)) for start, end, r in one] for one in reply["found"]]
    return Result(NAMES.get(name, name), rejoined(pieces, found), reply["seconds"], reply["failed"], reply["version"])


def readings(task: str, read: list[Any]) -> tuple[Any, ...]:
    """Return readings as they came over JSON."""
    return tuple(read) if task == "numbers" else tuple((day_of(first), day_of(last)) for first, last in read)


def rejoined(pieces: list[list[tuple[int, int]]], found: list[list[Label]]) -> list[list[Label]]:
    """Put what was found in the pieces of each text together, with offsets into the text."""
    each = iter(found)
    return [
        [replace(one, start=one.start + start, end=one.end + start) for start, _ in ends for one in next(each)]
        for ends in pieces
    ]


# ---- how well


def bare(text: str, label: Label) -> tuple[int, int]:
    """Return where a label stands without its currency sign, percent and scale of a rate."""
    words = text[label.start : label.end]
    before = re.match(r"[A-Za-z]{0,3}[$€£¥₹]\s?", words)
    after = re.search(r"\s?(%|per ?cent|pc|percentage points?|per [\d,]+)$", words)
    return label.start + (before.end() if before else 0), label.end - (len(after.group()) if after else 0)


def alike(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Return the share of the characters of both that they have in common (Jaccard)."""
    common = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return common / (max(a[1], b[1]) - min(a[0], b[0]))


def matched(text: str, gold: tuple[Label, ...], made: list[Label]) -> dict[int, int]:
    """Pair labels with numbers found, the most alike first.

    They are alike with or without signs, from half of their characters on; where the words found hold all of the
    labelled ones, for some libraries take the unit in; and where they are one end of a range, for some return both.
    """
    pairs = []
    for g, label in enumerate(gold):
        for m, one in enumerate(made):
            if one.start >= label.end or label.start >= one.end:
                continue
            share = max(
                alike((label.start, label.end), (one.start, one.end)), alike(bare(text, label), bare(text, one))
            )
            holds = one.start <= label.start and label.end <= one.end
            inside = label.start <= one.start and one.end <= label.end and len(set(label.readings)) > 1
            if share >= 0.5 or holds or inside:
                pairs.append((-share, g, m))
    result: dict[int, int] = {}
    for _, g, m in sorted(pairs):
        if g not in result and m not in result.values():
            result[g] = m
    return result


def near(label: Label, one: Label) -> bool:
    """Say whether either end of a number is right; a share may be in percent or out of one."""
    return any(
        abs(scaled - gold) <= NEAR * abs(gold)
        for gold in label.readings
        for value in one.readings
        for scaled in (value, value * 100 if label.share else value, value / 100 if one.share else value)
    )


def score_numbers(cases: list[Case], result: Result) -> Score:
    """Score numbers: found, right, and what was found that is no labelled figure."""
    score = Score()
    for case, made in zip(cases, result.found, strict=True):
        pairs = matched(case.text, case.labels, made)
        for g, label in enumerate(case.labels):
            words = case.text[label.start : label.end]
            letters = not re.search(r"\d", words)
            good = g in pairs and near(label, made[pairs[g]])
            score.found += g in pairs
            score.right += good
            score.in_letters += letters
            score.right_in_letters += good and letters
            if not good:
                said = "" if g not in pairs else " as " + "/".join(f"{v:.10g}" for v in made[pairs[g]].readings)
                score.misses.append((number_sort(words), context(case.text, label) + said))
        for one in made:
            if not any(one.start < label.end and label.start < one.end for label in case.labels):
                score.extras.append((extra_sort(case, one), context(case.text, one)))
    return score


def score_times(cases: list[Case], result: Result) -> Score:
    """Score times: found where the words overlap; right where both ends are; what took a figure for days."""
    score = Score()
    for case, made in zip(cases, result.found, strict=True):
        for label in case.labels:
            over = [one for one in made if one.start < label.end and label.start < one.end]
            best = max((ends_right(label, one) for one in over), default=0)
            score.found += bool(over)
            score.right += best == 2
            score.one_end += best >= 1
            if best < 2:
                said = "" if not over else " as " + (" or ".join(map(shown, over[0].readings[:2])) or "no days")
                score.misses.append((time_sort(case.text[label.start : label.end]), context(case.text, label) + said))
        for one in made:
            spans = [(label.start, label.end) for label in case.labels]
            if one.readings and not any(s < one.end and one.start < e for s, e in spans):
                taken = [n for n in case.others if n.start < one.end and one.start < n.end]
                score.extras += [("", context(case.text, one))] * bool(taken)
    return score


def ends_right(label: Label, one: Label) -> int:
    """Return how many ends of the best reading are right; an end left open is right if the other one is."""
    best = 0
    for first, last in label.readings:
        for begin, end in one.readings:
            if begin is None and end is None:
                continue
            hits = (begin == first) + (end == last)
            best = max(best, 2 if hits == 1 and None in (begin, end) else hits)
    return best


# ---- what sort of miss


def number_sort(words: str) -> str:
    """Name the sort of a labelled number."""
    low = words.casefold()
    for sort, pattern in (
        ("share or rate", r"%|per ?cent|\bpc\b|percentage|per [\d,]+"),
        ("fraction", r"half|halves|third|quarter|fifth|tenth|\bin\b|\bof\b|[½⅓¼¾⅔]|\d/\d"),
        ("change word", r"doubl|tripl|quadrupl|halv|fold|twice|times|tenfold"),
        ("vague", r"^\D*(dozens|hundreds|thousands|millions|scores|tens|billions)\b"),
        ("with a scale", r"\d.*(m|bn|k|thousand|million|billion|trillion|lakh|crore|dozen)$"),
        ("range or list", r"\d\s?[-–]\s?\d| (to|and|or) "),
        ("digits", r"\d"),
    ):
        if re.search(pattern, low):
            return sort
    return "one" if low in ("one", "a", "an") else "letters"


def extra_sort(case: Case, one: Label) -> str:
    """Name the sort of something found that no label has."""
    words = case.text[one.start : one.end].casefold()
    beside = case.text[max(0, one.start - 12) : one.end + 12]
    months = r"Jan|Feb|Mar(ch|\.)|Apr|May\b|June?\b|July?\b|Aug|Sept?|Oct|Nov|Dec"
    hour = re.search(r"\d:\s?\d\d|[ap]\.?m\b|o.clock|hrs?\b", case.text[max(0, one.start - 4) : one.end + 8])
    if hour or re.fullmatch(r"1[5-9]\d\d|20\d\d", words) or re.search(rf"\b({months})", beside):
        return "year, date or hour"
    if re.search(r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d(st|nd|rd|th)|th$", words):
        return "ordinal"
    if words in ("one", "a", "an"):
        return "one"
    return "other"


def time_sort(words: str) -> str:
    """Name the sort of a labelled time."""
    low = words.casefold()
    for sort, pattern in (
        ("from or until", r"^(since|from|until|by|before|after|between|as of)\b|so far|to date"),
        ("relative", r"last|past|ago|previous|next|this|yesterday|today|tonight|overnight|current|now|recent|earlier"),
        ("weekday", r"(mon|tues|wednes|thurs|fri|satur|sun)day"),
        ("date or month", r"jan|feb|march|april|may|june|july|aug|sept|oct|nov|dec"),
        ("year", r"\d{4}"),
    ):
        if re.search(pattern, low):
            return sort
    return "other words"


def context(text: str, label: Label) -> str:
    """Return words with at most two before and one after, the words themselves in brackets."""
    before = " ".join(text[max(0, label.start - 40) : label.start].split()[-2:])
    after = " ".join(text[label.end : label.end + 30].split()[:1])
    words = " ".join(text[label.start : label.end].split()[:8])
    return re.sub(r"([$*_<|`\\])", r"\\\1", f"{before} [{words}] {after}".strip())  # no marks of Markdown


def shown(days: Days) -> str:
    """Return days as words."""
    first, last = (d.isoformat() if d else "open" for d in days)
    return first if first == last else f"{first} to {last}"


# ---- the section


def percent(part: int, whole: int) -> str:
    """Return a share in percent, with a dash for a share of nothing."""
    return f"{100 * part / whole:.1f}" if whole else "–"


def title(result: Result) -> str:
    """Return a library's name and version, and on how many texts it raised, if it did."""
    name = f"{result.name} {result.version}".strip()
    return f"{name}, raised on {result.failed} texts" if result.failed else name


def speed(result: Result, cases: list[Case]) -> str:
    """Return two cells: the median seconds for a megabyte of text, and the megabytes a second."""
    size = sum(len(case.text[a:b].encode("utf-8", "surrogatepass")) for case in cases for a, b in case.sentences) / 1e6
    each = statistics.median(result.seconds) / size
    return f"{each:.2f} | {1 / each:.2g}"


def compact(head: str, found: list[tuple[str, str]]) -> str:
    """Return one line: counts by sort, and examples spread over all."""
    if not found:
        return f"- {head}: none."
    counts = Counter(sort for sort, _ in found).most_common()
    sorts = "" if len(counts) == 1 else " (" + ", ".join(f"{sort} {n}" for sort, n in counts) + ")"
    step = -(-len(found) // SHOWN)
    examples = "; ".join(f"“{words}”" for _, words in found[::step])
    return f"- {head}: {len(found)}{sorts}. {examples}."


def results(task: str, cases: list[Case], runs: int) -> tuple[list[Result], list[str]]:
    """Return what each library found, ours first, and a line for each that cannot be run."""
    done, absent = [by_us(task, cases, runs, whole=False)], []
    for name in COMPARED[task]:
        result = by_peer(name, task, cases, runs)
        if isinstance(result, str):
            absent.append(f"Not in the table: {NAMES.get(name, name)}, for {result}")
        else:
            done.append(result)
    return done, absent


def numbers_on_articles() -> list[str]:
    """Return the table and the misses of numbers in the labelled articles."""
    cases = labelled("numbers")
    whole = sum(len(case.labels) for case in cases)
    letters = sum(not re.search(r"\d", case.text[n.start : n.end]) for case in cases for n in case.labels)
    done, absent = results("numbers", cases, RUNS)
    done.insert(1, by_us("numbers", cases, RUNS, whole=True))
    rows, misses = [], []
    for result in done:
        score = score_numbers(cases, result)
        made = sum(map(len, result.found))
        labelled_ones = made - len(score.extras)
        others = sum(sort == "other" for sort, _ in score.extras)
        rows.append(
            f"| {title(result)} | {percent(score.found, whole)} | {percent(score.right, whole)} "
            f"| {percent(score.right_in_letters, letters)} | {made} | {percent(labelled_ones, made)} "
            f"| {percent(labelled_ones, labelled_ones + others)} | {speed(result, cases)} |"
        )
        if result.name == OURS:
            continue  # the same words are missed as in whole articles, save a few
        missed = score.misses
        if result.name in LETTERS_ONLY:
            missed = [m for m in missed if not re.search(r"\[[^]]*\d", m[1])]
        misses += [
            compact(f"**{result.name}**, missed or misread", missed),
            compact(f"**{result.name}**, no labelled figure", score.extras),
        ]
    return [
        f"### Numbers: {whole} labelled, {letters} of them in letters",
        "",
        "| library | found | value right | in letters, right | returned | precision | without dates, ordinals, “one” "
        "| s/MB | MB/s |",
        "|---|---|---|---|---|---|---|---|---|",
        *rows,
        "",
        *absent,
        *misses,
    ]


def times_on_articles() -> list[str]:
    """Return the table and the misses of times in the labelled articles."""
    cases = labelled("times")
    whole = sum(len(case.labels) for case in cases)
    done, absent = results("times", cases, RUNS)
    done.insert(1, by_us("times", cases, RUNS, whole=True))
    rows, misses = [], []
    for result in done:
        score = score_times(cases, result)
        rows.append(
            f"| {title(result)} | {percent(score.found, whole)} | {percent(score.right, whole)} "
            f"| {percent(score.one_end, whole)} | {sum(map(len, result.found))} | {len(score.extras)} "
            f"| {speed(result, cases)} |"
        )
        if result.name == OURS:
            continue
        misses += [
            compact(f"**{result.name}**, missed or other days", score.misses),
            compact(f"**{result.name}**, figures taken for days", score.extras),
        ]
    return [
        f"### Times: {whole} labelled with days",
        "",
        "| library | found | same days | one end the same | returned | figures taken for days | s/MB | MB/s |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
        "",
        *absent,
        *misses,
    ]


def on_published_cases() -> list[str]:
    """Return the table of the published parser cases, and what is missed of them."""
    rows, misses = [], []
    for task, score_of in (("numbers", score_numbers), ("times", score_times)):
        cases = published_cases(task)
        whole = sum(len(case.labels) for case in cases)
        for result in results(task, cases, 0)[0]:
            score = score_of(cases, result)
            one_end = percent(score.one_end, whole) if task == "times" else ""
            rows.append(
                f"| {task} | {whole} | {title(result)} | {percent(score.found, whole)} | {percent(score.right, whole)} "
                f"| {one_end} |"
            )
            misses.append(compact(f"**{result.name}**, {task}", score.misses))
    return [
        "| what | cases | library | found | right | one end right |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
        *misses,
    ]


def section() -> list[str]:
    """Return the lines of the section."""
    lines = [
        HEADING,
        "",
        "The labelled sentences of both sets, one by one, read by each library as its documentation says, in one run",
        "and one process each. *Whole articles* is how the product reads: its times lean on the sentences before.",
        "The labels follow our own idea of a figure; the cases at the end are those of another library.",
        "Examples show two words before and one behind, the words in question in brackets.",
        "",
        "- A number is *found* where at least half of the characters of the words returned and labelled are the same,",
        "  currency and percent signs aside, or where one holds the other and that is a unit or a range more.",
        "  Its *value is right* within 0.5% of either end; a share may be given out of one.",
        "- *Precision* is the share of numbers returned that touch a labelled figure. The others return dates, hours,",
        "  ordinals and “one” by design, which the labels do not count as figures; the next column leaves those out.",
        "- A time is *found* where words overlap, and has the *same days* if both ends are right in any reading given;",
        "  an end left open agrees. Labelled days are those of the figure, and some lean on more than the words.",
        "- quantulum3 returns units too; of a range it returns the middle. It ran without its classifier, which only",
        "  chooses between units.",
        "- Recognizers-Text ran percentages, numbers, and times from a reference day. It gives a past and a coming",
        "  reading where a day could be either: one of them is enough here, where our grammars must choose.",
        "- text2num turns numbers in letters into digits and leaves digits alone: its misses list letters only.",
        "- dateparser ran with English, past days first and time spans, in both of its ways to search.",
        f"- Speed: processor time, median of up to {RUNS} passes, in {LIMIT_S:.0f} s, after one that warms caches.",
        "",
        *numbers_on_articles(),
        "",
        *times_on_articles(),
    ]
    if SPECS.is_dir():
        lines += [
            "",
            "### The published parser cases of Recognizers-Text",
            "",
            "Its own home ground, by its own conventions: commands to an assistant more than news, with ordinals,",
            "versions and arithmetic that our grammars set aside on purpose. Any reading counts, and a period may end",
            "on its last day or on the day after.",
            "",
            *on_published_cases(),
        ]
    return lines


if __name__ == "__main__":
    print("\n".join(section()))
