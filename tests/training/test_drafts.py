"""Drafts become labelled articles, or all their faults are shown; what is labelled stands where it says."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from training import drafts

DRAFT = """\
id: quay-01
title: Quay gives way
published: 2022-03-05

Police chief Ana Ruiz said on Friday that 12 people had died. Two boats sank.
> src=Police chief Ana Ruiz / cue=said / say=that 12 people had died / sp=Ana Ruiz
# 12 / what=people / event=had died / time=on Friday / days=2022-03-04 / unit=person / kind=count_flow / concept=killed
"""


def compiled(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict[str, Any]], str]:
    path = tmp_path / "draft.txt"
    path.write_text(text, encoding="utf-8")
    code = drafts.main([str(path)])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_a_draft_becomes_an_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, [made], _ = compiled(DRAFT, tmp_path, capsys)
    quote = lambda span: made["text"][slice(*span)]  # noqa: E731
    [statement], [figure] = made["statements"], made["figures"]
    assert code == 0
    assert (quote(statement["cue"]), statement["form"]) == ("said", "indirect")
    assert {role: quote(figure[role]) for role in ("number", "what", "event", "time")} == {
        "number": "12", "what": "people", "event": "had died", "time": "on Friday",
    }  # fmt: skip
    assert (figure["low"], figure["high"], figure["statement"], figure["start"]) == (12, 12, 0, "2022-03-04")


def test_all_faults_of_a_draft_are_shown_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = DRAFT.replace("what=people", "what=goats").replace("cue=said", "cue=shouted").replace("title: Quay", "Quay")
    code, made, err = compiled(wrong + wrong, tmp_path, capsys)
    assert (code, made) == (2, [])
    for fault in ("'goats' does not stand in the sentence", "'shouted' does not stand", "no title", "is there twice"):
        assert fault in err


ROOT = Path(drafts.__file__).parents[1]
AUTHORED = sorted([*(ROOT / "training" / "authored").glob("*.jsonl"), *(ROOT / "eval" / "articles").glob("*.jsonl")])


def test_our_own_articles_have_exact_spans_and_an_id_each() -> None:
    articles = [json.loads(line) for path in AUTHORED for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(articles) >= 150
    assert [name for name, count in Counter(a["id"] for a in articles).items() if count > 1] == []
    assert [text for text, count in Counter(a["text"] for a in articles).items() if count > 1] == []
    for article in articles:
        spans = [s[role] for s in article["statements"] for role in ("source", "cue")]
        spans += [piece for s in article["statements"] for piece in s["content"]]
        spans += [f[role] for f in article["figures"] for role in ("number", *drafts.ROLES)]
        for start, end in filter(None, spans):
            words = article["text"][start:end]
            assert 0 <= start < end <= len(article["text"]), article["id"]
            assert words == words.strip(), article["id"]
        for figure in article["figures"]:
            assert figure["kind"] in drafts.KINDS
            assert figure["concept"] in drafts.CONCEPTS
            inner = figure["statement"]
            assert inner == drafts.innermost(article["statements"], figure["number"]), article["id"]
