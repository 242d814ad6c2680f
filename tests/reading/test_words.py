"""The tagger: words are cut and tagged so that phrases can be found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.reading import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry said", "The/DT ministry/NN said/VBD"),
        ("It has reported losses", "It/PRP has/VBZ reported/VBN losses/NNS"),
        ("It reported losses", "It/PRP reported/VBD losses/NNS"),
        ("Nobody wants to report it", "Nobody/NN wants/VBZ to/TO report/VB it/PRP"),
        ("Karimova's 12 trucks", "Karimova/NNP 's/POS 12/CD trucks/NNS"),
        ("the U.N. mission", "the/DT U.N./NNP mission/NN"),
        ("1,204.5 tonnes", "1,204.5/CD tonnes/NNS"),
    ],
)
def test_words_are_cut_and_tagged(text: str, expected: str) -> None:
    found = words.tag(text)
    assert (
        " ".join(f"{text[s:e]}/{t}" for s, e, t in zip(found.starts, found.ends, found.tags, strict=True)) == expected
    )


def test_a_clitic_stays_with_its_verb_and_tags_as_the_verb_does() -> None:
    found = words.tag("They didn’t leave")
    assert found.lower == ["they", "didn’t", "leave"]
    assert found.tags[1] in ("VBD", "VBP", "MD")


@given(st.text(max_size=300))
def test_every_token_stands_in_the_text_and_none_overlaps(text: str) -> None:
    found = words.tag(text)
    assert "".join(text[s:e] for s, e in zip(found.starts, found.ends, strict=True)) == "".join(
        c for c in text if not c.isspace()
    )
    assert found == words.tag(text)
