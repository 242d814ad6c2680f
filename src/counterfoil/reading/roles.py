"""Which words of a sentence play which role for a number: what is counted, what happened to it.

Each candidate phrase gets the sum of weights, one for each thing that can be seen of it ("right after the number",
"subject of the verb before it"); the best sum wins, and "nobody" is a candidate too. What is seen has two halves: the
number's seat fixes a table of weights, once, and each candidate looks up one value in it. The weights stand in
lexicon/roles.tsv, one table a line; tools/roles.py learns them from labelled articles.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate, repeat
from typing import NamedTuple, TypeVar

from counterfoil.reading.chunks import Phrase
from counterfoil.reading.words import Words

NOBODY = (-1, -1)
EARLIER = (-2, -2)  # the same words as the figure before it: "killed 12 soldiers and wounded 30"
REACH = 5  # phrases on each side; of 4 to 7 the one with most right in cross-validation on train
LONGEST = 6  # parts of what stands between two words
BETWEEN = {
    "IN": "P", "TO": "P", "NN": "N", "NNS": "N", "NNP": "N", "VB": "V", "VBD": "V", "VBN": "V", "VBZ": "V", "VBP": "V",
    "VBG": "V", "MD": "V", ",": ",", "CC": "&", "WDT": "W", "WP": "W", "WRB": "W", "CD": "#", "PRP": "N", "FW": "N",
    ":": ":", "(": "(", ")": ")", ";": ";", '"': '"', "“": '"', "”": '"', "-": "-",
}  # fmt: skip
KEPT = frozenset(["of", "in", "for", "by", "to", "from", "per", "than", "and", "as", "with", "among", "including"])
BREAKS = frozenset([",", "CC", ":", ";", "("])
TENSES = frozenset(["VBD", "VBZ", "VBP", "MD"])

T = TypeVar("T")
Table = dict[str, float]  # value to weight
Bind = Callable[[str], T]  # from what the seat fixes to the table of weights


class Tables(dict[str, Table]):
    """The tables of one role, each read when first asked for; what was never seen in learning has an empty one."""

    def __init__(self, written: dict[str, str]) -> None:
        self.written = written

    def __missing__(self, fixed: str) -> Table:
        line = self.written.get(fixed)
        if line is None:
            return NONE
        cells = line.split("\t")
        table = self[fixed] = dict(zip(cells[::2], map(float, cells[1::2]), strict=True))
        return table


NONE: Table = {}
ZEROS = repeat(0.0)


class Seat(NamedTuple):
    """A number among its sentence's words.

    first, last  tokens of the number, with its unit words if it has any.  shape  of the number grammar.
    """

    first: int
    last: int
    shape: str


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


class Line:
    """A sentence with numbers, looked through once for all of them.

    index          of the sentence.  opens, closes  its tokens.
    phrases        see `chunks.find`.
    numbers        first token to the one after the last of every figure's number in it; ends, beginnings: those alone.
    """

    def __init__(
        self, words: Words, index: int, opens: int, closes: int, phrases: Sequence[Phrase], numbers: dict[int, int]
    ) -> None:
        self.words, self.index, self.opens, self.closes = words, index, opens, closes
        self.phrases, self.numbers = phrases, numbers
        self.ends = set(numbers.values())
        self.beginnings = sorted(numbers)
        self.beginning = {p.first: p for p in phrases}
        self.firsts = [p.first for p in phrases]
        self.lasts = [p.last for p in phrases]
        lower, tags = words.lower[opens:closes], words.tags[opens:closes]
        self.tense = next((tag for tag in tags if tag in TENSES), "-")
        # What stands between: parts, like neighbours as one, written in one go, and where each begins; for each token
        # the first one told at or after it; for each token told its part. Where commas and the like stand, and numbers.
        parts: list[str] = []
        self.told: list[int] = []
        self.part_of: list[int] = []
        self.breaks: list[int] = []
        self.figures: list[int] = []
        for i, (word, tag) in enumerate(zip(lower, tags, strict=True), opens):
            self.told.append(len(self.part_of))
            part = word if word in KEPT else BETWEEN.get(tag)
            if part:
                if not parts or part != parts[-1]:
                    parts.append(part)
                self.part_of.append(len(parts) - 1)
            if tag in BREAKS:
                self.breaks.append(i)
            elif tag == "CD":
                self.figures.append(i)
        self.told.append(len(self.part_of))
        self.parts = "".join(parts)
        self.offsets = [0, *accumulate(map(len, parts))]

    def between(self, first: int, last: int) -> str:
        """Return the tags of tokens [first, last) as one short word; "of" keeps its name, nouns run together.

        Where they reach out of the sentence it is "…".
        """
        if first >= last:
            return ""
        if first < self.opens or last > self.closes:
            return "…"
        a, b = self.told[first - self.opens], self.told[last - self.opens]
        if a == b:
            return ""
        start, stop = self.part_of[a], self.part_of[b - 1] + 1
        return self.parts[self.offsets[start] : self.offsets[min(stop, start + LONGEST)]]

    def count(self, places: Sequence[int], first: int, last: int) -> int:
        """Return how many of these places, `breaks` or `figures`, are among tokens [first, last)."""
        return bisect_left(places, last) - bisect_left(places, first) if places else 0

    def surroundings(self, seat: Seat) -> tuple[str, str, str]:
        """Return the word right before the number, the word right after it, and that one's tag."""
        lower, tags = self.words.lower, self.words.tags
        b, a = seat.first - 1, seat.last
        before = lower[b] if b >= self.opens else "^"
        return (before, lower[a], tags[a]) if a < self.closes else (before, "$", "$")


@cache
def weights() -> dict[str, Tables]:
    """Read the weights from the package, once: role to what the seat fixes to value to weight."""
    written: dict[str, dict[str, str]] = {}
    source = files("counterfoil.reading").joinpath("lexicon/roles.tsv").read_text(encoding="utf-8")
    for line in source.split("\n"):
        if line and line[0] != "#":
            role, fixed, cells = line.split("\t", 2)
            written.setdefault(role, {})[fixed] = cells
    return {role: Tables(lines) for role, lines in written.items()}


def score(tables: Sequence[Table], values: Sequence[str]) -> float:
    """Return the sum of the weights of what was seen."""
    return sum(map(dict.get, tables, values, ZEROS))


# The labelled articles hold too few "a 60% increase in attacks" to learn from, and grammar leaves no choice.
CHANGES = frozenset(
    "increase rise jump surge growth spike hike climb upsurge uptick gain expansion drop decline fall decrease "
    "reduction cut dip slump plunge contraction change swing".split()
)


def changed(seat: Seat, line: Line) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return what changed and the noun that says so: "a 60% rise in X", "a rise of 60% in X", "a rise in X of 60%"."""
    lower = line.words.lower
    first, last = seat.first, seat.last
    if seat.shape not in ("percent", "points", "fraction", "multiple"):
        return None
    if last + 1 < line.closes and lower[last] in CHANGES and lower[last + 1] in ("in", "of"):
        noun, opens = last, last + 2
    elif first - 2 >= line.opens and lower[first - 1] == "of" and last < line.closes and lower[first - 2] in CHANGES:
        noun, opens = first - 2, last + 1 if lower[last] in ("in", "of") else -1
    else:
        noun = next((i for i in range(first - 2, max(line.opens, first - 9), -1) if lower[i] in CHANGES), -1)
        if noun < 0 or lower[first - 1] != "of" or lower[noun + 1] not in ("in", "of"):
            return None
        opens = noun + 2
    thing = line.beginning.get(opens)
    return ((thing.core, thing.last), (noun, noun + 1)) if thing and thing.sort in "NP" else None


class Last(NamedTuple):
    """What the figure before it got: token range (or NOBODY), and whether in the same sentence."""

    first: int = -1
    last: int = -1
    sentence: int = -1
    number: int = -1


NOTHING = Last()


def candidates(
    seat: Seat,
    line: Line,
    role: str,
    bind: Bind[T],
    earlier: Last = NOTHING,
    counted: tuple[int, int] = NOBODY,
) -> Iterator[tuple[tuple[int, int], list[T], list[str]]]:
    """Yield the token range of each candidate, the tables that its seat fixes and its value in each of them.

    counted  for "event": the tokens of what is counted.
    """
    before, after, after_tag = line.surroundings(seat)
    lower, tags = line.words.lower, line.words.tags
    shape, numbers = seat.shape, line.numbers
    right, left = bisect_left(line.firsts, seat.last), bisect_right(line.lasts, seat.first)
    rights = line.phrases[right : right + REACH]
    lefts = line.phrases[max(0, left - REACH) : left][::-1]
    right_kind = (rights[0].sort if rights[0].first == seat.last else "-") if rights else "$"
    skipped = seat.last + 1 if after in ("of", "the") else -1
    wanted = "NP" if role == "what" else "VNJ"
    # After "killed in the 12" nothing may follow; the two words around tell most of it.
    context = [
        f"0|{shape}",
        f"0|{shape}|{after_tag}|{right_kind}",
        f"0 around|{before}|{after}",
        f"0 before|{shape}|{before}",
        f"0 after|{shape}|{after}",
    ]
    if earlier.sentence == line.index:
        link = "0" if earlier.first < 0 else "L" if earlier.last <= earlier.number else "R"
        context.append(f"0 gap|{link}|{line.between(max(earlier.number, 0), seat.first)}")
    else:
        link = "-" if line.index - earlier.sentence == 1 and earlier.first >= 0 else "."
    context += [f"0 link|{shape}|{link}", f"0 link|{link}|{after_tag}|{right_kind}"]
    tables = [bind(fixed) for fixed in context]
    yield NOBODY, tables, ["0"] * len(tables)
    yield EARLIER, tables, ["E"] * len(tables)
    fixed = [
        f"nth|{shape}",
        f"gap|{shape}",
        f"before|{shape}|{before}",
        f"after|{shape}|{after}",
        "head",
        f"tag|{shape}",
        "leads",
        f"ending|{shape}",
        f"link|{link}",
    ]
    if role == "event":
        fixed += ["beside", f"beside|{shape}", "beside tag"] if counted[0] >= 0 else ["alone", f"alone|{shape}"]
    tables = [bind(name) for name in fixed]
    for side, group in (("R", rights), ("L", lefts)):
        nouns = 0
        for p in group:
            sort, first, core, last, head = p
            if sort not in wanted and not (role == "what" and sort in "JV" and first in (seat.last, skipped)):
                continue
            gap = line.between(seat.last, first) if side == "R" else line.between(last, seat.first)
            own = "o" if first in line.ends else "n" if last in numbers else ""
            leads = lower[first - 1] if first > line.opens else "^"
            word, tag = lower[head], tags[head]
            way = side + sort
            few = f"{nouns if nouns < 2 else 2}{way}"
            values = [
                f"{nouns}{way}",
                f"{way}{gap}",
                way,
                few,
                word,
                f"{side}{own}{tag}",
                f"{way}{leads}",
                word[-3:],
                few,
            ]
            if role == "event":
                values += _beside(line, p, seat, counted)
            nouns += 1
            yield (core, last), tables, values
            if sort == "N" and last + 1 < line.closes and lower[last] in ("of", "in", "for"):
                tail = line.beginning.get(last + 1)
                if tail is not None and tail.sort == "N":
                    of = lower[last]
                    yield (
                        (core, tail.last),
                        [*tables, bind("+"), bind(f"+|{shape}"), bind("+ head"), bind("+ tag"), bind("+ nth")],
                        [*values, of, of, f"{of}{word}", f"{of}{tags[tail.head]}", f"{of}{few}"],
                    )
            elif sort == "V":
                joined = line.beginning.get(last)
                if joined is not None and joined.sort in "NJ" and joined.first not in numbers:
                    yield (
                        (core, joined.last),
                        [*tables, bind("+v"), bind(f"+v|{shape}"), bind("+v head"), bind("+v tag")],
                        [*values, joined.sort, joined.sort, word, tags[joined.head]],
                    )
                if head > core and tags[core] != "VBN":
                    yield (
                        (head, last),
                        [*tables, bind("+bare"), bind("+bare tag"), bind("+bare length")],
                        [*values, "", tag, str(head - core)],
                    )


def _beside(line: Line, p: Phrase, seat: Seat, counted: tuple[int, int]) -> list[str]:
    """Return how a phrase stands to what is counted: "soldiers were wounded", "wounded 12 soldiers"."""
    first, last = counted
    if first < 0:
        return [p.sort, p.sort]
    if p.core < last and first < p.last:
        where, gap = "in", ""
    elif p.first >= last:
        where, gap = "R", line.between(last, p.first)
    else:
        where, gap = "L", line.between(p.last, first)
    behind = first >= seat.last
    stands = ("r" if behind else "l") + where + ("b" if (p.first >= seat.last) == behind else "a") + p.sort
    return [f"{stands}|{gap}", stands, f"{where}|{line.words.tags[p.head]}|{gap}"]


def choose(
    seat: Seat,
    line: Line,
    role: str,
    earlier: Last = NOTHING,
    counted: tuple[int, int] = NOBODY,
) -> tuple[int, int]:
    """Return the token range of the best candidate, `NOBODY` or `EARLIER`."""
    best, choice = -1e9, NOBODY
    for span, tables, values in candidates(seat, line, role, weights()[role].__getitem__, earlier, counted):
        total = score(tables, values)
        if total > best:
            best, choice = total, span
    return choice


def settings(
    seat: Seat,
    line: Line,
    near: Near,
    chosen: Setting | None,
    bind: Bind[T],
    event: tuple[int, int] = NOBODY,
) -> Iterator[tuple[Setting | None, list[T], list[str]]]:
    """Yield each time or place that the number may belong to, with tables and values as `candidates`; None for none.

    near    settings of the whole text in order.  chosen  the one that the figure before it has.
    event   tokens of what happened to what is counted.
    """
    before, after, after_tag = line.surroundings(seat)
    lower, tags = line.words.lower, line.words.tags
    shape = seat.shape
    here, earlier, before_it = near.around(line.index)
    some = "y" if here else "n"
    happened, kind = (lower[event[1] - 1], tags[event[0]] + tags[event[1] - 1]) if event[0] >= 0 else ("-", "-")
    told = [
        bind(f"event|{some}|{happened}"),
        bind(f"event tags|{some}|{kind}"),
        bind(f"tense|{some}|{line.tense}"),
        bind(f"event tags|{some}|{shape}|{kind}"),
    ]
    fixed = (f"0|{shape}", f"0 here|{len(here)}|{min(before_it, 2)}", f"0 here|{shape}|{some}")
    tables = [*told, *[bind(name) for name in (*fixed, f"0 before|{before}", f"0 after|{after}")]]
    yield None, tables, ["0"] * len(tables)
    if here:
        fixed_here = (
            "nth sort", f"nth|{shape}", "gap", "breaks numbers", "nth breaks", "numbers sort", "opening nth", "same",
            "far", "only", "opening sort", "word", "before",
        )  # fmt: skip
        tables = [bind(name) for name in fixed_here]
        only = "1" if len(here) == 1 else "2"
        left = bisect_right(here, seat.first, key=lambda m: m.last)  # they stand in order, none over another
        right = bisect_left(here, seat.last, key=lambda m: m.first)
        for side, group in (
            ("L", here[max(0, left - 4) : left][::-1]),
            ("R", here[right : right + 4]),
        ):
            for nth, m in enumerate(group):
                first, last = (m.last, seat.first) if side == "L" else (seat.last, m.first)
                place = f"{side}{nth}"
                opening = f"{side}^" if m.first <= line.opens + 1 else side
                numbers = min(line.count(line.figures, first, last), 2)
                breaks = min(line.count(line.breaks, first, last), 3)
                values = [
                    f"{place}{m.sort}",
                    place,
                    f"{side}{line.between(first, last)}",
                    f"{side}{breaks}{numbers}",
                    f"{place}{breaks}",
                    f"{side}{numbers}{m.sort}",
                    f"{opening}{nth}",
                    f"{side}=" if m == chosen else side,
                    f"{side}{min((last - first) // 4, 4)}",
                    side + only,
                    f"{opening}{m.sort}",
                    lower[m.first],
                    side + (lower[m.first - 1] if m.first > line.opens else "^"),
                ]
                yield m, tables, values
    if not earlier and chosen is None:
        return
    fixed_earlier = (
        f"E|{line.tense}", "E nth", "E sort", f"E|{shape}", "E back", "E same", "E same back", f"E here|{len(here)}",
        "E first", f"E first|{some}", f"E sort|{some}", f"E same|{some}", f"E before|{before}", f"E after|{after_tag}",
    )  # fmt: skip
    tables = [*told, *[bind(name) for name in fixed_earlier]]
    offered = set()
    opener = earlier[-1] if earlier else None
    for nth, m in enumerate([*earlier, *([chosen] if chosen else [])]):
        if m in offered or m.sentence == line.index:
            continue
        offered.add(m)
        back = str(min(line.index - m.sentence, 4))
        same = "=" if m == chosen else ""
        initial = "^" if m == opener else ""
        values = [
            "E", "E", "E", "E", m.sort, str(min(nth, 3)), m.sort, "", back, same, same + back, "", initial, initial,
            m.sort, same, "", "",
        ]  # fmt: skip
        yield m, tables, values


def settle(
    seat: Seat,
    line: Line,
    near: Near,
    chosen: Setting | None,
    role: str,
    event: tuple[int, int] = NOBODY,
) -> Setting | None:
    """Return the time or place that the number belongs to, None where none does."""
    best, choice = -1e9, None
    for m, tables, values in settings(seat, line, near, chosen, weights()[role].__getitem__, event):
        total = score(tables, values)
        if total > best:
            best, choice = total, m
    return choice
