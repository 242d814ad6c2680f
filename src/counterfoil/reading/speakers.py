"""Whose words they are: a pronoun, a last name, an acronym or a role to the fullest name that the article gives.

Two candidates are no answer: then the words themselves stand as the name, unresolved, and the reason says why.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from counterfoil.documents.model import Document
from counterfoil.reading.model import Speaker
from counterfoil.reading.words import Words

BY = "speakers@1"
UNNAMED = Speaker("unnamed", "unnamed", BY, "no source is named")
Range = tuple[int, int]
# source and cue in characters, start of the content, index of the enclosing statement, belief
Entry = tuple[Range | None, Range | None, int, int | None, bool]

PARTICLES = frozenset(
    "de del della di da van von der den bin ibn al el ul ur la le dos das do y abu ben ter zu of".split()
) - {"of"}
JOINING = frozenset("of for and the on in to de des du la del der & 's".split())
MALE = frozenset("he him his himself".split())
FEMALE = frozenset("she her hers herself".split())
ARTICLES = frozenset("the a an its his her their this that these those our".split())


@dataclass(frozen=True, slots=True)
class Titles:
    """The lexicon of titles, roles and bodies; all in lower case. `gender` maps a word to "he" or "she"."""

    titles: frozenset[str]
    roles: frozenset[str]
    bodies: frozenset[str]
    never_person: frozenset[str]
    gender: dict[str, str]


@cache
def titles() -> Titles:
    """Read lexicon/titles.toml from the package, once."""
    table = tomllib.loads((resources.files(__package__) / "lexicon" / "titles.toml").read_text("utf-8"))
    gender: dict[str, str] = {}
    words: dict[str, set[str]] = {"titles": set(), "persons": set()}
    for section, found in words.items():
        for which, listed in table[section].items():
            found.update(listed)
            if which != "either":
                gender.update(dict.fromkeys(listed, which))
    return Titles(
        frozenset(words["titles"]),
        frozenset(words["persons"]),
        frozenset(table["bodies"]["words"]),
        frozenset(table["never_person"]["words"]),
        gender,
    )


@dataclass(slots=True)
class Names:
    """What an article's own words tell of its people and bodies. Positions are tokens.

    people    full name to its gender ("he", "she" or "").  by_word  last or first name to full names.
    mentions  (token, full name) in text order.  roles  role noun to the full names that it stands with.
    bodies    full name by lower-cased words.  acronyms  acronym to full name.
    """

    people: dict[str, str] = field(default_factory=dict)
    by_word: dict[str, list[str]] = field(default_factory=dict)
    mentions: list[tuple[int, str]] = field(default_factory=list)
    roles: dict[str, list[str]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    body_mentions: list[tuple[int, str]] = field(default_factory=list)
    acronyms: dict[str, str] = field(default_factory=dict)


def resolve(document: Document, words: Words, entries: Sequence[Entry], inside: Sequence[int]) -> list[Speaker]:
    """Return the speaker of each statement. Entries are in text order; a parent may stand after its child."""
    names = _names(words)
    resolver = _Resolver(document, words, names, inside, entries)
    return [resolver.speaker(k) for k in range(len(entries))]


def _names(words: Words) -> Names:
    """Collect the article's names: runs of capitalised words, with their titles, appositions and acronyms."""
    known = titles()
    names = Names()
    tags, lower, text = words.tags, words.lower, words.text
    n = len(tags)
    i = 0
    singles: list[tuple[int, int]] = []
    while i < n:
        if tags[i] != "NNP":
            i += 1
            continue
        end = _run(words, i)
        _body(words, names, i, end)
        _person(words, names, i, end, singles)
        i = end
    for start, end in singles:
        word = lower[start]
        full = names.by_word.get(word)
        if full and len(full) == 1:
            names.mentions.append((start, full[0]))
    names.mentions.sort()
    del text, known
    return names


def _run(words: Words, i: int) -> int:
    """Return the end of the capitalised run that begins at token i: hyphens, initials and particles join it."""
    tags, lower, starts, ends = words.tags, words.lower, words.starts, words.ends
    n = len(tags)
    k = i + 1
    while k < n and k - i < 14:
        tag = tags[k]
        if tag == "NNP":
            k += 1
        elif (
            tag == "-"
            and k + 1 < n
            and ends[k - 1] == starts[k]
            and ends[k] == starts[k + 1]
            and tags[k + 1] not in (".", ",")
        ):
            k += 2
        elif (
            tag == "."
            and ends[k - 1] == starts[k]
            and starts[k] - starts[k - 1] <= 4
            and k + 1 < n
            and tags[k + 1] == "NNP"
            and starts[k + 1] - ends[k] == 1
            and _short(words, k - 1)
        ) or (
            lower[k] in PARTICLES
            and k + 1 < n
            and (tags[k + 1] == "NNP" or (tags[k + 1] == "-" and k + 2 < n and tags[k + 2] == "NNP"))
        ):
            k += 1
        elif tag in ("'", "’") and k + 1 < n and ends[k - 1] == starts[k] and ends[k] == starts[k + 1]:
            k += 2
        else:
            break
    return min(k, n)


def _short(words: Words, k: int) -> bool:
    """Say whether the token is an initial or a shortened title, so that its stop ends no sentence."""
    return words.ends[k] - words.starts[k] == 1 or words.lower[k] in titles().titles


def _person(words: Words, names: Names, start: int, end: int, singles: list[tuple[int, int]]) -> None:
    known = titles()
    tags, lower = words.tags, words.lower
    title = -1
    for k in range(start, end):
        if lower[k] in known.titles:
            title = k
    first = title + 1 if title >= 0 else start
    while first < end and tags[first] == ".":
        first += 1
    if first >= end:
        # "John Major", "Harry Judge": a title word that is a last name
        if (
            title == end - 1
            and end - start == 2
            and lower[start] not in known.titles
            and lower[start] not in known.bodies
            and lower[title]
            in (
                "major",
                "judge",
                "king",
                "prince",
                "pope",
                "bishop",
                "constable",
                "justice",
                "marshal",
                "sheriff",
                "private",
                "don",
                "dean",
                "price",
                "reader",
                "farmer",
                "pastor",
                "driver",
                "speaker",
                "head",
            )
        ):
            first = start
        else:
            return
    tokens = [k for k in range(first, end) if tags[k] == "NNP"]
    if not tokens or any(lower[k] in known.never_person or lower[k] in known.bodies for k in tokens):
        return
    role = _role_before(words, start, first)
    if len(tokens) == 1:
        if title < 0 and not role:
            singles.append((first, end))
            return
        full = names.by_word.get(lower[tokens[0]])
        name = full[0] if full and len(full) == 1 else words.text[words.starts[first] : words.ends[end - 1]]
        if full and len(full) > 1:
            return
    else:
        name = words.text[words.starts[first] : words.ends[end - 1]]
        if "\n" in name or (name.isupper() and len(name) < 4):
            return
    if len(tokens) == 1 and name not in names.people and tags[max(0, start - 1)] == "DT" and title < 0:
        return
    gender = next((known.gender[lower[k]] for k in range(start, first) if lower[k] in known.gender), "")
    gender = gender or next((known.gender[r] for r in role if r in known.gender), "")
    longer = next(
        (
            f
            for f in names.by_word.get(lower[tokens[-1]], ())
            if f != name and set(lower[k] for k in tokens) <= set(f.lower().split())
        ),
        None,
    )
    if longer is not None:
        name = longer
    if name not in names.people:
        names.people[name] = gender
        for word in {lower[tokens[0]], lower[tokens[-1]]}:
            names.by_word.setdefault(word, []).append(name)
        if len(tokens) > 2:
            for k in tokens[1:-1]:
                names.by_word.setdefault(lower[k], [name])
    elif gender and not names.people[name]:
        names.people[name] = gender
    names.mentions.append((first, name))
    for word in [*(lower[k] for k in range(start, first) if lower[k] in known.roles), *role, *_role_after(words, end)]:
        held = names.roles.setdefault(word, [])
        if name not in held:
            held.append(name)
        if word in known.gender and not names.people[name]:
            names.people[name] = known.gender[word]


def _role_before(words: Words, start: int, first: int) -> list[str]:
    """Return the role nouns in small letters before a name: "spokeswoman Ainura Kasymova", "the mayor of Basra, Ali Hadi"."""
    known = titles()
    found = []
    k = start - 1
    if k >= 0 and words.tags[k] == ",":
        k -= 1
        steps = 0
        while k >= 0 and steps < 9 and words.tags[k] not in (",", ".", ";", "VBD", "VBZ", "“", '"'):
            if words.tags[k] == "NN" and words.lower[k] in known.roles:
                found.append(words.lower[k])
            if words.tags[k] in ("DT", "PRP$", "POS"):
                return found if words.lower[k] != "a" or found else []
            k -= 1
            steps += 1
        return []
    while k >= 0 and words.tags[k] in ("NN", "JJ") and start - k < 4:
        if words.lower[k] in known.roles or words.lower[k] in known.titles:
            found.append(words.lower[k])
        elif not found:
            break
        k -= 1
    return found


def _role_after(words: Words, end: int) -> list[str]:
    """Return the role nouns of the apposition after a name: "Efraín Duque, its director general, said"."""
    known = titles()
    tags, lower = words.tags, words.lower
    if end >= len(tags) or tags[end] not in (",", "("):
        return []
    found = []
    for k in range(end + 1, min(end + 10, len(tags))):
        if tags[k] in (",", ".", ";", ")", "VBD", "VBZ", "VBP", "WP", "WDT", "CC", "MD"):
            break
        if lower[k] in known.roles and tags[k] in ("NN", "NNP", "JJ"):
            found.append(lower[k])
    return found


def _body(words: Words, names: Names, start: int, end: int) -> None:
    """Keep a body's name with its acronym: "World Health Organization (WHO)", "Ministry of Foreign Affairs"."""
    known = titles()
    tags, lower, text = words.tags, words.lower, words.text
    n = len(tags)
    last = end
    while last + 1 < n and last - start < 14:
        k = last
        while k < n and k - last < 3 and (lower[k] in JOINING or tags[k] == "POS"):
            k += 1
        if k == last or k >= n or tags[k] != "NNP" or words.starts[k] - words.ends[k - 1] > 1:
            break
        if lower[last] in ("and", "in", "on", "to", "'s") and not (
            lower[last] == "and" and _is_body(words, start, last)
        ):
            break
        last = _run(words, k)
    bracket = last + 2 < n and tags[last] == "(" and tags[last + 2] == ")"
    acronym = text[words.starts[last + 1] : words.ends[last + 1]] if bracket else ""
    if _is_body(words, start, last) or (acronym.isupper() and len(acronym) > 1 and last - start > 1):
        name = text[words.starts[start] : words.ends[last - 1]]
        if "\n" in name:
            return
        key = name.lower()
        names.bodies.setdefault(key, name)
        names.body_mentions.append((start, names.bodies[key]))
        if acronym and sum(c.isupper() for c in acronym) >= 2:
            names.acronyms.setdefault(acronym.lower(), name)


def _is_body(words: Words, start: int, end: int) -> bool:
    bodies = titles().bodies
    return any(words.lower[k] in bodies for k in range(start, end)) and not (end - start == 1)


class _Resolver:
    """Resolves the statements of one article in order; it keeps what it has resolved because later ones refer back."""

    def __init__(
        self, document: Document, words: Words, names: Names, inside: Sequence[int], entries: Sequence[Entry]
    ) -> None:
        self.document, self.words, self.names, self.inside, self.entries = document, words, names, inside, entries
        self.done: dict[int, Speaker] = {}
        self.by_source: dict[Range, Speaker] = {}
        self.pending: set[int] = set()
        self.tokens = [position for position, _ in names.mentions]

    def speaker(self, k: int) -> Speaker:
        """Return the speaker of statement k."""
        if k in self.done:
            return self.done[k]
        source = self.entries[k][0]
        if source is None:
            made = UNNAMED
        elif source in self.by_source:
            made = self.by_source[source]
        elif k in self.pending:
            return Speaker(self.document.text[slice(*source)], "person", BY, "it refers to itself", resolved=False)
        else:
            self.pending.add(k)
            made = self._resolve(k, source)
            self.by_source[source] = made
        self.done[k] = made
        return made

    def _resolve(self, k: int, source: Range) -> Speaker:
        words = self.words
        text = self.document.text[slice(*source)]
        a, b = words.at(source[0]), words.at(source[1] - 1) + 1
        lower = text.lower()
        if lower in ("i", "we"):
            return self._first_person(k, text)
        if lower in ("he", "she", "his", "her"):
            return self._third_person(k, a, "he" if lower in MALE else "she", text)
        if lower in ("they", "it", "its", "their"):
            return self._body_pronoun(k, a, text, lower)
        if lower in ("who", "which", "that"):
            return self._relative(k, a, text)
        return self._named(a, b, text)

    def _named(self, a: int, b: int, text: str) -> Speaker:
        """Resolve a noun phrase: a name, an acronym, a body by its noun, a role, or its own description."""
        words, names, known = self.words, self.names, titles()
        tags, lower = words.tags, words.lower
        joined = next((k for k in range(a + 1, b - 1) if lower[k] == "and"), None)
        if (
            joined is not None
            and tags[a] == "NNP"
            and tags[b - 1] == "NNP"
            and not any(lower[k] in known.bodies for k in range(a, b))
        ):
            left = self._named(a, joined, self._text(a, joined))
            right = self._named(joined + 1, b, self._text(joined + 1, b))
            if left.kind == right.kind == "person":
                return Speaker(
                    f"{left.name} and {right.name}", "group", BY, "two names", left.resolved and right.resolved
                )
        while a < b - 1 and (lower[a] in ARTICLES or tags[a] in ("DT",)):
            a += 1
        core = self._text(a, b)
        # a possessive's owner speaks through its data, report or website
        for k in range(a + 1, b - 1):
            if tags[k] == "POS" and (
                lower[b - 1] in self._documents()
                or lower[b - 1] in ("website", "data", "statistics", "database", "figures", "result")
            ):
                owner = self._named(a, k, self._text(a, k))
                if owner.kind in ("body", "person"):
                    return Speaker(
                        owner.name,
                        "body" if owner.kind == "body" else owner.kind,
                        BY,
                        f"owner of “{core}”",
                        owner.resolved,
                    )
        if lower[a] in self._documents() or any(lower[k] in self._documents() for k in range(a, b)):
            for k in range(a + 1, b - 1):
                if lower[k] in ("by", "from", "of") and any(tags[m] == "NNP" for m in range(k + 1, b)):
                    owner = self._named(k + 1, b, self._text(k + 1, b))
                    if owner.kind == "body":
                        return Speaker(owner.name, "body", BY, f"it is behind “{core}”", owner.resolved)
        if core.lower() in names.acronyms:
            return Speaker(names.acronyms[core.lower()], "body", BY, f"“{core}” spelt out")
        people = self._people(a, b)
        if people is not None:
            return people
        body = self._body(a, b, core)
        if body is not None:
            return body
        head = self._head(a, b)
        if (lower[head] in known.roles and tags[head] != "NNP") or (lower[head] in known.roles and head == b - 1):
            return self._role(a, b, head, text)
        kind = (
            "document"
            if lower[head] in self._documents()
            else "body"
            if any(tags[k] == "NNP" for k in range(a, b)) or lower[head] in known.bodies
            else "group"
        )
        return Speaker(core if lower[a - 1] == "the" or tags[a] == "NNP" else text, kind, BY, "as the article names it")

    def _documents(self) -> frozenset[str]:
        from counterfoil.reading.cues import cues

        return cues().words["documents"]

    def _text(self, a: int, b: int) -> str:
        return self.document.text[self.words.starts[a] : self.words.ends[b - 1]]

    def _head(self, a: int, b: int) -> int:
        """Return the phrase's head: the noun before the first preposition."""
        words = self.words
        head = a
        for k in range(a, b):
            if (
                words.tags[k] in ("IN", "TO", "WP", "WDT", "VBG", "VBN", ",")
                and k > a
                and words.tags[k - 1] in ("NN", "NNS", "NNP")
            ):
                break
            if words.tags[k] in ("NN", "NNS", "NNP"):
                head = k
        return head

    def _people(self, a: int, b: int) -> Speaker | None:
        """Resolve a person's name; None where the phrase holds none."""
        words, names, known = self.words, self.names, titles()
        tags, lower = words.tags, words.lower
        first = a
        for k in range(a, b):
            if lower[k] in known.titles or lower[k] in known.roles:
                if k + 1 < b:
                    first = k + 1
            elif tags[k] == "POS":
                first = k + 1
            elif lower[k] in ("who", "of", "in", "from", "for") and tags[k] != "NNP":
                break
        tokens = [k for k in range(first, b) if tags[k] == "NNP"]
        tail = [
            k for k in range(first, b) if tags[k] == "NNP" or tags[k] in ("-", ".", "'", "’") or lower[k] in PARTICLES
        ]
        if (
            not tokens
            or len(tail) != b - first
            or any(lower[k] in known.bodies and lower[k] not in names.by_word for k in tokens)
        ):
            # the name may stand before or after a role: "Hong Kong director of Amnesty International Man-kei Tam"
            position = self._mention_within(a, b)
            if position is not None:
                return position
            return None
        full = names.by_word.get(lower[tokens[-1]], [])
        spelt = self._text(first, b)
        exact = [f for f in full if spelt.lower() in f.lower() or set(spelt.lower().split()) <= set(f.lower().split())]
        if len(tokens) == 1:
            exact = exact or full
        if len(exact) == 1:
            return Speaker(
                exact[0], "person", BY, "" if exact[0] == spelt else f"“{spelt}” is the name's only bearer here"
            )
        if len(exact) > 1:
            same = [f for f in exact if f == spelt]
            if same:
                return Speaker(spelt, "person", BY)
            return Speaker(spelt, "person", BY, "it may be " + " or ".join(exact), resolved=False)
        if len(tokens) >= 2 and not any(lower[k] in known.bodies for k in tokens):
            return Speaker(spelt, "person", BY)
        return None

    def _mention_within(self, a: int, b: int) -> Speaker | None:
        found = {name for position, name in self.names.mentions if a <= position < b} if b - a < 20 else set()
        if len(found) == 1 and any(self.words.tags[k] == "NNP" for k in range(b - 1, b)):
            name = next(iter(found))
            if self.words.lower[b - 1] in name.lower():
                return Speaker(name, "person", BY)
        return None

    def _body(self, a: int, b: int, core: str) -> Speaker | None:
        """Resolve a body by its full name, a part of it, or its noun alone where only one body has it."""
        words, names, known = self.words, self.names, titles()
        lower = words.lower
        key = core.lower()
        if key in names.bodies:
            return Speaker(names.bodies[key], "body", BY)
        for k in range(a, b):
            if lower[k] in names.acronyms and (k == b - 1 or words.tags[k + 1] == "POS" or k == a):
                if k == a and b - a == 1:
                    return Speaker(names.acronyms[lower[k]], "body", BY)
        head = self._head(a, b)
        if lower[head] not in known.bodies:
            return None
        mine = {lower[k] for k in range(a, b) if words.tags[k] in ("NN", "NNS", "NNP", "JJ")}
        before = [name for position, name in names.body_mentions if position < a]
        whole = list(dict.fromkeys(before)) or list(dict.fromkeys(names.bodies.values()))
        fitting = [name for name in whole if mine <= set(name.lower().replace("'s", "").split())]
        earlier = [
            s
            for s in self.by_source.values()
            if s.kind == "body" and mine <= set(s.name.lower().split()) and s.name not in fitting
        ]
        fitting += list(dict.fromkeys(s.name for s in earlier))
        if len(fitting) == 1:
            return Speaker(fitting[0], "body", BY, f"the only one that “{core}” fits")
        if len(fitting) > 1:
            return Speaker(core, "body", BY, "it may be " + " or ".join(fitting[:4]), resolved=False)
        return Speaker(core, "body", BY, "as the article names it")

    def _role(self, a: int, b: int, head: int, text: str) -> Speaker:
        """Resolve "the minister": the one person who holds that role in the article."""
        words, names = self.words, self.names
        definite = a > 0 and words.lower[a - 1] in ("the", "his", "her", "their", "its") and self._text(a, b) != text
        held = names.roles.get(words.lower[head], [])
        if definite and b - a <= 3:
            if len(held) == 1:
                return Speaker(held[0], "person", BY, f"the only {words.lower[head]} named")
            if len(held) > 1:
                near = [name for position, name in names.mentions if position < a and name in held]
                return (
                    Speaker(text, "person", BY, "it may be " + " or ".join(dict.fromkeys(held)), resolved=False)
                    if near
                    else Speaker(text, "person", BY, "known by role alone")
                )
        return Speaker(self._text(a, b) if definite else text, "person", BY, "known by role alone")

    def _first_person(self, k: int, text: str) -> Speaker:
        parent = self.entries[k][3]
        if parent is not None and parent != k:
            outer = self.speaker(parent)
            return Speaker(outer.name, outer.kind, BY, "speaks in the words quoted", outer.resolved)
        return Speaker(text, "person", BY, "nobody is quoted around it", resolved=False)

    def _sentence_bounds(self, a: int) -> tuple[int, int, int]:
        """Return the first token of the sentence before the one that token a stands in, of its own, and of its paragraph."""
        words = self.words
        own = a
        while (
            own > 0
            and not (words.tags[own - 1] in (".", "?", "!") and self.inside[own - 1] < 0)
            and "\n" not in words.text[words.ends[own - 1] : words.starts[own]]
        ):
            own -= 1
        before = own - 1
        while (
            before > 0
            and not (words.tags[before - 1] in (".", "?", "!") and before - 1 < own - 1)
            and "\n" not in words.text[words.ends[before - 1] : words.starts[before]]
        ):
            before -= 1
        return max(before, 0), own, own

    def _third_person(self, k: int, a: int, gender: str, text: str) -> Speaker:
        """Resolve "he" and "she" to the one person in reach that they fit."""
        names = self.names

        def fits(name: str) -> bool:
            return names.people.get(name, "") in ("", gender)

        parent = self.entries[k][3]
        if parent is not None and parent != k and parent not in self.pending:
            outer = self.speaker(parent)
            source = self.entries[parent][0]
            if (
                outer.kind == "person"
                and outer.resolved
                and fits(outer.name)
                and source is not None
                and source[1] <= self.words.starts[a]
            ):
                others = self._named_between(self.words.at(source[1]), a) - {outer.name}
                if not {name for name in others if fits(name)}:
                    return self._taken(outer.name, gender, "the speaker of the sentence")
        before, own, _ = self._sentence_bounds(a)
        inside = self.inside[a]
        here = [name for name in self._ordered(own, a, inside) if fits(name)]
        if len(set(here)) == 1:
            last = self._last_speaker(k, a)
            if last is None or last == here[0] or not fits(last):
                return self._taken(here[0], gender, "the only person named in the sentence")
        previous = [name for name in self._ordered(before, own, inside) if fits(name)]
        last = self._last_speaker(k, a)
        candidates = list(dict.fromkeys([*here, *previous]))
        if last is not None and fits(last) and not here:
            if (
                not previous
                or previous[0] == last
                or (last not in previous and len(set(previous)) > 0 and self._spoke_just(k, a, last))
            ):
                return self._taken(last, gender, "the speaker just before")
            if set(previous) == {last}:
                return self._taken(last, gender, "the speaker just before")
        if len(candidates) == 1:
            return self._taken(candidates[0], gender, "the only person named just before")
        if not candidates and last is not None and fits(last):
            return self._taken(last, gender, "the last speaker")
        if not candidates:
            sexed = [name for name, known in names.people.items() if known == gender]
            if len(names.people) == 1 and fits(next(iter(names.people))):
                return self._taken(next(iter(names.people)), gender, "the only person in the article")
            if len(sexed) == 1 and all(known for known in names.people.values()):
                return self._taken(sexed[0], gender, "the only one of that gender in the article")
            return Speaker(text, "person", BY, "nobody is named just before", resolved=False)
        if previous and not here and len(set(previous)) > 1 and previous[0] == last:
            return self._taken(previous[0], gender, "the subject and speaker just before")
        return Speaker(text, "person", BY, "it may be " + " or ".join(candidates[:4]), resolved=False)

    def _spoke_just(self, k: int, a: int, name: str) -> bool:
        return False

    def _taken(self, name: str, gender: str, reason: str) -> Speaker:
        if not self.names.people.get(name):
            self.names.people[name] = gender
        return Speaker(name, "person", BY, reason)

    def _ordered(self, start: int, end: int, inside: int) -> list[str]:
        """Return the people named from token start to end, in order, in narration or in the same quotation."""
        lo, hi = bisect_right(self.tokens, start - 1), bisect_right(self.tokens, end - 1)
        return [name for position, name in self.names.mentions[lo:hi] if self.inside[position] in (-1, inside)]

    def _named_between(self, start: int, end: int) -> set[str]:
        return set(self._ordered(start, end, -1))

    def _last_speaker(self, k: int, a: int) -> str | None:
        """Return the person who spoke last before token a, in narration, within three statements."""
        words = self.words
        for m in range(k - 1, max(-1, k - 7), -1):
            source = self.entries[m][0]
            if source is None or m in self.pending or words.at(source[0]) >= a:
                continue
            made = self.speaker(m)
            if made.kind == "person":
                return made.name if made.resolved else None
            if made.kind in ("body", "document", "group") and source[0] < words.starts[a]:
                continue
        return None

    def _body_pronoun(self, k: int, a: int, text: str, lower: str) -> Speaker:
        """Resolve "it" and "they" to the body, document or group that spoke just before."""
        words = self.words
        wanted = ("body", "document") if lower in ("it", "its") else ("group", "body", "document")
        before, own, _ = self._sentence_bounds(a)
        seen: list[Speaker] = []
        for m in range(k - 1, max(-1, k - 6), -1):
            source = self.entries[m][0]
            if source is None or m in self.pending or words.at(source[0]) >= a or words.at(source[0]) < before:
                continue
            made = self.speaker(m)
            if made.kind in wanted and made.name not in [s.name for s in seen]:
                seen.append(made)
        if len(seen) == 1:
            return Speaker(seen[0].name, seen[0].kind, BY, "the body that spoke just before", seen[0].resolved)
        if len(seen) > 1:
            return Speaker(text, "body", BY, "it may be " + " or ".join(s.name for s in seen), resolved=False)
        bodies = list(dict.fromkeys(name for position, name in self.names.body_mentions if before <= position < a))
        if len(bodies) == 1:
            return Speaker(bodies[0], "body", BY, "the only body named just before")
        return Speaker(
            text,
            "body",
            BY,
            "it may be " + " or ".join(bodies[:4]) if bodies else "no body is named just before",
            resolved=False,
        )

    def _relative(self, k: int, a: int, text: str) -> Speaker:
        """Resolve "who" and "which" to what they hang on."""
        from counterfoil.reading import phrases

        words = self.words
        j = a - 1
        if j >= 0 and words.tags[j] == ",":
            j -= 1
        if j < 0:
            return Speaker(text, "person", BY, "nothing stands before it", resolved=False)
        low = max(0, j - 30)
        scene = phrases.Scene(words, self.inside)
        if words.tags[j] == ")":
            while j > low and words.tags[j] != "(":
                j -= 1
            j -= 1
        phrase = phrases.noun_phrase_before(scene, j, low) if j >= low else None
        if phrase is None:
            return Speaker(text, "person", BY, "nothing stands before it", resolved=False)
        made = self._named(phrase[0], phrase[1], self._text(*phrase))
        return Speaker(made.name, made.kind, BY, f"“{text}” refers to it", made.resolved)
