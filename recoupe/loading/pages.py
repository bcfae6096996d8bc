"""Pages: one polite fetch of an http(s) address, bounded in time, size and redirects, never into a private network."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from urllib.parse import urldefrag

import httpcore
import httpx

from recoupe.errors import LoadError
from recoupe.loading.decoding import decode
from recoupe.loading.guarding import GuardedBackend, Refused, Resolver, resolve
from recoupe.records import Report
from recoupe.settings import Settings

_PAGES = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"
_REDIRECTS = (301, 302, 303, 307, 308)


def key(address: str) -> str:
    """The same for the same page."""
    return urldefrag(address).url


def user_agent() -> str:
    """How we introduce ourselves."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"recoupe/{version('recoupe')}"
    except PackageNotFoundError:
        return "recoupe"


def read_page(address: str, settings: Settings, resolver: Resolver = resolve) -> Report:
    """Fetch one page. Raises LoadError, which says why there is none."""
    deadline = monotonic() + settings.timeout
    backend = GuardedBackend(settings.allow_private, deadline, resolver)
    with (
        _explained(address, settings),
        httpx.Client(transport=_Transport(backend), follow_redirects=False, trust_env=False) as client,
    ):
        url = httpx.URL(address)
        for _ in range(settings.max_redirects + 1):
            if url.scheme not in ("http", "https") or not url.host:
                raise LoadError(f"{address}: leads to {str(url)[:200]!r}, which is no http or https address.")
            request = client.build_request(
                "GET",
                url,
                headers={
                    "User-Agent": user_agent(),
                    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8",
                    "Accept-Encoding": "gzip, deflate",
                },
                timeout=settings.timeout,
            )
            response = client.send(request, stream=True)
            try:
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    url = url.join(response.headers["location"])
                    continue
                return _report(address, response, settings, deadline)
            finally:
                response.close()
        raise LoadError(f"{address}: redirects more than {settings.max_redirects} times.")


def _report(address: str, response: httpx.Response, settings: Settings, deadline: float) -> Report:
    if response.status_code != 200:
        raise LoadError(
            f"{address}: the server answered {response.status_code} {response.reason_phrase}; nothing was read."
        )
    media, _, parameters = response.headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    if media and media not in (*_PAGES, _TEXT):
        raise LoadError(f"{address}: is {media}; a page (HTML) or plain text was expected.")
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > settings.max_bytes:
            raise LoadError(f"{address}: has more than {settings.max_bytes} bytes; nothing was read.")
        if monotonic() > deadline:
            raise LoadError(f"{address}: took more than {settings.timeout:g} seconds; nothing was read.")
    text, notes = decode(bytes(body), address, _charset(parameters), page=media != _TEXT)
    page = media in _PAGES or (not media and "<" in text[:1000])
    return Report(
        address=address,
        media="html" if page else "text",
        content=text,
        url=urldefrag(str(response.url)).url,
        notes=notes,
    )


def _charset(parameters: str) -> str | None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


class _Transport(httpx.BaseTransport):
    """httpx over a connection pool whose connections are made by a GuardedBackend."""

    def __init__(self, backend: GuardedBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_ssl_context(), network_backend=backend, max_connections=1, retries=0, http1=True, http2=False
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request, without redirects."""
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=b"",
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _ssl_context() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


@contextmanager
def _explained(address: str, settings: Settings) -> Iterator[None]:
    """Turn every failure of a fetch into a LoadError."""
    try:
        yield
    except LoadError:
        raise
    except Refused as error:
        raise LoadError(f"{address}: {error}") from None
    except (httpx.TimeoutException, httpcore.TimeoutException):
        raise LoadError(f"{address}: took more than {settings.timeout:g} seconds; nothing was read.") from None
    except httpx.DecodingError as error:
        raise LoadError(f"{address}: the body is not compressed as it says ({error}).") from None
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise LoadError(f"{address}: is no proper address ({error}).") from None
    except (
        httpx.HTTPError,
        httpcore.ProtocolError,
        httpcore.NetworkError,
        httpcore.UnsupportedProtocol,
        OSError,
    ) as error:
        raise LoadError(f"{address}: cannot be fetched ({str(error) or type(error).__name__}).") from None
