"""What a cue takes: the words that are somebody's, before, after or around the cue and its source.

All ranges are tokens.
"""

from collections.abc import Callable

from counterfoil.reading import phrases
from counterfoil.reading.bounds import (
    QUOTED_END,
    after_cue,
    after_dateline,
    after_venue,
    contrast,
    left_limit,
    limit,
    trimmed,
)
from counterfoil.reading.cues import cues
from counterfoil.reading.frames import CLAUSE_OPENERS, Case, fits
from counterfoil.reading.phrases import FINITE, Range, Scene
from counterfoil.reading.signals import OPENING, Sentence, can_speak, is_colon, skip_to_that

TERMINAL = frozenset([".", "?", "!", ";", "…", ")", "]"])
# Words after "…, X said," that begin the narrator's own remark, not more of what X said.
STOPPING = frozenset(
    "after as when while in on at during before speaking referring following where which who though although "
    "according adding citing saying noting from by until because since with".split()
)


def find(case: Case) -> list[Range]:
    """Return the pieces that a cue takes, in text order; none where nothing fits."""
    taken = TAKES.get(case.signal.manner, _taken)(case)
    pieces = {piece for piece in (trimmed(case.scene.words, piece) for piece in taken) if piece is not None}
    return sorted(piece for piece in pieces if any(case.scene.words.lower[k][0].isalnum() for k in range(*piece)))


# --- an active verb --------------------------------------------------------------------------------------------------


def _taken(case: Case) -> list[Range]:
    """Return what an active verb or a participle takes: on its left where that is whole, else on its right."""
    scene, sentence, signal = case.scene, case.sentence, case.signal
    words, inside, frames = scene.words, scene.inside, signal.frames
    lower, tags = words.lower, words.tags
    p = after_cue(case)
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
        return [(that, limit(case, that))]
    if tags[p] == ",":
        aside = _after_aside(case, p)
        if aside is not None:
            return [(aside, limit(case, aside))]
        if p == signal.end or lower[q] in STOPPING:
            return []
        p = q
    if lower[p] == "as" and "as" in frames:
        thing = _relative_object(case)
        return [thing, (p, limit(case, p))] if thing else []
    end = limit(case, p)
    if p >= end or tags[p] in (".", ")", ";"):
        return []
    return [(p, _object_end(case, p, end))] if fits(case, p, end) else []


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
            and after_venue(case.scene, case.sentence, k) >= end
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
        return [(q, limit(case, q))]
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
        end = limit(case, q)
        return [(q, end)] if q < end and lower[q] not in STOPPING else []
    if lower[q] in ("and", "but") and not any(s.group in (q, q + 1, q + 2) for s in case.signals[case.index + 1 :]):
        return [(q + 1, limit(case, q + 1))]
    if lower[q] in ("compared", "including", "up", "down", "because") or tags[q] == "CD":
        return [(q, limit(case, q))]
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
    start = left_limit(case)
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
    if "post" not in signal.frames and words.tags[p : p + 1] and p < sentence.last and fits(case, p, limit(case, p)):
        return None
    own = any(start <= s.verb < first and s.manner in ("active", "participle") for s in case.signals[: case.index])
    bare = all(not words.lower[k][0].isalnum() for k in range(start, first))
    return (first if own or bare else start, closing + 1)


def _ends_here(case: Case, p: int) -> bool:
    tags = case.scene.words.tags
    return p >= case.sentence.last or tags[p] in TERMINAL or tags[p] in (",", "IN", "RB")


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


# --- other manners ---------------------------------------------------------------------------------------------------


def _of_noun(case: Case) -> list[Range]:
    """Return what "his claim that …", "the army's count of 40", "the announcement: …" hold."""
    signal = case.signal
    p = signal.end
    if "of" in signal.frames:
        phrase = phrases.noun_phrase_after(case.scene, p + 1, case.sentence.last)
        return [phrase] if phrase else []
    if signal.frames & {"is", "colon"}:
        p += 1
    return [(p, limit(case, p))]


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
        return [(after, limit(case, after))] if after < sentence.last else []
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
            return [left, (rest + 1, limit(case, rest + 1))]
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
        return [(that, limit(case, that))] if that is not None else []
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
    end = limit(case, case.signal.end)
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
    end = limit(case, after)
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
