"""A question is labelled in words that a person understands, in the language of the interface."""

from dataclasses import replace

import pytest
from harbour_story import comparison

from recoupe.records import Kind
from recoupe.writing.labels import called, question_labels, question_subjects
from recoupe.writing.wording import wording


def label(asks, kind=Kind.COUNT, ui="en", at=0):
    """How one question of the story is called if it stands alone and has these keys."""
    story = comparison()
    question = replace(story.questions[at], asks=asks, kind=kind)
    return question_labels(replace(story, questions=(question,)), wording(ui))[question.id]


def test_an_id_is_called_by_its_label_in_the_interface_language():
    assert label(("c:killed",)) == called("killed", wording("en"))
    assert label(("c:killed",), ui="fr") == called("killed", wording("fr"))


def test_an_id_without_its_prefix_is_known_too():
    assert label(("killed",)) == label(("c:killed",))


def test_beside_an_id_words_of_the_reports_are_left_out():
    assert label(("c:killed", "harbour")) == label(("c:killed",))


def test_a_stem_is_shown_as_the_report_writes_it():
    assert label(("firefight",), at=3) == "how many: firefighters"
    assert label(("pompi",), at=3, ui="fr") == "combien\N{NO-BREAK SPACE}: pompiers"


def test_a_name_of_the_story_stands_beside_what_is_asked():
    assert label(("c:killed", "n:n1")).startswith(f"{called('killed', wording('en'))} · Port-Mérel")


def test_a_wider_concept_beside_what_is_asked_is_left_out_but_a_part_is_told():
    killed, injured, firefighters = (called(c, wording("en")) for c in ("killed", "injured", "firefighters"))
    assert label(("c:killed", "c:people")) == killed
    assert label(("c:injured", "c:people", "part"), at=1) == f"{injured} (some of them)"
    assert label(("c:injured", "c:firefighters", "part"), at=1) == f"{injured} ({firefighters})"


def test_counts_of_one_thing_are_told_apart_by_what_happened_or_when():
    story = comparison()
    first, second = (replace(q, asks=("c:killed", f"k:{k}")) for q, k in zip(story.questions[:2], ("fire", "storm")))
    labels = question_labels(replace(story, questions=(first, second)), wording("en"))
    assert list(labels.values()) == ["people killed · fire", f"people killed · {called('storm', wording('en'))}"]


def test_the_beginning_of_an_event_is_said_of_the_event():
    assert label(("k:begin", "k:fire"), kind=Kind.TIME, at=2) == "when: fire (beginning)"
    assert label(("k:talk", "k:begin"), kind=Kind.TIME, at=2) == "when: talk"


def test_what_is_disputed_is_quoted():
    assert label(("s:ventil",), kind=Kind.STANCE, at=4).startswith("whether: “")


def test_what_a_unit_measures_is_told_where_nothing_else_is():
    assert label((), kind=Kind.QUANTITY, at=6).startswith("weight · ")
    assert label((), kind=Kind.QUANTITY, at=7, ui="fr").startswith("somme · ")


def test_keys_that_mean_nothing_to_a_reader_leave_the_words_around_the_answer():
    assert label(("n:0.x9", "zzzz")) == "how many: “were killed on Wednesday when a grain…”"


def test_questions_that_would_be_called_the_same_say_more():
    subjects = question_subjects(comparison(), wording("en"))
    times = [subjects[q.id] for q in comparison().questions if q.kind is Kind.TIME]
    assert len(set(times)) == len(times)


@pytest.mark.parametrize("key", ["", ":", "c:", "n:", " ", "a" * 10_000, "\ud800"])
def test_no_key_breaks_a_label(key):
    assert label((key,))
