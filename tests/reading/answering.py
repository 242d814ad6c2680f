"""A server on this computer that answers the language-model engine as each test tells it to."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from counterfoil.documents import Options, from_text
from counterfoil.reading import llm
from counterfoil.reading.endpoint import Endpoint
from counterfoil.reading.model import Account

TEXT = """\
At least 39 people were killed when a ferry sank off Mombasa on Thursday, Transport Minister Grace Achieng said. \
She told reporters that 12 divers were still searching.

Insurers put the loss at 1.2 million dollars, and the harbour has 12 cranes."""
FERRY = {
    "statements": [
        {
            "sentence": 1,
            "source": "Transport Minister Grace Achieng",
            "cue": "said",
            "content": ["At least 39 people were killed when a ferry sank off Mombasa on Thursday"],
            "speaker": "Grace Achieng",
        },
        {
            "sentence": 2,
            "source": "She",
            "cue": "told",
            "content": ["that 12 divers were still searching"],
            "speaker": "Grace Achieng",
        },
    ],
    "figures": [
        {
            "sentence": 1,
            "number": "39",
            "hedge": "At least",
            "what": "people",
            "event": "were killed",
            "time": "on Thursday",
            "place": "Mombasa",
            "base": None,
        },
        {"sentence": 2, "number": "12", "what": "divers", "event": "searching", "time": "on Thursday"},
        {"sentence": 3, "number": "1.2", "what": "loss"},
    ],
}
KEY = "sk-not-to-be-told"


@dataclass
class Reply:
    """What the server answers to one request."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0


def reply(proposed: object, **choice: object) -> Reply:
    """Return the answer of a model: what it proposes, as JSON unless it is a string already."""
    words = proposed if isinstance(proposed, str) else json.dumps(proposed)
    chosen = {"message": {"role": "assistant", "content": words}, "finish_reason": "stop", **choice}
    usage = {"prompt_tokens": 1200, "completion_tokens": 340}
    return Reply(json.dumps({"choices": [chosen], "usage": usage}).encode())


@dataclass
class Server:
    """A server that gives its replies in order, the last one for ever, and keeps what it was asked."""

    url: str
    replies: list[Reply] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def endpoint(self, **options: Any) -> Endpoint:
        return Endpoint(self.url, "small", **{"key": KEY, "timeout_s": 5, "budget_s": 9, "backoff_s": 0.01, **options})

    def read(self, text: str = TEXT, *replies: Reply, **options: Any) -> Account:
        self.replies += replies or [reply(FERRY)]
        document = from_text(text, Options(published=date(2024, 5, 3)))
        return llm.read(document, at=self.endpoint(**options))


def serving() -> Iterator[Server]:
    """Yield a server that listens, for the length of a test."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.requests.append({"path": self.path, **json.loads(body)})
            server.headers.append({name.lower(): value for name, value in self.headers.items()})
            given = server.replies.pop(0) if len(server.replies) > 1 else server.replies[0]
            try:
                time.sleep(given.delay_s)
                self.send_response(given.status)
                for name, value in {"Content-Length": str(len(given.body)), **given.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(given.body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{listening.server_port}/v1")
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


def reasons(account: Account) -> list[str]:
    """Return why words were set aside."""
    return [skipped.reason for skipped in account.skipped]


def roles(account: Account) -> list[dict[str, str | None]]:
    """Return the words of each figure."""
    return [
        {
            "number": f.number.anchor.quote,
            "hedge": f.hedge.quote if f.hedge else None,
            "what": f.what.quote if f.what else None,
            "event": f.event.quote if f.event else None,
            "time": f.period.anchor.quote if f.period else None,
            "place": f.place.anchor.quote if f.place else None,
            "base": f.base.quote if f.base else None,
        }
        for f in account.figures
    ]
