"""The grammar of two numbers: a range, a ratio, the sides of a vote or a score, two levels of one change."""

from counterfoil.reading import notfigures
from counterfoil.reading.amounts import amount
from counterfoil.reading.model import Hedge
from counterfoil.reading.numerals import Page, is_numeral, number_words
from counterfoil.reading.terms import Term, context, directions, sentence_words
from counterfoil.reading.units import measure_after, sign_before


def sides(first: Term, second: Term, unit: str) -> list[Term]:
    """Return the two sides of a score or a vote."""
    return [side._replace(shape="score", unit=unit, rule="score") for side in (first, second)]


def of_one_change(page: Page, first: Term, second: Term, connector: str) -> Term:
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


def other_end(page: Page, first: Term) -> tuple[Term | None, str]:
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
    second = amount(page, k, first.end)
    return (
        (second, connector)
        if second is not None and second.high is not None and second.first >= first.end
        else (None, "")
    )


def ratio_of(page: Page, first: Term, second: Term, connector: str) -> Term | None:
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


def votes_of(page: Page, first: Term, second: Term, connector: str) -> list[Term] | None:
    """Read "voted 66 to 27", "the bill passed 52–48" as the two sides of a vote; None where no vote is spoken of."""
    if connector not in ("to", "-", "–", "—") or any(
        side.shape != "count" or side.unit or side.scale != 1 or side.low != side.high or (side.low or 0) >= 1000
        for side in (first, second)
    ):
        return None
    words = page.words
    before, after = sentence_words(page, first.first, second.end, 8)
    if connector == "to" and (words[first.first - 1] not in context("votes_before") or _counts(page, second.end)):
        return None
    if _VOTES.isdisjoint(before) and _VOTES.isdisjoint(after[:3]):
        if context("ballots").isdisjoint(before) or context("decided").isdisjoint(before[-3:]):
            return None
    elif connector != "to" and _counts(page, second.end) and not _VOTES & set(after[:1]):
        return None
    return sides(first, second, "vote")


_VOTES = frozenset(("vote", "votes", "voted", "voting"))


def _counts(page: Page, end: int) -> bool:
    """Say whether a unit or a plural noun follows token end - 1, so that the number before it counts something."""
    noun = page.words[end] not in _VOTES and notfigures.counted(page, end)
    return noun or measure_after(page, end) is not None


def range_of(page: Page, first: Term, second: Term, connector: str) -> Term | None:
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
