"""Whether two figures can be compared: seven tests in a fixed order, before any relation is named."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from counterfoil.comparing import axes
from counterfoil.comparing.axes import Outcome, Profile
from counterfoil.comparing.intervals import Interval, allowed, computable, presumed
from counterfoil.comparing.sources import may_be_same
from counterfoil.comparing.wording import day_words, quantity_words
from counterfoil.reading.conversion import convert
from counterfoil.reading.model import Hedge, Kind
from counterfoil.relating.happenings import names_happening
from counterfoil.relating.model import Side, Test

ORDER = ("measure", "population", "place", "window", "as-of", "quantity", "speaker")


@dataclass(frozen=True, slots=True)
class Case:
    """A side with all that the tests need of it, worked out once.

    wide      every number that the words allow, at their coarsest grain.
    presumed  the same with the ceiling or floor that a reader presumes of a bound.
    """

    side: Side
    profile: Profile
    wide: Interval
    presumed: Interval
    said: Decimal

    @property
    def bound(self) -> bool:
        """Say whether the words give a floor or a ceiling alone."""
        return self.side.figure.number.value.hedge in _BOUNDS


NOBODY = frozenset("unnamed it i he she they we who you this that one".split())  # names no body and no person
_BOUNDS = (Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.LESS_THAN, Hedge.VAGUE)


def case(side: Side, words: str = "", *, toll: bool = False) -> Case | None:
    """Return the side as a case, None where its number or its measure allows no comparison.

    words  the clause it stands in, where known.
    toll   its sentence tells of a toll.
    """
    quantity = side.figure.number.value
    if side.figure.measure is None or not computable(quantity):
        return None
    profile = _of_people(axes.profile(side.figure, words), toll=toll)
    said = quantity.said_low if quantity.said_low is not None else quantity.said_high
    if profile.code in axes.VAGUE_CODES or said is None:
        return None
    return Case(side, profile, allowed(quantity), presumed(quantity), said)


def _of_people(profile: Profile, *, toll: bool) -> Profile:
    """Return the profile of a toll as one of people: "the toll of the factory fire" is of no fires and no factories."""
    if profile.unit == "event" and profile.code in axes.harms() and toll:
        profile = replace(profile, unit="person")
    if profile.unit != "person" or not names_happening(profile.population):
        return profile
    return replace(profile, population="", restricted=frozenset())


def in_units_of_first(cases: Sequence[Case]) -> list[Case]:
    """Return the cases, another speaker's measurements in the unit of the first of that measure: miles become km.

    What one speaker says in two units ("90 miles (145 km)") is compared with nothing, and stays.
    """
    firsts: dict[str, Case] = {}
    found = []
    for one in cases:
        if one.profile.kind in (Kind.MEASUREMENT, Kind.DURATION) and one.side.speaker:
            first = firsts.setdefault(one.profile.code, one)
            unit = first.profile.unit
            if unit != one.profile.unit and not same_speaker(first.side.speaker, one.side.speaker):
                one = _in_unit(one, unit)
        found.append(one)
    return found


def _in_unit(one: Case, unit: str) -> Case:
    """Return the case in another unit; as it is where the two do not measure the same."""
    quantity = convert(one.side.figure.number.value, unit)
    said = None if quantity is None else quantity.said_low if quantity.said_low is not None else quantity.said_high
    if quantity is None or said is None:
        return one
    return Case(one.side, replace(one.profile, unit=unit), allowed(quantity), presumed(quantity), said)


def tests(a: Case, b: Case) -> tuple[Test, ...]:
    """Return the outcome of every test, in the fixed order."""
    found = {
        "measure": _measures(a.profile, b.profile),
        "population": axes.populations(a.profile, b.profile),
        "place": axes.places(a.profile, b.profile),
        "window": axes.windows(a.profile, b.profile),
        "as-of": _as_of(a.profile.as_of, b.profile.as_of),
        "quantity": _quantities(a, b),
        "speaker": _speakers(a.side.speaker, b.side.speaker),
    }
    return tuple(Test(name, found[name].word, found[name].why) for name in ORDER)


def _measures(a: Profile, b: Profile) -> Outcome:
    """Compare what is counted; in what people came to harm only where both say it, whichever comes first."""
    found = axes.measures(a, b)
    if found.word == axes.UNKNOWN and a.context is None and b.context is not None:
        return replace(axes.measures(b, a), exact=False)
    return found


def _as_of(a: date | None, b: date | None) -> Outcome:
    if a is None or b is None:
        return Outcome(axes.UNKNOWN, "a day of speaking is not known")
    word = axes.SAME if a == b else axes.DIFFERENT
    return Outcome(word, f"spoken on {day_words(a)} and on {day_words(b)}")


def _quantities(a: Case, b: Case) -> Outcome:
    words = f"{words_of(a.side)} and {words_of(b.side)}"
    if a.said == b.said and a.profile.unit == b.profile.unit:
        return Outcome(axes.SAME, words)
    if not a.wide.meets(b.wide):
        return Outcome(axes.DISJOINT, words)
    return Outcome(axes.OVERLAPPING, words)


def _speakers(a: str | None, b: str | None) -> Outcome:
    words = f"{a or 'the article itself'} and {b or 'the article itself'}"
    if a is None or b is None or {a.casefold(), b.casefold()} & NOBODY:
        return Outcome(axes.UNKNOWN, words)
    return Outcome(axes.SAME if same_speaker(a, b) else axes.DIFFERENT, words)


def same_speaker(a: str | None, b: str | None) -> bool:
    """Say whether two names may stand for one speaker; the article itself is one speaker."""
    return (a or "").casefold() == (b or "").casefold() or may_be_same(a, b)


def words_of(side: Side) -> str:
    """Return the number with its hedge, as written."""
    quote = side.figure.number.anchor.quote
    if side.figure.hedge is None and quote.isascii() and quote.isdigit():  # a cell of a table: its hedge is a column
        return quantity_words(side.figure.number.value)
    hedge = f"{side.figure.hedge.quote} " if side.figure.hedge else ""
    unit = side.figure.number.value.unit if side.figure.kind is Kind.MEASUREMENT else ""
    return " ".join(f"{hedge}{quote} {unit}".split())[:80]
