"""Each pack's own cases of what is counted and what happened."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from recoupe.languages import available, load_pack
from recoupe.languages.pack import FOLDER
from recoupe.reading.document import Document, open_document
from recoupe.reading.events import read_concepts, read_events
from recoupe.records import Article

EVENT_KEYS = ("verb", "negated", "participle", "passive", "tense")


def cases() -> Iterator[Any]:
    for lang in available():
        file = FOLDER / lang / "examples.toml"
        if file.is_file():
            for case in tomllib.loads(file.read_text("utf-8")).get("concepts", []):
                yield pytest.param(lang, case, id=f"{lang}: {case['text'][:40]}")


def document(text: str, lang: str) -> Document:
    return open_document(Article("a", "a.txt", text, lang, ""), load_pack(lang))


@pytest.mark.parametrize(("lang", "case"), list(cases()))
def test_a_pack_finds_what_is_counted_in_its_own_examples(lang: str, case: dict[str, Any]) -> None:
    text = case["text"]
    found = read_concepts(document(text, lang))
    assert [(c.span.of(text), c.concept) for c in found] == [(c["words"], c["id"]) for c in case["concepts"]]
    for mention, wanted in zip(found, case["concepts"], strict=True):
        assert mention.predicate == wanted.get("predicate", mention.predicate), wanted


@pytest.mark.parametrize(("lang", "case"), list(cases()))
def test_a_pack_finds_what_happened_in_its_own_examples(lang: str, case: dict[str, Any]) -> None:
    text = case["text"]
    found = read_events(document(text, lang))
    assert [(e.span.of(text), e.kind) for e in found] == [(e["words"], e["id"]) for e in case["events"]]
    for event, wanted in zip(found, case["events"], strict=True):
        for key in EVENT_KEYS:
            assert getattr(event, key) == wanted.get(key, getattr(event, key)), (wanted["words"], key)
