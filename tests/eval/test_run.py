"""The evaluation counts as its page says; the labelled articles and their scorer are not needed."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

EVAL = Path(__file__).resolve().parents[2] / "eval"


@pytest.fixture(scope="module")
def run() -> ModuleType:
    for name in ("grammars", "run"):
        spec = importlib.util.spec_from_file_location(name, EVAL / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # dataclasses look their module up, and one imports the other
        spec.loader.exec_module(module)
    return sys.modules["run"]


def scored(run: ModuleType, rows: list[tuple[int, int, int]]) -> object:
    return run.Scored(("ledger",), np.array([[row] for row in rows]), {})


def test_f1_is_twice_what_is_right_over_what_is_labelled_and_found(run: ModuleType) -> None:
    assert run.f1(np.array([[3, 4, 8], [0, 2, 0], [0, 0, 0]])).tolist() == [
        50.0,
        0.0,
        pytest.approx(np.nan, nan_ok=True),
    ]


def test_an_interval_is_of_articles_and_that_of_a_difference_of_the_same_ones(run: ModuleType) -> None:
    rows = [(n % 4, 4, 4) for n in range(20)]
    better = [(right + 1, 4, 4) for right, _, _ in rows]
    low, high = run.interval(run.resampled(scored(run, rows).counts))[:, 0]
    assert low < 100 * sum(n % 4 for n in range(20)) / 80 < high
    gap = run.resampled(scored(run, better).counts) - run.resampled(scored(run, rows).counts)
    assert run.interval(gap)[:, 0].tolist() == pytest.approx([25.0, 25.0])  # each article gains as much
    [head, _, row] = run.table(
        {"rules": scored(run, rows), "encoder": scored(run, better)}, scored(run, rows), "encoder", {"ledger": 72}
    )
    assert "encoder − rules" in head
    assert "| ledger | 72 | 37.5 (" in row
    assert "| +25.0 (+25.0 to +25.0) | 62.5 | 62.5 | 80 | 37.5 |" in row


def test_one_engine_alone_is_compared_with_none(run: ModuleType) -> None:
    one = scored(run, [(0, 0, 0), (0, 0, 0)])
    [head, line, row] = run.table({"rules": one}, one, "rules", {})
    assert "−" not in head
    assert head.count("|") == row.count("|") == line.count("|")
    assert "nan" not in row


def test_gains_and_losses_are_told_by_case(run: ModuleType) -> None:
    rules = {"a 1": ["what"], "a 9": [], "b 2": ["missed"], "b 5": ["event"], "c 1": []}
    encoder = {"a 1": [], "a 9": ["speaker", "place"], "b 2": [], "b 5": [], "d 1": []}
    words = {"a 1": "14", "a 9": "a third", "b 2": "dozens", "b 5": "2%"}
    lines = run.changes(rules, encoder, words, sides=("by rules", "by encoder"))
    assert lines[0] == "| what | right by rules | right by encoder | gained | lost |"
    assert "| what | 2 | 4 | 2 | 0 |" in lines
    assert "| event | 2 | 4 | 2 | 0 |" in lines
    assert "| speaker | 3 | 3 | 1 | 1 |" in lines
    assert [line for line in lines if line.startswith("- ")] == [
        "- gained: a 1 “14” (what)",
        "- gained: b 2 “dozens” (missed)",
        "- lost: a 9 “a third” (speaker)",
    ]
    assert run.changes({}, encoder, words, sides=("before", "now")) == ["No run was accepted before this one."]


def test_it_is_told_of_each_statement_whether_its_speaker_is_named(run: ModuleType) -> None:
    text = "He said that 40 people were missing.\n\nHanan Osman said that 12 people had drowned."
    found = run.by("rules")({"text": text, "title": "", "published": "2024-06-12"})
    assert [one["speaker"] for one in found["statements"]][1] == "Hanan Osman"
    assert found["named"] == [False, True]
