"""The example story's dossier shows what a reader with a pencil finds (tests/stories/tunnel-fire/expected.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import recoupe
from recoupe.records import Dossier

ROOT = Path(__file__).parent.parent
EXPECTED = tomllib.loads((ROOT / "tests" / "stories" / "tunnel-fire" / "expected.toml").read_text("utf-8"))
VERDICTS = {"corroborated", "compatible", "contested", "updated", "single"}


def cases(table: str) -> Any:
    return pytest.mark.parametrize("case", EXPECTED[table], ids=lambda c: c.get("why") or c["report"])


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return recoupe.cross_check([str(ROOT / "examples" / "tunnel-fire")])


def text_of(dossier: Dossier, report: str) -> str:
    return next(a.text for a in dossier.articles if a.id == report)


def place_of(dossier: Dossier, report: str, words: str) -> tuple[int, int]:
    """Where words stand for the first time in a report; its typographic quotation marks may be typed plainly."""
    start = text_of(dossier, report).find(words)
    assert start >= 0, f"{words!r} does not stand in {report}"
    return start, start + len(words)


def meets(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


@cases("pairs")
def test_answers_of_two_reports_are_to_each_other_what_a_reader_says(dossier, case):
    (x, first), (y, second) = case["a"], case["b"]
    found = [
        (pair.verdict, pair.why)
        for question in dossier.questions
        if question.kind == case["kind"]
        for pair in question.pairs
        if any(
            one.article == x and first in one.text and other.article == y and second in other.text
            for one, other in (
                (question.answers[pair.a], question.answers[pair.b]),
                (question.answers[pair.b], question.answers[pair.a]),
            )
        )
    ]
    assert case["verdict"] in [verdict for verdict, _ in found], found or "the two do not meet in a question"


@cases("names")
def test_one_name_holds_all_its_forms(dossier, case):
    ids = [
        {
            name.id
            for name in dossier.names
            for m in name.mentions
            if m.article == report
            and name.type == case["type"]
            and meets((m.start, m.end), place_of(dossier, report, form))
        }
        for report, form in case["forms"]
    ]
    assert set.intersection(*ids), ids


@cases("statements")
def test_the_same_statement_in_other_words_is_found(dossier, case):
    groups = [
        {
            s.group
            for s in dossier.statements
            if s.group and s.article == report and any(meets(c, place_of(dossier, report, words)) for c in s.content)
        }
        for report, words in case["parts"]
    ]
    assert set.intersection(*groups), groups


@cases("copies")
def test_a_copy_is_found(dossier, case):
    copies = {a.id: a.copy_of for a in dossier.articles}
    assert copies[case["report"]] == case["of"]


@cases("origins")
def test_an_article_names_whose_word_it_rests_on(dossier, case):
    (origins,) = [a.origins for a in dossier.articles if a.id == case["report"]]
    assert any(case["label"] in o for o in origins), origins


@cases("voices")
def test_an_answer_counts_for_whoever_says_it(dossier, case):
    def voices(report, words):
        answers = [a for q in dossier.questions for a in q.answers if a.article == report and words in a.text]
        assert answers, f"no answer of {report} holds {words!r}"
        return {a.origin for a in answers}

    mine = voices(case["report"], case["words"])
    assert len(mine) == 1
    assert "like" not in case or mine == voices(*case["like"])
    assert mine.isdisjoint(voices(*case["unlike"]))


@cases("furniture")
def test_furniture_is_marked_and_gives_no_finding(dossier, case):
    place = place_of(dossier, case["report"], case["words"].rstrip("\n"))
    if case["words"].endswith("\n"):
        start = text_of(dossier, case["report"]).find("\n" + case["words"]) + 1
        place = (start, start + len(case["words"]) - 1)
    (article,) = [a for a in dossier.articles if a.id == case["report"]]
    assert any(meets(c, place) for c in article.clutter)
    assert not [
        a.text
        for q in dossier.questions
        for a in q.answers
        if a.article == article.id and meets((a.start, a.end), place)
    ]
    assert not [
        s.id
        for s in dossier.statements
        if s.article == article.id
        and any(meets(span, place) for span in [*s.content, s.cue, *([s.source] if s.source else [])])
    ]


@cases("absent")
def test_what_is_not_the_article_is_not_in_its_text(dossier, case):
    assert case["words"] not in text_of(dossier, case["report"])


@cases("published")
def test_the_day_of_a_report_is_found(dossier, case):
    (article,) = [a for a in dossier.articles if a.id == case["report"]]
    assert (article.published or article.updated or "")[:10] == case["day"]


def test_the_toll_is_contested_and_comes_with_its_sources(dossier):
    """Each figure stands with who says so."""
    tolls = [q for q in dossier.questions if q.kind == "count" and any("Neuf" in a.text for a in q.answers)]
    assert [q.verdict for q in tolls] == ["contested"]
    sources = {a.article: a.attributed_to or "" for a in tolls[0].answers}
    assert "hôpital" in sources["a"]
    assert "Georgian emergency service" in sources["c"]


def test_a_copy_adds_no_voice(dossier):
    """What c and its copy say has no more voices than c has alone."""
    for question in dossier.questions:
        if {a.article for a in question.answers} == {"c", "e"}:
            alone = {a.origin for a in question.answers if a.article == "c"}
            assert question.independent_origins <= len(alone), question.label


def test_every_verdict_is_one_of_the_five(dossier):
    assert {q.verdict for q in dossier.questions} <= VERDICTS
    assert all(p.why for q in dossier.questions for p in q.pairs)
