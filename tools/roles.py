"""Learn the weights of `counterfoil.reading.roles` from labelled articles.

    python tools/roles.py ARTICLES.jsonl...            learn from all of them, write the weights
    python tools/roles.py ARTICLES.jsonl... --check    learn from four fifths, print how often the rest is right

Multinomial logistic regression over the candidates of each figure, by stochastic gradient (AdaGrad), fixed seed.
"""

import json
import math
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from counterfoil.reading import phrases, roles, words

TARGET = Path(roles.__file__).parent / "lexicon" / "roles.tsv"
HEAD = "# Weights of counterfoil.reading.roles: role, what is seen, weight. Learnt by tools/roles.py.\n"
ROUNDS, RATE, DECAY = 12, 0.1, 1e-3  # chosen by --check
FEWEST = 2  # a name seen in one figure alone teaches nothing that carries over
SHAPES = {"percent": "percent", "ratio": "multiple", "percentage_point": "points"}


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Return the Jaccard of two token ranges."""
    both = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return both / (a[1] - a[0] + b[1] - b[0] - both)


def shape(figure: dict[str, Any]) -> str:
    """Return the number grammar's shape as the labels tell it."""
    kind, unit = figure["kind"], figure["unit"]
    if unit in SHAPES:
        return SHAPES[unit]
    return {"money": "money", "measure": "measure", "duration": "duration", "age": "age", "score": "score"}.get(
        kind, "count"
    )


def examples(path: str, role: str) -> list[list[tuple[tuple[int, int], list[str], float]]]:
    """Return, for each article and figure, the candidates: token range, names, overlap with the labelled words."""
    found = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        table = words.tag(article["text"])
        tokens = lambda span: (table.at(span[0]), table.at(span[1] - 1) + 1)  # noqa: E731
        before = None
        rows_of = []
        found.append(rows_of)
        for opens, closes in map(tokens, article["sentences"]):
            inside = [f for f in article["figures"] if opens <= table.at(f["number"][0]) < closes]
            inside.sort(key=lambda f: f["number"])
            cut = dict(tokens(f["number"]) for f in inside)
            runs = phrases.find(table, opens, closes, cut)
            for f in inside:
                first, last = tokens(f["number"])
                seat = roles.Seat(first, last, shape(f), opens, closes)
                gold = tokens(f[role]) if f[role] else None
                rows = []
                for span, names in roles.candidates(table, seat, runs, role, cut):
                    if span == roles.NOBODY:
                        fit = float(gold is None)
                    elif span == roles.EARLIER:
                        fit = float(gold is not None and before is not None and overlap(before, gold) >= 0.5)
                    else:
                        fit = overlap(span, gold) if gold else 0.0
                    rows.append((span, names, fit))
                rows_of.append(rows)
                before = gold or before
    return found


def learn(data: list[Any]) -> dict[str, float]:
    """Return weights that make the best fitting candidate of each figure the most probable."""
    seen = Counter(name for rows in data for name in {n for _, names, _ in rows for n in names})
    weight: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-2)
    order = [rows for rows in data if max(fit for *_, fit in rows) >= 0.5]
    shuffle = random.Random(7)
    for _ in range(ROUNDS):
        shuffle.shuffle(order)
        for rows in order:
            rows = [(span, [n for n in names if seen[n] >= FEWEST], fit) for span, names, fit in rows]
            totals = [sum(weight[n] for n in names) for _, names, _ in rows]
            top = max(totals)
            shares = [math.exp(t - top) for t in totals]
            scale = sum(shares)
            best = max(fit for *_, fit in rows)
            wanted = [fit == best for *_, fit in rows]
            inside = sum(s for s, w in zip(shares, wanted, strict=True) if w)
            gradient: dict[str, float] = defaultdict(float)
            for (_, names, _), share, right in zip(rows, shares, wanted, strict=True):
                slope = share / scale - (share / inside if right else 0.0)
                for n in names:
                    gradient[n] += slope
            for n, slope in gradient.items():
                slope += DECAY * weight[n]
                squares[n] += slope * slope
                weight[n] -= RATE * slope / math.sqrt(squares[n])
    return weight


def main(argv: list[str]) -> None:
    """Write the weights, or check them."""
    paths = [a for a in argv if not a.startswith("--")]
    lines = [HEAD]
    for role in ("what", "event"):
        articles = [article for path in paths for article in examples(path, role)]
        if "--check" in argv:
            held = [rows for article in articles[::5] for rows in article]
            known = learn([rows for i, article in enumerate(articles) if i % 5 for rows in article])
            right = sum(max(rows, key=lambda row: roles.score(row[1], known))[2] >= 0.5 for rows in held)
            reach = sum(max(fit for *_, fit in rows) >= 0.5 for rows in held)
            print(
                f"{role}: {right}/{len(held)} = {100 * right / len(held):.1f}%, within reach {100 * reach / len(held):.1f}%"
            )
        else:
            known = learn([rows for article in articles for rows in article])
            lines += [f"{role}\t{n}\t{w:.2f}\n" for n, w in sorted(known.items()) if abs(w) >= 0.05]
    if "--check" not in argv:
        TARGET.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
