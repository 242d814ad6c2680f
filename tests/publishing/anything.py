"""Findings of any shape that the types allow: what drawing and writing must take without falling over."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from counterfoil.checking.model import Curve, Finding, HeatMap, Point, Query, Unmatched, Verdict, Word
from counterfoil.documents.model import Document, digest
from counterfoil.publishing.model import Report
from counterfoil.reading.model import Direction, Figure, Hedge, Kind, Quantity
from counterfoil.spans import Reading, Span

_WORDS = st.text(max_size=12)
_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
_DAYS = st.dates()
_SHARES = st.none() | st.floats(0, 1)
_MAYBE = st.none() | _NUMBERS
_WINDOWS = st.tuples(_DAYS, _DAYS).map(lambda days: tuple(sorted(days)))


@st.composite
def _points(draw: st.DrawFn) -> Point:
    changed = draw(st.booleans())
    windows = 1 + changed
    value = draw(st.floats(min_value=-100, allow_nan=False) if changed else _NUMBERS)
    return Point(
        draw(_WORDS), draw(_WORDS), draw(_WORDS), draw(_WORDS), draw(_WINDOWS), draw(_WINDOWS) if changed else None,
        tuple(draw(st.lists(st.floats(0, 1e9), min_size=windows, max_size=windows))),
        tuple(draw(st.lists(st.integers(0, 10**6), min_size=windows, max_size=windows))),
        value, draw(_MAYBE), draw(_MAYBE), draw(_MAYBE), draw(_MAYBE), draw(st.floats(0, 1)),
        draw(st.booleans()), draw(st.booleans()), tuple(draw(st.lists(_WORDS, max_size=2))),
    )  # fmt: skip


@st.composite
def _heats(draw: st.DrawFn) -> HeatMap:
    rows, columns = draw(st.integers(0, 4)), draw(st.integers(0, 20))

    def table(cells: st.SearchStrategy[object]) -> tuple[tuple[object, ...], ...]:
        row = st.lists(cells, min_size=columns, max_size=columns).map(tuple)
        return tuple(draw(st.lists(row, min_size=rows, max_size=rows)))

    names = [tuple(draw(st.lists(_WORDS, min_size=size, max_size=size))) for size in (rows, columns)]
    places = st.tuples(st.integers(0, max(0, rows - 1)), st.integers(0, max(0, columns - 1)))
    return HeatMap(names[0], names[1], table(_MAYBE), table(st.booleans()), draw(st.none() | places))


@st.composite
def _curves(draw: st.DrawFn) -> Curve:
    ends = sorted(draw(st.lists(st.integers(1, date.max.toordinal()), max_size=40, unique=True)))
    days = [date.fromordinal(one) for one in ends]
    pairs = zip(days[::2], days[1::2], strict=False)
    steps = tuple((first, last, draw(_MAYBE)) for first, last in pairs)
    shaded = tuple(
        (*draw(_WINDOWS), draw(st.sampled_from(["later", "earlier"]))) for _ in range(draw(st.integers(0, 3)))
    )
    breaks = tuple(draw(st.lists(st.tuples(_DAYS, _WORDS), max_size=3)))
    return Curve(draw(_WORDS), draw(_WORDS), steps, shaded, breaks, draw(st.booleans()))


FINDINGS = st.builds(
    Finding,
    **dict.fromkeys("source publisher edition digest licence measure definition sensibility changes".split(), _WORDS),
    match=st.lists(_WORDS, max_size=3).map(tuple),
    word=st.sampled_from(Word),
    sensitive_to=st.lists(_WORDS, max_size=2).map(tuple),
    reasons=st.lists(_WORDS, max_size=2).map(tuple),
    asked=st.none() | _points(),
    settings=st.integers(0, 10**9),
    rows=st.integers(0, 10**9),
    agreement=st.none() | st.booleans(),
    direction_share=_SHARES,
    magnitude_share=_SHARES,
    percentile=_SHARES,
    null_probability=_SHARES,
    alternatives=st.lists(st.tuples(_WORDS, _WORDS | st.sampled_from([one.value for one in Word])), max_size=2).map(
        tuple
    ),
    best_support=st.none() | _points(),
    best_counter=st.none() | _points(),
    forest=st.lists(_points(), max_size=4).map(tuple),
    heat=st.none() | _heats(),
    curve=st.none() | _curves(),
    query=st.builds(Query, _WORDS, _WORDS),
)


def report_of(finding: Finding) -> Report:
    """Return a report of one figure, "12% more", with this finding."""
    text = "12% more dead"
    document = Document(text, digest(text))
    number = Quantity(
        Decimal(12), Decimal(12), "percent", Hedge.EXACT, Decimal(12), Decimal(12), Decimal(1), Decimal(1)
    )
    figure = Figure(Reading(number, document.anchor(Span(0, 3)), "x"), Kind.CHANGE, direction=Direction.UP)
    unmatched = (Unmatched(finding.source, finding.edition, finding.changes),)
    check = Verdict(figure, finding.word, (), (), (), findings=(finding,), unmatched=unmatched)
    return Report(document, (), (figure,), (), (check,), (), (), (), "rules@1", "0.1.0")
