"""One figure in one plain sentence, always the same: what stands in rows for the public, and what is cited."""

from datetime import date, timedelta
from decimal import Decimal

from counterfoil.ledger.model import Entry
from counterfoil.reading import gazetteer
from counterfoil.reading.model import Direction, Hedge, Kind, Modality

_BEFORE = {
    Hedge.AT_LEAST: "at least ",
    Hedge.MORE_THAN: "more than ",
    Hedge.AT_MOST: "at most ",
    Hedge.LESS_THAN: "fewer than ",
    Hedge.ABOUT: "about ",
    Hedge.NEARLY: "nearly ",
}
_MODALITY = {
    Modality.ESTIMATED: "estimated",
    Modality.PROJECTED: "projected, not observed",
    Modality.PLANNED: "planned, not observed",
    Modality.FEARED: "feared, not observed",
    Modality.DENIED: "denied",
}
_PLURALS = {"person": ("person", "people"), "household": ("household", "households"), "family": ("family", "families")}
_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # strftime's follow the machine's language


def sentence(entry: Entry) -> str:
    """Return the figure in one sentence: how many of what, where, when, who says it, and who printed it.

    Nothing is filled in: what the article does not tell is not there.
    """
    what = entry.measure.replace("_", " ") or entry.term
    told = [f"{quantity(entry)}{f': {what}' if what else ''}"]
    if entry.population and entry.population.casefold() != entry.term.casefold():
        told[0] += f" ({entry.population})"
    where = entry.place or (country_name(entry.country) if entry.country_of == "place" else "")
    told += [f"in {where}"] if where and where not in (entry.origin, entry.destination) else []
    told += [f"from {entry.origin}"] if entry.origin else []
    told += [f"to {entry.destination}"] if entry.destination else []
    when = days(entry.first, entry.last)
    told += [when] if when else []
    if entry.modality in _MODALITY:
        told.append(_MODALITY[entry.modality])
    told.append(f"according to {entry.claimant}" if entry.claimant else "no source named")
    printed = ", ".join(one for one in (entry.outlet or entry.title, day(entry.published)) if one)
    gone = "; the article no longer has it" if entry.gone else ""
    joined = ", ".join(told)
    return f"{joined[:1].upper()}{joined[1:]}{f' ({printed})' if printed else ''}{gone}."


def quantity(entry: Entry) -> str:
    """Return how many, in the bounds of the words: "at least 340 households"."""
    low, high = entry.said_low, entry.said_high
    if low is None and high is None:
        low, high = entry.low, entry.high
    if low is None and high is None:
        return entry.quote or "an unstated number"
    if low is not None and high is not None and low != high:
        number = f"{digits(low)} to {digits(high)}"
    else:
        one = low if low is not None else high
        assert one is not None
        number = _BEFORE.get(entry.hedge, "") + digits(one)
        if entry.hedge is Hedge.VAGUE:
            number = entry.quote or f"at least {digits(one)}"
    singular, plural = _PLURALS.get(entry.unit, (entry.unit, entry.unit))
    unit = singular if low == high == 1 else plural
    sign = {Direction.UP: "up ", Direction.DOWN: "down "}.get(entry.direction, "") if entry.direction else ""
    each = "" if entry.kind is not Kind.RATE else " (rate)"
    return f"{sign}{number}{f' {unit}' if unit else ''}{each}"


def digits(number: Decimal) -> str:
    """Return a number with commas: 1,204; very long ones as they are.

    >>> digits(Decimal("1204")), digits(Decimal("66.70"))
    ('1,204', '66.7')
    """
    if abs(number.adjusted()) > 30:
        return str(number)
    plain = f"{number:,f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def day(one: date | None) -> str:
    """Return a day: 3 May 2024; "" for none."""
    return "" if one is None else f"{one.day} {_MONTHS[one.month - 1]} {one.year}"


def days(first: date | None, last: date | None) -> str:
    """Return a period in words; "" where neither end is known."""
    if first is None and last is None:
        return ""
    if first is None:
        return f"until {day(last)}"
    if last is None:
        return f"since {day(first)}"
    if first == last:
        return f"on {day(first)}"
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and _ends_month(last):
        return f"in {_MONTHS[first.month - 1]} {first.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"in {first.year}"
    return f"from {day(first)} to {day(last)}"


def _ends_month(one: date) -> bool:
    return one == date.max or (one + timedelta(days=1)).day == 1


def country_name(code: str) -> str:
    """Return the name of a country; the code itself where it is not known."""
    try:
        return gazetteer.country_row(code).name if code else ""
    except StopIteration:
        return code
