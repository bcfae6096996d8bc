"""What survives translation: packs find the same events and concepts in the same sentence."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from recoupe.languages import load_pack
from recoupe.reading.document import open_document
from recoupe.reading.events import read_concepts, read_events
from recoupe.records import Article

SENTENCES: list[dict[str, str]] = tomllib.loads(Path(__file__).with_name("translations.toml").read_text("utf-8"))[
    "sentences"
]
PAIRS = sorted({pair for row in SENTENCES for pair in combinations(sorted(row), 2)})
FLOOR = 0.87  # ids in common, of all ids found in either language


def ids(text: str, lang: str) -> set[str]:
    doc = open_document(Article("a", "a.txt", text, lang, ""), load_pack(lang))
    return {f"k:{e.kind}" for e in read_events(doc)} | {f"c:{c.concept}" for c in read_concepts(doc)}


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_languages_find_the_same(one: str, other: str) -> None:
    found = [(ids(row[one], one), ids(row[other], other)) for row in SENTENCES if one in row and other in row]
    common = sum(len(a & b) for a, b in found)
    assert common / sum(len(a | b) for a, b in found) >= FLOOR


@pytest.mark.parametrize("row", SENTENCES, ids=[row["en"][:40] for row in SENTENCES])
def test_every_sentence_has_something_that_all_languages_find(row: dict[str, str]) -> None:
    assert set.intersection(*(ids(text, lang) for lang, text in row.items()))
