"""Turn drafts, written by hand with their labels under each sentence, into labelled articles.

    python training/drafts.py DRAFT.txt...  > articles.jsonl      every fault of every draft on stderr, exit code 2

A draft:

    id: harbour-07                     one or more articles in a file, each begins with its id
    title: ...
    published: 2022-03-05
                                       an empty line begins a paragraph
    Police chief Ana Ruiz said on Friday that 12 people had died.
    > src=Police chief Ana Ruiz / cue=said / say=that 12 people had died / sp=Ana Ruiz
    # 12 / what=people / event=had died / days=2022-03-04 / unit=person / kind=count_flow / concept=killed

`>` is a statement of the sentence above: src, cue, say (twice for a content in two pieces), sp (speaker), act=belief.
`#` is a figure: the number, then hedge, what, event, time, place, base as words; low and high ("-" for open; where
both are missing the number's digits are taken), unit, kind, dir, concept, days=FIRST or FIRST..LAST, where.
Words are looked for in the sentence: of several occurrences the nearest to the number or cue; `words@2` takes the
second, `^words` the last before the sentence, `>words` the first after it. Form and innermost statement follow.
"""

import hashlib
import json
import re
import sys
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

Span = tuple[int, int]
ROLES = ("hedge", "what", "event", "time", "place", "base")
UNITS = frozenset(
    "person household event building vehicle animal item percent percentage_point ratio km m cm mm mi ft m2 km2 ha acre"
    " kg g t L m3 degC degF degree km/h m/s mph knot second minute hour day week month year point vote seat W kW MW GW"
    " kWh MWh GWh J dB Pa V A bar hPa Hz byte MB GB TB other".split()
)
KINDS = frozenset("count_level count_flow share change rate money measure duration age score other".split())
CONCEPTS = frozenset(
    "killed injured missing casualties abducted detained infected recovered tested hospitalised displaced evacuated"
    " deported returned departed arrived refugees asylum_seekers undocumented stranded rescued awaiting_resettlement"
    " resettled homeless aboard participants protesters attack suicide_attack airstrike protest clash crime flight"
    " accident buildings_damaged buildings_destroyed weapons votes seats money price jobs economy trade distance area"
    " height depth speed mass temperature magnitude volume rainfall duration age score population people households"
    " organisations vehicles animals other".split()
)
PLAIN = re.compile(r"[^\d]*(\d[\d,]*(?:\.\d+)?)\s*%?$")
SCALE = {"million": 10**6, "billion": 10**9, "m": 10**6, "bn": 10**9, "thousand": 1000, "lakh": 10**5, "crore": 10**7}
WORDS = {
    w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen".split())
}


class FaultError(Exception):
    """What is wrong with a line."""


@dataclass
class Sentence:
    """A sentence with the lines under it."""

    span: Span
    statements: list[tuple[int, dict[str, list[str]]]] = field(default_factory=list)
    figures: list[tuple[int, dict[str, list[str]]]] = field(default_factory=list)


def fields(line: str) -> dict[str, list[str]]:
    """Return the keys and values of a label line; the number of a figure has the key "number"."""
    sort, rest = line[0], line[1:].strip()
    found: dict[str, list[str]] = {}
    for i, part in enumerate(rest.split(" / ")):
        key, equals, value = part.partition("=")
        if sort == "#" and i == 0:
            key, value = "number", part
        elif not equals:
            raise FaultError(f"{part!r} is no key=value")
        found.setdefault(key.strip(), []).append(value.strip())
    allowed = {"src", "cue", "say", "sp", "act"} if sort == ">" else {
        "number", *ROLES, "low", "high", "unit", "kind", "dir", "concept", "days", "where"
    }  # fmt: skip
    unknown = set(found) - allowed
    if unknown:
        raise FaultError(f"unknown {', '.join(sorted(unknown))}")
    return found


def occurrences(text: str, words: str, start: int, end: int) -> list[Span]:
    """Return where the words stand as whole words in text[start:end]."""
    lead = r"(?<!\w)" if words[0].isalnum() else ""
    tail = r"(?!\w)" if words[-1].isalnum() else ""
    return [m.span() for m in re.compile(lead + re.escape(words) + tail).finditer(text, start, end)]


def locate(text: str, words: str, sentence: Span, near: int) -> Span:
    """Return the span of the words, by the rules above."""
    if words[0] in "^>":
        area = (0, sentence[0]) if words[0] == "^" else (sentence[1], len(text))
        found = occurrences(text, words[1:], *area)
        if not found:
            raise FaultError(f"{words[1:]!r} does not stand {'before' if words[0] == '^' else 'after'} the sentence")
        return found[-1] if words[0] == "^" else found[0]
    numbered = re.fullmatch(r"(.+)@(\d)", words)
    if numbered:
        found = occurrences(text, numbered[1], *sentence)
        if len(found) < int(numbered[2]):
            raise FaultError(f"{numbered[1]!r} stands {len(found)} times in the sentence")
        return found[int(numbered[2]) - 1]
    found = occurrences(text, words, *sentence)
    if not found:
        raise FaultError(f"{words!r} does not stand in the sentence")
    return min(found, key=lambda span: (min(abs(span[0] - near), abs(span[1] - near)), span))


def form(text: str, pieces: list[Span]) -> str:
    """Return whether the content is quoted whole, in part or not at all."""
    marked = total = 0
    for start, end in pieces:
        opened = text[:start].rsplit("\n", 1)[-1]
        inside = opened.count("“") > opened.count("”") or opened.count('"') % 2 == 1
        for char in text[start:end]:
            if char in '“”"':
                inside = char == "“" or (char == '"' and not inside)
            elif char.isalnum():
                total += 1
                marked += inside
    return "direct" if marked == total else "mixed" if marked else "indirect"


def value(words: str) -> float:
    """Return the value of a plain numeral."""
    low = words.lower().removeprefix("a ").strip()
    if low in WORDS:
        return WORDS[low]
    head, _, scale = low.rpartition(" ")
    factor = 1
    if scale in SCALE:
        low, factor = head, SCALE[scale]
    plain = PLAIN.fullmatch(low.removesuffix(" per cent").removesuffix(" percent"))
    if not plain:
        raise FaultError(f"low and high of {words!r} must be given")
    number = float(plain[1].replace(",", "")) * factor
    return int(number) if number == int(number) else round(number, 6)


def number_or_none(words: str) -> float | None:
    return None if words == "-" else (float(words) if "." in words else int(words))


def one_of(name: str, got: str, allowed: frozenset[str]) -> str:
    if got not in allowed:
        raise FaultError(f"no {name} {got!r}")
    return got


def statement(text: str, sentence: Span, got: dict[str, list[str]]) -> dict[str, Any]:
    """Return a labelled statement."""
    if "say" not in got or "sp" not in got:
        raise FaultError("a statement needs say and sp")
    pieces = [locate(text, words, sentence, sentence[0]) for words in got["say"]]
    cue = locate(text, got["cue"][0], sentence, pieces[0][0]) if "cue" in got else None
    source = locate(text, got["src"][0], sentence, cue[0] if cue else pieces[0][0]) if "src" in got else None
    return {
        "source": source, "cue": cue, "content": sorted(pieces), "form": form(text, pieces),
        "act": one_of("act", got.get("act", ["speech"])[0], frozenset(("speech", "belief"))), "speaker": got["sp"][0],
    }  # fmt: skip


def figure(text: str, sentence: Span, got: dict[str, list[str]], after: int) -> dict[str, Any]:
    """Return a labelled figure; `after` is where the figure before it ends."""
    words = got["number"][0]
    if "@" in words or not [s for s in occurrences(text, words, *sentence) if s[0] >= after]:
        number = locate(text, words, sentence, sentence[0])
    else:
        number = next(s for s in occurrences(text, words, *sentence) if s[0] >= after)
    words = re.sub(r"@\d$", "", words)
    made: dict[str, Any] = {"number": number}
    for role in ROLES:
        made[role] = locate(text, got[role][0], sentence, number[0]) if role in got else None
    if "low" in got or "high" in got:
        low, high = number_or_none(got.get("low", ["-"])[0]), number_or_none(got.get("high", ["-"])[0])
    else:
        low = high = value(words)
    unit, days = got.get("unit", [""])[0], got.get("days", [""])[0]
    if not re.fullmatch(r"[A-Z]{3}", unit):
        one_of("unit", unit, UNITS)
    first, _, last = days.partition("..")
    for day in (first, last):
        if day not in ("", "-"):
            date.fromisoformat(day)
    start = None if first in ("", "-") else first
    end = (None if last in ("", "-") else last) if ".." in days else start
    if start and end and start > end:
        raise FaultError(f"{days} runs backwards")
    return made | {
        "statement": None, "low": low, "high": high, "unit": unit,
        "kind": one_of("kind", got.get("kind", [""])[0], KINDS),
        "dir": one_of("dir", got.get("dir", ["-"])[0], frozenset(("up", "down", "-"))).replace("-", "") or None,
        "concept": one_of("concept", got.get("concept", [""])[0], CONCEPTS),
        "start": start, "end": end, "where": got.get("where", [None])[0],
    }  # fmt: skip


def innermost(statements: list[dict[str, Any]], number: Span) -> int | None:
    around = [
        (sum(b - a for a, b in s["content"]), i)
        for i, s in enumerate(statements)
        if any(a <= number[0] and number[1] <= b for a, b in s["content"])
    ]
    return min(around)[1] if around else None


def article(lines: list[tuple[int, str]], where: str, faults: list[str]) -> dict[str, Any]:
    """Return one labelled article; its faults are added to `faults`."""
    head: dict[str, str] = {}
    at = 0
    while at < len(lines) and (m := re.match(r"(id|title|published): *(.+)", lines[at][1])):
        head[m[1]] = m[2].strip()
        at += 1
    text, sentences, fresh = "", [], False
    for number, line in lines[at:]:
        if not line.strip():
            fresh = True
        elif line[0] in ">#" and line[1:2] == " ":
            try:
                got = fields(line)
            except FaultError as fault:
                faults.append(f"{where}:{number}: {fault}")
                continue
            if not sentences:
                faults.append(f"{where}:{number}: a label before any sentence")
            elif line[0] == ">":
                sentences[-1].statements.append((number, got))
            else:
                sentences[-1].figures.append((number, got))
        else:
            text += ("\n\n" if fresh and text else " " if text else "") + line.strip()
            fresh = False
            sentences.append(Sentence((len(text) - len(line.strip()), len(text))))
    statements, figures = [], []
    for sentence in sentences:
        for number, got in sentence.statements:
            try:
                statements.append(statement(text, sentence.span, got))
            except (FaultError, ValueError, IndexError) as fault:
                faults.append(f"{where}:{number}: {fault}")
    for sentence in sentences:
        after = sentence.span[0]
        for number, got in sentence.figures:
            try:
                made = figure(text, sentence.span, got, after)
            except (FaultError, ValueError, IndexError) as fault:
                faults.append(f"{where}:{number}: {fault}")
                continue
            after = made["number"][1]
            made["statement"] = innermost(statements, made["number"])
            figures.append(made)
    for name in ("id", "title", "published"):
        if name not in head:
            faults.append(f"{where}:{lines[0][0]}: no {name}")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {
        "id": head.get("id", ""), "url": "", "title": head.get("title", ""), "published": head.get("published", ""),
        "sha256": digest, "text": text, "sentences": [s.span for s in sentences], "statements": statements,
        "figures": figures,
    }  # fmt: skip


def main(paths: list[str]) -> int:
    """Print the articles of all drafts; say what is wrong with them."""
    faults: list[str] = []
    made = []
    for path in paths:
        lines = list(enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1))
        heads = [i for i, (_, line) in enumerate(lines) if line.startswith("id: ")] + [len(lines)]
        made += [article(lines[a:b], path, faults) for a, b in pairwise(heads)]
    doubled = {a["id"] for a in made if sum(b["id"] == a["id"] for b in made) > 1}
    faults += [f"id {name!r} is there twice" for name in sorted(doubled)]
    print("\n".join(faults) or "no faults", file=sys.stderr)
    figures, statements = sum(len(a["figures"]) for a in made), sum(len(a["statements"]) for a in made)
    print(f"{len(made)} articles, {statements} statements, {figures} figures", file=sys.stderr)
    if faults:
        return 2
    for one in made:
        print(json.dumps(one, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
