"""Crawling: every page that can be reached by links, read as a browser reads it."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from visiting import Browser

VOID = {"meta", "link", "br", "input", "img", "hr", "wbr"}
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass
class Seen(HTMLParser):
    """What stands in a page: its links, ids and elements, and text that turns the direction outside of an isolate."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    turning: list[str] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.tags.append((tag, told))
        if tag not in VOID:
            self.open.append((tag, told))
        self.links += [told[name] for name in ("href", "src", "action") if told.get(name)]
        self.ids += [told["id"]] if told.get("id") else []
        self.labels |= {told["for"]} if tag == "label" and told.get("for") else set()

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if BIDI.search(data):
            isolated = any("control" in (a.get("class") or "") for t, a in self.open)
            if not isolated:
                self.turning.append(data[:80])


def read(html: str) -> Seen:
    """A page as a browser sees it."""
    seen = Seen()
    seen.feed(html)
    seen.close()
    return seen


def crawl(browser: Browser, start: str = "/stories", most: int = 400) -> dict[str, Seen]:
    """All pages of the desk that links lead to, each once, without what only filters or the language change."""
    found: dict[str, Seen] = {}
    waiting = deque([start])
    while waiting and len(found) < most:
        path = waiting.popleft()
        if path in found:
            continue
        answer = browser.get(path)
        hops = 0
        while answer.status_code in (302, 303, 307) and hops < 3:
            answer, hops = browser.get(answer.headers["location"]), hops + 1
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
        kind = answer.headers["content-type"]
        found[path] = seen = read(answer.text if "html" in kind else "")
        for link in seen.links:
            parts = urlsplit(urljoin(path, link))
            if parts.scheme or parts.netloc or not parts.path.startswith("/") or "ui=" in parts.query:
                continue
            if parts.path == "/stories" and parts.query:
                continue
            waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found
