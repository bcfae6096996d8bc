"""A question is labelled in words that a person understands, in the language of the interface."""

from dataclasses import replace

import pytest
from harbour_story import comparison

from recoupe.records import Kind
from recoupe.writing.labels import called, question_label, question_subject
from recoupe.writing.wording import wording


def label(asks, kind=Kind.COUNT, ui="en", at=0):
    story = comparison()
    return question_label(story, replace(story.questions[at], asks=asks, kind=kind), wording(ui))


def test_an_id_is_called_by_its_label_in_the_interface_language():
    assert label(("c:killed",)) == f"{called('killed', wording('en'))} · 12 March 2025"
    assert label(("c:killed",), ui="fr") == f"{called('killed', wording('fr'))} · 12 mars 2025"


def test_an_id_without_its_prefix_is_known_too():
    assert label(("killed",)) == label(("c:killed",))


def test_beside_an_id_words_of_the_reports_are_left_out():
    assert label(("c:killed", "harbour")) == label(("c:killed",))


def test_a_stem_is_shown_as_the_report_writes_it():
    assert label(("firefight",), at=3) == "how many: firefighters"
    assert label(("pompi",), at=3, ui="fr") == "combien : pompiers"


def test_a_name_of_the_story_stands_beside_what_is_asked():
    assert label(("c:killed", "n:n1")).startswith(f"{called('killed', wording('en'))} · Port-Mérel")


def test_keys_that_mean_nothing_to_a_reader_leave_the_sentence():
    assert label(("n:0.x9", "zzzz")).startswith("how many: Sept personnes ont été tuées")


def test_the_subject_has_no_word_that_asks():
    story = comparison()
    when = story.questions[2]
    english = wording("en")
    assert question_label(story, when, english) == f"when: {question_subject(story, when, english)}"


@pytest.mark.parametrize("key", ["", ":", "c:", "n:", " ", "a" * 10_000, "\ud800"])
def test_no_key_breaks_a_label(key):
    assert label((key,))
