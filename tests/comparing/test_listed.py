"""Which stretches of a sentence tell of a part of those whom its first figure counts, and which of all of them."""

import pytest

import counterfoil as cf
from counterfoil.checking.judge import without_origin_of_a_part
from counterfoil.comparing import claims
from counterfoil.comparing.listed import parts


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Chad hosted 900 refugees in 2023, of whom 300 came from Sudan.", "of whom 300 came from Sudan"),
        ("Kenya hosts 900 refugees, including those from Somalia, in camps.", "including those from Somalia"),
        ("Uganda hosts 900 refugees, mainly from Burundi, at present.", "mainly from Burundi"),
        (
            "War killed 900 people in Mali, including 30 by militias, 20 by rebels and 10 others.",
            "including 30 by militias, 20 by rebels and 10 others",
        ),
        ("Of the 900 refugees who reached Canada in 2022, some 40 came from Syria.", ", some 40 came from Syria"),
        ("Peru took 900 refugees; most of them are from Cuba (by its count).", "of them are from Cuba "),
        ("Uganda hosts 900 refugees, all of them from Burundi.", None),
        ("In Peru, 900 of them were from Cuba.", None),
        ("Uganda hosts 900 refugees from Burundi.", None),
        ("Of the 900 refugees from Syria who reached Canada, most were women.", None),
        ("War killed 900 people, not including soldiers from Chad.", None),
    ],
)
def test_a_part_is_told_apart_from_the_whole(sentence: str, part: str | None) -> None:
    account = cf.read(cf.from_text(sentence), engine="rules")
    seen = claims.surroundings(account, account.figures[0])
    assert seen.sentence is not None
    found = [sentence[span.start : span.end].rstrip(".") for span in parts(sentence, seen.sentence, account.figures[0])]
    assert found == ([] if part is None else [part])


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Chad hosted 900 refugees in 2023, of whom 300 came from Sudan.", False),
        ("Uganda hosted 900 refugees in 2023, mostly from South Sudan.", False),
        ("Of the 900 refugees who arrived in Canada in 2022, 40 came from Syria.", False),
        ("Uganda hosted 900 refugees in 2023, the majority of them from Burundi.", False),
        ("Uganda hosted 900 refugees from Burundi in 2023, 300 of them children.", True),
        ("Uganda hosted 900 refugees in 2023, all of them from Burundi.", True),
    ],
)
def test_where_a_part_came_from_is_not_asked_of_the_whole(sentence: str, kept: bool) -> None:
    account = cf.read(cf.from_text(sentence), engine="rules")
    figure = account.figures[0]
    assert figure.origin is not None
    whole = without_origin_of_a_part(account, figure)
    assert (whole.origin is not None) is kept
    assert (whole is figure) is kept
