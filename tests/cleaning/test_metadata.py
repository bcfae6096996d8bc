"""What a page says of itself is looked for when asked, and an odd page finds nothing."""

from __future__ import annotations

import pytest

from recoupe.cleaning.metadata import PageMetadata
from recoupe.cleaning.tree import parse

PAGE = """<html><head><title>Bridge falls in Sorevan</title>
<meta name="publisher" content="the harbour times">
<meta name="author" content="Ines Valdry"><meta property="og:url" content="https://harbour.example/bridge">
</head><body><h1>Bridge falls in Sorevan</h1><p>It fell.</p></body></html>"""


def metadata(html: str, url: str | None = None, quiet: bool = False) -> PageMetadata:
    return PageMetadata(parse(html), url, quiet)


def test_a_page_tells_its_address_site_title_and_authors():
    page = metadata(PAGE)
    assert page.url == "https://harbour.example/bridge"
    assert page.site == "The Harbour Times"
    assert page.title == "Bridge falls in Sorevan"
    assert page.authors == ("Ines Valdry",)


def test_a_page_that_names_no_site_is_called_by_its_host():
    assert metadata("<p>It fell.</p>", "https://www.harbour.example/bridge").site == "harbour.example"


def test_one_word_is_no_author():
    assert metadata(PAGE.replace("Ines Valdry", "admin")).authors == ()


def test_nothing_is_looked_for_in_a_page_that_is_too_large():
    page = metadata(PAGE, quiet=True)
    assert (page.url, page.site, page.title, page.authors) == (None, None, None, ())


@pytest.mark.parametrize(
    "data", ["[", '{"@type": 7}', "[[[[", '{"author": {"name": {"name": 3}}, "@type": "NewsArticle"}']
)
def test_odd_linked_data_cost_nothing_but_themselves(data: str):
    page = PAGE.replace("</head>", f'<script type="application/ld+json">{data}</script></head>')
    assert metadata(page).url == "https://harbour.example/bridge"


def test_an_address_that_is_none_names_no_site():
    assert metadata("<p>It fell.</p>", "http://[bridge").site is None
