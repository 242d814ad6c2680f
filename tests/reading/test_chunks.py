"""Noun phrases and verb groups."""

import pytest

from counterfoil.reading import chunks, words
from marking import marked


def found(text: str, numbers: str = "") -> list[str]:
    table = words.tag(text)
    cut = {i: i + 1 for i, word in enumerate(table.lower) if word in numbers.split()}
    runs = chunks.find(table, 0, len(table.tags), cut)
    return [f"{p.sort}:{text[table.starts[p.core] : table.ends[p.last - 1]]}" for p in runs]


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        ("39 wounded soldiers were flown out", "39", ["N:wounded soldiers", "V:were flown out"]),
        ("The rains have destroyed 40 houses", "40", ["N:rains", "V:have destroyed", "N:houses"]),
        ("two boats carrying migrants", "two", ["N:boats", "V:carrying", "N:migrants"]),
        ("She said those were safe", "", ["P:She", "V:said", "P:those", "V:were", "J:safe"]),
        ("conducted 15 strikes", "15", ["V:conducted", "N:strikes"]),
        ("12 dead", "12", ["J:dead"]),
    ],
)
def test_phrases(text: str, numbers: str, expected: list[str]) -> None:
    assert found(text, numbers) == expected


def test_a_number_cuts_a_phrase_in_two() -> None:
    text, [_] = marked("the ⟦12⟧ captured guards")
    assert found(text, "12") == ["N:captured guards"]
