"""The grammar of one number with what stands by it: its sign, its scale, a percent sign, a currency, “times”."""

from decimal import Decimal

from counterfoil.reading import notfigures
from counterfoil.reading.idioms import fold
from counterfoil.reading.model import Hedge
from counterfoil.reading.numerals import Page, cardinal, decimal_comma, is_numeral, number_words, simple_fraction
from counterfoil.reading.shares import (
    as_share,
    counted_fraction,
    of_percent,
    one_in,
    part_of,
    percent_end,
    plain_fraction,
    rate_per,
)
from counterfoil.reading.terms import ONE, Term, context, either_way, of_something
from counterfoil.reading.units import measure_after, money_after, sign_after, sign_before


def amount(page: Page, i: int, floor: int) -> Term | None:
    """Read one number with its sign, fraction, percent sign or rate from token i."""
    words, table = page.words, number_words()
    word = words[i]
    before = i - 1 if i > floor and words[i - 1] in ("a", "an") else i
    if word in table.fractions:
        return plain_fraction(page, i, before)
    if (word in table.scales and word not in table.short) or word in table.collectives:
        if words[i - 1] == "several" and i > floor:
            value = Decimal(2 * (table.scales.get(word) or table.collectives[word]))
            return Term(i - 1, i + 1, value, None, value / 2, "vague", hedge=Hedge.VAGUE, rule="few")
        number = cardinal(page, before)
        if number is None and before != i:
            number = cardinal(page, i)
    else:
        if is_numeral(word) and (slash := simple_fraction(page, i)) is not None:
            return part_of(page, as_share(i, i + 3, slash, ONE, "fraction"))
        if (numerator := counted_fraction(page, i)) is not None:
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


def _signed(page: Page, term: Term, floor: int) -> Term:
    """Take in what stands right before: a currency sign, a minus."""
    words, first = page.words, term.first
    if (first <= floor and first > 0 and first - 1 < floor) or term.low is None or term.high is None:
        return term
    sign = sign_before(page, first) if term.style == "digits" and page.near(first) else None
    if sign is not None and sign[1] >= floor:
        return term._replace(first=sign[1], shape="money", unit=sign[0], rule="money")
    previous = words[first - 1]
    if previous in ("minus", "negative") and page.near(first) and not either_way(page, first):
        return term._replace(first=first - 1, low=-term.low, high=-term.high)
    if (
        previous == "-"
        and page.glued(first)
        and not page.glued(first - 1)
        and not is_numeral(words[first - 2])
        and not either_way(page, first)
        and (first == 1 or page.text[page.starts[first - 1] - 1] in " (\t\n[/<>=≤≥")
    ):
        return term._replace(first=first - 1, low=-term.low, high=-term.high)
    return term


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
        if words[j] in ("pp", "ppt", "ppts") or (bare and of_percent(page, term, j + 1)):
            return term._replace(end=j + 1, shape="points", unit="percentage_point", rule="points")
        if words[j] == "fold" and value > 1:
            return fold(page, term.first, j + 1, value)
        if words[j] == "times" and of_something(page, j + 1):
            return term._replace(end=j + 1, shape="multiple", unit="ratio", rule="times")
        if words[j] in ("some", "something") and j > end and value % 10 == 0 and value < 100:
            return term._replace(end=j + 1, high=value + 9, hedge=Hedge.RANGE, rule="range")
        if (share := one_in(page, term)) is not None:
            return share
    if (rate := rate_per(page, term)) is not None:
        return rate
    sign = sign_after(page, end) if term.shape == "count" and term.style == "digits" else None
    if sign is not None:
        return term._replace(end=sign[1], shape="money", unit=sign[0], rule="money")
    if words[end] == "+" and page.glued(end) and not (is_numeral(words[end + 1]) and page.glued(end + 1)):
        return term._replace(end=end + 1, hedge=Hedge.AT_LEAST)
    return term
