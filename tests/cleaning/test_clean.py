"""A report becomes an article."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoupe.cleaning import clean
from recoupe.errors import CleanError, RecoupeError
from recoupe.records import Article, Period, Report

FRENCH = (
    "Le pont de la vallée a été fermé mardi après la découverte d'une fissure, a annoncé la préfecture.\n\n"
    "Les automobilistes sont invités à passer par le col, selon les gendarmes, qui ont mis en place une déviation."
)
ENGLISH = (
    "The bridge over the valley was closed on Tuesday after a crack had been found, the county said.\n\n"
    "Drivers have been asked to take the road over the pass, according to the police, who set up a diversion."
)


def article(content: str, media: str = "text", **hints: str) -> Article:
    return clean(Report("reports/a.fr.txt", media, content, **hints))


def test_a_text_stays_as_it_is():
    content = "\ufeff Un titre\r\n\r\n" + FRENCH + "\r\u200f\x00"
    assert article(content).text == content


# --- title ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Un pont fermé\n\n" + FRENCH, "Un pont fermé"),
        ("Un pont fermé, et après ?\n\n" + FRENCH, "Un pont fermé, et après ?"),
        ("Vallée\nUn pont de la vallée fermé pour trois mois\n" + FRENCH, "Un pont de la vallée fermé pour trois mois"),
        (FRENCH, "Le pont de la vallée a été fermé mardi après la découverte d'une fissure, a annoncé la préfecture."),
    ],
)
def test_the_title_is_the_first_line_or_the_first_sentence(content, expected):
    assert article(content).title == expected


def test_a_long_first_sentence_is_shortened_and_is_no_heading():
    found = article(FRENCH.replace("mardi", "mardi " + "encore " * 30))
    assert len(found.title) < 120
    assert found.title.endswith("…")
    assert found.headings == ()


def test_a_known_title_is_found_in_the_text():
    found = article("Vallée\n\nUn pont fermé\n\n" + FRENCH, title="Un pont  fermé")
    assert found.title == "Un pont fermé"
    assert [h.of(found.text) for h in found.headings] == ["Un pont fermé"]


# --- days -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "published", "updated", "day"),
    [
        ("Publié le 4 mai 2021 à 18h20", "2021-05-04T18:20", None, Period("2021-05-04", "2021-05-04")),
        ("4 mai 2021", "2021-05-04", None, Period("2021-05-04", "2021-05-04")),
        (
            "Cet article a été mis à jour pour la dernière fois le mai 1, 2021",
            None,
            "2021-05-01",
            Period("2021-04-29", "2021-05-01"),
        ),
        (
            "Publié le 4 mai 2021, mis à jour le 6 mai 2021",
            "2021-05-04",
            "2021-05-06",
            Period("2021-05-04", "2021-05-04"),
        ),
        ("Le pont date du 4 mai 1921, rappelle la commune dans son bulletin du mois.", None, None, None),
        ("Vallée", None, None, None),
    ],
)
def test_the_day_is_what_the_lines_tell(line, published, updated, day):
    found = article(f"Un pont fermé\n\n{line}\n\n{FRENCH}")
    assert (found.published, found.updated, found.day) == (published, updated, day)


def test_what_the_source_said_of_the_day_goes_before_the_text():
    found = article(f"Un pont fermé\n\nPublié le 4 mai 2021\n\n{FRENCH}", published="2021-05-05T23:30:00+02:00")
    assert (found.published, found.day) == ("2021-05-05T23:30:00+02:00", Period("2021-05-05", "2021-05-05"))


@pytest.mark.parametrize("told", ["Wed, 05 May 2021 21:30:00 GMT", "2021-05-05 around noon", "2021-05-05"])
def test_a_date_is_understood_in_several_forms(told):
    assert article(FRENCH, published=told).day == Period("2021-05-05", "2021-05-05")


@pytest.mark.parametrize("told", ["yesterday", "", "2021-99-99", "05/05/2021"])
def test_a_date_that_is_none_is_left_out(told):
    assert article(FRENCH, published=told).day is None


# --- where it comes from ----------------------------------------------------------------------------------------------


def test_a_source_line_gives_address_outlet_and_day():
    address = "https://www.tin-tuc.example/cau-bi-dong-cua-185210504070252909.htm"
    found = article(f"{FRENCH}\n\nSource : {address}\n")
    assert (found.url, found.outlet, found.published) == (address, "tin-tuc.example", "2021-05-04T07:02:52")
    assert [s.of(found.text) for s in found.sources] == [f"Source : {address}"]
    assert found.clutter == found.sources


def test_what_is_known_of_the_address_goes_before_a_source_line():
    found = article(f"{FRENCH}\n\nSource : https://a.example/x", url="https://b.example/y", outlet="B")
    assert (found.url, found.outlet) == ("https://b.example/y", "B")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Cet article a été traduit automatiquement de l’allemand", "de"),
        ("Traduit du russe", "ru"),
        ("Source : https://bao.example.vn/cau-qua-thung-lung-bi-dong-cua-sau-khi-phat-hien-vet-nut.htm", "vi"),
        ("Source : https://journal.example.fr/le-pont-de-la-vallee-est-ferme-depuis-mardi", None),
        ("Source : https://bao.example.vn/cau-dong-cua", None),
        ("Un livre traduit en allemand a été présenté dans la salle des fêtes.", None),
    ],
)
def test_the_language_it_was_translated_from_is_named_only_on_evidence(line, expected):
    assert article(f"Un pont fermé\n\n{FRENCH}\n\n{line}").translated_from == expected


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Par Odile Brun et Loïc Bertho (avec AFP)", ("Odile Brun", "Loïc Bertho")),
        ("Par Odile Brun, Loïc Bertho", ("Odile Brun", "Loïc Bertho")),
        ("Par le col", ()),
    ],
)
def test_each_author_of_a_byline_is_named(line, authors):
    assert article(f"Un pont fermé\n\n{line}\n\n{FRENCH}").authors == authors


def test_bylines_name_authors_and_agencies():
    found = article(f"Un pont fermé\n\nPar Odile Brun\n\n{FRENCH}\n\nAvec AFP")
    assert found.authors == ("Odile Brun",)
    assert [s.of(found.text) for s in found.sources] == ["Avec AFP"]


# --- language ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "lang"),
    [
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        ("Bridge closed after crack found\nShare this article\n\n" + FRENCH + "\n\nAll rights reserved", "fr"),
        ("Un pont fermé\nPartager cet article\n\n" + ENGLISH + "\n\nTous droits réservés", "en"),
        ("The bridge is closed.", "en"),
    ],
)
def test_the_language_is_that_of_the_report_not_of_its_furniture(content, lang):
    assert article(content).lang == lang


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (
            "A ponte sobre o vale foi fechada na terça-feira depois de ter sido descoberta uma fenda, disse a câmara.",
            "Portuguese",
        ),
        (
            "Most nad doliną został we wtorek zamknięty po odkryciu pęknięcia, poinformowały władze powiatu.",
            "Polish",
        ),
        ("渓谷にかかる橋は、ひび割れが見つかったため火曜日に閉鎖されたと県が発表した。", "Japanese"),
    ],
)
def test_a_language_without_a_pack_is_named_and_so_are_those_with_one(content, named):
    with pytest.raises(CleanError, match=rf"{named}.*English.*French"):
        article(content)


def test_a_language_that_is_told_is_believed():
    assert article(ENGLISH, language="fr-BE").lang == "fr"
    with pytest.raises(CleanError, match="Swahili"):
        article(ENGLISH, language="sw")


@pytest.mark.parametrize("content", ["*", "… — !", "\u200f\u200f", "2024"])
def test_a_text_without_words_is_an_error(content):
    with pytest.raises(CleanError):
        article(content)


# --- what always holds ------------------------------------------------------------------------------------------------

LINES = st.sampled_from(
    [
        *FRENCH.split("\n"),
        *ENGLISH.split("\n"),
        "Un pont fermé",
        "Partager | Imprimer",
        "Lire aussi : un autre pont",
        "Source : https://a.example/x-20210504",
        "Publié le 4 mai 2021",
        "Odile Brun, maire de la vallée",
        "- un",
        "a : b",
        "*",
        "Commentaires (3)",
    ]
)
BREAKS = st.sampled_from(["\n", "\r\n", "\n\n", "\r", "\u2028", " ", "\x00", ""])


@settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.one_of(LINES, st.text(max_size=40)), BREAKS), max_size=25))
def test_spans_lie_in_the_text_in_order_and_apart(parts):
    content = "".join(line + gap for line, gap in parts)
    try:
        found = article(content)
    except RecoupeError:
        return
    assert found.text == content
    assert found == article(content)
    for spans in (
        found.headings,
        found.clutter,
        found.captions,
        found.sources,
        sorted((*found.headings, *found.clutter)),
    ):
        assert all(s.end <= len(content) for s in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
    assert set(found.captions) <= set(found.clutter)


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=400))
def test_any_text_gives_an_article_or_our_own_error(content):
    for media in ("text", "html"):
        try:
            found = article(content, media)
        except RecoupeError:
            continue
        assert all(s.end <= len(found.text) for s in (*found.clutter, *found.headings))
