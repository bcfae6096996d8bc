"""Places within which something is counted, parts of a whole, and ordinals that count victims."""

from __future__ import annotations

import pytest

from recoupe.reading import read
from recoupe.reading.counted import PART, WITHIN
from recoupe.records import Amount, Article, Claim, Kind, Reading


def reading(lang: str, text: str) -> Reading:
    return read(Article("a", "", text, lang, ""))


def counts(lang: str, text: str) -> list[Claim]:
    return [c for c in reading(lang, text).claims if c.kind is Kind.COUNT]


def places(lang: str, text: str) -> list[list[str]]:
    """For each count of a text, the names of the places within which it is counted."""
    found = reading(lang, text)
    names = {n.id: n.name for n in found.names} | {"abroad": "abroad"}
    return [
        [names[a.removeprefix(WITHIN)] for a in c.asks if a.startswith(WITHIN)]
        for c in found.claims
        if c.kind is Kind.COUNT
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Die Behörde zählte 23 Erkrankungen, sechs in den Niederlanden.", [[], ["Niederlanden"]]),
        ("fr", "Au Maroc, quarante personnes ont été blessées.", [["Maroc"]]),
        ("en", "Twelve people were killed in Spain; nine were hurt.", [["Spain"], []]),
        ("es", "La empresa emplea a 350 personas en Portugal.", [["Portugal"]]),
        ("ru", "За рубежом проголосовали 270 тысяч человек.", [["abroad"]]),
        ("uk", "За кордоном проголосували 270 тисяч осіб.", [["abroad"]]),
        ("nl", "In het buitenland stemden 4000 mensen.", [["abroad"]]),
        ("vi", "Khoảng 300 người bị thương tại Lào.", [["Lào"]]),
        ("it", "All'estero hanno votato 5000 persone.", [["abroad"]]),
        ("en", "Spain counts twelve dead.", [[]]),
        (
            "de",
            "Es gab 13 Tote in Belgien, drei in Deutschland und eine in Luxemburg.",
            [["Belgien"], ["Deutschland"], ["Luxemburg"]],
        ),
        ("en", "Fire killed 12 and injured 30 in Madrid.", [["Madrid"], ["Madrid"]]),
    ],
)
def test_what_is_counted_in_one_place_is_told_from_what_is_counted_in_all(
    lang: str, text: str, expected: list[list[str]]
) -> None:
    assert places(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Police counted 20 wounded: 13 passengers, four cyclists and three walkers.", [False, True, True, True]),
        ("fr", "On compte 23 cas, dont 13 en Belgique et six en France.", [False, True, True]),
        ("de", "Es gab 23 Fälle, 13 in Belgien und sechs in Frankreich.", [False, True, True]),
        ("en", "Police counted 20 wounded, 13 cars and four lorries.", [False, False, False]),
    ],
)
def test_figures_that_add_up_to_the_one_before_or_go_through_its_places_are_its_parts(
    lang: str, text: str, expected: list[bool]
) -> None:
    assert [PART in c.asks for c in counts(lang, text)] == expected


@pytest.mark.parametrize(
    ("lang", "text", "concept", "number"),
    [
        ("de", "In Mainz ist ein dritter Mensch gestorben.", "c:killed", 3),
        ("fr", "Une troisième personne est décédée.", "c:killed", 3),
        ("fr", "Un deuxième suspect a été arrêté lundi.", "c:arrested", 2),
        ("ru", "Третий человек умер в больнице.", "c:killed", 3),
        ("en", "It was the sixth death this week.", "c:killed", 6),
    ],
)
def test_an_ordinal_of_a_victim_counts_those_before_too(lang: str, text: str, concept: str, number: float) -> None:
    assert [(c.asks[0], c.value) for c in counts(lang, text)] == [(concept, Amount(number, number))]


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "The third man was elected."), ("fr", "Il est arrivé troisième à Lyon.")]
)
def test_other_ordinals_count_nobody(lang: str, text: str) -> None:
    assert counts(lang, text) == []
