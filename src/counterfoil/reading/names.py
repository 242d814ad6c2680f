"""The names of people and bodies in an article: runs of capitalised words, with titles, roles and acronyms."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from counterfoil.reading import phrases
from counterfoil.reading.phrases import Range
from counterfoil.reading.titles import titles
from counterfoil.reading.words import Words

PARTICLES = frozenset(
    "de del dela della di da van von der den bin ibn al el ul ur la le dos das do y abu ben ter zu".split()
)
JOINING = frozenset("of for and the on in to de des du la del der & 's".split())


@dataclass(frozen=True, slots=True)
class Entry:
    """What resolving needs of one statement: source and cue in characters, where its content starts, its parent."""

    source: Range | None
    cue: Range | None
    content: int
    parent: int | None


@dataclass(slots=True)
class Names:
    """What an article's own words tell of its people and bodies. Positions are tokens.

    people    full name to its gender ("he", "she" or "").  sure  those that a title, a role or a statement proves.
    by_word   first or last name to full names.  mentions  (token, full name) in text order.
    roles     full name to the role phrases that it stands with.
    bodies    full name by its lower-cased words.  acronyms  acronym to full name.
    """

    people: dict[str, str] = field(default_factory=dict)
    sure: set[str] = field(default_factory=set)
    by_word: dict[str, list[str]] = field(default_factory=dict)
    mentions: list[tuple[int, str]] = field(default_factory=list)
    roles: dict[str, set[str]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    body_mentions: list[tuple[int, str]] = field(default_factory=list)
    acronyms: dict[str, str] = field(default_factory=dict)


def collect(words: Words, entries: Sequence[Entry] = ()) -> Names:
    """Collect the article's names: runs of capitalised words, with their titles, appositions and acronyms."""
    names = Names()
    tags, lower = words.tags, words.lower
    small, bodies = titles().small, titles().bodies
    speaking: set[int] = set()
    for entry in entries:
        if entry.source is not None:
            begin, end = words.at(entry.source[0]), words.at(entry.source[1] - 1) + 1
            run = end
            while run > begin and (tags[run - 1] in ("NNP", "-", ".", "'", "’") or lower[run - 1] in PARTICLES):
                run -= 1
            if run == begin or tags[run - 1] not in ("IN", "TO", "CC"):
                speaking.add(end)
    singles: list[int] = []
    i, n = 0, len(tags)
    while i < n:
        if tags[i] == "NNP":
            end = _run(words, i)
            if end < n and tags[end] == "NN" and lower[end] in bodies:
                _small_body(words, names, end)
            _body(words, names, i, end)
            _person(words, names, i, end, singles, speaking)
            i = end
            continue
        if tags[i] == "NN" and lower[i] in small and i > 0 and tags[i - 1] in ("NN", "JJ", "NNS", "VBN"):
            _small_body(words, names, i)
        i += 1
    for at in singles:
        full = names.by_word.get(lower[at])
        if full and len(full) == 1:
            names.mentions.append((at, full[0]))
            if at + 1 in speaking and (at == 0 or tags[at - 1] != "IN"):
                names.sure.add(full[0])
    names.mentions.sort()
    names.body_mentions.sort()
    return names


def _run(words: Words, i: int) -> int:
    """Return the end of the capitalised run that begins at token i: hyphens, initials and particles join it."""
    tags, lower, starts, ends = words.tags, words.lower, words.starts, words.ends
    n = len(tags)
    k = i + 1
    while k < n and k - i < 14:
        tag = tags[k]
        following = tags[k + 1] if k + 1 < n else ""
        tight = ends[k - 1] == starts[k]
        if "\n" in words.text[ends[k - 1] : starts[k if tag == "NNP" else min(k + 1, n - 1)]]:
            break  # a dateline and a name below it are two
        if tag == "NNP":
            k += 1
        elif (
            tag == "-"
            and tight
            and k + 1 < n
            and ends[k] == starts[k + 1]
            and words.text[starts[k]] in "-‐‑"
            and following not in (".", ",")
        ):
            k += 2
        elif (tag == "." and tight and following == "NNP" and _short(words, k - 1)) or (
            lower[k] in PARTICLES and (following == "NNP" or (following == "-" and k + 2 < n and tags[k + 2] == "NNP"))
        ):
            k += 1
        elif tag in ("'", "’") and tight and k + 1 < n and ends[k] == starts[k + 1] and following == "NNP":
            k += 2
        else:
            break
    return min(k, n)


def _short(words: Words, k: int) -> bool:
    """Say whether the token is an initial or a shortened title, so that its stop ends no sentence."""
    length = words.ends[k] - words.starts[k]
    return length == 1 or (length <= 4 and words.lower[k] in titles().titles)


def _person(words: Words, names: Names, start: int, end: int, singles: list[int], speaking: set[int]) -> None:
    """Keep a run of capitalised words as a person's name, if nothing speaks against it."""
    known = titles()
    tags, lower = words.tags, words.lower
    last = max((k for k in range(start, end) if lower[k] in known.titles), default=-1)
    first = last + 1 if last >= 0 else start
    if first < end and tags[first] == ".":
        first += 1
    if first >= end:
        if end - start != 2 or lower[start] in known.titles or lower[start] in known.bodies:
            return  # but "John Major" is a name, its last word a title
        first, last = start, -1
    tokens = [k for k in range(first, end) if tags[k] == "NNP"]
    if not tokens or any(lower[k] in known.never_person or lower[k] in known.bodies for k in tokens):
        return
    titled = any(lower[k] in known.titles and lower[k] not in known.partial for k in range(start, first))
    roles = _roles_before(words, start) | _roles_after(words, end)
    head = " ".join(lower[k] for k in range(start, first) if tags[k] == "NNP")
    if head and any(lower[k] in known.roles for k in range(start, first)):
        roles.add(head)
    name = words.text[words.starts[first] : words.ends[end - 1]]
    if len(tokens) == 1:
        full = names.by_word.get(lower[tokens[0]])
        if roles and not titled and (tags[start - 1] not in ("NN", "JJ") or start == 0):
            roles = set()
        aged = _has_age(words, end) and (start == 0 or tags[start - 1] != "IN")
        if not (titled or roles or aged) or (full and len(full) == 1):
            singles.append(first)
            if full and titled:
                _learn(names, full[0], words, start, first, roles)
            return
        if full or len(name) < 2:
            return
    elif name.isupper() and len(tokens) < 2:
        return
    else:
        longer = [
            f
            for f in names.by_word.get(lower[tokens[-1]], ())
            if f != name and set(name.lower().split()) <= set(f.lower().split())
        ]
        if len(longer) == 1:
            name = longer[0]
    if name not in names.people:
        names.people[name] = ""
        for k in tokens:
            held = names.by_word.setdefault(lower[k], [])
            if not held or k in (tokens[0], tokens[-1]):
                held.append(name)
    _learn(names, name, words, start, first, roles)
    names.mentions.append((first, name))
    speaks = end in speaking and (start == 0 or tags[start - 1] != "IN")
    if titled or roles or speaks or _has_age(words, end):
        names.sure.add(name)


def _has_age(words: Words, end: int) -> bool:
    """Say whether an age or "who" follows a name: "Wilmer, 19, said", "Halima, who fled"."""
    tags = words.tags[end : end + 3]
    if tags[:1] == ["WP"] or tags[:2] == [",", "WP"]:
        return True
    return (
        tags[:2] == [",", "CD"]
        and tags[2:] in ([","], ["."], ["-"])
        and words.ends[end + 1] - words.starts[end + 1] == 2
    )


def _learn(names: Names, name: str, words: Words, start: int, first: int, roles: set[str]) -> None:
    """Add what titles and roles beside a name tell of it."""
    known = titles().gender
    held = names.roles.setdefault(name, set())
    held |= roles
    told = [words.lower[k] for k in range(start, first)] + [word for role in roles for word in role.split()]
    gender = next((known[word] for word in told if word in known), "")
    if gender and not names.people.get(name):
        names.people[name] = gender


def _roles_before(words: Words, start: int) -> set[str]:
    """Return the role in small letters before a name: "spokeswoman Ainura Kasymova", "the mayor of Basra, Ali Hadi"."""
    roles, known = titles().roles, titles().titles
    tags, lower = words.tags, words.lower
    k = start - 1
    found: set[str] = set()
    if k > 0 and tags[k] == ",":
        k -= 1
        low = k
        while low >= 0 and k - low < 12 and tags[low] not in (",", ".", ";", "VBD", "VBZ", "VBP", "MD", ":"):
            low -= 1
        for m in range(k, low, -1):
            if (
                tags[m] in ("NN", "JJ")
                and lower[m] in roles
                and m > 0
                and tags[m - 1] in ("DT", "JJ", "NN", "POS", "PRP$", "NNP")
            ):
                found.add(_role_phrase(words, m))
        # "Kabul, Ali said": the role must open the stretch, or it belongs to somebody else
        return found if low + 1 <= k and tags[low + 1] in ("DT", "PRP$", "NNP", "NN", "JJ") else set()
    if k >= 0 and tags[k] in ("NN", "JJ") and (lower[k] in roles or lower[k] in known):
        found.add(_role_phrase(words, k))
    return found


def _role_phrase(words: Words, head: int) -> str:
    """Return a role with its modifiers: "shadow minister"."""
    k = head
    while k > 0 and head - k < 3 and words.tags[k - 1] in ("NN", "JJ") and words.ends[k - 1] + 1 == words.starts[k]:
        k -= 1
    return " ".join(words.lower[k : head + 1])


def _roles_after(words: Words, end: int) -> set[str]:
    """Return the roles in the apposition after a name: "Efraín Duque, its director general, said"."""
    roles = titles().roles
    tags, lower = words.tags, words.lower
    found: set[str] = set()
    if end >= len(tags) or tags[end] not in (",", "("):
        return found
    opened = end + 1
    if opened < len(tags) and tags[opened] == "CD":  # "Gul Bibi, 34, a farmer"
        opened += 2
    for k in range(opened, min(opened + 10, len(tags))):
        if tags[k] in (",", ".", ";", ")", "VBD", "VBZ", "VBP", "WP", "WDT", "MD", "CC"):
            break
        if lower[k] in roles and (
            k == opened or tags[k - 1] in ("DT", "JJ", "NN", "POS", "PRP$", "NNP", "-", "'", "’")
        ):
            found.add(_role_phrase(words, k))
            if k + 1 < len(tags) and tags[k + 1] != "NN":
                break
    return found


def _body(words: Words, names: Names, start: int, end: int) -> None:
    """Keep a body's name with its acronym: "World Health Organization (WHO)", "Ministry of Foreign Affairs"."""
    tags, lower, text = words.tags, words.lower, words.text
    n = len(tags)
    last = end
    while last + 1 < n and last - start < 14:
        k = last
        while k < n and k - last < 3 and (lower[k] in JOINING or tags[k] == "POS"):
            k += 1
        if k == last or k >= n or tags[k] != "NNP" or "\n" in text[words.ends[last - 1] : words.starts[k]]:
            break
        if lower[last] in ("in", "on", "to", "'s"):
            break
        if lower[last] == "and" and (not _is_body(words, start, last) or tags[end : end + 1] in (["POS"], [","])):
            break
        last = _run(words, k)
    acronym = ""
    if last + 2 < n and tags[last] == "(" and tags[last + 2] == ")" and tags[last + 1] == "NNP":
        acronym = text[words.starts[last + 1] : words.ends[last + 1]]
    capitals = sum(c.isupper() for c in acronym) >= 2
    spelt = bool(acronym) and (capitals or acronym[0] == text[words.starts[start]]) and last - start > 1
    if _is_body(words, start, last) or spelt:
        name = text[words.starts[start] : words.ends[last - 1]]
        names.bodies.setdefault(name.lower(), name)
        names.body_mentions.append((start, names.bodies[name.lower()]))
        if spelt:
            names.acronyms.setdefault(acronym.lower(), name)


def _is_body(words: Words, start: int, end: int) -> bool:
    bodies = titles().bodies
    return end - start > 1 and any(words.lower[k] in bodies for k in range(start, end))


def _small_body(words: Words, names: Names, head: int) -> None:
    """Keep a body in small letters by its modifiers: "the labour ministry", "Croatia's interior ministry"."""
    k = head
    while (
        k > 0
        and head - k < 6
        and words.lower[k - 1] != "own"
        and (
            words.tags[k - 1] in ("NN", "JJ", "NNP", "POS", "NNS", "VBN")
            or (words.tags[k - 1] == "-" and head - k > 1 and phrases.is_hyphen(words, k - 1))
        )
        and not phrases.is_headline_verb(words, k - 1)  # "Army disputes rights group's tally"
    ):
        k -= 1
    if words.tags[k] == "POS" or k == head:
        return
    name = words.text[words.starts[k] : words.ends[head]]
    if "\n" not in name:
        names.bodies.setdefault(name.lower(), name)
        names.body_mentions.append((k, names.bodies[name.lower()]))
