"""What stands near counts more than what stands far, and signs part words."""

from recoupe.languages import load_pack
from recoupe.reading.context import Context
from recoupe.reading.document import open_document
from recoupe.reading.events import read_concepts, read_events
from recoupe.records import Article

TEXT = "The mayor spoke. The strike on the harbour killed five people, and the court, which sat on Monday, freed a man."


def context():
    doc = open_document(Article(id="a", path="a", text=TEXT, lang="en", title=""), load_pack("en"))
    return doc, Context(doc, [], read_events(doc), read_concepts(doc))


def test_a_nearer_key_weighs_more():
    doc, found = context()
    five = doc.norms.index("five")
    weights = dict(found.terms(doc.sentence_at(TEXT.index("five")), five, five + 1))
    assert weights["c:people"] > weights["s:harbour"] > weights["s:court"]


def test_the_value_itself_is_no_key_of_its_own():
    doc, found = context()
    five = doc.norms.index("five")
    assert "s:five" not in dict(found.terms(doc.sentence_at(TEXT.index("five")), five, five + 1))


def test_the_sentence_before_counts_a_little():
    doc, found = context()
    five = doc.norms.index("five")
    weights = dict(found.terms(doc.sentence_at(TEXT.index("five")), five, five + 1))
    assert 0 < weights["c:mayors"] < weights["s:harbour"]


def test_a_comma_parts_words_as_several_words_do():
    doc, found = context()
    people, court, harbour = (doc.norms.index(w) for w in ("people", "court", "harbour"))
    assert found.distance(people, people + 1, court, court + 1) > court - people - 1
    assert found.distance(court, court + 1, people, people + 1) == found.distance(people, people + 1, court, court + 1)
    assert found.distance(harbour, harbour + 1, harbour, harbour + 1) == 0
