"""Score relations on the labelled set of this folder: precision and recall by relation, both halves.

    python eval/relations/run.py [--show] [--write] [--labels FILE]

--show: list what is wrong in the half for development. --write: put the tables into results.md. --labels: score against
other labels (adjudicated.jsonl by default).

Each item is scored twice: on figures as the default engine reads them, and on gold figures, where every marked figure
is what a careful reader takes it for (sides.jsonl), so that what reading loses can be told from what relating does.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from counterfoil.comparing.intervals import allowed, place_values
from counterfoil.documents import Options, from_text
from counterfoil.reading import read
from counterfoil.reading.model import (
    Figure,
    Hedge,
    Kind,
    Measure,
    Modality,
    Period,
    Place,
    Precision,
    Quantity,
    Tally,
)
from counterfoil.relating import article, relate_all
from counterfoil.relating.model import Article, RelationKind, Side
from counterfoil.spans import Anchor, Reading, Span

HERE = Path(__file__).resolve().parent
MARK = re.compile(r"⟦(\w)\|(.*?)⟧")
EITHER = {"agrees", "contradicts", "re-characterises", "different-measure"}  # no direction
Pair = tuple[str, str, str]
Spot = tuple[str, int, str]  # digest of a text, offset, outlet


def lines(name: str) -> dict[str, Any]:
    """Return the items of a file of this folder by their id."""
    rows = (json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines())
    return {row["id"]: row for row in rows}


def unmarked(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """Return the text without its marks, and where each marked figure stands in it."""
    text, spans, at = "", {}, 0
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        spans[found.group(1)] = (len(text), len(text) + len(found.group(2)))
        text += found.group(2)
        at = found.end()
    return text + marked[at:], spans


def gold(side: dict[str, Any], anchor: Anchor, published: date, read_as: Figure | None) -> Side:
    """Return the side that a careful reader would make of a marked figure.

    read_as  the figure as read, if it was: its words for hedge, days and place stay where they were found.
    """
    value = Decimal(side["value"])
    hedge = Hedge(side["hedge"])
    grain, coarsest = place_values(value)
    plain = Quantity(None, None, side["unit"], hedge, value, value, grain, coarsest)
    if hedge in (Hedge.MORE_THAN, Hedge.AT_LEAST):
        plain = replace(plain, said_high=None)
    wide = allowed(plain)
    days = [date.fromisoformat(side[end]) if side[end] else None for end in ("first", "last")]
    period = Period(days[0], days[1], Precision.DAY, open_start=days[0] is None) if any(days) else None
    where = side["place"]
    place = Place(where["name"], where["country"], where["admin1"], where["level"]) if where else None
    by = "gold"
    days_at = read_as.period.anchor if read_as and read_as.period else anchor
    place_at = read_as.place.anchor if read_as and read_as.place else anchor
    figure = Figure(
        Reading(replace(plain, low=wide.low, high=wide.high), anchor, by),
        Kind(side["kind"]),
        measure=Reading(Measure(side["code"], side["code"].replace("_", " "), side["population"]), anchor, by),
        hedge=read_as.hedge if read_as else None,
        period=Reading(period, days_at, by) if period else None,
        place=Reading(place, place_at, by) if place else None,
        modality=Modality(side["modality"]),
        as_of=published,
        tally=Reading(Tally(side["tally"]), anchor, by) if side["tally"] else None,
    )
    return Side(figure, side["speaker"], "article")


def articles(item: dict[str, Any], sides: dict[str, Any] | None) -> tuple[list[Article], dict[Spot, str]]:
    """Return the item's articles, read, and the name of each marked figure by its text, offset and outlet.

    sides  gold sides to put in place of what was read; None for figures as read.
    """
    found, names = [], {}
    for one in item["articles"]:
        text, spans = unmarked(one["text"])
        published = date.fromisoformat(one["published"])
        document = from_text(text, Options(published=published))
        document = replace(document, outlet=one["outlet"])
        read_one = article(read(document))
        start_of = {(a, b): name for name, (a, b) in spans.items()}
        kept = []
        for side in read_one.sides:
            span = side.figure.number.anchor.span
            name = next((n for (a, b), n in start_of.items() if span.start < b and a < span.end), None)
            if name is not None:
                names[document.sha256, span.start, one["outlet"]] = name
            if name is None or sides is None:
                kept.append(side)
        if sides is not None:
            for name, (a, b) in spans.items():
                anchor = document.anchor(Span(a, b))
                was = next((s for s in read_one.sides if s.figure.number.anchor.span.overlaps(anchor.span)), None)
                made = gold(sides[name], anchor, published, was.figure if was else None)
                kept.append(replace(made, said=was.said) if was else made)
                names[document.sha256, a, one["outlet"]] = name
            kept.sort(key=lambda side: side.figure.number.anchor.span.start)
        found.append(Article(read_one.document, read_one.statements, tuple(kept)))
    return found, names


def found_in(item: dict[str, Any], sides: dict[str, Any] | None) -> dict[Pair, str]:
    """Return the relations found between marked figures, each with its reason."""
    made, names = articles(item, sides)
    pairs: dict[Pair, str] = {}
    for relation in relate_all(made).relations:
        ends = [
            names.get((s.figure.number.anchor.document, s.figure.number.anchor.span.start, s.outlet or ""))
            for s in (relation.a, relation.b)
        ]
        if None not in ends and ends[0] != ends[1]:
            pairs[_pair(str(ends[0]), str(ends[1]), relation.kind.value)] = relation.reason
    return pairs


def _settled(pair: Pair, days: dict[str, str], first: dict[str, str]) -> Pair:
    """Return the pair as it is scored.

    Of two articles of one day, neither is the first: copies, relays and slips are scored without direction, and what is
    said of a repeat is taken as said of the figure that it repeats.
    """
    a, b, kind = pair
    if kind in ("copies", "relays", "typo") and days[a] == days[b]:
        return (min(a, b), max(a, b), kind)
    if kind not in ("copies", "relays", "rounds"):
        a, b = (first[n] if n in first and days[n] == days[first[n]] else n for n in (a, b))
    return _pair(a, b, kind)


def _pair(a: str, b: str, kind: str) -> Pair:
    return (min(a, b), max(a, b), kind) if kind in EITHER else (a, b, kind)


def table(right: Counter[str], labelled: Counter[str], found: Counter[str]) -> list[str]:
    """Return the rows of a table: labelled, found, right, precision and recall of each relation and of all."""
    rows = ["| relation | labelled | found | right | precision | recall |", "|---|---|---|---|---|---|"]
    for kind in (*(k.value for k in RelationKind), "all"):
        n, m, r = ((sum(c.values()) if kind == "all" else c[kind]) for c in (labelled, found, right))
        shares = [f"{100 * r / d:.0f}" if d else "–" for d in (m, n)]
        rows.append(f"| {kind} | {n} | {m} | {r} | {shares[0]} | {shares[1]} |")
    return rows


def scored(
    texts: dict[str, Any], labels: dict[str, Any], sides: dict[str, Any] | None, *, how: str, show: bool
) -> list[str]:
    """Return the tables of both halves, for figures as read or, with `sides`, gold figures.

    show  print what is wrong in the half for development.
    """
    counts: dict[str, tuple[Counter[str], Counter[str], Counter[str]]] = {
        half: (Counter(), Counter(), Counter()) for half in ("for development", "held out")
    }
    for id_, item in texts.items():
        half = "for development" if int(id_[1:]) % 2 else "held out"
        right, labelled, found = counts[half]
        days = {n: one["published"] for one in item["articles"] for n in unmarked(one["text"])[1]}
        first = {a: b for a, b, kind in labels[id_]["relations"] if kind in ("copies", "relays")}
        wanted = {_settled((a, b, kind), days, first) for a, b, kind in labels[id_]["relations"]}
        made = found_in(item, sides[id_]["sides"] if sides else None)
        seen = {_settled(pair, days, first): reason for pair, reason in made.items()}
        labelled.update(kind for _, _, kind in wanted)
        found.update(kind for _, _, kind in seen)
        right.update(kind for _, _, kind in wanted & set(seen))
        if show and half == "for development":
            for pair in sorted(wanted - set(seen)):
                print(f"{how}: {id_} missed {pair}")
            for pair in sorted(set(seen) - wanted):
                print(f"{how}: {id_} wrong {pair}: {seen[pair]}")
    page = []
    for half, (right, labelled, found) in counts.items():
        page += [f"## {how[0].upper()}{how[1:]}, {half}", "", *table(right, labelled, found), ""]
    return page


def main(arguments: Sequence[str] | None = None) -> None:
    """Score, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--labels", default="adjudicated.jsonl")
    options = parser.parse_args(arguments)
    texts, labels, sides = lines("texts.jsonl"), lines(options.labels), lines("sides.jsonl")
    harder, harder_labels = lines("harder-texts.jsonl"), lines("harder-labels.jsonl")
    page = [
        "# Relations found",
        "",
        "Made by `python eval/relations/run.py --write`. What the labels mean stands in `README.md`.",
        "",
        *scored(texts, labels, None, how="figures as read", show=options.show),
        *scored(texts, labels, sides, how="gold figures", show=options.show),
        *scored(harder, harder_labels, None, how="harder texts, figures as read", show=options.show),
    ]
    print("\n".join(page))
    if options.write:
        (HERE / "results.md").write_text("\n".join(page), encoding="utf-8")


if __name__ == "__main__":
    main()
