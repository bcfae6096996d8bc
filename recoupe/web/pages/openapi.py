"""OpenAPI: what a program can ask of the desk, told in a way that programs read."""

from __future__ import annotations

from recoupe.web import render
from recoupe.web.faces import Asked, serve


@serve("/openapi.json", "application/json")
def openapi(asked: Asked) -> bytes:
    """The description of every page's JSON and of every action, as OpenAPI 3.1."""
    desk = asked.desk
    return desk.remembered.get("openapi", lambda: render.encoded(desk.describe()), len)
