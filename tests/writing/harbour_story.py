# ruff: noqa: E501  (a report's paragraph is one line)
"""A story of our own, compared by hand: a silo explodes in a harbour, four reports in French and English tell it.

It has every verdict, a copy, a translation, a name in several spellings, statements in two wordings, clutter and a hedge.
"""

from __future__ import annotations

import re

from recoupe.records import (
    Amount,
    Answer,
    Article,
    Claim,
    Comparison,
    Kind,
    Name,
    Named,
    Origin,
    Pair,
    Period,
    Person,
    Problem,
    Question,
    Reading,
    Relation,
    Saying,
    Span,
    Stance,
    Statement,
    Story,
    Value,
)

A = """Explosion d'un silo à Port-Mérel : sept morts

Sept personnes ont été tuées mercredi matin dans l'explosion d'un silo à grains du port de Port-Mérel, selon la préfecture. Trente autres ont été blessées.

La déflagration s'est produite à 6 h 40. Plus de vingt pompiers combattaient encore le feu à midi. « La poussière de blé s'est sans doute enflammée pendant le déchargement d'un navire », a déclaré la procureure Ilse Vandoren.

L'exploitant, la société Granor, dément que les ventilateurs aient été en panne. Le silo contenait 12 000 tonnes de blé. Les dégâts s'élèveraient à 3,5 millions d'euros.

Partager sur les réseaux   |   S'abonner à la lettre
Lire aussi : le port retrouve ses grues
"""

B = """Nine dead as grain silo blows up in Port-Mérel

PORT-MÉREL, March 12 - Nine people were killed on Wednesday when a grain silo exploded at the harbour of Port-Mérel, a fire brigade spokesman told Coastline News Agency.

"Wheat dust probably caught fire while a ship was being unloaded," prosecutor Ilse Van Doren said. Twenty-five firefighters fought the blaze until the afternoon.

Two dockers said the fans of the silo had been out of order since Monday. The prefecture said 41 people were injured. A ship, the Alba Rosa, lay at the quay.
"""

C = """Silo blast kills nine

Nine people were killed on Wednesday when a grain silo exploded at the harbour of Port-Mérel, a fire brigade spokesman told Coastline News Agency. Twenty-five firefighters fought the blaze until the afternoon.
"""

D = """Accueil > Monde > Ce que l'on sait de l'explosion de Port-Mérel

Ce que l'on sait de l'explosion de Port-Mérel

Mis à jour le 14 mars 2025

L'explosion du 12 mars dans le port de Port-Mérel a tué neuf personnes et en a blessé 41, a annoncé jeudi la préfecture. La procureure Ilse van Dooren a ouvert une enquête. D'après elle, « tout indique un feu de poussière de blé lors du déchargement ».

Granor maintient que les ventilateurs fonctionnaient. Le ministre des Ports, Teo Marchal, a promis des contrôles dans les autres silos du pays d'ici à la fin du mois.

Laisser un commentaire
Votre adresse ne sera pas publiée.
"""


def at(text: str, words: str, nth: int = 0) -> Span:
    """Where `words` stand for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def sentence(text: str, span: Span) -> Span:
    """The sentence around a span, roughly."""
    start = max(m.end() for m in re.finditer(r"\A|[.!?»]\s+(?=[A-ZÀ-Ý«\"])|\n+", text[: span.start + 1]))
    end = re.search(r"[.!?](?=\s|\Z)|\n|\Z", text[span.end :])
    assert end
    return Span(start, span.end + end.end() if end.group() != "\n" else span.end + end.start())


def claim(text: str, kind: Kind, words: str, value: Value, *asks: str, **rest: object) -> Claim:
    """A claim at the first place of `words`."""
    span = at(text, words)
    return Claim(kind, span, value, sentence(text, span), asks, **rest)  # type: ignore[arg-type]


def said(text: str, source: str | None, cue: str, *content: str, **rest: object) -> Statement:
    """A statement at the first place of its words."""
    spans = tuple(at(text, c) for c in content)
    return Statement(at(text, cue), spans, None if source is None else at(text, source), **rest)  # type: ignore[arg-type]


def named(id_: str, type_: str, text: str, name: str, *forms: str, roles: tuple[str, ...] = ()) -> Name:
    """A name with every place of its forms."""
    spans = sorted({Span(m.start(), m.end()) for form in forms for m in re.finditer(re.escape(form), text)})
    return Name(id_, type_, name, tuple(spans), roles)


def count(low: float | None, high: float | None = None, unit: str | None = None) -> Amount:
    """`count(5, 5)`, `count(20)` for at least 20."""
    return Amount(low, high, unit)


def _readings() -> tuple[Reading, ...]:
    day = Period("2025-03-12", "2025-03-12")
    a = Reading(
        Article(
            "a",
            "reports/a.fr.txt",
            A,
            "fr",
            "Explosion d'un silo à Port-Mérel : sept morts",
            outlet="Le Courrier de la Baie",
            published="2025-03-12T13:05:00+01:00",
            day=day,
            headings=(at(A, "Explosion d'un silo à Port-Mérel : sept morts"),),
            clutter=(
                at(
                    A, "Partager sur les réseaux   |   S'abonner à la lettre\nLire aussi : le port retrouve ses grues\n"
                ),
            ),
        ),
        names=(
            named("x1", "PLACE", A, "Port-Mérel", "Port-Mérel"),
            named("x2", "PERSON", A, "Ilse Vandoren", "Ilse Vandoren", roles=("procureure",)),
            named("x3", "ORG", A, "Granor", "Granor", roles=("exploitant",)),
        ),
        statements=(
            said(
                A,
                "la préfecture",
                "selon",
                "Sept personnes ont été tuées mercredi matin dans l'explosion d'un silo à grains du port de Port-Mérel",
            ),
            said(
                A,
                "la procureure Ilse Vandoren",
                "a déclaré",
                "« La poussière de blé s'est sans doute enflammée pendant le déchargement d'un navire »",
                quoted=True,
                hedged=True,
            ),
            said(
                A, "la société Granor", "dément", "que les ventilateurs aient été en panne", stance="denied", act="deny"
            ),
        ),
        claims=(
            claim(A, Kind.COUNT, "Sept", count(7, 7), "c:killed", when=day, statement=0),
            claim(A, Kind.COUNT, "Trente", count(30, 30), "c:injured", when=day),
            claim(A, Kind.TIME, "mercredi matin", day, "c:explosion"),
            claim(A, Kind.TIME, "6 h 40", Period("2025-03-12T06:40", "2025-03-12T06:40"), "c:explosion"),
            claim(A, Kind.COUNT, "Plus de vingt", count(20), "pompiers"),
            claim(A, Kind.STANCE, "dément", Stance("denied"), "ventilateurs", "panne", statement=2),
            claim(A, Kind.QUANTITY, "12 000 tonnes", count(12000, 12000, "t"), "blé"),
            claim(A, Kind.QUANTITY, "3,5 millions d'euros", count(3.5e6, 3.5e6, "EUR"), "dégâts", hedged=True),
            claim(A, Kind.ENTITY, "Ilse Vandoren", Named("x2"), "procureure"),
        ),
        origins=(Origin("préfecture", at(A, "la préfecture")),),
    )
    b = Reading(
        Article(
            "b",
            "reports/b.html",
            B,
            "en",
            "Nine dead as grain silo blows up in Port-Mérel",
            outlet="Harbour Herald",
            url="https://herald.example/2025/03/12/silo",
            published="2025-03-12T19:30:00+01:00",
            day=day,
            headings=(at(B, "Nine dead as grain silo blows up in Port-Mérel"),),
            authors=("A. Writer",),
        ),
        names=(
            named("y1", "PLACE", B, "Port-Mérel", "Port-Mérel"),
            named("y2", "PERSON", B, "Ilse Van Doren", "Ilse Van Doren", roles=("prosecutor",)),
            named("y3", "ORG", B, "Coastline News Agency", "Coastline News Agency"),
        ),
        statements=(
            said(
                B,
                "a fire brigade spokesman",
                "told",
                "Nine people were killed on Wednesday when a grain silo exploded at the harbour of Port-Mérel",
            ),
            said(
                B,
                "prosecutor Ilse Van Doren",
                "said",
                '"Wheat dust probably caught fire while a ship was being unloaded,"',
                quoted=True,
                hedged=True,
            ),
            said(B, "Two dockers", "said the", "the fans of the silo had been out of order since Monday"),
            said(B, "The prefecture", "said 41", "41 people were injured"),
        ),
        claims=(
            claim(B, Kind.COUNT, "Nine people", count(9, 9), "c:killed", when=day, statement=0),
            claim(B, Kind.TIME, "on Wednesday", day, "c:explosion"),
            claim(B, Kind.COUNT, "Twenty-five", count(25, 25), "firefight"),
            claim(B, Kind.STANCE, "said the", Stance("asserted"), "fans", "order", statement=2),
            claim(B, Kind.COUNT, "41", count(41, 41), "c:injured", when=day, statement=3),
            claim(B, Kind.TIME, "since Monday", Period("2025-03-10", "2025-03-10"), "fans"),
            claim(B, Kind.ENTITY, "Ilse Van Doren", Named("y2"), "prosecutor"),
        ),
        origins=(Origin("Coastline News Agency", at(B, "Coastline News Agency"), "y3"),),
    )
    c = Reading(
        Article(
            "c",
            "reports/c.txt",
            C,
            "en",
            "Silo blast kills nine",
            published="2025-03-12",
            day=day,
            headings=(at(C, "Silo blast kills nine"),),
        ),
        names=(
            named("z1", "PLACE", C, "Port-Mérel", "Port-Mérel"),
            named("z3", "ORG", C, "Coastline News Agency", "Coastline News Agency"),
        ),
        statements=(
            said(
                C,
                "a fire brigade spokesman",
                "told",
                "Nine people were killed on Wednesday when a grain silo exploded at the harbour of Port-Mérel",
            ),
        ),
        claims=(
            claim(C, Kind.COUNT, "Nine people", count(9, 9), "c:killed", when=day, statement=0),
            claim(C, Kind.TIME, "on Wednesday", day, "c:explosion"),
            claim(C, Kind.COUNT, "Twenty-five", count(25, 25), "firefight"),
        ),
        origins=(Origin("Coastline News Agency", at(C, "Coastline News Agency"), "z3"),),
    )
    d = Reading(
        Article(
            "d",
            "reports/d.fr.txt",
            D,
            "fr",
            "Ce que l'on sait de l'explosion de Port-Mérel",
            updated="2025-03-14",
            translated_from="nl",
            day=Period("2025-03-13", "2025-03-14"),
            notes=("no publication day; read as 13 to 14 March 2025",),
            headings=(at(D, "Ce que l'on sait de l'explosion de Port-Mérel", 1),),
            clutter=(
                at(D, "Accueil > Monde > Ce que l'on sait de l'explosion de Port-Mérel"),
                at(D, "Laisser un commentaire\nVotre adresse ne sera pas publiée.\n"),
            ),
        ),
        names=(
            named("w1", "PLACE", D, "Port-Mérel", "Port-Mérel"),
            named("w2", "PERSON", D, "Ilse van Dooren", "Ilse van Dooren", roles=("procureure",)),
            named("w3", "ORG", D, "Granor", "Granor"),
            named("w4", "PERSON", D, "Teo Marchal", "Teo Marchal", roles=("ministre des Ports",)),
        ),
        statements=(
            said(
                D,
                "la préfecture",
                "a annoncé",
                "L'explosion du 12 mars dans le port de Port-Mérel a tué neuf personnes et en a blessé 41",
            ),
            said(D, "elle", "D'après", "« tout indique un feu de poussière de blé lors du déchargement »", quoted=True),
            said(D, "Granor", "maintient", "que les ventilateurs fonctionnaient", act="say"),
            said(
                D,
                "Le ministre des Ports, Teo Marchal",
                "a promis",
                "des contrôles dans les autres silos du pays d'ici à la fin du mois",
            ),
        ),
        claims=(
            claim(D, Kind.TIME, "du 12 mars", day, "c:explosion"),
            claim(D, Kind.COUNT, "neuf personnes", count(9, 9), "c:killed", when=day, statement=0),
            claim(D, Kind.COUNT, "41", count(41, 41), "c:injured", when=day, statement=0),
            claim(D, Kind.STANCE, "maintient", Stance("denied"), "ventilateurs", statement=2),
            claim(D, Kind.ENTITY, "Ilse van Dooren", Named("w2"), "procureure"),
            claim(D, Kind.TIME, "la fin du mois", Period("2025-03-21", "2025-03-31"), "contrôles", statement=3),
        ),
        origins=(Origin("préfecture", at(D, "la préfecture")),),
    )
    return a, b, c, d


def _question(
    id_: str, kind: Kind, asks: tuple[str, ...], answers: list[Answer], pairs: list[Pair], verdict: str, origins: int
) -> Question:
    return Question(id_, kind, asks, tuple(answers), tuple(pairs), verdict, origins)


def comparison() -> Comparison:
    """The four reports compared."""
    readings = _readings()

    def answer(reading: int, index: int, origin: str | None = None, value: Value | None = None) -> Answer:
        found = readings[reading].claims[index]
        words = None
        if found.statement is not None and (source := readings[reading].statements[found.statement].source):
            words = source.of(readings[reading].article.text)
        return Answer(reading, index, value or found.value, words, found.hedged, origin)

    conflict, agree, maybe, newer = Relation.CONFLICT, Relation.AGREE, Relation.COMPATIBLE, Relation.UPDATED
    prosecutor = Named("n2")
    questions = (
        _question(
            "q1", Kind.COUNT, ("c:killed",),
            [answer(0, 0, "préfecture"), answer(1, 0, "Coastline News Agency"), answer(2, 0, "Coastline News Agency"), answer(3, 1, "préfecture")],
            [
                Pair(0, 1, conflict, "7 ≠ 9", "apart"), Pair(0, 2, conflict, "7 ≠ 9", "apart"),
                Pair(0, 3, newer, "7 → 9: the later report gives the newer figure", "figure_moved"), Pair(1, 2, agree, "9 = 9", "same_value"),
                Pair(1, 3, agree, "9 = 9", "same_value"), Pair(2, 3, agree, "9 = 9", "same_value"),
            ],
            "contested", 2,
        ),
        _question(
            "q2", Kind.COUNT, ("c:injured",), [answer(0, 1), answer(1, 4, "prefecture"), answer(3, 2, "préfecture")],
            [
                Pair(0, 1, newer, "30 → 41: the later report gives the newer figure", "figure_moved"),
                Pair(0, 2, newer, "30 → 41: the later report gives the newer figure", "figure_moved"), Pair(1, 2, agree, "41 = 41", "same_value"),
            ],
            "updated", 2,
        ),
        _question(
            "q3", Kind.TIME, ("c:explosion",), [answer(0, 2), answer(1, 1), answer(2, 1), answer(3, 0)],
            [Pair(i, j, agree, "2025-03-12 = 2025-03-12", "same_value") for i in range(4) for j in range(i + 1, 4)],
            "corroborated", 3,
        ),
        _question(
            "q4", Kind.COUNT, ("pompiers",), [answer(0, 4), answer(1, 2, "Coastline News Agency"), answer(2, 2, "Coastline News Agency")],
            [
                Pair(0, 1, maybe, "≥ 20 and 25 can both be true", "overlapping"), Pair(0, 2, maybe, "≥ 20 and 25 can both be true", "overlapping"),
                Pair(1, 2, agree, "25 = 25", "same_value"),
            ],
            "compatible", 2,
        ),
        _question(
            "q5", Kind.STANCE, ("ventilateurs", "panne"), [answer(0, 5), answer(1, 3), answer(3, 3)],
            [
                Pair(0, 1, conflict, "denied ≠ asserted", "apart"), Pair(0, 2, agree, "denied = denied", "same_value"),
                Pair(1, 2, conflict, "asserted ≠ denied", "apart"),
            ],
            "contested", 2,
        ),
        _question(
            "q6", Kind.ENTITY, ("procureure",),
            [answer(0, 8, None, prosecutor), answer(1, 6, None, prosecutor), answer(3, 4, None, prosecutor)],
            [Pair(i, j, agree, "Ilse Van Doren = Ilse Van Doren", "same_value") for i, j in ((0, 1), (0, 2), (1, 2))],
            "corroborated", 3,
        ),
        _question("q7", Kind.QUANTITY, ("blé",), [answer(0, 6)], [], "single", 1),
        _question("q8", Kind.QUANTITY, ("dégâts",), [answer(0, 7)], [], "single", 1),
        _question("q9", Kind.TIME, ("c:explosion",), [answer(0, 3)], [], "single", 1),
        _question("q10", Kind.TIME, ("fans",), [answer(1, 5)], [], "single", 1),
        _question("q11", Kind.TIME, ("contrôles",), [answer(3, 5)], [], "single", 1),
    )  # fmt: skip
    return Comparison(
        Story(readings, (Problem("reports/e.pdf", "load", "reports/e.pdf: not a text or a page; save it as text first."),)),
        names=(
            Person("n1", "PLACE", "Port-Mérel", (), ((0, "x1"), (1, "y1"), (2, "z1"), (3, "w1"))),
            Person("n2", "PERSON", "Ilse Van Doren", ("procureure", "prosecutor"), ((0, "x2"), (1, "y2"), (3, "w2"))),
            Person("n3", "ORG", "Granor", ("exploitant",), ((0, "x3"), (3, "w3"))),
            Person("n4", "ORG", "Coastline News Agency", (), ((1, "y3"), (2, "z3"))),
            Person("n5", "PERSON", "Teo Marchal", ("ministre des Ports",), ((3, "w4"),)),
        ),
        questions=questions,
        sayings=(
            Saying(0, 0, None, None), Saying(0, 1, "n2", "g1"), Saying(0, 2, "n3", "g2"),
            Saying(1, 0, None, "g3"), Saying(1, 1, "n2", "g1"), Saying(1, 2, None, None), Saying(1, 3, None, None),
            Saying(2, 0, None, "g3"), Saying(3, 0, None, None), Saying(3, 1, "n2", "g1"), Saying(3, 2, "n3", "g2"), Saying(3, 3, "n5", None),
        ),
        origins=(("préfecture",), ("Coastline News Agency",), ("Coastline News Agency",), ("préfecture",)),
        copies=(None, None, 1, None),
    )  # fmt: skip
