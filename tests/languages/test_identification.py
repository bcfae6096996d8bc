"""A pack's texts are known for its language, and those of sister languages are not taken for it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from recoupe.cleaning.language import identify
from recoupe.errors import CleanError
from recoupe.languages import available
from recoupe.languages.pack import FOLDER

SISTERS: dict[str, str] = tomllib.loads(Path(__file__).with_name("sisters.toml").read_text("utf-8"))


def sections() -> list[tuple[str, str]]:
    """The texts of each section of each pack's examples, in one piece."""
    found = []
    for code in available():
        file = FOLDER / code / "examples.toml"
        for rows in (tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}).values():
            if len(rows) > 4:
                found.append((code, "\n".join(row["text"] for row in rows)))
    return found


@pytest.mark.parametrize(("code", "text"), sections())
def test_the_examples_of_a_pack_are_in_its_language(code: str, text: str) -> None:
    assert identify(text, "a.txt") == code


@pytest.mark.parametrize("code", SISTERS)
def test_sister_languages_are_not_taken_for_each_other(code: str) -> None:
    if code in available():
        assert identify(SISTERS[code], "a.txt") == code
    else:
        with pytest.raises(CleanError, match="there is no language pack"):
            identify(SISTERS[code], "a.txt")
