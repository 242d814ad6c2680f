"""The grammar of expressions that no plain number opens: dozens, doubled, a couple, not one, all but nine."""

from decimal import Decimal

from counterfoil.reading import notfigures
from counterfoil.reading.model import Direction, Hedge
from counterfoil.reading.numerals import Page, cardinal, is_numeral, last_place, number_words
from counterfoil.reading.shares import as_share
from counterfoil.reading.terms import ONE, Outcome, Term, context, directions, of_something, sentence_words
from counterfoil.reading.units import time_words, unit_words


def idiom(page: Page, i: int, floor: int) -> Outcome | None:
    """Read such an expression from token i, not reaching back before token floor; None where none begins there."""
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
        return [fold(page, i, i + 1, Decimal(table.folds[word]))], "", i + 1
    if word == "twice":
        if of_something(page, i + 1):
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


def fold(page: Page, first: int, end: int, times: Decimal, rule: str = "fold") -> Term:
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
    return [fold(page, i - 1, times.end, times.value, "factor")], "", times.end


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
    return [as_share(i, i + 2, ONE, Decimal(ordinal), "every")], "", i + 2


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
