"""Whose number it is that somebody rejects: "the president rejected the hospital's figure of 55 dead".

The number is the hospital's, and the president denies it. What reads the text may give it to either; here the words
alone tell the two apart. Where they name no owner, who rejects it denies it, and nobody is given it as his own.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise

from counterfoil.reading import phrases, sentences, speakers, statements
from counterfoil.reading.model import Account, Act, Figure, Form, Kind, Modality, Speaker, Statement
from counterfoil.reading.names import Entry
from counterfoil.reading.phrases import FINITE, Range, Scene
from counterfoil.reading.signals import Sentence
from counterfoil.reading.titles import titles
from counterfoil.reading.words import Words, tag
from counterfoil.spans import Anchor, Span

BY = "rejections@1"
REACH = (
    25  # tokens between the word for a number and the number: no sentence of train that rejects one has more than 14
)
BEHIND = 16  # tokens behind the number in which its owner, or the word that takes it apart, may stand
DEEPEST = 8  # statements around one figure
_DENIES = re.compile(r"\bno truth\b|\b(?:un)?true\b|\bincorrectly\b", re.IGNORECASE)
ASIDE = 4  # tokens between a rejecting verb and the claim: "rejected as propaganda the rebels' claim"
_THAT = r"(?:the|that|this|these|those|its|their) "
_BOUND = frozenset([";", ":", "(", ")"])
_BEFORE_FALSE = frozenset(["as", '"', "“", "‘", "'"])
_BE = frozenset("is are was were be been being".split())
_RELATIVE = frozenset(["which", "that"])


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of lexicon/rejections.toml. `hint` finds any that rejects, `calling` "called the number"."""

    reject: frozenset[str]
    deny: frozenset[str]
    call: frozenset[str]
    doubt: frozenset[str]
    claims: frozenset[str]
    loose: frozenset[str]
    false: frozenset[str]
    not_so: frozenset[str]
    degree: frozenset[str]
    counted: frozenset[str]
    groups: frozenset[str]
    given: frozenset[str]
    negated: frozenset[str]
    hint: re.Pattern[str]
    calling: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """Read lexicon/rejections.toml from the package, once."""
    table = tomllib.loads((resources.files(__package__) / "lexicon" / "rejections.toml").read_text("utf-8"))
    sets = {name: frozenset(words.split()) for part in table.values() for name, words in part.items()}

    def any_of(*words: str) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(sorted(words))})\b", re.IGNORECASE)

    untrue = (f"not {word}" for word in sets["not_so"])
    hint = any_of(*sets["reject"], *sets["false"], *sets["doubt"], *untrue, "contrary to", "issue with")
    calling = re.compile(
        rf"{any_of(*sets['call']).pattern} {_THAT}(?:\w+ ){{0,2}}{any_of(*sets['claims']).pattern}", re.IGNORECASE
    )
    return Lexicon(**sets, hint=hint, calling=calling)


def rejecting(words: str) -> bool:
    """Say whether the words of a cue reject what it introduces.

    >>> rejecting("has disputed"), rejecting("a lie"), rejecting("said")
    (True, True, False)
    """
    known = lexicon()
    found = re.findall(r"[^\W\d_]+", words.casefold())
    untrue = any(a == "not" and b in known.not_so for a, b in pairwise(found))
    return untrue or any(word in known.reject or word in known.false for word in found)


def calling(words: str) -> bool:
    """Say whether the words of a cue call what it introduces something: "described", "has labelled"."""
    return any(word in lexicon().call for word in words.casefold().split())


@dataclass(frozen=True, slots=True)
class Rejection:
    """A number that somebody rejects, in tokens.

    noun      the word for it; None where a clause is denied: "denied it had expelled 500".
    owner     whose number it is; None where the words do not tell.
    rejecter  who rejects it, None where not told. `verb` by which word; None where it is doubted at most.
    beside    the rejecter stands in a clause of its own: "…, a figure that the government called false".
    """

    figure: int
    noun: int | None
    owner: Range | None
    rejecter: Range | None
    verb: Range | None
    beside: bool = False


@dataclass(slots=True)
class _Draft:
    """A statement in characters. `parent` is its place among the drafts; `old` its place in the account, if any."""

    source: Range | None
    cue: Range | None
    pieces: tuple[Range, ...]
    parent: int | None
    old: int | None = None


def settled(account: Account) -> Account:
    """Return the account with each rejected number given to its owner, and denied by who rejects it."""
    return _corrected(_rejected(account))


def _rejected(account: Account) -> Account:
    text = account.document.text
    if not account.figures or not lexicon().hint.search(text):
        return account
    account = replace(account, figures=tuple(_own_denial(account, figure) for figure in account.figures))
    spans = sentences.find(text)
    wanted = _wanted(account, spans)
    calling = lexicon().calling.search(text) is not None
    if not wanted and not calling:
        return account
    seen = statements.view(text, tag(text), spans)
    found = [one for at in wanted if (one := _rejection(account, at, seen.scene, seen.sentences)) is not None]
    called = _called(account, seen) if calling else []
    return _told(account, found, called, seen) if found or called else account


_A = r"(?:(?:the|a|about|some|around) )?"
_NOT = re.compile(rf"(?:\bnot|\b(?:is|are|was|were)n['’]t) {_A}\Z", re.IGNORECASE)
_BUT = re.compile(
    r"[^.;!?—–\d]{0,40}?(?:,? but|,? rather|[,;:—–.]? ?\b(?:it|they|there|that)(?:['’](?:s|re)| is| are| was| were))"
    rf" (?:(?:rather|only|just|in fact|actually) )?{_A}\Z",
    re.IGNORECASE,
)
_AND_NOT = re.compile(rf"[^.;!?\d]{{0,40}}?(?:,| and| [—–-])? not {_A}\Z", re.IGNORECASE)
_LONGEST_BETWEEN = 80  # code points between a number and the one that is put in its place


def _corrected(account: Account) -> Account:
    """Return the account with the number denied that the same words put another for: "not 30 but 17", "17, not 30"."""
    text = account.document.text
    if "not " not in text and "n't " not in text and "n’t " not in text and "Not " not in text:
        return account
    figures = list(account.figures)
    for at, (one, other) in enumerate(pairwise(account.figures)):
        between = text[one.number.anchor.span.end : _start(other)]
        if len(between) > _LONGEST_BETWEEN or not _alike(one, other) or not _same_voice(account, one, other):
            continue
        before = text[max(0, _start(one) - 20) : _start(one)]
        if _NOT.search(before) and _BUT.match(between):
            denied = at
        elif _AND_NOT.match(between) and not _NOT.search(before):
            denied = at + 1
        else:
            continue
        figures[denied] = replace(figures[denied], modality=Modality.DENIED)
    return replace(account, figures=tuple(figures))


def _start(figure: Figure) -> int:
    number = figure.number.anchor.span.start
    return min(number, figure.hedge.span.start) if figure.hedge else number


def _same_voice(account: Account, one: Figure, other: Figure) -> bool:
    if one.statement is None or other.statement is None:
        return one.statement is other.statement
    return account.statements[one.statement].source == account.statements[other.statement].source


def _alike(one: Figure, other: Figure) -> bool:
    """Say whether two figures count the same, so that one may be put in the other's place."""
    return one.kind == other.kind and one.number.value.unit == other.number.value.unit


def _own_denial(account: Account, figure: Figure) -> Figure:
    """Return a denied figure as observed where others alone deny: "police denied it, but doctors counted 6"."""
    at, depth, told = figure.statement, 0, []
    while at is not None and depth < DEEPEST:
        one = account.statements[at]
        told += [anchor.quote for anchor in (one.cue, *one.content) if anchor is not None]
        at, depth = one.parent, depth + 1
    if figure.modality is not Modality.DENIED or not told or _DENIES.search(" ".join(told)):
        return figure
    return figure if lexicon().hint.search(" ".join(told)) else replace(figure, modality=Modality.OBSERVED)


def _wanted(account: Account, spans: Sequence[Span]) -> list[int]:
    """Return the counts whose sentence has a word that rejects."""
    text, known = account.document.text, lexicon()
    telling = [one for one in spans if known.hint.search(one.of(text))]
    counts = (Kind.STOCK, Kind.FLOW, Kind.SHARE)
    return [
        at
        for at, figure in enumerate(account.figures)
        if figure.kind in counts and any(figure.number.anchor.span in one for one in telling)
    ]


def _rejection(account: Account, at: int, scene: Scene, spans: Sequence[Sentence]) -> Rejection | None:
    """Return how a figure's words reject it, None where they do not."""
    words, figure = scene.words, account.figures[at]
    span = (figure.hedge or figure.number.anchor).span
    first = words.at(min(span.start, figure.number.anchor.span.start))
    after = words.at(figure.number.anchor.span.end - 1) + 1
    sentence = next((one for one in spans if one.low <= first < one.high), None)
    if sentence is None:
        return None
    noun = _claim(scene, sentence, figure, first)
    if noun is None:
        return _clause(account, at, words, first) or _beside(scene, sentence, at, after)
    start, owner = _owner(scene, sentence, noun, first, after)
    verb, rejecter, doubted = _verb(scene, sentence, start, after)
    if verb is None and not doubted:
        return None
    if owner is None and verb is None:
        return None
    return Rejection(at, noun, owner, rejecter, verb)


def _claim(scene: Scene, sentence: Sentence, figure: Figure, first: int) -> int | None:
    """Return the word for the number before it: "the figure of 55", "claims that up to 120 soldiers"."""
    words, known = scene.words, lexicon()
    for k in range(first - 2, max(sentence.low - 1, first - REACH), -1):
        if words.tags[k] in _BOUND or words.lower[k] in known.reject:
            return None
        if words.lower[k] not in known.claims or not _is_noun(words, k):
            continue
        link = next((m for m in range(k + 1, first) if words.lower[m] in ("of", "that")), None)
        if link is None or any(words.lower[m] in ("said", "says", "but", "while", "although") for m in range(k, first)):
            return None
        if any(words.tags[m] in FINITE | {",", "VBG"} for m in range(k + 1, link)) or not _reaches(words, link, first):
            return None  # "rejected the mayor's figure, saying that 14 were counted twice": the 14 is another number
        if words.lower[link] == "of" and words.lower[k] in known.loose and not _harm(figure):
            return None  # "rejected the claims of 300 asylum seekers": theirs, not a claim about them
        return k
    return None


def _reaches(words: Words, link: int, first: int) -> bool:
    """Say whether "of" or "that" behind a claim still governs the number: no new clause begins between."""
    between = range(link + 1, first)
    if words.lower[link] == "of":
        return not any(words.tags[m] in FINITE | {",", "VBG"} for m in between)
    return not any(words.tags[m] in ("WDT", "WP") or words.tags[m : m + 2] == [",", "VBG"] for m in between)


def _clause(account: Account, at: int, words: Words, first: int) -> Rejection | None:
    """Read "denied it had expelled 500": a clause that holds the number, not "denied entry to 500"."""
    figure = account.figures[at]
    cue = None if figure.statement is None else account.statements[figure.statement].cue
    if (
        cue is None
        or figure.modality not in (Modality.OBSERVED, Modality.ESTIMATED)
        or cue.span.start > figure.number.anchor.span.start
    ):
        return None
    begin, end = words.at(cue.span.start), words.at(cue.span.end - 1) + 1
    verb = next((k for k in range(begin, end) if words.lower[k] in lexicon().deny), None)
    if verb is None or not _group(words, verb, max(0, verb - ASIDE))[1]:
        return None
    between = range(end, first)
    aside = any(words.lower[k] in ("which", "who", "whose", "said") or words.tags[k] in (";", ":") for k in between)
    told = any(words.tags[k] in FINITE for k in between)
    return Rejection(at, None, None, None, None) if told and not aside else None


def _is_noun(words: Words, k: int) -> bool:
    """Say whether a word that may be a verb is a noun here: "the UN estimate of", "refuted claims by"."""
    if words.tags[k] in phrases.NOUNS:
        return True
    before = k > 0 and (
        words.tags[k - 1] in ("DT", "POS", "PRP$", "JJ", "NN") or words.lower[k - 1] in lexicon().reject
    )
    following = words.lower[k + 1] if k + 1 < len(words.lower) else ""
    return following == "of" or (before and following in ("by", "from", "that"))


def _harm(figure: Figure) -> bool:
    from counterfoil.reading.measures import measure

    entry = measure(figure.measure.value.code) if figure.measure else None
    return entry is not None and entry.harm


def _owner(scene: Scene, sentence: Sentence, noun: int, first: int, after: int) -> tuple[int, Range | None]:
    """Return where the claim's phrase begins, and whose it is: "the hospital's figure", "claims by the opposition"."""
    words, known = scene.words, lexicon()
    lower, tags = words.lower, words.tags
    j = noun - 1
    verbs = known.reject | known.call | known.doubt
    while j > sentence.low and (lower[j] in known.counted or tags[j] in ("JJ", "CD", "VBN")) and lower[j] not in verbs:
        j -= 1
    if j > sentence.low and tags[j] in ("POS", "'", "’"):
        owner = phrases.noun_phrase_before(scene, j - 1, sentence.low)
        return (owner[0], owner) if owner else (j, None)
    if tags[j] == "PRP$":
        return j, (j, j + 1)
    begin = j + 1
    while j >= sentence.low and tags[j] in ("NN", "NNP", "JJ", "NNS") and lower[j] not in verbs:
        j -= 1
    run = (j + 1, begin)
    start = j if j >= sentence.low and tags[j] in ("DT", "PRP$", "PDT") else j + 1
    if run[0] < run[1] and _speaks(words, run):
        return start, (start, run[1])
    return start, _by(scene, sentence, noun, first) or _given(scene, sentence, after)


def _speaks(words: Words, run: Range) -> bool:
    """Say whether the words before a claim name a body or a group: "UN figures", not "Gaza figures"."""
    last = run[1] - 1
    known, bodies = lexicon().groups, titles().bodies | titles().small
    spelt = words.text[words.starts[last] : words.ends[last]]
    capital = sum(c.isupper() for c in spelt) >= 2 and spelt.isalpha()
    named = words.text[words.starts[run[0]] : words.ends[last]] in ("Red Cross", "Red Crescent", "Amnesty", "Oxfam")
    return capital or named or words.lower[last] in known or words.lower[last] in bodies


def _by(scene: Scene, sentence: Sentence, noun: int, first: int) -> Range | None:
    """Return who stands behind "by" or "from" straight after the claim: "claims by the opposition that"."""
    words, known = scene.words, lexicon()
    k = noun + 1
    if words.lower[k] in known.given:
        k += 1
    if words.lower[k] not in ("by", "from"):
        return None
    found = phrases.noun_phrase_after(scene, k + 1, min(first, sentence.last))
    return found if found and _may_own(words, found) else None


def _given(scene: Scene, sentence: Sentence, after: int) -> Range | None:
    """Return who gave the number, behind it: "given by Amnesty", "that the union had published"."""
    words, known = scene.words, lexicon()
    lower, tags = words.lower, words.tags
    for k in range(after, min(after + BEHIND, sentence.last - 1)):
        if tags[k] in _BOUND or lower[k] in ("but", "while", "said", "saying"):
            return None
        if lower[k] in known.given and lower[k + 1] == "by":
            found = phrases.noun_phrase_after(scene, k + 2, sentence.last)
            return found if found and _may_own(words, found) else None
        if lower[k] in _RELATIVE:
            found = phrases.noun_phrase_after(scene, k + 1, sentence.last)
            verb = found[1] if found else 0
            while verb and verb < sentence.last - 1 and lower[verb] in phrases.PERFECT:
                verb += 1
            if found and verb < sentence.last and lower[verb] in known.given and _may_own(words, found):
                return found
    return None


def _may_own(words: Words, found: Range) -> bool:
    return any(words.tags[k] in phrases.NOUNS for k in range(*found))


def _verb(scene: Scene, sentence: Sentence, start: int, after: int) -> tuple[Range | None, Range | None, bool]:
    """Return what rejects the claim that begins at `start`, who does so, and whether it is doubted instead."""
    words, known = scene.words, lexicon()
    lower, tags = words.lower, words.tags
    false = _false_behind(words, sentence, after)
    for v in range(start - 1, max(sentence.low - 1, start - 2 - ASIDE), -1):
        word = lower[v]
        if word in known.reject or word in known.doubt or word in known.call:
            called = word in known.call
            ahead = next(((m, m + 1) for m in range(v + 1, start) if lower[m] in known.false), None)
            if called and ahead is not None:
                false = ahead, False  # "described as exaggerated the claim that"
            if called and (false is None or false[1]):
                break
            group, sure = _group(words, v, sentence.low)
            if not sure or word in known.doubt:
                return None, None, True
            cue = false[0] if called and false else (v, v + 1)
            return cue, phrases.subject(scene, group, sentence.low), False
        aside = tags[v] in ("RB", "JJ", "DT", "NN", "NNS", "VBN") or word in ("as", "on", *phrases.DAYS)
        if not aside or tags[v] == ",":
            break
    if start >= 2 and (lower[start - 2], lower[start - 1]) in (("doubt", "on"), ("contrary", "to"), ("issue", "with")):
        return None, None, True
    if false is not None and false[1]:
        return false[0], None, False
    return _passive(scene, sentence, after)


def _group(words: Words, v: int, low: int) -> tuple[int, bool]:
    """Return where the verb group begins, and whether it says that it is so: not "did not", not "refused to"."""
    g = v
    timed = phrases.TIME | phrases.TIME_LEADS
    while g > low and (
        words.tags[g - 1] in ("RB", "MD")
        or words.lower[g - 1] in phrases.AUXILIARIES
        or words.lower[g - 1] == "to"
        or (words.lower[g - 1] in timed and (words.lower[g - 1] in phrases.TIME or words.lower[g] in phrases.TIME))
    ):
        g -= 1
    own = words.lower[g:v]
    sure = not any(w in lexicon().negated or w.endswith(("n't", "n’t")) or w == "to" for w in own)
    return g, sure and not any(words.tags[k] == "MD" for k in range(g, v))


def _false_behind(words: Words, sentence: Sentence, after: int) -> tuple[Range, bool] | None:
    """Return the words of falsehood behind the number, and whether a form of "be" stands before them."""
    known = lexicon()
    for k in range(after, min(after + BEHIND, sentence.last)):
        word = words.lower[k]
        if words.tags[k] in _BOUND or word in ("but", "while", "and", "said"):
            return None
        untrue = word == "not" and words.lower[k + 1 : k + 2] and words.lower[k + 1] in known.not_so
        if word not in known.false and not untrue:
            continue
        j = k - 1
        while j > after and words.lower[j] in known.degree:
            j -= 1
        if k + 1 < sentence.last and words.tags[k + 1] in phrases.NOUNS and not untrue and word != "fake":
            continue  # "held on false charges"
        negated = any(words.lower[m] in known.negated for m in range(j, k))
        return None if negated else ((k, k + 2 if untrue else k + 1), words.lower[j] in _BE)
    return None


def _passive(scene: Scene, sentence: Sentence, after: int) -> tuple[Range | None, Range | None, bool]:
    """Read "the figure of 55 was rejected by the army"."""
    words, known = scene.words, lexicon()
    for k in range(after + 1, min(after + BEHIND, sentence.last)):
        if words.tags[k] in _BOUND or words.lower[k] in ("but", "while"):
            break
        if words.lower[k] in known.reject and words.lower[k].endswith("ed"):
            j = k - 1
            while j > after and words.tags[j] == "RB" and words.lower[j] not in known.negated:
                j -= 1
            if words.lower[j] not in _BE:
                break
            by = words.lower[k + 1 : k + 2] == ["by"]
            found = phrases.noun_phrase_after(scene, k + 2, sentence.last) if by else None
            return (k, k + 1), found, False
    return None, None, False


def _beside(scene: Scene, sentence: Sentence, at: int, after: int) -> Rejection | None:
    """Read "31 people were killed, a figure that the government called false"."""
    words, known = scene.words, lexicon()
    lower, tags = words.lower, words.tags
    for k in range(after, sentence.last - 2):
        if tags[k] in _BOUND or tags[k] == "CD":
            return None  # the next number is the one that is spoken of
        if tags[k] != "," or scene.inside[k] != scene.inside[after - 1]:
            continue
        noun = k + 2 if lower[k + 1] in ("a", "an", "the") else k + 1
        if lower[noun] in known.claims and tags[noun] in phrases.NOUNS:
            opens = noun + 1 if noun + 1 < sentence.last and lower[noun + 1] in _RELATIVE else noun
        elif lower[k + 1] == "which":
            noun = opens = k + 1
        else:
            continue
        who = phrases.noun_phrase_after(scene, opens + 1, sentence.last)
        if who is None:
            continue
        v = who[1]
        while v < sentence.last and (tags[v] == "RB" or lower[v] in phrases.PERFECT):
            v += 1
        if v >= sentence.last or any(lower[m] in known.negated for m in range(who[1], v)):
            return None
        if lower[v] in known.reject:
            return Rejection(at, noun, None, who, (v, v + 1), beside=True)
        false = _false_behind(words, sentence, v)
        if lower[v] in known.call and false is not None:
            return Rejection(at, noun, None, who, false[0], beside=True)
        return None
    return None


def _called(account: Account, seen: statements.View) -> list[_Draft]:
    """Read "The army called the number inflated": who rejects a number that another sentence gives."""
    words, known = seen.scene.words, lexicon()
    found = []
    for match in known.calling.finditer(account.document.text):
        verb, noun = words.at(match.start()), words.at(match.end() - 1)
        sentence = next((one for one in seen.sentences if one.low <= verb < one.last), None)
        if sentence is None or noun + 1 >= sentence.last or words.tags[noun] not in phrases.NOUNS:
            continue
        if words.lower[verb].endswith("ing"):
            continue  # "the militia denied involvement, calling the number inflated": too far from who does so
        k = noun + 1
        while k < sentence.last - 1 and (words.lower[k] in known.degree or words.lower[k] in _BEFORE_FALSE):
            k += 1
        group, sure = _group(words, verb, sentence.low)
        what = words.tags[k + 1] in phrases.NOUNS if k + 1 < len(words.tags) else False
        who = phrases.subject(seen.scene, group, sentence.low)
        if words.lower[k] in known.false and sure and who is not None and not what:
            cue, said = _chars(words, (k, k + 1)), _chars(words, (verb + 1, noun + 1))
            told = any(_meets(_ends(one.cue), _chars(words, (group, k + 1))) for one in account.statements)
            if said is not None and not told:
                found.append(_Draft(_chars(words, who), cue, (said,), None))
    return found


# --- statements ----------------------------------------------------------------------------------------------------


def _told(account: Account, found: Sequence[Rejection], called: Sequence[_Draft], seen: statements.View) -> Account:
    """Return the account with the statements of owners and rejecters that it lacks, in text order."""
    words = seen.scene.words
    drafts = [
        _Draft(_ends(one.source), _ends(one.cue), tuple((p.span.start, p.span.end) for p in one.content), one.parent, n)
        for n, one in enumerate(account.statements)
    ]
    drafts += called
    figures = list(account.figures)
    for one in found:
        _settle(one, figures, drafts, words)
    order = sorted(range(len(drafts)), key=lambda n: (drafts[n].pieces[0][0], -drafts[n].pieces[-1][1], n))
    place = {n: at for at, n in enumerate(order)}
    entries = [
        Entry(drafts[n].source, drafts[n].cue, drafts[n].pieces[0][0], _placed(drafts[n].parent, place)) for n in order
    ]
    starts = [sentence.low for sentence in seen.sentences]
    named = speakers.resolve(account.document, words, entries, seen.scene.inside, starts)
    made = tuple(
        _statement(account, drafts[n], _placed(drafts[n].parent, place), speaker)
        for n, speaker in zip(order, named, strict=True)
    )
    kept = tuple(replace(one, statement=_placed(one.statement, place)) for one in figures)
    return replace(account, statements=made, figures=kept)


def _ends(anchor: Anchor | None) -> Range | None:
    return None if anchor is None else (anchor.span.start, anchor.span.end)


def _placed(parent: int | None, place: dict[int, int]) -> int | None:
    return None if parent is None else place[parent]


def _statement(account: Account, one: _Draft, parent: int | None, speaker: Speaker) -> Statement:
    if one.old is not None:
        return replace(account.statements[one.old], parent=parent)
    anchor = account.document.anchor
    return Statement(
        anchor(Span(*one.source)) if one.source else None,
        anchor(Span(*one.cue)) if one.cue else None,
        tuple(anchor(Span(*piece)) for piece in one.pieces),
        Form.INDIRECT,
        Act.SPEECH,
        speaker,
        parent,
    )


def _settle(one: Rejection, figures: list[Figure], drafts: list[_Draft], words: Words) -> None:
    """Give a figure to its owner, within what its rejecter says; or, where none is told, to the rejecter as denied."""
    figure = figures[one.figure]
    if one.noun is None:
        figures[one.figure] = replace(figure, modality=Modality.DENIED)
        return
    noun, cue, own = _chars(words, (one.noun, one.noun + 1)), _chars(words, one.verb), _chars(words, one.owner)
    rejecter = _chars(words, one.rejecter)
    if one.beside:
        _set_beside(one.figure, figures, drafts, _Draft(rejecter, cue, (noun,) if noun else (), None))
        return
    content = _content(figure)
    now = figure.statement
    known = next((n for n, each in enumerate(drafts) if _meets(each.source, own) and _meets(each.cue, noun)), None)
    if known is not None:
        now = known
    is_owners = now is not None and _meets(drafts[now].source, own)
    denier = drafts[now].parent if is_owners and now is not None else now
    if cue is not None and (denier is None or not _meets(drafts[denier].cue, cue)):
        there = next((n for n, each in enumerate(drafts) if _meets(each.cue, cue)), None)
        source = rejecter or (drafts[denier].source if denier is not None else None)
        verbal = one.verb is not None and words.lower[one.verb[0]] in lexicon().reject
        if there is not None:
            denier = there
        elif (source is not None and not _meets(source, own)) or (own is None and verbal):
            begin = words.starts[one.owner[0] if one.owner and one.owner[0] < one.noun else one.noun]
            drafts.append(_Draft(source, cue, ((begin, content[1]),), denier))
            denier = len(drafts) - 1
    if own is None:
        figures[one.figure] = replace(figure, statement=denier, modality=Modality.DENIED)
        return
    if is_owners and now is not None:
        drafts[now].parent = denier
    else:
        drafts.append(_Draft(own, noun, (content,), denier))
        now = len(drafts) - 1
    modality = Modality.OBSERVED if figure.modality is Modality.DENIED else figure.modality
    figures[one.figure] = replace(figure, statement=now, modality=modality)


def _set_beside(at: int, figures: list[Figure], drafts: list[_Draft], told: _Draft) -> None:
    """Have the rejecter say no more than that: the number in the clause before is of who said that clause."""
    there = next((n for n, each in enumerate(drafts) if _meets(each.cue, told.cue)), None)
    if there is None:
        drafts.append(told)
        return
    drafts[there] = told
    if figures[at].statement != there:
        return
    number = figures[at].number.anchor.span
    holding = [n for n, each in enumerate(drafts) if any(a <= number.start and number.end <= b for a, b in each.pieces)]
    innermost = min(holding, key=lambda n: drafts[n].pieces[-1][1] - drafts[n].pieces[0][0], default=None)
    modality = figures[at].modality
    modality = Modality.OBSERVED if modality is Modality.DENIED else modality
    figures[at] = replace(figures[at], statement=innermost, modality=modality)


def _chars(words: Words, tokens: Range | None) -> Range | None:
    return None if tokens is None else (words.starts[tokens[0]], words.ends[tokens[1] - 1])


def _content(figure: Figure) -> Range:
    """Return the words of the number with those that stand right behind it and belong to it."""
    span = figure.number.anchor.span
    start, end = span.start, span.end
    if figure.hedge is not None and figure.hedge.span.start < start:
        start = figure.hedge.span.start
    for role in (figure.what, figure.event):
        if role is not None and end <= role.span.start <= end + 2:
            end = role.span.end
    return start, end


def _meets(a: Range | None, b: Range | None) -> bool:
    return a is not None and b is not None and a[0] < b[1] and b[0] < a[1]
