"""A figure in plain values: all that relating asks of it, worked out once, so that a million can be compared."""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from counterfoil.comparing import axes
from counterfoil.comparing.axes import Profile
from counterfoil.comparing.intervals import Interval
from counterfoil.comparing.sources import may_be_same
from counterfoil.reading import places
from counterfoil.reading.model import Figure, Hedge, Kind, Modality, Place, Tally
from counterfoil.relating.comparable import NOBODY, Case, words_of
from counterfoil.relating.happenings import DURABLE, Manner, Named, naming
from counterfoil.relating.model import Side

# Counted as they stand: with no days stated, the number is of the day of speaking.
STATES = frozenset(
    "displaced missing sheltered homeless stranded refugees asylum_seekers awaiting_resettlement".split()
)
UNSETTLED = "?"  # in place of a country
EVENT_DAYS = 3  # a window so short is that of one happening
ROUNDED = (Hedge.ABOUT, Hedge.NEARLY, Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.LESS_THAN)
_BOUNDS = (Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.LESS_THAN, Hedge.VAGUE)
# Words by which a toll is told as it stands, whatever day stands beside it: "the toll now stands at 64".
_SO_FAR = frozenset("now stands stood reached reaches risen rises climbed climbs rose passed".split())
_UP_TO = re.compile(r"by\b", re.IGNORECASE)
_AFTER = re.compile(r"(?:after|following)\b", re.IGNORECASE)
_FILLERS = frozenset("the of and for in to via a an s".split())
_ROLES = frozenset("spokesman spokeswoman spokesperson official officials officer officers chief".split())
GENERIC = frozenset(  # every country and town has these: one voice only within one place
    "police army government official officials authorities hospital mayor governor firefighters rescuers doctors city"
    " ministry coastguard military local provincial regional health interior".split()
)
_WORD = re.compile(r"[^\W_]+")
_SEAT = re.compile(r"\b(?:in|of|at) ((?:[A-Z][\w'’-]*)(?: [A-Z][\w'’-]*){0,3})")


class Row(NamedTuple):
    """One figure. Days are ordinals (`date.toordinal`); numbers are floats, exact up to 2**53.

    at        its place among all rows, which are in order of time: records first, then articles by day of publication.
    article   place of its article; negative for records.
    outlet    who prints it, in lower case; "" where not known. A record's outlet is its publisher.
    place     the narrowing parts of the place, country first; empty where none is known. `presumed`: of the article.
    people    what the population is restricted to, loose words left out.
    first, last  days of the window; None where not known. `day`: of a stock, else of speaking.
    stock     counted at a time; `running`: from a beginning up to the day of speaking; `increment`: on top of that.
    low, high  all that the words allow; `near_low`, `near_high`: what a reader presumes.
    speaker   as named; None in the article's own voice. `origin`: the words that tell it from others.
    happened  observed or estimated; `denied`.
    left      words of its sentence that may restrict it; None where there is no telling. `scene`: words that only tell
              how it came about. `wider`: some of them may widen it. `asserted`: nothing is taken back.
    carried   its days or place were taken over from another sentence.
    passage   number of its text among near-identical ones, -1 for none; `credit`: the agency that its article names.
    total     it may be its speaker's whole count in its article.
    words     as written, with its hedge.
    headline  it stands in its article's headline. `named`: the words by which its article names its source there.
    event     the happening that its sentence, or one before it, names; None where none or several.
    former    its article says that it was changed since: "from 63 to 58". `why`: the reason that its sentence gives.
    """

    at: int
    article: int
    outlet: str
    published: int | None
    profile: Profile
    code: str
    nature: str
    unit: str
    place: tuple[str, ...]
    presumed: bool
    people: frozenset[str]
    first: int | None
    last: int | None
    day: int | None
    stock: bool
    running: bool
    increment: bool
    said: float
    low: float
    high: float
    near_low: float
    near_high: float
    hedge: Hedge
    speaker: str | None
    origin: frozenset[str]
    happened: bool
    denied: bool
    left: frozenset[str] | None
    scene: frozenset[str]
    wider: bool
    asserted: bool
    carried: bool
    passage: int
    credit: str
    total: bool
    words: str
    headline: bool = False
    named: frozenset[str] = frozenset()
    event: Named | None = None
    former: bool = False
    why: str = ""

    @property
    def who(self) -> str:
        """Return who says it, in words."""
        return self.speaker or "the article itself"

    @property
    def bound(self) -> bool:
        """Say whether the words give a floor or a ceiling alone."""
        return self.hedge in _BOUNDS


def row(
    at: int,
    case: Case,
    *,
    article: int = 0,
    outlet: str | None = None,
    published: date | None = None,
    left: frozenset[str] | None = frozenset(),
    scene: frozenset[str] = frozenset(),
    wider: bool = False,
    asserted: bool = True,
    denied: bool = False,
    passage: int = -1,
    credit: str = "",
    total: bool = True,
    on_top: bool = False,
    headline: bool = False,
    event: Named | None = None,
    spoken: bool = False,
    possessive: bool = False,
    aside: bool = False,
    moved: bool = False,
    former: bool = False,
    why: str = "",
    speaker: str | None = None,
) -> Row:
    """Return the row of a figure that comparing can take.

    on_top   its words say that it came on top of an earlier count.
    denied   its speaker rejects it, by the word that tells of his speaking.
    spoken   its day stands beside the word of speaking, and may be of that alone: "killed 12, police said on Monday".
    possessive  its day owns what happened: "by Monday's bomb".
    moved    its sentence says that a count was made another: "raised the toll".
    aside    it stands in the reason why a count was changed: "because five had been counted twice".
    speaker  who says it, where the figure itself does not tell.
    """
    figure, profile = case.side.figure, case.profile
    tally = figure.tally.value if figure.tally else None
    so_far = tally is Tally.CUMULATIVE or (profile.code in axes.harms() and bool(_SO_FAR & (left or frozenset())))
    so_far = so_far or (moved and event is not None and profile.code in axes.harms())
    first, last, running = _window(figure, profile, cumulative=so_far, possessive=possessive)
    as_of = figure.as_of or published
    at_once = first is None or (first == last and as_of is not None and first == as_of.toordinal())
    if event is not None and spoken and at_once:
        first = last = None
    taken_over = event is not None and first is not None and first == last  # the day of what happened, not of counting
    stock = profile.kind is Kind.STOCK or (profile.code in STATES and (at_once or taken_over))
    if stock:  # a number at a time is of its last day
        day = (None if taken_over else profile.last) or as_of
        first = last = None
    else:
        day = as_of
    place, presumed = profile.place, False
    where = parts(place)
    if not where:
        presumed = True
        where = _unsettled(place, figure.scene.value if figure.scene else None, case.side)
    brief = first is not None and last is not None and last - first < EVENT_DAYS and len(where) > 1
    low, high = ends(case.wide)
    near_low, near_high = ends(case.presumed)
    speaker = case.side.speaker or speaker
    source = case.side.said[0][0] if case.side.said else None
    if speaker is not None and speaker.casefold() in NOBODY:
        speaker = None
    return Row(
        at,
        article,
        (outlet or "").casefold(),
        published.toordinal() if published else None,
        profile,
        profile.code,
        profile.nature,
        profile.unit,
        where,
        presumed,
        frozenset(word for word in people(profile.restricted) if not _names(word, where)),
        first,
        last,
        day.toordinal() if day else None,
        stock,
        running,
        tally is Tally.INCREMENT or on_top,
        float(case.said),
        low,
        high,
        near_low,
        near_high,
        figure.number.value.hedge,
        speaker,
        origin(speaker),
        former or (not (denied or aside) and figure.modality in (Modality.OBSERVED, Modality.ESTIMATED)),
        not former and (denied or figure.modality is Modality.DENIED),
        left if left is None or not brief else left - scene,
        scene,
        wider,
        asserted,
        bool(({"place"} if _names_again(event) else {"period", "place"}) & set(figure.carried)),
        passage,
        credit,
        total,
        words_of(case.side),
        headline,
        origin(source.quote) if source is not None else frozenset(),
        event,
        former,
        why,
    )


def _names_again(event: Named | None) -> bool:
    """Say whether a sentence itself names again what came at once: its day is that of "the earthquake"."""
    return event is not None and not event.carried and event.manner is Manner.AGAIN and not event.kinds & DURABLE


def _names(word: str, where: tuple[str, ...]) -> bool:
    """Say whether a word names what happened or where, and no people: "toll of the Manizales landslide"."""
    parts_of = (part for place in where[1:] for part in place.split())
    return naming(word) or (len(word) > 3 and any(part.startswith(word) for part in parts_of))


def _unsettled(place: Place | None, scene: Place | None, side: Side) -> tuple[str, ...]:
    """Return the parts of a place that was not settled.

    A name that no gazetteer knows is that name, in the country that the article is about; "a shopping arcade" is no
    name. Where no place is named, it is the town that the source's name holds: "police in Karachi".
    """
    country = parts(scene)[:1]
    name = place.name.split(",")[0].strip() if place is not None and place.level == "unknown" else ""
    if any(letter.isupper() for letter in name):
        return (*(country or (UNSETTLED,)), name.casefold())
    source = next((anchor.quote for anchor, _ in side.said if anchor is not None), "")
    return _seat(source, country) or country


@lru_cache(maxsize=8192)
def _seat(source: str, country: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of the place within the country in which a source sits by its name, empty where it names none.

    >>> _seat("Officials in Derna, Libya", ("LBY",))[-1]
    'derna'
    >>> _seat("the army", ("LBY",))
    ()
    """
    found = _SEAT.search(source)
    if found is None or not country:
        return ()
    towns = {one for one in map(parts, places.lookup(found.group(1))) if one[:1] == country and len(one) > 1}
    return towns.pop() if len(towns) == 1 else ()


def settled(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the country of a name that no gazetteer knows, where other articles agree on one."""
    countries: dict[str, set[str]] = defaultdict(set)
    for one in rows:
        if len(one.place) > 1 and one.place[0] != UNSETTLED:
            countries[one.place[-1]].add(one.place[0])
    found = []
    for one in rows:
        if one.place[:1] == (UNSETTLED,) and len(countries[one.place[-1]]) == 1:
            one = one._replace(place=(min(countries[one.place[-1]]), *one.place[1:]))
        found.append(one)
    return found


def _window(
    figure: Figure, profile: Profile, *, cumulative: bool, possessive: bool
) -> tuple[int | None, int | None, bool]:
    """Return first and last day and whether it runs on: "since January" and "so far" do, "in January" does not."""
    first = profile.first.toordinal() if profile.first else None
    last = profile.last.toordinal() if profile.last else None
    period = figure.period.value if figure.period else None
    as_of = figure.as_of.toordinal() if figure.as_of else None
    running = period is not None and period.open_end
    if possessive and figure.period is not None and first is not None and _AFTER.match(figure.period.anchor.quote):
        return first - 1, first - 1, False  # "killed after Saturday's fire": of Saturday
    up_to = figure.period is not None and not possessive and _UP_TO.match(figure.period.anchor.quote) is not None
    if up_to and figure.kind is Kind.FLOW and first == last and profile.code in axes.harms():
        return None, last, True  # "had counted 55 by Friday": all that came before
    if cumulative and (first is None or (first == last and (first == as_of or "period" in figure.carried))):
        return None, as_of, True  # "has now reached 40": the day is that of the count, not of what happened
    running = running or (cumulative and first is not None and last == as_of)
    return first, last, running


def ends(interval: Interval) -> tuple[float, float]:
    """Return both ends as floats, the open ones moved in by the smallest step."""
    low = -math.inf if interval.low is None else float(interval.low)
    high = math.inf if interval.high is None else float(interval.high)
    return (
        math.nextafter(low, math.inf) if interval.low_open else low,
        math.nextafter(high, -math.inf) if interval.high_open else high,
    )


@lru_cache(maxsize=8192)
def parts(place: Place | None) -> tuple[str, ...]:
    """Return the narrowing parts of a place: ("NGA", "kano"); empty where not known or wider than a country."""
    if place is None or place.level == "unknown" or place.country is None:
        return ()
    return axes.place_parts(place)


@lru_cache(maxsize=8192)
def people(restricted: frozenset[str] | None) -> frozenset[str]:
    """Return what a population is restricted to, without loose words."""
    return axes.firm(restricted or frozenset())


@lru_cache(maxsize=65536)
def origin(speaker: str | None) -> frozenset[str]:
    """Return the words that tell a speaker from others: a spokesman of the police is the police."""
    named = [w.casefold() for w in _WORD.findall((speaker or "")[:200])]
    head = frozenset(named[: named.index("in")]) if "in" in named else frozenset[str]()
    words = frozenset(named) - _FILLERS
    if head and head - _FILLERS <= GENERIC:
        words = head - _FILLERS  # the police in Karachi are police: where is told by the place
    return words - _ROLES or words


@lru_cache(maxsize=65536)
def one_voice(a: str | None, b: str | None) -> bool:
    """Say whether two names, neither None, may stand for one speaker."""
    return origin(a) == origin(b) or may_be_same(a, b)


def number(value: float) -> str:
    """Return a number for print: 12,480."""
    whole = Decimal(str(value))
    return f"{int(whole):,}" if whole == whole.to_integral_value() else f"{whole:,}"
