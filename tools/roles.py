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
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from counterfoil.reading import figures, numbers, periods, places, roles, sentences, words
from counterfoil.reading.numbers import Number

Name = tuple[str, str]  # one thing that can be seen: what the seat fixes, and the candidate's value
Example = list[tuple[list[Name], float]]  # what can be seen of each candidate, and its overlap with the label

TARGET = Path(roles.__file__).parent / "lexicon" / "roles.tsv"
HEAD = """# Weights of counterfoil.reading.roles: role, what the number's seat fixes, then each value with its weight.
# Learnt by tools/roles.py.
"""
ROUNDS, RATE, DECAY = 12, 0.1, 1e-3  # chosen by --check
SMALL = 0.1  # weights nearer to nothing are not worth their place in the file
FEWEST = 2  # a name seen in one figure alone teaches nothing that carries over


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Return the Jaccard of two token ranges."""
    both = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return both / (a[1] - a[0] + b[1] - b[0] - both)


def match(numbers: Sequence[Number], span: list[int]) -> Number | None:
    """Return the number that the grammar found where the label stands, if it found one."""
    best = max(numbers, key=lambda n: overlap((n.span.start, n.span.end), (span[0], span[1])), default=None)
    return best if best and overlap((best.span.start, best.span.end), (span[0], span[1])) >= 0.5 else None


def examples(article: dict[str, Any]) -> dict[str, list[Example]]:
    """Return, for each role and each figure that the grammar finds, the candidates with their fit to the labels."""
    text = article["text"]
    table = words.tag(text)
    spans = sentences.find(text)
    found, _ = numbers.find(text)
    day = date.fromisoformat(article["published"]) if article["published"] else None
    when = periods.find(text, day)
    labelled = {n.span: f for f in article["figures"] if (n := match(found, f["number"]))}
    times, places_ = figures.time_settings(table, spans, when), figures.place_settings(table, spans, places.find(text))
    tokens = lambda span: (table.at(span[0]), table.at(span[1] - 1) + 1)  # noqa: E731
    rows: dict[str, list[Example]] = {"what": [], "event": [], "time": [], "place": []}
    before: dict[str, Any] = {}
    earlier: dict[str, roles.Last] = {}
    inside = [n for n in found if not any(t.span.start <= n.span.start and n.span.end <= t.span.end for t in when)]
    for row in figures.seats(table, spans, inside, when):
        figure = labelled.get(row.number.span)
        if figure is None:
            continue
        gold = {role: tokens(figure[role]) if figure[role] else None for role in rows}
        for role in ("what", "event"):
            example = []
            for span, fixed, values in roles.candidates(
                row.seat,
                row.line,
                role,
                str,
                earlier.get(role, roles.NOTHING),
                gold["what"] or roles.NOBODY,
            ):
                names = list(zip(fixed, values, strict=True))
                last, wanted = before.get(role), gold[role]
                if span == roles.NOBODY:
                    fit = float(wanted is None)
                elif span == roles.EARLIER:
                    fit = float(wanted is not None and last is not None and overlap(last, wanted) >= 0.5)
                else:
                    fit = overlap(span, wanted) if wanted else 0.0
                example.append((names, fit))
            rows[role].append(example)
            before[role] = gold[role] or before.get(role)
            earlier[role] = roles.Last(*(gold[role] or roles.NOBODY), row.line.index, row.seat.first)
        for role, near in (("time", times), ("place", places_)):
            example, chosen = [], None
            wanted = gold[role]
            for setting, fixed, values in roles.settings(
                row.seat, row.line, roles.Near(tuple(near)), before.get(role), str, gold["event"] or roles.NOBODY
            ):
                names = list(zip(fixed, values, strict=True))
                if setting is None:
                    fit = float(wanted is None)
                else:
                    fit = overlap((setting.first, setting.last), wanted) if wanted else 0.0
                    # The same place named again is as good: the label takes the nearest, not always this one.
                    if fit >= 0.5:
                        chosen = setting
                example.append((names, fit))
            rows[role].append(example)
            before[role] = chosen
    return rows


def learn(data: list[Any]) -> dict[Name, float]:
    """Return weights that make the best fitting candidate of each figure the most probable."""
    seen = Counter(name for rows in data for name in {n for names, _ in rows for n in names})
    weight: dict[Name, float] = defaultdict(float)
    squares: dict[Name, float] = defaultdict(lambda: 1e-2)
    order = [rows for rows in data if max(fit for _, fit in rows) >= 0.5]
    shuffle = random.Random(7)
    for _ in range(ROUNDS):
        shuffle.shuffle(order)
        for rows in order:
            rows = [([n for n in names if seen[n] >= FEWEST], fit) for names, fit in rows]
            totals = [sum(weight[n] for n in names) for names, _ in rows]
            top = max(totals)
            shares = [math.exp(t - top) for t in totals]
            scale = sum(shares)
            best = max(fit for _, fit in rows)
            wanted = [fit == best for _, fit in rows]
            inside = sum(s for s, w in zip(shares, wanted, strict=True) if w)
            gradient: dict[Name, float] = defaultdict(float)
            for (names, _), share, right in zip(rows, shares, wanted, strict=True):
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
    articles = [json.loads(line) for p in paths for line in Path(p).read_text(encoding="utf-8").splitlines()]
    data = [examples(article) for article in articles]
    lines = [HEAD]
    for role in ("what", "event", "time", "place"):
        if "--check" in argv:
            held = [example for rows in data[::5] for example in rows[role]]
            known = learn([example for i, rows in enumerate(data) if i % 5 for example in rows[role]])
            right = sum(
                max(example, key=lambda row: sum(known.get(name, 0.0) for name in row[0]))[1] >= 0.5 for example in held
            )
            reach = sum(max(fit for _, fit in example) >= 0.5 for example in held)
            shares = f"{100 * right / len(held):.1f}%, within reach {100 * reach / len(held):.1f}%"
            print(f"{role}: {right}/{len(held)} = {shares}")
        else:
            known = learn([example for rows in data for example in rows[role]])
            tables: dict[str, list[str]] = {}
            for (fixed, value), weight in sorted(known.items()):
                if abs(weight) >= SMALL:
                    tables.setdefault(fixed, [role, fixed]).extend((value, f"{weight:.2f}"))
            lines += ["\t".join(cells) + "\n" for cells in tables.values()]
    if "--check" not in argv:
        TARGET.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
