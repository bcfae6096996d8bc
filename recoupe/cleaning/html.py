"""HTML: the main text of a page and its metadata."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from recoupe.cleaning.leads import leads
from recoupe.cleaning.page import Page
from recoupe.cleaning.pruning import prune
from recoupe.cleaning.tree import leaves, parse, text_of
from recoupe.errors import CleanError

_SHORT = 250  # characters of a main text that may not be all


def read_page(html: str, address: str, url: str | None = None) -> Page:
    """The article in a page. Raises CleanError if there is no text in it."""
    root = parse(html)
    if root is None:
        raise CleanError(f"{address}: the page is empty.")
    import trafilatura

    description = (
        root.xpath("string(//meta[@name='description' or @property='og:description']/@content)") or ""
    ).strip()
    title = text_of(h1) if (h1 := root.find(".//h1")) is not None else None
    whole = deepcopy(root)
    prune(root)
    found = trafilatura.bare_extraction(root, url=url, with_metadata=True, include_comments=False)
    text = found.text if found and found.text else ""
    if len(text) < 0.5 * _prose(root):
        found2 = trafilatura.bare_extraction(whole, url=url, with_metadata=True, include_comments=False)
        text2 = found2.text if found2 and found2.text else ""
        if len(text2) > 1.3 * len(text):
            found, text = found2, text2
    lead = leads(root, text, title, description)
    text = "\n".join([*lead, *_lines(text, title)])
    if not text.strip():
        raise CleanError(f"{address}: the page holds no text that reads like an article.")
    return Page(text=text, title=found.title, outlet=found.sitename, published=found.date, language=found.language)


def _prose(root: Any) -> int:
    """How many characters stand in the paragraphs of a page that read like text."""
    return sum(len(t) for t in (text_of(e) for e in leaves(root)) if len(t) >= 120)


def _lines(text: str, title: str | None) -> list[str]:
    """The lines of a text, without its title."""
    found = text.split("\n")
    key = " ".join((title or "").split()).casefold()
    while found and key and " ".join(found[0].split()).lstrip("# ").casefold() == key:
        del found[0]
    return found
