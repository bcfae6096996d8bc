"""Weighing: sums in place of single features."""

from importlib import import_module

import pytest

from recoupe.languages import load_pack
from recoupe.reading.document import open_document
from recoupe.reading.gazetteer import marks
from recoupe.reading.tagger import Features, Weighed
from recoupe.reading.weighing import Model, Rows
from recoupe.records import Article
from recoupe.weights import weights

TEXT = "On Monday Karim Osei of Reuters met the mayor of Delmara, Ines Vauquelin. Nobody in Qyxzpt was hurt."
FILE = str(weights("names", "model.crfsuite"))


def test_sums_say_what_single_features_say():
    """Labels and likelihoods are those of the same model that looks up each feature."""
    document = open_document(Article("a", "", TEXT, "en", ""), load_pack("en"))
    plain, model, features, found = import_module("pycrfsuite").Tagger(), Model(FILE), Features(), marks(document)
    plain.open(FILE)
    weighed = Weighed(model)
    windows = [(s.first, s.last, s.first, s.last) for s in document.sentences]
    labels, likely = model.chains.read(*weighed.weigh(document, found, windows))
    named, rows = iter(labels.tolist()), iter(likely.tolist())
    for s, window in zip(document.sentences, windows, strict=True):
        assert [model.labels[next(named)] for _ in range(s.first, s.last)] == plain.tag(
            features(document, found, *window)
        )
        for i in range(s.last - s.first):
            assert next(rows) == pytest.approx([plain.marginal(label, i) for label in model.labels], abs=1e-9)
    assert next(named, None) is None


def test_unknown_features_say_nothing():
    """A feature that the model has never seen changes no sum."""
    model = Model(FILE)
    assert not model.weigh([["w=qyxzptqyxzpt"]]).any()
    both, one = model.weigh([["w=the", "w=qyxzptqyxzpt"], ["w=the"]]).tolist()
    assert both == one


def test_weights_are_added_in_the_order_of_the_features():
    """Rows weighed together have to the last digit the sums that each has when its weights are added one by one."""
    model = Model(FILE)
    rows = [["b", "w=the", *(f"s{n}={'the'[-n:]}" for n in (2, 3)), "h=Xxx", "first", "q", "last", "x"], ["b"], []]
    expected = []
    for row in rows:
        sums = [0.0] * model.count
        for feature in row:
            for label, weight in enumerate(model.weigh([[feature]])[0].tolist()):
                sums[label] += weight
        expected.append(sums)
    assert model.weigh(rows).tolist() == expected


def test_rows_are_kept_under_their_numbers():
    """Room grows with the rows, and what was taken may be changed."""
    rows = Rows(2)
    rows.add([[n, -n] for n in range(1, 8)])
    rows.add([[n, -n] for n in range(8, 3000)])
    assert rows.next == 3000
    taken = rows.take([7, 2999, 0])
    assert taken.tolist() == [[7, -7], [2999, -2999], [0, 0]]
    taken += 1
    assert rows.take([7]).tolist() == [[7, -7]]
    rows.clear()
    rows.add([[5, 6]])
    assert rows.take([1]).tolist() == [[5, 6]]


def test_parts_of_rows_are_added_up_aslant():
    """The first part of each row meets the second of the next one and the third of the one after that."""
    rows = Rows(6)
    rows.add([[n, n, 10 * n, 10 * n, 100 * n, 100 * n] for n in range(1, 5)])
    assert rows.aslant([1, 2, 3, 4], 3).tolist() == [[321, 321], [432, 432]]


def test_another_file_is_refused(tmp_path):
    """What crfsuite has not written is no model."""
    file = tmp_path / "model.crfsuite"
    file.write_bytes(b"something else" * 9)
    with pytest.raises(ValueError, match="not a model"):
        Model(str(file))
