"""Score both engines on the labelled articles beside the project and write docs/evaluation.md.

    python eval/run.py [--engine NAME] [--accept] [--peers]

--engine: the one whose precision and recall are shown and which is held against its accepted run; by default the one
that the package reads with. --accept: later runs of that engine are compared with this one. --peers: set our grammars
beside other libraries too, which takes two minutes; without it the page keeps what it had of that.

The outcome of every labelled figure in the accepted run of each engine is kept in eval/outcomes.json (ids and offsets
only, of the dev articles), so that each run can name what it gained and what it lost. Exits 3 where the labelled
articles are missing.
"""

import argparse
import importlib.util
import inspect
import json
import re
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterfoil.documents import Options, from_text
from counterfoil.errors import CounterfoilError
from counterfoil.publishing.labels import labels
from counterfoil.reading import read
from grammars import HEADING, section

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
HELD = "held"  # our own: no weight was learnt from them and no threshold chosen on them
SETS = {
    "wikinews/dev": [SHARED / "corpus/wikinews/dev.jsonl"],
    "authored/dev": [SHARED / "corpus/authored/dev.jsonl"],
    HELD: sorted((ROOT / "eval" / "articles").glob("*.jsonl")),
}
OUTCOMES = ROOT / "eval" / "outcomes.json"
PAGE = ROOT / "docs" / "evaluation.md"
ENGINES = ("rules", "fast", "encoder")
DEFAULT = inspect.signature(read).parameters["engine"].default
NAMED, UNNAMED = "speaker, when named", "speaker unnamed"
AIMS = {
    "number": 97, "acc.value": 97, "role.what": 84, "role.event": 68, "role.time": 76, "role.place": 54,
    "role.hedge": 93, "acc.kind": 80, "acc.concept": 76, "acc.period": 75, "acc.speaker": 94, "cue.exact": 89,
    "source.soft": 89, "content.soft": 87, "attributed": 78, "ledger": 72, NAMED: 92,
}  # fmt: skip
OTHER_AIMS = {"authored/dev": {"ledger": 66}, HELD: {"ledger": 66}}
CASES = [f"acc.{n}" for n in ("value", "speaker", "unit", "kind", "concept", "dir", "period")]
CASES += [f"role.{n}" for n in ("hedge", "what", "event", "time", "place", "base")]
LEDGER = ("missed", "value", "what", "speaker")
RESAMPLES = 1000
SHOWN = 40  # gains and losses listed; all are counted

Article = dict[str, Any]
Counts = NDArray[np.int64]  # [articles, scores, 3]: right, labelled, found
Outcomes = dict[str, list[str]]  # what is wrong with each labelled figure, [] for nothing


@dataclass(frozen=True, slots=True)
class Scored:
    """What one way of reading made of a set of articles."""

    names: tuple[str, ...]
    counts: Counts
    outcomes: Outcomes


def scorer() -> ModuleType:
    """Return the scorer of the label format as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "eval/score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by(engine: str) -> Callable[[Article], dict[str, Any]]:
    """Return what reads an article as the product does; `named` tells of each statement whether its speaker is."""

    def reader(article: Article) -> dict[str, Any]:
        day = date.fromisoformat(article["published"]) if article.get("published") else None
        account = read(from_text(article["text"], Options(title=article["title"], published=day)), engine=engine)
        speakers = [statement.speaker for statement in account.statements]
        return {**labels(account), "named": [s.resolved and s.kind != "unnamed" for s in speakers]}

    return reader


def naive(article: Article) -> dict[str, Any]:
    """The naive way: every run of digits is a figure, the next word is what it counts, nobody said it."""
    figures = []
    for match in re.finditer(r"\d[\d,.]*(?<![,.])", article["text"]):
        after = re.compile(r"\s+(\w+)").match(article["text"], match.end())
        value = float(match.group().replace(",", "")) if match.group().count(".") < 2 else None
        what = list(after.span(1)) if after else None
        figures.append({"number": list(match.span()), "what": what, "statement": None, "low": value, "high": value})
    return {"statements": [], "figures": figures, "named": []}


def evaluate(score: ModuleType, articles: Sequence[Article], reader: Callable[[Article], dict[str, Any]]) -> Scored:
    """Read the articles and count for each one what is right."""

    def alike(a: dict[str, Any], b: dict[str, Any]) -> float:
        return float(score.jaccard(set(range(*a["number"])), set(range(*b["number"]))))

    tallies, outcomes = [], {}
    for article in articles:
        found = reader(article)
        tally = score.Tally()
        score.article(article, found, tally, None)
        speakers(score, article, found, tally)
        tallies.append(tally)
        pairs = dict(score.match(article["figures"], found["figures"], alike, 0.5))
        for nth, figure in enumerate(article["figures"]):
            wrong = ["missed"]
            if nth in pairs:
                one = score.Tally()
                made = found["figures"][pairs[nth]]
                score.article({**article, "figures": [figure]}, {**found, "figures": [made]}, one, None)
                wrong = [n.removeprefix("acc.").removeprefix("role.") for n in CASES if one.f1(n) < 100]
            outcomes[f"{article['id']} {figure['number'][0]}"] = wrong
    names = tuple(dict.fromkeys(name for tally in tallies for name in tally))
    counts = np.array([[tally.get(name, (0, 0, 0)) for name in names] for tally in tallies], np.int64)
    return Scored(names, counts, outcomes)


def speakers(score: ModuleType, article: Article, found: dict[str, Any], tally: Any) -> None:
    """Count the speakers named, right and not named, of the statements whose content matches a labelled one."""
    words = lambda s: set().union(*(score.tokens(article["text"], span) for span in s["content"]))  # noqa: E731
    gold, ours = article["statements"], found["statements"]
    pairs = score.match([words(s) for s in gold], [words(s) for s in ours], score.jaccard, 0.5)
    named = [(i, j) for i, j in pairs if found["named"][j]]
    right = sum(score.speaker_equal(gold[i].get("speaker"), ours[j].get("speaker")) for i, j in named)
    tally.add(NAMED, right, len(named), len(named))
    tally.add(UNNAMED, len(pairs) - len(named), len(pairs), len(pairs))


def f1(counts: Counts) -> NDArray[np.float64]:
    """Return F1 in percent over the last axis; nan where nothing is labelled nor found."""
    with np.errstate(invalid="ignore"):
        return 200 * counts[..., 0] / (counts[..., 1] + counts[..., 2])


def resampled(counts: Counts) -> NDArray[np.float64]:
    """Return each score of RESAMPLES draws of whole articles, the same for all engines. [RESAMPLES, scores]."""
    draws = np.random.default_rng(11).integers(len(counts), size=(RESAMPLES, len(counts)))
    return f1(counts[draws].sum(1))


def interval(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the 5th and the 95th percentile of each column, nan for a column of nothing else. [2, scores]."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        low_high: NDArray[np.float64] = np.nanpercentile(scores, (5, 95), axis=0)
    return low_high


def table(scored: dict[str, Scored], plain: Scored, engine: str, aims: dict[str, int]) -> list[str]:
    """Return the rows of one set's table: the engines side by side, and the last one minus the first."""
    names = scored[engine].names
    column = {name: place for place, name in enumerate(plain.names)}
    totals = {e: s.counts.sum(0) for e, s in scored.items()}
    draws = {e: resampled(s.counts) for e, s in scored.items()}
    spans = {e: interval(d) for e, d in draws.items()}
    base = f1(plain.counts.sum(0))
    first, last = next(iter(scored)), list(scored)[-1]
    both = first != last
    head = ["score", "aim", *(f"{e} (90%)" for e in scored)]
    head += [f"{last} − {first} (90%)"] * both + [f"{engine}: precision", "recall", "labelled", "naive"]
    rows = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    gap = interval(draws[last] - draws[first])
    for i, name in enumerate(names):
        cells = [name, str(aims.get(name, ""))]
        cells += [f"{f1(totals[e])[i]:.1f} ({spans[e][0, i]:.1f}–{spans[e][1, i]:.1f})" for e in scored]
        if both:
            cells.append(f"{f1(totals[last])[i] - f1(totals[first])[i]:+.1f} ({gap[0, i]:+.1f} to {gap[1, i]:+.1f})")
        right, gold, made = totals[engine][i].tolist()
        cells += [f"{100 * right / n:.1f}" if n else "–" for n in (made, gold)]
        cells += [str(gold), f"{base[column[name]]:.1f}"]
        rows.append(("| " + " | ".join(cells) + " |").replace("+nan", "–").replace("nan", "–"))
    return rows


def changes(before: Outcomes, now: Outcomes, words: dict[str, str], *, sides: tuple[str, str]) -> list[str]:
    """Return the lines that name what one side has right and the other has not; `sides` are their names."""
    if not before:
        return ["No run was accepted before this one."]
    both = [k for k in now if k in before]
    wrong = lambda side, key, name: "missed" in side[key] or name in side[key]  # noqa: E731
    lines = [f"| what | right {sides[0]} | right {sides[1]} | gained | lost |", "|---|---|---|---|---|"]
    for name in (n.removeprefix("acc.").removeprefix("role.") for n in CASES):
        gained = sum(wrong(before, k, name) and not wrong(now, k, name) for k in both)
        lost = sum(not wrong(before, k, name) and wrong(now, k, name) for k in both)
        right = sum(not wrong(now, k, name) for k in both)
        lines.append(f"| {name} | {right - gained + lost} | {right} | {gained} | {lost} |")
    lines += ["", f"Of {len(both)} labelled figures. Those whose value, what or speaker changed sides:", ""]
    bad = lambda side, key: [n for n in side[key] if n in LEDGER]  # noqa: E731
    for title, keys in (
        ("gained", [k for k in both if bad(before, k) and not bad(now, k)]),
        ("lost", [k for k in both if not bad(before, k) and bad(now, k)]),
    ):
        lines += [f"- {title}: {k} “{words[k]}” ({', '.join(bad(before, k) or bad(now, k))})" for k in keys[:SHOWN]]
        lines += [f"- {title}: {len(keys) - SHOWN} more"] if len(keys) > SHOWN else []
    return lines


def engines() -> tuple[dict[str, str], list[str]]:
    """Return the engines that can read, each with its name and version, and a line for each that cannot."""
    there, missing = {}, []
    for engine in ENGINES:
        try:
            there[engine] = read(from_text("Police said 14 people died."), engine=engine).engine
        except CounterfoilError as error:
            missing.append(f"Engine `{engine}` could not be scored: {error.what}.")
    return there, missing


def kept() -> list[str]:
    """Return the lines of the section on other libraries as the page has them."""
    lines = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    return lines[lines.index(HEADING) :] if HEADING in lines else [HEADING, "", "Not measured yet: `make eval`."]


def main(argv: list[str]) -> None:
    """Write the page; with --accept, keep the outcomes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=ENGINES, default=DEFAULT)
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--peers", action="store_true")
    asked = parser.parse_args(argv)
    engine = asked.engine
    if not all(path.exists() for paths in SETS.values() for path in paths):
        print(f"no labelled articles in {SHARED}: nothing to score", file=sys.stderr)
        sys.exit(3)
    score = scorer()
    accepted: dict[str, Outcomes] = json.loads(OUTCOMES.read_text(encoding="utf-8")) if OUTCOMES.exists() else {}
    there, missing = engines()
    if engine not in there:
        sys.exit("\n".join(missing))
    outcomes: dict[str, Outcomes] = {e: {} for e in there}
    words: dict[str, str] = {}
    lines = [
        "# Evaluation",
        "",
        f"Written by `make eval` on {date.today().isoformat()}: {', '.join(f'`{v}`' for v in there.values())},",
        "scored on articles that no rule was written from and no weight learnt from; thresholds were chosen on the dev",
        f"articles, and nothing at all on those under `{HELD}`, which are our own (eval/articles). Scores are",
        "micro-averaged F1 in percent; `acc.` rows are accuracies over the numbers found; `ledger` counts a figure",
        f"only if its number, value, what and speaker are all right. `{NAMED}` is how often a name is right,",
        f"`{UNNAMED}` how often there is none, both over the statements whose content matches a labelled one.",
        "Intervals come from resampling whole articles, that of a difference from the same articles in both.",
        "`naive`: every run of",
        "digits is a figure, the next word is what it counts, and nobody said it.",
        *(f"\n{line}" for line in missing),
    ]
    for name, paths in SETS.items():
        articles = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
        scored = {e: evaluate(score, articles, by(e)) for e in there}
        for e, one in scored.items():
            outcomes[e] |= {} if name == HELD else one.outcomes
            totals = zip(one.names, f1(one.counts.sum(0)).round(1).tolist(), strict=True)
            print(name, there[e], dict(totals))
        words |= {f"{a['id']} {f['number'][0]}": a["text"][slice(*f["number"])] for a in articles for f in a["figures"]}
        aims = AIMS | OTHER_AIMS.get(name, {})
        lines += ["", f"## {name}: {len(articles)} articles", ""]
        lines += table(scored, evaluate(score, articles, naive), engine, aims)
    if "encoder" in there:
        lines += ["", "## Encoder against rules", ""]
        lines += changes(outcomes["rules"], outcomes["encoder"], words, sides=("by rules", "by encoder"))
    lines += ["", f"## Against the accepted run of `{engine}`", ""]
    lines += changes(accepted.get(engine, {}), outcomes[engine], words, sides=("before", "now"))
    lines += ["", *(section() if asked.peers else kept())]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if asked.accept:
        accepted[engine] = outcomes[engine]
        OUTCOMES.write_text(json.dumps(accepted, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"\n{PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
