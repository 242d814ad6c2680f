"""Figures put together: each number with its values, measure, period, place, statement and scene.

Grammars give values and an engine chose which words belong to which number; nothing here reads digits or dates.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from counterfoil.documents.model import Document
from counterfoil.reading import (
    happening,
    leaning,
    measures,
    owntimes,
    pairs,
    periods,
    persons,
    places,
    portions,
)
from counterfoil.reading.figures import Choice, Found, Labels, Spread, candidates, choose
from counterfoil.reading.model import (
    Figure,
    Kind,
    Measure,
    Modality,
    Period,
    Place,
    Precision,
    Quantity,
    Statement,
)
from counterfoil.reading.movements import BY_SUBJECT
from counterfoil.reading.numbers import Number
from counterfoil.reading.periods import Time
from counterfoil.reading.places import Mention
from counterfoil.spans import Anchor, Reading, Skipped, Span

# The country that an article is about has more than half of the places named and 1.75 times those of the next, a
# demonym counting a quarter: so 880 of 957 figures of train without a place of their own get their labelled country;
# of the settings tried (half to two thirds, 1 to 2 times, 0 to half) none got more right with fewer wrong.
PLACE_WEIGHT, DEMONYM_WEIGHT = 4, 1
MAJORITY, AHEAD = 0.5, 1.75
DEEPEST = 8  # statements within statements that are told apart
YEAR = re.compile(r"(?:19|20)\d\d")
LEAD = re.compile(
    r"^(?:compared (?:with|to)|against|than|relative to|over|as (?:many |much )?as|from) (?:in |during )?"
)
SINCE = ("since", "after", "following")
REACH = 300  # code points on either side of a number in which its movement began and ended
# What stands between a number and the end of another number's movement.
APART = re.compile(r"\d[\d,.]*|\band\b|\bwhile\b|[,;]")
LISTING = frozenset(
    (", ", " and ", ", and ", " or ", " and the ", ", and the ", " and from ", " and to ", " and into ")
)
# "Fell to 21.9 per cent" tells where it stands now, whatever a model makes of the verb.
TO = re.compile(r"\b(?:to|at)(?: (?:a|an|about|around|some|just|only|over|under|nearly|almost|record|the)){0,3} \Z")
ON_THE_YEAR = re.compile(r"(?:on|over) (?:the|a) (?:year|quarter|month|week|day)( before| earlier)?", re.IGNORECASE)
BY_SO_MUCH = re.compile(r"\bby (?:a |an |about |some |nearly |almost |only |just )?\Z", re.IGNORECASE)
NEAR = 40  # code points before a number in which that "to" may stand
T = TypeVar("T")


def owners(statements: Sequence[Statement], spans: Sequence[Span]) -> list[int | None]:
    """Return for each span, in text order, the index of the shortest statement whose content contains it."""
    pieces = sorted(
        (piece.span.start, piece.span.end, sum(len(p.span) for p in statement.content), i)
        for i, statement in enumerate(statements)
        for piece in statement.content
    )
    depths = [0] * len(statements)
    for i, statement in enumerate(statements):
        parent = statement.parent
        while parent is not None and depths[i] < DEEPEST:
            depths[i] += 1
            parent = statements[parent].parent
    found: list[int | None] = []
    open_: list[tuple[int, int, int, int]] = []
    at = 0
    for span in spans:
        while at < len(pieces) and pieces[at][0] <= span.start:
            open_.append(pieces[at])
            at += 1
        open_ = [piece for piece in open_ if piece[1] > span.start]
        around = [piece for piece in open_ if piece[1] >= span.end]
        # Of two that share their words ("X, quoting Y, said ...") the one inside the other is the innermost.
        found.append(min(around, key=lambda p: (p[2], -depths[p[3]], p[3]))[3] if around else None)
    return found


def find(found: Found) -> tuple[tuple[Figure, ...], tuple[Skipped, ...]]:
    """Return the figures in text order, and the numbers that turned out to be none, with the reason."""
    kept, skipped = candidates(found)
    return assemble(found, kept, choose(found, kept)), skipped


def assemble(found: Found, kept: Sequence[Number], choices: Sequence[Choice]) -> tuple[Figure, ...]:
    """Return a figure for each number and what was chosen for it: its values, measure, statement and scene."""
    document = found.document
    text = document.text
    dated, named, counted = Spread(found.times), Spread(found.mentions), Spread(kept)
    published = document.published.day if document.published else None
    spoken = periods.utterance_days(text, found.sentences, found.times, published)
    stage = scene(document, found.mentions)
    said_in = owners(found.statements, [number.span for number in kept])
    ends = [s.end for s in found.sentences]
    spots = pairs.places(text, found.words, found.sentences, found.mentions, kept, [choice.place for choice in choices])
    figures: list[Figure] = []
    for number, choice, spot, statement in zip(kept, choices, spots, said_in, strict=True):
        index = min(bisect_right(ends, number.span.start), len(ends) - 1)
        sentence = found.sentences[index]
        teller = found.statements[statement].source if statement is not None else None
        if choice.what is not None and teller is not None and choice.what in teller.span:
            choice = replace(choice, what=None)  # "the ministry speaks of 2,900 hectares": who says it is not counted
        if choice.time is not None and ON_THE_YEAR.fullmatch(choice.time.span.of(text)):
            shown = choice.base if choice.base is not None else choice.time.span  # "up 8 per cent on the year"
            choice = replace(choice, time=None, base=shown, carried=tuple(n for n in choice.carried if n != "period"))
        own = owntimes.own_time(
            text,
            number.span,
            choice.time,
            sentence=sentence,
            times=dated.inside(sentence),
            numbers=counted.inside(sentence),
            said=found.statements[statement] if statement is not None else None,
        )
        if own is not choice.time:
            choice = replace(choice, time=own, carried=tuple(name for name in choice.carried if name != "period"))
        choice = _in_own_clause(text, number.span, choice, counted.inside(sentence))
        bare = None
        if number.shape in ("count", "vague") and not number.quantity.unit:
            bare = persons.find(text, found.words, number.span, choice.what, sentence)
            if bare is not None and _agrees(choice, bare):
                bare = None  # a model that takes it for the same knows more: whether it happened or stands so
        if bare is not None:
            labels = choice.labels and replace(choice.labels, kind=None, concept="", unit="", direction=None)
            verbal = choice.event is not None and bare.verb.overlaps(choice.event) and choice.event.end <= bare.verb.end
            told = (bare.verb, None) if bare.toll else (None, choice.event if verbal else bare.verb)
            choice = replace(choice, what=told[0], event=told[1], labels=labels)
        if (
            choice.labels is not None
            and choice.labels.kind is Kind.AGE
            and number.shape != "age"
            and (_is_no_person(text, choice.what) or FIGURE_OF.search(text, _before(number.span), number.span.start))
        ):
            choice = replace(choice, labels=None)
        judged = measures.judge(
            text,
            number=number.span,
            shape=number.shape,
            unit=number.quantity.unit,
            direction=number.direction,
            what=choice.what,
            event=choice.event,
            time=choice.time.span if choice.time else None,
            clause=sentence,
        )
        if bare is not None:
            judged = _of_persons(document, judged, bare)
        direction = number.direction
        first = min(number.span.start, number.hedge.start) if number.hedge else number.span.start
        before = max(sentence.start, first - NEAR)
        level = judged.kind != Kind.CHANGE and TO.search(
            text, max(sentence.start, number.span.start - NEAR), number.span.start
        )
        if choice.labels is not None and not (level and choice.labels.kind == Kind.CHANGE):
            ruled = judged
            beside = choice.what is not None and 0 <= choice.what.start - number.span.end <= 1
            judged, direction = _labelled(judged, choice.labels, beside=beside), choice.labels.direction
            if number.shape == "age":
                judged = replace(judged, kind=Kind.AGE)
            if ruled.kind is Kind.CHANGE and judged.kind is Kind.SHARE and BY_SO_MUCH.search(text, before, first):
                judged, direction = (
                    replace(judged, kind=Kind.CHANGE),
                    number.direction,
                )  # "cut the catch by 29 per cent"
            if ruled.kind is Kind.STOCK and judged.kind is Kind.FLOW and _is_at(text, choice.time, AT):
                judged = replace(judged, kind=Kind.STOCK)
        entry = measures.measure(judged.code)
        if judged.kind is Kind.FLOW and entry and entry.kind != "flow" and _is_at(text, choice.time, STANDS):
            judged = replace(judged, kind=Kind.STOCK)
        if judged.kind in (Kind.STOCK, Kind.FLOW) and EACH.match(text, number.span.end):
            judged = replace(judged, kind=Kind.RATE)
        elif judged.kind == Kind.CHANGE:
            direction = direction or measures.direction(text, number.span, choice.event, choice.what)
        else:
            direction = None
        said_on = spoken[index]
        near = named.inside(sentence)
        last_one = named.inside(found.sentences[index - 1]) if index else ()
        place = happening.settled(text, spot, judged.code, near, last_one, _around(found.statements, statement))
        elsewhere = place is not None and place is not choice.place and not sentence.overlaps(place.span)
        base, baseline = _compared(document, judged.kind, choice.base, said_on, dated, sentence)
        judged = _ahead(text, judged, choice.time, said_on)
        origin, destination, transit = _moved(document, judged.code, number.span, named, sentence, spot)
        figures.append(
            Figure(
                number=Reading(_in_unit(number.quantity, judged.unit), document.anchor(number.span), number.by),
                kind=judged.kind,
                hedge=_anchor(document, number.hedge),
                what=_anchor(document, choice.what),
                event=_anchor(document, choice.event),
                measure=_measure(document, number, judged),
                direction=direction,
                period=_period(document, choice.time, judged.modality, said_on) if choice.time else None,
                base=base,
                baseline=baseline,
                place=_place(document, place) if place else None,
                origin=origin,
                destination=destination,
                modality=judged.modality,
                statement=statement,
                as_of=said_on,
                scene=_own_scene(stage, near, choice.what, base),
                carried=choice.carried
                if place is choice.place
                else (*(n for n in choice.carried if n != "place"), *(("place",) if elsewhere else ())),
                transit=transit,
                tally=_read(document, judged.tally, "measures.tally@1"),
                cause=_read(document, judged.cause, "measures.cause@1"),
                certainty=choice.certainty,
            )
        )
    whole = tuple(_of_counts(_ends_alike(text, list(_apart(document, figures, dated))), ends))
    leant = tuple(leaning.told(document, found.words, found.sentences, whole))
    return tuple(portions.told(document, found.words, found.sentences, leant))


_FROM_TO = re.compile(r"\s+to\s+(?:(?:about|around|over|nearly|some|just|only|more than|at least)\s+)?\Z")
_FAR = 24  # code points between the two ends of a change


def _ends_alike(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Return them with both ends of "from 4.2% to 3.8%" counting one thing, where of one end it is not known what."""
    alike = list(figures)
    for k in range(1, len(alike)):
        first, last = alike[k - 1], alike[k]
        start, end = first.number.anchor.span, last.number.anchor.span
        between = end.start - start.end
        if between > _FAR or not _FROM_TO.match(text, start.end, end.start) or first.measure is None:
            continue
        if last.measure is None or text[max(0, start.start - 5) : start.start].strip().lower() != "from":
            continue
        codes = first.measure.value.code, last.measure.value.code
        if first.number.value.unit == last.number.value.unit and codes.count("other") == 1:
            if codes[1] == "other":
                alike[k] = replace(last, measure=first.measure)
            else:
                alike[k - 1] = replace(first, measure=last.measure)
    return alike


FIGURE_OF = re.compile(r"\b(?:figure|toll|number|count|total|tally|estimate)s? of \Z")  # no age: "the figure of 19"


def _around(statements: Sequence[Statement], at: int | None) -> list[Statement]:
    """Return the statements around a figure, the innermost first."""
    around: list[Statement] = []
    while at is not None and len(around) < DEEPEST:
        around.append(statements[at])
        at = statements[at].parent
    return around


def _agrees(choice: Choice, bare: persons.Bare) -> bool:
    """Say whether a model counts the same people, and no thing behind the verb: not "homes" of "17,000 flee homes"."""
    behind = choice.what is not None and choice.what.start >= bare.verb.start and choice.what.end > bare.verb.end
    labels = choice.labels
    return labels is not None and labels.unit == "person" and labels.concept == measures.label(bare.code) and not behind


def _of_persons(document: Document, judged: measures.Judged, bare: persons.Bare) -> measures.Judged:
    """Return what a number counts that a verb alone tells of: people, and what befell them."""
    entry = measures.measure(bare.code)
    kind = Kind.STOCK if entry is not None and entry.kind == "stock" else Kind.FLOW
    return replace(judged, code=bare.code, term=bare.verb, population=None, unit="person", kind=kind, by=persons.BY)


_YEAR_NAMED = re.compile(r"\b(?:19|20)\d\d\b|\bnext\b")


def _ahead(text: str, judged: measures.Judged, time: Time | None, said_on: date | None) -> measures.Judged:
    """Return what is told of a year that is still to come as projected: nobody has observed "growth of 5% in 2031"."""
    observed = judged.modality in (Modality.OBSERVED, Modality.ESTIMATED)
    if not observed or time is None or said_on is None or time.period.first is None:
        return judged
    named = time.period.first.year > said_on.year and _YEAR_NAMED.search(time.span.of(text))
    return replace(judged, modality=Modality.PROJECTED) if named else judged


_NO_PERSON = frozenset(
    "it they that this these those figure figures toll tolls number numbers count tally total".split()
)


def _is_no_person(text: str, what: Span | None) -> bool:
    """Say whether the words for what is counted end with one that has no age: "it", "the figure", "its toll"."""
    return what is not None and what.of(text).lower().split()[-1] in _NO_PERSON


def _before(number: Span) -> int:
    return max(0, number.start - NEAREST)


# "Of the 12,400 people who fled, 7,000 returned": the 12,400 fled.
_WHO_DID = re.compile(
    r"\s+(?:who|that|which)\s+((?:(?:had|have|has|were|was)\s+)?[a-z]+ed|fled|left|came)\b[^,;.]{0,60},"
)
# "the board, which has 3,200 members, said that ...": what follows the comma is not of the members.
_WHICH_HAS = re.compile(r"\b(?:which|who)\s+(?:has|have|had|employs?|employed|runs?|ran)\s+(?:\w+\s+){0,2}\Z")
NEAREST = 40  # code points before a number in which "which has" may stand


def _in_own_clause(text: str, number: Span, choice: Choice, numbers: Sequence[Number]) -> Choice:
    """Return the choice with the event of the number's own clause, where a comma closes that before the one chosen."""
    what, event = choice.what, choice.event
    inner = [one.span.end for one in numbers if event is not None and one.span in event and one.span.end < number.start]
    if event is not None and inner and event.end <= number.start:
        rest = _PAST.match(text, inner[-1], event.end)
        event = Span(rest.end(), event.end) if rest else event  # "kills 14, cuts power to 60,000"
        choice = replace(choice, event=event)
    if event is not None and event.start >= number.end and _NEXT_CLAUSE.match(text, event.start):
        choice, event = replace(choice, event=None), None  # "fell to 52 and that nobody was missing"
    if what is None or event is None or event.start < max(what.end, number.end):
        return choice
    did = _WHO_DID.match(text, what.end, event.start)
    if did and what.start >= number.end:
        return replace(choice, event=Span(*did.span(1)))
    if "," in text[number.end : event.start] and _WHICH_HAS.search(text[max(0, number.start - NEAREST) : number.start]):
        return replace(choice, event=None)
    return choice


_PAST = re.compile(r"\s*(?:, and\b|,|\band\b)\s+")
_NEXT_CLAUSE = re.compile(r"(?:and|but|while|whereas|although|because) ", re.IGNORECASE)
BEFORE = re.compile(r"\b(?:earlier|before|previous(?:ly)?|preceding)\b", re.IGNORECASE)
# "30 people a month", "12 attacks per day", not "12 died a year ago": as many each time, and no sum over the period.
EACH = re.compile(
    r"(?:\s+(?!(?:in|for|within|over|during|after|of|on|at|by|from|than|about|nearly|and|or)\b)[\w'’-]+){0,3}?"
    r"\s+(?:a|an|per|each|every)\s+(?:hour|day|night|week|fortnight|month|quarter|year)\b"
    r"(?!\s+(?:ago|earlier|before|later|after|old|long|and|or)\b)(?!-)",
    re.IGNORECASE,
)


def _is_at(text: str, time: Time | None, words: re.Pattern[str]) -> bool:
    """Say whether the words name a day at which something stands: "at the end of 2023", "as of Monday"."""
    if time is None or time.period.first is None or time.period.first != time.period.last:
        return False
    return words.match(time.span.of(text)) is not None


AT = re.compile(r"(?:at|by|as of|as at|as on)\b", re.IGNORECASE)
STANDS = re.compile(r"(?:at the (?:end|start|beginning|close|turn) of|as of|as at|as on)\b", re.IGNORECASE)


def _of_counts(figures: Iterable[Figure], ends: Sequence[int]) -> Iterator[Figure]:
    """Yield the figures; a change of what a count of its sentence counts is a change of the same measure.

    "60,014 refugees were admitted, an increase of 67%": of those admitted, though its own words name refugees alone.
    """
    counted: dict[tuple[int, Span], Reading[Measure]] = {}
    timed: dict[tuple[int, Span], Reading[Period] | None] = {}
    for figure in figures:
        if figure.what is None or figure.measure is None:
            yield figure
            continue
        key = bisect_right(ends, figure.number.anchor.span.start), figure.what.span
        entry = measures.measure(figure.measure.value.code)
        if figure.kind != Kind.CHANGE:
            counted[key] = figure.measure
            timed[key] = figure.period
        elif key in counted:
            if entry is None or entry.rank < 3:
                figure = replace(figure, measure=counted[key])
            period = figure.period
            if period is not None and period == timed[key] and BEFORE.search(period.anchor.quote):
                # "It had admitted 60,014 a year earlier, an increase of 67%": since then, not in that year.
                figure = replace(figure, period=None, base=period.anchor, baseline=period)
        yield figure


def _apart(document: Document, figures: Sequence[Figure], times: Spread[Time]) -> Iterator[Figure]:
    """Yield the figures; one that another is compared with ("from 450 to 300 in 2022") has not that one's time.

    Of 214 such numbers in the labelled train articles 198 have a time among the words of the comparison, or none. Nor
    has a figure the time of the number that it is compared with.
    """
    bases = {figure.base.span: figure for figure in figures if figure.base is not None}
    spans = sorted(bases)
    starts = [figure.number.anchor.span.start for figure in figures]
    for figure in figures:
        period = figure.period
        if period is not None and figure.base is not None and period.anchor.span in figure.base.span:
            inside = bisect_left(starts, figure.base.span.start), bisect_left(starts, period.anchor.span.start)
            # "27 bodies from 16 graves in March" compares nothing
            before = document.text[max(0, figure.base.span.start - 6) : figure.base.span.start]
            compared = not figure.base.quote.startswith("from") or before.endswith((" up ", " down "))
            if inside[0] < inside[1]:
                last = figures[inside[1] - 1].number.anchor.span.end
                beside = not document.text[last : period.anchor.span.start].strip()  # "to 17 from 11 a week earlier"
                period = None if compared or beside else period
        at = bisect_right(spans, figure.number.anchor.span.start, key=lambda span: span.start) - 1
        base = spans[at] if at >= 0 else None
        if base is not None and figure.number.anchor.span in base:
            other = bases[base].period
            if period is not None and other is not None and other.anchor == period.anchor:
                period = period if period.anchor.span in base else None
            own = [t for t in times.inside(base) if t.span in base and t.span.start >= figure.number.anchor.span.end]
            if period is None and len(own) == 1:
                period = _period(document, own[0])
        if period is figure.period:
            yield figure
        else:
            carried = tuple(name for name in figure.carried if name != "period")
            yield replace(figure, period=period, carried=carried)


def _anchor(document: Document, span: Span | None) -> Anchor | None:
    return document.anchor(span) if span else None


def _read(document: Document, told: tuple[T, Span] | None, by: str) -> Reading[T] | None:
    return Reading(told[0], document.anchor(told[1]), by) if told else None


def _measure(document: Document, number: Number, judged: measures.Judged) -> Reading[Measure]:
    population = judged.population.of(document.text) if judged.population else None
    anchor = document.anchor(judged.term or number.span)
    return Reading(Measure(judged.code, anchor.quote if judged.term else "", population), anchor, judged.by)


def scene(document: Document, mentions: Sequence[Mention]) -> Reading[Place] | None:
    """Return the country that most of the places named in the article lie in, anchored where it is first named."""
    counts: Counter[str] = Counter()
    for mention in mentions:
        if mention.place.country:
            counts[mention.place.country] += DEMONYM_WEIGHT if mention.role == "demonym" else PLACE_WEIGHT
    if not counts:
        return None
    (country, most), *others = counts.most_common(2)
    if most <= MAJORITY * sum(counts.values()) or (others and most < AHEAD * others[0][1]):
        return None
    first = next(m for m in mentions if m.place.country == country)
    named = [m.place for m in mentions if m.place.country == country]
    known = [*named, *places.lookup(first.place.name.rpartition(", ")[2])]
    whole = next((p for p in known if p.country == country and p.level == "country"), None)
    if whole is None:
        return None
    return Reading(
        replace(whole, reason="most places that the article names lie there"),
        document.anchor(first.span),
        "figures.scene@1",
    )


def _own_scene(
    stage: Reading[Place] | None, mentions: Sequence[Mention], what: Span | None, base: Anchor | None
) -> Reading[Place] | None:
    """Return the article's country, unless the figure's sentence, with these mentions, names another.

    Who is counted ("15 Afghan citizens") and what is compared with may come from elsewhere.
    """
    if stage is None:
        return None
    home = (None, stage.value.country)
    aside = [span for span in (what, base.span if base else None) if span is not None]
    for m in mentions:
        if m.place.country not in home and not any(span.overlaps(m.span) for span in aside):
            return None
    return stage


# What these nouns count are no persons and no votes, whatever a model takes.
_THINGS = frozenset(["building", "vehicle", "animal"])
_NO_THINGS = frozenset(["person", "vote", "event", "seat", "point"])


def _labelled(judged: measures.Judged, labels: Labels, *, beside: bool) -> measures.Judged:
    """Return what the rules judged with an engine's labels in place of theirs.

    beside  the words for what is counted stand right behind the number.

    Where a term of the taxonomy stands among the words, it decides what is counted: of 19 figures of dev on which the
    two then differed, the term was right 12 times.
    """
    ruled = not labels.concept or judged.term is not None or measures.label(judged.code) == labels.concept
    things = beside and bool(judged.units) and _THINGS.issuperset(judged.units) and labels.unit in _NO_THINGS
    return replace(
        judged,
        kind=labels.kind or judged.kind,
        code=judged.code if ruled else labels.concept,
        unit=judged.unit if things else labels.unit or judged.unit,
        by=judged.by if ruled else labels.by,
    )


def _period(
    document: Document, time: Time, modality: Modality = Modality.OBSERVED, said_on: date | None = None
) -> Reading[Period]:
    """Return the time as a reading; what is projected or planned for a year that goes on is of all of it."""
    anchor, period = document.anchor(time.span), time.period
    ahead = modality in (Modality.PROJECTED, Modality.PLANNED)
    if said_on is not None and ahead and period.reason.endswith(periods.SO_FAR):
        period = periods.resolve(anchor.quote, said_on)
    return Reading(period, anchor, time.by)


def _place(document: Document, mention: Mention) -> Reading[Place]:
    return Reading(mention.place, document.anchor(mention.span), mention.by)


def _compared(
    document: Document, kind: Kind, base: Span | None, said_on: date | None, times: Spread[Time], sentence: Span
) -> tuple[Anchor | None, Reading[Period] | None]:
    """Return a base with its baseline: the time inside it; for a change also "since ..." or "after ..." beside it."""
    if base is not None:
        anchor = document.anchor(base)
        for t in times.inside(sentence):
            # "rose from 14 on Monday": the day on which it rose, not that of the 14.
            if t.span in base and t.period.precision is not Precision.DAY:
                return anchor, _period(document, t)
        rest = LEAD.sub("", anchor.quote)
        # "against 2022" names a year, "from 12,000" a level.
        dated = said_on if YEAR.fullmatch(rest) or not rest[:1].isdigit() else None
        period = periods.resolve(rest, dated) if dated else Period.unknown()
        known = period.first is not None or period.last is not None
        return anchor, Reading(period, anchor, "figures.base@1") if known else None
    if kind == Kind.CHANGE:
        for t in times.inside(sentence):
            anchor = document.anchor(t.span)
            if anchor.quote.split()[0].lower() in SINCE:
                return anchor, Reading(t.period, anchor, t.by)
    return None, None


def _moved(
    document: Document, code: str, number: Span, named: Spread[Mention], sentence: Span, spot: Mention | None
) -> tuple[Reading[Place] | None, Reading[Place] | None, tuple[Reading[Place], ...]]:
    """Return origin, destination and transit of a movement, where its sentence names them near the number."""
    entry = measures.measure(code)
    if entry is None or not entry.moves:
        return None, None, ()
    near = named.inside(Span(max(sentence.start, number.start - REACH), min(sentence.end, number.end + REACH)))
    mentions = [m for m in near if not _counts_alone(document.text, m)]
    own = spot if spot is not None and _counts_alone(document.text, spot, number.start) else None
    return (
        _end(document, number, [m for m in mentions if m.role == "origin"], own),
        _end(document, number, [m for m in mentions if m.role == "destination"], own),
        tuple(_place(document, m) for m in mentions if m.role == "transit"),
    )


def _counts_alone(text: str, mention: Mention, number: int | None = None) -> bool:
    """Say whether a number, or this one, is right behind the name: "from Syria, Germany 700,000" is not from there."""
    match = COUNTS.match(text, mention.span.end)
    own = match is not None and number in (None, match.end())
    return own and not text[max(0, mention.span.start - 10) : mention.span.start].endswith(
        ("from ", "from the ", "to ", "to the ", "into ")
    )


COUNTS = re.compile(r"\s+(?:(?:about|around|some|nearly|almost|over|roughly|just|only)\s+)?(?=\d)")


def _end(document: Document, number: Span, mentions: Sequence[Mention], own: Mention | None) -> Reading[Place] | None:
    """Return the origin or the destination: what a preposition names before who sends or takes in, the nearest first.

    "4,000 came from Syria and 900 from Iraq": each number has its own. Of several listed none is chosen.
    own  who sends or takes in, where an elided clause names it alone: "Kenya took in 500 and Malawi 30".
    """
    if not mentions:
        return None
    text = document.text

    def apart(mention: Mention) -> tuple[bool, int]:
        one, other = sorted((mention.span, number), key=lambda span: span.start)
        between = text[one.end : other.start]
        return mention.by == BY_SUBJECT, len(APART.findall(between))

    chosen = min(mentions, key=apart)
    if own is not None and chosen.by == BY_SUBJECT:
        return _place(document, own)
    at = last = mentions.index(chosen)
    while at and text[mentions[at - 1].span.end : mentions[at].span.start] in LISTING:
        at -= 1
    while last + 1 < len(mentions) and text[mentions[last].span.end : mentions[last + 1].span.start] in LISTING:
        last += 1
    if last == at:
        return _place(document, chosen)
    words = document.anchor(Span(mentions[at].span.start, mentions[last].span.end))
    names = ", ".join(mention.place.name for mention in mentions[at : last + 1])
    return Reading(Place(words.quote, reason=f"several are named: {names}"), words, "figures.several@1")


def _in_unit(said: Quantity, unit: str) -> Quantity:
    return said if said.unit == unit else replace(said, unit=unit)
