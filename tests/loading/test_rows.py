"""JSON Lines, JSON lists and CSV, under the names that columns have or are given."""

import gzip
import json
import time

import pytest

from recoupe.settings import Settings

TEXT = "The bridge over the river was closed on Sunday."
ROW = {
    "title": "Bridge closed",
    "maintext": TEXT,
    "url": "https://ferry.example/1",
    "source_domain": "ferry.example",
    "date_publish": "2024-06-26 09:02:52",
    "date_modify": "2024-06-26 10:00:00",
    "language": "en",
    "authors": ["Ada Roe", "Bo Poe"],
    "credit": "Reuters",
    "image_url": "x",
}


def lines(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", lines(ROW, ROW)),
        ("a.ndjson", lines(ROW, "", ROW)),
        ("a.dat", lines(ROW, ROW)),
        ("a.json", lines(ROW, ROW)),
        ("a.json", json.dumps([ROW, ROW], indent=1)),
        ("a.jsonl", "\ufeff" + lines(ROW, ROW).replace("\n", "\r\n")),
    ],
)
def test_rows_of_json_say_what_they_know(tmp_path, loaded, name, content):
    (tmp_path / name).write_text(content, "utf-8")
    found = loaded(tmp_path / name)
    assert len(found.reports) == 2
    report = found.reports[0]
    assert (report.content, report.media, report.title) == (TEXT, "text", "Bridge closed")
    assert (report.url, report.outlet, report.language) == ("https://ferry.example/1", "ferry.example", "en")
    assert (report.published, report.updated) == ("2024-06-26 09:02:52", "2024-06-26 10:00:00")
    assert (report.authors, report.credits) == (("Ada Roe", "Bo Poe"), ("Reuters",))
    assert found.said == []


def test_rows_may_be_packed(tmp_path, loaded):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines(ROW).encode()) + gzip.compress(lines(ROW).encode()))
    assert len(loaded(tmp_path / "a.jsonl.gz").reports) == 2
    assert len(loaded(tmp_path).reports) == 2


def test_a_damaged_line_costs_only_itself(tmp_path, loaded):
    deep = "[" * 100_000
    rows = [
        ROW,
        "{",
        deep,
        "7",
        '{"a": ' + deep + "}",
        '{"text": "x", "url": "file:///etc/passwd"}',
        '{"text": " "}',
        ROW,
    ]
    (tmp_path / "a.jsonl").write_text(lines(*rows) + json.dumps(ROW)[:60])
    found = loaded(tmp_path / "a.jsonl")
    assert len(found.reports) == 2
    assert len(found.said) == 7


def test_a_line_without_end_is_left_out(tmp_path, loaded):
    (tmp_path / "a.jsonl").write_text(lines(ROW, '{"text": "' + "x" * 3_000_000 + '"}', ROW))
    found = loaded(tmp_path / "a.jsonl", settings=Settings(max_bytes=1_000_000))
    assert len(found.reports) == 2
    assert "more than 1000000 bytes" in found.said[0]


CSV = 'Title;Body;Date Published\n"Bridge ""closed""";"Closed on Sunday;\nfour were hurt.";2024-06-26\nTwo;Bridge;\n'


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.dat"])
def test_a_table_is_known_by_its_head(tmp_path, loaded, delimiter, name):
    (tmp_path / name).write_text(CSV.replace(";", delimiter))
    reports = loaded(tmp_path / name).reports
    assert [(r.title, r.content, r.published) for r in reports] == [
        ('Bridge "closed"', f"Closed on Sunday{delimiter}\nfour were hurt.", "2024-06-26"),
        ("Two", "Bridge", None),
    ]


def test_a_text_that_has_commas_in_its_first_line_is_a_text(tmp_path, loaded):
    (tmp_path / "a").write_text("Title, text and date, they said, were missing.\nBridge, 5\n")
    assert loaded(tmp_path / "a").reports[0].content.startswith("Title, text")


def test_columns_of_other_names_are_named_by_the_user(tmp_path, loaded):
    (tmp_path / "a.csv").write_text("titre,corps,jour\nPont,Le pont est fermé.,2024-06-26\n")
    found = loaded(tmp_path / "a.csv")
    assert "'titre', 'corps', 'jour'" in found.said[0]
    assert "--column text=NAME" in found.said[0]
    named = Settings(columns=(("text", "corps"), ("title", "titre"), ("published", "jour")))
    [report] = loaded(tmp_path / "a.csv", settings=named).reports
    assert (report.content, report.title, report.published) == ("Le pont est fermé.", "Pont", "2024-06-26")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (1719385372, "2024-06-26T07:02:52+00:00"),
        (1719385372000, "2024-06-26T07:02:52+00:00"),
        ("1719385372", "2024-06-26T07:02:52+00:00"),
        (1e300, None),
        (True, None),
        ({"x": 1}, None),
        ("26 June", "26 June"),
    ],
)
def test_a_time_may_be_a_number(tmp_path, loaded, told, expected):
    (tmp_path / "a.jsonl").write_text(lines(ROW | {"date_publish": told}))
    assert loaded(tmp_path / "a.jsonl").reports[0].published == expected


def test_a_row_with_an_address_only_is_fetched_when_that_is_asked_for(site, tmp_path, loaded):
    page = "<html><body><p>The bridge.</p></body></html>"
    (tmp_path / "a.jsonl").write_text(lines({"url": site.put("/1", page), "title": "Bridge", "outlet": {"name": "F"}}))
    assert "--follow" in loaded(tmp_path / "a.jsonl").said[0]
    follow = Settings(allow_private=True, delay=0.0, follow=True)
    [report] = loaded(tmp_path / "a.jsonl", settings=follow).reports
    assert (report.content, report.title, report.outlet) == (page, "Bridge", "F")


def test_a_table_in_an_old_encoding_and_one_with_an_open_quote(tmp_path, loaded):
    (tmp_path / "a.csv").write_bytes("title,text\nPont,L'été a été très sec près du château.\n".encode("cp1252"))
    assert loaded(tmp_path / "a.csv").reports[0].content == "L'été a été très sec près du château."
    (tmp_path / "b.csv").write_text('title,text\nOne,"Bridge\n' + "Two,Bridge\n" * 20_000)
    begun = time.monotonic()
    found = loaded(tmp_path / "b.csv", settings=Settings(max_bytes=100_000))
    assert found.said
    assert time.monotonic() - begun < 20


def test_a_large_file_is_read_as_it_comes(tmp_path):
    """The first report is there before the file has been read to its end."""
    import tracemalloc

    from recoupe.loading import load

    with (tmp_path / "a.jsonl").open("w") as file:
        for _ in range(30_000):
            file.write(lines(ROW))
    tracemalloc.start()
    assert next(load([str(tmp_path / "a.jsonl")])).content == TEXT
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
