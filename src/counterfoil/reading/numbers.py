"""Find the numbers of a text: what was said, how it is bounded, and in which unit.

One pass over the tokens. At each digit or number word: is it no figure by how it is written (`notfigures`)? Else read
the longest expression that begins there, its unit and hedge, and judge it by the words around it.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from counterfoil.reading import notfigures
from counterfoil.reading.model import Direction, Hedge, Quantity
from counterfoil.reading.numerals import (
    Cardinal,
    Page,
    cardinal,
    is_numeral,
    joined,
    last_place,
    lexicon,
    number_words,
    page,
    simple_fraction,
)
from counterfoil.reading.quantities import quantity
from counterfoil.reading.units import (
    Unit,
    in_smaller,
    measure_after,
    money_after,
    sign_after,
    sign_before,
    span_of,
)
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
    by          rule and version.
    """

    span: Span
    hedge: Span | None
    quantity: Quantity
    shape: str
    direction: Direction | None
    unit_words: Span | None
    by: str


@dataclass(frozen=True, slots=True)
class _Term:
    """An expression under construction: tokens first to end - 1.

    low, high  as said; high None for a floor ("hundreds").
    hedge      set where the words themselves bound it ("18+", "dozens", a range).
    """

    first: int
    end: int
    low: Decimal | None
    high: Decimal | None
    grain: Decimal
    shape: str = "count"
    unit: str = ""
    scale: Decimal = Decimal(1)
    hedge: Hedge | None = None
    direction: Direction | None = None
    rule: str = "plain"
    style: str = "digits"
    short: str = ""
    unit_first: int = -1
    unit_end: int = -1


_VERSION = 1
_TIMES_AFTER = frozenset(
    "as the that those what more higher larger greater bigger less lower its their this smaller faster over his her".split()
)
_TIME_WORDS = frozenset(lexicon_word for lexicon_word in ())  # filled lazily by _times()


@cache
def _times() -> frozenset[str]:
    units = lexicon("units")
    return frozenset([word for words in units["durations"].values() for word in words] + list(units["spans"]))


@cache
def _hedges() -> tuple[dict[str, Hedge], frozenset[str], dict[str, Hedge], frozenset[str], frozenset[str]]:
    """Return hedges before, their last words, hedges behind, marks, negations."""
    table = lexicon("hedges")
    before = {
        phrase: Hedge(name.replace("_", " "))
        for name in ("at_least", "more_than", "at_most", "less_than", "nearly", "about")
        for phrase in table[name]
    } | dict.fromkeys(table["marks"], Hedge.AT_LEAST)
    behind = {phrase: Hedge(name) for phrase, name in table["behind"].items()}
    last = frozenset(phrase.split()[-1] for phrase in before)
    return before, last, behind, frozenset(table["marks"]), frozenset(table["negations"])


@cache
def _directions() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    table = lexicon("numbers")["directions"]
    return (
        frozenset(table["up"]),
        frozenset(table["down"]),
        frozenset(table["up_after"]),
        frozenset(table["down_after"]),
    )


@cache
def _triggers() -> frozenset[str]:
    return number_words().triggers | {"twice", "couple", "pair", "no", "not", "every", "all", "hour", "year", "few"}


def find(text: str) -> tuple[tuple[Number, ...], tuple[Skipped, ...]]:
    """Return the numbers of a text in order, and the number-like words set aside with the reason."""
    leaf = page(text)
    triggers, opening = _triggers(), frozenset("0123456789")
    numbers: list[Number] = []
    skipped: list[Skipped] = []
    addresses = notfigures.addresses(text)
    address, done = 0, 0
    for i, word in enumerate(leaf.words):
        if i < done or not (word in triggers or word[:1] in opening or (word[:1] == "." and len(word) > 1)):
            continue
        while address < len(addresses) and addresses[address].end <= leaf.starts[i]:
            address += 1
        if address < len(addresses) and addresses[address].start <= leaf.starts[i]:
            skipped.append(
                Skipped(leaf.text[leaf.starts[i] : leaf.ends[i]], notfigures.ADDRESS, span_of(leaf, i, i + 1))
            )
            continue
        found, reason, done = _read(leaf, i, done)
        if found:
            numbers += found
        elif reason:
            span = span_of(leaf, i, max(done, i + 1))
            skipped.append(Skipped(span.of(text), reason, span))
    return tuple(_converted(text, numbers)), tuple(skipped)


def _read(leaf: Page, i: int, floor: int) -> tuple[list[Number], str, int]:
    """Read the expression at token i: numbers, or the reason against them ("" if it is no number at all); next token."""
    word = leaf.words[i]
    if is_numeral(word):
        if sign_before(leaf, i) is None:
            refused = notfigures.structure(leaf, i)
            if refused is not None:
                return [], *refused
    terms, reason, end = _terms(leaf, i, floor)
    if not terms:
        return [], reason, max(end, i + 1)
    numbers: list[Number] = []
    for term in terms:
        term = _with_unit(leaf, term)
        reason = _judged(leaf, term, floor)
        end = max(end, term.end, term.unit_end)
        if reason:
            return numbers, reason, max(term.end, i + 1)
        chained = _chain_units(leaf, term)
        end = max(end, chained.end, chained.unit_end)
        numbers.append(_number(leaf, chained, floor))
        floor = chained.end
    return numbers, "", end


def _terms(leaf: Page, i: int, floor: int) -> tuple[list[_Term], str, int]:
    """Read one term, a range, or the two sides of a score from token i."""
    special = _special(leaf, i, floor)
    if special is not None:
        return special
    first = _term(leaf, i, floor)
    if first is None:
        if is_numeral(leaf.words[i]):
            long = len(leaf.words[i]) > 20
            return [], notfigures.ENDLESS if long else notfigures.UNREADABLE, i + 1
        return [], "", i + 1
    second, connector = _second(leaf, first)
    if second is None:
        return [first], "", first.end
    joined_range = _range(leaf, first, second, connector)
    if joined_range is not None:
        return [joined_range], "", joined_range.end
    if connector in ("-", "–", "—") and is_numeral(leaf.words[i]):
        unit = (
            "vote"
            if "voted" in leaf.words[max(0, i - 6) : i] or "vote" in leaf.words[max(0, i - 6) : second.end + 3]
            else "point"
        )
        sides = [replace(side, shape="score", unit=unit, rule="score") for side in (first, second)]
        return sides, "", second.end
    return [first], "", first.end


def _special(leaf: Page, i: int, floor: int) -> tuple[list[_Term], str, int] | None:
    """Read the expressions that no plain number opens: floors, doublings, "twice", "no casualties", "all but nine"."""
    words, table = leaf.words, number_words()
    word, after = words[i], words[i + 1]
    one = Decimal(1)
    if word in table.floors:
        return _floor(leaf, i, floor)
    if word in table.changes:
        return _change(leaf, i)
    if word in table.folds:
        return [_fold(leaf, i, i, i + 1, Decimal(table.folds[word]))], "", i + 1
    if word == "twice":
        if after in _TIMES_AFTER:
            return [_Term(i, i + 1, Decimal(2), Decimal(2), one, "multiple", "ratio", rule="times")], "", i + 1
        return [_Term(i, i + 1, Decimal(2), Decimal(2), one, rule="twice", style="words")], "", i + 1
    if word in ("couple", "pair", "few"):
        return _couple(leaf, i, floor)
    if word == "no":
        if after in notfigures.table().harm and words[i - 1] not in ("there's", "if"):
            return [_Term(i, i + 1, Decimal(0), Decimal(0), one, rule="none", style="words")], "", i + 1
        return [], "", i + 1
    if word == "not":
        end = i + 1
        if words[end] == "even":
            end += 1
        if (
            words[end] == "one"
            and words[end + 1].isalpha()
            and words[end + 1] not in notfigures.table().one_before
        ):
            return [_Term(i, end + 1, Decimal(0), Decimal(0), one, rule="none", style="words")], "", end + 1
        if words[end] == "a" and words[end + 1] == "single":
            return [_Term(i, end + 2, Decimal(0), Decimal(0), one, rule="none", style="words")], "", end + 2
        return [], "", i + 1
    if word == "every":
        ordinal = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}.get(after)
        noun = words[i + 2]
        if (
            ordinal
            and noun.isalpha()
            and noun not in _times()
            and noun not in notfigures._STOPS
            and noun not in notfigures.table().weekdays
            and noun != "time"
        ):
            return [_share(i, i + 2, Decimal(1), Decimal(ordinal), "every")], "", i + 2
        return [], "", i + 1
    if word == "all":
        return _all_but(leaf, i)
    if word in ("hour", "year"):
        return _hour_and_a_half(leaf, i, floor)
    return None


def _floor(leaf: Page, i: int, floor: int) -> tuple[list[_Term], str, int]:
    """Read "hundreds", "tens of thousands", "dozens and dozens", "tens or hundreds of thousands"."""
    words, table = leaf.words, number_words()
    word, end = words[i], i + 1
    value = Decimal(table.floors[word])
    if word == "scores" and words[end] not in ("of", "were", "more", "have", "are", "dead", "killed", "injured"):
        return [], notfigures.NO_VALUE, end
    if words[end] in ("and", "upon", "or") and words[end + 1] in table.floors:
        end += 2
    if words[end] == "of" and words[end + 1] in table.floors and word not in ("thousands", "millions"):
        scale = Decimal(table.floors[words[end + 1]]) / 2
        return [_Term(i, end + 2, value * scale, None, scale, "vague", hedge=Hedge.VAGUE, rule="floor")], "", end + 2
    if word == "tens":
        return [], notfigures.NO_VALUE, end
    scaled = _scales_after(leaf, end)
    first = i
    return (
        [_Term(first, scaled[1], value * scaled[0], None, value, "vague", hedge=Hedge.VAGUE, rule="floor")],
        "",
        scaled[1],
    )


def _scales_after(leaf: Page, j: int) -> tuple[Decimal, int]:
    scale = number_words().scales.get(leaf.words[j])
    if scale is None or not leaf.near(j):
        return Decimal(1), j
    return Decimal(scale), j + 1


def _change(leaf: Page, i: int) -> tuple[list[_Term], str, int]:
    """Read "doubled", "more than double the", "halved" as changes in percent."""
    words, word = leaf.words, leaf.words[i]
    value = number_words().changes[word]
    if word in ("double", "triple", "treble", "quadruple"):
        verb = words[i - 1] in (
            "to",
            "will",
            "would",
            "could",
            "may",
            "might",
            "nearly",
            "almost",
            "the",
            "than",
            "easily",
            "about",
            "roughly",
            "can",
            "should",
        )
        if not (words[i + 1] in ("the", "that", "those", "what", "its", "their", "this", "last") or verb):
            return [], notfigures.NAME, i + 1
        if (
            words[i + 1] == "-"
            or (words[i - 1] == "the"
            and words[i + 1].isalpha()
            and not notfigures.opens(leaf, i)
            and words[i - 2] != "than")
        ):
            return [], notfigures.NAME, i + 1
    elif words[i + 1] in ("down", "as", "back", "up") and words[i - 1] not in (
        "than",
        "nearly",
        "almost",
        "has",
        "have",
    ):
        return [], notfigures.NO_VALUE, i + 1
    way = Direction.UP if value > 0 else Direction.DOWN
    size = Decimal(abs(value))
    return (
        [_Term(i, i + 1, size, size, Decimal(10), "percent", "percent", direction=way, rule="change", style="words")],
        "",
        i + 1,
    )


def _fold(leaf: Page, i: int, first: int, end: int, times: Decimal) -> _Term:
    """Return "-fold" as a change in percent: fivefold is +400."""
    change = (times - 1) * 100
    return _Term(
        first,
        end,
        change,
        change,
        last_place(change),
        "percent",
        "percent",
        direction=Direction.UP,
        rule="fold",
        style="words",
    )


def _couple(leaf: Page, i: int, floor: int) -> tuple[list[_Term], str, int]:
    """Read "a couple of hundred", "a few dozen", "a pair of"."""
    words, table = leaf.words, number_words()
    first = i - 1 if words[i - 1] in ("a", "the") and i - 1 >= floor else i
    end = i + 1
    if words[end] == "of":
        end += 1
    scale = table.scales.get(words[end]) or table.collectives.get(words[end])
    if words[end] in table.short:
        scale = None
    two = Decimal(2)
    if words[i] == "few":
        if scale is None or words[i - 1] != "a":
            return [], "", i + 1
        return (
            [_Term(first, end + 1, two * scale, None, Decimal(scale), "vague", hedge=Hedge.VAGUE, rule="few")],
            "",
            end + 1,
        )
    if words[i - 1] != "a":
        return [], "", i + 1
    if scale is not None:
        return (
            [_Term(first, end + 1, two * scale, two * scale, Decimal(scale), rule="couple", style="words")],
            "",
            end + 1,
        )
    if words[i + 1] != "of":
        return [], "", i + 1
    return [_Term(first, i + 1, two, two, Decimal(1), rule="couple", style="words")], "", i + 1


def _all_but(leaf: Page, i: int) -> tuple[list[_Term], str, int]:
    """Read "all but nine of 340" as 331; without a whole, the number is not known."""
    words = leaf.words
    if words[i + 1] != "but":
        return [], "", i + 1
    less = cardinal(leaf, i + 2)
    if less is None or not leaf.near(i + 2):
        return [], "", i + 1
    j = less.end
    for _ in range(3):  # "all but one victim of the sixteen"
        if words[j] == "of":
            break
        j += 1
    if words[j] == "of":
        j += 2 if words[j + 1] in ("the", "its", "their", "those", "these", "his", "her", "our") else 1
        whole = cardinal(leaf, j)
        if whole is not None and whole.value > less.value:
            rest = whole.value - less.value
            return [_Term(i, less.end, rest, rest, Decimal(1), rule="all but", style="words")], "", less.end
    return [_Term(i, less.end, None, None, Decimal(1), rule="all but", style="words")], "", less.end


def _hour_and_a_half(leaf: Page, i: int, floor: int) -> tuple[list[_Term], str, int]:
    """Read "an hour and a half" and, after a hedge, "at least a year" as one of the unit."""
    words = leaf.words
    first = i - 1
    if first < floor or words[first] not in ("a", "an"):
        return [], "", i + 1
    value, end = Decimal(1), i
    if words[i + 1 : i + 4] == ["and", "a", "half"]:
        value, end = Decimal("1.5"), i + 4
        term = _Term(
            first, end, value, value, Decimal("0.1"), "duration", words[i], rule="one of a unit", style="words"
        )
        return [term] if words[end] not in notfigures.table().offset else [], notfigures.OFFSET, end
    hedge = _hedge_before(leaf, first, floor)
    if hedge is None or words[i + 1] in notfigures.table().offset:
        return [], "", i + 1
    return [_Term(first, i, value, value, Decimal(1), rule="one of a unit", style="words")], "", i


def _share(first: int, end: int, top: Decimal, bottom: Decimal, rule: str) -> _Term:
    """Return a fraction as a share in percent, to two places. Its grain is a tenth of it, at most 5 points."""
    exact = top * 100 / bottom
    value = round(exact, 2) if exact >= 1 else round(exact, 6)
    return _Term(first, end, value, value, min(Decimal(5), value / 10), "fraction", "percent", rule=rule, style="words")


def _term(leaf: Page, i: int, floor: int) -> _Term | None:
    """Read one number with its percent sign, currency sign, fraction or rate from token i."""
    words, table = leaf.words, number_words()
    word = words[i]
    before = i - 1 if i > floor and words[i - 1] in ("a", "an") else i
    if word in table.fractions:
        return _fraction(leaf, i, before, floor)
    if (
        word in ("hundred", "thousand")
        or (word in table.scales and word not in table.short)
        or word in table.collectives
    ):
        if i > floor and words[i - 1] == "several":
            value = Decimal(2 * (table.scales.get(word) or table.collectives[word]))
            return _Term(i - 1, i + 1, value, None, value / 2, "vague", hedge=Hedge.VAGUE, rule="few")
        number = cardinal(leaf, before)
    else:
        slash = simple_fraction(leaf, i) if is_numeral(word) else None
        if slash is not None:
            return _share_or_part(leaf, _share(i, i + 3, slash, Decimal(1), "fraction"))
        numerator = _numerator(leaf, i)
        if numerator is not None:
            return numerator
        number = cardinal(leaf, i)
    if number is None:
        return _decimal_comma(leaf, i)
    term = _Term(
        number.first, number.end, number.value, number.value, number.grain, scale=number.scale, style=number.style, short=number.short,
        rule="rounded" if number.scale > 1 else "plain",
    )  # fmt: skip
    term = _million_or_metre(leaf, term)
    term = _signed(leaf, term, floor)
    return _completed(leaf, term)


def _decimal_comma(leaf: Page, i: int) -> _Term | None:
    """Read "1,2 million" with a decimal comma: tokens "1", ",", "2" are one numeral only where a scale, % or unit follows."""
    return None


def _numerator(leaf: Page, i: int) -> _Term | None:
    """Read "two-thirds", "three quarters of a million" from the numerator at token i."""
    words, table = leaf.words, number_words()
    top = table.ones.get(words[i], 0)
    if not top:
        return None
    j = joined(leaf, i)
    if words[j] == "-" and words[j + 1] in table.fractions:
        j += 1
    bottom = table.fractions.get(words[j], 0)
    if not bottom or not leaf.near(j) or top >= bottom or (top > 1) != (words[j][-1] == "s"):
        return None
    if words[j] in ("quarter", "quarters") and words[j + 1] in ("final", "finals", "-"):
        return None
    if top == 1 and words[j] in ("second",):
        return None
    term = _share(i, j + 1, Decimal(top), Decimal(bottom), "fraction")
    return _share_or_part(leaf, term)


def _share_or_part(leaf: Page, term: _Term) -> _Term:
    """Turn a fraction before a scale word or a unit into that much of it: "half a million", "half an hour", "1/4 mile"."""
    words, table = leaf.words, number_words()
    assert term.low is not None
    share = term.low / 100
    j = term.end
    if words[j] == "-" and leaf.glued(j):
        j += 1
    k = j + 1 if words[j] == "of" else j
    k = k + 1 if words[k] in ("a", "an") else k
    scale = table.scales.get(words[k]) or table.collectives.get(words[k])
    if scale and words[k] not in table.short and leaf.near(k) and words[k] not in table.floors:
        exact = {Decimal("33.33"): Decimal(1) / 3, Decimal("66.67"): Decimal(2) / 3}.get(term.low, share)
        value = round(exact * scale, 0) if scale >= 100 else exact * scale
        number = Cardinal(
            term.first, k + 1, value, last_place(value) if scale > 12 else Decimal(1), Decimal(scale), style="words"
        )
        if words[k + 1] in table.scales and words[k + 1] not in table.short:
            number = replace(number, value=value * table.scales[words[k + 1]], end=k + 2)
        return _Term(
            number.first,
            number.end,
            number.value,
            number.value,
            number.grain,
            scale=number.scale,
            rule="part of a scale",
            style="words",
        )
    unit = measure_after(leaf, k - 1 + 1)
    if unit is not None and (k != j or words[term.end] == "-" or unit.first == term.end) and words[j] != "of":
        return replace(term, low=share, high=share, grain=Decimal("0.1"), shape="count", unit="", rule="part of a unit")
    return term


_FRACTION_BEFORE = frozenset(
    "by nearly almost about around roughly over than exactly approximately under least only just another up down rose fell some to of good full".split()
)
_HALF_NOT_AFTER = frozenset(
    "first second other latter former in later better own each top bottom lower upper one's and northern southern eastern western early front back time last this next final".split()
)
_HALF_NOT_BEFORE = frozenset(
    "time way mast brother sister past dozen hearted life century - year yearly day hourly board pipe".split()
)


def _fraction(leaf: Page, i: int, before: int, floor: int) -> _Term | None:
    """Read a fraction that opens with its denominator: "half", "a third", "a quarter of a million", "a good fifth"."""
    words, table = leaf.words, number_words()
    word, previous, following = words[i], words[i - 1], words[i + 1]
    bottom = Decimal(table.fractions[word])
    if word == "half":
        part = _share_or_part(leaf, _share(before, i + 1, Decimal(1), bottom, "fraction"))
        if part.shape != "fraction":
            return part
        if previous in _HALF_NOT_AFTER or following in _HALF_NOT_BEFORE or (leaf.glued(i) and previous == "-"):
            return None
        return replace(part, first=i) if previous != "a" else part
    if word in ("halves", "quarters", "thirds") or word[-1] == "s":
        return None
    part = _share_or_part(leaf, _share(before, i + 1, Decimal(1), bottom, "fraction"))
    if part.shape != "fraction" and part.rule == "part of a scale":
        return part
    if (
        (word == "quarter"
        and following in ("century",))
        or (word == "quarter" and words[i + 1 : i + 4] == ["of", "a", "century"])
    ):
        end = i + 1 if following == "century" else i + 3
        century = words.index("century", i, i + 4)
        value = Decimal(25)
        return _Term(
            before, century + 1, value, value, Decimal(1), "duration", "year", rule="part of a unit", style="words"
        )
    good = previous in ("good", "full") and words[i - 2] == "a"
    if before == i and not good:
        return None
    if leaf.glued(i + 1) and following == "-":
        return None
    if part.rule == "part of a unit":
        return part if word == "quarter" else None
    if following == "of" and word == "quarter" and words[i + 2].isdigit():
        return None
    after_hedge = words[before - 1] in _FRACTION_BEFORE
    ends_phrase = not following.isalpha() or following in (
        "more",
        "less",
        "fewer",
        "higher",
        "lower",
        "larger",
        "smaller",
        "in",
        "on",
        "to",
        "from",
        "since",
        "are",
        "were",
        "have",
        "had",
        "was",
        "is",
        "and",
        "last",
        "this",
        "said",
        "compared",
        "over",
        "between",
        "during",
        "after",
        "as",
        "below",
        "above",
    )
    if (
        following == "of"
        or (after_hedge and ends_phrase)
        or (following in ("more", "less", "fewer", "are", "were", "have") and word != "quarter")
    ):
        return replace(part, first=i if good else before)
    if (
        word != "quarter"
        and ends_phrase
        and words[before - 1] in ("and", ",", "—", "–", "(", "while", "than")
        and following not in ("in", "on", "from", "was", "is", "and", "said")
        and following.isalpha()
    ):
        return replace(part, first=before)
    return None


def _signed(leaf: Page, term: _Term, floor: int) -> _Term:
    """Take in what stands right before: a currency sign, a minus."""
    words, first = leaf.words, term.first
    if first > floor or first == floor:
        sign = sign_before(leaf, first) if first > 0 and leaf.near(first) else None
        if sign is not None and sign[1] >= floor and term.style == "digits":
            return replace(term, first=sign[1], shape="money", unit=sign[0], rule="money")
    if first - 1 < floor or term.low is None or term.high is None:
        return term
    previous = words[first - 1]
    if previous in ("minus", "negative") and leaf.near(first):
        return replace(term, first=first - 1, low=-term.low, high=-term.high)
    if previous == "-" and leaf.glued(first) and not leaf.glued(first - 1) and not is_numeral(words[first - 2]):
        if first == 1 or leaf.text[leaf.starts[first - 1] - 1] in " (\t\n[/":
            return replace(term, first=first - 1, low=-term.low, high=-term.high)
    return term


_LENGTH = frozenset(
    "water waters wave waves tall deep high wide long depth height width length metre metres meter meters flood floods river sea level levels tsunami wall fence snow rain above below"
    " dam shore coast apart away radius diameter boat ship tunnel bridge hole tower sprint hurdles freestyle race km distance distances feet ft".split()
)


def _million_or_metre(leaf: Page, term: _Term) -> _Term:
    """Settle "1.7m": metres beside words of length, million otherwise; "75 m" with a space is a measure."""
    if term.short not in ("m", "mm", "k", "b") or term.low is None:
        return term
    words, end = leaf.words, term.end
    written = leaf.text[leaf.starts[end - 1] : leaf.ends[end - 1]]
    money = sign_before(leaf, term.first) is not None
    metres = False
    if term.short == "mm" and not money and written == "mm":
        metres = True
    elif term.short == "m" and not money and written == "m":
        following = words[end]
        if following in ("-", "²", "³", "/") or following in (
            "tall",
            "deep",
            "high",
            "wide",
            "long",
            "above",
            "below",
            "away",
            "apart",
            "x",
            "×",
        ):
            metres = True
        elif not notfigures.counted(leaf, end):
            around = words[max(0, term.first - 10) : end + 6]
            metres = any(word in _LENGTH for word in around)
    if not metres:
        return term
    return replace(
        term,
        end=end - 1,
        low=term.low / term.scale,
        high=term.low / term.scale,
        grain=term.grain / term.scale,
        scale=Decimal(1),
        short="",
        rule="plain",
    )


def _completed(leaf: Page, term: _Term) -> _Term:
    """Take in what stands right after: %, points, "times", "-fold", "in five", "per 100,000", a sign, "+"."""
    words, end, value = leaf.words, term.end, term.low
    if value is None:
        return term
    j = end + 1 if words[end] == "-" and leaf.glued(end) and leaf.glued(end + 1) else end
    word = words[j]
    if not leaf.near(j):
        return term
    if term.shape != "money":
        if (
            word == "%"
            or word in ("percent", "pc", "pct", "percentage", "percents")
            or (word == "per" and words[j + 1] in ("cent", "cents"))
            or (word == "p" and words[j + 1 : j + 4] == [".", "c", "."])
        ):
            stop = j + 2 if word == "per" else j + 4 if word == "p" else j + 1
            if words[stop] in ("point", "points") and leaf.near(stop):
                return replace(term, end=stop + 1, shape="points", unit="percentage_point", rule="points")
            if words[stop] == "-" and words[stop + 1] in ("point", "points"):
                return replace(term, end=stop + 2, shape="points", unit="percentage_point", rule="points")
            return replace(term, end=stop, shape="percent", unit="percent", rule="percent")
        if word in ("pp", "ppt", "ppts"):
            return replace(term, end=j + 1, shape="points", unit="percentage_point", rule="points")
        if word == "fold" and value > 1:
            return _fold(leaf, term.first, term.first, j + 1, value)
        if (
            word == "times"
            and words[j + 1] in _TIMES_AFTER
            and not (words[j + 1] in ("the", "this", "over", "his", "her") and value > 100)
        ):
            return replace(term, end=j + 1, shape="multiple", unit="ratio", rule="times")
        share = _in(leaf, term)
        if share is not None:
            return share
    rate = _per(leaf, term)
    if rate is not None:
        return rate
    sign = sign_after(leaf, end) if term.shape == "count" and term.style == "digits" else None
    if sign is not None:
        return replace(term, end=sign[1], shape="money", unit=sign[0], rule="money")
    if words[end] == "+" and leaf.glued(end) and not (is_numeral(words[end + 1]) and leaf.glued(end + 1)):
        return replace(term, end=end + 1, hedge=Hedge.AT_LEAST)
    return term


_WHOLES = frozenset(
    Decimal(n)
    for n in (
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        12,
        15,
        16,
        20,
        25,
        30,
        40,
        50,
        60,
        100,
        200,
        250,
        500,
        1000,
        10000,
        100000,
        1000000,
    )
)


def _in(leaf: Page, term: _Term) -> _Term | None:
    """Read "one in five", "seven out of ten", "two in every five", "one dwelling in three", "one-in-five"."""
    words, top = leaf.words, term.low
    if top is None or top != top.to_integral_value() or not 0 < top <= 100 or (term.scale != 1 and term.scale != 100):
        return None
    j = joined(leaf, term.end - 1)
    if (
        top == 1
        and words[j].isalpha()
        and words[j] not in ("in", "out", "of", "or", "and", "to")
        and words[j + 1] == "in"
    ):
        noun, j = words[j], j + 1
        if noun in _times() or noun in notfigures._STOPS:
            return None
    if words[j] == "out" and words[j + 1] == "of":
        k, out = j + 2, True
    elif words[j] == "in":
        k, out = joined(leaf, j), False
    else:
        return None
    every = words[k] == "every"
    k += every
    whole = cardinal(leaf, k) if words[k] not in ("a", "an") else None
    if words[k] in ("hundred", "thousand", "million"):
        whole = cardinal(leaf, k)
    if whole is None or not leaf.near(k) or whole.value <= top or whole.value not in _WHOLES:
        return None
    following = words[joined(leaf, whole.end - 1)]
    if (
        following in _times()
        or following
        in (
            "provinces",
            "districts",
            "cities",
            "countries",
            "towns",
            "attacks",
            "incidents",
            "regions",
            "states",
            "villages",
            "days",
            "separate",
            "different",
            "other",
            "%",
            "percent",
            "per",
        )
        or (words[whole.end] in ("%", ",")
        and words[whole.end] == "%")
    ):
        return None
    if (
        not out
        and not every
        and top > 1
        and (top * 2 < 1 or (whole.value > 10 and term.style == "words" and whole.style == "words"))
    ):
        return None
    if (
        not out
        and not every
        and top > 1
        and notfigures.plural(leaf, whole.end)
        and words[term.first - 1] in ("killed", "killing", "wounded", "injured", "wounding", "injuring", "arrested")
    ):
        return None
    if _is_year_like(words[k]):
        return None
    share = _share(term.first, whole.end, top, whole.value, "one in")
    return share


def _is_year_like(word: str) -> bool:
    return notfigures.year_shaped(word) and word not in ("1000", "2000")


def _per(leaf: Page, term: _Term) -> _Term | None:
    """Read "7 per 100,000", "one for every 1,000"."""
    words, j = leaf.words, term.end
    k = 0
    if words[j] in ("per", "in", "for", "out"):
        k = j + 1
        if words[j] == "out":
            k = j + 2 if words[j + 1] == "of" else 0
        if k and words[k] == "every":
            k += 1
    elif words[j].isalpha() and words[j + 1] == "per" and words[j + 2] != "cent":  # "34 deaths per 100,000"
        return None
    if not k:
        return None
    whole = cardinal(leaf, k)
    if whole is None or not leaf.near(k) or whole.value not in (100, 1000, 10000, 100000, 1000000):
        return None
    if words[j] != "per" and (whole.value < 1000 or _is_year_like(words[k]) or term.shape == "money"):
        return None
    if words[j] == "for" and words[j + 1] != "every":
        return None
    if (
        words[j] == "in"
        and notfigures.counted(leaf, whole.end)
        and words[whole.end]
        not in ("people", "births", "residents", "inhabitants", "children", "live", "women", "persons")
    ):
        return None
    return replace(term, end=whole.end, shape="rate", unit="ratio" if term.unit == "" else term.unit, rule="rate")


def _second(leaf: Page, first: _Term) -> tuple[_Term | None, str]:
    """Read the other end of a range or score after its first: the term and the word between."""
    words, j = leaf.words, first.end
    if first.low is None or first.high is None or first.rule in ("change", "fold", "one in", "every"):
        return None, ""
    connector = words[j]
    glued_hyphen = connector == "-" and words[j + 1] in ("to", "or") and words[j + 2] == "-"
    if glued_hyphen:
        connector, k = words[j + 1], j + 3
    elif connector == "," and words[j + 1] in ("perhaps", "maybe", "possibly"):
        connector, k = "or", j + 2
    elif connector in ("to", "or", "and", "-", "–", "—", "~", "through"):
        k = j + 1
    else:
        return None, ""
    if connector in ("or", "to") and words[k] in ("even", "perhaps", "maybe", "as", "possibly"):
        k += 1
    if not words[k] or not leaf.near(j) or not leaf.near(k):
        return None, ""
    if (
        connector in ("-", "–", "—")
        and not is_numeral(words[k])
        and words[k] not in ("$", "€", "£")
        and words[k] not in number_words().ones
        and words[k] not in number_words().tens
    ):
        return None, ""
    if connector == "-" and not leaf.glued(k) and leaf.near(j) and first.shape == "count" and leaf.glued(j):
        return None, ""
    if words[k] in ("$", "€", "£", "¥", "us", "rs", "tk", "a", "c", "₹", "₱", "₦", "rm") or words[k] in ("r", "n", "k"):
        k += 2 if words[k] in ("us", "a", "c", "r") and words[k + 1] == "$" else 1
        if words[k] == "." and is_numeral(words[k + 1]):
            k += 1
        if words[k - 1] == "a":
            k -= 1
    if (
        not is_numeral(words[k])
        and words[k] not in number_words().ones
        and words[k] not in number_words().tens
        and words[k] not in ("a", "half")
    ):
        return None, ""
    if (
        is_numeral(words[k])
        and sign_before(leaf, k) is None
        and connector not in ("-", "–", "—")
        and notfigures.structure(leaf, k) is not None
    ):
        return None, ""
    if words[k] == "a":
        k += 1
        if words[k] not in number_words().scales and words[k] not in number_words().collectives:
            return None, ""
    second = _term(leaf, k, first.end)
    return (second, connector) if second is not None and second.high is not None else (None, "")


_CHANGE_FROM = frozenset(
    "fell fallen falling drop dropped dropping rose risen rising rise increase increased increasing grew grown growing went down up cut reduced raised climbed jumped declined decreased shrank surged moved doubled tripled revised lowered fall decline reduction".split()
)
_SCORES = frozenset(
    "won win wins beat beats lost lose losing winning defeat defeated victory draw drew drawn lead leads led score scored final match vote voted votes voting approved rejected passed tie tied goal goals set sets ruling ruled decision".split()
)


def _range(leaf: Page, first: _Term, second: _Term, connector: str) -> _Term | None:
    """Join two terms to a range, None where the words between say that they are two figures."""
    words = leaf.words
    low, high = first.low, second.low
    assert low is not None and high is not None
    if first.shape != second.shape and not (
        first.shape == "count" and second.shape in ("percent", "points", "money", "rate", "fraction")
    ):
        if not (first.shape == "money" and second.shape == "count"):
            return None
    if first.shape == "count" and second.shape == "fraction":
        return None
    if (
        first.shape == "money"
        and second.shape == "count"
        and second.scale == 1
        and connector in ("or", "and")
        and measure_after(leaf, second.end) is not None
    ):
        return None
    if (
        first.scale == 1
        and second.scale > 1
        and low < high / second.scale * 1000
        and (second.style == first.style or first.style == "words")
    ):
        scaled = low * second.scale
        if scaled < high and low < 1000:
            low = scaled
    if not low < high or second.low != second.high:
        return None
    between = _between(leaf, first)
    if connector == "and" and not between:
        return None
    if connector == "or":
        if (high > low * 3 and not (second.scale > 1)) or (words[second.end] in ("more", "fewer", "less") and False):
            return None
    if connector == "to":
        before = words[max(0, first.first - 8) : first.first]
        if words[first.first - 1] == "from" and any(word in _CHANGE_FROM for word in before):
            return None
        if (
            any(word in ("won", "voted", "beat", "defeated", "lost") for word in before[-4:])
            and high < 1000
            and first.shape == "count"
        ):
            return None
        if (
            first.style == "words"
            and second.style == "words"
            and low <= 1
            and high <= 10
            and "outnumber" in " ".join(before)
        ):
            return None
    if connector in ("-", "–", "—"):
        around = words[max(0, first.first - 7) : first.first] + words[second.end : second.end + 3]
        if (
            first.shape == "count"
            and second.shape == "count"
            and any(word in _SCORES for word in around)
            and high < 1000
            and second.scale == 1
            and measure_after(leaf, second.end) is None
        ):
            return None
        if connector == "—" and not leaf.glued(first.end):
            return None
    return replace(
        second, first=first.first, low=low, high=high, grain=max(first.grain, second.grain) if second.scale > 1 else second.grain, hedge=Hedge.RANGE,
        unit=second.unit or first.unit, shape=second.shape if second.shape != "count" else first.shape, rule="range",
    )  # fmt: skip


def _between(leaf: Page, term: _Term) -> bool:
    """Say whether "between" opens the range, at most three words before it."""
    return "between" in leaf.words[max(0, term.first - 3) : term.first]


def _with_unit(leaf: Page, term: _Term) -> _Term:
    """Find the unit words after a number, and whether they make an age, a duration, a measure or money of it."""
    words = leaf.words
    if term.low is None or term.shape in ("percent", "points", "fraction", "multiple", "score", "rate"):
        return _as_points(leaf, term)
    if term.unit_first >= 0:
        return term
    if term.shape == "duration":
        return term
    end = term.end
    if term.shape == "money":
        extra = money_after(leaf, end, scaled=True)
        if (
            extra is not None
            and extra.factor == 1
            and extra.first == end
            and words[end] != "-"
            and words[end].isalpha()
            and extra.end - extra.first <= 2
        ):
            return replace(term, unit_first=extra.first, unit_end=extra.end)
        return term
    unit: Unit | None = measure_after(leaf, end)
    if unit is None:
        unit = money_after(leaf, end, scaled=term.scale > 1)
    if unit is None:
        return _as_age(leaf, term)
    if unit.shape == "duration":
        k = unit.end
        k = k + 1 if words[k] == "-" else k
        if words[k] in ("old", "olds") or (words[k] == "of" and words[k + 1] == "age"):
            return replace(term, shape="age", unit=unit.code, unit_first=unit.first, unit_end=unit.end, rule="age")
        if words[term.first - 1] in ("aged",) or (words[term.first - 1] == "age" and unit.code == "year"):
            return replace(term, shape="age", unit=unit.code, unit_first=unit.first, unit_end=unit.end, rule="age")
    shape = unit.shape if term.shape != "vague" or unit.shape != "duration" else "duration"
    if unit.factor != 1 and term.low is not None:
        term = replace(
            term,
            low=term.low * unit.factor,
            high=None if term.high is None else term.high * unit.factor,
            grain=term.grain * unit.factor,
        )
    return replace(term, shape=shape, unit=unit.code, unit_first=unit.first, unit_end=unit.end, rule=f"{term.rule}")


def _as_points(leaf: Page, term: _Term) -> _Term:
    return term


_PERSON_BEFORE = frozenset(
    "children child those minors kids boys girls infants babies aged women men people everyone anyone youths pupils adults teenagers residents patients citizens voters persons".split()
)


def _as_age(leaf: Page, term: _Term) -> _Term:
    """Recognise an age without the word "years": "Ali Khan, 45,", "aged 12", "under the age of 15", "children under five"."""
    words, first, end = leaf.words, term.first, term.end
    if (
        term.low is None
        or term.low > 120
        or term.scale != 1
        or term.shape != "count"
        or term.low != term.low.to_integral_value()
    ):
        return term
    age = replace(term, shape="age", unit="year", rule="age")
    previous = words[first - 1]
    start = first
    hedge = _hedge_before(leaf, first, 0)
    if hedge is not None:
        start = hedge[0]
    if term.hedge is Hedge.RANGE and previous in ("between", "from"):
        start = first - 1
    if (
        words[start - 1] in ("aged", "age", "ages")
        or words[start - 2 : start] == ["age", "of"]
        or words[start - 2 : start] == ["ages", "of"]
    ):
        return age
    if previous in ("aged", "age") or words[first - 2 : first] == ["age", "of"]:
        return age
    following = words[end]
    if words[end] == "yo" or words[end : end + 3] == ["y", "/", "o"]:
        return age
    if (
        hedge is not None
        and hedge[2] in (Hedge.LESS_THAN, Hedge.MORE_THAN)
        and words[start - 1] in _PERSON_BEFORE
        and not following.isalpha()
    ):
        return age
    if (
        term.style == "digits"
        and previous == ","
        and following in (",", ")", ".", ";", "—")
        and leaf.capital(first - 2)
        and words[first - 2].isalpha()
    ):
        lists = notfigures.table()
        if (
            words[first - 2] not in lists.months
            and words[first - 2] not in lists.weekdays
            and term.low >= 1
            and leaf.capital(first - 3)
        ):
            return age
        if (
            following == ","
            and words[first - 2] not in lists.months
            and words[first - 2] not in lists.weekdays
            and term.low >= 14
            and leaf.words[end + 1]
            in ("who", "a", "an", "said", "from", "of", "was", "has", "had", "the", "told", "is", "died")
        ):
            return age
    if (
        previous == "("
        and following == ")"
        and leaf.capital(first - 2)
        and leaf.capital(first - 3)
        and term.style == "digits"
        and 10 <= term.low <= 99
    ):
        return age
    pronoun = words[start - 2] in ("he", "she", "who", "i", "they")
    if (
        pronoun
        and words[start - 1] in ("was", "is", "turned", "turns", "am", "were")
        and not following.isalpha()
        and following not in ("-", "%", "/")
    ):
        return age
    if words[start - 1] in ("turned", "turns", "turning") and not following.isalpha() and following != "-":
        return age
    return term


def _judged(leaf: Page, term: _Term, floor: int) -> str:
    """Return the reason why a term that was read is no figure, "" if it is one."""
    words, i = leaf.words, term.first
    bare = term.shape in ("count", "score") and term.unit == ""
    if bare and term.rule in ("plain", "range", "score") and (term.scale == 1 or term.style == "words"):
        reason = notfigures.named(leaf, i, term.end)
        if reason:
            return reason
        if term.rule == "plain" and words[i] == "one" and term.end == i + 1 and notfigures.pronoun(leaf, i):
            hedge = _hedge_before(leaf, i, floor)
            if not (hedge is not None and words[i + 1].isalpha() and words[i + 1] not in notfigures.table().one_before):
                return notfigures.PRONOUN
        if term.style == "digits" and notfigures.year(
            leaf, i, term.end, hedged=_hedge_before(leaf, i, floor) is not None
        ):
            return notfigures.YEAR
        if (
            term.rule == "plain"
            and words[i] in ("hundred", "thousand", "million", "billion", "dozen")
            and not (words[term.end].isalpha() and notfigures.counted(leaf, term.end))
        ):
            return notfigures.NO_VALUE
    if term.shape == "duration" and term.unit_end > 0:
        return notfigures.relative(leaf, i, term.unit_end) or ""
    if term.shape in ("measure", "duration") and term.rule == "plain":
        reason = (
            notfigures.named(leaf, i, term.unit_end if term.unit_end > 0 else term.end)
            if leaf.words[term.unit_first] in ("c", "f", "g", "l", "t", "b")
            else None
        )
        if reason:
            return reason
    return ""


def _chain_units(leaf: Page, term: _Term) -> _Term:
    """Join "1 hour 59 minutes 40.2 seconds", "5 ft 2 in", "3 dollars 50 cents" to one number in the smallest unit."""
    words = leaf.words
    if term.unit_end < 0 or term.shape not in ("duration", "measure", "age", "money") or term.hedge is not None:
        return term
    for _ in range(4):
        j = term.unit_end
        if words[j] == ",":
            j += 1
        if words[j] == "and" and leaf.near(j):
            j += 1
        if not is_numeral(words[j]) and words[j] not in number_words().ones and words[j] not in number_words().tens:
            return term
        number = cardinal(leaf, j) if leaf.near(j) else None
        if number is None or term.low is None:
            return term
        unit = measure_after(leaf, number.end)
        if unit is None and term.unit == "ft" and words[number.end] == "in" and not words[number.end + 1].isalpha():
            unit = Unit("in", "measure", number.end, number.end + 1)
        if term.shape == "money":
            cents = money_after(leaf, number.end, scaled=False)
            if cents is None or cents.factor == 1 or cents.code != term.unit:
                return term
            value = term.low + number.value * cents.factor
            return replace(
                term,
                end=cents.first,
                low=value,
                high=value,
                grain=cents.factor,
                unit_first=cents.first,
                unit_end=cents.end,
            )
        factor = in_smaller(term.unit, unit.code) if unit is not None else None
        if unit is None or factor is None:
            return term
        value = term.low * factor + number.value
        chained = replace(
            term,
            end=unit.end,
            low=value,
            high=value,
            grain=number.grain,
            unit=unit.code,
            unit_first=unit.first,
            unit_end=unit.end,
            rule="chain",
        )
        term = chained
    return term


def _hedge_before(leaf: Page, first: int, floor: int) -> tuple[int, int, Hedge] | None:
    """Return the hedge right before token first, not reaching before token floor: first, end and what it does."""
    words = leaf.words
    phrases, last, _, marks, negations = _hedges()
    end = first
    if words[end - 1] in ("another", "additional", "further", "the", "between", "from") and end - 1 > floor:
        end -= 1
        if words[end - 1] in ("a", "an") and end - 1 > floor and words[end] in ("additional", "further"):
            end -= 1
    if words[end - 3 : end] == ["the", "age", "of"]:
        end -= 3
    elif words[end - 2 : end] == ["age", "of"]:
        end -= 2
    if words[end - 1] == "magnitude":
        end -= 1
    if words[end - 1] not in last:
        return None
    for size in range(5, 0, -1):
        start = end - size
        if start < floor:
            continue
        phrase = words[end - 1] if size == 1 else " ".join(words[start:end])
        kind = phrases.get(phrase)
        if kind is None:
            continue
        before = words[max(0, start - 3) : start]
        if kind in (Hedge.MORE_THAN, Hedge.AT_LEAST) and (
            phrase in marks or phrase.startswith(("exceed", "surpass", "more"))
        ):
            if any(word in negations or word in ("failed", "failing") for word in before):
                kind = Hedge.AT_MOST
        if start > floor and words[start - 1] in last:
            outer = _hedge_before(leaf, start, floor)
            if outer is not None and outer[1] == start:
                bound = outer[2] if kind in (Hedge.ABOUT, Hedge.NEARLY) else kind
                return outer[0], end, bound
        return start, end, kind
    return None


def _hedge_behind(leaf: Page, term: _Term) -> tuple[int, int, Hedge] | None:
    """Return the hedge after the number, its unit or the noun counted: "or more", "or so", "-plus", "at best"."""
    words = leaf.words
    behind = _hedges()[2]
    places = [term.end]
    if term.unit_end > 0:
        places.append(term.unit_end)
    elif words[term.end].isalpha():
        places.append(term.end + 1)
    for place in places:
        j = place + 1 if words[place] == "-" and words[place + 1] in ("plus", "odd", "some") else place
        if words[j] not in ("or", "and", "plus", "odd", "at", "max", "give", "some"):
            continue
        for size in (4, 3, 2, 1):
            kind = behind.get(" ".join(words[j : j + size]))
            if kind is None:
                continue
            if words[j] == "at" and words[j + size].isalpha() and size > 1 and is_numeral(words[j + size]):
                continue
            if words[j] == "some" and j == place:
                continue
            if words[j] == "plus" and j == place and is_numeral(words[j + 1]):
                continue
            if words[j] in ("at",) and (is_numeral(words[j + size]) or words[j + size] in number_words().triggers):
                continue
            return j, j + size, kind
    return None


_MARK_FLOOR = 50  # "crossed 3 borders" is no bound; marks that are passed are large or shares


def _number(leaf: Page, term: _Term, floor: int) -> Number:
    """Give a term its hedge, its direction and its interval."""
    words = leaf.words
    hedge = _hedge_before(leaf, term.first, floor)
    marks = _hedges()[3]
    if (
        hedge is not None
        and words[hedge[1] - 1] in marks
        and (term.low or 0) < _MARK_FLOOR
        and term.shape in ("count", "duration", "measure")
    ):
        hedge = None
    if hedge is not None and words[hedge[0]] in ("near", "past", "many") and not _fits(words[hedge[0]], term):
        hedge = None
    if (
        hedge is not None
        and words[hedge[0]] in ("over", "around", "within")
        and hedge[1] - hedge[0] == 1
        and term.shape == "duration"
        and words[hedge[0]] == "around"
    ):
        pass
    if hedge is None and term.hedge in (None, Hedge.RANGE):
        hedge = _hedge_behind(leaf, term)
    kind = _combined(term.hedge, hedge[2] if hedge is not None else None)
    whole = (
        term.unit == ""
        and term.shape in ("count", "vague")
        and (term.low is None or term.low == term.low.to_integral_value())
    )
    low, high = term.low, term.high
    if low is not None and term.hedge is Hedge.RANGE and high is not None:
        low, high = (
            (low, low)
            if kind in (Hedge.AT_LEAST, Hedge.MORE_THAN)
            else (high, high)
            if kind in (Hedge.AT_MOST, Hedge.LESS_THAN)
            else (low, high)
        )
    measured = quantity(low, high, term.unit, kind, term.grain, whole=whole)
    direction = term.direction or _direction(leaf, term, hedge)
    return Number(
        span_of(leaf, term.first, term.end),
        span_of(leaf, hedge[0], hedge[1]) if hedge is not None else None,
        measured,
        term.shape,
        direction,
        span_of(leaf, term.unit_first, term.unit_end) if term.unit_end > 0 else None,
        f"numbers.{term.rule.replace(' ', '-')}@{_VERSION}",
    )


def _fits(word: str, term: _Term) -> bool:
    if word == "many":
        return term.shape == "vague"
    return term.shape in ("measure", "percent", "money") or (term.low or 0) >= 100


def _combined(own: Hedge | None, outer: Hedge | None) -> Hedge:
    """Return what the number's own bound and the hedge beside it make together."""
    if own is None:
        return outer or Hedge.EXACT
    if own is Hedge.RANGE:
        return outer if outer is not None and outer is not Hedge.NEARLY else Hedge.RANGE
    if own is Hedge.VAGUE and outer in (Hedge.AT_MOST, Hedge.LESS_THAN):
        return Hedge.VAGUE
    return own


def _direction(leaf: Page, term: _Term, hedge: tuple[int, int, Hedge] | None) -> Direction | None:
    """Return the direction of a change that stands right beside the number."""
    if term.shape not in ("percent", "points", "fraction", "multiple", "count", "money", "vague"):
        return None
    words = leaf.words
    up, down, up_after, down_after = _directions()
    relative = term.shape in ("percent", "points", "fraction", "multiple")
    j = min(term.first, hedge[0]) if hedge is not None else term.first
    for step in range(1, 4):
        word = words[j - step]
        if word in up or word in down:
            if not relative and step > 1 and words[j - 1] != "by":
                break
            if not relative and words[j - 1] != "by" and word not in ("up", "down"):
                break
            if word in ("up", "down") and words[j - 1] == "to":
                break
            return Direction.UP if word in up else Direction.DOWN
        if word not in (
            "by",
            "a",
            "an",
            "some",
            "of",
            "another",
            "the",
            "its",
            "further",
            "about",
            "nearly",
            "as",
            "much",
        ):
            break
    if relative:
        after = words[term.end]
        if after == "-" and leaf.glued(term.end):
            after = words[term.end + 1]
        if after in up_after:
            return Direction.UP
        if after in down_after:
            return Direction.DOWN
        if after.isalpha() and words[term.end + 1] in ("increase", "rise", "jump", "growth"):
            return Direction.UP
        if after.isalpha() and words[term.end + 1] in ("decrease", "decline", "drop", "fall", "reduction", "cut"):
            return Direction.DOWN
    return None


def _converted(text: str, numbers: list[Number]) -> list[Number]:
    """Let "about 90 miles (145 km)" bound both: a conversion in brackets takes the hedge of what it converts."""
    result: list[Number] = []
    for number in numbers:
        if result and number.hedge is None and number.unit_words is not None and number.shape == "measure":
            before = result[-1]
            gap = text[before.span.end : number.span.start]
            if (
                before.hedge is not None
                and before.shape == "measure"
                and len(gap) < 40
                and gap.endswith("(")
                and "(" not in gap[:-1]
            ):
                said = number.quantity
                low, high = said.said_low, said.said_high
                kind = before.quantity.hedge
                if said.hedge is Hedge.EXACT and low is not None:
                    number = replace(
                        number,
                        hedge=before.hedge,
                        quantity=quantity(low, high, said.unit, kind, said.grain, whole=False),
                    )
        result.append(number)
    return result
