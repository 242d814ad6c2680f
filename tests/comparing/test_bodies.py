"""Which names a source without one may stand for: a body's record is no evidence for what "the agency" says."""

import pytest

import counterfoil
from counterfoil.checking.judge import asked_of
from counterfoil.reading import read


def wording(text: str) -> object:
    account = read(counterfoil.from_text(text))
    _, found = asked_of(account, account.figures[-1])
    return found


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("UNHCR opened an office in Lima. The agency said Peru hosted 1,200 refugees in 2023.", "UNHCR"),
        ("The UN refugee agency met donors. It recorded 1,200 refugees in Peru in 2023.", "UNHCR"),
        ("The Andes Violence Observatory met donors. The organisation counted 45 attacks in Peru in 2023.",
         "Andes Violence Observatory"),
        ("On Monday the Andes Violence Register Office met donors. According to the group, there were 45 attacks in "
         "Peru in 2023.", "AVRO"),
        ("PICSS is a think tank. By its own count, 45 attacks hit Pakistan in 2023.", "PICSS"),
        ("The Andes Violence Observatory met donors.\n\nThere were 45 attacks in Peru in 2023, the researchers said.",
         "Andes Violence Observatory"),
    ],
)  # fmt: skip
def test_a_source_without_a_name_may_be_a_body_named_before(text: str, publisher: str) -> None:
    assert wording(text).may_be_publisher(publisher)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("UNHCR: Peru hosted 1,200 refugees in 2023.", "UNHCR"),
        ("Peru hosted 1,200 refugees in 2023 (UNHCR).", "UNHCR"),
        ("UNHCR opened an office in Lima. By its count, 1,200 refugees lived there (Peru) in 2023.", "UNHCR"),
        ("Some 45 attacks hit Peru, the Andes Violence Observatory data show.", "Andes Violence Observatory"),
        ("UNHCR has registered 1,200 refugees in Peru in 2023.", "UNHCR"),
        ("World Bank figures: Peru had 34 million inhabitants in 2023.", "World Bank"),
        ("Some 45 attacks hit Peru in 2023 (Andes Violence Observatory, May).", "Andes Violence Observatory"),
    ],
)
def test_a_name_set_beside_the_number_is_its_source(text: str, publisher: str) -> None:
    assert wording(text).may_be_publisher(publisher)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("UNHCR feeds many: Peru hosted 1,200 refugees in 2023.", "UNHCR"),
        ("The World Bank lent Peru (34 million inhabitants) money in 2023.", "World Bank"),
        ("UNHCR opened an office in Lima. The ministry said Peru hosted 1,200 refugees in 2023.", "UNHCR"),
        ("UNHCR opened an office in Lima. Police recorded 45 attacks in Peru in 2023.", "UNHCR"),
        ("The agency was founded in Lima. The agency said Peru hosted 1,200 refugees in 2023.", "UNHCR"),
        ("UNHCR opened an office in Lima. There were 45 attacks in Peru in 2023.", "UNHCR"),
        ("UNHCR opened an office. The Red Cross said Peru hosted 1,200 refugees in 2023.", "UNHCR"),
    ],
)
def test_another_source_is_not_taken_for_it(text: str, publisher: str) -> None:
    assert not wording(text).may_be_publisher(publisher)  # type: ignore[attr-defined]
