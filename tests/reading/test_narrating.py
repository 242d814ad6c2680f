"""What of the words around a cue is nobody's: each row a statement as it may be found, and as it stands."""

import pytest

from counterfoil.documents.model import Document, digest
from counterfoil.reading import sentences, statements, words

Row = tuple[str, str, list[str]]  # source, cue, contents


def finished(text: str, found: Row, sentence: int = 0) -> list[tuple[str | None, str | None, list[str]]]:
    def place(part: str) -> tuple[int, int]:
        start = text.index(part)
        return start, start + len(part)

    source, cue, contents = found
    seen = statements.view(text, words.tag(text), sentences.find(text))
    given = statements.Found(place(source), place(cue), tuple(map(place, contents)), False, sentence)
    return [
        (one.source and one.source.quote, one.cue and one.cue.quote, [piece.quote for piece in one.content])
        for one in statements.finish(Document(text, digest(text)), seen, [given])
    ]


MENDED: list[tuple[str, Row, list[Row]]] = [
    # a source within its own content, and what describes it there
    (
        "On board, said Ali Bako, a 31-year-old cook from Mali, were “some 70 people”.",
        ("Ali Bako", "said", ["Ali Bako, a 31-year-old cook from Mali, were “some 70 people”"]),
        [("Ali Bako", "said", ["were “some 70 people”"])],
    ),
    (
        "“We ate once a day,” says Bo Lind, 41, who fled with 9 others.",
        ("Bo Lind", "says", ["“We ate once a day,”", "41, who fled with 9 others"]),
        [("Bo Lind", "says", ["“We ate once a day,”"])],
    ),
    (
        "Growers had lost 600 hectares, said the state insurer, Aseguro.",
        ("Aseguro", "said", ["Growers had lost 600 hectares", "state insurer"]),
        [("Aseguro", "said", ["Growers had lost 600 hectares"])],
    ),
    (
        '"Nine were left," Rao recalled, sitting on one of two chairs.',
        ("Rao", "recalled", ['"Nine were left,"', "sitting on one of two chairs"]),
        [("Rao", "recalled", ['"Nine were left,"'])],
    ),
    # a dateline, with more than one place
    (
        "LIMA/CUZCO, 4 March 2021 — Rents have doubled, Casa Libre warned.",
        ("Casa Libre", "warned", ["CUZCO, 4 March 2021 — Rents have doubled"]),
        [("Casa Libre", "warned", ["Rents have doubled"])],
    ),
    # what others say of it, and what stands behind a semicolon
    (
        "The board said that 81 percent had voted, a figure rejected by the union as invented.",
        ("The board", "said", ["that 81 percent had voted, a figure rejected by the union as invented"]),
        [("The board", "said", ["that 81 percent had voted"])],
    ),
    (
        "Envoys concluded that 70 had been shot, a toll that Harare called absurd.",
        ("Envoys", "concluded", ["that 70 had been shot, a toll that Harare called absurd"]),
        [("Envoys", "concluded", ["that 70 had been shot"])],
    ),
    (
        "The charity expects 6 new wells; three are dug.",
        ("The charity", "expects", ["6 new wells; three are dug"]),
        [("The charity", "expects", ["6 new wells"])],
    ),
    # a clause cut in two
    (
        "It was, she said, drawn from 412 of 415 returns.",
        ("she", "said", ["It was"]),
        [("she", "said", ["It was", "drawn from 412 of 415 returns"])],
    ),
    (
        "Rao, the judge said, had never been there.",
        ("the judge", "said", ["had never been there"]),
        [("the judge", "said", ["Rao", "had never been there"])],
    ),
    # a verb that a headline hides
    (
        "Police disputes union's tally of 60 hurt",
        ("Police disputes union", "tally", ["60 hurt"]),
        [("union", "tally", ["60 hurt"])],
    ),
    (
        "The Blue Cross denies claims that 300 drowned.",
        ("The Blue Cross denies", "claims", ["that 300 drowned"]),
        [("The Blue Cross", "denies", ["that 300 drowned"])],
    ),
    # a source with its cue, or a clause of its own
    (
        "The union's tally of 60 hurt was not confirmed.",
        ("The union's tally", "tally", ["60 hurt"]),
        [("The union", "tally", ["60 hurt"])],
    ),
    (
        "Aid went to Oslo, which promised 40 million crowns.",
        ("Oslo, which", "promised", ["40 million crowns"]),
        [("Oslo", "promised", ["40 million crowns"])],
    ),
    (
        "Bako spoke, flanked by Ines Vidal, who said 7 were ill.",
        ("flanked by Ines Vidal", "said", ["7 were ill"]),
        [("Ines Vidal", "said", ["7 were ill"])],
    ),
    (
        "That vow, said Rao, had been broken three times.",
        ("That vow", "said", ["Rao, had been broken three times"]),
        [("Rao", "said", ["That vow", "had been broken three times"])],
    ),
    (
        "Rao's aide, asked for numbers, put them at 40, the Blue Cross at more than 50.",
        ("Rao's aide, asked for numbers", "put", ["them at 40, the Blue Cross at more than 50"]),
        [("Rao's aide", "put", ["them at 40"]), ("the Blue Cross", "put", ["at more than 50"])],
    ),
    (
        "“My son wrote 140 letters,” said Ines Vidal, 52, a cook in Faro.",
        ("Ines Vidal", "said", ["“My son wrote 140 letters,”", "52, a cook in Faro"]),
        [("Ines Vidal", "said", ["“My son wrote 140 letters,”"])],
    ),
    (
        "Its head, Ines Vidal, denies reports that 30 are trapped.",
        ("Its head, Ines Vidal", "reports", ["that 30 are trapped"]),
        [("Its head, Ines Vidal", "denies", ["that 30 are trapped"])],
    ),
    # who only listens
    ("Rao was contradicted by Lind on the 12 cases.", ("Rao", "contradicted", ["on the 12 cases"]), []),
    # whoever says so
    (
        "Those who say 38 have not seen it.",
        ("who", "say", ["38 have not seen it"]),
        [("who", "say", ["38"])],
    ),
    (
        "Anyone who claims that 50 were killed is lying.",
        ("who", "claims", ["that 50 were killed is lying"]),
        [("who", "claims", ["that 50 were killed"])],
    ),
    # the opposite of what somebody says, and nothing but a time
    ("Contrary to what the navy maintains, 80 were unarmed.", ("the navy", "maintains", ["80 were unarmed"]), []),
    ("Unlike what the mayor says, 7 schools are shut.", ("the mayor", "says", ["7 schools are shut"]), []),
    (
        "There were 10 more than the office had reported a day earlier.",
        ("the office", "had reported", ["a day earlier"]),
        [],
    ),
    # who else says what
    (
        "The survey gave the depth as 5.7 metres, Peru's own institute as 6.4.",
        ("The survey", "gave", ["the depth as 5.7 metres, Peru's own institute as 6.4"]),
        [("The survey", "gave", ["the depth as 5.7 metres"]), ("Peru's own institute", "gave", ["as 6.4"])],
    ),
    (
        "The army put the dead at 12, the union at around 30.",
        ("The army", "put", ["the dead at 12", "at around 30"]),
        [("The army", "put", ["the dead at 12"]), ("the union", "put", ["at around 30"])],
    ),
]
KEPT: list[tuple[str, Row]] = [
    ("“It will last,” he said, “if 12 more come.”", ("he", "said", ["“It will last,”", "“if 12 more come.”"])),
    (
        "The ward was full, she said, with 40 on the floor.",
        ("she", "said", ["The ward was full", "with 40 on the floor"]),
    ),
    ("Rao said that 12 had died; that 30 were hurt.", ("Rao", "said", ["that 12 had died; that 30 were hurt"])),
    (
        "Rao said 12 had died, a figure that includes 3 children.",
        ("Rao", "said", ["12 had died, a figure that includes 3 children"]),
    ),
    (
        "The bank puts growth at 4 percent, the deficit at 9.",
        ("The bank", "puts", ["growth at 4 percent, the deficit at 9"]),
    ),
    (
        "The camp put the dead at 4, refugees at 900.",
        ("The camp", "put", ["the dead at 4, refugees at 900"]),
    ),
    (
        "The fund puts prices in Peru at 4 percent, Chile at 9.",
        ("The fund", "puts", ["prices in Peru at 4 percent, Chile at 9"]),
    ),
    ("According to what the navy maintains, 80 were unarmed.", ("the navy", "maintains", ["80 were unarmed"])),
    ("The Army records office counts 40 graves.", ("The Army records office", "counts", ["40 graves"])),
    ("Growers lost 12 barns, said Rao, 5 of them new.", ("Rao", "said", ["Growers lost 12 barns", "5 of them new"])),
    ("Ana Ruiz, who said 12 had died, wept.", ("who", "said", ["12 had died"])),
]


@pytest.mark.parametrize(("text", "found", "own"), MENDED, ids=[row[0][:50] for row in MENDED])
def test_what_is_the_narrators_is_nobodys_words(text: str, found: Row, own: list[Row]) -> None:
    assert finished(text, found) == own


def test_a_cue_in_a_quotation_takes_nothing_behind_it() -> None:
    text = "“He fell, the doctor said to her,” Rao says. The doctor would not speak with 9 of us."
    assert finished(text, ("the doctor", "said", ["The doctor would not speak with 9 of us"]), 1) == []


@pytest.mark.parametrize(("text", "found"), KEPT, ids=[row[0][:50] for row in KEPT])
def test_what_is_said_stays(text: str, found: Row) -> None:
    assert finished(text, found) == [found]
