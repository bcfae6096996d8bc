"""Fetching: polite, conditional requests, bounded in time, size and redirects, never into a private network."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic, sleep, time
from urllib.parse import urldefrag

import httpcore
import httpx

from recoupe.errors import LoadError
from recoupe.loading.fetched import Fetched, Unfetched
from recoupe.loading.guarding import GuardedBackend, Refused, Resolver, resolve
from recoupe.loading.hosts import PATIENCE, Hosts
from recoupe.loading.robots import LIMIT, Robots
from recoupe.loading.transport import Transport
from recoupe.loading.unpacking import unpack
from recoupe.records.validators import Validators
from recoupe.settings import Settings

ACCEPTED = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,"
    "application/json;q=0.9,text/plain;q=0.8,*/*;q=0.5"
)
_REDIRECTS = (301, 302, 303, 307, 308)
_LATER = (408, 425, 429, 500, 502, 503, 504)
_UNREAD = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")
_AGENT = "recoupe"


def user_agent() -> str:
    """How we introduce ourselves."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{_AGENT}/{version('recoupe')}"
    except PackageNotFoundError:
        return _AGENT


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is asked of one address. `cut`: what has more than `most` bytes is cut there instead of refused."""

    address: str
    headers: dict[str, str]
    most: int
    seconds: float
    led: bool = False
    cut: bool = False


class Fetcher:
    """Fetches for one run: it knows the hosts' turns and their robots.txt. Safe to use from several threads."""

    def __init__(self, settings: Settings, resolver: Resolver = resolve, wait: Callable[[float], None] = sleep) -> None:
        self._settings, self._resolver, self._sleep = settings, resolver, wait
        self._hosts = Hosts(settings.delay, wait=wait)
        self._robots = Robots(self._robots_txt, _AGENT)

    def fetch(self, address: str, known: Validators | None = None, *, led: bool = False) -> Fetched:
        """What an address gives now; `known` is what is remembered of it, for a conditional request.

        `led` tells an address that a feed, list or page led to from one that the user named: robots.txt is asked for
        the former. Raises Unfetched, which says why there is nothing and whether there may be later.
        """
        known = known or Validators()
        wish = _Wish(address, _headers(known), self._settings.max_bytes, self._settings.timeout, led)
        try:
            return self._once(wish, known)
        except Unfetched as error:
            if error.status not in (429, 503) or error.wait is None or error.wait > PATIENCE:
                raise
        return self._once(wish, known)  # the server named a time that is soon over; Hosts waits for it

    def _once(self, wish: _Wish, known: Validators) -> Fetched:
        with _explained(wish):
            url = _checked(httpx.URL(wish.address), wish)
            self._hosts.wait_for(url.host, wish.address)
            try:
                with _explained(wish):
                    fetched = self._answer(url, wish, known)
            except Unfetched as error:
                if error.passing:
                    self._hosts.failed(url.host, str(error).removeprefix(f"{wish.address}: ").rstrip("."), error.wait)
                raise
            self._hosts.answered(url.host)
            return fetched

    def _answer(self, url: httpx.URL, wish: _Wish, known: Validators) -> Fetched:
        """Follow redirects to an answer and read it, all of it before one deadline."""
        deadline = monotonic() + wish.seconds
        backend = GuardedBackend(self._settings.allow_private, deadline, self._resolver)
        with httpx.Client(transport=Transport(backend), follow_redirects=False, trust_env=False) as client:
            for _ in range(self._settings.max_redirects + 1):
                url = _checked(url, wish)
                if wish.led:
                    deadline += self._asked_robots(url, wish)
                    backend.put_off(deadline)
                request = client.build_request("GET", url, headers=wish.headers, timeout=wish.seconds)
                response = client.send(request, stream=True)
                try:
                    if response.status_code in _REDIRECTS and "location" in response.headers:
                        url = url.join(response.headers["location"])
                        continue
                    return _fetched(response, wish, known, deadline)
                finally:
                    response.close()
        raise Unfetched(f"{wish.address}: redirects more than {self._settings.max_redirects} times.")

    def _asked_robots(self, url: httpx.URL, wish: _Wish) -> float:
        """Raise Unfetched where robots.txt forbids an address; the seconds that it took to ask."""
        begun = monotonic()
        port = f":{url.port}" if url.port else ""
        host = f"[{url.host}]" if ":" in url.host else url.host
        rules = self._robots.of(f"{url.scheme}://{host}{port}")
        if rules.delay:
            self._hosts.slow_down(url.host, rules.delay)
        if not rules.allows(str(url)):
            raise Unfetched(
                f"{wish.address}: the robots.txt of {url.host} asks not to fetch it; name the page itself to read it."
            )
        return monotonic() - begun

    def _robots_txt(self, address: str) -> bytes:
        wish = _Wish(address, _headers(Validators()), LIMIT, min(self._settings.timeout, 10.0), cut=True)
        with _explained(wish):
            return self._answer(httpx.URL(address), wish, Validators()).body


def _headers(known: Validators) -> dict[str, str]:
    headers = {"User-Agent": user_agent(), "Accept": ACCEPTED, "Accept-Encoding": "gzip, deflate"}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _checked(url: httpx.URL, wish: _Wish) -> httpx.URL:
    if url.scheme not in ("http", "https") or not url.host:
        raise Unfetched(f"{wish.address}: leads to {str(url)[:200]!r}, which is no http or https address.")
    return url


def _fetched(response: httpx.Response, wish: _Wish, known: Validators, deadline: float) -> Fetched:
    url = urldefrag(str(response.url)).url
    media, _, parameters = response.headers.get("content-type", "").partition(";")
    media = media.strip().lower()[:100]
    if response.status_code == 304 and (known.etag or known.last_modified):
        return Fetched(wish.address, url, media, None, b"", _renewed(known, response, known.digest), True)
    if response.status_code != 200:
        raise _refusal(response, wish)
    if media.startswith(_UNREAD):
        raise Unfetched(f"{wish.address}: is {media}; a page, a text, a feed or an archive was expected.")
    body = _body(response, wish, deadline)
    digest = hashlib.sha256(body).hexdigest()[:32]
    return Fetched(
        wish.address,
        url,
        media,
        _charset(parameters),
        body,
        _renewed(known, response, digest),
        known.digest == digest,
    )


def _renewed(known: Validators, response: httpx.Response, digest: str | None) -> Validators:
    """What is remembered after an answer; a 304 may leave out what it has said before."""
    same = response.status_code == 304
    etag = response.headers.get("etag") or (known.etag if same else None)
    modified = response.headers.get("last-modified") or (known.last_modified if same else None)
    return Validators(_short(etag), _short(modified), digest)


def _short(header: str | None) -> str | None:
    """A header that can be sent back: no longer than any sensible one."""
    return header if header and len(header) <= 500 and header.isprintable() and header.isascii() else None


def _refusal(response: httpx.Response, wish: _Wish) -> Unfetched:
    status = response.status_code
    return Unfetched(
        f"{wish.address}: the server answered {status} {response.reason_phrase}; nothing was read.",
        passing=status in _LATER,
        wait=retry_after(response.headers.get("retry-after"), time()),
        status=status,
    )


def retry_after(header: str | None, now: float) -> float | None:
    """The seconds that a Retry-After header asks for, given as a number or as a date; None where it says nothing.

    >>> retry_after("120", 0.0), retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 10.0), retry_after("soon", 0.0)
    (120.0, 50.0, None)
    """
    header = (header or "").strip()[:100]
    if header.isascii() and header.isdecimal():
        return float(header[:9])
    try:
        when = parsedate_to_datetime(header)
        then = when.replace(tzinfo=when.tzinfo or UTC)
        return max(0.0, (then - datetime.fromtimestamp(now, UTC)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None


def _body(response: httpx.Response, wish: _Wish, deadline: float) -> bytes:
    """The body, unpacked by ourselves: of what comes packed twice, a few kilobytes make terabytes."""
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > wish.most:
            if not wish.cut:
                raise Unfetched(f"{wish.address}: has more than {wish.most} bytes; nothing was read.")
            break
        if monotonic() > deadline:
            raise Unfetched(f"{wish.address}: took more than {wish.seconds:g} seconds; nothing was read.", passing=True)
    return unpack(bytes(body), wish.address, response.headers.get("content-encoding", ""), wish.most, wish.cut)


def _charset(parameters: str) -> str | None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


@contextmanager
def _explained(wish: _Wish) -> Iterator[None]:
    """Turn every failure of a fetch into Unfetched."""
    address = wish.address
    try:
        yield
    except Unfetched:
        raise
    except Refused as error:
        raise Unfetched(f"{address}: {error}") from None
    except LoadError as error:
        raise Unfetched(str(error)) from None
    except (httpx.TimeoutException, httpcore.TimeoutException):
        raise Unfetched(
            f"{address}: took more than {wish.seconds:g} seconds; nothing was read.", passing=True
        ) from None
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise Unfetched(f"{address}: is no proper address ({error}).") from None
    except (
        httpx.HTTPError,
        httpcore.ProtocolError,
        httpcore.NetworkError,
        httpcore.UnsupportedProtocol,
        OSError,
    ) as error:
        said = str(error) or type(error).__name__
        raise Unfetched(f"{address}: cannot be fetched ({said}).", passing=True) from None
