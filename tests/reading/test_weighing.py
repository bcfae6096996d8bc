"""Weighing: sums in place of single features."""

from importlib import import_module

import pytest

from recoupe.languages import load_pack
from recoupe.reading.document import open_document
from recoupe.reading.gazetteer import marks
from recoupe.reading.tagger import Features
from recoupe.reading.weighing import Model, Part
from recoupe.records import Article
from recoupe.weights import weights

TEXT = "On Monday Karim Osei of Reuters met the mayor of Delmara, Ines Vauquelin. Nobody in Qyxzpt was hurt."
FILE = str(weights("names", "model.crfsuite"))


def test_sums_say_what_single_features_say():
    """Labels and likelihoods are those of the same model that looks up each feature."""
    document = open_document(Article("a", "", TEXT, "en", ""), load_pack("en"))
    plain, model, features, found = import_module("pycrfsuite").Tagger(), Model(FILE), Features(), marks(document)
    plain.open(FILE)
    for s in document.sentences:
        where = (document, found, s.first, s.last, s.first, s.last)
        assert model.labels(features.parts(*where)) == plain.tag(features(*where))
        for label in plain.labels():
            for i in range(s.last - s.first):
                assert model.marginal(label, i) == pytest.approx(plain.marginal(label, i), abs=1e-9)


def test_unknown_features_say_nothing():
    """A feature that the model has never seen changes no sum."""
    model = Model(FILE)
    model.labels([[Part(["w=the"])], [unknown := Part(["w=qyxzptqyxzpt"])]])
    assert unknown.sums is not None
    assert not any(unknown.sums)


def test_another_file_is_refused(tmp_path):
    """What crfsuite has not written is no model."""
    file = tmp_path / "model.crfsuite"
    file.write_bytes(b"something else" * 9)
    with pytest.raises(ValueError, match="not a model"):
        Model(str(file))
