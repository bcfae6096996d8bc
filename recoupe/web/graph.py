"""Graph: whose word each report of a story rests on, and who copies or translates whom, drawn in three columns.

Origins stand on the left, reports in the middle, those that republish another report on the right. A line leads from
what came first to what rests on it.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from recoupe.records.dossier import DossierArticle
from recoupe.text.folding import folded
from recoupe.web.drawing import element, picture, words
from recoupe.writing.to_html import Anchors
from recoupe.writing.view import View

_WIDE, _BOX, _TALL, _GAP, _EDGE = 988, 250, 38, 10, 4
_COLUMNS = (0, 365, 730)
_MOST = 24
"""Origins that are drawn; the list below the drawing has all."""


@dataclass(frozen=True, slots=True)
class Node:
    """A box: an origin (`article` None) or a report, its column and its row."""

    key: str
    label: str
    column: int
    row: float
    article: DossierArticle | None = None

    @property
    def left(self) -> float:
        """Where the box begins."""
        return float(_COLUMNS[self.column] + _EDGE)

    @property
    def middle(self) -> float:
        """Half way down the box."""
        return self.row * (_TALL + _GAP) + _TALL / 2 + _EDGE


def links(view: View) -> list[tuple[str, str, str]]:
    """What leads to what: (origin or report, report, `rests`, `copies`, `translates` or `renews`)."""
    found = []
    outlets = {folded(view.outlet(a)): a.id for a in reversed(view.dossier.articles) if view.known_outlet(a)}
    for article in view.dossier.articles:
        original = view.original(article)
        if original is not None:
            kind = "renews" if article.copy_of is None else "copies"
            translated = kind == "copies" and view.articles[original].lang != article.lang
            found.append((f"a:{original}", f"a:{article.id}", "translates" if translated else kind))
        told = set(view.articles[original].origins) if original is not None else set()
        for origin in article.origins:
            if origin in told:
                continue  # it comes with the report that this one republishes
            source = outlets.get(folded(origin))
            if source is not None and source != article.id:
                found.append((f"a:{source}", f"a:{article.id}", "rests"))
            elif source is None:
                found.append((f"o:{origin}", f"a:{article.id}", "rests"))
    return list(dict.fromkeys(found))


def nodes(view: View, led: list[tuple[str, str, str]]) -> dict[str, Node]:
    """The boxes by key; each origin as near to what rests on it as the others let it."""
    later = {target for source, target, _ in led if source.startswith("a:")}
    found: dict[str, Node] = {}
    for column, chosen in ((1, False), (2, True)):
        mine = [a for a in view.dossier.articles if (f"a:{a.id}" in later) is chosen]
        for row, article in enumerate(mine):
            found[f"a:{article.id}"] = Node(f"a:{article.id}", view.outlet(article), column, row, article)
    wanted: dict[str, list[float]] = {}
    for source, target, _ in led:
        if source.startswith("o:"):
            wanted.setdefault(source, []).append(found[target].row)
    shared = sorted(wanted, key=lambda key: -len(wanted[key]))[:_MOST]
    ranked = sorted(shared, key=lambda key: sum(wanted[key]) / len(wanted[key]))
    for row, key in enumerate(ranked):
        found[key] = Node(key, key[2:], 0, row)
    return _centred(found)


def _centred(found: dict[str, Node]) -> dict[str, Node]:
    """Columns of different height, each in the middle."""
    heights = {c: sum(n.column == c for n in found.values()) for c in range(3)}
    most = max(heights.values(), default=0)
    return {
        key: Node(n.key, n.label, n.column, n.row + (most - heights[n.column]) / 2, n.article)
        for key, n in found.items()
    }


def drawn_origins(view: View, places: Anchors) -> Markup | None:
    """The drawing, None where no report rests on another's word."""
    led = links(view)
    boxes = nodes(view, led)
    led = [one for one in led if one[0] in boxes and one[1] in boxes]
    if not led:
        return None
    rows = max(sum(n.column == c for n in boxes.values()) for c in range(3))
    tall = rows * (_TALL + _GAP) - _GAP + 2 * _EDGE
    parts = [_line(boxes[source], boxes[target], kind) for source, target, kind in led]
    parts += [_box(node, view, places) for node in boxes.values()]
    wide = _WIDE if any(n.column == 2 for n in boxes.values()) else _COLUMNS[1] + _BOX + 2 * _EDGE
    return picture(wide, tall, view.ui.heading("origins"), parts, "origins-graph")


def _line(source: Node, target: Node, kind: str) -> str:
    if source.column < target.column:
        x1, x2 = source.left + _BOX, target.left
        bend = (x2 - x1) / 2
        points = [(x1, source.middle), (x1 + bend, source.middle), (x2 - bend, target.middle), (x2, target.middle)]
    else:  # in one column: round the right side
        x1 = source.left + _BOX
        points = [(x1, source.middle), (x1 + 50, source.middle), (x1 + 50, target.middle), (x1, target.middle)]
    path = f"M{points[0][0]:g} {points[0][1]:g}C" + " ".join(f"{x:g} {y:g}" for x, y in points[1:])
    return element("path", d=path, cls=f"edge {kind}")


def _box(node: Node, view: View, places: Anchors) -> str:
    top = node.middle - _TALL / 2
    box = element("rect", x=node.left, y=top, width=_BOX, height=_TALL, rx=5)
    if node.article is None:
        name = element("title", words(node.label, 200))
        return element("g", name + box + _text(node, node.middle + 5, node.label, 30), cls="node origin")
    article = node.article
    told = view.language(article.lang)
    if again := view.again(article):
        told = f"{told} · {again}"
    elif article.translated_from:
        told = f"{told} · {view.ui.word('translated', lang=view.language(article.translated_from))}"
    name = element(
        "text", words(article.id, 3), x=node.left + 16, y=node.middle + 5, cls="letter", text_anchor="middle"
    )
    inside = (
        box
        + name
        + _text(node, node.middle - 2, node.label, 27, 32)
        + _text(node, node.middle + 12, told, 34, 32, "small")
    )
    link = element("a", element("title", words(article.title, 200)) + inside, href=places.to_report(article.id))
    return element("g", link, cls="node report")


def _text(node: Node, y: float, text: str, most: int, indent: int = 12, cls: str = "name") -> str:
    return element("text", words(text, most), x=node.left + indent, y=y, cls=cls)
