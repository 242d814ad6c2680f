"""What of the words around a cue is the narrator's own: who speaks, what describes him, what others say of it.

Cues and contents may be found by rules, by a model or elsewhere; the shape of the sentence alone says here which of
those words nobody put into a mouth. All ranges are tokens.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from counterfoil.reading import bounds, phrases
from counterfoil.reading.contents import STOPPING
from counterfoil.reading.cues import cues
from counterfoil.reading.gapping import HEDGES
from counterfoil.reading.phrases import FINITE, Range, Scene
from counterfoil.reading.signals import Sentence, can_speak
from counterfoil.reading.words import Words

# "Contrary to what the army says, 80 were unarmed": the clause is not the army's.
OPPOSED = frozenset(["unlike", "despite", "notwithstanding"])
ORDERED = frozenset("told ordered asked advised urged instructed warned".split())
RELATIVES = frozenset("who which whose whom where".split())
JUDGED = frozenset(
    "figure figures number numbers toll count tally estimate total claim claims charge accusation allegation "
    "assertion account version statistic".split()
)
UNFINISHED = frozenset(["MD", "DT", "IN", "TO", "PRP$"])
PARTICIPLES = frozenset(["VBN", "VBD", "VBG"])
HEARING = frozenset("hear hears heard".split())
HEARERS = frozenset("told tell tells telling informed assured warned reminded notified advised briefed".split())
LONGEST_HEARER = 12  # tokens of who is told, and when
KEEPING = frozenset(["including", "compared", "excluding", "counting"])


@dataclass(frozen=True, slots=True)
class Told:
    """One statement of a sentence in tokens. `high` is where its sentence ends, `low` where it begins."""

    source: Range | None
    cue: Range | None
    pieces: tuple[Range, ...]


def own(scene: Scene, sentence: Sentence, told: Told) -> Told | None:
    """Return a statement without the narrator's words; None where nothing is left that its source says."""
    if told.cue is not None and not sentence.low <= told.cue[0] < sentence.high:
        if scene.inside[told.cue[0]] >= 0 and all(scene.inside[a] < 0 for a, _ in told.pieces):
            return None  # who is quoted speaks of the cue's source in the quotation alone
        return replace(told, pieces=tuple(_undated(scene.words, sentence, told.pieces)))
    told = _past_a_verb(scene, _alone(scene.words, _cited(scene, sentence, told)))
    told = _reported(scene, sentence, _unheard(scene.words, _of_hers(scene, sentence, told)))
    told = _within_relative(scene, sentence, _turned(scene, sentence, told))
    first = told.pieces[0][0] if told.pieces else sentence.low
    asked = scene.words.lower[sentence.low] == "asked" and first <= sentence.low + 2
    if asked or _is_suffered(scene.words, told) or _is_opposed(scene.words, sentence, told):  # "Asked whether 300 died"
        return None
    pieces: list[Range] = list(_undated(scene.words, sentence, _without_hearer(scene, sentence, told)))
    pieces = [_whole_quotation(scene, sentence, told, piece) for piece in pieces]
    pieces = [part for piece in pieces for part in _beside_source(scene, told, piece)]
    pieces = [piece for piece in pieces if not _describes(scene, told, pieces, piece)]
    pieces = [(a, _end(scene, told, a, b)) for a, b in pieces]
    pieces = _both_sides(scene, sentence, told, pieces)
    pieces = [(a, _past_change(scene.words, a, b, sentence.last)) for a, b in pieces]
    kept = [piece for piece in (bounds.trimmed(scene.words, piece) for piece in pieces) if piece is not None]
    told = replace(told, pieces=tuple(kept))
    return told if kept and not _only_dates(scene.words, told) else None


def _undated(words: Words, sentence: Sentence, pieces: Sequence[Range]) -> Iterator[Range]:
    """Yield the pieces without the dateline: "GUWAHATI, 3 May — Two bridges fell"."""
    start = bounds.after_dateline(words, sentence.low, sentence.high)
    for a, b in pieces:
        if max(a, start) < b:
            yield max(a, start), b


def _cited(scene: Scene, sentence: Sentence, told: Told) -> Told:
    """Return it with whoever is cited for its source, not who cites: of "Perera, quoting records, said" the records."""
    source, cue = told.source, told.cue
    if source is None or cue is None or source[1] > cue[0] or scene.words.lower[cue[0]] not in ("citing", "quoting"):
        return told
    if any(a == cue[1] or (a > cue[1] and scene.words.lower[a] == "that") for a, _ in told.pieces):
        return told  # "citing the risks to health", "citing the quote, that they learned more": this is what they cite
    cited = phrases.noun_phrase_after(scene, cue[1], sentence.last)
    return replace(told, source=cited) if cited is not None and can_speak(scene, cited) else told


def _alone(words: Words, told: Told) -> Told:
    """Return it with a source without its cue or a further clause: "the union's tally", "Brussels, which"."""
    source, cue = told.source, told.cue
    if source is None or cue is None:
        return told
    start, end = source
    if start < cue[0] < end:
        end = cue[0]
    while end - 1 > start and (
        words.tags[end - 1] in ("POS", ",", "WP", "WDT")
        or (words.tags[end - 1] == "PRP" and words.tags[end - 2] in phrases.NOUNS)  # "records he had been shown"
    ):
        end -= 1
    opened = next((k for k in range(end - 1, start, -1) if words.tags[k] in ("(", ")")), start)
    if words.tags[opened] == "(":
        end = opened  # "the transport regulator (SUMATRA"
    aside = next(
        (k for k in range(start + 1, end - 1) if words.tags[k] == "," and words.tags[k + 1] in PARTICIPLES), end
    )
    if any(words.tags[k] in phrases.NOUNS for k in range(start, aside)):
        end = aside  # "his deputy, asked about it, said", "observers, led by Gallinal, said"
    if start + 2 < end and words.tags[start] in ("VBN", "VBD") and words.lower[start + 1] in ("by", "with"):
        start += 2  # "flanked by Wafaa Saeed, who said"
    return replace(told, source=(start, end))


def _unheard(words: Words, told: Told) -> Told:
    """Return it without a source that only heard it: "The court heard that 12 had died"."""
    if told.cue is None or words.lower[told.cue[1] - 1] not in HEARING:
        return told
    return replace(told, source=None)


def _reported(scene: Scene, sentence: Sentence, told: Told) -> Told:
    """Return it with whoever is reported to have said it: "A clerk was said by the Post to have told that 12 fled"."""
    words, source, cue = scene.words, told.source, told.cue
    if source is None or cue is None:
        return told
    if source[1] - source[0] > 1 and words.lower[source[0]] == "by":
        source = (source[0] + 1, source[1])
        told = replace(told, source=source)
    if cue[0] - 2 <= sentence.low or words.lower[cue[0] - 2 : cue[0]] != ["to", "have"] or source[1] > cue[0]:
        return told
    for k in range(cue[0] - 3, sentence.low, -1):
        if words.tags[k] in ("VBN", "VBD") and words.lower[k] in cues().forms and words.lower[k - 1] in phrases.BE:
            subject = phrases.subject(scene, k - 1, sentence.low)
            return replace(told, source=subject) if subject is not None and subject != source else told
        if words.tags[k] in FINITE and words.lower[k] not in phrases.BE:
            return told
    return told


def _of_hers(scene: Scene, sentence: Sentence, told: Told) -> Told:
    """Return it with whoever told her for its source, not her: "Ruiz said her nephew had called and told her that"."""
    words, source, cue = scene.words, told.source, told.cue
    if source is None or cue is None or source[1] > cue[0] or cue[1] >= sentence.last:
        return told
    whose = THEIRS.get(words.lower[cue[1]])
    joined = next((k for k in range(cue[0] - 1, max(source[1], cue[0] - 4), -1) if words.tags[k] == "CC"), -1)
    if whose is None or joined < 0:
        return told
    for k in range(joined - 1, source[1], -1):
        if words.tags[k] in FINITE:
            subject = phrases.subject(scene, k, sentence.low)
            own = subject is not None and subject[0] >= source[1] and words.lower[subject[0]] == whose
            return replace(told, source=subject) if own else told
    return told


THEIRS = {"her": "her", "him": "his", "me": "my", "us": "our", "them": "their"}


def _without_hearer(scene: Scene, sentence: Sentence, told: Told) -> tuple[Range, ...]:
    """Return the pieces without who was told, and when: "told the Harju court on Monday that 12 fled"."""
    words, cue = scene.words, told.cue
    if cue is None or not told.pieces or words.lower[cue[1] - 1] not in HEARERS:
        return told.pieces
    first, *rest = told.pieces
    if not cue[1] <= first[0] <= cue[1] + 3:
        return told.pieces
    for k in range(first[0], min(first[1] - 1, first[0] + LONGEST_HEARER)):
        if words.lower[k] == "that" and k > first[0]:
            return ((k, first[1]), *rest)
        if words.tags[k] in FINITE or words.tags[k] in (",", ";", ":", "PRP", "CD") or scene.inside[k] >= 0:
            break
    return told.pieces


def _whole_quotation(scene: Scene, sentence: Sentence, told: Told, piece: Range) -> Range:
    """Return a piece within a quotation with all of it that stands in the sentence, where the cue stands outside."""
    a, b = piece
    here = scene.inside[a]
    if told.cue is None or here < 0 or scene.inside[b - 1] != here or scene.inside[told.cue[0]] == here:
        return piece
    while a > sentence.low and scene.inside[a - 1] == here:
        a -= 1
    while b < sentence.last and scene.inside[b] == here:
        b += 1
    return a, b


def _turned(scene: Scene, sentence: Sentence, told: Told) -> Told:
    """Return it with the source behind its cue, where commas part the two: "The vow, said Ade, had been kept"."""
    words, source, cue = scene.words, told.source, told.cue
    if source is None or cue is None or source[1] != cue[0] - 1 or words.tags[source[1]] != ",":
        return told
    if words.tags[cue[1] - 1] not in ("VBD", "VBZ") or scene.inside[cue[0]] >= 0:
        return told
    speaker = phrases.noun_phrase_after(scene, cue[1], sentence.last)
    if speaker is None or words.tags[speaker[1] : speaker[1] + 1] != [","] or not can_speak(scene, speaker):
        return told
    if speaker[1] + 1 >= sentence.last or words.tags[speaker[1] + 1] not in FINITE:
        return told
    return Told(speaker, cue, (source, (speaker[1] + 1, _stop(scene, speaker[1] + 1, sentence.last))))


def _is_suffered(words: Words, told: Told) -> bool:
    """Say whether nobody says it who is named: "They were told to leave", "She was contradicted by Berg"."""
    source, cue = told.source, told.cue
    if cue is None or words.tags[cue[0]] != "VBN" or words.lower[cue[0] - 1] not in phrases.BE:
        return False
    following = words.lower[cue[1]] if cue[1] < len(words.lower) else ""
    if source is None:
        return following == "to" and words.lower[cue[0]] in ORDERED
    return following == "by" and source[1] <= cue[0]


def _past_a_verb(scene: Scene, told: Told) -> Told:
    """Return it with a source that holds no verb: of "Army disputes rights group's tally" the group.

    Where the verb ends the source, the verb is the cue and the noun behind it what is told of: "The Red Cross
    disputes claims that 200 drowned".
    """
    words, source, cue = scene.words, told.source, told.cue
    if source is None or cue is None or source[1] > cue[0]:
        return told
    nouns = cues().every_noun
    verb = cue[0] - 1
    close = verb in (source[1] - 1, source[1]) or (verb == source[1] + 1 and words.tags[source[1]] == ",")
    behind = close and verb > source[0]
    if behind and words.lower[cue[0]] in nouns and phrases.is_headline_verb(words, verb):
        return Told((source[0], min(source[1], verb)), (verb, verb + 1), told.pieces)
    for k in range(source[1] - 2, source[0], -1):
        if phrases.is_headline_verb(words, k):
            return replace(told, source=(k + 1, source[1]))
    return told


def _within_relative(scene: Scene, sentence: Sentence, told: Told) -> Told:
    """Return it without the clause around its own: of "those who say 38 have not been there" the 38.

    So too where a noun is the cue and the subject: "reports by Lind that 40 were hurt are untested".
    """
    words, source, cue = scene.words, told.source, told.cue
    if source is None or cue is None or not told.pieces or told.pieces[0][0] < cue[1]:
        return told
    noun = cue[1] < source[0] and words.tags[cue[0]][0] == "N"
    if noun and any(words.tags[k] in FINITE for k in range(sentence.low, cue[0])):
        return told
    if not noun and not restricts(words, source):
        return told
    a, b = told.pieces[0]
    if words.tags[b : b + 1] and words.tags[b] in FINITE:
        return told  # it ends before that verb already
    verbs = [k for k in range(a, b) if words.tags[k] in FINITE and scene.inside[k] == scene.inside[a]]
    if len(verbs) < 1 + noun:
        return told
    joined = len(verbs) > 1 and any(words.tags[k] == "CC" for k in range(verbs[1] - 2, verbs[1]))
    if noun and joined:
        return told
    main = verbs[0] if len(verbs) == 1 or joined else verbs[1]
    return replace(told, pieces=((a, main),)) if main > a else told


def restricts(words: Words, source: Range) -> bool:
    """Say whether a source is the "who" of a clause that its noun cannot do without: "those who say 38"."""
    who, end = source
    return end - who == 1 and words.lower[who] == "who" and who > 0 and words.tags[who - 1] not in (",", "-", ")")


def _is_opposed(words: Words, sentence: Sentence, told: Told) -> bool:
    """Say whether the sentence says the opposite of what its source says."""
    if told.source is None or told.cue is None or told.cue[0] < told.source[0]:
        return False
    what = told.source[0] - 1
    if what - 1 < sentence.low or words.lower[what] != "what":
        return False
    before = words.lower[what - 1]
    return before in OPPOSED or (before == "to" and words.lower[what - 2] in ("contrary", "opposed"))


def _beside_source(scene: Scene, told: Told, piece: Range) -> Iterator[Range]:
    """Yield what a piece holds on either side of its own source, without what describes the source there."""
    source, (a, b) = told.source, piece
    if source is None or source[0] >= b or source[1] <= a:
        yield piece
        return
    words = scene.words
    left = min(source[0], told.cue[0] if told.cue and a <= told.cue[0] else source[0])
    if a < left:
        yield a, left
    after = source[1]
    if after < b and words.tags[after] == ",":
        closing = next((k for k in range(after + 1, b) if words.tags[k] == ","), -1)
        if closing > 0 and FINITE.isdisjoint(words.tags[after + 1 : closing]):
            after = closing + 1
    if after < b:
        yield after, b


def _describes(scene: Scene, told: Told, pieces: Sequence[Range], piece: Range) -> bool:
    """Say whether a piece only describes who speaks, or how: "…, said Gul Khan, who has 11 sons", "…, drinking tea"."""
    source, cue, words = told.source, told.cue, scene.words
    a, b = piece
    if source is None or cue is None or a < cue[1] or pieces[0][0] >= cue[0]:
        return False
    if cue[1] <= a and b <= source[0] and FINITE.isdisjoint(words.tags[a:b]):
        return True  # "said the public reinsurer, Consorcio"
    if a < source[1]:
        return False
    first = a
    while first < b and words.tags[first] in ("CD", ","):
        first += 1
    hangs = all(words.tags[k] in (",", "CD") for k in range(source[1], a))
    if source[0] > cue[0] and hangs and first < b and words.lower[first] in RELATIVES:
        return True
    if source[0] > cue[0] and hangs and FINITE.isdisjoint(words.tags[a:b]) and scene.inside[a] < 0:
        aged = words.tags[a] == "CD" and words.tags[a + 1 : a + 2] == [","]
        named = words.lower[first] in ("a", "an") and "CD" not in words.tags[first:b]
        if named or (aged and first < b and words.lower[first] in ("a", "an", "the", "who", "from", "of")):
            return True  # "said Carla Nunes, 52, a cleaner in Almada"
    before = pieces[0]
    said = all(scene.inside[k] >= 0 for k in range(*before)) and scene.inside[cue[0]] < 0
    plain = all(scene.inside[k] < 0 for k in range(a, b))
    acts = words.lower[a].endswith("ing") and words.lower[a] not in KEEPING  # a rare one may be tagged as a noun
    return said and plain and (acts or words.lower[a] in STOPPING - {"because", "since"})


def _end(scene: Scene, told: Told, a: int, b: int) -> int:
    """Return where a piece behind its cue ends: at a semicolon, and before what others say of it."""
    cue, words = told.cue, scene.words
    if cue is None or a < cue[1]:
        return b
    here = scene.inside[cue[0]]
    for k in range(a + 1, b - 1):
        if scene.inside[k] != here:
            continue
        if words.tags[k] == ";" and "that" not in words.lower[k + 1 : k + 3]:
            return k
        if words.tags[k] == "," and _is_judged(words, k + 1, b):
            return k
    return b


def _past_change(words: Words, a: int, b: int, last: int) -> int:
    """Return where a piece ends that ends within a change: behind "seven" of "the toll from nine to seven"."""
    if b - a < 2 or b + 1 >= last or words.tags[b - 1] != "CD" or words.lower[b] != "to":
        return b
    if "from" not in words.lower[max(a, b - 6) : b]:
        return b
    end = b + 1
    while end < last and (words.lower[end] in HEDGES or words.tags[end] == "$"):
        end += 1
    if end >= last or words.tags[end] != "CD":
        return b
    between = "between" in words.lower[b:end] and words.lower[end + 1 : end + 2] == ["and"]
    return end + 3 if between and words.tags[end + 2 : end + 3] == ["CD"] else end + 1


def _is_judged(words: Words, p: int, end: int) -> bool:
    """Say whether a phrase takes up a number that others speak of: "…, a figure that the army called a lie"."""
    noun = next((k for k in range(p, min(p + 4, end)) if words.lower[k] in JUDGED), -1)
    if noun < 0 or words.lower[p] not in ("a", "an"):
        return False
    forms = cues().forms
    first = noun + 1 + (words.lower[noun + 1 : noun + 2] in (["that"], ["which"]))
    for k in range(first, min(noun + 12, end)):
        if words.tags[k] not in FINITE and words.tags[k] != "VBN":
            if words.tags[k] == ",":
                return False
        elif words.lower[k] not in phrases.BE | phrases.PERFECT:
            by = words.lower[k + 1 : k + 2] == ["by"]
            return words.lower[k] in forms and (by or k > first)
    return False


def _both_sides(scene: Scene, sentence: Sentence, told: Told, pieces: Sequence[Range]) -> list[Range]:
    """Return both halves of a clause that a cue cuts in two: "It was, she said, based on 23,662 returns"."""
    words, source, cue = scene.words, told.source, told.cue
    if source is None or cue is None or len(pieces) != 1:
        return list(pieces)
    begin, end = min(source[0], cue[0]), max(source[1], cue[1])
    here = scene.inside[cue[0]]
    if begin - 1 <= sentence.low or end >= sentence.last or words.tags[begin - 1] != "," or words.tags[end] != ",":
        return list(pieces)
    [(a, b)] = pieces
    if here >= 0 or any(scene.inside[k] >= 0 for k in (begin - 2, min(end + 1, sentence.last - 1))):
        return list(pieces)
    if b in (begin, begin - 1):
        last = words.tags[b - 1]
        open_ended = last in UNFINISHED or words.lower[b - 1] in phrases.BE | phrases.PERFECT
        verbless = FINITE.isdisjoint(words.tags[a:b]) and words.tags[a] not in ("IN", "RB", "CC", "VBN", "VBG")
        finite = words.tags[end + 1] in FINITE
        if open_ended or (verbless and finite):
            return [(a, b), (end + 1, _stop(scene, end + 1, sentence.last))]
    if a in (end, end + 1) and words.tags[end + 1] in FINITE:
        left = phrases.noun_phrase_after(scene, sentence.low, begin - 1)
        if left is not None and left[1] == begin - 1:
            return [left, (a, b)]
    return list(pieces)


def _only_dates(words: Words, told: Told) -> bool:
    """Say whether nothing but a time is left: "10 more than the ministry had reported a day earlier"."""
    if told.cue is None or any(words.tags[k] == '"' for piece in told.pieces for k in range(*piece)):
        return False
    held = [words.lower[k] for piece in told.pieces for k in range(*piece) if words.tags[k] not in ("DT", "IN")]
    return bool(held) and all(word in phrases.TIME or word in ("day", "days") for word in held)


def _stop(scene: Scene, start: int, end: int) -> int:
    return next((k for k in range(start, end) if scene.words.tags[k] == ";"), end)
