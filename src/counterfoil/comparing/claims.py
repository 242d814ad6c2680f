"""What else a figure's sentence says, beyond what was read of it: words that may restrict what is counted.

A record may be held against a figure only if nothing is left over. Knows of no table and no relation.
"""

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from counterfoil.comparing import axes, harmless
from counterfoil.comparing.listed import BESIDE, PART, WHOLE, item
from counterfoil.reading import sentences
from counterfoil.reading.model import Account, Figure, Kind, Statement
from counterfoil.spans import Anchor, Span

LONGEST_SENTENCE = 600  # code points; of a longer one nobody can say that nothing was missed
MOST_PHRASES = 3
MOST_STATEMENTS = 10  # one within another
LONGEST_PHRASE = 60  # code points of one left-over phrase in print
_WORD = re.compile(r"[^\W_]+(?:[.,](?=[^\W_])[^\W_]+)*")
_DATELINE = re.compile(r"[A-Z][A-Z]{2}[^\n—–]{0,80}?(?:\s[-–—]{1,2}\s|\s?[—–]\s?)")
_WHEN = re.compile(r"\b(?:when|after|as) (?=(?:the|a|an|its|his|her|their|two|three|several)\b|[a-z]+s\b)")
_CLAUSE_END = re.compile(r"[,;:](?=\s)|[()\n]")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A figure's sentence and all that was read of it and around it.

    sentence  None where the text has no sentence at the number, or one too long to be sure of.
    said      sources and cues of the statements that enclose the figure.
    others    the other figures of the sentence.
    beside    one of them that it is compared with: its words are read too.
    """

    text: str
    sentence: Span | None
    figure: Figure
    said: tuple[tuple[Anchor | None, Anchor | None], ...] = ()
    others: tuple[Figure, ...] = ()
    beside: Figure | None = None


def surroundings(account: Account, figure: Figure) -> Surroundings:
    """Return the figure's surroundings in its account."""
    said = [(statement.source, statement.cue) for statement in enclosing(account, figure)]
    return around(account.document.text, figure, account.figures, said)


def enclosing(account: Account, figure: Figure) -> tuple[Statement, ...]:
    """Return the statements that enclose the figure, innermost first."""
    found: list[Statement] = []
    at = figure.statement
    while at is not None and len(found) < MOST_STATEMENTS:
        found.append(account.statements[at])
        at = found[-1].parent
    return tuple(found)


def around(
    text: str,
    figure: Figure,
    figures: Sequence[Figure],
    said: Iterable[tuple[Anchor | None, Anchor | None]] = (),
) -> Surroundings:
    """Return the figure's surroundings in this text. `figures`: all of it, in text order."""
    sentence = sentence_of(text, figure.number.anchor.span)
    if sentence is None:
        return Surroundings(text, None, figure, tuple(said))
    begin, end = (bisect_left(figures, at, key=_start) for at in (sentence.start, sentence.end))
    others = tuple(f for f in figures[begin:end] if f is not figure and f.number.anchor.span in sentence)
    return Surroundings(text, sentence, figure, tuple(said), others)


def _start(figure: Figure) -> int:
    return figure.number.anchor.span.start


def sentence_of(text: str, span: Span) -> Span | None:
    """Return the sentence that holds the span, None where none does or it is too long."""
    found, starts = _sentences(text)
    at = bisect_right(starts, span.start) - 1
    if at < 0 or span not in found[at] or len(found[at]) > LONGEST_SENTENCE:
        return None
    return found[at]


@lru_cache(maxsize=2)
def _sentences(text: str) -> tuple[tuple[Span, ...], tuple[int, ...]]:
    found = sentences.find(text)
    return found, tuple(span.start for span in found)


def left_over(seen: Surroundings, known: Collection[str] = (), *, in_clause: bool = False) -> tuple[str, ...]:
    """Return the phrases of the figure's sentence that nothing accounts for; empty if all is accounted for.

    known      lower-case words by which the record tells what it counts.
    in_clause  look between the nearest commas alone, where restrictions of the number stand.
    """
    if seen.sentence is None:
        return ("the whole sentence, which is too long to be sure of",)
    return _phrases(seen.text, *_tokens(seen, known, in_clause=in_clause, listed=True))


def words_left_over(seen: Surroundings) -> frozenset[str] | None:
    """Return the words of the figure's sentence that nothing accounts for; None where there is no telling."""
    if seen.sentence is None:
        return None
    tokens, odd = _tokens(seen, (), in_clause=False)
    return frozenset(word for (_, _, word), left in zip(tokens, odd, strict=True) if left)


def widens(seen: Surroundings) -> bool:
    """Say whether a word left over may widen what is counted: a name ("and Katsina"), or "including", "together"."""
    if seen.sentence is None:
        return True
    tokens, odd = _tokens(seen, (), in_clause=False)
    words = _words().widening
    return any(
        left and (word in words or (seen.text[first].isupper() and first > seen.sentence.start))
        for (first, _, word), left in zip(tokens, odd, strict=True)
    )


def circumstances(seen: Surroundings) -> frozenset[str]:
    """Return the words behind the number that tell how it came about and restrict nothing: "when a market burned"."""
    if seen.sentence is None:
        return frozenset()
    start = seen.figure.number.anchor.span.end
    clause = _WHEN.search(seen.text, start, seen.sentence.end)
    if clause is None:
        return frozenset()
    return frozenset(m.group().casefold() for m in _WORD.finditer(seen.text, clause.start(), seen.sentence.end))


_Token = tuple[int, int, str]  # first and last code point, and the word in lower case


def _tokens(
    seen: Surroundings, known: Collection[str], *, in_clause: bool, listed: bool = False
) -> tuple[list[_Token], list[bool]]:
    """Return the words around the figure, and of each whether it is left over.

    listed  those of other figures that stand beside it are none: they restrict nothing, though they may widen.
    """
    start, end = _bounds(seen, in_clause=in_clause)
    plain = _words()
    told = plain.joining | set(known) | _own(seen.figure) | (plain.telling if listed else frozenset())
    if seen.figure.kind is Kind.CHANGE:
        told |= plain.change
    covered = [*_covered(seen), *(_listed(seen) if listed else ())]
    tokens = [(m.start(), m.end(), m.group().casefold()) for m in _WORD.finditer(seen.text, start, end)]
    odd: list[bool] = []
    calm = _harmless(seen) if listed else ()
    for first, last, word in tokens:
        owner = word == "s" and first > start and seen.text[first - 1] in "'’"  # "Kenya's": what it owns comes next
        read = any(a <= first and last <= b and test(word) for a, b, test in covered)
        mild = any(a <= first and last <= b and word in words for a, b, words in calm)
        odd.append(not (owner or read or mild or word in told))
    if listed:
        _allow_or(seen.figure, tokens, odd)
    _allow_day_of_speech(seen, tokens, odd)
    _allow_as_of(seen, tokens, odd)
    return tokens, odd


def withheld(seen: Surroundings) -> str | None:
    """Return the word by which the sentence does not assert what it tells ("if", "whether", "false"), if one does."""
    if seen.sentence is None:
        return None
    words = _words().withheld
    for m in _WORD.finditer(seen.text, seen.sentence.start, seen.sentence.end):
        if m.group().casefold() in words:
            return m.group()
    return "?" if "?" in seen.sentence.of(seen.text) else None


def known_words(*phrases: str) -> frozenset[str]:
    """Return the words of these phrases in lower case."""
    return frozenset(w.casefold() for phrase in phrases for w in _WORD.findall(phrase[:300]))


def _bounds(seen: Surroundings, *, in_clause: bool) -> tuple[int, int]:
    assert seen.sentence is not None
    start, end, number = seen.sentence.start, seen.sentence.end, seen.figure.number.anchor.span
    dateline = _DATELINE.match(seen.text, start, number.start)
    if dateline:
        start = dateline.end()
    if in_clause:
        cuts = [m.span() for m in _CLAUSE_END.finditer(seen.text, start, end)]
        start = max([start, *(b for _, b in cuts if b <= number.start)])
        end = min([end, *(a for a, _ in cuts if a >= number.end)])
    return start, end


def _own(figure: Figure) -> frozenset[str]:
    """Return the plain words for the figure's measure, and those of its population, which is compared elsewhere."""
    if figure.measure is None:
        return frozenset()
    measure = figure.measure.value
    plain = _words()
    found = set(plain.measure.get(measure.code, ()))
    for word in measure.code.split("_"):
        stem = word.removesuffix("ed")
        found |= {word, word + "s", *((stem + e for e in ("ing", "ation", "ations")) if stem != word else ())}
    if figure.kind is Kind.STOCK and measure.code in plain.residing_codes:
        found |= plain.residing
    if figure.number.value.unit == "person":
        found |= plain.people | known_words(measure.population or "")
    return frozenset(found)


_Cover = tuple[int, int, Callable[[str], bool]]


def _covered(seen: Surroundings) -> list[_Cover]:
    """Return the stretches that were read, each with a test for the words that may stand in it."""
    plain, figure = _words(), seen.figure
    found: list[tuple[Anchor | None, Callable[[str], bool]]] = [
        (figure.number.anchor, _any),
        (figure.hedge, lambda word: word not in plain.averages),
        *((anchor, _is_time) for anchor in _times(figure)),
    ]
    if figure.kind is Kind.CHANGE:
        found.append((figure.base, lambda word: _is_time(word) or word in plain.change))
    for reading in (figure.place, figure.origin, figure.destination):
        if reading is not None:
            name = known_words(reading.value.name) | plain.joining
            single = len(_WORD.findall(reading.anchor.quote)) == 1
            found.append((reading.anchor, _any if single else name.__contains__))
    for source, cue in seen.said:
        found += [(source, lambda word: word not in plain.withheld), (cue, plain.saying.__contains__)]
    for other in seen.others:
        if other is seen.beside or _another_time(figure, other, seen.text):
            found += [(other.number.anchor, _any), (other.hedge, _any)]
            found += [(anchor, _is_time) for anchor in _times(other)]
    return [(anchor.span.start, anchor.span.end, test) for anchor, test in found if anchor is not None]


def _harmless(seen: Surroundings) -> tuple[harmless.Harmless, ...]:
    if seen.sentence is None:
        return ()
    cues = [cue.span for _, cue in seen.said if cue is not None]
    return harmless.stretches(seen.text, seen.sentence, seen.figure, seen.others, cues)


def _listed(seen: Surroundings) -> list[_Cover]:
    """Return the stretches of the figures that stand beside it, each with a test for the words that are theirs."""
    found: list[_Cover] = []
    for other in seen.others:
        stands = item(seen.text, seen.sentence, seen.figure, other) if seen.sentence is not None else None
        if stands is None:
            continue
        start, end = stands.span.start, stands.span.end
        theirs = stands.apart and stands.stands != WHOLE
        words = _theirs(other, people=theirs) | (axes.classes() if stands.stands == PART else frozenset())
        found.append((start, end, words.__contains__))
        if stands.joint.end <= seen.figure.number.anchor.span.start:  # "another 30", "30 others", "of whom 30"
            what = seen.figure.what.span.end if seen.figure.what is not None else 0
            found.append((stands.joint.start, max(stands.joint.end, what), _words().listing.__contains__))
        for anchor in (other.number.anchor, other.hedge):
            if anchor is not None:
                found.append((anchor.span.start, anchor.span.end, _any))
        if other.kind is Kind.CHANGE:
            found.append((start, end, _is_time))
        elsewhere = other.place is not None and seen.figure.place is not None and stands.stands == BESIDE
        if elsewhere and other.place is not None and seen.figure.place is not None:
            mine, place = seen.figure.place.anchor.span, other.place.anchor.span
            if place in stands.span and mine not in stands.span:
                found.append((place.start, place.end, _any))
    return found


def _theirs(other: Figure, *, people: bool) -> frozenset[str]:
    """Return the words that say what another figure counts; of whom, only if `people`."""
    plain = _words()
    found = plain.listing | plain.people | (plain.change if other.kind is Kind.CHANGE else frozenset())
    if other.measure is None:
        return found
    for code in (other.measure.value.code, *_AFTER_A_NUMBER):
        found |= plain.measure.get(code, frozenset()) | set(code.split("_"))
    if people:
        found |= (
            known_words(other.measure.value.term)
            | _own(other)
            | known_words(axes.before_stop(other.what.quote) if other.what else "")
        )
    return found


_AFTER_A_NUMBER = ("killed", "injured", "missing", "displaced")  # how harm is told of a number beside others


def _any(_: str) -> bool:
    return True


def _is_time(word: str) -> bool:
    return word[:1].isdigit() or word in _words().time


def _times(figure: Figure) -> list[Anchor]:
    return [period.anchor for period in (figure.period, figure.baseline) if period is not None]


def _another_time(one: Figure, other: Figure, text: str) -> bool:
    """Say whether the other figure counts the same at another time: "45 in 2022 and 12 in 2021"."""
    if one.period is None or other.period is None or one.measure is None or other.measure is None:
        return False
    a, b = sorted((one.number.anchor.span, other.number.anchor.span))
    return (
        one.measure.value.code == other.measure.value.code
        and one.number.value.unit == other.number.value.unit
        and one.kind is other.kind
        and axes.spans_of_days(*((f.period.value.first, f.period.value.last) for f in (one, other) if f.period)).word
        == axes.DISJOINT
        and not re.match(r"\s*(?:out )?of\b", text[a.end : b.start])
    )


def _allow_or(figure: Figure, tokens: Sequence[_Token], odd: list[bool]) -> None:
    """Take "or" between two words for one measure for a part of it: "resettled or relocated"."""
    own = _words().measure.get(figure.measure.value.code, frozenset()) if figure.measure else frozenset()
    for at in range(1, len(tokens) - 1):
        if tokens[at][2] == "or" and tokens[at - 1][2] in own and tokens[at + 1][2] in own:
            odd[at] = False


def _allow_day_of_speech(seen: Surroundings, tokens: Sequence[_Token], odd: list[bool]) -> None:
    """Take "on Friday" or "reporters" straight behind a cue for what they are: when and to whom it was said."""
    plain = _words()
    ends = [cue.span.end for _, cue in seen.said if cue is not None]
    for end in ends:
        at = bisect_right([first for first, _, _ in tokens], end - 1)
        while at < len(tokens) and (tokens[at][2] in plain.weekdays | plain.hearers or tokens[at][2] == "on"):
            odd[at] = False
            at += 1


def _allow_as_of(seen: Surroundings, tokens: Sequence[_Token], odd: list[bool]) -> None:
    """Take "as of" before the figure's time for a part of it."""
    times = [anchor.span for anchor in _times(seen.figure)]
    for at in range(len(tokens) - 2):
        begins = tokens[at + 2][0]
        if (tokens[at][2], tokens[at + 1][2]) == ("as", "of") and any(t.start <= begins < t.end for t in times):
            odd[at] = False


def _joins(tokens: Sequence[_Token], odd: Sequence[bool], at: int) -> bool:
    """Say whether a plain word stands between two that are left over: "claimed by the rebels"."""
    return at + 1 < len(tokens) and odd[at + 1] and tokens[at][2] in _words().joining


def _phrases(text: str, tokens: Sequence[_Token], odd: Sequence[bool]) -> tuple[str, ...]:
    """Return runs of left-over words as written, each with the preposition before it."""
    found: list[str] = []
    at = 0
    while at < len(tokens) and len(found) < MOST_PHRASES:
        if not odd[at]:
            at += 1
            continue
        last = at
        while last + 1 < len(tokens) and (odd[last + 1] or _joins(tokens, odd, last + 1)):
            last += 1
        first = at - 1 if at and tokens[at - 1][2] in _words().leading and not odd[at - 1] else at
        words = " ".join(text[tokens[first][0] : tokens[last][1]].split())
        found.append(words if len(words) <= LONGEST_PHRASE else words[: LONGEST_PHRASE - 1] + "…")
        at = last + 1
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Plain:
    joining: frozenset[str]
    leading: frozenset[str]
    people: frozenset[str]
    saying: frozenset[str]
    hearers: frozenset[str]
    time: frozenset[str]
    weekdays: frozenset[str]
    averages: frozenset[str]
    change: frozenset[str]
    withheld: frozenset[str]
    widening: frozenset[str]
    listing: frozenset[str]
    telling: frozenset[str]
    residing: frozenset[str]
    residing_codes: frozenset[str]
    measure: dict[str, frozenset[str]]


@cache
def _words() -> _Plain:
    table = tomllib.loads((resources.files(__package__) / "claims.toml").read_text(encoding="utf-8"))
    plain = {name: frozenset(words.split()) for name, words in table["plain"].items()}
    return _Plain(
        plain["joining"] | plain["scope"] | plain["happening"],
        plain["leading"],
        plain["people"],
        plain["saying"],
        plain["hearers"],
        plain["time"],
        plain["weekdays"],
        plain["averages"],
        frozenset(table["change"]["words"].split()),
        frozenset(table["withheld"]["words"].split()),
        frozenset(table["widening"]["words"].split()),
        frozenset(table["listing"]["words"].split()),
        frozenset(table["telling"]["words"].split()),
        frozenset(table["residing"]["words"].split()),
        frozenset(table["residing"]["codes"].split()),
        {code: frozenset(words.split()) for code, words in table["measure"].items()},
    )
