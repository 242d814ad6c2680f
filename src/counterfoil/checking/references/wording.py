"""Numbers, sources and counts in words that a newspaper could print."""

from collections.abc import Sequence

from counterfoil.checking.model import Reference
from counterfoil.checking.references.series import Series
from counterfoil.comparing.intervals import Interval
from counterfoil.comparing.wording import interval_words, quantity_words
from counterfoil.reading.model import Figure


def claim_words(figure: Figure) -> str:
    """Return the figure's number with its hedge, as the article has it."""
    hedge = f"{figure.hedge.quote} " if figure.hedge else ""
    return " ".join(f"{hedge}{figure.number.anchor.quote}".split())[:120]


def answer_words(answer: Interval, references: Sequence[Reference]) -> str:
    """Return the answer as printed where it is one row, as a sum with its parts where it is several."""
    if len(references) == 1:
        return quantity_words(references[0].figure.number.value)
    windows = {(r.figure.period.value.first, r.figure.period.value.last) for r in references if r.figure.period}
    if len(windows) == len(references) <= 6:
        return f"{interval_words(answer)} ({' + '.join(quantity_words(r.figure.number.value) for r in references)})"
    return interval_words(answer)


def series_words(series: Series) -> str:
    """Return who counts what, in the publisher's own term."""
    return f"{series.publisher} (“{series.profile.term}”)"


def percent_words(percent: float) -> str:
    """Return a change in percent with its sign: +275%."""
    return "no ceiling" if percent == float("inf") else f"{percent:+,.0f}%"


def nowhere_words(said: str, claimed: float, low: float, high: float) -> str:
    """Say that no way of asking gives the size that is claimed, and which answer comes nearest to it.

    said     the size in words; `claimed` it in percent, a fall below zero, as are `low` and `high`, the answers' ends.

    >>> nowhere_words("500%", 500.0, 19.0, 191.0)
    'no way of asking gives 500%: the most is +191%'
    """
    words = f"a fall of {said}" if claimed < 0 else said
    if low == high:
        return f"the record gives {percent_words(low)}, not {words}"
    if low < claimed < high:
        return f"no way of asking gives {words}: the answers run from {percent_words(low)} to {percent_words(high)}"
    edge = high if claimed >= high else low
    away = "nearest" if edge * claimed < 0 else "most" if abs(claimed) > abs(edge) else "least"
    return f"no way of asking gives {words}: the {away} is {percent_words(edge)}"
