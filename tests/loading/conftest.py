"""A small web site on this machine, which loading reaches only because the tests' settings allow it."""

import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from recoupe.loading import load
from recoupe.records import Problem, Report
from recoupe.settings import Settings

LOCAL = Settings(allow_private=True, timeout=5.0, delay=0.0)


@dataclass
class Answer:
    """What one path of the site answers; `by` writes it by hand."""

    body: bytes = b""
    media: str | None = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    by: Callable[[BaseHTTPRequestHandler], None] | None = None


class Site:
    """Pages by their path; `asked` are the requests that came, with their headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def put(self, path: str, body: str | bytes, media: str | None = "text/html; charset=utf-8", **headers: str) -> str:
        """Put a page there; its address."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Answer(data, media, headers={k.replace("_", "-"): v for k, v in headers.items()})
        return self.url + path

    def paths(self) -> list[str]:
        """The paths that were asked for."""
        return [path for path, _ in self.asked]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(site) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                answer = site.pages.get(self.path) or Answer(b"nothing here", status=404)
                try:
                    if answer.by:
                        answer.by(self)
                        return
                    self.send_response(answer.status)
                    if answer.media:
                        self.send_header("Content-Type", answer.media)
                    self.send_header("Content-Length", str(len(answer.body)))
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(answer.body)
                except OSError:  # the client has left
                    pass

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture(scope="session")
def bomb() -> bytes:
    """10 GB of zeros in 10 MB of gzip: one piece that unpacks to a megabyte, over and over."""
    packer = zlib.compressobj(9, wbits=31)
    head = packer.compress(b"\0") + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + piece * 10_240


@dataclass
class Loaded:
    """What came, and what went wrong."""

    reports: list[Report]
    problems: list[Problem]

    @property
    def said(self) -> list[str]:
        return [p.message for p in self.problems]


@pytest.fixture
def loaded():
    """Load addresses as the tests' settings allow."""

    def run(*addresses: object, settings: Settings = LOCAL, **more: object) -> Loaded:
        problems: list[Problem] = []
        reports = list(load([str(a) for a in addresses], settings, problems.append, **more))
        return Loaded(reports, problems)

    return run
