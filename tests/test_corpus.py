"""Many articles: every line in gives a line out, in order; what cannot be read is said, not lost."""

import io
import json
from importlib.resources import files
from pathlib import Path

import pytest

from counterfoil import corpus

WEIGHTS = Path(str(files("counterfoil.reading"))) / "weights" / "weights.json"
GOOD = {"id": "a", "text": "Police said 14 people were hurt in Cotabato on Monday.", "published": "2024-03-06"}


def written(lines: list[bytes], workers: int = 1, engine: str = "rules") -> tuple[bytes, corpus.Tally]:
    out = io.BytesIO()
    tally = corpus.read_lines(io.BytesIO(b"\n".join(lines) + b"\n"), out, workers=workers, engine=engine)
    return out.getvalue(), tally


def run(lines: list[bytes], workers: int = 1) -> tuple[list[dict[str, object]], corpus.Tally]:
    out, tally = written(lines, workers)
    return [json.loads(line) for line in out.splitlines()], tally


def test_each_article_gives_its_statements_and_figures_with_offsets_into_the_given_text() -> None:
    [article], tally = run([json.dumps(GOOD).encode()])
    assert article["id"] == "a"
    [figure] = article["figures"]
    start, end = figure["number"]
    assert GOOD["text"][start:end] == "14"
    assert (figure["low"], figure["high"], figure["unit"]) == (14, 14, "person")
    assert article["statements"][figure["statement"]]["speaker"].lower() == "police"
    assert (tally.articles, tally.failed) == (1, 0)


@pytest.mark.parametrize(
    "text", ["\r\n\ufeff 14 people\u00ad died \r\n", "👩🏽‍🚒 said 14 people died", "قال 14 people"]
)
def test_offsets_hold_in_texts_that_loading_would_have_cleaned(text: str) -> None:
    [article], _ = run([json.dumps({"id": 1, "text": text}).encode()])
    assert [text[slice(*f["number"])] for f in article["figures"]] == ["14"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"{not json", "no JSON"),
        (b"[1, 2]", "no article"),
        (b'{"id": "x"}', "no article"),
        (b'{"id": "x", "text": 7}', "no article"),
        (b'{"id": "x", "text": "14 died", "published": "last week"}', "no date"),
        (b'{"id": "x", "text": "14 died", "published": 20240101}', "no date"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "no JSON"),
    ],
)
def test_a_line_that_cannot_be_read_says_what_where_and_the_mend_and_the_rest_is_done(line: bytes, what: str) -> None:
    found, tally = run([line, json.dumps(GOOD).encode()])
    error = found[0]["error"]
    assert isinstance(error, dict)
    assert what in error["what"]
    assert error["where"].startswith("line 1")
    assert error["mend"]
    assert found[1]["id"] == "a"
    assert "error" not in found[1]
    assert (tally.articles, tally.failed) == (2, 1)


def test_processes_change_nothing() -> None:
    lines = [json.dumps({**GOOD, "id": n, "text": f"{n} people fled."}).encode() for n in range(3, 90)]
    alone, _ = run(lines)
    assert run(lines, workers=2)[0] == alone
    assert [a["id"] for a in alone] == list(range(3, 90))


@pytest.mark.skipif(not WEIGHTS.exists(), reason="the weights are not there")
def test_processes_change_nothing_in_what_the_model_answers() -> None:
    texts = [f"Hanan Osman said that {n} people had fled, and {n + 2} drowned." for n in range(corpus.CHUNK + 4)]
    lines = [json.dumps({"id": text, "text": text, "published": "2024-06-12"}).encode() for text in texts]
    alone, tally = written(lines, engine="encoder")
    assert tally.failed == 0
    assert written(lines, workers=2, engine="encoder")[0] == alone
