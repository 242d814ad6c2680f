"""Labelled articles to what the model is shown and what it should answer."""

import json
import random
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterfoil.documents import Options, from_text
from counterfoil.documents.model import Document
from counterfoil.publishing.labels import KINDS as KIND_NAMES
from counterfoil.reading import decode, inputs, roles, rules
from counterfoil.reading.cues import cues
from counterfoil.reading.figures import Found
from counterfoil.reading.inputs import Ask, Range, Sheet, code_of, range_of
from counterfoil.reading.model import Account
from counterfoil.spans import Span

sys.path.insert(0, str(Path(__file__).parents[1]))
from tools import roles as role_weights

IGNORED = -100
FOLDS = 5
NEGATIVES = 3  # cue words an article that are none, beyond those that the rules take for cues
TAGS = ("O", "B-speech", "I-speech", "B-belief", "I-belief")
UNTOLD = (len(inputs.KINDS), len(inputs.CONCEPTS), len(inputs.UNITS), len(inputs.DIRECTIONS))
KIND_OF = {KIND_NAMES.get(kind, kind.value): code for code, kind in enumerate(inputs.KINDS)}


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """valid; first and last word of each role in the window, 1-based, 0 for none; kind, concept, unit, direction."""

    valid: int
    roles: NDArray[np.int64]
    labels: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CueAnswer:
    """valid, act; first and last word of the source in the window, 1-based; O, B or I of content for each word.

    speaker  1 for each word of the window that begins a name of who speaks; the row's first stands for "none of them".
    """

    valid: int
    act: int
    source: NDArray[np.int64]
    content: NDArray[np.int64]
    speaker: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """One article."""

    name: str
    sheet: Sheet
    tags: NDArray[np.int64]
    numbers: tuple[tuple[Ask, NumberAnswer], ...]
    cues: tuple[tuple[Ask, CueAnswer], ...]


def load(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Return the articles of these files of JSON lines."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def document(article: dict[str, Any]) -> Document:
    """Return an article's document, as `counterfoil read` makes it."""
    day = date.fromisoformat(article["published"]) if article["published"] else None
    return from_text(article["text"], Options(title=article["title"] or None, published=day))


def accounts(articles: Sequence[dict[str, Any]]) -> list[tuple[Found, Account]]:
    """Return what the rules make of each article, with role weights learnt from the other folds.

    Else the model would learn to trust the rules more than they deserve on articles never seen.
    """
    data = [role_weights.examples(article) for article in articles]
    made: dict[int, tuple[Found, Account]] = {}
    shipped = roles.weights
    for fold in range(FOLDS):
        tables: dict[str, dict[str, dict[str, float]]] = {}
        for role in ("what", "event", "time", "place"):
            known = role_weights.learn([e for i, rows in enumerate(data) if i % FOLDS != fold for e in rows[role]])
            tables[role] = Defaulting()
            for (fixed, value), weight in known.items():
                if abs(weight) >= role_weights.SMALL:
                    tables[role].setdefault(fixed, {})[value] = weight
        roles.weights = lambda tables=tables: tables  # type: ignore[assignment]
        for i in range(fold, len(articles), FOLDS):
            made[i] = rules.draft(document(articles[i]))
    roles.weights = shipped
    return [made[i] for i in range(len(articles))]


class Defaulting(dict[str, dict[str, float]]):
    """Tables that are empty where nothing was learnt."""

    def __missing__(self, key: str) -> dict[str, float]:
        return {}


def example(article: dict[str, Any], found: Found, account: Account, cut: inputs.Cut) -> Example:
    """Return one article with its answers."""
    sheet = inputs.sheet(found, account, cut)
    words = sheet.words
    where = lambda span: range_of(words, Span(*span))  # noqa: E731
    tags = np.zeros(len(words.starts), np.int64)
    for statement in article["statements"]:
        if statement["cue"]:
            first, last = where(statement["cue"])
            tags[first:last] = 4 if statement["act"] == "belief" else 2
            tags[first] -= 1
    numbers = tuple((ask, _number_answer(ask, article, where)) for ask in sheet.numbers)
    return Example(article["id"], sheet, tags, numbers, tuple(_cues(sheet, article, account, where)))


def _number_answer(ask: Ask, article: dict[str, Any], where: Any) -> NumberAnswer:
    wanted = (ask.first, ask.last)
    label = max(article["figures"], key=lambda f: role_weights.overlap(where(f["number"]), wanted), default=None)
    if label is None or role_weights.overlap(where(label["number"]), wanted) < 0.5:
        return NumberAnswer(0, np.full((6, 2), IGNORED), np.full(4, IGNORED))
    spans = np.array([_inside(ask, where(label[role]) if label[role] else None) for role in inputs.ROLES])
    unit = label["unit"]
    unit = "currency" if unit not in inputs.UNITS and len(unit) == 3 and unit.isupper() else unit
    labels = [
        KIND_OF[label["kind"]],
        code_of(inputs.CONCEPTS, label["concept"]),
        code_of(inputs.UNITS, unit),
        (None, "up", "down").index(label["dir"]),
    ]
    return NumberAnswer(1, spans, np.array(labels))


def _inside(ask: Ask, wanted: Range | None) -> tuple[int, int]:
    """Return the wanted words' first and last place in the window, 1-based; 0 for none; ignored where not shown."""
    if wanted is None:
        return 0, 0
    places = np.searchsorted(ask.window, (wanted[0], wanted[1] - 1))
    if places[1] >= len(ask.window) or any(
        ask.window[p] != w for p, w in zip(places, (wanted[0], wanted[1] - 1), strict=True)
    ):
        return IGNORED, IGNORED
    return int(places[0]) + 1, int(places[1]) + 1


def _cues(sheet: Sheet, article: dict[str, Any], account: Account, where: Any) -> Iterable[tuple[Ask, CueAnswer]]:
    told = decode.told_cues(sheet, account)
    taken: set[int] = set()
    groups: dict[Range, list[dict[str, Any]]] = {}
    for statement in article["statements"]:
        if statement["cue"]:
            groups.setdefault(where(statement["cue"]), []).append(statement)
    for (first, last), group in groups.items():
        taken |= set(range(first, last))
        known = next((k for k in told if k[0] < last and first < k[1]), None)
        ask = inputs.cue(sheet, first, last, *(told[known] if known else (None, (), False)))
        source = next((s["source"] for s in group if s["source"]), None)
        content = np.where(sheet.paragraph[ask.window] == sheet.paragraph[first], 0, IGNORED)
        for piece in (where(p) for s in group for p in s["content"]):
            a, b = np.searchsorted(ask.window, piece)
            content[a:b] = np.where(content[a:b] == IGNORED, IGNORED, 2)
            if a < b and content[a] != IGNORED and ask.window[a] == piece[0]:
                content[a] = 1
        yield (
            ask,
            CueAnswer(
                1,
                int(group[0]["act"] == "belief"),
                np.array(_inside(ask, where(source) if source else None)),
                content,
                _speaker(ask, sheet, article, group[0], where),
            ),
        )
    forms = cues().forms
    others = [k for k in told if taken.isdisjoint(range(*k))]
    more = [
        (i, i + 1)
        for i, (lower, tag) in enumerate(zip(sheet.words.lower, sheet.words.tags, strict=True))
        if i not in taken and lower in forms and tag[0] == "V" and not any(a <= i < b for a, b in others)
    ]
    random.Random(article["id"]).shuffle(more)
    for first, last in [*others, *more[:NEGATIVES]]:
        ask = inputs.cue(sheet, first, last, *told.get((first, last), (None, (), False)))
        nothing = np.full(len(ask.window), IGNORED)
        yield ask, CueAnswer(0, IGNORED, np.full(2, IGNORED), nothing, np.zeros(len(ask.window) + 1, np.int64))


def _speaker(ask: Ask, sheet: Sheet, article: dict[str, Any], wanted: dict[str, Any], where: Any) -> NDArray[np.int64]:
    """Mark where the speaker is named in the window: by a name, or as the source of an earlier statement."""
    made = np.zeros(len(ask.window) + 1, np.int64)
    if not wanted["source"]:
        made[0] = 1
        return made
    here = where(wanted["source"])
    at = {int(word): place for place, word in enumerate(ask.window, 1)}
    for word, (name, _) in sheet.named.items():
        if word in at and same_name(name, wanted["speaker"]):
            made[at[word]] = 1
    for statement in article["statements"]:
        if statement["source"] and same_name(statement["speaker"], wanted["speaker"]):
            first = where(statement["source"])[0]
            if first in at and first < here[0]:
                made[at[first]] = 1
    made[0] = not made.any()
    return made


def same_name(one: str, other: str) -> bool:
    """Say whether two names stand for one speaker, as the scorer does."""
    a, b = (set(re.findall(r"\w+", name.lower())) - TITLES for name in (one, other))
    return bool(a and b) and (a <= b or b <= a or len(a & b) / len(a | b) >= 0.5)


TITLES = frozenset(
    "the a an of mr mrs ms dr minister president prime spokesperson spokesman official officials".split()
)


def untold(example: Example) -> Example:
    """Return the example as it is without the rules' account: so the model learns to stand on its own feet."""
    features = example.sheet.features.copy()
    features[:, 3] = 0
    bare = lambda ask: replace(  # noqa: E731
        ask, places=ask.places * np.array([1, 1, 1, 0]), told=np.zeros_like(ask.told)
    )
    return Example(
        example.name,
        replace(example.sheet, features=features),
        example.tags,
        tuple((replace(bare(a), told=np.array([a.told[0], *UNTOLD])), t) for a, t in example.numbers),
        tuple((bare(a), t) for a, t in example.cues),
    )
