"""Finding: what a search asks for, the statements in what it finds, and its words shown as such."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recoupe.engine.made import readers
from recoupe.records import Name, Statement
from recoupe.records.kept import Hit, Version
from recoupe.records.searched import SavedSearch
from recoupe.store import Which
from recoupe.text.folding import folded, parts
from recoupe.web.asking import Asked
from recoupe.writing.safe import clipped

KINDS = ("articles", "statements", "names")
MOST = 20
LOOKED = 40
"""Articles that are opened for the statements in them, the best first."""
_SAID = 60
_LONG = 400
"""Code points of a statement that a list shows at most."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search asks for; `kind` is one of `KINDS`, days are `YYYY-MM-DD`, both included."""

    query: str
    kind: str = "articles"
    lang: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    page: int = 1

    @property
    def which(self) -> Which:
        """The same as the store has it."""
        least = (self.page - 1) * (MOST if self.kind == "articles" else LOOKED)
        most = MOST + 1 if self.kind == "articles" else LOOKED
        return Which(self.since, self.until, lang=self.lang, outlet=self.outlet, most=most, skip=least)

    @property
    def narrowed(self) -> dict[str, str]:
        """The query of its address, besides the page."""
        found = {"q": self.query, "lang": self.lang, "outlet": self.outlet, "since": self.since, "until": self.until}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that a search found: who says it and what, as the words of its article stand there."""

    article: str
    version: int
    story: str | None
    title: str
    outlet: str | None
    lang: str
    published: str | None
    who: str | None
    said: str
    start: int
    end: int
    quoted: bool
    act: str
    stance: str


@dataclass(frozen=True, slots=True)
class Called:
    """A name that a search found: `name` is its fullest form, `type` PERSON, ORG or PLACE, `role` what it is called.

    `articles` are those that have it, of those that were opened; `story` is that of the first.
    """

    name: str
    type: str
    role: str | None
    articles: tuple[str, ...]
    story: str | None


def sought(asked: Asked) -> Sought:
    """What the query of a page asks for; a day is given as such, or from and to."""
    kind = asked.text("kind") or KINDS[0]
    day = _day(asked.text("day"))
    return Sought(
        asked.text("q", 300) or "",
        kind if kind in KINDS else KINDS[0],
        _code(asked.text("lang", 12)),
        asked.text("outlet", 200),
        day or _day(asked.text("since")),
        day or _day(asked.text("until")),
        asked.number("page", 1, 1, 50),
    )


def _day(text: str | None) -> str | None:
    return text if text and _DAY.match(text) else None


def _code(text: str | None) -> str | None:
    return text if text and text.isascii() and text.isalpha() else None


def address_of(search: SavedSearch) -> dict[str, str]:
    """The query of the address of a search that is kept."""
    return Sought(search.query, "articles", search.lang, search.outlet, search.since, search.until).narrowed


def statements(asked: Asked, wanted: Sought) -> tuple[list[Said], bool]:
    """The statements that hold all that is asked, in the articles of one page that do; whether there are more pages."""
    needed = parts(wanted.query)
    found: list[Said] = []
    hits = asked.desk.store.search(wanted.query, wanted.which)
    for hit, version in _opened(asked, hits):
        if len(found) < _SAID:
            found += _said(hit, version, needed)
    return found[:_SAID], len(hits) == LOOKED


def names(asked: Asked, wanted: Sought) -> tuple[list[Called], bool]:
    """The names one of whose forms holds all that is asked, those of most articles first; whether there are more."""
    needed = parts(wanted.query)
    found: dict[tuple[str, str], list[tuple[Name, Hit]]] = {}
    hits = asked.desk.store.search(wanted.query, wanted.which)
    for hit, version in _opened(asked, hits):
        for name in version.reading.names if version.reading else ():
            if any(_holds(form, needed) for form in _forms(name, version.article.text)):
                found.setdefault((name.type, name.key or folded(name.name)), []).append((name, hit))
    return sorted(map(_called, found.values()), key=lambda one: (-len(one.articles), one.name)), len(hits) == LOOKED


def _opened(asked: Asked, hits: Sequence[Hit]) -> Iterator[tuple[Hit, Version]]:
    """What was found, opened, in the same order."""
    found = asked.desk.store.current([hit.id for hit in hits], readers=readers(asked.desk.settings))
    by_id = {version.id: version for version in found}
    yield from ((hit, by_id[hit.id]) for hit in hits if hit.id in by_id)


def _forms(name: Name, text: str) -> set[str]:
    return {name.name, *(text[span.start : span.end] for span in name.mentions[:20])}


def _called(found: Sequence[tuple[Name, Hit]]) -> Called:
    shown = max((name for name, _ in found), key=lambda name: (len(name.mentions), name.name))
    role = next((role for name, _ in found for role in name.roles), None)
    return Called(shown.name, shown.type, role, tuple(dict.fromkeys(hit.id for _, hit in found)), found[0][1].story)


def _said(hit: Hit, version: Version, needed: Sequence[str]) -> Iterator[Said]:
    if version.reading is None:
        return
    text = version.article.text
    for one in version.reading.statements:
        whole = " ".join(text[span.start : span.end] for span in one.content)[:_LONG]
        who = _who(one, text)
        if _holds(f"{who or ''} {whole}", needed) and one.content:
            yield Said(
                hit.id, hit.number, hit.story, clipped(hit.title, 200), hit.outlet, hit.lang, hit.published, who,
                " ".join(whole.split()), one.content[0].start, one.content[-1].end, one.quoted, one.act, one.stance,
            )  # fmt: skip


def _who(statement: Statement, text: str) -> str | None:
    span = statement.named or statement.source
    return " ".join(text[span.start : span.end][:_LONG].split()) if span else None


def _holds(text: str, needed: Sequence[str]) -> bool:
    body = f" {folded(text)} "
    return all(f" {part} " in body for part in needed)


def lit(text: str, query: str) -> list[tuple[str, bool]]:
    """A text in pieces, and which of them are words that a query asks for.

    >>> lit("Le pont s'est effondré.", "PONT effondre")
    [('Le ', False), ('pont', True), (" s'est ", False), ('effondré', True), ('.', False)]
    """
    wanted = {word for part in parts(query) for word in part.split()}
    pieces: list[tuple[str, bool]] = []
    at = 0
    for match in _WORD.finditer(text):
        if folded(match.group()) in wanted:
            pieces += [(text[at : match.start()], False), (match.group(), True)]
            at = match.end()
    return [piece for piece in (*pieces, (text[at:], False)) if piece[0]]
