"""Many documents: JSON lines in, JSON lines out, in order, in parallel, in little memory."""

import gc
import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from counterfoil.errors import CounterfoilError, InputError, SpanError
from counterfoil.reading import ENGINE

CHUNK = 32  # lines a worker takes at a time: enough to hide the hand-over, few enough to keep memory flat
WAITING = 3  # chunks in flight for each worker


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines were read and how many could not be, with the first complaints."""

    articles: int
    failed: int
    complaints: tuple[str, ...]


def read_lines(
    source: BinaryIO,
    target: BinaryIO,
    *,
    engine: str = ENGINE,
    events: tuple[Path, ...] = (),
    workers: int = 0,
    advance: Callable[[int], None] = lambda _: None,
) -> Tally:
    """Read each article of `source` and write one line for it to `target`.

    A line that cannot be read gives a line with `error` in place of findings, so that lines in and out match.
    events   tables of dated events besides those that ship.
    workers  processes; 0 for one per processor.
    advance  called with the number of bytes done.
    """
    workers = workers or os.cpu_count() or 1
    articles = failed = 0
    complaints: list[str] = []
    for size, lines in _mapped(_chunks(source), engine, events, workers):
        for line, complaint in lines:
            target.write(line)
            articles += 1
            if complaint:
                failed += 1
                complaints.append(complaint) if len(complaints) < 10 else None
        advance(size)
    return Tally(articles, failed, tuple(complaints))


def _chunks(source: BinaryIO) -> Iterator[list[tuple[int, bytes]]]:
    numbered = ((n, line) for n, line in enumerate(source, 1) if line.strip())
    while chunk := list(islice(numbered, CHUNK)):
        yield chunk


def _mapped(
    chunks: Iterable[list[tuple[int, bytes]]], engine: str, events: tuple[Path, ...], workers: int
) -> Iterator[tuple[int, list[tuple[bytes, str]]]]:
    """Yield each chunk's size and results, in order, with only a few chunks ahead."""
    if workers == 1:
        for chunk in chunks:
            yield _read_chunk(chunk, engine, events)
        return
    _load("rules", events)  # once, before the workers fork, which then share it; a model's runtime each loads itself
    with ProcessPoolExecutor(workers, initializer=_start, initargs=(engine, events)) as pool:
        waiting: deque[Future[tuple[int, list[tuple[bytes, str]]]]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(_read_chunk, chunk, engine, events))
            if len(waiting) >= WAITING * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


SAMPLE = (
    b'{"id": 0, "text": "Officials in Kabul said on Monday that 12 people, or 3% of them, were killed in May 2021."}'
)


def _load(engine: str, events: tuple[Path, ...]) -> None:
    """Read the tables of every grammar by reading a sentence that needs them; no language model is asked."""
    _read_line(0, SAMPLE, "rules" if engine == "llm" else engine, events)


def _start(engine: str, events: tuple[Path, ...]) -> None:
    """Ready a worker. What is loaded stays to its end, so the collector, which would copy it by touching, passes it."""
    _load(engine, events)
    gc.freeze()


def _read_chunk(
    chunk: list[tuple[int, bytes]], engine: str, events: tuple[Path, ...]
) -> tuple[int, list[tuple[bytes, str]]]:
    return sum(len(line) for _, line in chunk), [_read_line(number, line, engine, events) for number, line in chunk]


@cache
def _events(paths: tuple[Path, ...]) -> Any:
    from counterfoil.reading.events import load_events

    return load_events(paths)


def _read_line(number: int, line: bytes, engine: str, events: tuple[Path, ...]) -> tuple[bytes, str]:
    """Return the line to write, and a complaint if the article could not be read."""
    from counterfoil.publishing.labels import labels
    from counterfoil.reading import read

    known: dict[str, Any] = {"id": None}
    try:
        article = _article(number, line)
        known["id"] = article["id"]
        found = labels(read(_document(article, number), engine=engine, events=_events(events)))
    except SpanError:
        raise
    except CounterfoilError as error:
        found = {"statements": [], "figures": []}
        known["error"] = {"what": error.what, "where": error.where, "mend": error.mend}
    complaint = known["error"]["where"] + ": " + known["error"]["what"] if "error" in known else ""
    return (json.dumps(known | found, ensure_ascii=True) + "\n").encode("ascii"), complaint


def _article(number: int, line: bytes) -> dict[str, Any]:
    where = f"line {number}"
    try:
        article = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"no JSON: {error}", where, "write one JSON object a line, in UTF-8") from None
    if not isinstance(article, dict) or not isinstance(article.get("text"), str) or "id" not in article:
        raise InputError("no article", where, 'give each line an object with "id" and "text" (a string)')
    return article


def _document(article: dict[str, Any], number: int) -> Any:
    from counterfoil.documents import Options, from_text

    published = article.get("published")
    try:
        day = date.fromisoformat(published[:10]) if published else None
    except (TypeError, ValueError):
        raise InputError(
            f"no date: {published!r}", f"line {number}, published", "write it as YYYY-MM-DD, or leave it out"
        ) from None
    title = article.get("title")
    return from_text(article["text"], Options(title=title if isinstance(title, str) else None, published=day))
