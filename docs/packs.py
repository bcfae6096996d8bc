"""Write the tables of docs/reference/language-packs.md from the comments of the empty pack.

python docs/packs.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "recoupe" / "languages" / "_template"
PAGE = ROOT / "docs" / "reference" / "language-packs.md"
BEGIN, END = "<!-- begin: written by docs/packs.py -->\n", "<!-- end -->\n"

LINE = re.compile(r"(?:\[(?P<table>[\w.-]+)\]|(?P<key>[\w-]+) *= *(?P<value>.*?)) *(?:#(?P<note>.*))?")
SORTS = {"[": "list", "{": "table", '"': "text", "t": "yes or no", "f": "yes or no"}


def described(file: Path) -> Iterator[tuple[str, str, str]]:
    """Each table and key of a file of the template: its full name, what sort of thing it is, and its comment.

    The first comes without a name: the comment at the top of the file.
    """
    table, above, first = "", [], True
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("#"):
            above.append(line.lstrip("# "))
            continue
        found = LINE.fullmatch(line)
        if first and (not found or found["key"] or not line.strip()):
            yield "", "", " ".join(above)
            above, first = [], False
        elif first:
            yield "", "", above[0] if above else ""
            above, first = above[1:], False
        if not found:
            above = above if line.strip() else []
            continue
        note = " ".join([*above, (found["note"] or "").strip()]).strip()
        above = []
        if found["table"]:
            table = found["table"]
            yield table, "table", note
        else:
            value = found["value"]
            yield f"{table}.{found['key']}".lstrip("."), SORTS.get(value[:1], "number"), note


def tables() -> str:
    """The part of the page that is written by this program."""
    out = []
    for file in sorted(TEMPLATE.glob("*.toml")):
        rows = list(described(file))
        out.append(f"\n### {file.name}\n\n{rows[0][2]}\n\n| name | what | meaning |\n| --- | --- | --- |\n")
        for name, sort, note in rows[1:]:
            cell = note.replace("|", "\\|")
            out.append(f"| `{name}` | {sort} | {cell} |\n")
    return "".join(out) + "\n"


def page() -> str:
    """The page as it ought to be."""
    text = PAGE.read_text("utf-8")
    head, rest = text.split(BEGIN)
    return head + BEGIN + tables() + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
