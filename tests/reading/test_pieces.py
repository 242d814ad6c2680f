"""Words to word pieces: longest first, without case and accents, marks and Chinese characters by themselves."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.reading import encoder, pieces, words
from counterfoil.reading.inputs import PIECES_A_WORD, Cut

KNOWN = "refugee ##s camp resume ##ume re ##su ##gee 1 ##2 ##04 12 , . - ’ $ s a ##a 人 民 u ##n مد ##ینه ߐ".split()
VOCABULARY = [f"[{n}]" for n in range(pieces.UNKNOWN)] + ["[UNK]", "[CLS]", "[SEP]", *KNOWN]


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Cut:
    path = tmp_path_factory.mktemp("pieces") / "vocabulary.txt"
    path.write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    return pieces.cutter(path)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("camp", "camp"),
        ("CAMPS", "camp ##s"),
        ("refugees", "refugee ##s"),
        ("Résumé", "resume"),
        ("re\u0301sume\u0301", "resume"),  # combining marks
        ("resu", "re ##su"),  # the longest piece first, then the longest of what is left
        ("1204", "12 ##04"),
        ("1,204", "1 , [UNK]"),  # "204" opens no piece, and no other part of it is tried
        ("U.N.", "u . [UNK] ."),
        ("$12", "$ 12"),
        ("’s", "’ s"),
        ("人民", "人 民"),
        ("人a民", "人 a 民"),
        ("مدینه", "مد ##ینه"),
        ("mule", "[UNK]"),
        ("campx", "[UNK]"),  # all of the part is unknown, not its end alone
        ("\u0301", "[UNK]"),  # nothing is left of it
        ("\ud83d", "[UNK]"),  # a lone surrogate
        ("🦀", "[UNK]"),
        ("a" * pieces.LONGEST, "a" + " ##a" * (PIECES_A_WORD - 1)),
        ("a" * (pieces.LONGEST + 1), "[UNK]"),
    ],
)
def test_words_are_cut_into_pieces(word: str, expected: str, cut: Cut) -> None:
    assert [VOCABULARY[piece] for piece in cut(word)] == expected.split()


@settings(deadline=None)  # the first call loads the weights
@given(st.text(min_size=1, max_size=200))
def test_any_word_has_a_few_pieces_of_the_vocabulary_and_no_marker_among_them(word: str) -> None:
    found = encoder.shipped().cut(word)
    assert 1 <= len(found) <= PIECES_A_WORD
    assert {pieces.BEGIN, pieces.END}.isdisjoint(found)
    assert max(found) < len(vocabulary())


def vocabulary() -> list[str]:
    return (Path(encoder.__file__).parent / "weights" / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1]


def test_the_shipped_vocabulary_has_its_markers_where_they_are_looked_for_and_one_piece_a_line() -> None:
    lines = vocabulary()
    assert [lines[n] for n in (pieces.UNKNOWN, pieces.BEGIN, pieces.END)] == ["[UNK]", "[CLS]", "[SEP]"]
    assert lines == "\n".join(lines).splitlines()  # no piece holds what Python takes for the end of a line


def test_the_shipped_vocabulary_knows_the_words_of_news() -> None:
    table = words.tag("The ministry said on Monday that 12,000 refugees had fled the camps.")
    cut = encoder.shipped().cut
    found = [cut(table.text[a:b]) for a, b in zip(table.starts, table.ends, strict=True)]
    assert (pieces.UNKNOWN,) not in found
    assert sum(map(len, found)) < 1.3 * len(found)
