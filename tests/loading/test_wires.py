"""What news agencies send: ninjs and NewsML-G2."""

import json

import pytest

from recoupe.cleaning import clean

TEXT = "The bridge over the river was closed on Sunday after four people were hurt, the town hall said. " * 3

NINJS_1 = {
    "uri": "https://wire.example/items/1",
    "type": "text",
    "versioncreated": "2024-06-26T10:00:00Z",
    "firstcreated": "2024-06-26T09:00:00Z",
    "language": "en-GB",
    "headline": "Bridge closed",
    "byline": "Ada Roe",
    "copyrightholder": "The Wire",
    "body_xhtml": f"<p>{TEXT}</p><p>Second &amp; last.</p>",
    "infosource": [{"name": "Reuters"}],
}
NINJS_2 = {
    "uri": "urn:wire:1",
    "standard": {"name": "ninjs", "version": "2.1"},
    "type": "text",
    "versioncreated": "2024-06-26T10:00:00Z",
    "contentcreated": "2024-06-26T09:00:00Z",
    "language": "en",
    "headlines": [{"role": "short", "value": "Bridge"}, {"role": "main", "value": "Bridge closed"}],
    "bodies": [
        {"role": "html", "contenttype": "text/html", "value": f"<p>{TEXT}</p><p>Second &amp; last.</p>"},
        {"role": "plain", "contenttype": "text/plain", "value": f"{TEXT.strip()}\nSecond & last."},
    ],
    "infosources": [{"name": "The Wire", "role": "http://cv.example/infosourcerole/publisher"}, {"name": "Reuters"}],
    "by": "Ada Roe",
}
NINJS_3 = {
    "uri": "https://wire.example/items/1",
    "type": "text",
    "versionCreated": "2024-06-26T10:00:00Z",
    "firstCreated": "2024-06-26T09:00:00Z",
    "language": "en",
    "copyrightHolder": "The Wire",
    "headlines": [{"value": "Bridge closed"}],
    "bodies": [{"contentType": "text/html", "value": f"<div><p>{TEXT}</p><p>Second &amp; last.</p></div>"}],
    "infoSources": [{"name": "Reuters", "role": "originator"}],
    "by": "Ada Roe",
    "associations": [
        {"uri": "x", "type": "picture", "headlines": [{"value": "A picture"}], "descriptions": [{"value": "A bridge"}]},
        {"uri": "y", "type": "text", "bodies": [{"value": "A town by the river: background."}]},
    ],
}


def saved(folder, content: object, name: str = "a.json"):
    (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return folder / name


@pytest.mark.parametrize("item", [NINJS_1, NINJS_2, NINJS_3], ids=["1", "2", "3"])
def test_every_version_of_ninjs_says_the_same(tmp_path, loaded, item):
    found = loaded(saved(tmp_path, item))
    report = found.reports[0]
    assert report.content == f"{TEXT.strip()}\nSecond & last."
    assert (report.title, report.outlet, report.authors) == ("Bridge closed", "The Wire", ("Ada Roe",))
    assert (report.published, report.updated) == ("2024-06-26T09:00:00Z", "2024-06-26T10:00:00Z")
    assert report.credits == ("Reuters",)
    assert clean(report).credits == ("Reuters",)
    assert clean(report).updated == "2024-06-26T10:00:00+00:00"
    assert found.said == []


def test_what_is_within_an_item_is_read_if_it_has_a_text(tmp_path, loaded):
    file = saved(tmp_path, NINJS_3)
    assert [r.address for r in loaded(file).reports] == [str(file), f"{file}#1.2"]


def test_a_list_of_items_and_an_item_a_line(tmp_path, loaded):
    listed = saved(tmp_path, [NINJS_1, NINJS_2, 7, NINJS_1 | {"pubstatus": "stat:canceled"}])
    found = loaded(listed)
    assert len(found.reports) == 2
    assert ["no object" in found.said[0], "withdrawn" in found.said[1]] == [True, True]


@pytest.mark.parametrize(
    "more",
    [
        {"bodies": [7, None, {"value": 5}, {"value": TEXT}]},
        {"bodies": {"value": TEXT}, "headlines": 7, "infosources": "x", "associations": 7},
        {"bodies": [{"value": TEXT}], "associations": {"a": 7}, "by": {}, "language": 5, "firstcreated": []},
        {"bodies": [], "body_text": TEXT},
    ],
)
def test_what_is_odd_in_an_item_costs_only_itself(tmp_path, loaded, more):
    item = {"uri": "x", "versioncreated": "2024-06-26T10:00:00Z"} | more
    assert loaded(saved(tmp_path, item)).reports[0].content == TEXT.strip()


def test_items_within_items_are_not_followed_for_ever(tmp_path, loaded):
    item: dict = {"uri": "x", "type": "text", "body_text": "Bridge"}
    for _ in range(200):
        item = {"uri": "x", "type": "text", "body_text": "Bridge", "associations": {"a": item}}
    assert len(loaded(saved(tmp_path, item)).reports) < 10


# --- NewsML-G2 --------------------------------------------------------------------------------------------

ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:wire:1" standard="NewsML-G2" xml:lang="en">
<rightsInfo><copyrightHolder><name>Somebody</name></copyrightHolder></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="prov:wire"><name>The Wire</name></provider>
<versionCreated>2024-06-26T10:00:00Z</versionCreated><pubStatus qcode="stat:usable"/>
<link rel="irel:alternate" href="https://wire.example/1"/></itemMeta>
<contentMeta><contentCreated>2024-06-26T09:00:00Z</contentCreated><creator><name>Ada Roe</name></creator>
<infoSource qcode="is:R"><name>Reuters</name></infoSource><language tag="en-GB"/>
<headline>Bridge &amp; river</headline></contentMeta>
<contentSet>CONTENT</contentSet></newsItem>"""
NITF = """<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
<body.head><hedline><hl1>Bridge</hl1></hedline></body.head><body.content><p>TEXT</p>
<p>Second&#160;<em>and</em> last.</p></body.content></body></nitf></inlineXML>"""
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>
</head><body><p>TEXT</p><p>Second and last.</p></body></html></inlineXML>"""
DATA = '<inlineData contenttype="text/plain">TEXT\nSecond and last.</inlineData>'


@pytest.mark.parametrize("content", [NITF, XHTML, DATA], ids=["nitf", "xhtml", "plain"])
def test_a_news_item_says_what_it_knows(tmp_path, loaded, content):
    file = saved(tmp_path, ITEM.replace("CONTENT", content.replace("TEXT", TEXT)), "a.xml")
    [report] = loaded(file).reports
    assert [" ".join(line.split()) for line in report.content.split("\n")] == [TEXT.strip(), "Second and last."]
    assert (report.title, report.outlet, report.authors) == ("Bridge & river", "The Wire", ("Ada Roe",))
    assert (report.published, report.updated) == ("2024-06-26T09:00:00Z", "2024-06-26T10:00:00Z")
    assert (report.language, report.credits, report.url) == ("en-GB", ("Reuters",), "https://wire.example/1")


def test_a_message_gives_its_items_of_text(tmp_path, loaded):
    text = ITEM.replace("CONTENT", DATA.replace("TEXT", TEXT))
    picture = ITEM.replace("ninat:text", "ninat:picture").replace("CONTENT", "<remoteContent href='a.jpg'/>")
    gone = text.replace("stat:usable", "stat:canceled")
    file = saved(
        tmp_path, f"<newsMessage><itemSet>{text}{picture}{gone}<packageItem/></itemSet></newsMessage>", "a.xml"
    )
    found = loaded(file)
    assert [r.address for r in found.reports] == [f"{file}#1"]
    assert ["withdrawn" in said for said in found.said] == [True]


@pytest.mark.parametrize(
    "content", ["", "<inlineData/>", "<inlineXML><nitf/></inlineXML>", "<inlineData encoding='x'>eA==</inlineData>"]
)
def test_an_item_without_a_text_is_a_problem(tmp_path, loaded, content):
    found = loaded(saved(tmp_path, ITEM.replace("CONTENT", content), "a.xml"))
    assert found.reports == []
    assert "no text" in found.said[0]
