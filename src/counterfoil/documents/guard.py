"""Which addresses may be spoken to, and the connection that speaks to no other.

The name is resolved once, every address that it has is judged, and the connection goes to an address that was judged:
a second look-up, which could answer otherwise, never happens. TLS and the Host header still use the name.
All waiting, from the look-up to the last byte, counts against one deadline.
"""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from counterfoil.errors import InputError

Resolve = Callable[[str, int], list[str]]
"""From host and port to numeric addresses; raises `OSError` where the name is unknown."""

_EMBEDS_IPV4 = {  # networks whose addresses lead to an IPv4 address, and how far it is shifted (RFC 3056, 6052, 4291)
    ipaddress.IPv6Network("2002::/16"): 80,
    ipaddress.IPv6Network("64:ff9b::/96"): 0,
    ipaddress.IPv6Network("::/96"): 0,
}


def is_public(address: str) -> bool:
    """Say whether a numeric address is one of the open internet; what is no address is not.

    Refused: private, loopback, link-local (with the metadata services of clouds), shared (100.64/10), multicast,
    reserved, unspecified; and IPv6 addresses that carry such an IPv4 address (mapped, 6to4, Teredo, NAT64).

    >>> is_public("93.184.215.14"), is_public("::ffff:127.0.0.1")
    (True, False)
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return is_public(str(parsed.ipv4_mapped))
        if parsed.teredo is not None or parsed.is_site_local:
            return False
        for network, shift in _EMBEDS_IPV4.items():
            if parsed in network and not is_public(str(ipaddress.IPv4Address((int(parsed) >> shift) & 0xFFFFFFFF))):
                return False
        if parsed in ipaddress.IPv6Network("64:ff9b::/96"):  # reserved by name, public by what it leads to
            return True
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified)


def resolve_by_system(host: str, port: int) -> list[str]:
    """Return the numeric addresses that the system's resolver gives, each once, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def judged(host: str, addresses: list[str], allowed: Callable[[str], bool]) -> list[str]:
    """Return the addresses; raises `InputError` if one of them is not allowed.

    One private address among public ones is enough to refuse: honest names have none.
    """
    refused = [address for address in addresses if not allowed(address)]
    if refused:
        raise InputError(
            f"{host} is at {refused[0]}, an address that is not on the open internet",
            host,
            "check the address; if you trust that machine, repeat with --allow-private",
        )
    return addresses


class Deadline:
    """A moment after which nothing waits any more; `timeout_s` seconds from now."""

    def __init__(self, timeout_s: float) -> None:
        self.timeout_s = timeout_s
        self._end = time.monotonic() + timeout_s

    def left(self) -> float:
        """Return the seconds left; raises `httpcore.ReadTimeout` when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout(f"{self.timeout_s:g} s in all have passed")
        return left


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to judged addresses only, each under the deadline."""

    def __init__(self, deadline: Deadline, resolve: Resolve, allowed: Callable[[str], bool]) -> None:
        self._deadline, self._resolve, self._allowed = deadline, resolve, allowed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = judged(host, self._look_up(host, port), self._allowed)
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for waiting, address in zip(range(min(4, len(addresses)), 0, -1), addresses, strict=False):
            share_s = self._deadline.left() / waiting  # so that one dead address does not use up the time of the next
            try:
                stream = httpcore.SyncBackend().connect_tcp(address, port, share_s, None, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def _look_up(self, host: str, port: int) -> list[str]:
        """Resolve under the deadline; the system's resolver knows none, so a thread does it that may be left behind."""
        found: list[str] = []
        failed: list[OSError] = []

        def look_up() -> None:
            try:
                found.extend(self._resolve(host, port))
            except (OSError, UnicodeError) as error:  # UnicodeError: a label of more than 63 characters
                failed.append(OSError(str(error)))

        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(self._deadline.left())
        if failed:
            raise httpcore.ConnectError(f"the name {host} cannot be resolved: {failed[0]}")
        if thread.is_alive():
            raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time")
        return list(found)


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
