"""Fetching, against a server on this machine."""

import contextlib
import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from recoupe.errors import LoadError
from recoupe.loading import load
from recoupe.loading.guarding import public
from recoupe.loading.pages import read_page
from recoupe.settings import Settings

PAGE = "<html><head><title>Pont</title></head><body><p>Le pont a été ouvert à l'été.</p></body></html>"
LOCAL = Settings(allow_private=True, timeout=5.0, max_bytes=200_000)


class Handler(BaseHTTPRequestHandler):
    seen: ClassVar[list[dict[str, str]]] = []

    def do_GET(self) -> None:
        type(self).seen.append(dict(self.headers))
        name = self.path.strip("/").split("?")[0].replace("-", "_")
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, name)()

    def answer(self, body: bytes, kind: str | None = "text/html", **headers: str) -> None:
        self.send_response(200)
        if kind:
            self.send_header("Content-Type", kind)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page(self) -> None:
        self.answer(PAGE.encode())

    def latin(self) -> None:
        self.answer(PAGE.encode("latin-1"), "text/html; charset=ISO-8859-1")

    def latin_meta(self) -> None:
        self.answer(PAGE.replace("<head>", "<head><meta charset='latin-1'>").encode("latin-1"))

    def latin_silent(self) -> None:
        self.answer(PAGE.encode("latin-1"))

    def plain(self) -> None:
        self.answer(b"Bridge opens", "text/plain")

    def typeless(self) -> None:
        self.answer(PAGE.encode(), None)

    def picture(self) -> None:
        self.answer(b"\x89PNG", "image/png")

    def empty(self) -> None:
        self.answer(b"")

    def zipped(self) -> None:
        self.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def bomb(self) -> None:
        self.answer(gzip.compress(b"a" * 5_000_000), Content_Encoding="gzip")

    def badly_zipped(self) -> None:
        self.answer(b"not gzip at all", Content_Encoding="gzip")

    def endless(self) -> None:
        self.answer(b"<p>")
        for _ in range(10_000):
            self.wfile.write(b"x" * 10_000)

    def slow(self) -> None:
        self.answer(b"<p>")
        for _ in range(60):
            time.sleep(0.1)
            self.wfile.write(b"x")
            self.wfile.flush()

    def slow_head(self) -> None:
        for _ in range(60):
            time.sleep(0.1)
            self.wfile.write(b"H")
            self.wfile.flush()

    def missing(self) -> None:
        self.send_error(404)

    def go(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.end_headers()

    def moved(self) -> None:
        self.go("/page#part")

    def loop(self) -> None:
        self.go("/loop")

    def to_file(self) -> None:
        self.go("file:///etc/hostname")

    def nonsense(self) -> None:
        self.wfile.write(b"\x00\x01\x02 nonsense\r\n\r\n")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize("path", ["page", "latin", "latin-meta", "latin-silent", "typeless", "zipped", "moved"])
def test_a_page_is_fetched_and_decoded(server, path):
    [report] = load([f"{server}/{path}"], LOCAL)
    assert report.media == "html"
    assert "Le pont a été ouvert à l'été." in report.content
    assert report.url == f"{server}/{'page' if path == 'moved' else path}"


def test_plain_text_stays_text(server):
    assert read_page(f"{server}/plain", LOCAL).media == "text"


def test_we_say_who_we_are(server):
    read_page(f"{server}/page", LOCAL)
    assert Handler.seen[-1]["User-Agent"].startswith("recoupe")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("picture", "image/png"),
        ("empty", "is empty"),
        ("bomb", "more than 200000 bytes"),
        ("badly-zipped", "compressed"),
        ("endless", "more than 200000 bytes"),
        ("missing", "404"),
        ("loop", "redirects more than 5 times"),
        ("to-file", "no http or https"),
        ("nonsense", "cannot be fetched"),
    ],
)
def test_what_gives_no_page_is_an_error_that_says_why(server, path, says):
    with pytest.raises(LoadError, match=says):
        read_page(f"{server}/{path}", LOCAL)


@pytest.mark.parametrize("path", ["slow", "slow-head"])
def test_a_server_that_drips_is_cut_off(server, path):
    begun = time.monotonic()
    with pytest.raises(LoadError, match=r"more than 0\.5 seconds"):
        read_page(f"{server}/{path}", Settings(allow_private=True, timeout=0.5))
    assert time.monotonic() - begun < 3


def test_a_host_that_is_not_there_is_an_error():
    with pytest.raises(LoadError, match="cannot be fetched"):
        read_page("http://127.0.0.1:9/", LOCAL)


@pytest.mark.parametrize(
    "address", ["http://", "http://exa mple.org/", "http://[::1", "http://example.org:99999/", "http://\u0000/"]
)
def test_a_malformed_address_is_an_error(address):
    with pytest.raises(LoadError):
        read_page(address, LOCAL)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "127.1", "0x7f000001", "[::ffff:127.0.0.1]"])
def test_this_machine_is_refused(server, host):
    with pytest.raises(LoadError):
        read_page(server.replace("127.0.0.1", host) + "/page", Settings(timeout=5.0))


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.1"],
        ["169.254.169.254"],
        ["93.184.216.34", "192.168.1.1"],
        ["fe80::1%eth0"],
        ["fd00::1"],
        ["::ffff:10.0.0.1"],
    ],
)
def test_a_name_is_refused_if_any_of_its_addresses_is_private(addresses):
    with pytest.raises(LoadError, match="private network"):
        read_page("http://news.example/", Settings(timeout=5.0), lambda host, port, seconds: addresses)


def test_the_address_that_was_checked_is_the_one_connected_to(server):
    asked = []

    def resolver(host: str, port: int, seconds: float) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    port = server.rpartition(":")[2]
    report = read_page(f"http://news.example:{port}/page", LOCAL, resolver)
    assert "Le pont" in report.content
    assert asked == ["news.example"]


def test_a_redirect_into_a_private_network_is_refused(server):
    """The first host is taken for a public one, the second is checked anew."""
    port = server.rpartition(":")[2]

    class Redirecting(Handler):
        def go_inside(self) -> None:
            self.go(f"http://inside.example:{port}/page")

    other = ThreadingHTTPServer(("127.0.0.1", 0), Redirecting)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    from recoupe.loading import guarding

    real = guarding.public
    guarding.public = lambda address: address == "127.0.0.1" or real(address)
    try:
        with pytest.raises(LoadError, match=r"inside\.example is 10\.0\.0\.1"):
            read_page(
                f"http://news.example:{other.server_port}/go-inside",
                Settings(timeout=5.0),
                lambda host, port, seconds: ["10.0.0.1"] if host == "inside.example" else ["127.0.0.1"],
            )
    finally:
        guarding.public = real
        other.shutdown()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:4700:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("::", False),
        ("::127.0.0.1", False),
        ("::ffff:192.168.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("64:ff9b:1::7f00:1", False),
        ("2002:7f00:1::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("not an address", False),
    ],
)
def test_an_address_is_public_or_not(address, expected):
    assert public(address) is expected
