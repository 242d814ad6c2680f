"""The grammar of fractions, percentages and rates: a third, half a million, one in five, 7 per 100,000."""

from decimal import Decimal

from counterfoil.reading import notfigures
from counterfoil.reading.numerals import Page, cardinal, joined, last_place, number_words
from counterfoil.reading.terms import ONE, Term, context, either_way, sentence_words
from counterfoil.reading.units import measure_after, time_words

# Percentage points: "a third" is said of 31 and of 36 (checking.md: at least 5% of the number).
_SHARE_GRAIN = Decimal(5)


def as_share(first: int, end: int, top: Decimal, bottom: Decimal, rule: str) -> Term:
    """Return a fraction as a share in percent, to two places."""
    exact = top * 100 / bottom
    value = round(exact, 2) if exact >= 1 else round(exact, 6)
    return Term(first, end, value, value, min(_SHARE_GRAIN, value / 10), "fraction", "percent", rule=rule)


def counted_fraction(page: Page, i: int) -> Term | None:
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
    return part_of(page, as_share(i, j + 1, Decimal(top), Decimal(bottom), "fraction"))


def part_of(page: Page, share: Term) -> Term:
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
    if words[point] in ("point", "points") and (end or rates or of_percent(page, share, point + 1)):
        return value._replace(end=point + 1, shape="points", unit="percentage_point", rule="points")
    return value._replace(end=end, shape="percent", unit="percent", rule="percent") if end else None


def plain_fraction(page: Page, i: int, before: int) -> Term | None:
    """Read a fraction that opens with its denominator: "half", "a third", "a quarter of a million", "a good fifth"."""
    words = page.words
    word, previous, following = words[i], words[i - 1], words[i + 1]
    bottom = Decimal(number_words().fractions[word])
    if word[-1] == "s" or word == "halves":
        return None
    part = part_of(page, as_share(before, i + 1, ONE, bottom, "fraction"))
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


def of_percent(page: Page, term: Term, end: int) -> bool:
    """Say whether bare "points" are percentage points: they change a share of their sentence, or bound one."""
    before = page.words[max(0, term.first - 20) : term.first]
    if either_way(page, term.first) or "margin" in before[-6:]:
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


def one_in(page: Page, term: Term) -> Term | None:
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
            return None  # "29 out of 30 charges" are two _counts
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
    return as_share(term.first, whole.end, top, whole.value, "one in")


def rate_per(page: Page, term: Term) -> Term | None:
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
