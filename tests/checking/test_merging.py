"""Several records of one thing: when they disagree, and when one is only smaller, or asked of some other window."""

import re
from pathlib import Path

import pytest

from counterfoil.checking.model import Verdict, Word

from .imported import INCIDENTS, Row, add, incidents, verdicts

KILLED = "In all violence, {} people were killed in Kenya in 2023, police said."


def only(found: list[Verdict]) -> Verdict:
    assert len(found) == 1, [one.figure.number.anchor.quote for one in found]
    return found[0]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def dead(total: int, year: int = 2023) -> list[Row]:
    """Return the incidents of a year with so many dead, a tenth of them each month from February to November."""
    parts = [total // 10 + (n < total % 10) for n in range(10)]
    return [(f"{year}-{n + 2:02}-10", f"{year}-{n + 2:02}-10", part, 0, "main") for n, part in enumerate(parts)]


def coast(home: Path, total: int, *, floor: bool = False) -> None:
    """Import the count of another publisher, which may say that it leaves some out."""
    text = INCIDENTS.replace("Harbour Register", "Coast Bureau")
    if floor:
        marked = 'words = "people killed in all violence"\nfloor = true'
        text = text.replace('words = "people killed in all violence"', marked)
    rows = [f"{day},{last},KEN,{zone},{count},{civilians}" for day, last, count, civilians, zone in dead(total)]
    described = text.format(id="coast", distance=0.0, time="since = 2023-01-01")
    add(home, described, "day,last,iso,zone,dead,civilians\n" + "\n".join(rows) + "\n", "c", until="2023-12-31")


@pytest.mark.parametrize(
    ("said", "other", "word"),
    [
        ("4,341", 4_342, Word.SUPPORTED),  # a thousandth
        ("4,341", 4_300, Word.SUPPORTED),
        ("4,341", 4_380, Word.SUPPORTED),
        ("4,341", 4_000, Word.SENSITIVE),  # a twelfth: they do disagree
        ("4,341", 5_900, Word.SENSITIVE),
    ],
)
def test_records_a_hundredth_apart_agree(home: Path, said: str, other: int, word: Word) -> None:
    incidents(home, dead(4_341))
    coast(home, other)
    verdict = only(verdicts(home, KILLED.format(said)))
    assert verdict.word is word
    assert ("the records disagree" in verdict.reasons) is (word is Word.SENSITIVE)


@pytest.mark.parametrize(
    ("other", "floor", "word"),
    [
        (3_000, True, Word.SUPPORTED),
        (200, True, Word.SUPPORTED),
        (3_000, False, Word.SENSITIVE),
        (5_900, True, Word.SENSITIVE),  # a floor above the claim does disagree
    ],
)
def test_a_table_that_leaves_some_out_disagrees_with_no_larger_number(
    home: Path, other: int, floor: bool, word: Word
) -> None:
    incidents(home, dead(4_341))
    coast(home, other, floor=floor)
    assert only(verdicts(home, KILLED.format("4,341"))).word is word


@pytest.mark.parametrize(
    ("said", "floor", "word"),
    [
        ("9,000", False, Word.CONTRADICTED),
        ("9,000", True, Word.NOT_CHECKABLE),
        ("at least 9,000", True, Word.NOT_CHECKABLE),
        ("900", True, Word.CONTRADICTED),  # even what it holds is more
    ],
)
def test_a_floor_refutes_no_larger_number(home: Path, said: str, floor: bool, word: Word) -> None:
    coast(home, 3_000, floor=floor)
    verdict = only(verdicts(home, KILLED.format(said)))
    assert verdict.word is word
    told = any("it leaves some out, and says so" in line for line in verdict.reasons)
    assert told is (word is Word.NOT_CHECKABLE)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("1,000", Word.SENSITIVE),  # what every year holds
        ("2,000", Word.SENSITIVE),  # two years
        ("500", Word.NOT_CHECKABLE),  # half a year, if it is the right half
        ("1,500", Word.NOT_CHECKABLE),
        ("917", Word.NOT_CHECKABLE),  # no window at all
    ],
)
def test_a_level_without_a_window_is_weighed_by_the_windows_that_give_it(home: Path, said: str, word: Word) -> None:
    incidents(home, [row for year in range(2015, 2025) for row in dead(1_000, year)])
    verdict = only(verdicts(home, f"In all violence, {said} people were killed in Kenya, police said."))
    assert verdict.word is word, verdict.reasons
    [finding] = verdict.findings
    assert finding.word is word
    assert ("of the weight" in finding.reasons[0]) is (said != "917")


def test_the_weight_of_the_windows_is_told(home: Path) -> None:
    incidents(home, [row for year in range(2015, 2025) for row in dead(1_000, year)])
    [finding] = only(verdicts(home, "In all violence, 500 people were killed in Kenya, police said.")).findings
    found = re.search(r"give it: ([\d,]+) of ([\d,]+) ways of asking, with (\d+)% of the weight", finding.reasons[0])
    assert found is not None
    fits, asked, weight = (int(one.replace(",", "")) for one in found.groups())
    assert 0 < fits < asked == finding.settings
    assert finding.magnitude_share is not None
    assert 0 < weight <= round(100 * finding.magnitude_share)  # this allows for chance besides


@pytest.mark.parametrize(
    ("until", "word"),
    [
        ("2023-12-31", Word.NOT_CHECKABLE),  # 434 are known of the year, 40 of March
        ("2023-06-30", Word.SENSITIVE),  # nothing else is known of the second half
    ],
)
def test_a_part_of_the_window_is_not_heard_beside_all_of_it(home: Path, until: str, word: Word) -> None:
    incidents(home, [row for row in dead(434) if row[0] <= until], until=until)
    rows = [f"{day},{last},KEN,{zone},{count},0" for day, last, count, _, zone in dead(400) if day[:7] == "2023-03"]
    text = INCIDENTS.replace("Harbour Register", "Coast Bureau").format(id="coast", distance=0.0, time="")
    add(home, text, "day,last,iso,zone,dead,civilians\n" + "\n".join(rows) + "\n", "c", until="2023-03-31")
    verdict = only(verdicts(home, "In all violence, 40 people were killed in Kenya in 2023, police said."))
    assert verdict.word is word
