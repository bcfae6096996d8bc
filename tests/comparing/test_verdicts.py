"""Verdicts follow from values, and from the order of reports where a figure moves while an event lasts."""

from dataclasses import replace

import pytest

from recoupe.comparing.verdicts import Side, judge, judge_all, verdict_of
from recoupe.records import Amount, Named, Period, Relation, Stance


def day(n):
    return Period(f"2024-06-{n:02}", f"2024-06-{n:02}")


def test_five_and_four_conflict_and_the_reason_shows_both():
    finding = judge(Side(Amount(5, 5)), Side(Amount(4, 4)))
    assert (finding.verdict, finding.why) == (Relation.CONFLICT, "5 ≠ 4")


def test_a_toll_that_rose_in_a_later_report_is_updated():
    pairs = judge_all([(0, Side(Amount(3, 3), day(1), "grows")), (1, Side(Amount(4, 4), day(2), "grows"))])
    assert [p.verdict for p in pairs] == [Relation.UPDATED]


def test_a_toll_that_fell_in_a_later_report_is_a_conflict():
    pairs = judge_all([(0, Side(Amount(4, 4), day(1), "grows")), (1, Side(Amount(3, 3), day(2), "grows"))])
    assert [p.verdict for p in pairs] == [Relation.CONFLICT]


def test_the_missing_may_become_fewer_and_still_be_updated():
    pairs = judge_all([(0, Side(Amount(12, 12), day(1), "moves")), (1, Side(Amount(5, 5), day(2), "moves"))])
    assert [p.verdict for p in pairs] == [Relation.UPDATED]


def test_reports_whose_order_is_not_known_do_not_update_each_other():
    unknown = Period("2024-06-01", "2024-06-03")
    pairs = judge_all([(0, Side(Amount(4, 4), day(2), "grows")), (1, Side(Amount(5, 5), unknown, "grows"))])
    assert [p.verdict for p in pairs] == [Relation.CONFLICT]


def test_a_figure_that_a_still_later_report_takes_back_has_updated_nothing():
    rows = [(0, 23, 1), (1, 30, 2), (2, 23, 3)]
    pairs = judge_all([(r, Side(Amount(n, n), day(d), "grows")) for r, n, d in rows])
    assert {(p.a, p.b): p.verdict for p in pairs} == {
        (0, 1): Relation.CONFLICT,
        (0, 2): Relation.AGREE,
        (1, 2): Relation.CONFLICT,
    }


def test_an_age_does_not_grow_within_a_story():
    pairs = judge_all([(0, Side(Amount(51, 51, "a"), day(1))), (1, Side(Amount(52, 52, "a"), day(2)))])
    assert [p.verdict for p in pairs] == [Relation.CONFLICT]


def test_a_rounded_conversion_agrees_with_its_original():
    feet, metres = Side(Amount(57.912, 57.912, "m"), given="ft"), Side(Amount(58, 58, "m"), given="m")
    assert judge(feet, metres).verdict is Relation.AGREE
    assert judge(Side(Amount(57.9, 57.9, "m"), given="m"), metres).verdict is Relation.CONFLICT


def test_answers_of_one_report_have_no_pair():
    assert judge_all([(0, Side(Amount(1, 1))), (0, Side(Amount(2, 2)))]) == ()


def test_a_reason_names_those_it_is_about():
    finding = judge(Side(Named("n1"), name="Kyiv"), Side(Named("n2"), name="NATO"))
    assert finding.why == "Kyiv ≠ NATO"


@pytest.mark.parametrize(
    ("values", "voices", "verdict"),
    [
        ([Amount(1, 1)], 1, "single"),
        ([Amount(1, 1), Amount(1, 1)], 2, "corroborated"),
        ([Amount(1, 1), Amount(1, 1)], 1, "single"),
        ([Amount(1, 1), Amount(1, None)], 2, "compatible"),
        ([Amount(1, 1), Amount(2, 2)], 1, "contested"),
        ([Stance("asserted"), Stance("denied")], 2, "contested"),
    ],
)
def test_agreement_counts_by_voices_and_one_conflict_contests_a_question(values, voices, verdict):
    assert verdict_of(judge_all([(i, Side(v)) for i, v in enumerate(values)]), voices) == verdict


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (Amount(4, None), Amount(6, 6), Relation.UPDATED),  # 'at least four', then six
        (Amount(3000, None), Amount(3500, 3500), Relation.COMPATIBLE),  # 'more than 3,000' may have been 3,500
        (Amount(180, 220), Amount(200, None), Relation.COMPATIBLE),
        (Amount(14, 14), Amount(23, 23), Relation.UPDATED),
    ],
)
def test_a_figure_moved_only_if_the_later_one_cannot_have_been_meant(first, second, verdict):
    pairs = judge_all([(0, Side(first, day(1), "grows")), (1, Side(second, day(2), "grows"))])
    assert [p.verdict for p in pairs] == [verdict]


def test_a_rough_figure_between_two_exact_ones_takes_nothing_back():
    rows = [(0, Amount(37, 37), 1), (1, Amount(32, 40), 2), (2, Amount(41, 41), 3)]
    pairs = judge_all([(r, Side(a, day(d), "grows")) for r, a, d in rows])
    assert {(p.a, p.b): p.verdict for p in pairs}[0, 2] is Relation.UPDATED


def test_a_number_rounded_to_fewer_decimals_is_the_same():
    assert judge(Side(Amount(52.38, 52.38, "%")), Side(Amount(52.4, 52.4, "%"))).verdict is Relation.AGREE
    assert judge(Side(Amount(52.38, 52.38, "%")), Side(Amount(52.3, 52.3, "%"))).verdict is Relation.CONFLICT


def test_what_a_report_calls_outdated_takes_nothing_back():
    rows = [(0, 6, 1), (1, 7, 2), (2, 6, 3), (2, 8, 3)]  # 'eight; it had put the toll at six a day earlier'
    pairs = judge_all([(r, Side(Amount(n, n), day(d), "grows")) for r, n, d in rows])
    assert {(p.a, p.b): p.verdict for p in pairs} == {
        (0, 1): Relation.UPDATED,
        (0, 2): Relation.AGREE,
        (0, 3): Relation.UPDATED,
        (1, 2): Relation.CONFLICT,
        (1, 3): Relation.UPDATED,
    }


def test_an_outdated_figure_came_before_what_its_report_goes_on_to():
    rows = [(0, 8, 1), (1, 8, 2), (1, 6, 2)]  # the second copies the first, and adds 'six a day earlier'
    pairs = judge_all([(r, Side(Amount(n, n), day(d), "grows")) for r, n, d in rows])
    assert {(p.a, p.b): p.verdict for p in pairs} == {(0, 1): Relation.AGREE, (0, 2): Relation.UPDATED}


def test_two_sources_of_one_report_contradict_each_other_whatever_the_course():
    police, union = (Side(Amount(n, n), day(1), "grows", voice=v) for n, v in ((14, "police"), (30, "union")))
    pairs = judge_all([(0, police), (0, union), (1, replace(union, published=day(1)))])
    assert {(p.a, p.b): p.verdict for p in pairs}[0, 2] is Relation.CONFLICT
