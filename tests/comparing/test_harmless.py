"""Words that restrict nothing where they stand, by kind; and the like that do, which must stay."""

import pytest

from counterfoil.comparing import claims

from .test_claims import seen


@pytest.mark.parametrize(
    ("sentence", "at"),
    [
        # how a measure is told
        ("The United States admitted 100,034 refugees in fiscal year 2024.", 0),
        ("In 2023, 4,321 people were resettled or relocated in the UK.", 0),
        ("Germany granted refugee status to 11,099 Syrians in 2023.", 0),
        ("Deaths in Nepal numbered 400 in 2024.", 0),
        # what the writer makes of it
        ("In fiscal 2021 only 11,411 refugees were resettled in the United States.", 0),
        ("Police said just 40 people died in Nepal in 2024.", 0),
        # the day of the words
        ("UNHCR today said Kenya hosted 500,000 refugees at the end of 2023.", 0),
        # the place by another of its names
        ("The UK said 5,612 people were resettled in the UK in 2019.", 0),
        ("More than 50,000 refugees lived in Congo-Brazzaville at the end of 2024.", 0),
        ("Nepali police said 40 people died in Nepal in 2024.", 0),
        # a rise or a fall beside a level
        ("Refugees in Turkey fell from 3.57 million at the end of 2022 to 3.25 million at the end of 2023.", 0),
        ("Refugees in Turkey fell from 3.57 million at the end of 2022 to 3.25 million at the end of 2023.", 1),
        ("Police said 448 people died in Nepal in 2021, up from 409 in 2020.", 0),
        ("Police said 448 people died in Nepal in 2021, up from 409 in 2020.", 1),
        ("Deaths in Nepal fell from 90 in 2022 to 70 in 2023, a drop of 22 percent.", 0),
        # classes among all people
        ("Police said 40 people, including women and children, died in Nepal in 2024.", 0),
    ],
)
def test_harmless(sentence: str, at: int) -> None:
    assert claims.left_over(seen(sentence, at)) == ()


@pytest.mark.parametrize(
    ("sentence", "at", "left"),
    [
        ("Police said 40 people granted work permits died in Nepal in 2024.", 0, "granted work permits"),
        ("Police said only tourists died, 40 people in Nepal in 2024.", 0, "only tourists"),
        ("Police said 40 people, including those in Bhutan, died in Nepal in 2024.", 0, "including those in Bhutan"),
        ("Police said 40 people died in fiscal courts in Nepal in 2024.", 0, "in fiscal courts"),
        ("Police said 40 people died in camps in Nepal in 2024.", 0, "in camps"),
        ("Police said 40 people were killed by drone in Nepal in 2024.", 0, "by drone"),
        ("Police said 40 people died in the hills of Nepal in 2024.", 0, "hills"),
        ("In 2023 deaths in Nepal rose to 389 from 299.", 1, "rose to 389"),
        ("Police said 40 people died in Nepal in 2024 or 2023.", 0, "or"),
        ("Newly arrived, 40 people died in Nepal in 2024.", 0, "Newly arrived"),
    ],
)
def test_words_that_may_restrict_stay(sentence: str, at: int, left: str) -> None:
    assert any(left in phrase for phrase in claims.left_over(seen(sentence, at)))


def test_relating_takes_none_of_them_for_read() -> None:
    found = seen("Police said only 40 people died in Nepal in 2024, up from 12 in 2023.")
    assert {"only", "up"} <= (claims.words_left_over(found) or set())
