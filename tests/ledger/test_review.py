"""Reviews and corrections: who, when, why, and what it replaced; faults all at once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from counterfoil.errors import InputError
from counterfoil.ledger import queries
from counterfoil.ledger.model import Action, Author, Confidentiality, Entry, Filter, Mark, Role, State
from counterfoil.ledger.review import correct, review
from counterfoil.ledger.store import Database
from counterfoil.reading.model import Hedge
from ledger.making import ANN, BOB, deposit, put

WHY = replace(BOB, why="misheard")


@pytest.fixture
def entry(ledger: Database) -> Entry:
    put(ledger, deposit())
    return next(one for one in queries.all_entries(ledger) if one.quote == "340")


def test_a_new_entry_is_not_reviewed_and_recommended_by_nobody(entry: Entry) -> None:
    assert (entry.state, entry.role) == (State.NOT_STARTED, Role.TRIANGULATION)
    assert (entry.confidentiality, entry.household_size) == (Confidentiality.PUBLIC, None)


def test_a_review_keeps_state_mark_comment_and_author(ledger: Database, entry: Entry) -> None:
    after = review(
        ledger,
        entry.id,
        BOB,
        state=State.IN_PROGRESS,
        role=Role.RECOMMENDED,
        field="low",
        mark=Mark.WRONG,
        comment="340?",
    )
    assert (after.state, after.role, after.version, after.updated_by) == (State.IN_PROGRESS, Role.RECOMMENDED, 2, "bob")
    [kept] = queries.reviews(ledger, entry.id)
    assert (kept.field, kept.mark, kept.state, kept.comment, kept.by, kept.at) == (
        *("low", Mark.WRONG, State.IN_PROGRESS, "340?", "bob", BOB.at),
    )
    version = queries.history(ledger, entry.id)[-1]
    assert version.action is Action.REVIEWED
    assert ("state", "not-started", "in-progress") in [(one.field, one.old, one.new) for one in version.changes]


def test_a_comment_alone_makes_no_version(ledger: Database, entry: Entry) -> None:
    assert review(ledger, entry.id, BOB, field="place", mark=Mark.RIGHT).version == 1
    assert len(queries.reviews(ledger, entry.id)) == 1


def test_a_correction_keeps_what_it_replaced_and_asks_for_review_again(ledger: Database, entry: Entry) -> None:
    review(ledger, entry.id, ANN, state=State.APPROVED)
    after = correct(ledger, entry.id, {"value": "1,340", "place": "Gedaref, Sudan", "first": ""}, WHY)
    assert (after.low, after.high, after.said_low, after.hedge) == (1340, 1340, 1340, Hedge.EXACT)
    assert (after.place, after.first, after.state) == ("Gedaref, Sudan", None, State.RE_REQUESTED)
    log = {one.field: one for one in queries.corrections(ledger, entry.id)}
    assert (log["low"].old, log["low"].new, log["low"].why, log["low"].by) == ("340", "1340", "misheard", "bob")
    assert (log["place"].old, log["place"].new) == (entry.place, "Gedaref, Sudan")
    assert [one.id for one in queries.page(ledger, Filter(place="gedaref")).entries] == [entry.id]
    assert queries.entry_with_rows(ledger, entry.id)[0] == after


def test_households_become_persons_only_with_a_stated_size(ledger: Database, entry: Entry) -> None:
    assert entry.unit == "household"
    assert entry.persons is None
    after = correct(ledger, entry.id, {"household_size": "5.5"}, replace(WHY, why="the ministry's survey of 2023"))
    assert after.persons == (Decimal(1870), None)  # 340 x 5.5, at least
    odd = correct(ledger, entry.id, {"value": "3", "household_size": "4.5"}, WHY)
    assert odd.persons == (Decimal(14), Decimal(14))  # 13.5, rounded half up


def test_numbers_of_many_digits_come_back_exactly(ledger: Database, entry: Entry) -> None:
    long = "33.333333333333333333333333"
    assert correct(ledger, entry.id, {"value": long}, WHY).low == Decimal(long)
    assert queries.entry_with_rows(ledger, entry.id)[0].high == Decimal(long)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"low": "many"}, "'many' is no number"),
        ({"low": "NaN"}, "no number that can be counted"),
        ({"low": "900", "high": "2"}, "more than high"),
        ({"first": "2024-06-10", "last": "2024-06-01"}, "after last"),
        ({"first": "June"}, "YYYY-MM-DD"),
        ({"hedge": "roughly"}, "none of: exact, at least"),
        ({"hedge": ""}, "every entry has one"),
        ({"country": "Sudan"}, "three letters"),
        ({"latitude": "91"}, "between -90 and 90"),
        ({"measure": "kiled"}, "killed"),
        ({"excerpt": "new words"}, "no field that can be corrected"),
        ({"document": "x"}, "no field that can be corrected"),
        ({"low": "many", "first": "June"}, "first: 'June'"),
    ],
)
def test_faults_are_shown_all_at_once_and_nothing_is_changed(
    given: dict[str, str], words: str, ledger: Database, entry: Entry
) -> None:
    with pytest.raises(InputError, match="mend these") as told:
        correct(ledger, entry.id, given, WHY)
    assert words in told.value.what
    assert queries.entry_with_rows(ledger, entry.id)[0] == entry


def test_nobody_changes_anything_without_a_name_and_a_reason(ledger: Database, entry: Entry) -> None:
    nobody = Author("", ANN.at, "because")
    for change in (
        lambda: review(ledger, entry.id, nobody, state=State.APPROVED),
        lambda: correct(ledger, entry.id, {"value": "1"}, nobody),
    ):
        with pytest.raises(InputError, match="COUNTERFOIL_USER"):
            change()
    with pytest.raises(InputError, match="--why"):
        correct(ledger, entry.id, {"value": "1"}, ANN)
    with pytest.raises(InputError, match="nothing is said"):
        review(ledger, entry.id, ANN)
    with pytest.raises(InputError, match="holds already"):
        correct(ledger, entry.id, {"low": "340"}, WHY)
    assert queries.entry_with_rows(ledger, entry.id)[0] == entry


def test_what_changed_since_tells_everything_in_order(ledger: Database, entry: Entry) -> None:
    review(ledger, entry.id, BOB, state=State.APPROVED, comment="seen")
    correct(ledger, entry.id, {"value": "341"}, WHY)
    told = [one.what for one in queries.events(ledger, ANN.at)]
    assert told == ["article", "reviewed", "corrected", "review"]
    assert [one.by for one in queries.events(ledger, BOB.at)] == ["bob"] * 3
    assert list(queries.events(ledger, BOB.at.replace(year=2030))) == []
