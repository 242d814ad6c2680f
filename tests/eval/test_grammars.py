"""The comparison with other libraries counts as its page says; the libraries themselves are not needed."""

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from marking import marked

SCRIPT = Path(__file__).resolve().parents[2] / "eval" / "grammars.py"
MONDAY = date(2024, 3, 4)


@pytest.fixture(scope="module")
def grammars() -> ModuleType:
    spec = importlib.util.spec_from_file_location("grammars", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["grammars"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("words", "values", "found"),
    [
        ("It cost ⟦US$⟦5⟧⟧.", (5.0,), True),  # a currency sign
        ("It fell ⟦⟦4⟧ per cent⟧.", (4.0,), True),  # a share
        ("It ran ⟦⟦5⟧ kilometres⟧.", (5.0,), False),  # the label is the longer one
        ("Between ⟦⟦36⟧ and 40⟧ died.", (36.0, 40.0), True),  # one end of a range
        ("Between ⟦⟦36⟧ and 40⟧ died.", (36.0,), False),  # the same words, but no range
        ("Some ⟦2⟦00⟧,000⟧ fled.", (200000.0,), False),
    ],
)
def test_a_number_is_found_where_the_words_are_its_own(
    grammars: ModuleType, words: str, values: tuple[float, ...], found: bool
) -> None:
    text, (label, one) = marked(words)
    gold = grammars.Label(label.start, label.end, values)
    made = grammars.Label(one.start, one.end, values)
    assert bool(grammars.matched(text, (gold,), [made])) is found


def test_words_that_hold_the_labelled_ones_are_found_once(grammars: ModuleType) -> None:
    text, (outer, first, second) = marked("⟦⟦10⟧ of ⟦30⟧⟧ left.")
    gold = tuple(grammars.Label(span.start, span.end, (1.0,)) for span in (first, second))
    assert len(grammars.matched(text, gold, [grammars.Label(outer.start, outer.end, (1.0,))])) == 1


@pytest.mark.parametrize(
    ("said", "share", "read", "right"),
    [
        ((200.0,), False, (201.0,), True),
        ((200.0,), False, (202.0,), False),
        ((36.0, 40.0), False, (40.0,), True),
        ((36.0, 40.0), False, (38.0,), False),
        ((66.67,), True, (0.6667,), True),
        ((66.67,), False, (0.6667,), False),
        ((5.0,), False, (), False),
    ],
)
def test_a_value_is_right_at_either_end(
    grammars: ModuleType, said: tuple[float, ...], share: bool, read: tuple[float, ...], right: bool
) -> None:
    assert grammars.near(grammars.Label(0, 1, said, share), grammars.Label(0, 1, read)) is right


@pytest.mark.parametrize(
    ("begin", "end", "count"),
    [
        (date(2024, 3, 1), MONDAY, 2),
        (date(2024, 3, 1), None, 2),  # left open, and the other end agrees
        (date(2024, 3, 2), None, 0),
        (date(2024, 3, 1), date(2024, 3, 5), 1),
        (None, None, 0),
    ],
)
def test_ends_that_are_left_open_agree(grammars: ModuleType, begin: date | None, end: date | None, count: int) -> None:
    label = grammars.Label(0, 1, ((date(2024, 3, 1), MONDAY),))
    assert grammars.ends_right(label, grammars.Label(0, 1, ((begin, end),))) == count


def test_sentences_read_one_by_one_give_offsets_into_the_text(grammars: ModuleType) -> None:
    text, (one, killed, two, left) = marked("⟦The flood killed ⟦14⟧ people.⟧ ⟦It left ⟦three⟧ villages cut off.⟧")
    sentences = tuple((span.start, span.end) for span in (one, two))
    labels = (grammars.Label(killed.start, killed.end, (14.0,)), grammars.Label(left.start, left.end, (3.0,)))
    case = grammars.Case(text, MONDAY, sentences, labels)
    score = grammars.score_numbers([case], grammars.by_us("numbers", [case], 0, whole=False))
    assert (score.found, score.right, score.extras) == (2, 2, [])


def test_a_library_that_is_not_there_is_said_so(
    grammars: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(grammars, "PEERS", tmp_path / "python")
    assert "make peers" in grammars.by_peer("quantulum3", "numbers", [], 0)
    monkeypatch.setattr(grammars, "PEERS", Path(sys.executable))
    assert "No module named" in grammars.by_peer("text2num", "numbers", [], 0)
