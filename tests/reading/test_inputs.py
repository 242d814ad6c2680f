"""What the model is shown: every word once, in stretches that it can hold, and windows around what it is asked."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.documents import from_text
from counterfoil.reading import decode, inputs, rules
from counterfoil.reading.inputs import Sheet
from counterfoil.reading.model import Account

ARTICLE = """\
BADAKHSHAN, 3 May 2023 (River News) — At least 40 people were killed in floods on Monday, Governor Latifa Omar said.

She said that 12 children were among them. “We have lost 300 houses,” Omar told reporters in Faizabad.

The Red Crescent, however, counted only 25 dead, down from 31 last year. Officials believe that 1,200 are missing.
"""


def cut(word: str) -> tuple[int, ...]:
    """Return a piece for every three letters."""
    return tuple(range(1, 2 + len(word) // 3))[: inputs.PIECES_A_WORD]


def shown(text: str) -> tuple[Sheet, Account]:
    found, account = rules.draft(from_text(text))
    return inputs.sheet(found, account, cut), account


def word_at(sheet: Sheet, word: str, nth: int) -> int:
    return [i for i, lower in enumerate(sheet.words.lower) if lower == word][nth]


# --- stretches -----------------------------------------------------------------------------------------------------

PARAGRAPHS = st.lists(st.lists(st.integers(1, inputs.PIECES_A_WORD), min_size=1, max_size=400), max_size=4)


@settings(deadline=None)
@given(PARAGRAPHS)
def test_stretches_cover_every_word_once_within_its_paragraph_and_none_is_too_long(sizes: list[list[int]]) -> None:
    paragraph = np.array([n for n, words in enumerate(sizes) for _ in words], np.int64)
    pieces = [(1,) * size for words in sizes for size in words]
    made = inputs.stretches(paragraph, pieces)
    assert [word for s in made for word in range(s.start, s.end)] == list(range(len(pieces)))
    for stretch in made:
        assert stretch.context <= stretch.start < stretch.end
        assert len(set(paragraph[stretch.context : stretch.end])) == 1
        assert stretch.end - stretch.context <= inputs.LONGEST
        assert sum(map(len, pieces[stretch.context : stretch.end])) <= inputs.PIECES
    for before, after in pairwise(made):
        if paragraph[before.start] == paragraph[after.start]:
            again = [sum(map(len, pieces[at : after.start])) for at in (after.context - 1, after.context)]
            assert again[1] <= inputs.AGAIN
            assert after.start - after.context == inputs.OVERLAP or again[0] > inputs.AGAIN


@pytest.mark.parametrize(("size", "times"), [(1, 1.5), (2, 1.5), (4, 2.1), (inputs.PIECES_A_WORD, 4.1)])
def test_a_paragraph_of_a_million_letters_is_encoded_a_few_times_at_most(size: int, times: float) -> None:
    count = 150_000
    made = inputs.stretches(np.zeros(count, np.int64), [(1,) * size] * count)
    assert sum(s.end - s.context for s in made) < times * count


def test_one_paragraph_is_one_stretch() -> None:
    sheet, _ = shown(ARTICLE)
    assert len(sheet.stretches) == 3
    assert all(s.context == s.start for s in sheet.stretches)


# --- features ------------------------------------------------------------------------------------------------------

CASE, TAG, MARK, SAID, QUOTE, OPENING, NAMED = range(len(inputs.FEATURES))


@pytest.mark.parametrize(
    ("word", "nth", "column", "expected"),
    [
        ("badakhshan", 0, CASE, "UPPER"),
        ("least", 0, CASE, "lower"),
        ("latifa", 0, CASE, "Capital"),
        ("40", 0, CASE, "digits"),
        ("—", 0, CASE, "mark"),
        ("killed", 0, TAG, "VBN"),
        ("40", 0, MARK, "number"),
        ("1,200", 0, MARK, "number"),
        ("monday", 0, MARK, "time"),
        ("faizabad", 0, MARK, "place"),
        ("killed", 0, MARK, "none"),
        ("said", 0, SAID, "cue"),
        ("killed", 0, SAID, "content"),
        ("she", 0, SAID, "source"),
        ("houses", 0, QUOTE, "inside"),
        ("told", 0, QUOTE, "outside"),
        ("badakhshan", 0, OPENING, "paragraph"),
        ("she", 0, OPENING, "paragraph"),
        ("“", 0, OPENING, "sentence"),
        ("said", 0, OPENING, "within"),
        ("killed", 0, NAMED, "none"),
    ],
)
def test_each_word_is_shown_with_its_features(word: str, nth: int, column: int, expected: str) -> None:
    sheet, _ = shown(ARTICLE)
    assert inputs.FEATURES[column][sheet.features[word_at(sheet, word, nth), column]] == expected


def test_a_named_person_and_a_named_body_are_shown_as_such() -> None:
    sheet, _ = shown(ARTICLE)
    assert set(sheet.named.values()) >= {("Latifa Omar", "person"), ("Red Crescent", "body")}
    for word, (_, kind) in sheet.named.items():
        assert inputs.NAMED[sheet.features[word, NAMED]] == kind


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300))
def test_all_codes_are_known_for_any_text(text: str) -> None:
    sheet, account = shown(text)
    assert len(sheet.numbers) == len(account.figures)
    for column, names in enumerate(inputs.FEATURES):
        assert ((sheet.features[:, column] >= 0) & (sheet.features[:, column] < len(names))).all()


def test_all_codes_of_what_is_told_of_a_number_are_known() -> None:
    sizes = (len(inputs.SHAPES), len(inputs.KINDS), len(inputs.CONCEPTS), len(inputs.UNITS), len(inputs.DIRECTIONS))
    text = "Prices rose by 5% to 12 zorkmids, 3 lakh of them, and 7 per 100,000 flew 30 parsecs in 2 hours; it was 3-1."
    sheet, account = shown(text)
    assert len(account.figures) > 4
    for ask in sheet.numbers:
        assert all(0 <= code < size for code, size in zip(ask.told, sizes, strict=True))


# --- windows -------------------------------------------------------------------------------------------------------


def all_asks(text: str) -> tuple[Sheet, list[inputs.Ask]]:
    sheet, account = shown(text)
    cues = [inputs.cue(sheet, *cue, *told) for cue, told in decode.told_cues(sheet, account).items()]
    return sheet, [*sheet.numbers, *cues]


LONG = "\n\n".join(ARTICLE.replace(".", " and so on and on.") for _ in range(30)) + ARTICLE.replace("\n", " ") * 30


@pytest.mark.parametrize("text", [ARTICLE, LONG, "12 fled."])
def test_windows_are_in_text_order_and_bounded_and_hold_what_is_asked(text: str) -> None:
    sheet, asks = all_asks(text)
    assert asks
    for ask in asks:
        assert (np.diff(ask.window) > 0).all()
        assert 0 <= ask.window[0] <= ask.window[-1] < len(sheet.words.starts)
        assert set(range(ask.first, ask.last)) <= set(map(int, ask.window))
        assert len(ask.window) <= inputs.HEAD + max(inputs.EARLIER, inputs.SPOKEN) + inputs.BEFORE + inputs.AFTER + 1
        assert (sheet.paragraph[ask.window] <= sheet.paragraph[ask.first]).all()
        assert ask.places.shape == (len(ask.window), len(inputs.PLACES))
        assert ((ask.places >= 0) & (ask.places < np.array(inputs.PLACES))).all()


@pytest.mark.parametrize("text", [ARTICLE, LONG])
def test_the_distance_is_nothing_at_the_words_asked_about_and_only_there(text: str) -> None:
    _, asks = all_asks(text)
    for ask in asks:
        here = ask.window[ask.places[:, 0] == 0]
        assert list(here) == list(range(ask.first, ask.last))


def test_the_roles_that_the_rules_gave_are_told() -> None:
    sheet, account = shown("Police said 12 villagers died in Herat on Monday.")
    [figure], [ask] = account.figures, sheet.numbers
    told = {inputs.ROLES[code - 1]: [] for code in ask.places[:, 3] if code}
    for word, code in zip(ask.window, ask.places[:, 3], strict=True):
        if code:
            told[inputs.ROLES[code - 1]].append(sheet.words.lower[word])
    given = {name: anchor.quote.lower().split() for name, anchor in inputs.spans_of(figure).items() if anchor}
    assert told == given
    assert told["what"] == ["villagers"]


def test_a_number_sees_the_head_of_the_article_and_a_cue_more_of_what_stands_before_it() -> None:
    sheet, account = shown(LONG)
    number = sheet.numbers[-1]
    assert list(number.window[: inputs.HEAD]) == list(range(inputs.HEAD))
    paragraph = sheet.paragraph[number.first]
    assert paragraph - sheet.paragraph[number.window[inputs.HEAD]] <= 1
    told = decode.told_cues(sheet, account)
    first, last = next(cue for cue in told if cue[0] > 500 and sheet.features[cue[0] - 1, OPENING] == 0)
    cue = inputs.cue(sheet, first, last, *told[first, last])
    opens = int(np.searchsorted(sheet.paragraph, sheet.paragraph[first]))
    assert max(opens, first - inputs.BEFORE) - inputs.SPOKEN in cue.window


def test_a_window_of_one_paragraph_does_not_hang_on_what_follows_it() -> None:
    _, few = all_asks(ARTICLE)
    _, many = all_asks(ARTICLE + "\n\nNothing more was known.")
    assert len(few) == len(many)
    for one, other in zip(few, many, strict=True):
        assert list(one.window) == list(other.window)
        assert (one.places == other.places).all()


def test_words_and_code_points_lead_to_each_other() -> None:
    sheet, _ = shown("🙂 Café\u0301 12 people “fled”.")
    for first in range(len(sheet.words.starts)):
        for last in range(first + 1, len(sheet.words.starts) + 1):
            assert inputs.range_of(sheet.words, inputs.span_of(sheet.words, (first, last))) == (first, last)


@pytest.mark.parametrize(
    ("names", "name", "expected"),
    [(inputs.UNITS, "person", "person"), (inputs.UNITS, "zorkmid", "other"), (inputs.CONCEPTS, "", "other")],
)
def test_what_has_no_code_is_other(names: tuple[str, ...], name: str, expected: str) -> None:
    assert names[inputs.code_of(names, name)] == expected
