"""Describing: the pages and actions there are as an OpenAPI 3.1 description, made from the routes and the records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from recoupe import __version__
from recoupe.web.contract import ASKED, DONE, DOSSIER, RECORDS, TAKEN
from recoupe.web.faces import Action, Face, File, beside

_REFERENCE = "#/components/schemas/{name}"
_BLANK = re.compile(r"{(\w+)}")
_BLANKS = {
    "story": "the id of a story, or its beginning",
    "article": "the id of an article",
    "question": "the id of a question in the dossier",
    "alert": "the id of an alert",
    "job": "the id of an addition",
    "search": "the id of a search that is kept",
}
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "message"],
            "properties": {
                "status": {"type": "integer"},
                "message": {"type": "string"},
                "mark": {"type": "string", "description": "by which the terminal tells more"},
            },
        }
    },
}


def description(faces: Iterable[Face | Action | File]) -> dict[str, Any]:
    """The description of all that a desk answers to a program."""
    found = list(faces)
    kinds = [kind for path in RECORDS for kind in RECORDS[path]] + list(DONE.values())
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_REFERENCE)
    known = {_key(kind): schema for kind, schema in zip(kinds, schemas, strict=True)}
    paths: dict[str, dict[str, Any]] = {}
    for face in found:
        if isinstance(face, Face) and face.path in RECORDS:
            paths.setdefault(beside(face.path), {})["get"] = _page(face, known)
        elif isinstance(face, File):
            paths.setdefault(face.path, {})["get"] = _file(face)
        elif isinstance(face, Action):
            paths.setdefault(face.path, {})["post"] = _action(face, known)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Recoupe: the desk",
            "version": __version__,
            "summary": "Every page of the desk has its JSON beside it.",
            "description": "Described in docs/reference/desk.md; the JSON of a story in docs/reference/dossier.md.",
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {**components, "Error": _ERROR},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "Where the desk listens on a network."}
            },
        },
        "security": [{}, {"token": []}],
    }


def schema_of(path: str, described: Mapping[str, Any], method: str = "get") -> dict[str, Any]:
    """The schema of what a path answers when all is well."""
    found: dict[str, Any] = described["paths"][path][method]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    return found


def _key(kind: Any) -> str:
    return repr(kind)


def _page(face: Face, known: Mapping[str, Any]) -> dict[str, Any]:
    kinds = [known[_key(kind)] for kind in RECORDS[face.path]]
    asked = ASKED.get(face.path, {})
    if face.path.startswith("/stories/{story}"):
        asked = {**asked, **DOSSIER}
    schema = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    return {
        "operationId": face.ask.__name__,
        **_told(face.ask),
        "parameters": [*_blanks(face.path), *_query(asked)],
        "responses": _responses({"application/json": {"schema": schema}}, face.path),
    }


def _file(face: File) -> dict[str, Any]:
    content = {face.media: {"schema": {"type": "object" if face.media == "application/json" else "string"}}}
    return {
        "operationId": face.make.__name__,
        **_told(face.make),
        "parameters": [*_blanks(face.path), *_query(ASKED.get(face.path, {}))],
        "responses": _responses(content, face.path),
    }


def _action(face: Action, known: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: {"description": told} for name, told in TAKEN.get(face.path, {}).items()}
    body = {"schema": {"type": "object", "properties": fields}}
    content = {"application/json": {"schema": known[_key(DONE[face.path])]}} if face.path in DONE else {}
    return {
        "operationId": face.do.__name__,
        **_told(face.do),
        "parameters": _blanks(face.path),
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": _responses(content, face.path, wrong=True),
    }


def _told(function: Any) -> dict[str, str]:
    """The first line of what a function says of itself, and the rest."""
    first, _, rest = (function.__doc__ or "").strip().partition("\n")
    told = {"summary": first}
    if rest.strip():
        told["description"] = " ".join(rest.split())
    return told


def _blanks(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "description": _BLANKS[name], "schema": {"type": "string"}}
        for name in _BLANK.findall(path)
    ]


def _query(asked: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "description": told, "schema": {"type": "string"}} for name, told in asked.items()
    ]


def _responses(content: Mapping[str, Any], path: str, wrong: bool = False) -> dict[str, Any]:
    error = {"application/json": {"schema": {"$ref": _REFERENCE.format(name="Error")}}}
    found: dict[str, Any] = {"200": {"description": "all is well", **({"content": dict(content)} if content else {})}}
    if wrong:
        found["400"] = {"description": "what was sent makes no sense", "content": error}
    if "{" in path:
        found["404"] = {"description": "there is no such thing", "content": error}
    return found
