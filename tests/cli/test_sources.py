"""`recoupe read` and `recoupe compare` take every kind of source."""

from __future__ import annotations

import gzip
import io
import json
import sys

import pytest

from recoupe.cli import main

TEXT = (
    "The bridge over the river at Moreton was closed on Sunday after {} people were killed, the mayor, Jane Holt, "
    "said. Police said that the collapse began at 9 a.m. Officials said that repairs would take two months."
)


def rss(number: str) -> str:
    text = f"<p>{TEXT.format(number)}</p><p>{'Nobody else was on the bridge at that hour, the police said. ' * 8}</p>"
    return (
        '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Gazette</title><item>'
        "<title>Bridge closed</title><link>https://gazette.example/1</link>"
        f"<pubDate>Mon, 24 Jun 2024 08:00:00 GMT</pubDate><content:encoded><![CDATA[{text}]]></content:encoded></item>"
        "</channel></rss>"
    )


def telegram(number: str) -> str:
    message = {"id": 7, "type": "message", "date": "2024-06-23T20:00:00", "text": [TEXT.format(number)]}
    return json.dumps({"name": "Ferry News", "type": "public_channel", "id": 1, "messages": [message]})


def warc(number: str) -> bytes:
    page = f"<html><head><title>Bridge</title></head><body><p>{TEXT.format(number)}</p></body></html>"
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.encode()
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://pier.example/1\r\n"
    head += f"Content-Length: {len(block)}\r\n"
    return gzip.compress(
        head.encode() + b"Content-Type: application/http; msgtype=response\r\n\r\n" + block + b"\r\n\r\n"
    )


NINJS = json.dumps({"uri": "x", "type": "text", "copyrightHolder": "W", "bodies": [{"value": TEXT.format("four")}]})
NEWSML = f"<newsItem><contentSet><inlineData>{TEXT.format('four')}</inlineData></contentSet></newsItem>"
KINDS = {
    "feed.xml": rss("four"),
    "result.json": telegram("four"),
    "news.warc.gz": warc("four"),
    "item.json": NINJS,
    "item.xml": NEWSML,
    "rows.jsonl": json.dumps({"body": TEXT.format("four"), "title": "Bridge"}) + "\n",
    "rows.csv": f'headline,text\nBridge,"{TEXT.format("four")}"\n',
}


def put(folder, name: str, content: str | bytes) -> str:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return str(folder / name)


@pytest.mark.parametrize("kind", KINDS)
def test_read_takes_every_kind(tmp_path, capsys, kind):
    assert main(["read", put(tmp_path, kind, KINDS[kind]), "--format", "json"]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert TEXT.format("four")[:60] in reading["article"]["text"]


def test_standard_input_may_be_of_any_kind(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(telegram("four").encode()))))
    assert main(["read", "-", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["article"]["outlet"] == "Ferry News"


def test_compare_takes_several_kinds_at_once(tmp_path, capsys):
    """A channel, a feed and an archive tell one story and contradict each other."""
    put(tmp_path, "result.json", telegram("four"))
    put(tmp_path, "feed.xml", rss("six"))
    put(tmp_path, "news.warc.gz", warc("five"))
    assert main(["compare", str(tmp_path), "--format", "json"]) == 0
    dossier = json.loads(capsys.readouterr().out)
    assert {a["outlet"] for a in dossier["articles"]} == {"Ferry News", "The Gazette", "pier.example"}
    killed = next(q for q in dossier["questions"] if "killed" in q["label"])
    assert killed["verdict"] == "contested"


def test_a_column_is_named(tmp_path, capsys):
    file = put(tmp_path, "a.csv", f'kop,inhoud\nBridge,"{TEXT.format("four")}"\n')
    assert main(["read", file]) == 2
    assert "--column text=NAME" in capsys.readouterr().err
    assert main(["read", file, "--column", "text=inhoud", "--column", "title=kop", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["article"]["title"] == "Bridge"


@pytest.mark.parametrize("asked", ["text", "=x", "text=", "words=x"])
def test_a_column_that_makes_no_sense_is_an_error(tmp_path, capsys, asked):
    assert main(["read", put(tmp_path, "a.csv", "a,b\n"), "--column", asked]) == 2
    assert "FIELD=NAME" in capsys.readouterr().err


def test_a_list_in_a_file_is_followed_only_with_follow(tmp_path, capsys):
    file = put(tmp_path, "a.opml", '<opml><body><outline xmlUrl="http://127.0.0.1:9/feed"/></body></opml>')
    assert main(["read", file]) == 2
    assert "--follow" in capsys.readouterr().err
    assert main(["read", file, "--follow"]) == 2
    assert "private network" in capsys.readouterr().err
