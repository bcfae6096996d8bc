"""The page shows everything, fetches nothing and runs nothing."""

import base64
import hashlib
from dataclasses import replace

import pytest
from harbour_story import comparison
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from recoupe.writing import to_html, write

HOSTILE = """</div><script>alert(1)</script> <img src=x onerror=alert(2)> <style>*{display:none}</style>
<a href="javascript:alert(3)" onclick='alert(4)'>&amp; {{ 7 * 7 }} {% raw %} ]]> <!-- \u202e\u2066 \x00\x1b[31m"""


@pytest.fixture(scope="module", params=["en", "fr"])
def page(request):
    return to_html(write(comparison(), request.param))


@pytest.fixture(scope="module")
def tree(page):
    return html.document_fromstring(page)


def hostile():
    """The story with hostile words wherever a report can put any."""
    dossier = write(comparison())
    article = dossier.articles[0]
    text = HOSTILE + article.text[len(HOSTILE) :]
    bad = replace(
        article, id='a"><script>', title=HOSTILE, outlet=HOSTILE, text=text, url="javascript:alert(5)", path=HOSTILE,
        notes=[HOSTILE], lang='"><script>', published='2025"><script>', origins=[HOSTILE], translated_from=HOSTILE,
    )  # fmt: skip

    def turned(answer):
        if answer.article != "a":
            return answer
        return replace(answer, article=bad.id, text=HOSTILE, attributed_to=HOSTILE, origin=HOSTILE)

    questions = [replace(q, label=HOSTILE, answers=[turned(a) for a in q.answers]) for q in dossier.questions]
    names = [
        replace(
            n, name=HOSTILE, roles=[HOSTILE], mentions=[replace(m, article=bad.id, text=HOSTILE) for m in n.mentions]
        )
        for n in dossier.names
    ]
    statements = [replace(s, article=bad.id) if s.article == "a" else s for s in dossier.statements]
    return replace(
        dossier, about=HOSTILE, articles=[bad, *dossier.articles[1:]], questions=questions, names=names,
        statements=statements, notes=[HOSTILE], problems=[replace(dossier.problems[0], message=HOSTILE)],
    )  # fmt: skip


def test_the_policy_allows_its_own_style_and_nothing_else(page, tree):
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = page.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy


def test_nothing_is_fetched_and_nothing_runs(tree):
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //embed | //form | //base")
    assert not tree.xpath("//@src | //@style | //@*[starts-with(name(), 'on')]")


def test_every_link_leads_somewhere(tree):
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")}
    assert inner <= set(ids)


def test_every_answer_is_marked_in_its_report_and_leads_back(tree):
    for place in tree.xpath("//figure[contains(@class, 'answer')]//a[contains(@class, 'go')]/@href"):
        mark = tree.get_element_by_id(place[1:])
        assert mark.tag == "mark"
        assert mark.xpath(".//a/@href | ancestor::a/@href")[0].startswith("#question-")


def test_each_report_stands_in_full(tree):
    for article, node in zip(write(comparison()).articles, tree.xpath("//div[@class='text']")):
        assert node.text_content() == article.text


def test_contested_questions_come_first_with_both_quotations(tree):
    first = tree.xpath("//article[contains(@class, 'question')]")[0]
    assert "contested" in first.get("class")
    assert [m.text_content() for m in first.xpath(".//mark")] == [
        "Sept",
        "Nine people",
        "neuf personnes",
    ]
    assert "7 ≠ 9" in first.xpath(".//p[@class='why']")[0].text_content()


def test_verdicts_are_told_by_a_sign_and_a_word_not_by_colour_alone(tree):
    for badge in tree.xpath("//span[contains(@class, 'badge')]"):
        sign = badge.xpath("./span[@class='sign']")[0]
        assert sign.text.strip()
        assert badge.text_content().replace(sign.text, "").strip()


def test_the_page_has_landmarks_a_language_and_a_way_past_them(tree):
    assert tree.get("lang") in ("en", "fr")
    for landmark in ("header", "nav", "main", "footer"):
        assert len(tree.xpath(f"//body//{landmark}[not(ancestor::article)]")) == 1
    assert tree.xpath("//body/a[1]/@href") == ["#findings"]
    for section in tree.xpath("//section[@aria-labelledby]"):
        assert tree.get_element_by_id(section.get("aria-labelledby")).tag in ("h2", "h3")


def test_hostile_words_are_shown_as_text():
    tree = html.document_fromstring(to_html(hostile()))
    assert not tree.xpath("//script | //img")
    assert len(tree.xpath("//style")) == 1
    assert not tree.xpath("//@onclick | //@onerror")
    assert not [h for h in tree.xpath("//a/@href") if not h.startswith(("#", "https://"))]
    assert "{{ 7 * 7 }}" in tree.text_content()
    assert "<script>alert(1)</script>" in tree.xpath("//h1")[0].text_content()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.text(max_size=40))
def test_no_title_and_no_text_break_the_page(text, title):
    dossier = write(comparison())
    articles = [replace(dossier.articles[0], text=text, title=title, clutter=[], headings=[]), *dossier.articles[1:]]
    tree = html.document_fromstring(
        to_html(replace(dossier, articles=articles, questions=[], names=[], statements=[], timeline=[]))
    )
    assert not tree.xpath("//script")
    assert len(tree.xpath("//div[@class='text']")) == 4


def test_the_same_dossier_gives_the_same_page():
    assert to_html(write(comparison())) == to_html(write(comparison()))


def test_a_dossier_without_findings_gives_a_page():
    dossier = replace(write(comparison()), questions=[], names=[], statements=[], timeline=[], problems=[])
    assert "contradict each other nowhere" in to_html(dossier)
