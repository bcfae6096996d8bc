"""Searched: the rule of a search that is kept and watched."""

from __future__ import annotations

from recoupe.records.searched import SavedSearch
from recoupe.watching.rules import Rule


def rule_of(search: SavedSearch) -> Rule:
    """What tells of stories with a report that the search finds; its days do not matter to what comes."""
    languages = (search.lang,) if search.lang else ()
    outlets = (search.outlet,) if search.outlet else ()
    return Rule(search.name, search.when, words=search.query, languages=languages, outlets=outlets)
