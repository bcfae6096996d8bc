"""Corrections of the example story: they always hold in the result, whatever else is said."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoupe.correcting import corrected, identified
from recoupe.correcting.making import Findings
from recoupe.pipeline import one_story, read_all, write_up
from recoupe.records import Amount, Period
from recoupe.records.correction import (
    SameEvent,
    SamePerson,
    SameStory,
    Undo,
    WrongCopy,
    WrongQuestion,
    WrongSpeaker,
    WrongValue,
    WrongVoice,
)
from recoupe.writing import to_json

FIRE = Path(__file__).parents[2] / "examples" / "tunnel-fire"
SOME = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def story():
    return one_story(read_all([str(FIRE)]))


@cache
def plain():
    return write_up(story())


@cache
def made():
    return Findings(plain())


def at(number, correction):
    """A correction made at a second of its own."""
    return identified(replace(correction, when=f"2025-04-01T00:00:{number:02}Z"))


def written(*corrections):
    return write_up(story(), corrections=corrections)


def answers(kinds=("count", "quantity", "time")):
    return [(q.id, n) for q in plain().questions if q.kind in kinds for n in range(len(q.answers))]


def place(answer):
    return answer.article, answer.start, answer.end


@st.composite
def corrections(draw):
    """Some corrections of the story, each at a time of its own."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        sort = draw(st.sampled_from(["person", "event", "value", "move", "out", "speaker", "copy", "voice"]))
        found.append(at(number, one(draw, sort)))
    return found


def one(draw, sort):
    names = [n.id for n in plain().names if n.mentions]
    name = lambda: made().name(draw(st.sampled_from(names)))  # noqa: E731
    claim = lambda kinds=("count",): made().answer(*draw(st.sampled_from(answers(kinds))))  # noqa: E731
    articles = [made().article(a.id) for a in plain().articles]
    match sort:
        case "person":
            return SamePerson(a=name(), b=name(), same=draw(st.booleans()))
        case "event":
            return SameEvent(a=claim(), b=claim(), same=draw(st.booleans()))
        case "value":
            return WrongValue(claim=claim(), amount=Amount(float(draw(st.integers(0, 50))), None))
        case "move":
            return WrongQuestion(claim=claim(("time",)), to=claim(("time",)))
        case "out":
            return WrongQuestion(claim=claim(("count", "time")))
        case "speaker":
            said = draw(st.sampled_from([s.id for s in plain().statements if s.content]))
            return WrongSpeaker(statement=made().statement(said), speaker=name())
        case "copy":
            pair = draw(st.permutations(articles))
            return WrongCopy(article=pair[0], of=pair[1], same=draw(st.booleans()))
    return WrongVoice(claim=claim(), voice=name())


def homes(dossier):
    """For each place of an answer its question, for each mention its name."""
    questions = {(q.kind, *place(a)): q for q in dossier.questions for a in q.answers}
    names = {(m.article, m.start): n.id for n in dossier.names for m in n.mentions}
    return questions, names


def holds(dossier, correction, right, told):
    """Whether a correction that counts is so in the result."""
    standing = next(s for s in told.standing if s.correction.id == correction.id)
    questions, names = homes(dossier)

    def question(where):
        claim = right.readings[where.reading].claims[where.what]
        return questions.get((claim.kind, right.readings[where.reading].article.id, claim.span.start, claim.span.end))

    def name(where):
        reading = right.readings[where.reading]
        mention = next(n for n in reading.names if n.id == where.what).mentions[0]
        return names[reading.article.id, mention.start]

    places = standing.places
    if isinstance(correction, SamePerson):
        return (name(places[0]) == name(places[1])) is correction.same
    if isinstance(correction, SameEvent) or (isinstance(correction, WrongQuestion) and correction.to):
        same = getattr(correction, "same", True)
        a, b = (question(p) for p in places)
        return (a is not None and b is not None and a.id == b.id) if same else a is None or b is None or a.id != b.id
    if isinstance(correction, WrongQuestion):
        return question(places[0]) is None
    return True


@SOME
@given(corrections())
def test_what_counts_holds_in_the_result_and_what_does_not_says_why(said):
    right, told = corrected(story(), said)
    dossier = written(*said)
    assert {c.id for c in dossier.corrections} == {c.id for c in said}
    for correction in said:
        (standing,) = [c for c in dossier.corrections if c.id == correction.id]
        if standing.state == "applied":
            assert holds(dossier, correction, right, told), correction
        elif standing.state == "overruled":
            assert standing.by in {c.id for c in said if c.when > correction.when}
        else:
            assert (standing.state, bool(standing.why)) == ("waiting", True)


@SOME
@given(corrections(), st.randoms())
def test_neither_order_nor_repetition_makes_a_difference(said, random_):
    mixed = [*said, *said]
    random_.shuffle(mixed)
    assert to_json(written(*mixed)) == to_json(written(*said))


@SOME
@given(corrections())
def test_applying_again_changes_nothing(said):
    once, told = corrected(story(), said)
    again, twice = corrected(once, said)
    assert again == once
    assert [s.state for s in twice.standing] == [s.state for s in told.standing]


@SOME
@given(corrections())
def test_taking_all_back_restores_the_dossier_byte_for_byte(said):
    back = [at(30 + n, Undo(of=c.id)) for n, c in enumerate(said)]
    assert to_json(written(*said, *back)) == to_json(plain())


def test_every_answer_statement_and_name_can_be_pointed_at():
    readings = corrected(story(), [])[0].readings
    from recoupe.correcting.readings import Readings

    found = Readings(readings)
    by_id = {r.article.id: n for n, r in enumerate(readings)}
    for question in plain().questions:
        for n, answer in enumerate(question.answers):
            reading, claim = found.claim(made().answer(question.id, n))
            span = readings[reading].claims[claim].span
            assert (reading, span.start, span.end) == (by_id[answer.article], answer.start, answer.end)
    for said in plain().statements:
        reading, n = found.statement(made().statement(said.id))
        assert (readings[reading].statements[n].cue.start, reading) == (said.cue[0], by_id[said.article])
    for name in plain().names:
        if name.mentions:
            reading, known = found.name(made().name(name.id))
            spans = {m.start for n in readings[reading].names if n.id == known for m in n.mentions}
            assert spans & {m.start for m in name.mentions if by_id[m.article] == reading}


def killed():
    return next(q for q in plain().questions if q.kind == "count" and q.verdict == "contested")


def test_a_value_put_right_moves_the_verdict():
    question = killed()
    said = [
        at(n, WrongValue(claim=made().answer(question.id, n), amount=Amount(9, 9)))
        for n in range(len(question.answers))
    ]
    (now,) = [q for q in written(*said).questions if {place(a) for a in q.answers} & {place(question.answers[0])}]
    assert now.verdict == "corroborated"
    assert {a.value["low"] for a in now.answers} == {9}
    assert now.corrected == [c.id for c in said]
    assert {a.read["how"] for a in now.answers} == {"exact"}


def test_a_value_of_another_kind_waits():
    said = at(1, WrongValue(claim=made().answer(killed().id, 0), period=Period("2025-01-01", "2025-01-01")))
    (told,) = written(said).corrections
    assert (told.state, told.why) == ("waiting", "waits: the two are of different kinds")


def test_the_speaker_is_whoever_is_said_also_one_whom_the_report_does_not_name():
    said = next(s for s in plain().statements if s.speaker)
    others = [n for n in plain().names if n.type == "PERSON" and said.article not in {m.article for m in n.mentions}]
    other = next(n for n in others if n.mentions)
    now = written(at(1, WrongSpeaker(statement=made().statement(said.id), speaker=made().name(other.id))))
    (told,) = [s for s in now.statements if s.id == said.id]
    assert next(n for n in now.names if n.id == told.speaker).name == other.name
    assert len(now.names) == len(plain().names)
    assert told.corrected == [now.corrections[0].id]


def test_whose_word_a_claim_is_counts_voices():
    question = killed()
    label = question.answers[0].origin
    said = [at(n, WrongVoice(claim=made().answer(question.id, n), label=label)) for n in range(len(question.answers))]
    (now,) = [q for q in written(*said).questions if {place(a) for a in q.answers} & {place(question.answers[0])}]
    assert now.independent_origins == 1
    assert {a.origin for a in now.answers} == {label}


def test_copies_are_as_they_are_said_to_be():
    copy = next((a for a in plain().articles if a.copy_of), None)
    assert copy is not None
    of = copy.copy_of
    apart = WrongCopy(article=made().article(copy.id), of=made().article(of), same=False)
    now = {a.id: a for a in written(at(1, apart)).articles}
    assert now[copy.id].copy_of is None
    assert now[of].copy_of is None
    turned = WrongCopy(article=made().article(of), of=made().article(copy.id), same=True)
    now = {a.id: a for a in written(at(1, turned)).articles}
    assert (now[of].copy_of, now[copy.id].copy_of) == (copy.id, None)


@pytest.mark.parametrize("same", [True, False])
def test_a_correction_of_stories_is_shown_where_one_of_them_is(same):
    here = made().article(plain().articles[0].id)
    one = at(1, SameStory(articles=(here,), others=("u:https://elsewhere.example/",), same=same))
    (told,) = written(one).corrections
    assert (told.state, told.articles) == ("applied", [plain().articles[0].id])
    assert written(at(1, SameStory(articles=("u:x",), others=("u:y",), same=same))).corrections == []


def test_names_that_one_report_spells_in_two_ways_can_be_parted():
    name = next(n for n in plain().names if n.type == "PERSON" and len({m.text for m in n.mentions}) > 1)
    by_article: dict[str, list[str]] = {}
    for mention in name.mentions:
        if mention.text not in by_article.setdefault(mention.article, []):
            by_article[mention.article].append(mention.text)
    article, (one, other, *_) = next((a, forms) for a, forms in by_article.items() if len(forms) > 1)
    pair = {"a": made().spelling(name.id, article, one), "b": made().spelling(name.id, article, other)}
    now = written(at(1, SamePerson(**pair, same=False)))
    spelt = {n.id: {m.text for m in n.mentions if m.article == article} for n in now.names}
    assert not any({one, other} <= forms for forms in spelt.values())
    assert sum(one in forms or other in forms for forms in spelt.values()) == 2


def test_a_thousand_corrections_are_taken_in_good_time():
    rows = [
        at(n % 60, WrongValue(claim=made().answer(*answers()[n % len(answers())]), amount=Amount(n, n), note=str(n)))
        for n in range(1000)
    ]
    random.Random(1).shuffle(rows)
    states = [c.state for c in written(*rows).corrections]
    assert len(states) == 1000
