"""A dossier is arranged so that a person sees first what matters."""

from dataclasses import replace

import pytest
from harbour_story import comparison

from recoupe.writing import write
from recoupe.writing.view import View


@pytest.fixture(scope="module")
def view():
    return View(write(comparison()))


def question(view, id_):
    return next(q for q in view.dossier.questions if q.id == id_)


def test_answers_stand_on_the_side_of_their_value(view):
    sides = view.sides(question(view, "q1"))
    assert [(s.text, s.articles) for s in sides] == [("7", ["a"]), ("9", ["b", "c", "d"])]


def test_a_copy_is_named_but_not_quoted_beside_its_original(view):
    nine = view.sides(question(view, "q1"))[1]
    assert [s.article.id for s in nine.answers] == ["b", "d"]


def test_two_copies_of_each_other_do_not_hide_both():
    dossier = write(comparison())
    articles = [replace(a, copy_of={"b": "c", "c": "b"}.get(a.id)) for a in dossier.articles]
    view = View(
        replace(
            dossier,
            articles=articles,
            questions=[replace(q, answers=q.answers[1:3], pairs=[]) for q in dossier.questions[:1]],
        )
    )
    assert view.sides(view.dossier.questions[0])[0].answers


def test_a_sentence_that_says_it_twice_is_quoted_once(view):
    asked = question(view, "q2")
    twice = replace(asked, answers=[asked.answers[0], asked.answers[0]], pairs=[])
    assert len(view.sides(twice)[0].answers) == 1


def test_each_reason_is_given_once_with_the_reports_that_it_is_about(view):
    assert view.reasons(question(view, "q1")) == [("a–b", "7 ≠ 9")]
    assert view.reasons(question(view, "q5")) == [("a–b", "denied ≠ asserted")]


def test_figures_come_before_stances_among_what_is_contested(view):
    assert [q.kind for q in view.verdict("contested")] == ["count", "stance"]


def test_long_sentences_are_cut_around_the_answer_at_whole_words(view):
    asked = question(view, "q1")
    long = "word " * 300 + "seven" + " more" * 300
    article = replace(view.dossier.articles[0], text=long)
    answer = replace(asked.answers[0], start=1500, end=1505, text="seven", sentence=(0, len(long)))
    quote = View(replace(view.dossier, articles=[article, *view.dossier.articles[1:]])).quote(answer)
    assert quote.before.startswith("…word ")
    assert quote.after.endswith(" more…")
    assert len(quote.before) < 300


def test_speakers_with_statements_in_several_wordings_come_first(view):
    first = view.speakers[0]
    assert first.name == "Ilse Van Doren"
    assert [[e.article.id for e in group] for group in first.groups] == [["a", "b", "d"]]


def test_a_statement_is_shown_with_its_source_its_cue_and_what_lies_between(view):
    denied = view.excerpt(next(s for s in view.dossier.statements if s.stance == "denied"))
    assert denied.pieces == [
        ("source", "la société Granor"),
        ("", ", "),
        ("cue", "dément"),
        ("", " "),
        ("content", "que les ventilateurs aient été en panne"),
    ]


def test_people_come_before_places_and_spellings_are_told_by_report(view):
    assert [s.name.type for s in view.spellings] == ["PERSON", "PERSON", "ORG", "ORG", "PLACE"]
    assert view.spellings[0].by_form == {"Ilse Vandoren": ["a"], "Ilse Van Doren": ["b"], "Ilse van Dooren": ["d"]}


def test_origins_name_the_reports_that_rest_on_them(view):
    assert dict(view.origins) == {"préfecture": ["a", "d"], "Coastline News Agency": ["b", "c"]}


@pytest.mark.parametrize(
    ("origin", "shown"),
    [("Reuters", "Reuters"), ("article:a", None), ("a neighbour (article:a)", "a neighbour"), (None, None)],
)
def test_an_origin_known_inside_one_report_only_is_shown_as_a_reader_knows_it(view, origin, shown):
    assert view.origin(replace(question(view, "q1").answers[0], origin=origin)) == shown


@pytest.mark.parametrize(
    ("url", "web"),
    [
        ("https://a.example/x", True),
        ("HTTP://a.example", True),
        ("javascript:x", False),
        ("https://a b", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(view, url, web):
    assert (view.web(url) is not None) == web


def test_a_report_that_gives_a_value_twice_is_quoted_once_with_the_number_of_its_other_places(view):
    asked = question(view, "q2")
    first = asked.answers[0]
    again = replace(first, start=first.start - 1, sentence=(0, 5))
    shown = view.sides(replace(asked, answers=[first, again], pairs=[]))[0].answers
    assert [s.places for s in shown] == [1]
    assert view.facts(shown[0])[-1] == "+ 1 more place"


def test_that_a_value_equals_itself_is_no_reason(view):
    asked = question(view, "q1")
    same = replace(asked, verdict="corroborated", pairs=[replace(asked.pairs[0], verdict="agree", why="9 = 9")])
    assert view.reasons(same) == []


def test_an_origin_that_the_attribution_names_already_is_not_told_again(view):
    answer = replace(question(view, "q1").answers[0], attributed_to="the prefecture of Port-Mérel", origin="prefecture")
    assert view.origin(answer) is None
    assert view.origin(replace(answer, origin="fire brigade")) == "fire brigade"


def test_the_same_words_of_two_reports_and_a_passage_inside_another_stand_once(view):
    said = next(s for s in view.dossier.statements if s.stance == "denied")
    twice = [
        said,
        replace(said, id="x1"),
        replace(said, id="x2", content=[(said.content[0][0], said.content[0][1] - 9)]),
    ]
    speaker = View(replace(view.dossier, statements=twice)).speakers[0]
    assert [[s.id for s in e.same] for e in speaker.alone] == [["x1", "x2"]]


def test_what_looks_the_same_stands_once_in_the_timeline(view):
    entry = view.dossier.timeline[0]
    times = list(View(replace(view.dossier, timeline=[entry, entry])).times())
    assert len(times) == 1
