"""WARC: what another program wrote is read, and what is damaged costs only itself."""

import gzip
import io
import random
import time

import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from recoupe.settings import Settings

PAGE = "<html><head><title>Pont {0}</title></head><body><p>Le pont numéro {0} a été fermé à l'été.</p></body></html>"


def answered(body: bytes, *headers: tuple[str, str], status: str = "200 OK", media: str = "text/html") -> tuple:
    return StatusAndHeaders(status, [("Content-Type", media), *headers], protocol="HTTP/1.1"), body


def archive(*answers: tuple, packed: bool = True, kind: str = "response") -> bytes:
    """An archive of some answers, each with its request before it, as crawlers write them."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "a crawler"}))
    for number, (head, body) in enumerate(answers):
        address = f"https://ferry.example/{number}"
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "ferry.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(address, "request", http_headers=asked))
        writer.write_record(writer.create_warc_record(address, kind, payload=io.BytesIO(body), http_headers=head))
    return out.getvalue()


def pages(count: int, **more) -> bytes:
    return archive(*(answered(PAGE.format(n).encode()) for n in range(count)), **more)


def zstd(data: bytes, dictionary: bytes | None = None) -> bytes:
    known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdCompressor(dict_data=known).compress(data)


def framed(data: bytes, dictionary: bytes | None = None) -> bytes:
    """An archive packed record by record, behind its dictionary."""
    records = [b"WARC/1.0" + part for part in data.split(b"WARC/1.0")[1:]]
    head = b""
    if dictionary:
        packed = zstd(dictionary)
        head = b"\x5d\x2a\x4d\x18" + len(packed).to_bytes(4, "little") + packed
    return head + b"".join(zstd(record, dictionary) for record in records)


PLAIN = pages(5, packed=False)
FORMS = {
    "plain": PLAIN,
    "a record a member": pages(5),
    "one member": gzip.compress(PLAIN),
    "zstd": zstd(PLAIN),
    "a record a frame": framed(PLAIN),
    "with a dictionary": framed(PLAIN, b"WARC-Type: response\r\nWARC-Record-ID: <urn:uuid:" * 20),
}


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_gives_its_pages_however_it_is_packed(tmp_path, loaded, form):
    """By its content, whatever the file is called."""
    (tmp_path / "a.bin").write_bytes(FORMS[form])
    found = loaded(tmp_path / "a.bin")
    assert [r.content for r in found.reports] == [PAGE.format(n) for n in range(5)]
    assert [r.url for r in found.reports] == [f"https://ferry.example/{n}" for n in range(5)]
    assert {r.media for r in found.reports} == {"html"}
    assert len({r.address for r in found.reports}) == 5
    assert found.said == []


def test_an_archive_is_read_from_the_web_and_from_a_folder_too(tmp_path, site, loaded):
    (tmp_path / "news.warc.gz").write_bytes(FORMS["a record a member"])
    assert len(loaded(tmp_path).reports) == 5
    assert len(loaded(site.put("/a", FORMS["a record a member"], "application/octet-stream")).reports) == 5


def test_what_is_no_page_is_passed_over(tmp_path, loaded):
    body = PAGE.format(1).encode()
    chunked = b"5\r\n" + body[:5] + b"\r\n" + f"{len(body) - 5:x};x=y".encode() + b"\r\n" + body[5:] + b"\r\n0\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(
        archive(
            answered(b"\x89PNG", media="image/png"),
            answered(body, status="404 Not Found"),
            answered(b"", ("Location", "/"), status="301 Moved"),
            answered(b"Bridge opens", media="text/plain"),
            answered(PAGE.format(1).encode("latin-1"), media="text/html; charset=ISO-8859-1"),
            answered(gzip.compress(body), ("Content-Encoding", "gzip")),
            answered(body, ("Content-Encoding", "gzip")),  # a crawler has unpacked it
            answered(chunked, ("Transfer-Encoding", "chunked")),
            answered(body, ("Transfer-Encoding", "chunked")),
        )
    )
    found = loaded(tmp_path / "a.warc")
    assert [r.content for r in found.reports] == ["Bridge opens", *[PAGE.format(1)] * 5]
    assert found.said == []


def test_pages_and_texts_saved_without_their_answer_are_read(tmp_path, loaded):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for kind, media, body in (
        ("resource", "text/html", PAGE.format(1).encode()),
        ("conversion", "text/plain", b"Bridge opens"),
        ("metadata", "text/plain", b"no report"),
    ):
        record = writer.create_warc_record(
            "https://ferry.example/", kind, payload=io.BytesIO(body), warc_content_type=media
        )
        writer.write_record(record)
    (tmp_path / "a.warc.gz").write_bytes(out.getvalue())
    assert [r.content for r in loaded(tmp_path / "a.warc.gz").reports] == [PAGE.format(1), "Bridge opens"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_archive_gives_what_is_there_and_says_so(tmp_path, loaded, form, share):
    whole = FORMS[form]
    (tmp_path / "a.warc").write_bytes(whole[: int(len(whole) * share)])
    found = loaded(tmp_path / "a.warc")
    texts = [r.content for r in found.reports]
    assert texts == [PAGE.format(n) for n in range(len(texts))]
    assert len(texts) < 5 or share > 0.99
    assert found.said or len(texts) == 5


def members(data: bytes) -> list[bytes]:
    """An archive's gzip members."""
    import zlib

    found = []
    while data:
        packer = zlib.decompressobj(31)
        packer.decompress(data)
        found.append(data[: len(data) - len(packer.unused_data)])
        data = packer.unused_data
    return found


@pytest.mark.parametrize("how", ["flipped", "zeroed", "cut", "gone to noise"])
def test_a_corrupt_member_costs_only_itself(tmp_path, loaded, how):
    parts = members(pages(6))
    hurt = parts[6]  # the page number 2: behind the archive's own record and two pairs, and its request
    middle = len(hurt) // 2
    parts[6] = {
        "flipped": hurt[:middle] + bytes(255 - b for b in hurt[middle : middle + 20]) + hurt[middle + 20 :],
        "zeroed": bytes(len(hurt)),
        "cut": hurt[:middle],
        "gone to noise": random.Random(1).randbytes(len(hurt)),
    }[how]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(parts))
    found = loaded(tmp_path / "a.warc.gz")
    assert [r.url[-1] for r in found.reports] == ["0", "1", "3", "4", "5"]
    assert len(found.said) == 1
    assert "next record" in found.said[0]


def test_what_comes_close_behind_a_large_corrupt_member_is_not_lost(tmp_path, loaded):
    """Its damage is met late, when much of what follows has been fed to the unpacking already."""
    large = b"<html>" + b"Bridge number five. " * 20_000
    parts = members(archive(*[answered(large if n == 1 else PAGE.format(n).encode()) for n in range(5)]))
    parts[4] = parts[4][:-8] + bytes(8)
    (tmp_path / "a.warc.gz").write_bytes(b"".join(parts))
    assert [r.url[-1] for r in loaded(tmp_path / "a.warc.gz").reports] == ["0", "2", "3", "4"]


@pytest.mark.parametrize("length", ["-1", "9" * 30, "ten", "", "5"])
def test_a_record_with_a_false_length_costs_only_itself(tmp_path, loaded, length):
    data = pages(4, packed=False)
    at = [i for i in range(len(data)) if data.startswith(b"WARC-Type: response", i)][1]
    start = data.index(b"Content-Length: ", at) + 16
    end = data.index(b"\r\n", start)
    (tmp_path / "a.warc").write_bytes(data[:start] + length.encode() + data[end:])
    found = loaded(tmp_path / "a.warc")
    assert {"0", "2", "3"} <= {r.url[-1] for r in found.reports} <= {"0", "1", "2", "3"}
    assert found.said


def test_a_record_larger_than_any_page_is_left_out(tmp_path, loaded):
    big = answered(b"<html>" + b"x" * 50_000)
    (tmp_path / "a.warc.gz").write_bytes(archive(answered(PAGE.format(0).encode()), big, answered(b"<html>Bridge")))
    found = loaded(tmp_path / "a.warc.gz", settings=Settings(max_bytes=20_000))
    assert [r.url[-1] for r in found.reports] == ["0", "2"]
    assert "the limit is 20,000" in found.said[0]


def test_an_answer_packed_as_a_bomb_costs_only_itself(tmp_path, loaded, bomb):
    small = bomb[: 1 << 20]
    (tmp_path / "a.warc").write_bytes(
        archive(answered(small, ("Content-Encoding", "gzip")), answered(b"<html>Bridge"), packed=False)
    )
    found = loaded(tmp_path / "a.warc")
    assert [r.url[-1] for r in found.reports] == ["1"]
    assert "more than" in found.said[0]


def test_an_archive_that_is_a_bomb_is_given_up(tmp_path, loaded, bomb):
    """Whether its zeros are one endless record, or no record at all."""
    head = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 99999999999\r\n\r\n"
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(head) + bomb)
    (tmp_path / "b.csv.gz").write_bytes(bomb)
    (tmp_path / "c.warc.zst").write_bytes(zstd(head + bytes(300 << 20)))
    for name in ("a.warc.gz", "b.csv.gz", "c.warc.zst"):
        begun = time.monotonic()
        found = loaded(tmp_path / name)
        assert found.reports == []
        assert len(found.said) == 1
        assert time.monotonic() - begun < 40


def test_an_archive_damaged_all_over_is_given_up(tmp_path, loaded):
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\n\r\n" * 200_000)
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\n") + b"\x1f\x8b\x08" * 500_000)
    for name in ("a.warc", "b.warc.gz"):
        begun = time.monotonic()
        found = loaded(tmp_path / name)
        assert found.reports == []
        assert 0 < len(found.said) < 1100
        assert time.monotonic() - begun < 40
