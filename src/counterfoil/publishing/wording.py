"""Values in words: what a reader of the ledger, the terminal or the page sees. Pure functions.

Words between quotation marks are the article's own; words without are ours.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from counterfoil.checking.model import Evidence, Verdict, Word
from counterfoil.comparing.wording import quantity_words
from counterfoil.publishing.model import Report
from counterfoil.reading.model import (
    Direction,
    Figure,
    Form,
    Hedge,
    Kind,
    Modality,
    Period,
    Place,
    Quantity,
    Statement,
    Tally,
)
from counterfoil.relating.model import RECORDS, RelationKind, Side
from counterfoil.spans import Reading

NARRATION = "the article itself"
NOTHING = "—"
_DASH, _MINUS = "–", "−"
_DECIMALS = 4  # decimals shown whole; more come of division, and are shortened to two
_LONGEST = 40  # digits; longer numbers are shown in powers of ten, so that no line grows without bound

_MONTHS = (  # ours rather than the locale's: the same report reads the same everywhere
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_UNITS = {  # units of the label format whose code is not the word that a reader expects: one, several
    "person": ("person", "people"),
    "item": ("item", "items"),
    "percentage_point": ("percentage point", "percentage points"),
    "ratio": ("time as many", "times as many"),
    "m2": ("m²", "m²"),
    "km2": ("km²", "km²"),
    "degC": ("°C", "°C"),
    "degF": ("°F", "°F"),
    "other": ("", ""),
}
_COUNTED = {  # units that take an s
    *("household", "family", "event", "building", "vehicle", "animal", "point", "vote", "seat"),
    *("second", "minute", "hour", "day", "week", "month", "year"),
}

TOLD = {  # units that the thing counted tells already
    *("person", "item", "other", "household", "family", "event", "building", "vehicle", "animal"),
    *("point", "vote", "seat", "percent", ""),
}

KINDS = {
    Kind.STOCK: "how many at a time (stock)",
    Kind.FLOW: "how many during a period (flow)",
    Kind.SHARE: "a share of a whole",
    Kind.CHANGE: "a change",
    Kind.RATE: "a rate",
    Kind.MONEY: "an amount of money",
    Kind.MEASUREMENT: "a measurement",
    Kind.DURATION: "a duration",
    Kind.AGE: "an age",
    Kind.SCORE: "a score",
    Kind.OTHER: "a quantity of another kind",
}
MODALITIES = {
    Modality.OBSERVED: "told as having happened",
    Modality.ESTIMATED: "told as an estimate",
    Modality.PROJECTED: "a projection: told as yet to come",
    Modality.PLANNED: "a plan: told as intended",
    Modality.FEARED: "feared, not told as having happened",
    Modality.DENIED: "denied by the source",
}
FORMS = {
    Form.DIRECT: "quoted word for word",
    Form.INDIRECT: "reported in the article’s words",
    Form.MIXED: "reported, partly word for word",
}
VERDICTS = {
    Word.SUPPORTED: "supported",
    Word.SUPPORTED_IN_DIRECTION: "supported in direction",
    Word.SENSITIVE: "sensitive",
    Word.CONTRADICTED: "contradicted",
    Word.TRUE_BUT_STALE: "true but stale",
    Word.NOT_CHECKABLE: "not checkable",
}
MEANINGS = {  # printed once on the page, so that no verdict has to be guessed at
    Word.SUPPORTED: "the records hold a figure within what the words allow",
    Word.SUPPORTED_IN_DIRECTION: "the records move the same way, by a different amount",
    Word.SENSITIVE: "the records answer yes or no depending on how they are asked",
    Word.CONTRADICTED: "no sensible way of asking the records reaches the figure",
    Word.TRUE_BUT_STALE: "true when counted, and overtaken since",
    Word.NOT_CHECKABLE: "no record at hand counts the same thing",
}
RELATIONS = {
    RelationKind.AGREES: "agrees with",
    RelationKind.CONTRADICTS: "contradicts",
    RelationKind.RECHARACTERISES: "re-characterises",
    RelationKind.PART_OF: "is part of",
    RelationKind.DIFFERENT_MEASURE: "is a different measure from",
    RelationKind.COPIES: "copies",
    RelationKind.RELAYS: "relays",
    RelationKind.ROUNDS: "rounds",
    RelationKind.SUPERSEDES: "supersedes",
    RelationKind.REVISES: "revises",
    RelationKind.SUM_OF: "is the sum of",
    RelationKind.DENIES: "denies",
    RelationKind.MISSTATED: "misstates",
    RelationKind.TYPO: "may be a slip for",
}

RELATIONS_BACK = RELATIONS | {  # as seen from the second figure
    RelationKind.RECHARACTERISES: "is re-characterised by",
    RelationKind.PART_OF: "contains",
    RelationKind.COPIES: "is copied by",
    RelationKind.RELAYS: "is relayed by",
    RelationKind.ROUNDS: "is rounded by",
    RelationKind.SUPERSEDES: "is superseded by",
    RelationKind.REVISES: "is revised by",
    RelationKind.SUM_OF: "is summed up in",
    RelationKind.DENIES: "is denied by",
    RelationKind.MISSTATED: "is misstated by",
    RelationKind.TYPO: "may have been mistyped as",
}

# C0 and C1 controls and lone surrogates would move a cursor, start an escape or stop the printing; direction marks
# would reorder the words around them.
_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)


def inert(words: str) -> str:
    """Return one line with nothing that a terminal would obey: controls become visible, direction marks vanish."""
    return _CONTROLS.sub(_neutral, words)


def _neutral(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code in (0x09, 0x0A, 0x0D, 0x2028, 0x2029):
        return " "
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode's picture of the control: ␛ for the escape
    if code == 0x7F:
        return "␡"
    return "\N{REPLACEMENT CHARACTER}" if code < 0xA0 or 0xD800 <= code <= 0xDFFF or code >= 0xFFFE else ""


def number(value: Decimal) -> str:
    """Return `value` with commas between thousands and no idle zeros: 1200000 is "1,200,000"."""
    if not value.is_finite():
        return str(value)
    if value and abs(value.adjusted()) > _LONGEST:
        return f"{value:.3e}"
    shown = f"{_shortened(value):,f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace("-", _MINUS)


def _shortened(value: Decimal) -> Decimal:
    """Return a value of endless decimals with two, or three digits below one: a third is 33.33. JSON keeps them all."""
    if value.as_tuple().exponent >= -_DECIMALS:  # type: ignore[operator]
        return value
    return value.quantize(Decimal(1).scaleb(-2 if value.adjusted() >= 0 else value.adjusted() - 2))


def unit(code: str, *, plural: bool = True) -> str:
    """Return the words of a unit of the label format; "" for none worth printing."""
    if code in _COUNTED:
        return {"family": "families"}.get(code, f"{code}s") if plural else code
    return _UNITS.get(code, (code, code))[plural]


def _with_unit(amount: str, code: str, *, plural: bool = True) -> str:
    if code == "percent":
        return f"{amount}%"
    return f"{amount} {unit(code, plural=plural)}".rstrip()


def bounds(low: Decimal | None, high: Decimal | None, code: str = "") -> str:
    """Return an interval, both ends included, in signs: "1–3", "≥ 5", "≤ 7", "39"; a dash where both are open."""
    if low is None and high is None:
        return NOTHING
    if low is None and high is not None:
        shown = f"≤ {number(high)}"
    elif high is None and low is not None:
        shown = f"≥ {number(low)}"
    else:
        assert low is not None
        assert high is not None
        between = f" to {_MINUS}" if high < 0 else _DASH
        shown = number(low) if low == high else f"{number(low)}{between}{number(abs(high) if high < 0 else high)}"
    return f"{shown}%" if code == "percent" else shown


def interval(quantity: Quantity) -> str:
    """Return what the words allow, in signs and without a unit (save %): "> 203,639", "1,150,000–1,249,999"."""
    percent = "%" if quantity.unit == "percent" else ""
    if quantity.hedge is Hedge.MORE_THAN and quantity.high is None and quantity.said_low is not None:
        return f"> {number(quantity.said_low)}{percent}"
    if quantity.hedge is Hedge.LESS_THAN and quantity.said_high is not None:
        return f"< {number(quantity.said_high)}{percent}"
    if quantity.hedge is Hedge.AT_MOST and quantity.high is not None:
        return f"≤ {number(quantity.high)}{percent}"
    return bounds(quantity.low, quantity.high, quantity.unit)


def interval_of(figure: Figure) -> str:
    """Return `interval` of a figure, with the sign of a change and with a unit that what is counted does not tell."""
    shown = interval(figure.number.value)
    code = figure.number.value.unit
    if shown != NOTHING and code not in TOLD:
        return f"{shown} {unit(code, plural=shown != '1')}"
    if figure.kind is Kind.CHANGE and shown != NOTHING:
        signs = {Direction.UP: "+", Direction.DOWN: _MINUS, None: ""}
        one_number = shown[0].isdigit() and _DASH not in shown  # "−39.5–40.5%" would be read as from minus to plus
        return signs[figure.direction] + shown if one_number else f"{shown}{ARROWS[figure.direction]}"
    return shown


ARROWS = {Direction.UP: " up", Direction.DOWN: " down", None: ""}


def interval_in_words(figure: Figure) -> str:
    """Return what the number's words allow as a phrase: "203,640 people or more, with no ceiling"."""
    quantity = figure.number.value
    low, high, code = quantity.low, quantity.high, quantity.unit
    ahead = {Direction.UP: "up by ", Direction.DOWN: "down by ", None: ""}[figure.direction]
    if low is None and high is None:
        return "the words set neither a floor nor a ceiling"
    if low is None and high is not None:
        return f"{ahead}{_with_unit(number(high), code, plural=high != 1)} at most, with no floor"
    if high is None and low is not None:
        return f"{ahead}{_with_unit(number(low), code)} or more, with no ceiling"
    assert low is not None
    assert high is not None
    if low == high:
        return f"{ahead}exactly {_with_unit(number(low), code, plural=low != 1)}"
    return f"{ahead}anything from {_with_unit(number(low), '' if code != 'percent' else code)} to " + _with_unit(
        number(high), code
    )


def hedge(figure: Figure) -> str:
    """Return why the interval is as wide as it is; "" where the number is exact to the unit."""
    quantity = figure.number.value
    words = f"“{figure.hedge.quote}” " if figure.hedge else ""
    if quantity.hedge is Hedge.EXACT:
        if quantity.low == quantity.high or not quantity.grain.is_finite() or quantity.grain <= 0:
            return ""
        code = "" if quantity.unit in TOLD and quantity.unit != "percent" else quantity.unit
        return f"written to the nearest {_with_unit(number(quantity.grain), code, plural=quantity.grain != 1)}"
    reasons = {
        Hedge.AT_LEAST: "sets a floor",
        Hedge.MORE_THAN: "sets a floor",
        Hedge.AT_MOST: "sets a ceiling",
        Hedge.LESS_THAN: "sets a ceiling",
        Hedge.ABOUT: "allows for the numbers around it",
        Hedge.NEARLY: "says just below",
        Hedge.RANGE: "gives a range",
        Hedge.VAGUE: "is vague",
    }
    return f"{words or f'“{figure.number.anchor.quote}” '}{reasons[quantity.hedge]}"


def day(value: date, *, short: bool = False) -> str:
    """Return "8 November 2023", or "8 Nov 2023"."""
    return f"{value.day} {month_name(value, short=short)} {value.year}"


def month_name(value: date, *, short: bool) -> str:
    """Return "November", or "Nov"."""
    name = _MONTHS[value.month - 1]
    return name[:3] if short else name


def period(value: Period, *, short: bool = False) -> str:
    """Return the days as people write them: "2023", "November 2023", "since 1 October 2023"; "" where unknown."""
    first, last = value.first, value.last
    if first is None and last is None:
        return ""
    if last is None and first is not None:
        return f"since {day(first, short=short)}"
    if first is None and last is not None:
        return f"until {day(last, short=short)}"
    assert first is not None
    assert last is not None
    if value.open_start and not value.open_end:
        return f"until {day(last, short=short)}"
    named = days(first, last, short=short)
    return f"since {named}" if value.open_end and first == last else named


def days(first: date, last: date, *, short: bool = False) -> str:
    """Return the days from `first` to `last` as people write them: "2023", "1–8 November 2023"."""
    if first == last:
        return day(first, short=short)
    starts_month, ends_month = first.day == 1, last == date.max or (last + timedelta(days=1)).day == 1
    if starts_month and ends_month:
        if first.month == 1 and last.month == 12:
            return str(first.year) if first.year == last.year else f"{first.year}{_DASH}{last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{month_name(first, short=short)} {first.year}"
        opening = month_name(first, short=short) + ("" if first.year == last.year else f" {first.year}")
        return f"{opening}{_DASH}{month_name(last, short=short)} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{_DASH}{day(last, short=short)}"
    opening = f"{first.day} {month_name(first, short=short)}" if first.year == last.year else day(first, short=short)
    return f"{opening} {_DASH} {day(last, short=short)}"


def listed(words: Iterable[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    items = list(words)
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""


def verdict(value: Verdict) -> str:
    """Return the verdict in words: "sensitive to window and baseline"."""
    if value.word is Word.SENSITIVE and value.sensitive_to:
        return f"sensitive to {listed(value.sensitive_to)}"
    return VERDICTS[value.word]


def answer(evidence: Evidence) -> str:
    """Return what the records answer, with its unit; a dash where they do not."""
    shown = bounds(evidence.low, evidence.high, evidence.unit)
    return shown if shown == NOTHING or evidence.unit == "percent" else f"{shown} {unit(evidence.unit)}".rstrip()


def sentence(words: str) -> str:
    """Return `words` as a sentence: a capital before it, a stop after it."""
    words = _one_line(words)
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?", "…", ".”")) or not words else ".")


def count(amount: int, one: str, several: str | None = None) -> str:
    """Return "1 figure", "12 figures"."""
    return f"{amount:,} {one if amount == 1 else several or one + 's'}"


def statement_of(report: Report, figure: Figure) -> Statement | None:
    """Return the innermost statement that contains the figure; None where the article speaks for itself."""
    index = figure.statement
    return report.statements[index] if index is not None and 0 <= index < len(report.statements) else None


def voices(report: Report, figure: Figure) -> tuple[Statement, ...]:
    """Return who says it, innermost first, then who is reported to have quoted them."""
    chain: list[Statement] = []
    index = figure.statement
    while index is not None and 0 <= index < len(report.statements) and len(chain) < len(report.statements):
        # "He said: 'We counted ...'": one voice, quoting itself.
        if not chain or chain[-1].speaker.name != report.statements[index].speaker.name:
            chain.append(report.statements[index])
        index = report.statements[index].parent
    return tuple(chain)


def speaker(statement: Statement) -> str:
    """Return the canonical name; "a source not named" where nobody is named."""
    return "a source not named" if statement.speaker.kind == "unnamed" else statement.speaker.name


def said_by(report: Report, figure: Figure) -> str:
    """Return who said it, or that the article speaks for itself."""
    statement = statement_of(report, figure)
    return NARRATION if statement is None else speaker(statement)


def speakers(report: Report) -> tuple[str, ...]:
    """Return the names of those who say something, each once, in the order of the text."""
    return tuple(dict.fromkeys(one.speaker.name for one in report.statements if one.speaker.kind != "unnamed"))


@dataclass(frozen=True, slots=True)
class Row:
    """One figure in one line of the ledger, ready to print."""

    written: str
    interval: str
    what: str
    when: str
    where: str
    said_by: str
    records: str


def rows(report: Report) -> tuple[Row, ...]:
    """Return the ledger's lines, in the order of the text."""
    return tuple(
        Row(
            written=written(figure),
            interval=interval_of(figure),
            what=what(figure),
            when=when(figure),
            where=where(figure),
            said_by=said_by(report, figure),
            records=verdict(check) if check else NOTHING,
        )
        for figure, check in zip_checks(report)
    )


def zip_checks(report: Report) -> Iterable[tuple[Figure, Verdict | None]]:
    """Yield each figure with its verdict; None for a figure that was not checked."""
    for index, figure in enumerate(report.figures):
        yield figure, report.checks[index] if index < len(report.checks) else None


def written(figure: Figure, *, record: bool = False) -> str:
    """Return hedge and number as they stand in the article; a record's cell with its hedge and grouped digits."""
    if record:
        return quantity_words(figure.number.value)
    hedge_words = f"{_one_line(figure.hedge.quote)} " if figure.hedge else ""
    return hedge_words + _one_line(figure.number.anchor.quote)


def what(figure: Figure) -> str:
    """Return what was counted and what happened to it, in the article's own words."""
    parts = [_one_line(anchor.quote) for anchor in (figure.what, figure.event) if anchor]
    if not parts and figure.measure:
        parts = [_one_line(figure.measure.value.term)]
    return ", ".join(dict.fromkeys(parts)) or NOTHING


def term(figure: Figure) -> str:
    """Return the words that decide what is counted, verbatim."""
    if figure.measure and figure.measure.value.term:
        return _one_line(figure.measure.value.term)
    return what(figure)


def cited(side: Side) -> str:
    """Return number and term between quotation marks: “Over 41,300 … deported”."""
    return f"“{written(side.figure, record=side.where == RECORDS)} … {term(side.figure)}”"


def when(figure: Figure, *, short: bool = True) -> str:
    """Return the days, or the article's words between quotation marks where they fix none."""
    if figure.period is None:
        return NOTHING
    return period(figure.period.value, short=short) or f"“{_one_line(figure.period.anchor.quote)}”"


def where(figure: Figure) -> str:
    """Return the place, or from where to where; the article's words in quotation marks where it is not known."""
    parts = []
    for opening, reading in (("", figure.place), ("from ", figure.origin), ("to ", figure.destination)):
        if reading is not None:
            known = reading.value.level != "unknown"
            name = reading.value.name if known else f"“{_one_line(reading.anchor.quote)}”"
            parts.append(opening + name)
    return ", ".join(parts) or NOTHING


def places(figure: Figure) -> list[tuple[str, Reading[Place]]]:
    """Return the places of a figure, each with what it is to it."""
    named = [("Where", figure.place), ("From", figure.origin), *(("Through", one) for one in figure.transit)]
    return [(name, one) for name, one in [*named, ("To", figure.destination)] if one is not None]


def doubts(figure: Figure) -> str:
    """Return what the model that read the figure is unsure of, with how probable it holds its answer: "time (41%)".

    Only of what a check or a reader leans on: how much, what sort of count, where and when.
    """
    unsure = [one for one in figure.certainty if one.probability < UNSURE and one.of in _LEANT_ON]
    return ", ".join(f"{one.of} ({one.probability:.0%})" for one in unsure)


_LEANT_ON = ("number", "kind", "place", "time")
UNSURE = 0.5  # at least as likely wrong as right, by the model's own account
TALLIES = {Tally.CUMULATIVE: "a running total", Tally.INCREMENT: "added to an earlier count"}


def _one_line(words: str) -> str:
    return " ".join(words.split())


_WEB = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?\Z", re.IGNORECASE)


def web_address(address: str | None) -> str | None:
    """Return `address` if it is plain http or https, without user name, blanks or controls; else None."""
    if address and len(address) <= 2048 and address.isprintable() and _WEB.match(address):
        return address
    return None
