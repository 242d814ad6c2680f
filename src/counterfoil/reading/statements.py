"""Who said what: statements found by their cues, their quotation marks and the shape of the clause.

Each sentence is read twice: first for cues with their sources, then for what each cue takes, because where one
content ends depends on where the next cue begins. What runs on over further sentences goes last: quotations,
statements that a colon introduces, and the turns of a transcript.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from counterfoil.documents.model import Document
from counterfoil.reading import contents, crediting, gapping, narrating, phrases, places, quotations, signals, speakers
from counterfoil.reading import sentences as splitting
from counterfoil.reading.cues import cues
from counterfoil.reading.frames import Case
from counterfoil.reading.model import Act, Form, Statement
from counterfoil.reading.names import Entry
from counterfoil.reading.narrating import Told
from counterfoil.reading.phrases import Range, Scene
from counterfoil.reading.quotations import Quotation
from counterfoil.reading.signals import Sentence, Signal
from counterfoil.reading.titles import titles
from counterfoil.reading.words import Words
from counterfoil.spans import Skipped, Span

FIRST_PERSON = frozenset("i we our my us i'm we're we've i've we’re we’ve i’m i’ve".split())
# A quotation of fewer words is a title or a borrowed word, unless its sentence holds nothing else.
SHORTEST_QUOTATION = 4
# What stands before a colon at the head of a paragraph and speaks nothing.
HEADINGS = frozenset(
    "breaking update updated live photo photos picture video watch listen read note notes correction summary "
    "exclusive urgent factbox timeline analysis opinion background editor advisory alert question answer "
    "latest developing".split()
)
# Characters of a quotation that a skip shows.
SHOWN = 80
# Tokens that are read as one sentence, so that work stays linear; the longest sentence of train has 93.
LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class Found:
    """A statement in characters, before its speaker is known.

    sentence  where its content stands.  quoted  it runs on from another sentence.  cited  a source cites it.
    """

    source: Range | None
    cue: Range | None
    pieces: tuple[Range, ...]
    belief: bool
    sentence: int
    quoted: bool = False
    cited: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A text as its parts see it: tagged words with their quotations, sentences and paragraphs, each in order."""

    scene: Scene
    quotes: tuple[Quotation, ...]
    sentences: tuple[Sentence, ...]


def find(
    document: Document, words: Words, sentences: Sequence[Span]
) -> tuple[tuple[Statement, ...], tuple[Skipped, ...]]:
    """Return the statements in text order, each with its parent's index and its speaker, and what was set aside.

    sentences  as `sentences.find` gives them for the same text.
    """
    seen = view(document.text, words, sentences)
    found: list[Found] = []
    introduced: dict[int, Found] = {}
    aside: list[Skipped] = []
    for sentence in seen.sentences:
        cued = signals.find(seen.scene, sentence)
        taken = _taken(seen.scene, sentence, cued)
        for signal, pieces in zip(cued, taken, strict=True):
            if pieces:
                found.append(_found(seen, sentence, signal, pieces))
        found += _reports(seen, sentence)
        opener = _introduction(seen, sentence, cued, taken)
        if opener is not None:
            introduced[sentence.number] = opener
        else:
            aside += _set_aside(seen, cued, taken)
    found += _turns(seen)
    found += _statements_after_colon(seen, introduced)
    found += _quoted_after_colon(seen, found)
    running, skipped = _quoted(seen, found, introduced)
    return finish(document, seen, [*found, *running]), (*aside, *skipped)


def _set_aside(view: View, cued: Sequence[Signal], taken: Sequence[Sequence[Range]]) -> Iterator[Skipped]:
    """Yield the plainest cues that take nothing here, and what more there is than is read in one sentence."""
    words = view.scene.words
    for signal, pieces in zip(cued, taken, strict=True):
        if not pieces and ("bare" in signal.frames or signal.manner == "according"):
            span = Span(words.starts[signal.begin], words.ends[signal.end - 1])
            yield Skipped(span.of(words.text), "cue without words that it could take", span)
    if len(cued) == signals.MOST:
        span = Span(words.starts[cued[-1].begin], words.ends[cued[-1].end - 1])
        yield Skipped(span.of(words.text), "more cues in one sentence than are read", span)


def _taken(scene: Scene, sentence: Sentence, cued: Sequence[Signal]) -> list[list[Range]]:
    """Return what each signal takes, from the last to the first.

    A verb of many senses ("began", "called") that takes nothing is no cue, and bounds no other's content.
    """
    taken: list[list[Range]] = [[] for _ in cued]
    later: list[Signal] = []
    for index in range(len(cued) - 1, -1, -1):
        taken[index] = contents.find(Case(scene, sentence, [*cued[: index + 1], *later], index))
        if taken[index] or cued[index].frames.isdisjoint(("quiet", "name")):
            later.insert(0, cued[index])
    return taken


def view(text: str, words: Words, sentences: Sequence[Span]) -> View:
    """Return the text as the parts of this module see it."""
    words = _mended(words)
    paragraphs = splitting.paragraphs(text)
    quotes = quotations.find(text, paragraphs)
    inside = [-1] * len(words.starts)
    for number, quote in enumerate(quotes):
        first, end = words.at(quote.span.start), words.at(quote.span.end - 1) + 1
        inside[first:end] = [number] * (end - first)
    spans: list[Sentence] = []
    paragraph = 0
    for span in sentences:
        while paragraph + 1 < len(paragraphs) and paragraphs[paragraph + 1].start <= span.start:
            paragraph += 1
        first, end = words.at(span.start), words.at(span.end - 1) + 1
        for low in range(first, end, LONGEST_SENTENCE):
            last = high = min(end, low + LONGEST_SENTENCE)
            while last > low and words.tags[last - 1] == ".":
                last -= 1
            spans.append(Sentence(low, high, last, len(spans), paragraph))
    return View(Scene(words, inside), quotes, tuple(spans))


def _mended(words: Words) -> Words:
    """Return the words mended where a source or a cue hides: "US" as a pronoun, "the official" as an adjective."""
    tags, lowers = list(words.tags), list(words.lower)
    forms, named, roles = cues().forms, titles().titles, titles().roles
    before = ""
    for i, (lower, tag) in enumerate(zip(words.lower, words.tags, strict=True)):
        following = words.tags[i + 1] if i + 1 < len(tags) else "."
        if tag == "JJ" and before in BEFORE_NOUN and following in AFTER_NOUN:
            tag = tags[i] = "NN"
            form = forms.get(words.lower[i + 1]) if following == "VBN" else None
            if form is not None and "clause" in form.cue.frames:
                tags[i + 1] = "VBD"
        elif tag[:2] == "JJ" and lower in roles and before in ("DT", "PRP$") and following[:1] not in ("N", "J", "V"):
            tag = tags[i] = "NN"  # "the priest 34"
        elif lower == "her" and tag == "PRP" and before in OPENING_MARKS and following in ("NN", "NNS", "JJ"):
            tag = tags[i] = "PRP$"  # "Her colleague said"
        elif tag[0] == "V" and (
            (lower == "think" and words.lower[i + 1 : i + 2] in (["tank"], ["tanks"]))
            or (lower in ("tank", "tanks") and before == "NN" and words.lower[i - 1] == "think")
        ):
            tag = tags[i] = "NNS" if lower == "tanks" else "NN"
        elif tag in ("VB", "VBP") and before in ("DT", "PRP$"):
            tag = tags[i] = "NN"
        elif following == "NNP" and tag != "NNP" and lower in named and words.text[words.starts[i]].isupper():
            tag = tags[i] = "NNP"  # "Judge Hall" at the head of a sentence
        elif lower in LIKE_PRONOUNS and words.text[words.starts[i] : words.ends[i]].isupper():
            tag, lowers[i] = "NNP", lower.upper()
            tags[i] = tag
        before = tag
    return replace(words, tags=tags, lower=lowers)


OPENING_MARKS = frozenset(["", ".", ",", ";", ":", "CC"])
LIKE_PRONOUNS = frozenset(["us", "who", "it"])
BEFORE_NOUN = frozenset(["DT", "NN", "NNP", "JJ", "POS", "PRP$", "-"])
AFTER_NOUN = frozenset([",", ".", ";", "VBD", "VBZ", "VBN", "MD", "WP", "WDT"])


def _found(view: View, sentence: Sentence, signal: Signal, pieces: Sequence[Range]) -> Found:
    starts, ends = view.scene.words.starts, view.scene.words.ends
    source = signal.source
    return Found(
        None if source is None else (starts[source[0]], ends[source[1] - 1]),
        (starts[signal.begin], ends[signal.end - 1]),
        tuple((starts[a], ends[b - 1]) for a, b in pieces),
        signal.belief,
        sentence.number,
        cited=signal.manner == "citing",
    )


def _reports(view: View, sentence: Sentence) -> Iterator[Found]:
    """Yield what a noun holds whose maker stands behind it: "a report by a local network that 85 had died"."""
    words, known = view.scene.words, cues()
    nouns = known.nouns["speech"] | known.nouns["loose"]
    for k in range(sentence.low, sentence.last - 3):
        if words.lower[k] not in nouns or words.lower[k + 1] not in ("by", "from") or words.tags[k][0] != "N":
            continue
        maker = phrases.noun_phrase_after(view.scene, k + 2, sentence.last)
        if maker is None or maker[1] + 1 >= sentence.last or words.lower[maker[1]] != "that":
            continue
        end = next(
            (
                m
                for m in range(maker[1] + 1, sentence.last)
                if words.tags[m] == ";"
                or (words.tags[m] == "," and words.lower[m + 1] in ("but", "while", "though", "although", "and"))
            ),
            sentence.last,
        )
        clause = any(words.tags[m] in phrases.FINITE for m in range(maker[1] + 2, end))
        if clause and words.tags[maker[1] + 1] not in phrases.FINITE and signals.can_speak(view.scene, maker):
            signal = Signal(k, k, k + 1, "noun", maker, k, belief=words.lower[k] in known.nouns["belief"])
            yield _found(view, sentence, signal, [(maker[1], end)])


# --- what runs on over further sentences ---------------------------------------------------------------------------


def _introduction(
    view: View, sentence: Sentence, cued: Sequence[Signal], taken: Sequence[Sequence[Range]]
) -> Found | None:
    """Return the source and cue of a sentence that ends with a colon and keeps its content for the next."""
    words = view.scene.words
    if sentence.high == sentence.low or words.tags[sentence.high - 1] != ":":
        return None
    for signal, pieces in zip(reversed(cued), reversed(taken), strict=True):
        if signal.manner == "active" and not pieces and signal.source is not None:
            return _found(view, sentence, signal, ())
    return None


def _whole(view: View, sentence: Sentence) -> Range | None:
    """Return a sentence in characters, without its full stop."""
    words = view.scene.words
    last = sentence.high
    while last > sentence.low and words.tags[last - 1] in (".", ",") and words.text[words.starts[last - 1]] in ".,":
        last -= 1
    return (words.starts[sentence.low], words.ends[last - 1]) if last > sentence.low else None


def _statements_after_colon(view: View, introduced: dict[int, Found]) -> Iterator[Found]:
    """Yield what follows "the minister said:" without marks: the next paragraph, and those in the first person."""
    words, inside = view.scene.words, view.scene.inside
    for number, opener in introduced.items():
        paragraph = view.sentences[number].paragraph + 1
        first_person = True
        for following in range(number + 1, len(view.sentences)):
            sentence = view.sentences[following]
            if sentence.paragraph > paragraph:
                paragraph, first_person = sentence.paragraph, False
                here = range(sentence.low, _paragraph_end(view, sentence))
                first_person = any(words.lower[k] in FIRST_PERSON for k in here)
            opens = inside[sentence.low] >= 0 or not words.lower[sentence.low][0].isalnum()
            if opens or not first_person or sentence.number in introduced:
                break
            span = _whole(view, sentence)
            if span is not None:
                yield Found(opener.source, opener.cue, (span,), opener.belief, sentence.number, True)


def _quoted_after_colon(view: View, found: Sequence[Found]) -> Iterator[Found]:
    """Yield quotations that a colon introduces without a verb of saying: "Vidal did not mince words: “We lost 9”"."""
    words, inside = view.scene.words, view.scene.inside
    lows = [sentence.low for sentence in view.sentences]
    spoken: dict[int, list[Range]] = {}
    for one in found:
        spoken.setdefault(one.sentence, []).extend(one.pieces)
    for quote in view.quotes:
        first, end = words.at(quote.span.start), words.at(quote.span.end - 1) + 1
        number = bisect_right(lows, first) - 1
        sentence = view.sentences[number]
        colon = first - 1
        short = end - first <= SHORTEST_QUOTATION
        if short or colon <= sentence.low or not signals.is_colon(words, colon):
            continue
        if any(_overlaps((quote.span.start, quote.span.end), piece) for piece in spoken.get(number, ())):
            continue
        verbs = [k for k in range(sentence.low, colon) if words.tags[k] in phrases.FINITE and inside[k] < 0]
        verb = verbs[-1] if verbs else -1
        label = (sentence.low, colon) if not verbs and colon - sentence.low < 8 else None  # "Mayor Ana Vidal: “…”"
        source = phrases.subject(view.scene, verb, sentence.low) if verb > sentence.low else label
        if source is None or not _is_somebody(words, source):
            continue
        while number < len(view.sentences) and view.sentences[number].low < end:
            sentence = view.sentences[number]
            span = _part(words, max(first, sentence.low), min(end, sentence.high))
            if span is not None:
                speaker = (words.starts[source[0]], words.ends[source[1] - 1])
                yield Found(speaker, None, (span,), False, number, True)
            number += 1


def _is_somebody(words: Words, source: Range) -> bool:
    """Say whether a phrase is a person: "she", a name, a role."""
    alone = source[1] - source[0] == 1 and words.lower[source[0]] in ("he", "she")
    role = words.tags[source[1] - 1] == "NN" and words.lower[source[1] - 1] in titles().roles
    return alone or role or phrases.is_person(words, source)


def _paragraph_end(view: View, sentence: Sentence) -> int:
    end = sentence.high
    for following in range(sentence.number + 1, len(view.sentences)):
        other = view.sentences[following]
        if other.paragraph != sentence.paragraph:
            break
        end = other.high
    return end


def _turns(view: View) -> list[Found]:
    """Return what is said in a transcript: paragraphs that begin with a name and a colon, two or more of them."""
    words = view.scene.words
    labels: dict[int, Range] = {}
    for sentence in view.sentences:
        if sentence.number and view.sentences[sentence.number - 1].paragraph == sentence.paragraph:
            continue
        colon = next((k for k in range(sentence.low, min(sentence.low + 8, sentence.high)) if words.tags[k] == ":"), -1)
        if colon > sentence.low and colon + 1 < sentence.high and signals.is_colon(words, colon):
            label = (sentence.low, colon)
            alone = colon == sentence.low + 1 and words.tags[sentence.low] == "NNP"
            alone = alone and words.lower[sentence.low] not in HEADINGS
            role = _is_role(words, label) and any(
                words.tags[k] in phrases.FINITE for k in range(colon + 1, sentence.high)
            )
            if phrases.is_person(words, label) or role or (alone and _is_capitals(words, sentence.low)):
                labels[sentence.paragraph] = label
    if len(labels) < 2:
        return []
    made = []
    for sentence in view.sentences:
        spoken_by = labels.get(sentence.paragraph)
        if spoken_by is None or words.tags[sentence.high - 1] == "?":
            continue
        span = _whole(view, sentence)
        start = words.starts[spoken_by[1] + 1 if spoken_by[0] == sentence.low else sentence.low]
        if span is not None and start < span[1]:
            source = (words.starts[spoken_by[0]], words.ends[spoken_by[1] - 1])
            made.append(Found(source, None, ((start, span[1]),), False, sentence.number, True))
    return made


def _is_role(words: Words, label: Range) -> bool:
    """Say whether a label is a role: "Deputy Spokesperson"."""
    a, b = label
    plain = all(words.tags[k] in ("NNP", "NN", "JJ") for k in range(a, b))
    return plain and b - a < 5 and words.lower[b - 1] in titles().roles


def _is_capitals(words: Words, k: int) -> bool:
    return words.text[words.starts[k] : words.ends[k]].isupper() and words.ends[k] - words.starts[k] > 2


def _quoted(view: View, found: Sequence[Found], introduced: dict[int, Found]) -> tuple[list[Found], list[Skipped]]:
    """Give each sentence of a quotation its statement, with source and cue from where they stand."""
    words, inside, sentences = view.scene.words, view.scene.inside, view.sentences
    made: list[Found] = []
    skipped: list[Skipped] = []
    by_sentence: dict[int, list[Found]] = {}
    for one in found:
        by_sentence.setdefault(one.sentence, []).append(one)
    carried: Found | None = None  # who spoke last, and where
    number = seen = 0
    for quote in view.quotes:
        first, end = words.at(quote.span.start), words.at(quote.span.end - 1) + 1
        while number < len(sentences) and sentences[number].high <= first:
            number += 1
        covered = []
        k = number
        while k < len(sentences) and sentences[k].low < end:
            covered.append(sentences[k])
            k += 1
        if not covered:
            continue
        for m in range(seen, covered[0].number + 1):
            for one in by_sentence.get(m, ()):
                narrated = one.cue is not None and one.source is not None and inside[words.at(one.cue[0])] < 0
                if narrated and not one.belief and one.pieces[0][0] < quote.span.start:
                    carried = replace(one, sentence=m)
        seen = covered[0].number
        whole = _is_whole(quote, covered, first, end)
        owner = _owner(quote, covered, by_sentence)
        if owner is None and whole:
            owner = introduced.get(covered[0].number - 1)
            if owner is None and carried is not None and _reaches(view, carried, quote, covered[0]):
                owner = carried
        if owner is None:
            if whole:
                skipped.append(Skipped(quote.span.of(words.text)[:SHOWN], "quotation without a speaker", quote.span))
            continue
        for sentence in covered:
            span = _part(words, max(first, sentence.low), min(end, sentence.high))
            if span is not None and not _is_taken(span, quote, by_sentence.get(sentence.number, ())):
                made.append(Found(owner.source, owner.cue, (span,), owner.belief, sentence.number, True))
        carried = replace(owner, sentence=covered[-1].number, quoted=True)
        seen = covered[-1].number + 1
    return made, skipped


def _reaches(view: View, carried: Found, quote: Quotation, sentence: Sentence) -> bool:
    """Say whether who spoke last goes on: in the next sentence of the paragraph, or where the marks say so."""
    if quote.continued:
        return True
    near = sentence.number - carried.sentence <= 1
    return near and view.sentences[carried.sentence].paragraph == sentence.paragraph


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
            if one.cue is None or _is_within(one.cue, quote) or not any(_overlaps(piece, span) for piece in one.pieces):
                continue
            if best is None or (best.source is None and one.source is not None):
                best = one
    return best


def _is_taken(span: Range, quote: Quotation, others: Sequence[Found]) -> bool:
    """Say whether a statement whose cue stands outside the quotation holds these words already."""
    return any(
        _overlaps(span, piece)
        for one in others
        if one.cue is None or not _is_within(one.cue, quote)
        for piece in one.pieces
    )


def _is_whole(quote: Quotation, covered: Sequence[Sentence], first: int, end: int) -> bool:
    """Say whether a quotation is made of whole sentences, so that it is no borrowed word or title."""
    return (
        first == covered[0].low
        and end >= covered[-1].last
        and (end - first > SHORTEST_QUOTATION or len(covered) > 1 or quote.continued or not quote.closed)
    )


def _part(words: Words, a: int, b: int) -> Range | None:
    while (
        b > a and words.tags[b - 1] in (".", ",") and words.text[words.starts[b - 1] : words.ends[b - 1]] in (".", ",")
    ):
        b -= 1
    return (words.starts[a], words.ends[b - 1]) if b - a > 1 else None


# --- statements ----------------------------------------------------------------------------------------------------


def finish(document: Document, view: View, found: Sequence[Found]) -> tuple[Statement, ...]:
    """Order what was found, set parents, and resolve speakers."""
    spoken = dict.fromkeys(_without_signs(document.text, one) for one in found)
    text = document.text
    own = _once(text, _clause_by_clause(text, list(dict.fromkeys(_own_words(view, _without_sites(text, spoken))))))
    credited = list(_credited(view, own))
    anew = {(one.source, one.cue) for one in credited}
    ordered = sorted(
        [*(one for one in own if (one.source, one.cue) not in anew), *credited],
        key=lambda one: (one.pieces[0][0], -one.pieces[-1][1], one.cited, one.cue or (0, 0)),
    )
    parents = [_parent(ordered, index) for index in range(len(ordered))]
    entries = [
        Entry(one.source, one.cue, one.pieces[0][0], parent) for one, parent in zip(ordered, parents, strict=True)
    ]
    starts = [sentence.low for sentence in view.sentences]
    named = speakers.resolve(document, view.scene.words, entries, view.scene.inside, starts)
    anchor = document.anchor
    return tuple(
        Statement(
            anchor(Span(*one.source)) if one.source else None,
            anchor(Span(*one.cue)) if one.cue else None,
            tuple(anchor(Span(*piece)) for piece in one.pieces),
            _form(view.scene, one),
            Act.BELIEF if one.belief else Act.SPEECH,
            speaker,
            parent,
        )
        for one, parent, speaker in zip(ordered, parents, named, strict=True)
    )


def _own_words(view: View, found: Iterable[Found]) -> Iterator[Found]:
    """Yield what was found without the narrator's words, and shared out where a second source stands beside it."""
    words = view.scene.words

    def tokens(part: Range) -> Range:
        return words.at(part[0]), words.at(part[1] - 1) + 1

    def characters(part: Range) -> Range:
        return words.starts[part[0]], words.ends[part[1] - 1]

    for one in found:
        told = Told(one.source and tokens(one.source), one.cue and tokens(one.cue), tuple(map(tokens, one.pieces)))
        own = narrating.own(view.scene, view.sentences[one.sentence], told)
        if own is None:
            continue
        limit = view.sentences[one.sentence].last
        for source, pieces in gapping.shared_out(view.scene, own.source, own.cue, own.pieces, limit):
            yield replace(
                one,
                source=source and characters(source),
                cue=own.cue and characters(own.cue),
                pieces=tuple(map(characters, pieces)),
            )


# "Gunmen killed 17, officials say, and 2,300 fled, the agency reported": a clause of one's own, no "and that ...".
_NEXT_CLAUSE = re.compile(r",\s*(?:and|but|while|whereas)\s+(?!that\b)")


def _clause_by_clause(text: str, found: Sequence[Found]) -> list[Found]:
    """Return what was found with each clause said by whoever is named behind it, where two are in one sentence."""
    several = list(found)
    named = [
        (one.sentence, max(one.source[1], one.cue[1]), k) for k, one in enumerate(several) if one.source and one.cue
    ]
    for (sentence, done, before), (same, _, behind) in pairwise(sorted(named)):
        first, last = several[before], several[behind]
        begun = min(*first.source, *first.cue) if first.source and first.cue else 0
        close = min(*last.source, *last.cue) if last.source and last.cue else 0
        own = tuple(piece for piece in first.pieces if piece[1] <= begun)
        if same != sentence or not own or not done < last.pieces[-1][1] <= close:
            continue
        clause = _NEXT_CLAUSE.match(text, done, last.pieces[-1][1])
        if clause is not None:
            several[before] = replace(first, pieces=own)
            several[behind] = replace(last, pieces=((clause.end(), last.pieces[-1][1]),))
    return several


def _once(text: str, found: Iterable[Found]) -> list[Found]:
    """Return what was found without what "has" alone tells where the verb behind it tells the same: "has found"."""
    several = list(found)
    told = {(one.source, one.pieces, one.cue[0]) for one in several if one.cue is not None}
    return [
        one
        for one in several
        if one.cue is None
        or text[slice(*one.cue)].lower() not in phrases.PERFECT
        or (one.source, one.pieces, one.cue[1] + 1) not in told
    ]


def _credited(view: View, found: Sequence[Found]) -> Iterator[Found]:
    """Yield what words without a verb of saying credit to somebody, where no statement has it from him already."""
    words = view.scene.words
    if not crediting.hinted(words.text):
        return
    cues_told = {one.cue: one.source for one in found}
    told = {(one.source, one.sentence): one.cue for one in found}
    for sentence in view.sentences:
        for credit in crediting.find(view.scene, sentence):
            source, cue, *pieces = (
                (words.starts[a], words.ends[b - 1]) for a, b in (credit.source, credit.cue, *credit.pieces)
            )
            if cues_told.get(cue, source) == source and told.get((source, sentence.number), cue) == cue:
                yield Found(source, cue, tuple(pieces), False, sentence.number)


# What stands in no name: brackets and signs of code and of menus ("</script", "]]>", "Home > News").
_SIGNS = re.compile(r"[<>{}\\=|^~»›→•]|\]\]|//|\(\)|::|&\w+;")
_LETTERS = re.compile(r"[^\W\d_]{2}")


_BLANK_LINE = re.compile(r"\n\s*\n")


def _without_signs(text: str, one: Found) -> Found:
    """Return it without a source that is no words: code and menus left in a text speak for nobody.

    Of a source that runs across a blank line the part beside its cue stands: "NAIROBI", and below it "Peter Otieno".
    """
    if one.source is None:
        return one
    start, end = one.source
    breaks = [match.span() for match in _BLANK_LINE.finditer(text, start, end)]
    if breaks:
        before = one.cue is not None and one.cue[0] < start
        start, end = (start, breaks[0][0]) if before else (breaks[-1][1], end)
        one = replace(one, source=(start, end))
    words = text[start:end]
    if _SIGNS.search(words) or not (_LETTERS.search(words) or words in ("I", "i")):
        return replace(one, source=None)
    return one


_TALLIES = frozenset(
    "record recorded records register registered registers count counted counts log logged logs see saw seen".split()
)
_REPORTS = frozenset("report reported reports".split())


def _without_sites(text: str, found: Iterable[Found]) -> list[Found]:
    """Return what was found without the places at which another counted: "Peru has recorded 20 cases, the WHO said".

    What stands beside "according to", of a list that begins with such a place, is said by who is named there. A
    country may report by itself: its government does; a district may not.
    """
    kept = [_beside_its_cue(text, one) for one in found]
    cues = sorted(one.cue for one in kept if one.cue is not None and one.source is not None)
    # "Kono reported 40 cases and Kailahun 12, according to the ministry": nobody's name has a cue within
    kept = [one for one in (_behind_another(text, each, cues) for each in kept) if one is not None]
    sites = [one for one in kept if _is_site(text, one)]
    by_sentence: dict[int, list[Found]] = {one.sentence: [] for one in sites}
    for one in kept:
        if one.sentence in by_sentence and one.source is not None:
            by_sentence[one.sentence].append(one)
    for site in sites:
        assert site.source is not None
        own = (site.source[0], site.pieces[-1][1])
        others = [one for one in by_sentence[site.sentence] if one is not site]
        if any(a <= own[0] and own[1] <= b for one in others for a, b in one.pieces):
            kept.remove(site)
            continue
        told = [
            one for one in others if one.cue and one in kept and text[slice(*one.cue)].lower().startswith("according")
        ]
        if len(told) == 1:
            kept.remove(site)
            whole = sorted([*told[0].pieces, own])
            merged: list[Range] = []
            for a, b in whole:
                if merged and a <= merged[-1][1] + 2:  # a comma and a space
                    merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
                else:
                    merged.append((a, b))
            kept[kept.index(told[0])] = replace(told[0], pieces=tuple(merged))
    return kept


_JOINING = frozenset("that as while but and whereas although though yet so".split())


def _beside_its_cue(text: str, one: Found) -> Found:
    """Return it with its source on one side of its cue: "citing" takes doctors of "a paper said, citing doctors"."""
    if one.source is None or one.cue is None or not (one.source[0] < one.cue[0] and one.cue[1] < one.source[1]):
        return one
    cites = text[slice(*one.cue)].lower() in ("citing", "quoting")
    start, end = (one.cue[1], one.source[1]) if cites else (one.source[0], one.cue[0])
    words = text[start:end]
    start += len(words) - len(words.lstrip(" ,"))
    end -= len(words) - len(words.rstrip(" ,"))
    return replace(one, source=(start, end)) if start < end else one


def _behind_another(text: str, one: Found, cues: Sequence[Range]) -> Found | None:
    """Return it with its source behind another's cue: of "Ruiz said that the ministry had reported" the ministry.

    None where a source with one of the cues, in text order, inside it is nobody's name.
    """
    if one.source is None:
        return one
    at = bisect_right(cues, one.source[0], key=lambda cue: cue[0])
    if at == len(cues) or cues[at][1] >= one.source[1]:
        return one
    start, end = cues[at][1], one.source[1]
    before = text[one.source[0] : cues[at][0]].rstrip(" ,")
    if before and text[slice(*cues[at])].lower() in ("citing", "quoting") and one.cue != cues[at]:
        return replace(one, source=(one.source[0], one.source[0] + len(before)))  # "WHO, citing a doctor, said"
    rest = text[start:end].rsplit(",", 1)[-1].lstrip()
    first = rest.split(" ", 1)[0].lower()
    rest = rest[len(first) :].lstrip() if first in _JOINING else rest
    if one.cue is None or one.cue[0] < end or not rest or any(c.isdigit() for c in rest):
        return None
    return replace(one, source=(end - len(rest), end))


def _is_site(text: str, one: Found) -> bool:
    """Say whether a source is a place that only counts: "Peru has recorded 20", not "Peru said that 20"."""
    if one.source is None or one.cue is None or one.source[1] > one.pieces[0][0] or one.quoted:
        return False
    verb = text[slice(*one.cue)].lower().split()[-1]
    if verb not in _TALLIES | _REPORTS or text[one.pieces[0][0] :].startswith("that "):
        return False
    known = places.lookup(text[slice(*one.source)].removeprefix("the ").removeprefix("The "))
    return bool(known) and (verb in _TALLIES or known[0].level != "country")


def _parent(found: Sequence[Found], index: int) -> int | None:
    """Return the innermost other statement one of whose pieces holds this one's cue, or its content if that runs on."""
    one = found[index]
    inner = one.pieces[0] if one.quoted or one.cue is None else one.cue
    best: tuple[int, int] | None = None
    for k in range(max(0, index - NEIGHBOURS), min(len(found), index + NEIGHBOURS)):
        other = found[k]
        if k == index or (other.cue == one.cue and one.cue is not None):
            continue
        if one.cited and not other.cited and other.pieces == one.pieces:
            return k  # "X, citing Y, said": Y's words as X tells them
        for a, b in other.pieces:
            if a <= inner[0] and inner[1] <= b and b - a > inner[1] - inner[0] and (best is None or b - a < best[0]):
                best = (b - a, k)
    return best[1] if best else None


NEIGHBOURS = 12  # statements on either side that may enclose one: more than any sentence of train holds


def _form(scene: Scene, one: Found) -> Form:
    """Say whether content is quoted whole, in part or not at all."""
    if one.quoted:
        return Form.DIRECT
    words, inside = scene.words, scene.inside
    own = inside[words.at(one.cue[0])] if one.cue else -1
    marked = [inside[k] not in (-1, own) for a, b in one.pieces for k in range(words.at(a), words.at(b - 1) + 1)]
    return Form.DIRECT if all(marked) else Form.MIXED if any(marked) else Form.INDIRECT
