"""Search: articles, statements and names; searches that are kept, and what a watch tells of them."""

from __future__ import annotations

from typing import TypedDict
from urllib.parse import urlencode

from recoupe.errors import MissingError, SettingsError
from recoupe.records.alert import WHAT
from recoupe.records.kept import Hit
from recoupe.records.searched import SavedSearch, Spread
from recoupe.watching import Rules, checked, dump, rule_of
from recoupe.web.faces import Asked, Leave, Missing, Page, Wrong, action, page, serve
from recoupe.web.finding import KINDS, MOST, Called, Said, Sought, address_of, lit, names, sought, statements
from recoupe.web.sending import Sent

NAV = (20, "search", "/search")


class Found(TypedDict):
    """What a search found, of one kind; the lists of the others are empty."""

    asked: Sought
    articles: list[Hit]
    statements: list[Said]
    names: list[Called]
    spread: Spread
    more: bool


@page("/search", "search.html")
def search(asked: Asked) -> Page:
    """What holds all words and phrases of a query: articles, what is said in them, or names."""
    wanted = sought(asked)
    store = asked.desk.store
    articles: list[Hit] = []
    said: list[Said] = []
    called: list[Called] = []
    more = False
    if wanted.query and wanted.kind == "articles":
        articles = store.search(wanted.query, wanted.which)
        articles, more = articles[:MOST], len(articles) > MOST
    elif wanted.query and wanted.kind == "statements":
        said, more = statements(asked, wanted)
    elif wanted.query:
        called, more = names(asked, wanted)
    spread = store.spread(wanted.query, wanted.which)
    record = Found(asked=wanted, articles=articles, statements=said, names=called, spread=spread, more=more)
    shown = {
        "wanted": wanted,
        "kinds": [(kind, asked.link(kind=None if kind == KINDS[0] else kind, page=None)) for kind in KINDS],
        "facets": {kind: [t for t in spread.tallies if t.kind == kind] for kind in ("lang", "outlet", "day")},
        "lit": lambda text: lit(text, wanted.query),
        "saved": _saved(asked),
        "what": WHAT,
    }
    title = f"{wanted.query} · {asked.ui.word('find')}" if wanted.query else asked.ui.word("find")
    return Page(record, title, shown)


def _saved(asked: Asked) -> list[tuple[SavedSearch, str]]:
    return [(one, f"/search?{urlencode(address_of(one))}") for one in asked.desk.store.saved_searches()]


class Searches(TypedDict):
    """The searches that are kept."""

    searches: list[SavedSearch]


@page("/searches", "searches.html")
def searches(asked: Asked) -> Page:
    """The searches that are kept, and what a watch tells of them."""
    found = _saved(asked)
    record = Searches(searches=[one for one, _ in found])
    shown = {"saved": found, "what": WHAT, "watched": any(one.when for one, _ in found)}
    return Page(record, asked.ui.word("searches"), shown)


@action("/searches")
def save(asked: Asked, sent: Sent) -> Leave:
    """Keep a search under a name, and say what a watch is to tell of what it finds."""
    query = " ".join((sent.get("q") or "").split())[:300]
    name = " ".join((sent.get("name") or query).split())[:120]
    if not query:
        raise Wrong(asked.ui.word("search_no_words"))
    lang, outlet, since, until = ((sent.get(key) or "")[:200] or None for key in ("lang", "outlet", "since", "until"))
    when = tuple(word for word in WHAT if word in sent.all("when"))
    kept = SavedSearch("", name, query, lang, outlet, since, until, when)
    if kept.when:
        try:
            checked(Rules((rule_of(kept),)))
        except SettingsError:
            raise Wrong(asked.ui.word("search_no_rule")) from None
    return Leave("/searches", said="search_saved", record=asked.desk.store.save_search(kept))


@action("/searches/{search}/forget")
def forget(asked: Asked, sent: Sent) -> Leave:
    """Keep a search no longer."""
    try:
        asked.desk.store.forget_search(asked.path["search"])
    except MissingError:
        raise Missing("no_search") from None
    return Leave("/searches", said="search_forgotten", record={"forgotten": asked.path["search"]})


@serve("/searches/rules.toml", "application/toml")
def rules(asked: Asked) -> str:
    """The searches that are watched as rules for `recoupe watch --rules`."""
    watched = [one for one in asked.desk.store.saved_searches() if one.when]
    return dump(Rules(tuple(rule_of(one) for one in watched)))
