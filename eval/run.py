"""Score reading on the labelled articles beside the project and write docs/evaluation.md.

    python eval/run.py [--accept] [--peers]

--accept: later runs are compared with this one. --peers: set our grammars beside other libraries too, which takes two
minutes; without it the page keeps what it had of that.

The outcome of every labelled figure in the accepted run is kept in eval/outcomes.json (ids and offsets only), so
that each run can name what it gained and what it lost. Exits 3 where the labelled articles are missing.
"""

import importlib.util
import json
import random
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from counterfoil.documents import Options, from_text
from counterfoil.publishing.labels import labels
from counterfoil.reading import read
from grammars import HEADING, section

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SETS = {"wikinews/dev": SHARED / "corpus/wikinews/dev.jsonl", "authored/dev": SHARED / "corpus/authored/dev.jsonl"}
OUTCOMES = ROOT / "eval" / "outcomes.json"
PAGE = ROOT / "docs" / "evaluation.md"
AIMS = {"number": 95, "acc.value": 95, "attributed": 60, "cue.soft": 70, "ledger": 45}
CASES = [f"acc.{n}" for n in ("value", "speaker", "unit", "kind", "concept", "dir", "period")]
CASES += [f"role.{n}" for n in ("hedge", "what", "event", "time", "place", "base")]
LEDGER = ("missed", "value", "what", "speaker")
RESAMPLES = 1000
SHOWN = 40  # gains and losses listed; all are counted

Article = dict[str, Any]


def scorer() -> ModuleType:
    """Return the scorer of the label format as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "eval/score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_rules(article: Article) -> dict[str, Any]:
    """Read an article as the product does."""
    day = date.fromisoformat(article["published"]) if article.get("published") else None
    return labels(read(from_text(article["text"], Options(title=article["title"], published=day)), engine="rules"))


def naive(article: Article) -> dict[str, Any]:
    """The naive way: every run of digits is a figure, the next word is what it counts, nobody said it."""
    figures = []
    for match in re.finditer(r"\d[\d,.]*(?<![,.])", article["text"]):
        after = re.compile(r"\s+(\w+)").match(article["text"], match.end())
        value = float(match.group().replace(",", "")) if match.group().count(".") < 2 else None
        what = list(after.span(1)) if after else None
        figures.append({"number": list(match.span()), "what": what, "statement": None, "low": value, "high": value})
    return {"statements": [], "figures": figures}


def evaluate(
    score: ModuleType, articles: list[Article], reader: Callable[[Article], dict[str, Any]]
) -> tuple[list[Any], dict[str, list[str]]]:
    """Return one tally for each article, and what is wrong with each labelled figure ([] for nothing)."""

    def alike(a: dict[str, Any], b: dict[str, Any]) -> float:
        return float(score.jaccard(set(range(*a["number"])), set(range(*b["number"]))))

    tallies, outcomes = [], {}
    for article in articles:
        found = reader(article)
        tally = score.Tally()
        score.article(article, found, tally, None)
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
    return tallies, outcomes


def total(score: ModuleType, tallies: list[Any]) -> Any:
    """Return the sum of tallies."""
    whole = score.Tally()
    for tally in tallies:
        for name, (right, gold, made) in tally.items():
            whole.add(name, right, gold, made)
    return whole


def interval(score: ModuleType, tallies: list[Any], names: list[str]) -> dict[str, tuple[float, float]]:
    """Return the 90% interval of each score, by resampling whole articles."""
    draw = random.Random(11)
    runs: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(RESAMPLES):
        tally = total(score, draw.choices(tallies, k=len(tallies)))
        for name in names:
            runs[name].append(tally.f1(name))
    return {n: (sorted(v)[RESAMPLES // 20], sorted(v)[-RESAMPLES // 20]) for n, v in runs.items()}


def table(score: ModuleType, tallies: list[Any], plain: list[Any]) -> list[str]:
    """Return the rows of one set's table."""
    whole, base = total(score, tallies), total(score, plain)
    spans = interval(score, tallies, list(whole))
    rows = [
        "| score | F1 | 90% interval | precision | recall | labelled | naive | aim |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in whole:
        precision, recall = whole.precision_recall(name)
        low, high = spans[name]
        aim = f"{AIMS[name]}" if name in AIMS else ""
        rows.append(
            f"| {name} | {whole.f1(name):.1f} | {low:.1f}–{high:.1f} | {precision:.1f} | {recall:.1f} "
            f"| {whole[name][1]} | {base.f1(name):.1f} | {aim} |".replace("nan", "–")
        )
    return rows


def changes(before: dict[str, list[str]], now: dict[str, list[str]], words: dict[str, str]) -> list[str]:
    """Return the lines that name what was gained and lost against the accepted run."""
    if not before:
        return ["No run was accepted before this one."]
    both = [k for k in now if k in before]
    wrong = lambda side, key, name: "missed" in side[key] or name in side[key]  # noqa: E731
    lines = ["| what | right before | right now | gained | lost |", "|---|---|---|---|---|"]
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


def kept() -> list[str]:
    """Return the lines of the section on other libraries as the page has them."""
    lines = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    return lines[lines.index(HEADING) :] if HEADING in lines else [HEADING, "", "Not measured yet: `make eval`."]


def main(argv: list[str]) -> None:
    """Write the page; with --accept, keep the outcomes."""
    if not all(path.exists() for path in SETS.values()):
        print(f"no labelled articles in {SHARED}: nothing to score", file=sys.stderr)
        sys.exit(3)
    score = scorer()
    before = json.loads(OUTCOMES.read_text(encoding="utf-8")) if OUTCOMES.exists() else {}
    outcomes: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    lines = [
        "# Evaluation",
        "",
        f"Written by `make eval` on {date.today().isoformat()}: engine `rules`, scored on articles that no rule was",
        "written from and no weight learnt from. Scores are micro-averaged, in percent; `acc.` rows are accuracies",
        "over the numbers found; `ledger` counts a figure only if its number, value, what and speaker are all right.",
        "The interval comes from resampling whole articles. `naive`: every run of digits is a figure, the next word is",
        "what it counts, and nobody said it.",
    ]
    for name, path in SETS.items():
        articles = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        tallies, found = evaluate(score, articles, by_rules)
        plain, _ = evaluate(score, articles, naive)
        outcomes |= found
        words |= {f"{a['id']} {f['number'][0]}": a["text"][slice(*f["number"])] for a in articles for f in a["figures"]}
        lines += ["", f"## {name}: {len(articles)} articles", "", *table(score, tallies, plain)]
        whole = total(score, tallies)
        print(name, {n: round(whole.f1(n), 1) for n in whole})
    lines += ["", "## Against the accepted run", "", *changes(before, outcomes, words)]
    lines += ["", *(section() if "--peers" in argv else kept())]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if "--accept" in argv:
        OUTCOMES.write_text(json.dumps(outcomes, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"\n{PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
