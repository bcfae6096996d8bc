"""What holds of every dossier, tried on the example story and on what chance makes of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import recoupe
from recoupe.records import Dossier, Reading, Report

ROOT = Path(__file__).parent.parent
STORY = ROOT / "examples" / "tunnel-fire"
FILES = sorted(p for p in STORY.iterdir() if p.suffix in {".txt", ".html"})
TEXTS = {p.name: p.read_text("utf-8") for p in FILES}

chance = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return recoupe.cross_check([str(STORY)])


# --- what a dossier finds, whatever the order and the ids -------------------------------------------------------------


class Findings:
    """The findings of a dossier in a form that does not depend on the order of its reports."""

    def __init__(self, dossier: Dossier):
        self.file = {a.id: Path(a.path).name for a in dossier.articles}
        self.names = {
            n.id: frozenset((self.file[m.article], m.start, m.end) for m in n.mentions) for n in dossier.names
        }
        self.questions = Counter(self._question(q) for q in dossier.questions)
        self.statements = Counter((self.file[s.article], s.cue, tuple(s.content), s.source) for s in dossier.statements)
        groups: dict[str, set[Any]] = {}
        for s in dossier.statements:
            if s.group:
                groups.setdefault(s.group, set()).add((self.file[s.article], s.cue, tuple(s.content)))
        self.groups = Counter(map(frozenset, groups.values()))
        self.origins = {self.file[a.id]: frozenset(a.origins) for a in dossier.articles}
        self.copies = {self.file[a.id]: self.file.get(a.copy_of or "") for a in dossier.articles}

    def _value(self, value: dict[str, Any]) -> Any:
        if "entity" in value:
            return self.names.get(value["entity"], value["entity"])
        return tuple(sorted((k, str(v)) for k, v in value.items()))

    def _question(self, question: Any) -> Any:
        answers = [(self.file[a.article], a.start, a.end, self._value(a.value), a.hedged) for a in question.answers]
        pairs = frozenset((frozenset((answers[p.a], answers[p.b])), p.verdict, p.rule) for p in question.pairs)
        return question.kind, question.verdict, question.independent_origins, frozenset(answers), pairs


def assert_same_findings(one: Dossier, other: Dossier) -> None:
    a, b = Findings(one), Findings(other)
    assert Counter(a.names.values()) == Counter(b.names.values())
    assert a.questions == b.questions
    assert a.statements == b.statements
    assert a.groups == b.groups
    assert a.origins == b.origins
    assert {k for k, v in a.copies.items() if v} | set(filter(None, a.copies.values())) == {
        k for k, v in b.copies.items() if v
    } | set(filter(None, b.copies.values()))


@pytest.mark.parametrize("turn", range(1, len(FILES)))
def test_the_order_of_the_reports_does_not_change_the_findings(turn):
    paths = [str(p) for p in FILES]
    assert_same_findings(recoupe.cross_check(paths), recoupe.cross_check(paths[turn:] + paths[:turn][::-1]))


@pytest.mark.parametrize(("a", "b"), list(combinations(FILES, 2)), ids=lambda p: p.name)
def test_comparing_a_with_b_mirrors_comparing_b_with_a(a, b):
    assert_same_findings(recoupe.cross_check([str(a), str(b)]), recoupe.cross_check([str(b), str(a)]))


# --- the same every time ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.name)
def test_reading_a_report_twice_gives_the_same(file):
    first, second = list(recoupe.read_all([str(file)])), list(recoupe.read_all([str(file)]))
    assert first == second


def test_another_process_with_other_hashes_writes_the_same_dossier():
    code = (
        "import msgspec, recoupe, sys\nsys.stdout.buffer.write(msgspec.json.encode(recoupe.cross_check([sys.argv[1]])))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code, str(STORY)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            stdin=subprocess.DEVNULL,
        ).stdout
        for seed in ("1", "4711")
    }
    assert len(printed) == 1


# --- spans ------------------------------------------------------------------------------------------------------------


def assert_spans_are_exact(dossier: Dossier) -> None:
    """Every finding points at words that stand in its article, and quotes them as they stand."""
    text = {a.id: a.text for a in dossier.articles}
    for name in dossier.names:
        for m in name.mentions:
            assert text[m.article][m.start : m.end] == m.text != ""
    for question in dossier.questions:
        for a in question.answers:
            assert text[a.article][a.start : a.end] == a.text != ""
            start, end = a.sentence
            assert 0 <= start <= a.start < a.end <= end <= len(text[a.article])
    for s in dossier.statements:
        for start, end in [*s.content, s.cue, *([s.source] if s.source else [])]:
            assert 0 <= start < end <= len(text[s.article])
    for article in dossier.articles:
        for spans in (article.clutter, article.headings):
            edges = [edge for span in spans for edge in span]
            assert edges == sorted(edges)
            assert all(0 <= start < end <= len(article.text) for start, end in spans)


def test_every_span_quotes_exactly(dossier):
    assert_spans_are_exact(dossier)


def test_the_text_of_a_text_file_is_the_file(dossier):
    for article in dossier.articles:
        name = Path(article.path).name
        if name.endswith(".txt"):
            assert article.text == TEXTS[name]


# --- the form of a dossier --------------------------------------------------------------------------------------------


def test_answers_of_two_articles_to_one_question_have_one_pair(dossier):
    for question in dossier.questions:
        expected = {(i, j) for (i, a), (j, b) in combinations(enumerate(question.answers), 2) if a.article != b.article}
        assert Counter((min(p.a, p.b), max(p.a, p.b)) for p in question.pairs) == Counter(expected)


def test_everything_that_is_referred_to_is_there(dossier):
    articles = {a.id for a in dossier.articles}
    names = {n.id for n in dossier.names}
    questions = {q.id: q for q in dossier.questions}
    assert {a.copy_of for a in dossier.articles} <= articles | {None}
    assert {s.speaker for s in dossier.statements} <= names | {None}
    assert {a.value["entity"] for q in dossier.questions for a in q.answers if "entity" in a.value} <= names
    for entry in dossier.timeline:
        assert all(0 <= index < len(questions[question].answers) for question, index in entry.answers)
    assert len(questions) == len(dossier.questions)


def test_there_are_never_more_origins_than_answers(dossier):
    for question in dossier.questions:
        assert 1 <= question.independent_origins <= len(question.answers)


# --- hostile text -----------------------------------------------------------------------------------------------------

odd = st.text(
    alphabet=st.one_of(
        st.sampled_from("\0\r\n\t \u00a0\u200b\u200f\u202e\ufeff«»“”\"'’.,:;-–—()[]<>&%€0123456789"),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


@st.composite
def mutated(draw: st.DrawFn) -> Report:
    """An example report with pieces cut out, doubled, moved and replaced."""
    name = draw(st.sampled_from(sorted(TEXTS)))
    text = TEXTS[name]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 400)))
        piece = text[start:end]
        text = draw(
            st.sampled_from(
                [
                    text[:start] + text[end:],
                    text[:end] + piece + text[end:],
                    piece + text[:start] + text[end:],
                    text[:end],
                ]
            )
            | odd.map(lambda new: text[:start] + new + text[end:])  # noqa: B023 - drawn at once
        )
    return Report(address=name, media="html" if name.endswith("html") else "text", content=text)


def reading_or_our_error(report: Report) -> Reading | None:
    """What is read, None if it is refused by one of our errors; anything else fails the test."""
    try:
        return recoupe.read(recoupe.clean(report))
    except recoupe.RecoupeError:
        return None


@chance
@given(mutated())
def test_mutated_reports_raise_nothing_but_our_errors(report):
    reading = reading_or_our_error(report)
    if reading:
        other = recoupe.read(recoupe.clean(Report(address="c.txt", media="text", content=TEXTS["c.txt"])))
        if other.article.text != reading.article.text:
            assert_spans_are_exact(recoupe.write_up(recoupe.one_story([reading, other])))


@chance
@given(odd | st.text(max_size=400), st.sampled_from(["text", "html"]))
def test_random_text_raises_nothing_but_our_errors(content, media):
    reading_or_our_error(Report(address=f"report.{media}", media=media, content=content))
