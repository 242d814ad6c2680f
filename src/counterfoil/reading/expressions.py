"""The grammar of number expressions: where one may begin, and the longest that begins there."""

from functools import cache

from counterfoil.reading import notfigures
from counterfoil.reading.amounts import amount
from counterfoil.reading.idioms import idiom
from counterfoil.reading.numerals import Page, is_numeral, number_words
from counterfoil.reading.ranges import of_one_change, other_end, range_of, ratio_of, sides, votes_of
from counterfoil.reading.terms import Outcome
from counterfoil.reading.units import unit_words


@cache
def triggers() -> frozenset[str]:
    """Return the words at which an expression is looked for."""
    opening = {"couple", "pair", "no", "not", "every", "all", "few", "twice", "factor"}
    return number_words().triggers | opening | unit_words()


def terms(page: Page, i: int, floor: int) -> Outcome:
    """Read one term, a range, or the two sides of a score from token i, not reaching back before token floor."""
    special = idiom(page, i, floor)
    if special is not None:
        return special
    first = amount(page, i, floor)
    if first is None:
        if is_numeral(page.words[i]):
            return [], notfigures.ENDLESS if len(page.words[i]) > 20 else notfigures.UNREADABLE, i + 1
        return [], "", i + 1
    if first.style == "digits" and notfigures.year(page, i, first.end, hedged=False) and first.shape == "count":
        return [first], "", first.end
    second, connector = other_end(page, first)
    if second is None:
        return [first], "", first.end
    if (ratio := ratio_of(page, first, second, connector)) is not None:
        return [ratio], "", ratio.end
    if (votes := votes_of(page, first, second, connector)) is not None:
        return votes, "", second.end
    if (whole := range_of(page, first, second, connector)) is not None:
        return [whole], "", whole.end
    if connector in ("-", "–", "—") and is_numeral(page.words[i]):
        if second.shape == "percent":  # "52-48 percent"
            return [first._replace(shape="percent", unit="percent", rule="percent"), second], "", second.end
        return sides(first, second, "point"), "", second.end
    return [of_one_change(page, first, second, connector)], "", first.end
