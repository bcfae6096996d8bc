"""Names of one article: what is found, under which forms, and whom a phrase means."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.languages import available, load_pack
from recoupe.languages.pack import FOLDER
from recoupe.reading.document import Document, open_document
from recoupe.reading.names import read_names, resolve
from recoupe.records import Article, Name, Span


def document(text: str, lang: str, clutter: tuple[Span, ...] = ()) -> Document:
    return open_document(Article("a", "a.txt", text, lang, "", clutter=clutter), load_pack(lang))


def cases() -> list[Any]:
    found = []
    for lang in available():
        file = FOLDER / lang / "examples.toml"
        rows = tomllib.loads(file.read_text("utf-8")).get("names", []) if file.is_file() else []
        found += [pytest.param(lang, row, id=f"{lang}-{k}") for k, row in enumerate(rows, 1)]
    return found


@pytest.mark.parametrize(("lang", "case"), cases())
def test_a_packs_own_examples_are_read_as_they_say(lang: str, case: dict[str, Any]) -> None:
    text = case["text"]
    found = read_names(document(text, lang))
    assert [(n.name, n.type, [m.of(text) for m in n.mentions]) for n in found] == [
        (w["name"], w["type"], w["mentions"]) for w in case["names"]
    ]
    for name, wanted in zip(found, case["names"]):
        assert set(wanted.get("roles", ())) <= set(name.roles)
        if "country" in wanted:
            assert (name.country, name.seat) == (wanted["country"], wanted.get("seat", False))


STORY = (
    "Le secrétaire américain à la Défense, Paul Hartwell, a appelé le ministre russe Oleg Vassine. "
    "Le porte-parole du Pentagone, Dan Moore, a confirmé. Le groupe Valmora fournit les téléphones. "
    "La partie russe se tait. Son homologue russe est à Moscou."
)


@pytest.mark.parametrize(
    ("phrase", "who"),
    [
        ("Le secrétaire américain à la Défense, Paul Hartwell", "Paul Hartwell"),
        ("le ministre russe", "Oleg Vassine"),
        ("Le porte-parole du Pentagone", "Dan Moore"),
        ("La partie russe", "Moscou"),
        ("Son homologue russe", "Oleg Vassine"),
        ("Le groupe", "Valmora"),
        ("les téléphones", None),
    ],
)
def test_a_phrase_means_whom_the_article_says(phrase: str, who: str | None) -> None:
    made = document(STORY, "fr")
    names = read_names(made)
    at = STORY.index(phrase)
    found = resolve(made, names, Span(at, at + len(phrase)))
    assert {n.id: n.name for n in names}.get(found or "") == who


def test_a_title_tells_two_of_one_family_name_apart() -> None:
    text = "Jean Carvennec et Marie Carvennec votent. Mme Carvennec a hésité, M. Carvennec non."
    names = read_names(document(text, "fr"))
    assert [[m.start for m in n.mentions] for n in names] == [
        [0, text.rindex("Carvennec")],
        [18, text.index("Carvennec a")],
    ]


def test_the_capitals_of_a_headline_make_no_names() -> None:
    title = "Harbour Fire Leaves Dozens Stranded in Ostend"
    text = title + "\n\nA fire in the port of Ostend left dozens of people stranded on Monday, Karel Maes said."
    article = Article("a", "a.txt", text, "en", title, headings=(Span(0, len(title)),))
    names = read_names(open_document(article, load_pack("en")))
    assert {m.of(text) for n in names for m in n.mentions} <= {"Ostend", "port of Ostend", "Karel Maes"}


def test_a_caption_in_the_clutter_gives_the_full_name_of_somebody_in_the_report() -> None:
    text = "M. Kravtsov a refusé.\n\nLe ministre Igor Kravtsov\n\nÀ lire aussi : Jane Colby à Rome"
    at = text.index("Le ministre")
    names = read_names(document(text, "fr", (Span(at, len(text)),)))
    assert [n.name for n in names] == ["Igor Kravtsov"]


def test_a_family_name_with_its_particle_is_the_person_named_in_full_before() -> None:
    text = "Le maire Loïc Le Goff a parlé. M. Le Goff partira. M. Ruiz-Ortega, non ; Ana Ruiz-Ortega reste."
    names = read_names(document(text, "fr"))
    assert [(n.name, len(n.mentions)) for n in names] == [("Loïc Le Goff", 2), ("Ana Ruiz-Ortega", 2)]


def checked(text: str, names: list[Name]) -> None:
    spans = sorted(m for n in names for m in n.mentions)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text).strip() == span.of(text)
    for before, after in pairwise(spans):
        assert before.end <= after.start
    assert all(list(n.mentions) == sorted(n.mentions) for n in names)
    assert [n.id for n in names] == [f"n{k}" for k in range(1, len(names) + 1)]


WORDS = [
    "Le",
    "the",
    "ministre",
    "Minister",
    "M.",
    "Mr",
    "Jean",
    "Petrov",
    "Petrova",
    "de",
    "la",
    "of",
    "Défense",
    "US",
    "us",
    "Paris",
    ",",
    ".",
    "(",
    ")",
    "«",
    "»",
    "-",
    "'s",
    "l’",
    "AFP",
    "Otan",
    "\n",
    "\n\n",
    "Port",
    "said",
    "a dit",
    "12",
    "É",
    "İ",
    "ǅ",
    "\u0301",
    "😀",
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["fr", "en"]), st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from([" ", "", "  "]))
def test_mentions_are_exact_in_order_and_apart_in_any_row_of_words(lang: str, words: list[str], glue: str) -> None:
    text = glue.join(words)
    checked(text, read_names(document(text, lang)))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["fr", "en"]), st.text(max_size=200))
def test_no_text_at_all_raises(lang: str, text: str) -> None:
    made = document(text, lang)
    names = read_names(made)
    checked(text, names)
    if text:
        resolve(made, names, Span(0, len(text)))


def test_reading_twice_gives_the_same() -> None:
    assert read_names(document(STORY, "fr")) == read_names(document(STORY, "fr"))


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("fr", "Hier, Paul Hartwell et Dan Moore ont dîné à Lyon.", ["Paul Hartwell", "Dan Moore", "Lyon"]),
        ("ru", "Председатель ЦИК выступил в Москве.", ["ЦИК", "Москве"]),
        ("vi", "Bệnh viện Đa khoa trung ương Quảng Nam đã mở cửa.", ["Bệnh viện Đa khoa trung ương Quảng Nam"]),
        ("vi", "Anh N.T.M. đến Đà Nẵng hôm qua.", ["N.T.M.", "Đà Nẵng"]),
        ("uk", "— Але в Києві тихо.", ["Києві"]),
    ],
)
def test_names_begin_and_end_where_they_should(lang: str, text: str, wanted: list[str]) -> None:
    """Two people are told apart at 'and', initials keep their stops, a body goes on to its place."""
    found = [m for n in read_names(document(text, lang)) for m in n.mentions]
    assert [m.of(text) for m in sorted(found)] == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "The Ministry of Defence of Ukraine denied it.", ("Ministry of Defence of Ukraine", "UA")),
        ("uk", "Міністерство оборони України це заперечило.", ("Міністерство оборони України", "UA")),
        ("ru", "Минобороны РФ это опровергло.", ("Минобороны РФ", "RU")),
    ],
)
def test_a_ministry_goes_on_to_its_country(lang: str, text: str, wanted: tuple[str, str]) -> None:
    """The country that follows is part of the ministry's name, and the ministry's own."""
    (found,) = read_names(document(text, lang))
    assert (found.name, found.country, found.key) == (*wanted, "ministry.defence")


def test_an_acronym_is_no_person() -> None:
    """Whoever heads a body of three letters, the letters are the body's."""
    found = read_names(document("Председатель ЦИК выступил в Москве.", "ru"))
    assert [n.type for n in found if n.name == "ЦИК"] == ["ORG"]
