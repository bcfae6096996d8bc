"""How many voices stand behind the reports."""

from __future__ import annotations

from recoupe.comparing.independence import origins_of, voices
from recoupe.records import Amount, Article, Claim, Kind, Name, Origin, Person, Reading, Span, Statement

LONG = " ".join(
    f"The {i}th crate of the cargo was found open on the quay of Ormby, and nothing in it was missing."
    for i in range(8)
)


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
