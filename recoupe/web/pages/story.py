"""A story: what its reports say, the contested first."""

from __future__ import annotations

from recoupe.web.faces import Asked, Leave, Page, page
from recoupe.web.showing import kept_story, shown_story


@page("/stories/{story}", "story.html")
def story(asked: Asked) -> Page | Leave:
    """The questions of a story with the quotations side by side; as JSON its dossier."""
    kept = kept_story(asked)
    if isinstance(kept, Leave):
        return kept
    shown = shown_story(asked, kept)
    if shown is None:
        return Page({"story": kept}, kept.title, template="alone.html")
    return Page(shown.kept.dossier, shown.view.dossier.about, shown.context(), version=shown.version)
