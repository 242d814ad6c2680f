"""Numbers and the places that grammar pairs them with, whatever was chosen for them. Sentences are our own."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.documents import Options, from_text
from counterfoil.reading import numbers, pairs, places, read, sentences, words
from counterfoil.reading.model import Figure


def settled(text: str, nth: int) -> list[str | None]:
    """Return the places of a text's numbers, by name, where the nth place of the text was chosen for all of them."""
    found, _ = numbers.find(text)
    mentions = places.find(text)
    chosen = [mentions[nth]] * len(found)
    made = pairs.places(text, words.tag(text), sentences.find(text), mentions, found, chosen)
    return [place.place.name.partition(",")[0] if place else None for place in made]


def figures(text: str) -> list[Figure]:
    return list(read(from_text(text, Options(published=date(2024, 5, 8))), engine="rules").figures)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "There were 1.1 million in Germany, 950,000 in Poland and 370,000 in Czechia.",
            "Germany Poland Czech Republic",
        ),
        ("Police arrested 14 men in Lyon, nine in Nantes and, in Lille, three.", "Lyon Nantes Lille"),
        ("Some 120 people died in Sindh; in Punjab, 40.", "Sindh Punjab"),
        ("At least 310 houses collapsed in Dadu; in Jamshoro, about 85.", "Dadu Jamshoro"),
        ("In Chile 40 schools shut and in Peru another 12 did.", "Chile Peru"),
        ("Cases by country: Brazil 300, Peru 120 and Chile 45.", "Brazil Peru Chile"),
        ("Of the 400 schools in Kenya, 30 in Nairobi closed.", "Kenya Nairobi"),
        ("Some 300 people in Madrid marched for the 12 killed in Gaza.", "Madrid Gaza Strip"),
    ],
)
@pytest.mark.parametrize("nth", [0, -1])
def test_each_number_of_a_list_has_its_own_place(text: str, expected: str, nth: int) -> None:
    assert " ".join(name or "-" for name in settled(text, nth)) == expected


@pytest.mark.parametrize("nth", [0, -1])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Germany hosted 3.5 million refugees and Qatar two.", ["Germany", "Qatar"]),
        ("Kenya took in 500 refugees, Malawi 30.", ["Kenya", "Malawi"]),
        ("Norway admitted 2,000 students while Belgium 110.", ["Norway", "Belgium"]),
        ("Spain rescued 610 people and Saudi Arabia 90.", ["Spain", "Saudi Arabia"]),
        ("Italy counted 4,100 deaths, Spain 900 and Greece 310.", ["Italy", "Spain", "Greece"]),
        ("Sweden granted asylum to 5,000 people and Norway to 900.", ["Sweden", "Norway"]),
    ],
)
def test_an_elided_clause_has_its_own_place(text: str, expected: list[str], nth: int) -> None:
    assert settled(text, nth) == expected


@pytest.mark.parametrize(
    ("text", "nth", "expected"),
    [
        ("Germany sent 300 soldiers to Mali and Denmark 40.", -1, [None, "Denmark"]),
        ("Germany sent 300 soldiers to Mali and Denmark 40.", 1, ["Mali", "Mali"]),
        ("The storm killed 14 people and injured 30 in Manila.", 0, ["Manila", "Manila"]),
        ("Floods killed 12 in Dadu, in Sindh, 3 of them children.", 0, ["Dadu", "Dadu"]),
        ("In Kenya 12 men and 30 women were held.", 0, ["Kenya", "Kenya"]),
        ("Some 40 people from Kabul marched.", 0, ["Kabul"]),
    ],
)
def test_where_grammar_leaves_a_choice_it_stands(text: str, nth: int, expected: list[str | None]) -> None:
    assert settled(text, nth) == expected


@pytest.mark.parametrize("nth", [0, -1])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran and Pakistan host 3.4 million and 1.7 million refugees.", ["Iran", "Pakistan"]),
        ("Kenya, Uganda and Malawi host 500,000, 1.5 million and 50,000 refugees.", ["Kenya", "Uganda", "Malawi"]),
        ("The quakes killed 120 and 45 people in Nepal and India.", ["Nepal", "India"]),
        ("Peru and Chile opened 12 and 40 schools.", ["Peru", "Chile"]),
        # of two that are counted together none is chosen
        ("Some 40 people died in Kabul and Herat.", ["Kabul and Herat"]),
        ("Kenya or Uganda will take in 300 people.", ["Kenya or Uganda"]),
        ("Iran and Pakistan host 3.4 million refugees and 1.7 million migrants.", ["Iran and Pakistan"] * 2),
        ("Some 40 died in Herat and Kabul, 12 of them in Herat.", ["Herat and Kabul", "Herat"]),
        ("Of the 900 displaced in Sudan and Chad, 300 are in Uganda.", ["Sudan and Chad", "Uganda"]),
        ("Some 12 people died in Gaza and Lebanon three.", ["Gaza Strip", "Lebanon"]),
    ],
)
def test_places_in_a_list_are_paired_in_order_or_not_at_all(text: str, expected: list[str], nth: int) -> None:
    assert settled(text, nth) == expected


@pytest.mark.parametrize(
    ("text", "nth", "expected"),
    [
        ("Some 40 people died in Sudan and Chad's army was blamed.", 0, ["Sudan"]),
        ("Some 40 people died in Herat, Afghanistan.", 0, ["Herat"]),
        ("Talks between Iran and Pakistan cost 3 million and 4 million dollars.", 0, ["Iran and Pakistan"] * 2),
        ("Some 40 people died in Antigua and Barbuda.", 0, ["Antigua and Barbuda"]),
        ("Some 40 people died in Kabul on Monday and Herat was shut.", 0, ["Kabul"]),
    ],
)
def test_what_is_no_list_of_places_stays_one(text: str, nth: int, expected: list[str]) -> None:
    assert settled(text, nth) == expected


@pytest.mark.parametrize("nth", [0, 1])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There are 1.1 million refugees from Ukraine in Poland.", "Poland"),
        ("There are in Turkey 3.2 million refugees from Syria.", "Turkey"),
        ("Some 900,000 refugees from Myanmar now living in Bangladesh need food.", "Bangladesh"),
        ("Pakistan hosts 1.4 million refugees from Afghanistan.", "Pakistan"),
        ("Kenya has taken in 270,000 migrants from Somalia and South Sudan.", "Kenya"),
        ("Some 5,000 nurses from Ghana in Britain went on strike.", "United Kingdom"),
    ],
)
def test_who_is_from_a_place_is_counted_elsewhere(text: str, expected: str, nth: int) -> None:
    mentions = places.find(text)
    assert settled(text, min(nth, len(mentions) - 1)) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Herat lies in Afghanistan: they are from there, and not said to be there
        ("The 40,000 refugees from Herat in Afghanistan cannot go back.", [None]),
        ("Some 12,000 refugees returned from Iran.", ["Iran"]),
        ("Some 12 soldiers from France were hurt.", ["France"]),
    ],
)
def test_what_is_from_a_place_and_not_elsewhere(text: str, expected: list[str | None]) -> None:
    assert settled(text, 0) == expected


@pytest.mark.parametrize(
    ("text", "origins", "destinations"),
    [
        ("France deported 1,200 people, Saudi Arabia 90.", ["France", "Saudi Arabia"], [None, None]),
        ("Kenya took in 500 refugees and Malawi 30.", [None, None], ["Kenya", "Malawi"]),
        ("Turkey hosts 3.2 million refugees from Syria, Germany 700,000.", ["Syria", "Syria"], [None, None]),
    ],
)
def test_an_elided_clause_moves_by_its_own_place(
    text: str, origins: list[str | None], destinations: list[str | None]
) -> None:
    found = figures(text)
    assert [figure.origin.value.name if figure.origin else None for figure in found] == origins
    assert [figure.destination.value.name if figure.destination else None for figure in found] == destinations


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Kenya took in 500 refugees and Malawi 30.", ["500", "30"]),
        ("France deported 1,200 people, Saudi Arabia 90.", ["1,200", "90"]),
        ("In Gaza 40 people died, in Rafah 12 and in Khan Younis nine.", ["40", "12", "nine"]),
        ("Norway admitted 2,000 students, and Belgium 110.", ["2,000", "110"]),
        # names
        ("The crew of Apollo 11 met 12 astronauts and Apollo 13.", ["12"]),
        ("It carried three satellites and Sputnik 2.", ["three"]),
        ("The bank closed 14 branches and Studio 54.", ["14"]),
        ("He won 12 games and Qatar 2022.", ["12"]),
        ("The road to Kenya 5 is closed.", []),
    ],
)
def test_the_number_of_an_elided_clause_is_no_name(text: str, quotes: list[str]) -> None:
    found, _ = numbers.find(text)
    assert [number.span.of(text) for number in found] == quotes


@given(
    st.lists(st.sampled_from("12 40 in from and ; , . Kenya Peru Chile people refugees The died".split()), max_size=14)
)
@settings(max_examples=60, deadline=None)
def test_every_place_is_one_that_the_text_names_or_none(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found, _ = numbers.find(text)
    mentions = places.find(text)
    for chosen in (None, *mentions[:1]):
        given_places = [chosen] * len(found)
        made = pairs.places(text, words.tag(text), sentences.find(text), mentions, found, given_places)
        assert len(made) == len(found)
        assert all(place is None or place in mentions for place in made)


@pytest.mark.parametrize("nth", [0, -1])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ahead of Syria (13.5 million), Mali (10.3 million) and Ukraine (8.8 million).", ["Syria", "Mali", "Ukraine"]),
        ("The worst hit were Peru (212 dead), Chile (45 dead) and Brazil (9).", ["Peru", "Chile", "Brazil"]),
        ("Kenya accounts for 4,883 cases, Uganda for 2,742 and Malawi for 1,001.", ["Kenya", "Uganda", "Malawi"]),
        ("Norway accounted for 300 berths and Denmark for about 90.", ["Norway", "Denmark"]),
        ("Peru answers for 300 of them, Zzaxo e Vumba for 90.", ["Peru", None]),
    ],
)
def test_brackets_and_what_is_left_out_before_for(text: str, expected: list[str | None], nth: int) -> None:
    made = settled(text, nth)
    kept = made if nth == 0 else [*expected[:1], *made[1:]]  # the first keeps what was chosen for it
    assert kept == expected


@pytest.mark.parametrize(
    "text",
    [
        "At sea died 1,142; Greece counted none.",
        "The southern route saw 1,142 die; to Spain went nobody.",
        "Of the dead, 30 were women; officials in Peru said no more.",
        "They counted 212 graves; Kenya did not.",
    ],
)
def test_a_place_of_the_next_item_is_not_the_place_of_this_one(text: str) -> None:
    assert settled(text, 0) == [None]


def test_one_bracket_alone_leaves_the_choice_as_it_was() -> None:
    assert settled("In Kabul, unlike Herat (30 dead), nobody died.", 0) == ["Kabul"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deaths by route: Kenya 1,142; Zzaxo to the Vumbas 240 dead.", [None]),
        ("In Kenya 30 died; Qorran Vale 12 people.", [None]),
        ("The Peru post: 300; Zzaxo Post: 12.", [None]),
        ("Chile 45; Ummo of the Hills 90 dead.", [None]),
        # near misses: the clause behind the semicolon names no place of its own
        ("In Kenya 30 died; Police said 12 were hurt.", ["Kenya"]),
        ("In Kenya 30 died; another 12 were hurt.", ["Kenya"]),
    ],
)
def test_an_item_with_an_unknown_name_has_not_the_place_of_the_one_before(
    text: str, expected: list[str | None]
) -> None:
    assert settled(text, 0)[-1:] == expected
