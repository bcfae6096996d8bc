"""Security: what stands before every page. A request that has no business here does not reach one.

By default the desk listens on this machine alone and needs no password; then a page of some web site, opened in the
same browser, is the adversary. It may send requests here (refused by where they come from), call itself by a name that
leads here (refused by the Host header), or show the desk in a frame (refused by the policy). On any other address a
token is demanded as well.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""What a page may do: its own script, style and pictures; nothing inline, no other host."""
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
ENTRANCE = "/enter"
"""Where a token is asked for; all that may be seen without one, besides what stands under `OPEN`."""
OPEN = "/static/"
COOKIE = "recoupe_desk"
"""The cookie that says that the token was given."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SAFE = ("GET", "HEAD")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?\Z")


@dataclass(frozen=True)
class Gate:
    """Who may come in: under which names of this machine, and with which token (None: no token is asked for).

    `key` signs what the browser brings back: the cookie, the tokens of forms. It lives as long as the process.
    """

    names: frozenset[str] = frozenset(LOOPBACK)
    addresses: bool = False
    token: str | None = None
    max_bytes: int = 64 * 1024 * 1024
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def knows(self, host: str) -> bool:
        """Whether a Host header names this machine. A name that somebody else made lead here is not ours."""
        found = _HOST.match(host)
        if not found:
            return False
        name = found.group(1).strip("[]").lower().rstrip(".")
        return name in self.names or (self.addresses and _is_address(name))

    def opens(self, token: str) -> bool:
        """Whether this is the token; takes as long for a wrong one as for the right one."""
        return self.token is not None and hmac.compare_digest(_digest(token), _digest(self.token))

    def signed(self, purpose: str, text: str = "") -> str:
        """A mark that only this process can make."""
        return hmac.new(self.key, f"{purpose}\0{text}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def is_signed(self, mark: str, purpose: str, text: str = "") -> bool:
        """Whether we made a mark."""
        return hmac.compare_digest(mark.encode("utf-8", "replace"), self.signed(purpose, text).encode())


def gate_for(host: str, token: str | None = None) -> Gate:
    """The gate of a desk that listens at `host`: loopback needs no token, anything else is given one."""
    if is_loopback(host):
        return Gate(frozenset({*LOOPBACK, host.lower()}), token=token)
    import socket

    names = {*LOOPBACK, host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()}
    return Gate(frozenset(names), addresses=True, token=token or secrets.token_urlsafe(24))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Refused(Exception):
    """A request that goes no further; `status` and, for whoever wrote it, why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


class Guard:
    """The middleware: checks what comes in, and puts the headers on all that goes out."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app, self._gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no page speaks over a socket

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = with_headers(message.get("headers", []))
            await send(message)

        try:
            self._check(scope)
            if (place := self._entering(scope)) is not None:
                await _send_off(place, self._cookie(scope), sealed)
                return
            await self._app(scope, _bounded(receive, self._gate.max_bytes), sealed)
        except Refused as refused:
            await _tell(refused, sealed)

    def _check(self, scope: Scope) -> None:
        headers = _headers(scope)
        host = headers.get("host", "")
        if not self._gate.knows(host):
            raise Refused(421, "This desk does not answer to that name. Open it at the address the terminal shows.")
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        if scope["method"] not in _SAFE:
            if site not in ("same-origin", "none"):
                raise Refused(403, "Writing is refused from another site.")
            if origin is not None and origin.partition("://")[2].lower() != host.lower():
                raise Refused(403, "Writing is refused from another site.")
        elif site in ("cross-site", "same-site") and headers.get("sec-fetch-mode") != "navigate":
            raise Refused(403, "Another site may lead here, and nothing more.")
        if _length(headers) > self._gate.max_bytes:
            raise Refused(413, "That is more than the desk takes at once.")

    def _entering(self, scope: Scope) -> str | None:
        """Where to send somebody: on without the token in the address, or to the entrance; None to let them in."""
        gate = self._gate
        if gate.token is None:
            return None
        query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        given = dict(query).get("token")
        path = scope["path"]
        if given is not None and scope["method"] in _SAFE and gate.opens(given):
            rest = urlencode([pair for pair in query if pair[0] != "token"])
            return inside(path) + (f"?{rest}" if rest else "")
        headers = _headers(scope)
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        inside_already = gate.is_signed(_cookies(headers).get(COOKIE, ""), "entered")
        if inside_already or (scheme.lower() == "bearer" and gate.opens(bearer.strip())):
            return None
        if path == ENTRANCE or path.startswith(OPEN):
            return None
        if scope["method"] not in _SAFE or path.endswith((".json", ".atom")):
            raise Refused(401, "A token is needed: the terminal that runs the desk has shown it.")
        return ENTRANCE

    def _cookie(self, scope: Scope) -> str | None:
        """The cookie for somebody who has just given the token in the address."""
        given = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1"))).get("token")
        return entered(self._gate) if given is not None and self._gate.opens(given) else None


def entered(gate: Gate) -> str:
    """The Set-Cookie line that lets a browser in; no script reads it, no other site sends it."""
    return f"{COOKIE}={gate.signed('entered')}; HttpOnly; SameSite=Strict; Path=/"


def inside(path: str) -> str:
    """A path of this desk, and never an address elsewhere: `//host` and `/\\host` lead away."""
    return "/" + path.replace("\\", "/").lstrip("/") if path.startswith("/") and path.isprintable() else "/"


def with_headers(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with ours; a page is not kept by anybody unless it says that it may be."""
    have = {name.lower() for name, _ in headers}
    more = [header for header in HEADERS if header[0] not in have]
    if b"cache-control" not in have:
        more.append((b"cache-control", b"private, no-cache"))
    return [*headers, *more]


def _bounded(receive: Receive, most: int) -> Receive:
    """The body of a request as long as it is not too much, whatever its header promised."""
    had = 0

    async def counted() -> Message:
        nonlocal had
        message = await receive()
        had += len(message.get("body", b""))
        if had > most:
            raise Refused(413, "That is more than the desk takes at once.")
        return message

    return counted


async def _tell(refused: Refused, send: Send) -> None:
    body = refused.why.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _send_off(place: str, cookie: str | None, send: Send) -> None:
    headers = [
        (b"location", place.encode("ascii", "replace")),
        (b"content-length", b"0"),
        (b"cache-control", b"no-store"),
    ]
    if cookie:
        headers.append((b"set-cookie", cookie.encode()))
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _cookies(headers: dict[str, str]) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
    return {name: value for name, _, value in pairs}


def _length(headers: dict[str, str]) -> int:
    told = headers.get("content-length", "0")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 20 else 0


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
