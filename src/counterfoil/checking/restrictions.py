"""What a figure's sentence says beyond what a record counts: then the record can neither contradict nor support it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from counterfoil.checking.model import Reference, Verdict, Word
from counterfoil.checking.references.series import Series
from counterfoil.comparing import claims
from counterfoil.comparing.claims import Surroundings
from counterfoil.comparing.limits import limits, of_record
from counterfoil.comparing.sources import is_same, may_be_same

_CLEARED = (Word.SUPPORTED, Word.TRUE_BUT_STALE)


@dataclass(frozen=True)
class Wording:
    """A figure's sentence, and who says it.

    voices  names of the speakers, innermost first, then the words that name them.
    bodies  names that stand before a sentence whose source has none of its own: "the agency said", "it recorded".
    """

    seen: Surroundings
    voices: tuple[str, ...]
    bodies: tuple[str, ...] = ()

    @cached_property
    def withheld(self) -> str | None:
        """Return the word by which the sentence does not assert the figure, if one does."""
        return claims.withheld(self.seen)

    def beyond(self, series: Series) -> tuple[str, ...]:
        """Return what the sentence says that the series does not count apart; only if nothing may it contradict."""
        return _beyond(self.seen, _words_of(series.points[0].references[0]), in_clause=False)

    def beyond_words(self, known: Collection[str], *, in_clause: bool = False) -> tuple[str, ...]:
        """Return what the sentence (or its clause) says beyond these words, by which a record tells what it counts."""
        return _beyond(self.seen, known, in_clause=in_clause)

    def is_publisher(self, publisher: str) -> bool:
        """Say whether the innermost speaker is this publisher."""
        return bool(self.voices) and is_same(self.voices[0], publisher)

    def may_be_publisher(self, publisher: str) -> bool:
        """Say whether one of the voices may be this publisher: then its record is no independent evidence."""
        unnamed = any(is_same(body, publisher) for body in self.bodies)
        return unnamed or any(may_be_same(voice, publisher) for voice in self.voices)


def _beyond(seen: Surroundings, known: Collection[str], *, in_clause: bool) -> tuple[str, ...]:
    """Return what limits the figure whatever a record counts, then what these words of a record do not account for."""
    limited = limits(seen, in_clause=in_clause)
    left = claims.left_over(seen, known, in_clause=in_clause)
    return (*limited, *(phrase for phrase in left if not any(phrase in limit for limit in limited)))


def asserted(verdict: Verdict, wording: Wording) -> Verdict:
    """Take back a verdict on words that assert nothing, or that tell of a part of what its record counts."""
    if verdict.word is Word.NOT_CHECKABLE:
        return verdict
    if wording.withheld is not None:
        why = f"the sentence says “{wording.withheld}”, so it may not assert the figure"
        return replace(verdict, word=Word.NOT_CHECKABLE, sensitive_to=(), reasons=(why, *verdict.reasons))
    if verdict.word not in _CLEARED or verdict.best_support is None:
        return verdict
    known = frozenset(word for r in verdict.best_support.references for word in _words_of(r))
    phrases = _beyond(wording.seen, known, in_clause=True)
    if not phrases:
        return verdict
    why = f"{apart(phrases)}: the number fits if those words restrict nothing"
    return replace(verdict, word=Word.SENSITIVE, sensitive_to=("definition",), reasons=(why, *verdict.reasons))


def apart(phrases: tuple[str, ...]) -> str:
    """Tell which words of the sentence the record does not count apart."""
    named = ", ".join(f"“{phrase}”" for phrase in phrases)
    return f"the sentence also says {named}, which the record does not count apart"


def _words_of(reference: Reference) -> frozenset[str]:
    """Return the words by which the record tells what it counts, and its publisher."""
    figure = reference.figure
    context = figure.event.quote if figure.event else ""
    measure = figure.measure.value if figure.measure else None
    told = (measure.term, measure.population or "") if measure else ()
    words = of_record(claims.known_words(reference.publisher, reference.series, context, *told))
    last = [word for phrase in told[:1] for word in sorted(claims.known_words(phrase))]
    return words | {word + "s" for word in last} | {word.removesuffix("s") for word in last}
