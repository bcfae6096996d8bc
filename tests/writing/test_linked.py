"""Linked data: each claim has its report and the place of its words, and every term has a prefix that is declared."""

import json

import pytest
from harbour_story import comparison

from recoupe.writing import write
from recoupe.writing.exports import to_jsonld


@pytest.fixture(scope="module")
def told():
    return json.loads(to_jsonld([("the fire", write(comparison()))]))


def of_type(told, type_):
    return [n for n in told["@graph"] if type_ in ([n["@type"]] if isinstance(n["@type"], str) else n["@type"])]


def test_the_words_of_each_claim_are_found_by_both_selectors(told):
    bodies = {n["@id"]: n["schema:articleBody"] for n in of_type(told, "schema:NewsArticle")}
    claims = {n["@id"] for n in of_type(told, "schema:Claim")}
    notes = of_type(told, "oa:Annotation")
    assert {n["oa:hasBody"]["@id"] for n in notes} == claims
    for target in (n["oa:hasTarget"] for n in notes):
        text = bodies[target["oa:hasSource"]["@id"]]
        place, quoted = target["oa:hasSelector"]
        start, end = int(place["oa:start"]["@value"]), int(place["oa:end"]["@value"])
        assert text[start:end] == quoted["oa:exact"]
        assert quoted["oa:prefix"] + quoted["oa:exact"] + quoted["oa:suffix"] in text


def terms(node):
    if isinstance(node, list):
        return {t for n in node for t in terms(n)}
    if not isinstance(node, dict):
        return set()
    types = node.get("@type", [])
    own = {*([types] if isinstance(types, str) else types), *(k for k in node if not k.startswith("@"))}
    return own.union(*(terms(value) for value in node.values()))


def test_every_term_has_a_declared_prefix_and_every_node_its_own_id(told):
    assert {term.partition(":")[0] for term in terms(told["@graph"])} == told["@context"].keys()
    ids = [node["@id"] for node in told["@graph"]]
    assert len(set(ids)) == len(ids)
    assert all(id_.startswith("urn:x-recoupe:the%20fire:") for id_ in ids)


def test_what_is_linked_is_there(told):
    ids = {node["@id"] for node in told["@graph"]}
    linked = {n["prov:wasDerivedFrom"]["@id"] for n in told["@graph"] if "prov:wasDerivedFrom" in n}
    assert linked <= ids
    (activity,) = of_type(told, "prov:Activity")
    assert {used["@id"] for used in activity["prov:used"]} <= ids
