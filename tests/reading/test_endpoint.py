"""The endpoint of a language model: waits and failures, answers kept, settings, hosts and cost told."""

import json
import logging
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counterfoil.documents import Options, from_text
from counterfoil.errors import InputError, ModelError
from counterfoil.reading import endpoint, llm
from counterfoil.reading.endpoint import Endpoint
from reading.answering import FERRY, KEY, TEXT, Reply, Server, reply

# -- a server that is slow, busy, broken or not there


@pytest.mark.parametrize(
    "first",
    [
        pytest.param([Reply(b"slow down", 429, {"Retry-After": "0"})], id="too many requests"),
        pytest.param([Reply(b"oops", 500), Reply(b"", 503)], id="broken, then overloaded"),
        pytest.param([replace(reply(FERRY), delay_s=1.0)], id="too slow"),
        pytest.param([Reply(b"{", headers={"Content-Length": "900"})], id="cut off"),
    ],
)
def test_what_time_mends_is_asked_again(server: Server, first: list[Reply]) -> None:
    account = server.read(TEXT, *first, reply(FERRY), timeout_s=0.3)
    assert len(account.figures) == 3
    assert len(server.requests) == len(first) + 1


def test_the_server_says_how_long_to_wait(server: Server) -> None:
    began = time.monotonic()
    server.read(TEXT, Reply(b"", 429, {"Retry-After": "1"}), reply(FERRY))
    assert time.monotonic() - began >= 1


def test_each_wait_is_twice_the_one_before(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "counterfoil.llm")
    broken = [Reply(b"", 503)] * 3
    server.read(TEXT, *broken, reply(FERRY), backoff_s=0.05)
    waits = [
        record.args[-1] for record in caplog.records if "again in" in record.msg and isinstance(record.args, tuple)
    ]
    assert waits == [0.05, 0.1, 0.2]


@pytest.mark.parametrize(
    ("answer", "what", "mend", "requests"),
    [
        pytest.param(Reply(b"boom", 500), "status 500: boom", "repeat", 4, id="broken for good"),
        pytest.param(Reply(b"", 429, {"Retry-After": "3600"}), "status 429", "repeat", 1, id="an hour is too long"),
        pytest.param(Reply(f"bad key {KEY}".encode(), 401), "bad key [key]", endpoint.KEY, 1, id="wrong key"),
        pytest.param(Reply(b"no such model", 404), "no such model", endpoint.MODEL, 1, id="wrong model"),
        pytest.param(Reply(b"too long", 400), "status 400", endpoint.MODEL, 2, id="refused in either form"),
        pytest.param(Reply(b"\x1b[2J<b>" + b"x" * 9999, 418), "<b>xxx", endpoint.MODEL, 1, id="noise"),
    ],
)
def test_an_endpoint_that_fails_says_so(server: Server, answer: Reply, what: str, mend: str, requests: int) -> None:
    with pytest.raises(ModelError) as raised:
        server.read(TEXT, answer)
    error = raised.value
    assert what in error.what
    assert mend in error.mend
    assert error.where == server.url.removeprefix("http://").removesuffix("/v1")
    assert len(server.requests) == requests
    assert KEY not in str(error)
    assert str(error).replace("\n", "").isprintable()
    assert len(error.what) < 300


def test_no_redirect_is_followed(server: Server, elsewhere: Server) -> None:
    elsewhere.replies = [reply(FERRY)]
    with pytest.raises(ModelError, match="redirects are not followed"):
        server.read(TEXT, Reply(b"", 307, {"Location": f"{elsewhere.url}/chat/completions"}))
    assert elsewhere.requests == []


def test_nobody_listening() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    at = Endpoint(f"http://127.0.0.1:{port}", "small", attempts=2, backoff_s=0.01)
    with pytest.raises(ModelError, match="no connection"):
        llm.read(from_text(TEXT), at=at)


def test_drops_of_an_answer_do_not_stretch_the_time(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        done = threading.Event()

        def drip() -> None:
            talk, _ = listening.accept()
            with talk:
                talk.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
                while not done.wait(0.05):
                    try:
                        talk.sendall(b" ")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        with pytest.raises(ModelError, match="in time"):
            llm.read(from_text(TEXT), at=Endpoint(url, "small", timeout_s=0.4, attempts=1))
        done.set()
        thread.join()


def test_a_server_that_knows_no_schema_is_asked_for_plain_json(server: Server) -> None:
    account = server.read(TEXT, Reply(b"response_format json_schema is not supported", 400), reply(FERRY))
    assert len(account.figures) == 3
    assert [asked["response_format"]["type"] for asked in server.requests] == ["json_schema", "json_object"]


# -- what is kept


def test_an_answer_is_asked_for_once(server: Server, tmp_path: Path) -> None:
    first, second = server.read(cache=tmp_path), server.read(cache=tmp_path)
    assert first == second
    assert len(server.requests) == 1
    [kept] = tmp_path.iterdir()
    assert KEY not in kept.read_text()
    assert kept.suffix == ".json"
    server.read(cache=tmp_path, key="another")
    assert len(server.requests) == 1


@pytest.mark.parametrize("change", [{"text": TEXT.replace("39", "38")}, {"model": "large"}, {"url": "/other"}])
def test_another_text_model_or_address_is_asked_for_again(
    server: Server, tmp_path: Path, change: dict[str, str]
) -> None:
    server.read(cache=tmp_path)
    at = replace(
        server.endpoint(cache=tmp_path), model=change.get("model", "small"), url=server.url + change.get("url", "")
    )
    llm.read(from_text(change.get("text", TEXT), Options(published=date(2024, 5, 3))), at=at)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda kept: b"", id="empty"),
        pytest.param(lambda kept: kept[:-40], id="cut off"),
        pytest.param(lambda kept: b"[]", id="something else"),
        pytest.param(lambda kept: kept.replace(b"were killed", b"were saved!"), id="altered"),
        pytest.param(lambda kept: b'{"answer": 5, "sha256": ""}', id="no words"),
    ],
)
def test_a_damaged_answer_is_ignored_and_told(
    server: Server, tmp_path: Path, damage: Callable[[bytes], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    first = server.read(cache=tmp_path)
    [kept] = tmp_path.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(damage(whole))
    assert server.read(cache=tmp_path) == first
    assert len(server.requests) == 2
    assert str(kept) in caplog.text
    assert kept.read_bytes() == whole


@pytest.mark.skipif(sys.platform == "win32", reason="rights of other systems")
def test_kept_answers_are_for_their_owner_alone(server: Server, tmp_path: Path) -> None:
    server.read(cache=tmp_path / "llm")
    assert [path.stat().st_mode & 0o077 for path in (tmp_path / "llm", *(tmp_path / "llm").iterdir())] == [0, 0]


def test_a_folder_that_cannot_be_written_is_told(
    server: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    assert len(server.read(cache=tmp_path / "file" / "llm").figures) == 3
    assert "is not kept" in caplog.text


# -- settings, cost


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        pytest.param({}, [endpoint.URL, endpoint.MODEL], id="nothing set"),
        pytest.param({endpoint.URL: " "}, [f"{endpoint.URL} is not set"], id="blank"),
        pytest.param({endpoint.URL: "http://a/v1"}, [f"{endpoint.MODEL} is not set"], id="no model"),
        pytest.param({endpoint.URL: "ftp://a"}, ["no http or https address"], id="no web address"),
        pytest.param({endpoint.URL: "localhost:11434"}, ["no http or https address"], id="no scheme"),
        pytest.param({endpoint.URL: "http://[::1"}, ["no http or https address"], id="no address"),
        pytest.param({endpoint.URL: "http://a:99999"}, ["no http or https address"], id="no port"),
        pytest.param({endpoint.URL: "http://ä b/"}, ["no http or https address"], id="no letters of addresses"),
        pytest.param({endpoint.URL: "http://me:word@a/v1"}, ["carries a user name"], id="a password"),
        pytest.param({endpoint.KEY: "sk-\nx"}, [f"{endpoint.KEY} holds characters"], id="two lines of key"),
    ],
)
def test_settings_that_are_missing_or_wrong_are_all_named(variables: dict[str, str], told: list[str]) -> None:
    with pytest.raises(InputError) as raised:
        endpoint.from_environment(variables)
    assert raised.value.exit_code == 2
    assert all(words in raised.value.what for words in told)
    assert endpoint.URL in raised.value.mend
    assert "sk-" not in str(raised.value)
    assert "word" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://a:1/v1", "http://a:1/v1/chat/completions"),
        ("https://a/v1/", "https://a/v1/chat/completions"),
        ("https://a", "https://a/chat/completions"),
        ("https://a/v1/chat/completions", "https://a/v1/chat/completions"),
        ("https://a/x?api-version=2", "https://a/x/chat/completions?api-version=2"),
    ],
)
def test_the_address_that_is_asked(url: str, address: str) -> None:
    assert Endpoint(url, "small").address == address


@pytest.mark.parametrize(
    ("named", "expected"), [("/var/cache/me", "/var/cache/me/counterfoil/llm"), ("relative", None), ("", None)]
)
@pytest.mark.skipif(sys.platform == "win32", reason="paths of other systems")
def test_the_folder_of_answers_follows_the_custom_of_the_system(named: str, expected: str | None) -> None:
    folder = endpoint.cache_folder({"XDG_CACHE_HOME": named})
    assert folder is None or (folder.is_absolute() and "relative" not in folder.parts)
    assert expected is None or str(folder) == expected


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        (b"", 0, 0),
        (b"7", 7, 7),
        (b"-7", 0, 0),
        (b"soon", 0, 0),
        (b"9" * 5000, 10**8, 10**9),
        (b"Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
        (b"Fri, 31 Dec 2999 23:59:59 GMT", 10**9, 10**12),
        ("²".encode(), 0, 0),
    ],
)
def test_how_long_to_wait_as_servers_write_it(words: bytes, low: float, high: float) -> None:
    assert low <= endpoint._seconds(words) <= high


def test_host_and_cost_are_told(server: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "counterfoil.llm")
    server.read(cache=tmp_path)
    host = server.url.removeprefix("http://").removesuffix("/v1")
    sending, cost = caplog.messages
    assert sending == f"sending the text to {host}, model small"
    assert cost.startswith(f"{host}: 1 calls, 0 answers from the cache, 1,200 tokens in, 340 out, ")
    caplog.clear()
    server.read(cache=tmp_path)
    [cost] = caplog.messages
    assert cost == f"{host}: 0 calls, 1 answers from the cache, 0 tokens in, 0 out, 0.0 s"
    assert KEY not in caplog.text


@pytest.mark.parametrize("tokens", [None, "9", -5, 1.5, True, 10**30])
def test_tokens_that_are_no_number_count_nothing(server: Server, tokens: object) -> None:
    answer = json.loads(reply(FERRY).body)
    answer["usage"] = {"prompt_tokens": tokens}
    server.replies = [Reply(json.dumps(answer).encode())]
    session = endpoint.Session(server.endpoint())
    session.ask([], {}, str)
    assert session.cost.tokens_in == 0
