"""Who said what: sources, cues, contents, form and act.

Marks stand for the parts in the order in which they open: S source, K cue, C content, with the statement's number.
"""

import sys
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.documents import from_text
from counterfoil.documents.model import Document, digest
from counterfoil.reading import read as read_by
from counterfoil.reading import sentences, statements, words
from counterfoil.reading.model import Act, Form, Statement
from counterfoil.spans import Skipped, Span
from marking import marked


def read(text: str) -> tuple[tuple[Statement, ...], tuple[Skipped, ...]]:
    return statements.find(Document(text, digest(text)), words.tag(text), sentences.find(text))


def parts(statement: Statement) -> tuple[Span | None, Span | None, tuple[Span, ...]]:
    return (
        statement.source.span if statement.source else None,
        statement.cue.span if statement.cue else None,
        tuple(piece.span for piece in statement.content),
    )


def expected(marks: str, spans: list[Span]) -> list[tuple[Span | None, Span | None, tuple[Span, ...]]]:
    """Group spans by statement: "S1 K1 C1 C1 S2 K2 C2"; one span may serve twice: "S1+S2"."""
    grouped: dict[str, dict[str, list[Span]]] = defaultdict(lambda: {"S": [], "K": [], "C": []})
    for names, span in zip(marks.split(), spans, strict=True):
        for name in names.split("+"):
            grouped[name[1:]][name[0]].append(span)
    return [
        (roles["S"][0] if roles["S"] else None, roles["K"][0] if roles["K"] else None, tuple(roles["C"]))
        for roles in grouped.values()
    ]


CASES = [
    # source before, after and inside
    ("⟦The ministry⟧ ⟦said⟧ ⟦that 1,204 people had fled⟧.", "S1 K1 C1"),
    ("⟦Hana Okoro⟧ ⟦told⟧ reporters ⟦the road was closed⟧.", "S1 K1 C1"),
    ("⟦Two bridges were swept away⟧, ⟦a rescue official⟧ ⟦said⟧.", "C1 S1 K1"),
    ("⟦“We buried nine,”⟧ ⟦said⟧ ⟦the village elder⟧.", "C1 K1 S1"),
    ('⟦"Nobody came,"⟧ ⟦she⟧ ⟦said⟧, ⟦"and nobody called."⟧', "C1 S1 K1 C1"),
    ("⟦The clinic⟧, ⟦she⟧ ⟦said⟧, ⟦had treated 40 patients⟧.", "C1 S1 K1 C1"),
    # what stands between
    ("⟦Omar Siddiq⟧, a farmer from Kunduz, ⟦said⟧ ⟦he lost 12 goats⟧.", "S1 K1 C1"),
    ("The mayor of Basra, ⟦Ali Hadi⟧, ⟦said⟧ in a statement ⟦that 30 homes had burned⟧.", "S1 K1 C1"),
    ("On Monday ⟦the army⟧ ⟦said⟧ at a press conference ⟦that it had lost two trucks⟧.", "S1 K1 C1"),
    ("⟦An aid worker⟧ who asked not to be named ⟦said⟧ ⟦the camp was full⟧.", "S1 K1 C1"),
    ("⟦The ministry⟧ ⟦has denied⟧ ⟦that it asked for help⟧.", "S1 K1 C1"),
    ("⟦He⟧ has repeatedly ⟦said⟧ ⟦that the dam is safe⟧.", "S1 K1 C1"),
    # fixed phrases
    ("⟦According to⟧ ⟦the police⟧, ⟦four men were held⟧.", "K1 S1 C1"),
    ("⟦Four men were held⟧, ⟦according to⟧ ⟦the police⟧.", "C1 K1 S1"),
    ("⟦Crops on 900 hectares are lost⟧, ⟦as per⟧ ⟦the district office⟧.", "C1 K1 S1"),
    # verbs and what they take
    ("⟦The opposition⟧ ⟦accused⟧ ⟦the police of hiding the toll⟧.", "S1 K1 C1"),
    ("⟦The union⟧ ⟦called for⟧ ⟦an inquiry⟧.", "S1 K1 C1"),
    ("⟦Doctors⟧ ⟦described⟧ ⟦the ward as a morgue⟧.", "S1 K1 C1"),
    ("⟦The agency⟧ ⟦put⟧ ⟦the toll at 40⟧.", "S1 K1 C1"),
    ("⟦The agency⟧ ⟦confirmed⟧ ⟦12 deaths⟧.", "S1 K1 C1"),
    ("⟦A report by Clear Fields⟧ ⟦found⟧ ⟦that mines had killed 61 people⟧.", "S1 K1 C1"),
    ("⟦She⟧ ⟦urged⟧ ⟦donors to send food⟧.", "S1 K1 C1"),
    ("⟦Critics⟧ ⟦call⟧ ⟦that inflated⟧.", "S1 K1 C1"),
    # several in one sentence
    ("⟦Kofi Anane⟧ ⟦said⟧ ⟦that ⟦the ministry⟧ ⟦had reported⟧ ⟦5 dead⟧⟧.", "S1 K1 C1 S2 K2 C2"),
    ("⟦The mayor⟧ ⟦said⟧ ⟦the road was open⟧, ⟦adding⟧ ⟦that buses would run⟧.", "S1+S2 K1 C1 K2 C2"),
    ("⟦The group⟧ ⟦said⟧ ⟦six had died⟧ and ⟦blamed⟧ ⟦the army⟧.", "S1+S2 K1 C1 K2 C2"),
    ("⟦The army⟧ ⟦said⟧ ⟦it held the town⟧, but ⟦residents⟧ ⟦said⟧ ⟦it had left⟧.", "S1 K1 C1 S2 K2 C2"),
    ("⟦Radio Delta⟧, ⟦citing⟧ ⟦a doctor⟧, ⟦said⟧ ⟦nine people were hurt⟧.", "S1 K2 S2 K1 C1+C2"),
    # who says the second number
    ("⟦MSF⟧ ⟦said⟧ ⟦900 people had died⟧ and ⟦the army⟧ ⟦200⟧.", "S1 K1+K2 C1 S2 C2"),
    ("⟦Tom Hill⟧ ⟦counted⟧ ⟦30 dead⟧, ⟦Ana Ruiz⟧ ⟦about 50⟧.", "S1 K1+K2 C1 S2 C2"),
    ("⟦The army⟧ ⟦said⟧ ⟦it had lost 900 men and the rebels 200⟧.", "S1 K1 C1"),
    ("⟦The mayor⟧ ⟦said⟧ ⟦300 were in Jenin and Nablus 200⟧.", "S1 K1 C1"),
    ("⟦Norway⟧ ⟦pledged⟧ ⟦5 million crowns⟧, and Ghana delivered 300 tents.", "S1 K1 C1"),
    (
        "⟦Rao⟧ ⟦adds⟧ ⟦that 12 were stuck⟧, while ⟦50 cars were trapped⟧, ⟦according to⟧ ⟦the army⟧.",
        "S1 K1 C1 C2 K2 S2",
    ),
    # a nested statement with its role before it, and what goes on after it
    ("⟦Ms Rao⟧ ⟦said⟧ ⟦that the warden, ⟦Jan Kral⟧, ⟦had told⟧ the court ⟦that 17 had left⟧⟧.", "S1 K1 C1 S2 K2 C2"),
    ("⟦Rao⟧ ⟦said⟧ ⟦that ⟦the army⟧ ⟦had found⟧ ⟦that 9 fled⟧, and that 45 stayed⟧.", "S1 K1 C1 S2 K2 C2"),
    # asides
    ("The minister, ⟦Tom Hill⟧, flanked by his aide, Ana Ruiz, ⟦said⟧ ⟦30 had died⟧.", "S1 K1 C1"),
    ("A rival body, ⟦the River Institute⟧ (RI), ⟦counted⟧ ⟦262 attacks⟧.", "S1 K1 C1"),
    ("⟦The think tank⟧ ⟦recorded⟧ ⟦40 attacks⟧.", "S1 K1 C1"),
    # around and before
    ("⟦Some 300 people have fled⟧ (⟦source⟧: ⟦INGD⟧).", "C1 K1 S1"),
    ("DAKAR, 5 May 2021 - ⟦According to⟧ ⟦the navy⟧, ⟦20 drowned⟧.", "K1 S1 C1"),
    ("⟦According to⟧ a report that ⟦the audit office⟧ published on Tuesday, ⟦it cost 4 million⟧.", "K1 S1 C1"),
    ("⟦Quoting⟧ ⟦the health ministry⟧, ⟦Radio Delta⟧ ⟦reported⟧ ⟦45 deaths⟧.", "K1 S1 S2 K2 C1+C2"),
    ("⟦Counsel Asif Noor⟧ ⟦submitted⟧ ⟦that 300 homes were damp⟧.", "S1 K1 C1"),
    # a noun with its maker behind it
    ("There is no ⟦report⟧ by ⟦a doctors' network⟧ ⟦that 85 had died⟧, but police came.", "K1 S1 C1"),
    ("⟦Claims⟧ from ⟦the union⟧ ⟦that 40 were hurt⟧ are untested.", "K1 S1 C1"),
    # a colon in the place of a verb
    ("⟦Chief Ana Vidal⟧ did not mince words: ⟦“We lost nine homes⟧. ⟦Nobody came.”⟧", "S1+S2 C1 C2"),
    ("⟦Mayor Ana Vidal⟧: ⟦“Two dead in Podil⟧. ⟦Five in hospital.”⟧", "S1+S2 C1 C2"),
    ("BREAKING: Two dead in Podil.\n\nUPDATE: Five dead in Podil, and it is snowing.", ""),
    # nobody is named
    ("It was ⟦reported⟧ ⟦that a bus had burned⟧.", "K1 C1"),
    ("⟦Some 300 people⟧ are ⟦believed⟧ ⟦to be missing⟧.", "C1 K1 C1"),
    ("⟦The driver⟧ ⟦reportedly⟧ ⟦fled the scene⟧.", "C1 K1 C1"),
    # quotations that run on
    ("⟦“We left at night.⟧ ⟦Nobody slept,”⟧ ⟦he⟧ ⟦said⟧. ⟦“It was cold.”⟧", "C1 C2 S1+S2+S3 K1+K2+K3 C3"),
    (
        "⟦The governor⟧ ⟦issued the following statement⟧:\n\n⟦We mourn the dead⟧. ⟦We thank the crews⟧.",
        "S1+S2 K1+K2 C1 C2",
    ),
]


@pytest.mark.parametrize(("sentence", "marks"), CASES, ids=[case[0][:60] for case in CASES])
def test_statements_are_found_word_by_word(sentence: str, marks: str) -> None:
    text, spans = marked(sentence)
    found, _ = read(text)
    want = [one for one in expected(marks, spans) if one[2]]
    if "“We left" in sentence:  # the stop within a running quotation is no part of what was said
        want[0] = (want[0][0], want[0][1], (Span(want[0][2][0].start, want[0][2][0].end - 1),))
    assert sorted(map(parts, found), key=str) == sorted(want, key=str)


NOTHING = [
    "The ministry plans to build 40 houses.",
    "The two sides held talks on Monday.",
    "He declined to say how many had died.",
    "The reported cases fell to 12.",
    "It costs 5 dollars per person.",
    "An estimated 300 people marched.",
    "They sang “The Long Road” and went home.",
    "The army did not confirm the figure.",
    "In the year of the floods, 217 were reported.",
    "It comes after a report that the audit office published last week.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_statement(text: str) -> None:
    assert read(text)[0] == ()


@pytest.mark.parametrize(
    ("text", "form", "act"),
    [
        ("“Nobody came,” she said.", Form.DIRECT, Act.SPEECH),
        ("She said nobody came.", Form.INDIRECT, Act.SPEECH),
        ("She said it was “a black day” for them.", Form.MIXED, Act.SPEECH),
        ("She believes that nobody came.", Form.INDIRECT, Act.BELIEF),
        ("It is feared that 40 people drowned.", Form.INDIRECT, Act.BELIEF),
    ],
)
def test_form_and_act(text: str, form: Form, act: Act) -> None:
    [statement] = read(text)[0]
    assert (statement.form, statement.act) == (form, act)


def test_a_nested_statement_names_its_parent() -> None:
    found, _ = read("Kofi Anane said that the ministry had reported 5 dead.")
    assert [statement.parent for statement in found] == [None, 0]


def test_the_cited_stand_under_who_cites_them() -> None:
    found, _ = read("AFP, citing a doctor, said nine people were hurt.")
    doctor = next(one for one in found if one.source and one.source.quote == "a doctor")
    assert doctor.parent is not None
    assert found[doctor.parent].speaker.name == "AFP"


def test_a_quotation_that_nobody_is_given_for_is_set_aside_with_its_reason() -> None:
    text, [quotation] = marked("The square was empty.\n\n⟦“We will all come back in spring.”⟧")
    found, skipped = read(text)
    assert found == ()
    assert [(one.span, one.reason) for one in skipped] == [(quotation, "quotation without a speaker")]


def test_a_cue_that_takes_nothing_is_set_aside_with_its_reason() -> None:
    text, [cue] = marked("That is what the mayor ⟦said⟧.")
    assert [(one.span, one.reason) for one in read(text)[1]] == [(cue, "cue without words that it could take")]


def test_a_quotation_over_paragraphs_keeps_its_speaker() -> None:
    found, _ = read("“We had no water,” said Mina Rao. “We walked.\n\n“Then the trucks came.”\n\nThe trucks left.")
    assert [statement.speaker.name for statement in found] == ["Mina Rao"] * 3


def test_turns_of_a_transcript_have_the_label_for_source() -> None:
    found, _ = read("MINA RAO: The camp holds 400.\n\nJOHN ABARA: How many are children?\n\nMINA RAO: About half.")
    assert [(s.source.quote, s.content[0].quote) for s in found if s.source] == [
        ("MINA RAO", "The camp holds 400"),
        ("MINA RAO", "About half"),
    ]


ANYTHING = st.text(
    alphabet=st.sampled_from(list("aB1.,:; \n\"'“”‘’«»()[]—-\ud800\x00é🙂م")) | st.characters(), max_size=60
)
PHRASE = st.sampled_from(
    'The mayor|said|that|he|“|”|"|, |. |according to|who|reportedly|12 dead|was|accused|by|of|\n\n|Mina Rao|adding|:|('
    "|)|told|reporters|and|its|claim".split("|")
)


@settings(max_examples=100, deadline=None)
@given(ANYTHING | st.lists(PHRASE, max_size=25).map(" ".join))
def test_any_text_gives_statements_whose_words_are_the_texts_own(text: str) -> None:
    found, _ = read(text)
    for index, statement in enumerate(found):
        assert statement.content
        for anchor in (statement.source, statement.cue, *statement.content):
            assert anchor is None or anchor.quote == anchor.span.of(text)
        assert statement.parent is None or (0 <= statement.parent < len(found) and statement.parent != index)
    assert read(text)[0] == found


UNITS = ['"', "“", "'a ", "said ", "(", ", ", "X said:\n", "he said, ", "“A, ” he said. ", "Aa Bb ", "X, Y, said "]


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_length_of_the_text(unit: str) -> None:
    def lines_run(length: int) -> int:
        text = unit * (length // len(unit))
        table, spans = words.tag(text), sentences.find(text)
        count = 0

        def trace(*_: object) -> object:
            nonlocal count
            count += 1
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            statements.find(Document(text, digest(text)), table, spans)
        finally:
            sys.settrace(before)
        return count

    # eight times the text: linear work runs eight times the lines, quadratic work 64 times
    assert lines_run(16_000) < 14 * lines_run(2_000)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Angola has recorded 10,256 cases and 397 deaths, the health ministry said.", ["health ministry"]),
        ("Peru registered 20 dengue deaths in March, the Lima Institute said.", ["Lima Institute"]),
        ("The union said that Lyon saw 30 strikes in May.", ["union"]),
        (
            "Kampala reported 40 cases, Gulu 12 and Jinja three, according to the ministry of health.",
            ["ministry of health"],
        ),
        # near misses: a government that reports, a person, a clause of its own, nobody around
        ("Russia said that 12 had died, according to the agency.", ["agency", "Russia"]),
        ("Ewa Nowak reported 12 deaths, according to the agency.", ["agency", "Ewa Nowak"]),
        ("The agency said that Peru reported that 12 had died.", ["agency", "Peru"]),
    ],
)
def test_a_place_where_somebody_else_counts_says_nothing(text: str, names: list[str]) -> None:
    found, _ = read(text)
    assert [one.speaker.name for one in found] == names


@pytest.mark.parametrize(
    ("text", "found", "told"),
    [  # source, cue, content, as a model may give them
        (
            "Lusa reported, citing Ana Couto, that 300 had died.",
            [("Lusa reported, citing Ana Couto", "reported", "300 had died")],
            ["Lusa"],
        ),
        (
            "Lusa reported, citing Ana Couto, that 300 had died.",
            [("Lusa reported, citing Ana Couto", "citing", "300 had died")],
            ["Ana Couto"],
        ),
        (
            "Lusa, citing the Ministry of Transport, reported 300 deaths.",
            [
                ("the Ministry of Transport", "citing", "300 deaths"),
                ("Lusa, citing the Ministry of Transport", "reported", "300 deaths"),
            ],
            ["Ministry of Transport", "Lusa"],
        ),
        (
            "Bo Lind said that the Ministry of Transport had counted 30 boats.",
            [
                ("Bo Lind", "said", "that the Ministry of Transport had counted 30 boats"),
                ("Bo Lind said that the Ministry of Transport", "had counted", "30 boats"),
            ],
            ["Bo Lind", "Ministry of Transport"],
        ),
        (
            "Ana Couto said on Monday, as the Ministry of Transport insisted that 30 boats sank.",
            [
                ("Ana Couto said on Monday, as the Ministry of Transport", "insisted", "that 30 boats sank"),
                ("Ana Couto", "said", "on Monday"),  # a day alone is nothing said
            ],
            ["Ministry of Transport"],
        ),
        (  # nobody's name
            "Kono reported 40 cases and Kailahun 12, police said.",
            [
                ("Kono", "reported", "40 cases"),
                ("Kono reported 40 cases and Kailahun 12", "said", "40 cases and Kailahun 12"),
            ],
            ["Kono"],
        ),
        (
            "Kono had 40 cases and Kailahun 12, the ministry said, and police agreed.",
            [
                ("the ministry", "said", "Kono had 40 cases"),
                ("Kailahun 12, the ministry said, and police", "agreed", "Kono had 40 cases"),
            ],
            ["ministry", "police"],
        ),
    ],
)
def test_a_source_has_no_cue_inside(text: str, found: list[tuple[str, str, str]], told: list[str]) -> None:
    def place(part: str) -> tuple[int, int]:
        start = text.index(part)
        return start, start + len(part)

    seen = statements.view(text, words.tag(text), sentences.find(text))
    given = [statements.Found(place(a), place(b), (place(c),), False, 0) for a, b, c in found]
    assert [one.speaker.name for one in statements.finish(Document(text, digest(text)), seen, given)] == told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gunmen killed 17 in Pemba, officials say, and 2,300 fled, the aid agency (UNHCR) reported.",
            {"officials": ["Gunmen killed 17 in Pemba"], "aid agency": ["2,300 fled"]},
        ),
        (
            "Prices rose, the bank said, but 300 shops closed, the union told reporters.",
            {"bank": ["Prices rose"], "union": ["300 shops closed"]},
        ),
        # what goes on with "that" is of who was named first
        (
            "The fire killed 9, police said, and that 40 had fled, Reuters reported.",
            {
                "police": ["The fire killed 9", "and that 40 had fled"],
                "Reuters": ["The fire killed 9, police said, and that 40 had fled"],
            },
        ),
    ],
)
@pytest.mark.parametrize("engine", ["encoder", "rules"])
def test_each_clause_is_of_who_is_named_behind_it(text: str, expected: dict[str, list[str]], engine: str) -> None:
    told = read_by(from_text(text), engine=engine).statements
    assert {one.speaker.name: [piece.quote for piece in one.content] for one in told} == expected


def test_a_name_ends_before_a_bracket_that_it_does_not_close() -> None:
    text = "The ferry carried nearly 300, according to the Marine Transport Regulator (SUMATRA)."
    for engine in ("encoder", "fast", "rules"):
        [one] = read_by(from_text(text), engine=engine).statements
        assert one.speaker.name == "Marine Transport Regulator"
