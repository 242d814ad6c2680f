"""Numbers that words beside them credit to somebody, where no verb of saying does; and sources that are no words."""

import pytest

from counterfoil.documents import from_text
from counterfoil.reading import read

ENGINES = ["rules", "encoder"]

# sentence, number, whose it is
CREDITED = [
    # a count, an estimate, a tally of one's own
    ("Amnesty's count was 281,000.", "281,000", "Amnesty"),
    ("The nurses' union's latest tally stood at 43.", "43", "nurses' union"),
    ("Oxfam's own estimate is about 8,000 families.", "8,000", "Oxfam"),
    ("The health ministry's figure was 61, against 80 a week before.", "61", "health ministry"),
    ("The board said that WWF's estimate was 4,000 tigers.", "4,000", "WWF"),
    # letters in brackets
    ("Floods displaced 60,000 people (FAO).", "60,000", "FAO"),
    ("The drought cut harvests by 30% (FAO, 2023), and prices rose.", "30%", "FAO"),
    ("The minister said that 60,000 people were displaced (UNHCR).", "60,000", "UNHCR"),
    ("Some 4,100 people crossed the river (IOM); none has gone back.", "4,100", "IOM"),
    # by the count of somebody
    ("By the count of the miners' union, 43 workers died.", "43", "miners' union"),
    ("Forty-three workers died, by the latest count of the miners' union.", "Forty-three", "miners' union"),
    ("By one estimate of the central bank, 30% of farms failed.", "30%", "central bank"),
    ("By Oxfam's count, 8,000 families lost their homes.", "8,000", "Oxfam"),
    # a verb of counting behind it
    ("A total of 391 attacks, UCDP counted.", "391", "UCDP"),
    ("In 2021 there were 391 attacks, UCDP counted.", "391", "UCDP"),
    ("Gunmen burned 12 clinics in the north, the doctors' union recorded.", "12", "doctors' union"),
    ("Nearly 900 nests were lost, the reserve's rangers had tallied on Monday.", "900", "reserve's rangers"),
]
# sentence, number: nobody says it
UNCREDITED = [
    ("Bolt's tally was 9 medals.", "9"),
    ("Lagos's count was 300.", "300"),
    ("Kono's tally stood at 12.", "12"),
    ("The Food and Agriculture Organization (FAO) has 3,200 staff.", "3,200"),
    ("About 400 people work for the UN food agency (FAO).", "400"),
    ("The plant made 300 cars (BMW).", "300"),
    ("The party won by the count of 12 votes.", "12"),
    ("After the storm hit 30 towns, police counted.", "30"),
    ("In the 30 villages, the army counted.", "30"),
]


def speaker(text: str, number: str, engine: str) -> str | None:
    account = read(from_text(text), engine=engine)
    [figure] = [one for one in account.figures if one.number.anchor.quote == number]
    return None if figure.statement is None else account.statements[figure.statement].speaker.name


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("text", "number", "owner"), CREDITED)
def test_a_number_is_of_whoever_the_words_beside_it_credit(text: str, number: str, owner: str, engine: str) -> None:
    assert speaker(text, number, engine) == owner


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("text", "number"), UNCREDITED)
def test_nobody_is_credited_where_the_words_leave_a_choice(text: str, number: str, engine: str) -> None:
    assert speaker(text, number, engine) is None


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text",
    [
        "]]> said 14 people were killed.",
        '"Fourteen people were killed," </script> said.',
        "According to ]]> at least 14 people were killed.",
        "Home > News > Storms said 14 people were killed.",
        "document.write() reported that 14 people were killed.",
    ],
)
def test_code_and_menus_speak_for_nobody(text: str, engine: str) -> None:
    for one in read(from_text(text), engine=engine).statements:
        assert one.source is None or not set("<>(){}]").intersection(one.source.quote)
        assert not set("<>(){}]").intersection(one.speaker.name)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NAIROBI\n\nPeter Otieno said 14 people were killed.", "Peter Otieno"),
        ("By Ana Costa\n\nDe Lima said 14 people were killed.", "De Lima"),
        ("Beira\n\nPresident\n\nFilipe Danda said 14 people were killed.", "Filipe Danda"),
        ("Santa Cruz St.\n\nRosa Vega said 14 people were killed.", "Rosa Vega"),
    ],
)
def test_no_name_runs_across_a_blank_line(text: str, name: str, engine: str) -> None:
    assert [one.speaker.name for one in read(from_text(text), engine=engine).statements] == [name]


@pytest.mark.parametrize("engine", ENGINES)
def test_records_are_told_of_by_who_was_shown_them(engine: str) -> None:
    text = "Nimal Perera, quoting records he had been shown, said 212 people were missing."
    account = read(from_text(text), engine=engine)
    [figure] = account.figures
    assert figure.statement is not None
    inner = account.statements[figure.statement]
    assert inner.source is not None
    assert inner.source.quote == "records"
    assert inner.parent is not None
    assert account.statements[inner.parent].speaker.name == "Nimal Perera"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("var x = 12; }\nThe mayor said 14 people were killed.", ["14"]),
        ("$(this).delay(300).fadeIn(); function go(){ return 17; }\nSome 40 people fled.", ["40"]),
        ("The toll is 14 (up from 12); the mayor is gone.", ["14", "12"]),
        ("The set {12, 14} was drawn.", ["12", "14"]),
    ],
)
def test_numbers_of_a_script_are_no_figures(text: str, numbers: list[str]) -> None:
    assert [one.number.anchor.quote for one in read(from_text(text), engine="rules").figures] == numbers


# what words of a sentence alone tell of who speaks: text, a number, its speaker
VOICES = [
    (
        "Floods killed 6,000 people by the state's count, and nearly 7,800 by that of the Red Cross.",
        "7,800",
        "Red Cross",
    ),
    ("Quakes killed 310 by the army's estimate, and 450 by that of Amnesty.", "450", "Amnesty"),
    ("The Water Board reckons that 600 wells are dry. Its forecast in 2021 was 420.", "420", "Water Board"),
    ("The operator, NordBana, said that 2,340 trains were cancelled.", "2,340", "NordBana"),
    ("The regulator, ANEEL, said that 52 dams were safe.", "52", "ANEEL"),
    ("The union says 2,300 jobs are lost, double the 1,050 that the Irish state gives.", "1,050", "Irish state"),
    ("Aid workers counted 90 dead, not the 40 that the health ministry had admitted.", "40", "health ministry"),
    ("Turnout was put at 71 per cent by the election commission, down from 74.", "71 per cent", "election commission"),
    ("The loss has been estimated at 40 million euros by the insurer Talanx.", "40 million", "insurer Talanx"),
    ("At least 30 dead in prison, families say; officials admit 18", "18", "officials"),
    ("The pollution board met. A leak killed 3,787 people by the state's count.", "3,787", "state"),
    ("The state pollution board met. The state said 14 plants were shut.", "14", "state"),
    ("The Supreme Court of Kenya sat. The court said 12 cases were void.", "12", "Supreme Court of Kenya"),
    ("His party, the Forward Alliance, says that 88,000 votes are missing.", "88,000", "Forward Alliance"),
    ("Rosa Quimí said her nephew had telephoned and told her that he could see 30 bodies.", "30", "nephew"),
    (
        "The Treasury says a leaked memo that puts the cost at 3 billion pounds is a forgery.",
        "3 billion",
        "a leaked memo",
    ),
    ("The police, whose own count is 14, say that the opposition's 50 includes the sick.", "50", "opposition"),
    (
        "Of the 40,000 homes claimed by the prime minister only some stand, the audit office said.",
        "40,000",
        "prime minister",
    ),
    ("The army says 9 died, the bishop 34 and the Red Cross 20 people.", "34", "bishop"),
    ("Nobody knows how many died: the army says nine, the priest 34, and the river keeps its count.", "34", "priest"),
    ("The UN refugee agency UNHCR left. The agency said 300 families fled.", "300", "UN refugee agency"),
    ("The ministry's figure of 40 excludes the 12 that the Red Cross reported.", "12", "Red Cross"),
    # near misses
    ("Police said the 300 that the union claims to represent went home.", "300", "Police"),
    ("The mayor said the 12 attacks claimed by the army of the north had cost 40 million euros.", "12", "mayor"),
    ("Rosa Quimí said her nephew was dead and told reporters that she had seen 30 bodies.", "30", "Rosa Quimí"),
    ("The army said it had found the 300 that the ministry gave to refugees.", "300", "army"),
    ("The mayor said the 12 houses that police searched were empty.", "12", "mayor"),
    ("The hospital in Bihać stated that it had admitted 14.", "14", "hospital in Bihać"),
    ("The court, Vilnius, said that 52 dams were safe.", "52", "court"),
    ('"We found nine dead cranes," said Ritika Vasava, "and eight of them had been shot."', "eight", "Ritika Vasava"),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("text", "number", "name"), VOICES, ids=lambda words: str(words)[:40])
def test_each_number_is_in_the_mouth_that_the_words_tell(text: str, number: str, name: str, engine: str) -> None:
    assert speaker(text, number, engine) == name


@pytest.mark.parametrize("engine", ENGINES)
def test_they_in_a_quotation_are_no_body_named_outside(engine: str) -> None:
    text = 'UNICEF said it had 400 beds.\n\nChantal Furaha, 27, lost a son. "They said 12 nurses would come," she said.'
    account = read(from_text(text), engine=engine)
    assert "UNICEF" not in [one.speaker.name for one in account.statements if one.source and one.source.quote == "They"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_court_that_hears_says_nothing(engine: str) -> None:
    account = read(from_text("The court heard that 73 homes were lost in the fire."), engine=engine)
    assert "court" not in [one.speaker.name for one in account.statements]


@pytest.mark.parametrize("engine", ENGINES)
def test_who_is_told_and_when_is_not_said(engine: str) -> None:
    account = read(from_text("Prosecutors told the Harju court on Monday that 61 accounts were empty."), engine=engine)
    [one] = account.statements
    assert [piece.quote for piece in one.content] == ["that 61 accounts were empty"]


def test_who_is_reported_to_have_said_it_says_it() -> None:
    text = "A nurse was reported by the daily Postimees to have said that 312 beds were full."
    assert speaker(text, "312", "encoder") == "A nurse"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Ana Ruiz sang. She married Al Jorden in 1941. She said Jorden had hit 12 people.", "Al Jorden"),
        ("Lena Berg met Sam Holt on Monday. She said that Holt had killed 3 swans.", "Sam Holt"),
    ],
)
def test_who_is_spoken_of_by_name_or_behind_he_is_not_he(text: str, wrong: str, engine: str) -> None:
    assert wrong not in [one.speaker.name for one in read(from_text(text), engine=engine).statements]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_name_behind_a_clause_with_he_may_be_his(engine: str) -> None:
    text = "On the day that he left, Minister Sam Holt met the press. He said that 3 swans had died."
    assert [one.speaker.name for one in read(from_text(text), engine=engine).statements] == ["Sam Holt"]


@pytest.mark.parametrize("engine", ENGINES)
def test_who_is_asked_says_nothing(engine: str) -> None:
    account = read(from_text("Asked whether 300 had died, the spokesman laughed."), engine=engine)
    assert account.figures[0].statement is None


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_feared_in_one_clause_is_counted_in_the_next(engine: str) -> None:
    text = "Aid workers feared that as many as 2,000 might drown, but the navy later counted 80 bodies."
    figures = {one.number.anchor.quote: one.modality.value for one in read(from_text(text), engine=engine).figures}
    assert figures["80"] == "observed"
