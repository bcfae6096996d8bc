"""A file is there whole or not at all."""

import os
import stat

import pytest

from recoupe.errors import SettingsError, WriteError
from recoupe.writing import FORMS, form_of, save
from recoupe.writing import saving as saving_module


def test_what_is_saved_is_read_back_as_utf8(tmp_path):
    save("Mérel\n", tmp_path / "x.txt")
    assert (tmp_path / "x.txt").read_bytes() == "Mérel\n".encode()


def test_a_file_that_was_there_is_replaced_and_keeps_its_permissions(tmp_path):
    target = tmp_path / "x.txt"
    target.write_text("old")
    target.chmod(0o640)
    save("new", target)
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["x.txt"]


def test_a_link_keeps_standing(tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    save("new", tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


@pytest.mark.parametrize("place", ["missing/x.html", "", "x" * 300 + ".html"])
def test_a_place_that_cannot_be_written_is_named(tmp_path, place):
    with pytest.raises(WriteError, match="cannot be written"):
        save("text", tmp_path / place)
    assert os.listdir(tmp_path) == []


def test_a_file_that_is_not_to_be_written_stays_as_it_was(tmp_path, monkeypatch):
    target = tmp_path / "x.txt"
    target.write_text("old")
    target.chmod(0o440)
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # the superuser may write anything
    with pytest.raises(WriteError):
        save("new", target)
    assert target.read_text() == "old"


def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch):
    target = tmp_path / "x.txt"
    target.write_text("old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving_module.os, "fsync", full)
    with pytest.raises(WriteError, match="No space left"):
        save("new", target)
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["x.txt"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full here")
def test_a_device_is_written_and_not_replaced():
    with pytest.raises(WriteError, match="No space left"):
        save("text", "/dev/full")
    assert not os.path.isfile("/dev/full")


@pytest.mark.parametrize(
    ("path", "name", "form"),
    [
        ("a.html", None, "html"), ("a.HTM", None, "html"), ("a.json", None, "json"), ("a.md", None, "md"),
        ("a.csv", None, "csv"), ("a.txt", None, "text"), (None, None, "text"), ("a.html", "json", "json"),
        (None, "csv", "csv"),
    ],
)  # fmt: skip
def test_the_form_goes_by_name_then_by_ending(path, name, form):
    assert form_of(path, name) is FORMS[form]


@pytest.mark.parametrize(("path", "name"), [("a.pdf", None), ("a", None), (None, "pdf")])
def test_an_unknown_form_names_those_there_are(path, name):
    with pytest.raises(SettingsError, match=r"html.*json"):
        form_of(path, name)


def test_a_table_on_disk_opens_with_a_mark_that_spreadsheets_need(tmp_path):
    from harbour_story import comparison

    from recoupe.writing import write

    FORMS["csv"].save(write(comparison()), str(tmp_path / "x.csv"))
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfquestion,")
