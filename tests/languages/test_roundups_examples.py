"""The `[[roundups]]` of every pack's examples.toml: titles of reports, and whether they call themselves round-ups."""

from __future__ import annotations

from typing import Any

import pytest

from recoupe.grouping.entries import calls_itself
from recoupe.languages import available, load_pack
from recoupe.languages.pack import examples
from recoupe.records import Article, Reading


def cases() -> list[Any]:
    return [
        pytest.param(code, row["text"], row["several"], id=f"{code}-{row['text'][:40]}")
        for code in available()
        for row in examples(code).get("roundups", [])
    ]


@pytest.mark.parametrize(("code", "title", "several"), cases())
def test_titles_of_round_ups_are_known(code: str, title: str, several: bool) -> None:
    assert calls_itself(Reading(Article("a", "a", "", code, title)), load_pack(code)) == several


@pytest.mark.parametrize("code", available())
def test_every_pack_has_cases_of_both_sorts(code: str) -> None:
    assert {row["several"] for row in examples(code).get("roundups", [])} == {True, False}
