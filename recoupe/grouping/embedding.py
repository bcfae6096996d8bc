"""Embedding: an optional sign more of what two reports tell, by a model of sentences that somebody else trained.

Whatever turns texts into vectors can be used; a model knows some languages and not others, and nearness in it means
something else in each pair of them. So, as with all signs, only that counts by which two reports are nearer than those
of their languages are by chance; and in each pair of languages only as far as the model tells there what the
other signs are sure of.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from recoupe.errors import SettingsError
from recoupe.grouping.background import model
from recoupe.grouping.candidates import Columns
from recoupe.grouping.traits import Traits
from recoupe.records import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

KINDS = ("sentence-transformers",)
_CHARACTERS = 2000  # of a report that are embedded; models read a few hundred words
_SAMPLE = 120  # reports of a language by which chance is measured
_BELOW = 0.159  # of the pairs of two languages lie more than a deviation under the middle, by chance
_LEAST = 30  # pairs of two languages below which nothing can be told of chance
_SURE = 3.0  # likeness from which on the other signs are sure, and, below nought, rule an event out
_FEW = 5  # pairs of each sort below which nothing can be told of two languages
_LOW, _HIGH = -2.0, 8.0  # deviations that count


class Embedder(Protocol):
    """What turns texts into vectors."""

    def embed(self, texts: Sequence[str]) -> Numbers:
        """A float32 array (texts, dimensions), of whatever length each row is."""
        ...


def open_embedder(spec: str) -> Embedder:
    """The embedder that `sentence-transformers:NAME` names; NAME is a folder, an installed package or a cached model.

    Nothing is downloaded. Raises SettingsError where it cannot be had.
    """
    kind, _, name = spec.partition(":")
    if kind not in KINDS or not name:
        raise SettingsError(
            f"--embedder {spec}: an embedder is given as sentence-transformers:NAME, where NAME is a folder, an "
            "installed package or a model in the cache."
        )
    return SentenceTransformers(name)


class SentenceTransformers:
    """A model of the sentence-transformers package, run where this is, offline."""

    def __init__(self, name: str) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            raise SettingsError("--embedder needs sentence-transformers: pip install 'recoupe[neural]'.") from None
        try:
            self._model = SentenceTransformer(_place(name), device="cpu", local_files_only=True)
        except Exception as error:  # whatever a model that somebody else made raises
            raise SettingsError(
                f"--embedder sentence-transformers:{name}: cannot be opened ({_first_line(error)}); give a folder, an "
                "installed package that holds a model, or one in the cache."
            ) from error

    def embed(self, texts: Sequence[str]) -> Numbers:
        """A float32 array (texts, dimensions)."""
        import numpy as np

        return np.asarray(self._model.encode(list(texts), show_progress_bar=False), dtype=np.float32)


def _place(name: str) -> str:
    """Where a model lies: a folder, that in a package which has its `modules.json`, or its name, in the cache."""
    if Path(name).is_dir():
        return name
    package = name.replace("-", "_")
    spec = find_spec(package) if package.isidentifier() else None
    for home in (spec and spec.submodule_search_locations) or ():
        for file in sorted(Path(home).rglob("modules.json")):
            return str(file.parent)
    return name


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:200]


def with_vectors(seen: list[Traits], readings: Sequence[Reading], by: Embedder | None) -> list[Traits]:
    """The traits of readings, with their vectors where there is an embedder."""
    if by is None or not seen:
        return seen
    return [replace(report, vector=vector) for report, vector in zip(seen, embedded(readings, by), strict=True)]


def embedded(readings: Sequence[Reading], by: Embedder) -> Numbers:
    """The vectors of readings, each of length 1. Raises SettingsError where the embedder gives something else."""
    import numpy as np

    texts = [f"{r.article.title}\n{r.article.text[:_CHARACTERS]}" for r in readings]
    vectors = np.asarray(by.embed(texts), dtype=np.float32)
    if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
        raise SettingsError(f"the embedder gave an array of {vectors.shape} for {len(texts)} texts, not one row each.")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Numbers = vectors / np.where(lengths == 0.0, 1.0, lengths)
    return unit


class Sense:
    """What vectors say of pairs of reports, beside what other signs do. `langs` are the languages of the reports."""

    def __init__(self, vectors: Any, langs: Sequence[str]) -> None:
        import numpy as np

        known = sorted(set(langs))
        self._vectors = np.stack(vectors)
        self._lang = np.array([known.index(lang) for lang in langs])
        number = len(known)
        self._mean, self._deviation = np.zeros((number, number)), np.full((number, number), np.inf)
        for one in range(number):
            for other in range(one + 1):
                self._measure(one, other)

    def _measure(self, one: int, other: int) -> None:
        """What two languages have in common by chance, from pairs of reports that are hardly of one event."""
        import numpy as np

        rows, columns = (_some(np.flatnonzero(self._lang == lang)) for lang in (one, other))
        found = self._vectors[rows] @ self._vectors[columns].T
        told = found[np.tril_indices(len(rows), -1)] if one == other else found.ravel()
        if len(told) < _LEAST:
            return
        low, middle = np.quantile(told, (_BELOW, 0.5))  # those of one event lie above, so that they change little
        self._mean[one, other] = self._mean[other, one] = middle
        self._deviation[one, other] = self._deviation[other, one] = max(float(middle - low), 1e-3)

    def above(self, ones: Numbers | int, others: Numbers) -> Numbers:
        """By how many deviations two reports are nearer than chance has it; `ones` may be a single report."""
        import numpy as np

        mine, theirs = self._lang[ones], self._lang[others]
        found = (self._vectors[others] * self._vectors[ones]).sum(-1) - self._mean[mine, theirs]
        bounded: Numbers = np.clip(found / self._deviation[mine, theirs], _LOW, _HIGH)
        return bounded

    def weighed(self, pairs: Iterable[Columns]) -> Iterator[Columns]:
        """Pairs with their likeness, as far as it is told by this sense too."""
        import numpy as np

        by = model()
        rows = [(ones, others, likeness, self.above(ones, others)) for ones, others, likeness in pairs]
        weight = by.embedded * self._seeing(rows)
        for ones, others, likeness, above in rows:
            told = likeness + weight[self._lang[ones], self._lang[others]] * (above - by.embedded_chance)
            yield ones, others, np.clip(told, by.floor, by.ceiling)

    def _seeing(self, rows: Sequence[tuple[Numbers, Numbers, Numbers, Numbers]]) -> Numbers:
        """How well this sense tells apart, in each pair of languages, what the other signs are sure of: 0 to 1."""
        import numpy as np

        number = len(self._mean)
        sums = np.zeros((2, number, number, 2))
        for ones, others, likeness, above in rows:
            langs = np.broadcast_to(self._lang[ones], others.shape)
            for side, chosen in enumerate((likeness >= _SURE, likeness <= -_SURE)):
                mine, theirs = langs[chosen], self._lang[others[chosen]]
                np.add.at(sums[side], (mine, theirs), np.stack((above[chosen], np.ones(len(theirs))), 1))
        sums += sums.transpose(0, 2, 1, 3)
        counts = np.maximum(sums[..., 1], 1.0)
        apart = sums[0, ..., 0] / counts[0] - sums[1, ..., 0] / counts[1]
        enough = (sums[..., 1] >= _FEW).all(0)
        found: Numbers = np.where(enough, np.clip(apart / model().embedded_full, 0.0, 1.0), 0.0)
        return found


def _some(places: Numbers) -> Numbers:
    return places[:: -(-len(places) // _SAMPLE)] if len(places) > _SAMPLE else places
