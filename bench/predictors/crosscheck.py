"""Dossiers for stories: the reports go in, with what their outlets say of them, and nothing of the gold."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

GIVEN = ("id", "outlet", "published", "url")  # what a reader of the reports knows beforehand; the language is found out


def predict(data: Path, out: Path) -> None:
    """Write one dossier a story of `data` into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    for folder in stories(data):
        name, articles = describe(folder)
        (out / f"{name}.json").write_text(dossier(folder, name, articles), "utf-8")


def stories(data: Path) -> list[Path]:
    """Every folder under `data` that is a story: it has a story.json, or, where none has, text files."""
    marked = sorted({p.parent for p in data.rglob("story.json")})
    return marked or sorted({p.parent for p in data.rglob("*.txt")})


def describe(folder: Path) -> tuple[str, list[dict[str, Any]]]:
    """The id of a story and, for each report, its file and what is given of it."""
    file = folder / "story.json"
    story = json.loads(file.read_text("utf-8")) if file.exists() else {}
    name = str(story.get("id") or folder.name)
    listed = [a for a in story.get("articles") or [] if a.get("file") and (folder / a["file"]).is_file()]
    if listed:
        return name, [{"file": a["file"], **{k: a[k] for k in GIVEN if a.get(k)}} for a in listed]
    return name, [{"id": p.name.split(".")[0], "file": p.name} for p in sorted(folder.glob("*.txt"))]


def dossier(folder: Path, name: str, articles: list[dict[str, Any]]) -> str:
    """The dossier of one story as JSON; an empty one, and a message, if it can't be had."""
    import msgspec

    import recoupe

    with tempfile.TemporaryDirectory(prefix="recoupe-") as place:
        for article in articles:
            target = Path(place, article["file"])
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / article["file"], target)
        listing = Path(place, "articles.json")
        listing.write_text(json.dumps({"articles": articles}, ensure_ascii=False), "utf-8")
        try:
            found = recoupe.cross_check(
                [str(listing)], on_problem=lambda p: print(f"{name}: {p.message}", file=sys.stderr)
            )
            return msgspec.json.encode(found).decode()
        except Exception:  # one story must not cost the others their score
            print(f"{name}: no dossier\n{traceback.format_exc()}", file=sys.stderr)
            return json.dumps(empty(name))


def empty(about: str) -> dict[str, Any]:
    """A valid dossier without findings."""
    lists = ("articles", "names", "questions", "statements", "timeline")
    return {"schema": "recoupe/dossier/1", "about": about, **{key: [] for key in lists}}
