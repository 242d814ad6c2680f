"""Where what a cue takes begins and ends: past hearers and venues, before the clause of the next cue.

All ranges are tokens.
"""

from counterfoil.reading import phrases
from counterfoil.reading.cues import cues
from counterfoil.reading.frames import Case
from counterfoil.reading.phrases import FINITE, NOUNS, Range, Scene
from counterfoil.reading.signals import OPENING, Sentence, Signal, is_colon, skip_to_that
from counterfoil.reading.words import Words

QUOTED_END = frozenset([",", ".", "?", "!", "…", "]", "-"])
CONNECTORS = frozenset(
    "and but or despite while whereas although though with as because nor so yet after before when where if since "
    "until".split()
)
# Conjunctions that, without a comma, keep a clause within the content: "quarantined after observers reported".
NESTING = frozenset("after before because since if when as where until".split())
ISSUED = frozenset(
    "released published issued posted sent aired broadcast printed dated delivered seen obtained carried made "
    "given read shared uploaded circulated".split()
)
OBJECTS = frozenset("us me him her them you it".split())
LOOSE_ADVERBS = frozenset("again also then later earlier only recently previously live afterwards".split())
RAISED = frozenset(["that", "to", "stands", "by"])


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


def after_cue(case: Case) -> int:
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
            after = after_venue(scene, sentence, p)
            if after == p:
                break
            p = after
        else:
            break
    return p


def after_venue(scene: Scene, sentence: Sentence, p: int) -> int:
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


def after_dateline(words: Words, low: int, high: int) -> int:
    """Return the token after "GUWAHATI, 3 May —"; `low` where there is none."""
    if words.text[words.starts[low] : words.ends[low]].isupper() and words.ends[low] - words.starts[low] > 2:
        for k in range(low + 1, min(low + 14, high)):
            if words.tags[k] == "-" and not phrases.is_hyphen(words, k):
                return k + 1
            if words.tags[k] not in ("NNP", ",", "(", ")", "CD", ".", "NN", "/") and words.lower[k] not in phrases.TIME:
                break
    return low


def left_limit(case: Case) -> int:
    """Return where the clause to the left may begin: after a semicolon, a colon or a dateline."""
    words, inside = case.scene.words, case.scene.inside
    here = inside[case.signal.verb]
    for k in range(case.signal.group - 2, case.sentence.low, -1):
        if inside[k] == here and (words.tags[k] == ";" or is_colon(words, k)):
            return k + 1
    return after_dateline(words, case.sentence.low, case.signal.group)


def limit(case: Case, p: int) -> int:
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
