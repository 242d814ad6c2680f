"""Who said what: statements found by their cues, their quotation marks and the shape of the clause.

Each sentence is read twice: first for cues with their sources, then for what each cue takes, because where one
content ends depends on where the next cue begins. Quotations that no cue of their own sentence claims go last.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from counterfoil.documents.model import Document
from counterfoil.reading import phrases, quotations, speakers
from counterfoil.reading.cues import Form, cues
from counterfoil.reading.model import Act, Statement
from counterfoil.reading.model import Form as Manner
from counterfoil.reading.phrases import BE, FINITE, NOUNS, PERFECT, Range, Scene
from counterfoil.reading.quotations import Quotation
from counterfoil.reading.words import Words
from counterfoil.spans import Skipped, Span

NEGATIONS = frozenset(
    "not never n't didn't doesn't don't hasn't haven't hadn't won't wouldn't cannot can't couldn't neither nor no".split()
)
OPENING = frozenset("\"“„«‘「'")
TERMINAL = frozenset([".", "?", "!", ";", "…", ")", "]"])
PRONOUNS = frozenset("he she they it i we who which you".split())
QUOTED_END = frozenset([",", ".", "?", "!", "…", "]", "-"])
CONNECTORS = frozenset(
    "and but or while whereas although though with as because nor so yet after before when where if since until".split()
)


@dataclass(frozen=True, slots=True)
class Signal:
    """A cue with its source, before it is known what it takes. All numbers are tokens.

    verb       the token that decides.  begin, end  the cue's words.
    manner     "active", "participle", "that", "to", "stands", "by", "according", "unsourced", "noun", "issue".
    source     None: nobody is named.  group  first token of source and verb group together.
    inverted   the source follows the verb.  shared  the source stands before another verb.
    """

    verb: int
    begin: int
    end: int
    manner: str
    frames: frozenset[str]
    belief: bool
    source: Range | None
    group: int
    inverted: bool = False
    shared: bool = False
    lemma: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A statement in characters, before its speaker is known. `sentence` is where its content stands."""

    source: Range | None
    cue: Range | None
    pieces: tuple[Range, ...]
    belief: bool
    sentence: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: tokens `low` to `high`, number in the text, `last` is past its last token that is no full stop."""

    low: int
    high: int
    last: int
    number: int


def find(
    document: Document, words: Words, sentences: Sequence[Span]
) -> tuple[tuple[Statement, ...], tuple[Skipped, ...]]:
    """Return the statements in text order, each with its parent's index and its speaker, and what was set aside.

    sentences  as `sentences.find` gives them for the same text.
    """
    from counterfoil.reading import sentences as splitting

    text = document.text
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
        signals = _signals(scene, sentence)
        for index, signal in enumerate(signals):
            made = _content(scene, sentence, signals, index)
            if made is not None:
                found.append(made)
    continued, skipped = _quoted(scene, quotes, spans, paragraphs, found)
    found += continued
    return _finish(document, scene, spans, quotes, found), tuple(skipped)


def _inside(words: Words, quotes: Sequence[Quotation]) -> list[int]:
    inside = [-1] * len(words.starts)
    for number, quote in enumerate(quotes):
        first, end = words.at(quote.span.start), words.at(quote.span.end - 1) + 1
        inside[first:end] = [number] * (end - first)
    return inside


# --- signals: cues and their sources -------------------------------------------------------------------------------


def _signals(scene: Scene, sentence: Sentence) -> list[Signal]:
    """Return the cues of a sentence in order."""
    words = scene.words
    known = cues()
    forms, nouns = known.forms, known.nouns
    unsourced = known.phrases["unsourced"]
    made: list[Signal] = []
    for i in range(sentence.low, sentence.last):
        lower = words.lower[i]
        signal: Signal | None = None
        if lower == "according":
            signal = (
                _according(scene, sentence, i, i + 2) if i + 1 < sentence.high and words.lower[i + 1] == "to" else None
            )
        elif lower == "per":
            signal = _per(scene, sentence, i)
        elif lower in unsourced:
            signal = Signal(i, i, i + 1, "unsourced", frozenset(), False, None, i)
        else:
            form = forms.get(lower)
            if form is not None:
                signal = _verb(scene, sentence, i, form, made)
            if signal is None and (
                lower in nouns["speech"]
                or lower in nouns["belief"]
                or lower in nouns["estimate"]
                or lower in nouns["in"]
                or lower in nouns["by"]
            ):
                signal = _noun(scene, sentence, i)
            if signal is None and lower in known.words["messages"]:
                signal = _message(scene, sentence, i)
        if signal is not None:
            made.append(signal)
    return made


def _according(scene: Scene, sentence: Sentence, i: int, after: int) -> Signal | None:
    source = phrases.noun_phrase_after(scene, after, sentence.last)
    if source is None:
        return None
    source = phrases.appositive_name(scene, source, sentence.last)
    return Signal(i, i, after, "according", frozenset(), False, source, i)


def _per(scene: Scene, sentence: Sentence, i: int) -> Signal | None:
    """Read "per the ministry" and "as per": not "per cent", "per day", "per person"."""
    words = scene.words
    asper = i > sentence.low and words.lower[i - 1] == "as"
    begin = i - 1 if asper else i
    if not asper and not (begin == sentence.low or words.tags[begin - 1] in (",", "-", "(")):
        return None
    source = phrases.noun_phrase_after(scene, i + 1, sentence.last)
    if (
        source is None
        or (words.tags[source[0]] not in ("DT", "NNP", "PRP$") and not asper)
        or words.tags[source[0]] == "CD"
    ):
        return None
    return Signal(i, begin, i + 1, "according", frozenset(), False, source, begin)


def _verb(scene: Scene, sentence: Sentence, i: int, form: Form, before: list[Signal]) -> Signal | None:
    """Read a verb's form, voice and subject; None where it is no cue here."""
    words = scene.words
    lower, tags = words.lower, words.tags
    low, frames, kinds = sentence.low, form.cue.frames, form.kinds
    here = scene.inside[i]
    g = i
    negated = infinitive = modal = progressive = perfect = passive = False
    while g > low and scene.inside[g - 1] == here:
        word = lower[g - 1]
        if word in NEGATIONS:
            negated = True
            modal = modal or tags[g - 1] == "MD"
        elif word in BE:
            passive = passive or not perfect
            progressive = True
        elif word in PERFECT or word in ("having", "'ve", "’ve"):
            perfect = True
        elif word in ("do", "does", "did", "be"):
            pass
        elif tags[g - 1] == "MD":
            modal = True
        elif tags[g - 1] == "TO" and g == i:
            infinitive = True
            break
        elif tags[g - 1] != "RB":
            break
        g -= 1
    while g < i and tags[g] == "RB" and lower[g] not in NEGATIONS:
        g += 1
    previous = tags[i - 1] if i > low else ""
    following = lower[i + 1] if i + 1 < sentence.high else ""
    belief = form.cue.belief
    lemma = form.cue.lemma
    if kinds == {"ing"} or (progressive and "ing" in kinds):
        if progressive and g < i:
            source = phrases.subject(scene, g, low)
            return _signal(scene, i, i, frames, belief, lemma, "active", source, g, sentence) if source else None
        return _participle(scene, sentence, i, form, before)
    if (
        progressive
        and "participle" in kinds
        and tags[i][0] in "VJN"
        and "base" not in kinds - {"participle", "past"} | set()
    ):
        return _passive(scene, sentence, i, g, form, negated or modal)
    if infinitive:
        if g - 2 >= low and lower[g - 2] in ("on",) and lower[g - 3] in ("went", "goes", "going", "go"):
            source = phrases.subject(scene, g - 3, low)
            return _signal(scene, i, i, frames, belief, lemma, "active", source, g - 3, sentence) if source else None
        return None
    if negated and not (belief or "noun_claim" in frames or lemma == "deny"):
        return None
    if negated and perfect:
        return None
    if modal:
        return None
    if kinds & {"past", "participle"} and following == "by" and (not perfect) and "base" not in kinds:
        if previous in ("DT", "PRP$"):
            return None
        source = phrases.noun_phrase_after(scene, i + 2, sentence.last)
        if source is not None and (lower[i - 1] == "as" or tags[source[0]] not in ("CD",)) and "quiet" not in frames:
            source = phrases.appositive_name(scene, source, sentence.last)
            if i > low and lower[i - 1] == "as":
                return Signal(i, i, i + 1, "according", frames, belief, source, i - 1, True, False, lemma)
            if "as" in frames or "name" in frames:
                return Signal(i, i, i + 1, "by", frames, belief, source, i, True, False, lemma)
        return None
    if not _is_verb(scene, sentence, i, g, form, perfect):
        return None
    inverted = _inverted(scene, sentence, i, g)
    if inverted is not None:
        return Signal(i, i, i + 1, "active", frames, belief, inverted, i, True, False, lemma)
    source = None
    shared = False
    connector = phrases.skip_back(scene, g - 1, low) if g > low else low - 1
    if (connector >= low and lower[connector] in ("and", "but", "then") and tags[connector] in ("CC", "RB")) or (
        connector >= low
        and tags[connector] == ","
        and connector + 1 <= g
        and tags[i] in FINITE
        and _continues(scene, connector, before)
    ):
        shared = True
    if shared:
        source = _shared_source(scene, sentence, connector, before)
        return (
            _signal(
                scene,
                i,
                i - 1 if perfect and lower[i - 1] in PERFECT else i,
                frames,
                belief,
                lemma,
                "active",
                source,
                g,
                sentence,
                True,
            )
            if source
            else None
        )
    source = phrases.subject(scene, g, low)
    if source is None:
        return None
    begin = i - 1 if lower[i - 1] in PERFECT and g <= i - 1 else i
    return _signal(scene, i, begin, frames, belief, lemma, "active", source, g, sentence)


def _continues(scene: Scene, comma: int, before: list[Signal]) -> bool:
    return False


def _signal(
    scene: Scene,
    i: int,
    begin: int,
    frames: frozenset[str],
    belief: bool,
    lemma: str,
    manner: str,
    source: Range | None,
    g: int,
    sentence: Sentence,
    shared: bool = False,
) -> Signal:
    """Build a signal whose cue takes in the particle that belongs to it: "pointed out", "called for"."""
    words = scene.words
    end = i + 1
    following = words.lower[end] if end < sentence.high else ""
    if ("out" in frames and following == "out") or (following in ("of", "for", "on", "about", "against") and following in frames) or (following == "to" and "to_as" in frames):
        end += 1
    group = min(source[0], g) if source is not None and not shared else g
    return Signal(i, begin, end, manner, frames, belief, source, group, False, shared, lemma)


def _is_verb(scene: Scene, sentence: Sentence, i: int, g: int, form: Form, perfect: bool) -> bool:
    """Say whether a form that may also be a noun or an adjective is a finite verb here."""
    words = scene.words
    tags, lower, kinds = words.tags, words.lower, form.kinds
    tag = tags[i]
    previous = tags[g - 1] if g > sentence.low else ""
    following = tags[i + 1] if i + 1 < sentence.high else "."
    if perfect:
        return "participle" in kinds
    if "past" in kinds and "base" not in kinds:
        if (
            previous in ("DT", "PRP$", "JJ", "CD", "POS")
            and following in ("NN", "NNS", "NNP", "CD", "JJ")
            and not (previous == "DT" and lower[g - 1] in phrases.ENDING)
        ):
            return False
        return not (
            previous in ("IN", "TO")
            and lower[g - 1] not in ("that", "as", "than", "since", "while", "before", "after", "when")
        )
    if "past" in kinds:
        return tag[0] == "V" or previous in NOUNS or previous == "PRP"
    if "s" in kinds:
        if previous in ("DT", "JJ", "PRP$", "POS", "IN", "CD", "TO") or tag == "NNP":
            return False
        return tag == "VBZ" or (
            previous in ("NNP", "NN", "PRP", "WP", "WDT", ")")
            and following in ("DT", "IN", "CD", "PRP", "PRP$", "NNP", ",", '"', "“", "WDT", "WP", "EX")
        )
    if tag == "NNP" or previous in ("DT", "JJ", "PRP$", "POS", "IN", "TO", "CD"):
        return False
    if g < i and lower[g] in ("do", "did", "does", "don't", "didn't", "doesn't"):
        return True
    return tag in ("VBP", "VB", "VBD") and (
        previous in ("NNS", "PRP", "WP", "WDT", "NNP", ")", ",", "RB", "NN") or tags[g - 1] in NOUNS
    )


def _inverted(scene: Scene, sentence: Sentence, i: int, g: int) -> Range | None:
    """Return the source after the verb: a quotation or a clause with a comma stands before ("…, said the ministry")."""
    words = scene.words
    tags, lower = words.tags, words.lower
    if g != i or i <= sentence.low or i + 1 >= sentence.last:
        return None
    before = i - 1
    quoted = scene.inside[before] >= 0 and scene.inside[i] < 0
    if not (quoted or tags[before] in (",", "-")) or (
        before - 1 >= sentence.low and tags[before] == "," and scene.inside[before] >= 0 and not quoted
    ):
        return None
    if tags[before] == "," and not quoted and before - 1 >= sentence.low and scene.inside[before - 1] < 0:
        # A clause without quotation marks: what follows must look like a source, and end soon.
        if not any(tags[k] in FINITE for k in range(sentence.low, before)) or lower[i] not in INVERTING:
            return None
    if tags[i + 1] in OPENING or tags[i + 1] in (":", ",") or lower[i + 1] in ("that", "in", "on", "to"):
        return None
    source = phrases.noun_phrase_after(scene, i + 1, sentence.last)
    if source is None:
        return None
    source = phrases.appositive_name(scene, source, sentence.last)
    if not quoted and source[1] < sentence.last and tags[source[1]] in FINITE:
        return None
    return source


INVERTING = frozenset(
    "said says wrote writes added adds reported reports explained argued announced noted warned told replied recalled stated claimed".split()
)


def _shared_source(scene: Scene, sentence: Sentence, connector: int, before: list[Signal]) -> Range | None:
    """Return the subject that a coordinated or participial verb takes over: the last cue's, else the first verb's."""
    words = scene.words
    for signal in reversed(before):
        if (
            signal.verb < connector
            and signal.manner in ("active", "participle")
            and signal.source is not None
            and scene.inside[signal.verb] == scene.inside[connector]
        ):
            if words.lower[signal.source[0]] not in ("who", "which"):
                return signal.source
    k = sentence.low
    while k < connector:
        if words.tags[k] in FINITE and scene.inside[k] == scene.inside[connector]:
            g = k
            return phrases.subject(scene, g, sentence.low)
        k += 1
    return None


def _participle(scene: Scene, sentence: Sentence, i: int, form: Form, before: list[Signal]) -> Signal | None:
    """Read "…, adding that": the subject is that of the clause before, or the noun that it hangs on."""
    words = scene.words
    tags, lower = words.tags, words.lower
    low, frames = sentence.low, form.cue.frames
    if i == low or ("citing" in frames and lower[i] not in ("citing", "quoting")):
        return None
    j = phrases.skip_back(scene, i - 1, low)
    if (
        lower[j]
        in ("while", "by", "in", "and", "when", "after", "before", "as", "without", "of", "for", "from", "than")
        and tags[j] != ","
    ):
        if lower[j] not in ("while", "and", "when", "before", "after", "by", "as"):
            return None
        if lower[j] == "as":
            quoted = _quoted_as(scene, sentence, j)
            return (
                Signal(i, i, i + 1, "participle", frames, False, quoted, i, False, False, form.cue.lemma)
                if quoted
                else None
            )
        source = _shared_source(scene, sentence, j, before)
        return (
            _signal(scene, i, i, frames, form.cue.belief, form.cue.lemma, "participle", source, i, sentence, True)
            if source
            else None
        )
    if "citing" in frames:
        cited = phrases.noun_phrase_after(scene, i + 1, sentence.last)
        return (
            Signal(
                i,
                i,
                i + 1,
                "citing",
                frames,
                False,
                phrases.appositive_name(scene, cited, sentence.last),
                i,
                True,
                False,
                form.cue.lemma,
            )
            if cited
            else None
        )
    if (
        tags[j] == ","
        or (tags[j] in (")", "-") and not phrases.is_hyphen(words, j))
        or scene.inside[j] != scene.inside[i]
    ):
        source = _shared_source(scene, sentence, j, before)
        return (
            _signal(scene, i, i, frames, form.cue.belief, form.cue.lemma, "participle", source, i, sentence, True)
            if source
            else None
        )
    if tags[j] in NOUNS and j == i - 1:
        source = phrases.noun_phrase_before(scene, j, low)
        if source is None:
            return None
        at = source[0] - 1
        hangs = at >= low and (lower[at] == "with" or tags[at] in ("VBD", "VBZ", "IN", ","))
        if hangs or source[0] == low:
            return _signal(scene, i, i, frames, form.cue.belief, form.cue.lemma, "participle", source, i, sentence)
    return None


def _quoted_as(scene: Scene, sentence: Sentence, j: int) -> Range | None:
    """Return who is "quoted as saying"."""
    words = scene.words
    for k in range(j - 1, max(sentence.low - 1, j - 20), -1):
        if words.lower[k] == "quoted" and k > sentence.low and words.lower[k - 1] in BE:
            return phrases.subject(scene, k - 1, sentence.low)
        if words.lower[k] in ("quoted", "quotes", "quoting", "cited"):
            return phrases.noun_phrase_after(scene, k + 1, j)
    return None


def _passive(scene: Scene, sentence: Sentence, i: int, g: int, form: Form, weak: bool) -> Signal | None:
    """Read "It was reported that", "X is believed to", "X was described by Y as Z"."""
    words = scene.words
    lower, tags = words.lower, words.tags
    passive = cues().passive
    lemma, frames = form.cue.lemma, form.cue.frames
    following = lower[i + 1] if i + 1 < sentence.high else ""
    if weak or not (lower[g] in BE or lower[g] in PERFECT or tags[g] == "MD"):
        return None
    by = -1
    if following == "by":
        by = i + 2
    agent = phrases.noun_phrase_after(scene, by, sentence.last) if by > 0 else None
    if following == "that" and lemma in passive["that"]:
        return Signal(i, i, i + 1, "that", frames, form.cue.belief, None, g, False, False, lemma)
    if following == "to" and lemma in passive["to"]:
        return Signal(i, i, i + 1, "to", frames, form.cue.belief, None, g, False, False, lemma)
    if agent is not None and not phrases.is_time(words, *agent):
        agent = phrases.appositive_name(scene, agent, sentence.last)
        after = agent[1]
        if ("as" in frames or "name" in frames or "figure" in frames or "noun" in frames) and lemma not in (
            "offer",
            "give",
            "place",
        ):
            if "as" in frames or "name" in frames:
                if (
                    (after < sentence.high
                    and lower[after] in ("as", "a", "an"))
                    or tags[min(after, sentence.high - 1)] in OPENING
                ):
                    return Signal(i, i, i + 1, "by", frames, form.cue.belief, agent, g, True, False, lemma)
                return None
            if lemma in ("confirm", "announce", "report", "estimate"):
                return Signal(i, i, i + 1, "by", frames, form.cue.belief, agent, g, True, False, lemma)
        if lemma == "accuse":
            return Signal(i, i, i + 1, "by", frames, False, agent, g, True, False, lemma)
        return None
    if lemma in passive["charge"] and following == "of":
        return Signal(i, i, i + 1, "to", frames, form.cue.belief, None, g, False, False, lemma)
    if (
        lemma in passive["stands"]
        and following != "by"
        and tags[min(i + 1, sentence.high - 1)] in (".", "IN", ",", "RB", "CC", "VBN", "JJ")
    ):
        return Signal(i, i, i + 1, "stands", frames, form.cue.belief, None, g, False, False, lemma)
    return None


def _noun(scene: Scene, sentence: Sentence, i: int) -> Signal | None:
    """Read "Islamabad's count of 61,500", "his claim that …", "In his view, …"."""
    words = scene.words
    lower, tags = words.lower, words.tags
    nouns = cues().nouns
    low, word = sentence.low, lower[i]
    following = lower[i + 1] if i + 1 < sentence.high else ""
    belief = word in nouns["belief"]
    j = i - 1
    while j > low and tags[j] in ("JJ", "CD", "NN", "VBN"):
        j -= 1
    owner: Range | None = None
    if j >= low and tags[j] == "PRP$":
        owner = (j, j + 1)
    elif j >= low and tags[j] in ("POS", "'", "’") and j - 1 >= low:
        owner = phrases.noun_phrase_before(scene, j - 1, low)
    if owner is not None and lower[owner[0]] in ("my", "our", "your"):
        return None
    lead = lower[owner[0] - 1] if owner is not None and owner[0] > low else ""
    if (
        owner is not None
        and following == ","
        and ((lead == "in" and word in nouns["in"]) or (lead == "by" and word in nouns["by"]))
    ):
        return Signal(i, i, i + 1, "according", frozenset(), belief, owner, owner[0] - 1)
    if owner is not None and word in nouns["estimate"] and following == "of" and i + 2 < sentence.last:
        if any(tags[k] == "CD" for k in range(i + 2, min(i + 6, sentence.last))):
            return Signal(i, i, i + 1, "noun", frozenset(["of"]), False, owner, owner[0])
    if word in nouns["speech"] or belief:
        if owner is not None and ((following == "that" and i + 2 < sentence.last) or following == ":"):
            return Signal(i, i, i + 1, "noun", frozenset(["that"]), belief, owner, owner[0])
        if owner is not None and following in BE and i + 2 < sentence.last and lower[i + 2] == "that":
            return Signal(i, i, i + 1, "noun", frozenset(["is"]), belief, owner, owner[0])
    return None


def _message(scene: Scene, sentence: Sentence, i: int) -> Signal | None:
    """Read "released the following statement:"."""
    words = scene.words
    known = cues()
    end = i + 1
    while end < sentence.high and words.tags[end] != ":" and end - i < 12 and scene.inside[end] < 0:
        end += 1
    if end >= sentence.high or words.tags[end] != ":":
        return None
    for k in range(i - 1, max(sentence.low - 1, i - 8), -1):
        form = known.forms.get(words.lower[k]) or _issuing().get(words.lower[k])
        if form is not None and words.tags[k][0] == "V" and words.lower[k] in _issuing():
            source = phrases.subject(scene, k, sentence.low)
            if source is None:
                return None
            return Signal(
                k, k, i + 1, "active", frozenset(["colon"]), False, source, min(source[0], k), False, False, "issue"
            )
        if words.tags[k] in (",", ";"):
            return None
    return None


def _issuing() -> dict[str, Form]:
    from counterfoil.reading.cues import issuing

    return issuing()


# --- content -------------------------------------------------------------------------------------------------------


def _content(scene: Scene, sentence: Sentence, signals: Sequence[Signal], index: int) -> Found | None:
    """Find what a cue takes; None where nothing fits."""
    signal = signals[index]
    manner = signal.manner
    if manner == "according":
        pieces = _around(scene, sentence, signals, index)
    elif manner == "unsourced":
        pieces = _clause_around(scene, sentence, signals, index)
    elif manner == "citing":
        pieces = _cited(scene, sentence, signals, index)
    elif manner in ("that", "to", "stands"):
        pieces = _raised(scene, sentence, signals, index)
    elif manner == "by":
        pieces = _by(scene, sentence, signals, index)
    else:
        pieces = _taken(scene, sentence, signals, index)
    pieces = [piece for piece in (_trim(scene, piece) for piece in pieces) if piece is not None]
    if not pieces:
        return None
    return _found(scene, sentence, signal, pieces)


def _found(scene: Scene, sentence: Sentence, signal: Signal, pieces: Sequence[Range]) -> Found:
    starts, ends = scene.words.starts, scene.words.ends
    return Found(
        None if signal.source is None else (starts[signal.source[0]], ends[signal.source[1] - 1]),
        (starts[signal.begin], ends[signal.end - 1]),
        tuple((starts[a], ends[b - 1]) for a, b in sorted(set(pieces))),
        signal.belief,
        sentence.number,
    )


def _trim(scene: Scene, piece: Range) -> Range | None:
    """Drop marks and joining words at a piece's edges; a closing quotation mark keeps the stop before it."""
    words = scene.words
    a, b = piece
    while a < b and (
        words.tags[a] in (",", ":", ";", ".", ")", "]") or (words.tags[a] == "-" and not phrases.is_hyphen(words, a))
    ):
        a += 1
    while b > a and (
        words.tags[b - 1] in (",", ":", ";", "(", "[")
        or (words.tags[b - 1] == "." and not _abbreviates(words, b - 1))
        or (words.tags[b - 1] == "-" and not phrases.is_hyphen(words, b - 1))
    ):
        b -= 1
    return (a, b) if a < b else None


def _abbreviates(words: Words, k: int) -> bool:
    """Say whether a stop belongs to the word before: "p.m." or an ellipsis stays whole."""
    return words.ends[k] - words.starts[k] > 1


def _after_verb(scene: Scene, sentence: Sentence, signal: Signal) -> int:
    """Return the first token after the cue that is no adverb, venue, time or hearer."""
    words = scene.words
    lower, tags = words.lower, words.tags
    p = signal.end
    known = cues()
    venues = known.words["venues"]
    if signal.inverted and signal.source is not None:
        p = max(p, signal.source[1])
    if "hearer" in signal.frames or lower[signal.verb] in ("told", "tells", "telling", "tell"):
        p = _after_hearer(scene, sentence, p)
    while p < sentence.last:
        if lower[p] in ("again", "also", "then", "later", "earlier", "only", "recently", "previously", "live") or (
            tags[p] == "RB" and p + 1 < sentence.last and lower[p + 1] == "that"
        ) or lower[p] in DAYS_AFTER:
            p += 1
        elif tags[p] in ("IN", "TO") and lower[p] != "that":
            after = _after_venue(scene, sentence, p, venues)
            if after == p:
                break
            p = after
        else:
            break
    return p


DAYS_AFTER = phrases.DAYS


def _after_venue(scene: Scene, sentence: Sentence, p: int, venues: frozenset[str]) -> int:
    """Return the token after "in a statement", "on Monday", "to reporters", "at a press conference"; p if none."""
    words = scene.words
    lower, tags = words.lower, words.tags
    last = -1
    named = False
    for k in range(p + 1, min(p + 9, sentence.last)):
        tag = tags[k]
        if (
            lower[k] in venues
            or (lower[k] in phrases.TIME)
            or (lower[p] == "to" and lower[k] in cues().words["hearers"])
        ):
            last = k
            named = named or lower[k] not in phrases.TIME
        elif tag == "CD" and last == k - 1:
            last = k
        elif tag in NOUNS or tag in ("DT", "JJ", "CD", "PRP$", "POS") or phrases.is_hyphen(words, k):
            if last >= 0 and not named and tag in ("DT", "PRP$"):
                break
            if last >= 0 and tag in ("DT", "PRP$", "CD", "NNS"):
                break
        else:
            break
    if last < 0:
        return p
    return last + 1


def _after_hearer(scene: Scene, sentence: Sentence, p: int) -> int:
    """Return the token after who is told: a pronoun, a known hearer, a name or a phrase with an article."""
    words = scene.words
    lower, tags = words.lower, words.tags
    if p >= sentence.last or lower[p] in ("that", "of") or tags[p] in OPENING or tags[p] in (",", ":", "."):
        return p
    if tags[p] == "PRP":
        return (
            p + 1
            if lower[p] in ("us", "me", "him", "her", "them", "you", "it")
            and p + 1 < sentence.last
            and tags[p + 1] not in ("VBD", "VBZ", "VBP", "MD")
            else p
        )
    hearers = cues().words["hearers"]
    k = p
    while (
        k < sentence.last
        and (tags[k] in ("DT", "PRP$", "JJ", "NNP", "POS", "&") or phrases.is_hyphen(words, k))
        and k - p < 9
    ):
        if k > p and tags[k] in ("DT", "PRP$"):
            break
        k += 1
        if lower[k - 1] in hearers and tags[k - 1] == "NNP":
            break
    common = k < sentence.last and tags[k] in ("NN", "NNS") and (k == p or tags[k - 1] != "NNP" or lower[k] in hearers)
    if common and (k > p or lower[k] in hearers):
        k += 1
        while k < sentence.last and tags[k] in ("NN", "NNS") and k - p < 7 and tags[k - 1] == "NN":
            k += 1
        if k + 1 < sentence.last and lower[k] in ("of", "in", "at", "from"):
            further = phrases.noun_phrase_after(scene, k + 1, sentence.last)
            if further and (tags[min(further[1], sentence.high - 1)] not in FINITE or lower[k] == "of"):
                k = further[1]
    if k == p:
        return p
    if k < sentence.last and tags[k] in FINITE:
        return p
    return k


def _taken(scene: Scene, sentence: Sentence, signals: Sequence[Signal], index: int) -> list[Range]:
    """Return what an active verb, a participle or a noun takes: on its right, or on its left where that is whole."""
    words = scene.words
    lower, tags, inside = words.lower, words.tags, scene.inside
    signal = signals[index]
    frames = signal.frames
    p = _after_verb(scene, sentence, signal)
    if signal.manner == "noun":
        return _noun_content(scene, sentence, signals, index)
    outside = inside[signal.verb] < 0
    left = _left(scene, sentence, signals, index)
    q = p
    if q < sentence.last and tags[q] in (",", ":") and q + 1 < sentence.last:
        q += 1
        if lower[q] == "that" and q + 1 < sentence.last and tags[q + 1] in OPENING:
            q += 1
    if left is not None:
        pieces = [left]
        if outside and q < sentence.last and inside[q] >= 0 and q > p and tags[p] == ",":
            pieces.append((q, _quote_end(scene, sentence, q)))
        elif outside and q > p and tags[p] == "," and not _whole_clause(scene, left):
            rest = _limit(scene, sentence, signals, index, q)
            if q < rest and lower[q] not in STOPPING and not _next_signal_at(signals, index, q):
                pieces.append((q, rest))
        elif outside and q > p and tags[p] == "," and lower[q] in ("and", "but") and not _next_group(signals, index, q):
            pieces.append((q + 1, _limit(scene, sentence, signals, index, q + 1)))
        return pieces
    if p >= sentence.last:
        return []
    # A quotation on the right, right away or after a comma or colon.
    if outside and q < sentence.last and inside[q] >= 0 and tags[q] in OPENING:
        end = _quote_end(scene, sentence, q)
        if _closes_whole(scene, sentence, end) or tags[p] in (",", ":") or "quiet" in frames:
            if "quiet" in frames and end - q < 4 and end < sentence.last and tags[p] not in (",", ":"):
                return []
            return [(q, end)]
        if "clause" in frames or "that" in frames or "post" in frames or "noun" in frames or signal.lemma == "call":
            return [(q, _limit(scene, sentence, signals, index, q))]
    if "colon" in frames:
        colon = next((k for k in range(signal.end, sentence.high) if tags[k] == ":"), -1)
        return [(colon + 1, sentence.last)] if 0 <= colon < sentence.last - 1 else []
    if "post_quote" in frames or "quiet" in frames:
        return []
    if tags[p] == ":" and ("clause" in frames or "that" in frames) and q < sentence.last:
        return [(q, sentence.last)]
    if lower[p] == "that" and not (p + 1 < sentence.last and tags[p + 1] in FINITE and "noun" in frames):
        if frames & {"clause", "that", "hearer", "post", "noun", "finite", "figure"}:
            return [(p, _limit(scene, sentence, signals, index, p))]
        return []
    if tags[p] == "," and q < sentence.last and lower[q] == "that":
        return [(q, _limit(scene, sentence, signals, index, q))]
    end = _limit(scene, sentence, signals, index, p)
    if p >= end or tags[p] in (",", ".", ")", ";"):
        return []
    return [(p, end)] if _fits(scene, sentence, signal, p, end) else []


STOPPING = frozenset(
    "after as when while in on at during before speaking referring following where which who though although according adding citing saying noting from by until because since with".split()
)


def _fits(scene: Scene, sentence: Sentence, signal: Signal, p: int, end: int) -> bool:
    """Say whether the words from p to end are what the verb's frames allow."""
    words = scene.words
    lower, tags = words.lower, words.tags
    frames = signal.frames
    previous = lower[p - 1]
    if signal.end > signal.verb + 1:  # "called for", "pointed out": the particle has decided
        if previous in ("of", "for", "on", "about", "against", "out"):
            return True
        if "to_as" in frames:
            return any(lower[k] == "as" for k in range(p, min(end, p + 14)))
    starts_noun = (
        tags[p] in NOUNS
        or tags[p] in ("DT", "PRP", "PRP$", "CD", "JJ", "JJR", "JJS", "EX", "$", "PDT", "VBG")
        or tags[p] in OPENING
    )
    finite = any(tags[k] in FINITE and not _in_relative(words, p, k) for k in range(p, min(end, p + 40)))
    if "clause" in frames or ("hearer" in frames and p > signal.end):
        if finite and (starts_noun or tags[p] in ("IN", "RB", "WRB", "WP", "WDT", "VB", "TO", "EX", "CC", "UH", "NNP")):
            if tags[p] == "IN" and lower[p] not in (
                "if",
                "when",
                "while",
                "after",
                "before",
                "since",
                "because",
                "as",
                "although",
                "though",
                "unless",
                "until",
                "once",
                "during",
                "in",
                "at",
                "by",
                "on",
                "under",
                "of",
                "about",
                "over",
                "around",
                "than",
                "between",
                "from",
                "for",
                "with",
                "without",
                "despite",
                "among",
                "like",
            ):
                return False
            return "noun" in frames or tags[p] not in ("TO",)
        if signal.lemma in ("say", "tell", "claim") and starts_noun:
            return True
    if "finite" in frames and finite and starts_noun and _is_source_of_record(scene, signal):
        return True
    if "whether" in frames and lower[p] in ("if", "whether", "what", "why", "how", "who", "where"):
        return finite
    if "to" in frames and lower[p] == "to":
        return True
    if "to_noun" in frames and lower[p] == "to":
        return True
    if "urge" in frames:
        return any(
            tags[k] == "TO" and k + 1 < end and tags[k + 1] in ("VB", "VBP", "NN")
            for k in range(p + 1, min(end, p + 16))
        )
    if "object" in frames:
        return any(lower[k] in ("of", "with", "for") for k in range(p + 1, min(end, p + 14)))
    if "at" in frames and starts_noun:
        at = next(
            (
                k
                for k in range(p + 1, min(end, p + 22))
                if lower[k] in ("at", "between", "from", "above", "below", "around", "in")
            ),
            -1,
        )
        return at > 0 and lower[at] != "in" and any(tags[k] == "CD" for k in range(at, min(end, at + 6)))
    if "as" in frames and starts_noun and any(lower[k] == "as" for k in range(p + 1, min(end, p + 16))):
        return signal.lemma != "dismiss" or True
    if "name" in frames and starts_noun:
        return _is_naming(scene, signal, p, end)
    if "noun_quote" in frames and starts_noun:
        return True
    if "noun" in frames and starts_noun:
        return tags[p] != "VBG" or signal.lemma in ("deny", "recall", "mention")
    if "noun_that" in frames and starts_noun:
        return finite
    if "noun_claim" in frames and starts_noun:
        return any(lower[k] in CLAIMS for k in range(p, min(end, p + 8)))
    if "noun_to" in frames and starts_noun:
        return any(lower[k] == "to" for k in range(p + 1, min(end, p + 20)))
    if "noun_with" in frames and starts_noun:
        return any(lower[k] == "with" for k in range(p + 1, min(end, p + 20)))
    if "citing" in frames:
        return False
    if "figure" in frames and _is_source_of_record(scene, signal):
        return any(tags[k] == "CD" for k in range(p, min(end, p + 10)))
    if "figure_short" in frames and _is_source_of_record(scene, signal):
        if tags[p] == "CD":
            return (
                p + 1 >= end
                or tags[p + 1] in ("JJ", "VBN", ",", ".")
                or lower[p + 1] in ("dead", "wounded", "injured", "missing", "killed")
            )
        return any(
            lower[k] in ("figure", "toll", "number", "total", "magnitude", "count", "estimate")
            for k in range(p, min(end, p + 7))
        ) and any(tags[k] == "CD" for k in range(p, min(end, p + 14)))
    return False


CLAIMS = frozenset(
    "claim claims allegation allegations accusation accusations charge charges suggestion suggestions figure figures report reports findings finding idea notion argument count toll criticism".split()
)


def _in_relative(words: Words, p: int, k: int) -> bool:
    """Say whether the finite verb at k belongs to a relative clause that opened after p."""
    return any(words.lower[m] in ("who", "which", "that", "whose", "where") for m in range(max(p + 1, k - 3), k))


def _is_naming(scene: Scene, signal: Signal, p: int, end: int) -> bool:
    """Say whether "called X Y" describes: a quotation, an adjective or a second noun phrase follows the object."""
    words = scene.words
    if any(scene.inside[k] >= 0 for k in range(p, end)):
        return True
    if words.tags[p] == "PRP" or words.lower[p] in ("this", "that"):
        return p + 1 < end
    first = phrases.noun_phrase_after(scene, p, end)
    return (
        first is not None
        and first[1] < end
        and words.tags[first[1]] in ("DT", "JJ")
        and words.tags[signal.verb] != "NN"
    )


def _is_source_of_record(scene: Scene, signal: Signal) -> bool:
    """Say whether the source is a body, a document, a pronoun or a name: what "shows", "counts" and "finds"."""
    words = scene.words
    if signal.source is None:
        return False
    a, b = signal.source
    documents, bodies = cues().words["documents"], speakers.titles().bodies
    return (
        words.tags[a] == "PRP"
        or words.tags[a] in ("WP", "WDT")
        or any(words.tags[k] == "NNP" or words.lower[k] in documents or words.lower[k] in bodies for k in range(a, b))
        or words.lower[b - 1] in speakers.titles().roles
    )


def _noun_content(scene: Scene, sentence: Sentence, signals: Sequence[Signal], index: int) -> list[Range]:
    signal = signals[index]
    p = signal.end
    if "of" in signal.frames:
        phrase = phrases.noun_phrase_after(scene, p + 1, sentence.last)
        return [phrase] if phrase else []
    if "is" in signal.frames:
        return [(p + 1, _limit(scene, sentence, signals, index, p + 1))]
    return [(p, _limit(scene, sentence, signals, index, p))]


def _quote_end(scene: Scene, sentence: Sentence, q: int) -> int:
    """Return the token after the quotation that token q stands in, or the sentence's last where it runs on."""
    here = scene.inside[q]
    k = q
    while k < sentence.high and scene.inside[k] == here:
        k += 1
    return k


def _closes_whole(scene: Scene, sentence: Sentence, end: int) -> bool:
    """Say whether a quotation that ends before `end` is whole: a stop within it, or nothing after."""
    words = scene.words
    if end >= sentence.last:
        return True
    return words.tags[end - 2] in QUOTED_END or words.tags[end] in (",", ".", ";")


def _left(scene: Scene, sentence: Sentence, signals: Sequence[Signal], index: int) -> Range | None:
    """Return the content that stands before source and cue: a quotation or a whole clause with its comma."""
    words = scene.words
    lower, tags, inside = words.lower, words.tags, scene.inside
    signal = signals[index]
    if (
        signal.manner not in ("active",)
        or signal.shared
        or (inside[signal.verb] >= 0
        and not _whole_quote(scene, sentence, signal))
    ):
        return None
    before = signal.group - 1
    low = sentence.low
    if before < low:
        return None
    start = _left_limit(scene, sentence, signals, index)
    here = inside[signal.verb]
    if here < 0 and (inside[before] >= 0 or (tags[before] == "," and before > low and inside[before - 1] >= 0)):
        closing = before if inside[before] >= 0 else before - 1
        first = closing
        while first > low and inside[first - 1] == inside[closing]:
            first -= 1
        whole = tags[closing - 1] in QUOTED_END or tags[before] == "," or signal.inverted
        if not whole:
            return None
        if first <= start or _only_marks(words, start, first):
            return (first, closing + 1)
        if any(s.verb < first and s.verb >= start and s.manner in ("active", "participle") for s in signals[:index]):
            return (first, closing + 1)
        if closing + 1 - first < 5 and "," not in tags[closing - 1 : closing]:
            return (start, closing + 1)
        return (start, closing + 1)
    if tags[before] not in (",", "-") or (tags[before] == "-" and phrases.is_hyphen(words, before)):
        return None
    if "post" not in signal.frames:
        return None
    p = _after_verb(scene, sentence, signal)
    if not _terminal(scene, sentence, signal, p, start, before):
        return None
    begin = start
    if lower[begin] in ("and", "but", "so", "yet") and tags[begin] in ("CC", "RB", "IN"):
        begin += 1
        if begin < before and tags[begin] == ",":
            begin += 1
    return (begin, before) if begin < before else None


def _whole_quote(scene: Scene, sentence: Sentence, signal: Signal) -> bool:
    return False


def _only_marks(words: Words, start: int, end: int) -> bool:
    return all(not words.lower[k][0].isalnum() for k in range(start, end))


def _left_limit(scene: Scene, sentence: Sentence, signals: Sequence[Signal], index: int) -> int:
    """Return where the clause to the left may begin: after a semicolon or after an earlier cue's whole content."""
    words = scene.words
    here = scene.inside[signals[index].verb]
    for k in range(signals[index].group - 2, sentence.low, -1):
        if words.tags[k] == ";" and scene.inside[k] == here:
            return k + 1
    return sentence.low


def _terminal(scene: Scene, sentence: Sentence, signal: Signal, p: int, start: int, before: int) -> bool:
    """Say whether nothing that the verb could take follows, while a whole clause stands before."""
    words = scene.words
    lower, tags = words.lower, words.tags
    if not any(tags[k] in FINITE or tags[k] in ("VBN", "VBG") for k in range(start, before)):
        if p < sentence.last and tags[p] != ",":
            return False
    if p >= sentence.last or tags[p] in TERMINAL or tags[p] in (",", "-"):
        subordinate = lower[start] in (
            "after",
            "when",
            "while",
            "as",
            "if",
            "because",
            "since",
            "although",
            "in",
            "on",
            "at",
        ) and tags[start] in ("IN", "WRB")
        return not subordinate or p >= sentence.last or tags[p] in TERMINAL or tags[p] == ","
    if lower[p] == "that" or tags[p] in OPENING or tags[p] == ":":
        return False
    if signal.inverted:
        return True
    if tags[p] in ("IN", "TO", "RB", "WRB") or lower[p] in ("when", "while", "as"):
        rest = any(tags[k] in FINITE for k in range(p, sentence.last))
        return not rest or lower[p] in ("when", "while", "as", "after", "before")
    return tags[p] in ("VBG", "CC")


def _whole_clause(scene: Scene, piece: Range) -> bool:
    """Say whether a piece has a finite verb of its own, or is a quotation."""
    return any(scene.words.tags[k] in FINITE or scene.inside[k] >= 0 for k in range(*piece))


def _next_signal_at(signals: Sequence[Signal], index: int, q: int) -> bool:
    return any(s.begin == q for s in signals[index + 1 :])


def _next_group(signals: Sequence[Signal], index: int, q: int) -> bool:
    """Say whether another cue or its source begins right after the joining word at q."""
    return any(s.group in (q, q + 1, q + 2) or s.begin in (q + 1, q + 2) for s in signals[index + 1 :])


def _limit(scene: Scene, sentence: Sentence, signals: Sequence[Signal], index: int, p: int) -> int:
    """Return where content that begins at p ends: at the sentence's end, a semicolon, or the next cue's clause."""
    words = scene.words
    tags, lower, inside = words.tags, words.lower, scene.inside
    here = inside[signals[index].verb]
    end = sentence.last
    if here >= 0:
        k = p
        while k < end and inside[k] == here:
            k += 1
        end = k
        if k <= sentence.last and k - 1 > p and tags[k - 1] in ('"', "”", "»", "’", "'"):
            end = k - 1
    for k in range(p, end):
        if tags[k] == ";" and inside[k] == here:
            end = k
            break
    for other in signals[index + 1 :]:
        if other.verb >= end or other.verb < p:
            continue
        if inside[other.verb] != here:
            continue
        cut = _cut(scene, other, p)
        if cut is not None and cut < end:
            end = cut
            break
    return end


def _cut(scene: Scene, other: Signal, p: int) -> int | None:
    """Return where the clause of another cue begins, with the words that join it; None if it is nested."""
    words = scene.words
    lower, tags = words.lower, words.tags
    k = other.group
    if other.manner == "unsourced" or other.manner == "noun":
        return None
    if other.manner in ("that", "to", "stands", "by"):
        source = other.group
        while source > p and not (
            tags[source - 1] in (",", ";") or lower[source - 1] in CONNECTORS | {"that", "which", "who"}
        ):
            source -= 1
        k = source
        if k <= p or lower[k - 1] not in ("but", "while", "although", "though", "whereas"):
            return None
    if k <= p:
        return None
    if other.manner in ("according", "citing"):
        return k
    j = k - 1
    while j > p and tags[j] == "RB":
        j -= 1
    joined = j
    while joined > p and (lower[joined] in CONNECTORS or tags[joined] == ","):
        joined -= 1
    if joined == j:
        if scene.words.tags[j] == "-" and not phrases.is_hyphen(words, j):
            return j
        return None
    return joined + 1


def _around(scene: Scene, sentence: Sentence, signals: Sequence[Signal], index: int) -> list[Range]:
    """Return what "according to X" holds for: the clause before it, after it, or both sides of it."""
    words = scene.words
    lower, tags, inside = words.lower, words.tags, scene.inside
    signal = signals[index]
    source = signal.source
    assert source is not None
    begin = signal.group
    after = max(source[1], signal.end)
    low = sentence.low
    here = inside[signal.verb]
    if here >= 0:
        return []
    lead = begin - 1
    while lead >= low and (
        tags[lead] in ("CC", "RB", ",") or lower[lead] in ("but", "and", "while", "however", "that")
    ):
        lead -= 1
    if lead < low or tags[lead] in (";", ":") or lower[begin - 1] in ("that", "while", "but"):
        after = _after_source(scene, sentence, after)
        if after >= sentence.last:
            return []
        return [(after, _limit(scene, sentence, signals, index, after))]
    start = low
    for k in range(begin - 1, low, -1):
        if tags[k] == ";" and inside[k] == here:
            start = k + 1
            break
    if lower[start] in ("and", "but") and start < begin:
        start += 1
    left = (start, begin)
    # An aside: "Local authorities, according to X, have noted …".
    rest = after
    while rest < sentence.last and tags[rest] not in (",", ";", "-", ")") and rest - after < 14:
        rest += 1
    if rest < sentence.last and tags[rest] == "," and tags[begin - 1] == ",":
        if not any(tags[k] in FINITE for k in range(start, begin)) or tags[rest + 1] in FINITE:
            return [left, (rest + 1, _limit(scene, sentence, signals, index, rest + 1))]
    return [left]


def _after_source(scene: Scene, sentence: Sentence, after: int) -> int:
    """Return the token after the comma that closes "According to X, …", past what describes X."""
    words = scene.words
    tags, lower = words.tags, words.lower
    k = after
    comma = -1
    depth = 0
    while k < sentence.last and k - after < 30:
        if tags[k] == "(":
            depth += 1
        elif tags[k] == ")":
            depth -= 1
        elif tags[k] == "," and depth <= 0:
            comma = k
            break
        k += 1
    if comma < 0:
        while after < sentence.last and (
            lower[after] in phrases.TIME or lower[after] in phrases.TIME_LEADS or tags[after] == "CD"
        ):
            after += 1
        return after
    # What stands up to a second comma without a verb of its own describes the source, if a clause follows it.
    second = next((m for m in range(comma + 1, min(sentence.last, comma + 16)) if tags[m] == ","), -1)
    if second > 0 and lower[comma + 1] in ("who", "which"):
        return second + 1
    if (
        second > 0
        and tags[comma + 1] in ("NN", "DT", "NNS", "JJ", "PRP$")
        and not any(tags[m] in FINITE for m in range(comma + 1, second))
    ):
        if (
            phrases.is_noun(words, after - 1)
            and tags[after - 1] == "NNP"
            and second + 1 < sentence.last
            and tags[second + 1] not in ("NNP", "CC", "IN", "WDT", "WP", "VBG", "VBN")
        ):
            return second + 1
    return comma + 1


def _clause_around(scene: Scene, sentence: Sentence, signals: Sequence[Signal], index: int) -> list[Range]:
    """Return the clause that "reportedly" stands in: from its subject to its end."""
    words = scene.words
    tags, lower, inside = words.tags, words.lower, scene.inside
    signal = signals[index]
    i, here = signal.verb, inside[signal.verb]
    end = i + 1
    while (end < sentence.last and inside[end] == here) or (end < sentence.last and here < 0):
        if tags[end] == ";" and inside[end] == here:
            break
        if (
            tags[end] == ","
            and end + 1 < sentence.last
            and lower[end + 1] in ("then", "but", "although", "while", "according")
        ):
            break
        if tags[end] == "-" and not phrases.is_hyphen(words, end):
            break
        end += 1
    start = i
    while start > sentence.low and inside[start - 1] == here:
        k = start - 1
        if (
            tags[k] in (",", ";", ":", "(")
            or (tags[k] == "-" and not phrases.is_hyphen(words, k))
            or lower[k] in ("that", "who", "which", "while", "but", "because", "when", "although", "where")
        ):
            break
        start = k
    if start == sentence.low and lower[start] in ("and", "but"):
        start += 1
    return [(start, i), (i + 1, end)]


def _cited(scene: Scene, sentence: Sentence, signals: Sequence[Signal], index: int) -> list[Range]:
    """Return what a cited source is cited for: the content of the cue before it in the sentence."""
    signal = signals[index]
    for k in range(index - 1, -1, -1):
        if signals[k].manner in ("active", "participle"):
            made = _taken(scene, sentence, signals, k)
            made = [(a, min(b, signal.begin)) for a, b in made if a < signal.begin]
            if made:
                return made
    later = next((k for k in range(index + 1, len(signals)) if signals[k].manner == "active"), None)
    if later is not None:
        made = _taken(scene, sentence, signals, later)
        if made and made[0][0] > signal.end:
            return made
    left = (sentence.low, signal.begin)
    if not any(scene.words.tags[k] in FINITE for k in range(*left)):
        return []
    return [left]


def _raised(scene: Scene, sentence: Sentence, signals: Sequence[Signal], index: int) -> list[Range]:
    """Return what an unsourced passive holds: its subject and its infinitive, or its that-clause."""
    words = scene.words
    lower, tags = words.lower, words.tags
    signal = signals[index]
    end = _limit(scene, sentence, signals, index, signal.end)
    if signal.manner == "that":
        return [(signal.end, end)]
    source = phrases.subject(scene, signal.group, sentence.low)
    if source is None:
        return [(signal.end, end)] if signal.manner == "to" and signal.end < end else []
    if lower[source[0]] == "it" and signal.manner == "stands":
        return []
    if lower[source[0]] in ("which", "who"):
        return [(signal.end, end)]
    return [(source[0], source[1]), (signal.end, end)] if signal.end < end else [source]


def _by(scene: Scene, sentence: Sentence, signals: Sequence[Signal], index: int) -> list[Range]:
    """Return what is "described by X as Y" or "confirmed by X": the thing, and what stands after the agent."""
    words = scene.words
    lower, tags = words.lower, words.tags
    signal = signals[index]
    assert signal.source is not None
    reduced = signal.group == signal.verb
    low = sentence.low
    thing = (
        phrases.noun_phrase_before(scene, signal.verb - 1, low)
        if reduced and signal.verb > low
        else phrases.subject(scene, signal.group, low)
    )
    if thing is None:
        return []
    after = signal.source[1]
    end = _limit(scene, sentence, signals, index, after)
    if after < end and (lower[after] in ("as", "of") or tags[after] in OPENING or tags[after] == "DT"):
        return [thing, (after, end)]
    return [] if "as" in signal.frames or "name" in signal.frames or signal.lemma == "accuse" else [thing]


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
    found = sorted(_unique(found), key=lambda one: (one.pieces[0][0], -one.pieces[-1][1], one.cue or (0, 0)))
    parents = [_parent(found, index) for index in range(len(found))]
    named = speakers.resolve(
        document,
        scene.words,
        [
            (one.source, one.cue, one.pieces[0][0], parent, one.belief)
            for one, parent in zip(found, parents, strict=True)
        ],
        scene.inside,
    )
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
