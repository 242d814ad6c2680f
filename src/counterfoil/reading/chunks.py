"""Noun phrases and verb groups of a sentence, found from tags alone.

A phrase is a run of tokens, given as indices into `Words`: [first, last). Numbers that are figures cut
phrases in two, so that "39 wounded soldiers" leaves the noun phrase "wounded soldiers".
"""

from typing import NamedTuple

from counterfoil.reading.words import Words

NOUNS = frozenset(["NN", "NNS", "NNP", "FW"])
BEFORE_NOUN = frozenset(["JJ", "JJR", "JJS", "VBN", "VBG", "CD", "-", "POS"])
OPENERS = frozenset(["DT", "PRP$", "PDT", "WP$"])
VERBS = frozenset(["VB", "VBD", "VBN", "VBZ", "VBP", "VBG", "MD"])
AUXILIARIES = frozenset("is are was were be been has have had do does did will would can could may might".split())
IN_VERB_GROUP = VERBS | {"RB", "TO", "RP"}


class Phrase(NamedTuple):
    """`sort`: N noun phrase without its determiner, P pronoun, V verb group, J adjective by itself.

    core is the first token after determiners; head the index of the noun or last verb.
    """

    sort: str
    first: int
    core: int
    last: int
    head: int


def find(words: Words, first: int, last: int, cut: dict[int, int]) -> list[Phrase]:
    """Return the phrases among tokens [first, last), in order, not overlapping.

    cut  figures' number expressions: index of their first token to the index after their last.
    """
    tags, lower = words.tags, words.lower
    found: list[Phrase] = []
    ends = set(cut.values())
    i = first
    while i < last:
        if i in cut:
            i = max(cut[i], i + 1)
            continue
        tag = tags[i]
        # Right after a number "strikes" is a noun, whatever the lexicon has seen it as.
        counted = i in ends and tag in ("VBZ", "VBP", "VB") and lower[i] not in AUXILIARIES
        trailing = tag in ("VBN", "VBG") and i > first and tags[i - 1] in NOUNS  # "boats carrying migrants"
        if counted or tag in NOUNS or tag in OPENERS or (tag in BEFORE_NOUN and not trailing):
            start = i
            while i < last and i not in cut and tags[i] in OPENERS:
                i += 1
            core = i
            noun = -1
            if counted:
                noun = i
                i += 1
            while i < last and i not in cut:
                t = tags[i]
                if t in NOUNS:
                    noun = i
                elif (
                    t not in BEFORE_NOUN
                    or (t == "POS" and noun < 0)
                    or (t == "-" and (i == core or tags[i - 1] == "-"))
                    # "boats carrying migrants", "universities called ..."
                    or (t in ("VBN", "VBG") and noun >= 0 and tags[i - 1] != "-")
                ):
                    break
                i += 1
            if noun >= 0:
                i = noun + 1
                found.append(Phrase("N", start, core, i, noun))
                continue
            i = start
            if tag == "DT" and lower[i] in ("those", "these", "this", "that"):
                found.append(Phrase("P", i, i, i + 1, i))
                i += 1
                continue
            if tag in OPENERS:
                i += 1
                if i >= last or i in cut:
                    continue
            tag = tags[i]
        if tag in VERBS or (tag == "TO" and i + 1 < last and tags[i + 1] == "VB"):
            start = head = i
            while i < last and i not in cut and tags[i] in IN_VERB_GROUP:
                if tags[i] in VERBS:
                    head = i
                i += 1
            i = head + 1
            if i < last and tags[i] == "RP":
                i += 1
            found.append(Phrase("V", start, start, i, head))
            continue
        if tag in ("PRP", "WP", "EX"):
            found.append(Phrase("P", i, i, i + 1, i))
        elif tag in ("JJ", "JJR", "JJS", "RBR", "NN") or lower[i] in ("dead", "alive"):
            found.append(Phrase("J", i, i, i + 1, i))
        i += 1
    return found
