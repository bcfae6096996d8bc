"""Files of one member or many unpack to what was packed, or to an error of ours."""

import gzip
import io

import pytest
import zstandard

from recoupe.errors import LoadError
from recoupe.loading.unpacking import Unpacked, Zlib, Zstandard

FORMS = {"gzip": (gzip.compress, Zlib), "zstd": (zstandard.ZstdCompressor().compress, Zstandard)}
TEXT = b"The bridge was closed. " * 20_000


def unpacked(data, member):
    return Unpacked(io.BytesIO(data), "x.gz", member).readall()


@pytest.mark.parametrize("form", FORMS)
def test_members_follow_one_another(form):
    pack, member = FORMS[form]
    assert unpacked(pack(TEXT) + pack(b"") + pack(b"End"), member) == TEXT + b"End"


@pytest.mark.parametrize("after", [b"\0" * 512, b"some other words", b"\0\0words"])
def test_what_stands_after_the_last_member_is_passed_over(after):
    raw = Unpacked(io.BytesIO(gzip.compress(TEXT) + after), "x.gz")
    assert raw.readall() == TEXT
    assert raw.read(10) == b""


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_ends_in_the_middle_is_an_error(form):
    pack, member = FORMS[form]
    with pytest.raises(LoadError, match="ends in the middle"):
        unpacked(pack(TEXT)[:-9], member)


@pytest.mark.parametrize("data", [b"no packing at all", gzip.compress(TEXT)[:40] + b"\xff" * 900])
def test_what_is_damaged_is_an_error(data):
    with pytest.raises(LoadError, match="is damaged"):
        unpacked(data, Zlib)
