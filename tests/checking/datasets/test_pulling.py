"""Downloads: from a real server on this computer, whole or not at all, going on where they stopped."""

import threading
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from counterfoil.checking.datasets import pulling
from counterfoil.checking.datasets.pulling import Pulled
from counterfoil.errors import DatasetError, InputError

RAW = bytes(range(256)) * 4000
DIGEST = sha256(RAW).hexdigest()


class Publisher(BaseHTTPRequestHandler):
    """What the server of these tests answers; `asked` keeps the Range of each request."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[str | None]] = []
    tag = '"one"'

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.asked.append(self.headers["Range"])
        name = self.path.partition("?")[0].strip("/").partition("/")[0]
        getattr(self, f"give_{name}")()

    def answer(self, body: bytes, status: int = 200, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": str(length or len(body)), **headers}.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = length is not None  # a body that is shorter than it says: the line is cut

    def give_file(self) -> None:
        wanted = self.headers["Range"]
        if wanted and self.headers["If-Range"] == self.tag:
            begin = int(wanted.removeprefix("bytes=").rstrip("-"))
            self.answer(RAW[begin:], 206, ETag=self.tag, Content_Range=f"bytes {begin}-{len(RAW) - 1}/{len(RAW)}")
        else:
            self.answer(RAW, ETag=self.tag)

    def give_cut(self) -> None:
        if self.headers["Range"]:
            self.give_file()
        else:
            self.answer(RAW[:300_000], length=len(RAW), ETag=self.tag)

    def give_untagged(self) -> None:
        if len(self.asked) > 1:
            self.answer(RAW)
        else:
            self.answer(RAW[:300_000], length=len(RAW))

    def give_wrong(self) -> None:
        if self.headers["Range"]:
            self.answer(RAW[5:], 206, ETag=self.tag, Content_Range=f"bytes 5-{len(RAW) - 1}/{len(RAW)}")
        else:
            self.answer(RAW[:300_000], length=len(RAW), ETag=self.tag)

    def give_shorter(self) -> None:
        if self.headers["Range"]:
            self.answer(b"", 416)
        else:
            self.answer(RAW[:300_000], length=len(RAW), ETag=self.tag)

    def give_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(10_000):
                self.wfile.write(RAW)
        except OSError:
            pass
        self.close_connection = True

    def give_to(self) -> None:
        self.answer(b"", 302, Location="/file")

    def give_round(self) -> None:
        self.answer(b"", 302, Location="/round")

    def give_gone(self) -> None:
        self.answer(b"no", 404)

    def give_locked(self) -> None:
        self.answer(b"no", 403)

    def give_nothing(self) -> None:
        self.answer(b"")


@pytest.fixture
def server() -> Iterator[str]:
    Publisher.asked = []
    Publisher.tag = '"one"'
    with ThreadingHTTPServer(("127.0.0.1", 0), Publisher) as running:
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def pull(url: str, folder: Path, *, limit: int = 10_000_000, expected: str = "") -> Pulled:
    return pulling.pull(url, folder, size_limit=limit, expected=expected, allowed=lambda _: True)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("path", ["file", "to", "file?a=1", "file/ged%20251.csv"])
def test_a_file_is_downloaded_whole(server: str, tmp_path: Path, path: str) -> None:
    found = pull(f"{server}/{path}", tmp_path, expected=DIGEST)
    assert found.path.read_bytes() == RAW
    assert (found.digest, found.size, found.resumed) == (DIGEST, len(RAW), 0)
    assert left(tmp_path) == [found.path.name]


def test_a_download_that_was_cut_off_goes_on_where_it_stopped(server: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cut off") as caught:
        pull(f"{server}/cut", tmp_path)
    assert "goes on where it stopped" in caught.value.mend
    assert left(tmp_path) == ["cut.part", "cut.part.json"]
    found = pull(f"{server}/cut", tmp_path, expected=DIGEST)
    assert found.path.read_bytes() == RAW
    assert found.resumed == 300_000
    assert Publisher.asked == [None, "bytes=300000-"]
    assert left(tmp_path) == ["cut"]


def test_a_file_that_changed_meanwhile_begins_anew(server: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cut off"):
        pull(f"{server}/cut", tmp_path)
    Publisher.tag = '"two"'
    found = pull(f"{server}/cut", tmp_path, expected=DIGEST)
    assert (found.resumed, found.path.read_bytes() == RAW) == (0, True)


def test_without_a_mark_of_the_version_it_begins_anew(server: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cut off"):
        pull(f"{server}/untagged", tmp_path)
    assert pull(f"{server}/untagged", tmp_path, expected=DIGEST).resumed == 0
    assert Publisher.asked == [None, None]


@pytest.mark.parametrize(("path", "words"), [("wrong", "another part"), ("shorter", "has changed since it was begun")])
def test_parts_that_do_not_fit_are_not_put_together(server: str, tmp_path: Path, path: str, words: str) -> None:
    with pytest.raises(InputError, match="cut off"):
        pull(f"{server}/{path}", tmp_path)
    with pytest.raises(InputError, match=words):
        pull(f"{server}/{path}", tmp_path)
    assert path not in left(tmp_path)


def test_a_changed_digest_is_an_error_and_leaves_nothing(server: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=f"changed: its sha256 is {DIGEST}") as caught:
        pull(f"{server}/file", tmp_path, expected="0" * 64)
    assert "--sha256" in caught.value.mend
    assert left(tmp_path) == []


@pytest.mark.parametrize("path", ["file", "endless"])
def test_a_file_that_is_too_large_is_left(server: str, tmp_path: Path, path: str) -> None:
    with pytest.raises(InputError, match="bytes") as caught:
        pull(f"{server}/{path}", tmp_path, limit=100_000)
    assert "--size-limit" in caught.value.mend
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("path", "words", "mend"),
    [
        ("gone", "status 404", "--url"),
        ("locked", "keeps the file from us", "counterfoil data add"),
        ("round", "more than 5 redirects", "last address"),
        ("nothing", "sent nothing", "later"),
    ],
)
def test_answers_that_are_no_file(server: str, tmp_path: Path, path: str, words: str, mend: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        pull(f"{server}/{path}", tmp_path)
    assert mend in caught.value.mend


def test_addresses_off_the_open_internet_are_refused(server: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not on the open internet"):
        pulling.pull(f"{server}/file", tmp_path, size_limit=10)
    assert Publisher.asked == []


@pytest.mark.parametrize("name", ["..%2f..%2fx", "..", "%00", ".bashrc", "a%5c..%5cb", ""])
def test_a_name_in_an_address_leads_to_no_other_folder(name: str) -> None:
    found = pulling.file_name(f"https://example.org/{name}")
    assert found
    assert Path(found).name == found
    assert not found.startswith(".")
