"""Noun phrases around a verb: enough grammar to name a source, from tags alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from counterfoil.reading.cues import cues
from counterfoil.reading.titles import titles
from counterfoil.reading.words import Words

Range = tuple[int, int]  # tokens, half-open

NOUNS = frozenset(["NN", "NNS", "NNP"])
FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
INNER = frozenset(["NN", "NNS", "NNP", "JJ", "JJR", "JJS", "CD", "POS", "&", "$", "%"])
OPENERS = frozenset(["DT", "PRP$", "PDT"])
AUXILIARIES = frozenset(
    "has have had having is are was were be been being am 's 've 'd do does did didn't doesn't don't hasn't "
    "haven't hadn't isn't aren't wasn't weren't ’ve ’d".split()
)
BE = frozenset("is are was were be been being am isn't aren't wasn't weren't".split())
PERFECT = frozenset(["has", "have", "had"])
TIME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sept sep oct nov dec today "
    "yesterday tomorrow tonight week month year morning afternoon evening night weekend midnight noon earlier "
    "later ago now then meanwhile recently".split()
)
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight".split())
TIME_LEADS = frozenset(
    "on last this late early earlier next since in at by late mid the that same during over of as".split()
)
SUBORDINATORS = frozenset(
    "while whereas although though because since if when as after before until unless whether where but and or "
    "nor so that than with yet once however".split()
)
MARKS = frozenset([",", ";", ":", "-", "(", "[", '"', "“", "”", "«", "»", "‘", "„", "•", "."])
TOPICS = frozenset("about on into to".split())  # "an article about the attack": the source is the article
CROSSING = frozenset("in at for from with on by near inside across to about into on behind between among".split())
SELVES = frozenset("himself herself itself themselves both all each also".split())
PARTICLES = frozenset(
    "de del dela della di da van von der den bin ibn al el ul ur la le dos das do abu ben ter zu".split()
)
DEEPEST = 4  # phrases within phrases that are followed
REACH = 45  # tokens that an apposition may be long: the longest of train are about 40


@dataclass(frozen=True, slots=True)
class Scene:
    """A tagged text with its quotations: `inside[i]` is the quotation that token i stands in, -1 outside."""

    words: Words
    inside: Sequence[int]


def is_noun(words: Words, i: int) -> bool:
    """Say whether a noun phrase may end with this token."""
    return (
        words.tags[i] in NOUNS or words.tags[i] in ("PRP", "CD") or (words.tags[i] == "DT" and words.lower[i] in ENDING)
    )


ENDING = frozenset(["this", "that", "these", "those", "some", "both", "all", "another"])


def is_hyphen(words: Words, i: int) -> bool:
    """Say whether the token is a hyphen within a word, not a dash between phrases."""
    return (
        words.tags[i] == "-"
        and 0 < i < len(words.tags) - 1
        and words.ends[i - 1] == words.starts[i] == words.starts[i + 1] - 1
    )


def is_headline_verb(words: Words, k: int) -> bool:
    """Say whether a word that may be tagged as a noun is rather a verb that takes another's words: "disputes"."""
    form = cues().forms.get(words.lower[k])
    if form is None or "s" not in form.kinds or words.lower[k] in cues().every_noun | cues().words["documents"]:
        return False
    return not form.cue.frames.isdisjoint(("noun", "noun_claim")) and words.tags[k] in ("NNS", "VBZ", "NNP")


def is_time(words: Words, start: int, end: int) -> bool:
    """Say whether the tokens only tell when."""
    return all(
        words.lower[k] in TIME or words.tags[k] in ("CD", "DT", "RB", "IN", ",", ".", "JJ") for k in range(start, end)
    )


def is_boundary(scene: Scene, k: int, low: int) -> bool:
    """Say whether a clause may begin after token k."""
    words = scene.words
    if k < low:
        return True
    lower, tag = words.lower[k], words.tags[k]
    return (
        lower in SUBORDINATORS
        or (tag in MARKS and not is_hyphen(words, k))
        or tag in ("CC", "WRB", "WP", "WDT", "UH", "RB")
        or (lower in cues().forms and tag[0] == "V")
    )


def noun_phrase_before(scene: Scene, j: int, low: int, depth: int = 0, *, ends_clause: bool = False) -> Range | None:
    """Return the noun phrase that ends with token j, with the phrases that belong to it; None if none does.

    ends_clause  a verb or a comma follows, so that a word tagged as adjective is a noun: "a district official said".
    """
    words = scene.words
    lower, tags = words.lower, words.tags
    if not is_noun(words, j) and not (ends_clause and _is_used_as_noun(words, j, low)):
        return None
    if tags[j] == "PRP":
        whole = noun_phrase_before(scene, j - 2, low, depth + 1) if j - 2 >= low and lower[j - 1] == "of" else None
        return (whole[0], j + 1) if whole is not None else (j, j + 1)
    start = _core_start(scene, j, low)
    while start < j and (lower[start] in DAYS or tags[start] in (".", "POS", "-", "'", "’")):
        start += 1
    before = start - 1
    if depth >= DEEPEST or before - 1 < low or scene.inside[before] != scene.inside[j]:
        return (start, j + 1)
    whole = _attached(scene, before, low, depth)
    if whole is None:
        return (start, j + 1)
    documents = cues().words["documents"]
    topic = lower[before] in TOPICS and any(lower[k] in documents for k in range(*whole))
    apart = topic or (is_person(words, whole) and lower[before] not in ("and", "&"))
    return whole if apart else (whole[0], j + 1)


def _core_start(scene: Scene, j: int, low: int) -> int:
    """Return the first token of the noun phrase that ends with token j, without what is attached before it."""
    words = scene.words
    lower, tags, inside = words.lower, words.tags, scene.inside
    k = j
    while k >= low and inside[k] == inside[j]:
        tag = tags[k]
        capital = words.text[words.starts[k]].isupper() and k > low and tags[k - 1] == "NN"  # "newspaper The Hindu"
        if lower[k] == "that" and k < j and _opens_clause(words, k, low):
            return k + 1
        if (tag in OPENERS or tag == "DT") and not capital:
            return k - 1 if k > low and tags[k - 1] == "PDT" else k
        previous = tags[k - 1] if k > low else ""
        plain = (
            tag in INNER
            or tag in ("’", "'")
            or tag == "DT"
            or is_hyphen(words, k)
            or (k < j and is_hyphen(words, k + 1))
            or (tag == "." and k < j and _is_initial(words, k))
            or (lower[k] in PARTICLES and previous == "NNP" and tags[k + 1] == "NNP" and k < j)
        )
        modifier = (
            k < j
            and lower[k] not in AUXILIARIES
            and (
                (tag in ("VBN", "VBG", "RBS") and (previous in OPENERS or previous in ("JJ", "-", "POS", "RB")))
                or (
                    tag in ("VBN", "VBG")
                    and previous in ("", ",")
                    and lower[k] not in cues().forms
                    and tags[k + 1] in NOUNS
                )
                or (tag in ("VB", "RB") and previous in ("DT", "VBN", "JJ", "PRP$") and tags[k + 1] != "CD")
            )
        )
        if not (plain or modifier or k == j):
            break
        k -= 1
    return k + 1


def _opens_clause(words: Words, that: int, low: int) -> bool:
    """Say whether "that" opens a clause: "said that Ms Rao", "and that police"; not "that ministry said"."""
    previous = words.tags[that - 1] if that > low else ""
    return words.tags[that + 1] in ("NNP", "NNS", "PRP", "DT") or previous in ("CC", "VBD", "VBZ", "VBP", "VBG")


def _attached(scene: Scene, before: int, low: int, depth: int) -> Range | None:
    """Return the phrase that the one after token `before` belongs to: "the head of …", "police in …", "X and …"."""
    words = scene.words
    lower, tags = words.lower, words.tags
    word = lower[before]
    if word == "of":
        if is_noun(words, before - 1) or lower[before - 1] in ("some", "many", "most", "several", "one", "two"):
            return noun_phrase_before(scene, before - 1, low, depth + 1)
        return None
    at = before - 1
    if word == "by" and tags[at] == "VBN" and at - 1 >= low:
        at -= 1
    reduced = tags[before] in ("VBN", "VBG") and word not in AUXILIARIES and word not in cues().forms
    if word in CROSSING or reduced:
        if tags[at] not in NOUNS or lower[at] in TIME:
            return None
        whole = noun_phrase_before(scene, at, low, depth + 1)
        if whole is None or not is_boundary(scene, whole[0] - 1, low) or is_preposition(words, whole[0] - 1, low):
            return None
        return whole
    if word in ("and", "&") and tags[at] in NOUNS:
        whole = noun_phrase_before(scene, at, low, depth + 1)
        if whole is not None and (
            whole[0] == low or tags[whole[0] - 1] in MARKS or lower[whole[0] - 1] in ("both", "that", "of")
        ):
            return whole
    return None


def _is_used_as_noun(words: Words, j: int, low: int) -> bool:
    """Say whether an adjective or participle ends a noun phrase: an article or another modifier stands before it."""
    return (
        words.tags[j] in ("JJ", "VBG", "VBN")
        and j > low
        and words.tags[j - 1] in ("DT", "JJ", "NN", "POS", "PRP$", "NNP")
    )


def _is_initial(words: Words, k: int) -> bool:
    """Say whether token k is the stop of an initial or a title within a name: "John F. Kennedy", "Lt. Gen."."""
    return (
        k > 0
        and words.ends[k - 1] == words.starts[k]
        and words.tags[k - 1] == "NNP"
        and words.ends[k - 1] - words.starts[k - 1] <= 4
    )


def is_preposition(words: Words, k: int, low: int) -> bool:
    """Say whether token k is a preposition, so that what follows is no subject."""
    return k >= low and words.tags[k] in ("IN", "TO") and words.lower[k] not in SUBORDINATORS


def is_person(words: Words, phrase: Range) -> bool:
    """Say whether a phrase is a person's name: capitalised words alone, two or more, or one after a title."""
    known, bodies, never = titles().titles, titles().bodies, titles().never_person
    names = titled = 0
    for k in range(*phrase):
        lower = words.lower[k].lower()
        if words.tags[k] in (".", "-", "'", "’") or (names and lower in PARTICLES):
            continue
        if words.tags[k] != "NNP" or lower in never:
            return False
        if lower in known:
            if names and (phrase[1] - phrase[0] > 2 or k < phrase[1] - 1):
                return False  # "Inherent Resolve Commander" names a post; "John Major" a person
            titled += 1
            names += bool(names)
        elif lower in bodies:
            return False
        else:
            names += 1
    return names >= 2 or (names == 1 and titled > 0)


def noun_phrase_after(scene: Scene, p: int, high: int, depth: int = 0) -> Range | None:
    """Return the noun phrase that begins with token p, with the phrases that belong to it; None if none does."""
    words = scene.words
    lower, tags, inside = words.lower, words.tags, scene.inside
    if p >= high:
        return None
    here = inside[p]
    if tags[p] in ("PRP", "WP", "WDT") or (lower[p] == "her" and (p + 1 >= high or tags[p + 1] not in NOUNS | INNER)):
        return (p, p + 1)
    k = p
    head = -1
    proper = False
    while k < high and inside[k] == here:
        tag = tags[k]
        if tag in NOUNS or tag == "CD":
            if lower[k] in DAYS and head >= 0:
                break
            if proper and tag in ("NN", "NNS") and head == k - 1 and depth == 9:
                break
            head = k
            proper = tag == "NNP"
        elif tag in OPENERS or tag == "DT":
            if head >= 0 and tags[k - 1] != "PDT":
                break
        elif tag == "JJ" and head == k - 1 and lower[k] in ("general", "elect", "designate"):
            head = k
        elif tag in ("JJ", "JJR", "JJS", "POS", "$", "%", "&", "’", "'") or is_hyphen(words, k):
            if head >= 0 and tag in ("JJ", "JJR", "JJS") and not (k + 1 < high and tags[k + 1] in NOUNS):
                break
        elif (tag in ("VBN", "VBG", "VBP", "VB") and k + 1 < high and tags[k + 1] in NOUNS | {"JJ"} and head < 0) or (
            tag == "." and k + 1 < high and _is_initial(words, k)
        ):
            pass
        else:
            break
        k += 1
    if head < 0:
        if tags[p] == "DT" and lower[p] in ENDING | {"many", "several"}:
            head = p
        else:
            return None
    end = head + 1
    if end < high and tags[end] == "POS":
        following = noun_phrase_after(scene, end + 1, high, depth + 1)
        if following and depth < 4:
            return (p, following[1])
    if depth >= 4 or end + 1 >= high or inside[end] != here:
        return (p, end)
    if is_person(words, (p, end)):
        return (p, end)
    if lower[end] == "of":
        following = noun_phrase_after(scene, end + 1, high, depth + 1)
        if following:
            return (p, following[1])
    elif (lower[end] in CROSSING and lower[end] not in ("to", "on", "with")) or (
        tags[end] in ("VBN", "VBD") and lower[end + 1] == "by"
    ):
        skip = 2 if lower[end + 1] == "by" else 1
        following = noun_phrase_after(scene, end + skip, high, depth + 1)
        if following and not is_time(words, *following) and lower[following[1] - 1] not in cues().words["venues"]:
            return (p, following[1])
    elif lower[end] == "and":
        following = noun_phrase_after(scene, end + 1, high, depth + 1)
        if following and (following[1] >= high or tags[following[1]] not in FINITE):
            return (p, following[1])
    return (p, end)


def core_end(words: Words, phrase: Range) -> int:
    """Return the end of a phrase without the phrases attached to it: "the head" of "the head of the office"."""
    return next((k for k in range(phrase[0] + 1, phrase[1]) if words.tags[k] in ("IN", "CC", "VBN")), phrase[1])


def opening(scene: Scene, source: Range, low: int) -> int:
    """Return where a source begins with the role before it: "its president, Valmor Losi, told"."""
    words = scene.words
    at = source[0] - 2
    if (
        at < low
        or words.tags[at + 1] != ","
        or not is_person(words, source)
        or scene.inside[at] != scene.inside[source[0]]
    ):
        return source[0]
    role = noun_phrase_before(scene, at, low, ends_clause=True)
    if (
        role is None
        or not is_boundary(scene, role[0] - 1, low)
        or words.tags[role[0]] not in ("DT", "PRP$", "NN", "NNP")
    ):
        return source[0]
    named = any(words.lower[k] in titles().roles for k in range(*role))
    return role[0] if named else source[0]


def skip_back(scene: Scene, j: int, low: int) -> int:
    """Return the last token before j + 1 that is no adverb and no time between a subject and its verb."""
    words = scene.words
    lower, tags = words.lower, words.tags
    venues = cues().words["venues"]
    while j > low:
        if tags[j] == "RB" or lower[j] in SELVES or lower[j] in ("there", "further"):
            j -= 1
        elif lower[j] in TIME or (tags[j] == "CD" and lower[j - 1] in TIME):
            k = j
            while k > low and (lower[k] in TIME or tags[k] == "CD" or lower[k] in TIME_LEADS):
                k -= 1
            if k == j:
                break
            if k <= low and not is_noun(words, k):
                break
            j = k
        elif (
            lower[j] in venues
            and lower[j - 1] in ("a", "the", "its", "his", "her", "their")
            and j - 2 > low
            and lower[j - 2] in ("in", "at", "on")
        ):
            j -= 3
        else:
            break
    return j


def subject(scene: Scene, i: int, low: int) -> Range | None:
    """Return the subject of the verb group that begins at token i; None where the tags do not tell."""
    words = scene.words
    lower, tags, inside = words.lower, words.tags, scene.inside
    if i <= low:
        return None
    j = skip_back(scene, i - 1, low)
    if j < low or inside[j] != inside[i]:
        return None
    if lower[j] in ("who", "which", "that") and tags[j] in ("WP", "WDT", "IN", "DT"):
        return (j, j + 1) if lower[j] != "that" else noun_phrase_before(scene, j - 1, low) if j > low else None
    if tags[j] in (",", ")") or (tags[j] == "-" and not is_hyphen(words, j)):
        found = _across(scene, j, low)
        return found if found is None else _before_participle(scene, found, low)
    phrase = noun_phrase_before(scene, j, low, ends_clause=True)
    if phrase is None:
        if tags[j] in ("VBN", "VBD", "VBG", "JJ", "RB", "IN", "RP", "VB"):
            return _before_relative(scene, j, low)
        return None
    before = phrase[0] - 1
    if before < low or is_boundary(scene, before, low):
        return phrase
    if tags[before] in ("VBD", "VBN", "VBG", "VB", "VBZ", "VBP", "TO", "IN", "RP"):
        relative = _before_relative(scene, before, low)
        if relative is not None:
            return relative
        first = _first_phrase(scene, before, low)
        if first is not None:
            return first
        if tags[before] in ("TO", "VBG", "VB") or tags[i] not in FINITE | {"VBN"}:
            return None
    return phrase


def _first_phrase(scene: Scene, before: int, low: int) -> Range | None:
    """Return the clause's first noun phrase, if no finite verb stands between it and token `before`.

    "Hospital records shown to this agency by a doctor in Kotli suggest" has "Hospital records" for its subject.
    """
    words = scene.words
    start = before
    while start > low and not (
        (words.tags[start - 1] in MARKS and not is_hyphen(words, start - 1)) or words.lower[start - 1] in SUBORDINATORS
    ):
        start -= 1
        if words.tags[start] in FINITE or before - start > REACH:
            return None
    phrase = noun_phrase_after(scene, start, before, DEEPEST)
    return phrase if phrase is not None and not is_time(words, *phrase) else None


def _before_relative(scene: Scene, j: int, low: int) -> Range | None:
    """Return what a relative clause without commas hangs on: "An aid worker who asked not to be named said"."""
    words = scene.words
    for k in range(j, max(low, j - 25), -1):
        if words.tags[k] in (",", ";", ":") or scene.inside[k] != scene.inside[j]:
            return None
        if words.lower[k] in ("who", "which") or (
            words.lower[k] == "that" and k > low and words.tags[k - 1] in NOUNS and words.tags[k + 1] in FINITE
        ):
            return noun_phrase_before(scene, k - 1, low)
    return None


def _before_participle(scene: Scene, found: Range, low: int) -> Range:
    """Return the subject before an aside that holds what was found: "Tom Hill, flanked by his aide, Ana Ruiz, said"."""
    words = scene.words
    tags = words.tags
    k = end = found[0]
    while k > low and end - k < REACH:
        k -= 1
        passive = k + 1 < end and words.lower[k + 1] == "by"
        if tags[k] == ";" or (tags[k] in FINITE and not passive) or scene.inside[k] != scene.inside[found[0]]:
            break
        if tags[k] != "," or k <= low:
            continue
        first = k + 1 if tags[k + 1] != "RB" else k + 2
        aside = tags[first] in ("VBN", "VBG") or (tags[first] == "VBD" and words.lower[first + 1] == "by")
        if aside and first < end:
            before = noun_phrase_before(scene, k - 1, low, ends_clause=True)
            clause = before is not None and not is_preposition(words, before[0] - 1, low)
            if before is not None and clause and not is_time(words, *before):
                return before
    return found


def _across(scene: Scene, j: int, low: int) -> Range | None:
    """Return the subject before an apposition, brackets or dashes that end with token j."""
    words = scene.words
    _lower, tags, inside = words.lower, words.tags, scene.inside
    close = tags[j]
    if close == ")":
        for k in range(j - 1, max(low - 1, j - 30), -1):
            if tags[k] == "(":
                return noun_phrase_before(scene, k - 1, low) if k > low else None
        return None
    previous = -1
    depth = 0
    for k in range(j - 1, max(low - 1, j - REACH), -1):
        if tags[k] == ")":
            depth += 1
        elif tags[k] == "(":
            depth -= 1
        elif depth == 0 and inside[k] == inside[j]:
            if tags[k] == ";":
                break
            if tags[k] == close and not is_hyphen(words, k):
                previous = k
                break
    if previous < 0:
        return noun_phrase_before(scene, j - 1, low, ends_clause=True) if j > low and close == "," else None
    chunk = (previous + 1, j)
    at = previous - 1
    if at > low and (tags[at] == "RB" or (tags[at] == "CD" and tags[at - 1] == ",")):  # "A doctor there, who …"
        at -= 1 if tags[at] == "RB" else 2
    left = noun_phrase_before(scene, at, low, ends_clause=True) if previous > low else None
    if left is None and previous > low and tags[previous - 1] == ")":
        left = _across(scene, previous - 1, low)
    if left is not None and not is_time(words, *left) and not is_preposition(words, left[0] - 1, low):
        if (
            tags[left[0] - 1] == ","
            and left[0] - 2 >= low
            and tags[left[0] - 2] in NOUNS
            and not is_person(words, left)
        ):
            named = noun_phrase_before(scene, left[0] - 2, low)
            for candidate in (_across(scene, left[0] - 1, low), named):
                if candidate is not None and is_person(words, candidate):
                    return candidate
        if tags[left[0]] in ("DT", "PRP$", "NN", "JJ") or _ends_with_role(scene, left):
            name = _name_only(scene, chunk) or _body_only(scene, chunk, left)
            if name is not None:
                return name
        if tags[previous + 1] in ("VBD", "VBZ", "VBP", "MD"):
            return None
        return left
    return None if tags[previous + 1] in ("WP", "WDT") else noun_phrase_after(scene, previous + 1, j)


def _ends_with_role(scene: Scene, phrase: Range) -> bool:
    return scene.words.tags[phrase[1] - 1] in ("NN", "NNS", "JJ")


def _body_only(scene: Scene, chunk: Range, left: Range) -> Range | None:
    """Return the chunk's name of a body after a phrase that names none: "A rival body, the River Institute, said"."""
    words = scene.words
    tags = words.tags
    if any(tags[k] == "NNP" for k in range(*left)) or left[1] != chunk[0] - 1:
        return None
    end = next((k for k in range(*chunk) if tags[k] == "("), chunk[1])
    name = noun_phrase_after(scene, chunk[0], end)
    if name is None or name[1] != end or any(tags[k] in ("NN", "NNS", "PRP$") for k in range(*name)):
        return None
    known = any(words.lower[k] in titles().bodies for k in range(*name))
    spelt = end < chunk[1] and tags[chunk[1] - 1] == ")"
    return name if (known or spelt) and any(tags[k] == "NNP" for k in range(*name)) else None


def _name_only(scene: Scene, chunk: Range) -> Range | None:
    """Return the chunk if it is a person's name and nothing else."""
    return chunk if is_person(scene.words, chunk) else None


def appositive_name(scene: Scene, phrase: Range, high: int) -> Range:
    """Return the name after a role ("the government's lawyer, Richard Keen"), else the phrase itself."""
    words = scene.words
    end = phrase[1]
    if end >= high or words.tags[end] != "," or is_person(words, phrase):
        return phrase
    name = noun_phrase_after(scene, end + 1, high, 9)
    if (
        name is not None
        and is_person(words, name)
        and (name[1] >= high or words.tags[name[1]] in (",", ".", ";", "(", "-"))
    ):
        return name
    return phrase
