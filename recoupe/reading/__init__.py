"""Article -> Reading: one file a thing that is read."""

from __future__ import annotations

from recoupe.languages import load_pack
from recoupe.reading.claims import read_claims
from recoupe.reading.document import open_document
from recoupe.reading.figures import read_figures
from recoupe.reading.names import read_names
from recoupe.reading.origins import read_origins
from recoupe.reading.statements import read_statements
from recoupe.reading.times import read_times
from recoupe.records import Article, Reading

__all__ = ["read"]


def read(article: Article) -> Reading:
    """Read all that an article says. The same article and pack give the same Reading.

    Raises PackError for an unknown language.
    """
    doc = open_document(article, load_pack(article.lang))
    names = read_names(doc)
    times = read_times(doc)
    figures = read_figures(doc, times, [m for name in names for m in name.mentions])
    statements = read_statements(doc, names)
    return Reading(
        article=article,
        sentences=tuple(s.span for s in doc.sentences),
        names=tuple(names),
        times=tuple(times),
        figures=tuple(figures),
        statements=tuple(statements),
        claims=tuple(read_claims(doc, names, times, figures, statements)),
        origins=tuple(read_origins(doc, names, statements)),
    )
