"""What is seen of the words around a number, and which of them win."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.reading import chunks, figures, numbers, roles, words
from counterfoil.reading.roles import Line, Seat
from counterfoil.spans import Span


def line(text: str) -> tuple[Seat, Line]:
    """Return the first number of a text of one sentence, and the sentence."""
    found, _ = numbers.find(text)
    rows = figures.seats(words.tag(text), [Span(0, len(text))], found, ())
    row = next(rows)
    return row.seat, row.line


@pytest.mark.parametrize(
    ("text", "first", "last", "gap"),
    [
        ("Soldiers of the old guard fled , it said", 0, 7, "NofNV,"),
        ("Soldiers of the old guard fled , it said", 1, 3, "of"),
        ("Soldiers of the old guard fled , it said", 2, 4, ""),
        ("Soldiers of the old guard fled , it said", 3, 3, ""),
        ("Soldiers of the old guard fled , it said", 7, 40, "…"),
        ("He and she , or they ; and we ( or you", 0, 12, "NandN,&N"),
    ],
)
def test_what_stands_between(text: str, first: int, last: int, gap: str) -> None:
    table = words.tag(text)
    whole = Line(table, 0, 0, len(table.tags), (), {})
    assert whole.between(first, last) == gap


@given(st.lists(st.sampled_from("the man of , 12 was ran ; it ( and quickly".split()), max_size=30), st.data())
def test_what_stands_between_is_what_the_tokens_say_one_by_one(some: list[str], data: st.DataObject) -> None:
    table = words.tag(" ".join(some))
    size = len(table.tags)
    first = data.draw(st.integers(0, size))
    last = data.draw(st.integers(first, size))
    parts: list[str] = []
    for word, tag in zip(table.lower[first:last], table.tags[first:last], strict=True):
        part = word if word in roles.KEPT else roles.BETWEEN.get(tag, "")
        if part and parts[-1:] != [part]:
            parts.append(part)
    whole = Line(table, 0, 0, size, (), {})
    assert whole.between(first, last) == "".join(parts[: roles.LONGEST])
    assert whole.count(whole.figures, first, last) == table.tags[first:last].count("CD")


def test_a_seat_fixes_as_many_tables_as_a_candidate_has_values() -> None:
    seat, whole = line("Of the families in the camp, 60 had fled the fighting in the hills, officials said.")
    table = whole.words
    for role in ("what", "event"):
        for counted in (roles.NOBODY, (2, 3)):
            for span, tables, values in roles.candidates(seat, whole, role, str, roles.NOTHING, counted):
                assert len(tables) == len(values)
                assert span in (roles.NOBODY, roles.EARLIER) or 0 <= span[0] < span[1] <= len(table.tags)
    near = roles.Near(
        [roles.Setting(3, 5, 0, "city"), roles.Setting(11, 13, 0, "region"), roles.Setting(0, 1, -1, "on")]
    )
    offered = list(roles.settings(seat, whole, near, None, str, (8, 9)))
    assert [len(tables) for _, tables, _ in offered] == [len(values) for _, _, values in offered]


def test_candidates_never_contain_the_number() -> None:
    seat, whole = line("The army killed 12 rebels in the hills and wounded others.")
    spans = {span for role in ("what", "event") for span, _, _ in roles.candidates(seat, whole, role, str)}
    assert spans - {roles.NOBODY, roles.EARLIER}
    assert all(last <= seat.first or first >= seat.last for first, last in spans - {roles.NOBODY, roles.EARLIER})


def test_phrases_are_found_by_where_they_begin() -> None:
    table = words.tag("Attacks on towns rose")
    phrases = chunks.find(table, 0, 4, {})
    whole = Line(table, 0, 0, 4, phrases, {})
    assert [whole.beginning[p.first] for p in phrases] == phrases


@pytest.mark.parametrize(
    ("text", "thing", "noun"),
    [
        ("They saw a 60% increase in attacks.", "attacks", "increase"),
        ("They saw a rise of 60% in attacks.", "attacks", "rise"),
        ("They saw a drop in new arrivals of 60%.", "new arrivals", "drop"),
    ],
)
def test_what_changed_stands_behind_the_noun(text: str, thing: str, noun: str) -> None:
    seat, whole = line(text)
    found = roles.changed(seat, whole)
    assert found is not None
    said = [text[whole.words.starts[first] : whole.words.ends[last - 1]] for first, last in found]
    assert said == [thing, noun]


def test_weights_of_unknown_things_are_nothing() -> None:
    table = roles.weights()["what"]
    assert table["no such thing"] == {}
    assert "no such thing" not in table
    assert roles.score([table["no such thing"], {"a": 0.5}, {"a": 0.25}], ["a", "a", "b"]) == 0.5


def test_tables_are_read_when_first_asked_for() -> None:
    tables = roles.Tables({"head": "killed\t1.25\tfled\t-0.50"})
    assert len(tables) == 0
    assert tables["head"] == {"killed": 1.25, "fled": -0.5}
    assert list(tables) == ["head"]
