"""Whole pages of our own making, with the article that is in each: tests/pages/<outlet>/page.html and article.json."""

import json
from pathlib import Path

import pytest

from recoupe.cleaning import clean
from recoupe.loading import load
from recoupe.records import Article

PAGES = Path(__file__).parent.parent / "pages"


def told(article: Article) -> dict[str, object]:
    """What is compared: every field but the path and the notes."""
    names = ("lang", "title", "url", "outlet", "authors", "published", "updated", "translated_from")
    spans = ("headings", "clutter", "captions", "sources")
    return {
        **{name: getattr(article, name) for name in names},
        **{name: [span.of(article.text) for span in getattr(article, name)] for name in spans},
        "day": str(article.day),
        "text": article.text.split("\n"),
    }


@pytest.mark.parametrize("folder", sorted(p for p in PAGES.iterdir() if p.is_dir()), ids=lambda p: p.name)
def test_a_page_gives_its_article(folder: Path) -> None:
    [report] = load([str(folder / "page.html")])
    found = json.loads(json.dumps(told(clean(report))))
    assert found == json.loads((folder / "article.json").read_text("utf-8"))
