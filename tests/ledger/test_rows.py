"""An entry is a row and back, whatever it holds; values of reading and checking are JSON and back."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import counterfoil as cf
from counterfoil.checking.model import Verdict
from counterfoil.ledger import queries
from counterfoil.ledger.exchange import FORMATS, format_of, lines
from counterfoil.ledger.importing import import_entries
from counterfoil.ledger.model import Confidentiality, Entry, Role, State
from counterfoil.ledger.rows import one_form, snapshot, storable, text_of
from counterfoil.ledger.store import Database, open_ledger
from counterfoil.ledger.stored import dumps, pack, unpack
from counterfoil.reading.model import (
    Cause,
    Direction,
    Figure,
    Form,
    Hedge,
    Kind,
    Modality,
    Place,
    Precision,
    Statement,
    Tally,
)
from ledger.making import ANN, FLOOD, deposit, put

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
NUMBERS = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=None)
DAYS = st.none() | st.dates()
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda one: one.replace(microsecond=0, tzinfo=UTC))


def several(kind: type) -> st.SearchStrategy[object]:
    return st.sampled_from(kind)


ENTRIES = st.builds(
    Entry,
    id=st.uuids().map(str),
    version=st.integers(1, 9),
    low=NUMBERS,
    high=NUMBERS,
    said_low=NUMBERS,
    said_high=NUMBERS,
    unit=WORDS,
    hedge=several(Hedge),
    kind=several(Kind),
    direction=st.none() | several(Direction),
    measure=WORDS,
    term=WORDS,
    population=WORDS,
    tally=st.none() | several(Tally),
    modality=several(Modality),
    cause=st.none() | several(Cause),
    event=WORDS,
    first=DAYS,
    last=DAYS,
    precision=several(Precision),
    baseline_first=DAYS,
    baseline_last=DAYS,
    as_of=DAYS,
    place=WORDS,
    country=WORDS,
    country_of=WORDS,
    admin1=WORDS,
    level=WORDS,
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
    origin=WORDS,
    origin_country=WORDS,
    destination=WORDS,
    destination_country=WORDS,
    claimant=WORDS,
    claimant_kind=WORDS,
    form=st.none() | several(Form),
    household_size=NUMBERS,
    role=several(Role),
    state=several(State),
    confidentiality=several(Confidentiality),
    calculation_logic=WORDS,
    gone=st.booleans(),
    verdict=WORDS,
    certainty=st.none() | st.floats(0, 1),
    excerpt=WORDS,
    quote=WORDS,
    prefix=WORDS,
    suffix=WORDS,
    start=st.none() | st.integers(0, 10**6),
    end=st.none() | st.integers(0, 10**6),
    document=WORDS,
    title=WORDS,
    outlet=WORDS,
    url=st.just("") | st.integers(0, 5).map(lambda n: f"https://news.example/{n}"),
    source=WORDS,
    published=DAYS,
    retrieved=st.none() | TIMES,
    engine=WORDS,
    created_by=WORDS,
    created_at=TIMES,
    updated_by=WORDS,
    updated_at=TIMES,
)


def test_every_entry_comes_back_from_a_ledger_as_it_went_in(ledger: Database) -> None:
    names = count()  # hypothesis gives the same ids again, the ledger stays

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(ENTRIES, max_size=6))
    def law(given_: list[Entry]) -> None:
        entries = [replace(one, id=f"law-{next(names)}") for one in given_]
        done = import_entries(ledger, entries, ANN)
        assert done.added == len(entries)
        for one in entries:
            assert queries.entry_with_rows(ledger, one.id)[0] == one
        again = import_entries(ledger, entries, ANN)
        assert (again.added, again.changed, again.unchanged) == (0, 0, len(entries))

    law()


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if name == "jsonl"])
def test_what_is_exported_imports_as_the_same_values(name: str, tmp_path: Path) -> None:
    chosen = FORMATS[name]
    assert chosen.read is not None

    @settings(max_examples=40, deadline=None)
    @given(st.lists(ENTRIES, max_size=5))
    def law(entries: list[Entry]) -> None:
        target = tmp_path / f"entries{chosen.endings[0]}"
        assert chosen.write(entries, target) == len(entries)
        assert list(chosen.read(target, ANN)) == entries  # type: ignore[misc]

    law()


def test_an_article_follows_its_imported_entries(ledger: Database, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "other.db", create=True) as other:
        put(other, deposit())
        entries = list(queries.all_entries(other))
    import_entries(ledger, [replace(one, state=State.APPROVED) for one in entries], ANN)
    [addition] = put(ledger, deposit())
    assert addition.outcome == "changed"  # the text is new here
    assert {one.id for one in queries.all_entries(ledger)} == {one.id for one in entries}
    assert {one.state for one in queries.all_entries(ledger)} == {State.APPROVED}
    assert [one.outcome for one in put(ledger, deposit())] == ["unchanged"]


def test_an_import_changes_what_differs_and_nothing_of_the_text(ledger: Database) -> None:
    put(ledger, deposit())
    one = next(queries.all_entries(ledger))
    done = import_entries(ledger, [replace(one, low=Decimal(3), excerpt="other words", title="another")], ANN)
    assert done.names == (one.id,)
    after = queries.entry_with_rows(ledger, one.id)[0]
    assert (after.low, after.excerpt, after.title, after.version) == (3, one.excerpt, one.title, 2)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nothing", "no JSON"),
        ("[]", "no object"),
        ('{"id": "x"}', "version: missing"),
        ('{"more": 1}', "more: no such field"),
    ],
)
def test_lines_that_are_no_entries_are_refused_with_their_number(line: str, words: str, tmp_path: Path) -> None:
    source = tmp_path / "x.jsonl"
    source.write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(cf.InputError, match="line 2") as told:
        list(lines.read(source))
    assert words in told.value.what


def test_values_of_the_wrong_kind_are_named_all_at_once() -> None:
    found = lines.plain(next(iter_entries())) | {"low": 3, "first": "June", "gone": "no", "hedge": "roughly"}
    with pytest.raises(cf.InputError) as told:
        lines.entry_of(found, "here")
    for name in ("low", "first", "gone", "hedge"):
        assert f"{name}:" in told.value.what


def iter_entries() -> object:
    from counterfoil.ledger.rows import entries

    return entries(deposit(), "a", ANN)


def test_a_format_is_told_by_its_name_or_by_the_file() -> None:
    assert format_of(Path("a.jsonl")) is FORMATS["jsonl"]
    assert format_of(Path("a"), "jsonl") is FORMATS["jsonl"]
    with pytest.raises(cf.InputError, match="--format"):
        format_of(Path("a.doc"))


def test_figures_statements_and_verdicts_are_json_and_back() -> None:
    text = FLOOD + (
        " In the past two years 500,000 Afghans were deported from Pakistan to Afghanistan, the UN said. Exports rose "
        "by a third to $2.4 billion. About 12.500 km of road is gone."
    )
    report = cf.check(cf.from_text(text), engine="rules")
    sha = report.document.sha256
    assert len(report.figures) > 5
    for kind, values in ((Figure, report.figures), (Statement, report.statements), (Verdict, report.checks)):
        for value in values:
            assert unpack(kind, pack(value, sha), sha) == value
            assert unpack(kind, pack(value, "another text"), "another text") == value


@given(
    st.builds(
        Place,
        name=st.text(st.characters()),
        country=st.none() | st.text(),
        admin1=st.text(),
        level=st.just("city"),
        latitude=st.none() | st.floats(),
        longitude=st.none() | st.integers(),
        reason=st.just('a "reason" \\ with \ud800 and \0'),
    )
)
def test_values_are_written_as_the_library_for_json_writes_them(place: Place) -> None:
    packed = pack(place, "")
    assert dumps(json.loads(packed)) == packed
    assert json.loads(packed)["name"] == place.name


@given(st.text())
def test_snapshots_bring_back_any_text(text: str) -> None:
    assert text_of(snapshot(text)) == text
    assert storable(text).encode("utf-8").find(b"\0") == -1
    assert len(storable(text)) == len(text)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("http://Example.org", "https://example.org/"),
        ("https://example.org/a#top", "https://example.org/a"),
        ("https://example.org/a?b=1&utm_campaign=x&fbclid=2&c=", "https://example.org/a?b=1&c="),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/A", "https://example.org/A"),
        ("https://[broken", "https://[broken"),
        ("ftp://example.org/a", "ftp://example.org/a"),
    ],
)
def test_addresses_have_one_form(given_: str, expected: str) -> None:
    assert one_form(given_) == expected


def test_the_day_of_an_entry_is_when_it_was_spoken_or_the_next_best() -> None:
    one = next(iter_entries())  # type: ignore[call-overload]
    dated = replace(one, as_of=None, published=date(2024, 5, 1), last=date(2024, 4, 1))
    assert dated.day == date(2024, 5, 1)
    assert replace(dated, published=None).day == date(2024, 4, 1)
    assert replace(dated, published=None, last=None).day == ANN.at.date()
