"""Articles go in once; a changed article is a new version, and what people decided stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.errors import InputError
from counterfoil.ledger import queries
from counterfoil.ledger.model import Action, Author, Confidentiality, Deposit, Filter, Role, State
from counterfoil.ledger.review import correct, review
from counterfoil.ledger.store import Database, open_ledger
from ledger.making import ADDRESS, ANN, BOB, FLOOD, deposit, put

CHANGED = FLOOD.replace("12 people", "15 people").replace(
    " A further 45 people were injured when a bridge fell, the Red Crescent said.",
    " More than 2,000 homes were destroyed, the governor said.",
)


def entries(database: Database, **more: object) -> dict[str, object]:
    return {one.quote: one for one in queries.page(database, Filter(gone=True), **more).entries}  # type: ignore[arg-type]


def sizes(database: Database) -> list[object]:
    tables = ("documents", "statements", "figures", "entries", "versions", "relations", "checks", "differences")
    return [database.query(f"SELECT COUNT(*) FROM {name}") for name in tables]


def test_every_value_of_an_article_is_kept_and_comes_back(ledger: Database) -> None:
    given = deposit()
    [addition] = put(ledger, given)
    assert (addition.outcome, addition.version, len(addition.entries)) == ("added", 1, 3)
    found = {one.quote: one for one in queries.all_entries(ledger)}
    for figure in given.figures:
        one = found[figure.number.anchor.quote]
        number = figure.number.value
        assert (one.low, one.high, one.said_low, one.unit, one.hedge) == (
            *(number.low, number.high, number.said_low, number.unit, number.hedge),
        )
        assert FLOOD[one.start : one.end] == one.quote
        assert FLOOD[max(0, one.start - 32) : one.start] == one.prefix
        assert one.excerpt in FLOOD
        assert (one.created_by, one.created_at, one.url) == ("ann", ANN.at, ADDRESS)
    assert found["340"].claimant == "Hanan Osman"
    assert found["340"].place == "Kassala, Sudan"
    assert found["340"].measure == "displaced"


def test_the_same_article_again_changes_nothing(ledger: Database) -> None:
    put(ledger, deposit())
    before = sizes(ledger)
    for again in (deposit(), deposit(url="http://NEWS.example/flood?utm_source=mail#top")):
        [addition] = put(ledger, again, author=BOB)
        assert (addition.outcome, len(addition.entries)) == ("unchanged", 3)
    assert sizes(ledger) == before


def test_within_one_import_too_the_second_time_changes_nothing(ledger: Database) -> None:
    outcomes = [one.outcome for one in put(ledger, deposit(), deposit(), deposit(CHANGED), deposit())]
    assert outcomes == ["added", "unchanged", "changed", "unchanged"]


def test_a_file_is_known_by_its_text_and_a_page_by_its_address(ledger: Database) -> None:
    file = deposit(url=None)
    renamed = replace(file, document=replace(file.document, source="copy.txt"))
    named = replace(file, document=replace(file.document, source="first.txt"))
    assert [one.outcome for one in put(ledger, named, renamed)] == ["added", "unchanged"]
    elsewhere = deposit(url="https://other.example/flood")
    assert [one.outcome for one in put(ledger, elsewhere)] == [
        "added"
    ]  # another outlet's copy is an article of its own


@cache
def articles() -> tuple[Deposit, ...]:
    """Return two texts at each of two addresses and in each of two files, fetched early and late."""
    texts = ("Police said 14 people were killed in Herat.", "Police said 15 people were killed in Herat, not 14.")
    read = {(text, url): deposit(text, url=url) for text in texts for url in ("https://a.example/1", None)}
    found = []
    for (_, url), one in read.items():
        for source in ("-",) if url else ("a.txt", "b.txt"):
            for day in (1, 2):
                at = datetime(2024, 6, day, tzinfo=UTC)
                found.append(replace(one, document=replace(one.document, source=source, retrieved=at)))
    return tuple(found)


@given(st.lists(st.integers(0, 11), min_size=2, max_size=7))
@settings(max_examples=25, deadline=None)
def test_many_articles_at_once_are_recorded_as_one_by_one(chosen: list[int]) -> None:
    several = [articles()[number] for number in chosen]
    told = []
    with TemporaryDirectory() as folder:
        for name, parts in (("one", [several]), ("by-one", [[one] for one in several])):
            with open_ledger(Path(folder) / f"{name}.db", create=True) as database:
                added = [one for part in parts for one in put(database, *part)]
                told.append((added, list(queries.all_entries(database, gone=True))))
    assert told[0] == told[1]


def test_two_files_of_one_name_are_two_articles(path: Path, tmp_path: Path) -> None:
    other = FLOOD.replace("340", "900")
    outcomes = []
    with open_ledger(path, create=True) as database:
        for folder, text in (("monday", FLOOD), ("tuesday", other), ("monday", FLOOD + " 7 more are missing.")):
            given = deposit(text, url=None)
            source = str(tmp_path / folder / "article.txt")
            [addition] = put(database, replace(given, document=replace(given.document, source=source)))
            outcomes.append((addition.outcome, addition.address))
    assert outcomes == [
        ("added", "file:monday/article.txt"),
        ("added", "file:tuesday/article.txt"),
        ("changed", "file:monday/article.txt"),
    ]


def test_a_changed_article_is_a_new_version_with_a_diff_of_its_figures(ledger: Database) -> None:
    put(ledger, deposit())
    [addition] = put(ledger, deposit(CHANGED), author=BOB)
    assert (addition.outcome, addition.version) == ("changed", 2)
    assert sorted(one.what for one in addition.changes) == ["added", "changed", "gone", "same"]
    found = entries(ledger)
    assert set(found) == {"340", "15", "45", "2,000"}
    assert (found["45"].gone, found["15"].gone) == (True, False)
    versions = queries.history(ledger, found["15"].id)
    assert [one.action for one in versions] == [Action.ADDED, Action.CHANGED]
    assert ("low", "12", "15") in [(one.field, one.old, one.new) for one in versions[1].changes]
    assert (versions[1].by, versions[1].why) == ("bob", "read again")
    shown = list(queries.differences(ledger, addition.address, 2))
    assert [one[0] for one in shown] == ["same", "changed", "added", "gone"]
    assert shown[1][1].startswith("12 ")
    assert shown[1][2].startswith("15 ")


def test_what_an_article_no_longer_has_is_gone_and_may_come_back(ledger: Database) -> None:
    first, second = deposit(), deposit(CHANGED)
    put(ledger, first)
    put(ledger, second, author=BOB)
    key = entries(ledger)["45"].id
    assert key not in [one.id for one in queries.page(ledger, Filter()).entries]
    later = replace(first, document=replace(first.document, retrieved=BOB.at + timedelta(days=1)))
    [addition] = put(ledger, later, author=Author("ann", BOB.at + timedelta(days=1)))
    assert (addition.outcome, addition.version) == ("changed", 3)
    assert [one.action for one in queries.history(ledger, key)] == [Action.ADDED, Action.GONE, Action.BACK]
    assert not entries(ledger)["45"].gone


def test_an_old_text_of_an_article_is_not_taken_for_a_new_one(ledger: Database) -> None:
    assert [one.outcome for one in put(ledger, deposit(), deposit(CHANGED), deposit())] == [
        "added",
        "changed",
        "unchanged",
    ]


def test_corrections_outlive_a_change_elsewhere_and_give_way_to_one_of_their_own_field(ledger: Database) -> None:
    put(ledger, deposit())
    found = entries(ledger)
    correct(ledger, found["12"].id, {"value": "13", "population": "residents"}, replace(ANN, why="misheard"))
    review(ledger, found["12"].id, ANN, state=State.APPROVED, role=Role.RECOMMENDED)
    review(ledger, found["340"].id, ANN, state=State.APPROVED)
    put(ledger, deposit(CHANGED), author=BOB)
    found = entries(ledger)
    assert (found["15"].low, found["15"].population) == (15, "residents")
    assert (found["15"].state, found["15"].role) == (State.RE_REQUESTED, Role.RECOMMENDED)
    assert found["340"].state is State.APPROVED  # its words did not change


def test_confidential_articles_make_confidential_entries(ledger: Database) -> None:
    put(ledger, deposit(confidentiality=Confidentiality.CONFIDENTIAL))
    assert {one.confidentiality for one in queries.all_entries(ledger)} == {Confidentiality.CONFIDENTIAL}
    assert queries.page(ledger, Filter(confidential=False)).entries == ()


ODD = (
    "12 people fled Kassala, Sudan, \ud800 he said.",
    "12 people fled \0 Kassala.",
    "\u200f12 people fled 😀.",
)


@pytest.mark.parametrize("words", ODD)
def test_odd_characters_are_kept_in_the_snapshot(words: str, ledger: Database) -> None:
    from counterfoil.ledger.neighbours import article

    given = deposit(words)
    put(ledger, given)
    kept = article(ledger, 1, [one.id for one in queries.all_entries(ledger)])
    assert kept.document.text == given.document.text
    assert [side.figure for side in kept.sides] == list(given.figures)


def test_an_article_without_figures_is_kept_too(ledger: Database) -> None:
    [addition] = put(ledger, deposit("Nothing was counted."))
    assert (addition.outcome, addition.entries) == ("added", ())
    assert [one.outcome for one in put(ledger, deposit("Nothing was counted."))] == ["unchanged"]


def test_nothing_of_a_batch_is_kept_where_one_of_it_fails(ledger: Database) -> None:
    class BrokenError(Exception):
        pass

    def relate(*_: object) -> tuple[()]:
        if ledger.query("SELECT COUNT(*) FROM documents")[0][0] > 1:
            raise BrokenError
        return ()

    with pytest.raises(BrokenError):
        put(ledger, deposit(), deposit("Police said 14 people fled."), relate=relate)
    assert ledger.query("SELECT COUNT(*) FROM documents") == [(0,)]


def test_relations_with_articles_that_are_there_are_found_and_can_be_decided_on(ledger: Database) -> None:
    from counterfoil.ledger.model import Choice
    from counterfoil.ledger.neighbours import related
    from counterfoil.ledger.review import decide

    other = (
        "KASSALA, Sudan, 12 June 2024 — Flooding has killed 31 people in Kassala, Sudan, since Sunday, the Interior "
        "Ministry said."
    )
    first = FLOOD.replace(
        "She said 12 people had drowned in Kassala.",
        "She said flooding had killed 12 people in Kassala, Sudan, since Sunday.",
    )
    put(ledger, deposit(first), relate=related)
    put(ledger, deposit(other, url="https://other.example/b"), relate=related)
    found = entries(ledger)
    kept = queries.relations(ledger, found["31"].id)
    across = [one for one in kept if {one.a, one.b} == {found["31"].id, found["12"].id}]
    assert across, kept
    assert {one.id for one in queries.relations(ledger, found["12"].id)} >= {one.id for one in across}
    assert across[0].reason
    assert [name for name, *_ in across[0].tests][:3] == ["measure", "population", "place"]
    decide(ledger, across[0].id, Choice.REJECTED, replace(ANN, why="another flood"))
    assert Choice.REJECTED in [one.choice for one in queries.relations(ledger, found["31"].id)]
    put(ledger, deposit(other + " He spoke in Khartoum.", url="https://other.example/b"), author=BOB, relate=related)
    again = [one for one in queries.relations(ledger, found["31"].id) if found["12"].id in (one.a, one.b)]
    assert again == []  # the decision holds for the new text, too


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "turned"])
@pytest.mark.parametrize(
    ("there", "here", "kind"),
    [
        pytest.param(
            "Turkey deported 3,300 Syrians from Adana to Syria in March 2024, the Free Lawyers' Union said on April 2, "
            "2024.",
            "3,300 Syrians returned voluntarily to Syria from Adana in March 2024, Turkey's Interior Ministry said on "
            "April 2, 2024.",
            "re-characterises",
            id="deported from a country, returned to one",
        ),
        pytest.param(
            "Algeria expelled 2,150 Nigeriens from Oran to Niger in May 2024, the Sahel League said on June 3, 2024.",
            "2,150 Nigeriens returned voluntarily to Niger from Oran in May 2024, Algeria's Interior Ministry said on "
            "June 3, 2024.",
            "re-characterises",
            id="expelled from a country, returned to one",
        ),
    ],
)
def test_a_movement_is_found_by_where_it_came_from_and_by_where_it_went(
    there: str, here: str, kind: str, turned: bool, ledger: Database
) -> None:
    from counterfoil.ledger.neighbours import related

    both = [deposit(there, url="https://a.example/1"), deposit(here, url="https://b.example/2")]
    for one in reversed(both) if turned else both:
        put(ledger, one, relate=related)
    found = queries.page(ledger, Filter()).entries
    assert len({one.country for one in found}) == 2, "the two stand under two countries"
    assert {one.kind for entry in found for one in queries.relations(ledger, entry.id)} == {kind}


def test_what_no_movement_touches_is_not_found_by_its_country(ledger: Database) -> None:
    from counterfoil.ledger.neighbours import related

    put(
        ledger, deposit("Police in Peru arrested 640 people on May 6, 2024.", url="https://a.example/1"), relate=related
    )
    put(ledger, deposit("640 people were arrested in Chile on May 6, 2024.", url="https://b.example/2"), relate=related)
    found = queries.page(ledger, Filter()).entries
    assert len(found) == 2
    assert not [one for entry in found for one in queries.relations(ledger, entry.id)]


def test_ids_lead_to_rows_that_are_there(ledger: Database) -> None:
    put(ledger, deposit(), deposit(CHANGED), deposit("Police said 14 people fled Herat, Afghanistan.", url=None))
    if ledger.dialect == "sqlite":
        assert ledger.query("PRAGMA foreign_key_check") == []
        assert ledger.query("PRAGMA integrity_check") == [("ok",)]
        ledger.run("INSERT INTO entries_fts (entries_fts, rank) VALUES ('integrity-check', 1)")


def test_an_entry_that_is_not_there_says_how_to_find_one(ledger: Database) -> None:
    with pytest.raises(InputError, match="counterfoil ledger show"):
        queries.history(ledger, "nothing-1")
