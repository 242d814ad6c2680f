"""What a cue takes: the words that are somebody's, before, after or around the cue and its source.

All ranges are tokens. Where one content ends depends on where the next cue begins, so a case holds all of a
sentence's signals.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from counterfoil.reading import phrases
from counterfoil.reading.cues import cues
from counterfoil.reading.phrases import FINITE, NOUNS, Range, Scene
from counterfoil.reading.signals import OPENING, Sentence, Signal, can_speak, is_colon, skip_to_that
from counterfoil.reading.titles import titles
from counterfoil.reading.words import Words

TERMINAL = frozenset([".", "?", "!", ";", "…", ")", "]"])
QUOTED_END = frozenset([",", ".", "?", "!", "…", "]", "-"])
CONNECTORS = frozenset(
    "and but or despite while whereas although though with as because nor so yet after before when where if since "
    "until".split()
)
# Conjunctions that, without a comma, keep a clause within the content: "quarantined after observers reported".
NESTING = frozenset("after before because since if when as where until".split())
# Words after "…, X said," that begin the narrator's own remark, not more of what X said.
STOPPING = frozenset(
    "after as when while in on at during before speaking referring following where which who though although "
    "according adding citing saying noting from by until because since with".split()
)
ISSUED = frozenset(
    "released published issued posted sent aired broadcast printed dated delivered seen obtained carried made "
    "given read shared uploaded circulated".split()
)
OBJECTS = frozenset("us me him her them you it".split())
LOOSE_ADVERBS = frozenset("again also then later earlier only recently previously live afterwards".split())
# Prepositions and conjunctions that may open a clause; "of" or "into" after a verb open none.
CLAUSE_OPENERS = frozenset(
    "if when while after before since because as although though unless until once during in at by on under "
    "about over around than between from for with without despite among like of".split()
)
CLAIMS = frozenset(
    "claim claims allegation allegations accusation accusations charge charges suggestion suggestions figure "
    "figures report reports findings finding idea notion argument count toll criticism this that it both".split()
)
TOLLS = frozenset("toll number count tally estimate figure figures total deaths injured".split())
FORECASTS = frozenset("forecast projection estimates outlook".split())
GIVEN = frozenset("figure toll number total magnitude count estimate".split())
STATES = frozenset("dead wounded injured missing killed".split())
DETERMINERS = frozenset(["DT", "PRP", "PRP$", "CD", "JJ", "JJR", "JJS", "EX", "$", "PDT"])
RAISED = frozenset(["that", "to", "stands", "by"])


@dataclass(frozen=True, slots=True)
class Case:
    """One signal among those of its sentence."""

    scene: Scene
    sentence: Sentence
    signals: Sequence[Signal]
    index: int

    @property
    def signal(self) -> Signal:
        return self.signals[self.index]


def find(case: Case) -> list[Range]:
    """Return the pieces that a cue takes, in text order; none where nothing fits."""
    taken = TAKES.get(case.signal.manner, _taken)(case)
    pieces = {piece for piece in (trimmed(case.scene.words, piece) for piece in taken) if piece is not None}
    return sorted(piece for piece in pieces if any(case.scene.words.lower[k][0].isalnum() for k in range(*piece)))


def trimmed(words: Words, piece: Range) -> Range | None:
    """Drop marks at a piece's edges, but no stop within a closing quotation mark, none of "p.m." and no ellipsis."""
    a, b = piece
    tags = words.tags
    while a < b and (tags[a] in (",", ":", ";", ".", ")", "]") or (tags[a] == "-" and not phrases.is_hyphen(words, a))):
        a += 1
    while b > a and (
        tags[b - 1] in (",", ":", ";", "(", "[")
        or (tags[b - 1] == "." and words.ends[b - 1] - words.starts[b - 1] == 1)
        or (tags[b - 1] == "-" and not phrases.is_hyphen(words, b - 1))
    ):
        b -= 1
    return (a, b) if a < b else None


# --- between the cue and its content -------------------------------------------------------------------------------


def _after_cue(case: Case) -> int:
    """Return the first token after the cue that is no adverb, venue, time or hearer."""
    scene, sentence, signal = case.scene, case.sentence, case.signal
    words = scene.words
    lower, tags = words.lower, words.tags
    p = signal.end
    if signal.inverted and signal.source is not None:
        p = max(p, signal.source[1])
    if "hearer" in signal.frames:
        p = _after_hearer(scene, sentence, p)
    while p < sentence.last:
        if (
            lower[p] in LOOSE_ADVERBS
            or (lower[p] in phrases.DAYS and tags[p + 1 : p + 2] != ["POS"])
            or (tags[p] == "RB" and lower[p + 1 : p + 2] == ["that"])
        ):
            p += 1
        elif lower[p] in ("last", "this", "earlier", "late") and p + 1 < sentence.last and lower[p + 1] in phrases.TIME:
            p += 2
        elif tags[p] in ("IN", "TO") and lower[p] != "that":
            after = _after_venue(scene, sentence, p)
            if after == p:
                break
            p = after
        else:
            break
    return p


def _after_venue(scene: Scene, sentence: Sentence, p: int) -> int:
    """Return the token after "in a statement", "on Monday", "to reporters", "at a press conference"; p if none."""
    words = scene.words
    lower, tags = words.lower, words.tags
    venues, hearers = cues().words["venues"], cues().words["hearers"]
    last = -1
    named = False
    for k in range(p + 1, min(p + 9, sentence.last)):
        tag = tags[k]
        if lower[k] in venues or lower[k] in phrases.TIME or (lower[p] == "to" and lower[k] in hearers):
            last = k
            named = named or lower[k] not in phrases.TIME
        elif tag == "CD" and last == k - 1:
            last = k
        elif last >= 0 and lower[k] == "no" and k + 2 < sentence.last and tags[k + 1 : k + 3] == [".", "CD"]:
            return k + 3  # "in its bulletin No. 12"
        elif tag in NOUNS or tag in ("DT", "JJ", "CD", "PRP$", "POS") or phrases.is_hyphen(words, k):
            if last >= 0 and tag in ("DT", "PRP$", "CD", "NNS"):
                break
        elif tag not in ("VBN", "VBG", "RB", "&", "VBD", "VB") or last >= 0:
            break
    if last < 0:
        return p
    last += 1
    if named and last < sentence.last and tags[last] in ("VBN", "VBD") and lower[last] in ISSUED:
        while (
            last < sentence.last
            and tags[last] not in (",", ":")
            and lower[last] != "that"
            and tags[last] not in OPENING
        ):
            last += 1
    return last


def _after_hearer(scene: Scene, sentence: Sentence, p: int) -> int:
    """Return the token after who is told: a pronoun, a known hearer, a name or a phrase with an article."""
    words = scene.words
    lower, tags = words.lower, words.tags
    high = sentence.last
    if p >= high or lower[p] in ("that", "of") or tags[p] in OPENING or tags[p] in (",", ":", "."):
        return p
    if lower[p] in OBJECTS:
        return p + 1 if p + 1 >= high or tags[p + 1] not in FINITE | NOUNS else p
    hearers = cues().words["hearers"]
    k = p
    while (
        k < high and k - p < 9 and (tags[k] in ("DT", "PRP$", "JJ", "NNP", "POS", "&") or phrases.is_hyphen(words, k))
    ):
        if k > p and tags[k] in ("DT", "PRP$"):
            break
        k += 1
        if lower[k - 1] in hearers and tags[k - 1] == "NNP":
            break
    run = k
    while run < high and tags[run] in ("NN", "NNS") and run - k < 4:
        run += 1
        if tags[run - 1] == "NNS" or lower[run - 1] in hearers:
            break
    known = any(lower[m] in hearers for m in range(k, run))
    if run > k and (known or (k > p and tags[k - 1] != "NNP")):
        k = run
        if k + 1 < high and lower[k] in ("of", "in", "at", "from"):
            further = phrases.noun_phrase_after(scene, k + 1, high)
            if further and (lower[k] == "of" or further[1] >= high or tags[further[1]] not in FINITE):
                k = further[1]
    if k < high and tags[k] in FINITE:
        return p
    return k


# --- an active verb ------------------------------------------------------------------------------------------------


def _taken(case: Case) -> list[Range]:
    """Return what an active verb or a participle takes: on its left where that is whole, else on its right."""
    scene, sentence, signal = case.scene, case.sentence, case.signal
    words, inside, frames = scene.words, scene.inside, signal.frames
    lower, tags = words.lower, words.tags
    p = _after_cue(case)
    q = p + 1 if p + 1 < sentence.last and tags[p] in (",", ":") else p
    if q + 1 < sentence.last and lower[q] == "that" and tags[q + 1] in OPENING and q > p:
        q += 1
    left = _left(case, p)
    if left is not None:
        return [left, *_resumed(case, left, p, q)]
    if p >= sentence.last:
        return []
    outside = inside[signal.verb] < 0
    if outside and not (inside[q] >= 0 and tags[q] in OPENING):
        q = _quotation_ahead(case, p) or q
    if outside and q < sentence.last and inside[q] >= 0 and tags[q] in OPENING:
        quotation = _quotation_after(case, p, q)
        if quotation is not None:
            return quotation
    if "colon" in frames:
        colon = next((k for k in range(signal.end, sentence.high) if is_colon(words, k)), -1)
        return [(colon + 1, sentence.last)] if 0 <= colon < sentence.last - 1 else []
    if "quiet" in frames:
        return []
    if is_colon(words, p) and frames & {"clause", "that"}:
        return [(q, sentence.last)]
    that = skip_to_that(scene, sentence, p)
    if that is not None and frames & THAT_FRAMES and not _is_pronoun(case, that):
        return [(that, _limit(case, that))]
    if tags[p] == ",":
        aside = _after_aside(case, p)
        if aside is not None:
            return [(aside, _limit(case, aside))]
        if p == signal.end or lower[q] in STOPPING:
            return []
        p = q
    if lower[p] == "as" and "as" in frames:
        thing = _relative_object(case)
        return [thing, (p, _limit(case, p))] if thing else []
    end = _limit(case, p)
    if p >= end or tags[p] in (".", ")", ";"):
        return []
    return [(p, _object_end(case, p, end))] if _fits(case, p, end) else []


def _object_end(case: Case, p: int, end: int) -> int:
    """Return where a noun phrase ends as content: before a second verb of the same subject, "announced it and left"."""
    words, tense = case.scene.words, case.scene.words.tags[case.signal.verb]
    if "bare" in case.signal.frames or case.signal.manner == "participle":
        return end
    for k in range(p, end - 1):
        if words.tags[k] in FINITE:
            return end
        if (
            k > p
            and words.lower[k] in ("in", "during", "at", "via")
            and _after_venue(case.scene, case.sentence, k) >= end
        ):
            return k if any(words.lower[m] in cues().words["venues"] for m in range(k, end)) else end
        if words.tags[k] == "CC" or words.tags[k] == ",":
            after = k + 1 if words.tags[k + 1] not in ("RB", "CC") else k + 2
            if after < end and words.tags[after] == tense and words.tags[after] in ("VBD", "VBZ"):
                return k
            if after < end and k > p and _acts(case, after, end):
                return k
    return end


def _acts(case: Case, p: int, end: int) -> bool:
    """Say whether somebody else acts from token p on: "pledged a million, India gave 1,000 tents"."""
    tags = case.scene.words.tags
    if tags[p] not in ("NNP", "DT", "PRP"):
        return False
    other = phrases.noun_phrase_after(case.scene, p, end)
    return other is not None and other[1] < end and tags[other[1]] in ("VBD", "VBZ") and can_speak(case.scene, other)


THAT_FRAMES = frozenset(["clause", "that", "hearer", "post", "noun", "finite", "figure", "clear"])


def _is_pronoun(case: Case, that: int) -> bool:
    """Say whether "that" stands for a thing: "Critics call that inflated", "denied that"."""
    words, frames = case.scene.words, case.signal.frames
    tag = words.tags[that + 1]
    return ("name" in frames and tag in ("JJ", "VBN", "DT")) or (tag in FINITE and "noun" in frames)


def _after_aside(case: Case, p: int) -> int | None:
    """Return where "that" stands after an aside: "we reported, quoting a spokesman, that 69 had been killed"."""
    words = case.scene.words
    for k in range(p + 1, min(p + 16, case.sentence.last - 1)):
        if words.tags[k] == "," and words.lower[k + 1] == "that":
            return k + 1
        if words.tags[k] in FINITE or words.tags[k] in (";", ":"):
            return None
    return p + 1 if p + 1 < case.sentence.last and words.lower[p + 1] == "that" else None


def _relative_object(case: Case) -> Range | None:
    """Return what "which the BBC describes as" refers to."""
    words, signal = case.scene.words, case.signal
    at = signal.group - 1
    if at <= case.sentence.low or words.lower[at] not in ("which", "whom", "that"):
        return None
    j = at - 1 - (words.tags[at - 1] == ",")
    return phrases.noun_phrase_before(case.scene, j, case.sentence.low) if j >= case.sentence.low else None


def _quotation_after(case: Case, p: int, q: int) -> list[Range] | None:
    """Return a quotation that follows the cue at once or after a comma or colon; None if it is but borrowed words."""
    scene, sentence, frames = case.scene, case.sentence, case.signal.frames
    tags = scene.words.tags
    end = _quote_end(scene, sentence, q)
    apart = tags[p] in (",", ":") or tags[q - 1] in (",", ":")
    if end < sentence.last and tags[end] == "CC" and end - q > 5:
        return [(q, end)]
    whole = end >= sentence.last or tags[end - 2] in QUOTED_END or tags[end] in (",", ".", ";")
    if apart or (whole and ("quiet" not in frames or end - q > 4)):
        return [(q, end)]
    if frames & {"clause", "that", "post", "noun", "name"}:
        return [(q, _limit(case, q))]
    return None


def _quotation_ahead(case: Case, p: int) -> int | None:
    """Return where a quotation opens after an aside: "told her on one occasion: “…”", "said, in reply to this, “…”"."""
    scene, words = case.scene, case.scene.words
    speech = not case.signal.frames.isdisjoint(("clause", "that", "post", "quiet", "hearer"))
    for k in range(p, min(p + 14, case.sentence.last - 1)):
        if (
            (words.tags[k] == ":" or (speech and words.tags[k] == ","))
            and scene.inside[k + 1] >= 0
            and words.tags[k + 1] in OPENING
        ):
            return k + 1
        if words.tags[k] in FINITE or words.tags[k] == ";" or words.lower[k] == "that" or scene.inside[k] >= 0:
            return None
    return None


def _resumed(case: Case, left: Range, p: int, q: int) -> list[Range]:
    """Return what goes on after "…, X said, …": another quotation, or the rest of a clause that was cut in two."""
    scene, sentence = case.scene, case.sentence
    words, inside = scene.words, scene.inside
    lower, tags = words.lower, words.tags
    if case.signal.inverted and p < sentence.last and inside[p] >= 0 and tags[p] in OPENING:
        return [(p, _quote_end(scene, sentence, p))]
    if inside[case.signal.verb] >= 0 or q == p or q >= sentence.last or tags[p] != ",":
        return []
    if inside[q] >= 0 and tags[q] in OPENING:
        return [(q, _quote_end(scene, sentence, q))]
    conditional = lower[left[0]] in ("if", "when", "although", "though", "because", "since", "unless", "as", "while")
    if conditional or not any(tags[k] in FINITE or inside[k] >= 0 for k in range(*left)):
        end = _limit(case, q)
        return [(q, end)] if q < end and lower[q] not in STOPPING else []
    if lower[q] in ("and", "but") and not any(s.group in (q, q + 1, q + 2) for s in case.signals[case.index + 1 :]):
        return [(q + 1, _limit(case, q + 1))]
    if lower[q] in ("compared", "including", "up", "down", "because") or tags[q] == "CD":
        return [(q, _limit(case, q))]
    return []


def _quote_end(scene: Scene, sentence: Sentence, q: int) -> int:
    """Return the token after the quotation that token q stands in, or the sentence's end where it runs on."""
    k = q
    while k < sentence.high and scene.inside[k] == scene.inside[q]:
        k += 1
    return k


def _left(case: Case, p: int) -> Range | None:
    """Return the content that stands before source and cue: a quotation or a whole clause with its comma."""
    scene, sentence, signal = case.scene, case.sentence, case.signal
    words, inside = scene.words, scene.inside
    lower, tags = words.lower, words.tags
    low, before = sentence.low, signal.group - 1
    if signal.manner not in ("active", "participle") or signal.shared or before < low or inside[signal.verb] >= 0:
        return None
    start = _left_limit(case)
    closing = before if inside[before] >= 0 else before - 1
    if closing >= low and inside[closing] >= 0 and (closing == before or tags[before] == ","):
        return _quotation_before(case, p, start, closing)
    if tags[before] not in (",", "-") or phrases.is_hyphen(words, before) or "post" not in signal.frames:
        return None
    if not _terminal(case, p, start, before):
        return None
    if lower[start] in ("and", "but", "so", "yet") and start + 1 < before:
        start += 2 if tags[start + 1] == "," else 1
    return (start, before) if start < before else None


def _quotation_before(case: Case, p: int, start: int, closing: int) -> Range | None:
    """Return a quotation that ends with token `closing`, with the words that lead into it."""
    scene, sentence, signal = case.scene, case.sentence, case.signal
    words, inside = scene.words, scene.inside
    first = closing
    while first > sentence.low and inside[first - 1] == inside[closing]:
        first -= 1
    marked = words.tags[closing - 1] in QUOTED_END or words.tags[signal.group - 1] == "," or signal.inverted
    if not marked and not (first == sentence.low and _ends_here(case, p)):
        return None
    if "post" not in signal.frames and words.tags[p : p + 1] and p < sentence.last and _fits(case, p, _limit(case, p)):
        return None
    own = any(start <= s.verb < first and s.manner in ("active", "participle") for s in case.signals[: case.index])
    bare = all(not words.lower[k][0].isalnum() for k in range(start, first))
    return (first if own or bare else start, closing + 1)


def _ends_here(case: Case, p: int) -> bool:
    tags = case.scene.words.tags
    return p >= case.sentence.last or tags[p] in TERMINAL or tags[p] in (",", "IN", "RB")


def after_dateline(words: Words, low: int, high: int) -> int:
    """Return the token after "GUWAHATI, 3 May —"; `low` where there is none."""
    if words.text[words.starts[low] : words.ends[low]].isupper() and words.ends[low] - words.starts[low] > 2:
        for k in range(low + 1, min(low + 14, high)):
            if words.tags[k] == "-" and not phrases.is_hyphen(words, k):
                return k + 1
            if words.tags[k] not in ("NNP", ",", "(", ")", "CD", ".", "NN", "/") and words.lower[k] not in phrases.TIME:
                break
    return low


def _left_limit(case: Case) -> int:
    """Return where the clause to the left may begin: after a semicolon, a colon or a dateline."""
    words, inside = case.scene.words, case.scene.inside
    here = inside[case.signal.verb]
    for k in range(case.signal.group - 2, case.sentence.low, -1):
        if inside[k] == here and (words.tags[k] == ";" or is_colon(words, k)):
            return k + 1
    return after_dateline(words, case.sentence.low, case.signal.group)


def _terminal(case: Case, p: int, start: int, before: int) -> bool:
    """Say whether nothing that the verb could take follows, while a clause stands before."""
    sentence, words = case.sentence, case.scene.words
    lower, tags = words.lower, words.tags
    clause = any(tags[k] in FINITE or tags[k] in ("VBN", "VBG") for k in range(start, before))
    over = p >= sentence.last or tags[p] in TERMINAL
    if over or tags[p] in (",", "-"):
        if tags[start] in ("IN", "WRB") and lower[start] in CLAUSE_OPENERS and not over and tags[p] == ",":
            # "In Djibo, it says, …" but "On Monday, the ministry said, …": both hold what comes next
            return True
        return clause or over or tags[p] == ","
    if not clause or lower[p] == "that" or tags[p] in OPENING or tags[p] == ":":
        return False
    if case.signal.inverted:
        return True
    if tags[p] in ("IN", "TO", "RB", "WRB") or lower[p] in ("when", "while", "as"):
        subordinate = lower[p] in ("when", "while", "as", "after", "before")
        stop = next((k for k in range(p, sentence.last) if tags[k] == ";"), sentence.last)
        return subordinate or not any(tags[k] in FINITE for k in range(p, stop))
    return tags[p] in ("VBG", "CC")


def _limit(case: Case, p: int) -> int:
    """Return where content that begins at p ends: the sentence's end, a semicolon, the next cue's clause."""
    sentence, inside, signals = case.sentence, case.scene.inside, case.signals
    tags = case.scene.words.tags
    here = inside[case.signal.verb]
    end = sentence.last
    if here >= 0:
        end = p
        while end < sentence.last and inside[end] == here:
            end += 1
        if end > p and end <= sentence.last and tags[end - 1] in ('"', "”", "»", "’", "'"):
            end -= 1
    nested = any(skip_to_that(case.scene, sentence, s.end) is not None for s in signals[: case.index])
    for k in range(p, end):
        if inside[k] != here:
            continue
        if tags[k] == ";" or (tags[k] == "," and (_is_remark(case, k, end) or (nested and _goes_on(case, k, end)))):
            end = k
            break
    for other in signals[case.index + 1 :]:
        if p <= other.verb < end and inside[other.verb] == here:
            cut = _cut(case.scene, other, p)
            if other.manner == "according":
                cut = contrast(case.scene, p, other.begin) or cut
            if cut is not None and cut < end and not _is_torn(case.scene.words, p, cut):
                return cut
    return end


def _is_torn(words: Words, p: int, cut: int) -> bool:
    """Say whether a cut leaves a that-clause without its verb: "that the director"."""
    return words.lower[p] == "that" and not any(
        words.tags[k] in FINITE or words.tags[k] == "VBN" for k in range(p, cut)
    )


def _goes_on(case: Case, comma: int, end: int) -> bool:
    """Say whether ", and that …" goes on with an outer statement: "said that X had found 30, and that Y had left"."""
    lower = case.scene.words.lower
    return comma + 2 < end and lower[comma + 1] in ("and", "but") and lower[comma + 2] == "that"


def contrast(scene: Scene, start: int, end: int) -> int | None:
    """Return the comma of the last clause set against the one before: "30 died, while 40 were hurt, according to X".

    Whoever is named after such a clause answers for it alone, where another answers for the first.
    """
    words = scene.words
    for k in range(end - 2, start, -1):
        if words.tags[k] == "," and words.lower[k + 1] in ("while", "whereas", "although", "but"):
            clauses = [any(words.tags[m] in FINITE for m in range(*r)) for r in ((start, k), (k + 1, end))]
            return k if all(clauses) else None
    return None


def _is_remark(case: Case, comma: int, end: int) -> bool:
    """Say whether a comma opens a remark of the narrator: ", though it was later found to be a fake"."""
    return comma + 1 < end and case.scene.words.lower[comma + 1] in ("though", "although", "citing", "quoting")


def _cut(scene: Scene, other: Signal, p: int) -> int | None:
    """Return where the clause of another cue begins, with the words that join it; None if it is nested."""
    words = scene.words
    lower, tags = words.lower, words.tags
    k = other.group
    if other.manner in ("unsourced", "noun"):
        return None
    if other.manner in RAISED:
        while k > p and tags[k - 1] not in (",", ";") and lower[k - 1] not in CONNECTORS | {"that", "which", "who"}:
            k -= 1
        return k - 1 if k > p and lower[k - 1] in ("but", "while", "although", "though", "whereas") else None
    if k <= p:
        return None
    if other.manner in ("according", "citing"):
        return k
    j = k - 1
    while j > p and tags[j] in ("RB", "RBR", "JJR") and lower[j] not in CONNECTORS:
        j -= 1
    if scene.inside[j] >= 0 and scene.inside[k] < 0 and tags[j - 1] in QUOTED_END:
        if other.shared or other.manner != "active":
            return j + 1
        while j > p and scene.inside[j - 1] == scene.inside[j]:
            j -= 1
        return j  # the quotation is the other's own
    joined = j
    while joined > p and (lower[joined] in CONNECTORS or tags[joined] == ","):
        joined -= 1
    if joined < j and all(lower[m] in NESTING for m in range(joined + 1, j + 1)):
        return None
    if joined == j:
        return j if tags[j] == "-" and not phrases.is_hyphen(words, j) else None
    return joined + 1


# --- what a verb's frames allow ------------------------------------------------------------------------------------


def _starts_noun(words: Words, p: int) -> bool:
    return (
        words.tags[p] in NOUNS
        or words.tags[p] in DETERMINERS
        or words.tags[p] in ("RBS", "RBR")
        or words.tags[p] in OPENING
        or words.tags[p] == "VBG"
        or words.lower[p]
        in ("both", "no", "nothing", "only", "all", "either", "nearly", "about", "almost", "around", "over")
    )


def _has(words: Words, p: int, end: int, wanted: frozenset[str] | str, within: int) -> int:
    """Return the first token from p on, within so many, whose word is wanted; -1 if none is."""
    return next((k for k in range(p, min(end, p + within)) if words.lower[k] in wanted), -1)


def _number(words: Words, p: int, end: int, within: int) -> bool:
    return any(words.tags[k] == "CD" for k in range(p, min(end, p + within)))


def _finite(words: Words, p: int, end: int) -> bool:
    """Say whether a finite verb follows that belongs to no relative clause."""
    relative = ("who", "which", "that", "whose", "where")
    return any(
        words.tags[k] in FINITE and not any(words.lower[m] in relative for m in range(max(p + 1, k - 3), k))
        for k in range(p, min(end, p + 40))
    )


def _clause(case: Case, p: int, end: int) -> bool:
    words = case.scene.words
    tag = words.tags[p]
    if "hearer" in case.signal.frames and p == case.signal.end and "clause" not in case.signal.frames:
        return False
    if case.scene.words.tags[p] in FINITE:  # "which analysts say could have …"
        at = case.signal.group - 1
        return at >= case.sentence.low and words.tags[at] in ("WDT", "WP") and tag != "VBP"
    if not _finite(words, p, end):
        # "say 6.1 and 10 km", and clauses whose verb the tags do not show: only verbs that take no plain object
        return "bare" in case.signal.frames and _starts_noun(words, p)
    if tag == "IN":
        return words.lower[p] in CLAUSE_OPENERS
    return _starts_noun(words, p) or tag in ("RB", "WRB", "WP", "WDT", "VB", "EX", "CC", "UH", "VBN", "-")


def _found_to_be(case: Case, p: int, end: int) -> bool:
    """Say whether a thing is found to be something: "found the order to be unlawful"."""
    words = case.scene.words
    to = _has(words, p + 1, end, frozenset(["to"]), 12)
    return to > 0 and to + 1 < end and words.lower[to + 1] in ("be", "have") and _of_record(case)


def _urge(case: Case, p: int, end: int) -> bool:
    tags = case.scene.words.tags
    return _starts_noun(case.scene.words, p) and any(
        tags[k] == "TO" and tags[k + 1] in ("VB", "VBP", "NN") for k in range(p + 1, min(end - 1, p + 16))
    )


def _at(case: Case, p: int, end: int) -> bool:
    words = case.scene.words
    at = _has(words, p + 1, end, frozenset(["at", "between", "above", "below", "around"]), 22)
    if at > 0 and _number(words, at, end, 6):
        return True
    return words.lower[end - 1] in ("higher", "lower", "more") and _has(words, p, end, TOLLS, 4) >= 0


def _naming(case: Case, p: int, end: int) -> bool:
    """Say whether "called X Y" describes: a quotation, an adjective or a second noun phrase follows the object."""
    scene, words = case.scene, case.scene.words
    if any(scene.inside[k] >= 0 and words.tags[k] in OPENING for k in range(p, end)):
        return True
    if words.tags[p] == "PRP" or words.lower[p] in ("this", "that"):
        return p + 1 < end
    first = phrases.noun_phrase_after(scene, p, end)
    return first is not None and first[1] < end and words.tags[first[1]] in ("DT", "JJ")


def _noun(case: Case, p: int, end: int) -> bool:
    words = case.scene.words
    return _starts_noun(words, p) and (words.tags[p] != "VBG" or case.signal.lemma in ("deny", "recall", "mention"))


def _given(case: Case, p: int, end: int) -> bool:
    words = case.scene.words
    if not _of_record(case):
        return False
    if words.tags[p] == "CD":
        return p + 1 >= end or words.tags[p + 1] in ("JJ", "VBN", ",", ".") or words.lower[p + 1] in STATES
    return _has(words, p, end, GIVEN, 7) >= 0 and _number(words, p, end, 14)


def _toll(case: Case, p: int, end: int) -> bool:
    words = case.scene.words
    to = _has(words, p + 1, end, "to", 12)
    own = words.tags[p] == "PRP$" and _has(words, p, end, FORECASTS, 5) >= 0  # "raised its forecast from 2.1% to 2.4%"
    return _of_record(case) and (own or _has(words, p, end, TOLLS, 5) >= 0) and to > 0 and _number(words, to, end, 4)


def _of_record(case: Case) -> bool:
    """Say whether the source is a body, a document, a role, a pronoun or a name: what "shows", "counts" and "finds"."""
    words, source, known = case.scene.words, case.signal.source, titles()
    if source is None:
        return False
    documents = cues().words["documents"]
    return words.tags[source[0]] in ("PRP", "WP", "WDT") or any(
        words.tags[k] == "NNP"
        or words.lower[k] in documents
        or words.lower[k] in known.bodies
        or words.lower[k] in known.roles
        or words.lower[k].removesuffix("s") in known.roles | known.small
        for k in range(*source)
    )


Fit = Callable[[Case, int, int], bool]
FITS: dict[str, Fit] = {
    "clause": _clause,
    "hearer": _clause,
    "finite": lambda case, p, end: _finite(case.scene.words, p, end) and _of_record(case) and _clause(case, p, end),
    "to_be": _found_to_be,
    "whether": lambda case, p, end: (
        case.scene.words.lower[p] in ("if", "whether", "what", "why", "how", "who", "where")
    ),
    "to": lambda case, p, end: case.scene.words.lower[p] == "to" and case.scene.words.tags[p + 1 : p + 2] != ["DT"],
    "to_noun": lambda case, p, end: case.scene.words.lower[p] == "to",
    "urge": _urge,
    "object": lambda case, p, end: _has(case.scene.words, p + 1, end, frozenset(["of", "with", "for"]), 14) > 0,
    "at": _at,
    "as": lambda case, p, end: (
        _starts_noun(case.scene.words, p) and _has(case.scene.words, p + 1, end, frozenset(["as"]), 16) > 0
    ),
    "name": _naming,
    "noun": _noun,
    "noun_quote": lambda case, p, end: any(case.scene.inside[k] >= 0 for k in range(p, end)),
    "noun_that": lambda case, p, end: _starts_noun(case.scene.words, p) and _finite(case.scene.words, p, end),
    "noun_claim": lambda case, p, end: _has(case.scene.words, p, end, CLAIMS, 8) >= 0,
    "noun_to": lambda case, p, end: _has(case.scene.words, p + 1, end, frozenset(["to"]), 20) > 0,
    "noun_with": lambda case, p, end: _has(case.scene.words, p + 1, end, frozenset(["with"]), 20) > 0,
    "figure": lambda case, p, end: _of_record(case) and _number(case.scene.words, p, end, 10),
    "figure_short": _given,
    "toll": _toll,
}


def _fits(case: Case, p: int, end: int) -> bool:
    """Say whether the words from p to end are what one of the verb's frames allows."""
    words, signal = case.scene.words, case.signal
    if signal.end > signal.verb + 1:  # "called for", "referred to": the particle has decided
        particle = words.lower[signal.end - 1]
        if particle in signal.frames and particle != "out":
            return True
        if particle == "to":
            return _has(words, p, end, frozenset(["as"]), 14) > 0
    present = not words.lower[signal.verb].endswith("ed")  # "the hospital had admitted 14": so many patients
    if words.tags[p] == "CD" and p + 1 == end and "clause" in signal.frames and present and _of_record(case):
        return True  # "officials admit 18"
    return any(FITS[frame](case, p, end) for frame in signal.frames if frame in FITS)


# --- other manners -------------------------------------------------------------------------------------------------


def _of_noun(case: Case) -> list[Range]:
    """Return what "his claim that …", "the army's count of 40", "the announcement: …" hold."""
    signal = case.signal
    p = signal.end
    if "of" in signal.frames:
        phrase = phrases.noun_phrase_after(case.scene, p + 1, case.sentence.last)
        return [phrase] if phrase else []
    if signal.frames & {"is", "colon"}:
        p += 1
    return [(p, _limit(case, p))]


def _around(case: Case) -> list[Range]:
    """Return what "according to X" holds for: the clause before it, after it, or both sides of it."""
    scene, sentence, signal = case.scene, case.sentence, case.signal
    words, inside = scene.words, scene.inside
    lower, tags = words.lower, words.tags
    here, begin, low = inside[signal.verb], signal.group, sentence.low
    if here >= 0 or signal.source is None:
        return []
    after = max(signal.source[1], signal.end)
    lead = begin - 1
    while lead >= low and (
        tags[lead] in ("CC", "RB", ",") or lower[lead] in ("but", "and", "while", "however", "that")
    ):
        lead -= 1
    headed = lead >= low and after_dateline(words, low, begin + 1) == lead + 1
    if lead < low or headed or tags[lead] in (";", ":") or lower[begin - 1] in ("that", "while", "but"):
        after = _after_source(case, after)
        return [(after, _limit(case, after))] if after < sentence.last else []
    start = after_dateline(words, low, begin)
    for k in range(begin - 1, low, -1):
        if inside[k] == here and (tags[k] == ";" or is_colon(words, k) or lower[k] in ("although", "whereas")):
            start = k + 1
            break
    for s in case.signals[: case.index]:  # "X says 30 died, while 40 were hurt, according to Y"
        at = contrast(scene, s.end, begin) if s.manner == "active" and inside[s.verb] == here else None
        if at is not None and tags[begin - 1] == ",":
            start = at + 2
    if lower[start] in ("and", "but") and start < begin:
        start += 1
    if tags[begin - 1] != ",":  # "…, killing at least 20 according to X": for the last stretch alone
        comma = next((k for k in range(begin - 1, start, -1) if tags[k] == "," and inside[k] == here), -1)
        if comma > 0 and (tags[comma + 1] == "VBG" or tags[comma + 1 : comma + 3] == ["DT", "JJS"]):
            start = comma + 1
    left = (start, begin)
    # An aside: "Local authorities, according to X, have noted …".
    rest = after
    while rest < sentence.last and tags[rest] not in (",", ";", "-", ")") and rest - after < 14:
        rest += 1
    if rest < sentence.last - 1 and tags[rest] == "," and tags[begin - 1] == ",":
        cut = not any(tags[k] in FINITE for k in range(start, begin)) or tags[rest + 1] in FINITE
        if cut and tags[rest + 1] not in ("WDT", "WP"):
            return [left, (rest + 1, _limit(case, rest + 1))]
    return [left]


def _after_source(case: Case, after: int) -> int:
    """Return the token after the comma that closes "According to X, …", past what describes X."""
    sentence, words = case.sentence, case.scene.words
    tags, lower = words.tags, words.lower
    comma = -1
    depth = 0
    for k in range(after, min(sentence.last, after + 30)):
        depth += (tags[k] == "(") - (tags[k] == ")")
        if tags[k] == "," and depth <= 0:
            comma = k
            break
        if depth <= 0 and k > after + 1 and (tags[k] in FINITE or lower[k] in phrases.PERFECT):
            break
    if comma < 0:
        while after < sentence.last and (
            lower[after] in phrases.TIME or lower[after] in phrases.TIME_LEADS or tags[after] == "CD"
        ):
            after += 1
        return after
    # What stands up to a second comma without a verb of its own describes the source, if a clause follows it.
    second = next((m for m in range(comma + 1, min(sentence.last, comma + 40)) if tags[m] == ","), -1)
    if second > 0 and lower[comma + 1] in ("who", "which", "whose"):
        return second + 1
    describes = (
        0 < second < comma + 16
        and second + 1 < sentence.last
        and tags[comma + 1] in ("NN", "DT", "NNS", "JJ", "PRP$")
        and not any(tags[m] in FINITE for m in range(comma + 1, second))
        and tags[after - 1] == "NNP"
        and tags[second + 1] not in ("NNP", "CC", "IN", "WDT", "WP", "VBG", "VBN")
    )
    return second + 1 if describes else comma + 1


def _reported(case: Case) -> list[Range]:
    """Return the clause that "reportedly" stands in: from its subject to its end."""
    scene, sentence = case.scene, case.sentence
    words, inside = scene.words, scene.inside
    tags, lower = words.tags, words.lower
    i, here, low = case.signal.verb, scene.inside[case.signal.verb], sentence.low
    start = i
    while start > low and inside[start - 1] == here:
        k = start - 1
        dash = tags[k] == "-" and not phrases.is_hyphen(words, k)
        if dash or tags[k] in (",", ";", ":", "(") or lower[k] in REPORTED_STOPS:
            break
        start = k
    if lower[start] in ("and", "but") and start < i:
        start += 1
    right = tags[i + 1] if i + 1 < sentence.last else "."
    if right == "IN" and any(tags[k] in FINITE for k in range(start, i)):
        start = i
    fragment = start == i and i > low and right[0] != "V" and right != "MD"
    end = i + 1
    while end < sentence.last and (here < 0 or inside[end] == here):
        if inside[end] == here:
            following = lower[end + 1] if end + 1 < sentence.last else ""
            if tags[end] in (";", ")") or (tags[end] == "-" and end > i + 6 and not phrases.is_hyphen(words, end)):
                break
            if tags[end] == "," and end > i + 1 and (fragment or following in REPORTED_ENDS):
                break
        end += 1
    return [(start, i), (i + 1, end)]


REPORTED_STOPS = frozenset("that who which while but because when although where whereas".split())
REPORTED_ENDS = frozenset("then but although while according whereas though".split())


def _cited(case: Case) -> list[Range]:
    """Return what a cited source is cited for: what the cue beside it takes."""
    signal = case.signal
    for k in [*range(case.index - 1, -1, -1), *range(case.index + 1, len(case.signals))]:
        other = case.signals[k]
        if other.manner in ("active", "participle"):
            made = find(Case(case.scene, case.sentence, case.signals, k))
            if k < case.index:
                made = [(a, min(b, signal.begin)) if a < signal.begin else (a, b) for a, b in made]
            else:
                made = [piece for piece in made if piece[0] > signal.end]
            if made:
                return made
    left = (case.sentence.low, signal.begin)
    return [left] if any(case.scene.words.tags[k] in FINITE for k in range(*left)) else []


def _raised(case: Case) -> list[Range]:
    """Return what an unsourced passive holds: its subject and its infinitive, or its that-clause."""
    scene, sentence, signal = case.scene, case.sentence, case.signal
    lower = scene.words.lower
    if signal.manner == "that":
        that = skip_to_that(scene, sentence, signal.end)
        return [(that, _limit(case, that))] if that is not None else []
    end = _raised_end(case)
    source = phrases.subject(scene, signal.group, sentence.low)
    if source is None:
        return [(signal.end, end)] if signal.manner == "to" and signal.end < end else []
    if lower[source[0]] in ("it", "there") and signal.manner == "stands":
        return []
    if lower[source[0]] in ("which", "who"):
        return [(signal.end, end)] if signal.end < end else []
    return [source, (signal.end, end)] if signal.end < end else [source]


def _raised_end(case: Case) -> int:
    """Return where the infinitive's clause ends: also before ", but …" and before a second finite clause."""
    words = case.scene.words
    end = _limit(case, case.signal.end)
    for k in range(case.signal.end, end - 1):
        if words.tags[k] == "," and words.lower[k + 1] in (
            "but",
            "although",
            "while",
            "though",
            "whereas",
            "with",
            "as",
            "known",
        ):
            return k
    return end


def _by_agent(case: Case) -> list[Range]:
    """Return what is "described by X as Y" or "confirmed by X": the thing, and what stands after the agent."""
    scene, signal, low = case.scene, case.signal, case.sentence.low
    words = scene.words
    if signal.source is None:
        return []
    if signal.group == signal.verb:
        thing = phrases.noun_phrase_before(scene, signal.verb - 1, low) if signal.verb > low else None
    else:
        thing = phrases.subject(scene, signal.group, low)
    if thing is not None and words.lower[thing[0]] in ("who", "which") and thing[0] - 2 >= low:
        thing = phrases.noun_phrase_before(scene, thing[0] - 1 - (words.tags[thing[0] - 1] == ","), low)
    if thing is None:
        return []
    if signal.source[0] > signal.end + 1:  # "described as Y by X"
        return [thing, (signal.end, signal.source[0] - 1)]
    after = signal.source[1]
    end = _limit(case, after)
    comma = next((k for k in range(after, end) if words.tags[k] == "," and scene.inside[k] < 0), end)
    if after < end and (
        words.lower[after] in ("as", "of", "that") or words.tags[after] in OPENING or words.tags[after] == "DT"
    ):
        return [thing, (after, comma)]
    if signal.frames & {"as", "name"} or signal.lemma in ("accuse", "tell"):
        return []
    return [thing]


TAKES: dict[str, Callable[[Case], list[Range]]] = {
    "according": _around,
    "unsourced": _reported,
    "citing": _cited,
    "noun": _of_noun,
    "by": _by_agent,
    "that": _raised,
    "to": _raised,
    "stands": _raised,
}
