"""The labelled relations fit each other: texts, sides, both readers, the gold, and the pages that tell of them."""

import importlib.util
import json
import re
import string
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.relating.model import RelationKind

HERE = Path(__file__).resolve().parents[2] / "eval" / "relations"
LABELS = ("labels-first.jsonl", "labels-second.jsonl", "adjudicated.jsonl")
EITHER = {"agrees", "contradicts", "re-characterises", "different-measure"}
NUMERALS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}


def lines(name: str) -> dict[str, Any]:
    rows = [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


TEXTS, SIDES = lines("texts.jsonl"), lines("sides.jsonl")
FIRST, SECOND, GOLD = (lines(name) for name in LABELS)


@pytest.fixture(scope="module")
def run() -> ModuleType:
    spec = importlib.util.spec_from_file_location("relations_run", HERE / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def marked(item: dict[str, Any]) -> dict[str, tuple[str, date, str]]:
    """Return each marked figure's words, day and outlet by its name."""
    found = [
        (name, (words, date.fromisoformat(one["published"]), one["outlet"]))
        for one in item["articles"]
        for name, words in re.findall(r"⟦(\w)\|(.*?)⟧", one["text"])
    ]
    assert len({name for name, _ in found}) == len(found), f"{item['id']}: two figures of one name"
    return dict(found)


def number(words: str) -> Decimal:
    """Return what the words of a marked figure say."""
    digits, _, scale = words.replace(",", "").partition(" ")
    plain = NUMERALS.get(digits.lower())
    return (Decimal(digits) if plain is None else Decimal(plain)) * {"": 1, "million": 1_000_000}[scale]


def of_pairs(labels: dict[str, Any]) -> dict[tuple[str, str, str], str]:
    """Return the relation of each pair of marked figures of an item, with its direction where it has one."""
    found = {}
    for id_, item in TEXTS.items():
        said = {frozenset(names): (tuple(names), kind) for *names, kind in labels[id_]["relations"]}
        for pair in combinations(sorted(marked(item)), 2):
            names, kind = said.get(frozenset(pair), (pair, "none"))
            found[(id_, *pair)] = kind if kind in EITHER or names == pair else f"{kind}, backwards"
    return found


def kappa(first: list[Any], second: list[Any]) -> float:
    """Return Cohen's kappa (Educational and Psychological Measurement 20, 1960, p. 40)."""
    seen = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    ones, others = Counter(first), Counter(second)
    by_chance = sum(count * others[kind] for kind, count in ones.items()) / len(first) ** 2
    return (seen - by_chance) / (1 - by_chance)


def rows_under(page: str, heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading of a page of this folder, without the heads of its columns."""
    part = (HERE / page).read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.mark.parametrize("name", [*LABELS, "sides.jsonl"])
def test_each_file_has_the_items_of_the_texts_in_their_order(name: str) -> None:
    assert list(lines(name)) == list(TEXTS)


def test_there_are_enough_pairs_stories_and_relations() -> None:
    assert sum(id_.startswith("p") for id_ in TEXTS) >= 150
    assert sum(id_.startswith("s") for id_ in TEXTS) >= 20
    counts = Counter(kind for row in GOLD.values() for _, _, kind in row["relations"])
    assert set(counts) == {kind.value for kind in RelationKind}
    assert sum(not row["relations"] for row in GOLD.values()) >= 24


@pytest.mark.parametrize("name", LABELS)
def test_labels_name_marked_figures_once_and_known_relations(name: str) -> None:
    for id_, row in lines(name).items():
        assert set(row) == {"id", "relations"}
        pairs = [frozenset(names) for *names, _ in row["relations"]]
        assert all(len(pair) == 2 and pair <= set(marked(TEXTS[id_])) for pair in pairs), id_
        assert len(set(pairs)) == len(pairs), f"{id_}: a pair has two relations"
        assert {kind for _, _, kind in row["relations"]} <= {kind.value for kind in RelationKind}, id_


@pytest.mark.parametrize("id_", TEXTS)
def test_marks_stand_where_the_figures_stand(id_: str, run: ModuleType) -> None:
    names: dict[str, str] = {}
    for one in TEXTS[id_]["articles"]:
        text, spans = run.unmarked(one["text"])
        assert not set(text) & set("⟦⟧")
        names |= {name: text[a:b] for name, (a, b) in spans.items()}
        # A mark that cuts a number in two would move the figure: "⟦a|1,2⟧00".
        assert all(not text[b : b + 1].isalnum() and not text[a - 1 : a].isalnum() for a, b in spans.values())
    assert names == {name: words for name, (words, _, _) in marked(TEXTS[id_]).items()}
    sides = SIDES[id_]["sides"]
    assert {name: number(words) for name, words in names.items()} == {
        name: Decimal(side["value"]) for name, side in sides.items()
    }


@given(st.lists(st.tuples(*[st.text(string.ascii_letters + " ,.é😀")] * 2), max_size=26))
def test_what_is_marked_is_found_again_where_the_text_has_no_marks(
    run: ModuleType, parts: list[tuple[str, str]]
) -> None:
    named = dict(zip(string.ascii_lowercase, parts, strict=False))
    text, spans = run.unmarked("".join(f"{before}⟦{name}|{words}⟧" for name, (before, words) in named.items()))
    assert text == "".join(before + words for before, words in parts)
    assert {name: text[a:b] for name, (a, b) in spans.items()} == {name: words for name, (_, words) in named.items()}


def digits(value: Decimal) -> int:
    """Return how many digits say something: 42,000 has two."""
    return len(value.normalize().as_tuple().digits)


def slip(one: Decimal, other: Decimal) -> bool:
    """Tell whether two neighbouring digits are swapped, or the one is ten or a thousand times the other."""
    a, b = str(one), str(other)
    swaps = {a[:at] + a[at + 1] + a[at] + a[at + 2 :] for at in range(len(a) - 1)}
    return b in swaps - {a} or max(one, other) / min(one, other) in (10, 1000)


def test_gold_labels_hold_of_the_numbers_and_days() -> None:
    wrong = []
    for id_, row in GOLD.items():
        said = marked(TEXTS[id_])
        for one, other, kind in row["relations"]:
            (x, day_x, _), (y, day_y, outlet_y) = said[one], said[other]
            a, b = number(x), number(y)
            holds = {
                "agrees": abs(a - b) <= max(a, b) / 10,
                "copies": a == b and day_x >= day_y,
                "relays": a == b and day_x >= day_y,
                "rounds": abs(a - b) <= max(a, b) / 10 and digits(a) < digits(b),
                "supersedes": a > b and day_x > day_y,
                "revises": a != b and day_x > day_y,
                "part-of": a < b,
                "sum-of": b < a,
                "contradicts": a != b,
                "re-characterises": abs(a - b) <= max(a, b) / 10,
                "different-measure": a == b,
                "denies": a == b and day_x >= day_y,
                "misstated": a != b and outlet_y.lower() in (SIDES[id_]["sides"][one]["speaker"] or "").lower(),
                "typo": slip(a, b),
            }[kind]
            if not holds:
                wrong.append((id_, one, other, kind))
    assert wrong == []


def test_parts_and_an_old_count_make_the_whole() -> None:
    for id_, row in GOLD.items():
        said = {name: number(words) for name, (words, _, _) in marked(TEXTS[id_]).items()}
        for whole in {a for a, _, kind in row["relations"] if kind == "sum-of"}:
            parts = [b for a, b, kind in row["relations"] if a == whole and kind in ("sum-of", "supersedes")]
            assert sum(said[part] for part in parts) == said[whole], f"{id_}: {whole}"


def test_the_page_tells_each_decision_and_no_other() -> None:
    first, second, gold = (of_pairs(labels) for labels in (FIRST, SECOND, GOLD))
    decided = {
        (pair[0], frozenset(pair[1:])): (first[pair], second[pair], gold[pair])
        for pair in gold
        if not first[pair] == second[pair] == gold[pair]
    }
    told = {
        (item, frozenset(pair.split(", "))): (one, other, final)
        for item, pair, one, other, final, _, _ in rows_under("adjudication.md", "Decided")
    }
    plain = {at: tuple(kind.removesuffix(", backwards") for kind in kinds) for at, kinds in decided.items()}
    assert told == plain


def test_the_page_tells_the_agreement_that_the_files_have() -> None:
    first, second, gold = (list(of_pairs(labels).values()) for labels in (FIRST, SECOND, GOLD))
    plain = [[kind.removesuffix(", backwards") for kind in kinds] for kinds in (first, second, gold)]
    table = []
    for kind in (*(kind.value for kind in RelationKind), "none"):
        # A relation read the other way round is a disagreement: it is set beside the reader's as another one.
        ones = [a if b == kind else "" for a, b in zip(first, plain[0], strict=True)]
        others = [a if b == kind else "" for a, b in zip(second, plain[1], strict=True)]
        both = sum(a == b != "" for a, b in zip(ones, others, strict=True))
        counts = [str(labels.count(kind)) for labels in plain[:2]]
        share = f"{200 * both / sum(map(int, counts)):.0f}"  # of the labels of both readers, those that agree
        table.append([kind, *counts, str(both), share, f"{kappa(ones, others):.2f}", str(plain[2].count(kind))])
    agreed = sum(a == b for a, b in zip(first, second, strict=True))
    total, share = str(len(gold)), f"{100 * agreed / len(gold):.0f}"
    table.append(["all", total, total, str(agreed), share, f"{kappa(first, second):.2f}", total])
    assert rows_under("README.md", "Agreement") == table


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (["x"] * 25 + ["y"] * 25, ["x"] * 20 + ["y"] * 5 + ["x"] * 10 + ["y"] * 15, 0.4),  # 0.7 seen, 0.5 by chance
        (["x", "y"], ["y", "x"], -1.0),
        (["x", "y", "z"], ["x", "y", "z"], 1.0),
    ],
)
def test_kappa(first: list[str], second: list[str], expected: float) -> None:
    assert kappa(first, second) == pytest.approx(expected)
