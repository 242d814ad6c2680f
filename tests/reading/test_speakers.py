"""Whose words they are, as the article names them."""

import pytest

from counterfoil.documents.model import Document, digest
from counterfoil.reading import sentences, statements, words
from counterfoil.reading.model import Speaker


def speakers(text: str) -> list[Speaker]:
    found, _ = statements.find(Document(text, digest(text)), words.tag(text), sentences.find(text))
    return [statement.speaker for statement in found]


RESOLVED = [
    # names
    ("Health Minister Ewa Nowak said 40 had died. Nowak said more would.", ["Ewa Nowak", "Ewa Nowak"]),
    ("Ewa Nowak, the mayor of Plock, said 40 had died. She said more would.", ["Ewa Nowak", "Ewa Nowak"]),
    ("The mayor of Plock, Ewa Nowak, said 40 had died. The mayor said more would.", ["Ewa Nowak", "Ewa Nowak"]),
    ("Gen. Tomas Vidal said 40 had died. Gen. Vidal denied that more would.", ["Tomas Vidal", "Tomas Vidal"]),
    ("Ewa Nowak told reporters she believed it was over.", ["Ewa Nowak", "Ewa Nowak"]),
    ("Dr Ewa Nowak, who runs the ward, said 40 had died.", ["Ewa Nowak"]),
    # bodies
    ("The Red River Authority (RRA) said 40 had died. The RRA said more would.", ["Red River Authority"] * 2),
    ("The Ministry of Water said 40 had died. The ministry said more would.", ["Ministry of Water"] * 2),
    ("The Ministry of Water said 40 had died. It said more would.", ["Ministry of Water"] * 2),
    ("According to a report by Lantern Watch, 40 had died.", ["Lantern Watch"]),
    ("Lantern Watch's data show that 40 had died.", ["Lantern Watch"]),
    ("The WHO said 40 had died.", ["WHO"]),
    (
        "The Kisumu Forum for Land and Housing Rights said 40 had died; it says more would.",
        ["Kisumu Forum for Land and Housing Rights"] * 2,
    ),
    ("A survey by the Lotus Foundation of 1,500 women in Dadu found that 40 had died.", ["Lotus Foundation"]),
    # who speaks for somebody is somebody else
    ("A spokeswoman for President Ana Ruiz said 40 had fled.", ["A spokeswoman for President Ana Ruiz"]),
    ("Mayor Luis Paz came. A lawyer for Paz said 40 had fled.", ["A lawyer for Paz"]),
    ("Nurse Homa Rao said 40 came. Her colleague Idris Wafa disagreed. He told us 50 had.", ["Homa Rao", "Idris Wafa"]),
    # who passed figures on did not make them
    ("According to army figures cited by the daily Sol, 40 had died.", ["army"]),
    ("According to Lantern Watch data seen by the daily Sol, 40 had died.", ["Lantern Watch"]),
    ("A study seen by the daily Sol, which found that 40 had died, was lost.", ["study"]),
    # no headline is a body, no dash a name
    ("Navy disputes rights group's count of 40\n\nThe navy said 9 had died.", ["Navy", "Navy", "rights group"]),
    ("LIMA, 2 May (Wire) — Peru's electoral authority said 40 percent voted.", ["Peru's electoral authority"]),
    # who is named by no name is nearer than any name
    (
        "Jan Kral said 9 fled. At the ward, a surgeon who fled recalls June. “We took in 40,” he says.",
        ["Jan Kral", "a surgeon"],
    ),
    ("Lodos was calmer: Moor Bank was not: it said prices had risen.", ["it"]),
    ("The Ministry of Water was calm: it said 40 had died.", ["Ministry of Water"]),
    # a person is no document
    (
        "The report says 40 had died. Ewa Nowak, its author, said more would. It says rain fell.",
        ["The report", "Ewa Nowak", "The report"],
    ),
    # within a quotation
    ("“I believe it was rain,” said the guard Ion Rusu.", ["Ion Rusu", "Ion Rusu"]),
    # groups and roles
    ("A district official said 40 had died. The official said more would.", ["A district official"] * 2),
    ("Residents said 40 had died.", ["Residents"]),
    ("It was reported that 40 had died.", ["unnamed"]),
]


@pytest.mark.parametrize(("text", "names"), RESOLVED)
def test_the_speaker_has_the_fullest_name_that_the_article_gives(text: str, names: list[str]) -> None:
    assert sorted(speaker.name for speaker in speakers(text)) == sorted(names)


ABSTAINED = [
    "Minister Ewa Nowak and Minister Jan Kral met. The minister said the road was closed.",
    "Ewa Nowak said it rained. Jan Nowak said it snowed. Nowak said the road was closed.",
    "Later he said the road was closed.",
    "The spokesman said the road was closed.",
    "The website said the road was closed.",
    "I believe that the road was closed.",
    "His own ministry said the road was closed.",
    "The Ministry of Water met the Ministry of Roads. The ministry said the road was closed.",
    "Jan Kral would not say. His deputy had no doubts. “Forty is a guess,” she said.",
    "Minister Ewa Nowak would not say. A day later the director was blunt. She said 40 had died.",
]


@pytest.mark.parametrize("text", ABSTAINED)
def test_two_candidates_are_no_answer(text: str) -> None:
    last = speakers(text)[-1]
    assert not last.resolved
    assert last.reason


def test_the_reason_names_the_candidates() -> None:
    last = speakers(ABSTAINED[0])[-1]
    assert "Ewa Nowak" in last.reason
    assert "Jan Kral" in last.reason
    assert last.name == "The minister"


def test_he_is_no_woman() -> None:
    text = "Spokeswoman Ewa Nowak met Mr Jan Kral. He said the road was closed."
    assert [speaker.name for speaker in speakers(text)] == ["Jan Kral"]


def test_a_place_is_no_person() -> None:
    text = "Ewa Nowak, the mayor of Plock, spoke in Santa Clara. She said the road was closed."
    assert [speaker.name for speaker in speakers(text)] == ["Ewa Nowak"]


def test_he_in_a_quotation_is_not_its_speaker() -> None:
    found = speakers("“He knows it, and he denies that it happened,” said Jan Kral.")
    assert [(speaker.name, speaker.resolved) for speaker in found if speaker.name != "Jan Kral"] == [("he", False)]


def test_he_is_no_john_where_she_is_asked_for() -> None:
    text = "Mary Okello, a nurse, met John Abara, a driver. She said the road was closed."
    assert [speaker.name for speaker in speakers(text)] == ["Mary Okello"]


@pytest.mark.parametrize(
    ("text", "name", "sure"),
    [
        (
            "The Interior Ministry said 57 were held. The treasurer, Lasha Beridze, spoke. His ministry said 90 were.",
            "His ministry",
            False,
        ),
        ("The Kano Police Union said 5 died. Nurse Homa Rao came. Her union said 9 had.", "Her union", False),
        ("The Rail Agency said 5 died. The miners met. Their agency said 9 had.", "Their agency", False),
        ("The Lae Hospital said 5 died. The Red River Authority met. Its hospital said 9 had.", "Its hospital", False),
        ("The Ministry of Water said 40 had died. The ministry said 9 more had.", "Ministry of Water", True),
        ("The Rail Agency said 40 had died. That agency said 9 more had.", "Rail Agency", True),
    ],
)
def test_whose_body_it_is_is_not_guessed_by_its_noun(text: str, name: str, sure: bool) -> None:
    last = speakers(text)[-1]
    assert (last.name, last.resolved) == (name, sure)
