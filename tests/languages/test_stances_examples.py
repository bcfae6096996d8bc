"""Each pack's own cases of what is denied, left open or beyond doubt."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from recoupe.languages import available
from recoupe.languages.pack import FOLDER
from recoupe.reading import read
from recoupe.records import Article, Kind


def cases() -> Iterator[Any]:
    for lang in available():
        file = FOLDER / lang / "examples.toml"
        if file.is_file():
            for case in tomllib.loads(file.read_text("utf-8")).get("stances", []):
                yield pytest.param(lang, case, id=f"{lang}: {case['text'][:40]}")


@pytest.mark.parametrize(("lang", "case"), list(cases()))
def test_a_pack_tells_what_is_denied_in_its_own_examples(lang: str, case: dict[str, Any]) -> None:
    text = case["text"]
    found = read(Article("a", "a.txt", text, lang, "")).claims
    assert (case["words"], case["stance"]) in [(c.span.of(text), str(c.value)) for c in found if c.kind is Kind.STANCE]
