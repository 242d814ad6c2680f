"""One language model behind an OpenAI-compatible address: ask it, wait for it, try again, remember, count the cost.

Nothing here knows what is asked. No text leaves but through `Session.ask`; redirects are never followed and proxies of
the environment are not used, so that it goes to the host of the address and to no other.
"""

import hashlib
import json
import logging
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlsplit

from counterfoil import __version__
from counterfoil.errors import InputError, ModelError

if TYPE_CHECKING:
    import ssl

LOG = logging.getLogger("counterfoil.llm")
URL, KEY, MODEL = "COUNTERFOIL_LLM_URL", "COUNTERFOIL_LLM_KEY", "COUNTERFOIL_LLM_MODEL"
# Answers that may be better a little later (RFC 9110, 6585): too slow, too many, too early, broken, overloaded.
LATER = frozenset([408, 425, 429, 500, 502, 503, 504])
# How servers say that they do not know the form of answer asked for.
UNKNOWN_FORM = frozenset([400, 415, 422])
FORMS = ("json_schema", "json_object")
MOST_BYTES = 2_000_000  # of one answer: some fifty times what a chunk's figures take
SHOWN = 200  # characters of what a server says of its failure
_PRINTABLE = re.compile(r"[!-~]+")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is and how long it may take.

    url        of the interface ("http://localhost:11434/v1") or of its /chat/completions itself.
    cache      folder of answers; None: none is kept.
    timeout_s  for one request, from the look-up of the name to the last byte.
    budget_s   for all requests of one article, with the waiting between them.
    attempts   at one request, first included; before each further one `backoff_s` doubles.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    cache: Path | None = None
    timeout_s: float = 120.0
    budget_s: float = 900.0
    attempts: int = 4
    backoff_s: float = 1.0

    def __post_init__(self) -> None:
        faults = _faults(self)
        if faults:
            raise InputError(f"the language model cannot be asked: {'; '.join(faults)}", "--engine llm", _SET)

    @property
    def host(self) -> str:
        """Return where the text goes, as people are told: host and port."""
        return urlsplit(self.url).netloc

    @property
    def address(self) -> str:
        """Return the address that requests are sent to."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/")
        if not path.endswith("/chat/completions"):
            path += "/chat/completions"
        return parts._replace(path=path, fragment="").geturl()


_SET = (
    f"set {URL} to the address of an OpenAI-compatible interface (e.g. http://localhost:11434/v1), {MODEL} to the name "
    f"of a model there, and {KEY} if it asks for one; or leave --engine out"
)


def _faults(endpoint: Endpoint) -> list[str]:
    """Return all that is wrong with the settings; the key is never quoted."""
    faults = []
    if not endpoint.url:
        faults.append(f"{URL} is not set")
    else:
        try:
            parts = urlsplit(endpoint.url)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable or not _PRINTABLE.fullmatch(endpoint.url):
            faults.append(f"{URL} is no http or https address")
        elif "@" in parts.netloc:
            faults.append(f"{URL} carries a user name: give the key in {KEY}")
    if not endpoint.model:
        faults.append(f"{MODEL} is not set")
    if endpoint.key and not _PRINTABLE.fullmatch(endpoint.key):
        faults.append(f"{KEY} holds characters that no key has")
    return faults


def from_environment(environment: Mapping[str, str] | None = None) -> Endpoint:
    """Return the endpoint that the variables name, with the user's cache; raises `InputError` naming those to set."""
    variables = os.environ if environment is None else environment
    url, model, key = (variables.get(name, "").strip() for name in (URL, MODEL, KEY))
    return Endpoint(url, model, key, cache_folder(variables))


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """Return the folder in which answers are kept, by the custom of the system; None for a user without a home."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        usual = environment.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        usual = os.path.join(home, "Library", "Caches")
    else:
        usual = os.path.join(home, ".cache")
    named = environment.get("XDG_CACHE_HOME", "")
    # What is not absolute is to be ignored (XDG base directory specification).
    base = named if os.path.isabs(named) else usual
    return Path(base, "counterfoil", "llm") if os.path.isabs(base) else None


@dataclass(slots=True)
class Cost:
    """What one article has cost: requests sent, answers from the cache, tokens as the server counts them, seconds."""

    calls: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.calls} calls, {self.cached} answers from the cache, "
            f"{self.tokens_in:,} tokens in, {self.tokens_out:,} out, {self.seconds:.1f} s"
        )


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What was made of an answer, or None and why nothing could be."""

    value: T | None
    reason: str = ""


class Session:
    """The requests of one article: their budget, their cost, and the form of answer that the server knows."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.cost = Cost()
        self._ends = time.monotonic() + endpoint.budget_s
        self._form = FORMS[0]
        self._tls: ssl.SSLContext | None = None
        self._told = False

    def ask(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any], read: Callable[[str], T]
    ) -> Answer[T]:
        """Ask once, and once more if `read` cannot use the answer; an answer of which it can is kept.

        read    from the answer's words to what they say; raises `ValueError` with the reason where they say nothing.
        Raises  ModelError where the server gives no answer at all.
        """
        place = self._place(messages, schema)
        kept = _recall(place)
        if kept is not None:
            with suppress(ValueError):
                value = read(kept)
                self.cost.cached += 1
                return Answer(value)
            _ignored(place)
        reason = ""
        for _ in range(2):
            words, reason = self._content(self._request(messages, schema))
            if reason:
                continue
            try:
                value = read(words)
            except ValueError as error:
                reason = str(error)
                continue
            _keep(place, words)
            return Answer(value)
        return Answer(None, reason)

    def _place(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Path | None:
        """Return where this answer is kept, by the digest of all that it depends on; the key is no part of it."""
        if self.endpoint.cache is None:
            return None
        asked = json.dumps([self.endpoint.address, self.endpoint.model, messages, schema], sort_keys=True)
        return self.endpoint.cache / f"{hashlib.sha256(asked.encode('ascii')).hexdigest()}.json"

    def _request(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> bytes | None:
        """Return the body of the server's answer, None if it is larger than any answer is."""
        while True:
            form: dict[str, Any] = {"type": self._form}
            if self._form == "json_schema":
                form["json_schema"] = {"name": "proposals", "strict": True, "schema": schema}
            asked = {"model": self.endpoint.model, "messages": messages, "temperature": 0, "response_format": form}
            status, body = self._sent(json.dumps(asked).encode("ascii"))
            if status in UNKNOWN_FORM and self._form != FORMS[-1]:
                self._form = FORMS[FORMS.index(self._form) + 1]
                continue
            if 200 <= status < 300:
                return body
            raise self._failed(f"status {status}{self._said(body)}", _mend(status))

    def _sent(self, content: bytes) -> tuple[int, bytes | None]:
        """Send until the server answers with something that time will not mend; return status and body."""
        import httpcore

        failure = ""
        for attempt in range(self.endpoint.attempts):
            left = self._ends - time.monotonic()
            if left <= 0:
                break
            wait_s = self.endpoint.backoff_s * 2**attempt
            self._tell()
            began = time.monotonic()
            self.cost.calls += 1
            try:
                status, body, later = self._post(content, min(left, self.endpoint.timeout_s))
            except httpcore.TimeoutException:
                failure = "no whole answer in time"
            except (httpcore.NetworkError, httpcore.ProtocolError) as error:
                failure = f"no connection: {self._clean(str(error))}"
            else:
                if status not in LATER:
                    return status, body
                failure, wait_s = f"status {status}{self._said(body)}", max(wait_s, later)
            finally:
                self.cost.seconds += time.monotonic() - began
            if attempt + 1 == self.endpoint.attempts or time.monotonic() + wait_s >= self._ends:
                break
            LOG.info("%s: %s; again in %.0f s", self.endpoint.host, failure, wait_s)
            time.sleep(wait_s)
        raise self._failed(
            failure or f"the {self.endpoint.budget_s:g} s for one article have passed",
            "check that the server runs and answers, then repeat: answers already given are kept; "
            "or leave --engine out",
        )

    def _tell(self) -> None:
        """Say, before the first request of an article, where its text goes."""
        if not self._told:
            LOG.info("sending the text to %s, model %s", self.endpoint.host, self.endpoint.model)
            self._told = True

    def _post(self, content: bytes, timeout_s: float) -> tuple[int, bytes | None, float]:
        """Send once; return status, body (None if too large) and the seconds that the server asks to wait."""
        import httpcore

        from counterfoil.documents import guard

        if self._tls is None and self.endpoint.address.startswith("https"):
            self._tls = httpcore.default_ssl_context()
        headers: dict[bytes | str, bytes | str] = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": f"counterfoil/{__version__}",
        }
        if self.endpoint.key:
            headers["Authorization"] = f"Bearer {self.endpoint.key}"
        # Every wait counts against one deadline. The address is the user's own choice: any host is allowed.
        backend = guard.GuardedBackend(guard.Deadline(timeout_s), guard.resolve_by_system, lambda _: True)
        with (
            httpcore.ConnectionPool(ssl_context=self._tls, network_backend=backend) as pool,
            pool.stream("POST", self.endpoint.address, headers=headers, content=content) as response,
        ):
            later = next((value for name, value in response.headers if name.lower() == b"retry-after"), b"")
            body = bytearray()
            for part in response.iter_stream():
                body += part
                if len(body) > MOST_BYTES:
                    return response.status, None, _seconds(later)
            return response.status, bytes(body), _seconds(later)

    def _content(self, body: bytes | None) -> tuple[str, str]:
        """Return the words of an answer, or "" and why there are none; counts its tokens."""
        if body is None:
            return "", f"an answer of more than {MOST_BYTES:,} bytes"
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            return "", "an answer that is no JSON"
        usage = answer.get("usage") if isinstance(answer, dict) else None
        if isinstance(usage, dict):
            self.cost.tokens_in += _count(usage.get("prompt_tokens"))
            self.cost.tokens_out += _count(usage.get("completion_tokens"))
        try:
            choice = answer["choices"][0]
            words = choice["message"]["content"]
        except (KeyError, IndexError, TypeError):
            return "", "an answer without a message"
        if choice.get("finish_reason") == "length":
            return "", "an answer cut off at the model's limit"
        return (words, "") if isinstance(words, str) and words.strip() else ("", "an empty answer")

    def _said(self, body: bytes | None) -> str:
        words = self._clean((body or b"")[: 20 * SHOWN].decode("utf-8", "replace"))
        return f": {words}" if words else ""

    def _clean(self, words: str) -> str:
        """Return a server's words as one short line, without the key, which some repeat, and without control codes."""
        if self.endpoint.key:
            words = words.replace(self.endpoint.key, "[key]")
        words = " ".join("".join(c if c.isprintable() else " " for c in words).split())
        return words if len(words) <= SHOWN else words[:SHOWN] + "…"

    def _failed(self, what: str, mend: str) -> ModelError:
        return ModelError(f"the language model did not answer: {what}", self.endpoint.host, mend)


def _mend(status: int) -> str:
    if status in (401, 403):
        return f"check {KEY}; or leave --engine out"
    if 300 <= status < 400:
        return f"set {URL} to the address itself: redirects are not followed, for text and key would go elsewhere"
    if status == 404:
        return f"check {URL} (it often ends in /v1) and {MODEL}; or leave --engine out"
    return f"check {MODEL} and what the server says; or leave --engine out"


def _seconds(later: bytes) -> float:
    """Return the seconds that Retry-After asks for, as a number or as a date (RFC 9110, 10.2.3); 0 for none."""
    words = later.decode("ascii", "replace").strip()
    if words.isascii() and words.isdigit():
        return float(words[:9])
    try:
        moment = parsedate_to_datetime(words)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _count(tokens: object) -> int:
    return tokens if isinstance(tokens, int) and not isinstance(tokens, bool) and 0 <= tokens < 1 << 40 else 0


# -- answers that are kept


def _recall(place: Path | None) -> str | None:
    """Return a kept answer, None where there is none or it is not as it was written."""
    if place is None:
        return None
    try:
        kept = json.loads(place.read_bytes())
        whole = kept["sha256"] == _digest(kept["answer"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        _ignored(place)
        return None
    return str(kept["answer"])


def _keep(place: Path | None, words: str) -> None:
    """Write an answer so that it is there whole or not at all; readable by its owner alone."""
    if place is None:
        return
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=place.stem, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                json.dump({"sha256": _digest(words), "answer": words}, file)
            os.replace(name, place)
        except OSError:
            os.unlink(name)
            raise
    except OSError as error:
        LOG.warning("the answer is not kept in %s: %s", place.parent, error.strerror)


def _ignored(place: Path | None) -> None:
    LOG.warning("a kept answer is damaged and is asked for again: %s", place)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
