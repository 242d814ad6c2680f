"""Which words of a sentence are left over, once all that was read of its figure is set aside."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import counterfoil
from counterfoil.comparing import claims
from counterfoil.reading import read

HEAD = "Counts of the year\n\nGENEVA, 12 February 2025\n\n"


def seen(sentence: str, at: int = 0) -> claims.Surroundings:
    account = read(counterfoil.from_text(HEAD + sentence))
    return claims.surroundings(account, account.figures[at])


SENTENCES = (
    "Police said 40 people died in Nepal and 12 in Peru.",
    "Of 300 families, 25 fled.",
    "Nobody was hurt.",
    "It rained for 3 days; 7 bridges fell; 1,200 homes stood in water.",
    "She counted 9.",
)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_the_other_figures_of_a_sentence_are_those_that_stand_in_it(chosen: list[str]) -> None:
    account = read(counterfoil.from_text(HEAD + " ".join(chosen)), engine="rules")
    for figure in account.figures:
        found = claims.surroundings(account, figure)
        assert found.sentence is not None
        inside = [one for one in account.figures if one.number.anchor.span in found.sentence]
        assert list(found.others) == [one for one in inside if one is not figure]
        assert len(inside) == len(found.others) + 1


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("Police said 40 people died in Nepal in 2024.", ()),
        ("GENEVA, 12 February 2025 - Police said 40 people died in Nepal in 2024.", ()),
        ("Police told reporters that 40 people died in Nepal in 2024.", ()),
        ("Police said 40 people died of measles in Nepal in 2024.", ("of measles",)),
        ("Police said 40 people died in parts of Nepal in 2024.", ("in parts",)),
        ("Police said 40 people died in Nepal's capital in 2024.", ("capital",)),
        ("Police said 40 people were killed by the Red Brigade in Nepal in 2024.", ("by the Red Brigade",)),
        ("Police said 40 people died in Nepal in 2024 and 30 in 2023.", ()),
        ("Police denied 40 people died in Nepal in 2024.", ("denied",)),
        ("As of 30 June 2024, Nepal hosted 40 refugees, police said.", ()),
        ("Police said 40 displaced people were living in Nepal as of 30 June 2024.", ()),
        ("Police said 40 refugees were living in towns of Nepal on 30 June 2024.", ("in towns",)),
        ("Police said 40 people living in Nepal died in 2024.", ("living",)),
    ],
)
def test_left_over(sentence: str, left: tuple[str, ...]) -> None:
    assert claims.left_over(seen(sentence)) == left


def test_the_records_own_words_are_no_restriction() -> None:
    found = seen("Police counted 45 armed raids in Mali in 2024.")
    assert claims.left_over(found) != ()
    assert claims.left_over(found, claims.known_words("armed raids")) == ()


def test_a_clause_ends_at_its_comma() -> None:
    found = seen("Police said 40 people died in Nepal in 2024, a sad record.")
    assert claims.left_over(found) == ("a sad record",)
    assert claims.left_over(found, in_clause=True) == ()


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("If 40 people died in Nepal in 2024, police said, it was by storms.", "If"),
        ("Did 40 people die in Nepal in 2024?", "?"),
        ("Police said it was false that 40 people died in Nepal in 2024.", "false"),
        ("Police said 40 people died in Nepal in 2024.", None),
    ],
)
def test_withheld(sentence: str, word: str | None) -> None:
    assert claims.withheld(seen(sentence)) == word


def test_of_a_sentence_too_long_nothing_is_sure() -> None:
    found = seen("Police said 40 people died in Nepal in 2024" + " and in Nepal" * 60 + ".")
    assert claims.left_over(found) != ()
    assert claims.words_left_over(found) is None


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab.,;? '’\n(2\ud800\x00é"), max_size=80))
def test_any_text_gives_words_that_stand_in_it(noise: str) -> None:
    account = read(counterfoil.from_text(HEAD + "Police said 40 people died in Nepal in 2024 " + noise))
    for figure in account.figures:
        for phrase in claims.left_over(claims.surroundings(account, figure)):
            assert phrase.rstrip("…").split()[0] in account.document.text or phrase.startswith("the whole sentence")


@pytest.mark.parametrize(
    ("sentence", "at", "left"),
    [
        ("In 2023 police counted 271 attacks and 389 deaths in Mali.", 0, ()),
        ("In 2023 police counted 271 attacks and 389 deaths in Mali.", 1, ()),
        ("In Mali 477 people were killed in 2023 and 300 others wounded.", 0, ()),
        ("In Mali 477 people were killed in 2023 and 300 others wounded.", 1, ()),
        ("In 2022 42 people were killed in Niger, including 3 children.", 0, ()),
        ("In 2021 512 people were killed in Chad, of whom 90 were children, and 4,000 fled.", 0, ()),
        ("In Kenya 12 soldiers and 30 civilians were killed in 2023.", 1, ()),
        ("In 2023 Germany hosted 2.6 million refugees and 400,000 asylum seekers.", 0, ()),
        ("In Somalia 389 people were killed in 2022, a 30 percent rise on 2021.", 0, ()),
        # A number behind a preposition, a doubtful noun, the whole of a part, two counts of one: these stay.
        ("In 2022 389 people died in 271 raids in Mali.", 0, ("in 271 raids",)),
        ("In 2023 12 dead and 30 wounded soldiers were counted in Mali.", 0, ("soldiers",)),
        ("Of the 389 soldiers killed in Mali in 2023, 30 were women.", 1, ("women",)),
        ("In 2023, there were 271 attacks on 12 bases in Mali.", 0, ("on 12 bases",)),
        ("In 2023, there were 271 attacks, 300 by other counts, in Mali.", 0, ("300 by other",)),
        ("Police said 40 people died in Nepal on 3 days in 2024.", 0, ("on 3 days",)),
        ("Police said 40 people aged 18 died in Nepal in 2024.", 0, ("aged 18",)),
        ("In 2023 477 people were killed in Mali, including 90 who died in prison.", 0, ("in prison",)),
        ("In 2023 police counted 40 attacks and 90 deaths by drone in Mali.", 0, ("by drone",)),
        ("Police said 40 people died and 12 went missing in Nepal in 2024.", 0, ("and 12 went missing",)),
    ],
)
def test_a_figure_beside_another_restricts_nothing_about_it(sentence: str, at: int, left: tuple[str, ...]) -> None:
    assert claims.left_over(seen(sentence, at)) == left


def test_a_figure_beside_another_may_still_widen_it() -> None:
    found = seen("In 2023 40 people were killed in Mali and 30 others wounded.")
    assert claims.left_over(found) == ()
    assert claims.widens(found)
