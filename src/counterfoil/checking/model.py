"""What checking produces. Types only."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from counterfoil.reading.model import Figure


class Word(StrEnum):
    """The verdict in one word."""

    SUPPORTED = "supported"
    SUPPORTED_IN_DIRECTION = "supported-in-direction"
    SENSITIVE = "sensitive-to"
    CONTRADICTED = "contradicted"
    TRUE_BUT_STALE = "true-but-stale"
    NOT_CHECKABLE = "not-checkable"


@dataclass(frozen=True, slots=True)
class Reference:
    """A published figure that others are checked against. Its `figure` is anchored in the table's text.

    publisher   who says it ("PICSS"); `series` groups figures that one publisher counts in one way.
    definition  what exactly was counted, in words.
    claim       True where the row records somebody's claim, which is no evidence for that same claim.
    row         line of the table, the header being line 1.
    """

    figure: Figure
    publisher: str
    series: str
    definition: str
    url: str
    note: str
    claim: bool
    row: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One way of asking the records, and what they answer.

    low, high  the answer as an interval in `unit`, None where open.
    setting    the windows, source and definition in words.
    """

    setting: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    references: tuple[Reference, ...]
    agrees: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Point:
    """One setting of the response surface, and what the data answer in it.

    words        definition, place, actor and source of the setting, for people.
    later        first and last day of the window, both included; `earlier` those of the baseline, None for a level.
    counts       in the later window, and in the earlier one if there is one; `exposure` the days of each.
    value        the answer: a change in percent of the rate a day, or a level or share in the figure's unit.
    low, high    95% interval: exact, conditional on the sum. `wide_low`, `wide_high`: with the dispersion of the
                 series. None for what is no count. Infinite ends are None.
    sensibility  of the setting, 0 to 1 where the stated setting has 1.
    agrees       the answer is one that the words allow, at some grain.
    possible     some value in the interval is.
    flags        "overlap", "unequal windows", "crosses a break: ...", "latest months incomplete", "reporting range".
    """

    source: str
    edition: str
    measure: str
    words: str
    later: tuple[date, date]
    earlier: tuple[date, date] | None
    counts: tuple[float, ...]
    exposure: tuple[int, ...]
    value: float
    low: float | None
    high: float | None
    wide_low: float | None
    wide_high: float | None
    sensibility: float
    agrees: bool
    possible: bool
    flags: tuple[str, ...] = ()

    @property
    def unsure(self) -> bool:
        """Return whether the wide interval of a change is so wide that its ends say nothing: a hundredfold and more."""
        if self.earlier is None or self.low is not None or self.wide_low is None:
            return False
        return self.wide_high is None or 100 + self.wide_high > 100 * (100 + self.wide_low)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Answers by window and baseline, in the stated (or most sensible) way of counting.

    rows, columns  windows and baselines in words; `values` [rows][columns] in percent, None where not answered.
    agrees         [rows][columns] whether the words allow the answer.
    marked         row and column of the claim's own setting; None where the claim leaves it open.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    agrees: tuple[tuple[bool, ...], ...]
    marked: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Curve:
    """The series in the stated (or most sensible) way of counting, for people to look at.

    steps   (first day, last day, value) of each step, in order; value None where the source does not cover it.
    shaded  the windows that the claim's own setting compares: first day, last day, "later" or "earlier".
    breaks  (day, why).
    summed  steps are counts during their days, and many of them may be drawn as one sum; False for states (a stock).
    """

    words: str
    unit: str
    steps: tuple[tuple[date, date, float | None], ...]
    shaded: tuple[tuple[date, date, str], ...]
    breaks: tuple[tuple[date, str], ...] = ()
    summed: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """What reruns an answer: SQL for the edition's DuckDB file, and Python for all of it."""

    sql: str
    python: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one edition of one dataset says of a figure, over the whole response surface.

    match             why this measure was chosen, one line for each test.
    asked             p0: the claim's own setting, where windows and definition leave none open, else None.
    settings          how many settings were asked; `rows` how many rows of the dataset stand behind them.
    agreement         whether the words allow the answer at p0; None without p0.
    direction_share   share of the settings, by sensibility, with the claimed sign; None for levels.
    magnitude_share   share of the settings, by sensibility, whose interval meets the claim's.
    percentile        share of the settings whose answer is weaker than the claim, 0 to 1.
    null_probability  how often a series without change shows, somewhere on this surface, an answer at least as strong
                      as the claim; None where no null was run.
    sensitive_to      axes on which one step turns a setting that agrees into one that does not.
    alternatives      the verdict's word under other tables of sensibility: (name of the table, word).
    forest            the claim's own windows under every definition, place and vintage.
    changes           what would change the verdict, in words.
    """

    source: str
    publisher: str
    edition: str
    digest: str
    licence: str
    measure: str
    definition: str
    match: tuple[str, ...]
    word: Word
    sensitive_to: tuple[str, ...]
    reasons: tuple[str, ...]
    asked: Point | None
    settings: int
    rows: int
    agreement: bool | None
    direction_share: float | None
    magnitude_share: float | None
    percentile: float | None
    null_probability: float | None
    sensibility: str
    alternatives: tuple[tuple[str, str], ...]
    best_support: Point | None
    best_counter: Point | None
    forest: tuple[Point, ...]
    heat: HeatMap | None
    curve: Curve | None
    query: Query
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A dataset that was tried and cannot answer, and why. `near`: it counts something like what the figure counts."""

    source: str
    edition: str
    why: str
    near: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the records say of one figure, under every way of asking that they allow.

    sensitive_to  with Word.SENSITIVE: "window", "baseline", "definition", "place", "source", "vintage".
    reasons       in words a newspaper could print.
    evidence      of the published figures; `findings` of the datasets, `unmatched` of those that cannot answer.
    """

    figure: Figure
    word: Word
    sensitive_to: tuple[str, ...]
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    best_support: Evidence | None = None
    best_counter: Evidence | None = None
    findings: tuple[Finding, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
