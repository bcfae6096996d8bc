"""How many voices stand behind the reports."""

from __future__ import annotations

from recoupe import read
from recoupe.comparing.independence import origins_of, voices
from recoupe.comparing.names import merge_names
from recoupe.comparing.voices import Voices
from recoupe.records import (
    Amount,
    Article,
    Claim,
    Kind,
    Name,
    Origin,
    Period,
    Person,
    Reading,
    Span,
    Statement,
)

LONG = "Nothing in the crates was missing."


def reading(ident: str, text: str, published: str | None = None, **more: object) -> Reading:
    article = Article(ident, ident, text, "en", "", published=published, url=more.pop("url", None))  # type: ignore[arg-type]
    return Reading(article, **more)  # type: ignore[arg-type]


def claim(statement: int | None = None) -> Claim:
    return Claim(Kind.COUNT, Span(0, 1), Amount(1, 1), Span(0, 1), statement=statement)


def test_a_claim_without_attribution_is_its_articles_own() -> None:
    readings = [reading("a", "Two died."), reading("b", "Two died in it.")]
    voice = voices(readings, [], [None, None])
    assert [voice(0, claim()), voice(1, claim())] == ["article:a", "article:b"]


def test_a_copy_counts_as_its_original() -> None:
    readings = [reading("a", LONG), reading("b", LONG)]
    voice = voices(readings, [], [None, 0])
    assert voice(0, claim()) == voice(1, claim())


def test_an_agencys_dispatch_is_the_agencys_voice() -> None:
    text = "OSLO (Reuters) - Two died."
    credited = reading("a", text, origins=(Origin("Reuters", Span(6, 13)),))
    mentioned = reading("b", "Two died, a Reuters photographer saw.", origins=(Origin("Reuters", Span(12, 19)),))
    voice = voices([credited, mentioned], [], [None, None])
    assert [voice(0, claim()), voice(1, claim())] == ["Reuters", "article:b"]


def test_a_report_that_its_source_credits_to_another_is_the_others_voice() -> None:
    """A forwarded message is the channel's that wrote it; where that one's own is there, it is the voice of both."""

    def sent(ident: str, text: str, outlet: str, *credits: str) -> Reading:
        return Reading(Article(ident, ident, text, "en", "", outlet=outlet, credits=credits))

    first, other = sent("a", "Two died.", "Ferry", "Pier News"), sent("b", "Three died at sea.", "Quay", "Pier News")
    own = sent("c", "Four died on land.", "Pier news")
    assert [voices([first, other], [], [None, None])(i, claim()) for i in (0, 1)] == ["Pier News"] * 2
    assert [voices([first, own], [], [None, None])(i, claim()) for i in (0, 1)] == ["article:c"] * 2


def seat(ident: str, text: str, where: str) -> Reading:
    start = text.index(where)
    name = Name("n1", "PLACE", where, (Span(start, start + len(where)),), country="PL", seat=True)
    statement = Statement(Span(len(text) - 5, len(text)), (Span(0, 1),), Span(start, start + len(where)), "n1")
    return reading(ident, text, names=(name,), statements=(statement,))


def test_the_seats_of_one_government_are_one_voice() -> None:
    readings = [seat("a", "Two died, Warsaw said.", "Warsaw"), seat("b", "Two died, Poland said.", "Poland")]
    people = [
        Person("p1", "PLACE", "Warsaw", (), ((0, "n1"),), "PL", True),
        Person("p2", "PLACE", "Poland", (), ((1, "n1"),), "PL"),
    ]
    voice = voices(readings, people, [None, None])
    assert voice(0, claim(0)) == voice(1, claim(0)) == "Warsaw"


def test_an_office_is_one_voice_in_every_report_and_a_witness_is_not() -> None:
    def said(ident: str, source: str) -> Reading:
        text = f"Two died, {source} said."
        statement = Statement(Span(11 + len(source), 15 + len(source)), (Span(0, 8),), Span(10, 10 + len(source)))
        return reading(ident, text, statements=(statement,))

    readings = [said("a", "police"), said("b", "the police"), said("c", "a witness"), said("d", "a witness")]
    voice = voices(readings, [], [None] * 4)
    found = [voice(i, claim(0)) for i in range(4)]
    assert found[0] == found[1]
    assert len(set(found)) == 3


def test_origins_are_labelled_alike_in_all_reports() -> None:
    readings = [
        reading("a", "x", origins=(Origin("Pentagone", Span(0, 1), "n1"), Origin("AFP", Span(0, 1)))),
        reading("b", "x", origins=(Origin("the Pentagon", Span(0, 1), "n4"),)),
    ]
    people = [Person("p1", "ORG", "Pentagon", (), ((0, "n1"), (1, "n4")))]
    assert origins_of(readings, people) == (("Pentagon", "AFP"), ("Pentagon",))


def told(ident: str, text: str) -> Reading:
    return read(Article(ident, ident, text, "en", "", day=Period("2025-03-13", "2025-03-13")))


def voice_of(readings: list[Reading], words: str, copied: tuple[int | None, ...] = ()) -> list[str | None]:
    """The voices of all statements whose source is so worded."""
    known = Voices(readings, merge_names(readings), copied or (None,) * len(readings))
    return [
        known.of_statement(i, k)
        for i, r in enumerate(readings)
        for k, s in enumerate(r.statements)
        if s.source is not None and s.source.of(r.article.text) == words
    ]


def test_prosecutors_named_with_a_capital_are_not_its_government() -> None:
    text = "Prosecutors in Warsaw said two men had died. The Polish government said nobody had died."
    found = told("a", text)
    assert voice_of([found], "Prosecutors in Warsaw") != voice_of([found], "The Polish government")


def test_an_office_is_one_voice_in_two_languages() -> None:
    fr = read(Article("b", "b", "Deux hommes sont morts, selon le parquet polonais. Un train a brûlé.", "fr", ""))
    readings = [told("a", "Polish prosecutors said two men had died. A train had burned."), fr]
    known = Voices(readings, merge_names(readings), [None, None])
    assert known.of_statement(0, 0) == known.of_statement(1, 0) is not None


def test_who_speaks_for_a_body_is_its_voice_also_where_the_name_stands_alone() -> None:
    readings = [
        told("a", "Two men died, said Anna Kowalska, a spokeswoman for the Ormby Port Authority."),
        told("b", "Kowalska said two men had died. The Ormby Port Authority said that the quay was shut."),
    ]
    assert voice_of(readings, "Kowalska") == voice_of(readings, "The Ormby Port Authority")


def test_a_lawyer_or_a_relative_speaks_for_nobody_else() -> None:
    readings = [told("a", "His lawyer, Mark Debono of the Ormby Port Authority, said the man was innocent.")]
    assert "Debono" in str(voice_of(readings, "His lawyer, Mark Debono of the Ormby Port Authority"))


def test_what_two_ministers_say_is_the_voice_of_neither() -> None:
    text = "Polish Transport Minister Jan Nowak arrived on Monday. The two ministers said that two men had died."
    assert "Nowak" not in str(voice_of([told("a", text)], "The two ministers"))


def test_a_claim_of_a_copy_has_the_voice_of_its_original() -> None:
    """The copy leaves out who says so."""
    full = told("a", "Two men died on Monday, the Polish government said. The quay of Ormby was shut for seven hours.")
    cut = told("b", "Two men died on Monday. The quay of Ormby was shut for seven hours.")
    readings = [full, cut]
    known = Voices(readings, merge_names(readings), [None, 0])
    deaths = [
        known.of(i, c)
        for i, r in enumerate(readings)
        for c in r.claims
        if c.kind is Kind.COUNT and c.value == Amount(2, 2)
    ]
    assert len(deaths) == 2
    assert len(set(deaths)) == 1
    assert not str(deaths[0]).startswith("article:")


def test_a_sentence_taken_word_for_word_counts_for_the_report_that_had_it_first() -> None:
    shared = "Two men died in the fire on the quay of Ormby on Monday. "
    readings = [
        told("a", shared + "The mayor was away. Nobody knew where the ship had come from."),
        told(
            "b", "Ormby mourns its dockers today, and the harbour stands still. " + shared + "Flags flew at half mast."
        ),
        told("c", "Two men died on Monday. It rained."),
    ]
    known = Voices(readings, merge_names(readings), [None] * 3)
    found = [
        known.of(i, c)
        for i, r in enumerate(readings)
        for c in r.claims
        if c.kind is Kind.COUNT and c.value == Amount(2, 2)
    ]
    assert found == ["article:a", "article:a", "article:c"]
