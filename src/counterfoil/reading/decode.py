"""The encoder's scores to statements and figures, under what must hold of them.

A number is one that the grammar found; a role is one run of words; a content belongs to one cue and one paragraph; a
time or a place is the grammar's where it knows the words. What scores under a threshold is left out and counted.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from counterfoil.reading import assembling, inputs, periods
from counterfoil.reading import figures as choosing
from counterfoil.reading import statements as finishing
from counterfoil.reading.cues import cues as lexicon
from counterfoil.reading.figures import Choice, Found, Labels
from counterfoil.reading.gapping import HEDGES
from counterfoil.reading.inputs import Ask, Range, Sheet, range_of, span_of
from counterfoil.reading.model import Account, Act, Certainty, Figure, Speaker, Statement
from counterfoil.reading.narrating import restricts
from counterfoil.reading.phrases import PERFECT
from counterfoil.reading.words import Words
from counterfoil.spans import Skipped, Span

Floats = NDArray[np.float32]
LONGEST_ROLE = 14  # words; of the roles of train 99.5% are shorter
LONGEST_SOURCE = 20
LABELS = (len(inputs.KINDS), len(inputs.CONCEPTS), len(inputs.UNITS), len(inputs.DIRECTIONS))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which an answer counts. Chosen on the dev articles by training/thresholds.py."""

    tag: float = 0.3  # a word may open a cue, and is asked about
    cue: float = 0.9
    told: float = 0.7  # the same where the rules take it for a cue too
    content: float = 0.5  # of a word
    piece: float = 3.0  # log odds that a further piece of content must be worth
    what: float = 0.5  # below it the rules' words for what is counted stand
    base: float = 0.5  # and for what it is compared with
    figure: float = 0.35
    speaker: float = 0.5  # of a name, where the rules know none
    other: float = 0.8  # of a name, where the rules know another by a pronoun or a role
    far: float = 0.4  # under it a time or place of another sentence is not taken over
    concept: float = 0.3  # under it the rules say what is counted
    kind: float = 0.65  # and of what kind it is: below, the rules were right as often on dev


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader says of one ask, in scores.

    ends   [1 + words, 2 for each role]: first and last word; the first row stands for "none". Of a cue's three
           columns the last is a name of the speaker.
    words  of a cue [words, 3]: outside, first or further word of its content. Of a number [2]: none, a figure.
    whole  of a cue [4]: none, a cue; speech, belief. Of a number: its labels, one after the other.
    """

    ends: Floats
    words: Floats
    whole: Floats


def shares(scores: Floats) -> Floats:
    """Return probabilities along the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    total: Floats = raised / raised.sum(-1, keepdims=True)
    return total


def best(ends: Floats, longest: int) -> list[tuple[Range | None, float]]:
    """Return for each role its most probable run of words (0-based, end exclusive), None for none, and its probability.

    ends  [1 + words, 2 for each role].
    """
    both = shares(np.ascontiguousarray(ends.T))
    first, last = both[::2], both[1::2]
    roles, count = len(first), ends.shape[0] - 1
    none = first[:, 0] * last[:, 0]
    if not count:
        return [(None, float(share)) for share in none]
    padded = np.zeros((roles, count + longest - 1), both.dtype)
    padded[:, :count] = last[:, 1:]
    row, step = padded.strides
    reach = np.ndarray((roles, count, longest), padded.dtype, padded, strides=(row, step, step))
    runs = first[:, 1:] * reach.max(2)
    made: list[tuple[Range | None, float]] = []
    for role, start in enumerate(runs.argmax(1).tolist()):
        share = float(runs[role, start])
        run = (start, start + int(reach[role, start].argmax()) + 1)
        made.append((run, share) if share > none[role] else (None, float(none[role])))
    return made


# --- statements ----------------------------------------------------------------------------------------------------


def cues(sheet: Sheet, account: Account, tags: Floats, limits: Thresholds) -> list[Ask]:
    """Return what may be a cue: what the tags call one, and the rules' cues that those leave out."""
    words = sheet.words
    told = told_cues(sheet, account)
    listed = list(told)
    covering: dict[int, int] = {}
    for number, cue in enumerate(listed):
        for word in range(*cue):
            covering.setdefault(word, number)
    found: list[Range] = []
    if len(tags):
        share = shares(tags)
        opens, goes = share[:, 1] + share[:, 3], share[:, 2] + share[:, 4]
        at, count = 0, len(words.starts)
        while at < count:
            if opens[at] < limits.tag:
                at += 1
                continue
            end = at + 1
            while end < count and goes[end] > 0.5 and sheet.sentence[end] == sheet.sentence[at]:
                end += 1
            if not BEING.issuperset(words.lower[at:end]):
                found.append((at, end))
            at = end
    taken = {word for first, last in found for word in range(first, last)}
    found += [cue for cue in told if taken.isdisjoint(range(*cue))]
    asks: dict[Range, Ask] = {}
    for cue in sorted(found):
        known = min((covering[word] for word in range(*cue) if word in covering), default=None)
        first, last = cue if known is None else listed[known]  # the rules know best how far a cue goes
        asks[first, last] = inputs.cue(sheet, first, last, *told.get((first, last), (None, (), False)))
    return list(asks.values())


def told_cues(sheet: Sheet, account: Account) -> dict[Range, tuple[Range | None, list[Range], bool]]:
    """Return the rules' cues, each with its source, all its content and whether it is one of belief."""
    made: dict[Range, tuple[Range | None, list[Range], bool]] = {}
    for statement in account.statements:
        if statement.cue is None:
            continue
        content = [range_of(sheet.words, piece.span) for piece in statement.content]
        source = range_of(sheet.words, statement.source.span) if statement.source else None
        known = made.setdefault(range_of(sheet.words, statement.cue.span), (source, [], statement.act is Act.BELIEF))
        known[1].extend(content)
    return made


def statements(
    found: Found,
    account: Account,
    sheet: Sheet,
    asks: Sequence[Ask],
    answers: Sequence[Answer],
    limits: Thresholds,
    by: str,
) -> tuple[tuple[Statement, ...], tuple[Skipped, ...]]:
    """Return the statements of the cues that are some, with those of the rules that have no cue in their paragraph."""
    document, words = found.document, found.words
    view = finishing.view(document.text, words, found.sentences)
    lows = [sentence.low for sentence in view.sentences]
    made: list[finishing.Found] = []
    skipped: list[Skipped] = []
    spoken = np.zeros(len(words.starts), bool)
    refused: set[Range] = set()
    others = _of_others(words, account)
    by_cue: list[tuple[int, Range]] = []
    known: dict[tuple[int, int], tuple[Ask, Answer, tuple[Certainty, ...]]] = {}
    taken = _one_each(
        words, asks, answers, [_pieces(sheet, *pair, limits) for pair in zip(asks, answers, strict=True)], limits
    )
    for ask, answer, pieces in zip(asks, answers, taken, strict=True):
        sure, enough = _sure(ask, answer, limits)
        if pieces and _heard(words, ask, pieces):
            pieces = []
        if (ask.first, ask.last) in others:
            statement = others[ask.first, ask.last]
            made.append(_as_found(statement, bisect_right(lows, ask.first) - 1))
            continue
        [(where, source_sure)] = best(answer.ends[:, :2], LONGEST_SOURCE)
        reason = "the model takes it for no cue" if sure < enough else "cue without words that it could take"
        if sure >= enough and not _tells(words, ask, where):
            reason, pieces = "a verb that tells of no words", []
        if sure < enough or not pieces:
            refused.add((ask.first, ask.last))
            span = span_of(words, (ask.first, ask.last))
            skipped.append(Skipped(span.of(document.text), reason, span))
            continue
        source = None if _addressed(words, ask, where) else _shown(words, ask, where)
        cue = span_of(words, (ask.first, ask.last))
        known[cue.start, cue.end] = ask, answer, (_certain("cue", sure), _certain("source", source_sure))
        belief = bool(answer.whole[3] > answer.whole[2])
        home = bisect_right(lows, ask.first) - 1
        for number, group in _by_sentence(sheet, lows, pieces).items():
            for first, last in group:
                spoken[first:last] = True
                by_cue.append((ask.first, (first, last)))
            marked = all(sheet.features[first:last, 4].all() for first, last in group)
            made.append(
                finishing.Found(
                    source,
                    (cue.start, cue.end),
                    tuple((words.starts[a], words.ends[b - 1]) for a, b in group),
                    belief,
                    number,
                    quoted=number != home and marked,
                    cited=words.lower[ask.first] in CITING,
                )
            )
    made += _kept(found, account, sheet, spoken, by_cue, refused, lows)
    finished = finishing.finish(document, view, made)
    return tuple(_voiced(finished, sheet, known, limits, by)), tuple(skipped)


def _certain(of: str, share: float) -> Certainty:
    return Certainty(of, round(share, 2))


def _voiced(
    said: Sequence[Statement],
    sheet: Sheet,
    known: dict[tuple[int, int], tuple[Ask, Answer, tuple[Certainty, ...]]],
    limits: Thresholds,
    by: str,
) -> Iterator[Statement]:
    """Yield the statements with the model's word on who "he" or "the official" is.

    A name in the source itself leaves no choice. Where the rules abstain, a name that the model is sure enough of
    stands; where they name another, only one that it is surer of.
    """
    words = sheet.words
    sources: dict[int, Speaker] = {}
    for statement in said:
        asked = known.get((statement.cue.span.start, statement.cue.span.end)) if statement.cue else None
        if asked is None:
            yield statement
            continue
        ask, answer, certainty = asked
        if statement.source is None:
            yield replace(statement, certainty=certainty)
            continue
        span = statement.source.span
        first = words.at(span.start)
        speaker = statement.speaker
        # "They said", in what somebody says
        quoted = words.lower[first] in THIRD and bool(sheet.features[first, 4])
        if not quoted and (not speaker.resolved or words.tags[first] == "PRP" or words.lower[first] in DEFINITE):
            told = _spoken_of(sheet, statement) if words.lower[first] in THIRD else frozenset[str]()
            speaker, share = _namesake(sheet, ask, answer, speaker, range_of(words, span), sources, told, limits, by)
            certainty = (*certainty, _certain("speaker", share))
        if speaker.resolved:
            sources.setdefault(first, speaker)
        yield replace(statement, speaker=speaker, certainty=certainty)


THIRD = frozenset(["he", "she", "it", "they"])
DEFINITE = frozenset(["the", "that", "this"])


def _spoken_of(sheet: Sheet, statement: Statement) -> frozenset[str]:
    """Return whom the content names outside quotation marks: "She said Jorden had left" is not said by Jorden."""
    words = (word for piece in statement.content for word in range(*range_of(sheet.words, piece.span)))
    return frozenset(sheet.named[word][0] for word in words if word in sheet.named and not sheet.features[word, 4])


def _namesake(
    sheet: Sheet,
    ask: Ask,
    answer: Answer,
    speaker: Speaker,
    source: Range,
    sources: dict[int, Speaker],
    told: frozenset[str],
    limits: Thresholds,
    by: str,
) -> tuple[Speaker, float]:
    """Return who speaks, of those named in the words shown, and how probable the model holds that.

    told  whom "he" or "she" speaks of by name, and so is not.
    """
    share = shares(answer.ends[:, 2])
    totals: dict[str, float] = {}
    kinds: dict[str, str] = {}
    for place, word in enumerate(map(int, ask.window), 1):
        one = sources.get(word)
        name, kind = (one.name, one.kind) if one else sheet.named.get(word, ("", ""))
        if name:
            totals[name] = totals.get(name, 0.0) + float(share[place])
            kinds.setdefault(name, kind)
    words = sheet.words
    fitting = [name for name in totals if name not in told and _fits(words, source, name, kinds[name])]
    own = totals.get(speaker.name, float(share[0]))
    if not fitting:
        return speaker, own
    name = max(fitting, key=lambda one: totals[one])
    if name == speaker.name:
        return speaker, own
    apart = speaker.resolved or (speaker.reason.startswith("it may be ") and name not in speaker.reason)
    if totals[name] >= (limits.other if apart else limits.speaker):
        return Speaker(name, kinds[name], by, "whom the model takes it for, of those named before"), totals[name]
    return speaker, own


def _fits(words: Words, source: Range, name: str, kind: str) -> bool:
    """Say whether a source's own words allow the name: "he" a person, "the ministry" what is called one."""
    first, last = source
    if words.lower[first] in ("his", "her", "its", "their") and last - first > 1:
        return False  # "his ministry": whose it is, no name with the same noun tells
    if words.tags[first] == "PRP":
        return kind == "person" or words.lower[first] not in ("he", "she")
    held = set(name.lower().replace("-", " ").split())
    last = next((i for i in range(first + 1, last) if words.tags[i] in ("VBN", "VBG", "WP")), last)  # "cited by"
    nouns = [words.lower[i] for i in range(first, last) if words.tags[i] in ("NN", "NNS", "NNP")]
    return bool(nouns) and nouns[-1] in held


def _sure(ask: Ask, answer: Answer, limits: Thresholds) -> tuple[float, float]:
    """Return how sure the model is that this is a cue, and from where on that counts."""
    return float(shares(answer.whole[:2])[1]), limits.told if ask.told[0] else limits.cue


def _one_each(
    words: Words, asks: Sequence[Ask], answers: Sequence[Answer], pieces: Sequence[list[Range]], limits: Thresholds
) -> list[list[Range]]:
    """Return each cue's words without those that the next one takes: "12 died, Ruiz said, as Lind insisted 30 had".

    Only a cue that keeps words of its own loses some: "Ruiz said and Lind confirmed that 12 died" leaves both theirs,
    and so does whoever is cited.
    """
    counted = [
        (ask, own)
        for ask, answer, own in zip(asks, answers, pieces, strict=True)
        if (pair := _sure(ask, answer, limits))[0] >= pair[1] and words.lower[ask.first] not in CITING
    ]
    made = []
    for ask, own in zip(asks, pieces, strict=True):
        left = [
            piece
            for piece in own
            if not any(
                (ask.last <= other.first and other.last <= piece[0])
                or (piece[1] <= other.first and other.last <= ask.first)
                for other, its in counted
                if any(a < piece[1] and piece[0] < b for a, b in its)
            )
        ]
        made.append(left or own)
    return made


CITING = frozenset(["citing", "quoting"])


def _pieces(sheet: Sheet, ask: Ask, answer: Answer, limits: Thresholds) -> list[Range]:
    """Return the runs of words that a cue takes, of its own paragraph, without the full stops around them.

    A number is taken whole: of "a threshold of 1 per cent" not the 1 alone.
    """
    share = shares(answer.words)
    own = sheet.paragraph[ask.window] == sheet.paragraph[ask.first]
    within = np.clip(share[:, 1] + share[:, 2], 1e-4, 1 - 1e-4)
    odds = np.log(within / (1 - within)) - np.log(limits.content / (1 - limits.content))
    inside = runs(np.where(own, odds, -99.0), limits.piece)
    made: list[Range] = []
    first = before = -2
    for taken, word in zip(inside, ask.window.tolist(), strict=True):
        if not taken or ask.first <= word < ask.last:
            continue
        if word != before + 1:
            if first >= 0:
                made.append((first, before + 1))
            first = word
        before = word
    if first >= 0:
        made.append((first, before + 1))
    made = [(a, _past_number(sheet, b)) for a, b in made]
    return [piece for piece in (_trimmed(sheet, *piece) for piece in made) if piece is not None]


def _past_number(sheet: Sheet, end: int) -> int:
    """Return where words end that end within a number, or between it and its hedge: behind it."""
    marks, lower = sheet.features[:, 2], sheet.words.lower
    begin = end
    while 0 < begin < len(marks) and lower[begin - 1] in HEDGES and lower[begin] in HEDGES:
        begin += 1
    if 0 < begin < len(marks) and lower[begin - 1] in ("than", "least", "about", "around", "nearly", "almost", "most"):
        end = begin + 1 if marks[begin] == BEGIN_NUMBER else end
    while 0 < end < len(marks) and marks[end] == INSIDE_NUMBER and marks[end - 1] in (BEGIN_NUMBER, INSIDE_NUMBER):
        end += 1
    return end


BEGIN_NUMBER, INSIDE_NUMBER = 1, 2  # among the marks of a sheet's words


def runs(odds: Floats, cost: float) -> list[bool]:
    """Return which words are inside, so that their log odds less `cost` for each run of them sum to the most."""
    gains: list[tuple[bool, bool]] = []  # whether the best way to be outside, or inside, comes from inside
    outside, within = 0.0, float("-inf")
    for value in odds.tolist():
        entered = outside - cost
        stays = within >= entered
        leaves = within > outside
        gains.append((leaves, stays))
        if leaves:
            outside = within
        within = (within if stays else entered) + value
    state = within > outside
    made: list[bool] = []
    for leaves, stays in reversed(gains):
        made.append(state)
        state = stays if state else leaves
    return made[::-1]


def _trimmed(sheet: Sheet, first: int, last: int) -> Range | None:
    """Return the words without marks at their ends that belong to the sentence around them."""
    tags, lower = sheet.words.tags, sheet.words.lower
    while first < last and lower[first] in OUTSIDE:
        first += 1
    while last > first and lower[last - 1] in OUTSIDE:
        last -= 1
    if first >= last or all(tag in (",", ".", ":", "-", '"', "“", "”") for tag in tags[first:last]):
        return None
    return first, last


OUTSIDE = frozenset([",", ".", ";", ":", "—", "–", "-"])


def _addressed(words: Words, ask: Ask, where: Range | None) -> bool:
    """Say whether the source would be whom somebody told: "the mayor was told that ..."."""
    if where is None or int(ask.window[where[0]]) > ask.first or words.lower[ask.last - 1] not in TELLING:
        return False
    before = ask.last - 2
    while before > 0 and words.tags[before] == "RB":
        before -= 1
    return words.lower[before] in BEING


# What is done to somebody: its subject in the passive is who listens.
TELLING = frozenset(["told", "informed", "assured", "warned", "briefed", "advised", "notified", "reminded"])
BEING = frozenset("am is are was were be been being get gets got".split())


def _tells(words: Words, ask: Ask, where: Range | None) -> bool:
    """Say whether a cue is one of telling: a noun, a listed verb, or what a document "has".

    Of the verbs outside the lexicon that the model took for cues on dev one in eight was one.
    """
    known, cue = lexicon(), range(ask.first, ask.last)
    if not any(words.tags[k][0] == "V" or words.tags[k] == "JJ" for k in cue) or any(
        words.lower[k] in known.telling for k in cue
    ):
        return True
    shown = range(ask.window[where[0]], ask.window[where[1] - 1] + 1) if where else range(0)
    return PERFECT.issuperset(words.lower[k] for k in cue) and any(
        words.lower[k] in known.words["documents"] for k in shown
    )


def _heard(words: Words, ask: Ask, pieces: Sequence[Range]) -> bool:
    """Say whether what is heard is a thing, and nothing that anybody said: "heard 12 cases", "heard two blasts"."""
    if HEARING.isdisjoint(words.lower[ask.first : ask.last]):
        return False
    return FINITE.isdisjoint(tag for first, last in pieces for tag in words.tags[first:last])


HEARING = frozenset(["hear", "hears", "heard", "hearing"])
FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])


def _by_sentence(sheet: Sheet, lows: Sequence[int], pieces: Sequence[Range]) -> dict[int, list[Range]]:
    """Return the pieces by sentence: one statement for each sentence that the content runs through."""
    made: dict[int, list[Range]] = {}
    for first, last in pieces:
        at = first
        while at < last:
            number = bisect_right(lows, at) - 1
            end = min(last, lows[number + 1] if number + 1 < len(lows) else last)
            part = _trimmed(sheet, at, end)
            if part is not None:
                made.setdefault(number, []).append(part)
            at = end
    return made


def _kept(
    found: Found,
    account: Account,
    sheet: Sheet,
    spoken: NDArray[np.bool_],
    by_cue: Sequence[tuple[int, Range]],
    refused: set[Range],
    lows: Sequence[int],
) -> list[finishing.Found]:
    """Return the rules' statements that the model is not asked about: without a cue, or run on from elsewhere."""
    words = found.words
    made = []
    for statement in account.statements:
        pieces = [range_of(words, piece.span) for piece in statement.content]
        first = pieces[0][0]
        inner: list[Range] = []
        if statement.cue is None:  # what somebody says that others say is said by both
            low, high = (bisect_left(by_cue, end, key=lambda one: one[0]) for end in (pieces[0][0], pieces[-1][1]))
            inner = [piece for _, piece in by_cue[low:high]]
        again = sum(max(0, min(b, d) - max(a, c)) for a, b in pieces for c, d in inner)
        if sum(spoken[a:b].sum() for a, b in pieces) - again > 0.3 * sum(b - a for a, b in pieces):
            continue
        if statement.cue is not None:
            cue = range_of(words, statement.cue.span)
            if cue in refused or sheet.paragraph[cue[0]] == sheet.paragraph[first]:
                continue
        made.append(replace(_as_found(statement, bisect_right(lows, first) - 1), quoted=True))
    return made


def _as_found(statement: Statement, sentence: int) -> finishing.Found:
    source, cue = statement.source, statement.cue
    return finishing.Found(
        (source.span.start, source.span.end) if source else None,
        (cue.span.start, cue.span.end) if cue else None,
        tuple((piece.span.start, piece.span.end) for piece in statement.content),
        statement.act is Act.BELIEF,
        sentence,
    )


def _of_others(words: Words, account: Account) -> dict[Range, Statement]:
    """Return the rules' statements of others, by their cues: "those who say 38", "no report by Lind that 85 died".

    Whatever the model takes the verb for, the number is not that of who speaks of them.
    """
    made: dict[Range, Statement] = {}
    for statement in account.statements:
        if statement.source is None or statement.cue is None:
            continue
        source = range_of(words, statement.source.span)
        cue = range_of(words, statement.cue.span)
        anybody = restricts(words, source) and words.lower[source[0] - 1] in ANYBODY
        reported = cue[1] < source[0] and words.lower[cue[1]] in ("by", "from") and cue[1] - cue[0] == 1
        if anybody or (reported and words.lower[cue[0]] in lexicon().every_noun):
            made[cue] = statement
    return made


ANYBODY = frozenset("those anyone anybody everyone everybody people somebody someone some".split())


def _shown(words: Words, ask: Ask, where: Range | None) -> tuple[int, int] | None:
    """Return the code points of a run of shown words; None for none and for what is no one run in the text."""
    if where is None:
        return None
    first, last = int(ask.window[where[0]]), int(ask.window[where[1] - 1])
    if last - first != where[1] - 1 - where[0]:
        return None
    return words.starts[first], words.ends[last]


def unanswered(account: Account, sheet: Sheet, asks: Sequence[Ask], said: Sequence[Statement]) -> tuple[Skipped, ...]:
    """Return what the rules set aside, without the cues and quotations that the model has answered for since."""
    cues = {span_of(sheet.words, (ask.first, ask.last)) for ask in asks}
    spoken = np.zeros(len(sheet.words.text) + 1, bool)
    for statement in said:
        for piece in statement.content:
            spoken[piece.span.start : piece.span.end] = True
    return tuple(
        one
        for one in account.skipped
        if one.span is None
        or not (one.span in cues or (one.reason == UNSPOKEN and spoken[one.span.start : one.span.end].any()))
    )


UNSPOKEN = "quotation without a speaker"  # the rules' reason, as `statements` gives it


def _beside(words: Words, ask: Ask, span: Span) -> Span | None:
    """Return the words without the number that they are asked for: of 18,700 roles of train seven hold their own."""
    first, last = range_of(words, span)
    if last <= ask.first or ask.last <= first:
        return span
    parts = [part for part in ((first, ask.first), (ask.last, last)) if part[0] < part[1]]
    return span_of(words, max(parts, key=lambda part: part[1] - part[0])) if parts else None


# --- figures -------------------------------------------------------------------------------------------------------


def figures(
    found: Found,
    account: Account,
    sheet: Sheet,
    answers: Sequence[Answer],
    said: tuple[Statement, ...],
    limits: Thresholds,
    by: str,
) -> tuple[tuple[Figure, ...], tuple[Skipped, ...]]:
    """Return the figures among the numbers that the rules take for some, each with what the model says of it."""
    grammars = Found(found.document, found.words, found.sentences, found.numbers, found.times, found.mentions, said)
    numbers = {number.span: number for number in found.numbers}
    text = found.document.text
    kept, choices, skipped = [], [], []
    published = found.document.published.day if found.document.published else None
    spoken = periods.utterance_days(text, found.sentences, found.times, published)
    for figure, ask, answer in zip(account.figures, sheet.numbers, answers, strict=True):
        span = figure.number.anchor.span
        is_figure = float(shares(answer.words)[1])
        if is_figure < limits.figure:
            skipped.append(Skipped(span.of(text), "the model takes it for no figure", span))
            continue
        number = numbers[span]
        kept.append(number)
        sentence = int(sheet.sentence[ask.first])
        line = found.sentences[sentence]
        chosen: dict[str, Span | None] = {}
        sure = [_certain("number", is_figure)]
        for name, (where, share) in zip(inputs.ROLES, best(answer.ends, LONGEST_ROLE), strict=True):
            if share < (limits.what if name == "what" else limits.base if name == "base" else 0.0):
                ruled = figure.what if name == "what" else figure.base
                chosen[name] = ruled.span if ruled else None
                continue
            sure.append(_certain(name, share))
            shown = _shown(found.words, ask, where)
            chosen[name] = _beside(found.words, ask, Span(*shown)) if shown else None
            words = chosen[name]
            if words and share < limits.far and name in ("time", "place") and not line.overlaps(words):
                chosen[name] = None
        time = choosing.time_at(found, chosen["time"], spoken[sentence])
        place = choosing.place_at(found, chosen["place"])
        far = (("period", time), ("place", place))
        labels = _split(answer.whole)
        choices.append(
            Choice(
                chosen["what"],
                chosen["event"],
                time,
                place,
                chosen["base"],
                tuple(name for name, one in far if one is not None and not line.overlaps(one.span)),
                _labels(number.shape, labels, limits, by),
                (*sure, *_label_certainty(labels)),
            )
        )
    return assembling.assemble(grammars, kept, choices), tuple(skipped)


EDGES = (0, *accumulate(LABELS))


def _split(whole: Floats) -> list[Floats]:
    """Return the probabilities of each label's values, in the order of `LABELS`."""
    return [shares(whole[first:last]) for first, last in pairwise(EDGES)]


def _labels(shape: str, parts: Sequence[Floats], limits: Thresholds, by: str) -> Labels:
    """Return the most probable labels; a unit that the number's own words fix stays, as does a concept too doubtful."""
    kind, concept, unit, direction = (int(part.argmax()) for part in parts)
    name = inputs.UNITS[unit]
    told = inputs.CONCEPTS[concept]
    sure = max(limits.concept, HARM if told == "killed" else 0.0)
    return Labels(
        inputs.KINDS[kind] if float(parts[0][kind]) >= limits.kind else None,
        told if float(parts[1][concept]) >= sure else "",
        "" if shape in FIXED or name == "currency" else name,
        inputs.DIRECTIONS[direction],
        by,
    )


HARM = 0.5  # of "killed 12 and took 40 with them", the 40 were called killed at 0.46: no word of theirs says so
FIXED = frozenset("money measure duration age percent points fraction rate".split())


def _label_certainty(parts: Sequence[Floats]) -> tuple[Certainty, ...]:
    names = ("kind", "concept", "unit", "direction")
    return tuple(_certain(name, float(part.max())) for name, part in zip(names, parts, strict=True))
