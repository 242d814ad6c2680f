"""Whose words they are: a pronoun, a last name, an acronym or a role to the fullest name that the article gives.

Two candidates are no answer: then the words themselves stand as the name, unresolved, and the reason says why.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from counterfoil.documents.model import Document
from counterfoil.reading import phrases, places
from counterfoil.reading.cues import cues
from counterfoil.reading.model import Speaker
from counterfoil.reading.titles import titles
from counterfoil.reading.words import Words

BY = "speakers@1"
UNNAMED = Speaker("unnamed", "unnamed", BY, "no source is named")
Range = tuple[int, int]

# Who does this with a document did not make it: "figures cited by the newspaper Sol".
PASSED_ON = frozenset("cited quoted seen obtained reviewed viewed leaked shared carried reproduced".split())
PARTICLES = frozenset(
    "de del dela della di da van von der den bin ibn al el ul ur la le dos das do y abu ben ter zu".split()
)
JOINING = frozenset("of for and the on in to de des du la del der & 's".split())
HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
IT = frozenset("it its".split())
THEY = frozenset("they their them".split())
ARTICLES = frozenset("the a an its his her their this that these those our".split())
# Sentences that a pronoun may reach back over. Of the 293 sources "he" and "she" of train whose speaker's last name
# stands before them, 283 have it within four sentences, 255 within two.
REACH = 4
NEAR = 2
FAR = 100  # sources or bodies that a description may reach back over; no article of train has more than 36


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


def resolve(
    document: Document, words: Words, entries: Sequence[Entry], inside: Sequence[int], starts: Sequence[int]
) -> list[Speaker]:
    """Return the speaker of each statement.

    entries  in text order.  inside  for each token the quotation that it stands in, -1 outside.
    starts   the first token of each sentence.
    """
    resolver = _Resolver(document, words, collect(words, entries), inside, entries, starts)
    return [resolver.speaker(k) for k in range(len(entries))]


# --- the article's names -------------------------------------------------------------------------------------------


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


# --- resolving -----------------------------------------------------------------------------------------------------


class _Resolver:
    """Resolves the statements of one article; it keeps what it has resolved because later statements refer back."""

    def __init__(
        self,
        document: Document,
        words: Words,
        names: Names,
        inside: Sequence[int],
        entries: Sequence[Entry],
        starts: Sequence[int],
    ) -> None:
        self.text, self.words, self.names = document.text, words, names
        self.inside, self.entries, self.starts = inside, entries, starts
        self.by_source: dict[Range, Speaker] = {}
        self.pending: set[Range] = set()
        self.tokens = [position for position, _ in names.mentions]
        self.body_tokens = [position for position, _ in names.body_mentions]
        self.first: dict[str, int] = {}
        for position, name in names.mentions:
            self.first.setdefault(name, position)
        self.roles: dict[str, list[str]] = {}
        for name, phrased in names.roles.items():
            for noun in {role.split()[-1] for role in phrased if name in self.first}:
                self.roles.setdefault(noun, []).append(name)
        # sources in narration, in the order of the text
        order: dict[Range, int] = {}
        for k, entry in enumerate(entries):
            if entry.source is not None and inside[words.at(entry.source[0])] < 0:
                order.setdefault(entry.source, k)
        self.sources = sorted((words.at(source[0]), source, k) for source, k in order.items())
        self.source_tokens = [token for token, _, _ in self.sources]
        self.bodies_by_word: dict[str, set[str]] = {}
        for name in names.bodies.values():
            for word in _name_words(name):
                self.bodies_by_word.setdefault(word, set()).add(name)

    def speaker(self, k: int) -> Speaker:
        """Return the speaker of statement k."""
        source = self.entries[k].source
        if source is None:
            return UNNAMED
        if source in self.by_source:
            return self.by_source[source]
        if source in self.pending:
            return Speaker(self.text[slice(*source)], "person", BY, "it refers to itself", resolved=False)
        self.pending.add(source)
        made = self.by_source[source] = self._resolve(k, source)
        return made

    def _resolve(self, k: int, source: Range) -> Speaker:
        a, b = self.words.at(source[0]), self.words.at(source[1] - 1) + 1
        lower = self._text(a, b)
        lower = lower if lower in ("WHO", "US", "IT") else lower.lower()
        if lower in ("i", "we", "me", "us"):
            return self._first_person(k, source)
        if lower in HE or lower in SHE:
            return self._third_person(k, a, "he" if lower in HE else "she")
        if lower in IT or lower in THEY:
            return self._body_pronoun(k, a, plural=lower in THEY)
        if lower in ("who", "which", "that"):
            return self._relative(a)
        return self._named(a, b)

    def _text(self, a: int, b: int) -> str:
        return self.text[self.words.starts[a] : self.words.ends[b - 1]]

    def _unresolved(self, a: int, kind: str, candidates: Sequence[str], b: int = 0) -> Speaker:
        found = list(dict.fromkeys(candidates))[:4]
        reason = "it may be " + " or ".join(found) if found else "nobody that it fits is named just before"
        return Speaker(self._text(a, b or a + 1), kind, BY, reason, resolved=False)

    # names and descriptions

    def _named(self, a: int, b: int) -> Speaker:
        """Resolve a noun phrase: a name, an acronym, a body by its noun, a role, or its own description."""
        words, names, known = self.words, self.names, titles()
        tags, lower = words.tags, words.lower
        documents = cues().words["documents"]
        if b - a > 1 and tags[b - 1] == "POS":
            b -= 1  # "the hospital's", of "the hospital's claim"
        whole = a
        while a < b - 1 and (lower[a] in ARTICLES or tags[a] == "DT"):
            a += 1
        core = self._text(a, b)
        pair = self._pair(a, b)
        if pair is not None:
            return pair
        named = self._apposed(a, b) or self._apposed_behind(a, b)
        if named is not None:
            return self._named(*named)
        owner = self._owner(a, b)
        if owner is not None:
            return owner
        if core.lower() in names.acronyms:
            return Speaker(names.acronyms[core.lower()], "body", BY, f"“{core}” spelt out")
        person = self._person(a, b)
        if person is not None:
            return person
        definite = whole < a and lower[whole] in ("the", "this", "that", "his", "her", "their", "its")
        head = self._head(a, b)
        if (lower[head] in known.roles and tags[head] != "NNP") or (lower[head] in known.roles and head == b - 1):
            return self._role(whole, a, b, head, definite)
        body = self._body(whole, a, b, head, definite)
        if body is not None:
            return body
        if definite and b - a <= 2 and lower[head] in documents:
            earlier = self._described(a, head, ("document", "body"))
            if len(earlier) == 1:
                one, reason = earlier[0], f"the only {lower[head]} that has spoken"
                return Speaker(one.name, one.kind, BY, reason if one.resolved else one.reason, one.resolved)
            if lower[whole] in ("its", "their", "his", "her"):
                return self._owned(whole, core)
            return Speaker(self._text(whole, b), "document", BY, "the article does not say whose it is", resolved=False)
        kind = (
            "document"
            if lower[head] in documents
            else "body"
            if tags[head] == "NNP" or lower[head] in known.bodies
            else "group"
        )
        spelt = core if definite or tags[a] == "NNP" else self._text(whole, b)
        unknown = self._unknown(whole, a, b, head)
        return Speaker(spelt, kind, BY, unknown or "as the article names it", resolved=not unknown)

    def _unknown(self, whole: int, a: int, b: int, head: int) -> str:
        """Say why a phrase without a name tells nobody apart: "his partners", "the couple", "a memo"; "" if it does."""
        lower, tags = self.words.lower, self.words.tags
        if any(tags[k] == "NNP" for k in range(whole, b)):
            return ""
        if tags[whole] == "PRP$":
            return f"whose “{self._text(a, b)}” it is was not resolved"
        if tags[head] not in ("NN", "NNS", "NNP"):
            return "no noun names a source"
        if lower[head] in cues().words["documents"]:
            return "the article does not say whose it is"
        if any(tags[k] in phrases.FINITE for k in range(a, b)):
            return "no noun phrase"
        if tags[head] == "NN" and lower[head] not in titles().bodies and lower[head] not in titles().roles:
            return f"“{lower[head]}” names nobody who could speak"
        return "nothing before tells who is meant" if whole < a and b - a == 1 and lower[whole] != "a" else ""

    def _owned(self, a: int, core: str) -> Speaker:
        """Resolve "its press release", "her memoirs": the document's owner speaks through it."""
        lower = self.words.lower[a]
        if lower in ("his", "her"):
            owner = self._third_person(-1, a, "he" if lower == "his" else "she")
        else:
            owner = self._body_pronoun(-1, a, plural=lower == "their")
        if not owner.resolved:
            return Speaker(f"{lower} {core}", "document", BY, owner.reason, resolved=False)
        return Speaker(owner.name, owner.kind, BY, f"“{lower} {core}” is theirs")

    def _apposed(self, a: int, b: int) -> Range | None:
        """Return the name in "national operator, NordBana": behind the comma, capitals alone."""
        tags = self.words.tags
        comma = next((k for k in range(a + 1, b - 1) if tags[k] == ","), None)
        if comma is None or "NNP" in tags[a:comma] or tags[comma - 1] not in ("NN", "NNS"):
            return None
        first = comma + 1 + (tags[comma + 1] == "DT")
        return (first, b) if first < b and all(tag in ("NNP", "-", "&", ".") for tag in tags[first:b]) else None

    def _apposed_behind(self, a: int, b: int) -> Range | None:
        """Return the name behind "the operator": ", NordBana, said", a body's and no place's."""
        tags, lower = self.words.tags, self.words.lower
        known = titles()
        body = lower[b - 1] in known.bodies | known.general | known.small and tags[b - 1] == "NN"
        if not body or "NNP" in tags[a:b] or tags[b : b + 1] != [","]:
            return None
        end = b + 1
        while end < len(tags) and tags[end] in ("NNP", "-", "&") and end - b < 8:
            end += 1
        closed = end < len(tags) and tags[end] in (",", ".", "(")
        if end == b + 1 or not closed or lower[b + 1] in phrases.TIME or places.lookup(self._text(b + 1, end)):
            return None
        return b + 1, end

    def _pair(self, a: int, b: int) -> Speaker | None:
        """Resolve "Miller and Smith" to two full names."""
        words = self.words
        joined = next((k for k in range(a + 1, b - 1) if words.lower[k] == "and"), None)
        if joined is None or words.tags[a] != "NNP" or words.tags[b - 1] != "NNP":
            return None
        left, right = self._person(a, joined), self._person(joined + 1, b)
        if left is None or right is None:
            return None
        return Speaker(f"{left.name} and {right.name}", "group", BY, "two names", left.resolved and right.resolved)

    def _owner(self, a: int, b: int) -> Speaker | None:
        """Resolve "WHO's statistics", "a poll by Siena College", "JHU data" to the body behind them."""
        words = self.words
        lower, tags = words.lower, words.tags
        documents = cues().words["documents"]
        for k in range(a + 1, b - 1):
            if tags[k] == "POS" and lower[b - 1] in documents:
                owner = self._named(a, k)
                if owner.kind in ("body", "person"):
                    return Speaker(owner.name, owner.kind, BY, f"“{self._text(a, b)}” is theirs", owner.resolved)
        head = self._head(a, b)
        if lower[head] not in documents:
            return None
        for k in range(head + 1, b - 1):
            if lower[k - 1] in PASSED_ON:
                return self._owner(a, k - 1) or self._named(a, k - 1)
            if lower[k] in ("by", "from", "of") and any(tags[m] == "NNP" for m in range(k + 1, b)):
                owner = self._named(k + 1, self._name_end(k + 1, b))
                if owner.kind == "body" or (owner.kind == "person" and lower[k] == "by"):
                    return Speaker(owner.name, owner.kind, BY, f"“{self._text(a, b)}” is theirs", owner.resolved)
        if head > a and lower[head - 1] in titles().bodies and tags[head - 1] == "NN" and head == b - 1:
            owner = self._named(a, head)  # "police figures", "the health ministry data"
            return Speaker(owner.name, owner.kind, BY, f"“{self._text(a, b)}” is theirs", owner.resolved)
        # "NDRRMC report", "the JHU data": an acronym or a body before the noun
        if head > a and tags[head - 1] == "NNP":
            first = head - 1
            while first > a and tags[first - 1] == "NNP":
                first -= 1
            key = self._text(first, head)
            full = self.names.acronyms.get(key.lower()) or self.names.bodies.get(key.lower())
            if full:
                return Speaker(full, "body", BY, f"“{self._text(a, b)}” is theirs")
        return None

    def _name_end(self, a: int, b: int) -> int:
        """Return where the first name ends: "the Aurat Foundation" of "the Aurat Foundation of 1,500 women"."""
        tags, lower = self.words.tags, self.words.lower
        for k in range(a + 1, b):
            if tags[k] in ("IN", "VBN", "VBG", "TO") and (k + 1 >= b or (tags[k + 1] not in ("NNP", "DT"))):
                return k
            if lower[k] in ("in", "on", "about", "into", "during", "from", "with", "at"):
                return k
        return b

    def _head(self, a: int, b: int) -> int:
        """Return the phrase's head: the noun before the first preposition."""
        tags = self.words.tags
        head = a
        for k in range(a, b):
            if (
                k > a
                and tags[k] in ("IN", "TO", "WP", "WDT", "VBG", "VBN", ",")
                and tags[k - 1] in ("NN", "NNS", "NNP")
            ):
                break
            if tags[k] in ("NN", "NNS", "NNP"):
                head = k
        return head

    def _person(self, a: int, b: int) -> Speaker | None:
        """Resolve a person's name, with or without what stands before it; None where the phrase holds none."""
        words, names, known = self.words, self.names, titles()
        tags, lower = words.tags, words.lower
        first = a
        for k in range(a, b - 1):
            if lower[k] in known.titles or lower[k] in known.roles or tags[k] == "POS" or tags[k] in ("NN", "JJ"):
                first = k + 1
            elif tags[k] in ("IN", "VBG", "VBN", "WP"):
                break
        if first < b - 1 and tags[first] in (".", "-"):
            first += 1
        tokens = [k for k in range(first, b) if tags[k] == "NNP"]
        name = all(
            tags[k] == "NNP" or tags[k] in ("-", ".", "'", "’") or lower[k] in PARTICLES for k in range(first, b)
        )
        if not tokens or not name:
            # "Hong Kong director of Amnesty International Man-kei Tam": the name that ends the phrase
            ending = {
                m: p
                for p, m in names.mentions[bisect_left(self.tokens, a) : bisect_left(self.tokens, b)]
                if m in names.sure
            }
            if len(ending) == 1 and tags[b - 1] == "NNP":
                only = next(iter(ending))
                if only.lower().endswith(lower[b - 1]) and not self._hangs(a, ending[only]):
                    return Speaker(only, "person", BY)
            return None
        if any(lower[k] in known.bodies and lower[k] not in names.by_word for k in tokens):
            return None
        spelt = self._text(first, b)
        parts = {lower[k] for k in tokens}
        full = [f for f in names.by_word.get(lower[tokens[-1]], ()) if parts <= _name_words(f)]
        full = list(dict.fromkeys(full))
        if len(tokens) == 1:
            full = [f for f in full if f in names.sure]
        if len(full) == 1:
            reason = "" if full[0] == spelt else f"“{spelt}” is the name's only bearer here"
            return Speaker(full[0], "person", BY, reason)
        if len(full) > 1:
            if spelt in full:
                return Speaker(spelt, "person", BY)
            return Speaker(spelt, "person", BY, "it may be " + " or ".join(full[:4]), resolved=False)
        titled = first > a and any(lower[k] in known.titles and lower[k] not in known.partial for k in range(a, first))
        if (len(tokens) >= 2 and not any(lower[k] in known.never_person for k in tokens)) or titled:
            return Speaker(spelt, "person", BY)
        return None

    def _hangs(self, a: int, name: int) -> bool:
        """Say whether the name within a phrase only belongs to who speaks: "a spokeswoman for President Ana Ruiz"."""
        words, known = self.words, titles()
        k = name - 1
        while k > a and (
            words.lower[k] in known.titles
            or words.lower[k] in known.roles
            or words.lower[k] in ARTICLES
            or words.tags[k] == "."
        ):
            k -= 1
        if k < a or words.tags[k] not in ("IN", "CC", "TO", "POS"):
            return False
        # "President of Argentina Alberto Vega": the run holds a country and a name
        post = k > a and words.tags[k - 1] == "NNP" and words.lower[k - 1] in known.titles and words.lower[k] == "of"
        return not (post and k == name - 1 and words.tags[name : name + 3] == ["NNP"] * 3)

    def _longer_bodies(self, core: str) -> set[str]:
        """Return the article's bodies whose names hold all words of this one and more."""
        own = _name_words(core)
        holding = [self.bodies_by_word.get(word, set()) for word in own] or [set(self.names.bodies.values())]
        return {name for name in min(holding, key=len) if _name_words(name) > own}

    def _body(self, whole: int, a: int, b: int, head: int, definite: bool) -> Speaker | None:
        """Resolve a body by its full name, a part of it, or its noun alone where only one body has it."""
        words, names, known = self.words, self.names, titles()
        core = self._text(a, b)
        key = core.lower()
        if key in names.bodies and (b - a > 1 or not definite):
            longer = self._longer_bodies(core) if b - a < 3 else set()
            if len(longer) != 1 or words.tags[b - 1] == "NNP":
                return Speaker(names.bodies[key], "body", BY)
        noun = words.lower[head]
        if noun not in known.bodies and noun not in known.general and noun not in known.small:
            return None
        if (
            whole < a
            and words.lower[whole] in ("his", "her", "its", "their")
            and b - a == 1
            and noun not in names.bodies
        ):
            # whichever ministry the article names elsewhere, "his ministry" may be another
            reason = f"whose “{core}” it is was not resolved"
            return Speaker(self._text(whole, b), "body", BY, reason, resolved=False)
        mine = {words.lower[k] for k in range(a, b) if words.tags[k] in ("NN", "NNS", "NNP", "JJ")}
        end = bisect_left(self.body_tokens, whole)
        before = names.body_mentions[max(0, end - FAR) : end]
        fitting = list(dict.fromkeys(name for _, name in before if mine <= _name_words(name) and _heads(name, noun)))
        for _, source, _ in self._earlier_sources(whole):
            made = self.by_source.get(source)
            fits = made is not None and mine <= _name_words(made.name) and _heads(made.name, noun)
            if made is not None and made.kind == "body" and fits and made.name not in fitting:
                fitting.append(made.name)
        fitting = _fullest(fitting)
        if len(fitting) == 1:
            return Speaker(fitting[0], "body", BY, f"the only one that “{core}” fits")
        if len(fitting) > 1:
            sentence = self._sentence(whole)
            near = {name for token, name in before if name in fitting and self._sentence(token) >= sentence - 1}
            if len(near) == 1:
                return Speaker(next(iter(near)), "body", BY, f"the nearest that “{core}” fits")
            return Speaker(core, "body", BY, "it may be " + " or ".join(fitting[:4]), resolved=False)
        if definite and b - a == 1 and noun in known.general:
            spoken = {
                s.name: s for s in self._speakers_near(whole, NEAR) if s.kind in ("body", "document") and s.resolved
            }
            if len(spoken) == 1:
                only = next(iter(spoken.values()))
                return Speaker(only.name, only.kind, BY, f"the only body that spoke just before “{core}”")
        if definite and b - a == 1 and words.tags[a] != "NNP" and noun in known.general:
            return Speaker(self._text(whole, b), "body", BY, f"no {noun} is named before", resolved=False)
        if words.tags[whole] == "PRP$" and b - a <= 2 and words.tags[a] != "NNP":
            reason = f"whose “{core}” it is was not resolved"
            return Speaker(self._text(whole, b), "body", BY, reason, resolved=False)
        return Speaker(core, "body", BY, "as the article names it")

    def _described(self, a: int, head: int, kinds: tuple[str, ...]) -> list[Speaker]:
        """Return the earlier speakers whose description has the same noun: "a senior official", then "the official"."""
        noun = self.words.lower[head]
        found: dict[str, Speaker] = {}
        for token, source, k in self._earlier_sources(a):
            x, y = token, self.words.at(source[1] - 1) + 1
            if self.words.lower[self._head(x, y)] == noun and y - x > 1:
                made = self.speaker(k)
                if made.kind in kinds:
                    found.setdefault(made.name, made)
        return list(found.values())

    def _earlier_sources(self, a: int) -> list[tuple[int, Range, int]]:
        """Return the sources before token a, no more than `FAR` of them, so that work stays linear."""
        end = bisect_left(self.source_tokens, a)
        return self.sources[max(0, end - FAR) : end]

    def _role(self, whole: int, a: int, b: int, head: int, definite: bool) -> Speaker:
        """Resolve "the minister": the one person who holds that role in the article."""
        words, names = self.words, self.names
        noun = words.lower[head]
        described = self._text(a, b) if definite else self._text(whole, b)
        if not definite or b - a > 3:
            return Speaker(described, "person", BY, "known by role alone")
        phrase = self._text(a, b).lower()
        wanted = set(phrase.split())
        held = [n for n in self.roles.get(noun, ()) if self.first[n] < whole]
        held = [n for n in held if any(wanted <= set(role.split()) for role in names.roles[n])]
        if len(held) > 1:
            exact = [n for n in held if phrase in names.roles[n]]
            held = exact if len(exact) == 1 else held
        if len(held) > 1:
            sentence = self._sentence(whole)
            low = self.starts[max(0, sentence - NEAR)]
            mentions = names.mentions[bisect_left(self.tokens, low) : bisect_left(self.tokens, whole)]
            near = {name for _, name in mentions if name in held}
            held = list(near) if len(near) == 1 else held
        if len(held) == 1:
            return Speaker(held[0], "person", BY, f"the {noun} named here")
        if len(held) > 1:
            return Speaker(self._text(whole, b), "person", BY, "it may be " + " or ".join(held[:4]), resolved=False)
        earlier = self._described(whole, head, ("person",))
        if len(earlier) == 1:
            return Speaker(earlier[0].name, "person", BY, f"the only {noun} who has spoken", earlier[0].resolved)
        if noun == "official" and b - a == 1:
            spoken = {s.name: s for s in self._speakers_near(whole, NEAR) if s.kind == "person"}
            if len(spoken) == 1:
                only = next(iter(spoken.values()))
                return Speaker(only.name, "person", BY, "the only person who spoke just before", only.resolved)
        return Speaker(described, "person", BY, f"no {noun} is named before", resolved=False)

    # pronouns

    def _sentence(self, token: int) -> int:
        return bisect_right(self.starts, token) - 1

    def _speakers_near(self, a: int, reach: int) -> Iterator[Speaker]:
        """Yield the speakers of narration in the sentences up to `reach` before token a, nearest first."""
        sentence = self._sentence(a)
        for index in range(bisect_left(self.source_tokens, a) - 1, -1, -1):
            token, source, k = self.sources[index]
            if self._sentence(token) < sentence - reach:
                return
            if source not in self.pending or source in self.by_source:
                yield self.speaker(k)

    def _people_in(self, sentence: int, before: int, inside: int) -> tuple[list[str], list[str]]:
        """Return who speaks and who is named in a sentence, before a token; in narration or the same quotation."""
        low = self.starts[sentence]
        high = min(before, self.starts[sentence + 1] if sentence + 1 < len(self.starts) else before)
        speakers: list[str] = []
        for index in range(bisect_left(self.source_tokens, low), bisect_left(self.source_tokens, high)):
            _, source, k = self.sources[index]
            if source in self.pending and source not in self.by_source:
                continue
            made = self.speaker(k)
            if made.kind == "person" and made.resolved and made.name not in speakers:
                speakers.append(made.name)
        named = [
            name
            for position, name in self.names.mentions[bisect_left(self.tokens, low) : bisect_left(self.tokens, high)]
            if name in self.names.sure and self.inside[position] in (-1, inside)
        ]
        return speakers, list(dict.fromkeys(named))

    def _fits(self, name: str, gender: str) -> bool:
        known = self.names.people.get(name)
        words = name.lower().split()
        if known is None:
            known = next((titles().gender[w] for w in words if w in titles().gender), "")
        return (known or titles().given.get(words[0], gender)) == gender

    def _third_person(self, k: int, a: int, gender: str) -> Speaker:
        """Resolve "he" and "she" to the one person within reach that they fit."""
        inside = self.inside[a]
        entry = self.entries[k] if k >= 0 else None
        parent = entry.parent if entry is not None else None
        if parent is not None and parent != k:
            outer_source = self.entries[parent].source
            if (
                outer_source is not None
                and outer_source[1] <= self.words.starts[a]
                and outer_source not in self.pending
            ):
                outer = self.speaker(parent)
                between = self._between(self.words.at(self.entries[parent].content), a, inside) - {outer.name}
                if outer.kind == "person" and outer.resolved and self._fits(outer.name, gender):
                    rivals = [name for name in between if self._fits(name, gender)]
                    if rivals:
                        return self._unresolved(a, "person", [outer.name, *sorted(rivals)])
                    return self._taken(outer.name, gender, "the speaker of the sentence")
        if inside >= 0:
            return self._within_quotation(k, a, gender)
        sentence = self._sentence(a)
        # "X is ill, he said": whom he speaks of is seldom he
        before = min(a, self.words.at(entry.content)) if entry is not None else a
        spoken_of = self._named_in(entry, sentence) if entry is not None else set[str]()
        for back in range(REACH + 1):
            if sentence - back < 0:
                break
            speaking, named = self._people_in(sentence - back, before, inside)
            speaking = [name for name in speaking if self._fits(name, gender) and name not in spoken_of]
            apart = spoken_of | self._others_of(sentence - back, before, gender)
            named = [name for name in named if self._fits(name, gender) and name not in apart]
            everybody = list(dict.fromkeys([*speaking, *named]))
            if not everybody and (nobody := self._nameless(sentence - back, before, gender)):
                if nobody.split()[0].lower() in ("a", "an"):
                    return Speaker(nobody, "person", BY, "the only person just before")
                return self._unresolved(a, "person", [nobody])
            if len(everybody) == 1:
                return self._taken(everybody[0], gender, "the only person just before")
            if len(everybody) > 1:
                sexed = [name for name in everybody if self.names.people.get(name) == gender]
                if len(speaking) == 1 and (len(sexed) == 0 or speaking[0] in sexed):
                    return self._taken(speaking[0], gender, "who spoke just before")
                if len(sexed) == 1 and not speaking:
                    return self._taken(sexed[0], gender, "the only one just before whom the pronoun fits")
                return self._unresolved(a, "person", everybody)
        return self._unresolved(a, "person", ())

    def _named_in(self, entry: Entry, sentence: int) -> set[str]:
        """Return whom the content of a sentence names: "She said Jorden had left" is not said by Jorden."""
        low = self.words.at(entry.content)
        high = self.starts[sentence + 1] if sentence + 1 < len(self.starts) else len(self.words.tags)
        if self.inside[low] >= 0 or self._sentence(low) != sentence:
            return set()
        return {
            name
            for position, name in self.names.mentions[bisect_left(self.tokens, low) : bisect_left(self.tokens, high)]
            if self.inside[position] < 0
        }

    def _others_of(self, sentence: int, before: int, gender: str) -> set[str]:
        """Return who is named only behind the "he" or "she" that opens a sentence: "She married Al Jorden"."""
        low = self.starts[sentence]
        high = min(before, self.starts[sentence + 1] if sentence + 1 < len(self.starts) else before)
        words = self.words
        # "Later she married", and not "When she left, Ruiz said", "the day that he dropped out, Ruiz said"
        pronoun = low + (words.tags[low] in ("RB", "CC"))
        if pronoun >= high or words.lower[pronoun] != gender or self.inside[pronoun] >= 0:
            return set()
        found = self.names.mentions[bisect_left(self.tokens, low) : bisect_left(self.tokens, high)]
        return {name for position, name in found if position > pronoun} - {
            name for position, name in found if position < pronoun
        }

    def _nameless(self, sentence: int, before: int, gender: str) -> str:
        """Return who speaks in a sentence, or whom it begins with, by a role alone: he is nearer than any name."""
        low = self.starts[sentence]
        high = min(before, self.starts[sentence + 1] if sentence + 1 < len(self.starts) else before)
        known = titles()
        for index in range(bisect_left(self.source_tokens, low), bisect_left(self.source_tokens, high)):
            _, source, k = self.sources[index]
            if source in self.pending and source not in self.by_source:
                continue
            made = self.speaker(k)
            if made.kind == "person" and not made.resolved and made.name.lower() not in HE | SHE | {"i", "we"}:
                return made.name
        for head in range(low + 1, high - 1):
            noun = self.words.lower[head]
            if self.words.tags[head] == "NN" and noun in known.roles and known.gender.get(noun, gender) == gender:
                phrase = self._acting(head, low, high)
                if phrase is not None:
                    made = self._named(*phrase)
                    return "" if made.resolved and made.name in self.names.people else self._text(*phrase)
        return ""

    def _acting(self, head: int, low: int, high: int) -> Range | None:
        """Return the phrase of a role without a name that is a subject: "a surgeon recalls", "his deputy had"."""
        tags = self.words.tags
        start = head
        while start > low and tags[start - 1] in ("NN", "JJ", "VBN"):
            start -= 1
        if start == low or tags[start - 1] not in ("DT", "PRP$") or self.inside[head] >= 0:
            return None
        if start - 1 > low and tags[start - 2] not in (",", ".", "CC", ":", "RB", "RBR", '"', "”"):
            return None
        following = tags[head + 1]
        # an unknown "remembers" may be tagged as a noun
        verb = following in phrases.FINITE or following in ("WP", "WDT")
        verb = verb or (following == "NNS" and tags[head + 2] in ("PRP", "DT", "RB", "JJ", ".", "NNP", "CD"))
        return (start - 1, head + 1) if verb else None

    def _within_quotation(self, k: int, a: int, gender: str) -> Speaker:
        """Resolve "he" in a quotation: to the one person whom the same quotation names before, never to its speaker."""
        here = self.inside[a]
        low = a
        while low > 0 and self.inside[low - 1] == here:
            low -= 1
        parent = self.entries[k].parent if k >= 0 else None
        outer = self.speaker(parent).name if parent is not None and parent != k else ""
        named = sorted(n for n in self._between(low, a, here) if self._fits(n, gender) and n != outer)
        if len(named) == 1:
            return self._taken(named[0], gender, "the only person whom the quotation names")
        return self._unresolved(a, "person", named)

    def _between(self, start: int, end: int, inside: int) -> set[str]:
        found = self.names.mentions[bisect_left(self.tokens, start) : bisect_left(self.tokens, end)]
        return {name for position, name in found if name in self.names.sure and self.inside[position] in (-1, inside)}

    def _taken(self, name: str, gender: str, reason: str) -> Speaker:
        if name in self.names.people and not self.names.people[name]:
            self.names.people[name] = gender
        return Speaker(name, "person", BY, reason)

    def _first_person(self, k: int, source: Range) -> Speaker:
        parent = self.entries[k].parent
        if parent is not None and parent != k:
            outer = self.speaker(parent)
            return Speaker(outer.name, outer.kind, BY, "speaks in the words quoted", outer.resolved)
        return Speaker(self.text[slice(*source)], "person", BY, "nobody is quoted around it", resolved=False)

    def _body_pronoun(self, k: int, a: int, *, plural: bool) -> Speaker:
        """Resolve "it" and "they" to the body, document or group that spoke, or was the subject, just before."""
        wanted = ("group", "body") if plural else ("body", "document")
        if k >= 0 and self.inside[a] >= 0:
            return self._body_within(a)
        parent = self.entries[k].parent if k >= 0 else None
        if parent is not None and parent != k:
            outer_source = self.entries[parent].source
            if (
                outer_source is not None
                and outer_source[1] <= self.words.starts[a]
                and outer_source not in self.pending
            ):
                outer = self.speaker(parent)
                if outer.kind in wanted and outer.resolved:
                    return Speaker(outer.name, outer.kind, BY, "the speaker of the sentence")
        sentence = self._sentence(a)
        for back in range(NEAR + 1):
            if sentence - back < 0:
                break
            low = self.starts[sentence - back]
            high = a if back == 0 else self.starts[sentence - back + 1]
            speaking: dict[str, Speaker] = {}
            for index in range(bisect_left(self.source_tokens, low), bisect_left(self.source_tokens, high)):
                _, source, m = self.sources[index]
                if source in self.pending and source not in self.by_source:
                    continue
                made = self.speaker(m)
                if made.kind in wanted and made.resolved:
                    speaking.setdefault(made.name, made)
            if len(speaking) == 1:
                only = next(iter(speaking.values()))
                return Speaker(only.name, only.kind, BY, "what spoke just before")
            if len(speaking) > 1:
                return self._unresolved(a, "body", list(speaking))
            if not back and k >= 0 and (subject := self._clause_before(a, self.entries[k])) is not None:
                return subject
            if back and (subject := self._opening(low, high)) is not None and subject.kind in wanted:
                return Speaker(subject.name, subject.kind, BY, "the subject of the sentence before", subject.resolved)
            if back:
                found = self.names.body_mentions[
                    bisect_left(self.body_tokens, low) : bisect_left(self.body_tokens, high)
                ]
                bodies = list(dict.fromkeys(name for _, name in found))
                if len(bodies) == 1 and not plural:
                    return Speaker(bodies[0], "body", BY, "the only body named just before")
                if bodies:
                    return self._unresolved(a, "body", bodies)
        return self._unresolved(a, "body", ())

    def _body_within(self, a: int) -> Speaker:
        """Resolve "it" and "they" in a quotation: to the one body that the same quotation names before."""
        here = self.inside[a]
        low = a
        while low > 0 and self.inside[low - 1] == here:
            low -= 1
        found = self.names.body_mentions[bisect_left(self.body_tokens, low) : bisect_left(self.body_tokens, a)]
        bodies = list(dict.fromkeys(name for position, name in found if self.inside[position] == here))
        if len(bodies) == 1:
            return Speaker(bodies[0], "body", BY, "the only body that the quotation names")
        return self._unresolved(a, "body", bodies)

    def _clause_before(self, a: int, entry: Entry) -> Speaker | None:
        """Resolve "it" by the clause before it in its sentence: "Fitch is gloomier: it sees 3"; None without one."""
        low = self.starts[self._sentence(a)]
        if entry.content < self.words.starts[a]:
            return None
        phrase = phrases.noun_phrase_after(phrases.Scene(self.words, self.inside), low, a)
        if phrase is None or self.words.tags[phrase[0]] == "PRP" or self.words.tags[phrase[1] : phrase[1] + 1] == [","]:
            return None
        if not any(self.words.tags[m] in phrases.FINITE for m in range(phrase[1], a)):
            return None
        made = self._opening(low, a)
        if made is not None and made.kind in ("body", "document"):
            return Speaker(made.name, made.kind, BY, "the subject of the clause before", made.resolved)
        return self._unresolved(a, "body", [self._text(*phrase)])

    def _opening(self, low: int, high: int) -> Speaker | None:
        """Return what a sentence opens with, if it is a body, a document or a group of people."""
        phrase = phrases.noun_phrase_after(phrases.Scene(self.words, self.inside), low, high)
        if phrase is None or self.words.tags[phrase[0]] == "PRP":
            return None
        head = self._head(*phrase)
        noun, known = self.words.lower[head], titles()
        if noun in cues().words["documents"] or noun in known.bodies or noun.removesuffix("s") in known.roles:
            return self._named(*phrase)
        return None

    def _relative(self, a: int) -> Speaker:
        """Resolve "who" and "which" to what they hang on."""
        words = self.words
        scene = phrases.Scene(words, self.inside)
        low = max(0, a - 40)
        j = a - 1
        if j > low and words.tags[j] == ",":
            j -= 1
        if j > low and words.tags[j] == "CD" and words.tags[j - 1] == ",":  # "Wilmer, 19, who"
            j -= 2
        if j > low and words.tags[j] == ")":
            while j > low and words.tags[j] != "(":
                j -= 1
            j -= 1
        phrase = phrases.noun_phrase_before(scene, j, low, ends_clause=True) if j >= low else None
        if phrase is None:
            return self._unresolved(a, "person", ())
        at = phrase[0] - 1
        if at - 2 >= low and words.lower[at] == "by" and words.lower[at - 1] in PASSED_ON:
            passed = phrases.noun_phrase_before(scene, at - 2, low)  # "a report seen by the Sol, which"
            phrase, at = (passed, low) if passed is not None else (phrase, at)
        if at - 1 >= low and words.tags[at] == "," and not phrases.is_person(words, phrase):
            named = phrases.noun_phrase_before(scene, at - 1, low)  # "Mark Hay, an ecologist at GT, who"
            if named is not None and phrases.is_person(words, named):
                phrase = named
        made = self._named(*phrase)
        if words.lower[a] == "who" and made.kind in ("body", "document"):
            tail = max((k for k in range(*phrase) if words.tags[k] == "IN"), default=-1)  # "the home of X, who said"
            inner = self._person(tail + 1, phrase[1]) if tail >= 0 else None
            made = inner if inner is not None else made
        return Speaker(made.name, made.kind, BY, f"“{words.lower[a]}” refers to it", made.resolved)


_PLAIN_HEADS = frozenset(["group", "organisation", "organization", "body", "company", "firm"])


@lru_cache(maxsize=1 << 10)
def _heads(name: str, noun: str) -> bool:
    """Say whether a noun is what a body is, not what it is of: "the state" is no "state pollution board"."""
    words = re.split(r"[\s-]+", name.lower())
    if noun not in words or noun in _PLAIN_HEADS:
        return True
    at = max(k for k, word in enumerate(words) if word == noun)
    return at + 1 == len(words) or words[at + 1] in JOINING or not words[at + 1][0].isalpha()


@lru_cache(maxsize=1 << 10)
def _name_words(name: str) -> frozenset[str]:
    """Return the words of a name in lower case, possessives and hyphens opened."""
    return frozenset(name.lower().replace("'s", " ").replace("’s", " ").replace("-", " ").replace(".", " ").split())


def _fullest(found: Sequence[str]) -> list[str]:
    """Drop the names whose words another holds: "Ministry" beside "Ministry of Health"."""
    return [name for name in found if not any(_name_words(name) < _name_words(other) for other in found)]
