"""Whose words they are: a pronoun, a last name, an acronym or a role to the fullest name that the article gives.

Two candidates are no answer: then the words themselves stand as the name, unresolved, and the reason says why.
"""

from bisect import bisect_left
from collections.abc import Sequence

from counterfoil.documents.model import Document
from counterfoil.reading import phrases
from counterfoil.reading.cues import cues
from counterfoil.reading.described import BY, NEAR, PASSED_ON, Descriptions
from counterfoil.reading.model import Speaker
from counterfoil.reading.names import Entry, collect
from counterfoil.reading.phrases import Range
from counterfoil.reading.titles import titles
from counterfoil.reading.words import Words

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
IT = frozenset("it its".split())
THEY = frozenset("they their them".split())
# Sentences that a pronoun may reach back over. Of the 293 sources "he" and "she" of train whose speaker's last name
# stands before them, 283 have it within four sentences, 255 within two.
REACH = 4


def resolve(
    document: Document, words: Words, entries: Sequence[Entry], inside: Sequence[int], starts: Sequence[int]
) -> list[Speaker]:
    """Return the speaker of each statement.

    entries  in text order.  inside  for each token the quotation that it stands in, -1 outside.
    starts   the first token of each sentence.
    """
    resolver = _Resolver(document, words, collect(words, entries), inside, entries, starts)
    return [resolver.speaker(k) for k in range(len(entries))]


class _Resolver(Descriptions):
    """Resolves the statements of one article: pronouns, and through `Descriptions` everything else."""

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
