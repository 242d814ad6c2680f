"""When two rows are of one thing, one time or one voice. What the other files of relating by rows share."""

from typing import NamedTuple

from counterfoil.comparing import axes
from counterfoil.relating.happenings import TELLING, WIDE, naming
from counterfoil.relating.model import RelationKind
from counterfoil.relating.rows import EVENT_DAYS, GENERIC, Row, one_voice

REACH = 16  # figures of one bucket that each is compared with; a day has hardly more claimants of one thing
NEAR_DAYS = 7  # a running total is spoken of within the week in which it is published
TOLL_DAYS = 60  # a toll is counted on for so long (series of earthquakes and floods in the label set's guide)
LONG_DAYS = 28  # totals of a month or more; below, two numbers may well be of two happenings
MONTH = 31  # figures that look alike are taken for one another within a month
SMALLEST_ALIKE = 10  # smaller numbers are alike by chance
SMALLEST_MOVEMENT = 100
FITTING = 0.05  # of two numbers that agree, one is a rounding of the other: "about" is 5% on either side
MOST_PARTS = 6
_WIDE = frozenset({"earthquakes", "floods", "storms", "disease", "hunger"})  # no two of one kind in one place and day
CLASSES = frozenset({"civilian", "militant", "forces"})
STATED = frozenset("revised corrected lowered raised twice duplicate mistake error review recount late backlog".split())
# Words by which a count is told to be new or old; they describe no happening.
_RECOUNT = frozenset(
    "now far more than lower lowered raised revised corrected correct first thought counted twice number total toll"
    " bodies body reason gave given reports came late had has not known risen rose fell reached new latest men man"
    " names name injured wounded hurt killed dead died missing including among again another after some under two"
    " one three since that was were been on at when after as the a an bringing brings raising"
    " least most about over nearly almost around up to".split()
)
# Words by which a later count says that it is of what was counted before.
_COUNTING_ON = frozenset(
    "bringing brings raising risen climbed reached now toll lowered corrected revised updated further".split()
)


class Link(NamedTuple):
    """A relation from the row `a` to the row `b`, by their places, with its reason in one line."""

    kind: RelationKind
    a: int
    b: int
    reason: str


def same_days(a: Row, b: Row) -> bool:
    """Say whether two windows are one: as `axes.spans_of_days` does, in whole numbers."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return False
    length = min(a.last - a.first, b.last - b.first) + 1
    early, late = a.first - b.first, a.last - b.last
    slack = 0 if length == 1 and early * late > 0 else max(1, int(length * axes.SLACK_SHARE))
    return abs(early) <= slack and abs(late) <= slack


def apart(a: Row, b: Row) -> int:
    return abs(a.day - b.day) if a.day is not None and b.day is not None else 10_000


def length(one: Row) -> int:
    return one.last - one.first + 1 if one.first is not None and one.last is not None else 0


def closed(*rows: Row) -> bool:
    """Say whether all counts were given after a window of a month or more was over."""
    return all(
        not one.stock
        and not one.running
        and length(one) >= LONG_DAYS
        and one.last is not None
        and one.day is not None
        and one.last < one.day
        for one in rows
    )


def one_moment(a: Row, b: Row) -> bool:
    """Say whether the two were spoken, or printed, on one day."""
    return (a.day is not None and a.day == b.day) or (a.published is not None and a.published == b.published)


def same_time(a: Row, b: Row) -> bool:
    """Say whether the two counts are of one window, or one day of counting."""
    if a.stock != b.stock:
        return False
    if a.stock:
        return apart(a, b) <= NEAR_DAYS
    if a.running and b.running:
        return (a.first is None) == (b.first is None) and abs((a.first or 0) - (b.first or 0)) <= 1
    return same_days(a, b)


def voice(a: Row, b: Row) -> bool:
    """Say whether the two are named and may be one source; every town has its police."""
    if a.speaker is None or b.speaker is None or not one_voice(a.speaker, b.speaker):
        return False
    return a.place == b.place or not (a.origin <= GENERIC or b.origin <= GENERIC)


def one_origin(a: Row, b: Row) -> bool:
    """Say whether the two numbers go back to one source, or one of them names none."""
    if a.speaker is None or b.speaker is None or voice(a, b):
        return True
    return any(
        name and one_voice(speaker, name)
        for speaker, name in (
            (a.speaker, b.outlet),
            (b.speaker, a.outlet),
            (a.speaker, b.credit),
            (b.speaker, a.credit),
        )
    )


def speaks_for_itself(one: Row) -> bool:
    """Say whether the outlet itself says it."""
    return bool(one.outlet) and (one.speaker is None or one_voice(one.speaker, one.outlet))


def contexts_clash(a: Row, b: Row) -> bool:
    one, other = a.profile.context, b.profile.context
    return bool(one and other and not one & other)


def _stems(words: frozenset[str] | None) -> frozenset[str]:
    return frozenset(w[:5] for w in words or () if w not in _RECOUNT and not w[0].isdigit())


_OF_WHOM = frozenset(  # beginnings of words for those who came to harm, and of how they are counted
    "child women woman girls boys famil villa resid force flee homes displ rescu confi also other sever criti"
    " perso".split()
)
_TOLD = _stems(frozenset(f"{' '.join(TELLING)} sank capsized collapsed crashed derailed plunged overturned".split()))


def one_happening(a: Row, b: Row) -> bool:
    """Say whether nothing tells that two short windows saw two happenings: another disaster, wholly other words."""
    if a.event is not None and of_one_event(a, b):
        return True
    if contexts_clash(a, b):
        return False
    if a.article == b.article or (a.passage >= 0 and a.passage == b.passage) or max(length(a), length(b)) > EVENT_DAYS:
        return True
    return told_of_one(a, b)


def other_span(a: Row, b: Row) -> bool:
    """Say whether the one is of a day's happening and the other of all since that day."""
    return a.running != b.running and None not in (a.first, b.first)


def wide(a: Row, b: Row) -> bool:
    """Say whether both are told of a happening of which no two come to one place in some days."""
    return bool((a.profile.context or frozenset()) & (b.profile.context or frozenset()) & _WIDE)


def plain_words(one: Row) -> frozenset[str]:
    """Return the beginnings of the words that may tell of what, whom or where a count is: "mosqu" of "at a mosque"."""
    left = (one.left or frozenset()) | one.scene
    return _stems(frozenset(word for word in left if not naming(word))) - _TOLD


def says_no_more(left: frozenset[str] | None) -> bool:
    """Say whether the words left over of a sentence tell no happening of its own: "63 died, including children"."""
    plain = frozenset(word for word in left or () if not naming(word))
    return left is not None and not _stems(plain) - _TOLD - _OF_WHOM


def of_one_event(a: Row, b: Row) -> bool:
    """Say whether two sentences name one kind of happening, and no word tells that they are two."""
    if a.event is None or b.event is None or a.place != b.place:
        return False
    if a.event.kinds != b.event.kinds and not (a.running and b.running and a.event.kinds & b.event.kinds):
        return False
    if a.event.name and b.event.name and a.event.name != b.event.name:
        return False
    if a.event.kinds <= WIDE:
        return a.event.spot == b.event.spot
    if a.event.which and b.event.which and not a.event.which & b.event.which:
        return False
    one, other = plain_words(a), plain_words(b)
    return not one or not other or bool(one & other)


def told_of_one(a: Row, b: Row) -> bool:
    """Say whether no word tells that two counts are of two happenings, however long the one runs on."""
    if a.event is not None and of_one_event(a, b):
        return True
    if contexts_clash(a, b):
        return False
    if wide(a, b):
        return True
    one, other = _stems(a.left) | _stems(a.scene), _stems(b.left) | _stems(b.scene)
    return not one or not other or bool(one & other)


def counts_on(one: Row) -> bool:
    """Say whether the words of a count say that it goes on from an earlier one."""
    return one.running or bool(_COUNTING_ON & (one.left or frozenset()))


def meet(a: Row, b: Row) -> bool:
    return a.low <= b.high and b.low <= a.high


def near(a: Row, b: Row) -> bool:
    return a.near_low <= b.near_high and b.near_low <= a.near_high


def distinctive(one: Row) -> bool:
    """Say whether meeting the number twice is hardly chance: four digits or more, save noughts behind."""
    return len(f"{one.said:.0f}".rstrip("0")) >= 4 if one.said % 1 == 0 else len(f"{one.said:g}") > 4
