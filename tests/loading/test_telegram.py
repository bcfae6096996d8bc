"""Telegram Desktop's result.json."""

import json

import pytest

from recoupe.cleaning import clean

LONG = "The bridge over the river was closed on Sunday after four people were hurt, the town hall said. "


def message(number: int, text: object, **more: object) -> dict:
    return {"id": number, "type": "message", "date": "2024-06-26T09:02:52", "from": "Ferry News", "text": text, **more}


def chat(*messages: object, **more: object) -> dict:
    return {"name": "Ferry News", "type": "public_channel", "id": 1234, "messages": list(messages), **more}


def saved(folder, content: object, name: str = "result.json"):
    (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return folder / name


def test_a_channel_gives_its_messages_with_all_that_is_known_of_them(tmp_path, loaded):
    """The exporter's clock and Unix time together give the offset; a forwarded message names its origin."""
    file = saved(
        tmp_path,
        chat(
            {"id": 1, "type": "service", "date": "2024-06-26T09:00:00", "action": "create_channel", "text": "Bridge"},
            message(2, "", photo="photos/a.jpg"),
            message(
                3,
                [LONG, {"type": "bold", "text": "Four"}, " more. ", {"type": "link", "text": "https://x.example/"}],
                date_unixtime="1719385372",
                edited="2024-06-26T09:30:00",
                edited_unixtime="1719387000",
                forwarded_from="Pier News",
                author="Ada Roe",
            ),
        ),
    )
    [report] = loaded(file).reports
    assert report.content == LONG + "Four more. https://x.example/"
    assert (report.address, report.url) == (f"{file}#3", "https://t.me/c/1234/3")
    assert (report.outlet, report.authors, report.credits) == ("Ferry News", ("Ada Roe",), ("Pier News",))
    assert (report.published, report.updated) == ("2024-06-26T09:02:52+02:00", "2024-06-26T09:30:00+02:00")
    article = clean(report)
    assert (article.published, article.updated) == (report.published, report.updated)
    assert (article.outlet, article.credits) == ("Ferry News", ("Pier News",))


def test_in_a_group_it_is_its_members_who_write(tmp_path, loaded):
    file = saved(tmp_path, chat(message(1, LONG, **{"from": "Bo Poe"}), type="private_supergroup", name="Pier Group"))
    [report] = loaded(file).reports
    assert (report.outlet, report.authors) == ("Pier Group", ("Bo Poe",))


@pytest.mark.parametrize("key", ["chats", "left_chats"])
def test_an_export_of_several_chats_gives_those_of_each(tmp_path, loaded, key):
    listed = [
        chat(message(1, LONG)),
        chat(message(1, "Bridge two"), id=5, name="Pier"),
        chat(id=6, messages="x"),
        chat(),
    ]
    file = saved(tmp_path, {"about": "x", "contacts": {"list": []}, key: {"about": "x", "list": listed}})
    found = loaded(file)
    assert [(r.address, r.outlet) for r in found.reports] == [
        (f"{file}#1234/1", "Ferry News"),
        (f"{file}#5/1", "Pier"),
    ]
    assert len(found.said) == 1


def test_it_is_known_by_its_content(tmp_path, loaded):
    saved(tmp_path, chat(message(1, LONG)), "export.txt.json")
    saved(tmp_path, {"messages": []}, "other.json")
    assert len(loaded(tmp_path).reports) == 1


ODD = [
    ([], False),
    (None, False),
    (7, False),
    ({"type": "bold", "text": "Bridge"}, True),
    ([{"type": "bold"}, {"text": 5}, 7, None, [["x"]], {"text": "Bridge"}], True),
    (["Bridge", {"text": ["x"]}], True),
    ("Bridge \ud83d", True),
    ("Bridge " * 100_000, True),
    (["Bridge"] * 10_000, True),
]


@pytest.mark.parametrize(("text", "kept"), ODD)
def test_a_text_of_odd_spans_is_what_can_be_read_of_it(tmp_path, loaded, text, kept):
    found = loaded(saved(tmp_path, chat(message(1, text), message(2, LONG))))
    texts = [r.content for r in found.reports]
    assert texts[-1] == LONG.strip()
    assert len(texts) == 1 + kept
    assert all(t.startswith("Bridge") and len(t) <= 100_000 for t in texts[:-1])


def test_the_spans_are_read_where_the_text_is_missing(tmp_path, loaded):
    file = saved(
        tmp_path, chat(message(1, "", text_entities=[{"type": "plain", "text": "Bridge "}, {"text": "opens"}]))
    )
    assert loaded(file).reports[0].content == "Bridge opens"


@pytest.mark.parametrize(
    "more",
    [
        {"date": 5, "date_unixtime": "9" * 30},
        {"date": "yesterday", "date_unixtime": []},
        {"date_unixtime": "-1"},
        {"date_unixtime": "²"},
        {"id": {}, "from": 5, "forwarded_from": None, "edited": {}},
        {"id": 10**40},
    ],
)
def test_what_is_odd_in_a_message_costs_only_itself(tmp_path, loaded, more):
    assert [r.content for r in loaded(saved(tmp_path, chat(message(1, LONG) | more))).reports] == [LONG.strip()]


def test_a_damaged_message_costs_only_itself(tmp_path, loaded):
    deep = "[" * 50_000 + "]" * 50_000
    text = json.dumps(chat(message(1, LONG), "HERE", 5, message(2, "Bridge"))).replace('"HERE"', deep)
    found = loaded(saved(tmp_path, text))
    assert len(found.reports) == 2 or "no JSON" in found.said[0]
    assert found.said


@pytest.mark.parametrize("end", [10, 200, 400])
def test_a_truncated_export_is_an_error_that_says_so(tmp_path, loaded, end):
    file = saved(tmp_path, json.dumps(chat(*(message(n, LONG) for n in range(9))))[:end])
    found = loaded(file)
    assert found.reports == []
    assert "JSON" in found.said[0]
