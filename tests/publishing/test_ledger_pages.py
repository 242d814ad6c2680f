"""Pages over a ledger: all that was promised is on them, and nothing of an article is alive in them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

import counterfoil as cf
from counterfoil.cli import app
from counterfoil.errors import InputError
from counterfoil.ledger import queries
from counterfoil.ledger.changes import changes
from counterfoil.ledger.gathering import Holdings, found_since, gather
from counterfoil.ledger.model import Author, Deposit, Filter
from counterfoil.ledger.neighbours import related
from counterfoil.ledger.recording import record
from counterfoil.ledger.review import correct
from counterfoil.ledger.store import Database, open_ledger
from counterfoil.publishing.ledger import report, timelines

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2024, 9, 17, 8, tzinfo=UTC)
HOSTILE = "</style><script>alert(1)</script>\u202e & \x00 \ud800"


class Tags(HTMLParser):
    """Gathers elements, links and names."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in ("href", "src")}
        self.names |= {value or "" for name, value in attrs if name == "id"}


def tags(page: str) -> Tags:
    found = Tags()
    found.feed(page)
    return found


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Yield a ledger of the ten articles of the example, read by rules."""
    with open_ledger(tmp_path_factory.mktemp("ledger") / "crisis.db", create=True) as database:
        for source in sorted((ROOT / "examples/crisis").glob("*.html")):
            found = cf.check(cf.load(source), engine="rules")
            deposit = Deposit(found.document, found.statements, found.figures, found.relations)
            list(record(database, [deposit], Author("ann", AT), relate=related))
        yield database


@pytest.fixture(scope="module")
def held(ledger: Database) -> Holdings:
    return gather(ledger, Filter(gone=True))


def test_a_timeline_has_drawings_tables_and_what_is_disputed(held: Holdings) -> None:
    page = timelines(held, title="Lokoja")
    assert page.count('<svg class="count"') >= 3
    for words in (
        "People killed in Lokoja, Nigeria",
        "43–52",
        "2 independent origins",
        "Nigerian Red Cross says 52",
        "rejects 52, gives no number",
        "47 became 43",
        "two digits swapped",
        "(3, one origin)",
        "“relocated” (Kogi State Government) and “expelled”",
        "14 + 17 = 31",
        "Nothing was corrected",
    ):
        assert words in page, words


def test_every_count_of_a_drawing_stands_in_a_table(held: Holdings) -> None:
    page = timelines(held, title="Lokoja")
    counts = page.count('<tr class="first">')
    assert counts == sum(len(line.points) for group in held.groups for line in group.timelines)
    assert page.count('class="told" cx') + page.count('class="falls"') + page.count('class="slip"') >= counts


def test_a_report_is_a_folder_whose_links_lead_somewhere(ledger: Database, held: Holdings) -> None:
    since = datetime(2024, 9, 1, tzinfo=UTC)
    pages = report(
        held, changes(held, queries.events(ledger, since), found_since(ledger, since), since), title="Lokoja"
    )
    assert set(pages) == {"index.html", *(f"group-{one.id}.html" for one in held.groups)}
    for page in pages.values():
        for link in tags(page).links:
            assert link in pages or link.startswith("https://") or link.removeprefix("#") in tags(page).names, link
    assert "50,000 displaced (disaster): reached" in pages["index.html"]


def test_pages_have_no_script_and_load_nothing(held: Holdings) -> None:
    found = tags(timelines(held, title="Lokoja"))
    assert not {"script", "iframe", "img", "link", "object", "form"} & found.tags
    assert not {name for name in found.attributes if name.startswith("on") or name in ("src", "style")}


def test_the_same_ledger_gives_the_same_page(held: Holdings) -> None:
    assert timelines(held, title="Lokoja") == timelines(held, title="Lokoja")


def test_hostile_words_in_every_field_are_shown_and_never_obeyed(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "hostile.db", create=True) as database:
        for outlet, day in (("one", "10"), ("two", "12")):
            text = (
                f"LOKOJA, Nigeria, {day} September 2024 — The Red Cross said that floods in Lokoja had killed {day} "
                "people since 8 September 2024."
            )
            document = cf.from_text(text, cf.Options(url=f"https://{outlet}.example/a"))
            found = cf.check(replace(document, title=HOSTILE, outlet=HOSTILE), engine="rules")
            deposit = Deposit(found.document, found.statements, found.figures, found.relations)
            [addition] = record(database, [deposit], Author(HOSTILE[:-1], AT, HOSTILE[:-1]), relate=related)
        for field in ("place", "population", "event", "claimant", "term"):
            correct(database, addition.entries[0], {field: HOSTILE}, Author(HOSTILE[:-1], AT, HOSTILE[:-1]))
        held = gather(database, Filter(gone=True))
        since = datetime(2024, 9, 1, tzinfo=UTC)
        changed = changes(held, queries.events(database, since), found_since(database, since), since)
        for page in (timelines(held, title=HOSTILE), *report(held, changed, title=HOSTILE).values()):
            assert "script" not in tags(page).tags
            assert "alert(1)" in page
            assert not re.search("[\x00\u202e\ud800]", page)
            page.encode("utf-8")


def test_an_empty_ledger_has_a_page_too() -> None:
    nothing = Holdings((), (), (), (), ())
    assert "Nothing was corrected" in timelines(nothing, title="Nothing")
    since = datetime(2024, 9, 1, tzinfo=UTC)
    assert "Nothing." in report(nothing, changes(nothing, [], frozenset(), since), title="Nothing")["index.html"]


def test_what_was_left_out_is_said() -> None:
    page = timelines(Holdings((), (), (), (), (), withheld=2, beyond=True), title="Some")
    assert "2 confidential entries left out" in page
    assert "older ones are not here" in page


def test_the_log_has_what_people_set_right_with_the_reason(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.db", create=True) as database:
        text = "LOKOJA, Nigeria, 10 September 2024 — The Red Cross said that floods had killed 52 people in Lokoja."
        found = cf.check(cf.from_text(text), engine="rules")
        [addition] = record(database, [Deposit(found.document, found.statements, found.figures)], Author("ann", AT))
        correct(database, addition.entries[0], {"value": "25"}, Author("ben", AT, "misheard"))
        page = timelines(gather(database, Filter()), title="Lokoja")
    assert "value 52 → 25" in page
    assert "misheard" in page
    assert "ben" in page


def test_a_repeat_that_a_person_set_right_is_told_beside_the_count_it_repeats(tmp_path: Path) -> None:
    said = "LOKOJA, Nigeria, 10 September 2024 — Floods have killed {} people in Lokoja since Sunday, police said."
    keys = []
    with open_ledger(tmp_path / "ledger.db", create=True) as database:
        for number in ("4,237", "4,327"):
            document = cf.from_text(said.format(number), cf.Options(url=f"https://{number[2:]}.example/a"))
            found = cf.check(document, engine="rules")
            [addition] = record(database, [Deposit(found.document, found.statements, found.figures)], Author("ann", AT))
            keys += addition.entries
        correct(database, keys[1], {"value": "4237"}, Author("ben", AT, "two digits swapped"))
        page = timelines(gather(database, Filter()), title="Lokoja")
    assert "(2, one origin)" in page
    assert 'class="ring"' in page
    assert re.search(r"orrected by ben on 17 September 2024: value \d+ → 4237 \(two digits swapped\)", page)


def test_a_page_that_cannot_be_written_is_told_with_what_to_do(tmp_path: Path, held: Holdings) -> None:
    with open_ledger(tmp_path / "ledger.db", create=True):
        pass
    (tmp_path / "file").touch()
    where = ["--ledger", str(tmp_path / "ledger.db"), "--html", str(tmp_path / "file" / "page.html")]
    for command in ("timeline", "report"):
        done = CliRunner().invoke(app, ["ledger", command, *where])
        assert isinstance(done.exception, InputError), command
        assert "folder that can be written" in done.exception.mend


def test_who_rejects_a_number_has_a_row_of_his_own_and_what_came_on_top_is_told(tmp_path: Path) -> None:
    texts = (
        "BEIRA, Mozambique, 12 February 2025 — The hospital said 38 people were killed in Beira on Tuesday in a storm.",
        "BEIRA, Mozambique, 13 February 2025 — The hospital said 55 people were killed in Beira in the storm since "
        "Tuesday, 17 more than on Wednesday. President Filipe Danda rejected the hospital's figure of 55 dead.",
    )
    with open_ledger(tmp_path / "ledger.db", create=True) as database:
        for text in texts:
            found = cf.check(cf.from_text(text), engine="rules")
            deposit = Deposit(found.document, found.statements, found.figures, found.relations)
            list(record(database, [deposit], Author("ann", AT), relate=related))
        page = timelines(gather(database, Filter()), title="Beira")
    assert "<bdi>Filipe Danda</bdi>" in page
    assert "rejects 55, gives no number" in page
    assert "17 of them came on top, by its own words" in re.sub(r"<[^>]+>", "", page)
    assert "took a count back" not in page
