"""Disputes form around what is denied."""

from dataclasses import replace

import pytest

from recoupe.comparing.affinity import affinity
from recoupe.comparing.disputes import NEAR, disputes
from recoupe.comparing.items import Item
from recoupe.comparing.opposing import opposes
from recoupe.records import Claim, Kind, Period, Span, Stance


def item(reading, stance, terms, asks=None, voices=()):
    """A claim; what is denied is denied by a source."""
    asks = tuple(asks or sorted(terms)[:2])
    claim = Claim(Kind.STANCE, Span(0, 2), Stance(stance), Span(0, 30), asks, tuple(terms.items()))
    said = {"voices": frozenset(voices), "denies": stance == "denied"}
    return Item(reading, 0, claim, claim.value, asks, terms, lang="en", **said)


COLLAPSE = {"k:collapse": 2.5, "s:collaps": 2.5, "c:hospitals": 2.5, "s:hospit": 2.5}
DEATHS = {"k:kill": 2.5, "s:die": 2.5, "c:patients": 2.5, "s:patient": 2.5}


def test_an_assertion_joins_the_denial_of_its_own_act():
    """Beside 'none of the patients died' a hospital that collapsed and killed patients is told of the collapse."""
    denied = item(0, "denied", COLLAPSE, ["k:collapse"])
    nobody = item(0, "denied", {**DEATHS, "k:collapse": 1.0, "c:hospitals": 1.0}, ["k:kill"])
    fell = item(1, "asserted", {**COLLAPSE, "k:kill": 1.5, "c:patients": 2.5}, ["k:collapse"])
    assert [fell, denied] in [sorted(d, key=lambda i: -i.reading) for d in disputes([denied, nobody, fell])]


def test_what_nobody_disputes_makes_no_dispute():
    """Two reports that agree with each other and deny nothing."""
    assert disputes([item(0, "asserted", COLLAPSE), item(1, "asserted", COLLAPSE)]) == []


def test_two_denials_of_one_voice_meet_sooner():
    """What one ministry denies to two reports in different words is likely one thing."""
    one, other = {"m:area": 2.0, "m:use": 3.0, "c:drones": 2.0}, {"m:area": 1.0, "m:army": 3.0, "m:work": 3.0}
    apart = disputes([item(0, "denied", one), item(1, "denied", other)])
    together = disputes([item(0, "denied", one, voices=["l:RU"]), item(1, "denied", other, voices=["l:RU"])])
    assert (len(apart), len(together)) == (2, 1)


def test_a_denial_that_says_nothing_meets_the_other_denials_of_its_voice():
    """'Denies any involvement' and 'denied that its forces were there'."""
    bare = item(0, "denied", {"m:involvement": 3.0}, ["m:involvement"], ["l:RU"])
    full = item(1, "denied", {"m:area": 1.0, "m:army": 3.0}, ["m:army", "m:area"], ["l:RU"])
    other = item(2, "denied", {"m:area": 1.0, "m:army": 3.0}, ["m:army", "m:area"], ["l:FR"])
    assert [bare, full] in disputes([bare, full])
    assert len(disputes([bare, other])) == 2


def test_of_one_report_only_what_is_nearest_to_a_dispute_is_kept():
    denied = item(0, "denied", COLLAPSE, ["k:collapse"])
    near = item(1, "asserted", COLLAPSE, ["k:collapse"])
    less = item(1, "asserted", {"k:collapse": 2.5, "c:roads": 3.0, "m:sea": 3.0}, ["k:collapse"])
    assert disputes([denied, near, less]) == [[denied, near]]


def test_who_denies_a_part_in_something_does_not_deny_that_it_happened():
    """'The manager rejected any guilt for the three deaths.'"""
    guilt = item(0, "denied", {"m:guilt": 3.0, **DEATHS}, ["m:guilt", "k:kill", "c:patients"])
    died = item(1, "asserted", DEATHS, ["k:kill"])
    blamed = item(2, "asserted", {"m:guilt": 3.0, **DEATHS}, ["k:kill", "m:guilt"])
    assert disputes([guilt, died]) == [[guilt]]
    assert disputes([guilt, blamed]) == [[guilt, blamed]]


def test_a_comparison_with_the_past_disputes_nothing():
    """'The town has seen no such collapse since 1994' beside a collapse of today."""
    day, then = Period("2025-03-14", "2025-03-14"), Period("1994-01-01", "1994-12-31")
    since = item(0, "denied", COLLAPSE, ["k:collapse"])
    since = replace(since, claim=replace(since.claim, when=then), day=day)
    assert since.past
    assert disputes([since, item(1, "asserted", COLLAPSE, ["k:collapse"])]) == []


def test_an_assertion_that_hardly_speaks_of_a_denial_stays_away():
    """Two soldiers are spoken of in a condemnation and in 'will send no soldiers'."""
    denied = item(0, "denied", {"k:send": 2.0, "c:soldiers": 2.0, "n:a": 1.0}, ["k:send", "c:soldiers"])
    other = item(1, "asserted", {"k:condemn": 2.5, "c:soldiers": 1.0, "n:a": 1.0, "m:aid": 2.0}, ["k:condemn"])
    assert 0.0 < affinity(denied, other) < NEAR
    assert disputes([denied, other]) == [[denied]]


@pytest.mark.parametrize(
    ("change", "opposed"),
    [
        ({}, True),
        ({"denies": False, "terms": dict.fromkeys(COLLAPSE, 2.0)}, False),  # a writer's own 'not', beside nobody's name
        ({"denies": False, "terms": {**COLLAPSE, "n:mayor": 2.0}}, True),
        ({"lang": "fr", "denies": False}, False),
    ],
)
def test_the_less_plainly_something_is_denied_the_more_must_be_met(change, opposed):
    denied = replace(item(0, "denied", COLLAPSE, ["k:collapse", "s:collaps"]), **change)
    fell = item(1, "asserted", {**COLLAPSE, "n:mayor": 2.0}, ["k:collapse", "s:collaps"])
    assert opposes(denied, fell) is opposed


def test_one_word_in_common_sets_no_two_against_each_other():
    """'Mexico will not pay' and 'we paid 150 billion'."""
    paid = {"k:pay": 2.0, "m:pay": 2.0, "s:pay": 2.0}
    denied = item(0, "denied", {**paid, "s:wall": 0.2}, ["k:pay", "m:pay", "s:pay"])
    assert not opposes(denied, item(1, "asserted", {**paid, "s:billion": 0.2}, ["k:pay"]))
