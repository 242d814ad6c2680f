"""Cues and their sources: which words of a sentence signal that somebody says something, and who."""

from collections.abc import Sequence
from dataclasses import dataclass

from counterfoil.reading import phrases
from counterfoil.reading.cues import Form, cues, issuing
from counterfoil.reading.phrases import BE, FINITE, NOUNS, PERFECT, Range, Scene
from counterfoil.reading.titles import titles
from counterfoil.reading.words import Words

NEGATIONS = frozenset(
    "not never n't didn't doesn't don't hasn't haven't hadn't won't wouldn't cannot can't couldn't neither nor no "
    "didn’t doesn’t don’t hasn’t haven’t hadn’t won’t wouldn’t can’t couldn’t".split()
)
OPENING = frozenset("\"“„«‘「'")
ADVERBS = frozenset("since then long also later still first last further".split())
DO = frozenset("do does did don't doesn't didn't don’t doesn’t didn’t".split())
PARTICLES = frozenset("of for on about against".split())
# Cues that are read in one sentence; the fullest sentence of train holds 5.
MOST = 16
# Verbs that take part in a noun phrase as often as they say something: a participle of these hangs on its noun.
HANGING = frozenset(
    "say read show claim state indicate suggest warn announce describe confirm report allege deny".split()
)
MADE_BY = frozenset(["claim", "report", "announce", "allege"])
LIVES = frozenset(["life", "lives", "victim", "victims"])


@dataclass(frozen=True, slots=True)
class Signal:
    """A cue with its source, before it is known what it takes. All numbers are tokens.

    verb       the token that decides.  begin, end  the cue's words.
    manner     "active", "participle", "that", "to", "stands", "by", "according", "citing", "unsourced", "noun".
    source     None: nobody is named.  group  first token of source and verb group together.
    inverted   the source follows the verb.  shared  the source stands before another verb.
    """

    verb: int
    begin: int
    end: int
    manner: str
    source: Range | None
    group: int
    frames: frozenset[str] = frozenset()
    belief: bool = False
    lemma: str = ""
    inverted: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: tokens `low` to `high`; `last` is past its last token that is no full stop."""

    low: int
    high: int
    last: int
    number: int
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The verb group that ends with a cue: its first token and what its auxiliaries tell."""

    start: int
    negated: bool
    infinitive: bool
    modal: str
    be: bool
    perfect: bool


def find(scene: Scene, sentence: Sentence) -> list[Signal]:
    """Return the cues of a sentence in order."""
    words = scene.words
    known = cues()
    forms, every_noun = known.forms, known.every_noun
    unsourced, messages = known.phrases["unsourced"], known.words["messages"]
    made: list[Signal] = []
    telling = known.telling
    for i, lower in enumerate(words.lower[sentence.low : sentence.last], sentence.low):
        if lower not in telling:
            continue
        signal: Signal | None = None
        form = forms.get(lower)
        if form is not None:
            signal = _verb(scene, sentence, i, form, made)
        elif lower == "according":
            if i + 1 < sentence.high and words.lower[i + 1] == "to":
                signal = _according(scene, sentence, i, i + 2)
        elif lower == "per":
            signal = _per(scene, sentence, i)
        elif lower in ("source", "sources"):
            signal = _bracketed(scene, sentence, i)
        elif lower in unsourced:
            signal = Signal(i, i, i + 1, "unsourced", None, i)
        elif lower == "clear":
            signal = _clear(scene, sentence, i)
        if signal is None and lower in every_noun:
            signal = _noun(scene, sentence, i)
        if signal is None and lower in messages:
            signal = _message(scene, sentence, i)
        if signal is not None:
            made.append(signal)
            if len(made) == MOST:
                break
    return made


def _according(scene: Scene, sentence: Sentence, i: int, after: int) -> Signal | None:
    source = phrases.noun_phrase_after(scene, after, sentence.last)
    if source is None:
        return None
    that = source[1]
    if that + 1 < sentence.last and scene.words.lower[that] == "that" and _is_relative(scene, sentence, that + 1):
        maker = phrases.noun_phrase_after(scene, that + 1, sentence.last)
        source = maker if maker is not None and can_speak(scene, maker) else source
    return Signal(i, i, after, "according", phrases.appositive_name(scene, source, sentence.last), i)


def _per(scene: Scene, sentence: Sentence, i: int) -> Signal | None:
    """Read "per the ministry" and "as per": not "per cent", "per day", "per person"."""
    words = scene.words
    as_per = i > sentence.low and words.lower[i - 1] == "as"
    begin = i - 1 if as_per else i
    if not as_per and not (begin == sentence.low or words.tags[begin - 1] in (",", "-", "(")):
        return None
    source = phrases.noun_phrase_after(scene, i + 1, sentence.last)
    if source is None or not (as_per or words.tags[source[0]] in ("DT", "NNP", "PRP$")):
        return None
    return Signal(i, begin, i + 1, "according", source, begin)


def _bracketed(scene: Scene, sentence: Sentence, i: int) -> Signal | None:
    """Read "(source: the ministry)": it holds for what stands before the bracket."""
    words = scene.words
    if i - 1 <= sentence.low or words.tags[i - 1] != "(" or i + 2 >= sentence.high or not is_colon(words, i + 1):
        return None
    source = phrases.noun_phrase_after(scene, i + 2, sentence.high)
    if source is None or not can_speak(scene, source):
        return None
    return Signal(i, i, i + 1, "according", source, i - 1, lemma="source")


def _group(scene: Scene, low: int, i: int) -> Group:
    """Walk back over a verb's auxiliaries and adverbs."""
    words = scene.words
    lower, tags, here = words.lower, words.tags, scene.inside[i]
    g = i
    negated = infinitive = be = perfect = False
    modal = ""
    while g > low and scene.inside[g - 1] == here:
        word = lower[g - 1]
        if word in NEGATIONS:
            negated = True
            if tags[g - 1] == "MD":
                modal = word
        elif word in BE:
            be = True
        elif word in PERFECT or word in ("having", "'ve", "’ve"):
            perfect = True
        elif tags[g - 1] == "MD":
            modal = word
        elif word == "to" and g == i:
            infinitive = True
            break
        elif word == "first" and g - 2 > low and lower[g - 2] == "at":
            g -= 1
        elif tags[g - 1] != "RB" and word not in ADVERBS and word not in DO:
            break
        g -= 1
    while g < i and (tags[g] == "RB" or lower[g] in ADVERBS) and lower[g] not in NEGATIONS:
        g += 1
    return Group(g, negated, infinitive, modal, be, perfect)


def _verb(scene: Scene, sentence: Sentence, i: int, form: Form, before: list[Signal]) -> Signal | None:
    """Read a verb's form, voice and subject; None where it is no cue here."""
    words = scene.words
    lower, tags = words.lower, words.tags
    low, cue, kinds = sentence.low, form.cue, form.kinds
    following = lower[i + 1] if i + 1 < sentence.high else ""
    if ("out" in cue.frames and following != "out") or (tags[i] == "NNP" and i > low):
        return None
    if cue.lemma == "claim" and not LIVES.isdisjoint(lower[i + 1 : min(i + 5, sentence.high)]):
        return None  # "the blast claimed 40 lives" says nothing
    group = _group(scene, low, i)
    g = group.start
    if "ing" in kinds:
        if group.be:
            return _active(scene, sentence, i, g, form, phrases.subject(scene, g, low))
        return _participle(scene, sentence, i, form, before)
    if group.be and "participle" in kinds and "base" not in kinds | {""} and tags[i] != "NNP":
        return _passive(scene, sentence, i, form, group)
    if group.be and "participle" in kinds and tags[i] in ("VBN", "VBD"):
        return _passive(scene, sentence, i, form, group)
    if group.infinitive:
        # "went on to say" says; "wants to say" does not
        if g - 3 >= low and lower[g - 2] == "on" and lower[g - 3] in ("went", "goes"):
            return _active(scene, sentence, i, g - 3, form, phrases.subject(scene, g - 3, low))
        return None
    if group.negated and (group.perfect or not (cue.belief or "noun_claim" in cue.frames or cue.lemma == "deny")):
        return None
    if group.modal and not (group.modal == "would" and lower[i - 1] in ("later", "often", "then")):
        return None
    if kinds & {"past", "participle"} and following == "by" and not group.perfect and "base" not in kinds:
        agent = _agent(scene, sentence, i, form)
        if agent is not None or "clause" not in cue.frames:
            return agent
        maker = phrases.noun_phrase_after(scene, i + 2, sentence.last)
        if cue.lemma in MADE_BY and maker is not None and can_speak(scene, maker):
            return None  # "the 40,000 homes claimed by the premier": homes claim nothing
    if not _is_verb(scene, sentence, i, form, group):
        return None
    inverted = _inverted(scene, sentence, i, g, form)
    if inverted is not None:
        return Signal(i, i, i + 1, "active", inverted, i, cue.frames, cue.belief, cue.lemma, True)
    connector = phrases.skip_back(scene, g - 1, low) if g > low else low - 1
    if connector >= low and lower[connector] in ("and", "but", "then", "or") and connector > low:
        if kinds == {"base"} and any(lower[k] == "to" for k in range(max(low, connector - 12), connector)):
            return None  # "wants to cancel it and argue"
        source = shared_source(scene, sentence, connector, before)
        return _active(scene, sentence, i, g, form, source, shared=True)
    return _active(scene, sentence, i, g, form, phrases.subject(scene, g, low))


def _active(
    scene: Scene,
    sentence: Sentence,
    i: int,
    g: int,
    form: Form,
    source: Range | None,
    manner: str = "active",
    *,
    shared: bool = False,
) -> Signal | None:
    """Build a signal whose cue takes in "has" and the particle that belongs to it: "has called for", "pointed out"."""
    if source is None or scene.words.lower[source[0]] == "you":
        return None
    words, cue = scene.words, form.cue
    begin = i - 1 if i - 1 >= g and words.lower[i - 1] in PERFECT else i
    end = i + 1
    following = words.lower[end] if end < sentence.high else ""
    if (
        ("out" in cue.frames and following == "out")
        or (following in PARTICLES and following in cue.frames)
        or (following == "to" and "to_as" in cue.frames)
    ):
        end += 1
    group = g if shared else min(phrases.opening(scene, source, sentence.low), g)
    return Signal(i, begin, end, manner, source, group, cue.frames, cue.belief, cue.lemma, False, shared)


def _is_verb(scene: Scene, sentence: Sentence, i: int, form: Form, group: Group) -> bool:
    """Say whether a form that may also be a noun or an adjective is a finite verb here."""
    words = scene.words
    tags, lower, kinds, g = words.tags, words.lower, form.kinds, group.start
    tag = tags[i]
    previous = tags[g - 1] if g > sentence.low else ""
    following = tags[i + 1] if i + 1 < sentence.high else "."
    if group.perfect:
        return "participle" in kinds
    if lower[g] in DO and g < i:
        return "base" in kinds
    if "past" in kinds and "base" not in kinds:
        modifies = previous in ("DT", "PRP$", "JJ", "CD", "POS") and following in NOUNS | {"CD", "JJ"}
        if modifies and lower[g - 1] not in phrases.ENDING:
            return previous == "JJ" and form.cue.frames >= {"clause", "post"} and following in ("CD", "NNP")
        return previous not in ("IN", "TO") or lower[g - 1] in (
            "that",
            "as",
            "than",
            "while",
            "before",
            "after",
            "when",
        )
    year = previous == "CD" and tag[0] == "V" and g - 2 >= sentence.low and lower[g - 2] in ("of", "from", "in")
    if previous in ("DT", "JJ", "PRP$", "POS", "IN", "CD", "TO") and lower[g - 1] not in ("that", "there") and not year:
        return False
    if "past" in kinds:
        return tag[0] == "V" or previous in NOUNS | {"PRP", ",", ")"}
    if tag == "NNP":
        return False
    if "s" in kinds:
        opens = following in ("DT", "IN", "CD", "PRP", "PRP$", "NNP", ",", "WDT", "WP", "EX", "$", ".", "NNS") or (
            i + 1 < sentence.high and tags[i + 1] in OPENING
        )
        opens = opens or (i + 1 < sentence.high and lower[i + 1] in ("both", "all", "no"))
        coordinated = previous == "CC" and i + 1 < sentence.high and lower[i + 1] == "that"
        return tag == "VBZ" or coordinated or (previous in NOUNS | {"PRP", "WP", "WDT", ")", ","} and opens)
    plural = previous in ("NNS", "PRP", "WP", "WDT", "NNP", ")", ",", "RB", "NN", "CC")
    return plural and (
        tag in ("VBP", "VB", "VBD") or (previous in ("NNS", "PRP") and following in ("DT", "IN", "PRP", "CD"))
    )


def _inverted(scene: Scene, sentence: Sentence, i: int, g: int, form: Form) -> Range | None:
    """Return the source after the verb, where a quotation or a clause with a comma stands before: "…, said X"."""
    words = scene.words
    tags, lower, inside = words.tags, words.lower, scene.inside
    if g != i or i <= sentence.low or i + 1 >= sentence.last:
        return None
    comma = tags[i - 1] == "," and i - 2 >= sentence.low and inside[i - 2] >= 0
    quoted = (inside[i - 1] >= 0 or comma) and inside[i] < 0
    if not quoted and tags[i - 1] not in (",", "-"):
        return None
    if not quoted and i - 2 >= sentence.low and inside[i - 2] < 0:
        # A clause without quotation marks: what follows must look like a source.
        if "post" not in form.cue.frames or "hearer" in form.cue.frames or not form.kinds & {"past", "s"}:
            return None
        if not any(tags[k][0] == "V" or tags[k] == "MD" for k in range(sentence.low, i - 1)):
            return None
        if tags[i - 1] == "-" and phrases.is_hyphen(words, i - 1):
            return None
    if (
        tags[i + 1] in OPENING
        or tags[i + 1] in (":", ",", "CD", "EX")
        or lower[i + 1] in ("that", "in", "on", "to", "it")
    ):
        return None
    source = phrases.noun_phrase_after(scene, i + 1, sentence.last)
    if source is None:
        return None
    source = phrases.appositive_name(scene, source, sentence.last)
    if not quoted and source[1] < sentence.last and (tags[source[1]] in FINITE or tags[source[1]] in ("TO", "VBN")):
        return None
    if not quoted and not can_speak(scene, (source[0], phrases.core_end(words, source))):
        return None
    if not quoted and _after_relative(words, sentence.low, i - 1):
        return None
    return source


def _after_relative(words: Words, low: int, comma: int) -> bool:
    """Say whether the comma closes a relative clause: "X, who ran in May, announced"."""
    previous = next((k for k in range(comma - 1, low, -1) if words.tags[k] == ","), -1)
    return previous > 0 and words.tags[previous + 1] in ("WP", "WDT", "WP$")


def can_speak(scene: Scene, source: Range) -> bool:
    """Say whether a phrase may name a source: a name, a body, a document, a role or a pronoun."""
    words, known = scene.words, titles()
    documents = cues().words["documents"]
    return any(
        words.tags[k] in ("NNP", "PRP")
        or words.lower[k] in known.bodies
        or words.lower[k] in known.roles
        or words.lower[k].removesuffix("s") in known.roles | known.bodies
        or words.lower[k] in documents
        for k in range(*source)
    )


def shared_source(scene: Scene, sentence: Sentence, connector: int, before: Sequence[Signal]) -> Range | None:
    """Return the subject that a coordinated or participial verb takes over: the last cue's, else the first verb's."""
    words, here = scene.words, scene.inside[connector]
    for signal in reversed(before):
        if (
            signal.verb < connector
            and signal.manner in ("active", "participle", "by")
            and signal.source is not None
            and scene.inside[signal.verb] == here
        ):
            return signal.source
    for k in range(sentence.low, connector):
        if words.tags[k] in FINITE and scene.inside[k] == here:
            return phrases.subject(scene, k, sentence.low)
    return None


def _participle(scene: Scene, sentence: Sentence, i: int, form: Form, before: list[Signal]) -> Signal | None:
    """Read "…, adding that": the subject is that of the clause before, or the noun that it hangs on."""
    words, cue = scene.words, form.cue
    tags, lower = words.tags, words.lower
    low = sentence.low
    if i == low and "citing" not in cue.frames:
        return None
    j = phrases.skip_back(scene, i - 1, low) if i > low else low
    if "citing" in cue.frames:
        cited = phrases.noun_phrase_after(scene, i + 1, sentence.last)
        if cited is None or (tags[j] == "IN" and i > low) or not can_speak(scene, cited):
            return None
        cited = phrases.appositive_name(scene, cited, sentence.last)
        return Signal(i, i, i + 1, "citing", cited, i, cue.frames, False, cue.lemma, True)
    if lower[j] == "as":
        quoted = _quoted_as(scene, sentence, j)
        return _active(scene, sentence, i, i, form, quoted, "participle") if quoted else None
    apart = tags[j] in (",", ")", "-") and not phrases.is_hyphen(words, j)
    if apart or lower[j] in ("while", "and", "when", "before", "after", "by") or scene.inside[j] != scene.inside[i]:
        source = shared_source(scene, sentence, j, before)
        return _active(scene, sentence, i, i, form, source, "participle", shared=True)
    if tags[j] in NOUNS and j == i - 1:
        source = phrases.noun_phrase_before(scene, j, low)
        if source is None:
            return None
        at = source[0] - 1
        if at >= low and lower[at] == "with":
            return _active(scene, sentence, i, i, form, source, "participle")
        if cue.lemma in HANGING and (source[0] == low or tags[at][0] == "V" or tags[at] in ("IN", ",", "CC")):
            return _active(scene, sentence, i, i, form, source, "participle")
    return None


def _quoted_as(scene: Scene, sentence: Sentence, j: int) -> Range | None:
    """Return who is "quoted as saying"."""
    words = scene.words
    for k in range(j - 1, max(sentence.low - 1, j - 20), -1):
        if words.lower[k] in ("quoted", "quotes", "quoting", "cited"):
            if k > sentence.low and words.lower[k - 1] in BE:
                return phrases.subject(scene, k - 1, sentence.low)
            source = phrases.noun_phrase_after(scene, k + 1, j)
            return phrases.appositive_name(scene, source, j) if source is not None else None
    return None


def _agent(scene: Scene, sentence: Sentence, i: int, form: Form) -> Signal | None:
    """Read "a pattern described by X as Y", "as reported by X"."""
    words, cue = scene.words, form.cue
    if i > sentence.low and words.tags[i - 1] in ("DT", "PRP$"):
        return None
    source = phrases.noun_phrase_after(scene, i + 2, sentence.last)
    if source is None or not can_speak(scene, source) or "quiet" in cue.frames:
        return None
    source = phrases.appositive_name(scene, source, sentence.last)
    if i > sentence.low and words.lower[i - 1] == "as":
        return Signal(i, i, i + 1, "according", source, i - 1, cue.frames, cue.belief, cue.lemma, True)
    if cue.frames & {"as", "name"}:
        return Signal(i, i, i + 1, "by", source, i, cue.frames, cue.belief, cue.lemma, True)
    return None


def _passive(scene: Scene, sentence: Sentence, i: int, form: Form, group: Group) -> Signal | None:
    """Read "It was reported that", "X is believed to", "X was described by Y as Z"."""
    words, cue = scene.words, form.cue
    lower, tags = words.lower, words.tags
    passive = cues().passive
    lemma, g = cue.lemma, group.start
    if group.negated or (group.modal and group.modal != "would") or lower[g] not in BE | PERFECT:
        return None
    p = i + 1
    following = lower[p] if p < sentence.high else ""

    def made(manner: str, source: Range | None) -> Signal:
        return Signal(i, i, i + 1, manner, source, g, cue.frames, cue.belief, lemma, source is not None)

    that = skip_to_that(scene, sentence, p)
    if lemma in passive["that"] and that is not None and (that == p or following != "by"):
        return made("that", None)
    if following == "to" and lemma in passive["to"] and p + 1 < sentence.last and tags[p + 1] in ("VB", "VBP", "NN"):
        return made("to", None)
    by = p if following == "by" else -1
    if (by < 0 and cue.frames & {"as", "name"} and following in ("as", "a", "an")) or (
        by < 0 and tags[p : p + 1] and tags[p] in OPENING
    ):
        by = next((k for k in range(p, min(p + 16, sentence.last)) if lower[k] == "by"), -1)
    if by > 0:
        agent = phrases.noun_phrase_after(scene, by + 1, sentence.last)
        if agent is None or phrases.is_time(words, *agent):
            return None
        agent = phrases.appositive_name(scene, agent, sentence.last)
        if cue.frames & {"as", "name"}:
            after = agent[1]
            told = by > p or (after < sentence.last and (lower[after] in ("as", "a", "an") or tags[after] in OPENING))
            return made("by", agent) if told else None
        if lemma in ("confirm", "announce", "report", "estimate", "accuse", "tell", "verify"):
            return made("by", agent)
        return None
    if lemma in passive["charge"] and following == "of" and lower[g - 1 if g else 0] not in ("who", "those"):
        return made("to", None)
    if (
        lemma in passive["stands"]
        and scene.inside[i] < 0
        and (p >= sentence.last or tags[p] in ("IN", ",", "RB", "CC", "."))
        and not (g > sentence.low and tags[g - 1] == "CD")  # "217 were reported": so many crimes
    ):
        return made("stands", None)
    return None


def skip_to_that(scene: Scene, sentence: Sentence, p: int) -> int | None:
    """Return where "that" stands, at p or after a short phrase that only tells when, how or to whom."""
    words = scene.words
    for k in range(p, min(p + 9, sentence.last)):
        tag = words.tags[k]
        if words.lower[k] == "that" and k + 1 < sentence.last:
            return k if k == p or words.tags[k + 1] not in FINITE else None
        if words.lower[k] == "to" and k + 1 < sentence.last and words.tags[k + 1] in ("VB", "VBP"):
            return None
        if k == p and words.lower[k] not in phrases.TIME and tag not in ("IN", "TO", "RB", "JJ", ","):
            return None
        if tag in FINITE or tag in (";", ":") or tag in OPENING or words.lower[k] == "of":
            return None
    return None


def _clear(scene: Scene, sentence: Sentence, i: int) -> Signal | None:
    """Read "made it clear that", "has been very clear that"."""
    words = scene.words
    lower, low = words.lower, sentence.low
    if i + 1 >= sentence.last or lower[i + 1] not in ("that", ","):
        return None
    k = i - 1
    while k > low and lower[k] in ("it", "very", "quite", "been", "absolutely", "perfectly"):
        k -= 1
    if k <= low or lower[k] not in ("made", "makes", "make", "was", "were", "is", "are", "have", "has", "had"):
        return None
    if lower[k] in ("is", "was", "are", "were") and lower[k - 1] in ("it", "that", "this"):
        return None
    if lower[i + 1] == "," and lower[k] in ("made", "makes", "make"):
        return None
    source = phrases.subject(scene, k, low)
    if source is None or not can_speak(scene, source):
        return None
    return Signal(i, k, i + 1, "active", source, source[0], frozenset(["that", "clear"]), False, "clear")


def _noun(scene: Scene, sentence: Sentence, i: int) -> Signal | None:
    """Read "Islamabad's count of 61,500", "his claim that …", "In his view, …", "reports that …"."""
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
    elif j - 1 >= low and tags[j] in ("POS", "'", "’"):
        owner = phrases.noun_phrase_before(scene, j - 1, low)
        by = next((k for k in range(*owner) if lower[k] == "by"), -1) if owner and word in nouns["by"] else -1
        owner = (by + 1, j) if by >= 0 else owner  # "killed 40 people by the ministry's count"
    if owner is None:
        open_clause = following == "that" and i + 2 < sentence.last and tags[i + 2] not in FINITE
        if word in nouns["loose"] and open_clause and not _is_relative(scene, sentence, i + 2):
            return Signal(i, i, i + 1, "noun", None, i, frozenset(["that"]), belief)
        return None
    if lower[owner[0]] in ("my", "our", "your"):
        return None
    lead = lower[owner[0] - 1] if owner[0] > low else ""
    if (lead == "in" and word in nouns["in"] and following == ",") or (lead == "by" and word in nouns["by"]):
        return Signal(i, i, i + 1, "according", owner, owner[0] - 1, belief=word in ("view", "opinion", "estimation"))
    figure = any(tags[k] == "CD" for k in range(i + 2, min(i + 6, sentence.last)))
    if word in nouns["estimate"] and following == "of" and figure:
        return Signal(i, i, i + 1, "noun", owner, owner[0], frozenset(["of"]))
    if word in nouns["speech"] or belief:
        if following == "that" and i + 2 < sentence.last:
            return Signal(i, i, i + 1, "noun", owner, owner[0], frozenset(["that"]), belief)
        if following == ":" and i + 2 < sentence.last:
            return Signal(i, i, i + 1, "noun", owner, owner[0], frozenset(["colon"]), belief)
        if following in BE and i + 2 < sentence.last and lower[i + 2] == "that":
            return Signal(i, i, i + 1, "noun", owner, owner[0], frozenset(["is"]), belief)
    return None


def _is_relative(scene: Scene, sentence: Sentence, p: int) -> bool:
    """Say whether "that" only tells who made it: "a report that the audit office published on Monday"."""
    words = scene.words
    verb = next(
        (k for k in range(p, min(p + 12, sentence.last)) if words.tags[k] in FINITE or words.lower[k] in MADE), -1
    )
    if verb > 0 and words.lower[verb] in PERFECT:
        verb += 1
    if verb < 0 or verb >= sentence.last or words.lower[verb] not in MADE:
        return False
    return verb + 1 >= sentence.last or words.tags[verb + 1] in ("IN", ",", ".", ")", "RB", "NN", "JJ", "TO")


MADE = frozenset(
    "published released issued posted wrote written made compiled produced commissioned prepared filed obtained saw "
    "seen received sent submitted shared leaked drafted".split()
)


def _message(scene: Scene, sentence: Sentence, i: int) -> Signal | None:
    """Read "released the following statement:"; its content may be the next paragraph."""
    words = scene.words
    end = i + 1
    while end < sentence.high and end - i < 12 and scene.inside[end] < 0 and not is_colon(words, end):
        end += 1
    if end >= sentence.high or not is_colon(words, end):
        return None
    for k in range(i - 1, max(sentence.low - 1, i - 8), -1):
        if words.lower[k] in issuing() and words.tags[k][0] == "V":
            source = phrases.subject(scene, k, sentence.low)
            if source is None:
                return None
            return Signal(k, k, i + 1, "active", source, min(source[0], k), frozenset(["colon"]), False, "issue")
        if words.tags[k] in (",", ";"):
            return None
    return None


def is_colon(words: Words, k: int) -> bool:
    """Say whether token k is a colon that introduces: not within a time or a score."""
    return (
        words.tags[k] == ":"
        and words.lower[k] == ":"
        and not (k + 1 < len(words.starts) and words.starts[k + 1] == words.ends[k] and words.tags[k + 1] == "CD")
    )
