"""The same statement in several reports."""

from __future__ import annotations

from dataclasses import replace

from recoupe.comparing.sayings import group_sayings
from recoupe.records import Amount, Article, Figure, Name, Person, Reading, Span, Statement


def reading(
    ident: str, text: str, source: str, cue: str, content: str, figure: tuple[str, float] | None = None, **more: object
) -> Reading:
    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    name = Name("n1", "PERSON", source, (span(source),))
    figures = (Figure(span(figure[0]), Amount(figure[1], figure[1]), "count"),) if figure else ()
    statement = Statement(span(cue), (span(content),), span(source), "n1", **more)  # type: ignore[arg-type]
    return Reading(Article(ident, ident, text, "en", ""), names=(name,), figures=figures, statements=(statement,))


def person(ident: str, *members: tuple[int, str]) -> Person:
    return Person(ident, "PERSON", ident, (), members)


A = reading(
    "a",
    "Ruben Tolvik said the harbour wall had cracked in March.",
    "Ruben Tolvik",
    "said",
    "the harbour wall had cracked in March",
)
B = reading(
    "b",
    "Tolvik told us the wall of the harbour cracked in March.",
    "Tolvik",
    "told",
    "the wall of the harbour cracked in March",
)
C = reading(
    "c", "Ada Menk said the trawlers would leave on Friday.", "Ada Menk", "said", "the trawlers would leave on Friday"
)


def groups(*readings: Reading, people: tuple[Person, ...] = ()) -> list[str | None]:
    return [s.group for s in group_sayings(readings, people)]


def test_one_speaker_with_the_same_words_says_the_same() -> None:
    assert groups(A, B, C, people=(person("p1", (0, "n1"), (1, "n1")), person("p2", (2, "n1")))) == ["g1", "g1", None]


def test_a_denial_is_not_the_same_as_what_it_denies() -> None:
    denied = replace(B, statements=(replace(B.statements[0], stance="denied"),))
    assert groups(A, denied, people=(person("p1", (0, "n1")), person("p2", (1, "n1")))) == [None, None]


def test_other_figures_make_other_statements() -> None:
    four = reading("a", "Tolvik said 400 trawlers sank.", "Tolvik", "said", "400 trawlers sank", ("400", 400))
    five = reading("b", "Tolvik said 500 trawlers sank.", "Tolvik", "said", "500 trawlers sank", ("500", 500))
    one = (person("p1", (0, "n1"), (1, "n1")),)
    assert groups(four, five, people=one) == [None, None]
    assert groups(four, replace(four, article=replace(four.article, id="b")), people=one) == ["g1", "g1"]


def test_statements_of_one_report_alone_make_no_group() -> None:
    twice = replace(A, statements=(*A.statements, *A.statements))
    assert groups(twice, C) == [None, None, None]


def test_the_speaker_is_a_person_of_the_story() -> None:
    assert [s.speaker for s in group_sayings((A, C), (person("p1", (0, "n1")),))] == ["p1", None]


def test_the_order_of_the_reports_does_not_change_the_groups() -> None:
    assert groups(C, B, A, people=(person("p1", (2, "n1"), (1, "n1")), person("p2", (0, "n1")))) == [None, "g1", "g1"]


def translated(lang: str, text: str, source: str, content: str, **more: object) -> Reading:
    made = reading("t", text, source, source, content, **more)
    return replace(made, article=replace(made.article, lang=lang))


ONE = (person("p1", (0, "n1"), (1, "n1")), person("p2", (2, "n1")))
EN = translated("en", "Tolvik said no wall was left.", "Tolvik", "no wall was left", terms=("m:keep", "m:wall"))
RU = translated(
    "ru", "Толвик сказал, что ни одной стены не осталось.", "Толвик", "ни одной стены не осталось",
    terms=("m:keep", "m:wall"),
)  # fmt: skip
MENK = translated("en", "Menk said help would come.", "Menk", "help would come", terms=("m:come", "m:help"))


def test_one_speaker_says_the_same_in_another_language() -> None:
    assert groups(EN, RU, MENK, people=ONE) == ["g1", "g1", None]


def test_two_people_who_say_the_like_do_not_say_one_statement() -> None:
    apart = (person("p1", (0, "n1")), person("p2", (1, "n1")), person("p3", (2, "n1")))
    assert groups(EN, RU, MENK, people=apart) == [None, None, None]


def test_a_spokesman_of_a_country_and_its_capital_are_one_side() -> None:
    sides = (
        replace(person("p1", (0, "n1")), country="RU"),
        replace(person("p2", (1, "n1")), type="PLACE", country="RU"),
        person("p3", (2, "n1")),
    )
    assert groups(EN, RU, MENK, people=sides) == ["g1", "g1", None]


def test_sides_of_two_countries_do_not_say_one_statement() -> None:
    sides = (replace(person("p1", (0, "n1")), country="RU"), replace(person("p2", (1, "n1")), country="UA"))
    assert groups(EN, RU, people=sides) == [None, None]
