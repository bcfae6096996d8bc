"""The dossier holds what the comparison found, field for field as docs/reference/dossier.md says."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from harbour_story import comparison

from recoupe.comparing import verdicts
from recoupe.errors import SettingsError
from recoupe.records import Amount, Named, Period, Stance, Story
from recoupe.writing import interfaces, write
from recoupe.writing.values import value_as_json
from recoupe.writing.wording import wording


@pytest.fixture(scope="module")
def dossier():
    return write(comparison())


def test_every_span_quotes_its_article(dossier):
    texts = {a.id: a.text for a in dossier.articles}
    for question in dossier.questions:
        for answer in question.answers:
            assert texts[answer.article][answer.start : answer.end] == answer.text
            assert (
                0 <= answer.sentence[0] <= answer.start < answer.end <= answer.sentence[1] <= len(texts[answer.article])
            )
    for name in dossier.names:
        for mention in name.mentions:
            assert texts[mention.article][mention.start : mention.end] == mention.text


def test_articles_carry_their_text_clutter_and_where_they_come_from(dossier):
    a, b, c, d = dossier.articles
    assert [x.id for x in (a, b, c, d)] == ["a", "b", "c", "d"]
    assert a.text[slice(*a.clutter[0])].startswith("Partager")
    assert (b.copy_of, c.copy_of) == (None, "b")
    assert (d.translated_from, d.published, d.updated) == ("nl", None, "2025-03-14")
    assert b.origins == ["Coastline News Agency"]
    assert d.notes == ["no publication day; read as 13 to 14 March 2025"]


def test_names_bring_their_spellings_of_all_reports_together(dossier):
    prosecutor = next(n for n in dossier.names if n.id == "n2")
    assert [(m.article, m.text) for m in prosecutor.mentions] == [
        ("a", "Ilse Vandoren"),
        ("b", "Ilse Van Doren"),
        ("d", "Ilse van Dooren"),
    ]


def test_answers_keep_who_says_so_and_whose_word_it_is(dossier):
    first = dossier.questions[0].answers[0]
    assert first.value == {"low": 7, "high": 7}
    assert (first.attributed_to, first.origin, first.hedged) == ("la préfecture", "préfecture", False)


def test_statements_are_numbered_and_grouped(dossier):
    assert [s.id for s in dossier.statements] == [f"s{i}" for i in range(1, 13)]
    together = [s.article for s in dossier.statements if s.group == "g1"]
    assert together == ["a", "b", "d"]


def test_a_statement_that_the_comparison_does_not_mention_is_there_all_the_same():
    bare = write(replace(comparison(), sayings=()))
    assert len(bare.statements) == 12
    assert {s.speaker for s in bare.statements} == {None}


def test_problems_of_single_reports_stand_in_the_dossier(dossier):
    assert [p.report for p in dossier.problems] == ["reports/e.pdf"]


def test_a_comparison_without_findings_gives_a_dossier():
    empty = write(replace(comparison(), names=(), questions=(), sayings=(), origins=(), copies=()))
    assert empty.questions == []
    assert empty.articles[0].origins == []


def test_reasons_speak_the_language_of_the_interface():
    whys = {p.why for q in write(comparison(), "fr").questions for p in q.pairs}
    assert "30 → 41\N{NO-BREAK SPACE}: l’article le plus récent donne le chiffre le plus récent" in whys
    assert "au moins 20 et 25 peuvent être vrais ensemble" in whys
    assert "«\u00a0mercredi matin\u00a0» et «\u00a0on Wednesday\u00a0» veulent dire tous deux 12 mars 2025" in whys


def test_a_change_is_told_from_the_earlier_report_to_the_later_one():
    story = comparison()
    injured = next(q for q in story.questions if q.id == "q2")
    pair = injured.pairs[0]
    turned = replace(injured, pairs=(replace(pair, a=pair.b, b=pair.a),))
    assert write(replace(story, questions=(turned,))).questions[0].pairs[0].why.startswith("30 → 41")


def test_a_reason_of_an_unknown_rule_is_told_in_its_own_words():
    story = comparison()
    question = story.questions[0]
    odd = replace(question, pairs=(replace(question.pairs[0], rule="unheard_of", why="because"),))
    assert write(replace(story, questions=(odd,))).questions[0].pairs[0].why == "because"


@pytest.mark.parametrize(
    ("value", "json"),
    [
        (Amount(5.0, 5.0), {"low": 5, "high": 5}),
        (Amount(150, None), {"low": 150, "high": None}),
        (Amount(1.5, 2.5, "km"), {"low": 1.5, "high": 2.5, "unit": "km"}),
        (Amount(3, float("inf")), {"low": 3, "high": None}),
        (Period("2025-03-12", None), {"start": "2025-03-12", "end": None}),
        (Named("n1"), {"entity": "n1"}),
        (Stance("denied"), {"stance": "denied"}),
    ],
)
def test_values_have_the_form_of_their_kind(value, json):
    found = value_as_json(value)
    assert found == json
    assert {k: type(v) for k, v in found.items()} == {k: type(v) for k, v in json.items()}


@pytest.mark.parametrize("ui", interfaces())
def test_every_rule_of_the_comparison_has_its_words_in_every_interface(ui):
    rules = Path(verdicts.__file__).read_text("utf-8")
    named = set(re.findall(r'"([a-z_]+)"\)$', rules, re.MULTILINE)) & {rule.__name__ for rule in verdicts.RULES}
    assert named
    missing = named - set(wording(ui).table("rules"))
    assert not missing, f"say these rules in recoupe/writing/ui/{ui}.toml, table [rules]"


def test_an_interface_language_that_does_not_exist_is_an_error():
    with pytest.raises(SettingsError, match="en, fr"):
        write(comparison(), "xx")


def test_halves_of_surrogate_pairs_do_not_reach_the_dossier():
    story = comparison()
    first = story.story.readings[0]
    broken = replace(
        first, article=replace(first.article, title="half \ud800", text=first.article.text[:-1] + "\udfff")
    )
    dossier = write(replace(story, story=Story((broken, *story.story.readings[1:]))))
    assert dossier.articles[0].title == "half \ufffd"
    assert len(dossier.articles[0].text) == len(first.article.text)
