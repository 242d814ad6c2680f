"""Copies of labelled articles with other names, numbers, hedges, weekdays and verbs of saying.

What is labelled stays labelled alike.

A model that has seen "Ana Ruiz" speak six times may know her instead of the sentence. Every copy draws anew, from the
names that the labelled articles themselves have, so that no copy speaks of anybody who is not in some article.
"""

import random
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from counterfoil.reading import gazetteer

Edit = tuple[int, int, str]  # from, to, what stands there instead

HEDGES = (
    ("about", "around", "roughly", "some", "approximately"),
    ("more than", "over", "at least", "upwards of"),
    ("nearly", "almost", "close to", "just under"),
    ("less than", "fewer than", "under"),
    ("up to", "as many as", "at most", "no more than"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SAYING = ("stated", "noted", "announced", "explained", "added", "confirmed", "claimed", "argued", "warned", "declared")
REPLACED = 0.25  # share of "said" that another verb replaces
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){1,2}")
_WORD = re.compile(r"\w[\w'’-]*")
_DIGITS = re.compile(r"\d[\d,]*")


def people(articles: Sequence[dict[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the first and the last names of the persons who speak in these articles: no word that is one elsewhere."""
    ordinary = {word for article in articles for word in _WORD.findall(article["text"]) if word.islower()}
    named = {one for article in articles for one in _persons(article) if ordinary.isdisjoint(one.lower().split())}
    return tuple(sorted({one.split()[0] for one in named})), tuple(sorted({one.split()[-1] for one in named}))


def places(articles: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """Return the towns and districts, of one word, where figures of these articles were counted."""
    return tuple(sorted({one for article in articles for one in _towns(article)}))


def swapped(
    article: dict[str, Any], draw: random.Random, names: tuple[Sequence[str], Sequence[str]], towns: Sequence[str]
) -> dict[str, Any]:
    """Return a copy of a labelled article with other words, its labels at their new offsets."""
    text, new = article["text"], _new_names(article, draw, names, towns)
    edits = [*_renamed(text, new), *_counted(text, article, draw), *_said(text, article, draw)]
    week = dict(zip(WEEKDAYS, draw.sample(WEEKDAYS, len(WEEKDAYS)), strict=True))
    edits += [(m.start(), m.end(), week[m[0]]) for m in re.finditer("|".join(WEEKDAYS), text)]
    copy = _edited(article, _apart(edits, article))
    for one in copy["statements"]:
        one["speaker"] = one["speaker"] and _words(one["speaker"], _renamed(one["speaker"], new))
    return copy


def _persons(article: dict[str, Any]) -> set[str]:
    told = {one["speaker"] for one in article["statements"] if _NAME.fullmatch(one["speaker"] or "")}
    apart = (any(gazetteer.rows_of(gazetteer.fold(word)) for word in (one, *one.split())) for one in told)
    return {one for one, place in zip(told, apart, strict=True) if not place}


def _towns(article: dict[str, Any]) -> set[str]:
    spans = (one["place"] for one in article["figures"] if one.get("place"))
    words = {article["text"][first:last].removeprefix("in ") for first, last in spans}
    return {
        one
        for one in words
        if _WORD.fullmatch(one)
        and one.istitle()
        and (known := gazetteer.rows_of(gazetteer.fold(one)))
        and all(row.level not in "CR" for row in known)
    }


def _new_names(
    article: dict[str, Any], draw: random.Random, names: tuple[Sequence[str], Sequence[str]], towns: Sequence[str]
) -> dict[str, str]:
    """Return what each name of the article becomes, by its first and last word."""
    new: dict[str, str] = {}
    for name in sorted(_persons(article)):
        first, *_, last = name.split()
        new.setdefault(first, draw.choice(names[0]))
        new.setdefault(last, draw.choice(names[1]))
    for town in sorted(_towns(article)):
        new[town] = draw.choice(towns)
    return new


def _renamed(text: str, new: dict[str, str]) -> Iterable[Edit]:
    for found in _WORD.finditer(text):
        word = found[0].removesuffix("'s").removesuffix("’s")
        if word in new:
            yield found.start(), found.start() + len(word), new[word]


def _counted(text: str, article: dict[str, Any], draw: random.Random) -> Iterable[Edit]:
    for figure in article["figures"]:
        start, end = figure["number"]
        digits = _DIGITS.search(text, start, end)
        if digits and digits.end() - digits.start() > 2:
            yield digits.start() + 1, digits.end(), re.sub(r"\d", lambda _: draw.choice("0123456789"), digits[0][1:])
        if figure.get("hedge"):
            start, end = figure["hedge"]
            for alike in HEDGES:
                if text[start:end].lower() in alike:
                    word = draw.choice(alike)
                    yield start, end, word.capitalize() if text[start].isupper() else word


def _said(text: str, article: dict[str, Any], draw: random.Random) -> Iterable[Edit]:
    for one in article["statements"]:
        start, end = one["cue"] or (0, 0)
        if text[start:end] == "said" and draw.random() < REPLACED:
            yield start, end, draw.choice(SAYING)


def _spans(article: dict[str, Any]) -> set[int]:
    """Return the offsets at which a label begins or ends."""
    found: set[int] = set()
    for one in (*article["statements"], *article["figures"]):
        for value in one.values():
            if isinstance(value, list):
                for part in value if value and isinstance(value[0], list) else [value]:
                    found |= {at for at in part if isinstance(at, int)}
    return found


def _apart(edits: Iterable[Edit], article: dict[str, Any]) -> list[Edit]:
    """Return the edits in their order, without any that overlaps another or holds the end of a label inside."""
    ends, kept, last = sorted(_spans(article)), [], 0
    for start, end, word in sorted(edits):
        if start >= last and not any(start < at < end for at in ends):
            kept.append((start, end, word))
            last = end
    return kept


def _edited(article: dict[str, Any], edits: Sequence[Edit]) -> dict[str, Any]:
    """Return the article with the edits made, which are in their order and apart, and its labels moved along."""
    ends = [end for _, end, _ in edits]
    added = list(accumulate((len(word) - (end - start) for start, end, word in edits), initial=0))

    def moved(value: Any) -> Any:
        if isinstance(value, list):
            return [moved(one) for one in value]
        return value + added[bisect_right(ends, value)] if type(value) is int else value

    copy = dict(article, text=_words(article["text"], edits))
    for sort in ("statements", "figures"):
        copy[sort] = [
            {key: moved(value) if isinstance(value, list) else value for key, value in one.items()}
            for one in article[sort]
        ]
    return copy


def _words(text: str, edits: Iterable[Edit]) -> str:
    parts, at = [], 0
    for start, end, word in edits:
        parts += [text[at:start], word]
        at = end
    return "".join([*parts, text[at:]])
