"""Attributions: source, cue and content of every statement of an article, titles included.

Inputs are the `id`, `lang` and `text` of the objects of DATA/gold.jsonl, or of DATA/articles.jsonl where it exists.
Articles in a language without a pack get no attributions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.predictors import rows, write_rows


def predict(data: Path, out: Path) -> None:
    """Write the attributions of all articles of `data` to the JSONL file `out`."""
    file = data / "articles.jsonl"
    write_rows(out, attributions(rows(file if file.exists() else data / "gold.jsonl")))


def attributions(articles: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The prediction for each article."""
    from recoupe.languages import available

    for article in articles:
        found = read(article["text"], article["lang"]) if article["lang"] in available() else []
        yield {"id": article["id"], "attributions": found}


def read(text: str, lang: str) -> list[dict[str, Any]]:
    """The statements of a text as they stand there."""
    from recoupe.languages import load_pack
    from recoupe.reading.document import open_document
    from recoupe.reading.names import read_names
    from recoupe.reading.statements import read_statements
    from recoupe.records import Article

    doc = open_document(Article("a", "a", text, lang, ""), load_pack(lang))
    return [
        {
            "source": [[s.source.start, s.source.end]] if s.source else None,
            "cue": [[s.cue.start, s.cue.end]],
            "content": [[c.start, c.end] for c in s.content],
        }
        for s in read_statements(doc, read_names(doc))
    ]
