"""Fetching: from a real server on this computer; refusals need none."""

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from counterfoil.documents import Options, load
from counterfoil.documents.fetch import MAX_REDIRECTS, fetch
from counterfoil.documents.guard import is_public
from counterfoil.errors import InputError

PAGE = b"<html><body><article><p>The ministry said 1,204 people fled the district.</p></article></body></html>"


class Pages(BaseHTTPRequestHandler):
    """What the server of these tests answers."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        name, _, rest = self.path[1:].partition("/")
        try:
            getattr(self, f"give_{name}")(rest)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        if "Transfer_Encoding" not in headers:
            headers.setdefault("Content_Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def give_article(self, _: str) -> None:
        self.answer(PAGE, Content_Type="text/html; charset=utf-8")

    def give_host(self, _: str) -> None:
        self.answer(self.headers["Host"].encode())

    def give_lying(self, _: str) -> None:
        self.answer(PAGE, Content_Type="application/pdf")

    def give_to(self, address: str) -> None:
        self.answer(b"", 302, Location=address)

    def give_again(self, number: str) -> None:
        self.answer(b"", 302, Location=f"/again/{int(number) - 1}" if int(number) > 1 else "/article")

    def give_status(self, status: str) -> None:
        self.answer(b"no", int(status))

    def give_packed(self, _: str) -> None:
        self.answer(gzip.compress(PAGE), Content_Encoding="gzip")

    def give_bomb(self, _: str) -> None:
        self.answer(gzip.compress(b"0" * 3_000_000), Content_Encoding="gzip")

    def give_nested(self, _: str) -> None:
        self.answer(gzip.compress(gzip.compress(PAGE)), Content_Encoding="gzip, gzip")

    def give_large(self, _: str) -> None:
        self.answer(b"0" * 10, Content_Length=str(10**9))
        self.close_connection = True

    def give_endless(self, _: str) -> None:
        self.answer(b"", Transfer_Encoding="chunked")
        while True:
            self.wfile.write(b"10000\r\n" + b"0" * 65536 + b"\r\n")

    def give_drops(self, _: str) -> None:
        self.answer(b"", Content_Length="1000")
        for _ in range(100):
            self.wfile.write(b"0")
            time.sleep(0.05)

    def give_slow_head(self, _: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(100):
            self.wfile.write(b"X-Drop: 1\r\n")
            time.sleep(0.05)

    def give_cut(self, _: str) -> None:
        self.answer(b"only this", Content_Length="1000")
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Clients that hang up are what is tested, not an error of the server."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Give the address of a running server."""
    running = Server(("127.0.0.1", 0), Pages)
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def anywhere(address: str) -> bool:
    return True


def test_an_article_comes_with_where_and_when_it_was_fetched(server: str) -> None:
    document = load(f"{server}/to//article", Options(allow_private=True))
    assert document.text == "The ministry said 1,204 people fled the district."
    assert document.url == f"{server}/article"
    assert document.source == f"{server}/to//article"
    assert document.media_type == "text/html"
    assert document.retrieved is not None
    assert document.retrieved.tzinfo is not None


def test_the_content_decides_what_an_answer_is_not_its_header(server: str) -> None:
    assert load(f"{server}/lying", Options(allow_private=True)).media_type == "text/html"


@pytest.mark.parametrize("path", ["article", "packed", f"again/{MAX_REDIRECTS}"])
def test_what_is_fetched(server: str, path: str) -> None:
    assert fetch(f"{server}/{path}", allowed=anywhere).raw == PAGE


@pytest.mark.parametrize(
    ("path", "what", "mend"),
    [
        (f"again/{MAX_REDIRECTS + 1}", "redirects", "last address"),
        ("status/404", "status 404", "check the address"),
        ("status/500", "status 500", "check the address"),
        ("status/403", "keeps the page", "save it"),
        ("bomb", "more than 1,000,000 bytes", "save its text"),
        ("nested", "packed", "save it"),
        ("large", "more than 1,000,000 bytes", "save its text"),
        ("endless", "more than 1,000,000 bytes", "save its text"),
        ("cut", "not fetched", "check the address"),
        ("to/file:///etc/hostname", "http or https", "save it"),
        ("to/ftp://127.0.0.1/x", "http or https", "save it"),
    ],
)
def test_what_is_not_an_article_is_a_clear_error(server: str, path: str, what: str, mend: str) -> None:
    with pytest.raises(InputError) as raised:
        fetch(f"{server}/{path}", allowed=anywhere, max_bytes=1_000_000)
    assert what in raised.value.what
    assert mend in raised.value.mend


@pytest.mark.parametrize("path", ["drops", "slow_head"])
def test_the_limit_of_time_is_for_all_waiting_together(server: str, path: str) -> None:
    start = time.monotonic()
    with pytest.raises(InputError, match=r"within 0\.4 s"):
        fetch(f"{server}/{path}", allowed=anywhere, timeout_s=0.4)
    assert time.monotonic() - start < 3  # the server would go on for five seconds


def test_a_resolver_that_hangs_is_left_behind() -> None:
    with pytest.raises(InputError, match="within"):
        fetch("http://slow.test/", allowed=anywhere, timeout_s=0.2, resolve=lambda *_: time.sleep(1) or [])  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost:80/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://127.1/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/",
    ],
)
def test_addresses_of_this_computer_and_its_network_are_refused(address: str) -> None:
    with pytest.raises(InputError) as raised:
        load(address)
    assert "not on the open internet" in raised.value.what
    assert "--allow-private" in raised.value.mend


@pytest.mark.parametrize(
    "address",
    (
        "0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1"
        " 172.31.255.255 192.0.0.1 192.0.2.1 192.168.1.1 198.18.0.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255"
        " :: ::1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 64:ff9b::10.0.0.1 2002:7f00:1:: 2001:0:1::1"
        " fc00::1 fd12::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001:db8::1 no-address"
    ).split(),
)
def test_no_public_address(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::8.8.8.8", "2002:808:808::1"]
)
def test_public_address(address: str) -> None:
    assert is_public(address)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(InputError, match=r"10\.0\.0\.1"):
        fetch("http://two.test/", resolve=lambda *_: ["8.8.8.8", "10.0.0.1"])


def test_a_redirect_is_judged_like_the_first_address(server: str) -> None:
    port = server.rpartition(":")[2]
    with pytest.raises(InputError, match=r"127\.0\.0\.2"):
        fetch(f"{server}/to/http://127.0.0.2:{port}/article", allowed=lambda address: address == "127.0.0.1")


def test_the_connection_goes_to_the_address_that_was_judged_and_keeps_the_name(server: str) -> None:
    port = server.rpartition(":")[2]
    answers = iter([["127.0.0.1"]])  # a second look-up would fail

    fetched = fetch(f"http://news.test:{port}/host", allowed=anywhere, resolve=lambda *_: next(answers))
    assert fetched.raw == f"news.test:{port}".encode()
    assert fetched.url == f"http://news.test:{port}/host"


def test_an_address_that_does_not_answer_is_followed_by_the_next(server: str) -> None:
    port = server.rpartition(":")[2]
    fetched = fetch(f"http://two.test:{port}/article", allowed=anywhere, resolve=lambda *_: ["127.0.0.3", "127.0.0.1"])
    assert fetched.raw == PAGE


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/hostname", "only http and https"),
        ("http://", "only http and https"),
        ("http://me:secret@example.org/", "user name"),
        ("http://exa mple.org:port/", "no such address"),
        ("http://" + "a" * 70 + ".test/", "not fetched"),
    ],
)
def test_addresses_that_are_none(address: str, what: str) -> None:
    with pytest.raises(InputError) as raised:
        load(address, Options(timeout_s=5))
    assert what in raised.value.what
    assert "secret" not in str(raised.value)


def test_a_server_that_speaks_no_tls_is_an_error_not_a_fallback(server: str) -> None:
    with pytest.raises(InputError, match="not fetched"):
        fetch(server.replace("http:", "https:") + "/article", allowed=anywhere)
