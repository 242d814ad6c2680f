"""Places: which names are places, which places they are, and when none is chosen."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.marking import marked

from counterfoil.reading.places import Mention, find, fold, lookup


def read(words: str) -> tuple[str, list[Mention]]:
    """Return the plain text and its mentions, after checking that exactly the marked words were found."""
    text, spans = marked(words)
    mentions = list(find(text))
    assert [m.span.of(text) for m in mentions] == [span.of(text) for span in spans]
    assert [m.span for m in mentions] == spans
    return text, mentions


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Floods hit ⟦Herat, Afghanistan⟧, on Monday.", ["Herat, Afghanistan"]),
        (
            "Troops withdrew from ⟦northern Syria⟧ and ⟦eastern DR Congo⟧.",
            ["northern Syria", "eastern Democratic Republic of the Congo"],
        ),
        ("Shelling resumed in ⟦southwest Pakistan⟧.", ["southwest Pakistan"]),
        ("Aid reached ⟦the Gaza Strip⟧ and ⟦the West Bank⟧.", ["Gaza Strip, Palestine", "West Bank, Palestine"]),
        ("Two died in ⟦Khyber Pakhtunkhwa province⟧.", ["Khyber Pakhtunkhwa, Pakistan"]),
        ("It rained in ⟦Sindh⟧, officials said.", ["Sindh, Pakistan"]),
        ("Police in ⟦Ciudad Juárez⟧ and in ⟦Ciudad Juarez⟧ agree.", ["Ciudad Juárez, Mexico"] * 2),
        ("They live in ⟦Côte d’Ivoire⟧, in ⟦Ivory Coast⟧.", ["Ivory Coast"] * 2),
        ("Ferries left ⟦Türkiye⟧; planes left ⟦Turkey⟧.", ["Turkey"] * 2),
        ("⟦Britain⟧ left ⟦the EU⟧; ⟦the U.K.⟧ did.", ["United Kingdom", "European Union", "United Kingdom"]),
        ("⟦KABUL⟧ (Wire) — A blast killed six.", ["Kabul, Afghanistan"]),
        ("Strikes hit ⟦Ar Raqqah⟧, in ⟦Syria⟧.", ["Raqqa, Syria", "Syria"]),
        ("Snow fell in ⟦Mobile, Ala.⟧", ["Mobile, United States"]),
        ("Cases rose ⟦worldwide⟧.", ["worldwide"]),
        ("War spread across ⟦the Sahel⟧ and the ⟦Middle East⟧.", ["Sahel", "Middle East"]),
    ],
)  # fmt: skip
def test_names_are_printed_as_labels_print_them(words: str, names: list[str]) -> None:
    _, mentions = read(words)
    assert [m.place.name for m in mentions] == names


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("He grew up in Paris, Texas.", "Paris", "Paris, Texas, United States"),
        ("Trains to Paris stopped.", "Paris", "Paris, France"),
        ("A fire in London, Ontario, hurt six. Trains to London stopped.", "London", "London, Canada"),
        ("Lebanon closed schools. In Tripoli, clashes went on.", "Tripoli", "Tripoli, Lebanon"),
        ("Libya closed schools. In Tripoli, clashes went on.", "Tripoli", "Tripoli, Libya"),
        ("Pakistan closed schools. In Hyderabad, three died.", "Hyderabad", "Hyderabad, Pakistan"),
        ("India closed schools. In Hyderabad, three died.", "Hyderabad", "Hyderabad, India"),
        ("Officials in Tbilisi said that Georgia had taken in 300 families.", "Georgia", "Georgia"),
        ("In Atlanta, Savannah and Macon, votes were counted for Georgia, a state of 10 million.", "Georgia", None),
        ("Kivu is far from Gaza, a province of Mozambique near Maputo.", "Gaza", None),
        ("Niger and Chad closed the border.", "Niger", "Niger"),
        ("Votes in Georgia and Alabama were counted.", "Georgia", "Georgia, United States"),
        ("Maracaibo and Valencia had no power.", "Valencia", "Valencia, Venezuela"),
        ("In Kech district, near Turbat, it rained.", "Kech", "Kech"),
        ("The governor of Niger state spoke in Abuja.", "Niger", "Niger, Nigeria"),
        ("Votes in Texas, Washington and Oregon were counted.", "Washington", "Washington State, United States"),
        ("Talks in Washington went on.", "Washington", "Washington, D.C., United States"),
    ],
)
def test_the_article_settles_names(text: str, word: str, name: str | None) -> None:
    """None: it may be left open or settled well, but never in favour of the wrong country."""
    found = [m.place for m in find(text) if m.span.of(text).startswith(word)]
    if name is None:
        assert all(place.country != {"Georgia": "GEO", "Gaza": "PSE"}[word] for place in found)
    else:
        assert {place.name for place in found} == {name}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("A fire broke out in ⟦Springfield⟧.", "it may be"),
        ("Snow fell on ⟦Beirut⟧, then in ⟦Tripoli⟧.", "it may be Tripoli, Lebanon or Tripoli, Libya"),
        ("Clashes broke out in ⟦Georgia⟧.", "it may be Georgia or Georgia, United States"),
        ("Trains left ⟦Toronto⟧. It rained in ⟦Victoria⟧.", "it may be Victoria"),
        ("⟦Iraq⟧ and ⟦Iran⟧ met. Tents burned in ⟦Sharya⟧.", "far from the countries"),
        ("The boat sank off ⟦Santa Cruz Island⟧.", "may lie elsewhere"),
        ("A mine collapsed in ⟦Qwertabad⟧, killing six.", "does not know the name"),
        ("The ⟦Qwertabad refugee camp⟧ was full.", "does not know the name"),
        ("Residents of the village of ⟦San Qwerto⟧ fled.", "does not know the name"),
    ],
)
def test_abstains_with_a_reason(words: str, reason: str) -> None:
    _, mentions = read(words)
    assert mentions[-1].place.level == "unknown"
    assert reason in mentions[-1].place.reason
    assert mentions[-1].place.latitude is None


@pytest.mark.parametrize(
    "words",
    [
        "Families came from ⟦Vurog⟧ and ⟦Nyapel⟧ counties.",
        "In all, ⟦Vurog⟧, ⟦Nyapel⟧ and ⟦El Quorr⟧ districts flooded; ⟦Nyapel⟧ was worst.",
        "In ⟦Vurog⟧ and ⟦Nyapel⟧ provinces it snowed.",
        "A clinic at ⟦Vurog⟧ took in 30.",
        "At ⟦Vurog⟧, where 30 live, it snowed.",
        "Residents of ⟦Vurog⟧ said so.",
        "A nurse in ⟦Vurog⟧ says so.",
    ],
)
def test_names_that_the_gazetteer_lacks_are_places_by_what_stands_beside_them(words: str) -> None:
    _, mentions = read(words)
    assert {mention.place.level for mention in mentions} == {"unknown"}


@pytest.mark.parametrize(
    ("words", "level"),
    [("It snowed in ⟦Guzara district⟧.", "admin2"), ("It snowed in ⟦Herat⟧, ⟦Afghanistan⟧.", "city")],
)
def test_a_district_is_no_town(words: str, level: str) -> None:
    assert next(iter(find(marked(words)[0]))).place.level == level


def test_a_name_on_a_route_is_a_place_that_the_gazetteer_lacks() -> None:
    _, mentions = read("Trucks drove from ⟦Adré⟧ to ⟦Vurog⟧. Others came from ⟦Nyapel⟧ to ⟦Adré⟧.")
    assert [(m.role, m.place.level) for m in mentions] == [
        ("origin", "city"),
        ("destination", "unknown"),
        ("origin", "unknown"),
        ("destination", "city"),
    ]


def test_unknown_town_takes_the_country_beside_it() -> None:
    _, (mention,) = read("A bus overturned in ⟦Qwertinsky, Russia⟧, on Sunday.")
    assert (mention.place.name, mention.place.country, mention.place.level) == ("Qwertinsky, Russia", "RUS", "unknown")


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton sang.",
        "George Washington spoke to Jordan Peterson and Chad Smith.",
        "She wrote for the Washington Post and the New York Times.",
        "Manchester United won.",
        "The Bank of England raised rates; the University of Oxford did not.",
        "Islamic State of Iraq fighters fled.",
        "Mr Lincoln said no. Lincoln added nothing.",
        "Florida State University and the London School of Economics agree.",
        "Most police read the date on the bar in March. Nice reading, he said.",
        "Let us go, they told us; who is it? It is what it is.",
        "Police said so. Date unknown. Of course. Reading is fun. Bar none.",
        "The bill cost US$4 million.",
        "",
        "   \n\n",
        "1,204 people fled.",
        "She works at Quorrtek. Storms at Category 5 are rare.",
        "Carla Vurog left. They shouted at Vurog, and a stone was hurled at Vurog.",
        "The Arab and Druze regions, the Northern and Eastern districts and the Catholic and Muslim communes differ.",
    ],
)
def test_persons_bodies_and_words_are_no_places(text: str) -> None:
    assert [m.span.of(text) for m in find(text) if m.role != "demonym"] == []


@pytest.mark.parametrize(
    ("words", "roles"),
    [
        ("Thousands fled ⟦Syria⟧ and ⟦Iraq⟧ last year.", ["origin", "origin"]),
        ("They were deported from ⟦Iran⟧ to ⟦Herat, Afghanistan⟧.", ["origin", "destination"]),
        ("Over 4,000 crossed into ⟦Chad⟧.", ["destination"]),
        (
            "Over 4,000 crossed into ⟦Chad⟧'s ⟦Ouaddai province⟧; six died in ⟦Ouaddai⟧.",
            ["demonym", "destination", "place"],
        ),
        ("Some 300 left ⟦Pakistan⟧ voluntarily.", ["origin"]),
        ("Families returned to ⟦Mosul⟧ through ⟦Erbil⟧.", ["destination", "transit"]),
        ("They headed for ⟦Italy⟧.", ["destination"]),
        ("Six died in ⟦Kabul⟧.", ["place"]),
        ("Those who left ⟦Peru⟧ arrived in ⟦Quito⟧.", ["origin", "destination"]),
        ("Trucks went from ⟦Aleppo⟧ across the ⟦Qwerto crossing⟧ into ⟦Turkey⟧.", ["origin", "transit", "destination"]),
        ("Some 40 were flown to ⟦Doha⟧ and on to ⟦Lima⟧.", ["transit", "destination"]),
        ("They crossed ⟦Libya⟧ and fled ⟦Chad⟧ for ⟦Malta⟧.", ["transit", "origin", "destination"]),
        ("⟦Peru⟧ and ⟦Chile⟧ expelled 40; ⟦Canada⟧ has resettled 90.", ["origin", "origin", "destination"]),
        ("Forty were deported by ⟦Turkey⟧; in ⟦Turkey⟧, police deported six.", ["origin", "place"]),
        ("The quake left ⟦Lima⟧ in ruins; many left ⟦Lima⟧ in May.", ["place", "origin"]),
        ("They returned to villages in ⟦Diyala⟧ from camps in ⟦Erbil⟧.", ["destination", "origin"]),
        ("They slept in villages in ⟦Diyala⟧.", ["place"]),
        ("The road from ⟦Kabul⟧ to ⟦Jalalabad⟧ was shut.", ["origin", "destination"]),
        ("The ministry in ⟦Turkey⟧ left prices alone.", ["place"]),
        ("The blast left ⟦Beirut⟧ devastated.", ["place"]),
        ("⟦Afghan⟧ nationals and ⟦Pakistanis⟧ waited.", ["demonym", "demonym"]),
        ("⟦US⟧ troops and the ⟦UK⟧ government met in ⟦the US⟧.", ["demonym", "demonym", "place"]),
    ],
)
def test_roles(words: str, roles: list[str]) -> None:
    _, mentions = read(words)
    assert [m.role for m in mentions] == roles


@pytest.mark.parametrize(
    ("name", "country", "level"),
    [
        ("Afghanistan", "AFG", "country"),
        ("DRC", "COD", "country"),
        ("Burma", "MMR", "country"),
        ("Kosovo", "XKX", "country"),
        ("Taiwan", "TWN", "country"),
        ("Crimea", "UKR", "admin1"),
        ("Kashmir", None, "region"),
        ("Anbar", "IRQ", "admin1"),
        ("Cook County", "USA", "admin2"),
        ("Cox's Bazar", "BGD", "city"),
        ("cox’s bazar", "BGD", "city"),
        ("Deir ez-Zor", "SYR", "city"),
    ],
)
def test_lookup_gives_the_best_first(name: str, country: str | None, level: str) -> None:
    best = lookup(name)[0]
    assert (best.country, best.level) == (country, level)


def test_lookup_of_an_unknown_name_is_empty() -> None:
    assert lookup("Qwertabad") == () == lookup("") == lookup("us")


def test_coordinates_are_where_they_should_be() -> None:
    herat = lookup("Herat")[0]
    assert herat.latitude == pytest.approx(34.3, abs=0.2)
    assert herat.longitude == pytest.approx(62.2, abs=0.2)


def test_disputed_places_say_so() -> None:
    assert "disputed" in lookup("Crimea")[0].reason


@pytest.mark.parametrize(
    ("name", "folded"),
    [("N'Djamena", "ndjamena"), ("Port-au-Prince", "port au prince"), ("Łódź", "lodz"), ("St. Louis", "st louis")],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


words = st.sampled_from(
    "in from to Paris Texas Syria , . Georgia US the northern Mr Springfield's Al-Bab Iran-backed province of and \n “ "
    "حلب 👩‍🚒 1,204 New York \ud800 \0 Afghan left fled İstanbul".split(" ")
)


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80), st.lists(words, max_size=30).map(" ".join), st.lists(words, max_size=12).map("".join)
    )
)
def test_any_text_gives_ordered_spans_that_do_not_overlap(text: str) -> None:
    mentions = find(text)
    assert mentions == find(text)
    for one, other in pairwise(mentions):
        assert one.span.end <= other.span.start
    for mention in mentions:
        assert mention.span.of(text).strip() == mention.span.of(text)
        assert mention.role in {"place", "demonym", "origin", "destination", "transit"}
        assert mention.place.level in {"world", "region", "country", "admin1", "admin2", "city", "unknown"}
        assert mention.place.reason
        assert mention.place.country is None or re.fullmatch("[A-Z]{3}", mention.place.country)
        if mention.place.level == "unknown":
            assert mention.place.latitude is None


@pytest.mark.parametrize(
    "unit", ["1,1,", '“"', "([{", "A ", "A-", "Paris of the ", "Paris, ", "San de la ", "U.S.", "\ud800\0"]
)
def test_long_monotonous_texts_end(unit: str) -> None:
    find(unit * (60_000 // len(unit)))


@pytest.mark.parametrize(
    "name", ["the Pan-American highway", "an Inter-American court", "Afro-American music", "a Latin-American writer"]
)
def test_a_name_that_goes_beyond_a_country_is_not_in_it(name: str) -> None:
    assert all(mention.place.country is None for mention in find(f"Tents stand near {name} there."))


@pytest.mark.parametrize("name", ["the Iran-backed group", "the Syrian-Turkish border", "the American highway"])
def test_a_compound_that_names_a_country_still_does(name: str) -> None:
    assert find(f"Tents stand near {name} there.")
