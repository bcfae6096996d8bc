"""The entrance: where a desk that is reached from elsewhere asks for its token; and the way to the first page."""

from __future__ import annotations

from recoupe.web.faces import Asked, Leave, Page, action, page
from recoupe.web.security import ENTRANCE
from recoupe.web.sending import Sent


@page("/", "stories.html")
def first(asked: Asked) -> Leave:
    """The first page is the stories."""
    return Leave("/stories")


@page(ENTRANCE, "enter.html")
def entrance(asked: Asked) -> Page | Leave:
    """The form that asks for the token; where none is needed, the first page."""
    if asked.desk.gate.token is None:
        return Leave("/stories")
    return Page({"wrong": False}, asked.ui.word("enter"))


@action(ENTRANCE, "enter.html")
def enter(asked: Asked, sent: Sent) -> Page | Leave:
    """Let in who gives the token."""
    if asked.desk.gate.token is not None and not asked.desk.gate.opens((sent.get("given") or "").strip()):
        return Page({"wrong": True}, asked.ui.word("enter"), status=403)
    return Leave("/stories", entered=True)
