"""The documentation keeps up with the program."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from recoupe import errors
from recoupe.records import dossier

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [*ROOT.glob("*.md"), *(ROOT / "examples").glob("*.md"), *sorted(DOCS.rglob("*.md"))]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as a forge makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def commands() -> list[str]:
    """The commands that `recoupe --help` lists."""
    done = subprocess.run(
        [sys.executable, "-m", "recoupe", "--help"],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
        env={"COLUMNS": "100", "PATH": "/usr/bin:/bin", "TERM": "dumb"},
        cwd=ROOT,
    )
    listed = done.stdout.partition("Commands")[2]
    return re.findall(r"^[\s│|]*([a-z][\w-]*)\s{2,}\S", listed, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page):
    for link in LINK.findall(FENCED.sub("", page.read_text("utf-8"))):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{name_of(page)}: {link}"
        assert not anchor or anchor in anchors(target), f"{name_of(page)}: {link}"


def blocks() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        code = [body for language, body in FENCED.findall(page.read_text("utf-8")) if language == "python"]
        if code:
            yield page, "\n".join(code)


@pytest.mark.parametrize(("page", "code"), list(blocks()), ids=lambda x: name_of(x) if isinstance(x, Path) else "")
def test_the_python_of_a_page_runs(page, code, monkeypatch):
    """All blocks of a page are one program, run in the root of the repository."""
    monkeypatch.chdir(ROOT)
    exec(compile(code, name_of(page), "exec"), {"__name__": "__page__"})


def test_every_command_is_described():
    page = (DOCS / "reference" / "cli.md").read_text("utf-8")
    assert commands()
    assert [c for c in commands() if not re.search(rf"^#+ .*`?recoupe {c}\b", page, re.MULTILINE)] == []


def test_no_page_shows_a_command_that_does_not_exist():
    known = {*commands(), "--help", "--version"}
    shown = {
        (name_of(page), word)
        for page in PAGES
        for word in re.findall(r"^ *(?:\$ |\.venv/bin/|.*\| )?recoupe ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE)
        if page.name != "CHANGELOG.md"
    }
    assert sorted((page, word) for page, word in shown if word not in known) == []


def test_every_error_is_described():
    page = (DOCS / "reference" / "errors.md").read_text("utf-8")
    ours = [name for name, value in vars(errors).items() if isinstance(value, type)]
    assert [name for name in ours if f"| `{name}` |" not in page] == []


def test_every_field_of_the_dossier_is_described():
    page = (DOCS / "reference" / "dossier.md").read_text("utf-8")
    fields = {f for c in vars(dossier).values() if hasattr(c, "__dataclass_fields__") for f in c.__dataclass_fields__}
    assert sorted(f for f in fields if f'"{f}"' not in page and f"`{f}`" not in page) == []


def test_the_tables_of_the_packs_are_described():
    """`python docs/packs.py` writes them anew."""
    spec = importlib.util.spec_from_file_location("packs", DOCS / "packs.py")
    assert spec is not None
    assert spec.loader is not None
    packs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(packs)
    assert packs.PAGE.read_text("utf-8") == packs.page(), "run: python docs/packs.py"


def test_every_page_is_in_the_table_of_contents():
    contents = {(DOCS / link).resolve() for link in LINK.findall((DOCS / "README.md").read_text("utf-8"))}
    assert [name_of(p) for p in DOCS.rglob("*.md") if p.resolve() not in contents and p.name != "README.md"] == []


def test_the_readme_names_the_two_commands():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "make demo" in readme
    assert "make test" in readme
