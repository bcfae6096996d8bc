"""Article -> Reading: one file a thing that is read."""

from __future__ import annotations

from recoupe.languages import load_pack
from recoupe.reading.claims import read_claims
from recoupe.reading.content import told, with_terms, with_words
from recoupe.reading.context import read_context
from recoupe.reading.document import Document, Tagging, open_document
from recoupe.reading.figures import read_figures
from recoupe.reading.names import read_names
from recoupe.reading.origins import read_origins
from recoupe.reading.pipelines import Pipeline, open_pipeline
from recoupe.reading.statements import read_statements
from recoupe.reading.times import read_times
from recoupe.records import Article, Reading
from recoupe.text.uncollected import uncollected

__all__ = ["Pipeline", "open_pipeline", "read"]


def read(article: Article, tagger: Tagging | None = None) -> Reading:
    """Read all that an article says. The same article, pack and tagger give the same Reading.

    `tagger` proposes names in place of our own one, such as a `Pipeline`.

    Raises PackError for an unknown language.
    """
    with uncollected():  # nearly all that is made for a reading is kept, or freed as soon as nothing holds it
        doc = open_document(article, load_pack(article.lang), tagger)
        try:
            return _read(doc)
        finally:
            vars(doc).clear()  # what the readers keep with a document holds it in turn: so all is freed at once


def _read(doc: Document) -> Reading:
    names = read_names(doc)
    times = read_times(doc)
    figures = read_figures(doc, times, [m for name in names for m in name.mentions])
    context = read_context(doc, names)
    statements = with_terms(doc, context, read_statements(doc, names))
    return Reading(
        article=doc.article,
        sentences=tuple(s.span for s in doc.sentences),
        names=tuple(with_words(doc, names)),
        times=tuple(times),
        figures=tuple(figures),
        statements=tuple(statements),
        claims=tuple(read_claims(doc, names, times, figures, statements, context)),
        origins=tuple(read_origins(doc, names, statements)),
        terms=tuple(told(doc, context)),
    )
