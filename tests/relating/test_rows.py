"""Laws of relating by rows: blocks lose nothing, and each two voices stand as they would if they were alone."""

import gc
import math
from datetime import date
from itertools import combinations
from random import Random
from threading import Event, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.comparing.axes import Profile
from counterfoil.reading.model import Hedge, Kind, Place
from counterfoil.relating.across import links, related
from counterfoil.relating.model import RelationKind
from counterfoil.relating.rows import Row, origin, parts
from counterfoil.relating.sameness import Link

DAY = date(2026, 3, 2).toordinal()
PLACES = [("KEN", "Kisumu"), ("KEN", "Lodwar"), ("PER", "Piura"), ("LAO", "Pakse")]
SPEAKERS = "Amberline Birchwood Cedarpost Dunewatch Elmgate Fernside Gorsefield Hazelmere Irisnet Jadehouse".split()
BETWEEN_VOICES = {
    *(RelationKind.AGREES, RelationKind.CONTRADICTS, RelationKind.RECHARACTERISES, RelationKind.DIFFERENT_MEASURE),
}


def made(at: int, place: int, code: str, number: int, happened: int, later: int, speaker: str | None) -> Row:
    """Return a count of one day in one town, said some days later in an article of its own."""
    country, town = PLACES[place]
    where = Place(f"{town}, {country}", country, town, "city")
    first, day = DAY + happened, DAY + happened + later
    profile = Profile(
        code, code, "", "person", Kind.FLOW, None, None, "", where, None,
        date.fromordinal(first), date.fromordinal(first), date.fromordinal(day),
    )  # fmt: skip
    half = 10 ** (len(str(number)) - len(str(number).rstrip("0"))) / 2
    low, high = number - half, math.nextafter(number + half, 0)
    return Row(
        at=at, article=at, outlet=f"outlet {at}", published=day, profile=profile, code=code, nature="", unit="person",
        place=parts(where), presumed=False, people=frozenset(), first=first, last=first, day=day, stock=False,
        running=False, increment=False, said=float(number), low=low, high=high, near_low=low, near_high=high,
        hedge=Hedge.EXACT, speaker=speaker, origin=origin(speaker), happened=True, denied=False, left=frozenset(),
        scene=frozenset(), wider=False, asserted=True, carried=False, passage=-1, credit="", total=True,
        words=str(number),
    )  # fmt: skip


COUNT = st.tuples(
    st.integers(0, len(PLACES) - 1),
    st.sampled_from(["killed", "injured"]),
    st.sampled_from([12, 13, 30, 31, 38, 200, 203, 310, 1204]),
    st.integers(0, 1),
    st.integers(0, 2),
)
ONE_EACH = st.lists(COUNT, max_size=len(SPEAKERS)).map(
    lambda counts: [made(at, *count, SPEAKERS[at]) for at, count in enumerate(counts)]
)
ANYBODY = st.lists(st.tuples(COUNT, st.sampled_from([*SPEAKERS[:3], None])), max_size=14).map(
    lambda told: [made(at, *count, speaker) for at, (count, speaker) in enumerate(told)]
)


def named(found: list[Link]) -> set[tuple[RelationKind, frozenset[int]]]:
    return {(link.kind, frozenset((link.a, link.b))) for link in found}


@given(rows=ANYBODY)
@settings(max_examples=200)
def test_blocks_lose_nothing(rows: list[Row]) -> None:
    assert named(links(rows)) == named(related(rows))


@given(rows=ANYBODY, seed=st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_in_which_rows_come_changes_nothing(rows: list[Row], seed: Random) -> None:
    shuffled = list(rows)
    seed.shuffle(shuffled)
    assert links(shuffled) == links(rows)


@given(rows=ONE_EACH)
@settings(max_examples=200)
def test_all_pairs_give_the_same(rows: list[Row]) -> None:
    alone = {one for pair in combinations(rows, 2) for one in named(related(pair))}
    assert {one for one in named(links(rows)) if one[0] in BETWEEN_VOICES} == {
        one for one in alone if one[0] in BETWEEN_VOICES
    }


@given(rows=ANYBODY)
@settings(max_examples=200)
def test_no_two_contradict_that_would_not_if_they_were_alone(rows: list[Row]) -> None:
    for link in links(rows):
        if link.kind is RelationKind.CONTRADICTS:
            assert named([link]) == named(related([rows[at] for at in sorted((link.a, link.b))]))


def test_all_pairs_see_something() -> None:
    rows = [made(0, 0, "killed", 30, 0, 0, SPEAKERS[0]), made(1, 0, "killed", 200, 0, 0, SPEAKERS[1])]
    assert named(links(rows)) == {(RelationKind.CONTRADICTS, frozenset((0, 1)))}


NUMBERS = (12, 30, 200)
MANY = [made(at, at % 4, "killed", NUMBERS[at % 3], at % 2, 0, SPEAKERS[at % len(SPEAKERS)]) for at in range(60)]


def test_two_processes_find_the_same() -> None:
    assert links(MANY, workers=2) == links(MANY)
    assert len(links(MANY)) > 10


def test_beside_another_thread_one_process_does_it_all() -> None:
    done = Event()
    beside = Thread(target=done.wait)
    beside.start()
    try:
        assert links(MANY, workers=2) == links(MANY)
    finally:
        done.set()
        beside.join()


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_of_cycles_is_left_as_it_was(on: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        links(MANY)
        assert gc.isenabled() is on
    finally:
        (gc.enable if before else gc.disable)()
