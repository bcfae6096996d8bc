"""OpenAPI: what a program can ask of the desk, told in a way that programs read."""

from __future__ import annotations

from recoupe.web.faces import Asked, Face, Page


def openapi(asked: Asked) -> Page:
    """The description of every page's JSON and of every action, as OpenAPI 3.1."""
    from recoupe.web.app import faces  # it looks for pages, of which this is one
    from recoupe.web.describing import description

    described = asked.desk.remembered.get("openapi", lambda: description(faces()), lambda _: 200_000)
    return Page(described, "OpenAPI")


OPENAPI = Face("/openapi", "error.html", openapi, json_only=True)
