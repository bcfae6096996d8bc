"""Linked data: dossiers as JSON-LD in the words of schema.org, the W3C's Web Annotation and PROV-O.

Every term is written with its prefix, so that no context need be fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from recoupe.records import Dossier
from recoupe.records.dossier import DossierAnswer, DossierArticle, DossierQuestion

CONTEXT = {
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_AROUND = 32
"""Code points before and after a quotation that help to find it again."""
Node = dict[str, Any]


def to_jsonld(stories: Iterable[tuple[str | None, Dossier]]) -> str:
    """All dossiers as one graph: reports, claims, where their words stand, and what was made from what.

    Raises KeyError for a dossier whose parts do not fit together.
    """
    return "".join(jsonld_parts(linked_nodes(story, dossier) for story, dossier in stories))


def jsonld_parts(stories: Iterable[Sequence[Node]]) -> Iterator[str]:
    """The graph of the nodes of all stories, node by node, each on a line of its own."""
    yield f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": ['
    lead = "\n"
    for nodes in stories:
        for node in nodes:
            yield lead + json.dumps(node, ensure_ascii=False)
            lead = ",\n"
    yield "\n]}\n"


def linked_nodes(story: str | None, dossier: Dossier) -> list[Node]:
    """The nodes of one dossier. Raises KeyError where its parts do not fit together."""
    return list(_nodes(story or "", dossier))


def _id(story: str, *parts: str) -> str:
    return ":".join(["urn:x-recoupe", *(quote(part, safe="") for part in (story, *parts) if part)])


def _nodes(story: str, dossier: Dossier) -> Iterator[Node]:
    comparison = _id(story, "comparison")
    articles = {article.id: article for article in dossier.articles}
    if dossier.questions:
        yield {
            "@id": comparison,
            "@type": "prov:Activity",
            "prov:used": [{"@id": _id(story, "article", id_)} for id_ in articles],
            "prov:wasAssociatedWith": {"@type": "prov:SoftwareAgent", "schema:name": "Recoupe"},
        }
    for article in dossier.articles:
        yield _article(story, article)
    for question in dossier.questions:
        for index, answer in enumerate(question.answers):
            article = articles[answer.article]
            claim = _id(story, "claim", question.id, str(index))
            yield _claim(story, claim, question, answer, article) | {"prov:wasGeneratedBy": {"@id": comparison}}
            yield _annotation(story, claim, answer, article)


def _article(story: str, article: DossierArticle) -> Node:
    original = article.copy_of or article.version_of
    return _without_nothing(
        {
            "@id": _id(story, "article", article.id),
            "@type": ["schema:NewsArticle", "prov:Entity"],
            "schema:headline": article.title,
            "schema:inLanguage": article.lang,
            "schema:datePublished": article.published,
            "schema:dateModified": article.updated,
            "schema:url": {"@id": article.url} if article.url else None,
            "schema:publisher": _named("schema:Organization", article.outlet),
            "schema:author": [_named("schema:Person", author) for author in article.authors],
            "schema:articleBody": article.text,
            "prov:wasDerivedFrom": {"@id": _id(story, "article", original)} if original else None,
        }
    )


def _claim(story: str, claim: str, question: DossierQuestion, answer: DossierAnswer, article: DossierArticle) -> Node:
    source = {"@id": _id(story, "article", article.id)}
    return _without_nothing(
        {
            "@id": claim,
            "@type": ["schema:Claim", "prov:Entity"],
            "schema:name": question.label,
            "schema:text": article.text[answer.sentence[0] : answer.sentence[1]],
            "schema:inLanguage": article.lang,
            "schema:appearance": source,
            "prov:wasDerivedFrom": source,
            "prov:wasAttributedTo": _named("prov:Agent", answer.attributed_to),
        }
    )


def _annotation(story: str, claim: str, answer: DossierAnswer, article: DossierArticle) -> Node:
    """Where the words stand: by their place, and as a quotation, which finds them in another version of the text."""
    text, start, end = article.text, answer.start, answer.end
    return {
        "@id": f"{claim}:evidence",
        "@type": "oa:Annotation",
        "oa:motivatedBy": {"@id": "oa:identifying"},
        "oa:hasBody": {"@id": claim},
        "oa:hasTarget": {
            "@type": "oa:SpecificResource",
            "oa:hasSource": {"@id": _id(story, "article", article.id)},
            "oa:hasSelector": [
                {"@type": "oa:TextPositionSelector", "oa:start": _place(start), "oa:end": _place(end)},
                {
                    "@type": "oa:TextQuoteSelector",
                    "oa:exact": answer.text,
                    "oa:prefix": text[max(0, start - _AROUND) : start],
                    "oa:suffix": text[end : end + _AROUND],
                },
            ],
        },
    }


def _place(value: int) -> Node:
    """A place as the standard types it."""
    return {"@value": str(value), "@type": "xsd:nonNegativeInteger"}


def _named(type_: str, name: str | None) -> Node | None:
    return {"@type": type_, "schema:name": name} if name else None


def _without_nothing(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, [])}
