"""Feeds, lists of feeds and site maps."""

import dataclasses

import pytest

from recoupe.cleaning import clean
from recoupe.loading import load, sources_in
from recoupe.loading.feeds import Entry
from recoupe.settings import Settings

LONG = "The bridge over the river was closed on Sunday after four people were hurt, the town hall said. " * 8
PAGE = f"<html><head><title>The bridge</title></head><body><article><p>{LONG}</p><p>{LONG}</p></article></body></html>"
RSS = "application/rss+xml"


def item(n: int, body: str = "A bridge was closed…", link: str | None = None, more: str = "") -> str:
    link = f"/news/{n}" if link is None else link
    return f"<item><title>Bridge {n}</title><link>{link}</link><description>{body}</description>{more}</item>"


def rss(*items: str, head: str = "") -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>The Ferry</title><link>https://ferry.example/</link><language>en-gb</language>{head}"
        f"{''.join(items)}</channel></rss>"
    )


def test_a_feed_says_what_it_knows_of_each_report(tmp_path, loaded):
    """Outlet, title, times, language, author, and the feed that a report was taken over from."""
    more = (
        f"<content:encoded><![CDATA[<p>{LONG}</p><p>Second &amp; last.</p><script>x()</script>]]></content:encoded>"
        "<pubDate>Wed, 26 Jun 2024 07:02:52 GMT</pubDate><dc:creator>Ada Roe</dc:creator>"
        '<source url="https://pier.example/rss">The Pier</source><media:title>A picture</media:title>'
        "<media:content url='https://ferry.example/a.jpg'/>"
    )
    (tmp_path / "feed.bin").write_text(rss(item(1, link="https://ferry.example/1", more=more)))
    [report] = loaded(tmp_path / "feed.bin").reports
    assert report.content == f"{LONG.strip()}\nSecond & last."
    assert (report.address, report.url, report.media) == ("https://ferry.example/1", "https://ferry.example/1", "text")
    assert (report.outlet, report.title, report.language) == ("The Ferry", "Bridge 1", "en-gb")
    assert (report.published, report.authors, report.credits) == (
        "Wed, 26 Jun 2024 07:02:52 GMT",
        ("Ada Roe",),
        ("The Pier",),
    )
    article = clean(report)
    assert (article.outlet, article.title, article.lang) == ("The Ferry", "Bridge 1", "en")
    assert (article.published, article.authors, article.credits) == (
        "2024-06-26T07:02:52+00:00",
        ("Ada Roe",),
        ("The Pier",),
    )


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://ferry.example/news/">
<title type="html">Le &lt;b&gt;Bac&lt;/b&gt;</title>
<entry><id>tag:1</id><title>Pont &amp;amp; rive</title><link rel="edit" href="e"/><link href="1"/>
<published>2024-06-26T07:00:00+02:00</published><updated>2024-06-26T09:00:00+02:00</updated>
<author><name>Ada Roe</name></author><source><title>La Jetée</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Le pont.</p><p>La&#160;rive. LONG</p></div></content>
</entry></feed>"""


def test_an_atom_feed_too(tmp_path, loaded):
    (tmp_path / "a.xml").write_text(ATOM.replace("LONG", LONG))
    [report] = loaded(tmp_path / "a.xml").reports
    assert report.content == f"Le pont.\nLa rive. {LONG.strip()}"
    assert (report.url, report.outlet, report.title) == ("https://ferry.example/news/1", "Le Bac", "Pont & rive")
    assert (report.published, report.updated) == ("2024-06-26T07:00:00+02:00", "2024-06-26T09:00:00+02:00")
    assert (report.language, report.authors, report.credits) == ("fr", ("Ada Roe",), ("La Jetée",))
    assert clean(report).updated == "2024-06-26T09:00:00+02:00"


def test_the_page_behind_a_teaser_is_read(site, loaded):
    """With what the feed says of it; robots.txt is asked first."""
    feed = site.put("/feed", rss(item(1, more="<pubDate>Wed, 26 Jun 2024 07:00:00 GMT</pubDate>")), RSS)
    site.put("/news/1", PAGE)
    found = loaded(feed)
    [report] = found.reports
    assert (report.media, report.url, report.content) == ("html", site.url + "/news/1", PAGE)
    assert (report.outlet, report.title, report.published) == ("The Ferry", "Bridge 1", "Wed, 26 Jun 2024 07:00:00 GMT")
    assert site.paths() == ["/feed", "/robots.txt", "/news/1"]
    assert found.said == []


def test_a_full_text_needs_no_page(site, loaded):
    feed = site.put("/feed", rss(item(1, more=f"<content:encoded>{LONG}</content:encoded>")), RSS)
    assert loaded(feed).reports[0].content == LONG.strip()
    assert site.paths() == ["/feed"]


@pytest.mark.parametrize(
    ("content", "summary", "whole"),
    [(LONG, "", True), (LONG[:300], "", False), (LONG + "…", "", False), ("", LONG, False), ("", LONG * 3, True)],
)
def test_what_is_cut_or_short_is_a_teaser(tmp_path, loaded, content, summary, whole, monkeypatch):
    seen: list[Entry] = []
    real = Entry.report
    monkeypatch.setattr(Entry, "report", lambda self, note=None: (seen.append(self), real(self, note))[1])
    (tmp_path / "f.xml").write_text(rss(item(1, summary, more=f"<content:encoded>{content}</content:encoded>")))
    loaded(tmp_path / "f.xml")
    assert seen[0].whole is whole


def test_the_feed_in_a_file_fetches_nothing_unless_asked(site, tmp_path, loaded):
    (tmp_path / "f.xml").write_text(rss(item(1, link=site.put("/news/1", PAGE))))
    assert loaded(tmp_path / "f.xml").reports[0].content == "A bridge was closed…"
    assert site.asked == []
    local = Settings(allow_private=True, delay=0.0, follow=True)
    assert loaded(tmp_path / "f.xml", settings=local).reports[0].content == PAGE


def test_a_page_that_cannot_be_had_leaves_its_teaser(site, loaded):
    """That is told, in the report and beside it; an entry without a teaser is a problem."""
    feed = site.put("/feed", rss(item(1), item(2, body="")), RSS)
    found = loaded(feed)
    [report] = found.reports
    assert (report.content, report.notes) == ("A bridge was closed…", ("only the teaser of its feed could be read",))
    assert [("404" in said, "teaser" in said) for said in found.said] == [(True, True), (True, False)]


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "data:text/html,x", "javascript:x()", "ftp://a.example/", "http://[::1", "gopher:x"]
)
def test_a_feed_leads_nowhere_but_to_the_web(site, loaded, link):
    feed = site.put("/feed", rss(item(1, link=link)), RSS)
    found = loaded(feed)
    assert [r.content for r in found.reports] == ["A bridge was closed…"]
    assert found.reports[0].url is None
    assert "which is no" in found.said[0]
    assert site.paths() == ["/feed"]


def test_one_of_a_hundred_malformed_entries_costs_only_itself(site, loaded):
    """What can be read of each is read, what cannot is told; nothing else is raised."""
    faults = [
        "<item><title>Open<description>x</item>",
        "<item><link>http://exa mple/</link><description>a & b < c</description></item>",
        "<item><description>&nosuch; &nbsp;&#0;&#xFFFFFFF;</description></item>",
        "<item/>",
        "<item><title></title></item>",
        "<item><pubDate>yesterday</pubDate><description>\x01\x02 bridge</description></item>",
        "<item><description><![CDATA[<div><p>open]]></description></item>",
        "<item><link></link><guid>x</guid><description>\ud7ff</description></item>",
        "<item xmlns:x='y'><x:description>bridge</x:description></x:item>",
        "<item><description>bridge</descriptoin></item>",
    ]
    site.put("/news/1", PAGE)
    feed = site.put("/feed", rss(*(faults * 10), item(1)), RSS)
    found = loaded(feed)
    assert any(r.content == PAGE for r in found.reports)
    assert len(found.reports) + len(found.said) >= 90


def test_a_hundred_malformed_pages_behind_a_feed_cost_only_themselves(site, loaded):
    for n in range(100):
        body = [b"", b"\xff\xfe\x00", bytes(range(256)) * 9, b"%PDF-1.7", b"<" * 5000][n % 5]
        site.put(f"/news/{n}", body, ["text/html", None, "application/pdf", "text/html; charset=hex", "x/y"][n % 5])
    site.put("/news/100", PAGE)
    feed = site.put("/feed", rss(*(item(n) for n in range(101))), RSS)
    found = loaded(feed)
    assert found.reports[-1].content == PAGE
    assert len(found.reports) == 101


LAUGHS = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss><channel><item><title>&c;</title></item></channel></rss>"""
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>'
PARAMETER = '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1/"> %x;]><rss><channel/></rss>'


@pytest.mark.parametrize(
    "feed", [LAUGHS, OUTSIDE, PARAMETER, "<!-- x -->\n" + LAUGHS[21:], LAUGHS.replace("DOCTYPE", "doctype")]
)
def test_a_feed_that_declares_entities_is_refused(tmp_path, loaded, feed):
    (tmp_path / "f.rss").write_text(feed)
    found = loaded(tmp_path / "f.rss")
    assert found.reports == []
    assert "entities" in found.said[0]


def test_a_doctype_without_entities_and_one_within_a_report_do_no_harm(tmp_path, loaded):
    feed = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">' + rss(
        item(1, body="<![CDATA[<!DOCTYPE x [<!ENTITY a 'b'>]> bridge &a;]]>")
    )
    (tmp_path / "f.rss").write_text(feed)
    assert "bridge &a;" in loaded(tmp_path / "f.rss").reports[0].content


def test_what_stands_in_a_comment_is_no_root(tmp_path, loaded):
    feed = "<?xml version='1.0'?><!-- <b>not</b> <!DOCTYPE x [ --> <?x <y>?>" + rss(item(1))
    (tmp_path / "f.rss").write_text(feed)
    assert [r.title for r in loaded(tmp_path / "f.rss").reports] == ["Bridge 1"]


def test_a_picture_in_a_feed_is_no_text(tmp_path, loaded):
    entry = '<entry><content type="image/png">aGVsbG8=</content><summary>Bridge &lt;iframe> opens</summary></entry>'
    (tmp_path / "f.atom").write_text(f"<feed>{entry}</feed>")
    assert [r.content for r in loaded(tmp_path / "f.atom").reports] == ["Bridge opens"]


def test_a_feed_comes_in_any_encoding(tmp_path, loaded):
    feed = rss(item(1, body="Мост закрыт после аварии")).replace('"1.0"?', '"1.0" encoding="windows-1251"?')
    (tmp_path / "f.rss").write_bytes(feed.encode("cp1251"))
    assert loaded(tmp_path / "f.rss").reports[0].content == "Мост закрыт после аварии"


def test_a_feed_with_more_entries_than_wanted_is_cut_and_says_so(tmp_path, loaded):
    (tmp_path / "f.rss").write_text(rss(*(item(n) for n in range(50))))
    found = loaded(tmp_path / "f.rss", settings=Settings(most=10))
    assert len(found.reports) == 10
    assert "more than 10 entries" in found.said[0]


# --- from one run to the next -------------------------------------------------------------------------------


def test_what_is_remembered_makes_the_second_run_a_question_or_two(site, loaded):
    """A feed that has not changed gives nothing; of one that has, only the new entries are read."""
    site.put("/news/1", PAGE, ETag='"1"')
    site.put("/news/2", PAGE + "2")
    feed = site.put("/feed", rss(item(1)), RSS)
    memory: dict = {}
    assert len(loaded(feed, memory=memory).reports) == 1
    site.asked.clear()
    assert loaded(feed, memory=memory).reports == []
    assert site.paths() == ["/feed"]
    site.put("/feed", rss(item(2), item(1)), RSS)
    site.asked.clear()
    assert [r.url for r in loaded(feed, memory=memory).reports] == [site.url + "/news/2"]
    assert "/news/1" not in site.paths()


def test_a_page_changed_silently_is_found_by_asking_again(site, loaded):
    site.put("/news/1", PAGE)
    feed = site.put("/feed", rss(item(1)), RSS)
    memory: dict = {}
    loaded(feed, memory=memory)
    site.put("/news/1", PAGE.replace("four", "five"))
    site.put("/feed", rss(item(1), head="<ttl>5</ttl>"), RSS)
    assert loaded(feed, memory=memory).reports == []
    site.put("/feed", rss(item(1), head="<ttl>6</ttl>"), RSS)
    assert "five" in loaded(feed, memory=memory, again=True).reports[0].content
    site.put("/feed", rss(item(1), head="<ttl>7</ttl>"), RSS)
    assert loaded(feed, memory=memory, again=True).reports == []


def test_an_entry_whose_page_failed_is_tried_again_although_the_feed_has_not_changed(site, loaded):
    """The host's own failure is forgotten with its run; the page's is remembered, with a time to wait."""
    site.put("/news/1", PAGE)
    site.pages["/news/1"].status = 500
    feed = site.put("/feed", rss(item(1)), RSS, ETag='"1"')
    memory: dict = {}
    assert loaded(feed, memory=memory).reports[0].media == "text"
    page = memory[site.url + "/news/1"]
    assert (page.failures, "500" in page.error) == (1, True)
    site.pages["/news/1"].status = 200
    assert "left alone" in loaded(feed, memory=memory).said[0]
    memory[site.url + "/news/1"] = dataclasses.replace(page, not_before=0.0)
    assert loaded(feed, memory=memory).reports[0].content == PAGE
    assert loaded(feed, memory=memory).reports == []


@pytest.mark.parametrize(("body", "media"), [(LAUGHS, RSS), (b"\x01\x02" * 90, "text/html")])
def test_what_could_not_be_read_is_not_taken_for_known(site, loaded, body, media):
    """Each source has its last error; when its time has come it is asked for everything again."""
    address = site.put("/a", body, media, ETag='"1"')
    memory: dict = {}
    assert len(loaded(address, memory=memory).said) == 1
    known = memory[address]
    assert (known.failures, known.etag, known.digest) == (1, None, None)
    assert known.error == loaded(address).said[0]
    assert "left alone" in loaded(address, memory=memory).said[0]
    site.put("/a", rss(item(1, body=LONG * 3)), RSS)
    memory[address] = dataclasses.replace(known, not_before=0.0)
    assert len(loaded(address, memory=memory).reports) == 1
    assert memory[address].error is None


def test_without_somebody_to_tell_a_failure_is_raised(site):
    from recoupe.errors import LoadError

    with pytest.raises(LoadError, match="404"):
        list(load([site.url + "/feed"], Settings(allow_private=True)))


# --- lists ------------------------------------------------------------------------------------------------


def opml(*outlines: str) -> str:
    return f'<opml version="2.0"><head><title>x</title></head><body>{"".join(outlines)}</body></opml>'


def test_a_list_gives_what_its_feeds_give_and_one_that_fails_holds_up_no_other(site, loaded):
    site.put("/news/1", PAGE)
    good = site.put("/good", rss(item(1)), RSS)
    bad = site.put("/bad", LAUGHS, RSS)
    listing = site.put(
        "/feeds.opml",
        opml(
            f'<outline text="all"><outline xmlUrl="{bad}"/><outline xmlUrl="/gone"/></outline>',
            f'<outline xmlUrl="{good}"/><outline xmlUrl="{good}"/><outline xmlUrl="file:///etc/passwd"/><outline/>',
        ),
        "text/x-opml",
    )
    found = loaded(listing)
    assert [r.content for r in found.reports] == [PAGE]
    assert sorted(s.split(": ")[0] for s in found.said) == sorted([listing, bad, site.url + "/gone"])


def test_lists_that_lead_to_each_other_end(site, loaded):
    a, b = site.url + "/a", site.url + "/b"
    site.put("/a", opml(f'<outline type="include" url="{b}"/><outline type="include" url="{a}"/>'), "text/xml")
    site.put("/b", opml(f'<outline type="include" url="{a}"/>', '<outline xmlUrl="/feed"/>'), "text/xml")
    site.put("/feed", rss(item(1, body=LONG * 3)), RSS)
    assert len(loaded(a).reports) == 1
    assert sorted(site.paths()) == ["/a", "/b", "/feed"]


def test_lists_within_lists_are_not_followed_for_ever(site, loaded):
    for n in range(50):
        site.put(f"/{n}", opml(f'<outline xmlUrl="/{n + 1}"/>'), "text/xml")
    found = loaded(site.url + "/0")
    assert "lists deep" in found.said[0]
    assert len(site.asked) < 8


def test_a_list_in_a_file_is_followed_when_that_is_asked_for(site, tmp_path, loaded):
    feed = site.put("/feed", rss(item(1, body=LONG * 3)), RSS)
    (tmp_path / "feeds.opml").write_text(opml(f'<outline xmlUrl="{feed}"/>'))
    assert "--follow" in loaded(tmp_path / "feeds.opml").said[0]
    local = Settings(allow_private=True, delay=0.0, follow=True)
    assert len(loaded(tmp_path / "feeds.opml", settings=local).reports) == 1


def test_the_feeds_of_a_list_can_be_had_one_by_one(site, tmp_path, loaded):
    """So that each is loaded at its own time; whatever is no list stands for itself."""
    local = Settings(allow_private=True, delay=0.0)
    (tmp_path / "feeds.xml").write_text(opml('<outline xmlUrl="https://a.example/f"/><outline xmlUrl="data:,x"/>'))
    (tmp_path / "a.txt").write_text("Bridge")
    told = []
    assert sources_in(str(tmp_path / "feeds.xml"), local, told.append) == ["https://a.example/f"]
    assert len(told) == 1
    listed = site.put("/feeds.opml", opml('<outline xmlUrl="/f"/>'), "text/x-opml")
    assert sources_in(listed, local) == [site.url + "/f"]
    for address in (str(tmp_path), str(tmp_path / "a.txt"), "-", site.url + "/feed"):
        assert sources_in(address, local) == [address]
    assert site.paths() == ["/feeds.opml"]


# --- site maps ----------------------------------------------------------------------------------------------

MAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{0}/old</loc><lastmod>2020-01-01</lastmod></url>
<url><loc>{0}/news/1</loc><lastmod>2024-06-27</lastmod><news:news><news:publication><news:name>The Ferry</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2024-06-26T07:00:00Z</news:publication_date>
<news:title>Bridge &amp;amp; river</news:title></news:news></url></urlset>"""


def test_a_news_site_map_leads_to_its_news(site, loaded):
    site.put("/map.xml", MAP.format(site.url), "application/xml")
    site.put("/news/1", PAGE)
    memory: dict = {}
    [report] = loaded(site.url + "/map.xml", memory=memory).reports
    assert (report.content, report.outlet, report.title) == (PAGE, "The Ferry", "Bridge & river")
    assert (report.published, report.updated) == ("2024-06-26T07:00:00Z", "2024-06-27")
    site.put("/map.xml", MAP.format(site.url) + " ", "application/xml")
    site.asked.clear()
    assert loaded(site.url + "/map.xml", memory=memory).reports == []
    assert site.paths() == ["/map.xml"]


def test_a_map_of_maps_is_followed_once_round(site, loaded):
    index = "<sitemapindex>{}</sitemapindex>"
    maps = "".join(f"<sitemap><loc>{site.url}/{name}</loc></sitemap>" for name in ("index", "map.xml", "gone"))
    site.put("/index", index.format(maps), "application/xml")
    site.put("/map.xml", MAP.format(site.url), "application/xml")
    site.put("/news/1", PAGE)
    found = loaded(site.url + "/index")
    assert [r.content for r in found.reports] == [PAGE]
    assert len(found.said) == 1


def test_of_a_long_site_map_the_latest_pages_are_read(site, loaded):
    pages = "".join(f"<url><loc>{site.url}/{n}</loc><lastmod>2024-01-{n + 1:02}</lastmod></url>" for n in range(20))
    site.put("/map.xml", f"<urlset>{pages}</urlset>", "application/xml")
    for n in range(20):
        site.put(f"/{n}", PAGE)
    found = loaded(site.url + "/map.xml", settings=Settings(allow_private=True, delay=0.0, most=3))
    assert [r.url.rpartition("/")[2] for r in found.reports] == ["19", "18", "17"]
    assert "latest 3" in found.said[0]
