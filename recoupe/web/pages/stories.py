"""Stories: what the store tells of, the newest and most contested first."""

from __future__ import annotations

from recoupe.store import Which
from recoupe.web.faces import Asked, Page, page

NAV = (10, "stories", "/stories")


@page("/stories", "stories.html")
def stories(asked: Asked) -> Page:
    """The stories asked for."""
    found = asked.desk.store.stories(Which(contested=asked.flag("contested")))
    return Page({"stories": found}, asked.ui.word("stories"))
