"""An explanation tells every step of a verdict, from the words to the rule, in every form."""

import json
from dataclasses import replace

import pytest
from harbour_story import comparison
from lxml import html

from recoupe.comparing.history import dated, with_course
from recoupe.errors import SettingsError
from recoupe.records import Link
from recoupe.writing import explanation, from_json, to_csv, to_html, to_json, to_markdown, to_terminal, write
from recoupe.writing.explaining import explain, find_question
from recoupe.writing.view import View


def harbour():
    """The story with the days, the course and a link that comparing gives its questions."""
    found = comparison()
    readings = found.story.readings
    questions = [with_course(dated(q, readings), readings) for q in found.questions]
    link = Link(0, 1, 2.5, (("what", 1.4), ("context", 1.3), ("event", -0.2)), ("c:killed", "n:n1", "s:harbou"))
    return replace(found, questions=(replace(questions[0], links=(link,)), *questions[1:]))


@pytest.fixture(scope="module", params=["en", "fr"])
def dossier(request):
    return write(harbour(), request.param)


@pytest.fixture(scope="module")
def english():
    return write(harbour())


def test_every_answer_is_told_from_its_words_on(english):
    first, second, *_ = explain(english, "q1").answers
    assert first.place == "reports/a.fr.txt, line 3, characters 47–51"
    assert english.articles[0].text[first.start : first.end] == "Sept"
    assert first.reading == "“Sept” is read as 7"
    assert first.voice == "according to “la préfecture”"
    assert first.day == "counts as said on 12 March 2025, the day of the report"
    assert second.place.startswith("reports/b.html, text of the page, line 3")


def test_a_report_that_answers_twice_has_numbered_answers(english):
    question = english.questions[0]
    twice = replace(question, answers=[*question.answers, question.answers[0]])
    told = explain(replace(english, questions=[twice]), "q1")
    assert [answer.name for answer in told.answers] == ["a.1", "b", "c", "d", "a.2"]


@pytest.mark.parametrize(
    ("origin", "source", "expected"),
    [
        ("article:a", None, "voice counted: the report itself"),
        ("article:b", None, "voice counted: that of b, which this report republishes"),
        ("AFP", None, "voice counted: AFP, on whose word the report rests"),
        ("Granor", "la société Granor", "voice counted: Granor"),
        ("Port-Mérel", "le maire", "voice counted: Port-Mérel, for whom “le maire” speaks"),
        ("deux dockers (article:a)", "deux dockers", "voice counted: “deux dockers”, whom no other report lets speak"),
    ],
)
def test_it_is_told_which_voice_counts_and_why(english, origin, source, expected):
    question = english.questions[0]
    answer = replace(question.answers[0], origin=origin, attributed_to=source)
    told = explain(
        replace(english, questions=[replace(question, answers=[answer], pairs=[], links=[], history=[])]), "q1"
    )
    assert told.answers[0].counts == expected


@pytest.mark.parametrize(
    ("text", "value", "read", "expected"),
    [
        ("une douzaine", (11, 13), ("about", 12, None), "“une douzaine” is about 12, read as 11–13"),
        ("près de 40", (36, 40), ("nearly", 40, None), "“près de 40” is 40 or a little less, read as 36–40"),
        ("plus de vingt", (20, None), ("over", 20, None), "“plus de vingt” leaves the upper end open: at least 20"),
        ("au plus 20", (None, 20), ("under", 20, None), "“au plus 20” leaves the lower end open: at most 20"),
        ("de 10 à 12", (10, 12), ("range", None, None), "“de 10 à 12” gives both ends: 10–12"),
        ("des dizaines", (24, None), ("vague", None, None), "“des dizaines” names no number, read as at least 24"),
        ("19 miles", (30.58, 30.58, "km"), ("exact", 19, "[mi_i]"), "“19 miles” is 19 miles, that is 30.58 km"),
        ("some 19 miles", (27, 33, "km"), ("about", 19, "[mi_i]"), "“some 19 miles” (19 miles) is read as 27–33 km"),
        ("19 km", (19, 19, "km"), ("exact", 19, "km"), "“19 km” is 19 km"),
    ],
)
def test_it_is_told_how_words_became_a_value(english, text, value, read, expected):
    question = english.questions[0]
    bounds = dict(zip(("low", "high", "unit"), value))
    answer = replace(question.answers[0], text=text, value=bounds, read=dict(zip(("how", "number", "unit"), read)))
    told = explain(
        replace(english, questions=[replace(question, answers=[answer], pairs=[], links=[], history=[])]), "q1"
    )
    assert told.answers[0].reading == expected


def test_what_joined_the_answers_is_told(english):
    (joined,) = explain(english, "q1").joined
    assert (joined.pair, joined.affinity) == ("a–b", 2.5)
    assert joined.shared == ["people killed", "Port-Mérel", "harbour"]
    assert joined.signs[0] == ("the same thing asked", 1.4)


def test_the_voices_and_the_rules_are_told(english):
    told = explain(english, "q1")
    assert told.voices == [("préfecture", ["a", "d"]), ("Coastline News Agency", ["b", "c"])]
    assert [(c.verdict, c.pairs) for c in told.compared] == [
        ("conflict", ["a–b", "a–c"]),
        ("updated", ["a–d"]),
        ("agree", ["b–c", "b–d", "c–d"]),
    ]
    assert told.compared[0].says == "Nothing satisfies both."
    assert told.why == "pairs that contradict each other: 2 of 6; one is enough"


def test_every_question_can_be_explained_in_every_form(dossier):
    for question in dossier.questions:
        for form in ("text", "md", "json"):
            assert question.label[:20] in explanation(dossier, question.id, form).replace("\n", " ").replace("\\", "")


def test_the_json_holds_all_steps(english):
    told = json.loads(explanation(english, "q1", "json"))
    assert told["schema"] == "recoupe/explanation/1"
    assert told["joined"][0]["signs"] == {
        "the same thing asked": 1.4,
        "what stands around": 1.3,
        "the kind of event": -0.2,
    }
    assert [point["value"] for point in told["history"]] == [
        {"low": 7, "high": 7},
        {"low": 9, "high": 9},
        {"low": 9, "high": 9},
    ]


def test_a_dossier_saved_and_opened_again_is_explained_alike(dossier):
    again = from_json(to_json(dossier))
    assert explanation(again, "q1", "json") == explanation(dossier, "q1", "json")


def test_a_dossier_of_an_older_version_is_explained_as_far_as_it_goes(english):
    plain = json.loads(to_json(english))
    for question in plain["questions"]:
        for field in ("links", "history", "estimate"):
            del question[field]
        for answer in question["answers"]:
            for field in ("said", "dated_by", "read"):
                del answer[field]
    assert "nothing tells when it was said" in explanation(from_json(json.dumps(plain)), "q1")


# --- which question is meant ---


@pytest.mark.parametrize("asked", ["q1", " q1 ", "people killed", "KILLED", "kill"])
def test_a_question_is_found_by_its_id_or_its_words(english, asked):
    assert find_question(english, asked).id == "q1"


def test_accents_make_no_difference():
    assert find_question(write(harbour(), "fr"), "tuees").id == "q1"


@pytest.mark.parametrize("asked", ["", "q99", "nothing of the kind", "…"])
def test_a_question_that_is_not_there_is_told_with_those_that_are(english, asked):
    with pytest.raises(SettingsError, match=r"no question fits .* There are q1 \(people killed\)"):
        find_question(english, asked)


def test_of_several_questions_none_is_chosen(english):
    with pytest.raises(SettingsError, match=r"questions fit 'people'.*q1 \(people killed\).*Give the id"):
        find_question(english, "people")


def test_without_questions_there_is_nothing_to_explain(english):
    with pytest.raises(SettingsError, match="no question, so"):
        find_question(replace(english, questions=[]), "q1")


# --- the course of a figure ---


def test_the_course_of_a_figure_is_in_every_form(english):
    (card,) = html.document_fromstring(to_html(english)).xpath("//article[@id='question-1']")
    rows = card.xpath(".//*[contains(@class, 'course')]//li")
    assert [" ".join(r.text_content().split()) for r in rows] == [
        "12 March 2025 7 a préfecture (superseded)",
        "12 March 2025 9 bc Coastline News Agency",
        "14 March 2025 9 d préfecture",
    ]
    assert all(r.xpath(".//*[local-name()='svg'][@aria-hidden='true']") for r in rows)
    assert (
        "best estimate 9 — every voice (2) gives it or leaves room for it; 1 earlier figure no longer counts"
        in " ".join(to_terminal(english).split())
    )
    assert "| 12 March 2025 | 7 (superseded) | préfecture | a |" in to_markdown(english)
    assert to_csv(english).split("\r\n")[1].endswith(",2025-03-12,9,9,9,")


def test_where_all_say_the_same_no_course_is_drawn(english):
    view = View(english)
    drawn = {q.id for q in english.questions if view.course(q)}
    assert drawn == {q.id for q in english.questions if len({str(p.value) for p in q.history}) > 1}
    assert "q3" not in drawn


def test_every_plot_lies_in_its_box(dossier):
    lines = html.document_fromstring(to_html(dossier)).xpath("//*[local-name()='svg']/*[local-name()='line']")
    assert lines
    assert all(0 <= float(line.get(x)) <= 1000 for line in lines for x in ("x1", "x2"))
    assert not any(line.get("style") for line in lines)


# --- one voice ---


@pytest.mark.parametrize("ui", ["en", "fr"])
def test_what_several_reports_say_with_one_voice_is_told_in_every_form(ui):
    found = harbour()
    echoed = replace(
        found.questions[0], answers=tuple(replace(a, origin="AFP") for a in found.questions[0].answers),
        verdict="single", independent_origins=1,
    )  # fmt: skip
    dossier = write(replace(found, questions=(echoed, *found.questions[1:])), ui)
    said = {"en": "4 reports, but one voice: AFP", "fr": "4 articles, mais une seule voix\u00a0: AFP"}[ui]
    (card,) = html.document_fromstring(to_html(dossier)).xpath("//section[@id='single']/article[@id='question-1']")
    assert said in card.text_content()
    for text in (
        to_terminal(dossier),
        to_markdown(dossier),
        explanation(dossier, "q1"),
        explanation(dossier, "q1", "md"),
    ):
        assert said in text


def test_what_one_report_alone_says_is_no_echo(english):
    view = View(english)
    assert [q.id for q in english.questions if view.one_voice(q)] == []


HOSTILE = "</script><script>alert(1)</script> {x} {{ 7 }} \x1b[31m\u202e\x00 | ` *"


def test_what_reports_hold_does_nothing_in_an_explanation(english):
    def turned(answer):
        return replace(answer, text=HOSTILE, attributed_to=HOSTILE, origin=HOSTILE)

    def bad(question):
        return replace(
            question,
            label=HOSTILE,
            answers=[turned(a) for a in question.answers],
            links=[replace(link, shared=[HOSTILE]) for link in question.links],
            history=[replace(point, origin=HOSTILE) for point in question.history],
        )

    articles = [replace(a, path=HOSTILE, outlet=HOSTILE) for a in english.articles]
    dossier = replace(english, articles=articles, questions=[bad(q) for q in english.questions])
    page = html.document_fromstring(to_html(dossier))
    assert not page.xpath("//script")
    for form in ("text", "md"):
        shown = explanation(dossier, "q1", form)
        assert not {"\x1b", "\x00", "\u202e"} & set(shown)
    assert "<script>" not in explanation(dossier, "q1", "md").replace("\\<", "")
    assert json.loads(explanation(dossier, "q1", "json"))["answers"]
