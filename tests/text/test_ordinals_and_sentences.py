"""A full stop behind a number that is an ordinal ends no sentence."""

from __future__ import annotations

import pytest

from recoupe.text.sentences import sentences
from recoupe.text.tokens import Tokenizer

NEIGHBOURS = frozenset({"mai", "am", "jahrhundert"})


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Er kam am 3. Mai an.", 1),
        ("Ein Haus aus dem 19. Jahrhundert brannte.", 1),
        ("Es waren 19. Danach kamen mehr.", 2),
        ("So war es 1945. Mai und Juni folgten.", 2),
    ],
)
def test_the_neighbours_of_a_number_tell(text: str, count: int) -> None:
    assert len(sentences(Tokenizer()(text), frozenset(), NEIGHBOURS)) == count


def test_a_language_without_ordinals_in_full_stops_names_no_neighbours() -> None:
    assert len(sentences(Tokenizer()("Er kam am 3. Mai an."))) == 2
