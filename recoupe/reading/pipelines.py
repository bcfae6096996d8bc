"""Pipelines: a user's own spaCy pipeline as the tagger of names, in place of ours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

from recoupe.errors import SettingsError
from recoupe.reading.document import Document, Sentence
from recoupe.reading.gazetteer import ORG, PERSON, PLACE

SORTS = {
    **dict.fromkeys(("PER", "PERSON", "PRS", "persName"), PERSON),
    **dict.fromkeys(("ORG", "ORGANIZATION", "orgName", "GPE_ORG"), ORG),
    **dict.fromkeys(("LOC", "GPE", "FAC", "FACILITY", "GPE_LOC", "placeName", "geogName"), PLACE),
}
"""What spaCy's pipelines call the three sorts; other labels, such as NORP for nationalities, are passed over."""
_LONGEST = 400  # words handed to a pipeline at once: its memory grows with their number
_WIDEST = 100_000  # and code points: spaCy refuses texts of a million


class Pipeline:
    """Names by a spaCy pipeline. Call it with a document and a sentence; the same text gives the same names."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp

    def __call__(self, document: Document, sentence: Sentence) -> list[tuple[int, int, dict[str, float]]]:
        """Names of a sentence as (first token, index after the last, how likely each of PERSON, ORG, PLACE)."""
        return [
            found
            for first in range(sentence.first, sentence.last, _LONGEST)
            for found in self._names(document, first, min(first + _LONGEST, sentence.last))
        ]

    def _names(self, document: Document, first: int, last: int) -> Iterator[tuple[int, int, dict[str, float]]]:
        starts, ends = document.tokens.starts, document.tokens.ends
        begin = starts[first]
        if ends[last - 1] - begin > _WIDEST:
            return
        for entity in self._nlp(document.text[begin : ends[last - 1]]).ents:
            sort = SORTS.get(entity.label_)
            if sort is None:
                continue
            i = max(first, bisect_right(ends, begin + entity.start_char))
            j = min(last, bisect_left(starts, begin + entity.end_char))
            if i < j:
                yield i, j, {sort: 1.0}


@lru_cache(maxsize=16)
def open_pipeline(name: str) -> Pipeline:
    """Open a spaCy pipeline by the name of its package or the path of its folder, once.

    Raises SettingsError if spaCy or the pipeline is not there.
    """
    try:
        spacy = import_module("spacy")
    except ImportError as error:
        raise SettingsError(
            f"the pipeline {name!r} needs spaCy, which is not installed; run: pip install 'recoupe[spacy]'."
        ) from error
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise SettingsError(
            f"there is no spaCy pipeline {name!r}: neither a package of that name nor a folder; "
            f"run: python -m spacy download {name}"
        ) from error
    except Exception as error:  # whatever somebody's own components raise
        reason = next(iter(str(error).split("\n")), "") or type(error).__name__
        raise SettingsError(f"the spaCy pipeline {name!r} cannot be opened: {reason}") from error
    return Pipeline(nlp)
