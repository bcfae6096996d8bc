"""Files, folders, tables and standard input."""

import gzip
import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.errors import LoadError, RecoupeError
from recoupe.loading import load
from recoupe.loading.decoding import decode
from recoupe.records import Problem


def load_all(*addresses):
    problems: list[Problem] = []
    return list(load([str(a) for a in addresses], on_problem=problems.append)), problems


def test_a_text_file_comes_as_it_is(tmp_path):
    content = "Bridge opens\r\n\r\nThe bridge opened.\nTwo people came.\r"
    file = tmp_path / "a.en.txt"
    file.write_bytes(content.encode())
    [report] = load([str(file)])
    assert (report.content, report.media, report.address) == (content, "text", str(file))


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("a.html", "no mark-up at all", "html"),
        ("a.htm", "<p>x", "html"),
        ("a.txt", "<!DOCTYPE html><html><p>x", "html"),
        ("a.txt", "\n <html lang=fr><p>x", "html"),
        ("a.txt", "<?xml version='1.0'?>\n<!-- kept --><html><p>x", "html"),
        ("a.txt", "<3 is how the letter ends", "text"),
        ("a.md", "# Bridge", "text"),
        ("noending", "Bridge", "text"),
    ],
)
def test_a_page_is_told_by_its_name_or_its_first_characters(tmp_path, name, content, media):
    (tmp_path / name).write_text(content)
    [report] = load([str(tmp_path / name)])
    assert report.media == media


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\r\n", "is empty"),
        ("mark.txt", b"\xef\xbb\xbf", "is empty"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.docx", b"PK\x03\x04\x14\x00", "binary"),
        ("a.txt", bytes(range(256)) * 8, "binary"),
        ("a.json", b"{", "no JSON"),
        ("b.json", b"[1]", "articles"),
        ("deep.json", b"[" * 100_000, "JSON"),
    ],
)
def test_what_is_no_report_is_an_error_that_says_why(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LoadError, match=says):
        list(load([str(tmp_path / name)]))


def test_a_missing_file_is_a_problem_and_the_rest_goes_on(tmp_path):
    (tmp_path / "a.txt").write_text("Bridge")
    reports, problems = load_all(tmp_path / "none.txt", tmp_path / "a.txt", "\0")
    assert [r.content for r in reports] == ["Bridge"]
    assert [(p.step, "no such file" in p.message or "cannot be read" in p.message) for p in problems] == [
        ("load", True)
    ] * 2


def test_a_page_without_its_scheme_is_told_how_to_be_written():
    with pytest.raises(LoadError, match=r"write https://www\.example\.org/news"):
        list(load(["www.example.org/news"]))


def test_an_address_given_twice_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text("Bridge")
    reports, problems = load_all(tmp_path / "a.txt", tmp_path / "." / "a.txt", tmp_path)
    assert len(reports) == 1
    assert [p.message for p in problems] == ["given twice, read once"] * 2


def test_a_folder_is_read_in_order_and_passes_over_what_is_no_report(tmp_path):
    for name in ("b.txt", "a.md", "sub/c.html", "picture.png", ".hidden.txt", ".git/x.txt", "other.json", "list.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}" if name.endswith("json") else "Bridge " + name)
    (tmp_path / "other.xml").write_text("<?xml version='1.0'?><settings/>")
    (tmp_path / "prices.csv").write_text("item,price\nbridge,5\n")
    (tmp_path / "all.tar.gz").write_bytes(gzip.compress(bytes(512) + b"ustar\0" * 90))
    (tmp_path / "broken.gz").write_bytes(b"\x1f\x8b\x08 broken")
    (tmp_path / "d.txt.gz").write_bytes(gzip.compress(b"Bridge d"))
    reports, problems = load_all(tmp_path)
    assert [r.address[len(str(tmp_path)) + 1 :] for r in reports] == ["a.md", "b.txt", "d.txt.gz", "sub/c.html"]
    assert problems == []


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(LoadError, match="holds no report"):
        list(load([str(tmp_path)]))


def table(folder, *rows, name="story.json", **more):
    (folder / name).write_text(json.dumps({"articles": rows, **more}))
    return folder / name


def test_a_table_tells_what_it_knows_of_the_files_beside_it(tmp_path):
    (tmp_path / "one.txt").write_text("Bridge")
    known = {"id": "a", "url": "https://example.org/1", "outlet": "The Ferry", "published": "2021-03-04", "lang": "en"}
    rows = [{"file": "one.txt", "title": "T", "origins": ["x"], "translated_from": "nl", **known}]
    for address in (table(tmp_path, *rows, slots=[{"killed": 3}]), tmp_path):
        [report] = load([str(address)])
        assert (report.id, report.url, report.outlet) == ("a", "https://example.org/1", "The Ferry")
        assert (report.published, report.language, report.title, report.content) == ("2021-03-04", "en", "T", "Bridge")
        assert report.notes == ()


def test_a_table_may_hold_its_reports(tmp_path):
    file = table(tmp_path, {"id": "a", "text": "Bridge"}, {"html": "<p>Bridge"}, {"text": " "}, {}, 7)
    reports, problems = load_all(file)
    assert [(r.media, r.content, r.id) for r in reports] == [("text", "Bridge", "a"), ("html", "<p>Bridge", None)]
    assert [p.message.split(": ")[-1].rstrip(".") for p in problems] == [
        "is empty",
        "has none of 'file', 'text' and 'html'",
        "is no object",
    ]


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/hostname", "sub/../../secret.txt"])
def test_a_table_cannot_reach_out_of_its_folder(tmp_path, path):
    (tmp_path / "secret.txt").write_text("key")
    inner = tmp_path / "inner"
    inner.mkdir()
    reports, problems = load_all(table(inner, {"file": path}))
    assert reports == []
    assert "outside the folder" in problems[0].message


def test_standard_input_is_a_report(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Pont ouvert\r\n")))
    [report] = load(["-"])
    assert (report.address, report.content) == ("-", "Pont ouvert\r\n")


FRENCH = "Le préfet a déclaré que la forêt brûlait encore près du château, où l’été a été très sec.\n" * 3
RUSSIAN = "Пожар в лесу продолжался всю ночь, сообщили в министерстве по чрезвычайным ситуациям.\n" * 3


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        (FRENCH.encode(), None, FRENCH),
        (FRENCH.encode("utf-8-sig"), None, FRENCH),
        (FRENCH.encode("utf-16"), None, FRENCH),
        (FRENCH.encode("utf-16-le"), None, FRENCH),
        (FRENCH.encode("utf-16-be"), None, FRENCH),
        (FRENCH.encode("utf-32"), None, FRENCH),
        (FRENCH.encode("cp1252"), None, FRENCH),
        (FRENCH.encode("cp1252"), "iso-8859-1", FRENCH),
        (FRENCH.encode(), "iso-8859-1", FRENCH),  # a wrong declaration
        (FRENCH.encode("cp1252"), "utf-8", FRENCH),
        (FRENCH.encode("cp1252"), "no-such-thing", FRENCH),
        (FRENCH.encode("cp1252"), "hex", FRENCH),
        (RUSSIAN.encode("cp1251"), None, RUSSIAN),
        (RUSSIAN.encode("koi8-r"), "koi8-r", RUSSIAN),
        (RUSSIAN.encode("koi8-r"), None, RUSSIAN),
    ],
)
def test_bytes_become_the_text_that_was_meant(data, declared, expected):
    assert decode(data, "a", declared)[0] == expected


def test_a_page_is_asked_for_its_own_encoding():
    page = (
        b'<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head>'
        + RUSSIAN.encode("cp1251")
    )
    assert RUSSIAN in decode(page, "a", page=True)[0]


def test_a_few_broken_bytes_are_replaced_and_noted():
    text, notes = decode(FRENCH.encode() + b"\xff fin", "a")
    assert text == FRENCH + "\ufffd fin"
    assert "1 bytes" in notes[0]


def test_a_nul_character_stays_and_is_noted():
    assert decode(b"Bridge\x00 opens" + b" and more" * 50, "a") == (
        "Bridge\x00 opens" + " and more" * 50,
        ("holds NUL characters",),
    )


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=12)))
def test_any_bytes_give_a_text_or_our_own_error(data, declared):
    try:
        text, _ = decode(data, "a", declared, page=True)
    except RecoupeError:
        return
    assert text.strip()
    text.encode()  # no lone surrogates
