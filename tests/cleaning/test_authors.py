"""Looking at the elements alone that may name an author finds whom a search of the whole page finds."""

from __future__ import annotations

import re

import pytest
from trafilatura.metadata import extract_author
from trafilatura.xpaths import AUTHOR_XPATHS

from recoupe.cleaning.authors import HINTS, author_of
from recoupe.cleaning.tree import parse

LITERAL = re.compile(r"'([^']*)'")

PAGES = [
    "<p>It fell.</p>",
    "<p class=byline>Ines Valdry</p><p>It fell.</p>",
    "<p class=byline><time>2024-01-03</time></p><p>It fell.</p>",
    "<div id=comments><p class=author>Ann Lee</p></div><p class=username>Ines Valdry</p>",
    "<div><span class=writer>Ann Lee</span></div><div class=post-author><b>By</b> <i>Ines Valdry</i></div>",
    "<div class=author-page><div class=sidebar><a class=author>Ann Lee</a></div><a rel=author>Ines Valdry</a></div>",
    "<author>Ines Valdry</author><p>It fell.</p>",
    "<p><rel>me</rel>Ines Valdry</p><p>It fell.</p>",
    "<section class=quote><p class=Byline>Ann Lee</p></section><h4 class=Byline>Ines<br>Valdry</h4>",
]


@pytest.mark.parametrize("html", PAGES)
def test_an_author_is_found_as_in_the_whole_page(html):
    page = parse(f"<html><body><main>{html}</main></body></html>")
    assert author_of(page) == extract_author(page)


def test_a_page_that_is_one_element_is_searched_too():
    page = parse("<html class=author><body>Ines Valdry</body></html>")
    assert author_of(page) == extract_author(page) == "Ines Valdry"


def test_whatever_the_library_takes_for_an_author_bears_one_of_the_hints():
    # rel='me' asks for an element of that name
    paths = [x.path.replace(" rel='me'", "") for x in AUTHOR_XPATHS]
    patterns = [p for path in paths for literal in LITERAL.findall(path) for p in literal.split("|")]
    plain = [re.sub(r"\[(\w)\w\]", r"\1", pattern) for pattern in patterns]
    assert plain
    assert all(any(hint in p for hint in HINTS) for p in plain)
