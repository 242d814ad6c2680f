"""Who else says what, where the verb is not said again: "MSF said 900 had died and the army 200".

All ranges are tokens.
"""

from counterfoil.reading import phrases
from counterfoil.reading.frames import TOLLS
from counterfoil.reading.phrases import FINITE, NOUNS, Range, Scene
from counterfoil.reading.titles import titles
from counterfoil.reading.words import Words

HEDGES = frozenset(
    "about around some only just nearly almost over more than at least up to fewer less under of between".split()
)


def shared_out(
    scene: Scene, source: Range | None, cue: Range | None, pieces: tuple[Range, ...], limit: int
) -> list[tuple[Range | None, tuple[Range, ...]]]:
    """Return source and pieces, shared out where others with a number of their own stand within the last piece.

    Those that follow it up to `limit` are added: "9 died" may be all that a model takes of "9 died, the bishop 34".
    """
    if source is None or cue is None or source[1] > cue[0] or pieces[-1][0] < cue[1]:
        return [(source, pieces)]
    first = next(a for a, _ in pieces if a >= cue[1])
    others = gaps(scene, source, (first, pieces[-1][1]))
    if not others:
        end = pieces[-1][1]
        behind = gaps(scene, source, (first, limit)) if end < limit and scene.words.tags[end] in (",", "CC") else []
        behind = [(other, piece) for other, piece in behind if other[0] >= end and not _is_bare(scene.words, other)]
        return [(source, pieces), *((other, (piece,)) for other, piece in behind)]
    cut = others[0][0][0] - 1
    while cut > first + 1 and scene.words.tags[cut - 1] in ("CC", ","):
        cut -= 1
    own = (*(piece for piece in pieces if piece[1] <= cue[0]), (first, cut))
    return [(source, own), *((other, (piece,)) for other, piece in others)]


def _is_bare(words: Words, other: Range) -> bool:
    """Say whether a source is one capitalised word, which may be a place: "Kono reported 40 and Kailahun 12"."""
    spelt = words.text[words.starts[other[0]] : words.ends[other[1] - 1]]
    return other[1] - other[0] == 1 and words.tags[other[0]] == "NNP" and not spelt.isupper()


def gaps(scene: Scene, first: Range, piece: Range) -> list[tuple[Range, Range]]:
    """Return who else says what, where the verb is not said again: "MSF said 900 had died and the army 200".

    Only a content that begins with its number can be set beside another; a name that may be a place's is left alone
    unless the first source has the same shape: "Britain gave 5 million, India 2 million".
    """
    words = scene.words
    tags, lower = words.tags, words.lower
    a, b = piece
    if first[1] > a or scene.inside[a] >= 0:
        return []
    if not _begins_with_number(words, a, b):
        return _at_gaps(scene, a, b)
    bare = first[1] - first[0] == 1 and tags[first[0]] == "NNP"
    bare = bare and not any(tags[k] == "IN" and tags[k + 1] == "NNP" for k in range(a, b - 1))
    found: list[tuple[Range, Range]] = []
    for k in range(a + 1, b - 1):
        if tags[k] not in ("CC", ",", "/") and lower[k] != "while":
            continue
        other = _gap_source(scene, k + 1, b, bare=bare)
        if other is None:
            continue
        p = other[1]
        while p < b and (lower[p] in HEDGES or tags[p] == "$"):
            p += 1
        if p >= b or tags[p] != "CD":
            continue
        stop = next((m for m in range(p, b) if tags[m] in ("CC", ",", ";")), b)
        if any(tags[m] in FINITE for m in range(p, stop)):
            continue
        found.append((other, (other[1] + (lower[other[1]] == "of"), stop)))
    return found


def _at_gaps(scene: Scene, a: int, b: int) -> list[tuple[Range, Range]]:
    """Return who else puts what is put somewhere: "gave the magnitude as 5.7, Nepal's own centre as 6.4"."""
    words = scene.words
    tags, lower = words.tags, words.lower
    joint = next((k for k in range(a, b - 1) if lower[k] in ("as", "at") and _puts_number(words, k, b)), -1)
    if joint < 0 or any(tags[k] in FINITE for k in range(a, joint)):
        return []
    found: list[tuple[Range, Range]] = []
    for k in range(joint + 1, b - 3):
        if tags[k] not in ("CC", ",") and lower[k] != "while":
            continue
        p = k + 1 + (lower[k + 1] in ("and", "but", "while"))
        other = phrases.noun_phrase_after(scene, p, b)
        if other is None or other[1] >= b or lower[other[1]] != lower[joint] or not _puts_number(words, other[1], b):
            continue
        if _is_speaker(scene, other):
            stop = next((m for m in range(other[1] + 1, b) if tags[m] in ("CC", ",", ";")), b)
            found.append((other, (other[1], stop)))
    return found


def _puts_number(words: Words, k: int, end: int) -> bool:
    """Say whether a number follows token k at once, or behind its hedge."""
    p = k + 1
    while p < end and (words.lower[p] in HEDGES or words.tags[p] == "$"):
        p += 1
    return p < end and words.tags[p] == "CD"


def _is_speaker(scene: Scene, other: Range) -> bool:
    """Say whether a phrase is a body, a role or a person, and no place or thing that is counted: "refugees at 40"."""
    words, known = scene.words, titles()
    end = phrases.core_end(words, other)
    last = words.lower[end - 1]
    if TOLLS & set(words.lower[other[0] : end]) or words.tags[end - 1] not in NOUNS:
        return False
    return (
        last in known.bodies
        or last in known.roles
        or phrases.is_person(words, other)
        or (words.tags[end - 1] == "NNP" and words.text[words.starts[end - 1] : words.ends[end - 1]].isupper())
    )


def _begins_with_number(words: Words, a: int, b: int) -> bool:
    """Say whether content is a number first of all, or a toll put at one."""
    k = a
    while k < b and (
        words.lower[k] in HEDGES | TOLLS | {"that", "a", "an", "the", "estimated"} or words.tags[k] == "$"
    ):
        k += 1
    return k < b and words.tags[k] == "CD"


def _gap_source(scene: Scene, p: int, high: int, *, bare: bool) -> Range | None:
    """Return a name or body that can speak, with a number or a hedge right behind it."""
    words, known = scene.words, titles()
    tags, lower = words.tags, words.lower
    if p < high and lower[p] in ("and", "but", "while"):
        p += 1
    end = p
    while end < high and end - p < 8 and (tags[end] in NOUNS or tags[end] in ("DT", "PRP$", "JJ", "POS", "&", "-")):
        end += 1
    if end == p and p < high and lower[p] in ("he", "she", "they", "it"):
        return (p, p + 1)
    if end == p or end >= high or any(lower[k] in phrases.TIME for k in range(p, end)):
        return None
    last = lower[end - 1]
    spelt = words.text[words.starts[end - 1] : words.ends[end - 1]]
    body = last in known.bodies or last.removesuffix("s") in known.roles
    acronym = end - p <= 2 and len(spelt) > 1 and spelt.isupper() and tags[end - 1] == "NNP"
    if body or acronym or phrases.is_person(words, (p, end)) or (bare and end - p == 1 and tags[p] == "NNP"):
        return (p, end)
    return None
