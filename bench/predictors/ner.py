"""Predictions for `ner`: names of people, organisations and places in running text."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recoupe.reading.document import Document
    from recoupe.records import Span

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
            names = sorted(as_marked(document, m, n.type) for n in read_names(document) for m in n.mentions)
            found.write(json.dumps({"id": row["id"], "names": names}) + "\n")


def as_marked(document: Document, span: Span, kind: str) -> tuple[int, int, str]:
    """A name as the sets have it; what the Vietnamese one does otherwise than Recoupe is done here.

    There a place has the word for its sort ('tỉnh Hà Nam'), and a hospital in which somebody is, is a place.
    """
    from recoupe.reading.gazetteer import gazetteer

    words = gazetteer(document.pack)
    if kind == "PERSON" or not words.belonging_after:
        return span.start, span.end, LABELS[kind]
    first, _ = document.tokens_of(span)
    if kind == "ORG":
        head = {mark.value for _, mark in words.marks.at(document.norms, first) if mark.flag == "H"}
        inside = first > 0 and any(mark.flag == "B" for _, mark in words.marks.at(document.norms, first - 1))
        return span.start, span.end, "LOC" if inside and head & {"school", "council", "company"} else "ORG"
    for i in range(max(0, first - 3), first):
        if any(j == first and mark.flag == "L" for j, mark in words.marks.at(document.norms, i)):
            return document.tokens.starts[i], span.end, "LOC"
    return span.start, span.end, "LOC"
