"""A copy of a labelled article has other names and numbers; its labels stand on words of the same kind."""

import random
import re
from pathlib import Path
from typing import Any

import pytest

from training import augment, data

OURS = sorted((Path(__file__).parents[2] / "training" / "authored").glob("w*.jsonl"))
ROLES = ("number", "hedge", "what", "event", "time", "place", "base")
ARTICLE = {
    "id": "a", "title": "", "published": "2024-05-03", "sha256": "",
    "text": "On Monday, Uzo Ruyx said about 1,250 people fled Herat. Ruyx\u2019s office said so on Friday.",
    "statements": [
        {"source": [11, 19], "cue": [20, 24], "content": [[25, 54]], "form": "indirect", "act": "speech",
         "speaker": "Uzo Ruyx"},
    ],
    "figures": [
        {"number": [31, 36], "hedge": [25, 30], "what": [37, 43], "event": [44, 48], "time": [0, 9], "place": [49, 54],
         "base": None, "low": 1250, "high": 1250},
    ],
}  # fmt: skip


def words(article: dict[str, Any]) -> dict[str, list[str]]:
    """Return the words of every label, by its kind."""
    text, found = article["text"], {}
    for one in (*article["statements"], *article["figures"]):
        for name in ("source", "cue", "content", *ROLES):
            if one.get(name):
                spans = one[name] if name == "content" else [one[name]]
                found.setdefault(name, []).extend(text[start:end] for start, end in spans)
    return found


def test_every_sort_of_word_changes_with_its_label() -> None:
    names, towns = (("Mei",), ("Okoro",)), ("Mbour",)
    copy = augment.swapped(ARTICLE, random.Random(3), names, towns)
    said = words(copy)
    assert (said["source"], said["place"], copy["statements"][0]["speaker"]) == (["Mei Okoro"], ["Mbour"], "Mei Okoro")
    assert "Okoro\u2019s office" in copy["text"]
    assert re.fullmatch(r"1,\d{3}", said["number"][0])
    assert said["hedge"][0] in augment.HEDGES[0]
    assert (said["what"], said["event"]) == (["people"], ["fled"])
    assert said["time"][0].split()[1] in augment.WEEKDAYS


@pytest.mark.parametrize("seed", [1, 2])
def test_labels_keep_their_number_of_words(seed: int) -> None:
    articles = data.load(OURS)
    names, towns = augment.people(articles), augment.places(articles)
    draw, other = random.Random(seed), 0
    for article in articles:
        copy = augment.swapped(article, draw, names, towns)
        before, after = words(article), words(copy)
        assert {name: len(spans) for name, spans in before.items()} == {n: len(spans) for n, spans in after.items()}
        for name, spans in after.items():
            assert spans == [one.strip() for one in spans]
            if name in ("source", "cue", "number"):
                assert [len(one.split()) for one in spans] == [len(one.split()) for one in before[name]]
        other += sum(a != b for name in before for a, b in zip(before[name], after[name], strict=True))
    assert other > 10 * len(articles)
