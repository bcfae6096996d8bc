"""Drawing: SVG of our own making, in which every word of a report is escaped; colours and fonts are in the style."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from markupsafe import Markup

from recoupe.writing.safe import clipped, line


def element(tag: str, content: str = "", **attributes: object) -> str:
    """An element; `cls` is its class, `_` in a name is `-`; content is markup already."""
    told = "".join(
        f' {"class" if name == "cls" else name.replace("_", "-")}="{escape(_number(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{told}>{content}</{tag}>"


def words(text: str, most: int = 40) -> str:
    """Words of a report as the content of an element, on one line."""
    return escape(clipped(line(text[: 4 * most]), most))


def picture(wide: float, tall: float, label: str, parts: Iterable[str], cls: str) -> Markup:
    """A drawing of a size with what it shows, told in words; one with links in it is no image but a group of them."""
    drawn = "".join(parts)
    role = "group" if "<a " in drawn else "img"
    box = f"0 0 {wide:g} {tall:g}"
    return Markup(element("svg", drawn, viewBox=box, cls=cls, role=role, aria_label=label,
                          width=f"{wide:g}", height=f"{tall:g}"))  # fmt: skip


def _number(value: object) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
