"""A measure of an edition that may answer a figure, how near it comes, or the test that it fails. Types alone."""

from dataclasses import dataclass
from datetime import date

from counterfoil.checking.datasets.model import Edition, Indicator, Variant
from counterfoil.checking.violence import Named
from counterfoil.comparing import axes
from counterfoil.comparing.axes import Outcome
from counterfoil.reading.model import Place

DIRECT, UPPER, LOWER, LOOSE = "direct", "upper", "lower", "loose"
ORDER = {DIRECT: 0, UPPER: 1, LOWER: 1, LOOSE: 2}


@dataclass(frozen=True, slots=True)
class Where:
    """A place that rows must lie in, and which of a row's places must: "at", "origin" or "destination"."""

    place: Place
    level: str
    role: str


@dataclass(frozen=True, slots=True)
class Match:
    """One measure of one edition that counts what a figure counts, and how near it comes.

    outcomes    by axis: how the claim's cases stand to the record's.
    relation    "direct", "upper" (the record counts all the claim counts, and more), "lower" (a part of it), or
                "loose" (the words leave open whether it is the same: nothing follows from a miss).
    chosen      variants that the words choose ("civilians"); `opened` those that count the same in another way.
    beside      variants that count something narrower than the words say: shown, and no part of the verdict.
    filters     where its rows must lie.
    covered     the days that the edition can answer for.
    own         the speaker may be the publisher: no independent evidence.
    attributed  the speaker is the publisher: its definition is the claim's.
    pinned      a user said so.
    divisor     for a rate: the measure of the population that it is a rate of; for a share, of the whole.
    continued_by  the publisher's coarser sums for the days after the edition ends.
    """

    edition: Edition
    indicator: Indicator
    outcomes: dict[str, Outcome]
    relation: str
    chosen: tuple[Variant, ...]
    opened: tuple[Variant, ...]
    beside: tuple[Variant, ...]
    filters: tuple[Where, ...]
    covered: tuple[date, date]
    reasons: tuple[str, ...]
    own: bool
    attributed: bool
    pinned: bool = False
    divisor: "Match | None" = None
    continued_by: "Match | None" = None
    violence: Named | None = None

    @property
    def exact(self) -> bool:
        """Say whether every axis is stated and meets."""
        return all(outcome.word == axes.SAME and outcome.exact for outcome in self.outcomes.values())

    @property
    def firm(self) -> bool:
        """Say whether a miss may contradict: every axis meets, and the record counts what the words say.

        Definitions of a publisher's own (a threshold, a list of actors) never contradict others than itself.
        """
        defined = self.indicator.distance == 0 or self.attributed
        alone = not self.pinned and self.continued_by is None
        return self.relation == DIRECT and self.exact and defined and alone


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The first axis that forbids a comparison, and why; `alike` where the measure has the claim's own code."""

    axis: str
    why: str
    alike: bool = False
