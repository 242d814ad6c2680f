"""The grammar of number expressions: ranges, shares, multiples, rates, floors, changes.

A `Term` is one expression with the value that was said; hedges and units beside it are added by `numbers`.
"""

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from counterfoil.reading import notfigures
from counterfoil.reading.model import Direction, Hedge
from counterfoil.reading.numerals import (
    Page,
    cardinal,
    decimal_comma,
    is_numeral,
    joined,
    last_place,
    lexicon,
    number_words,
    simple_fraction,
)
from counterfoil.reading.units import measure_after, money_after, sign_after, sign_before, time_words, unit_words

ONE = Decimal(1)
_SHARE_GRAIN = Decimal(
    5
)  # percentage points: "a third" is said of 31 and of 36 (checking.md: at least 5% of the number)


class Term(NamedTuple):  # remade several times on its way, which a tuple does faster than a frozen dataclass
    """An expression under construction: tokens first to end - 1.

    low, high   as said; high None for a floor ("hundreds"); both None where the words need another number.
    hedge       set where the words themselves bound it ("18+", "dozens", a range).
    unit_first, unit_end  tokens of the unit words; -1 where there are none.
    """

    first: int
    end: int
    low: Decimal | None
    high: Decimal | None
    grain: Decimal = ONE
    shape: str = "count"
    unit: str = ""
    scale: Decimal = ONE
    hedge: Hedge | None = None
    direction: Direction | None = None
    rule: str = "plain"
    style: str = "words"
    short: str = ""
    unit_first: int = -1
    unit_end: int = -1


Outcome = tuple[list[Term], str, int]  # terms, or the reason against them ("" for no number at all); next token


@cache
def context(name: str) -> frozenset[str]:
    """Return one of the word lists of contexts.toml."""
    return frozenset(lexicon("contexts")[name].split())


@cache
def triggers() -> frozenset[str]:
    """Return the words at which an expression is looked for."""
    opening = {"couple", "pair", "no", "not", "every", "all", "few", "twice", "factor"}
    return number_words().triggers | opening | unit_words()


def terms(page: Page, i: int, floor: int) -> Outcome:
    """Read one term, a range, or the two sides of a score from token i, not reaching back before token floor."""
    special = _special(page, i, floor)
    if special is not None:
        return special
    first = _term(page, i, floor)
    if first is None:
        if is_numeral(page.words[i]):
            return [], notfigures.ENDLESS if len(page.words[i]) > 20 else notfigures.UNREADABLE, i + 1
        return [], "", i + 1
    if first.style == "digits" and notfigures.year(page, i, first.end, hedged=False) and first.shape == "count":
        return [first], "", first.end
    second, connector = _second(page, first)
    if second is None:
        return [first], "", first.end
    if (ratio := _ratio(page, first, second, connector)) is not None:
        return [ratio], "", ratio.end
    if (votes := _votes(page, first, second, connector)) is not None:
        return votes, "", second.end
    if (whole := _range(page, first, second, connector)) is not None:
        return [whole], "", whole.end
    if connector in ("-", "–", "—") and is_numeral(page.words[i]):
        if second.shape == "percent":  # "52-48 percent"
            return [first._replace(shape="percent", unit="percent", rule="percent"), second], "", second.end
        return _sides(first, second, "point"), "", second.end
    return [_of_one_change(page, first, second, connector)], "", first.end


def _sides(first: Term, second: Term, unit: str) -> list[Term]:
    """Return the two sides of a score or a vote."""
    return [side._replace(shape="score", unit=unit, rule="score") for side in (first, second)]


def sentence_words(page: Page, first: int, end: int, reach: int) -> tuple[list[str], list[str]]:
    """Return the words of the sentence before token first and from token end on, up to `reach` on either side."""
    before, after = page.words[max(0, first - reach) : first], page.words[end : end + reach]
    opens = next((n for n in range(len(before), 0, -1) if before[n - 1] in _SENTENCE_ENDS), 0)
    closes = next((n for n, word in enumerate(after) if word in _SENTENCE_ENDS), len(after))
    return before[opens:], after[:closes]


_SENTENCE_ENDS = frozenset((".", "!", "?", ";"))


def _of_one_change(page: Page, first: Term, second: Term, connector: str) -> Term:
    """Let "from 12 to 15 percent", "from 3 to 9 million" speak of percent and millions twice: two levels, no range."""
    plain = first.shape == "count" and first.scale == 1 and first.low is not None
    if connector != "to" or page.words[first.first - 1] != "from" or not plain or first.low is None:
        return first
    if second.shape == "percent":
        return first._replace(shape=second.shape, unit=second.unit, rule=second.rule)
    if second.scale > 1 and second.style == first.style and second.low is not None and first.low < 1000:
        value = first.low * second.scale
        if value < second.low:
            return first._replace(
                low=value, high=value, grain=first.grain * second.scale, scale=second.scale, rule="rounded"
            )
    return first


# Expressions that no plain number opens


def _special(page: Page, i: int, floor: int) -> Outcome | None:
    words, table = page.words, number_words()
    word, after = words[i], words[i + 1]
    if word in table.tens and after == "-" and words[i + 2] in _ORDINALS:
        return [], notfigures.ORDINAL, i + 3
    if (word in table.ones or word == "twenty") and (year := notfigures.spelled_year(page, i)):
        return [], notfigures.YEAR, year
    if word in table.ones and (clock := _clock(page, i)):
        return [], notfigures.CLOCK, clock
    if word in table.floors:
        return _floor(page, i)
    if word in table.changes:
        return _change(page, i)
    if word in table.folds:
        return [_fold(page, i, i + 1, Decimal(table.folds[word]))], "", i + 1
    if word == "twice":
        if _of_something(page, i + 1):
            return [Term(i, i + 1, Decimal(2), Decimal(2), shape="multiple", unit="ratio", rule="times")], "", i + 1
        return [], notfigures.NO_VALUE, i + 1
    if word in ("couple", "pair", "few"):
        return _couple(page, i, floor)
    if word == "no":
        if after in notfigures.table().harm:
            return [Term(i, i + 1, Decimal(0), Decimal(0), rule="none")], "", i + 1
        return [], "", i + 1
    if word == "not":
        return _not_one(page, i)
    if word == "every":
        return _every(page, i)
    if word == "all":
        return _all_but(page, i)
    if word == "factor":
        return _factor(page, i, floor)
    if word in unit_words():
        return _one_of_a_unit(page, i, floor)
    if word.isdigit() and (watch := _stopwatch(page, i)) is not None:
        return [watch], "", watch.end
    return None


_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth".split())


def _clock(page: Page, i: int) -> int:
    """Return the end of a time of day in words at token i: "four in the afternoon", "at seven o'clock"; 0 if none."""
    words = page.words
    if (words[i + 1 : i + 3] == ["in", "the"] and words[i + 3] in context("clock_after")) or words[i + 1 : i + 4] == [
        "o",
        "'",
        "clock",
    ]:
        return i + 4
    if (
        words[i - 1] == "at"
        and not words[i + 1].isalpha()
        and any(word in context("clock_after") for word in words[max(0, i - 4) : i])
    ):
        return i + 1
    return 0


def _floor(page: Page, i: int) -> Outcome:
    """Read "hundreds", "tens of thousands", "dozens and dozens", "tens or hundreds of thousands"."""
    words, table = page.words, number_words()
    word, end = words[i], i + 1
    value = Decimal(table.floors[word])
    if word == "scores" and words[end] not in ("of", "were", "more", "have", "are", "dead", "killed", "injured"):
        return [], notfigures.NO_VALUE, end
    if words[end] in ("and", "upon", "or") and words[end + 1] in table.floors:
        end += 2
    if words[end] == "of" and words[end + 1] in table.floors and words[end + 1] not in ("tens", "scores", "dozens"):
        scale = Decimal(table.floors[words[end + 1]]) / 2
        return [Term(i, end + 2, value * scale, None, scale, "vague", hedge=Hedge.VAGUE, rule="floor")], "", end + 2
    if word == "tens":
        return [], notfigures.NO_VALUE, end
    scale = Decimal(1)
    if words[end] in table.scales and words[end] not in table.short and page.near(end):
        scale, end = Decimal(table.scales[words[end]]), end + 1
    return [Term(i, end, value * scale, None, value, "vague", hedge=Hedge.VAGUE, rule="floor")], "", end


def _change(page: Page, i: int) -> Outcome:
    """Read "doubled" and "halved" as changes in percent, "double the toll" as a multiple."""
    words, word = page.words, page.words[i]
    value = number_words().changes[word]
    if word in ("double", "triple", "treble", "quadruple"):
        if words[i + 1] in ("the", "that", "those", "what", "its", "their", "this", "last") and value > 0:
            times = Decimal(1 + value // 100)
            return [Term(i, i + 1, times, times, shape="multiple", unit="ratio", rule="times")], "", i + 1
        verb = words[i - 1] in (
            "to",
            "will",
            "would",
            "could",
            "may",
            "might",
            "can",
            "should",
            "nearly",
            "almost",
            "than",
            "not",
        )
        if words[i - 2 : i] == ["than", "the"]:
            verb = True
        if not verb or words[i + 1] == "-":
            return [], notfigures.NAME, i + 1
    elif words[i + 1] in ("down", "as", "back", "up") and words[i - 1] not in (
        "than",
        "nearly",
        "almost",
        "has",
        "have",
    ):
        return [], notfigures.NO_VALUE, i + 1
    size, way = Decimal(abs(value)), Direction.UP if value > 0 else Direction.DOWN
    return [Term(i, i + 1, size, size, Decimal(10), "percent", "percent", direction=way, rule="change")], "", i + 1


@cache
def directions() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Return the words that give a change its direction: up and down before the number, up and down after it."""
    table = lexicon("numbers")["directions"]
    return tuple(frozenset(table[name]) for name in ("up", "down", "up_after", "down_after"))  # type: ignore[return-value]


def _fold(page: Page, first: int, end: int, times: Decimal, rule: str = "fold") -> Term:
    """Return "-fold" as a change in percent: rising fivefold is +400, falling fivefold is 80 down."""
    up, down, _, down_after = directions()
    before = next((word for word in reversed(page.words[max(0, first - 5) : first]) if word in up or word in down), "")
    if before in down or not down_after.isdisjoint(page.words[end : end + 2]):
        change = round(100 - 100 / times, 2)
        return Term(first, end, change, change, Decimal(5), "percent", "percent", direction=Direction.DOWN, rule=rule)
    change = (times - 1) * 100
    return Term(first, end, change, change, last_place(change), "percent", "percent", direction=Direction.UP, rule=rule)


def _factor(page: Page, i: int, floor: int) -> Outcome:
    """Read "grew by a factor of three" as a change of 200 percent, "out by a factor of ten" as a ratio."""
    words = page.words
    times = cardinal(page, i + 2) if words[i + 1] == "of" else None
    if times is None or words[i - 1] != "a" or i - 1 < floor or times.value <= 1:
        return [], "", i + 1
    before, _ = sentence_words(page, max(i - 1, floor), i, 8)
    if (directions()[0] | directions()[1]).isdisjoint(before):
        ratio = Term(i + 2, times.end, times.value, times.value, times.grain, "multiple", "ratio", rule="factor")
        return [ratio], "", times.end
    return [_fold(page, i - 1, times.end, times.value, "factor")], "", times.end


def _couple(page: Page, i: int, floor: int) -> Outcome:
    """Read "a couple of hundred", "a few dozen", "a pair of"."""
    words, table = page.words, number_words()
    end = i + 2 if words[i + 1] == "of" else i + 1
    word = words[end]
    scale = None if word in table.short else table.scales.get(word) or table.collectives.get(word)
    if words[i - 1] != "a" or i - 1 < floor:
        return [], "", i + 1
    two = Decimal(2)
    if words[i] == "few":
        if scale is None:
            return [], "", i + 1
        return (
            [Term(i - 1, end + 1, two * scale, None, Decimal(scale), "vague", hedge=Hedge.VAGUE, rule="few")],
            "",
            end + 1,
        )
    if scale is not None:
        return [Term(i - 1, end + 1, two * scale, two * scale, Decimal(scale), rule="couple")], "", end + 1
    if words[i + 1] != "of":
        return [], "", i + 1
    return [Term(i - 1, i + 1, two, two, rule="couple")], "", i + 1


def _not_one(page: Page, i: int) -> Outcome:
    """Read "not one", "not a single", "not even one" as zero."""
    words = page.words
    end = i + 2 if words[i + 1] == "even" else i + 1
    if words[end] == "one" and words[end + 1].isalpha() and words[end + 1] not in notfigures.table().one_before:
        return [Term(i, end + 1, Decimal(0), Decimal(0), rule="none")], "", end + 1
    if words[end] == "a" and words[end + 1] == "single":
        return [Term(i, end + 2, Decimal(0), Decimal(0), rule="none")], "", end + 2
    return [], "", i + 1


_EVERY = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}


def _every(page: Page, i: int) -> Outcome:
    """Read "every second household" as half of them."""
    ordinal, noun = _EVERY.get(page.words[i + 1]), page.words[i + 2]
    lists = notfigures.table()
    if (
        not ordinal
        or not noun.isalpha()
        or noun in time_words()
        or noun in lists.stops
        or noun in lists.weekdays
        or noun == "time"
    ):
        return [], "", i + 1
    return [_share(i, i + 2, ONE, Decimal(ordinal), "every")], "", i + 2


def _all_but(page: Page, i: int) -> Outcome:
    """Read "all but nine of 340" as 331; where the whole is not said, neither is the number."""
    words = page.words
    less = cardinal(page, i + 2) if words[i + 1] == "but" and page.near(i + 2) else None
    if less is None:
        return [], "", i + 1
    j = less.end
    for _ in range(2):  # "all but one victim of the sixteen"
        if words[j].isalpha() and words[j] != "of":
            j += 1
    rest = None
    if words[j] == "of":
        j += 1
        if words[j] in ("the", "its", "their", "those", "these", "his", "her", "our"):
            j += 1
        for _ in range(4):  # "of the village's 340 houses"
            owner = words[j].isalpha() and words[j] not in notfigures.table().stops and not _number_at(page, j)
            if owner or words[j] == "'":
                j += 1
        whole = cardinal(page, j)
        if whole is not None and whole.value > less.value:
            rest = whole.value - less.value
    return [Term(i, less.end, rest, rest, rule="all but")], "", less.end


def _number_at(page: Page, j: int) -> bool:
    """Say whether a number in digits or words may begin at token j."""
    return is_numeral(page.words[j]) or page.words[j] in number_words().triggers


def _one_of_a_unit(page: Page, i: int, floor: int) -> Outcome | None:
    """Read "an hour and a half", "a year and a half", "at least a year" as numbers of the unit."""
    words = page.words
    if words[i - 1] not in ("a", "an") or i - 1 < floor or words[i + 1] in notfigures.table().after_offset:
        return [], "", i + 1
    end = i + 4 if words[i + 1 : i + 4] == ["and", "a", "half"] else i + 3
    if words[i + 1 : end] not in (["and", "a", "half"], ["and", "half"]):
        # only a hedge before it makes it a figure: "at least a year"
        return [Term(i - 1, i, ONE, ONE, rule="a unit")], "", i
    if words[end] in notfigures.table().after_offset:
        return [], notfigures.OFFSET, end
    value = Decimal("1.5")
    return [Term(i - 1, end, value, value, Decimal("0.1"), "duration", words[i], rule="one of a unit")], "", end


def _stopwatch(page: Page, i: int) -> Term | None:
    """Read "2:14:04" as seconds, once it is known to be no time of day."""
    end, separators = notfigures.chain(page, i)
    if separators != "::" or not all(part.isdigit() and len(part) < 3 for part in page.words[i + 2 : end : 2]):
        return None
    hours, minutes, seconds = page.words[i:end:2]
    if len(hours) > 3:
        return None
    value = Decimal(int(hours) * 3600 + int(minutes) * 60 + int(seconds))
    return Term(i, end, value, value, shape="duration", unit="second", rule="stopwatch", style="digits")


# One number


def _term(page: Page, i: int, floor: int) -> Term | None:
    """Read one number with its sign, fraction, percent sign or rate from token i."""
    words, table = page.words, number_words()
    word = words[i]
    before = i - 1 if i > floor and words[i - 1] in ("a", "an") else i
    if word in table.fractions:
        return _fraction(page, i, before)
    if (word in table.scales and word not in table.short) or word in table.collectives:
        if words[i - 1] == "several" and i > floor:
            value = Decimal(2 * (table.scales.get(word) or table.collectives[word]))
            return Term(i - 1, i + 1, value, None, value / 2, "vague", hedge=Hedge.VAGUE, rule="few")
        number = cardinal(page, before)
        if number is None and before != i:
            number = cardinal(page, i)
    else:
        if is_numeral(word) and (slash := simple_fraction(page, i)) is not None:
            return _part(page, _share(i, i + 3, slash, ONE, "fraction"))
        if (numerator := _numerator(page, i)) is not None:
            return numerator
        number = cardinal(page, i)
    if number is None:
        return None
    term = Term(
        number.first,
        number.end,
        number.value,
        number.value,
        number.grain,
        scale=number.scale,
        style=number.style,
        short=number.short,
        rule="rounded" if number.scale > 1 else "plain",
    )
    return _completed(page, _signed(page, _million_or_metre(page, _comma(page, term)), floor))


def _comma(page: Page, term: Term) -> Term:
    """Join "1,2 million", "€5,50": a comma is a decimal sign if money, scale or % stands by."""
    words, i = page.words, term.first
    if (
        term.style != "digits"
        or term.end != i + 1
        or words[i + 1] != ","
        or not (page.glued(i + 1) and page.glued(i + 2))
    ):
        return term
    read = decimal_comma(words[i] + "," + words[i + 2])
    if read is None or (words[i + 3] == "," and page.glued(i + 3)):
        return term
    scale = number_words().scales.get(words[i + 3])
    money = sign_before(page, i) is not None or sign_after(page, i + 3) is not None
    if scale is None and not money and words[i + 3] not in ("%", "percent", "per", "pc"):
        unit = measure_after(page, i + 3) or money_after(page, i + 3, scaled=True)
        if unit is None or unit.shape == "duration":
            return term
    value, grain, end = read[0], read[1], i + 3
    if scale is not None:
        value, grain, end = value * scale, grain * scale, i + 4
    return term._replace(end=end, low=value, high=value, grain=grain, scale=Decimal(scale or 1))


def _share(first: int, end: int, top: Decimal, bottom: Decimal, rule: str) -> Term:
    """Return a fraction as a share in percent, to two places."""
    exact = top * 100 / bottom
    value = round(exact, 2) if exact >= 1 else round(exact, 6)
    return Term(first, end, value, value, min(_SHARE_GRAIN, value / 10), "fraction", "percent", rule=rule)


def _numerator(page: Page, i: int) -> Term | None:
    """Read "two-thirds", "three quarters of a million", "one tenth" from the numerator at token i."""
    words, table = page.words, number_words()
    top = table.ones.get(words[i], 0)
    if not top:
        return None
    j = joined(page, i)
    if words[j] == "-" and words[j + 1] in table.fractions:
        j += 1
    bottom = table.fractions.get(words[j], 0)
    if not bottom or not page.near(j) or top >= bottom or (top > 1) != (words[j][-1] == "s"):
        return None
    if words[j + 1] == "-" and page.glued(j + 1) and words[j] in ("half", "quarter"):
        return None
    if words[j] in ("quarter", "quarters") and words[j + 1] in ("final", "finals"):
        return None
    return _part(page, _share(i, j + 1, Decimal(top), Decimal(bottom), "fraction"))


def _part(page: Page, share: Term) -> Term:
    """Turn a fraction before a scale word or a unit into that much of it: "half a million", "half an hour"."""
    words, table = page.words, number_words()
    assert share.low is not None
    exact = {Decimal("33.33"): ONE / 3, Decimal("66.67"): Decimal(2) / 3}.get(share.low, share.low / 100)
    j = share.end + 1 if words[share.end] == "-" and page.glued(share.end) else share.end
    k = j + 1 if words[j] == "of" else j
    k = k + 1 if words[k] in ("a", "an") else k
    word = words[k]
    scale = (
        None if word in table.short or word in table.floors else table.scales.get(word) or table.collectives.get(word)
    )
    if scale and page.near(k):
        value, end = exact * scale, k + 1
        if words[end] in table.scales and words[end] not in table.short:
            value, end = value * table.scales[words[end]], end + 1
        value = round(value, 0) if scale >= 100 else value
        grain = last_place(value) if scale >= 1000 else ONE
        return Term(share.first, end, value, value, grain, scale=Decimal(scale), rule="part of a scale")
    if (small := _of_one(page, share, j, exact)) is not None:
        return small
    unit = measure_after(page, k)
    if unit is not None and words[j] != "of":
        return share._replace(
            low=exact, high=exact, grain=Decimal("0.1"), shape="count", unit="", rule="part of a unit"
        )
    return share


def _of_one(page: Page, share: Term, j: int, exact: Decimal) -> Term | None:
    """Read the rest of "half a percentage point", "a quarter of one percent", "half a point"; None where it is none."""
    words = page.words
    k = j + 1 if words[j] == "of" else j
    one = words[k] in ("a", "an", "one", "1")
    if (words[j] == "of" and not one) or not page.near(k):
        return None
    k += one
    end = percent_end(page, k)
    point = end + 1 if end and words[end] == "-" else end or k
    value = share._replace(low=round(exact, 2), high=round(exact, 2), grain=Decimal("0.1"))
    rates = not {"rate", "rates"}.isdisjoint(sentence_words(page, share.first, point + 1, 20)[0])
    if words[point] in ("point", "points") and (end or rates or _of_percent(page, share, point + 1)):
        return value._replace(end=point + 1, shape="points", unit="percentage_point", rule="points")
    return value._replace(end=end, shape="percent", unit="percent", rule="percent") if end else None


def _fraction(page: Page, i: int, before: int) -> Term | None:
    """Read a fraction that opens with its denominator: "half", "a third", "a quarter of a million", "a good fifth"."""
    words = page.words
    word, previous, following = words[i], words[i - 1], words[i + 1]
    bottom = Decimal(number_words().fractions[word])
    if word[-1] == "s" or word == "halves":
        return None
    part = _part(page, _share(before, i + 1, ONE, bottom, "fraction"))
    if part.rule in ("part of a scale", "points", "percent"):
        return part
    if word == "half":
        if page.glued(i) and previous == "-":
            return None
        if part.shape == "fraction" and (
            previous in context("half_not_after") or following in context("half_not_before")
        ):
            return None
        if previous == "and" and following != "of" and part.shape == "fraction":
            return None
        return None if part.shape == "count" and (following == "-" or previous in context("half_not_after")) else part
    if word == "quarter" and "century" in (following, words[i + 3] if words[i + 1 : i + 3] == ["of", "a"] else ""):
        end = words.index("century", i) + 1
        return Term(before, end, Decimal(25), Decimal(25), shape="duration", unit="year", rule="part of a unit")
    good = previous in ("good", "full") and words[i - 2] == "a"
    if (before == i and not good) or following == "-":
        return None
    if part.rule == "part of a unit":
        return part if word == "quarter" and words[i + 1] not in ("year", "years") else None
    found = part._replace(first=i if good else before)
    ends_phrase = not following.isalpha() or following in context("fraction_after")
    if good or following == "of" or (words[before - 1] in context("fraction_before") and ends_phrase):
        return found
    if following in ("more", "less", "fewer") or (
        following in ("are", "were", "have", "had", "would", "will") and word != "quarter"
    ):
        return found
    if words[before - 1] in (",", "—", "–", "(", "while") and following in ("from", "of", "to") and word != "quarter":
        return found
    return found if _of_whom(words, before) else None


def _of_whom(words: list[str], before: int) -> bool:
    """Say whether the clause opens with its whole: "Of the displaced, about a third sleep in schools"."""
    comma = before - 2 if words[before - 1] in context("fraction_before") else before - 1
    if comma < 1 or words[comma] != ",":
        return False
    opens = next((k for k in range(comma - 1, max(-1, comma - _WHOLE), -1) if words[k] == "of"), None)
    return opens is not None and (opens == 0 or not words[opens - 1].isalnum())


_WHOLE = 8  # words: "Of the 340 families that were displaced, a third"


def _signed(page: Page, term: Term, floor: int) -> Term:
    """Take in what stands right before: a currency sign, a minus."""
    words, first = page.words, term.first
    if (first <= floor and first > 0 and first - 1 < floor) or term.low is None or term.high is None:
        return term
    sign = sign_before(page, first) if term.style == "digits" and page.near(first) else None
    if sign is not None and sign[1] >= floor:
        return term._replace(first=sign[1], shape="money", unit=sign[0], rule="money")
    previous = words[first - 1]
    if previous in ("minus", "negative") and page.near(first) and not _either_way(page, first):
        return term._replace(first=first - 1, low=-term.low, high=-term.high)
    if (
        previous == "-"
        and page.glued(first)
        and not page.glued(first - 1)
        and not is_numeral(words[first - 2])
        and not _either_way(page, first)
        and (first == 1 or page.text[page.starts[first - 1] - 1] in " (\t\n[/<>=≤≥")
    ):
        return term._replace(first=first - 1, low=-term.low, high=-term.high)
    return term


def _either_way(page: Page, first: int) -> bool:
    """Say whether "plus or minus", "plus/minus", "+/-" or "±" stands before a number: a margin, and no sign of it."""
    plus, joint, minus = page.words[first - 3], page.words[first - 2], page.words[first - 1]
    return minus == "±" or (minus in ("minus", "-") and joint in ("or", "/", "-") and plus in ("plus", "+"))


def _million_or_metre(page: Page, term: Term) -> Term:
    """Settle "1.7m": metres beside words of length, million otherwise."""
    if term.short not in ("m", "mm") or term.low is None or sign_before(page, term.first) is not None:
        return term
    words, end = page.words, term.end
    written = page.text[page.starts[end - 1] : page.ends[end - 1]]
    if written != term.short:
        return term
    if term.short == "m":
        joined_on = words[end] in ("-", "²", "³", "/") and not is_numeral(words[end + 1])
        metres = joined_on or words[end] in context("lengths_after")
        if not metres and not notfigures.counted(page, end):
            metres = any(word in context("lengths") for word in words[max(0, term.first - 10) : end + 6])
        if not metres:
            return term
    value = term.low / term.scale
    return term._replace(
        end=end - 1, low=value, high=value, grain=term.grain / term.scale, scale=ONE, short="", rule="plain"
    )


def _of_something(page: Page, j: int) -> bool:
    """Say whether the words from token j on make a multiple of the number before: "the toll", "as many as"."""
    word, following = page.words[j], page.words[j + 1]
    if word == "as":
        return following in context("multiple_as")
    return word in context("multiple_of") and not (word in ("the", "this", "his", "her") and following in time_words())


def percent_end(page: Page, j: int) -> int:
    """Return the end of a percent sign or its words at token j, 0 where there is none."""
    words = page.words
    if words[j] in ("%", "percent", "pc", "pct", "percentage", "percents"):
        return j + 1
    if words[j] == "per" and words[j + 1] in ("cent", "cents"):
        return j + 2
    if words[j : j + 4] == ["p", ".", "c", "."]:
        return j + 4
    return 0


def _completed(page: Page, term: Term) -> Term:
    """Take in what stands right after: %, points, "times", "-fold", "in five", "per 100,000", a sign, "+"."""
    words, end, value = page.words, term.end, term.low
    if value is None:
        return term
    j = end + 1 if words[end] == "-" and page.glued(end) and page.glued(end + 1) else end
    if not page.near(j):
        return term
    if term.shape != "money":
        stop = percent_end(page, j)
        if stop:
            k = stop + 1 if words[stop] == "-" else stop
            if words[k] in ("point", "points") and page.near(k):
                return term._replace(end=k + 1, shape="points", unit="percentage_point", rule="points")
            return term._replace(end=stop, shape="percent", unit="percent", rule="percent")
        bare = words[j] == "points" or (words[j] == "point" and j > end)
        if words[j] in ("pp", "ppt", "ppts") or (bare and _of_percent(page, term, j + 1)):
            return term._replace(end=j + 1, shape="points", unit="percentage_point", rule="points")
        if words[j] == "fold" and value > 1:
            return _fold(page, term.first, j + 1, value)
        if words[j] == "times" and _of_something(page, j + 1):
            return term._replace(end=j + 1, shape="multiple", unit="ratio", rule="times")
        if words[j] in ("some", "something") and j > end and value % 10 == 0 and value < 100:
            return term._replace(end=j + 1, high=value + 9, hedge=Hedge.RANGE, rule="range")
        if (share := _in(page, term)) is not None:
            return share
    if (rate := _per(page, term)) is not None:
        return rate
    sign = sign_after(page, end) if term.shape == "count" and term.style == "digits" else None
    if sign is not None:
        return term._replace(end=sign[1], shape="money", unit=sign[0], rule="money")
    if words[end] == "+" and page.glued(end) and not (is_numeral(words[end + 1]) and page.glued(end + 1)):
        return term._replace(end=end + 1, hedge=Hedge.AT_LEAST)
    return term


def _of_percent(page: Page, term: Term, end: int) -> bool:
    """Say whether bare "points" are percentage points: they change a share of their sentence, or bound one."""
    before = page.words[max(0, term.first - 20) : term.first]
    if _either_way(page, term.first) or "margin" in before[-6:]:
        return "error" in before or any(word in ("poll", "survey", "±") for word in before)
    before, after = sentence_words(page, term.first, end, 20)
    if _SHARE_WORDS.isdisjoint(before) and _SHARE_WORDS.isdisjoint(after):
        return False
    return not (
        context("change_verbs").isdisjoint(before[-4:])
        and context("point_changes").isdisjoint(before[-4:])
        and context("point_changes").isdisjoint(after[:2])
    )


_SHARE_WORDS = frozenset(("%", "percent", "cent", "pc"))


_WHOLES = frozenset(map(Decimal, (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 25, 30, 40, 50, 60, 100, 200, 250, 500)))
_LARGE_WHOLES = frozenset(map(Decimal, (1000, 10_000, 100_000, 1_000_000)))


def _in(page: Page, term: Term) -> Term | None:
    """Read "one in five", "seven out of ten", "two in every five", "one dwelling in three", "one-in-five" as shares."""
    words, top = page.words, term.low
    if top is None or top != top.to_integral_value() or not 0 < top <= 100 or term.scale not in (1, 100):
        return None
    lists = notfigures.table()
    j = joined(page, term.end - 1)
    if (
        top == 1
        and words[j].isalpha()
        and words[j] not in lists.stops
        and words[j] not in time_words()
        and words[j + 1] == "in"
        and words[j] != "out"
    ):
        j += 1
    if words[j] == "out" and words[j + 1] == "of":
        k, out = j + 2, True
    elif words[j] == "of" and words[j + 1] == "every":
        k, out = j + 1, True
    elif words[j] == "in":
        k, out = joined(page, j), False
    else:
        return None
    every = words[k] == "every"
    k += every
    if not page.near(k) or (notfigures.year_shaped(words[k]) and words[k] != "1000"):
        return None
    whole = None if words[k] in ("a", "an") else cardinal(page, k)
    if whole is None or whole.value <= top or whole.value not in _WHOLES | _LARGE_WHOLES:
        return None
    following = words[joined(page, whole.end - 1)]
    if following in time_words() or following == "%" or (not out and top > 1 and following in context("not_wholes")):
        return None
    if top > 1 and not every:
        if out and term.style == "digits" and whole.value not in (3, 4, 5, 10, 100):
            return None  # "29 out of 30 charges" are two counts
        if not out and (
            (whole.value > 10 and whole.style == "words") or words[term.first - 1] in context("harmed_before")
        ):
            return None
        if (
            not out
            and notfigures.plural(page, whole.end)
            and not (whole.value in (10, 100) and words[whole.end] in context("populations"))
            and words[term.first - 1] not in ("about", "nearly", "almost", "roughly", "than", "some")
            and term.style == "digits"
        ):
            return None
    return _share(term.first, whole.end, top, whole.value, "one in")


def _per(page: Page, term: Term) -> Term | None:
    """Read "7 per 100,000", "12 for every 1,000", "3 in every 10,000" as rates."""
    words, j = page.words, term.end
    if words[j] == "out" and words[j + 1] == "of":
        k = j + 2
    elif words[j] in ("per", "in", "for"):
        k = j + 1
    else:
        return None
    every = words[k] == "every"
    k += every
    if (words[j] == "for" and not every) or not page.near(k):
        return None
    whole = cardinal(page, k)
    if whole is None or whole.value not in _LARGE_WHOLES | {Decimal(100)}:
        return None
    if words[j] != "per":
        if whole.value < 1000 or notfigures.year_shaped(words[k]) or term.shape == "money":
            return None
        if words[j] == "in" and notfigures.counted(page, whole.end) and words[whole.end] not in context("rate_bases"):
            return None
    return term._replace(end=whole.end, shape="rate", unit=term.unit or "ratio", rule="rate")


# Two numbers


def _second(page: Page, first: Term) -> tuple[Term | None, str]:
    """Read the other end of a range or score after its first: the term and the word between."""
    words, j = page.words, first.end
    if first.low is None or first.high is None or first.rule in ("change", "fold", "one in", "every"):
        return None, ""
    connector = words[j]
    if connector == "-" and words[j + 1] in ("to", "or"):  # "10-to-15", "12- to 14-year-olds"
        connector, k = words[j + 1], j + 3 if words[j + 2] == "-" else j + 2
    elif connector == "," and words[j + 1] in ("perhaps", "maybe", "possibly"):
        connector, k = "or", j + 2
    elif connector in ("to", "or", "and", "-", "–", "—", "~", "through"):
        k = j + 1
    else:
        return None, ""
    if connector in ("or", "to") and words[k] in ("even", "perhaps", "maybe", "as", "possibly"):
        k += 1
    if not page.near(j) or not page.near(k):
        return None, ""
    if connector == "-" and page.glued(j) != page.glued(k):
        return None, ""
    start = k
    while k < start + 3 and words[k] and not is_numeral(words[k]) and words[k] not in number_words().triggers:
        k += 1  # a currency sign or its letters, "a" before a scale word
    if k > start:
        sign = sign_before(page, k) if is_numeral(words[k]) else None
        article = words[start] in ("a", "an") and k == start + 1 and words[k] in number_words().scales
        if not article and (sign is None or sign[1] != start):
            return None, ""
    elif is_numeral(words[k]) and connector not in ("-", "–", "—") and notfigures.structure(page, k) is not None:
        return None, ""
    if words[k] in number_words().floors or words[k] in number_words().changes or words[k] in number_words().folds:
        return None, ""
    if words[k] in number_words().fractions and words[k] != "half":
        return None, ""
    second = _term(page, k, first.end)
    return (
        (second, connector)
        if second is not None and second.high is not None and second.first >= first.end
        else (None, "")
    )


def _ratio(page: Page, first: Term, second: Term, connector: str) -> Term | None:
    """Read "two to one", "3 to 1" as a ratio where the words speak of one."""
    if (
        connector != "to"
        or second.low != 1
        or first.low is None
        or first.low <= 1
        or first.shape != "count"
        or second.shape != "count"
    ):
        return None
    around = page.words[max(0, first.first - 10) : first.first] + page.words[second.end : second.end + 2]
    if not any(word.startswith(("outnumber", "ratio", "odds", "margin")) for word in around):
        return None
    return first._replace(end=second.end, shape="multiple", unit="ratio", rule="times")


def _votes(page: Page, first: Term, second: Term, connector: str) -> list[Term] | None:
    """Read "voted 66 to 27", "the bill passed 52–48" as the two sides of a vote; None where no vote is spoken of."""
    if connector not in ("to", "-", "–", "—") or any(
        side.shape != "count" or side.unit or side.scale != 1 or side.low != side.high or (side.low or 0) >= 1000
        for side in (first, second)
    ):
        return None
    words = page.words
    before, after = sentence_words(page, first.first, second.end, 8)
    if connector == "to" and (words[first.first - 1] not in context("votes_before") or counts(page, second.end)):
        return None
    if _VOTES.isdisjoint(before) and _VOTES.isdisjoint(after[:3]):
        if context("ballots").isdisjoint(before) or context("decided").isdisjoint(before[-3:]):
            return None
    elif connector != "to" and counts(page, second.end) and not _VOTES & set(after[:1]):
        return None
    return _sides(first, second, "vote")


_VOTES = frozenset(("vote", "votes", "voted", "voting"))


def counts(page: Page, end: int) -> bool:
    """Say whether a unit or a plural noun follows token end - 1, so that the number before it counts something."""
    noun = page.words[end] not in _VOTES and notfigures.counted(page, end)
    return noun or measure_after(page, end) is not None


def _range(page: Page, first: Term, second: Term, connector: str) -> Term | None:
    """Join two terms to a range, None where the words between say that they are two figures."""
    words = page.words
    low, high = first.low, second.low
    if low is None or high is None or not _alike(page, first, second, connector):
        return None
    shared = first.scale == 1 and second.scale > 1 and (second.style == first.style or first.style == "words")
    if shared and low < 1000 and low * second.scale < high:
        low = low * second.scale  # "five to six million"
    shared = shared or _in_thousands(page, first, second, connector)
    if shared and low == first.low and first.scale == second.scale == 1:
        low = low * 1000  # "10–12,000"
    if not low < high or second.low != second.high or first.low != first.high:
        return None
    previous = words[first.first - 1]
    before = words[max(0, first.first - 10) : first.first]
    if connector == "and" and "between" not in before[-4:]:
        return None
    if connector == "or" and high > low * 3 and not shared:
        return None
    if connector == "to":
        moved = previous == "by" or previous in directions()[0] or previous in directions()[1]
        if moved and high > 2 * low:
            return None  # "rose by 9,900 to 2,245,000", "rose $5 to $45"
        ranging = any(word in context("range_verbs") for word in before)
        changing = any(word in context("change_verbs") for word in before)
        if previous == "from" and not ranging and (changing or high > 2 * low):
            return None
        if previous == "from" and _age_changed(page, first.first, second.end):
            return None
        if first.shape == "count" and high < 1000 and any(word in context("score_verbs") for word in before[-4:]):
            return None
    if connector in ("-", "–", "—"):
        around = before[-7:] + words[second.end : second.end + 3]
        plain = first.shape == second.shape == "count" and high < 1000 and second.scale == 1
        if plain and any(word in context("score_words") for word in around) and measure_after(page, second.end) is None:
            return None
        if connector == "—" and not page.glued(first.end):
            return None
    return second._replace(
        first=first.first,
        low=low,
        high=high,
        hedge=Hedge.RANGE,
        unit=second.unit or first.unit,
        shape=second.shape if second.shape != "count" else first.shape,
        rule="range",
    )


def _age_changed(page: Page, first: int, end: int) -> bool:
    """Say whether a sentence tells how an age is changed: "raises the pension age for men from 60 to 63"."""
    before, _ = sentence_words(page, first, end, AGE_REACH)
    changes = context("change_verbs") | context("age_changes")
    return not {"age", "ages"}.isdisjoint(before) and not changes.isdisjoint(before)


AGE_REACH = 30  # tokens: "the age ... from 60 to 63 for men and from 55 to 58 for women" of one law


def _in_thousands(page: Page, first: Term, second: Term, connector: str) -> bool:
    """Say whether the thousands written at a range's end are those of its beginning too: "10–12,000", "5 to 7,000".

    A dash says so wherever the result is a range; words only where the ends are then within a factor of two.
    """
    low, high = first.low, second.low
    if low is None or high is None or not (first.shape == second.shape == "count" or second.shape == "money"):
        return False
    if first.style != "digits" or second.style != "digits" or not (0 < low < 1000 and low == low.to_integral_value()):
        return False
    if high % 1000 or not page.words[second.end - 1].endswith(",000") or not low * 1000 < high:
        return False
    return connector in ("-", "–") or (connector in ("to", "and") and 2000 * low >= high)


def _alike(page: Page, first: Term, second: Term, connector: str) -> bool:
    """Say whether two terms measure the same, so that they can be the ends of one range."""
    if first.shape == second.shape:
        return first.unit == second.unit
    if first.shape == "count":
        return second.shape in ("percent", "points", "money", "rate")
    if first.shape == "money" and second.shape == "count":
        return connector not in ("or", "and") or second.scale > 1 or measure_after(page, second.end) is None
    return False
