"""What may go to the public: names, places and small counts taken out; the linter looks at the result by itself."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.ledger.exchange import names
from counterfoil.ledger.exchange.public import (
    BESIDE,
    WITHHELD,
    Report,
    clean,
    hushed,
    is_small,
    lint,
    public,
    public_names,
)
from counterfoil.ledger.model import Confidentiality, Entry
from counterfoil.reading.model import Kind

from ledger.exchange.entries import entry, entries  # isort: skip

PUBLIC = frozenset(("hanan osman",))

# text, what must be gone, what must stay
TAKEN_OUT = [
    ("Among the dead were Fatima Noor, 34, and her two sons, Ali and Yusuf.", ("Fatima", "Noor", "Ali", "Yusuf"), ()),
    ('"We lost everything," said Amina, a mother of four.', ("Amina",), ("a mother of four",)),
    ("Police Chief Abdul Raziq said 12 Afghans were deported on Monday.", ("Raziq",), ("Police Chief", "Afghans")),
    ("She [Fatima Noor] was not found, the Red Cross said.", ("Fatima",), ("the Red Cross",)),
    ("Witnesses said that Hassan's brother was among 14 killed.", ("Hassan",), ("Witnesses", "14 killed")),
    ("Officials met Juan de la Cruz and María-José O'Neill in June.", ("Juan", "Cruz", "María", "Neill"), ("in June",)),
    ("Ferry Sinks Off Mombasa, Killing Maria Lopez And 39 Others", ("Maria", "Lopez"), ("39 Others",)),
    ("The Norwegian Refugee Council said 2,000 people fled.", (), ("The Norwegian Refugee Council", "2,000 people")),
    ("The UN refugee agency UNHCR said 2,000 had returned.", (), ("The UN refugee agency UNHCR",)),
    ("Write to amina.k@example.org or +249 912 345 678 or @aminak.", ("amina", "912 345"), ("Write to",)),
    ("Ahmed", ("Ahmed",), ()),
    ("Grace Hope was rescued from the river.", ("Grace", "Hope"), ("from the river",)),
    ("The survivor, Jordan Smith, spoke on Tuesday.", ("Jordan", "Smith"), ("on Tuesday",)),
    ("Among them was John Major, a trader.", ("John", "Major"), ("a trader",)),
    ("Omar Paris fled; Paris was found on Monday.", ("Omar", "Paris"), ("was found on Monday",)),
    ("Nineteen of the 47 dead were children.", (), ("Nineteen of",)),
    ("Police spoke. Forty-two fled, Million Bekele said.", ("Million", "Bekele"), ("Forty-two fled",)),
    ("Among the dead was Eleven Kamara, a trader.", ("Eleven", "Kamara"), ("a trader",)),
    ("Gunmen killed 50 people in Maiduguri, Borno State, Nigeria.", ("Maiduguri",), ("Borno", "Nigeria", "Gunmen")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "gone", "stays"), TAKEN_OUT)
def test_private_names_and_small_places_go_and_the_rest_stays(
    text: str, gone: tuple[str, ...], stays: tuple[str, ...]
) -> None:
    found = names.clear(text).text
    assert [one for one in gone if one in found] == []
    assert [one for one in stays if one not in found] == []


HERE = names.Around(frozenset({"lokoja"}), frozenset({"COD", "NGA", "MDG", "SDN", "CAF", "PAK", "KEN"}))
TOWNS = [  # a town is no private person's name, wherever it stands; what may be a person's is taken out as one
    ("Mananjary was cut off, officials said.", "[Vatovavy Fitovinany] was cut off, officials said."),
    ("Goma fell on Monday, and 20,000 fled to Sake.", "[North Kivu] fell on Monday, and 20,000 fled to [North Kivu]."),
    ("Fighting reached Bria and Bambari.", "Fighting reached [Haute-Kotto] and [Ouaka]."),
    ("Floods hit Dadu, Jamshoro and Sehwan.", "Floods hit [Sindh], [Sindh] and [Sindh]."),
    ("The Port Sudan office counted 4,000.", "The [Red Sea] office counted 4,000."),
    ("Toll In Kassala Floods Rises To 14, Says Omar Deng", "Toll In Kassala Floods Rises To 14, Says [name]"),
    ("Lokoja residents said 14 died.", "[Kogi] residents said 14 died."),
    ("Alexandria fell, they said.", "[place] fell, they said."),  # perhaps another than the known one
    ("They fled to Alexandria by boat.", "They fled to [place] by boat."),
    ("Goma, 34, lost two sons.", "[name], 34, lost two sons."),
    ("Quake in Lokoja: 23 dead", "Quake in [Kogi]: 23 dead"),
    ("Airstrike kills 12 in Kassala", "Airstrike kills 12 in Kassala"),
    ("They died at the Bovu Interregional Hospital on Monday.", "They died at the [place] Hospital on Monday."),
    ("Shells hit Wadmadani Central Market at noon.", "Shells hit [place] Market at noon."),
    ("They slept in the Fatima Noor Hospital.", "They slept in the [name] Hospital."),
    ("Among them was Omar Blast, a trader.", "Among them was [name], a trader."),
    ("Sake's wife drowned.", "[name] wife drowned."),
    ("Mayor Sake fled with 40 others.", "Mayor [name] fled with 40 others."),
    ("Omar Sake fled with 40 others.", "[name] fled with 40 others."),
    ("Florence Goma fled Nakuru.", "[name] fled Nakuru."),
    ("Omar Goma fled. Later, Goma was found.", "[name] fled. Later, [name] was found."),
    ("Sake said two had died.", "[name] said two had died."),
    ("The headman of Sake said two had died.", "The headman of [North Kivu] said two had died."),
]


@pytest.mark.parametrize(("text", "shown"), TOWNS)
def test_a_town_is_told_from_a_person_by_where_the_text_is_about(text: str, shown: str) -> None:
    assert names.clear(text, around=HERE).text == shown
    assert names.clear(shown, around=HERE).text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Umm Zubeira was flooded.", "[place] was flooded."),  # no gazetteer has it
        ("Omar Deng of Umm Zubeira fled.", "[name] of [place] fled."),
        ("Cyclone Batsirai hit Umm Zubeira.", "Cyclone Batsirai hit [place]."),
        ("Tropical Cyclone Freddy hit Umm Zubeira.", "Tropical Cyclone Freddy hit [place]."),
        ("Omar Freddy saw the Cyclone.", "[name] saw the Cyclone."),
        ("Kassala was flooded.", "[place] was flooded."),  # not the entry's own, so perhaps a person's
    ],
)
def test_an_entrys_own_place_is_no_private_name(text: str, shown: str) -> None:
    found = clean(entry(place="Umm Zubeira", level="unknown", admin1="", title=text), PUBLIC)
    assert found.title == shown


@pytest.mark.parametrize(
    ("claimant", "shown"),
    [
        ("South Sudan", "South Sudan"),
        ("IOM DTM", "IOM DTM"),
        ("Jordan", "[name]"),
        ("Chad", "[name]"),
        ("Omar Sudan", "[name]"),
        ("Day", "[name]"),
        ("ALI OMAR", "[name]"),
    ],
)
def test_a_country_that_speaks_is_no_person(claimant: str, shown: str) -> None:
    found = clean(entry(claimant=claimant, claimant_kind="person", excerpt="340 families fled.", title=""), PUBLIC)
    assert found.claimant == shown
    assert lint(found, PUBLIC) == []


def test_a_body_that_is_named_as_the_source_stays_in_its_sentence() -> None:
    body = {"claimant": "Beira Central Hospital", "claimant_kind": "body", "country": "MOZ", "title": ""}
    told = "Beira Central Hospital counted 340 families, Omar Deng said."
    found = clean(entry(**body, excerpt=told), PUBLIC)
    assert found.excerpt == "Beira Central Hospital counted 340 families, [name] said."
    assert lint(found, PUBLIC) == []
    other = clean(entry(**body | {"claimant": "Red Cross"}, excerpt=told), PUBLIC)
    assert "Beira" not in other.excerpt


@pytest.mark.parametrize("text", [text for text, _, _ in TAKEN_OUT])
def test_what_was_cleared_stays_clear(text: str) -> None:
    assert names.clear(names.clear(text).text).names == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_words_are_cleared_without_a_crash(text: str) -> None:
    names.clear(text)
    names.unclear(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("قتل محمد علي في الخرطوم", "script"),
        ("十人が死亡した", "script"),
        ("FATIMA NOOR KILLED IN KHARTOUM", "capitals"),
        ("fatima noor was killed with her children", "no capitals"),
        ("WHO: 15 dead", ""),
        ("Fifteen people died.", ""),
        ("В Киеве погибли люди", ""),
        ("", ""),
    ],
)
def test_texts_that_names_cannot_be_told_in_are_named(text: str, why: str) -> None:
    found = names.unclear(text)
    assert why in found
    assert bool(found) == bool(why)


@pytest.mark.parametrize(
    ("name", "text", "holds"),
    [
        ("Hanan Osman", "the state's relief commissioner, Hanan Osman, told reporters", True),
        ("Abdul Raziq", "Police Chief Abdul Raziq said", True),
        ("Ali Noor", "Ali Noor, head of the clinic, said", True),
        ("Amina", "said Amina, a mother of four", False),
        ("Ali Noor", "Ali Noor, a farmer, said", False),
        ("Ali Noor", "The minister came. Ali Noor said", False),
        ("Ali Noor", "The governor met Ali Noor, a trader", False),
        ("Ali Noor", "a farmer who met the governor and Ali Noor said", False),
        ("", "", False),
    ],
)
def test_an_office_makes_a_speaker_public(name: str, text: str, holds: bool) -> None:
    assert names.public_speaker(name, text) is holds


def test_speakers_in_office_stay_and_others_become_name() -> None:
    assert clean(entry(), PUBLIC).claimant == "Hanan Osman"
    assert "Hanan Osman" in clean(entry(), PUBLIC).excerpt
    other = clean(entry(claimant="Omar Deng", excerpt="Omar Deng said 340 families fled."), PUBLIC)
    assert (other.claimant, other.excerpt) == ("[name]", "[name] said 340 families fled.")
    assert clean(entry(claimant="Ministry of Health", claimant_kind="body"), PUBLIC).claimant == "Ministry of Health"
    assert public_names([entry(), entry(claimant="Omar Deng")]) == PUBLIC


@pytest.mark.parametrize(
    ("fields", "place", "level"),
    [
        ({"place": "Kassala, Sudan", "level": "city", "admin1": "Kassala"}, "Kassala, Sudan", "admin1"),
        ({"place": "Tumbi, Sudan", "level": "city", "admin1": "Nowhere"}, "Sudan", "country"),
        ({"place": "Zamzam camp", "level": "unknown", "admin1": ""}, "Sudan", "country"),
        ({"place": "Zamzam camp", "level": "unknown", "admin1": "", "country": ""}, "", ""),
        ({"place": "Rural Kassala, Sudan", "level": "admin2"}, "Rural Kassala, Sudan", "admin2"),
        ({"place": "Sudan", "level": "country"}, "Sudan", "country"),
    ],
)
def test_places_are_given_no_finer_than_a_second_division(fields: dict[str, str], place: str, level: str) -> None:
    found = clean(entry(latitude=15.45, longitude=36.4, **fields), PUBLIC)
    assert (found.place, found.level, found.latitude, found.longitude) == (place, level, None, None)


@pytest.mark.parametrize(
    ("low", "high", "kind", "small"),
    [
        ("9", "9", Kind.FLOW, True),
        ("10", "10", Kind.FLOW, False),
        ("5", "40", Kind.STOCK, True),
        ("5", "5", Kind.SHARE, False),
        (None, "9", Kind.FLOW, True),
        (None, "90", Kind.FLOW, False),
        (None, None, Kind.FLOW, False),
    ],
)
def test_small_counts(low: str | None, high: str | None, kind: Kind, small: bool) -> None:
    said = {"said_low": low and Decimal(low), "said_high": high and Decimal(high)}
    assert is_small(entry(low=said["said_low"], high=said["said_high"], kind=kind, **said)) is small


def test_a_ratio_is_no_small_count() -> None:
    assert not is_small(entry(**FEW, unit="ratio", kind=Kind.CHANGE))


def test_a_small_count_at_a_small_place_is_withheld_with_all_its_words() -> None:
    few = {name: Decimal(4) for name in ("low", "high", "said_low", "said_high")}
    town = {"place": "Kassala, Sudan", "level": "city", "excerpt": "Four people drowned.", "title": "Four drown"}
    found = clean(entry(**few, **town, url="https://news.example/four-drown"), PUBLIC)
    assert (found.low, found.said_high, found.quote, found.title, found.term) == (None, None, "", "", "")
    assert (found.excerpt, found.url, found.start) == (WITHHELD, "https://news.example/", None)
    division = clean(entry(**few, excerpt="Four people drowned.", title=""), PUBLIC)
    assert (division.low, division.excerpt) == (4, "Four people drowned.")


def test_a_town_that_only_the_sentence_names_withholds_a_small_count() -> None:
    few = {name: Decimal(4) for name in ("low", "high", "said_low", "said_high")}
    found = clean(entry(**few, place="Nigeria", country="NGA", level="country", excerpt="4 died in Maiduguri."), PUBLIC)
    assert (found.low, found.excerpt) == (None, WITHHELD)


FEW = {"low": Decimal(4), "high": Decimal(4), "said_low": Decimal(4), "said_high": Decimal(4)}
TOWN = {"place": "Kassala, Sudan", "level": "city"}
LEAK = "340 families fled and 4 girls were assaulted in Kassala."


@pytest.mark.parametrize(
    ("beside", "field", "stays"),
    [
        ({"excerpt": LEAK}, "excerpt", False),
        ({"excerpt": LEAK.replace(" families", "  families")}, "excerpt", False),
        ({"excerpt": "Of 340 families, the four girls among them."}, "excerpt", False),
        ({"excerpt": "FOUR of 340 families had daughters there."}, "excerpt", False),
        ({"title": "Four girls assaulted"}, "title", False),
        ({"title": "4 hurt, 340 families flee"}, "title", False),
        ({"url": "https://news.example/four-girls"}, "url", False),
        ({"excerpt": "4,340 families fled."}, "excerpt", True),
        ({"excerpt": "Some 14 percent, or 3.4 of them, fled for 340 days."}, "excerpt", True),
        ({"excerpt": "Forty-two fled, fourteen returned."}, "excerpt", True),
        ({"title": "Hundreds flee"}, "title", True),
        ({"excerpt": LEAK, "document": "b" * 64}, "excerpt", True),
    ],
)
def test_a_small_count_that_is_withheld_is_told_by_no_neighbour(
    beside: dict[str, str], field: str, stays: bool
) -> None:
    few = entry(id="few-1", **FEW, **TOWN, excerpt=LEAK)
    other = entry(id="more-1", **TOWN, **{"excerpt": "Some families fled.", **beside})
    report = Report()
    quiet = hushed([few, other], PUBLIC)
    first, second = public([few, other], PUBLIC, report, quiet)
    assert first is not None
    assert second is not None
    assert not report.unclear
    assert first.excerpt == WITHHELD
    assert getattr(second, field) == (getattr(clean(other, PUBLIC), field) if stays else shown_instead(field))
    assert second.low == other.low


def shown_instead(field: str) -> str:
    return {"excerpt": BESIDE, "title": "", "url": "https://news.example/"}[field]


def test_the_sentence_of_a_confidential_entry_stands_beside_no_other() -> None:
    secret = entry(confidentiality=Confidentiality.CONFIDENTIAL, excerpt="340 fled, 60 to a house of the church.")
    other = entry(excerpt=secret.excerpt)
    apart = entry(excerpt="Some 60 families fled.")
    quiet = hushed([secret, other, apart], PUBLIC)
    found = list(public([secret, other, apart], PUBLIC, Report(), quiet))
    assert [one and one.excerpt for one in found] == [None, BESIDE, "Some 60 families fled."]


def test_a_small_count_that_may_be_told_hushes_nothing() -> None:
    division = entry(**FEW, excerpt="4 people drowned, 340 fled.", title="")
    quiet = hushed([division], PUBLIC)
    assert (quiet.sentences, quiet.counts) == (frozenset(), frozenset())


def test_an_address_that_spells_a_name_is_cut() -> None:
    found = clean(entry(excerpt="Omar Deng fled with 20 others.", url="https://n.example/2024/omar-deng-fled"), PUBLIC)
    assert found.url == "https://n.example/"
    assert clean(entry(), PUBLIC).url == "https://news.example/flood"


def test_who_worked_on_it_and_the_words_around_stay_in_the_house() -> None:
    found = clean(entry(prefix="Ali said ", suffix=" of Omar", source="/home/ann/a.html"), PUBLIC)
    assert (found.created_by, found.updated_by, found.prefix, found.suffix, found.source) == ("", "", "", "", "")


def test_what_is_left_out_is_counted_and_its_place_kept() -> None:
    report = Report()
    given_entries = [
        entry(),
        entry(confidentiality=Confidentiality.CONFIDENTIAL),
        entry(kind=Kind.AGE),
        entry(excerpt="قتل عشرون شخصا"),
    ]
    found = list(public(given_entries, PUBLIC, report, leave_out_unclear=True))
    assert [one is None for one in found] == [False, True, True, True]
    assert report.left_out == Counter({"confidential": 1, "the age of a person": 1, "cannot be cleared": 1})
    assert not report.unclear


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"confidentiality": Confidentiality.CONFIDENTIAL}, "confidentiality"),
        ({"kind": Kind.AGE}, "kind"),
        ({"latitude": 15.0}, "place"),
        ({"level": "city"}, "place"),
        ({"excerpt": "Omar Deng fled."}, "excerpt"),
        ({"title": "قتل محمد"}, "title"),
        ({"term": "قتل"}, "term"),
        ({"population": "the sons of Omar Deng"}, "population"),
        ({"claimant": "Omar Deng"}, "claimant"),
        ({"excerpt": "Call +249 912 345 678."}, "excerpt"),
        ({"calculation_logic": "told me by Omar Deng"}, "calculation_logic"),
        ({"created_by": "ann"}, "created_by"),
        ({"prefix": "x"}, "prefix"),
        ({"low": Decimal(3), "said_low": Decimal(3), "excerpt": "3 died in Maiduguri."}, "low"),
    ],
)
def test_the_linter_finds_what_may_not_go_out(change: dict[str, object], field: str) -> None:
    clear = clean(entry(), PUBLIC)
    assert lint(clear, PUBLIC) == []
    assert field in [name for name, _ in lint(replace(clear, **change), PUBLIC)]


@settings(max_examples=60, deadline=None)
@given(entries())
def test_what_is_cleaned_passes_the_linter_or_is_named(one: Entry) -> None:
    if one.confidentiality is Confidentiality.PUBLIC and one.kind is not Kind.AGE:
        left = {name for name, why in lint(clean(one, PUBLIC), PUBLIC) if not ("script" in why or "capitals" in why)}
        assert left <= {"excerpt", "title", "term", "population", "event", "calculation_logic", "quote", "claimant"}


@pytest.mark.parametrize(
    "town", ["Port Sudan", "Kadugli", "Goma", "Nyala", "Sittwe", "Maiduguri", "Chimbote", "Blantyre", "Homs"]
)
@pytest.mark.parametrize("around", [names.NOWHERE, HERE], ids=["nowhere", "here"])
@pytest.mark.parametrize(
    "sentence",
    [
        "{}, 15 May 2025 — Some 9,600 people fled.",
        "Shelling hit the market of {} on Monday.",
        "A flood killed 40 people in {}.",
    ],
)
def test_what_stands_in_place_of_a_town_is_clear_itself(town: str, sentence: str, around: names.Around) -> None:
    once = names.clear(sentence.format(town), around=around).text
    again = names.clear(once, around=around)
    assert (again.text, again.names) == (once, ())


@pytest.mark.parametrize(
    "text",
    [
        "[name] watched two workers and one digger.",
        "near [place], 40 people were hurt by hail.",
        "[name] told us that 12 were still there.",
        "the family of [name] buried two sons in one day.",
    ],
)
def test_a_text_whose_capitals_were_taken_out_is_clear(text: str) -> None:
    assert names.unclear(text) == ""


@pytest.mark.parametrize("text", ["amina watched two workers and one digger", "amina [sic] buried two sons in one day"])
def test_a_text_that_never_had_capitals_is_not(text: str) -> None:
    assert names.unclear(text) == "it has no capitals"
