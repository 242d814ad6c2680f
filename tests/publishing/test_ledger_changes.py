"""What changed in a ledger since a time, and which thresholds were crossed: asked of ledgers made for the test."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import counterfoil as cf
from counterfoil.errors import InputError
from counterfoil.ledger import queries
from counterfoil.ledger.changes import THRESHOLDS, Changes, Threshold, changes, thresholds_of
from counterfoil.ledger.gathering import Holdings, found_since, gather, said_again
from counterfoil.ledger.model import Author, Choice, Confidentiality, Deposit, Filter, KeptRelation
from counterfoil.ledger.neighbours import related
from counterfoil.ledger.recording import record
from counterfoil.ledger.review import correct, decide, review
from counterfoil.ledger.store import Database, open_ledger
from counterfoil.publishing.ledger import changes_text, phrases, report
from counterfoil.reading.model import Direction, Hedge, Kind

from ledger.exchange.entries import entry  # isort: skip

BEFORE, AFTER = datetime(2024, 9, 10, 8, tzinfo=UTC), datetime(2024, 9, 11, 8, tzinfo=UTC)
SINCE = datetime(2024, 9, 11, tzinfo=UTC)
DAY = {BEFORE: "10 September 2024", AFTER: "11 September 2024"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Database]:
    with open_ledger(tmp_path / "ledger.db", create=True) as database:
        yield database


def put(
    database: Database, sentences: str, at: datetime, *, address: str = "", secret: bool = False
) -> tuple[str, ...]:
    """Record an article of one day, read by rules; return its entries."""
    text = f"LOKOJA, Nigeria, {DAY[at]} — {sentences}"
    url = f"https://{address or sha256(text.encode()).hexdigest()}.example/a"
    found = cf.check(cf.from_text(text, cf.Options(url=url)), engine="rules")
    level = Confidentiality.CONFIDENTIAL if secret else Confidentiality.PUBLIC
    deposit = Deposit(found.document, found.statements, found.figures, found.relations, confidentiality=level)
    [addition] = record(database, [deposit], Author("ann", at), relate=related)
    return addition.entries


def since(database: Database, thresholds: Sequence[Threshold] = THRESHOLDS) -> tuple[Changes, Holdings]:
    held = gather(database, Filter(gone=True))
    found = changes(held, queries.events(database, SINCE), found_since(database, SINCE), SINCE, thresholds)
    return found, held


FLED = "The state agency said on {day} that {number} people had been displaced by {cause} in Lokoja since 8 September."


def fled(number: str, at: datetime, cause: str = "floods") -> str:
    return FLED.format(day=DAY[at], number=number, cause=cause)


@pytest.mark.parametrize(
    ("before", "now", "crossed"),
    [
        ("", fled("50,000", AFTER), ["50000 True"]),
        ("", fled("49,999", AFTER), []),
        ("", fled("more than 60,000", AFTER), ["60000 True"]),
        ("", fled("more than 40,000", AFTER), []),  # no ceiling: it may be anything above
        ("", fled("between 45,000 and 55,000", AFTER), ["45000 False"]),
        (fled("50,100", BEFORE), fled("61,200", AFTER), []),  # it was crossed before
        (fled("31,450", BEFORE), fled("61,200", AFTER), ["61200 True"]),
        ("", fled("61,200", AFTER).replace("people", "households"), []),
        ("", "The state agency fears that 61,200 people could be displaced by floods in Lokoja.", []),
    ],
)
def test_a_threshold_is_told_when_a_count_first_reaches_it(
    before: str, now: str, crossed: list[str], ledger: Database
) -> None:
    if before:
        put(ledger, before, BEFORE)
    put(ledger, now, AFTER)
    found, _ = since(ledger)
    assert [f"{(one.entry.said_low or one.entry.low):f} {one.sure}" for one in found.crossed] == crossed


def test_a_threshold_is_told_once_for_all_that_counts_the_same(ledger: Database) -> None:
    put(ledger, fled("61,200", AFTER), AFTER, address="one")
    put(ledger, fled("61,200", AFTER) + " It was still raining.", AFTER, address="two")
    found, _ = since(ledger)
    assert len(found.crossed) == 1
    assert found.repeated == 1


def test_a_cause_that_nobody_tells_is_said_to_be_untold(ledger: Database) -> None:
    put(ledger, "The state agency said on 11 September 2024 that 7,000 people had been displaced in Lokoja.", AFTER)
    found, held = since(ledger)
    [crossing] = found.crossed
    assert (crossing.threshold.cause, crossing.caused) == ("conflict", False)
    assert "no article tells the cause" in changes_text(found, held)


def test_a_slip_crosses_nothing_and_is_told_as_one(ledger: Database) -> None:
    put(ledger, fled("31,450", AFTER), AFTER, address="one")
    put(ledger, fled("13,450", AFTER), AFTER, address="two")
    put(ledger, fled("21,300", BEFORE), BEFORE, address="three")
    found, _ = since(ledger, [Threshold("displaced", Decimal(13_000))])
    assert [str(one.before) for one in found.crossed] == []  # 21,300 were there already
    assert [(one.quote, why) for one, why in found.uncounted] == [("13,450", "it looks like a slip")]
    assert [one.kind for one in found.other] == ["typo"]


@pytest.mark.parametrize(
    ("sentences", "lines"),
    [
        # one flood, told of by its town, its country, and by a name that no gazetteer has
        (
            [
                "The state agency said on 10 September 2024 that floods in Lokoja had killed 61 people since Sunday.",
                "The Red Cross said on 11 September 2024 that floods had killed 74 people in Nigeria since Sunday.",
                "A mayor said on Tuesday that floods had killed 52 people in the hamlet of Okonkwodiya.",
            ],
            [("61", "74", "52")],
        ),
        (  # two towns
            [
                "Police said 61 people were killed in a bombing in Lokoja on Monday.",
                "Police said 74 people were killed in a bombing in Kano on Monday.",
            ],
            [("61",), ("74",)],
        ),
        (  # two days
            [
                "Police said 61 people were killed in a bombing in Lokoja on Monday.",
                "Police said 74 people were killed in a bombing in Lokoja on 3 September 2024.",
            ],
            [("61",), ("74",)],
        ),
        (  # two causes
            [
                "The Red Cross said that floods in Lokoja had killed 61 people since Sunday.",
                "The Red Cross said that an attack had killed 74 people in Lokoja since Sunday.",
            ],
            [("61",), ("74",)],
        ),
        (  # two countries
            [
                "The Red Cross said that floods in Lokoja had killed 61 people since Sunday.",
                "The Red Cross said that floods in Chad had killed 74 people since Sunday.",
            ],
            [("61",), ("74",)],
        ),
    ],
)
def test_counts_that_may_be_of_one_event_cross_a_threshold_in_one_line(
    sentences: list[str], lines: list[tuple[str, ...]], ledger: Database
) -> None:
    for at, words in enumerate(sentences):
        put(ledger, words, AFTER, address=f"paper{at}")
    found, held = since(ledger, [Threshold("killed", Decimal(50))])
    told = [(one.entry.quote, *(entry.quote for entry in one.also)) for one in found.crossed]
    assert sorted(map(sorted, told)) == sorted(map(sorted, lines))
    text = changes_text(found, held)
    for one in found.crossed:
        assert text.count(f"[{one.entry.id}]") >= 1
        assert all(f"[{entry.id}]" in text for entry in one.also)


def test_a_count_that_stands_in_another_timeline_is_told_as_before_it(ledger: Database) -> None:
    put(ledger, "The Red Cross said that floods had killed 41 people in Nigeria since Sunday.", BEFORE, address="one")
    put(ledger, "The state agency said that floods in Lokoja had killed 61 people.", AFTER, address="two")
    found, held = since(ledger, [Threshold("killed", Decimal(50))])
    [one] = found.crossed
    assert (one.before, one.elsewhere and one.elsewhere.quote) == (None, "41")
    assert "before, of what may be the same: 41 people killed, Nigeria" in changes_text(found, held)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("The number of displaced people in Lokoja has grown by 61,200 since Monday, the agency said.", "a change"),
        ("The agency said that 61,200 people were displaced by floods in Lokoja in 2022.", "days long over"),
        ("The agency said that another 61,200 people had been displaced by floods in Lokoja.", "earlier count"),
        ("The agency fears that 61,200 people could be displaced by floods in Lokoja.", "told as"),
    ],
)
def test_what_is_no_count_of_these_days_crosses_nothing_and_is_told(words: str, why: str, ledger: Database) -> None:
    put(ledger, words, AFTER)
    found, held = since(ledger)
    assert not found.crossed
    [(entry, told)] = found.uncounted
    assert entry.quote == "61,200"
    assert why in told
    assert why in changes_text(found, held)


def test_what_people_set_right_and_reject_is_no_longer_told(ledger: Database) -> None:
    put(ledger, fled("31,450", AFTER), AFTER, address="one")
    [slip] = put(ledger, fled("13,450", AFTER), AFTER, address="two")
    put(ledger, fled("21,300", BEFORE), BEFORE, address="three")
    correct(ledger, slip, {"value": "31450"}, Author("ann", AFTER, "the notice says so"))
    found, held = since(ledger)
    assert not found.other
    assert [one.what for one in found.decided] == ["corrected"]
    assert "the notice says so" in changes_text(found, held)


def test_contradictions_and_counts_taken_back_are_told_until_a_person_rejects_them(ledger: Database) -> None:
    put(ledger, "The state agency said that floods in Lokoja had killed 47 people since 8 September 2024.", BEFORE)
    put(ledger, "The Red Cross said that floods in Lokoja had killed 52 people since 8 September 2024.", AFTER)
    put(ledger, "The state agency said that floods in Lokoja had killed 43 people since 8 September 2024.", AFTER)
    found, held = since(ledger)
    assert len(found.revised) == len(found.contradicted) == 1
    text = changes_text(found, held)
    assert text.index("\nnew contradictions\n") < text.index("\ncounts taken back\n") < text.index("\nnew figures\n")
    decide(ledger, found.contradicted[0].id, Choice.REJECTED, Author("ann", AFTER, "another flood"))
    again, _ = since(ledger)
    assert (len(again.revised), len(again.contradicted)) == (1, 0)


def test_nothing_is_told_of_what_was_there_before(ledger: Database) -> None:
    put(ledger, fled("61,200", BEFORE), BEFORE)
    found, held = since(ledger)
    assert (found.new, found.crossed, found.articles, found.other) == ((), (), (), ())
    assert changes_text(found, held).startswith("since 11 September 2024, 00:00 UTC: 0 articles, 0 new figures")


def test_an_article_that_says_something_else_now(ledger: Database) -> None:
    put(ledger, fled("31,450", BEFORE), BEFORE, address="one")
    put(ledger, fled("33,450", BEFORE), BEFORE, address="one")
    held = gather(ledger, Filter())
    assert [(one.what, one.changes[0].old, one.changes[0].new) for one in held.versions] == [
        ("changed", "31450", "33450")
    ]


def test_confidential_entries_are_left_out_and_counted(ledger: Database) -> None:
    put(ledger, fled("61,200", AFTER), AFTER, secret=True)
    held = gather(ledger, Filter(confidential=False))
    assert (len(held.entries), held.withheld) == (0, 1)
    assert len(gather(ledger, Filter()).entries) == 1


def test_a_number_that_its_article_says_twice_is_new_once(ledger: Database) -> None:
    put(ledger, fled("31,450", AFTER) + " It said that 31,450 people had been displaced in Lokoja.", AFTER)
    found, held = since(ledger)
    assert len(held.entries) == 2
    assert len(said_again(held)) == 1
    assert len(found.new) == 1


def test_a_review_is_told(ledger: Database) -> None:
    [key] = put(ledger, fled("31,450", BEFORE), BEFORE)
    review(ledger, key, Author("ben", AFTER), comment="asked the agency")
    found, held = since(ledger)
    assert [one.by for one in found.decided] == ["ben"]
    assert "asked the agency" in changes_text(found, held)


MEASURES = frozenset({"killed", "displaced"})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], THRESHOLDS),
        (["5000"], (Threshold("displaced", Decimal(5000)),)),
        (["conflict=2,000"], (Threshold("displaced", Decimal(2000), "conflict"),)),
        (["killed=100", "20"], (Threshold("killed", Decimal(100)), Threshold("displaced", Decimal(20)))),
    ],
)
def test_alerts_as_people_write_them(given: list[str], expected: tuple[Threshold, ...]) -> None:
    assert thresholds_of(given, MEASURES) == expected


def test_all_faults_of_alerts_are_shown_at_once() -> None:
    with pytest.raises(InputError) as raised:
        thresholds_of(["kiled=3", "many", "0", "killed=-1", "٣"], MEASURES)
    assert raised.value.what.count(": ") >= 5
    assert "killed=100" in raised.value.mend


ONE_CRISIS = [
    ("10 September 2024", "The United Nations said 6,200 people had fled Lokoja since Sunday."),
    ("10 September 2024", "According to the UN, 6,200 people fled Lokoja after Sunday's attack."),
    ("12 September 2024", "The United Nations said on Thursday that 21,500 people had fled Lokoja since Sunday."),
    ("10 September 2024", "Police said 17 people were killed in Kano on Sunday."),
    ("11 September 2024", "Police said on Wednesday that 19 people were killed in Kano on Sunday."),
    ("12 September 2024", "Police said on Thursday that 23 people were killed in Kano on Sunday."),
]


@given(order=st.permutations(range(len(ONE_CRISIS))))
@settings(max_examples=6, deadline=None)
def test_what_is_told_does_not_hang_on_the_order_of_adding(order: Sequence[int]) -> None:
    assert told(order) == told(range(len(ONE_CRISIS)))


def told(order: Sequence[int]) -> tuple[object, ...]:
    """Return what a ledger tells once articles were added in this order: relations as shown, the report, thresholds."""
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.db", create=True) as database:
        for at in order:
            day, words = ONE_CRISIS[at]
            found = cf.check(
                cf.from_text(f"ABUJA, Nigeria, {day} — {words}", cf.Options(url=f"https://{at}.example/a")),
                engine="rules",
            )
            deposit = Deposit(found.document, found.statements, found.figures, found.relations)
            list(record(database, [deposit], Author("ann", AFTER), relate=related))
        changed, held = since(database, (Threshold("displaced", Decimal(5_000)),))
        shown = {(one.a, one.kind, one.b) for entry in held.entries for one in queries.relations(database, entry.id)}
        assert {(one.a, one.kind, one.b) for one in held.relations} == shown
        crossed = [(one.entry.id, one.sure, one.before) for one in changed.crossed]
        return shown, crossed, [one.id for one in changed.new], held.groups


def test_a_reason_names_sources_as_lists_do() -> None:
    own = entry(id="a", claimant="Ministry", claimant_kind="body")
    other = entry(id="b", claimant="Hospital", claimant_kind="body", excerpt="Hospital counts 31 dead")
    one = KeptRelation(1, "denies", "a", "b", "", "Ministry rejects 31 (Hospital) and gives no number", ())
    assert phrases.reason(one, {"a": own, "b": other}) == "Ministry rejects 31 (hospital) and gives no number"
    assert phrases.reason(one, {"a": own}) == one.reason
    full = replace(other, claimant="Osh Interregional Hospital")
    assert "31 (Osh Interregional Hospital) and" in phrases.reason(one, {"a": own, "b": full})
    assert phrases.reason(one, {"a": own, "b": replace(other, claimant="Red Cross")}) == one.reason


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"place": "Renk", "level": "unknown", "destination": "Renk"}, "? → Renk"),
        ({"place": "Renk, South Sudan", "level": "city", "destination": "Sudan"}, "Renk, South Sudan → Sudan"),
        ({"origin": "Chad", "destination": ""}, "Chad → ?"),
        ({"place": "Umm Zubeira", "level": "unknown"}, "“Umm Zubeira”"),
        ({"place": "", "country": "SDN", "country_of": "article"}, "[Sudan]"),
        ({"place": "", "country": ""}, ""),
    ],
)
def test_where_is_told_once(fields: dict[str, str], told: str) -> None:
    assert phrases.where(entry(**fields)) == told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"quote": "2,700", "low": 2700, "high": 2700, "kind": Kind.CHANGE, "direction": Direction.UP},
            "2,700 (+2,700)",
        ),
        (
            {
                "quote": "40 percent",
                "low": 39,
                "high": 41,
                "kind": Kind.CHANGE,
                "direction": Direction.DOWN,
                "unit": "percent",
            },
            "40 percent (39–41% down)",
        ),
        ({"quote": "12", "low": 12, "high": 12, "said_low": 12, "said_high": 12}, "12"),
        ({"quote": "13", "low": 31, "high": 31, "said_low": 31, "said_high": 31}, "13 (31)"),
        ({"quote": "170", "low": 169, "high": 171, "unit": "km/h", "hedge": Hedge.ABOUT}, "170 (169–171 km/h)"),
        ({"quote": "dozens", "low": 24, "high": None, "said_low": 24, "hedge": Hedge.VAGUE}, "dozens (≥ 24)"),
    ],
)
def test_a_number_is_told_with_what_its_words_allow(fields: dict[str, Any], told: str) -> None:
    numbers = {name: Decimal(value) for name, value in fields.items() if isinstance(value, int)}
    plain = {"hedge": Hedge.EXACT, "said_low": None, "said_high": None, "unit": "person"}
    assert phrases.number(entry(**plain | fields | numbers)) == told


def test_copies_of_a_sum_are_told_once_and_a_number_set_right_in_one_step(ledger: Database) -> None:
    rising = "The state agency said that floods in Lokoja had killed {} people since Sunday, {} more than on Monday."
    put(ledger, rising.format(30, 8), AFTER, address="one")
    put(ledger, rising.format(30, 8) + " It was still raining.", AFTER, address="two")
    key = put(ledger, fled("31,450", AFTER), AFTER, address="three")[0]
    correct(ledger, key, {"value": "31540"}, Author("ann", AFTER, "the notice says so"))
    found, held = since(ledger)
    assert "corrected" in changes_text(found, held)
    assert "value 31450 → 31540 (the notice says so)" in changes_text(found, held)
    index = report(held, found, title="Lokoja")["index.html"]
    assert "value 31450 → 31540" in index
    for page in report(held, found, title="Lokoja").values():
        told = re.findall(r"<p><b>A (?:part|sum):</b> *<bdi>(.*?)</bdi>", page)
        assert len(told) == len(set(told))
