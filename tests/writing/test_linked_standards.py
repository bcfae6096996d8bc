"""The graph keeps to its vocabularies: terms that exist, what an annotation must have, and the relations of PROV-O."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from harbour_story import comparison

from recoupe import cross_check
from recoupe.writing import write
from recoupe.writing.exports import to_jsonld

rdflib = pytest.importorskip("rdflib", reason="needs rdflib, of the group dev")
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph")
from rdflib import RDF, Graph, Literal, Namespace, URIRef  # noqa: E402
from rdflib import namespace as spaces  # noqa: E402

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "tunnel-fire"
OA = Namespace("http://www.w3.org/ns/oa#")
TERMS = {
    "https://schema.org/": {
        "NewsArticle", "Claim", "Organization", "Person", "headline", "inLanguage", "datePublished", "dateModified",
        "url", "publisher", "author", "articleBody", "name", "text", "appearance",
    },
    "http://www.w3.org/ns/oa#": {
        "Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector", "hasBody", "hasTarget",
        "hasSource", "hasSelector", "motivatedBy", "start", "end", "exact", "prefix", "suffix", "identifying",
    },
    "http://www.w3.org/ns/prov#": {
        "Activity", "Agent", "Entity", "SoftwareAgent", "used", "wasAssociatedWith", "wasAttributedTo",
        "wasDerivedFrom", "wasGeneratedBy",
    },
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": {"type"},
}  # fmt: skip
"""Terms of the vocabularies that we use; each stands in its vocabulary under that name."""
BETWEEN = {
    spaces.PROV.used: (spaces.PROV.Activity, spaces.PROV.Entity),
    spaces.PROV.wasAssociatedWith: (spaces.PROV.Activity, spaces.PROV.Agent),
    spaces.PROV.wasAttributedTo: (spaces.PROV.Entity, spaces.PROV.Agent),
    spaces.PROV.wasDerivedFrom: (spaces.PROV.Entity, spaces.PROV.Entity),
    spaces.PROV.wasGeneratedBy: (spaces.PROV.Entity, spaces.PROV.Activity),
}
"""What each relation of PROV-O holds between."""


@pytest.fixture(scope="module", params=["harbour", "tunnel"])
def graph(request):
    dossier = write(comparison()) if request.param == "harbour" else cross_check([str(EXAMPLE)])
    told = to_jsonld([("the fire", dossier)])
    assert isinstance(json.loads(told)["@context"], dict)  # nothing is fetched
    return Graph().parse(data=told, format="json-ld")


def types(graph, node):
    found = set(graph.objects(node, RDF.type))
    return found | ({spaces.PROV.Agent} if spaces.PROV.SoftwareAgent in found else set())


def test_every_term_stands_in_its_vocabulary(graph):
    used = {*graph.predicates(), *graph.objects(None, RDF.type)}
    used |= set(graph.objects(None, OA.motivatedBy))
    for term in used:
        space = next(space for space in TERMS if term.startswith(space))
        assert term[len(space) :] in TERMS[space], term


def test_the_terms_of_schema_org_and_prov_are_theirs():
    assert all(term in spaces.SDO for term in TERMS["https://schema.org/"])
    assert all(term in spaces.PROV for term in TERMS["http://www.w3.org/ns/prov#"])


def test_an_annotation_has_what_the_model_requires(graph):
    notes = list(graph.subjects(RDF.type, OA.Annotation))
    assert notes
    for note in notes:
        (target,) = graph.objects(note, OA.hasTarget)
        (body,) = graph.objects(note, OA.hasBody)
        assert spaces.SDO.Claim in types(graph, body)
        assert types(graph, target) == {OA.SpecificResource}
        (source,) = graph.objects(target, OA.hasSource)
        assert spaces.SDO.NewsArticle in types(graph, source)
        selectors = {next(iter(types(graph, s))): s for s in graph.objects(target, OA.hasSelector)}
        assert selectors.keys() == {OA.TextPositionSelector, OA.TextQuoteSelector}
        place, quoted = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
        (start,), (end,) = graph.objects(place, OA.start), graph.objects(place, OA.end)
        assert {start.datatype, end.datatype} == {spaces.XSD.nonNegativeInteger}
        (exact,) = graph.objects(quoted, OA.exact)
        (text,) = graph.objects(source, spaces.SDO.articleBody)
        assert str(text)[int(start) : int(end)] == str(exact)
        assert all(len(list(graph.objects(quoted, part))) <= 1 for part in (OA.prefix, OA.suffix))


def test_the_relations_of_provenance_hold_between_what_they_may(graph):
    for relation, (left, right) in BETWEEN.items():
        pairs = list(graph.subject_objects(relation))
        assert all(left in types(graph, a) and right in types(graph, b) for a, b in pairs), relation
    assert len(list(graph.subject_objects(spaces.PROV.used))) == len(
        list(graph.subjects(RDF.type, spaces.SDO.NewsArticle))
    )


def test_every_claim_appears_in_a_report_and_was_made_by_the_comparison(graph):
    for claim in graph.subjects(RDF.type, spaces.SDO.Claim):
        (report,) = graph.objects(claim, spaces.SDO.appearance)
        assert spaces.SDO.NewsArticle in types(graph, report)
        (activity,) = graph.objects(claim, spaces.PROV.wasGeneratedBy)
        assert isinstance(activity, URIRef)


def test_values_are_words_or_addresses(graph):
    assert all(isinstance(url, URIRef) for url in graph.objects(None, spaces.SDO.url))
    assert all(isinstance(name, Literal) for name in graph.objects(None, spaces.SDO.name))
