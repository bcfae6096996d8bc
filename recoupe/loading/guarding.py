"""Connections that are checked when they are made: to public addresses only, and within a deadline."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

import httpcore

from recoupe.errors import LoadError

Resolver = Callable[[str, int, float], list[str]]
"""(host, port, seconds left) -> the addresses of the host, as text."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")  # of one network, where it leads nobody can tell


class Refused(LoadError):
    """An address that must not be fetched."""


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host, asked of the system; it has no time limit of its own, so it is asked in a thread."""
    answer: list[Any] = []

    def ask() -> None:
        try:
            answer.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answer.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(max(seconds, 0.0))
    if not answer:
        raise httpcore.ConnectTimeout(f"no address for {host}")
    if isinstance(answer[0], Exception):
        raise httpcore.ConnectError(f"there is no host {host!r}: {answer[0]}")
    return list(dict.fromkeys(row[4][0] for row in answer[0]))


def public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where an IPv4 address is wrapped in an IPv6 one.

    >>> public("8.8.8.8"), public("127.0.0.1"), public("::ffff:10.0.0.1"), public("64:ff9b::a9fe:a9fe")
    (True, False, False, False)
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is None and ip.teredo:
            inner = ip.teredo[1]
        if ip in _LOCAL_NAT64 or ip.is_site_local or (inner is None and int(ip) >> 32 == 0):  # the latter is ::a.b.c.d
            return False
        if inner is not None:
            return public(str(inner))
    return ip.is_global and not ip.is_multicast


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves a host once, checks every address it has, and connects to the very address that it checked.

    A name that answers differently the second time (DNS rebinding) gains nothing, nor does a redirect.
    """

    def __init__(self, allow_private: bool, deadline: float, resolver: Resolver = resolve) -> None:
        self._allow_private = allow_private
        self._deadline = deadline
        self._resolver = resolver
        self._inner = httpcore.SyncBackend()

    def put_off(self, deadline: float) -> None:
        """Connections made from now on end at another deadline."""
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of `host` that answers. Raises Refused if any is not public."""
        found = self._resolver(host, port, self._left())
        for address in found:
            if not self._allow_private and not public(address):
                raise Refused(
                    f"{host} is {address}, an address of a private network; nothing was fetched (see --allow-private)."
                )
        error: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in found:
            try:
                stream = self._inner.connect_tcp(address, port, self._left(), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                error = failure
                continue
            self._check_peer(stream, address, host)
            return _Hurried(stream, self._deadline)
        raise error

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Never."""
        raise Refused("a socket of this machine is no page.")

    def sleep(self, seconds: float) -> None:
        """Not needed without retries."""

    def _check_peer(self, stream: httpcore.NetworkStream, address: str, host: str) -> None:
        """What answered must have the address that was asked for: a second lock on the same door."""
        peer = stream.get_extra_info("server_addr")
        if peer and ipaddress.ip_address(peer[0].partition("%")[0]) != ipaddress.ip_address(address.partition("%")[0]):
            stream.close()
            raise Refused(f"{host} was asked at {address}, but {peer[0]} answered; nothing was fetched.")

    def _left(self) -> float:
        left = self._deadline - monotonic()
        if left <= 0:
            raise httpcore.ConnectTimeout("no time left")
        return left


class _Hurried(httpcore.NetworkStream):
    """A stream whose every wait ends at the deadline of the whole fetch: a server that drips gains nothing."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As the stream underneath."""
        return self._inner.read(max_bytes, self._left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As the stream underneath."""
        self._inner.write(buffer, self._left(httpcore.WriteTimeout))

    def close(self) -> None:
        """As the stream underneath."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """As the stream underneath."""
        secure = self._inner.start_tls(ssl_context, server_hostname, self._left(httpcore.ConnectTimeout))
        return _Hurried(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """As the stream underneath."""
        return self._inner.get_extra_info(info)

    def _left(self, error: type[Exception]) -> float:
        left = self._deadline - monotonic()
        if left <= 0:
            raise error("no time left")
        return left
