"""The page: complete, linked both ways, and with nothing of a hostile article alive."""

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from html import unescape
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from counterfoil.checking.model import Finding
from counterfoil.documents.model import Document, digest
from counterfoil.publishing import page
from counterfoil.publishing.model import Report
from counterfoil.reading.model import Figure, Kind, Measure
from counterfoil.spans import Anchor, Reading, Span
from publishing import invented
from publishing.anything import FINDINGS, report_of

TAGS = set(
    "html head meta title style body header main section footer article aside p h1 h2 h3 h4 h5 h6 em b i a span "
    "bdi time ul li table thead tbody tfoot tr th td div blockquote q dl dt dd code pre details summary figure "
    "figcaption br svg g path rect line circle text tspan defs clippath pattern".split()
)


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and the page's words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.unclosed: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in ("meta", "br"):
            self.unclosed.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.tags if name in attrs]


@pytest.fixture(scope="module")
def html(report: Report) -> str:
    return page(report)


@pytest.fixture(scope="module")
def tags(html: str) -> Tags:
    return Tags(html)


def test_tags_are_closed_and_known(tags: Tags) -> None:
    assert tags.unclosed == []
    assert {tag for tag, _ in tags.tags} <= TAGS


def test_every_link_inside_the_page_arrives(tags: Tags) -> None:
    ids = tags.all("id")
    assert len(ids) == len(set(ids))
    inside = {link[1:] for link in tags.all("href") if link.startswith("#")}
    assert inside <= set(ids)
    cards, numbers = ({one[1:] for one in ids if re.fullmatch(rf"{kind}\d+", one)} for kind in "fm")
    assert len(cards) == 12
    assert cards == numbers
    assert {f"{kind}{one}" for kind in "fm" for one in cards} <= inside  # from the article to its card, and back


def test_links_outside_are_plain_and_tell_nothing(tags: Tags) -> None:
    outside = [attrs for tag, attrs in tags.tags if tag == "a" and not attrs.get("href", "#").startswith("#")]
    assert len(outside) > 10
    assert all(attrs["href"].startswith(("https://", "http://")) for attrs in outside)
    assert all("noopener" in attrs["rel"].split() for attrs in outside)
    assert ("meta", {"name": "referrer", "content": "no-referrer"}) in tags.tags


def test_the_policy_forbids_everything_but_styles(tags: Tags) -> None:
    policy = next(attrs["content"] for tag, attrs in tags.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    names = [tag for tag, _ in tags.tags]
    assert names.index("style") > [attrs.get("content") for _, attrs in tags.tags].index(policy)  # holds from the start


@pytest.mark.parametrize(
    "words",
    [
        "41,301 people or more, with no ceiling",
        "“Over” sets a floor",
        "1 January – 13 March 2024",
        "year of publication; up to the day of the utterance",
        "as told by Red Lantern Society",
        "a role, never given a name; not resolved to a name",
        "feared, not told as having happened",
        "numbers.bound@1",
        "Sensitive to window and baseline. The rise holds against 2021",
        "best counter",
        "cannot be told: at least 214 against 166 to 181",
        "the days that the article speaks of",
        "one event per day and place",
        "deported beside left of their own free will",
        "more than 41,300 / 38,950 to 43,050",
        "2 a day of the month",
        "belmara.csv sha256:1c9f02ab77de",
        "byline, Thursday 14 March 2024",
        "Nothing here is rated true or false automatically.",
        "the records answer yes or no depending on how they are asked",
        "2 figures whose place no gazetteer knows",
        "gives a range",
        "Scene Belmara what the article is about; the words of the figure name no place",
    ],
)
def test_what_the_page_says(tags: Tags, words: str) -> None:
    assert words in " ".join(tags.words.split())


@pytest.fixture(scope="module")
def whole(checked: Report) -> Tags:
    """The page with findings of datasets on it."""
    return Tags(page(checked))


def test_findings_keep_the_page_whole(whole: Tags) -> None:
    assert whole.unclosed == []
    assert {tag for tag, _ in whole.tags} <= TAGS
    ids = whole.all("id")
    assert len(ids) == len(set(ids))
    assert set(whole.all("aria-labelledby")) <= set(ids)
    assert set(whole.all("aria-describedby")) <= set(ids)
    drawn = [attrs for tag, attrs in whole.tags if tag == "svg" and attrs.get("class") in ("heat", "series")]
    assert len(drawn) == 6
    assert all(attrs["role"] == "img" and attrs["aria-labelledby"] for attrs in drawn)


@pytest.mark.parametrize(
    "words",
    [
        "Sensitive to window and definition. Deaths rose by about half in the year after the decree",
        "Counts: Everybody killed in organised violence",
        "As the claim asks +53% Jun 2022–May 2023 against Jun 2021–May 2022 1,181 against 774",
        "Best support +57%",
        "Best counter −8.1%",
        "no sensible setting speaks against it",
        "96% of the settings, by weight, show a rise",
        "41% of the settings, by weight, reach the claim within their interval",
        "78% of the settings are weaker than the claim",
        "if one may choose among all these settings, in 3 of 100 cases.",
        "One more month in the later window",
        "The verdict turns on what is held to be sensible",
        "later: June 2022–May 2023",
        "Deaths in all violence, best estimate, Belmara: people a month, Jan 2020–Feb 2024.",
        "not covered, which is not zero",
        "1 1 January 2021: districts were redrawn.",
        "37 answers, from −8.5% to +101%; 5 of them within what the words allow.",
        "no answer: days not covered, or nothing to compare with",
        "C as the claim asks",
        "The claim leaves its window or its baseline open, so no cell is its own.",
        "The claim leaves its windows open, so none is marked.",
        "The claim’s windows in 12 ways of counting",
        "C +53%",
        "95% interval −83% or more, with no upper end",
        "a rise from nothing",
        "SELECT sum(best) FILTER (WHERE date_start >= DATE '2022-06-01') AS later",
        "import counterfoil as cf",
        "measure: killed in all violence / deaths (best): same",
        "Institute for Conflict Records, Belmara Event File 24.1 · sha256 5b5b5b",
        "licence: CC BY 4.0 · 1,204 settings asked of 3,310 rows, weighed by sensibility@2",
        "licence: not stated",
        "Datasets that could not answer",
        "Crossing Register 2024-03: It counts persons who cross a border, not deaths.",
        "Registered refugees, Belmara: people, Jan 2020–Jun 2023.",
    ],
)
def test_what_the_page_says_of_datasets(whole: Tags, words: str) -> None:
    assert words in " ".join(whole.words.split())


def test_each_drawing_has_its_table(whole: Tags) -> None:
    words = " ".join(whole.words.split())
    for summary, amount in (
        ("The series as a table", 4),
        ("The map as a table", 2),
        ("Counts, days and both intervals", 4),
        ("Ask it again: SQL and Python", 3),
    ):
        assert words.count(summary) == amount


def test_hatches_stand_on_a_page_once_and_only_if_used(whole: Tags, tags: Tags) -> None:
    assert sum(tag == "pattern" for tag, _ in whole.tags) == 4
    assert not any(tag == "pattern" for tag, _ in tags.tags)


def test_twenty_figures_make_no_heavy_page(checked: Report) -> None:
    """Two findings of ten years for each; the words of the article besides are few."""
    long = invented.risen(first=date(2014, 1, 1))
    figures = report_figures(checked)
    checks = tuple(replace(checked.checks[5], figure=one, findings=(long, long), evidence=()) for one in figures)
    html = page(replace(checked, figures=figures, checks=checks, relations=()))
    assert html.count('class="heat"') == 40
    assert len(html.encode()) < 2_000_000


def report_figures(report: Report) -> tuple[Figure, ...]:
    return (report.figures * 2)[:20]


@settings(max_examples=60, deadline=None)
@given(FINDINGS)
def test_any_finding_can_be_shown(finding: Finding) -> None:
    shown = Tags(page(report_of(finding)))
    assert shown.unclosed == []
    assert {tag for tag, _ in shown.tags} <= TAGS
    numbers = [
        attrs.get(name, "") for _, attrs in shown.tags for name in ("d", "x", "y", "x1", "x2", "width", "viewbox")
    ]
    assert not any(word in one for one in numbers for word in ("nan", "inf", "e+"))


def test_figures_of_the_summary(tags: Tags) -> None:
    words = " ".join(tags.words.split())
    assert "12 figures 7 speakers 3 relations 1 supported 1 sensitive 10 not checkable 5 set aside" in words


def test_charts_stand_where_a_series_exists(tags: Tags) -> None:
    assert [tag for tag, _ in tags.tags].count("svg") == 2


def test_a_measure_without_words_of_its_own_shows_what_is_counted(report: Report) -> None:
    figure = replace(report.figures[0], measure=Reading(Measure("speed", ""), report.figures[0].number.anchor, "x"))
    words = " ".join(Tags(page(replace(report, figures=(figure,), checks=()))).words.split())
    assert "What people, have been deported counted as speed" in words


def test_many_ways_of_asking_are_folded_behind_the_best(report: Report) -> None:
    check = report.checks[5]
    many = tuple(replace(check.evidence[1], setting=f"way {index}") for index in range(20))
    checks = (*report.checks[:5], replace(check, evidence=(*many, *check.evidence)), *report.checks[6:])
    shown = page(replace(report, checks=checks))
    opened, folded = shown.split("17 more ways of asking")
    assert "way 3" in opened
    assert "best counter" in opened
    assert "way 4" in folded
    assert len(re.findall("way [0-9]+<", shown)) == 20


def test_folders_of_the_reader_are_not_published(html: str) -> None:
    assert "tarn.html" in html
    assert "/home/desk" not in html


def test_the_author_is_not_published(report: Report) -> None:
    assert "Wren Halloway" not in page(replace(report, document=replace(report.document, author="Wren Halloway")))


def test_the_same_every_time(report: Report, html: str) -> None:
    assert page(report) == html


def test_an_article_without_anything(report: Report) -> None:
    document = Document("Rain.", digest("Rain."))
    bare = Report(document, (), (), (), (), (), (), (), "rules@1", "0.1.0")
    words = Tags(page(bare)).words
    assert "Nothing was set aside." in words
    assert "no day of publication found" in words
    assert "nothing was checked against records" in words


def test_any_character_can_be_written(report: Report) -> None:
    text = "\udcff\x00\x1b\ufffe\u202e 12 \r\n x"
    document = Document(text, digest(text), title=text)
    figure = Figure(Reading(report.figures[0].number.value, document.anchor(Span(6, 8)), "x"), Kind.OTHER)
    shown = page(Report(document, (), (figure,), (), (), (), (), (), text, text))
    shown.encode("utf-8")
    assert not re.search("[\x00\x1b\u202e\ufffe\ud800-\udfff]", shown)
    assert '<a class="number" id="m6" href="#f6" data-n="1">12</a>' in shown  # one for one: the mark has not moved


# What a hostile article would like to run or fetch; PORT is the listener's.
EVIL = (
    "</title></style></script><script>document.title='ran';fetch('http://127.0.0.1:PORT/fetch')</script>"
    "<img src=http://127.0.0.1:PORT/img onerror=\"document.title='ran'\"><svg onload=\"document.title='ran'\">"
    "<style>@import url(http://127.0.0.1:PORT/css);body{background:url(http://127.0.0.1:PORT/bg)}</style>"
    "<link rel=stylesheet href=http://127.0.0.1:PORT/link><iframe src=http://127.0.0.1:PORT/frame></iframe>"
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:PORT/refresh'><base href=http://127.0.0.1:PORT/base>"
    "<video src=http://127.0.0.1:PORT/video autoplay></video><object data=http://127.0.0.1:PORT/object></object>"
    "<form action=http://127.0.0.1:PORT/form><input autofocus onfocus=\"document.title='ran'\"></form>"
    "\"'><a href=javascript:document.title='ran'>x</a>{{ 7*7 }}{% raw %}&lt;script&gt;&#60;b&#62; 12 "
)


@dataclass(frozen=True, slots=True)
class Listener:
    port: int
    hits: list[str]


@pytest.fixture
def listener() -> Iterator[Listener]:
    hits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Listener(server.server_port, hits)
    server.shutdown()
    server.server_close()
    thread.join()


def opened(html: str, folder: Path) -> str:
    """Return the page as headless Chromium has it once loaded; skips where no browser is found."""
    browser = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if browser is None:
        pytest.skip("no Chromium found: install it to see hostile pages opened for real")
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    flags = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    flags += " --disable-component-update --disable-sync --disable-quic --virtual-time-budget=2000"
    done = subprocess.run(
        [browser, *flags.split(), f"--user-data-dir={folder / 'profile'}", "--dump-dom", file.as_uri()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return done.stdout


def title(dom: str) -> str:
    found = re.search(r"<title>(.*?)</title>", dom, re.DOTALL)
    return found[1] if found else ""


def poisoned(value: Any, evil: str, document: Document) -> Any:
    """Return the report's own shape with hostile words wherever words are free."""
    if isinstance(value, StrEnum) or value is None:
        return value
    if isinstance(value, str):
        return evil
    if isinstance(value, tuple):
        return tuple(poisoned(one, evil, document) for one in value)
    if isinstance(value, Document):
        return document
    if isinstance(value, Anchor):
        return document.anchor(Span(len(evil) - 3, len(evil) - 1)) if value.document == value.document else value
    if is_dataclass(value):
        return type(value)(**{one.name: poisoned(getattr(value, one.name), evil, document) for one in fields(value)})
    return value


def hostile(report: Report, port: int) -> Report:
    evil = EVIL.replace("PORT", str(port))
    document = replace(
        report.document,
        text=evil,
        sha256=digest(evil),
        title=evil,
        outlet=evil,
        url="javascript:document.title='ran'",
        source=evil,
    )
    document = replace(document, published=replace(report.document.published, words=evil, origin=evil))
    return poisoned(report, evil, document)


def test_no_tag_of_a_hostile_article_survives(checked: Report) -> None:
    found = Tags(page(hostile(checked, 9)))
    assert {tag for tag, _ in found.tags} <= TAGS
    assert not [name for _, attrs in found.tags for name in attrs if name.startswith("on")]
    assert not [link for link in found.all("href") if not link.startswith("#")]
    assert found.all("src") == []
    assert "{{ 7*7 }}" in found.words  # no template either
    assert found.all("style") == [
        one for one in found.all("style") if re.fullmatch(r"max-width:\d+px;min-width:\d+px", one)
    ]
    assert len(found.all("style")) == 2
    assert "&lt;script&gt;" in found.words


def test_a_hostile_article_runs_nothing_and_fetches_nothing(
    checked: Report, listener: Listener, tmp_path: Path
) -> None:
    html = page(hostile(checked, listener.port))
    dom = opened(html, tmp_path)
    assert listener.hits == []
    assert unescape(title(dom)) == unescape(title(html))
    assert "cannot be told" in dom


def test_the_trap_itself_snaps(listener: Listener, tmp_path: Path) -> None:
    """The same words on a page of their own do run and fetch: else the test above would prove nothing."""
    dom = opened(f"<title>calm</title>{EVIL.replace('PORT', str(listener.port))}", tmp_path)
    assert title(dom) == "ran" or "ran" in dom
    assert listener.hits
