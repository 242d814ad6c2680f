"""Numbers, sources and counts in words that a newspaper could print."""

from collections.abc import Sequence
from decimal import Decimal

from counterfoil.checking.intervals import Interval
from counterfoil.checking.model import Reference
from counterfoil.checking.series import Series
from counterfoil.reading.model import Figure, Hedge, Quantity

_HEDGES = {
    Hedge.AT_LEAST: "at least ",
    Hedge.MORE_THAN: "more than ",
    Hedge.AT_MOST: "at most ",
    Hedge.LESS_THAN: "fewer than ",
    Hedge.ABOUT: "about ",
    Hedge.NEARLY: "nearly ",
    Hedge.VAGUE: "at least ",
}


def number_words(number: Decimal) -> str:
    """Return the number with its thousands apart: 203,639."""
    plain = number.normalize()
    return f"{plain:,f}" if plain == plain.to_integral_value() else f"{plain:,}"


def quantity_words(quantity: Quantity) -> str:
    """Return the quantity as its table gives it: "more than 25,000", "70 to 75 percent"."""
    low, high = quantity.said_low, quantity.said_high
    if low is not None and high is not None and low != high:
        number = f"{number_words(low)} to {number_words(high)}"
    else:
        said = low if low is not None else high
        number = "no number" if said is None else number_words(said)
    unit = {"percent": "%", "percentage_point": " percentage points"}.get(quantity.unit, "")
    return f"{_HEDGES.get(quantity.hedge, '')}{number}{unit}"


def interval_words(interval: Interval) -> str:
    """Return the interval: "376 to 380", "more than 25,000", "1,903"."""
    low, high = interval.low, interval.high
    if low is None and high is None:
        return "any number"
    if high is None and low is not None:
        return f"{'more than' if interval.low_open else 'at least'} {number_words(low)}"
    if low is None and high is not None:
        return f"{'fewer than' if interval.high_open else 'at most'} {number_words(high)}"
    assert low is not None
    assert high is not None
    return number_words(low) if low == high else f"{number_words(low)} to {number_words(high)}"


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
