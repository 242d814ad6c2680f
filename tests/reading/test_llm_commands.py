"""The language-model engine from the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from counterfoil.reading import endpoint
from reading.answering import FERRY, KEY, TEXT, Reply, Server, reply


def counterfoil(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COUNTERFOIL_")}
    return subprocess.run(
        [sys.executable, "-m", "counterfoil.cli", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**kept, "PYTHONIOENCODING": "utf-8", **variables},
        check=False,
    )


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def settings(server: Server, folder: Path) -> dict[str, str]:
    return {
        endpoint.URL: server.url,
        endpoint.MODEL: "small",
        endpoint.KEY: KEY,
        "XDG_CACHE_HOME": str(folder / "cache"),
    }


def test_the_command_line_tells_host_and_cost_and_keeps_the_answer(
    server: Server, article: Path, tmp_path: Path
) -> None:
    server.replies = [reply(FERRY)]
    first, second = (counterfoil("check", str(article), "--engine", "llm", **settings(server, tmp_path)) for _ in "ab")
    assert first.returncode == 0, first.stderr
    assert "Achieng" in first.stdout
    assert "Read by llm@1:small" in first.stdout
    host = server.url.removeprefix("http://").removesuffix("/v1")
    assert f"counterfoil: sending the text to {host}, model small\n" in first.stderr
    assert "1,200 tokens in, 340 out" in first.stderr
    assert second.stdout == first.stdout
    assert "sending" not in second.stderr
    assert len(server.requests) == 1
    assert KEY not in first.stdout + first.stderr


def test_an_engine_that_is_not_set_up_is_told_before_any_work(article: Path) -> None:
    run = counterfoil("check", str(article), "--engine", "llm")
    assert run.returncode == 2
    assert f"set {endpoint.URL}" in run.stderr
    assert run.stdout == ""


def test_an_engine_that_fails_ends_with_its_own_code(server: Server, article: Path, tmp_path: Path) -> None:
    server.replies = [Reply(b"who are you?", 401)]
    run = counterfoil("read", str(article), "--engine", "llm", **settings(server, tmp_path))
    assert run.returncode == 4
    assert f"check {endpoint.KEY}" in run.stderr
    assert "0 answers from the cache" in run.stderr


@pytest.mark.parametrize("workers", ["1", "2"])
def test_many_articles_send_theirs_and_nothing_else(server: Server, tmp_path: Path, workers: str) -> None:
    server.replies = [reply(FERRY), reply(FERRY), Reply(b"", 404)]
    articles, found = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    texts = [TEXT, TEXT.replace("39", "38").replace("Mombasa", "Lamu"), TEXT.replace("12", "13")]
    articles.write_text("".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)))
    run = counterfoil(
        "read", "--jsonl", str(articles), str(found), "--engine", "llm", "--workers", workers,
        **settings(server, tmp_path),
    )  # fmt: skip
    lines = [json.loads(line) for line in found.read_text().splitlines()]
    assert len(server.requests) == 3
    assert [len(line["figures"]) for line in lines] == [3, 2, 0]
    assert "status 404" in lines[2]["error"]["what"]
    assert run.returncode == 2
