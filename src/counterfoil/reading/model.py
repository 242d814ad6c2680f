"""What reading produces. Types only.

Codes of `kind`, `concept` and `unit` are those of the label format (docs/labels.md); the values of the
enums are what JSON shows.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from counterfoil.documents.model import Document
from counterfoil.spans import Anchor, Reading, Skipped


class Hedge(StrEnum):
    """How the words bound the number."""

    EXACT = "exact"
    AT_LEAST = "at least"  # [n, inf)
    MORE_THAN = "more than"  # (n, inf)
    AT_MOST = "at most"  # (0, n]
    LESS_THAN = "less than"  # (0, n)
    ABOUT = "about"  # n and its surroundings
    NEARLY = "nearly"  # just below n
    RANGE = "range"  # [a, b]
    VAGUE = "vague"  # "dozens", "thousands": a floor at most


class Kind(StrEnum):
    """What sort of quantity it is."""

    STOCK = "stock"  # how many at a time
    FLOW = "flow"  # how many during a period or in an event
    SHARE = "share"
    CHANGE = "change"
    RATE = "rate"
    MONEY = "money"
    MEASUREMENT = "measurement"
    DURATION = "duration"
    AGE = "age"
    SCORE = "score"
    OTHER = "other"


class Direction(StrEnum):
    """The sign of a change."""

    UP = "up"
    DOWN = "down"


class Modality(StrEnum):
    """Whether it happened, as the article tells it."""

    OBSERVED = "observed"
    ESTIMATED = "estimated"
    PROJECTED = "projected"
    PLANNED = "planned"
    FEARED = "feared"
    DENIED = "denied"


class Tally(StrEnum):
    """How a count stands to earlier counts of the same thing."""

    CUMULATIVE = "cumulative"  # all since a beginning: "bringing the total to 45", "so far"
    INCREMENT = "increment"  # what came on top: "another 12", "six more"


class Cause(StrEnum):
    """What brought harm or flight about."""

    CONFLICT = "conflict"
    CRIME = "crime"
    DISASTER = "disaster"
    DISEASE = "disease"
    HUNGER = "hunger"
    ACCIDENT = "accident"


class Form(StrEnum):
    """How an utterance is given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """Whether somebody said it or is reported to hold it."""

    SPEECH = "speech"
    BELIEF = "belief"


class Precision(StrEnum):
    """How finely the words fix a period's ends."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half-year"
    YEAR = "year"
    DECADE = "decade"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Quantity:
    """All numbers from `low` to `high`, both included, that the words allow, in `unit`.

    low, high            None where the words set no floor or no ceiling. "1.2 million people" is
                         1 150 000 to 1 249 999, "over 200" 201 to None, "about 40" 38 to 42.
    said_low, said_high  the numbers as written, before rounding and hedge: 1 200 000 both, 200 and None,
                         40 both. These are what the label format calls low and high.
    grain                place value of the last digit written: 100 000 for "1.2 million", 1 for "2,267".
    coarsest             largest grain that trailing zeros allow: 100 000 for "200,000"; equals grain if none.
    unit                 "person", "percent", "USD", "km", ...: the label format's units.
    also                 the number where its digits can be read in another way too, and nothing settles which:
                         12 500 for "12.500 km". Such a number is compared with nothing.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    hedge: Hedge
    said_low: Decimal | None
    said_high: Decimal | None
    grain: Decimal
    coarsest: Decimal
    also: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, in the taxonomy's code and in the article's own words.

    code        concept of the taxonomy ("killed", "deported", "suicide_attack"); "other" where none fits.
    term        the words that decided it, verbatim ("left ... voluntarily" is never rewritten as "returned").
    population  who or what, as written ("Pakistani citizens"); None if not said.
    """

    code: str
    term: str
    population: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included, that the words fix.

    reason     how the days were found, or why they were not ("no year and no weekday to tell it by").
    open_start, open_end  the words leave that end open ("until March", "since Monday" runs to the as-of day).
    """

    first: date | None
    last: date | None
    precision: Precision
    reason: str = ""
    open_start: bool = False
    open_end: bool = False

    @classmethod
    def unknown(cls, reason: str = "") -> "Period":
        """Return the period of words that fix no day."""
        return cls(None, None, Precision.UNKNOWN, reason)


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a gazetteer knows, or a name that it does not.

    name     "Herat, Afghanistan": as the label format writes it; the words themselves where unknown.
    country  ISO 3166-1 alpha-3; None where unknown or wider than a country.
    admin1   name of the first-level division, if known.
    level    "world", "region", "country", "admin1", "admin2" (a district), "city", "unknown".
    reason   why it is this one of several, or why none was chosen.
    """

    name: str
    country: str | None = None
    admin1: str | None = None
    level: str = "unknown"
    latitude: float | None = None
    longitude: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is made to say it, by the fullest name that the article gives.

    name    "Anwar ul Haq Kakar", "World Health Organization", "officials", "unnamed".
    kind    "person", "body", "document", "group", "unnamed".
    reason  how a pronoun or role was resolved, or why it was left as it stands.
    """

    name: str
    kind: str
    by: str
    reason: str = ""
    resolved: bool = True


@dataclass(frozen=True, slots=True)
class Certainty:
    """How probable a model holds one of its answers to be.

    of           "number", "what", "time", "kind", ...; of a statement "cue", "source", "content", "speaker".
    probability  0 to 1, two decimals. Of words: that just these are the ones, or that none are.
    """

    of: str
    probability: float


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody is reported to have communicated something.

    source   the words that name the source; None if nobody is named. It may stand in another sentence.
    content  the proposition, in one or more pieces; quotation marks included.
    parent   index, in the account's statements, of the innermost statement that encloses this one.
    certainty  of what a model read; empty where rules did, which know no probabilities.
    """

    source: Anchor | None
    cue: Anchor | None
    content: tuple[Anchor, ...]
    form: Form
    act: Act
    speaker: Speaker
    parent: int | None = None
    certainty: tuple[Certainty, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity that an article states, with all that the article says of it.

    number       the number expression alone; hedge, what, event and the rest have words of their own.
    time, place  kept as words even where they could not be resolved: then the value carries the reason.
    base         what a change or comparison is compared with; `baseline` is its period if it has one.
    statement    index of the innermost statement that contains it; None: the article speaks for itself.
    as_of        the day at which the figure is spoken: of the utterance, else of publication.
    scene        the country that the article as a whole is about, where one stands out; anchored where it is first
                 named. It is no word of the figure's own: `place` is. None where its sentence names another country.
    carried      which of "period" and "place" were taken over from an earlier sentence.
    transit      what a movement passed through, in text order.
    tally, cause read only from words that say so; None where none do, or where they say two things.
    certainty    of what a model read; empty where rules did, which know no probabilities.
    """

    number: Reading[Quantity]
    kind: Kind
    hedge: Anchor | None = None
    what: Anchor | None = None
    event: Anchor | None = None
    measure: Reading[Measure] | None = None
    direction: Direction | None = None
    period: Reading[Period] | None = None
    base: Anchor | None = None
    baseline: Reading[Period] | None = None
    place: Reading[Place] | None = None
    origin: Reading[Place] | None = None
    destination: Reading[Place] | None = None
    modality: Modality = Modality.OBSERVED
    statement: int | None = None
    as_of: date | None = None
    scene: Reading[Place] | None = None
    carried: tuple[str, ...] = ()
    transit: tuple[Reading[Place], ...] = ()
    tally: Reading[Tally] | None = None
    cause: Reading[Cause] | None = None
    certainty: tuple[Certainty, ...] = ()

    @property
    def id(self) -> str:
        """Return a name for it that is the same on every run: text digest and offset."""
        anchor = self.number.anchor
        return f"{anchor.document[:12]}-{anchor.span.start}"


@dataclass(frozen=True, slots=True)
class Account:
    """The statements and figures of one article, as one engine read them.

    engine   "rules@1", or the encoder's name with its digest.
    skipped  number-like words that are no figure, and statements that were set aside, each with its reason.
    """

    document: Document
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    skipped: tuple[Skipped, ...]
    engine: str
