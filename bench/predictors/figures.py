"""Predictions for `figures`: numbers with their units, by that benchmark's conventions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recoupe.languages import LanguagePack
    from recoupe.reading.found import Found
    from recoupe.records import Span

DURATIONS = ("a", "mo", "wk", "d", "h", "min", "s")
MEASURED = ("money", "dimension", "age", "temperature")
AGES = ("a", "mo", "wk", "d")
TEMPERATURES = ("Cel", "[degF]")


def predict(data: Path, out: Path) -> None:
    """Write `{"id", "figures"}` for each text in `data/inputs.jsonl` to `out`; nothing in a language without a pack."""
    from recoupe.languages import available, load_pack

    known = available()
    with (data / "inputs.jsonl").open(encoding="utf-8") as texts, out.open("w", encoding="utf-8") as found:
        for line in texts:
            row = json.loads(line)
            figures = read(row["text"], row["lang"], load_pack(row["lang"])) if row["lang"] in known else []
            found.write(json.dumps({"id": row["id"], "figures": figures}) + "\n")


def read(text: str, lang: str, pack: LanguagePack) -> list[dict[str, Any]]:
    """The figures of one text, labels and ordinals included."""
    from recoupe.reading.document import open_document
    from recoupe.reading.figures import find_figures
    from recoupe.records import Article

    doc = open_document(Article("text", "", text, lang, ""), pack)
    currencies = frozenset(pack.tables["units"]["money"]) | frozenset(pack.tables["units"]["hundredths"])
    found = find_figures(doc, [])
    bare = len(found) == 1 and all(
        not doc.norms[i][0].isalnum() or doc.norms[i] in pack.function_words
        for i in range(len(doc.norms))
        if not found[0].first <= i < found[0].end
    )
    return [row(figure, doc.span(figure.first, figure.end), currencies, bare) for figure in found]


def row(figure: Found, span: Span, currencies: frozenset[str], bare: bool) -> dict[str, Any]:
    """One figure as the benchmark writes it: the number that was said, in its own unit.

    In a sentence the sources leave out what modifies a measure: 'more than 500 years old' is 500; a phrase that is
    nothing `but` a figure keeps it.
    """
    said = figure.said
    found: dict[str, Any] = {"start": span.start, "end": span.end, "type": sort_of(figure, currencies)}
    if found["type"] == "money":
        found["iso"] = figure.unit
    measured = not bare and found["type"] in MEASURED
    if said.low == said.high or (said.approximate and not said.range) or measured:
        number = said.smallest if said.smallest is not None and found["type"] != "money" else said.value
        number = said.value / 100 if said.fraction else said.value * 100 if said.minor else number
        found["value"] = round(number, 12)
        if said.fraction:
            found["type"] = "number"
    else:
        found["low"], found["high"] = (
            bound if bound is None or not said.fraction else round(bound / 100, 12) for bound in (said.low, said.high)
        )
        if found["type"] == "number" or said.fraction:
            found["type"] = "range"
    return found


def sort_of(figure: Found, currencies: frozenset[str]) -> str:
    """The benchmark's type of a figure."""
    unit = figure.said.unit
    if figure.kind == "ordinal":
        return "ordinal"
    if unit is None or unit == "M":
        return "number"
    if unit == "%":
        return "percent"
    if unit in currencies or (len(unit) == 3 and unit.isupper()):
        return "money"
    if unit in TEMPERATURES:
        return "temperature"
    return "age" if unit in AGES else "number" if unit in DURATIONS else "dimension"
