"""Metadata: what a page says of itself beside its dates, looked for only where it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from recoupe.cleaning.authors import author_of


class PageMetadata:
    """Address, site, title and authors of a page, each as trafilatura's parts find it and found when first asked for.

    Its `extract_metadata` looks for dates, licences and tags besides, which takes most of its time and is not used
    here. A part that an odd page makes fail finds nothing. With `quiet`, nothing is looked for.
    """

    def __init__(self, root: Any, url: str | None, quiet: bool = False) -> None:
        self._root, self._given, self._quiet = root, url, quiet

    @cached_property
    def url(self) -> str | None:
        """Where the page says it stands, else the address that was given."""
        from trafilatura.metadata import extract_url

        return self._of("url") or self._found(lambda: extract_url(self._root, self._given))

    @cached_property
    def site(self) -> str | None:
        """What the site calls itself, else its host."""
        from trafilatura.metadata import extract_sitename

        name = (self._of("sitename") or self._found(lambda: extract_sitename(self._root)) or "").lstrip("@")
        if name:
            return name if "." in name or name[0].isupper() else name.title()
        host = _kept(lambda: urlsplit(self.url or "").netloc) or ""
        return host.removeprefix("www.") or None

    @cached_property
    def title(self) -> str | None:
        """What the page calls itself, else its heading."""
        from trafilatura.metadata import extract_title

        return self._of("title") or self._found(lambda: extract_title(self._root))

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it."""
        named = self._of("author") or self._found(lambda: author_of(self._root)) or ""
        return tuple(a.strip() for a in named.split(";") if a.strip())

    def _of(self, name: str) -> str | None:
        return getattr(self._said, name, None)

    @cached_property
    def _said(self) -> Any:
        """The meta elements and the linked data; a word is no author."""
        return None if self._quiet else _kept(self._read)

    def _read(self) -> Any:
        from trafilatura.metadata import examine_meta, extract_meta_json

        said = examine_meta(self._root)
        if said.author and " " not in said.author:
            said.author = None
        with suppress(Exception):  # whatever odd linked data make it raise, the meta elements stand
            said = extract_meta_json(self._root, said)
        said.clean_and_trim()
        return said

    def _found(self, look: Callable[[], str | None]) -> str | None:
        if self._quiet:
            return None
        found = _kept(look)
        return " ".join(found.split()) or None if found else None


def _kept(look: Callable[[], Any]) -> Any:
    """What is found, None where the page makes the search fail."""
    try:
        return look()
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError):
        return None
