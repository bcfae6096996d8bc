"""Whom a source names or means, and whom a pronoun stands for."""

from __future__ import annotations

import pytest

from recoupe.languages import load_pack
from recoupe.reading.document import open_document
from recoupe.reading.names import read_names
from recoupe.reading.statements import read_statements
from recoupe.records import Article

# language, text, the name of the last statement's speaker
SPEAKERS = (
    (
        "fr",
        "Le procureur Paul Mervin a confirmé la saisie. La Suisse dénonce une fuite. Il dit que tout va bien.",
        "Mervin",
    ),
    ("fr", "Le procureur de Vernay, Paul Mervin, a ouvert une enquête. Il affirme que tout a disparu.", "Mervin"),
    ("en", "Four men died, the Harbour Agency said on Monday. It had put the toll at six.", "Harbour Agency"),
    ("en", "Colonel Adam Perl met the rescuers. He said the road was safe.", "Perl"),
    (
        "ru",
        "Прокурор Иван Петрин подтвердил арест. Россия отвергла обвинения. Он утверждает, что всё пропало.",
        "Петрин",
    ),
    ("nl", "Minister Elsa Vorm bezocht de gewonden. Ze zei dat de dijk veilig was.", "Vorm"),
)


@pytest.mark.parametrize(("lang", "text", "name"), SPEAKERS)
def test_a_pronoun_stands_for_who_spoke_or_acted_before(lang: str, text: str, name: str) -> None:
    doc = open_document(Article("a", "a.txt", text, lang, ""), load_pack(lang))
    names = read_names(doc)
    last = read_statements(doc, names)[-1]
    assert last.named is not None
    assert name in last.named.of(text)
    assert name in next(n.name for n in names if n.id == last.speaker)


OFFICES = (
    (
        "fr",
        "Le ministère a démenti lundi. Le parquet arménien a ouvert une enquête. Il affirme que tout a disparu.",
        "Le parquet",
    ),
    (
        "nl",
        "Het ministerie ontkende dat. De politie opende een onderzoek. Ze zei dat de dijk veilig was.",
        "De politie",
    ),
)


@pytest.mark.parametrize(("lang", "text", "words"), OFFICES)
def test_a_pronoun_stands_for_the_office_that_acted_just_before(lang: str, text: str, words: str) -> None:
    doc = open_document(Article("a", "a.txt", text, lang, ""), load_pack(lang))
    last = read_statements(doc, read_names(doc))[-1]
    assert last.named is not None
    assert last.named.of(text).startswith(words)
