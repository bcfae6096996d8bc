"""Mentions of events in many reports are brought together where they are of one event."""

from __future__ import annotations

import random

import pytest

from recoupe.comparing.coreference import SIGNS, Mention, linkage, same_events
from recoupe.comparing.translations import Text, sentence_pairs, translated, twins
from recoupe.languages import load_pack
from recoupe.reading.word_keys import event_keys, word_keys

FERRY = [
    ("en", "Police arrested the captain of the ferry Alcorra in Bremmel on Friday . The ferry sank near Bremmel ."),
    ("en", "The captain of the Alcorra was arrested on Friday in Bremmel . The Alcorra sank on Thursday ."),
    ("en", "Voters in Tarsk elected a mayor on Sunday . Her rival Orban Kell called the vote unfair ."),
    ("en", "Tarsk elected its first woman as mayor on Sunday . Orban Kell said the vote was unfair ."),
]
TRANSLATED = [
    ("en", "Norvex closed 12 plants in Tarsk . Norvex announced 340 new jobs . The union welcomed the jobs ."),
    (
        "fr",
        "Norvex a fermé 12 usines à Tarsk . Norvex a annoncé 340 emplois nouveaux . Le syndicat a salué les emplois .",
    ),
    ("en", "The mayor of Oldham opened a museum . Visitors praised the museum ."),
    ("fr", "Le maire d' Oldham a ouvert un musée . Les visiteurs ont loué le musée ."),
]
MENTIONS = [
    (FERRY, ["arrested", "sank", "elected", "vote"], "a word of one story is one event in its reports", [
        {"0 arrested", "1 arrested"}, {"0 sank", "1 sank"}, {"2 elected", "3 elected"},
    ]),
    (TRANSLATED, ["closed", "fermé", "announced", "annoncé", "opened", "ouvert"],
     "what translates each other is one event", [
        {"0 closed", "1 fermé"}, {"0 announced", "1 annoncé"}, {"2 opened", "3 ouvert"},
    ]),
]  # fmt: skip


def text(lang: str, words: str) -> Text:
    pack = load_pack(lang)
    sentences = [s.split() for s in words.split(" . ")]
    keys = tuple(tuple(word_keys(w, not i, pack) for i, w in enumerate(s)) for s in sentences)
    return Text(lang, tuple(tuple(w.lower() for w in s) for s in sentences), keys)


def told(texts: list[Text], words: list[str]) -> dict[str, Mention]:
    """Every place of the words, under 'report word'."""
    found = {}
    for t, here in enumerate(texts):
        for s, sentence in enumerate(here.words):
            for i, word in enumerate(sentence):
                if word in words:
                    kinds, saying = event_keys([word], load_pack(here.lang))
                    found[f"{t} {word}"] = Mention(t, s, (i,), here.keys[s][i] | kinds, saying)
    return found


@pytest.mark.parametrize(("reports", "words", "what", "groups"), MENTIONS, ids=[m[2] for m in MENTIONS])
def test_mentions_of_one_event_come_together(reports, words, what, groups):
    """Each group stands in one cluster, and no two groups in the same."""
    texts = [text(*report) for report in reports]
    mentions = told(texts, words)
    labels = list(mentions)
    clusters = [{labels[i] for i in group} for group in same_events(texts, list(mentions.values()))]
    assert sum(map(len, clusters)) == len(mentions)
    homes = [next(n for n, c in enumerate(clusters) if group <= c) for group in groups]
    assert len(set(homes)) == len(groups)


def test_the_order_of_the_mentions_does_not_matter():
    """The same clusters come of any order."""
    texts = [text(*report) for report in FERRY]
    mentions = list(told(texts, ["arrested", "sank", "elected", "vote", "ferry", "captain", "mayor"]).values())
    expected = {frozenset(map(id, (mentions[i] for i in g))) for g in same_events(texts, mentions)}
    for seed in range(5):
        mixed = random.Random(seed).sample(mentions, len(mentions))
        assert {frozenset(map(id, (mixed[i] for i in g))) for g in same_events(texts, mixed)} == expected


def test_reports_that_translate_each_other_are_found_with_their_sentences():
    """Each report's twin is the one with the same names and numbers, sentence by sentence."""
    texts = [text(*report) for report in TRANSLATED]
    assert translated(texts) == [(0, 1), (2, 3)]
    assert sentence_pairs(texts[0], texts[1]) == [(0, 0), (1, 1), (2, 2)]
    assert all(((t.links >= 0) & (t.links <= 1 + 1e-6)).all() for t in twins(texts))


def test_clusters_merge_by_the_mean_of_their_pairs():
    """A third mention that is near one of two and far from the other stays alone."""
    assert linkage(3, {(0, 1): 3.0, (1, 2): 1.0, (0, 2): -4.0}, 0.0) == [[0, 1], [2]]
    assert linkage(3, {(0, 1): 3.0, (1, 2): 1.0, (0, 2): -0.5}, 0.0) == [[0, 1, 2]]


def test_nothing_gives_nothing():
    """No mentions, no groups; a mention alone is a group."""
    texts = [text(*FERRY[0])]
    assert same_events(texts, []) == []
    assert same_events(texts, list(told(texts, ["sank"]).values())) == [[0]]


def test_every_sign_has_a_name_of_its_own():
    """The signs of a sort are told by their names on the card."""
    assert all(len(set(names)) == len(names) for names in SIGNS.values())


def test_many_mentions_are_weighed_in_time():
    """Twice as many mentions of unlike things take no more than about twice the time."""
    pack = load_pack("en")
    words = [f"{a}{b}{c}ore" for a in "bdfgk" for b in "aeiou" for c in "lmnrst"]
    sentences = tuple(tuple(f"{w}{x}" for w in words) for x in "abcdefgh")
    report = Text("en", sentences, tuple(tuple(word_keys(w, False, pack) for w in s) for s in sentences))
    mentions = [Mention(0, s, (i,), report.keys[s][i]) for s in range(len(sentences)) for i in range(len(words))]
    assert len(same_events([report], mentions)) > 100
