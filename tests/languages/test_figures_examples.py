"""The `[[figures]]` of every pack's examples.toml.

    text = "…"
    figures = [{ text = "plus de 150", low = 150, noun = "blessés" }, { text = "3 km", is = 3, unit = "km" }]

All counts and quantities of the text in order; `is` is both bounds, a bound that is left out is open. `kind` shows
ordinals and labels too, which are left out otherwise; `noun` and `concept` are looked at where they are given.
"""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from recoupe.languages import available, load_pack
from recoupe.languages.pack import FOLDER
from recoupe.reading.document import Document, open_document
from recoupe.reading.figures import read_figures
from recoupe.reading.times import read_times
from recoupe.records import Article, Figure


def cases() -> list[Any]:
    found = []
    for code in available():
        file = FOLDER / code / "examples.toml"
        if file.is_file():
            rows = tomllib.loads(file.read_text("utf-8")).get("figures", [])
            found += [pytest.param(code, row, id=f"{code}-{row['text'][:40]}") for row in rows]
    return found


def shown(doc: Document, figure: Figure, row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"text": figure.span.of(doc.text), "low": figure.amount.low, "high": figure.amount.high}
    found["unit"] = figure.amount.unit
    if "kind" in row:
        found["kind"] = figure.kind
    if "noun" in row:
        found["noun"] = figure.noun.of(doc.text) if figure.noun else ""
    if "concept" in row:
        found["concept"] = figure.concept
    return found


def expected(row: dict[str, Any]) -> dict[str, Any]:
    found = {
        "text": row["text"],
        "low": row.get("is", row.get("low")),
        "high": row.get("is", row.get("high")),
        "unit": row.get("unit"),
    }
    return {**found, **{k: row[k] for k in ("kind", "noun", "concept") if k in row}}


@pytest.mark.parametrize(("code", "row"), cases())
def test_figures_are_read_as_the_pack_says(code: str, row: dict[str, Any]) -> None:
    doc = open_document(Article("a", "a.txt", row["text"], code, ""), load_pack(code))
    all_kinds = any("kind" in r for r in row["figures"])
    found = [f for f in read_figures(doc, read_times(doc), []) if all_kinds or f.kind in ("count", "quantity")]
    assert len(found) == len(row["figures"]), [f.span.of(doc.text) for f in found]
    for figure, want in zip(found, row["figures"]):
        assert shown(doc, figure, want) == pytest.approx(expected(want))
