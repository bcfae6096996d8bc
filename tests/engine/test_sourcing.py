"""Several hosts are asked at once, each politely; one that is slow or hostile holds up itself alone."""

from __future__ import annotations

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from recoupe.engine import collect
from recoupe.engine.sourcing import arrivals
from recoupe.records import Report
from recoupe.settings import Settings
from recoupe.store import open_store

SETTINGS = Settings(allow_private=True, delay=0.2, timeout=4.0)
TEXT = "<p>{} people were killed when a bridge collapsed in Morvelay on Sunday, police said.</p>" + "<p>Word. </p>" * 20


class Site:
    """A server under two names; `asked` holds when each path was asked for."""

    def __init__(self) -> None:
        self.asked: dict[str, list[float]] = defaultdict(list)
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked[f"{self.headers['Host'].partition(':')[0]}{self.path}"].append(time.monotonic())
                site.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, to: BaseHTTPRequestHandler) -> None:
        number = to.path.rpartition("/")[2]
        body = f"<html lang='en'><head><title>Toll {number}</title></head><body>{TEXT.format(number)}</body></html>"
        to.send_response(200)
        to.send_header("Content-Type", "text/html; charset=utf-8")
        to.send_header("Content-Length", str(len(body)))
        to.end_headers()
        try:
            if to.path.startswith("/drip"):
                for byte in body.encode():
                    to.wfile.write(bytes([byte]))
                    time.sleep(1)
            to.wfile.write(body.encode())
        except OSError:
            pass

    def at(self, host: str, path: str) -> str:
        return f"http://{host}:{self.server.server_port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "store.db")) as opened:
        yield opened


def test_a_server_that_sends_one_byte_a_second_holds_up_no_other_host(site, store):
    slow = [site.at("localhost", "/drip/1")]
    quick = [site.at("127.0.0.1", f"/page/{n}") for n in range(2, 5)]
    begun, came = time.monotonic(), []
    with closing(arrivals(store, [*slow, *quick], SETTINGS)) as coming:
        for arrival in coming:
            if isinstance(arrival.what, Report):
                came.append((arrival.source.address, time.monotonic() - begun))
    assert [address for address, _ in came] == quick
    assert all(at < SETTINGS.timeout for _, at in came)
    assert time.monotonic() - begun < SETTINGS.timeout + 6


def test_one_host_is_asked_one_thing_at_a_time_with_a_pause(site, store):
    addresses = [site.at(host, f"/page/{n}") for n in range(2, 5) for host in ("localhost", "127.0.0.1")]
    found = collect(store, addresses, SETTINGS)
    assert (found.new, found.problems) == (6, 0)
    for host in ("localhost", "127.0.0.1"):
        times = sorted(t for path, all_of in site.asked.items() if path.startswith(host) for t in all_of)
        assert all(later - earlier > 0.15 for earlier, later in pairwise(times))
    assert {state.failures for state in store.sources()} == {0}


def test_what_a_quick_host_gave_is_kept_while_a_slow_one_is_waited_for(site, store, monkeypatch):
    monkeypatch.setattr(sys.modules["recoupe.engine.collect"], "_SOON", 0.5)
    kept: list[float] = []
    keep, begun = store.keep, time.monotonic()

    def noted(entries, *rest):
        if entries:
            kept.append(time.monotonic() - begun)
        return keep(entries, *rest)

    monkeypatch.setattr(store, "keep", noted)
    found = collect(store, [site.at("localhost", "/drip/1"), site.at("127.0.0.1", "/page/2")], SETTINGS)
    assert (found.new, found.problems) == (1, 1)
    assert kept[0] < SETTINGS.timeout


def test_leaving_in_the_middle_fetches_no_more(site, store):
    addresses = [site.at("127.0.0.1", f"/page/{n}") for n in range(30)]
    with closing(arrivals(store, addresses, SETTINGS)) as coming:
        next(coming)
    time.sleep(1)
    asked = len(site.asked)
    time.sleep(1)
    assert len(site.asked) == asked < 20


def test_the_feeds_of_a_list_are_sources_of_their_own(site, store, tmp_path):
    feeds = [site.at("127.0.0.1", "/page/1"), site.at("localhost", "/page/2")]
    rows = "".join(f'<outline xmlUrl="{address}"/>' for address in feeds)
    listed = tmp_path / "feeds.opml"
    listed.write_text(f"<opml version='2.0'><body>{rows}</body></opml>")
    collect(store, [str(listed)], Settings(allow_private=True, delay=0.0, follow=True))
    assert sorted(state.address for state in store.sources()) == sorted(feeds)
