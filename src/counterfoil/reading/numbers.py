"""Find the numbers of a text: what was said, how it is bounded, and in which unit.

One pass over the tokens. At each digit or number word: is it no figure by how it is written (`notfigures`)? Else read
the longest expression that begins there (`expressions`), its unit and hedge, and judge it by the words around it.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from counterfoil.reading import notfigures
from counterfoil.reading.expressions import terms, triggers
from counterfoil.reading.model import Direction, Hedge, Quantity
from counterfoil.reading.numerals import Page, cardinal, decimal_mark, is_numeral, lexicon, number_words, page
from counterfoil.reading.quantities import product, quantity
from counterfoil.reading.ranges import AGE_REACH
from counterfoil.reading.terms import ONE, Term, context, directions, sentence_words
from counterfoil.reading.units import Unit, in_smaller, measure_after, money_after, sign_before, span_of
from counterfoil.spans import Skipped, Span


@dataclass(frozen=True, slots=True)
class Number:
    """One number expression of a text.

    span        the number alone: with %, "per cent", scale word, currency sign, "per 100,000"; without unit words.
    hedge       "over", "at least", "an estimated"; None if the number stands bare.
    quantity    its unit is "" where it depends on what is counted.
    shape       "count", "percent", "points", "fraction", "multiple", "money", "measure", "duration", "age", "rate",
                "score", "vague".
    direction   of a change that stands right beside the number: "rose 5%", "doubled", "12% lower".
    unit_words  the words that fixed the unit: "km", "dollars", "years".
    by          rule and version: "numbers.rounded@1".
    people      of households whose size is stated beside them, how many people they are: 1,500 for "300 households of
                five people each"; None where it is not: a household has no usual size.
    """

    span: Span
    hedge: Span | None
    quantity: Quantity
    shape: str
    direction: Direction | None
    unit_words: Span | None
    by: str
    people: Quantity | None = None


_VERSION = 1
_OPENING = frozenset("0123456789.")
_Hedging = tuple[int, int, Hedge]  # first token, end, what it does


def find(text: str) -> tuple[tuple[Number, ...], tuple[Skipped, ...]]:
    """Return the numbers of a text in order, and the number-like words set aside, each with its reason."""
    leaf = page(text)
    words, opening = leaf.words, triggers()
    unread = notfigures.unread(text)
    numbers: list[Number] = []
    skipped: list[Skipped] = []
    aside, done, floor = 0, 0, 0  # `floor` is the end of the last number: nothing reaches back over it
    for i in [i for i, word in enumerate(words) if word in opening or word[:1] in _OPENING]:
        if i < done or words[i] == ".":
            continue
        while aside < len(unread) and unread[aside][0].end <= leaf.starts[i]:
            aside += 1
        if aside < len(unread) and unread[aside][0].start <= leaf.starts[i]:
            if is_numeral(words[i]):
                skipped.append(Skipped(span_of(leaf, i, i + 1).of(text), unread[aside][1], span_of(leaf, i, i + 1)))
            continue
        found, reason, done = _read(leaf, i, floor)
        if found:
            numbers += found
            floor = done
        elif reason:
            span = span_of(leaf, i, done)
            skipped.append(Skipped(span.of(text), reason, span))
    return tuple(_households(text, _contrasts(text, _conversions(text, _ages(text, numbers))))), tuple(skipped)


def _read(leaf: Page, i: int, floor: int) -> tuple[list[Number], str, int]:
    """Read at token i: its numbers, or the reason against them ("" where there is none to find); the next token."""
    if is_numeral(leaf.words[i]) and sign_before(leaf, i) is None:
        refused = notfigures.structure(leaf, i)
        if refused is not None:
            return [], *refused
    found, reason, end = terms(leaf, i, floor)
    if not found:
        return [], reason, max(end, i + 1)
    found = [_with_unit(leaf, term) for term in found]
    for term in found:
        hedge = _hedge_before(leaf, term, floor)
        reason = _judged(leaf, term, hedge, floor)
        if reason:
            return [], reason, max(end, i + 1)
    numbers = []
    for term in found:
        term = _chained(leaf, term)
        end = max(end, term.end, term.unit_end)
        numbers.append(_number(leaf, term, floor))
        floor = term.end
    return numbers, "", max(end, i + 1)


# Units


def _with_unit(leaf: Page, term: Term) -> Term:
    """Find the unit words after a number, and whether they make an age, a duration, a measure or money of it."""
    low = term.low
    if low is None or term.shape not in ("count", "vague", "money"):
        return term
    words, end = leaf.words, term.end
    if term.shape == "money":
        named = money_after(leaf, end, scaled=True)
        beside = named is not None and named.factor == 1 and named.first == end and named.end - end <= 2
        if named is not None and beside and words[end].isalpha():
            return term._replace(unit_first=named.first, unit_end=named.end)
        return term
    several = (term.shape == "vague" or term.rule == "couple") and words[end] == "of"
    if several or (term.rule == "part of a unit" and words[end] in ("a", "an")):
        end += 1  # "hundreds of miles", "a couple of days", "half an hour"
    unit = measure_after(leaf, end) or money_after(leaf, end, scaled=term.scale > 1)
    if unit is None:
        return _as_age(leaf, term)
    scale = number_words().scales.get(words[unit.end])
    if unit.shape == "money" and scale and leaf.near(unit.end) and term.scale == 1 and term.rule == "plain":
        value = low * scale  # "75 USD million"
        term = term._replace(end=unit.end + 1, low=value, high=value, grain=term.grain * scale, rule="rounded")
        return term._replace(shape="money", unit=unit.code)
    shape = unit.shape
    if unit.shape == "duration" and _old(leaf, term, unit):
        shape = "age"
    if unit.code in _DEGREES and words[unit.end : unit.end + 2] in (["below", "zero"], ["below", "freezing"]):
        zero = Decimal(32 if unit.code == "degF" and words[unit.end + 1] == "freezing" else 0)
        coldest = zero - (low if term.high is None else term.high)
        term = term._replace(low=coldest, high=None if term.high is None else zero - low)
        unit = unit._replace(end=unit.end + 2)
    if unit.factor != 1:
        low, high = low * unit.factor, None if term.high is None else term.high * unit.factor
        term = term._replace(low=low, high=high, grain=term.grain * unit.factor)
    rule = "age" if shape == "age" else term.rule
    return term._replace(shape=shape, unit=unit.code, unit_first=unit.first, unit_end=unit.end, rule=rule)


_DEGREES = ("degC", "degF", "degree")


def _old(leaf: Page, term: Term, unit: Unit) -> bool:
    """Say whether a span of time is an age: "34-year-old", "12 years of age", "aged six months"."""
    words = leaf.words
    k = unit.end + 1 if words[unit.end] == "-" else unit.end
    return words[k] in ("old", "olds") or words[k : k + 2] == ["of", "age"] or words[term.first - 1] in ("aged", "age")


def _as_age(leaf: Page, term: Term) -> Term:
    """Recognise an age without "years": "Ali Khan, 45,", "aged 12", "under the age of 15", "children under five"."""
    words, first, end = leaf.words, term.first, term.end
    if term.low is None or not 0 < term.low <= 120 or term.scale != 1 or term.shape != "count":
        return term
    if term.low != term.low.to_integral_value():
        return term
    age = term._replace(shape="age", unit="year", rule="age")
    hedge = _hedge_before(leaf, term, 0)
    start = hedge[0] if hedge is not None else first
    if term.hedge is Hedge.RANGE and words[start - 1] in ("between", "from"):
        start -= 1
    ages = ("age", "ages")
    if words[start - 1] in ("aged", *ages) or (words[start - 1] == "of" and words[start - 2] in ages):
        return age
    if (words[first - 1] == "of" and words[first - 2] == "age") or words[end] == "yo":
        return age
    if words[end] in ("and", "or") and words[end + 1] in ("older", "younger") and words[end + 2] != "than":
        return age  # "those 18 and older"
    following = words[end]
    bounded = hedge is not None and hedge[2] in (Hedge.LESS_THAN, Hedge.MORE_THAN)
    usual = words[first] in context("codes_of_age") and not notfigures.counted(leaf, end)
    if bounded and usual and words[start - 1] in context("aged_people"):
        return age  # "children under 5 account for"
    if following in ("-", "%", "/") or (following.isalpha() and following not in notfigures.table().stops):
        return term
    before, subject = words[start - 1], words[start - 2]
    if _set_age(leaf, first) or (
        term.hedge is Hedge.RANGE and before in context("aged_people") and not _number_of(words, start)
    ):
        return age
    if bounded and (
        before in context("aged_people")
        or (before in ("was", "were", "are", "is", "them") and words[first] in context("codes_of_age"))
    ):
        return age
    persons = context("person_nouns")
    one_of = following == "of" or (words[first] == "one" and following.isalpha())  # "he was one of 4,500"
    if (
        before in context("age_verbs")
        and not one_of
        and (subject in ("he", "she", "who", "i") or (subject in persons and subject not in ("one", "now")))
    ):
        return age
    if before in ("turned", "turning") or (before == "of" and subject in persons and subject not in context("parents")):
        return age
    if before in ("eldest", "youngest", "oldest"):
        return age
    return age if term.style == "digits" and _beside_name(leaf, first, end) else term


def _set_age(leaf: Page, first: int) -> bool:
    """Say whether a number is an age that a rule sets: "the retirement age for men from 60", "the age limit is 25"."""
    before, _ = sentence_words(leaf, first, first, AGE_REACH)
    led = before[-1:] in (["from"], ["to"], ["at"], ["is"], ["was"], ["of"], ["between"])
    at = next((k for k in range(len(before) - 1, 0, -1) if before[k] in ("age", "ages")), 0)
    if not at or not led:
        return False
    kind = before[at - 1] in context("ages_set") or before[at + 1 : at + 2] == ["limit"]
    return kind or (before[at + 1 : at + 2] == ["of"] and bool(set(before[at + 2 : at + 3]) & context("ages_set")))


def _number_of(words: list[str], start: int) -> bool:
    """Say whether people are counted before a range: "the number of women between 15 and 49" may be either."""
    return not {"number", "total", "count", "toll"}.isdisjoint(words[max(0, start - 4) : start])


def _beside_name(leaf: Page, first: int, end: int) -> bool:
    """Say whether the number stands as an apposition to a person's name: "Ali Khan, 45, said", "Ali Khan (45)"."""
    words, lists = leaf.words, notfigures.table()
    name = words[first - 2]
    if words[first - 1] == "now" and words[first - 2] == "," and words[end] == ",":
        return True
    if words[first - 1] == "," and name in context("person_nouns") and words[end] in (",", "."):
        return True
    if not (leaf.capital(first - 2) and name.isalpha()) or name in lists.months or name in lists.weekdays:
        return False
    full = leaf.capital(first - 3) and leaf.near(first - 2)
    if words[first - 1] == "," and words[end] in (",", ".", ";", "—", ")"):
        after = words[end + 1]
        return full or (
            words[end] == "," and (after in lists.stops or after in ("who", "told", "died", "lives", "lost", "fled"))
        )
    return words[first - 1] == "(" and words[end] == ")" and full and len(words[first]) == 2


def _chained(leaf: Page, term: Term) -> Term:
    """Join "1 hour 59 minutes 40.2 seconds", "5 ft 2 in", "3 dollars 50 cents" to one number, in the smallest unit."""
    words = leaf.words
    if term.unit_end < 0 or term.shape not in ("duration", "measure", "age", "money") or term.hedge is not None:
        return term
    for _ in range(4):  # no chain has more than five units
        j = term.unit_end
        j = j + 1 if words[j] == "," else j
        j = j + 1 if words[j] == "and" and leaf.near(j) else j
        numeral = is_numeral(words[j]) or words[j] in number_words().ones or words[j] in number_words().tens
        number = cardinal(leaf, j) if numeral and leaf.near(j) else None
        if number is None or term.low is None:
            return term
        unit = measure_after(leaf, number.end)
        if term.shape == "money":
            unit = money_after(leaf, number.end, scaled=False)
            factor = None if unit is None or unit.factor == 1 or unit.code != term.unit else unit.factor
            value = term.low if unit is None else term.low + number.value * unit.factor
        else:
            inches = leaf.glued(number.end) or words[number.end + 1] in context("lengths_after")
            if unit is None and words[number.end] == "in" and (inches or not words[number.end + 1].isalpha()):
                unit = Unit("in", "measure", number.end, number.end + 1)
            factor = None if unit is None else in_smaller(term.unit, unit.code)
            value = term.low if factor is None else term.low * factor + number.value
        if unit is None or factor is None:
            return term
        code = term.unit if term.shape == "money" else unit.code
        term = term._replace(
            end=unit.first if term.shape == "money" else unit.end,
            low=value,
            high=value,
            grain=unit.factor if term.shape == "money" else number.grain,
            unit=code,
            unit_first=unit.first,
            unit_end=unit.end,
            rule="chain",
        )
    return term


# Judgement


def _judged(leaf: Page, term: Term, hedge: _Hedging | None, floor: int) -> str:
    """Return the reason why a term is no figure, "" if it is one."""
    words, i = leaf.words, term.first
    if term.rule == "a unit" and hedge is None:
        return notfigures.ARTICLE
    if term.shape == "duration" and term.unit_end > 0:
        return _span_of_time(leaf, term, hedge, floor)
    if (
        term.shape not in ("count", "score")
        or term.unit not in ("", "point", "vote")
        or term.rule in ("none", "all but")
    ):
        return ""
    if term.scale == 1 or term.style == "words":
        reason = notfigures.named(leaf, i, term.end)
        if reason:
            return reason
    if term.style == "digits" and notfigures.year(leaf, i, term.end, hedged=hedge is not None):
        return notfigures.YEAR
    if term.rule == "range" and notfigures.years(leaf, i, term.end):
        return notfigures.YEAR
    if term.rule != "plain" and term.rule != "rounded":
        return ""
    if words[i] == "one" and term.end == i + 1:
        return notfigures.one(leaf, i, hedged=hedge is not None)
    if (
        term.end == i + 1
        and _bare_scale(words[i])
        and not (words[term.end].isalpha() and notfigures.counted(leaf, term.end))
    ):
        return notfigures.NO_VALUE
    return notfigures.placed(leaf, term.first, term.end) or ""


def _bare_scale(word: str) -> bool:
    return word in number_words().scales or word in number_words().collectives


def _span_of_time(leaf: Page, term: Term, hedge: _Hedging | None, floor: int) -> str:
    """Judge a duration: does it only date, or only bound the time of, another figure?"""
    words = leaf.words
    start = hedge[0] if hedge is not None else term.first
    reason = notfigures.relative(leaf, start, term.unit_end)
    if reason:
        return reason
    if words[term.first] == "one" and words[term.unit_first] == "day" and hedge is None and words[term.end] != "-":
        return notfigures.PRONOUN
    opener = words[term.first - 1]
    if opener not in ("in", "within", "over") or term.unit == "second":
        return ""
    if opener == "in" and notfigures.opens(leaf, term.first - 1):
        return notfigures.TIMESPAN
    between = words[floor : term.first]
    near = floor > 0 and len(between) <= _REACH and not any(word in (".", "!", "?", ";") for word in between)
    return notfigures.TIMESPAN if near else ""


_REACH = 12  # tokens from a figure to the "in two days" that times it; counted on train


# Hedges


@cache
def _hedges() -> tuple[dict[str, Hedge], frozenset[str], dict[str, Hedge], frozenset[str], frozenset[str]]:
    """Return hedges before a number, their last words, hedges behind it, marks that are passed, negations."""
    table = lexicon("hedges")
    before = {
        phrase: Hedge(name.replace("_", " "))
        for name in ("at_least", "more_than", "at_most", "less_than", "nearly", "about")
        for phrase in table[name]
    } | dict.fromkeys(table["marks"], Hedge.AT_LEAST)
    behind = {phrase: Hedge(name) for phrase, name in table["behind"].items()}
    last = frozenset(phrase.split()[-1] for phrase in before)
    return before, last, behind, frozenset(table["marks"]), frozenset(table["negations"])


_MARK_FLOOR = 50  # "crossed 3 borders" is no bound; marks that are passed are large


def _hedge_before(leaf: Page, term: Term, floor: int) -> _Hedging | None:
    """Return the hedge before a term, None where the words there do something else."""
    words = leaf.words
    end = term.first
    if words[end - 1] in ("another", "additional", "further", "between", "from", "magnitude") and end - 1 > floor:
        end -= 2 if words[end - 2] in ("a", "an") and words[end - 1] in ("additional", "further") else 1
    if words[end - 1] == "the" and (term.rule == "change" or words[term.end] in context("marks_passed")):
        end -= 1  # "crossed the 90,000 mark"
    if words[end - 1] == "of" and words[end - 2] == "age":
        end -= 3 if words[end - 3] == "the" else 2
    if words[end - 1] not in _hedges()[1]:
        return None
    hedge = _hedge_phrase(leaf, end, floor)
    if hedge is None:
        return None
    first, before = words[hedge[0]], words[hedge[0] - 1]
    small = term.shape in ("count", "duration") and (term.low or 0) < _MARK_FLOOR
    single = hedge[1] - hedge[0] == 1
    mark = words[hedge[1] - 1] in _hedges()[3]
    if mark and term.shape == "score":
        return None  # "the bill passed 52 to 48"
    if small and (mark or (single and first in context("mark_only"))):
        return None
    if single and first in context("vague_only") and term.shape != "vague":
        return None
    if single and first == "over":
        if small and words[term.end] in context("places_over"):
            return None
        if term.shape == "duration" and notfigures.plural(leaf, hedge[0] - 1):
            return None  # "four venues over three days"
    if single and first == "within" and term.shape not in ("duration", "measure", "percent", "points", "money"):
        return None
    if hedge[2] is Hedge.AT_MOST and words[hedge[0] : hedge[1]] == ["up", "to"] and before in context("up_verbs"):
        return None
    return hedge


def _hedge_phrase(leaf: Page, end: int, floor: int, *, joined: bool = False) -> _Hedging | None:
    """Return the longest hedge that ends at token end, joined with one (no more) before it: "perhaps as many as"."""
    words = leaf.words
    phrases, last, _, marks, negations = _hedges()
    for size in range(5, 0, -1):
        start = end - size
        if start < floor:
            continue
        phrase = words[start] if size == 1 else " ".join(words[start:end])
        kind = phrases.get(phrase)
        if kind is None:
            continue
        if phrase == "over" and words[start - 1] in context("over_verbs"):
            return None
        if phrase in marks or phrase.startswith(("exceed", "surpass", "more")):  # "did not pass 300"
            before = words[max(0, start - 3) : start]
            if any(word in negations or word in ("failed", "failing") for word in before):
                kind = Hedge.AT_MOST
        if not joined and start > floor and words[start - 1] in last and words[start - 1] not in marks:
            outer = _hedge_phrase(leaf, start, floor, joined=True)
            if outer is not None:
                return outer[0], end, outer[2] if kind in (Hedge.ABOUT, Hedge.NEARLY) else kind
        return start, end, kind
    return None


def _hedge_behind(leaf: Page, term: Term) -> _Hedging | None:
    """Return the hedge after the number, its unit or the noun counted: "or more", "or so", "-plus", "at best"."""
    words, behind = leaf.words, _hedges()[2]
    places = [term.end, term.unit_end] if term.unit_end > 0 else [term.end, term.end + 1, term.end + 2]
    for place in places:
        if place > term.end and not words[place - 1].isalpha():
            break
        j = place + 1 if words[place] in ("-", '"', "”") else place
        if words[j] not in ("or", "and", "plus", "odd", "at", "max", "give"):
            continue
        for size in (4, 3, 2, 1):
            kind = behind.get(" ".join(words[j : j + size]))
            after = words[j + size]
            if kind is None or (words[j] in ("at", "plus") and (is_numeral(after) or after in number_words().triggers)):
                continue
            if after == "than" or (words[j] == "and" and after.isalpha() and place > term.end):
                continue
            return j, j + size, kind
    return None


# The number


_DOZEN = Decimal(12)


def _number(leaf: Page, term: Term, floor: int) -> Number:
    """Give a term its hedge, its direction and its interval."""
    term, also = _dotted(leaf, term)
    hedge = _hedge_before(leaf, term, floor)
    if hedge is None and term.hedge in (None, Hedge.RANGE):
        hedge = _hedge_behind(leaf, term)
    kind = _combined(term.hedge, hedge[2] if hedge is not None else None)
    low, high = term.low, term.high
    if term.hedge is Hedge.RANGE and kind in (Hedge.AT_LEAST, Hedge.MORE_THAN):
        high = low
    elif term.hedge is Hedge.RANGE and kind in (Hedge.AT_MOST, Hedge.LESS_THAN):
        low = high
    grain = term.grain
    if term.scale == _DOZEN and low is not None and kind in (Hedge.ABOUT, Hedge.NEARLY):
        grain = min(_DOZEN / 2, low / 2)  # who counts in dozens may be half a one off
    counted = term.shape in ("count", "vague", "score") and term.unit in ("", "point", "vote")
    whole = counted and (term.low is None or term.low == term.low.to_integral_value())
    allowed = quantity(low, high, term.unit, kind, grain, whole=whole)
    return Number(
        span_of(leaf, term.first, term.end),
        span_of(leaf, hedge[0], hedge[1]) if hedge is not None else None,
        allowed if also is None else replace(allowed, also=also),
        term.shape,
        term.direction or _direction(leaf, term, hedge),
        span_of(leaf, term.unit_first, term.unit_end) if term.unit_end > 0 else None,
        f"numbers.{term.rule.replace(' ', '-')}@{_VERSION}",
    )


_THOUSANDTH = Decimal("0.001")
_DOTTED = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}\Z")


def _dotted(leaf: Page, term: Term) -> tuple[Term, Decimal | None]:
    """Settle "12.500", which is twelve and a half or twelve thousand; the other reading where nothing settles it.

    People and things are no fractions; else the text's other numbers tell how it writes them.
    """
    if term.grain != _THOUSANDTH or term.style != "digits" or term.low is None or term.low != term.high:
        return term, None
    numeral = next(word for word in leaf.words[term.first : term.end] if is_numeral(word))
    if not _DOTTED.match(numeral) or term.shape not in ("count", "measure", "money"):
        return term, None
    beside = leaf.words[max(0, term.first - 4) : term.first] + leaf.words[term.end : term.end + 4]
    whole = term.shape == "count" and notfigures.counted(leaf, term.end)
    whole = whole and context("averages").isdisjoint(beside)
    mark, grouped = decimal_mark(leaf.text), (term.low * 1000).to_integral_value()
    if mark == "," or (whole and mark != "."):
        return term._replace(low=grouped, high=grouped, grain=ONE, rule="grouped"), None
    return term, None if mark == "." and not whole else grouped


def _combined(own: Hedge | None, outer: Hedge | None) -> Hedge:
    """Return what the number's own bound and the hedge beside it make together."""
    if own is None:
        return outer or Hedge.EXACT
    if own is Hedge.RANGE:
        return outer if outer is not None and outer is not Hedge.NEARLY else own
    return own


_BETWEEN = frozenset(
    "by a an some of another the its further about nearly as much was has had have been only just".split()
)


def _direction(leaf: Page, term: Term, hedge: _Hedging | None) -> Direction | None:
    """Return the direction of a change that stands right beside the number."""
    if term.shape in ("age", "rate", "score"):
        return None
    words = leaf.words
    up, down, up_after, down_after = directions()
    points = words[term.end + (words[term.end] == "-")] in ("point", "points")
    share = points or term.shape in ("percent", "points", "fraction", "multiple")
    first = min(term.first, hedge[0]) if hedge is not None else term.first
    for j in range(first - 1, first - 4, -1):
        word = words[j]
        if word in up or word in down:
            if not share and words[first - 1] != "by" and word not in ("up", "down"):
                break
            if word in ("up", "down") and words[j - 1] in context("phrasal"):
                break
            return Direction.UP if word in up else Direction.DOWN
        if word not in _BETWEEN:
            break
    if term.shape == "multiple" and term.rule != "factor":
        return Direction.DOWN if words[term.end] in down_after else Direction.UP
    if not share:
        return _compared(leaf, max(term.end, term.unit_end))
    j = term.end + 1 if words[term.end] == "-" and leaf.glued(term.end) else term.end
    j += points
    for word in words[j : j + 2]:
        if word in up_after:
            return Direction.UP
        if word in down_after:
            return Direction.DOWN
        if word in notfigures.table().stops or not word.isalpha():
            break
    return None


def _compared(leaf: Page, end: int) -> Direction | None:
    """Return the direction of "13,000 fewer than", "40 more attacks than", "2 metres higher than", "130,000 fewer."."""
    word, after = leaf.words[end], leaf.words[end + 1 : end + 3]
    _, _, up_after, down_after = directions()
    if word in ("above", "below", "over", "up", "down") or not (word in up_after or word in down_after):
        return None
    if "than" not in after and (word != "fewer" or after[0].isalpha()):
        return None
    return Direction.UP if word in up_after else Direction.DOWN


_LISTED = frozenset([",", "and", ", and", "or"])


def _ages(text: str, numbers: list[Number]) -> list[Number]:
    """Let a list of ages go on: "aged nine, ten and 49", "16- and 17-year-olds"."""
    result: list[Number] = []
    for number in numbers:
        said = number.quantity
        if (
            result
            and result[-1].shape == "age"
            and number.shape == "count"
            and number.hedge is None
            and (said.high or 0) < 120
        ):
            gap = text[result[-1].span.end : min(number.span.start, result[-1].span.end + 8)].strip()
            after = text[number.span.end : number.span.end + 1]
            if gap in _LISTED and result[-1].unit_words is None and after in (",", ".", ";", "", ")"):
                number = replace(number, shape="age", quantity=replace(said, unit="year"))
        if result and number.shape == "age" and result[-1].shape == "count" and number.unit_words is not None:
            gap = text[result[-1].span.end : min(number.span.start, result[-1].span.end + 8)]
            if gap in ("- and ", "- or "):
                earlier = result[-1].quantity
                result[-1] = replace(result[-1], shape="age", quantity=replace(earlier, unit=said.unit))
        result.append(number)
    return result


_COMPARED = re.compile(
    r",? (?:(?:up|down) )?(?:compared (?:with|to)|against|versus|from)"
    r" (?:about |around |almost |barely |just |nearly |only |over |roughly |some |under )?\Z"
)
# What may follow the other side of a comparison that names no unit of its own: "down from 38 last year".
_NO_UNIT = re.compile(r"[^\w\s]|\Z|\s(?:a|the|in|on|at|last|this|before|during|earlier|previously|when|recorded|and)\b")
_CONTRAST = re.compile(r",? (?:and |but )?(?:not|rather than|instead of) (?:the )?\Z")
_HYPHEN = re.compile(r"[-–]\w")
_CONTRAST_REACH = 60  # code points from a number to the "not" that sets another against it


def _contrasts(text: str, numbers: list[Number]) -> list[Number]:
    """Let "111 percent, not 300" and "36 percent, down from 38" speak of percent twice: two sides share one unit."""
    result: list[Number] = []
    for number in numbers:
        said = number.quantity
        if result and number.shape == "count" and not said.unit and result[-1].quantity.unit:
            before = result[-1]
            gap = text[before.span.end : min(number.span.start, before.span.end + _CONTRAST_REACH)]
            end = number.span.end
            after = text[end : end + 2]
            whole = len(gap) < _CONTRAST_REACH and not re.search(r"[.!?;:\n]", gap)
            set_against = _CONTRAST.search(gap) and not re.match(r"[-–]?\w| \w", after)
            level = before.shape in ("percent", "rate") and before.direction is None  # "rose 12 percent from 40"
            compared = level and _COMPARED.search(gap) and _NO_UNIT.match(text, end)
            if whole and (set_against or (compared and not _HYPHEN.match(text, end))):
                low, high = said.said_low, said.said_high
                shared = quantity(low, high, before.quantity.unit, said.hedge, said.grain, whole=False)
                way = before.direction if set_against else None
                number = replace(number, shape=before.shape, quantity=shared, direction=way)
        result.append(number)
    return result


_HOUSEHOLDS = re.compile(r"\s+(?:[a-z]+\s+)?(?:famil(?:y|ies)|households?),?\s+", re.IGNORECASE)
_SIZE = re.compile(
    r"(?:each\s+)?(?:of|with|averaging)(?:\s+(?:an\s+average\s+of|on\s+average|about|some|around))*\s*\Z"
)
_MEMBERS = re.compile(r"\s+(?:people|persons|members|individuals)\b")
_SIZE_REACH = 60  # code points from a number of households to their size


def _households(text: str, numbers: list[Number]) -> list[Number]:
    """Count the people of "300 households of five people each", where the text states how many a household has."""
    result = list(numbers)
    for at, (number, size) in enumerate(pairwise(numbers)):
        noun = _HOUSEHOLDS.match(text, number.span.end) if number.shape == size.shape == "count" else None
        if noun is None or noun.end() > size.span.start or size.span.start - noun.end() > _SIZE_REACH:
            continue
        if _SIZE.match(text, noun.end(), size.span.start) and _MEMBERS.match(text, size.span.end):
            result[at] = replace(number, people=product(number.quantity, size.quantity, "person"))
    return result


_BRACKET_REACH = 40  # code points from a measure to its conversion in brackets


def _conversions(text: str, numbers: list[Number]) -> list[Number]:
    """Let "about 90 miles (145 km)" bound both: a conversion in brackets takes the hedge of what it converts."""
    result: list[Number] = []
    for number in numbers:
        said = number.quantity
        if result and number.shape == "measure" and number.hedge is None and said.hedge is Hedge.EXACT:
            before = result[-1]
            gap = text[before.span.end : min(number.span.start, before.span.end + _BRACKET_REACH)]
            if before.hedge is not None and before.shape == "measure" and gap.endswith("(") and gap.count("(") == 1:
                bounded = quantity(
                    said.said_low, said.said_high, said.unit, before.quantity.hedge, said.grain, whole=False
                )
                number = replace(number, hedge=before.hedge, quantity=bounded)
        result.append(number)
    return result
