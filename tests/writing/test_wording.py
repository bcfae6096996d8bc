"""Values look as a person of the interface's language writes them."""

import re
import tomllib

import pytest

from recoupe.errors import SettingsError
from recoupe.writing.wording import FOLDER, interfaces, wording

VALUES = [
    ({"low": 5, "high": 5}, "5", "5"),
    ({"low": 150, "high": None}, "at least 150", "au moins 150"),
    ({"low": None, "high": 20}, "at most 20", "au plus 20"),
    ({"low": 36, "high": 44}, "36–44", "36–44"),
    ({"low": 0, "high": 0}, "0", "0"),
    ({"low": None, "high": None}, "unknown", "inconnu"),
    ({"low": 2300000, "high": 2300000, "unit": "EUR"}, "€2,300,000", "2\u202f300\u202f000\u00a0€"),
    ({"low": 1.5, "high": 1.5, "unit": "km"}, "1.5 km", "1,5 km"),
    ({"low": 1, "high": 1, "unit": "a"}, "1 year", "1\u00a0an"),
    ({"low": 2, "high": None, "unit": "a"}, "at least 2 years", "au moins 2\u00a0ans"),
    ({"low": 6.3, "high": 6.3, "unit": "M"}, "magnitude 6.3", "magnitude 6,3"),
    ({"low": 3, "high": 3, "unit": None}, "3", "3"),
    ({"start": "2024-06-25", "end": "2024-06-25"}, "25 June 2024", "25 juin 2024"),
    ({"start": "2024-06-01", "end": "2024-06-01"}, "1 June 2024", "1er juin 2024"),
    ({"start": "2024-06-25T14:30", "end": "2024-06-25T14:30"},
     "25 June 2024, 14:30", "25 juin 2024, 14\u00a0h\u00a030"),
    ({"start": "2024-06-25T11:30", "end": "2024-06-25T12:00"},
     "25 June 2024, 11:30–12:00", "25 juin 2024, 11\u00a0h\u00a030–12\u00a0h\u00a000"),
    ({"start": "2024-03-01", "end": "2024-03-31"}, "March 2024", "mars 2024"),
    ({"start": "2024-02-01", "end": "2024-02-29"}, "February 2024", "février 2024"),
    ({"start": "2014-01-01", "end": "2014-12-31"}, "2014", "2014"),
    ({"start": "2024-06-22", "end": "2024-06-23"}, "22–23 June 2024", "22–23 juin 2024"),
    ({"start": "2024-05-30", "end": "2024-06-02"}, "30 May – 2 June 2024", "30 mai – 2 juin 2024"),
    (
        {"start": "2023-12-30", "end": "2024-01-02"},
        "30 December 2023 – 2 January 2024", "30 décembre 2023 – 2 janvier 2024"),
    ({"start": None, "end": "2023-06-26"}, "26 June 2023 or earlier", "au plus tard le 26 juin 2023"),
    ({"start": "2023-06-26", "end": None}, "26 June 2023 or later", "à partir du 26 juin 2023"),
    ({"start": None, "end": None}, "unknown", "inconnu"),
    ({"start": "not a day", "end": "not a day"}, "not a day", "not a day"),
    ({"stance": "denied"}, "denied", "démenti"),
    ({"entity": "n1"}, "Ada", "Ada"),
    ({"entity": "n9"}, "n9", "n9"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "english", "french"), VALUES)
def test_values_are_written_as_the_interface_writes_them(value, english, french):
    names = {"n1": "Ada"}
    assert (wording("en").value(value, names), wording("fr").value(value, names)) == (english, french)


def test_every_interface_has_the_same_keys():
    shapes = {code: _shape(tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))) for code in interfaces()}
    assert len(shapes) >= 2
    assert len({frozenset(keys) for keys in shapes.values()}) == 1, {
        code: keys ^ set.union(*shapes.values()) for code, keys in shapes.items()
    }


def test_counted_words_agree_with_their_number():
    assert [wording("fr").counted("report", n) for n in (1, 2)] == ["1 article", "2 articles"]
    assert [wording("fr").tallied("contested", n) for n in (1, 2)] == ["1 contesté", "2 contestés"]


def test_what_the_interface_does_not_know_is_shown_as_it_is():
    assert wording("en").verdict("strange", "word") == "strange"
    assert wording("en").named("languages", "tlh") == "tlh"


def test_an_unknown_interface_language_names_those_there_are():
    with pytest.raises(SettingsError, match="en, fr"):
        wording("../en")


def _shape(table, path=""):
    keys = set()
    for key, value in table.items():
        keys.add(f"{path}{key}")
        if isinstance(value, dict):
            keys |= _shape(value, f"{path}{key}.")
    return keys


def test_every_word_of_the_interface_is_used_somewhere():
    folder = FOLDER.parent
    sources = "".join(p.read_text("utf-8") for p in [*folder.glob("*.py"), *folder.glob("templates/*.html")])
    words = wording("en")
    asked = set(re.findall(r"(?:word|counted|heading)\(\s*[\"'](\w+)[\"']", sources))
    asked |= {"published", "updated"}  # asked for by the name of the date
    assert set(words.table("words")) | set(words.table("headings")) == asked


def test_a_message_of_ours_is_said_in_the_language_of_the_interface_and_others_as_they_are():
    said = "b.txt: the same text as a.txt, read once."
    assert wording("fr").message(said) == "b.txt: le même texte que a.txt, lu une seule fois."
    assert wording("en").message(said) == said
    assert wording("fr").message("b.txt: something else") == "b.txt: something else"
    assert wording("fr").message("a: " * 5000) == "a: " * 5000


def test_what_a_conversion_made_shows_no_more_places_than_anybody_measured():
    assert wording("en").number(8.6904576) == "8.69"
    assert wording("fr").number(12345.678) == "12\u202f345,68"
    assert wording("en").number(0.0123456) == "0.0123"
