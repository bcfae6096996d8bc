"""A name is called as reports in the language of the interface call it."""

from dataclasses import replace

from harbour_story import comparison

from recoupe.records import Story
from recoupe.writing import write
from recoupe.writing.naming import names_in


def test_a_person_is_called_by_the_fullest_form_of_a_report_in_that_language():
    assert names_in(comparison(), "fr")["n2"] == "Ilse van Dooren"
    assert names_in(comparison(), "en")["n2"] == "Ilse Van Doren"


def test_without_a_report_in_that_language_the_name_is_the_one_compared():
    assert names_in(comparison(), "vi")["n2"] == "Ilse Van Doren"


def test_a_place_is_called_by_the_form_that_is_used_most():
    story = comparison()
    first, second, *rest = story.story.readings
    short = [replace(n, name="Mérel", mentions=n.mentions * 5) if n.id == "y1" else n for n in second.names]
    other = [replace(n, name="Port of Mérel") if n.id == "z1" else n for n in rest[0].names]
    readings = (first, replace(second, names=tuple(short)), replace(rest[0], names=tuple(other)), rest[1])
    assert names_in(replace(story, story=Story(readings)), "en")["n1"] == "Mérel"


def test_the_dossier_uses_it_everywhere():
    dossier = write(comparison(), "fr")
    assert "Ilse van Dooren" in dossier.about
    assert next(n.name for n in dossier.names if n.id == "n2") == "Ilse van Dooren"
