"""Claims that answer one question come together over the whole story; others do not."""

from dataclasses import replace
from itertools import permutations

import pytest

from recoupe.comparing.clusters import clusters
from recoupe.comparing.questions import ask
from recoupe.records import Amount, Article, Claim, Kind, Period, Reading, Relation, Span

TEXT = "x" * 400


def claim(place, kind, value, asks, terms, when=None):
    span = Span(place, place + 2)
    return Claim(kind, span, value, Span(place, place + 30), tuple(asks), tuple((t, 1.0) for t in terms), when=when)


def reading(name, *claims, published=None):
    article = Article(
        id=name,
        path=name,
        text=TEXT + name,
        lang="en",
        title=name,
        published=published,
        day=Period("2025-03-05", "2025-03-05"),
    )
    return Reading(article=article, claims=claims)


def own_voice(r, c):
    return f"article {r}"


KILLED = ("c:killed", "c:people")


def count(place, n, asks=KILLED, terms=("k:attack", "s:harbour"), when=None):
    return claim(place, Kind.COUNT, Amount(n, n), asks, terms, when)


def grouped(readings):
    """Questions as sets of (reading, value)."""
    return {frozenset((a.reading, str(a.value)) for a in q.answers) for q in ask(readings, (), own_voice)}


def test_two_tolls_of_one_event_are_one_question_and_conflict():
    (question,) = ask([reading("a", count(0, 5)), reading("b", count(9, 4))], (), own_voice)
    assert question.verdict == "contested"
    assert [p.verdict for p in question.pairs] == [Relation.CONFLICT]


def test_five_missiles_are_never_five_dead():
    missiles = count(40, 5, ("c:missiles",))
    assert grouped([reading("a", count(0, 5)), reading("b", missiles, count(9, 4))]) == {
        frozenset({(0, "5"), (1, "4")}),
        frozenset({(1, "5")}),
    }


def test_the_dead_and_the_injured_are_two_questions():
    injured = ("c:injured", "c:people")
    a, b = reading("a", count(0, 5), count(50, 20, injured)), reading("b", count(0, 5), count(50, 21, injured))
    assert grouped([a, b]) == {frozenset({(0, "5"), (1, "5")}), frozenset({(0, "20"), (1, "21")})}


def test_a_toll_of_years_ago_is_another_question():
    past = Period("2012-01-01", "2012-12-31")
    now = Period("2025-03-04", "2025-03-04")
    a, b = reading("a", count(0, 2, when=now)), reading("b", count(0, 2, when=past))
    assert len(grouped([a, b])) == 2


def test_two_currencies_are_never_one_question():
    terms = ("k:steal", "s:bank")
    a = claim(0, Kind.QUANTITY, Amount(310e6, 310e6, "EUR"), ("s:money",), terms)
    b = claim(0, Kind.QUANTITY, Amount(260e6, 260e6, "GBP"), ("s:money",), terms)
    assert len(grouped([reading("a", a), reading("b", b)])) == 2


def test_a_measure_is_said_in_the_unit_of_most_reports():
    asks, terms = ("c:area",), ("k:fire", "s:hall")
    rows = [Amount(4000, 4000, "m2"), Amount(0.4, 0.4, "ha"), Amount(4000, 4000, "m2")]
    readings = [reading(n, claim(0, Kind.QUANTITY, v, asks, terms)) for n, v in zip("abc", rows)]
    (question,) = ask(readings, (), own_voice)
    assert {str(a.value) for a in question.answers} == {"4 000 m2"}
    assert question.verdict == "corroborated"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_questions_do_not_depend_on_the_order_of_claims(order):
    rows = [count(0, 5), count(50, 4), count(100, 7, ("c:injured",))]
    readings = [reading("a", *(rows[i] for i in order)), reading("b", count(0, 5), count(60, 7, ("c:injured",)))]
    assert grouped(readings) == grouped([reading("a", *rows), readings[1]])


def test_nothing_gives_no_questions():
    assert clusters([]) == []
    assert ask([reading("a"), reading("b")], (), own_voice) == ()


def dated(place, day, terms=("k:fire", "s:harbour")):
    return claim(place, Kind.TIME, Period(day, day), ("k:fire",), terms)


def test_one_report_does_not_give_one_thing_two_days():
    found = grouped(
        [reading("a", dated(0, "2025-03-01"), dated(200, "2025-03-02")), reading("b", dated(9, "2025-03-01"))]
    )
    days = [{day for _, day in answers} for answers in found]
    assert {"2025-03-01", "2025-03-02"} not in days


def test_what_is_counted_in_one_place_does_not_answer_for_all():
    everywhere = [count(0, 23), count(9, 19)]
    there = count(40, 13, (*KILLED, "w:n1"), ("s:river",))
    assert grouped([reading("a", everywhere[0], there), reading("b", everywhere[1])]) == {
        frozenset({(0, "23"), (1, "19")}),
        frozenset({(0, "13")}),
    }


def test_that_there_are_none_in_one_place_says_nothing_of_all():
    nobody = count(40, 0, (*KILLED, "w:n1"))
    assert grouped([reading("a", count(0, 23)), reading("b", nobody)]) == {
        frozenset({(0, "23")}),
        frozenset({(1, "0")}),
    }


def test_a_year_alone_is_long_ago_where_nobody_knows_when_the_report_appeared():
    """'In 1986 an earthquake killed 31', beside the 31 of this one, in pages without a date."""
    then = Period("1986-01-01", "1986-12-31")
    undated = [
        replace(r, article=replace(r.article, day=None))
        for r in (reading("a", count(0, 31)), reading("b", count(9, 31, when=then)), reading("c", count(9, 30)))
    ]
    assert grouped(undated) == {frozenset({(0, "31"), (2, "30")}), frozenset({(1, "31")})}


def test_families_are_not_counted_with_people():
    homeless = ("c:homeless",)
    families = reading("a", count(0, 900, (*homeless, "c:families")))
    people = reading("b", count(0, 4000, (*homeless, "c:people")))
    assert len(grouped([families, people])) == 2
    assert len(grouped([families, reading("c", count(0, 950, (*homeless, "c:households")))])) == 1


def test_how_long_a_ship_is_does_not_hang_on_the_year_beside_it():
    """'A 74-metre vessel built in 1998.'"""
    built = Period("1998-01-01", "1998-12-31")
    long = claim(0, Kind.QUANTITY, Amount(74, 74, "m"), ("c:length",), ("c:ships",))
    also = claim(0, Kind.QUANTITY, Amount(74.07, 74.07, "m"), ("c:length",), ("c:ships",), built)
    assert len(grouped([reading("a", long), reading("b", also)])) == 1


POINTS = ("c:points", "s:point")


def test_two_figures_that_each_report_gives_side_by_side_are_two_questions():
    around = ("k:fall", "s:index")
    reports = [reading(name, count(0, 280.0, POINTS, around), count(60, 54.0, POINTS, around)) for name in "abc"]
    found = ask(reports, (), own_voice)
    assert sorted({str(a.value) for a in q.answers} for q in found) == [{"280"}, {"54"}]
    assert {q.verdict for q in found} == {"corroborated"}


def test_a_toll_that_one_report_gives_as_it_was_and_as_it_is_stays_one_question():
    found = grouped([reading("a", count(0, 5.0), count(60, 6.0)), reading("b", count(0, 6.0))])
    assert len(found) == 1
