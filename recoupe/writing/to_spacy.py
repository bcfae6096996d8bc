"""A reading as a spaCy `Doc` whose span groups are what was found, for whoever works with spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from recoupe.errors import SettingsError
from recoupe.records import Claim, Named, Reading, Span
from recoupe.writing.values import value_as_json

GROUPS = ("names", "times", "figures", "statements", "claims")
"""The span groups of a Doc; `attrs["found"]` of each tells, span by span, what they are and where (`span`)."""
_Found = Iterator[tuple[Span, str, str, dict[str, Any]]]


def to_spacy(reading: Reading, nlp: Any = None) -> Any:
    """The `spacy.tokens.Doc` of the article's text, by the pipeline `nlp` or, without one, only cut into tokens.

    `doc.spans` has a group for each of GROUPS. A label is the type of a name, what a figure counts as (its kind), the
    kind of a claim, `time`, and of a statement `source`, `cue` or `content`; `span.id_` is that of the name, or tells
    which parts are one statement. spaCy's spans are whole tokens: one that begins or ends within a token is
    widened to it, and the exact code points stand in `attrs["found"]`. Raises SettingsError where spaCy is missing.
    """
    try:
        spacy: Any = import_module("spacy")
    except ImportError:
        raise SettingsError("a spaCy Doc needs spaCy: pip install 'recoupe[spacy]'.") from None
    article = reading.article
    doc = (nlp or _blank(spacy, article.lang))(article.text)
    groups = (_names(reading), _times(reading), _figures(reading), _statements(reading), _claims(reading))
    for name, found in zip(GROUPS, groups, strict=True):
        _add(doc, name, found)
    return doc


def _blank(spacy: Any, lang: str) -> Any:
    """A pipeline that only makes tokens; that for any language where spaCy has none, or lacks what it needs."""
    try:
        return spacy.blank(lang)
    except (ImportError, ValueError):
        return spacy.blank("xx")


def _add(doc: Any, name: str, found: Iterable[tuple[Span, str, str, dict[str, Any]]]) -> None:
    spans, told = [], []
    for span, label, id_, facts in found:
        widened = doc.char_span(span.start, span.end, label=label, span_id=id_, alignment_mode="expand")
        if widened is not None:
            spans.append(widened)
            told.append({"span": [span.start, span.end], **facts})
    doc.spans[name] = spans
    doc.spans[name].attrs["found"] = told


def _names(reading: Reading) -> _Found:
    for name in reading.names:
        facts = {"name": name.name, "roles": list(name.roles), "country": name.country}
        for mention in name.mentions:
            yield mention, name.type, name.id, facts


def _times(reading: Reading) -> _Found:
    for i, time in enumerate(reading.times):
        facts = value_as_json(time.period) if time.period else {}
        yield time.span, "time", f"t{i}", {**facts, "hedged": time.hedged}


def _figures(reading: Reading) -> _Found:
    for i, figure in enumerate(reading.figures):
        facts = {**value_as_json(figure.amount), "concept": figure.concept, "how": figure.how}
        yield figure.span, figure.kind, f"f{i}", facts


def _statements(reading: Reading) -> _Found:
    for i, said in enumerate(reading.statements):
        facts = {
            "speaker": said.speaker, "quoted": said.quoted, "hedged": said.hedged, "stance": said.stance,
            "act": said.act,
        }  # fmt: skip
        parts = [("source", said.source)] if said.source else []
        for label, span in (*parts, ("cue", said.cue), *(("content", part) for part in said.content)):
            yield span, label, f"s{i}", facts


def _claims(reading: Reading) -> _Found:
    names = {name.id: name.name for name in reading.names}
    for i, claim in enumerate(reading.claims):
        facts = {**value_as_json(claim.value), "asks": list(claim.asks), "hedged": claim.hedged}
        if isinstance(claim.value, Named):
            facts["name"] = names.get(claim.value.entity)
        if claim.statement is not None:
            facts["statement"] = f"s{claim.statement}"
        yield claim.span, _kind(claim), f"c{i}", facts


def _kind(claim: Claim) -> str:
    return str(claim.kind)
