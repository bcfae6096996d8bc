"""Predictions for `ner`: names of people, organisations and places in running text."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recoupe.reading.document import Document

LABELS = {"PERSON": "PER", "ORG": "ORG", "PLACE": "LOC"}


def predict(data: Path, out: Path) -> None:
    """Write `{"id", "names"}` for each text in `data/inputs.jsonl` to `out`.

    A language without a pack is read with the empty one.
    """
    from recoupe.languages import LanguagePack, available, load_pack
    from recoupe.languages.pack import FOLDER, open_pack
    from recoupe.reading.document import open_document
    from recoupe.reading.names import read_names
    from recoupe.records import Article

    packs: dict[str, LanguagePack] = {}
    with (data / "inputs.jsonl").open(encoding="utf-8") as texts, out.open("w", encoding="utf-8") as found:
        for line in texts:
            row = json.loads(line)
            lang = row["lang"]
            if lang not in packs:
                packs[lang] = (
                    load_pack(lang) if lang in available() else replace(open_pack(FOLDER / "_template"), code=lang)
                )
            document = open_document(Article(row["id"], "", row["text"], lang, ""), packs[lang])
            names = sorted(
                [*widened(document, m.start, m.end, n.type), LABELS[n.type]]
                for n in read_names(document)
                for m in n.mentions
            )
            found.write(json.dumps({"id": row["id"], "names": names}) + "\n")


def widened(document: Document, start: int, end: int, kind: str) -> tuple[int, int]:
    """A place with the word for its sort ('tỉnh Hà Nam'), as the Vietnamese set has it; Recoupe has the bare name."""
    from recoupe.reading.gazetteer import gazetteer
    from recoupe.records import Span

    words = gazetteer(document.pack)
    if kind != "PLACE" or not words.belonging_after:
        return start, end
    first, _ = document.tokens_of(Span(start, end))
    for i in range(max(0, first - 3), first):
        if any(j == first and mark.flag == "L" for j, mark in words.marks.at(document.norms, i)):
            return document.tokens.starts[i], end
    return start, end
