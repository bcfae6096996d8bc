"""What is searched for is found, in eight languages, however it is spelt."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import entry

from recoupe.store import Which, open_store
from recoupe.text.folding import excerpt, folded, parts

TEXTS = {
    "fr": ("Le pont s’est effondré à Morvelay", ["pont effondre", "PONT", "s'est effondré", '"effondré à Morvelay"']),
    "en": ("The naïve café owner's bridge", ["naive cafe", "owner's", "OWNER"]),
    "nl": ("De brug in België is één geheel", ["belgie een", "België"]),
    "de": ("Die Straßenbrücke über die Mosel", ["strassenbrucke", "STRASSENBRÜCKE", "über mosel"]),
    "ru": ("Мост рухнул, сообщил Алёшин о жёлтом", ["алешин", "АЛЁШИН", "желтом мост"]),
    "uk": ("П’ять людей з Києва та Ґалаґан", ["п'ять", "києва", "пʼять людей", "ґалаґан"]),
    "vi": ("Cầu Đồng Nai bị sập ở Đà Nẵng", ["cau dong nai", "đồng nai", '"da nang"', "SẬP"]),
    "es": ("El puente de Coruña cayó el miércoles", ["coruna miercoles", "CAYÓ"]),
    "it": ("La città è isolata, però", ["citta e", "però"]),
}


@pytest.fixture
def store(address):
    with open_store(address) as opened:
        opened.keep([entry(lang, text, lang=lang, title=f"Title {lang}") for lang, (text, _) in TEXTS.items()])
        yield opened


def test_words_are_found_without_their_accents(store):
    for lang, (_, queries) in TEXTS.items():
        for query in queries:
            assert lang in [hit.lang for hit in store.search(query, Which())], (lang, query)


@pytest.mark.parametrize(
    "query", ["", "  ", '"', "' OR 1=1 --", "a:b AND (", "NEAR(", "*", "!&|", "\0", "pont:*", "\\"]
)
def test_no_query_is_an_error(store, query):
    store.search(query, Which())


def test_all_words_must_be_there_and_a_phrase_in_its_order(store):
    assert store.search("pont absent", Which()) == []
    assert store.search('"Morvelay pont"', Which()) == []
    assert len(store.search("title", Which())) == len(TEXTS)
    assert len(store.search("title", Which(lang="vi"))) == 1
    assert len(store.search("title", Which(most=3))) == 3


def test_only_what_an_article_says_now_is_found_unless_asked(store):
    store.keep([entry("fr", "Le pont tient", lang="fr", title="Title fr", live=True)])
    assert store.search("effondré", Which()) == []
    (hit,) = store.search("effondré", Which(old=True))
    assert not hit.current
    assert store.search("tient", Which())[0].number == 2


def test_days_bound_a_search(store):
    store.keep([entry("late", "Le pont aussi", day="2025-04-01")])
    assert [h.published for h in store.search("pont", Which(since="2025-03-20"))] == ["2025-04-01"]
    assert [h.published for h in store.search("pont", Which(until="2025-03-20"))] == ["2025-03-14"]


def test_the_title_counts_more(store):
    store.keep([entry("in text", "bridge " * 3), entry("in title", "nothing", title="bridge")])
    found = [h.title for h in store.search("bridge", Which())]
    assert found[0] == "bridge"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_folding_is_done_once_and_for_all(text):
    once = folded(text)
    assert folded(once) == once
    assert parts(text) is not None


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400), st.lists(st.text("abc", min_size=1), max_size=2))
def test_an_excerpt_is_short(text, asked):
    assert len(excerpt(text, asked)) <= 170


def test_an_excerpt_shows_what_was_asked():
    text = "word " * 100 + "Le pont s’est effondré. " + "word " * 100
    assert "effondré" in excerpt(text, parts("EFFONDRE"))
