"""Laws of verdicts from datasets, over many figures and one edition."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.checking.model import Word

from .imported import incidents, spread, verdicts

COUNT = 240
LOUD = (Word.SUPPORTED, Word.TRUE_BUT_STALE, Word.SUPPORTED_IN_DIRECTION, Word.SENSITIVE)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laws") / "home"
    incidents(folder, [*spread(2022, 160), *spread(2023, COUNT)])
    return folder


def word(home: Path, hedge: str, number: int) -> Word:
    (verdict,) = verdicts(home, f"There were {hedge}{number:,} attacks in Kenya in 2023, police said.")
    return verdict.word


@settings(deadline=None, max_examples=25)
@given(number=st.integers(20, 2_000))
def test_widening_what_was_said_never_turns_support_into_contradiction(home: Path, number: int) -> None:
    plain = word(home, "", number)
    about = word(home, "about ", number)
    if plain in LOUD:
        assert about is not Word.CONTRADICTED
    bounds = {word(home, "at least ", number), word(home, "up to ", number)}
    if plain is Word.SUPPORTED:
        assert Word.CONTRADICTED not in bounds
    assert bounds != {Word.CONTRADICTED}


@settings(deadline=None, max_examples=40)
@given(number=st.integers(1, 2_000))
def test_what_the_record_rounds_to_or_may_be_revised_to_is_never_contradicted(home: Path, number: int) -> None:
    found = word(home, "", number)
    if abs(number - COUNT) <= COUNT // 10:
        assert found is not Word.CONTRADICTED
    if number == COUNT:
        assert found is Word.SUPPORTED
    if number > 4 * COUNT and Decimal(number) % 10:
        assert found is Word.CONTRADICTED


@settings(deadline=None, max_examples=25)
@given(percent=st.integers(1, 900), fall=st.booleans())
def test_a_change_without_its_baseline_is_never_contradicted(home: Path, percent: int, fall: bool) -> None:
    what = f"fell by {min(percent, 100)}" if fall else f"rose by {percent}"
    for when in ("", " in 2023", " since January 2023"):
        for verdict in verdicts(home, f"Attacks in Kenya {what} percent{when}, police said."):
            assert verdict.word is not Word.CONTRADICTED
