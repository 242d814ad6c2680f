"""Which words of a sentence play which role for a number: what is counted, what happened to it.

Each candidate phrase gets the sum of named weights, one for each thing that can be seen of it ("right after
the number", "subject of the verb before it"); the best sum wins, and "nobody" is a candidate too. The weights
stand in lexicon/roles.tsv; tools/roles.py learns them from labelled articles.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from counterfoil.reading.chunks import Phrase
from counterfoil.reading.words import Words

NOBODY = (-1, -1)
EARLIER = (-2, -2)  # the same words as the figure before it: "killed 12 soldiers and wounded 30"
REACH = 7  # phrases on each side; of 5 to 9 the smallest that lost nothing on train
BETWEEN = {
    "IN": "P", "TO": "P", "NN": "N", "NNS": "N", "NNP": "N", "VB": "V", "VBD": "V", "VBN": "V", "VBZ": "V", "VBP": "V",
    "VBG": "V", "MD": "V", ",": ",", "CC": "&", "WDT": "W", "WP": "W", "WRB": "W", "CD": "#", "PRP": "N", "FW": "N",
    ":": ":", "(": "(", ")": ")", ";": ";", '"': '"', "“": '"', "”": '"', "-": "-",
}  # fmt: skip


class Seat(NamedTuple):
    """A number among its sentence's words.

    first, last  tokens of the number, with its unit words if it has any.  shape  of the number grammar.
    opens, closes  tokens of the sentence.
    """

    first: int
    last: int
    shape: str
    opens: int
    closes: int


# The labelled articles hold too few "a 60% increase in attacks" to learn from, and grammar leaves no choice.
CHANGES = frozenset(
    "increase rise jump surge growth spike hike climb upsurge uptick gain expansion drop decline fall decrease reduction "
    "cut dip slump plunge contraction change swing".split()
)


def changed(words: Words, seat: Seat, phrases: Sequence[Phrase]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return what changed and the noun that says so: "a 60% rise in X", "a rise of 60% in X", "a rise in X of 60%"."""
    lower = words.lower
    first, last = seat.first, seat.last
    if seat.shape not in ("percent", "points", "fraction", "multiple"):
        return None
    if last + 1 < seat.closes and lower[last] in CHANGES and lower[last + 1] in ("in", "of"):
        noun, opens = last, last + 2
    elif first - 2 >= seat.opens and lower[first - 1] == "of" and last < seat.closes and lower[first - 2] in CHANGES:
        noun, opens = first - 2, last + 1 if lower[last] in ("in", "of") else -1
    else:
        noun = next((i for i in range(first - 2, max(seat.opens, first - 9), -1) if lower[i] in CHANGES), -1)
        if noun < 0 or lower[first - 1] != "of" or lower[noun + 1] not in ("in", "of"):
            return None
        opens = noun + 2
    thing = next((p for p in phrases if p.first == opens and p.sort in "NP"), None)
    return ((thing.core, thing.last), (noun, noun + 1)) if thing else None


class Setting(NamedTuple):
    """Words that fix a time or a place, and that any number near them may belong to.

    first, last  tokens.  sentence  its index.  sort  what it looks like: "on", "since", "city", "demonym".
    """

    first: int
    last: int
    sentence: int
    sort: str


class Near:
    """The settings of a text, in order, found by sentence."""

    def __init__(self, settings: Sequence[Setting]) -> None:
        self.settings = settings
        self.sentences = [m.sentence for m in settings]

    def around(self, sentence: int) -> tuple[Sequence[Setting], Sequence[Setting], int]:
        """Return those of the sentence; the last three before it and the first of all; how many stand before it."""
        first = bisect_left(self.sentences, sentence)
        last = bisect_right(self.sentences, sentence)
        earlier = (*self.settings[max(0, first - 3) : first][::-1], *self.settings[: min(1, first)])
        return self.settings[first:last], earlier, first


@cache
def weights() -> dict[str, dict[str, float]]:
    """Read the weights from the package, once: role to name to weight."""
    table: dict[str, dict[str, float]] = {}
    source = files("counterfoil.reading").joinpath("lexicon/roles.tsv").read_text(encoding="utf-8")
    for line in source.splitlines():
        if line and line[0] != "#":
            role, name, weight = line.split("\t")
            table.setdefault(role, {})[name] = float(weight)
    return table


def between(words: Words, first: int, last: int) -> str:
    """Return the tags of tokens [first, last) as one short word; "of" keeps its name, nouns run together."""
    parts: list[str] = []
    lower, tags = words.lower, words.tags
    for i in range(first, last):
        word = lower[i]
        part = word if word in KEPT else BETWEEN.get(tags[i], "")
        if part and (not parts or parts[-1] != part):
            parts.append(part)
            if len(parts) > 5:
                break
    return "".join(parts)


KEPT = frozenset(["of", "in", "for", "by", "to", "from", "per", "than", "and", "as", "with", "among", "including"])


def surroundings(words: Words, seat: Seat) -> tuple[str, str, str]:
    """Return the word right before the number, the word right after it, and that one's tag."""
    b, a = seat.first - 1, seat.last
    before = words.lower[b] if b >= seat.opens else "^"
    after = words.lower[a] if a < seat.closes else "$"
    after_tag = words.tags[a] if a < seat.closes else "$"
    return before, after, after_tag


class Last(NamedTuple):
    """What the figure before it got: token range (or NOBODY), and whether in the same sentence."""

    first: int = -1
    last: int = -1
    sentence: int = -1
    number: int = -1


NOTHING = Last()


def candidates(
    words: Words,
    seat: Seat,
    sentence: int,
    phrases: Sequence[Phrase],
    role: str,
    numbers: dict[int, int],
    earlier: Last = NOTHING,
    counted: tuple[int, int] = NOBODY,
) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """Yield the token range of each candidate with the names of what can be seen of it.

    numbers  first token to last of every figure's number in the sentence.
    counted  for "event": the tokens of what is counted.
    """
    before, after, after_tag = surroundings(words, seat)
    lower, tags = words.lower, words.tags
    shape = seat.shape
    rights = [p for p in phrases if p.first >= seat.last][:REACH]
    lefts = [p for p in reversed(phrases) if p.last <= seat.first][:REACH]
    right_kind = (rights[0].sort if rights and rights[0].first == seat.last else "-") if rights else "$"
    skipped = seat.last + 1 if after in ("of", "the") else -1
    wanted = "NP" if role == "what" else "VNJ"
    ends = {last: first for first, last in numbers.items()}
    # After "killed in the 12" nothing may follow; the two words around tell most of it.
    context = [
        f"{shape}|0",
        f"{shape}|0|{after_tag}|{right_kind}",
        f"0|{before}|{after}",
        f"{shape}|0|{before}",
        f"{shape}|0|a={after}",
    ]
    if earlier.sentence == sentence:
        link = "L" if earlier.last <= earlier.number else "R"
        link = "0" if earlier.first < 0 else link
        context.append(f"0|{link}|{between(words, max(earlier.number, 0), seat.first)}")
    else:
        link = "-" if sentence - earlier.sentence == 1 and earlier.first >= 0 else "."
    context += [f"{shape}|0|{link}", f"0|{link}|{after_tag}|{right_kind}"]
    yield NOBODY, context
    yield EARLIER, [name.replace("|0", "|E", 1) for name in context]
    for side, group in (("R", rights), ("L", lefts)):
        nouns = 0
        for p in group:
            if p.sort not in wanted and not (role == "what" and p.sort in "JV" and p.first in (seat.last, skipped)):
                continue
            gap = between(words, seat.last, p.first) if side == "R" else between(words, p.last, seat.first)
            head = p.head
            own = "o" if p.first in ends else ("n" if p.last in numbers else "")
            leads = lower[p.first - 1] if p.first > seat.opens else "^"
            base = f"{side}{nouns}"
            names = [
                f"{shape}|{base}{p.sort}",
                f"{shape}|{side}|{gap}|{p.sort}",
                f"{shape}|{side}|{before}|{p.sort}",
                f"{shape}|{side}|a={after}|{p.sort}|{min(nouns, 2)}",
                f"h={lower[head]}",
                f"{shape}|t={tags[head]}|{own}{side}",
                f"{side}|l={leads}|{p.sort}",
                f"{shape}|e={lower[head][-3:]}",
                f"{side}{min(nouns, 2)}|k={link}|{p.sort}",
            ]
            if role == "event":
                names += _beside(words, p, seat, counted)
            nouns += 1
            yield (p.core, p.last), names
            of = p.last
            if of + 1 < seat.closes and p.sort == "N" and lower[of] in ("of", "in", "for"):
                tail = next((q for q in phrases if q.first == of + 1 and q.sort == "N"), None)
                if tail is not None:
                    joint = lower[of]
                    yield (
                        (p.core, tail.last),
                        [
                            *names,
                            f"+{joint}",
                            f"{shape}|+{joint}",
                            f"+{joint}|h={lower[head]}",
                            f"+{joint}|t={tags[tail.head]}",
                            f"+{joint}|{side}{min(nouns, 2)}",
                        ],
                    )
            if p.sort == "V":
                nxt = next((q for q in phrases if q.first == p.last and q.sort in "NJ"), None)
                if nxt is not None and nxt.first not in numbers:
                    yield (
                        (p.core, nxt.last),
                        [
                            *names,
                            f"+v{nxt.sort}",
                            f"{shape}|+v{nxt.sort}",
                            f"+v|h={lower[head]}",
                            f"+v|t={tags[nxt.head]}",
                        ],
                    )
                if head > p.core and tags[p.core] != "VBN":
                    yield (head, p.last), [*names, "+bare", f"+bare|{tags[head]}", f"+bare|n={head - p.core}"]


def _beside(words: Words, p: Phrase, seat: Seat, counted: tuple[int, int]) -> list[str]:
    """Return how a phrase stands to what is counted: "soldiers were wounded", "wounded 12 soldiers"."""
    first, last = counted
    if first < 0:
        return [f"c0|{p.sort}", f"c0|{seat.shape}|{p.sort}"]
    if p.core < last and first < p.last:
        where = "in"
        gap = ""
    elif p.first >= last:
        where = "R"
        gap = between(words, last, p.first)
    else:
        where = "L"
        gap = between(words, p.last, first)
    side = "r" if first >= seat.last else "l"
    beyond = "b" if (p.first >= seat.last) == (first >= seat.last) else "a"
    return [
        f"c{side}{where}{beyond}|{gap}|{p.sort}",
        f"c{side}{where}{beyond}|{seat.shape}|{p.sort}",
        f"c{where}|{gap}|{words.tags[p.head]}",
    ]


def score(names: Iterable[str], known: dict[str, float]) -> float:
    """Return the sum of the weights of what was seen."""
    get = known.get
    return sum([get(name, 0.0) for name in names])


def choose(
    words: Words,
    seat: Seat,
    sentence: int,
    phrases: Sequence[Phrase],
    role: str,
    numbers: dict[int, int],
    earlier: Last = NOTHING,
    counted: tuple[int, int] = NOBODY,
) -> tuple[int, int]:
    """Return the token range of the best candidate, `NOBODY` or `EARLIER`."""
    known = weights()[role]
    best, choice = -1e9, NOBODY
    for span, names in candidates(words, seat, sentence, phrases, role, numbers, earlier, counted):
        total = score(names, known)
        if total > best:
            best, choice = total, span
    return choice


def settings(
    words: Words,
    seat: Seat,
    sentence: int,
    near: Near,
    chosen: Setting | None,
    event: tuple[int, int] = NOBODY,
) -> Iterator[tuple[Setting | None, list[str]]]:
    """Yield each time or place that the number may belong to, with what can be seen of it; None for none.

    near    settings of the whole text in order.  chosen  the one that the figure before it has.
    event   tokens of what happened to what is counted.
    """
    before, after, after_tag = surroundings(words, seat)
    shape = seat.shape
    here, earlier, before_it = near.around(sentence)
    happened = words.lower[event[1] - 1] if event[0] >= 0 else "-"
    kind = words.tags[event[0]] + words.tags[event[1] - 1] if event[0] >= 0 else "-"
    tense = next((t for t in words.tags[seat.opens : seat.closes] if t in ("VBD", "VBZ", "VBP", "MD")), "-")
    told = [f"v={happened}", f"v={kind}", f"t={tense}", f"{shape}|v={kind}"]
    yield (
        None,
        [
            *[f"0|{name}|{bool(here)}" for name in told],
            f"{shape}|0",
            f"0|{len(here)}|{min(before_it, 2)}",
            f"{shape}|0|{bool(here)}",
            f"0|{before}",
            f"0|{after}",
        ],
    )
    lefts = [m for m in here if m.last <= seat.first]
    rights = [m for m in here if m.first >= seat.last]
    for side, group in (("L", lefts[::-1]), ("R", rights)):
        for nth, m in enumerate(group[:4]):
            first, last = (m.last, seat.first) if side == "L" else (seat.last, m.first)
            gap = between(words, first, last)
            tags = words.tags[first:last]
            opening = m.first <= seat.opens + 1
            numbers = min(tags.count("CD"), 2)
            breaks = min(sum(t in (",", "CC", ":", ";", "(") for t in tags), 3)
            same = m == chosen
            yield (
                m,
                [
                    f"{side}{nth}|{m.sort}",
                    f"{shape}|{side}{nth}",
                    f"{side}|{gap}",
                    f"{side}|b{breaks}|n{numbers}",
                    f"{side}{nth}|b{breaks}",
                    f"{side}|n{numbers}|{m.sort}",
                    f"{side}|open={opening}|{nth}",
                    f"{side}|same={same}",
                    f"{side}|far={min((last - first) // 4, 4)}",
                    f"{side}|only={len(here) == 1}",
                    f"{side}|{m.sort}|open={opening}",
                    f"p={words.lower[m.first]}",
                    f"{side}|before={words.lower[m.first - 1] if m.first > seat.opens else '^'}",
                ],
            )
    offered = set()
    opener = earlier[-1] if earlier else None
    for nth, m in enumerate([*earlier, *([chosen] if chosen else [])]):
        if m in offered or m.sentence == sentence:
            continue
        offered.add(m)
        back = min(sentence - m.sentence, 4)
        yield (
            m,
            [
                *[f"E|{name}|{bool(here)}" for name in told],
                f"E|t={tense}|{m.sort}",
                f"E{min(nth, 3)}",
                f"E|{m.sort}",
                f"{shape}|E",
                f"E|back={back}",
                f"E|same={m == chosen}",
                f"E|same={m == chosen}|back={back}",
                f"E|here={len(here)}",
                f"E|first={m == opener}",
                f"E|first={m == opener}|here={bool(here)}",
                f"E|{m.sort}|here={bool(here)}",
                f"E|same={m == chosen}|here={bool(here)}",
                f"E|before={before}",
                f"E|after={after_tag}",
            ],
        )


def settle(
    words: Words,
    seat: Seat,
    sentence: int,
    near: Near,
    chosen: Setting | None,
    role: str,
    event: tuple[int, int] = NOBODY,
) -> Setting | None:
    """Return the time or place that the number belongs to, None where none does."""
    known = weights()[role]
    best, choice = -1e9, None
    for m, names in settings(words, seat, sentence, near, chosen, event):
        total = score(names, known)
        if total > best:
            best, choice = total, m
    return choice
