"""HTML: the main text of a page and its metadata."""

from __future__ import annotations

from recoupe.cleaning.page import Page
from recoupe.errors import CleanError


def read_page(html: str, address: str, url: str | None = None) -> Page:
    """The article in a page."""
    import trafilatura

    found = trafilatura.bare_extraction(html, url=url, with_metadata=True)
    if not found or not found.text:
        raise CleanError(f"{address}: the page holds no text that reads like an article.")
    return Page(
        text=found.text, title=found.title, outlet=found.sitename, published=found.date, language=found.language
    )
