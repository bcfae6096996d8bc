"""What holds for every page: nobody is shut out, light or dark, and nothing is wider than a phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from recoupe.store import Which, open_store
from recoupe.web.app import faces
from recoupe.web.faces import Face

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_CHECKS = {
    "light": {"runOnly": {"type": "tag", "values": _TAGS}, "rules": {"heading-order": {"enabled": False}}},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}
_WITHOUT = {"/", "/enter", "/add/{job}", "/stories/{story}/correct/preview"}
"""Pages that lead on, and those that are there for a moment; the tests of adding and correcting see them."""
_ASKED = {"/stories/{story}/correct": "?answer=q1.0"}
"""What a page does not go without."""
_MORE = ["/search?q=tunnel", "/search?q=tunnel&kind=statements", "/search?q=georgia&kind=names"]


@dataclass(frozen=True)
class Looked:
    """What a page is like: what axe-core complains of in each scheme of colours, and what else is to be known."""

    violations: dict[str, list[str]]
    width: int
    headings: int
    mains: int
    title: str


@pytest.fixture(scope="session")
def paths(told) -> list[str]:
    """An address of every page there is; a page with a blank that is not filled here fails."""
    with open_store(str(told)) as store:
        story = store.stories(Which())[0]
        dossier = store.dossiers(story.id, last=True)[0].dossier
        named = {
            "story": story.id,
            "article": story.articles[0],
            "question": next(q.id for q in dossier.questions if q.verdict == "contested"),
            "alert": "wa",
        }
    found = [face.path for face in faces() if isinstance(face, Face)]
    asked = [path + _ASKED.get(path, "") for path in dict.fromkeys(found) if path not in _WITHOUT]
    return [path.format(**named) for path in asked] + _MORE


@pytest.fixture(scope="module")
def looked(opening: Callable[..., Any], server: str, paths: list[str]) -> dict[str, Looked]:
    """Every page, opened once and looked at in every way."""
    from axe_playwright_python.sync_playwright import Axe

    axe, page = Axe(), opening(server)
    return {path: _look(page, axe, server, path) for path in paths}


def _look(page: Any, axe: Any, server: str, path: str) -> Looked:
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1200, "height": 900})
    answer = page.goto(server + path)
    assert answer.ok, f"{path}: {answer.status}"
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate(axe.axe_script)
    violations = {}
    for scheme, options in _CHECKS.items():
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("options => axe.run({resultTypes: ['violations'], ...options})", options)["violations"]
        violations[scheme] = [f"{v['id']}: {node['html'][:200]}" for v in found for node in v["nodes"][:3]]
    page.set_viewport_size({"width": 360, "height": 740})
    width = page.evaluate("document.documentElement.scrollWidth")
    return Looked(violations, width, page.locator("h1").count(), page.locator("main").count(), page.title())


@pytest.mark.parametrize("scheme", sorted(_CHECKS))
def test_no_page_shuts_anybody_out(looked, scheme):
    assert {path: one.violations[scheme] for path, one in looked.items() if one.violations[scheme]} == {}


def test_no_page_is_wider_than_a_phone(looked):
    assert {path: one.width for path, one in looked.items() if one.width > 360} == {}


def test_every_page_has_one_heading_a_main_part_and_a_title_of_its_own(looked):
    for path, one in looked.items():
        assert (one.headings, one.mains) == (1, 1), path
        assert one.title.endswith(" · Recoupe"), path
        assert not one.title.startswith(" ·"), path
