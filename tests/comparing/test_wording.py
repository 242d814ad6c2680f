"""Every measure has words that stand behind "counts"."""

from counterfoil.comparing.wording import thing_words
from counterfoil.reading.taxonomy import taxonomy


def test_every_code_of_the_taxonomy_is_told_in_words() -> None:
    told = {entry.code: thing_words(entry.code) for entry in taxonomy()}
    assert all(words and "_" not in words for words in told.values())
    assert len(set(told.values())) == len(told)
