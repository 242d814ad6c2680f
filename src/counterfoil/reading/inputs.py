"""What the encoder is shown of a document: words with their features, and the numbers and cues that it is asked about.

Training and inference both go through here, so that a model is never shown anything else than it learnt from.
All positions are word indices into `Words`; all codes are indices into the tuples below.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from counterfoil.reading import measures, names, quotations
from counterfoil.reading import sentences as splitting
from counterfoil.reading.figures import Found
from counterfoil.reading.model import Account, Direction, Figure, Kind
from counterfoil.reading.words import Words
from counterfoil.spans import Anchor, Span

Integers = NDArray[np.int64]
Range = tuple[int, int]  # first word, and the one after the last
Cut = Callable[[str], tuple[int, ...]]  # a word to its pieces

CASES = ("lower", "Capital", "UPPER", "mixed", "digits", "mark")
TAGS = (
    '? " $ ( ) , - . : CC CD DT EX FW GW IN JJ JJR JJS LS MD NN NNP NNS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD'
    " VBG VBN VBP VBZ WDT WP WP$ WRB ! ? ; % “ ” ‘ ’ — – [ ]"
).split()
MARKS = ("none", "number", "number on", "time", "place", "demonym")
SAID = ("none", "content", "inner content", "source", "cue")
QUOTES = ("outside", "inside")
OPENINGS = ("within", "sentence", "paragraph")
NAMED = ("none", "person", "body")
FEATURES = (CASES, tuple(TAGS), MARKS, SAID, QUOTES, OPENINGS, NAMED)
ROLES = ("hedge", "what", "event", "time", "place", "base")
KINDS = tuple(Kind)
DIRECTIONS = (None, Direction.UP, Direction.DOWN)
SHAPES = ("count", "percent", "points", "fraction", "multiple", "money", "measure", "duration", "age", "rate", "score",
          "vague")  # fmt: skip

LONGEST = 160  # words of a paragraph that are encoded at once; the model's first training stopped at 256 pieces
OVERLAP = 40  # words before a cut that are encoded again, so that what follows it has its context
PIECES_A_WORD = 8
PIECES = 320  # that a stretch may have at most
AGAIN = 240  # pieces of it that may be encoded again; reached by no article of train, but by pages of digits
BEFORE, AFTER = 80, 50  # words of its own paragraph that a number or cue sees at most
EARLIER, HEAD = 50, 24  # words of the paragraph before, and of the article's head
SPOKEN = 64  # words before its paragraph that a cue sees: who "he" is stands there
DISTANCES = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96)  # upper ends of the buckets on each side


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words [context, end) that are encoded at once, of which [start, end) are kept."""

    context: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ask:
    """A number or a cue that the model is asked about, and the words that it may find its answer in.

    first, last  its words.  window  the words shown, in text order.
    places       of each word shown: distance, sentence and paragraph from here, and what the rules take it for.
    told         what the rules say of it, in codes.
    """

    first: int
    last: int
    window: Integers
    places: Integers
    told: Integers


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document as the model is shown it.

    pieces    of each word.  features  one code of each of FEATURES for each word.
    sentence, paragraph  of each word.  numbers  one for each figure of the account.
    named     where a person or a body is named: first word to full name and kind, in text order.
    """

    words: Words
    stretches: tuple[Stretch, ...]
    pieces: tuple[tuple[int, ...], ...]
    features: Integers
    sentence: Integers
    paragraph: Integers
    numbers: tuple[Ask, ...]
    named: dict[int, tuple[str, str]]


def sheet(found: Found, account: Account, cut: Cut) -> Sheet:
    """Return the document as the model is shown it, with the rules' account of it as what they tell."""
    words, text = found.words, found.document.text
    count = len(words.starts)
    starts = [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)]
    paragraphs = splitting.paragraphs(text)
    sentence = _numbered(words, [s.start for s in found.sentences])
    paragraph = _numbered(words, [p.start for p in paragraphs])
    pieces = tuple(cut(word) for word in starts)
    features = np.zeros((count, len(FEATURES)), np.int64)
    features[:, 0] = [_case(word) for word in starts]
    features[:, 1] = [_TAG.get(tag, 0) for tag in words.tags]
    _mark(features[:, 2], found)
    _say(features[:, 3], words, account)
    for quote in quotations.find(text, paragraphs):
        features[words.at(quote.span.start) : words.at(quote.span.end - 1) + 1, 4] = 1
    if count:
        features[:, 5] = np.diff(sentence, prepend=-1).astype(bool).astype(np.int64)
        features[np.diff(paragraph, prepend=-1).astype(bool), 5] = 2
    named = _named(words, account)
    for at, (_, kind) in named.items():
        features[at, 6] = NAMED.index(kind)
    bare = Sheet(words, stretches(paragraph, pieces), pieces, features, sentence, paragraph, (), named)
    shapes = {number.span: number.shape for number in found.numbers}
    asks = tuple(_number(bare, figure, shapes[figure.number.anchor.span]) for figure in account.figures)
    return replace(bare, numbers=asks)


def _named(words: Words, account: Account) -> dict[int, tuple[str, str]]:
    entries = [
        names.Entry((s.source.span.start, s.source.span.end) if s.source else None, None, 0, None)
        for s in account.statements
    ]
    found = names.collect(words, entries)
    made = {at: (name, "person") for at, name in found.mentions}
    made.update({at: (name, "body") for at, name in found.body_mentions})
    return dict(sorted(made.items()))


def cue(bare: Sheet, first: int, last: int, source: Range | None, content: Sequence[Range], belief: bool) -> Ask:
    """Return a cue as the model is asked about it, with the source and content that the rules give it, if any."""
    roles = [*((piece, 1) for piece in content), *([(source, 2)] if source else [])]
    told = np.array([bool(content), bool(source), belief], np.int64)
    window = _window(bare, first, last, head=False)
    return Ask(first, last, window, _places(bare, first, last, window, roles), told)


def span_of(words: Words, where: Range) -> Span:
    """Return the code points of some words."""
    return Span(words.starts[where[0]], words.ends[where[1] - 1])


def range_of(words: Words, span: Span) -> Range:
    """Return the words of some code points."""
    return words.at(span.start), words.at(span.end - 1) + 1


def stretches(paragraph: Integers, pieces: Sequence[tuple[int, ...]]) -> tuple[Stretch, ...]:
    """Return what is encoded at once: paragraphs, long ones cut with an overlap."""
    made: list[Stretch] = []
    count = len(pieces)
    start = 0
    while start < count:
        context = start - OVERLAP if made and start and paragraph[start - 1] == paragraph[start] else start
        end, total = start, sum(len(p) for p in pieces[context:start])
        while total > AGAIN:
            total -= len(pieces[context])
            context += 1
        while end < count and paragraph[end] == paragraph[start] and end - context < LONGEST:
            total += len(pieces[end])
            if total > PIECES and end > start:
                break
            end += 1
        made.append(Stretch(context, start, end))
        start = end
    return tuple(made)


def _numbered(words: Words, starts: Sequence[int]) -> Integers:
    return np.maximum(np.searchsorted(np.array(starts, np.int64), words.starts, side="right") - 1, 0)


def _case(word: str) -> int:
    if not word[0].isalnum():
        return 5
    if word[0].isdigit():
        return 4
    if word.islower() or not word[0].isalpha():
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[1:].islower() or len(word) == 1 else 3


_TAG = {tag: code for code, tag in enumerate(TAGS)}


def _mark(column: Integers, found: Found) -> None:
    """Mark where the grammars see places, times and numbers; a number within a time is the time's."""
    words = found.words
    for mention in found.mentions:
        first, last = range_of(words, mention.span)
        column[first:last] = 5 if mention.role == "demonym" else 4
    for number in found.numbers:
        first, last = range_of(words, number.span)
        column[first:last] = 2
        column[first] = 1
    for time in found.times:
        first, last = range_of(words, time.span)
        column[first:last] = 3


def _say(column: Integers, words: Words, account: Account) -> None:
    """Mark sources, cues and contents as the rules see them."""
    for statement in account.statements:
        for piece in statement.content:
            first, last = range_of(words, piece.span)
            column[first:last] = np.minimum(column[first:last] + 1, 2)
    for code, name in ((3, "source"), (4, "cue")):
        for statement in account.statements:
            anchor = getattr(statement, name)
            if anchor is not None:
                first, last = range_of(words, anchor.span)
                column[first:last] = code


def _number(bare: Sheet, figure: Figure, shape: str) -> Ask:
    words = bare.words
    first, last = range_of(words, figure.number.anchor.span)
    anchors = spans_of(figure)
    roles = [
        (range_of(words, anchor.span), code)
        for code, role in reversed(list(enumerate(ROLES, 1)))
        if (anchor := anchors[role]) is not None
    ]
    concept = measures.label(figure.measure.value.code) if figure.measure else "other"
    told = np.array(
        [
            SHAPES.index(shape) if shape in SHAPES else 0,
            KINDS.index(figure.kind),
            code_of(CONCEPTS, concept),
            code_of(UNITS, figure.number.value.unit),
            DIRECTIONS.index(figure.direction),
        ],
        np.int64,
    )
    window = _window(bare, first, last, head=True)
    return Ask(first, last, window, _places(bare, first, last, window, roles), told)


def spans_of(figure: Figure) -> dict[str, Anchor | None]:
    """Return the words of each of ROLES."""
    return {
        "hedge": figure.hedge,
        "what": figure.what,
        "event": figure.event,
        "time": figure.period.anchor if figure.period else None,
        "place": figure.place.anchor if figure.place else None,
        "base": figure.base,
    }


def code_of(names: Sequence[str], name: str) -> int:
    """Return the code of a name; the last one, "other", for one that is not among them."""
    return names.index(name) if name in names else len(names) - 1


def _window(bare: Sheet, first: int, last: int, *, head: bool) -> Integers:
    """Return the words that a number or cue sees: its paragraph, the end of the one before, the article's head."""
    paragraph = bare.paragraph
    own = paragraph[first]
    opens, closes = int(paragraph.searchsorted(own)), int(paragraph.searchsorted(own, side="right"))
    start, end = max(opens, first - BEFORE), min(closes, last + AFTER)
    before = int(paragraph.searchsorted(own - 1)) if head else 0
    near = max(start - (EARLIER if head else SPOKEN), before, 0)
    top = min(HEAD, near)
    return np.concatenate([np.arange(top), np.arange(near, end)])


def _places(bare: Sheet, first: int, last: int, window: Integers, roles: Sequence[tuple[Range, int]]) -> Integers:
    """Return, for each word of the window: distance, sentence and paragraph from the number or cue, and its role.

    roles  words with the code of their role; where two share a word the later one counts.
    """
    left, right = first - window, window - (last - 1)
    away = np.searchsorted(DISTANCES, np.maximum(np.maximum(left, right), 0))
    distance = np.where(right > 0, away + len(DISTANCES) + 1, away)
    sentence = np.clip(bare.sentence[window] - bare.sentence[first], -4, 3) + 4
    paragraph = np.clip(bare.paragraph[first] - bare.paragraph[window], 0, 2)
    role = np.zeros(len(window), np.int64)
    for (start, end), code in roles:
        role[np.searchsorted(window, start) : np.searchsorted(window, end)] = code
    return np.stack([distance, sentence, paragraph, role], axis=1)


PLACES = (2 * len(DISTANCES) + 2, 8, 3, len(ROLES) + 1)  # how many codes each column of `Ask.places` has

CONCEPTS = tuple(
    "killed injured missing casualties abducted detained infected recovered tested hospitalised displaced evacuated"
    " deported returned departed arrived refugees asylum_seekers undocumented stranded rescued awaiting_resettlement"
    " resettled homeless aboard participants protesters attack suicide_attack airstrike protest clash crime flight"
    " accident buildings_damaged buildings_destroyed weapons votes seats money price jobs economy trade distance area"
    " height depth speed mass temperature magnitude volume rainfall duration age score population people households"
    " organisations vehicles animals other".split()
)
UNITS = tuple(
    "person household event building vehicle animal item percent percentage_point ratio USD EUR GBP currency km m cm"
    " mm mi ft m2 km2 ha acre kg g t L m3 degC degF km/h mph knot second minute hour day week month year point vote"
    " seat MW other".split()
)
