"""Preparing: an entry as it will be written, made before the writers' turn and, in bulk, in other processes."""

from __future__ import annotations

from dataclasses import dataclass

from recoupe.records.article import Article
from recoupe.records.dossier import Dossier
from recoupe.records.kept import Entry, Made
from recoupe.records.reading import Reading
from recoupe.store.packing import digest_and_body, packed, packed_reading, read_digest, told_digest, unpacked
from recoupe.store.summary import Summary, summary
from recoupe.text.folding import MOST, folded


@dataclass(frozen=True, slots=True)
class PreparedReading:
    """A reading as it is written."""

    digest: str
    reader: str
    made: Made
    body: bytes


@dataclass(frozen=True, slots=True)
class PreparedSketch:
    """What grouping needs of a reading as it is written; `day` is None where nothing tells it. See `Sketch`."""

    day: int | None
    keys: tuple[int, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class PreparedDossier:
    """A dossier as it is written, with what lists show of it."""

    about: str
    digest: str
    body: bytes
    summary: Summary


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry with all that is written of it: digests, packed bytes, folded words, and the columns of its version."""

    key: str
    source: str
    report: str
    live: bool
    made: Made
    told: str
    read: str
    body: bytes
    reading: PreparedReading | None
    words: tuple[str, str]
    columns: tuple[tuple[str, str | None], ...]
    sketch: PreparedSketch | None = None


def prepared(entry: Entry) -> Prepared:
    """All that is written of an entry. Raises StoreError for text that cannot be kept."""
    article = entry.article
    read = read_digest(article)
    reading = None
    if entry.reading is not None:
        reading = PreparedReading(read, entry.reader, entry.made, packed_reading(entry.reading))
    first, last = (article.day.start, article.day.end) if article.day else (None, None)
    columns = (
        ("first_day", first[:10] if first else None),
        ("last_day", last[:10] if last else None),
        ("lang", article.lang),
        ("outlet", article.outlet),
        ("title", article.title),
        ("published", article.published),
    )
    return Prepared(
        entry.key, entry.source, entry.report, entry.live, entry.made, told_digest(article), read,
        packed(article), reading, words_of(article), columns,
    )  # fmt: skip


def prepared_reading(reading: Reading, reader: str, made: Made) -> PreparedReading:
    """A reading as it is written. Raises StoreError for text that cannot be kept."""
    return PreparedReading(read_digest(reading.article), reader, made, packed_reading(reading))


def prepared_dossier(dossier: Dossier) -> PreparedDossier:
    """A dossier as it is written. Raises StoreError for text that cannot be kept."""
    name, body = digest_and_body(dossier)
    return PreparedDossier(dossier.about, name, body, summary(dossier))


def opened_dossier(dossier: Dossier | PreparedDossier) -> Dossier:
    """A dossier that may have been prepared. Raises StoreError."""
    return unpacked(dossier.body, Dossier) if isinstance(dossier, PreparedDossier) else dossier


def words_of(article: Article) -> tuple[str, str]:
    """The folded words of an article's title and of its text without page furniture."""
    kept, at = [], 0
    for span in article.clutter:
        kept.append(article.text[at : span.start])
        at = max(at, span.end)
    kept.append(article.text[at:])
    return folded(article.title), folded(" ".join(kept)[:MOST])
