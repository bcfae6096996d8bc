"""What the tests in a real browser share: one Chromium, a desk that listens, and what no page may ever do."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from recoupe.settings import Settings
from recoupe.store import Which, open_store
from recoupe.web.app import app_of
from recoupe.web.desk import Desk
from recoupe.web.jobs import Jobs
from recoupe.web.serving import server_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_NEEDED = "RECOUPE_NEED_CHROMIUM"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, one for all tests."""
    if CHROMIUM is None:
        why = "there is no chromium here; install it (apt-get install chromium) to run the tests in a browser"
        pytest.fail(why) if os.environ.get(_NEEDED) else pytest.skip(why)
    playwright = pytest.importorskip("playwright.sync_api") if not os.environ.get(_NEEDED) else None
    if playwright is None:
        from playwright import sync_api as playwright
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


class Listening:
    """A desk that listens on this machine, in a thread."""

    def __init__(self, address: Path) -> None:
        desk = Desk(open_store(str(address)), Settings(), jobs=Jobs(processes=0))
        line = socket.create_server(("127.0.0.1", 0))
        self._server = server_of(app_of(desk))
        self._thread = threading.Thread(target=self._server.run, args=([line],), daemon=True)
        self._thread.start()
        until = time.monotonic() + 30
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.02)
        self.url = f"http://127.0.0.1:{line.getsockname()[1]}"

    def close(self) -> None:
        """Listen no more."""
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture(scope="session")
def told(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the example story, an alert and a saved search; not to be written to."""
    from recoupe.records.alert import Alert, Evidence
    from recoupe.records.searched import SavedSearch

    place = Path(shutil.copy(example, tmp_path_factory.mktemp("browser") / "store.db"))
    with open_store(str(place)) as store:
        story = store.stories(Which())[0]
        words = Evidence(story.articles[0], 1, "The Herald", None, "en", "2025-03-14", 0, 3, "Six", "Six people died.")
        alert = Alert("wa", "fire", "contested", story.id, story.title, "people killed", "6", "7", (words,), 1, "q1")
        store.keep_alerts([(alert, ("terminal",))])
        store.save_search(SavedSearch("", "Fire", "tunnel", when=("denial",)))
    return place


@pytest.fixture(scope="session")
def server(told: Path) -> Iterator[str]:
    """The address of a desk that nobody writes to."""
    desk = Listening(told)
    yield desk.url
    desk.close()


@pytest.fixture
def writable(told: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a desk of this test alone."""
    desk = Listening(Path(shutil.copy(told, tmp_path / "store.db")))
    yield desk.url
    desk.close()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """`open_page(url, **context)` gives a page there. No page says anything on its console or asks another host."""
    with _opening(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def opening(chromium: Any) -> Iterator[Callable[..., Any]]:
    """The same for all tests of a file."""
    with _opening(chromium) as opened:
        yield opened


@contextmanager
def _opening(chromium: Any) -> Iterator[Callable[..., Any]]:
    wrong: list[str] = []
    with ExitStack() as stack:

        def opened(url: str, **context: Any) -> Any:
            made = chromium.new_context(**{"locale": "en-GB", "viewport": {"width": 1200, "height": 900}, **context})
            stack.callback(made.close)
            made.set_default_timeout(20_000)
            page = made.new_page()
            page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            allowed = ("/".join(url.split("/")[:3]) + "/", "data:", "blob:")
            page.on("request", lambda r: None if r.url.startswith(allowed) else wrong.append(f"asked for {r.url}"))
            page.goto(url)
            return page

        yield opened
    assert wrong == []
