"""Whatever is given becomes a document, or an error that says what to do."""

import io
import sys
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.documents import Dated, Options, from_text, load
from counterfoil.errors import InputError
from counterfoil.spans import Span

ARTICLE = "Many leave the valley\n\nBy Ada Writer\n\nKABUL, Nov 8, 2023 (Agency) - The ministry said 1,204 people fled."


def test_a_text_file_becomes_a_document(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(ARTICLE.replace("\n", "\r\n").encode())
    document = load(path, Options(url="https://example.org/a"))
    assert document.text == ARTICLE
    assert document.sha256 == sha256(ARTICLE.encode()).hexdigest()
    assert document.raw_sha256 == sha256(path.read_bytes()).hexdigest()
    assert (document.source, document.url, document.media_type) == (str(path), "https://example.org/a", "text/plain")
    assert (document.title, document.author) == ("Many leave the valley", "Ada Writer")
    assert document.published == Dated(date(2023, 11, 8), "dateline", "Nov 8, 2023")
    start = document.text.index("1,204")
    assert document.anchor(Span(start, start + 5)).quote == "1,204"
    assert load(str(path)).text == load(path.read_bytes()).text == ARTICLE


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    document = load("-")
    assert (document.text, document.source) == (ARTICLE, "-")


def test_what_the_caller_gives_comes_first() -> None:
    document = load(ARTICLE.encode(), Options(title="Another", published=date(2020, 2, 2)))
    assert document.title == "Another"
    assert document.published == Dated(date(2020, 2, 2), "given", "2020-02-02")


def test_the_day_of_today_is_an_argument() -> None:
    words = b"On Wednesday, November 8, few left."
    years = [load(words, Options(today=date(year, 6, 1))).published for year in (2020, 2026)]
    assert [found.day.year if found else None for found in years] == [2017, 2023]


@pytest.mark.parametrize(
    ("raw", "options", "media_type"),
    [
        (b"<!DOCTYPE html><p>The ministry said 1,204 people fled.</p>", Options(), "text/html"),
        (b"\n<!-- saved --><html><p>The ministry said 1,204 people fled.</p>", Options(), "text/html"),
        ("<html><p>The ministry said 1,204 people fled.</p>".encode("utf-16"), Options(), "text/html"),
        (b"<3 said the ministry of 1,204 people", Options(), "text/plain"),
        (b"The tag <p> stands in a text of 1,204 words.", Options(), "text/plain"),
        (b"The ministry said <b>1,204</b> people fled.", Options(media_type="text/html"), "text/html"),
        (b"<p>The ministry said 1,204 people fled.</p>", Options(media_type="text/plain"), "text/plain"),
    ],
)
def test_the_content_tells_what_it_is_unless_the_caller_does(raw: bytes, options: Options, media_type: str) -> None:
    document = load(raw, options)
    assert document.media_type == media_type
    assert "1,204" in document.text


def test_a_pdf_is_known_by_its_first_bytes(make_pdf: Callable[..., bytes], tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(make_pdf([[(60, 700, "The ministry said 1,204 people fled.")]]))
    assert load(path).media_type == "application/pdf"


def test_a_name_hints_where_the_content_is_in_doubt(tmp_path: Path) -> None:
    path = tmp_path / "saved.html"
    path.write_text("Some words first <p>The ministry said 1,204 people fled.</p>")
    assert load(path).media_type == "text/html"


@pytest.mark.parametrize(
    ("raw", "options", "what", "mend"),
    [
        (b"", Options(), "empty", "article in it"),
        (b" \n\t ", Options(), "empty", "article in it"),
        (b"\xef\xbb\xbf\xc2\xad", Options(), "empty", "article in it"),
        (b"PK\x03\x04rest", Options(), "office document", "as PDF or plain text"),
        (b"{\\rtf1 words}", Options(), "RTF", "as PDF or plain text"),
        (b"\x89PNG\r\n\x1a\n", Options(), "an image", "OCR"),
        (b"\x1f\x8b\x08rest", Options(), "compressed", "unpack"),
        (bytes(range(256)) * 20, Options(), "binary", "text, HTML or PDF"),
        (b"<?xml version='1.0'?><rss version='2.0'></rss>", Options(), "a feed", "one article"),
        (b'{"id": "a", "text": "Many fled."}', Options(), "JSON", "--jsonl"),
        (b"From: <saved>\r\nContent-Type: multipart/related;\r\n\r\n<html>", Options(), "MHTML", "HTML only"),
        (b"words", Options(media_type="text/rtf"), "no such media type", "text/plain"),
        (b"words", Options(media_type="application/pdf"), "cannot be read", "new PDF"),
        (b"0" * 1001, Options(max_bytes=1000), "more than 1,000 bytes", "its text alone"),
    ],
)
def test_what_is_no_article_is_an_error_that_says_what_to_do(
    raw: bytes, options: Options, what: str, mend: str
) -> None:
    with pytest.raises(InputError) as raised:
        load(raw, options)
    assert what in raised.value.what
    assert mend in raised.value.mend
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("missing.txt", "no such file"),
        (".", "a folder"),
        ("zero\0.txt", "cannot be read"),
        ("long" * 2000, "cannot be read"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        load(tmp_path / name)


def test_a_file_of_100_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(InputError, match="20,000,000 bytes"):
        load(path)


@given(st.text(st.characters(codec=None)))
def test_a_given_text_is_left_unchanged(text: str) -> None:
    assert from_text(text, Options(today=date(2026, 1, 1)), source="a").text == text


@given(st.binary(max_size=400), st.sampled_from([None, "text/plain", "text/html"]))
def test_any_bytes_give_a_document_or_a_clear_error(raw: bytes, media_type: str | None) -> None:
    try:
        document = load(raw, Options(media_type=media_type, today=date(2026, 1, 1)))
    except InputError:
        return
    assert document.text.strip()
    assert document.sha256 == sha256(document.text.encode()).hexdigest()
