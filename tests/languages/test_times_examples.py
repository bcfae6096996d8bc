"""The `[[times]]` of every pack's examples.toml.

    text = "…"                 read as the report of `today` (a day, or "2024-06-25/2024-06-27")
    times = [{ text = "hier", on = "2024-06-24" }, { text = "…", from = "…", to = "…" }]

All times of the text in order; `on` is a single day or minute, a bound that is left out is open, and a time with
neither names no day.
"""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from recoupe.languages import available, load_pack
from recoupe.languages.pack import FOLDER
from recoupe.reading.document import open_document
from recoupe.reading.times import read_times
from recoupe.records import Article, Period


def cases() -> list[Any]:
    found = []
    for code in available():
        file = FOLDER / code / "examples.toml"
        if file.is_file():
            rows = tomllib.loads(file.read_text("utf-8")).get("times", [])
            found += [pytest.param(code, row, id=f"{code}-{row['text'][:40]}") for row in rows]
    return found


def expected(row: dict[str, str]) -> tuple[str, str | None, str | None]:
    return row["text"], row.get("on", row.get("from")), row.get("on", row.get("to"))


@pytest.mark.parametrize(("code", "row"), cases())
def test_times_are_read_as_the_pack_says(code: str, row: dict[str, Any]) -> None:
    first, _, last = row.get("today", "").partition("/")
    day = Period(first, last or first) if first else None
    doc = open_document(Article("a", "a.txt", row["text"], code, "", day=day), load_pack(code))
    found = [
        (t.span.of(doc.text), t.period.start if t.period else None, t.period.end if t.period else None)
        for t in read_times(doc)
    ]
    assert found == [expected(r) for r in row["times"]]
