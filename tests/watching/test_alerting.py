"""Rules find what happened between two dossiers of a story, each thing once, with the words it rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import Told, view

from recoupe.watching import Rule, Rules
from recoupe.watching.alerting import alerts_of
from recoupe.watching.steps import Step

A4 = Told("a", "Four people died.", {"killed": ("Four", 4, "Police")})
B4 = Told("b", "In Morvelay four died.", {"killed": ("four", 4, "Hospital")})
B5 = Told("b", "In Morvelay five died.", {"killed": ("five", 5, "Hospital")}, version=2)
C5 = Told("c", "The mayor counts five dead.", {"killed": ("five", 5, "Mayor")})


def told(rule: Rule, before, after) -> list:
    befores = [before] if before is not None else []
    return [alert for alert, _ in alerts_of(Rules((rule,)), Step(befores, after, before is not None))]


def rule(*when: str, **more) -> Rule:
    return Rule("rule", when, **more)


def test_a_count_that_becomes_contested_is_told_with_the_words_of_both_sides():
    (alert,) = told(rule("contested"), view(A4), view(A4, C5, number=2))
    assert (alert.what, alert.subject, alert.after, alert.before) == ("contested", "people killed", "4 ≠ 5", "4")
    assert [(e.outlet, e.text, e.value, e.version) for e in alert.evidence] == [
        ("Paper a", "Four", "4", 1),
        ("Paper c", "five", "5", 1),
    ]
    assert (alert.story, alert.dossier, alert.question, alert.title) == ("s1", 2, "q1", "A bridge")


def test_a_count_that_stays_contested_is_told_once():
    before = view(A4, C5)
    more = Told("d", "Five dead.", {"killed": ("Five", 5, None)})
    assert told(rule("contested"), before, view(A4, C5, more, number=2)) == []


def test_what_was_contested_and_is_not_any_more_is_settled():
    (alert,) = told(
        rule("settled"),
        view(A4, B5),
        view(replace(A4, text="Five died.", version=2, answers={"killed": ("Five", 5, "Police")}), B5, number=2),
    )
    assert (alert.what, alert.before, alert.after) == ("settled", "4 ≠ 5", "corroborated: 5")
    assert {e.side for e in alert.evidence} == {"before", "after"}


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ({}, 1),
        ({"least_change": 1}, 1),
        ({"least_change": 2}, 0),
        ({"least_share": 0.25}, 1),
        ({"least_share": 0.3}, 0),
        ({"kinds": ("quantity",)}, 0),
        ({"concepts": ("killed",)}, 1),
        ({"concepts": ("injured",)}, 0),
        ({"question": "PEOPLE kill"}, 1),
        ({"question": "injured"}, 0),
        ({"least_origins": 2}, 1),
        ({"least_origins": 3}, 0),
    ],
)
def test_a_figure_that_moves_is_told_as_the_rule_asks(more, count):
    alerts = told(rule("moved", **more), view(A4, B4), view(A4, B5, number=2))
    assert [(a.before, a.after) for a in alerts] == [("4", "5 (4–5)")] * count
    for alert in alerts:
        assert [(e.side, e.outlet, e.text) for e in alert.evidence] == [
            ("before", "Paper a", "Four"),
            ("before", "Paper b", "four"),
            ("after", "Paper b", "five"),
        ]


def test_the_same_figure_moved_again_is_another_alert():
    first = told(rule("moved"), view(A4, B4), view(A4, B5, number=2))
    back = told(rule("moved"), view(A4, B5, number=2), view(A4, replace(B4, version=3), number=3))
    again = told(rule("moved"), view(A4, replace(B4, version=3), number=3), view(A4, replace(B5, version=4), number=4))
    assert len({a.id for a in first + back + again}) == 3


def test_a_value_that_is_no_figure_moves_only_where_the_rule_names_its_kind():
    one = Told("a", "Kerzel gave the order.", {"who": ("Kerzel", "n1", None)})
    two = Told("b", "The order came from Dorval.", {"who": ("Dorval", "n9", None)})
    before, after = view(one), view(one, two, number=2, verdicts={"who": "compatible"})
    assert told(rule("moved"), before, after) == []
    (alert,) = told(rule("moved", kinds=("entity",)), before, after)
    assert (alert.before, alert.after) == ("Anne Kerzel", "n9")


def test_a_denial_is_told_once_whoever_repeats_it():
    one = Told("a", "Dorval denied that it was unsafe.", denies="that it was unsafe")
    two = Told("b", "The builder Dorval denied that it was unsafe.", denies="that it was unsafe")
    (alert,) = told(rule("denial"), view(A4), view(A4, replace(one, name="c"), number=2))
    assert (alert.subject, alert.after) == ("Dorval", "that it was unsafe")
    assert alert.evidence[0].text == "Dorval denied that it was unsafe"
    assert told(rule("denial"), view(one), view(one, two, number=2)) == []
    assert len(told(rule("denial"), view(A4), view(A4, replace(one, name="c"), two, number=2))) == 1


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ({"people": ("dorval",)}, 1),
        ({"people": ("Kerzel",)}, 0),
        ({"outlets": ("Paper c",)}, 1),
        ({"outlets": ("Paper a",)}, 0),
        ({"languages": ("fr",)}, 0),
        ({"concepts": ("killed",)}, 0),
        ({"places": ("morvelay",)}, 1),
        ({"places": ("Paris",)}, 0),
    ],
)
def test_a_denial_is_one_of_those_that_the_rule_asks_for(more, count):
    denial = Told("c", "Dorval denied that it was unsafe.", denies="that it was unsafe")
    assert len(told(rule("denial", **more), view(A4), view(A4, denial, number=2))) == count


def test_a_denial_among_contested_answers_is_told_too():
    one = Told("a", "It fell.", {"true": ("It fell", "asserted", None)})
    two = Told("b", "It never fell.", {"true": ("never", "denied", "Dorval")})
    (alert,) = told(rule("denial"), view(one), view(one, two, number=2))
    assert alert.evidence[0].text == "never"
    assert told(rule("denial"), view(one, two), view(one, two, Told("c", "x"), number=2)) == []


def test_a_source_that_was_not_heard_before_is_told_and_a_new_name_for_an_old_one_is_not():
    renamed = replace(A4, answers={"killed": ("Four", 4, "The police of Morvelay")})
    (alert,) = told(rule("origin"), view(A4), view(renamed, C5, number=2))
    assert (alert.subject, alert.after) == ("Mayor", "5")
    assert told(rule("origin", people=("police",)), view(A4), view(A4, C5, number=2)) == []
    own = Told("d", "Six died.", {"killed": ("Six", 6, None)})
    assert told(rule("origin"), view(A4), view(A4, own, number=2)) == []


def test_a_report_that_joins_is_told_and_a_copy_is_not():
    after = view(A4, C5, replace(C5, name="d", copy_of="c"), number=2)
    assert [a.article for a in told(rule("report"), view(A4), after)] == ["c"]
    assert told(rule("report", outlets=("example.com",)), view(A4), after) == []
    assert len(told(rule("report", outlets=("c.example.org",)), view(A4), after)) == 1


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ({}, 1),
        ({"words": 'DIED "four people"'}, 1),
        ({"words": '"people four"'}, 0),
        ({"names": ("Kerzel",)}, 1),
        ({"names": ("кержель",)}, 1),
        ({"people": ("Morvelay",)}, 0),
        ({"places": ("Morvelay",)}, 1),
        ({"languages": ("fr", "en")}, 1),
        ({"languages": ("fr",)}, 0),
        ({"outlets": ("paper A",)}, 1),
        ({"outlets": ("example.org",)}, 1),
        ({"outlets": ("ample.org",)}, 0),
        ({"stories": ("s",)}, 1),
        ({"stories": ("x", "s1")}, 1),
        ({"stories": ("x",)}, 0),
        ({"least_reports": 3}, 0),
        ({"concepts": ("killed",)}, 1),
        ({"kinds": ("quantity",)}, 0),
    ],
)
def test_a_new_story_is_one_that_the_rule_asks_for(more, count):
    assert len(told(rule("story", **more), None, view(A4, B4))) == count


def test_a_story_is_new_to_a_rule_when_it_has_grown_to_its_size_and_only_then():
    wanted = rule("story", least_reports=3)
    two, three, four = view(A4, B4), view(A4, B4, C5, number=2), view(A4, B4, C5, Told("d", "x"), number=3)
    assert len(told(wanted, two, three)) == 1
    assert told(wanted, three, four) == []


def test_what_only_the_program_reads_otherwise_is_not_told():
    every = rule("story", "contested", "settled", "moved", "denial", "origin", "report")
    assert told(every, view(A4, B4), view(A4, replace(B5, version=1), number=2)) == []


def test_what_a_story_was_known_for_is_known_where_its_reports_went():
    """A story that is split off, or joined with another, brings what was told of it along."""
    split = view(A4, C5, story="s2")
    step = Step([view(A4, C5, B4)], split, own=False)
    assert alerts_of(Rules((rule("story", "contested", "origin", "report", "denial"),)), step) == []
    other = view(Told("d", "Nine hurt; five dead.", {"killed": ("five", 5, "Mayor")}), story="s3")
    joined = view(A4, Told("d", "Nine hurt; five dead.", {"killed": ("five", 5, "Mayor")}), number=2)
    (found,) = alerts_of(Rules((rule("contested", "origin"),)), Step([view(A4), other], joined))
    assert found[0].what == "contested"  # the two contradict each other only since they are one


def test_alerts_have_the_same_ids_every_time_and_other_ids_for_other_rules():
    def once(name):
        return [a.id for a in told(replace(rule("contested", "moved"), name=name), view(A4), view(A4, C5, number=2))]

    assert once("x") == once("x")
    assert not set(once("x")) & set(once("y"))


def test_one_rule_makes_a_bounded_number_of_alerts_of_one_step():
    many = [Told(f"r{i}", f"{i} said.", {"killed": (str(i), i, f"Source {i}")}) for i in range(200)]
    assert len(told(rule("origin"), view(A4), view(A4, *many, number=2))) == 50
