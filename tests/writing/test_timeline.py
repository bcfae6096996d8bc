"""The timeline puts dated answers in order, each question once for every time that its reports can share."""

from recoupe.records.dossier import DossierAnswer, DossierQuestion
from recoupe.writing.timeline import timeline


def question(id_, *times, kind="time"):
    answers = [DossierAnswer("a", 0, 1, "x", (0, 1), {"start": s, "end": e}, None, False, None) for s, e in times]
    return DossierQuestion(id_, kind, id_, "single", 1, answers, [])


def entries(*questions):
    return [(e.start, e.end, e.answers) for e in timeline(list(questions), {q.id: q.label for q in questions})]


def test_answers_that_agree_share_an_entry():
    day = ("2024-06-25", "2024-06-25")
    assert entries(question("q1", day, day)) == [(*day, [("q1", 0), ("q1", 1)])]


def test_compatible_answers_share_what_satisfies_both():
    found = entries(question("q1", (None, "2023-06-27"), ("2023-03-01", "2023-03-31")))
    assert found == [("2023-03-01", "2023-03-31", [("q1", 0), ("q1", 1)])]


def test_contested_times_have_an_entry_each():
    found = entries(question("q1", ("2024-06-25", "2024-06-25"), ("2024-06-26", "2024-06-26")))
    assert [f[:2] for f in found] == [("2024-06-25", "2024-06-25"), ("2024-06-26", "2024-06-26")]


def test_a_clock_time_lies_within_its_day():
    found = entries(question("q1", ("2024-06-25", "2024-06-25"), ("2024-06-25T14:30", "2024-06-25T14:30")))
    assert found == [("2024-06-25T14:30", "2024-06-25T14:30", [("q1", 0), ("q1", 1)])]


def test_entries_stand_in_the_order_of_time():
    found = entries(
        question("q1", ("2024-06-25", "2024-06-25")),
        question("q2", ("2014-01-01", "2014-12-31")),
        question("q3", (None, "2020-01-01")),
        question("q4", ("2024-06-25T06:00", "2024-06-25T06:00")),
    )
    assert [f[2][0][0] for f in found] == ["q2", "q3", "q1", "q4"]


def test_what_names_no_day_and_what_asks_for_no_time_stay_out():
    assert entries(question("q1", (None, None)), question("q2", ("2024-06-25", None), kind="count")) == []
