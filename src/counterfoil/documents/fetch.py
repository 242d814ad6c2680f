"""Fetch one address, safely. The only part that fetches, and the only one that imports httpx."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from counterfoil import __version__
from counterfoil.errors import InputError

if TYPE_CHECKING:
    import httpcore
    import httpx

    from counterfoil.documents.guard import Resolve

MAX_REDIRECTS = 5
_SAVE_IT = "open the page in a browser, save it, and give the file"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered: the bytes, decompressed, and where the redirects led."""

    raw: bytes
    url: str
    content_type: str
    retrieved: datetime


def fetch(
    url: str,
    *,
    allowed: Callable[[str], bool] | None = None,
    max_bytes: int = 20_000_000,
    timeout_s: float = 20.0,
    resolve: "Resolve | None" = None,
) -> Fetched:
    """Fetch `url` and follow at most five redirects, each of them judged like the first address.

    allowed    which numeric addresses may be spoken to; None: those of the open internet.
    resolve    from host and port to numeric addresses; None: the system's resolver.
    max_bytes  counted after decompression.
    timeout_s  for everything together: look-up, connections, redirects, the last byte.
    Raises     InputError for what is not http or https, for addresses that are not allowed,
               for answers that are errors, too large or too late. Proxies of the environment are not used: a proxy
               would resolve the name again.
    """
    import httpcore
    import httpx

    from counterfoil.documents import guard

    parsed = _parsed(url)
    deadline = guard.Deadline(timeout_s)
    backend = guard.GuardedBackend(deadline, resolve or guard.resolve_by_system, allowed or guard.is_public)
    context = httpx.create_ssl_context() if parsed.scheme == "https" else None
    headers = {
        "User-Agent": f"counterfoil/{__version__}",
        "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain;q=0.9, */*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
    }
    with (
        httpcore.ConnectionPool(ssl_context=context, network_backend=backend) as pool,
        httpx.Client(
            transport=_transport(pool),
            headers=headers,
            follow_redirects=True,
            max_redirects=MAX_REDIRECTS,
            trust_env=False,
        ) as client,
    ):
        try:
            with client.stream("GET", parsed) as response:
                _refuse_failure(response, url)
                raw = _read(response, max_bytes)
        except httpcore.TimeoutException:
            raise InputError(
                f"no whole answer within {timeout_s:g} s", url, f"try again later, or {_SAVE_IT}"
            ) from None
        except httpx.TooManyRedirects:
            raise InputError(
                f"more than {MAX_REDIRECTS} redirects", url, f"give the last address, or {_SAVE_IT}"
            ) from None
        except httpcore.UnsupportedProtocol:
            raise InputError("a redirect to something other than http or https", url, _SAVE_IT) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL) as error:
            raise InputError(
                f"not fetched: {error}", url, f"check the address and the connection, or {_SAVE_IT}"
            ) from None
    return Fetched(
        raw,
        str(response.url.copy_with(userinfo=b"", fragment=None)),
        response.headers.get("content-type", ""),
        datetime.now(UTC),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """The beginning of an answer: its status and headers (names in lower case); the bytes come as they are sent."""

    status: int
    headers: Mapping[str, str]
    url: str
    parts: Iterator[bytes]


@contextmanager
def answering(
    url: str,
    *,
    headers: Mapping[str, str],
    allowed: Callable[[str], bool] | None = None,
    timeout_s: float = 20.0,
    resolve: "Resolve | None" = None,
) -> Iterator[Answer]:
    """Ask for a file, and yield the answer before its bytes, whatever its status; redirects are judged as in `fetch`.

    For downloads that go on where they stopped: nothing is packed on the way, so that bytes can be counted.
    Raises InputError, while the bytes are read too: what came before stands.
    """
    import httpcore
    import httpx

    from counterfoil.documents import guard

    parsed = _parsed(url)
    backend = guard.GuardedBackend(
        guard.Deadline(timeout_s), resolve or guard.resolve_by_system, allowed or guard.is_public
    )
    context = httpx.create_ssl_context() if parsed.scheme == "https" else None
    own = {"User-Agent": f"counterfoil/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity"}
    with (
        httpcore.ConnectionPool(ssl_context=context, network_backend=backend) as pool,
        httpx.Client(
            transport=_transport(pool),
            headers={**own, **headers},
            follow_redirects=True,
            max_redirects=MAX_REDIRECTS,
            trust_env=False,
        ) as client,
    ):
        again = "run it again: it goes on where it stopped"
        try:
            with client.stream("GET", parsed) as response:
                told = {name.lower(): value for name, value in response.headers.items()}
                last = str(response.url.copy_with(userinfo=b"", fragment=None))
                yield Answer(response.status_code, told, last, response.iter_raw())
        except httpcore.TimeoutException:
            raise InputError(f"no whole answer within {timeout_s:g} s", url, again) from None
        except httpx.TooManyRedirects:
            raise InputError(f"more than {MAX_REDIRECTS} redirects", url, "give the last address") from None
        except httpcore.UnsupportedProtocol:
            raise InputError("a redirect to something other than http or https", url, "give the last address") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL) as error:
            raise InputError(f"cut off: {error}", url, f"check the connection, and {again}") from None


def _parsed(url: str) -> "httpx.URL":
    """Return the address; raises `InputError` for one that is not http(s), has no host or carries a password."""
    import httpx

    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise InputError(
            f"no such address: {error}", url, "give an address such as https://example.org/article"
        ) from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise InputError("only http and https addresses are fetched", url, "save the article and give the file")
    if parsed.userinfo:
        raise InputError("the address carries a user name", str(parsed.copy_with(userinfo=b"")), _SAVE_IT)
    return parsed


def _refuse_failure(response: "httpx.Response", url: str) -> None:
    """Raise `InputError` for an answer that is no page, or is packed in a way that could unfold without end."""
    status = response.status_code
    if status in (401, 402, 403, 407, 429, 451):
        raise InputError(f"the server keeps the page from us (status {status})", url, _SAVE_IT)
    if not 200 <= status < 300:
        raise InputError(f"the server answered with status {status}", url, f"check the address, or {_SAVE_IT}")
    if response.headers.get("content-encoding", "identity").strip().lower() not in ("identity", "gzip", "deflate", ""):
        raise InputError("the answer is packed in an unknown way", url, _SAVE_IT)


def _read(response: "httpx.Response", max_bytes: int) -> bytes:
    """Return the decompressed body; raises `InputError` as soon as it passes the limit."""
    stated = response.headers.get("content-length", "")
    size, parts = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 18 else 0, []
    if size <= max_bytes:
        size = 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > max_bytes:
                break
    if size > max_bytes:
        raise InputError(
            f"more than {max_bytes:,} bytes",
            str(response.url),
            "an article is smaller: save its text and give the file",
        )
    return b"".join(parts)


def _transport(pool: "httpcore.ConnectionPool") -> "httpx.BaseTransport":
    """Return httpx's way to the pool: httpx itself offers none that takes a network backend.

    Failures of the connection reach the caller as httpcore raises them.
    """
    import httpcore
    import httpx

    class Stream(httpx.SyncByteStream):
        def __init__(self, response: httpcore.Response) -> None:
            self._response = response

        def __iter__(self) -> Iterator[bytes]:
            return self._response.iter_stream()

        def close(self) -> None:
            self._response.close()

    class Transport(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            url = request.url
            target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
            response = pool.handle_request(
                httpcore.Request(request.method, target, headers=request.headers.raw, extensions=request.extensions)
            )
            return httpx.Response(response.status, headers=response.headers, stream=Stream(response))

    return Transport()
