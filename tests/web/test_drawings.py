"""Small parts: letters for articles, differences in words, drawings, and what is remembered."""

from __future__ import annotations

import time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoupe.store import Which, open_store
from recoupe.web.differing import differences
from recoupe.web.drawing import element, picture, words
from recoupe.web.graph import drawn_origins, links
from recoupe.web.lettered import lettered, letters_of
from recoupe.web.remembering import Remembering
from recoupe.web.shelf import Made, Shelf
from recoupe.writing.to_html import Anchors
from recoupe.writing.to_json import to_json
from recoupe.writing.view import View


@pytest.fixture(scope="module")
def kept(example):
    with open_store(str(example)) as store:
        return store.dossiers(store.stories(Which())[0].id, last=True)[0].dossier


def test_a_lettered_dossier_names_no_article_by_its_id(kept):
    letters = letters_of(kept)
    shown = lettered(kept, letters, "fr")
    assert [a.id for a in shown.articles] == ["a", "b", "c", "d", "e"]
    text = to_json(shown)
    assert not [name for name in letters if name in text]
    assert View(shown).ui.code == "fr"


def test_who_copies_whom_is_drawn(kept):
    view = View(lettered(kept, letters_of(kept), "en"))
    assert ("a:c", "a:d", "copies") in links(view)
    drawing = ElementTree.fromstring(str(drawn_origins(view, Anchors(view.dossier))))
    assert drawing.attrib["role"] == "group"
    assert [e for e in drawing.iter() if e.attrib.get("class") == "edge copies"]


@given(st.text())
def test_words_in_a_drawing_are_words(text):
    drawing = picture(10, 10, text, [element("text", words(text))], "x")
    text_of = "".join(c for c in words(text) if ord(c) > 31)
    assert "<script" not in str(drawing)
    assert text_of.count("<") == 0


@given(st.text(max_size=300), st.text(max_size=300))
def test_differences_give_both_texts_back(before, after):
    for pieces in differences(before, after):
        assert {p.what for p in pieces} <= {"", "ins", "del"}
        assert "".join(p.text for p in pieces)
    assert differences(before, before) == []


def test_a_changed_word_is_marked_in_its_sentence():
    found = differences("Four people died. It rained.", "Five people died. It rained.")
    assert [[(p.what, p.text) for p in pieces] for pieces in found] == [
        [("del", "Four"), ("ins", "Five"), ("", " people died.")]
    ]


def test_a_text_without_end_is_compared_in_time():
    started = time.perf_counter()
    differences("x" * 1_000_000, "y " * 500_000)
    differences("a. " * 100_000, "b. " * 100_000)
    assert time.perf_counter() - started < 10


def test_what_is_remembered_stays_within_its_weight():
    memory = Remembering(100)
    made = [memory.get(i, lambda i=i: i, lambda _: 20) for i in range(10)]
    assert made == list(range(10))
    assert memory.get(9, lambda: "again", lambda _: 20) == 9
    assert memory.get(0, lambda: "again", lambda _: 20) == "again"
    assert memory.get("heavy", lambda: 1, lambda _: 1000) == 1
    assert memory.get("heavy", lambda: 2, lambda _: 1000) == 2


def test_a_page_is_taken_from_the_shelf_while_its_state_is_the_same():
    shelf = Shelf(1000)
    shelf.put("a", Made(b"x" * 100, "t", "text/html", "1"))
    assert shelf.lately("a")
    assert shelf.of("a", "1")
    assert shelf.of("a", "2") is None
    shelf.doubt()
    assert shelf.lately("a") is None
    assert shelf.of("a", "1")
    for i in range(20):
        shelf.put(i, Made(b"x" * 100, "t", "text/html", "1"))
    assert shelf.of("a", "1") is None
    shelf.put("big", Made(b"x" * 900, "t", "text/html", "1"))
    assert shelf.of("big", "1") is None
