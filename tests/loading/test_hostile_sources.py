"""Whatever bytes a source holds: reports or our own errors, and soon."""

import gzip
import io
import json
import time

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.warcwriter import WARCWriter

from recoupe.errors import LoadError
from recoupe.loading import kinds
from recoupe.loading.sources import of_bytes
from recoupe.loading.visits import Visit
from recoupe.settings import Settings


def warc() -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for n in range(2):
        page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Bridge"
        writer.write_record(
            writer.create_warc_record(f"https://a.example/{n}", "response", payload=io.BytesIO(page), length=len(page))
        )
    return out.getvalue()


MESSAGE = {"id": 1, "type": "message", "date": "2024-06-26T09:02:52", "text": ["Bridge", {"type": "b", "text": "x"}]}
SEEDS = {
    "feed": b"<rss><channel><title>F</title><item><title>B &amp; c</title><link>https://a.example/</link>"
    b"<description>&lt;p&gt;Bridge</description></item></channel></rss>",
    "atom": b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/><content type="html">B</content>'
    b"</entry></feed>",
    "list": b'<opml><body><outline xmlUrl="https://a.example/f"/></body></opml>',
    "map": b"<urlset><url><loc>https://a.example/</loc></url></urlset>",
    "newsml": b"<newsMessage><itemSet><newsItem><contentSet><inlineData>Bridge</inlineData></contentSet></newsItem>"
    b"</itemSet></newsMessage>",
    "telegram": json.dumps({"name": "F", "type": "public_channel", "id": 5, "messages": [MESSAGE]}).encode(),
    "ninjs": json.dumps({"uri": "x", "versioncreated": "2024", "bodies": [{"value": "<p>Bridge"}]}).encode(),
    "table": b'{"articles": [{"text": "Bridge"}, {"file": "x"}]}',
    "lines": b'{"text": "Bridge", "date": 5}\n{"text": "Bridge", "authors": ["x"]}\n',
    "columns": b'title,text,date\n"Bridge",b,2024\nc,"d\ne",f\n',
    "archive": warc(),
    "gzip archive": gzip.compress(warc()),
    "zstd archive": zstandard.ZstdCompressor().compress(warc()),
    "page": b"<!doctype html><html><body><p>Bridge</p></body></html>",
    "nothing": b"",
}


def reports(data: bytes, name: str = "", most: int = 1 << 20) -> list:
    """All that comes of some bytes, errors of ours left out."""
    visit = Visit(Settings(max_bytes=most), lambda problem: None)
    found, said = [], []
    try:
        for job in kinds.jobs(of_bytes(data, "x", name), visit):
            try:
                found.append(job.read())
            except LoadError as error:
                said.append(str(error))
    except LoadError as error:
        said.append(str(error))
    assert [line for line in said if "\n" in line or not line.startswith(("x", "https:"))] == []
    for report in filter(None, found):
        assert report.content.strip()
        report.content.encode()  # no lone surrogates
    return found


NAMES = ("", "a.xml", "a.json", "a.jsonl", "a.csv", "a.warc.gz", "a.opml", "a.html", "a.txt")
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("kind", SEEDS)
@given(data=st.data())
@QUICK
def test_a_source_with_some_bytes_changed_gives_reports_or_our_own_errors(kind, data):
    """Bytes cut, put in, doubled and swapped, under any name."""
    seed = bytearray(SEEDS[kind])
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(seed)))
        length = data.draw(st.integers(0, 20))
        piece = data.draw(st.sampled_from(PIECES) | st.binary(max_size=8))
        seed[at : at + length] = piece
    reports(bytes(seed), data.draw(st.sampled_from(NAMES)))


PIECES = [
    b"<", b">", b"&", b"]]>", b"<!--", b"<![CDATA[", b"<!DOCTYPE x [", b"{", b"[", b'"', b"\\", b"\\ud800", b"null",
    b"1e999", b"\n", b"\r\n\r\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"WARC/1.0\r\n", b"Content-Length: 99999\r\n",
    b"<item>", b"</item>", b"<title>", b"-1", b"5", b"\x1f\x8b\x08", b"xmlns:a='b'", b"xml:base='http://['",
    b"javascript:",
]  # fmt: skip


@pytest.mark.parametrize("kind", SEEDS)
@given(noise=st.binary(max_size=400), name=st.sampled_from(NAMES))
@QUICK
def test_what_begins_as_a_kind_and_goes_on_as_noise_too(kind, noise, name):
    reports(SEEDS[kind][: max(4, len(SEEDS[kind]) // 3)] + noise, name)


KEYS = (
    "id type date date_unixtime edited from text messages chats list name uri versioncreated bodies value headlines "
    "associations infosources articles file html url title authors language pubstatus body_text"
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS.split(" ")), inner, max_size=5),
    max_leaves=25,
)


@given(value=VALUES)
@settings(max_examples=300, deadline=None)
def test_json_of_any_shape_gives_reports_or_our_own_errors(value):
    reports(json.dumps(value).encode(), "a.json")
    reports(json.dumps(value).encode() * 2)


MANY = 400_000
LONG = {
    "open tags": b"<rss><channel>" + b"<item><title>" * MANY,
    "open entries": b"<rss><channel>" + b"<item>" * MANY,
    "less-than signs": b"<rss><channel><item><title>" + b"<" * MANY * 5,
    "ampersands": b"<rss><channel><item><title>" + b"&" * MANY * 5,
    "entities": b"<rss><channel><item><description>" + b"&lt;a href=" * MANY,
    "attributes": b"<opml><body><outline " + b" ".join(b"a%d='b'" % n for n in range(MANY)) + b"/></body></opml>",
    "comments": b"<!--" * MANY,
    "white space": b" " * MANY * 10 + b"<rss/>",
    "declarations": b"<?xml " * MANY,
    "brackets": b"[" * MANY,
    "braces": b'{"a":' * MANY,
    "an escaped text": b'{"messages": [{"text": "' + b"\\u0041" * MANY + b'"}], "type": "x", "name": "y"}',
    "halves": b'{"type": "x", "name": "y", "messages": [{"text": "' + b"\\ud83d" * MANY + b'"}]}',
    "quotes": b"title,text\n" + b'"' * MANY,
    "commas": b"title,text\n" + b"," * MANY,
    "columns": b",".join(b"text%d" % n for n in range(MANY)) + b"\na,b\n",
    "lines": b"{}\n" * MANY,
    "one line": b"x" * MANY * 10,
    "heads": b"WARC/1.0\r\n" * MANY,
    "a long head": b"WARC/1.0\r\n" + b"a: b\r\n" * MANY,
    "members": gzip.compress(b"WARC/1.0\r\n\r\n") * 20_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_nothing_takes_long(kind):
    """Some megabytes of what might make a parser go back over and over."""
    begun = time.monotonic()
    data = LONG[kind][: 4 << 20]
    reports(data, most=8 << 20)
    reports(data, "a.json" if data[:1] in b"[{" else "a.csv" if b"text" in data[:20] else "a.xml", most=8 << 20)
    assert time.monotonic() - begun < 60
