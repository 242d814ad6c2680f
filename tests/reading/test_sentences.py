"""Paragraphs and sentences."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.reading import sentences
from marking import marked

SENTENCES = [
    "⟦The clinic closed.⟧ ⟦Nobody was told.⟧",
    "⟦Dr. Amal Haddad met Lt. Gen. Voss at 6 p.m. on Monday.⟧ ⟦They agreed.⟧",
    "⟦The U.S. Army left.⟧ ⟦The U.N. stayed in the U.S.⟧ ⟦The talks went on.⟧",
    "⟦It rose by 3.5 per cent to 1,204.⟧ ⟦In No. 5 camp it fell.⟧",
    "⟦J. R. Okello signed.⟧ ⟦He left.⟧",
    "⟦“Stop!” he shouted.⟧ ⟦“Go home.”⟧ ⟦They went.⟧",
    '⟦"We left at dawn."⟧ ⟦Then it rained.⟧',
    "⟦'Is it true?' she asked.⟧ ⟦It was.⟧",
    "⟦They were cleared [by the army.]⟧ ⟦More followed.⟧",
    "⟦A headline without a stop⟧\n\n⟦The text begins here.⟧ ⟦It ends.⟧",
    "⟦- 208 people are hurt⟧\n⟦- Phone lines are down⟧\n⟦- 12 are missing⟧",
    "⟦1. The road is closed.⟧\n⟦2. The bridge is open.⟧",
    "⟦It is the end of ISIL.⟧ ⟦Many left.⟧",
    "⟦وصل ٤٠ شخصا.⟧ ⟦غادر الباقون.⟧",
    "⟦他来了。⟧⟦她走了！⟧",
    "⟦Wait... what happened?!⟧ ⟦Nothing.⟧",
]


@pytest.mark.parametrize("words", SENTENCES)
def test_sentences_end_where_a_reader_ends_them(words: str) -> None:
    text, spans = marked(words)
    assert list(sentences.find(text)) == spans


def test_wrapped_lines_are_one_paragraph() -> None:
    lines = [
        "The commission has counted the families who crossed the river in the",
        "first week of the month and finds that most of them came on foot and",
        "without papers.",
    ]
    assert len(sentences.paragraphs("\n".join(lines))) == 1


def test_lines_of_unlike_length_are_paragraphs_of_their_own() -> None:
    text, spans = marked(
        "⟦Dead: 20⟧\n⟦Missing: 3⟧\r\n⟦Damage to crops, roads and bridges in the two districts: 4 million⟧"
    )
    assert list(sentences.paragraphs(text)) == spans


@given(st.text(alphabet=st.sampled_from(list("aB1. \n\"'?!…“”()[]。،\ud800\x00é")), max_size=80))
def test_sentences_stand_in_order_and_hold_every_letter(text: str) -> None:
    found = sentences.find(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    held = {i for span in found for i in range(span.start, span.end)}
    assert all(i in held for i, character in enumerate(text) if not character.isspace())
