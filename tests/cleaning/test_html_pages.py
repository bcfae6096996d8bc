"""Pages of our own making: what is extracted, and what hostile ones do."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoupe.cleaning import clean
from recoupe.cleaning.html import date_of_page, read_page
from recoupe.cleaning.pagedates import stamp
from recoupe.errors import CleanError, RecoupeError
from recoupe.records import Report

SENTENCE = (
    "The ferry between the two harbours was taken out of service on Monday after divers had found a crack in its hull. "
)
BODY = "".join(
    f"<p>{SENTENCE}It carried {n} passengers that morning, the harbour master said.</p>" for n in range(100, 106)
)
LEAD = (
    "A crack in the hull ends twelve years of service on the shortest route of the archipelago, at least until spring."
)


def page(
    body: str = BODY, head: str = "", title: str = "Ferry taken out of service", before: str = "", after: str = ""
) -> str:
    return (
        f"<!doctype html><html lang=en><head><title>{title} | The Harbour Bell</title>{head}</head><body>"
        f"<nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>{title}</h1>{before}"
        f"<div class=article-body>{body}</div>{after}</article>"
        "<footer><p>© The Harbour Bell. All rights reserved.</p></footer></body></html>"
    )


def test_the_text_is_the_report_without_what_surrounds_it():
    found = read_page(page(), "a.html")
    assert found.text.count(SENTENCE.strip()) == 6
    assert found.title == "Ferry taken out of service"
    for furniture in ("Home", "All rights reserved", "Ferry taken out of service"):
        assert furniture not in found.text


@pytest.mark.parametrize(
    "lead",
    [
        f"<div class=teaser-text><p>{LEAD}</p></div>",
        f"<p class=standfirst>{LEAD}</p>",
        f"<header><p>{LEAD}</p></header>",
    ],
)
def test_the_lead_is_part_of_the_report(lead):
    assert read_page(page(before=lead), "a.html").text.split("\n")[0] == LEAD


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class=newsletter-signup><p>Get the tide tables in your inbox every morning, for free.</p></div>",
        "<div class=related-stories><ul><li><a href=/1>Bridge opens after nine years of work</a></ul></div>",
        "<p><a href=/2>Ten islands that you can only reach by boat this summer</a></p>",
        "<figure><img src=x><figcaption>The ferry in better days, seen from the lighthouse</figcaption></figure>",
        "<div class=author-bio><p>Ines Reed has covered shipping since the days of steam.</p></div>",
    ],
)
def test_furniture_between_paragraphs_is_left_out(furniture):
    words = ["tide tables", "Bridge opens", "Ten islands", "better days", "days of steam"]
    text = read_page(page(BODY[: len(BODY) // 2].rpartition("<p>")[0] + furniture + BODY), "a.html").text
    assert not any(w in text for w in words)
    assert "harbour master" in text


def test_a_part_with_a_deceptive_name_is_kept_if_it_is_the_text():
    found = read_page(page(f"<div class=related>{BODY}</div>"), "a.html")
    assert "It carried 105 passengers" in found.text


# --- what a page says of itself ---------------------------------------------------------------------------------------


def linked(**fields: object) -> str:
    data = {
        "@context": "https://schema.org",
        "@graph": [{"@type": "NewsArticle", "headline": "Ferry taken out of service", **fields}],
    }
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


def test_linked_data_name_authors_outlet_and_days():
    head = linked(
        datePublished="2021-05-04T08:00:00+02:00",
        dateModified="2021-05-05T09:00:00+02:00",
        author=[{"@type": "Person", "name": "Ines Reed"}, {"@type": "Person", "name": "Tom Low"}],
        publisher={"@type": "Organization", "name": "The Harbour Bell"},
    )
    found = clean(Report("a.html", "html", page(head=head)))
    assert found.authors == ("Ines Reed", "Tom Low")
    assert found.outlet == "The Harbour Bell"
    assert (found.published, found.updated) == ("2021-05-04T08:00:00+02:00", "2021-05-05T09:00:00+02:00")
    assert found.day is not None
    assert found.day.start == "2021-05-04"


def test_the_canonical_address_is_taken():
    found = read_page(
        page(head="<link rel=canonical href='https://bell.example/ferry'>"), "a.html", "https://bell.example/ferry?x=1"
    )
    assert found.url == "https://bell.example/ferry"


META = "<meta property='{}' content='{}'>"


@pytest.mark.parametrize(
    ("head", "before", "url", "expected"),
    [
        (linked(datePublished="2021-05-04"), "", None, "2021-05-04"),
        (META.format("article:published_time", "2021-05-04T10:00:00Z"), "", None, "2021-05-04"),
        (linked(datePublished="Tue, May 4 2021 10:01:41 EDT"), "", None, "2021-05-04"),
        ("", "", "https://bell.example/2021/05/04/ferry", "2021-05-04"),
        ("", "<p class=date>4 May 2021, 10:00</p>", None, "2021-05-04"),
        ("", "<time datetime='2021-05-04T10:00:00+02:00'>Tuesday</time>", None, "2021-05-04"),
        # a stamp in universal time, of the day before where the readers are
        (META.format("article:published_time", "2021-05-03T23:30:00Z"), "<p>4 May 2021</p>", None, "2021-05-04"),
        # a weak meta element is about the page, the line beside the title about the report
        ("<meta name=date content=2020-01-01>", "<p>By Ines Reed, 4 May 2021</p>", None, "2021-05-04"),
        # moved to another system, stamped anew
        (
            META.format("article:published_time", "2023-01-01"),
            "",
            "https://bell.example/2021/05/04/ferry",
            "2021-05-04",
        ),
    ],
)
def test_the_day_of_publication_is_found(head, before, url, expected):
    found = date_of_page(page(head=head, before=before), url)
    assert found is not None
    assert found[:10] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2021-05-04T08:00:00Z", "2021-05-04T08:00:00+00:00"),
        ("2021-05-04 08:00", "2021-05-04T08:00"),
        ("2021-05-04T08:00:00.123+0200", "2021-05-04T08:00:00+02:00"),
        ("20210504", "2021-05-04"),
        ("Tue, 04 May 2021 08:00:00 GMT", "2021-05-04T08:00:00+00:00"),
        ("May 4, 2021", "2021-05-04"),
        ("2021-13-45", None),
        ("1821-05-04", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_a_stamp_becomes_iso(told, expected):
    assert stamp(told) == expected


# --- hostile pages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html", ["", " ", "<html></html>", "<script>var x = 'The ferry was sunk.'</script>", "<", "<!--"]
)
def test_a_page_without_text_is_an_error_that_says_so(html):
    with pytest.raises(CleanError, match=r"a\.html: the page"):
        read_page(html, "a.html")


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul><li", "table><tr><td", "x-y", "a href=x"])
def test_a_page_nested_ten_thousand_deep_keeps_its_text(tag):
    begun = time.process_time()
    found = read_page("<html><body>" + f"<{tag}>" * 10_000 + BODY, "a.html")
    assert "It carried 105 passengers" in found.text
    assert time.process_time() - begun < 30


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><p>" + SENTENCE * 40_000,
        "<html><body>" + f"<p>{SENTENCE}</p>" * 20_000,
        "<html><body>" + "<a href=x>one two three</a> " * 50_000 + BODY,
        "<html><head>" + "<meta name=date content=2021-05-04>" * 20_000 + "</head><body>" + BODY,
        "<html><head><script type='application/ld+json'>" + "[" * 100_000 + "</script></head><body>" + BODY,
        "<html><body><p " + "a='1' " * 100_000 + ">" + BODY,
    ],
    ids=["one line", "many paragraphs", "many links", "many metas", "deep linked data", "many attributes"],
)
def test_a_huge_page_is_read_in_bounded_time(html):
    begun = time.process_time()
    assert SENTENCE.strip() in read_page(html, "a.html").text
    assert time.process_time() - begun < 30


def test_nul_characters_are_dropped():
    assert SENTENCE.strip() in read_page(page().replace("ferry", "fer\x00ry"), "a.html").text


PIECES = st.sampled_from(
    [
        *("<div>", "</div>", "<p>", "<ul><li>", "<script>", "</script>", "<a href='", "'>", "<!--", "-->", "&#0;"),
        *("&#xD800;", "<table>", "<h1>", "<svg>", "<meta name=date content='", "<time datetime='2021", SENTENCE),
        *("\x00", "\u202e", "<![CDATA["),
    ]
)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=40), st.integers(0, 3000))
def test_any_page_gives_a_text_or_our_own_error(pieces, at):
    whole = page()
    for html in ("".join(pieces), whole[:at] + "".join(pieces) + whole[at:]):
        try:
            found = clean(Report("a.html", "html", html))
        except RecoupeError:
            continue
        assert all(s.end <= len(found.text) for s in (*found.clutter, *found.headings))
