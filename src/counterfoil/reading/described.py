"""Whom a noun phrase names: a name, an acronym, a body by its noun, a role, or its own description.

Two candidates are no answer: then the words themselves stand as the name, unresolved, and the reason says why.
"""

import re
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from counterfoil.documents.model import Document
from counterfoil.reading import phrases, places
from counterfoil.reading.cues import cues
from counterfoil.reading.model import Speaker
from counterfoil.reading.names import JOINING, PARTICLES, Entry, Names
from counterfoil.reading.phrases import Range
from counterfoil.reading.titles import titles
from counterfoil.reading.words import Words

BY = "speakers@1"
UNNAMED = Speaker("unnamed", "unnamed", BY, "no source is named")
# Who does this with a document did not make it: "figures cited by the newspaper Sol".
PASSED_ON = frozenset("cited quoted seen obtained reviewed viewed leaked shared carried reproduced".split())
ARTICLES = frozenset("the a an its his her their this that these those our".split())
NEAR = 2
FAR = 100  # sources or bodies that a description may reach back over; no article of train has more than 36


class Descriptions(ABC):
    """Resolves noun phrases of one article; it keeps what it has resolved because later statements refer back."""

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

    @abstractmethod
    def _resolve(self, k: int, source: Range) -> Speaker:
        """Resolve the source of statement k."""

    @abstractmethod
    def _owned(self, a: int, core: str) -> Speaker:
        """Resolve "its press release": the document's owner speaks through it."""

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


_PLAIN_HEADS = frozenset(["group", "organisation", "organization", "body", "company", "firm"])


@lru_cache(maxsize=1 << 10)
def _heads(name: str, noun: str) -> bool:
    """Say whether a noun is what a body is, not what it is of: "the state" is no "state pollution board"."""
    words = re.split(r"[\s-]+", name)
    places_of = [k for k, word in enumerate(words) if word.lower() == noun]
    if not places_of or noun in _PLAIN_HEADS:
        return True
    after = words[places_of[-1] + 1] if places_of[-1] + 1 < len(words) else ""
    return not after[:1].isalpha() or after.lower() in JOINING or after.isupper()  # "the UN refugee agency UNHCR"


@lru_cache(maxsize=1 << 10)
def _name_words(name: str) -> frozenset[str]:
    """Return the words of a name in lower case, possessives and hyphens opened."""
    return frozenset(name.lower().replace("'s", " ").replace("’s", " ").replace("-", " ").replace(".", " ").split())


def _fullest(found: Sequence[str]) -> list[str]:
    """Drop the names whose words another holds: "Ministry" beside "Ministry of Health"."""
    return [name for name in found if not any(_name_words(name) < _name_words(other) for other in found)]
