"""The `[[clutter]]` of every pack's examples.toml.

    text = \"\"\"…\"\"\"
    headings = ["…"], captions = ["…"], clutter = ["…"], sources = ["…"]

All headings and captions, all clutter that is no caption, and all lines that name a source, as whole lines in the order
of the text.
"""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from recoupe.cleaning import clean
from recoupe.languages import available
from recoupe.languages.pack import FOLDER
from recoupe.records import Report


def cases() -> list[Any]:
    found = []
    for code in available():
        file = FOLDER / code / "examples.toml"
        if file.is_file():
            rows = tomllib.loads(file.read_text("utf-8")).get("clutter", [])
            found += [pytest.param(code, row, id=f"{code}-{row['text'].strip()[:40]}") for row in rows]
    return found


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("code", "row"), cases())
def test_lines_are_what_the_pack_says(code: str, row: dict[str, Any], newline: str) -> None:
    article = clean(Report("a.txt", "text", row["text"].replace("\n", newline)))
    assert article.lang == code

    def lines(spans: Any) -> list[str]:
        return [span.of(article.text) for span in spans]

    assert lines(article.headings) == row.get("headings", [])
    assert lines(article.captions) == row.get("captions", [])
    assert lines(s for s in article.clutter if s not in article.captions) == row.get("clutter", [])
    assert lines(article.sources) == row.get("sources", [])
