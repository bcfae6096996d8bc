"""Copies: the same dispatch again, edited, shortened or translated; versions; and what is none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe import read, read_all
from recoupe.grouping import find_copies, with_copies
from recoupe.grouping.matching import Match, match
from recoupe.grouping.traces import Line, Trace, trace
from recoupe.records import Article, Reading, Span, Story

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "tunnel-fire"
COUNTERPARTS = sorted((ROOT / "bench" / "data" / "copies" / "tunnel-fire").glob("*.txt"))


@pytest.fixture(scope="module")
def reports() -> dict[str, Reading]:
    return {r.article.id: r for r in read_all([str(EXAMPLE / "articles.json")])}


def again(reading: Reading, text: str | None = None, **more: object) -> Reading:
    """The same report elsewhere."""
    article = reading.article
    text = article.text if text is None else text
    return read(Article("z", "z", text, article.lang, "", **more))  # type: ignore[arg-type]


def roots(readings: Sequence[Reading]) -> list[int]:
    found = find_copies(readings)
    return [next((m for m in marks if m is not None), i) for i, marks in enumerate(zip(found.copies, found.versions))]


def test_independent_reports_of_one_event_are_no_copies(reports: dict[str, Reading]) -> None:
    assert roots([reports[i] for i in "abcd"]) == [0, 1, 2, 3]


def test_a_shortened_report_points_to_the_earlier_one(reports: dict[str, Reading]) -> None:
    assert roots([reports[i] for i in "eabc"]) == [3, 1, 2, 3]


@pytest.mark.parametrize("file", COUNTERPARTS, ids=lambda p: p.name)
def test_a_translation_points_to_its_original(reports: dict[str, Reading], file: Path) -> None:
    translated = next(read_all([str(file)]))
    given = [reports[i] for i in "abcd"]
    assert roots([*given, translated])[4] in (4, "abcd".index(file.name[0]))
    assert len(set(roots([*given, translated]))) == 4


def test_a_copy_with_much_of_its_own_before_it_is_none(reports: dict[str, Reading]) -> None:
    """Two sentences out of a longer report do not make the longer one a copy."""
    own = reports["a"].article.text
    short = "\n".join(reports["d"].article.text.split("\n")[:1])
    assert roots([reports["d"], again(reports["a"], f"{own}\n{short}", published="2025-03-20")]) == [0, 1]


def test_of_two_texts_the_earlier_is_the_original(reports: dict[str, Reading]) -> None:
    early = again(reports["c"], published="2025-03-01T10:00")
    assert find_copies([reports["c"], early]).copies == (1, None)


def test_a_report_that_names_the_outlet_of_another_as_its_source_is_the_copy(reports: dict[str, Reading]) -> None:
    text = reports["c"].article.text + "\nSource: https://caspian-ledger.example/2025/tunnel-fire-call"
    article = Article(
        "z", "z", text, "en", "", published="2025-03-01", sources=(Span(text.rindex("\n") + 1, len(text)),)
    )
    assert find_copies([read(article), reports["c"]]).copies == (1, None)


def test_a_later_text_of_the_same_outlet_is_a_version(reports: dict[str, Reading]) -> None:
    later = again(reports["c"], reports["c"].article.text.replace("eight", "nine"), outlet="Caspian Ledger")
    found = find_copies([reports["c"], later])
    assert found.copies == (None, None)
    assert found.versions == (None, 0)


def test_the_order_in_which_reports_are_given_does_not_matter(reports: dict[str, Reading]) -> None:
    given = [*(reports[i] for i in "abcde"), *read_all(map(str, COUNTERPARTS[:2]))]
    names = [r.article.path for r in given]
    forth = {names[i]: names[j] for i, j in enumerate(roots(given))}
    back = {names[::-1][i]: names[::-1][j] for i, j in enumerate(roots(given[::-1]))}
    assert forth == back


def test_a_story_bears_its_copies(reports: dict[str, Reading]) -> None:
    story = with_copies(Story((reports["c"], reports["e"], reports["b"])))
    assert story.copies == (None, 0, None)
    assert story.versions == (None, None, None)


@pytest.mark.parametrize("text", ["", ".", "Two died."])
def test_next_to_nothing_copies_nothing(reports: dict[str, Reading], text: str) -> None:
    assert roots([again(reports["c"], text), again(reports["c"], text), reports["c"]]) == [0, 1, 2]


def test_a_report_matches_itself_wholly(reports: dict[str, Reading]) -> None:
    told = match(trace(reports["c"]), trace(reports["c"]))
    assert told.covered == pytest.approx(1.0)
    assert told.verbatim == 1.0
    assert [(b.a, b.b) for b in told.blocks] == [(i, i) for i in range(len(trace(reports["c"]).lines))]


@given(st.lists(st.sampled_from("abcdefgh"), max_size=12), st.lists(st.sampled_from("abcdefgh"), max_size=12))
def test_blocks_follow_each_other_in_both(a: list[str], b: list[str]) -> None:
    told = _matched(a, b)
    for x, y in zip(told.blocks, told.blocks[1:]):
        assert x.a_end <= y.a
        assert x.b_end <= y.b
    assert told.covered <= 1.0 + 1e-9
    assert told.covered == pytest.approx(sum(x.gain for x in told.blocks) / (math.expm1(told.mass) or 1.0))


def _matched(a: list[str], b: list[str]) -> Match:
    return match(_trace(a), _trace(b))


def _trace(letters: list[str]) -> Trace:
    """A report of one key a line."""
    return Trace(
        "en", tuple(Line(Span(0, 9), frozenset({f"x:{c}"}), (c,), frozenset(), frozenset(), 9) for c in letters)
    )
