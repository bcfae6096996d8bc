"""Corrections in a store: they count at once and ever after, and taking one back restores what was there."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from recoupe.correcting.making import Findings
from recoupe.engine import collect, correct, gather, take_in, undo
from recoupe.engine.correcting import preview
from recoupe.engine.gather import Gathering
from recoupe.engine.updating import Updating
from recoupe.engine.workers import Workers
from recoupe.errors import StoreError
from recoupe.records import Amount
from recoupe.records.correction import SameEvent, SamePerson, SameStory, Undo, WrongQuestion, WrongValue
from recoupe.settings import Settings
from recoupe.store import Which, open_store
from recoupe.writing import to_json

FIRE = Path(__file__).parents[2] / "examples" / "tunnel-fire"
QUAKE = """A dam in the Ronta valley

Ronta, 12 March 2025 (Lowland News)

Engineers closed the old dam above Ronta on Wednesday. Two engineers were injured, said the mayor, Ola Brandt.
"""


@pytest.fixture
def store(address, tmp_path):
    (tmp_path / "dam.txt").write_text(QUAKE, "utf-8")
    with open_store(address) as opened:
        gather(opened, collect(opened, [str(FIRE), str(tmp_path / "dam.txt")]).touched)
        yield opened


def fire(store):
    (story,) = store.stories(Which())
    return story


def dossier(store, story=None):
    return store.dossiers(story or fire(store).id, last=True)[-1].dossier


def findings(store):
    told = dossier(store)
    return Findings(told, store.addresses(a.id for a in told.articles))


def question(told, kind="count", verdict="contested"):
    return next(q for q in told.questions if q.kind == kind and q.verdict == verdict)


def wrong_value(store, value=99.0, **more):
    asked = question(dossier(store))
    return WrongValue(claim=findings(store).answer(asked.id, 0), amount=Amount(value, value), **more)


def texts(store):
    return {s.id: to_json(dossier(store, s.id)) for s in store.stories(Which())}


def test_a_correction_counts_at_once_and_is_marked(store):
    done = correct(store, wrong_value(store, author="Ada", note="misread"))
    assert [s.id for s in done.stories] == [fire(store).id]
    (told,) = dossier(store).corrections
    assert (told.id, told.state, told.author, told.note) == (done.added[0].id, "applied", "Ada", "misread")
    (answer,) = [a for q in dossier(store).questions for a in q.answers if a.corrected]
    assert (answer.value, answer.corrected) == ({"low": 99, "high": 99}, [told.id])
    assert ("corrections", told.id) in store.dossiers(fire(store).id, last=True)[-1].made.settings


def test_the_same_correction_twice_changes_nothing(store):
    one = correct(store, wrong_value(store)).added[0]
    before = store.history(fire(store).id), texts(store)
    again = take_in(store, [one])
    assert (again.added, again.stories) == ((), ())
    assert (store.history(fire(store).id), texts(store)) == before


def test_undoing_restores_the_dossier_byte_for_byte(store):
    before = texts(store)
    one = correct(store, wrong_value(store)).added[0]
    assert texts(store) != before
    undo(store, one.id[:6], author="Ada")
    assert texts(store) == before
    log = store.corrections()
    assert [type(c) for c in log] == [WrongValue, Undo]
    assert log[0].undone_by == log[1].id
    assert undo(store, one.id).added == ()
    undo(store, log[1].id)
    assert texts(store) != before


def test_what_is_not_there_cannot_be_taken_back(store):
    with pytest.raises(StoreError, match="no such correction"):
        undo(store, "k000")
    with pytest.raises(StoreError, match="no correction"):
        take_in(store, [Undo(of="k000")])


@pytest.mark.parametrize("most", [2000, 0])
def test_a_report_that_does_not_belong_leaves_its_story_and_comes_back(store, monkeypatch, most):
    """Also where there are so many articles that only those near a new one are looked at."""
    monkeypatch.setattr(sys.modules[gather.__module__], "ALL", most)
    before, story = texts(store), fire(store)
    address = store.addresses(story.articles)
    alone, *others = story.articles
    apart = SameStory(articles=(address[alone],), others=tuple(address[o] for o in others), same=False)
    one = correct(store, apart).added[0]
    assert set(fire(store).articles) == set(others)
    assert dossier(store).corrections[0].state == "applied"
    gather(store, store.story(story.id).articles)
    gather(store, [alone])
    assert set(fire(store).articles) == set(others)
    assert store.loose() == []
    undo(store, one.id)
    assert set(fire(store).articles) == set(story.articles)
    assert texts(store) == before


def test_two_stories_that_are_one_stay_one(store):
    before, story = texts(store), fire(store)
    (dam,) = {v.id for v in store.current()} - set(story.articles)
    known = store.addresses([dam, *story.articles])
    one = correct(store, SameStory(articles=(known[dam],), others=(known[story.articles[0]],), same=True)).added[0]
    assert set(fire(store).articles) == {dam, *story.articles}
    gather(store, [dam])
    assert set(fire(store).articles) == {dam, *story.articles}
    undo(store, one.id)
    assert texts(store) == before
    assert store.story(story.id).articles == story.articles


def test_corrections_outlive_a_new_version_of_the_text(store, tmp_path):
    told, made = dossier(store), findings(store)
    asked = question(told)
    one = correct(store, WrongValue(claim=made.answer(asked.id, 0), amount=Amount(99, 99))).added[0]
    article = asked.answers[0].article
    version = store.current([article])[0]
    address = store.addresses([article])[article]
    from recoupe.records.kept import Entry

    def says(text):
        changed = replace(version.article, text=text, clutter=(), headings=(), captions=(), sources=())
        store.keep([Entry(address, "here", f"d{len(text)}", changed, version.made)])
        gather(store)

    says("Update: " + version.article.text)
    assert dossier(store).corrections[0].state == "applied"
    words = asked.answers[0].text
    says(version.article.text.replace(words, "Ten"))
    (standing,) = dossier(store).corrections
    assert (standing.id, standing.state) == (one.id, "waiting")
    assert not any(a.corrected for q in dossier(store).questions for a in q.answers)
    says(version.article.text + "\nEnd.")
    assert dossier(store).corrections[0].state == "applied"


def test_later_corrections_win_and_it_is_said(store):
    made = findings(store)
    names = [n for n in dossier(store).names if n.type == "PERSON"][:2]
    pair = {"a": made.name(names[0].id), "b": made.name(names[1].id)}
    first = correct(store, SamePerson(**pair, same=True)).added[0]
    assert any(first.id in n.corrected for n in dossier(store).names)
    second = correct(store, SamePerson(**pair, same=False)).added[0]
    assert [(c.id, c.state, c.by) for c in dossier(store).corrections] == [
        (first.id, "overruled", second.id), (second.id, "applied", None),
    ]  # fmt: skip


def test_a_question_is_split_and_an_answer_taken_out(store):
    made, asked = findings(store), question(dossier(store))
    a, b = made.answer(asked.id, 0), made.answer(asked.id, len(asked.answers) - 1)
    correct(store, SameEvent(a=a, b=b, same=False))
    told = dossier(store)
    homes = [q.id for q in told.questions for x in q.answers if x.corrected]
    assert len(homes) == len(set(homes)) == 2
    correct(store, WrongQuestion(claim=a))
    here = {(x.article, x.start) for q in dossier(store).questions if q.kind == "count" for x in q.answers}
    assert (asked.answers[0].article, asked.answers[0].start) not in here
    assert [c.state for c in dossier(store).corrections] == ["applied", "applied"]


def test_a_dossier_that_was_in_the_making_does_not_win_over_a_correction(store):
    """Whoever gathers at the same time has read the log before the correction, and writes after it."""
    story = fire(store)
    updating = Updating(store, Settings(), None, Workers(0))
    late = updating.update(story.id, list(updating.members(story.articles).values()))
    one = correct(store, wrong_value(store)).added[0]
    assert store.update([replace(late, dossier=replace(dossier(store), corrections=[]))]) == []
    assert [c.id for c in dossier(store).corrections] == [one.id]
    assert store.loose() == sorted(story.articles)
    gather(store)
    assert store.loose() == []
    assert [c.id for c in dossier(store).corrections] == [one.id]


def test_grouping_that_was_under_way_does_not_win_over_a_correction(store, monkeypatch):
    story = fire(store)
    alone, *others = story.articles
    address = store.addresses(story.articles)
    apart = SameStory(articles=(address[alone],), others=tuple(address[o] for o in others), same=False)
    gathering = Gathering(store)
    grouped_as_before = gathering.named

    def meanwhile(groups, had):
        if not store.corrections():
            correct(store, apart)
        return grouped_as_before(groups, had)

    monkeypatch.setattr(gathering, "named", meanwhile)
    gathering.put(gathering.sketched([alone]))
    assert set(fire(store).articles) == set(others)


def test_a_preview_shows_what_would_be_and_keeps_nothing(store):
    before = texts(store)
    seen = preview(store, fire(store).id, wrong_value(store))
    assert seen.before == dossier(store)
    assert seen.after is not None
    assert seen.after.corrections[0].state == "applied"
    assert (texts(store), store.corrections()) == (before, [])


def test_the_log_lists_what_speaks_of_a_story(store):
    one = correct(store, wrong_value(store)).added[0]
    undo(store, one.id)
    assert [c.id for c in store.corrections(fire(store).articles)] == [c.id for c in store.corrections()]
    (dam,) = {v.id for v in store.current()} - set(fire(store).articles)
    assert store.corrections([dam]) == []


def test_each_correction_is_later_than_the_last_whatever_the_clock_says(address):
    with open_store(address) as opened:
        opened._clock = lambda: datetime(2025, 1, 1, tzinfo=UTC)
        rows = opened.correct([SameStory(articles=("u:a",), others=(f"u:{n}",), same=True) for n in "bcd"])
        assert [r.id for r in opened.corrections()] == [r.id for r in rows]
