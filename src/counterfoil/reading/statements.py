"""Who said what: statements found by their cues, their quotation marks and the shape of the clause.

Each sentence is read twice: first for cues with their sources, then for what each cue takes, because where one
content ends depends on where the next cue begins. Quotations that no cue of their own sentence claims go last.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counterfoil.documents.model import Document
from counterfoil.reading import contents, quotations, signals, speakers
from counterfoil.reading.contents import Case
from counterfoil.reading.cues import cues
from counterfoil.reading.model import Act, Statement
from counterfoil.reading.model import Form as Manner
from counterfoil.reading.phrases import Range, Scene
from counterfoil.reading.quotations import Quotation
from counterfoil.reading.signals import Sentence, Signal
from counterfoil.reading.words import Words
from counterfoil.spans import Skipped, Span


@dataclass(frozen=True, slots=True)
class Found:
    """A statement in characters, before its speaker is known.

    sentence  where its content stands.  quoted  it goes on in a quotation.  cited  another source cites this one for it.
    """

    source: Range | None
    cue: Range | None
    pieces: tuple[Range, ...]
    belief: bool
    sentence: int
    quoted: bool = False
    cited: bool = False


def find(
    document: Document, words: Words, sentences: Sequence[Span]
) -> tuple[tuple[Statement, ...], tuple[Skipped, ...]]:
    """Return the statements in text order, each with its parent's index and its speaker, and what was set aside.

    sentences  as `sentences.find` gives them for the same text.
    """
    from counterfoil.reading import sentences as splitting

    text = document.text
    words = _retagged(words)
    paragraphs = splitting.paragraphs(text)
    quotes = quotations.find(text, paragraphs)
    scene = Scene(words, _inside(words, quotes))
    found: list[Found] = []
    spans: list[Sentence] = []
    for number, span in enumerate(sentences):
        low, high = words.at(span.start), words.at(span.end - 1) + 1
        last = high
        while last > low and words.tags[last - 1] == ".":
            last -= 1
        sentence = Sentence(low, high, last, number)
        spans.append(sentence)
        cued = signals.find(scene, sentence)
        for index in range(len(cued)):
            pieces = contents.find(Case(scene, sentence, cued, index))
            if pieces:
                found.append(_found(words, sentence, cued[index], pieces))
    continued, skipped = _quoted(scene, quotes, spans, paragraphs, found)
    found += continued
    return _finish(document, scene, spans, quotes, found), tuple(skipped)


def _retagged(words: Words) -> Words:
    """Return the words mended where a source or a cue hides: "US" and "WHO" as pronouns, "official" as an adjective."""
    tags, lowers = list(words.tags), list(words.lower)
    forms = cues().forms
    for i, lower in enumerate(words.lower):
        if lower in ("us", "who", "it") and words.text[words.starts[i] : words.ends[i]].isupper():
            tags[i], lowers[i] = "NNP", lower.upper()
        elif (
            tags[i] == "VBN"
            and i > 1
            and tags[i - 1] == "JJ"
            and tags[i - 2] in ("DT", "NN", "NNP", "JJ", "POS", "NNS")
        ):
            form = forms.get(lower)
            if form is not None and "clause" in form.cue.frames:
                tags[i - 1], tags[i] = "NN", "VBD"
    return replace(words, tags=tags, lower=lowers)


def _found(words: Words, sentence: Sentence, signal: Signal, pieces: Sequence[Range]) -> Found:
    starts, ends, source = words.starts, words.ends, signal.source
    return Found(
        None if source is None else (starts[source[0]], ends[source[1] - 1]),
        (starts[signal.begin], ends[signal.end - 1]),
        tuple((starts[a], ends[b - 1]) for a, b in pieces),
        signal.belief,
        sentence.number,
        cited=signal.manner == "citing",
    )


def _inside(words: Words, quotes: Sequence[Quotation]) -> list[int]:
    inside = [-1] * len(words.starts)
    for number, quote in enumerate(quotes):
        first, end = words.at(quote.span.start), words.at(quote.span.end - 1) + 1
        inside[first:end] = [number] * (end - first)
    return inside


# --- quotations that run on ----------------------------------------------------------------------------------------


def _quoted(
    scene: Scene,
    quotes: Sequence[Quotation],
    sentences: Sequence[Sentence],
    paragraphs: Sequence[Span],
    found: Sequence[Found],
) -> tuple[list[Found], list[Skipped]]:
    """Give each sentence of a quotation its statement, with source and cue from where they stand."""
    words = scene.words
    made: list[Found] = []
    skipped: list[Skipped] = []
    by_sentence: dict[int, list[Found]] = {}
    for one in found:
        by_sentence.setdefault(one.sentence, []).append(one)
    carried: Found | None = None
    carried_paragraph = -1
    number = paragraph = 0
    before = -1
    for quote in quotes:
        while paragraph + 1 < len(paragraphs) and paragraphs[paragraph + 1].start <= quote.span.start:
            paragraph += 1
        first = words.at(quote.span.start)
        end = words.at(quote.span.end - 1) + 1
        while number < len(sentences) and sentences[number].high <= first:
            number += 1
        covered = []
        k = number
        while k < len(sentences) and sentences[k].low < end:
            covered.append(sentences[k])
            k += 1
        if not covered:
            continue
        # what narration says since the last quotation may bring another speaker
        for m in range(before + 1, covered[0].number + 1):
            for one in by_sentence.get(m, ()):
                if one.cue is not None and one.source is not None and not _is_within(one.cue, quote) and not one.belief:
                    if m < covered[0].number or one.pieces[0][0] < quote.span.start:
                        if scene.inside[words.at(one.cue[0])] < 0:
                            carried, carried_paragraph = one, _paragraph_of(paragraphs, one.cue[0], paragraph)
        own = _owner(quote, covered, by_sentence)
        whole = _is_whole(scene, quote, covered, first, end)
        owner = own
        if owner is None and whole and carried is not None:
            near = (
                carried_paragraph == paragraph
                or quote.continued
                or (carried_paragraph == paragraph - 1 and _colon_before(scene, sentences, covered[0]))
            )
            if near and (quote.continued or covered[0].number - carried.sentence <= 1 or carried.quoted):
                owner = carried
        if owner is None:
            if whole:
                skipped.append(Skipped(quote.span.of(words.text)[:80], "quotation without a speaker", quote.span))
            before = covered[-1].number
            continue
        for sentence in covered:
            a, b = max(first, sentence.low), min(end, sentence.high)
            span = _trimmed_quote(scene, a, b)
            if span is None or any(
                _overlaps(span, piece)
                for one in by_sentence.get(sentence.number, ())
                if one.cue is None or not _is_within(one.cue, quote)
                for piece in one.pieces
            ):
                continue
            made.append(Found(owner.source, owner.cue, (span,), owner.belief, sentence.number, True))
        carried = Found(owner.source, owner.cue, owner.pieces, owner.belief, covered[-1].number, True)
        carried_paragraph = paragraph
        before = covered[-1].number
    return made, skipped


def _paragraph_of(paragraphs: Sequence[Span], at: int, hint: int) -> int:
    while hint > 0 and paragraphs[hint].start > at:
        hint -= 1
    return hint


def _is_within(span: Range, quote: Quotation) -> bool:
    return quote.span.start <= span[0] and span[1] <= quote.span.end


def _overlaps(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _owner(quote: Quotation, covered: Sequence[Sentence], by_sentence: dict[int, list[Found]]) -> Found | None:
    """Return the statement whose content takes in part of the quotation, its cue being outside."""
    span = (quote.span.start, quote.span.end)
    best: Found | None = None
    for sentence in covered:
        for one in by_sentence.get(sentence.number, ()):
            if (
                one.cue is not None
                and not _is_within(one.cue, quote)
                and any(_overlaps(piece, span) for piece in one.pieces)
            ):
                if best is None or (best.source is None and one.source is not None):
                    best = one
    return best


def _is_whole(scene: Scene, quote: Quotation, covered: Sequence[Sentence], first: int, end: int) -> bool:
    """Say whether a quotation is made of whole sentences, so that it is no borrowed word or title."""
    return first == covered[0].low and end >= covered[-1].last and (end - first > 4 or len(covered) > 1)


def _colon_before(scene: Scene, sentences: Sequence[Sentence], sentence: Sentence) -> bool:
    if sentence.number == 0:
        return False
    previous = sentences[sentence.number - 1]
    return scene.words.tags[previous.high - 1] == ":"


def _trimmed_quote(scene: Scene, a: int, b: int) -> Range | None:
    words = scene.words
    while (
        b > a
        and words.tags[b - 1] in (".", ",")
        and words.ends[b - 1] - words.starts[b - 1] == 1
        and words.text[words.starts[b - 1]] in ".,"
    ):
        b -= 1
    return (words.starts[a], words.ends[b - 1]) if b - a > 1 else None


# --- statements ----------------------------------------------------------------------------------------------------


def _finish(
    document: Document, scene: Scene, sentences: Sequence[Sentence], quotes: Sequence[Quotation], found: list[Found]
) -> tuple[Statement, ...]:
    """Order what was found, set parents, and resolve speakers."""
    found = sorted(_unique(found), key=lambda one: (one.pieces[0][0], -one.pieces[-1][1], one.cited, one.cue or (0, 0)))
    parents = [_parent(found, index) for index in range(len(found))]
    entries = [
        speakers.Entry(one.source, one.cue, one.pieces[0][0], parent)
        for one, parent in zip(found, parents, strict=True)
    ]
    starts = [sentence.low for sentence in sentences]
    named = speakers.resolve(document, scene.words, entries, scene.inside, starts)
    anchor = document.anchor
    statements = []
    for one, parent, speaker in zip(found, parents, named, strict=True):
        statements.append(
            Statement(
                anchor(Span(*one.source)) if one.source else None,
                anchor(Span(*one.cue)) if one.cue else None,
                tuple(anchor(Span(*piece)) for piece in one.pieces),
                _manner(scene, one),
                Act.BELIEF if one.belief else Act.SPEECH,
                speaker,
                parent,
            )
        )
    return tuple(statements)


def _unique(found: Sequence[Found]) -> list[Found]:
    seen: set[tuple[Range | None, tuple[Range, ...]]] = set()
    kept = []
    for one in found:
        key = (one.cue, one.pieces)
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _parent(found: Sequence[Found], index: int) -> int | None:
    """Return the innermost other statement one of whose pieces holds this one's cue, or its content where it has none."""
    one = found[index]
    inner = one.cue if one.cue is not None and _near(one) else one.pieces[0]
    best: tuple[int, int] | None = None
    for k in range(max(0, index - 12), min(len(found), index + 4)):
        other = found[k]
        if k == index or other.cue == one.cue:
            continue
        for a, b in other.pieces:
            if a <= inner[0] and inner[1] <= b and (b - a) > inner[1] - inner[0] and (best is None or b - a < best[0]):
                best = (b - a, k)
    return best[1] if best else None


def _near(one: Found) -> bool:
    return one.cue is not None and abs(one.cue[0] - one.pieces[0][0]) < 1500 and not one.quoted


def _manner(scene: Scene, one: Found) -> Manner:
    """Say whether content is quoted whole, in part or not at all."""
    if one.quoted:
        return Manner.DIRECT
    words, inside = scene.words, scene.inside
    whole, some = True, False
    cue_inside = inside[words.at(one.cue[0])] if one.cue else -1
    for a, b in one.pieces:
        first, last = words.at(a), words.at(b - 1)
        for k in range(first, last + 1):
            if inside[k] >= 0 and inside[k] != cue_inside:
                some = True
            else:
                whole = False
    return Manner.DIRECT if whole and some else Manner.MIXED if some else Manner.INDIRECT
