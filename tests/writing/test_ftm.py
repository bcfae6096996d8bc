"""Entities fit the model FollowTheMoney: its schemata and properties, their types, what they require and point to."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from harbour_story import comparison

from recoupe import cross_check
from recoupe.writing import write
from recoupe.writing.exports import entities, entities_text
from recoupe.writing.exports.ftm import LANGUAGES

MODEL = tomllib.loads(Path(__file__).with_name("ftm_schema.toml").read_text("utf-8"))
ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d)?)?)?)?)?")
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "tunnel-fire"
LONGEST = {"name": 384, "url": 4096, "language": 16, "date": 32, "country": 16}


def lineage(schema):
    """A schema with all that it extends."""
    return {schema}.union(*(lineage(parent) for parent in MODEL[schema].get("extends", [])))


def properties(schema):
    return {k: v for one in lineage(schema) for k, v in MODEL[one].get("properties", {}).items()}


@pytest.fixture(scope="module", params=["harbour", "tunnel"])
def story(request):
    return write(comparison()) if request.param == "harbour" else cross_check([str(EXAMPLE)])


@pytest.fixture(scope="module")
def found(story):
    return entities("one", story)


def test_every_entity_is_of_a_schema_with_what_it_requires(found):
    ids = [entity["id"] for entity in found]
    assert len(set(ids)) == len(ids)
    for entity in found:
        assert entity.keys() <= {"id", "schema", "properties", "recoupe"}
        assert ID.fullmatch(entity["id"])
        assert len(entity["id"]) <= 200
        assert not MODEL[entity["schema"]].get("abstract")
        assert set(MODEL[entity["schema"]].get("required", [])) <= entity["properties"].keys()


def test_every_property_belongs_to_its_schema_and_has_its_type(found):
    schemata = {entity["id"]: entity["schema"] for entity in found}
    for entity in found:
        known = properties(entity["schema"])
        for name, values in entity["properties"].items():
            assert name in known, (entity["schema"], name)
            assert values
            assert all(isinstance(value, str) and value.strip() for value in values)
            assert len(set(values)) == len(values)
            for value in values:
                kind = known[name]
                if kind.startswith("→ "):
                    assert kind[2:] in lineage(schemata[value])
                elif kind == "date":
                    assert DATE.fullmatch(value)
                elif kind == "language":
                    assert value in LANGUAGES.values()
                elif kind == "url":
                    assert value.startswith(("http://", "https://"))
                if kind not in ("text", "string", "address"):
                    assert len(value) <= LONGEST.get(kind, 200)


def test_everything_of_the_dossier_is_there(story, found):
    def count(schema):
        return sum(entity["schema"] == schema for entity in found)

    assert count("Article") == len(story.articles)
    assert count("Person") == sum(name.type == "PERSON" for name in story.names)
    assert count("Organization") + count("PublicBody") == sum(name.type == "ORG" for name in story.names)
    assert count("Address") == sum(name.type == "PLACE" for name in story.names)


def test_the_places_of_words_stand_beside_the_properties(story, found):
    texts = {article["id"]: article["properties"]["bodyText"][0] for article in found if article["schema"] == "Article"}
    mentions = [entity for entity in found if entity["schema"] == "Mention"]
    assert mentions
    for entity in mentions:
        (document,) = entity["properties"]["document"]
        words = {texts[document][s["start"] : s["end"]] for s in entity["recoupe"]["spans"]}
        assert {" ".join(word.split()) for word in words} == set(entity["properties"]["name"])


def test_a_ministry_is_a_public_body_and_a_company_is_none():
    schemata = {
        name: entity["schema"]
        for entity in entities("one", cross_check([str(EXAMPLE)]))
        for name in entity["properties"].get("name", [])
        if entity["schema"] != "Mention"
    }
    assert schemata["Armenian transport ministry"] == "PublicBody"
    assert schemata["Kolkhi Cargo"] == "Organization"


def test_the_dead_are_an_event_with_the_reports_that_count_them(story, found):
    events = [entity for entity in found if entity["schema"] == "Event"]
    for event in events:
        tied = [e for e in found if e["schema"] == "Documentation" and e["properties"]["entity"] == [event["id"]]]
        assert {e["properties"]["document"][0] for e in tied} == set(event["properties"]["proof"])


def test_times_are_those_of_greenwich(story):
    articles = [replace(a, published="2025-03-14T18:05:00+03:00", updated="no time") for a in story.articles]
    told = [e for e in entities("one", replace(story, articles=articles)) if e["schema"] == "Article"]
    assert {e["properties"]["publishedAt"][0] for e in told} == {"2025-03-14T15:05:00"}
    assert not any("modifiedAt" in e["properties"] for e in told)


def test_one_report_of_two_stories_is_one_entity_and_a_name_is_not(story):
    one, two = ({e["id"]: e["schema"] for e in entities(name, story)} for name in ("one", "two"))
    assert {one[id_] for id_ in one.keys() & two.keys()} == {"Article"}
    assert len(one.keys() & two.keys()) == len(story.articles)


def test_a_line_is_an_entity(found):
    assert [json.loads(line) for line in entities_text(found).splitlines()] == found
