"""Documents of the GUM corpus as lessons: what the encoder learns beside the labelled articles, in training only.

Each word is asked for its part of speech, its relation to its head and where that stands, the entity that it lies in,
whether a mention begins there and is new, and who is said to have said what; each mention of something mentioned
before, for the nearest earlier one: that is what finding out who "he" is needs. The heads that answer are thrown away.

Source: GUM, the Georgetown University Multilayer corpus (https://gucorpling.org/gum/), annotations CC BY 4.0.
`python training/gum.py FOLDER` prints what the documents of a folder hold.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parents[1]))
from counterfoil.documents import Options, from_text
from counterfoil.reading import inputs, rules
from counterfoil.reading.inputs import Range, range_of
from counterfoil.spans import Span
from training.data import IGNORED, Example, untold
from training.model import HIDDEN

Integers = NDArray[np.int64]

# In each task class 0 is "none", "root" or whatever stands in no list.
PARTS = (
    "? CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN"
    " VBP VBZ WDT WP WP$ WRB . , : $ -LRB- -RRB- `` ''"
).split()
RELATIONS = (
    "? root acl advcl advmod amod appos aux case cc ccomp compound conj cop csubj dep det discourse dislocated expl"
    " fixed flat iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum vocative xcomp"
).split()
ENTITIES = "person organization place time event object substance abstract animal plant".split()
STATUS = ("?", "new", "giv", "acc")
SIDE = 12  # words between a word and its head that are told apart
TASKS = {
    "part": len(PARTS),
    "relation": len(RELATIONS),
    "head": 1 + 2 * SIDE,
    "entity": 1 + 2 * len(ENTITIES),
    "inner": 1 + 2 * len(ENTITIES),
    "status": len(STATUS),
    "said": 3,
    "content": 2,
}
WITHIN = 120  # words before a mention in which an earlier one is looked for
POINTER = 64
HELD = 10  # one document of so many is held

ENTITY = re.compile(r"\((?P<chain>\d+)-(?P<kind>\w+)-(?P<status>\w+)[^()]*|(?P<closed>\d*)\)")
RELATED = re.compile(r"(?P<name>[\w-]+):(?P<unit>\d+)(?:->(?P<of>\d+))?:(?P<depth>\d+)(?::(?P<signals>[^;]*))?")
SIGNAL = re.compile(r"(?:^|\+)(sem-atsrc|lex-indwd|lex-indph)-([\d,-]+)")


@dataclass(frozen=True, slots=True)
class Token:
    """A token: code points of the text, fine part of speech, coarse relation, index of its head (-1 for a root)."""

    start: int
    end: int
    part: str
    relation: str
    head: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens [first, last) that mention what all mentions of a chain do."""

    chain: int
    kind: str
    status: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Unit:
    """An elementary unit of discourse: tokens [first, last), how it hangs on which unit, at what depth."""

    first: int
    last: int
    relation: str
    of: int
    depth: int
    source: tuple[int, ...]
    cue: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document of GUM; `units` by number."""

    name: str
    text: str
    published: date | None
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    units: dict[int, Unit]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document as the model is shown it, with what it should answer.

    targets  [W, tasks] classes, IGNORED where not known.  links  [M, 2] a mention's head, the first word of the nearest
    earlier mention.  aligned  tokens that are one word for us too.  tokens  how many there are.
    """

    example: Example
    targets: Integers
    links: Integers
    aligned: int
    tokens: int


def read(path: Path) -> Annotated:
    """Return a document of CoNLL-U as GUM writes it."""
    text, name, published = "", path.stem, None
    tokens: list[Token] = []
    mentions: list[Mention] = []
    open_: list[tuple[int, str, str, int]] = []
    begun: list[tuple[int, re.Match[str]]] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        first = len(tokens) - 1
        joint, joint_last = (0, 0), 0  # a word that is several tokens: where it stands, the number of its last token
        for line in block.splitlines():
            if line.startswith("# newpar") and text:
                text = text.rstrip() + "\n\n"
            found = re.match(r"# meta::dateCreated = (\d{4}-\d\d-\d\d)$", line)
            published = date.fromisoformat(found[1]) if found else published
            cells = line.split("\t")
            number, dash, last = cells[0].partition("-")
            if line.startswith("#") or not number.isdigit():  # "8.1" stands for a word left out
                continue
            notes = dict(note.partition("=")[::2] for note in cells[9].split("|"))
            gap = "" if notes.get("SpaceAfter") == "No" else " "
            if dash:
                joint, joint_last = (len(text), len(text) + len(cells[1])), int(last)
                text += cells[1] + gap
                continue
            if int(number) <= joint_last:
                at = text.find(cells[1], tokens[-1].end if tokens and tokens[-1].end > joint[0] else joint[0], joint[1])
                start, end = (at, at + len(cells[1])) if at >= 0 else joint
            else:
                start, end = len(text), len(text) + len(cells[1])
                text += cells[1] + gap
            here = len(tokens)
            head = first + int(cells[6]) if cells[6] != "0" else -1
            tokens.append(Token(start, end, cells[4], cells[7].partition(":")[0], head))
            for piece in ENTITY.finditer(notes.get("Entity", "")):
                if piece["chain"]:
                    open_.append((int(piece["chain"]), piece["kind"], piece["status"], here))
                else:
                    nearest = next(m for m in reversed(open_) if piece["closed"] in ("", str(m[0])))
                    open_.remove(nearest)
                    mentions.append(Mention(*nearest, here + 1))
            unit = RELATED.match(notes.get("Discourse", ""))
            if unit:
                begun.append((here, unit))
    ends = [at for at, _ in begun[1:]] + [len(tokens)]
    units = {int(found["unit"]): _unit(found, first, last) for (first, found), last in zip(begun, ends, strict=True)}
    return Annotated(name, text.rstrip(), published, tuple(tokens), tuple(mentions), units)


def _unit(found: re.Match[str], first: int, last: int) -> Unit:
    signals = [
        (name == "sem-atsrc", at) for name, where in SIGNAL.findall(found["signals"] or "") for at in _listed(where)
    ]
    source = tuple(at for is_source, at in signals if is_source)
    cue = tuple(at for is_source, at in signals if not is_source and first <= at < last)
    return Unit(first, last, found["name"], int(found["of"] or 0), int(found["depth"]), source, cue)


def _listed(where: str) -> tuple[int, ...]:
    """Return the tokens that "167-169,171" names, counted from 0."""
    pairs = [part.partition("-") for part in where.strip(",-").split(",")]
    return tuple(at - 1 for a, _, b in pairs for at in range(int(a), int(b or a) + 1))


def said(document: Annotated) -> Iterable[tuple[Unit, list[int]]]:
    """Yield each unit that attributes by a cue, and the numbers of the units that it attributes.

    Those without a cue are captions, references and bylines, to which whole documents hang. What is attributed is the
    unit that it hangs on and what hangs on that at a smaller depth, with all that hangs on it in turn.
    """
    hanging: dict[int, list[int]] = {}
    for number, unit in document.units.items():
        hanging.setdefault(unit.of, []).append(number)
    for number, unit in document.units.items():
        if unit.cue and unit.relation.startswith("attribution"):
            content = [unit.of]
            ready = [n for n in hanging.get(unit.of, ()) if n != number and document.units[n].depth < unit.depth]
            while ready:
                content.append(ready.pop())
                ready += hanging.get(content[-1], ())
            yield unit, content


def lesson(document: Annotated, cut: inputs.Cut) -> Lesson:
    """Return a document as the model is shown it, with its answers."""
    found, account = rules.draft(from_text(document.text, Options(published=document.published)))
    sheet = inputs.sheet(found, account, cut)
    words, tokens = sheet.words, document.tokens
    count = len(words.starts)
    at = [words.at(token.start) for token in tokens]
    target = {task: np.zeros(count, np.int64) for task in TASKS}
    for task in ("part", "relation", "head"):
        target[task][:] = IGNORED
    aligned = 0
    for token, word in zip(tokens, at, strict=True):
        if (words.starts[word], words.ends[word]) == (token.start, token.end):
            aligned += 1
            away = at[token.head] - word if token.head >= 0 else 0
            target["part"][word] = PARTS.index(token.part) if token.part in PARTS else 0
            target["relation"][word] = RELATIONS.index(token.relation) if token.relation in RELATIONS else 0
            target["head"][word] = min(-away, SIDE) if away < 0 else SIDE + min(away, SIDE) if away else 0

    def covered(first: int, last: int) -> Range:
        return range_of(words, Span(tokens[first].start, tokens[last - 1].end))

    mentions = sorted(document.mentions, key=lambda m: m.last - m.first)
    for task, order in (("entity", mentions), ("inner", mentions[::-1])):  # the last one painted stays
        for mention in order:
            first, last = covered(mention.first, mention.last)
            code = 1 + 2 * ENTITIES.index(mention.kind)
            target[task][first] = code
            target[task][first + 1 : last] = code + 1
    for mention in mentions:
        target["status"][at[mention.first]] = STATUS.index(mention.status) if mention.status in STATUS else 0
    for unit, content in said(document):
        for code, chosen in ((1, unit.source), (2, unit.cue)):
            target["said"][[at[token] for token in chosen]] = code
        for number in content:
            first, last = covered(document.units[number].first, document.units[number].last)
            target["content"][first:last] = 1
    tags, nothing = np.zeros(count, np.int64), ()
    example = Example(document.name, sheet, tags, nothing, nothing)
    return Lesson(example, np.stack(list(target.values()), 1), _links(mentions, tokens, at), aligned, len(tokens))


def _links(mentions: Sequence[Mention], tokens: Sequence[Token], at: Sequence[int]) -> Integers:
    """Return pairs of words; of several mentions with one head the shortest counts."""
    chains: dict[int, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: m.first):
        chains.setdefault(mention.chain, []).append(mention)
    pairs: dict[int, int] = {}
    for mention in mentions:
        inside = range(mention.first, mention.last)
        head = at[next(token for token in inside if tokens[token].head not in inside)]
        earlier = [m for m in chains[mention.chain] if m.last <= mention.first]
        if earlier and 0 < head - at[earlier[-1].first] <= WITHIN:
            pairs.setdefault(head, at[earlier[-1].first])
    return np.array(sorted(pairs.items()), np.int64).reshape(-1, 2)


def lessons(folder: Path, cut: inputs.Cut) -> list[Lesson]:
    """Return the documents of a folder, in the order of their names."""
    return [lesson(read(path), cut) for path in sorted(folder.glob("*.conllu"))]


def bare(one: Lesson) -> Lesson:
    """Return the lesson without the rules' account."""
    return replace(one, example=untold(one.example))


class Heads(nn.Module):
    """What answers, from the words' vectors; used in training alone."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Linear(HIDDEN, sum(TASKS.values()))
        self.mention, self.earlier = nn.Linear(HIDDEN, POINTER), nn.Linear(HIDDEN, POINTER)
        self.distance = nn.Parameter(torch.zeros(len(inputs.DISTANCES)))
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mentions: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        """hidden [W, 384], mentions [M] words; returns the scores of each task [W, classes] and of links [M, 120].

        Column d - 1 of the links stands for the word d before the mention.
        """
        hidden = self.dropout(hidden)
        places = mentions.unsqueeze(1) - torch.arange(1, WITHIN + 1)
        keys = self.earlier(hidden)[places.clamp(min=0)]
        scores = (keys @ self.mention(hidden[mentions]).unsqueeze(2)).squeeze(2) * POINTER**-0.5
        scores = (scores + self.distance[BUCKETS]).masked_fill(places < 0, FAR)
        return self.words(hidden).split(tuple(TASKS.values()), 1), scores


FAR = -1e4
BUCKETS = torch.tensor(
    [min(bisect_right(inputs.DISTANCES, d) - 1, len(inputs.DISTANCES) - 1) for d in range(1, WITHIN + 1)]
)


def losses(heads: Heads, hidden: Tensor, one: Lesson) -> dict[str, Tensor]:
    """Return what is lost, by task, from the words' vectors [W, 384]."""
    targets, links = torch.from_numpy(one.targets), torch.from_numpy(one.links)
    parts, scores = heads(hidden, links[:, 0])
    lost = {
        task: F.cross_entropy(part.float(), wanted, ignore_index=IGNORED)
        for task, part, wanted in zip(TASKS, parts, targets.T, strict=True)
    }
    if len(links):
        lost["link"] = F.cross_entropy(scores.float(), links[:, 0] - links[:, 1] - 1)
    return lost


@torch.no_grad()
def right(heads: Heads, hidden: Tensor, one: Lesson) -> dict[str, Tensor]:
    """Return which answers are right, by task, leaving out words where answer and target are class 0."""
    heads.eval()
    targets, links = torch.from_numpy(one.targets), torch.from_numpy(one.links)
    parts, scores = heads(hidden, links[:, 0])
    made = {}
    for task, part, wanted in zip(TASKS, parts, targets.T, strict=True):
        answer = part.argmax(1)
        made[task] = (answer == wanted)[(wanted > 0) | ((answer > 0) & (wanted == 0))]
    made["link"] = scores.argmax(1) == links[:, 0] - links[:, 1] - 1
    heads.train()
    return made


def main() -> None:
    made = [lesson(read(path), lambda word: (0,)) for path in sorted(Path(sys.argv[1]).glob("*.conllu"))]
    tokens, aligned = sum(one.tokens for one in made), sum(one.aligned for one in made)
    print(f"{len(made)} documents, {tokens} tokens, {aligned / tokens:.1%} of them one word of ours")
    targets = np.concatenate([one.targets for one in made])
    print(f"{len(targets)} words, {sum(len(one.links) for one in made)} links; words that are not class 0:")
    print(*(f"{task} {count}" for task, count in zip(TASKS, (targets > 0).sum(0), strict=True)))


if __name__ == "__main__":
    main()
